//! Reads days, months, weekdays, seasons, named days and their combinations with years and parts of the day.

use super::{Found, Grammar, longest};
use crate::times::meaning::{Calendar, Clock, Frame, Meaning, YearPart};
use crate::times::scan::{Kind, Suffix};
use demarche_pack::times::{DayPart, PhraseSense, Role, Unit};
use demarche_record::days_in_month;

impl Grammar<'_, '_> {
    /// The longest date that begins here.
    pub(super) fn calendar(&self, at: usize) -> Option<Found> {
        let date =
            longest(longest(self.numeric(at), self.date(at)), longest(self.weekday(at), self.named(at)));
        let date = date.map(|found| self.with_part(found));
        let coarse = longest(longest(self.year(at), self.quarter(at)), self.season(at));
        let day = longest(self.day_word(at), self.part_of_day(at));
        longest(longest(date, coarse), longest(day, self.clock(at)))
    }

    /// Day, month and year in either order, or a month alone.
    fn date(&self, at: usize) -> Option<Found> {
        longest(self.day_month(at), self.month_first(at))
    }

    /// A day of the month as number or ordinal word: value and place after it.
    fn day_number(&self, at: usize) -> Option<(usize, u8)> {
        let t = self.t;
        let token = t.get(at)?;
        if token.kind == Kind::Number {
            let plain =
                matches!(token.suffix, Suffix::None | Suffix::Ordinal) && (1..=2).contains(&token.digits);
            let time = t.glued_mark(at + 1, b':') && t.glued(at + 2);
            return (plain && (1..=31).contains(&token.number) && !time)
                .then_some((at + 1, token.number as u8));
        }
        let (to, number) = self.small_ordinal(at)?;
        // "the second" is a day only with its month.
        (1..=31).contains(&number).then_some((to, number as u8))
    }

    /// "28 January 2022", "the 28th of January", "5 and 6 February" from its last day.
    fn day_month(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let from = if t.is(at, Role::Article) { at + 1 } else { at };
        let (after, day) = self.day_number(from)?;
        let before = at.checked_sub(1).and_then(|it| t.get(it)).map(|it| it.kind);
        if t.glued(from) && matches!(before, Some(Kind::Mark(b'$' | b'.' | b','))) {
            return None;
        }
        let joint = t.mark(after, b'-')
            || t.mark(after, b'/')
            || t.is(after, Role::And)
            || t.is(after, Role::To)
            || t.is(after, Role::Or);
        if joint && t.is_number(from) {
            // The left end of "5-6 February": only its own number is the expression.
            let next = if t.is(after + 1, Role::Article) { after + 2 } else { after + 1 };
            self.day_number(next).filter(|(_, second)| t.is_number(next) && *second > day)?;
            let right = self.day_month(next)?;
            let Meaning::Calendar(calendar) = right.meaning else { return None };
            return Some(Found::calendar(after, Calendar { day: Some(day), ..calendar }.checked()));
        }
        let of = t.is(after, Role::Of);
        let month_at = t.past_hyphen(if of { after + 1 } else { after });
        let month = self.month_name(month_at)?;
        if !t.is_number(from) && !of {
            return None;
        }
        let to = self.past_month(month_at);
        Some(self.add_year(to, Calendar { day: Some(day), month: Some(month), ..Calendar::default() }))
    }

    /// The place after a month; an abbreviated one may have its full stop.
    fn past_month(&self, at: usize) -> usize {
        let dotted = self.t.form(at).len() <= 4 && !matches!(self.t.form(at), "May" | "June" | "July");
        if dotted { self.t.past_dot(at + 1) } else { at + 1 }
    }

    /// The second day of "July 1-3" and "April 24 and 25, 1999": where it begins and what it says.
    pub(super) fn further_day(&self, found: &Found) -> Option<(usize, Found)> {
        let t = self.t;
        let Meaning::Calendar(calendar) = &found.meaning else { return None };
        let (Some(first), true) = (calendar.day, calendar.month.is_some()) else { return None };
        // Only after the day itself, not after a year.
        let open = calendar.year.is_none()
            && calendar.outer.is_none()
            && calendar.part.is_none()
            && t.is_number(found.to - 1);
        let joint = t.mark(found.to, b'-')
            || [Role::And, Role::To, Role::Or, Role::Through].iter().any(|role| t.is(found.to, *role));
        let at = found.to + 1;
        let (to, day) = self.day_number(at).filter(|_| open && joint && t.is_number(at))?;
        let counts =
            t.get(to).is_some_and(|it| it.kind == Kind::Word && !it.glued) && self.counts_something(to);
        if day <= first || counts {
            return None;
        }
        let base = Calendar { day: Some(day), month: calendar.month, bc: calendar.bc, ..Calendar::default() };
        Some((at, self.add_year(to, base.checked())))
    }

    /// True if a number before this word counts it: "5 and 10 people", "3 days".
    fn counts_something(&self, at: usize) -> bool {
        let t = self.t;
        let lexeme = t.lexeme(at);
        let unit = lexeme.is_some_and(|it| it.unit.is_some() || it.month.is_some() || it.is(Role::Money));
        unit || lexeme.is_none() && t.form(at).ends_with('s') && t.form(at).len() > 3
    }

    /// A month name that is meant as one.
    fn month_name(&self, at: usize) -> Option<u8> {
        let t = self.t;
        let lexeme = t.lexeme(at)?;
        let month = lexeme.month?;
        let token = t.all[at];
        (token.capital && !(t.glued(at + 1) && t.mark(at + 1, b'\'') && lexeme.careful)).then_some(month)
    }

    /// "January 28, 2022", "January 2022", "Jan. 28", "January of that year", "January".
    fn month_first(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let month = self.month_name(at)?;
        let after = self.past_month(at);
        let base = Calendar { month: Some(month), ..Calendar::default() };
        let day_at = if t.is(after, Role::Article) { after + 1 } else { t.past_hyphen(after) };
        let day = self.day_number(day_at).filter(|_| t.is_number(day_at) || day_at > after);
        if let Some((to, day)) = day {
            let number_of_things = t.is(to, Role::Money) || t.lexeme(to).is_some_and(|it| it.unit.is_some());
            if !number_of_things {
                return Some(self.add_year(to, Calendar { day: Some(day), ..base }));
            }
        }
        let year = self.add_year(after, base.clone());
        if year.to > after {
            return Some(year);
        }
        let of = if t.is(after, Role::Of) { after + 1 } else { after };
        if let Some(outer) = self.placed_year(of).filter(|_| !t.is(of, Role::Article) || of > after) {
            let to = outer.to;
            return Some(Found::calendar(to, Calendar { outer: Some(Box::new(outer.meaning)), ..base }));
        }
        self.month_alone(at).then(|| Found::calendar(after, base))
    }

    /// True if a month without day and year is meant as one: "may" and "march" need a word that leads to a time.
    fn month_alone(&self, at: usize) -> bool {
        let t = self.t;
        let Some(lexeme) = t.lexeme(at) else { return false };
        // A person or place: "June Smith", "April Glaspie".
        let next_capital =
            t.get(at + 1).is_some_and(|it| it.kind == Kind::Word && it.capital && it.lexeme.is_none());
        let short_form = t.form(at).len() == 3 && !t.glued_mark(at + 1, b'.') && !matches!(t.form(at), "May");
        if !lexeme.careful {
            return !(short_form || next_capital && at > 0 && t.all[at - 1].capital);
        }
        let lead = [
            Role::In,
            Role::Of,
            Role::By,
            Role::Since,
            Role::Until,
            Role::From,
            Role::To,
            Role::During,
            Role::Early,
            Role::Late,
            Role::Mid,
            Role::Last,
            Role::Next,
            Role::This,
            Role::Each,
            Role::Through,
            Role::Between,
            Role::Following,
            Role::Previous,
            Role::Before,
            Role::After,
            Role::For,
            Role::And,
            Role::Past,
        ];
        let word = if at > 0 && t.mark(at - 1, b'-') { at - 1 } else { at };
        // "the March accession", not "the March on Washington".
        let noun =
            t.get(at + 1).is_some_and(|it| it.kind == Kind::Word && !it.capital && it.lexeme.is_none());
        if noun && word > 0 && t.is(word - 1, Role::Article) && !short_form {
            return true;
        }
        word > 0 && lead.iter().any(|role| t.is(word - 1, *role)) && !next_capital && !short_form
    }

    /// Adds a year after a month or day: ", 2022", " 2022", " of 2022", "'98".
    fn add_year(&self, to: usize, mut calendar: Calendar) -> Found {
        let t = self.t;
        let next =
            if t.glued_mark(to, b',') || t.is(to, Role::Of) || t.is(to, Role::In) { to + 1 } else { to };
        // "March 5, 2000 troops" has no year; "on 5 March 2000" has.
        let real = |at: usize| {
            !t.is_number(at)
                || self.is_year(at)
                || self.is_before_common(at)
                || t.all[at].digits == 4 && at == to
        };
        if let Some((after, year, bc)) = self.year_in_date(next).filter(|_| real(next)) {
            calendar.year = Some(year);
            calendar.bc = bc;
            return Found::calendar(after, calendar.checked());
        }
        if calendar.day.is_some() {
            let of = if t.is(to, Role::Of) { to + 1 } else { to };
            if let Some(outer) = self
                .placed_year(of)
                .filter(|_| of > to || t.is(of, Role::This) || t.is(of, Role::Last) || t.is(of, Role::Next))
            {
                let after = outer.to;
                calendar.outer = Some(Box::new(outer.meaning));
                return Found::calendar(after, calendar);
            }
        }
        Found::calendar(to, calendar.checked())
    }

    fn is_before_common(&self, at: usize) -> bool {
        self.year_in_date(at).is_some_and(|(_, _, bc)| bc)
    }

    /// A weekday with what follows: "Monday", "Monday, Oct. 19", "Friday night" (the part is added later).
    fn weekday(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let lexeme = t.lexeme(at)?;
        let weekday = lexeme.weekday.filter(|_| !lexeme.plural)?;
        let short = t.form(at).len() <= 5;
        let after = if short { t.past_dot(at + 1) } else { at + 1 };
        let next = if t.mark(after, b',') { after + 1 } else { after };
        let next = if t.is(next, Role::Article) { next + 1 } else { next };
        if let Some(date) = self.date(next)
            && let Meaning::Calendar(calendar) = &date.meaning
            && calendar.day.is_some()
        {
            return Some(Found::calendar(date.to, Calendar { weekday: Some(weekday), ..calendar.clone() }));
        }
        // "Sun" and "Sat" alone are a star and a verb; "Black Monday" is a name.
        if !t.all[at].capital || lexeme.careful || short && t.form(at).len() <= 3 {
            return None;
        }
        let calendar = Calendar { weekday: Some(weekday), ..Calendar::default() };
        // "Tuesday of last week", "Tuesday last week".
        let of = if t.is(after, Role::Of) { after + 1 } else { after };
        if let Some(week) = self.relative(of)
            && let Meaning::Calendar(inner) = &week.meaning
            && inner.grain == Some(Unit::Week)
            && (of > after || inner.frame != Frame::The)
        {
            let to = week.to;
            return Some(Found::calendar(to, Calendar { outer: Some(Box::new(week.meaning)), ..calendar }));
        }
        Some(Found::calendar(after, calendar))
    }

    /// "Friday night", "28 January, in the evening": adds the part of the day.
    fn with_part(&self, found: Found) -> Found {
        let t = self.t;
        let Meaning::Calendar(calendar) = &found.meaning else { return found };
        if calendar.clock.is_some()
            || calendar.day.is_none() && calendar.weekday.is_none() && calendar.named.is_none()
        {
            return found;
        }
        let early = t.is(found.to, Role::Early) || t.is(found.to, Role::Late);
        let at = if early { found.to + 1 } else { found.to };
        let Some(part) = t.lexeme(at).filter(|it| !it.plural).and_then(|it| it.part) else { return found };
        Found::calendar(at + 1, Calendar { part: Some(part), ..calendar.clone() })
    }

    /// "today", "yesterday evening", "the day before yesterday", "tonight".
    fn day_word(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let lexeme = t.lexeme(at)?;
        if let Some(shift) = lexeme.day_shift {
            let mut calendar = Calendar { day_shift: Some(shift), ..Calendar::default() };
            if t.form(at).eq_ignore_ascii_case("tonight") {
                calendar.part = Some(DayPart::Night);
            }
            let part = t.lexeme(at + 1).filter(|it| !it.plural).and_then(|it| it.part);
            let to = if part.is_some() { at + 2 } else { at + 1 };
            calendar.part = part.or(calendar.part);
            return Some(Found::calendar(to, calendar));
        }
        let noun = if t.is(at, Role::Article) { at + 1 } else { at };
        if t.lexeme(noun)?.unit != Some(Unit::Day) {
            return None;
        }
        let beyond = if t.is(noun + 1, Role::Before) { -1 } else { 1 };
        if beyond == 1 && !t.is(noun + 1, Role::After) {
            return None;
        }
        let base =
            t.lexeme(noun + 2).and_then(|it| it.day_shift).filter(|shift| shift.signum() as i32 == beyond)?;
        let shift = base + beyond as i8;
        Some(Found::calendar(noun + 3, Calendar { day_shift: Some(shift), ..Calendar::default() }))
    }

    /// "the morning of April 28", "the night of 23 August 1942", "the early morning hours of 30 April".
    fn part_of_day(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let mut noun = if t.is(at, Role::Article) { at + 1 } else { at };
        if t.is(noun, Role::Early) || t.is(noun, Role::Late) {
            noun += 1;
        }
        if t.is(at, Role::Overnight) {
            // An adverb, not "overnight talks".
            let noun = t.get(at + 1).is_some_and(|it| it.kind == Kind::Word && it.lexeme.is_none());
            let calendar = Calendar { part: Some(DayPart::Night), frame: Frame::Last, ..Calendar::default() };
            return (!noun).then(|| Found::calendar(at + 1, calendar));
        }
        let hours = noun > at && t.lexeme(noun).is_some_and(|it| it.plural && it.unit == Some(Unit::Hour));
        if hours && t.is(noun - 1, Role::Early) && t.is(noun + 1, Role::Of) {
            let day = longest(self.date(noun + 2), self.weekday(noun + 2))?;
            let Meaning::Calendar(calendar) = &day.meaning else { return None };
            let known = calendar.day.is_some() || calendar.weekday.is_some();
            return known.then(|| {
                Found::calendar(day.to, Calendar { part: Some(DayPart::Morning), ..calendar.clone() })
            });
        }
        let part = t.lexeme(noun).filter(|it| !it.plural)?.part?;
        let after = if t.lexeme(noun + 1).is_some_and(|it| it.unit == Some(Unit::Hour)) {
            noun + 2
        } else {
            noun + 1
        };
        if t.is(after, Role::Of) || t.is(after, Role::On) {
            let date = longest(self.date(after + 1), self.weekday(after + 1));
            if let Some(date) = date
                && let Meaning::Calendar(calendar) = &date.meaning
                && (calendar.day.is_some() || calendar.weekday.is_some())
            {
                return Some(Found::calendar(date.to, Calendar { part: Some(part), ..calendar.clone() }));
            }
        }
        None
    }

    /// "spring 1942", "the summer of 1991", "last fall" (see `relative`), "the winter".
    fn season(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let article = t.is(at, Role::Article);
        let noun = if article { at + 1 } else { at };
        // "1939 summer"
        if let Some((after, year, false)) = self.year_in_date(noun).filter(|_| self.is_year(noun))
            && let Some(season) = t.lexeme(after).filter(|it| !it.plural).and_then(|it| it.season)
        {
            return Some(Found::calendar(
                after + 1,
                Calendar { season: Some(season), year: Some(year), ..Calendar::default() },
            ));
        }
        let lexeme = t.lexeme(noun).filter(|it| !it.plural)?;
        let season = lexeme.season?;
        let calendar = Calendar {
            season: Some(season),
            frame: if article { Frame::The } else { Frame::Bare },
            ..Calendar::default()
        };
        let after = noun + 1;
        let next = if t.is(after, Role::Of) || t.is(after, Role::In) || t.glued_mark(after, b',') {
            after + 1
        } else {
            after
        };
        if let Some((to, year, bc)) = self
            .year_in_date(next)
            .filter(|_| self.is_year(next) || self.is_before_common(next) || !t.is_number(next))
        {
            return Some(Found::calendar(
                to,
                Calendar { year: Some(year), bc, frame: Frame::Bare, ..calendar },
            ));
        }
        if let Some(outer) =
            self.placed_year(next).filter(|_| t.is(after, Role::Of) || !t.is(next, Role::Article))
        {
            let to = outer.to;
            return Some(Found::calendar(to, Calendar { outer: Some(Box::new(outer.meaning)), ..calendar }));
        }
        // "fall" and "spring" are verbs and nouns of other kinds.
        let led = [
            Role::In,
            Role::Of,
            Role::During,
            Role::Early,
            Role::Late,
            Role::By,
            Role::Until,
            Role::Since,
            Role::Mid,
            Role::This,
        ];
        let lead = led.iter().any(|role| t.is_before(at, *role)) || at > 0 && t.mark(at - 1, b'-');
        let alone = !lexeme.careful
            || lead && t.form(noun) != "fall" && !t.is(after, Role::Of)
            || article && lead && !t.is(after, Role::Of);
        // A season that names something else: "winter offensive" is left, "the Winter War" too.
        let name = t.all[noun].capital && t.get(after).is_some_and(|it| it.capital);
        (alone && !name).then(|| Found::calendar(after, calendar))
    }

    /// Christmas, Easter Monday, Thanksgiving Day 1998.
    pub(super) fn named(&self, at: usize) -> Option<Found> {
        let t = self.t;
        if !t.get(at)?.capital {
            return None;
        }
        let named = |sense| if let PhraseSense::Named(number) = sense { Some(number) } else { None };
        let (to, number) = self.phrase(at, named)?;
        if t.get(to).is_some_and(|it| it.capital && it.lexeme.is_none() && it.kind == Kind::Word) {
            return None;
        }
        let calendar = Calendar { named: Some(number), ..Calendar::default() };
        let week = t.lexeme(to).filter(|it| !it.plural && it.unit == Some(Unit::Week)).map(|_| Unit::Week);
        if week.is_some() {
            return Some(Found::calendar(to + 1, Calendar { grain: week, ..calendar }));
        }
        Some(self.add_year(to, calendar))
    }

    /// 2022-01-28, 2022-01-28T18:30Z, 01/28/2022, 28.01.2022, 19990607.
    fn numeric(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let token = t.get(at).filter(|it| it.kind == Kind::Number && it.suffix == Suffix::None)?;
        let mark = match t.get(at + 1)?.kind {
            Kind::Mark(mark @ (b'-' | b'/' | b'.')) if t.glued(at + 1) => mark,
            _ => return None,
        };
        let field = |at: usize| {
            t.get(at).filter(|it| it.kind == Kind::Number && it.suffix == Suffix::None && it.glued)
        };
        let (second, third) = (field(at + 2)?, field(at + 4).filter(|_| t.glued_mark(at + 3, mark)));
        let third = third?;
        let glued_on = t.glued(at + 5) && (t.mark(at + 5, b'-') || t.mark(at + 5, b'/'));
        if glued_on || token.glued && at > 0 && !matches!(t.all[at - 1].kind, Kind::Mark(b'(' | b'"' | b'['))
        {
            return None;
        }
        let (first, second_digits) = (token.digits, second.digits);
        if first == 4 && second_digits <= 2 && third.digits <= 2 && (1000..=2999).contains(&token.number) {
            let date = ymd(token.number, second.number, third.number);
            return Some(self.iso_time(at + 5, date));
        }
        if first > 2 || second_digits > 2 || !matches!(third.digits, 2 | 4) {
            return None;
        }
        let (one, two) = (token.number, second.number);
        let year = if third.digits == 4 {
            YearPart::Year(third.number as i32)
        } else {
            YearPart::Short(third.number as u8)
        };
        // Version numbers and addresses have two digits at the end; a dotted date is day first.
        if third.digits == 2 && mark != b'/'
            || one == 0
            || two == 0
            || one > 31
            || two > 31
            || one > 12 && two > 12
        {
            return None;
        }
        let day_first = mark == b'.' || one > 12;
        let (day, month) = if day_first { (one, two) } else { (two, one) };
        let swappable = mark != b'.' && one <= 12 && two <= 12 && one != two;
        let calendar = Calendar {
            year: Some(year),
            month: Some(month as u8),
            day: Some(day as u8),
            swappable,
            ..Calendar::default()
        };
        Some(Found::calendar(at + 5, calendar.checked()))
    }

    /// The time after "T" of an ISO date.
    fn iso_time(&self, at: usize, date: Calendar) -> Found {
        let t = self.t;
        let hour_at =
            if t.glued(at) && t.form(at) == "T" { at + 1 } else { return Found::calendar(at, date) };
        let two = |at: usize| {
            t.get(at).filter(|it| it.kind == Kind::Number && it.digits == 2).map(|it| it.number as u8)
        };
        let (Some(hour), true, Some(minute)) =
            (two(hour_at), t.glued_mark(hour_at + 1, b':'), two(hour_at + 2))
        else {
            return Found::calendar(at, date);
        };
        let mut to = hour_at + 3;
        if t.glued_mark(to, b':') && two(to + 1).is_some() {
            to += 2;
        }
        let utc = t.glued(to) && t.form(to) == "Z";
        let clock = Clock { hour, minute: Some(minute), zone: utc.then_some(0) };
        Found::calendar(if utc { to + 1 } else { to }, Calendar { clock: Some(clock), ..date })
    }
}

fn ymd(year: u32, month: u32, day: u32) -> Calendar {
    let calendar = Calendar {
        year: Some(YearPart::Year(year as i32)),
        month: Some(month.min(99) as u8),
        day: Some(day.min(99) as u8),
        ..Calendar::default()
    };
    calendar.checked()
}

impl Calendar {
    /// Marks a day that its month does not have.
    pub(in crate::times) fn checked(mut self) -> Self {
        if let (Some(month), Some(day)) = (self.month, self.day) {
            let year = match self.year {
                Some(YearPart::Year(year)) if !self.bc => year,
                _ => 2000,
            };
            self.impossible = day == 0 || u32::from(day) > days_in_month(year, u32::from(month));
        }
        self
    }
}
