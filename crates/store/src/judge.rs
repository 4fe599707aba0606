//! Judgements: what analysts decided. Rows are only ever added, are keyed by content, and outlive every rebuild.

use crate::{Store, StoreError};
use demarche_record::names_of_kinds;
use demarche_text::ContentHash;
use rusqlite::{OptionalExtension, params};

names_of_kinds! {
    /// What a judgement is about.
    Target {
        /// A record, by id.
        Record = "record",
        /// An encounter, by id.
        Encounter = "encounter",
        /// A document, by id.
        Document = "document",
    }
}

names_of_kinds! {
    /// What was decided.
    Action {
        /// The record is right.
        Accept = "accept",
        /// The record is wrong.
        Reject = "reject",
        /// The record is right with the slots given in the value (JSON).
        Edit = "edit",
        /// The encounter is the same as the one in the value.
        Merge = "merge",
        /// The mention in the value does not belong to the encounter.
        Split = "split",
        /// A remark.
        Note = "note",
        /// A grade of source (A–F) or item (1–6).
        Grade = "grade",
    }
}

/// One decision of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What it is about.
    pub target: Target,
    /// Id of the record, encounter or document.
    pub key: String,
    /// What was decided.
    pub action: Action,
    /// Corrected slots, the other encounter, the grade.
    pub value: Option<String>,
    /// The reason.
    pub why: Option<String>,
    /// Who decided.
    pub who: String,
    /// When, as an ISO 8601 time; given by the caller because this room has no clock.
    pub at: String,
}

/// The decisions that apply to a record now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The latest of accept, reject, edit.
    pub action: Option<Action>,
    /// All decisions about it, oldest first.
    pub all: Vec<Judgement>,
}

/// A decision whose target is no longer found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The number of the judgement.
    pub number: i64,
    /// What it was about.
    pub target: String,
    /// Its id.
    pub key: String,
    /// What was decided.
    pub action: String,
    /// Who decided.
    pub who: String,
}

impl Store {
    /// Appends a judgement. The same judgement twice is one; a target that is not held is refused.
    pub fn judge(&mut self, judgement: &Judgement) -> Result<(), StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::from_sqlite(&path, error);
        let table = judgement.target.as_str();
        let transaction = self.connection.transaction().map_err(fail)?;
        let held = transaction
            .prepare(&format!("SELECT 1 FROM {table} WHERE id = ?1"))
            .and_then(|mut rows| rows.exists([&judgement.key]))
            .map_err(fail)?;
        if !held {
            return Err(StoreError::Row(format!("no {table} has the id {}", judgement.key)));
        }
        // Where the record stands: finds it again if a better reading changes its other slots and with them its id.
        let place: Option<(String, String, i64, i64)> = match judgement.target {
            Target::Record => transaction
                .query_row(
                    "SELECT document, kind, start_byte, end_byte FROM record WHERE id = ?1",
                    [&judgement.key],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )
                .optional()
                .map_err(fail)?,
            Target::Encounter | Target::Document => None,
        };
        let optional = |value: &Option<String>| value.clone().unwrap_or_default();
        let parts = [
            table.to_owned(),
            judgement.key.clone(),
            judgement.action.to_string(),
            optional(&judgement.value),
            optional(&judgement.why),
            judgement.who.clone(),
            judgement.at.clone(),
        ];
        let id = ContentHash::of(parts.iter().map(|part| part.as_bytes()));
        transaction
            .execute(
                "INSERT INTO judgement (id, target, key, document, kind, start_byte, end_byte, action, value, why, who, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (id) DO NOTHING",
                params![
                    id.to_string(),
                    table,
                    judgement.key,
                    place.as_ref().map(|place| &place.0),
                    place.as_ref().map(|place| &place.1),
                    place.as_ref().map(|place| place.2),
                    place.as_ref().map(|place| place.3),
                    judgement.action.as_str(),
                    judgement.value,
                    judgement.why,
                    judgement.who,
                    judgement.at,
                ],
            )
            .map_err(fail)?;
        transaction.commit().map_err(fail)
    }

    /// The decisions about a record, found again after a rebuild by its id or its place.
    pub fn verdict(&self, record: &str) -> Result<Verdict, StoreError> {
        let mut rows = self
            .connection
            .prepare_cached(
                "SELECT key, action, value, why, who, at FROM decisions WHERE record = ?1 ORDER BY number",
            )
            .map_err(|error| self.fail(error))?;
        let found = rows
            .query_map([record], |row| {
                Ok((
                    row.get::<_, String>(1)?,
                    Judgement {
                        target: Target::Record,
                        key: row.get(0)?,
                        action: Action::Note,
                        value: row.get(2)?,
                        why: row.get(3)?,
                        who: row.get(4)?,
                        at: row.get(5)?,
                    },
                ))
            })
            .map_err(|error| self.fail(error))?;
        let mut verdict = Verdict::default();
        for row in found {
            let (name, judgement) = row.map_err(|error| self.fail(error))?;
            let action = Action::parse(&name)
                .ok_or_else(|| StoreError::Row(format!("judgement with the unknown action {name:?}")))?;
            if matches!(action, Action::Accept | Action::Reject | Action::Edit) {
                verdict.action = Some(action);
            }
            verdict.all.push(Judgement { action, ..judgement });
        }
        Ok(verdict)
    }

    /// Decisions whose target is no longer found; they are kept and listed, never dropped.
    pub fn orphans(&self) -> Result<Vec<Orphan>, StoreError> {
        let mut rows = self
            .connection
            .prepare("SELECT number, target, key, action, who FROM orphans ORDER BY number")
            .map_err(|error| self.fail(error))?;
        let found = rows
            .query_map([], |row| {
                Ok(Orphan {
                    number: row.get(0)?,
                    target: row.get(1)?,
                    key: row.get(2)?,
                    action: row.get(3)?,
                    who: row.get(4)?,
                })
            })
            .map_err(|error| self.fail(error))?;
        found.collect::<Result<_, _>>().map_err(|error| self.fail(error))
    }
}
