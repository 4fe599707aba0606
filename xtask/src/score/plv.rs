//! PLOVER types on a table of marked pairs (plover-plv): with the two actors given, and from the raw sentence.
//!
//! The set was coded from CAMEO, so a few of our types are set against its own names for them: CONCEDE and RETREAT are
//! YIELD there, a conviction is ACCUSE and an imposed sanction COERCE (CAMEO 116 and 163), and what somebody is willing
//! to yield is AGREE (CAMEO 035).

use super::{Counts, Options, Report, engine_kit};
use anyhow::{Context, Result, bail};
use demarche_extract::{Reading, between, extract, quotations};
use demarche_language::{Analysis, Kit, WordId, analyse};
use demarche_record::{Body, EventType, Party, Record, Status};
use demarche_text::{Span, Text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One marked pair.
struct Row {
    sentence: String,
    /// Byte ranges of source and target in the sentence.
    source: (usize, usize),
    target: (usize, usize),
    root: String,
}

/// Gold and found label of a pair.
type Pair = (String, String);

/// Scores the folder or file.
pub fn run(options: &Options) -> Result<Report> {
    let path = if options.path.is_dir() { options.path.join("train.tsv") } else { options.path.clone() };
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let (rows, quads) = rows(&text)?;
    let kit = engine_kit(options)?;
    let mut pairs: Vec<Pair> = Vec::new();
    let mut wrong: BTreeMap<Pair, Vec<String>> = BTreeMap::new();
    let mut raw = Counts::default();
    let mut aside = 0;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for row in &rows {
        let analysis = analyse(demarche_testkit::document(&row.sentence), &kit);
        let reading = Reading::new(&analysis, &kit.pack, "score", None);
        let said = quotations::find(&reading);
        let spans = [row.source, row.target].map(|(start, end)| analysis.document.text.span(start, end));
        let found = match spans {
            [Some(source), Some(target)] => between(&reading, &said, source, target),
            _ => None,
        };
        let rule = found.as_ref().map_or("-", |found| found.rule.as_str()).to_owned();
        let label = found.map_or("none".to_owned(), |found| root(found.kind, &found.rule, found.status));
        if label != row.root {
            let told = format!("{} for {} by {rule}: {}", label, row.root, marked(row));
            wrong.entry((row.root.clone(), label.clone())).or_default().push(told);
        }
        pairs.push((row.root.clone(), label));
        if seen.insert(row.sentence.as_str()) {
            let gold: Vec<&Row> = rows.iter().filter(|it| it.sentence == row.sentence).collect();
            let (counts, more) = raw_counts(&analysis, &kit, &gold);
            raw.add(counts);
            aside += more;
        }
    }
    let quad: Vec<Pair> = pairs
        .iter()
        .map(|(gold, found)| {
            let of = |label: &String| quads.get(label).cloned().unwrap_or_else(|| "none".to_owned());
            (of(gold), of(found))
        })
        .collect();
    let mut rows_out = vec![
        ("spans given: root".to_owned(), cells(&pairs)),
        ("spans given: quad".to_owned(), cells(&quad)),
        ("raw sentences".to_owned(), raw_cells(raw)),
    ];
    let labels: BTreeSet<&String> = pairs.iter().map(|(gold, _)| gold).collect();
    rows_out.extend(labels.into_iter().map(|label| (format!("  {label}"), label_cells(&pairs, label))));
    let mut remarks =
        vec![format!("{aside} events of raw sentences lie between other actors and are not counted.")];
    let mut errors: Vec<(Pair, Vec<String>)> = wrong.into_iter().collect();
    errors.sort_by_key(|(_, told)| std::cmp::Reverse(told.len()));
    remarks.extend(errors.into_iter().flat_map(|(_, told)| told).take(options.errors));
    Ok(Report {
        title: format!("PLOVER types of {} marked pairs", rows.len()),
        columns: vec!["macro F1", "accuracy", "P", "R", "right", "found", "gold"],
        rows: rows_out,
        remarks,
    })
}

fn rows(text: &str) -> Result<(Vec<Row>, BTreeMap<String, String>)> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column =
        |name: &str| header.iter().position(|it| *it == name).with_context(|| format!("no column {name}"));
    let (marked, root, quad) = (column("marked_sentence")?, column("gold_root")?, column("gold_penta")?);
    let (mut rows, mut quads) = (Vec::new(), BTreeMap::new());
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(marked), Some(root), Some(quad)) = (cells.get(marked), cells.get(root), cells.get(quad))
        else {
            continue;
        };
        let marked = marked.trim_matches('"').replace("\"\"", "\"");
        quads.insert((*root).to_owned(), (*quad).to_owned());
        rows.extend(unmark(&marked, root));
    }
    if rows.is_empty() {
        bail!("no rows with marked sentences");
    }
    Ok((rows, quads))
}

/// The sentence without its marks. A pair with only one marked actor has it on both sides.
fn unmark(marked: &str, root: &str) -> Option<Row> {
    let mut sentence = String::new();
    let mut spans: [Option<(usize, usize)>; 2] = [None, None];
    let mut open = [None, None];
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        sentence.push_str(&rest[..at]);
        rest = &rest[at..];
        let marks = [("<s>", 0, true), ("</s>", 0, false), ("<t>", 1, true), ("</t>", 1, false)];
        match marks.iter().find(|(mark, _, _)| rest.starts_with(mark)) {
            Some((mark, side, opens)) => {
                if *opens {
                    open[*side] = Some(sentence.len());
                } else if let (Some(start), None) = (open[*side], spans[*side]) {
                    let end = sentence.trim_end().len().max(start);
                    spans[*side] = Some((start, end));
                }
                rest = &rest[mark.len()..];
            }
            None => {
                sentence.push('<');
                rest = &rest[1..];
            }
        }
    }
    sentence.push_str(rest);
    let [source, target] = spans;
    let either = source.or(target)?;
    Some(Row {
        sentence,
        source: source.unwrap_or(either),
        target: target.unwrap_or(either),
        root: root.to_owned(),
    })
}

fn marked(row: &Row) -> String {
    format!(
        "[{}] → [{}] {}",
        &row.sentence[row.source.0..row.source.1],
        &row.sentence[row.target.0..row.target.1],
        row.sentence
    )
}

/// Our type in the names of the set.
fn root(kind: EventType, rule: &str, status: Status) -> String {
    let ahead = matches!(status, Status::Planned | Status::Proposed);
    match (kind, rule) {
        (EventType::Concede | EventType::Retreat, _) if ahead => "AGREE",
        (EventType::Concede | EventType::Retreat, _) => "YIELD",
        (EventType::Sanction, "event.sanction-convict") => "ACCUSE",
        (EventType::Sanction, "event.sanction-impose") => "COERCE",
        (kind, _) => kind.as_str(),
    }
    .to_owned()
}

/// Counts of one sentence, and how many events lie between other actors.
fn raw_counts(analysis: &Analysis, kit: &Kit, gold: &[&Row]) -> (Counts, usize) {
    let records = extract(analysis, &kit.pack, "score");
    let text = &analysis.document.text;
    let wanted: Vec<(Span, Span, &str)> = gold
        .iter()
        .filter_map(|row| {
            let source = text.span(row.source.0, row.source.1)?;
            Some((source, text.span(row.target.0, row.target.1)?, row.root.as_str()))
        })
        .collect();
    let mut found: BTreeSet<(String, usize, usize, bool)> = BTreeSet::new();
    let mut aside = 0;
    for record in &records {
        let Some((label, pairs, mutual)) = told(record, text) else { continue };
        for (actor, recipient) in pairs {
            let side = |span: Span| {
                wanted.iter().enumerate().flat_map(move |(at, (source, target, _))| {
                    let mut sides = Vec::new();
                    if overlaps(analysis, span, *source) {
                        sides.push(2 * at)
                    }
                    if overlaps(analysis, span, *target) {
                        sides.push(2 * at + 1)
                    }
                    sides
                })
            };
            let pair =
                side(actor).find_map(|one| side(recipient).find(|two| *two != one).map(|two| (one, two)));
            match pair {
                Some((one, two)) => {
                    found.insert((label.clone(), one, two, mutual));
                }
                None => aside += 1,
            }
        }
    }
    let right = |at: usize, root: &str| {
        found.iter().any(|(label, one, two, mutual)| {
            let straight = (*one, *two) == (2 * at, 2 * at + 1);
            label == root && (straight || *mutual && (*two, *one) == (2 * at, 2 * at + 1))
        })
    };
    let hits = wanted.iter().enumerate().filter(|(at, (_, _, root))| right(*at, root)).count();
    let system: BTreeSet<_> =
        found.iter().map(|(label, one, two, _)| (label, one.min(two), one.max(two))).collect();
    (Counts { gold: wanted.len(), system: system.len().max(hits), right: hits }, aside)
}

/// Label, pairs of actor and recipient, and whether both are alike.
type Told = (String, Vec<(Span, Span)>, bool);

/// What a record tells, if it tells an event.
fn told(record: &Record, text: &Text) -> Option<Told> {
    let plover = record.plover.as_ref()?;
    let rule = record.made_by.rule.as_str();
    // What is only wished, feared or denied is no event of PLOVER, except where that is its very type.
    let real = match record.status {
        Status::Occurred | Status::Ongoing | Status::Planned => true,
        Status::Refused | Status::Denied => plover.kind == EventType::Reject,
        Status::Cancelled => matches!(plover.kind, EventType::Reject | EventType::Sanction),
        Status::Proposed => plover.kind == EventType::Agree,
        Status::Requested | Status::Hypothetical => false,
    };
    if !real {
        return None;
    }
    let spans = |parties: &[Party]| -> Vec<Span> {
        parties.iter().filter_map(|party| party.words.as_ref()?.span(text)).collect()
    };
    let label = root(plover.kind, rule, record.status);
    let (from, to) = match &record.body {
        Body::Event(event) => (spans(&event.actor), spans(&event.recipient)),
        Body::Contact(contact) => (spans(&contact.participants), Vec::new()),
        _ => return None,
    };
    if to.is_empty() {
        let pairs =
            from.iter().enumerate().flat_map(|(at, one)| from[at + 1..].iter().map(move |two| (*one, *two)));
        return Some((label, pairs.collect(), true));
    }
    let pairs = from.iter().flat_map(|one| to.iter().map(move |two| (*one, *two))).collect();
    Some((label, pairs, false))
}

/// Half of the words in common, or the same head word.
pub(super) fn overlaps(analysis: &Analysis, one: Span, two: Span) -> bool {
    let words = |span: Span| -> BTreeSet<u32> { analysis.words_in(span).collect() };
    let (left, right) = (words(one), words(two));
    let common = left.intersection(&right).count();
    let all = left.union(&right).count();
    2 * common >= all && all > 0 || head(analysis, &left).is_some_and(|it| head(analysis, &right) == Some(it))
}

/// The word of a set whose head stands outside of it.
fn head(analysis: &Analysis, words: &BTreeSet<u32>) -> Option<u32> {
    let outside =
        |word: &&u32| analysis.word(WordId(**word)).head.is_none_or(|head| !words.contains(&head.0));
    words.iter().find(outside).copied()
}

fn rounded(share: f64) -> Value {
    Value::from((share * 10_000.0).round() / 100.0)
}

fn f1_of(pairs: &[Pair], label: &str) -> (f64, Counts) {
    let counts = Counts {
        gold: pairs.iter().filter(|(gold, _)| gold == label).count(),
        system: pairs.iter().filter(|(_, found)| found == label).count(),
        right: pairs.iter().filter(|(gold, found)| gold == label && found == label).count(),
    };
    (counts.f1() / 100.0, counts)
}

fn cells(pairs: &[Pair]) -> Vec<Value> {
    let labels: BTreeSet<&str> = pairs.iter().map(|(gold, _)| gold.as_str()).collect();
    let macro_f1 = labels.iter().map(|label| f1_of(pairs, label).0).sum::<f64>() / labels.len().max(1) as f64;
    let right = pairs.iter().filter(|(gold, found)| gold == found).count();
    let found = pairs.iter().filter(|(_, found)| found != "none").count();
    let accuracy = right as f64 / pairs.len().max(1) as f64;
    vec![
        rounded(macro_f1),
        rounded(accuracy),
        Value::from(""),
        Value::from(""),
        right.into(),
        found.into(),
        pairs.len().into(),
    ]
}

fn label_cells(pairs: &[Pair], label: &str) -> Vec<Value> {
    let (f1, counts) = f1_of(pairs, label);
    let (precision, recall) = (counts.precision() / 100.0, counts.recall() / 100.0);
    vec![
        rounded(f1),
        Value::from(""),
        rounded(precision),
        rounded(recall),
        counts.right.into(),
        counts.system.into(),
        counts.gold.into(),
    ]
}

fn raw_cells(counts: Counts) -> Vec<Value> {
    let (precision, recall) = (counts.precision() / 100.0, counts.recall() / 100.0);
    vec![
        Value::from(""),
        Value::from(""),
        rounded(precision),
        rounded(recall),
        counts.right.into(),
        counts.system.into(),
        counts.gold.into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_kept_as_places() {
        let row = unmark("Soon <s>Lima </s>and <t>Quito</t> met.", "CONSULT").expect("both are marked");
        assert_eq!(row.sentence, "Soon Lima and Quito met.");
        assert_eq!(&row.sentence[row.source.0..row.source.1], "Lima");
        assert_eq!(&row.sentence[row.target.0..row.target.1], "Quito");
    }

    #[test]
    fn concessions_are_yielding_and_promised_ones_agreement() {
        assert_eq!(root(EventType::Retreat, "event.retreat-release", Status::Occurred), "YIELD");
        assert_eq!(root(EventType::Concede, "event.retreat-release", Status::Planned), "AGREE");
        assert_eq!(root(EventType::Sanction, "event.sanction-convict", Status::Occurred), "ACCUSE");
    }
}
