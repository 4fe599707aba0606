//! The command line: commands, options, help.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Reads news reports and keeps a ledger of who met whom, who said what, who demands what and which forces move,
/// each line with the exact words that it rests on.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// All commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and write documents, records and everything across documents as JSON lines.
    Analyze(Analyze),
}

/// What to read.
#[derive(Args, Debug)]
pub struct Inputs {
    /// Files, folders (with everything below them), or - for standard input.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// What is known of the files: one JSON object a line with file, published, outlet, url, title.
    /// A metadata.jsonl beside the files is used without being named.
    #[arg(long, value_name = "FILE")]
    pub metadata: Option<PathBuf>,
    /// Publication date of the inputs for which neither metadata nor a sidecar gives one.
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Largest input in bytes, after unpacking.
    #[arg(long, value_name = "N", default_value_t = 64 << 20)]
    pub max_bytes: u64,
    /// Threads; 0 uses every core. The result does not depend on it.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Say nothing but faults.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `analyze`.
#[derive(Args, Debug)]
pub struct Analyze {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Folder for the results; made if it does not exist.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}
