//! Tells from the verbs around a time whether it lies ahead or behind.

use super::scan::{Kind, Tokens};
use demarche_pack::times::Role;

/// Where the clause of a time places it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Behind the time of writing, by a verb right before it.
    ClearlyPast,
    /// Behind the time of writing.
    Past,
    /// Ahead of it.
    Future,
    /// The verbs do not say.
    Unknown,
}

impl Direction {
    pub(super) fn is_past(self) -> bool {
        matches!(self, Self::ClearlyPast | Self::Past)
    }
}

/// Tokens around a time in which its verb is sought.
const REACH: usize = 20;
/// Tokens before a time within which a verb in the past surely governs it: "met on June 3".
const CLOSE: usize = 3;

/// The direction that the words right around the expression settle, whatever the verbs say.
pub(super) fn settled(tokens: &Tokens<'_>, from: usize, to: usize) -> Option<Direction> {
    // "by Friday", "until Jan. 14": a deadline.
    if tokens.is_before(from, Role::By) || tokens.is_before(from, Role::Until) {
        let mut around = before(tokens, from).chain(after(tokens, to));
        let perfect = around.any(|at| tokens.form(at) == "had");
        return Some(if perfect { Direction::Past } else { Direction::Future });
    }
    // "Wednesday's ruling" stands anywhere in a clause about something else.
    let possessive = tokens.glued_mark(to, b'\'') && tokens.form(to + 1) == "s";
    possessive.then_some(Direction::Unknown)
}

/// The tokens of the sentence before the expression, nearest first.
fn before<'t>(tokens: &'t Tokens<'_>, from: usize) -> impl Iterator<Item = usize> + 't {
    (from.saturating_sub(REACH)..from).rev().take_while(|at| !ends_sentence(tokens, *at))
}

/// The tokens of the sentence after the expression.
fn after<'t>(tokens: &'t Tokens<'_>, to: usize) -> impl Iterator<Item = usize> + 't {
    (to..(to + REACH).min(tokens.all.len())).take_while(|at| !ends_sentence(tokens, *at))
}

/// The direction of the expression at tokens `from..to`, by the nearest verb before it, else after it.
pub(super) fn direction(tokens: &Tokens<'_>, from: usize, to: usize) -> Direction {
    if let Some(settled) = settled(tokens, from, to) {
        return settled;
    }
    let found = before(tokens, from).find_map(|at| Some((at, verb(tokens, at, true)?)));
    let found = found.map(|(at, direction)| match direction {
        Direction::Past if from - at <= CLOSE => Direction::ClearlyPast,
        other => other,
    });
    found.or_else(|| after(tokens, to).find_map(|at| verb(tokens, at, false))).unwrap_or(Direction::Unknown)
}

/// What one verb says; `before` if it stands before the time.
fn verb(tokens: &Tokens<'_>, at: usize, before: bool) -> Option<Direction> {
    let token = tokens.all[at];
    if token.kind != Kind::Word || token.capital {
        return None;
    }
    let leads = [Role::To, Role::For];
    if tokens.is(at, Role::ForwardVerb) && before && leads.iter().any(|role| tokens.is(at + 1, *role)) {
        return Some(Direction::Future);
    }
    // "planned a rally on Saturday" looks ahead; "on Saturday the group planned a rally" does not.
    if tokens.is(at, Role::FutureVerb) && (before || !tokens.form(at).ends_with("ed")) {
        return Some(Direction::Future);
    }
    // "were to resume on Friday"
    if matches!(tokens.form(at), "was" | "were") && tokens.is(at + 1, Role::To) {
        return Some(Direction::Future);
    }
    if tokens.is(at, Role::PastVerb) && !(at > 0 && tokens.form(at - 1) == "be") {
        return Some(Direction::Past);
    }
    let form = tokens.form(at);
    if tokens.is(at, Role::PresentVerb) {
        let next = tokens.form(at + 1);
        // "is meeting on Friday", "are to meet in May": ahead; "has met", "have been": behind.
        if matches!(form, "has" | "have") {
            return Some(if tokens.is(at + 1, Role::To) { Direction::Future } else { Direction::Past });
        }
        return (next.ends_with("ing") || tokens.is(at + 1, Role::To)).then_some(Direction::Future);
    }
    // "is expected to be completed in January": what is to be done lies ahead.
    if form == "be" && at > 0 && tokens.is(at - 1, Role::To) {
        return Some(Direction::Future);
    }
    let infinitive = at > 0 && tokens.form(at - 1) == "be";
    (!infinitive
        && form.len() > 3
        && form.ends_with("ed")
        && !(tokens.is(at, Role::ForwardVerb) && !before && tokens.is(at + 1, Role::To)))
    .then_some(Direction::Past)
}

/// True if a sentence ends with this token.
pub(super) fn ends_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.all[at].kind {
        Kind::Break | Kind::Mark(b'!' | b'?') => true,
        Kind::Mark(b'.') => {
            let next = tokens.get(at + 1);
            let before = if at > 0 { tokens.form(at - 1) } else { "" };
            let abbreviation = before.len() <= 3 && before.starts_with(|it: char| it.is_uppercase())
                || tokens.lexeme(at.saturating_sub(1)).is_some_and(|it| it.month.is_some())
                    && before.len() <= 4;
            next.is_none_or(|it| !it.glued && (it.capital || it.kind != Kind::Word)) && !abbreviation
        }
        _ => false,
    }
}
