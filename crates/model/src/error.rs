//! What can be wrong with a model on disk, and what to do.

use std::fmt;
use std::path::PathBuf;

/// Why a model cannot be used.
#[derive(Debug)]
pub enum ModelError {
    /// A file cannot be read.
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// A file is not what its `labels.json` says.
    Hash {
        /// Name of the file.
        file: &'static str,
    },
    /// A file has the wrong form.
    Form {
        /// Name of the file.
        file: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The network does not run.
    Run(String),
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, reason } => write!(
                f,
                "cannot read {}: {reason}; a model folder has model.onnx, labels.json and vocab.txt",
                path.display()
            ),
            Self::Hash { file } => {
                write!(
                    f,
                    "{file} is not the file labels.json was made for; copy the model folder again as a whole"
                )
            }
            Self::Form { file, reason } => {
                write!(f, "{file}: {reason}; take a model made by train/export.py of this version")
            }
            Self::Run(reason) => {
                write!(f, "the network does not run: {reason}; take a model made for this version")
            }
        }
    }
}

impl std::error::Error for ModelError {}
