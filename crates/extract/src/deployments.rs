//! Finds deployments: presence, move, exercise or strength of a force; whose, which unit, how many, from where, to
//! where. Two mentions of one figure in one text are one deployment; the same number for two places is two.

use crate::{Extractor, Reading, Said};
use demarche_language::{EntityKind, MentionForm, Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{
    Action, Body, Deployment, EventType, Kind, Party, Place, Plover, Record, Status, Voice, Words,
};
use std::collections::BTreeSet;

/// The extractor of deployments.
pub struct Deployments;

/// Objects of loss, crime and relief: a number of them is no deployment.
const LOSSES: &[&str] = &[
    "kill",
    "wound",
    "injure",
    "die",
    "capture",
    "destroy",
    "lose",
    "shoot",
    "arrest",
    "detain",
    "hit",
    "damage",
    "bury",
    "release",
    "free",
    "exchange",
    "swap",
    "surrender",
    "honour",
    "honor",
    "mourn",
    "down",
];
/// Words that make drills and patrols military.
const MILITARY: &[&str] = &[
    "military",
    "naval",
    "live-fire",
    "joint",
    "army",
    "navy",
    "air",
    "force",
    "troop",
    "soldier",
    "warship",
    "combat",
    "missile",
    "artillery",
    "amphibious",
    "maritime",
    "tank",
    "war",
    "border",
    "nuclear",
    "command",
    "fighter",
    "marine",
];

impl Extractor for Deployments {
    fn name(&self) -> &'static str {
        "deployments"
    }

    fn about(&self) -> &'static str {
        "which force is deployed, sent, moved, massed, withdrawn, exercising, on alert or present: unit, quantity, from, to"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        let mut found: Vec<Record> = Vec::new();
        let mut used: BTreeSet<WordId> = BTreeSet::new();
        let words = || (0..reading.analysis.words.len() as u32).map(WordId);
        for trigger in words() {
            for (frame, _) in reading.frames_at(Kind::Deployment, trigger) {
                let made = from_frame(reading, said, trigger, frame, &mut used);
                if !made.is_empty() {
                    found.extend(made);
                    break;
                }
            }
        }
        for unit in words() {
            if !used.contains(&unit) {
                found.extend(bare_strength(reading, said, unit));
            }
        }
        without_repetitions(found)
    }
}

fn from_frame(
    reading: &Reading<'_>,
    said: &[Said],
    trigger: WordId,
    frame: &Frame,
    used: &mut BTreeSet<WordId>,
) -> Vec<Record> {
    let Some(action) = frame.set.get("action").and_then(|action| Action::parse(action)) else {
        return Vec::new();
    };
    let around = reading.circumstances(trigger, said);
    if around.voice == Voice::Furniture {
        return Vec::new();
    }
    let arguments = reading.arguments(trigger);
    let by_path = |slot: &str| -> Vec<WordId> {
        let paths = frame.slots.get(slot).map(Vec::as_slice).unwrap_or_default();
        paths.iter().filter_map(|path| arguments.get(path)).flatten().copied().collect()
    };
    let units: Vec<WordId> = by_path("unit")
        .into_iter()
        .flat_map(|head| reading.conjuncts(head))
        .filter(|head| is_unit(reading, *head))
        .collect();
    let exercise = action == Action::Exercise;
    if exercise && !is_military(reading, trigger, &by_path("mover")) {
        return Vec::new();
    }
    if units.is_empty() && !exercise && !is_bare_deployment(reading, trigger, action, &by_path("mover")) {
        return Vec::new();
    }
    if action == Action::Present {
        // "have", "be", "hold" need a counted or located force; anything else is no news of a force.
        let located = by_path("destination").iter().any(|head| is_place(reading, *head));
        let counted = units.iter().any(|unit| reading.quantity(*unit).is_some());
        if !located || !counted && !units.iter().any(|unit| owner(reading, *unit).is_some()) {
            return Vec::new();
        }
    }
    let origin = by_path("origin").into_iter().find(|head| is_place(reading, *head) && !units.contains(head));
    let mut destinations: Vec<WordId> = by_path("destination")
        .into_iter()
        .filter(|head| is_place(reading, *head) && !units.contains(head) && Some(*head) != origin)
        .collect();
    if let Some(unit) = units.first() {
        // "350 more soldiers to Poland": the place may hang under the unit.
        let below = reading
            .behind(*unit, &["to", "in", "on", "along", "near", "at", "into", "across", "around", "inside"]);
        destinations.extend(below.into_iter().filter(|head| is_place(reading, *head)));
    }
    let force = force(reading, trigger, &by_path("mover"), &units);
    used.extend(units.iter().copied());
    let plover = frame.plover.map(|kind| Plover {
        kind,
        mode: frame.mode.clone(),
        contexts: vec!["military".to_owned()],
    });
    let evidence = match reading.light_verb(trigger) {
        Some(verb) => reading.clause(verb),
        None => reading.clause(trigger),
    };
    let places: Vec<Option<WordId>> =
        if destinations.is_empty() { vec![None] } else { destinations.iter().copied().map(Some).collect() };
    // Coordinated places of one preposition share one deployment; the first stands for them.
    let place = places.first().copied().flatten();
    let mixed = units.len() > 1 && units[1..].iter().all(|unit| reading.quantity(*unit).is_none());
    let separate: Vec<Option<WordId>> = match units.len() {
        0 => vec![None],
        1 => vec![units.first().copied()],
        _ if mixed => vec![units.first().copied()],
        _ => units.iter().copied().map(Some).collect(),
    };
    let mut records = Vec::new();
    for unit in separate {
        let quantity = unit.and_then(|unit| reading.quantity(unit));
        let unit_words =
            unit.map(|unit| if mixed { mixed_words(reading, &units) } else { unit_words(reading, unit) });
        let counted = quantity.is_some();
        let body = Body::Deployment(Deployment {
            force: force.clone(),
            action,
            unit: unit_words,
            quantity,
            origin: origin.map(|head| place_of(reading, head)),
            destination: place.map(|head| place_of(reading, head)),
        });
        let confidence =
            frame.confidence + if counted { 0.15 } else { 0.0 } - if place.is_none() { 0.1 } else { 0.0 };
        let around = around.clone();
        records.push(reading.record(
            "deployments",
            &frame.id,
            evidence,
            around,
            frame.status,
            confidence,
            plover.clone(),
            body,
        ));
    }
    records
}

/// "100,000 troops along the border", "U.S. Army troops north of Vilnius": a strength without a verb of its own.
fn bare_strength(reading: &Reading<'_>, said: &[Said], unit: WordId) -> Option<Record> {
    if !is_unit(reading, unit) || reading.word(unit).relation() == "conj" {
        return None;
    }
    let around = reading.circumstances(unit, said);
    if around.voice == Voice::Furniture {
        return None;
    }
    if is_loss(reading, unit) {
        return None;
    }
    let quantity = reading.quantity(unit);
    let below =
        reading.behind(unit, &["in", "on", "along", "near", "at", "inside", "across", "around", "of"]);
    let place = below.into_iter().find(|head| is_place(reading, *head)).or_else(|| {
        reading.analysis.children_in(unit, "advmod").find_map(|direction| {
            reading.behind(direction, &["of"]).into_iter().find(|head| is_place(reading, *head))
        })
    });
    let owner = owner(reading, unit);
    let caption_subject =
        around.voice == Voice::Caption && owner.is_some() && (place.is_some() || !around.places.is_empty());
    let strong = quantity.is_some() && (owner.is_some() || is_plainly_military(reading, unit));
    if !(quantity.is_some() && place.is_some()
        || strong
        || caption_subject && reading.word(unit).head.is_none())
    {
        return None;
    }
    let confidence = if quantity.is_some() { 0.55 } else { 0.4 };
    let body = Body::Deployment(Deployment {
        force: owner.map(|head| reading.party(head)),
        action: Action::Present,
        unit: Some(unit_words(reading, unit)),
        quantity,
        origin: None,
        destination: place.map(|head| place_of(reading, head)),
    });
    let plover = Some(Plover {
        kind: EventType::Mobilize,
        mode: Some("troops".to_owned()),
        contexts: vec!["military".to_owned()],
    });
    let evidence = reading.clause(unit);
    Some(reading.record(
        "deployments",
        "deployment.strength",
        evidence,
        around,
        None,
        confidence,
        plover,
        body,
    ))
}

/// True if the number is one of losses, prisoners or freed people: something up to three words above says so.
fn is_loss(reading: &Reading<'_>, unit: WordId) -> bool {
    let mut at = unit;
    for _ in 0..3 {
        let below =
            reading.analysis.children(at).iter().any(|child| {
                reading.word(*child).relation() == "acl" && LOSSES.contains(&reading.lemma(*child))
            });
        let Some(above) = reading.word(at).head else { return below };
        let lemma = reading.lemma(above).to_lowercase();
        let noun = matches!(
            lemma.as_str(),
            "death"
                | "loss"
                | "casualty"
                | "killing"
                | "toll"
                | "prisoner"
                | "funeral"
                | "body"
                | "remains"
                | "release"
                | "wreck"
        );
        if below || noun || LOSSES.contains(&lemma.as_str()) {
            return true;
        }
        at = above;
    }
    false
}

/// Units that are never anything but military.
fn is_plainly_military(reading: &Reading<'_>, unit: WordId) -> bool {
    let class = reading.pack.units.class(reading.lemma(unit));
    let lemma = reading.lemma(unit).to_lowercase();
    matches!(class, Some("armour" | "aircraft" | "vessel" | "missile") if !matches!(lemma.as_str(), "vehicle" | "truck" | "plane" | "boat" | "ship" | "aircraft" | "helicopter" | "system" | "gun" | "carrier" | "drone" | "missile" | "rocket" | "shell" | "jet"))
        || matches!(
            lemma.as_str(),
            "soldier"
                | "troop"
                | "troops"
                | "serviceman"
                | "servicemen"
                | "paratrooper"
                | "marine"
                | "reservist"
                | "peacekeeper"
                | "commando"
                | "battalion"
                | "brigade"
        )
}

/// A noun that counts force: a unit of the pack that is not a person told of otherwise ("the man", "a police officer
/// said"): personnel words of everyday use count only with a number or an owner.
fn is_unit(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    if !matches!(word.upos, Upos::Noun | Upos::Propn) {
        return false;
    }
    let Some(_) = reading.pack.units.class(&word.lemma) else { return false };
    let weak = matches!(
        word.lemma.to_lowercase().as_str(),
        "man"
            | "officer"
            | "guard"
            | "force"
            | "group"
            | "gun"
            | "vehicle"
            | "truck"
            | "system"
            | "unit"
            | "company"
            | "division"
            | "wing"
            | "observer"
            | "monitor"
            | "volunteer"
            | "police"
            | "boat"
            | "carrier"
            | "column"
            | "strong"
            | "contractor"
            | "adviser"
            | "advisor"
            | "veteran"
            | "military"
            | "army"
            | "corps"
            | "rebel"
            | "militant"
            | "plane"
    );
    !weak || reading.quantity(head).is_some() || is_owned_by_state(reading, head)
}

fn is_owned_by_state(reading: &Reading<'_>, head: WordId) -> bool {
    owner(reading, head).is_some_and(|owner| {
        let mention = reading.mention(owner).map(|id| reading.analysis.mention(id));
        mention.is_some_and(|mention| mention.form != MentionForm::Pronoun || mention.entity.is_some())
    })
}

/// Who owns a unit by its own modifiers: "Russian troops", "its soldiers", "troops of the SAF", "U.S. Army troops".
fn owner(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    let children = reading.analysis.children(unit);
    let modifier = children.iter().copied().find(|child| {
        let word = reading.word(*child);
        let named = reading.mention(*child).is_some_and(|id| {
            let mention = reading.analysis.mention(id);
            matches!(mention.form, MentionForm::Demonym | MentionForm::Name | MentionForm::Metonym)
        });
        word.deprel == "nmod:poss" || matches!(word.relation(), "amod" | "compound") && named
    });
    modifier.or_else(|| {
        reading.behind(unit, &["of", "from"]).into_iter().find(|head| {
            let kind = reading
                .mention(*head)
                .and_then(|id| reading.analysis.mention(id).entity)
                .map(|id| reading.analysis.entity(id).kind);
            kind == Some(EntityKind::Body)
        })
    })
}

fn force(reading: &Reading<'_>, trigger: WordId, movers: &[WordId], units: &[WordId]) -> Option<Party> {
    let mover = movers.iter().copied().find(|head| {
        !units.contains(head) && !reading.is_time(*head) && !is_unit(reading, *head) && reading.can_act(*head)
            || is_armed_body(reading, *head) && !units.contains(head)
    });
    if let Some(mover) = mover {
        return Some(reading.party(mover));
    }
    let owned = units.iter().copied().find_map(|unit| owner(reading, unit));
    let own = owned.or_else(|| movers.iter().copied().find_map(|mover| owner(reading, mover)));
    own.or_else(|| owner(reading, trigger)).map(|head| reading.party(head))
}

fn is_armed_body(reading: &Reading<'_>, head: WordId) -> bool {
    matches!(
        reading.lemma(head).to_lowercase().as_str(),
        "army"
            | "military"
            | "navy"
            | "government"
            | "ministry"
            | "junta"
            | "alliance"
            | "militia"
            | "country"
            | "command"
            | "rebel"
            | "force"
            | "side"
    )
}

/// A deployment noun or verb without a unit: "NATO strengthens its deployment in Eastern Europe".
fn is_bare_deployment(reading: &Reading<'_>, trigger: WordId, action: Action, movers: &[WordId]) -> bool {
    let military = movers.iter().any(|head| {
        let entity = reading.mention(*head).and_then(|id| reading.analysis.mention(id).entity);
        entity.map(|id| reading.analysis.entity(id)).and_then(|entity| entity.actor.as_ref()).is_some_and(
            |actor| {
                reading.pack.world.actor(actor).is_some_and(|actor| {
                    use demarche_pack::world::ActorKind::*;
                    matches!(actor.kind, Alliance | ArmedForce | ArmedGroup)
                        || matches!(actor.kind, State)
                            && !reading.is_verb(trigger)
                            && is_military(reading, trigger, &[])
                })
            },
        )
    });
    matches!(action, Action::Deploy | Action::Mass | Action::Withdraw | Action::Move)
        && !reading.is_verb(trigger)
        && military
}

fn is_military(reading: &Reading<'_>, trigger: WordId, movers: &[WordId]) -> bool {
    let marked = reading.analysis.children(trigger).iter().any(|child| {
        MILITARY.contains(&reading.lemma(*child).to_lowercase().as_str())
            || reading.pack.units.class(reading.lemma(*child)).is_some()
    });
    let mover = movers.iter().any(|head| {
        is_armed_body(reading, *head)
            || is_unit(reading, *head)
            || reading
                .mention(*head)
                .and_then(|id| reading.analysis.mention(id).entity)
                .and_then(|id| reading.analysis.entity(id).actor.as_ref())
                .and_then(|actor| reading.pack.world.actor(actor))
                .is_some_and(|actor| {
                    use demarche_pack::world::ActorKind::*;
                    matches!(actor.kind, Alliance | ArmedForce | ArmedGroup)
                })
    });
    let around = reading
        .analysis
        .ids(&reading.analysis.sentence(trigger).words)
        .any(|word| MILITARY[..8].contains(&reading.lemma(word).to_lowercase().as_str()));
    marked || mover || around && !reading.is_verb(trigger)
}

fn is_place(reading: &Reading<'_>, head: WordId) -> bool {
    let span = reading.word(head).span;
    let known = reading.analysis.places.iter().any(|place| {
        (place.words.start_byte as usize) <= span.start() && span.end() <= place.words.end_byte as usize
    });
    let entity = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .map(|id| reading.analysis.entity(id));
    let body = entity.is_some_and(|entity| {
        matches!(entity.kind, EntityKind::Place)
            || matches!(entity.kind, EntityKind::Body) && entity.actor.is_some()
    });
    known
        || body
        || matches!(
            reading.lemma(head).to_lowercase().as_str(),
            "border"
                | "frontier"
                | "front"
                | "base"
                | "airport"
                | "airbase"
                | "port"
                | "region"
                | "province"
                | "capital"
                | "city"
                | "town"
                | "village"
                | "territory"
                | "soil"
                | "area"
                | "zone"
                | "strait"
                | "sea"
                | "island"
                | "east"
                | "west"
                | "north"
                | "south"
                | "coast"
                | "line"
                | "camp"
                | "barracks"
                | "flank"
                | "country"
                | "enclave"
                | "corridor"
                | "outskirts"
                | "position"
                | "outpost"
                | "valley"
                | "district"
                | "waters"
                | "range"
                | "site"
                | "neighbour"
                | "neighbor"
                | "ally"
                | "state"
                | "side"
                | "airspace"
                | "peninsula"
                | "republic"
        )
}

fn place_of(reading: &Reading<'_>, head: WordId) -> Place {
    let span = reading.word(head).span;
    let known = reading.analysis.places.iter().find(|place| {
        (place.words.start_byte as usize) <= span.start() && span.end() <= place.words.end_byte as usize
    });
    let words = reading.words(reading.phrase(head));
    match known {
        Some(place) => Place { words, ..place.clone() },
        None => {
            let entity = reading
                .mention(head)
                .and_then(|id| reading.analysis.mention(id).entity)
                .map(|id| reading.analysis.entity(id));
            let actor =
                entity.and_then(|entity| entity.actor.as_ref()).and_then(|id| reading.pack.world.actor(id));
            Place {
                words,
                name: actor.map(|actor| actor.name.clone()),
                country: actor.and_then(|actor| actor.country.clone()),
                position: None,
                precision: None,
            }
        }
    }
}

/// The unit without number, article and owner: "combat aircraft", "police officers".
fn unit_words(reading: &Reading<'_>, unit: WordId) -> Words {
    let mut words = vec![unit];
    for child in reading.analysis.children(unit) {
        let word = reading.word(*child);
        let named = reading.mention(*child).is_some();
        let kept = matches!(word.relation(), "compound" | "amod")
            && !named
            && !matches!(
                word.lemma.as_str(),
                "more" | "additional" | "further" | "other" | "estimated" | "last" | "extra" | "such"
            );
        if kept && *child < unit {
            words.push(*child);
        }
    }
    reading.words(reading.analysis.cover(&words).expect("the unit itself"))
}

/// A mixed unit stays whole: "soldiers, vehicles and combat aircraft".
fn mixed_words(reading: &Reading<'_>, units: &[WordId]) -> Words {
    let first = unit_words(reading, units[0]);
    let last = unit_words(reading, units[units.len() - 1]);
    let text = &reading.analysis.document.text;
    let span =
        text.span(first.start_byte as usize, last.end_byte as usize).expect("units stand in text order");
    reading.words(span)
}

/// Drops a record that tells no more than another on the same unit words, and merges a second mention of the same
/// figure with the same place.
fn without_repetitions(records: Vec<Record>) -> Vec<Record> {
    let mut kept: Vec<Record> = Vec::new();
    for record in records {
        let Body::Deployment(new) = &record.body else { continue };
        let same = kept.iter().any(|other| {
            let Body::Deployment(old) = &other.body else { return false };
            let same_unit = new.unit.is_some() && new.unit == old.unit && record.status == other.status;
            let value = |it: &Deployment| it.quantity.as_ref().map(|quantity| (quantity.low, quantity.high));
            let name = |it: &Deployment| {
                it.destination
                    .as_ref()
                    .map(|place| place.name.clone().unwrap_or_else(|| place.words.text.clone()))
            };
            let actor = |it: &Deployment| it.force.as_ref().and_then(|force| force.actor.clone());
            let same_figure = value(new).is_some()
                && value(new) == value(old)
                && name(new) == name(old)
                && name(new).is_some()
                && actor(new) == actor(old)
                && real(record.status) == real(other.status);
            same_unit || same_figure
        });
        if !same {
            kept.push(record);
        }
    }
    kept
}

fn real(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}
