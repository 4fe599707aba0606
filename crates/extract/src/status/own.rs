//! What a predicate or an event noun says by itself of whether it took place: auxiliaries, tense, negation, questions,
//! word order, and what modifies it.

use super::cue_of;
use super::unreal::{is_all_but, is_generic};
use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::cues::CueClass;
use demarche_pack::lower;
use demarche_pack::unreal::UnrealWords;
use demarche_record::{BlockKind, Status};
use std::borrow::Cow;

/// Two words before something that takes place even less than what was denied.
const EVEN_LESS: &[[&str; 2]] =
    &[["let", "alone"], ["much", "less"], ["still", "less"], ["never", "mind"], ["far", "less"]];

/// What the predicate says by itself.
pub(super) fn own_status(reading: &Reading<'_>, head: WordId) -> Status {
    *reading.known(head).own_status.get_or_init(|| find_own_status(reading, head))
}

fn find_own_status(reading: &Reading<'_>, head: WordId) -> Status {
    let word = reading.word(head);
    if !reading.is_verb(head) && reading.child(head, "cop").is_none() && reading.child(head, "aux").is_none()
    {
        return noun_status(reading, head);
    }
    // "without a shot having been fired": the subject carries the preposition.
    let without = reading
        .analysis
        .children_in(head, "nsubj")
        .any(|subject| reading.preposition(subject).is_some_and(|it| it.eq_ignore_ascii_case("without")));
    if is_negated(reading, head) || is_even_less(reading, head) || without {
        return Status::Denied;
    }
    if is_question(reading, head)
        || reading.analysis.children_in(head, "nsubj").any(|who| {
            reading.unreal(UnrealWords::Whoever, who) && reading.lemma(who).to_lowercase().ends_with("ever")
        })
        || is_inverted(reading, head)
        || is_offset(reading, head)
        || is_generic(reading, head)
    {
        return Status::Hypothetical;
    }
    // "dispatched two cutters and put its jets on alert": the second of two told in the past is no order.
    let told = word.relation() == "conj"
        && word.head.is_some_and(|above| reading.word(above).feature("Tense") == Some("Past"));
    if word.feature("Mood") == Some("Imp") && !told {
        return Status::Requested;
    }
    let adverbs = reading.analysis.children_in(head, "advmod");
    if adverbs.into_iter().any(|adverb| reading.unreal(UnrealWords::Uncertain, adverb)) {
        return Status::Hypothetical;
    }
    let mut short = reading.analysis.children_in(head, "advmod");
    if short.any(|adverb| reading.unreal(UnrealWords::Short, adverb) && adverb < head)
        || is_all_but(reading, head)
    {
        return Status::Denied;
    }
    let auxiliaries = auxiliaries(reading, head);
    // "is to send": arranged.
    let to = reading.analysis.children_in(head, "mark").any(|mark| reading.lemma(mark) == "to");
    let been = auxiliaries.iter().filter(|auxiliary| *auxiliary == "be").count();
    if to && been > usize::from(reading.is_passive(head)) {
        return Status::Planned;
    }
    // "agreed that a squadron be stationed there": a plain "be" behind its subject tells of no fact.
    let plain = |child: WordId| {
        matches!(reading.word(child).relation(), "aux" | "cop")
            && reading.analysis.form(child).eq_ignore_ascii_case("be")
    };
    if !to
        && auxiliaries.len() == 1
        && reading.child(head, "nsubj").is_some()
        && reading.analysis.children(head).iter().any(|child| plain(*child))
    {
        return Status::Requested;
    }
    // "Mongolia to hold talks with Rosatom": a headline's future.
    let bare = |noun: WordId| {
        word.relation() == "acl"
            && reading.word(noun).head.is_none()
            && reading.word(noun).upos == Upos::Propn
    };
    // "Chad to pull troops out, president says".
    let announced = word.relation() == "ccomp"
        && word.head.is_some_and(|above| above > head)
        && reading
            .child(head, "nsubj")
            .is_some_and(|who| reading.child(head, "mark").is_some_and(|mark| who < mark && mark < head));
    if to && announced {
        return Status::Planned;
    }
    if to && (word.head.is_none() && reading.child(head, "nsubj").is_some() || word.head.is_some_and(bare)) {
        return Status::Planned;
    }
    for auxiliary in &auxiliaries {
        match &**auxiliary {
            "will" | "shall" | "'ll" => {
                let waits = reading.conditional_below(head);
                return if waits { Status::Hypothetical } else { Status::Planned };
            }
            "would" | "'d" => {
                return if is_backshifted(reading, head) { Status::Planned } else { Status::Hypothetical };
            }
            "can" | "could" | "may" | "might" => return Status::Hypothetical,
            "must" | "should" | "ought" => return Status::Requested,
            _ => {}
        }
    }
    if reading.conditional_below(head) {
        return Status::Hypothetical;
    }
    let progressive = auxiliaries.iter().any(|auxiliary| auxiliary == "be")
        && word.feature("VerbForm").is_some_and(|form| matches!(form, "Part" | "Ger"))
        && word.feature("Tense") != Some("Past")
        && !reading.is_passive(head);
    // "are being pulled back", "have been leaving since Monday" are not over.
    let being = reading
        .analysis
        .children_in(head, "aux")
        .any(|auxiliary| reading.analysis.form(auxiliary).eq_ignore_ascii_case("being"));
    let progressive = progressive || being;
    let past = !progressive
        && (word.feature("Tense") == Some("Past") || auxiliaries.iter().any(|auxiliary| auxiliary == "have"));
    let past_auxiliary = reading.analysis.children(head).iter().any(|child| {
        matches!(reading.word(*child).relation(), "aux" | "cop")
            && reading.word(*child).feature("Tense") == Some("Past")
    });
    if past || past_auxiliary {
        Status::Occurred
    } else if progressive || word.feature("Tense") == Some("Pres") && word.feature("VerbForm") == Some("Fin")
    {
        let headline =
            matches!(reading.analysis.sentence(head).block, BlockKind::Headline | BlockKind::Caption);
        // "had seen 60 vehicles leave": no present, whatever the form is taken for.
        let seen = word.relation() == "xcomp" || word.head.is_some_and(|above| reading.is_seen(head, above));
        if !progressive && (headline || seen) { Status::Occurred } else { Status::Ongoing }
    } else {
        Status::Occurred
    }
}

/// Auxiliaries of a predicate; a coordinated predicate without any shares those of the first.
fn auxiliaries<'r>(reading: &'r Reading<'_>, head: WordId) -> Vec<Cow<'r, str>> {
    let mut at = head;
    for _ in 0..6 {
        let children = reading.analysis.children(at);
        let own: Vec<Cow<'_, str>> = children
            .iter()
            .filter(|child| matches!(reading.word(**child).relation(), "aux" | "cop"))
            .map(|child| lower(reading.lemma(*child)))
            .collect();
        let subject = children.iter().any(|child| reading.word(*child).relation() == "nsubj");
        let above = reading.word(at).head;
        match above {
            Some(above) if own.is_empty() && !subject && reading.word(at).relation() == "conj" => at = above,
            _ => return own,
        }
    }
    Vec::new()
}

/// True if the predicate is negated by a word of its own or by its subject or object ("no one", "neither side").
pub fn is_negated(reading: &Reading<'_>, head: WordId) -> bool {
    reading.analysis.children(head).iter().any(|child| {
        let word = reading.word(*child);
        let lemma = lower(&word.lemma);
        let longer = matches!(&*lemma, "long" | "longer")
            && reading.analysis.children(*child).iter().any(|part| reading.lemma(*part) == "no");
        let negation = longer
            || reading.unreal(UnrealWords::Negation, *child)
                && matches!(word.relation(), "advmod" | "cc" | "det");
        let nobody = matches!(word.relation(), "nsubj" | "obj" | "obl")
            && (matches!(&*lemma, "nobody" | "nothing" | "none" | "neither") || has_no(reading, *child));
        // "neither Lima nor Bogota recalled": the negation hangs under the subject.
        let neither = word.relation() == "nsubj"
            && reading
                .analysis
                .children(*child)
                .iter()
                .any(|part| reading.lemma(*part).eq_ignore_ascii_case("neither"));
        // "not one of the helicopters", "not a single soldier".
        let not = |of: WordId| {
            reading.analysis.children_in(of, "advmod").any(|part| {
                part < of && reading.lemma(part).eq_ignore_ascii_case("not") && !is_only(reading, part)
            })
        };
        // "Not one soldier": the negation hangs under the number.
        let none = word.relation() == "nsubj"
            && (not(*child)
                || reading
                    .child(*child, "nummod")
                    .is_some_and(|one| reading.lemma(one).eq_ignore_ascii_case("one") && not(one)));
        negation || nobody || neither || none
    })
}

/// "not only", "not just".
fn is_only(reading: &Reading<'_>, not: WordId) -> bool {
    let next = WordId(not.0 + 1);
    (next.0 as usize) < reading.analysis.words.len()
        && matches!(reading.lemma(next), "only" | "just" | "merely" | "least")
}

fn has_no(reading: &Reading<'_>, noun: WordId) -> bool {
    reading.analysis.children(noun).iter().any(|child| {
        reading.word(*child).relation() == "det" && matches!(reading.lemma(*child), "no" | "neither")
    })
}

/// A noun as trigger: "no meeting", "a planned visit", "a possible attack", "the alleged transfer".
fn noun_status(reading: &Reading<'_>, noun: WordId) -> Status {
    // "not one soldier".
    let none = reading.child(noun, "nummod").is_some_and(|one| {
        let mut before = reading.analysis.children_in(one, "advmod").filter(|part| *part < one);
        reading.lemma(one).eq_ignore_ascii_case("one")
            && before.any(|part| reading.lemma(part).eq_ignore_ascii_case("not") && !is_only(reading, part))
    });
    if has_no(reading, noun) || none || is_even_less(reading, noun) {
        return Status::Denied;
    }
    // "any conversation with them": of whatever may come.
    if reading.analysis.children_in(noun, "det").any(|det| matches!(reading.lemma(det), "any" | "every")) {
        return Status::Hypothetical;
    }
    // "this is a good sign in advance of the meeting": still to come, unless all is told in the past.
    if let Some(above) = reading.word(noun).head
        && (matches!(reading.lemma(above), "advance" | "ahead") && reading.preposition(noun) == Some("of")
            || reading
                .preposition(noun)
                .is_some_and(|it| it.starts_with("in advance") || it.starts_with("ahead")))
    {
        let mut top = above;
        while let Some(next) = reading.word(top).head {
            top = next;
        }
        if reading.word(top).feature("Tense") == Some("Pres") {
            return Status::Planned;
        }
    }
    // "pending a vote", "without a landing", "hit them like an invasion".
    if let Some(before) = reading.preposition(noun) {
        let unreal = reading.pack.cues.unreal();
        let before = before.split(' ').next().unwrap_or_default();
        let given = reading.analysis.children_in(noun, "det").any(|det| reading.lemma(det) == "the");
        if unreal.has(UnrealWords::Absent, before) {
            return Status::Denied;
        }
        if unreal.has(UnrealWords::StandingIn, before) && !given {
            return Status::Hypothetical;
        }
    }
    for modifier in reading.analysis.children(noun) {
        let word = reading.word(*modifier);
        if !matches!(word.relation(), "amod" | "compound" | "acl") {
            continue;
        }
        // "EU eyes sanctions": without a verb the tree takes that of a headline for a noun.
        let verb = || {
            let lone = word.relation() == "compound"
                && reading.word(noun).head.is_none()
                && reading.analysis.form(*modifier).ends_with('s');
            let cues = &reading.pack.cues;
            lone.then(|| cues.find(CueClass::Verb, reading.lemma(*modifier), [])).flatten()
        };
        // "a working meeting", "the fighting force": what kind it is.
        let kind = word.relation() == "amod" && reading.analysis.form(*modifier).ends_with("ing");
        let cue = cue_of(reading, *modifier).or_else(verb).filter(|cue| cue.reading != "aspect");
        let cue = cue.filter(|cue| !(kind && cue.reading == "intend"));
        if let Some(effect) = cue.and_then(|cue| cue.noun) {
            return effect;
        }
    }
    if is_away(reading, noun) {
        return Status::Denied;
    }
    if is_on_the_agenda(reading, noun) || is_before_what_comes(reading, noun) {
        return Status::Planned;
    }
    // "Talks may open in Rome": the tree may hang the verb under its subject.
    if reading.word(noun).head.is_none()
        && let Some(verb) = reading.analysis.children(noun).iter().copied().find(|child| {
            matches!(reading.word(*child).relation(), "parataxis" | "ccomp")
                && *child > noun
                && reading.is_verb(*child)
                && reading.child(*child, "nsubj").is_none()
        })
        && !matches!(own_status(reading, verb), Status::Occurred | Status::Ongoing)
    {
        return own_status(reading, verb);
    }
    // "the meeting is due", "talks are possible" say it of their subject.
    if reading.word(noun).relation() == "nsubj"
        && let Some(above) = reading.word(noun).head
        && let Some(effect) =
            cue_of(reading, above).filter(|_| !reading.is_verb(above)).and_then(|cue| cue.noun)
    {
        return effect;
    }
    Status::Occurred
}

/// "A withdrawal remains out of the question", "the visit is off the table".
fn is_away(reading: &Reading<'_>, noun: WordId) -> bool {
    let above = reading.word(noun).head.filter(|_| reading.word(noun).relation() == "nsubj");
    let away = |word: WordId| {
        reading.preposition(word).is_some_and(|lead| {
            let words = format!("{lead} {}", reading.lemma(word));
            reading.pack.cues.unreal().has(UnrealWords::Away, &words)
        })
    };
    above.is_some_and(|above| {
        let stands = matches!(reading.lemma(above), "be" | "remain" | "stay" | "seem" | "look");
        away(above) && !is_negated(reading, above)
            || stands && reading.analysis.children_in(above, "obl").any(away) && !is_negated(reading, above)
    })
}

/// "Before the meeting in Geneva aides will compare maps": what is to come later comes later still.
fn is_before_what_comes(reading: &Reading<'_>, noun: WordId) -> bool {
    let leads = reading
        .preposition(noun)
        .is_some_and(|lead| matches!(lead, "before" | "until" | "till" | "ahead of" | "prior to"));
    leads
        && reading.word(noun).relation() == "obl"
        && reading
            .word(noun)
            .head
            .is_some_and(|above| reading.is_verb(above) && own_status(reading, above) == Status::Planned)
}

/// "On the agenda stands a visit", "a visit is on the cards".
fn is_on_the_agenda(reading: &Reading<'_>, noun: WordId) -> bool {
    let Some(above) =
        reading.word(noun).head.filter(|_| matches!(reading.word(noun).relation(), "nsubj" | "obj"))
    else {
        return false;
    };
    let agenda = |word: &WordId| {
        reading.unreal(UnrealWords::Agenda, *word)
            && reading.preposition(*word).is_some_and(|it| matches!(it, "on" | "in"))
    };
    let stands = matches!(reading.lemma(above), "be" | "stand" | "feature" | "figure" | "remain");
    agenda(&above) || stands && reading.behind(above, &["on", "in"]).iter().any(agenda)
}

/// "did not hold the town, let alone the airport".
fn is_even_less(reading: &Reading<'_>, head: WordId) -> bool {
    let words = reading.analysis.sentence(head).words.clone();
    let less = |at: u32| {
        let pair = [at, at + 1].map(WordId);
        reading.word(pair[0]).span.len() <= 5
            && EVEN_LESS.iter().any(|less| {
                less.iter().zip(pair).all(|(word, at)| reading.analysis.form(at).eq_ignore_ascii_case(word))
            })
    };
    let Some(last) = (words.start..head.0.saturating_sub(1)).rev().find(|at| less(*at)) else { return false };
    // The tree may hang the two words under what follows them, or beside it.
    let own = reading.analysis.subtree(head);
    last + 2 >= own.first().map_or(head.0, |first| first.0)
}

/// "Were they to withdraw, …", "Had it come, …", "Should he leave, …": a condition by word order alone.
fn is_inverted(reading: &Reading<'_>, head: WordId) -> bool {
    let opens = reading.analysis.children(head).iter().copied().find(|child| {
        matches!(reading.word(*child).relation(), "aux" | "cop")
            && matches!(reading.lemma(*child), "be" | "have" | "should")
            && reading.word(*child).feature("Mood") != Some("Imp")
    });
    let Some(auxiliary) = opens else { return false };
    let subordinate = reading.word(head).head.is_some();
    reading.analysis.subtree(head).first() == Some(&auxiliary)
        && subordinate
        && matches!(reading.analysis.form(auxiliary).to_lowercase().as_str(), "were" | "had" | "should")
        && auxiliary.0 < head.0
        && !asks(reading, head)
        && reading.word(head).relation() != "conj"
}

/// "Were the Houthis to fire again, Riyadh might …": the first words make a condition of all before the comma, wherever
/// the tree hangs them.
pub(super) fn is_opened_by_condition(reading: &Reading<'_>, head: WordId) -> bool {
    let words = reading.analysis.sentence(head).words.clone();
    let (first, second) = (WordId(words.start), WordId(words.start + 1));
    let form = reading.analysis.form(first);
    let opens = matches!(form, "Were" | "Should") || form == "Had" && reading.word(second).upos != Upos::Part;
    let comma = words.clone().map(WordId).find(|word| reading.analysis.form(*word) == ",");
    opens && comma.is_some_and(|comma| head < comma) && !asks(reading, head)
}

/// "One more rocket and we invade", "Leave or we attack": the second comes only with the first.
fn is_offset(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    let Some(above) = word.head.filter(|_| matches!(word.relation(), "conj" | "parataxis")) else {
        return false;
    };
    if word.feature("Tense") == Some("Past") || reading.child(head, "nsubj").is_none() {
        return false;
    }
    let joined = |lemma: &str| {
        reading.analysis.children_in(head, "cc").any(|cc| reading.lemma(cc).eq_ignore_ascii_case(lemma))
    };
    let bare = !reading.is_verb(above) && reading.child(above, "cop").is_none();
    let ordered = reading.word(above).feature("Mood") == Some("Imp");
    bare && joined("and") || ordered && (joined("or") || joined("and"))
}

fn is_question(reading: &Reading<'_>, head: WordId) -> bool {
    // Only the main clause is asked, or one in the order of words of a question; what it presupposes is not.
    let turned = || {
        let auxiliary = reading.child(head, "aux").or_else(|| reading.child(head, "cop"));
        let subject = reading.child(head, "nsubj");
        auxiliary
            .is_some_and(|auxiliary| subject.is_some_and(|subject| auxiliary < subject && subject < head))
    };
    asks(reading, head)
        && (reading.word(head).head.is_none() || reading.word(head).relation() == "conj" || turned())
}

/// True if the sentence of a word ends with a question mark.
pub(super) fn asks(reading: &Reading<'_>, word: WordId) -> bool {
    let mut words = reading.analysis.sentence(word).words.clone().rev().map(WordId);
    words
        .find(|word| !matches!(reading.analysis.form(*word), "\"" | "”" | "'" | "’"))
        .is_some_and(|last| reading.analysis.form(last).contains('?'))
}

/// "would" after a verb of speech in the past is a "will" told later, unless there is a condition.
fn is_backshifted(reading: &Reading<'_>, head: WordId) -> bool {
    let mut at = head;
    for _ in 0..6 {
        let Some(above) = reading.word(at).head else { return false };
        if matches!(reading.word(at).relation(), "ccomp" | "parataxis" | "acl") {
            let past = reading.word(above).feature("Tense") == Some("Past")
                || reading
                    .child(above, "aux")
                    .is_some_and(|aux| reading.word(aux).feature("Tense") == Some("Past"));
            return past && cue_of(reading, above).is_some() && !reading.conditional_below(head);
        }
        at = above;
    }
    false
}
