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
        .map(|(word, ..)| {
            [prose::stem(word), held.stem(word)].into_iter().find(|stem| stems.contains(stem))
        })
        .collect();
    let mut found = Vec::new();
    for from in (0..words.len()).filter(|at| known[*at].is_some()) {
        let mut of: BTreeSet<&String> = BTreeSet::new();
        for to in from..words.len().min(from + LONGEST) {
            match &known[to] {
                Some(stem) => {
                    of.insert(stem);
                    let (from, to) = whole_name(text, words, from, to);
                    let cut = text[words[from].1..words[to].2].to_owned();
                    if !cut.contains([',', ';', '.', '\n']) {
                        found.push(Run { count: of.len(), words: to - from + 1, text: cut });
                    }
                }
                None if prose::is_content(&words[to].0) => break,
                None => {}
            }
        }
    }
    found
}

/// A run that ends inside a name goes on to its ends: "San Suu" of "Aung San Suu Kyi".
fn whole_name(text: &str, words: &[(String, usize, usize)], mut from: usize, mut to: usize) -> (usize, usize) {
    let capital = |at: usize| text[words[at].1..].starts_with(char::is_uppercase);
    let joined = |at: usize| &text[words[at].2..words[at + 1].1] == " ";
    while from > 0 && capital(from) && capital(from - 1) && joined(from - 1) && prose::is_content(&words[from - 1].0) {
        from -= 1;
    }
    while to + 1 < words.len() && capital(to) && capital(to + 1) && joined(to) && prose::is_content(&words[to + 1].0) {
        to += 1;
    }
    (from, to)
}

/// The first words of a text as a heading: what it says, without the word that joins it to the verb of saying, up to
/// where a clause ends.
pub(super) fn opening(text: &str) -> Option<String> {
    let list = WordList::new(text);
    let words = list.words();
    let from = words.iter().position(|(word, ..)| prose::is_content(word) && word.chars().count() > 2)?;
    // "the need", "its forces": the article belongs to the noun.
    let start = if from > 0 && words[from].1 - words[from - 1].2 == 1 && is_article(&words[from - 1].0) {
        from - 1
    } else {
        from
    };
    let mut to = start;
    let mut last = from;
    while to < words.len() && to - start < LONGEST {
        let between = if to > start { &text[words[to - 1].2..words[to].1] } else { "" };
        if between.contains([',', ';', ':', '.', '\n', '“', '”', '"', '(', ')']) {
            break;
        }
        if prose::is_content(&words[to].0) {
            last = to;
        }
        to += 1;
    }
    let cut = &text[words[start].1..words[last].2];
    let more = last + 1 < words.len();
    Some(if more { format!("{cut} …") } else { cut.to_owned() })
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "its" | "his" | "her" | "their" | "no" | "all")
}
