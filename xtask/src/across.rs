//! Measures what is built across documents: copies, stories, encounters and comparisons together, and whether a document
//! costs more the more are held.

use crate::score::clusters::document;
use crate::score::copies::{Dice, collect};
use anyhow::{Result, bail};
use demarche_pack::Pack;
use demarche_record::{
    ActorId, Basis, Body, Contact, Document, Edtf, Epoch, MadeBy, Medium, Party, Record, RecordId, Status,
    Voice, When, Words,
};
use demarche_text::ContentHash;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Documents of the first and of the last measured part.
const PART: usize = 1_000;
/// Documents of one day.
const DAILY: usize = 40;
/// People who speak to each other.
const PEOPLE: [(&str, &str); 8] = [
    ("Macron", "emmanuel-macron"),
    ("Putin", "vladimir-putin"),
    ("Zelensky", "volodymyr-zelenskyy"),
    ("Erdogan", "recep-tayyip-erdogan"),
    ("Modi", "narendra-modi"),
    ("Aliyev", "ilham-aliyev"),
    ("Pashinyan", "nikol-pashinyan"),
    ("Vucic", "aleksandar-vucic"),
];

/// Prints documents per core-second for so many documents made of the sentences of the texts in a folder, and what the last
/// thousand cost against the first.
pub fn run(folder: &Path, documents: usize, spent: impl Fn(&mut dyn FnMut()) -> Duration) -> Result<()> {
    let mut texts = Vec::new();
    collect(folder, &mut texts)?;
    let sentences: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split_inclusive(['.', '\n']))
        .map(str::trim)
        .filter(|sentence| sentence.split_whitespace().count() >= 6)
        .collect();
    if sentences.len() < 50 || documents < 2 * PART {
        bail!("at least fifty sentences and {} documents are needed", 2 * PART);
    }
    let pack = Pack::builtin();
    let mut dice = Dice(0xACC0_2026);
    let mut made: Vec<(Arc<Document>, Record)> = Vec::new();
    for number in 0..documents {
        let next = one(&sentences, number, &made, &mut dice);
        made.push(next);
    }
    let held: Vec<Arc<Document>> = made.iter().map(|it| it.0.clone()).collect();
    let records: Vec<Record> = made.iter().map(|it| it.1.clone()).collect();
    let copies =
        |count: usize| spent(&mut || drop(demarche_ledger::copies::find(&held[..count]))).as_secs_f64();
    let linked = |count: usize| {
        spent(&mut || drop(demarche_ledger::link(&held[..count], &records[..count], &pack))).as_secs_f64()
    };
    let mut encounters = 0;
    let mut built = |count: usize| {
        let whole = &mut || {
            encounters = demarche_ledger::build(&held[..count], &records[..count], &pack).encounters.len();
        };
        spent(whole).as_secs_f64()
    };
    // The first run reads what is read once.
    built(PART);
    let (first, first_built) = (linked(PART), built(PART));
    let (before, all) = (linked(documents - PART), linked(documents));
    let (copied, all_built) = (copies(documents), built(documents));
    println!("{documents} documents, {encounters} encounters; documents per core-second:");
    println!("copies                                       {:>9.0}", documents as f64 / copied);
    println!("copies, stories, encounters                  {:>9.0}", documents as f64 / all);
    println!("the same with comparisons, figures, threads  {:>9.0}", documents as f64 / all_built);
    println!("copies, stories, encounters, microseconds each:");
    println!("of the first thousand                        {:>9.0}", first * 1e6 / PART as f64);
    println!(
        "of the last thousand                         {:>9.0}",
        (all - before).max(0.0) * 1e6 / PART as f64
    );
    println!(
        "mean of all against the first thousand       {:>9.2}",
        all / documents as f64 / (first / PART as f64)
    );
    let ratio = all_built / documents as f64 / (first_built / PART as f64);
    println!("the same with comparisons, figures, threads  {ratio:>9.2}");
    Ok(())
}

/// A document of its day: three in four are new, one is an edited copy of an earlier one. Each tells of a call.
fn one(
    sentences: &[&str],
    number: usize,
    before: &[(Arc<Document>, Record)],
    dice: &mut Dice,
) -> (Arc<Document>, Record) {
    let day = day(number / DAILY);
    let (caller, called) = (dice.below(PEOPLE.len()), dice.below(PEOPLE.len() - 1));
    let called = if called >= caller { called + 1 } else { called };
    let lead = format!("{} spoke by phone with {} on {day}.", PEOPLE[caller].0, PEOPLE[called].0);
    let earlier = before.len().min(400);
    let body = if earlier > 0 && dice.below(4) == 0 {
        let original = before[before.len() - 1 - dice.below(earlier)].0.text.as_str();
        original.split_inclusive(". ").skip(1).filter(|_| dice.below(10) > 0).collect::<String>()
    } else {
        // Sentences from all over with their words mixed, so that two new texts share no more than words.
        (0..14 + dice.below(14))
            .map(|_| {
                let (one, two) =
                    (sentences[dice.below(sentences.len())], sentences[dice.below(sentences.len())]);
                let half = |text: &str, first: bool| {
                    let words: Vec<&str> = text.split_whitespace().collect();
                    let (left, right) = words.split_at(words.len() / 2);
                    if first { left.join(" ") } else { right.join(" ") }
                };
                format!("{} {} ", half(one, true), half(two, false))
            })
            .collect()
    };
    let made = document(&format!("d{number}"), None, Some(&day), &format!("{lead} {body}"));
    let record = contact(&made, &lead, &day, [PEOPLE[caller], PEOPLE[called]]);
    (made, record)
}

/// The day after so many days from the first of January 2020, with months of twenty-eight days.
fn day(number: usize) -> String {
    format!("{:04}-{:02}-{:02}", 2020 + number / 336, number / 28 % 12 + 1, number % 28 + 1)
}

fn contact(document: &Document, lead: &str, day: &str, who: [(&str, &str); 2]) -> Record {
    let words = |text: &str| {
        let at = lead.find(text).unwrap_or(0);
        document.text.span(at, at + text.len()).map(|span| Words::at(&document.text, span))
    };
    let whole = document.text.span(0, lead.len()).map(|span| Words::at(&document.text, span));
    let evidence = whole.unwrap_or_else(|| Words::at(&document.text, document.text.whole()));
    let participants = who
        .iter()
        .map(|(name, actor)| Party {
            words: words(name),
            actor: Some(ActorId((*actor).to_owned())),
            resolved: Some((*name).to_owned()),
        })
        .collect();
    Record {
        id: RecordId(ContentHash::of([b"".as_slice()])),
        document: document.id,
        evidence: evidence.clone(),
        when: Some(When { edtf: Edtf(day.to_owned()), basis: Basis::Stated, words: None }),
        places: Vec::new(),
        attribution: Vec::new(),
        status: Status::Occurred,
        voice: Voice::Report,
        epoch: Epoch::Current,
        confidence: 1.0,
        made_by: MadeBy { extractor: "bench".to_owned(), rule: "bench".to_owned(), kit: String::new() },
        plover: None,
        body: Body::Contact(Contact {
            trigger: words("spoke").unwrap_or(evidence),
            participants,
            medium: Medium::Call,
            initiator: None,
            host: None,
            duration: None,
            topics: Vec::new(),
            outcome: Vec::new(),
            also: Vec::new(),
        }),
    }
    .seal()
}
