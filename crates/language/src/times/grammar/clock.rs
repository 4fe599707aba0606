//! Reads times of day, alone or with the day they belong to.

use super::{Found, Grammar, longest};
use crate::times::meaning::{Calendar, Clock, Meaning};
use crate::times::scan::{Kind, Suffix};
use demarche_pack::times::{DayPart, Role, Unit};

/// Most words of the name of a zone of time.
const ZONE: usize = 3;

impl Grammar<'_, '_> {
    /// "9:30 a.m. EST Thursday", "noon Saturday", "18:30 GMT", "7 o'clock in the morning", "0700 hours".
    pub(super) fn clock(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let (mut to, mut clock) = self.time_of_day(at)?;
        let local = t.is(to, Role::Local) && t.is(to + 1, Role::Time);
        if local {
            to += 2;
        } else if let Some(after) = self.named_zone(to) {
            to = after;
        }
        if let Some((after, zone)) = self.zone(to) {
            (to, clock.zone) = (after, zone);
        }
        // "in the morning"
        let mut part = None;
        if t.is(to, Role::In) && t.is(to + 1, Role::Article) {
            part = t.lexeme(to + 2).filter(|it| !it.plural).and_then(|it| it.part);
        }
        if let Some(part) = part {
            to += 3;
            if matches!(part, DayPart::Afternoon | DayPart::Evening) && clock.hour < 12 {
                clock.hour += 12;
            }
        }
        let alone = Calendar { clock: Some(clock), ..Calendar::default() };
        let next = if t.mark(to, b',') { to + 1 } else { to };
        let next = if t.is(next, Role::On) { next + 1 } else { next };
        let day = longest(self.day_for_clock(next), self.relative(next).filter(is_day));
        match day {
            Some(Found { to, meaning: Meaning::Calendar(calendar), .. }) if calendar.clock.is_none() => {
                Some(Found::calendar(to, Calendar { clock: Some(clock), part: None, ..calendar }))
            }
            _ => Some(Found::calendar(to, alone)),
        }
    }

    /// A day that may follow a time: any date but another time.
    fn day_for_clock(&self, at: usize) -> Option<Found> {
        let starts = self
            .t
            .lexeme(at)
            .is_some_and(|it| it.month.is_some() || it.weekday.is_some() || it.day_shift.is_some());
        let number = self.t.get(at).is_some_and(|it| it.kind == Kind::Number && it.digits <= 2);
        let named_month = self.t.lexeme(at + 1).is_some_and(|it| it.month.is_some());
        (starts || number && named_month).then(|| self.calendar(at)).flatten().filter(is_day)
    }

    fn time_of_day(&self, at: usize) -> Option<(usize, Clock)> {
        let t = self.t;
        if let Some((hour, minute)) = t.lexeme(at).and_then(|it| it.point) {
            return Some((at + 1, Clock { hour, minute: Some(minute), zone: None }));
        }
        if let Some(number) = t.lexeme(at).and_then(|it| it.number).filter(|number| (1..=12).contains(number))
        {
            let after = self.oclock(at + 1)?;
            return Some(self.half_of_day(after, Clock { hour: number as u8, minute: None, zone: None }));
        }
        let token = t.get(at).filter(|it| it.kind == Kind::Number && it.suffix == Suffix::None)?;
        let before = at.checked_sub(1).and_then(|it| t.get(it)).map(|it| it.kind);
        if token.glued && matches!(before, Some(Kind::Mark(b':' | b'.' | b'$' | b'/'))) {
            return None;
        }
        let hour = token.number.min(99) as u8;
        let minute = |at: usize| {
            t.get(at).filter(|it| it.kind == Kind::Number && it.digits == 2 && it.number < 60 && it.glued)
        };
        let mark = t.glued_mark(at + 1, b':') || t.glued_mark(at + 1, b'.');
        if (1..=2).contains(&token.digits)
            && hour <= 24
            && mark
            && let Some(minutes) = minute(at + 2)
        {
            let clock = Clock { hour, minute: Some(minutes.number as u8), zone: None };
            let mut to = at + 3;
            if t.glued_mark(to, b':') && minute(to + 1).is_some() {
                to += 2;
            }
            let (after, with_half) = self.half_of_day(to, clock);
            // 6.30 needs a.m.; 18:30 does not, but a score does not say "hours".
            let dotted = t.mark(at + 1, b'.') && after == to;
            let glued = t.glued(to) && matches!(t.get(to).map(|it| it.kind), Some(Kind::Mark(b':' | b'%')));
            let hours = if t.lexeme(after).is_some_and(|it| it.unit == Some(Unit::Hour) && it.plural) {
                after + 1
            } else {
                after
            };
            return (!dotted && !glued).then_some((hours, with_half));
        }
        if token.digits == 4 && token.number % 100 < 60 && token.number <= 2400 {
            let hours = t.lexeme(at + 1).is_some_and(|it| it.unit == Some(Unit::Hour) && it.plural);
            let local = t.is(at + 1, Role::Local) && t.is(at + 2, Role::Time);
            let zone = local || self.zone(at + 1).is_some();
            let clock = Clock {
                hour: (token.number / 100) as u8,
                minute: Some((token.number % 100) as u8),
                zone: None,
            };
            return (hours || zone).then_some((if hours { at + 2 } else { at + 1 }, clock));
        }
        if (1..=2).contains(&token.digits) && (1..=12).contains(&hour) {
            let clock = Clock { hour, minute: None, zone: None };
            let start = self.oclock(at + 1).unwrap_or(at + 1);
            let (to, with_half) = self.half_of_day(start, clock);
            let in_part = t.is(at + 1, Role::In)
                && t.is(at + 2, Role::Article)
                && t.lexeme(at + 3).is_some_and(|it| it.part.is_some() && !it.plural)
                && t.is_before(at, Role::At);
            return (to > at + 1 || in_part).then_some((to, with_half));
        }
        None
    }

    fn oclock(&self, at: usize) -> Option<usize> {
        let t = self.t;
        (t.form(at) == "o" && t.mark(at + 1, b'\'') && t.is(at + 2, Role::Oclock)).then_some(at + 3)
    }

    /// "a.m.", "pm": the place after it and the hour of 24.
    fn half_of_day(&self, at: usize, clock: Clock) -> (usize, Clock) {
        let t = self.t;
        let form = t.form(at);
        let whole = match form {
            "am" | "AM" => Some((at + 1, false)),
            "pm" | "PM" => Some((at + 1, true)),
            _ => None,
        };
        let dotted =
            t.glued_mark(at + 1, b'.') && t.glued(at + 2) && t.form(at + 2).eq_ignore_ascii_case("m");
        let split = match form {
            "a" | "A" if dotted => Some((t.past_dot(at + 3), false)),
            "p" | "P" if dotted => Some((t.past_dot(at + 3), true)),
            _ => None,
        };
        match whole.or(split) {
            Some((to, true)) if clock.hour < 12 => (to, Clock { hour: clock.hour + 12, ..clock }),
            Some((to, false)) if clock.hour == 12 => (to, Clock { hour: 0, ..clock }),
            Some((to, _)) => (to, clock),
            None => (at, clock),
        }
    }

    /// "Jakarta time", "Indian Standard Time": the place behind a time that is named after a town or a country.
    fn named_zone(&self, at: usize) -> Option<usize> {
        let t = self.t;
        let names = (at..at + ZONE)
            .take_while(|place| {
                t.get(*place).is_some_and(|it| it.kind == Kind::Word && it.capital)
                    && !t.form(*place).eq_ignore_ascii_case("time")
            })
            .count();
        let last = at + names;
        (names > 0 && t.form(last).eq_ignore_ascii_case("time")).then_some(last + 1)
    }

    fn zone(&self, at: usize) -> Option<(usize, Option<i16>)> {
        let t = self.t;
        let lexeme = t.lexeme(at)?;
        let minutes = lexeme.zone?;
        let token = t.all[at];
        let upper = t.form(at).bytes().all(|byte| byte.is_ascii_uppercase());
        (token.capital && upper).then_some((at + 1, Some(minutes)))
    }
}

fn is_day(found: &Found) -> bool {
    let Meaning::Calendar(calendar) = &found.meaning else { return false };
    calendar.day.is_some()
        || calendar.weekday.is_some()
        || calendar.day_shift.is_some()
        || calendar.grain == Some(Unit::Day)
}
