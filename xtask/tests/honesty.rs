//! No sentence may be told as having happened when it only might, was denied, was called off or is long past: reads
//! the development sentences of `corpus/honesty` and counts those of which a record asserts more than they say.
//!
//! The rules are those of the scorer of sentences, as far as they concern what is asserted: a record of the wanted
//! kind with an assertive status or as current where the sentence allows neither; a contact, deployment or event on
//! the words that must not be asserted; a record of hearsay without anybody who vouches for it.

use demarche::{Engine, Hints};
use demarche_record::{Body, Epoch, Kind, Record, Status, Voice, Words};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// Each part with the most sentences in a hundred of which more may be asserted than they say (it only falls), and the
/// least with a record of the wanted kind (it only rises).
const PARTS: &[(&str, f64, f64)] = &[
    ("sentences-dev.jsonl", 1.0, 92.0),
    ("sentences-dev2.jsonl", 2.0, 87.0),
    ("sentences-dev3.jsonl", 4.0, 87.0),
    ("sentences-dev4.jsonl", 2.0, 93.0),
];

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// The right values of a key with the accepted ones.
fn right(gold: &Value, key: &str) -> Vec<String> {
    let mut all = strings(&gold[key]);
    all.extend(strings(&gold[format!("accept_{key}")]));
    all
}

fn assertive(record: &Record) -> bool {
    matches!(record.status, Status::Occurred | Status::Ongoing)
}

/// True if somebody is named who vouches for the record.
fn vouched(record: &Record) -> bool {
    let own = match &record.body {
        Body::Quotation(it) => it.speaker.is_some(),
        Body::Position(it) => it.holder.is_some(),
        Body::Forecast(it) => it.forecaster.is_some(),
        _ => false,
    };
    own || !record.attribution.is_empty()
}

/// True if the words by which a record is known stand in a stretch of bytes.
fn stands_in(record: &Record, start: usize, end: usize) -> bool {
    let inside = |words: &Words| (words.start_byte as usize) < end && start < words.end_byte as usize;
    match &record.body {
        Body::Contact(it) => inside(&it.trigger),
        Body::Event(it) => inside(&it.trigger),
        Body::Deployment(it) => {
            let mut own = it.unit.iter().chain(it.quantity.iter().map(|it| &it.words)).peekable();
            if own.peek().is_some() { own.any(inside) } else { inside(&record.evidence) }
        }
        _ => false,
    }
}

fn faults(text: &str, gold: &Value, records: &[Record]) -> Vec<String> {
    let wanted = strings(&gold["kind"]);
    let mut faults = Vec::new();
    for record in records.iter().filter(|record| record.voice != Voice::Furniture) {
        let kind = record.body.kind();
        let current = record.epoch == Epoch::Current;
        let happening = matches!(kind, Kind::Contact | Kind::Deployment | Kind::Event);
        if let Some(words) = gold["must_not_assert"].as_str()
            && let Some(start) = text.find(words)
            && happening
            && assertive(record)
            && current
            && stands_in(record, start, start + words.len())
        {
            faults.push(format!("{kind} {}: {words}", record.status));
        }
        if !wanted.iter().any(|it| it == kind.as_str()) {
            continue;
        }
        let (status, epoch) = (right(gold, "status"), right(gold, "epoch"));
        let allows = |status: &[String]| status.iter().any(|it| it == "occurred" || it == "ongoing");
        if !status.is_empty() && assertive(record) && !allows(&status) {
            faults.push(format!("{} for {}", record.status, status[0]));
        }
        if !epoch.is_empty() && current && !epoch.iter().any(|it| it == "current") {
            faults.push(format!("current for {}", epoch[0]));
        }
        if gold["must_be_attributed"] == Value::Bool(true) && assertive(record) && !vouched(record) {
            faults.push("nobody vouches for it".to_owned());
        }
    }
    faults
}

#[test]
fn hardly_any_sentence_is_told_as_more_than_it_says() {
    for (part, most, least) in PARTS {
        let report = check(part, *most, *least);
        println!("{report}");
    }
}

/// Counts the sentences of one part; fails if more than `most` percent are dishonest or less than `least` percent found.
/// Returns what to print.
fn check(part: &str, most: f64, least: f64) -> String {
    let mut report = String::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/honesty").join(part);
    let rows = std::fs::read_to_string(path).expect("the sentences are part of the repository");
    let engine = Engine::builtin().expect("the model is built in");
    let (mut all, mut dishonest, mut asked, mut found) = (0, 0, 0, 0);
    for line in rows.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).expect("every line is a JSON object");
        let text = row["text"].as_str().expect("every row has a text");
        let gold = &row["gold"];
        let document = engine.read(text.as_bytes(), &Hints::named("sentence.txt")).expect("text is readable");
        let records = engine.tell(Arc::new(document)).records;
        all += 1;
        let faults = faults(text, gold, &records);
        if !faults.is_empty() {
            dishonest += 1;
            report += &format!("{}: {text}\n    {}\n", row["id"], faults.join("; "));
        }
        let mut kinds = strings(&gold["kind"]);
        kinds.extend(strings(&gold["accept_kinds"]));
        let hit = records.iter().any(|record| kinds.iter().any(|kind| kind == record.body.kind().as_str()));
        if gold["kind"] != "none" && (hit || !kinds.iter().any(|kind| kind == "none")) {
            asked += 1;
            found += usize::from(hit);
        }
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole as f64;
    report += &format!("{part}: dishonest {dishonest} of {all}, found {found} of {asked}");
    assert!(
        share(dishonest, all) <= most,
        "{part}: {dishonest} of {all} sentences are told as more than they say\n{report}"
    );
    assert!(
        share(found, asked) >= least,
        "{part}: {found} of {asked} sentences have a record of the wanted kind\n{report}"
    );
    report
}
