//! Actors and office holders of spreadsheets: `world/actors/*.csv`, `world/offices/*.csv`.
//!
//! A row is turned into what the TOML files say, so that both are checked by the same rules.

use super::load::{ActorFile, ActorRow, HolderRow, Loader, OfficeRow, PersonRow};
use crate::table::{Row, rows, slug};
use crate::{PackError, PackFile};
use std::ops::Range;
use toml::Spanned;

impl Loader {
    /// Reads a spreadsheet of actors.
    pub(super) fn actor_sheet(&mut self, file: &PackFile) {
        let further = ["id", "names", "demonyms", "domains", "country", "code", "sector", "part_of"];
        let Some(found) = self.kept(rows(file, &["name", "kind"], &further)) else { return };
        let lines = lines(&file.text);
        let actor = found.iter().map(|row| {
            let at = Spot(&lines, row);
            ActorRow {
                id: at.set(
                    row.cell("id").map_or_else(|| slug(row.cell("name").unwrap_or_default()), str::to_owned),
                ),
                kind: at.set(row.cell("kind").unwrap_or_default().to_owned()),
                name: row.cell("name").unwrap_or_default().to_owned(),
                names: row.list("names"),
                demonyms: row.list("demonyms"),
                metonyms: Vec::new(),
                domains: row.list("domains"),
                country: at.cell("country"),
                code: row.cell("code").map(str::to_owned),
                sector: row.cell("sector").map(str::to_owned),
                part_of: at.cell("part_of"),
            }
        });
        let actor = actor.collect();
        self.add(file, ActorFile { as_of: None, actor, office: Vec::new(), person: Vec::new() });
    }

    /// Reads a spreadsheet of office holders: one row for each tenure. An office that a pack already knows by body and
    /// title is continued, a person that already has an entry under this id is meant.
    pub(super) fn office_sheet(&mut self, file: &PackFile) {
        let further = ["id", "names", "gender", "country", "sector", "from", "until"];
        let Some(found) = self.kept(rows(file, &["person", "title", "of"], &further)) else { return };
        let lines = lines(&file.text);
        let mut sheet = ActorFile { as_of: None, actor: Vec::new(), office: Vec::new(), person: Vec::new() };
        for row in &found {
            let at = Spot(&lines, row);
            let name = row.cell("person").unwrap_or_default();
            let person = row.cell("id").map_or_else(|| slug(name), str::to_owned);
            if !self.knows(&person) && !sheet.person.iter().any(|it| *it.id.get_ref() == person) {
                sheet.person.push(PersonRow {
                    id: at.set(person.clone()),
                    name: name.to_owned(),
                    names: row.list("names"),
                    surname: None,
                    gender: at.cell("gender"),
                    country: at.cell("country"),
                    sector: row.cell("sector").map(str::to_owned),
                });
            }
            let holder = HolderRow { person: at.set(person), from: at.cell("from"), until: at.cell("until") };
            let (titles, of) = (row.list("title"), row.cell("of").unwrap_or_default());
            let same = |it: &&mut OfficeRow| {
                it.of.get_ref() == of && it.titles.iter().any(|own| titles.contains(own))
            };
            match sheet.office.iter_mut().find(same) {
                Some(office) => office.holders.push(holder),
                None => sheet.office.push(OfficeRow {
                    id: at.set(format!("{of}.{}", slug(titles.first().map_or("office", String::as_str)))),
                    of: at.set(of.to_owned()),
                    titles,
                    sector: row.cell("sector").map(str::to_owned),
                    holders: vec![holder],
                    several: false,
                }),
            }
        }
        self.add(file, sheet);
    }

    fn kept(&mut self, found: Result<Vec<Row>, Vec<PackError>>) -> Option<Vec<Row>> {
        found.map_err(|faults| self.faults.extend(faults)).ok()
    }
}

/// Byte offset of the start of each line.
fn lines(text: &str) -> Vec<usize> {
    let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// A row as the place of a fault.
struct Spot<'a>(&'a [usize], &'a Row);

impl Spot<'_> {
    fn set(&self, value: String) -> Spanned<String> {
        let start = self.0.get(self.1.line - 1).copied().unwrap_or_default();
        let span: Range<usize> = start..start;
        Spanned::new(span, value)
    }

    fn cell(&self, column: &str) -> Option<Spanned<String>> {
        self.1.cell(column).map(|cell| self.set(cell.to_owned()))
    }
}
