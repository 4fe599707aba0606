//! Parses a text file and prints the analysis.

use anyhow::{Context, Result};
use clap::Args;
use demarche_language::{Format, Kit, analyse, render};
use demarche_pack::Pack;
use std::path::PathBuf;

/// Options of the chore.
#[derive(Args)]
pub struct Options {
    /// A text file; blank lines separate paragraphs.
    path: PathBuf,
    /// Folder of another language model.
    #[arg(long)]
    model: Option<PathBuf>,
    /// conllu, json or tree.
    #[arg(long, default_value = "conllu")]
    format: String,
}

/// Prints the analysis of a file.
pub fn run(options: &Options) -> Result<()> {
    let text = std::fs::read(&options.path).with_context(|| options.path.display().to_string())?;
    let text = String::from_utf8_lossy(&text);
    let kit = Kit::with(Pack::builtin(), options.model.as_deref())?;
    let analysis = analyse(demarche_testkit::document(&text), &kit);
    let format = match options.format.as_str() {
        "json" => Format::Json,
        "tree" => Format::Tree,
        _ => Format::Conllu,
    };
    print!("{}", render(&analysis, format));
    for notice in &analysis.notices {
        eprintln!("{}: {}", notice.code, notice.message);
    }
    Ok(())
}
