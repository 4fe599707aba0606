//! Headings of rows: what an analyst would write above two tellings of one matter.
//!
//! A theme of the packs gives the name; else the words that both tellings share, as they stand in the text. The same
//! heading comes out whichever telling is the first.

use crate::held::Held;
use crate::prose;
use demarche_pack::topics::WordList;
use std::collections::BTreeSet;

/// Words of a heading taken from a text.
const LONGEST: usize = 7;

/// The heading of a matter that two texts share by these stems.
pub(super) fn shared(held: &Held<'_>, stems: &BTreeSet<String>, one: &str, two: &str) -> Option<String> {
    let texts = [one, two];
    let best = texts
        .iter()
        .flat_map(|text| runs(held, stems, text))
        .min_by_key(|run| {
            (
                std::cmp::Reverse(run.count),
                run.words,
                run.text.starts_with(char::is_uppercase),
                run.text.to_lowercase(),
            )
        })
        .map(|run| run.text);
    let theme = || {
        let both = texts.map(|text| {
            let list = WordList::new(text);
            held.topics.themes(&list).iter().map(|topic| topic.name.clone()).collect::<BTreeSet<String>>()
        });
        both[0].intersection(&both[1]).next().cloned()
    };
    best.or_else(theme)
}

/// A run of words of a text.
struct Run {
    count: usize,
    words: usize,
    text: String,
}

/// Runs that begin and end with one of some stems and hold no other matter between.
fn runs(held: &Held<'_>, stems: &BTreeSet<String>, text: &str) -> Vec<Run> {
    let list = WordList::new(text);
    let words = list.words();
    let known: Vec<Option<String>> = words
        .iter()
        .map(|(word, ..)| [prose::stem(word), held.stem(word)].into_iter().find(|stem| stems.contains(stem)))
        .collect();
    let mut found = Vec::new();
    for from in (0..words.len()).filter(|at| known[*at].is_some()) {
        let mut of: BTreeSet<&String> = BTreeSet::new();
        for to in from..words.len().min(from + LONGEST) {
            match &known[to] {
                Some(stem) => {
                    of.insert(stem);
                    let (from, to) = whole_name(held, text, words, from, to);
                    let cut = text[words[from].1..words[to].2].to_owned();
                    if !cut.contains([',', ';', '.', '\n']) {
                        found.push(Run { count: of.len(), words: to - from + 1, text: cut });
                    }
                }
                None if held.telling.is_content(&words[to].0) => break,
                None => {}
            }
        }
    }
    found
}

/// A run that ends inside a name goes on to its ends: "San Suu" of "Aung San Suu Kyi".
fn whole_name(
    held: &Held<'_>,
    text: &str,
    words: &[(String, usize, usize)],
    mut from: usize,
    mut to: usize,
) -> (usize, usize) {
    let capital = |at: usize| text[words[at].1..].starts_with(char::is_uppercase);
    let joined = |at: usize| &text[words[at].2..words[at + 1].1] == " ";
    while from > 0
        && capital(from)
        && capital(from - 1)
        && joined(from - 1)
        && held.telling.is_content(&words[from - 1].0)
    {
        from -= 1;
    }
    while to + 1 < words.len()
        && capital(to)
        && capital(to + 1)
        && joined(to)
        && held.telling.is_content(&words[to + 1].0)
    {
        to += 1;
    }
    (from, to)
}

/// Words of a heading that is the opening of a text, and words behind it that are rather added than cut off.
const OPENING: usize = 8;
const REST: usize = 3;

/// The first words of a text as a heading: what it says, without the word that joins it to the verb of saying, up to
/// where a clause ends.
pub(super) fn opening(held: &Held<'_>, text: &str) -> Option<String> {
    let list = WordList::new(text);
    let words = list.words();
    let from =
        words.iter().position(|(word, ..)| held.telling.is_content(word) && word.chars().count() > 2)?;
    // "the two leaders", "its forces": what stands close before the noun belongs to it.
    let joined = |at: usize| &text[words[at].2..words[at + 1].1] == " ";
    let mut start = from;
    while start > 0 && joined(start - 1) && held.telling.leads.has(&words[start - 1].0) {
        start -= 1;
    }
    let stops = |at: usize| {
        let between = &text[words[at - 1].2..words[at].1];
        // A comma inside a number ends nothing.
        let number = between == "," && words[at].0.starts_with(|it: char| it.is_ascii_digit());
        between.contains([',', ';', ':', '.', '\n', '“', '”', '"', '(', ')']) && !number
    };
    let end = (start + 1..words.len()).find(|at| stops(*at)).unwrap_or(words.len());
    let most = if end - start <= OPENING + REST { end } else { start + OPENING };
    let last = (from..most).rev().find(|at| held.telling.is_content(&words[*at].0)).unwrap_or(from);
    // Rather a few small words than one word alone.
    let last = if last == from { most - 1 } else { last };
    let cut = &text[words[start].1..words[last].2];
    Some(if last + 1 < end { format!("{cut} …") } else { cut.to_owned() })
}
