//! Owns the gazetteer: countries, first-order divisions, towns and features with positions.
//!
//! Read from `world/places/`: `countries.tsv`, `regions.tsv`, `cities.tsv` (name, alternates, ISO 3166-1 alpha-3,
//! degrees north, degrees east, thousands of people), `features*.toml` and spreadsheets `*.csv` (name, names, kind, country,
//! north, east).

use crate::table::rows;
use crate::world::fold;
use crate::{PackError, PackFile, line_of, parse_toml};
use demarche_record::Precision;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Standard name.
    pub name: String,
    /// ISO 3166-1 alpha-3; `None` where it lies in several states or in none.
    pub country: Option<String>,
    /// Degrees north and east.
    pub position: (f64, f64),
    /// What the position stands for.
    pub precision: Precision,
    /// Thousands of people; 0 where not known.
    pub people: u32,
    /// True for the hand-written features: places of crises, known by their name alone.
    pub feature: bool,
    /// True if it is larger than a state: a continent or a group of states.
    pub wide: bool,
}

/// Places by name.
#[derive(Clone, Debug, Default)]
pub struct Places {
    sites: Vec<Site>,
    /// Folded name → sites, largest first; main names before alternates.
    names: BTreeMap<String, Vec<(u32, bool)>>,
    /// States by code.
    countries: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeatureFile {
    feature: Vec<FeatureRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeatureRow {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    kind: Spanned<String>,
    country: Option<String>,
    at: (f64, f64),
}

/// The rows of a spreadsheet of places.
fn sheet(file: &PackFile, faults: &mut Vec<PackError>) -> Vec<FeatureRow> {
    let rows = match rows(file, &["name", "kind", "north", "east"], &["names", "country"]) {
        Ok(rows) => rows,
        Err(found) => {
            faults.extend(found);
            return Vec::new();
        }
    };
    let starts: Vec<usize> =
        std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut found = Vec::new();
    for row in rows {
        let mut degrees = |column: &str, most: f64| {
            let cell = row.cell(column).unwrap_or_default();
            let number = cell.parse::<f64>().ok().filter(|number| number.abs() <= most);
            if number.is_none() {
                let message =
                    format!("{column} = `{cell}` is no number of degrees up to {most}, such as 48.85");
                faults.push(PackError { file: file.path.clone(), line: row.line, message });
            }
            number
        };
        let (Some(north), Some(east)) = (degrees("north", 90.0), degrees("east", 180.0)) else { continue };
        let start = starts.get(row.line - 1).copied().unwrap_or_default();
        found.push(FeatureRow {
            name: row.cell("name").unwrap_or_default().to_owned(),
            names: row.list("names"),
            kind: Spanned::new(start..start, row.cell("kind").unwrap_or_default().to_owned()),
            country: row.cell("country").map(str::to_owned),
            at: (north, east),
        });
    }
    found
}

impl Places {
    /// Reads `world/places/`; all faults at once.
    pub fn parse(files: &[PackFile]) -> Result<Self, Vec<PackError>> {
        let mut places = Self::default();
        let mut faults = Vec::new();
        for file in files.iter().filter(|file| file.path.starts_with("world/places/")) {
            let precision = match file.path.rsplit('/').next() {
                Some("countries.tsv") => Precision::Country,
                Some("regions.tsv") => Precision::Region,
                Some(name) if name.ends_with(".tsv") => Precision::City,
                Some(name) if name.ends_with(".toml") => {
                    match parse_toml::<FeatureFile>(&file.path, &file.text) {
                        Ok(rows) => places.features(file, rows.feature, &mut faults),
                        Err(fault) => faults.push(fault),
                    }
                    continue;
                }
                Some(name) if name.ends_with(".csv") => {
                    let rows = sheet(file, &mut faults);
                    places.features(file, rows, &mut faults);
                    continue;
                }
                _ => continue,
            };
            for (number, line) in file.text.lines().enumerate() {
                if let Err(message) = places.row(line, precision) {
                    faults.push(PackError { file: file.path.clone(), line: number + 1, message });
                }
            }
        }
        let sites = &places.sites;
        for held in places.names.values_mut() {
            held.sort_by_key(|(site, alternate)| {
                let site = &sites[*site as usize];
                (!site.feature, *alternate, std::cmp::Reverse(site.people))
            });
            held.dedup_by_key(|(site, _)| *site);
        }
        if faults.is_empty() { Ok(places) } else { Err(faults) }
    }

    fn row(&mut self, line: &str, precision: Precision) -> Result<(), String> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, other, country, north, east, people, ..] = cells[..] else {
            return Err(
                "a place needs six cells: name, alternates, country, north, east, thousands of people".into(),
            );
        };
        let number = |cell: &str| {
            cell.parse::<f64>().map_err(|_| format!("`{cell}` is not a number; write degrees such as 48.85"))
        };
        let (north, east) = (number(north)?, number(east)?);
        if !(-90.0..=90.0).contains(&north) || !(-180.0..=180.0).contains(&east) {
            return Err(format!("{north}, {east} is not on the map; write degrees north, then degrees east"));
        }
        let site = Site {
            name: name.to_owned(),
            country: Some(country.to_owned()),
            position: (north, east),
            precision,
            people: number(people)? as u32,
            feature: false,
            wide: false,
        };
        self.add(site, other.split(';').filter(|it| !it.is_empty()));
        Ok(())
    }

    fn features(&mut self, file: &PackFile, rows: Vec<FeatureRow>, faults: &mut Vec<PackError>) {
        for row in rows {
            let precision = match row.kind.get_ref().as_str() {
                "sea" | "strait" | "river" | "border" | "corridor" | "mountain" | "world" => {
                    Precision::Feature
                }
                "region" | "island" => Precision::Region,
                "base" | "airport" | "site" => Precision::Site,
                "city" => Precision::City,
                other => {
                    let line = line_of(&file.text, row.kind.span().start);
                    let known = "sea, strait, river, border, corridor, mountain, world, region, island, base, airport, site, city";
                    let message = format!("kind `{other}` is not one of {known}");
                    faults.push(PackError { file: file.path.clone(), line, message });
                    continue;
                }
            };
            let wide = row.kind.get_ref() == "world";
            let site = Site {
                name: row.name,
                country: row.country,
                position: row.at,
                precision,
                people: 0,
                feature: true,
                wide,
            };
            self.add(site, row.names.iter().map(String::as_str));
        }
    }

    fn add<'a>(&mut self, site: Site, other: impl Iterator<Item = &'a str>) {
        let number = self.sites.len() as u32;
        if let (Precision::Country, Some(code)) = (site.precision, &site.country) {
            self.countries.insert(code.clone(), number);
        }
        self.names.entry(fold(&site.name)).or_default().push((number, false));
        for name in other {
            self.names.entry(fold(name)).or_default().push((number, true));
        }
        self.sites.push(site);
    }

    /// True if some name begins with these folded words: for longest-match scans.
    pub fn has_prefix(&self, folded: &str) -> bool {
        self.names.range(folded.to_owned()..).next().is_some_and(|(name, _)| name.starts_with(folded))
    }

    /// Everything with this name: features first, then main names by size, then other spellings by size.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Site> {
        self.names.get(&fold(name)).into_iter().flatten().map(|(site, _)| &self.sites[*site as usize])
    }

    /// The position and name of a state.
    pub fn country(&self, code: &str) -> Option<&Site> {
        self.countries.get(code).map(|site| &self.sites[*site as usize])
    }

    /// True if the name is that of a town, region or feature.
    pub fn is_town(&self, name: &str) -> bool {
        self.named(name).any(|site| site.precision != Precision::Country)
    }

    /// Country of the best known place with this name.
    pub fn country_of(&self, name: &str) -> Option<&str> {
        self.named(name).next()?.country.as_deref()
    }
}
