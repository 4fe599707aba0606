//! Judgements: what analysts decided. Rows are only ever added, are keyed by content, and outlive every rebuild.

use crate::add::set_meta;
use crate::{Store, StoreError};
use demarche_record::{Record, RecordId, names_of_kinds};
use demarche_text::ContentHash;
use demarche_wire::RecordLine;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;
use std::collections::BTreeMap;

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
        /// The record is right with the slots of the value, a JSON merge patch over its line.
        Edit = "edit",
        /// The contact is the same real one as the contact of the record in the value.
        Merge = "merge",
        /// The contact is another one than the contact of the record in the value.
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

/// What the decisions make of the records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// The records that stand: those rejected are left out, those corrected have their right slots.
    pub records: Vec<Record>,
    /// How many were left out.
    pub rejected: usize,
    /// How many were corrected.
    pub corrected: usize,
}

/// Pairs of contacts of which a person decided whether they are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// One real contact.
    pub together: Vec<(RecordId, RecordId)>,
    /// Two.
    pub apart: Vec<(RecordId, RecordId)>,
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
            return Err(StoreError::Refused(format!("no {table} has the id {}", judgement.key)));
        }
        if judgement.action == Action::Edit {
            let line: String = transaction
                .query_row("SELECT line FROM record WHERE id = ?1", [&judgement.key], |row| row.get(0))
                .map_err(fail)?;
            let line: RecordLine = serde_json::from_str(&line)?;
            line.edited(&patch(judgement.value.as_deref())?)
                .map_err(|error| StoreError::Refused(error.to_string()))?;
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
        // Remarks and grades change nothing that is built across documents.
        if !matches!(judgement.action, Action::Note | Action::Grade) {
            set_meta(&transaction, "ledger", "stale").map_err(fail)?;
        }
        transaction.commit().map_err(fail)
    }

    /// Applies the decisions to records: the latest of accept, reject and edit counts. Corrections add up; an
    /// acceptance or rejection after them says that the derived record itself was right or wrong.
    pub fn judged(&self, records: Vec<Record>) -> Result<Judged, StoreError> {
        let mut rows = self
            .connection
            .prepare(
                "SELECT record, action, value FROM decisions
                 WHERE record IS NOT NULL AND action IN ('accept', 'reject', 'edit') ORDER BY number",
            )
            .map_err(|error| self.fail(error))?;
        let found = rows
            .query_map([], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
            })
            .map_err(|error| self.fail(error))?;
        let mut decided: BTreeMap<String, (bool, Vec<Value>)> = BTreeMap::new();
        for row in found {
            let (record, action, value) = row.map_err(|error| self.fail(error))?;
            let (stands, patches) = decided.entry(record).or_insert((true, Vec::new()));
            *stands = action != "reject";
            if action == "edit" {
                patches.push(patch(value.as_deref())?);
            } else {
                patches.clear();
            }
        }
        let mut judged = Judged::default();
        for record in records {
            match decided.get(&record.id.to_string()) {
                Some((false, _)) => judged.rejected += 1,
                Some((true, patches)) if !patches.is_empty() => {
                    let mut line = RecordLine::new(&record, "");
                    for patch in patches {
                        line = line.edited(patch)?;
                    }
                    judged.records.push(line.into_record()?.0);
                    judged.corrected += 1;
                }
                _ => judged.records.push(record),
            }
        }
        Ok(judged)
    }

    /// The pairs of contacts that people put together or apart; the latest decision about a pair counts.
    pub fn pairs(&self) -> Result<Pairs, StoreError> {
        let mut rows = self
            .connection
            .prepare(
                "SELECT record, value, action FROM decisions
                 WHERE record IS NOT NULL AND value IS NOT NULL AND action IN ('merge', 'split') ORDER BY number",
            )
            .map_err(|error| self.fail(error))?;
        let found = rows
            .query_map([], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })
            .map_err(|error| self.fail(error))?;
        let id = |text: &str| ContentHash::parse(text).map(RecordId);
        let mut latest: BTreeMap<(RecordId, RecordId), bool> = BTreeMap::new();
        for row in found {
            let (one, two, action) = row.map_err(|error| self.fail(error))?;
            if let (Some(one), Some(two)) = (id(&one), id(&two)) {
                latest.insert((one.min(two), one.max(two)), action == "merge");
            }
        }
        let mut pairs = Pairs::default();
        for (pair, same) in latest {
            if same { pairs.together.push(pair) } else { pairs.apart.push(pair) }
        }
        Ok(pairs)
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

fn patch(value: Option<&str>) -> Result<Value, StoreError> {
    Ok(serde_json::from_str(value.unwrap_or("null"))?)
}
