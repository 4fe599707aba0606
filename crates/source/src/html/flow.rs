//! Reads a page as a flow of paragraphs in the order of the page: their words exactly as the page has them, and what the
//! markup says about them.

use crate::blocks::squash;
use demarche_record::BlockKind;
use dom_query::{Document, NodeData, NodeRef};

/// A paragraph of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Its words: white space collapsed as a browser shows it, line breaks kept.
    pub text: String,
    /// Letters and digits of the words, for comparing.
    pub key: String,
    /// Bytes of the words that are links.
    pub linked: usize,
    /// What the markup says it is.
    pub hint: Option<BlockKind>,
    /// Level of a heading.
    pub heading: Option<u8>,
    /// True inside a list.
    pub listed: bool,
    /// True inside navigation, side columns, footers, forms.
    pub outer: bool,
    /// Number of the element whose child the paragraph is: siblings share it.
    pub parent: usize,
}

impl Piece {
    /// True if most of the words are links.
    pub fn is_links(&self) -> bool {
        self.linked * 2 > self.text.len()
    }
}

/// Elements without words for readers.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "head", "title", "iframe", "object", "embed",
    "select", "button", "textarea", "input", "canvas", "audio", "video", "map", "dialog",
];
/// Elements that stand inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "rp", "rt", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "source",
];
/// Elements around everything: their class names describe the page.
const WRAPPERS: &[&str] = &["html", "body", "main", "article"];
const OUTER: &[&str] = &["nav", "aside", "footer", "form", "menu"];

/// What is inherited from the elements around.
#[derive(Clone, Copy, Default)]
struct Around {
    hint: Option<BlockKind>,
    heading: Option<u8>,
    listed: bool,
    outer: bool,
    link: bool,
    quiet: bool,
    block: usize,
    parent: usize,
}

enum Step<'a> {
    Enter(NodeRef<'a>, Around),
    Leave,
}

/// The paragraphs of a page.
pub fn pieces(document: &Document) -> Vec<Piece> {
    let root = document.body().unwrap_or_else(|| document.root());
    let mut flow = Flow::default();
    let mut stack = vec![Step::Enter(root, Around::default())];
    while let Some(step) = stack.pop() {
        match step {
            Step::Leave => flow.flush(),
            Step::Enter(node, around) => enter(&node, around, &mut flow, &mut stack),
        }
    }
    flow.flush();
    flow.pieces
}

enum Sort {
    Text(String),
    Element { name: String, around: Around },
    Other,
}

fn enter<'a>(node: &NodeRef<'a>, around: Around, flow: &mut Flow, stack: &mut Vec<Step<'a>>) {
    let sort = node.query_or(Sort::Other, |node| match &node.data {
        NodeData::Text { contents } => Sort::Text(contents.to_string()),
        NodeData::Element(element) => {
            let name = element.node_name().to_string();
            let mut inner = around;
            let wraps_page = WRAPPERS.contains(&name.as_str());
            for attribute in &element.attrs {
                let value: &str = &attribute.value;
                match &*attribute.name.local {
                    "class" | "id" | "itemprop" | "data-component" | "data-testid" | "rel" if !wraps_page => {
                        inner.named(value);
                    }
                    "hidden" => inner.quiet = true,
                    "style" if is_hidden(value) => inner.quiet = true,
                    "role" if ["navigation", "complementary", "contentinfo", "search"].contains(&value) => {
                        inner.outer = true;
                    }
                    _ => {}
                }
            }
            Sort::Element { name, around: inner }
        }
        _ => Sort::Other,
    });
    match sort {
        Sort::Text(text) => {
            if !around.quiet {
                flow.push(&text, around);
            }
        }
        Sort::Other => push_children(node, around, stack),
        Sort::Element { name, around: mut inner } => {
            let name = name.as_str();
            if SKIPPED.contains(&name) || inner.quiet {
                return;
            }
            match name {
                "br" => return flow.line_break(),
                "hr" => return flow.flush(),
                "a" => inner.link = true,
                "figcaption" => inner.hint = Some(BlockKind::Caption),
                "address" => inner.hint = inner.hint.or(Some(BlockKind::Byline)),
                "li" | "dd" | "dt" => inner.listed = true,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    inner.heading = name[1..].parse().ok();
                }
                _ if OUTER.contains(&name) => inner.outer = true,
                _ => {}
            }
            if INLINE.contains(&name) {
                // Markup of a part of a line says nothing about the line.
                inner.hint = around.hint.or(inner.hint.filter(|hint| *hint == BlockKind::Byline));
                push_children(node, inner, stack);
            } else {
                flow.flush();
                flow.blocks += 1;
                (inner.parent, inner.block) = (around.block, flow.blocks);
                stack.push(Step::Leave);
                push_children(node, inner, stack);
            }
        }
    }
}

fn push_children<'a>(node: &NodeRef<'a>, around: Around, stack: &mut Vec<Step<'a>>) {
    stack.extend(node.children_it(true).map(|child| Step::Enter(child, around)));
}

fn is_hidden(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

impl Around {
    /// Takes over what a class, id or item property says. These names are habits of web makers, the same everywhere.
    fn named(&mut self, names: &str) {
        for token in tokens(names) {
            match token.as_str() {
                "caption" | "figcaption" | "cutline" => self.hint = Some(BlockKind::Caption),
                "byline" | "bylines" | "author" | "authors" | "dateline" | "timestamp" | "pubdate"
                | "datepublished"
                    if self.hint.is_none() =>
                {
                    self.hint = Some(BlockKind::Byline);
                }
                "bio" | "biography" | "authorbio" => self.hint = Some(BlockKind::Biography),
                "disclaimer" => self.hint = Some(BlockKind::Disclaimer),
                "related" | "recirc" | "newsletter" | "promo" | "readmore" | "recommended" | "outbrain"
                | "taboola" | "sharing" | "share" | "social" | "subscribe" | "signup" | "trending"
                | "mostread" | "breadcrumb" | "breadcrumbs" | "tags" | "advert" | "advertisement"
                | "sponsor" | "sponsored" | "comments" | "cookie" | "paywall" | "toolbar" | "menu" => {
                    self.hint = Some(BlockKind::Navigation)
                }
                "footer" | "sidebar" | "nav" | "navigation" | "masthead" => self.outer = true,
                "tooltip" | "popover" | "popup" | "rollover" => self.quiet = true,
                "hidden" | "hide" if names.len() < 12 => self.quiet = true,
                _ => {}
            }
        }
        let lower = names.to_ascii_lowercase();
        for hidden in ["visually-hidden", "visuallyhidden", "sr-only", "screen-reader", "screenreader"] {
            self.quiet |= lower.contains(hidden);
        }
        if ["read-more", "also-read", "inline-promo", "most-read"].iter().any(|name| lower.contains(name)) {
            self.hint = Some(BlockKind::Navigation);
        }
    }
}

/// The words of a class name: "article__authorBio" gives article, author, bio.
fn tokens(names: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut open = String::new();
    let mut lower_before = false;
    for letter in names.chars() {
        let starts = letter.is_ascii_uppercase() && lower_before;
        if (starts || !letter.is_ascii_alphanumeric()) && !open.is_empty() {
            tokens.push(std::mem::take(&mut open));
        }
        if letter.is_ascii_alphanumeric() {
            open.push(letter.to_ascii_lowercase());
        }
        lower_before = letter.is_ascii_lowercase();
    }
    if !open.is_empty() {
        tokens.push(open);
    }
    tokens
}

#[derive(Default)]
struct Flow {
    pieces: Vec<Piece>,
    text: String,
    linked: usize,
    /// What the first words of the open paragraph inherited.
    first: Option<Around>,
    /// Block elements so far.
    blocks: usize,
}

impl Flow {
    fn push(&mut self, text: &str, around: Around) {
        let before = self.text.len();
        for letter in text.chars() {
            if matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            } else {
                self.first.get_or_insert(around);
                self.text.push(letter);
            }
        }
        if around.link {
            self.linked += self.text.len() - before;
        }
    }

    /// One line break stays inside the paragraph, two end it.
    fn line_break(&mut self) {
        let end = self.text.trim_end_matches(' ').len();
        self.text.truncate(end);
        if self.text.ends_with('\n') {
            self.flush();
        } else if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let around = self.first.take().unwrap_or_default();
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            key: squash(text),
            text: text.to_owned(),
            linked: linked.min(text.len()),
            hint: around.hint,
            heading: around.heading,
            listed: around.listed,
            outer: around.outer,
            parent: around.parent,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let found: Vec<String> = pieces(&Document::from(html)).into_iter().map(|piece| piece.text).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn paragraphs_are_what_a_browser_shows() {
        check("<p>One <b>bold</b>\n word.</p><p>Two</p>", &["One bold word.", "Two"]);
        check("<div>A<br>B<br><br>C<p>D</p>E</div>", &["A\nB", "C", "D", "E"]);
        check("<p>a\u{A0}b &amp; c</p><script>x</script><p hidden>no</p>", &["a\u{A0}b & c"]);
    }

    #[test]
    fn markup_gives_hints() {
        let html = "<h2>Head</h2><figure><img><figcaption>A tank</figcaption></figure>\
                    <div class=\"article__authorBio\">Jane</div><nav><a href=x>Home</a></nav>";
        let found = pieces(&Document::from(html));
        assert_eq!(found[0].heading, Some(2));
        assert_eq!(found[1].hint, Some(BlockKind::Caption));
        assert_eq!(found[2].hint, Some(BlockKind::Biography));
        assert!(found[3].outer && found[3].is_links());
    }
}
