//! Trains the classifiers of the splitter on the words and sentences of CoNLL-U files.

use crate::conllu::{self, Document};
use anyhow::{Context, Result};
use clap::Args;
use demarche_language::segment::weights::{BITS, Features, Weights};
use demarche_language::segment::{Judge, split_with};
use demarche_pack::abbreviations::Abbreviations;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Options of the chore.
#[derive(Args)]
pub struct Options {
    /// Folder with ud-english-ewt and ud-english-gum.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// News passages of our own, one sentence a line, blank lines between paragraphs.
    #[arg(long, default_value = "train/annotations/sentences.txt")]
    own: PathBuf,
    /// Where to write the weights.
    #[arg(long, default_value = "models/en/segment.bin")]
    out: PathBuf,
    /// How much more a missed sentence end weighs than a wrong one.
    #[arg(long, default_value_t = 3.0)]
    missed: f32,
    /// Rounds over the data.
    #[arg(long, default_value_t = 8)]
    rounds: usize,
}

/// One decision to learn.
struct Example {
    features: Vec<u32>,
    yes: bool,
}

/// Answers from gold and writes down what was asked.
struct Teacher<'a> {
    words: &'a BTreeSet<u32>,
    sentences: &'a BTreeSet<u32>,
    asked_words: &'a mut Vec<Example>,
    asked_sentences: &'a mut Vec<Example>,
}

impl Judge for Teacher<'_> {
    fn word(&mut self, features: &Features, at: u32) -> bool {
        let yes = self.words.contains(&at);
        self.asked_words.push(Example { features: features.at.clone(), yes });
        yes
    }
    fn sentence(&mut self, features: &Features, at: u32) -> i32 {
        let yes = self.sentences.contains(&at);
        self.asked_sentences.push(Example { features: features.at.clone(), yes });
        if yes { 1 } else { -1 }
    }
}

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
    fn percent(&mut self, share: u64) -> bool {
        self.next() % 100 < share
    }
}

/// Ways in which the same text is written elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Variant {
    AsIs,
    /// Curly quotation marks and apostrophes for straight ones, or the other way round.
    OtherQuotes,
    /// Everything in capitals.
    Capitals,
    /// Some blanks after full stops lost.
    LostBlanks,
}

pub fn run(options: &Options) -> Result<()> {
    let mut documents = Vec::new();
    for part in ["ud-english-ewt/train.conllu", "ud-english-gum/train-open.conllu"] {
        documents.extend(conllu::read(&options.data.join(part))?);
    }
    let abbreviations = Abbreviations::parse(&demarche_pack::builtin_files(), "en")
        .map_err(|faults| anyhow::anyhow!("{}", faults[0]))?;
    let (mut words, mut sentences) = (Vec::new(), Vec::new());
    let mut dice = Dice(20_261_124);
    for document in &documents {
        let mut learn = |variant| {
            let (text, word_starts, sentence_starts) = write(document, variant, &mut dice);
            let mut teacher = Teacher {
                words: &word_starts,
                sentences: &sentence_starts,
                asked_words: &mut words,
                asked_sentences: &mut sentences,
            };
            split_with(&text, 0, text.len(), &abbreviations, &mut teacher);
        };
        learn(Variant::AsIs);
        learn(Variant::OtherQuotes);
        if document.id.len() % 12 == 0 {
            learn(Variant::Capitals);
        }
        if document.id.len() % 4 == 0 {
            learn(Variant::LostBlanks);
        }
    }
    let word_weights = train(&mut words, options.rounds, 1.0, &mut dice);
    let own = std::fs::read_to_string(&options.own).with_context(|| options.own.display().to_string())?;
    for _ in 0..8 {
        let (text, starts) = write_own(&own);
        let mut judge = OwnWords { words: &word_weights, sentences: &starts, asked: &mut sentences };
        split_with(&text, 0, text.len(), &abbreviations, &mut judge);
    }
    let weights = Weights {
        words: word_weights,
        sentences: train(&mut sentences, options.rounds, options.missed, &mut dice),
    };
    std::fs::write(&options.out, weights.write()).with_context(|| options.out.display().to_string())
}

/// For passages of our own: words by what was just learnt, sentences by the passage.
struct OwnWords<'a> {
    words: &'a [i8],
    sentences: &'a BTreeSet<u32>,
    asked: &'a mut Vec<Example>,
}

impl Judge for OwnWords<'_> {
    fn word(&mut self, features: &Features, _at: u32) -> bool {
        features.score(self.words) > 0
    }
    fn sentence(&mut self, features: &Features, at: u32) -> i32 {
        let yes = self.sentences.contains(&at);
        self.asked.push(Example { features: features.at.clone(), yes });
        if yes { 1 } else { -1 }
    }
}

/// One line a sentence becomes running text with known sentence starts.
fn write_own(own: &str) -> (String, BTreeSet<u32>) {
    let (mut text, mut starts) = (String::new(), BTreeSet::new());
    for line in own.lines().filter(|line| !line.starts_with('#')) {
        if line.trim().is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        } else {
            starts.insert(text.len() as u32);
            text.push_str(line.trim());
            text.push(' ');
        }
    }
    (text, starts)
}

/// The text of a document in a variant, with the starts of its words and sentences.
fn write(document: &Document, variant: Variant, dice: &mut Dice) -> (String, BTreeSet<u32>, BTreeSet<u32>) {
    let mut text = String::new();
    let (mut words, mut sentences) = (BTreeSet::new(), BTreeSet::new());
    let mut open = false;
    for (number, sentence) in document.sentences.iter().enumerate() {
        if sentence.paragraph && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
            open = false;
        }
        sentences.insert(text.len() as u32);
        for (place, token) in sentence.tokens.iter().enumerate() {
            let forms: Vec<&str> =
                sentence.rows[token.words.clone()].iter().map(|row| row.form.as_str()).collect();
            let forms = if forms.concat() == token.form { forms } else { vec![token.form.as_str()] };
            for form in forms {
                words.insert(text.len() as u32);
                text.push_str(&respell(form, variant, &mut open));
            }
            let last = place + 1 == sentence.tokens.len();
            let next = document.sentences.get(number + 1).and_then(|next| next.tokens.first());
            let begins = next
                .is_some_and(|next| next.form.starts_with(|c: char| c.is_uppercase()) && next.form.len() > 1);
            let loses =
                variant == Variant::LostBlanks && last && token.form == "." && begins && dice.percent(15);
            if token.space_after && !loses {
                text.push(' ');
            }
        }
    }
    (text, words, sentences)
}

fn respell(form: &str, variant: Variant, open: &mut bool) -> String {
    match variant {
        Variant::AsIs | Variant::LostBlanks => form.to_owned(),
        Variant::Capitals => form.to_uppercase(),
        Variant::OtherQuotes => {
            let mut respelt = String::new();
            for c in form.chars() {
                respelt.push(match c {
                    '"' => {
                        *open = !*open;
                        if *open { '“' } else { '”' }
                    }
                    '“' | '”' => '"',
                    '\'' => '’',
                    '’' | '‘' => '\'',
                    _ => c,
                });
            }
            respelt
        }
    }
}

/// Share of the features, in percent, that is left out of every step.
const DROPPED: u64 = 25;

/// Logistic regression with a step size of its own for every weight, rounded to small integers.
fn train(examples: &mut [Example], rounds: usize, missed: f32, dice: &mut Dice) -> Vec<i8> {
    let size = 1usize << BITS;
    let (mut weights, mut seen) = (vec![0f32; size], vec![1e-6f32; size]);
    let mut sum = vec![0f64; size];
    let mut kept = Vec::new();
    for round in 0..rounds {
        for at in (1..examples.len()).rev() {
            examples.swap(at, dice.next() as usize % (at + 1));
        }
        let mut wrong = 0usize;
        for example in examples.iter() {
            // Leaving out some features keeps single words from deciding alone.
            kept.clear();
            kept.extend(example.features.iter().copied().filter(|_| !dice.percent(DROPPED)));
            let score: f32 = kept.iter().map(|at| weights[*at as usize]).sum();
            let chance = 1.0 / (1.0 + (-score).exp());
            wrong += usize::from((score > 0.0) != example.yes);
            let slope = if example.yes { missed * (chance - 1.0) } else { chance };
            if slope.abs() < 0.001 {
                continue;
            }
            for at in &kept {
                let at = *at as usize;
                let pull = slope + 2e-5 * weights[at];
                seen[at] += pull * pull;
                weights[at] -= 0.15 * pull / seen[at].sqrt();
            }
        }
        println!("round {}: {wrong} of {} wrong", round + 1, examples.len());
        if round * 2 >= rounds {
            sum.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += f64::from(*weight));
        }
    }
    let largest = sum.iter().fold(0f64, |most, it| most.max(it.abs())).max(1e-9);
    sum.iter().map(|weight| (weight / largest * 127.0).round() as i8).collect()
}
