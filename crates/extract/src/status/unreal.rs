//! What is only meant, out of reach, made up or unproven: purpose clauses, "too … to", novels and war games, reports that
//! nobody could verify.

use super::own::own_status;
use super::{CLAIMS, cue_of, is_falsehood, is_negated, mark};
use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::cues::Speech;
use demarche_pack::unreal::UnrealWords;
use demarche_record::{BlockKind, Status};
use std::borrow::Cow;

impl Reading<'_> {
    /// True if a list of the pack has the lemma of a word.
    pub(crate) fn unreal(&self, list: UnrealWords, word: WordId) -> bool {
        self.pack.cues.unreal().has(list, self.lemma(word))
    }
}

/// What the form of a clause or phrase under another word makes of it, before the meaning of that word is asked.
pub(super) fn by_form(reading: &Reading<'_>, at: WordId, above: WordId, infinitive: bool) -> Option<Status> {
    let relation = reading.word(at).relation();
    if is_far_from(reading, at, above) {
        return Some(Status::Denied);
    }
    if reading.is_verb(at)
        && let Some(status) = excess(reading, at, above)
    {
        return Some(status);
    }
    if infinitive && is_deadline(reading, at, above) {
        return Some(Status::Requested);
    }
    if relation == "parataxis" && is_claim_turned_down(reading, at, above) {
        return Some(Status::Denied);
    }
    // "nothing to suggest that …", "little to show that …".
    if relation == "acl" && infinitive && matches!(reading.lemma(above), "nothing" | "little" | "none") {
        return Some(Status::Denied);
    }
    // "were supposed to meet"; "are supposed to have met" is hearsay.
    if relation == "xcomp"
        && reading.lemma(above) == "suppose"
        && reading.is_passive(above)
        && reading.child(at, "aux").is_none_or(|aux| reading.lemma(aux) != "have")
    {
        return Some(Status::Planned);
    }
    // "is down to visit Lagos", "is off to meet the emir".
    if infinitive
        && matches!(relation, "advcl" | "xcomp" | "acl")
        && matches!(reading.word(above).upos, Upos::Adv | Upos::Adp)
        && reading.child(above, "cop").is_some()
    {
        return Some(Status::Planned);
    }
    if is_left_open(reading, at, above) {
        return Some(Status::Hypothetical);
    }
    if is_subjunctive(reading, at, above) {
        return Some(Status::Requested);
    }
    // "it would have been easy to rescue the crew", "found no evidence".
    if infinitive
        && matches!(relation, "advcl" | "csubj" | "ccomp" | "acl")
        && reading.child(above, "expl").is_some()
        && !matches!(own_status(reading, above), Status::Occurred | Status::Ongoing)
    {
        return Some(Status::Hypothetical);
    }
    // "no truth in the claim".
    if matches!(relation, "nmod" | "obl")
        && reading.unreal(UnrealWords::Ground, above)
        && own_status(reading, above) == Status::Denied
    {
        return Some(Status::Denied);
    }
    if relation == "obj"
        && is_evidence(reading, at)
        && own_status(reading, at) != Status::Denied
        && own_status(reading, above) == Status::Denied
    {
        return Some(Status::Denied);
    }
    // "Pending a deployment of police": the tree may take the preposition for a verb.
    if relation == "obj"
        && reading.word(above).relation() == "advcl"
        && reading.pack.cues.unreal().has(UnrealWords::StandingIn, reading.analysis.form(above))
    {
        return Some(Status::Hypothetical);
    }
    None
}

/// What somebody came or wrote to say is said.
pub(super) fn speaks(reading: &Reading<'_>, verb: WordId) -> bool {
    cue_of(reading, verb).is_some_and(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude))
}

/// "sent 200 policemen to evict the settlers": meant, unless the verb above tells by what means it was done.
pub(super) fn purpose(reading: &Reading<'_>, clause: WordId, above: WordId) -> Option<Status> {
    let to = reading.analysis.children_in(clause, "mark").find(|mark| reading.lemma(*mark) == "to")?;
    // "only to find", "went on to seize" tell what came of it.
    let result = to.0.checked_sub(1).is_some_and(|before| reading.lemma(WordId(before)) == "only");
    let purpose = reading.word(clause).relation() == "advcl"
        && reading.is_verb(above)
        && !reading.unreal(UnrealWords::Means, above)
        && !speaks(reading, clause)
        && !result;
    purpose.then_some(Status::Planned)
}

/// "too divided to march", "not strong enough to land": out of reach; "strong enough to land": within it.
fn excess(reading: &Reading<'_>, clause: WordId, above: WordId) -> Option<Status> {
    if mark(reading, clause)? != "to" {
        return None;
    }
    let near = || {
        let own = reading.analysis.children(above).iter().copied();
        let below = own.clone().flat_map(|child| reading.analysis.children(child).iter().copied());
        own.chain(below).filter(|word| *word < clause && reading.word(*word).relation() == "advmod")
    };
    if near().any(|word| reading.analysis.form(word).eq_ignore_ascii_case("too") && word.0 + 1 < clause.0 - 1)
    {
        return Some(Status::Denied);
    }
    let enough = near().any(|word| reading.lemma(word) == "enough");
    enough.then(|| if is_negated(reading, above) { Status::Denied } else { Status::Hypothetical })
}

/// "Far from having fired on the crowd", "nowhere near sending troops".
fn is_far_from(reading: &Reading<'_>, clause: WordId, above: WordId) -> bool {
    let leads = |word: &str, lead: &str| {
        reading.lemma(above) == word
            && mark(reading, clause).or_else(|| reading.preposition(clause).map(Cow::Borrowed)).as_deref()
                == Some(lead)
    };
    let adverb = matches!(reading.word(above).upos, Upos::Adv | Upos::Adj | Upos::Adp);
    // "nowhere near leaving".
    let nowhere = reading.lemma(above) == "near"
        && reading.analysis.children_in(above, "advmod").any(|it| reading.lemma(it) == "nowhere")
        && matches!(reading.word(clause).relation(), "advcl" | "obl" | "xcomp" | "obj");
    adverb && (leads("far", "from") || leads("short", "of") || nowhere)
}

/// "had all but invaded": the two words right before the verb.
pub(super) fn is_all_but(reading: &Reading<'_>, head: WordId) -> bool {
    let start = reading.analysis.sentence(head).words.start;
    head.0 >= start + 2
        && [(1, "but"), (2, "all")]
            .iter()
            .all(|(back, word)| reading.analysis.form(WordId(head.0 - back)).eq_ignore_ascii_case(word))
}

/// True if what a word tells takes place only in a novel, a scenario, a forged clip.
pub(super) fn is_made_up(reading: &Reading<'_>, head: WordId) -> bool {
    if speaks(reading, head) {
        return false;
    }
    let enacts = |verb: WordId, below: WordId| {
        reading.unreal(UnrealWords::Enacting, verb)
            && !reading.is_passive(verb)
            && reading
                .child(verb, "nsubj")
                .is_some_and(|subject| subject != below && is_fiction(reading, subject))
    };
    if enacts(head, head) {
        return true;
    }
    let mut at = head;
    for _ in 0..8 {
        if reading
            .behind(at, &["in", "during", "throughout", "under"])
            .iter()
            .any(|it| is_fiction(reading, *it))
            && reading.word(head).upos != Upos::Propn
        {
            return true;
        }
        let Some(above) = reading.word(at).head else { return false };
        let relation = reading.word(at).relation();
        let inside = matches!(relation, "obj" | "obl" | "nmod" | "acl" | "ccomp" | "xcomp");
        if inside && at != head && is_fiction(reading, above) && relation != "obl" {
            return true;
        }
        if inside && relation == "nmod" && is_fiction(reading, above) {
            return true;
        }
        if inside && enacts(above, at) {
            return true;
        }
        if !inside && !matches!(relation, "nsubj" | "conj") {
            return false;
        }
        at = above;
    }
    false
}

/// "the novel", "a video game", "a forged clip".
fn is_fiction(reading: &Reading<'_>, noun: WordId) -> bool {
    if reading.word(noun).upos != Upos::Noun {
        return false;
    }
    let unreal = reading.pack.cues.unreal();
    let lemma = reading.lemma(noun);
    if unreal.has(UnrealWords::Fiction, lemma) {
        return true;
    }
    let faked = unreal.has(UnrealWords::Picture, lemma);
    reading.analysis.children(noun).iter().any(|child| {
        matches!(reading.word(*child).relation(), "amod" | "compound")
            && (unreal.has(UnrealWords::Fiction, &format!("{} {lemma}", reading.lemma(*child)))
                || faked
                    && (unreal.has(UnrealWords::Faked, reading.lemma(*child))
                        || unreal.has(UnrealWords::Faked, reading.analysis.form(*child))))
    })
}

/// "Reports that drones killed the deputy could not be verified": nobody vouches for what a claim says.
pub(super) fn unproven(reading: &Reading<'_>, head: WordId) -> Option<Status> {
    let unproven = |verb: WordId| reading.unreal(UnrealWords::Check, verb) && is_negated(reading, verb);
    let mut at = head;
    for _ in 0..8 {
        let claims = cue_of(reading, at).is_some_and(|cue| CLAIMS.contains(&cue.id.as_str())) && at != head;
        let above = reading.word(at).head;
        // The tree may take the noun for the root and its predicate for a clause below it.
        let mut beside = reading.analysis.children(at).iter().copied().filter(|child| {
            matches!(reading.word(*child).relation(), "ccomp" | "parataxis" | "acl") && *child != head
        });
        let subject = above.filter(|_| reading.word(at).relation() == "nsubj");
        if claims && subject.into_iter().chain(beside.clone()).any(unproven) {
            return Some(Status::Hypothetical);
        }
        if claims && beside.any(|below| is_falsehood(reading, below)) {
            return Some(Status::Denied);
        }
        at = above?;
    }
    None
}

/// "suggested that the five presidents gather": behind a verb in the past a plain form without a helper is no fact.
pub(crate) fn is_subjunctive(reading: &Reading<'_>, clause: WordId, above: WordId) -> bool {
    let word = reading.word(clause);
    let urges = cue_of(reading, above).is_some_and(|cue| cue.infinitive == Some(Status::Requested));
    let lasting = matches!(
        word.lemma.as_str(),
        "have"
            | "hold"
            | "remain"
            | "control"
            | "know"
            | "want"
            | "need"
            | "live"
            | "stand"
            | "belong"
            | "keep"
    );
    let by_people = || reading.child(above, "nsubj").is_some_and(|who| reading.can_act(who));
    let past = reading.word(above).feature("Tense") == Some("Past")
        || matches!(reading.lemma(above), "insist" | "suggest") && !lasting && by_people();
    let plain = word.upos == Upos::Verb
        && word.feature("Tense") != Some("Past")
        && reading.analysis.form(clause) == word.lemma
        && reading.child(clause, "aux").is_none()
        && reading.child(clause, "cop").is_none();
    urges
        && past
        && plain
        && word.relation() == "ccomp"
        && mark(reading, clause).as_deref() == Some("that")
        && reading.child(clause, "nsubj").is_some()
}

/// "evidence", "a sign", "confirmation", "word": where there is none of it, nothing of it has come about.
pub(super) fn is_evidence(reading: &Reading<'_>, noun: WordId) -> bool {
    reading.word(noun).upos == Upos::Noun
        && cue_of(reading, noun).is_some_and(|cue| {
            matches!(cue.id.as_str(), "show") || cue.id == "report" && reading.lemma(noun) == "word"
        })
        || reading.unreal(UnrealWords::Ground, noun)
}

/// "has no foundation", "lacks any basis".
pub(super) fn is_groundless(reading: &Reading<'_>, predicate: WordId) -> bool {
    let ground = reading.child(predicate, "obj").is_some_and(|it| reading.unreal(UnrealWords::Ground, it));
    ground && (reading.lemma(predicate) == "lack" || is_negated(reading, predicate))
}

/// "States expel diplomats when …": nobody in particular, in the plain present.
pub(super) fn is_generic(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    let bare = |noun: WordId| {
        let it = reading.word(noun);
        it.upos == Upos::Noun
            && it.feature("Number") == Some("Plur")
            && reading.analysis.children(noun).iter().all(|child| reading.word(*child).relation() == "punct")
    };
    let plain = is_plain_present(reading, head) && word.relation() != "ccomp";
    let told = matches!(reading.analysis.sentence(head).block, BlockKind::Headline | BlockKind::Caption);
    plain
        && !told
        && reading.child(head, "nsubj").is_some_and(bare)
        && reading.child(head, "obj").is_some_and(bare)
}

/// True if a predicate stands in the present or has not even a tense, so that "before", "until", "once" leave it open.
fn is_open(reading: &Reading<'_>, clause: WordId) -> bool {
    let tense = |word: WordId| reading.word(word).feature("Tense");
    let helpers: Vec<WordId> = reading
        .analysis
        .children(clause)
        .iter()
        .copied()
        .filter(|child| matches!(reading.word(*child).relation(), "aux" | "cop"))
        .collect();
    if helpers.is_empty() {
        return reading.word(clause).feature("VerbForm") == Some("Fin") && tense(clause) == Some("Pres");
    }
    let mut finite =
        helpers.into_iter().filter(|helper| reading.word(*helper).feature("VerbForm") == Some("Fin"));
    finite.next().is_some_and(|helper| tense(helper) == Some("Pres"))
}

/// "Before anyone signs", "until the army has left", "when attacked, the garrison will …".
pub(super) fn is_awaited(reading: &Reading<'_>, clause: WordId, above: WordId, mark: &str) -> bool {
    if !reading.pack.cues.unreal().has(UnrealWords::Awaiting, mark)
        || reading.word(clause).relation() != "advcl"
        || speaks(reading, clause)
        || matches!(reading.analysis.sentence(clause).block, BlockKind::Headline | BlockKind::Caption)
    {
        return false;
    }
    let reduced = mark != "after"
        && reading.word(clause).feature("VerbForm") == Some("Part")
        && reading.child(clause, "nsubj").is_none()
        && reading.child(clause, "aux").is_none()
        && matches!(own_status(reading, above), Status::Planned | Status::Requested | Status::Hypothetical);
    // "is betting on talks when the army masses": told of today.
    let told = mark == "when"
        && matches!(own_status(reading, above), Status::Occurred | Status::Ongoing)
        && !is_plain_present(reading, above);
    is_open(reading, clause) && !told || reduced
}

/// A finite verb in the present without a helper.
fn is_plain_present(reading: &Reading<'_>, verb: WordId) -> bool {
    reading.is_verb(verb)
        && reading.word(verb).feature("Tense") == Some("Pres")
        && reading.word(verb).feature("VerbForm") == Some("Fin")
        && reading.child(verb, "aux").is_none()
        && reading.child(verb, "cop").is_none()
}

/// "every time a battery shells the town", "the moment a soldier crosses the river".
pub(super) fn is_whenever(reading: &Reading<'_>, clause: WordId, noun: WordId) -> bool {
    let dets = || reading.analysis.children_in(noun, "det").map(|det| reading.lemma(det).to_lowercase());
    let every = dets().any(|det| matches!(det.as_str(), "every" | "each" | "any" | "the"));
    // "at a time when the army masses" tells of today.
    let occasion =
        reading.unreal(UnrealWords::Occasion, noun) && every && reading.preposition(noun).is_none();
    // "On the day that Paris sends a tank, Moscow will …".
    let day = reading.is_time(noun) || matches!(reading.lemma(noun), "day" | "hour" | "night");
    let ahead = || {
        reading
            .word(noun)
            .head
            .is_some_and(|above| matches!(own_status(reading, above), Status::Planned | Status::Hypothetical))
    };
    (occasion || day && ahead()) && is_open(reading, clause)
}

/// "A minister who meets a warlord loses face": true of nobody in particular.
pub(super) fn is_rule(reading: &Reading<'_>, clause: WordId, noun: WordId) -> bool {
    let indefinite = reading.analysis.children_in(noun, "det").any(|det| reading.lemma(det) == "a");
    let above = reading.word(noun).head.filter(|_| reading.word(noun).relation() == "nsubj");
    let told = matches!(reading.analysis.sentence(clause).block, BlockKind::Headline | BlockKind::Caption);
    indefinite
        && !told
        && is_plain_present(reading, clause)
        && above.is_some_and(|above| is_plain_present(reading, above) && cue_of(reading, above).is_none())
        && cue_of(reading, clause).is_none()
}

/// "Which side fired first remains a mystery", "who sold them is anybody's guess".
fn is_left_open(reading: &Reading<'_>, clause: WordId, above: WordId) -> bool {
    let opens = reading.analysis.subtree(clause).first().is_some_and(|first| {
        matches!(
            reading.lemma(*first).to_lowercase().as_str(),
            "who" | "which" | "what" | "how" | "why" | "when" | "where" | "whose"
        )
    });
    let unknown = |word: WordId| {
        matches!(
            reading.lemma(word),
            "mystery"
                | "unclear"
                | "unknown"
                | "question"
                | "guess"
                | "riddle"
                | "puzzle"
                | "disputed"
                | "open"
        )
    };
    let says_so =
        |predicate: WordId| {
            unknown(predicate)
                || reading.analysis.children(predicate).iter().any(|child| {
                    matches!(reading.word(*child).relation(), "obj" | "xcomp") && unknown(*child)
                })
        };
    // The tree may hang the clause under "which side".
    let side = reading.word(above).relation() == "nsubj"
        && reading
            .analysis
            .children_in(above, "det")
            .any(|det| matches!(reading.lemma(det).to_lowercase().as_str(), "which" | "what" | "whose"));
    match reading.word(clause).relation() {
        "csubj" => opens && says_so(above),
        "acl" if side => reading.word(above).head.is_some_and(says_so),
        _ => false,
    }
}

/// "What was billed as the biggest drill": the pronoun for what stands behind "as".
pub(super) fn billed(reading: &Reading<'_>, noun: WordId, verb: WordId) -> Option<WordId> {
    let as_such = matches!(reading.word(noun).relation(), "obl" | "nmod" | "xcomp")
        && reading.preposition(noun) == Some("as");
    let what = reading.word(verb).head.filter(|what| reading.lemma(*what).eq_ignore_ascii_case("what"))?;
    (as_such && reading.word(verb).deprel == "acl:relcl").then_some(what)
}

/// "gave the police 48 hours to quit the town", "has a week to vacate the wells".
fn is_deadline(reading: &Reading<'_>, clause: WordId, above: WordId) -> bool {
    let term = |word: WordId| matches!(reading.lemma(word), "hour" | "day" | "week" | "month" | "minute");
    let given = matches!(reading.lemma(above), "give" | "have" | "grant" | "allow" | "get")
        && reading.analysis.children(above).iter().any(|child| {
            *child < clause && matches!(reading.word(*child).relation(), "obj" | "obl") && term(*child)
        });
    matches!(reading.word(clause).relation(), "xcomp" | "acl" | "advcl")
        && (given
            || term(above)
                && reading.word(above).relation() == "obj"
                && reading
                    .word(above)
                    .head
                    .is_some_and(|verb| matches!(reading.lemma(verb), "give" | "have")))
}

/// "rejected as a provocation the claim that …": the tree may take the noun for a verb.
fn is_claim_turned_down(reading: &Reading<'_>, claim: WordId, verb: WordId) -> bool {
    let claims =
        CLAIMS.contains(&reading.lemma(claim)) && reading.analysis.form(claim) == reading.lemma(claim);
    claims
        && reading.child(claim, "nsubj").is_none()
        && cue_of(reading, verb).is_some_and(|cue| matches!(cue.id.as_str(), "deny" | "refuse"))
        && !is_negated(reading, verb)
}
