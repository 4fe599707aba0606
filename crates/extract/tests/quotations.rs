//! Who said what, to whom, in whose report: one sentence or short text a case, read by the shipped network.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{Body, Form, Quotation, Record};
use demarche_testkit::document;
use std::sync::OnceLock;

fn kit() -> &'static Kit {
    static KIT: OnceLock<Kit> = OnceLock::new();
    KIT.get_or_init(|| Kit::builtin().expect("the shipped network loads"))
}

fn records(text: &str) -> Vec<Record> {
    extract(&analyse(document(text), kit()), &kit().pack, "test")
}

fn quotations(text: &str) -> Vec<(Record, Quotation)> {
    let all = records(text).into_iter();
    all.filter_map(|record| match &record.body {
        Body::Quotation(it) => Some((record.clone(), it.clone())),
        _ => None,
    })
    .collect()
}

/// Everything said that holds these words, shortest first.
fn holding(text: &str, words: &str) -> Vec<(Record, Quotation)> {
    let mut found = quotations(text);
    found.retain(|(_, it)| it.content.iter().any(|piece| piece.text.contains(words)));
    found.sort_by_key(|(_, it)| it.content.iter().map(|piece| piece.text.len()).sum::<usize>());
    found
}

fn content(it: &Quotation) -> String {
    it.content.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" … ")
}

fn speaker(it: &Quotation) -> String {
    it.speaker.as_ref().map(|party| party.name().to_owned()).unwrap_or_default()
}

fn chain(record: &Record) -> Vec<String> {
    record
        .attribution
        .iter()
        .map(|link| link.party.as_ref().map(|party| party.name().to_owned()).unwrap_or_default())
        .collect()
}

/// Asserts that the words are said by this speaker, in these words exactly.
#[track_caller]
fn says(text: &str, who: &str, what: &str) -> (Record, Quotation) {
    let found = quotations(text);
    let told: Vec<String> = found.iter().map(|(_, it)| format!("{}: {}", speaker(it), content(it))).collect();
    let hit = found.into_iter().find(|(_, it)| content(it) == what && speaker(it).contains(who));
    hit.unwrap_or_else(|| panic!("{who:?} does not say {what:?} in {told:#?}"))
}

#[test]
fn a_clause_lodged_in_its_medium_is_still_what_is_said() {
    let text = "The palace said in a statement that the curfew would end on Friday.";
    let (record, it) = says(text, "The palace", "that the curfew would end on Friday");
    assert_eq!(it.medium.map(|it| it.text), Some("a statement".to_owned()));
    assert!(record.attribution.is_empty());
}

#[test]
fn what_the_writer_goes_on_with_is_the_speakers() {
    let text = "The army said its posts were quiet, adding that no shells had landed since dawn.";
    says(text, "army", "its posts were quiet");
    says(text, "army", "that no shells had landed since dawn");
    let text = "The ministry said the convoy was ready and warned that delays would cost lives.";
    says(text, "ministry", "the convoy was ready");
    let (record, _) = says(text, "ministry", "that delays would cost lives");
    assert!(record.attribution.is_empty(), "the warning is the ministry's own");
}

#[test]
fn an_apposition_behind_the_words_said_is_the_writers() {
    let text = "The rebels maintain they hold three airfields, a number that diplomats in Nairobi doubt.";
    says(text, "rebels", "they hold three airfields");
}

#[test]
fn objects_of_admission_and_doubt_are_said() {
    says("The premier acknowledged the loss of two helicopters.", "premier", "the loss of two helicopters");
    says("Analysts questioned the accuracy of the figures.", "Analysts", "the accuracy of the figures");
    let named = quotations("The union backed Jane Doe.");
    assert!(named.is_empty(), "a name alone is nothing that is said");
}

#[test]
fn an_accusation_holds_the_accused_and_the_charge() {
    let text = "Protesters accused the government of hiding the dead.";
    let (_, it) = says(text, "Protesters", "the government of hiding the dead");
    assert_eq!(it.cue.map(|cue| cue.reading), Some("accuse".to_owned()));
}

#[test]
fn passives_without_an_agent_name_nobody() {
    let text = "Asked whether trucks would be let through, the governor said they would not.";
    let (_, it) = says(text, "", "whether trucks would be let through");
    assert!(it.speaker.is_none(), "the governor was asked and did not ask");
    says(text, "governor", "they would not");
    let (_, it) = says("The bridge is expected to reopen in June.", "", "The bridge … to reopen in June");
    assert!(it.speaker.is_none());
}

#[test]
fn sourcing_formulas_are_no_quotations() {
    for text in ["The general declined to comment.", "He asked not to be named.", "Source: Meridian"] {
        assert!(quotations(text).is_empty(), "{text}");
    }
}

#[test]
fn nouns_of_speech_with_an_owner_say_what_they_are_about() {
    says("The rebels' refusal to disarm alarmed Nairobi.", "rebels", "to disarm");
    says("In the mediator's view, the truce is holding.", "mediator", "the truce is holding");
}

#[test]
fn a_term_in_marks_is_said_by_who_uses_it() {
    let (_, it) = says("Kigali's envoy used the word “invasion” three times.", "envoy", "invasion");
    assert_eq!(it.form, Form::Direct);
    assert!(quotations("The so-called “safe zone” was shelled again.").is_empty(), "scare quotes");
}

#[test]
fn chains_keep_every_layer_outermost_first() {
    let text = "According to the readout released by the Blue House, Yoon told Kishida that Pyongyang was preparing another launch. \
                According to the same source, the Japanese leader replied that Tokyo would share its radar data.";
    let (record, it) = says(text, "Yoon", "that Pyongyang was preparing another launch");
    assert_eq!(chain(&record), ["Presidency of South Korea"]);
    assert_eq!(it.addressee.as_ref().map(|it| it.name()), Some("Fumio Kishida"));
    let (record, _) = says(text, "Fumio Kishida", "that Tokyo would share its radar data");
    assert_eq!(chain(&record), ["Presidency of South Korea"], "the same source is the readout");
}

#[test]
fn a_warning_told_to_an_agency_keeps_who_told_it() {
    let text = "Foreign minister Retno Marsudi told Reuters that the junta had warned that outsiders would be expelled.";
    let (record, _) = says(text, "junta", "that outsiders would be expelled");
    assert_eq!(chain(&record), ["Retno Marsudi"]);
    let outer = holding(text, "the junta had warned");
    assert_eq!(outer[0].1.addressee.as_ref().map(|it| it.name()), Some("Reuters"));
}

#[test]
fn an_outlet_that_cites_an_agency_that_quotes_an_official() {
    let text = "The Nikkei newspaper reported, citing the Kyodo agency, that a ministry official had denied that ships had left.";
    let (record, _) = says(text, "official", "that ships had left");
    let links = chain(&record);
    assert_eq!(links.len(), 2, "{links:?}");
    assert!(links[0].contains("Nikkei") && links[1].contains("Kyodo"), "{links:?}");
}

#[test]
fn the_statement_is_that_of_who_made_it() {
    let text = "Maduro's office said in a statement that the talks had failed. \
                The statement said that both sides would meet again.";
    let (_, it) = says(text, "Maduro", "that both sides would meet again");
    assert_eq!(
        it.speaker.and_then(|party| party.words).map(|words| words.text),
        Some("The statement".to_owned())
    );
}

#[test]
fn broken_marks_swallow_nothing() {
    let text = "“We hold the dam,” the mayor said. “Nobody will take it from us, he added.\n\n\
                The army said the road was open.\n\nRain fell all night over the valley.";
    let found = quotations(text);
    let last = text.find("Rain").unwrap_or_default();
    assert!(
        found.iter().all(|(_, it)| it.content.iter().all(|piece| piece.end_byte as usize <= last)),
        "{found:#?}"
    );
    says(text, "army", "the road was open");
    let odd =
        "\"We\" \"are\" \"at\" \"the\" \"gate\" \"of\" \"the\" \"town\" \"and\" \"wait, the envoy said.";
    assert_eq!(odd.matches('"').count(), 19);
    quotations(odd);
}

#[test]
fn ten_thousand_marks_end_in_bounded_time() {
    let start = std::time::Instant::now();
    let marks = "\" ".repeat(10_000);
    quotations(&format!("The envoy said {marks} and left."));
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}

#[test]
fn blanks_of_several_bytes_break_nothing() {
    says(
        "The minister said that the\u{a0}army had left the\u{2003}town.",
        "minister",
        "that the\u{a0}army had left the\u{2003}town",
    );
}

#[test]
fn tables_and_code_say_nothing() {
    let text = "| name | \"value\" |\n| a | \"1\" |\n\nlet greeting = \"hello\"; print(\"x\")";
    assert!(quotations(text).is_empty(), "{:#?}", quotations(text));
}

#[test]
fn beliefs_are_marked_apart() {
    let (_, it) = says(
        "Officials in Addis Ababa believe that the rebels want talks.",
        "Officials",
        "that the rebels want talks",
    );
    assert_eq!(it.form, Form::Attitude);
}

#[test]
fn who_passes_the_words_on_stands_above_the_speaker() {
    let text = "Lemarque was quoted by the Meridian news agency as saying that the road to Goma was open.";
    let (record, _) = says(text, "Lemarque", "that the road to Goma was open");
    assert_eq!(record.attribution.len(), 1);
    let text = "A diplomat quoted Lemarque as having said that the road to Goma was open.";
    let (record, _) = says(text, "Lemarque", "that the road to Goma was open");
    assert_eq!(chain(&record), ["a diplomat"]);
}

#[test]
fn a_subject_that_was_read_with_another_verb_still_speaks() {
    says(
        "The official, who asked not to be named, said Cairo supported a truce.",
        "official",
        "Cairo supported a truce",
    );
    let text = "The moves came after the head of the mission, Ines Obando, warned that supplies were short.";
    says(text, "Ines Obando", "that supplies were short");
    let text = "President Ilham Aliyev told Nikol Pashinyan that the road was open, the Azerbaijani presidency said.";
    let (record, _) = says(text, "Ilham Aliyev", "that the road was open");
    assert_eq!(chain(&record), ["Azerbaijani presidency"]);
    says("14:05 Manila says it is monitoring events.", "Philippines", "it is monitoring events");
}

#[test]
fn what_stands_around_the_words_said_is_left_out() {
    says("Asked about the drills, the minister said Tokyo was worried.", "minister", "Tokyo was worried");
    says("The guard said 90 people were hurt; doctors put the number at 40.", "guard", "90 people were hurt");
    says("The ministry denied shelling the town.", "ministry", "shelling the town");
    assert!(quotations("The port declined to comment on reports that it was closed.").is_empty());
}

#[test]
fn a_formula_before_a_saying_only_lends_its_source() {
    let text = "According to the statement, the general said that the bridge was open.";
    assert_eq!(quotations(text).len(), 1);
    says(text, "general", "that the bridge was open");
}

#[test]
fn turns_of_a_transcript_in_marks_are_each_said_by_their_label() {
    let text = "Partial transcript:\n\n\"ANCHOR: Let us begin with the border. Will the army leave the valley?\n\n\"SANOU: The army \
                stays where it is. Nobody has asked us to go.\n\n\"ANCHOR: Not even the African Union?\"";
    let turn = holding(text, "The army stays where it is");
    assert_eq!(turn.len(), 1, "{turn:?}");
    assert_eq!(speaker(&turn[0].1), "SANOU");
    assert!(content(&turn[0].1).ends_with("Nobody has asked us to go."), "{}", content(&turn[0].1));
}

#[test]
fn an_object_in_marks_is_in_the_words_of_who_attacks_or_invokes_it() {
    says(
        "Viktor Orban attacked “the endless appetite of the clerks in Brussels.”",
        "Viktor Orbán",
        "the endless appetite of the clerks in Brussels.",
    );
    assert!(quotations("The rebels attacked the clerks in Brussels.").is_empty());
}

#[test]
fn a_dash_behind_the_closing_mark_ends_what_is_said() {
    says(
        "The deputy likened the decree to “burning the treaty” – a charge that stung.",
        "the deputy",
        "burning the treaty",
    );
}

#[test]
fn a_clause_that_says_nothing_itself_tells_who_uttered_the_words_before() {
    let text = "“What a day for Kisumu!” The governor's sister, Del. Ruth “Cici” Odhiambo, shouted to the crowd. “The whole country \
                is watching us.”";
    says(text, "Ruth", "What a day for Kisumu! … The whole country is watching us.");
}

#[test]
fn what_leads_to_a_colon_before_the_marks_is_the_writers() {
    let text =
        "The envoy scolded him: “Nobody in this hall believes the figures that you called ‘firm,’” she said.";
    let found = holding(text, "believes the figures");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(content(&found[0].1), "Nobody in this hall believes the figures that you called ‘firm,’");
}

#[test]
fn cries_and_words_behind_a_colon_are_said() {
    says("Students in Lagos chanted “Bread and peace”.", "Students", "Bread and peace");
    let text = "Ray Okello, a retired officer, disagreed: “They think nobody will look.”";
    says(text, "Ray Okello", "They think nobody will look.");
}

#[test]
fn who_says_it_is_not_named_in_the_words_said() {
    let text = "Governor Ana Silva spoke on Monday. “There can be no envoy without a mandate,” she said.";
    says(text, "Ana Silva", "There can be no envoy without a mandate,");
}

#[test]
fn a_paper_or_court_speaks_for_itself_and_not_for_its_town() {
    for (text, words, who) in [
        ("A Paris daily wrote that Macron had left.", "Macron had left", "A Paris daily"),
        ("A Berlin court ruled on Monday that the visit was legal.", "the visit was legal", "a Berlin court"),
        ("A Kremlin source said that the call was over.", "the call was over", "a Kremlin source"),
    ] {
        let found = holding(text, words);
        assert_eq!(speaker(&found[0].1), who, "{text}");
        assert_eq!(found[0].1.speaker.as_ref().and_then(|party| party.actor.clone()), None, "{text}");
    }
}

#[test]
fn a_deed_hears_nothing() {
    let found = holding("The state prosecutor ordered the arrest of Milorad Dodik.", "arrest");
    assert!(found.iter().all(|(_, it)| it.addressee.is_none()), "{found:?}");
}

#[test]
fn a_relative_clause_may_tell_who_says_so() {
    let text = "The drones, which Chad says were launched from Sudan, hit a market.";
    let found = holding(text, "were launched from Sudan");
    assert_eq!(found.iter().map(|(_, it)| speaker(it)).collect::<Vec<_>>(), ["Chad"]);
}

#[test]
fn what_was_not_said_promises_nothing() {
    let text = "Brussels has not said how it will respond to the ban.";
    let told = records(text);
    assert!(told.iter().all(|record| !matches!(record.body, Body::Position(_))), "{told:?}");
}

#[test]
fn what_stands_before_that_tells_of_the_saying() {
    for text in [
        "Stephanie Nyombayire said on X that the group had left.",
        "Alexander Lukashenko told reporters in Minsk, with a general at his side, that the group had left.",
    ] {
        let found = holding(text, "the group had left");
        assert_eq!(found.len(), 1, "{text}");
        assert!(content(&found[0].1).starts_with("that the group"), "{text}: {}", content(&found[0].1));
    }
}

#[test]
fn a_semicolon_parts_two_tellers() {
    let text = "Jane Doe spoke by telephone with Paul Biya on Monday, both offices said; according to the Kenyan readout, it was \
                Biya who rang.";
    for (words, who) in [("spoke by telephone", "both offices"), ("it was Biya", "the Kenyan readout")] {
        let found = holding(text, words);
        let tellers: Vec<String> = found.iter().map(|(_, it)| speaker(it)).collect();
        assert_eq!(tellers, [who], "{words}");
    }
}
