//! Strengths whose unit is left out: "more than 200,000 under arms", "down to 795 in uniform from a peak of 6,400",
//! "lifting the mission from 1,100 soldiers to 1,500", "puts the force at 110,000", "has close to 5,000 in Cabo Delgado".

use super::places::{TOWARDS, is_place, place_below, place_of};
use super::strength::{is_armed_or_actor, is_loss, plover};
use super::units::{class, owner, unit_words};
use crate::quantity::LOWERING;
use crate::{Reading, Said, status::status};
use demarche_language::{Upos, WordId};
use demarche_record::{Action, Body, Deployment, Kind, Record, Status, Voice};

/// What a number is told to count.
struct Strength {
    /// The noun of the force, if the text names it.
    of: Option<WordId>,
    /// Who has it.
    holder: Option<WordId>,
    action: Action,
    place: Option<WordId>,
    /// The predicate whose clause is the evidence.
    told_by: WordId,
    status: Option<Status>,
}

/// The strength that a number without a unit tells.
pub(super) fn told_strength(reading: &Reading<'_>, said: &[Said], number: WordId) -> Option<Record> {
    let word = reading.word(number);
    let first = number.0.checked_sub(1).map(WordId).is_none_or(|before| !reading.is_numeric(before));
    if word.upos != Upos::Num
        || !first
        || !reading.is_numeric(number)
        || reading.is_designation_number(number)
        || reading.is_year(number)
        || reading.is_time(number)
        || is_loss(reading, number)
    {
        return None;
    }
    let strength = under_arms(reading, number)
        .or_else(|| changed(reading, number))
        .or_else(|| put_at(reading, number))
        .or_else(|| predicate(reading, number))
        .or_else(|| made_of(reading, number))
        .or_else(|| moved(reading, number))
        .or_else(|| had(reading, number))?;
    if reading.voice(number) == Voice::Furniture {
        return None;
    }
    let quantity = reading.bare_quantity(number)?;
    if quantity.low.or(quantity.high).is_none_or(|count| count < 2.0) {
        return None;
    }
    let force = strength.holder.or_else(|| {
        let of = strength.of?;
        owner(reading, of).or_else(|| (reading.word(of).upos == Upos::Propn).then_some(of))
    });
    let place = strength.place.or_else(|| place_below(reading, strength.of?));
    let unit = strength.of.filter(|of| class(reading, *of).is_some());
    let body = Body::Deployment(Deployment {
        force: force.map(|head| reading.party(head)),
        action: strength.action,
        unit: unit.map(|unit| unit_words(reading, unit)),
        quantity: Some(quantity),
        origin: None,
        destination: place.map(|head| place_of(reading, head)),
    });
    let evidence = reading.clause(strength.told_by);
    let status = strength.status;
    let around = reading.circumstances(number, said);
    Some(reading.record("deployments", "deployment.strength", evidence, around, status, 0.5, plover(), body))
}

/// "more than 200,000 under arms", "795 in uniform".
fn under_arms(reading: &Reading<'_>, number: WordId) -> Option<Strength> {
    let verb = reading.word(number).head?;
    let arms = |noun: &WordId| {
        let lemma = reading.lemma(*noun);
        match reading.preposition(*noun) {
            Some("under") => matches!(lemma, "arm" | "arms"),
            Some("in") => lemma == "uniform" || reading.analysis.form(*noun).eq_ignore_ascii_case("arms"),
            _ => false,
        }
    };
    let under = [number, verb]
        .into_iter()
        .chain(reading.analysis.children(verb).iter().copied())
        .flat_map(|at| reading.behind(at, &["under", "in"]))
        .find(|noun| *noun > number && noun.0 < number.0 + 4 && arms(noun));
    under?;
    let plain = matches!(reading.word(number).relation(), "obj" | "nsubj" | "obl" | "nmod" | "appos");
    if !plain {
        return None;
    }
    let (of, holder) = match reading.is_verb(verb) {
        true => (None, reading.subject(verb).filter(|head| *head != number)),
        false => (force_noun(reading, verb), None),
    };
    Some(Strength {
        of,
        holder,
        action: Action::Present,
        place: None,
        told_by: clause_of(reading, number),
        status: None,
    })
}

/// "drew down to 4,500 from 8,350", "up from 3,000", "down to about 600", "from a peak of 6,400".
fn changed(reading: &Reading<'_>, number: WordId) -> Option<Strength> {
    let sentence = reading.analysis.sentence(number).words.clone();
    let form = |back: u32| {
        number
            .0
            .checked_sub(back)
            .filter(|at| *at >= sentence.start)
            .map(|at| reading.analysis.form(WordId(at)).to_lowercase())
    };
    let counts_noun = reading.word(number).relation() == "nummod"
        && reading.word(number).head.is_some_and(|noun| reading.word(noun).upos == Upos::Noun);
    if counts_noun {
        return None;
    }
    // The preposition in front of the number and of what softens it ("to about 600", "to fewer than 6,000").
    let soft = |word: &str| {
        matches!(
            word,
            "about"
                | "around"
                | "some"
                | "roughly"
                | "nearly"
                | "almost"
                | "under"
                | "over"
                | "fewer"
                | "less"
                | "more"
                | "than"
                | "below"
                | "just"
                | "only"
                | "a"
                | "peak"
                | "high"
                | "of"
                | "close"
                | "estimated"
                | "an"
                | "the"
        )
    };
    let lead = (1..6).find(|back| form(*back).is_some_and(|word| !soft(&word)))?;
    let preposition = form(lead)?;
    let before = form(lead + 1).unwrap_or_default();
    let peak = (1..lead).any(|back| form(back).is_some_and(|word| matches!(word.as_str(), "peak" | "high")));
    let (direction, status) = match (before.as_str(), preposition.as_str()) {
        ("down" | "back", "to") => (Action::Present, None),
        ("down" | "up", "from") => (Action::Present, Some(Status::Occurred)),
        (_, "against") | ("compared", "with" | "to") => (Action::Present, Some(Status::Occurred)),
        (_, "from") if peak => (Action::Present, Some(Status::Occurred)),
        (_, "to" | "from") => {
            let verb = (sentence.start..number.0).rev().map(WordId).find(|it| reading.is_verb(*it))?;
            if !reading.changes_number(verb) {
                return None;
            }
            let lowers = LOWERING.contains(&reading.lemma(verb));
            match preposition.as_str() {
                "from" => (Action::Present, Some(Status::Occurred)),
                _ if lowers => (Action::Withdraw, Some(status(reading, verb))),
                _ => (Action::Deploy, Some(status(reading, verb))),
            }
        }
        _ => return None,
    };
    let of = changed_force(reading, number)?;
    Some(Strength {
        of: Some(of),
        holder: None,
        action: direction,
        place: None,
        told_by: clause_of(reading, number),
        status,
    })
}

/// The force whose number changes: the nearest noun of force above the number or among what its verbs govern.
fn changed_force(reading: &Reading<'_>, number: WordId) -> Option<WordId> {
    let mut at = number;
    for _ in 0..6 {
        at = reading.word(at).head?;
        if let Some(found) = force_noun(reading, at) {
            return Some(found);
        }
        if !reading.is_verb(at) && reading.child(at, "cop").is_none() {
            continue;
        }
        let subject = reading.subject(at);
        let told = reading.child(at, "obj").or(subject).filter(|head| *head != number);
        // "The toll rose to four": something else changes.
        if let Some(told) = told {
            return force_noun(reading, told);
        }
    }
    None
}

/// The force that a noun names: a unit or formation, or what "the number of" counts.
fn force_noun(reading: &Reading<'_>, noun: WordId) -> Option<WordId> {
    let lemma = reading.lemma(noun);
    if matches!(lemma, "number" | "strength" | "total" | "size" | "figure" | "headcount") {
        let counted = reading.behind(noun, &["of"]).into_iter().find(|of| class(reading, *of).is_some());
        return counted.or_else(|| (lemma == "strength" || speaks_of_men(reading, noun)).then_some(noun));
    }
    let body = matches!(
        lemma,
        "force" | "mission" | "garrison" | "contingent" | "presence" | "component" | "deployment"
    );
    let personnel =
        matches!(class(reading, noun), Some("personnel" | "formation" | "vessel" | "aircraft" | "armour"));
    (body || personnel).then_some(noun)
}

/// "puts the Russian force on this axis at 110,000", "estimates its strength at 8,000".
fn put_at(reading: &Reading<'_>, number: WordId) -> Option<Strength> {
    if reading.preposition(number).is_none_or(|it| !it.starts_with("at")) {
        return None;
    }
    let verb = reading.word(number).head.filter(|verb| {
        matches!(
            reading.lemma(*verb),
            "put" | "estimate" | "count" | "reckon" | "number" | "stand" | "peg" | "assess"
        )
    })?;
    let told = reading.child(verb, "obj").or_else(|| reading.subject(verb))?;
    let noun = match reading.word(told).upos {
        Upos::Pron => return None,
        _ => told,
    };
    let measure = matches!(reading.lemma(noun), "total" | "number" | "figure");
    let strong =
        matches!(reading.lemma(noun), "force" | "strength" | "garrison" | "contingent" | "presence" | "army")
            || measure
                && (force_noun(reading, noun).is_some_and(|of| of != noun) || speaks_of_men(reading, noun))
            || class(reading, noun).is_some();
    strong.then(|| Strength {
        of: Some(noun),
        holder: reading.child_exactly(noun, "nmod:poss").map(|own| reading.antecedent(own).unwrap_or(own)),
        action: Action::Present,
        place: reading
            .behind(verb, &["on", "in", "along", "near"])
            .into_iter()
            .find(|it| is_place(reading, *it)),
        told_by: verb,
        status: None,
    })
}

/// "The garrison is about 3,000 now", "6,000 to 8,000 remain".
fn predicate(reading: &Reading<'_>, number: WordId) -> Option<Strength> {
    let told = |of: Option<WordId>, told_by: WordId| Strength {
        of,
        holder: None,
        action: Action::Present,
        place: None,
        told_by,
        status: None,
    };
    if reading.child(number, "cop").is_some() {
        let of = reading.subject(number).filter(|subject| {
            matches!(
                reading.lemma(*subject),
                "garrison" | "force" | "contingent" | "army" | "strength" | "mission"
            )
        })?;
        return Some(told(Some(of), number));
    }
    let verb = reading.word(number).head.filter(|verb| {
        reading.word(number).relation() == "nsubj" && matches!(reading.lemma(*verb), "remain" | "stay")
    })?;
    let bare = !reading.is_passive(verb) && reading.child(verb, "xcomp").is_none();
    (bare && speaks_of_men(reading, number)).then(|| told(None, verb))
}

/// "its mission of about 350 was asked to stay", "keeps a headquarters of 60 in the capital".
fn made_of(reading: &Reading<'_>, number: WordId) -> Option<Strength> {
    let noun = reading.word(number).head.filter(|noun| {
        reading.preposition(number).is_some_and(|it| it.starts_with("of"))
            && matches!(reading.lemma(*noun), "mission" | "headquarters" | "team" | "cell")
            && reading.child(number, "nmod").is_none()
    })?;
    let keeper = || {
        let verb = reading.word(noun).head.filter(|verb| {
            reading.word(noun).relation() == "obj"
                && matches!(reading.lemma(*verb), "have" | "keep" | "maintain" | "send")
        })?;
        reading.subject(verb).filter(|head| is_armed_or_actor(reading, *head))
    };
    let holder = owner(reading, noun).or_else(keeper)?;
    Some(Strength {
        of: Some(noun),
        holder: Some(holder),
        action: Action::Present,
        place: None,
        told_by: clause_of(reading, number),
        status: None,
    })
}

/// "Some 800 of them are quartered at Camp Bondsteel", "another 300 were sent to Leposavic".
fn moved(reading: &Reading<'_>, number: WordId) -> Option<Strength> {
    let verb = reading
        .word(number)
        .head
        .filter(|verb| reading.is_verb(*verb) && matches!(reading.word(number).relation(), "nsubj"))?;
    let of_others = reading.behind(number, &["of"]).into_iter().any(|of| reading.word(of).upos != Upos::Pron);
    if of_others || !speaks_of_men(reading, number) {
        return None;
    }
    let frames = reading.frames_at(Kind::Deployment, verb);
    let action = frames.first().and_then(|(frame, _)| Action::parse(frame.set.get("action")?))?;
    let place = reading.behind(verb, TOWARDS).into_iter().find(|it| is_place(reading, *it))?;
    Some(Strength { of: None, holder: None, action, place: Some(place), told_by: verb, status: None })
}

/// "has close to 5,000 in Cabo Delgado", "put 1,500 more around Bagasola": whose unit the text named before.
fn had(reading: &Reading<'_>, number: WordId) -> Option<Strength> {
    let mut at = reading.word(number).head?;
    for _ in 0..2 {
        if reading.is_verb(at) {
            break;
        }
        // "close to 5,000", "1,500 more".
        if !matches!(reading.word(at).upos, Upos::Adj | Upos::Adv) {
            return None;
        }
        at = reading.word(at).head?;
    }
    let verb = at;
    let keeps = matches!(reading.lemma(verb), "have" | "keep" | "maintain" | "station" | "base" | "retain");
    let sends = matches!(reading.lemma(verb), "put" | "send" | "deploy" | "add" | "post" | "dispatch");
    let next = WordId(number.0 + 1);
    let closed = next.0 < reading.analysis.sentence(number).words.end
        && (matches!(reading.word(next).upos, Upos::Adp | Upos::Adv)
            || matches!(reading.lemma(next), "more" | "there" | "others"));
    if !reading.is_verb(verb)
        || !(keeps || sends)
        || !closed
        || reading.word(number).relation() == "nummod"
            && reading.word(number).head.is_some_and(|it| reading.word(it).upos == Upos::Noun)
    {
        return None;
    }
    let holder = reading.subject(verb).filter(|head| is_armed_or_actor(reading, *head))?;
    let mut near = vec![verb];
    near.extend(reading.analysis.children(verb));
    let place = near
        .into_iter()
        .flat_map(|head| reading.behind(head, &["in", "on", "along", "near", "at", "around", "to", "across"]))
        .find(|head| *head > number && is_place(reading, *head))?;
    speaks_of_men(reading, number).then_some(Strength {
        of: None,
        holder: Some(holder),
        action: if keeps { Action::Present } else { Action::Deploy },
        place: Some(place),
        told_by: verb,
        status: None,
    })
}

/// True if people of a force are named before the number, in its sentence or the one before.
fn speaks_of_men(reading: &Reading<'_>, number: WordId) -> bool {
    let start = reading.analysis.sentence(number).words.start;
    let start =
        start.checked_sub(1).map_or(start, |last| reading.analysis.sentence(WordId(last)).words.start);
    let men = (start..number.0).map(WordId).rfind(|word| {
        class(reading, *word) == Some("personnel")
            && !reading.pack.units.lists(demarche_pack::units::UnitWords::Everyday, reading.lemma(*word))
            || matches!(reading.lemma(*word), "policeman" | "peacekeeper")
    });
    // "23,000 people had fled; an agency put the number at 31,400": those counted last are no men at arms.
    let people = (start..number.0).map(WordId).rfind(|word| {
        matches!(reading.lemma(*word), "people" | "person" | "civilian" | "refugee" | "resident" | "villager")
            && reading.child(*word, "nummod").is_some()
    });
    men.is_some_and(|men| people.is_none_or(|people| people < men))
}

/// The clause that a number stands in: the nearest verb above it.
fn clause_of(reading: &Reading<'_>, number: WordId) -> WordId {
    let mut at = number;
    while let Some(above) = reading.word(at).head {
        at = above;
        if reading.is_verb(at) || reading.child(at, "cop").is_some() {
            break;
        }
    }
    at
}
