//! Finds PLOVER events: anything with a trigger that is none of the other kinds. Actor and recipient are lists, not a
//! product of pairs; negation, plan, hypothesis and history are told by status and epoch.
//!
//! [`coding`] codes every trigger of a document, [`people`] says who acts and to whom, [`pair`] answers for two
//! given parties.

mod coding;
mod pair;
mod people;
mod recode;

pub use pair::{Between, between};

use crate::contacts::fits::is_telephoning;
use crate::{Extractor, Reading, Said};
use coding::Coding;
use demarche_language::WordId;
use demarche_record::{Body, Event, EventType, Party, Plover, Record, Voice};

/// The extractor of events.
pub struct Events;

impl Extractor for Events {
    fn name(&self) -> &'static str {
        "events"
    }

    fn about(&self) -> &'static str {
        "PLOVER events between actors: type, mode, actor, recipient, with status"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        coding::codings(reading, said).into_iter().filter_map(|coding| event(reading, coding)).collect()
    }
}

fn event(reading: &Reading<'_>, coding: Coding<'_>) -> Option<Record> {
    if coding.around.voice == Voice::Furniture || !tells_enough(reading, &coding) {
        return None;
    }
    let parties =
        |heads: &[WordId]| -> Vec<Party> { heads.iter().flat_map(|head| reading.parties(*head)).collect() };
    let plover = Plover { kind: coding.kind, mode: coding.mode.clone(), contexts: contexts(coding.kind) };
    let carrier = reading.light_verb(coding.trigger).or(coding.carrier);
    let evidence = reading.clause(carrier.unwrap_or(coding.trigger));
    let body = Body::Event(Event {
        trigger: reading.words(reading.word(coding.trigger).span),
        actor: parties(&coding.actors),
        recipient: parties(&coding.recipients),
    });
    let frame = coding.frame;
    let confidence = frame.confidence + if coding.recipients.is_empty() { -0.1 } else { 0.1 };
    Some(reading.record(
        "events",
        &frame.id,
        evidence,
        coding.around,
        frame.status,
        confidence,
        Some(plover),
        body,
    ))
}

/// An event needs somebody who acts; a passive of force or release may leave the actor unsaid, but not the victim. A
/// noun needs more than a name in front of it, unless it is a deed by itself ("the Israeli raid").
fn tells_enough(reading: &Reading<'_>, coding: &Coding<'_>) -> bool {
    let deed = matches!(
        coding.kind,
        EventType::Assault
            | EventType::Protest
            | EventType::Retreat
            | EventType::Concede
            | EventType::Coerce
            | EventType::Sanction
    );
    // To consult or trade takes two.
    let several = coding.actors.len() > 1
        || coding.actors.iter().any(|head| reading.conjuncts(*head).len() > 1 || is_plural(reading, *head));
    // "called the warrant a farce", "was met by force" and "troops arrived in Goma" consult nobody.
    let partner = coding.recipients.iter().any(|head| reading.acts(*head) || reading.names_a_party(*head));
    let unit = |head: &WordId| reading.pack.units.class(&reading.lemma(*head).to_lowercase()).is_some();
    let consults = coding.frame.plover == Some(EventType::Consult) && reading.is_verb(coding.trigger);
    // "struck what Tehran called two bases of the group" names them.
    if consults && !is_telephoning(reading, coding.trigger) {
        return false;
    }
    // Ambassadors who are sent back or returned go home or to their posts.
    let envoy = |head: WordId| reading.pack.titles.noun(&reading.lemma(head).to_lowercase()).is_some();
    let gives = matches!(coding.kind, EventType::Coerce | EventType::Retreat | EventType::Concede)
        && matches!(reading.lemma(coding.trigger), "send" | "return");
    if gives && reading.child(coding.trigger, "obj").is_some_and(envoy) {
        return false;
    }
    if consults
        && (!coding.recipients.is_empty() && !partner
            || coding.actors.iter().all(unit) && !coding.actors.is_empty())
    {
        return false;
    }
    if matches!(coding.kind, EventType::Consult | EventType::Cooperate)
        && coding.recipients.is_empty()
        && !several
    {
        return false;
    }
    if coding.actors.is_empty() {
        return !coding.recipients.is_empty() && deed && reading.is_verb(coding.trigger);
    }
    reading.is_verb(coding.trigger) || !coding.recipients.is_empty() || deed || coding.carrier.is_some()
}

fn is_plural(reading: &Reading<'_>, head: WordId) -> bool {
    reading.word(head).feature("Number") == Some("Plur")
}

fn contexts(kind: EventType) -> Vec<String> {
    let name = match kind {
        EventType::Mobilize | EventType::Assault => "military",
        EventType::Consult | EventType::Agree | EventType::Sanction => "diplomatic",
        _ => return Vec::new(),
    };
    vec![name.to_owned()]
}
