//! Reads the words of time of one language: calendar names, numbers, function words, phrases, named days.

use crate::{PackError, PackFile, parse_toml};
use demarche_record::{Day, names_of_kinds};
use serde::Deserialize;
use std::collections::BTreeMap;

names_of_kinds! {
    /// What a word does in a time expression.
    Role {
        /// "the".
        Article = "article",
        /// "its", "their".
        Possessive = "possessive",
        /// "a", "an".
        Indefinite = "indefinite",
        /// "this".
        This = "this",
        /// "that".
        That = "that",
        /// "same".
        Same = "same",
        /// "last".
        Last = "last",
        /// "past".
        Past = "past",
        /// "previous".
        Previous = "previous",
        /// "next".
        Next = "next",
        /// "following".
        Following = "following",
        /// "coming".
        Coming = "coming",
        /// "current".
        Current = "current",
        /// "latest".
        Latest = "latest",
        /// "recent".
        Recent = "recent",
        /// "ago".
        Ago = "ago",
        /// "earlier" after an amount.
        Earlier = "earlier",
        /// "later" after an amount.
        Later = "later",
        /// "before".
        Before = "before",
        /// "after".
        After = "after",
        /// "of".
        Of = "of",
        /// "in".
        In = "in",
        /// "on".
        On = "on",
        /// "at".
        At = "at",
        /// "from".
        From = "from",
        /// "and".
        And = "and",
        /// "or".
        Or = "or",
        /// "to".
        To = "to",
        /// "until".
        Until = "until",
        /// "through".
        Through = "through",
        /// "between".
        Between = "between",
        /// "within".
        Within = "within",
        /// "for".
        For = "for",
        /// "since".
        Since = "since",
        /// "during".
        During = "during",
        /// "by".
        By = "by",
        /// "half".
        Half = "half",
        /// "couple".
        Couple = "couple",
        /// "each".
        Each = "each",
        /// "per".
        Per = "per",
        /// "fiscal".
        Fiscal = "fiscal",
        /// "calendar", "full" before "year".
        Calendar = "calendar",
        /// "early".
        Early = "early",
        /// "mid".
        Mid = "mid",
        /// "late".
        Late = "late",
        /// "post" in "post-1945".
        Post = "post",
        /// "pre" in "pre-1914".
        Pre = "pre",
        /// "beginning".
        Start = "start",
        /// "middle".
        Middle = "middle",
        /// "end".
        End = "end",
        /// "part", "half" of a year.
        Part = "part",
        /// "latter".
        Latter = "latter",
        /// "former".
        Former = "former",
        /// "more" in "two more weeks".
        More = "more",
        /// "another".
        Another = "another",
        /// "old".
        Old = "old",
        /// "long".
        Long = "long",
        /// "period".
        Period = "period",
        /// "consecutive", "full" between number and unit.
        Consecutive = "consecutive",
        /// "eve".
        Eve = "eve",
        /// "holiday".
        Holiday = "holiday",
        /// "BC".
        Bc = "bc",
        /// "AD".
        Ad = "ad",
        /// "clock" in "o'clock".
        Oclock = "oclock",
        /// "local" in "local time".
        Local = "local",
        /// "time".
        Time = "time",
        /// "so" in "or so".
        So = "so",
        /// "hence".
        FromNow = "from-now",
        /// "other" in "every other day".
        Other = "other",
        /// "year" before a year: "the year 2000".
        TheYear = "the-year",
        /// What a number before it counts: "1,990 dollars" is no year.
        Money = "money",
        /// A verb that looks ahead.
        FutureVerb = "future-verb",
        /// A participle or adjective that looks ahead when "to", "for" or "on" follows.
        ForwardVerb = "forward-verb",
        /// A verb in the past.
        PastVerb = "past-verb",
        /// A verb in the present.
        PresentVerb = "present-verb",
        /// "been".
        Been = "past-participle-of-have",
    }
}

names_of_kinds! {
    /// Units of time.
    Unit {
        /// Second.
        Second = "second",
        /// Minute.
        Minute = "minute",
        /// Hour.
        Hour = "hour",
        /// Day.
        Day = "day",
        /// Weekend.
        Weekend = "weekend",
        /// Week.
        Week = "week",
        /// Two weeks.
        Fortnight = "fortnight",
        /// Month.
        Month = "month",
        /// Quarter of a year.
        Quarter = "quarter",
        /// Year.
        Year = "year",
        /// Ten years.
        Decade = "decade",
        /// A hundred years.
        Century = "century",
        /// A thousand years.
        Millennium = "millennium",
        /// No length: "moment".
        Moment = "moment",
    }
}

names_of_kinds! {
    /// Seasons of the northern hemisphere with their TIMEX3 codes.
    Season {
        /// Spring.
        Spring = "SP",
        /// Summer.
        Summer = "SU",
        /// Autumn.
        Autumn = "FA",
        /// Winter.
        Winter = "WI",
    }
}

names_of_kinds! {
    /// Parts of the day with their TIMEX3 codes.
    DayPart {
        /// Morning.
        Morning = "MO",
        /// Afternoon.
        Afternoon = "AF",
        /// Evening.
        Evening = "EV",
        /// Night.
        Night = "NI",
        /// Daytime.
        Daytime = "DT",
    }
}

names_of_kinds! {
    /// TIMEX3 values of vague times.
    Vague {
        /// Some time before.
        Past = "PAST_REF",
        /// About now.
        Present = "PRESENT_REF",
        /// Some time to come.
        Future = "FUTURE_REF",
    }
}

names_of_kinds! {
    /// TIMEX3 modifiers.
    Modifier {
        /// Earlier than.
        Before = "BEFORE",
        /// Later than.
        After = "AFTER",
        /// Not after.
        OnOrBefore = "ON_OR_BEFORE",
        /// Not before.
        OnOrAfter = "ON_OR_AFTER",
        /// Shorter than.
        LessThan = "LESS_THAN",
        /// Longer than.
        MoreThan = "MORE_THAN",
        /// Not longer than.
        EqualOrLess = "EQUAL_OR_LESS",
        /// Not shorter than.
        EqualOrMore = "EQUAL_OR_MORE",
        /// The first part of it.
        Start = "START",
        /// Its middle.
        Mid = "MID",
        /// Its last part.
        End = "END",
        /// About.
        Approx = "APPROX",
    }
}

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

/// The rule of a named day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedDay {
    /// The same date every year.
    Fixed(u32, u32),
    /// Days after Easter Sunday.
    Easter(i32),
    /// The nth weekday of a month (from the end if negative), and days after it.
    Nth {
        /// Month.
        month: u32,
        /// 1 for Monday.
        weekday: u32,
        /// 1 for the first, -1 for the last.
        nth: i32,
        /// Days after it.
        plus: i32,
    },
    /// One day in history.
    Once(Day),
}

impl NamedDay {
    /// The day in one year; a day in history is itself in any year.
    pub fn day(self, year: i32) -> Option<Day> {
        match self {
            Self::Fixed(month, day) => Day::new(year, month, day),
            Self::Easter(plus) => Some(easter(year)?.plus(plus)),
            Self::Nth { month, weekday, nth, plus } => {
                let day = if nth > 0 {
                    let first = Day::new(year, month, 1)?;
                    let ahead = (weekday + 7 - first.weekday()) % 7;
                    first.plus(ahead as i32 + 7 * (nth - 1))
                } else {
                    let last = Day::month_end(year, month)?;
                    let back = (last.weekday() + 7 - weekday) % 7;
                    last.plus(-(back as i32) + 7 * (nth + 1))
                };
                Some(day.plus(plus))
            }
            Self::Once(day) => Some(day),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<Day> {
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let golden = year.rem_euclid(19);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let count = moon + weekday - 7 * late + 114;
    Day::new(year, (count / 31) as u32, (count % 31) as u32 + 1)
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
        for file in files.iter().filter(|file| file.path.starts_with(&folder) && file.path.ends_with(".toml")) {
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
            let read = clock.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
            match read {
                Some((hour, minute)) if hour <= 24 && minute < 60 => self.word(word).point = Some((hour, minute)),
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
                fault(name, format!("{name}: give month and day, easter, month with weekday and nth, or date"));
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

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct TimesFile {
    months: BTreeMap<String, u8>,
    weekdays: BTreeMap<String, u8>,
    weekdays_repeated: BTreeMap<String, u8>,
    seasons: BTreeMap<String, String>,
    seasons_repeated: BTreeMap<String, String>,
    parts_of_day: BTreeMap<String, String>,
    parts_of_day_repeated: BTreeMap<String, String>,
    points_of_day: BTreeMap<String, String>,
    units: BTreeMap<String, String>,
    units_plural: BTreeMap<String, String>,
    decades: BTreeMap<String, u8>,
    zones: BTreeMap<String, i16>,
    careful: WordList,
    numbers: BTreeMap<String, u32>,
    scales: BTreeMap<String, u32>,
    ordinals: BTreeMap<String, u8>,
    vague: WordList,
    days: BTreeMap<String, i8>,
    roles: BTreeMap<String, Vec<String>>,
    phrases: Vec<PhraseEntry>,
    sets: BTreeMap<String, String>,
    day: Vec<NamedEntry>,
    figures: Figures,
}

#[derive(Clone, Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Figures {
    month_first: Vec<String>,
    both: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WordList {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseEntry {
    words: Vec<String>,
    modifier: Option<String>,
    reference: Option<String>,
    #[serde(default)]
    adjective: bool,
    #[serde(default)]
    narrative: bool,
    #[serde(default)]
    after: Vec<String>,
}

impl PhraseEntry {
    fn sense(&self, words: &str) -> Result<PhraseSense, String> {
        match (&self.modifier, &self.reference) {
            (Some(name), None) => {
                Modifier::parse(name).map(PhraseSense::Modifier).ok_or_else(|| unknown(name, Modifier::ALL))
            }
            (None, Some(name)) => {
                let vague = Vague::parse(name).ok_or_else(|| unknown(name, Vague::ALL))?;
                let condition = match (self.adjective, self.narrative) {
                    (true, _) => Condition::Adjective,
                    (_, true) => Condition::Narrative,
                    _ => Condition::None,
                };
                Ok(PhraseSense::Vague(vague, condition))
            }
            _ => Err(format!("{words:?}: a phrase has a modifier or a reference, and only one of them")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedEntry {
    names: Vec<String>,
    month: Option<u32>,
    day: Option<u32>,
    easter: Option<i32>,
    weekday: Option<u32>,
    nth: Option<i32>,
    #[serde(default)]
    plus: i32,
    date: Option<String>,
}

impl NamedEntry {
    fn rule(&self) -> Option<NamedDay> {
        match (self.month, self.day, self.easter, self.weekday, self.nth, &self.date) {
            (Some(month), Some(day), None, None, None, None) => {
                Day::new(2000, month, day).map(|_| NamedDay::Fixed(month, day))
            }
            (None, None, Some(plus), None, None, None) => Some(NamedDay::Easter(plus)),
            (Some(month @ 1..=12), None, None, Some(weekday @ 1..=7), Some(nth), None) if nth != 0 && nth.abs() <= 5 => {
                Some(NamedDay::Nth { month, weekday, nth, plus: self.plus })
            }
            (None, None, None, None, None, Some(date)) => {
                let fields: Vec<u32> = date.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
                let [year, month, day] = fields[..] else { return None };
                Day::new(year as i32, month, day).map(NamedDay::Once)
            }
            _ => None,
        }
    }
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
        assert!(faults("[[day]]\nnames = [\"X\"]\nmonth = 2\nday = 31\n")[0].message.contains("X: give month"));
        assert!(faults("[[phrases]]\nwords = [\"x\"]\n")[0].message.contains("only one"));
    }
}
