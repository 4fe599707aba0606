//! Time expressions as lines of `times.jsonl`.

use crate::SpanLine;
use demarche_record::{DocumentId, Edtf, Epoch, Words};
use serde::{Deserialize, Serialize};

/// One time expression as the language room found it; plain data, so that this room needs no language engine.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeRow {
    /// The words.
    pub words: Words,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: String,
    /// TIMEX3 value: `2022-01-28`, `PT1H`, `PRESENT_REF`.
    pub value: Option<String>,
    /// The date as the ledger writes it; `None` for durations.
    pub edtf: Option<Edtf>,
    /// TIMEX3 modifier: `MORE_THAN`, `START`, `APPROX` …
    pub modifier: Option<String>,
    /// Which age it belongs to.
    pub epoch: Epoch,
}

/// One line of `times.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeLine {
    /// File name of the document.
    pub file: String,
    /// Id of the document.
    pub document: String,
    /// The words.
    #[serde(flatten)]
    pub span: SpanLine,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub timex_value: Option<String>,
    /// The date as the ledger writes it.
    pub edtf: Option<String>,
    /// TIMEX3 modifier.
    pub modifier: Option<String>,
    /// `current`, `background` or `historical`.
    pub epoch: String,
}

impl TimeLine {
    /// The line of a time expression of document `document`, read as `file`.
    pub fn new(row: &TimeRow, document: DocumentId, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            document: document.to_string(),
            span: SpanLine::from(&row.words),
            kind: row.kind.clone(),
            timex_value: row.value.clone(),
            edtf: row.edtf.as_ref().map(|edtf| edtf.0.clone()),
            modifier: row.modifier.clone(),
            epoch: row.epoch.to_string(),
        }
    }
}
