//! Finds contacts: who met, called, visited or wrote to whom. One record for each encounter and document, on its
//! fullest mention; further mentions go into `also`. News conferences and briefings are no contacts.

use crate::{Extractor, Reading, Said};
use demarche_language::{EntityKind, TimeKind, Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{Body, Contact, Kind, Medium, Party, Plover, Record, Status, Voice, Words};
use std::collections::{BTreeMap, BTreeSet};

/// The extractor of contacts.
pub struct Contacts;

/// People that one speaks to without meeting them as a party.
const AUDIENCE: &[&str] = &[
    "reporter",
    "journalist",
    "press",
    "media",
    "medium",
    "audience",
    "crowd",
    "parliament",
    "lawmaker",
    "correspondent",
    "agency",
    "newspaper",
    "television",
    "radio",
    "viewer",
    "supporter",
    "rally",
    "nation",
    "public",
];
/// What makes a meeting noun no contact between parties.
const NO_CONTACT: &[&str] = &["news", "press", "editorial", "annual", "panel", "court"];
/// Words that show the medium wherever they stand in the clause.
const MEDIA: &[(&str, Medium)] = &[
    ("phone", Medium::Call),
    ("telephone", Medium::Call),
    ("hotline", Medium::Call),
    ("video", Medium::Video),
    ("videoconference", Medium::Video),
    ("videolink", Medium::Video),
];

impl Extractor for Contacts {
    fn name(&self) -> &'static str {
        "contacts"
    }

    fn about(&self) -> &'static str {
        "who met, called, visited or wrote to whom: participants, medium, time, place, duration, topics, outcome"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        let mut found = Vec::new();
        for number in 0..reading.analysis.words.len() {
            let trigger = WordId(number as u32);
            for (frame, slots) in reading.frames_at(Kind::Contact, trigger) {
                if let Some(candidate) = candidate(reading, said, trigger, frame, &slots) {
                    found.push(candidate);
                    break;
                }
            }
        }
        merge(reading, found)
    }
}

/// A contact before mentions of the same one are put together.
#[derive(Clone)]
struct Candidate {
    record: Record,
    trigger: WordId,
    /// Actors or names of the participants, for comparing mentions.
    parties: BTreeSet<String>,
    /// False for a mere reference to a contact told elsewhere, which makes no record of its own.
    enough: bool,
}

/// Determiners of a reference to something told already.
const DEFINITE: &[&str] = &["the", "this", "that", "these", "both"];

fn candidate(
    reading: &Reading<'_>,
    said: &[Said],
    trigger: WordId,
    frame: &Frame,
    slots: &BTreeMap<String, Vec<WordId>>,
) -> Option<Candidate> {
    let around = reading.circumstances(trigger, said);
    if around.voice == Voice::Furniture {
        return None;
    }
    let noun = !reading.is_verb(trigger);
    let compound = |word: &str| {
        reading.analysis.children(trigger).iter().any(|child| {
            matches!(reading.word(*child).relation(), "compound" | "amod")
                && reading.lemma(*child).eq_ignore_ascii_case(word)
        })
    };
    if noun && NO_CONTACT.iter().any(|word| compound(word)) {
        return None;
    }
    // "called it a mistake", "call themselves rebels": no telephone.
    let named = reading
        .analysis
        .children(trigger)
        .iter()
        .any(|child| matches!(reading.word(*child).relation(), "xcomp" | "ccomp"));
    if frame.id == "contact.call-verb"
        && (named || !reading.particles(trigger).is_empty() && reading.child(trigger, "obj").is_none())
    {
        return None;
    }
    // "called on Russia to respect …" asks for something; "called on the emir" is a visit.
    if reading.lemma(trigger) == "call" && reading.arguments(trigger).contains_key("infinitive") {
        return None;
    }
    let empty = Vec::new();
    let heads = slots.get("participants").unwrap_or(&empty);
    if heads.iter().any(|head| AUDIENCE.contains(&reading.lemma(*head).to_lowercase().as_str())) {
        return None;
    }
    let mut participants: Vec<Party> = Vec::new();
    let add = |party: Party, participants: &mut Vec<Party>| {
        let known = participants.iter().any(|other| key(other) == key(&party));
        if !known {
            participants.push(party);
        }
    };
    for head in heads.iter().filter(|head| is_party(reading, **head)) {
        reading.parties(*head).into_iter().for_each(|party| add(party, &mut participants));
    }
    let mut medium = medium(reading, trigger, frame);
    let mut host = None;
    let initiator =
        slots.get("initiator").and_then(|heads| heads.iter().find(|head| is_party(reading, **head)));
    if let Some(head) =
        slots.get("host").and_then(|heads| heads.first()).filter(|head| is_party(reading, **head))
    {
        host = Some(reading.party(*head));
    }
    if let Some(to) = slots.get("host_or_place").and_then(|heads| heads.first()) {
        if is_person(reading, *to) {
            host = Some(reading.party(*to));
            add(reading.party(*to), &mut participants);
        } else if !is_official_destination(reading, *to) {
            return None;
        }
        // A journey is a contact only if a person or an official body makes it.
        if !heads.iter().any(|head| is_person(reading, *head)) {
            return None;
        }
    }
    let enough = is_contact_enough(reading, trigger, noun, &participants, frame, host.is_some());
    // "the call lasted 20 minutes": tells more of a contact that is told elsewhere in the text.
    let refers = noun && DEFINITE.iter().any(|word| has_determiner(reading, trigger, word));
    if !enough && !refers {
        return None;
    }
    if medium == Medium::Meeting && participants.len() > 3 && reading.lemma(trigger) == "summit" {
        medium = Medium::Summit;
    }
    let evidence = evidence(reading, trigger);
    let plover = frame.plover.map(|kind| Plover {
        kind: if around.status == Status::Planned { demarche_record::EventType::Agree } else { kind },
        mode: if medium == Medium::Call { Some("phone".to_owned()) } else { frame.mode.clone() },
        contexts: vec!["diplomatic".to_owned()],
    });
    let contact = Contact {
        trigger: reading.words(trigger_span(reading, trigger)),
        medium,
        initiator: initiator
            .map(|head| reading.party(*head))
            .or_else(|| initiator_in(reading, trigger, frame, heads)),
        host: host.or_else(|| inviting(reading, trigger, &["invitation"])),
        duration: duration(reading, trigger),
        topics: topics(reading, slots),
        outcome: Vec::new(),
        also: Vec::new(),
        participants,
    };
    let parties = contact.participants.iter().filter_map(key).collect();
    let two = contact.participants.len() >= 2;
    let record = reading.record(
        "contacts",
        &frame.id,
        evidence,
        around,
        frame.status,
        frame.confidence + if two { 0.15 } else { -0.15 },
        plover,
        Body::Contact(contact),
    );
    Some(Candidate { record, trigger, parties, enough })
}

/// Who started a contact: "at the initiative of Paris", "at Juba's request"; of a call, who rang.
fn initiator_in(reading: &Reading<'_>, trigger: WordId, frame: &Frame, heads: &[WordId]) -> Option<Party> {
    inviting(reading, trigger, &["initiative", "request", "behest", "instigation"]).or_else(|| {
        let rang = frame.id == "contact.call-verb" && !reading.is_passive(trigger);
        let caller =
            reading.subject(trigger).filter(|head| rang && heads.contains(head) && is_party(reading, *head));
        caller.map(|head| reading.party(head))
    })
}

/// Whose initiative, request or invitation stands in the sentence clause of a contact.
fn inviting(reading: &Reading<'_>, trigger: WordId, nouns: &[&str]) -> Option<Party> {
    let mut top = trigger;
    for _ in 0..3 {
        let above = reading.word(top).head;
        match above {
            Some(above)
                if matches!(reading.word(top).relation(), "obj" | "nsubj" | "obl" | "conj" | "nmod") =>
            {
                top = above
            }
            _ => break,
        }
    }
    let noun = reading.analysis.subtree(top).into_iter().find(|word| {
        nouns.contains(&reading.lemma(*word))
            && reading.preposition(*word).is_some_and(|it| matches!(it.as_str(), "at" | "on" | "upon" | "by"))
    })?;
    let arguments = reading.arguments(noun);
    let paths = ["subject", "of", "from", "modifier"];
    let head = paths.iter().filter_map(|path| arguments.get(*path)).flatten().copied().next()?;
    Some(reading.party(head))
}

/// Nouns of contact need a named party, or a definite reference that refers back to a contact; verbs need two sides.
fn is_contact_enough(
    reading: &Reading<'_>,
    trigger: WordId,
    noun: bool,
    participants: &[Party],
    frame: &Frame,
    has_host: bool,
) -> bool {
    let visit = frame.set.get("medium").is_some_and(|medium| medium == "visit");
    let plural = |party: &Party| {
        party.words.as_ref().is_some_and(|words| words.text.contains("two ") || words.text.contains("both "))
    };
    if visit {
        return !participants.is_empty();
    }
    if noun {
        // "another meeting in Berlin": nobody is named, yet it is a contact if it is dated or placed.
        let dated = reading.time_of(trigger).is_some();
        let loose = frame.set.get("medium").is_some_and(|medium| medium == "unspecified");
        if loose
            && participants.len() < 2
            && !participants.iter().any(plural)
            && !dated
            && !has_determiner(reading, trigger, "the")
        {
            return false;
        }
        return !participants.is_empty() || dated && !has_determiner(reading, trigger, "the");
    }
    let several = reading.analysis.children_in(trigger, "nsubj").any(|subject| {
        reading.word(subject).feature("Number") == Some("Plur") || reading.conjuncts(subject).len() > 1
    });
    participants.len() >= 2
        || has_host
        || several && !participants.is_empty()
        || participants.iter().any(plural)
}

fn has_determiner(reading: &Reading<'_>, noun: WordId, lemma: &str) -> bool {
    reading.analysis.children_in(noun, "det").any(|det| reading.lemma(det) == lemma)
}

/// What two mentions of one party share: the actor, else the resolved name, else the words.
fn key(party: &Party) -> Option<String> {
    party
        .actor
        .as_ref()
        .map(|actor| actor.0.clone())
        .or_else(|| party.resolved.clone())
        .or_else(|| party.words.as_ref().map(|words| words.text.to_lowercase()))
}

fn entity_kind(reading: &Reading<'_>, head: WordId) -> Option<EntityKind> {
    let mention = reading.mention(head)?;
    let entity = reading.analysis.mention(mention).entity?;
    Some(reading.analysis.entity(entity).kind)
}

fn is_party(reading: &Reading<'_>, head: WordId) -> bool {
    let counted = reading.pack.units.class(reading.lemma(head)).is_some() && reading.quantity(head).is_some();
    if reading.is_time(head) || counted {
        return false;
    }
    match entity_kind(reading, head) {
        Some(EntityKind::Thing) => false,
        Some(EntityKind::Place) => reading.mention(head).is_some_and(|id| {
            let mention = reading.analysis.mention(id);
            mention.entity.is_some_and(|entity| reading.analysis.entity(entity).actor.is_some())
        }),
        Some(_) => true,
        None => is_role_noun(reading, head),
    }
}

/// People by their role, where no entity was made: "ministers", "mediators", "both sides".
fn is_role_noun(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    if word.upos == Upos::Propn {
        return true;
    }
    let lemma = word.lemma.to_lowercase();
    word.upos == Upos::Noun
        && (reading.pack.world.is_title(&lemma)
            || matches!(
                lemma.as_str(),
                "side"
                    | "party"
                    | "leader"
                    | "counterpart"
                    | "delegation"
                    | "envoy"
                    | "mediator"
                    | "negotiator"
                    | "official"
                    | "diplomat"
                    | "representative"
                    | "minister"
                    | "president"
                    | "rebel"
                    | "army"
                    | "government"
                    | "general"
                    | "commander"
                    | "ambassador"
                    | "ally"
                    | "neighbour"
                    | "neighbor"
                    | "team"
                    | "country"
                    | "state"
                    | "nation"
                    | "power"
                    | "chief"
                    | "head"
                    | "adviser"
                    | "advisor"
            ))
}

fn is_person(reading: &Reading<'_>, head: WordId) -> bool {
    match entity_kind(reading, head) {
        Some(EntityKind::Person | EntityKind::Several) => true,
        Some(_) => false,
        None => {
            let lemma = reading.lemma(head).to_lowercase();
            reading.pack.world.is_title(&lemma)
                || matches!(
                    lemma.as_str(),
                    "leader"
                        | "envoy"
                        | "minister"
                        | "president"
                        | "delegation"
                        | "mediator"
                        | "negotiator"
                        | "diplomat"
                        | "ambassador"
                        | "official"
                        | "chancellor"
                        | "team"
                )
        }
    }
}

/// Countries, capitals and organisations are goals of official journeys; museums are not.
fn is_official_destination(reading: &Reading<'_>, head: WordId) -> bool {
    let mention = reading.mention(head).map(|id| reading.analysis.mention(id));
    let actor =
        mention.and_then(|mention| mention.entity).and_then(|id| reading.analysis.entity(id).actor.as_ref());
    let span = reading.word(head).span;
    let place = reading.analysis.places.iter().any(|place| {
        (place.words.start_byte as usize) <= span.start() && span.end() <= place.words.end_byte as usize
    });
    actor.is_some()
        || place
        || matches!(reading.lemma(head), "capital" | "country" | "region" | "front" | "border")
}

fn medium(reading: &Reading<'_>, trigger: WordId, frame: &Frame) -> Medium {
    let fixed =
        frame.set.get("medium").and_then(|medium| Medium::parse(medium)).unwrap_or(Medium::Unspecified);
    let mut near: Vec<WordId> = reading.analysis.children(trigger).to_vec();
    near.extend(
        reading.light_verb(trigger).map(|verb| reading.analysis.children(verb).to_vec()).unwrap_or_default(),
    );
    if fixed == Medium::Visit {
        return fixed;
    }
    for child in near {
        if child == trigger
            || !matches!(
                reading.word(child).relation(),
                "compound" | "amod" | "obl" | "nmod" | "advmod" | "appos"
            )
        {
            continue;
        }
        let mut words = vec![child];
        words.extend(reading.analysis.children_in(child, "compound"));
        for word in words {
            let lemma = reading.lemma(word).to_lowercase();
            if let Some((_, medium)) = MEDIA.iter().find(|(name, _)| lemma == *name) {
                return *medium;
            }
            if matches!(lemma.as_str(), "call" | "phone-call") {
                return Medium::Call;
            }
        }
    }
    fixed
}

/// The trigger with its particle or compound: "spoke to", "phone call".
fn trigger_span(reading: &Reading<'_>, trigger: WordId) -> demarche_text::Span {
    let mut span = reading.word(trigger).span;
    for child in reading.analysis.children(trigger) {
        let word = reading.word(*child);
        let near = child.0.abs_diff(trigger.0) == 1;
        let compound = word.relation() == "compound" && !reading.can_act(*child);
        if near && (compound || word.deprel == "compound:prt") {
            span = span.cover(word.span);
        }
    }
    span
}

/// The clause of a contact: for a noun its phrase, or the clause of its light verb; for a verb its clause.
fn evidence(reading: &Reading<'_>, trigger: WordId) -> demarche_text::Span {
    match reading.light_verb(trigger) {
        Some(verb) => reading.clause(verb),
        None => reading.clause(trigger),
    }
}

/// "lasted over an hour", "an hour-long call", "talked for 90 minutes".
fn duration(reading: &Reading<'_>, trigger: WordId) -> Option<Words> {
    let sentence = reading.analysis.sentence(trigger);
    let lasting =
        |id: WordId| matches!(reading.lemma(id), "last" | "hour-long" | "minute" | "span" | "run" | "go");
    let around = reading.clause(trigger);
    let above = reading.word(trigger).head.map(|head| reading.clause(head));
    reading
        .analysis
        .times
        .iter()
        .filter(|time| time.kind == TimeKind::Duration && sentence.span.contains(time.span))
        .find(|time| {
            let head = WordId(reading.analysis.words_in(time.span).end.saturating_sub(1));
            let governed = reading.word(head).head.is_some_and(lasting);
            let hour = time.value.starts_with("PT");
            let near = around.contains(time.span) || above.is_some_and(|above| above.contains(time.span));
            governed && near
                || hour
                    && around.contains(time.span)
                    && reading.preposition(head).is_none_or(|it| it == "for")
        })
        .map(|time| reading.words(time.span))
}

fn topics(reading: &Reading<'_>, slots: &BTreeMap<String, Vec<WordId>>) -> Vec<Words> {
    let mut found: Vec<Words> = slots
        .get("topics")
        .into_iter()
        .flatten()
        .filter(|head| !reading.is_time(**head))
        .map(|head| reading.words(reading.clause(*head)))
        .collect();
    // "met to discuss the truce".
    for clause in slots.get("topic_clause").into_iter().flatten() {
        if matches!(
            reading.lemma(*clause),
            "discuss" | "review" | "address" | "tackle" | "resolve" | "debate" | "negotiate"
        ) {
            found.extend(reading.child(*clause, "obj").map(|object| reading.words(reading.clause(object))));
        }
    }
    found.iter_mut().for_each(|words| {
        // A topic's own preposition is not part of it.
        if let Some((_, rest)) =
            words.text.split_once(' ').filter(|(first, _)| matches!(*first, "about" | "on" | "over"))
        {
            let cut = (words.text.len() - rest.len()) as u32;
            words.start_byte += cut;
            words.start += cut;
            words.text = rest.to_owned();
        }
    });
    found
}

/// Puts mentions of one encounter together: same parties (or a definite reference without its own), compatible
/// medium and time. The fullest mention stays, the others become `also`.
fn merge(reading: &Reading<'_>, mut found: Vec<Candidate>) -> Vec<Record> {
    found.sort_by_key(|candidate| candidate.trigger);
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        let same = kept.iter().rposition(|other| is_same(reading, other, &candidate));
        match same {
            Some(at) => join(&mut kept[at], candidate),
            None => kept.push(candidate),
        }
    }
    kept.into_iter().filter(|candidate| candidate.enough).map(|candidate| candidate.record).collect()
}

fn parts(candidate: &Candidate) -> (&Contact, &Record) {
    let Body::Contact(contact) = &candidate.record.body else { unreachable!("candidates are contacts") };
    (contact, &candidate.record)
}

fn is_same(reading: &Reading<'_>, one: &Candidate, two: &Candidate) -> bool {
    let ((left, left_record), (right, right_record)) = (parts(one), parts(two));
    let open = |medium: Medium| matches!(medium, Medium::Unspecified);
    let in_person =
        |medium: Medium| matches!(medium, Medium::Meeting | Medium::Visit | Medium::Talks | Medium::Summit);
    let media = left.medium == right.medium
        || open(left.medium)
        || open(right.medium)
        || in_person(left.medium) && in_person(right.medium);
    if !media || left_record.epoch != right_record.epoch {
        return false;
    }
    let real = |status: Status| matches!(status, Status::Occurred | Status::Ongoing);
    let statuses =
        left_record.status == right_record.status || real(left_record.status) && real(right_record.status);
    let times = match (&left_record.when, &right_record.when) {
        (Some(left), Some(right)) => left.edtf.overlaps(&right.edtf),
        _ => true,
    };
    if !times {
        return false;
    }
    // A mention that asserts something of its own – both parties, a day, a length – is a record of its own; the ledger
    // links it.
    if two.enough && (two.parties.len() >= 2 || right_record.when.is_some() || right.duration.is_some()) {
        return false;
    }
    let definite = DEFINITE.iter().any(|word| has_determiner(reading, two.trigger, word));
    // "the meeting", "the conversation with Macron" refer back to the last contact they fit.
    statuses && definite && two.parties.is_subset(&one.parties) && one.parties.len() >= 2
}

fn join(kept: &mut Candidate, more: Candidate) {
    let weight = |candidate: &Candidate| {
        let (contact, record) = parts(candidate);
        candidate.parties.len().min(2) * 4
            + usize::from(record.when.is_some()) * 2
            + usize::from(contact.medium != Medium::Unspecified)
            + usize::from(!record.places.is_empty())
    };
    let (mut best, other) =
        if weight(&more) > weight(kept) { (more, kept.clone()) } else { (kept.clone(), more) };
    let Body::Contact(told) = other.record.body else { unreachable!("candidates are contacts") };
    let Body::Contact(contact) = &mut best.record.body else { unreachable!("candidates are contacts") };
    contact.also.push(other.record.evidence);
    contact.also.extend(told.also);
    contact.also.sort();
    contact.also.dedup();
    if contact.duration.is_none() {
        contact.duration = told.duration;
    }
    if contact.medium == Medium::Unspecified {
        contact.medium = told.medium;
    }
    if contact.host.is_none() {
        contact.host = told.host;
    }
    if contact.initiator.is_none() {
        contact.initiator = told.initiator;
    }
    for topic in told.topics {
        if !contact.topics.contains(&topic) {
            contact.topics.push(topic);
        }
    }
    if best.record.when.is_none() {
        best.record.when = other.record.when;
    }
    best.parties.extend(other.parties);
    *kept = best;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_the_same_by_actor_before_words() {
        let party = |actor: Option<&str>, text: &str| Party {
            words: Some(Words { start_byte: 0, end_byte: 0, start: 0, end: 0, text: text.to_owned() }),
            actor: actor.map(|id| demarche_record::ActorId(id.to_owned())),
            resolved: None,
        };
        assert_eq!(key(&party(Some("fra"), "Paris")), key(&party(Some("fra"), "France")));
        assert_ne!(key(&party(None, "the envoy")), key(&party(None, "the general")));
    }
}
