//! Accounts of one encounter side by side: slots and topics as rows, sides as columns, rows that differ first.

use crate::phrase::{basis, date, names, shortened};
use crate::{Cell, Held, Item, Page, Reference, Run, Section, Table};
use demarche_record::{Account, Comparison, Encounter, RecordId, Relation, Words};
use std::collections::BTreeMap;

/// The page of one encounter.
pub fn comparison_page(held: &Held<'_>, encounter: &Encounter) -> Page {
    let when = encounter.when.as_ref().map(date).unwrap_or_else(|| "not stated".to_owned());
    let facts = vec![
        ("Participants".to_owned(), names(&encounter.participants)),
        ("When".to_owned(), when),
        ("Medium".to_owned(), crate::brief::medium(encounter.medium.as_str())),
        ("Accounts".to_owned(), encounter.accounts.len().to_string()),
        ("Independent sources".to_owned(), encounter.independent_sources.to_string()),
        ("Encounter".to_owned(), encounter.id.clone()),
    ];
    let section =
        Section { id: "accounts", title: "Accounts side by side".to_owned(), items: body(held, encounter) };
    Page { title: headline(encounter), facts, sections: vec![section] }
}

/// "Macron and Putin: call, 28 Jan 2022".
pub(crate) fn headline(encounter: &Encounter) -> String {
    let when = encounter.when.as_ref().map(|when| {
        let basis = basis(when).map(|basis| format!(", {basis}")).unwrap_or_default();
        format!("{}{basis}", date(when))
    });
    format!(
        "{}: {}, {}",
        names(&encounter.participants),
        crate::brief::medium(encounter.medium.as_str()),
        when.unwrap_or_else(|| "date not stated".to_owned())
    )
}

pub(crate) fn rank(relation: Relation) -> u8 {
    match relation {
        Relation::Differs => 0,
        Relation::SaysSoItself => 1,
        Relation::ChangedOverTime => 2,
        Relation::SideBySide => 3,
        Relation::Refines => 4,
        Relation::Agrees => 5,
        Relation::OneSided => 6,
        Relation::NotComparable => 7,
    }
}

/// What the program says of a row, for people.
pub(crate) fn label(relation: Relation) -> &'static str {
    match relation {
        Relation::Differs => "differs",
        Relation::SaysSoItself => "text reports a disagreement",
        Relation::ChangedOverTime => "changed over time",
        Relation::SideBySide => "side by side, no verdict",
        Relation::OneSided => "one side only",
        Relation::Refines => "agrees, more exact",
        Relation::Agrees => "agrees",
        Relation::NotComparable => "not comparable",
    }
}

/// The comparison of an encounter's accounts as items of a section.
pub(crate) fn body(held: &Held<'_>, encounter: &Encounter) -> Vec<Item> {
    let mut items = Vec::new();
    let sources = encounter.independent_sources;
    let accounts: Vec<String> = encounter.accounts.iter().map(account_name).collect();
    if !accounts.is_empty() {
        let sources = if sources == 1 {
            "1 independent source".to_owned()
        } else {
            format!("{sources} independent sources")
        };
        items.push(Item::Note(format!("{sources}. Accounts: {}.", accounts.join("; "))));
    }
    let mut rows: Vec<&Comparison> =
        held.ledger.comparisons.iter().filter(|it| it.encounter.as_deref() == Some(&encounter.id)).collect();
    rows.sort_by_key(|row| (rank(row.relation), row.topic.clone(), row.id.clone()));
    let (compared, left_out): (Vec<&Comparison>, Vec<&Comparison>) =
        rows.into_iter().partition(|row| row.relation != Relation::NotComparable);
    if !compared.is_empty() {
        items.push(Item::Table(matrix(held, encounter, &compared)));
    } else {
        let references: Vec<Reference> = encounter
            .mentions
            .iter()
            .filter_map(|id| held.record(id))
            .filter_map(|record| held.reference(record))
            .collect();
        let runs = vec![Run::Plain("Told by one account only; nothing to compare.".to_owned())];
        items.push(Item::Line(crate::Line::new(runs, references)));
    }
    let mut notes: Vec<String> = left_out.iter().map(|row| format!("{}: {}", row.topic, row.why)).collect();
    notes.extend(crate::footer::missing(held, encounter));
    if compared.is_empty() {
        // Beside a single account, a line for everything that it leaves out would be longer than what it tells.
        let notes: Vec<&str> = notes.iter().map(|note| note.trim_end_matches('.')).collect();
        notes.first().inspect(|_| items.push(Item::Note(format!("Not compared – {}.", notes.join("; ")))));
    } else {
        items.extend(notes.into_iter().map(|note| Item::Note(format!("Not compared – {note}"))));
    }
    items.extend(crate::footer::doubts(held, encounter));
    items
}

/// Sides as columns, matters as rows; the strongest relation of a matter names its row.
fn matrix(held: &Held<'_>, encounter: &Encounter, compared: &[&Comparison]) -> Table {
    let sides = Sides::of(held, encounter, compared);
    let mut rows: Vec<(&str, Vec<&Comparison>)> = Vec::new();
    for comparison in compared {
        match rows.iter_mut().find(|(topic, _)| *topic == comparison.topic) {
            Some((_, all)) => all.push(comparison),
            None => rows.push((&comparison.topic, vec![comparison])),
        }
    }
    let mut table = Table {
        columns: std::iter::once("Matter".to_owned()).chain(sides.names.clone()).collect(),
        rows: Vec::new(),
    };
    for (topic, all) in rows {
        // Rows come in the order of their relations: the first is the strongest.
        let strongest = all[0];
        let mut cells = vec![Cell::default(); sides.names.len()];
        for comparison in &all {
            let right = comparison.right.as_ref().map(|id| (id, comparison.right_words.as_ref()));
            for (id, words) in
                [Some((&comparison.left, comparison.left_words.as_ref())), right].into_iter().flatten()
            {
                add(&mut cells[sides.column(held, id)], cell(held, id, words));
            }
        }
        let silent = format!("no mention in the sources held ({})", encounter.independent_sources);
        for (cell, side) in cells.iter_mut().zip(&sides.names).filter(|(cell, _)| cell.runs.is_empty()) {
            // That reporters pass something over says nothing of a side.
            let told = strongest.relation == Relation::OneSided && side != REPORTS;
            cell.runs.push(Run::Faint(if told { silent.clone() } else { "–".to_owned() }));
        }
        let space = || Run::Plain(" ".to_owned());
        let mut row = vec![Cell {
            runs: vec![
                Run::Badge(label(strongest.relation).to_owned()),
                space(),
                Run::Strong(topic.to_owned()),
                space(),
                Run::Faint(strongest.why.clone()),
            ],
            references: Vec::new(),
        }];
        row.append(&mut cells);
        table.rows.push(row);
    }
    drop_silent_reports(&mut table);
    table
}

/// Takes out the column of the reporters if they say nothing in any row: that they pass something over says nothing.
fn drop_silent_reports(table: &mut Table) {
    let Some(at) = table.columns.iter().position(|name| name == REPORTS) else { return };
    if table.rows.iter().all(|row| row[at].references.is_empty()) {
        table.columns.remove(at);
        for row in &mut table.rows {
            row.remove(at);
        }
    }
}

/// Adds what another record says to a cell, once.
fn add(cell: &mut Cell, more: Cell) {
    if more.references.iter().all(|new| cell.references.contains(new)) && !cell.runs.is_empty() {
        return;
    }
    if !cell.runs.is_empty() {
        cell.runs.push(Run::Plain("; ".to_owned()));
    }
    cell.runs.extend(more.runs);
    cell.references.extend(more.references);
}

/// The columns of a comparison: whose telling each record belongs to.
struct Sides {
    names: Vec<String>,
    of: BTreeMap<RecordId, usize>,
}

/// What reporters tell in their own voice.
const REPORTS: &str = "Reports";

impl Sides {
    fn of(held: &Held<'_>, encounter: &Encounter, compared: &[&Comparison]) -> Self {
        let mut account: BTreeMap<RecordId, &str> = BTreeMap::new();
        for told in &encounter.accounts {
            let by = told.by.as_ref().map_or(REPORTS, |party| party.name());
            for item in &told.items {
                // An account of a side says more of a record than the voice of the article around it.
                if by != REPORTS || !account.contains_key(item) {
                    account.insert(*item, by);
                }
            }
        }
        let mut sides = Self { names: Vec::new(), of: BTreeMap::new() };
        let ids = compared.iter().flat_map(|it| std::iter::once(&it.left).chain(&it.right));
        for id in ids {
            let name = account.get(id).map(|name| (*name).to_owned()).unwrap_or_else(|| teller(held, id));
            let column = sides.names.iter().position(|known| *known == name).unwrap_or_else(|| {
                sides.names.push(name);
                sides.names.len() - 1
            });
            sides.of.insert(*id, column);
        }
        // A side that told something else still has a column: its silence here is worth seeing.
        for by in encounter.accounts.iter().filter_map(|told| told.by.as_ref()) {
            if !sides.names.iter().any(|known| known == by.name()) {
                sides.names.push(by.name().to_owned());
            }
        }
        sides.last(REPORTS);
        sides
    }

    /// Moves a column to the end.
    fn last(&mut self, name: &str) {
        let Some(from) = self.names.iter().position(|known| known == name) else { return };
        let moved = self.names.remove(from);
        self.names.push(moved);
        let end = self.names.len() - 1;
        for column in self.of.values_mut() {
            *column = match (*column).cmp(&from) {
                std::cmp::Ordering::Less => *column,
                std::cmp::Ordering::Equal => end,
                std::cmp::Ordering::Greater => *column - 1,
            };
        }
    }

    fn column(&self, held: &Held<'_>, id: &RecordId) -> usize {
        let named = || self.names.iter().position(|name| *name == teller(held, id));
        self.of.get(id).copied().or_else(named).unwrap_or_default()
    }
}

/// Whose telling a record is where no account has it: who vouches first, else the issuer of the text.
fn teller(held: &Held<'_>, id: &RecordId) -> String {
    let Some(record) = held.record(id) else { return REPORTS.to_owned() };
    let vouches = record.attribution.first().and_then(|link| link.party.as_ref()).map(|party| party.name());
    let issuer = held.document(record).and_then(|document| document.issuer.as_deref());
    vouches.or(issuer).unwrap_or(REPORTS).to_owned()
}

fn account_name(account: &Account) -> String {
    let by = account
        .by
        .as_ref()
        .map_or_else(|| "the article's own voice".to_owned(), |party| party.name().to_owned());
    let full = if account.full_text { "full text held" } else { "as quoted" };
    let lane = if account.opinion { ", opinion" } else { "" };
    let items = account.items.len();
    let records = if items == 1 { "record" } else { "records" };
    format!("{by}: {} ({full}{lane}, {items} {records})", ways(&account.through))
}

/// "said, in A; said, in B; readout, in C" as people would say it: "quoted in A and B, readout in C".
fn ways(through: &str) -> String {
    let mut by_way: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in through.split("; ") {
        let (way, place) = part.split_once(", in ").unwrap_or(("", part));
        by_way.entry(if way == "said" { "quoted" } else { way }).or_default().push(place);
    }
    let told = by_way.into_iter().map(|(way, places)| {
        let places = match &places[..] {
            [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
            _ => places.join(""),
        };
        if way.is_empty() { format!("in {places}") } else { format!("{way} in {places}") }
    });
    told.collect::<Vec<_>>().join(", ")
}

pub(crate) fn cell(held: &Held<'_>, id: &RecordId, words: Option<&Words>) -> Cell {
    let Some(record) = held.record(id) else { return Cell::plain("record not held") };
    let words = words.unwrap_or(&record.evidence);
    let source = held.document(record).map(|document| held.source_name(document)).unwrap_or_default();
    let teller = record.attribution.first().and_then(|link| link.party.as_ref());
    let mut runs = vec![Run::Quote(shortened(&words.text, 220)), Run::Plain(" ".to_owned())];
    let through = teller.filter(|teller| teller.name() != source);
    runs.push(Run::Faint(
        through.map_or_else(|| source.clone(), |teller| format!("{}, in {source}", teller.name())),
    ));
    Cell { runs, references: held.reference_to(record, words).into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_told_as_people_say_them() {
        assert_eq!(ways("said, in A; said, in B; readout, in C"), "quoted in A and B, readout in C");
        assert_eq!(ways("said, in A; said, in B; said, in C"), "quoted in A, B and C");
        assert_eq!(ways("A"), "in A");
    }
}
