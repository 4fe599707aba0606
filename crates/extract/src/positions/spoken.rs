//! Positions without a verb of position: what somebody says in a clause of modality. "must", "should" and imperatives
//! are demands; "will" of one's own acts is a promise or a threat, "will not" a refusal; "only if" is a condition; calling
//! a charge baseless is a denial.

use super::holders::{is_own, may_hold, same_party};
use crate::{Circumstances, Reading, Said, is_negated};
use demarche_language::{Upos, WordId};
use demarche_pack::lower;
use demarche_record::{Body, EventType, Genre, Kind, Plover, Position, Record, Stance, Status, Voice, Words};
use demarche_text::Span;

/// Words that make what will be done a threat.
const RETALIATION: &[&str] = &[
    "retaliate",
    "retaliation",
    "retaliatory",
    "respond",
    "response",
    "reply",
    "consequence",
    "regret",
    "punish",
    "punishment",
    "crush",
    "annihilate",
    "destroy",
    "strike",
    "hit",
    "obliterate",
    "avenge",
    "revenge",
    "reprisal",
    "countermeasure",
    "repercussion",
];
/// Words that say a charge is not true.
const BASELESS: &[&str] = &[
    "baseless",
    "groundless",
    "unfounded",
    "false",
    "untrue",
    "fabricated",
    "absurd",
    "ridiculous",
    "nonsense",
    "lie",
    "fabrication",
    "slander",
    "propaganda",
    "fake",
    "hoax",
    "fantasy",
    "ludicrous",
    "invention",
    "smear",
    "disinformation",
    "nonsensical",
    "fiction",
];
/// What may be called untrue.
const CLAIMS: &[&str] = &[
    "accusation",
    "allegation",
    "charge",
    "claim",
    "report",
    "rumour",
    "rumor",
    "story",
    "suggestion",
    "assertion",
    "this",
    "that",
    "it",
];
/// Verbs whose "will" tells no act towards another.
const NO_ACT: &[&str] = &[
    "be", "have", "see", "know", "say", "talk", "meet", "discuss", "need", "want", "get", "become", "remain",
    "happen", "come", "win", "lose", "prevail", "try", "hope", "think", "speak", "visit", "travel", "attend",
    "arrive", "start", "begin", "take", "go", "make",
];

/// True for the rules of this module.
pub(super) fn is_rule(rule: &str) -> bool {
    rule.starts_with("position.modal") || matches!(rule, "position.only-if" | "position.baseless")
}

/// True if a word says that a charge is not true.
pub(super) fn is_baseless(lemma: &str) -> bool {
    BASELESS.contains(&lemma)
}

/// The position that a clause takes by its modality. In an opinion piece the writer's own demands are positions with
/// the voice `opinion`.
pub(super) fn spoken(reading: &Reading<'_>, said: &[Said], trigger: WordId) -> Option<Record> {
    let predicate = reading.is_verb(trigger) || reading.child(trigger, "cop").is_some();
    if !predicate || reading.word(trigger).relation() == "aux" {
        return None;
    }
    let span = reading.word(trigger).span;
    let speaker = said
        .iter()
        .filter(|it| it.covers(span))
        .min_by_key(|it| it.content.iter().map(|part| part.len()).sum::<usize>());
    // What a verb of position has as its content is that position.
    if speaker.is_some_and(|it| {
        it.attitude
            || matches!(
                it.reading.as_str(),
                "ask"
                    | "predict"
                    | "promise"
                    | "demand"
                    | "request"
                    | "threaten"
                    | "refuse"
                    | "deny"
                    | "offer"
                    | "propose"
            )
    }) {
        return None;
    }
    // "has not said how it will vote": nothing was said.
    let unsaid = |cue: WordId| matches!(crate::status(reading, cue), Status::Denied | Status::Hypothetical);
    if speaker.and_then(|it| it.cue).is_some_and(unsaid) {
        return None;
    }
    let (stance, status) = stance_of(reading, speaker, trigger)?;
    let around = reading.circumstances(trigger, said);
    if matches!(around.voice, Voice::Furniture | Voice::Caption) {
        return None;
    }
    let opinion = reading.analysis.document.genre == Genre::Opinion && speaker.is_none();
    let subject = reading.subject(trigger);
    // Outside speech only an opinion's demands and a party's own conditions are positions.
    let own_condition = stance == Stance::Condition && subject.is_some_and(|head| may_hold(reading, head));
    if speaker.is_none()
        && !(opinion && stance == Stance::Demand && !is_imperative(reading, trigger) || own_condition)
    {
        return None;
    }
    let holder = match speaker {
        Some(it) => it.speaker.clone(),
        None if own_condition && !opinion => subject.map(|head| reading.party(head)),
        None => None,
    };
    let mut attribution = around.attribution.clone();
    attribution.retain(|link| link.party.is_none() && holder.is_some() || !same_party(link, &holder));
    let clause = match stance {
        // What is threatened on a condition is told with it.
        Stance::Threat => reading.clause(trigger),
        _ => from_subject(reading, trigger),
    };
    // Not beyond what is said: the verb of speech may hang inside the clause.
    let said_part = speaker.and_then(|it| it.content.iter().find(|part| part.contains(span)));
    let clause = said_part
        .and_then(|part| {
            let (start, end) = (clause.start().max(part.start()), clause.end().min(part.end()));
            reading.analysis.document.text.span(start, end)
        })
        .filter(|it| !it.is_empty())
        .unwrap_or(clause);
    let addressee = match stance {
        Stance::Demand if is_imperative(reading, trigger) => speaker.and_then(|it| it.addressee.clone()),
        Stance::Demand => subject
            .filter(|head| may_hold(reading, *head) && reading.word(*head).feature("Person") != Some("1"))
            .map(|head| reading.party(head)),
        Stance::Threat => speaker.and_then(|it| it.addressee.clone()),
        _ => None,
    };
    let voice = if opinion { Voice::Opinion } else { around.voice };
    let around = Circumstances { attribution, voice, ..around };
    let (kind, rule) = match stance {
        Stance::Threat => (EventType::Threaten, "position.modal-threat"),
        Stance::Promise => (EventType::Agree, "position.modal-promise"),
        Stance::Refusal => (EventType::Reject, "position.modal-refusal"),
        Stance::Denial => (EventType::Reject, "position.baseless"),
        Stance::Condition => (EventType::Request, "position.only-if"),
        _ => (EventType::Request, "position.modal"),
    };
    let plover = Some(Plover { kind, mode: None, contexts: Vec::new() });
    let content = content_words(reading, clause);
    let body = Body::Position(Position { holder, stance, addressee, content, answers: None });
    Some(reading.record("positions", rule, clause, around, Some(status), 0.55, plover, body))
}

/// Which stance the clause takes.
fn stance_of(reading: &Reading<'_>, speaker: Option<&Said>, trigger: WordId) -> Option<(Stance, Status)> {
    let hypothetical = || crate::status(reading, trigger) == Status::Hypothetical;
    if is_condition(reading, trigger) {
        return Some((Stance::Condition, Status::Occurred));
    }
    if asks_to_act(reading, trigger) && !hypothetical() {
        return Some((Stance::Demand, Status::Occurred));
    }
    let said = speaker?;
    let party = said.speaker.as_ref()?;
    if calls_baseless(reading, trigger) {
        return Some((Stance::Denial, Status::Occurred));
    }
    let auxiliaries: Vec<&str> =
        reading.analysis.children_in(trigger, "aux").map(|aux| reading.lemma(aux)).collect();
    let will = auxiliaries.iter().any(|aux| matches!(*aux, "will" | "shall" | "'ll" | "would"));
    let can = auxiliaries.contains(&"can")
        && matches!(
            reading.lemma(trigger),
            "accept"
                | "agree"
                | "allow"
                | "tolerate"
                | "recognize"
                | "recognise"
                | "permit"
                | "negotiate"
                | "compromise"
                | "support"
                | "approve"
                | "cede"
                | "surrender"
                | "withdraw"
        );
    if !(will || can) || is_depending(reading, trigger) {
        return None;
    }
    let subject = reading.subject(trigger)?;
    let own = is_own(reading, subject, party);
    let words = reading.analysis.subtree(trigger);
    let retaliates = words.iter().any(|word| RETALIATION.contains(&reading.lemma(*word)));
    let consequences =
        words.iter().any(|word| matches!(reading.lemma(*word), "consequence" | "repercussion" | "reprisal"));
    let negated = is_negated(reading, trigger);
    if will && !negated && (own && retaliates || consequences || retaliates && reading.is_passive(trigger)) {
        return Some((Stance::Threat, Status::Occurred));
    }
    let verb = reading.is_verb(trigger) && !reading.is_passive(trigger);
    if !own || !verb || NO_ACT.contains(&reading.lemma(trigger)) && !negated {
        return None;
    }
    // Planned meetings and moves are contacts and deployments.
    let arranged = !reading.frames_at(Kind::Contact, trigger).is_empty()
        || words.iter().any(|word| {
            matches!(reading.pack.units.class(reading.lemma(*word)), Some("personnel" | "formation"))
        });
    if negated {
        let stative = matches!(
            reading.lemma(trigger),
            "be" | "have"
                | "know"
                | "see"
                | "say"
                | "think"
                | "become"
                | "happen"
                | "bet"
                | "expect"
                | "believe"
        );
        // "I would not call it a retreat": a judgement.
        let stative = stative
            || matches!(reading.lemma(trigger), "call" | "describe")
                && (reading.child(trigger, "xcomp").is_some()
                    || !reading.behind(trigger, &["as"]).is_empty());
        return (!stative).then_some((Stance::Refusal, Status::Occurred));
    }
    (will && !arranged && !hypothetical()).then_some((Stance::Promise, Status::Occurred))
}

/// "must", "should", "has to", "needs to", an imperative.
fn asks_to_act(reading: &Reading<'_>, trigger: WordId) -> bool {
    let auxiliaries: Vec<&str> =
        reading.analysis.children_in(trigger, "aux").map(|aux| reading.lemma(aux)).collect();
    // "must have known" guesses.
    let guess = auxiliaries.contains(&"have");
    let must = auxiliaries.iter().any(|aux| matches!(*aux, "must" | "should" | "ought"))
        && !(reading.lemma(trigger) == "have" && reading.child(trigger, "xcomp").is_none());
    let need = matches!(reading.lemma(trigger), "have" | "need") && reading.child(trigger, "xcomp").is_some();
    let modal = must && !guess || need && !is_negated(reading, trigger) && auxiliaries.is_empty();
    (modal && (must || !reading.conditional_below(trigger)) || is_imperative(reading, trigger))
        // "should the road stay shut" is a condition.
        && !(must && inverted(reading, trigger))
}

fn inverted(reading: &Reading<'_>, trigger: WordId) -> bool {
    let aux = reading.analysis.children_in(trigger, "aux").find(|aux| reading.lemma(*aux) == "should");
    aux.is_some_and(|aux| reading.child(trigger, "nsubj").is_some_and(|subject| aux < subject))
}

fn is_imperative(reading: &Reading<'_>, trigger: WordId) -> bool {
    let small_talk = matches!(
        reading.lemma(trigger),
        "look"
            | "see"
            | "listen"
            | "thank"
            | "say"
            | "imagine"
            | "suppose"
            | "remember"
            | "note"
            | "read"
            | "click"
            | "think"
    );
    reading.word(trigger).feature("Mood") == Some("Imp") && reading.subject(trigger).is_none() && !small_talk
}

/// "will negotiate only if …", "could only be about …", "not before …".
pub(crate) fn is_condition(reading: &Reading<'_>, trigger: WordId) -> bool {
    let modal = reading
        .analysis
        .children_in(trigger, "aux")
        .any(|aux| matches!(reading.lemma(aux), "will" | "would" | "can" | "could" | "shall"));
    if !modal {
        return false;
    }
    let only = |word: WordId| {
        reading.analysis.children_in(word, "advmod").any(|adverb| reading.lemma(adverb) == "only")
    };
    let clause = reading.analysis.children_in(trigger, "advcl").any(|clause| {
        let mark = reading
            .child(clause, "mark")
            .or_else(|| reading.child(clause, "advmod"))
            .map(|mark| reading.lemma(mark));
        match mark {
            Some("if" | "when" | "once" | "after") => only(clause) || only(trigger),
            Some("unless") => is_negated(reading, trigger),
            Some("until") => is_negated(reading, trigger),
            _ => {
                reading.analysis.children_in(clause, "advmod").any(|mark| reading.lemma(mark) == "only")
                    && mark.is_some()
            }
        }
    });
    // "talks could only be about …": the modal verb stands before "only".
    let about = reading.child(trigger, "cop").is_some() && only(trigger);
    clause || about
}

/// "asked whether it had dropped its objections": nothing is told of what is asked about.
pub(super) fn is_asked_about(reading: &Reading<'_>, said: &[Said], trigger: WordId) -> bool {
    let span = reading.word(trigger).span;
    said.iter().filter(|it| it.reading == "ask" && it.covers(span)).any(|it| {
        it.content.first().is_some_and(|content| {
            let low = reading.analysis.text(*content).to_lowercase();
            low.starts_with("whether ") || low.starts_with("if ")
        })
    })
}

/// True if the clause hangs on "whether" or "if", or asks how or when: not what will be done.
fn is_depending(reading: &Reading<'_>, trigger: WordId) -> bool {
    reading
        .analysis
        .children_in(trigger, "mark")
        .any(|mark| matches!(reading.lemma(mark), "if" | "whether" | "unless" | "so" | "because"))
        || matches!(reading.word(trigger).relation(), "advcl" | "acl")
        || reading.word(trigger).relation() == "ccomp"
            && reading.analysis.subtree(trigger).first().is_some_and(|first| {
                matches!(
                    &*lower(reading.analysis.form(*first)),
                    "how" | "when" | "where" | "who" | "whom" | "what" | "which" | "why"
                )
            })
}

/// "the charges were a rehash of old lies": a charge is called untrue.
fn calls_baseless(reading: &Reading<'_>, trigger: WordId) -> bool {
    if reading.child(trigger, "cop").is_none() || is_negated(reading, trigger) {
        return false;
    }
    let subject = reading.subject(trigger);
    let claim =
        subject.is_some_and(|subject| CLAIMS.contains(&reading.lemma(subject).to_lowercase().as_str()));
    let near = std::iter::once(trigger).chain(reading.behind(trigger, &["of"]));
    claim && near.into_iter().any(|word| is_baseless(reading.lemma(word)))
}

/// The clause from its subject on, without what stands before it ("However, to make its voice heard, …").
fn from_subject(reading: &Reading<'_>, predicate: WordId) -> Span {
    let whole = reading.clause(predicate);
    let subject = reading.analysis.children_in(predicate, "nsubj").next();
    // Without a subject of its own, a coordinated clause begins behind "and".
    let lead = reading.analysis.children(predicate).iter().copied().filter(|child| {
        *child < predicate && !matches!(reading.word(*child).relation(), "cc" | "punct" | "mark")
    });
    let first = lead.min().unwrap_or(predicate);
    let own = reading.analysis.children_in(predicate, "cc").next().map(|_| reading.clause(first).start());
    let start = subject
        .map(|subject| reading.clause(subject).start())
        .or(own)
        .unwrap_or(whole.start())
        .max(whole.start());
    let text = &reading.analysis.document.text;
    // The verb of speech may hang behind: "…, the minister said".
    let speech = reading.analysis.children(predicate).iter().copied().find(|child| {
        reading.word(*child).relation() == "parataxis"
            && *child > predicate
            && crate::cue_of(reading, *child).is_some()
            && reading.word(*child).upos == Upos::Verb
    });
    let end = speech.map_or(whole.end(), |speech| reading.clause(speech).start()).min(whole.end());
    text.span(start, end.max(start)).filter(|span| !span.is_empty()).unwrap_or(whole)
}

/// The words of a clause without the comma and the marks that close a quotation.
fn content_words(reading: &Reading<'_>, span: Span) -> Words {
    let text = &reading.analysis.document.text;
    let inside = text.slice(span);
    let marks: &[char] = &[',', ';', '"', '”', '’', '\'', ' ', '\n'];
    let open: &[char] = &['"', '“', '‘', '\'', ' ', '\n'];
    let end = span.start() + inside.trim_end_matches(marks).len();
    let lead = inside.len() - inside.trim_start_matches(open).len();
    // A mark that opens inside stays with the one that closes it.
    let balanced = inside.matches(['“', '‘']).count() == inside.matches(['”', '’']).count()
        && inside.contains(['“', '‘'])
        && !inside.starts_with(open);
    match text.span(span.start() + lead, end).filter(|it| !it.is_empty()) {
        Some(trimmed) if !balanced => reading.words(trimmed),
        _ => reading.words(span),
    }
}
