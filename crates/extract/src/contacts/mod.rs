//! Finds contacts: who met, called, visited or wrote to whom. One record for each encounter and document, on its
//! fullest mention; further mentions go into `also`. News conferences and briefings are no contacts.
//!
//! [`fits`] says whether a frame's trigger is a contact at all, [`parties`] who takes part, [`slots`] what else is
//! told, [`merge`] which mentions are one encounter.

mod days;
pub(crate) mod fits;
mod implied;
mod leaders;
mod merge;
mod needs;
mod pairs;
mod parties;
mod places;
mod slots;
mod split;
mod words;

use crate::{Extractor, Reading, Said};
use demarche_language::{Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{Body, Contact, EventType, Genre, Kind, Medium, Party, Plover, Record, Status, Voice};
use demarche_text::Span;
use merge::{Back, Candidate};
use slots::Slots;
use words::{DEFINITE, HOSTING};

/// The extractor of contacts.
pub struct Contacts;

/// Sentences behind which "the two" no longer means those of the last contact.
const REACH: u32 = 4;

impl Extractor for Contacts {
    fn name(&self) -> &'static str {
        "contacts"
    }

    fn about(&self) -> &'static str {
        "who met, called, visited or wrote to whom: participants, medium, time, place, duration, topics, outcome"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        let mut found: Vec<Candidate> = Vec::new();
        for number in 0..reading.analysis.words.len() {
            let trigger = WordId(number as u32);
            let frames = reading.frames_at(Kind::Contact, trigger);
            if frames.is_empty() {
                continue;
            }
            let pair = last_pair(reading, &found, trigger);
            for (frame, slots) in frames {
                if let Some(candidate) = candidate(reading, said, trigger, frame, &slots, &pair) {
                    found.push(candidate);
                    break;
                }
            }
        }
        merge::merge(reading, found)
    }
}

/// The two parties of the last contact before a trigger, if it is not far away.
fn last_pair(reading: &Reading<'_>, found: &[Candidate], trigger: WordId) -> Vec<Party> {
    let sentence = |word: WordId| reading.analysis.sentence_of[word.0 as usize].0;
    found
        .iter()
        .rev()
        .take_while(|candidate| sentence(trigger) - sentence(candidate.trigger) <= REACH)
        .map(|candidate| &candidate.contact().participants)
        .find(|participants| participants.len() == 2)
        .cloned()
        .unwrap_or_default()
}

fn candidate(
    reading: &Reading<'_>,
    said: &[Said],
    trigger: WordId,
    frame: &Frame,
    slots: &Slots,
    pair: &[Party],
) -> Option<Candidate> {
    if reading.voice(trigger) == Voice::Furniture || !fits::fits(reading, trigger, frame, slots) {
        return None;
    }
    let noun = !reading.is_verb(trigger);
    let mut medium = slots::medium(reading, trigger, frame);
    if !needs::has_what_it_needs(reading, trigger, frame, slots, medium) {
        return None;
    }
    let time = slots::time(reading, trigger).or_else(|| days::time_of_main(reading, trigger));
    let time = time.or_else(|| days::time_around(reading, trigger));
    let outcome_of = days::after_hours(reading, trigger);
    let time = time.or_else(|| outcome_of.and_then(|verb| slots::time(reading, verb)));
    let time = time
        .or_else(|| days::day_right_behind(reading, trigger))
        .or_else(|| days::day_in_front(reading, trigger))
        .or_else(|| days::day_right_before(reading, trigger))
        .or_else(|| days::day_of_telling(reading, trigger));
    let mut around = reading.circumstances_at(trigger, said, time);
    around.status = slots::contact_status(reading, trigger, around.status);
    around.epoch = slots::epoch(reading, trigger, time, around.epoch);
    if let (Some(time), Some(when)) = (time, &mut around.when) {
        days::two_days(reading, time, when);
    }
    let mut heads = slots.get("participants").cloned().unwrap_or_default();
    // "talks of A and B" are held by persons; "a discussion of the border" is about it.
    if noun && matches!(medium, Medium::Talks | Medium::Unspecified) {
        heads.retain(|head| reading.preposition(*head) != Some("of") || parties::is_person(reading, *head));
    }
    let mut host = slots
        .get("host")
        .and_then(|heads| heads.first())
        .filter(|head| parties::is_party(reading, **head))
        .map(|head| reading.party(*head));
    if let Some(to) = slots.get("host_or_place").and_then(|heads| heads.first()) {
        // "came to the minister's office": to the minister.
        let to = &implied::at_home_of(reading, *to).unwrap_or(*to);
        if parties::is_person(reading, *to) {
            host = Some(reading.party(*to));
            heads.push(*to);
        } else if !parties::is_official_destination(reading, *to) {
            return None;
        }
        // A journey is a contact only if a person or an official body makes it.
        // Nor do thousands of people who flee or come home.
        if !heads.iter().any(|head| parties::is_person(reading, *head) && !parties::is_crowd(reading, *head))
        {
            return None;
        }
    }
    if frame.id == "contact.call-verb" {
        heads.extend(fits::named_at_the_other_end(reading, trigger));
    }
    // "Doe was the guest of Roe": who is said to be it.
    if frame.id == "contact.guest" {
        heads.extend(reading.child(trigger, "nsubj").map(|head| reading.antecedent(head).unwrap_or(head)));
    }
    let mut heads = parties::heads(reading, trigger, noun, &heads);
    if noun && reading.behind(trigger, &["with", "between", "among"]).is_empty() {
        heads.extend(implied::at_home(reading, trigger));
    }
    // "It was the minister who called": a call without an object names only who rang.
    let bare_call = is_bare_call(reading, trigger, frame);
    if bare_call {
        let subject = reading.subject(trigger);
        heads.retain(|head| Some(*head) == subject);
    }
    heads.extend(through_means(reading, trigger));
    heads.extend(pairs::placed_by(reading, trigger));
    // "The emir hosted the meeting": the host of a contact that others hold is told as such.
    if noun && has(reading, trigger, DEFINITE) {
        let host = reading.light_verb(trigger).filter(|verb| {
            HOSTING.contains(&reading.lemma(*verb)) && reading.word(*verb).deprel != "acl:relcl"
        });
        let subject = host.and_then(|verb| reading.subject(verb));
        heads.retain(|head| Some(*head) != subject);
    }
    // "He and his colleague had agreed at their meeting in Doha": they who act are those whose meeting it is.
    let own = reading
        .child_exactly(trigger, "nmod:poss")
        .filter(|owner| noun && reading.lemma(*owner) == "their")
        .filter(|_| implied::acting(reading, trigger).is_some_and(|head| reading.conjuncts(head).len() >= 2));
    heads.retain(|head| Some(*head) != own);
    let mut explicit: Vec<Party> = Vec::new();
    for head in heads.iter().filter(|head| parties::is_party(reading, **head)) {
        parties::add(known_pair(reading, *head, pair), &mut explicit);
    }
    name_from_apposition(reading, trigger, &mut explicit);
    // "a phone call placed by his counterpart": whose counterpart it is takes part too.
    if noun && explicit.len() == 1 {
        let owner = heads.iter().find_map(|head| pairs::owner_of_companion(reading, *head));
        explicit.extend(owner.map(|owner| reading.party(owner)));
    }
    // "Friday's talks" are owned by nobody.
    // "Back from his talks with Doe, Roe said": whose they are only the rest tells.
    let owned = reading.child_exactly(trigger, "nmod:poss").is_some_and(|owner| {
        let open = reading.word(owner).upos == Upos::Pron && !parties::is_party(reading, owner)
            || own == Some(owner);
        !reading.is_time(owner) && !open
    });
    let mut participants = Vec::new();
    if noun
        && explicit.len() < 2
        && !owned
        && parties::pair_of(reading, trigger).is_none()
        && medium != Medium::Visit
    {
        parties::add(implied::implied(reading, trigger), &mut participants);
    }
    let implied = participants.first().cloned();
    parties::add(explicit.clone(), &mut participants);
    if participants.len() == 1 && noun && fits::is_title(reading, trigger) {
        parties::add(parties::issuer(reading).into_iter().collect(), &mut participants);
    }
    // "The conversation with Doe took place at the initiative of Roe": who wanted it is the other.
    if noun && participants.len() == 1 && explicit.len() == 1 {
        let asked = slots::inviting(reading, trigger, words::INITIATIVES);
        let asked = asked.filter(|head| parties::is_person(reading, *head));
        parties::add(asked.map(|head| reading.party(head)).into_iter().collect(), &mut participants);
    }
    if noun && medium != Medium::Visit && !heads.iter().any(|head| parties::is_person(reading, *head)) {
        let led = implied::led(reading, trigger);
        if !led.is_empty() {
            participants = led;
        }
    }
    if around.when.is_none()
        && around.status == Status::Occurred
        && around.epoch == demarche_record::Epoch::Current
    {
        around.when =
            days::told_before(reading, trigger, &heads).or_else(|| days::told_behind(reading, trigger));
    }
    let enough = fits::is_enough(reading, trigger, frame, &heads, &participants, around.status);
    let back = back(reading, trigger, frame, &explicit, time.is_some());
    if !enough && back == Back::None {
        return None;
    }
    if medium == Medium::Meeting && participants.len() > 3 && reading.lemma(trigger) == "summit" {
        medium = Medium::Summit;
    }
    let plover = frame.plover.map(|kind| Plover {
        kind: if around.status == Status::Planned { EventType::Agree } else { kind },
        mode: if medium == Medium::Call { Some("phone".to_owned()) } else { frame.mode.clone() },
        contexts: vec!["diplomatic".to_owned()],
    });
    let written = frame.set.get("medium").is_some_and(|medium| medium == "letter");
    let mut contact = Contact {
        trigger: reading.words(trigger_span(reading, trigger)),
        medium,
        initiator: slots::initiator(reading, trigger, frame, slots, &participants)
            .or(implied.filter(|_| written)),
        host: host.or_else(|| slots::host(reading, trigger)),
        duration: slots::duration(reading, trigger),
        topics: slots::topics(reading, slots),
        outcome: slots::outcome(reading, trigger),
        also: Vec::new(),
        participants,
    };
    let two = contact.participants.len() >= 2;
    slots::cut_topics(reading, &mut contact);
    around.places = places::places(reading, trigger, &contact.participants);
    if let Some(verb) = outcome_of.filter(|_| around.places.is_empty()) {
        around.places = places::places(reading, verb, &contact.participants);
    }
    // Who agrees to or refuses a contact takes part in it and vouches for nothing.
    around.attribution.retain(|link| {
        let words = link.party.as_ref().and_then(|party| party.words.as_ref());
        words.is_none() || !contact.participants.iter().any(|party| party.words.as_ref() == words)
    });
    let explicit = explicit.iter().filter_map(parties::key).collect();
    let record = reading.record(
        "contacts",
        &frame.id,
        evidence(reading, trigger),
        around,
        frame.status,
        frame.confidence + if two { 0.15 } else { -0.15 },
        plover,
        Body::Contact(contact),
    );
    Some(Candidate { record, trigger, explicit, enough, back })
}

/// "spoke by video link with the minister": a party may hang on the means.
fn through_means(reading: &Reading<'_>, trigger: WordId) -> Vec<WordId> {
    if !reading.is_verb(trigger) {
        return Vec::new();
    }
    let means = reading.analysis.children_in(trigger, "obl").filter(|noun| slots::is_means(reading, *noun));
    means.flat_map(|noun| reading.behind(noun, &["with", "between"])).collect()
}

/// The parties of a head; "the two" and an unresolved "they" are those of the last contact.
fn known_pair(reading: &Reading<'_>, head: WordId, pair: &[Party]) -> Vec<Party> {
    let found = parties::parties_of(reading, head);
    // "their" may have been traced to people whom the text only describes: "the presidents".
    let described =
        |party: &Party| party.resolved.as_ref().is_none_or(|name| !name.contains(char::is_uppercase));
    let open = found.len() == 1 && found[0].actor.is_none() && described(&found[0]);
    // "their teams would begin to plan a meeting": those who plan it for others are not those who meet.
    let owner = reading.child_exactly(head, "nmod:poss").filter(|owner| {
        open && matches!(reading.lemma(head), "team" | "staff" | "aide") && parties::is_party(reading, *owner)
    });
    if let Some(owner) = owner {
        return known_pair(reading, owner, pair);
    }
    // One alone is never "them" between whom something is.
    let between = matches!(reading.lemma(head), "they" | "them")
        && reading.preposition(head) == Some("between")
        && found.len() == 1;
    let dual = parties::is_the_two(reading, head)
        || between
        || matches!(reading.lemma(head), "they" | "both" | "their" | "them") && open
        // "the two army chiefs": an office is told apart where mentions are resolved, or stays open.
        // "the ministers": those of the contact before, where both hold that office.
        || (fits::takes_up(reading, head) || is_bare_plural(reading, head)) && open && {
            let lemma = reading.lemma(head);
            !is_bare_plural(reading, head)
                && (reading.pack.titles.anybody.contains(lemma) || matches!(lemma, "side" | "party"))
                || pair.iter().all(|party| holds(reading, party, lemma))
        };
    // "The sides exchanged views" in a readout: those whose contact it tells, not their states.
    let readout = reading.analysis.document.genre == Genre::Readout
        && matches!(reading.lemma(head), "side" | "party" | "interlocutor")
        && fits::takes_up(reading, head);
    let earlier = if parties::is_the_two(reading, head) && pair.len() != 2 {
        pairs::before(reading, head)
    } else {
        pair.to_vec()
    };
    if !(dual || readout) || earlier.len() != 2 {
        return found;
    }
    let words = Some(reading.words(reading.phrase(head)));
    let known = |party: &Party| Party {
        words: words.clone(),
        actor: party.actor.clone(),
        resolved: Some(party.name().to_owned()),
    };
    earlier.iter().map(known).collect()
}

/// "the ministers", without a word that tells which: no number, no country, no department.
fn is_bare_plural(reading: &Reading<'_>, head: WordId) -> bool {
    reading.word(head).feature("Number") == Some("Plur")
        && reading.pack.world.is_title(reading.lemma(head))
        && reading.analysis.children(head).iter().all(|child| {
            let word = reading.word(*child);
            word.relation() == "punct"
                || word.relation() == "case"
                || word.relation() == "det" && reading.lemma(*child) == "the"
        })
        && reading.child(head, "det").is_some()
}

/// True if a party is called by an office, or is known to have held it when the text was published.
fn holds(reading: &Reading<'_>, party: &Party, office: &str) -> bool {
    let called = party
        .words
        .as_ref()
        .is_some_and(|words| words.text.split_whitespace().any(|word| word.eq_ignore_ascii_case(office)));
    called
        || party.actor.as_ref().is_some_and(|actor| {
            let mut offices = reading.pack.world.offices_of(actor, reading.published.as_ref());
            offices.any(|it| it.titles.iter().any(|title| title.rsplit(' ').next() == Some(office)))
        })
}

/// "a meeting between him and his counterpart, Wang Yi": the name may hang on the trigger.
fn name_from_apposition(reading: &Reading<'_>, trigger: WordId, parties: &mut [Party]) {
    let open = parties.last_mut().filter(|party| {
        party.actor.is_none()
            && party.words.as_ref().is_some_and(|words| {
                ["counterpart", "colleague"].iter().any(|role| words.text.ends_with(role))
            })
    });
    let name = reading
        .analysis
        .children_in(trigger, "appos")
        .find(|name| reading.mention(*name).is_some() && parties::is_person(reading, *name));
    if let (Some(party), Some(name)) = (open, name) {
        let named = reading.party(name);
        party.resolved = named.resolved.or_else(|| named.words.map(|words| words.text));
        party.actor = named.actor;
    }
}

/// How a mention refers back to a contact that is told elsewhere in the text.
fn back(reading: &Reading<'_>, trigger: WordId, frame: &Frame, explicit: &[Party], dated: bool) -> Back {
    if reading.is_verb(trigger) {
        let bare_call = is_bare_call(reading, trigger, frame);
        let taken_up = reading.subject(trigger).is_some_and(|subject| fits::takes_up(reading, subject));
        return if bare_call {
            Back::Rang
        } else if taken_up && !dated && explicit.len() == 2 {
            Back::Pronoun
        } else {
            Back::None
        };
    }
    // "had seen the notes": what is written is no talk that was told before.
    if frame.set.get("medium").is_some_and(|medium| medium == "letter") {
        return Back::None;
    }
    let relation = reading.word(trigger).relation();
    let preposition = reading.preposition(trigger).unwrap_or_default();
    if relation == "obl" && preposition == "for" {
        return Back::Purpose;
    }
    let call = frame.set.get("medium").is_some_and(|medium| matches!(medium.as_str(), "call" | "video"));
    if call && explicit.len() < 2 && slots::is_means(reading, trigger) && !has(reading, trigger, DEFINITE) {
        return Back::Means;
    }
    let owner = reading.child_exactly(trigger, "nmod:poss");
    let pronoun = owner.is_some_and(|owner| fits::takes_up(reading, owner) || reading.lemma(owner) == "his");
    if pronoun {
        return Back::Owned;
    }
    let of_a_day = owner.is_some_and(|owner| reading.is_time(owner));
    if has(reading, trigger, DEFINITE) || of_a_day {
        return Back::Definite;
    }
    if relation == "obl" && matches!(preposition, "at" | "during" | "in") {
        return Back::Occasion;
    }
    Back::None
}

fn is_bare_call(reading: &Reading<'_>, trigger: WordId, frame: &Frame) -> bool {
    frame.id == "contact.call-verb"
        && reading.child(trigger, "obj").is_none()
        && fits::named_at_the_other_end(reading, trigger).is_none()
        && !reading.is_passive(trigger)
}

fn has(reading: &Reading<'_>, noun: WordId, lemmas: &[&str]) -> bool {
    reading.analysis.children_in(noun, "det").any(|det| lemmas.contains(&reading.lemma(det)))
}

/// The trigger with its particle or compound: "spoke to", "phone call".
fn trigger_span(reading: &Reading<'_>, trigger: WordId) -> Span {
    let mut span = reading.word(trigger).span;
    for child in reading.analysis.children(trigger) {
        let word = reading.word(*child);
        // "a closed-door meeting": the word behind a hyphen is half a word.
        let half = child.0 > 0 && reading.analysis.form(WordId(child.0 - 1)) == "-";
        let near = child.0.abs_diff(trigger.0) == 1 && !reading.is_time(*child) && !half;
        let compound = word.relation() == "compound" && !reading.can_act(*child);
        if near && (compound || word.deprel == "compound:prt") {
            span = span.cover(word.span);
        }
    }
    span
}

/// The clause of a contact: for a noun its phrase, or the clause of its light verb or of the verb that says whether
/// it takes place; for a verb its clause.
fn evidence(reading: &Reading<'_>, trigger: WordId) -> Span {
    let trigger = parties::carrier(reading, trigger).unwrap_or(trigger);
    let verb = reading.light_verb(trigger).or_else(|| {
        let head = reading.word(trigger).head?;
        let says = reading.word(trigger).deprel == "nsubj:pass" || HOSTING.contains(&reading.lemma(head));
        (says && reading.is_verb(head)).then_some(head)
    });
    match verb {
        Some(verb) => reading.clause(verb),
        None => reading.clause(trigger),
    }
}
