//! Scores the publication date that follows from a text alone: all metadata is left out.
//!
//! Folder as PolNeAR has it: `metadata.tsv` with columns `compartment`, `filename` and `publication_date`, and
//! `<compartment>/text/<filename>.txt`. Do the bounds contain the truth; when a year is asserted, is it right; how
//! often is neither given.

use super::{Options, Report};
use anyhow::{Context, Result};
use demarche_language::published::bounds_of;
use demarche_pack::Pack;
use demarche_record::{DayRange, Edtf};
use serde_json::Value;

/// Scores all articles of the folder that have a date.
pub fn run(options: &Options) -> Result<Report> {
    let pack = Pack::builtin();
    let table = options.path.join("metadata.tsv");
    let metadata = std::fs::read_to_string(&table).with_context(|| format!("reading {}", table.display()))?;
    let mut lines = metadata.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        head.iter()
            .position(|it| *it == name)
            .with_context(|| format!("{} has no column {name:?}", table.display()))
    };
    let (part, name, date) = (column("compartment")?, column("filename")?, column("publication_date")?);
    let (mut documents, mut bounded, mut contained, mut asserted, mut right) = (0, 0, 0, 0, 0);
    let mut remarks = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let file = cell(name).trim_end_matches(".txt");
        let path = options.path.join(cell(part)).join("text").join(format!("{file}.txt"));
        let truth = cell(date)
            .get(..10)
            .map(|day| Edtf(day.to_owned()))
            .and_then(|day| Some((day.bounds()?, day.year()?)));
        let (Ok(text), Some((truth, year))) = (std::fs::read_to_string(&path), truth) else { continue };
        documents += 1;
        let Some(found) = bounds_of(&text, &pack.times).edtf else { continue };
        bounded += 1;
        let holds = found.bounds().is_some_and(|bounds: DayRange| bounds.contains(truth));
        contained += usize::from(holds);
        let found_year = found.year();
        asserted += usize::from(found_year.is_some());
        right += usize::from(found_year == Some(year));
        if !holds || found_year.is_some_and(|it| it != year) {
            remarks.push(format!("{file}: {} found {found}", cell(date)));
        }
    }
    let share = |part: usize, whole: usize| {
        Value::from((10_000.0 * part as f64 / whole.max(1) as f64).round() / 100.0)
    };
    let row = |name: &str, part: usize, whole: usize| {
        (name.to_owned(), vec![share(part, whole), Value::from(part), Value::from(whole)])
    };
    let rows = vec![
        row("bounds contain the truth, all documents", documents - bounded + contained, documents),
        row("bounds contain the truth, where bounds are given", contained, bounded),
        row("year right when asserted", right, asserted),
        row("bounds given", bounded, documents),
        row("year asserted", asserted, documents),
        row("neither", documents - bounded, documents),
    ];
    remarks.truncate(options.errors);
    Ok(Report {
        title: format!("Document date from the text alone, {}", options.path.display()),
        columns: vec!["%", "n", "of"],
        rows,
        remarks,
    })
}
