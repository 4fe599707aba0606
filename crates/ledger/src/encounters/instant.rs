//! One call on two days: whoever rings Tokyo from Washington on Thursday evening rings it on Friday morning.

use super::fit::{clash, participants_fit};
use super::{Cluster, Fact, Sort, days_of, is_real, reason};
use crate::clock::clock;
use crate::held::Held;
use demarche_pack::topics::WordList;
use std::collections::BTreeSet;

/// Minutes of a day.
const DAY: i32 = 1440;

/// Sentences behind the telling in which its hour may stand.
const BEHIND: usize = 2;

/// Joins calls of the same people whose hours, each with the time it is in, are one moment.
pub(super) fn join_one_moment(held: &Held<'_>, facts: &[Fact<'_>], clusters: &mut Vec<Cluster>) {
    let moments: Vec<(usize, BTreeSet<i32>)> = clusters
        .iter()
        .enumerate()
        .map(|(at, cluster)| {
            (at, cluster.members.iter().flat_map(|fact| moments(held, &facts[*fact])).collect())
        })
        .filter(|(_, moments): &(usize, BTreeSet<i32>)| !moments.is_empty())
        .collect();
    let mut gone = BTreeSet::new();
    for (number, (at, of_one)) in moments.iter().enumerate() {
        for (other, of_other) in &moments[number + 1..] {
            if gone.contains(at) || gone.contains(other) || of_one.is_disjoint(of_other) {
                continue;
            }
            let fits = clusters[*at].members.iter().all(|one| {
                clusters[*other].members.iter().all(|two| {
                    let (one, two) = (&facts[*one], &facts[*two]);
                    !clash(one, two)
                        && participants_fit(held, one, two, true)
                            .is_some_and(|fit| fit.equal && fit.same + fit.behind + fit.open >= 2)
                })
            });
            if fits {
                let moved = std::mem::replace(
                    &mut clusters[*other],
                    Cluster { members: Vec::new(), reasons: Vec::new() },
                );
                let why = "the same participants, and the hours of both texts are one moment";
                let (first, second) = (clusters[*at].members[0], moved.members[0]);
                let note = reason(held, &facts[second], &facts[first], why);
                clusters[*at].members.extend(moved.members);
                clusters[*at].reasons.push(note);
                clusters[*at].reasons.extend(moved.reasons);
                gone.insert(*other);
            }
        }
    }
    clusters.retain(|cluster| !cluster.members.is_empty());
}

/// The moments, in minutes UTC since 1970, at which a call began, as its text may be read: of a clock whose name leaves
/// open whether it is summer, either.
fn moments(held: &Held<'_>, fact: &Fact<'_>) -> Vec<i32> {
    let record = fact.record;
    let one_day = fact.window.filter(|window| days_of(*window) == Some(1));
    let Some(day) = one_day.and_then(|window| window.first) else { return Vec::new() };
    let pair = fact.contact.participants.len() >= 2;
    if fact.sort != Sort::Remote || !pair || !is_real(record.status) {
        return Vec::new();
    }
    let Some(epoch) = demarche_record::Day::new(1970, 1, 1) else { return Vec::new() };
    let text = held.document(record.document).text.as_str();
    let (start, end) = (record.evidence.start_byte as usize, record.evidence.end_byte as usize);
    let own = |(from, to): &(usize, usize)| *from < end && start < *to;
    let sentences = held.sentences(record.document);
    let Some(first) = sentences.iter().position(own) else { return Vec::new() };
    let told = sentences[first..].iter().enumerate().take_while(|(number, it)| own(it) || *number <= BEHIND);
    let mut tellings = told.map(|(_, it)| (own(it), &text[it.0..it.1]));
    let found = tellings.find_map(|(own, sentence)| {
        clock(held.telling, sentence).filter(|_| own || names_contact(held, sentence))
    });
    let minutes = found.map(|clock| clock.utc(held.telling)).unwrap_or_default();
    minutes.into_iter().map(|minutes| epoch.days_to(day) * DAY + minutes).collect()
}

/// "The call began at …": the sentence goes on about the contact.
fn names_contact(held: &Held<'_>, sentence: &str) -> bool {
    held.topics.contacts.matches(&WordList::new(sentence))
}
