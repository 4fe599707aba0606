//! Spans, parties, dates and places: the parts that every line has in common.

use crate::WireError;
use crate::error::named;
use demarche_record::{ActorId, Basis, Edtf, Party, Place, Precision, Quantity, When, Words};
use serde::{Deserialize, Serialize};

/// Exact words of a document with both coordinates, ends exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanLine {
    /// The words.
    pub text: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// First byte.
    pub start_byte: u32,
    /// One past the last byte.
    pub end_byte: u32,
}

impl From<&Words> for SpanLine {
    fn from(words: &Words) -> Self {
        Self {
            text: words.text.clone(),
            start: words.start,
            end: words.end,
            start_byte: words.start_byte,
            end_byte: words.end_byte,
        }
    }
}

impl From<SpanLine> for Words {
    fn from(line: SpanLine) -> Self {
        Self {
            start_byte: line.start_byte,
            end_byte: line.end_byte,
            start: line.start,
            end: line.end,
            text: line.text,
        }
    }
}

/// A party: a span with the actor behind it, or `text` null and no offsets where the text does not spell it out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyLine {
    /// The words, or null.
    pub text: Option<String>,
    /// First code point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// One past the last code point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// First byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_byte: Option<u32>,
    /// One past the last byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_byte: Option<u32>,
    /// Slug of the actor, or null.
    #[serde(default)]
    pub actor: Option<String>,
    /// The name behind a pronoun, title, metonym or short form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<String>,
}

impl From<&Party> for PartyLine {
    fn from(party: &Party) -> Self {
        let words = party.words.as_ref();
        Self {
            text: words.map(|words| words.text.clone()),
            start: words.map(|words| words.start),
            end: words.map(|words| words.end),
            start_byte: words.map(|words| words.start_byte),
            end_byte: words.map(|words| words.end_byte),
            actor: party.actor.as_ref().map(|actor| actor.0.clone()),
            resolved: party.resolved.clone(),
        }
    }
}

impl PartyLine {
    /// The party; words without all four offsets are a fault of row `row`.
    pub fn into_party(self, row: &str) -> Result<Party, WireError> {
        let words = match (self.text, self.start, self.end, self.start_byte, self.end_byte) {
            (Some(text), Some(start), Some(end), Some(start_byte), Some(end_byte)) => {
                Some(Words { start_byte, end_byte, start, end, text })
            }
            (None, ..) => None,
            (Some(text), ..) => {
                return Err(WireError::Value {
                    row: row.to_owned(),
                    field: "party",
                    value: text,
                    expected: "start, end, start_byte and end_byte beside the text, or text null".to_owned(),
                });
            }
        };
        Ok(Party { words, actor: self.actor.map(ActorId), resolved: self.resolved })
    }
}

pub(crate) fn parties(lines: Vec<PartyLine>, row: &str) -> Result<Vec<Party>, WireError> {
    lines.into_iter().map(|line| line.into_party(row)).collect()
}

pub(crate) fn party(line: Option<PartyLine>, row: &str) -> Result<Option<Party>, WireError> {
    line.map(|line| line.into_party(row)).transpose()
}

/// A date with its basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhenLine {
    /// As precise as the text allows.
    pub edtf: String,
    /// `stated`, `year-inferred`, `relative` or `document`.
    pub basis: String,
    /// The words that say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<SpanLine>,
}

impl From<&When> for WhenLine {
    fn from(when: &When) -> Self {
        Self {
            edtf: when.edtf.0.clone(),
            basis: when.basis.to_string(),
            span: when.words.as_ref().map(SpanLine::from),
        }
    }
}

impl WhenLine {
    pub(crate) fn into_when(self, row: &str) -> Result<When, WireError> {
        Ok(When {
            edtf: Edtf(self.edtf),
            basis: named(row, "basis", &self.basis, Basis::parse, Basis::ALL)?,
            words: self.span.map(Words::from),
        })
    }
}

/// A place: its words, and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceLine {
    /// The words.
    #[serde(flatten)]
    pub span: SpanLine,
    /// Standard name, or the words themselves where the text alone tells in which state the place lies.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north; null where only the text tells of the place.
    pub lat: Option<f64>,
    /// Degrees east; null likewise.
    pub lon: Option<f64>,
    /// `site`, `city`, `region`, `country` or `feature`.
    pub precision: Option<String>,
}

impl From<&Place> for PlaceLine {
    fn from(place: &Place) -> Self {
        Self {
            span: SpanLine::from(&place.words),
            place: place.name.clone(),
            country: place.country.clone(),
            lat: place.position.map(|position| position.0),
            lon: place.position.map(|position| position.1),
            precision: place.precision.map(|precision| precision.to_string()),
        }
    }
}

impl PlaceLine {
    pub(crate) fn into_place(self, row: &str) -> Result<Place, WireError> {
        let precision =
            self.precision.map(|it| named(row, "precision", &it, Precision::parse, Precision::ALL));
        Ok(Place {
            words: self.span.into(),
            name: self.place,
            country: self.country,
            position: self.lat.zip(self.lon),
            precision: precision.transpose()?,
        })
    }
}

/// A number as an interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityLine {
    /// Lowest value, null for "up to".
    pub low: Option<f64>,
    /// Highest value, null for "at least".
    pub high: Option<f64>,
    /// `about`, `at least`, `additional`, …
    pub modifier: Option<String>,
    /// The number with its modifier.
    pub span: SpanLine,
}

impl From<&Quantity> for QuantityLine {
    fn from(quantity: &Quantity) -> Self {
        Self {
            low: quantity.low,
            high: quantity.high,
            modifier: quantity.modifier.clone(),
            span: SpanLine::from(&quantity.words),
        }
    }
}

impl From<QuantityLine> for Quantity {
    fn from(line: QuantityLine) -> Self {
        Self { low: line.low, high: line.high, modifier: line.modifier, words: line.span.into() }
    }
}

/// A stretch of a document without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeLine {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// First byte.
    pub start_byte: u32,
    /// One past the last byte.
    pub end_byte: u32,
}
