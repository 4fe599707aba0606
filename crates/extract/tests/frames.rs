//! Runs the examples and counterexamples of every frame of the packs: an example must give a record of the frame's
//! kind with the words that it names; a counterexample must give none by this frame.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_pack::frames::Frame;
use demarche_record::{Body, Kind, Record};
use demarche_testkit::document;

fn records(kit: &Kit, text: &str) -> Vec<Record> {
    extract(&analyse(document(text), kit), &kit.pack, "test")
}

/// The words or values of a record's slot, for comparing with an example.
fn slot(record: &Record, name: &str) -> Vec<String> {
    let party = |party: &Option<demarche_record::Party>| -> Vec<String> {
        party.iter().filter_map(|party| party.words.as_ref()).map(|words| words.text.clone()).collect()
    };
    let parties = |parties: &[demarche_record::Party]| -> Vec<String> {
        parties.iter().filter_map(|party| party.words.as_ref()).map(|words| words.text.clone()).collect()
    };
    let place = |place: &Option<demarche_record::Place>| -> Vec<String> {
        place.iter().map(|place| place.words.text.clone()).collect()
    };
    match (name, &record.body) {
        ("status", _) => vec![record.status.to_string()],
        ("place", _) => record.places.iter().map(|place| place.words.text.clone()).collect(),
        ("participants", Body::Contact(it)) => parties(&it.participants),
        ("host", Body::Contact(it)) => party(&it.host),
        ("medium", Body::Contact(it)) => vec![it.medium.to_string()],
        ("duration", Body::Contact(it)) => it.duration.iter().map(|words| words.text.clone()).collect(),
        ("topics", Body::Contact(it)) => it.topics.iter().map(|words| words.text.clone()).collect(),
        ("holder", Body::Position(it)) => party(&it.holder),
        ("addressee", Body::Position(it)) => party(&it.addressee),
        ("content", Body::Position(it)) => vec![it.content.text.clone()],
        ("force", Body::Deployment(it)) => party(&it.force),
        ("action", Body::Deployment(it)) => vec![it.action.to_string()],
        ("unit", Body::Deployment(it)) => it.unit.iter().map(|words| words.text.clone()).collect(),
        ("quantity", Body::Deployment(it)) => it.quantity.iter().map(|it| it.words.text.clone()).collect(),
        ("origin", Body::Deployment(it)) => place(&it.origin),
        ("destination", Body::Deployment(it)) => place(&it.destination),
        ("actor", Body::Event(it)) => parties(&it.actor),
        ("recipient", Body::Event(it)) => parties(&it.recipient),
        _ => Vec::new(),
    }
}

fn shown(frame: &Frame, found: &[Record]) -> Vec<String> {
    let mut missing = Vec::new();
    let of_kind: Vec<&Record> = found.iter().filter(|record| record.body.kind() == frame.kind).collect();
    if of_kind.is_empty() {
        return vec![format!("no {}", frame.kind)];
    }
    for example in &frame.examples {
        for (name, words) in &example.find {
            let all: Vec<String> = of_kind.iter().flat_map(|record| slot(record, name)).collect();
            if !all.iter().any(|found| found == words) {
                missing.push(format!("{name} {words:?}, found {all:?}"));
            }
        }
    }
    missing
}

/// Share of examples in which everything is found. A floor that only rises; the network reads the sentences, so that
/// a single one may fail for its tree.
const EXAMPLES: f64 = 0.85;
/// Share of counterexamples in which the frame stays silent.
const COUNTEREXAMPLES: f64 = 0.88;
/// The same for the frames of contacts.
const CONTACTS: f64 = 0.9;
const NO_CONTACTS: f64 = 0.9;

#[test]
fn frames_find_their_examples_and_leave_their_counterexamples() {
    let kit = Kit::builtin().expect("the model is built in");
    let (mut right, mut all, mut silent, mut counter) = (0, 0, 0, 0);
    // Right, all, silent, counterexamples of the frames of contacts.
    let mut contacts = [0; 4];
    for frame in kit.pack.frames.all() {
        for example in &frame.examples {
            let one = Frame { examples: vec![example.clone()], ..frame.clone() };
            let missing = shown(&one, &records(&kit, &example.text));
            all += 1;
            right += usize::from(missing.is_empty());
            if frame.kind == Kind::Contact {
                contacts[0] += usize::from(missing.is_empty());
                contacts[1] += 1;
            }
            if !missing.is_empty() {
                println!("{}: {:?}\n    {}", frame.id, example.text, missing.join("; "));
            }
        }
        for text in &frame.counterexamples {
            counter += 1;
            let wrong = records(&kit, text).iter().any(|record| record.made_by.rule == frame.id);
            silent += usize::from(!wrong);
            if frame.kind == Kind::Contact {
                contacts[2] += usize::from(!wrong);
                contacts[3] += 1;
            }
            if wrong {
                println!("{}: misfires in {text:?}", frame.id);
            }
        }
    }
    println!("examples {right} of {all}, counterexamples silent {silent} of {counter}");
    println!("contacts {contacts:?}");
    assert!(contacts[0] as f64 >= CONTACTS * contacts[1] as f64, "contact examples {contacts:?}");
    assert!(contacts[2] as f64 >= NO_CONTACTS * contacts[3] as f64, "contact counterexamples {contacts:?}");
    assert!(right as f64 >= EXAMPLES * all as f64, "{right} of {all} examples");
    assert!(silent as f64 >= COUNTEREXAMPLES * counter as f64, "{silent} of {counter} counterexamples");
}
