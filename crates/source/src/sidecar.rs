//! Sidecars: a file of JSON lines that says of each input what a feed would know of it.
//!
//! One object a line: `{"file": "talks.txt", "published": "2022-01-28", "outlet": "…", "url": "…", "title": "…"}`, with
//! `byline` and `language` as further keys. Lines on files that are not there do no harm.

use crate::metadata::Declared;
use crate::{Fault, ReadError};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is declared of inputs, by file name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sidecar {
    rows: BTreeMap<String, Declared>,
}

impl Sidecar {
    /// Reads a sidecar; `name` is its own file name, for messages.
    pub fn parse(name: &str, text: &str) -> Result<Self, ReadError> {
        let mut sidecar = Self::default();
        for (number, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let fail = |reason: String| {
                let remedy = "give one object with `file` and what is known of it on each line";
                let fault = Fault::Malformed { format: "sidecar", line: Some(number + 1), reason, remedy };
                Err(ReadError::new(name, fault))
            };
            let row: Map<String, Value> = match serde_json::from_str(line) {
                Ok(row) => row,
                Err(error) => return fail(error.to_string()),
            };
            let Some(file) = row.get("file").and_then(Value::as_str) else {
                return fail("the object has no `file`".to_owned());
            };
            let mut declared = Declared::default();
            for (key, value) in row.iter().filter(|(key, _)| *key != "file") {
                match value {
                    Value::Null => {}
                    Value::String(value) if declared.set(key, value) => {}
                    Value::String(_) => {
                        let known = "published, outlet, url, title, byline, language";
                        return fail(format!("`{key}` is not a known key; known are {known}"));
                    }
                    _ => return fail(format!("`{key}` is not a text")),
                }
            }
            if sidecar.rows.insert(file.to_owned(), declared).is_some() {
                return fail(format!("`{file}` stands on an earlier line already"));
            }
        }
        Ok(sidecar)
    }

    /// What is declared of an input: by its handle, else by its file name alone.
    pub fn declared(&self, file: &str) -> Declared {
        let name = file.rsplit('/').next().unwrap_or(file);
        self.rows.get(file).or_else(|| self.rows.get(name)).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_handle_and_by_name() {
        let text = "{\"file\": \"a/talks.txt\", \"published\": \"2022-01-28\"}\n\n{\"file\": \"b.txt\", \"outlet\": null}\n";
        let sidecar = Sidecar::parse("metadata.jsonl", text).expect("it is sound");
        assert_eq!(sidecar.declared("a/talks.txt").published.as_deref(), Some("2022-01-28"));
        assert_eq!(sidecar.declared("sub/b.txt"), Declared::default());
        assert_eq!(sidecar.declared("other.txt"), Declared::default());
    }

    #[test]
    fn faults_name_line_and_remedy() {
        let check = |text: &str, expected: &str| {
            let error = Sidecar::parse("metadata.jsonl", text).expect_err("it has a fault").to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check(
            "{\"file\": \"a\"}\n{\"title\": \"x\"}",
            "metadata.jsonl:2: not a valid sidecar: the object has no `file`",
        );
        check(
            "{\"file\": \"a\", \"mood\": \"x\"}",
            "metadata.jsonl:1: not a valid sidecar: `mood` is not a known key",
        );
        check(
            "{\"file\": \"a\"}\n{\"file\": \"a\"}",
            "metadata.jsonl:2: not a valid sidecar: `a` stands on an earlier line",
        );
        check("nonsense", "metadata.jsonl:1: not a valid sidecar");
    }
}
