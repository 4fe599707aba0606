//! Finds the dateline at the beginning of a report: "BRUSSELS, Jan. 12 (Reuters) - ", "KYIV, Ukraine (AP) —".

use crate::dates::{self, PrintedDate};
use std::collections::BTreeMap;
use std::ops::Range;

/// A dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// From the first letter to the dash, as bytes of the paragraph.
    pub range: Range<usize>,
    /// Where the report was written, as printed.
    pub place: Option<String>,
    /// The date and its bytes in the paragraph.
    pub date: Option<(PrintedDate, Range<usize>)>,
    /// The agency named in it, as printed.
    pub agency: Option<String>,
}

/// Datelines are no longer than this.
const MAX_BYTES: usize = 140;

/// Bytes behind a lone town within which no second dash may close an aside: "Berlin – Germany's capital – sleeps."
const ASIDE: usize = 100;

/// Finds the dateline that opens a paragraph of running text. `is_town` tells whether a name alone, without capitals, date
/// or agency ("Algiers — The king …"), is that of a town.
pub fn find(
    paragraph: &str,
    months: &BTreeMap<String, u32>,
    is_town: &dyn Fn(&str) -> bool,
) -> Option<Dateline> {
    let mut limit = paragraph.len().min(MAX_BYTES);
    while !paragraph.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = &paragraph[..limit];
    let (inner, end) = town_in_capitals(head, is_town).or_else(|| separator(head))?;
    let line = head[..inner].trim_end();
    let opens = |letter: char| letter.is_uppercase() || letter.is_numeric() || "“\"‘'«(".contains(letter);
    if line.is_empty() || !paragraph[end..].trim_start().starts_with(opens) {
        return None;
    }
    let (before, agency) = take_agency(line);
    let date = dates::find(before, months);
    let place_end = date.map_or(before.len(), |found| weekday_start(before, found.start));
    let place =
        before[..place_end].trim_matches(|letter: char| letter.is_whitespace() || ",.;/".contains(letter));
    let rest = date.map_or("", |found| before[found.end..].trim_matches([',', '.', ' ', '/', ':']));
    // Nothing but a year or a weekday may follow the date.
    if rest.split_whitespace().count() > 1 {
        return None;
    }
    let capitals = is_capitals(place);
    let witnessed = agency.is_some() || date.is_some();
    let alone = || {
        let behind = &paragraph[end..];
        let mut reach = behind.len().min(ASIDE);
        while !behind.is_char_boundary(reach) {
            reach -= 1;
        }
        let aside = [" — ", " – ", " - "].iter().any(|dash| behind[..reach].contains(dash));
        // "Asmara/Addis Ababa —": filed in two.
        !aside && place.split('/').all(|town| is_town(town.trim()))
    };
    let is_place =
        if place.is_empty() { witnessed } else { capitals || is_titled(place) && (witnessed || alone()) };
    if !is_place {
        return None;
    }
    Some(Dateline {
        range: 0..end,
        place: (!place.is_empty()).then(|| place.to_owned()),
        date: date.map(|found| (found.date, found.start..found.end)),
        agency: agency.map(str::to_owned),
    })
}

/// "RAWALPINDI: The army said", as newspapers of South Asia print it: a town in capitals, and no speaker of a transcript.
fn town_in_capitals(head: &str, is_town: &dyn Fn(&str) -> bool) -> Option<(usize, usize)> {
    let at = head.find(": ")?;
    let titled = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_string() + &letters.as_str().to_lowercase())
    };
    let town = || {
        head[..at]
            .split('/')
            .all(|place| is_town(&place.split(' ').map(titled).collect::<Vec<_>>().join(" ")))
    };
    (is_capitals(&head[..at]) && town()).then_some((at, at + 1))
}

/// The dash that closes a dateline: where the words end and where the dash ends.
fn separator(head: &str) -> Option<(usize, usize)> {
    for (at, letter) in head.char_indices() {
        let after = &head[at..];
        let spaced = head[..at].ends_with([' ', '\u{A0}', '.', ')', ':']);
        let length = match letter {
            '—' | '–' => letter.len_utf8(),
            '-' if after.starts_with("--") => 2,
            '-' if spaced => 1,
            // The style of TASS: "MOSCOW, January 28. /TASS/. Text".
            '/' if after.starts_with("/. ") && head[..at].contains('/') => return Some((at + 1, at + 2)),
            _ => continue,
        };
        let end = at + length;
        let closes = letter != '-' || head[end..].starts_with([' ', '\u{A0}']);
        // A dash between two letters is part of a name: "Rhine–Ruhr".
        let inside = letter != '-' && !spaced && !head[end..].starts_with([' ', '\u{A0}']);
        if closes && !inside {
            return Some((at, end));
        }
    }
    None
}

/// Splits a trailing "(Reuters)" or "/TASS/" off.
fn take_agency(line: &str) -> (&str, Option<&str>) {
    let line = line.trim_end_matches(['.', ':', ' ', '\u{A0}']);
    for (open, close) in [('(', ')'), ('/', '/')] {
        let Some(body) = line.strip_suffix(close) else { continue };
        let Some(at) = body.rfind(open) else { continue };
        let name = body[at + open.len_utf8()..].trim();
        let is_name =
            !name.is_empty() && name.split_whitespace().count() <= 5 && name.chars().any(char::is_uppercase);
        if is_name {
            return (&line[..at], Some(name));
        }
    }
    (line, None)
}

/// Where a weekday before the date begins, so that it does not count to the place.
fn weekday_start(before: &str, date: usize) -> usize {
    let words = before[..date].trim_end_matches([' ', ',', '.']);
    let start = words.rfind([' ', ',']).map_or(0, |at| at + 1);
    let word = words[start..].to_lowercase();
    let is_weekday =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day));
    if is_weekday && (word.ends_with("day") || word.len() <= 4) { start } else { date }
}

/// "BRUSSELS", "KYIV, Ukraine", "UNITED NATIONS", "WASHINGTON, D.C.", "PARIS/BERLIN": the first word in capitals, the
/// others in capitals or titled.
fn is_capitals(place: &str) -> bool {
    let first = place.split([' ', ',', '/']).next().unwrap_or_default();
    let letters = first.chars().filter(|letter| letter.is_alphabetic()).count();
    let city = place.split(',').next().unwrap_or_default();
    letters >= 2
        && !city.chars().any(char::is_lowercase)
        && place.split_whitespace().count() <= 8
        && is_titled(place)
}

/// Every word begins with a capital letter, small joining words apart.
fn is_titled(place: &str) -> bool {
    let small = [
        "of", "de", "la", "al", "and", "the", "el", "da", "di", "du", "des", "am", "on", "upon", "in", "near",
    ];
    place.split_whitespace().count() <= 8
        && place.starts_with(char::is_uppercase)
        && place.split([' ', '/', '\u{A0}']).filter(|word| !word.is_empty()).all(|word| {
            small.contains(&word) || word.trim_start_matches(['(', '\'', '’']).starts_with(char::is_uppercase)
        })
        && !place.contains(['“', '"', '?', '!', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months() -> BTreeMap<String, u32> {
        [("jan", 1), ("january", 1), ("may", 5)].map(|(name, number)| (name.to_owned(), number)).into()
    }

    /// Place, date, agency and the words after the dateline.
    fn check(paragraph: &str, expected: Option<(&str, &str, &str, &str)>) {
        let found = find(paragraph, &months(), &|name| matches!(name, "Algiers" | "Berlin"));
        let seen = found.as_ref().map(|line| {
            let date = line.date.as_ref().map(|(date, _)| date.edtf().0).unwrap_or_default();
            let rest = paragraph[line.range.end..].trim_start();
            (line.place.clone().unwrap_or_default(), date, line.agency.clone().unwrap_or_default(), rest)
        });
        let seen =
            seen.as_ref().map(|(place, date, agency, rest)| (&place[..], &date[..], &agency[..], *rest));
        assert_eq!(seen, expected, "{paragraph}");
    }

    #[test]
    fn wire_datelines_are_taken_apart() {
        check(
            "BRUSSELS, Jan. 12 (Reuters) - NATO said",
            Some(("BRUSSELS", "XXXX-01-12", "Reuters", "NATO said")),
        );
        check("KYIV, Ukraine (AP) — The army", Some(("KYIV, Ukraine", "", "AP", "The army")));
        check("VIENNA — The house", Some(("VIENNA", "", "", "The house")));
        check("Paris, Jan 28 (EFE).- Macron", Some(("Paris", "XXXX-01-28", "EFE", "Macron")));
        check("(EFE).- The bank", Some(("", "", "EFE", "The bank")));
        check("MOSCOW, January 28. /TASS/. Russia", Some(("MOSCOW", "XXXX-01-28", "TASS", "Russia")));
        check(
            "UNITED NATIONS, Friday, May 3, 2024 (AFP) -- A vote",
            Some(("UNITED NATIONS", "2024-05-03", "AFP", "A vote")),
        );
        check("21 January 2023 - A day after", Some(("", "2023-01-21", "", "A day after")));
        check("Algiers — The king", Some(("Algiers", "", "", "The king")));
        check("ALGIERS: The king – a guest – said", Some(("ALGIERS", "", "", "The king – a guest – said")));
        check("WASHINGTON, D.C. – The bill", Some(("WASHINGTON, D.C", "", "", "The bill")));
    }

    #[test]
    fn prose_is_no_dateline() {
        check("The army – or what is left of it – has gone.", None);
        check("NATO-led troops have left.", None);
        check("On Jan. 28 the two men spoke - for an hour.", None);
        check("President Doe - who had been ill - spoke.", None);
        check("Berlin – it is said – sleeps.", None);
        check("Berlin – Germany's capital – sleeps.", None);
        check("Macron — The president spoke", None);
        check("MINISTER: The talks go on.", None);
        check("Algiers: No deal", None);
    }
}
