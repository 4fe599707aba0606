//! Scores near-duplicates with synthetic edits: recall of the original by kind of edit, and wrong pairs.
//!
//! Path: a folder with text files, searched to any depth. The edits come from a fixed seed; every text is edited in each way,
//! and all texts and edits are searched together. A pair counts as found when a link joins the edit and its original.

use super::clusters::document;
use super::{Options, Report};
use anyhow::{Context, Result, bail};
use demarche_ledger::copies;
use demarche_record::{Document, DocumentId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const SEED: u64 = 0x5EED_2026;
const KINDS: [&str; 7] = [
    "half kept",
    "first quarter kept",
    "10 % of words changed",
    "20 % of words changed",
    "30 % of words changed",
    "30 % of sentences dropped, rest shuffled",
    "a third copied into another text",
];

/// A small generator: the figures must be the same on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Scores the folder.
pub fn run(options: &Options) -> Result<Report> {
    let mut texts = Vec::new();
    collect(&options.path, &mut texts)?;
    texts.retain(|text: &String| text.split_whitespace().count() >= 150);
    if texts.len() < 2 {
        bail!("{} holds fewer than two texts of 150 words", options.path.display());
    }
    let vocabulary: Vec<String> =
        texts.iter().flat_map(|text| text.split_whitespace().step_by(17)).map(str::to_owned).collect();
    let mut dice = Dice(SEED);
    let mut documents: Vec<Arc<Document>> = Vec::new();
    // Document → (original, kind), and for the last kind the host text too.
    let mut origin: BTreeMap<DocumentId, (usize, usize, usize)> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        let made = document(&format!("o{number}"), None, None, text);
        origin.insert(made.id, (number, usize::MAX, number));
        documents.push(made);
    }
    for (number, text) in texts.iter().enumerate() {
        for (kind, name) in KINDS.iter().enumerate() {
            let host = (number + 1 + dice.below(texts.len() - 1)) % texts.len();
            let edited = edit(kind, text, &texts[host], &vocabulary, &mut dice);
            let made = document(&format!("{name} {number}"), None, None, &edited);
            let host = if kind == KINDS.len() - 1 { host } else { number };
            origin.insert(made.id, (number, kind, host));
            documents.push(made);
        }
    }
    let start = Instant::now();
    let found = copies::find(&documents);
    let seconds = start.elapsed().as_secs_f64();
    let mut linked: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut wrong = 0;
    let mut wrong_plain = 0;
    let mut remarks = Vec::new();
    for link in found.groups.iter().flat_map(|group| &group.links).chain(&found.shared) {
        let (one, two) = (origin[&link.original], origin[&link.copy]);
        for (edit, other) in [(one, two), (two, one)] {
            if edit.1 != usize::MAX && other.1 == usize::MAX && edit.0 == other.0 {
                linked.insert((edit.0, edit.1));
            }
        }
        let related = [one.0, one.2].iter().any(|it| [two.0, two.2].contains(it));
        if !related {
            wrong += 1;
            wrong_plain += usize::from(one.1 == usize::MAX && two.1 == usize::MAX);
            if one.1 == usize::MAX && two.1 == usize::MAX {
                remarks.push(format!(
                    "different originals {} / {}: {} {:.2}",
                    one.0, two.0, link.kind, link.containment
                ));
            }
        }
    }
    let rows = KINDS
        .iter()
        .enumerate()
        .map(|(kind, name)| {
            let right = linked.iter().filter(|it| it.1 == kind).count();
            (
                (*name).to_owned(),
                vec![
                    Value::from((10_000.0 * right as f64 / texts.len() as f64).round() / 100.0),
                    Value::from(right),
                    Value::from(texts.len()),
                ],
            )
        })
        .collect();
    remarks.truncate(options.errors);
    remarks.push(format!("{wrong_plain} links between different originals as they are, {wrong} with their edits, among {} documents", documents.len()));
    remarks
        .push(format!("{:.0} documents a second, one thread, wall clock", documents.len() as f64 / seconds));
    Ok(Report {
        title: format!("Near-duplicates, synthetic edits of {}", options.path.display()),
        columns: vec!["recall", "right", "of"],
        rows,
        remarks,
    })
}

/// Reads the texts of a folder, searched to any depth.
pub(crate) fn collect(folder: &Path, texts: &mut Vec<String>) -> Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|it| it.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, texts)?;
        } else if path.extension().is_some_and(|end| end == "txt") {
            texts
                .push(std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?);
        }
    }
    Ok(())
}

fn edit(kind: usize, text: &str, host: &str, vocabulary: &[String], dice: &mut Dice) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let sentences =
        |text: &str| text.split_inclusive(['.', '\n']).map(str::to_owned).collect::<Vec<String>>();
    match kind {
        0 => {
            let from = dice.below(words.len() / 2);
            words[from..from + words.len() / 2].join(" ")
        }
        1 => words[..words.len() / 4].join(" "),
        2..=4 => {
            let share = (kind - 1) * 10;
            let changed: Vec<&str> = words
                .iter()
                .map(|word| {
                    if dice.below(100) < share {
                        vocabulary[dice.below(vocabulary.len())].as_str()
                    } else {
                        *word
                    }
                })
                .collect();
            changed.join(" ")
        }
        5 => {
            let mut kept: Vec<String> =
                sentences(text).into_iter().filter(|_| dice.below(100) >= 30).collect();
            for at in (1..kept.len()).rev() {
                kept.swap(at, dice.below(at + 1));
            }
            kept.join(" ")
        }
        _ => {
            let third = words.len() / 3;
            let from = dice.below(words.len() - third);
            let part = words[from..from + third].join(" ");
            let mut host = sentences(host);
            let at = dice.below(host.len());
            host.insert(at, format!(" {part} "));
            host.concat()
        }
    }
}
