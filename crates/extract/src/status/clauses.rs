//! Clauses that tell of what did not happen by their form: "as if", "instead of", "before a single …", "whoever …", and
//! nouns that say it of a predicate ("the plan is to …").

use super::{cue_of, own::own_status};
use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_record::Status;

/// Words that put something in the place of what did not happen: "instead of sending troops".
const INSTEAD: &[&str] = &["instead", "rather", "lieu"];
/// Words for whoever it may be: what a clause says of them takes place for nobody yet.
const WHOEVER: &[&str] = &["whoever", "whichever", "anyone", "anybody", "everyone", "whomever"];

/// "He behaves as if the king had fallen", "as though it were at war".
pub(super) fn is_unreal_comparison(reading: &Reading<'_>, clause: WordId) -> bool {
    let marks = |words: &[&str]| {
        reading.analysis.children_in(clause, "mark").any(|mark| words.contains(&reading.lemma(mark)))
    };
    marks(&["as"]) && marks(&["if", "though"])
}

/// "before a single soldier had left", "before any shot was fired".
pub(super) fn is_of_none(reading: &Reading<'_>, clause: WordId) -> bool {
    reading.analysis.children(clause).iter().any(|child| {
        matches!(reading.word(*child).relation(), "nsubj" | "obj")
            && reading.analysis.children(*child).iter().any(|part| {
                let word = reading.word(*part);
                word.relation() == "amod" && word.lemma == "single"
                    || word.relation() == "det" && word.lemma == "any"
            })
    })
}

/// "instead of sending troops", "rather than meet", "in lieu of a visit".
pub(super) fn is_instead(reading: &Reading<'_>, at: WordId) -> bool {
    matches!(reading.word(at).relation(), "advcl" | "obl" | "nmod" | "conj" | "acl")
        && reading.analysis.children(at).iter().any(|child| {
            let word = reading.word(*child);
            *child < at
                && matches!(word.relation(), "mark" | "case" | "cc" | "advmod")
                && INSTEAD.contains(&word.lemma.to_lowercase().as_str())
                && matches!(reading.lemma(WordId(child.0 + 1)), "of" | "than")
        })
}

/// "Whoever shells the plant …", "any firm that ships chips", "a state that attacks us would …": of nobody in
/// particular.
pub(super) fn is_whoever(reading: &Reading<'_>, clause: WordId, noun: WordId) -> bool {
    let dets = || reading.analysis.children_in(noun, "det").map(|det| reading.lemma(det).to_lowercase());
    let lemma = reading.lemma(noun).to_lowercase();
    if WHOEVER.contains(&lemma.as_str()) || dets().any(|det| matches!(det.as_str(), "any" | "whichever")) {
        return true;
    }
    // "Those who …", "a country that …" under a predicate that has not come true.
    let open = lemma == "those" || dets().any(|det| matches!(det.as_str(), "a" | "every" | "each"));
    let present = reading.word(clause).feature("Tense") == Some("Pres");
    let above = reading.word(noun).head.filter(|_| reading.word(noun).relation() == "nsubj");
    open && present
        && above.is_some_and(|above| {
            cue_of(reading, clause).is_none()
                && matches!(own_status(reading, above), Status::Hypothetical | Status::Planned)
        })
}

/// "The plan is to seize the port", "The rumour is that he was shot": the noun before "is" governs the predicate.
pub(super) fn outer_effect(reading: &Reading<'_>, predicate: WordId) -> Option<Status> {
    let children = reading.analysis.children(predicate);
    let copula = children.iter().copied().find(|child| {
        matches!(reading.word(*child).relation(), "cop" | "aux") && reading.lemma(*child) == "be"
    })?;
    let marker = children.iter().copied().find(|child| {
        *child > copula
            && reading.word(*child).relation() == "mark"
            && matches!(reading.lemma(*child), "that" | "to")
    })?;
    let cue = outer_noun(reading, predicate).and_then(|noun| cue_of(reading, noun))?;
    if reading.lemma(marker) == "to" { cue.infinitive } else { cue.clause }
}

/// The noun that a predicate with "is that", "is to" between them tells the content of.
pub(crate) fn outer_noun(reading: &Reading<'_>, predicate: WordId) -> Option<WordId> {
    let children = reading.analysis.children(predicate);
    let copula = children.iter().copied().find(|child| {
        matches!(reading.word(*child).relation(), "cop" | "aux") && reading.lemma(*child) == "be"
    })?;
    children.iter().copied().find(|child| {
        *child < copula
            && matches!(reading.word(*child).relation(), "nsubj" | "csubj")
            && reading.word(*child).upos == Upos::Noun
    })
}
