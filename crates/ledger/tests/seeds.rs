//! Builds a ledger from hand-made gold records, so that the rooms after extraction can be scored by themselves.
//!
//! Set `DEMARCHE_GOLD` to a folder with `gold.json` and its texts; the test is skipped, and says so, without it. With
//! `DEMARCHE_GOLD_OUT` the ledger is written there as JSON lines for the scorer.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

use demarche_ledger::{Relations, build};
use demarche_pack::Pack;
use demarche_record::*;
use demarche_text::{ContentHash, Text};
use demarche_wire::{
    ComparisonLine, EncounterLine, FigureSeriesLine, RecordLine, ThreadLine, read_lines, write_lines,
};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;

fn document(file: &str, text: &str, gold: &Value) -> Document {
    let name = |key: &str| gold[key].as_str().map(str::to_owned);
    let text = Text::new(text);
    Document {
        id: DocumentId(ContentHash::of([text.as_str().as_bytes()])),
        file: file.to_owned(),
        url: None,
        title: None,
        byline: name("byline"),
        author_role: None,
        outlet: name("outlet"),
        outlet_actor: None,
        agencies: gold["agencies"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
        published: Published {
            edtf: gold["published"]["edtf"].as_str().map(|it| Edtf(it.to_owned())),
            basis: PublishedBasis::Declared,
            evidence: Vec::new(),
        },
        language: Some("en".to_owned()),
        genre: gold["genre"].as_str().and_then(Genre::parse).unwrap_or(Genre::Report),
        genre_evidence: None,
        issuer: gold["issuer"].as_str().or(gold["issuer"]["resolved"].as_str()).map(str::to_owned),
        blocks: Vec::new(),
        raw_hash: ContentHash::of([file.as_bytes()]),
        version_of: None,
        notices: Vec::new(),
        text,
    }
}

/// Gold spans have code points only, and no actors: adds bytes and what the packs know of the resolved names.
fn complete(value: &mut Value, text: &Text, pack: &Pack) {
    match value {
        Value::Object(map) => {
            if let (Some(start), Some(end)) =
                (map.get("start").and_then(Value::as_u64), map.get("end").and_then(Value::as_u64))
            {
                let at = |number: u64| text.byte_of_code_point(number as usize).unwrap();
                map.insert("start_byte".to_owned(), json!(at(start)));
                map.insert("end_byte".to_owned(), json!(at(end)));
            }
            if let Some(name) = map.get("resolved").and_then(Value::as_str) {
                let plain = name.split(" (").next().unwrap_or(name);
                let actor = pack.world.named(plain).map(|actor| actor.0);
                let resolved = plain.to_owned();
                map.insert("actor".to_owned(), json!(actor));
                map.insert("resolved".to_owned(), json!(resolved));
            }
            map.values_mut().for_each(|value| complete(value, text, pack));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| complete(value, text, pack)),
        _ => {}
    }
}

fn row(gold: &Value, document: &Document, pack: &Pack) -> Value {
    let mut row = gold.clone();
    complete(&mut row, &document.text, pack);
    let map: &mut Map<String, Value> = row.as_object_mut().unwrap();
    let gid = map["gid"].as_str().unwrap().to_owned();
    map.insert("schema".to_owned(), json!("demarche.record/1"));
    map.insert("id".to_owned(), json!(ContentHash::of([gid.as_bytes()]).to_string()));
    if let Some(answered) = map.get("answers").and_then(Value::as_str).map(str::to_owned) {
        map.insert("answers".to_owned(), json!(ContentHash::of([answered.as_bytes()]).to_string()));
    }
    map.insert("document".to_owned(), json!(document.id.to_string()));
    map.insert("confidence".to_owned(), json!(1.0));
    map.insert("made_by".to_owned(), json!({"extractor": "gold", "rule": gid, "kit": ""}));
    map.entry("attribution").or_insert(json!([]));
    for key in [
        "speaker",
        "cue",
        "addressee",
        "when",
        "who initiated it",
        "host",
        "duration",
        "holder",
        "answers",
        "force",
        "unit",
        "quantity",
        "origin",
        "destination",
        "forecaster",
        "subject",
        "horizon",
        "modality",
        "stance",
        "mode",
        "type",
    ] {
        map.entry(key).or_insert(Value::Null);
    }
    for key in ["participants", "actor", "recipient"] {
        map.entry(key).or_insert(json!([]));
    }
    let kind = map["kind"].as_str().unwrap().to_owned();
    if map["horizon"]["edtf"].is_null() {
        map.insert("horizon".to_owned(), Value::Null);
    }
    if map["when"].is_object() && map["when"]["basis"].is_null() {
        map.insert("when".to_owned(), Value::Null);
    }
    if !map["cue"].is_null() {
        map["cue"]["lemma"] = json!("");
    }
    for key in ["origin", "destination"] {
        if let Some(place) = map[key].as_object_mut() {
            for part in ["place", "country", "lat", "lon", "precision"] {
                place.entry(part).or_insert(Value::Null);
            }
        }
    }
    for place in map.get_mut("where").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(Value::Object(span)) = place.as_object_mut().unwrap().remove("span") {
            place.as_object_mut().unwrap().extend(span);
        }
        for part in ["place", "country", "lat", "lon", "precision"] {
            place.as_object_mut().unwrap().entry(part).or_insert(Value::Null);
        }
    }
    if kind == "quotation" && map.get("content").is_some_and(Value::is_object) {
        let content = map["content"].take();
        map.insert("content".to_owned(), json!([content]));
    }
    if kind != "quotation" && map.get("content").is_some_and(Value::is_array) {
        let content = map["content"][0].take();
        map.insert("content".to_owned(), content);
    }
    if kind != "contact" {
        map.remove("medium");
    }
    if kind == "contact" && !map.contains_key("trigger") {
        let trigger = map["evidence"].clone();
        map.insert("trigger".to_owned(), trigger);
    }
    row
}

#[test]
fn a_ledger_of_gold_records() {
    let Ok(folder) = std::env::var("DEMARCHE_GOLD") else {
        eprintln!("SKIPPED: DEMARCHE_GOLD is not set to a folder with gold.json and its texts");
        return;
    };
    let folder = Path::new(&folder);
    let gold: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("gold.json")).unwrap()).unwrap();
    let pack = Pack::builtin();
    let mut documents: Vec<Arc<Document>> = Vec::new();
    for row in gold["documents"].as_array().unwrap() {
        let file = row["file"].as_str().unwrap();
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        documents.push(Arc::new(document(file, &text, row)));
    }
    let mut records = Vec::new();
    for gold in gold["records"].as_array().unwrap() {
        let document =
            documents.iter().find(|document| document.file == gold["file"].as_str().unwrap()).unwrap();
        let line = row(gold, document, &pack).to_string();
        let lines: Vec<RecordLine> =
            read_lines("gold.json", &line).unwrap_or_else(|error| panic!("{error}\n{line}"));
        records.push(lines[0].clone().into_record().unwrap().0);
    }
    let ledger = build(&documents, &records, &pack);
    for record in &records {
        let document = documents.iter().find(|document| document.id == record.document).unwrap();
        assert!(record.words().iter().all(|words| words.holds(&document.text)), "{:?}", record.made_by.rule);
    }
    // Any order gives the same ledger.
    let mut turned = documents.clone();
    turned.reverse();
    let mut reversed = records.clone();
    reversed.reverse();
    assert_eq!(build(&turned, &reversed, &pack), ledger);

    let Ok(out) = std::env::var("DEMARCHE_GOLD_OUT") else { return };
    let file = |record: &Record| {
        documents.iter().find(|it| it.id == record.document).map(|it| it.file.clone()).unwrap()
    };
    let write = |name: &str, text: String| std::fs::write(Path::new(&out).join(name), text).unwrap();
    write("records.jsonl", write_lines(records.iter().map(|record| RecordLine::new(record, &file(record)))));
    write("encounters.jsonl", write_lines(ledger.encounters.iter().map(EncounterLine::from)));
    write("comparisons.jsonl", write_lines(ledger.comparisons.iter().map(ComparisonLine::from)));
    write("figures.jsonl", write_lines(ledger.figures.iter().map(FigureSeriesLine::from)));
    write("threads.jsonl", write_lines(ledger.threads.iter().map(ThreadLine::from)));
    for doubt in &ledger.doubts {
        eprintln!("doubt: {}", doubt.why);
    }
}
