//! Owns the JSON form of everything that leaves the program: documents, records, times and what is built across
//! documents, one JSON object per line. Knows no file system; the doors read and write the bytes.
//!
//! The types of the `record` room are not serialisable on purpose: a change of an internal type must not change
//! the files of users. Every line type here stands beside its conversions, and [`SCHEMA`] changes when a field
//! changes its meaning.
//!
//! # A record
//! Every span is `{"text","start","end","start_byte","end_byte"}`: `start`/`end` count Unicode code points,
//! `start_byte`/`end_byte` bytes of the canonical UTF-8 text, ends exclusive. A party is a span with `actor` and,
//! where it was resolved, `resolved`; a party that the text does not spell out has `text` null and no offsets.
//!
//! ```
//! use demarche_wire::{RecordLine, read_lines};
//! let line = r#"{"schema":"demarche.record/1","id":"00112233445566778899aabbccddeeff",
//!   "file":"a.txt","document":"ffeeddccbbaa99887766554433221100","kind":"contact",
//!   "trigger":{"text":"met","start":7,"end":10,"start_byte":7,"end_byte":10},
//!   "participants":[{"text":"Lavrov","start":0,"end":6,"start_byte":0,"end_byte":6,"actor":"sergei-lavrov",
//!     "resolved":"Sergei Lavrov"},{"text":null,"actor":null,"resolved":"Hakan Fidan"}],
//!   "medium":"meeting","initiator":null,"host":null,"duration":null,"topics":[],"outcome":[],"also":[],
//!   "evidence":{"text":"Lavrov met him","start":0,"end":14,"start_byte":0,"end_byte":14},
//!   "when":{"edtf":"2024-03-01","basis":"relative"},"where":[],"attribution":[],"status":"occurred",
//!   "voice":"report","epoch":"current","confidence":0.9,
//!   "made_by":{"extractor":"contact","rule":"meet","kit":"k"},"plover":null}"#.replace('\n', " ");
//! let lines: Vec<RecordLine> = read_lines("records.jsonl", &line)?;
//! let (record, file) = lines[0].clone().into_record()?;
//! assert_eq!((record.evidence.text.as_str(), file.as_str()), ("Lavrov met him", "a.txt"));
//! assert_eq!(RecordLine::new(&record, &file), lines[0]);
//! # Ok::<(), demarche_wire::WireError>(())
//! ```

mod across;
mod document;
mod edit;
mod error;
mod record;
mod span;
mod time;

pub use across::*;
pub use document::*;
pub use error::WireError;
pub use record::*;
pub use span::*;
pub use time::*;

use serde::{Serialize, de::DeserializeOwned};

/// Name and version of the record format; stands in every record.
pub const SCHEMA: &str = "demarche.record/1";

/// Writes rows as JSON lines.
///
/// # Panics
/// Never for the line types of this room: none has a map with keys that are not text.
pub fn write_lines<T: Serialize>(rows: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for row in rows {
        out.push_str(&serde_json::to_string(&row).expect("line types serialise without fail"));
        out.push('\n');
    }
    out
}

/// Reads JSON lines; blank lines are skipped. `name` is the file's name for messages.
pub fn read_lines<T: DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>, WireError> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| WireError::Json {
                file: name.to_owned(),
                line: number + 1,
                message: error.to_string(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
