//! The door to the terminal: flags, progress, exit codes. No rules and no SQL of its own.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the one room that talks to the terminal")]

mod args;
mod commands;
mod input;
mod interrupt;
mod listing;
mod mark;
mod outcome;
mod output;
mod progress;

use clap::Parser;
use outcome::Outcome;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match args::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; everything else is one of usage.
            let code = if error.use_stderr() { Outcome::USAGE } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    interrupt::handle();
    match commands::run(cli) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::fail(&error);
            ExitCode::from(Outcome::USAGE)
        }
    }
}
