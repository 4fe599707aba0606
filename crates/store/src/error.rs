//! What can be wrong with a store, and what to do.

use std::fmt;
use std::path::PathBuf;

/// Why a store cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    Missing(PathBuf),
    /// There is a file already.
    Exists(PathBuf),
    /// The file is not an SQLite file.
    NotSqlite(PathBuf),
    /// The file is an SQLite file, but no store of this program.
    NotStore(PathBuf),
    /// A newer program wrote it.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// The file has an older schema and was opened for reading only.
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
    },
    /// The disk, or the limit set for the file, is full.
    Full(PathBuf),
    /// Another process is writing.
    Busy(PathBuf),
    /// The file cannot be opened or made.
    Inaccessible {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// A stored row does not read back.
    Row(String),
    /// What was asked for cannot be done with what the store holds.
    Refused(String),
    /// Anything else that SQLite reports.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Turns what SQLite reports into what a person can act upon.
    pub(crate) fn from_sqlite(path: &std::path::Path, error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotSqlite(path),
            Some(ErrorCode::DiskFull) => Self::Full(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
                Self::Inaccessible { path, reason: error.to_string() }
            }
            _ => Self::Sqlite { path, source: error },
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => {
                write!(
                    f,
                    "{}: no such store; make one with `demarche ingest PATH… --store {0}`",
                    path.display()
                )
            }
            Self::Exists(path) => write!(f, "{}: exists already; choose another name", path.display()),
            Self::NotSqlite(path) => {
                write!(
                    f,
                    "{}: is not an SQLite file; give the file that `demarche init` or `ingest` made",
                    path.display()
                )
            }
            Self::NotStore(path) => write!(
                f,
                "{}: is an SQLite file, but not a store of demarche; give the file that `demarche init` or `ingest` made",
                path.display()
            ),
            Self::Newer { path, found, known } => write!(
                f,
                "{}: was written by a newer demarche (schema {found}; this program knows {known}); use that version or \
                 a newer one",
                path.display()
            ),
            Self::Older { path, found } => write!(
                f,
                "{}: has the older schema {found}; `demarche init --upgrade {0}` brings it up to date",
                path.display()
            ),
            Self::Full(path) => write!(
                f,
                "{}: the disk is full; make room and run the same command again, what was acknowledged is kept",
                path.display()
            ),
            Self::Busy(path) => {
                write!(
                    f,
                    "{}: another process is writing to it; try again when it has finished",
                    path.display()
                )
            }
            Self::Inaccessible { path, reason } => {
                write!(
                    f,
                    "{}: cannot be opened ({reason}); check the folder and its permissions",
                    path.display()
                )
            }
            Self::Row(message) => write!(
                f,
                "a stored row does not read back: {message}; `demarche rebuild` makes derived rows anew"
            ),
            Self::Refused(message) => f.write_str(message),
            Self::Sqlite { path, source } => write!(f, "{}: {source}", path.display()),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Sqlite { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<demarche_wire::WireError> for StoreError {
    fn from(error: demarche_wire::WireError) -> Self {
        Self::Row(error.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Row(error.to_string())
    }
}
