//! What is compared beyond the slots of a contact: counts in running text, verbs denied, how many came, listed topics; and
//! the traps that look like differences and are none.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod common;

use common::*;
use demarche_ledger::build;
use demarche_record::*;
use std::sync::Arc;

const HOST: (&str, &str) = ("Ruto", "william-ruto");
const GUEST: (&str, &str) = ("Museveni", "yoweri-museveni");

/// A meeting of the two on a day, in a text that begins with its sentence.
fn meeting(file: &str, day: &str, rest: &str) -> (Arc<Document>, Record) {
    let lead = if file == "a" { "Ruto met Museveni on Tuesday." } else { "Museveni met Ruto on Tuesday." };
    let document = report(file, day, &format!("{lead} {rest}"));
    let made = contact(&document, lead, "met", &[HOST, GUEST], Medium::Meeting, "2024-05-07");
    (document, made)
}

fn told(one: &str, two: &str) -> Ledger {
    let cases = [meeting("a", "2024-05-07", one), meeting("b", "2024-05-07", two)];
    let made = build(&cases.clone().map(|it| it.0), &cases.map(|it| it.1), &PACK);
    assert_eq!(made.encounters.len(), 1);
    made
}

fn differences(one: &str, two: &str) -> usize {
    differing(&told(one, two)).len()
}

/// A text with one sentence and an event in it, published on a day.
fn count(file: &str, day: &str, text: &str) -> (Arc<Document>, Record) {
    let document = report(file, day, text);
    let first = text.split_whitespace().next().unwrap();
    let event = Event { trigger: words(&document, first), actor: Vec::new(), recipient: Vec::new() };
    let made = record(&document, text, Body::Event(event));
    (document, made)
}

fn relations(one: (&str, &str), two: (&str, &str)) -> Vec<String> {
    let cases = [count("a", one.0, one.1), count("b", two.0, two.1)];
    let made = build(&cases.clone().map(|it| it.0), &cases.map(|it| it.1), &PACK);
    rows(&made).into_iter().map(|row| row.0).collect()
}

const MONDAY: &str = "2024-05-06";

#[test]
fn counts_of_one_event_differ_between_two_tellers() {
    let one = "Seventeen soldiers were killed at Tawang on Monday, New Delhi said.";
    assert_eq!(
        relations((MONDAY, one), (MONDAY, "Nine soldiers were killed at Tawang on Monday, Beijing said.")),
        ["differs"]
    );
    assert_eq!(
        relations(
            (MONDAY, one),
            (MONDAY, "At least ten soldiers were killed at Tawang on Monday, Beijing said.")
        ),
        ["refines"]
    );
}

#[test]
fn other_acts_things_places_days_and_increases_are_no_difference() {
    let one = "Seventeen soldiers were killed at Tawang on Monday, New Delhi said.";
    for two in [
        "Nine soldiers were wounded at Tawang on Monday, Beijing said.",
        "Nine civilians were killed at Tawang on Monday, Beijing said.",
        "Nine soldiers were killed at Galwan on Monday, Beijing said.",
        "Nine soldiers were killed at Tawang on Sunday, Beijing said.",
        "Nine more soldiers were killed at Tawang on Monday, Beijing said.",
        "Nine soldiers would be killed at Tawang on Monday, Beijing said.",
        "Nine of the 17 soldiers were killed at Tawang on Monday, Beijing said.",
        "About 17 soldiers were killed at Tawang on Monday, Beijing said.",
    ] {
        let found = relations((MONDAY, one), (MONDAY, two));
        assert!(!found.iter().any(|relation| relation == "differs"), "{two}: {found:?}");
    }
}

#[test]
fn thousands_set_apart_by_a_space_are_one_number() {
    let found = relations(
        (MONDAY, "About 100,000 Armenians fled from Stepanakert, Yerevan said."),
        (MONDAY, "So far 100 417 Armenians fled from Stepanakert, Baku said."),
    );
    assert!(!found.iter().any(|relation| relation == "differs"), "{found:?}");
    let found = relations(
        (MONDAY, "Some 12,000 people fled from Goma, Kinshasa said."),
        (MONDAY, "About 12 people fled from Goma, Kigali said."),
    );
    assert_eq!(found, ["differs"]);
    let found = relations(
        (MONDAY, "Some 1.5 million people fled from Goma, Kinshasa said."),
        (MONDAY, "About 1,500,000 people fled from Goma, Kigali said."),
    );
    assert!(!found.iter().any(|relation| relation == "differs"), "{found:?}");
}

#[test]
fn a_matter_on_which_two_texts_differ_is_one_row() {
    assert_eq!(
        differences(
            "They held direct talks, Nairobi said.",
            "The talks were indirect, Kampala said. Envoys carried notes from room to room."
        ),
        1
    );
}

#[test]
fn a_count_that_a_teller_raises_later_changed_over_time() {
    let one = "Seventeen soldiers were killed at Tawang on Monday, New Delhi said.";
    let two = "Twenty soldiers were killed at Tawang on Monday, New Delhi said.";
    assert_eq!(relations((MONDAY, one), ("2024-05-08", two)), ["changed-over-time"]);
}

#[test]
fn a_text_with_two_counts_says_so_itself() {
    let text = "Seventeen soldiers were killed at Tawang on Monday, New Delhi said. Nine soldiers were killed at Tawang on Monday, Beijing said.";
    let document = report("a", MONDAY, text);
    let records: Vec<Record> = text
        .split_inclusive("said.")
        .map(|sentence| {
            let sentence = sentence.trim();
            let first = sentence.split_whitespace().next().unwrap();
            let event = Event { trigger: words(&document, first), actor: Vec::new(), recipient: Vec::new() };
            record(&document, sentence, Body::Event(event))
        })
        .collect();
    let made = build(&[document], &records, &PACK);
    assert_eq!(rows(&made).into_iter().map(|row| row.0).collect::<Vec<_>>(), ["says-so-itself"]);
}

#[test]
fn one_verb_asserted_and_denied_differs() {
    assert_eq!(
        differences(
            "Construction of the canal was halted, Ruto said.",
            "Construction of the canal was not halted, Museveni said."
        ),
        1
    );
    assert_eq!(
        differences("Ruto apologised for the delay, Nairobi said.", "Ruto did not apologise, Kampala said."),
        1
    );
    assert_eq!(
        differences("The two signed a border accord, Nairobi said.", "Nothing was signed, Kampala said."),
        1
    );
}

#[test]
fn verbs_of_other_people_matters_and_moods_do_not_differ() {
    for (one, two) in [
        ("Ruto apologised for the delay, Nairobi said.", "Museveni did not apologise, Kampala said."),
        (
            "Construction of the canal was halted, Ruto said.",
            "Work on the railway was not halted, Museveni said.",
        ),
        ("Ruto would sign a border accord, Nairobi said.", "Nothing was signed, Kampala said."),
        ("They agreed on a road, Nairobi said.", "Nothing was signed, Kampala said."),
        ("They reviewed the border, Nairobi said.", "Museveni will not comment on it, Kampala said."),
    ] {
        assert_eq!(differences(one, two), 0, "{one} / {two}");
    }
}

#[test]
fn how_many_came_is_compared_side_by_side() {
    assert_eq!(
        differences(
            "Each side sent five ministers, Nairobi said.",
            "Kampala sent nine ministers, Kampala said."
        ),
        1
    );
    assert_eq!(
        differences(
            "Nairobi sent five ministers, Nairobi said.",
            "Kampala sent nine ministers, Kampala said."
        ),
        0
    );
}

#[test]
fn a_topic_that_only_one_list_has_is_one_sided() {
    let made = told(
        "They discussed milk, the border and the jailed writer, Nairobi said.",
        "Milk and the border were on the table, Kampala said.",
    );
    let listed: Vec<String> =
        rows(&made).into_iter().filter(|row| row.0 == "one-sided").map(|row| row.2).collect();
    assert!(listed.contains(&"the jailed writer".to_owned()), "{listed:?}");
    assert!(!listed.iter().any(|words| words == "milk" || words == "the border"), "{listed:?}");
}

#[test]
fn a_duration_goes_on_after_its_hours() {
    assert_eq!(
        differences(
            "They spoke for almost two hours, Nairobi said.",
            "The talks lasted one hour and 50 minutes, Kampala said."
        ),
        0
    );
}

#[test]
fn both_together_are_no_third_side() {
    let (document, made) = meeting("a", "2024-05-07", "The two leaders agreed on a road.");
    let holder = party(&document, "The two leaders", "");
    let content = words(&document, "a road");
    let position = record(
        &document,
        "The two leaders agreed on a road.",
        Body::Position(Position {
            holder: Some(holder),
            stance: Stance::Acceptance,
            addressee: None,
            content,
            answers: None,
        }),
    );
    let id = position.id;
    let ledger = build(&[document], &[made, position], &PACK);
    let holds = |account: &&Account| account.items.contains(&id);
    let accounts: Vec<&Account> = ledger.encounters[0].accounts.iter().filter(holds).collect();
    assert_eq!(accounts.len(), 1);
    assert!(accounts[0].by.is_none());
}

#[test]
fn a_readout_of_an_unknown_office_is_of_the_side_it_names_first() {
    let lead = "Ruto met Museveni on Tuesday.";
    let mut document = (*report("a", "2024-05-07", lead)).clone();
    document.genre = Genre::Readout;
    document.issuer = Some("Office of the Press Secretary".to_owned());
    let document = Arc::new(document);
    let made = contact(&document, lead, "met", &[HOST, GUEST], Medium::Meeting, "2024-05-07");
    let ledger = build(&[document], &[made], &PACK);
    let by = ledger.encounters[0].accounts[0].by.as_ref().unwrap();
    assert_eq!(by.actor.as_ref().map(|actor| actor.0.as_str()), Some("ken"));
}

#[test]
fn the_force_that_a_claimant_does_not_name_is_his_where_others_count_his_there() {
    let make =
        |file: &str, text: &str, number: (&str, f64), force: Option<(&str, &str)>, by: (&str, &str)| {
            let document = report(file, "2024-02-12", text);
            let made = figure(
                &document,
                text,
                force.unwrap_or((by.0, by.1)),
                (number.0, Some(number.1), Some(number.1)),
                "soldiers",
                "Anacoco",
            );
            let mut made = said(made, &document, by.0, by.1);
            if let (Body::Deployment(it), None) = (&mut made.body, force) {
                it.force = None;
            }
            (document, made.seal())
        };
    let one = make(
        "a",
        "Venezuela has 4,000 soldiers on Anacoco, Georgetown said.",
        ("4,000", 4000.0),
        Some(("Venezuela", "ven")),
        ("Georgetown", "guy"),
    );
    let own = make(
        "b",
        "There are 300 soldiers on Anacoco, Caracas said.",
        ("300", 300.0),
        None,
        ("Caracas", "ven"),
    );
    let other =
        make("c", "There are 300 soldiers on Anacoco, Bogota said.", ("300", 300.0), None, ("Bogota", "col"));
    let relations = |cases: [(Arc<Document>, Record); 2]| {
        differing(&build(&cases.clone().map(|it| it.0), &cases.map(|it| it.1), &PACK)).len()
    };
    assert_eq!(relations([one.clone(), own]), 1);
    assert_eq!(relations([one, other]), 0);
}

#[test]
fn strange_days_hashes_and_participants_do_no_harm() {
    // A document of the far future, and one text under two sets of metadata: the id is one, so the document is one.
    let (future, first) = meeting("a", "2999-12-31", "They discussed milk and the border, Nairobi said.");
    let mut twin = (*future).clone();
    twin.outlet = Some("Another outlet".to_owned());
    twin.published.edtf = Some(Edtf("1901-01-01".to_owned()));
    // A text that names a participant once as present and once as absent.
    let (torn, second) = meeting("b", "2024-05-07", "Museveni was not there, Kampala said.");
    let mut denied =
        contact(&torn, "Museveni was not there", "there", &[HOST, GUEST], Medium::Meeting, "2024-05-07");
    denied.status = Status::Denied;
    let denied = denied.seal();
    let documents = [future.clone(), Arc::new(twin.clone()), torn.clone()];
    let records = [first.clone(), second.clone(), denied.clone()];
    let made = build(&documents, &records, &PACK);
    assert_eq!(made.copies.iter().map(|group| group.documents.len()).sum::<usize>(), 2);
    let turned = build(&[torn, Arc::new(twin), future], &[denied, second, first], &PACK);
    assert_eq!(made, turned);
}

#[test]
fn sixty_participants_are_one_encounter_and_cheap() {
    let names: Vec<String> = (0..60).map(|number| format!("Envoy{number}")).collect();
    let text = format!("{} met in Geneva.", names.join(", "));
    let cases: Vec<(Arc<Document>, Record)> = ["a", "b", "c"]
        .iter()
        .map(|file| {
            let document = report(file, "2024-05-07", &format!("{text} File {file}."));
            let who: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
            let made = contact(&document, &text, "met", &who, Medium::Summit, "2024-05-07");
            (document, made)
        })
        .collect();
    let documents: Vec<Arc<Document>> = cases.iter().map(|it| it.0.clone()).collect();
    let records: Vec<Record> = cases.into_iter().map(|it| it.1).collect();
    let made = build(&documents, &records, &PACK);
    assert_eq!(made.encounters.len(), 1);
    assert_eq!(made.encounters[0].participants.len(), 60);
    assert_eq!(differing(&made), []);
}

#[test]
fn who_rang_and_who_initiated_it_can_differ_and_a_request_leaves_open_who_rang() {
    let one = "The call was initiated by Museveni.";
    assert_eq!(differences(one, "It was Ruto who telephoned, a spokesman said."), 1);
    assert_eq!(
        differences(
            "The call took place at the request of Museveni.",
            "It was Ruto who telephoned, a spokesman said."
        ),
        0
    );
}

#[test]
fn the_month_of_the_next_summit_tells_two_apart() {
    let one = "The next summit will take place in Kampala in October 2024.";
    assert_eq!(differences(one, "The next summit will take place in Kampala in April 2025."), 1);
    assert_eq!(differences(one, "The next summit will take place in Kampala in October."), 0);
}

#[test]
fn lists_that_are_handed_over_are_compared_and_what_was_done_by_a_day_is_no_term() {
    let one = "A list of 8,032 persons was handed over in Nairobi.";
    assert_eq!(differences(one, "Museveni came home from Nairobi with a list of 6,320 persons."), 1);
    let rows = rows(&told(
        "Ruto said that 250,000 people had crossed the border by 1 May.",
        "Museveni said that 310,000 people had crossed the border by 1 May.",
    ));
    assert!(rows.iter().all(|row| row.1 != "term"), "{rows:?}");
}

#[test]
fn no_behind_that_denies() {
    let one = "The two presidents agreed on a corridor for schoolchildren.";
    let other = "Museveni said that no corridor for schoolchildren had been agreed on.";
    assert_eq!(differences(one, other), 1);
}

#[test]
fn counts_stand_with_the_places_beside_them() {
    let one = "8,000 people had entered Ceuta from Morocco by Tuesday evening, the ministry said.";
    let two =
        "By Tuesday evening 5,000 people had entered Ceuta, Rabat said, most of them youngsters from Fnideq.";
    assert_eq!(relations((MONDAY, one), (MONDAY, two)), ["differs"]);
}

#[test]
fn one_statement_with_two_numbers_differs() {
    let one = "The border of Kosovo with Serbia has 208 public road crossings, Belgrade said.";
    let two = "The border of Kosovo with Serbia has 275 public road crossings, Pristina said.";
    assert_eq!(relations((MONDAY, one), (MONDAY, two)), ["differs"]);
    let one = "President Maduro won 51.2 per cent of the vote in the election, Venezuela's envoy said.";
    let two =
        "According to the opposition President Maduro won only 30 per cent of the vote in the election.";
    assert_eq!(relations((MONDAY, one), (MONDAY, two)), ["differs"]);
    let about = "The border of Kosovo with Serbia has about 200 public road crossings, Pristina said.";
    let exact = "The border of Kosovo with Serbia has 208 public road crossings, Belgrade said.";
    assert_eq!(relations((MONDAY, exact), (MONDAY, about)), ["refines"]);
}

#[test]
fn statements_that_are_not_one_have_no_difference() {
    let one = "Libya produces 1.28 million barrels of crude oil a day in May, Tripoli said.";
    for two in [
        "Libya exports 1.04 million barrels of crude oil a day in May, Benghazi said.",
        "Libya produces 1.04 million barrels of crude oil a day in April, Benghazi said.",
        "Nigeria produces 1.04 million barrels of crude oil a day in May, Abuja said.",
        "Libya produces 1.04 million tonnes of crude oil a day in May, Benghazi said.",
        "Libya could produce 1.04 million barrels of crude oil a day in May, Benghazi said.",
        "Libya produces 1.04 million barrels of crude oil a day in May from 12 fields, Benghazi said.",
        "Libya produces 1.04 million barrels of crude oil a day in May, Tripoli said.",
    ] {
        let found = relations((MONDAY, one), (MONDAY, two));
        assert!(!found.iter().any(|relation| relation == "differs"), "{two}: {found:?}");
    }
    let later = "Libya produces 1.04 million barrels of crude oil a day, Benghazi said.";
    let found = relations((MONDAY, &one.replace(" in May", "")), ("2024-05-20", later));
    assert!(!found.iter().any(|relation| relation == "differs"), "{found:?}");
}

#[test]
fn whoever_says_it_is_no_part_of_a_count() {
    let one = "By Wednesday 2,300 Armenian soldiers were killed, a spokesman in Baku, Colonel Jane Doe, said in Baku.";
    let two = "According to the staff in Yerevan 104 Armenian soldiers were killed by Wednesday.";
    assert_eq!(relations((MONDAY, one), (MONDAY, two)), ["differs"]);
}

#[test]
fn a_thing_not_discussed_is_denied_whatever_stands_behind() {
    let raised = "Museveni raised the prisoners when they sat down.";
    assert_eq!(differences(raised, "The prisoners were not discussed at the summit."), 1);
    assert_eq!(differences(raised, "Museveni did not raise the prisoners."), 1);
    assert_eq!(differences(raised, "The ministers were not discussed at the summit."), 0);
}

#[test]
fn asks_turned_round_differ() {
    let one = "Ruto asked Museveni to let the convoy pass.";
    assert_eq!(differences(one, "Museveni asked Ruto to let the convoy pass."), 1);
    assert_eq!(differences(one, "Ruto asked Museveni to let the convoy pass by night."), 0);
}

#[test]
fn numbers_in_other_words_around_one_thing() {
    let one = "The Busia post would clear 150 trucks every day.";
    assert_eq!(differences(one, "The Busia post would let 400 trucks through every day."), 1);
    assert_eq!(differences(one, "The Malaba post would let 400 trucks through every day."), 0);
    // How long it took is a duration.
    let length = "The conversation on Tuesday lasted 25 minutes.";
    assert_eq!(differences(length, "The conversation on Tuesday lasted 27 minutes."), 0);
}

#[test]
fn one_kind_of_building_is_not_the_other() {
    let at = |rest: &str| format!("Ruto met Museveni {rest}");
    let text = |file: &str, site: &str| {
        let lead = at(&format!("at the {site} on Tuesday."));
        let document = report(file, "2024-05-07", &lead);
        let made = contact(&document, &lead, "met", &[HOST, GUEST], Medium::Meeting, "2024-05-07");
        (document, made)
    };
    let compared = |one: &str, two: &str| {
        let cases = [text("a", one), text("b", two)];
        differing(&build(&cases.clone().map(|it| it.0), &cases.map(|it| it.1), &PACK)).len()
    };
    assert_eq!(compared("Serena Hotel", "Presidential Palace"), 1);
    assert_eq!(compared("Serena Hotel", "Palace Hotel"), 0);
    assert_eq!(compared("Presidential Palace", "State House"), 0);
}

#[test]
fn the_next_contact_is_compared_by_its_records() {
    let next = |file: &str, sentence: &str, trigger: &str, when: &str| {
        let (document, met) = meeting(file, "2024-05-07", sentence);
        let mut ahead = contact(&document, sentence, trigger, &[HOST, GUEST], Medium::Meeting, when);
        ahead.status = Status::Planned;
        (document, vec![met, ahead])
    };
    let compared = |two: (&str, &str, &str)| {
        let cases =
            [next("a", "They will meet on Sept. 19.", "meet", "2024-09-19"), next("b", two.0, two.1, two.2)];
        let documents = cases.clone().map(|it| it.0);
        let records: Vec<Record> = cases.into_iter().flat_map(|it| it.1).collect();
        differing(&build(&documents, &records, &PACK)).len()
    };
    assert_eq!(compared(("They agreed to hold talks on 12 September.", "talks", "2024-09-12")), 1);
    assert_eq!(compared(("They agreed to hold talks in September.", "talks", "2024-09")), 0);
}

#[test]
fn a_statement_of_one_side_without_a_theme_and_a_span_of_days_make_no_row() {
    let all = told("Ruto said the room was cold.", "They spoke for an hour.");
    assert!(rows(&all).iter().all(|row| row.0 != "one-sided"), "{:?}", rows(&all));
    assert_eq!(differences("The one-day visit ended.", "The two met two days after the vote."), 0);
}

#[test]
fn lorries_are_trucks_and_a_plan_is_no_length() {
    let one = "The Busia post would clear 150 lorries every day.";
    assert_eq!(differences(one, "The Busia post would let 400 trucks through every day."), 1);
    let planned = "They were scheduled to talk for about an hour.";
    assert_eq!(differences(planned, "Their talks took nearly two hours."), 0);
}

#[test]
fn the_second_meeting_is_the_next_one() {
    let one = "They are to meet again in Kampala within three months.";
    assert_eq!(differences(one, "The second meeting will take place in Nairobi within three months."), 1);
    assert_eq!(differences(one, "The second meeting will take place in Kampala within three months."), 0);
}

#[test]
fn who_led_a_delegation_and_who_attended_is_compared() {
    let one = "The Kenyan delegation was led by Foreign Minister Musalia Mudavadi.";
    assert_eq!(
        differences(one, "The Kenyan team was headed by special envoy Monica Juma, officials said."),
        1
    );
    for two in [
        "The Kenyan side was led by Mudavadi's deputy.",
        "The Ugandan delegation was led by Foreign Minister Jeje Odongo.",
        "The Kenyan side was headed by Prime Cabinet Secretary Musalia Mudavadi and special envoy Monica Juma.",
    ] {
        assert_eq!(differences(one, two), 0, "{two}");
    }
    let quoted =
        "“Our side” “the Kenyan delegation was led by Foreign Minister Musalia Mudavadi” was read out.";
    assert_eq!(differing(&told(one, quoted)), []);
    let there = "The defence ministers attended.";
    assert_eq!(differences(there, "The defence ministers did not attend."), 1);
    assert_eq!(differences(there, "Only the two presidents and their interpreters took part."), 0);
}

#[test]
fn hours_of_one_meeting_are_told_by_one_clock() {
    let one = "The meeting began at 3 p.m. local time.";
    assert_eq!(differences(one, "The talks opened at 1 p.m. local time."), 1);
    assert_eq!(differing(&told(one, "The talks opened at 15:00 local time.")), []);
    assert_eq!(differing(&told(one, "The meeting ended at 5 p.m. local time.")), []);
}

#[test]
fn within_what_time_something_is_to_be_done_is_compared() {
    let one = "The forces are to leave the valley within 15 days.";
    assert_eq!(differences(one, "The forces have to leave the valley within a month, an officer said."), 1);
    for two in [
        "The forces are to leave the valley within two weeks.",
        "The prisoners are to be freed within a month.",
        "The forces will not leave the valley within a month.",
    ] {
        assert_eq!(differing(&told(one, two)), [], "{two}");
    }
    let numbers = "Kenya agreed to free 13 Ugandan prisoners.";
    assert_eq!(differences(numbers, "Kenya would free 33 Ugandan prisoners, an official said."), 1);
    assert_eq!(differences(numbers, "Kenya may free 33 Ugandan prisoners, an official said."), 0);
}

#[test]
fn that_no_paper_was_signed_denies_a_signature() {
    let one = "The two signed a protocol on evacuations.";
    assert_eq!(differences(one, "No document was signed, an official said."), 1);
    assert_eq!(differences(one, "No treaty on fishing was signed, an official said."), 0);
}
