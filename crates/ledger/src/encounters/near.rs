//! Which contacts a vague telling can belong to at all: those of the same people, near in time.

use super::{Cluster, Fact, LATE, without_year};
use crate::held::{Held, published};
use crate::sides::{name_words, side_in, side_of_party};
use demarche_record::Day;
use std::collections::{BTreeMap, BTreeSet};

/// Anchors by those who take part, so that a vague telling meets only contacts of the same people near in time.
pub(super) struct Near {
    of_party: BTreeMap<String, Vec<usize>>,
    /// Whoever is only described is looked for by the place too.
    deep: bool,
}

impl Near {
    pub(super) fn new(
        held: &Held<'_>,
        facts: &[Fact<'_>],
        clusters: &[Cluster],
        anchors: &[usize],
        deep: bool,
    ) -> Self {
        let mut of_party: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for anchor in anchors {
            let keys: BTreeSet<String> =
                clusters[*anchor].members.iter().flat_map(|at| keys(held, &facts[*at], deep)).collect();
            for key in keys {
                of_party.entry(key).or_default().push(*anchor);
            }
        }
        Self { of_party, deep }
    }

    /// The anchors that a vague telling may belong to, in their order.
    pub(super) fn of(
        &self,
        held: &Held<'_>,
        facts: &[Fact<'_>],
        clusters: &[Cluster],
        vague: &Cluster,
    ) -> BTreeSet<usize> {
        let fact = &facts[vague.members[0]];
        let published = published(held.document(fact.record.document)).and_then(|window| window.last);
        let meets = |anchor: usize| {
            let others = || clusters[anchor].members.iter().map(|at| &facts[*at]);
            if others().any(|other| other.record.document == fact.record.document) {
                return true;
            }
            let day = others().find_map(|other| other.window);
            match (fact.window, day) {
                (Some(window), Some(day)) => window.overlaps(day),
                (None, Some(_)) if without_year(fact).is_some() => true,
                (None, Some(day)) => published
                    .zip(day.last)
                    .is_some_and(|(published, day)| (0..=LATE).contains(&day.days_to(published))),
                // Without a day in either only texts of the same days can tell of one contact.
                (Some(window), None) if self.deep => others().any(|other| soon(held, other, window.last)),
                (None, None) if self.deep => others().any(|other| soon(held, other, published)),
                (_, None) => false,
            }
        };
        keys(held, fact, self.deep)
            .iter()
            .filter_map(|key| self.of_party.get(key))
            .flatten()
            .copied()
            .filter(|anchor| meets(*anchor))
            .collect()
    }
}

/// True if a text was published within a day of some day.
pub(super) fn soon(held: &Held<'_>, fact: &Fact<'_>, day: Option<Day>) -> bool {
    let published = published(held.document(fact.record.document)).and_then(|window| window.last);
    published.zip(day).is_some_and(|(published, day)| day.days_to(published).abs() <= 1)
}

fn keys(held: &Held<'_>, fact: &Fact<'_>, deep: bool) -> BTreeSet<String> {
    let mut keys = party_keys(held, fact);
    let places = fact.record.places.iter().filter(|_| deep).flat_map(|place| name_words(&place.words.text));
    keys.extend(places.map(|word| format!("place {word}")));
    keys
}

/// Two parties that can be one have one of these in common: the actor, the side, or the last word of the name.
fn party_keys(held: &Held<'_>, fact: &Fact<'_>) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for party in &fact.contact.participants {
        keys.extend(party.actor.iter().map(|actor| format!("actor {}", actor.0)));
        let side = side_of_party(party, held.relations, fact.day.as_deref());
        keys.extend(side.map(|side| format!("side {}", side.key)));
        keys.extend(
            side_in(party.name(), held.relations, fact.day.as_deref()).map(|it| format!("side {}", it.key)),
        );
        // "his Indian counterpart, General Doe": whom nobody knows is found by the words beside the name.
        let words = party.words.as_ref().map_or("", |words| words.text.as_str());
        keys.extend(side_in(words, held.relations, fact.day.as_deref()).map(|it| format!("side {}", it.key)));
        keys.extend(name_words(party.name()).pop().map(|word| format!("name {word}")));
    }
    keys
}
