//! What counts as a force: bodies that are one, nouns of movement without a unit, drills that are military.

use super::places::{is_place, is_place_entered};
use super::units::{class, is_actor_of, is_armed_body, is_marked_military, is_unit, unwrapped};
use crate::Reading;
use demarche_language::WordId;
use demarche_pack::units::UnitWords;
use demarche_record::{Action, BlockKind};

/// A unit that no everyday sentence speaks of: "two officers of the court drove to the village".
pub(super) fn is_plainly_a_force(reading: &Reading<'_>, unit: WordId) -> bool {
    class(reading, unit).is_some_and(|class| class != "personnel")
        || !reading.pack.units.lists(UnitWords::Everyday, reading.lemma(unit))
        || is_marked_military(reading, unit)
}

pub(super) fn moves_forces(reading: &Reading<'_>, head: WordId) -> bool {
    is_armed_body(reading, head)
        || is_actor_of(reading, head, |kind| {
            use demarche_pack::world::ActorKind::*;
            matches!(kind, State | Organ | Alliance | ArmedForce | ArmedGroup)
        })
}

/// A body that is a force itself: "NATO", "the M23", "the army".
pub(super) fn is_force(reading: &Reading<'_>, head: WordId) -> bool {
    use demarche_pack::world::ActorKind::*;
    let lists = |words: &str| reading.pack.units.lists(UnitWords::Armed, words);
    // "coast guard" is listed as two words.
    let two = || {
        let before = head.0.checked_sub(1).map(WordId)?;
        Some(format!("{} {}", reading.analysis.form(before), reading.lemma(head)))
    };
    is_actor_of(reading, head, |kind| matches!(kind, Alliance | ArmedForce | ArmedGroup))
        || lists(reading.lemma(head))
        || two().is_some_and(|two| lists(&two))
}

/// A deployment noun or verb without a unit: "NATO strengthens its deployment in Eastern Europe", "the M23 withdrew
/// from Walikale", "the army entered the town".
pub(super) fn is_bare_deployment(
    reading: &Reading<'_>,
    trigger: WordId,
    action: Action,
    movers: &[WordId],
    placed: bool,
) -> bool {
    use demarche_pack::world::ActorKind::*;
    let force = movers.iter().any(|head| is_force(reading, *head));
    if !reading.is_verb(trigger) {
        let state = movers.iter().any(|head| is_actor_of(reading, *head, |kind| matches!(kind, State)));
        return matches!(action, Action::Deploy | Action::Mass | Action::Withdraw | Action::Move)
            && (force || state && is_military(reading, trigger, &[]));
    }
    // "gave up the base at Faya-Largeau": who leaves a base had a force there.
    let leaves_base = reading.child(trigger, "obj").is_some_and(|object| {
        matches!(
            reading.lemma(object),
            "base"
                | "airbase"
                | "outpost"
                | "post"
                | "position"
                | "garrison"
                | "barracks"
                | "camp"
                | "stronghold"
        )
    });
    // "has not abandoned Chasiv Yar": no force is named, but only one can do that.
    let only_forces = matches!(reading.lemma(trigger), "abandon" | "vacate" | "relinquish");
    let at_place = reading
        .child(trigger, "obj")
        .is_some_and(|object| is_place(reading, object) || is_place_entered(reading, trigger, object));
    if action == Action::Withdraw
        && (leaves_base || only_forces && at_place)
        && movers.iter().any(|mover| moves_forces(reading, *mover))
    {
        return true;
    }
    let object = reading
        .child(trigger, "obj")
        .is_some_and(|object| !is_place(reading, object) && !is_place_entered(reading, trigger, object));
    matches!(action, Action::Withdraw | Action::Move | Action::Alert)
        && force
        && !brings_units(reading, trigger)
        && (placed || action == Action::Alert)
        && !object
}

/// "has flown in two divisions": the tree may take what is moved for a circumstance.
pub(super) fn brings_units(reading: &Reading<'_>, trigger: WordId) -> bool {
    let mut below = reading.analysis.children_in(trigger, "obl");
    below.any(|head| is_unit(reading, unwrapped(reading, head)))
}

pub(super) fn is_military(reading: &Reading<'_>, trigger: WordId, movers: &[WordId]) -> bool {
    let military = |word: WordId| reading.pack.units.lists(UnitWords::Military, reading.lemma(word));
    let marked = is_marked_military(reading, trigger);
    let mover = movers.iter().any(|head| {
        reading.pack.units.lists(UnitWords::Armed, reading.lemma(*head))
            || is_unit(reading, *head)
            || is_actor_of(reading, *head, |kind| {
                use demarche_pack::world::ActorKind::*;
                matches!(kind, Alliance | ArmedForce | ArmedGroup)
            })
    });
    if marked || mover {
        return true;
    }
    if reading.is_verb(trigger) {
        return false;
    }
    let sentence = &reading.analysis.sentence(trigger).words;
    let around = reading.analysis.ids(sentence).any(|word| word != trigger && military(word));
    // "The drills are to last until Sunday": military if the text before speaks of forces.
    let before = || {
        let plain = |word: &WordId| {
            class(reading, *word).is_some()
                && !reading.pack.units.lists(UnitWords::Everyday, reading.lemma(*word))
        };
        (0..trigger.0).map(WordId).filter(plain).take(2).count() == 2
    };
    let several = reading.word(trigger).feature("Number") == Some("Plur");
    around || several && before()
}

/// True if a predicate tells of a state that holds at the time of the text: "are parked at the base", "is on the road",
/// "have moored there since summer"; a headline's present tells what happened.
pub(super) fn lasts(reading: &Reading<'_>, predicate: WordId) -> bool {
    let sentence = reading.analysis.sentence(predicate);
    if matches!(sentence.block, BlockKind::Headline | BlockKind::Caption) {
        return false;
    }
    let present = |word: WordId| {
        reading.word(word).feature("Tense") == Some("Pres")
            && reading.word(word).feature("VerbForm") == Some("Fin")
    };
    let mut helping = reading
        .analysis
        .children(predicate)
        .iter()
        .copied()
        .filter(|child| matches!(reading.word(*child).relation(), "aux" | "cop"));
    let Some(finite) = helping.find(|child| reading.word(*child).feature("VerbForm") == Some("Fin")) else {
        return reading.is_verb(predicate) && present(predicate);
    };
    let since = || {
        let below = reading.analysis.children(predicate).iter().copied();
        let direct = below.clone().any(|child| reading.preposition(child) == Some("since"));
        direct
            || below.clone().any(|child| reading.lemma(child) == "since")
            || below
                .flat_map(|child| reading.analysis.children(child).iter().copied())
                .any(|word| reading.preposition(word) == Some("since") || reading.lemma(word) == "since")
    };
    match reading.lemma(finite) {
        "be" => present(finite),
        "have" => present(finite) && since(),
        _ => false,
    }
}
