//! Tells line breaks that wrap a line from those that end it.

use std::ops::Range;

/// Lines shorter than this are never taken for wrapped ones.
const NARROWEST: usize = 45;
/// Lines longer than this are not wrapped by hand.
const WIDEST: usize = 130;

/// Stretches of `text` that sentences must not cross: paragraphs, and lines where breaks end something.
///
/// A break wraps a line if the next word would not have fitted into the widest line of the paragraph.
pub fn logical_lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        let lines = lines(text, paragraph);
        let width = lines.iter().map(|line| text[line.clone()].chars().count()).max().unwrap_or(0);
        let mut start = None;
        for (at, line) in lines.iter().enumerate() {
            let from = *start.get_or_insert(line.start);
            let wraps =
                lines.get(at + 1).is_some_and(|next| wraps(&text[line.clone()], &text[next.clone()], width));
            if !wraps {
                found.push(from..line.end);
                start = None;
            }
        }
    }
    found
}

fn wraps(line: &str, next: &str, width: usize) -> bool {
    let next = next.trim_start();
    let word = next.split_whitespace().next().unwrap_or_default();
    let bullet = matches!(word, "-" | "*" | "•" | "–" | "—") || word.starts_with(['•', '▪', '●', '‣']);
    let numbered =
        word.len() <= 3 && word.ends_with([')', '.']) && word.starts_with(|c: char| c.is_ascii_digit());
    let clock = word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit());
    (NARROWEST..=WIDEST).contains(&width)
        && !bullet
        && !(numbered || clock)
        && line.trim_end().chars().count() + 1 + word.chars().count() > width
}

fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut blank_from = None;
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '\u{2029}' => match blank_from {
                Some(from) => {
                    if start < from {
                        found.push(start..from);
                    }
                    start = at + c.len_utf8();
                }
                None => blank_from = Some(at),
            },
            _ if c.is_whitespace() => {}
            _ => blank_from = None,
        }
    }
    found.push(start..text.len());
    found
}

fn lines(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = within.start;
    for line in text[within].split_inclusive(['\n', '\u{2028}', '\u{b}', '\u{c}', '\u{85}']) {
        if !line.trim().is_empty() {
            found.push(start..start + line.len());
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        logical_lines(text).into_iter().map(|it| text[it].trim()).filter(|it| !it.is_empty()).collect()
    }

    #[test]
    fn blank_lines_always_separate() {
        assert_eq!(cut("One paragraph\n\nanother\r\n \r\nthird"), ["One paragraph", "another", "third"]);
    }

    #[test]
    fn wrapped_lines_are_one() {
        let wrapped = "The two ministers met in the morning and agreed that talks on the\n\
                       exchange would go on, and that their deputies would meet again\nnext week.";
        assert_eq!(cut(wrapped), [wrapped]);
    }

    #[test]
    fn short_lines_and_lists_are_separate() {
        assert_eq!(
            cut("Talks resume\nMinisters meet in Geneva\n- first point"),
            ["Talks resume", "Ministers meet in Geneva", "- first point"]
        );
    }

    #[test]
    fn time_stamps_begin_a_line() {
        let live = "The president landed shortly before noon, according to the press office there.\n14:05 Talks begin";
        assert_eq!(cut(live).len(), 2);
    }
}
