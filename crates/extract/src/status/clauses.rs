//! Clauses that tell of what did not happen by their form: "as if", "instead of", "before a single …", "whoever …", and
//! nouns that say it of a predicate ("the plan is to …").

use super::unreal::{is_rule, is_whenever};
use super::{cue_of, mark, own::own_status};
use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::cues::CueClass;
use demarche_pack::unreal::UnrealWords;
use demarche_record::Status;

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
                && reading.unreal(UnrealWords::Instead, *child)
                && matches!(reading.lemma(WordId(child.0 + 1)), "of" | "than")
        })
}

/// "Whoever shells the plant …", "any firm that ships chips", "a state that attacks us would …": of nobody in
/// particular.
pub(super) fn is_whoever(reading: &Reading<'_>, clause: WordId, noun: WordId) -> bool {
    let dets = || reading.analysis.children_in(noun, "det").map(|det| reading.lemma(det).to_lowercase());
    let lemma = reading.lemma(noun).to_lowercase();
    if reading.unreal(UnrealWords::Whoever, noun)
        || dets().any(|det| matches!(det.as_str(), "any" | "whichever"))
    {
        return true;
    }
    if is_whenever(reading, clause, noun) || is_rule(reading, clause, noun) {
        return true;
    }
    // "Those who …", "a country that …", "fighters who …" under what has not come true.
    let bare = || {
        reading.word(noun).feature("Number") == Some("Plur")
            && reading.word(noun).upos == Upos::Noun
            && reading.analysis.children(noun).iter().all(|child| {
                matches!(reading.word(*child).relation(), "acl" | "case" | "punct" | "cc" | "conj")
            })
    };
    let open = lemma == "those" || dets().any(|det| matches!(det.as_str(), "a" | "every" | "each")) || bare();
    let present = reading.word(clause).feature("Tense") == Some("Pres");
    let hangs = reading.word(noun).relation();
    let above = reading.word(noun).head.filter(|_| hangs == "nsubj");
    let unreal = |status: Status| !matches!(status, Status::Occurred | Status::Ongoing);
    open && present
        && cue_of(reading, clause).is_none()
        && (above.is_some_and(|above| unreal(own_status(reading, above)))
            || hangs == "nmod" && unreal(super::status(reading, noun)))
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
    });
    let Some(marker) = marker else {
        // "The fear is an invasion", "the likeliest outcome is an incursion".
        let noun = outer_noun(reading, predicate).filter(|_| reading.word(predicate).upos == Upos::Noun)?;
        let modified = || {
            reading.analysis.children_in(noun, "amod").find_map(|it| {
                // The lemma of a superlative may keep its ending.
                let plain = reading.lemma(it).strip_suffix("iest").map(|stem| format!("{stem}y"));
                let find = |lemma: &str| reading.pack.cues.find(CueClass::Adjective, lemma, []);
                cue_of(reading, it).or_else(|| find(&plain?)).and_then(|cue| cue.noun)
            })
        };
        return cue_of(reading, noun).and_then(|cue| cue.noun).or_else(modified);
    };
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

/// "Moscow demanded that the ruling be annulled, and its envoy was received": what is demanded has no tense; a clause with
/// one that is joined to it stands beside the demand, wherever the tree hangs it.
pub(crate) fn stands_beside_demand(reading: &Reading<'_>, clause: WordId) -> bool {
    let Some(above) = reading.word(clause).head else { return false };
    let tensed = |word: WordId| {
        let finite = |it: WordId| reading.word(it).feature("VerbForm") == Some("Fin");
        // "that Kabul dismantle the camps": behind a singular a bare form is none of the present, whatever it is taken for.
        let bare = reading.analysis.form(word) == reading.lemma(word)
            && reading
                .child(word, "nsubj")
                .is_some_and(|subject| reading.word(subject).feature("Number") == Some("Sing"));
        finite(word) && !bare
            || reading
                .analysis
                .children(word)
                .iter()
                .any(|child| matches!(reading.word(*child).relation(), "aux" | "cop") && finite(*child))
    };
    let demanded = match reading.word(clause).relation() {
        "conj" => Some(above).filter(|first| reading.word(*first).relation() == "ccomp"),
        "ccomp" => reading.analysis.children_in(above, "ccomp").find(|first| *first < clause),
        _ => None,
    };
    demanded.is_some_and(|first| mark(reading, first).as_deref() == Some("that") && !tensed(first))
        && reading.child(clause, "cc").is_some()
        && tensed(clause)
        // "…, and wants a say": without a subject only another form than that of what is demanded tells it apart.
        && (reading.child(clause, "nsubj").is_some()
            || reading.is_verb(clause) && reading.analysis.form(clause) != reading.lemma(clause))
}

/// "It was not the army that marched in": what is denied is that these did it.
pub(super) fn is_denied_by_cleft(reading: &Reading<'_>, noun: WordId) -> bool {
    let expletive = reading.analysis.children(noun).iter().any(|child| {
        matches!(reading.word(*child).relation(), "nsubj" | "expl") && reading.lemma(*child) == "it"
    });
    expletive && reading.child(noun, "cop").is_some() && super::is_negated(reading, noun)
}

/// "came close to severing relations", "are no nearer to sitting down": it has not come to that.
pub(super) fn falls_short(reading: &Reading<'_>, clause: WordId, above: WordId) -> Option<Status> {
    if mark(reading, clause)? != "to" {
        return None;
    }
    // The tree may hang the deed beside "close".
    let near = |word: WordId| matches!(reading.lemma(word), "close" | "near");
    let beside = reading.analysis.children(above).iter().copied().find(|word| near(*word) && *word < clause);
    let (above, came) = match beside {
        Some(word) => (word, reading.lemma(above) == "come"),
        None if near(above) => {
            (above, reading.word(above).head.is_some_and(|verb| reading.lemma(verb) == "come"))
        }
        None => return None,
    };
    let none = reading.analysis.children(above).iter().any(|child| reading.lemma(*child) == "no")
        || super::is_negated(reading, above);
    Some(if none || came { Status::Denied } else { Status::Hypothetical })
}

/// "Among the ideas going round is a blockade of the port."
pub(super) fn one_of_plans(reading: &Reading<'_>, predicate: WordId) -> Option<Status> {
    reading.child(predicate, "cop")?;
    let plans = reading.behind(predicate, &["among"]);
    plans.into_iter().find_map(|plan| cue_of(reading, plan).and_then(|cue| cue.clause))
}
