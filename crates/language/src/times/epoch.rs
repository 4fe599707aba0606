//! Tells the running affair from its earlier phases and from history.

use super::meaning::{Expression, Meaning};
use super::resolve::Reading;
use super::scan::Tokens;
use super::value::Moment;
use demarche_record::{Day, Epoch};

/// Days before the day of writing that still belong to the running affair.
const CURRENT: i32 = 183;
/// Years before the day of writing after which a time is another age.
const HISTORICAL: i32 = 25;
/// Machine-readable news begins about here: whatever lies well before it is history for any text without a date.
pub(crate) const OLDEST_NEWS: i32 = 1985;

/// The epoch of each expression. A time without a date of its own belongs to the age of its paragraph's dates.
pub(super) fn of(
    tokens: &Tokens<'_>,
    all: &[Expression],
    readings: &[Reading],
    written: Option<Day>,
) -> Vec<Epoch> {
    let own: Vec<Option<Epoch>> =
        readings.iter().map(|reading| reading.moment.and_then(|it| of_moment(it, written))).collect();
    all.iter()
        .enumerate()
        .map(|(at, expression)| own[at].unwrap_or_else(|| of_neighbours(tokens, all, &own, at, expression)))
        .collect()
}

fn of_moment(moment: Moment, written: Option<Day>) -> Option<Epoch> {
    let (first, last) = moment.days()?;
    let coarse = first.days_to(last) >= 360;
    let Some(written) = written else {
        // News tells its own days by day and month; a bare year or decade points back.
        return Some(match () {
            () if last.year() < OLDEST_NEWS => Epoch::Historical,
            () if coarse => Epoch::Background,
            () => Epoch::Current,
        });
    };
    let gap = last.days_to(written);
    Some(match () {
        () if first.year() + HISTORICAL < written.year() && gap > 0 => Epoch::Historical,
        () if gap > CURRENT || coarse && gap > 0 => Epoch::Background,
        () => Epoch::Current,
    })
}

/// A length or a vague time near a historical date, with none of the running affair in between, is historical too.
fn of_neighbours(
    tokens: &Tokens<'_>,
    all: &[Expression],
    own: &[Option<Epoch>],
    at: usize,
    expression: &Expression,
) -> Epoch {
    if matches!(expression.meaning, Meaning::Vague(_) | Meaning::Calendar(_)) {
        return Epoch::Current;
    }
    let same = |other: usize| {
        let (low, high) = (all[at.min(other)].to, all[at.max(other)].from);
        (low..high).all(|it| !super::tense::ends_sentence(tokens, it))
    };
    let before = (0..at).rev().take_while(|it| same(*it)).find_map(|it| own[it]);
    let after = (at + 1..all.len()).take_while(|it| same(*it)).find_map(|it| own[it]);
    before.or(after).unwrap_or(Epoch::Current)
}
