//! Round trips of the wire forms.

use super::*;
use demarche_record::*;
use demarche_text::{ContentHash, Text};
use proptest::prelude::*;

fn any_hash() -> impl Strategy<Value = ContentHash> {
    any::<u64>().prop_map(|seed| ContentHash::of([seed.to_le_bytes().as_slice()]))
}

fn any_words() -> impl Strategy<Value = Words> {
    ("[a-zé “”\"\\\\]{1,12}", 0u32..5000).prop_map(|(text, start)| Words {
        start_byte: start,
        end_byte: start + text.len() as u32,
        start,
        end: start + text.chars().count() as u32,
        text,
    })
}

fn any_party() -> impl Strategy<Value = Party> {
    (prop::option::of(any_words()), prop::option::of("[a-z]{3}"), prop::option::of("[A-Z][a-z]{2,8}"))
        .prop_map(|(words, actor, resolved)| Party { words, actor: actor.map(ActorId), resolved })
}

fn any_place() -> impl Strategy<Value = Place> {
    let position = prop::option::of((-90.0f64..90.0, -180.0f64..180.0));
    let precision = prop::option::of(prop::sample::select(Precision::ALL));
    (any_words(), prop::option::of("[A-Z]{3}"), position, precision).prop_map(
        |(words, country, position, precision)| Place {
            name: country.clone(),
            words,
            country,
            position,
            precision,
        },
    )
}

fn any_quantity() -> impl Strategy<Value = Quantity> {
    (prop::option::of(0.0f64..1e9), prop::option::of(0.0f64..1e9), any_words()).prop_map(
        |(low, high, words)| Quantity { low, high, modifier: low.map(|_| "about".to_owned()), words },
    )
}

fn any_body() -> impl Strategy<Value = Body> {
    let party = || prop::option::of(any_party());
    let words = || prop::option::of(any_words());
    let many = || prop::collection::vec(any_words(), 0..3);
    let parties = || prop::collection::vec(any_party(), 0..3);
    prop_oneof![
        (party(), words(), many(), party(), prop::sample::select(Form::ALL), words()).prop_map(
            |(speaker, cue, content, addressee, form, medium)| Body::Quotation(Quotation {
                speaker,
                cue: cue.map(|words| Cue { words, lemma: "say".to_owned(), reading: "assert".to_owned() }),
                content,
                addressee,
                form,
                medium,
            })
        ),
        (any_words(), parties(), prop::sample::select(Medium::ALL), party(), words(), many(), many())
            .prop_map(|(trigger, participants, medium, initiator, duration, topics, also)| Body::Contact(
                Contact {
                    trigger,
                    participants,
                    medium,
                    host: initiator.clone(),
                    initiator,
                    duration,
                    outcome: also.clone(),
                    topics,
                    also,
                }
            )),
        (party(), prop::sample::select(Stance::ALL), party(), any_words(), prop::option::of(any_hash()))
            .prop_map(|(holder, stance, addressee, content, answers)| Body::Position(Position {
                holder,
                stance,
                addressee,
                content,
                answers: answers.map(RecordId),
            })),
        (
            party(),
            prop::sample::select(Action::ALL),
            words(),
            prop::option::of(any_quantity()),
            prop::option::of(any_place())
        )
            .prop_map(|(force, action, unit, quantity, place)| Body::Deployment(Deployment {
                force,
                action,
                unit,
                quantity,
                origin: place.clone(),
                destination: place,
            })),
        (party(), any_words(), words()).prop_map(|(forecaster, content, horizon)| Body::Forecast(Forecast {
            subject: forecaster.clone(),
            forecaster,
            content,
            modality: horizon.as_ref().map(|_| "may".to_owned()),
            horizon: horizon.map(|words| (words, Edtf("2022-02".to_owned()))),
        })),
        (any_words(), parties(), parties()).prop_map(|(trigger, actor, recipient)| Body::Event(Event {
            trigger,
            actor,
            recipient
        })),
    ]
}

prop_compose! {
    fn any_record()(
        id in any_hash(),
        document in any_hash(),
        evidence in any_words(),
        when in prop::option::of((prop::sample::select(Basis::ALL), prop::option::of(any_words()))),
        places in prop::collection::vec(any_place(), 0..2),
        chain in prop::collection::vec((prop::option::of(any_party()), prop::sample::select(How::ALL)), 0..3),
        status in prop::sample::select(Status::ALL),
        voice in prop::sample::select(Voice::ALL),
        epoch in prop::sample::select(Epoch::ALL),
        confidence in 0.0f32..1.0,
        plover in prop::option::of((prop::sample::select(EventType::ALL), prop::option::of("[a-z]{3,6}"))),
        body in any_body(),
    ) -> Record {
        Record {
            id: RecordId(id),
            document: DocumentId(document),
            evidence,
            when: when.map(|(basis, words)| When { edtf: Edtf("2022-01-28".to_owned()), basis, words }),
            places,
            attribution: chain.into_iter().map(|(party, how)| Link { party, how }).collect(),
            status,
            voice,
            epoch,
            confidence,
            made_by: MadeBy { extractor: "e".to_owned(), rule: "r".to_owned(), kit: "k".to_owned() },
            plover: plover.map(|(kind, mode)| Plover { kind, mode, contexts: vec!["military".to_owned()] }),
            body,
        }
    }
}

proptest! {
    #[test]
    fn records_survive_the_way_out_and_in(records in prop::collection::vec(any_record(), 1..4)) {
        let text = write_lines(records.iter().map(|record| RecordLine::new(record, "a.txt")));
        let back: Vec<RecordLine> = read_lines("records.jsonl", &text).unwrap();
        let back: Vec<Record> = back.into_iter().map(|line| line.into_record().unwrap().0).collect();
        prop_assert_eq!(back, records);
    }
}

fn id(name: &str) -> ContentHash {
    ContentHash::of([name.as_bytes()])
}

#[test]
fn a_document_survives_the_way_out_and_in() {
    let text = Text::new("Élysée\n\nThe president spoke.");
    let words = Words::at(&text, text.span(0, 8).unwrap());
    let document = Document {
        id: DocumentId(id("d")),
        file: "a.txt".to_owned(),
        url: None,
        title: Some("Élysée".to_owned()),
        byline: None,
        author_role: None,
        outlet: Some("Le Monde".to_owned()),
        outlet_actor: Some(ActorId("le-monde".to_owned())),
        agencies: vec!["AFP".to_owned()],
        published: Published {
            edtf: Some(Edtf("2022-02-07".to_owned())),
            basis: PublishedBasis::Dateline,
            evidence: vec![words.clone()],
        },
        language: Some("en".to_owned()),
        genre: Genre::Readout,
        genre_evidence: Some(words),
        issuer: Some("Élysée".to_owned()),
        blocks: vec![Block { kind: BlockKind::Headline, span: text.span(0, 8).unwrap() }],
        raw_hash: id("raw"),
        version_of: None,
        notices: vec![Notice { code: "c".to_owned(), message: "m".to_owned(), span: text.span(10, 13) }],
        text,
    };
    let out = write_lines([DocumentLine::from(&document)]);
    let back: Vec<DocumentLine> = read_lines("documents.jsonl", &out).unwrap();
    let back = back[0].clone().into_document().unwrap();
    assert_eq!(format!("{back:?}"), format!("{document:?}"));
}

#[test]
fn what_is_built_across_documents_survives() {
    let record = RecordId(id("r"));
    let party =
        Party { words: None, actor: Some(ActorId("fra".to_owned())), resolved: Some("France".to_owned()) };
    let encounter = Encounter {
        id: "e".to_owned(),
        participants: vec![party.clone()],
        medium: Medium::Call,
        when: Some(When { edtf: Edtf("2022".to_owned()), basis: Basis::Stated, words: None }),
        mentions: vec![record],
        independent_sources: 1,
        accounts: vec![Account {
            by: Some(party),
            through: "statement".to_owned(),
            full_text: true,
            opinion: false,
            items: vec![record],
        }],
        reasons: vec!["same two".to_owned()],
    };
    let line: Vec<EncounterLine> =
        read_lines("encounters.jsonl", &write_lines([EncounterLine::from(&encounter)])).unwrap();
    assert_eq!(line[0].clone().into_encounter().unwrap(), encounter);

    let comparison = Comparison {
        id: "c".to_owned(),
        encounter: None,
        topic: "duration".to_owned(),
        relation: Relation::Refines,
        left: record,
        right: None,
        left_words: None,
        right_words: None,
        why: "w".to_owned(),
        rule: "r".to_owned(),
    };
    let line: Vec<ComparisonLine> =
        read_lines("comparisons.jsonl", &write_lines([ComparisonLine::from(&comparison)])).unwrap();
    assert_eq!(line[0].clone().into_comparison().unwrap(), comparison);

    let link = CopyLink {
        original: DocumentId(id("a")),
        copy: DocumentId(id("b")),
        kind: CopyKind::Excerpt,
        containment: 0.75,
    };
    let group =
        CopyGroup { id: "g".to_owned(), documents: vec![link.original, link.copy], links: vec![link] };
    assert_eq!(CopyGroupLine::from(&group).into_group().unwrap(), group);

    let series = FigureSeries {
        id: "f".to_owned(),
        actor: None,
        title: "t".to_owned(),
        figures: vec![Figure {
            record,
            low: Some(3e4),
            high: None,
            modifier: Some("at least".to_owned()),
            unit: "soldiers".to_owned(),
            claimant: "NATO".to_owned(),
            as_of: Some(Edtf("2022-02-03".to_owned())),
        }],
        remarks: vec!["not additive".to_owned()],
    };
    assert_eq!(FigureSeriesLine::from(&series).into_series().unwrap(), series);
}

#[test]
fn faults_name_the_row_the_field_and_the_remedy() {
    let text = "{\"id\":\"x\"}\n";
    let error = read_lines::<RecordLine>("records.jsonl", &format!("\n{text}")).unwrap_err();
    assert!(error.to_string().starts_with("records.jsonl:2: "), "{error}");

    let line = PartyLine { text: Some("Macron".to_owned()), ..PartyLine::default() };
    let error = line.into_party("r1").unwrap_err().to_string();
    assert!(error.contains("row r1") && error.contains("start_byte"), "{error}");
}

#[test]
fn a_party_that_is_not_spelled_out_has_null_and_no_offsets() {
    let party = Party { words: None, actor: None, resolved: Some("Emmanuel Macron".to_owned()) };
    let text = serde_json::to_string(&PartyLine::from(&party)).unwrap();
    assert_eq!(text, r#"{"text":null,"actor":null,"resolved":"Emmanuel Macron"}"#);
}
