//! The next contact of the same people as their records to come tell it: "They will meet in Doha on 19 September" beside
//! "agreed to hold a meeting in Doha on 12 September".
//!
//! A text is compared only where it tells of one such contact alone, so that a call on Monday and a meeting on Tuesday
//! never stand against each other.

use super::dates::of_times;
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::portraits::is_described;
use crate::sides::{Match, name_words, same_party};
use demarche_record::{
    Body, Comparison, Contact, DayRange, DocumentId, Encounter, Medium, Record, Relation, Status,
};
use std::collections::{BTreeMap, BTreeSet};

/// When and where the next contact is to be.
#[derive(Clone, Debug)]
struct Ahead {
    remote: bool,
    days: Option<DayRange>,
    places: BTreeSet<String>,
}

pub(super) fn compare(held: &Held<'_>, encounter: &Encounter, found: &mut Vec<Comparison>) {
    // "A round that begins in April" of one text is the "meeting in March" of another only if it is of the same people.
    let of_same = |contact: &Contact| {
        let known = |party| {
            encounter
                .participants
                .iter()
                .any(|other| same_party(party, other, held.relations, None) != Match::No)
        };
        let named = contact.participants.iter().filter(|party| !is_described(held, party)).count();
        contact.participants.len() >= 2
            && contact.participants.iter().all(|party| is_described(held, party) || known(party))
            && named >= 1
    };
    let day =
        |record: &Record| held.told_window(record).filter(|days| days.first.is_some() && days.last.is_some());
    let held_on = encounter.mentions.iter().filter_map(|id| held.record(*id)).find_map(day);
    let documents: BTreeSet<DocumentId> =
        encounter.mentions.iter().filter_map(|id| held.record(*id)).map(|record| record.document).collect();
    let mut by_text: BTreeMap<DocumentId, Vec<Said<Ahead>>> = BTreeMap::new();
    for document in documents {
        for record in held.records_of(document) {
            let Body::Contact(contact) = &record.body else { continue };
            if record.status != Status::Planned
                || encounter.mentions.contains(&record.id)
                || contact.medium == Medium::Visit
                || !of_same(contact)
            {
                continue;
            }
            let days = day(record).filter(|days| {
                // What was planned for the day of the encounter is the encounter.
                held_on.is_none_or(|on| on.last < days.first)
            });
            let places = record.places.iter().flat_map(|place| name_words(&place.words.text)).collect();
            let remote =
                matches!(contact.medium, Medium::Call | Medium::Video | Medium::Letter | Medium::Message);
            let words = &record.evidence;
            let teller = held.claimant(record).unwrap_or_else(|| held.outlet(document));
            by_text.entry(document).or_default().push(Said {
                value: Ahead { remote, days, places },
                words: words.clone(),
                record: record.id,
                document,
                teller,
            });
        }
    }
    let alone: Vec<Said<Ahead>> = by_text.into_values().filter(|all| all.len() == 1).flatten().collect();
    pairs(held, &alone, rule, found);
}

fn rule(one: &Said<Ahead>, two: &Said<Ahead>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    if first.remote != second.remote {
        return None;
    }
    let verdict = |relation, topic, rule| of_times(one, two, relation, topic, rule);
    if let (Some(left), Some(right)) = (first.days, second.days) {
        if !left.overlaps(right) {
            return Some(verdict(Relation::Differs, "next contact", "ahead-day"));
        }
        if left == right {
            return Some(verdict(Relation::Agrees, "next contact", "ahead-day"));
        }
    }
    let apart =
        !first.places.is_empty() && !second.places.is_empty() && first.places.is_disjoint(&second.places);
    apart.then(|| verdict(Relation::Differs, "place of the next contact", "ahead-place"))
}
