//! Puts the mentions of one encounter together: the fullest stays, the others become `also`.

use super::parties;
use super::slots;
use super::words::DEFINITE;
use crate::Reading;
use demarche_language::WordId;
use demarche_record::{Body, Contact, Medium, Precision, Record, Status};
use std::collections::BTreeSet;

/// How a mention refers back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// It does not.
    None,
    /// "the meeting", "this call": the last contact it fits.
    Definite,
    /// "it was the minister who called": who rang in the last call.
    Rang,
    /// "they spoke for an hour": the last contact of the same two.
    Pronoun,
    /// "their first meeting", "his second trip": of the same sentence, or of the same owners.
    Owned,
    /// "through a phone call": the means of what the clause tells.
    Means,
    /// "travelled to Doha for talks with …": the purpose of a journey.
    Purpose,
    /// "discussed the port at talks in Ankara": the occasion of what the clause tells.
    Occasion,
}

/// A contact before mentions of the same one are put together.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) record: Record,
    pub(super) trigger: WordId,
    /// Keys of the parties that the mention itself names.
    pub(super) explicit: BTreeSet<String>,
    /// False for a mere reference to a contact told elsewhere, which makes no record of its own.
    pub(super) enough: bool,
    pub(super) back: Back,
}

impl Candidate {
    pub(super) fn contact(&self) -> &Contact {
        let Body::Contact(contact) = &self.record.body else { unreachable!("candidates are contacts") };
        contact
    }

    fn contact_mut(&mut self) -> &mut Contact {
        let Body::Contact(contact) = &mut self.record.body else { unreachable!("candidates are contacts") };
        contact
    }

    /// Keys of all participants, those that only the clause shows included.
    fn all(&self) -> BTreeSet<String> {
        self.contact().participants.iter().filter_map(parties::key).collect()
    }
}

/// Adjectives that set a contact apart from the one told of before.
const APART: &[&str] = &[
    "another",
    "next",
    "new",
    "further",
    "previous",
    "earlier",
    "second",
    "third",
    "fourth",
    "future",
    "coming",
    "upcoming",
    "follow-up",
    "other",
    "past",
    "separate",
    "possible",
    "last",
    "latest",
    "final",
    "additional",
];

pub(super) fn merge(reading: &Reading<'_>, mut found: Vec<Candidate>) -> Vec<Record> {
    found.sort_by_key(|candidate| candidate.trigger);
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        let fitting: Vec<usize> =
            (0..kept.len()).filter(|at| is_same(reading, &kept[*at], &candidate)).collect();
        // "the talks" are those told as talks before, else what is told as such a contact, else the last one.
        let word = reading.lemma(candidate.trigger);
        let medium = candidate.contact().medium;
        let closest =
            |fits: &dyn Fn(&Candidate) -> bool| fitting.iter().rev().copied().find(|at| fits(&kept[*at]));
        // A conversation is first of all what was spoken over a line.
        let spoken = |other: &Candidate| {
            word == "conversation" && matches!(other.contact().medium, Medium::Call | Medium::Video)
        };
        let same = closest(&|other| reading.lemma(other.trigger) == word)
            .or_else(|| closest(&spoken))
            .or_else(|| closest(&|other| other.contact().medium == medium))
            .or_else(|| fitting.last().copied());
        match same {
            Some(at) => join(&mut kept[at], candidate),
            None => kept.push(candidate),
        }
    }
    kept.retain(|candidate| candidate.enough);
    join_titles(reading, &mut kept);
    add_lengths(reading, &mut kept);
    add_outcomes(reading, &mut kept);
    kept.into_iter().map(|candidate| candidate.record.seal()).collect()
}

fn is_real(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}

fn media_fit(one: Medium, two: Medium) -> bool {
    let open = |medium: Medium| matches!(medium, Medium::Unspecified);
    let in_person =
        |medium: Medium| matches!(medium, Medium::Meeting | Medium::Visit | Medium::Talks | Medium::Summit);
    one == two || open(one) || open(two) || in_person(one) && in_person(two)
}

fn is_same(reading: &Reading<'_>, one: &Candidate, two: &Candidate) -> bool {
    let (left, right) = (one.contact(), two.contact());
    if !media_fit(left.medium, right.medium) {
        return false;
    }
    let sentence = |it: &Candidate| reading.analysis.sentence_of[it.trigger.0 as usize];
    let together = sentence(one) == sentence(two);
    let head = |it: &Candidate| reading.word(it.trigger).head;
    match two.back {
        Back::Purpose if together && head(two) == Some(one.trigger) => {
            return left.medium == Medium::Visit || two.explicit.is_subset(&one.explicit);
        }
        Back::Means => {
            let near = head(two) == Some(one.trigger)
                || head(two).is_some() && head(two) == head(one)
                || reading.light_verb(one.trigger).is_some_and(|verb| head(two) == Some(verb));
            return together && near && two.explicit.is_subset(&one.all());
        }
        Back::Occasion if together && head(two) == Some(one.trigger) => {
            return left.medium == Medium::Unspecified && two.all().is_subset(&one.all());
        }
        Back::Owned if together => {
            return two.explicit.is_subset(&one.explicit) && !two.explicit.is_empty();
        }
        _ => {}
    }
    if one.record.epoch != two.record.epoch {
        return false;
    }
    let times = match (&one.record.when, &two.record.when) {
        (Some(left), Some(right)) => left.edtf.overlaps(&right.edtf),
        _ => true,
    };
    let (before, after) = (one.record.status, two.record.status);
    let statuses = before == after || is_real(before) && is_real(after);
    if !times || places_differ(one, two) || is_set_apart(reading, two.trigger) {
        return false;
    }
    match two.back {
        Back::Pronoun => statuses && two.explicit == one.all() && two.record.when.is_none(),
        Back::Owned => {
            let ahead = |status: Status| !is_real(status) && status != Status::Denied;
            (statuses || ahead(before) && ahead(after))
                && two.explicit == one.all()
                && two.record.when.is_none()
                && sentence(two).0 == sentence(one).0 + 1
        }
        Back::Definite => {
            // A mention that asserts something of its own – both parties, a day, a length – is a record of its own;
            // the ledger links it.
            // "Friday's conversation lasted seven hours" names nobody: it is the contact of that day.
            let nobody = right.participants.is_empty() && one.record.when.is_some();
            let own =
                !nobody && (two.explicit.len() >= 2 || two.record.when.is_some() || right.duration.is_some());
            statuses && !(two.enough && own) && two.explicit.is_subset(&one.all()) && one.all().len() >= 2
        }
        Back::Rang => {
            let named = two.explicit.is_subset(&one.all())
                || right.participants.iter().all(|party| party.actor.is_none());
            statuses && named && one.all().len() >= 2 && sentence(two).0 - sentence(one).0 <= 2
        }
        Back::None | Back::Means | Back::Purpose | Back::Occasion => false,
    }
}

/// "another meeting", "the next round".
fn is_set_apart(reading: &Reading<'_>, trigger: WordId) -> bool {
    reading.analysis.children(trigger).iter().any(|child| {
        matches!(reading.word(*child).relation(), "amod" | "det" | "advmod")
            && (APART.contains(&reading.lemma(*child)) || reading.lemma(*child) == "again")
    })
}

/// Both name exactly one town, and not the same.
fn places_differ(one: &Candidate, two: &Candidate) -> bool {
    let town = |candidate: &Candidate| {
        let exact =
            |precision: Option<Precision>| matches!(precision, Some(Precision::Site | Precision::City));
        let mut towns = candidate.record.places.iter().filter(|place| exact(place.precision));
        let first = towns.next().and_then(|place| place.name.clone());
        first.filter(|_| towns.next().is_none())
    };
    matches!((town(one), town(two)), (Some(one), Some(two)) if one != two)
}

fn weight(candidate: &Candidate) -> usize {
    candidate.explicit.len().min(2) * 4
        + usize::from(candidate.record.when.is_some()) * 2
        + usize::from(candidate.contact().medium != Medium::Unspecified)
        + usize::from(!candidate.record.places.is_empty())
}

fn join(kept: &mut Candidate, more: Candidate) {
    let beside = matches!(more.back, Back::Purpose | Back::Occasion);
    if weight(&more) > weight(kept) && more.enough && !beside {
        let less = std::mem::replace(kept, more);
        absorb(kept, less);
    } else {
        absorb(kept, more);
    }
}

/// Takes over what the other mention tells in addition.
fn absorb(best: &mut Candidate, other: Candidate) {
    let Body::Contact(told) = other.record.body else { unreachable!("candidates are contacts") };
    let joins = other.back == Back::Purpose;
    let contact = best.contact_mut();
    contact.also.push(other.record.evidence);
    contact.also.extend(told.also);
    contact.also.sort();
    contact.also.dedup();
    if joins {
        parties::add(told.participants, &mut contact.participants);
    }
    contact.duration = contact.duration.take().or(told.duration);
    contact.host = contact.host.take().or(told.host);
    contact.initiator = contact.initiator.take().or(told.initiator);
    if contact.medium == Medium::Unspecified {
        contact.medium = told.medium;
    }
    for topic in told.topics {
        if !contact.topics.contains(&topic) {
            contact.topics.push(topic);
        }
    }
    for outcome in told.outcome {
        if !contact.outcome.contains(&outcome) {
            contact.outcome.push(outcome);
        }
    }
    if best.record.when.is_none() {
        best.record.when = other.record.when;
    }
    if best.record.places.is_empty() {
        best.record.places = other.record.places;
    }
    best.explicit.extend(other.explicit);
    best.enough |= other.enough;
}

/// A title tells in short what the text tells in full: it becomes a further mention of that.
fn join_titles(reading: &Reading<'_>, kept: &mut Vec<Candidate>) {
    let mut at = 0;
    while at < kept.len() {
        let title = &kept[at];
        let full = super::fits::is_title(reading, title.trigger)
            .then(|| {
                kept.iter().skip(at + 1).position(|other| {
                    let statuses = title.record.status == other.record.status
                        || is_real(title.record.status) && is_real(other.record.status);
                    !super::fits::is_title(reading, other.trigger)
                        && statuses
                        && media_fit(title.contact().medium, other.contact().medium)
                        && !title.explicit.is_empty()
                        && (title.explicit.is_subset(&other.all()) || is_said_in_full(title, other))
                        && !places_differ(title, other)
                })
            })
            .flatten();
        match full {
            Some(more) => {
                let title = kept.remove(at);
                absorb(&mut kept[at + more], title);
            }
            None => at += 1,
        }
    }
}

/// "President of Ruritania" in a title is the party that the text names with the same words and more.
fn is_said_in_full(title: &Candidate, other: &Candidate) -> bool {
    title.contact().participants.iter().all(|party| {
        party.words.as_ref().is_some_and(|short| {
            short.text.len() > 6
                && other.contact().participants.iter().any(|full| {
                    full.words.as_ref().is_some_and(|full| full.text.contains(short.text.as_str()))
                })
        })
    })
}

/// "It lasted three quarters of an hour."
fn add_lengths(reading: &Reading<'_>, kept: &mut [Candidate]) {
    for number in 0..reading.analysis.words.len() as u32 {
        let verb = WordId(number);
        let Some(length) = slots::told_length(reading, verb) else { continue };
        let here = reading.analysis.sentence_of[number as usize].0;
        let last = kept.iter_mut().rev().find(|candidate| candidate.trigger < verb);
        if let Some(candidate) = last {
            let there = reading.analysis.sentence_of[candidate.trigger.0 as usize].0;
            let contact = candidate.contact_mut();
            if here - there <= 1 && contact.duration.is_none() {
                contact.duration = Some(length);
            }
        }
    }
}

/// "The two leaders agreed to …" behind a contact of the two is what came of it.
fn add_outcomes(reading: &Reading<'_>, kept: &mut [Candidate]) {
    for number in 0..reading.analysis.words.len() as u32 {
        let verb = WordId(number);
        if reading.lemma(verb) != "agree" || !reading.is_verb(verb) || !is_real(crate::status(reading, verb))
        {
            continue;
        }
        let Some(subject) = reading.subject(verb) else { continue };
        let who: BTreeSet<String> =
            parties::parties_of(reading, subject).iter().filter_map(parties::key).collect();
        let here = reading.analysis.sentence_of[number as usize].0;
        let last = kept.iter_mut().rev().find(|candidate| {
            candidate.trigger < verb && is_real(candidate.record.status) && candidate.all().len() >= 2
        });
        if let Some(candidate) = last {
            let there = reading.analysis.sentence_of[candidate.trigger.0 as usize].0;
            let taken_up = super::fits::takes_up(reading, subject)
                || reading
                    .analysis
                    .children_in(subject, "det")
                    .any(|det| DEFINITE.contains(&reading.lemma(det)))
                    && matches!(reading.lemma(subject), "side" | "party" | "leader");
            if here - there <= 1 + u32::from(!taken_up)
                && here > there
                && (taken_up || who.len() >= 2 && who.is_subset(&candidate.all()))
            {
                let words = reading.words(reading.clause(verb));
                let contact = candidate.contact_mut();
                if !contact.outcome.contains(&words) {
                    contact.outcome.push(words);
                }
            }
        }
    }
}
