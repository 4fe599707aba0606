//! Scores the coding of phrases: country and sector of an actor at a date (table of `ngec-actors`).

use super::{Counts, Options, Report};
use anyhow::{Context, Result};
use demarche_language::{Kit, WordId, analyse, codes_at};
use demarche_pack::world::Codes;
use demarche_record::{Edtf, Published, PublishedBasis};
use std::sync::Arc;

/// The day that the table calls "today".
const TODAY: &str = "2023-03-01";

/// Scores a table of phrases.
pub fn run(options: &Options) -> Result<Report> {
    let kit = Kit::with(demarche_pack::Pack::builtin(), options.model.as_deref())?;
    let table = std::fs::read_to_string(&options.path)
        .with_context(|| format!("reading {}", options.path.display()))?;
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let (mut country, mut sector, mut both) = (Counts::default(), Counts::default(), Counts::default());
    let mut remarks = Vec::new();
    let mut asserted = 0;
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            let column = header.iter().position(|held| *held == name);
            column.and_then(|column| cells.get(column)).copied().unwrap_or_default()
        };
        let nothing = cell("other").contains("None");
        if !nothing && cell("country").is_empty() && cell("code").is_empty() {
            continue;
        }
        asserted += 1;
        let found = code(&kit, cell("phrase"), cell("context"), cell("date"));
        let nation = right(cell("country"), found.country.as_deref(), nothing);
        let branch = right(cell("code"), found.sector.as_deref(), nothing);
        let one = |right: bool| Counts { gold: 1, system: 1, right: usize::from(right) };
        country.add(one(nation));
        sector.add(one(branch));
        both.add(one(nation && branch));
        if !(nation && branch) && remarks.len() < options.errors {
            remarks.push(format!(
                "{}: wanted {} {}, found {} {}",
                cell("phrase"),
                cell("country"),
                cell("code"),
                found.country.as_deref().unwrap_or("-"),
                found.sector.as_deref().unwrap_or("-")
            ));
        }
    }
    let rows = [("country", country), ("sector", sector), ("both", both)];
    Ok(Report {
        title: format!("Coding of {asserted} phrases that assert a country, a sector or nothing"),
        columns: Counts::COLUMNS.to_vec(),
        rows: rows.into_iter().map(|(name, counts)| (name.to_owned(), counts.cells())).collect(),
        remarks,
    })
}

/// True if an answer is what a cell asserts: empty asserts nothing, `-` that there is none, a list any of its parts.
fn right(wanted: &str, found: Option<&str>, nothing: bool) -> bool {
    match wanted {
        "" => !nothing || found.is_none(),
        "-" => found.is_none(),
        list if list.starts_with('[') => found.is_some_and(|found| list.contains(found)),
        code => found.is_some_and(|found| code.split(' ').any(|it| it == found)),
    }
}

fn code(kit: &Kit, phrase: &str, context: &str, date: &str) -> Codes {
    let text = if context.is_empty() { phrase.to_owned() } else { format!("{phrase}\n\n{context}") };
    let mut document = Arc::unwrap_or_clone(demarche_testkit::document(&text));
    document.language = Some("en".to_owned());
    let date = if date.len() == 10 && date.starts_with("20") { date } else { TODAY };
    document.published = Published {
        edtf: Some(Edtf(date.to_owned())),
        basis: PublishedBasis::Declared,
        evidence: Vec::new(),
    };
    let analysis = analyse(Arc::new(document), kit);
    let own = 0..phrase.len();
    // The mention of the phrase: the one that its root heads, else the longest.
    let root = analysis.words.iter().position(|word| word.head.is_none() && own.contains(&word.span.start()));
    let root = root.map(|at| WordId(at as u32)).filter(|head| analysis.mention_at(*head).is_some());
    let longest = analysis.mentions.iter().filter(|mention| own.contains(&mention.span.start()));
    let head = root.or_else(|| longest.max_by_key(|mention| mention.words.len()).map(|mention| mention.head));
    head.map(|head| codes_at(&analysis, &kit.pack, head)).unwrap_or_default()
}
