//! Finds the bounds of a document's date from its text alone.
//!
//! A text is not older than the latest past date it spells out ("January 26, 2022" in a caption). The year is
//! asserted only if the opening states day and month of an event, these lie shortly after such a date, and agree with a
//! weekday of the text in that year; or if the text carries a stamp: the date of a post it embeds, which it follows
//! within days, or a line at its end that is nothing but a date, that of printing or of a correction soon after.
//! Without that there is a lower bound or nothing; today's date never enters.

use crate::times::{OLDEST_NEWS, SpeltOut, spelt_out};
use demarche_pack::times::Times;
use demarche_record::{Day, Edtf, Published, PublishedBasis, Words};
use demarche_text::Text;

/// Days between a full date and a day without a year within which both count as the same story.
const SAME_STORY: i32 = 120;
/// Days within which a text follows a post that it embeds, and is printed or corrected.
const STAMPED: i32 = 14;
/// Days by which the date of a post may differ from the local one.
const ZONES: i32 = 1;
/// Paragraphs that tell what is new.
const OPENING: usize = 2;

/// Bounds of a publication date with the places in the text (start and end bytes) that show them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// A day, an interval, an interval open at its end, or `None`.
    pub edtf: Option<Edtf>,
    /// Bytes of the words that show it, in the order of the argument.
    pub evidence: Vec<(usize, usize)>,
}

/// The publication date of a text as far as the text itself decides it.
pub fn infer_published(text: &Text, pack: &Times) -> Published {
    let bounds = bounds_of(text.as_str(), pack);
    let basis = if bounds.edtf.is_some() { PublishedBasis::Inferred } else { PublishedBasis::Unknown };
    let spans = bounds.evidence.iter().filter_map(|(start, end)| text.span(*start, *end));
    let evidence = spans.map(|span| Words::at(text, span)).collect();
    Published { edtf: bounds.edtf, basis, evidence }
}

/// Bounds of the publication date that follow from the text.
pub fn bounds_of(text: &str, pack: &Times) -> Bounds {
    let dates = spelt_out(text, pack);
    let opening = text.match_indices("\n\n").nth(OPENING - 1).map_or(text.len(), |(at, _)| at);
    let place = |date: &SpeltOut| (date.start, date.end);
    let latest = latest_past(text, &dates, opening);
    if let Some((first, last, date)) = stamped(text, &dates, opening) {
        let lower = latest.map_or(first, |(lower, _)| lower.max(first));
        if lower <= last {
            return Bounds { edtf: Some(Edtf::days(lower, last)), evidence: vec![place(date)] };
        }
    }
    let Some((lower, shown)) = latest else { return Bounds::default() };
    match agreeing_day(&dates, lower, opening).filter(|_| shown.day.is_some()) {
        Some((day, date, weekday)) => Bounds {
            // What the opening reports happened on that day or the day before.
            edtf: Some(Edtf::days(day, day.plus(1))),
            evidence: vec![place(shown), place(date), place(weekday)],
        },
        None => Bounds { edtf: Some(Edtf::from_day(lower)), evidence: vec![place(shown)] },
    }
}

/// What a full date stands for beside the telling.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stamp {
    /// The date of a post.
    Post,
    /// A paragraph of its own at the end.
    End,
}

fn stamp(text: &str, date: &SpeltOut, opening: usize) -> Option<Stamp> {
    let before = text.get(..date.start)?.trim_end_matches([' ', '\u{a0}']);
    // "— Name (@handle) July 23, 2016", `datetime="2016-07-23"`.
    let handle = before.ends_with(')') && before.rfind('(').is_some_and(|at| before[at..].starts_with("(@"));
    if handle || before.ends_with("datetime=\"") || before.ends_with("-date=\"") {
        return Some(Stamp::Post);
    }
    let after = text.get(date.end..)?.trim_start_matches(['.', ' ']);
    let line = before.ends_with('\n') && (after.is_empty() || after.starts_with('\n'));
    (line && date.start > opening && date.start > text.len() / 2).then_some(Stamp::End)
}

fn full_day(date: &SpeltOut) -> Option<Day> {
    Day::new(date.year?, date.month?, date.day?).filter(|day| day.year() >= OLDEST_NEWS)
}

/// The first and last day of writing that the latest stamp allows, and the stamp.
fn stamped<'a>(text: &str, dates: &'a [SpeltOut], opening: usize) -> Option<(Day, Day, &'a SpeltOut)> {
    let stamps = dates.iter().filter_map(|date| {
        let day = full_day(date)?;
        Some(match stamp(text, date, opening)? {
            Stamp::Post => (day.plus(-ZONES), day.plus(STAMPED), date),
            Stamp::End => (day.plus(-STAMPED), day, date),
        })
    });
    stamps.max_by_key(|(first, _, date)| (*first, std::cmp::Reverse(date.start)))
}

/// The latest day that had begun when the text was written, and the words that show it.
fn latest_past<'a>(text: &str, dates: &'a [SpeltOut], opening: usize) -> Option<(Day, &'a SpeltOut)> {
    let mut begun: Vec<(Day, &SpeltOut)> = Vec::new();
    let mut years: Vec<(Day, &SpeltOut)> = Vec::new();
    for date in dates.iter().filter(|date| !date.ahead) {
        let Some(year) = date.year else { continue };
        match (date.month, date.day) {
            (Some(month), Some(day)) => {
                let slack = match stamp(text, date, opening) {
                    Some(Stamp::Post) => ZONES,
                    Some(Stamp::End) => STAMPED,
                    None => 0,
                };
                begun.extend(Day::new(year, month, day).map(|day| (day.plus(-slack), date)));
            }
            (Some(month), None) if date.behind => {
                begun.extend(Day::new(year, month, 1).map(|day| (day, date)))
            }
            // "in 2015" with a verb in the past is behind; "the 2020 race" may be ahead.
            // In reported speech a year may still be a plan: the year before it had begun.
            (None, None) if date.behind && date.led_by_in && !is_ahead_elsewhere(dates, year) => {
                years.extend(Day::year_start(year - 1).map(|day| (day, date)))
            }
            _ => {}
        }
    }
    // One bare year may still be a plan in reported speech; the second latest mention is safe.
    years.sort_by_key(|(day, date)| (*day, date.start));
    years.pop();
    begun.extend(years);
    // A text older than any news archive is not meant; its dates are history.
    begun.retain(|(day, _)| day.year() >= OLDEST_NEWS);
    begun.into_iter().max_by_key(|(day, date)| (*day, std::cmp::Reverse(date.start)))
}

/// True if some mention of a year, or of a later one, lies ahead.
fn is_ahead_elsewhere(dates: &[SpeltOut], year: i32) -> bool {
    dates.iter().any(|date| date.ahead && date.year.is_some_and(|own| own >= year))
}

/// The latest day without a year in the opening that lies shortly after `lower` and falls on a weekday the text
/// names.
fn agreeing_day(dates: &[SpeltOut], lower: Day, opening: usize) -> Option<(Day, &SpeltOut, &SpeltOut)> {
    let without_year = dates.iter().filter(|date| date.year.is_none() && !date.ahead);
    let candidates = without_year.filter(|date| date.start < opening && date.behind).filter_map(|date| {
        let (month, number) = (date.month?, date.day?);
        let year = lower.year();
        let day = [year, year + 1]
            .iter()
            .filter_map(|year| Day::new(*year, month, number))
            .find(|day| *day > lower)?;
        (lower.days_to(day) <= SAME_STORY).then_some((day, date))
    });
    let (day, date) = candidates.max_by_key(|(day, date)| (*day, std::cmp::Reverse(date.start)))?;
    // Its own weekday must not contradict.
    if date.weekday.is_some_and(|own| own != day.weekday()) {
        return None;
    }
    let weekday = dates.iter().find(|other| {
        let bare = other.month.is_none() || other.start == date.start;
        other.weekday == Some(day.weekday()) && bare && !other.ahead
    })?;
    Some((day, date, weekday))
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_pack::Pack;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = bounds_of(text, &Pack::builtin().times);
        assert_eq!(found.edtf.map(|it| it.0).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_caption_and_a_weekday_decide_the_year() {
        let text = "The minister arrived on March 14 for talks.\n\nHe met his counterpart on Thursday, aides said.\n\n\
                    Soldiers at a checkpoint near the border on March 2, 2019.";
        check(text, Some("2019-03-14/2019-03-15"));
        let published = infer_published(&Text::new(text), &Pack::builtin().times);
        let words: Vec<&str> = published.evidence.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(words, ["March 2, 2019", "March 14", "Thursday"]);
    }

    #[test]
    fn a_weekday_that_disagrees_leaves_a_lower_bound() {
        check(
            "He arrived on March 14.\n\nHe left on Monday.\n\nBorder guards, March 2, 2019.",
            Some("2019-03-02/.."),
        );
    }

    #[test]
    fn no_year_means_no_guess() {
        check("On Jan. 28 the two presidents spoke. They will meet at the beginning of February.", None);
        check("", None);
    }

    #[test]
    fn a_post_and_a_line_at_the_end_stamp_a_text() {
        check(
            "The envoy left.\n\nHe will be back.\n\n\"Talks go on.\" — Press Office (@office) May 4, 2021",
            Some("2021-05-03/2021-05-18"),
        );
        check(
            "The envoy left the capital.\n\nHe will be back after the talks, aides said.\n\nFriday, May 7, 2021.",
            Some("2021-04-23/2021-05-07"),
        );
    }

    #[test]
    fn plans_are_no_lower_bound() {
        check("The treaty was signed in May 2014. Troops will leave by June 2031.", Some("2014-05-01/.."));
    }
}
