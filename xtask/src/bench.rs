//! Measures words per core-second, one thread, stage by stage.

use crate::conllu;
use anyhow::{Context, Result, bail};
use clap::Args;
use demarche_language::{Kit, analyse};
use demarche_pack::Pack;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Options of the chore.
#[derive(Args)]
pub struct Options {
    /// What to measure: language.
    what: String,
    /// A text file or a CoNLL-U file.
    path: PathBuf,
    /// Measure at most this many words.
    #[arg(long, default_value_t = 20_000)]
    words: usize,
    /// Folder of another language model.
    #[arg(long)]
    model: Option<PathBuf>,
}

/// Prints load time and words per second of every stage.
pub fn run(options: &Options) -> Result<()> {
    if options.what != "language" {
        bail!("nothing called {:?} can be measured: take language", options.what);
    }
    let texts: Vec<String> = if options.path.extension().is_some_and(|it| it == "conllu") {
        conllu::read(&options.path)?.into_iter().map(|document| document.text).collect()
    } else {
        vec![std::fs::read_to_string(&options.path).with_context(|| options.path.display().to_string())?]
    };
    let pack = Pack::builtin();
    let start = Instant::now();
    let kit = Kit::with(pack, options.model.as_deref())?;
    println!("model loaded in {} ms", start.elapsed().as_millis());
    let (mut words, mut whole, mut split) = (0usize, Duration::ZERO, Duration::ZERO);
    for text in &texts {
        if words >= options.words {
            break;
        }
        let start = Instant::now();
        kit.splitter.split(text, 0, text.len(), &kit.pack.abbreviations);
        split += start.elapsed();
        let document = demarche_testkit::document(text);
        let start = Instant::now();
        let analysis = analyse(document, &kit);
        whole += start.elapsed();
        words += analysis.words.len();
    }
    let rate = |spent: Duration| (words as f64 / spent.as_secs_f64()).round();
    println!("{words} words; words per second of wall time, one thread:");
    println!("words and sentences   {:>9}", rate(split));
    println!("raw text to the end   {:>9}", rate(whole));
    Ok(())
}
