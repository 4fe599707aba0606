//! One act told by one text and denied by another, or told of two actors, outside of contacts too: "released the son" /
//! "had not released him"; "soldiers burned the village" / "rebels, not soldiers, burned it".
//!
//! Read from event records, in which pronouns are resolved. Two are compared only if the same verb was done to the same
//! named thing within the same days, by two independent texts.

use super::{Verdict, are_two, comparison, is_told, same_days};
use crate::held::Held;
use crate::id_of;
use crate::prose;
use crate::sides::{Match, Side, same_party};
use demarche_record::{Body, Comparison, DayRange, Epoch, Event, Party, Record, Relation, Status, Voice};
use std::collections::{BTreeMap, BTreeSet};

/// Acts on one thing that meet each other; more would be a flood of one wire text.
const MOST: usize = 60;
/// Common share of the words for the thing.
const SAME: f64 = 0.6;

struct Act<'a> {
    record: &'a Record,
    actors: Vec<&'a Party>,
    /// Stems of what it was done to, and where.
    matter: BTreeSet<String>,
    denied: bool,
    /// Stems of those who are said not to have been it.
    excluded: BTreeSet<String>,
    window: Option<DayRange>,
    teller: Side,
}

/// All such differences that no row has yet.
pub(crate) fn acts(held: &Held<'_>, rows: &[Comparison]) -> Vec<Comparison> {
    let mut by_name: BTreeMap<(String, String), Vec<Act<'_>>> = BTreeMap::new();
    for record in &held.records {
        let Body::Event(event) = &record.body else { continue };
        let told = record.voice == Voice::Report
            && record.epoch == Epoch::Current
            && matches!(record.status, Status::Occurred | Status::Ongoing | Status::Denied);
        let verb = event.trigger.text.split_whitespace().next().unwrap_or("").to_lowercase();
        if !told || event.recipient.is_empty() || verb.is_empty() {
            continue;
        }
        for name in names(held, event) {
            let act = read(held, record, event);
            by_name.entry((held.stem(&verb), name)).or_default().push(act);
        }
    }
    let mut found: BTreeMap<String, Comparison> = BTreeMap::new();
    for acts in by_name.into_values() {
        for (at, one) in acts.iter().enumerate() {
            for two in acts[at + 1..].iter().take(MOST) {
                let Some(verdict) = relate(held, one, two) else { continue };
                let (left, right) = (&one.record.evidence, &two.record.evidence);
                let mut row = comparison(verdict, (one.record.id, left), Some((two.record.id, right)));
                if rows.iter().any(|other| is_told(held, other, &row)) {
                    continue;
                }
                row.id = id_of(["act", &row.rule, &one.record.id.to_string(), &two.record.id.to_string()]);
                found.insert(row.id.clone(), row);
            }
        }
    }
    found.into_values().collect()
}

fn read<'a>(held: &Held<'a>, record: &'a Record, event: &'a Event) -> Act<'a> {
    let things = event.recipient.iter().map(Party::name);
    let places = record.places.iter().map(|place| place.words.text.as_str());
    let matter = things.chain(places).flat_map(|name| prose::content(held.telling, name)).collect();
    let excluded = excluded(held, &record.evidence.text);
    // "Rebels, not soldiers, burned it": the tree may take both for actors.
    let actors: Vec<&Party> = event
        .actor
        .iter()
        .filter(|party| {
            let stems = prose::content(held.telling, party.name());
            stems.is_empty() || !stems.is_subset(&excluded)
        })
        .collect();
    Act {
        record,
        actors,
        matter,
        denied: record.status == Status::Denied,
        excluded,
        window: held.told_window(record),
        teller: held.teller(record),
    }
}

/// Names of the things and people to whom it was done, as stems.
fn names(held: &Held<'_>, event: &Event) -> BTreeSet<String> {
    event
        .recipient
        .iter()
        .flat_map(|party| {
            let capital = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().count() > 2;
            party.name().split(|it: char| !it.is_alphanumeric() && it != '-').filter(capital)
        })
        .map(|word| prose::stem(&word.to_lowercase()))
        .filter(|stem| held.telling.is_content(stem))
        .collect()
}

/// "…, not soldiers, …": those who are said not to have been it.
fn excluded(held: &Held<'_>, text: &str) -> BTreeSet<String> {
    text.split(',')
        .skip(1)
        .filter_map(|part| part.trim().strip_prefix("not "))
        .filter(|part| part.split_whitespace().count() <= 5)
        .flat_map(|name| prose::content(held.telling, name))
        .collect()
}

fn relate(held: &Held<'_>, one: &Act<'_>, two: &Act<'_>) -> Option<Verdict> {
    let (first, second) = (one.record.document, two.record.document);
    if first == second
        || !are_two(held, (&one.teller, first), (&two.teller, second))
        || prose::overlap(&one.matter, &two.matter) < SAME
        || !same_days(held, (first, one.window), (second, two.window))
    {
        return None;
    }
    let day = held.day_of(one.record);
    let silent = one.actors.is_empty() || two.actors.is_empty();
    let common = one.actors.iter().any(|party| {
        two.actors.iter().any(|other| {
            same_party(party, other, held.relations, day.as_deref()) != Match::No
                || !prose::content(held.telling, party.name())
                    .is_disjoint(&prose::content(held.telling, other.name()))
        })
    });
    if one.denied != two.denied {
        return (silent || common).then(|| Verdict {
            relation: Relation::Differs,
            topic: label(held, one, two),
            why: "One tells it as a fact, the other denies it.".to_owned(),
            rule: "act-denied",
        });
    }
    let other_stems = |act: &Act<'_>| -> BTreeSet<String> {
        act.actors.iter().flat_map(|party| prose::content(held.telling, party.name())).collect()
    };
    let contrast =
        !one.excluded.is_disjoint(&other_stems(two)) || !two.excluded.is_disjoint(&other_stems(one));
    (!one.denied && !silent && !common && contrast).then(|| Verdict {
        relation: Relation::Differs,
        topic: label(held, one, two),
        why: "The same act is told of two actors, and a text rules one of them out.".to_owned(),
        rule: "act-who",
    })
}

fn label(held: &Held<'_>, one: &Act<'_>, two: &Act<'_>) -> String {
    let shared: BTreeSet<String> = one.matter.intersection(&two.matter).cloned().collect();
    let name = |act: &Act<'_>| -> String {
        let Body::Event(event) = &act.record.body else { return String::new() };
        event.recipient.iter().map(Party::name).collect::<Vec<_>>().join(", ")
    };
    super::labels::shared(held, &shared, &name(one), &name(two)).unwrap_or_else(|| "the act".to_owned())
}
