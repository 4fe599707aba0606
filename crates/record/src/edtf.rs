//! Dates as Extended Date/Time Format strings (ISO 8601-2), as far as the ledger writes them: what they mean in days.

use crate::calendar::{Day, days_in_month};
use std::fmt;

/// A day, month, year, interval or approximate date: `2022-01-28`, `2022-02~`, `2022-02-05/2022-02-06`,
/// `XXXX-01-28`, `../2022-02-07`, `199X`, `2022-21` (spring), `2022-33` (first quarter), `2022-02-07T18:30`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf(pub String);

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How exact the finer end of a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateLevel {
    /// `19XX`.
    Century,
    /// `199X`.
    Decade,
    /// `1999`.
    Year,
    /// A season, quarter or half-year.
    Season,
    /// `1999-04`.
    Month,
    /// `1999-04-02`.
    Day,
    /// With a time of day.
    Time,
}

/// Inclusive days; `None` at an end means that it is open or unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// First day.
    pub first: Option<Day>,
    /// Last day.
    pub last: Option<Day>,
}

impl DayRange {
    /// True if the two share a day.
    pub fn overlaps(self, other: DayRange) -> bool {
        let before = |end: Option<Day>, start: Option<Day>| matches!((end, start), (Some(end), Some(start)) if end < start);
        !before(self.last, other.first) && !before(other.last, self.first)
    }

    /// True if every day of `other` is a day of `self`.
    pub fn contains(self, other: DayRange) -> bool {
        let starts = self.first.is_none_or(|first| other.first.is_some_and(|start| first <= start));
        starts && self.last.is_none_or(|last| other.last.is_some_and(|end| end <= last))
    }

    /// The number of days, if both ends are known.
    pub fn len(self) -> Option<i32> {
        Some(self.first?.days_to(self.last?) + 1)
    }

    /// True if the last day lies before the first.
    pub fn is_empty(self) -> bool {
        self.len().is_some_and(|days| days <= 0)
    }
}

/// Why a string is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError {
    /// The string.
    pub text: String,
    /// What is wrong and what would be right.
    pub why: String,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no date: {}", self.text, self.why)
    }
}

impl std::error::Error for EdtfError {}

/// One date of an interval, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    /// `None` for `XXXX`; lowest year where digits are unspecified.
    year: Option<i32>,
    /// Years that the unspecified digits span: 1, 10, 100 or 1000.
    span: i32,
    /// 1-12 months, 21-24 seasons, 33-36 quarters, 40-41 halves.
    month: Option<u32>,
    day: Option<u32>,
    time: bool,
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    At(Point),
    Open,
}

impl Edtf {
    /// Reads and checks a date; 31 February, month 13 and reversed intervals are errors.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        let ends = ends(text)?;
        if let [End::Open, End::Open] = ends[..] {
            return Err(error(text, "an interval has at least one date"));
        }
        let edtf = Self(text.to_owned());
        if edtf.bounds().is_some_and(DayRange::is_empty) {
            return Err(error(text, "the interval ends before it begins"));
        }
        Ok(edtf)
    }

    /// One day.
    pub fn day(day: Day) -> Self {
        Self(day.to_string())
    }

    /// From one day to another; a single day is written as such.
    pub fn days(first: Day, last: Day) -> Self {
        if first == last { Self::day(first) } else { Self(format!("{first}/{last}")) }
    }

    /// From the first day on.
    pub fn from_day(first: Day) -> Self {
        Self(format!("{first}/.."))
    }

    /// Up to the last day.
    pub fn until_day(last: Day) -> Self {
        Self(format!("../{last}"))
    }

    /// The days it covers, both ends included; `None` where the year is unspecified or the string is no date.
    pub fn bounds(&self) -> Option<DayRange> {
        self.bounds_with(None)
    }

    /// The days it covers if an unspecified year is `year`.
    pub fn bounds_in(&self, year: i32) -> Option<DayRange> {
        self.bounds_with(Some(year))
    }

    fn bounds_with(&self, year: Option<i32>) -> Option<DayRange> {
        let ends = ends(&self.0).ok()?;
        let days = |end: &End| match end {
            End::At(point) => point.days(year).map(Some),
            End::Open => Some(None),
        };
        let first = days(ends.first()?)?;
        let last = days(ends.last()?)?;
        Some(DayRange { first: first.map(|it| it.0), last: last.map(|it| it.1) })
    }

    /// True if the two may be the same time: their days overlap in some year.
    pub fn overlaps(&self, other: &Edtf) -> bool {
        let years: Vec<i32> = [self, other].iter().flat_map(|it| it.years()).collect();
        // 2000 is a leap year, so that XXXX-02-29 has a day.
        let years = if years.is_empty() { vec![2000] } else { years };
        years.into_iter().any(|year| match (self.bounds_in(year), other.bounds_in(year)) {
            (Some(one), Some(two)) => one.overlaps(two),
            _ => false,
        })
    }

    /// The years that are spelt out.
    fn years(&self) -> Vec<i32> {
        let Ok(ends) = ends(&self.0) else { return Vec::new() };
        ends.iter().filter_map(|end| if let End::At(point) = end { point.year } else { None }).collect()
    }

    /// The year, if the whole date lies in one.
    pub fn year(&self) -> Option<i32> {
        let days = self.bounds()?;
        let year = days.first?.year();
        (days.last?.year() == year).then_some(year)
    }

    /// True for `?`, `~` or `%` at any end.
    pub fn is_approximate(&self) -> bool {
        self.0.contains(['~', '?', '%'])
    }

    /// True for `a/b`.
    pub fn is_interval(&self) -> bool {
        self.0.contains('/')
    }

    /// True if the year is unspecified (`XXXX-01-28`).
    pub fn lacks_year(&self) -> bool {
        self.0.contains("XXXX")
    }

    /// How exact it is; of an interval its coarser end. `None` if it is no date.
    pub fn level(&self) -> Option<DateLevel> {
        let ends = ends(&self.0).ok()?;
        ends.iter().filter_map(|end| if let End::At(point) = end { Some(point.level()) } else { None }).min()
    }
}

impl Point {
    fn level(self) -> DateLevel {
        match (self.span, self.month, self.day, self.time) {
            (_, _, _, true) => DateLevel::Time,
            (_, _, Some(_), _) => DateLevel::Day,
            (_, Some(1..=12), _, _) => DateLevel::Month,
            (_, Some(_), _, _) => DateLevel::Season,
            (1, _, _, _) => DateLevel::Year,
            (10, _, _, _) => DateLevel::Decade,
            _ => DateLevel::Century,
        }
    }

    /// First and last day, with `year` in place of an unspecified one.
    fn days(self, year: Option<i32>) -> Option<(Day, Day)> {
        let year = self.year.or(year)?;
        match (self.month, self.day) {
            (None, _) => Some((Day::year_start(year)?, Day::year_end(year + self.span - 1)?)),
            (Some(month @ 1..=12), None) => Some((Day::new(year, month, 1)?, Day::month_end(year, month)?)),
            (Some(month), Some(day)) => Day::new(year, month, day).map(|day| (day, day)),
            // Seasons are those of the northern hemisphere; winter runs into the next year.
            (Some(season @ 21..=24), None) => {
                let start = Day::new(year, 3, 1)?.plus_months(3 * (season as i32 - 21));
                Some((start, start.plus_months(3).plus(-1)))
            }
            (Some(quarter @ 33..=36), None) => {
                let start = Day::new(year, 1, 1)?.plus_months(3 * (quarter as i32 - 33));
                Some((start, start.plus_months(3).plus(-1)))
            }
            (Some(half), None) => {
                let start = Day::new(year, 1, 1)?.plus_months(6 * (half as i32 - 40));
                Some((start, start.plus_months(6).plus(-1)))
            }
        }
    }
}

fn error(text: &str, why: impl Into<String>) -> EdtfError {
    EdtfError { text: text.to_owned(), why: why.into() }
}

fn ends(text: &str) -> Result<Vec<End>, EdtfError> {
    let parts: Vec<&str> = text.split('/').collect();
    if parts.len() > 2 {
        return Err(error(text, "an interval has two ends, as in 2022-02-05/2022-02-06"));
    }
    let open = |part: &str| parts.len() == 2 && (part == ".." || part.is_empty());
    parts.iter().map(|part| if open(part) { Ok(End::Open) } else { point(text, part).map(End::At) }).collect()
}

fn point(text: &str, part: &str) -> Result<Point, EdtfError> {
    let bare = part.trim_end_matches(['~', '?', '%']);
    if part.len() - bare.len() > 1 {
        return Err(error(text, "one of ~, ? and % at most"));
    }
    let (date, time) = bare.split_once('T').map_or((bare, None), |(date, time)| (date, Some(time)));
    let (negative, digits) = date.strip_prefix('-').map_or((false, date), |rest| (true, rest));
    let fields: Vec<&str> = digits.split('-').collect();
    let (low, span) = year_of(text, fields[0])?;
    let year = low.map(|year| if negative { -year - (span - 1) } else { year });
    let month = match fields.get(1) {
        None | Some(&"XX") => None,
        Some(field) => Some(two_digits(text, field, "month")?),
    };
    let day = match fields.get(2) {
        None | Some(&"XX") => None,
        Some(field) => Some(two_digits(text, field, "day")?),
    };
    if fields.len() > 3 {
        return Err(error(text, "a date is year-month-day"));
    }
    if let Some(month) = month {
        let season = matches!(month, 21..=24 | 33..=36 | 40 | 41) && fields.len() == 2;
        if !season && !(1..=12).contains(&month) {
            return Err(error(text, format!("there is no month {month:02}")));
        }
    }
    if let (Some(day), None) = (day, month) {
        return Err(error(text, format!("day {day:02} needs a month")));
    }
    if let (Some(day), Some(month)) = (day, month) {
        // Without a year 29 February may exist.
        let longest = year.map_or(days_in_month(2000, month), |year| days_in_month(year, month));
        if day == 0 || day > longest {
            let year = year.map(|year| format!(" {year}")).unwrap_or_default();
            return Err(error(text, format!("month {month:02}{year} has no day {day:02}")));
        }
    }
    if let Some(time) = time {
        check_time(text, time)?;
        if day.is_none() {
            return Err(error(text, "a time of day needs a day"));
        }
    }
    Ok(Point { year, span, month, day, time: time.is_some() })
}

/// The lowest year and the number of years, of `1999`, `199X`, `19XX`, `1XXX` or `XXXX`.
fn year_of(text: &str, field: &str) -> Result<(Option<i32>, i32), EdtfError> {
    let known = field.trim_end_matches('X');
    let wrong =
        || error(text, "a year has four digits, or X for an unknown digit at the end: 2022, 199X, XXXX");
    if field.len() != 4 || !known.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    if known.is_empty() {
        return Ok((None, 1));
    }
    let span = 10i32.pow((4 - known.len()) as u32);
    let year: i32 = known.parse().map_err(|_| wrong())?;
    Ok((Some(year * span), span))
}

fn two_digits(text: &str, field: &str, what: &str) -> Result<u32, EdtfError> {
    let right = field.len() == 2 && field.bytes().all(|byte| byte.is_ascii_digit());
    let number = if right { field.parse().ok() } else { None };
    number.ok_or_else(|| error(text, format!("a {what} has two digits, or XX")))
}

fn check_time(text: &str, time: &str) -> Result<(), EdtfError> {
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let wrong =
        || error(text, "a time is hh, hh:mm or hh:mm:ss, with Z or +hh:mm after it if the zone is known");
    let limits = [24, 59, 60];
    let fields: Vec<&str> = clock.split(':').collect();
    if fields.len() > 3 {
        return Err(wrong());
    }
    for (field, limit) in fields.iter().zip(limits) {
        if two_digits(text, field, "time").map_err(|_| wrong())? > limit {
            return Err(wrong());
        }
    }
    let offset = zone.strip_prefix(['+', '-']);
    match offset {
        None if zone.is_empty() || zone == "Z" => Ok(()),
        Some(offset) if offset.split(':').all(|field| two_digits(text, field, "zone").is_ok()) => Ok(()),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, first: &str, last: &str) {
        let days = Edtf::parse(text).expect("a date").bounds().expect("a year");
        let shown = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        assert_eq!((shown(days.first).as_str(), shown(days.last).as_str()), (first, last), "{text}");
    }

    #[test]
    fn dates_have_bounds() {
        check("2022-01-28", "2022-01-28", "2022-01-28");
        check("2024-02", "2024-02-01", "2024-02-29");
        check("2022-02~", "2022-02-01", "2022-02-28");
        check("2022", "2022-01-01", "2022-12-31");
        check("199X", "1990-01-01", "1999-12-31");
        check("19XX", "1900-01-01", "1999-12-31");
        check("2022-XX", "2022-01-01", "2022-12-31");
        check("2022-02-XX", "2022-02-01", "2022-02-28");
        check("-0218", "-0218-01-01", "-0218-12-31");
        check("0000", "0000-01-01", "0000-12-31");
        check("9999-12-31", "9999-12-31", "9999-12-31");
        check("2022-02-07T18:30Z", "2022-02-07", "2022-02-07");
        check("2021-24", "2021-12-01", "2022-02-28");
        check("2022-34", "2022-04-01", "2022-06-30");
        check("2022-41", "2022-07-01", "2022-12-31");
    }

    #[test]
    fn intervals_have_bounds() {
        check("2022-02-05/2022-02-06", "2022-02-05", "2022-02-06");
        check("1919-02/1921-03", "1919-02-01", "1921-03-31");
        check("../2022-02-07", "..", "2022-02-07");
        check("2022-02-07/..", "2022-02-07", "..");
        check("2022-02-07?/2022-03~", "2022-02-07", "2022-03-31");
    }

    #[test]
    fn an_unspecified_year_has_no_bounds_until_one_is_given() {
        let day = Edtf::parse("XXXX-01-28").expect("a date");
        assert_eq!(day.bounds(), None);
        assert_eq!(
            day.bounds_in(2022).and_then(|days| days.first).map(|day| day.to_string()).as_deref(),
            Some("2022-01-28")
        );
        assert!(Edtf::parse("XXXX-02-29").is_ok());
        assert_eq!(Edtf("XXXX-02-29".into()).bounds_in(2023), None);
    }

    #[test]
    fn what_is_no_date_says_why() {
        for (text, why) in [
            ("2022-02-31", "month 02 2022 has no day 31"),
            ("2023-02-29", "month 02 2023 has no day 29"),
            ("XXXX-02-30", "month 02 has no day 30"),
            ("2022-13", "there is no month 13"),
            ("2022-00", "there is no month 00"),
            ("22-01-01", "four digits"),
            ("2022-1-1", "two digits"),
            ("2022-01-01/2021-01-01", "ends before it begins"),
            ("../..", "at least one date"),
            ("2022~~", "at most"),
            ("2022-01-01T25:00", "a time is"),
            ("", "four digits"),
            ("2022-02-01/2022-02-02/2022-02-03", "two ends"),
            ("yesterday", "four digits"),
            ("2022-02T10:00", "needs a day"),
        ] {
            let error = Edtf::parse(text).expect_err(text);
            assert!(error.why.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn overlap_holds_in_some_year() {
        let overlaps = |one: &str, two: &str| Edtf(one.into()).overlaps(&Edtf(two.into()));
        assert!(overlaps("2022-02~", "2022-02-07"));
        assert!(overlaps("XXXX-01-28", "2022-01-28"));
        assert!(overlaps("XXXX-02", "XXXX-02-07"));
        assert!(!overlaps("XXXX-01-28", "2022-02"));
        assert!(overlaps("../2022-02-07", "2014"));
        assert!(!overlaps("2022-02-05/2022-02-06", "2022-02-07"));
    }

    #[test]
    fn levels_are_those_of_the_coarser_end() {
        let level = |text: &str| Edtf(text.into()).level();
        assert_eq!(level("2022-02-05/2022-03"), Some(DateLevel::Month));
        assert_eq!(level("199X"), Some(DateLevel::Decade));
        assert_eq!(level("2022-21"), Some(DateLevel::Season));
        assert_eq!(level("../2022-02-07"), Some(DateLevel::Day));
        assert_eq!(level("no"), None);
    }
}
