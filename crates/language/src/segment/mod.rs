//! Finds words and sentences: rules for what is certain, two small trained classifiers for the rest.
//!
//! Words follow Universal Dependencies (clitics are words). A sentence never crosses a block, a blank line or a line
//! break that is more than the wrapping of a line.

mod atoms;
mod fixed;
pub mod gaps;
mod lines;
pub mod weights;

use atoms::{Shape, atoms, hash_lower, word_shape};
use demarche_pack::abbreviations::Abbreviations;
use fixed::Fixed;
use gaps::{SoFar, Space, Token};
use weights::{BadWeights, Features, Weights};

static BUILTIN: &[u8] = include_bytes!("../../../../models/en/segment.bin");

/// Most words of a sentence; longer ones are cut where a sentence end is likeliest.
pub const MAX_WORDS: usize = 160;

/// Words behind an hour within which "time" stands: "Indian Standard Time".
const ZONE: usize = 4;

/// The splitter: weights of its classifiers.
#[derive(Clone)]
pub struct Splitter {
    weights: Weights,
}

impl std::fmt::Debug for Splitter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Splitter")
    }
}

/// The words of one sentence as byte ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Words in text order, never empty.
    pub words: Vec<(u32, u32)>,
    /// True if the sentence was cut only because it was too long.
    pub forced: bool,
}

/// Decides about one gap: takes the features and, for training, the byte of the gap.
pub trait Judge {
    /// Does a word begin at byte `at`, inside a run without white space?
    fn word(&mut self, features: &Features, at: u32) -> bool;
    /// How likely is it that a sentence begins at byte `at`? Positive means yes.
    fn sentence(&mut self, features: &Features, at: u32) -> i32;
}

impl Judge for &Splitter {
    fn word(&mut self, features: &Features, _at: u32) -> bool {
        features.score(&self.weights.words) > 0
    }
    fn sentence(&mut self, features: &Features, _at: u32) -> i32 {
        features.score(&self.weights.sentences)
    }
}

impl Splitter {
    /// The splitter that is built in.
    ///
    /// # Panics
    /// If the built-in weights are damaged; a test reads them.
    pub fn builtin() -> Self {
        Self::read(BUILTIN).expect("the built-in weights are read by a test")
    }

    /// Reads weights from the bytes of a `segment.bin`.
    pub fn read(bytes: &[u8]) -> Result<Self, BadWeights> {
        Weights::read(bytes).map(|weights| Self { weights })
    }

    /// The sentences of `text[start..end]`.
    pub fn split(&self, text: &str, start: usize, end: usize, abbreviations: &Abbreviations) -> Vec<Cut> {
        let mut judge = self;
        split_with(text, start, end, abbreviations, &mut judge)
    }
}

/// The sentences of `text[start..end]` by the decisions of a judge.
pub fn split_with(
    text: &str,
    start: usize,
    end: usize,
    abbreviations: &Abbreviations,
    judge: &mut impl Judge,
) -> Vec<Cut> {
    let mut found = Vec::new();
    for line in lines::logical_lines(&text[start..end]) {
        let tokens = tokens(text, start + line.start, start + line.end, abbreviations, judge);
        sentences(text, &tokens, judge, &mut found);
    }
    found
}

fn tokens(
    text: &str,
    start: usize,
    end: usize,
    abbreviations: &Abbreviations,
    judge: &mut impl Judge,
) -> Vec<Token> {
    let atoms = atoms(text, start, end);
    let mut tokens = Vec::with_capacity(atoms.len());
    let mut features = Features::default();
    let mut from = 0;
    while from < atoms.len() {
        let to = (from + 1..atoms.len()).find(|at| !atoms[*at].glued).unwrap_or(atoms.len());
        let rules = fixed::fix(text, &atoms[from..to], abbreviations);
        let mut first = from;
        for at in from + 1..=to {
            let split = at == to
                || match rules.before[at - from] {
                    Fixed::Split => true,
                    Fixed::Join => false,
                    Fixed::Open => {
                        gaps::word_features(
                            text,
                            &atoms,
                            at,
                            from..to,
                            at - first,
                            abbreviations,
                            &mut features,
                        );
                        judge.word(&features, atoms[at].start)
                    }
                };
            if split {
                let (begin, stop) = (atoms[first].start, atoms[at - 1].end);
                let cuts = rules.inside.iter().copied().filter(|cut| begin < *cut && *cut < stop);
                let whole = &text[begin as usize..stop as usize];
                let shape = word_shape(&atoms[first..at], whole);
                let mut piece = begin;
                for cut in cuts.chain([stop]) {
                    let word = &text[piece as usize..cut as usize];
                    tokens.push(Token {
                        start: piece,
                        end: cut,
                        lower: if whole.len() == word.len() && at - first == 1 {
                            atoms[first].lower
                        } else {
                            hash_lower(word)
                        },
                        shape,
                        glued: piece > begin || first > from,
                        abbreviation: gaps::abbreviation(word, abbreviations),
                    });
                    piece = cut;
                }
                first = at;
            }
        }
        from = to;
    }
    tokens
}

/// Marks that belong to the sentence they close.
fn closes(token: &Token) -> bool {
    token.glued
        && matches!(
            token.shape,
            Shape::Close | Shape::CloseQuote | Shape::Stop | Shape::Terminal | Shape::Comma
        )
}

fn terminal(token: &Token) -> bool {
    matches!(token.shape, Shape::Stop | Shape::Terminal | Shape::Dotted)
}

/// Can a sentence begin at token `at`?
fn candidate(tokens: &[Token], at: usize) -> bool {
    let (before, here) = (&tokens[at - 1], &tokens[at]);
    // "Rep. Doe": a title never ends a sentence before a name.
    let stopped =
        if before.shape == Shape::Stop { at.checked_sub(2).map(|it| &tokens[it]) } else { Some(before) };
    let titled = stopped.is_some_and(|it| it.abbreviation == gaps::BEFORE_NAME && it.shape != Shape::Lower)
        && matches!(here.shape, Shape::Title | Shape::Initial);
    if closes(here) || comma_in_marks(tokens, at) || titled {
        return false;
    }
    let closed = terminal(before)
        || (at > 1
            && matches!(before.shape, Shape::Close | Shape::CloseQuote | Shape::Apostrophe | Shape::Quote)
            && terminal(&tokens[at - 2]));
    if here.glued {
        return closed;
    }
    closed
        || !matches!(
            here.shape,
            Shape::Lower | Shape::LowerInitial | Shape::Comma | Shape::Stop | Shape::Close
        )
}

/// "“… the people,’” Doe said": a comma inside the closing marks before token `at` leads on.
fn comma_in_marks(tokens: &[Token], at: usize) -> bool {
    let mark = |token: &&Token| {
        token.glued && matches!(token.shape, Shape::CloseQuote | Shape::Apostrophe | Shape::Quote)
    };
    let marks = tokens[..at].iter().rev().take_while(mark).count();
    marks > 0 && tokens[..at - marks].last().is_some_and(|last| last.shape == Shape::Comma)
}

/// "About 2,500 | Turkish troops", "On 8 May 2,500 | Turkish troops": a figure that opens a sentence counts what follows.
fn counts(text: &str, so_far: &[Token]) -> bool {
    let Some(last) = so_far.last() else { return false };
    let grouped = || {
        let form = &text[last.start as usize..last.end as usize];
        form.contains(',') && form.chars().all(|letter| letter.is_ascii_digit() || letter == ',')
    };
    match so_far.len() {
        ..=2 => matches!(last.shape, Shape::Thousands | Shape::LongNumber | Shape::Compound),
        // A day and a month stand before it.
        3..=5 => {
            let shapes: Vec<Shape> = so_far[so_far.len() - 3..].iter().map(|token| token.shape).collect();
            let day = matches!(
                shapes[..2],
                [Shape::ShortNumber, Shape::Title] | [Shape::Title, Shape::ShortNumber]
            );
            day && grouped()
        }
        _ => false,
    }
}

/// "3:05 p.m. | Pakistan time": an hour goes on with the name of its time.
fn names_a_zone(text: &str, tokens: &[Token], at: usize) -> bool {
    let form = |token: &Token| &text[token.start as usize..token.end as usize];
    let half =
        tokens[..at].last().is_some_and(|it| matches!(form(it).to_lowercase().as_str(), "a.m." | "p.m."));
    let time = tokens[at..].iter().take(ZONE).position(|it| form(it).eq_ignore_ascii_case("time"));
    half && time.is_some_and(|time| {
        let names = &tokens[at..at + time];
        time > 0 && names.iter().all(|it| matches!(it.shape, Shape::Title | Shape::Upper))
    })
}

/// How much must speak for an end between two words with nothing but a blank between them.
const SURE: i32 = 40;

/// "the 16th BRICS | Summit": a word, a blank, a word.
fn runs_on(text: &str, tokens: &[Token], at: usize) -> bool {
    let (before, here) = (&tokens[at - 1], &tokens[at]);
    let word =
        |token: &Token| text[token.start as usize..token.end as usize].chars().all(char::is_alphanumeric);
    word(before) && word(here) && space(text, before, here) == Space::One
}

fn space(text: &str, before: &Token, here: &Token) -> Space {
    if here.glued {
        return Space::None;
    }
    let between = &text[before.end as usize..here.start as usize];
    match between.len() {
        _ if between.contains('\n') => Space::Wrap,
        0 | 1 => Space::One,
        _ => Space::Several,
    }
}

fn sentences(text: &str, tokens: &[Token], judge: &mut impl Judge, found: &mut Vec<Cut>) {
    let mut features = Features::default();
    let mut first = 0;
    let mut so_far = SoFar::default();
    // Where a sentence that grows too long had best be cut: (score, token).
    let mut best: Option<(i32, usize)> = None;
    let mut close = |first: usize, end: usize, forced: bool| {
        let words = tokens[first..end].iter().map(|token| (token.start, token.end)).collect();
        found.push(Cut { words, forced });
    };
    for at in 1..tokens.len() {
        so_far.push(&tokens[at - 1]);
        let mut score = i32::MIN;
        if candidate(tokens, at) && !counts(text, &tokens[first..at]) && !names_a_zone(text, tokens, at) {
            gaps::sentence_features(
                tokens,
                at,
                space(text, &tokens[at - 1], &tokens[at]),
                so_far,
                &mut features,
            );
            score = judge.sentence(&features, tokens[at].start);
        }
        let sure = if runs_on(text, tokens, at) { SURE } else { 0 };
        if score > sure {
            close(first, at, false);
            (first, so_far, best) = (at, SoFar::default(), None);
            continue;
        }
        if at - first > MAX_WORDS / 2 && best.is_none_or(|(held, _)| score >= held) {
            best = Some((score, at));
        }
        if at - first >= MAX_WORDS {
            let cut = best.map_or(at, |(_, cut)| cut);
            close(first, cut, true);
            so_far = SoFar::default();
            tokens[cut..at].iter().for_each(|token| so_far.push(token));
            (first, best) = (cut, None);
        }
    }
    if first < tokens.len() {
        close(first, tokens.len(), false);
    }
}

/// Do two words that touch belong to one surface token, as treebanks write clitics and contractions?
pub fn shares_token(before: &str, word: &str) -> bool {
    let low = word.to_lowercase().replace(['’', '‘', '`', '´'], "'");
    let letters = before.chars().next_back().is_some_and(char::is_alphanumeric);
    letters
        && (matches!(low.as_str(), "n't" | "'s" | "'m" | "'d" | "'re" | "'ve" | "'ll")
            || (low == "'" && before.ends_with(['s', 'S']))
            || word.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests;
