//! Accounts of one encounter side by side: slots and topics as rows, sides as columns, rows that differ first.

use crate::phrase::{basis, date, names, shortened};
use crate::{Cell, Held, Item, Page, Reference, Run, Section, Table};
use demarche_record::{Account, Comparison, Encounter, RecordId, Relation, Words};

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

fn rank(relation: Relation) -> u8 {
    match relation {
        Relation::Differs => 0,
        Relation::SaysSoItself => 1,
        Relation::ChangedOverTime => 2,
        Relation::SideBySide => 3,
        Relation::OneSided => 4,
        Relation::Refines => 5,
        Relation::Agrees => 6,
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
        Relation::Refines => "agrees, one is more precise",
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
        items.push(Item::Note(format!(
            "{} independent source(s). Accounts: {}.",
            sources,
            accounts.join("; ")
        )));
    }
    let mut rows: Vec<&Comparison> =
        held.ledger.comparisons.iter().filter(|it| it.encounter.as_deref() == Some(&encounter.id)).collect();
    rows.sort_by_key(|row| (rank(row.relation), row.topic.clone(), row.id.clone()));
    let (compared, left_out): (Vec<&Comparison>, Vec<&Comparison>) =
        rows.into_iter().partition(|row| row.relation != Relation::NotComparable);
    if !compared.is_empty() {
        let mut table = Table {
            columns: ["", "Topic", "One account", "Other account", "Why"].map(str::to_owned).to_vec(),
            rows: Vec::new(),
        };
        for row in compared {
            let left = cell(held, &row.left, row.left_words.as_ref());
            let right = match &row.right {
                Some(id) => cell(held, id, row.right_words.as_ref()),
                None => Cell::plain(format!("no mention in the sources held ({})", held.documents.len())),
            };
            table.rows.push(vec![
                Cell { runs: vec![Run::Badge(label(row.relation).to_owned())], references: Vec::new() },
                Cell { runs: vec![Run::Strong(row.topic.clone())], references: Vec::new() },
                left,
                right,
                Cell { runs: vec![Run::Plain(row.why.clone())], references: Vec::new() },
            ]);
        }
        items.push(Item::Table(table));
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
    for row in left_out {
        items.push(Item::Note(format!("Not compared – {}: {}", row.topic, row.why)));
    }
    items
}

fn account_name(account: &Account) -> String {
    let by = account
        .by
        .as_ref()
        .map_or_else(|| "the article's own voice".to_owned(), |party| party.name().to_owned());
    let full = if account.full_text { "full text held" } else { "as quoted" };
    let lane = if account.opinion { ", opinion" } else { "" };
    format!("{by} through {} ({full}{lane}, {} records)", account.through, account.items.len())
}

fn cell(held: &Held<'_>, id: &RecordId, words: Option<&Words>) -> Cell {
    let Some(record) = held.record(id) else { return Cell::plain("record not held") };
    let words = words.unwrap_or(&record.evidence);
    let source = held.document(record).map(|document| held.source_name(document)).unwrap_or_default();
    let teller =
        record.attribution.first().and_then(|link| link.party.as_ref()).map(|party| party.name().to_owned());
    let mut runs = vec![Run::Quote(shortened(&words.text, 220)), Run::Plain(" ".to_owned())];
    runs.push(Run::Faint(teller.map_or(source.clone(), |teller| format!("{teller}, in {source}"))));
    Cell { runs, references: held.reference_to(record, words).into_iter().collect() }
}
