//! Units that are told of beside those of a frame: "along with two destroyers", "with a frigate and three corvettes".

use super::units::{class, is_unit, owner, unwrapped};
use crate::Reading;
use demarche_language::WordId;
use demarche_pack::units::UnitWords;

/// Units behind "along with", or counted ones behind "with", under the trigger or under its units.
pub(super) fn in_company(reading: &Reading<'_>, trigger: WordId, units: &[WordId]) -> Vec<WordId> {
    if units.is_empty() || !reading.is_verb(trigger) {
        return Vec::new();
    }
    let beside = |head: WordId, prepositions: &[&str]| -> Vec<WordId> {
        let heads = reading.behind(head, prepositions).into_iter();
        heads
            .flat_map(|head| reading.conjuncts(head))
            .map(|head| unwrapped(reading, head))
            .filter(|head| !units.contains(head))
            .collect()
    };
    // "with tanks and launchers" only tells how they came, "with 230 sailors" who is aboard.
    let aboard = |head: WordId| {
        class(reading, head) == Some("personnel")
            && units
                .iter()
                .any(|unit| matches!(class(reading, *unit), Some("vessel" | "aircraft" | "weapon")))
    };
    let heads = std::iter::once(trigger).chain(units.iter().copied());
    let mut found: Vec<WordId> = heads
        .flat_map(|head| beside(head, &["with"]))
        .filter(|head| is_unit(reading, *head) && reading.quantity(*head).is_some() && !aboard(*head))
        .collect();
    let together = ["along with", "together with", "alongside", "as well as"];
    let below = reading.analysis.subtree(trigger);
    found.extend(below.into_iter().flat_map(|head| beside(head, &together)).filter(|head| {
        is_unit(reading, *head)
            || class(reading, *head).is_some() && reading.word(*head).feature("Number") == Some("Plur")
    }));
    let mut once: Vec<WordId> = Vec::new();
    for head in found {
        if !once.contains(&head) {
            once.push(head);
        }
    }
    once
}

/// A unit that is a force in any sentence: owned, counted otherwise than as a few men, or never anything else.
pub(super) fn is_force_here(reading: &Reading<'_>, unit: WordId) -> bool {
    owner(reading, unit).is_some()
        || class(reading, unit).is_some_and(|class| class != "personnel")
        || !reading.pack.units.lists(UnitWords::Everyday, reading.lemma(unit))
            && !matches!(reading.lemma(unit), "policeman" | "guard")
}
