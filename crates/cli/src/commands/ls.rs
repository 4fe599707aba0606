//! `ls`, `search`, `figures`, `threads`, `copies`, `timeline`: lists of what a store holds.

use super::{Whole, open, style};
use crate::args::{self, Format};
use crate::listing::Rows;
use crate::outcome::Outcome;
use crate::output;
use anyhow::{Result, bail};
use demarche::record::Epoch;
use demarche_store::{Store, View};
use demarche_view as view;
use serde_json::Value;

/// Lists a view, or how much of everything there is.
pub fn run(options: &args::Ls) -> Result<Outcome> {
    let Some(what) = &options.what else { return summary(&options.listing) };
    let Some(found) = View::named(what) else {
        let names: Vec<&str> = View::ALL.iter().map(|view| view.name).collect();
        bail!("there is no listing {what:?}; choose one of {}", names.join(", "));
    };
    list(&open(&options.listing.store.store)?, found, options.listing.format)
}

fn list(store: &Store, found: &'static View, format: Format) -> Result<Outcome> {
    Rows::new(found.columns.iter().copied(), store.rows(found, false)?).print(format)?;
    Ok(Outcome::Done)
}

fn summary(options: &args::Listing) -> Result<Outcome> {
    let store = open(&options.store.store)?;
    let mut rows = Vec::new();
    for found in View::ALL {
        let number = store.rows(found, false)?.len();
        rows.push(vec![Value::from(found.name), Value::from(number)]);
    }
    Rows::of(&["what", "number"], rows).print(options.format)?;
    Ok(Outcome::Done)
}

/// Finds documents with certain words.
pub fn search(options: &args::Search) -> Result<Outcome> {
    let store = open(&options.listing.store.store)?;
    let hits = store.search(&options.words.join(" "), options.limit)?;
    let found = !hits.is_empty();
    let rows = hits
        .into_iter()
        .map(|hit| vec![Value::from(hit.document), Value::from(hit.file), Value::from(hit.passage)])
        .collect();
    Rows::of(&["id", "file", "passage"], rows).print(options.listing.format)?;
    Ok(if found { Outcome::Done } else { Outcome::Findings })
}

/// Figure series with their claimants.
pub fn figures(options: &args::Figures) -> Result<Outcome> {
    let store = open(&options.listing.store.store)?;
    if options.listing.format == Format::Table {
        let whole = Whole::of(&store)?;
        let page = view::figures_page(&whole.held(), options.topic.as_deref());
        if page.sections.iter().all(|section| section.items.is_empty()) {
            return Ok(no_figures(options));
        }
        output::print(&view::text(&page, style()))?;
        return Ok(Outcome::Done);
    }
    let found = View::named("figures").expect("figures is a public view");
    let wanted = options.topic.as_ref().map(|topic| topic.to_lowercase());
    let mut rows = store.rows(found, false)?;
    rows.retain(|row| {
        let title = row.get("title").and_then(Value::as_str).unwrap_or_default().to_lowercase();
        wanted.as_ref().is_none_or(|wanted| title.contains(wanted))
    });
    let none = rows.is_empty();
    Rows::new(found.columns.iter().copied(), rows).print(options.listing.format)?;
    Ok(if none { no_figures(options) } else { Outcome::Done })
}

fn no_figures(options: &args::Figures) -> Outcome {
    let store = options.listing.store.store.display();
    output::note(&match &options.topic {
        Some(topic) => {
            format!("No figures in {store} have {topic:?} in their title; `demarche figures` lists all.")
        }
        None => format!("There are no figures in {store}."),
    });
    Outcome::Findings
}

/// Demands and answers.
pub fn threads(options: &args::Listing) -> Result<Outcome> {
    section(options, "demands", "threads")
}

/// Copy groups.
pub fn copies(options: &args::Listing) -> Result<Outcome> {
    let store = open(&options.store.store)?;
    let found = View::named("copies").expect("copies is a public view");
    let mut rows = store.rows(found, false)?;
    // A text without copies is a group of its own in the store.
    rows.retain(|row| row.get("members").and_then(Value::as_i64).is_some_and(|members| members > 1));
    if rows.is_empty() && options.format == Format::Table {
        output::print("No document is a copy of another; each is a source of its own.\n")?;
        return Ok(Outcome::Done);
    }
    Rows::new(found.columns.iter().copied(), rows).print(options.format)?;
    Ok(Outcome::Done)
}

/// What happened when.
pub fn timeline(options: &args::Listing) -> Result<Outcome> {
    let store = open(&options.store.store)?;
    if options.format == Format::Table || options.format == Format::Md {
        return section(options, "timeline", "records");
    }
    let mut records = store.judged(store.records()?)?.records;
    records.retain(|record| record.epoch == Epoch::Current && record.when.is_some());
    // By first possible day; what lasts or is vague comes after what is exact.
    let day = |record: &demarche::record::Record| {
        let bounds = record.when.as_ref().and_then(|when| when.edtf.bounds());
        bounds.map(|bounds| (bounds.first, bounds.last))
    };
    records.sort_by_key(|record| (day(record), record.id));
    let rows = records
        .iter()
        .map(|record| {
            let when = record.when.as_ref();
            vec![
                when.map(|when| when.edtf.0.clone()).into(),
                when.map(|when| when.basis.to_string()).into(),
                record.body.kind().to_string().into(),
                record.status.to_string().into(),
                record.parties().iter().map(|party| party.name()).collect::<Vec<_>>().join("; ").into(),
                record.evidence.text.clone().into(),
                record.id.to_string().into(),
            ]
        })
        .collect();
    Rows::of(&["when", "basis", "kind", "status", "parties", "evidence", "id"], rows)
        .print(options.format)?;
    Ok(Outcome::Done)
}

/// One section of the briefing for people, or a view for programs.
fn section(options: &args::Listing, id: &str, name: &str) -> Result<Outcome> {
    let store = open(&options.store.store)?;
    if options.format != Format::Table && options.format != Format::Md {
        return list(&store, View::named(name).expect("named views are public"), options.format);
    }
    let whole = Whole::of(&store)?;
    let held = whole.held();
    let page = view::part(&held, id, &store.path().display().to_string());
    match options.format {
        Format::Md => output::print(&view::markdown(&page))?,
        _ => output::print(&view::text(&page, style()))?,
    }
    Ok(Outcome::Done)
}
