//! `analyze`: from files to JSON lines, without a store.

use crate::args::Analyze;
use crate::outcome::Outcome;
use crate::progress::Progress;
use crate::{input, output};
use anyhow::{Context, Result};
use demarche::Batch;
use demarche_wire as wire;
use std::collections::BTreeMap;

/// Reads, analyses and writes one file per sort of row.
pub fn run(options: &Analyze) -> Result<Outcome> {
    let input::Inputs { all: inputs, dates } = input::open(&options.inputs.paths, &options.inputs.reading)?;
    let engine =
        super::engine(options.inputs.reading.pack.as_deref(), options.inputs.reading.model.as_deref())?;
    let progress = Progress::new("Reading", options.inputs.reading.quiet);
    let batch =
        engine.batch(inputs, options.inputs.reading.threads, &|done, all| progress.show(done, all))?;
    progress.finish();
    let partly = input::report(&batch.faults) | dates.report(&batch);
    if batch.documents.is_empty() {
        output::note("No document could be read; nothing was written.");
        return Ok(Outcome::PartlyRead);
    }
    for (copy, kept) in batch.duplicates.iter().filter(|_| !options.inputs.reading.quiet) {
        output::note(&format!("{copy}: has the same text as {kept}; read once"));
    }
    let out = &options.out;
    std::fs::create_dir_all(out)
        .with_context(|| format!("{}: the folder cannot be made; check the path", out.display()))?;
    for (name, text) in lines(&batch) {
        output::write_file(&out.join(name), &text)?;
    }
    if !options.inputs.reading.quiet {
        output::note(&format!(
            "{}, {}, {}, {} in {}",
            output::count(batch.documents.len(), "document"),
            output::count(batch.records.len(), "record"),
            output::count(batch.ledger.encounters.len(), "encounter"),
            output::count(batch.ledger.comparisons.len(), "comparison"),
            out.display()
        ));
    }
    Ok(if partly { Outcome::PartlyRead } else { Outcome::Done })
}

/// The files of a batch: name and content.
fn lines(batch: &Batch) -> Vec<(&'static str, String)> {
    let files: BTreeMap<_, _> =
        batch.documents.iter().map(|document| (document.id, &document.file)).collect();
    let ledger = &batch.ledger;
    vec![
        (
            "documents.jsonl",
            wire::write_lines(batch.documents.iter().map(|it| wire::DocumentLine::from(&**it))),
        ),
        (
            "records.jsonl",
            wire::write_lines(batch.records.iter().map(|it| wire::RecordLine::new(it, files[&it.document]))),
        ),
        ("encounters.jsonl", wire::write_lines(ledger.encounters.iter().map(wire::EncounterLine::from))),
        ("comparisons.jsonl", wire::write_lines(ledger.comparisons.iter().map(wire::ComparisonLine::from))),
        (
            "times.jsonl",
            wire::write_lines(batch.times.iter().map(|(id, it)| wire::TimeLine::new(it, *id, files[id]))),
        ),
        ("figures.jsonl", wire::write_lines(ledger.figures.iter().map(wire::FigureSeriesLine::from))),
        ("threads.jsonl", wire::write_lines(ledger.threads.iter().map(wire::ThreadLine::from))),
        ("copies.jsonl", wire::write_lines(ledger.copies.iter().map(wire::CopyGroupLine::from))),
        ("stories.jsonl", wire::write_lines(ledger.stories.iter().map(wire::StoryLine::from))),
        ("doubts.jsonl", wire::write_lines(ledger.doubts.iter().map(wire::DoubtLine::from))),
    ]
}
