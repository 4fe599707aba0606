//! Nouns and adjectives of speech and thought: "the claim that …", "is confident that …", "their fears of …".

use super::asides::without_circumstances;
use super::draft::{Draft, Speaker, pieces};
use crate::{Reading, cue_of};
use demarche_language::{Upos, WordId};
use demarche_pack::cues::{Cue, Speech};

/// Verbs that carry a noun of speech for their subject: "made the claim", "voiced fears".
const CARRIERS: &[&str] = &[
    "make",
    "issue",
    "express",
    "voice",
    "repeat",
    "have",
    "give",
    "release",
    "raise",
    "publish",
    "reiterate",
    "deliver",
    "send",
    "share",
    "offer",
    "receive",
    "renew",
    "hold",
    "keep",
    "reject",
    "stand",
    "face",
];

/// Readings of nouns whose infinitive is said or meant: "Oslo's refusal to sign".
const ACTS: &[&str] =
    &["demand", "request", "promise", "offer", "refuse", "threaten", "agree", "propose", "intend", "hope"];
/// Readings of nouns whose phrase behind "of", "about", "over" is said: "the envoy's warning of a famine".
const MATTERS: &[&str] = &["warn", "fear", "accuse", "deny", "predict", "assert"];

/// The saying of which a word is the noun or adjective.
pub(super) fn draft(reading: &Reading<'_>, word: WordId) -> Option<Draft> {
    let upos = reading.word(word).upos;
    if !matches!(upos, Upos::Noun | Upos::Adj) {
        return None;
    }
    let cue = cue_of(reading, word).filter(|cue| cue.speech != Speech::None)?;
    let mut draft = Draft::of(reading, word, cue);
    if let Some(clause) = clause(reading, word) {
        draft.pieces = pieces(reading, &reading.analysis.subtree(clause));
        draft.speaker = holder(reading, word).map_or(Speaker::Nobody, Speaker::Word);
    } else {
        let (head, words) = nominal(reading, word, cue)?;
        draft.pieces = pieces(reading, &without_circumstances(reading, words));
        draft.speaker = Speaker::Word(head);
        draft.weak = true;
    }
    draft.confidence = if draft.speaker == Speaker::Nobody { 0.5 } else { 0.65 };
    draft.rule = format!("{}.{}", draft.rule, if upos == Upos::Noun { "noun" } else { "adjective" });
    Some(draft)
}

/// "Oslo's refusal to sign", "the envoy's warning of a famine": somebody's noun of speech with an infinitive or a phrase
/// that says what it is about. Only where the text names whose it is.
fn nominal(reading: &Reading<'_>, word: WordId, cue: &Cue) -> Option<(WordId, Vec<WordId>)> {
    if reading.word(word).upos != Upos::Noun {
        return None;
    }
    let analysis = reading.analysis;
    let owner = analysis.children(word).iter().copied().find(|it| reading.word(*it).deprel == "nmod:poss");
    let head = owner
        .or_else(|| reading.behind(word, &["by", "from", "among"]).first().copied())
        .or_else(|| carrier(reading, word))
        .filter(|head| reading.can_act(*head))?;
    let kind = cue.reading.as_str();
    let act = analysis.children(word).iter().copied().find(|it| {
        reading.word(*it).deprel == "acl"
            && reading.child(*it, "mark").is_some_and(|mark| reading.lemma(mark) == "to")
    });
    if let Some(act) = act.filter(|_| ACTS.contains(&kind)) {
        return Some((head, analysis.subtree(act)));
    }
    let claims = kind != "assert" || cue.id == "claim";
    let matter = reading.behind(word, &["of", "about", "over"]).into_iter().find(|it| *it != head)?;
    (MATTERS.contains(&kind) && claims && !reading.is_time(matter)).then(|| {
        let mut words = analysis.subtree(matter);
        words.remove(0);
        (head, words)
    })
}

/// The finite clause that says what the noun or adjective is about.
fn clause(reading: &Reading<'_>, word: WordId) -> Option<WordId> {
    let noun = reading.word(word).upos == Upos::Noun;
    reading.analysis.children(word).iter().copied().find(|child| {
        let marked = reading
            .child(*child, "mark")
            .is_some_and(|mark| matches!(reading.lemma(mark), "that" | "whether" | "if"));
        match reading.word(*child).relation() {
            "ccomp" => marked || !noun,
            "acl" => marked && reading.word(*child).deprel == "acl",
            "advcl" => {
                marked
                    && !noun
                    && reading.child(*child, "mark").is_some_and(|mark| reading.lemma(mark) == "that")
            }
            _ => false,
        }
    })
}

/// Whose statement, fear, belief it is: owner, "by X", "from X", or the subject of the verb that carries it.
pub(super) fn holder(reading: &Reading<'_>, word: WordId) -> Option<WordId> {
    let analysis = reading.analysis;
    if let Some(owner) =
        analysis.children(word).iter().copied().find(|it| reading.word(*it).deprel == "nmod:poss")
    {
        return Some(owner);
    }
    if let Some(owner) = reading.behind(word, &["by", "from", "among", "of"]).first().copied() {
        return Some(owner);
    }
    if reading.word(word).upos == Upos::Adj || reading.child(word, "cop").is_some() {
        return reading
            .child(word, "nsubj")
            .map(|subject| reading.antecedent(subject).unwrap_or(subject))
            .or_else(|| reading.subject(word));
    }
    carrier(reading, word)
}

/// The subject of the verb that carries a noun: "voiced fears", "fears were voiced by".
fn carrier(reading: &Reading<'_>, word: WordId) -> Option<WordId> {
    let above = reading.word(word).head?;
    let carried =
        matches!(reading.word(word).relation(), "obj" | "obl") && CARRIERS.contains(&reading.lemma(above));
    if carried && reading.is_passive(above) {
        return reading.agent(above);
    }
    carried.then(|| reading.subject(above)).flatten()
}
