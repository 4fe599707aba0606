//! Everything across documents: replaced as a whole, read back as a whole.

use crate::add::set_meta;
use crate::{Store, StoreError};
use demarche_record::Ledger;
use demarche_wire::{
    ComparisonLine, CopyGroupLine, CopyLinkLine, DoubtLine, EncounterLine, FigureSeriesLine, PartyLine,
    StoryLine, ThreadLine,
};
use rusqlite::{Transaction, params};
use serde::{Serialize, de::DeserializeOwned};

/// Derived tables across documents, children first.
const TABLES: &[&str] = &[
    "account",
    "encounter_mention",
    "encounter_party",
    "encounter",
    "comparison",
    "figure",
    "thread_item",
    "copy_member",
    "across",
];

impl Store {
    /// True if documents were added or renewed after the ledger across documents was built.
    pub fn is_stale(&self) -> Result<bool, StoreError> {
        let found: Result<String, _> =
            self.connection.query_row("SELECT value FROM meta WHERE key = 'ledger'", [], |row| row.get(0));
        match found {
            Ok(value) => Ok(value == "stale"),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(false),
            Err(error) => Err(self.fail(error)),
        }
    }

    /// Replaces everything across documents in one transaction. Judgements are not touched.
    pub fn replace_ledger(&mut self, ledger: &Ledger) -> Result<(), StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::from_sqlite(&path, error);
        let transaction = self.connection.transaction().map_err(fail)?;
        for table in TABLES {
            transaction.execute(&format!("DELETE FROM {table}"), []).map_err(fail)?;
        }
        put(&transaction, ledger).map_err(fail)?;
        set_meta(&transaction, "ledger", "current").map_err(fail)?;
        transaction.commit().map_err(fail)
    }

    /// Everything across documents.
    pub fn ledger(&self) -> Result<Ledger, StoreError> {
        let mut ledger = Ledger::default();
        for line in self.lines::<EncounterLine>("SELECT line FROM encounter ORDER BY rowid", [])? {
            ledger.encounters.push(line.into_encounter()?);
        }
        for line in self.lines::<ComparisonLine>("SELECT line FROM comparison ORDER BY place", [])? {
            ledger.comparisons.push(line.into_comparison()?);
        }
        for line in self.across::<FigureSeriesLine>("figures")? {
            ledger.figures.push(line.into_series()?);
        }
        for line in self.across::<ThreadLine>("thread")? {
            ledger.threads.push(line.into_thread()?);
        }
        for line in self.across::<CopyGroupLine>("copy")? {
            ledger.copies.push(line.into_group()?);
        }
        for line in self.across::<CopyLinkLine>("shared")? {
            ledger.shared.push(line.into_link()?);
        }
        for line in self.across::<StoryLine>("story")? {
            ledger.stories.push(line.into_story()?);
        }
        for line in self.across::<DoubtLine>("doubt")? {
            ledger.doubts.push(line.into_doubt()?);
        }
        Ok(ledger)
    }

    fn across<T: DeserializeOwned>(&self, sort: &str) -> Result<Vec<T>, StoreError> {
        self.lines("SELECT line FROM across WHERE sort = ?1 ORDER BY place", [sort])
    }

    /// Reads a query of one column of JSON lines.
    pub(crate) fn lines<T: DeserializeOwned>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<T>, StoreError> {
        let mut rows = self.connection.prepare_cached(sql).map_err(|error| self.fail(error))?;
        let found =
            rows.query_map(parameters, |row| row.get::<_, String>(0)).map_err(|error| self.fail(error))?;
        let mut lines = Vec::new();
        for line in found {
            lines.push(serde_json::from_str(&line.map_err(|error| self.fail(error))?)?);
        }
        Ok(lines)
    }
}

fn json(line: &impl Serialize) -> String {
    demarche_wire::write_lines([line]).trim_end().to_owned()
}

fn put(transaction: &Transaction<'_>, ledger: &Ledger) -> rusqlite::Result<()> {
    for encounter in &ledger.encounters {
        put_encounter(transaction, &EncounterLine::from(encounter))?;
    }
    let mut comparisons = transaction.prepare(
        "INSERT INTO comparison (id, place, encounter, topic, relation, left_id, right_id, left_words, right_words, why, rule, line)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for (place, line) in ledger.comparisons.iter().map(ComparisonLine::from).enumerate() {
        comparisons.execute(params![
            line.id,
            place as i64,
            line.encounter,
            line.topic,
            line.relation,
            line.left,
            line.right,
            line.left_span.as_ref().map(|span| &span.text),
            line.right_span.as_ref().map(|span| &span.text),
            line.why,
            line.rule,
            json(&line),
        ])?;
    }
    let mut figures = transaction.prepare(
        "INSERT INTO figure (series, place, title, record, low, high, modifier, unit, claimant, as_of)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for series in ledger.figures.iter().map(FigureSeriesLine::from) {
        for (place, it) in series.figures.iter().enumerate() {
            figures.execute(params![
                series.id,
                place as i64,
                series.title,
                it.record,
                it.low,
                it.high,
                it.modifier,
                it.unit,
                it.claimant,
                it.as_of,
            ])?;
        }
    }
    let mut threads = transaction.prepare(
        "INSERT INTO thread_item (thread, topic, role, place, record) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for thread in ledger.threads.iter().map(ThreadLine::from) {
        for (role, records) in [("demand", &thread.demand), ("answer", &thread.answers)] {
            for (place, record) in records.iter().enumerate() {
                threads.execute(params![thread.id, thread.topic, role, place as i64, record])?;
            }
        }
    }
    let mut members =
        transaction.prepare("INSERT INTO copy_member (copy_group, document) VALUES (?1, ?2)")?;
    for group in &ledger.copies {
        for document in &group.documents {
            members.execute(params![group.id, document.to_string()])?;
        }
    }
    let across = |sort: &str, lines: Vec<String>| -> rusqlite::Result<()> {
        let mut rows =
            transaction.prepare_cached("INSERT INTO across (sort, place, line) VALUES (?1, ?2, ?3)")?;
        for (place, line) in lines.iter().enumerate() {
            rows.execute(params![sort, place as i64, line])?;
        }
        Ok(())
    };
    across("figures", ledger.figures.iter().map(|it| json(&FigureSeriesLine::from(it))).collect())?;
    across("thread", ledger.threads.iter().map(|it| json(&ThreadLine::from(it))).collect())?;
    across("copy", ledger.copies.iter().map(|it| json(&CopyGroupLine::from(it))).collect())?;
    across("shared", ledger.shared.iter().map(|it| json(&CopyLinkLine::from(it))).collect())?;
    across("story", ledger.stories.iter().map(|it| json(&StoryLine::from(it))).collect())?;
    across("doubt", ledger.doubts.iter().map(|it| json(&DoubtLine::from(it))).collect())
}

fn put_encounter(transaction: &Transaction<'_>, line: &EncounterLine) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO encounter (id, medium, edtf, independent_sources, line) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            line.id,
            line.medium,
            line.when.as_ref().map(|when| &when.edtf),
            line.independent_sources,
            json(line)
        ],
    )?;
    for (place, party) in line.participants.iter().enumerate() {
        transaction.execute(
            "INSERT INTO encounter_party (encounter, place, actor, name) VALUES (?1, ?2, ?3, ?4)",
            params![line.id, place as i64, party.actor, name(party)],
        )?;
    }
    for record in &line.mentions {
        transaction.execute(
            "INSERT INTO encounter_mention (encounter, record) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![line.id, record],
        )?;
    }
    for (place, account) in line.accounts.iter().enumerate() {
        transaction.execute(
            "INSERT INTO account (encounter, place, by_actor, by_name, through, items) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                line.id,
                place as i64,
                account.by.as_ref().and_then(|by| by.actor.as_ref()),
                account.by.as_ref().map(name),
                account.through,
                account.items.len() as i64,
            ],
        )?;
    }
    Ok(())
}

fn name(party: &PartyLine) -> &str {
    party.resolved.as_deref().or(party.text.as_deref()).unwrap_or("unknown")
}
