//! Links contact records that tell of one real contact: by participants, day, sort of medium and place.
//!
//! Firm links come first: the same days, the same participants, the same sort of medium. What is vaguer (no day, no
//! medium, a visitor without a host) is attached afterwards, and only where exactly one firm contact fits; where
//! several fit, a doubt is offered instead. Contacts without two participants and without a day link to nothing.

mod fit;
mod instant;
mod near;
mod undated;

use crate::Decided;
use crate::held::{Held, published};
use crate::id_of;
use crate::portraits;
use crate::sides::{Match, same_party, side_in, side_of_party};
use demarche_record::{
    Basis, Body, Contact, DateLevel, DayRange, Doubt, Edtf, Encounter, Epoch, Medium, Party, Precision,
    Record, RecordId, Status, Voice, When,
};
use fit::{clash, counted_once, is_named, lone_fits, meet_in_place, participants_fit, slots, stands_for};
use instant::join_one_moment;
use near::{Near, soon};
use std::collections::{BTreeMap, BTreeSet};
use undated::{one_of_many, undated};

/// Days after a contact on which a text without a day may still be offered for it.
const LATE: i32 = 4;

/// Sorts of medium that cannot be one contact unless they are equal or one is loose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Remote,
    Written,
    InPerson,
    Loose,
}

fn sort(medium: Medium) -> Sort {
    match medium {
        Medium::Call | Medium::Video => Sort::Remote,
        Medium::Letter | Medium::Message => Sort::Written,
        Medium::Meeting | Medium::Visit | Medium::Summit => Sort::InPerson,
        Medium::Talks | Medium::Unspecified => Sort::Loose,
    }
}

fn sorts_fit(one: Sort, two: Sort) -> bool {
    one == two || one == Sort::Loose && two != Sort::Written || two == Sort::Loose && one != Sort::Written
}

struct Fact<'a> {
    record: &'a Record,
    contact: &'a Contact,
    window: Option<DayRange>,
    sort: Sort,
    day: Option<String>,
    /// The trigger is set apart by a word before it ("another meeting").
    apart: bool,
    /// Told as one more behind the trigger: "rang him again".
    again: bool,
    /// Its number within the day, if the text counts: "the second call of the day".
    ordinal: Option<String>,
}

pub(crate) struct Cluster {
    pub(crate) members: Vec<usize>,
    pub(crate) reasons: Vec<String>,
}

/// Encounters, and the links that were not made.
pub(crate) fn link(held: &Held<'_>, decided: &Decided) -> (Vec<Encounter>, Vec<Doubt>) {
    let facts = facts(held);
    let mut clusters = firm(held, &facts);
    join_one_moment(held, &facts, &mut clusters);
    let mut doubts = Vec::new();
    attach(held, &facts, &mut clusters, &mut doubts);
    let ids: Vec<RecordId> = facts.iter().map(|fact| fact.record.id).collect();
    decided.apply(&ids, &mut clusters);
    let mut encounters: Vec<Encounter> =
        clusters.iter().map(|cluster| encounter(held, &facts, cluster)).collect();
    encounters.sort_by_cached_key(|it| (it.when.as_ref().map(|when| when.edtf.0.clone()), it.id.clone()));
    doubts.sort_by(|one: &Doubt, two| one.records.cmp(&two.records).then(one.why.cmp(&two.why)));
    doubts.dedup();
    (encounters, doubts)
}

fn facts<'a>(held: &Held<'a>) -> Vec<Fact<'a>> {
    held.records
        .iter()
        .filter(|record| record.voice != Voice::Furniture)
        .filter_map(|record| {
            let Body::Contact(contact) = &record.body else { return None };
            let document = held.document(record.document);
            let before = &document.text.as_str()
                [..(contact.trigger.start_byte as usize).min(document.text.as_str().len())];
            let near =
                before.rsplit(['.', ',', ';', '\n']).next().unwrap_or("").split_whitespace().rev().take(3);
            let inside = contact.trigger.text.split_whitespace();
            // "rang them again", "have not spoken on any other day".
            let behind = &document.text.as_str()
                [(contact.trigger.end_byte as usize).min(document.text.as_str().len())..];
            let behind = behind.split(['.', ',', ';', '\n']).next().unwrap_or("");
            let words: Vec<&str> = behind.split_whitespace().take(4).collect();
            let again = (0..words.len()).any(|at| {
                words[at] == "again" || words[at] == "other" && (at == 0 || words[at - 1] != "each")
            });
            let apart = again
                || near.chain(inside).any(|word| {
                    let plain = word.trim_matches(|it: char| !it.is_alphabetic() && it != '-').to_lowercase();
                    held.telling.apart.has(&plain)
                });
            Some(Fact {
                record,
                contact,
                window: held.window(record).filter(|_| is_told(record)),
                sort: sort(contact.medium),
                day: held.day_of(record),
                apart,
                again,
                ordinal: portraits::ordinal(held, document, contact.trigger.start_byte as usize),
            })
        })
        .collect()
}

/// True if the text itself gives the time; the day of publication says nothing about the day of a contact.
fn is_told(record: &Record) -> bool {
    record.when.as_ref().is_some_and(|when| when.basis != Basis::Document)
}

/// A day and month without a year, in a text whose own year is not known.
fn without_year<'a>(fact: &Fact<'a>) -> Option<&'a Edtf> {
    let when =
        fact.record.when.as_ref().filter(|when| fact.window.is_none() && when.basis != Basis::Document)?;
    (when.edtf.lacks_year() && when.edtf.level() >= Some(DateLevel::Day)).then_some(&when.edtf)
}

/// True if it is told as something that happened, is happening, is arranged, or was said not to have happened.
fn is_real(status: Status) -> bool {
    matches!(
        status,
        Status::Occurred | Status::Ongoing | Status::Planned | Status::Denied | Status::Cancelled
    )
}

fn days_of(window: DayRange) -> Option<i32> {
    window.len()
}

/// First step: the same days, the same participants, the same sort of medium.
fn firm(held: &Held<'_>, facts: &[Fact<'_>]) -> Vec<Cluster> {
    let mut buckets: BTreeMap<(i64, i64, Sort), Vec<usize>> = BTreeMap::new();
    let mut clusters: Vec<Cluster> = Vec::new();
    let epoch = demarche_record::Day::new(1970, 1, 1);
    let number = |day: Option<demarche_record::Day>| match (epoch, day) {
        (Some(epoch), Some(day)) => i64::from(epoch.days_to(day)),
        _ => i64::MIN,
    };
    for (at, fact) in facts.iter().enumerate() {
        let dated = fact.window.filter(|window| days_of(*window).is_some_and(|days| days <= 3));
        match dated {
            Some(window) if fact.contact.participants.len() >= 2 && is_real(fact.record.status) => {
                buckets.entry((number(window.first), number(window.last), fact.sort)).or_default().push(at);
            }
            _ => clusters.push(Cluster { members: vec![at], reasons: Vec::new() }),
        }
    }
    for members in buckets.into_values() {
        let mut made: Vec<Cluster> = Vec::new();
        for at in members {
            let fact = &facts[at];
            let fitting: Vec<usize> = (0..made.len())
                .filter(|number| {
                    made[*number].members.iter().all(|other| {
                        !clash(fact, &facts[*other])
                            && !counted_once(fact, &facts[*other])
                            && participants_fit(held, fact, &facts[*other], false)
                                .is_some_and(|fit| fit.equal && fit.same + fit.behind >= 2)
                    })
                })
                .collect();
            match fitting.first() {
                Some(number) => {
                    let other = &facts[made[*number].members[0]];
                    let reason = reason(
                        held,
                        fact,
                        other,
                        "the same participants, the same day and the same sort of contact",
                    );
                    made[*number].members.push(at);
                    made[*number].reasons.push(reason);
                }
                None => made.push(Cluster { members: vec![at], reasons: Vec::new() }),
            }
        }
        clusters.extend(made);
    }
    clusters.sort_by(|one, two| one.members.cmp(&two.members));
    clusters
}

fn reason(held: &Held<'_>, fact: &Fact<'_>, other: &Fact<'_>, why: &str) -> String {
    let file = |fact: &Fact<'_>| held.document(fact.record.document).file.clone();
    format!(
        "“{}” ({}) and “{}” ({}): {why}.",
        fact.contact.trigger.text,
        file(fact),
        other.contact.trigger.text,
        file(other)
    )
}

/// Second step: vaguer tellings join the one firm contact that fits.
fn attach(held: &Held<'_>, facts: &[Fact<'_>], clusters: &mut Vec<Cluster>, doubts: &mut Vec<Doubt>) {
    // Rounds from firm to vague; in each the anchors are those of the rounds before, so that order does not matter.
    for round in 0..3 {
        let ranks: Vec<usize> = clusters.iter().map(|cluster| rank(facts, cluster)).collect();
        let anchors: Vec<usize> = (0..clusters.len()).filter(|at| ranks[*at] <= round).collect();
        let vague: Vec<usize> = (0..clusters.len()).filter(|at| ranks[*at] == round + 1).collect();
        join(held, facts, clusters, doubts, (&anchors, &vague), false);
    }
    // Last those that only describe somebody: one text may name him.
    let named: Vec<bool> = clusters.iter().map(|cluster| is_named(held, facts, cluster)).collect();
    let anchors: Vec<usize> = (0..clusters.len()).filter(|at| named[*at]).collect();
    let vague: Vec<usize> = (0..clusters.len()).filter(|at| !named[*at]).collect();
    join(held, facts, clusters, doubts, (&anchors, &vague), true);
}

/// Joins each vague cluster to the one anchor that fits.
fn join(
    held: &Held<'_>,
    facts: &[Fact<'_>],
    clusters: &mut Vec<Cluster>,
    doubts: &mut Vec<Doubt>,
    (anchors, vague): (&[usize], &[usize]),
    deep: bool,
) {
    let near = Near::new(held, facts, clusters, anchors, deep);
    let mut joined: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for at in vague.iter().copied() {
        let mut fitting = Vec::new();
        let mut unsure = Vec::new();
        for anchor in near.of(held, facts, clusters, &clusters[at]) {
            match fits(held, facts, &clusters[at], &clusters[anchor], deep) {
                Verdict::Yes(why) => fitting.push((anchor, why)),
                Verdict::Doubt(why) => unsure.push((anchor, why)),
                Verdict::No => {}
            }
        }
        let records = |others: &[(usize, String)]| {
            let members =
                others.iter().flat_map(|(other, _)| &clusters[*other].members).chain(&clusters[at].members);
            let mut ids: Vec<RecordId> = members.map(|fact| facts[*fact].record.id).collect();
            ids.sort();
            ids
        };
        match fitting.len() {
            1 => joined.entry(fitting[0].0).or_default().push((at, fitting.remove(0).1)),
            0 => {}
            _ => doubts.push(Doubt {
                records: records(&fitting),
                why: "More than one contact fits this telling; which one is meant is not said, so nothing was linked.".to_owned(),
            }),
        }
        for (other, why) in unsure {
            doubts.push(Doubt { records: records(&[(other, String::new())]), why });
        }
    }
    let mut gone = BTreeSet::new();
    for (anchor, with) in joined {
        for (at, why) in with {
            let (members, reasons) =
                (std::mem::take(&mut clusters[at].members), std::mem::take(&mut clusters[at].reasons));
            let note = reason(held, &facts[members[0]], &facts[clusters[anchor].members[0]], &why);
            clusters[anchor].members.extend(members);
            clusters[anchor].reasons.push(note);
            clusters[anchor].reasons.extend(reasons);
            gone.insert(at);
        }
    }
    let mut at = 0;
    clusters.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// 0: one day, two participants, a definite medium. 1: the same with a loose medium or some days. 2: without a day, with two
/// participants. 3: the rest.
fn rank(facts: &[Fact<'_>], cluster: &Cluster) -> usize {
    cluster
        .members
        .iter()
        .map(|at| {
            let fact = &facts[*at];
            let pair = fact.contact.participants.len() >= 2;
            let dated = fact.window.and_then(days_of).is_some_and(|days| days <= 3);
            if pair && without_year(fact).is_some() {
                return 1;
            }
            // Two days of talks may be told under either of them.
            let one_day = fact.window.and_then(days_of) == Some(1);
            match (pair, dated, fact.sort) {
                (true, true, Sort::Loose) => 1,
                (true, true, _) if !one_day => 1,
                (true, true, _) => 0,
                (true, false, _) => 2,
                _ => 3,
            }
        })
        .min()
        .unwrap_or(3)
}

enum Verdict {
    Yes(String),
    Doubt(String),
    No,
}

fn fits(held: &Held<'_>, facts: &[Fact<'_>], vague: &Cluster, anchor: &Cluster, deep: bool) -> Verdict {
    let told = vague.members.iter().find(|at| slots(held, &facts[**at], deep).len() >= 2);
    let fact = &facts[told.copied().unwrap_or(vague.members[0])];
    let others: Vec<&Fact<'_>> = anchor.members.iter().map(|at| &facts[*at]).collect();
    if others.iter().any(|other| clash(fact, other)) {
        return Verdict::No;
    }
    if others.iter().any(|other| counted_once(fact, other)) {
        return Verdict::Doubt(
            "Perhaps one contact; but one text tells of a second one on that day.".to_owned(),
        );
    }
    let first = others[0];
    if !is_real(fact.record.status) || !others.iter().any(|other| is_real(other.record.status)) {
        return Verdict::No;
    }
    let apart = fact.record.epoch == Epoch::Historical || first.record.epoch == Epoch::Historical;
    if apart && fact.record.epoch != first.record.epoch {
        return Verdict::No;
    }
    // What one member says definitely holds for the whole.
    let definite =
        others.iter().map(|other| other.sort).find(|sort| *sort != Sort::Loose).unwrap_or(Sort::Loose);
    if !sorts_fit(fact.sort, definite) {
        return Verdict::No;
    }
    let near = others.iter().any(|other| other.record.document == fact.record.document);
    // Participants.
    let pair = slots(held, fact, deep).len() >= 2;
    let who = if pair {
        let best = others
            .iter()
            .filter_map(|other| {
                let fit = participants_fit(held, fact, other, deep)?;
                let sure = fit.open == 0 || meet_in_place(held, fact, other);
                let longer = slots(held, fact, deep).len() > slots(held, other, deep).len();
                let more = longer && !fit.but_host;
                sure.then_some((fit, more))
            })
            .filter(|(fit, _)| fit.same + fit.behind + fit.open >= 2 && fit.same + fit.behind > 0)
            .max_by_key(|(fit, more)| (!more, fit.same, fit.behind));
        match best {
            // "The two presidents also talked to Macron" is not the meeting of the two.
            Some((_, true)) => {
                return Verdict::Doubt(
                    "Perhaps one contact; but one telling names a participant whom the other does not know."
                        .to_owned(),
                );
            }
            // Doe brought two together; that Roe met both is told of somebody else's meeting.
            Some((fit, _)) if fit.other_host && !near => {
                return Verdict::Doubt(
                    "Perhaps one contact; but one telling has a host, and the other somebody else beside the two."
                        .to_owned(),
                );
            }
            Some((fit, _)) if fit.equal || near || fit.same >= 2 => "the participants agree",
            Some((fit, _)) if fit.but_host && fit.same + fit.behind >= 2 => {
                "the participants agree, but for the host"
            }
            Some(_) => return Verdict::No,
            None => return Verdict::No,
        }
    } else if !deep && visitor_fits(held, fact, &others) && (near || !met_elsewhere(held, fact)) {
        "the visitor is one participant and the place belongs to the side of the other"
    } else if !deep && lone_fits(held, fact, &others) {
        "who takes part in both agrees, the text names the other, and the day and the place are the same"
    } else {
        return Verdict::No;
    };
    // "held talks in the capital … and was his guest in the hills": one text tells of two towns.
    if near && fact.window.is_none() && others.iter().any(|other| towns_differ(fact, other)) {
        return Verdict::No;
    }
    // Days.
    let anchor_window = others.iter().find_map(|other| other.window);
    match (fact.window, anchor_window) {
        (Some(window), Some(of_anchor)) => {
            if !window.overlaps(of_anchor) {
                return Verdict::No;
            }
            // Whichever gives the wider time leaves open what is meant.
            match days_of(window).zip(days_of(of_anchor)).map(|(one, two)| one.max(two)) {
                Some(days) if days <= 3 => Verdict::Yes(format!("{who}, and the days overlap")),
                Some(_) if [fact, first].iter().any(|it| one_of_many(held, it)) => Verdict::Doubt(format!(
                    "Perhaps one contact: {who}; but there were several in that time, as a text says."
                )),
                Some(days) if days <= 12 && !fact.apart => {
                    Verdict::Yes(format!("{who}, and the day lies in the time given"))
                }
                _ => Verdict::Doubt(format!(
                    "Perhaps one contact: {who}; but “{}” is too wide a time to be sure.",
                    fact.record.when.as_ref().map_or("", |when| when.edtf.0.as_str())
                )),
            }
        }
        (None, Some(_)) if without_year(fact).is_some() => {
            let same = without_year(fact).is_some_and(|day| {
                others
                    .iter()
                    .filter_map(|other| other.record.when.as_ref())
                    .any(|when| when.edtf.overlaps(day))
            });
            if same {
                Verdict::Yes(format!("{who}, and day and month agree; one text gives no year"))
            } else {
                Verdict::No
            }
        }
        // Of people who are only described and a day that is not told, the place must say the rest.
        (None, _) | (_, None) if deep && !meet_in_place(held, fact, first) => Verdict::No,
        // Of two texts the one without a day is the vague one, whichever names the people.
        (Some(window), None) if deep => undated(held, first, fact, near, who, Some(window)),
        (None, Some(_)) | (Some(_), None) => undated(held, fact, first, near, who, anchor_window),
        (None, None) if (deep || !near) && pair && !fact.apart && !first.apart => {
            let day = published(held.document(fact.record.document)).and_then(|window| window.last);
            let told = [fact, first].iter().all(|it| it.record.status == Status::Occurred);
            if told && soon(held, first, day) && meet_in_place(held, fact, first) {
                Verdict::Yes(format!("{who}, the place agrees, and the texts are of the same days"))
            } else {
                Verdict::No
            }
        }
        (None, None)
            if near && !fact.apart && !first.apart && fact.record.status == first.record.status && pair =>
        {
            Verdict::Yes(format!("{who} in one text, and neither has a day of its own"))
        }
        _ => Verdict::No,
    }
}

/// "Macron arrived in Moscow": the visitor is a participant, and the place or the words name the side of the other.
fn visitor_fits(held: &Held<'_>, fact: &Fact<'_>, others: &[&Fact<'_>]) -> bool {
    let [visitor] = fact.contact.participants.as_slice() else { return false };
    let day = fact.day.as_deref();
    if fact.sort != Sort::InPerson {
        return false;
    }
    let countries: BTreeSet<String> = fact
        .record
        .places
        .iter()
        .filter_map(|place| place.country.as_ref())
        .map(|it| it.to_lowercase())
        .collect();
    // "the Russian capital" names the host even where no place was resolved; the visitor's own words do not count.
    let own = visitor.words.as_ref().map_or("", |words| words.text.as_str());
    let rest = fact.record.evidence.text.replacen(own, " ", 1);
    let named = side_in(&rest, held.relations, day).map(|side| side.key);
    // A journey to one town is not the meeting in another.
    if fact.contact.medium == Medium::Visit && others.iter().any(|other| towns_differ(fact, other)) {
        return false;
    }
    others.iter().any(|other| {
        let mut same = false;
        let mut hosted = false;
        for party in &other.contact.participants {
            if same_party(visitor, party, held.relations, day) == Match::Same {
                same = true;
            } else if let Some(side) = side_of_party(party, held.relations, day) {
                hosted |= countries.contains(&side.key) || named.as_ref() == Some(&side.key);
            }
        }
        same && hosted
    })
}

/// True if the text of a visit tells itself whom the visitor met there: what others tell of is another meeting.
fn met_elsewhere(held: &Held<'_>, fact: &Fact<'_>) -> bool {
    let [visitor] = fact.contact.participants.as_slice() else { return false };
    let day = fact.day.as_deref();
    held.records_of(fact.record.document).any(|record| {
        let Body::Contact(contact) = &record.body else { return false };
        let took_part = |party: &Party| same_party(visitor, party, held.relations, day) == Match::Same;
        record.id != fact.record.id
            && record.status == Status::Occurred
            && is_told(record)
            && matches!(sort(contact.medium), Sort::InPerson | Sort::Loose)
            && contact.participants.len() >= 2
            && contact.participants.iter().any(took_part)
    })
}

/// True if both tellings have towns and none in common.
fn towns_differ(one: &Fact<'_>, two: &Fact<'_>) -> bool {
    let towns = |fact: &Fact<'_>| -> BTreeSet<String> {
        let towns = fact.record.places.iter().filter(|place| place.precision == Some(Precision::City));
        towns.map(|place| place.name.clone().unwrap_or_else(|| place.words.text.clone())).collect()
    };
    let (first, second) = (towns(one), towns(two));
    !first.is_empty() && !second.is_empty() && first.is_disjoint(&second)
}

/// How exact a date is, for choosing the most precise mention.
fn exactness(when: &When) -> (bool, Option<DateLevel>, bool) {
    (!when.edtf.lacks_year(), when.edtf.level(), !when.edtf.is_interval() && !when.edtf.is_approximate())
}

fn encounter(held: &Held<'_>, facts: &[Fact<'_>], cluster: &Cluster) -> Encounter {
    let mut members: Vec<&Fact<'_>> = cluster.members.iter().map(|at| &facts[*at]).collect();
    members.sort_by_key(|fact| {
        (held.rank(fact.record.document), fact.record.evidence.start_byte, fact.record.id)
    });
    let mut participants: Vec<Party> = Vec::new();
    for fact in &members {
        // Whom one text describes and another names is one.
        let meant = |party: &Party| members.iter().any(|other| stands_for(held, (fact, party), other));
        for party in fact.contact.participants.iter().filter(|party| !meant(party)) {
            let day = fact.day.as_deref();
            let known = participants
                .iter()
                .position(|other| same_party(party, other, held.relations, day) != Match::No);
            match known {
                // A person says more than the state behind.
                Some(at) => {
                    let person = |party: &Party| {
                        party.actor.as_ref().is_some_and(|actor| held.relations.is_person(actor))
                    };
                    if person(party) && !person(&participants[at]) {
                        participants[at] = plain(party);
                    }
                }
                None => participants.push(plain(party)),
            }
        }
    }
    let specific = |medium: Medium| match medium {
        Medium::Unspecified => 0,
        Medium::Talks => 1,
        Medium::Visit => 2,
        Medium::Meeting => 3,
        _ => 4,
    };
    let medium = members
        .iter()
        .map(|fact| fact.contact.medium)
        .max_by_key(|medium| (specific(*medium), std::cmp::Reverse(*medium)));
    let when = members
        .iter()
        .filter_map(|fact| fact.record.when.as_ref())
        .fold(None::<&When>, |best, when| match best {
            Some(best) if exactness(best) >= exactness(when) => Some(best),
            _ => Some(when),
        })
        .map(|when| When { words: None, ..when.clone() });
    let groups: BTreeSet<usize> = members.iter().map(|fact| held.group(fact.record.document)).collect();
    let mut mentions: Vec<RecordId> = members.iter().map(|fact| fact.record.id).collect();
    let mut key = mentions.clone();
    key.sort();
    let names: Vec<String> = key.iter().map(ToString::to_string).collect();
    let mut reasons = cluster.reasons.clone();
    reasons.sort();
    mentions.dedup();
    Encounter {
        id: id_of(std::iter::once("encounter").chain(names.iter().map(String::as_str))),
        participants,
        medium: medium.unwrap_or(Medium::Unspecified),
        when,
        mentions,
        independent_sources: groups.len() as u32,
        accounts: Vec::new(),
        reasons,
    }
}

/// The party by name; its words stand in the mentions.
pub(crate) fn plain(party: &Party) -> Party {
    Party { words: None, actor: party.actor.clone(), resolved: Some(party.name().to_owned()) }
}

/// True if a place is one where two tellings of a meeting can differ.
pub(crate) fn is_exact(precision: Option<Precision>) -> bool {
    matches!(precision, Some(Precision::Site | Precision::City))
}
