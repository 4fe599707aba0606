//! Who does it, to whom, and who does it together: spans of sources, targets and reciprocal actors (cameo-ner), one
//! token and its tag a line, a blank line between sentences. The event nearest to the root of the tree is asked.

use super::plv::overlaps;
use super::{Counts, Options, Report, engine_kit};
use anyhow::{Context, Result};
use demarche_extract::extract;
use demarche_language::{Analysis, Kit, analyse};
use demarche_record::{Body, Party, Record, Status};
use demarche_text::{Span, Text};
use std::collections::BTreeMap;

/// Roles of the set.
const ROLES: [&str; 3] = ["S", "T", "R"];

/// Scores the file, or the part `train` of a folder.
pub fn run(options: &Options) -> Result<Report> {
    let path = if options.path.is_dir() { options.path.join("train.txt") } else { options.path.clone() };
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let kit = engine_kit(options)?;
    let mut tallies: BTreeMap<(&str, bool), Counts> = BTreeMap::new();
    let mut remarks = Vec::new();
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let (sentence, gold) = sentence(block);
        let analysis = analyse(demarche_testkit::document(&sentence), &kit);
        let found = found(&analysis, &kit);
        for role in ROLES {
            let wanted: Vec<Span> = gold
                .iter()
                .filter(|(held, _, _)| *held == role)
                .filter_map(|(_, start, end)| analysis.document.text.span(*start, *end))
                .collect();
            let given = found.get(role).cloned().unwrap_or_default();
            for exact in [true, false] {
                let same =
                    |one: Span, two: Span| if exact { one == two } else { overlaps(&analysis, one, two) };
                let right = wanted.iter().filter(|gold| given.iter().any(|it| same(*it, **gold))).count();
                let counts = Counts { gold: wanted.len(), system: given.len().max(right), right };
                tallies.entry((role, exact)).or_default().add(counts);
                if !exact && right < wanted.len() && remarks.len() < options.errors {
                    let told: Vec<&str> = given.iter().map(|span| analysis.text(*span)).collect();
                    let want: Vec<&str> = wanted.iter().map(|span| analysis.text(*span)).collect();
                    remarks.push(format!("{role}: {told:?} for {want:?}: {sentence}"));
                }
            }
        }
    }
    let mut rows = Vec::new();
    for exact in [true, false] {
        let mut all = Counts::default();
        let how = if exact { "exact" } else { "head" };
        for (role, name) in ROLES.iter().zip(["source", "target", "reciprocal"]) {
            let counts = tallies.get(&(*role, exact)).copied().unwrap_or_default();
            all.add(counts);
            rows.push((format!("{name}, {how}"), counts.cells()));
        }
        rows.push((format!("all, {how}"), all.cells()));
    }
    Ok(Report {
        title: "Roles of the main event of a sentence".to_owned(),
        columns: Counts::COLUMNS.to_vec(),
        rows,
        remarks,
    })
}

/// A sentence of tagged tokens as text, and its roles with byte places.
fn sentence(block: &str) -> (String, Vec<(&str, usize, usize)>) {
    let mut text = String::new();
    let mut roles: Vec<(&str, usize, usize)> = Vec::new();
    for line in block.lines() {
        let Some((token, tag)) = line.trim().rsplit_once(' ') else { continue };
        let glued = token.starts_with('\'') || matches!(token, "," | "." | "n't" | ";" | ":" | "?" | "!");
        if !text.is_empty() && !glued {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token);
        match tag.split_once('-') {
            Some(("B", role)) => roles.push((role, start, text.len())),
            Some(("I", role)) => {
                if let Some(last) = roles.last_mut().filter(|last| last.0 == role) {
                    last.2 = text.len();
                }
            }
            _ => {}
        }
    }
    (text, roles)
}

fn found(analysis: &Analysis, kit: &Kit) -> BTreeMap<&'static str, Vec<Span>> {
    let records = extract(analysis, &kit.pack, "score");
    let told = records.iter().filter_map(|record| {
        roles(record, &analysis.document.text).map(|roles| (rank(analysis, record), roles))
    });
    let best = told.min_by_key(|(rank, _)| *rank).map(|(_, roles)| roles).unwrap_or_default();
    best.into_iter().filter(|(_, spans)| !spans.is_empty()).collect()
}

/// Real before unreal, then near the root of the tree, then early.
fn rank(analysis: &Analysis, record: &Record) -> (bool, usize, u32) {
    let trigger = match &record.body {
        Body::Event(event) => event.trigger.start_byte,
        Body::Contact(contact) => contact.trigger.start_byte,
        _ => record.evidence.start_byte,
    };
    let at = analysis.words.partition_point(|word| (word.span.end() as u32) <= trigger);
    let mut depth = 0;
    let mut word = analysis.words.get(at);
    while let Some(above) = word.and_then(|word| word.head).filter(|_| depth < 64) {
        depth += 1;
        word = Some(analysis.word(above));
    }
    let unreal = matches!(record.status, Status::Hypothetical | Status::Requested | Status::Denied);
    (unreal, depth, trigger)
}

fn roles(record: &Record, text: &Text) -> Option<Vec<(&'static str, Vec<Span>)>> {
    let spans = |parties: &[Party]| -> Vec<Span> {
        let mut spans: Vec<Span> =
            parties.iter().filter_map(|party| party.words.as_ref()?.span(text)).collect();
        spans.dedup();
        spans
    };
    match &record.body {
        Body::Event(event) if event.recipient.is_empty() && event.actor.len() > 1 => {
            Some(vec![("R", spans(&event.actor))])
        }
        Body::Event(event) => Some(vec![("S", spans(&event.actor)), ("T", spans(&event.recipient))]),
        Body::Contact(contact) => {
            let all = spans(&contact.participants);
            match &contact.initiator {
                Some(first) => {
                    let own = spans(std::slice::from_ref(first));
                    let others = all.into_iter().filter(|span| !own.contains(span)).collect();
                    Some(vec![("S", own), ("T", others)])
                }
                None => Some(vec![
                    ("S", all.first().copied().into_iter().collect()),
                    ("T", all.into_iter().skip(1).collect()),
                ]),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tagged_tokens_become_text_with_places() {
        let (text, roles) = sentence("The O\nOmani B-S\nenvoy I-S\nmet O\nelders B-T\n. O");
        assert_eq!(text, "The Omani envoy met elders.");
        let told: Vec<(&str, &str)> =
            roles.iter().map(|(role, from, to)| (*role, &text[*from..*to])).collect();
        assert_eq!(told, [("S", "Omani envoy"), ("T", "elders")]);
    }
}
