//! Finds deployments: presence, move, exercise or strength of a force; whose, which unit, how many, from where, to
//! where. Two mentions of one figure in one text are one deployment; the same number for two places is two.

mod company;
mod places;
mod strength;
mod told;
mod units;

use crate::{Extractor, Reading, Said};
use demarche_language::{Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_pack::units::UnitWords;
use demarche_record::{Action, Body, Deployment, Kind, Plover, Record, Status, Voice};
use company::{in_company, is_force_here};
use places::{TOWARDS, is_place, is_place_entered, place_below, place_of, placed_by_adverb};
use std::collections::BTreeSet;
use strength::{bare_strength, is_loss, is_plainly_military};
use told::told_strength;
use units::{
    class, force, is_actor_of, is_armed_body, is_commanded, is_marked_military, is_named_ship, is_type, is_unit, mixed_words, owner,
    unit_words, unwrapped, with_measures,
};

/// The extractor of deployments.
pub struct Deployments;

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
        for unit in words().filter(|unit| !used.contains(unit)) {
            found.extend(bare_strength(reading, said, unit));
        }
        for number in words() {
            let counted = |record: &Record| {
                let Body::Deployment(it) = &record.body else { return false };
                let start = reading.word(number).span.start() as u32;
                it.quantity.as_ref().is_some_and(|it| {
                    (it.words.start_byte..it.words.end_byte).contains(&start)
                })
            };
            if !found.iter().any(counted) {
                found.extend(told_strength(reading, said, number));
            }
        }
        without_repetitions(reading, found)
    }
}

/// Verbs whose object is where the force goes, whatever else stands beside it.
const ENTERING: &[&str] = &["enter", "cross", "reach", "approach", "transit", "penetrate"];

/// What hangs around a trigger, by the slots of its frame.
struct Around {
    movers: Vec<WordId>,
    units: Vec<WordId>,
    destinations: Vec<WordId>,
    origin: Option<WordId>,
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
    // "brought down five jets" moves none.
    let downs = matches!(reading.lemma(trigger), "bring" | "take")
        && reading.particles(trigger).iter().any(|particle| particle == "down");
    if around.voice == Voice::Furniture || downs {
        return Vec::new();
    }
    let Some(hangs) = hangs_around(reading, trigger, frame, action) else { return Vec::new() };
    // "leave 2,500 troops in Iraq" keeps them there.
    let keeps = reading.lemma(trigger) == "leave"
        && hangs.units.iter().any(|unit| reading.word(*unit).relation() == "obj")
        && (!reading.behind(trigger, &["in", "at", "on"]).is_empty()
            || hangs.units.iter().any(|unit| !reading.behind(*unit, &["in", "at", "on"]).is_empty()));
    let action = if keeps { Action::Present } else { action };
    let Around { movers, units, destinations, origin } = hangs;
    if units.iter().any(|unit| is_loss(reading, *unit)) && !reading.is_verb(trigger) {
        return Vec::new();
    }
    let force = force(reading, trigger, &movers, &units, origin.is_some() || action == Action::Withdraw);
    used.extend(units.iter().copied());
    let plover = frame.plover.map(|kind| Plover {
        kind,
        mode: frame.mode.clone(),
        contexts: vec!["military".to_owned()],
    });
    let evidence = match carrier(reading, trigger) {
        Some(verb) => reading.clause(verb),
        None => reading.clause(trigger),
    };
    // Coordinated places of one preposition share one deployment; the first stands for them.
    let place = destinations.first().copied();
    // "soldiers, vehicles and aircraft" are told together; "two cutters and a patrol boat" are not.
    let counted = units.iter().any(|unit| reading.quantity(*unit).is_some());
    let mixed = units.len() > 1
        && units[1..].iter().all(|unit| {
            reading.quantity(*unit).is_none()
                && !(counted && reading.child(*unit, "det").is_some())
                // "Kyrgyz border guards and Tajik soldiers" are those of two.
                && owner(reading, *unit).is_none_or(|own| owner(reading, units[0]) == Some(own))
        });
    // "can hardly move" tells of no move.
    let nowhere = action == Action::Move && destinations.is_empty() && origin.is_none();
    if nowhere && reading.is_verb(trigger) && around.status == Status::Denied {
        return Vec::new();
    }
    let separate: Vec<Option<WordId>> = match units.len() {
        0 => vec![None],
        1 => vec![units.first().copied()],
        _ if mixed => vec![units.first().copied()],
        _ => units.iter().copied().map(Some).collect(),
    };
    let mut records = Vec::new();
    for unit in separate {
        let quantity = unit.and_then(|unit| reading.quantity(unit));
        // A deployment without a unit is told by its noun: "its deployment in Eastern Europe", "the drills".
        let unit_words = match unit {
            Some(_) if mixed => Some(mixed_words(reading, &units)),
            Some(unit) => Some(unit_words(reading, unit)),
            None if reading.is_verb(trigger) => None,
            None => Some(reading.words(reading.phrase(trigger))),
        };
        let own = unit.and_then(|unit| own_place(reading, unit)).filter(|_| units.len() > 1 && !mixed);
        let place = own.or(place);
        let has_number = quantity.is_some();
        let of_another = unit.filter(|unit| !mixed && Some(unit) != units.first()).and_then(|unit| {
            owner(reading, unit).map(|own| reading.party(own))
        });
        let body = Body::Deployment(Deployment {
            force: of_another.or_else(|| force.clone()),
            action,
            unit: unit_words,
            quantity,
            origin: origin.map(|head| place_of(reading, head)),
            destination: place.map(|head| place_of(reading, head)),
        });
        let confidence =
            frame.confidence + if has_number { 0.15 } else { 0.0 } - if place.is_none() { 0.1 } else { 0.0 };
        records.push(reading.record(
            "deployments",
            &frame.id,
            evidence,
            around.clone(),
            frame.status,
            confidence,
            plover.clone(),
            body,
        ));
    }
    records
}

/// Fills the slots of a frame; `None` where what it tells is no deployment of a force.
fn hangs_around(reading: &Reading<'_>, trigger: WordId, frame: &Frame, action: Action) -> Option<Around> {
    let mut arguments = reading.arguments(trigger);
    if !reading.is_verb(trigger)
        && let Some(verb) = carrier(reading, trigger)
    {
        for (path, heads) in reading.arguments(verb) {
            let fits = !matches!(path.as_str(), "clause" | "infinitive" | "predicative");
            let heads = heads.into_iter().filter(|head| fits && *head != trigger);
            arguments.entry(path).or_default().extend(heads);
        }
    }
    if !reading.is_verb(trigger)
        && reading.child(trigger, "cop").is_some()
        && let Some(subject) = reading.child(trigger, "nsubj")
    {
        // "a second group was on its way to the region".
        arguments.entry("subject".to_owned()).or_default().push(subject);
    }
    // "placed its forces on high alert" is told by the noun.
    if reading.is_verb(trigger)
        && action != Action::Alert
        && arguments
            .get("on")
            .into_iter()
            .flatten()
            .any(|head| matches!(reading.lemma(*head), "alert" | "standby"))
    {
        return None;
    }
    let by_path = |slot: &str| -> Vec<WordId> {
        let paths = frame.slots.get(slot).map(Vec::as_slice).unwrap_or_default();
        paths.iter().filter_map(|path| arguments.get(path)).flatten().copied().collect()
    };
    if !frame.objects.is_empty()
        && !arguments
            .get("object")
            .into_iter()
            .flatten()
            .any(|head| frame.objects.iter().any(|object| object == reading.lemma(*head)))
    {
        return None;
    }
    let mut movers = by_path("mover");
    let mut units = units_of(reading, frame, action, &movers, &arguments);
    if moves_something_else(reading, trigger, action, &units) || puts_at_number(reading, trigger) {
        return None;
    }
    let has = matches!(reading.lemma(trigger), "have" | "keep" | "maintain") && action == Action::Present;
    if has && units.is_empty() && movers.iter().any(|it| moves_forces(reading, *it)) {
        // "does not have an army in the region".
        units.extend(
            arguments.get("object").into_iter().flatten().filter(|head| class(reading, **head).is_some()),
        );
    }
    if units.is_empty() {
        units = involved(reading, trigger);
        if reading.is_verb(trigger) && !units.is_empty() {
            // Who orders the soldiers of another to leave does not move them.
            movers.clear();
        }
    }
    if goes_home(reading, trigger, action) && !units.iter().all(|unit| is_force_here(reading, *unit)) {
        return None;
    }
    units.extend(in_company(reading, trigger, &units));
    let exercise = action == Action::Exercise;
    if exercise && units.is_empty() && !is_military(reading, trigger, &movers) {
        return None;
    }
    let mut destinations: Vec<WordId> = by_path("destination");
    if reading.is_verb(trigger) && ENTERING.contains(&reading.lemma(trigger)) {
        // "entered Guyanese waters near the block": the object is the place.
        destinations.sort_by_key(|head| reading.word(*head).relation() != "obj");
    }
    // "the force in Lebanon", "the garrison at Inates": a place below what is no place itself.
    let nested: Vec<WordId> = destinations
        .iter()
        .filter(|head| !is_place(reading, **head) && !units.contains(head))
        .filter(|head| reading.word(**head).upos == Upos::Noun)
        .filter_map(|head| place_below(reading, *head))
        .collect();
    destinations.extend(nested);
    // "go north of the river".
    for direction in reading.analysis.children_in(trigger, "advmod") {
        destinations.extend(reading.behind(direction, &["of", "as"]));
    }
    if reading.lemma(trigger) == "number" {
        destinations.extend(movers.iter().filter_map(|head| place_below(reading, *head)));
    }
    if let Some(unit) = units.first() {
        // "350 more soldiers to Poland", "soldiers, vehicles and aircraft along its border": the place may hang under
        // the unit.
        for head in with_measures(reading, *unit) {
            destinations.extend(place_below(reading, head));
            // "from the Gulf to the Caribbean" in one piece.
            for from in reading.behind(head, &["from"]) {
                destinations.extend(reading.behind(from, &["to", "into"]));
            }
        }
        let below = units[1..].iter().filter(|unit| reading.quantity(**unit).is_none());
        destinations.extend(below.filter_map(|unit| place_below(reading, *unit)));
    }
    let place = |head: &WordId| {
        (is_place(reading, *head) || is_place_entered(reading, trigger, *head)) && !units.contains(head)
    };
    let measures = units.first().map(|unit| with_measures(reading, *unit)).unwrap_or_default();
    let below = measures.into_iter().flat_map(|head| reading.behind(head, &["from"]));
    let leaves = matches!(action, Action::Withdraw | Action::Move | Action::Send)
        || matches!(reading.lemma(trigger), "redeploy" | "order");
    let origin = by_path("origin").into_iter().chain(below.filter(|_| leaves)).find(place);
    destinations.retain(|head| place(head) && Some(*head) != origin);
    if action == Action::Withdraw {
        destinations.retain(|head| {
            reading
                .preposition(*head)
                .is_some_and(|it| matches!(it.as_str(), "to" | "behind" | "into" | "towards"))
        });
    }
    // "200 soldiers to Merowe and 200 soldiers to Port Sudan": the second unit may hang under the first place.
    let more: Vec<WordId> = destinations
        .iter()
        .flat_map(|place| reading.analysis.children_in(*place, "conj"))
        .filter(|head| is_unit(reading, *head) && reading.quantity(*head).is_some())
        .collect();
    units.extend(more.into_iter().filter(|_| !units.is_empty()).collect::<Vec<_>>());
    let plain = PLAIN.contains(&reading.lemma(trigger)) && action == Action::Move;
    if plain && (destinations.is_empty() || !units.iter().any(|unit| is_plainly_a_force(reading, *unit))) {
        return None;
    }
    // "freed soldiers they had held in Goma": who is held is captive.
    // "held four days of manoeuvres", "soldiers they had held in Goma": no place is held.
    let mut object = arguments.get("object").into_iter().flatten();
    let holds_place = object.any(|head| is_place(reading, *head) || is_place_entered(reading, trigger, *head));
    if reading.lemma(trigger) == "hold" && !holds_place && reading.child(trigger, "compound").is_none() {
        return None;
    }
    if destinations.is_empty() && frame.require.iter().any(|slot| slot == "destination") {
        return None;
    }
    let placed =
        !destinations.is_empty() || origin.is_some() || placed_by_adverb(reading, trigger);
    let fits = match action {
        // "have", "be", "hold" need a counted or located force; anything else is no news of a force.
        Action::Present if units.is_empty() && !reading.is_verb(trigger) => {
            // "a naval presence in Tartus".
            if movers.is_empty() {
                let verb = reading.word(trigger).head.filter(|verb| reading.is_verb(*verb));
                movers.extend(
                    verb.and_then(|verb| reading.subject(verb))
                        .filter(|it| *it != trigger && moves_forces(reading, *it)),
                );
            }
            placed && is_marked_military(reading, trigger)
        }
        Action::Present if units.is_empty() => {
            use demarche_pack::world::ActorKind::{ArmedForce, ArmedGroup, State};
            let lemma = reading.lemma(trigger);
            let holds = HOLDING.contains(&lemma) && movers.iter().any(|it| is_force(reading, *it));
            let state = |it: &WordId| is_actor_of(reading, *it, |kind| kind == State);
            let armed = |it: &WordId| is_actor_of(reading, *it, |kind| matches!(kind, ArmedForce | ArmedGroup));
            placed
                && (holds
                    || lemma == "occupy" && movers.iter().any(state)
                    || STANDING.contains(&lemma) && movers.iter().any(armed))
        }
        Action::Present => {
            let counted = units.iter().any(|unit| reading.quantity(*unit).is_some());
            let owned =
                units.iter().any(|unit| owner(reading, *unit).is_some() || is_named_ship(reading, *unit));
            let stays = matches!(reading.lemma(trigger), "remain" | "stay" | "operate")
                && units.iter().any(|unit| is_plainly_military(reading, *unit) || is_type(reading, *unit));
            // "militia units control the crossing".
            let stays = stays
                || HOLDING.contains(&reading.lemma(trigger))
                    && units.iter().any(|unit| is_plainly_a_force(reading, *unit));
            placed
                && (counted || owned || stays || movers.iter().any(|it| moves_forces(reading, *it)))
        }
        Action::Exercise => {
            !units.is_empty() || placed || reading.light_verb(trigger).is_some() && !movers.is_empty()
        }
        _ if !units.is_empty() => true,
        _ => is_bare_deployment(reading, trigger, action, &movers, placed),
    };
    fits.then_some(Around { movers, units, destinations, origin })
}

/// The units of the first path that has a counted one, else of the first that has any: in "strengthened its guard
/// with 2,000 soldiers" the soldiers, in "the two armies pulled back their tanks" the tanks.
fn units_of(
    reading: &Reading<'_>,
    frame: &Frame,
    action: Action,
    movers: &[WordId],
    arguments: &crate::Arguments,
) -> Vec<WordId> {
    let moves = matches!(action, Action::Deploy | Action::Send | Action::Mass | Action::Withdraw);
    let commands = moves && movers.iter().any(|mover| moves_forces(reading, *mover));
    // "pulled out the police": what is deployed or withdrawn is a force, whoever does it.
    let posted = |head: WordId| {
        let word = reading.word(head);
        matches!(action, Action::Deploy | Action::Withdraw)
            && (word.relation() == "obj" || word.deprel == "nsubj:pass")
    };
    // "the coast guard has kept a ship at the shoal".
    let fields = (moves || action == Action::Present)
        && movers.iter().any(|mover| is_force(reading, *mover) && class(reading, *mover).is_some());
    // "Iskanders were moved to the coast": a type of weapon that is somewhere, not for sale or on show.
    let is_located = matches!(action, Action::Deploy | Action::Move | Action::Present | Action::Withdraw)
        && arguments.values().flatten().any(|head| is_place(reading, *head));
    let paths = frame.slots.get("unit").map(Vec::as_slice).unwrap_or_default();
    // "called up its reservists": the tree may take an object behind a particle for a circumstance.
    let bare = paths.iter().any(|path| path == "object").then_some("");
    let all: Vec<Vec<WordId>> = paths
        .iter()
        .map(String::as_str)
        .chain(bare)
        .filter_map(|path| arguments.get(path))
        .map(|heads| {
            let conjuncts = heads
                .iter()
                .map(|head| meant_by_pronoun(reading, *head).unwrap_or(*head))
                .flat_map(|head| reading.conjuncts(head));
            let mut units: Vec<WordId> = conjuncts.map(|head| unwrapped(reading, head)).collect();
            // "boats and two dozen tanks": beside a unit an everyday word is one as well.
            let beside = units.iter().any(|head| is_unit(reading, *head));
            units.retain(|head| {
                let plural = reading.word(*head).feature("Number") == Some("Plur");
                is_unit(reading, *head)
                    || (commands || posted(*head)) && is_commanded(reading, *head)
                    || fields && reading.word(*head).relation() == "obj" && class(reading, *head).is_some()
                    || is_located && plural && is_type(reading, *head)
                    || beside && match class(reading, *head) {
                        Some(class) => plural || class == "formation",
                        None => reading.quantity(*head).is_some() && is_marked_military(reading, *head),
                    }
            });
            units.dedup();
            units
        })
        .filter(|units| !units.is_empty())
        .collect();
    let has_object = arguments.contains_key("object") || arguments.contains_key("");
    let counted = |units: &&Vec<WordId>| {
        let subject = units.iter().any(|unit| reading.word(*unit).relation() == "nsubj");
        let along = !has_object
            && units.iter().all(|unit| reading.preposition(*unit).as_deref() == Some("with"))
            && all.iter().flatten().any(|unit| reading.word(*unit).relation() == "nsubj");
        !subject && !along && units.iter().any(|unit| reading.quantity(*unit).is_some())
    };
    // "Fighters massed with tanks": the tanks go along.
    let subject = |units: &&Vec<WordId>| {
        !has_object
            && units.iter().any(|unit| reading.word(*unit).relation() == "nsubj")
    };
    let object = |units: &&Vec<WordId>| {
        arguments.get("").is_some_and(|heads| heads.iter().any(|head| units.contains(head)))
    };
    let main = all.iter().find(counted).or_else(|| all.iter().find(object)).or_else(|| all.iter().find(subject)).or(all.first());
    main.cloned().unwrap_or_default()
}

/// "called up four brigades and sent them north": the unit that a pronoun takes up in the same sentence.
fn meant_by_pronoun(reading: &Reading<'_>, head: WordId) -> Option<WordId> {
    let word = reading.word(head);
    if word.upos != Upos::Pron || !matches!(reading.lemma(head), "they" | "it") {
        return None;
    }
    // "Niger left it": what is left or entered is no force; what stands for a state or body is none either.
    let entered = word.relation() == "obj"
        && word.head.is_some_and(|verb| {
            ENTERING.contains(&reading.lemma(verb))
                || matches!(reading.lemma(verb), "leave" | "quit" | "vacate" | "abandon")
        });
    let entity = reading.mention(head).and_then(|id| reading.analysis.mention(id).entity);
    if entered || entity.is_some_and(|id| reading.analysis.entity(id).actor.is_some()) {
        return None;
    }
    let plural = word.feature("Number") == Some("Plur");
    let sentence = reading.analysis.sentence(head).words.start;
    (sentence..head.0).rev().map(WordId).find(|earlier| {
        matches!(reading.word(*earlier).relation(), "obj" | "nsubj" | "obl")
            && (reading.word(*earlier).feature("Number") == Some("Plur")) == plural
            && is_unit(reading, unwrapped(reading, *earlier))
    })
}

/// "drills, involving 40 aircraft and nine warships"; "ordered 1,500 troops to leave": units that a clause beside the
/// trigger names.
fn involved(reading: &Reading<'_>, trigger: WordId) -> Vec<WordId> {
    let mut heads: Vec<WordId> = Vec::new();
    if reading.is_verb(trigger) {
        // Object control through a clause of purpose.
        let to = reading.analysis.children_in(trigger, "mark").any(|mark| reading.lemma(mark) == "to");
        let above = reading.word(trigger).head.filter(|_| to && reading.word(trigger).relation() == "advcl");
        heads.extend(above.and_then(|verb| reading.child(verb, "obj")));
    } else {
        // "soldiers on exercise in Hualien".
        let on = matches!(reading.preposition(trigger).as_deref(), Some("on" | "during"));
        heads.extend(reading.word(trigger).head.filter(|_| on && reading.word(trigger).relation() == "nmod"));
        for clause in reading.analysis.children_in(trigger, "acl") {
            if matches!(
                reading.lemma(clause),
                "involve" | "include" | "comprise" | "feature" | "mobilize" | "use"
            ) {
                heads.extend(reading.child(clause, "obj"));
            }
        }
    }
    heads
        .into_iter()
        .flat_map(|head| reading.conjuncts(head))
        .map(|head| unwrapped(reading, head))
        .filter(|head| is_unit(reading, *head))
        .collect()
}

/// "the frigate went home": of the verbs of movement the most everyday ones.
fn goes_home(reading: &Reading<'_>, trigger: WordId, action: Action) -> bool {
    action == Action::Withdraw && matches!(reading.lemma(trigger), "go" | "come")
}

/// Verbs that move anything: a force goes somewhere by them only where a place is named.
const PLAIN: &[&str] = &[
    "go", "come", "drive", "walk", "ride", "trek", "motor", "rumble", "trundle", "lumber", "thunder", "race", "get",
    "climb", "run", "be",
];

/// A unit that no everyday sentence speaks of: "two officers of the court drove to the village".
fn is_plainly_a_force(reading: &Reading<'_>, unit: WordId) -> bool {
    class(reading, unit).is_some_and(|class| class != "personnel")
        || !reading.pack.units.lists(UnitWords::Everyday, reading.lemma(unit))
        || is_marked_military(reading, unit)
}

/// "puts the force at 8,000", "brings the garrison to 4,500 men": a figure, and nobody moves.
fn puts_at_number(reading: &Reading<'_>, trigger: WordId) -> bool {
    let number = |head: WordId| {
        reading.is_numeric(head) || class(reading, head).is_some() && reading.quantity(head).is_some()
    };
    match reading.lemma(trigger) {
        "put" | "set" => reading.behind(trigger, &["at"]).into_iter().any(number),
        "bring" => reading.behind(trigger, &["to"]).into_iter().any(number),
        // "has doubled its force to about 6,000 men": the men are counted.
        _ if reading.changes_number(trigger) => reading.behind(trigger, &["to"]).into_iter().any(|head| {
            class(reading, head) == Some("personnel") && reading.quantity(head).is_some()
        }),
        _ => false,
    }
}

/// Verbs that say who has a place: the force need not be counted.
const HOLDING: &[&str] =
    &["occupy", "hold", "control", "man", "besiege", "surround", "encircle", "ring", "blockade", "garrison"];

/// Verbs that say where somebody is: an armed group or army need not be counted.
const STANDING: &[&str] = &["stand", "remain", "stay", "operate", "camp", "encamp", "sit"];

/// "the peacekeepers evacuated 5,000 civilians", "soldiers moved the barricades": the subject moves something else.
fn moves_something_else(reading: &Reading<'_>, trigger: WordId, action: Action, units: &[WordId]) -> bool {
    let object =
        reading.child(trigger, "obj").filter(|_| reading.is_verb(trigger) && !reading.is_passive(trigger));
    // "a group headed by the Nimitz".
    if reading.lemma(trigger) == "head" && reading.is_passive(trigger) {
        return true;
    }
    // "Soldiers drive vehicles": what they do, not where they go.
    if object.is_some() && action == Action::Move && PLAIN.contains(&reading.lemma(trigger)) {
        return true;
    }
    let idiom = object.is_some_and(|object| matches!(reading.lemma(object), "anchor" | "sail" | "shelter" | "course"));
    matches!(action, Action::Withdraw | Action::Move | Action::Send | Action::Mass)
        && !idiom
        && units.iter().any(|unit| reading.word(*unit).relation() == "nsubj")
        && object.is_some_and(|object| {
            !is_place(reading, object)
                && !is_place_entered(reading, trigger, object)
                && !units.contains(&object)
                && !is_unit(reading, object)
        })
}

/// The verb that tells what becomes of an event noun: a light verb, or for drills and alerts any verb of which the
/// noun is the subject or a circumstance ("the drills will last until Friday", "put on high alert").
fn carrier(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    if reading.is_verb(trigger) {
        return None;
    }
    if let Some(verb) = reading.light_verb(trigger) {
        return Some(verb);
    }
    // "on the highest state of alert", "four days of manoeuvres".
    let above = reading.word(trigger).head.filter(|above| {
        reading.word(trigger).relation() == "nmod"
            && matches!(
                reading.lemma(*above),
                "state" | "level" | "degree" | "footing" | "day" | "week" | "month" | "round" | "series" | "phase"
            )
    });
    if let Some(verb) = above.and_then(|above| reading.light_verb(above)) {
        return Some(verb);
    }
    let trigger = above.unwrap_or(trigger);
    let word = reading.word(trigger);
    if word.relation() != "obl" && reading.child(trigger, "cop").is_some() {
        return None;
    }
    let verb = word.head.filter(|verb| reading.is_verb(*verb))?;
    let lasting = word.relation() == "nsubj"
        && matches!(
            reading.lemma(verb),
            "last"
                | "continue"
                | "begin"
                | "start"
                | "take"
                | "end"
                | "involve"
                | "run"
                | "go"
                | "come"
                | "cover"
                | "conclude"
                | "include"
                | "resume"
                | "simulate"
                | "stretch"
                | "extend"
        );
    let during = word.relation() == "obl"
        && reading
            .preposition(trigger)
            .is_some_and(|it| matches!(it.as_str(), "on" | "during" | "in" | "for" | "as"));
    (lasting || during).then_some(verb)
}

/// The place that a unit has for itself, where several units go to several places.
fn own_place(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    place_below(reading, unit).or_else(|| {
        reading.analysis.children(unit).iter().copied().find(|child| {
            reading.child(*child, "case").is_some_and(|case| TOWARDS.contains(&reading.lemma(case)))
        })
    })
}

fn moves_forces(reading: &Reading<'_>, head: WordId) -> bool {
    is_armed_body(reading, head)
        || is_actor_of(reading, head, |kind| {
            use demarche_pack::world::ActorKind::*;
            matches!(kind, State | Organ | Alliance | ArmedForce | ArmedGroup)
        })
}

/// A body that is a force itself: "NATO", "the M23", "the army".
fn is_force(reading: &Reading<'_>, head: WordId) -> bool {
    use demarche_pack::world::ActorKind::*;
    let lists = |words: &str| reading.pack.units.lists(UnitWords::Armed, words);
    // "coast guard" is listed as two words.
    let two = || {
        let before = head.0.checked_sub(1).map(WordId)?;
        Some(format!("{} {}", reading.analysis.form(before), reading.lemma(head)))
    };
    is_actor_of(reading, head, |kind| matches!(kind, Alliance | ArmedForce | ArmedGroup))
        || lists(reading.lemma(head))
        || two().is_some_and(|two| lists(&two))
}

/// A deployment noun or verb without a unit: "NATO strengthens its deployment in Eastern Europe", "the M23 withdrew
/// from Walikale", "the army entered the town".
fn is_bare_deployment(
    reading: &Reading<'_>,
    trigger: WordId,
    action: Action,
    movers: &[WordId],
    placed: bool,
) -> bool {
    use demarche_pack::world::ActorKind::*;
    let force = movers.iter().any(|head| is_force(reading, *head));
    if !reading.is_verb(trigger) {
        let state = movers.iter().any(|head| is_actor_of(reading, *head, |kind| matches!(kind, State)));
        return matches!(action, Action::Deploy | Action::Mass | Action::Withdraw | Action::Move)
            && (force || state && is_military(reading, trigger, &[]));
    }
    // "gave up the base at Faya-Largeau": who leaves a base had a force there.
    let leaves_base = reading.child(trigger, "obj").is_some_and(|object| {
        matches!(
            reading.lemma(object),
            "base" | "airbase" | "outpost" | "post" | "position" | "garrison" | "barracks" | "camp" | "stronghold"
        )
    });
    if action == Action::Withdraw && leaves_base && movers.iter().any(|mover| moves_forces(reading, *mover)) {
        return true;
    }
    let object = reading.child(trigger, "obj").is_some_and(|object| {
        !is_place(reading, object) && !is_place_entered(reading, trigger, object)
    });
    matches!(action, Action::Withdraw | Action::Move | Action::Alert)
        && force
        && !brings_units(reading, trigger)
        && (placed || action == Action::Alert)
        && !object
}

/// "has flown in two divisions": the tree may take what is moved for a circumstance.
fn brings_units(reading: &Reading<'_>, trigger: WordId) -> bool {
    let mut below = reading.analysis.children_in(trigger, "obl");
    below.any(|head| is_unit(reading, unwrapped(reading, head)))
}

fn is_military(reading: &Reading<'_>, trigger: WordId, movers: &[WordId]) -> bool {
    let military = |word: WordId| reading.pack.units.lists(UnitWords::Military, reading.lemma(word));
    let marked = is_marked_military(reading, trigger);
    let mover = movers.iter().any(|head| {
        reading.pack.units.lists(UnitWords::Armed, reading.lemma(*head))
            || is_unit(reading, *head)
            || is_actor_of(reading, *head, |kind| {
                use demarche_pack::world::ActorKind::*;
                matches!(kind, Alliance | ArmedForce | ArmedGroup)
            })
    });
    if marked || mover {
        return true;
    }
    if reading.is_verb(trigger) {
        return false;
    }
    let sentence = &reading.analysis.sentence(trigger).words;
    let around = reading.analysis.ids(sentence).any(|word| word != trigger && military(word));
    // "The drills are to last until Sunday": military if the text before speaks of forces.
    let before = || {
        let plain = |word: &WordId| {
            class(reading, *word).is_some()
                && !reading.pack.units.lists(UnitWords::Everyday, reading.lemma(*word))
        };
        (0..trigger.0).map(WordId).filter(plain).take(2).count() == 2
    };
    let several = reading.word(trigger).feature("Number") == Some("Plur");
    around || several && before()
}

/// Drops a record that tells no more than another on the same unit words, and merges a second mention of the same
/// figure: with the same place, or taken up again as "the 350 soldiers".
fn without_repetitions(reading: &Reading<'_>, records: Vec<Record>) -> Vec<Record> {
    let mut kept: Vec<Record> = Vec::new();
    for record in records {
        let Body::Deployment(new) = &record.body else { continue };
        let same = kept.iter().any(|other| {
            let Body::Deployment(old) = &other.body else { return false };
            let figures = |it: &Deployment| it.quantity.as_ref().map(|quantity| quantity.words.start_byte);
            // "drew down its units to 4,500 from 8,350": one unit, two figures.
            let other_figure =
                figures(new).is_some() && figures(old).is_some() && figures(new) != figures(old);
            let same_unit = new.unit.is_some()
                && new.unit == old.unit
                && !other_figure
                && (record.epoch == other.epoch || new.action == Action::Present)
                && (new.action == old.action
                    || new.action == Action::Present
                    || record.status == other.status);
            let value = |it: &Deployment| it.quantity.as_ref().map(|quantity| (quantity.low, quantity.high));
            let name = |it: &Deployment| {
                it.destination
                    .as_ref()
                    .map(|place| place.name.clone().unwrap_or_else(|| place.words.text.clone()))
            };
            let actor = |it: &Deployment| it.force.as_ref().and_then(|force| force.actor.clone());
            let noun = |it: &Deployment| {
                it.unit.as_ref().and_then(|unit| unit.text.rsplit(' ').next().map(str::to_lowercase))
            };
            let same_value = value(new).is_some() && value(new) == value(old);
            let same_figure = same_value
                && name(new) == name(old)
                && name(new).is_some()
                && actor(new) == actor(old)
                && real(record.status) == real(other.status);
            let taken_up = same_value
                && noun(new) == noun(old)
                && (name(new).is_none() || name(new) == name(old))
                && (actor(new).is_none() || actor(new) == actor(old))
                && is_taken_up(reading, new);
            same_unit || same_figure || taken_up
        });
        if !same {
            kept.push(record);
            continue;
        }
        // "Redeployed from Cyprus, four jets landed at Al Udeid": one mention of a unit, told of by two verbs.
        let (origin, destination) = (new.origin.clone(), new.destination.clone());
        let told = kept.iter_mut().find_map(|other| match &mut other.body {
            Body::Deployment(old)
                if new.unit.is_some()
                    && new.unit == old.unit
                    && new.action != Action::Present
                    && other.epoch == record.epoch =>
            {
                Some(old)
            }
            _ => None,
        });
        if let Some(old) = told {
            old.origin = old.origin.take().or(origin);
            old.destination = old.destination.take().or(destination);
        }
    }
    kept
}

/// True if the figure stands behind "the", "those" or "these".
fn is_taken_up(reading: &Reading<'_>, deployment: &Deployment) -> bool {
    let Some(quantity) = &deployment.quantity else { return false };
    let before = &reading.analysis.document.text.as_str()[..quantity.words.start_byte as usize];
    let word = before.trim_end().rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    matches!(word.to_lowercase().as_str(), "the" | "those" | "these")
}

fn real(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}
