//! Scores places: which place on earth a name means. JSON lines as in `corpus/places`; `file` is a path below the
//! folder above the gold file, and a `metadata.jsonl` beside the text is read as the product reads it. `PATH#ID` is the
//! `text` of the line with that `id` in a file of JSON lines.

use super::{Counts, Options, Report};
use anyhow::{Context, Result};
use demarche_language::analyse;
use demarche_record::Place;
use demarche_source::{Hints, Sidecar, read};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Kilometres within which two positions are one place.
const SAME: f64 = 30.0;

/// Scores the file.
pub fn run(options: &Options) -> Result<Report> {
    let kit = demarche_language::Kit::with(demarche_pack::Pack::builtin(), options.model.as_deref())?;
    let text = std::fs::read_to_string(&options.path)
        .with_context(|| format!("reading {}", options.path.display()))?;
    let mut files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)
            .with_context(|| format!("{}:{}", options.path.display(), number + 1))?;
        files.entry(row["file"].as_str().unwrap_or_default().to_owned()).or_default().push(row);
    }
    let root = options.path.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let (mut found, mut country, mut place) = (Counts::default(), Counts::default(), Counts::default());
    let mut levels: BTreeMap<String, Counts> = BTreeMap::new();
    let (mut guessed, mut remarks) = (0, Vec::new());
    for (file, rows) in &files {
        let (path, id) = match file.split_once('#') {
            Some((path, id)) => (root.join(path), Some(id)),
            None => (root.join(file), None),
        };
        let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let bytes = match id {
            Some(id) => text_of(&bytes, id).with_context(|| format!("reading {file}"))?,
            None => bytes,
        };
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let mut hints = Hints::named(name.clone());
        if let Ok(sidecar) = std::fs::read_to_string(path.with_file_name("metadata.jsonl")) {
            let sidecar = Sidecar::parse("metadata.jsonl", &sidecar)?;
            hints.declared = sidecar.declared(&name);
        }
        let analysis = analyse(Arc::new(read(&bytes, &hints, &kit.pack)?), &kit);
        for row in rows {
            let own = at(&analysis.places, row);
            let known = own.filter(|it| it.name.is_some());
            let nation = known.is_some_and(|it| right_country(it, row));
            let same = known.is_some_and(|it| right_place(it, row));
            if row["optional"].as_bool() == Some(true) {
                continue;
            }
            let one = |right: bool| Counts {
                gold: 1,
                system: usize::from(known.is_some()),
                right: usize::from(right),
            };
            found.add(Counts {
                gold: 1,
                system: usize::from(own.is_some()),
                right: usize::from(own.is_some()),
            });
            country.add(one(nation));
            place.add(one(same));
            levels.entry(row["level"].as_str().unwrap_or_default().to_owned()).or_default().add(one(same));
            guessed += usize::from(known.is_some() && !same);
            if !(nation && same) && remarks.len() < options.errors {
                remarks.push(format!(
                    "{file}: {} at {}: wanted {} ({}), found {:?} ({:?})",
                    row["text"],
                    row["start"],
                    row["place"],
                    row["country"],
                    own.and_then(|it| it.name.as_deref()),
                    own.and_then(|it| it.country.as_deref()),
                ));
            }
        }
    }
    let rows = [("found as a place", found), ("country", country), ("place", place)];
    let mut rows: Vec<(String, Vec<Value>)> =
        rows.into_iter().map(|(name, counts)| (name.to_owned(), counts.cells())).collect();
    rows.extend(levels.into_iter().map(|(level, counts)| (format!("place, {level}"), counts.cells())));
    remarks.push(format!(
        "{guessed} places are another one than gold has; the others that lack are not asserted."
    ));
    Ok(Report { title: "Places on the map".to_owned(), columns: Counts::COLUMNS.to_vec(), rows, remarks })
}

/// The text of the line with an id.
fn text_of(lines: &[u8], id: &str) -> Result<Vec<u8>> {
    for line in std::str::from_utf8(lines)?.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)?;
        if row["id"] == id {
            return Ok(row["text"].as_str().context("a line without text")?.as_bytes().to_vec());
        }
    }
    anyhow::bail!("no line has the id {id:?}")
}

/// The place of the system that shares words with a row; of several the longest.
fn at<'a>(places: &'a [Place], row: &Value) -> Option<&'a Place> {
    let (start, end) = (row["start"].as_u64()?, row["end"].as_u64()?);
    let within = places
        .iter()
        .filter(|place| u64::from(place.words.start) < end && start < u64::from(place.words.end));
    within.max_by_key(|place| place.words.end - place.words.start)
}

fn right_country(place: &Place, row: &Value) -> bool {
    let also = row["country_also"].as_array().into_iter().flatten();
    let wanted: Vec<&Value> = std::iter::once(&row["country"]).chain(also).collect();
    match &place.country {
        Some(code) => wanted.iter().any(|it| it.as_str() == Some(code)),
        None => wanted.iter().any(|it| it.is_null()),
    }
}

fn right_place(place: &Place, row: &Value) -> bool {
    let fold = demarche_pack::world::fold;
    let named = |it: &Value| {
        it.as_str().is_some_and(|it| place.name.as_ref().is_some_and(|own| fold(own) == fold(it)))
    };
    let names = std::iter::once(&row["place"]).chain(row["place_also"].as_array().into_iter().flatten());
    if names.clone().any(named) {
        return true;
    }
    let area = matches!(row["level"].as_str(), Some("region" | "sea"));
    match (place.position, row["lat"].as_f64(), row["lon"].as_f64()) {
        (Some(own), Some(north), Some(east)) if !area => kilometres(own, (north, east)) <= SAME,
        _ => false,
    }
}

/// Distance on the globe.
fn kilometres(one: (f64, f64), two: (f64, f64)) -> f64 {
    let (north, south) = (one.0.to_radians(), two.0.to_radians());
    let (high, wide) = (((south - north) / 2.0).sin(), ((two.1 - one.1).to_radians() / 2.0).sin());
    12_742.0 * (high * high + north.cos() * south.cos() * wide * wide).sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_its_id() {
        let lines = b"{\"id\": \"one\", \"text\": \"Here.\"}\n\n{\"id\": \"two\", \"text\": \"There.\"}\n";
        assert_eq!(text_of(lines, "two").expect("the second line"), b"There.");
        assert!(text_of(lines, "three").is_err());
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        let (berlin, paris) = ((52.52, 13.405), (48.8566, 2.3522));
        assert!((kilometres(berlin, paris) - 878.0).abs() < 5.0);
        assert!(kilometres(paris, paris) < 1e-6);
    }
}
