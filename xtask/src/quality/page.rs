//! The page itself: a summary, then one section for each measurement.

use super::measures::{By, MEASURES, Measure};
use anyhow::Result;
use serde_json::{Map, Value};
use std::fmt::Write;
use std::fs;

const HEAD: &str = "# Quality

Written by `cargo xtask quality`; do not edit. The public sets lie outside the repository (`--data`); only development
parts are used here, test parts never. Every figure stands beside its counts. What could not be measured says so.
";

/// Texts written by hand, held-out totals and analyses of errors, that are taken into the page if they are there.
const ANALYSES: &[&str] =
    &["docs/quality/held-out.md", "docs/quality/quotations.md", "docs/quality/calibration.md"];

/// Writes the page from the results.
pub fn page(results: &Map<String, Value>) -> Result<String> {
    let mut page = HEAD.to_owned();
    writeln!(page, "\n## Summary\n\n| Measurement | Figures | Measured |\n|---|---|---|")?;
    for measure in MEASURES {
        let result = &results.get(measure.name).unwrap_or(&Value::Null);
        let date = result["date"].as_str().unwrap_or("-");
        writeln!(page, "| {} | {} | {date} |", measure.name, summary(measure, result))?;
    }
    for measure in MEASURES {
        section(&mut page, measure, results.get(measure.name).unwrap_or(&Value::Null))?;
    }
    writeln!(page, "\n## Held-out parts; errors looked at by hand")?;
    for file in ANALYSES {
        if let Ok(text) = fs::read_to_string(file) {
            // One level deeper: the file has a title of its own.
            let text = text
                .lines()
                .map(|line| if line.starts_with('#') { format!("#{line}") } else { line.to_owned() });
            write!(page, "\n{}\n", text.collect::<Vec<_>>().join("\n").trim())?;
        }
    }
    Ok(page)
}

/// A line of a table must not break it.
pub fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/")
}

fn summary(measure: &Measure, result: &Value) -> String {
    if let Some(failed) = result["failed"].as_str() {
        return format!("**NOT MEASURED**: {failed}");
    }
    if let Some(text) = result["text"].as_str() {
        let line = text.lines().find(|line| {
            ["all  ", "DISHONEST", "same encounter"].iter().any(|it| line.trim().starts_with(it))
        });
        let words = line.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        return match measure.by {
            By::Rows(_, "score_sentences.py") | By::Scorer(..) => words,
            _ => words.map(|words| format!("TP, FP, FN, P, R, F1 of {words}")),
        }
        .unwrap_or_else(|| "see below".to_owned());
    }
    let Some(rows) = result["report"]["rows"].as_object() else {
        return "**NOT MEASURED** yet".to_owned();
    };
    let named = measure.heads.iter().filter_map(|head| rows.get_key_value(*head));
    let shown: Vec<_> =
        if named.clone().next().is_some() { named.collect() } else { rows.iter().take(3).collect() };
    let figure = |(name, cells): (&String, &Value)| {
        let cells = cells.as_object()?;
        if let (Some(part), Some(whole)) = (cells.get("n"), cells.get("of")) {
            return Some(format!("{name} {part} of {whole}"));
        }
        let (column, value) = cells
            .get_key_value("F1")
            .or_else(|| cells.get_key_value("CoNLL"))
            .or_else(|| cells.iter().next())?;
        let column = if column == "F1" { String::new() } else { format!(" ({column})") };
        Some(format!("{name} {}{column}", cell(value)))
    };
    shown.into_iter().filter_map(figure).collect::<Vec<_>>().join(", ")
}

fn cell(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => format!("{:.2}", number.as_f64().unwrap_or_default()),
        Value::String(words) => plain(words),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

fn section(page: &mut String, measure: &Measure, result: &Value) -> Result<()> {
    writeln!(page, "\n## {}\n", capital(measure.name))?;
    if !measure.note.is_empty() {
        writeln!(page, "{}\n", measure.note)?;
    }
    writeln!(page, "```sh\n{}\n```\n", measure.command())?;
    if let Some(failed) = result["failed"].as_str() {
        writeln!(page, "**NOT MEASURED**: {failed}\n")?;
    } else if let Some(text) = result["text"].as_str() {
        let text: Vec<&str> = text.lines().map(str::trim_end).collect();
        writeln!(page, "```text\n{}\n```\n", text.join("\n").trim_matches('\n'))?;
    } else if let Some(rows) = result["report"]["rows"].as_object() {
        table(page, rows)?;
        for remark in result["report"]["remarks"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            writeln!(page, "{}\n", plain(remark))?;
        }
    } else {
        writeln!(page, "**NOT MEASURED** yet: run the command.")?;
        return Ok(());
    }
    let told = |key: &str| result[key].as_str().unwrap_or("unknown").to_owned();
    writeln!(
        page,
        "{}, commit {}; {}; {} s.",
        told("date"),
        told("state"),
        told("machine"),
        result["seconds"].as_u64().unwrap_or(0)
    )?;
    Ok(())
}

fn table(page: &mut String, rows: &Map<String, Value>) -> Result<()> {
    let columns: Vec<&String> =
        rows.values().next().and_then(Value::as_object).into_iter().flat_map(Map::keys).collect();
    let heads: String = columns.iter().map(|column| format!(" {column} |")).collect();
    writeln!(page, "| |{heads}\n|---|{}", "---:|".repeat(columns.len()))?;
    for (name, cells) in rows {
        let cells: String =
            columns.iter().map(|column| format!(" {} |", cell(&cells[column.as_str()]))).collect();
        writeln!(page, "| {} |{cells}", plain(name))?;
    }
    writeln!(page)?;
    Ok(())
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
