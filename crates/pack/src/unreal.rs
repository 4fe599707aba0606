//! Words whose form or place in a sentence says that something did not take place or leaves it open (`[unreal]` of
//! `<language>/cues*.toml`).

use crate::words::{Lists, lower};
use crate::{PackError, line_of};
use demarche_record::Status;
use serde::Deserialize;
use toml::Spanned;

macro_rules! lists {
    ($($(#[$about:meta])* $kind:ident = $field:ident),* $(,)?) => {
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct UnrealRow {
            $(#[serde(default)] $field: Vec<String>,)*
            #[serde(default)]
            example: Vec<ExampleRow>,
        }

        /// Lists of words that take something out of what happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum UnrealWords {
            $($(#[$about])* $kind,)*
        }

        impl UnrealRow {
            fn words(&mut self) -> Vec<(UnrealWords, Vec<String>)> {
                vec![$((UnrealWords::$kind, std::mem::take(&mut self.$field))),*]
            }
        }
    };
}

lists! {
    /// Marks that make a clause a condition or an open question.
    Condition = conditions,
    /// Verbs whose participle does the same.
    Providing = providing,
    /// Marks whose clause has a time and truth of its own.
    Presupposed = presupposed,
    /// Marks before the present tense that leave open whether and when it comes.
    Awaiting = awaiting,
    /// Nouns for a time of that sort.
    Occasion = occasions,
    /// First words of "instead of", "rather than".
    Instead = instead,
    /// Pronouns for whoever it may be.
    Whoever = whoever,
    /// Adverbs of negation.
    Negation = negations,
    /// Adverbs that say it fell short.
    Short = short,
    /// Adverbs that leave it open.
    Uncertain = uncertain,
    /// Adverbs and adjectives of hearsay.
    Hearsay = hearsay,
    /// Words for being so.
    Truth = truths,
    /// Verbs of finding out whether a report is so.
    Check = checks,
    /// What a claim lacks that is not so.
    Ground = grounds,
    /// Verbs that do something with a claim or a demand itself.
    Handling = handling,
    /// Verbs of perception.
    Perceiving = perceiving,
    /// Nouns for what is to come.
    Agenda = agendas,
    /// Verbs whose purpose clause tells what was done.
    Means = means,
    /// Preposition and noun for what is not to be thought of.
    Away = away,
    /// Nouns for what is made up or played.
    Fiction = fictions,
    /// Verbs of a fiction as subject.
    Enacting = enacting,
    /// Adjectives that make a picture or text a fiction.
    Faked = faked,
    /// Pictures and texts that can be faked.
    Picture = pictures,
    /// Prepositions in front of what has not come, or only resembles it.
    StandingIn = standing_in,
    /// Prepositions in front of what there was none of.
    Absent = absent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleRow {
    text: String,
    word: String,
    status: Spanned<String>,
}

/// A sentence, one word of it and the status of what that word tells.
#[derive(Clone, Debug)]
pub struct UnrealExample {
    /// The sentence.
    pub text: String,
    /// The word.
    pub word: String,
    /// Its status.
    pub status: Status,
}

/// All words of a language that take something out of what happened.
#[derive(Clone, Debug, Default)]
pub struct Unreal {
    words: Lists<UnrealWords>,
    examples: Vec<UnrealExample>,
}

impl Unreal {
    /// Takes in one file's table; faults of its examples.
    pub(crate) fn add(&mut self, mut row: UnrealRow, file: &str, text: &str) -> Vec<PackError> {
        for (list, words) in row.words() {
            self.words.add(list, words);
        }
        let mut faults = Vec::new();
        for example in row.example {
            match Status::parse(example.status.get_ref()) {
                Some(status) => {
                    self.examples.push(UnrealExample { text: example.text, word: example.word, status });
                }
                None => faults.push(PackError {
                    file: file.to_owned(),
                    line: line_of(text, example.status.span().start),
                    message: format!("status `{}` is none of the ledger", example.status.get_ref()),
                }),
            }
        }
        faults
    }

    /// True if the list has the word.
    pub fn has(&self, list: UnrealWords, word: &str) -> bool {
        self.words.has(list, &lower(word))
    }

    /// Sentences that show the words at work.
    pub fn examples(&self) -> &[UnrealExample] {
        &self.examples
    }
}
