//! Topics that a sentence lists: "they talked about trade, visas and the detained writer", "trade and visas were on the table".

use super::telling::{Sentence, masked};
use crate::held::Held;
use crate::prose;
use demarche_pack::topics::WordList;
use demarche_record::Words;

/// Words before a list of topics.
const BEFORE: &[&[&str]] = &[
    &["discussed"],
    &["talked", "about"],
    &["spoke", "about"],
    &["exchanged", "views", "on"],
    &["addressed"],
    &["reviewed"],
    &["focused", "on"],
    &["touched", "on"],
    &["dealt", "with"],
    &["covered"],
];
/// Words after a list of topics.
const AFTER: &[&[&str]] = &[
    &["were", "on", "the", "table"],
    &["were", "on", "the", "agenda"],
    &["were", "discussed"],
    &["were", "the", "subjects"],
    &["were", "the", "topics"],
    &["were", "addressed"],
    &["topped", "the", "agenda"],
    &["dominated", "the"],
];
/// Most words of one topic; what is longer is a clause.
const LONGEST: usize = 9;

/// The topics of a list of two or more in a sentence of a telling.
pub(super) fn listed(held: &Held<'_>, sentence: &Sentence) -> Vec<Words> {
    let text = &held.document(sentence.document).text.as_str()[sentence.start..sentence.end];
    let told = masked(text);
    let list = WordList::new(&told);
    let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let at = |phrases: &[&[&str]]| {
        (0..words.len()).find_map(|at| {
            phrases
                .iter()
                .find(|phrase| words[at..].starts_with(phrase))
                .map(|phrase| (at, at + phrase.len()))
        })
    };
    let part = match (at(AFTER), at(BEFORE)) {
        (Some((first, _)), _) if first > 0 => (0, list.words()[first].1),
        (_, Some((_, last))) if last < words.len() => (list.words()[last].1, told.len()),
        _ => return Vec::new(),
    };
    let items = cut(&told, part);
    if items.len() < 2 {
        return Vec::new();
    }
    items
        .into_iter()
        .filter(|(from, to)| {
            let item = &told[*from..*to];
            item.split_whitespace().count() <= LONGEST && !prose::content(item).is_empty()
        })
        .filter_map(|(from, to)| held.words(sentence.document, sentence.start + from, sentence.start + to))
        .collect()
}

/// Cuts a list at its commas and "and"s.
fn cut(told: &str, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let whole = &told[from..to];
    let end = [" but ", " that ", ";", " which ", " where "]
        .iter()
        .filter_map(|stop| whole.find(stop))
        .min()
        .unwrap_or(whole.len());
    let mut items = Vec::new();
    let mut start = 0;
    let mut cuts: Vec<(usize, usize)> = whole[..end].match_indices(',').map(|(at, _)| (at, at + 1)).collect();
    cuts.extend(whole[..end].match_indices(" and ").map(|(at, _)| (at, at + 5)));
    cuts.sort_unstable();
    cuts.push((end, end));
    for (stop, next) in cuts {
        let item = whole.get(start..stop).unwrap_or("");
        let lead = item.len() - item.trim_start().len();
        let trimmed = item.trim_matches(|it: char| it.is_whitespace() || it == '.');
        if !trimmed.is_empty() {
            items.push((from + start + lead, from + start + lead + trimmed.len()));
        }
        start = next.max(start);
    }
    items
}
