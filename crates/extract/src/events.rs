//! Finds PLOVER events: anything with a trigger that is none of the other kinds. Actor and recipient are lists, not a
//! product of pairs; negation, plan, hypothesis and history are told by status and epoch.

use crate::{Extractor, Reading, Said};
use demarche_language::{EntityKind, Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{Body, Event, EventType, Kind, Party, Plover, Record, Status, Voice};
use std::collections::BTreeMap;

/// The extractor of events.
pub struct Events;

/// Nouns that are no targets of an act between parties.
const THINGS: &[&str] =
    &["price", "market", "share", "film", "album", "record", "game", "match", "goal", "book", "song"];

impl Extractor for Events {
    fn name(&self) -> &'static str {
        "events"
    }

    fn about(&self) -> &'static str {
        "PLOVER events between actors: type, mode, actor, recipient, with status"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        (0..reading.analysis.words.len() as u32)
            .map(WordId)
            .filter_map(|trigger| {
                let frames = reading.frames_at(Kind::Event, trigger);
                frames.into_iter().find_map(|(frame, slots)| event(reading, said, trigger, frame, &slots))
            })
            .collect()
    }
}

fn event(
    reading: &Reading<'_>,
    said: &[Said],
    trigger: WordId,
    frame: &Frame,
    slots: &BTreeMap<String, Vec<WordId>>,
) -> Option<Record> {
    let around = reading.circumstances(trigger, said);
    if around.voice == Voice::Furniture {
        return None;
    }
    let heads = |slot: &str| slots.get(slot).map(Vec::as_slice).unwrap_or_default();
    let actors: Vec<WordId> =
        heads("actor").iter().copied().filter(|head| is_actor(reading, *head)).collect();
    let mut recipients: Vec<WordId> = heads("recipient")
        .iter()
        .copied()
        .filter(|head| is_recipient(reading, *head) && !actors.contains(head))
        .collect();
    // The first path that is filled decides: the object before "with", "to" …
    recipients.truncate(1);
    if actors.is_empty() {
        return None;
    }
    // A noun as trigger needs more than a modifier in front of it: "the Israeli attack on Rafah".
    if !reading.is_verb(trigger)
        && recipients.is_empty()
        && !matches!(
            frame.plover,
            Some(
                EventType::Assault
                    | EventType::Protest
                    | EventType::Retreat
                    | EventType::Coerce
                    | EventType::Sanction
            )
        )
    {
        return None;
    }
    let parties =
        |heads: &[WordId]| -> Vec<Party> { heads.iter().flat_map(|head| reading.parties(*head)).collect() };
    let kind = recode(frame.plover?, around.status);
    let plover = Plover {
        kind,
        mode: frame.mode.clone().filter(|_| Some(kind) == frame.plover),
        contexts: contexts(kind),
    };
    let evidence = match reading.light_verb(trigger) {
        Some(verb) => reading.clause(verb),
        None => reading.clause(trigger),
    };
    let body = Body::Event(Event {
        trigger: reading.words(reading.word(trigger).span),
        actor: parties(&actors),
        recipient: parties(&recipients),
    });
    let confidence = frame.confidence + if recipients.is_empty() { -0.1 } else { 0.1 };
    Some(reading.record("events", &frame.id, evidence, around, frame.status, confidence, Some(plover), body))
}

/// The manual's rule on plain types: future consultation, cooperation, support and aid are AGREE; what does not take
/// place keeps its type and says so by its status.
fn recode(kind: EventType, status: Status) -> EventType {
    match (kind, status) {
        (
            EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid,
            Status::Planned,
        ) => EventType::Agree,
        (EventType::Retreat, Status::Planned) => EventType::Concede,
        (kind, _) => kind,
    }
}

fn contexts(kind: EventType) -> Vec<String> {
    let name = match kind {
        EventType::Mobilize | EventType::Assault => "military",
        EventType::Consult | EventType::Agree | EventType::Sanction => "diplomatic",
        _ => return Vec::new(),
    };
    vec![name.to_owned()]
}

fn is_actor(reading: &Reading<'_>, head: WordId) -> bool {
    if reading.is_time(head) {
        return false;
    }
    let word = reading.word(head);
    let kind = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .map(|id| reading.analysis.entity(id).kind);
    match kind {
        Some(EntityKind::Thing) => false,
        Some(_) => true,
        None => {
            word.upos == Upos::Propn
                || word.upos == Upos::Pron
                    && !matches!(word.lemma.as_str(), "it" | "this" | "that" | "which" | "what" | "there")
                || word.upos == Upos::Noun && is_people(reading, head)
        }
    }
}

fn is_people(reading: &Reading<'_>, head: WordId) -> bool {
    let lemma = reading.lemma(head).to_lowercase();
    reading.pack.world.is_title(&lemma)
        || reading.pack.units.class(&lemma) == Some("personnel")
        || ["er", "or", "ist", "ian", "man", "men", "ant"]
            .iter()
            .any(|ending| lemma.ends_with(ending) && lemma.len() > 5)
        || matches!(
            lemma.as_str(),
            "police"
                | "army"
                | "government"
                | "people"
                | "rebel"
                | "group"
                | "force"
                | "court"
                | "party"
                | "side"
                | "crowd"
                | "thousand"
                | "hundred"
                | "dozen"
                | "country"
                | "state"
                | "authority"
                | "official"
                | "hostage"
                | "civilian"
                | "student"
                | "family"
                | "resident"
                | "villager"
                | "refugee"
                | "jet"
                | "warplane"
                | "warship"
        )
}

fn is_recipient(reading: &Reading<'_>, head: WordId) -> bool {
    if reading.is_time(head) || reading.is_verb(head) {
        return false;
    }
    !THINGS.contains(&reading.lemma(head))
        && matches!(reading.word(head).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj)
}
