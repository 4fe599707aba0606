//! Finds stretches between quotation marks: straight, curly, guillemets, low-high, single and double, nested, broken.
//!
//! Marks are paired inside one block, so that a mark that never closes ends with its paragraph and cannot swallow the
//! article. Whether a stretch is speech or a scare quote is for the extractors to say.

use crate::Quoted;
use demarche_record::{Block, BlockKind, Document};

/// Most stretches that may nest; deeper marks are read as stray.
const DEEPEST: usize = 4;
/// Longest stretch between single straight marks, in bytes: longer ones are two apostrophes.
const LONGEST_SINGLE: usize = 1_500;
/// Short forms that begin with an apostrophe.
const CLIPPED: &[&str] = &["tis", "twas", "em", "til", "cause", "bout", "round", "n"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// `"`, `“”`, `„“`, `''`.
    Double,
    /// `'`, `‘’`, `‚‘`, `‹›`.
    Single,
    /// `«»` in either direction.
    Guillemet,
}

/// A character that can be a quotation mark, with what its neighbours say of it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    family: Family,
    opens: bool,
    closes: bool,
}

/// All stretches between quotation marks, sorted by start, outer ones first.
pub fn pair_marks(document: &Document) -> Vec<Quoted> {
    let text = document.text.as_str();
    let whole = [Block { kind: BlockKind::Body, span: document.text.whole() }];
    let blocks = if document.blocks.is_empty() { &whole[..] } else { &document.blocks };
    let mut found = Vec::new();
    let mut before_is_open = false;
    for block in blocks {
        if block.kind == BlockKind::Navigation {
            continue;
        }
        // A block of several paragraphs (plain text without structure) is paired paragraph by paragraph.
        let mut start = block.span.start();
        for paragraph in text[start..block.span.end()].split("\n\n") {
            let end = start + paragraph.len();
            before_is_open = pair_paragraph(document, start, end, before_is_open, &mut found);
            start = end + 2;
        }
    }
    found.sort_by_key(|quoted| (quoted.outer.start(), std::cmp::Reverse(quoted.outer.end())));
    found
}

/// Pairs the marks of one paragraph; true if its last stretch was left open.
fn pair_paragraph(
    document: &Document,
    start: usize,
    end: usize,
    carried: bool,
    found: &mut Vec<Quoted>,
) -> bool {
    let text = document.text.as_str();
    let marks = marks(text, start, end);
    let lead = text[start..end].len() - text[start..end].trim_start().len();
    let mut stack: Vec<Mark> = Vec::new();
    let first = found.len();
    for (at, mark) in marks.iter().enumerate() {
        let open = stack.iter().rposition(|open| open.family == mark.family);
        let closing = open.filter(|_| mark.closes && (!mark.opens || !opens_again(text, mark)));
        match closing {
            Some(level) if mark.family != Family::Single || !is_possessive(text, mark, &marks[at + 1..]) => {
                let opener = stack[level];
                stack.truncate(level);
                push(document, opener, mark.start, mark.end, stack.len(), found);
            }
            Some(_) => {}
            None if mark.opens && stack.len() < DEEPEST => {
                let single = mark.family == Family::Single;
                if !single || closes_later(text, mark, &marks[at + 1..]) {
                    stack.push(*mark);
                }
            }
            None => {}
        }
    }
    let mut left_open = false;
    // What was never closed ends with the paragraph; only the outermost one is taken.
    if let Some(opener) = stack.first().copied()
        && opener.family != Family::Single
    {
        let stop = start + text[start..end].trim_end().len();
        if push(document, opener, stop, stop, 0, found) {
            if let Some(last) = found.last_mut() {
                last.open = true;
            }
            let outer = found.last().map(|last| last.outer);
            // What was closed inside it is one deeper than it was taken for.
            let last = found.len() - 1;
            for inner in &mut found[first..last] {
                if outer.is_some_and(|outer| outer.contains(inner.outer)) && inner.depth == 0 {
                    inner.depth = 1;
                }
            }
            left_open = true;
        }
    }
    if carried
        && let Some(quoted) = found[first..].iter_mut().find(|quoted| quoted.outer.start() == start + lead)
    {
        quoted.continues = true;
    }
    left_open
}

fn push(
    document: &Document,
    open: Mark,
    close: usize,
    end: usize,
    depth: usize,
    found: &mut Vec<Quoted>,
) -> bool {
    let text = &document.text;
    let (Some(inner), Some(outer)) =
        (text.span(open.end, close.max(open.end)), text.span(open.start, end.max(open.end)))
    else {
        return false;
    };
    let inner = text.trim(inner);
    if inner.is_empty() {
        return false;
    }
    found.push(Quoted {
        inner,
        outer,
        depth: depth.min(u8::MAX as usize) as u8,
        open: false,
        continues: false,
    });
    true
}

/// All characters of a paragraph that can be quotation marks.
fn marks(text: &str, start: usize, end: usize) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = text[start..end].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let twin = matches!(c, '\'' | '`' | '’' | '‘') && next == Some(c) && before != Some(c);
        let family = match c {
            '"' | '“' | '”' | '„' | '‟' | '〝' | '〞' | '＂' => Family::Double,
            '«' | '»' => Family::Guillemet,
            '\'' | '`' | '’' | '‘' if twin => Family::Double,
            '\'' | '’' | '‘' | '‚' | '‛' | '‹' | '›' => Family::Single,
            _ => {
                before = Some(c);
                continue;
            }
        };
        let mut stop = start + at + c.len_utf8();
        let mut after = next;
        if twin {
            chars.next();
            stop += c.len_utf8();
            after = chars.peek().map(|(_, next)| *next);
        }
        let starts = before.is_none_or(begins_after) && after.is_some_and(|after| !after.is_whitespace());
        let stops =
            before.is_some_and(|before| !before.is_whitespace() && !matches!(before, '(' | '[' | '—' | '–'));
        let (opens, closes) = match c {
            // A closing mark that stands like an opening one opens if nothing is open.
            '“' | '‘' => (
                starts || before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphanumeric),
                !starts || after.is_some_and(|after| matches!(after, ',' | '.' | ';' | ')')),
            ),
            '”' => (starts && after.is_some_and(char::is_alphanumeric), true),
            '’' => (starts && after.is_some_and(char::is_alphanumeric), ends_word(before, after)),
            '„' | '‚' | '‟' | '‛' => (true, false),
            '«' | '‹' => (true, before.is_some_and(|it| !it.is_whitespace())),
            '»' | '›' => (starts, true),
            '\'' if !twin => (starts, ends_word(before, after)),
            _ => (starts, stops || after.is_none_or(|after| !after.is_alphanumeric())),
        };
        found.push(Mark { start: start + at, end: stop, family, opens, closes });
        before = Some(c);
    }
    found
}

/// True if a quotation can begin after this character.
fn begins_after(before: char) -> bool {
    before.is_whitespace()
        || matches!(
            before,
            '(' | '['
                | '{'
                | '—'
                | '–'
                | '-'
                | '/'
                | ':'
                | '“'
                | '"'
                | '‘'
                | '\''
                | '„'
                | '«'
                | '…'
                | '>'
                | '='
        )
}

/// A single mark closes only behind a word or its punctuation and never between letters.
fn ends_word(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|it| !it.is_whitespace()) && after.is_none_or(|after| !after.is_alphanumeric())
}

/// A mark that could open as well as close: it opens again only if it stands before a word and behind a blank.
fn opens_again(text: &str, mark: &Mark) -> bool {
    let before = text[..mark.start].chars().next_back();
    let after = text[mark.end..].chars().next();
    before.is_none_or(|before| before.is_whitespace() || before == '(')
        && after.is_some_and(char::is_alphanumeric)
}

/// True if the apostrophe is that of "rock 'n' roll", or of a plural ("the ministers' visit") with a better closing
/// mark behind it.
fn is_possessive(text: &str, mark: &Mark, rest: &[Mark]) -> bool {
    if [" 'n", " ’n", " ‘n"].iter().any(|and| text[..mark.start].ends_with(and)) {
        return true;
    }
    if !text[..mark.start].ends_with('s') {
        return false;
    }
    let after = &text[mark.end..];
    let lower =
        after.strip_prefix(' ').and_then(|after| after.chars().next()).is_some_and(char::is_lowercase);
    let next =
        rest.iter().filter(|next| next.family == Family::Single).find(|next| next.opens || next.closes);
    lower && next.is_some_and(|next| next.closes && !next.opens)
}

/// A single opening mark counts only if a closing one follows; else it is an apostrophe ("’90s", "'em").
fn closes_later(text: &str, mark: &Mark, rest: &[Mark]) -> bool {
    let word: String = text[mark.end..].chars().take_while(|c| c.is_alphanumeric()).collect();
    let digits = !word.is_empty() && word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit());
    if CLIPPED.contains(&word.to_lowercase().as_str())
        || digits && text[mark.end..].chars().nth(2) == Some('s')
    {
        return false;
    }
    // Paragraphs are bounded but may hold thousands of marks: only the next ones are looked at.
    let near = rest.iter().take(64).take_while(|it| it.start - mark.end <= LONGEST_SINGLE);
    near.filter(|it| it.family == Family::Single).any(|it| it.closes && it.start > mark.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<String> {
        let document = demarche_testkit::document(text);
        pair_marks(&document).iter().map(|quoted| document.text.slice(quoted.inner).to_owned()).collect()
    }

    #[test]
    fn every_pair_of_marks_is_found() {
        let text =
            "“We stay,” he said. \"They go,\" she said. «Jamais», dit-il. „Nie“, sagte er. ‘No,’ they said.";
        assert_eq!(inner(text), ["We stay,", "They go,", "Jamais", "Nie", "No,"]);
    }

    #[test]
    fn nested_marks_are_one_deeper() {
        let document = demarche_testkit::document("“He told us ‘not a step’ and left,” she said.");
        let found = pair_marks(&document);
        let told: Vec<_> = found.iter().map(|it| (document.text.slice(it.inner), it.depth)).collect();
        assert_eq!(told, [("He told us ‘not a step’ and left,", 0), ("not a step", 1)]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert!(
            inner("The ministers' aides didn't say it's Iran’s fault, and the ’90s weren't 'em.").is_empty()
        );
        assert_eq!(inner("A 'rock 'n' roll' summit"), ["rock 'n' roll"]);
    }

    #[test]
    fn a_closing_mark_of_the_wrong_shape_closes() {
        assert_eq!(inner("“Gestures of trust. “, Said the leader."), ["Gestures of trust."]);
    }

    #[test]
    fn an_unclosed_mark_ends_with_its_paragraph() {
        let document = demarche_testkit::document("He said: “We begin.\n\n“We go on.”\n\nNobody answered.");
        let found = pair_marks(&document);
        let told: Vec<_> =
            found.iter().map(|it| (document.text.slice(it.inner), it.open, it.continues)).collect();
        assert_eq!(told, [("We begin.", true, false), ("We go on.", false, true)]);
    }

    #[test]
    fn ten_thousand_marks_are_read_in_a_moment() {
        assert!(!inner(&"\"a 'b “c ".repeat(3_400)).is_empty());
    }
}
