//! Words and names that set what is told in an age that is over (`[ages]` of `<language>/cues*.toml`).

use crate::words::{Lists, Table, lower};
use crate::{PackError, line_of};
use demarche_record::Epoch;
use serde::Deserialize;
use toml::Spanned;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgesRow {
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    powers: Vec<String>,
    #[serde(default)]
    rulers: Vec<String>,
    #[serde(default)]
    crowns: Vec<String>,
    #[serde(default)]
    forebears: Vec<String>,
    #[serde(default)]
    stretches: Vec<String>,
    #[serde(default)]
    parents: Vec<String>,
    #[serde(default)]
    commands: Vec<String>,
    #[serde(default)]
    alone: Vec<String>,
    #[serde(default)]
    fallen: Vec<String>,
    #[serde(default)]
    arms: Vec<String>,
    #[serde(default)]
    years: Vec<String>,
    #[serde(default)]
    early_roles: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    upheavals: Vec<String>,
    #[serde(default)]
    beginnings: Vec<String>,
    #[serde(default)]
    first: Vec<String>,
    #[serde(default)]
    bygone: Vec<String>,
    #[serde(default)]
    epithets: Vec<String>,
    #[serde(default)]
    made: Vec<String>,
    #[serde(default)]
    chroniclers: Vec<String>,
    #[serde(default)]
    commemorations: Vec<String>,
    #[serde(default)]
    example: Vec<ExampleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleRow {
    text: String,
    epoch: Spanned<String>,
}

/// A sentence and the age to which everything in it that takes place belongs.
#[derive(Clone, Debug)]
pub struct AgeExample {
    /// The sentence.
    pub text: String,
    /// The age.
    pub epoch: Epoch,
}

/// Lists of words that tell of another age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgeWords {
    /// States, movements and armies that are no more.
    Power,
    /// Statesmen long dead.
    Ruler,
    /// Rulers of a kind that there is no more.
    Crown,
    /// Kin of an older time.
    Forebear,
    /// Nouns for a time that belongs to somebody.
    Stretch,
    /// Kin whose day or time is over as well.
    Parent,
    /// Nouns for the will of a ruler.
    Command,
    /// Capitalised nouns that name a past time with "the" alone.
    Alone,
    /// What fell when another time began.
    Fallen,
    /// Arms and fighters that there are no more.
    Arms,
    /// Nouns for one's early life.
    Years,
    /// Roles of one's early life.
    EarlyRole,
    /// Capitalised nouns that name a past event.
    Event,
    /// Nouns that cut an affair in two.
    Upheaval,
    /// Nouns for the first part of an upheaval.
    Beginning,
    /// Adjectives for it.
    First,
    /// Adverbs that say it is long over.
    Bygone,
    /// Adjectives that put a person or deed into another age.
    Epithet,
    /// Things that bear the name of the power that made them.
    Made,
    /// Who tell of the past.
    Chronicler,
    /// Nouns and verbs of remembering.
    Commemoration,
}

/// All words of a language that tell of another age.
#[derive(Clone, Debug, Default)]
pub struct Ages {
    /// First word of a name → the names, in lower case.
    names: Table<Vec<String>>,
    words: Lists<AgeWords>,
    examples: Vec<AgeExample>,
}

impl Ages {
    /// Takes in one file's table; faults of its examples.
    pub(crate) fn add(&mut self, row: AgesRow, file: &str, text: &str) -> Vec<PackError> {
        for name in row.names.iter().map(|name| name.to_lowercase()) {
            self.names.entry(first_word(&name).to_owned()).or_default().push(name);
        }
        let lists = [
            (AgeWords::Power, row.powers),
            (AgeWords::Ruler, row.rulers),
            (AgeWords::Crown, row.crowns),
            (AgeWords::Forebear, row.forebears),
            (AgeWords::Stretch, row.stretches),
            (AgeWords::Parent, row.parents),
            (AgeWords::Command, row.commands),
            (AgeWords::Alone, row.alone),
            (AgeWords::Fallen, row.fallen),
            (AgeWords::Arms, row.arms),
            (AgeWords::Years, row.years),
            (AgeWords::EarlyRole, row.early_roles),
            (AgeWords::Event, row.events),
            (AgeWords::Upheaval, row.upheavals),
            (AgeWords::Beginning, row.beginnings),
            (AgeWords::First, row.first),
            (AgeWords::Bygone, row.bygone),
            (AgeWords::Epithet, row.epithets),
            (AgeWords::Made, row.made),
            (AgeWords::Chronicler, row.chroniclers),
            (AgeWords::Commemoration, row.commemorations),
        ];
        for (list, words) in lists {
            self.words.add(list, words);
        }
        let mut faults = Vec::new();
        for example in row.example {
            match Epoch::parse(example.epoch.get_ref()) {
                Some(epoch) => self.examples.push(AgeExample { text: example.text, epoch }),
                None => faults.push(PackError {
                    file: file.to_owned(),
                    line: line_of(text, example.epoch.span().start),
                    message: format!("epoch `{}` is none of the ledger", example.epoch.get_ref()),
                }),
            }
        }
        faults
    }

    /// True if the words name an age, war or upheaval that is over ("at the height of the Cold War").
    pub fn name_one(&self, words: &str) -> bool {
        let words = lower(words);
        let mut rest: &str = &words;
        loop {
            let word = first_word(rest);
            let named = self.names.get(word).is_some_and(|names| {
                names.iter().any(|name| {
                    let behind = rest.strip_prefix(name.as_str());
                    behind.is_some_and(|it| !it.starts_with(char::is_alphanumeric))
                })
            });
            if named {
                return true;
            }
            let behind = rest[word.len()..].find(char::is_alphanumeric);
            match behind {
                Some(blank) => rest = &rest[word.len() + blank..],
                None => return false,
            }
        }
    }

    /// True if the list has the word.
    pub fn has(&self, list: AgeWords, word: &str) -> bool {
        self.words.has(list, word)
    }

    /// Sentences that show the words at work.
    pub fn examples(&self) -> &[AgeExample] {
        &self.examples
    }
}

/// Letters and figures up to the first other character.
fn first_word(words: &str) -> &str {
    words.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
}
