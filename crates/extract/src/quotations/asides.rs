//! Where reported words end: the writer's own additions at the end of a clause, and cues that go on with the speaker.

use super::draft::top_quoted;
use super::verbs::is_venue;
use crate::{Reading, cue_of};
use demarche_language::{Upos, WordId};
use demarche_pack::cues::Speech;

/// Most additions that are cut off one clause.
const MOST: usize = 4;

/// Words that are left, and cues among those cut off whose speaker is that of the verb above.
pub(super) struct Trimmed {
    pub words: Vec<WordId>,
    pub handed: Vec<WordId>,
}

/// A clause without what the writer adds at its end: a relative clause or a participle behind a comma, or a further verb of speech that is only read as a part of it ("said it was ready and warned that …").
pub(super) fn without_asides(
    reading: &Reading<'_>,
    verb: WordId,
    clause: WordId,
    words: Vec<WordId>,
) -> Trimmed {
    let mut trimmed = Trimmed { words, handed: Vec::new() };
    for _ in 0..MOST {
        if let Some(at) =
            trimmed.words.iter().position(|word| clause > verb && sets_apart(reading, clause, *word))
        {
            trimmed.words.truncate(at);
            continue;
        }
        let next = trimmed.words.iter().copied().find_map(|word| {
            let handed = goes_on(reading, verb, clause, word);
            let aside = handed
                || reading.word(word).deprel == "acl:relcl"
                || remark(reading, word)
                || is_formula(reading, word);
            let comma = reading.word(word).relation() != "conj";
            let first = aside.then(|| start_of_last(reading, word, &trimmed.words, comma)).flatten()?;
            Some((first, handed.then_some(word)))
        });
        let Some((cut, handed)) = next else { break };
        trimmed.handed.extend(handed);
        trimmed.words.retain(|word| *word < cut);
    }
    trimmed
}

/// "…; doctors put the number at 80": behind a semicolon the writer has gone on, unless "that" or marks go on too.
fn sets_apart(reading: &Reading<'_>, clause: WordId, word: WordId) -> bool {
    let next = WordId(word.0 + 1);
    word > clause
        && reading.analysis.form(word) == ";"
        && (next.0 as usize) < reading.analysis.words.len()
        && reading.analysis.form(next) != "that"
        && reading.analysis.form(WordId((word.0 + 2).min(reading.analysis.words.len() as u32 - 1))) != "that"
        && top_quoted(reading, reading.word(word).span.start()).is_none()
}

/// An object or infinitive without what tells when, where and through which medium it was said.
pub(super) fn without_circumstances(reading: &Reading<'_>, words: Vec<WordId>) -> Vec<WordId> {
    let mut words = words;
    for _ in 0..MOST {
        let cut = words.iter().copied().find_map(|word| {
            let before = *words.first()? < word;
            let relation = reading.word(word).relation();
            let circumstance = match relation {
                "advcl" => {
                    reading.word(word).feature("VerbForm") == Some("Fin")
                        && reading.child(word, "mark").is_some_and(|mark| {
                            matches!(
                                reading.lemma(mark),
                                "as" | "after"
                                    | "before"
                                    | "while"
                                    | "when"
                                    | "since"
                                    | "because"
                                    | "although"
                                    | "though"
                            )
                        })
                }
                "obl" | "nmod" => {
                    is_venue(reading, word)
                        && reading.preposition(word).is_some_and(|it| matches!(it, "in" | "at" | "on"))
                }
                _ => false,
            };
            let aside = before && added(reading, word);
            (circumstance && before || aside)
                .then(|| start_of_last(reading, word, &words, aside && !circumstance))
                .flatten()
        });
        match cut {
            Some(cut) if words.first().is_some_and(|first| *first < cut) => words.retain(|word| *word < cut),
            _ => break,
        }
    }
    words
}

/// An apposition that takes up what was said: "…, a claim that Riga denies", "…, a figure the envoy called absurd".
fn remark(reading: &Reading<'_>, word: WordId) -> bool {
    let told = |word: WordId| cue_of(reading, word).is_some_and(|cue| cue.speech != Speech::None);
    matches!(reading.word(word).relation(), "appos" | "parataxis")
        && reading.word(word).upos == Upos::Noun
        && (told(word)
            || reading
                .analysis
                .children_in(word, "acl")
                .any(|clause| told(clause) && reading.child(clause, "nsubj").is_some()))
}

/// ", according to the ministry" at the end vouches for the saying.
fn is_formula(reading: &Reading<'_>, word: WordId) -> bool {
    reading
        .analysis
        .subtree(word)
        .into_iter()
        .find(|it| reading.word(*it).upos != Upos::Punct)
        .is_some_and(|first| reading.analysis.form(first).eq_ignore_ascii_case("according"))
        && matches!(reading.word(word).relation(), "obl" | "nmod" | "advcl" | "advmod" | "case")
}

/// A relative clause or an apposition.
fn added(reading: &Reading<'_>, word: WordId) -> bool {
    let it = reading.word(word);
    it.deprel == "acl:relcl" || it.relation() == "appos" && it.upos == Upos::Noun
}

/// True if a verb of speech below a reported clause is the writer's: "…, adding that", "… and warned that". Where the
/// predicate it hangs on is itself one of speech, it goes on with that.
fn goes_on(reading: &Reading<'_>, verb: WordId, clause: WordId, word: WordId) -> bool {
    if !reading.is_verb(word) || word == clause {
        return false;
    }
    let speech = |word: WordId| {
        cue_of(reading, word).filter(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude))
    };
    let Some(cue) = speech(word) else { return false };
    let Some(above) = reading.word(word).head else { return false };
    if above != verb && reading.is_verb(above) && speech(above).is_some() {
        return false;
    }
    let subject = reading.analysis.children(word).iter().any(|it| reading.word(*it).relation() == "nsubj");
    if subject || reading.child(word, "mark").is_some() {
        return false;
    }
    match reading.word(word).relation() {
        "advcl" | "acl" => {
            let participle = reading.word(word).feature("VerbForm") != Some("Fin")
                && reading.analysis.form(word).ends_with("ing");
            participle && matches!(cue.reading.as_str(), "assert" | "mention" | "warn" | "describe")
        }
        "conj" => {
            let form =
                |word: WordId| (reading.word(word).feature("VerbForm"), reading.word(word).feature("Tense"));
            let shaped = |word: WordId| {
                reading
                    .analysis
                    .children(word)
                    .iter()
                    .any(|it| matches!(reading.word(*it).relation(), "aux" | "cop"))
            };
            let agent = reading.child(clause, "nsubj").is_some_and(|subject| reading.can_act(subject));
            above == clause
                && form(word).0 == Some("Fin")
                && form(word) == form(verb)
                && !shaped(word)
                && (shaped(clause) || !agent)
        }
        _ => false,
    }
}

/// Where the subtree of a word begins, conjunction included, if it is the end of the words and, where that is asked
/// for, stands behind a comma or dash; words between quotation marks are never cut.
fn start_of_last(reading: &Reading<'_>, word: WordId, words: &[WordId], comma: bool) -> Option<WordId> {
    let solid = |word: &&WordId| reading.word(**word).upos != Upos::Punct;
    let subtree = reading.analysis.subtree(word);
    let first = *subtree.iter().find(solid)?;
    let last = subtree.iter().rfind(solid)?;
    if last != words.iter().rfind(solid)? || first == *words.iter().find(solid)? {
        return None;
    }
    let before = WordId(first.0.checked_sub(1)?);
    if comma && !matches!(reading.analysis.form(before), "," | "—" | "–" | "―") {
        return None;
    }
    top_quoted(reading, reading.word(first).span.start()).is_none().then_some(first)
}
