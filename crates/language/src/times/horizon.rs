//! Gives lengths that begin at the day of writing their interval: "within days or weeks", "in the coming months".

use super::meaning::{Amount, Expression, Frame, Length, Meaning};
use super::scan::Tokens;
use super::tense::{Direction, direction};
use demarche_pack::times::{Role, Unit};
use demarche_record::{Day, Edtf};

/// The interval that the expression opens, if it looks ahead from the day of writing.
pub(super) fn of(tokens: &Tokens<'_>, expression: &Expression, written: Option<Day>) -> Option<Edtf> {
    let Meaning::Length(length) = &expression.meaning else { return None };
    let at = expression.from;
    let led = tokens.is_before(at, Role::Within) || at > 1 && tokens.is(at - 2, Role::Within);
    let ahead = tokens.is_before(at, Role::In) && direction(tokens, at, expression.to) == Direction::Future;
    if !(led || ahead || matches!(length.frame, Frame::Next | Frame::Following)) {
        return None;
    }
    let first = written?;
    let last = first.plus(longest_days(length)?);
    let vague = length.amount == Amount::Vague || length.or_unit.is_some();
    Some(Edtf(format!("{first}/{last}{}", if vague { "~" } else { "" })))
}

/// The most days that a length takes. Bare plurals stop where the next larger unit would be said.
fn longest_days(length: &Length) -> Option<i32> {
    let unit = length.or_unit.unwrap_or(length.unit);
    let (days, most) = match unit {
        Unit::Second | Unit::Minute => (0, 0),
        Unit::Hour => (0, 1),
        Unit::Day | Unit::Weekend => (1, 10),
        Unit::Week => (7, 8),
        Unit::Fortnight => (14, 4),
        Unit::Month => (31, 12),
        Unit::Quarter => (92, 4),
        Unit::Year => (366, 10),
        Unit::Decade => (3653, 10),
        Unit::Century | Unit::Millennium | Unit::Moment => return None,
    };
    let amount = match length.amount {
        Amount::Vague => most,
        Amount::Exact(number, half) => i32::try_from(number).ok()?.saturating_add(i32::from(half)),
        Amount::Tenths(number, _) => i32::try_from(number).ok()?.saturating_add(1),
    };
    if unit == Unit::Hour {
        return Some((amount + 23) / 24);
    }
    Some(i32::checked_mul(days, amount)?.min(40_000))
}
