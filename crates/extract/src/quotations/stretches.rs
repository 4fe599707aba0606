//! Stretches between marks that no verb governs: terms, predicates, cries, signed words, words behind a colon.

use super::draft::{Draft, Speaker, top_quoted};
use super::marks::{REACH, bare, outside};
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

/// "attacked “the contempt of the elites for small nations”": the verb whose object in marks is in the words of its subject.
pub(super) fn quoting_verb(reading: &Reading<'_>, quoted: &Quoted) -> Option<WordId> {
    let words = reading.analysis.words_in(quoted.inner);
    let head = reading.analysis.ids(&words).find(|word| reading.word(*word).relation() == "obj")?;
    let verb = reading.word(head).head.filter(|verb| reading.is_verb(*verb) && !words.contains(&verb.0))?;
    let behind = words.start.checked_sub(2) == Some(verb.0);
    let subject = reading.subject(verb)?;
    (behind && reading.pack.cues.quotes_object(reading.lemma(verb)) && reading.can_act(subject))
        .then_some(verb)
}

/// "about “a rigged system” and “wounded families”": true if nothing but a comma or "and" stands between two stretches.
pub(super) fn joined(reading: &Reading<'_>, one: &Quoted, two: &Quoted) -> bool {
    let text = reading.analysis.document.text.as_str();
    let between = text.get(one.outer.end()..two.outer.start()).unwrap_or(".");
    between
        .split_whitespace()
        .all(|word| matches!(word, "," | "and" | "or" | "a" | "an" | "the" | "as" | ", and"))
        && !between.contains('\n')
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
    // "The piece used one of her sentences as its headline: “…”".
    let source =
        reading.child(root, "nsubj").is_some_and(|it| reading.pack.cues.is_source(reading.lemma(it)));
    (reading.analysis.form(*colon) == ":" && (person || source)).then_some(root)
}

/// "“… for us!” The mayor's niece, Jane Doe, shouted to the crowd.": a clause that says nothing itself ends the one before.
pub(super) fn is_tag(reading: &Reading<'_>, sentence: &demarche_language::Sentence) -> bool {
    let mut words = reading.analysis.ids(&sentence.words);
    sentence.words.len() <= REACH
        && words.find(|word| reading.word(*word).relation() == "root").is_some_and(|root| {
            let said = cue_of(reading, root).is_some_and(|cue| cue.speech == Speech::Said);
            let object = |child: &WordId| {
                matches!(reading.word(*child).relation(), "obj" | "ccomp" | "xcomp" | "advcl" | "parataxis")
            };
            said && reading.is_verb(root)
                && reading.child(root, "nsubj").is_some()
                && !reading.analysis.children(root).iter().any(object)
        })
}

/// “Marcia “Cia” Price”: one name in marks inside a name.
pub(super) fn is_nickname(reading: &Reading<'_>, quoted: &Quoted) -> bool {
    let words = reading.analysis.words_in(quoted.outer);
    let name =
        |word: u32| reading.analysis.words.get(word as usize).is_some_and(|word| word.upos == Upos::Propn);
    let solid = |word: &WordId| reading.word(*word).upos != Upos::Punct;
    words.start > 0
        && name(words.start - 1)
        && name(words.end)
        && reading.analysis.ids(&words).filter(solid).count() == 1
}
