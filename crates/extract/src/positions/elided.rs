//! Answers without an object: "Khartoum refused", "the minister agreed". They are positions only where the text tells
//! what was put.

use super::holders::{may_hold, party, same_party};
use crate::{Circumstances, Reading, Said, status};
use demarche_language::{EntityKind, WordId};
use demarche_record::{Body, EventType, Plover, Position, Record, Stance, Status, Voice};
use demarche_text::Span;

const RULE: &str = "position.elided";

/// Clauses and objects that say what is refused or accepted.
const GOVERNED: &[&str] = &["obj", "iobj", "xcomp", "ccomp"];

/// True for such an answer as long as nothing is known that it answers.
pub(super) fn is_open(record: &Record) -> bool {
    is_elided(record) && matches!(&record.body, Body::Position(it) if it.answers.is_none())
}

/// True for an answer without an object.
pub(super) fn is_elided(record: &Record) -> bool {
    record.made_by.rule == RULE
}

/// A bare verb of refusing or agreeing, to be kept if something is found that it answers.
pub(super) fn elided(reading: &Reading<'_>, said: &[Said], trigger: WordId) -> Option<Record> {
    let stance = match reading.lemma(trigger) {
        "refuse" | "decline" | "demur" => Stance::Refusal,
        "agree" | "accept" | "consent" | "comply" | "oblige" | "relent" => Stance::Acceptance,
        _ => return None,
    };
    if !reading.is_verb(trigger) || reading.is_passive(trigger) || governs(reading, trigger) {
        return None;
    }
    let subject = reading.subject(trigger).filter(|head| *head < trigger && may_hold(reading, *head))?;
    let stance = match (status(reading, trigger), stance) {
        (Status::Occurred | Status::Ongoing, stance) => stance,
        (Status::Denied, Stance::Acceptance) if !is_several(reading, subject) => Stance::Refusal,
        _ => return None,
    };
    let around = reading.circumstances(trigger, said);
    if matches!(around.voice, Voice::Furniture | Voice::Caption | Voice::Opinion) {
        return None;
    }
    let holder = Some(party(reading, subject));
    let mut attribution = around.attribution.clone();
    attribution.retain(|link| !same_party(link, &holder));
    let around = Circumstances { attribution, ..around };
    let (evidence, content) = words(reading, trigger, subject);
    let kind = if stance == Stance::Refusal { EventType::Reject } else { EventType::Agree };
    let plover = Some(Plover { kind, mode: None, contexts: Vec::new() });
    let content = reading.words(content);
    let body = Body::Position(Position { holder, stance, addressee: None, content, answers: None });
    Some(reading.record("positions", RULE, evidence, around, Some(Status::Occurred), 0.6, plover, body))
}

/// True if the verb says what it refuses or accepts, or with whom or on what somebody agrees.
fn governs(reading: &Reading<'_>, trigger: WordId) -> bool {
    let said = GOVERNED.iter().any(|relation| reading.child(trigger, relation).is_some());
    let behind = reading.behind(trigger, &["on", "upon", "to", "with", "about", "for", "over"]);
    said || !reading.particles(trigger).is_empty() || behind.into_iter().any(|head| !reading.is_time(head))
}

/// The clause, and of it what follows the subject, without what is coordinated or tells who says so.
fn words(reading: &Reading<'_>, trigger: WordId, subject: WordId) -> (Span, Span) {
    let whole = reading.clause(trigger);
    let text = &reading.analysis.document.text;
    let after = reading.analysis.children(trigger).iter().copied().filter(|child| *child > trigger);
    let beside = after.filter(|child| matches!(reading.word(*child).relation(), "conj" | "cc" | "parataxis"));
    let end = beside.map(|child| reading.clause(child).start()).min().unwrap_or(whole.end());
    let end = end.max(reading.word(trigger).span.end());
    let marks: &[char] = &[',', ';', ':', '.', ' ', '\n', '–', '-', '—'];
    let cut = |start: usize, end: usize| {
        let inside = text.as_str()[start..end].trim_end_matches(marks);
        // "…, but": the conjunction belongs to what follows.
        let inside = ["and", "but", "or", "while"]
            .iter()
            .find_map(|word| inside.strip_suffix(word).filter(|left| left.ends_with([' ', ','])))
            .unwrap_or(inside)
            .trim_end_matches(marks);
        text.span(start, start + inside.len())
    };
    let before = reading.analysis.children(trigger).iter().copied().filter(|child| {
        *child < trigger && *child > subject && matches!(reading.word(*child).relation(), "aux" | "advmod")
    });
    let first = before.min().unwrap_or(trigger);
    let start = reading.word(first).span.start();
    let content = cut(start, end).unwrap_or(reading.word(trigger).span);
    let evidence = cut(whole.start().min(start), end).unwrap_or(whole);
    (evidence, content)
}

/// True if nobody is answered by "did not agree": of several, or on something, it says that no agreement was reached.
pub(super) fn is_mutual(
    reading: &Reading<'_>,
    trigger: WordId,
    content: WordId,
    holder: Option<WordId>,
) -> bool {
    reading.lemma(trigger) == "agree"
        && (reading.preposition(content) == Some("on")
            || holder.is_some_and(|holder| is_several(reading, holder)))
}

/// "Lima and Quito", "the two sides".
fn is_several(reading: &Reading<'_>, head: WordId) -> bool {
    let entity = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .map(|id| reading.analysis.entity(id));
    reading.conjuncts(head).len() > 1 || entity.is_some_and(|entity| entity.kind == EntityKind::Several)
}
