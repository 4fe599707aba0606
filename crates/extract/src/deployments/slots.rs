//! Fills the slots of a frame of deployment: who moves what from where to where.

use super::carrier;
use super::company::{in_company, is_force_here};
use super::forces::{is_bare_deployment, is_force, is_military, is_plainly_a_force, moves_forces};
use super::places::{is_place, is_place_entered, place_below, placed_by_adverb};
use super::strength::is_plainly_military;
use super::units::{
    class, is_actor_of, is_commanded, is_marked_military, is_named_ship, is_type, is_unit, owner, unwrapped,
    with_measures,
};
use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_record::Action;
use std::borrow::Cow;

/// Verbs whose object is where the force goes, whatever else stands beside it.
const ENTERING: &[&str] = &["enter", "cross", "reach", "approach", "transit", "penetrate"];

/// What hangs around a trigger, by the slots of its frame.
pub(super) struct Around {
    pub(super) movers: Vec<WordId>,
    pub(super) units: Vec<WordId>,
    pub(super) destinations: Vec<WordId>,
    pub(super) origin: Option<WordId>,
}

/// Fills the slots of a frame; `None` where what it tells is no deployment of a force.
pub(super) fn hangs_around(
    reading: &Reading<'_>,
    trigger: WordId,
    frame: &Frame,
    action: Action,
) -> Option<Around> {
    let mut arguments = Cow::Borrowed(reading.arguments(trigger));
    if !reading.is_verb(trigger)
        && let Some(verb) = carrier(reading, trigger)
    {
        for (path, heads) in reading.arguments(verb) {
            let fits = !matches!(path.as_str(), "clause" | "infinitive" | "predicative");
            let heads = heads.iter().filter(|head| fits && **head != trigger);
            arguments.to_mut().entry(path.clone()).or_default().extend(heads);
        }
    }
    if !reading.is_verb(trigger)
        && reading.child(trigger, "cop").is_some()
        && let Some(subject) = reading.child(trigger, "nsubj")
    {
        // "a second group was on its way to the region".
        arguments.to_mut().entry("subject".to_owned()).or_default().push(subject);
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
    if has && !reading.is_passive(trigger) {
        // Who has a force is not the force.
        units.retain(|unit| reading.word(*unit).relation() != "nsubj");
    }
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
            reading.preposition(*head).is_some_and(|it| matches!(it, "to" | "behind" | "into" | "towards"))
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
    if plain && (destinations.is_empty() || !units.iter().any(|unit| is_plainly_a_force(reading, *unit)))
        || reading.lemma(trigger) == "hold" && !holds_place(reading, trigger, &arguments)
    {
        return None;
    }
    if destinations.is_empty() && frame.require.iter().any(|slot| slot == "destination") {
        return None;
    }
    let placed = !destinations.is_empty() || origin.is_some() || placed_by_adverb(reading, trigger);
    // "a naval presence in Tartus".
    let verb = reading.word(trigger).head.filter(|verb| reading.is_verb(*verb));
    let bare = action == Action::Present && units.is_empty() && !reading.is_verb(trigger);
    if bare && movers.is_empty() {
        let keeper = verb.and_then(|verb| reading.subject(verb));
        movers.extend(keeper.filter(|it| *it != trigger && moves_forces(reading, *it)));
    }
    is_deployment(reading, trigger, action, &movers, &units, placed).then_some(Around {
        movers,
        units,
        destinations,
        origin,
    })
}

/// True if who moves, what and where make it news of a force.
fn is_deployment(
    reading: &Reading<'_>,
    trigger: WordId,
    action: Action,
    movers: &[WordId],
    units: &[WordId],
    placed: bool,
) -> bool {
    match action {
        // "have", "be", "hold" need a counted or located force; anything else is no news of a force.
        Action::Present if units.is_empty() && !reading.is_verb(trigger) => {
            placed && is_marked_military(reading, trigger)
        }
        Action::Present if units.is_empty() => {
            use demarche_pack::world::ActorKind::{ArmedForce, ArmedGroup, State};
            let lemma = reading.lemma(trigger);
            let holds = HOLDING.contains(&lemma) && movers.iter().any(|it| is_force(reading, *it));
            let state = |it: &WordId| is_actor_of(reading, *it, |kind| kind == State);
            let armed =
                |it: &WordId| is_actor_of(reading, *it, |kind| matches!(kind, ArmedForce | ArmedGroup));
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
            // "two companies escort the trucks from Arlit".
            let accompanies = counted
                && reading.lemma(trigger) == "escort"
                && units.iter().any(|unit| {
                    reading.word(*unit).relation() == "nsubj"
                        && class(reading, *unit).is_some_and(|class| class != "personnel")
                });
            accompanies
                || placed && (counted || owned || stays || movers.iter().any(|it| moves_forces(reading, *it)))
        }
        Action::Exercise => {
            !units.is_empty() || placed || reading.light_verb(trigger).is_some() && !movers.is_empty()
        }
        _ if !units.is_empty() => true,
        _ => is_bare_deployment(reading, trigger, action, movers, placed),
    }
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
                .map(|head| {
                    // "32 boats lie off the reef, where they shelter": the count is told before.
                    let told = |unit: &WordId| action == Action::Present && reading.quantity(*unit).is_some();
                    meant_by_pronoun(reading, *head).filter(|unit| !told(unit)).unwrap_or(*head)
                })
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
                    || beside
                        && match class(reading, *head) {
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
            && units.iter().all(|unit| reading.preposition(*unit) == Some("with"))
            && all.iter().flatten().any(|unit| reading.word(*unit).relation() == "nsubj");
        !subject && !along && units.iter().any(|unit| reading.quantity(*unit).is_some())
    };
    // "Fighters massed with tanks": the tanks go along.
    let subject = |units: &&Vec<WordId>| {
        !has_object && units.iter().any(|unit| reading.word(*unit).relation() == "nsubj")
    };
    let object = |units: &&Vec<WordId>| {
        arguments.get("").is_some_and(|heads| heads.iter().any(|head| units.contains(head)))
    };
    let main = all
        .iter()
        .find(counted)
        .or_else(|| all.iter().find(object))
        .or_else(|| all.iter().find(subject))
        .or(all.first());
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
        let on = matches!(reading.preposition(trigger), Some("on" | "during"));
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

/// "held four days of manoeuvres", "soldiers they had held in Goma" hold no place; "hold out" does without one.
fn holds_place(reading: &Reading<'_>, trigger: WordId, arguments: &crate::Arguments) -> bool {
    let mut object = arguments.get("object").into_iter().flatten();
    reading.child(trigger, "compound").is_some()
        || object.any(|head| is_place(reading, *head) || is_place_entered(reading, trigger, *head))
}

/// "the frigate went home": of the verbs of movement the most everyday ones.
fn goes_home(reading: &Reading<'_>, trigger: WordId, action: Action) -> bool {
    action == Action::Withdraw && matches!(reading.lemma(trigger), "go" | "come")
}

/// Verbs that move anything: a force goes somewhere by them only where a place is named.
const PLAIN: &[&str] = &[
    "go", "come", "drive", "walk", "ride", "trek", "motor", "rumble", "trundle", "lumber", "thunder", "race",
    "get", "climb", "run", "be",
];

/// "puts the force at 8,000", "brings the garrison to 4,500 men": a figure, and nobody moves.
fn puts_at_number(reading: &Reading<'_>, trigger: WordId) -> bool {
    let number = |head: WordId| {
        reading.is_numeric(head) || class(reading, head).is_some() && reading.quantity(head).is_some()
    };
    match reading.lemma(trigger) {
        "put" | "set" => reading.behind(trigger, &["at"]).into_iter().any(number),
        "bring" => reading.behind(trigger, &["to"]).into_iter().any(number),
        // "has doubled its force to about 6,000 men": the men are counted.
        _ if reading.changes_number(trigger) => reading
            .behind(trigger, &["to"])
            .into_iter()
            .any(|head| class(reading, head) == Some("personnel") && reading.quantity(head).is_some()),
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
    // "companies trained at the camp" are ready, and hold no exercise.
    if reading.lemma(trigger) == "train" && reading.is_passive(trigger) {
        return true;
    }
    // "Soldiers drive vehicles": what they do, not where they go.
    if object.is_some() && action == Action::Move && PLAIN.contains(&reading.lemma(trigger)) {
        return true;
    }
    let idiom = object
        .is_some_and(|object| matches!(reading.lemma(object), "anchor" | "sail" | "shelter" | "course"));
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
