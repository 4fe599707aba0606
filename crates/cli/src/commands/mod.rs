//! One module per command; each takes its options and says what it came to.

mod analyze;

use crate::args::{Cli, Command};
use crate::outcome::Outcome;
use anyhow::Result;

/// Runs a command.
pub fn run(cli: Cli) -> Result<Outcome> {
    match cli.command {
        Command::Analyze(options) => analyze::run(&options),
    }
}
