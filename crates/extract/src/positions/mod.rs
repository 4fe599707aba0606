//! Finds positions: who demands, asks, offers, promises, accepts, refuses, fears, supports, accuses, denies or
//! threatens, towards whom, and what. Triggers are lexical (frames) or modal ("must", "should", imperative) inside
//! somebody's words.

mod answers;
mod elided;
mod holders;
mod put;
mod spoken;

pub(crate) use holders::{is_own, party};
pub(crate) use spoken::is_condition;

use crate::{Extractor, Reading, Said, status};
use demarche_language::{Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_pack::units::UnitWords;
use demarche_record::{Body, EventType, Kind, Plover, Position, Record, Stance, Status, Voice};
use demarche_text::Span;
use std::collections::BTreeMap;

/// The extractor of positions.
pub struct Positions;

/// Verbs that voice a noun of feeling or judgement: "expressed concern", "voiced support".
const VOICING: &[&str] = &[
    "voice",
    "express",
    "raise",
    "repeat",
    "reiterate",
    "state",
    "pledge",
    "offer",
    "declare",
    "reaffirm",
    "air",
    "convey",
    "announce",
    "have",
    "register",
    "underline",
    "restate",
    "withdraw",
    "renew",
    "lodge",
    "issue",
    "make",
    "signal",
    "show",
    "level",
    "put",
    "submit",
    "present",
    "drop",
    "maintain",
    "send",
    "deliver",
    "give",
];

impl Extractor for Positions {
    fn name(&self) -> &'static str {
        "positions"
    }

    fn about(&self) -> &'static str {
        "who demands, asks, offers, promises, accepts, refuses, fears, supports, accuses, denies, threatens what"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        let mut found: Vec<(WordId, Record)> = Vec::new();
        for number in 0..reading.analysis.words.len() {
            let trigger = WordId(number as u32);
            let lexical = reading
                .frames_at(Kind::Position, trigger)
                .into_iter()
                .find_map(|(frame, slots)| position(reading, said, trigger, frame, &slots));
            let record = lexical
                .or_else(|| spoken::spoken(reading, said, trigger))
                .or_else(|| elided::elided(reading, said, trigger));
            found.extend(record.map(|record| (trigger, record)));
        }
        drop_repeated(&mut found);
        holders::go_on(reading, &mut found);
        answers::answer(reading, &mut found);
        found.into_iter().map(|(_, record)| record).filter(|record| !elided::is_open(record)).collect()
    }
}

/// What a verb of position has as its content is told by it already: "vowed that his country would crush …".
fn drop_repeated(found: &mut Vec<(WordId, Record)>) {
    let lexical: Vec<(u32, u32)> = found
        .iter()
        .filter(|(_, record)| {
            record.made_by.rule.starts_with("position.") && !spoken::is_rule(&record.made_by.rule)
        })
        .filter_map(|(_, record)| match &record.body {
            Body::Position(it) if it.stance != Stance::Accusation => {
                Some((it.content.start_byte, it.content.end_byte))
            }
            _ => None,
        })
        .collect();
    found.retain(|(_, record)| {
        let Body::Position(it) = &record.body else { return true };
        let (start, end) = (it.content.start_byte, it.content.end_byte);
        !spoken::is_rule(&record.made_by.rule)
            || !lexical
                .iter()
                .any(|(first, last)| *first <= start && end <= *last + 1 && (end - start) * 2 > last - first)
    });
}

fn position(
    reading: &Reading<'_>,
    said: &[Said],
    trigger: WordId,
    frame: &Frame,
    slots: &BTreeMap<String, Vec<WordId>>,
) -> Option<Record> {
    let stance = frame.set.get("stance").and_then(|stance| Stance::parse(stance))?;
    let around = reading.circumstances(trigger, said);
    if around.voice == Voice::Furniture || spoken::is_asked_about(reading, said, trigger) {
        return None;
    }
    let holder_given = slots.contains_key("holder");
    let holder_head = slots
        .get("holder")
        .and_then(|heads| {
            heads.iter().copied().find(|head| {
                holders::may_hold(reading, *head) || acts_as_party(reading, trigger, *head, stance)
            })
        })
        .or_else(|| voicer(reading, trigger).filter(|_| !holder_given))
        .or_else(|| misread_subject(reading, trigger).filter(|_| !holder_given))
        .or_else(|| person_behind(reading, trigger));
    if holder_given && holder_head.is_none() {
        // "The job demands patience", "prices declined": nobody holds this position.
        return None;
    }
    let content_head = content(reading, frame, slots, trigger);
    let addressee_head = addressee(reading, slots, trigger, content_head, stance)
        .filter(|head| holder_head.is_none_or(|holder| !is_same(reading, holder, *head)));
    let content_head =
        content_head.or(addressee_head.filter(|_| frame.set.contains_key("content_default")))?;
    if Some(content_head) == addressee_head && !frame.set.contains_key("content_default") {
        return None;
    }
    // "demands drawn up by the four": the participle tells of the demands, not what they are.
    if reading.word(trigger).upos == Upos::Noun && is_participle_of(reading, trigger, content_head) {
        return None;
    }
    let lemma = reading.lemma(content_head);
    let noun = !reading.is_verb(content_head);
    if reading.withholds(trigger, content_head) {
        return None;
    }
    // "wants London to recall …", "wants the treaty restored": another is to act; "wants coffee" is no demand.
    if frame.set.contains_key("another_acts") && !another_acts(reading, trigger, content_head, holder_head) {
        return None;
    }
    let negated = status(reading, content_head) == Status::Denied;
    if frame.set.contains_key("negated_clause") && !negated
        || !frame.objects.is_empty() && !frame.objects.iter().any(|it| it == lemma)
        || stance == Stance::Support && reading.is_passive(trigger) && reading.word(trigger).deprel == "acl"
    {
        return None;
    }
    // "two days of rest" ask for nothing, "a week to leave" does.
    let leaves_to_do = |head: WordId| {
        ["acl", "advcl", "xcomp"].into_iter().any(|relation| {
            let mut clauses = reading.analysis.children_in(head, relation);
            clauses
                .any(|clause| reading.child(clause, "mark").is_some_and(|mark| reading.lemma(mark) == "to"))
        })
    };
    if reading.is_time(content_head) && !leaves_to_do(content_head) && !leaves_to_do(trigger) {
        return None;
    }
    // "as long as Congo asks us": nothing is told of what is asked.
    let pronoun = reading.word(content_head).upos == Upos::Pron
        && matches!(stance, Stance::Request | Stance::Demand | Stance::Promise);
    // Soldiers who back a force are part of the fighting.
    let fights = stance == Stance::Support
        && holder_head.is_some_and(|head| reading.pack.units.class(reading.lemma(head)) == Some("personnel"));
    if pronoun || fights {
        return None;
    }
    // "insists that it will not": what is said of one's own acts is a refusal or a promise.
    if frame.set.contains_key("negated_clause")
        && reading
            .analysis
            .children_in(content_head, "aux")
            .any(|aux| matches!(reading.lemma(aux), "will" | "would"))
    {
        return None;
    }
    if frame.set.contains_key("baseless") && !calls_baseless(reading, trigger) {
        return None;
    }
    if is_own_order(reading, trigger, addressee_head.or(Some(content_head).filter(|_| noun)), holder_head) {
        return None;
    }
    let holder = holder_head.map(|head| holders::party(reading, head));
    if holder.is_none()
        && !(reading.is_passive(trigger) && stance == Stance::Accusation && addressee_head.is_some())
    {
        return None;
    }
    // A negated act of position is its opposite only for refusals and denials; otherwise it is left out.
    let own = match (status(reading, trigger), voicing_verb(reading, trigger)) {
        // "expressed its willingness to study the plan": what it is willing to do is open, that it is willing is not.
        (Status::Hypothetical, Some(verb)) if stance == Stance::Offer => status(reading, verb),
        (own, _) => own,
    };
    if own == Status::Denied && elided::is_mutual(reading, trigger, content_head, holder_head) {
        return None;
    }
    let (own, stance) = match (own, stance) {
        (Status::Denied, Stance::Acceptance | Stance::Support) => (Status::Occurred, Stance::Refusal),
        (Status::Denied, _) => return None,
        (own, stance) => (own, stance),
    };
    let status = match own {
        Status::Ongoing | Status::Occurred => Status::Occurred,
        // "would reject", "may demand": possible positions are no positions yet; "demands to rule out", "refused to
        // accept": the position is that of the verb above.
        Status::Hypothetical => return None,
        Status::Requested | Status::Refused | Status::Proposed | Status::Cancelled
            if reading.is_verb(trigger) =>
        {
            return None;
        }
        other => other,
    };
    if !reading.is_verb(trigger)
        && reading.word(trigger).upos == Upos::Noun
        && !is_voiced(reading, trigger, stance)
    {
        return None;
    }
    let stance = refined(reading, trigger, content_head, stance);
    let evidence = reading.clause(trigger);
    let mut attribution = around.attribution.clone();
    attribution.retain(|link| !holders::same_party(link, &holder));
    let around = crate::Circumstances { attribution, ..around };
    let kind = frame.plover.unwrap_or(EventType::Request);
    let plover = Some(Plover { kind, mode: frame.mode.clone(), contexts: Vec::new() });
    let body = Body::Position(Position {
        holder,
        stance,
        addressee: addressee_head.map(|head| holders::party(reading, head)),
        content: reading.words(matter(reading, trigger, content_head, frame)),
        answers: None,
    });
    Some(reading.record(
        "positions",
        &frame.id,
        evidence,
        around,
        Some(status),
        frame.confidence,
        plover,
        body,
    ))
}

/// Nouns of feeling and judgement are positions only where somebody voices them: "expressed concern", not "Russian
/// concerns". Demands, refusals, offers and threats are acts by their name.
fn is_voiced(reading: &Reading<'_>, noun: WordId, stance: Stance) -> bool {
    !matches!(stance, Stance::Concern | Stance::Support | Stance::Accusation)
        || voicing_verb(reading, noun).is_some()
}

/// The verb that voices a noun: it is its object or passive subject, or coordinated with one.
fn voicing_verb(reading: &Reading<'_>, noun: WordId) -> Option<WordId> {
    let mut at = noun;
    while reading.word(at).relation() == "conj" {
        at = reading.word(at).head?;
    }
    let carried = reading.word(at).relation() == "obj" || reading.word(at).deprel == "nsubj:pass";
    reading.word(at).head.filter(|verb| carried && VOICING.contains(&reading.lemma(*verb)))
}

/// Who voices a noun: "Tokyo voiced concern", "concern was voiced by Tokyo".
fn voicer(reading: &Reading<'_>, noun: WordId) -> Option<WordId> {
    if reading.is_verb(noun) {
        return None;
    }
    let verb = voicing_verb(reading, noun)?;
    let who = if reading.is_passive(verb) { reading.agent(verb) } else { reading.subject(verb) };
    who.filter(|head| *head != noun && holders::may_hold(reading, *head))
}

/// A past participle with a finite complement is no reduced relative: "its minister, X, demanded that …" has a subject;
/// neither is a passive one without an auxiliary, where the content is something else than its subject.
fn misread_subject(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    let bare = reading.child_exactly(trigger, "aux:pass").is_none() && reading.agent(trigger).is_none();
    let passive = reading.child_exactly(trigger, "nsubj:pass").filter(|_| bare);
    if let Some(subject) = passive.filter(|head| holders::may_hold(reading, *head)) {
        return Some(subject);
    }
    let misread = reading.word(trigger).deprel == "acl"
        && reading.child(trigger, "ccomp").is_some()
        && reading.child(trigger, "aux").is_none();
    reading.word(trigger).head.filter(|head| misread && holders::may_hold(reading, *head))
}

/// True for a passive participle that describes a noun: "demands drawn up by the four".
fn is_participle_of(reading: &Reading<'_>, noun: WordId, clause: WordId) -> bool {
    let word = reading.word(clause);
    word.head == Some(noun)
        && word.deprel == "acl"
        && word.feature("VerbForm") == Some("Part")
        && word.feature("Tense") == Some("Past")
        && reading.child(clause, "mark").is_none()
        && reading.child(clause, "nsubj").is_none()
}

/// "Putin's demands, who demands to …": the clause is about the person, not the thing; "it stands ready to …": the pronoun
/// is no mere filler.
fn person_behind(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    let who = reading.child(trigger, "nsubj").is_some_and(|subject| reading.lemma(subject) == "who");
    if who && reading.word(trigger).deprel == "acl:relcl" {
        let thing = reading.word(trigger).head?;
        return reading.child_exactly(thing, "nmod:poss").filter(|owner| holders::may_hold(reading, *owner));
    }
    let verb = reading.word(trigger).head.filter(|_| reading.word(trigger).relation() == "xcomp")?;
    let filler = reading.child(verb, "expl").filter(|_| matches!(reading.lemma(verb), "stand" | "remain"))?;
    let says = reading.word(verb).head.filter(|_| reading.word(verb).relation() == "ccomp");
    says.filter(|_| reading.lemma(filler) == "it").and_then(|says| reading.subject(says))
}

fn is_same(reading: &Reading<'_>, one: WordId, two: WordId) -> bool {
    let (left, right) = (reading.party(one), reading.party(two));
    one == two
        || left.actor.is_some() && left.actor == right.actor
        || left.resolved.is_some() && left.resolved == right.resolved
}

/// "It demanded that …": only somebody demands, accuses or denies, though the text does not decide who "it" is.
fn acts_as_party(reading: &Reading<'_>, trigger: WordId, head: WordId, stance: Stance) -> bool {
    reading.lemma(head) == "it"
        && reading.word(head).relation() == "nsubj"
        && reading.is_verb(trigger)
        && !matches!(
            reading.lemma(trigger),
            "require" | "support" | "oppose" | "promise" | "threaten" | "invite" | "resist"
        )
        && matches!(
            stance,
            Stance::Demand
                | Stance::Request
                | Stance::Accusation
                | Stance::Denial
                | Stance::Refusal
                | Stance::Offer
        )
}

/// "called the claim a lie".
fn calls_baseless(reading: &Reading<'_>, trigger: WordId) -> bool {
    reading.analysis.children(trigger).iter().any(|child| {
        matches!(reading.word(*child).relation(), "xcomp" | "obj" | "obl")
            && spoken::is_baseless(reading.lemma(*child))
    })
}

fn another_acts(reading: &Reading<'_>, trigger: WordId, content: WordId, holder: Option<WordId>) -> bool {
    if !reading.is_verb(content) {
        // "the suspension lifted": a participle says what is to become of the thing.
        return reading.analysis.children_in(content, "acl").any(|clause| {
            clause > content
                && reading.word(clause).feature("VerbForm") == Some("Part")
                && reading.is_passive(clause)
        });
    }
    let other = reading.child(trigger, "obj").or_else(|| reading.child(content, "nsubj"));
    other.is_some_and(|other| Some(other) != holder)
}

/// "ordered his troops to advance": a command within one's own forces is a move, no position towards another.
fn is_own_order(
    reading: &Reading<'_>,
    trigger: WordId,
    addressee: Option<WordId>,
    holder: Option<WordId>,
) -> bool {
    if !matches!(reading.lemma(trigger), "order" | "instruct" | "command") {
        return false;
    }
    let Some(addressee) = addressee else { return false };
    let force = reading.pack.units.class(reading.lemma(addressee)).is_some()
        || reading.pack.units.lists(UnitWords::Armed, reading.lemma(addressee));
    let others = reading.analysis.children(addressee).iter().any(|child| {
        let party = reading.party(*child);
        let holder = holder.map(|head| reading.party(head));
        reading.mention(*child).is_some()
            && reading.word(*child).upos != Upos::Pron
            && party.actor.is_some()
            && holder.is_some_and(|holder| holder.actor.is_some() && holder.actor != party.actor)
    });
    force && !others
}

/// The stance that the content makes of the verb's: what is dismissed as baseless, or is somebody's report or charge,
/// is denied; "insists" with a negated clause denies.
fn refined(reading: &Reading<'_>, trigger: WordId, content: WordId, stance: Stance) -> Stance {
    if stance != Stance::Refusal {
        return stance;
    }
    let claims = matches!(
        reading.lemma(content),
        "accusation"
            | "allegation"
            | "charge"
            | "claim"
            | "report"
            | "rumour"
            | "rumor"
            | "suggestion"
            | "figure"
            | "assertion"
            | "insinuation"
            | "story"
            | "notion"
            | "idea"
    );
    let words = reading.analysis.subtree(trigger);
    let baseless = words.iter().any(|word| spoken::is_baseless(reading.lemma(*word)));
    // "rejects the charge that it shelters them"; an idea may be rejected without a word on whether it is so.
    let charged =
        claims && matches!(reading.lemma(content), "accusation" | "allegation" | "charge" | "claim");
    if baseless || charged || claims && !matches!(reading.lemma(trigger), "reject" | "refuse" | "oppose") {
        Stance::Denial
    } else {
        stance
    }
}

fn content(
    reading: &Reading<'_>,
    frame: &Frame,
    slots: &BTreeMap<String, Vec<WordId>>,
    trigger: WordId,
) -> Option<WordId> {
    let heads = slots.get("content")?;
    // `slots` joins the paths; the frame's order of paths decides which of them is the content.
    let arguments = reading.arguments(trigger);
    frame.slots.get("content")?.iter().filter_map(|path| arguments.get(path)).flatten().copied().find(
        |head| {
            // A time is what is given where the frame says so: "gave the junta a week to release him".
            let timed = reading.is_time(*head) && !frame.objects.iter().any(|it| it == reading.lemma(*head));
            heads.contains(head) && !timed && !is_cut_off(reading, trigger, *head)
        },
    )
}

/// True if a semicolon stands between a trigger and what seems to hang under it: a sentence of its own.
fn is_cut_off(reading: &Reading<'_>, trigger: WordId, head: WordId) -> bool {
    let first = reading.analysis.subtree(head).first().copied().unwrap_or(head);
    let before = reading.analysis.subtree(head).first().map_or(head.0, |first| first.0);
    (trigger.0..before.max(first.0)).any(|at| reading.analysis.form(WordId(at)) == ";")
        || reading.analysis.form(first) == ";"
}

/// To whom: what the frame names, else who is to act by the content, else whose demand, offer or charge is answered.
fn addressee(
    reading: &Reading<'_>,
    slots: &BTreeMap<String, Vec<WordId>>,
    trigger: WordId,
    content: Option<WordId>,
    stance: Stance,
) -> Option<WordId> {
    let holds = |head: &WordId| Some(*head) != content && holders::may_hold(reading, *head);
    let direct = slots.get("addressee").into_iter().flatten();
    let with_content = content.and_then(|_| slots.get("addressee_if_infinitive")).into_iter().flatten();
    if let Some(head) = direct.chain(with_content).copied().find(holds) {
        return Some(head);
    }
    let content = content?;
    match stance {
        Stance::Demand | Stance::Request | Stance::Condition => {
            // "asked Kigali to leave" may be read with two subjects.
            let second = reading
                .analysis
                .children_in(trigger, "nsubj")
                .find(|head| *head > trigger && *head < content);
            let actor = reading.child(content, "nsubj").filter(|_| !reading.is_passive(content));
            second.or(actor).filter(holds).filter(|head| reading.word(*head).upos != Upos::Pron)
        }
        Stance::Offer => {
            let object = reading.child(content, "obj");
            [Some(content), object]
                .into_iter()
                .flatten()
                .flat_map(|at| reading.behind(at, &["with"]))
                .find(|head| holds(head) && reading.mention(*head).is_some())
        }
        Stance::Refusal | Stance::Acceptance | Stance::Denial => put::owner(reading, content).or_else(|| {
            reading
                .behind(content, &["with"])
                .into_iter()
                .find(|head| reading.is_verb(content) && holds(head) && reading.mention(*head).is_some())
        }),
        _ => None,
    }
}

/// What the position is about: with the object that a participle says something of ("the launchers removed"), and with
/// the condition on which consequences follow.
fn matter(reading: &Reading<'_>, trigger: WordId, content: WordId, frame: &Frame) -> Span {
    let span = without_complementizer(reading, content);
    let participle = reading.word(content).relation() == "xcomp"
        && reading.word(content).feature("VerbForm") == Some("Part")
        && reading.child(content, "mark").is_none();
    if let Some(object) =
        reading.child(trigger, "obj").filter(|_| participle && frame.set.contains_key("another_acts"))
    {
        return reading.phrase(object).cover(span);
    }
    let condition = reading
        .analysis
        .children_in(trigger, "advcl")
        .find(|clause| *clause > content && !frame.objects.is_empty());
    match condition {
        Some(clause) => span.cover(reading.clause(clause)),
        None => span,
    }
}

/// A clause without "that": the matter itself. "to" stays, as the reader needs it.
fn without_complementizer(reading: &Reading<'_>, head: WordId) -> Span {
    let words: Vec<WordId> = {
        let mut skip: Vec<WordId> = reading
            .analysis
            .children_in(head, "mark")
            .filter(|mark| matches!(reading.lemma(*mark), "that" | "of"))
            .chain(reading.analysis.children_in(head, "case"))
            .collect();
        // A reason or concession after the matter is not part of it.
        for clause in reading.analysis.children_in(head, "advcl").filter(|clause| *clause > head) {
            let gives_reason = reading.analysis.children_in(clause, "mark").any(|mark| {
                matches!(
                    reading.lemma(mark),
                    "since" | "because" | "as" | "while" | "although" | "though" | "after"
                )
            });
            if gives_reason {
                skip.extend(reading.analysis.subtree(clause));
            }
        }
        // "the refusal by X to follow": X holds, and is no part of the matter; "Y's demands, who demands …" goes on with Y.
        skip.extend(
            reading
                .analysis
                .children_in(head, "nsubj")
                .filter(|subject| reading.preposition(*subject) == Some("by"))
                .flat_map(|subject| reading.analysis.subtree(subject)),
        );
        for object in reading.analysis.children_in(head, "obj") {
            let owned = reading.child_exactly(object, "nmod:poss").is_some();
            for clause in reading.analysis.children_in(object, "acl").filter(|_| owned) {
                if reading.child(clause, "nsubj").is_some_and(|subject| reading.lemma(subject) == "who") {
                    skip.extend(reading.analysis.subtree(clause));
                }
            }
        }
        // A past tense coordinated with "to …" goes on with the main clause.
        if reading.analysis.children_in(head, "mark").any(|mark| reading.lemma(mark) == "to") {
            for other in reading.analysis.children_in(head, "conj") {
                let finite = reading.word(other).feature("VerbForm") == Some("Fin")
                    && reading.word(other).feature("Tense") == Some("Past");
                if finite {
                    skip.extend(reading.analysis.subtree(other));
                    skip.extend(reading.analysis.children_in(other, "cc"));
                }
            }
        }
        // A noun coordinated with a clause is a misread clause of its own.
        if reading.child(head, "nsubj").is_some() {
            for other in reading.analysis.children_in(head, "conj") {
                let nominal = matches!(reading.word(other).upos, Upos::Noun | Upos::Propn)
                    && reading.child(other, "cop").is_none()
                    && reading.word(head).upos != Upos::Noun;
                if nominal {
                    skip.extend(reading.analysis.subtree(other));
                    skip.extend(reading.analysis.children_in(head, "cc"));
                }
            }
        }
        reading.analysis.subtree(head).into_iter().filter(|word| !skip.contains(word)).collect()
    };
    let first_word = words.iter().position(|word| reading.word(*word).upos != Upos::Punct).unwrap_or(0);
    let last_word =
        words.iter().rposition(|word| reading.word(*word).upos != Upos::Punct).unwrap_or(words.len() - 1);
    reading.analysis.cover(&words[first_word..=last_word]).unwrap_or(reading.word(head).span)
}
