//! Names used as places and which place on earth they mean.

use demarche_language::{Analysis, Kit, analyse};
use std::sync::{Arc, OnceLock};

fn read(text: &str) -> Analysis {
    static KIT: OnceLock<Kit> = OnceLock::new();
    let kit = KIT.get_or_init(|| Kit::builtin().expect("the built-in kit loads"));
    let mut document = Arc::unwrap_or_clone(demarche_testkit::document(text));
    document.language = Some("en".to_owned());
    analyse(Arc::new(document), kit)
}

/// (words, standard name, country) of every place found.
fn places(text: &str) -> Vec<(String, String, String)> {
    let analysis = read(text);
    let cells = |it: &Option<String>| it.clone().unwrap_or_default();
    analysis.places.iter().map(|it| (it.words.text.clone(), cells(&it.name), cells(&it.country))).collect()
}

fn has(text: &str, words: &str, name: &str, country: &str) {
    let found = places(text);
    let wanted = (words.to_owned(), name.to_owned(), country.to_owned());
    assert!(found.contains(&wanted), "{wanted:?} is not among {found:?} in {text:?}");
}

fn has_not(text: &str, words: &str) {
    let found = places(text);
    assert!(found.iter().all(|(own, ..)| own != words), "{words:?} is among {found:?} in {text:?}");
}

#[test]
fn a_seat_behind_a_word_of_place_or_motion_is_a_place() {
    has(
        "Serbia's prime minister received the US envoy Paul Hart in Belgrade on Tuesday.",
        "Belgrade",
        "Belgrade",
        "SRB",
    );
    has("The junta drove the rebels out of Bamako in May.", "Bamako", "Bamako", "MLI");
    has("A second round between the two sides is set for Doha.", "Doha", "Doha", "QAT");
    has("The two states sent a joint delegation to Niamey.", "Niamey", "Niamey", "NER");
    has("A trip by the foreign minister to Ankara was cancelled.", "Ankara", "Ankara", "TUR");
    has("The Oslo talks broke down in June.", "Oslo", "Oslo", "NOR");
    has("The road between Beirut and Damascus was cut.", "Damascus", "Damascus", "SYR");
    has("Footage from Quito showed soldiers at the gates.", "Quito", "Quito", "ECU");
    has("Chad closed its border with Sudan on Friday.", "Sudan", "Sudan", "SDN");
    has_not("Talks between Beirut and Damascus stalled.", "Damascus");
    has_not("Students demanded an apology for Tirana from the minister.", "minister");
    has_not("Caracas said it was Guyana that had asked for more time.", "Caracas");
}

#[test]
fn a_country_named_beside_a_town_decides_among_namesakes() {
    has("Soldiers shot at a crowd in Tripoli, Lebanon, on Sunday.", "Tripoli", "Tripoli", "LBN");
    has("Soldiers shot at a crowd in Tripoli on Sunday.", "Tripoli", "Tripoli", "LBY");
}

#[test]
fn of_two_countries_in_a_story_the_larger_town_is_meant() {
    let text = "Russia's president and the Russian chief of staff spoke of Ukraine. Russian guns fired at Donetsk, Moscow said.";
    has(text, "Donetsk", "Donetsk", "UKR");
}

#[test]
fn a_common_noun_with_its_article_is_no_town() {
    has_not("The President of the Republic reminded the ambassador of the treaty.", "Republic");
}

#[test]
fn an_agency_between_brackets_is_no_town() {
    let text = "PARIS, Jan. 28 (Meridian) - The American envoy met the French president. He told Meridian that the \
                United States would wait.";
    has(text, "PARIS", "Paris", "FRA");
    has_not(text, "Meridian");
}

#[test]
fn what_is_named_after_a_place_lies_there() {
    has(
        "Pakistani soldiers pulled back from the Kargil heights in Kashmir in 1999.",
        "Kargil",
        "Kargil",
        "IND",
    );
}

#[test]
fn a_town_of_the_country_of_the_story_is_nobody() {
    has(
        "Congo's army is in disarray. In 2012 the same movement occupied Goma for eleven days and left.",
        "Goma",
        "Goma",
        "COD",
    );
    has_not(
        "Congo's army is in disarray. Its spokesman, Colonel Alain Goma, spoke on Monday. Goma denied it.",
        "Goma",
    );
}

#[test]
fn a_place_that_the_gazetteer_lacks_lies_where_the_text_puts_it() {
    let text = "Gunmen killed nine herders at Kalemboko, a hamlet 60 km east of Ansongo, the governor said.";
    has(text, "Kalemboko", "Kalemboko", "MLI");
    let place = read(text).places.into_iter().find(|it| it.words.text == "Kalemboko");
    assert_eq!(place.map(|it| (it.position, it.precision)), Some((None, None)), "it is not on the map");
    let text = "Rebels hold Rutshuru and Masisi. Families fled from Kiwanja to Bukombolo, and the road to Goma was cut.";
    has(text, "Bukombolo", "Bukombolo", "COD");
    // Two states around it: nobody can tell.
    has("Shots were heard in Gisenyi and Goma, and a shell fell in Bukombolo.", "Bukombolo", "", "");
}

#[test]
fn a_site_on_a_border_is_of_the_side_that_the_text_speaks_of() {
    let pakistani = "Pakistan's army closed the Torkham crossing after a night of fighting.";
    has(pakistani, "Torkham crossing", "Torkham", "PAK");
    has("Afghan officials opened the Torkham crossing to lorries.", "Torkham crossing", "Torkham", "AFG");
}

#[test]
fn a_disputed_place_is_of_the_state_that_it_is_given_to_or_that_holds_it() {
    has("A Russian drill was announced for the waters off Iturup.", "Iturup", "Iturup", "RUS");
    has("Israel has three brigades on the Golan Heights.", "Golan Heights", "Golan Heights", "SYR");
    has("A boat was rammed off Mischief Reef.", "Mischief Reef", "Mischief Reef", "");
}

#[test]
fn a_region_is_not_the_town_that_it_is_called_by() {
    let text = "Drones struck the Sumy region on Monday. In Sumy itself two people died, Ukraine said.";
    has(text, "Sumy", "Sumy region", "UKR");
    has(text, "Sumy", "Sumy", "UKR");
}

#[test]
fn a_town_where_others_met_says_nothing_of_the_places_around_it() {
    let text = "Nepal's army sent more men. The Nepali prime minister spoke in Kathmandu, and Pokhara was quiet. Nepal's rebels \
                wanted talks in Geneva. A post at Kalemboko was overrun.";
    let place = read(text).places.into_iter().find(|it| it.words.text == "Kalemboko").expect("a place");
    assert_ne!(place.country.as_deref(), Some("CHE"));
}

#[test]
fn what_is_taken_for_a_person_stands_where_places_do() {
    has(
        "Croatian brigades climbed the slopes, and the attack from Sisak was halted.",
        "Sisak",
        "Sisak",
        "HRV",
    );
    has("Burmese jets bombed Bhamo, Mansi and Pangwa in Myanmar.", "Mansi", "Mansi", "MMR");
    has_not("Croatia's minister, Ivan Glina, resigned. A letter from Glina was read in parliament.", "Glina");
}

#[test]
fn rivers_keep_their_article_and_towns_have_none() {
    let found = places(
        "Villagers crossed the Orvala in boats on Sunday. Soldiers stood on the far bank of the Orvala.",
    );
    assert!(found.iter().any(|(words, name, _)| words == "Orvala" && name.is_empty()), "{found:?}");
    has_not("The ships passed the Strait at noon.", "Strait");
}

#[test]
fn a_hyphen_joins_two_towns_of_a_road_or_makes_one_name() {
    let road = "Rebels closed the Bamako-Ségou road in Mali.";
    has(road, "Bamako", "Bamako", "MLI");
    has(road, "Ségou", "Ségou", "MLI");
    has_not("Guards in Kyrgyzstan fired on the village of Kyzyl-Orva on Friday.", "Kyzyl");
}

#[test]
fn a_city_of_the_world_is_no_small_namesake() {
    let text = "The United States said that American envoys would wait. U.S. officials expect talks in Geneva next week.";
    has(text, "Geneva", "Geneva", "CHE");
}

#[test]
fn where_only_a_place_can_stand_a_seat_is_a_place() {
    for text in [
        "The group's Cairo office was raided.",
        "The plane to Cairo turned back.",
        "The battle for Cairo is over.",
        "Cairo was quiet on Monday.",
        "Mediators shuttled between Cairo and Doha.",
    ] {
        has(text, "Cairo", "Cairo", "EGY");
    }
    has_not("Cairo was angry on Monday.", "Cairo");
}

#[test]
fn a_town_among_others_of_its_country_is_no_person() {
    has(
        "The army lost Kunduz, Mazar-i-Sharif, Jalalabad and Herat. Ghazni had held, and Kandahar on the 12th.",
        "Ghazni",
        "Ghazni",
        "AFG",
    );
    has_not(
        "The army lost Kunduz, Mazar-i-Sharif, Jalalabad and Herat. Ghazni said that it had held.",
        "Ghazni",
    );
}
