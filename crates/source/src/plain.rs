//! Plain text: its canonical form, front matter, and paragraphs.
//!
//! The canonical text is the decoded text with `\r\n` and lone `\r` written as `\n`, and nothing else changed: no-break
//! spaces, runs of blank lines and typing errors stay. Front matter stands outside the canonical text.

use std::ops::Range;

/// Writes line ends as `\n`.
pub fn canonical(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// What front matter says, in its order: keys in lower case, values without quotation marks.
pub type FrontMatter = Vec<(String, String)>;

/// Splits front matter off: lines `key: value` between two lines `---` at the very beginning.
///
/// Returns the byte where the text proper begins. Anything that does not have exactly this form is text.
pub fn front_matter(text: &str) -> (FrontMatter, usize) {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n');
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return (Vec::new(), 0);
    }
    at += text.find('\n').map_or(text.len(), |newline| newline + 1);
    let mut pairs = FrontMatter::new();
    for line in lines {
        at += line.len();
        let content = line.trim();
        if content == "---" || content == "..." {
            let blank = text[at..].len() - text[at..].trim_start_matches(['\n', ' ']).len();
            return if pairs.is_empty() { (pairs, 0) } else { (pairs, at + blank) };
        }
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let Some((key, value)) = content.split_once(':') else { return (Vec::new(), 0) };
        let is_key =
            !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || "_- .".contains(letter));
        if !is_key {
            return (Vec::new(), 0);
        }
        let value = value.trim();
        let bare = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
        pairs.push((key.trim().to_lowercase(), bare.unwrap_or(value).to_owned()));
    }
    (Vec::new(), 0)
}

/// The paragraphs of a text as byte ranges without surrounding white space, in order.
///
/// Blank lines separate paragraphs. Inside, a line is a paragraph of its own, except where the lines are wrapped: where
/// at nearly every line end the next word would not have fitted into the width.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut chunks: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if content.is_empty() {
            if chunks.last().is_some_and(|chunk| !chunk.is_empty()) {
                chunks.push(Vec::new());
            }
        } else if let Some(chunk) = chunks.last_mut() {
            let start = at + (line.len() - line.trim_start().len());
            chunk.push(start..start + content.len());
        }
        at += line.len();
    }
    let width = wrap_width(text, &chunks);
    let mut paragraphs = Vec::new();
    for chunk in chunks {
        let mut open: Option<Range<usize>> = None;
        for line in chunk {
            open = match (open.take(), width) {
                (None, _) => Some(line),
                (Some(before), Some(width)) if continues(text, &before, &line, width) => {
                    Some(before.start..line.end)
                }
                (Some(before), _) => {
                    paragraphs.push(before);
                    Some(line)
                }
            };
        }
        paragraphs.extend(open);
    }
    paragraphs
}

/// Lines shorter than this are not wrapped prose.
const MIN_WIDTH: usize = 40;
/// Lines longer than this were not wrapped by an editor.
const MAX_WIDTH: usize = 120;

/// The width to which the text is wrapped, if it is: most line ends inside paragraphs stand where the next word would
/// not have fitted.
fn wrap_width(text: &str, chunks: &[Vec<Range<usize>>]) -> Option<usize> {
    let length = |line: &Range<usize>| text[line.clone()].chars().count();
    let lines = chunks.iter().filter(|chunk| chunk.len() > 1).flatten();
    let width = lines.map(length).max().filter(|width| (MIN_WIDTH..=MAX_WIDTH).contains(width))?;
    let mut full = 0usize;
    let mut ends = 0usize;
    for pair in chunks.iter().flat_map(|chunk| chunk.windows(2)) {
        ends += 1;
        full += usize::from(fits_not(text, &pair[0], &pair[1], width));
    }
    // One line end in five may be a real paragraph end without a blank line.
    (ends >= 2 && full * 5 >= ends * 4).then_some(width)
}

fn fits_not(text: &str, line: &Range<usize>, next: &Range<usize>, width: usize) -> bool {
    let last = text[line.clone()].rsplit('\n').next().unwrap_or_default().trim_start();
    let word = text[next.clone()].split_whitespace().next().unwrap_or_default();
    last.chars().count() + 1 + word.chars().count() > width.saturating_sub(2)
}

fn continues(text: &str, before: &Range<usize>, line: &Range<usize>, width: usize) -> bool {
    let listed = text[line.clone()].starts_with(['•', '*', '>']) || text[line.clone()].starts_with("- ");
    !listed && fits_not(text, before, line, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_separate_paragraphs() {
        check("One.\n\n\n \nTwo.  \n", &["One.", "Two."]);
    }

    #[test]
    fn single_line_ends_separate_paragraphs_in_text_that_is_not_wrapped() {
        let long =
            "The two ministers met for the third time this week and spoke for more than two hours about gas.";
        check(
            &format!("Headline\nBy Jane Doe\n{long} {long}"),
            &["Headline", "By Jane Doe", &format!("{long} {long}")],
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The two ministers met for the third time this week and spoke for\nmore than two hours about gas, \
                    grain and the release of the sailors\nwho were taken in March.\n\nA second paragraph follows here \
                    and is wrapped just like the first\none was, at the same width.";
        let (first, second) = text.split_once("\n\n").expect("two paragraphs");
        check(text, &[first, second]);
    }

    #[test]
    fn front_matter_is_kept_apart() {
        let text = "---\ntitle: \"Talks: day two\"\ndate: 2022-01-28\n---\n\nThe text.";
        let (pairs, start) = front_matter(text);
        assert_eq!(pairs[0], ("title".to_owned(), "Talks: day two".to_owned()));
        assert_eq!(&text[start..], "The text.");
    }

    #[test]
    fn a_line_of_dashes_alone_is_text() {
        assert_eq!(front_matter("---\nNo keys here\n---\nText"), (Vec::new(), 0));
        assert_eq!(front_matter("--- and so on"), (Vec::new(), 0));
        assert_eq!(front_matter("---\ntitle: never closed\n"), (Vec::new(), 0));
    }

    #[test]
    fn line_ends_become_one_kind_and_nothing_else_changes() {
        assert_eq!(canonical("a\r\nb\rc\u{A0}\n".to_owned()), "a\nb\nc\u{A0}\n");
    }
}
