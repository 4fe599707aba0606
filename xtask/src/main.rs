//! Chores of the project: training the splitter, scoring against gold, measuring speed.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a door to the terminal")]

mod conllu;

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
}

fn main() -> Result<()> {
    match Cli::parse().chore {
        Chore::Score(options) => score::run(&options),
        Chore::TrainSegmenter(options) => segmenter::run(&options),
    }
}
