//! Finds deployments: presence, move, exercise or strength of a force; whose, which unit, how many, from where, to
//! where. Two mentions of one figure in one text are one deployment; the same number for two places is two.

mod company;
mod forces;
mod places;
mod repetitions;
mod rivals;
mod slots;
mod strength;
mod told;
mod units;

use crate::{Extractor, Reading, Said};
use demarche_language::{Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{Action, Body, Deployment, Kind, Plover, Record, Status, Voice};
use forces::lasts;
use places::{TOWARDS, place_below, place_of};
use repetitions::without_repetitions;
use slots::{Around, hangs_around};
use std::collections::BTreeSet;
use strength::{bare_strength, is_loss};
use told::told_strength;
use units::{force, joint, mixed_words, owner, unit_words};

/// The extractor of deployments.
pub struct Deployments;

impl Extractor for Deployments {
    fn name(&self) -> &'static str {
        "deployments"
    }

    fn about(&self) -> &'static str {
        "which force is deployed, sent, moved, massed, withdrawn, exercising, on alert or present: unit, quantity, from, to"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        let mut found: Vec<Record> = Vec::new();
        let mut used: BTreeSet<WordId> = BTreeSet::new();
        let words = || (0..reading.analysis.words.len() as u32).map(WordId);
        for trigger in words() {
            for (frame, _) in reading.frames_at(Kind::Deployment, trigger) {
                let made = from_frame(reading, said, trigger, frame, &mut used);
                if !made.is_empty() {
                    found.extend(made);
                    break;
                }
            }
        }
        for unit in words().filter(|unit| !used.contains(unit)) {
            found.extend(bare_strength(reading, said, unit));
        }
        for figure in said.iter().filter(|it| it.rule.ends_with(".figure")) {
            let rival = rivals::rival(reading, said, figure, &found);
            found.extend(rival);
        }
        for number in words().filter(|word| reading.word(*word).upos == Upos::Num) {
            let counted = |record: &Record| {
                let Body::Deployment(it) = &record.body else { return false };
                let start = reading.word(number).span.start() as u32;
                it.quantity
                    .as_ref()
                    .is_some_and(|it| (it.words.start_byte..it.words.end_byte).contains(&start))
            };
            if !found.iter().any(counted) {
                found.extend(told_strength(reading, said, number));
            }
        }
        without_repetitions(reading, found)
    }
}

fn from_frame(
    reading: &Reading<'_>,
    said: &[Said],
    trigger: WordId,
    frame: &Frame,
    used: &mut BTreeSet<WordId>,
) -> Vec<Record> {
    let Some(action) = frame.set.get("action").and_then(|action| Action::parse(action)) else {
        return Vec::new();
    };
    // "brought down five jets" moves none.
    let downs = matches!(reading.lemma(trigger), "bring" | "take")
        && reading.particles(trigger).iter().any(|particle| particle == "down");
    if reading.voice(trigger) == Voice::Furniture || downs {
        return Vec::new();
    }
    let Some(hangs) = hangs_around(reading, trigger, frame, action) else { return Vec::new() };
    let around = reading.circumstances(trigger, said);
    // "leave 2,500 troops in Iraq" keeps them there.
    let keeps = reading.lemma(trigger) == "leave"
        && hangs.units.iter().any(|unit| reading.word(*unit).relation() == "obj")
        && (!reading.behind(trigger, &["in", "at", "on"]).is_empty()
            || hangs.units.iter().any(|unit| !reading.behind(*unit, &["in", "at", "on"]).is_empty()));
    let action = if keeps { Action::Present } else { action };
    let Around { movers, units, destinations, origin } = hangs;
    if units.iter().any(|unit| is_loss(reading, *unit)) && !reading.is_verb(trigger) {
        return Vec::new();
    }
    let force = force(reading, trigger, &movers, &units, origin.is_some() || action == Action::Withdraw);
    used.extend(units.iter().copied());
    let plover = frame.plover.map(|kind| Plover {
        kind,
        mode: frame.mode.clone(),
        contexts: vec!["military".to_owned()],
    });
    let evidence = match carrier(reading, trigger) {
        Some(verb) => reading.clause(verb),
        None => reading.clause(trigger),
    };
    // Coordinated places of one preposition share one deployment; the first stands for them.
    let place = destinations.first().copied();
    // "can hardly move" tells of no move.
    let nowhere = action == Action::Move && destinations.is_empty() && origin.is_none();
    if nowhere && reading.is_verb(trigger) && around.status == Status::Denied {
        return Vec::new();
    }
    let state = matches!(action, Action::Present | Action::Deploy | Action::Alert | Action::Exercise);
    let told_by =
        if reading.is_verb(trigger) { trigger } else { carrier(reading, trigger).unwrap_or(trigger) };
    let goes_on = around.status == Status::Occurred && state && lasts(reading, told_by);
    let status = frame.status.or(goes_on.then_some(Status::Ongoing));
    let groups = told_together(reading, &units);
    let alone = groups.len() <= 1;
    let groups = if groups.is_empty() { vec![Vec::new()] } else { groups };
    let mut records = Vec::new();
    for group in groups {
        let unit = group.first().copied();
        let mixed = group.len() > 1;
        let quantity = unit.and_then(|unit| reading.quantity(unit));
        // A deployment without a unit is told by its noun: "its deployment in Eastern Europe", "the drills".
        let unit_words = match unit {
            Some(_) if mixed => Some(mixed_words(reading, &group)),
            Some(unit) => Some(unit_words(reading, unit)),
            None if reading.is_verb(trigger) => None,
            None => Some(reading.words(reading.phrase(trigger))),
        };
        let own = unit.and_then(|unit| own_place(reading, unit)).filter(|_| !alone);
        let place = own.or(place);
        let has_number = quantity.is_some();
        let of_another = unit
            .filter(|unit| !mixed && Some(unit) != units.first())
            // "Turkey sent drones and Syrian fighters": who sent the first sent all.
            .filter(|_| units.first().is_some_and(|first| owner(reading, *first).is_some()))
            .and_then(|unit| owner(reading, unit).map(|own| joint(reading, own)));
        let body = Body::Deployment(Deployment {
            force: of_another.or_else(|| force.clone()),
            action,
            unit: unit_words,
            quantity,
            origin: origin.map(|head| place_of(reading, head)),
            destination: place.map(|head| place_of(reading, head)),
        });
        let confidence =
            frame.confidence + if has_number { 0.15 } else { 0.0 } - if place.is_none() { 0.1 } else { 0.0 };
        records.push(reading.record(
            "deployments",
            &frame.id,
            evidence,
            around.clone(),
            status,
            confidence,
            plover.clone(),
            body,
        ));
    }
    records
}

/// "soldiers, vehicles and aircraft" are told together; "two cutters and a patrol boat", "Kyrgyz border guards and Tajik
/// soldiers" are not.
fn told_together(reading: &Reading<'_>, units: &[WordId]) -> Vec<Vec<WordId>> {
    let Some(first) = units.first() else { return Vec::new() };
    let counted = units.iter().any(|unit| reading.quantity(*unit).is_some());
    let beside = reading.conjuncts(*first);
    let joins = |unit: &WordId| {
        reading.quantity(*unit).is_none()
            && !(counted && reading.child(*unit, "det").is_some())
            && owner(reading, *unit).is_none_or(|own| owner(reading, *first) == Some(own))
    };
    let all = units[1..].iter().all(joins);
    let mut groups = vec![vec![*first]];
    for unit in &units[1..] {
        if all || groups.len() == 1 && joins(unit) && beside.contains(unit) {
            groups[0].push(*unit);
        } else {
            groups.push(vec![*unit]);
        }
    }
    groups
}

/// The verb that tells what becomes of an event noun: a light verb, or for drills and alerts any verb of which the
/// noun is the subject or a circumstance ("the drills will last until Friday", "put on high alert").
fn carrier(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    if reading.is_verb(trigger) {
        return None;
    }
    if let Some(verb) = reading.light_verb(trigger) {
        return Some(verb);
    }
    // "on the highest state of alert", "four days of manoeuvres".
    let above = reading.word(trigger).head.filter(|above| {
        reading.word(trigger).relation() == "nmod"
            && matches!(
                reading.lemma(*above),
                "state"
                    | "level"
                    | "degree"
                    | "footing"
                    | "day"
                    | "week"
                    | "month"
                    | "round"
                    | "series"
                    | "phase"
            )
    });
    if let Some(verb) = above.and_then(|above| reading.light_verb(above)) {
        return Some(verb);
    }
    let trigger = above.unwrap_or(trigger);
    let word = reading.word(trigger);
    if word.relation() != "obl" && reading.child(trigger, "cop").is_some() {
        return None;
    }
    let verb = word.head.filter(|verb| reading.is_verb(*verb))?;
    let lasting = word.relation() == "nsubj"
        && matches!(
            reading.lemma(verb),
            "last"
                | "continue"
                | "begin"
                | "start"
                | "take"
                | "end"
                | "involve"
                | "run"
                | "go"
                | "come"
                | "cover"
                | "conclude"
                | "include"
                | "resume"
                | "simulate"
                | "stretch"
                | "extend"
        );
    let during = word.relation() == "obl"
        && reading.preposition(trigger).is_some_and(|it| matches!(it, "on" | "during" | "in" | "for" | "as"));
    (lasting || during).then_some(verb)
}

/// The place that a unit has for itself, where several units go to several places.
fn own_place(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    place_below(reading, unit).or_else(|| {
        reading.analysis.children(unit).iter().copied().find(|child| {
            reading.child(*child, "case").is_some_and(|case| TOWARDS.contains(&reading.lemma(case)))
        })
    })
}
