//! Figures that somebody gives for what was told of before: "the army put the toll at 12", "coalition officials have spoken
//! of no more than 2,500", "the ministry gave a figure of 600".

use super::draft::{Draft, Speaker};
use super::verbs;
use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::cues::CueClass;
use demarche_text::Span;

/// Verbs that put a figure to something: "puts it at 40".
const PLACING: &[&str] = &["put", "estimate", "reckon", "assess", "peg", "count", "place"];
/// Verbs of speech behind whose "of" a figure stands.
const SPEAKING: &[&str] = &["speak", "talk"];
/// Verbs of giving a figure: "gave a figure of 600".
const GIVING: &[&str] = &["give", "cite", "name", "mention", "quote", "offer", "report", "provide"];
/// What a figure is called.
pub(crate) const FIGURES: &[&str] =
    &["figure", "number", "toll", "total", "count", "estimate", "tally", "strength", "size"];
/// Words between a preposition and its number: "of no more than", "at about".
const SOFTENERS: u32 = 5;

/// The saying of which a verb gives a bare figure.
pub(super) fn draft(reading: &Reading<'_>, verb: WordId) -> Option<Draft> {
    let (figure, bare) = given(reading, verb)?;
    let id = if PLACING.contains(&reading.lemma(verb)) { "estimate" } else { "mention" };
    let lemma = if id == "estimate" { "estimate" } else { "mention" };
    let cue = reading.pack.cues.find(CueClass::Verb, lemma, [])?;
    let mut draft = Draft::of(reading, verb, cue);
    verbs::fill(reading, verb, &mut draft);
    // Nobody gives a figure for himself: a verb without somebody who speaks puts something somewhere.
    let Speaker::Word(speaker) = draft.speaker else { return None };
    if !reading.can_act(speaker) {
        return None;
    }
    draft.addressee = None;
    draft.rule = format!("cue.{id}.{}", if bare { "figure" } else { "about" });
    draft.confidence = 0.6;
    draft.pieces = vec![figure];
    Some(draft)
}

/// The words of the figure that a verb gives, and whether they say nothing of what is counted.
fn given(reading: &Reading<'_>, verb: WordId) -> Option<(Span, bool)> {
    if !reading.is_verb(verb) {
        return None;
    }
    let lemma = reading.lemma(verb);
    let sentence = reading.analysis.sentence(verb).words.clone();
    let stops = |at: u32| matches!(reading.analysis.form(WordId(at)), ";" | "." | ":" | "," | "—");
    let end = (verb.0 + 1..sentence.end).find(|at| stops(*at)).unwrap_or(sentence.end);
    let lemma_at = |at: u32| reading.lemma(WordId(at));
    let preposition = if PLACING.contains(&lemma) {
        // Something is put there: "puts it at", "puts the toll at". "The number of soldiers" says what is counted.
        let told =
            reading.child(verb, "obj").is_some_and(|object| !reading.behind(object, &["of"]).is_empty());
        (verb.0 + 2..end).find(|at| lemma_at(*at) == "at" && !told)
    } else if SPEAKING.contains(&lemma) {
        Some(verb.0 + 1).filter(|at| *at < end && lemma_at(*at) == "of")
    } else if GIVING.contains(&lemma) {
        let noun = reading.child(verb, "obj").filter(|noun| FIGURES.contains(&reading.lemma(*noun)))?;
        Some(noun.0 + 1).filter(|at| *at < end && lemma_at(*at) == "of")
    } else {
        None
    }?;
    let number = (preposition + 1..end.min(preposition + 2 + SOFTENERS))
        .map(WordId)
        .find(|word| reading.is_numeric(*word) && !reading.is_designation_number(*word))?;
    let soft = |at: u32| {
        let word = WordId(at);
        matches!(
            reading.word(word).upos,
            Upos::Adv | Upos::Adp | Upos::Adj | Upos::Det | Upos::Punct | Upos::Sconj
        )
    };
    if reading.is_time(number) || !(preposition + 1..number.0).all(soft) {
        return None;
    }
    let words = reading.bare_quantity(number)?.words;
    let span = reading.analysis.document.text.span(words.start_byte as usize, words.end_byte as usize)?;
    let last = reading.analysis.words_in(span).end;
    // What is counted is told: then it is no figure alone. The dead of a toll are what it counts.
    let open = last >= end
        || matches!(reading.analysis.form(WordId(last)), "\"" | "”" | "’" | "'" | ")")
        || matches!(reading.word(WordId(last)).upos, Upos::Adv | Upos::Adp | Upos::Cconj | Upos::Sconj);
    let dead = last < end && matches!(lemma_at(last), "dead" | "death" | "wounded" | "casualty" | "victim");
    match (open, dead) {
        (_, true) => Some((span.cover(reading.word(WordId(last)).span), true)),
        (true, false) => Some((span, true)),
        // "spoke of more than 100 warplanes and of ten destroyers": to the end of the clause.
        _ if SPEAKING.contains(&lemma) => Some((span.cover(reading.word(WordId(end - 1)).span), false)),
        _ => None,
    }
}
