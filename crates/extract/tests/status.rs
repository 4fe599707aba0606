//! Whether what a sentence tells took place, where the form of the sentence decides it.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{Body, Kind, Record, Status};
use demarche_testkit::document;
use std::sync::OnceLock;

fn records(text: &str) -> Vec<Record> {
    static KIT: OnceLock<Kit> = OnceLock::new();
    let kit = KIT.get_or_init(|| Kit::builtin().expect("the model is built in"));
    extract(&analyse(document(text), kit), &kit.pack, "test")
}

/// Statuses of the contacts, deployments and events whose evidence has these words.
fn statuses(text: &str, words: &str) -> Vec<Status> {
    let told = records(text);
    let told = told.iter().filter(|record| {
        matches!(record.body.kind(), Kind::Contact | Kind::Deployment | Kind::Event)
            && record.evidence.text.contains(words)
    });
    told.map(|record| record.status).collect()
}

#[test]
fn what_the_form_denies_or_leaves_open_is_not_told_as_done() {
    let cases = [
        ("It was not the Chadian army that shelled Adre on Sunday.", "shelled", Status::Denied),
        ("Chad came close to expelling the French ambassador.", "expelling", Status::Denied),
        ("The deployment of Kenyan troops to Goma is off.", "deployment", Status::Cancelled),
        (
            "Among the ideas going round in Brussels is a naval blockade of Benghazi by Greek frigates.",
            "blockade",
            Status::Proposed,
        ),
        ("Chad to expel two French diplomats", "expel", Status::Planned),
        ("And what of Kenya: has it expelled the ambassador of Sudan?", "expelled", Status::Hypothetical),
        ("The minister and the envoy are to meet on Monday, an official said.", "meet", Status::Planned),
        ("The coalition has so far held off from bombing the port of Hodeidah.", "bombing", Status::Denied),
    ];
    for (text, words, wanted) in cases {
        let found = statuses(text, words);
        assert!(!found.is_empty(), "{text}: nothing is told");
        assert!(found.iter().all(|status| *status == wanted), "{text}: {found:?}");
    }
}

#[test]
fn the_same_deeds_are_told_as_done_where_the_text_does_so() {
    for (text, words) in [
        ("The Chadian army shelled Adre on Sunday.", "shelled"),
        ("Chad expelled two French diplomats on Friday.", "expelled"),
        ("Kenya deployed 200 troops to Goma.", "deployed"),
    ] {
        assert_eq!(statuses(text, words).first(), Some(&Status::Occurred), "{text}");
    }
}

#[test]
fn who_agreed_to_something_at_talks_took_part_in_them() {
    let text = "Somali President Hassan Sheikh Mohamud and Ethiopian Prime Minister Abiy Ahmed agreed to a truce at \
                talks in Ankara on Monday.";
    let told = records(text);
    let talks: Vec<_> = told
        .iter()
        .filter_map(|record| if let Body::Contact(contact) = &record.body { Some(contact) } else { None })
        .collect();
    assert_eq!(talks.len(), 1, "{told:?}");
    let names: Vec<&str> = talks[0].participants.iter().map(|party| party.name()).collect();
    assert_eq!(names, ["Hassan Sheikh Mohamud", "Abiy Ahmed"]);
}

#[test]
fn what_stands_beside_a_demand_is_not_demanded() {
    let text = "Moscow demanded that the ruling be annulled, and its ambassador, Igor Kalabukhov, was received by Milorad \
                Dodik on Thursday.";
    assert_eq!(statuses(text, "received"), [Status::Occurred]);
}

#[test]
fn nobody_is_consulted_by_a_name_or_by_force() {
    for text in [
        "Viktor Orban called the warrant a political witch hunt.",
        "Any attempt to seize him would be met by force.",
        "Kenyan troops arrived in Goma on Monday.",
    ] {
        let told = records(text);
        let coded = told.iter().filter(|record| record.body.kind() == Kind::Event);
        let rules: Vec<&str> = coded.map(|record| record.made_by.rule.as_str()).collect();
        assert!(!rules.contains(&"event.consult"), "{text}: {rules:?}");
    }
}

/// Statuses of everything told with these words: what is said there too.
fn all_statuses(text: &str, words: &str) -> Vec<Status> {
    let told = records(text).into_iter().filter(|record| record.evidence.text.contains(words));
    told.map(|record| record.status).collect()
}

#[test]
fn what_somebody_goes_to_say_is_said_as_surely_as_he_goes() {
    let asked = |lead: &str| format!("Isaias Afwerki {lead} Abu Dhabi to ask for more drones.");
    for (lead, wanted) in [
        ("might visit", Status::Hypothetical),
        ("plans to visit", Status::Planned),
        ("never went to", Status::Denied),
        ("visited", Status::Occurred),
    ] {
        let found = all_statuses(&asked(lead), "ask for more drones");
        let of_asking = found.iter().filter(|status| **status == wanted).count();
        assert!(of_asking > 0, "{lead}: {found:?}");
        assert!(
            wanted == Status::Occurred || found.iter().filter(|it| **it == Status::Occurred).count() <= 1,
            "{lead}: {found:?}"
        );
    }
}

#[test]
fn what_is_seen_is_done_by_those_seen() {
    let text = "The monitors had seen 60 armed vehicles of the Tiger Brigade leave Benghazi on Monday night.";
    let told = records(text);
    let left = told.iter().find_map(|record| match &record.body {
        Body::Deployment(it) => Some((record.status, it)),
        _ => None,
    });
    let (status, deployment) = left.expect("the trucks leave");
    assert_eq!(status, Status::Occurred);
    assert!(
        deployment.force.as_ref().is_some_and(|force| force.name().contains("Tiger Brigade")),
        "{deployment:?}"
    );
    let leaving = told.iter().filter_map(|record| match &record.body {
        Body::Event(event) => Some(event),
        _ => None,
    });
    for event in leaving {
        assert!(event.actor.iter().all(|party| !party.name().contains("monitors")), "{event:?}");
    }
}

#[test]
fn a_past_that_looks_like_an_infinitive_is_told_as_done() {
    let found = statuses("The spokesman said the Chinese ship directly hit the patrol boat.", "hit");
    assert!(!found.is_empty() && found.iter().all(|status| *status == Status::Occurred), "{found:?}");
}

#[test]
fn a_month_behind_in_makes_no_idiom() {
    let rules: Vec<String> =
        records("Fighters took Goma in January.").into_iter().map(|record| record.made_by.rule).collect();
    assert!(!rules.iter().any(|rule| rule == "event.aid"), "{rules:?}");
}
