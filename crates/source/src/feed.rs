//! Feeds: RSS, Atom and JSON Feed, one document for each entry with text.

use crate::metadata::Metadata;
use crate::{Fault, Hints, ReadError, html, read_fragment, read_text};
use demarche_pack::Pack;
use demarche_record::Document;

/// True if bytes begin like a feed.
pub fn is_feed(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let start = head.trim_start_matches('\u{FEFF}').trim_start();
    let xml = start.starts_with('<') && ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| start.contains(tag));
    let json = start.starts_with('{') && start.contains("jsonfeed.org/version");
    (xml && !start.contains("<html")) || json
}

/// Reads the entries of a feed.
pub fn read(bytes: &[u8], hints: &Hints, pack: &Pack) -> Vec<Result<Document, ReadError>> {
    let feed = match feed_rs::parser::parse(bytes) {
        Ok(feed) => feed,
        Err(error) => {
            let fault = Fault::Malformed {
                format: "feed",
                line: None,
                reason: error.to_string(),
                remedy: "fetch it again or save its articles as pages",
            };
            return vec![Err(ReadError::new(&hints.file, fault))];
        }
    };
    let outlet = feed.title.map(|title| title.content);
    let language = feed.language;
    let entries = feed.entries.into_iter().zip(1..);
    let read_entry = |(entry, number): (feed_rs::model::Entry, usize)| {
        let hints = hints.entry(number);
        let names: Vec<String> = entry.authors.into_iter().filter_map(|author| author.name).collect();
        let known = Metadata {
            title: entry.title.map(|title| title.content),
            byline: (!names.is_empty()).then(|| names.join(", ")),
            outlet: entry.source.or_else(|| outlet.clone()),
            url: entry.links.into_iter().next().map(|link| link.href),
            published: entry.published.or(entry.updated).map(|date| date.to_rfc3339()),
            sections: entry
                .categories
                .into_iter()
                .map(|category| category.label.unwrap_or(category.term))
                .collect(),
            language: entry.language.or_else(|| language.clone()),
            ..Metadata::default()
        };
        let content = entry.content.and_then(|content| content.body);
        let body = content.or_else(|| entry.summary.map(|summary| summary.content)).unwrap_or_default();
        if html::is_page(&body) && body.to_ascii_lowercase().contains("<html") {
            read_text(body.as_bytes(), None, known, &hints, pack)
        } else {
            read_fragment(&body, known, &hints, pack)
        }
    };
    let documents: Vec<Result<Document, ReadError>> = entries.map(read_entry).collect();
    if documents.is_empty() {
        return vec![Err(ReadError::new(&hints.file, Fault::Empty))];
    }
    documents
}
