//! Which demand, offer or accusation a refusal, acceptance or denial answers.

use super::elided::is_elided;
use super::holders::sides;
use super::put::{Object, matter, object, shared};
use crate::Reading;
use demarche_language::{EntityId, WordId};
use demarche_record::{ActorId, BlockKind, Body, Epoch, Party, Position, Record, Stance, Words};
use demarche_text::Span;

/// How far back, in sentences, "to do so", a bare "refused" and a pronoun reach where the one who answers was addressed.
const NEAR: u32 = 2;
/// How far back "the demand" reaches where nobody says to whom the demand went.
const MENTIONED: u32 = 2;

/// Whether two parties are of one side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Yes,
    No,
    Unknown,
}

/// A position with what decides whether it answers or is answered.
struct Stand {
    sentence: u32,
    leads: bool,
    evidence: (u32, u32),
    epoch: Epoch,
    position: Position,
    object: Object,
    holders: Vec<ActorId>,
    addressees: Vec<ActorId>,
    matter: Vec<String>,
    entities: Vec<EntityId>,
}

/// Sets what each answer answers: the nearest fitting record of another side before it, or in the same sentence behind it
/// ("the refusal to follow the demands of X, who demands …"). A headline may answer what the text tells further down.
pub(super) fn answer(reading: &Reading<'_>, found: &mut [(WordId, Record)]) {
    let stands: Vec<Option<Stand>> =
        found.iter().map(|(trigger, record)| Stand::read(reading, *trigger, record)).collect();
    for at in 0..found.len() {
        let Some(one) = &stands[at] else { continue };
        let Some(asked) = asked(&stands, at) else { continue };
        let id = found[asked].1.id;
        let holder = stands[asked].as_ref().and_then(|asked| asked.position.holder.clone());
        // "rejected the ultimatum", "refused to do so": it goes to who asked, where the words say that it is the very one.
        let very = match &one.object {
            Object::Named { more, .. } => more.is_empty(),
            Object::Before => true,
            _ => false,
        };
        if let Body::Position(answer) = &mut found[at].1.body {
            answer.answers = Some(id);
            if answer.addressee.is_none() && very {
                answer.addressee = holder.map(|holder| Party {
                    words: None,
                    resolved: holder.resolved.or(holder.words.map(|it| it.text)),
                    ..holder
                });
            }
        }
    }
}

impl Stand {
    fn read(reading: &Reading<'_>, trigger: WordId, record: &Record) -> Option<Self> {
        let Body::Position(position) = &record.body else { return None };
        let content = span(reading, &position.content);
        let words = reading.analysis.words_in(content);
        let inside = reading.analysis.mentions_from(&words).map(|(_, mention)| mention);
        let entities = inside
            .filter(|mention| mention.words.start < words.end && mention.words.end <= words.end)
            .filter_map(|mention| mention.entity)
            .collect();
        Some(Self {
            sentence: reading.analysis.sentence_of[trigger.0 as usize].0,
            leads: reading.analysis.sentence(trigger).block == BlockKind::Headline,
            evidence: (record.evidence.start_byte, record.evidence.end_byte),
            epoch: record.epoch,
            holders: sides(reading, position.holder.as_ref()),
            addressees: sides(reading, position.addressee.as_ref()),
            matter: matter(reading, content),
            object: if is_elided(record) { Object::Before } else { object(reading, content) },
            position: position.clone(),
            entities,
        })
    }
}

fn span(reading: &Reading<'_>, words: &Words) -> Span {
    let text = &reading.analysis.document.text;
    text.span(words.start_byte as usize, words.end_byte as usize).unwrap_or_else(|| text.whole())
}

/// The number of the record that the record at a place answers.
fn asked(stands: &[Option<Stand>], at: usize) -> Option<usize> {
    let one = stands[at].as_ref()?;
    let stance = one.position.stance;
    let object = &one.object;
    match stance {
        Stance::Refusal | Stance::Acceptance | Stance::Denial => {}
        // "promised to study the request", "would comply".
        Stance::Offer | Stance::Promise if matches!(object, Object::Named { .. } | Object::Before) => {}
        _ => return None,
    }
    let asks: &[Stance] = match (stance, object) {
        (Stance::Denial, _) => &[Stance::Accusation],
        (_, Object::Named { stances, .. }) => stances,
        _ => &[Stance::Demand, Stance::Request, Stance::Offer, Stance::Condition],
    };
    // What can be answered by it at all, with whether it was put to the one who answers.
    let fits = |number: usize| -> Option<(usize, &Stand, Fit)> {
        let asked = stands[number].as_ref()?;
        let possible = number != at
            && asks.contains(&asked.position.stance)
            && asked.epoch == one.epoch
            && fit(&asked.position.holder, &asked.holders, &one.position.holder, &one.holders) != Fit::Yes
            && fit(&one.position.addressee, &one.addressees, &asked.position.holder, &asked.holders)
                != Fit::No;
        let to = fit(&asked.position.addressee, &asked.addressees, &one.position.holder, &one.holders);
        possible.then_some((number, asked, to))
    };
    let within = (at + 1..stands.len())
        .filter_map(fits)
        .find(|(_, asked, _)| asked.evidence.0 >= one.evidence.0 && asked.evidence.1 <= one.evidence.1);
    if let Some((number, asked, _)) = within
        && (matches!(object, Object::Named { .. }) || same_matter(&one.matter, &asked.matter))
    {
        return Some(number);
    }
    let before: Vec<(usize, &Stand, Fit)> = (0..at).rev().filter_map(fits).collect();
    let far = |asked: &Stand| one.sentence.saturating_sub(asked.sentence);
    let nearest = |wanted: &dyn Fn(&Stand, Fit) -> bool| {
        before.iter().find(|(_, asked, to)| wanted(asked, *to)).map(|(number, ..)| *number)
    };
    match object {
        Object::Before => nearest(&|asked, to| to == Fit::Yes && far(asked) <= NEAR)
            .or_else(|| nearest(&|asked, to| to == Fit::Unknown && far(asked) <= 1)),
        Object::Of(entity) => nearest(&|asked, to| {
            let reach = if to == Fit::Yes { NEAR + 1 } else { NEAR };
            to != Fit::No && far(asked) <= reach && asked.entities.contains(entity)
        }),
        Object::Named { .. } if stance == Stance::Denial => nearest(&|_, _| true),
        Object::Named { stances, definite, more } => {
            let says = |asked: &Stand| more.is_empty() || shared(more, &asked.matter) > 0;
            let of_asker = |asked: &Stand| {
                let (party, side) = (&one.position.addressee, &one.addressees);
                fit(party, side, &asked.position.holder, &asked.holders) == Fit::Yes
            };
            let only = before.iter().filter(|(_, _, to)| *to != Fit::No).count() == 1;
            // A mere call upon nobody is not "the demand".
            let call =
                |asked: &Stand| asked.position.stance == Stance::Request && stances[0] == Stance::Demand;
            nearest(&|asked, to| to == Fit::Yes && (says(asked) || far(asked) <= 1))
                .or_else(|| nearest(&|asked, to| to == Fit::Unknown && of_asker(asked) && says(asked)))
                .or_else(|| {
                    nearest(&|asked, to| {
                        let reach = if only && *definite { 2 * MENTIONED } else { MENTIONED };
                        to == Fit::Unknown && far(asked) <= reach && says(asked) && !call(asked)
                    })
                })
                // A third party takes up what was just told.
                .or_else(|| nearest(&|asked, _| *definite && far(asked) <= 1 && says(asked) && !call(asked)))
                .or_else(|| told_below(stands, one, at, &fits, &says))
        }
        Object::Matter(words) if stance == Stance::Denial => {
            nearest(&|asked, _| same_matter(words, &asked.matter))
        }
        Object::Matter(words) => nearest(&|asked, to| to == Fit::Yes && same_matter(words, &asked.matter))
            .or_else(|| nearest(&|asked, to| to == Fit::Unknown && same_matter(words, &asked.matter)))
            .or_else(|| told_below(stands, one, at, &fits, &|asked| same_matter(words, &asked.matter))),
    }
}

/// "Doe rejects 13 demands" over a text that tells them: what one side alone puts to the side that answers, or else what
/// it puts to nobody in particular.
fn told_below<'s>(
    stands: &'s [Option<Stand>],
    one: &Stand,
    at: usize,
    fits: &impl Fn(usize) -> Option<(usize, &'s Stand, Fit)>,
    says: &dyn Fn(&Stand) -> bool,
) -> Option<usize> {
    if !one.leads {
        return None;
    }
    let below: Vec<(usize, &Stand, Fit)> =
        (at + 1..stands.len()).filter_map(fits).filter(|(_, asked, _)| says(asked)).collect();
    let of = |wanted: Fit| {
        let mut all = below.iter().filter(|(_, _, to)| *to == wanted);
        let (number, first, _) = all.next()?;
        let alone = all.all(|(_, other, _)| {
            fit(&first.position.holder, &first.holders, &other.position.holder, &other.holders) == Fit::Yes
        });
        alone.then_some(*number)
    };
    of(Fit::Yes).or_else(|| of(Fit::Unknown).filter(|_| !matches!(one.object, Object::Named { .. })))
}

/// The same matter in other words: at least two of its main words, or all it has.
fn same_matter(one: &[String], two: &[String]) -> bool {
    let shared = shared(one, two);
    shared >= 2 || shared > 0 && shared == one.len().min(two.len())
}

fn fit(one: &Option<Party>, sides: &[ActorId], two: &Option<Party>, others: &[ActorId]) -> Fit {
    let (Some(one), Some(two)) = (one, two) else { return Fit::Unknown };
    let same = one.actor.is_some() && one.actor == two.actor
        || one.words.is_some() && one.words == two.words
        || one.resolved.is_some() && one.resolved == two.resolved;
    if same || sides.iter().any(|side| others.contains(side)) {
        Fit::Yes
    } else if sides.is_empty() || others.is_empty() {
        Fit::Unknown
    } else {
        Fit::No
    }
}
