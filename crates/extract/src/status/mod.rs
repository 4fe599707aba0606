//! Whether what a word tells took place: modal verbs, tense, negation, conditions, questions, and everything that
//! governs the word (plans, demands, refusals, denials, fears, attempts), as the pack's cues have it.

mod clauses;
mod cues;
mod own;
mod unreal;

pub(crate) use clauses::{outer_noun, stands_beside_demand};
pub use cues::cue_of;
pub(crate) use cues::tells;
pub use own::is_negated;
pub(crate) use unreal::is_subjunctive;

use crate::Reading;
use clauses::{
    falls_short, is_denied_by_cleft, is_instead, is_of_none, is_unreal_comparison, is_whoever, one_of_plans,
    outer_effect,
};
use cues::{existential_cue, idiom_cue, object_cue};
use demarche_language::{Upos, WordId};
use demarche_pack::cues::CueClass;
use demarche_pack::lower;
use demarche_pack::unreal::UnrealWords;
use demarche_record::Status;
use own::{asks, is_opened_by_condition, own_status};
use std::borrow::Cow;
use unreal::{billed, by_form, is_awaited, is_evidence, is_groundless, is_made_up, purpose, unproven};

/// Cues of nouns of claiming: what is claimed is denied, not refused, when somebody turns the claim down.
pub(crate) const CLAIMS: &[&str] = &["claim", "allegation", "rumour", "report", "tale"];
/// Status of a predicate by its own words and by everything above it in the sentence.
pub fn status(reading: &Reading<'_>, head: WordId) -> Status {
    *reading.known(head).status.get_or_init(|| find_status(reading, head))
}

fn find_status(reading: &Reading<'_>, head: WordId) -> Status {
    let mut inner = own_status(reading, head);
    if is_opened_by_condition(reading, head) {
        return combine(Some(Status::Hypothetical), inner);
    }
    if is_provided(reading, head) {
        return combine(Some(Status::Hypothetical), inner);
    }
    let mut at = head;
    for _ in 0..16 {
        let Some(above) = reading.word(at).head else { break };
        if stands_beside_demand(reading, at) {
            break;
        }
        let relation = reading.word(at).relation();
        let phrase = if relation == "acl" { above } else { at };
        if matches!(relation, "obl" | "nmod" | "acl") && reading.preposition(phrase) == Some("without") {
            return combine(Some(Status::Denied), inner);
        }
        if is_instead(reading, at) {
            return combine(Some(Status::Denied), inner);
        }
        if let Some(mark) = mark(reading, at) {
            let fixed = || {
                let marks = reading.analysis.children_in(at, "mark");
                marks.into_iter().any(|first| {
                    let rest = reading.analysis.children_in(first, "fixed").map(|it| reading.lemma(it));
                    let words =
                        rest.fold(reading.lemma(first).to_lowercase(), |all, it| format!("{all} {it}"));
                    reading.pack.cues.unreal().has(UnrealWords::Condition, &words)
                })
            };
            if reading.pack.cues.unreal().has(UnrealWords::Condition, &mark) || fixed() {
                return combine(Some(Status::Hypothetical), inner);
            }
            if mark == "without" {
                return combine(Some(Status::Denied), inner);
            }
            if is_unreal_comparison(reading, at) {
                return combine(Some(Status::Hypothetical), inner);
            }
            if mark == "before" && is_of_none(reading, at) {
                return combine(Some(Status::Denied), inner);
            }
            if is_awaited(reading, at, above, &mark) {
                return combine(Some(Status::Hypothetical), inner);
            }
            if reading.pack.cues.unreal().has(UnrealWords::Presupposed, &mark)
                && matches!(relation, "advcl" | "acl")
            {
                break;
            }
        }
        // "it is high time that they sat down".
        if reading.lemma(above) == "time"
            && reading.analysis.children_in(above, "amod").any(|it| reading.lemma(it) == "high")
        {
            return combine(Some(Status::Requested), inner);
        }
        if reading.word(at).deprel == "acl:relcl" && !is_content_clause(reading, at) {
            if is_whoever(reading, at, above) {
                return combine(Some(Status::Hypothetical), inner);
            }
            if is_denied_by_cleft(reading, above) {
                return combine(Some(Status::Denied), inner);
            }
            break;
        }
        // "What was billed as the biggest drill fell victim to a dispute": the drill is what fell.
        if let Some(what) = billed(reading, at, above) {
            at = what;
            continue;
        }
        // "a round of talks is planned": what only wraps the event stands for it.
        if reading.meant_by(above) == Some(at) {
            at = above;
            continue;
        }
        if relation == "ccomp"
            && reading.unreal(UnrealWords::Providing, above)
            && (matches!(reading.word(above).relation(), "advcl" | "parataxis")
                || reading.word(above).head.is_none() && reading.child(above, "nsubj").is_none())
        {
            return combine(Some(Status::Hypothetical), inner);
        }
        let carried = reading.light_verb(at) == Some(above)
            && cue_of(reading, above).is_none_or(|cue| cue.reading == "aspect");
        let habit = relation == "xcomp"
            && reading.lemma(above) == "use"
            && reading.word(above).feature("Tense") == Some("Past");
        let governed = if carried || habit { Some(Governed::Light) } else { governs(reading, above, at) };
        match governed {
            Some(Governed::Light) => {
                inner = combine_light(own_status(reading, above), inner);
            }
            Some(Governed::By(None)) if relation == "parataxis" && mark(reading, above).is_some() => break,
            Some(Governed::By(effect)) => {
                let own = own_status(reading, above);
                let claimed = cue_of(reading, at).is_some_and(|cue| CLAIMS.contains(&cue.id.as_str()));
                inner = match (effect, own) {
                    // "rejected charges of an attack", "refuted reports of a call".
                    (Some(Status::Refused | Status::Denied), Status::Occurred | Status::Ongoing)
                        if claimed =>
                    {
                        combine(Some(Status::Denied), inner)
                    }
                    // "did not deny", "never refused": the text leaves it open.
                    (Some(Status::Denied | Status::Refused | Status::Cancelled), Status::Denied) => {
                        Status::Hypothetical
                    }
                    (Some(Status::Planned), Status::Denied) => Status::Denied,
                    // "no evidence of an attack", "no sign that they have left".
                    (None, Status::Denied) if !reading.is_verb(above) && is_evidence(reading, above) => {
                        combine(Some(Status::Denied), inner)
                    }
                    (Some(effect), _) => combine(Some(effect), inner),
                    // "may say that …" leaves the content as it is said.
                    (None, _) => inner,
                };
            }
            Some(Governed::Modal(status)) => inner = combine(Some(status), inner),
            // "If Uganda were to join – it sent soldiers this week – …": set beside a clause, not inside it.
            None if relation == "parataxis"
                && reading.child(at, "nsubj").is_some()
                && mark(reading, above).is_some() =>
            {
                break;
            }
            None if relation == "csubj" && is_falsehood(reading, above) => {
                inner = combine(Some(Status::Denied), inner);
            }
            None if matches!(relation, "ccomp" | "parataxis" | "xcomp" | "csubj") => {}
            // "France may, and Macron says that …": a clause that the tree coordinates with somebody stands for itself.
            None if relation == "conj"
                && reading.is_verb(at)
                && reading.child(at, "nsubj").is_some()
                && !reading.is_verb(above)
                && reading.child(above, "cop").is_none()
                && reading.child(above, "nsubj").is_none() =>
            {
                break;
            }
            None if relation == "conj" => {
                at = above;
                continue;
            }
            None => break,
        }
        at = above;
    }
    if is_made_up(reading, head) {
        inner = combine(Some(Status::Hypothetical), inner);
    }
    if let Some(effect) = unproven(reading, head) {
        inner = combine(Some(effect), inner);
    }
    let claimed = reading.word(at).relation() == "nsubj"
        && cue_of(reading, at).is_some_and(|cue| CLAIMS.contains(&cue.id.as_str()));
    if claimed && reading.word(at).head.is_some_and(|above| is_falsehood(reading, above)) {
        inner = combine(Some(Status::Denied), inner);
    }
    if let Some(effect) = outer_effect(reading, at).or_else(|| one_of_plans(reading, at)) {
        inner = combine(Some(effect), inner);
    }
    // "Could the visit be the opening?": whatever stands straight under what is asked.
    let asked = reading.word(at).head.filter(|above| {
        reading.word(*above).head.is_none()
            && at == head
            && matches!(reading.word(at).relation(), "nsubj" | "obj" | "obl")
            && !reading.is_verb(at)
    });
    if reading.word(at).head.is_none() && at != head && asks(reading, at)
        || asked.is_some_and(|root| asks(reading, root))
    {
        return combine(Some(Status::Hypothetical), inner);
    }
    inner
}

/// "Claims that Chad armed them are nonsense", "reports of a landing are pure invention".
fn is_falsehood(reading: &Reading<'_>, predicate: WordId) -> bool {
    if is_groundless(reading, predicate) {
        return true;
    }
    reading
        .pack
        .cues
        .find(CueClass::Verb, "call", [reading.lemma(predicate)])
        .is_some_and(|cue| cue.id == "deny" && reading.child(predicate, "cop").is_some())
}

/// "Provided that Hanoi agrees": the tree may set the clause beside the participle that makes it a condition.
fn is_provided(reading: &Reading<'_>, clause: WordId) -> bool {
    let Some(that) = reading.analysis.children_in(clause, "mark").next() else { return false };
    let before = that.0.checked_sub(1).map(WordId);
    reading.lemma(that) == "that"
        && reading.word(clause).relation() == "advcl"
        && before.is_some_and(|before| reading.unreal(UnrealWords::Providing, before))
}

/// How a word stands under another.
enum Governed {
    /// The other only carries it: "hold talks", "make a visit", "begin to move".
    Light,
    /// A cue with this effect.
    By(Option<Status>),
    /// A noun or adjective of possibility with this status.
    Modal(Status),
}

fn governs(reading: &Reading<'_>, above: WordId, at: WordId) -> Option<Governed> {
    let relation = reading.word(at).relation();
    let nominal = matches!(reading.word(at).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
    // "spoke of blowing it up": the verb must ask for the preposition.
    let asked = relation == "advcl"
        && mark(reading, at).is_some_and(|mark| {
            let (cues, lemma) = (&reading.pack.cues, reading.lemma(above));
            cues.lists(&format!("{lemma} {mark}")) || cues.lists_idiom(lemma, reading.particles(above), &mark)
        });
    // "Chad to pull troops out, president says": a headline's future is no infinitive of the verb of speech.
    let headline = relation == "ccomp"
        && above > at
        && reading.child(at, "nsubj").is_some_and(|who| {
            reading.child(at, "mark").is_some_and(|mark| who < mark && reading.lemma(mark) == "to")
        });
    let infinitive = !nominal && !headline && (is_infinite(reading, at) || asked);
    let content = reading.word(at).deprel == "acl" || is_content_clause(reading, at);
    if relation == "xcomp" && infinitive && (has_yet(reading, above) || has_yet(reading, at)) {
        return Some(Governed::Modal(Status::Denied));
    }
    if let Some(status) = by_form(reading, at, above, infinitive) {
        return Some(Governed::Modal(status));
    }
    // "The deployment is off", "the deal is dead".
    if relation == "nsubj"
        && matches!(reading.lemma(above), "off" | "dead")
        && reading.child(above, "cop").is_some()
        && !is_negated(reading, above)
    {
        return Some(Governed::By(Some(Status::Cancelled)));
    }
    if let Some(status) = falls_short(reading, at, above) {
        return Some(Governed::Modal(status));
    }
    if matches!(relation, "ccomp" | "csubj" | "acl")
        && reading.unreal(UnrealWords::Truth, above)
        && own_status(reading, above) == Status::Denied
    {
        return Some(Governed::Modal(Status::Denied));
    }
    // "is thought likely to visit", "stands ready to strike": the adjective decides, wherever the tree hangs it.
    if relation == "xcomp" && infinitive && reading.is_verb(above) {
        let adjective = reading
            .analysis
            .children_in(above, "xcomp")
            .find(|word| *word < at && reading.word(*word).upos == Upos::Adj && *word > above);
        if let Some(effect) = adjective.and_then(|it| cue_of(reading, it)).and_then(|cue| cue.infinitive) {
            return Some(Governed::By(Some(effect)));
        }
    }
    // "dismissed as groundless a report that commandos landed": the tree may take the claim for what it is called.
    let plain = reading.pack.cues.find(CueClass::Verb, reading.lemma(above), []);
    if relation == "obl"
        && reading.is_verb(above)
        && plain.is_some_and(|cue| matches!(cue.id.as_str(), "deny" | "refuse"))
        && cue_of(reading, at).is_some_and(|cue| CLAIMS.contains(&cue.id.as_str()))
        && reading.preposition(at).is_none_or(|it| it == "as")
        && own_status(reading, above) != Status::Denied
    {
        return Some(Governed::Modal(Status::Denied));
    }
    let cue = if relation == "obj" { object_cue(reading, above) } else { cue_of(reading, above) }
        .or_else(|| existential_cue(reading, above, at))
        .or_else(|| idiom_cue(reading, above, at));
    if infinitive
        && cue.is_none_or(|cue| cue.reading == "aspect")
        && let Some(status) = purpose(reading, at, above)
    {
        return Some(Governed::By(Some(status)));
    }
    if reading.is_seen(at, above) {
        return Some(Governed::Light);
    }
    // "went to Moscow to ask for arms": asked as surely as gone.
    if infinitive
        && relation == "advcl"
        && reading.is_verb(above)
        && cue.is_none_or(|cue| cue.reading == "aspect")
        && reading.analysis.children_in(at, "mark").any(|mark| reading.lemma(mark) == "to")
        && unreal::speaks(reading, at)
    {
        return Some(Governed::Light);
    }
    let fits = match relation {
        "ccomp" | "xcomp" | "obj" | "csubj" => true,
        "nsubj" => {
            reading.is_passive(above)
                || reading.word(above).upos == Upos::Adj
                || cue.is_some_and(|cue| {
                    matches!(cue.reading.as_str(), "cancel" | "loom") && reading.child(above, "obj").is_none()
                })
        }
        "acl" => matches!(reading.word(above).upos, Upos::Noun) && content,
        "advcl" => infinitive,
        // "dismissed as fantasy the story": the tree may take the object behind for a circumstance.
        "obl" if nominal && reading.preposition(at).is_none() && !reading.is_time(at) => true,
        "obl" | "nmod" if idiom_cue(reading, above, at).is_some() => true,
        "obl" | "nmod" => cue.is_some_and(|cue| {
            let preposition = reading.preposition(at).unwrap_or_default();
            let with = format!("{} {preposition}", reading.lemma(above));
            // For nouns "of", "for", "on", "about", "to" lead to what they are about; verbs must list the preposition.
            let about =
                matches!(preposition, "of" | "for" | "on" | "about" | "to" | "against" | "with" | "over");
            let speech = cue.speech == demarche_pack::cues::Speech::Said;
            // "shook its head at reports", "poured cold water on talk of a deal".
            let turned_down = cue.id == "deny"
                && reading.is_verb(above)
                && cue_of(reading, at).is_some_and(|it| CLAIMS.contains(&it.id.as_str()));
            turned_down
                || about
                    && (reading.word(above).upos == Upos::Noun
                        && (!speech
                            || cue.noun.is_some() && matches!(preposition, "of" | "for")
                            || CLAIMS.contains(&cue.id.as_str()) && matches!(preposition, "of" | "about"))
                        || reading.child(above, "expl").is_some())
                || reading.pack.cues.lists(&with)
                || reading.pack.cues.lists_idiom(reading.lemma(above), reading.particles(above), preposition)
        }),
        _ => false,
    };
    // "will vote on sending sappers", "would win by shelling the town": a clause without a tense has that of its predicate.
    let untensed = relation == "advcl"
        && !infinitive
        && reading.child(at, "nsubj").is_none()
        && reading.child(at, "aux").is_none()
        && reading.word(at).feature("VerbForm").is_some_and(|form| matches!(form, "Ger" | "Part" | "Inf"))
        && reading.word(at).feature("Tense") != Some("Past")
        && mark(reading, at)
            .is_some_and(|mark| !reading.pack.cues.unreal().has(UnrealWords::Presupposed, &mark));
    if !fits && untensed && reading.is_verb(above) {
        let own = own_status(reading, above);
        if !matches!(own, Status::Occurred | Status::Ongoing) {
            return Some(Governed::Modal(own));
        }
    }
    if !fits {
        return unreal_argument(reading, above, at).then_some(Governed::Modal(Status::Hypothetical));
    }
    if let Some(cue) = cue {
        // "saw troops march": seen with one's eyes; "saw that" is an opinion.
        let bare = relation == "xcomp" && reading.analysis.children_in(at, "mark").next().is_none();
        if cue.reading == "aspect" || bare && reading.unreal(UnrealWords::Perceiving, above) {
            return Some(Governed::Light);
        }
        // "is said to have left", "are believed to be there": what is said in the infinitive is said to be so.
        let reported = infinitive && reading.is_passive(above) && tells(cue);
        let effect = match (nominal, infinitive) {
            (true, _) => cue.noun,
            (_, true) if !reported => cue.infinitive,
            _ => cue.clause,
        };
        return Some(Governed::By(effect));
    }
    let to = reading.analysis.children_in(at, "mark").next().is_some();
    if relation == "acl" && infinitive {
        // "soldiers heading south" are under way; "an order to head south" is none yet.
        return Some(if to { infinitive_of_noun(reading, above) } else { Governed::By(None) });
    }
    // "stayed anchored", "kept three ships stationed": a participle tells a state.
    if relation == "xcomp"
        && !to
        && reading.word(at).feature("VerbForm") == Some("Part")
        && reading.word(at).feature("Tense") == Some("Past")
    {
        return Some(Governed::Light);
    }
    if matches!(relation, "xcomp" | "obj") && infinitive {
        // "It is to meet", "are going to meet".
        return match reading.lemma(above) {
            "go" | "be" => Some(Governed::Modal(Status::Planned)),
            "have" => Some(Governed::Modal(Status::Requested)),
            _ => Some(Governed::Modal(Status::Hypothetical)),
        };
    }
    if relation == "nsubj" && nominal && reading.is_passive(above) {
        return Some(Governed::Light);
    }
    if unreal_argument(reading, above, at) {
        return Some(Governed::Modal(Status::Hypothetical));
    }
    (relation == "ccomp").then_some(Governed::By(None))
}

/// "ordered the force to leave" may hang the infinitive under the noun: the verb above decides; no infinitive under a
/// noun tells by itself that it came true, except after "the first".
fn infinitive_of_noun(reading: &Reading<'_>, noun: WordId) -> Governed {
    let first = reading.analysis.children(noun).iter().any(|child| {
        matches!(reading.lemma(*child), "first" | "last" | "only" | "second" | "latest" | "main")
            || reading.word(*child).feature("Degree") == Some("Sup")
    });
    let lemma = reading.lemma(noun);
    if first || matches!(lemma, "first" | "last" | "only" | "second" | "latest") {
        return Governed::By(None);
    }
    let object =
        matches!(reading.word(noun).relation(), "obj" | "iobj") || reading.word(noun).deprel == "nsubj:pass";
    let verb = reading.word(noun).head.filter(|_| object);
    match verb.and_then(|verb| cue_of(reading, verb)).and_then(|cue| cue.infinitive) {
        Some(effect) => Governed::By(Some(effect)),
        None => Governed::Modal(Status::Hypothetical),
    }
}

/// True if an event noun stands under a predicate that has not come true and nothing shows that the event itself has:
/// "an attack would be a mistake", "to launch new strikes"; but "will answer the attack on its base".
fn unreal_argument(reading: &Reading<'_>, above: WordId, at: WordId) -> bool {
    let word = reading.word(at);
    if word.upos != Upos::Noun || !matches!(word.relation(), "obj" | "nsubj" | "obl") {
        return false;
    }
    let given = reading.analysis.children(at).iter().any(|child| {
        let lemma = reading.lemma(*child).to_lowercase();
        let definite = matches!(lemma.as_str(), "the" | "this" | "that" | "these" | "those")
            || reading.word(*child).deprel == "nmod:poss";
        definite && !(word.relation() == "obj" && reading.word(*child).deprel == "nmod:poss")
    });
    !given
        && (reading.is_verb(above) || reading.child(above, "cop").is_some())
        && matches!(own_status(reading, above), Status::Hypothetical | Status::Requested | Status::Planned)
}

/// True for a clause that tells the content of a noun ("reports that …"), whatever the tree calls it.
pub(crate) fn is_content_clause(reading: &Reading<'_>, clause: WordId) -> bool {
    if reading.word(clause).relation() != "acl" {
        return false;
    }
    let Some(that) = reading.analysis.children(clause).iter().copied().find(|child| {
        reading.lemma(*child).eq_ignore_ascii_case("that")
            && matches!(reading.word(*child).relation(), "mark" | "obj")
    }) else {
        return false;
    };
    let marked = reading.word(that).relation() == "mark";
    if marked && reading.word(that).upos == Upos::Sconj {
        return true;
    }
    if reading.child(clause, "nsubj").is_none() {
        return false;
    }
    // A "that" which the tree calls the object stands beside the true object.
    let full = reading.analysis.children_in(clause, "obj").nth(1).is_some() || marked;
    if full && reading.word(that).upos == Upos::Sconj {
        return true;
    }
    // Behind a noun of claim, demand or fear the clause is what is claimed, unless its verb does something with the
    // claim itself ("the demand that Kyiv made", "the claim that the army rejected").
    let Some(noun) = reading.word(clause).head.filter(|noun| reading.word(*noun).upos == Upos::Noun) else {
        return false;
    };
    let Some(cue) = cue_of(reading, noun) else { return false };
    let content = CLAIMS.contains(&cue.id.as_str())
        || !matches!(cue.reading.as_str(), "aspect" | "agree" | "offer" | "allow");
    let handles = reading.unreal(UnrealWords::Handling, clause) || cue_of(reading, clause).is_some();
    content && (full || reading.is_passive(clause) || !handles)
}

/// "has yet to release", "are still to meet".
fn has_yet(reading: &Reading<'_>, word: WordId) -> bool {
    reading.analysis.children_in(word, "advmod").any(|adverb| reading.lemma(adverb) == "yet")
}

/// Verbs whose past is written like their bare form.
const SAME_PAST: &[&str] = &[
    "hit",
    "put",
    "cut",
    "set",
    "shut",
    "let",
    "hurt",
    "cost",
    "beat",
    "bid",
    "burst",
    "cast",
    "quit",
    "shed",
    "split",
    "spread",
    "thrust",
    "broadcast",
    "upset",
];

fn is_infinite(reading: &Reading<'_>, clause: WordId) -> bool {
    let form = reading.word(clause).feature("VerbForm");
    let to = reading.analysis.children_in(clause, "mark").find(|mark| reading.lemma(*mark) == "to");
    // "said the ship hit the boat": with a subject of its own that is the past, whatever the word is taken for.
    let past = to.is_none()
        && reading.word(clause).relation() == "ccomp"
        && reading.child(clause, "nsubj").is_some()
        && SAME_PAST.contains(&reading.lemma(clause));
    if past {
        return false;
    }
    // "are to arrive" is no infinitive, whether the tree takes "are" for an auxiliary or a copula.
    let finite_aux = reading.analysis.children(clause).iter().any(|child| {
        let relation = reading.word(*child).relation();
        (relation == "aux" || relation == "cop" && to.is_some_and(|to| to.0 == child.0 + 1))
            && reading.word(*child).feature("VerbForm") == Some("Fin")
    });
    (to.is_some()
        || matches!(form, Some("Inf" | "Ger"))
        || form == Some("Part") && reading.word(clause).relation() == "xcomp")
        && !finite_aux
}

fn mark<'r>(reading: &'r Reading<'_>, clause: WordId) -> Option<Cow<'r, str>> {
    let children = reading.analysis.children(clause);
    children
        .iter()
        .find(|child| {
            let word = reading.word(**child);
            word.relation() == "mark"
                || word.relation() == "advmod"
                    && matches!(word.lemma.as_str(), "when" | "whenever" | "where" | "once")
        })
        .map(|mark| lower(reading.lemma(*mark)))
}

/// What an outer word makes of an inner status.
fn combine(outer: Option<Status>, inner: Status) -> Status {
    use Status::*;
    match (outer, inner) {
        (None, inner) => inner,
        (Some(Denied | Refused), Denied) => Hypothetical,
        (Some(Planned), Cancelled | Denied | Refused) => inner,
        (Some(Hypothetical), Denied | Cancelled | Refused | Requested | Proposed) => inner,
        (Some(outer), _) => outer,
    }
}

/// What a light verb says of the noun that it carries.
fn combine_light(verb: Status, noun: Status) -> Status {
    match (verb, noun) {
        (verb, Status::Occurred | Status::Ongoing) => verb,
        (Status::Occurred | Status::Ongoing, noun) => noun,
        (verb, _) => verb,
    }
}

impl Reading<'_> {
    /// True if a condition ("if …", "unless …") hangs under the predicate.
    pub fn conditional_below(&self, head: WordId) -> bool {
        self.analysis.children(head).iter().any(|child| {
            self.word(*child).relation() == "advcl"
                && mark(self, *child).is_some_and(|mark| matches!(&*mark, "if" | "unless" | "should"))
        })
    }
}
