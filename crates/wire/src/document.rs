//! Documents as lines of `documents.jsonl`.

use crate::error::{hash, named};
use crate::{RangeLine, SpanLine, WireError};
use demarche_record::{
    ActorId, Block, BlockKind, Document, DocumentId, Edtf, Genre, Notice, Published, PublishedBasis, Words,
};
use demarche_text::{Span, Text};
use serde::{Deserialize, Serialize};

/// One document with its canonical text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    /// Hash of the canonical content.
    pub id: String,
    /// File name or other handle.
    pub file: String,
    /// Address.
    pub url: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Author as printed.
    pub byline: Option<String>,
    /// What the author is.
    pub author_role: Option<String>,
    /// Outlet, for people.
    pub outlet: Option<String>,
    /// Outlet in the packs.
    pub outlet_actor: Option<String>,
    /// Agencies credited.
    pub agencies: Vec<String>,
    /// Publication date.
    pub published: PublishedLine,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Genre.
    pub genre: String,
    /// The words that show the genre.
    pub genre_evidence: Option<SpanLine>,
    /// Issuer of a readout.
    pub issuer: Option<String>,
    /// Blocks in text order.
    pub blocks: Vec<BlockLine>,
    /// Canonical text.
    pub text: String,
    /// BLAKE3 of the raw bytes.
    pub raw_hash: String,
    /// Earlier version.
    pub version_of: Option<String>,
    /// What was noticed while reading.
    pub notices: Vec<NoticeLine>,
}

/// Publication date with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedLine {
    /// A day, an interval, or null.
    pub edtf: Option<String>,
    /// `declared`, `metadata`, `dateline`, `inferred` or `unknown`.
    pub basis: String,
    /// The words that show it.
    #[serde(default)]
    pub evidence: Vec<SpanLine>,
}

/// A stretch of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockLine {
    /// `headline`, `lede`, `body`, …
    pub kind: String,
    /// Where.
    #[serde(flatten)]
    pub range: RangeLine,
}

/// Something that reading noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// Stable code.
    pub code: String,
    /// For people.
    pub message: String,
    /// Where, if anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<RangeLine>,
}

fn range(text: &Text, span: Span) -> RangeLine {
    RangeLine {
        start: text.code_point(span.start()) as u32,
        end: text.code_point(span.end()) as u32,
        start_byte: span.start() as u32,
        end_byte: span.end() as u32,
    }
}

fn span(row: &str, field: &'static str, text: &Text, range: RangeLine) -> Result<Span, WireError> {
    text.span(range.start_byte as usize, range.end_byte as usize).ok_or_else(|| WireError::Value {
        row: row.to_owned(),
        field,
        value: format!("{}..{}", range.start_byte, range.end_byte),
        expected: "bytes on character boundaries inside the text".to_owned(),
    })
}

impl From<&Document> for DocumentLine {
    fn from(document: &Document) -> Self {
        let text = &document.text;
        Self {
            id: document.id.to_string(),
            file: document.file.clone(),
            url: document.url.clone(),
            title: document.title.clone(),
            byline: document.byline.clone(),
            author_role: document.author_role.clone(),
            outlet: document.outlet.clone(),
            outlet_actor: document.outlet_actor.as_ref().map(|actor| actor.0.clone()),
            agencies: document.agencies.clone(),
            published: PublishedLine {
                edtf: document.published.edtf.as_ref().map(|edtf| edtf.0.clone()),
                basis: document.published.basis.to_string(),
                evidence: document.published.evidence.iter().map(SpanLine::from).collect(),
            },
            language: document.language.clone(),
            genre: document.genre.to_string(),
            genre_evidence: document.genre_evidence.as_ref().map(SpanLine::from),
            issuer: document.issuer.clone(),
            blocks: document
                .blocks
                .iter()
                .map(|block| BlockLine { kind: block.kind.to_string(), range: range(text, block.span) })
                .collect(),
            text: text.as_str().to_owned(),
            raw_hash: document.raw_hash.to_string(),
            version_of: document.version_of.map(|id| id.to_string()),
            notices: document
                .notices
                .iter()
                .map(|notice| NoticeLine {
                    code: notice.code.clone(),
                    message: notice.message.clone(),
                    span: notice.span.map(|span| range(text, span)),
                })
                .collect(),
        }
    }
}

impl DocumentLine {
    /// The document of this line.
    pub fn into_document(self) -> Result<Document, WireError> {
        let row = self.id;
        let text = Text::new(self.text);
        let blocks = self.blocks.into_iter().map(|block| {
            let kind = named(&row, "blocks", &block.kind, BlockKind::parse, BlockKind::ALL)?;
            Ok(Block { kind, span: span(&row, "blocks", &text, block.range)? })
        });
        let notices = self.notices.into_iter().map(|notice| {
            let span = notice.span.map(|range| span(&row, "notices", &text, range)).transpose()?;
            Ok(Notice { code: notice.code, message: notice.message, span })
        });
        let basis =
            named(&row, "published", &self.published.basis, PublishedBasis::parse, PublishedBasis::ALL)?;
        Ok(Document {
            id: DocumentId(hash(&row, "id", &row)?),
            file: self.file,
            url: self.url,
            title: self.title,
            byline: self.byline,
            author_role: self.author_role,
            outlet: self.outlet,
            outlet_actor: self.outlet_actor.map(ActorId),
            agencies: self.agencies,
            published: Published {
                edtf: self.published.edtf.map(Edtf),
                basis,
                evidence: self.published.evidence.into_iter().map(Words::from).collect(),
            },
            language: self.language,
            genre: named(&row, "genre", &self.genre, Genre::parse, Genre::ALL)?,
            genre_evidence: self.genre_evidence.map(Words::from),
            issuer: self.issuer,
            blocks: blocks.collect::<Result<_, WireError>>()?,
            notices: notices.collect::<Result<_, WireError>>()?,
            raw_hash: hash(&row, "raw_hash", &self.raw_hash)?,
            version_of: self
                .version_of
                .map(|id| hash(&row, "version_of", &id).map(DocumentId))
                .transpose()?,
            text,
        })
    }
}
