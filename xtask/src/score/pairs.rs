//! Scores pairs of short accounts: one encounter or two, and where do the two tellings differ?
//!
//! Path: JSON lines `{"id", "a", "b", "gold": {"same_encounter", "comparisons": [{"relation", "a_text", "b_text", "optional",
//! "accept_relation"}]}}`. Both texts are read by the whole pipeline. A predicted comparison fits a gold one when the relation is
//! equal (or accepted) and on both sides at least half of the shorter side's words are shared, small words left out, and a number
//! if both have numbers; an empty side fits only an empty side (for `says-so-itself` it may be filled).

use super::{Counts, Options, Report};
use anyhow::{Context, Result};
use demarche::{Declared, Engine, Hints};
use demarche_record::{Comparison, DocumentId, Ledger, Record, RecordId, Relation};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

const SMALL: &[&str] = &[
    "the", "a", "an", "of", "on", "in", "at", "to", "for", "and", "or", "with", "by", "from", "as", "is",
    "was", "were", "are", "be", "been", "had", "has", "have", "that", "this", "which", "who", "it", "its",
    "he", "she", "they", "his", "her", "their", "also", "not",
];

/// What the program says of one pair: words on the side of a and of b.
struct Row {
    relation: Relation,
    a: Option<String>,
    b: Option<String>,
}

/// Scores the file.
pub fn run(options: &Options) -> Result<Report> {
    let text = std::fs::read_to_string(&options.path)
        .with_context(|| format!("reading {}", options.path.display()))?;
    let engine = Engine::builtin()?;
    let mut same = Counts::default();
    let (mut asked, mut decided, mut merges) = (0, 0, 0);
    let mut counts: BTreeMap<Relation, Counts> = BTreeMap::new();
    let (mut shown, mut remarks) = (0, Vec::new());
    let mut pairs = 0;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)
            .with_context(|| format!("{}:{}", options.path.display(), number + 1))?;
        pairs += 1;
        let id = row["id"].as_str().unwrap_or_default().to_owned();
        let gold = if row["gold"].is_object() { &row["gold"] } else { &row };
        let (linked, rows) = answer(&engine, &row, &id)?;
        if let Some(want) = gold["same_encounter"].as_bool() {
            asked += 1;
            decided += usize::from(want == linked);
            same.add(Counts {
                gold: usize::from(want),
                system: usize::from(linked),
                right: usize::from(want && linked),
            });
            if linked && !want {
                merges += 1;
                remarks.push(format!("wrong merge: {id}"));
            } else if want && !linked {
                remarks.push(format!("not joined: {id}"));
            }
        }
        let empty = Vec::new();
        let wanted = gold["comparisons"].as_array().unwrap_or(&empty);
        let found = matching(wanted, &rows);
        for (at, row) in rows.iter().enumerate() {
            let again = found
                .iter()
                .any(|(gold, _)| accepts(&wanted[*gold], row.relation) && fit(&wanted[*gold], row) > 0.0);
            let optional = wanted.iter().any(|gold| {
                let free = gold["optional"].as_bool() == Some(true);
                free && relation(gold) == Some(row.relation) && fit(gold, row) > 0.0
            });
            if !found.iter().any(|(_, row)| *row == at) && !again && !optional {
                counts.entry(row.relation).or_default().system += 1;
                remarks.push(format!("wrong {}: {id}: {:?} / {:?}", row.relation, row.a, row.b));
            }
        }
        for (at, gold) in
            wanted.iter().enumerate().filter(|(_, gold)| gold["optional"].as_bool() != Some(true))
        {
            let Some(relation) = relation(gold) else { continue };
            let right = found.iter().any(|(gold, _)| *gold == at);
            counts.entry(relation).or_default().add(Counts {
                gold: 1,
                system: usize::from(right),
                right: usize::from(right),
            });
            if relation == Relation::Differs {
                let any = rows.iter().any(|row| {
                    matches!(row.relation, Relation::Differs | Relation::SideBySide | Relation::SaysSoItself)
                        && fit(gold, row) > 0.0
                });
                shown += usize::from(right || any);
            }
            if !right {
                remarks.push(format!("missed {relation}: {id}: {} / {}", gold["a_text"], gold["b_text"]));
            }
        }
    }
    let mut rows = vec![("same encounter".to_owned(), same.cells())];
    rows.extend(counts.iter().map(|(relation, counts)| (relation.to_string(), counts.cells())));
    remarks.sort();
    remarks.truncate(options.errors);
    let differs = counts.get(&Relation::Differs).copied().unwrap_or_default();
    remarks.push(format!(
        "{pairs} pairs; same encounter or not: {decided} of {asked} right, {merges} wrong merges"
    ));
    remarks.push(format!(
        "gold differences shown in any way: {shown} of {}; false differs: {}",
        differs.gold,
        differs.system - differs.right
    ));
    Ok(Report {
        title: format!("Pairs of accounts, {}", options.path.display()),
        columns: Counts::COLUMNS.to_vec(),
        rows,
        remarks,
    })
}

/// Reads both texts and compares them.
fn answer(engine: &Engine, row: &Value, id: &str) -> Result<(bool, Vec<Row>)> {
    let mut documents = Vec::new();
    let mut records: Vec<Record> = Vec::new();
    for side in ["a", "b"] {
        let given = &row[side];
        let text = given["text"].as_str().or(given.as_str()).unwrap_or_default();
        let mut hints = Hints::named(format!("{id}-{side}.txt"));
        hints.declared = Declared {
            published: given["date"].as_str().map(str::to_owned),
            outlet: given["outlet"].as_str().map(str::to_owned),
            ..Declared::default()
        };
        let document =
            Arc::new(engine.read(text.as_bytes(), &hints).with_context(|| format!("reading pair {id}"))?);
        let told = engine.tell(document.clone());
        documents.push(document);
        records.extend(told.records);
    }
    let ledger = engine.ledger(&documents, &records);
    let side = |record: RecordId| records.iter().find(|it| it.id == record).map(|it| it.document);
    Ok((linked(&ledger, &documents[0].id, &documents[1].id, side), rows(&ledger, &records, documents[0].id)))
}

fn linked(
    ledger: &Ledger,
    a: &DocumentId,
    b: &DocumentId,
    side: impl Fn(RecordId) -> Option<DocumentId>,
) -> bool {
    ledger.encounters.iter().any(|encounter| {
        let sides: Vec<DocumentId> = encounter.mentions.iter().filter_map(|id| side(*id)).collect();
        sides.contains(a) && sides.contains(b)
    })
}

fn rows(ledger: &Ledger, records: &[Record], a: DocumentId) -> Vec<Row> {
    let place = |id: RecordId, words: &Option<demarche_record::Words>| {
        let record = records.iter().find(|it| it.id == id)?;
        let text = words.as_ref().map_or_else(|| record.evidence.text.clone(), |words| words.text.clone());
        Some((record.document == a, text))
    };
    let row = |comparison: &Comparison| {
        let mut row = Row { relation: comparison.relation, a: None, b: None };
        let sides = [
            Some(comparison.left).and_then(|id| place(id, &comparison.left_words)),
            comparison.right.and_then(|id| place(id, &comparison.right_words)),
        ];
        for (is_a, text) in sides.into_iter().flatten() {
            let side = if is_a { &mut row.a } else { &mut row.b };
            *side = Some(side.take().map_or(text.clone(), |before| format!("{before} {text}")));
        }
        row
    };
    ledger.comparisons.iter().map(row).collect()
}

fn relation(gold: &Value) -> Option<Relation> {
    Relation::parse(gold["relation"].as_str()?)
}

fn accepts(gold: &Value, relation_found: Relation) -> bool {
    let further = gold["accept_relation"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter_map(Relation::parse);
    relation(gold).into_iter().chain(further).any(|it| it == relation_found)
}

/// One to one, exact relations first, best overlap first.
fn matching(wanted: &[Value], rows: &[Row]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for exact in [true, false] {
        let mut candidates: Vec<(f64, bool, usize, usize)> = Vec::new();
        for (gold_at, gold) in wanted.iter().enumerate() {
            for (at, row) in rows.iter().enumerate() {
                let right =
                    if exact { relation(gold) == Some(row.relation) } else { accepts(gold, row.relation) };
                let overlap = if right { fit(gold, row) } else { 0.0 };
                if overlap > 0.0 {
                    candidates.push((overlap, gold["optional"].as_bool() != Some(true), gold_at, at));
                }
            }
        }
        candidates.sort_by(|one, two| {
            two.0.total_cmp(&one.0).then(two.1.cmp(&one.1)).then(one.2.cmp(&two.2)).then(one.3.cmp(&two.3))
        });
        for (_, _, gold, row) in candidates {
            if !found.iter().any(|it| it.0 == gold || it.1 == row) {
                found.push((gold, row));
            }
        }
    }
    found
}

fn fit(gold: &Value, row: &Row) -> f64 {
    let (a, b) = (gold["a_text"].as_str(), gold["b_text"].as_str());
    if relation(gold) == Some(Relation::SaysSoItself) {
        let sides: Vec<f64> = [(a, &row.a), (b, &row.b)]
            .into_iter()
            .filter(|it| it.0.is_some())
            .map(|(gold, found)| side_fit(gold, found))
            .collect();
        return if sides.is_empty() || sides.contains(&0.0) { 0.0 } else { sides.iter().sum::<f64>() + 1.0 };
    }
    let (a, b) = (side_fit(a, &row.a), side_fit(b, &row.b));
    if a > 0.0 && b > 0.0 { a + b } else { 0.0 }
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let all: Vec<String> = text
        .split(|it: char| !it.is_alphanumeric() && it != '\'' && it != '’')
        .map(|word| word.trim_matches(['\'', '’']).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let kept: Vec<&String> = all.iter().filter(|word| !SMALL.contains(&word.as_str())).collect();
    let mut counts = BTreeMap::new();
    for word in if kept.is_empty() { all.iter().collect() } else { kept } {
        *counts.entry(word.clone()).or_default() += 1;
    }
    counts
}

fn side_fit(gold: Option<&str>, found: &Option<String>) -> f64 {
    let (Some(gold), Some(found)) = (gold.filter(|it| !it.is_empty()), found.as_deref()) else {
        return if gold.is_none_or(str::is_empty) && found.is_none() { 1.0 } else { 0.0 };
    };
    let (one, two) = (words(gold), words(found));
    let common: usize =
        one.iter().filter_map(|(word, count)| two.get(word).map(|other| (*count).min(*other))).sum();
    let least = one.values().sum::<usize>().min(two.values().sum());
    let numbers = |words: &BTreeMap<String, usize>| {
        words.keys().filter(|word| word.chars().any(|it| it.is_ascii_digit())).cloned().collect::<Vec<_>>()
    };
    let (first, second) = (numbers(&one), numbers(&two));
    let other_number = !first.is_empty() && !second.is_empty() && !first.iter().any(|it| second.contains(it));
    if least == 0 || 2 * common < least || other_number { 0.0 } else { common as f64 / least as f64 }
}
