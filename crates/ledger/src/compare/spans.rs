//! Within what time something is to be done: "within 15 days" beside "within a month".

use super::dates::of_times;
use super::telling::{Sentence, clauses, names};
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::prose;
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, Encounter, Relation};
use std::collections::BTreeSet;

/// Common share of the words of two clauses about one matter.
const SAME: f64 = 0.5;

/// Six months and 180 days are one time.
const ROUNDING: f64 = 0.1;

/// Something is to be done within some days.
#[derive(Clone, Debug)]
struct Span {
    matter: BTreeSet<String>,
    days: f64,
}

pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let names = names(held, encounter);
    let mut said: Vec<Said<Span>> = Vec::new();
    for sentence in tellings {
        let text = held.document(sentence.document).text.as_str();
        for (start, end) in clauses(text, sentence.start, sentence.end) {
            let list = WordList::new(&text[start..end]);
            let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
            if words.iter().any(|word| held.telling.negations.has(word)) {
                continue;
            }
            let days = (0..words.len())
                .filter(|at| held.telling.within.has(words[*at]))
                .find_map(|at| days(&words[at + 1..]));
            let Some((days, used)) = days else { continue };
            let unit = prose::content(held.telling, used);
            let mut matter = prose::content(held.telling, &text[start..end]);
            matter.retain(|stem| !names.contains(stem) && !unit.contains(stem));
            said.extend(sentence.said(held, Span { matter, days }, start, end));
        }
    }
    pairs(held, &said, rule, found);
}

/// The days with which some words begin, with the word for the unit.
fn days<'a>(words: &[&'a str]) -> Option<(f64, &'a str)> {
    let single = || words.first().is_some_and(|word| matches!(*word, "a" | "an")).then_some((1.0, 1));
    let (value, used) = prose::number(words).or_else(single)?;
    let unit = *words.get(used)?;
    let of = match unit.trim_end_matches('s') {
        "hour" => 1.0 / 24.0,
        "day" => 1.0,
        "week" => 7.0,
        "month" => 30.0,
        "year" => 365.0,
        _ => return None,
    };
    Some((value * of, unit))
}

fn rule(one: &Said<Span>, two: &Said<Span>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    let shared = first.matter.intersection(&second.matter).count();
    if shared < 2 && (shared == 0 || prose::overlap(&first.matter, &second.matter) < SAME) {
        return None;
    }
    let apart = (first.days - second.days).abs() / first.days.max(second.days);
    let relation = if apart < ROUNDING { Relation::Agrees } else { Relation::Differs };
    Some(of_times(one, two, relation, "term", "term-span"))
}
