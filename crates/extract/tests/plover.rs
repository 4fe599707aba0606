//! PLOVER codes of records of several kinds, read from sentences (rules: docs/plover.md).

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{EventType, Kind};
use demarche_testkit::document;

/// Sentence, kind of record, code that one of its records must have.
const CASES: &[(&str, Kind, EventType)] = &[
    ("Armenia's foreign minister met his Turkish counterpart in Kars.", Kind::Contact, EventType::Consult),
    (
        "Armenia's foreign minister will meet his Turkish counterpart in Kars.",
        Kind::Contact,
        EventType::Agree,
    ),
    (
        "Japanese and Philippine troops held a joint exercise off Palawan.",
        Kind::Deployment,
        EventType::Cooperate,
    ),
    ("Uganda withdrew 800 soldiers from Bunia.", Kind::Deployment, EventType::Retreat),
    ("Uganda will withdraw 800 soldiers from Bunia.", Kind::Deployment, EventType::Concede),
    ("Ecuador lifted the curfew in Guayaquil.", Kind::Event, EventType::Retreat),
    ("Japan suspended aid to Myanmar.", Kind::Event, EventType::Sanction),
    ("Ankara launched an attack on Kurdish fighters.", Kind::Event, EventType::Assault),
    ("The militia threatened to bomb the port of Hodeidah.", Kind::Event, EventType::Threaten),
    ("Quito refused to extradite the general to Lima.", Kind::Event, EventType::Reject),
    ("Norway agreed to share intelligence with Finland.", Kind::Event, EventType::Agree),
    ("The chancellor said the rebels must leave the mine.", Kind::Event, EventType::Request),
    ("Canada imposed sanctions on six Haitian politicians.", Kind::Event, EventType::Sanction),
    ("Nepal's government donated 40 ambulances to Bhutan.", Kind::Event, EventType::Aid),
];

#[test]
fn records_carry_the_code_of_the_plain_type() {
    let kit = Kit::builtin().expect("the model is built in");
    let mut wrong = Vec::new();
    for (text, kind, code) in CASES {
        let records = extract(&analyse(document(text), &kit), &kit.pack, "test");
        let codes: Vec<EventType> = records
            .iter()
            .filter(|record| record.body.kind() == *kind)
            .filter_map(|record| record.plover.as_ref().map(|plover| plover.kind))
            .collect();
        if !codes.contains(code) {
            wrong.push(format!("{text} {kind}: {codes:?}, not {code}"));
        }
    }
    // The network reads the sentences: one may fail for its tree.
    assert!(wrong.len() <= 1, "{wrong:#?}");
}
