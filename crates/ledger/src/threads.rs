//! Threads: a demand and every answer to it, in order.

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
    themes: BTreeSet<String>,
    stems: BTreeSet<String>,
    /// Order in time, then in the text.
    order: (Option<demarche_record::Day>, usize, u32),
}

/// All threads that have an answer, and every demand without one as a thread of its own.
pub(crate) fn find(held: &Held<'_>) -> Vec<Thread> {
    let positions: Vec<Stand<'_>> = held.records.iter().filter_map(|record| read(held, record)).collect();
    let asks = |stance: Stance| matches!(stance, Stance::Demand | Stance::Request | Stance::Condition);
    // Demands of one side on one matter are one demand, however often they are told.
    let mut demands: Vec<Vec<usize>> = Vec::new();
    for (at, one) in positions.iter().enumerate().filter(|(_, one)| asks(one.position.stance)) {
        let same = demands.iter().position(|of| {
            let first = &positions[of[0]];
            first.holder.key == one.holder.key
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
        if let Some(number) = found {
            answers.entry(number).or_default().push(at);
        }
    }
    let mut threads: Vec<Thread> = demands
        .iter()
        .enumerate()
        .map(|(number, demand)| {
            let mut of = answers.remove(&number).unwrap_or_default();
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
    let document = held.document(record.document);
    let day = held
        .window(record)
        .and_then(|window| window.first)
        .or_else(|| crate::held::published(document).and_then(|it| it.first));
    Some(Stand {
        record,
        position,
        holder,
        addressee: position.addressee.as_ref().and_then(|party| side_of_party(party, held.relations, None)),
        themes: held.topics.themes(&list).iter().map(|topic| topic.name.clone()).collect(),
        stems: prose::content(held.telling, &position.content.text),
        order: (day, held.rank(record.document), record.evidence.start_byte),
    })
}

/// The demand that a position answers: of another side, on a common matter, not later than the answer.
fn best_demand(positions: &[Stand<'_>], demands: &[Vec<usize>], one: &Stand<'_>) -> Option<usize> {
    let answers = matches!(
        one.position.stance,
        Stance::Refusal | Stance::Acceptance | Stance::Offer | Stance::Promise | Stance::Denial
    );
    if !answers {
        return None;
    }
    let of_demands =
        one.stems.contains(&prose::stem("demands")) || one.stems.contains(&prose::stem("proposals"));
    demands
        .iter()
        .enumerate()
        .filter_map(|(number, of)| {
            let first = &positions[of[0]];
            let same_text = of.iter().any(|at| positions[*at].record.document == one.record.document);
            let earlier = match (first.order.0, one.order.0) {
                (Some(demand), Some(answer)) => demand <= answer,
                _ => same_text,
            };
            let to_holder = one.addressee.as_ref().is_some_and(|side| side.key == first.holder.key);
            let to_answerer = first.addressee.as_ref().is_some_and(|side| side.key == one.holder.key);
            let themes = first.themes.intersection(&one.themes).count();
            let words = prose::overlap(&first.stems, &one.stems);
            let matter = themes > 0 || words >= 0.5 || of_demands && to_holder;
            let fits = first.holder.key != one.holder.key && earlier && matter;
            let score = words
                + themes as f64 * 0.5
                + f64::from(u8::from(to_holder))
                + f64::from(u8::from(to_answerer)) * 0.5;
            fits.then_some((score, number))
        })
        .max_by(|one, two| one.0.total_cmp(&two.0).then(two.1.cmp(&one.1)))
        .map(|(_, number)| number)
}
