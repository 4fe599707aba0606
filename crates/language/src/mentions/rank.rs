//! Ranks what a pronoun of the third person can mean: plain features of an antecedent, weighed by numbers.
//!
//! What agreement or binding excludes is no rival at all. The weights stand in `weights.rs`.

use super::weights::WEIGHTS;
use crate::WordId;

/// What a rival is like, in the order of the weights.
pub const FEATURES: [&str; 42] = [
    "any",
    "one sentence back",
    "two sentences back",
    "three sentences back",
    "four sentences back",
    "subject of the main clause",
    "subject of another clause",
    "object",
    "oblique or apposition",
    "possessor",
    "second of several",
    "beside a noun",
    "mentions so far, at most six",
    "named",
    "words between, by four, at most fourteen",
    "another paragraph",
    "subject of the clause of a possessive",
    "both speak",
    "the same role",
    "latest mention is a pronoun",
    "latest mention is the same pronoun",
    "first subject of the sentence before",
    "gender is known",
    "several",
    "plural body",
    "state",
    "body",
    "thing",
    "place",
    "coordination",
    "thing or place, and the pronoun speaks",
    "body, and the pronoun is what something is said of",
    "body, and the pronoun acts or owns",
    "only the pronoun is quoted",
    "only the rival is quoted",
    "subject of a clause above the pronoun",
    "headline",
    "indefinite",
    "the nearest",
    "subject before, and the pronoun begins its sentence",
    "thing, possessive pronoun",
    "object of the clause before, same sentence",
];

/// Kinds of pronouns with weights of their own.
pub const CLASSES: [&str; 3] = ["he or she", "it", "they"];

/// Values of the features.
pub type Values = [i16; FEATURES.len()];

/// Something a pronoun can mean.
#[derive(Clone, Debug)]
pub struct Rival {
    /// The head of its latest mention; of a coordination the first.
    pub latest: WordId,
    /// Values of its features.
    pub values: Values,
}

/// A pronoun and what it can mean.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The pronoun.
    pub word: WordId,
    /// Its class, by number in [`CLASSES`].
    pub class: usize,
    /// What it can mean.
    pub rivals: Vec<Rival>,
}

/// How well a rival fits; above 0 better than nothing.
pub(super) fn score(class: usize, values: &Values) -> i32 {
    let weights = &WEIGHTS[class];
    weights.iter().zip(values).map(|(weight, value)| i32::from(*weight) * i32::from(*value)).sum()
}
