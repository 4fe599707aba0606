//! Finds positions: who demands, asks, offers, promises, accepts, refuses, fears, supports, accuses, denies or
//! threatens, towards whom, and what. Triggers are lexical (frames) or modal ("must", "should", imperative) inside
//! somebody's words.

use crate::{Extractor, Reading, Said, status};
use demarche_language::{Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{
    Body, EventType, Genre, Kind, Link, Party, Plover, Position, Record, Stance, Status, Voice,
};
use demarche_text::Span;
use std::collections::BTreeMap;

/// The extractor of positions.
pub struct Positions;

/// Sourcing formulas and small talk that look like positions.
const NO_POSITION: &[&str] = &["comment", "anonymity", "interview", "question", "request", "name"];

impl Extractor for Positions {
    fn name(&self) -> &'static str {
        "positions"
    }

    fn about(&self) -> &'static str {
        "who demands, asks, offers, promises, accepts, refuses, fears, supports, accuses, denies, threatens what"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        let mut found: Vec<Record> = Vec::new();
        for number in 0..reading.analysis.words.len() {
            let trigger = WordId(number as u32);
            let lexical = reading
                .frames_at(Kind::Position, trigger)
                .into_iter()
                .find_map(|(frame, slots)| position(reading, said, trigger, frame, &slots));
            if let Some(record) = lexical.or_else(|| modal(reading, said, trigger)) {
                found.push(record);
            }
        }
        answers(&mut found);
        found
    }
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
    if around.voice == Voice::Furniture {
        return None;
    }
    let holder_head =
        slots.get("holder").and_then(|heads| heads.iter().copied().find(|head| may_hold(reading, *head)));
    let holder_given = slots.contains_key("holder");
    if holder_given && holder_head.is_none() {
        // "The job demands patience", "prices declined": nobody holds this position.
        return None;
    }
    let content_head = content(reading, frame, slots, trigger);
    let addressee_head = addressee(reading, slots, content_head);
    let content_head =
        content_head.or(addressee_head.filter(|_| frame.set.contains_key("content_default")))?;
    if Some(content_head) == addressee_head && !frame.set.contains_key("content_default") {
        return None;
    }
    if NO_POSITION.contains(&reading.lemma(content_head)) {
        return None;
    }
    let holder = holder_head.map(|head| reading.party(head));
    if holder.is_none() && reading.is_verb(trigger) && !reading.is_passive(trigger) {
        return None;
    }
    // A negated act of position is its opposite only for refusals and denials; otherwise it is left out.
    let own = status(reading, trigger);
    let stance = match (own, stance) {
        (Status::Denied, Stance::Acceptance | Stance::Support) => Stance::Refusal,
        (Status::Denied, _) => return None,
        (_, stance) => stance,
    };
    let status = match own {
        Status::Ongoing | Status::Occurred => Status::Occurred,
        // "would reject", "may demand": possible positions are no positions yet.
        Status::Hypothetical => return None,
        other => other,
    };
    if !reading.is_verb(trigger)
        && reading.word(trigger).upos == Upos::Noun
        && !is_voiced(reading, trigger, stance)
    {
        return None;
    }
    let evidence = reading.clause(trigger);
    let mut attribution = around.attribution.clone();
    attribution.retain(|link| !same_party(link, &holder));
    let around = crate::Circumstances { attribution, ..around };
    let kind = frame.plover.unwrap_or(EventType::Request);
    let plover = Some(Plover { kind, mode: frame.mode.clone(), contexts: Vec::new() });
    let body = Body::Position(Position {
        holder,
        stance,
        addressee: addressee_head.map(|head| reading.party(head)),
        content: reading.words(without_complementizer(reading, content_head)),
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
    if !matches!(stance, Stance::Concern | Stance::Support | Stance::Accusation) {
        return true;
    }
    let governing =
        reading.word(noun).head.filter(|_| matches!(reading.word(noun).relation(), "obj" | "conj"));
    governing.is_some_and(|verb| {
        matches!(
            reading.lemma(verb),
            "voice"
                | "express"
                | "raise"
                | "repeat"
                | "reiterate"
                | "state"
                | "pledge"
                | "offer"
                | "declare"
                | "reaffirm"
                | "share"
                | "air"
                | "convey"
                | "announce"
                | "have"
                | "register"
                | "underline"
                | "restate"
                | "withdraw"
        )
    })
}

fn same_party(link: &Link, party: &Option<Party>) -> bool {
    let (Some(link), Some(party)) = (&link.party, party) else { return false };
    link.words == party.words || link.actor.is_some() && link.actor == party.actor
}

fn may_hold(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    if reading.is_time(head) || word.upos == Upos::Num {
        return false;
    }
    reading.can_act(head)
        || word.upos == Upos::Pron
            && !matches!(word.lemma.as_str(), "it" | "this" | "that" | "which" | "there" | "what")
        || word.upos == Upos::Noun && is_human_noun(reading, head)
}

/// Nouns for people and bodies; anything that the packs know as a title, and plural or agentive nouns of politics.
fn is_human_noun(reading: &Reading<'_>, head: WordId) -> bool {
    let lemma = reading.lemma(head).to_lowercase();
    reading.pack.world.is_title(&lemma)
        || matches!(
            lemma.as_str(),
            "official"
                | "side"
                | "party"
                | "leader"
                | "government"
                | "ministry"
                | "rebel"
                | "army"
                | "military"
                | "protester"
                | "opposition"
                | "lawmaker"
                | "parliament"
                | "critic"
                | "analyst"
                | "expert"
                | "diplomat"
                | "envoy"
                | "mediator"
                | "negotiator"
                | "spokesman"
                | "spokeswoman"
                | "spokesperson"
                | "country"
                | "state"
                | "nation"
                | "bloc"
                | "alliance"
                | "union"
                | "group"
                | "organization"
                | "organisation"
                | "agency"
                | "commission"
                | "council"
                | "court"
                | "committee"
                | "people"
                | "resident"
                | "family"
                | "relative"
                | "junta"
                | "regime"
                | "authority"
                | "administration"
                | "embassy"
                | "delegation"
                | "counterpart"
                | "ally"
                | "neighbour"
                | "neighbor"
                | "statement"
                | "source"
                | "militia"
                | "general"
                | "commander"
                | "king"
                | "emir"
                | "pope"
                | "mayor"
                | "governor"
                | "activist"
                | "campaigner"
                | "aide"
                | "adviser"
                | "advisor"
                | "chief"
                | "head"
                | "capital"
                | "power"
                | "west"
        )
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
    frame
        .slots
        .get("content")?
        .iter()
        .filter_map(|path| arguments.get(path))
        .flatten()
        .copied()
        .find(|head| heads.contains(head) && !reading.is_time(*head))
}

fn addressee(
    reading: &Reading<'_>,
    slots: &BTreeMap<String, Vec<WordId>>,
    content: Option<WordId>,
) -> Option<WordId> {
    let direct = slots.get("addressee").into_iter().flatten();
    let with_infinitive = content
        .filter(|content| reading.is_verb(*content))
        .and_then(|_| slots.get("addressee_if_infinitive"))
        .into_iter()
        .flatten();
    direct.chain(with_infinitive).copied().find(|head| Some(*head) != content && may_hold(reading, *head))
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
        reading.analysis.subtree(head).into_iter().filter(|word| !skip.contains(word)).collect()
    };
    let first_word = words.iter().position(|word| reading.word(*word).upos != Upos::Punct).unwrap_or(0);
    let last_word =
        words.iter().rposition(|word| reading.word(*word).upos != Upos::Punct).unwrap_or(words.len() - 1);
    reading.analysis.cover(&words[first_word..=last_word]).unwrap_or(reading.word(head).span)
}

/// "must", "should", "has to", imperatives and "only if" inside somebody's words: a demand by the speaker. In an
/// opinion piece the writer's own demands are positions with the voice `opinion`.
fn modal(reading: &Reading<'_>, said: &[Said], trigger: WordId) -> Option<Record> {
    if !reading.is_verb(trigger) && reading.child(trigger, "cop").is_none() {
        return None;
    }
    let must = reading
        .analysis
        .children_in(trigger, "aux")
        .any(|aux| matches!(reading.lemma(aux), "must" | "should" | "ought"));
    let have_to = reading.lemma(trigger) == "have" && reading.child(trigger, "xcomp").is_some();
    let need = reading.lemma(trigger) == "need" && reading.child(trigger, "xcomp").is_some();
    let imperative =
        reading.word(trigger).feature("Mood") == Some("Imp") && reading.subject(trigger).is_none();
    if !(must || have_to || need || imperative) {
        return None;
    }
    let around = reading.circumstances(trigger, said);
    if matches!(around.voice, Voice::Furniture | Voice::Caption)
        || reading.conditional_below(trigger) && !must
        || around.status == Status::Hypothetical
    {
        return None;
    }
    let span = reading.word(trigger).span;
    let speaker = said
        .iter()
        .filter(|it| it.covers(span))
        .min_by_key(|it| it.content.iter().map(|part| part.len()).sum::<usize>());
    let opinion = reading.analysis.document.genre == Genre::Opinion && speaker.is_none();
    if speaker.is_none() && !opinion {
        return None;
    }
    if imperative && speaker.is_none() {
        return None;
    }
    let holder = speaker.and_then(|it| it.speaker.clone());
    let mut attribution = around.attribution.clone();
    attribution.retain(|link| link.party.is_none() || link.party != holder);
    let clause = from_subject(reading, trigger);
    let addressee = reading
        .subject(trigger)
        .filter(|head| may_hold(reading, *head) && reading.word(*head).feature("Person") != Some("1"))
        .map(|head| reading.party(head));
    let voice = if opinion { Voice::Opinion } else { around.voice };
    let around = crate::Circumstances { attribution, voice, ..around };
    let body = Body::Position(Position {
        holder,
        stance: Stance::Demand,
        addressee,
        content: reading.words(clause),
        answers: None,
    });
    let plover = Some(Plover { kind: EventType::Request, mode: None, contexts: Vec::new() });
    Some(reading.record(
        "positions",
        "position.modal",
        clause,
        around,
        Some(Status::Occurred),
        0.55,
        plover,
        body,
    ))
}

/// The clause from its subject on, without what stands before it ("However, to make its voice heard, …").
fn from_subject(reading: &Reading<'_>, predicate: WordId) -> Span {
    let whole = reading.clause(predicate);
    let subject = reading.analysis.children_in(predicate, "nsubj").next();
    let start = subject.map_or(whole.start(), |subject| reading.clause(subject).start()).max(whole.start());
    reading.analysis.document.text.span(start, whole.end()).unwrap_or(whole)
}

/// A refusal, acceptance or denial answers the last demand, request or offer before it in the text by another
/// holder whose matter shares its main words.
fn answers(records: &mut [Record]) {
    let matter = |record: &Record| -> Vec<String> {
        let Body::Position(position) = &record.body else { return Vec::new() };
        let words = position.content.text.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.len() > 3).map(str::to_lowercase).collect()
    };
    for at in 0..records.len() {
        let Body::Position(answer) = &records[at].body else { continue };
        if !matches!(answer.stance, Stance::Refusal | Stance::Acceptance | Stance::Denial) {
            continue;
        }
        let words = matter(&records[at]);
        let asked = records[..at].iter().rev().find(|record| {
            let Body::Position(demand) = &record.body else { return false };
            let asks = match answer.stance {
                Stance::Denial => matches!(demand.stance, Stance::Accusation),
                _ => matches!(
                    demand.stance,
                    Stance::Demand | Stance::Request | Stance::Offer | Stance::Condition
                ),
            };
            let refers = words.iter().any(|word| {
                word.starts_with("demand") || word.starts_with("proposal") || word.starts_with("request")
            });
            let other = demand.holder.as_ref().and_then(|it| it.actor.as_ref())
                != answer.holder.as_ref().and_then(|it| it.actor.as_ref());
            asks && other && (refers || matter(record).iter().any(|word| words.contains(word)))
        });
        if let Some(id) = asked.map(|record| record.id)
            && let Body::Position(answer) = &mut records[at].body
        {
            answer.answers = Some(id);
        }
    }
}
