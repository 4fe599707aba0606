//! Strengths without a verb of movement: "100,000 troops along the border", "the joint force, some 8,500 men".

use super::forces::lasts;
use super::places::{place_below, place_of};
use super::units::{
    class, described, is_actor_of, is_armed_body, is_marked_military, is_named_body, is_unit, mixed_words,
    owner, unit_words,
};
use crate::{Reading, Said, status::cue_of};
use demarche_language::{Upos, WordId};
use demarche_pack::cues::Speech;
use demarche_pack::units::UnitWords;
use demarche_pack::world::ActorKind;
use demarche_record::{Action, Body, Deployment, EventType, Plover, Record, Status, Voice};

/// A strength that a unit tells by itself, if it is counted, owned or placed enough to be one.
pub(super) fn bare_strength(reading: &Reading<'_>, said: &[Said], unit: WordId) -> Option<Record> {
    if !is_unit(reading, unit) || is_loss(reading, unit) || is_handed_over(reading, unit) {
        return None;
    }
    let quantity = reading.quantity(unit);
    let first = reading.word(unit).relation() != "conj";
    if !first && quantity.is_none() {
        return None;
    }
    let voice = reading.voice(unit);
    if voice == Voice::Furniture
        || speaks(reading, unit)
        || belongs_to_other_noun(reading, unit)
        || is_aboard(reading, unit)
    {
        return None;
    }
    let head = if first { Some(unit) } else { reading.word(unit).head };
    let place = place_below(reading, unit).or_else(|| place_of_verb(reading, head?));
    let sender = promised_by(reading, unit);
    let described = described(reading, unit).filter(|_| quantity.is_some());
    let owner = owner(reading, unit)
        .or_else(|| described.and_then(|body| owner_or_name(reading, body)))
        .or_else(|| sender.and_then(|clause| reading.subject(clause)))
        .or_else(|| owner(reading, head.filter(|_| !first)?))
        .or_else(|| holder(reading, unit));
    let place = place.or_else(|| {
        let sender = sender?;
        let below = [sender, unit].into_iter().flat_map(|head| reading.behind(head, &["to", "in", "for"]));
        below.into_iter().find(|head| super::places::is_place(reading, *head))
    });
    let caption_subject = voice == Voice::Caption
        && owner.is_some()
        && (place.is_some() || !reading.places_near(unit).is_empty());
    // A handful of soldiers doing something is no strength; a counted force, a place or an owner makes one.
    let many = quantity.as_ref().and_then(|it| it.low.or(it.high)).is_some_and(|count| count >= 20.0)
        || quantity.as_ref().and_then(|it| it.low.or(it.high)).is_some_and(|count| count >= 2.0)
            && class(reading, unit).is_some_and(|class| class != "personnel");
    let strong = quantity.is_some()
        && (owner.is_some()
            || described.is_some()
            || is_changed_to(reading, unit)
            || many && (is_plainly_military(reading, unit) || is_marked_military(reading, unit))
            || many && beside_military(reading, unit));
    // "Ukrainian troops are back in the centre of Kupiansk".
    let stands = owner.is_some()
        && is_plainly_military(reading, unit)
        && reading.word(unit).relation() == "nsubj"
        && reading.word(unit).head.is_some_and(|predicate| {
            reading.child(predicate, "cop").is_some() && place_of_verb(reading, unit).is_some()
        });
    // "counted ten Typhoons there".
    let there = reading.word(unit).head.is_some_and(|verb| {
        reading.is_verb(verb)
            && super::places::placed_by_adverb(reading, verb)
            && !speaks_of_people(reading, unit)
    });
    if !(quantity.is_some() && (place.is_some() || there)
        || strong
        || stands
        || caption_subject && reading.word(unit).head.is_none())
    {
        return None;
    }
    // "some 5,000 trucks are stranded": lorries that nobody sends and no arms go with are trade.
    let everyday = reading.pack.units.lists(UnitWords::Everyday, reading.lemma(unit));
    let goods = everyday && class(reading, unit) == Some("armour") && owner.is_none() && sender.is_none();
    if goods && !is_marked_military(reading, unit) && !beside_military(reading, unit) && described.is_none() {
        return None;
    }
    let confidence = if quantity.is_some() { 0.55 } else { 0.4 };
    let conjuncts: Vec<WordId> = reading
        .conjuncts(unit)
        .into_iter()
        .filter(|other| *other == unit || is_unit(reading, *other) && reading.quantity(*other).is_none())
        .collect();
    let status = sender.map(|_| Status::Planned).or_else(|| status_above(reading, unit));
    let body = Body::Deployment(Deployment {
        force: owner.map(|head| reading.party(head)),
        action: if sender.is_some() { Action::Send } else { Action::Present },
        unit: Some(mixed_or_single(reading, &conjuncts)),
        quantity,
        origin: None,
        destination: place.map(|head| place_of(reading, head)),
    });
    let evidence = match sender.is_some() {
        true => reading.analysis.sentence(unit).span,
        false => reading.clause(top_of_clause(reading, unit)),
    };
    let rule = "deployment.strength";
    let around = reading.circumstances(unit, said);
    Some(reading.record("deployments", rule, evidence, around, status, confidence, plover(), body))
}

/// "counted ten men there": only arms are a force by being counted.
fn speaks_of_people(reading: &Reading<'_>, unit: WordId) -> bool {
    class(reading, unit) == Some("personnel") && !is_plainly_military(reading, unit)
}

/// "16 aircraft, 30 ships and 4,500 troops": one of those told of together is plainly military.
fn beside_military(reading: &Reading<'_>, unit: WordId) -> bool {
    let first = match reading.word(unit).relation() {
        "conj" => reading.word(unit).head.unwrap_or(unit),
        _ => unit,
    };
    let beside = reading.conjuncts(first).into_iter().filter(|other| *other != unit);
    beside.into_iter().any(|other| {
        reading.quantity(other).is_some()
            && matches!(class(reading, other), Some("personnel" | "formation" | "vessel"))
            && is_plainly_military(reading, other)
    })
}

/// "with 190 sailors on board": told of with its ship.
fn is_aboard(reading: &Reading<'_>, unit: WordId) -> bool {
    let aboard = |word: WordId| {
        matches!(reading.lemma(word), "aboard")
            || reading.preposition(word) == Some("on") && matches!(reading.lemma(word), "board")
    };
    let carried = reading.word(unit).relation() == "nmod"
        && class(reading, unit) == Some("personnel")
        && reading.word(unit).head.and_then(|ship| class(reading, ship)) == Some("vessel");
    reading.preposition(unit) == Some("with")
        && (carried || reading.analysis.children(unit).iter().any(|child| aboard(*child)))
}

/// A strength told of under a verb that has not come true has not either: "decided to rotate 160 marines"; one under a
/// state that holds goes on: "a dozen marines keep watch".
fn status_above(reading: &Reading<'_>, unit: WordId) -> Option<Status> {
    let above = reading.word(unit).head?;
    let relation = reading.word(unit).relation();
    if relation == "nsubj" || relation == "obj" {
        let status = crate::status::status(reading, above);
        let holds = lasts(reading, above) && (relation == "nsubj" || reading.is_verb(above));
        if matches!(status, Status::Occurred | Status::Ongoing) && holds {
            return Some(Status::Ongoing);
        }
        let governed = relation == "obj" || reading.word(unit).deprel == "nsubj:pass";
        return (governed && reading.is_verb(above) && status != Status::Occurred).then_some(status);
    }
    None
}

pub(super) fn plover() -> Option<Plover> {
    Some(Plover {
        kind: EventType::Mobilize,
        mode: Some("troops".to_owned()),
        contexts: vec!["military".to_owned()],
    })
}

fn mixed_or_single(reading: &Reading<'_>, units: &[WordId]) -> demarche_record::Words {
    if units.len() > 1 { mixed_words(reading, units) } else { unit_words(reading, units[0]) }
}

/// The clause that a strength stands in: its verb where it is the subject or object of one.
fn top_of_clause(reading: &Reading<'_>, unit: WordId) -> WordId {
    let mut at = unit;
    for _ in 0..3 {
        let Some(above) = reading.word(at).head else { return at };
        match reading.word(at).relation() {
            "nsubj" | "obj" if reading.is_verb(above) => return above,
            "conj" | "nmod" | "obl" => at = above,
            _ => return unit,
        }
    }
    unit
}

/// "350 is the number of additional troops that Germany announced": the clause that says who sends them.
fn promised_by(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    // "has promised 1,091 men for Baidoa".
    let verb = reading.word(unit).head.filter(|verb| {
        reading.word(unit).relation() == "obj"
            && class(reading, unit).is_some_and(|class| matches!(class, "personnel" | "formation"))
            && matches!(reading.lemma(*verb), "promise" | "pledge" | "offer" | "commit")
    });
    reading.analysis.children_in(unit, "acl").chain(verb).find(|clause| {
        matches!(
            reading.lemma(*clause),
            "announce" | "promise" | "pledge" | "offer" | "commit" | "send" | "deploy"
        ) && reading.is_verb(*clause)
            && reading.subject(*clause).is_some_and(|subject| subject != unit && reading.can_act(subject))
    })
}

/// "Guyana has 4,000 men": who has, keeps or commands a unit that nobody is named the owner of.
fn holder(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    let verb = reading.word(unit).head.filter(|_| matches!(reading.word(unit).relation(), "obj" | "obl"))?;
    // "MINURSO, with 245 observers, has not been able to supply its site".
    let aside = reading.child(unit, "case").and_then(|case| case.0.checked_sub(1)).map(WordId);
    let aside = aside.is_some_and(|before| reading.analysis.form(before) == ",");
    if (unit < verb || aside) && reading.preposition(unit) == Some("with") {
        return reading.subject(verb).filter(|subject| {
            *subject < unit && (is_armed_or_actor(reading, *subject) || is_named_body(reading, *subject))
        });
    }
    // "estimates the corps in the country at 2,000 men": whose strength is estimated.
    if matches!(reading.lemma(verb), "put" | "estimate" | "reckon" | "assess")
        && reading.preposition(unit).is_some_and(|it| it.starts_with("at"))
    {
        let told = reading.child(verb, "obj")?;
        let named = reading.word(told).upos == Upos::Propn || is_armed_or_actor(reading, told);
        return named.then(|| owner(reading, told).unwrap_or(told));
    }
    // "brings the garrison to 4,500 men": whose strength changes.
    if reading.changes_number(verb) && reading.preposition(unit).is_some_and(|it| it.starts_with("to")) {
        let changed = reading.child(verb, "obj").or_else(|| reading.subject(verb))?;
        let actor = |subject: &WordId| is_actor_of(reading, *subject, |kind| kind == ActorKind::State);
        return owner_or_name(reading, changed).or_else(|| reading.subject(verb).filter(actor));
    }
    let has = matches!(
        reading.lemma(verb),
        "have"
            | "count"
            | "number"
            | "field"
            | "command"
            | "keep"
            | "maintain"
            | "boast"
            | "muster"
            | "comprise"
            | "hold"
            | "control"
            | "attack"
            | "storm"
    );
    // "flew in 1,200 paratroopers": who does something to a plainly military unit by a verb of no frame.
    let does = is_plainly_military(reading, unit)
        && reading.word(unit).relation() == "obj"
        && cue_of(reading, verb).is_none();
    let subject = reading.subject(verb).filter(|_| has || does)?;
    is_armed_or_actor(reading, subject).then_some(subject)
}

/// "brings the garrison to 4,500 men": the number of a force that changes.
fn is_changed_to(reading: &Reading<'_>, unit: WordId) -> bool {
    let verb = reading.word(unit).head.filter(|verb| reading.changes_number(*verb));
    let changed = verb.and_then(|verb| reading.child(verb, "obj").or_else(|| reading.subject(verb)));
    reading.preposition(unit).is_some_and(|it| it.starts_with("to"))
        && changed.is_some_and(|changed| is_armed_or_actor(reading, changed))
}

/// Who owns a force, or the force itself where it has a name.
fn owner_or_name(reading: &Reading<'_>, force: WordId) -> Option<WordId> {
    owner(reading, force)
        .or_else(|| (is_named_body(reading, force) || is_armed_body(reading, force)).then_some(force))
}

/// A state, an organ, an alliance or a force.
pub(super) fn is_armed_or_actor(reading: &Reading<'_>, head: WordId) -> bool {
    is_armed_body(reading, head)
        || class(reading, head) == Some("formation")
        || matches!(reading.lemma(head), "mission" | "operation")
        || is_actor_of(reading, head, |kind| {
            use demarche_pack::world::ActorKind::*;
            matches!(kind, State | Alliance | ArmedForce | ArmedGroup | Organ)
        })
}

/// A place that hangs under the verb of which the unit is the subject: "12,000 soldiers are fighting in Kursk".
fn place_of_verb(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    let verb =
        reading.word(unit).head.filter(|_| matches!(reading.word(unit).relation(), "nsubj" | "obj"))?;
    // "were still in the region": the place is the predicate.
    if reading.child(verb, "cop").is_some()
        && reading.preposition(verb).is_some_and(|it| super::places::TOWARDS.contains(&it))
        && super::places::is_place(reading, verb)
    {
        return Some(verb);
    }
    if !reading.is_verb(verb) && reading.child(verb, "cop").is_none() {
        return None;
    }
    let places =
        reading.behind(verb, &["in", "on", "along", "near", "at", "inside", "across", "around", "off"]);
    places.into_iter().find(|head| super::places::is_place(reading, *head))
}

/// "soldiers said", "five officers told reporters": who speaks is no strength.
fn speaks(reading: &Reading<'_>, unit: WordId) -> bool {
    let verb = reading.word(unit).head.filter(|_| reading.word(unit).relation() == "nsubj");
    verb.is_some_and(|verb| {
        VIOLENT.contains(&reading.lemma(verb))
            || cue_of(reading, verb).is_some_and(|cue| cue.speech != Speech::None && cue.reading == "assert")
    })
}

/// What gunmen do is an event, no strength.
const VIOLENT: &[&str] =
    &["storm", "attack", "raid", "ambush", "kill", "shoot", "fire", "open", "abduct", "kidnap", "loot"];

/// "families of 200 soldiers", "the trial of ten officers": told of something else than the force.
fn belongs_to_other_noun(reading: &Reading<'_>, unit: WordId) -> bool {
    let word = reading.word(unit);
    let described = word.relation() == "appos" && described(reading, unit).is_some();
    if word.deprel == "nmod:poss" || matches!(word.relation(), "compound" | "amod" | "appos") && !described {
        return true;
    }
    let Some(above) = word.head.filter(|_| word.relation() == "nmod") else { return false };
    let lemma = reading.lemma(above);
    let of = matches!(reading.preposition(unit), Some("of" | "for" | "by" | "between"));
    let many = reading.quantity(unit).and_then(|it| it.low.or(it.high)).is_some_and(|count| count >= 20.0);
    let people = matches!(
        lemma,
        "family"
            | "mother"
            | "wife"
            | "widow"
            | "relative"
            | "parent"
            | "child"
            | "trial"
            | "grave"
            | "photo"
            | "picture"
            | "image"
            | "name"
            | "memory"
            | "training"
            | "identity"
            | "wages"
            | "salary"
    );
    of && (people || !many)
        && !reading.is_numeric(above)
        && !reading.pack.units.lists(UnitWords::Partitive, lemma)
        && reading.pack.units.class(lemma).is_none()
        && !matches!(
            lemma,
            "presence"
                | "number"
                | "strength"
                | "deployment"
                | "estimate"
                | "figure"
                | "concentration"
                | "size"
                | "mission"
                | "mobilisation"
                | "mobilization"
                | "coalition"
                | "consist"
        )
}

/// Equipment promised, sold or given away is aid or trade, no deployment.
fn is_handed_over(reading: &Reading<'_>, unit: WordId) -> bool {
    if class(reading, unit).is_some_and(|class| matches!(class, "personnel" | "formation")) {
        return false;
    }
    let mut at = unit;
    for _ in 0..2 {
        let Some(above) = reading.word(at).head else { return false };
        if reading.pack.units.lists(UnitWords::Supply, reading.lemma(above)) {
            return true;
        }
        at = above;
    }
    false
}

/// True if the number is one of losses, prisoners or freed people: something up to three words above says so.
pub(super) fn is_loss(reading: &Reading<'_>, unit: WordId) -> bool {
    let loss = |word: WordId| {
        let lemma = reading.lemma(word);
        let down = matches!(lemma, "bring" | "shoot" | "take" | "gun" | "knock")
            && reading.particles(word).iter().any(|particle| matches!(particle.as_str(), "down" | "out"));
        down || reading.pack.units.lists(UnitWords::Loss, lemma)
    };
    let weapon = class(reading, unit) == Some("missile")
        || matches!(reading.lemma(unit), "drone" | "uav" | "artillery");
    let fired = |word: WordId| weapon && reading.pack.units.lists(UnitWords::Fired, reading.lemma(word));
    let mut at = unit;
    for step in 0..5 {
        let below = reading.analysis.children(at).iter().any(|child| {
            let relation = reading.word(*child).relation();
            relation == "acl" && (loss(*child) || fired(*child))
                || step == 0
                    && relation == "amod"
                    && matches!(
                        reading.lemma(*child),
                        "dead"
                            | "wounded"
                            | "fallen"
                            | "slain"
                            | "captured"
                            | "killed"
                            | "destroyed"
                            | "missing"
                    )
        });
        let Some(above) = reading.word(at).head else { return below };
        if below || loss(above) || fired(above) {
            return true;
        }
        if reading.is_verb(above)
            && reading.word(at).relation() != "xcomp"
            && step > 0
            && reading.word(above).relation() != "acl"
        {
            return false;
        }
        at = above;
    }
    false
}

/// Units that are never anything but military.
pub(super) fn is_plainly_military(reading: &Reading<'_>, unit: WordId) -> bool {
    let lemma = reading.lemma(unit);
    let weapon = class(reading, unit) == Some("missile")
        || matches!(lemma, "aircraft" | "helicopter" | "drone" | "jet" | "sortie" | "artillery");
    !weapon && !reading.pack.units.lists(UnitWords::Everyday, lemma) && lemma != "fighter"
}
