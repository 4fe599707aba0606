//! What the trained classifiers see at a gap: between two atoms that touch, and between two words.

use super::atoms::{Atom, Shape};
use super::weights::Features;
use demarche_pack::abbreviations::{AbbreviationKind, Abbreviations};

/// One word as the sentence classifier sees it.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Hash of the lower-cased word.
    pub lower: u32,
    /// Its shape.
    pub shape: Shape,
    /// True if it touches the word before.
    pub glued: bool,
    /// 0, or which kind of abbreviation it is, with or without its stop.
    pub abbreviation: u8,
}

const EDGE: Atom = Atom { start: 0, end: 0, lower: 1, shape: Shape::None, glued: false };
const EDGE_TOKEN: Token =
    Token { start: 0, end: 0, lower: 1, shape: Shape::None, glued: false, abbreviation: 0 };

/// The number of abbreviations that stand before a name.
pub const BEFORE_NAME: u8 = 1;

/// Kind of abbreviation as a number, 0 for none. `word` may end in its full stop.
pub fn abbreviation(word: &str, abbreviations: &Abbreviations) -> u8 {
    let stem = word.strip_suffix('.').unwrap_or(word);
    if stem.len() > 9 || stem.is_empty() {
        return 0;
    }
    let kind = match stem.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => abbreviations.kind(&stem.to_ascii_lowercase()),
        false => abbreviations.kind(stem),
    };
    match kind {
        None => 0,
        Some(AbbreviationKind::BeforeName) => BEFORE_NAME,
        Some(AbbreviationKind::Calendar) => 2,
        Some(AbbreviationKind::Either) => 3,
    }
}

/// Features of the gap before atom `at`, which touches atom `at - 1`. `joined` is the number of atoms of the word so
/// far, `run_start` the first atom of the run without white space.
pub fn word_features(
    text: &str,
    atoms: &[Atom],
    at: usize,
    run: std::ops::Range<usize>,
    joined: usize,
    abbreviations: &Abbreviations,
    into: &mut Features,
) {
    let inside = |position: Option<usize>| match position {
        Some(it) if run.contains(&it) => &atoms[it],
        _ => &EDGE,
    };
    let near = |position: Option<usize>| position.and_then(|it| atoms.get(it)).unwrap_or(&EDGE);
    let (l0, r0) = (&atoms[at - 1], &atoms[at]);
    let (l1, r1) = (inside(at.checked_sub(2)), inside(Some(at + 1)));
    let (l2, r2) = (inside(at.checked_sub(3)), inside(Some(at + 2)));
    let (next, previous) = (near(Some(run.end)), near(run.start.checked_sub(1)));
    let s = |atom: &Atom| atom.shape as u32;
    let length = |atom: &Atom| (atom.end - atom.start).min(6);
    let joined = joined.min(4) as u32;
    let stem = match r0.shape {
        Shape::Stop => {
            let from = at - joined.max(1) as usize;
            let start = atoms[if joined == 4 { run.start } else { from }].start as usize;
            u32::from(abbreviation(&text[start..r0.start as usize], abbreviations)) + 1
        }
        _ => 0,
    };
    into.clear();
    into.add([0, 0, 0, 0]);
    into.add([l0.lower, r0.lower, 0, 0]);
    into.add([l0.lower, 0, 0, 0]);
    into.add([r0.lower, 0, 0, 0]);
    into.add([s(l0), s(r0), 0, 0]);
    into.add([s(l0), r0.lower, 0, 0]);
    into.add([l0.lower, s(r0), 0, 0]);
    into.add([s(l1), s(l0), s(r0), s(r1)]);
    into.add([l1.lower, l0.lower, r0.lower, 0]);
    into.add([l0.lower, r0.lower, r1.lower, 0]);
    into.add([s(l1), l0.lower, s(r0), 0]);
    into.add([s(l0), r0.lower, s(r1), 0]);
    into.add([l1.lower, s(l0), r0.lower, 0]);
    into.add([l0.lower, s(r0), r1.lower, 0]);
    into.add([s(l2), s(l1), s(l0), s(r0)]);
    into.add([s(l0), s(r0), s(r1), s(r2)]);
    into.add([joined, s(l0), r0.lower, s(r1)]);
    into.add([stem, s(next), s(r1), s(l0)]);
    into.add([s(next), s(l0), r0.lower, s(r1)]);
    into.add([length(l0), length(r0), s(l0), s(r0)]);
    into.add([joined, l1.lower, l0.lower, r0.lower]);
    into.add([stem, next.lower, s(r1), 0]);
    into.add([s(previous), s(l1), s(l0), r0.lower]);
    into.add([(run.len() as u32).min(8), s(&atoms[run.start]), s(l0), s(r0)]);
    into.add([stem, l0.lower, s(r1), 0]);
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Nothing.
    None,
    /// One blank.
    One,
    /// Several blanks.
    Several,
    /// A line break that only wraps the line.
    Wrap,
}

/// What the words of the sentence so far show.
#[derive(Clone, Copy, Debug, Default)]
pub struct SoFar {
    /// Words.
    pub words: u32,
    /// Open brackets.
    pub open: u32,
    /// Open quotations.
    pub quoted: u32,
    /// True if all words with letters are upper case.
    pub shouted: bool,
}

impl SoFar {
    /// Takes in one more word.
    pub fn push(&mut self, token: &Token) {
        self.shouted = match token.shape {
            Shape::Lower | Shape::Title | Shape::Mixed => false,
            Shape::Upper => self.words == 0 || self.shouted,
            _ => self.shouted,
        };
        self.words += 1;
        match token.shape {
            Shape::Open => self.open += 1,
            Shape::Close => self.open = self.open.saturating_sub(1),
            Shape::OpenQuote => self.quoted += 1,
            Shape::CloseQuote => self.quoted = self.quoted.saturating_sub(1),
            _ => {}
        }
    }
}

/// Features of a sentence end between token `at - 1` and token `at`.
pub fn sentence_features(tokens: &[Token], at: usize, space: Space, so_far: SoFar, into: &mut Features) {
    let near = |position: Option<usize>| position.and_then(|it| tokens.get(it)).unwrap_or(&EDGE_TOKEN);
    let (l0, r0) = (&tokens[at - 1], &tokens[at]);
    let (l1, l2) = (near(at.checked_sub(2)), near(at.checked_sub(3)));
    let (r1, r2) = (near(Some(at + 1)), near(Some(at + 2)));
    let s = |token: &Token| token.shape as u32;
    let a = |token: &Token| u32::from(token.abbreviation);
    let space = space as u32;
    let length = match so_far.words {
        0..=1 => 0,
        2..=3 => 1,
        4..=8 => 2,
        9..=25 => 3,
        _ => 4,
    };
    let remaining = (tokens.len() - at).min(4) as u32;
    let state = so_far.open.min(1) + 2 * so_far.quoted.min(1) + 4 * u32::from(so_far.shouted);
    // A stop after a short abbreviation stands in a token of its own where the text splits it.
    let stem =
        if l0.shape == Shape::Stop { a(l1) + 4 * u32::from(l1.shape == Shape::Initial) } else { a(l0) };
    into.clear();
    into.add([0, 0, 0, 0]);
    into.add([l0.lower, 0, 0, 0]);
    into.add([l0.lower, s(r0), 0, 0]);
    into.add([r0.lower, s(l0), 0, 0]);
    into.add([l0.lower, r0.lower, 0, 0]);
    into.add([l1.lower, l0.lower, 0, 0]);
    into.add([s(l1), l0.lower, s(r0), 0]);
    into.add([s(l0), s(r0), s(r1), 0]);
    into.add([s(l0), r0.lower, r1.lower, 0]);
    into.add([stem, s(l0), s(r0), s(r1)]);
    into.add([stem, s(l0), r0.lower, 0]);
    into.add([space, s(l0), s(r0), 0]);
    into.add([space, l0.lower, s(r0), state]);
    into.add([length, s(l0), s(r0), space]);
    into.add([state, s(l0), s(r0), 0]);
    into.add([state, s(l1), s(l0), s(r0)]);
    into.add([s(l2), s(l1), s(l0), s(r0)]);
    into.add([s(l0), s(r0), s(r1), s(r2)]);
    into.add([remaining, s(l0), s(r0), 0]);
    into.add([length, l0.lower, s(r0), s(r1)]);
    into.add([s(l0), l1.lower, s(r0), 0]);
    into.add([l1.lower, l0.lower, r0.lower, 0]);
    into.add([s(l0), s(r0), r0.lower, length]);
    into.add([state, l0.lower, r0.lower, 0]);
}
