//! Makes outside HTML safe to parse: caps the depth of nesting, the attributes of a tag and the misnested formatting.
//!
//! Tree builders that follow the HTML standard need quadratic time for such input; browsers stop at a depth of 512 for
//! the same reason. A page inside the limits passes unchanged. This is a tokenizer, not a parser: where it
//! and a parser would disagree it counts more depth than there is, never less by more than a constant.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Elements deeper than this lose their tags; their text stays.
pub const MAX_DEPTH: usize = 512;
/// Further attributes of a tag are dropped.
pub const MAX_ATTRIBUTES: usize = 128;
/// So many formatting elements may be left open at the end of their block before they are closed one by one.
const MAX_LEFT_OPEN: usize = 256;

/// A page that can be parsed.
#[derive(Debug)]
pub struct Guarded<'a> {
    /// The page.
    pub html: Cow<'a, str>,
    /// Number of elements.
    pub elements: usize,
    /// True if something had to be taken out.
    pub cut: bool,
}

/// Checks a page and rewrites it if it is over a limit.
pub fn guard(html: &str) -> Guarded<'_> {
    let mut measure = Walk::new(html, None);
    measure.run();
    if !measure.over {
        return Guarded { html: Cow::Borrowed(html), elements: measure.elements, cut: false };
    }
    let mut rewrite = Walk::new(html, Some(String::with_capacity(html.len())));
    rewrite.run();
    Guarded { html: Cow::Owned(rewrite.out.unwrap_or_default()), elements: rewrite.elements, cut: true }
}

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const CLOSES_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// A tag in the page.
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    self_closing: bool,
    /// The whole tag.
    range: Range<usize>,
    /// Where the attributes over the limit begin.
    surplus: Option<usize>,
}

struct Walk<'a> {
    html: &'a str,
    /// The rewritten page; `None` while measuring.
    out: Option<String>,
    /// Names of open elements.
    stack: Vec<&'a str>,
    /// Start tags that were dropped, by name, whose end tags are to be dropped as well.
    dropped: BTreeMap<String, usize>,
    foreign: usize,
    left_open: usize,
    elements: usize,
    over: bool,
    copied: usize,
}

impl<'a> Walk<'a> {
    fn new(html: &'a str, out: Option<String>) -> Self {
        Self {
            html,
            out,
            stack: Vec::new(),
            dropped: BTreeMap::new(),
            foreign: 0,
            left_open: 0,
            elements: 0,
            over: false,
            copied: 0,
        }
    }

    fn run(&mut self) {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(offset) = self.html[at..].find('<') {
            let open = at + offset;
            at = match bytes.get(open + 1) {
                Some(b'!') if self.html[open..].starts_with("<!--") => self.after("-->", open + 4),
                Some(b'!' | b'?') => self.after(">", open + 2),
                Some(b'/') if bytes.get(open + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.tag(open, true)
                }
                Some(byte) if byte.is_ascii_alphabetic() => self.tag(open, false),
                _ => open + 1,
            };
            if self.over && self.out.is_none() {
                return;
            }
        }
        self.copy(self.html.len());
    }

    /// The byte after the next `mark`, or the end.
    fn after(&self, mark: &str, from: usize) -> usize {
        let from = from.min(self.html.len());
        self.html[from..].find(mark).map_or(self.html.len(), |offset| from + offset + mark.len())
    }

    /// Copies the page up to a byte.
    fn copy(&mut self, to: usize) {
        if let Some(out) = &mut self.out {
            out.push_str(&self.html[self.copied..to]);
        }
        self.copied = to;
    }

    fn write(&mut self, text: &str) {
        if let Some(out) = &mut self.out {
            out.push_str(text);
        }
    }

    /// Reads the tag at `open`; returns the byte after it, and after its text if that is no markup.
    fn tag(&mut self, open: usize, closing: bool) -> usize {
        let tag = read_tag(self.html, open, closing);
        let end = tag.range.end;
        let name = tag.name.to_ascii_lowercase();
        if tag.closing {
            self.close(&name, &tag);
            return end;
        }
        self.elements += 1;
        if VOID.contains(&name.as_str()) || (tag.self_closing && self.foreign > 0) {
            self.keep(&tag);
            return end;
        }
        if RAW.contains(&name.as_str()) && self.foreign == 0 {
            self.keep(&tag);
            return self.after_raw(&name, end);
        }
        self.imply_ends(&name, tag.range.start);
        if self.stack.len() >= MAX_DEPTH {
            self.over = true;
            *self.dropped.entry(name).or_default() += 1;
            self.copy(tag.range.start);
            // The words left and right of a dropped tag must not run into one.
            self.write(" ");
            self.copied = end;
            return end;
        }
        if name == "svg" || name == "math" {
            self.foreign += 1;
        }
        self.keep(&tag);
        self.stack.push(tag.name);
        end
    }

    /// Keeps a tag, without attributes over the limit.
    fn keep(&mut self, tag: &Tag<'_>) {
        if let Some(surplus) = tag.surplus {
            self.over = true;
            self.copy(surplus);
            self.write(">");
            self.copied = tag.range.end;
        }
    }

    fn close(&mut self, name: &str, tag: &Tag<'_>) {
        if let Some(count) = self.dropped.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            self.copy(tag.range.start);
            self.write(" ");
            self.copied = tag.range.end;
            return;
        }
        let Some(depth) = self.stack.iter().rposition(|open| open.eq_ignore_ascii_case(name)) else { return };
        self.copy(tag.range.start);
        self.pop_to(depth + 1);
        self.stack.pop();
        if name == "svg" || name == "math" {
            self.foreign = self.foreign.saturating_sub(1);
        }
    }

    /// Closes the elements above a depth. A parser would open formatting elements again in every later block, so
    /// they are closed explicitly when the page is rewritten.
    fn pop_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(name) = self.stack.pop() else { return };
            let lower = name.to_ascii_lowercase();
            if lower == "svg" || lower == "math" {
                self.foreign = self.foreign.saturating_sub(1);
            }
            if FORMATTING.contains(&lower.as_str()) {
                self.left_open += 1;
                self.over |= self.left_open > MAX_LEFT_OPEN;
                self.write(&format!("</{lower}>"));
            }
        }
    }

    /// Start tags that end an open element without an end tag.
    fn imply_ends(&mut self, name: &str, start: usize) {
        let (same, fence): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "option" | "optgroup" => (&["option"], &["select"]),
            _ if CLOSES_PARAGRAPH.contains(&name) => {
                (&["p"], &["table", "td", "th", "caption", "object", "template", "button", "marquee"])
            }
            _ => return,
        };
        let is = |open: &&str, names: &[&str]| names.iter().any(|name| open.eq_ignore_ascii_case(name));
        let found = self.stack.iter().rposition(|open| is(open, same) || is(open, fence));
        if let Some(depth) = found.filter(|depth| is(&self.stack[*depth], same)) {
            self.copy(start);
            self.pop_to(depth);
        }
    }

    /// The end of an element whose content is no markup: its end tag, or the end of the page.
    fn after_raw(&self, name: &str, from: usize) -> usize {
        let mut at = from;
        while let Some(offset) = self.html[at..].find("</") {
            let open = at + offset;
            let after = open + 2 + name.len();
            let matches =
                self.html.get(open + 2..after).is_some_and(|found| found.eq_ignore_ascii_case(name));
            let ends = self.html.as_bytes().get(after).is_none_or(|byte| !byte.is_ascii_alphanumeric());
            if matches && ends {
                return self.after(">", after);
            }
            at = open + 2;
        }
        self.html.len()
    }
}

/// Reads one tag from its `<`.
fn read_tag(html: &str, open: usize, closing: bool) -> Tag<'_> {
    let bytes = html.as_bytes();
    let name_start = open + 1 + usize::from(closing);
    let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let name_end =
        bytes[name_start..].iter().position(ends_name).map_or(html.len(), |offset| name_start + offset);
    let name = &html[name_start..name_end];
    let mut at = name_end;
    let mut attributes = 0;
    let mut surplus = None;
    let mut self_closing = false;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        match bytes.get(at) {
            None => break,
            Some(b'>') => {
                at += 1;
                break;
            }
            Some(b'/') => {
                self_closing = bytes.get(at + 1) == Some(&b'>');
                at += 1;
                continue;
            }
            Some(_) => {}
        }
        attributes += 1;
        if attributes > MAX_ATTRIBUTES && surplus.is_none() {
            surplus = Some(at);
        }
        // The name, then perhaps a value in quotation marks.
        at += 1;
        while bytes
            .get(at)
            .is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='))
        {
            at += 1;
        }
        let mut value = at;
        while bytes.get(value).is_some_and(u8::is_ascii_whitespace) {
            value += 1;
        }
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        value += 1;
        while bytes.get(value).is_some_and(u8::is_ascii_whitespace) {
            value += 1;
        }
        at = match bytes.get(value) {
            Some(quote @ (b'"' | b'\'')) => bytes[value + 1..]
                .iter()
                .position(|byte| byte == quote)
                .map_or(html.len(), |offset| value + 1 + offset + 1),
            _ => bytes[value..]
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || *byte == b'>')
                .map_or(html.len(), |offset| value + offset),
        };
    }
    Tag { name, closing, self_closing, range: open..at.min(html.len()), surplus }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(guard(html).html, expected);
    }

    #[test]
    fn ordinary_pages_pass_unchanged() {
        for html in [
            "<p>One<p>Two<br><img src=a><ul><li>a<li>b</ul>",
            "<script>if (a < b) { document.write('<div>') }</script><p>Text",
            "a < b <!-- <div> --> <svg><path/><path/></svg>",
            "<p title='a > b'>x</p",
            "<",
            "",
        ] {
            assert!(matches!(guard(html).html, Cow::Borrowed(same) if same == html), "{html}");
        }
    }

    #[test]
    fn deep_nesting_is_cut_and_the_text_kept() {
        let html = format!("{}deep{}after", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let guarded = guard(&html);
        assert!(guarded.cut);
        assert_eq!(guarded.html.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(guarded.html.matches("</div>").count(), MAX_DEPTH);
        assert!(guarded.html.contains("deep") && guarded.html.ends_with("after"));
    }

    #[test]
    fn many_paragraphs_without_end_tags_are_not_deep() {
        let html = "<p>one line<li>and another<td>cell".repeat(5000);
        assert!(!guard(&format!("<table><tr>{html}")).cut);
        assert!(!guard(&"<p>text".repeat(5000)).cut);
    }

    #[test]
    fn surplus_attributes_are_dropped() {
        let attributes: String = (0..200).map(|number| format!(" a{number}=\"x\"")).collect();
        let guarded = guard(&format!("<p{attributes}>text</p>")).html.into_owned();
        assert!(guarded.contains("a127=") && !guarded.contains("a128="));
        assert!(guarded.ends_with(">text</p>"));
    }

    #[test]
    fn formatting_left_open_is_closed() {
        let guarded = guard(&"<div><b><i>x</div>".repeat(300)).html.into_owned();
        assert_eq!(guarded.matches("<b>").count(), guarded.matches("</b>").count());
    }

    #[test]
    fn markup_inside_foreign_content_counts() {
        check("<svg><title><p>x</p></title></svg>", "<svg><title><p>x</p></title></svg>");
        assert!(guard(&format!("<svg><style>{}", "<g>".repeat(1000))).cut);
    }
}
