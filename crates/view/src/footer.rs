//! The foot of a comparison: what could not be compared, and why.

use crate::phrase::{date, shortened};
use crate::{Held, Item};
use demarche_record::{Body, Contact, Encounter, Record};

/// What could not be compared, and why: what one source alone gives, or none.
pub(crate) fn missing(held: &Held<'_>, encounter: &Encounter) -> Vec<String> {
    let contacts: Vec<(&Record, &Contact)> = encounter
        .mentions
        .iter()
        .filter_map(|id| held.record(id))
        .filter_map(|record| match &record.body {
            Body::Contact(contact) => Some((record, contact)),
            _ => None,
        })
        .collect();
    if contacts.is_empty() {
        return Vec::new();
    }
    type Slot = (&'static str, fn(&Record, &Contact) -> Option<String>);
    let slots: [Slot; 4] = [
        ("duration", |_, contact| contact.duration.as_ref().map(|words| words.text.clone())),
        ("who initiated it", |_, contact| contact.initiator.as_ref().map(|party| party.name().to_owned())),
        ("place", |record, _| record.places.first().map(|place| place.words.text.clone())),
        ("day", |record, _| record.when.as_ref().map(date)),
    ];
    let compared = |slot: &str| {
        held.ledger.comparisons.iter().any(|row| {
            let day = slot == "day" && row.topic.starts_with("day and");
            row.encounter.as_deref() == Some(&encounter.id) && (row.topic == slot || day)
        })
    };
    let mut notes = Vec::new();
    let mut missing = Vec::new();
    for (slot, value) in slots.into_iter().filter(|(slot, _)| !compared(slot)) {
        let mut given: Vec<(demarche_record::DocumentId, String)> = contacts
            .iter()
            .filter_map(|(record, contact)| value(record, contact).map(|text| (record.document, text)))
            .collect();
        given.sort();
        let sources = given.chunk_by(|one, two| one.0 == two.0).count();
        match given.first() {
            None => missing.push(slot),
            Some((_, text)) if sources == 1 => {
                notes.push(format!("{slot}: only one source gives it (“{}”).", shortened(text, 80)))
            }
            Some(_) => {}
        }
    }
    if !missing.is_empty() {
        notes.push(format!("no source held gives: {}.", missing.join(", ")));
    }
    notes
}

/// Tellings that may belong to an encounter and were not linked.
pub(crate) fn doubts(held: &Held<'_>, encounter: &Encounter) -> Vec<Item> {
    let doubts = held
        .ledger
        .doubts
        .iter()
        .filter(|doubt| doubt.records.iter().any(|id| encounter.mentions.contains(id)));
    doubts.map(|doubt| Item::Note(format!("Not linked – {}", doubt.why))).collect()
}
