//! Codes every trigger of a document: finds its frame, composes it with what carries it, turns it round or governs it,
//! and settles who acts and to whom.

use super::recode::{by_status, promised, reversed};
use crate::arguments::Arguments;
use crate::status::{cue_of, status};
use crate::{Circumstances, Reading, Said};
use demarche_language::{Upos, WordId};
use demarche_pack::cues::Speech;
use demarche_pack::frames::Frame;
use demarche_record::{EventType, Kind, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Rule of demands that are told as "said that X must …".
const MUST: &str = "event.request-must";

/// One coded trigger.
#[derive(Clone, Debug)]
pub(super) struct Coding<'p> {
    /// The word that shows the event.
    pub trigger: WordId,
    /// The verb that carries it, if it is a noun under one.
    pub carrier: Option<WordId>,
    pub frame: &'p Frame,
    pub kind: EventType,
    pub mode: Option<String>,
    pub actors: Vec<WordId>,
    pub recipients: Vec<WordId>,
    pub around: Circumstances,
}

/// How a trigger takes part in what hangs under it, as the frame's `set.role` says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Deed,
    Act,
    Carry,
    Reverse,
}

fn role(frame: &Frame) -> Role {
    match frame.set.get("role").map(String::as_str) {
        Some("act") => Role::Act,
        Some("carry") => Role::Carry,
        Some("reverse") => Role::Reverse,
        _ => Role::Deed,
    }
}

/// All codings of a document in text order.
pub(super) fn codings<'p>(reading: &Reading<'p>, said: &[Said]) -> Vec<Coding<'p>> {
    let mut found = Vec::new();
    let mut told: BTreeSet<WordId> = BTreeSet::new();
    for trigger in (0..reading.analysis.words.len() as u32).map(WordId) {
        if let Some((coding, with)) = code(reading, said, trigger) {
            told.extend(with);
            found.push(coding);
        }
        found.extend(must(reading, said, trigger));
    }
    found.retain(|coding| !told.contains(&coding.trigger));
    found
}

/// Codes one trigger; also the words whose event it tells with its own.
fn code<'p>(reading: &Reading<'p>, said: &[Said], trigger: WordId) -> Option<(Coding<'p>, Vec<WordId>)> {
    let frames = reading.frames_and_triggers(Kind::Event, trigger);
    if frames.is_empty() {
        return None;
    }
    if reading.withholds_all(trigger) || reading.speaks_unnamed(trigger) {
        return None;
    }
    let arguments = reading.arguments(trigger);
    let carried = carried(reading, trigger, arguments);
    for (frame, others, slots) in &frames {
        let idiom = carried.filter(|noun| others.is_some_and(|it| names(it, reading.lemma(*noun))));
        match role(frame) {
            Role::Reverse => {
                let Some(inner) = carried.filter(|_| others.is_none() || idiom.is_none()) else { continue };
                let Some(kind) = inner_type(reading, inner) else { continue };
                let kind = reversed(kind);
                let mode = None;
                let heads = inner_recipients(reading, inner, arguments);
                let coding = finish(reading, said, trigger, frame, kind, mode, slots_of(arguments, heads))?;
                return Some((coding, vec![inner]));
            }
            // The noun is coded by itself and borrows the subject.
            Role::Carry if carried.is_some() => return None,
            Role::Carry => continue,
            Role::Deed | Role::Act => {}
        }
        let Some(kind) = frame.plover else { continue };
        let mut slots = slots.clone();
        if let Some(noun) = idiom.or(carried.filter(|_| others.is_some())) {
            // "imposed sanctions on X": what hangs under the noun belongs to the whole.
            let paths = frame.slots.get("recipient").map(Vec::as_slice).unwrap_or_default();
            let below = reading.arguments(noun);
            let more = paths.iter().filter(|path| *path != "object").filter_map(|path| below.get(path));
            let mut heads: Vec<WordId> = more.flatten().copied().collect();
            if !heads.is_empty() {
                heads.retain(|head| *head != trigger);
                slots.insert("recipient".to_owned(), heads);
            } else if let Some(own) = slots.get_mut("recipient") {
                own.retain(|head| *head != noun || own_is_all(reading, noun));
            }
        }
        if let Some(others) = others.filter(|_| kind == EventType::Assault)
            && let Some(heads) = slots.get_mut("recipient")
        {
            // "launched 120 drones": what is fired is not who is hit.
            heads.retain(|head| !names(others, reading.lemma(*head)));
        }
        if kind == EventType::Request && wants_to_do(reading, trigger) {
            continue;
        }
        lend_subject(reading, trigger, &mut slots);
        let mut kind = kind;
        if role(frame) == Role::Act {
            kind = promised(kind, reading.lemma(trigger), complement_type(reading, arguments));
            act_recipients(reading, arguments, &mut slots, kind);
        }
        let mode = frame.mode.clone().filter(|_| Some(kind) == frame.plover);
        let consumed = idiom.into_iter().collect();
        if let Some(coding) = finish(reading, said, trigger, frame, kind, mode, slots) {
            return Some((coding, consumed));
        }
    }
    None
}

/// "sought to mend ties", "wants to talk": what one means to do oneself is asked of nobody.
fn wants_to_do(reading: &Reading<'_>, trigger: WordId) -> bool {
    matches!(reading.lemma(trigger), "seek" | "want" | "push")
        && reading.child(trigger, "obj").is_none()
        && ["xcomp", "advcl"].iter().any(|relation| {
            reading.analysis.children_in(trigger, relation).any(|clause| {
                reading.child(clause, "nsubj").is_none()
                    && reading.analysis.children_in(clause, "mark").any(|mark| reading.lemma(mark) == "to")
            })
        })
}

/// True if a trigger of several words names the lemma.
fn names(others: &str, lemma: &str) -> bool {
    others.split(' ').any(|word| word.eq_ignore_ascii_case(lemma))
}

/// A noun that can be named as a party although it is the object of an idiom: "lift the blockade".
fn own_is_all(reading: &Reading<'_>, noun: WordId) -> bool {
    reading.acts(noun)
}

type Slots = BTreeMap<String, Vec<WordId>>;

/// Fills actors, recipients and circumstances; `None` if nobody acts and nobody is acted upon.
fn finish<'p>(
    reading: &Reading<'p>,
    said: &[Said],
    trigger: WordId,
    frame: &'p Frame,
    kind: EventType,
    mode: Option<String>,
    slots: Slots,
) -> Option<Coding<'p>> {
    let heads = |slot: &str| slots.get(slot).map(Vec::as_slice).unwrap_or_default();
    let actors = reading.actors(heads("actor"), kind);
    // "Oil prices hit a new high": somebody is named, but nobody who can act.
    if actors.is_empty() && !heads("actor").is_empty() && reading.is_verb(trigger) {
        return None;
    }
    // "released an album", "attacked the film": done to no party. What is said can be about anything.
    let things = |head: &WordId| reading.pack.frames.is_thing(reading.lemma(*head));
    let object = reading.child(trigger, "obj");
    if role(frame) == Role::Deed && reading.is_verb(trigger) && object.is_some_and(|head| things(&head)) {
        return None;
    }
    let mut recipients = reading.recipients(heads("recipient"), &actors);
    // The first path that is filled decides, unless only a later one names a party.
    recipients.sort_by_key(|head| !reading.acts(*head) && !reading.names_a_party(*head));
    recipients.truncate(1);
    if actors.is_empty() && (recipients.is_empty() || frame.require.iter().any(|slot| slot == "actor")) {
        return None;
    }
    let around = reading.circumstances(trigger, said);
    let itself = told_by_itself(reading, &around, &actors);
    let coded = by_status(reading, trigger, kind, around.status, itself);
    let mode = mode.filter(|_| coded == kind);
    let carrier = carrier(reading, trigger);
    Some(Coding { trigger, carrier, frame, kind: coded, mode, actors, recipients, around })
}

/// True if nobody else foretells the deed: the text itself, or the actor.
fn told_by_itself(reading: &Reading<'_>, around: &Circumstances, actors: &[WordId]) -> bool {
    let Some(teller) = around.attribution.last() else { return true };
    let Some(teller) = &teller.party else { return false };
    actors.iter().any(|actor| {
        let party = reading.party(*actor);
        party.actor.is_some() && party.actor == teller.actor
            || party.resolved.is_some() && party.resolved == teller.resolved
            || reading.word(*actor).feature("Person") == Some("1")
    })
}

/// The event noun or clause that a verb has as its object, passive subject or complement; a noun has it behind "of".
fn carried(reading: &Reading<'_>, trigger: WordId, arguments: &Arguments) -> Option<WordId> {
    let own = |path: &str| arguments.get(path).into_iter().flatten().copied();
    let noun = |head: &WordId| reading.event_type(*head).is_some() && !reading.is_people(*head);
    let meant = |head: WordId| reading.meant_by(head).unwrap_or(head);
    if !reading.is_verb(trigger) {
        return own("of").chain(own("to")).find(noun).map(meant);
    }
    let object = own("object").find(noun);
    let object = object.or_else(|| own("from").chain(own("of")).chain(own("to")).find(noun));
    object.map(meant).or_else(|| {
        let gerund = |clause: &WordId| {
            reading.is_verb(*clause) && reading.word(*clause).feature("VerbForm") == Some("Ger")
        };
        let clauses = reading.analysis.children_in(trigger, "xcomp");
        clauses.into_iter().find(gerund).filter(|clause| inner_type(reading, *clause).is_some())
    })
}

/// The type of a carried event by its own frame.
fn inner_type(reading: &Reading<'_>, inner: WordId) -> Option<EventType> {
    reading.event_type(inner).or_else(|| {
        let frames = reading.frames_and_triggers(Kind::Event, inner);
        frames.into_iter().find_map(|(frame, _, _)| frame.plover)
    })
}

/// To whom a carried event is done: by its own frame, else where the carrier names somebody.
fn inner_recipients(reading: &Reading<'_>, inner: WordId, arguments: &Arguments) -> Vec<WordId> {
    let frames = reading.frames_and_triggers(Kind::Event, inner);
    let own = frames.into_iter().find(|(frame, _, _)| frame.plover.is_some());
    let mut heads = own.and_then(|(_, _, mut slots)| slots.remove("recipient")).unwrap_or_default();
    let below = reading.arguments(inner);
    for path in ["on", "against", "to", "of", "for", "with", "in", "from", "imposed"] {
        heads.extend(below.get(path).into_iter().flatten());
        heads.extend(arguments.get(path).into_iter().flatten().filter(|head| **head != inner));
    }
    // "restrictions imposed on him", "sanctions it had placed on Tehran".
    for clause in reading.analysis.children_in(inner, "acl") {
        heads.extend(reading.behind(clause, &["on", "against", "upon", "in"]));
    }
    let owner = reading.analysis.children(inner).iter().copied();
    heads.extend(owner.filter(|child| {
        matches!(reading.word(*child).relation(), "amod" | "compound") && reading.names_a_party(*child)
    }));
    let mut seen = BTreeSet::new();
    heads.retain(|head| seen.insert(*head));
    heads
}

fn slots_of(arguments: &Arguments, recipients: Vec<WordId>) -> Slots {
    let mut slots = Slots::new();
    let mut actors: Vec<WordId> = arguments.get("subject").into_iter().flatten().copied().collect();
    actors.extend(arguments.get("modifier").into_iter().flatten());
    slots.insert("actor".to_owned(), actors);
    slots.insert("recipient".to_owned(), recipients);
    slots
}

/// The verb that carries an event noun: "launch an attack", "order the release".
fn carrier(reading: &Reading<'_>, noun: WordId) -> Option<WordId> {
    if reading.is_verb(noun) {
        return None;
    }
    let above = reading.word(noun).head?;
    let noun = if reading.meant_by(above) == Some(noun) { above } else { noun };
    let verb = reading.word(noun).head.filter(|verb| reading.is_verb(*verb))?;
    let hangs = matches!(reading.word(noun).relation(), "obj" | "obl" | "conj")
        || reading.word(noun).deprel == "nsubj:pass";
    let frames = reading.frames_and_triggers(Kind::Event, verb);
    (hangs && frames.iter().any(|(frame, _, _)| role(frame) == Role::Carry)).then_some(verb)
}

/// A carried noun without an actor of its own has the subject of its carrier.
fn lend_subject(reading: &Reading<'_>, trigger: WordId, slots: &mut Slots) {
    let Some(verb) = carrier(reading, trigger) else { return };
    let owned = slots.get("actor").is_some_and(|heads| heads.iter().any(|head| reading.acts(*head)));
    if owned {
        return;
    }
    let lent = if reading.is_passive(verb) { reading.agent(verb) } else { reading.subject(verb) };
    if let Some(subject) = lent {
        slots.entry("actor".to_owned()).or_default().insert(0, subject);
    }
    if slots.get("recipient").is_none_or(Vec::is_empty) {
        let lent = reading.arguments(verb);
        let heads =
            ["on", "against", "to", "with", "into", "for", "in"].iter().filter_map(|path| lent.get(*path));
        let heads: Vec<WordId> = heads.flatten().copied().filter(|head| *head != trigger).collect();
        if !heads.is_empty() {
            slots.insert("recipient".to_owned(), heads);
        }
    }
}

/// The clause that a speech act has as its content.
fn complement(arguments: &Arguments) -> Option<WordId> {
    ["infinitive", "clause"].iter().filter_map(|path| arguments.get(*path)).flatten().copied().next()
}

fn complement_type(reading: &Reading<'_>, arguments: &Arguments) -> Option<EventType> {
    let clause = complement(arguments)?;
    let own = inner_type(reading, clause);
    let noun = reading.child(clause, "obj").and_then(|noun| reading.event_type(noun));
    own.or(noun)
}

/// The recipient of a speech act that names none stands in its content: "threatened to bomb Seoul", "demanded that the
/// minister resign".
fn act_recipients(reading: &Reading<'_>, arguments: &Arguments, slots: &mut Slots, kind: EventType) {
    // Who resists a harder line on X does not turn X down.
    let against = |path: &str| kind == EventType::Reject && matches!(path, "on" | "against");
    let held = slots.get("recipient").map(Vec::as_slice).unwrap_or_default();
    if held.iter().any(|head| reading.acts(*head)) {
        return;
    }
    let actors = slots.get("actor").cloned().unwrap_or_default();
    let mut more: Vec<WordId> = Vec::new();
    if let Some(clause) = complement(arguments) {
        let own = reading
            .analysis
            .children(clause)
            .iter()
            .copied()
            .find(|child| matches!(reading.word(*child).relation(), "nsubj") && !actors.contains(child));
        more.extend(
            own.filter(|subject| reading.acts(*subject) && !is_actor_again(reading, *subject, &actors)),
        );
        let frames = reading.frames_and_triggers(Kind::Event, clause);
        let frame = frames.into_iter().find(|(frame, _, _)| frame.plover.is_some());
        more.extend(frame.and_then(|(_, _, mut slots)| slots.remove("recipient")).unwrap_or_default());
        let below = reading.arguments(clause);
        let paths = ["indirect", "with", "object", "to", "on", "against", "from", "in", "for"];
        for path in paths.into_iter().filter(|path| !against(path)) {
            more.extend(below.get(path).into_iter().flatten());
        }
        for noun in below.get("object").into_iter().flatten() {
            let below = reading.arguments(*noun);
            let paths = ["with", "on", "against", "to", "from", "of", "for", "in"];
            for path in paths.into_iter().filter(|path| !against(path)) {
                more.extend(below.get(path).into_iter().flatten());
            }
        }
    }
    more.retain(|head| !actors.contains(head));
    slots.entry("recipient".to_owned()).or_default().extend(more);
}

/// True if a pronoun or name in the content is the one who speaks.
fn is_actor_again(reading: &Reading<'_>, head: WordId, actors: &[WordId]) -> bool {
    let entity = |head: WordId| reading.mention(head).and_then(|id| reading.analysis.mention(id).entity);
    let own = entity(head);
    reading.word(head).upos == Upos::Pron && own.is_none()
        || own.is_some() && actors.iter().any(|actor| entity(*actor) == own)
}

/// "The president said that the rebels must leave": a demand without a verb of demanding.
fn must<'p>(reading: &Reading<'p>, said: &[Said], verb: WordId) -> Option<Coding<'p>> {
    if !reading.is_verb(verb) {
        return None;
    }
    let cue = cue_of(reading, verb)?;
    if cue.speech != Speech::Said || !matches!(cue.reading.as_str(), "assert" | "announce" | "warn") {
        return None;
    }
    let clause = reading.child(verb, "ccomp").or_else(|| reading.child(verb, "parataxis"))?;
    let ordered = reading
        .analysis
        .children_in(clause, "aux")
        .any(|aux| matches!(reading.lemma(aux), "must" | "should" | "ought"));
    if !ordered || status(reading, clause) != Status::Requested {
        return None;
    }
    let frame = reading.pack.frames.by_id(MUST)?;
    let mut slots = Slots::new();
    slots.insert("actor".to_owned(), reading.subject(verb).into_iter().collect());
    let mut heads: Vec<WordId> = reading.child(clause, "nsubj").into_iter().collect();
    let below = reading.arguments(clause);
    for path in ["with", "to", "of", "in", "on"] {
        heads.extend(below.get(path).into_iter().flatten());
    }
    slots.insert("recipient".to_owned(), heads);
    let mut coding = finish(reading, said, verb, frame, EventType::Request, None, slots)?;
    coding.kind = EventType::Request;
    Some(coding)
}
