//! Questions to a store.

use crate::add::roles;
use crate::{Store, StoreError};
use demarche_record::{Body, Document, Record};
use demarche_wire::{DocumentLine, RecordLine, TimeLine};
use rusqlite::types::{Value as Sql, ValueRef};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// How much a store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: i64,
    /// Records.
    pub records: i64,
    /// Encounters.
    pub encounters: i64,
    /// Comparisons.
    pub comparisons: i64,
    /// Judgements.
    pub judgements: i64,
}

/// A public view that can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Name.
    pub name: &'static str,
    /// Columns a listing shows; the view may have more.
    pub columns: &'static [&'static str],
}

impl View {
    /// All views that can be listed.
    pub const ALL: &'static [View] = &[
        View {
            name: "documents",
            columns: &["id", "file", "outlet", "genre", "published", "records", "title"],
        },
        View {
            name: "records",
            columns: &["id", "kind", "file", "when", "status", "voice", "review", "evidence"],
        },
        View { name: "quotations", columns: &["id", "file", "when", "speaker", "form", "cue", "content"] },
        View {
            name: "contacts",
            columns: &["id", "file", "when", "medium", "status", "participants", "trigger"],
        },
        View {
            name: "positions",
            columns: &["id", "file", "when", "holder", "stance", "addressee", "content"],
        },
        View {
            name: "deployments",
            columns: &[
                "id",
                "file",
                "when",
                "force",
                "action",
                "low",
                "high",
                "modifier",
                "unit",
                "origin",
                "destination",
            ],
        },
        View { name: "forecasts", columns: &["id", "file", "forecaster", "modality", "horizon", "content"] },
        View {
            name: "events",
            columns: &["id", "file", "when", "type", "mode", "actors", "recipients", "trigger"],
        },
        View { name: "times", columns: &["file", "text", "type", "value", "edtf", "epoch"] },
        View {
            name: "encounters",
            columns: &["id", "when", "medium", "participants", "mentions", "independent_sources", "accounts"],
        },
        View { name: "accounts", columns: &["encounter", "by_name", "through", "items"] },
        View {
            name: "comparisons",
            columns: &["id", "encounter", "topic", "relation", "left_words", "right_words", "why"],
        },
        View {
            name: "figures",
            columns: &["title", "as_of", "low", "high", "modifier", "unit", "claimant", "record"],
        },
        View { name: "threads", columns: &["thread", "topic", "role", "record"] },
        View { name: "copies", columns: &["copy_group", "members", "file", "outlet", "document"] },
        View {
            name: "judgements",
            columns: &["number", "target", "key", "action", "value", "who", "at", "why"],
        },
        View { name: "orphans", columns: &["number", "target", "key", "action", "who", "at"] },
    ];

    /// The view with this name.
    pub fn named(name: &str) -> Option<&'static View> {
        Self::ALL.iter().find(|view| view.name == name)
    }
}

/// Which records are asked for. Every condition that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordQuery {
    /// Slugs of actors, any of which must stand in the record.
    pub actors: Vec<String>,
    /// Words that the name of a party must contain, where no slug is known.
    pub name: Option<String>,
    /// Roles in which the actor must stand; empty is any role.
    pub roles: Vec<String>,
    /// Words that the text of the evidence must contain.
    pub about: Option<String>,
    /// Actor or name of a party addressed.
    pub to: Vec<String>,
    /// First day it may have happened.
    pub since: Option<String>,
    /// Last day it may have happened.
    pub until: Option<String>,
    /// Form of quotations.
    pub form: Option<String>,
    /// Reading of the cue of quotations: assert, deny, demand …
    pub reading: Option<String>,
    /// Leaves out beliefs and intentions without speech.
    pub spoken: bool,
    /// Kinds; empty is any.
    pub kinds: Vec<String>,
}

/// Roles of those whom a record is addressed to, or who are in it with the actor.
const TOWARDS: [&str; 4] = ["addressee", "participant", "recipient", "subject"];

impl RecordQuery {
    /// True if a record meets every condition; the same as the store's own selection over its columns.
    pub fn matches(&self, record: &Record) -> bool {
        let holds = |text: &str, part: &str| text.to_lowercase().contains(&part.to_lowercase());
        let roles = roles(record);
        let any = |wanted: &dyn Fn(&str) -> bool, actors: &[String], names: &[&str]| {
            roles.iter().filter(|(role, _)| wanted(role)).flat_map(|(_, parties)| parties).any(|party| {
                party.actor.as_ref().is_some_and(|actor| actors.contains(&actor.0))
                    || names.iter().any(|name| holds(party.name(), name))
            })
        };
        let asked = |role: &str| self.roles.is_empty() || self.roles.iter().any(|it| it == role);
        let name: Vec<&str> = self.name.as_deref().into_iter().collect();
        let towards: Vec<&str> = self.to.iter().map(String::as_str).collect();
        let bounds = record.when.as_ref().and_then(|when| when.edtf.bounds());
        let first = bounds.and_then(|it| it.first).map(|day| day.to_string());
        let last = bounds.and_then(|it| it.last).map(|day| day.to_string());
        let (form, reading) = match &record.body {
            Body::Quotation(it) => (Some(it.form.as_str()), it.cue.as_ref().map(|cue| cue.reading.as_str())),
            _ => (None, None),
        };
        (self.actors.is_empty() && self.name.is_none() || any(&asked, &self.actors, &name))
            && (self.to.is_empty() || any(&|role| TOWARDS.contains(&role), &self.to, &towards))
            && self.about.as_ref().is_none_or(|about| holds(&record.evidence.text, about))
            && self.since.as_ref().is_none_or(|since| last.as_ref().is_some_and(|last| last >= since))
            && self.until.as_ref().is_none_or(|until| first.as_ref().is_some_and(|first| first <= until))
            && self.form.as_ref().is_none_or(|wanted| form == Some(wanted.as_str()))
            && self.reading.as_ref().is_none_or(|wanted| reading == Some(wanted.as_str()))
            && (!self.spoken || form != Some("attitude"))
            && (self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == record.body.kind().as_str()))
    }
}

/// A row of the store with its kind of row, found by the beginning of its id.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "made once per command")]
pub enum Found {
    /// A document.
    Document(Document),
    /// A record.
    Record(Record),
    /// An encounter, by its full id.
    Encounter(String),
}

/// A document found by full-text search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its id.
    pub document: String,
    /// Its file name.
    pub file: String,
    /// The passage, the words found between `[` and `]`.
    pub passage: String,
}

const DOCUMENT: &str = "SELECT json_set(line, '$.text', text) FROM document";

impl Store {
    /// How much the store holds.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |table: &str| -> Result<i64, StoreError> {
            self.connection
                .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
                .map_err(|error| self.fail(error))
        };
        Ok(Counts {
            documents: count("document")?,
            records: count("record")?,
            encounters: count("encounter")?,
            comparisons: count("comparison")?,
            judgements: count("judgement")?,
        })
    }

    /// All documents, by file name.
    pub fn documents(&self) -> Result<Vec<Document>, StoreError> {
        let lines: Vec<DocumentLine> = self.lines(&format!("{DOCUMENT} ORDER BY file, id"), [])?;
        lines.into_iter().map(|line| line.into_document().map_err(StoreError::from)).collect()
    }

    /// Ids of the documents whose records were made by another kit, by file name.
    pub fn outdated(&self, kit: &str) -> Result<Vec<String>, StoreError> {
        let mut rows = self
            .connection
            .prepare(
                "SELECT d.id FROM document d LEFT JOIN derivation x ON x.document = d.id
                 WHERE x.kit IS NULL OR x.kit <> ?1 ORDER BY d.file, d.id",
            )
            .map_err(|error| self.fail(error))?;
        let found = rows.query_map([kit], |row| row.get(0)).map_err(|error| self.fail(error))?;
        found.collect::<Result<_, _>>().map_err(|error| self.fail(error))
    }

    /// The document with this id.
    pub fn document(&self, id: &str) -> Result<Option<Document>, StoreError> {
        let lines: Vec<DocumentLine> = self.lines(&format!("{DOCUMENT} WHERE id = ?1"), [id])?;
        lines.into_iter().next().map(|line| line.into_document().map_err(StoreError::from)).transpose()
    }

    /// All records, in the order of documents and text: those of one document are stored together, in their order.
    pub fn records(&self) -> Result<Vec<Record>, StoreError> {
        let lines: Vec<RecordLine> = self.lines(
            "SELECT r.line FROM record r JOIN document d ON d.id = r.document
             ORDER BY d.file, d.id, r.rowid",
            [],
        )?;
        records(lines)
    }

    /// All time expressions, in the order of documents and text.
    pub fn times(&self) -> Result<Vec<TimeLine>, StoreError> {
        self.lines(
            "SELECT t.line FROM time t JOIN document d ON d.id = t.document ORDER BY d.file, d.id, t.place",
            [],
        )
    }

    /// The document, record or encounter whose id begins so; more than one is an error that lists them.
    pub fn find(&self, prefix: &str) -> Result<Option<Found>, StoreError> {
        let mut rows = self
            .connection
            .prepare(
                "SELECT 'document', id FROM document WHERE substr(id, 1, length(?1)) = ?1
                 UNION ALL SELECT 'record', id FROM record WHERE substr(id, 1, length(?1)) = ?1
                 UNION ALL SELECT 'encounter', id FROM encounter WHERE substr(id, 1, length(?1)) = ?1
                 UNION ALL SELECT 'document', id FROM document WHERE file = ?1
                 LIMIT 9",
            )
            .map_err(|error| self.fail(error))?;
        let found = rows
            .query_map([prefix], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
            .map_err(|error| self.fail(error))?;
        let found: Vec<(String, String)> =
            found.collect::<Result<_, _>>().map_err(|error| self.fail(error))?;
        match found.as_slice() {
            [] => Ok(None),
            [(sort, id)] if sort == "document" => Ok(self.document(id)?.map(Found::Document)),
            [(sort, id)] if sort == "record" => {
                let lines: Vec<RecordLine> = self.lines("SELECT line FROM record WHERE id = ?1", [id])?;
                Ok(records(lines)?.into_iter().next().map(Found::Record))
            }
            [(_, id)] => Ok(Some(Found::Encounter(id.clone()))),
            several => {
                let all: Vec<String> = several.iter().map(|(sort, id)| format!("{sort} {id}")).collect();
                Err(StoreError::Refused(format!(
                    "{prefix:?} is the beginning of several ids: {}",
                    all.join(", ")
                )))
            }
        }
    }

    /// The records that a query asks for, as judged: without those rejected, corrected ones by their right slots.
    /// In the order of documents and text.
    pub fn select(&self, query: &RecordQuery) -> Result<Vec<Record>, StoreError> {
        let mut rows = self
            .connection
            .prepare("SELECT DISTINCT record FROM decisions WHERE record IS NOT NULL AND action = 'edit'")
            .map_err(|error| self.fail(error))?;
        let edited = rows.query_map([], |row| row.get(0)).map_err(|error| self.fail(error))?;
        let edited: BTreeSet<String> = edited.collect::<Result<_, _>>().map_err(|error| self.fail(error))?;
        // Columns hold derived slots: a corrected record is asked itself.
        let mut records = self.judged(self.select_derived(query, &edited)?)?.records;
        records.retain(|record| !edited.contains(&record.id.to_string()) || query.matches(record));
        Ok(records)
    }

    fn select_derived(
        &self,
        query: &RecordQuery,
        also: &BTreeSet<String>,
    ) -> Result<Vec<Record>, StoreError> {
        let mut conditions: Vec<String> = Vec::new();
        let mut values: Vec<Sql> = Vec::new();
        let mut bind = |value: &str| {
            values.push(Sql::Text(value.to_owned()));
            format!("?{}", values.len())
        };
        if !query.actors.is_empty() || query.name.is_some() {
            let mut any: Vec<String> =
                query.actors.iter().map(|actor| format!("p.actor = {}", bind(actor))).collect();
            any.extend(query.name.iter().map(|name| contains("p.name", &bind(name))));
            let roles: Vec<String> = query.roles.iter().map(|role| bind(role)).collect();
            let roles = if roles.is_empty() {
                String::new()
            } else {
                format!(" AND p.role IN ({})", roles.join(", "))
            };
            conditions
                .push(format!("r.id IN (SELECT p.record FROM party p WHERE ({}){roles})", any.join(" OR ")));
        }
        if !query.to.is_empty() {
            let any: Vec<String> = query
                .to
                .iter()
                .map(|to| {
                    let value = bind(to);
                    format!("p.actor = {value} OR {}", contains("p.name", &value))
                })
                .collect();
            conditions.push(format!(
                "r.id IN (SELECT p.record FROM party p WHERE ({}) AND p.role IN ('{}'))",
                any.join(" OR "),
                TOWARDS.join("', '")
            ));
        }
        if let Some(about) = &query.about {
            conditions.push(contains("r.evidence", &bind(about)));
        }
        if let Some(since) = &query.since {
            conditions.push(format!("r.last_day >= {}", bind(since)));
        }
        if let Some(until) = &query.until {
            conditions.push(format!("r.first_day <= {}", bind(until)));
        }
        if let Some(form) = &query.form {
            conditions.push(format!("json_extract(r.line, '$.form') = {}", bind(form)));
        }
        if let Some(reading) = &query.reading {
            conditions.push(format!("json_extract(r.line, '$.cue.reading') = {}", bind(reading)));
        }
        if query.spoken {
            conditions.push("coalesce(json_extract(r.line, '$.form'), '') <> 'attitude'".to_owned());
        }
        if !query.kinds.is_empty() {
            let kinds: Vec<String> = query.kinds.iter().map(|kind| bind(kind)).collect();
            conditions.push(format!("r.kind IN ({})", kinds.join(", ")));
        }
        let mut all = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        if !also.is_empty() {
            let ids: Vec<String> = also.iter().map(|id| bind(id)).collect();
            all = format!("({all}) OR r.id IN ({})", ids.join(", "));
        }
        let sql = format!(
            "SELECT r.line FROM record r JOIN document d ON d.id = r.document WHERE {all}
             ORDER BY d.file, d.id, r.rowid"
        );
        records(self.lines(&sql, rusqlite::params_from_iter(values))?)
    }

    /// Documents with certain words, best first. The words are looked for as they stand; operators have no meaning.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let terms: Vec<String> =
            words.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = self
            .connection
            .prepare(
                "SELECT d.id, d.file, snippet(document_text, 1, '[', ']', '…', 16) FROM document_text
                 JOIN document d ON d.number = document_text.rowid
                 WHERE document_text MATCH ?1 ORDER BY bm25(document_text), d.file LIMIT ?2",
            )
            .map_err(|error| self.fail(error))?;
        let found = rows
            .query_map(rusqlite::params![terms.join(" "), limit as i64], |row| {
                Ok(Hit { document: row.get(0)?, file: row.get(1)?, passage: row.get(2)? })
            })
            .map_err(|error| self.fail(error))?;
        found.collect::<Result<_, _>>().map_err(|error| self.fail(error))
    }

    /// The rows of a public view, with the columns it lists or all of them.
    pub fn rows(&self, view: &View, all_columns: bool) -> Result<Vec<Map<String, Value>>, StoreError> {
        let columns = if all_columns { "*".to_owned() } else { view.columns.join("\", \"") };
        let sql = match all_columns {
            true => format!("SELECT * FROM {}", view.name),
            false => format!("SELECT \"{columns}\" FROM {}", view.name),
        };
        let mut rows = self.connection.prepare(&sql).map_err(|error| self.fail(error))?;
        let names: Vec<String> = rows.column_names().map(str::to_owned).collect();
        let found = rows
            .query_map([], |row| {
                let mut map = Map::new();
                for (number, name) in names.iter().enumerate() {
                    map.insert(name.clone(), value(row.get_ref(number)?));
                }
                Ok(map)
            })
            .map_err(|error| self.fail(error))?;
        found.collect::<Result<_, _>>().map_err(|error| self.fail(error))
    }
}

/// Without regard to case; `instr` has no wildcards that a name could trip over.
fn contains(column: &str, value: &str) -> String {
    format!("instr(lower({column}), lower({value})) > 0")
}

fn records(lines: Vec<RecordLine>) -> Result<Vec<Record>, StoreError> {
    lines
        .into_iter()
        .map(|line| line.into_record().map(|(record, _)| record).map_err(StoreError::from))
        .collect()
}

fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::from(number),
        ValueRef::Real(number) => Value::from(number),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            Value::from(String::from_utf8_lossy(text).into_owned())
        }
    }
}
