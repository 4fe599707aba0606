//! Scores who is meant by the speaker of a quotation: JSON lines `{"file", "speaker_start", "speaker_end", "speaker_text",
//! "form", "person"}` (code points, ends exclusive; `person` null where the text names nobody), files beside the gold's folder.
//!
//! The quotation whose speaker overlaps the gold speaker most is asked. *right*: every person named in gold is named (last
//! words are compared, case and accents left out), or nobody is where gold names nobody. *wrong*: somebody else is named.
//! *abstained*: a quotation without a name for the speaker. *not found*: no quotation with that speaker.

use super::{Options, Report};
use anyhow::{Context, Result};
use demarche::{Declared, Engine, Hints};
use demarche_pack::world::fold;
use demarche_record::{Body, Party, Record};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

#[derive(Clone, Copy, Default)]
struct Tally {
    gold: usize,
    right: usize,
    wrong: usize,
    abstained: usize,
    missing: usize,
}

/// Scores the file.
pub fn run(options: &Options) -> Result<Report> {
    let text = std::fs::read_to_string(&options.path)
        .with_context(|| format!("reading {}", options.path.display()))?;
    let root = options.path.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let engine = Engine::with(Vec::new(), options.model.as_deref())?;
    let mut read: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut remarks = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)
            .with_context(|| format!("{}:{}", options.path.display(), number + 1))?;
        let file = row["file"].as_str().unwrap_or_default();
        if !read.contains_key(file) {
            read.insert(file.to_owned(), records(&engine, root, file)?);
        }
        let place = |key: &str| row[key].as_u64().unwrap_or_default() as u32;
        let (start, end) = (place("speaker_start"), place("speaker_end"));
        let found = read[file]
            .iter()
            .filter_map(|record| match &record.body {
                Body::Quotation(it) => it.speaker.as_ref(),
                _ => None,
            })
            .filter_map(|party| party.words.as_ref().map(|words| (party, words)))
            .map(|(party, words)| (party, words.end.min(end).saturating_sub(words.start.max(start))))
            .filter(|(_, shared)| *shared > 0)
            .max_by_key(|(_, shared)| *shared);
        let form = row["form"].as_str().unwrap_or("unknown");
        let person = row["person"].as_str();
        for name in [form, "all"] {
            let tally = tallies.entry(name.to_owned()).or_default();
            tally.gold += 1;
            match found.map(|(party, _)| verdict(party, person)) {
                None => tally.missing += 1,
                Some(Verdict::Right) => tally.right += 1,
                Some(Verdict::Wrong) => tally.wrong += 1,
                Some(Verdict::Abstained) => tally.abstained += 1,
            }
        }
        if let Some((party, _)) = found.filter(|(party, _)| verdict(party, person) != Verdict::Right)
            && remarks.len() < options.errors
        {
            remarks.push(format!(
                "{file}: {:?}: wanted {}, found {}",
                row["speaker_text"].as_str().unwrap_or_default(),
                person.unwrap_or("nobody"),
                party.resolved.as_deref().unwrap_or("nobody")
            ));
        }
    }
    let share = |part: usize, whole: usize| {
        Value::from(if whole == 0 { 0.0 } else { (10_000.0 * part as f64 / whole as f64).round() / 100.0 })
    };
    let rows = tallies.into_iter().map(|(name, it)| {
        let asked = it.gold - it.missing;
        let mut cells = vec![share(it.right, asked), share(it.right, it.right + it.wrong)];
        cells.extend([it.right, it.wrong, it.abstained, it.missing, it.gold].map(Value::from));
        (name, cells)
    });
    Ok(Report {
        title: "Speakers of quotations resolved to the right person or body".to_owned(),
        columns: vec!["% found", "% said", "right", "wrong", "abst.", "missing", "gold"],
        rows: rows.collect(),
        remarks,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
    Abstained,
}

fn verdict(party: &Party, person: Option<&str>) -> Verdict {
    let words = party.words.as_ref().map(|words| fold(&words.text)).unwrap_or_default();
    let name = fold(party.name());
    // A description that only repeats the words names nobody.
    let named = party.actor.is_some() || name != words;
    let last = |name: &str| fold(name).split_whitespace().next_back().map(str::to_owned).unwrap_or_default();
    match person {
        None if named && party.actor.as_ref().is_some_and(|actor| !actor.0.starts_with("x-")) => {
            Verdict::Wrong
        }
        None => Verdict::Right,
        Some(person) => {
            let all = person.split(" and ").flat_map(|part| part.split(", ")).map(last);
            let right = all.into_iter().all(|wanted| name.split_whitespace().any(|word| word == wanted));
            if right || fold(person) == name || name.len() > 3 && fold(person).contains(&name) {
                Verdict::Right
            } else if named {
                Verdict::Wrong
            } else {
                Verdict::Abstained
            }
        }
    }
}

/// The records of a file, read with what the metadata beside it declares.
fn records(engine: &Engine, root: &Path, file: &str) -> Result<Vec<Record>> {
    let path = root.join(file);
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut hints = Hints::named(file);
    let sidecar = path.with_file_name("metadata.jsonl");
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    for line in std::fs::read_to_string(&sidecar).unwrap_or_default().lines() {
        let row: Value = serde_json::from_str(line).with_context(|| format!("{}", sidecar.display()))?;
        if row["file"] == name {
            let mut declared = Declared::default();
            for key in ["published", "outlet", "url", "title"] {
                if let Some(value) = row[key].as_str() {
                    declared.set(key, value);
                }
            }
            hints.declared = declared;
        }
    }
    let document = engine.read(&bytes, &hints)?;
    Ok(engine.tell(Arc::new(document)).records)
}
