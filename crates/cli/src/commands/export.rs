//! `export`: the ledger for other programs and for print.

use super::{Whole, open};
use crate::args::{Export, ExportFormat, Format, What};
use crate::listing::Rows;
use crate::outcome::Outcome;
use crate::output;
use anyhow::{Result, bail};
use demarche_store::{Store, View};
use demarche_view::{self as view, Cell, Item, Page, Run, Section, Table};
use demarche_wire as wire;
use serde_json::Value;
use std::collections::BTreeMap;

/// Writes what was asked for.
pub fn run(options: &Export) -> Result<Outcome> {
    if options.judged && !(options.format == ExportFormat::Jsonl && options.what == What::Records) {
        bail!("--judged works for records in the format jsonl only; leave --format out");
    }
    let store = open(&options.store.store)?;
    let text = match options.format {
        ExportFormat::Jsonl => lines(&store, options.what, options.judged)?,
        ExportFormat::Csv => rows(&store, options.what, true)?.write(Format::Csv),
        ExportFormat::Md => rows(&store, options.what, false)?.write(Format::Md),
        ExportFormat::Html => page(&store, options.what)?,
    };
    match &options.output {
        Some(path) => output::write_file(path, &text)?,
        None => output::print(&text)?,
    }
    Ok(Outcome::Done)
}

/// The ledger's own lines, exactly as `analyze` writes them; records as judged if that is asked for.
fn lines(store: &Store, what: What, judged: bool) -> Result<String> {
    Ok(match what {
        What::Documents => wire::write_lines(store.documents()?.iter().map(wire::DocumentLine::from)),
        What::Records => {
            let files: BTreeMap<_, _> =
                store.documents()?.into_iter().map(|document| (document.id, document.file)).collect();
            let records = store.records()?;
            let records = if judged { store.judged(records)?.records } else { records };
            let file = |id| files.get(id).map(String::as_str).unwrap_or_default();
            wire::write_lines(records.iter().map(|it| wire::RecordLine::new(it, file(&it.document))))
        }
        What::Encounters => {
            wire::write_lines(store.ledger()?.encounters.iter().map(wire::EncounterLine::from))
        }
        What::Comparisons => {
            wire::write_lines(store.ledger()?.comparisons.iter().map(wire::ComparisonLine::from))
        }
        What::Times => wire::write_lines(store.times()?),
    })
}

fn name(what: What) -> &'static str {
    match what {
        What::Documents => "documents",
        What::Records => "records",
        What::Encounters => "encounters",
        What::Comparisons => "comparisons",
        What::Times => "times",
    }
}

/// Slots of a record's line that hold who takes part: columns that every kind of record has, empty or not.
const PARTIES: &[&str] = &[
    "speaker",
    "addressee",
    "participants",
    "initiator",
    "host",
    "holder",
    "force",
    "forecaster",
    "subject",
    "actor",
    "recipient",
];

/// Names of a party, or of several.
fn names(slot: &Value) -> Value {
    let name = |party: &Value| {
        let known = ["resolved", "text"].iter().find_map(|key| party[*key].as_str());
        known.map(str::to_owned)
    };
    match slot {
        Value::Array(all) => all.iter().filter_map(name).collect::<Vec<_>>().join("; ").into(),
        one => name(one).into(),
    }
}

/// The rows of the view of the same name; the whole JSON line is left to the JSON format.
fn rows(store: &Store, what: What, all: bool) -> Result<Rows> {
    let found = View::named(name(what)).expect("every export has a public view");
    let mut rows = store.rows(found, all)?;
    let mut columns: Vec<String> = match rows.first() {
        Some(row) if all => row.keys().cloned().collect(),
        _ => found.columns.iter().map(|&column| column.to_owned()).collect(),
    };
    if what == What::Records && all {
        for row in &mut rows {
            let line: Value =
                row.get("json").and_then(Value::as_str).map_or(Ok(Value::Null), serde_json::from_str)?;
            row.extend(PARTIES.iter().map(|&slot| (slot.to_owned(), names(&line[slot]))));
        }
        columns.extend(PARTIES.iter().map(|&slot| slot.to_owned()));
    }
    columns.retain(|column| column != "json");
    Ok(Rows::new(columns.iter().map(String::as_str), rows))
}

/// One self-contained page, each row with references into the sources.
fn page(store: &Store, what: What) -> Result<String> {
    let whole = Whole::of(store)?;
    let held = whole.held();
    let mut page = match what {
        What::Records => Page {
            title: "Records".to_owned(),
            facts: vec![
                ("Documents".to_owned(), whole.documents.len().to_string()),
                ("Records".to_owned(), whole.records.len().to_string()),
            ],
            sections: vec![Section {
                id: "records",
                title: "Records".to_owned(),
                items: vec![record_table(&held)],
            }],
        },
        What::Encounters | What::Comparisons => {
            let mut pages = whole
                .ledger
                .encounters
                .iter()
                .map(|encounter| (encounter, view::comparison_page(&held, encounter)));
            let sections = pages.by_ref().flat_map(|(_, page)| {
                let heading = Item::Heading(page.title);
                page.sections.into_iter().take(1).map(move |mut section| {
                    section.items.insert(0, heading.clone());
                    section
                })
            });
            let items: Vec<Item> = sections.flat_map(|section| section.items).collect();
            Page {
                title: "Encounters and accounts".to_owned(),
                facts: vec![("Encounters".to_owned(), whole.ledger.encounters.len().to_string())],
                sections: vec![Section { id: "accounts", title: "Accounts side by side".to_owned(), items }],
            }
        }
        What::Documents | What::Times => {
            Page { title: "Documents".to_owned(), facts: Vec::new(), sections: Vec::new() }
        }
    };
    // The list of sources, to which every reference leads.
    page.sections.extend(view::brief(&held).sections.into_iter().filter(|section| section.id == "sources"));
    Ok(view::html(&page, &held))
}

fn record_table(held: &view::Held<'_>) -> Item {
    let rows = held.records.iter().map(|record| {
        let when = record.when.as_ref().map(|when| when.edtf.0.clone()).unwrap_or_default();
        let parties = record.parties().iter().map(|party| party.name()).collect::<Vec<_>>().join("; ");
        vec![
            Cell::plain(when),
            Cell::plain(record.body.kind().as_str()),
            Cell::plain(parties),
            Cell {
                runs: vec![Run::Quote(record.evidence.text.clone())],
                references: held.reference(record).into_iter().collect(),
            },
            Cell::plain(record.status.as_str()),
        ]
    });
    let columns = ["When", "Kind", "Parties", "Words", "Status"];
    Item::Table(Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() })
}
