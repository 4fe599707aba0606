//! In what kind of building a contact took place: "at the Sheraton Hotel" beside "at the National Palace".
//!
//! A building has many names, and a palace may stand in a ministry's compound: only kinds of which none can be another
//! exclude each other, and each text must name one alone.

use super::telling::Sentence;
use super::{Said, Verdict, pairs};
use crate::held::Held;
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, DocumentId, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// Words between the preposition and the kind of building: "at the offices of the Kofi Annan Foundation".
const REACH: usize = 7;

pub(super) fn compare(held: &Held<'_>, tellings: &[Sentence], found: &mut Vec<Comparison>) {
    let mut by_text: BTreeMap<DocumentId, Vec<Said<String>>> = BTreeMap::new();
    for sentence in tellings.iter().filter(|sentence| sentence.is_mention) {
        let text = &held.document(sentence.document).text.as_str()[sentence.start..sentence.end];
        let list = WordList::new(text);
        let words = list.words();
        for (at, (word, from, _)) in words.iter().enumerate() {
            if !matches!(word.as_str(), "at" | "in" | "aboard" | "inside") {
                continue;
            }
            let phrase: Vec<_> = words[at + 1..]
                .iter()
                .take(REACH)
                .take_while(|(word, ..)| !matches!(word.as_str(), "at" | "in" | "on" | "with" | "and" | "to"))
                .collect();
            let kinds =
                |(word, _, to): &&(String, usize, usize)| held.topics.site_of(word).map(|kind| (kind, *to));
            // "the Palace Hotel" is a hotel.
            let first = phrase.iter().position(|word| kinds(word).is_some()).unwrap_or(phrase.len());
            let kind = phrase[first..].iter().map_while(kinds).last();
            let Some((kind, to)) = kind else { continue };
            // "at the hotel" takes up what was named; a name or an owner tells which one it is.
            let inside = &text[*from..to];
            let named = inside.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
            let indefinite = inside.split_whitespace().nth(1).is_some_and(|word| matches!(word, "a" | "an"));
            if inside.contains([',', ';', '“', '"']) || !(named || indefinite) {
                continue;
            }
            let start = sentence.start + from;
            let said = sentence.said(held, kind.to_owned(), start, sentence.start + to);
            by_text.entry(sentence.document).or_default().extend(said);
        }
    }
    let alone = |all: &Vec<Said<String>>| all.iter().map(|it| &it.value).collect::<BTreeSet<_>>().len() == 1;
    let said: Vec<Said<String>> =
        by_text.into_values().filter(alone).filter_map(|all| all.into_iter().next()).collect();
    pairs(held, &said, rule, found);
}

fn rule(one: &Said<String>, two: &Said<String>) -> Option<Verdict> {
    (one.value != two.value).then(|| Verdict {
        relation: Relation::Differs,
        topic: "place".to_owned(),
        why: format!("“{}” and “{}” are two places.", one.words.text, two.words.text),
        rule: "site-other",
    })
}
