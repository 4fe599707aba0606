//! Makes documents for tests and chores out of plain text. Never part of the product.

use demarche_record::{Block, BlockKind, Document, DocumentId, Genre, Published, PublishedBasis};
use demarche_text::{ContentHash, Text};
use std::sync::Arc;

/// A document of running text: every paragraph (blank lines separate them) is a block of the body.
pub fn document(text: &str) -> Arc<Document> {
    blocks(text, BlockKind::Body)
}

/// A document all of whose paragraphs are blocks of one kind.
pub fn blocks(text: &str, kind: BlockKind) -> Arc<Document> {
    let hash = ContentHash::of([text.as_bytes()]);
    let text = Text::new(text);
    let mut found = Vec::new();
    let mut start = 0;
    for part in text.as_str().split("\n\n") {
        let span = text.span(start, start + part.len()).expect("parts lie on boundaries");
        let span = text.trim(span);
        if !span.is_empty() {
            found.push(Block { kind, span });
        }
        start += part.len() + 2;
    }
    Arc::new(Document {
        id: DocumentId(hash),
        file: "test.txt".to_owned(),
        url: None,
        title: None,
        byline: None,
        author_role: None,
        outlet: None,
        outlet_actor: None,
        agencies: Vec::new(),
        published: Published { edtf: None, basis: PublishedBasis::Unknown, evidence: Vec::new() },
        language: None,
        genre: Genre::Report,
        genre_evidence: None,
        issuer: None,
        blocks: found,
        text,
        raw_hash: hash,
        version_of: None,
        notices: Vec::new(),
    })
}
