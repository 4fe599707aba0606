//! Scores deployments: JSON lines `{"id", "text", "deployments": [{"evidence", "force", "action", "unit", "quantity": [low, high],
//! "destination", "origin", "status", "optional"}]}`, words as they stand in the text.
//!
//! A row is found by a record whose evidence shares words with the row's, that counts the same (a bound in common, or no number on
//! either side; "several hundred" is none) and names the same unit (a word in common) or, where one side names no unit, the same
//! force or place. One to one; a record
//! on an optional row counts nowhere. Slots are those of required rows that were found: right when gold's words and the record's
//! share one beyond small words, *gold* and *system* counting the rows where each gives one; words that one side gives alone are
//! wrong.

use super::{Counts, Options, Report, engine_kit};
use anyhow::{Context, Result};
use demarche_extract::extract;
use demarche_language::analyse;
use demarche_pack::world::fold;
use demarche_record::{Body, Deployment, Record, Status};
use demarche_source::{Hints, read};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A required or optional row of gold.
struct Row<'a> {
    start: usize,
    end: usize,
    gold: &'a Value,
}

impl Row<'_> {
    fn words(&self, slot: &str) -> BTreeSet<String> {
        words(self.gold[slot].as_str().unwrap_or_default())
    }
    fn optional(&self) -> bool {
        self.gold["optional"].as_bool() == Some(true)
    }
    fn bounds(&self) -> Vec<f64> {
        self.gold["quantity"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
    }
}

/// What a record gives in each slot, as words.
struct Told {
    start: usize,
    end: usize,
    status: Status,
    action: &'static str,
    bounds: Vec<f64>,
    /// "several hundred", "dozens".
    vague: bool,
    force: BTreeSet<String>,
    unit: BTreeSet<String>,
    destination: BTreeSet<String>,
    origin: BTreeSet<String>,
    evidence: String,
}

const SMALL: &[&str] = &["the", "a", "an", "of", "and", "in", "its", "their", "his", "at", "on", "to", "s"];

/// Scores the file.
pub fn run(options: &Options) -> Result<Report> {
    let kit = engine_kit(options)?;
    let text = std::fs::read_to_string(&options.path)
        .with_context(|| format!("reading {}", options.path.display()))?;
    let mut found = Counts::default();
    let mut slots = SLOTS.map(|name| (name, Counts::default()));
    let (mut absorbed, mut remarks) = (0, Vec::new());
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let case: Value = serde_json::from_str(line)
            .with_context(|| format!("{}:{}", options.path.display(), number + 1))?;
        let id = case["id"].as_str().unwrap_or_default();
        let told = case["text"].as_str().unwrap_or_default();
        let rows = rows(&case).with_context(|| format!("{}: {id}", options.path.display()))?;
        let hints = Hints::named(format!("{id}.txt"));
        let analysis = analyse(Arc::new(read(told.as_bytes(), &hints, &kit.pack)?), &kit);
        let records: Vec<Told> = extract(&analysis, &kit.pack, "score").iter().filter_map(Told::of).collect();
        let pairs = matching(&rows, &records);
        let on_optional = pairs.iter().filter(|(row, _)| rows[*row].optional()).count();
        absorbed += on_optional;
        found.add(Counts {
            gold: rows.iter().filter(|row| !row.optional()).count(),
            system: records.len() - on_optional,
            right: pairs.len() - on_optional,
        });
        for (row, record) in pairs.iter().filter(|(row, _)| !rows[*row].optional()) {
            for (name, counts) in &mut slots {
                let one = slot(name, &rows[*row], &records[*record]);
                if one.right < one.gold.max(one.system) {
                    let row = &rows[*row];
                    let found = records[*record].words(name);
                    remarks.push(format!(
                        "{id}: {name}: wanted {}, found {found}: {}",
                        row.gold[*name], row.gold["evidence"]
                    ));
                }
                counts.add(one);
            }
        }
        for (at, row) in rows.iter().enumerate() {
            if !row.optional() && !pairs.iter().any(|(row, _)| *row == at) {
                let gold = row.gold;
                remarks.push(format!(
                    "{id}: missed {} {} {}: {}",
                    gold["action"], gold["unit"], gold["quantity"], gold["evidence"]
                ));
            }
        }
        for (at, record) in records.iter().enumerate() {
            if !pairs.iter().any(|(_, record)| *record == at) {
                let Told { action, unit, bounds, evidence, .. } = record;
                remarks.push(format!("{id}: not in gold: {action} {unit:?} {bounds:?}: {evidence:?}"));
            }
        }
    }
    remarks.truncate(options.errors);
    remarks.push(format!("{absorbed} records lie on optional rows and count nowhere."));
    let rows = std::iter::once(("deployments".to_owned(), found))
        .chain(slots.into_iter().map(|(name, counts)| (format!("slot: {name}"), counts)))
        .map(|(name, counts)| (name, counts.cells()));
    Ok(Report {
        title: "Deployments".to_owned(),
        columns: Counts::COLUMNS.to_vec(),
        rows: rows.collect(),
        remarks,
    })
}

const SLOTS: [&str; 6] = ["force", "action", "unit", "destination", "origin", "status"];

/// The rows of a case with the bytes of their evidence, which must be words of the text.
fn rows(case: &Value) -> Result<Vec<Row<'_>>> {
    let text = case["text"].as_str().unwrap_or_default();
    let gold = case["deployments"].as_array().into_iter().flatten();
    gold.map(|gold| {
        let evidence = gold["evidence"].as_str().unwrap_or_default();
        let start = text.find(evidence).with_context(|| format!("not in the text: {evidence:?}"))?;
        Ok(Row { start, end: start + evidence.len(), gold })
    })
    .collect()
}

impl Told {
    fn of(record: &Record) -> Option<Told> {
        let Body::Deployment(Deployment { force, action, unit, quantity, origin, destination }) =
            &record.body
        else {
            return None;
        };
        let evidence = &record.evidence;
        let place = |place: &Option<demarche_record::Place>| {
            words(place.as_ref().map(|it| it.words.text.as_str()).unwrap_or_default())
        };
        let mut party = BTreeSet::new();
        if let Some(force) = force {
            party.extend(words(force.words.as_ref().map(|it| it.text.as_str()).unwrap_or_default()));
            party.extend(words(force.name()));
        }
        Some(Told {
            start: evidence.start_byte as usize,
            end: evidence.end_byte as usize,
            status: record.status,
            action: action.as_str(),
            bounds: quantity.iter().flat_map(|it| [it.low, it.high]).flatten().collect(),
            vague: quantity
                .as_ref()
                .is_some_and(|it| it.low.zip(it.high).is_some_and(|(low, high)| high >= 2.0 * low)),
            force: party,
            unit: words(unit.as_ref().map(|it| it.text.as_str()).unwrap_or_default()),
            destination: place(destination),
            origin: place(origin),
            evidence: evidence.text.clone(),
        })
    }
}

impl Told {
    /// What the record gives in a slot, for people.
    fn words(&self, slot: &str) -> String {
        let words = match slot {
            "action" => return self.action.to_owned(),
            "status" => return self.status.to_string(),
            "force" => &self.force,
            "unit" => &self.unit,
            "destination" => &self.destination,
            _ => &self.origin,
        };
        words.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// Pairs of row and record, best first: by unit, shared evidence, force, place and action; required rows before
/// optional ones.
fn matching(rows: &[Row<'_>], records: &[Told]) -> Vec<(usize, usize)> {
    let mut fits: Vec<(f64, usize, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for (number, record) in records.iter().enumerate() {
            fits.extend(fit(row, record).map(|fit| (fit, at, number)));
        }
    }
    fits.sort_by(|one, two| {
        two.0
            .total_cmp(&one.0)
            .then(rows[one.1].optional().cmp(&rows[two.1].optional()))
            .then((one.1, one.2).cmp(&(two.1, two.2)))
    });
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, row, record) in fits {
        if pairs.iter().all(|pair| pair.0 != row && pair.1 != record) {
            pairs.push((row, record));
        }
    }
    pairs
}

/// How well a record tells a row; `None` where it tells something else.
fn fit(row: &Row<'_>, record: &Told) -> Option<f64> {
    let common = row.end.min(record.end).checked_sub(row.start.max(record.start)).filter(|it| *it > 0)?;
    let bounds = row.bounds();
    let counted = match (bounds.is_empty(), record.bounds.is_empty()) {
        (true, true) => true,
        (false, false) => record.bounds.iter().any(|bound| bounds.contains(bound)),
        (true, false) => record.vague,
        (false, true) => false,
    };
    let share = |one: &BTreeSet<String>, two: &BTreeSet<String>| one.intersection(two).next().is_some();
    let (unit, force) = (row.words("unit"), row.words("force"));
    let same_unit = share(&unit, &record.unit);
    let same_force = share(&force, &record.force) || force.is_empty() && record.force.is_empty();
    let open = unit.is_empty() || record.unit.is_empty();
    let places = ["destination", "origin"].into_iter().zip([&record.destination, &record.origin]);
    let same = places.filter(|(name, own)| share(&row.words(name), own)).count();
    if !counted || !same_unit && !(open && (same_force || same > 0)) {
        return None;
    }
    let action = row.gold["action"] == record.action;
    Some(
        if same_unit { 4.0 } else { 0.0 }
            + 2.0 * common as f64 / (row.end - row.start) as f64
            + if same_force { 1.0 } else { 0.0 }
            + same as f64
            + if action { 0.5 } else { 0.0 },
    )
}

fn slot(name: &str, row: &Row<'_>, record: &Told) -> Counts {
    let one = |right: bool| Counts { gold: 1, system: 1, right: usize::from(right) };
    let own = match name {
        "action" => return one(row.gold[name] == record.action),
        "status" => return one(row.gold[name] == record.status.as_str()),
        "force" => &record.force,
        "unit" => &record.unit,
        "destination" => &record.destination,
        _ => &record.origin,
    };
    let gold = row.words(name);
    Counts {
        gold: usize::from(!gold.is_empty()),
        system: usize::from(!own.is_empty()),
        right: usize::from(gold.intersection(own).next().is_some()),
    }
}

/// The words of a phrase without case and small words.
fn words(phrase: &str) -> BTreeSet<String> {
    let folded = fold(phrase);
    let parts = folded.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    let kept = parts.filter(|word| !word.is_empty() && !SMALL.contains(word)).map(str::to_owned);
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(unit: &str, bounds: &[f64]) -> Told {
        Told {
            start: 0,
            end: 40,
            status: Status::Occurred,
            action: "send",
            bounds: bounds.to_vec(),
            vague: false,
            force: words("Kenya"),
            unit: words(unit),
            destination: words("Haiti"),
            origin: BTreeSet::new(),
            evidence: String::new(),
        }
    }

    #[test]
    fn another_number_or_another_unit_is_another_deployment() {
        let gold = json!({
            "evidence": "Kenya sent 300 police officers to Haiti", "force": "Kenya", "unit": "police officers",
            "quantity": [300, null], "destination": "Haiti",
        });
        let row = Row { start: 0, end: 39, gold: &gold };
        assert!(fit(&row, &told("officers", &[300.0, 300.0])).is_some());
        assert_eq!(fit(&row, &told("officers", &[30.0, 30.0])), None);
        assert_eq!(fit(&row, &told("officers", &[])), None);
        assert_eq!(fit(&row, &told("helicopters", &[300.0])), None);
        assert!(fit(&row, &told("", &[300.0])).is_some(), "the force is the same");
        let away = Told { start: 40, end: 60, ..told("officers", &[300.0]) };
        assert_eq!(fit(&row, &away), None, "evidence elsewhere");
    }

    #[test]
    fn one_record_finds_one_row() {
        let gold = json!({ "unit": "two frigates", "quantity": [2, 2], "force": "Kenya" });
        let optional =
            json!({ "unit": "two frigates", "quantity": [2, 2], "force": "Kenya", "optional": true });
        let row = |gold| Row { start: 0, end: 40, gold };
        let rows = [row(&optional), row(&gold)];
        assert_eq!(matching(&rows, &[told("frigates", &[2.0])]), [(1, 0)], "the required row comes first");
        assert_eq!(matching(&rows, &[told("frigates", &[2.0]), told("frigates", &[2.0])]).len(), 2);
    }
}
