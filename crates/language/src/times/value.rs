//! Writes TIMEX3 values and EDTF dates.

use super::meaning::{Amount, Clock, Length};
use demarche_pack::times::{DayPart, Season, Unit};
use demarche_record::Day;

/// A part of a year, or a longer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Century,
    Decade,
    Year,
    Half(u8),
    Quarter(u8),
    Season(Season),
    Month(u8),
    /// ISO week; the year of the moment is the ISO year.
    Week(u8),
    Weekend(u8),
    /// Month and day.
    Day(u8, u8),
    /// A weekday of an unknown week.
    Weekday(u8),
}

/// A time in the calendar, settled as far as it can be. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// `None` where the year is not known.
    pub(super) year: Option<i32>,
    pub(super) part: Part,
    pub(super) day_part: Option<DayPart>,
    pub(super) clock: Option<Clock>,
}

impl Moment {
    pub(super) fn new(year: Option<i32>, part: Part) -> Self {
        Self { year, part, day_part: None, clock: None }
    }

    pub(super) fn of_day(day: Day) -> Self {
        let (year, month, day) = day.date();
        Self::new(Some(year), Part::Day(month as u8, day as u8))
    }

    /// The day, if it is one.
    pub(super) fn day(self) -> Option<Day> {
        match self.part {
            Part::Day(month, day) => Day::new(self.year?, month.into(), day.into()),
            _ => None,
        }
    }

    /// First and last day; `None` without a year.
    pub(super) fn days(self) -> Option<(Day, Day)> {
        let year = self.year?;
        let months = |first: u32, count: i32| {
            let start = Day::new(year, first, 1)?;
            Some((start, start.plus_months(count).plus(-1)))
        };
        match self.part {
            Part::Century if year <= 0 => Some((Day::year_start(year - 99)?, Day::year_end(year)?)),
            Part::Century => Some((Day::year_start(year)?, Day::year_end(year + 99)?)),
            Part::Decade => Some((Day::year_start(year)?, Day::year_end(year + 9)?)),
            Part::Year => Some((Day::year_start(year)?, Day::year_end(year)?)),
            Part::Half(half) => months(u32::from(half) * 6 - 5, 6),
            Part::Quarter(quarter) => months(u32::from(quarter) * 3 - 2, 3),
            Part::Season(season) => months(season_month(season), 3),
            Part::Month(month) => months(month.into(), 1),
            Part::Week(week) => {
                let monday = Day::week_start(year, week.into())?;
                Some((monday, monday.plus(6)))
            }
            Part::Weekend(week) => {
                let monday = Day::week_start(year, week.into())?;
                Some((monday.plus(5), monday.plus(6)))
            }
            Part::Day(month, day) => Day::new(year, month.into(), day.into()).map(|day| (day, day)),
            Part::Weekday(_) => None,
        }
    }

    /// The month, if it lies in one.
    pub(super) fn month(self) -> Option<u8> {
        match self.part {
            Part::Month(month) | Part::Day(month, _) => Some(month),
            _ => None,
        }
    }

    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        let year = match self.year {
            None => "XXXX".to_owned(),
            Some(year) if year <= 0 => format!("BC{:04}", 1 - year),
            Some(year) => format!("{year:04}"),
        };
        let cut = |digits: usize| year[..year.len() - digits].to_owned();
        let mut value = match self.part {
            Part::Century => cut(2),
            Part::Decade => cut(1),
            Part::Year => year,
            Part::Half(half) => format!("{year}-H{half}"),
            Part::Quarter(quarter) => format!("{year}-Q{quarter}"),
            Part::Season(season) => format!("{year}-{season}"),
            Part::Month(month) => format!("{year}-{month:02}"),
            Part::Week(week) => format!("{year}-W{week:02}"),
            Part::Weekend(week) => format!("{year}-W{week:02}-WE"),
            Part::Day(month, day) => format!("{year}-{month:02}-{day:02}"),
            Part::Weekday(weekday) => format!("{year}-WXX-{weekday}"),
        };
        if let Some(clock) = self.clock {
            value.push_str(&clock_value(clock));
        } else if let Some(part) = self.day_part {
            value.push('T');
            value.push_str(part.as_str());
        }
        value
    }

    /// The EDTF date; `None` where EDTF has no form for it.
    pub(super) fn edtf(self) -> Option<String> {
        let year = match self.year {
            None => "XXXX".to_owned(),
            Some(year) if year < 0 => format!("-{:04}", -year),
            Some(year) => format!("{year:04}"),
        };
        if year.trim_start_matches('-').len() != 4 {
            return None;
        }
        let cut = |digits: usize| format!("{}{}", &year[..year.len() - digits], "X".repeat(digits));
        let base = match self.part {
            Part::Century if self.year? >= 0 => cut(2),
            Part::Decade if self.year? >= 0 => cut(1),
            Part::Century | Part::Decade | Part::Week(_) | Part::Weekend(_) => {
                let (first, last) = self.days()?;
                return Some(format!("{first}/{last}"));
            }
            Part::Year => {
                self.year?;
                year
            }
            Part::Half(half) => format!("{year}-{}", 39 + half),
            Part::Quarter(quarter) => format!("{year}-{}", 32 + quarter),
            Part::Season(season) => {
                format!("{year}-{}", 21 + Season::ALL.iter().position(|it| *it == season)?)
            }
            Part::Month(month) => format!("{year}-{month:02}"),
            Part::Day(month, day) => format!("{year}-{month:02}-{day:02}"),
            Part::Weekday(_) => return None,
        };
        match self.clock {
            Some(Clock { hour, minute, zone }) if hour < 24 && matches!(self.part, Part::Day(..)) => {
                let minute = minute.map(|minute| format!(":{minute:02}")).unwrap_or_default();
                Some(format!("{base}T{hour:02}{minute}{}", zone_value(zone)))
            }
            _ => Some(base),
        }
    }
}

/// First month of a season of the northern hemisphere.
pub(super) fn season_month(season: Season) -> u32 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

fn clock_value(clock: Clock) -> String {
    let minute = clock.minute.unwrap_or(0);
    format!("T{:02}:{minute:02}{}", clock.hour, zone_value(None))
}

fn zone_value(zone: Option<i16>) -> String {
    match zone {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    }
}

/// The TIMEX3 value of a length: `P3D`, `PT1H30M`, `PXW`.
pub(super) fn length(length: &Length) -> String {
    let (letter, clock, factor) = match length.unit {
        Unit::Second => ("S", true, 1),
        Unit::Minute => ("M", true, 1),
        Unit::Hour => ("H", true, 1),
        Unit::Day => ("D", false, 1),
        Unit::Weekend => ("WE", false, 1),
        Unit::Week => ("W", false, 1),
        Unit::Fortnight => ("W", false, 2),
        Unit::Month => ("M", false, 1),
        Unit::Quarter => ("Q", false, 1),
        Unit::Year => ("Y", false, 1),
        Unit::Decade => ("DE", false, 1),
        Unit::Century => ("CE", false, 1),
        Unit::Millennium => ("ML", false, 1),
        Unit::Moment => ("X", false, 1),
    };
    let prefix = if clock { "PT" } else { "P" };
    match length.amount {
        Amount::Vague => format!("{prefix}X{letter}"),
        // Exact decades are so many years.
        Amount::Exact(number, false) if length.unit == Unit::Decade => {
            format!("P{}Y", u64::from(number) * 10)
        }
        Amount::Exact(number, false) => format!("{prefix}{}{letter}", u64::from(number) * factor),
        Amount::Exact(number, true) => {
            half(number, length.unit).unwrap_or_else(|| format!("{prefix}{number}.5{letter}"))
        }
        Amount::Tenths(number, tenths) => format!("{prefix}{number}.{tenths}{letter}"),
    }
}

/// A number and a half in two units: `PT2H30M`, `P1Y6M`.
fn half(number: u32, unit: Unit) -> Option<String> {
    let (whole, small, clock) = match unit {
        Unit::Minute => ("M", "30S", true),
        Unit::Hour => ("H", "30M", true),
        Unit::Year => ("Y", "6M", false),
        _ => return None,
    };
    let prefix = if clock { "PT" } else { "P" };
    Some(if number == 0 { format!("{prefix}{small}") } else { format!("{prefix}{number}{whole}{small}") })
}
