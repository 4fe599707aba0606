//! Runs the examples of the words that set what is told in another age: whatever takes place in an example belongs to
//! the age that it names.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{Edtf, Epoch, Kind};
use demarche_testkit::document;

#[test]
fn examples_of_ages_are_told_of_their_age() {
    let kit = Kit::builtin().expect("the model is built in");
    let mut wrong = Vec::new();
    let examples = kit.pack.cues.ages().examples();
    assert!(examples.len() >= 10, "the pack shows each list at work");
    for example in examples {
        let records = extract(&analyse(document(&example.text), &kit), &kit.pack, "test");
        let told: Vec<_> = records
            .iter()
            .filter(|record| matches!(record.body.kind(), Kind::Contact | Kind::Deployment | Kind::Event))
            .map(|record| record.epoch)
            .collect();
        if told.is_empty() || told.iter().any(|epoch| *epoch != example.epoch) {
            wrong.push(format!("{}: {told:?} for {}", example.text, example.epoch));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_year_of_a_relative_clause_is_its_own() {
    let kit = Kit::builtin().expect("the model is built in");
    let mut document = std::sync::Arc::unwrap_or_clone(document(
        "Rwanda, which sent soldiers in 2021, asked Mozambique for guards.",
    ));
    document.published.edtf = Some(Edtf("2025-05-16".to_owned()));
    let records = extract(&analyse(std::sync::Arc::new(document), &kit), &kit.pack, "test");
    let asked = records.iter().find(|record| record.body.kind() == Kind::Position).expect("a request");
    assert_eq!(asked.epoch, Epoch::Current);
}

#[test]
fn a_statesman_of_long_ago_who_acts_this_week_is_no_past() {
    let kit = Kit::builtin().expect("the model is built in");
    let mut document = std::sync::Arc::unwrap_or_clone(document(
        "Lee Kuan Yew met Anwar Ibrahim in Putrajaya on 4 September 2001.",
    ));
    document.published.edtf = Some(Edtf("2001-09-05".to_owned()));
    let records = extract(&analyse(std::sync::Arc::new(document), &kit), &kit.pack, "test");
    let met = records.iter().find(|record| record.body.kind() == Kind::Contact).expect("a meeting");
    assert_eq!(met.epoch, Epoch::Current);
}
