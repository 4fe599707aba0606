//! Owns day arithmetic in the proleptic Gregorian calendar: [`Day`], its weekday, ISO week and month ends.

/// A calendar day, counted from 1970-01-01. Years follow ISO 8601: year 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// The years that day arithmetic covers; wide enough for every date a text can spell out.
pub const YEARS: std::ops::RangeInclusive<i32> = -99_999..=99_999;

/// True if `year` has a 29 February.
pub fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of a month from 1 to 12; 0 for any other number.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap(year)),
        _ => 0,
    }
}

impl Day {
    /// The day with this date, or `None` if there is none (31 February, month 13).
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !YEARS.contains(&year) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        // Years counted from March, so that the leap day is the last one.
        let shifted = if month <= 2 { year - 1 } else { year };
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let month_from_march = (month as i32 + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// First day of a year.
    pub fn year_start(year: i32) -> Option<Self> {
        Self::new(year, 1, 1)
    }

    /// Last day of a year.
    pub fn year_end(year: i32) -> Option<Self> {
        Self::new(year, 12, 31)
    }

    /// Last day of a month.
    pub fn month_end(year: i32, month: u32) -> Option<Self> {
        Self::new(year, month, days_in_month(year, month))
    }

    /// Monday of an ISO week, or `None` if the year has no such week.
    pub fn week_start(year: i32, week: u32) -> Option<Self> {
        let fourth = Self::new(year, 1, 4)?;
        let monday = fourth.plus(-(fourth.weekday() as i32 - 1)).plus(7 * (week as i32 - 1));
        (week >= 1 && monday.iso_week() == (year, week)).then_some(monday)
    }

    /// Year, month and day.
    pub fn date(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u32;
        (year_of_era + era * 400 + i32::from(month <= 2), month, day)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.date().0
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> u32 {
        (self.0 + 3).rem_euclid(7) as u32 + 1
    }

    /// ISO year and week.
    pub fn iso_week(self) -> (i32, u32) {
        let thursday = self.plus(4 - self.weekday() as i32);
        let year = thursday.year();
        let first = Self::year_start(year).map_or(thursday.0, |day| day.0);
        (year, ((thursday.0 - first) / 7) as u32 + 1)
    }

    /// The day so many days later (earlier if negative), held inside the years of [`YEARS`].
    pub fn plus(self, days: i32) -> Self {
        let first = Self::new(*YEARS.start(), 1, 1).map_or(self.0, |day| day.0);
        let last = Self::new(*YEARS.end(), 12, 31).map_or(self.0, |day| day.0);
        Self(self.0.saturating_add(days).clamp(first, last))
    }

    /// The same day so many months later, or the last day of a shorter month.
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.date();
        let count = year.saturating_mul(12).saturating_add(month as i32 - 1).saturating_add(months);
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u32 + 1);
        Self::new(year, month, day.min(days_in_month(year, month))).unwrap_or(self)
    }

    /// Days from `self` to `other`.
    pub fn days_to(self, other: Self) -> i32 {
        other.0 - self.0
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.date();
        if year < 0 {
            write!(f, "-{:04}-{month:02}-{day:02}", -year)
        } else {
            write!(f, "{year:04}-{month:02}-{day:02}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::new(year, month, day).expect("a date that exists")
    }

    #[test]
    fn dates_and_counts_convert_both_ways() {
        let mut at = day(-5, 1, 1);
        let end = day(2105, 1, 1);
        while at < end {
            let (year, month, number) = at.date();
            assert_eq!(Day::new(year, month, number), Some(at));
            assert_eq!(at.plus(1).weekday(), at.weekday() % 7 + 1);
            at = at.plus(1);
        }
    }

    #[test]
    fn known_weekdays_and_weeks() {
        assert_eq!(day(2022, 2, 7).weekday(), 1);
        assert_eq!(day(2022, 2, 6).iso_week(), (2022, 5));
        assert_eq!(day(2021, 1, 3).iso_week(), (2020, 53));
        assert_eq!(Day::week_start(2022, 5), Some(day(2022, 1, 31)));
        assert_eq!(Day::week_start(2022, 53), None);
    }

    #[test]
    fn days_that_do_not_exist() {
        assert_eq!(Day::new(2022, 2, 31), None);
        assert_eq!(Day::new(2023, 2, 29), None);
        assert!(Day::new(2024, 2, 29).is_some());
        assert_eq!(Day::new(1900, 2, 29), None);
        assert_eq!(Day::new(2022, 13, 1), None);
    }

    #[test]
    fn months_later_keep_inside_the_month() {
        assert_eq!(day(2022, 1, 31).plus_months(1).to_string(), "2022-02-28");
        assert_eq!(day(2022, 1, 31).plus_months(-2).to_string(), "2021-11-30");
        assert_eq!(day(9999, 12, 31).plus(1).to_string(), "10000-01-01");
    }
}
