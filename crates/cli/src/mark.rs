//! Shows exact words in their paragraph: as an underlined snippet of the document.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use demarche::record::{Document, Words};
use std::io::IsTerminal;
use std::ops::Range;

/// Characters after which a line of a snippet is broken at the next space.
const WIDTH: usize = 90;

/// A stretch of a document with what it is.
pub struct Mark<'a> {
    /// The words.
    pub words: &'a Words,
    /// What they are: "speaker", "evidence".
    pub label: &'a str,
    /// True for the stretch that the snippet is about.
    pub main: bool,
}

/// The sentence or clause with its marks underlined, one line of the snippet for about a hundred characters.
pub fn snippet(document: &Document, title: &str, marks: &[Mark<'_>], stream: &impl IsTerminal) -> String {
    let text = document.text.as_str();
    let inside: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.words.holds(&document.text)).collect();
    let Some(main) = inside.iter().find(|mark| mark.main) else { return format!("{title}\n") };
    let first =
        inside.iter().map(|mark| mark.words.start_byte).min().unwrap_or(main.words.start_byte) as usize;
    let last = inside.iter().map(|mark| mark.words.end_byte).max().unwrap_or(main.words.end_byte) as usize;
    let block = |at: usize| document.block_at(at).map(|block| block.span.start()..block.span.end());
    let from = block(first).map_or(first, |block| block.start);
    let to = block(last.saturating_sub(1)).map_or(last, |block| block.end).max(last);
    let folded = fold(&text[from..to]);
    let (line, column) = document.text.line_and_column(main.words.start_byte as usize);
    // A mark over a break is shown as one mark for each line, with its label on the last.
    let annotations = inside.iter().flat_map(|mark| {
        let kind = if mark.main { AnnotationKind::Primary } else { AnnotationKind::Context };
        let pieces =
            lines(&folded, mark.words.start_byte as usize - from..mark.words.end_byte as usize - from);
        let last = pieces.len();
        pieces.into_iter().enumerate().map(move |(number, piece)| {
            let annotation = kind.span(piece);
            if number + 1 == last { annotation.label(mark.label.to_owned()) } else { annotation }
        })
    });
    // Lines are broken here, so that their numbers would be none of the document's: the place is told above them.
    let shown = Snippet::source(folded.clone()).line_numbering(false).fold(false).annotations(annotations);
    let group = [Group::with_title(Level::INFO.no_name().primary_title(title.to_owned())).element(shown)];
    let renderer = if crate::output::colours(stream) { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.render(&group);
    let (title, lines) = drawn.split_once('\n').unwrap_or((&drawn, ""));
    format!("{title}\n--> {}:{line}:{column}\n{lines}\n", document.file)
}

/// The parts of a range that lie on one line each.
fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    for (at, _) in text[range.clone()].match_indices('\n') {
        let end = range.start + at;
        pieces.extend((start < end).then_some(start..end));
        start = end + 1;
    }
    pieces.extend((start < range.end).then_some(start..range.end));
    pieces
}

/// Breaks long lines at spaces, because a paragraph is one line in most texts. A break takes the place of a space, so
/// that every position stays where it is.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for letter in text.chars() {
        column = if letter == '\n' { 0 } else { column + 1 };
        if letter == ' ' && column > WIDTH {
            column = 0;
            out.push('\n');
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut_at_line_breaks() {
        assert_eq!(lines("ab\ncd\n", 1..5), [1..2, 3..5]);
        assert_eq!(lines("ab\ncd\n", 3..5), std::slice::from_ref(&(3..5)));
    }

    #[test]
    fn folding_moves_no_position() {
        let text = "The Élysée said on Monday that the two presidents had spoken for more than an hour about the border.";
        let folded = fold(text);
        assert_eq!(folded.len(), text.len());
        assert_eq!(folded.find("border"), text.find("border"));
        assert!(folded.contains('\n'));
    }
}
