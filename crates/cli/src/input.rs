//! Opens what the user names and joins it with what sidecars, `--metadata` and `--published` say of it.

use crate::args::Reading;
use crate::output;
use anyhow::{Context, Result, bail};
use demarche::record::{Document, DocumentId};
use demarche::{Batch, Declared, Hints, Limits, ReadError, files};
use serde_json::Value;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Name of the sidecar that is used without being named.
const SIDECAR: &str = "metadata.jsonl";

/// Bytes with hints, or why they could not be read.
pub type Input = Result<(Vec<u8>, Hints), ReadError>;

/// All inputs of a command.
pub struct Inputs {
    /// The inputs, in sorted order within each path that is given.
    pub all: Vec<Input>,
    /// Where their dates were declared.
    pub dates: Dates,
}

/// Where the date of an input was declared, by its file name: the date and `metadata.jsonl:3`.
#[derive(Default)]
pub struct Dates(BTreeMap<String, (String, String)>);

/// What one line of a metadata file says.
#[derive(Debug)]
struct Row {
    line: usize,
    declared: Declared,
    used: Cell<bool>,
}

/// What is declared of files, by file name.
#[derive(Debug)]
struct Rows {
    path: PathBuf,
    rows: BTreeMap<String, Row>,
}

impl Rows {
    /// Reads a metadata file: one JSON object a line with `file` and any of published, outlet, url, title, byline,
    /// language. Other keys are reported, because a misspelt one would silently lose a date.
    fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{}: metadata cannot be read; check the path", path.display()))?;
        let mut rows = Self { path: path.to_owned(), rows: BTreeMap::new() };
        let mut unknown = BTreeSet::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{}:{}", path.display(), number + 1);
            let row: BTreeMap<String, Value> = serde_json::from_str(line)
                .with_context(|| format!("{place}: not a JSON object; write one object a line"))?;
            let Some(Value::String(file)) = row.get("file") else {
                bail!("{place}: has no \"file\"; each row names the file that it is about");
            };
            let mut declared = Declared::default();
            for (key, value) in &row {
                match value {
                    Value::Null => {}
                    _ if key == "file" => {}
                    Value::String(value) if declared.set(key, value) => {}
                    _ => {
                        unknown.insert(key.clone());
                    }
                }
            }
            rows.rows.insert(file.clone(), Row { line: number + 1, declared, used: Cell::new(false) });
        }
        if !unknown.is_empty() {
            let keys: Vec<String> = unknown.into_iter().map(|key| format!("\"{key}\"")).collect();
            output::warn(&format!(
                "{}: {} not used; known keys are file, published, outlet, url, title, byline, language (as text)",
                path.display(),
                keys.join(", ")
            ));
        }
        Ok(rows)
    }

    /// What is declared of a file by the first of these names, and where its date is.
    fn take(&self, names: &[&str]) -> Option<(Declared, String)> {
        let row = names.iter().find_map(|name| self.rows.get(*name))?;
        row.used.set(true);
        Some((row.declared.clone(), self.place(row)))
    }

    fn place(&self, row: &Row) -> String {
        format!("{}:{}", self.path.display(), row.line)
    }

    /// Reports the lines about files that are neither among the inputs nor beside the metadata: a misspelt name would
    /// silently lose a date.
    fn report_unused(&self) {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let unused = |(file, row): &(&String, &Row)| !row.used.get() && !folder.join(file).exists();
        let mut unused: Vec<(&String, &Row)> = self.rows.iter().filter(unused).collect();
        unused.sort_by_key(|(_, row)| row.line);
        let Some(((file, row), more)) = unused.split_first() else { return };
        let more: Vec<String> = more.iter().map(|(_, row)| row.line.to_string()).collect();
        let more = if more.is_empty() {
            String::new()
        } else {
            format!("; nor the files of the lines {}", more.join(", "))
        };
        output::warn(&format!(
            "{}: there is no {file:?} among the inputs or beside the metadata{more}; check the names",
            self.place(row)
        ));
    }
}

/// Opens all inputs, in sorted order within each path that is given.
pub fn open(paths: &[PathBuf], reading: &Reading) -> Result<Inputs> {
    let limits = Limits { bytes: reading.max_bytes };
    let given = reading.metadata.as_deref().map(Rows::read).transpose()?;
    let mut sidecars: BTreeMap<PathBuf, Option<Rows>> = BTreeMap::new();
    let mut inputs = Inputs { all: Vec::new(), dates: Dates::default() };
    for input in files::walk(paths, limits) {
        let input = match input {
            Ok(input) => input,
            Err(error) => {
                inputs.all.push(Err(error));
                continue;
            }
        };
        let name = input.file.rsplit('/').next().unwrap_or(&input.file);
        let mut rows = Vec::from_iter(given.as_ref().and_then(|rows| rows.take(&[&input.file, name])));
        for (folder, handle) in folders(input.path.as_deref(), &input.file) {
            if !sidecars.contains_key(&folder) {
                let path = folder.join(SIDECAR);
                let read = path.is_file().then(|| Rows::read(&path)).transpose()?;
                sidecars.insert(folder.clone(), read);
            }
            rows.extend(sidecars.get(&folder).and_then(Option::as_ref).and_then(|it| it.take(&[&handle])));
        }
        let mut declared = Declared::default();
        for (row, place) in rows {
            if let (None, Some(date)) = (&declared.published, &row.published) {
                inputs.dates.0.insert(input.file.clone(), (date.clone(), place));
            }
            declared = declared.or(row);
        }
        let published = Declared { published: reading.published.clone(), ..Declared::default() };
        let hints = Hints { file: input.file, declared: declared.or(published), limits };
        inputs.all.push(Ok((input.bytes, hints)));
    }
    for rows in sidecars.values().flatten().chain(&given) {
        rows.report_unused();
    }
    if inputs.all.is_empty() {
        let given: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        bail!(
            "{}: there is nothing to read in it; give texts (.txt), pages (.html), feeds (.xml), exports (.json, .jsonl) or \
             web archives (.warc), also packed with gzip",
            given.join(", ")
        );
    }
    Ok(inputs)
}

/// Notices of a document that mean: something of it was not taken as it was given.
const DAMAGED: &[&str] = &["charset-replaced", "engine-fault", "markup-cut", "text-too-long"];

impl Dates {
    /// Puts into `said` what was not read in a document and why; true if that is all of it.
    pub fn unread(&self, document: &Document, has_records: bool, said: &mut Vec<String>) -> bool {
        let file = &document.file;
        let mut unread = false;
        for notice in &document.notices {
            match notice.code.as_str() {
                "not-english" => {
                    let language = document.language.as_deref().unwrap_or("not known");
                    said.push(format!(
                        "{file}: was not read and has no records: it is not in English (language: {language}); give a \
                         translation"
                    ));
                    unread = true;
                }
                "date-unreadable" => {
                    let input = file.split('#').next().unwrap_or(file);
                    let declared = self.0.get(input);
                    let declared = declared.filter(|(date, _)| notice.message.contains(date.as_str()));
                    let place = declared.map_or(file, |(_, place)| place);
                    said.push(format!("{place}: {}", notice.message));
                }
                code if DAMAGED.contains(&code) => said.push(format!("{file}: {}", notice.message)),
                _ => {}
            }
        }
        if !unread && !has_records && document.language.is_none() {
            // A line of a few words was read all the same; what is hardly made of letters was not.
            let text = document.text.as_str();
            let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
            unread = 2 * letters < text.chars().count();
            let why = if unread { "it is not text" } else { "it has too few words" };
            said.push(format!("{file}: has no records: no language could be told in it; {why}"));
        }
        unread
    }

    /// Reports what was not read in the documents of a batch; true if there is one of which nothing was.
    pub fn report(&self, batch: &Batch) -> bool {
        let told: BTreeSet<DocumentId> = batch.records.iter().map(|record| record.document).collect();
        let mut said = Vec::new();
        let mut unread = false;
        for document in &batch.documents {
            unread |= self.unread(document, told.contains(&document.id), &mut said);
        }
        said.iter().for_each(|fault| output::warn(fault));
        unread
    }
}

/// The folders whose sidecar may speak of a file, nearest first, each with the file's name as seen from there.
fn folders(path: Option<&Path>, handle: &str) -> Vec<(PathBuf, String)> {
    let Some(path) = path else { return Vec::new() };
    let parts: Vec<&str> = handle.split('/').collect();
    path.ancestors()
        .skip(1)
        .take(parts.len())
        .enumerate()
        .map(|(up, folder)| (folder.to_owned(), parts[parts.len() - 1 - up..].join("/")))
        .collect()
}

/// Reports the inputs that could not be read; true if there are any.
pub fn report(faults: &[ReadError]) -> bool {
    for fault in faults {
        output::warn(&fault.to_string());
    }
    !faults.is_empty()
}
