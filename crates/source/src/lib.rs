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
mod feed;
pub mod files;
mod genre;
mod html;
mod json;
mod language;
mod metadata;
mod people;
mod plain;
mod sidecar;
mod warc;

pub use error::{Fault, ReadError};
pub use metadata::Declared;
pub use sidecar::Sidecar;

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

/// Reads one document: plain text or a page. Feeds, archives and exports of several are read with [`read_all`].
pub fn read(bytes: &[u8], hints: &Hints, pack: &Pack) -> Result<Document, ReadError> {
    check(bytes, hints)?;
    let declared = charset::declared_in(bytes);
    read_text(bytes, declared.as_deref(), Metadata::default(), hints, pack)
}

/// Reads everything in an input: one document, or each entry of a feed, web archive or JSON export. Entries are named
/// `file#1`, `file#2` … in their order; one that cannot be read does not stop the others.
pub fn read_all(bytes: &[u8], hints: &Hints, pack: &Pack) -> Vec<Result<Document, ReadError>> {
    if let Err(error) = check(bytes, hints) {
        return vec![Err(error)];
    }
    if warc::is_warc(bytes) {
        return warc::read(bytes, hints, pack);
    }
    if feed::is_feed(bytes) {
        return feed::read(bytes, hints, pack);
    }
    json::read(bytes, hints, pack).unwrap_or_else(|| vec![read(bytes, hints, pack)])
}

/// Refuses what is too large, binary or empty.
fn check(bytes: &[u8], hints: &Hints) -> Result<(), ReadError> {
    let fail = |fault| Err(ReadError::new(&hints.file, fault));
    if bytes.len() as u64 > hints.limits.bytes {
        return fail(Fault::TooLarge { bytes: bytes.len() as u64, limit: hints.limits.bytes });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail(Fault::Empty);
    }
    // An archive may hold binary records among others.
    match charset::binary(bytes).filter(|_| !warc::is_warc(bytes)) {
        Some((what, at)) => fail(Fault::Binary { what: what.to_owned(), at }),
        None => Ok(()),
    }
}

/// Reads plain text or a page. `known` is what the container says of it: a feed, an archive, an export.
fn read_text(
    bytes: &[u8],
    charset: Option<&str>,
    known: Metadata,
    hints: &Hints,
    pack: &Pack,
) -> Result<Document, ReadError> {
    let mut decoded = charset::decode(bytes, charset);
    let content = std::mem::take(&mut decoded.text);
    let mut notices = Vec::new();
    note_charset(&decoded, &mut notices);
    let mut draft = Draft {
        file: hints.file.clone(),
        text: String::new(),
        paragraphs: Vec::new(),
        metadata: Metadata::default(),
        raw_hash: ContentHash::of([bytes]),
        notices,
    };
    if html::is_page(&content) {
        let address = hints.declared.url.as_deref().or(known.url.as_deref());
        let Some(page) = html::read(&content, address, pack) else {
            return Err(ReadError::new(&hints.file, Fault::NoText));
        };
        draft.take_page(page);
        draft.metadata = std::mem::take(&mut draft.metadata).or(known).declare(&hints.declared);
    } else {
        let content = plain::canonical(content);
        let (pairs, start) = plain::front_matter(&content);
        let mut front = Declared::default();
        for (key, value) in &pairs {
            front.set(key, value);
        }
        draft.text = if start == 0 { content } else { content[start..].to_owned() };
        draft.paragraphs =
            plain::paragraphs(&draft.text).into_iter().map(|range| Paragraph { range, hint: None }).collect();
        draft.metadata = known.declare(&hints.declared.clone().or(front));
    }
    finish(draft, pack)
}

/// Reads markup of which every paragraph is the article: the content of a feed entry.
fn read_fragment(markup: &str, known: Metadata, hints: &Hints, pack: &Pack) -> Result<Document, ReadError> {
    let mut draft = Draft {
        file: hints.file.clone(),
        text: String::new(),
        paragraphs: Vec::new(),
        metadata: Metadata::default(),
        raw_hash: ContentHash::of([markup.as_bytes()]),
        notices: Vec::new(),
    };
    draft.take_page(html::read_fragment(markup));
    draft.metadata = known.declare(&hints.declared);
    finish(draft, pack)
}

impl Draft {
    fn take_page(&mut self, page: html::Page) {
        self.text = page.text;
        self.paragraphs = page.paragraphs;
        self.metadata = page.metadata;
        self.notices.extend(page.notices);
    }
}

fn finish(draft: Draft, pack: &Pack) -> Result<Document, ReadError> {
    if draft.text.trim().is_empty() {
        return Err(ReadError::new(&draft.file, Fault::Empty));
    }
    Ok(assemble(draft, pack))
}

impl Hints {
    /// Hints for an entry of this input.
    fn entry(&self, number: usize) -> Self {
        Self { file: format!("{}#{number}", self.file), ..self.clone() }
    }
}

/// Says what decoding had to do.
fn note_charset(decoded: &Decoded, notices: &mut Vec<Notice>) {
    let mut notice = |code: &str, message: String| {
        notices.push(Notice { code: code.to_owned(), message, span: None });
    };
    if decoded.replaced > 0 {
        let message = format!(
            "{} stretches of bytes are not valid {} and were replaced by U+FFFD; save the file as UTF-8.",
            decoded.replaced, decoded.encoding
        );
        notice(assemble::CHARSET_REPLACED, message);
    }
    if let Some(declared) = &decoded.declared_wrong {
        let message = format!("The input says it is in {declared}, but it was read as {}.", decoded.encoding);
        notice("charset-declared-wrong", message);
    }
}
