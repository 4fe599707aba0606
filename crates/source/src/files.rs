//! Finds and opens the files to read: files, folders (recursive), standard input. A file that cannot be read is an
//! error of its own; the others go on.

use crate::{Fault, Limits, ReadError};
use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The argument that means standard input.
pub const STDIN: &str = "-";

/// Files beside the documents that are no documents.
const SIDECARS: &[&str] = &["metadata.jsonl", "gold.json", "README.md", "README.txt", "LICENSE"];

/// The bytes of one input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Handle for messages and sidecars: the path below the folder that was given, else the file name.
    pub file: String,
    /// Where it was read; `None` for standard input.
    pub path: Option<PathBuf>,
    /// Its bytes, unpacked if it was compressed with gzip.
    pub bytes: Vec<u8>,
}

/// Walks files and folders in sorted order. Hidden files and sidecars inside folders are skipped; a file that is
/// named itself is always read.
pub fn walk<P: AsRef<Path>>(
    paths: &[P],
    limits: Limits,
) -> impl Iterator<Item = Result<Input, ReadError>> + use<P> {
    let mut stack: Vec<Step> = Vec::new();
    for path in paths.iter().rev() {
        stack.push(Step::Given(path.as_ref().to_owned()));
    }
    std::iter::from_fn(move || {
        loop {
            match stack.pop()? {
                Step::Failed(error) => return Some(Err(error)),
                Step::File { path, file } => return Some(open(&path, file, limits)),
                Step::Given(path) if path.as_os_str() == STDIN => return Some(stdin(limits)),
                Step::Given(path) => {
                    let is_folder = fs::metadata(&path).is_ok_and(|meta| meta.is_dir());
                    if is_folder {
                        list(&path, "", &mut stack);
                    } else {
                        let name = path.file_name().unwrap_or(path.as_os_str());
                        let file = name.to_string_lossy().into_owned();
                        return Some(open(&path, file, limits));
                    }
                }
                Step::Folder { path, file } => list(&path, &file, &mut stack),
            }
        }
    })
}

enum Step {
    Given(PathBuf),
    Folder { path: PathBuf, file: String },
    File { path: PathBuf, file: String },
    Failed(ReadError),
}

/// Puts the entries of a folder on the stack, last first. Links to folders are not followed: they may lead in circles.
fn list(path: &Path, prefix: &str, stack: &mut Vec<Step>) {
    let failed = |error: &io::Error| Step::Failed(io_error(path, path.display().to_string(), error));
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return stack.push(failed(&error)),
    };
    let mut steps: Vec<(String, Step)> = Vec::new();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                steps.push((String::new(), failed(&error)));
                continue;
            }
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || SIDECARS.contains(&name.as_str()) {
            continue;
        }
        let file = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let leads_to_folder = !is_folder && fs::metadata(entry.path()).is_ok_and(|meta| meta.is_dir());
        if is_folder {
            steps.push((name, Step::Folder { path: entry.path(), file }));
        } else if !leads_to_folder {
            steps.push((name, Step::File { path: entry.path(), file }));
        }
    }
    steps.sort_by(|one, two| one.0.cmp(&two.0));
    stack.extend(steps.into_iter().rev().map(|(_, step)| step));
}

fn io_error(path: &Path, file: String, error: &io::Error) -> ReadError {
    let missing = error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err();
    let fault = if missing { Fault::Missing } else { Fault::Unreadable { reason: error.to_string() } };
    ReadError::new(file, fault)
}

fn open(path: &Path, file: String, limits: Limits) -> Result<Input, ReadError> {
    // Errors name the path as the user can find it.
    let shown = path.display().to_string();
    let meta = fs::metadata(path).map_err(|error| io_error(path, shown.clone(), &error))?;
    if !meta.is_file() {
        let reason = "it is neither a file nor a folder".to_owned();
        return Err(ReadError::new(shown, Fault::Unreadable { reason }));
    }
    if meta.len() > limits.bytes {
        return Err(ReadError::new(shown, Fault::TooLarge { bytes: meta.len(), limit: limits.bytes }));
    }
    let opened = fs::File::open(path).map_err(|error| io_error(path, shown.clone(), &error))?;
    let bytes = capped(opened, limits, &shown)?;
    let bytes = unpack(bytes, limits, &shown)?;
    if bytes.is_empty() {
        return Err(ReadError::new(shown, Fault::Empty));
    }
    Ok(Input { file, path: Some(path.to_owned()), bytes })
}

fn stdin(limits: Limits) -> Result<Input, ReadError> {
    let bytes = capped(io::stdin().lock(), limits, STDIN)?;
    let bytes = unpack(bytes, limits, STDIN)?;
    Ok(Input { file: "stdin".to_owned(), path: None, bytes })
}

/// Reads at most the limit, so that an endless stream or a growing file cannot fill the memory.
fn capped(source: impl Read, limits: Limits, shown: &str) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    source
        .take(limits.bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| ReadError::new(shown, Fault::Unreadable { reason: error.to_string() }))?;
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::new(
            shown,
            Fault::TooLarge { bytes: bytes.len() as u64, limit: limits.bytes },
        ));
    }
    Ok(bytes)
}

/// Unpacks gzip, one layer, up to the limit.
pub(crate) fn unpack(bytes: Vec<u8>, limits: Limits, shown: &str) -> Result<Vec<u8>, ReadError> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let read =
        MultiGzDecoder::new(bytes.as_slice()).take(limits.bytes.saturating_add(1)).read_to_end(&mut unpacked);
    let count = unpacked.len() as u64;
    match read {
        Ok(_) if count > limits.bytes => {
            Err(ReadError::new(shown, Fault::TooLarge { bytes: count, limit: limits.bytes }))
        }
        Ok(_) => Ok(unpacked),
        Err(error) => {
            let reason = match error.kind() {
                io::ErrorKind::UnexpectedEof => "the file ends early".to_owned(),
                _ => error.to_string(),
            };
            Err(ReadError::new(shown, Fault::Compressed { reason, unpacked: count }))
        }
    }
}
