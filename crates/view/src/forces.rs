//! Forces and figures: the table of moves and strengths, and series of figures with their claimants.

use crate::fold::fold;
use crate::phrase::{chain, date, edtf, quantity, shortened, status};
use crate::{Cell, Held, Item, Line, Page, Reference, Run, Section, Table};
use demarche_record::{
    Action, Body, Comparison, Deployment, FigureSeries, Record, RecordId, Relation, Words,
};
use std::collections::BTreeMap;

/// "sends 350 soldiers → Poland"; an exercise is held, forces exercise.
pub(crate) fn move_of(deployment: &Deployment) -> String {
    let what = what(deployment);
    let is_exercise = ["exercise", "drill", "manoeuvre", "maneuver", "war game"];
    let unit = deployment.unit.as_ref().map(|unit| unit.text.to_lowercase()).unwrap_or_default();
    let verb = match deployment.action {
        Action::Deploy => "deploys",
        Action::Send => "sends",
        Action::Move => "moves",
        Action::Mass => "masses",
        Action::Withdraw => "withdraws",
        Action::Exercise if is_exercise.iter().any(|word| unit.contains(word)) => "holds",
        Action::Exercise => "exercises with",
        Action::Alert => "puts on alert",
        Action::Present => "has",
    };
    format!("{verb} {what}")
}

/// "at least 30,000 troops to Belarus".
fn what(deployment: &Deployment) -> String {
    let mut parts = Vec::new();
    parts.extend(deployment.quantity.as_ref().map(quantity));
    match &deployment.unit {
        Some(unit) => parts.push(unit.text.clone()),
        None if deployment.quantity.is_none() => parts.push("forces".to_owned()),
        None => {}
    }
    parts.extend(deployment.origin.as_ref().map(|place| format!("from {}", place.words.text)));
    parts.extend(deployment.destination.as_ref().map(|place| format!("→ {}", place.words.text)));
    parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The table of forces, then what comparing their figures gives.
pub(crate) fn section(held: &Held<'_>, current: &[&Record]) -> Section {
    let columns = ["Whose", "Action", "Number", "Unit", "From", "To / at", "When", "Who says so", "Status"];
    let mut table = Table { columns: columns.map(str::to_owned).to_vec(), rows: Vec::new() };
    for told in fold(held, current) {
        let record = told.record;
        let Body::Deployment(it) = &record.body else { continue };
        let place = |place: &Option<demarche_record::Place>| {
            Cell::plain(place.as_ref().map(|place| place.words.text.clone()).unwrap_or_default())
        };
        let says = chain(&record.attribution)
            .map(|chain| chain.trim_start_matches("according to ").to_owned())
            .or_else(|| held.document(record).map(|document| held.source_name(document)))
            .unwrap_or_default();
        table.rows.push(vec![
            Cell {
                runs: vec![match &it.force {
                    Some(force) => Run::Strong(force.name().to_owned()),
                    None => Run::Faint("not named".to_owned()),
                }],
                references: told.references(held),
            },
            Cell::plain(it.action.to_string()),
            Cell::plain(it.quantity.as_ref().map(quantity).unwrap_or_default()),
            Cell::plain(it.unit.as_ref().map(|unit| unit.text.clone()).unwrap_or_default()),
            place(&it.origin),
            place(&it.destination),
            Cell::plain(record.when.as_ref().map(date).unwrap_or_default()),
            Cell::plain(says),
            Cell { runs: status(record.status).into_iter().collect(), references: Vec::new() },
        ]);
    }
    let mut items = Vec::new();
    if !table.rows.is_empty() {
        items.push(Item::Table(table));
    }
    let several = held.ledger.figures.iter().filter(|series| series.figures.len() > 1);
    for series in several {
        items.extend(series_items(held, series));
    }
    Section { id: "forces", title: "Forces".to_owned(), items }
}

/// A page of all figure series, or of those whose title has `topic` in it.
pub fn figures_page(held: &Held<'_>, topic: Option<&str>) -> Page {
    let wanted = topic.map(str::to_lowercase);
    let items: Vec<Item> = held
        .ledger
        .figures
        .iter()
        .filter(|series| wanted.as_ref().is_none_or(|topic| series.title.to_lowercase().contains(topic)))
        .flat_map(|series| series_items(held, series))
        .collect();
    let facts = vec![("Series".to_owned(), held.ledger.figures.len().to_string())];
    let mut sections = vec![Section { id: "figures", title: "Figures by claimant".to_owned(), items }];
    sections.extend(counts(held, wanted.as_deref()));
    Page { title: "Figures".to_owned(), facts, sections }
}

/// Counts that are no strength of a force (the killed, missiles fired, people who fled), where two are told of one event.
fn counts(held: &Held<'_>, wanted: Option<&str>) -> Option<Section> {
    let mut rows: Vec<&demarche_record::Comparison> = held
        .ledger
        .comparisons
        .iter()
        .filter(|row| row.rule.starts_with("count-"))
        .filter(|row| wanted.is_none_or(|topic| row.topic.to_lowercase().contains(topic)))
        .collect();
    rows.sort_by_key(|row| (crate::compare::rank(row.relation), row.topic.clone(), row.id.clone()));
    let columns = ["", "What", "One count", "Other count", "Why"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<Cell>> = rows
        .into_iter()
        .map(|row| {
            let right = row.right.as_ref().map(|id| crate::compare::cell(held, id, row.right_words.as_ref()));
            vec![
                Cell {
                    runs: vec![Run::Badge(crate::compare::label(row.relation).to_owned())],
                    references: Vec::new(),
                },
                Cell { runs: vec![Run::Strong(row.topic.clone())], references: Vec::new() },
                crate::compare::cell(held, &row.left, row.left_words.as_ref()),
                right.unwrap_or_default(),
                Cell::plain(row.why.clone()),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Section {
        id: "counts",
        title: "Counts of one event".to_owned(),
        items: vec![Item::Table(Table { columns, rows })],
    })
}

fn series_items(held: &Held<'_>, series: &FigureSeries) -> Vec<Item> {
    let mut table = Table {
        columns: ["As of", "Value", "Unit", "Claimed by"].map(str::to_owned).to_vec(),
        rows: Vec::new(),
    };
    for figure in &series.figures {
        let record = held.record(&figure.record);
        let words = record.and_then(|record| match &record.body {
            Body::Deployment(it) => it.quantity.as_ref().map(quantity),
            _ => None,
        });
        table.rows.push(vec![
            Cell::plain(figure.as_of.as_ref().map_or_else(|| "not stated".to_owned(), |date| edtf(&date.0))),
            Cell {
                runs: vec![Run::Strong(words.unwrap_or_else(|| interval(figure.low, figure.high)))],
                references: record.and_then(|record| held.reference(record)).into_iter().collect(),
            },
            Cell::plain(figure.unit.clone()),
            Cell::plain(figure.claimant.clone()),
        ]);
    }
    let mut items = vec![Item::Heading(series.title.clone()), Item::Table(table)];
    items.extend(verdicts(held, series));
    items.extend(series.remarks.iter().map(|remark| Item::Note(remark.clone())));
    items
}

/// What comparing the figures of a series gives: each reason once, with the figures that it is about.
fn verdicts(held: &Held<'_>, series: &FigureSeries) -> Vec<Item> {
    let claimants: BTreeMap<RecordId, &str> =
        series.figures.iter().map(|figure| (figure.record, figure.claimant.as_str())).collect();
    let figure = |id: &RecordId, words: Option<&Words>| -> Option<String> {
        let record = held.record(id)?;
        let text = &words.unwrap_or(&record.evidence).text;
        let claimant = claimants.get(id).copied();
        let claimant = claimant.map_or_else(
            || held.document(record).map(|it| held.source_name(it)).unwrap_or_default(),
            str::to_owned,
        );
        Some(format!("“{}” ({claimant})", shortened(text, 80)))
    };
    let told = |it: &&Comparison| {
        it.encounter.is_none()
            && claimants.contains_key(&it.left)
            && !matches!(it.relation, Relation::Agrees | Relation::OneSided)
    };
    let mut rows: Vec<(Relation, &str, Vec<String>, Vec<Reference>)> = Vec::new();
    for row in held.ledger.comparisons.iter().filter(told) {
        let sides =
            [(Some(&row.left), row.left_words.as_ref()), (row.right.as_ref(), row.right_words.as_ref())];
        let figures: Vec<String> = sides.iter().filter_map(|(id, words)| figure((*id)?, *words)).collect();
        let references = sides.iter().filter_map(|(id, words)| {
            let record = held.record((*id)?)?;
            held.reference_to(record, words.unwrap_or(&record.evidence))
        });
        // Some reasons have the words of both figures themselves.
        let words = [row.left_words.as_ref(), row.right_words.as_ref()];
        let told =
            words.iter().all(|words| words.is_some_and(|it| row.why.contains(&format!("“{}”", it.text))));
        let pair = if told { String::new() } else { figures.join(" and ") };
        let at = rows.iter().position(|(relation, why, ..)| *relation == row.relation && *why == row.why);
        let at = at.unwrap_or_else(|| {
            rows.push((row.relation, &row.why, Vec::new(), Vec::new()));
            rows.len() - 1
        });
        if !rows[at].2.contains(&pair) {
            rows[at].2.push(pair);
        }
        rows[at].3.extend(references);
    }
    rows.sort_by_key(|(relation, why, ..)| (crate::compare::rank(*relation), *why));
    let line = |(relation, why, pairs, references): (Relation, &str, Vec<String>, Vec<Reference>)| {
        let pairs: Vec<String> = pairs.into_iter().filter(|pair| !pair.is_empty()).collect();
        let mut runs = vec![Run::Badge(crate::compare::label(relation).to_owned())];
        if pairs.is_empty() {
            runs.push(Run::Plain(format!(" {why}")));
        } else {
            runs.push(Run::Plain(format!(" {}. ", pairs.join("; "))));
            runs.push(Run::Faint(why.trim_end_matches('.').to_owned()));
        }
        Item::Line(Line::new(runs, references))
    };
    rows.into_iter().map(line).collect()
}

fn interval(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} – {high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("at most {high}"),
        (None, None) => "not known".to_owned(),
    }
}
