//! `pack new|check|try`: packs of the user's own.

use super::pack_files;
use crate::args::Pack as Command;
use crate::outcome::Outcome;
use crate::output;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::{Context, Result, bail};
use demarche::{Engine, Hints, Pack, PackError, PackFile, builtin_files};
use demarche_wire as wire;
use std::path::Path;
use std::sync::Arc;

/// Files of a new pack: path and content.
const TEMPLATE: &[(&str, &str)] = &[
    ("README.md", include_str!("../template/README.md")),
    ("world/actors/own.toml", include_str!("../template/actors.toml")),
    ("world/actors/own.csv", include_str!("../template/actors.csv")),
    ("world/offices/own.csv", include_str!("../template/offices.csv")),
    ("world/places/own.csv", include_str!("../template/places.csv")),
    ("en/frames/own.toml", include_str!("../template/frames.toml")),
];

/// Runs a command about packs.
pub fn run(command: &Command) -> Result<Outcome> {
    match command {
        Command::New { dir } => new(dir),
        Command::Check { dir } => check(dir.as_deref()),
        Command::Try { dir } => attempt(dir),
    }
}

fn new(dir: &Path) -> Result<Outcome> {
    if dir.exists() {
        bail!("{}: exists already; choose another name", dir.display());
    }
    for (path, text) in TEMPLATE {
        let path = dir.join(path);
        let folder = path.parent().expect("template files lie in a folder");
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{}: the folder cannot be made; check the path", folder.display()))?;
        output::write_file(&path, text)?;
    }
    output::note(&format!("Made {0}. Next: edit its files, then `demarche pack check {0}`.", dir.display()));
    Ok(Outcome::Done)
}

/// The built-in files with those of a folder on top.
fn laid_over(own: &[PackFile]) -> Vec<PackFile> {
    let mut files = builtin_files();
    files.retain(|file| own.iter().all(|other| other.path != file.path));
    files.extend(own.iter().cloned());
    files.sort_by(|one, two| one.path.cmp(&two.path));
    files
}

fn check(dir: Option<&Path>) -> Result<Outcome> {
    let own = dir.map(pack_files).transpose()?.unwrap_or_default();
    if let Some(dir) = dir
        && own.is_empty()
    {
        bail!("{}: has no .toml or .csv file; `demarche pack new` makes a pack to begin with", dir.display());
    }
    let files = laid_over(&own);
    match Pack::load(&files) {
        Ok(pack) => {
            output::print(&format!(
                "{}, {}, {}, {}: no faults\n",
                output::count(files.len(), "file"),
                output::count(pack.frames.all().len(), "frame"),
                output::count(pack.cues.all().len(), "cue"),
                output::count(pack.world.actors().count(), "actor")
            ))?;
            Ok(Outcome::Done)
        }
        Err(faults) => {
            for fault in &faults {
                output::print(&told(fault, &files))?;
            }
            output::print(&format!("{}\n", output::count(faults.len(), "fault")))?;
            Ok(Outcome::Findings)
        }
    }
}

/// A fault with the line of the pack that it stands in.
fn told(fault: &PackError, files: &[PackFile]) -> String {
    let Some(file) = files.iter().find(|file| file.path == fault.file) else { return format!("{fault}\n") };
    let start: usize = file.text.split_inclusive('\n').take(fault.line.saturating_sub(1)).map(str::len).sum();
    let line = file.text[start..].lines().next().unwrap_or_default();
    let shown = Snippet::source(line)
        .line_start(fault.line)
        .path(file.path.as_str())
        .annotation(AnnotationKind::Primary.span(0..line.len()));
    let group = [Level::ERROR.primary_title(fault.message.as_str()).element(shown)];
    let renderer = if output::colours(&std::io::stdout()) { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n\n", renderer.render(&group))
}

/// Reads the examples of the pack's own frames.
fn attempt(dir: &Path) -> Result<Outcome> {
    let own = pack_files(dir)?;
    let pack = match Pack::load(&laid_over(&own)) {
        Ok(pack) => pack,
        Err(_) => return check(Some(dir)),
    };
    let builtin = Pack::builtin();
    let engine = Engine::with(own, None)?;
    let mut misses = 0;
    let mut tried = 0;
    for frame in pack.frames.all().iter().filter(|frame| builtin.frames.by_id(&frame.id) != Some(*frame)) {
        output::print(&format!("{}: {}\n", frame.id, frame.about))?;
        let examples = frame.examples.iter().map(|example| (example.text.as_str(), true));
        for (text, wanted) in examples.chain(frame.counterexamples.iter().map(|text| (text.as_str(), false)))
        {
            tried += 1;
            let document = engine.read(text.as_bytes(), &Hints::named("example"))?;
            let told = engine.tell(Arc::new(document));
            let mut records = told.records;
            records.retain(|record| record.made_by.rule == frame.id);
            let right = records.is_empty() != wanted;
            misses += usize::from(!right);
            let mark = if right { "ok  " } else { "FAIL" };
            output::print(&format!("  {mark} {} {text}\n", if wanted { "finds    " } else { "finds not" }))?;
            for record in &records {
                let line = serde_json::to_value(wire::RecordLine::new(record, "example"))?;
                let slots: Vec<String> = record
                    .parties()
                    .iter()
                    .map(|party| party.name().to_owned())
                    .chain(line.get("status").and_then(|status| status.as_str()).map(str::to_owned))
                    .collect();
                output::print(&format!("         {} [{}]\n", record.evidence.text, slots.join("; ")))?;
            }
        }
    }
    if tried == 0 {
        output::print("The pack has no frames of its own; nothing to try.\n")?;
    } else {
        output::print(&format!("{} of {tried} sentences as they should be\n", tried - misses))?;
    }
    Ok(if misses == 0 { Outcome::Done } else { Outcome::Findings })
}
