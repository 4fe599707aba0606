//! The state that the text itself puts a place in: "Tripoli, Lebanon", "the Syrian city of Homs", "X, 40 km north of Goma",
//! "Sudan's X district", "X in northern Mali".

use super::grammar;
use crate::mentions::seats;
use crate::{Analysis, Upos, WordId};
use demarche_pack::Pack;
use demarche_pack::world::{ActorKind, SenseKind};
use std::ops::Range;

/// Longest stretch of words behind a name that is read for where it lies.
const REACH: u32 = 10;

/// What is known of the words around a name: the state that a word names or whose place it names.
pub(super) trait Known {
    /// The state, with one past the last word of the name.
    fn state_at(&self, word: u32) -> Option<(String, u32)>;
}

/// The state that names or people of states stand for, by the packs alone.
pub(super) fn state_named(analysis: &Analysis, pack: &Pack, word: u32, end: u32) -> Option<(String, u32)> {
    if !analysis.form(WordId(word)).starts_with(char::is_uppercase) {
        return None;
    }
    (word + 1..=(word + 4).min(end)).rev().find_map(|stop| {
        let span = analysis.word(WordId(word)).span.cover(analysis.word(WordId(stop - 1)).span);
        pack.world.senses(analysis.text(span)).find_map(|sense| {
            let actor = pack.world.actor(&sense.actor).filter(|actor| actor.kind == ActorKind::State)?;
            let country = actor.country.clone().filter(|_| sense.kind != SenseKind::Metonym)?;
            Some((country, stop))
        })
    })
}

/// The state that the text puts the name in.
pub(super) fn state_told(
    analysis: &Analysis,
    pack: &Pack,
    words: &Range<u32>,
    known: &impl Known,
) -> Option<String> {
    behind(analysis, pack, words, known)
        .or_else(|| before(analysis, pack, words, known))
        .or_else(|| under_noun(analysis, pack, words, known))
}

/// What stands behind: ", Lebanon", ", in northern Mali", "in Sudan", ", 40 km north of Goma", ", a village near Goma".
fn behind(analysis: &Analysis, pack: &Pack, words: &Range<u32>, known: &impl Known) -> Option<String> {
    let sentence = analysis.sentence(WordId(words.start)).words.end;
    let form = |at: u32| (at < sentence).then(|| analysis.form(WordId(at)));
    let lemma = |at: u32| analysis.word(WordId(at)).lemma.to_lowercase();
    let mut at = words.end;
    while at < sentence && at < words.end + 3 && pack.placing.is_kind(&lemma(at)) {
        at += 1;
    }
    let comma = form(at) == Some(",");
    at += u32::from(comma);
    let limit = sentence.min(at + REACH);
    if comma && let Some((state, end)) = known.state_at(at) {
        // "In Geneva, Iran said": only what is set off on both sides says where the place lies.
        let closed = form(end)
            .is_none_or(|it| matches!(it, "," | "." | ";" | ":" | ")" | "—" | "–" | "-" | "--" | "(" | "…"));
        return closed.then_some(state);
    }
    if matches!(form(at), Some("in" | "inside" | "within")) {
        return quarter(analysis, pack, at + 1, limit, known).map(|(state, _)| state);
    }
    if !comma && !grammar_direction(analysis, at) {
        return None;
    }
    // A distance or a direction from a place that is known, or a noun with where it lies.
    let mut measured = false;
    let mut kind = false;
    for step in at..limit {
        let here = form(step)?;
        if matches!(here, "," | "." | ";" | "—" | "–" | "(" | ")")
            || analysis.word(WordId(step)).upos == Upos::Verb
        {
            return None;
        }
        if (measured || kind) && matches!(here, "of" | "from" | "outside" | "in" | "near" | "off") {
            if let Some((state, _)) = quarter(analysis, pack, step + 1, limit, known) {
                return Some(state);
            }
        } else if kind && known.state_at(step).is_some() {
            return None;
        }
        let word = lemma(step);
        measured |= pack.placing.lengths.contains(&word) || grammar_direction(analysis, step);
        kind |= comma && pack.placing.is_kind(&word);
        // ", a Syrian village", but not ", close to the Syrian border".
        if comma
            && !kind
            && let Some((state, end)) = known.state_at(step)
        {
            let settled = |it: &u32| {
                pack.placing.settlements.contains(&lemma(*it)) || pack.placing.divisions.contains(&lemma(*it))
            };
            let apposed = (at..step).all(|it| {
                matches!(analysis.word(WordId(it)).upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Num)
            });
            return (end..limit.min(end + 2)).find(settled).filter(|_| apposed).map(|_| state);
        }
    }
    None
}

/// True for "north" in "north of Goma".
fn grammar_direction(analysis: &Analysis, at: u32) -> bool {
    let next = analysis.words.get(at as usize + 1).map(|word| analysis.text(word.span));
    let here = analysis.words.get(at as usize).map(|word| analysis.text(word.span));
    next == Some("of")
        && here.is_some_and(|here| {
            let here = here.to_lowercase();
            ["north", "south", "east", "west"].iter().any(|it| here.starts_with(it))
        })
}

/// A state or known place behind an article and words of direction: "northern Mali", "the far east of Chad",
/// "Sudan's Darfur region".
fn quarter(
    analysis: &Analysis,
    pack: &Pack,
    start: u32,
    limit: u32,
    known: &impl Known,
) -> Option<(String, u32)> {
    let mut at = start;
    while at < limit {
        if let Some(found) = known.state_at(at) {
            return Some(found);
        }
        let word = analysis.word(WordId(at));
        let form = analysis.form(WordId(at)).to_lowercase();
        let skipped = word.upos == Upos::Det
            || matches!(form.as_str(), "of" | "-")
            || pack.placing.quarters.contains(&form)
            || pack.placing.is_kind(&word.lemma.to_lowercase());
        if !skipped {
            return None;
        }
        at += 1;
    }
    None
}

/// What stands in front: "Sudan's X", "the Donetsk region town of X", "the northern Syrian village of X".
fn before(analysis: &Analysis, pack: &Pack, words: &Range<u32>, known: &impl Known) -> Option<String> {
    let first = analysis.sentence(WordId(words.start)).words.start;
    let noun = grammar::kind_before(analysis, pack, words);
    let mut at = noun.map_or(words.start, |noun| noun.0);
    let possessive = at > first && matches!(analysis.form(WordId(at - 1)), "'s" | "’s" | "'" | "’");
    if noun.is_none() && !possessive {
        return None;
    }
    for _ in 0..5 {
        at = at.checked_sub(1).filter(|at| *at >= first)?;
        let word = analysis.word(WordId(at));
        // A name of several words is known by its first.
        let found = (at.saturating_sub(3).max(first)..=at)
            .find_map(|from| known.state_at(from).filter(|(_, end)| *end == at + 1).map(|(state, _)| state));
        if found.is_some() {
            return found;
        }
        let within = matches!(word.upos, Upos::Adj | Upos::Noun | Upos::Part | Upos::Propn)
            || matches!(analysis.form(WordId(at)), "'s" | "’s" | "'" | "’" | "-");
        if !within {
            return None;
        }
    }
    None
}

/// What the tree hangs on the noun of the name: "the village of X in the east of Chad", "the Syrian city of Homs".
fn under_noun(analysis: &Analysis, pack: &Pack, words: &Range<u32>, known: &impl Known) -> Option<String> {
    let head = analysis
        .ids(words)
        .find(|word| analysis.word(*word).head.is_none_or(|head| !words.contains(&head.0)))?;
    let relation = analysis.word(head).relation();
    let above = analysis.word(head).head.filter(|above| {
        matches!(relation, "nmod" | "appos" | "compound")
            && pack.placing.is_kind(&analysis.word(*above).lemma)
    });
    above.into_iter().chain([head]).find_map(|word| {
        let below = analysis.children(word).iter().copied();
        below.filter(|child| *child != head && !words.contains(&child.0)).find_map(|child| {
            let state = |child: WordId| {
                let from = child.0.saturating_sub(3)..=child.0;
                let mut found = from.filter_map(|from| known.state_at(from));
                found.find(|(_, end)| *end > child.0).map(|(state, _)| state)
            };
            match analysis.word(child).deprel.as_str() {
                // "the Mexico hospital in Sacaba" is called so and lies elsewhere.
                "amod" | "nmod:poss" => state(child),
                "nmod" => {
                    let case = seats::preposition(analysis, pack, child)?;
                    matches!(case.as_str(), "in" | "within" | "inside").then(|| state(child))?
                }
                _ => None,
            }
        })
    })
}
