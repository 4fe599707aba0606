//! The table of sources.

use crate::phrase::{edtf, shortened};
use crate::{Cell, Held, Item, Run, Section, Table};
use demarche_record::Genre;
use std::collections::{BTreeMap, BTreeSet};

/// The names of the sources with these numbers.
pub(crate) fn named(held: &Held<'_>, numbers: &BTreeSet<usize>) -> Option<Section> {
    let name = |number: &usize| {
        let document = &held.documents[number - 1];
        let name = held.source_name(document);
        let file = if name == document.file { String::new() } else { format!(", {}", document.file) };
        Item::Note(format!("{number}. {name}{file}"))
    };
    let items: Vec<Item> = numbers.iter().map(name).collect();
    (!items.is_empty()).then(|| Section { id: "sources", title: "Sources referred to".to_owned(), items })
}

/// All sources, with what is a copy of what, and what was noticed when reading them.
pub(crate) fn sources(held: &Held<'_>) -> Section {
    let mut group_of: BTreeMap<demarche_record::DocumentId, usize> = BTreeMap::new();
    for (number, group) in
        held.ledger.copies.iter().enumerate().filter(|(_, group)| group.documents.len() > 1)
    {
        for id in &group.documents {
            group_of.insert(*id, number);
        }
    }
    let mut table = Table {
        columns: ["No.", "Source", "Title", "Published", "Genre", "Agencies", "Copies"]
            .map(str::to_owned)
            .to_vec(),
        rows: Vec::new(),
    };
    for (number, document) in held.documents.iter().enumerate() {
        let published = match &document.published.edtf {
            None => "unknown".to_owned(),
            Some(date) => format!("{} ({})", edtf(&date.0), document.published.basis),
        };
        let copies: Vec<String> = group_of
            .get(&document.id)
            .map(|group| {
                held.ledger.copies[*group]
                    .documents
                    .iter()
                    .filter(|id| **id != document.id)
                    .filter_map(|id| held.number(id))
                    .map(|number| format!("= {number}"))
                    .collect()
            })
            .unwrap_or_default();
        let genre = match (&document.issuer, document.genre) {
            (Some(issuer), Genre::Readout) => format!("readout of {issuer}"),
            (_, genre) => genre.to_string(),
        };
        table.rows.push(vec![
            link(number + 1, (number + 1).to_string()),
            Cell::plain(held.source_name(document)),
            link(number + 1, shortened(document.title.as_deref().unwrap_or("untitled"), 70)),
            Cell::plain(published),
            Cell::plain(genre),
            Cell::plain(document.agencies.join(", ")),
            Cell::plain(copies.join(" ")),
        ]);
    }
    let mut items = vec![Item::Table(table)];
    for document in held.documents {
        for notice in &document.notices {
            items.push(Item::Note(format!("{}: {}", document.file, notice.message)));
        }
    }
    Section { id: "sources", title: "Sources".to_owned(), items }
}

/// Words that lead to the text of a source.
fn link(source: usize, text: String) -> Cell {
    Cell { runs: vec![Run::Source(source, text)], references: Vec::new() }
}
