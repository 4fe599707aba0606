//! JSON exports: one object a line, or one array of objects, each with a text or a page and what is known of it.

use crate::metadata::{Declared, Metadata};
use crate::{Fault, Hints, ReadError, read_text};
use demarche_pack::Pack;
use demarche_record::Document;
use serde_json::{Map, Value};

/// Keys of the text, the best first.
const TEXT_KEYS: &[&str] =
    &["text", "body", "content", "maintext", "articleBody", "article", "full_text", "html"];

/// Reads an export; `None` if the bytes are none.
pub fn read(bytes: &[u8], hints: &Hints, pack: &Pack) -> Option<Vec<Result<Document, ReadError>>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{FEFF}');
    match text.trim_start().chars().next()? {
        '[' => array(text, hints, pack),
        '{' => lines(text, hints, pack),
        _ => None,
    }
}

fn array(text: &str, hints: &Hints, pack: &Pack) -> Option<Vec<Result<Document, ReadError>>> {
    let values: Vec<Map<String, Value>> = serde_json::from_str(text).ok()?;
    values.first().filter(|first| body(first).is_some())?;
    Some(values.iter().zip(1..).map(|(value, number)| object(value, number, None, hints, pack)).collect())
}

fn lines(text: &str, hints: &Hints, pack: &Pack) -> Option<Vec<Result<Document, ReadError>>> {
    // One object over many lines is one document.
    if let Ok(value) = serde_json::from_str::<Map<String, Value>>(text) {
        body(&value)?;
        let mut read = object(&value, 1, None, hints, pack);
        if let Ok(document) = &mut read {
            document.file.clone_from(&hints.file);
        }
        return Some(vec![read]);
    }
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    body(&serde_json::from_str(first).ok()?)?;
    let mut documents = Vec::new();
    let mut number = 0;
    for (line, content) in text.lines().enumerate().filter(|(_, content)| !content.trim().is_empty()) {
        number += 1;
        match serde_json::from_str::<Map<String, Value>>(content) {
            Ok(value) => documents.push(object(&value, number, Some(line + 1), hints, pack)),
            Err(error) => documents.push(Err(malformed(hints, Some(line + 1), error.to_string()))),
        }
    }
    Some(documents)
}

fn malformed(hints: &Hints, line: Option<usize>, reason: String) -> ReadError {
    let remedy = "give one object with a `text` on each line";
    ReadError::new(&hints.file, Fault::Malformed { format: "JSON export", line, reason, remedy })
}

fn body(value: &Map<String, Value>) -> Option<&str> {
    TEXT_KEYS.iter().find_map(|key| value.get(*key)?.as_str())
}

fn object(
    value: &Map<String, Value>,
    number: usize,
    line: Option<usize>,
    hints: &Hints,
    pack: &Pack,
) -> Result<Document, ReadError> {
    let Some(text) = body(value) else {
        return Err(malformed(hints, line, format!("object {number} has no `text`")));
    };
    let mut found = Declared::default();
    for (key, value) in value {
        let value = match value {
            Value::String(value) => value.clone(),
            Value::Array(values) => values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
            _ => continue,
        };
        if !TEXT_KEYS.contains(&key.as_str()) {
            found.set(key, &value);
        }
    }
    let known = Metadata {
        title: found.title,
        byline: found.byline,
        outlet: found.outlet,
        url: found.url,
        published: found.published,
        language: found.language,
        ..Metadata::default()
    };
    let mut hints = hints.entry(number);
    if let Some(file) = value.get("file").and_then(Value::as_str) {
        hints.file = file.to_owned();
    }
    if text.trim().is_empty() {
        return Err(ReadError::new(&hints.file, Fault::Empty));
    }
    read_text(text.as_bytes(), None, known, &hints, pack)
}
