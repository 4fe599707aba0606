//! Whether what a word tells took place: modal verbs, tense, negation, conditions, questions, and everything that
//! governs the word (plans, demands, refusals, denials, fears, attempts), as the pack's cues have it.

use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::cues::{Cue, CueClass};
use demarche_record::{BlockKind, Status};

/// Marks that make a clause a condition or an open question.
const CONDITIONAL: &[&str] =
    &["if", "unless", "whether", "should", "provided", "lest", "suppose", "assuming"];
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
        if let Some(mark) = mark(reading, at) {
            if CONDITIONAL.contains(&mark.as_str()) {
                return combine(Some(Status::Hypothetical), inner);
            }
            if PRESUPPOSED.contains(&mark.as_str()) && matches!(relation, "advcl" | "acl") {
                break;
            }
        }
        if reading.word(at).deprel == "acl:relcl" {
            break;
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
                inner = match (effect, own) {
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
    let cue = cue_of(reading, above);
    let nominal = matches!(reading.word(at).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
    let infinitive = !nominal && is_infinite(reading, at);
    let fits = match relation {
        "ccomp" | "xcomp" | "obj" | "csubj" => true,
        "nsubj" => reading.is_passive(above) || reading.word(above).upos == Upos::Adj,
        "acl" => matches!(reading.word(above).upos, Upos::Noun) && reading.word(at).deprel == "acl",
        "advcl" => infinitive,
        "obl" | "nmod" => cue.is_some_and(|cue| {
            let preposition = reading.preposition(at).unwrap_or_default();
            let with = format!("{} {preposition}", reading.lemma(above));
            // For nouns "of", "for", "on", "about", "to" lead to what they are about; verbs must list the preposition.
            reading.word(above).upos == Upos::Noun
                && matches!(preposition.as_str(), "of" | "for" | "on" | "about" | "to" | "against" | "with")
                && cue.speech != demarche_pack::cues::Speech::Said
                || reading.pack.cues.find(CueClass::Verb, &with, []).is_some()
        }),
        _ => false,
    };
    if !fits {
        return None;
    }
    if let Some(cue) = cue {
        if cue.reading == "aspect" {
            return Some(Governed::Light);
        }
        let effect = match (nominal, infinitive) {
            (true, _) => cue.noun,
            (_, true) => cue.infinitive,
            _ => cue.clause,
        };
        return Some(Governed::By(effect));
    }
    if matches!(relation, "xcomp" | "obj") && infinitive {
        // "It is to meet", "are going to meet".
        return match reading.lemma(above) {
            "go" | "be" => Some(Governed::Modal(Status::Planned)),
            "have" if has_yet(reading, above) || has_yet(reading, at) => {
                Some(Governed::Modal(Status::Denied))
            }
            "have" => Some(Governed::Modal(Status::Requested)),
            _ => Some(Governed::Modal(Status::Hypothetical)),
        };
    }
    if relation == "nsubj" && nominal && reading.is_passive(above) {
        return Some(Governed::Light);
    }
    (relation == "ccomp").then_some(Governed::By(None))
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
    if is_negated(reading, head) {
        return Status::Denied;
    }
    if is_question(reading, head) {
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
            "will" | "shall" | "'ll" => return Status::Planned,
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
    if has_no(reading, noun) {
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
