use super::*;
use demarche_pack::Pack;
use demarche_record::{Published, PublishedBasis};
use std::sync::Arc;

/// Each expression as `words = value`, with its modifier in front of the value if it has one.
fn values(text: &str, published: &str) -> Vec<String> {
    read(text, published).iter().map(|it| shown(text, it)).collect()
}

fn read(text: &str, published: &str) -> Vec<FoundTime> {
    let published = (!published.is_empty()).then(|| Edtf(published.to_owned()));
    let input = TimeInput { text, breaks: &[], published: published.as_ref(), trees: None, day_first: None };
    recognise(input, &Pack::builtin().times)
}

fn shown(text: &str, found: &FoundTime) -> String {
    let modifier = found.modifier.map(|it| format!("{it} ")).unwrap_or_default();
    format!("{} = {modifier}{}", &text[found.start..found.end], found.value)
}

#[track_caller]
fn check(text: &str, published: &str, expected: &[&str]) {
    assert_eq!(values(text, published), expected, "{text}");
}

#[track_caller]
fn check_edtf(text: &str, published: &str, expected: &[&str]) {
    let found: Vec<String> =
        read(text, published).into_iter().map(|it| it.edtf.map_or("-".to_owned(), |it| it.0)).collect();
    assert_eq!(found, expected, "{text}");
    for edtf in found.iter().filter(|it| *it != "-") {
        Edtf::parse(edtf).expect("a valid date");
    }
}

/// A Tuesday.
const DAY: &str = "2014-03-18";

#[test]
fn dates_that_are_spelt_out() {
    check("He left on March 5, 2012.", DAY, &["March 5, 2012 = 2012-03-05"]);
    check(
        "He left on 5 March 2012 and returned in May 2013.",
        DAY,
        &["5 March 2012 = 2012-03-05", "May 2013 = 2013-05"],
    );
    check("Signed on the 21st of June, 1994.", DAY, &["the 21st of June, 1994 = 1994-06-21"]);
    check("Updated 2014-03-02T09:30Z.", DAY, &["2014-03-02T09:30Z = 2014-03-02T09:30"]);
    check("in the nineteen ninety-six accord", DAY, &["nineteen ninety-six = 1996"]);
    check("the war of 431 BC to 404 B.C.", "", &["431 BC = BC0431", "404 B.C. = BC0404"]);
    check(
        "Born in the late 1970s, in the 20th century.",
        DAY,
        &["the late 1970s = END 197", "the 20th century = 19"],
    );
}

#[test]
fn underspecified_dates_follow_the_verb() {
    check("The envoy arrived on Friday.", DAY, &["Friday = 2014-03-14"]);
    check("The envoy will arrive on Friday.", DAY, &["Friday = 2014-03-21"]);
    check("The treaty was signed in November.", DAY, &["November = 2013-11"]);
    check("The conference will open in November.", DAY, &["November = 2014-11"]);
    check("They agreed to hand over the list by April 2.", DAY, &["April 2 = 2014-04-02"]);
    check("Inspectors had finished by Wednesday.", DAY, &["Wednesday = 2014-03-12"]);
}

#[test]
fn times_relative_to_the_day_of_writing() {
    check(
        "Yesterday evening and last week he was silent.",
        DAY,
        &["Yesterday evening = 2014-03-17TEV", "last week = 2014-W11"],
    );
    check("It may last until the day after tomorrow.", DAY, &["the day after tomorrow = 2014-03-20"]);
    check("Three years ago it was calm.", DAY, &["Three years ago = 2011"]);
    check(
        "He resigned last month, and next year he leaves.",
        DAY,
        &["last month = 2014-02", "next year = 2015"],
    );
    check("Shells fell over the weekend.", DAY, &["the weekend = 2014-W11-WE"]);
    check("this year's third quarter", DAY, &["this year's third quarter = 2014-Q3"]);
}

#[test]
fn what_came_later_counts_from_the_paragraph_before_and_never_from_the_day_of_writing() {
    let story = "The crisis began on June 3, 2009, when jets struck. Two people died. Three were hurt. Nobody said why. \
                 The port burnt.\n\nTwo days later other jets hit the town.";
    check(story, DAY, &["June 3, 2009 = 2009-06-03", "Two days later = 2009-06-05"]);
    check("Two days later other jets hit the town.", DAY, &["Two days later = FUTURE_REF"]);
}

#[test]
fn times_relative_to_the_time_told_of() {
    check(
        "They met on June 3, 2009. Two days later the talks failed.",
        DAY,
        &["June 3, 2009 = 2009-06-03", "Two days later = 2009-06-05"],
    );
    check(
        "They met on June 3. The next day the talks failed.",
        DAY,
        &["June 3 = 2013-06-03", "The next day = 2013-06-04"],
    );
    check(
        "On June 3, 2009 he fled. That same day the capital fell.",
        DAY,
        &["June 3, 2009 = 2009-06-03", "That same day = 2009-06-03"],
    );
    // A paragraph of history is no anchor for the news after it.
    let text = "In May 1920 the front moved. Later that month it froze.\n\nThe minister said on Monday that he would resign.";
    check(text, DAY, &["May 1920 = 1920-05", "Later that month = END 1920-05", "Monday = 2014-03-17"]);
}

#[test]
fn without_a_date_the_year_stays_open() {
    check(
        "He called on Jan. 28 and will fly at the beginning of February.",
        "",
        &["Jan. 28 = XXXX-01-28", "the beginning of February = START XXXX-02"],
    );
    check("He left on Monday. Last year it was May.", "", &["Monday = XXXX-WXX-1", "Last year = PAST_REF"]);
    check(
        "He arrived yesterday, on Monday.",
        "XXXX-05-12",
        &["yesterday = XXXX-05-11", "Monday = XXXX-WXX-1"],
    );
}

#[test]
fn an_uncertain_day_of_writing_keeps_what_both_ends_agree_on() {
    check(
        "He arrived on Monday and spoke yesterday.",
        "2014-03-18/2014-03-19",
        &["Monday = 2014-03-17", "yesterday = 2014-03-1X"],
    );
    check_edtf("He spoke yesterday.", "2014-03-18/2014-03-19", &["2014-03-17/2014-03-18"]);
}

#[test]
fn lengths_and_their_modifiers() {
    check("It lasted over an hour.", DAY, &["over an hour = MORE_THAN PT1H"]);
    check(
        "They waited for at least two and a half hours.",
        DAY,
        &["at least two and a half hours = EQUAL_OR_MORE PT2H30M"],
    );
    check("a two-year plan, for the past six months", DAY, &["two-year = P2Y", "the past six months = P6M"]);
    check("within 18 months or so", DAY, &["18 months or so = APPROX P18M"]);
    check("In recent weeks, for decades", DAY, &["recent weeks = PAST_REF", "decades = PXDE"]);
    check("The 44-year-old general is 44 years old.", DAY, &[]);
}

#[test]
fn parts_of_days_and_of_longer_times() {
    check(
        "It was shelled overnight and in the early hours of Sunday.",
        DAY,
        &["overnight = 2014-03-17TNI", "the early hours of Sunday = 2014-03-16TMO"],
    );
    check(
        "the last week of August 2013, the first half of 2012",
        DAY,
        &["the last week of August 2013 = END 2013-08", "the first half of 2012 = 2012-H1"],
    );
    check(
        "They met on Monday. Hours later shelling resumed.",
        DAY,
        &["Monday = 2014-03-17", "Hours later = 2014-03-17TXX"],
    );
    check("from Thursday to Saturday", DAY, &["Thursday = 2014-03-13", "Saturday = 2014-03-15"]);
    check("Talks were to resume on Friday.", DAY, &["Friday = 2014-03-21"]);
}

#[test]
fn sets_and_clock_times() {
    check("They meet every Thursday and report daily.", DAY, &["every Thursday = XXXX-WXX-4", "daily = P1D"]);
    check("At 9:30 p.m. EST Thursday it stopped.", DAY, &["9:30 p.m. EST Thursday = 2014-03-13T21:30"]);
    check_edtf("It began at 18:30 GMT on March 5, 2012.", DAY, &["2012-03-05T18:30Z"]);
    check_edtf("He rang at 8:10 a.m. Jakarta time on March 5, 2012.", DAY, &["2012-03-05T08:10"]);
    check("twice a week, 24 hours a day", DAY, &["a week = P1W", "24 hours = PT24H", "a day = P1D"]);
    check("It cost $3 a day.", DAY, &["a day = P1D"]);
}

#[test]
fn ranges_share_what_one_end_says() {
    check("from 5 to 6 February 2022", "", &["5 = 2022-02-05", "6 February 2022 = 2022-02-06"]);
    check("between April and June 1955", "", &["April = 1955-04", "June 1955 = 1955-06"]);
    check("July 1-3, 2011", "", &["July 1 = 2011-07-01", "3, 2011 = 2011-07-03"]);
    check("the war of 1939-45", "", &["1939 = 1939", "45 = 1945"]);
}

#[test]
fn dates_are_given_in_edtf_too() {
    check_edtf("at the beginning of February 2022", "", &["2022-02~"]);
    check_edtf("over the weekend", DAY, &["2014-03-15/2014-03-16"]);
    check_edtf("in the summer of 1995, in the 1990s", DAY, &["1995-22", "199X"]);
    check_edtf("in the last few hours", DAY, &["2014-03-18~"]);
}

#[test]
fn horizons_begin_at_the_day_of_writing() {
    let horizon =
        |text: &str| read(text, DAY).into_iter().find_map(|it| it.horizon).map(|it| it.0).unwrap_or_default();
    assert_eq!(horizon("An attack could come within days or weeks."), "2014-03-18/2014-05-13~");
    assert_eq!(horizon("It will be decided in the next two weeks."), "2014-03-18/2014-04-01");
    assert_eq!(horizon("It lasted two weeks."), "");
}

#[test]
fn epochs_by_distance() {
    let epochs = |text: &str| read(text, DAY).into_iter().map(|it| it.epoch.to_string()).collect::<Vec<_>>();
    assert_eq!(epochs("On Monday, as in 2008, as in May 1920."), ["current", "background", "historical"]);
    assert_eq!(epochs("He came on Jan. 28. In May 1920 it was otherwise.").len(), 2);
}

#[test]
fn today_inside_an_older_quotation_is_the_present() {
    let text = "“Our aim today is peace,” said the minister prior to his trip.";
    check(text, DAY, &["today = PRESENT_REF"]);
    check("“We leave today,” said the minister.", DAY, &["today = 2014-03-18"]);
}

#[test]
fn dates_that_cannot_be_have_no_value() {
    let faults = |text: &str| read(text, DAY).into_iter().filter_map(|it| it.fault).collect::<Vec<_>>();
    assert_eq!(faults("on February 31, 2013"), [TimeFault::Impossible]);
    assert_eq!(faults("on February 29, 2013"), [TimeFault::Impossible]);
    assert_eq!(faults("on February 29, 2012"), []);
    assert_eq!(faults("on 03/04/2012"), [TimeFault::Ambiguous]);
    assert_eq!(faults("on 13/04/2012"), []);
    let first = |day_first| {
        let input = TimeInput {
            text: "on 03/04/2012",
            breaks: &[],
            published: None,
            trees: None,
            day_first: Some(day_first),
        };
        recognise(input, &Pack::builtin().times).remove(0).value
    };
    assert_eq!((first(true).as_str(), first(false).as_str()), ("2012-04-03", "2012-03-04"));
}

#[test]
fn words_that_only_look_like_times() {
    check("Gen. March may march on the second front; the fall of the city hurt 2000 rebels.", DAY, &[]);
    check("It cost $1998, or 1,998 euros, said May Smith of Sun Corp.", DAY, &[]);
    check("Three quarters of the voters and a quarter of the members agreed.", DAY, &[]);
}

#[test]
fn named_days() {
    check("He was shot on Christmas Day 1989.", DAY, &["Christmas Day 1989 = 1989-12-25"]);
    check("The strike began on Good Friday.", "1998-04-20", &["Good Friday = 1998-04-10"]);
}

#[test]
fn odd_texts_are_read_without_a_crash() {
    for text in [
        "",
        "\n\n\n",
        "9999",
        "in 0000",
        "December 31, 9999 and two years later",
        "99999999999999999999 years ago",
        "’98",
        "–",
        "1.1.1.1",
        "the",
        "in the year",
        "5 and 6 and 7 and",
        "\u{a0}\u{a0}May\u{a0}5\u{2028}",
    ] {
        for published in ["", DAY, "9999-12-31", "0000", "XXXX-02-29", "2014", "../2014-03-18"] {
            for found in read(text, published) {
                assert!(
                    text.is_char_boundary(found.start)
                        && text.is_char_boundary(found.end)
                        && found.start < found.end
                );
            }
        }
    }
}

#[test]
fn what_may_come_lies_ahead_and_what_may_have_come_behind() {
    let kit = crate::Kit::builtin().expect("the built-in kit loads");
    let value = |text: &str| {
        let mut document = Arc::unwrap_or_clone(demarche_testkit::document(text));
        let edtf = Some(Edtf("2025-08-12".to_owned()));
        document.published = Published { edtf, basis: PublishedBasis::Declared, evidence: Vec::new() };
        let analysis = crate::analyse(Arc::new(document), &kit);
        analysis.times.into_iter().map(|time| time.value).collect::<Vec<_>>()
    };
    assert_eq!(value("Two envoys said that the premiers could meet in October."), ["2025-10"]);
    assert_eq!(value("Two envoys said that the premiers may have met in October."), ["2024-10"]);
}
