//! Where a force is, comes from or goes to.

use super::units::class;
use crate::Reading;
use demarche_language::{EntityKind, Upos, WordId};
use demarche_pack::units::UnitWords;
use demarche_record::Place;

/// Prepositions behind which a place hangs under the unit itself: "350 soldiers to Poland".
pub(super) const TOWARDS: &[&str] = &[
    "to", "in", "on", "along", "near", "at", "into", "across", "around", "inside", "onto", "towards",
    "toward", "outside", "off", "over", "through", "opposite", "beyond", "behind", "within", "between",
];

/// True if a phrase names a place or, as places of forces go, a state or body with one ("its ally Belarus").
pub(super) fn is_place(reading: &Reading<'_>, head: WordId) -> bool {
    if reading.is_time(head) || reading.word(head).upos == Upos::Pron {
        return false;
    }
    let word = reading.word(head);
    let span = word.span;
    let known = reading.analysis.places.iter().any(|place| {
        (place.words.start_byte as usize) <= span.start() && span.end() <= place.words.end_byte as usize
    });
    let entity = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .map(|id| reading.analysis.entity(id));
    let body = entity.is_some_and(|entity| {
        matches!(entity.kind, EntityKind::Place)
            || matches!(entity.kind, EntityKind::Body) && entity.actor.is_some()
    });
    // A name that is nobody, behind a preposition of place, is a place that the packs do not know.
    let unknown_name = word.upos == Upos::Propn
        && entity.is_none_or(|entity| {
            matches!(entity.kind, EntityKind::Thing | EntityKind::Named | EntityKind::Body)
        })
        && reading.preposition(head).is_some_and(|it| {
            matches!(it, "in" | "to" | "near" | "at" | "into" | "around" | "towards" | "opposite" | "outside")
        });
    // "Guyanese waters", but "cold water".
    let wet = word.lemma == "water" && word.feature("Number") != Some("Plur");
    known || body || unknown_name || !wet && reading.pack.units.lists(UnitWords::Place, &word.lemma)
}

/// True for the object of "entered Baidoa", "left Gao": a name that is nobody, where the verb leads to or from places.
pub(super) fn is_place_entered(reading: &Reading<'_>, verb: WordId, head: WordId) -> bool {
    let leads = matches!(
        reading.lemma(verb),
        "enter"
            | "reach"
            | "leave"
            | "approach"
            | "vacate"
            | "abandon"
            | "quit"
            | "cross"
            | "evacuate"
            | "pass"
            | "exit"
            | "control"
            | "hold"
            | "occupy"
            | "surround"
            | "encircle"
            | "besiege"
            | "take"
            | "seize"
            | "capture"
            | "retake"
            | "recapture"
            | "overrun"
    );
    let entity = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .map(|id| reading.analysis.entity(id));
    // "the last caves in the Cal Miskaad range": a thing at a place.
    let lies_at = || {
        let below = reading.behind(head, &["in", "at", "on", "near", "above", "of", "around"]);
        let compound = reading.analysis.children_in(head, "compound").collect::<Vec<_>>();
        reading.word(head).upos == Upos::Noun
            && class(reading, head).is_none()
            && below.into_iter().chain(compound).any(|inner| {
                let span = reading.word(inner).span;
                reading.analysis.places.iter().any(|place| {
                    (place.words.start_byte as usize) <= span.start()
                        && span.end() <= place.words.end_byte as usize
                })
            })
    };
    let passes = matches!(
        reading.lemma(verb),
        "enter" | "reach" | "leave" | "approach" | "vacate" | "quit" | "cross" | "evacuate" | "pass" | "exit"
    );
    if passes && reading.word(head).relation() == "obj" && !reading.is_time(head) && lies_at() {
        return true;
    }
    leads
        && reading.word(head).upos == Upos::Propn
        && reading.word(head).relation() == "obj"
        && !reading.is_time(head)
        && entity.is_none_or(|entity| !matches!(entity.kind, EntityKind::Person | EntityKind::Several))
}

/// The place that a phrase names, with what the packs know of it.
pub(super) fn place_of(reading: &Reading<'_>, head: WordId) -> Place {
    let span = reading.word(head).span;
    let known = reading.analysis.places.iter().find(|place| {
        (place.words.start_byte as usize) <= span.start() && span.end() <= place.words.end_byte as usize
    });
    let words = reading.words(reading.phrase(head));
    match known {
        Some(place) => Place { words, ..place.clone() },
        None => {
            let entity = reading
                .mention(head)
                .and_then(|id| reading.analysis.mention(id).entity)
                .map(|id| reading.analysis.entity(id));
            let actor =
                entity.and_then(|entity| entity.actor.as_ref()).and_then(|id| reading.pack.world.actor(id));
            Place {
                words,
                name: actor.map(|actor| actor.name.clone()),
                country: actor.and_then(|actor| actor.country.clone()),
                position: None,
                precision: None,
            }
        }
    }
}

/// The place that hangs under a unit: "troops in Mali", "soldiers north of Vilnius", "soldiers stationed at Gao".
pub(super) fn place_below(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    let below = reading.behind(unit, TOWARDS);
    below.into_iter().find(|head| is_place(reading, *head)).or_else(|| {
        reading.analysis.children_in(unit, "advmod").find_map(|direction| {
            reading.behind(direction, &["of"]).into_iter().find(|head| is_place(reading, *head))
        })
    })
}

/// "maintains no garrison there": a place that only an adverb names.
pub(super) fn placed_by_adverb(reading: &Reading<'_>, verb: WordId) -> bool {
    let mut below = reading.analysis.children_in(verb, "advmod");
    below.any(|adverb| matches!(reading.lemma(adverb), "there" | "here" | "nearby" | "ashore" | "offshore"))
}
