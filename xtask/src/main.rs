//! Chores of the project: training the splitter, scoring against gold, measuring speed.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a door to the terminal")]

#[cfg(feature = "records")]
mod across;
mod bench;
mod calibrate;
mod conllu;
mod lemmas;
mod parse;
mod pronouns;
mod quality;
mod score;
mod segmenter;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "xtask", about = "Chores of the demarche project")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Score the engine against gold data.
    Score(score::Options),
    /// Train the sentence splitter and write its weights.
    TrainSegmenter(segmenter::Options),
    /// Learn base forms and exceptions of inflection.
    TrainLemmas(lemmas::Options),
    /// Learn the weights by which pronouns are linked and print them as a source file.
    TrainPronouns(pronouns::Options),
    /// Parse a text file and print CoNLL-U with names.
    Parse(parse::Options),
    /// Measure words per core-second.
    Bench(bench::Options),
    /// Measure what every rule is worth and write packs/en/measured.toml.
    Calibrate(calibrate::Options),
    /// Run the scorers and write docs/quality.md.
    Quality(quality::Options),
}

fn main() -> Result<()> {
    match Cli::parse().chore {
        Chore::Score(options) => score::run(&options),
        Chore::TrainSegmenter(options) => segmenter::run(&options),
        Chore::TrainLemmas(options) => lemmas::run(&options),
        Chore::TrainPronouns(options) => pronouns::run(&options),
        Chore::Parse(options) => parse::run(&options),
        Chore::Bench(options) => bench::run(&options),
        Chore::Calibrate(options) => calibrate::run(&options),
        Chore::Quality(options) => quality::run(&options),
    }
}
