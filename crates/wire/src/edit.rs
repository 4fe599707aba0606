//! Corrections of a record by a person: a JSON merge patch (RFC 7396) over the record's line.

use crate::{RecordLine, WireError};
use serde_json::Value;

/// What stays as it was derived: a correction says something else about the same words of the same document.
const FIXED: &[&str] = &["schema", "id", "file", "document", "kind", "evidence", "confidence", "made_by"];

impl RecordLine {
    /// This line with a correction laid over it. Objects are merged key by key, null empties a slot, everything else
    /// replaces what was there.
    ///
    /// # Errors
    /// If the patch is no object, touches what cannot be corrected, or leaves something that is no record.
    pub fn edited(&self, patch: &Value) -> Result<RecordLine, WireError> {
        let wrong = |value: &Value, expected: &str| WireError::Value {
            row: self.id.clone(),
            field: "edit",
            value: value.to_string(),
            expected: expected.to_owned(),
        };
        let Value::Object(slots) = patch else {
            return Err(wrong(patch, "a JSON object of slots and their right values"));
        };
        let mut held = serde_json::to_value(self)
            .map_err(|error| wrong(patch, &format!("slots of a record ({error})")))?;
        for (slot, value) in slots {
            if FIXED.contains(&slot.as_str()) {
                return Err(wrong(
                    &Value::from(slot.as_str()),
                    &format!("a slot that can be corrected; {} stay as derived", FIXED.join(", ")),
                ));
            }
            if held.get(slot).is_none() {
                let known: Vec<&str> = held
                    .as_object()
                    .map(|all| all.keys().map(String::as_str).filter(|it| !FIXED.contains(it)).collect())
                    .unwrap_or_default();
                return Err(wrong(
                    &Value::from(slot.as_str()),
                    &format!("a slot of a {}: {}", self.kind(), known.join(", ")),
                ));
            }
            merge(&mut held[slot], value);
        }
        let edited: RecordLine = serde_json::from_value(held)
            .map_err(|error| wrong(patch, &format!("values that fit their slots ({error})")))?;
        edited.clone().into_record()?;
        Ok(edited)
    }

    /// Name of the kind.
    pub fn kind(&self) -> &'static str {
        use crate::BodyLine::*;
        match self.body {
            Quotation { .. } => "quotation",
            Contact { .. } => "contact",
            Position { .. } => "position",
            Deployment { .. } => "deployment",
            Forecast { .. } => "forecast",
            Event { .. } => "event",
        }
    }
}

fn merge(held: &mut Value, patch: &Value) {
    match patch {
        Value::Object(slots) => {
            if !held.is_object() {
                *held = Value::Object(serde_json::Map::new());
            }
            for (slot, value) in slots {
                // Optional fields are written as null, so null is kept instead of taking the key away.
                merge(&mut held[slot], value);
            }
        }
        other => *held = other.clone(),
    }
}
