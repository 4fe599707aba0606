//! Topics that a sentence lists: "they talked about trade, visas and the detained writer", "trade and visas were on the table".

use super::telling::{Sentence, masked};
use crate::held::Held;
use crate::prose;
use demarche_pack::telling::Telling;
use demarche_pack::topics::WordList;
use demarche_record::Words;

/// Most words of one topic; what is longer is a clause.
const LONGEST: usize = 9;

/// The topics of a list of two or more in a sentence of a telling.
pub(super) fn listed(held: &Held<'_>, sentence: &Sentence) -> Vec<Words> {
    let text = &held.document(sentence.document).text.as_str()[sentence.start..sentence.end];
    let told = masked(held.telling, text);
    let list = WordList::new(&told);
    let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let at = |phrases: &demarche_pack::telling::Words| {
        (0..words.len()).find_map(|at| phrases.begins(&words[at..]).map(|length| (at, at + length)))
    };
    let part = match (at(&held.telling.listed_before), at(&held.telling.listed_behind)) {
        (Some((first, _)), _) if first > 0 => (0, list.words()[first].1),
        (_, Some((_, last))) if last < words.len() => (list.words()[last].1, told.len()),
        _ => return Vec::new(),
    };
    let items = cut(held.telling, &told, part);
    if items.len() < 2 {
        return Vec::new();
    }
    items
        .into_iter()
        .filter(|(from, to)| {
            let item = &told[*from..*to];
            item.split_whitespace().count() <= LONGEST && !prose::content(held.telling, item).is_empty()
        })
        .filter_map(|(from, to)| held.words(sentence.document, sentence.start + from, sentence.start + to))
        .collect()
}

/// Cuts a list at its commas and "and"s.
fn cut(telling: &Telling, told: &str, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let whole = &told[from..to];
    let list = WordList::new(whole);
    let stop = list.words().iter().find(|(word, ..)| telling.list_ends.has(word)).map(|(_, from, _)| *from);
    let end = stop.into_iter().chain(whole.find(';')).min().unwrap_or(whole.len());
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
