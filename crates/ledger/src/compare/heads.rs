//! One act asserted by one telling and denied by the other, whatever the act: "apologised" / "did not apologise".
//!
//! The packs' oppositions name the acts that matter most; here the same verb on both sides is enough, if one is negated
//! and the other is told as a fact, about the same matter, and not of two parties.

use super::assertion::{clauses_and_objects, object, subject_of};
use super::telling::{Sentence, names, side_near};
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::prose;
use crate::sides::Side;
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, Encounter, Relation};
use std::collections::BTreeSet;

/// A verb of a clause.
#[derive(Clone, Debug)]
struct Head {
    stem: String,
    word: String,
    yes: bool,
    matter: BTreeSet<String>,
    /// "Nothing was signed": it is about everything.
    all: bool,
    subject: Option<Side>,
}

/// Compares the verbs of the tellings of one encounter.
pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let names = names(held, encounter);
    let mut said: Vec<Said<Head>> = Vec::new();
    for sentence in tellings {
        let text = held.document(sentence.document).text.as_str();
        for ((start, end), further) in clauses_and_objects(text, sentence.start, sentence.end) {
            for mut head in read(held, encounter, text, (start, end), further) {
                head.matter.retain(|stem| !names.contains(stem) && *stem != head.stem);
                said.extend(sentence.said(held, head, start, end));
            }
        }
    }
    // Only verbs that somebody denies are worth the pairs.
    let denied: BTreeSet<String> =
        said.iter().filter(|it| !it.value.yes).map(|it| it.value.stem.clone()).collect();
    said.retain(|it| denied.contains(&it.value.stem));
    pairs(held, &said, |one, two| rule(held, one, two), found);
}

fn read(
    held: &Held<'_>,
    encounter: &Encounter,
    text: &str,
    (start, end): (usize, usize),
    further: usize,
) -> Vec<Head> {
    let clause = &text[start..end];
    let list = WordList::new(clause);
    let words = list.words();
    let covered: Vec<(usize, usize)> = held
        .topics
        .oppositions
        .iter()
        .flat_map(|it| it.yes.find(&list).into_iter().chain(it.no.find(&list)))
        .map(|hit| (hit.start, hit.end))
        .collect();
    let word = |at: usize| words.get(at).map_or("", |(word, ..)| word.as_str());
    let mut found = Vec::new();
    for at in 0..words.len() {
        let negation = negation_before(held, &word, at);
        let finite = is_finite(held, word(at));
        if negation.is_none() && !finite {
            continue;
        }
        let stem = held.stem(word(at));
        let (_, from, to) = words[at];
        let known = covered.iter().any(|(first, last)| *first <= from && to <= *last);
        if known
            || stem.chars().count() < 4
            || held.telling.light.has(&stem)
            || !held.telling.is_content(word(at))
        {
            continue;
        }
        let before: Vec<&str> = (at.saturating_sub(4)..at).rev().map(word).collect();
        let near_negation =
            before.iter().take(3).any(|it| held.telling.negations.has(it) || it.ends_with("n't"));
        let unreal = before.iter().any(|it| held.telling.unreal.has(it));
        let nominal = before
            .first()
            .is_some_and(|it| ["the", "a", "an", "its", "their", "his", "her", "of", "to"].contains(it));
        if unreal || negation.is_none() && (near_negation || nominal) {
            continue;
        }
        let front = &clause[..from];
        let passive =
            before.iter().take(3).any(|it| ["was", "were", "is", "are", "been", "being"].contains(it));
        let nothing = words.iter().any(|(word, ..)| ["nothing", "anything", "none"].contains(&word.as_str()));
        let mut matter = prose::content(held.telling, object(held, &clause[to..]));
        if matter.is_empty() && further > end {
            matter = prose::content(held.telling, &text[end..further]);
        }
        if passive || matter.is_empty() {
            matter.extend(prose::content(held.telling, front));
        }
        let negated = negation.is_some() || passive && opens_with_no(&word) || nothing;
        let subject = if passive { None } else { side_near(held, encounter, subject_of(front, false)) };
        let word = word(at).to_owned();
        found.push(Head { stem, word, yes: !negated, matter, all: nothing && negated, subject });
    }
    found
}

/// True for a past form: it tells a fact.
fn is_finite(held: &Held<'_>, word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") || held.verbs.contains_key(word)
}

/// The negation that governs the word at a place: "did not", "has never", "denied having".
fn negation_before<'a>(held: &Held<'_>, word: &impl Fn(usize) -> &'a str, at: usize) -> Option<usize> {
    let mut place = at.checked_sub(1)?;
    while held.telling.between.has(word(place)) || word(place).ends_with("ly") {
        place = place.checked_sub(1)?;
    }
    let now = word(place);
    let before = place.checked_sub(1).map_or("", word);
    let negated =
        now.ends_with("n't") && now != "couldn't" && now != "wouldn't" && now != "can't" && now != "won't"
            || now == "not" && held.telling.auxiliaries.has(before)
            || now == "never" && (is_finite(held, word(at)) || held.telling.auxiliaries.has(before))
            || ["denied", "denies"].contains(&now) && word(at).ends_with("ing")
            || now == "having" && ["denied", "denies"].contains(&before);
    negated.then_some(place)
}

fn opens_with_no<'a>(word: &impl Fn(usize) -> &'a str) -> bool {
    matches!(word(0), "no" | "nothing" | "none") || word(0) == "that" && word(1) == "no"
}

fn rule(held: &Held<'_>, one: &Said<Head>, two: &Said<Head>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    if first.stem != second.stem || first.yes == second.yes {
        return None;
    }
    if matches!((&first.subject, &second.subject), (Some(one), Some(two)) if one.key != two.key) {
        return None;
    }
    let same_subject =
        matches!((&first.subject, &second.subject), (Some(one), Some(two)) if one.key == two.key);
    let shared: BTreeSet<String> = first.matter.intersection(&second.matter).cloned().collect();
    let matter = !shared.is_empty() && prose::overlap(&first.matter, &second.matter) >= 0.5;
    let empty = first.matter.is_empty() || second.matter.is_empty();
    if !(matter || first.all || second.all || empty && same_subject) {
        return None;
    }
    // Of two forms of the verb the one that tells the fact.
    let verb = if first.yes { &first.word } else { &second.word };
    let topic = super::labels::shared(held, &shared, &one.words.text, &two.words.text)
        .unwrap_or_else(|| format!("whether it was {verb}"));
    Some(Verdict {
        relation: Relation::Differs,
        topic,
        why: format!(
            "One tells it as a fact, the other denies it: “{}” / “{}”.",
            one.words.text, two.words.text
        ),
        rule: "verb-denied",
    })
}
