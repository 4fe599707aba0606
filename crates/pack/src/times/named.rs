//! Days with a name: the calendar rules that place them in a year.

use demarche_record::Day;
use serde::Deserialize;

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedEntry {
    pub(super) names: Vec<String>,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    pub(super) easter: Option<i32>,
    pub(super) weekday: Option<u32>,
    pub(super) nth: Option<i32>,
    #[serde(default)]
    pub(super) plus: i32,
    pub(super) date: Option<String>,
}

impl NamedEntry {
    pub(super) fn rule(&self) -> Option<NamedDay> {
        match (self.month, self.day, self.easter, self.weekday, self.nth, &self.date) {
            (Some(month), Some(day), None, None, None, None) => {
                Day::new(2000, month, day).map(|_| NamedDay::Fixed(month, day))
            }
            (None, None, Some(plus), None, None, None) => Some(NamedDay::Easter(plus)),
            (Some(month @ 1..=12), None, None, Some(weekday @ 1..=7), Some(nth), None)
                if nth != 0 && nth.abs() <= 5 =>
            {
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
