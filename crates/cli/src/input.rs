//! Opens what the user names and joins it with what sidecars, `--metadata` and `--published` say of it.

use crate::args::Reading;
use crate::output;
use anyhow::{Context, Result, bail};
use demarche::{Declared, Hints, Limits, ReadError, files};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Name of the sidecar that is used without being named.
const SIDECAR: &str = "metadata.jsonl";

/// Bytes with hints, or why they could not be read.
pub type Input = Result<(Vec<u8>, Hints), ReadError>;

/// What is declared of files, by file name.
#[derive(Debug, Default)]
struct Rows {
    rows: BTreeMap<String, Declared>,
}

impl Rows {
    /// Reads a metadata file: one JSON object a line with `file` and any of published, outlet, url, title, byline,
    /// language. Other keys are reported, because a misspelt one would silently lose a date.
    fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{}: metadata cannot be read; check the path", path.display()))?;
        let mut rows = Self::default();
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
            rows.rows.insert(file.clone(), declared);
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

    fn of(&self, handle: &str) -> Option<&Declared> {
        let name = handle.rsplit('/').next().unwrap_or(handle);
        self.rows.get(handle).or_else(|| self.rows.get(name))
    }
}

/// Opens all inputs, in sorted order within each path that is given.
pub fn open(paths: &[PathBuf], reading: &Reading) -> Result<Vec<Input>> {
    if paths.is_empty() {
        bail!("no input; give files, folders or - for standard input");
    }
    let limits = Limits { bytes: reading.max_bytes };
    let given = reading.metadata.as_deref().map(Rows::read).transpose()?;
    let mut sidecars: BTreeMap<PathBuf, Option<Rows>> = BTreeMap::new();
    let mut inputs: Vec<Input> = Vec::new();
    for input in files::walk(paths, limits) {
        let input = match input {
            Ok(input) => input,
            Err(error) => {
                inputs.push(Err(error));
                continue;
            }
        };
        let mut declared = given.as_ref().and_then(|rows| rows.of(&input.file)).cloned().unwrap_or_default();
        for (folder, handle) in folders(input.path.as_deref(), &input.file) {
            if !sidecars.contains_key(&folder) {
                let path = folder.join(SIDECAR);
                let rows = path.is_file().then(|| Rows::read(&path)).transpose()?;
                sidecars.insert(folder.clone(), rows);
            }
            let row = sidecars.get(&folder).and_then(Option::as_ref).and_then(|rows| rows.rows.get(&handle));
            declared = declared.or(row.cloned().unwrap_or_default());
        }
        let published = Declared { published: reading.published.clone(), ..Declared::default() };
        let hints = Hints { file: input.file, declared: declared.or(published), limits };
        inputs.push(Ok((input.bytes, hints)));
    }
    Ok(inputs)
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
