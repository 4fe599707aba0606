//! Measures words per core-second, one thread, stage by stage.

use crate::conllu;
use anyhow::{Context, Result, bail};
use clap::Args;
use demarche_language::{Kit, analyse, analyse_cut};
use demarche_pack::Pack;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Options of the chore.
#[derive(Args)]
pub struct Options {
    /// What to measure: language, articles (every stage from bytes to ledger), or across (what many documents cost).
    what: String,
    /// language: a text file or a CoNLL-U file; articles: a folder of texts and pages; across: a folder of texts.
    path: PathBuf,
    /// Measure at most this many words.
    #[arg(long, default_value_t = 20_000)]
    words: usize,
    /// across: so many documents are made.
    #[arg(long, default_value_t = 20_000)]
    documents: usize,
    /// Folder of another language model.
    #[arg(long)]
    model: Option<PathBuf>,
}

/// How often splitting is repeated.
const SPLITS: u32 = 50;
/// How often records are found in one document: once is too fast to be timed.
#[cfg(feature = "records")]
const FINDS: u32 = 20;

/// Prints load time and words per second of every stage.
pub fn run(options: &Options) -> Result<()> {
    match options.what.as_str() {
        "language" => {}
        #[cfg(feature = "records")]
        "articles" => return articles(options),
        #[cfg(feature = "records")]
        "across" => return crate::across::run(&options.path, options.documents, |work| spent(work)),
        other => bail!("nothing called {other:?} can be measured: take language, articles or across"),
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
    let (mut words, mut split, mut parsed, mut whole) =
        (0usize, Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for text in &texts {
        if words >= options.words {
            break;
        }
        let document = demarche_testkit::document(text);
        let cut = || kit.splitter.split(text, 0, text.len(), &kit.pack.abbreviations);
        // Splitting is too fast to be timed once.
        split += spent(|| (1..SPLITS).for_each(|_| drop(cut()))) / SPLITS;
        let cuts: Vec<_> = cut().into_iter().map(|cut| cut.words).collect();
        parsed += spent(|| drop(analyse_cut(document.clone(), &kit, cuts)));
        let mut found = 0;
        whole += spent(|| found = analyse(document, &kit).words.len());
        words += found;
    }
    let rate = |spent: Duration| (words as f64 / spent.as_secs_f64().max(1e-6)).round();
    println!("{words} words; words per core-second, one thread ({}):", instructions());
    println!("words and sentences                   {:>9}", rate(split));
    println!("tags, trees, lemmas, names            {:>9}", rate(parsed));
    println!("raw text to the end of the analysis   {:>9}", rate(whole));
    Ok(())
}

/// Words of the article that figures are given for.
#[cfg(feature = "records")]
const ARTICLE: f64 = 500.0;

/// Prints what each stage from bytes to ledger costs, one thread, in articles of 500 words per core-second.
#[cfg(feature = "records")]
fn articles(options: &Options) -> Result<()> {
    use demarche::{Engine, Hints, Limits, files};
    use std::sync::Arc;

    let start = Instant::now();
    let engine = Engine::with(Vec::new(), options.model.as_deref())?;
    println!("packs and model loaded in {} ms", start.elapsed().as_millis());
    let (mut read, mut analysed, mut extracted) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let (mut documents, mut records, mut words) = (Vec::new(), Vec::new(), 0usize);
    let (mut sentences, mut alone) = (0usize, vec![Duration::ZERO; demarche_extract::EXTRACTORS.len()]);
    for input in files::walk(std::slice::from_ref(&options.path), Limits::default()) {
        if words >= options.words {
            break;
        }
        let Ok(input) = input else { continue };
        let mut found = Vec::new();
        read += spent(|| found = engine.read_all(&input.bytes, &Hints::named(input.file)));
        for document in found.into_iter().flatten().map(Arc::new) {
            let mut analysis = None;
            analysed += spent(|| analysis = Some(demarche_language::analyse(document.clone(), engine.kit())));
            let Some(analysis) = analysis else { continue };
            let extract = || demarche_extract::extract(&analysis, &engine.kit().pack, engine.fingerprint());
            extracted += spent(|| (1..FINDS).for_each(|_| drop(extract()))) / (FINDS - 1);
            records.extend(extract());
            for (extractor, alone) in demarche_extract::EXTRACTORS.iter().zip(&mut alone) {
                *alone += spent(|| {
                    let pack = &engine.kit().pack;
                    demarche_extract::extract_one(*extractor, &analysis, pack, engine.fingerprint());
                });
            }
            words += analysis.words.len();
            sentences += analysis.sentences.len();
            documents.push(document);
        }
    }
    let mut ledger = demarche_record::Ledger::default();
    let across = spent(|| ledger = engine.ledger(&documents, &records));
    println!(
        "{} documents, {words} words, {} records, {} encounters; articles of 500 words per core-second ({}):",
        documents.len(),
        records.len(),
        ledger.encounters.len(),
        instructions()
    );
    let all = read + analysed + extracted + across;
    let stages = [
        ("bytes to document", read),
        ("language", analysed),
        ("records, trees given", extracted),
        ("across documents", across),
        ("files to ledger", all),
    ];
    for (name, spent) in stages {
        println!("{name:<28}{:>10.1}", words as f64 / ARTICLE / spent.as_secs_f64().max(1e-6));
    }
    println!("each kind of record alone, with the layer of speech that it reads:");
    for (extractor, spent) in demarche_extract::EXTRACTORS.iter().zip(alone) {
        let rate = words as f64 / ARTICLE / spent.as_secs_f64().max(1e-6);
        println!("{:<28}{rate:>10.1}", extractor.name());
    }
    let rate = sentences as f64 / extracted.as_secs_f64().max(1e-6);
    println!("sentences per core-second, all records, trees given: {rate:.0}");
    Ok(())
}

/// Processor time of a piece of work, all threads of the process together; time on the clock where the system does not
/// tell.
fn spent(work: impl FnOnce()) -> Duration {
    let (before, clock) = (processor_time(), Instant::now());
    work();
    match (before, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => clock.elapsed(),
    }
}

/// Processor time of the process so far: the sum over its threads, in nanoseconds, as Linux tells it.
fn processor_time() -> Option<Duration> {
    let threads = std::fs::read_dir("/proc/self/task").ok()?;
    let mut sum = 0;
    for thread in threads.flatten() {
        let line = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        sum += line.split_whitespace().next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(sum))
}

/// The widest instruction set the network can use here.
fn instructions() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512vnni") {
            return "AVX-512 VNNI";
        }
        if is_x86_feature_detected!("avx2") {
            return "AVX2";
        }
    }
    std::env::consts::ARCH
}
