//! `who`: what an actor said, whom it met, what it demands.

use super::open;
use crate::args::{self, Format};
use crate::listing::Rows;
use crate::outcome::Outcome;
use crate::output;
use anyhow::{Result, bail};
use demarche::Pack;
use demarche::record::{ActorId, Day, Record};
use demarche_store::{RecordQuery, Store};
use demarche_wire as wire;
use std::collections::{BTreeMap, BTreeSet};

/// Lists the records of an actor.
pub fn run(options: &args::Who) -> Result<Outcome> {
    let store = open(&options.listing.store.store)?;
    let pack = Pack::builtin();
    let mut kinds: Vec<&str> = Vec::new();
    let mut roles: Vec<&str> = Vec::new();
    if options.said {
        kinds.extend(["quotation", "forecast"]);
        roles.extend(["speaker", "forecaster"]);
    }
    if options.met {
        kinds.push("contact");
        roles.extend(["participant", "initiator", "host"]);
    }
    if options.demanded {
        kinds.push("position");
        roles.push("holder");
    }
    if options.form.is_some() || options.reading.is_some() {
        kinds = vec!["quotation"];
    }
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let query = RecordQuery {
        actors: slugs(&options.actor, &pack),
        name: Some(plain(&options.actor).to_owned()),
        roles: owned(roles),
        about: options.about.clone(),
        to: options
            .to
            .iter()
            .flat_map(|to| slugs(to, &pack).into_iter().chain([plain(to).to_owned()]))
            .collect(),
        since: options.since.as_deref().map(day).transpose()?,
        until: options.until.as_deref().map(day).transpose()?,
        form: options.form.clone(),
        reading: options.reading.clone(),
        // What somebody believes or intends is not said; it is shown if it is asked for.
        spoken: options.said && options.form.is_none() && options.reading.is_none(),
        kinds: owned(kinds),
    };
    let records = store.select(&query)?;
    if let Some(reading) = options.reading.as_ref().filter(|_| records.is_empty()) {
        known_reading(reading, &pack, &store)?;
    }
    let mut files = BTreeMap::new();
    for record in &records {
        if let std::collections::btree_map::Entry::Vacant(e) = files.entry(record.document) {
            let document = store.document(&record.document.to_string())?;
            e.insert(document.map(|document| document.file).unwrap_or_default());
        }
    }
    let file = |record: &Record| files.get(&record.document).cloned().unwrap_or_default();
    match options.listing.format {
        Format::Jsonl => {
            output::print(&wire::write_lines(records.iter().map(|it| wire::RecordLine::new(it, &file(it)))))?;
        }
        Format::Json => {
            let lines: Vec<_> = records.iter().map(|it| wire::RecordLine::new(it, &file(it))).collect();
            output::print(&format!("{}\n", serde_json::to_string_pretty(&lines)?))?;
        }
        other => {
            let rows = records
                .iter()
                .map(|record| {
                    vec![
                        record.when.as_ref().map(|when| when.edtf.0.clone()).into(),
                        record.body.kind().to_string().into(),
                        record
                            .parties()
                            .iter()
                            .map(|party| party.name())
                            .collect::<Vec<_>>()
                            .join("; ")
                            .into(),
                        record.evidence.text.clone().into(),
                        file(record).into(),
                        record.id.to_string().into(),
                    ]
                })
                .collect();
            Rows::of(&["when", "kind", "parties", "evidence", "file", "id"], rows).print(other)?;
        }
    }
    if records.is_empty() {
        output::note(&format!("Nothing about {:?} fits in {}.", options.actor, store.path().display()));
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Done)
}

/// Refuses a reading that neither the packs nor a quotation of the store has.
fn known_reading(reading: &str, pack: &Pack, store: &Store) -> Result<()> {
    let any = RecordQuery { reading: Some(reading.to_owned()), ..RecordQuery::default() };
    let readings: BTreeSet<&str> = pack
        .cues
        .all()
        .iter()
        .filter(|cue| cue.speech.as_str() != "none")
        .map(|cue| cue.reading.as_str())
        .collect();
    if !readings.contains(reading) && store.select(&any)?.is_empty() {
        let all: Vec<&str> = readings.into_iter().collect();
        bail!("{reading:?} is no reading of a cue; choose one of {}", all.join(", "));
    }
    Ok(())
}

/// A name without its article.
fn plain(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// The slugs that a name can mean in the packs; a slug means itself.
pub fn slugs(name: &str, pack: &Pack) -> Vec<String> {
    let world = &pack.world;
    let mut found: Vec<String> = world.senses(name).map(|sense| sense.actor.0.clone()).collect();
    found.extend(world.with_surname(name).iter().map(|actor| actor.0.clone()));
    let slug = ActorId(name.to_owned());
    if world.name_of(&slug).is_some()
        || world.offices().iter().any(|office| office.id == name)
        || name.starts_with("x-")
    {
        found.push(name.to_owned());
    }
    found.sort();
    found.dedup();
    found
}

/// A day as the store compares it.
pub fn day(text: &str) -> Result<String> {
    let parts: Vec<Option<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
    let day = match parts.as_slice() {
        [Some(year), Some(month), Some(day)] => Day::new(*year as i32, *month, *day),
        _ => None,
    };
    match day {
        Some(day) => Ok(day.to_string()),
        None => bail!("{text:?} is no day; write YYYY-MM-DD, as in 2022-01-28"),
    }
}
