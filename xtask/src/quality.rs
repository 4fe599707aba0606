//! Writes docs/quality.md: every score with its counts, the command that gives it, the day and the machine.
//!
//! Each scorer runs as a process of its own, so that one that fails leaves the others standing; what could not be
//! measured says so on the page. Results are kept in docs/quality/measured.json: `--only` renews some of them.

mod measures;
mod page;

use anyhow::{Context, Result, bail};
use clap::Args;
use demarche_record::Day;
use measures::{MEASURES, Measure};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Options of the chore.
#[derive(Args)]
pub struct Options {
    /// Folder of the public data sets.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Folder of the scorers of ledgers, which are Python scripts.
    #[arg(long, default_value = "../shared/score")]
    score: PathBuf,
    /// The demarche program whose ledgers are scored; the one built beside this program unless given.
    #[arg(long)]
    program: Option<PathBuf>,
    /// The program that runs the other scorers; this one unless given.
    #[arg(long)]
    scorer: Option<PathBuf>,
    /// Measure only what these names begin with, and keep the other results.
    #[arg(long)]
    only: Vec<String>,
}

/// Where results are kept between runs.
const KEPT: &str = "docs/quality/measured.json";
/// The page.
const PAGE: &str = "docs/quality.md";

/// Measures what is asked for and writes the page.
pub fn run(options: &Options) -> Result<()> {
    if !Path::new("docs").is_dir() {
        bail!("there is no folder docs here: run this from the root of the repository");
    }
    fs::create_dir_all("docs/quality").context("docs/quality")?;
    let mut kept: Map<String, Value> = match fs::read_to_string(KEPT) {
        Ok(text) => {
            serde_json::from_str(&text).with_context(|| format!("{KEPT}: delete it and measure anew"))?
        }
        Err(_) => Map::new(),
    };
    kept.retain(|name, _| MEASURES.iter().any(|measure| measure.name == name));
    let wanted = |measure: &Measure| {
        options.only.is_empty() || options.only.iter().any(|start| measure.name.starts_with(start.as_str()))
    };
    for measure in MEASURES.iter().filter(|measure| wanted(measure)) {
        eprintln!("measuring {}", measure.name);
        let start = Instant::now();
        let mut result = match measure.take(options) {
            Ok(found) => found,
            Err(error) => json!({ "failed": page::plain(&format!("{error:#}")) }),
        };
        result["command"] = Value::from(measure.command());
        result["seconds"] = Value::from(start.elapsed().as_secs());
        result["date"] = Value::from(today()?);
        result["state"] = Value::from(state());
        result["machine"] = Value::from(machine());
        kept.insert(measure.name.to_owned(), result);
        fs::write(KEPT, format!("{:#}\n", Value::Object(kept.clone()))).context(KEPT)?;
    }
    fs::write(PAGE, page::page(&kept)?).context(PAGE)?;
    println!("{PAGE} is written");
    Ok(())
}

/// Today's date, in universal time.
fn today() -> Result<String> {
    let days =
        SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?.as_secs() / 86_400;
    let epoch = Day::new(1970, 1, 1).context("1970 has a first day")?;
    let (year, month, day) = epoch.plus(i32::try_from(days).context("the clock is far off")?).date();
    Ok(format!("{year:04}-{month:02}-{day:02}"))
}

/// The commit that was measured, and whether files differed from it.
fn state() -> String {
    let git =
        Command::new("git").args(["describe", "--always", "--dirty=, with uncommitted changes"]).output();
    let found = git
        .ok()
        .filter(|it| it.status.success())
        .map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
    found.unwrap_or_else(|| "unknown".to_owned())
}

/// The processor, as far as the system tells.
fn machine() -> String {
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        told.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|it| it.1);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    format!("{}, {cores} cores, {}", model.unwrap_or(std::env::consts::ARCH).trim(), std::env::consts::OS)
}
