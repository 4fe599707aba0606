//! Hand-made documents and records for the tests of this room.
#![allow(dead_code)]

use demarche_pack::Pack;
use demarche_record::*;
use demarche_text::{ContentHash, Text};
use std::sync::{Arc, LazyLock};

/// The built-in packs, read once.
pub static PACK: LazyLock<Pack> = LazyLock::new(Pack::builtin);

/// A report of an outlet on a day.
pub fn report(file: &str, day: &str, text: &str) -> Arc<Document> {
    let text = Text::new(text);
    Arc::new(Document {
        id: DocumentId(ContentHash::of([file.as_bytes(), text.as_str().as_bytes()])),
        file: file.to_owned(),
        url: None,
        title: None,
        byline: None,
        author_role: None,
        outlet: Some(format!("Outlet of {file}")),
        outlet_actor: None,
        agencies: Vec::new(),
        published: Published {
            edtf: Some(Edtf(day.to_owned())),
            basis: PublishedBasis::Declared,
            evidence: Vec::new(),
        },
        language: Some("en".to_owned()),
        genre: Genre::Report,
        genre_evidence: None,
        issuer: None,
        blocks: Vec::new(),
        raw_hash: ContentHash::of([file.as_bytes()]),
        version_of: None,
        notices: Vec::new(),
        text,
    })
}

/// The words of a document; the test fails if they do not stand there.
pub fn words(document: &Document, text: &str) -> Words {
    let at =
        document.text.as_str().find(text).unwrap_or_else(|| panic!("{text:?} stands in {}", document.file));
    Words::at(&document.text, document.text.span(at, at + text.len()).unwrap())
}

/// A party by its words; `actor` is a slug of the packs, or empty.
pub fn party(document: &Document, text: &str, actor: &str) -> Party {
    let actor = (!actor.is_empty()).then(|| ActorId(actor.to_owned()));
    let resolved = actor.as_ref().and_then(|actor| PACK.world.name_of(actor)).map(str::to_owned);
    Party { words: Some(words(document, text)), actor, resolved }
}

/// A record with a body on some evidence.
pub fn record(document: &Document, evidence: &str, body: Body) -> Record {
    Record {
        id: RecordId(ContentHash::of([b"".as_slice()])),
        document: document.id,
        evidence: words(document, evidence),
        when: None,
        places: Vec::new(),
        attribution: Vec::new(),
        status: Status::Occurred,
        voice: Voice::Report,
        epoch: Epoch::Current,
        confidence: 1.0,
        made_by: MadeBy { extractor: "test".to_owned(), rule: "test".to_owned(), kit: String::new() },
        plover: None,
        body,
    }
    .seal()
}

/// A contact with participants as (words, actor).
pub fn contact(
    document: &Document,
    evidence: &str,
    trigger: &str,
    who: &[(&str, &str)],
    medium: Medium,
    day: &str,
) -> Record {
    let mut made = record(
        document,
        evidence,
        Body::Contact(Contact {
            trigger: words(document, trigger),
            participants: who.iter().map(|(text, actor)| party(document, text, actor)).collect(),
            medium,
            initiator: None,
            host: None,
            duration: None,
            topics: Vec::new(),
            outcome: Vec::new(),
            also: Vec::new(),
        }),
    );
    if !day.is_empty() {
        made.when = Some(When { edtf: Edtf(day.to_owned()), basis: Basis::Relative, words: None });
    }
    made
}

/// A deployment with an exact figure, or one with other bounds.
pub fn figure(
    document: &Document,
    evidence: &str,
    force: (&str, &str),
    number: (&str, Option<f64>, Option<f64>),
    unit: &str,
    place: &str,
) -> Record {
    let modifier = number
        .0
        .split(|it: char| it.is_ascii_digit())
        .next()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase);
    record(
        document,
        evidence,
        Body::Deployment(Deployment {
            force: Some(party(document, force.0, force.1)),
            action: Action::Present,
            unit: Some(words(document, unit)),
            quantity: Some(Quantity {
                low: number.1,
                high: number.2,
                modifier,
                words: words(document, number.0),
            }),
            origin: None,
            destination: (!place.is_empty()).then(|| Place {
                words: words(document, place),
                name: Some(place.to_owned()),
                country: None,
                position: None,
                precision: None,
            }),
        }),
    )
}

/// A quotation or other statement's chain: said by a party.
pub fn said(mut record: Record, document: &Document, text: &str, actor: &str) -> Record {
    record.attribution.push(Link { party: Some(party(document, text, actor)), how: How::Said });
    record.seal()
}

/// The comparisons of a ledger as (relation, topic, left words, right words), for messages and checks.
pub fn rows(ledger: &Ledger) -> Vec<(String, String, String, String)> {
    let text = |words: &Option<Words>| words.as_ref().map(|words| words.text.clone()).unwrap_or_default();
    ledger
        .comparisons
        .iter()
        .map(|it| (it.relation.to_string(), it.topic.clone(), text(&it.left_words), text(&it.right_words)))
        .collect()
}

/// The rows that say `differs`.
pub fn differing(ledger: &Ledger) -> Vec<(String, String, String, String)> {
    rows(ledger).into_iter().filter(|row| row.0 == "differs").collect()
}
