//! Hours that a text gives with the time they are in: "at 7:45 p.m. Eastern Time", "at 1535 hours IST".

use demarche_pack::telling::Telling;

/// Minutes of a day.
const DAY: i32 = 1440;

/// Most words of the name of a time.
const NAME: usize = 4;

/// What a text calls the time of the place where it is told from.
pub(crate) const LOCAL: &str = "local";

/// An hour with the name of its time, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Minutes after midnight there.
    pub(crate) minutes: i32,
    /// A name of the pack, or [`LOCAL`].
    pub(crate) zone: String,
}

impl Clock {
    /// The minutes after midnight UTC that this hour may be; none if the place is not told. Less than nothing and more
    /// than a day are the days beside.
    pub(crate) fn utc(&self, telling: &Telling) -> Vec<i32> {
        let zone = telling.zone(&self.zone).unwrap_or_default();
        zone.iter().map(|ahead| self.minutes - ahead).collect()
    }
}

/// The least distance of two hours round the clock, in minutes.
pub(crate) fn apart(one: i32, two: i32) -> i32 {
    let apart = (one - two).rem_euclid(DAY);
    apart.min(DAY - apart)
}

/// The first hour of a clause that names its time.
pub(crate) fn clock(telling: &Telling, clause: &str) -> Option<Clock> {
    let low = clause.to_lowercase();
    let words: Vec<&str> = low.split_whitespace().collect();
    (0..words.len()).find_map(|at| {
        let (minutes, mut behind) = hour(&words[at..])?;
        behind += at;
        while words.get(behind).is_some_and(|word| telling.clock.has(bare(word))) {
            behind += 1;
        }
        let zone = zone(telling, &words[behind..])?;
        Some(Clock { minutes, zone })
    })
}

/// True if some words begin with an hour that says so: "3 p.m.", "15:30".
pub(crate) fn opens_with_hour(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    let first = words.first().copied().unwrap_or_default();
    let marked = first.contains(':') || bare(first).trim_end_matches('.').ends_with('m');
    hour(&words).is_some_and(|(_, used)| marked || used == 2)
}

fn bare(word: &str) -> &str {
    word.trim_matches(['(', ')', ',', ';'])
}

/// The hour with which some words begin, as minutes, and how many words it has.
fn hour(words: &[&str]) -> Option<(i32, usize)> {
    let first = bare(words.first()?);
    let half = |word: &str| match word.trim_end_matches('.') {
        "am" | "a.m" => Some(0),
        "pm" | "p.m" => Some(720),
        _ => None,
    };
    let of = |hours: i32, minutes: i32, shift: i32| {
        ((1..=12).contains(&hours) && (0..60).contains(&minutes)).then_some(hours % 12 * 60 + minutes + shift)
    };
    // "8:45", "8.45", "8", "1535".
    let digits =
        first.find(|it: char| !it.is_ascii_digit() && !matches!(it, ':' | '.')).unwrap_or(first.len());
    let (number, rest) = first.split_at(digits);
    let number = number.trim_end_matches('.');
    let mut parts = number.split([':', '.']);
    let (hours, minutes) = (parts.next()?, parts.next());
    if parts.next().is_some() || minutes.is_some_and(|it| it.len() != 2) {
        return None;
    }
    let hours_number: i32 = hours.parse().ok()?;
    let minutes_number: i32 = minutes.map_or(Some(0), |it| it.parse().ok())?;
    if let Some(shift) = half(rest) {
        return Some((of(hours_number, minutes_number, shift)?, 1));
    }
    if !rest.is_empty() {
        return None;
    }
    if let Some(shift) = words.get(1).and_then(|word| half(bare(word))) {
        return Some((of(hours_number, minutes_number, shift)?, 2));
    }
    let (hours_number, minutes_number) = match (hours.len(), minutes) {
        (4, None) => (hours_number / 100, hours_number % 100),
        (1 | 2, Some(_)) => (hours_number, minutes_number),
        _ => return None,
    };
    (hours_number < 24 && minutes_number < 60).then_some((hours_number * 60 + minutes_number, 1))
}

/// "jakarta time", "eastern daylight time", "ist": the name of the time with which some words begin.
fn zone(telling: &Telling, words: &[&str]) -> Option<String> {
    let plain: Vec<&str> =
        words.iter().take(NAME).map(|word| bare(word).trim_end_matches('.').trim_end_matches("'s")).collect();
    if let Some(end) = plain.iter().position(|word| *word == "time").filter(|end| *end > 0) {
        return Some(plain[..end].join(" ")).filter(|name| name == LOCAL || telling.zone(name).is_some());
    }
    let first = plain.first()?;
    telling.zone(first).filter(|_| first.len() <= NAME).map(|_| (*first).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_pack::Pack;

    fn of(clause: &str) -> Option<(i32, String, Vec<i32>)> {
        let pack = Pack::builtin();
        let clock = clock(&pack.telling, clause)?;
        let utc = clock.utc(&pack.telling);
        Some((clock.minutes, clock.zone, utc))
    }

    #[test]
    fn an_hour_ends_with_its_own_mark() {
        assert_eq!(of("12:25 pm – the president met the envoy"), None);
        assert_eq!(of("rang at 8 a.m. Jakarta time"), Some((480, "jakarta".to_owned(), vec![60])));
        assert_eq!(of("killed 1200 at a time"), None);
        assert!(opens_with_hour("3 p.m. local time") && opens_with_hour("15:30 in Geneva"));
        assert!(!opens_with_hour("3 men") && !opens_with_hour("12.50 euros a day"));
    }

    #[test]
    fn two_clocks_show_one_moment() {
        let (_, _, east) = of("it began at 7:45 p.m. Eastern Daylight Time").unwrap();
        let (_, _, tokyo) = of("began at 8:45am Japan time on Friday").unwrap();
        assert_eq!(east, [1425]);
        assert_eq!(tokyo, [-15]);
        assert_eq!(apart(east[0], tokyo[0]), 0);
        assert_eq!(of("called at 1535 hours IST").unwrap().2[0], 605);
        assert_eq!(of("spoke at 18:00 (15:00 GMT)").unwrap().2, [900]);
        assert_eq!(of("spoke at nine and at 7 in the evening Moscow time"), None, "a bare number is no hour");
    }
}
