//! `show`: a document, record or encounter with its exact words.

use super::{Whole, open, style};
use crate::args::{self, Format};
use crate::mark::{Mark, snippet};
use crate::outcome::Outcome;
use crate::output;
use anyhow::Result;
use demarche::record::{Body, Document, Party, Record, Words};
use demarche_store::{Action, Found, Store, View};
use demarche_wire as wire;
use serde_json::Value;
use std::fmt::Write;

/// Shows what an id stands for.
pub fn run(options: &args::Show) -> Result<Outcome> {
    let store = open(&options.listing.store.store)?;
    let people = matches!(options.listing.format, Format::Table | Format::Md);
    let found = match store.find(&options.id)? {
        None => successor(&store, &options.id)?.map(Found::Encounter),
        found => found,
    };
    match found {
        None => {
            output::note(&format!(
                "Nothing in {} has the id or file name {:?}; `demarche ls records` lists ids.",
                store.path().display(),
                options.id
            ));
            return Ok(Outcome::Findings);
        }
        Some(Found::Document(document)) if people => output::print(&show_document(&document, &store)?)?,
        Some(Found::Document(document)) => {
            output::print(&wire::write_lines([wire::DocumentLine::from(&document)]))?
        }
        Some(Found::Record(record)) => {
            let document = store.document(&record.document.to_string())?;
            let document = document.ok_or_else(|| {
                anyhow::anyhow!(
                    "the document of record {} is missing; `demarche verify` tells more",
                    record.id
                )
            })?;
            if people {
                output::print(&show_record(&record, &document, &store)?)?;
            } else {
                output::print(&wire::write_lines([wire::RecordLine::new(&record, &document.file)]))?;
            }
        }
        Some(Found::Encounter(id)) => {
            let whole = Whole::of(&store)?;
            let encounter = whole.ledger.encounters.iter().find(|encounter| encounter.id == id);
            let encounter =
                encounter.ok_or_else(|| anyhow::anyhow!("encounter {id} is not in the ledger"))?;
            if people {
                output::print(&demarche_view::text(
                    &demarche_view::comparison_page(&whole.held(), encounter),
                    style(),
                ))?;
            } else {
                output::print(&wire::write_lines([wire::EncounterLine::from(encounter)]))?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn show_document(document: &Document, store: &Store) -> Result<String> {
    let mut out = String::new();
    let mut fact = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(out, "{name:<12}{value}");
        }
    };
    let published =
        document.published.edtf.as_ref().map(|edtf| format!("{} ({})", edtf.0, document.published.basis));
    fact("document", Some(&document.id.to_string()));
    fact("file", Some(&document.file));
    fact("title", document.title.as_deref());
    fact("outlet", document.outlet.as_deref());
    fact("byline", document.byline.as_deref());
    fact("agencies", Some(&document.agencies.join(", ")));
    fact("published", Some(published.as_deref().unwrap_or("unknown")));
    fact("genre", Some(document.genre.as_str()));
    fact("url", document.url.as_deref());
    for notice in &document.notices {
        fact("notice", Some(&format!("{} [{}]", notice.message, notice.code)));
    }
    out.push('\n');
    for (number, block) in document.blocks.iter().enumerate() {
        let _ = writeln!(
            out,
            "{:>3} {:<11} {}",
            number + 1,
            block.kind,
            document.text.slice(block.span).replace('\n', " ")
        );
    }
    out.push_str("\nrecords\n");
    let mut records = store.records()?;
    records.retain(|record| record.document == document.id);
    for record in &records {
        let _ = writeln!(
            out,
            "  {}  {:<11} {}",
            record.id,
            record.body.kind(),
            record.evidence.text.replace('\n', " ")
        );
    }
    Ok(out)
}

/// The encounter that has become of one which people merged with another or took a mention out of, since when its id is
/// no more; says so on standard error.
pub fn successor(store: &Store, id: &str) -> Result<Option<String>> {
    let decisions = View::named("judgements").expect("judgements is a public view");
    let begins = |why: &str| {
        let mut words = why.split(|letter: char| !letter.is_ascii_hexdigit());
        words.any(|word| word.len() == ID && word.starts_with(id))
    };
    let rows = store.rows(decisions, false)?;
    let text = |row: &serde_json::Map<String, Value>, column: &str| {
        row.get(column).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let decided = rows
        .iter()
        .rev()
        .find(|row| ["merge", "split"].contains(&text(row, "action").as_str()) && begins(&text(row, "why")));
    let Some(row) = decided.filter(|_| !id.is_empty()) else { return Ok(None) };
    // A split names the mention taken out, then one that stays.
    let mention = text(row, if text(row, "action") == "split" { "value" } else { "key" });
    let holds = |id: &demarche::record::RecordId| id.to_string() == mention;
    let now = store.ledger()?.encounters.into_iter().find(|it| it.mentions.iter().any(holds));
    if let Some(now) = &now {
        let (action, who) = (text(row, "action"), text(row, "who"));
        output::note(&format!(
            "{id} is no more since the {action} by {who}; shown is {}, which has become of it.",
            now.id
        ));
    }
    Ok(now.map(|now| now.id))
}

/// Hexadecimal digits of an id.
const ID: usize = 32;

/// A record as judged: its slots, who vouches for it, its words in their paragraph, what was decided about it. What a
/// person corrected comes first, what the program had found stands beside it.
pub fn show_record(record: &Record, document: &Document, store: &Store) -> Result<String> {
    let slots = slots(record);
    let mut marks = vec![Mark { words: &record.evidence, label: "evidence", main: true }];
    marks.extend(slots.iter().map(|(label, words)| Mark { words, label, main: false }));
    let kind = record.body.kind();
    let mut out = snippet(document, &format!("{kind} {}", record.id), &marks, &std::io::stdout());
    let mut fact = |name: &str, value: String| {
        let _ = writeln!(out, "  {name:<12}{value}");
    };
    let judged = store.judged(vec![record.clone()])?.records;
    let found = facts(record);
    let shown = judged.first().map_or_else(|| found.clone(), facts);
    for (name, value) in &shown {
        match found.iter().find(|(other, _)| other == name) {
            Some((_, derived)) if derived == value => fact(name, value.clone()),
            Some((_, derived)) => fact(name, format!("{value}  (corrected; the program found: {derived})")),
            None => fact(name, format!("{value}  (added; the program found none)")),
        }
    }
    for (name, derived) in found.iter().filter(|(name, _)| shown.iter().all(|(other, _)| other != name)) {
        fact(name, format!("unknown  (corrected; the program found: {derived})"));
    }
    fact("confidence", format!("{:.2} (of the extraction)", record.confidence));
    fact("made by", format!("{} {}; `demarche explain {1}`", record.made_by.extractor, record.made_by.rule));
    let source = document.outlet.clone().unwrap_or_else(|| "outlet unknown".to_owned());
    let published = document.published.edtf.as_ref().map_or("date unknown", |edtf| edtf.0.as_str());
    fact("source", format!("{} ({source}, {published}, {})", document.file, document.genre));
    for judgement in store.verdict(&record.id.to_string())?.all {
        let value = judgement
            .value
            .map(|value| if judgement.action == Action::Edit { slots_of(&value) } else { value });
        let more = [value, judgement.why].into_iter().flatten().collect::<Vec<_>>().join("; ");
        fact("judged", format!("{} by {} on {} {more}", judgement.action, judgement.who, judgement.at));
    }
    Ok(out)
}

/// What a person can correct of a record, by name.
fn facts(record: &Record) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    for (role, parties) in parties(record) {
        if !parties.is_empty() {
            facts.push((role, parties.iter().map(|party| named(party)).collect::<Vec<_>>().join("; ")));
        }
    }
    let when = record.when.as_ref().map(|when| format!("{} ({})", when.edtf.0, when.basis));
    facts.push(("when", when.unwrap_or_else(|| "unknown".to_owned())));
    let places: Vec<&str> =
        record.places.iter().map(|place| place.name.as_deref().unwrap_or(&place.words.text)).collect();
    if !places.is_empty() {
        facts.push(("where", places.join("; ")));
    }
    facts.extend(kind_facts(record));
    let chain: Vec<String> = record
        .attribution
        .iter()
        .map(|link| format!("{} ({})", link.party.as_ref().map_or("reportedly".to_owned(), named), link.how))
        .collect();
    let chain = if chain.is_empty() { "the article itself".to_owned() } else { chain.join(" > ") };
    facts.push(("vouched by", chain));
    facts.push(("status", format!("{}, {}, {}", record.status, record.voice, record.epoch)));
    facts
}

/// The slots without party, day or place that a person can correct.
fn kind_facts(record: &Record) -> Vec<(&'static str, String)> {
    match &record.body {
        Body::Quotation(it) => vec![("form", it.form.to_string())],
        Body::Contact(it) => vec![("medium", it.medium.to_string())],
        Body::Position(it) => vec![("stance", it.stance.to_string())],
        Body::Deployment(it) => {
            let mut facts = vec![("action", it.action.to_string())];
            let number = it.quantity.as_ref().and_then(|quantity| match (quantity.low, quantity.high) {
                (Some(low), Some(high)) if low == high => Some(low.to_string()),
                (Some(low), Some(high)) => Some(format!("{low} to {high}")),
                (Some(low), None) => Some(format!("at least {low}")),
                (None, Some(high)) => Some(format!("at most {high}")),
                (None, None) => None,
            });
            facts.extend(number.map(|number| ("number", number)));
            facts
        }
        Body::Forecast(_) | Body::Event(_) => Vec::new(),
    }
}

/// A correction for people: slot = value, names instead of whole parties.
fn slots_of(patch: &str) -> String {
    fn plain(value: &Value) -> String {
        match value {
            Value::Null => "unknown".to_owned(),
            Value::String(text) => text.clone(),
            Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join("; "),
            Value::Object(slots) => {
                let name = ["resolved", "edtf", "place"].iter().find_map(|key| slots.get(*key));
                let all = || slots.iter().map(|(key, it)| format!("{key} {}", plain(it))).collect::<Vec<_>>();
                name.map_or_else(|| all().join(", "), plain)
            }
            other => other.to_string(),
        }
    }
    match serde_json::from_str(patch) {
        Ok(Value::Object(slots)) => slots
            .iter()
            .map(|(slot, value)| format!("{slot} = {}", plain(value)))
            .collect::<Vec<_>>()
            .join(", "),
        _ => patch.to_owned(),
    }
}

fn named(party: &Party) -> String {
    let mut name = party.name().to_owned();
    if let (Some(_), Some(words)) = (&party.resolved, &party.words) {
        name = format!("{name} (\"{}\")", words.text);
    }
    party.actor.as_ref().map_or(name.clone(), |actor| format!("{name} [{actor}]"))
}

fn parties(record: &Record) -> Vec<(&'static str, Vec<&Party>)> {
    fn one(party: &Option<Party>) -> Vec<&Party> {
        party.iter().collect()
    }
    match &record.body {
        Body::Quotation(it) => vec![("speaker", one(&it.speaker)), ("addressee", one(&it.addressee))],
        Body::Contact(it) => vec![
            ("between", it.participants.iter().collect()),
            ("initiator", one(&it.initiator)),
            ("host", one(&it.host)),
        ],
        Body::Position(it) => vec![("holder", one(&it.holder)), ("addressee", one(&it.addressee))],
        Body::Deployment(it) => vec![("force", one(&it.force))],
        Body::Forecast(it) => vec![("forecaster", one(&it.forecaster)), ("subject", one(&it.subject))],
        Body::Event(it) => {
            vec![("actor", it.actor.iter().collect()), ("recipient", it.recipient.iter().collect())]
        }
    }
}

/// The words of the slots with their names.
fn slots(record: &Record) -> Vec<(String, Words)> {
    let mut slots: Vec<(String, Words)> = Vec::new();
    let mut add = |label: &str, words: Option<&Words>| {
        slots.extend(words.map(|words| (label.to_owned(), words.clone())))
    };
    for (role, parties) in parties(record) {
        for party in parties {
            add(role, party.words.as_ref());
        }
    }
    match &record.body {
        Body::Quotation(it) => {
            add("cue", it.cue.as_ref().map(|cue| &cue.words));
            it.content.iter().for_each(|words| add(it.form.as_str(), Some(words)));
        }
        Body::Contact(it) => {
            add(it.medium.as_str(), Some(&it.trigger));
            add("duration", it.duration.as_ref());
        }
        Body::Position(it) => add(it.stance.as_str(), Some(&it.content)),
        Body::Deployment(it) => {
            add("quantity", it.quantity.as_ref().map(|quantity| &quantity.words));
            add("unit", it.unit.as_ref());
            add("origin", it.origin.as_ref().map(|place| &place.words));
            add("destination", it.destination.as_ref().map(|place| &place.words));
        }
        Body::Forecast(it) => add("forecast", Some(&it.content)),
        Body::Event(it) => add("trigger", Some(&it.trigger)),
    }
    add("when", record.when.as_ref().and_then(|when| when.words.as_ref()));
    slots
}
