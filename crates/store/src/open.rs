//! Opening and making stores.

use crate::{SCHEMA_VERSION, StoreError, schema};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a store was opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reading only; nothing is created or changed.
    Read,
    /// Reading and writing.
    Write,
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    mode: Mode,
}

/// First bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";

impl Store {
    /// Makes a new store: whole or not at all. It is made under another name beside its place, so that a process that
    /// is killed meanwhile leaves no half store there, and two that start at once do not meet in one.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        make(path)?;
        Self::open(path)
    }

    /// Opens a store for writing; makes it if there is none. An older schema is brought up to date.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Self::open(path);
        }
        match make(path) {
            // Another process has made it meanwhile.
            Ok(()) | Err(StoreError::Exists(_)) => Self::open(path),
            Err(error) => Err(error),
        }
    }

    /// Opens an existing store for writing. An older schema is brought up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        check_header(path)?;
        Self::writable(path)
    }

    /// Opens an existing store for reading; SQLite itself refuses every change.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        check_header(path)?;
        let fail = |error| StoreError::from_sqlite(path, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(fail)?;
        connection.busy_timeout(Duration::from_secs(10)).map_err(fail)?;
        connection.pragma_update(None, "query_only", true).map_err(fail)?;
        let store = Self { connection, path: path.to_owned(), mode: Mode::Read };
        match store.check()? {
            found if found < SCHEMA_VERSION => Err(StoreError::Older { path: path.to_owned(), found }),
            _ => Ok(store),
        }
    }

    fn writable(path: &Path) -> Result<Self, StoreError> {
        let fail = |error| StoreError::from_sqlite(path, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(fail)?;
        connection.busy_timeout(Duration::from_secs(10)).map_err(fail)?;
        let mut store = Self { connection, path: path.to_owned(), mode: Mode::Write };
        store.check()?;
        // Write-ahead: readers go on while one process writes; FULL: a commit is on the disk when it returns.
        store.connection.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
        store.connection.pragma_update(None, "synchronous", "FULL").map_err(fail)?;
        store.connection.pragma_update(None, "foreign_keys", true).map_err(fail)?;
        // Two that start at once wait for each other; a transaction that first reads would fail where both turn to writing.
        let transaction =
            store.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        schema::migrate(&transaction).map_err(fail)?;
        transaction.commit().map_err(fail)?;
        Ok(store)
    }

    /// Checks that the file is a store of this or an older schema; gives the number of the schema.
    fn check(&self) -> Result<i64, StoreError> {
        let path = self.path.clone();
        let found = schema::version(&self.connection).map_err(|error| self.fail(error))?;
        let id: i64 = self
            .connection
            .pragma_query_value(None, "application_id", |row| row.get(0))
            .map_err(|error| self.fail(error))?;
        if id != schema::APPLICATION_ID || found < 1 {
            return Err(StoreError::NotStore(path));
        }
        if found > SCHEMA_VERSION {
            return Err(StoreError::Newer { path, found, known: SCHEMA_VERSION });
        }
        Ok(found)
    }

    pub(crate) fn fail(&self, error: rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, error)
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Limits the file to a number of pages, as a full disk would. For tests.
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        self.connection
            .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
            .map_err(|error| self.fail(error))
    }

    /// The number of pages the file has.
    pub fn pages(&self) -> Result<u32, StoreError> {
        self.connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .map_err(|error| self.fail(error))
    }

    /// What SQLite finds wrong with the file and its full-text index; empty if it is sound.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut rows = self.connection.prepare("PRAGMA quick_check").map_err(|error| self.fail(error))?;
        let found = rows.query_map([], |row| row.get::<_, String>(0)).map_err(|error| self.fail(error))?;
        let mut faults: Vec<String> = Vec::new();
        for row in found {
            faults.extend(Some(row.map_err(|error| self.fail(error))?).filter(|row| row != "ok"));
        }
        Ok(faults)
    }
}

impl Drop for Store {
    /// At rest a store is one file without side files, so that reading it creates none. If others read it at this
    /// moment, SQLite refuses the change and the next writer makes it.
    fn drop(&mut self) {
        if self.mode == Mode::Write {
            let _ = self.connection.busy_timeout(Duration::from_millis(50));
            let _ = self.connection.pragma_update(None, "journal_mode", "DELETE");
        }
    }
}

/// Makes the file of an empty store.
fn make(path: &Path) -> Result<(), StoreError> {
    let inaccessible =
        |error: std::io::Error| StoreError::Inaccessible { path: path.to_owned(), reason: error.to_string() };
    let fail = |error| StoreError::from_sqlite(path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    // Temporary files are their owner's alone; a store has the rights of any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder).map_err(inaccessible)?;
    let mut connection = Connection::open(file.path()).map_err(fail)?;
    let transaction = connection.transaction().map_err(fail)?;
    schema::migrate(&transaction).map_err(fail)?;
    transaction.commit().map_err(fail)?;
    connection.close().map_err(|(_, error)| fail(error))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(fault) if fault.error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Exists(path.to_owned()))
        }
        Err(fault) => Err(inaccessible(fault.error)),
    }
}

/// Refuses a missing file and one that is not an SQLite file, before SQLite would create or change anything.
fn check_header(path: &Path) -> Result<(), StoreError> {
    let inaccessible =
        |error: std::io::Error| StoreError::Inaccessible { path: path.to_owned(), reason: error.to_string() };
    if !path.try_exists().map_err(inaccessible)? {
        return Err(StoreError::Missing(path.to_owned()));
    }
    if path.is_dir() {
        return Err(StoreError::NotSqlite(path.to_owned()));
    }
    let mut header = [0; 16];
    let mut file = std::fs::File::open(path).map_err(inaccessible)?;
    match file.read_exact(&mut header) {
        Ok(()) if header == MAGIC => Ok(()),
        _ => Err(StoreError::NotSqlite(path.to_owned())),
    }
}
