//! What the linking of mentions does with short texts.

use crate::{Analysis, Kit, analyse};
use demarche_record::{Edtf, Published, PublishedBasis};
use std::sync::Arc;

fn read(text: &str, day: &str) -> Analysis {
    let kit = Kit::builtin().expect("the built-in kit loads");
    let mut document = Arc::unwrap_or_clone(demarche_testkit::document(text));
    document.language = Some("en".to_owned());
    document.published =
        Published { edtf: Some(Edtf(day.to_owned())), basis: PublishedBasis::Declared, evidence: Vec::new() };
    analyse(Arc::new(document), &kit)
}

/// Names of the entities behind the mentions with these words.
fn named<'a>(analysis: &'a Analysis, words: &str) -> Vec<&'a str> {
    let mentions = analysis.mentions.iter().filter(|mention| analysis.text(mention.span) == words);
    mentions.map(|mention| mention.entity.map_or("nobody", |id| analysis.entity(id).name.as_str())).collect()
}

const CALL: &str = "French President Emmanuel Macron spoke to his Russian counterpart on Friday. The two leaders agreed \
                    to meet, the Kremlin said.";

#[test]
fn a_counterpart_holds_the_same_office_at_the_documents_date() {
    let analysis = read(CALL, "2022-01-28");
    assert_eq!(named(&analysis, "his Russian counterpart"), ["Vladimir Putin"]);
    assert_eq!(named(&analysis, "The two leaders"), ["Emmanuel Macron and Vladimir Putin"]);
}

#[test]
fn two_titled_names_are_the_pair_whoever_they_met() {
    let text = "Armenian Prime Minister Nikol Pashinyan and Azerbaijani President Ilham Aliyev met Donald Trump on \
                Friday. The two leaders had met alone in July.";
    assert_eq!(named(&read(text, "2025-08-10"), "The two leaders"), ["Nikol Pashinyan and Ilham Aliyev"]);
}

#[test]
fn a_title_alone_means_its_holder_of_the_day() {
    let text = "The French president met reporters on Tuesday.";
    assert_eq!(named(&read(text, "2010-03-02"), "The French president"), ["Nicolas Sarkozy"]);
    assert_eq!(named(&read(text, "2022-03-01"), "The French president"), ["Emmanuel Macron"]);
}

#[test]
fn a_seat_is_an_actor_or_a_place() {
    let analysis =
        read("Moscow rejected the offer. The delegation arrived in Moscow on Sunday.", "2022-03-01");
    assert_eq!(named(&analysis, "Moscow"), ["Russia", "Moscow"]);
    let places: Vec<_> = analysis.places.iter().map(|place| place.words.text.as_str()).collect();
    assert_eq!(places, ["Moscow"]);
}

#[test]
fn somebody_no_pack_knows_is_minted_with_a_description() {
    let analysis = read("The foreign minister of Freedonia, Rufus Firefly, called on Monday.", "2022-03-01");
    let minister =
        analysis.entities.iter().find(|entity| entity.name == "Rufus Firefly").expect("he is named");
    assert_eq!(minister.actor.as_ref().map(|actor| actor.0.as_str()), Some("x-rufus-firefly"));
    assert!(minister.description.as_deref().is_some_and(|it| it.starts_with("foreign minister")));
}

/// Numbers of the entities behind the mentions with these words.
fn behind(analysis: &Analysis, words: &str) -> Vec<Option<u32>> {
    let mentions = analysis.mentions.iter().filter(|mention| analysis.text(mention.span) == words);
    mentions.map(|mention| mention.entity.map(|id| id.0)).collect()
}

#[test]
fn the_writer_is_one_person_without_a_name() {
    let analysis = read("I reached the valley at noon. Nobody stopped me. My driver waited.", "2022-03-01");
    let writer = behind(&analysis, "I")[0].expect("somebody writes");
    assert_eq!(behind(&analysis, "me"), [Some(writer)]);
    let entity = &analysis.entities[writer as usize];
    assert_eq!((entity.name.as_str(), entity.actor.as_ref()), ("", None));
}

#[test]
fn in_a_transcript_the_label_says_who_speaks() {
    let text = "Anna Berg: I will not sign this.\n\nCarl Holm: I have heard that before.\n\nAnna Berg: Then I \
                will leave.\n\nCarl Holm: As you like.";
    assert_eq!(named(&read(text, "2022-03-01"), "I"), ["Anna Berg", "Carl Holm", "Anna Berg"]);
}

#[test]
fn an_organ_with_another_possessor_is_not_the_one_of_the_packs() {
    let analysis = read("Chile's Defense Department denied the report.", "2022-03-01");
    assert!(analysis.entities.iter().all(|it| it.actor.as_ref().is_none_or(|id| !id.0.starts_with("usa"))));
}

#[test]
fn a_thing_is_taken_up_by_the_same_noun() {
    let text = "The mission published a survey on Monday. It covers ten towns. Officials praised the survey, \
                but its authors want more.";
    let analysis = read(text, "2022-03-01");
    assert_eq!(behind(&analysis, "It")[0], behind(&analysis, "its")[0]);
}

#[test]
fn an_owner_that_is_known_names_whom_only_a_title_describes() {
    let analysis = read("NATO held a meeting in Riga. Its spokesperson praised the host.", "1988-03-01");
    let names: Vec<&str> = analysis.entities.iter().map(|entity| entity.name.as_str()).collect();
    assert!(names.contains(&"spokesperson of NATO"), "{names:?}");
}

#[test]
fn an_office_called_otherwise_is_that_office() {
    let text = "The Mozambican head of state rang his South African colleague on Wednesday. His colleagues were told. \
                Saudi Arabia's top diplomat was told too.";
    let analysis = read(text, "2021-05-20");
    assert_eq!(named(&analysis, "The Mozambican head of state"), ["Filipe Nyusi"]);
    assert_eq!(named(&analysis, "his South African colleague"), ["Cyril Ramaphosa"]);
    assert_eq!(named(&analysis, "Saudi Arabia's top diplomat"), ["Faisal bin Farhan"]);
    assert_ne!(named(&analysis, "His colleagues"), ["Cyril Ramaphosa"]);
}

#[test]
fn an_envoy_for_one_country_is_none_for_another() {
    let text = "The UN's special envoy for Yemen said that it was late.";
    assert_eq!(named(&read(text, "2020-09-28"), "The UN's special envoy for Yemen"), ["Martin Griffiths"]);
    let text = "The UN's special envoy for Freedonia said that it was late.";
    assert_ne!(named(&read(text, "2020-09-28"), "The UN's special envoy for Freedonia"), ["Geir Pedersen"]);
}

#[test]
fn the_two_are_those_of_whom_the_text_spoke_last() {
    let text = "Vladimir Putin gave his word to Emmanuel Macron when the two talked in Moscow on Monday.";
    assert_eq!(named(&read(text, "2022-02-08"), "the two"), ["Vladimir Putin and Emmanuel Macron"]);
}

#[test]
fn a_count_of_people_means_those_whom_the_text_put_together() {
    let text = "Kenyan President William Ruto and Ugandan President Yoweri Museveni met in Kampala. Tanzanian President \
                Samia Suluhu Hassan later drove both men to the airport.";
    assert_eq!(named(&read(text, "2025-03-10"), "both men"), ["William Ruto and Yoweri Museveni"]);
    let text = "Emmanuel Macron, Keir Starmer and Donald Tusk met in London. Vladimir Putin was not amused. The three \
                leaders promised more shells.";
    let three = read(text, "2025-03-10");
    assert_eq!(named(&three, "The three leaders"), ["Emmanuel Macron, Keir Starmer and Donald Tusk"]);
}

#[test]
fn who_acts_is_not_whom_he_acts_upon() {
    let text = "Colombia froze its talks with Nicaragua after accusing it of sheltering rebels.";
    assert_eq!(named(&read(text, "2025-03-10"), "it"), ["Nicaragua"]);
    let text = "Poland has closed a consulate of Russia and expelled its ambassador.";
    assert_eq!(named(&read(text, "2025-03-10"), "its"), ["Russia"]);
}

#[test]
fn names_between_tell_two_persons_apart_and_a_shorter_name_is_the_same() {
    let text = "Sheikh Sabah Khaled Al-Hamad Al-Sabah met the envoy.";
    assert_eq!(
        named(&read(text, "2017-01-25"), "Sheikh Sabah Khaled Al-Hamad Al-Sabah"),
        ["Sabah Khaled Al-Hamad Al-Sabah"]
    );
    let text = "Teodoro Obiang Nguema met Fernando Lugo Méndez.";
    let analysis = read(text, "2010-01-25");
    assert_eq!(named(&analysis, "Teodoro Obiang Nguema"), ["Teodoro Obiang Nguema Mbasogo"]);
    assert_eq!(named(&analysis, "Fernando Lugo Méndez"), ["Fernando Lugo"]);
}

#[test]
fn a_head_of_state_without_a_country_is_the_president_of_the_text() {
    let text = "The President of Mali, Colonel Assimi Goïta, received the mediator on Monday. The head of State thanked him.";
    assert_eq!(named(&read(text, "2022-01-06"), "The head of State"), ["Assimi Goïta"]);
}

#[test]
fn their_may_point_ahead_and_who_only_tells_is_not_told_of() {
    let text = "The villagers waited. At their meeting in Astana on Monday, Islam Karimov and Nursultan Nazarbayev signed a protocol.";
    assert_eq!(named(&read(text, "2002-09-10"), "their"), ["Islam Karimov and Nursultan Nazarbayev"]);
    let text = "Idriss Deby came home with a list, a government spokesman said on Monday. His host had handed it to him.";
    assert_eq!(named(&read(text, "2015-02-19"), "him"), ["Idriss Déby"]);
}

#[test]
fn the_provincial_government_is_nobody_elses() {
    let text = "General Rudzani Maphwanya said that his government was ready. The provincial government of the north was not told.";
    let analysis = read(text, "2025-05-16");
    assert_ne!(
        named(&analysis, "The provincial government of the north"),
        named(&analysis, "his government")
    );
    assert!(
        !named(&analysis, "his government")[0].contains("Rudzani"),
        "{:?}",
        named(&analysis, "his government")
    );
}

#[test]
fn the_police_are_no_ministry_named_before() {
    let text = "The talks were arranged by Georgia, according to the foreign ministry in Tbilisi. Some 40 residents blocked the highway, the police said.";
    let analysis = read(text, "2022-03-16");
    let police = named(&analysis, "the police");
    assert!(police.iter().all(|name| !name.to_lowercase().contains("ministry")), "{police:?}");
}

#[test]
fn a_deputy_a_former_holder_or_another_minister_is_not_the_prime_minister() {
    let rest = "met Angela Merkel in Berlin on Thursday. The Prime Minister will visit Rome on Friday.";
    for lead in
        ["Deputy Prime Minister Jane Doe", "Foreign Minister Jane Doe", "Former Prime Minister Jane Doe"]
    {
        let analysis = read(&format!("{lead} {rest}"), "2017-08-11");
        assert_eq!(named(&analysis, "The Prime Minister"), ["the Prime Minister"], "{lead}");
    }
    let analysis = read(&format!("Prime Minister Jane Doe {rest}"), "2017-08-11");
    assert_eq!(named(&analysis, "The Prime Minister"), ["Jane Doe"]);
    let text = "Foreign Minister Jane Doe met Angela Merkel on Thursday. The Prime Minister stayed away. The minister \
                flew to Rome.";
    assert_eq!(named(&read(text, "2017-08-11"), "The minister"), ["Jane Doe"]);
}

#[test]
fn surnames_of_two_leaders_vouch_for_each_other() {
    let analysis = read("Scholz met Tusk in Berlin on Monday.", "2024-02-13");
    assert_eq!(
        (named(&analysis, "Scholz"), named(&analysis, "Tusk")),
        (vec!["Olaf Scholz"], vec!["Donald Tusk"])
    );
}

#[test]
fn whoever_leads_a_body_is_its_head() {
    let text = "The head of the European Commission spoke on Monday. Myanmar's military ruler did not.";
    let analysis = read(text, "2022-05-03");
    assert_eq!(named(&analysis, "The head of the European Commission"), ["Ursula von der Leyen"]);
    assert_eq!(named(&analysis, "Myanmar's military ruler"), ["Min Aung Hlaing"]);
}

#[test]
fn who_goes_on_speaking_is_who_spoke_before() {
    let text = "Jane Doe said that Ann Roe had assured her of help. \u{201c}I got what I wanted,\u{201d} she told \
                reporters.";
    assert_eq!(named(&read(text, "2022-05-03"), "she"), ["Jane Doe"]);
}

#[test]
fn where_ministers_are_is_not_whose_they_are() {
    let text =
        "Meeting of the Foreign Ministers of Armenia and Azerbaijan in Krakow\n\nThey met on Thursday.";
    let analysis = read(text, "2018-01-18");
    let pair = analysis.entities.iter().find(|entity| entity.members.len() > 1).expect("two are meant");
    let names: Vec<&str> = pair.members.iter().map(|id| analysis.entity(*id).name.as_str()).collect();
    assert_eq!(names, ["Edward Nalbandian", "Elmar Mammadyarov"]);
}

#[test]
fn a_name_with_the_fathers_behind_it_is_the_same_persons() {
    let text = "Prince Mohammed bin Salman bin Abdulaziz Al Saud, Crown Prince of Saudi Arabia, spoke on Monday. Comandante \
                Manuel Marulanda did not.";
    let analysis = read(text, "2024-12-09");
    let actors: Vec<&str> =
        analysis.entities.iter().filter_map(|it| it.actor.as_ref()).map(|it| it.0.as_str()).collect();
    assert!(actors.contains(&"mohammed-bin-salman"), "{actors:?}");
    assert!(analysis.entities.iter().any(|it| it.name == "Manuel Marulanda"));
}

#[test]
fn a_surname_is_his_whom_the_text_named_and_both_sides_are_not_who_acts() {
    let text = "Colombian Transport Minister Ramón Velásquez opened the bridge on Monday. Gustavo Petro shook hands with \
                Velásquez. Colombia and the United Nations had talked. The United Nations' envoy, Jane Doe, urged both sides to \
                keep calm.";
    let analysis = read(text, "2022-09-26");
    assert_eq!(named(&analysis, "Velásquez"), ["Ramón Velásquez"]);
    assert_eq!(named(&analysis, "both sides"), ["both sides"]);
}

#[test]
fn who_mediates_is_none_of_the_two_and_who_is_named_once_neither() {
    let text = "Pakistan hit Iran on Monday. Iran called in the envoy of Pakistan. Pakistan warned Iran on Tuesday. Pakistani \
                jets hit hideouts of the Baloch Liberation Army. China offered on Thursday to mediate between the two.";
    assert_eq!(named(&read(text, "2024-01-22"), "the two"), ["Iran and Pakistan"]);
}
