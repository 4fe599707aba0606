//! Forces and figures: the table of moves and strengths, and series of figures with their claimants.

use crate::fold::fold;
use crate::phrase::{chain, date, edtf, quantity, status};
use crate::{Cell, Held, Item, Page, Run, Section, Table};
use demarche_record::{Body, Deployment, FigureSeries, Record, Relation};

/// "at least 30,000 troops to Belarus".
pub(crate) fn what(deployment: &Deployment) -> String {
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
    let members: Vec<demarche_record::RecordId> = series.figures.iter().map(|figure| figure.record).collect();
    for comparison in &held.ledger.comparisons {
        let inside = comparison.encounter.is_none() && members.contains(&comparison.left);
        if inside && comparison.relation != Relation::Agrees && comparison.relation != Relation::OneSided {
            items.push(Item::Note(format!(
                "{}: {}",
                crate::compare::label(comparison.relation),
                comparison.why
            )));
        }
    }
    items.extend(series.remarks.iter().map(|remark| Item::Note(remark.clone())));
    items
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
