//! Chooses which paragraphs of a page are the article: an extractor votes, its words are found again in the page.

use super::flow::{self, Piece};
use crate::blocks::squash;
use dom_query::Document;
use std::collections::BTreeMap;
use trafilatura::{ExtractionFocus, Options};

/// What an extractor makes of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The words of the paragraphs that are the article, in order.
    pub paragraphs: Vec<String>,
    /// The day it takes for the date of publication, ISO 8601.
    pub date: Option<String>,
}

/// Chooses the article's paragraphs.
pub trait BodyExtractor {
    /// The article; `None` if it finds none.
    fn choose(&self, html: &str) -> Option<Choice>;
}

/// The `trafilatura` crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trafilatura;

impl BodyExtractor for Trafilatura {
    fn choose(&self, html: &str) -> Option<Choice> {
        let options = Options::default()
            .with_fallback(true)
            .with_focus(ExtractionFocus::FavorPrecision)
            .with_exclude_comments(true);
        let result = trafilatura::extract(html, &options).ok()?;
        // The plain text glues paragraphs, the markup does not.
        let chosen = flow::pieces(&Document::from(result.content_html.as_str()));
        let paragraphs: Vec<String> = chosen.into_iter().map(|piece| piece.text).collect();
        let date = result.metadata.date.map(|date| date.to_string());
        (!paragraphs.is_empty()).then_some(Choice { paragraphs, date })
    }
}

/// Marks the paragraphs with many unlinked words: for pages that are too large for a real extractor or where it finds
/// nothing.
pub fn mark_long(pieces: &[Piece]) -> Vec<bool> {
    pieces.iter().map(|piece| !piece.outer && !piece.is_links() && piece.key.len() >= LONG).collect()
}

/// A paragraph with so many letters is text.
const LONG: usize = 60;

/// Words of this length or less must be a whole paragraph of the page to be found.
const SHORT: usize = 24;
/// So many searches through the rest of the page may fail.
const MAX_MISSES: usize = 200;

/// Marks the paragraphs of a page that an extractor chose. Order decides between places with the same words.
pub fn mark(pieces: &[Piece], chosen: &[String]) -> Vec<bool> {
    let mut stream = String::new();
    let mut starts = Vec::with_capacity(pieces.len());
    let mut whole: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, piece) in pieces.iter().enumerate() {
        starts.push(stream.len());
        stream.push_str(&piece.key);
        whole.entry(&piece.key).or_default().push(number);
    }
    let mut covered = vec![0usize; pieces.len()];
    let mut at = 0;
    let mut misses = 0;
    for words in chosen {
        let key = squash(words);
        if key.is_empty() {
            continue;
        }
        let cursor = starts.partition_point(|start| *start < at);
        if let Some(numbers) = whole.get(key.as_str()) {
            let next = numbers.iter().find(|number| **number >= cursor && covered[**number] == 0);
            if let Some(number) = next.or_else(|| numbers.iter().find(|number| covered[**number] == 0)) {
                covered[*number] = key.len();
                if next.is_some() {
                    at = starts[*number] + key.len();
                }
                continue;
            }
        }
        if key.len() <= SHORT || misses > MAX_MISSES {
            continue;
        }
        let forward = stream[at..].find(&key).map(|offset| at + offset);
        let Some(start) = forward.or_else(|| stream.find(&key)) else {
            misses += 1;
            // The extractor joined paragraphs that are apart in the page.
            let parts = pieces.iter().enumerate().skip(cursor);
            for (number, piece) in
                parts.filter(|(_, piece)| piece.key.len() > SHORT && key.contains(&piece.key))
            {
                covered[number] = piece.key.len();
                at = starts[number] + piece.key.len();
            }
            continue;
        };
        let end = start + key.len();
        if forward.is_some() {
            at = end;
        }
        let first = starts.partition_point(|begin| *begin <= start).saturating_sub(1);
        for number in first..pieces.len() {
            let begin = starts[number];
            if begin >= end {
                break;
            }
            let finish = begin + pieces[number].key.len();
            covered[number] += end.min(finish).saturating_sub(start.max(begin));
        }
    }
    pieces.iter().zip(covered).map(|(piece, bytes)| bytes * 10 >= piece.key.len() * 6 && bytes > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(texts: &[&str]) -> Vec<Piece> {
        texts
            .iter()
            .map(|text| Piece { text: (*text).to_owned(), key: squash(text), ..Piece::default() })
            .collect()
    }

    #[test]
    fn chosen_words_are_found_in_order() {
        let pieces = page(&[
            "More",
            "The first paragraph of the article is here.",
            "More",
            "And the second one of them is over there.",
        ]);
        let chosen =
            ["The first paragraph of the article is here. And the second one of them is over there."
                .to_owned()];
        assert_eq!(mark(&pieces, &chosen), [false, true, false, true]);
        let chosen = [
            "The first paragraph of the article is here.".to_owned(),
            "More".to_owned(),
            "And the second one of them is over there.".to_owned(),
        ];
        assert_eq!(mark(&pieces, &chosen), [false, true, true, true]);
    }
}
