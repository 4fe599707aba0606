//! Reads lengths of time, shifts by a length ("two years ago") and repeated times.

use super::{Found, Grammar};
use crate::times::meaning::{Amount, Frame, Length, Meaning, Origin};
use crate::times::scan::{Kind, Suffix};
use demarche_pack::times::{DayPart, Role, Unit};

impl Grammar<'_, '_> {
    /// A length that begins here, with what places it: "five years", "a few days ago", "two weeks later", "days".
    pub(super) fn length(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let mut from = at;
        let article = t.is(at, Role::Article);
        if article {
            from += 1;
            // "the first nine months"
            let lead = t
                .lexeme(from)
                .is_some_and(|it| it.ordinal.is_some() || it.is(Role::Early) || it.is(Role::Late));
            if lead
                && (self.amount(from + 1).is_some()
                    || t.lexeme(from + 1).is_some_and(|it| it.unit.is_some() && it.plural))
            {
                from += 1;
            }
        }
        let (to, length) = self.bare_length(from, article)?;
        // "three quarters of the voters", "in some quarters"
        if length.unit == Unit::Quarter {
            return None;
        }
        // "the two-year plan", "the weeks": the article belongs to the noun.
        let adjective =
            (from..to).any(|it| t.glued_mark(it, b'-')) || t.lexeme(to - 1).is_some_and(|it| !it.plural);
        if article && (adjective || length.amount == Amount::Vague && from == at + 1) {
            return None;
        }
        if article {
            let length = Length { frame: Frame::The, ..length };
            return Some(Found::new(to, Meaning::Length(length)));
        }
        if let Some((to, shift)) = self.shift_after(to, length) {
            return Some(Found::new(to, shift));
        }
        if self.is_rate(at, from) {
            return Some(Found::new(to, Meaning::Set(crate::times::value::length(&length))));
        }
        Some(Found::new(to, Meaning::Length(length)))
    }

    /// "$3 a day", "10 percent a year": the length is how often.
    fn is_rate(&self, at: usize, from: usize) -> bool {
        let t = self.t;
        if at == 0 || !t.is(from, Role::Indefinite) {
            return false;
        }
        let before = at - 1;
        let counted = t.lexeme(before).is_some_and(|it| it.unit.is_some() && it.plural);
        let sum = t.mark(before, b'%') || t.is_number(before) && at > 1 && t.mark(at - 2, b'$');
        counted || sum || t.is(before, Role::Money) || t.is(before, Role::Rate)
    }

    /// Amount and unit.
    pub(super) fn bare_length(&self, at: usize, article: bool) -> Option<(usize, Length)> {
        let t = self.t;
        if let Some((to, length)) = self.unit_after(at, Amount::Vague, true, article) {
            return Some((to, length));
        }
        // "day-long", "a year-long siege"
        if let Some(unit) = t.lexeme(at).filter(|it| !it.plural).and_then(|it| it.unit)
            && t.past_hyphen(at + 1) > at + 1
            && t.is(at + 2, Role::Long)
        {
            return Some((
                at + 3,
                Length { amount: Amount::Exact(1, false), unit, or_unit: None, frame: Frame::Bare },
            ));
        }
        let (mut after, amount, indefinite) = self.amount(at)?;
        // "two more weeks", "a further ten days", "ten consecutive days", "five long years".
        while t.is(after, Role::More) || t.is(after, Role::Consecutive) {
            after += 1;
        }
        let hyphen = t.past_hyphen(after);
        let fraction = hyphen > after && t.lexeme(hyphen).is_some_and(|it| it.unit == Some(Unit::Quarter));
        self.unit_after(hyphen, amount, !indefinite && !fraction, false)
            .or_else(|| self.unit_after_singular(hyphen, amount, indefinite, hyphen > after))
            .map(|(to, length)| self.with_half(to, length))
    }

    /// A plural unit, with a further one: "days", "days or weeks".
    fn unit_after(&self, at: usize, amount: Amount, plural: bool, article: bool) -> Option<(usize, Length)> {
        let t = self.t;
        let lexeme = t.lexeme(at).filter(|it| it.plural && plural)?;
        let unit = lexeme.unit.filter(|unit| *unit != Unit::Moment)?;
        // "the days" says no length; "working hours" and "office hours" are no lengths either.
        if amount == Amount::Vague && article && t.is(at + 1, Role::Of) {
            return None;
        }
        let mut length = Length { amount, unit, or_unit: None, frame: Frame::Bare };
        let mut to = at + 1;
        if (t.is(to, Role::Or) || t.is(to, Role::And) && amount == Amount::Vague)
            && let Some(second) = t.lexeme(to + 1).filter(|it| it.plural).and_then(|it| it.unit)
        {
            length.or_unit = Some(second);
            to += 2;
        }
        let dash = t.past_hyphen(to);
        // An age is no time.
        if t.is(dash, Role::Old) && (amount != Amount::Vague || dash == to) {
            return None;
        }
        if dash > to && (t.is(dash, Role::Old) || t.is(dash, Role::Long)) {
            to = dash + 1;
        }
        Some((to, length))
    }

    /// A singular unit after an amount: "an hour", "one year", "two-year", "five year".
    fn unit_after_singular(
        &self,
        at: usize,
        amount: Amount,
        indefinite: bool,
        hyphen: bool,
    ) -> Option<(usize, Length)> {
        let t = self.t;
        let lexeme = t.lexeme(at).filter(|it| !it.plural)?;
        let unit =
            lexeme.unit.filter(|unit| !matches!(unit, Unit::Moment | Unit::Weekend | Unit::Quarter))?;
        if t.all[at].capital && !t.all.get(at.wrapping_sub(1)).is_some_and(|it| it.capital) {
            return None;
        }
        let careful = unit == Unit::Second && (indefinite || !hyphen);
        let one = matches!(amount, Amount::Exact(1, _) | Amount::Exact(0, true));
        let adjective = matches!(amount, Amount::Exact(number, _) if number > 1)
            && matches!(unit, Unit::Hour | Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Minute);
        if careful || !(one || hyphen || adjective) || amount == Amount::Vague && !hyphen {
            return None;
        }
        let mut to = at + 1;
        let dash = t.past_hyphen(to);
        if t.is(dash, Role::Old) {
            return None;
        }
        if dash > to && t.is(dash, Role::Long) {
            if indefinite {
                return None;
            }
            to = dash + 1;
        }
        if t.glued_mark(to, b'-') && t.glued(to + 1) && to == at + 1 && indefinite {
            return None;
        }
        Some((to, Length { amount, unit, or_unit: None, frame: Frame::Bare }))
    }

    /// "a year and a half", "an hour and a half".
    fn with_half(&self, to: usize, length: Length) -> (usize, Length) {
        let t = self.t;
        let half = t.is(to, Role::And) && t.is(to + 1, Role::Indefinite) && t.is(to + 2, Role::Half);
        match length.amount {
            Amount::Exact(number, false) if half => {
                (to + 3, Length { amount: Amount::Exact(number, true), ..length })
            }
            _ => (to, length),
        }
    }

    /// An amount: place after it, value, and true if it is only "a" or "an".
    pub(super) fn amount(&self, at: usize) -> Option<(usize, Amount, bool)> {
        let t = self.t;
        let token = t.get(at)?;
        if token.kind == Kind::Number {
            if token.suffix != Suffix::None
                || token.glued
                    && at > 0
                    && matches!(t.all[at - 1].kind, Kind::Mark(b'$' | b'.' | b':' | b'/'))
            {
                return None;
            }
            // 2.5, 1 1/2, 2-1/2
            if t.glued_mark(at + 1, b'.')
                && t.is_number(at + 2)
                && t.glued(at + 2)
                && t.all[at + 2].digits == 1
            {
                return Some((at + 3, Amount::Tenths(token.number, t.all[at + 2].number as u8), false));
            }
            let fraction = t.past_hyphen(at + 1);
            if t.form(fraction) == "1" && t.glued_mark(fraction + 1, b'/') && t.form(fraction + 2) == "2" {
                return Some((fraction + 3, Amount::Exact(token.number, true), false));
            }
            return Some(self.upper_amount(at + 1, Amount::Exact(token.number, false)));
        }
        let lexeme = t.lexeme(at)?;
        if lexeme.is(Role::Half) && t.is(at + 1, Role::Indefinite) {
            return Some((at + 2, Amount::Exact(0, true), true));
        }
        if lexeme.is(Role::Another) {
            return Some(match self.amount(at + 1) {
                Some((to, amount, false)) => (to, amount, false),
                _ => (at + 1, Amount::Exact(1, false), true),
            });
        }
        if lexeme.is(Role::Indefinite) {
            if t.is(at + 1, Role::Couple) {
                let to = if t.is(at + 2, Role::Of) { at + 3 } else { at + 2 };
                return Some((to, Amount::Exact(2, false), false));
            }
            if t.is(at + 1, Role::Half) {
                return Some((t.past_hyphen(at + 2), Amount::Exact(0, true), true));
            }
            if t.lexeme(at + 1).is_some_and(|it| it.vague) {
                return Some((at + 2, Amount::Vague, false));
            }
            if t.lexeme(at + 1).is_some_and(|it| it.scale.is_some()) {
                let (to, number) = self.scaled(at + 1, 1);
                return Some((to, Amount::Exact(number, false), false));
            }
            return Some((at + 1, Amount::Exact(1, false), true));
        }
        if lexeme.is(Role::Couple) {
            let to = if t.is(at + 1, Role::Of) { at + 2 } else { at + 1 };
            return Some((to, Amount::Exact(2, false), false));
        }
        if lexeme.vague {
            return Some((at + 1, Amount::Vague, false));
        }
        let (to, number) = self.number(at)?;
        // "two and a half", "three-and-a-half"
        let and = t.past_hyphen(to);
        let article = t.past_hyphen(and + 1);
        let half = t.past_hyphen(article + 1);
        if t.is(and, Role::And) && t.is(article, Role::Indefinite) && t.is(half, Role::Half) {
            return Some((half + 1, Amount::Exact(number, true), false));
        }
        Some(self.upper_amount(to, Amount::Exact(number, false)))
    }

    /// "two to three", "10 to 15", "two or three": the lower number counts, the span takes both.
    fn upper_amount(&self, to: usize, amount: Amount) -> (usize, Amount, bool) {
        let t = self.t;
        let joined = t.is(to, Role::To) || t.is(to, Role::Or) || t.mark(to, b'-');
        let upper = match t.get(to + 1).map(|it| it.kind) {
            Some(Kind::Number) if joined && t.all[to + 1].suffix == Suffix::None => {
                Some((to + 2, t.all[to + 1].number))
            }
            Some(Kind::Word) if joined => self.number(to + 1),
            _ => None,
        };
        let lower = if let Amount::Exact(lower, false) = amount { lower } else { u32::MAX };
        match upper {
            Some((after, upper)) if upper > lower => {
                let unit = t.lexeme(t.past_hyphen(after)).is_some_and(|it| it.unit.is_some());
                if unit { (after, amount, false) } else { (to, amount, false) }
            }
            _ => (to, amount, false),
        }
    }

    /// A number in words: "twenty-six", "two hundred", "forty".
    fn number(&self, at: usize) -> Option<(usize, u32)> {
        let t = self.t;
        let first = t.lexeme(at)?.number?;
        let mut to = at + 1;
        let mut value = first;
        if first >= 20 && first % 10 == 0 {
            let next = t.past_hyphen(to);
            if let Some(ones) = t.lexeme(next).and_then(|it| it.number).filter(|ones| (1..=9).contains(ones))
            {
                (to, value) = (next + 1, first + ones);
            }
        }
        Some(self.scaled(to, value))
    }

    fn scaled(&self, at: usize, value: u32) -> (usize, u32) {
        match self.t.lexeme(at).and_then(|it| it.scale) {
            Some(scale) => (at + 1, value.saturating_mul(scale)),
            None => (at, value),
        }
    }

    /// "ago", "later", "earlier", "before", "from now" after a length.
    pub(super) fn shift_after(&self, at: usize, length: Length) -> Option<(usize, Meaning)> {
        let t = self.t;
        let mut word = t.past_hyphen(at);
        // "a year or so ago" comes here past "or so".
        let shift = |to, ahead, origin| Some((to, Meaning::Shift { length, ahead, origin }));
        if t.is(word, Role::Ago) {
            return shift(word + 1, false, Origin::Writing);
        }
        if t.is(word, Role::FromNow) {
            return shift(word + 1, true, Origin::Writing);
        }
        if t.is(word, Role::From) && t.form(word + 1) == "now" {
            return shift(word + 2, true, Origin::Writing);
        }
        if t.is(word, Role::Later) {
            return shift(word + 1, true, Origin::Told);
        }
        if t.is(word, Role::Earlier) && !t.is(word, Role::Previous) || t.form(word) == "previously" {
            return shift(word + 1, false, Origin::Told);
        }
        if t.is(word, Role::Before) && self.ends_clause(word + 1) {
            word += 1;
            return shift(word, false, Origin::Told);
        }
        None
    }

    /// True at a mark, a break or the end.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        self.t.get(at).is_none_or(|token| {
            matches!(token.kind, Kind::Mark(b'.' | b',' | b';' | b':' | b'"' | b')' | b'_') | Kind::Break)
        })
    }

    /// "daily", "every week", "each Thursday", "every two years", "Tuesdays", "per month".
    pub(super) fn set(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let lexeme = t.lexeme(at)?;
        if let Some(value) = &lexeme.set {
            let name = t.all[at].capital
                && (t.get(at + 1).is_some_and(|it| it.capital) || at > 0 && t.all[at - 1].capital);
            return (!name).then(|| Found::new(at + 1, Meaning::Set(value.clone())));
        }
        if let Some(weekday) = lexeme.weekday.filter(|_| lexeme.plural && t.all[at].capital) {
            return Some(self.set_of_weekday(at, weekday));
        }
        let each = lexeme.is(Role::Each);
        if !each && !lexeme.is(Role::Per) {
            return None;
        }
        let next = if t.is(at + 1, Role::Other) { at + 2 } else { at + 1 };
        let times = if next > at + 1 { 2 } else { 1 };
        if let Some((to, length)) = self.bare_length(next, false).filter(|_| each) {
            return Some(Found::new(to, Meaning::Set(crate::times::value::length(&length))));
        }
        let unit = t.lexeme(next)?;
        if let Some(kind) =
            unit.unit.filter(|kind| !unit.plural && !matches!(*kind, Unit::Moment | Unit::Second))
        {
            let length =
                Length { amount: Amount::Exact(times, false), unit: kind, or_unit: None, frame: Frame::Bare };
            return Some(Found::new(next + 1, Meaning::Set(crate::times::value::length(&length))));
        }
        if !each {
            return None;
        }
        if let Some(weekday) = unit.weekday {
            return Some(self.set_of_weekday(next, weekday));
        }
        let value = match (unit.month, unit.season, unit.part) {
            (Some(month), _, _) => format!("XXXX-{month:02}"),
            (_, Some(season), _) => format!("XXXX-{season}"),
            (_, _, Some(part)) => format!("XXXX-XX-XXT{part}"),
            _ => return None,
        };
        Some(Found::new(next + 1, Meaning::Set(value)))
    }

    fn set_of_weekday(&self, at: usize, weekday: u8) -> Found {
        let part: Option<DayPart> = self.t.lexeme(at + 1).and_then(|it| it.part);
        let value = match part {
            Some(part) => format!("XXXX-WXX-{weekday}T{part}"),
            None => format!("XXXX-WXX-{weekday}"),
        };
        Found::new(if part.is_some() { at + 2 } else { at + 1 }, Meaning::Set(value))
    }
}
