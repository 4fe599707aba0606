//! Formulas of attribution: "according to X", "in X's words", and labels before a colon ("Minister: talks go on").

use super::draft::{Draft, Speaker, pieces};
use super::governed::ends_sentence;
use crate::{Reading, cue_of};
use demarche_language::{Upos, WordId};
use demarche_pack::cues::Speech;
use demarche_record::How;
use demarche_text::Span;

/// Longest label before a colon, in words.
const LABEL: u32 = 7;

/// The saying that a formula makes of its clause.
pub(super) fn draft(reading: &Reading<'_>, word: WordId) -> Option<Draft> {
    let (source, span) = according(reading, word).or_else(|| in_view(reading, word))?;
    // "in the envoy's view": the formula is the phrase around the one who speaks.
    let top = if reading.pack.cues.is_view(reading.lemma(word)) { word } else { source };
    let own = reading.analysis.subtree(top);
    let head = match clause_of(reading, top)? {
        // "Doe said that …, according to the same statement": at the end it vouches for the saying too.
        head if ends_sentence(reading, &own) => saying_over(reading, head),
        head => head,
    };
    let words: Vec<WordId> =
        reading.analysis.subtree(head).into_iter().filter(|it| own.binary_search(it).is_err()).collect();
    // Behind a semicolon the writer has gone on, and before one had not begun.
    let stop = |it: &WordId| reading.analysis.form(*it) == ";";
    let sentence = reading.analysis.sentence(word).words.clone();
    let before = (sentence.start..word.0).rev().map(WordId).find(stop);
    let behind = (word.0..sentence.end).map(WordId).find(stop);
    let within = |it: &WordId| before.is_none_or(|stop| *it > stop) && behind.is_none_or(|stop| *it < stop);
    let words = without_lead(reading, words);
    let words = if words.iter().any(within) { words.into_iter().filter(within).collect() } else { words };
    let mut found = pieces(reading, &words);
    // A formula in the middle does not cut what is said into more than two parts.
    let scrap = |piece: &Span| {
        let words = reading.analysis.words_in(*piece);
        piece.end() <= span.start()
            && words.len() < 6
            && !reading.analysis.ids(&words).any(|word| reading.is_verb(word))
    };
    if found.len() > 1 {
        found.retain(|piece| piece.len() > 1 && !scrap(piece));
    }
    (!found.is_empty()).then(|| Draft {
        speaker: Speaker::Word(source),
        cue: Some(word),
        cue_span: Some(span),
        reading: "assert".to_owned(),
        how: how(reading, source),
        attitude: false,
        pieces: found,
        addressee: None,
        medium: None,
        cited: None,
        quoted_by: None,
        rule: "cue.according-to".to_owned(),
        confidence: 0.85,
        handed: Vec::new(),
        weak: false,
    })
}

/// The head of X in "according to X" if `word` is "according", and the span of the formula.
fn according(reading: &Reading<'_>, word: WordId) -> Option<(WordId, Span)> {
    let next = WordId(word.0 + 1);
    if !reading.analysis.form(word).eq_ignore_ascii_case("according")
        || next.0 as usize >= reading.analysis.words.len()
        || !reading.analysis.form(next).eq_ignore_ascii_case("to")
    {
        return None;
    }
    let span = reading.word(word).span.cover(reading.word(next).span);
    let relation = reading.word(word).relation();
    let source = if matches!(relation, "case" | "mark") {
        reading.word(word).head
    } else {
        reading
            .analysis
            .children(word)
            .iter()
            .copied()
            .find(|it| matches!(reading.word(*it).relation(), "obl" | "obj" | "nmod" | "pobj"))
    };
    source.filter(|source| *source > word).map(|source| (source, span))
}

/// The owner in "in X's view", "in the words of X", and the span of the formula.
fn in_view(reading: &Reading<'_>, word: WordId) -> Option<(WordId, Span)> {
    if !reading.pack.cues.is_view(reading.lemma(word)) || reading.word(word).relation() != "obl" {
        return None;
    }
    let case = reading.child(word, "case").filter(|case| matches!(reading.lemma(*case), "in" | "by"))?;
    let owner = reading
        .analysis
        .children(word)
        .iter()
        .copied()
        .find(|it| reading.word(*it).deprel == "nmod:poss")
        .or_else(|| reading.behind(word, &["of"]).first().copied())?;
    // "dismayed by the general's words" is no formula; "by the envoy's account, …" is.
    let first = reading.analysis.subtree(word).first().copied().unwrap_or(case);
    let apart = first == WordId(reading.analysis.sentence(word).words.start)
        || reading.analysis.form(WordId(first.0 - 1)) == ",";
    (reading.can_act(owner) && (apart || reading.lemma(case) == "in"))
        .then(|| (owner, reading.word(case).span.cover(reading.word(word).span)))
}

/// The clause that a formula modifies: the nearest verb or root above it, climbing out of phrases.
fn clause_of(reading: &Reading<'_>, source: WordId) -> Option<WordId> {
    let mut at = reading.word(source).head?;
    // "according" itself may head the formula.
    if reading.analysis.form(at).eq_ignore_ascii_case("according") {
        at = reading.word(at).head?;
    }
    for _ in 0..12 {
        let word = reading.word(at);
        let clause = matches!(word.relation(), "root" | "ccomp" | "parataxis" | "conj")
            && (reading.is_verb(at)
                || reading.child(at, "cop").is_some()
                || reading.child(at, "nsubj").is_some());
        match word.head {
            Some(above) if !clause => at = above,
            _ => break,
        }
    }
    Some(at)
}

/// The verb of speech of which a clause is what is said, if there is one.
fn saying_over(reading: &Reading<'_>, clause: WordId) -> WordId {
    let above = reading.word(clause).head.filter(|above| {
        reading.word(clause).relation() == "ccomp"
            && *above < clause
            && cue_of(reading, *above)
                .is_some_and(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude))
    });
    above.unwrap_or(clause)
}

/// Conjunctions before the clause are the writer's.
fn without_lead(reading: &Reading<'_>, words: Vec<WordId>) -> Vec<WordId> {
    let lead = words
        .iter()
        .take_while(|word| matches!(reading.word(**word).upos, Upos::Punct | Upos::Cconj))
        .count();
    words[lead..].to_vec()
}

/// Through what the source vouches, by its head noun.
fn how(reading: &Reading<'_>, source: WordId) -> How {
    reading.pack.cues.how_of_source(reading.lemma(source))
}

/// "X: words" at the start of a headline, a caption or a line of dialogue.
pub(super) fn labels(reading: &Reading<'_>) -> Vec<Draft> {
    reading.analysis.sentences.iter().filter_map(|sentence| label(reading, sentence)).collect()
}

/// True if a verb of speech outside of marks has a subject of the third person.
fn told_by_other(reading: &Reading<'_>, sentence: &demarche_language::Sentence) -> bool {
    reading.analysis.ids(&sentence.words).any(|word| {
        reading.is_verb(word)
            && reading.word(word).relation() == "root"
            && cue_of(reading, word).is_some_and(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude))
            && reading
                .child(word, "nsubj")
                .is_some_and(|subject| !matches!(reading.word(subject).feature("Person"), Some("1" | "2")))
    })
}

fn label(reading: &Reading<'_>, sentence: &demarche_language::Sentence) -> Option<Draft> {
    let mut words = sentence.words.clone();
    // "13:40 Ministry: …": an entry may begin with its hour.
    let hour = |word: u32| {
        let form = reading.analysis.form(WordId(word));
        form.starts_with(|c: char| c.is_ascii_digit()) && form.len() <= 5 && form.contains([':', '.'])
    };
    words.start += u32::from(words.len() > 1 && hour(words.start));
    // "“MINISTER: …": a transcript may open every turn with a mark.
    let marked = words.len() > 1 && matches!(reading.analysis.form(WordId(words.start)), "“" | "\"");
    words.start += u32::from(marked);
    let colon =
        words.clone().take(LABEL as usize + 1).find(|word| reading.analysis.form(WordId(*word)) == ":")?;
    if colon == words.start || colon + 2 >= words.end {
        return None;
    }
    let before: Vec<WordId> = (words.start..colon).map(WordId).collect();
    // A label is a bare noun phrase with a name or title in it; a verb makes it a sentence.
    if before.iter().any(|word| {
        matches!(reading.word(*word).upos, Upos::Verb | Upos::Aux | Upos::Pron | Upos::Adv | Upos::Num)
    }) {
        return None;
    }
    let head = before
        .iter()
        .copied()
        .find(|word| !reading.word(*word).head.is_some_and(|head| head.0 < colon && head.0 >= words.start))?;
    let named = reading.analysis.names.iter().any(|name| {
        name.words.contains(&head.0)
            && matches!(
                name.kind,
                demarche_language::NameKind::Person
                    | demarche_language::NameKind::Organisation
                    | demarche_language::NameKind::Party
                    | demarche_language::NameKind::Polity
            )
    });
    // "Iran and the agency: …" is what a text is about.
    let several = reading.child(head, "conj").is_some();
    if several || !named && !reading.can_act(head) || reading.pack.cues.is_credit(reading.lemma(head)) {
        return None;
    }
    let rest: Vec<WordId> = (colon + 1..words.end).map(WordId).collect();
    let found = pieces(reading, &rest);
    let first = found.first()?.start();
    // A label that begins its paragraph, as in a transcript, holds for all of it.
    let block = reading.analysis.document.block_at(sentence.span.start()).map(|block| block.span);
    let end = match block {
        Some(block) if sentence.span.start() <= block.start() + 4 => {
            // Where somebody else is said to speak, the writer has gone on.
            let next = reading.analysis.sentences.iter().filter(|it| it.span.start() >= sentence.span.end());
            let next = next.take_while(|it| it.span.start() < block.end());
            let other = next.into_iter().find(|it| !marked && told_by_other(reading, it));
            other.map_or(block.end(), |it| it.span.start())
        }
        _ => found.last()?.end(),
    };
    let span = reading.analysis.document.text.trim(reading.analysis.document.text.span(first, end)?);
    Some(Draft {
        speaker: Speaker::Word(head),
        cue: Some(WordId(colon)),
        cue_span: Some(reading.word(WordId(colon)).span),
        reading: "assert".to_owned(),
        how: How::Said,
        attitude: false,
        pieces: vec![span],
        addressee: None,
        medium: None,
        cited: None,
        quoted_by: None,
        rule: "cue.label".to_owned(),
        confidence: 0.6,
        handed: Vec::new(),
        weak: false,
    })
}
