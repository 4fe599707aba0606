//! Puts records into words of ours: names, dates, chains of attribution, numbers.

use crate::Run;
use demarche_record::{Basis, Link, Party, Quantity, Quotation, Record, Status, When};

/// Name of a party, "unknown" where the text names nobody.
pub fn name(party: Option<&Party>) -> String {
    party.map_or_else(|| "unknown".to_owned(), |party| party.name().to_owned())
}

/// Names of several parties: "A, B and C".
pub fn names(parties: &[Party]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for party in parties {
        if !all.contains(&party.name()) {
            all.push(party.name());
        }
    }
    match all.as_slice() {
        [] => "parties not named".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Who vouches: "according to the Kremlin, which quotes Vladimir Putin"; empty for the article's own voice.
pub fn chain(links: &[Link]) -> Option<String> {
    if links.is_empty() {
        return None;
    }
    let all: Vec<String> = links
        .iter()
        .map(|link| {
            link.party.as_ref().map_or_else(|| "unnamed reports".to_owned(), |party| party.name().to_owned())
        })
        .collect();
    Some(format!("according to {}", all.join(" ← ")))
}

/// Words between a cue and what it governs that belong to the cue: "called on Russia to …".
const GOVERNING: &[&str] = &["about", "against", "for", "of", "on", "to", "upon", "with"];

/// The words of a quotation's cue, with the preposition behind them that the content goes on from.
pub fn cue(held: &crate::Held<'_>, record: &Record, quotation: &Quotation) -> String {
    let Some(cue) = &quotation.cue else { return String::new() };
    let words = &cue.words;
    let next =
        quotation.content.iter().filter(|it| it.start_byte >= words.end_byte).map(|it| it.start_byte).min();
    let text = held.document(record).map(|document| document.text.as_str()).unwrap_or_default();
    let between =
        next.and_then(|next| text.get(words.end_byte as usize..next as usize)).unwrap_or_default().trim();
    if GOVERNING.contains(&between) { format!("{} {between}", words.text) } else { words.text.clone() }
}

/// A date for people: "28 Jan 2022", "about Feb 2022", "28 Jan (year unknown)".
pub fn date(when: &When) -> String {
    edtf(&when.edtf.0)
}

/// An EDTF date for people.
pub fn edtf(edtf: &str) -> String {
    if let Some((from, to)) = edtf.split_once('/') {
        return match (from, to) {
            ("..", to) | ("", to) => format!("until {}", point(to)),
            (from, "..") | (from, "") => format!("from {}", point(from)),
            (from, to) => format!("{} – {}", point(from), point(to)),
        };
    }
    point(edtf)
}

const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn point(date: &str) -> String {
    let bare = date.trim_end_matches(['~', '?', '%']);
    let approximate = if bare.len() < date.len() { "about " } else { "" };
    let day = bare.split('T').next().unwrap_or(bare);
    let mut parts = day.split('-');
    let year = match parts.next().unwrap_or_default() {
        "XXXX" => "(year unknown)".to_owned(),
        year => year.to_owned(),
    };
    let month = parts
        .next()
        .and_then(|month| month.parse::<usize>().ok())
        .and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    let day = parts.next().and_then(|day| day.parse::<u8>().ok());
    match (month, day) {
        (Some(month), Some(day)) => format!("{approximate}{day} {month} {year}"),
        (Some(month), None) => format!("{approximate}{month} {year}"),
        _ => format!("{approximate}{year}"),
    }
}

/// How sure a date is, where it is not stated.
pub fn basis(when: &When) -> Option<&'static str> {
    match when.basis {
        Basis::Stated => None,
        Basis::YearInferred => Some("year inferred"),
        Basis::Relative => Some("counted from the text's date"),
        Basis::Document => Some("date of the article"),
    }
}

/// A label for a status that is not plainly so.
pub fn status(status: Status) -> Option<Run> {
    match status {
        Status::Occurred => None,
        other => Some(Run::Badge(other.to_string())),
    }
}

/// A quantity as the text has it.
pub fn quantity(quantity: &Quantity) -> String {
    quantity.words.text.clone()
}

/// The first words of a text, for lists.
pub fn shortened(text: &str, most: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(most) {
        None => flat,
        Some((at, _)) => {
            let cut = flat[..at].rfind(' ').unwrap_or(at);
            format!("{} …", &flat[..cut])
        }
    }
}

/// A key by which records of unknown date come last.
pub fn date_key(record: &Record) -> (bool, String) {
    let first = record.when.as_ref().map(|when| {
        let bounds = when.edtf.bounds().and_then(|bounds| bounds.first.or(bounds.last));
        bounds.map_or_else(|| format!("9998{}", when.edtf.0), |day| day.to_string())
    });
    (first.is_none(), first.unwrap_or_default())
}
