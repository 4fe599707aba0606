//! What a command came to, as an exit code.

/// How a command ended. Errors of usage or configuration are `anyhow::Error`s and end with [`Outcome::USAGE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, and the answer is "no" or there are findings.
    Findings,
    /// Done, but part of the input could not be read.
    PartlyRead,
    /// Stopped by Ctrl-C with everything stored so far kept.
    Stopped,
}

impl Outcome {
    /// Exit code of errors of usage or configuration.
    pub const USAGE: u8 = 2;

    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Findings => 1,
            Outcome::PartlyRead => 3,
            // What shells report for a program ended by SIGINT.
            Outcome::Stopped => 130,
        }
    }
}
