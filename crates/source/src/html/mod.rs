//! Pages: guarded against hostile markup, read as a flow of paragraphs, of which an extractor chooses the article.
//!
//! The canonical text of a page is the words of its chosen paragraphs as the page has them, with a blank line between
//! paragraphs. Headline, byline, captions between the paragraphs, credit lines, biography and disclaimer are kept as
//! paragraphs of their own.

pub mod body;
mod flow;
mod guard;
mod meta;

use crate::blocks::{Paragraph, squash};
use crate::metadata::Metadata;
use body::{BodyExtractor, Trafilatura};
use demarche_pack::Pack;
use demarche_pack::reading::Zone;
use demarche_record::{BlockKind, Notice};
use dom_query::Document;
use flow::Piece;
use std::collections::BTreeSet;

/// Pages with more elements are read without an extractor: its time would grow with their square.
const MAX_ELEMENTS: usize = 60_000;
/// Pages with more bytes likewise.
const MAX_BYTES: usize = 8 << 20;
/// So many paragraphs after the last chosen one are looked at for credit lines and biographies.
const AFTER: usize = 8;
/// A paragraph between headline and text with more words is no byline.
const BYLINE_WORDS: usize = 30;

/// The article of a page.
#[derive(Debug, Default)]
pub struct Page {
    /// Canonical text.
    pub text: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// What the page says about itself.
    pub metadata: Metadata,
    /// What was noticed.
    pub notices: Vec<Notice>,
}

/// True if decoded text is a page.
pub fn is_page(text: &str) -> bool {
    let mut end = text.len().min(2048);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start().to_ascii_lowercase();
    let starts =
        ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ", "<meta", "<title"];
    starts.iter().any(|start| head.starts_with(start))
        || (head.starts_with('<')
            && ["<html", "<!doctype html", "<body", "<head>"].iter().any(|tag| head.contains(tag)))
}

/// Reads a page. `None` if it has no article text.
pub fn read(html: &str, address: Option<&str>, pack: &Pack) -> Option<Page> {
    read_with(html, address, pack, &Trafilatura)
}

/// Reads a page with another extractor.
pub fn read_with(
    html: &str,
    address: Option<&str>,
    pack: &Pack,
    extractor: &dyn BodyExtractor,
) -> Option<Page> {
    let guarded = guard::guard(html);
    let mut notices = Vec::new();
    if guarded.cut {
        let message = format!(
            "The page nests deeper than {} elements or is otherwise malformed; tags beyond the limits were ignored.",
            guard::MAX_DEPTH
        );
        notices.push(Notice { code: "markup-cut".to_owned(), message, span: None });
    }
    let (mut metadata, document) = meta::read(Document::from(guarded.html.as_ref()), address);
    let pieces = flow::pieces(&document);
    drop(document);
    let huge = guarded.elements > MAX_ELEMENTS || guarded.html.len() > MAX_BYTES;
    let choice = if huge { None } else { extractor.choose(&guarded.html) };
    let mut chosen =
        choice.as_ref().map(|choice| body::mark(&pieces, &choice.paragraphs)).unwrap_or_default();
    if !chosen.contains(&true) {
        chosen = body::mark_long(&pieces);
    }
    metadata.weak_date = choice.and_then(|choice| choice.date);
    let selected = select(&pieces, &chosen, &metadata, pack);
    if selected.is_empty() {
        return None;
    }
    let mut page = Page { metadata, notices, ..Page::default() };
    for (piece, hint) in selected {
        if hint == Some(BlockKind::Headline) {
            page.metadata.title = page.metadata.title.take().map(|title| whole_title(title, piece));
        }
        page.push(piece, hint);
    }
    Some(page)
}

/// Reads markup without a page around it: every paragraph is text, lists of links apart.
pub fn read_fragment(markup: &str) -> Page {
    let guarded = guard::guard(markup);
    let pieces = flow::pieces(&Document::from(guarded.html.as_ref()));
    let lists = link_lists(&pieces, &vec![true; pieces.len()]);
    let mut page = Page::default();
    for (piece, is_list) in pieces.iter().zip(lists) {
        let hint =
            if is_list { Some(BlockKind::Navigation) } else { piece.heading.map(|_| BlockKind::Subhead) };
        page.push(piece, hint.or(piece.hint));
    }
    page
}

impl Page {
    fn push(&mut self, piece: &Piece, hint: Option<BlockKind>) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(&piece.text);
        self.paragraphs.push(Paragraph { range: start..self.text.len(), hint });
    }
}

/// The headline on the page, if the title is the same with something added or left out at an end.
fn whole_title(title: String, headline: &Piece) -> String {
    let key = squash(&title);
    let same =
        key.starts_with(&headline.key) || headline.key.starts_with(&key) || key.ends_with(&headline.key);
    if same && !headline.text.contains('\n') { headline.text.clone() } else { title }
}

/// The paragraphs to keep, in the order of the page, each with what the markup says of it.
fn select<'a>(
    pieces: &'a [Piece],
    chosen: &[bool],
    metadata: &Metadata,
    pack: &Pack,
) -> Vec<(&'a Piece, Option<BlockKind>)> {
    // A class name such as "article-share-page" on a wrapper says nothing about what it wraps.
    let bytes = |hinted: bool| -> usize {
        let pieces = pieces.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(piece, _)| piece);
        pieces.filter(|piece| !hinted || is_doubtful(piece.hint)).map(|piece| piece.text.len()).sum()
    };
    let believed = bytes(true) * 4 <= bytes(false);
    let hint_of = |piece: &Piece| piece.hint.filter(|hint| believed || !is_doubtful(Some(*hint)));
    let is_text = |number: &usize| {
        let piece = &pieces[*number];
        chosen[*number]
            && piece.heading.is_none()
            && hint_of(piece).is_none_or(|hint| hint == BlockKind::Byline)
    };
    let Some(first) = (0..pieces.len()).find(is_text).or_else(|| chosen.iter().position(|chosen| *chosen))
    else {
        return Vec::new();
    };
    let last = (0..pieces.len()).rev().find(is_text).unwrap_or(first);
    let headline = meta::headline(pieces, metadata.title.as_deref(), first + 1);
    let lists = link_lists(pieces, chosen);
    let parents: BTreeSet<usize> =
        (first..=last).filter(is_text).map(|number| pieces[number].parent).collect();
    let mut kept = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        let hint = match hint_of(piece) {
            _ if Some(number) == headline => Some(BlockKind::Headline),
            _ if lists[number] => Some(BlockKind::Navigation),
            // Web makers call anything near the author "author"; a whole paragraph is text all the same.
            Some(BlockKind::Byline) if piece.text.split_whitespace().count() > BYLINE_WORDS => None,
            Some(hint) => Some(hint),
            None if piece.heading.is_some() => Some(BlockKind::Subhead),
            None => None,
        };
        let repeats_headline =
            headline.is_some_and(|headline| headline != number && pieces[headline].key == piece.key);
        if repeats_headline {
            continue;
        }
        let between = headline.is_some_and(|headline| (headline..first).contains(&number));
        let keep = if Some(number) == headline || chosen[number] {
            true
        } else if hint == Some(BlockKind::Caption) {
            number <= last && (between || number > first)
        } else if between && number != first {
            !piece.outer && hint == Some(BlockKind::Byline)
        } else if number < last {
            // A paragraph that the extractor lost between its siblings.
            number > first && hint.is_none() && is_long(piece) && parents.contains(&piece.parent)
        } else {
            number > last && number <= last + AFTER && !piece.is_links() && says_more(piece, hint, pack)
        };
        if keep {
            kept.push((piece, hint));
        }
    }
    kept
}

/// A paragraph with so many words between its siblings belongs to them.
const SIBLING_WORDS: usize = 12;

fn is_long(piece: &Piece) -> bool {
    !piece.outer
        && !piece.is_links()
        && !piece.listed
        && piece.text.split_whitespace().count() >= SIBLING_WORDS
}

/// True for a link that is no sentence.
fn is_label(piece: &Piece) -> bool {
    piece.is_links()
        && (!piece.text.ends_with(['.', '”', '"']) || piece.text.split_whitespace().count() < SIBLING_WORDS)
}

/// Marks two and more links, or three and more headings in a row, with the heading above: lists of other articles.
fn link_lists(pieces: &[Piece], chosen: &[bool]) -> Vec<bool> {
    let mut marks = vec![false; pieces.len()];
    let numbers: Vec<usize> = (0..pieces.len()).filter(|number| chosen[*number]).collect();
    let mut at = 0;
    while at < numbers.len() {
        let links = numbers[at..].iter().take_while(|number| is_label(&pieces[**number])).count();
        let headings = numbers[at..].iter().take_while(|number| pieces[**number].heading.is_some()).count();
        let run = if headings >= 3 { headings } else { links };
        if run >= 2 {
            numbers[at..at + run].iter().for_each(|number| marks[*number] = true);
            let above = at.checked_sub(1).map(|above| numbers[above]);
            if let Some(above) = above.filter(|above| pieces[*above].heading.is_some()) {
                marks[above] = true;
            }
        }
        at += run.max(1);
    }
    marks
}

/// Hints of class names that are given to wrappers as well.
fn is_doubtful(hint: Option<BlockKind>) -> bool {
    hint.is_some_and(|hint| hint != BlockKind::Byline)
}

/// True for credit lines, biographies and disclaimers after the text.
fn says_more(piece: &Piece, hint: Option<BlockKind>, pack: &Pack) -> bool {
    let tells = [BlockKind::Credit, BlockKind::Biography, BlockKind::Disclaimer];
    if let Some(hint) = hint {
        return tells.contains(&hint) && piece.text.split_whitespace().count() >= 4;
    }
    let count = piece.text.split_whitespace().count();
    let rules =
        pack.reading.furniture.iter().filter(|rule| rule.zone != Zone::Head && count <= rule.max_words);
    let found = rules.into_iter().find(|rule| rule.pattern.is_match(&piece.text));
    found.is_some_and(|rule| tells.contains(&rule.block) && !is_copyright(&piece.text))
}

/// Every page ends with the notice of its owner, which says nothing about the article.
fn is_copyright(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.starts_with('©') || lower.starts_with("copyright") || lower.contains("all rights reserved")
}
