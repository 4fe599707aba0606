//! Reads the little that the comparison needs from plain sentences: sentence ends, content words, numbers, durations.
//!
//! The analysis of a document is not kept once its records are made, so this room cuts sentences itself.

use demarche_pack::telling::Telling;
use demarche_pack::topics::WordList;
use std::collections::BTreeSet;

/// The words of a text without marks between them, as lists of words are held against them.
pub(crate) fn plain_words(text: &str) -> Vec<&str> {
    text.split(|it: char| !(it.is_alphanumeric() || it == '-')).filter(|word| !word.is_empty()).collect()
}

/// Byte ranges of the sentences of a text. A newline always ends one.
pub(crate) fn sentences(telling: &Telling, text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    for (number, (at, letter)) in letters.iter().enumerate() {
        let end = match letter {
            '\n' => Some(*at),
            '.' | '!' | '?' => {
                let mut next = number + 1;
                while letters.get(next).is_some_and(|(_, it)| matches!(it, '”' | '"' | '’' | ')' | '\''))
                {
                    next += 1;
                }
                let gap = letters.get(next).is_none_or(|(_, it)| it.is_whitespace());
                let opens = letters[next.min(letters.len())..]
                    .iter()
                    .find(|(_, it)| !it.is_whitespace())
                    .is_none_or(|(_, it)| !it.is_lowercase());
                let before =
                    text[start..*at].rsplit(|it: char| it.is_whitespace() || it == '(').next().unwrap_or("");
                let short = *letter == '.'
                    && (telling.short.has(&before.to_lowercase())
                        || (before.chars().count() == 1 && before.chars().all(char::is_uppercase)));
                (gap && opens && !short).then(|| letters.get(next).map_or(text.len(), |(at, _)| *at))
            }
            _ => None,
        };
        if let Some(end) = end.filter(|end| *end >= start) {
            push(text, start, end, &mut found);
            start = end;
        }
    }
    push(text, start, text.len(), &mut found);
    found
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<(usize, usize)>) {
    let words = &text[start..end];
    let from = start + (words.len() - words.trim_start().len());
    let to = end - (words.len() - words.trim_end().len());
    if from < to {
        found.push((from, to));
    }
}

/// The beginning of a word that its forms share: a light stemmer, good enough to compare words of two sentences.
pub(crate) fn stem(word: &str) -> String {
    let stem = plain_stem(word);
    // "apologized" and "apologised".
    match stem.strip_suffix("iz") {
        Some(begin) if begin.chars().count() >= 3 => format!("{begin}is"),
        _ => stem,
    }
}

fn plain_stem(word: &str) -> String {
    let word = word.trim_end_matches("'s");
    for (ending, left) in [
        ("ations", 4),
        ("ation", 4),
        ("ements", 4),
        ("ement", 4),
        ("ments", 4),
        ("ment", 4),
        ("ings", 4),
        ("ing", 4),
        ("ies", 3),
        ("als", 4),
        ("al", 4),
        ("ed", 3),
        ("es", 4),
        ("s", 3),
    ] {
        if let Some(begin) = word.strip_suffix(ending)
            && begin.chars().count() >= left
            && !(ending == "s" && begin.ends_with('s'))
        {
            return begin.trim_end_matches(['e', 'y', 'i']).to_owned();
        }
    }
    word.trim_end_matches(['e', 'y', 'i']).to_owned()
}

/// Stems of the words that carry matter; numbers are left out.
pub(crate) fn content(telling: &Telling, text: &str) -> BTreeSet<String> {
    WordList::new(text)
        .words()
        .iter()
        .filter(|(word, ..)| telling.is_content(word) && !word.chars().any(|it| it.is_ascii_digit()))
        .map(|(word, ..)| stem(word))
        .filter(|stem| stem.chars().count() > 1)
        .collect()
}

/// Share of the smaller set that both have, 0..1; 0 if one is empty.
pub(crate) fn overlap(one: &BTreeSet<String>, two: &BTreeSet<String>) -> f64 {
    let least = one.len().min(two.len());
    if least == 0 { 0.0 } else { one.intersection(two).count() as f64 / least as f64 }
}

/// A number in words or digits: its value and how many words it takes.
pub(crate) fn number(words: &[&str]) -> Option<(f64, usize)> {
    let first = words.first()?;
    if first.starts_with(|it: char| it.is_ascii_digit()) {
        let plain = first.replace(',', "");
        let value: f64 = plain.parse().ok()?;
        return Some(match words.get(1).copied() {
            Some("thousand") => (value * 1e3, 2),
            Some("million") => (value * 1e6, 2),
            Some("billion") => (value * 1e9, 2),
            _ => (value, 1),
        });
    }
    let (mut total, mut part, mut used, mut seen) = (0.0, 0.0, 0, false);
    for word in words {
        let bits: Vec<&str> = word.split('-').collect();
        let values: Option<Vec<f64>> = bits.iter().map(|bit| small_number(bit)).collect();
        match (values, *word) {
            (Some(values), _) => {
                part += values.iter().sum::<f64>();
                seen = true;
            }
            (None, "hundred") if seen || used == 0 => part = if part == 0.0 { 100.0 } else { part * 100.0 },
            (None, "thousand") if seen => {
                total += part.max(1.0) * 1e3;
                part = 0.0;
            }
            (None, "million") if seen => {
                total += part.max(1.0) * 1e6;
                part = 0.0;
            }
            (None, "and")
                if seen
                    && used > 0
                    && words.get(used + 1).is_some_and(|it| small_number(it).is_some())
                    && part >= 100.0 => {}
            _ => break,
        }
        used += 1;
    }
    (seen && used > 0).then_some((total + part, used))
}

fn small_number(word: &str) -> Option<f64> {
    const NAMES: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |list: &[&str]| list.iter().position(|it| *it == word);
    at(NAMES).map(|at| at as f64).or_else(|| at(TENS).map(|at| (at as f64 + 2.0) * 10.0))
}

/// A stretch of numbers: what a text allows the value to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Range {
    pub(crate) fn disjoint(self, other: Range) -> bool {
        self.high < other.low || other.high < self.low
    }

    pub(crate) fn within(self, other: Range) -> bool {
        other.low <= self.low && self.high <= other.high
    }

    /// Of a number as written: a round number stands for what rounds to it, but never for more than a tenth.
    pub(crate) fn rounded(value: f64) -> Range {
        let mut unit = 1.0;
        while value >= unit * 10.0 && (value / (unit * 10.0)).fract() == 0.0 {
            unit *= 10.0;
        }
        // Below a hundred people count one by one.
        let slack = if unit > 1.0 && value >= 100.0 { (unit / 2.0).min(value.abs() * 0.1) } else { 0.0 };
        Range { low: value - slack, high: value + slack }
    }
}

/// The range of a number of things with the words before and after it ("at least", "or more"), and how many of the words
/// before belong to it. A plain number stands for what rounds to it.
pub(crate) fn bounds(telling: &Telling, before: &[&str], after: &[&str], value: f64) -> (Range, usize) {
    // The longest wins: "no more than" is no "more than".
    let found = [(&telling.at_least, 0), (&telling.at_most, 1), (&telling.nearly, 2), (&telling.about, 3)]
        .into_iter()
        .filter_map(|(list, kind)| list.ends(before).map(|length| (length, kind)))
        .max_by_key(|(length, _)| *length);
    match found {
        Some((length, 0)) => (Range { low: value, high: f64::INFINITY }, length),
        Some((length, 1)) => (Range { low: 0.0, high: value }, length),
        Some((length, 2)) => (Range { low: value * 0.85, high: value }, length),
        Some((length, _)) => (Range { low: value * 0.85, high: value * 1.15 }, length),
        None if telling.or_more.begins(after).is_some() => (Range { low: value, high: f64::INFINITY }, 0),
        None if telling.or_so.begins(after).is_some() => (Range { low: value * 0.85, high: value * 1.15 }, 0),
        None => (Range::rounded(value), 0),
    }
}

/// A duration in minutes as a range, with the bytes of its words.
pub(crate) fn duration(text: &str) -> Option<(Range, usize, usize)> {
    let list = WordList::new(text);
    let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let minutes = |word: &str| match word.split('-').next_back().unwrap_or(word) {
        "minute" | "minutes" => Some(1.0),
        "hour" | "hours" => Some(60.0),
        "day" | "days" => Some(1440.0),
        _ => None,
    };
    let unit_at = words.iter().position(|word| minutes(word).is_some())?;
    let unit = minutes(words[unit_at])?;
    let number_before = |end: usize| -> Option<(f64, usize)> {
        // the longest number that ends right before the unit
        (end.saturating_sub(5)..end).find_map(|from| {
            number(&words[from..end]).filter(|(_, used)| from + used == end).map(|(value, _)| (value, from))
        })
    };
    // "a full hour", "two good hours".
    let padded = unit_at > 0 && matches!(words[unit_at - 1], "full" | "good" | "whole" | "solid");
    let count_ends = unit_at - usize::from(padded);
    let joined = words[unit_at]
        .split_once('-')
        .and_then(|(front, _)| number(&[front]))
        .map(|(value, _)| (value, unit_at));
    let (mut value, from) = if let Some(found) = joined {
        found
    } else if let Some(found) = number_before(count_ends) {
        found
    } else {
        match &words[..count_ends] {
            [.., count, "and", "a", "half"] if number(&[count]).is_some() => {
                (number(&[count]).map_or(0.0, |(value, _)| value) + 0.5, unit_at - 4)
            }
            [.., "half", "an"] | [.., "half", "a"] => (0.5, unit_at - 2),
            [.., "quarters", "of", "an"] => (0.75, unit_at.saturating_sub(4)),
            [.., "quarter", "of", "an"] => (0.25, unit_at.saturating_sub(3)),
            [.., "a", "half"] | [.., "and-a-half"] => (1.5, unit_at.saturating_sub(2)),
            [.., "an"] | [.., "a"] => (1.0, count_ends - 1),
            [.., "several"] | [.., "few"] => return None,
            _ => return None,
        }
    };
    let mut last = unit_at;
    value *= unit;
    let rest = &words[unit_at + 1..];
    if rest.starts_with(&["and", "a", "half"]) {
        value += unit / 2.0;
        last += 3;
    } else if rest.first() == Some(&"and")
        && let Some((more, used)) = number(&rest[1..])
        && rest.get(1 + used).is_some_and(|word| minutes(word) == Some(1.0))
    {
        value += more;
        last += 2 + used;
    }
    let exact = last > unit_at;
    let before = words[..from].iter().rev().take(3).copied().collect::<Vec<_>>();
    let says = |list: &[&str]| before.iter().take(2).any(|word| list.contains(word));
    let slack = if exact { value * 0.05 } else { value * 0.12 };
    let range =
        if says(&["over"]) || before.starts_with(&["than", "more"]) || before.starts_with(&["least", "at"]) {
            Range { low: value * 0.98, high: value * 1.9 }
        } else if says(&["almost", "nearly", "barely", "under", "hardly"])
            || before.starts_with(&["than", "less"])
        {
            Range { low: value * 0.75, high: value * 1.02 }
        } else if says(&["about", "around", "some", "roughly", "approximately"]) {
            Range { low: value * 0.82, high: value * 1.18 }
        } else {
            Range { low: value - slack, high: value + slack }
        };
    let modified = before.iter().take_while(|word| {
        [
            "over", "than", "more", "least", "at", "almost", "nearly", "barely", "under", "less", "about",
            "around", "some", "roughly",
        ]
        .contains(*word)
    });
    let from = from - modified.count();
    Some((range, list.words()[from].1, list.words()[last].2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn telling() -> Telling {
        Telling::parse(&demarche_pack::builtin_files(), "en").unwrap()
    }

    fn cut(text: &str) -> Vec<&str> {
        sentences(&telling(), text).into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn sentences_end_at_points_but_not_after_abbreviations() {
        assert_eq!(
            cut("On Jan. 28 Gen. Li met him. “Good,” he said.\nNext"),
            ["On Jan. 28 Gen. Li met him.", "“Good,” he said.", "Next"]
        );
        assert_eq!(cut("At 8:20 a.m. on Thursday he left."), ["At 8:20 a.m. on Thursday he left."]);
    }

    #[test]
    fn numbers_are_read_in_words_and_digits() {
        assert_eq!(number(&["10,000", "men"]), Some((10_000.0, 1)));
        assert_eq!(number(&["thirty-one", "soldiers"]), Some((31.0, 1)));
        assert_eq!(number(&["five", "hundred", "men"]), Some((500.0, 2)));
        assert_eq!(number(&["1.5", "million"]), Some((1.5e6, 2)));
        assert_eq!(number(&["soldiers"]), None);
    }

    #[test]
    fn durations_are_ranges_of_minutes() {
        fn read(text: &str) -> Option<(f64, f64, &str)> {
            duration(text)
                .map(|(range, start, end)| (range.low.round(), range.high.round(), &text[start..end]))
        }
        assert_eq!(read("lasted 20 minutes"), Some((18.0, 22.0, "20 minutes")));
        assert_eq!(read("spoke for almost an hour"), Some((45.0, 61.0, "almost an hour")));
        assert_eq!(read("two hours and 17 minutes"), Some((130.0, 144.0, "two hours and 17 minutes")));
        assert_eq!(read("three quarters of an hour").map(|it| it.2), Some("three quarters of an hour"));
        assert_eq!(read("which lasted over an hour"), Some((59.0, 114.0, "over an hour")));
        assert_eq!(read("half an hour").map(|it| it.2), Some("half an hour"));
        assert_eq!(read("lasted two and a half hours"), Some((132.0, 168.0, "two and a half hours")));
        assert_eq!(read("lasted a full hour").map(|it| it.2), Some("a full hour"));
        assert_eq!(read("several hours"), None);
    }

    #[test]
    fn words_around_a_number_open_its_range() {
        let telling = telling();
        let of = |before: &[&str], after: &[&str]| bounds(&telling, before, after, 30.0);
        assert_eq!(of(&["killed", "at", "least"], &[]), (Range { low: 30.0, high: f64::INFINITY }, 2));
        assert_eq!(of(&["no", "more", "than"], &[]), (Range { low: 0.0, high: 30.0 }, 3));
        assert_eq!(of(&["the"], &["or", "more", "men"]).0.high, f64::INFINITY);
        assert_eq!(of(&["the"], &["men"]), (Range::rounded(30.0), 0));
    }

    #[test]
    fn a_round_number_stands_for_what_rounds_to_it() {
        assert_eq!(Range::rounded(3700.0), Range { low: 3650.0, high: 3750.0 });
        assert_eq!(Range::rounded(68.0), Range { low: 68.0, high: 68.0 });
        assert_eq!(Range::rounded(100_000.0), Range { low: 90_000.0, high: 110_000.0 });
    }

    #[test]
    fn forms_of_a_word_share_their_stem() {
        assert_eq!(stem("withdrawal"), stem("withdrawals"));
        assert_eq!(stem("troops"), stem("troop"));
        assert_eq!(
            overlap(
                &content(&telling(), "the prisoners of war"),
                &content(&telling(), "the question of the prisoners of war")
            ),
            1.0
        );
    }
}
