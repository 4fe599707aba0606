//! Plain sentences of news agencies whose trees or dates used to be read wrong: one short text a case, read by the shipped
//! network, with the day on which it was published.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{Body, Edtf, Epoch, EventType, Published, PublishedBasis, Record, Stance, Status};
use std::sync::{Arc, OnceLock};

fn records(day: &str, text: &str) -> Vec<Record> {
    static KIT: OnceLock<Kit> = OnceLock::new();
    let kit = KIT.get_or_init(|| Kit::builtin().expect("the shipped network loads"));
    let mut document = Arc::unwrap_or_clone(demarche_testkit::document(text));
    document.language = Some("en".to_owned());
    document.published =
        Published { edtf: Some(Edtf(day.to_owned())), basis: PublishedBasis::Declared, evidence: Vec::new() };
    extract(&analyse(Arc::new(document), kit), &kit.pack, "test")
}

/// The contact between these actors and nobody else, in any order.
#[track_caller]
fn contact(day: &str, text: &str, wanted: &[&str]) -> Record {
    let all = records(day, text);
    let actors = |record: &Record| -> Option<Vec<String>> {
        let Body::Contact(contact) = &record.body else { return None };
        let name = |party: &demarche_record::Party| {
            party.actor.as_ref().map_or_else(|| party.name().to_owned(), |actor| actor.0.clone())
        };
        let mut names: Vec<String> = contact.participants.iter().map(name).collect();
        names.sort();
        Some(names)
    };
    let mut wanted: Vec<String> = wanted.iter().map(|it| (*it).to_owned()).collect();
    wanted.sort();
    let told: Vec<_> = all.iter().filter_map(actors).collect();
    let found = all.iter().find(|record| actors(record).as_ref() == Some(&wanted));
    found.cloned().unwrap_or_else(|| panic!("no contact of {wanted:?} in {told:?}"))
}

#[track_caller]
fn on(record: &Record, wanted: &str) {
    assert_eq!(
        record.when.as_ref().map(|when| when.edtf.0.as_str()),
        Some(wanted),
        "{}",
        record.evidence.text
    );
}

const ABE: &str = "shinzo-abe";
const MOON: &str = "moon-jae-in";

#[test]
fn the_partner_is_found_behind_means_days_and_homes() {
    let day = "2018-04-30";
    contact(
        day,
        "Shinzo Abe spoke this afternoon by telephone with Moon Jae-in about the summit.",
        &[ABE, MOON],
    );
    contact(
        day,
        "Shinzo Abe met today (Monday), 30 April 2018, at his residence in Tokyo with President Moon Jae-in.",
        &[ABE, MOON],
    );
    contact(
        day,
        "Shinzo Abe held a telephone conversation with President Moon Jae-in of the Republic of Korea on Sunday.",
        &[ABE, MOON],
    );
}

#[test]
fn two_persons_in_office_side_by_side_are_both_there() {
    let text = "US Secretary of State Antony Blinken and Chinese Foreign Minister Qin Gang spoke for five hours in Beijing on Sunday.";
    let made = contact("2023-06-19", text, &["antony-blinken", "qin-gang"]);
    on(&made, "2023-06-18");
    let text =
        "The Heads of State of Rwanda, Paul Kagame, and of Uganda, Yoweri Museveni, met today on the border.";
    contact("2020-02-21", text, &["paul-kagame", "yoweri-museveni"]);
    let text = "Acting U.S. Deputy Secretary of State Victoria Nuland met General Moussa Barmou in Niamey on Monday.";
    contact("2023-08-08", text, &["victoria-nuland", "x-moussa-barmou"]);
}

#[test]
fn an_office_with_a_hyphen_has_its_holder() {
    let text = "President Saddam Hussein received the United Nations Secretary-General and the delegation accompanying him on Sunday.";
    on(&contact("1998-02-22", text, &["saddam-hussein", "kofi-annan"]), "1998-02-22");
}

#[test]
fn who_signs_leads_embraces_or_stands_aside() {
    let day = "2018-04-30";
    let signed = "TOKYO, April 30 - The border is open. Shinzo Abe and Moon Jae-in put their signatures to a treaty on fisheries.";
    contact(day, signed, &[ABE, MOON]);
    let letter =
        "TOKYO, April 30 - The border is open. Shinzo Abe and Moon Jae-in put their signatures to a letter.";
    assert!(
        !records(day, letter).iter().any(|it| matches!(it.body, Body::Contact(_))),
        "a letter brings nobody together"
    );
    contact(day, "Moon Jae-in's handshake with Shinzo Abe in Tokyo on Sunday was brief.", &[ABE, MOON]);
    contact(day, "The two sides, led by Moon Jae-in and Shinzo Abe, met in Seoul on Sunday.", &[ABE, MOON]);
    let text =
        "Shinzo Abe spent half an hour with Moon Jae-in on Sunday, with Mr Kono and Ms Kang at their side.";
    contact(day, text, &[ABE, MOON]);
}

#[test]
fn days_of_contacts() {
    let pair = &[ABE, MOON];
    let two = "Shinzo Abe held talks with Moon Jae-in in Seoul on 29 and 30 April.";
    on(&contact("2018-05-02", two, pair), "2018-04-29/2018-04-30");
    let before = "Shinzo Abe arrived in Seoul on Sunday. Shinzo Abe met Moon Jae-in at the Blue House.";
    on(&contact("2018-05-02", before, pair), "2018-04-29");
    let said = "Shinzo Abe spoke to reporters on Tuesday. Shinzo Abe had met Moon Jae-in at the Blue House.";
    assert_eq!(contact("2018-05-02", said, pair).when, None, "an earlier meeting has no day of the next one");
    let after = "Shinzo Abe and Moon Jae-in reached a deal in Seoul on Sunday after six hours of talks.";
    let made = contact("2018-05-02", after, pair);
    on(&made, "2018-04-29");
    assert!(made.places.iter().any(|place| place.words.text == "Seoul"));
    let first = "Shinzo Abe became the first leader to meet Moon Jae-in, in Seoul on Sunday.";
    let made = contact("2018-05-02", first, pair);
    assert_eq!(made.status, Status::Occurred);
    on(&made, "2018-04-29");
}

#[test]
fn a_year_that_names_a_thing_dates_nothing_else() {
    let epoch = |text: &str| records("1995-02-01", text).first().map(|record| record.epoch);
    assert_eq!(
        epoch("Ecuador accused Peru on Tuesday of violating the 1942 protocol."),
        Some(Epoch::Current)
    );
    assert_eq!(epoch("Ecuador has accused Peru of violating the agreements of 1942."), Some(Epoch::Current));
    let after = records("2008-08-12", "Russia stationed about 500 peacekeepers there after the war of 1992.");
    assert!(after.iter().all(|record| record.epoch != Epoch::Current), "a war is no paper");
}

#[test]
fn two_who_speak_together_and_those_who_say_nothing() {
    let speaker = |text: &str| {
        records("2023-08-01", text).into_iter().find_map(|record| match record.body {
            Body::Quotation(it) => it.speaker.map(|party| party.name().to_owned()),
            _ => None,
        })
    };
    let joint = speaker("Mali and Burkina Faso warned that any intervention would be a declaration of war.");
    assert_eq!(joint.as_deref(), Some("Mali and Burkina Faso"));
    assert_eq!(speaker("No government has announced a mission."), None);
}

#[test]
fn whose_force_it_is_and_none_at_all() {
    let of = |text: &str| {
        records("2022-10-12", text).into_iter().find_map(|record| match record.body {
            Body::Deployment(it) => {
                Some((it.force.and_then(|force| force.actor).map(|actor| actor.0), record.status))
            }
            _ => None,
        })
    };
    let text = "A Pentagon spokesman, Bryan Whitman, ruled out sending American forces.";
    assert_eq!(of(text), Some((Some("usa".to_owned()), Status::Refused)));
    let text = "Not one Russian soldier was outside the security zone, the general said.";
    assert_eq!(of(text).map(|it| it.1), Some(Status::Denied));
}

#[test]
fn deadlines_questions_and_judgements() {
    let stances = |text: &str| -> Vec<Stance> {
        let made = records("2023-08-01", text).into_iter();
        made.filter_map(|record| match record.body {
            Body::Position(it) => Some(it.stance),
            _ => None,
        })
        .collect()
    };
    assert_eq!(stances("ECOWAS gave the junta seven days to release the president."), [Stance::Demand]);
    assert_eq!(stances("The doctor gave her two days of rest."), []);
    assert_eq!(stances("Asked whether Ankara had dropped its objections to the dam, he smiled."), []);
    assert_eq!(stances("“I would not bet on it,” the ambassador said."), []);
    assert_eq!(stances("“I would not call it a retreat,” the general said."), []);
    assert_eq!(stances("“I would not sign it,” the general said."), [Stance::Refusal]);
}

#[test]
fn partners_stand_behind_names_measures_and_fronted_occasions() {
    contact(
        "2018-01-19",
        "The meeting of the Minister of Foreign Affairs of Armenia, Edward Nalbandian, with the Minister of Foreign Affairs \
         of Azerbaijan, Elmar Mammadyarov, took place on Thursday.",
        &["edward-nalbandian", "elmar-mammadyarov"],
    );
    let used = "President Moon Jae-in used nearly all of a summit with Japanese Prime Minister Shinzo Abe on Sunday to press \
                for a settlement.";
    contact("2018-04-30", used, &[ABE, MOON]);
    contact(
        "2015-03-27",
        "US Secretary of State John Kerry and Iranian Foreign Minister Mohammad Javad Zarif resumed nuclear talks at a hotel \
         in Lausanne on Thursday.",
        &["john-kerry", "mohammad-javad-zarif"],
    );
    contact(
        "2009-08-01",
        "In Friday's telephone conversation with the president, Nicolas Sarkozy, the German chancellor promised to help.",
        &["nicolas-sarkozy", "angela-merkel"],
    );
    contact(
        "2018-02-17",
        "Shinzo Abe handed President Moon Jae-in a list of names at yesterday's meeting in the palace.",
        &[ABE, MOON],
    );
}

#[test]
fn who_puts_a_call_through_and_when_it_was() {
    let rang = contact(
        "2018-04-30",
        "Shinzo Abe put through a call to President Moon Jae-in on Sunday.",
        &[ABE, MOON],
    );
    on(&rang, "2018-04-29");
    let dialled = "Shinzo Abe picked up the phone yesterday to call President Moon Jae-in.";
    on(&contact("2018-04-30", dialled, &[ABE, MOON]), "2018-04-29");
    let cleft = "It was on Wednesday morning that Shinzo Abe and Moon Jae-in talked by telephone, the first contact since the \
                 decree of 1 May.";
    on(&contact("2018-05-04", cleft, &[ABE, MOON]), "2018-05-02");
}

#[test]
fn what_two_do_together_in_a_place_or_on_a_day() {
    let day = "2018-04-30";
    for text in [
        "Prime Minister Shinzo Abe and President Moon Jae-in, brought together in Geneva on Sunday, agreed to a truce.",
        "The two leaders, Shinzo Abe and Moon Jae-in, put their names to a paper in Geneva on Sunday.",
        "Shinzo Abe and Moon Jae-in inaugurated the bridge on Sunday.",
        "The programme was launched on Sunday in Geneva by Prime Minister Shinzo Abe and President Moon Jae-in.",
        "The understanding that Shinzo Abe reached with President Moon Jae-in in Geneva on Sunday does not hold.",
        "Shinzo Abe and Moon Jae-in agreed on 29 April to put the quarrel behind them.",
    ] {
        on(&contact(day, text, &[ABE, MOON]), "2018-04-29");
    }
    // What they agreed to do on a day tells of no day on which they agreed.
    let ahead = records(day, "Shinzo Abe and Moon Jae-in agreed to open the bridge on 12 September.");
    let met = |it: &&Record| matches!(it.body, Body::Contact(_)) && it.status == Status::Occurred;
    assert!(ahead.iter().find(met).is_none(), "{ahead:?}");
}

#[test]
fn the_day_of_a_signing_may_be_told_behind_it_and_that_of_a_talk_before() {
    let signed = "Shinzo Abe has signed a peace agreement with President Moon Jae-in. The ceremony took place in Geneva \
                  yesterday.";
    on(&contact("2018-04-30", signed, &[ABE, MOON]), "2018-04-29");
    let talked = "Shinzo Abe came off the telephone on Sunday in some alarm. Friends describe his conversation with President \
                  Moon Jae-in as icy.";
    on(&contact("2018-04-30", talked, &[ABE, MOON]), "2018-04-29");
}

#[test]
fn what_is_asked_for_in_a_place_is_not_where_it_was_asked() {
    let text =
        "MOSCOW, April 30 - Shinzo Abe asked President Moon Jae-in on Sunday to close the base at Manas.";
    let asked = contact("2018-04-30", text, &[ABE, MOON]);
    assert!(asked.places.iter().all(|place| place.words.text != "Manas"), "{:?}", asked.places);
}

#[test]
fn who_meets_a_team_is_where_its_leader_is_and_not_where_the_matter_lies() {
    let text = "TOKYO, April 30 - Shinzo Abe met a South Korean delegation led by Moon Jae-in in Busan on Sunday. The meeting \
                discussed the port of Wonsan.";
    let met = contact("2018-04-30", text, &[ABE, MOON]);
    let places: Vec<&str> = met.places.iter().map(|place| place.words.text.as_str()).collect();
    assert_eq!(places, ["Busan"]);
}

#[test]
fn a_length_may_have_two_parts_and_what_is_agreed_on_lies_elsewhere() {
    let text = "SEOUL, April 29, 2018 - Shinzo Abe and Moon Jae-in spoke by telephone on Sunday for an hour and 45 minutes and agreed \
                to seek a ceasefire in eastern Ukraine.";
    let all = records("2018-04-29", text);
    let calls: Vec<_> = all.iter().filter(|it| matches!(it.body, Body::Contact(_))).collect();
    assert_eq!(calls.len(), 1, "{calls:?}");
    let Body::Contact(call) = &calls[0].body else { unreachable!("only contacts are left") };
    assert_eq!(call.duration.as_ref().map(|it| it.text.as_str()), Some("an hour and 45 minutes"));
    assert!(calls[0].places.is_empty(), "{:?}", calls[0].places);
    let headline = contact(
        "2018-04-29",
        "Shinzo Abe and Moon Jae-in speak twice as shelling mounts in eastern Ukraine",
        &[ABE, MOON],
    );
    assert!(headline.places.is_empty(), "{:?}", headline.places);
}

#[test]
fn two_teams_are_there_with_their_leaders() {
    let text = "After a week of talks in Amman, the delegation led by Hadi Haig and the Houthi team under Saeed Karim agreed \
                on Sunday to free 1,420 detainees.";
    let all = records("2020-02-17", text);
    let names: Vec<Vec<String>> = all
        .iter()
        .filter_map(|record| match &record.body {
            Body::Contact(contact) => {
                Some(contact.participants.iter().map(|party| party.name().to_owned()).collect())
            }
            _ => None,
        })
        .collect();
    assert!(names.contains(&vec!["Hadi Haig".to_owned(), "Saeed Karim".to_owned()]), "{names:?}");
}

#[test]
fn days_that_stand_behind_a_partner_or_with_the_telling() {
    let day = "2018-04-30";
    let behind = "The palace spoke of the outcome of President Moon Jae-in's meeting with Shinzo Abe, Prime Minister of \
                  Japan, in Geneva on Sunday.";
    on(&contact(day, behind, &[ABE, MOON]), "2018-04-29");
    let after = "An official told the agency on Sunday after Prime Minister Shinzo Abe had talks with \
                 his counterpart, Moon Jae-in, that Japan gives a loan.";
    on(&contact(day, after, &[ABE, MOON]), "2018-04-29");
    let before = "Japan will supply rice under a memorandum signed on Sunday during the visit of Prime Minister Shinzo Abe. \
                  Abe met Moon Jae-in at the palace.";
    on(&contact(day, before, &[ABE, MOON]), "2018-04-29");
}

#[test]
fn who_is_received_spoken_to_or_there_with_somebody() {
    let day = "2018-04-30";
    for text in [
        "Prime Minister Shinzo Abe received today at the Akasaka Palace the South Korean president, Moon Jae-in.",
        "Talks were held at the Akasaka residence on Monday between the Prime Minister of Japan, Shinzo Abe, and President Moon \
         Jae-in.",
        "In a brief ceremony today President Moon Jae-in and his Japanese host, Shinzo Abe, sealed the accord in Geneva.",
        "Shinzo Abe raised the case today with Moon Jae-in.",
        "Shinzo Abe and Moon Jae-in took stock of the accord in Geneva today.",
        "Shinzo Abe spent Monday with Moon Jae-in.",
    ] {
        on(&contact(day, text, &[ABE, MOON]), day);
    }
}

#[test]
fn a_conversation_of_the_same_day_that_names_nobody_is_theirs() {
    let text = "Shinzo Abe and Moon Jae-in signed an accord yesterday in Geneva. Sunday's conversation under a roof of straw \
                lasted seven hours, an official said.";
    let all = records("2018-04-30", text);
    let lengths: Vec<_> = all
        .iter()
        .filter_map(|record| match &record.body {
            Body::Contact(contact) => Some((contact.participants.len(), contact.duration.is_some())),
            _ => None,
        })
        .collect();
    assert_eq!(lengths, [(2, true)]);
}

#[test]
fn what_was_to_have_been_was_not_and_what_holds_now_is_no_past() {
    let met = records("2018-04-30", "Shinzo Abe and Moon Jae-in were to have met last week.");
    let contact = met.iter().find(|it| matches!(it.body, Body::Contact(_)));
    assert_eq!(contact.map(|it| it.status), Some(Status::Cancelled));
    let text =
        "Some 400 soldiers have been sent to the border, General Ospina said. A study counted 2,500 in 2012.";
    let sent = records("2018-04-30", text).into_iter().find(|it| matches!(it.body, Body::Deployment(_)));
    assert_eq!(sent.map(|it| it.epoch), Some(Epoch::Current));
    // Told behind the year, the same words go on with it.
    let text = "In 2012 a study counted 2,500. The generals sent 400 soldiers to the border.";
    let sent = records("2018-04-30", text).into_iter().rfind(|it| matches!(it.body, Body::Deployment(_)));
    assert_ne!(sent.map(|it| it.epoch), Some(Epoch::Current));
}

#[test]
fn a_firm_is_no_force_and_a_source_is_not_where_it_happened() {
    let day = "2022-09-26";
    let text = "Bogotá wants back a petrochemical company. The ambassador said that the company had been handed over already.";
    assert!(!records(day, text).iter().any(|it| matches!(it.body, Body::Deployment(_))));
    let text = "According to the presidency in Bogotá, Nicolás Maduro agreed to let lorries drive as far as San Cristóbal.";
    let position = records(day, text).into_iter().find(|it| matches!(it.body, Body::Position(_)));
    let places: Vec<String> =
        position.iter().flat_map(|it| &it.places).map(|place| place.words.text.clone()).collect();
    assert_eq!(places, ["San Cristóbal"]);
}

#[test]
fn ambassadors_who_return_are_no_visit_and_no_deportation() {
    let text = "Japan and South Korea send ambassadors back after week of anger\n\nTOKYO, April 30 - Japan and South Korea will \
                return their ambassadors to their posts by Friday.";
    let all = records("2018-04-30", text);
    let wrong = |it: &&Record| {
        let kind = it.plover.as_ref().map(|plover| plover.kind);
        matches!(it.body, Body::Contact(_))
            || matches!(kind, Some(EventType::Coerce | EventType::Retreat | EventType::Concede))
    };
    let wrong: Vec<&Record> = all.iter().filter(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn what_somebody_calls_so_is_not_rung() {
    let text = "SEOUL, April 30 - Japanese jets struck what Tokyo called two bases of the militant group Jaish al-Adl.";
    let consulted = |it: &Record| it.plover.as_ref().is_some_and(|plover| plover.kind == EventType::Consult);
    assert!(!records("2018-04-30", text).iter().any(consulted));
}

#[test]
fn what_was_done_has_neither_the_day_of_what_is_to_come_nor_the_place_of_something_beside() {
    let text = "TOKYO, April 30 - Shinzo Abe accepted an invitation to visit Seoul on May 9. Moon Jae-in, who had cut short a trip to \
                Davos, chaired a meeting of the cabinet on Friday.";
    let all = records("2018-04-30", text);
    let accepted =
        all.iter().find(|it| matches!(&it.body, Body::Position(it) if it.stance == Stance::Acceptance));
    let accepted = accepted.expect("the acceptance is told");
    assert_eq!((accepted.status, accepted.when.as_ref()), (Status::Occurred, None));
    let chaired = all.iter().filter(|it| it.evidence.text.contains("chaired"));
    assert!(chaired.flat_map(|it| &it.places).all(|place| place.words.text != "Davos"));
}

#[test]
fn who_is_expected_somewhere_is_no_forecast_and_what_will_be_has_no_day_that_is_over() {
    let text = "SEOUL, April 30 - Shinzo Abe arrived in Seoul on Sunday evening and will travel on to Beijing. Moon Jae-in was \
                expected in Tokyo on Wednesday.";
    let all = records("2018-04-30", text);
    assert!(!all.iter().any(|it| matches!(it.body, Body::Forecast(_))));
    let planned =
        all.iter().find(|it| it.evidence.text.ends_with("on to Beijing") && it.status == Status::Planned);
    assert_eq!(planned.expect("the journey to come is told").when, None);
}
