//! Stretches between marks that no verb governs: terms, predicates, cries, signed words, words behind a colon.

use super::draft::{Draft, Speaker, top_quoted};
use super::marks::{bare, outside};
use super::verbs;
use crate::{Reading, cue_of};
use demarche_language::{EntityKind, Quoted, Upos, WordId};
use demarche_pack::cues::Speech;
use demarche_record::How;
use demarche_text::Span;

/// "used the word “war”": a term in marks is said by the subject of the verb that has it for its object. Makes the draft.
pub(super) fn coined(reading: &Reading<'_>, drafts: &mut Vec<Draft>, quoted: &Quoted) -> bool {
    let words = reading.analysis.words_in(quoted.outer);
    let Some(noun) = words.start.checked_sub(1).map(WordId) else { return false };
    let verb = reading
        .word(noun)
        .head
        .filter(|verb| reading.is_verb(*verb) && reading.pack.cues.is_term(reading.lemma(noun)))
        .filter(|_| matches!(reading.word(noun).relation(), "obj" | "nsubj"))
        .filter(|verb| top_quoted(reading, reading.word(*verb).span.start()).is_none());
    let Some(verb) = verb else { return false };
    let mut draft = bare(quoted, Speaker::Nobody, How::Said);
    draft.cue = Some(verb);
    draft.rule = "cue.term".to_owned();
    verbs::fill(reading, verb, &mut draft);
    outside(reading, &mut draft);
    let speaks = match draft.speaker {
        Speaker::Word(head) => reading.can_act(head),
        Speaker::Carried(_) | Speaker::Nobody => false,
    };
    if speaks {
        drafts.push(draft);
    }
    speaks
}

/// "The two sides: “agreed to go on”": the clause of a predicate in marks whose subject stands right before them.
pub(super) fn predicate(reading: &Reading<'_>, quoted: &Quoted) -> Option<Span> {
    let words = reading.analysis.words_in(quoted.inner);
    let verb = reading.analysis.ids(&words).find(|word| reading.is_verb(*word))?;
    let finite = reading.word(verb).feature("VerbForm") == Some("Fin") && words.start == verb.0;
    let subject = reading.child(verb, "nsubj").filter(|_| finite)?;
    let phrase = reading.phrase(subject);
    (phrase.end() <= quoted.outer.start()).then(|| phrase.cover(quoted.outer))
}

/// "“Words.” — Name": the name behind a dash signs what stands in marks.
pub(super) fn signer(reading: &Reading<'_>, quoted: &Quoted) -> Option<WordId> {
    let text = reading.analysis.document.text.as_str();
    let rest = &text[quoted.outer.end()..];
    let dash = rest.trim_start().chars().next().filter(|c| matches!(c, '―' | '—' | '–' | '-'))?;
    let from = quoted.outer.end() + rest.find(dash)? + dash.len_utf8();
    let name = reading
        .analysis
        .names
        .iter()
        .find(|name| reading.word(WordId(name.words.start)).span.start() >= from)?;
    let gap = text.get(from..reading.word(WordId(name.words.start)).span.start())?;
    let person = name.kind == demarche_language::NameKind::Person;
    (person && gap.trim_matches(|c: char| c.is_whitespace() || c == dash).is_empty())
        .then_some(WordId(name.words.start))
}

/// The verb in "chanted “Death to the king”": two words or more right behind a verb of speech.
pub(super) fn cried(reading: &Reading<'_>, quoted: &Quoted) -> Option<WordId> {
    let words = reading.analysis.words_in(quoted.outer);
    let solid = reading.analysis.ids(&words).filter(|word| reading.word(*word).upos != Upos::Punct).count();
    words.start.checked_sub(1).map(WordId).filter(|verb| {
        solid >= 2
            && reading.is_verb(*verb)
            && cue_of(reading, *verb).is_some_and(|cue| cue.speech == Speech::Said && cue.reading == "assert")
            && reading.child(*verb, "nsubj").is_some()
    })
}

/// "The colonel disagreed: “…”": before a colon and marks any predicate with somebody for its subject introduces speech.
pub(super) fn leading_verb(reading: &Reading<'_>, before: &[WordId]) -> Option<WordId> {
    let colon =
        before.iter().rev().find(|word| !matches!(reading.analysis.form(**word), "“" | "\"" | "‘" | "«"))?;
    let root = before.iter().copied().find(|word| {
        let relation = reading.word(*word).relation();
        reading.is_verb(*word)
            && (relation == "root" || before.iter().all(|it| Some(*it) != reading.word(*word).head))
    })?;
    let person = reading.child(root, "nsubj").is_some_and(|subject| {
        let entity = reading.mention(subject).and_then(|id| reading.analysis.mention(id).entity);
        entity.is_some_and(|id| reading.analysis.entity(id).kind == EntityKind::Person)
    });
    (reading.analysis.form(*colon) == ":" && person).then_some(root)
}
