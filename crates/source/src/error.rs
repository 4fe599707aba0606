//! Why an input could not be read, where the fault is, and what to do about it.

use std::fmt;

/// One input that could not be read. The others of the same call go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// File name or other handle, as the user gave it.
    pub file: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such file or folder.
    Missing,
    /// The system refuses to read it.
    Unreadable {
        /// The system's reason.
        reason: String,
    },
    /// It has no text.
    Empty,
    /// It is not text.
    Binary {
        /// What it seems to be: "a PDF file".
        what: String,
        /// First byte that shows it.
        at: usize,
    },
    /// It is larger than the limit.
    TooLarge {
        /// Its size in bytes, or what had been read of it when the limit was reached.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// It is compressed and the compression is damaged.
    Compressed {
        /// What is wrong: "ends early".
        reason: String,
        /// Bytes that could be unpacked before the fault.
        unpacked: u64,
    },
    /// It is a page, feed, archive or export of a known format, but part of it cannot be understood.
    Malformed {
        /// The format.
        format: &'static str,
        /// Line from 1, for formats of lines, else `None`.
        line: Option<usize>,
        /// What is wrong.
        reason: String,
        /// What to do.
        remedy: &'static str,
    },
    /// It is a page without a text that could be an article.
    NoText,
}

impl ReadError {
    /// An error about a file.
    pub fn new(file: impl Into<String>, fault: Fault) -> Self {
        Self { file: file.into(), fault }
    }
}

/// A size for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{:.1} KiB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.fault {
            Fault::Missing => write!(f, "{file}: no such file or folder; check the path"),
            Fault::Unreadable { reason } => {
                write!(f, "{file}: cannot be read ({reason}); check its permissions")
            }
            Fault::Empty => write!(f, "{file}: has no text; leave it out or fetch it again"),
            Fault::Binary { what, at } => {
                write!(f, "{file}: is {what}, not text (byte {at}); convert it to text or HTML first")
            }
            Fault::TooLarge { bytes, limit } => write!(
                f,
                "{file}: has {} or more, over the limit of {}; split it or raise the limit with --max-bytes",
                size(*bytes),
                size(*limit)
            ),
            Fault::Compressed { reason, unpacked } => write!(
                f,
                "{file}: compressed, and the compression is damaged after {}: {reason}; fetch it again",
                size(*unpacked)
            ),
            Fault::Malformed { format, line, reason, remedy } => match line {
                Some(line) => write!(f, "{file}:{line}: not a valid {format}: {reason}; {remedy}"),
                None => write!(f, "{file}: not a valid {format}: {reason}; {remedy}"),
            },
            Fault::NoText => {
                write!(
                    f,
                    "{file}: a page without article text; save the page after it has loaded, or give its text"
                )
            }
        }
    }
}

impl std::error::Error for ReadError {}
