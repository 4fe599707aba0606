//! Measures what every rule is worth on the annotated articles of the corpus: writes `packs/en/measured.toml`, from
//! which records take their confidence, and the reliability table `docs/quality/calibration.md`.
//!
//! The table is made by leaving one article out: the confidence of its records is drawn towards what their rules were
//! worth in the other articles.

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use demarche_pack::measured::{Measured, Tally};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Options of the chore.
#[derive(Args)]
pub struct Options {
    /// Folder of annotated articles with their gold.json.
    #[arg(long, default_value = "corpus/crises-dev")]
    bundle: PathBuf,
    /// Folder of the scorers of ledgers, which are Python scripts.
    #[arg(long, default_value = "../shared/score")]
    score: PathBuf,
    /// The demarche program; the one built beside this program unless given.
    #[arg(long)]
    program: Option<PathBuf>,
}

const MEASURED: &str = "packs/en/measured.toml";
const PAGE: &str = "docs/quality/calibration.md";
/// Lower bounds of the rows of the table.
const BINS: [f32; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

/// A record that gold judges.
struct Judged {
    file: String,
    rule: String,
    /// What the rule claims.
    claimed: f32,
    right: bool,
}

/// Measures and writes.
pub fn run(options: &Options) -> Result<()> {
    let judged = judge(options)?;
    if judged.is_empty() {
        bail!("no record of {} is judged by its gold", options.bundle.display());
    }
    let rules = tallies(judged.iter());
    let mut text = "# Written by `cargo xtask calibrate`; do not edit.\n".to_owned();
    for (rule, tally) in &rules {
        let (found, right) = (tally.found, tally.right);
        write!(text, "\n[[rule]]\nid = \"{rule}\"\nfound = {found}\nright = {right}\n")?;
    }
    fs::write(MEASURED, text).context(MEASURED)?;
    fs::write(PAGE, page(&judged, &rules)?).context(PAGE)?;
    println!("{MEASURED} and {PAGE} are written: {} records, {} rules", judged.len(), rules.len());
    Ok(())
}

fn tallies<'a>(judged: impl Iterator<Item = &'a Judged>) -> BTreeMap<String, Tally> {
    let mut rules: BTreeMap<String, Tally> = BTreeMap::new();
    for record in judged {
        let tally = rules.entry(record.rule.clone()).or_default();
        tally.found += 1;
        tally.right += u32::from(record.right);
    }
    rules
}

/// Runs the program without earlier measurements, and the scorer over its records.
fn judge(options: &Options) -> Result<Vec<Judged>> {
    let program = match &options.program {
        Some(program) => program.clone(),
        None => std::env::current_exe()?.with_file_name(format!("demarche{}", std::env::consts::EXE_SUFFIX)),
    };
    let out = std::env::temp_dir().join(format!("demarche-calibrate-{}", std::process::id()));
    let pack = out.join("pack/en");
    fs::create_dir_all(&pack).with_context(|| pack.display().to_string())?;
    fs::write(pack.join("measured.toml"), "")?;
    let told = Command::new(&program)
        .arg("analyze")
        .arg(&options.bundle)
        .arg("--pack")
        .arg(out.join("pack"))
        .arg("--out")
        .arg(out.join("ledger"))
        .output()
        .with_context(|| format!("{}: build it first", program.display()))?;
    ensure!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let ledger = out.join("ledger");
    let told = Command::new("python3")
        .arg(options.score.join("score.py"))
        .args([options.bundle.join("gold.json"), ledger.join("records.jsonl")])
        .arg("--documents")
        .arg(ledger.join("documents.jsonl"))
        .arg("--json")
        .output()
        .context("python3 runs the scorer")?;
    let score: Value = serde_json::from_slice(&told.stdout)
        .with_context(|| format!("score.py: {}", String::from_utf8_lossy(&told.stderr)))?;
    let ids = |key: &str| -> BTreeSet<String> {
        let rows = score[key].as_array().map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect()
    };
    let right: BTreeSet<String> = ids("matches").union(&ids("absorbed")).cloned().collect();
    let wrong = ids("false_positives");
    let judged = records(&ledger, &right, &wrong)?;
    fs::remove_dir_all(&out).with_context(|| out.display().to_string())?;
    Ok(judged)
}

fn records(ledger: &Path, right: &BTreeSet<String>, wrong: &BTreeSet<String>) -> Result<Vec<Judged>> {
    let text = fs::read_to_string(ledger.join("records.jsonl")).context("records.jsonl")?;
    let mut judged = Vec::new();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).context("records.jsonl")?;
        let id = record["id"].as_str().unwrap_or_default();
        let (is_right, is_wrong) = (right.contains(id), wrong.contains(id));
        if is_right || is_wrong {
            judged.push(Judged {
                file: record["file"].as_str().unwrap_or_default().to_owned(),
                rule: record["made_by"]["rule"].as_str().unwrap_or_default().to_owned(),
                claimed: record["confidence"].as_f64().unwrap_or_default() as f32,
                right: is_right,
            });
        }
    }
    Ok(judged)
}

fn page(judged: &[Judged], rules: &BTreeMap<String, Tally>) -> Result<String> {
    let mut rows: BTreeMap<usize, (u32, u32, f32, f32)> = BTreeMap::new();
    let (mut squares, mut claimed_squares) = (0.0, 0.0);
    for record in judged {
        let others = Measured::from_tallies(tallies(judged.iter().filter(|it| it.file != record.file)));
        let confidence = others.calibrated(&record.rule, record.claimed);
        let bin = BINS.iter().rposition(|low| confidence >= *low).unwrap_or(0);
        let row = rows.entry(bin).or_default();
        let truth = if record.right { 1.0 } else { 0.0 };
        *row = (row.0 + 1, row.1 + u32::from(record.right), row.2 + confidence, row.3 + record.claimed);
        squares += (confidence - truth).powi(2);
        claimed_squares += (record.claimed - truth).powi(2);
    }
    let all = judged.len() as f32;
    let mut page = format!(
        "# Is the confidence of a record what it says?\n\nWritten by `cargo xtask calibrate` from {} records of the annotated \
         articles in `corpus/crises-dev`, one article left out at a time. Events that gold does not list are not judged.\n\n\
         | confidence | records | right | share right | mean confidence | mean claim of the rules |\n|---|---|---|---|---|---|\n",
        judged.len()
    );
    for (bin, (found, right, sum, claims)) in &rows {
        let high = BINS.get(bin + 1).copied().unwrap_or(1.0);
        let count = *found as f32;
        writeln!(
            page,
            "| {:.1} to {high:.1} | {found} | {right} | {:.2} | {:.2} | {:.2} |",
            BINS[*bin],
            *right as f32 / count,
            sum / count,
            claims / count
        )?;
    }
    writeln!(
        page,
        "\nMean squared error (Brier): {:.3} measured, {:.3} by the claims of the rules alone.\n\n## By rule\n\n\
         | rule | records | right | precision |\n|---|---|---|---|",
        squares / all,
        claimed_squares / all
    )?;
    for (rule, tally) in rules {
        let share = tally.right as f32 / tally.found as f32;
        writeln!(page, "| `{rule}` | {} | {} | {share:.2} |", tally.found, tally.right)?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_leaves_the_article_of_a_record_out() -> Result<()> {
        let record = |file: &str, right: bool| Judged {
            file: file.to_owned(),
            rule: "frame.one".to_owned(),
            claimed: 0.75,
            right,
        };
        let mut judged: Vec<Judged> = (0..30).map(|_| record("one.txt", false)).collect();
        judged.push(record("two.txt", true));
        let page = page(&judged, &tallies(judged.iter()))?;
        // The right record of the second article is judged by the thirty wrong ones of the first.
        assert!(page.contains("| 0.0 to 0.5 | 1 | 1 |"), "{page}");
        Ok(())
    }
}
