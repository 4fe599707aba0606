//! Adding documents with their records: one transaction for a batch, nothing twice.

use crate::{Store, StoreError};
use demarche_record::{Body, Document, Party, Record};
use demarche_text::ContentHash;
use demarche_wire::{DocumentLine, RecordLine, TimeLine, TimeRow};
use rusqlite::{OptionalExtension, Transaction, params};

/// One document with what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its records.
    pub records: &'a [Record],
    /// Its time expressions.
    pub times: &'a [TimeRow],
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents that were not held before.
    pub documents: usize,
    /// Documents that were held and whose facts or records were made anew.
    pub renewed: usize,
    /// Records stored.
    pub records: usize,
    /// Files with a text that is held under another name: (file, name it is held under).
    pub duplicates: Vec<(String, String)>,
}

impl Store {
    /// True if an input with this key was read completely with this kit.
    pub fn has_input(&self, key: ContentHash, kit: &str) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached("SELECT 1 FROM input WHERE key = ?1 AND kit = ?2")
            .and_then(|mut rows| rows.exists(params![key.to_string(), kit]))
            .map_err(|error| self.fail(error))
    }

    /// Adds documents with everything found in them, and the keys of the inputs that are done with them, in one
    /// transaction. A document that is held is renewed if it comes from the same file, else reported as a duplicate.
    pub fn add(
        &mut self,
        incoming: &[Incoming<'_>],
        inputs: &[(ContentHash, String)],
        kit: &str,
    ) -> Result<Added, StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::from_sqlite(&path, error);
        let transaction = self.connection.transaction().map_err(fail)?;
        let mut added = Added::default();
        for one in incoming {
            put(&transaction, one, kit, &mut added).map_err(fail)?;
        }
        for (key, file) in inputs {
            transaction
                .prepare_cached(
                    "INSERT INTO input (key, file, kit) VALUES (?1, ?2, ?3)
                     ON CONFLICT (key) DO UPDATE SET kit = excluded.kit",
                )
                .and_then(|mut row| row.execute(params![key.to_string(), file, kit]))
                .map_err(fail)?;
        }
        if added.documents + added.renewed > 0 {
            set_meta(&transaction, "ledger", "stale").map_err(fail)?;
        }
        transaction.commit().map_err(fail)?;
        Ok(added)
    }

    /// Forgets by which kit the records of documents were made, so that they are made anew.
    pub fn forget(&mut self, documents: &[String]) -> Result<(), StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::from_sqlite(&path, error);
        let transaction = self.connection.transaction().map_err(fail)?;
        for document in documents {
            transaction.execute("DELETE FROM derivation WHERE document = ?1", [document]).map_err(fail)?;
        }
        transaction.commit().map_err(fail)
    }
}

pub(crate) fn set_meta(transaction: &Transaction<'_>, key: &str, value: &str) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        params![key, value],
    )?;
    Ok(())
}

fn put(
    transaction: &Transaction<'_>,
    one: &Incoming<'_>,
    kit: &str,
    added: &mut Added,
) -> rusqlite::Result<()> {
    let document = one.document;
    let id = document.id.to_string();
    let mut line = DocumentLine::from(document);
    line.text = String::new();
    let line = demarche_wire::write_lines([line]);
    let line = line.trim_end();
    let held: Option<(String, String, Option<String>)> = transaction
        .prepare_cached(
            "SELECT d.file, d.line, x.kit FROM document d LEFT JOIN derivation x ON x.document = d.id WHERE d.id = ?1",
        )?
        .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match held {
        Some((file, ..)) if file != document.file => {
            added.duplicates.push((document.file.clone(), file));
            return Ok(());
        }
        Some((_, held, Some(held_kit))) if held == line && held_kit == kit => return Ok(()),
        Some(_) => {
            transaction.execute(
                "UPDATE document SET title = ?2, outlet = ?3, genre = ?4, published = ?5, published_basis = ?6,
                   raw_hash = ?7, line = ?8 WHERE id = ?1",
                params![
                    id,
                    document.title,
                    document.outlet,
                    document.genre.to_string(),
                    document.published.edtf.as_ref().map(|edtf| &edtf.0),
                    document.published.basis.to_string(),
                    document.raw_hash.to_string(),
                    line,
                ],
            )?;
            forget_records(transaction, &id)?;
            added.renewed += 1;
        }
        None => {
            transaction
                .prepare_cached(
                    "INSERT INTO document (id, file, title, outlet, genre, published, published_basis, raw_hash, text, line)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING",
                )?
                .execute(params![
                    id,
                    document.file,
                    document.title,
                    document.outlet,
                    document.genre.to_string(),
                    document.published.edtf.as_ref().map(|edtf| &edtf.0),
                    document.published.basis.to_string(),
                    document.raw_hash.to_string(),
                    document.text.as_str(),
                    line,
                ])?;
            added.documents += 1;
        }
    }
    transaction
        .prepare_cached(
            "INSERT INTO derivation (document, kit) VALUES (?1, ?2)
             ON CONFLICT (document) DO UPDATE SET kit = excluded.kit",
        )?
        .execute(params![id, kit])?;
    for record in one.records {
        put_record(transaction, record, &document.file)?;
        added.records += 1;
    }
    for (place, time) in one.times.iter().enumerate() {
        let line = TimeLine::new(time, document.id, &document.file);
        transaction
            .prepare_cached("INSERT INTO time (document, place, edtf, line) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, place as i64, line.edtf, demarche_wire::write_lines([&line]).trim_end()])?;
    }
    Ok(())
}

/// Removes what was derived from a document, so that it can be derived anew.
fn forget_records(transaction: &Transaction<'_>, document: &str) -> rusqlite::Result<()> {
    transaction.execute(
        "DELETE FROM party WHERE record IN (SELECT id FROM record WHERE document = ?1)",
        [document],
    )?;
    transaction.execute("DELETE FROM record WHERE document = ?1", [document])?;
    transaction.execute("DELETE FROM time WHERE document = ?1", [document])?;
    Ok(())
}

fn put_record(transaction: &Transaction<'_>, record: &Record, file: &str) -> rusqlite::Result<()> {
    let line = demarche_wire::write_lines([RecordLine::new(record, file)]);
    let id = record.id.to_string();
    let bounds = record.when.as_ref().and_then(|when| when.edtf.bounds());
    transaction
        .prepare_cached(
            "INSERT INTO record (id, document, kind, start_byte, end_byte, evidence, edtf, basis, first_day, last_day,
               status, voice, epoch, confidence, rule, line)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            id,
            record.document.to_string(),
            record.body.kind().to_string(),
            record.evidence.start_byte,
            record.evidence.end_byte,
            record.evidence.text,
            record.when.as_ref().map(|when| &when.edtf.0),
            record.when.as_ref().map(|when| when.basis.to_string()),
            bounds.and_then(|bounds| bounds.first).map(|day| day.to_string()),
            bounds.and_then(|bounds| bounds.last).map(|day| day.to_string()),
            record.status.to_string(),
            record.voice.to_string(),
            record.epoch.to_string(),
            f64::from(record.confidence),
            record.made_by.rule,
            line.trim_end(),
        ])?;
    for (role, parties) in roles(record) {
        for (place, party) in parties.into_iter().enumerate() {
            transaction
                .prepare_cached(
                    "INSERT INTO party (record, role, place, actor, name, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    id,
                    role,
                    place as i64,
                    party.actor.as_ref().map(|actor| &actor.0),
                    party.name(),
                    party.words.as_ref().map(|words| &words.text),
                ])?;
        }
    }
    Ok(())
}

/// The parties of a record by role; `vouches` are those of the chain of attribution.
pub(crate) fn roles(record: &Record) -> Vec<(&'static str, Vec<&Party>)> {
    fn slot(party: &Option<Party>) -> Vec<&Party> {
        party.iter().collect()
    }
    let mut roles = match &record.body {
        Body::Quotation(it) => vec![("speaker", slot(&it.speaker)), ("addressee", slot(&it.addressee))],
        Body::Contact(it) => vec![
            ("participant", it.participants.iter().collect()),
            ("initiator", slot(&it.initiator)),
            ("host", slot(&it.host)),
        ],
        Body::Position(it) => vec![("holder", slot(&it.holder)), ("addressee", slot(&it.addressee))],
        Body::Deployment(it) => vec![("force", slot(&it.force))],
        Body::Forecast(it) => vec![("forecaster", slot(&it.forecaster)), ("subject", slot(&it.subject))],
        Body::Event(it) => {
            vec![("actor", it.actor.iter().collect()), ("recipient", it.recipient.iter().collect())]
        }
    };
    roles.push(("vouches", record.attribution.iter().filter_map(|link| link.party.as_ref()).collect()));
    roles
}
