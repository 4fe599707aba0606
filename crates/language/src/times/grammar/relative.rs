//! Reads times placed by a word: "last week", "this year's third quarter", "the next day", "the past two months".

use super::{Found, Grammar};
use crate::times::meaning::{Amount, Calendar, Frame, Length, Meaning, Origin};
use demarche_pack::times::{Role, Unit, Vague};

impl Grammar<'_, '_> {
    /// The longest time that begins here and is placed by a word.
    pub(super) fn relative(&self, at: usize) -> Option<Found> {
        let placed = self.placed(at).map(|found| self.part_of_placed(found));
        let other = super::longest(self.around_event(at), self.year_earlier(at));
        super::longest(placed, super::longest(other, self.week_of(at)))
    }

    /// The frame word or words: place after them, frame, and true if "the" came first.
    fn frame(&self, at: usize) -> Option<(usize, Frame, bool)> {
        let t = self.t;
        let article = t.is(at, Role::Article);
        let mut word = if article { at + 1 } else { at };
        let frame = match () {
            () if t.is(word, Role::This) => Frame::This,
            () if t.is(word, Role::That) => Frame::That,
            () if t.is(word, Role::Same) && t.form(word) != "very" => Frame::Same,
            () if t.is(word, Role::Last) || t.is(word, Role::Past) => Frame::Last,
            () if t.is(word, Role::Previous) => Frame::Previous,
            () if article && t.is(word, Role::Next) => Frame::Following,
            () if t.is(word, Role::Next) || t.is(word, Role::Coming) => Frame::Next,
            () if t.is(word, Role::Following) => Frame::Following,
            () if t.is(word, Role::Current) => Frame::This,
            () if t.is(word, Role::Latest) => Frame::Latest,
            () if article => return Some((word, Frame::The, true)),
            () => return None,
        };
        word += 1;
        // "this past spring", "that same day", "this coming Sunday", "this very day".
        let refined = match frame {
            Frame::This if t.is(word, Role::Past) || t.is(word, Role::Last) => Some(Frame::Last),
            Frame::This if t.is(word, Role::Coming) || t.is(word, Role::Next) => Some(Frame::Next),
            Frame::That | Frame::This if t.is(word, Role::Same) => Some(Frame::Same),
            _ => None,
        };
        match refined {
            Some(frame) => Some((word + 1, frame, article)),
            None => Some((word, frame, article)),
        }
    }

    fn placed(&self, at: usize) -> Option<Found> {
        let t = self.t;
        if t.is(at, Role::Recent) || t.is(at, Role::Article) && t.is(at + 1, Role::Recent) {
            let noun = if t.is(at, Role::Recent) { at + 1 } else { at + 2 };
            // "in recent days" says when, not how long.
            let (to, _) =
                self.bare_length(noun, false).filter(|(_, length)| length.amount == Amount::Vague)?;
            return Some(Found::new(to, Meaning::Vague(Vague::Past)));
        }
        let (mut noun, frame, article) = self.frame(at)?;
        let past = t.is_before(noun, Role::Past);
        if t.is(noun, Role::Fiscal) {
            noun = t.past_hyphen(noun + 1);
        }
        if frame == Frame::Same && !article && !t.is(at, Role::That) && !t.is(at, Role::This) {
            return None;
        }
        if t.is(noun, Role::Calendar) && t.lexeme(noun + 1).is_some_and(|it| it.unit.is_some()) {
            noun += 1;
        }
        // "the past two months", "the next few days", "the four previous weeks".
        if frame != Frame::The && !matches!(frame, Frame::That | Frame::Same) {
            let counted = self.bare_length(noun, false).filter(|_| !t.is(noun, Role::Indefinite));
            if let Some((to, length)) =
                counted.filter(|_| !(frame == Frame::This && t.is(at, Role::This) && t.form(at).len() == 4))
            {
                if t.form(at).eq_ignore_ascii_case("these") {
                    return None;
                }
                let fits = !matches!(length.amount, Amount::Exact(1, false))
                    || t.is_number(noun)
                    || t.form(noun) == "one";
                let length = Length { frame, ..length };
                return fits.then(|| Found::new(to, Meaning::Length(length)));
            }
        }
        self.placed_noun(at, noun, frame, past)
    }

    fn placed_noun(&self, at: usize, noun: usize, frame: Frame, past: bool) -> Option<Found> {
        let t = self.t;
        let lexeme = t.lexeme(noun).filter(|it| !it.plural)?;
        let base = Calendar { frame, ..Calendar::default() };
        if let Some(unit) = lexeme.unit {
            return self.placed_unit(at, noun, unit, frame, past);
        }
        if frame == Frame::The {
            return None;
        }
        // "this May", "last Monday", "next spring", "last Thanksgiving".
        if lexeme.weekday.is_some() || lexeme.month.is_some() {
            let inner = self.calendar(noun)?;
            if let Meaning::Calendar(calendar) = &inner.meaning
                && calendar.outer.is_none()
                && (lexeme.month.is_none() || t.all[noun].capital)
            {
                // "that May Day", "this March 5": the date decides, the frame gives the direction.
                return Some(Found::calendar(inner.to, Calendar { frame, ..calendar.clone() }));
            }
            let careful_month = lexeme.month.filter(|_| t.all[noun].capital)?;
            return Some(Found::calendar(noun + 1, Calendar { month: Some(careful_month), ..base }));
        }
        if let Some(season) = lexeme.season {
            return Some(Found::calendar(noun + 1, Calendar { season: Some(season), ..base }));
        }
        if let Some(part) = lexeme.part {
            return Some(Found::calendar(noun + 1, Calendar { part: Some(part), ..base }));
        }
        if let Some(found) = self.named(noun)
            && let Meaning::Calendar(calendar) = &found.meaning
        {
            return Some(Found::calendar(found.to, Calendar { frame, ..calendar.clone() }));
        }
        None
    }

    fn placed_unit(&self, at: usize, noun: usize, unit: Unit, frame: Frame, past: bool) -> Option<Found> {
        let t = self.t;
        let long = matches!(
            unit,
            Unit::Day
                | Unit::Weekend
                | Unit::Week
                | Unit::Month
                | Unit::Quarter
                | Unit::Year
                | Unit::Decade
                | Unit::Century
        );
        // "the next-day delivery" and "the year-earlier period" are read elsewhere.
        let bound = t.glued_mark(noun + 1, b'-') && t.glued(noun + 2);
        if bound
            || t.all[noun].capital && !t.all[at].capital
            || t.all[noun].capital && noun > at && t.all[noun - 1].capital
        {
            return None;
        }
        if matches!(unit, Unit::Hour | Unit::Minute)
            && matches!(frame, Frame::Last | Frame::Next | Frame::Following)
        {
            let length = Length { amount: Amount::Exact(1, false), unit, or_unit: None, frame };
            return Some(Found::new(noun + 1, Meaning::Length(length)));
        }
        if !long {
            return None;
        }
        if frame == Frame::The && !self.stands_for_time(noun, unit) {
            return None;
        }
        // "the past year" is a length that ends now; "last year" is the calendar year.
        if past
            && !t.is(at, Role::This)
            && matches!(
                unit,
                Unit::Day
                    | Unit::Week
                    | Unit::Month
                    | Unit::Year
                    | Unit::Decade
                    | Unit::Quarter
                    | Unit::Century
            )
        {
            let length = Length { amount: Amount::Exact(1, false), unit, or_unit: None, frame };
            return Some(Found::new(noun + 1, Meaning::Length(length)));
        }
        let calendar = Calendar { grain: Some(unit), frame, ..Calendar::default() };
        Some(Found::calendar(noun + 1, calendar))
    }

    /// True if "the week", "the quarter" speaks of a time of its own and not of an event: "the day the war began".
    fn stands_for_time(&self, noun: usize, unit: Unit) -> bool {
        let t = self.t;
        let led = |role: Role| noun >= 2 && t.is(noun - 2, role);
        match unit {
            Unit::Weekend | Unit::Quarter => true,
            Unit::Year | Unit::Month | Unit::Week => {
                let bound = [Role::Of, Role::Before, Role::After].iter().any(|role| t.is(noun + 1, *role));
                let placed = [Role::In, Role::Of, Role::For, Role::During].iter().any(|role| led(*role));
                !bound && (placed || self.ends_clause(noun + 1))
            }
            // "earlier in the day"
            Unit::Day => {
                let ordered = [Role::Earlier, Role::Later, Role::Early, Role::Late];
                led(Role::In)
                    && noun >= 3
                    && ordered.iter().any(|role| t.is(noun - 3, *role))
                    && !t.is(noun + 1, Role::Of)
            }
            Unit::Decade | Unit::Century => led(Role::Of) || led(Role::In),
            _ => false,
        }
    }

    /// "this year's third quarter", "last year's quarter", "next year's summer".
    fn part_of_placed(&self, found: Found) -> Found {
        let t = self.t;
        let Meaning::Calendar(outer) = &found.meaning else { return found };
        if outer.grain.is_none() || !t.glued_mark(found.to, b'\'') || t.form(found.to + 1) != "s" {
            return found;
        }
        let noun = found.to + 2;
        let inner = super::longest(self.quarter_alone(noun), self.calendar(noun).filter(|it| matches!(&it.meaning, Meaning::Calendar(inner) if inner.season.is_some() || inner.month.is_some())));
        match inner {
            Some(Found { to, meaning: Meaning::Calendar(inner), .. })
                if inner.outer.is_none() && inner.year.is_none() =>
            {
                Found::calendar(to, Calendar { outer: Some(Box::new(found.meaning.clone())), ..inner })
            }
            _ => found,
        }
    }

    fn quarter_alone(&self, at: usize) -> Option<Found> {
        self.quarter(at)
            .filter(|it| matches!(&it.meaning, Meaning::Calendar(inner) if inner.quarter.is_some()))
    }

    /// "the day before", "the year after", "a day after" at the end of a clause; "the weeks ahead".
    fn around_event(&self, at: usize) -> Option<Found> {
        let t = self.t;
        if !t.is(at, Role::Article) {
            return None;
        }
        let lexeme = t.lexeme(at + 1)?;
        let unit = lexeme.unit.filter(|unit| *unit != Unit::Moment)?;
        let word = at + 2;
        if lexeme.plural && t.form(word) == "ahead" {
            let length = Length { amount: Amount::Vague, unit, or_unit: None, frame: Frame::Next };
            return Some(Found::new(word + 1, Meaning::Length(length)));
        }
        let ahead = t.is(word, Role::After) || t.is(word, Role::Following);
        if lexeme.plural || !ahead && !t.is(word, Role::Before) || !self.ends_clause(word + 1) {
            return None;
        }
        let length = Length { amount: Amount::Exact(1, false), unit, or_unit: None, frame: Frame::Bare };
        Some(Found::new(word + 1, Meaning::Shift { length, ahead, origin: Origin::Told }))
    }

    /// "year-earlier", "the year-ago quarter", "the year-earlier period".
    fn year_earlier(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let noun = if t.is(at, Role::Article) { at + 1 } else { at };
        let unit = t.lexeme(noun).filter(|it| !it.plural && it.unit == Some(Unit::Year))?.unit?;
        let word = t.past_hyphen(noun + 1);
        if word == noun + 1 || !(t.is(word, Role::Earlier) || t.is(word, Role::Ago)) {
            return None;
        }
        let length = Length { amount: Amount::Exact(1, false), unit, or_unit: None, frame: Frame::Bare };
        let mut to = word + 1;
        let ordinal = t.lexeme(to).is_some_and(|it| it.ordinal.is_some());
        let after = if ordinal { to + 1 } else { to };
        let quarter = t.lexeme(after).is_some_and(|it| it.unit == Some(Unit::Quarter) && !it.plural);
        if quarter || !ordinal && t.is(after, Role::Period) {
            to = after + 1;
        }
        let bare_adjective = to == word + 1 && noun > at;
        (!bare_adjective)
            .then(|| Found::new(to, Meaning::Shift { length, ahead: false, origin: Origin::Told }))
    }

    /// "the week of March 6".
    fn week_of(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let noun = if t.is(at, Role::Article) { at + 1 } else { at };
        if t.lexeme(noun)?.unit != Some(Unit::Week) || !t.is(noun + 1, Role::Of) {
            return None;
        }
        let inner = self.calendar(noun + 2)?;
        let Meaning::Calendar(calendar) = &inner.meaning else { return None };
        let day = calendar.day.is_some() && calendar.month.is_some();
        day.then(|| Found::calendar(inner.to, Calendar { grain: Some(Unit::Week), ..calendar.clone() }))
    }
}
