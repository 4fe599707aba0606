//! Finds dates as pages, feeds, addresses and datelines print them. Never guesses: a part that is not there stays
//! open, an impossible date is no date.

use demarche_record::Edtf;
use std::collections::BTreeMap;

/// A date as far as it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrintedDate {
    /// Year of four digits.
    pub year: Option<i32>,
    /// Month from 1.
    pub month: Option<u32>,
    /// Day from 1.
    pub day: Option<u32>,
}

impl PrintedDate {
    /// A date whose parts fit together, else `None`.
    pub fn new(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let days = month.map(|month| days_in(year.unwrap_or(2000), month));
        let fits = year.is_none_or(|year| (1000..=2999).contains(&year))
            && month.is_none_or(|month| (1..=12).contains(&month))
            && day.is_none_or(|day| day >= 1 && days.is_some_and(|days| day <= days));
        (fits && (year.is_some() || month.is_some())).then_some(Self { year, month, day })
    }

    /// True if year, month and day are all there.
    pub fn is_full(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// As EDTF: `2022-01-28`, `2022-01`, `XXXX-01-28`.
    pub fn edtf(self) -> Edtf {
        let year = self.year.map_or("XXXX".to_owned(), |year| format!("{year:04}"));
        let month = self.month.map(|month| format!("-{month:02}")).unwrap_or_default();
        let day = self.day.map(|day| format!("-{day:02}")).unwrap_or_default();
        Edtf(format!("{year}{month}{day}"))
    }

    /// Days since 1970-01-01 of a full date.
    pub fn day_number(self) -> Option<i64> {
        let (year, month, day) = (i64::from(self.year?), i64::from(self.month?), i64::from(self.day?));
        // Years begin in March here, so that the leap day is the last of its year.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// The same date in the year that brings it closest to `other`; itself if it has a year.
    pub fn nearest_to(self, other: Self) -> Self {
        let (None, Some(year)) = (self.year, other.year) else { return self };
        let near = |year: i32| Self::new(Some(year), self.month, self.day);
        let distance = |date: Option<Self>| match (date.and_then(Self::day_number), other.day_number()) {
            (Some(one), Some(two)) => (one - two).abs(),
            _ => i64::MAX,
        };
        [year, year - 1, year + 1]
            .into_iter()
            .filter_map(near)
            .min_by_key(|date| distance(Some(*date)))
            .unwrap_or(self)
    }
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Reads a date from metadata: ISO 8601, RFC 2822, or a printed date.
pub fn from_metadata(value: &str, months: &BTreeMap<String, u32>) -> Option<PrintedDate> {
    let value = value.trim();
    iso(value).or_else(|| find(value, months).filter(|found| found.date.is_full()).map(|found| found.date))
}

/// Reads a leading `YYYY-MM-DD`, `YYYY/MM/DD`, `YYYYMMDD` or `YYYY-MM`.
pub fn iso(value: &str) -> Option<PrintedDate> {
    let bytes = value.as_bytes();
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = value.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let year = number(0, 4)? as i32;
    let ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_digit);
    match bytes.get(4) {
        Some(separator @ (b'-' | b'/' | b'.')) => {
            let month = number(5, 7)?;
            if bytes.get(7) == Some(separator) && number(8, 10).is_some() && ends(10) {
                PrintedDate::new(Some(year), Some(month), number(8, 10))
            } else if ends(7) {
                PrintedDate::new(Some(year), Some(month), None)
            } else {
                None
            }
        }
        Some(byte) if byte.is_ascii_digit() && ends(8) => {
            PrintedDate::new(Some(year), number(4, 6), number(6, 8)).filter(|date| date.year >= Some(1900))
        }
        _ => None,
    }
}

/// Reads the day that stands in an address: `/2022/01/28/`, `/2022-01-28`, `-20220128`, `/2022/jan/28/`.
pub fn from_url(url: &str, months: &BTreeMap<String, u32>) -> Option<PrintedDate> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let plausible =
        |date: &PrintedDate| date.is_full() && date.year.is_some_and(|year| (1990..=2100).contains(&year));
    for (at, _) in path.match_indices(|letter: char| letter.is_ascii_digit()) {
        let starts = at == 0 || !path.as_bytes()[at - 1].is_ascii_digit();
        if !starts {
            continue;
        }
        if let Some(date) = iso(&path[at..]).filter(plausible) {
            return Some(date);
        }
        let mut parts = path[at..].split('/');
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        let (Some(year), Some(month), Some(day)) = (year, month, day) else { continue };
        let month = months.get(&month.to_lowercase()).copied().or_else(|| month.parse().ok());
        let date = PrintedDate::new(year.parse().ok(), month, day.parse().ok());
        if let Some(date) = date.filter(plausible) {
            return Some(date);
        }
    }
    None
}

/// A date found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The date.
    pub date: PrintedDate,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A piece of a line: a word or a number.
struct Token<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, letter) in line.char_indices().chain(std::iter::once((line.len(), ' '))) {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push(Token { text: &line[from..at], start: from, end: at });
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

/// The first printed date in a line: `Jan. 28, 2022`, `28 January 2022`, `28 Jan`, `2022-01-28`, `28.01.2022`.
///
/// `03/04/2022` is a date only where one of the numbers cannot be a month.
pub fn find(line: &str, months: &BTreeMap<String, u32>) -> Option<Found> {
    let tokens = tokens(line);
    let month = |at: usize| tokens.get(at).and_then(|token| months.get(&token.text.to_lowercase())).copied();
    let day = |at: usize| {
        let text = tokens.get(at)?.text;
        let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let ending = &text[digits.len()..];
        let plain = ending.is_empty() || ["st", "nd", "rd", "th"].contains(&ending.to_lowercase().as_str());
        (plain && (1..=2).contains(&digits.len())).then(|| digits.parse::<u32>().ok()).flatten()
    };
    let year = |at: usize| {
        let text = tokens.get(at)?.text;
        (text.len() == 4)
            .then(|| text.parse::<i32>().ok())
            .flatten()
            .filter(|year| (1000..=2999).contains(year))
    };
    // What lies between two parts of one date: stops, commas and spaces.
    let joined = |at: usize| match (tokens.get(at), tokens.get(at + 1)) {
        (Some(one), Some(two)) => {
            let gap = &line[one.end..two.start];
            gap.len() <= 4 && gap.chars().all(|letter| letter.is_whitespace() || ".,/-".contains(letter))
        }
        _ => false,
    };
    for at in 0..tokens.len() {
        let made = |date: Option<PrintedDate>, last: usize| {
            date.map(|date| Found { date, start: tokens[at].start, end: tokens[last].end })
        };
        if let Some(date) = iso(&line[tokens[at].start..]).filter(|date| date.is_full()) {
            let compact = tokens[at].text.len() >= 8;
            let last = if compact { at } else { (at + 2).min(tokens.len() - 1) };
            return made(Some(date), last);
        }
        if let Some(month) = month(at).filter(|_| joined(at)) {
            if let Some(day) = day(at + 1) {
                let with_year = year(at + 2).filter(|_| joined(at + 1));
                let last = if with_year.is_some() { at + 2 } else { at + 1 };
                if let found @ Some(_) = made(PrintedDate::new(with_year, Some(month), Some(day)), last) {
                    return found;
                }
            } else if let Some(year) = year(at + 1) {
                return made(PrintedDate::new(Some(year), Some(month), None), at + 1);
            }
        }
        if let Some(first) = day(at).filter(|_| joined(at)) {
            if let Some(month) = month(at + 1) {
                let with_year = year(at + 2).filter(|_| joined(at + 1));
                let last = if with_year.is_some() { at + 2 } else { at + 1 };
                if let found @ Some(_) = made(PrintedDate::new(with_year, Some(month), Some(first)), last) {
                    return found;
                }
            }
            if let (Some(second), Some(year)) = (day(at + 1), year(at + 2).filter(|_| joined(at + 1))) {
                let dotted = line[tokens[at].end..].starts_with('.');
                let date = match (dotted || first > 12, second > 12) {
                    (true, false) => PrintedDate::new(Some(year), Some(second), Some(first)),
                    (false, true) => PrintedDate::new(Some(year), Some(first), Some(second)),
                    _ if first == second => PrintedDate::new(Some(year), Some(first), Some(second)),
                    _ => None,
                };
                if let found @ Some(_) = made(date, at + 2) {
                    return found;
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months() -> BTreeMap<String, u32> {
        [("january", 1), ("jan", 1), ("may", 5), ("feb", 2)]
            .map(|(name, number)| (name.to_owned(), number))
            .into()
    }

    fn check(line: &str, expected: Option<&str>) {
        assert_eq!(find(line, &months()).map(|found| found.date.edtf().0).as_deref(), expected, "{line}");
    }

    #[test]
    fn printed_dates_are_found() {
        check("Published: Jan. 28, 2022 at 14:30", Some("2022-01-28"));
        check("Friday 28th January 2022", Some("2022-01-28"));
        check("KYIV, Jan. 12", Some("XXXX-01-12"));
        check("28.01.2022, 12:00", Some("2022-01-28"));
        check("2022-01-28T10:00:00Z", Some("2022-01-28"));
        check("May 2023", Some("2023-05"));
    }

    #[test]
    fn what_cannot_be_known_stays_unknown() {
        check("03/04/2022", None);
        check("28/01/2022", Some("2022-01-28"));
        check("01/28/2022", Some("2022-01-28"));
        check("Feb. 31, 2022", None);
        check("28.01.22", None);
        check("they may go", None);
    }

    #[test]
    fn addresses_give_days() {
        let day = |url: &str| from_url(url, &months()).map(|date| date.edtf().0);
        assert_eq!(day("https://news.example/world/2022/01/28/talks.html").as_deref(), Some("2022-01-28"));
        assert_eq!(day("https://news.example/2022/jan/28/talks").as_deref(), Some("2022-01-28"));
        assert_eq!(day("https://news.example/talks-20220128").as_deref(), Some("2022-01-28"));
        assert_eq!(day("https://news.example/article/12345678"), None);
        assert_eq!(day("https://news.example/talks?day=2022-01-28"), None);
    }

    #[test]
    fn days_are_counted_from_1970() {
        let number = |year, month, day| {
            PrintedDate::new(Some(year), Some(month), Some(day)).and_then(PrintedDate::day_number)
        };
        assert_eq!(number(1970, 1, 1), Some(0));
        assert_eq!(number(2000, 3, 1), Some(11_017));
    }

    #[test]
    fn the_nearest_year_is_taken_across_new_year() {
        let december = PrintedDate::new(None, Some(12), Some(31)).expect("a date");
        let published = PrintedDate::new(Some(2022), Some(1), Some(1)).expect("a date");
        assert_eq!(december.nearest_to(published).edtf().0, "2021-12-31");
    }
}
