//! Irregular forms of verbs, nouns and adjectives: which base they belong to.
//!
//! Read from `<language>/inflection.toml`: one string a paradigm, base form first.

use crate::{PackError, PackFile, parse_toml};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Irregular forms, lower case, with their base.
#[derive(Clone, Debug, Default)]
pub struct Inflection {
    /// Forms of verbs.
    pub verbs: BTreeMap<String, String>,
    /// Plurals.
    pub nouns: BTreeMap<String, String>,
    /// Comparatives and superlatives.
    pub adjectives: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: Vec<String>,
    nouns: Vec<String>,
    adjectives: Vec<String>,
}

impl Inflection {
    /// Reads the irregular forms of a language; a pack without the file has none.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let path = format!("{language}/inflection.toml");
        let Some(file) = files.iter().find(|file| file.path == path) else { return Ok(Self::default()) };
        let lists: File = parse_toml(&file.path, &file.text).map_err(|fault| vec![fault])?;
        Ok(Self {
            verbs: forms(&lists.verbs),
            nouns: forms(&lists.nouns),
            adjectives: forms(&lists.adjectives),
        })
    }
}

/// Form → base; a form of several paradigms belongs to the first.
fn forms(paradigms: &[String]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for paradigm in paradigms {
        let mut words = paradigm.split_whitespace();
        let Some(base) = words.next() else { continue };
        for form in std::iter::once(base).chain(words) {
            found.entry(form.to_owned()).or_insert_with(|| base.to_owned());
        }
    }
    found
}
