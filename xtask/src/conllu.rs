//! Reads CoNLL-U files and rebuilds the raw text they annotate.

use anyhow::{Context, Result, bail};
use std::path::Path;

/// One syntactic word of a file.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its form.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Features, `_` for none.
    pub feats: String,
    /// Number of its head in the sentence from 1; 0 for the root.
    pub head: usize,
    /// Relation to the head, with subtype.
    pub deprel: String,
}

/// One surface token: a word, or several words written as one.
#[derive(Clone, Debug)]
pub struct Token {
    /// As it is written.
    pub form: String,
    /// Its words, as a range of the sentence's rows.
    pub words: std::ops::Range<usize>,
    /// True if white space follows.
    pub space_after: bool,
    /// First byte in the document's text.
    pub start: usize,
}

/// One sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Its `sent_id`.
    pub id: String,
    /// True if a paragraph begins with it.
    pub paragraph: bool,
    /// Words.
    pub rows: Vec<Row>,
    /// Surface tokens.
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// For each word its byte range in the text: its own where the words of a token spell the token, else a share of
    /// the token's range that covers it.
    pub fn spans(&self) -> Vec<(usize, usize)> {
        let mut spans = vec![(0, 0); self.rows.len()];
        for token in &self.tokens {
            let words = token.words.clone();
            let end = token.start + token.form.len();
            let spelt: String = self.rows[words.clone()].iter().map(|row| row.form.as_str()).collect();
            if spelt == token.form {
                let mut at = token.start;
                for word in words {
                    spans[word] = (at, at + self.rows[word].form.len());
                    at += self.rows[word].form.len();
                }
            } else {
                for word in words {
                    spans[word] = (token.start, end);
                }
            }
        }
        spans
    }
}

/// One document with its raw text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its `newdoc id`.
    pub id: String,
    /// Raw text: paragraphs separated by a blank line.
    pub text: String,
    /// Sentences.
    pub sentences: Vec<Sentence>,
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<Document>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| path.display().to_string())
}

/// Reads the text of a file.
pub fn parse(text: &str) -> Result<Vec<Document>> {
    let mut documents: Vec<Document> = Vec::new();
    let mut sentence = Sentence::default();
    for (number, line) in text.lines().chain([""]).enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
            let key = key.trim();
            if key.starts_with("newdoc") {
                documents.push(Document { id: value.trim().to_owned(), ..Document::default() });
            } else if key == "newpar" || key == "newpar id" {
                sentence.paragraph = true;
            } else if key == "sent_id" {
                sentence.id = value.trim().to_owned();
            }
        } else if line.is_empty() {
            if !sentence.rows.is_empty() {
                if documents.is_empty() {
                    documents.push(Document::default());
                }
                documents.last_mut().expect("just made").sentences.push(std::mem::take(&mut sentence));
            }
        } else {
            row(line, &mut sentence).with_context(|| format!("line {}", number + 1))?;
        }
    }
    documents.retain(|document| !document.sentences.is_empty());
    documents.iter_mut().for_each(spell);
    Ok(documents)
}

fn row(line: &str, sentence: &mut Sentence) -> Result<()> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, _, feats, head, deprel, _, misc] = cells[..] else {
        bail!("{} columns instead of 10", cells.len());
    };
    let space_after = !misc.split('|').any(|it| it == "SpaceAfter=No");
    if let Some((from, to)) = id.split_once('-') {
        let (from, to): (usize, usize) = (from.parse()?, to.parse()?);
        sentence.tokens.push(Token { form: form.to_owned(), words: from - 1..to, space_after, start: 0 });
    } else if !id.contains('.') {
        let at = sentence.rows.len();
        sentence.rows.push(Row {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            feats: feats.to_owned(),
            head: head.parse()?,
            deprel: deprel.to_owned(),
        });
        if sentence.tokens.last().is_none_or(|token| token.words.end <= at) {
            sentence.tokens.push(Token { form: form.to_owned(), words: at..at + 1, space_after, start: 0 });
        }
    }
    Ok(())
}

/// Writes the raw text of a document and the places of its tokens.
fn spell(document: &mut Document) {
    let text = &mut document.text;
    for sentence in &mut document.sentences {
        if sentence.paragraph && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        for token in &mut sentence.tokens {
            token.start = text.len();
            text.push_str(&token.form);
            if token.space_after {
                text.push(' ');
            }
        }
    }
    text.truncate(text.trim_end().len());
}
