//! How much was agreed or promised: "to send 400,000 tonnes of rice" beside "to deliver 500,000 tonnes of rice".
//!
//! Two amounts are compared only if both stand in a sentence of agreeing or promising, or on a list that is handed over, count the same thing for the same
//! stretch or part, and each text has only one amount of it.

use super::counts::{is_count, is_decimal, number_at};
use super::telling::{Sentence, side_near};
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::prose::{self, Range};
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, Encounter, Relation};
use std::collections::BTreeSet;

/// Words behind a number that may name what it counts.
const BEHIND: usize = 5;

#[derive(Clone, Debug)]
struct Amount {
    range: Range,
    /// Stems of what is counted: "tonnes of rice".
    things: BTreeSet<String>,
    /// Stems of the rest of the sentence.
    rest: BTreeSet<String>,
    scopes: BTreeSet<String>,
    side: Option<String>,
    /// "a list of 8,032 persons": whoever hands it over, it is the same for both.
    listed: bool,
}

pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let mut said: Vec<Said<Amount>> = Vec::new();
    for sentence in tellings {
        let text = &held.document(sentence.document).text.as_str()[sentence.start..sentence.end];
        let list = WordList::new(text);
        let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
        let commits = words.iter().any(|word| held.telling.commits.has(word));
        let lists = |from: usize| {
            words[from.saturating_sub(4)..from].iter().any(|word| held.telling.listing.has(word))
        };
        if !commits && !words.iter().any(|word| held.telling.listing.has(word)) {
            continue;
        }
        let mut at = 0;
        while at < words.len() {
            let (_, from, to) = &list.words()[at];
            let whole = !is_decimal(text, *from, *to);
            let number = number_at(&words, at)
                .filter(|(value, _)| whole && *value > 1.0 && is_count(words[at], *value));
            let Some((value, used)) = number else {
                at += 1;
                continue;
            };
            let (from, behind) = (at, at + used);
            at = behind;
            let listed = lists(from);
            if !commits && !listed {
                continue;
            }
            let (things, end) = things(held, &words, behind);
            if things.is_empty() {
                continue;
            }
            let (range, modifiers) = prose::bounds(held.telling, &words[..from], &words[behind..], value);
            let first = list.words()[from - modifiers].1;
            let last = list.words()[end - 1].2;
            let mut rest = prose::content(held.telling, text);
            rest.retain(|stem| !things.contains(stem) && !stem.chars().any(|it| it.is_ascii_digit()));
            let near = &words[from.saturating_sub(3)..words.len().min(end + 3)];
            let scopes = near.iter().filter(|word| held.telling.scopes.has(word) && **word != "of");
            let scopes = scopes.map(|word| (*word).to_owned()).collect();
            let side = side_near(held, encounter, &text[..first]).map(|side| side.key);
            let start = clause_start(text, first);
            let value = Amount { range, things, rest, scopes, side, listed };
            said.extend(sentence.said(held, value, sentence.start + start, sentence.start + last));
        }
    }
    let alone = |one: &Said<Amount>| {
        let same = |other: &&Said<Amount>| {
            other.document == one.document && !other.value.things.is_disjoint(&one.value.things)
        };
        said.iter().filter(same).count() == 1
    };
    let said: Vec<Said<Amount>> = said.iter().filter(|one| alone(one)).cloned().collect();
    pairs(held, &said, rule, found);
}

/// Stems of what a number counts, with the place behind their last word: "400,000 tonnes of rice".
fn things(held: &Held<'_>, words: &[&str], from: usize) -> (BTreeSet<String>, usize) {
    let mut found = BTreeSet::new();
    let mut end = from;
    let time = |word: &str| held.telling.scopes.has(word) || held.telling.counted_within.has(word);
    for (at, word) in words.iter().enumerate().skip(from).take(BEHIND) {
        if held.telling.is_content(word) && prose::number(&[word]).is_none() && !time(word) {
            found.insert(held.stem(word));
            end = at + 1;
            // "tonnes of rice", else the noun alone.
            if words.get(at + 1) != Some(&"of") {
                break;
            }
        } else if *word != "of" || found.is_empty() {
            break;
        }
    }
    (found, end)
}

fn clause_start(text: &str, before: usize) -> usize {
    let front = &text[..before];
    let cut = front.rfind([',', ';', ':']).map_or(0, |at| at + 1);
    cut + (front[cut..].len() - front[cut..].trim_start().len())
}

fn rule(one: &Said<Amount>, two: &Said<Amount>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    let apart = matches!((&first.side, &second.side), (Some(one), Some(two)) if one != two)
        && !(first.listed && second.listed);
    // A bare noun counts anything: the sentences must have another word in common.
    let tied = first.things.len() > 1 || !first.rest.is_disjoint(&second.rest);
    if first.things != second.things || first.scopes != second.scopes || !tied {
        return None;
    }
    let open = |range: Range| range.high.is_infinite() || range.low == 0.0;
    let (relation, why) = if first.range.disjoint(second.range) {
        if apart {
            return None;
        }
        (Relation::Differs, format!("“{}” and “{}” cannot both hold.", one.words.text, two.words.text))
    } else if open(first.range) != open(second.range) {
        (Relation::Refines, "Both amounts are compatible; one is more precise.".to_owned())
    } else {
        (Relation::Agrees, "Both texts give the same amount.".to_owned())
    };
    Some(Verdict { relation, topic: "amount".to_owned(), why, rule: "amount" })
}
