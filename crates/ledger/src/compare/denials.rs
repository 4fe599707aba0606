//! Disagreements that a text itself reports, outside of encounters too: a claim and the denial that follows it.

use super::telling::teller;
use super::{Verdict, comparison, matter};
use crate::held::Held;
use crate::id_of;
use crate::prose;
use demarche_pack::topics::WordList;
use demarche_record::{Body, Comparison, Document, Epoch, Record, Relation, Stance, Status, Voice};

/// Sentences before a denial in which the denied claim may stand.
const REACH: usize = 3;
/// All such disagreements, document by document.
pub(crate) fn reported(held: &Held<'_>) -> Vec<Comparison> {
    let mut found = Vec::new();
    for document in &held.documents {
        let mut made: Vec<Comparison> = Vec::new();
        for (number, (start, end)) in held.sentences(document.id).iter().enumerate() {
            let list = WordList::new(&document.text.as_str()[*start..*end]);
            // "neither confirmed nor denied" is silence.
            let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
            if words
                .windows(2)
                .any(|two| matches!(two, ["nor" | "or", "denied" | "deny" | "denies" | "denying"]))
            {
                continue;
            }
            let says = held.topics.disagreement.find(&list).into_iter().next().filter(|hit| {
                // "Accounts of it differ" announces claims that follow, and points at none before.
                let words = document.text.as_str()[start + hit.start..start + hit.end].to_lowercase();
                !words.contains("accounts") && !words.contains("versions")
            });
            let records: Vec<&Record> = held
                .records_of(document.id)
                .filter(|record| is_inside(record, *start, *end) && is_told(record))
                .collect();
            let denial = records.iter().copied().find(|record| denies(record));
            let (record, why, rule) = match (denial, says) {
                (Some(record), _) => {
                    (record, "The text itself reports the denial.".to_owned(), "says-so-denial")
                }
                (None, Some(hit)) => {
                    let words = &document.text.as_str()[start + hit.start..start + hit.end];
                    // The claim that is set against the one before: the last record of the sentence.
                    let Some(record) =
                        records.iter().copied().max_by_key(|record| (record.evidence.start_byte, record.id))
                    else {
                        continue;
                    };
                    (record, format!("The text itself says so: “{words}”."), "says-so")
                }
                (None, None) => continue,
            };
            let Some(claim) = claim_before(held, document, number, record, rule == "says-so", &list) else {
                continue;
            };
            let mut row = comparison(
                Verdict { relation: Relation::SaysSoItself, topic: topic(held, claim), why, rule },
                (claim.id, &claim.evidence),
                Some((record.id, &record.evidence)),
            );
            row.id = id_of([rule, &claim.id.to_string(), &record.id.to_string()]);
            made.push(row);
        }
        found.extend(made);
    }
    found
}

fn is_inside(record: &Record, start: usize, end: usize) -> bool {
    (record.evidence.start_byte as usize) < end && start < record.evidence.end_byte as usize
}

fn is_told(record: &Record) -> bool {
    record.voice == Voice::Report && record.epoch == Epoch::Current
}

fn denies(record: &Record) -> bool {
    match &record.body {
        Body::Position(position) => position.stance == Stance::Denial,
        Body::Quotation(quotation) => quotation.cue.as_ref().is_some_and(|cue| cue.reading == "deny"),
        _ => record.status == Status::Denied,
    }
}

/// The nearest claim of another teller before a denial that it can be about.
fn claim_before<'a>(
    held: &Held<'a>,
    document: &Document,
    number: usize,
    denial: &Record,
    pointed: bool,
    list: &WordList,
) -> Option<&'a Record> {
    let sentences = held.sentences(document.id);
    let from = sentences[number.saturating_sub(REACH)].0;
    let (start, end) = sentences[number];
    let own = held.claimant(denial).unwrap_or_else(|| teller(held, document.id, start, end));
    let about: Vec<&str> = matter(denial).iter().map(|words| words.text.as_str()).collect();
    let about = prose::content(held.telling, &about.join(" "));
    let pointer =
        list.words().iter().find(|(word, ..)| held.telling.claims.has(word)).map(|(word, ..)| word.as_str());
    let counts = pointer.is_some_and(|word| held.telling.counted_claims.has(word));
    held.records_of(document.id)
        .filter(|record| is_told(record) && !denies(record) && !matches!(record.body, Body::Contact(_)))
        .filter(|record| {
            record.evidence.start_byte as usize >= from
                && (record.evidence.end_byte <= denial.evidence.start_byte)
        })
        .filter(|record| held.claimant(record).is_some_and(|side| side.key != own.key))
        .filter(|record| {
            let text = &record.evidence.text;
            let stems = prose::content(held.telling, text);
            let shared = prose::overlap(&about, &stems) >= 0.5
                && about.intersection(&stems).count() >= about.len().clamp(1, 2);
            let number = text.chars().any(|it| it.is_ascii_digit())
                || matches!(&record.body, Body::Deployment(it) if it.quantity.is_some());
            pointed
                || shared
                || pointer.is_some()
                    && (!counts
                        || number
                        || text.split_whitespace().any(|word| prose::number(&[word]).is_some()))
        })
        .max_by_key(|record| (record.evidence.start_byte, std::cmp::Reverse(record.body.kind()), record.id))
}

fn topic(held: &Held<'_>, claim: &Record) -> String {
    let text: Vec<&str> = matter(claim).iter().map(|words| words.text.as_str()).collect();
    let text = text.join(" ");
    let list = WordList::new(&text);
    held.topics
        .themes(&list)
        .first()
        .map_or_else(|| super::matters::heading(held, claim), |topic| topic.name.clone())
}
