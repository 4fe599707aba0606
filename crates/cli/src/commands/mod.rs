//! One module per command; each takes its options and says what it came to.

mod analyze;
mod brief;
mod compare;
mod explain;
mod export;
mod ingest;
mod judge;
mod ls;
mod pack;
mod parse;
mod show;
mod verify;
mod who;

use crate::args::{Cli, Command};
use crate::outcome::Outcome;
use crate::output;
use anyhow::{Context, Result};
use clap::CommandFactory;
use demarche::record::{Document, Ledger, Record};
use demarche::{Engine, PackFile};
use demarche_store::Store;
use std::path::Path;
use std::sync::Arc;

/// Runs a command.
pub fn run(cli: Cli) -> Result<Outcome> {
    match cli.command {
        Command::Brief(options) => brief::run(&options),
        Command::Analyze(options) => analyze::run(&options),
        Command::Init(options) => ingest::init(&options),
        Command::Ingest(options) => ingest::run(&options),
        Command::Rebuild(options) => ingest::rebuild(&options),
        Command::Judge(options) => judge::run(&options),
        Command::Ls(options) => ls::run(&options),
        Command::Search(options) => ls::search(&options),
        Command::Show(options) => show::run(&options),
        Command::Who(options) => who::run(&options),
        Command::Compare(options) => compare::run(&options),
        Command::Figures(options) => ls::figures(&options),
        Command::Threads(options) => ls::threads(&options),
        Command::Copies(options) => ls::copies(&options),
        Command::Timeline(options) => ls::timeline(&options),
        Command::Verify(options) => verify::run(&options),
        Command::Export(options) => export::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Extractors(options) => explain::extractors(options.format),
        Command::Parse(options) => parse::run(&options),
        Command::Pack(command) => pack::run(&command),
        Command::Completions { shell } => completions(shell),
        Command::Man { out } => man(out.as_deref()),
    }
}

/// The engine with the built-in packs and model, or with a pack of the user's on top and another model.
fn engine(pack: Option<&Path>, model: Option<&Path>) -> Result<Engine> {
    let files = pack.map(pack_files).transpose()?.unwrap_or_default();
    match (files.is_empty(), model) {
        (true, None) => Ok(Engine::builtin()?),
        _ => Ok(Engine::with(files, model)?),
    }
}

/// The TOML files and spreadsheets of a pack folder, by their path inside it.
fn pack_files(folder: &Path) -> Result<Vec<PackFile>> {
    fn collect(folder: &Path, inside: &str, files: &mut Vec<PackFile>) -> Result<()> {
        let unreadable =
            || format!("{}: the pack cannot be read; give the folder of a pack", folder.display());
        for entry in std::fs::read_dir(folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let inside = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
            if entry.path().is_dir() {
                collect(&entry.path(), &inside, files)?;
            } else if name.ends_with(".toml") || name.ends_with(".csv") {
                let text = std::fs::read_to_string(entry.path())
                    .with_context(|| format!("{}: cannot be read as UTF-8 text", entry.path().display()))?;
                files.push(PackFile { path: inside, text });
            }
        }
        Ok(())
    }
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort_by(|one, two| one.path.cmp(&two.path));
    Ok(files)
}

/// Opens a store for reading and says if something in it is not up to date.
fn open(path: &Path) -> Result<Store> {
    let store = Store::read(path)?;
    if store.is_stale()? {
        output::warn(&format!(
            "{0}: what is built across documents is older than the last documents; `demarche rebuild --store {0}` \
             brings it up to date",
            path.display()
        ));
    }
    Ok(store)
}

/// A whole ledger in memory, as judged.
struct Whole {
    documents: Vec<Arc<Document>>,
    records: Vec<Record>,
    ledger: Ledger,
    /// What people changed, for the head of pages.
    judged: Option<String>,
}

impl Whole {
    fn of(store: &Store) -> Result<Self> {
        let judged = store.judged(store.records()?)?;
        let note = format!("{} corrected, {} rejected and left out", judged.corrected, judged.rejected);
        Ok(Self {
            documents: store.documents()?.into_iter().map(Arc::new).collect(),
            judged: (judged.corrected + judged.rejected > 0).then_some(note),
            records: judged.records,
            ledger: store.ledger()?,
        })
    }

    /// As derived: what the spans are proved on.
    fn derived(store: &Store) -> Result<Self> {
        Ok(Self {
            documents: store.documents()?.into_iter().map(Arc::new).collect(),
            records: store.records()?,
            ledger: store.ledger()?,
            judged: None,
        })
    }

    fn held(&self) -> demarche_view::Held<'_> {
        demarche_view::Held::new(&self.documents, &self.records, &self.ledger)
    }
}

/// How pages are shown on standard output.
fn style() -> demarche_view::Style {
    demarche_view::Style { colour: output::colours(&std::io::stdout()), ..demarche_view::Style::PLAIN }
}

fn completions(shell: clap_complete::Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "demarche", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

fn man(out: Option<&Path>) -> Result<Outcome> {
    let command = Cli::command();
    let Some(out) = out else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        output::print(&String::from_utf8_lossy(&page))?;
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(out)
        .with_context(|| format!("{}: the folder cannot be made; check the path", out.display()))?;
    clap_mangen::generate_to(command, out)
        .with_context(|| format!("{}: manual pages cannot be written", out.display()))?;
    output::note(&format!("Manual pages are in {}.", out.display()));
    Ok(Outcome::Done)
}
