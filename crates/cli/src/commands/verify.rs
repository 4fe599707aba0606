//! `verify`: proves every span of every record against the texts, and every hash.

use super::Whole;
use crate::args::Verify;
use crate::outcome::Outcome;
use crate::{input, output};
use anyhow::{Context, Result};
use demarche::record::{Document, DocumentId, Record, RecordId, Words};
use demarche::{ContentHash, Engine, Hints, Limits, Text, files};
use demarche_store::Store;
use demarche_wire as wire;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Proves a store or a folder of `analyze`.
pub fn run(options: &Verify) -> Result<Outcome> {
    let (whole, mut findings) = match &options.from {
        Some(folder) => (from_folder(folder)?, Vec::new()),
        None => {
            let store = super::open(&options.store)?;
            let faults = store.integrity()?;
            let findings = faults.into_iter().map(|fault| format!("store: {fault}")).collect();
            (from_store(&store)?, findings)
        }
    };
    let mut spans = 0;
    prove(&whole, &mut spans, &mut findings);
    let mut unread = false;
    if !options.paths.is_empty() {
        unread = compare_sources(&options.paths, &whole, &mut findings)?;
    }
    for finding in &findings {
        output::print(&format!("{finding}\n"))?;
    }
    output::print(&format!(
        "{}, {}, {}: {}\n",
        output::count(whole.documents.len(), "document"),
        output::count(whole.records.len(), "record"),
        output::count(spans, "span"),
        match findings.len() {
            0 => "all hold".to_owned(),
            number => output::count(number, "finding"),
        }
    ))?;
    Ok(match (findings.is_empty(), unread) {
        (false, _) => Outcome::Findings,
        (true, true) => Outcome::PartlyRead,
        (true, false) => Outcome::Done,
    })
}

fn from_store(store: &Store) -> Result<Whole> {
    Whole::derived(store)
}

/// What `analyze --out` wrote.
fn from_folder(folder: &Path) -> Result<Whole> {
    fn read<T: serde::de::DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>> {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!("{}: cannot be read; give a folder that `analyze --out` wrote", path.display())
        })?;
        Ok(wire::read_lines(&path.display().to_string(), &text)?)
    }
    let mut whole =
        Whole { documents: Vec::new(), records: Vec::new(), ledger: Default::default(), judged: None };
    for line in read::<wire::DocumentLine>(folder, "documents.jsonl")? {
        whole.documents.push(Arc::new(line.into_document()?));
    }
    for line in read::<wire::RecordLine>(folder, "records.jsonl")? {
        whole.records.push(line.into_record()?.0);
    }
    for line in read::<wire::EncounterLine>(folder, "encounters.jsonl")? {
        whole.ledger.encounters.push(line.into_encounter()?);
    }
    for line in read::<wire::ComparisonLine>(folder, "comparisons.jsonl")? {
        whole.ledger.comparisons.push(line.into_comparison()?);
    }
    Ok(whole)
}

/// Proves hashes of documents, spans of documents, records and comparisons, ids of records, and that everything that
/// is referred to is there.
fn prove(whole: &Whole, spans: &mut usize, findings: &mut Vec<String>) {
    let documents: BTreeMap<DocumentId, &Document> =
        whole.documents.iter().map(|document| (document.id, document.as_ref())).collect();
    let mut check = |owner: &str, document: &Document, words: &Words, findings: &mut Vec<String>| {
        *spans += 1;
        if !words.holds(&document.text) {
            findings.push(broken(owner, document, words));
        }
    };
    for document in &whole.documents {
        let found = ContentHash::of([document.text.as_str().as_bytes()]);
        if found != document.id.0 {
            findings.push(format!(
                "{}: document {} has a text whose hash is {found}; the text was changed after it was stored: ingest the source again",
                document.file, document.id
            ));
        }
        for words in document.published.evidence.iter().chain(&document.genre_evidence) {
            check("the facts of the document", document, words, findings);
        }
    }
    let mut records: BTreeMap<RecordId, &Record> = BTreeMap::new();
    for record in &whole.records {
        records.insert(record.id, record);
        let Some(document) = documents.get(&record.document) else {
            findings.push(format!(
                "record {} stands in document {}, which is not held",
                record.id, record.document
            ));
            continue;
        };
        let owner = format!("{} {}", record.body.kind(), record.id);
        for words in record.words() {
            check(&owner, document, words, findings);
        }
        let sealed = record.clone().seal();
        if sealed.id != record.id {
            findings.push(format!(
                "{}: {owner} has the id of other words; its own would be {}",
                document.file, sealed.id
            ));
        }
    }
    let mut missing: BTreeSet<(String, RecordId)> = BTreeSet::new();
    for encounter in &whole.ledger.encounters {
        let items = encounter.accounts.iter().flat_map(|account| &account.items);
        for id in encounter.mentions.iter().chain(items).filter(|id| !records.contains_key(id)) {
            missing.insert((format!("encounter {}", encounter.id), *id));
        }
    }
    for comparison in &whole.ledger.comparisons {
        let owner = format!("comparison {}", comparison.id);
        let sides =
            [(Some(comparison.left), &comparison.left_words), (comparison.right, &comparison.right_words)];
        for (id, words) in sides {
            let Some(id) = id else { continue };
            match records.get(&id) {
                None => {
                    missing.insert((owner.clone(), id));
                }
                Some(record) => {
                    if let (Some(document), Some(words)) = (documents.get(&record.document), words) {
                        check(&owner, document, words, findings);
                    }
                }
            }
        }
    }
    findings.extend(
        missing.into_iter().map(|(owner, id)| format!("{owner} refers to record {id}, which is not held")),
    );
}

/// A finding with the words that stand at the place now.
fn broken(owner: &str, document: &Document, words: &Words) -> String {
    let text = document.text.as_str();
    let (start, end) = (words.start_byte as usize, words.end_byte as usize);
    let place = format!("{}:{start}..{end}", document.file);
    let Some(now) = text.get(start..end) else {
        return format!(
            "{place}: {owner} points outside the text of {} bytes; expected {:?}",
            text.len(),
            words.text
        );
    };
    let there = Words::at(&document.text, document.text.span(start, end).expect("the range is in the text"));
    let mark = crate::mark::Mark { words: &there, label: &format!("expected {:?}", words.text), main: true };
    let what =
        if now == words.text { "has other code points than its bytes" } else { "does not match its source" };
    crate::mark::snippet(document, &format!("{place}: {owner} {what}"), &[mark], &std::io::stdout())
        .trim_end()
        .to_owned()
}

/// Reads the sources again and compares their texts with those of the ledger; true if some could not be read.
fn compare_sources(paths: &[std::path::PathBuf], whole: &Whole, findings: &mut Vec<String>) -> Result<bool> {
    let engine = Engine::builtin()?;
    let held: BTreeMap<&str, &Text> =
        whole.documents.iter().map(|document| (document.file.as_str(), &document.text)).collect();
    let ids: BTreeSet<DocumentId> = whole.documents.iter().map(|document| document.id).collect();
    let mut faults = Vec::new();
    for input in files::walk(paths, Limits::default()) {
        let read = match input {
            Ok(input) => engine.read_all(&input.bytes, &Hints::named(input.file)),
            Err(fault) => vec![Err(fault)],
        };
        for document in read {
            match document {
                Ok(document) if ids.contains(&document.id) => {}
                Ok(document) if held.contains_key(document.file.as_str()) => findings.push(format!(
                    "{}: the source has another text now (hash {}); analyse it again",
                    document.file, document.id
                )),
                Ok(document) => findings.push(format!("{}: is not in the ledger", document.file)),
                Err(fault) => faults.push(fault),
            }
        }
    }
    Ok(input::report(&faults))
}
