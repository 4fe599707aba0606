//! Abbreviations that are written with a full stop, by what usually follows them, and contractions written as one word.
//!
//! Read from `<language>/abbreviations.toml`.

use crate::{PackError, PackFile, parse_toml};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How an abbreviation behaves before the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbbreviationKind {
    /// Stands before a name or number: "Lt.", "No."
    BeforeName,
    /// A month or day: "Jan."
    Calendar,
    /// May end a sentence: "U.S.", "etc."
    Either,
}

/// The abbreviations of one language, lower case, without the last full stop.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    kinds: BTreeMap<String, AbbreviationKind>,
    contractions: BTreeMap<String, Vec<u8>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    before_name: Vec<String>,
    calendar: Vec<String>,
    either: Vec<String>,
    #[serde(default)]
    contractions: Vec<String>,
}

impl Abbreviations {
    /// Reads the abbreviations of a language; a pack without the file has none.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let path = format!("{language}/abbreviations.toml");
        let Some(file) = files.iter().find(|file| file.path == path) else { return Ok(Self::default()) };
        let lists: File = parse_toml(&file.path, &file.text).map_err(|fault| vec![fault])?;
        let mut kinds = BTreeMap::new();
        for (list, kind) in [
            (lists.before_name, AbbreviationKind::BeforeName),
            (lists.calendar, AbbreviationKind::Calendar),
            (lists.either, AbbreviationKind::Either),
        ] {
            kinds.extend(list.into_iter().map(|word| (word, kind)));
        }
        let mut contractions = BTreeMap::new();
        for written in &lists.contractions {
            let cuts =
                written.match_indices('|').enumerate().map(|(before, (at, _))| (at - before) as u8).collect();
            contractions.insert(written.replace('|', ""), cuts);
        }
        Ok(Self { kinds, contractions })
    }

    /// Where words of syntax begin inside a word: byte 3 in "cannot"; nowhere in most words.
    pub fn contraction(&self, word: &str) -> &[u8] {
        let found = match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => self.contractions.get(&word.to_ascii_lowercase()),
            false => self.contractions.get(word),
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// What kind of abbreviation a word is; `word` in lower case, without its last full stop.
    pub fn kind(&self, word: &str) -> Option<AbbreviationKind> {
        self.kinds.get(word).copied()
    }
}
