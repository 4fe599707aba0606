//! Compares the tellings of one encounter slot by slot, and opposed assertions about one event.
//!
//! Only what is anchored is compared: two tellings of one encounter, or two assertions with the same act, matter, day
//! and place. The default is to abstain. Every rule has an id, which stands in the comparison.

mod acts;
mod ahead;
mod amounts;
mod assertion;
mod counts;
mod dates;
mod denials;
mod heads;
mod labels;
mod leaders;
mod lists;
mod matters;
mod numbers;
mod only;
mod parallels;
mod people;
mod sayings;
mod sites;
mod slots;
mod spans;
mod telling;

use crate::held::{Held, published};
use crate::id_of;
use crate::sides::Side;
use demarche_record::{Comparison, DayRange, DocumentId, Encounter, Record, RecordId, Relation, Words};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use acts::acts;
pub(crate) use assertion::events;
pub(crate) use counts::counts;
pub(crate) use denials::reported;
pub(crate) use parallels::parallels;

/// One value that a telling gives for a slot, with the words and the record that carry it.
#[derive(Clone, Debug)]
pub(super) struct Said<T> {
    pub(super) value: T,
    pub(super) words: Words,
    pub(super) record: RecordId,
    pub(super) document: DocumentId,
    pub(super) teller: Side,
}

/// What a rule found about two values.
pub(super) struct Verdict {
    pub(super) relation: Relation,
    pub(super) topic: String,
    pub(super) why: String,
    pub(super) rule: &'static str,
}

/// All comparisons of all encounters.
pub(crate) fn encounters(held: &Held<'_>, encounters: &[Encounter]) -> Vec<Comparison> {
    let mut made = Vec::new();
    for (at, encounter) in encounters.iter().enumerate() {
        let accounts =
            encounter.accounts.iter().filter(|account| account.by.is_some() && !account.opinion).count();
        let mut documents: Vec<DocumentId> = encounter
            .mentions
            .iter()
            .filter_map(|id| held.record(*id))
            .map(|record| record.document)
            .collect();
        documents.dedup();
        if documents.len() < 2 && accounts < 1 {
            continue;
        }
        let tellings = telling::tellings(held, encounters, at);
        let mut found = Vec::new();
        slots::compare(held, encounter, &tellings, &mut found);
        assertion::compare(held, encounter, &tellings, &mut found);
        amounts::compare(held, encounter, &tellings, &mut found);
        heads::compare(held, encounter, &tellings, &mut found);
        people::compare(held, encounter, &tellings, &mut found);
        leaders::compare(held, encounter, &tellings, &mut found);
        spans::compare(held, encounter, &tellings, &mut found);
        dates::compare(held, encounter, &tellings, &mut found);
        ahead::compare(held, encounter, &mut found);
        numbers::compare(held, encounter, &tellings, &mut found);
        sites::compare(held, &tellings, &mut found);
        only::compare(held, encounter, &tellings, &mut found);
        sayings::compare(held, encounter, &mut found);
        matters::compare(held, encounter, &tellings, &mut found);
        let mut found = without_repeats(held, found);
        for comparison in &mut found {
            comparison.encounter = Some(encounter.id.clone());
            comparison.id = id_of([
                encounter.id.as_str(),
                &comparison.rule,
                &comparison.topic,
                comparison.relation.as_str(),
                &comparison.left.to_string(),
                &comparison.right.map(|id| id.to_string()).unwrap_or_default(),
                &comparison.left_words.as_ref().map(|words| words.start_byte.to_string()).unwrap_or_default(),
                &comparison
                    .right_words
                    .as_ref()
                    .map(|words| words.start_byte.to_string())
                    .unwrap_or_default(),
            ]);
        }
        made.extend(found);
    }
    made
}

/// Rows without those that another row of the encounter tells already: the same difference by a second rule, or "only one
/// side has it" of words that stand in a row with both sides.
fn without_repeats(held: &Held<'_>, found: Vec<Comparison>) -> Vec<Comparison> {
    let mut kept: Vec<Comparison> = Vec::new();
    let (single, both): (Vec<Comparison>, Vec<Comparison>) =
        found.into_iter().partition(|row| row.relation == Relation::OneSided);
    for row in both {
        let again = row.relation == Relation::Differs
            && kept.iter().any(|other| {
                let (known, wanted) = (ends(held, other), ends(held, &row));
                other.relation == row.relation
                    && wanted.iter().all(|end| known.iter().any(|it| meets(*end, *it)))
            });
        if !again {
            kept.push(row);
        }
    }
    let compared = |row: &Comparison| {
        ends(held, row).iter().any(|end| {
            kept.iter()
                .filter(|other| !matches!(other.rule.as_str(), "contact-same" | "says-so" | "tone"))
                .any(|other| ends(held, other).iter().any(|it| meets(*end, *it)))
        })
    };
    let single: Vec<Comparison> = single.into_iter().filter(|row| !compared(row)).collect();
    kept.extend(single);
    kept
}

/// The words of both sides of a row: document, first byte, end.
fn ends(held: &Held<'_>, row: &Comparison) -> Vec<(DocumentId, u32, u32)> {
    let right = row.right.zip(row.right_words.as_ref());
    let all = row.left_words.as_ref().map(|words| (row.left, words)).into_iter().chain(right);
    all.filter_map(|(id, words)| {
        held.record(id).map(|record| (record.document, words.start_byte, words.end_byte))
    })
    .collect()
}

fn meets(one: (DocumentId, u32, u32), two: (DocumentId, u32, u32)) -> bool {
    one.0 == two.0 && one.1 < two.2 && two.1 < one.2
}

/// Two values may be compared as two tellings: other tellers, and not copies of one text; where the text itself names two,
/// they stand in each copy.
pub(super) fn are_two(held: &Held<'_>, one: (&Side, DocumentId), two: (&Side, DocumentId)) -> bool {
    one.0.key != two.0.key && (one.1 == two.1 || held.group(one.1) != held.group(two.1))
}

pub(crate) fn official(side: &Side) -> bool {
    !side.key.starts_with("group ")
}

/// True if a text of somebody else tells what the teller said or did.
fn is_retold<T>(held: &Held<'_>, said: &Said<T>) -> bool {
    held.outlet(said.document).key != said.teller.key
        && held.record(said.record).is_some_and(|record| record.attribution.is_empty())
}

/// True if the later of two texts of an outlet takes back what the other says.
fn is_corrected(held: &Held<'_>, one: DocumentId, two: DocumentId) -> bool {
    let outlets = (&held.document(one).outlet, &held.document(two).outlet);
    let takes_back = |id: DocumentId| {
        let low = held.document(id).text.as_str().to_lowercase();
        let words = crate::prose::plain_words(&low);
        // "a correction of prices" takes nothing back.
        (0..words.len()).any(|at| {
            held.telling.correcting.begins(&words[at..]).is_some_and(|length| at == 0 || length > 1)
        })
    };
    one != two
        && outlets.0.is_some()
        && outlets.0 == outlets.1
        && is_later(held, one, two)
        && (takes_back(one) || takes_back(two))
}

/// The same teller at a later time: both are published on known, different days.
pub(super) fn is_later(held: &Held<'_>, one: DocumentId, two: DocumentId) -> bool {
    let day = |id: DocumentId| published(held.document(id)).and_then(|window| window.first);
    matches!((day(one), day(two)), (Some(one), Some(two)) if one != two)
}

/// True if two texts can tell of the same days: by the days they give, else by those on which they were published. A
/// text without a day of its own tells of the day on which it was published, or of the one before.
pub(super) fn same_days(
    held: &Held<'_>,
    one: (DocumentId, Option<DayRange>),
    two: (DocumentId, Option<DayRange>),
) -> bool {
    let published = |id: DocumentId| published(held.document(id));
    let soon = |told: DayRange, document: DocumentId| {
        let day = published(document).and_then(|window| window.first);
        day.zip(told.last).is_some_and(|(day, told)| (0..=1).contains(&told.days_to(day)))
    };
    match (one.1, two.1) {
        (Some(one), Some(two)) => one.overlaps(two),
        (Some(told), None) => soon(told, two.0),
        (None, Some(told)) => soon(told, one.0),
        (None, None) => published(one.0)
            .zip(published(two.0))
            .is_some_and(|(one, two)| one.first.is_some() && one.first == two.first),
    }
}

/// Applies a rule to every pair of values by different tellers, and keeps for each pair of tellers the weightiest
/// verdict: a difference before a refinement before agreement.
pub(super) fn pairs<T>(
    held: &Held<'_>,
    said: &[Said<T>],
    rule: impl Fn(&Said<T>, &Said<T>) -> Option<Verdict>,
    found: &mut Vec<Comparison>,
) {
    let mut best: BTreeMap<(String, String, String), (u8, Comparison)> = BTreeMap::new();
    for (at, one) in said.iter().enumerate() {
        for two in &said[at + 1..] {
            let same_teller = one.teller.key == two.teller.key && one.document != two.document;
            if !same_teller && !are_two(held, (&one.teller, one.document), (&two.teller, two.document)) {
                continue;
            }
            let Some(mut verdict) = rule(one, two) else { continue };
            if same_teller {
                // Who says the same twice agrees with nobody.
                let otherwise = verdict.relation == Relation::Differs && official(&one.teller);
                if !otherwise || !is_later(held, one.document, two.document) {
                    continue;
                }
                // What somebody promised or asked for in the contact itself, as two other outlets have it, was said once.
                let of_contact = verdict.rule == "amount" || verdict.rule.starts_with("assertion-");
                let outlets = held.document(one.document).outlet != held.document(two.document).outlet;
                if !(of_contact && outlets && is_retold(held, one) && is_retold(held, two)) {
                    verdict.relation = Relation::ChangedOverTime;
                    verdict.why =
                        format!("{} said otherwise at another time. {}", one.teller.name, verdict.why);
                }
            } else if verdict.relation == Relation::Differs && is_corrected(held, one.document, two.document)
            {
                verdict.relation = Relation::ChangedOverTime;
                verdict.why = format!("The outlet took back what it had written. {}", verdict.why);
            }
            let weight = match verdict.relation {
                Relation::Differs => 0,
                Relation::ChangedOverTime => 1,
                Relation::Refines => 2,
                _ => 3,
            };
            let key = (one.teller.key.clone(), two.teller.key.clone(), verdict.topic.clone());
            let row = comparison(verdict, (one.record, &one.words), Some((two.record, &two.words)));
            match best.get(&key) {
                Some((have, _)) if *have <= weight => {}
                _ => {
                    best.insert(key, (weight, row));
                }
            }
        }
    }
    // A matter on which two texts differ is one row, told by sides rather than by outlets.
    let home: BTreeMap<RecordId, DocumentId> = said.iter().map(|it| (it.record, it.document)).collect();
    let outlets = |key: &(String, String, String)| {
        usize::from(key.0.starts_with("group ")) + usize::from(key.1.starts_with("group "))
    };
    let mut rows: Vec<(usize, Comparison)> =
        best.into_iter().map(|(key, (_, row))| (outlets(&key), row)).collect();
    rows.sort_by_key(|(outlets, _)| *outlets);
    let mut told: BTreeSet<(DocumentId, Option<DocumentId>, String)> = BTreeSet::new();
    for (_, row) in rows {
        let texts = [home[&row.left]].into_iter().chain(row.right.map(|id| home[&id]));
        let mut texts: Vec<DocumentId> = texts.collect();
        texts.sort();
        let two = texts.len() == 2 && texts[0] != texts[1];
        let key = (texts[0], texts.get(1).copied(), row.topic.clone());
        if row.relation != Relation::Differs || !two || told.insert(key) {
            found.push(row);
        }
    }
}

pub(super) fn comparison(
    verdict: Verdict,
    left: (RecordId, &Words),
    right: Option<(RecordId, &Words)>,
) -> Comparison {
    Comparison {
        id: String::new(),
        encounter: None,
        topic: verdict.topic,
        relation: verdict.relation,
        left: left.0,
        right: right.map(|it| it.0),
        left_words: Some(left.1.clone()),
        right_words: right.map(|it| it.1.clone()),
        why: verdict.why,
        rule: verdict.rule.to_owned(),
    }
}

/// The words of a record that say what it is about.
pub(super) fn matter(record: &Record) -> Vec<&Words> {
    use demarche_record::Body;
    match &record.body {
        Body::Quotation(it) => it.content.iter().collect(),
        Body::Position(it) => vec![&it.content],
        Body::Forecast(it) => vec![&it.content],
        _ => vec![&record.evidence],
    }
}

/// True if a row shows a difference of the same two texts already, about the same words of one of them.
pub(super) fn is_told(held: &Held<'_>, row: &Comparison, new: &Comparison) -> bool {
    if row.relation != new.relation {
        return false;
    }
    let (known, wanted) = (ends(held, row), ends(held, new));
    let documents = |ends: &[(DocumentId, u32, u32)]| -> BTreeSet<DocumentId> {
        ends.iter().map(|(document, ..)| *document).collect()
    };
    documents(&known) == documents(&wanted)
        && wanted.iter().any(|end| known.iter().any(|it| meets(*end, *it)))
}
