//! Whether what a word tells took place: modal verbs, tense, negation, conditions, questions, and everything that
//! governs the word (plans, demands, refusals, denials, fears, attempts), as the pack's cues have it.

use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::cues::{Cue, CueClass};
use demarche_record::{BlockKind, Status};

/// Marks that make a clause a condition or an open question.
const CONDITIONAL: &[&str] = &[
    "if",
    "unless",
    "whether",
    "should",
    "provided",
    "provide",
    "lest",
    "suppose",
    "assume",
    "assuming",
    "supposing",
    "providing",
];
/// Participles that carry a condition as their clause: "provided that both sides agree".
const CONDITIONAL_VERBS: &[&str] = &["provide", "suppose", "assume", "grant"];
/// Two words before something that takes place even less than what was denied.
const EVEN_LESS: &[[&str; 2]] =
    &[["let", "alone"], ["much", "less"], ["still", "less"], ["never", "mind"], ["far", "less"]];
/// What a claim noun is called when somebody turns it down: the claimed thing is denied, not refused.
pub(crate) const CLAIMS: &[&str] = &["claim", "allegation", "rumour", "report"];
/// Marks whose clause is presupposed or has a time of its own: nothing above it changes its status.
const PRESUPPOSED: &[&str] = &[
    "when", "after", "before", "since", "while", "as", "because", "although", "though", "until", "once",
    "where",
];
const NEGATIONS: &[&str] = &["not", "n't", "never", "neither", "nor", "hardly", "scarcely", "no longer"];
/// Adverbs that say it fell short.
const FALLING_SHORT: &[&str] = &["nearly", "almost", "barely", "hardly", "scarcely"];
const UNCERTAIN: &[&str] =
    &["possibly", "perhaps", "maybe", "probably", "likely", "potentially", "hypothetically", "conceivably"];

/// Status of a predicate by its own words and by everything above it in the sentence.
pub fn status(reading: &Reading<'_>, head: WordId) -> Status {
    let mut inner = own_status(reading, head);
    let mut at = head;
    for _ in 0..16 {
        let Some(above) = reading.word(at).head else { break };
        let relation = reading.word(at).relation();
        let phrase = if relation == "acl" { above } else { at };
        if matches!(relation, "obl" | "nmod" | "acl")
            && reading.preposition(phrase).as_deref() == Some("without")
        {
            return combine(Some(Status::Denied), inner);
        }
        if let Some(mark) = mark(reading, at) {
            if CONDITIONAL.contains(&mark.as_str()) {
                return combine(Some(Status::Hypothetical), inner);
            }
            if mark == "without" {
                return combine(Some(Status::Denied), inner);
            }
            if PRESUPPOSED.contains(&mark.as_str()) && matches!(relation, "advcl" | "acl") {
                break;
            }
        }
        if reading.word(at).deprel == "acl:relcl" && !is_content_clause(reading, at) {
            break;
        }
        if relation == "ccomp"
            && CONDITIONAL_VERBS.contains(&reading.lemma(above))
            && matches!(reading.word(above).relation(), "advcl" | "parataxis")
        {
            return combine(Some(Status::Hypothetical), inner);
        }
        let carried = reading.light_verb(at) == Some(above)
            && cue_of(reading, above).is_none_or(|cue| cue.reading == "aspect");
        let governed = if carried { Some(Governed::Light) } else { governs(reading, above, at) };
        match governed {
            Some(Governed::Light) => {
                inner = combine_light(own_status(reading, above), inner);
            }
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
                    (Some(effect), _) => combine(Some(effect), inner),
                    // "may say that …" leaves the content as it is said.
                    (None, _) => inner,
                };
            }
            Some(Governed::Modal(status)) => inner = combine(Some(status), inner),
            None if matches!(relation, "ccomp" | "parataxis" | "xcomp" | "csubj") => {}
            None if relation == "conj" => {
                at = above;
                continue;
            }
            None => break,
        }
        at = above;
    }
    if reading.word(at).head.is_none() && at != head && asks(reading, at) {
        return combine(Some(Status::Hypothetical), inner);
    }
    inner
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

/// The cue that a word is, with its particles.
pub fn cue_of<'a>(reading: &Reading<'a>, word: WordId) -> Option<&'a Cue> {
    let class = match reading.word(word).upos {
        Upos::Verb | Upos::Aux => CueClass::Verb,
        Upos::Noun => CueClass::Noun,
        Upos::Adj => CueClass::Adjective,
        _ => return None,
    };
    let particles = reading.particles(word);
    reading.pack.cues.find(class, reading.lemma(word), particles.iter().map(String::as_str))
}

fn governs(reading: &Reading<'_>, above: WordId, at: WordId) -> Option<Governed> {
    let relation = reading.word(at).relation();
    let nominal = matches!(reading.word(at).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
    // "spoke of blowing it up": the verb must ask for the preposition.
    let asked = relation == "advcl"
        && mark(reading, at)
            .is_some_and(|mark| reading.pack.cues.lists(&format!("{} {mark}", reading.lemma(above))));
    let infinitive = !nominal && (is_infinite(reading, at) || asked);
    let content = reading.word(at).deprel == "acl" || is_content_clause(reading, at);
    if relation == "xcomp" && infinitive && (has_yet(reading, above) || has_yet(reading, at)) {
        return Some(Governed::Modal(Status::Denied));
    }
    // "stopped short of sending troops": the tree may hang the deed under "short".
    if reading.word(above).upos == Upos::Adv
        && reading.lemma(above) == "short"
        && matches!(mark(reading, at).or_else(|| reading.preposition(at)).as_deref(), Some("of"))
    {
        return Some(Governed::Modal(Status::Denied));
    }
    let cue = cue_of(reading, above).or_else(|| existential_cue(reading, above, at));
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
        "obl" | "nmod" => cue.is_some_and(|cue| {
            let preposition = reading.preposition(at).unwrap_or_default();
            let with = format!("{} {preposition}", reading.lemma(above));
            // For nouns "of", "for", "on", "about", "to" lead to what they are about; verbs must list the preposition.
            let about = matches!(
                preposition.as_str(),
                "of" | "for" | "on" | "about" | "to" | "against" | "with" | "over"
            );
            let speech = cue.speech == demarche_pack::cues::Speech::Said;
            about
                && (reading.word(above).upos == Upos::Noun
                    && (!speech
                        || CLAIMS.contains(&cue.id.as_str())
                            && matches!(preposition.as_str(), "of" | "about"))
                    || reading.child(above, "expl").is_some())
                || reading.pack.cues.find(CueClass::Verb, &with, []).is_some()
        }),
        _ => false,
    };
    if !fits {
        return unreal_argument(reading, above, at).then_some(Governed::Modal(Status::Hypothetical));
    }
    if let Some(cue) = cue {
        if cue.reading == "aspect" {
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
    if relation == "acl" && infinitive {
        return Some(infinitive_of_noun(reading, above));
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

/// Readings of cues that tell how something is, so that "is said to", "is believed to" do so as well.
pub(crate) fn tells(cue: &Cue) -> bool {
    matches!(cue.reading.as_str(), "assert" | "believe" | "estimate" | "concede")
}

/// "There is growing fear in the city about an attack": the noun of fear governs what the tree hangs under the verb.
fn existential_cue<'a>(reading: &Reading<'a>, above: WordId, at: WordId) -> Option<&'a Cue> {
    if reading.word(at).relation() != "obl" || reading.child(above, "expl").is_none() {
        return None;
    }
    reading.child(above, "nsubj").and_then(|noun| cue_of(reading, noun))
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
    // A "that" which the tree calls the object stands beside the true object.
    let full = reading.child(clause, "nsubj").is_some()
        && reading.analysis.children_in(clause, "obj").nth(1).is_some();
    reading.analysis.children(clause).iter().any(|child| {
        let word = reading.word(*child);
        word.lemma.eq_ignore_ascii_case("that")
            && word.upos == Upos::Sconj
            && (word.relation() == "mark" || full && word.relation() == "obj")
    })
}

/// "has yet to release", "are still to meet".
fn has_yet(reading: &Reading<'_>, word: WordId) -> bool {
    reading.analysis.children_in(word, "advmod").any(|adverb| reading.lemma(adverb) == "yet")
}

fn is_infinite(reading: &Reading<'_>, clause: WordId) -> bool {
    let form = reading.word(clause).feature("VerbForm");
    let to = reading
        .analysis
        .children(clause)
        .iter()
        .any(|child| reading.word(*child).relation() == "mark" && reading.lemma(*child) == "to");
    let finite_aux = reading.analysis.children(clause).iter().any(|child| {
        reading.word(*child).relation() == "aux" && reading.word(*child).feature("VerbForm") == Some("Fin")
    });
    (to || matches!(form, Some("Inf" | "Ger"))
        || form == Some("Part") && reading.word(clause).relation() == "xcomp")
        && !finite_aux
}

fn mark(reading: &Reading<'_>, clause: WordId) -> Option<String> {
    let children = reading.analysis.children(clause);
    children
        .iter()
        .find(|child| {
            let word = reading.word(**child);
            word.relation() == "mark"
                || word.relation() == "advmod" && matches!(word.lemma.as_str(), "when" | "where" | "once")
        })
        .map(|mark| reading.lemma(*mark).to_lowercase())
}

/// What the predicate says by itself.
fn own_status(reading: &Reading<'_>, head: WordId) -> Status {
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
    if is_question(reading, head) || is_inverted(reading, head) || is_offset(reading, head) {
        return Status::Hypothetical;
    }
    if word.feature("Mood") == Some("Imp") {
        return Status::Requested;
    }
    let adverbs = reading.analysis.children_in(head, "advmod");
    if adverbs.into_iter().any(|adverb| UNCERTAIN.contains(&reading.lemma(adverb))) {
        return Status::Hypothetical;
    }
    let mut short = reading.analysis.children_in(head, "advmod");
    if short.any(|adverb| FALLING_SHORT.contains(&reading.lemma(adverb)) && adverb < head) {
        return Status::Denied;
    }
    let auxiliaries = auxiliaries(reading, head);
    // "is to send": arranged.
    let to = reading.analysis.children_in(head, "mark").any(|mark| reading.lemma(mark) == "to");
    if to && auxiliaries.iter().any(|auxiliary| auxiliary == "be") && !reading.is_passive(head) {
        return Status::Planned;
    }
    for auxiliary in &auxiliaries {
        match auxiliary.as_str() {
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
    let past =
        word.feature("Tense") == Some("Past") || auxiliaries.iter().any(|auxiliary| auxiliary == "have");
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
        if headline && !progressive { Status::Occurred } else { Status::Ongoing }
    } else {
        Status::Occurred
    }
}

/// Auxiliaries of a predicate; a coordinated predicate without any shares those of the first.
fn auxiliaries(reading: &Reading<'_>, head: WordId) -> Vec<String> {
    let mut at = head;
    for _ in 0..6 {
        let children = reading.analysis.children(at);
        let own: Vec<String> = children
            .iter()
            .filter(|child| matches!(reading.word(**child).relation(), "aux" | "cop"))
            .map(|child| reading.lemma(*child).to_lowercase())
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
        let lemma = word.lemma.to_lowercase();
        let negation =
            NEGATIONS.contains(&lemma.as_str()) && matches!(word.relation(), "advmod" | "cc" | "det");
        let nobody = matches!(word.relation(), "nsubj" | "obj" | "obl")
            && (matches!(lemma.as_str(), "nobody" | "nothing" | "none" | "neither")
                || has_no(reading, *child));
        // "neither Lima nor Bogota recalled": the negation hangs under the subject.
        let neither = word.relation() == "nsubj"
            && reading
                .analysis
                .children(*child)
                .iter()
                .any(|part| reading.lemma(*part).eq_ignore_ascii_case("neither"));
        negation || nobody || neither
    })
}

fn has_no(reading: &Reading<'_>, noun: WordId) -> bool {
    reading.analysis.children(noun).iter().any(|child| {
        reading.word(*child).relation() == "det" && matches!(reading.lemma(*child), "no" | "neither")
    })
}

/// A noun as trigger: "no meeting", "a planned visit", "a possible attack", "the alleged transfer".
fn noun_status(reading: &Reading<'_>, noun: WordId) -> Status {
    if has_no(reading, noun) || is_even_less(reading, noun) {
        return Status::Denied;
    }
    // "any conversation with them": of whatever may come.
    if reading.analysis.children_in(noun, "det").any(|det| matches!(reading.lemma(det), "any" | "every")) {
        return Status::Hypothetical;
    }
    // "this is a good sign in advance of the meeting": still to come, unless all is told in the past.
    if let Some(above) = reading.word(noun).head
        && (matches!(reading.lemma(above), "advance" | "ahead")
            && reading.preposition(noun).as_deref() == Some("of")
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
    for modifier in reading.analysis.children(noun) {
        let word = reading.word(*modifier);
        if !matches!(word.relation(), "amod" | "compound" | "acl") {
            continue;
        }
        if let Some(effect) =
            cue_of(reading, *modifier).filter(|cue| cue.reading != "aspect").and_then(|cue| cue.noun)
        {
            return effect;
        }
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

/// "did not hold the town, let alone the airport".
fn is_even_less(reading: &Reading<'_>, head: WordId) -> bool {
    let words = reading.analysis.sentence(head).words.clone();
    let own = reading.analysis.subtree(head);
    // The tree may hang the two words under what follows them, or beside it.
    let near = own.first().map_or(head.0, |first| first.0).saturating_sub(2).max(words.start);
    (near..head.0).any(|at| {
        let pair = [at, at + 1].map(WordId);
        pair[1].0 < head.0
            && EVEN_LESS.iter().any(|less| {
                less.iter().zip(pair).all(|(word, at)| reading.analysis.form(at).eq_ignore_ascii_case(word))
            })
    })
}

/// "Were they to withdraw, …", "Had it come, …", "Should he leave, …": a condition by word order alone.
fn is_inverted(reading: &Reading<'_>, head: WordId) -> bool {
    let first = reading.analysis.subtree(head).first().copied();
    let opens = reading.analysis.children(head).iter().copied().find(|child| {
        matches!(reading.word(*child).relation(), "aux" | "cop")
            && matches!(reading.lemma(*child), "be" | "have" | "should")
            && reading.word(*child).feature("Mood") != Some("Imp")
    });
    let Some(auxiliary) = opens else { return false };
    let subordinate = reading.word(head).head.is_some();
    first == Some(auxiliary)
        && subordinate
        && matches!(reading.analysis.form(auxiliary).to_lowercase().as_str(), "were" | "had" | "should")
        && auxiliary.0 < head.0
        && !asks(reading, head)
        && reading.word(head).relation() != "conj"
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
    // Only the main clause is asked; what it presupposes is not.
    asks(reading, head) && (reading.word(head).head.is_none() || reading.word(head).relation() == "conj")
}

/// True if the sentence of a word ends with a question mark.
fn asks(reading: &Reading<'_>, word: WordId) -> bool {
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
                && mark(self, *child).is_some_and(|mark| matches!(mark.as_str(), "if" | "unless" | "should"))
        })
    }
}
