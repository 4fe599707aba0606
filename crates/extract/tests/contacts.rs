//! Who takes part in a contact that a text tells in a roundabout way: one sentence or short text a case, read by the shipped
//! network.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{Body, Contact, Medium};
use demarche_testkit::document;
use std::sync::OnceLock;

fn contacts(text: &str) -> Vec<Contact> {
    static KIT: OnceLock<Kit> = OnceLock::new();
    let kit = KIT.get_or_init(|| Kit::builtin().expect("the shipped network loads"));
    let records = extract(&analyse(document(text), kit), &kit.pack, "test").into_iter();
    records
        .filter_map(|record| match record.body {
            Body::Contact(it) => Some(it),
            _ => None,
        })
        .collect()
}

/// Asserts that one contact is told, between these parties in any order.
#[track_caller]
fn between(text: &str, parties: &[&str]) -> Contact {
    let found = contacts(text);
    let told: Vec<Vec<&str>> =
        found.iter().map(|it| it.participants.iter().map(|party| party.name()).collect()).collect();
    let hit = found.iter().zip(&told).find(|(_, names)| {
        names.len() == parties.len()
            && parties.iter().all(|wanted| names.iter().any(|name| name.contains(wanted)))
    });
    hit.map(|(it, _)| it.clone()).unwrap_or_else(|| panic!("no contact of {parties:?} in {told:?}"))
}

#[test]
fn whoever_acts_at_the_occasion_takes_part_in_it() {
    between(
        "Idriss Deby agreed to open the border at Friday's meeting with Faustin Touadera.",
        &["Idriss", "Touadera"],
    );
    between(
        "Joao Lourenco promised more troops at the end of two days of talks in Luanda with Felix Tshisekedi.",
        &["Louren", "Tshisekedi"],
    );
    between("Over a long dinner in Kigali, Paul Kagame asked Abiy Ahmed to mediate.", &["Kagame", "Abiy"]);
    between(
        "At Tuesday's lunch with Gustavo Petro it was Daniel Noboa who brought up the border, an aide said.",
        &["Petro", "Noboa"],
    );
}

#[test]
fn a_clause_behind_the_noun_tells_who_held_it() {
    between(
        "The conversation that Ilham Aliyev had with Nikol Pashinyan on Monday went well.",
        &["Aliyev", "Pashinyan"],
    );
    between(
        "Alassane Ouattara and John Mahama closed three days of talks in Accra on Friday.",
        &["Ouattara", "Mahama"],
    );
}

#[test]
fn the_home_tells_who_received() {
    between("In the talk at Edi Rama's house, Albin Kurti rejected the draft.", &["Rama", "Kurti"]);
    let visit = between("The Serbian envoy came to Miroslav Lajcak's office in Brussels.", &["envoy", "Laj"]);
    assert_eq!(visit.medium, Medium::Visit);
}

#[test]
fn idioms_of_meeting_and_calling() {
    let call =
        between("Emmanuel Macron had Giorgia Meloni on the line for half an hour.", &["Macron", "Meloni"]);
    assert_eq!(call.medium, Medium::Call);
    between("Hun Manet gave Prabowo Subianto an hour on Thursday.", &["Hun Manet", "Prabowo"]);
    between("Lindsey Graham saw Volodymyr Zelensky in Kyiv on Friday.", &["Graham", "Zelensky"]);
    assert!(contacts("Voters see Viktor Orban as a bully.").is_empty());
    assert!(contacts("The army has 300 men on the line of contact.").is_empty());
}

#[test]
fn the_object_of_a_relative_clause_is_not_its_subject() {
    let text = "Mahamat Deby flew home on Monday. Bola Tinubu, who had received him in Abuja, promised fuel.";
    let found = contacts(text);
    let received = found.iter().find(|it| it.trigger.text == "received").expect("the reception is told");
    assert_eq!(received.participants.len(), 2, "{received:?}");
}

#[test]
fn a_counterpart_joined_to_the_noun_is_the_second_of_two() {
    between(
        "Monday's conversation between the Kenyan head of state and his Somali counterpart lasted an hour.",
        &["Kenya", "Somali"],
    );
}

#[test]
fn two_of_another_office_are_not_the_two_named_before() {
    let pair = "Emmanuel Macron met Vladimir Putin on Monday.";
    let others = |behind: &str| -> Vec<String> {
        let text = format!("{pair} {behind}");
        let last = contacts(&text).into_iter().rfind(|it| it.trigger.text != "met");
        let names = |it: &Contact| it.participants.iter().map(|party| party.name().to_owned()).collect();
        last.as_ref().map(names).unwrap_or_default()
    };
    let named = |names: &[String]| names.iter().any(|it| it.contains("Macron"));
    assert!(named(&others("The two presidents will speak again on Friday.")));
    assert!(named(&others("The two leaders will speak again on Friday.")));
    let chiefs = others("The two army chiefs will speak on Friday.");
    assert!(!named(&chiefs), "{chiefs:?}");
    let ministers = others("Marco Rubio spoke with the two foreign ministers on Sunday.");
    assert!(!named(&ministers), "{ministers:?}");
    let governments = others("Libya's two governments would resume their talks on Sunday.");
    assert!(!named(&governments), "{governments:?}");
}
