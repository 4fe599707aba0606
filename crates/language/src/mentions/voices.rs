//! Whose "I" and "we" it is where no verb of speech tells: the writer's, or that of a speaker in a transcript.

use super::names::Spotted;
use crate::{Analysis, WordId};
use demarche_pack::world::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Most words of the label in front of a turn: "PRIME MINISTER KEIR STARMER:".
const LABEL: usize = 8;
/// Turns that make a text a transcript.
const TURNS: usize = 3;

/// Whose first person it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    /// The writer of the text.
    Writer,
    /// The speaker of a transcript with this label.
    Turn(usize),
    /// The unnamed speaker of a stretch between quotation marks.
    Quote(usize),
}

/// Somebody's turn in a transcript.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// The name in its label.
    pub name: Option<usize>,
    /// Number of its label.
    pub label: usize,
}

/// First persons of a document.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// By paragraph; a paragraph without a label goes on with the turn before.
    turns: BTreeMap<u32, Turn>,
    /// Entities made for voices; the second field tells "we" from "I".
    pub made: BTreeMap<(Voice, bool), usize>,
}

impl Voices {
    pub fn of(analysis: &Analysis, names: &[Spotted]) -> Self {
        let mut turns = BTreeMap::new();
        let mut labels: BTreeMap<String, usize> = BTreeMap::new();
        let mut before = None;
        let mut begins = BTreeSet::new();
        for sentence in &analysis.sentences {
            let inside = before.replace(sentence.paragraph) == Some(sentence.paragraph);
            let words = sentence.words.clone();
            let Some(end) = analysis
                .ids(&words)
                .take(LABEL)
                .position(|word| analysis.form(word) == ":")
                .filter(|end| *end > 0)
            else {
                continue;
            };
            // A line of capitals may stand in front, which is no sentence of its own.
            let stops = |at: &u32| {
                let before = at.checked_sub(1).filter(|before| *before >= words.start);
                let initial = before.is_some_and(|it| analysis.form(WordId(it)).chars().count() == 1);
                analysis.form(WordId(*at)) == "." && !initial
            };
            let start = (words.start..words.start + end as u32).rfind(stops).map_or(words.start, |at| at + 1);
            let label = start..words.start + end as u32;
            if label.is_empty() {
                continue;
            }
            let spoken = analysis.ids(&label).all(|word| {
                let form = analysis.form(word);
                form.starts_with(|letter: char| letter.is_uppercase())
                    || matches!(form, "." | "," | "(" | ")" | "of")
            });
            if !spoken {
                continue;
            }
            let span = analysis.word(WordId(label.start)).span;
            let text = fold(analysis.text(span.cover(analysis.word(WordId(label.end - 1)).span)));
            let number = labels.len();
            let number = *labels.entry(text).or_insert(number);
            let at = names.partition_point(|name| name.words.start < label.start);
            let name = (at < names.len() && names[at].words.end <= label.end).then_some(at);
            // "TRANSCRIPT, CAPITAL CITY. Minister Doe: I have …": inside a paragraph only whoever says "I" has a turn.
            if matches!(words.clone().nth(end + 1).map(|at| analysis.form(WordId(at))), Some("I" | "We")) {
                begins.insert(number);
            } else if inside {
                continue;
            }
            turns.insert(sentence.paragraph, Turn { name, label: number });
        }
        // A label that comes once is a heading, unless whoever it names begins with "I".
        if turns.len() < TURNS || labels.len() * 2 > turns.len() + 1 {
            turns.retain(|_, turn| begins.contains(&turn.label) && turn.name.is_some());
        }
        Self { turns, made: BTreeMap::new() }
    }

    /// The turn that a paragraph belongs to.
    pub fn turn(&self, paragraph: u32) -> Option<Turn> {
        self.turns.range(..=paragraph).next_back().map(|(_, turn)| *turn)
    }
}
