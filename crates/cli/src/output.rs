//! Writes results, notes and files: standard output for results, standard error for everything else.

use anyhow::{Context, Result};
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Writes to standard output; a closed pipe is an error that `main` takes for the end.
pub fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Says something beside the result.
pub fn note(text: &str) {
    eprintln!("{text}");
}

/// A number with what it counts: "1 document", "2 documents".
pub fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Says what made the command fail.
pub fn fail(error: &anyhow::Error) {
    let label = if colours(&io::stderr()) { "\u{1b}[1;31merror:\u{1b}[0m" } else { "error:" };
    match error.chain().find_map(damaged) {
        Some(path) => eprintln!(
            "{label} {}: the store is damaged, perhaps cut short: put a copy in its place, or ingest the articles into a new \
             store",
            path.display()
        ),
        None => eprintln!("{label} {error:#}"),
    }
}

/// The store whose file SQLite finds damaged, if that is the cause.
fn damaged<'a>(cause: &'a (dyn std::error::Error + 'static)) -> Option<&'a Path> {
    match cause.downcast_ref::<demarche_store::StoreError>() {
        Some(demarche_store::StoreError::Sqlite { path, source }) => {
            let code = source.sqlite_error_code();
            code.is_some_and(|code| format!("{code:?}") == "DatabaseCorrupt").then_some(path.as_path())
        }
        _ => None,
    }
}

/// Says what may be wrong.
pub fn warn(text: &str) {
    let label = if colours(&io::stderr()) { "\u{1b}[1;33mwarning:\u{1b}[0m" } else { "warning:" };
    eprintln!("{label} {text}");
}

/// True if the reader of our output has gone: `demarche ls | head`.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// True if this stream may have colours: a terminal, and `NO_COLOR` is not set.
pub fn colours(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Temporary files that an interruption must remove.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes the temporary files of writes that will not be finished.
pub fn remove_unfinished() {
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    for path in unfinished.drain(..) {
        let _ = fs::remove_file(path);
    }
}

/// Writes a file whole or not at all: a temporary file beside it takes its place once it is on the disk.
pub fn write_file(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().with_context(|| format!("{}: is not the name of a file", path.display()))?;
    let temporary = folder.join(format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id()));
    UNFINISHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(temporary.clone());
    let written = (|| {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    UNFINISHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).retain(|other| *other != temporary);
    written.with_context(|| {
        format!("{}: cannot be written; check the folder, its permissions and free space", path.display())
    })
}
