//! The traps of comparing accounts: what must be linked, what must not, and where a difference is none.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod common;

use common::*;
use demarche_ledger::{build, copies};
use demarche_record::*;
use proptest::prelude::*;
use std::sync::Arc;

const MACRON: &str = "emmanuel-macron";
const PUTIN: &str = "vladimir-putin";

fn call(file: &str, day: &str, text: &str) -> (Arc<Document>, Record) {
    let document = report(file, day, text);
    let evidence = text.split('.').next().unwrap().to_owned();
    let trigger = if text.contains("spoke") { "spoke" } else { "call" };
    let made =
        contact(&document, &evidence, trigger, &[("Macron", MACRON), ("Putin", PUTIN)], Medium::Call, day);
    (document, made)
}

fn ledger(cases: &[(Arc<Document>, Record)]) -> Ledger {
    let documents: Vec<Arc<Document>> = cases.iter().map(|it| it.0.clone()).collect();
    let records: Vec<Record> = cases.iter().map(|it| it.1.clone()).collect();
    build(&documents, &records, &PACK)
}

#[test]
fn one_call_in_two_texts_is_one_encounter_with_two_sources() {
    let one = call("a", "2022-01-28", "Macron spoke to Putin on Friday. NATO was the subject.");
    let two = call("b", "2022-01-28", "A call between Putin and Macron took place on Friday, Paris said.");
    let made = ledger(&[one, two]);
    assert_eq!(made.encounters.len(), 1);
    assert_eq!(made.encounters[0].independent_sources, 2);
    assert_eq!(made.encounters[0].reasons.len(), 1);
    assert!(rows(&made).iter().any(|row| row.0 == "agrees" && row.1 == "day and participants"));
    assert_eq!(differing(&made), []);
}

#[test]
fn calls_of_two_days_are_two() {
    let one = call("a", "2022-01-28", "Macron spoke to Putin on Friday for an hour.");
    let two = call("b", "2022-01-29", "Macron spoke to Putin on Saturday for ten minutes.");
    let made = ledger(&[one, two]);
    assert_eq!(made.encounters.len(), 2);
    assert_eq!(rows(&made), []);
}

#[test]
fn the_hours_of_two_clocks_make_one_call_of_two_days() {
    let of = |hour: &str| {
        let one = call("a", "2022-01-28", "Macron spoke to Putin on Friday at 11pm Paris time about gas.");
        let text = format!("Macron spoke to Putin on Saturday at {hour} Moscow time about gas.");
        let two = call("b", "2022-01-29", &text);
        ledger(&[one, two])
    };
    let made = of("1am");
    assert_eq!(made.encounters.len(), 1);
    let agreed = rows(&made);
    assert!(agreed.iter().any(|row| row.0 == "agrees" && row.1 == "hour"), "{agreed:?}");
    assert_eq!(differing(&made), []);
    assert_eq!(of("5am").encounters.len(), 2);
}

#[test]
fn another_participant_makes_another_encounter() {
    let one = call("a", "2022-01-28", "Macron spoke to Putin on Friday.");
    let text = "Macron spoke to Zelensky on Friday.";
    let other = report("b", "2022-01-28", text);
    let second = contact(
        &other,
        text,
        "spoke",
        &[("Macron", MACRON), ("Zelensky", "volodymyr-zelenskyy")],
        Medium::Call,
        "2022-01-28",
    );
    assert_eq!(ledger(&[one, (other, second)]).encounters.len(), 2);
}

#[test]
fn a_further_participant_is_a_doubt() {
    let text = "Macron met Putin on Monday. The two also talked to Zelensky.";
    let document = report("a", "2022-02-07", text);
    let pair = [("Macron", MACRON), ("Putin", PUTIN)];
    let first = contact(&document, "Macron met Putin on Monday", "met", &pair, Medium::Meeting, "2022-02-07");
    let more = [("The two", MACRON), ("The two", PUTIN), ("Zelensky", "volodymyr-zelenskyy")];
    let second = contact(&document, "The two also talked to Zelensky", "talked", &more, Medium::Talks, "");
    let made = build(&[document], &[first, second], &PACK);
    assert_eq!(made.encounters.len(), 2);
    assert_eq!(made.doubts.len(), 1);
}

#[test]
fn a_meeting_without_participants_is_linked_to_nothing() {
    let one = call("a", "2022-02-07", "Macron spoke to Putin on Monday.");
    let text = "Plans were announced for another meeting in Berlin.";
    let other = report("b", "2022-02-07", text);
    let mut second = contact(&other, text, "meeting", &[], Medium::Meeting, "2022-02~");
    second.status = Status::Planned;
    let made = ledger(&[one, (other, second)]);
    assert_eq!(made.encounters.len(), 2);
    assert!(made.encounters.iter().any(|it| it.participants.is_empty() && it.mentions.len() == 1));
}

#[test]
fn a_telling_that_fits_two_contacts_is_offered_and_not_linked() {
    let text = "Macron spoke to Putin on Friday. Macron spoke to Putin again on Saturday. The call of Macron and Putin was long.";
    let document = report("a", "2022-01-30", text);
    let who = &[("Macron", MACRON), ("Putin", PUTIN)];
    let one =
        contact(&document, "Macron spoke to Putin on Friday.", "spoke", who, Medium::Call, "2022-01-28");
    let two = contact(
        &document,
        "Macron spoke to Putin again on Saturday.",
        "spoke to Putin again",
        who,
        Medium::Call,
        "2022-01-29",
    );
    let vague = contact(&document, "The call of Macron and Putin was long.", "call", who, Medium::Call, "");
    let made = build(&[document], &[one, two, vague], &PACK);
    assert_eq!(made.encounters.len(), 3);
    assert_eq!(made.doubts.len(), 1);
    assert_eq!(made.doubts[0].records.len(), 3);
}

#[test]
fn a_day_without_a_year_meets_the_same_day() {
    let one = call("a", "2022-01-28", "Macron spoke to Putin on Jan. 28.");
    let mut two = call("b", "2022-01-28", "A call between Putin and Macron took place on 28 January.");
    let document = Arc::make_mut(&mut two.0);
    document.published.edtf = None;
    two.1.when = Some(When { edtf: Edtf("XXXX-01-28".to_owned()), basis: Basis::Stated, words: None });
    assert_eq!(ledger(&[one.clone(), two.clone()]).encounters.len(), 1);
    two.1.when = Some(When { edtf: Edtf("XXXX-01-29".to_owned()), basis: Basis::Stated, words: None });
    assert_eq!(ledger(&[one, two]).encounters.len(), 2);
}

#[test]
fn a_call_is_not_the_meeting_of_the_same_day() {
    let one = call("a", "2022-02-07", "Macron spoke to Putin on Monday.");
    let text = "Macron met Putin on Monday.";
    let other = report("b", "2022-02-07", text);
    let second =
        contact(&other, text, "met", &[("Macron", MACRON), ("Putin", PUTIN)], Medium::Meeting, "2022-02-07");
    assert_eq!(ledger(&[one, (other, second)]).encounters.len(), 2);
}

#[test]
fn a_denied_call_differs_from_a_told_one() {
    let one = call("a", "2022-01-28", "Macron spoke to Putin on Friday, Paris said.");
    let mut two =
        call("b", "2022-01-28", "No call between Macron and Putin took place on Friday, Moscow said.");
    two.1.status = Status::Denied;
    let made = ledger(&[one, two]);
    assert_eq!(made.encounters.len(), 1);
    assert_eq!(differing(&made).len(), 1);
    assert_eq!(differing(&made)[0].1, "whether it took place");
}

fn differing_words(one: &str, two: &str) -> Vec<(String, String)> {
    let made = ledger(&[call("a", "2022-01-28", one), call("b", "2022-01-28", two)]);
    assert_eq!(made.encounters.len(), 1, "{one} / {two}");
    differing(&made).into_iter().map(|row| (row.2, row.3)).collect()
}

fn pair(one: &str, two: &str) -> Vec<(String, String)> {
    vec![(one.to_owned(), two.to_owned())]
}

fn either(found: Vec<(String, String)>, one: &str, two: &str) {
    assert!(found == pair(one, two) || found == pair(two, one), "{found:?}");
}

#[test]
fn durations_differ_only_when_they_cannot_both_hold() {
    let found = differing_words(
        "Macron spoke to Putin on Friday. The call lasted 20 minutes.",
        "Putin spoke to Macron on Friday for almost an hour.",
    );
    either(found, "20 minutes", "almost an hour");
    assert_eq!(
        differing_words(
            "Macron spoke to Putin on Friday for two hours and 17 minutes.",
            "Putin and Macron spoke for more than two hours."
        ),
        []
    );
    assert_eq!(
        differing_words(
            "Macron spoke to Putin for about 45 minutes.",
            "Putin and Macron spoke. It lasted three quarters of an hour."
        ),
        []
    );
}

#[test]
fn who_started_it_differs_by_side() {
    let found = differing_words(
        "Macron spoke to Putin on Friday, at the request of Moscow.",
        "Putin spoke to Macron on Friday. It was arranged on the initiative of the French side, the Kremlin said.",
    );
    either(found, "at the request of Moscow", "on the initiative of the French side");
    assert_eq!(
        differing_words(
            "Macron spoke to Putin, at the request of Moscow.",
            "Putin spoke to Macron at Putin’s request."
        ),
        []
    );
}

#[test]
fn opposed_assertions_on_one_matter_differ() {
    let found = differing_words(
        "Macron spoke to Putin on Friday. The two agreed to a ceasefire in the region, Paris said.",
        "Putin spoke to Macron on Friday. No ceasefire was agreed, Moscow said.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    let found = differing_words(
        "Macron spoke to Putin on Friday. He accepted the proposal for a truce, Paris said.",
        "Putin spoke to Macron on Friday. He rejected the proposal for a truce, Moscow said.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn silence_and_other_matters_are_no_difference() {
    let quiet = "Putin spoke to Macron on Friday. They reviewed regional developments.";
    assert_eq!(
        differing_words("Macron spoke to Putin on Friday. They agreed to a ceasefire, Paris said.", quiet),
        []
    );
    assert_eq!(
        differing_words(
            "Macron spoke to Putin on Friday. He accepted the proposal for a truce.",
            "Putin spoke to Macron on Friday. He rejected new sanctions.",
        ),
        []
    );
    // What somebody would or should do is not asserted.
    assert_eq!(
        differing_words(
            "Macron spoke to Putin on Friday. He urged him to accept the proposal for a truce.",
            "Putin spoke to Macron on Friday. He rejected the proposal for a truce.",
        ),
        []
    );
}

#[test]
fn tone_stands_side_by_side() {
    let made = ledger(&[
        call("a", "2022-01-28", "Macron spoke to Putin on Friday. The conversation was frank, Paris said."),
        call("b", "2022-01-28", "Putin spoke to Macron on Friday. It was constructive, the Kremlin said."),
    ]);
    assert!(rows(&made).iter().any(|row| row.0 == "side-by-side"), "{:?}", rows(&made));
    assert_eq!(differing(&made), []);
}

type Number<'a> = (&'a str, Option<f64>, Option<f64>);

fn two_figures(one: (&str, Number<'_>, &str, &str), two: (&str, Number<'_>, &str, &str)) -> Vec<String> {
    let make = |file: &str, (text, number, unit, place): (&str, Number<'_>, &str, &str)| {
        let document = report(file, "2023-06-01", text);
        let made = figure(&document, text, ("Russia", "rus"), number, unit, place);
        let made = if text.contains("Kyiv said") { said(made, &document, "Kyiv", "ukr") } else { made };
        (document, made)
    };
    let made = ledger(&[make("a", one), make("b", two)]);
    rows(&made).into_iter().map(|row| row.0).collect()
}

#[test]
fn figures_differ_only_for_the_same_unit_place_and_time() {
    let base = (
        "Russia has 3,700 soldiers in Kherson, Kyiv said.",
        ("3,700", Some(3700.0), Some(3700.0)),
        "soldiers",
        "Kherson",
    );
    let other =
        ("Russia has 5,500 troops in Kherson.", ("5,500", Some(5500.0), Some(5500.0)), "troops", "Kherson");
    assert_eq!(two_figures(base, other), ["differs"]);
    let elsewhere =
        ("Russia has 5,500 troops in Crimea.", ("5,500", Some(5500.0), Some(5500.0)), "troops", "Crimea");
    assert_eq!(two_figures(base, elsewhere), ["not-comparable"]);
    let tanks = ("Russia has 40 tanks in Kherson.", ("40", Some(40.0), Some(40.0)), "tanks", "Kherson");
    assert_eq!(two_figures(base, tanks), ["not-comparable"]);
    let least = (
        "Russia has at least 3,000 troops in Kherson.",
        ("at least 3,000", Some(3000.0), None),
        "troops",
        "Kherson",
    );
    assert_eq!(two_figures(base, least), ["refines"]);
    let round = (
        "Russia has about 4,000 troops in Kherson.",
        ("about 4,000", Some(4000.0), Some(4000.0)),
        "troops",
        "Kherson",
    );
    assert_eq!(two_figures(base, round).iter().filter(|it| *it == "differs").count(), 0);
}

#[test]
fn a_later_figure_by_the_same_claimant_changed_over_time() {
    let text = |number: &str| format!("Russia has {number} soldiers in Kherson, Kyiv said.");
    let make = |file: &str, day: &str, number: &str, value: f64| {
        let text = text(number);
        let document = report(file, day, &text);
        let made = figure(
            &document,
            &text,
            ("Russia", "rus"),
            (number, Some(value), Some(value)),
            "soldiers",
            "Kherson",
        );
        let made = said(made, &document, "Kyiv", "ukr");
        (document, made)
    };
    let made = ledger(&[make("a", "2023-06-01", "31", 31.0), make("b", "2023-06-03", "44", 44.0)]);
    assert_eq!(rows(&made).into_iter().map(|row| row.0).collect::<Vec<_>>(), ["changed-over-time"]);
}

#[test]
fn an_increase_is_no_strength() {
    let text = "Russia will have 350 more soldiers in Kherson. Russia has 100 troops in Kherson, Kyiv said.";
    let document = report("a", "2023-06-01", text);
    let mut one = figure(
        &document,
        "Russia will have 350 more soldiers in Kherson.",
        ("Russia", "rus"),
        ("350 more", Some(350.0), Some(350.0)),
        "soldiers",
        "Kherson",
    );
    one.status = Status::Planned;
    let two = figure(
        &document,
        "Russia has 100 troops in Kherson, Kyiv said.",
        ("Russia", "rus"),
        ("100", Some(100.0), Some(100.0)),
        "troops",
        "Kherson",
    );
    let two = said(two, &document, "Kyiv", "ukr");
    let made = build(&[document], &[one.seal(), two], &PACK);
    assert_eq!(rows(&made).into_iter().map(|row| row.0).collect::<Vec<_>>(), ["not-comparable"]);
    assert!(made.figures[0].remarks.iter().any(|remark| remark.starts_with("Not additive")));
}

fn long_text(seed: usize) -> String {
    let words = [
        "river", "minister", "border", "grain", "winter", "bridge", "signal", "market", "convoy", "letter",
        "harbour", "village", "station", "evening", "channel", "council",
    ];
    let mut state = seed as u64 * 7919 + 1;
    (0..160)
        .map(|number| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let word = words[(state >> 33) as usize % words.len()];
            if number % 12 == 11 { format!("{word}{}. ", seed % 7) } else { format!("{word} ") }
        })
        .collect()
}

#[test]
fn five_outlets_with_one_agency_text_are_one_source() {
    let body = long_text(3);
    let documents: Vec<Arc<Document>> = (0..5)
        .map(|number| report(&format!("f{number}"), "2024-01-01", &format!("{body} Ends {number}.")))
        .collect();
    let found = copies::find(&documents);
    assert_eq!(found.groups.len(), 1);
    assert_eq!(found.groups[0].documents.len(), 5);
}

#[test]
fn kinds_of_copies_are_told_apart() {
    let whole = long_text(4);
    let half: String = whole.split_inclusive(' ').take(80).collect();
    let kind = |one: &str, two: &str| {
        let found = copies::find(&[report("a", "2024-01-01", one), report("b", "2024-01-02", two)]);
        found
            .groups
            .iter()
            .flat_map(|group| &group.links)
            .chain(&found.shared)
            .map(|link| link.kind.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(kind(&whole, &whole.to_uppercase()), ["copy"]);
    assert_eq!(kind(&whole, &half), ["excerpt"]);
    assert_eq!(kind(&whole, &long_text(5)), Vec::<String>::new());
    let quote = "“We will not accept any demand that our neighbours lay before us without a word about our own security and that of our friends in the east, because a treaty that binds one side only is no treaty at all, and history will judge those who sign it.”";
    let (one, two) = (long_text(6), long_text(7));
    assert_eq!(kind(&format!("{one} {quote} {one}"), &format!("{two} {quote} {two}")), ["shared-statement"]);
}

#[test]
fn ten_thousand_copies_of_one_text_stay_cheap() {
    let body = long_text(9);
    let documents: Vec<Arc<Document>> =
        (0..10_000).map(|number| report(&format!("f{number}"), "2024-01-01", &body)).collect();
    let found = copies::find(&documents);
    assert_eq!(found.groups.len(), 1);
    assert_eq!(found.groups[0].links.len(), 9_999);
}

#[test]
fn bad_input_does_no_harm() {
    let (future, first) = call("a", "2999-01-01", "Macron spoke to Putin on Friday.");
    let mut twin = (*future).clone();
    twin.file = "other".to_owned();
    twin.published.edtf = None;
    let text = "Envoys met. ".to_owned()
        + &(0..60).map(|number| format!("Person{number} came. ")).collect::<String>();
    let crowd = report("c", "2024-01-01", &text);
    let names: Vec<String> = (0..60).map(|number| format!("Person{number}")).collect();
    let who: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let many = contact(&crowd, "Envoys met.", "met", &who, Medium::Summit, "2024-01-01");
    let twice = contact(
        &crowd,
        "Envoys met. Person0",
        "met",
        &[("Person1", ""), ("Person1", "")],
        Medium::Meeting,
        "2024-01-01",
    );
    let strange = first.clone();
    let made = build(&[future, Arc::new(twin), crowd], &[first, strange, many, twice], &PACK);
    assert_eq!(made.copies.iter().map(|group| group.documents.len()).sum::<usize>(), 2);
    assert_eq!(made.encounters.iter().map(|it| it.mentions.len()).sum::<usize>(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn order_changes_nothing(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(), records in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let cases = [
            call("a", "2022-01-28", "Macron spoke to Putin on Friday. They agreed to a truce, Paris said."),
            call("b", "2022-01-28", "Putin spoke to Macron on Friday. No truce was agreed, Moscow said."),
            call("c", "2022-01-29", "Macron spoke to Putin on Saturday for an hour."),
            call("d", "2022-01-29", "Macron spoke to Putin on Saturday for ten minutes."),
            call("e", "2022-01-30", "A call of Macron and Putin was long."),
            call("f", "2022-01-28", "Macron spoke to Putin on Friday. They agreed to a truce, Paris said."),
        ];
        let straight = ledger(&cases);
        let documents: Vec<Arc<Document>> = order.iter().map(|at| cases[*at].0.clone()).collect();
        let records: Vec<Record> = records.iter().map(|at| cases[*at].1.clone()).collect();
        prop_assert_eq!(build(&documents, &records, &PACK), straight);
    }
}

#[test]
fn unnamed_ministers_of_one_side_are_one_party_only_if_their_offices_agree() {
    let told = |file: &str, text: &str, who: &[(&str, &str)]| {
        let document = report(file, "2023-09-05", text);
        let made = contact(&document, text, "talked", who, Medium::Call, "2023-09-04");
        (document, made)
    };
    let ministers = told(
        "a",
        "Armenia's defence minister talked to his Iranian colleague.",
        &[("Armenia's defence minister", ""), ("his Iranian colleague", "")],
    );
    let again = told(
        "b",
        "The defence minister of Iran talked to the defence minister of Armenia.",
        &[("The defence minister of Iran", ""), ("the defence minister of Armenia", "")],
    );
    let others = told(
        "c",
        "Armenia's foreign minister talked to his Iranian counterpart.",
        &[("Armenia's foreign minister", ""), ("his Iranian counterpart", "")],
    );
    assert_eq!(ledger(&[ministers.clone(), again]).encounters.len(), 1);
    assert_eq!(ledger(&[ministers, others]).encounters.len(), 2);
}
