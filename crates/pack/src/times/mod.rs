//! Reads the words of time of one language: calendar names, numbers, function words, phrases, named days.

mod file;
mod kinds;
mod named;

pub use kinds::*;
pub use named::NamedDay;

use crate::{PackError, PackFile, parse_toml};
use file::{Figures, TimesFile};
use std::collections::BTreeMap;

/// When a vague phrase counts as a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    /// Always.
    #[default]
    None,
    /// As an adjective before a noun.
    Adjective,
    /// In narratives of the past only.
    Narrative,
}

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseSense {
    /// Modifies an amount or a date.
    Modifier(Modifier),
    /// A vague time.
    Vague(Vague, Condition),
    /// A named day: index in [`Times::named`].
    Named(u16),
}

/// A phrase, filed under its first word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Words one of which has to stand before it; empty if any may.
    pub after: Vec<String>,
    /// The words after the first one, lower case.
    pub rest: Vec<String>,
    /// What it means.
    pub sense: PhraseSense,
}

/// Everything known of one word.
#[derive(Clone, Debug, Default)]
pub struct Lexeme {
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Weekday, 1 for Monday.
    pub weekday: Option<u8>,
    /// Season.
    pub season: Option<Season>,
    /// Part of the day.
    pub part: Option<DayPart>,
    /// Hour and minute of a point of the day.
    pub point: Option<(u8, u8)>,
    /// Unit of time.
    pub unit: Option<Unit>,
    /// True for plural units, weekdays, seasons and parts of the day.
    pub plural: bool,
    /// Number.
    pub number: Option<u32>,
    /// 100 or 1000.
    pub scale: Option<u32>,
    /// Ordinal number.
    pub ordinal: Option<u8>,
    /// A vague amount.
    pub vague: bool,
    /// A decade inside a century: 90 for "nineties".
    pub decade: Option<u8>,
    /// Days from today.
    pub day_shift: Option<i8>,
    /// Minutes east of Greenwich.
    pub zone: Option<i16>,
    /// TIMEX3 value of a set.
    pub set: Option<String>,
    /// True for words that are more often something else.
    pub careful: bool,
    roles: u128,
    /// Phrases that begin with it, longest first.
    pub phrases: Vec<Phrase>,
}

impl Lexeme {
    /// True if the word can do this.
    pub fn is(&self, role: Role) -> bool {
        self.roles >> (role as u32) & 1 == 1
    }
}

/// The words of time of one language.
#[derive(Clone, Debug, Default)]
pub struct Times {
    lexemes: Vec<Lexeme>,
    index: BTreeMap<String, u16>,
    named: Vec<NamedDay>,
    figures: Figures,
}

impl Times {
    /// The number of a word, lower case.
    pub fn find(&self, word: &str) -> Option<u16> {
        self.index.get(word).copied()
    }

    /// The word with this number.
    pub fn lexeme(&self, number: u16) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    /// The rule of a named day.
    pub fn named(&self, number: u16) -> NamedDay {
        self.named[number as usize]
    }

    /// True if 03/04/2022 is 3 April in a country (ISO 3166 alpha-3), `None` where both orders are common.
    pub fn day_first(&self, country: &str) -> Option<bool> {
        let listed = |all: &[String]| all.iter().any(|it| it == country);
        (!listed(&self.figures.both)).then(|| !listed(&self.figures.month_first))
    }

    /// Reads the files under `<language>/times/`.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let folder = format!("{language}/times/");
        let mut times = Self::default();
        let mut faults = Vec::new();
        for file in files.iter().filter(|file| file.path.starts_with(&folder) && file.path.ends_with(".toml"))
        {
            match parse_toml::<TimesFile>(&file.path, &file.text) {
                Ok(read) => times.add(file, read, &mut faults),
                Err(fault) => faults.push(fault),
            }
        }
        for lexeme in &mut times.lexemes {
            lexeme.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        if faults.is_empty() { Ok(times) } else { Err(faults) }
    }

    fn word(&mut self, word: &str) -> &mut Lexeme {
        let next = self.lexemes.len() as u16;
        let number = *self.index.entry(word.to_lowercase()).or_insert(next);
        if number == next {
            self.lexemes.push(Lexeme::default());
        }
        &mut self.lexemes[number as usize]
    }

    fn add(&mut self, file: &PackFile, read: TimesFile, faults: &mut Vec<PackError>) {
        let mut fault = |word: &str, message: String| {
            let line = file.text.find(word).map_or(1, |at| crate::line_of(&file.text, at));
            faults.push(PackError { file: file.path.clone(), line, message });
        };
        for (word, month) in &read.months {
            if !(1..=12).contains(month) {
                fault(word, format!("{word} = {month}: months are numbered 1 to 12"));
            }
            self.word(word).month = Some(*month);
        }
        for (words, plural) in [(&read.weekdays, false), (&read.weekdays_repeated, true)] {
            for (word, day) in words {
                if !(1..=7).contains(day) {
                    fault(word, format!("{word} = {day}: weekdays are numbered 1 (Monday) to 7"));
                }
                let lexeme = self.word(word);
                (lexeme.weekday, lexeme.plural) = (Some(*day), plural);
            }
        }
        for (words, plural) in [(&read.seasons, false), (&read.seasons_repeated, true)] {
            for (word, code) in words {
                match Season::parse(code) {
                    Some(season) => {
                        let lexeme = self.word(word);
                        (lexeme.season, lexeme.plural) = (Some(season), plural);
                    }
                    None => fault(word, unknown(code, Season::ALL)),
                }
            }
        }
        for (words, plural) in [(&read.parts_of_day, false), (&read.parts_of_day_repeated, true)] {
            for (word, code) in words {
                match DayPart::parse(code) {
                    Some(part) => {
                        let lexeme = self.word(word);
                        (lexeme.part, lexeme.plural) = (Some(part), plural);
                    }
                    None => fault(word, unknown(code, DayPart::ALL)),
                }
            }
        }
        for (word, clock) in &read.points_of_day {
            let read = clock
                .split_once(':')
                .and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
            match read {
                Some((hour, minute)) if hour <= 24 && minute < 60 => {
                    self.word(word).point = Some((hour, minute))
                }
                _ => fault(word, format!("{clock:?} is no time; write hh:mm")),
            }
        }
        for (words, plural) in [(&read.units, false), (&read.units_plural, true)] {
            for (word, name) in words {
                match Unit::parse(name) {
                    Some(unit) => {
                        let lexeme = self.word(word);
                        (lexeme.unit, lexeme.plural) = (Some(unit), plural);
                    }
                    None => fault(word, unknown(name, Unit::ALL)),
                }
            }
        }
        read.decades.iter().for_each(|(word, decade)| self.word(word).decade = Some(*decade));
        read.zones.iter().for_each(|(word, minutes)| self.word(word).zone = Some(*minutes));
        read.numbers.iter().for_each(|(word, number)| self.word(word).number = Some(*number));
        read.scales.iter().for_each(|(word, scale)| self.word(word).scale = Some(*scale));
        read.ordinals.iter().for_each(|(word, ordinal)| self.word(word).ordinal = Some(*ordinal));
        read.days.iter().for_each(|(word, shift)| self.word(word).day_shift = Some(*shift));
        read.sets.iter().for_each(|(word, value)| self.word(word).set = Some(value.clone()));
        read.careful.words.iter().for_each(|word| self.word(word).careful = true);
        read.vague.words.iter().for_each(|word| self.word(word).vague = true);
        for (name, words) in &read.roles {
            match Role::parse(name) {
                Some(role) => words.iter().for_each(|word| self.word(word).roles |= 1 << (role as u32)),
                None => fault(name, unknown(name, Role::ALL)),
            }
        }
        self.figures.month_first.extend(read.figures.month_first);
        self.figures.both.extend(read.figures.both);
        for entry in &read.phrases {
            for words in &entry.words {
                match entry.sense(words) {
                    Ok(sense) => self.phrase(words, sense, &entry.after),
                    Err(message) => fault(words, message),
                }
            }
        }
        for entry in &read.day {
            let Some(rule) = entry.rule() else {
                let name = entry.names.first().map_or("[[day]]", String::as_str);
                fault(
                    name,
                    format!("{name}: give month and day, easter, month with weekday and nth, or date"),
                );
                continue;
            };
            let number = self.named.len() as u16;
            self.named.push(rule);
            for name in &entry.names {
                self.phrase(name, PhraseSense::Named(number), &[]);
            }
        }
    }

    fn phrase(&mut self, words: &str, sense: PhraseSense, after: &[String]) {
        let lower = words.to_lowercase();
        let mut parts = pieces(&lower).into_iter();
        if let Some(first) = parts.next() {
            let rest = parts.map(str::to_owned).collect();
            self.word(first).phrases.push(Phrase { after: after.to_vec(), rest, sense });
        }
    }
}

/// Words and marks of a phrase as a scan of a text finds them: letters together, each mark alone.
fn pieces(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if first.is_alphanumeric() {
            rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        all.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    all
}

fn unknown<T: std::fmt::Display>(name: &str, all: &[T]) -> String {
    let known: Vec<String> = all.iter().map(ToString::to_string).collect();
    format!("unknown value {name:?}; known are {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> PackFile {
        PackFile { path: "en/times/test.toml".into(), text: text.into() }
    }

    #[test]
    fn the_built_in_words_of_time_are_read() {
        let times = Times::parse(&crate::builtin_files(), "en").expect("without faults");
        let word = |word: &str| times.lexeme(times.find(word).expect("known"));
        assert_eq!(word("february").month, Some(2));
        assert_eq!(word("weeks").unit, Some(Unit::Week));
        assert!(word("last").is(Role::Last) && !word("last").is(Role::Next));
        assert!(word("second").ordinal == Some(2) && word("second").unit == Some(Unit::Second));
    }

    #[test]
    fn named_days_follow_their_rules() {
        let day = |rule: NamedDay, year| rule.day(year).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(day(NamedDay::Easter(0), 2000), "2000-04-23");
        assert_eq!(day(NamedDay::Easter(0), 2022), "2022-04-17");
        let thanksgiving = NamedDay::Nth { month: 11, weekday: 4, nth: 4, plus: 0 };
        assert_eq!(day(thanksgiving, 1998), "1998-11-26");
        assert_eq!(day(NamedDay::Nth { month: 5, weekday: 1, nth: -1, plus: 0 }, 2022), "2022-05-30");
        assert_eq!(day(NamedDay::Nth { month: 11, weekday: 1, nth: 1, plus: 1 }, 2016), "2016-11-08");
    }

    #[test]
    fn faults_name_line_and_remedy() {
        let faults = |text: &str| Times::parse(&[file(text)], "en").map(|_| ()).expect_err("a fault");
        let month = faults("[months]\njanuary = 13\n");
        assert_eq!((month[0].line, month[0].message.contains("1 to 12")), (2, true));
        assert!(faults("[roles]\nsomehow = [\"x\"]\n")[0].message.contains("known are article"));
        assert!(faults("[sesons]\nx = \"SP\"\n")[0].message.contains("unknown field"));
        assert!(
            faults("[[day]]\nnames = [\"X\"]\nmonth = 2\nday = 31\n")[0].message.contains("X: give month")
        );
        assert!(faults("[[phrases]]\nwords = [\"x\"]\n")[0].message.contains("only one"));
    }
}
