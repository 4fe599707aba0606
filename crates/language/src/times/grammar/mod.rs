//! Finds time expressions in tokens: the longest reading at each place, with what it says before any calendar.

mod calendar;
mod clock;
mod length;
mod relative;
mod years;

use super::meaning::{Calendar, Expression, Frame, Length, Meaning};
use super::scan::{Kind, Tokens};
use demarche_pack::times::{Condition, Modifier, PhraseSense, Role, Unit};

/// A reading that begins at a place the caller knows.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// One past its last token.
    pub(super) to: usize,
    pub(super) meaning: Meaning,
    pub(super) modifier: Option<Modifier>,
}

impl Found {
    fn new(to: usize, meaning: Meaning) -> Self {
        Self { to, meaning, modifier: None }
    }

    fn calendar(to: usize, calendar: Calendar) -> Self {
        Self::new(to, Meaning::Calendar(calendar))
    }
}

/// Reads all expressions of a text from left to right, without overlaps.
pub(super) fn read(tokens: &Tokens<'_>, narrative: bool) -> Vec<Expression> {
    let grammar = Grammar { t: tokens, narrative };
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() {
        let token = tokens.all[at];
        let possible = match token.kind {
            Kind::Word => token.lexeme.is_some() || tokens.is_number(at + 1) && tokens.glued(at + 1),
            Kind::Number => true,
            Kind::Mark(mark) => mark == b'\'',
            Kind::Break => false,
        };
        match possible.then(|| grammar.expression(at)).flatten() {
            Some(found) => {
                let further = grammar.further_day(&found);
                let to = found.to;
                all.push(Expression { from: at, to, meaning: found.meaning, modifier: found.modifier });
                at = to.max(at + 1);
                if let Some((from, further)) = further {
                    at = further.to;
                    all.push(Expression { from, to: further.to, meaning: further.meaning, modifier: None });
                }
            }
            None => at += 1,
        }
    }
    complete_ranges(tokens, &mut all);
    all
}

pub(super) struct Grammar<'t, 'a> {
    pub(super) t: &'t Tokens<'a>,
    pub(super) narrative: bool,
}

fn longest(one: Option<Found>, two: Option<Found>) -> Option<Found> {
    match (one, two) {
        (Some(one), Some(two)) => Some(if two.to > one.to { two } else { one }),
        (one, two) => one.or(two),
    }
}

impl Grammar<'_, '_> {
    /// The longest expression that begins here.
    fn expression(&self, at: usize) -> Option<Found> {
        let found = longest(self.simple(at), self.modified(at))?;
        Some(self.with_tail(found))
    }

    fn simple(&self, at: usize) -> Option<Found> {
        let dated = longest(self.calendar(at), self.relative(at));
        let measured = longest(self.length(at), self.set(at));
        longest(longest(dated, measured), self.vague(at))
    }

    /// A modifier and what it modifies: "more than four hours", "early 1998", "the end of the year".
    fn modified(&self, at: usize) -> Option<Found> {
        let phrase =
            self.phrase(at, |sense| if let PhraseSense::Modifier(it) = sense { Some(it) } else { None });
        if let Some((after, modifier)) = phrase
            && let Some(inner) = self.simple(after)
            && modifier_fits(modifier, &inner.meaning)
        {
            return Some(Found { modifier: Some(modifier), ..inner });
        }
        longest(self.part_of(at), self.early_or_late(at))
    }

    /// "the beginning of February", "the end of 1998", "mid-summer", "year's end".
    fn part_of(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let noun = if t.is(at, Role::Article) { at + 1 } else { at };
        if let Some(unit) = t.lexeme(noun).and_then(|it| it.unit).filter(|_| !t.is(noun, Role::Start)) {
            // "year's end", "month-end", "year end".
            let mut end = t.past_hyphen(noun + 1);
            if t.glued_mark(noun + 1, b'\'') && t.form(noun + 2) == "s" {
                end = noun + 3;
            }
            if matches!(unit, Unit::Year | Unit::Month | Unit::Quarter | Unit::Week) && t.is(end, Role::End) {
                let calendar = Calendar { grain: Some(unit), frame: Frame::The, ..Calendar::default() };
                return Some(Found { modifier: Some(Modifier::End), ..Found::calendar(end + 1, calendar) });
            }
            return None;
        }
        let (after, modifier) = self.which_part(noun)?;
        let inner = self.simple(after)?;
        let Meaning::Calendar(calendar) = &inner.meaning else { return None };
        let long = calendar.day.is_none() && calendar.weekday.is_none() && calendar.clock.is_none();
        (long && calendar.day_shift.is_none()).then_some(Found { modifier, ..inner })
    }

    /// The part that a noun with "of" names, and the place after "of".
    fn which_part(&self, noun: usize) -> Option<(usize, Option<Modifier>)> {
        let t = self.t;
        let (after, modifier) = if t.is(noun, Role::Start) {
            (noun + 1, Some(Modifier::Start))
        } else if t.is(noun, Role::Middle) {
            (noun + 1, Some(Modifier::Mid))
        } else if t.is(noun, Role::End) {
            (noun + 1, Some(Modifier::End))
        } else if t.is(noun + 1, Role::Part) && t.form(noun + 1) != "half" {
            match () {
                () if t.is(noun, Role::Early) || t.lexeme(noun)?.ordinal == Some(1) => {
                    (noun + 2, Some(Modifier::Start))
                }
                () if t.is(noun, Role::Late) || t.is(noun, Role::Latter) => (noun + 2, Some(Modifier::End)),
                () => return None,
            }
        } else if t.lexeme(noun + 1).is_some_and(|it| !it.plural && it.unit == Some(Unit::Week)) {
            // "the last week of August"
            match () {
                () if t.lexeme(noun)?.ordinal == Some(1) => (noun + 2, Some(Modifier::Start)),
                () if t.is(noun, Role::Last) => (noun + 2, Some(Modifier::End)),
                () => return None,
            }
        } else {
            return None;
        };
        t.is(after, Role::Of).then_some((after + 1, modifier))
    }

    /// "early 1998", "the late 1970s", "mid-November", "earlier this year", "late in the year", "early on Tuesday".
    fn early_or_late(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let article = t.is(at, Role::Article);
        let word = if article { at + 1 } else { at };
        let comparative = !article && (t.is(word, Role::Earlier) || t.is(word, Role::Later));
        let modifier = if t.is(word, Role::Early) || comparative && t.is(word, Role::Earlier) {
            Modifier::Start
        } else if t.is(word, Role::Mid) {
            Modifier::Mid
        } else if t.is(word, Role::Late) || comparative {
            Modifier::End
        } else if t.is(word, Role::Post) && t.glued_mark(word + 1, b'-') {
            Modifier::After
        } else if t.is(word, Role::Pre) && t.glued_mark(word + 1, b'-') {
            Modifier::Before
        } else {
            return None;
        };
        let mut next = t.past_hyphen(word + 1);
        let joined = t.is(next, Role::In) || t.is(next, Role::On) || t.is(next, Role::Of);
        if joined {
            next += 1;
        }
        let inner = self.simple(next)?;
        let Meaning::Calendar(calendar) = &inner.meaning else { return None };
        let bare_unit = calendar.grain.is_some() && matches!(calendar.frame, Frame::The | Frame::Bare);
        // "earlier 1998" is not said; "earlier this year", "earlier Sunday" are.
        let placed =
            calendar.frame != Frame::Bare || calendar.weekday.is_some() || calendar.day_shift.is_some();
        let fits = if comparative { placed || joined } else { !bare_unit || joined };
        (fits && !(article && t.is(next, Role::Article) && !joined))
            .then_some(Found { modifier: Some(modifier), ..inner })
    }

    /// "or so", "or more" after an amount, "or later" after a year.
    fn with_tail(&self, found: Found) -> Found {
        let t = self.t;
        let length = matches!(found.meaning, Meaning::Length(_) | Meaning::Shift { .. });
        if t.is(found.to, Role::Or) && t.is(found.to + 1, Role::So) && length {
            let mut longer = Found { to: found.to + 2, modifier: Some(Modifier::Approx), ..found };
            if let Meaning::Length(length) = longer.meaning
                && let Some(shift) = self.shift_after(longer.to, length)
            {
                (longer.to, longer.meaning) = shift;
            }
            return longer;
        }
        if t.is(found.to, Role::Or) && t.is(found.to + 1, Role::More) && length {
            return Found { to: found.to + 2, modifier: Some(Modifier::EqualOrMore), ..found };
        }
        found
    }

    /// The phrase that begins here and whose sense `pick` wants: the place after it, and what `pick` made of it.
    fn phrase<T>(&self, at: usize, pick: impl Fn(PhraseSense) -> Option<T>) -> Option<(usize, T)> {
        let lexeme = self.t.lexeme(at)?;
        lexeme.phrases.iter().find_map(|phrase| {
            let picked = pick(phrase.sense)?;
            let before = if at > 0 { self.t.form(at - 1) } else { "" };
            if !phrase.after.is_empty() && !phrase.after.iter().any(|word| word.eq_ignore_ascii_case(before))
            {
                return None;
            }
            let fits = phrase.rest.iter().enumerate().all(|(number, word)| {
                let form = self.t.form(at + 1 + number);
                form.eq_ignore_ascii_case(word) || word == "'" && self.t.mark(at + 1 + number, b'\'')
            });
            fits.then_some((at + 1 + phrase.rest.len(), picked))
        })
    }

    fn vague(&self, at: usize) -> Option<Found> {
        let t = self.t;
        let (after, (vague, condition)) = self.phrase(at, |sense| match sense {
            PhraseSense::Vague(vague, condition) => Some((vague, condition)),
            _ => None,
        })?;
        let next_word = t.get(after).is_some_and(|token| token.kind == Kind::Word);
        // Hyphenated ("once-current"), or part of a name ("the Future Forum").
        let named = t.all[at].capital && t.get(after).is_some_and(|token| token.capital) && after == at + 1;
        let holds = match condition {
            Condition::None => true,
            Condition::Adjective => next_word,
            Condition::Narrative => self.narrative && next_word,
        };
        (holds && !named && !t.glued_mark(after, b'-')).then(|| Found::new(after, Meaning::Vague(vague)))
    }
}

fn modifier_fits(modifier: Modifier, meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Length(Length { amount: super::meaning::Amount::Vague, frame: Frame::The, .. }) => false,
        Meaning::Length(Length { frame, .. }) => {
            matches!(frame, Frame::Bare | Frame::The) || modifier == Modifier::EqualOrMore
        }
        Meaning::Shift { .. } => true,
        Meaning::Calendar(calendar) => {
            let told = calendar.frame == Frame::Bare && calendar.grain.is_none();
            matches!(modifier, Modifier::Approx)
                && told
                && (calendar.has_year() || calendar.month.is_some() || calendar.clock.is_some())
        }
        _ => false,
    }
}

/// Gives the ends of a range what only one of them spells out: "5-6 February 2022", "April and June 1955",
/// "499-449 BC", "July 1 to 3".
fn complete_ranges(tokens: &Tokens<'_>, all: &mut [Expression]) {
    for at in (1..all.len()).rev() {
        let (left, right) = all.split_at_mut(at);
        let (Some(left), Some(right)) = (left.last_mut(), right.first_mut()) else { continue };
        if !is_joint(tokens, left.to, right.from) {
            continue;
        }
        if let (Meaning::Calendar(one), Meaning::Calendar(two)) = (&mut left.meaning, &mut right.meaning) {
            let onward = (left.to..right.from).any(|at| {
                tokens.is(at, Role::To)
                    || tokens.is(at, Role::Through)
                    || tokens.is(at, Role::Until)
                    || tokens.mark(at, b'-')
            });
            // "Thursday to Saturday"
            let bare = |it: &Calendar| {
                it.weekday.is_some() && it.day.is_none() && it.frame == Frame::Bare && it.outer.is_none()
            };
            if onward && bare(one) && bare(two) {
                two.frame = Frame::Following;
            }
            complete(one, two);
        }
    }
}

fn is_joint(tokens: &Tokens<'_>, from: usize, to: usize) -> bool {
    let joins = |at: usize| {
        let roles = [Role::And, Role::Or, Role::To, Role::Through, Role::Until];
        roles.iter().any(|role| tokens.is(at, *role))
            || tokens.mark(at, b'-')
            || tokens.mark(at, b'/')
            || tokens.mark(at, b',')
    };
    to >= from
        && to - from <= 3
        && (from..to).all(|at| joins(at) || tokens.is(at, Role::In) || tokens.is(at, Role::From))
}

fn complete(one: &mut Calendar, two: &mut Calendar) {
    use super::meaning::YearPart;
    let free = |it: &Calendar| {
        it.frame == Frame::Bare && it.outer.is_none() && it.grain.is_none() && it.day_shift.is_none()
    };
    if !free(one) || !free(two) {
        return;
    }
    let in_year = |it: &Calendar| it.month.is_some() || it.season.is_some() || it.quarter.is_some();
    if in_year(one)
        && one.year.is_none()
        && in_year(two)
        && let Some(YearPart::Year(year)) = two.year
    {
        // "December and January 1942": the first month lies in the year before.
        let before = matches!((one.month, two.month), (Some(first), Some(second)) if first > second);
        one.year = Some(YearPart::Year(if before { year - 1 } else { year }));
        one.bc = two.bc;
    }
    if two.bc && !one.bc && one.has_year() {
        one.bc = true;
    }
}
