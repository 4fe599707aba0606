//! Scores time expressions against a gold bundle (`gold.json`): found, TIMEX3 value, EDTF date, epoch. The day of
//! publication is what the text itself allows. Optional gold is neither rewarded nor punished.

use super::{Counts, Options, Report};
use anyhow::{Context, Result};
use demarche_language::published::bounds_of;
use demarche_language::times::{FoundTime, TimeInput, recognise};
use demarche_pack::Pack;
use serde_json::Value;

/// Scores the `times` of a bundle whose texts lie beside it.
pub fn run(options: &Options) -> Result<Report> {
    let pack = Pack::builtin();
    let words = std::fs::read_to_string(&options.path)
        .with_context(|| format!("reading {}", options.path.display()))?;
    let bundle: Value = serde_json::from_str(&words)?;
    let folder = options.path.parent().context("the bundle has no folder")?;
    let empty = Vec::new();
    let times = bundle["times"].as_array().unwrap_or(&empty);
    let mut found_counts = Counts::default();
    let (mut value, mut edtf, mut epoch) = (Counts::default(), Counts::default(), Counts::default());
    let mut remarks = Vec::new();
    for document in bundle["documents"].as_array().unwrap_or(&empty) {
        let file = document["file"].as_str().unwrap_or_default();
        let text = std::fs::read_to_string(folder.join(file)).with_context(|| format!("reading {file}"))?;
        let published = bounds_of(&text, &pack.times).edtf;
        remarks.push(format!("{file}: published {}", published.as_ref().map_or("unknown", |it| &it.0)));
        let input = TimeInput {
            text: &text,
            breaks: &[],
            published: published.as_ref(),
            trees: None,
            day_first: None,
        };
        let found = recognise(input, &pack.times);
        let mut used = vec![false; found.len()];
        for gold in times.iter().filter(|gold| gold["file"] == file) {
            let hit = overlapping(&text, gold, &found, &used);
            if let Some(at) = hit {
                used[at] = true;
            }
            if gold["optional"] == true {
                continue;
            }
            let hit = hit.map(|at| &found[at]);
            let row = |right: bool| Counts { gold: 1, system: 1, right: usize::from(right) };
            found_counts.add(Counts { gold: 1, system: 0, right: usize::from(hit.is_some()) });
            let right_value = hit.is_some_and(|it| accepted(gold, "timex_value", &it.value));
            value.add(row(right_value));
            epoch.add(row(hit.is_some_and(|it| gold["epoch"] == it.epoch.as_str())));
            if gold["edtf"].is_string() {
                edtf.add(row(hit
                    .and_then(|it| it.edtf.as_ref())
                    .is_some_and(|it| accepted(gold, "edtf", &it.0))));
            }
            if !right_value {
                let answer = hit.map_or("nothing", |it| it.value.as_str());
                remarks.push(format!("{file}: {} = {}, found {answer}", gold["text"], gold["timex_value"]));
            }
        }
        found_counts.system += found.len();
    }
    let rows = [("found", found_counts), ("value", value), ("EDTF", edtf), ("epoch", epoch)];
    let rows = rows.into_iter().map(|(name, counts)| (name.to_owned(), counts.cells())).collect();
    Ok(Report {
        title: "Time expressions of a gold bundle, required ones".to_owned(),
        columns: Counts::COLUMNS.to_vec(),
        rows,
        remarks,
    })
}

/// The unused expression that shares most characters with a gold one.
fn overlapping(text: &str, gold: &Value, found: &[FoundTime], used: &[bool]) -> Option<usize> {
    let point = |key: &str| gold[key].as_u64().and_then(|it| usize::try_from(it).ok());
    let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
    let (start, end) = (byte(point("start")?), byte(point("end")?));
    let shared = |it: &FoundTime| it.end.min(end).saturating_sub(it.start.max(start));
    (0..found.len())
        .filter(|at| !used[*at] && shared(&found[*at]) > 0)
        .max_by_key(|at| (shared(&found[*at]), std::cmp::Reverse(*at)))
}

fn accepted(gold: &Value, key: &str, answer: &str) -> bool {
    gold[key] == answer || gold["accept"].as_array().is_some_and(|all| all.iter().any(|it| it == answer))
}
