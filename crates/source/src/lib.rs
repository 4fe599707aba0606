//! Owns reading: outside bytes become [`Document`]s with canonical text, blocks and document facts. Opens files only
//! in [`files`]; knows no network.
//!
//! ```
//! use demarche_source::{Hints, read};
//! let pack = demarche_pack::Pack::builtin();
//! let text = "BRUSSELS, Jan. 12 (Reuters) - The two sides met for an hour on Monday.\n\nThey will meet again.";
//! let document = read(text.as_bytes(), &Hints::named("talks.txt"), &pack)?;
//! assert_eq!(document.published.edtf.as_ref().map(|date| date.0.as_str()), Some("XXXX-01-12"));
//! # Ok::<(), demarche_source::ReadError>(())
//! ```

mod assemble;
mod blocks;
mod charset;
mod dateline;
mod dates;
mod error;
pub mod files;
mod genre;
mod language;
mod metadata;
mod people;
mod plain;

pub use error::{Fault, ReadError};
pub use metadata::Declared;

use assemble::{Draft, assemble};
use blocks::Paragraph;
use charset::Decoded;
use demarche_pack::Pack;
use demarche_record::{Document, Notice};
use demarche_text::ContentHash;
use metadata::Metadata;

/// How large inputs may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one input, after unpacking.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}

/// What is known of an input before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// File name or other handle, as users and sidecars name it.
    pub file: String,
    /// What the user or a sidecar says of it.
    pub declared: Declared,
    /// How large it may be.
    pub limits: Limits,
}

impl Hints {
    /// Hints that give a name only.
    pub fn named(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }
}

/// Reads one document. Archives and feeds of several are read with [`read_all`].
pub fn read(bytes: &[u8], hints: &Hints, pack: &Pack) -> Result<Document, ReadError> {
    let fail = |fault| Err(ReadError::new(&hints.file, fault));
    if bytes.len() as u64 > hints.limits.bytes {
        return fail(Fault::TooLarge { bytes: bytes.len() as u64, limit: hints.limits.bytes });
    }
    if let Some((what, at)) = charset::binary(bytes) {
        return fail(Fault::Binary { what: what.to_owned(), at });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail(Fault::Empty);
    }
    plain_text(bytes, hints, pack)
}

fn plain_text(bytes: &[u8], hints: &Hints, pack: &Pack) -> Result<Document, ReadError> {
    let raw_hash = ContentHash::of([bytes]);
    let mut decoded = charset::decode(bytes, None);
    let text = plain::canonical(std::mem::take(&mut decoded.text));
    let (pairs, start) = plain::front_matter(&text);
    let mut front = Declared::default();
    for (key, value) in &pairs {
        front.set(key, value);
    }
    let text = if start == 0 { text } else { text[start..].to_owned() };
    if text.trim().is_empty() {
        return Err(ReadError::new(&hints.file, Fault::Empty));
    }
    let paragraphs =
        plain::paragraphs(&text).into_iter().map(|range| Paragraph { range, hint: None }).collect();
    let metadata = Metadata::default().declare(&hints.declared.clone().or(front));
    let mut draft =
        Draft { file: hints.file.clone(), text, paragraphs, metadata, raw_hash, notices: Vec::new() };
    note_charset(&decoded, &mut draft);
    Ok(assemble(draft, pack))
}

/// Says what decoding had to do.
fn note_charset(decoded: &Decoded, draft: &mut Draft) {
    let mut notice = |code: &str, message: String| {
        draft.notices.push(Notice { code: code.to_owned(), message, span: None });
    };
    if decoded.replaced > 0 {
        let message = format!(
            "{} stretches of bytes are not valid {} and were replaced by U+FFFD; save the file as UTF-8.",
            decoded.replaced, decoded.encoding
        );
        notice("charset-replaced", message);
    }
    if let Some(declared) = &decoded.declared_wrong {
        let message = format!("The page says it is in {declared}, but it was read as {}.", decoded.encoding);
        notice("charset-declared-wrong", message);
    }
}
