//! What is counted in a deployment and whose it is.

use super::places::is_place;
use crate::Reading;
use demarche_language::{EntityKind, MentionForm, Upos, WordId};
use demarche_pack::units::UnitWords;
use demarche_pack::world::ActorKind;
use demarche_record::{Party, Words};

/// The unit that a phrase is about: what stands behind "a number of", "members of", "dozens of", "a fleet of 20".
pub(super) fn unwrapped(reading: &Reading<'_>, head: WordId) -> WordId {
    let mut at = head;
    for _ in 0..4 {
        let measures =
            reading.is_numeric(at) || reading.pack.units.lists(UnitWords::Partitive, reading.lemma(at));
        let formation = reading.pack.units.class(reading.lemma(at)) == Some("formation")
            || matches!(reading.lemma(at), "force");
        let below = reading.behind(at, &["of"]).into_iter().find(|inner| {
            is_counted_noun(reading, *inner)
                && (measures
                    || formation
                        && reading.quantity(at).is_none()
                        && reading.analysis.children_in(*inner, "nummod").next().is_some())
        });
        match below {
            Some(inner) => at = inner,
            None => return counted_by_apposition(reading, at).unwrap_or(at),
        }
    }
    at
}

/// "the border garrison, some 400 conscripts": who a formation without a number of its own is made of.
fn counted_by_apposition(reading: &Reading<'_>, formation: WordId) -> Option<WordId> {
    if reading.quantity(formation).is_some() {
        return None;
    }
    let mut beside = reading.analysis.children_in(formation, "appos");
    beside.find(|child| {
        *child > formation
            && class(reading, *child) == Some("personnel")
            && described(reading, *child) == Some(formation)
            && reading.analysis.children_in(*child, "nummod").next().is_some()
    })
}

/// The body or formation whose strength a counted noun tells: "the joint force, some 8,500 men", "MINURSO, with 245
/// observers".
pub(super) fn described(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    let relation = reading.word(unit).relation();
    let with = relation == "nmod" && reading.preposition(unit) == Some("with");
    let body = reading.word(unit).head.filter(|_| relation == "appos" || with)?;
    let force = class(reading, body) == Some("formation")
        || matches!(reading.lemma(body), "force" | "mission" | "garrison" | "contingent" | "component")
        || is_named_body(reading, body);
    force.then_some(body)
}

/// A name that is neither a person nor a place.
pub(super) fn is_named_body(reading: &Reading<'_>, head: WordId) -> bool {
    let entity = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .map(|id| reading.analysis.entity(id).kind);
    reading.word(head).upos == Upos::Propn
        && !matches!(entity, Some(EntityKind::Person | EntityKind::Place | EntityKind::Several))
}

fn is_counted_noun(reading: &Reading<'_>, head: WordId) -> bool {
    class(reading, head).is_some()
        || reading.pack.units.lists(UnitWords::Partitive, reading.lemma(head))
        || reading.is_numeric(head)
}

/// The class of a unit by its own noun or by its last two words ("border guard", "blue helmets").
pub(super) fn class<'a>(reading: &Reading<'a>, head: WordId) -> Option<&'a str> {
    *reading.known(head).unit_class.get_or_init(|| find_class(reading, head))
}

fn find_class<'a>(reading: &Reading<'a>, head: WordId) -> Option<&'a str> {
    let word = reading.word(head);
    if !matches!(word.upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let sentence = reading.analysis.sentence(head).words.start;
    let before = |steps: u32| {
        head.0
            .checked_sub(steps)
            .filter(|at| *at >= sentence)
            .map(|at| reading.analysis.form(WordId(at)).to_lowercase())
    };
    let lemma = word.lemma.to_lowercase();
    let civil = reading.analysis.children(head).iter().any(|child| {
        matches!(reading.word(*child).relation(), "amod" | "compound")
            && reading.pack.units.lists(UnitWords::Civil, reading.lemma(*child))
    });
    if civil && reading.pack.units.lists(UnitWords::Everyday, &lemma) {
        return None;
    }
    let two = match (before(1).as_deref(), before(2)) {
        // "pick-ups" are three words of the tree.
        (Some("-"), Some(first)) => Some(format!("{first}-{lemma}")),
        (Some(first), _) => Some(format!("{first} {lemma}")),
        (None, _) => None,
    };
    two.and_then(|two| reading.pack.units.class(&two))
        .or_else(|| reading.pack.units.class(&word.lemma))
        .or_else(|| is_designation(reading.analysis.form(head)).then_some("weapon"))
        .or_else(|| designation_end(reading, head).map(|_| "weapon"))
}

/// "F-16s" in several words of the tree: the last of them, if this is the first.
fn designation_end(reading: &Reading<'_>, head: WordId) -> Option<WordId> {
    let end = reading.analysis.sentence(head).words.end;
    let touches = |at: u32| {
        at + 1 < end && reading.word(WordId(at)).span.end() == reading.word(WordId(at + 1)).span.start()
    };
    let mut last = head.0;
    while last < head.0 + 3 && touches(last) {
        last += 1;
    }
    let (first, final_word) = (reading.word(head).span, reading.word(WordId(last)).span);
    let whole = reading.analysis.document.text.slice(first.cover(final_word));
    let whole = whole.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    (last > head.0 + 1 && is_designation(whole)).then(|| {
        // A full stop or comma that touches is no part of the name.
        let letters = |at: &u32| reading.word(WordId(*at)).upos != Upos::Punct;
        WordId((head.0..=last).rev().find(letters).unwrap_or(last))
    })
}

/// "F-16s", "Su-35", "T-72": letters, a hyphen and a number name a type of aircraft, vehicle or missile.
fn is_designation(form: &str) -> bool {
    let Some((letters, number)) = form.split_once('-') else { return false };
    let number = number.strip_suffix('s').unwrap_or(number);
    let digits = number.trim_end_matches(|it: char| it.is_ascii_uppercase());
    (1..=3).contains(&letters.len())
        && letters.starts_with(|it: char| it.is_ascii_uppercase())
        && letters.chars().all(|it| it.is_ascii_alphabetic())
        && (1..=3).contains(&digits.len())
        && digits.chars().all(|it| it.is_ascii_digit())
}

/// Everyday words for people under command: a force where a state or body sends or posts them.
pub(super) fn is_commanded(reading: &Reading<'_>, head: WordId) -> bool {
    class(reading, head).is_some()
        && !is_title(reading, head)
        && reading.pack.units.lists(UnitWords::Commanded, reading.lemma(head))
}

/// A type of aircraft, vehicle or missile by its name or by letters and a number: "Mirages", "T-72s", "Iskanders".
pub(super) fn is_type(reading: &Reading<'_>, head: WordId) -> bool {
    let weapon =
        class(reading, head).is_some_and(|it| matches!(it, "weapon" | "aircraft" | "missile" | "armour"));
    let named = |word: WordId| {
        reading.word(word).upos == Upos::Propn
            && reading.analysis.form(word).starts_with(|it: char| it.is_ascii_uppercase())
    };
    weapon && (named(head) || reading.analysis.children_in(head, "compound").any(named))
}

/// A unit and the nouns that only measure it: in "a pair of jets" both words.
pub(super) fn with_measures(reading: &Reading<'_>, unit: WordId) -> Vec<WordId> {
    let mut all = vec![unit];
    let mut at = unit;
    while let Some(above) = reading
        .word(at)
        .head
        .filter(|above| reading.word(at).relation() == "nmod" && unwrapped(reading, *above) == unit)
    {
        all.push(above);
        at = above;
    }
    all
}

/// A noun that counts force: a unit of the pack that is not a person told of otherwise ("the man", "a police officer
/// said"): words of everyday use count only with a number, an owner or a military modifier.
pub(super) fn is_unit(reading: &Reading<'_>, head: WordId) -> bool {
    if class(reading, head).is_none() || is_title(reading, head) {
        return false;
    }
    // A type by its letters and number can be for sale or on show as well.
    let everyday = reading.pack.units.lists(UnitWords::Everyday, reading.lemma(head))
        || class(reading, head) == Some("weapon");
    !everyday
        || reading.quantity(head).is_some()
        || is_owned_by_state(reading, head)
        || is_marked_military(reading, head)
        || is_named_ship(reading, head)
        || formation_of_units(reading, head)
}

/// "Officer Smith", "the soldier said": a single person with a name is no unit.
fn is_title(reading: &Reading<'_>, head: WordId) -> bool {
    let named = reading.analysis.children(head).iter().any(|child| {
        matches!(reading.word(*child).relation(), "flat") && reading.word(*child).upos == Upos::Propn
    });
    // "the destroyers Gravely and Sampson" are units by name.
    named
        && !is_named_ship(reading, head)
        && designation_end(reading, head).is_none()
        && class(reading, head) != Some("vessel")
}

/// "a convoy of armoured vehicles", "a brigade of soldiers".
fn formation_of_units(reading: &Reading<'_>, head: WordId) -> bool {
    class(reading, head) == Some("formation")
        && reading.behind(head, &["of"]).into_iter().any(|inner| class(reading, inner).is_some())
}

pub(super) fn is_named_ship(reading: &Reading<'_>, head: WordId) -> bool {
    let is_prefix = |word: WordId| reading.pack.units.lists(UnitWords::Prefix, reading.lemma(word));
    // "the carrier George Washington": a type of warship with a name behind it.
    let warship = reading.lemma(head) == "carrier"
        || class(reading, head) == Some("vessel")
            && !reading.pack.units.lists(UnitWords::Everyday, reading.lemma(head));
    let name = |child: &WordId| {
        child.0 == head.0 + 1
            && matches!(reading.word(*child).relation(), "appos" | "flat" | "nmod")
            && reading.word(*child).upos == Upos::Propn
    };
    is_prefix(head)
        || warship && reading.analysis.children(head).iter().any(name)
        || reading.analysis.children(head).iter().any(|child| {
            matches!(reading.word(*child).relation(), "appos" | "flat" | "compound" | "nmod")
                && is_prefix(*child)
        })
}

pub(super) fn is_marked_military(reading: &Reading<'_>, head: WordId) -> bool {
    reading.analysis.children(head).iter().any(|child| {
        matches!(reading.word(*child).relation(), "amod" | "compound")
            && (reading.pack.units.lists(UnitWords::Military, reading.lemma(*child))
                || reading.pack.units.class(reading.lemma(*child)).is_some())
    })
}

fn is_owned_by_state(reading: &Reading<'_>, head: WordId) -> bool {
    owner(reading, head).is_some_and(|owner| {
        let mention = reading.mention(owner).map(|id| reading.analysis.mention(id));
        mention.is_some_and(|mention| {
            let entity = mention.entity.map(|id| reading.analysis.entity(id));
            match mention.form {
                // "his army" is that of the state he leads.
                MentionForm::Pronoun => entity.is_some_and(|it| {
                    matches!(it.kind, EntityKind::Body)
                        || matches!(it.kind, EntityKind::Person)
                            && reading.pack.units.lists(UnitWords::Armed, reading.lemma(head))
                }),
                MentionForm::Nominal => {
                    entity.is_some_and(|it| it.actor.is_some() || matches!(it.kind, EntityKind::Body))
                }
                _ => !entity.is_some_and(|it| matches!(it.kind, EntityKind::Person)),
            }
        })
    })
}

/// Who owns a unit by its own modifiers: "Russian troops", "its soldiers", "troops of the SAF", "U.S. Army troops".
pub(super) fn owner(reading: &Reading<'_>, unit: WordId) -> Option<WordId> {
    let children = reading.analysis.children(unit);
    let modifier = children.iter().copied().find(|child| {
        let word = reading.word(*child);
        let named = !is_designation(reading.analysis.form(*child))
            && class(reading, *child).is_none()
            && !reading.analysis.form(*child).contains(|it: char| it.is_ascii_digit())
            && reading.mention(*child).is_some_and(|id| {
                let mention = reading.analysis.mention(id);
                matches!(mention.form, MentionForm::Demonym | MentionForm::Name | MentionForm::Metonym)
            });
        word.deprel == "nmod:poss" || matches!(word.relation(), "amod" | "compound") && named
    });
    // "North Korean soldiers", "Chinese coastguard ships": the name hangs under the modifier.
    let inner = || {
        children
            .iter()
            .filter(|child| matches!(reading.word(**child).relation(), "amod" | "compound"))
            .flat_map(|child| reading.analysis.children(*child))
            .copied()
            .find(|part| {
                reading.mention(*part).is_some_and(|id| {
                    let form = reading.analysis.mention(id).form;
                    matches!(form, MentionForm::Demonym | MentionForm::Metonym)
                })
            })
    };
    let described = || {
        let body = described(reading, unit)?;
        let named = matches!(reading.word(body).upos, Upos::Propn).then_some(body);
        owner(reading, body).or(named)
    };
    modifier
        .or_else(inner)
        .or_else(described)
        .or_else(|| {
            reading.behind(unit, &["of", "from"]).into_iter().find(|head| {
                let kind = reading
                    .mention(*head)
                    .and_then(|id| reading.analysis.mention(id).entity)
                    .map(|id| reading.analysis.entity(id).kind);
                let soldiers = class(reading, unit) == Some("personnel");
                let known = reading
                    .mention(*head)
                    .and_then(|id| reading.analysis.mention(id).entity)
                    .is_some_and(|id| reading.analysis.entity(id).actor.is_some());
                kind == Some(EntityKind::Body)
                    && (known || reading.preposition(*head) == Some("of"))
                    && (soldiers || reading.preposition(*head) == Some("of"))
                    && (class(reading, *head).is_none() || reading.word(*head).upos == Upos::Propn)
            })
        })
        .or_else(|| {
            // "2,300 INTERFET soldiers": a body that neither the network nor the packs know.
            let capitals = |child: WordId| {
                let form = reading.analysis.form(child);
                form.chars().count() > 3 && form.chars().all(char::is_uppercase)
            };
            let bare = |child: &WordId| {
                reading.word(*child).relation() == "compound"
                    && reading.word(*child).upos == Upos::Propn
                    && reading.mention(*child).is_none_or(|id| reading.analysis.mention(id).entity.is_none())
                    && capitals(*child)
            };
            children.iter().copied().find(bare).filter(|_| class(reading, unit) == Some("personnel"))
        })
        .or_else(|| {
            // "a brigade of Burundian soldiers".
            reading
                .behind(unit, &["of"])
                .into_iter()
                .filter(|inner| class(reading, *inner).is_some())
                .find_map(|inner| owner(reading, inner))
        })
}

/// Whose the force is: who moves it, else who owns it. `from_is_origin` tells that "from X" says where it leaves.
pub(super) fn force(
    reading: &Reading<'_>,
    trigger: WordId,
    movers: &[WordId],
    units: &[WordId],
    from_is_origin: bool,
) -> Option<Party> {
    // "a destroyer would join a patrol with Philippine ships": those do not own the destroyer.
    let with = |head: WordId| reading.preposition(head) == Some("with");
    let alone = units.iter().chain(movers).all(|head| with(*head));
    let apart = |head: WordId| !alone && with(head);
    let movers: Vec<WordId> = movers.iter().copied().filter(|head| !apart(*head)).collect();
    let owned = || {
        units.iter().copied().filter(|unit| !apart(*unit)).find_map(|unit| {
            owner(reading, unit).filter(|head| !from_is_origin || reading.preposition(*head) != Some("from"))
        })
    };
    let mover = movers.iter().copied().find(|head| {
        !units.contains(head)
            && !units.contains(&unwrapped(reading, *head))
            // "The vehicles are on their way".
            && (reading.lemma(*head) != "their" || units.is_empty())
            && !reading.is_time(*head)
            && (!is_unit(reading, *head) && reading.can_act(*head)
                || is_armed_body(reading, *head)
                || class(reading, *head) == Some("formation") && owner(reading, *head).is_some())
    });
    if let Some(mover) = mover {
        // "The minister put the army's northern command on alert": whose command it is, not who orders it.
        let other = |head: &WordId| reading.word(*head).upos != Upos::Pron;
        let whose = owned().filter(|own| is_one_person(reading, mover) && other(own));
        return Some(whose.map_or_else(|| reading.party(mover), |own| joint(reading, own)));
    }
    // "the Russian Army", "the Revolutionary Guards": a named body is the force itself.
    let named = units.iter().copied().find(|unit| {
        reading.word(*unit).upos == Upos::Propn
            && !is_named_ship(reading, *unit)
            && reading.mention(*unit).map(|id| reading.analysis.mention(id)).is_some_and(|mention| {
                mention.form == MentionForm::Name
                    && mention
                        .entity
                        .is_some_and(|id| matches!(reading.analysis.entity(id).kind, EntityKind::Body))
            })
    });
    if let Some(named) = named {
        return Some(reading.party(named));
    }
    let own = owned().or_else(|| {
        movers.iter().copied().filter(|it| !is_place(reading, *it)).find_map(|it| owner(reading, it))
    });
    own.or_else(|| {
        owner(reading, trigger).filter(|own| !reading.is_verb(trigger) && reading.lemma(*own) != "their")
    })
    .map(|head| joint(reading, head))
}

fn is_one_person(reading: &Reading<'_>, head: WordId) -> bool {
    let entity = reading.mention(head).and_then(|id| reading.analysis.mention(id).entity);
    entity.is_some_and(|id| reading.analysis.entity(id).kind == EntityKind::Person)
}

/// "2,000 Syrian fighters", "Chadian mercenaries": a nationality is told, not a state whose force it is.
fn is_mere_nationality(reading: &Reading<'_>, owner: WordId) -> bool {
    let unit = reading.word(owner).head;
    let demonym = reading.mention(owner).map(|id| reading.analysis.mention(id)).is_some_and(|mention| {
        let actor = mention.entity.and_then(|id| reading.analysis.entity(id).actor.as_ref());
        let actor = actor.and_then(|actor| reading.pack.world.actor(actor));
        mention.form == MentionForm::Demonym && actor.is_some_and(|it| it.kind == ActorKind::State)
    });
    demonym && unit.is_some_and(|unit| reading.pack.units.lists(UnitWords::Irregular, reading.lemma(unit)))
}

/// "Italian and Romanian troops" are those of both: one of the two alone would be a wrong owner.
pub(super) fn joint(reading: &Reading<'_>, head: WordId) -> Party {
    if is_mere_nationality(reading, head) {
        return Party { words: Some(reading.words(reading.word(head).span)), actor: None, resolved: None };
    }
    let owners = reading.conjuncts(head);
    let (Some(first), Some(last)) = (owners.first(), owners.last()) else { return reading.party(head) };
    if first == last {
        return reading.party(head);
    }
    let words = reading.words(reading.phrase(*first).cover(reading.word(*last).span));
    Party { words: Some(words), actor: None, resolved: None }
}

/// Bodies that move forces or are one.
pub(super) fn is_armed_body(reading: &Reading<'_>, head: WordId) -> bool {
    let lemma = reading.lemma(head);
    reading.pack.units.lists(UnitWords::Armed, lemma)
        || matches!(
            lemma.to_lowercase().as_str(),
            "government" | "ministry" | "alliance" | "country" | "side" | "bloc" | "president" | "minister"
        )
}

/// The actor's kind of a phrase, where the packs know the actor.
pub(super) fn is_actor_of(
    reading: &Reading<'_>,
    head: WordId,
    fits: impl Fn(demarche_pack::world::ActorKind) -> bool,
) -> bool {
    reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .and_then(|id| reading.analysis.entity(id).actor.as_ref())
        .and_then(|actor| reading.pack.world.actor(actor))
        .is_some_and(|actor| fits(actor.kind))
}

/// The unit without number, article and owner: "combat aircraft", "police officers".
pub(super) fn unit_words(reading: &Reading<'_>, unit: WordId) -> Words {
    let mut words = vec![unit];
    for child in reading.analysis.children(unit) {
        let word = reading.word(*child);
        let named = reading.mention(*child).is_some();
        let kept = matches!(word.relation(), "compound" | "amod")
            && !named
            && !reading.is_numeric(*child)
            && !is_hyphenated(reading, *child)
            && !matches!(
                word.lemma.as_str(),
                "more"
                    | "additional"
                    | "further"
                    | "other"
                    | "estimated"
                    | "last"
                    | "extra"
                    | "such"
                    | "strong"
                    | "member"
                    | "many"
                    | "several"
                    | "first"
                    | "second"
            );
        if kept && *child < unit {
            words.push(*child);
        }
    }
    words.extend(designation_end(reading, unit));
    // "a column of army trucks" stays whole.
    if class(reading, unit) == Some("formation") {
        let inner = reading.behind(unit, &["of"]).into_iter().find(|inner| {
            *inner > unit && class(reading, *inner).is_some() && owner(reading, *inner).is_none()
        });
        words.extend(inner.filter(|inner| reading.quantity(*inner).is_none()));
    }
    let single = reading.word(unit).feature("Number") != Some("Plur");
    let ship = reading.analysis.children(unit).iter().filter(|_| single).find(|child| {
        matches!(reading.word(**child).relation(), "appos" | "flat")
            && is_named_ship(reading, unit)
            && **child > unit
    });
    if let Some(ship) = ship {
        words.push(*ship);
        words.extend(
            reading
                .analysis
                .children(*ship)
                .iter()
                .filter(|part| matches!(reading.word(**part).relation(), "flat" | "appos")),
        );
    }
    // "an estimated 5,000 to 7,000 further soldiers": what stands before the number is not the unit.
    let first = words.iter().copied().min().unwrap_or(unit);
    let number = |word: &WordId| reading.is_numeric(*word) && !reading.is_designation_number(*word);
    if let Some(number) = (first.0..unit.0).map(WordId).rfind(number) {
        words.retain(|word| *word > number);
    }
    words.sort_unstable();
    reading.words(reading.analysis.cover(&words).expect("the unit itself"))
}

/// "Saudi-backed brigades", "Soviet-made tanks": who stands behind them is no part of the unit.
fn is_hyphenated(reading: &Reading<'_>, modifier: WordId) -> bool {
    let before = modifier.0.checked_sub(1).map(WordId);
    reading.word(modifier).feature("VerbForm").is_some()
        && before.is_some_and(|before| reading.analysis.form(before).ends_with('-'))
}

/// A mixed unit stays whole: "soldiers, vehicles and combat aircraft".
pub(super) fn mixed_words(reading: &Reading<'_>, units: &[WordId]) -> Words {
    let parts: Vec<Words> = units.iter().map(|unit| unit_words(reading, *unit)).collect();
    // Units need not stand in text order: a conjunct may precede its head in a misread tree.
    let start = parts.iter().map(|part| part.start_byte).min().unwrap_or_default();
    let end = parts.iter().map(|part| part.end_byte).max().unwrap_or_default();
    let text = &reading.analysis.document.text;
    let Some(span) = text.span(start as usize, end as usize) else { return unit_words(reading, units[0]) };
    reading.words(span)
}
