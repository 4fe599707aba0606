//! `brief`: reads, analyses and shows the briefing, without a store; or shows that of a store.

use super::Whole;
use crate::args::Brief;
use crate::outcome::Outcome;
use crate::progress::Progress;
use crate::{input, output};
use anyhow::{Context, Result};
use demarche_view as view;
use std::path::Path;

/// Reads and briefs.
pub fn run(options: &Brief) -> Result<Outcome> {
    if let Some(path) = &options.store {
        let whole = Whole::of(&super::open(path)?)?;
        let held = whole.held();
        let mut page = view::brief(&held);
        page.facts.extend(whole.judged.clone().map(|judged| ("Judged".to_owned(), judged)));
        write(options, &page, &held)?;
        return Ok(Outcome::Done);
    }
    let reading = &options.reading;
    let input::Inputs { all: inputs, dates } = input::open(&options.paths, reading)?;
    let engine = super::engine(reading.pack.as_deref(), reading.model.as_deref())?;
    let progress = Progress::new("Reading", reading.quiet);
    let batch = engine.batch(inputs, reading.threads, &|done, all| progress.show(done, all))?;
    progress.finish();
    let partly = input::report(&batch.faults) | dates.report(&batch);
    if batch.documents.is_empty() {
        output::note("No document could be read; there is nothing to brief.");
        return Ok(Outcome::PartlyRead);
    }
    for (copy, kept) in batch.duplicates.iter().filter(|_| !reading.quiet) {
        output::note(&format!("{copy}: has the same text as {kept}; read once"));
    }
    let held = view::Held::new(&batch.documents, &batch.records, &batch.ledger);
    write(options, &view::brief(&held), &held)?;
    Ok(if partly { Outcome::PartlyRead } else { Outcome::Done })
}

fn write(options: &Brief, page: &view::Page, held: &view::Held<'_>) -> Result<()> {
    match &options.html {
        Some(path) => {
            output::write_file(path, &view::html(page, held))?;
            if !options.reading.quiet {
                output::note(&format!(
                    "Read {}: {}, {}. The briefing is in {}: open it in a browser and click a reference to see the sentence \
                     in its source.",
                    output::count(held.documents.len(), "document"),
                    output::count(held.records.len(), "record"),
                    output::count(held.ledger.encounters.len(), "encounter"),
                    path.display()
                ));
            }
            if options.open {
                open(path)?;
            }
        }
        None if options.md => output::print(&view::markdown(page))?,
        None => output::print(&view::text(page, super::style()))?,
    }
    Ok(())
}

/// Shows a file with the program that the system has for it.
fn open(path: &Path) -> Result<()> {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    std::process::Command::new(opener)
        .arg(path)
        .spawn()
        .with_context(|| format!("{opener} cannot be started; open {} yourself", path.display()))?;
    Ok(())
}
