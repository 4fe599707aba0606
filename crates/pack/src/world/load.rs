//! Reads and checks the actor files: unknown keys, duplicate slugs, dangling references, cycles, overlapping offices.

use super::{Actor, ActorKind, Office, Person, Tenure, World};
use crate::{PackError, PackFile, line_of, parse_toml};
use demarche_record::ActorId;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorFile {
    /// The day up to which the lists were believed complete.
    #[allow(dead_code, reason = "for readers of the file; required so that each list says as of when")]
    pub as_of: Option<String>,
    #[serde(default)]
    pub actor: Vec<ActorRow>,
    #[serde(default)]
    pub office: Vec<OfficeRow>,
    #[serde(default)]
    pub person: Vec<PersonRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorRow {
    pub id: Spanned<String>,
    pub kind: Spanned<String>,
    pub name: String,
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub demonyms: Vec<String>,
    #[serde(default)]
    pub metonyms: Vec<String>,
    #[serde(default)]
    pub domains: Vec<String>,
    pub country: Option<Spanned<String>>,
    pub code: Option<String>,
    pub sector: Option<String>,
    pub part_of: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeRow {
    pub id: Spanned<String>,
    pub of: Spanned<String>,
    pub titles: Vec<String>,
    pub sector: Option<String>,
    #[serde(default)]
    pub holders: Vec<HolderRow>,
    /// True where several hold the office at once (deputies, spokespersons, collective heads).
    #[serde(default)]
    pub several: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HolderRow {
    pub person: Spanned<String>,
    pub from: Option<Spanned<String>>,
    pub until: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonRow {
    pub id: Spanned<String>,
    pub name: String,
    #[serde(default)]
    pub names: Vec<String>,
    pub surname: Option<String>,
    pub gender: Option<Spanned<String>>,
    pub country: Option<Spanned<String>>,
    pub sector: Option<String>,
}

/// Where something was defined, for messages.
#[derive(Clone)]
struct At {
    file: String,
    line: usize,
}

impl At {
    fn error(&self, message: String) -> PackError {
        PackError { file: self.file.clone(), line: self.line, message }
    }
}

#[derive(Default)]
pub(super) struct Loader {
    world: World,
    defined: BTreeMap<String, At>,
    offices: BTreeMap<String, At>,
    /// References to prove once everything is read: (where, slug, what refers).
    references: Vec<(At, String, &'static str)>,
    parts: BTreeMap<String, At>,
    pub(super) faults: Vec<PackError>,
}

const FOLDERS: &[&str] = &["world/actors/", "world/organisations/", "world/groups/", "world/outlets/"];

impl World {
    /// Reads the actor files among `files`; all faults at once.
    pub fn parse(files: &[PackFile]) -> Result<Self, Vec<PackError>> {
        let mut loader = Loader::default();
        for file in files.iter().filter(|file| {
            FOLDERS.iter().any(|folder| file.path.starts_with(folder)) && file.path.ends_with(".toml")
        }) {
            match parse_toml::<ActorFile>(&file.path, &file.text) {
                Ok(rows) => loader.add(file, rows),
                Err(fault) => loader.faults.push(fault),
            }
        }
        // Spreadsheets may build on every entry of the other files.
        let sheets = |folder: &'static str| {
            files.iter().filter(move |file| file.path.starts_with(folder) && file.path.ends_with(".csv"))
        };
        sheets("world/actors/").for_each(|file| loader.actor_sheet(file));
        sheets("world/offices/").for_each(|file| loader.office_sheet(file));
        loader.finish()
    }
}

impl Loader {
    /// Whether an actor or person has this slug.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.defined.contains_key(id)
    }

    pub(super) fn add(&mut self, file: &PackFile, rows: ActorFile) {
        let at = |span: std::ops::Range<usize>| At {
            file: file.path.clone(),
            line: line_of(&file.text, span.start),
        };
        for row in rows.actor {
            let place = at(row.id.span());
            let Some(kind) = ActorKind::parse(row.kind.get_ref()) else {
                let known: Vec<&str> = ActorKind::ALL.iter().map(|kind| kind.as_str()).collect();
                let message = format!("kind `{}` is not one of {}", row.kind.get_ref(), known.join(", "));
                self.faults.push(at(row.kind.span()).error(message));
                continue;
            };
            let id = row.id.into_inner();
            if !self.define(&id, place.clone()) {
                continue;
            }
            if let Some(country) = &row.country {
                self.check_country(at(country.span()), country.get_ref());
            }
            if let Some(part_of) = &row.part_of {
                self.references.push((at(part_of.span()), part_of.get_ref().clone(), "part_of"));
                self.parts.insert(id.clone(), at(part_of.span()));
            }
            let actor = Actor {
                id: ActorId(id.clone()),
                kind,
                name: row.name,
                names: row.names,
                demonyms: row.demonyms,
                metonyms: row.metonyms,
                domains: row.domains,
                country: row.country.map(Spanned::into_inner),
                code: row.code,
                sector: row.sector,
                part_of: row.part_of.map(|part| ActorId(part.into_inner())),
            };
            self.world.actors.insert(id, actor);
        }
        for row in rows.person {
            let place = at(row.id.span());
            let id = row.id.into_inner();
            if !self.define(&id, place) {
                continue;
            }
            if let Some(country) = &row.country {
                self.check_country(at(country.span()), country.get_ref());
            }
            let gender = match row.gender.as_ref().map(|gender| gender.get_ref().as_str()) {
                None => None,
                Some("m") => Some('m'),
                Some("f") => Some('f'),
                Some(other) => {
                    let place = at(row.gender.as_ref().map(Spanned::span).unwrap_or_default());
                    self.faults.push(
                        place.error(format!("gender `{other}` is neither \"m\" nor \"f\"; leave it out")),
                    );
                    None
                }
            };
            let last = row.name.split_whitespace().last().unwrap_or(&row.name).to_owned();
            let person = Person {
                id: ActorId(id.clone()),
                surname: row.surname.unwrap_or(last),
                name: row.name,
                names: row.names,
                gender,
                country: row.country.map(Spanned::into_inner),
                sector: row.sector,
            };
            self.world.persons.insert(id, person);
        }
        for row in rows.office {
            let place = at(row.id.span());
            let id = row.id.get_ref().clone();
            let sheet = file.path.ends_with(".csv");
            let known = sheet.then(|| self.office_of(&row)).flatten();
            if known.is_none()
                && let Some(first) = self.offices.get(&id)
            {
                let message = format!("office `{id}` is already defined at {}:{}", first.file, first.line);
                self.faults.push(place.error(message));
                continue;
            }
            if known.is_none() {
                self.offices.insert(id.clone(), place.clone());
            }
            self.references.push((at(row.of.span()), row.of.get_ref().clone(), "of"));
            let mut holders = Vec::new();
            for holder in row.holders {
                let place = at(holder.person.span());
                self.references.push((place.clone(), holder.person.get_ref().clone(), "person"));
                for date in [&holder.from, &holder.until].into_iter().flatten() {
                    if !is_date(date.get_ref()) {
                        let message =
                            format!("`{}` is not a date: YYYY, YYYY-MM or YYYY-MM-DD", date.get_ref());
                        self.faults.push(at(date.span()).error(message));
                    }
                }
                let tenure = Tenure {
                    person: ActorId(holder.person.into_inner()),
                    from: holder.from.map(Spanned::into_inner),
                    until: holder.until.map(Spanned::into_inner),
                };
                if let (Some(from), Some(until)) = (&tenure.from, &tenure.until)
                    && from.as_str() > until.as_str()
                    && !from.starts_with(until.as_str())
                {
                    self.faults.push(
                        place.error(format!("`{}` leaves office `{id}` before entering it", tenure.person)),
                    );
                }
                holders.push((place, tenure));
            }
            if let Some(known) = known {
                for (_, tenure) in holders {
                    succeed(&mut self.world.offices[known].holders, tenure);
                }
                continue;
            }
            if !row.several {
                self.check_overlap(&id, &holders);
            }
            self.world.offices.push(Office {
                id,
                of: ActorId(row.of.into_inner()),
                titles: row.titles,
                sector: row.sector,
                holders: holders.into_iter().map(|(_, tenure)| tenure).collect(),
            });
        }
    }

    /// The office with one of the titles of the same body, or else of a part of it.
    fn office_of(&self, row: &OfficeRow) -> Option<usize> {
        let of = ActorId(row.of.get_ref().clone());
        let titled = |office: &Office| {
            office.titles.iter().any(|title| row.titles.iter().any(|own| own.eq_ignore_ascii_case(title)))
        };
        let find = |fits: &dyn Fn(&Office) -> bool| {
            self.world.offices.iter().position(|office| titled(office) && fits(office))
        };
        find(&|office| office.of == of).or_else(|| find(&|office| self.world.is_part(&office.of, &of)))
    }

    fn define(&mut self, id: &str, place: At) -> bool {
        if let Some(first) = self.defined.get(id) {
            let message = format!("slug `{id}` is already defined at {}:{}", first.file, first.line);
            self.faults.push(place.error(message));
            return false;
        }
        self.defined.insert(id.to_owned(), place);
        true
    }

    fn check_country(&mut self, place: At, country: &str) {
        if country.len() != 3 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            self.faults.push(
                place.error(format!("country `{country}` is not an ISO 3166-1 alpha-3 code such as FRA")),
            );
        }
    }

    /// Two full-day tenures of one office must not overlap; coarser dates may touch.
    fn check_overlap(&mut self, office: &str, holders: &[(At, Tenure)]) {
        for (number, (place, one)) in holders.iter().enumerate() {
            for (_, two) in &holders[..number] {
                let (Some(from_one), Some(from_two)) = (&one.from, &two.from) else { continue };
                let (earlier, later_from) =
                    if from_one <= from_two { (one, from_two) } else { (two, from_one) };
                let clash = match &earlier.until {
                    None => true,
                    Some(until) if until.len() == 10 && later_from.len() == 10 => later_from < until,
                    Some(until) => {
                        let common = until.len().min(later_from.len());
                        later_from[..common] < until[..common]
                    }
                };
                if clash && one.person != two.person {
                    let message = format!(
                        "`{}` and `{}` hold office `{office}` at the same time; correct the dates or set `several = true`",
                        two.person, one.person
                    );
                    self.faults.push(place.error(message));
                }
            }
        }
    }

    fn finish(mut self) -> Result<World, Vec<PackError>> {
        for (place, slug, key) in &self.references {
            if !self.defined.contains_key(slug) {
                self.faults
                    .push(place.error(format!("{key} = \"{slug}\": no actor or person has this slug")));
            }
        }
        for (id, place) in &self.parts {
            let mut at = id.clone();
            for _ in 0..=self.parts.len() {
                match self.world.actors.get(&at).and_then(|actor| actor.part_of.clone()) {
                    Some(ActorId(next)) if next == *id => {
                        self.faults.push(place.error(format!("`{id}` is part of itself through `part_of`")));
                        break;
                    }
                    Some(ActorId(next)) => at = next,
                    None => break,
                }
            }
        }
        if self.faults.is_empty() {
            self.world.index();
            Ok(self.world)
        } else {
            self.faults.sort();
            Err(self.faults)
        }
    }
}

/// Adds a tenure, newest first. The one holder whose end no file says leaves when his successor begins.
fn succeed(holders: &mut Vec<Tenure>, tenure: Tenure) {
    let mut open = holders.iter_mut().filter(|held| held.until.is_none());
    if let (Some(held), None) = (open.next(), open.next())
        && held.from < tenure.from
    {
        held.until.clone_from(&tenure.from);
    }
    let at = holders.iter().position(|held| held.from < tenure.from).unwrap_or(holders.len());
    holders.insert(at, tenure);
}

fn is_date(date: &str) -> bool {
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let in_range = |part: &str, most: u8| part.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number));
    let mut parts = date.split('-');
    let year = parts.next().is_some_and(|year| digits(year, 4));
    let month = parts.next().is_none_or(|month| digits(month, 2) && in_range(month, 12));
    let day = parts.next().is_none_or(|day| digits(day, 2) && in_range(day, 31));
    year && month && day && parts.next().is_none()
}
