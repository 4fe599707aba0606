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

#[test]
fn one_conversation_is_one_contact() {
    for text in [
        "Hassan Sheikh Mohamud will speak with Abiy Ahmed in the coming hours.",
        "Hassan Sheikh Mohamud and Abiy Ahmed discussed Eritrea at talks in Ankara.",
        "Hassan Sheikh Mohamud and Abiy Ahmed discussed the port during their talks.",
    ] {
        let found = contacts(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
    let about = between(
        "Hassan Sheikh Mohamud and Abiy Ahmed discussed Eritrea at talks in Ankara.",
        &["Mohamud", "Abiy"],
    );
    assert_eq!(about.participants.len(), 2, "{about:?}");
}

#[test]
fn mediators_are_not_the_two_between_whom_they_stand() {
    let text = "Pakistan and Afghanistan signed a truce mediated by Turkey and Qatar. The two neighbours will meet again in \
                Istanbul on Monday.";
    between(text, &["Pakistan", "Afghanistan"]);
}

#[test]
fn whose_counterpart_somebody_is_stands_beside_him() {
    let text = "Emmanuel Macron flew to Kyiv on Monday. Vladimir Putin and his Kazakh counterpart, Kassym-Jomart Tokayev, spoke \
                by telephone.";
    between(text, &["Putin", "Tokayev"]);
}

#[test]
fn parties_stand_where_the_sentence_puts_them() {
    let cases: &[(&str, [&str; 2])] = &[
        (
            "Invited by Kenya, the Heads of State Hakainde Hichilema and Felix Tshisekedi conversed in Lusaka on 6 July.",
            ["Hichilema", "Tshisekedi"],
        ),
        (
            "James Baker was received in the camps near Tindouf on Friday by Mohamed Abdelaziz.",
            ["Baker", "Abdelaziz"],
        ),
        (
            "The President of the Transition received in audience at Koulouba on Wednesday the mediator of the bloc.",
            ["Transition", "mediator"],
        ),
        (
            "The heads of the commissions on the border, Sooronbai Zheenbekov and Emomali Rahmon, held a meeting in Isfara.",
            ["Zheenbekov", "Rahmon"],
        ),
        ("Noeleen Heyzer paid a call on Hun Sen in Phnom Penh on 21 March.", ["Heyzer", "Hun Sen"]),
        (
            "Emmanuel Macron told Paul Biya when they spoke on Monday that the vote was near.",
            ["Macron", "Biya"],
        ),
        ("Min Aung Hlaing received the Cambodian who speaks for the bloc.", ["Min Aung Hlaing", "Cambodia"]),
        ("The conversation with Paul Biya took place at the initiative of Bola Tinubu.", ["Biya", "Tinubu"]),
        (
            "In Monday's report on the audience which King Salman granted to Michel Aoun in Jeddah, the hour was wrong.",
            ["Salman", "Aoun"],
        ),
        (
            "NAIROBI — On 12 November 2022 Abiy Ahmed and William Ruto signed a declaration on trade.",
            ["Abiy", "Ruto"],
        ),
        (
            "Ilham Aliyev and Nikol Pashinyan met in Munich on Saturday, first in public and then alone.",
            ["Aliyev", "Pashinyan"],
        ),
    ];
    for (text, parties) in cases {
        between(text, parties);
    }
}

#[test]
fn commanders_of_two_armies_are_two_parties() {
    between(
        "Corps commanders of the Thai and Cambodian armies met at the crossing on Sunday.",
        &["Thai", "Cambodian"],
    );
}

#[test]
fn who_presides_or_ends_a_meeting_is_none_of_those_who_meet() {
    let told = between(
        "Irfaan Ali and Nicolas Maduro met at Argyle on Thursday, with Ralph Gonsalves in the chair.",
        &["Ali", "Maduro"],
    );
    assert_eq!(told.participants.len(), 2, "{told:?}");
    let ended = contacts("Hans Grundberg ended the meeting of the two delegations in Amman on Sunday.");
    assert!(
        ended.iter().all(|it| it.participants.iter().all(|party| !party.name().contains("Grundberg"))),
        "{ended:?}"
    );
    between(
        "Irfaan Ali and Nicolas Maduro sat across from each other in Kingstown on Thursday.",
        &["Ali", "Maduro"],
    );
}

#[test]
fn who_is_called_on_to_act_is_not_visited() {
    let text = "In Geneva, a spokesman, Matthew Saltmarsh, called on donors to release the money.";
    assert!(contacts(text).is_empty(), "{:?}", contacts(text));
}

#[test]
fn official_style_names_who_meets() {
    let cases: &[(&str, &[&str])] = &[
        (
            "The Minister for Foreign Affairs, Jane Okello, and Ghana's Minister of Foreign Affairs, Peter Addo, met today in \
             Geneva.",
            &["Okello", "Addo"],
        ),
        (
            "At the invitation of His Majesty King Salman, Their Excellencies Alassane Ouattara, John Mahama and Macky Sall met \
             today at the palace.",
            &["Ouattara", "Mahama", "Sall"],
        ),
        (
            "The United Nations High Commissioner for Refugees, Filippo Grandi, met in Lusaka with the president, Hakainde \
             Hichilema.",
            &["Grandi", "Hichilema"],
        ),
        (
            "Jan-Peter Falk was in Cairo on Monday for talks with Al-Sadiq Omar Al-Tayib.",
            &["Jan-Peter Falk", "Al-Sadiq Omar"],
        ),
        (
            "H.E. William Ruto, President of the Republic of Kenya, held talks yesterday in Cairo with the Prime Minister of Fiji, \
             Tomasi Vula.",
            &["William Ruto", "Vula"],
        ),
        (
            "Mokgweetsi Masisi and Said Omar Nuri, whose talks in Harare ended on Friday, agreed on a truce.",
            &["Masisi", "Said Omar"],
        ),
        (
            "The Presidents Lazarus Chakwera and Filipe Nyusi headed on Monday the third joint meeting of their cabinets.",
            &["Chakwera", "Nyusi"],
        ),
        (
            "The meeting of the Joint Commission was held in Suva on Monday. The Fijian delegation was led by Minister Tomasi Vula, \
             the Tongan delegation by Ambassador Sione Fifita.",
            &["Vula", "Fifita"],
        ),
        ("Mia Mottley and Irfaan Ali attended the signing of the accord in Bridgetown.", &["Mottley", "Ali"]),
        (
            "Reporters asked about the trilateral of the Zambian, the Malawian and the Tanzanian presidents.",
            &["Zambia", "Malawi", "Tanzania"],
        ),
    ];
    for (text, parties) in cases {
        between(text, parties);
    }
}

#[test]
fn a_courtesy_call_is_a_meeting() {
    let text =
        "The ambassador, Anna Lindqvist, called on Prime Minister Hun Manet at his residence on 14 March.";
    assert_eq!(between(text, &["Lindqvist", "Manet"]).medium, Medium::Visit);
    let found =
        between("William Ruto received a courtesy call from Irfaan Ali on 15 July.", &["Ruto", "Ali"]);
    assert_eq!(found.medium, Medium::Meeting);
}

#[test]
fn pronouns_of_a_pair_mean_both() {
    between("William Ruto asked Salva Kiir to wait when they spoke on Monday.", &["Ruto", "Kiir"]);
    between(
        "Paul Kagame handed the list to Abiy Ahmed at their talks in Kigali on 16 February.",
        &["Kagame", "Abiy"],
    );
}

#[test]
fn crowds_that_return_visit_nobody_and_who_did_not_agree_may_have_met() {
    assert!(contacts("A list names 6,320 persons who want to return to Malawi.").is_empty());
    let text = "William Ruto and Salva Kiir did not agree on dates in Nairobi on Tuesday.";
    assert!(contacts(text).is_empty(), "{:?}", contacts(text));
}

#[test]
fn what_something_is_called_is_no_call_and_notes_make_no_letter_of_a_talk() {
    assert!(contacts("Visitors may set foot on the islands they call the Malvinas.").is_empty());
    let text = "The conversation between Donald Trump and Malcolm Turnbull was short, said an official who had seen the notes.";
    assert_eq!(between(text, &["Trump", "Turnbull"]).medium, Medium::Unspecified);
}
