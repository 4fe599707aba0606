//! Numbered migrations: `user_version` says how many of them a file has seen.

use rusqlite::{Connection, Transaction};

/// Migrations in order; the number of a schema is its place, from 1. Released ones are never altered.
const MIGRATIONS: &[&str] = &[include_str!("schema/001.sql")];

/// The newest schema.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

/// Marks the file as ours for `file` and other tools: "DMRC".
pub(crate) const APPLICATION_ID: i64 = 0x444D_5243;

/// The number of the schema of a file.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a file from its schema to the newest one.
pub(crate) fn migrate(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let found = version(transaction)?;
    for (number, migration) in (1..).zip(MIGRATIONS).filter(|(number, _)| *number > found) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)
}

/// The schema as SQLite holds it, one statement after another in order of names: compared with a golden file, so that
/// no released schema changes by accident.
pub fn golden() -> rusqlite::Result<String> {
    let mut connection = Connection::open_in_memory()?;
    let transaction = connection.transaction()?;
    migrate(&transaction)?;
    transaction.commit()?;
    let mut rows = connection.prepare(
        "SELECT type || ' ' || name || char(10) || sql FROM sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'document_text_%' OR type = 'trigger'
         ORDER BY type, name",
    )?;
    let all: Vec<String> = rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(format!("user_version {SCHEMA_VERSION}\n\n{}\n", all.join("\n\n")))
}
