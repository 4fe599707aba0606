//! Whom a text only describes and another names, and contacts of one day that their texts count.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod common;

use common::*;
use demarche_ledger::build;
use demarche_record::*;
use std::sync::Arc;

const SUNDAY: &str = "2005-07-17";

/// A meeting told by a text; the whole text is its evidence, "met" its trigger.
fn met(file: &str, text: &str, who: &[(&str, &str)], place: &str) -> (Arc<Document>, Record) {
    let document = report(file, "2005-07-18", text);
    let mut made = contact(&document, text, "met", who, Medium::Meeting, SUNDAY);
    made.places.push(Place {
        words: words(&document, place),
        name: Some(place.to_owned()),
        country: None,
        position: None,
        precision: Some(Precision::City),
    });
    (document, made.seal())
}

fn ledger(cases: &[(Arc<Document>, Record)]) -> Ledger {
    let documents: Vec<Arc<Document>> = cases.iter().map(|it| it.0.clone()).collect();
    let records: Vec<Record> = cases.iter().map(|it| it.1.clone()).collect();
    build(&documents, &records, &PACK)
}

fn awaluddin() -> (Arc<Document>, Record) {
    met(
        "a",
        "Hamid Awaluddin, Indonesia's justice minister, met Malik Mahmud in Helsinki on Sunday.",
        &[("Hamid Awaluddin", "x-hamid-awaluddin"), ("Malik Mahmud", "x-malik-mahmud")],
        "Helsinki",
    )
}

fn with(description: &str) -> (Arc<Document>, Record) {
    let text = format!("Malik Mahmud met {description} in Helsinki on Sunday.");
    met("b", &text, &[("Malik Mahmud", "x-malik-mahmud"), (description, "")], "Helsinki")
}

#[test]
fn a_description_by_country_and_office_is_the_named_one() {
    for description in ["the Indonesian minister", "Indonesia's justice minister", "his Indonesian host"] {
        let made = ledger(&[awaluddin(), with(description)]);
        assert_eq!(made.encounters.len(), 1, "{description}");
        assert_eq!(made.encounters[0].participants.len(), 2, "{description}");
    }
}

#[test]
fn another_country_or_office_is_another_contact() {
    for description in [
        "an Indonesian minister",
        "Indonesian officials",
        "the Finnish minister",
        "the Indonesian foreign minister",
        "the Indonesian president",
    ] {
        assert_eq!(ledger(&[awaluddin(), with(description)]).encounters.len(), 2, "{description}");
    }
}

#[test]
fn a_description_that_fits_two_is_offered_and_not_linked() {
    let other = met(
        "c",
        "Sofyan Djalil, Indonesia's information minister, met Malik Mahmud in Helsinki on Sunday.",
        &[("Sofyan Djalil", "x-sofyan-djalil"), ("Malik Mahmud", "x-malik-mahmud")],
        "Helsinki",
    );
    let made = ledger(&[awaluddin(), other, with("the Indonesian minister")]);
    assert_eq!(made.encounters.len(), 3);
    assert_eq!(made.doubts.len(), 1);
}

#[test]
fn a_description_without_a_country_is_the_one_whose_name_the_text_has() {
    let named = || {
        met(
            "a",
            "Aslan Maskhadov met Alexander Lebed in Atagi on Sunday.",
            &[("Aslan Maskhadov", "x-aslan-maskhadov"), ("Alexander Lebed", "x-alexander-lebed")],
            "Atagi",
        )
    };
    let described = |end: &str| {
        let text =
            format!("Maskhadov met the security chief in Atagi on Sunday. General {end} kept his word.");
        let document = report("b", "2005-07-18", &text);
        let who = [("Maskhadov", "x-aslan-maskhadov"), ("the security chief", "")];
        let evidence = text.split('.').next().unwrap();
        (document.clone(), contact(&document, evidence, "met", &who, Medium::Meeting, SUNDAY))
    };
    assert_eq!(ledger(&[named(), described("Lebed")]).encounters.len(), 1);
    assert_eq!(ledger(&[named(), described("Tikhomirov")]).encounters.len(), 2);
}

#[test]
fn a_rebel_is_no_office_holder_and_an_ambassador_may_be_anybody_unknown() {
    let president = met(
        "a",
        "Susilo Bambang Yudhoyono met Malik Mahmud in Helsinki on Sunday.",
        &[("Susilo Bambang Yudhoyono", "susilo-bambang-yudhoyono"), ("Malik Mahmud", "x-malik-mahmud")],
        "Helsinki",
    );
    assert_eq!(ledger(&[president, with("the rebel leader")]).encounters.len(), 2);
    let unknown = met(
        "a",
        "Malik Mahmud met Abdul Amir al-Anbari in Helsinki on Sunday, a statement in Baghdad said.",
        &[("Malik Mahmud", "x-malik-mahmud"), ("Abdul Amir al-Anbari", "x-abdul-amir-al-anbari")],
        "Helsinki",
    );
    assert_eq!(ledger(&[unknown.clone(), with("Iraq's ambassador")]).encounters.len(), 1);
    assert_eq!(ledger(&[unknown, with("Jordan's ambassador")]).encounters.len(), 2);
}

#[test]
fn two_leaders_of_a_country_are_two_named_ones() {
    let named = met(
        "a",
        "Nicos Anastasiades met Mustafa Akıncı in Nicosia on Sunday.",
        &[("Nicos Anastasiades", "nicos-anastasiades"), ("Mustafa Akıncı", "mustafa-akinci")],
        "Nicosia",
    );
    let pair = |words: &str| {
        let text = format!("{words} met in Nicosia on Sunday.");
        let mut it = met("b", &text, &[(words, "")], "Nicosia");
        if let Body::Contact(contact) = &mut it.1.body {
            contact.participants[0].actor = None;
        }
        it
    };
    // The packs must know of what day the offices are.
    let on = |(mut document, mut record): (Arc<Document>, Record)| {
        Arc::make_mut(&mut document).published.edtf = Some(Edtf("2018-04-17".to_owned()));
        record.when = Some(When { edtf: Edtf("2018-04-16".to_owned()), basis: Basis::Relative, words: None });
        (document, record)
    };
    assert_eq!(ledger(&[on(named.clone()), on(pair("The two Cypriot leaders"))]).encounters.len(), 1);
    assert_eq!(ledger(&[on(named), on(pair("The two Greek leaders"))]).encounters.len(), 2);
}

#[test]
fn contacts_that_their_texts_count_are_told_apart() {
    let call = |file: &str, end: &str| {
        let text = format!("Macron met Putin on Sunday. {end}");
        let document = report(file, "2005-07-18", &text);
        let who = [("Macron", "emmanuel-macron"), ("Putin", "vladimir-putin")];
        let evidence = "Macron met Putin on Sunday.";
        (document.clone(), contact(&document, evidence, "met", &who, Medium::Meeting, SUNDAY))
    };
    let of = |one: &str, two: &str| ledger(&[call("a", one), call("b", two)]).encounters.len();
    assert_eq!(of("The meeting was the first of the day.", "This second meeting of the day was short."), 2);
    assert_eq!(of("It was their second meeting this year.", "The meeting was the first of the day."), 1);
}

/// The rows of two tellings of one meeting, each with a further sentence.
fn told(one: &str, two: &str) -> Vec<(String, String, String, String)> {
    let text = |end: &str| format!("Macron met Putin in Moscow on Sunday. {end}");
    let case = |file: &str, end: &str| {
        let text = text(end);
        let document = report(file, "2005-07-18", &text);
        let who = [("Macron", "emmanuel-macron"), ("Putin", "vladimir-putin")];
        let evidence = text.split(". ").next().unwrap().to_owned();
        let made = contact(&document, &evidence, "met", &who, Medium::Meeting, SUNDAY);
        (document, made)
    };
    rows(&ledger(&[case("a", one), case("b", two)]))
        .into_iter()
        .filter(|row| row.1 != "day and participants")
        .collect()
}

fn relations(one: &str, two: &str) -> Vec<(String, String)> {
    told(one, two).into_iter().map(|row| (row.0, row.1)).collect()
}

fn row(relation: &str, topic: &str) -> (String, String) {
    (relation.to_owned(), topic.to_owned())
}

#[test]
fn the_next_contact_and_terms_are_compared() {
    assert_eq!(
        relations("They will meet again on 31 October.", "Their talks would resume on 14 November."),
        [row("differs", "next contact")]
    );
    assert_eq!(
        relations("Their next meeting will be in Minsk.", "They would next meet in Geneva."),
        [row("differs", "place of the next contact")]
    );
    assert_eq!(
        relations(
            "The troops are to leave Aceh by 31 December.",
            "The text obliged the troops to leave Aceh by 30 September."
        ),
        [row("differs", "term")]
    );
    assert!(
        relations("They will meet again on 31 October.", "Flights would resume on 14 November.").is_empty()
    );
    assert!(
        relations("The troops are to leave Aceh by 31 December.", "The rebels hand in arms by 30 September.")
            .is_empty()
    );
}

#[test]
fn amounts_agreed_on_are_compared_where_they_are_of_one_thing() {
    assert_eq!(
        relations(
            "Moscow agreed to send 400,000 tonnes of rice.",
            "It undertook to deliver 500,000 tonnes of rice."
        ),
        [row("differs", "amount")]
    );
    let other = relations("They agreed to free 40 prisoners.", "They agreed on a commission of 26 members.");
    assert!(!other.contains(&row("differs", "amount")));
    let month = relations(
        "They agreed on 400 tonnes of rice a month.",
        "They agreed on 5,000 tonnes of rice a year.",
    );
    assert!(!month.contains(&row("differs", "amount")));
}

#[test]
fn the_first_sentence_behind_a_dateline_is_compared() {
    let case = |file: &str, line: &str, act: &str| {
        let text = format!("{line}Macron met Putin on Sunday and {act} the offices of the party.");
        let mut document = report(file, "2005-07-18", &text);
        if !line.is_empty() {
            let held = Arc::make_mut(&mut document);
            let span = |from: usize, to: usize| held.text.span(from, to).unwrap();
            let (byline, body) = (span(0, line.len()), span(line.len(), text.len()));
            held.blocks = vec![
                Block { kind: BlockKind::Byline, span: byline },
                Block { kind: BlockKind::Lede, span: body },
            ];
        }
        let who = [("Macron", "emmanuel-macron"), ("Putin", "vladimir-putin")];
        let made = contact(&document, "Macron met Putin on Sunday", "met", &who, Medium::Meeting, SUNDAY);
        (document, made)
    };
    let made = ledger(&[case("a", "MOSCOW, July 18 — ", "brought up"), case("b", "", "made no mention of")]);
    assert_eq!(differing(&made).len(), 1);
}

#[test]
fn offices_are_read_as_governments_write_them() {
    for description in ["the Justice Minister of Indonesia", "the Indonesian Minister"] {
        assert_eq!(ledger(&[awaluddin(), with(description)]).encounters.len(), 1, "{description}");
    }
    assert_eq!(ledger(&[awaluddin(), with("the President of Indonesia")]).encounters.len(), 2);
}

#[test]
fn of_several_contacts_in_a_week_none_is_singled_out() {
    let who = [("Macron", "emmanuel-macron"), ("Putin", "vladimir-putin")];
    let told = |rest: &str| {
        let day = report("a", "2022-01-28", "Macron called Putin on Friday. It was warm.");
        let friday =
            contact(&day, "Macron called Putin on Friday", "called", &who, Medium::Call, "2022-01-28");
        let text = format!("Macron called Putin this week. {rest}");
        let week = report("b", "2022-01-30", &text);
        let mut vague =
            contact(&week, "Macron called Putin this week", "called", &who, Medium::Call, "2022-01-28");
        vague.when =
            Some(When { edtf: Edtf("2022-01-24/2022-01-30".to_owned()), basis: Basis::Stated, words: None });
        let made = ledger(&[(day, friday), (week, vague.seal())]);
        (made.encounters.len(), made.doubts.len())
    };
    assert_eq!(told("It was cold."), (1, 0));
    assert_eq!(told("There was more than one call, a spokesman said."), (2, 1));
}

#[test]
fn what_an_outlet_takes_back_has_changed() {
    let call = |file: &str, day: &str, text: &str| {
        let mut document = Arc::unwrap_or_clone(report(file, day, text));
        document.outlet = Some("Harbour Press".to_owned());
        let document = Arc::new(document);
        let who = [("Macron", "emmanuel-macron"), ("Putin", "vladimir-putin")];
        let evidence = text.split('.').next().unwrap();
        let made = contact(&document, evidence, "spoke", &who, Medium::Call, "2022-01-28");
        (document, made)
    };
    let one = call("a", "2022-01-28", "Macron spoke to Putin on Friday. The call lasted 20 minutes.");
    let two = call(
        "b",
        "2022-01-30",
        "Macron spoke to Putin on Friday. The call lasted two hours, not 20 minutes. We regret the error.",
    );
    let made = ledger(&[one, two]);
    assert_eq!(differing(&made), []);
    assert!(
        rows(&made).iter().any(|row| row.0 == "changed-over-time" && row.1 == "duration"),
        "{:?}",
        rows(&made)
    );
}

#[test]
fn a_host_without_a_name_is_the_other_of_the_two_where_the_place_agrees() {
    let one = report("a", "2018-02-17", "Asaduzzaman Khan held talks with Kyaw Swe in Dhaka on Friday.");
    let named = contact(
        &one,
        "Asaduzzaman Khan held talks with Kyaw Swe in Dhaka on Friday",
        "talks",
        &[("Asaduzzaman Khan", ""), ("Kyaw Swe", "")],
        Medium::Talks,
        "2018-02-16",
    );
    let two = report(
        "b",
        "2018-02-19",
        "Kyaw Swe came home. His host had handed him a list at the talks in Dhaka on 16 February.",
    );
    let described = contact(
        &two,
        "His host had handed him a list at the talks in Dhaka on 16 February",
        "talks",
        &[("His host", ""), ("Kyaw Swe", "")],
        Medium::Talks,
        "2018-02-16",
    );
    let made = ledger(&[(one.clone(), named.clone()), (two, described.clone())]);
    assert_eq!(made.encounters.len(), 1);
    // Without the place it could be anybody.
    let other = report(
        "b",
        "2018-02-19",
        "Kyaw Swe came home. His host had handed him a list at the talks on 16 February.",
    );
    let elsewhere = contact(
        &other,
        "His host had handed him a list at the talks on 16 February",
        "talks",
        &[("His host", ""), ("Kyaw Swe", "")],
        Medium::Talks,
        "2018-02-16",
    );
    assert_eq!(ledger(&[(one, named), (other, elsewhere)]).encounters.len(), 2);
}
