//! Reads years, decades, centuries, halves and quarters.

use super::{Found, Grammar};
use crate::times::meaning::{Calendar, Meaning, YearPart};
use crate::times::scan::{Kind, Suffix};
use demarche_pack::times::{Role, Unit};

impl Grammar<'_, '_> {
    /// A year, decade or century that begins here.
    pub(super) fn year(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let mut from = at;
        if t.is(from, Role::Fiscal) && self.is_year(from + 1) {
            from += 1;
        }
        let article = t.is(from, Role::Article);
        if article {
            from += 1;
        }
        // "the year 2000", "the year two thousand".
        let named = t.is(from, Role::TheYear) && !t.is(from, Role::Fiscal);
        if named {
            from += 1;
        }
        let (to, year) = self.year_number(from, named)?;
        let before_common = self.bc(to);
        let to = before_common.unwrap_or(to);
        if article && !named && matches!(year, YearPart::Year(_) | YearPart::Short(_)) {
            return None;
        }
        let calendar = Calendar { year: Some(year), bc: before_common.is_some(), ..Calendar::default() };
        Some(Found::calendar(to, calendar))
    }

    /// A bare year inside a larger date: its end and value. No guard against other numbers.
    pub(super) fn year_in_date(&self, at: usize) -> Option<(usize, YearPart, bool)> {
        let t = self.t;
        let token = t.get(at)?;
        if token.kind == Kind::Number && token.suffix == Suffix::None {
            if let Some(after) = self.bc(at + 1) {
                return Some((after, YearPart::Year(token.number as i32), true));
            }
            let plausible = token.digits == 4 && (1000..=2999).contains(&token.number);
            return plausible.then_some((at + 1, YearPart::Year(token.number as i32), false));
        }
        if t.mark(at, b'\'') && t.is_number(at + 1) && t.glued(at + 1) && t.all[at + 1].digits == 2 {
            let short = t.all[at + 1].suffix == Suffix::None;
            return short.then_some((at + 2, YearPart::Short(t.all[at + 1].number as u8), false));
        }
        self.year_in_words(at).map(|(to, year)| (to, YearPart::Year(year), false))
    }

    fn year_number(&self, at: usize, named: bool) -> Option<(usize, YearPart)> {
        let t = self.t;
        let token = t.get(at)?;
        if token.kind == Kind::Number {
            return match token.suffix {
                Suffix::Plural if token.digits == 4 && token.number % 10 == 0 => {
                    Some((at + 1, YearPart::Decade(token.number as i32)))
                }
                Suffix::Plural
                    if token.digits == 3 && token.number % 10 == 0 && self.bc(at + 1).is_some() =>
                {
                    Some((at + 1, YearPart::Decade(token.number as i32)))
                }
                Suffix::Plural
                    if token.digits == 2 && token.number % 10 == 0 && t.is_before(at, Role::Article) =>
                {
                    Some((at + 1, YearPart::Decade(token.number as i32)))
                }
                Suffix::Ordinal => self.century(at, token.number as i32),
                Suffix::None if token.digits == 0 => None,
                Suffix::None if self.bc(at + 1).is_some() || self.bc_follows(at) => (token.number > 0
                    && token.digits <= 5)
                    .then_some((at + 1, YearPart::Year(token.number as i32))),
                Suffix::None if named || self.is_year(at) => (token.number > 0 && token.digits == 4)
                    .then_some((at + 1, YearPart::Year(token.number as i32))),
                Suffix::None if token.digits == 2 => self.end_of_range(at),
                _ => None,
            };
        }
        if t.mark(at, b'\'') && t.is_number(at + 1) && t.glued(at + 1) && t.all[at + 1].digits == 2 {
            let number = t.all[at + 1].number;
            return match t.all[at + 1].suffix {
                Suffix::Plural if number.is_multiple_of(10) => {
                    Some((at + 2, YearPart::Decade(number as i32)))
                }
                Suffix::None if !t.glued(at) => Some((at + 2, YearPart::Short(number as u8))),
                _ => None,
            };
        }
        let lexeme = t.lexeme(at)?;
        if let Some(decade) = lexeme.decade {
            let before = at > 0
                && (t.is(at - 1, Role::Article)
                    || t.is(at - 1, Role::Mid)
                    || t.is(at - 1, Role::Early)
                    || t.is(at - 1, Role::Late));
            return before.then_some((at + 1, YearPart::Decade(i32::from(decade))));
        }
        if let Some(number) = self.small_ordinal(at)
            && let Some(found) = self.century(number.0 - 1, number.1)
        {
            return Some(found);
        }
        self.year_in_words(at).map(|(to, year)| (to, YearPart::Year(year)))
    }

    /// "nineteen ninety-six", "twenty twenty-two", "two thousand" after "the year".
    fn year_in_words(&self, at: usize) -> Option<(usize, i32)> {
        let t = self.t;
        let number = |at: usize| t.lexeme(at).and_then(|it| it.number);
        let first = number(at)?;
        if (13..=20).contains(&first) {
            let tens = number(at + 1).filter(|tens| (10..=90).contains(tens))?;
            let (mut to, mut year) = (at + 2, first * 100 + tens);
            if tens >= 20 {
                let next = t.past_hyphen(to);
                if let Some(ones) = number(next).filter(|ones| (1..=9).contains(ones)) {
                    (to, year) = (next + 1, year + ones);
                }
            }
            // "twenty thirty-day terms" is no year.
            let counts =
                t.lexeme(t.past_hyphen(to)).is_some_and(|it| it.unit.is_some() || it.scale.is_some());
            return (!counts).then_some((to, year as i32));
        }
        let thousand = first == 2 && t.lexeme(at + 1).is_some_and(|it| it.scale == Some(1000));
        if !thousand || !t.is_before(at, Role::TheYear) {
            return None;
        }
        let next = if t.is(at + 2, Role::And) { at + 3 } else { at + 2 };
        match number(next).filter(|rest| *rest < 100) {
            Some(rest) => Some((next + 1, 2000 + rest as i32)),
            None => Some((at + 2, 2000)),
        }
    }

    /// "BC", "B.C." or "BCE" here: the place after it. "AD" counts as nothing.
    fn bc(&self, at: usize) -> Option<usize> {
        let t = self.t;
        if t.is(at, Role::Bc) && t.all[at].capital {
            return Some(at + 1);
        }
        let dotted =
            t.form(at) == "B" && t.glued_mark(at + 1, b'.') && t.form(at + 2) == "C" && t.glued(at + 2);
        dotted.then(|| t.past_dot(at + 3))
    }

    /// True for the left end of "499-449 BC" and "264 to 241 BC".
    fn bc_follows(&self, at: usize) -> bool {
        let t = self.t;
        let joint = t.mark(at + 1, b'-')
            || t.is(at + 1, Role::To)
            || t.is(at + 1, Role::And)
            || t.is(at + 1, Role::Or);
        joint && t.is_number(at + 2) && self.bc(at + 3).is_some()
    }

    /// The second year of "1939-45".
    fn end_of_range(&self, at: usize) -> Option<(usize, YearPart)> {
        let t = self.t;
        let joined = at >= 2 && t.mark(at - 1, b'-') && t.is_number(at - 2) && t.all[at - 2].digits == 4;
        if !joined
            || !t.glued(at)
            || !t.glued(at - 1)
            || !self.is_year(at - 2)
            || t.glued(at + 1) && t.mark(at + 1, b'-')
        {
            return None;
        }
        let first = t.all[at - 2].number as i32;
        let year = first / 100 * 100 + t.all[at].number as i32;
        (year > first).then_some((at + 1, YearPart::Year(year)))
    }

    /// The number and the place after an ordinal word: "twentieth", "twenty-first".
    pub(super) fn small_ordinal(&self, at: usize) -> Option<(usize, i32)> {
        let t = self.t;
        let token = t.get(at)?;
        if token.kind == Kind::Number {
            return (token.suffix == Suffix::Ordinal).then_some((at + 1, token.number as i32));
        }
        let lexeme = t.lexeme(at)?;
        if let Some(ordinal) = lexeme.ordinal {
            return Some((at + 1, i32::from(ordinal)));
        }
        let tens = lexeme.number.filter(|tens| (20..=90).contains(tens) && tens % 10 == 0)?;
        let next = t.past_hyphen(at + 1);
        let ones = t.lexeme(next).and_then(|it| it.ordinal).filter(|ones| *ones < 10)?;
        Some((next + 1, tens as i32 + i32::from(ones)))
    }

    fn century(&self, at: usize, number: i32) -> Option<(usize, YearPart)> {
        let next = self.t.past_hyphen(at + 1);
        let unit = self.t.lexeme(next).filter(|it| !it.plural)?.unit?;
        (unit == Unit::Century && (1..=30).contains(&number)).then_some((next + 1, YearPart::Century(number)))
    }

    /// True if a number of four digits is a year and counts nothing.
    pub(in crate::times) fn is_year(&self, at: usize) -> bool {
        let t = self.t;
        let Some(token) = t.get(at) else { return false };
        if token.digits != 4 || token.suffix != Suffix::None || !(1000..=2100).contains(&token.number) {
            return false;
        }
        let before = at.checked_sub(1);
        let mark_before = before.and_then(|before| t.get(before)).map(|it| it.kind);
        let code = token.glued
            && matches!(
                mark_before,
                Some(Kind::Mark(b'$' | b'#' | b'.' | b'/' | b':' | b'_' | b'=' | b'@' | 0) | Kind::Word)
            );
        let hyphen = token.glued && mark_before == Some(Kind::Mark(b'-'));
        let joined_word = hyphen && at >= 2 && t.all[at - 2].kind == Kind::Word && t.glued(at - 1);
        let affix = at >= 2
            && [Role::Mid, Role::Post, Role::Pre, Role::Early, Role::Late]
                .iter()
                .any(|role| t.is(at - 2, *role));
        let month_before = at >= 2 && t.lexeme(at - 2).is_some_and(|it| it.month.is_some());
        if code || joined_word && !affix && !month_before {
            return false;
        }
        // 1998.5, 1998:30, 1998%
        let next_glued = t.glued(at + 1);
        let next = t.get(at + 1).map(|it| it.kind);
        if next_glued && matches!(next, Some(Kind::Mark(b'%' | b'/' | b'@') | Kind::Word)) {
            return false;
        }
        if next_glued
            && matches!(next, Some(Kind::Mark(b'.' | b':')))
            && t.is_number(at + 2)
            && t.glued(at + 2)
        {
            return false;
        }
        let unit = t.lexeme(at + 1).is_some_and(|it| it.unit.is_some() && it.plural);
        if t.is(at + 1, Role::Money) || unit && !t.is_before(at, Role::Fiscal) || t.mark(at + 1, b'%') {
            return false;
        }
        let lead = before.is_some_and(|before| {
            let roles = [
                Role::In,
                Role::Of,
                Role::Since,
                Role::By,
                Role::From,
                Role::To,
                Role::Until,
                Role::During,
                Role::Through,
                Role::Between,
                Role::Early,
                Role::Late,
                Role::Article,
                Role::After,
                Role::Before,
                Role::Fiscal,
                Role::On,
                Role::This,
                Role::Possessive,
                Role::TheYear,
                Role::Mid,
                Role::For,
                Role::And,
                Role::Or,
            ];
            roles.iter().any(|role| t.is(before, *role))
                || t.lexeme(before).is_some_and(|it| it.month.is_some() || it.season.is_some())
        });
        if lead {
            let weak = [Role::To, Role::And, Role::Or, Role::From, Role::For, Role::By]
                .iter()
                .any(|role| t.is_before(at, *role));
            return !(weak && self.counts_things(at + 1));
        }
        token.number >= 1500 && !self.counts_things(at + 1) && !t.is_before(at, Role::At)
    }

    /// True if the word looks like a counted plural: "2000 rebels".
    fn counts_things(&self, at: usize) -> bool {
        let t = self.t;
        let Some(token) = t.get(at) else { return false };
        let form = t.form(at);
        token.kind == Kind::Word
            && !token.capital
            && token.lexeme.is_none()
            && form.len() > 3
            && form.ends_with('s')
            && !form.ends_with("ss")
    }

    /// "the third quarter of 1998", "Q3 2022", "third-quarter", "the first half of the year".
    pub(super) fn quarter(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let mut from = at;
        if t.is(from, Role::Article) {
            from += 1;
        }
        // "the 1988 third quarter"
        let leading_year =
            self.year_in_date(from).filter(|(_, year, bc)| matches!(year, YearPart::Year(_)) && !bc);
        let mut year = None;
        if let Some((after, value, _)) = leading_year {
            (from, year) = (after, Some(value));
        }
        if t.is(from, Role::Fiscal) {
            from = t.past_hyphen(from + 1);
        }
        let (mut to, mut calendar) = self.quarter_name(from)?;
        if year.is_none() {
            let next = if t.is(to, Role::Of) || t.mark(to, b',') || t.is(to, Role::In) { to + 1 } else { to };
            let after_fiscal = if t.is(next, Role::Fiscal) { next + 1 } else { next };
            if let Some((after, value, false)) = self.year_in_date(after_fiscal) {
                (to, year) = (after, Some(value));
            } else if (t.is(to, Role::Of) || calendar.quarter.is_some())
                && let Some(outer) = self.placed_year(next)
            {
                to = outer.to;
                calendar.outer = Some(Box::new(outer.meaning));
            }
        }
        // "the first half" needs its year; "the third quarter" does not.
        if calendar.half.is_some() && year.is_none() && calendar.outer.is_none() {
            return None;
        }
        calendar.year = year;
        // "the third-quarter loss": the article belongs to the noun.
        let adjective = (from..to).any(|it| t.glued_mark(it, b'-'));
        (from == at || !adjective || year.is_some()).then(|| Found::calendar(to, calendar))
    }

    fn quarter_name(&self, at: usize) -> Option<(usize, Calendar)> {
        let t = self.t;
        let form = t.form(at);
        if matches!(form, "Q" | "q" | "H")
            && t.is_number(at + 1)
            && t.glued(at + 1)
            && t.all[at + 1].digits == 1
        {
            let number = t.all[at + 1].number as u8;
            return match (form, number) {
                ("H", 1 | 2) => Some((at + 2, Calendar { half: Some(number), ..Calendar::default() })),
                ("Q" | "q", 1..=4) => {
                    Some((at + 2, Calendar { quarter: Some(number), ..Calendar::default() }))
                }
                _ => None,
            };
        }
        let latter = t.is(at, Role::Latter) || t.is(at, Role::Last);
        let (after, number) = match self.small_ordinal(at) {
            Some(found) => found,
            None if latter => (at + 1, -1),
            None => return None,
        };
        let noun = t.past_hyphen(after);
        let unit = t.lexeme(noun).filter(|it| !it.plural).and_then(|it| it.unit);
        if unit == Some(Unit::Quarter) && (1..=4).contains(&number) {
            return Some((noun + 1, Calendar { quarter: Some(number as u8), ..Calendar::default() }));
        }
        let half = t.is(noun, Role::Half) && (number == -1 || matches!(number, 1 | 2));
        let number = if number == -1 { 2 } else { number };
        half.then(|| (noun + 1, Calendar { half: Some(number as u8), ..Calendar::default() }))
    }

    /// "last year", "that year", "the year" as the whole around a part.
    pub(super) fn placed_year(&self, at: usize) -> Option<Found> {
        let found = self.relative(at)?;
        let Meaning::Calendar(calendar) = &found.meaning else { return None };
        let year =
            calendar.grain == Some(Unit::Year) && calendar.outer.is_none() && calendar.is_year_or_longer();
        year.then_some(found)
    }
}
