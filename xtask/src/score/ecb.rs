//! Scores coreference of events on gold mentions (ECB+): MUC, B³, CEAF-e and their mean, singletons kept.
//!
//! Path: the folder with `documents.jsonl`. Mentions are those of type ACTION and NEG_ACTION in the sentences that were
//! annotated completely; their types are not used. All documents are scored together, so that a link across topics costs.
//! Three rows: topics found by the ledger's own episodes, topics given, sub-topics given.

use super::clusters::document;
use super::coref::{Chains, Sums};
use super::{Options, Report};
use anyhow::{Context, Result};
use demarche_ledger::happenings::{Happening, link};
use demarche_ledger::stories;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Topics that others tune on; the rest of 1-35 is for training.
const DEV: &[u64] = &[2, 5, 12, 18, 21, 23, 34, 35];

struct Held {
    document: usize,
    words: Vec<String>,
    chain: String,
}

/// Scores the folder.
pub fn run(options: &Options) -> Result<Report> {
    let path = options.path.join("documents.jsonl");
    let lines = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let rows: Vec<Value> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .with_context(|| path.display().to_string())?;
    let pack = demarche_pack::Pack::builtin();
    let episodes = episodes(&rows, &pack);
    let topic = |row: &Value| row["topic"].as_u64().unwrap_or_default();
    let mut report = Report {
        title: format!("Events of {}, gold mentions, singletons kept", options.path.display()),
        columns: vec!["MUC", "B3", "CEAFe", "CoNLL", "mention F", "gold", "system"],
        ..Report::default()
    };
    let dev = |row: &Value| DEV.contains(&topic(row));
    type Part<'a> = (&'a str, &'a dyn Fn(&Value) -> bool);
    let parts: [Part<'_>; 3] =
        [("all", &|_| true), ("development topics", &dev), ("other topics", &|row| !dev(row))];
    for (part, wanted) in parts {
        let mentions = mentions(&rows, wanted);
        let given = |key: &dyn Fn(&Value) -> String| {
            let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
            rows.iter()
                .map(|row| {
                    let next = numbers.len();
                    *numbers.entry(key(row)).or_insert(next)
                })
                .collect::<Vec<usize>>()
        };
        let topics = given(&|row| row["topic"].to_string());
        let parts = given(&|row| row["subtopic"].to_string());
        for (how, stories) in
            [("stories found", &episodes), ("topics given", &topics), ("sub-topics given", &parts)]
        {
            let happenings: Vec<Happening> = mentions
                .iter()
                .map(|it| Happening { story: stories[it.document], words: it.words.clone() })
                .collect();
            let system = chains(link(&pack, &happenings).into_iter().map(|it| it.to_string()));
            let gold = chains(mentions.iter().map(|it| it.chain.clone()));
            let mut sums = Sums::default();
            sums.count(&gold, &system);
            report.rows.push((format!("{part}, {how}"), sums.cells()));
        }
    }
    let found: BTreeSet<&usize> = episodes.iter().collect();
    report.remarks.push(format!("{} documents in {} episodes of the ledger", rows.len(), found.len()));
    Ok(report)
}

/// The number of each document's episode, from the text alone.
fn episodes(rows: &[Value], pack: &demarche_pack::Pack) -> Vec<usize> {
    let documents: Vec<_> = rows
        .iter()
        .map(|row| {
            let sentences = row["sentences"].as_array().into_iter().flatten();
            let text: Vec<String> = sentences
                .map(|tokens| {
                    let tokens = tokens.as_array().into_iter().flatten().filter_map(Value::as_str);
                    tokens.collect::<Vec<_>>().join(" ")
                })
                .collect();
            document(row["document"].as_str().unwrap_or_default(), None, None, &text.join("\n"))
        })
        .collect();
    let groups = stories::group(&documents, &pack.telling);
    let mut number = BTreeMap::new();
    for (at, story) in groups.iter().enumerate().filter(|(_, story)| story.part_of.is_some()) {
        number.extend(story.documents.iter().map(|id| (*id, at)));
    }
    documents.iter().map(|document| number[&document.id]).collect()
}

fn mentions(rows: &[Value], wanted: &dyn Fn(&Value) -> bool) -> Vec<Held> {
    let mut found = Vec::new();
    for (document, row) in rows.iter().enumerate().filter(|(_, row)| wanted(row)) {
        let numbers = |key: &str| -> Vec<u64> {
            row[key].as_array().into_iter().flatten().filter_map(Value::as_u64).collect()
        };
        let selected = numbers("selected_sentences");
        for mention in row["mentions"].as_array().into_iter().flatten() {
            let action = mention["type"].as_str().is_some_and(|it| it.contains("ACTION"));
            let inside = mention["sentence"].as_u64().is_some_and(|it| selected.contains(&it));
            if !(action && inside) {
                continue;
            }
            let words = mention["text"].as_str().unwrap_or_default().split_whitespace();
            let chain = mention["chain"]
                .as_str()
                .map_or_else(|| format!("{document}#{}", mention["id"]), str::to_owned);
            found.push(Held { document, words: words.map(str::to_owned).collect(), chain });
        }
    }
    found
}

fn chains(names: impl Iterator<Item = String>) -> Chains {
    let mut chains: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, name) in names.enumerate() {
        chains.entry(name).or_default().insert(at);
    }
    chains.into_values().collect()
}
