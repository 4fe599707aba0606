//! `init`, `ingest`, `rebuild`: the commands that write a store.

use super::engine;
use crate::args;
use crate::input::{self, Input};
use crate::interrupt;
use crate::outcome::Outcome;
use crate::output;
use crate::progress::Progress;
use anyhow::{Context, Result};
use demarche::record::Document;
use demarche::{ContentHash, Decided, Engine, Hints, ReadError, Told};
use demarche_store::{Added, Incoming, Store};
use rayon::prelude::*;
use std::sync::Arc;

/// Inputs that are read, analysed and committed together: enough to keep every core busy, few enough that a kill
/// loses little work.
const BATCH: usize = 32;

/// Makes an empty store or upgrades one.
pub fn init(options: &args::Init) -> Result<Outcome> {
    let path = &options.store.store;
    if options.upgrade {
        Store::open(path)?;
        output::note(&format!("{} has the newest schema.", path.display()));
    } else {
        Store::create(path)?;
        output::note(&format!("Made the empty store {}.", path.display()));
    }
    Ok(Outcome::Done)
}

/// Reads articles into a store.
pub fn run(options: &args::Ingest) -> Result<Outcome> {
    let reading = &options.inputs.reading;
    let input::Inputs { all: inputs, dates } = input::open(&options.inputs.paths, &options.inputs.reading)?;
    if inputs.iter().all(Result::is_err) {
        let faults: Vec<ReadError> = inputs.into_iter().filter_map(Result::err).collect();
        input::report(&faults);
        output::note("No input could be read; nothing was stored.");
        return Ok(Outcome::PartlyRead);
    }
    let engine = engine(reading.pack.as_deref(), reading.model.as_deref())?;
    interrupt::ask_to_stop();
    let mut store = Store::open_or_create(&options.store.store)?;
    let pool = threads(reading.threads)?;
    let all = inputs.len();
    let progress = Progress::new("Reading", reading.quiet);
    let mut total = Added::default();
    let mut faults = Vec::new();
    let mut said = Vec::new();
    let mut unread = false;
    let mut known = 0;
    let mut done = 0;
    let mut waiting = inputs.into_iter();
    loop {
        let batch: Vec<Input> = waiting.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        if interrupt::asked() {
            progress.finish();
            output::note(&format!(
                "Stopped: {done} of {all} inputs are stored; run the same command again to go on."
            ));
            return Ok(Outcome::Stopped);
        }
        done += batch.len();
        let mut fresh = Vec::new();
        for input in batch {
            match input {
                Ok((bytes, hints)) => {
                    let key = key(&bytes, &hints);
                    if store.has_input(key, engine.fingerprint())? {
                        known += 1;
                    } else {
                        fresh.push((key, bytes, hints));
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        let read = pool.install(|| read(&engine, fresh));
        let added = put(&mut store, &engine, &read)?;
        for told in read.iter().flat_map(|one| &one.told) {
            unread |= dates.unread(&told.analysis.document, !told.records.is_empty(), &mut said);
        }
        faults.extend(read.into_iter().flat_map(|one| one.faults));
        total.documents += added.documents;
        total.renewed += added.renewed;
        total.records += added.records;
        total.duplicates.extend(added.duplicates);
        progress.show(done, all);
    }
    progress.finish();
    across(&mut store, &engine)?;
    let partly = input::report(&faults) | unread;
    said.iter().for_each(|fault| output::warn(fault));
    for (copy, kept) in total.duplicates.iter().filter(|_| !reading.quiet) {
        output::note(&format!("{copy}: has the same text as {kept}; stored once"));
    }
    if !reading.quiet {
        let counts = store.counts()?;
        output::note(&format!(
            "{}, {} renewed, {} known already; {} now holds {}, {}, {}",
            output::count(total.documents, "new document"),
            total.renewed,
            output::count(known, "input"),
            options.store.store.display(),
            output::count(counts.documents as usize, "document"),
            output::count(counts.records as usize, "record"),
            output::count(counts.encounters as usize, "encounter")
        ));
    }
    Ok(if partly { Outcome::PartlyRead } else { Outcome::Done })
}

/// Makes derived records anew.
pub fn rebuild(options: &args::Rebuild) -> Result<Outcome> {
    let mut store = Store::open(&options.store.store)?;
    let engine = engine(options.pack.as_deref(), options.model.as_deref())?;
    let pool = threads(options.threads)?;
    interrupt::ask_to_stop();
    let outdated = store.outdated(if options.all { "" } else { engine.fingerprint() })?;
    let progress = Progress::new("Deriving", options.quiet);
    for (number, ids) in outdated.chunks(BATCH).enumerate() {
        if interrupt::asked() {
            progress.finish();
            output::note("Stopped: what was made anew is stored; run the same command again to go on.");
            return Ok(Outcome::Stopped);
        }
        let mut documents = Vec::new();
        for id in ids {
            documents.extend(store.document(id)?);
        }
        let told: Vec<Told> = pool
            .install(|| documents.into_par_iter().map(|document| engine.tell(Arc::new(document))).collect());
        if options.all {
            store.forget(ids)?;
        }
        let read = [Read { key: None, told, faults: Vec::new() }];
        put(&mut store, &engine, &read)?;
        progress.show(number * BATCH + ids.len(), outdated.len());
    }
    progress.finish();
    across(&mut store, &engine)?;
    for orphan in store.orphans()? {
        output::warn(&format!(
            "judgement {} ({} by {}) is about the {} {}, which is no longer found; it is kept: `demarche ls orphans`",
            orphan.number, orphan.action, orphan.who, orphan.target, orphan.key
        ));
    }
    if !options.quiet {
        let documents = output::count(outdated.len(), "document");
        output::note(&format!("Records of {documents} made anew."));
    }
    Ok(Outcome::Done)
}

fn threads(number: usize) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(number)
        .stack_size(16 << 20)
        .build()
        .context("the threads cannot be started; try --threads 1")
}

/// What one input gave.
struct Read {
    key: Option<(ContentHash, String)>,
    told: Vec<Told>,
    faults: Vec<ReadError>,
}

fn read(engine: &Engine, inputs: Vec<(ContentHash, Vec<u8>, Hints)>) -> Vec<Read> {
    inputs
        .into_par_iter()
        .map(|(key, bytes, hints)| {
            let mut documents: Vec<Document> = Vec::new();
            let mut faults = Vec::new();
            for document in engine.read_all(&bytes, &hints) {
                match document {
                    Ok(document) => documents.push(document),
                    Err(fault) => faults.push(fault),
                }
            }
            // An input with a fault is read again next time: the fault may be gone.
            let key = faults.is_empty().then_some((key, hints.file));
            let told = documents.into_par_iter().map(|document| engine.tell(Arc::new(document))).collect();
            Read { key, told, faults }
        })
        .collect()
}

/// Stores what was read, in one transaction.
fn put(store: &mut Store, engine: &Engine, read: &[Read]) -> Result<Added> {
    let told: Vec<(&Told, Vec<demarche_wire::TimeRow>)> =
        read.iter().flat_map(|one| &one.told).map(|told| (told, told.times())).collect();
    let incoming: Vec<Incoming<'_>> = told
        .iter()
        .map(|(told, times)| Incoming { document: &told.analysis.document, records: &told.records, times })
        .collect();
    let keys: Vec<(ContentHash, String)> = read.iter().filter_map(|one| one.key.clone()).collect();
    Ok(store.add(&incoming, &keys, engine.fingerprint())?)
}

/// Builds everything across documents anew, from the records as judged, if something has changed.
pub fn across(store: &mut Store, engine: &Engine) -> Result<()> {
    if store.is_stale()? {
        let documents: Vec<Arc<Document>> = store.documents()?.into_iter().map(Arc::new).collect();
        let judged = store.judged(store.records()?)?;
        let pairs = store.pairs()?;
        let decided = Decided { together: pairs.together, apart: pairs.apart };
        let ledger = engine.ledger_decided(&documents, &judged.records, &decided);
        store.replace_ledger(&ledger)?;
    }
    Ok(())
}

/// Everything that decides what an input becomes: its bytes, its name and what was declared of it.
fn key(bytes: &[u8], hints: &Hints) -> ContentHash {
    let declared = &hints.declared;
    let slots = [
        &declared.published,
        &declared.outlet,
        &declared.url,
        &declared.title,
        &declared.byline,
        &declared.language,
    ];
    let parts = [bytes, hints.file.as_bytes()].into_iter();
    ContentHash::of(parts.chain(slots.map(|slot| slot.as_deref().unwrap_or_default().as_bytes())))
}
