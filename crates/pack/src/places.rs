//! Owns the gazetteer: countries, first-order divisions, towns and features with positions.
//!
//! Read from `world/places/`: `countries.tsv`, `regions.tsv`, `districts.tsv`, `cities.tsv` (name, alternates, ISO 3166-1
//! alpha-3, degrees north, degrees east, thousands of people), `features*.toml` and spreadsheets `*.csv` (name, names, kind,
//! country, north, east).

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
    /// The states on whose border it lies, where it is a site of both.
    pub between: Vec<String>,
    /// Degrees north and east.
    pub position: (f64, f64),
    /// What the position stands for.
    pub precision: Precision,
    /// Thousands of people; 0 where not known, and for divisions.
    pub people: u32,
    /// Thousands of people in the towns of a division, as far as they are counted; 0 for all else.
    pub townspeople: u32,
    /// True for the hand-written features: places of crises, known by their name alone.
    pub feature: bool,
    /// True if it is larger than a state: a continent or a group of states.
    pub wide: bool,
    /// True for a sea, strait or river.
    pub water: bool,
}

/// Places by name.
#[derive(Clone, Debug, Default)]
pub struct Places {
    sites: Vec<Site>,
    /// Folded names with their sites, in the order of names; of one name features first, then main names, then the largest.
    names: Vec<(Box<str>, u32)>,
    /// Folded names without articles and hyphens, where that changes them, with their sites.
    loose: Vec<(Box<str>, u32)>,
    /// States by code.
    countries: BTreeMap<String, u32>,
}

/// A name of a site while the files are read: features come before others, main names before further ones, the larger first.
struct Named {
    name: Box<str>,
    rank: (bool, bool, std::cmp::Reverse<u32>),
    site: u32,
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
    #[serde(default)]
    between: Vec<String>,
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
            between: Vec::new(),
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
        let mut named = Vec::new();
        for file in files.iter().filter(|file| file.path.starts_with("world/places/")) {
            let precision = match file.path.rsplit('/').next() {
                Some("countries.tsv") => Precision::Country,
                Some("regions.tsv" | "districts.tsv") => Precision::Region,
                Some(name) if name.ends_with(".tsv") => Precision::City,
                Some(name) if name.ends_with(".toml") => {
                    match parse_toml::<FeatureFile>(&file.path, &file.text) {
                        Ok(rows) => places.features(file, rows.feature, &mut named, &mut faults),
                        Err(fault) => faults.push(fault),
                    }
                    continue;
                }
                Some(name) if name.ends_with(".csv") => {
                    let rows = sheet(file, &mut faults);
                    places.features(file, rows, &mut named, &mut faults);
                    continue;
                }
                _ => continue,
            };
            for (number, line) in file.text.lines().enumerate() {
                if let Err(message) = places.row(line, precision, &mut named) {
                    faults.push(PackError { file: file.path.clone(), line: number + 1, message });
                }
            }
        }
        places.sort(named);
        if faults.is_empty() { Ok(places) } else { Err(faults) }
    }

    fn row(&mut self, line: &str, precision: Precision, named: &mut Vec<Named>) -> Result<(), String> {
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
        let people = number(people)? as u32;
        let division = precision == Precision::Region;
        let site = Site {
            name: name.to_owned(),
            country: Some(country.to_owned()),
            position: (north, east),
            precision,
            people: if division { 0 } else { people },
            townspeople: if division { people } else { 0 },
            between: Vec::new(),
            feature: false,
            wide: false,
            water: false,
        };
        self.add(site, other.split(';').filter(|it| !it.is_empty()), named);
        Ok(())
    }

    fn features(
        &mut self,
        file: &PackFile,
        rows: Vec<FeatureRow>,
        named: &mut Vec<Named>,
        faults: &mut Vec<PackError>,
    ) {
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
            let water = matches!(row.kind.get_ref().as_str(), "sea" | "strait" | "river");
            let site = Site {
                name: row.name,
                country: row.country,
                position: row.at,
                precision,
                people: 0,
                townspeople: 0,
                between: row.between,
                feature: true,
                wide,
                water,
            };
            self.add(site, row.names.iter().map(String::as_str), named);
        }
    }

    fn add<'a>(&mut self, site: Site, other: impl Iterator<Item = &'a str>, named: &mut Vec<Named>) {
        let number = self.sites.len() as u32;
        if let (Precision::Country, Some(code)) = (site.precision, &site.country) {
            self.countries.insert(code.clone(), number);
        }
        let rank = |alternate| (!site.feature, alternate, std::cmp::Reverse(site.people));
        named.push(Named { name: fold(&site.name).into(), rank: rank(false), site: number });
        named.extend(other.map(|it| Named { name: fold(it).into(), rank: rank(true), site: number }));
        self.sites.push(site);
    }

    fn sort(&mut self, mut named: Vec<Named>) {
        // Sites of one rank stay in the order of the files.
        named.sort_unstable_by(|one, two| {
            (&one.name, one.rank, one.site).cmp(&(&two.name, two.rank, two.site))
        });
        named.dedup_by(|later, held| later.name == held.name && later.site == held.site);
        let loose = named.iter().filter_map(|it| Some((loosened(&it.name)?.into(), it.site)));
        self.loose = loose.collect();
        self.loose.sort();
        self.names = named.into_iter().map(|it| (it.name, it.site)).collect();
    }

    /// True if some name begins with these folded words: for longest-match scans.
    pub fn has_prefix(&self, folded: &str) -> bool {
        let at = self.names.partition_point(|(name, _)| **name < *folded);
        self.names.get(at).is_some_and(|(name, _)| name.starts_with(folded))
    }

    fn all<'a>(
        &'a self,
        names: &'a [(Box<str>, u32)],
        name: &str,
    ) -> impl Iterator<Item = &'a Site> + use<'a> {
        let from = names.partition_point(|(held, _)| **held < *name);
        let count = names[from..].partition_point(|(held, _)| **held == *name);
        names[from..from + count].iter().map(|(_, site)| &self.sites[*site as usize])
    }

    /// Everything with this name: features first, then main names by size, then other spellings by size.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Site> + use<'_> {
        self.all(&self.names, &fold(name))
    }

    /// Everything whose name differs from this one by an Arabic article, a hyphen or an apostrophe only, if nothing has
    /// the name itself: "As-Salif" for "Salif", "Ras al Ain" for "Ras al-Ain".
    pub fn likely(&self, name: &str) -> impl Iterator<Item = &Site> + use<'_> {
        let name = fold(name);
        let exact = self.all(&self.names, &name).next().is_some();
        let loose = loosened(&name).unwrap_or(name);
        let found = self.all(&self.names, &loose).chain(self.all(&self.loose, &loose));
        found.filter(move |_| !exact)
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

/// A folded name without Arabic articles, hyphens and apostrophes, if it has any.
fn loosened(name: &str) -> Option<String> {
    const ARTICLES: [&str; 16] =
        ["al", "el", "ad", "ed", "an", "en", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez"];
    if !name.contains(['-', ' ', '\'']) {
        return None;
    }
    let parts: Vec<&str> = name.split(['-', ' ']).filter(|part| !part.is_empty()).collect();
    let kept =
        parts.iter().enumerate().filter(|(at, part)| *at + 1 == parts.len() || !ARTICLES.contains(part));
    let loose = kept.map(|(_, part)| part.replace('\'', "")).collect::<Vec<_>>().join(" ");
    (loose != name && loose.len() > 3).then_some(loose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_hyphens_do_not_part_two_spellings() {
        let rows = "As Salif\t\tYEM\t15.31\t42.67\t3\nRas al-Ain\t\tSYR\t36.85\t40.07\t55\nMar'ib\t\tYEM\t15.46\t45.33\t17\n";
        let file = PackFile { path: "world/places/cities.tsv".to_owned(), text: rows.to_owned() };
        let places = Places::parse(&[file]).expect("no fault");
        let found = |name: &str| places.likely(name).map(|site| site.name.as_str()).collect::<Vec<_>>();
        assert_eq!(found("Salif"), ["As Salif"]);
        assert_eq!(found("al-Salif"), ["As Salif"]);
        assert_eq!(found("Ras el Ain"), ["Ras al-Ain"]);
        assert_eq!(found("Marib"), ["Mar'ib"]);
        assert!(found("Ras al-Ain").is_empty(), "the name itself is no other spelling");
        assert!(found("Ain").is_empty());
    }
}
