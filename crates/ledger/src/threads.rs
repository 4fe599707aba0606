//! Threads: a demand or an offer and every answer to it, in order.

use crate::held::Held;
use crate::id_of;
use crate::prose;
use crate::sides::{Side, side_of_party};
use demarche_pack::topics::WordList;
use demarche_record::{Body, Epoch, Position, Record, Stance, Thread, Voice};
use std::collections::{BTreeMap, BTreeSet};

struct Stand<'a> {
    record: &'a Record,
    position: &'a Position,
    holder: Side,
    addressee: Option<Side>,
    /// "The two leaders agreed": nobody answers for one of them.
    joint: bool,
    themes: BTreeSet<String>,
    /// Of the content.
    stems: BTreeSet<String>,
    /// Of the names of holder and addressee.
    named: BTreeSet<String>,
    /// Order in time, then in the text.
    order: (Option<demarche_record::Day>, usize, u32),
}

/// Stances that something is put to somebody with.
fn asks(stance: Stance) -> bool {
    matches!(stance, Stance::Demand | Stance::Request | Stance::Condition)
}

/// Every demand with its answers, also without any, and every offer that is answered.
pub(crate) fn find(held: &Held<'_>) -> Vec<Thread> {
    let positions: Vec<Stand<'_>> = held.records.iter().filter_map(|record| read(held, record)).collect();
    let put = |stance: Stance| asks(stance) || stance == Stance::Offer;
    // Demands of one side on one matter are one demand, however often they are told.
    let mut demands: Vec<Vec<usize>> = Vec::new();
    for (at, one) in positions.iter().enumerate().filter(|(_, one)| put(one.position.stance)) {
        let same = demands.iter().position(|of| {
            let first = &positions[of[0]];
            first.holder.key == one.holder.key
                && asks(first.position.stance) == asks(one.position.stance)
                && meets(first.addressee.as_ref(), &one.addressee) != Some(false)
                && first.themes == one.themes
                && (!one.themes.is_empty() && prose::overlap(&first.stems, &one.stems) > 0.0
                    || prose::overlap(&first.stems, &one.stems) >= 0.6)
        });
        match same {
            Some(number) => demands[number].push(at),
            None => demands.push(vec![at]),
        }
    }
    let mut answers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, one) in positions.iter().enumerate() {
        if asks(one.position.stance) && one.position.answers.is_none() {
            continue;
        }
        let said = demands.iter().position(|of| {
            of.iter().any(|demand| one.position.answers == Some(positions[*demand].record.id))
        });
        let found = said.or_else(|| best_demand(&positions, &demands, one));
        if let Some(number) = found.filter(|number| !demands[*number].contains(&at)) {
            answers.entry(number).or_default().push(at);
        }
    }
    let mut threads: Vec<Thread> = demands
        .iter()
        .enumerate()
        .filter(|(number, demand)| answers.contains_key(number) || asks(positions[demand[0]].position.stance))
        .map(|(number, demand)| {
            let mut of = answers.get(&number).cloned().unwrap_or_default();
            of.sort_by_key(|at| {
                (positions[*at].order.0.is_none(), positions[*at].order, positions[*at].record.id)
            });
            let first = &positions[demand[0]];
            let topic =
                first.themes.iter().next().cloned().unwrap_or_else(|| first.position.content.text.clone());
            Thread {
                id: id_of(["thread", &first.record.id.to_string()]),
                topic,
                demand: demand.iter().map(|at| positions[*at].record.id).collect(),
                answers: of.into_iter().map(|at| positions[at].record.id).collect(),
            }
        })
        .collect();
    threads.sort_by(|one, two| one.id.cmp(&two.id));
    threads
}

fn read<'a>(held: &Held<'a>, record: &'a Record) -> Option<Stand<'a>> {
    let Body::Position(position) = &record.body else { return None };
    // An author's own demands are no party's, and other ages are no answer to today's.
    if record.voice != Voice::Report || record.epoch == Epoch::Historical {
        return None;
    }
    let day = held.day_of(record);
    let holder = side_of_party(position.holder.as_ref()?, held.relations, day.as_deref())?;
    let text = format!("{} {}", position.content.text, record.evidence.text);
    let list = WordList::new(&text);
    let parties = [position.holder.as_ref(), position.addressee.as_ref()];
    let named: Vec<&str> = parties.into_iter().flatten().map(|party| party.name()).collect();
    let document = held.document(record.document);
    let day = held
        .window(record)
        .and_then(|window| window.first)
        .or_else(|| crate::held::published(document).and_then(|it| it.first));
    Some(Stand {
        record,
        position,
        holder,
        joint: position.holder.as_ref().is_some_and(|it| it.actor.is_none() && it.name().contains(" and ")),
        addressee: position.addressee.as_ref().and_then(|party| side_of_party(party, held.relations, None)),
        themes: held.topics.themes(&list).iter().map(|topic| topic.name.clone()).collect(),
        stems: prose::content(held.telling, &position.content.text),
        named: prose::content(held.telling, &named.join(" ")),
        order: (day, held.rank(record.document), record.evidence.start_byte),
    })
}

/// Whether two sides are one; unknown where one is not known to the packs ("both sides", "the officers").
fn meets(one: Option<&Side>, two: &Option<Side>) -> Option<bool> {
    let (one, two) = (one?, two.as_ref()?);
    (one.key == two.key || one.actor.is_some() && two.actor.is_some()).then_some(one.key == two.key)
}

/// The demand that a position answers without its text saying so: of another side, on a common matter, not later than
/// the answer, and put to the side that answers. Where nobody says to whom it was put, only one of the same text.
fn best_demand(positions: &[Stand<'_>], demands: &[Vec<usize>], one: &Stand<'_>) -> Option<usize> {
    let stance = one.position.stance;
    let takes = matches!(stance, Stance::Refusal | Stance::Acceptance);
    let answers = takes || matches!(stance, Stance::Offer | Stance::Promise);
    if !answers || one.joint || one.position.answers.is_some() {
        return None;
    }
    let nouns: BTreeSet<String> =
        ["demands", "proposal", "offer", "request", "ultimatum"].map(prose::stem).into_iter().collect();
    let of_demands =
        one.stems.contains(&prose::stem("demands")) || one.stems.contains(&prose::stem("proposals"));
    demands
        .iter()
        .enumerate()
        .filter(|(_, of)| takes || asks(positions[of[0]].position.stance))
        .filter_map(|(number, of)| {
            let first = &positions[of[0]];
            let same_text = of.iter().any(|at| positions[*at].record.document == one.record.document);
            let earlier = match (first.order.0, one.order.0) {
                (Some(demand), Some(answer)) => demand <= answer,
                _ => same_text,
            };
            let to_holder = meets(one.addressee.as_ref(), &Some(first.holder.clone()));
            let to_answerer =
                of.iter().find_map(|at| meets(positions[*at].addressee.as_ref(), &Some(one.holder.clone())));
            let told = |of: &Stand<'_>| -> BTreeSet<String> {
                let parties = first.named.union(&one.named).chain(&nouns);
                let parties: BTreeSet<&String> = parties.collect();
                of.stems.iter().filter(|stem| !parties.contains(stem)).cloned().collect()
            };
            let (left, right) = (told(first), told(one));
            let shared = left.intersection(&right).count();
            let words = prose::overlap(&left, &right);
            let sides = to_holder == Some(true) || to_answerer == Some(true);
            let matter = words >= 0.5 && shared >= if sides { 1 } else { 2 };
            let open = to_holder != Some(false) && to_answerer != Some(false);
            let fits = first.holder.key != one.holder.key
                && earlier
                && open
                && (sides || same_text)
                && (matter || of_demands && to_holder == Some(true));
            let themes = first.themes.intersection(&one.themes).count();
            let score = words
                + themes as f64 * 0.5
                + f64::from(u8::from(to_holder == Some(true)))
                + f64::from(u8::from(to_answerer == Some(true))) * 0.5;
            fits.then_some((score, number))
        })
        .max_by(|one, two| one.0.total_cmp(&two.0).then(two.1.cmp(&one.1)))
        .map(|(_, number)| number)
}
