//! Names against tagged files, exact span and type, micro F1. Words are those of the file; re3d is read raw.

use super::{Counts, Options, Report};
use anyhow::{Context, Result, bail};
use demarche_language::{Kit, Name, NameKind, WordId, analyse, analyse_cut, names};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Maps gold labels and our kinds to the labels that are compared. What is in no list is not compared.
struct Labels {
    gold: &'static [(&'static str, &'static str)],
    ours: &'static [(NameKind, &'static str)],
}

/// Persons, organisations and places: UNER, and CrossNER after the rule of the public comparison.
const THREE: Labels = Labels {
    gold: &[
        ("PER", "PER"),
        ("ORG", "ORG"),
        ("LOC", "LOC"),
        ("person", "PER"),
        ("politician", "PER"),
        ("organisation", "ORG"),
        ("politicalparty", "ORG"),
        ("country", "LOC"),
        ("location", "LOC"),
    ],
    ours: &[
        (NameKind::Person, "PER"),
        (NameKind::Organisation, "ORG"),
        (NameKind::Party, "ORG"),
        (NameKind::Location, "LOC"),
        (NameKind::Polity, "LOC"),
        (NameKind::Facility, "LOC"),
    ],
};

/// All labels of CrossNER, with politicians among persons, countries among locations, elections among events.
const CROSSNER: Labels = Labels {
    gold: &[
        ("person", "person"),
        ("politician", "person"),
        ("organisation", "organisation"),
        ("politicalparty", "party"),
        ("country", "location"),
        ("location", "location"),
        ("event", "event"),
        ("election", "event"),
        ("misc", "misc"),
    ],
    ours: &[
        (NameKind::Person, "person"),
        (NameKind::Organisation, "organisation"),
        (NameKind::Party, "party"),
        (NameKind::Location, "location"),
        (NameKind::Polity, "location"),
        (NameKind::Facility, "location"),
        (NameKind::Event, "event"),
        (NameKind::Nationality, "misc"),
        (NameKind::Document, "misc"),
        (NameKind::Weapon, "misc"),
        (NameKind::Other, "misc"),
    ],
};

/// A tagged sentence: words and gold spans.
struct Sentence {
    words: Vec<String>,
    gold: Vec<(usize, usize, String)>,
}

/// Scores names of a tagged file, of the held-out fifth of CrossNER politics (its folder), or of re3d (its folder).
pub fn run(options: &Options) -> Result<Report> {
    let kit = Kit::with(demarche_pack::Pack::builtin(), options.model.as_deref())?;
    if options.path.join("centcom").is_dir() {
        return defence(options, &kit);
    }
    let (sentences, labels) = if options.path.is_dir() {
        let held = held_out("crossner")?;
        let mut all = read(&options.path.join("train.txt"))?;
        all.extend(read(&options.path.join("dev.txt"))?);
        let numbered =
            all.into_iter().enumerate().filter(|(at, _)| held.contains(&format!("crossner-{}", at + 1)));
        (numbered.map(|it| it.1).collect(), CROSSNER)
    } else {
        (read(&options.path)?, THREE)
    };
    let found: Vec<(Vec<String>, Vec<Name>)> = sentences.iter().map(|it| annotate(&kit, &it.words)).collect();
    let mut report = compare(&sentences, &found, &labels);
    report.title = format!("names, exact span and type: {}", options.path.display());
    if options.path.is_dir() {
        let three = compare(&sentences, &found, &THREE);
        report
            .rows
            .extend(three.rows.into_iter().map(|(name, cells)| (format!("{name} (three labels)"), cells)));
    }
    report.remarks.truncate(options.errors);
    Ok(report)
}

fn annotate(kit: &Kit, words: &[String]) -> (Vec<String>, Vec<Name>) {
    let text = words.join(" ");
    let mut at = 0;
    let mut spans = Vec::new();
    for word in words {
        spans.push((at as u32, (at + word.len()) as u32));
        at += word.len() + 1;
    }
    (words.to_vec(), analyse_cut(demarche_testkit::document(&text), kit, vec![spans]).names)
}

fn compare(sentences: &[Sentence], found: &[(Vec<String>, Vec<Name>)], labels: &Labels) -> Report {
    let mut by_label: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut remarks = Vec::new();
    for (sentence, (words, ours)) in sentences.iter().zip(found) {
        let map = |label: &str| labels.gold.iter().find(|it| it.0 == label).map(|it| it.1);
        let gold: Vec<(usize, usize, &str)> =
            sentence.gold.iter().filter_map(|(from, to, label)| Some((*from, *to, map(label)?))).collect();
        let system: Vec<(usize, usize, &str)> = ours
            .iter()
            .filter_map(|name| {
                let label = labels.ours.iter().find(|it| it.0 == name.kind)?.1;
                Some((name.words.start as usize, name.words.end as usize, label))
            })
            .collect();
        for it in &gold {
            let counts = by_label.entry(it.2).or_default();
            counts.gold += 1;
            counts.right += usize::from(system.contains(it));
            if !system.contains(it) {
                remarks.push(format!("missed {} {}", it.2, words[it.0..it.1].join(" ")));
            }
        }
        for it in &system {
            by_label.entry(it.2).or_default().system += 1;
            if !gold.contains(it) {
                remarks.push(format!("wrong  {} {}", it.2, words[it.0..it.1].join(" ")));
            }
        }
    }
    table(by_label, remarks)
}

fn table(by_label: BTreeMap<&str, Counts>, remarks: Vec<String>) -> Report {
    let mut all = Counts::default();
    by_label.values().for_each(|it| all.add(*it));
    let mut rows = vec![("all".to_owned(), all.cells())];
    rows.extend(by_label.iter().map(|(label, counts)| ((*label).to_owned(), counts.cells())));
    Report { title: String::new(), columns: Counts::COLUMNS.to_vec(), rows, remarks }
}

/// Ids of a set that are kept out of training.
fn held_out(set: &str) -> Result<Vec<String>> {
    let path = Path::new("train/splits/held_out.toml");
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let splits: BTreeMap<String, Vec<String>> = toml::from_str(&text)?;
    splits.get(set).cloned().with_context(|| format!("{} has no list {set}", path.display()))
}

/// Reads words and tags: two columns, or UNER's numbered columns.
fn read(path: &Path) -> Result<Vec<Sentence>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut found = Vec::new();
    let (mut words, mut tags): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for line in text.lines().chain([""]) {
        let cells: Vec<&str> =
            if line.contains('\t') { line.split('\t').collect() } else { line.split(' ').collect() };
        let row = match cells[..] {
            _ if line.starts_with("# ") => continue,
            [word, tag] if !word.is_empty() => (word, tag),
            [number, word, tag, ..] if number.bytes().all(|byte| byte.is_ascii_digit()) => (word, tag),
            _ if line.trim().is_empty() => {
                if !words.is_empty() {
                    let gold = spans(&std::mem::take(&mut tags));
                    found.push(Sentence { words: std::mem::take(&mut words), gold });
                }
                continue;
            }
            _ => bail!("{}: not a word and a tag: {line:?}", path.display()),
        };
        words.push(row.0.to_owned());
        tags.push(row.1.to_owned());
    }
    Ok(found)
}

/// Spans of BIO tags; an `I-` that continues nothing begins a span.
fn spans(tags: &[String]) -> Vec<(usize, usize, String)> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let Some((part, label)) = tag.split_once('-') else { continue };
        match found.last_mut() {
            Some((_, end, open)) if part == "I" && *end == at && open == label => *end = at + 1,
            _ => found.push((at, at + 1, label.to_owned())),
        }
    }
    found
}

/// Labels of re3d that are compared.
const DEFENCE: [&str; 11] = [
    "Organisation",
    "Location",
    "Person",
    "Nationality",
    "Weapon",
    "Vehicle",
    "MilitaryPlatform",
    "DocumentReference",
    "Temporal",
    "Quantity",
    "Money",
];

/// The held-out fifth of re3d's documents, from raw text, nominal groups included.
fn defence(options: &Options, kit: &Kit) -> Result<Report> {
    let held = held_out("re3d")?;
    let mut by_label: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut remarks = Vec::new();
    let mut folders: Vec<_> = std::fs::read_dir(&options.path)?.flatten().map(|it| it.path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|it| it.is_dir()) {
        let entities = json_lines(&folder.join("entities.jsonl"))?;
        for document in json_lines(&folder.join("documents.jsonl"))? {
            let (id, text) = (string(&document, "_id"), string(&document, "text"));
            if !held.contains(&id) {
                continue;
            }
            let gold = gold_of(&entities, &id, &text);
            let system = defence_spans(kit, &text)?;
            for it in &gold {
                let counts = by_label.entry(it.2).or_default();
                counts.gold += 1;
                counts.right += usize::from(system.contains(it));
            }
            for it in &system {
                by_label.entry(it.2).or_default().system += 1;
            }
            let show = |it: &(usize, usize, &str)| format!("{} {}", it.2, &text[it.0..it.1]);
            remarks.extend(
                gold.iter().filter(|it| !system.contains(it)).map(|it| format!("missed {}", show(it))),
            );
            remarks.extend(
                system.iter().filter(|it| !gold.contains(it)).map(|it| format!("wrong  {}", show(it))),
            );
        }
    }
    remarks.truncate(options.errors);
    let title = format!("groups and things, exact span and type: {}", options.path.display());
    Ok(Report { title, ..table(by_label, remarks) })
}

fn json_lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn string(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// Gold spans in bytes, the longest first where they overlap.
fn gold_of(entities: &[Value], id: &str, text: &str) -> Vec<(usize, usize, &'static str)> {
    let bytes: Vec<usize> = text.char_indices().map(|it| it.0).chain([text.len()]).collect();
    let number = |value: &Value| value.as_u64().unwrap_or_default() as usize;
    let mut all: Vec<(usize, usize, &'static str)> = entities
        .iter()
        .filter(|it| it["documentId"].as_str() == Some(id))
        .filter_map(|it| {
            let label = DEFENCE.iter().find(|label| it["type"].as_str() == Some(label))?;
            Some((*bytes.get(number(&it["begin"]))?, *bytes.get(number(&it["end"]))?, *label))
        })
        .collect();
    all.sort_by_key(|(from, to, _)| (std::cmp::Reverse(to - from), *from));
    let mut kept: Vec<(usize, usize, &'static str)> = Vec::new();
    for it in all {
        if kept.iter().all(|held| it.1 <= held.0 || held.1 <= it.0) {
            kept.push(it);
        }
    }
    kept
}

/// What the network marks in the reading of re3d.
fn defence_spans(kit: &Kit, text: &str) -> Result<Vec<(usize, usize, &'static str)>> {
    let analysis = analyse(demarche_testkit::document(text), kit);
    let labels = kit.model.labels();
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        let rows = kit.model.rows(analysis.ids(&sentence.words).map(|id| analysis.form(id)));
        let mut first = sentence.words.start;
        for scores in kit.model.run(&rows)? {
            for (range, tag) in names::best_spans(&labels.defence, &labels.chains.defence, &scores.defence) {
                let word = |at: usize| analysis.word(WordId(first + at as u32)).span;
                let kind = labels.defence[tag].trim_start_matches("B-");
                if let Some(label) = DEFENCE.iter().find(|label| **label == kind) {
                    found.push((word(range.start).start(), word(range.end - 1).end(), *label));
                }
            }
            first += scores.words as u32;
        }
    }
    Ok(found)
}
