//! Another count of a force just told of: "a European diplomat puts it at a dozen", "coalition officials have spoken of no
//! more than 2,500", "Moscow puts its contingent at 6,000".

use super::strength::plover;
use super::units::{class, unit_words};
use crate::{Reading, Said};
use demarche_language::{Upos, WordId};
use demarche_pack::units::UnitWords;
use demarche_record::{Action, Body, Deployment, Party, Record};

/// Sentences behind a count in which a figure without a noun may stand beside it.
const REACH: u32 = 2;

/// The deployment that a bare figure counts once more, if what it counts was told right before.
pub(super) fn rival(reading: &Reading<'_>, said: &[Said], figure: &Said, found: &[Record]) -> Option<Record> {
    let verb = figure.cue?;
    let content = *figure.content.first()?;
    let words = reading.analysis.words_in(content);
    let number = words.map(WordId).find(|word| reading.is_numeric(*word))?;
    let start = content.start() as u32;
    let sentence =
        |byte: usize| reading.analysis.sentences.partition_point(|it| it.span.end() <= byte) as u32;
    let counted = |it: &Deployment| {
        it.quantity.as_ref().is_some_and(|it| (it.words.start_byte..it.words.end_byte).contains(&start))
    };
    let told: Vec<(&Record, &Deployment)> = found
        .iter()
        .filter_map(|record| match &record.body {
            Body::Deployment(it) if it.quantity.is_some() => Some((record, it)),
            _ => None,
        })
        .collect();
    if told.iter().any(|(_, it)| counted(it)) {
        return None;
    }
    let of = |it: &Deployment| it.quantity.as_ref().map_or(0, |it| it.words.end_byte);
    let before = told.iter().filter(|(_, it)| of(it) <= start);
    let (record, earlier) = before.max_by_key(|(_, it)| of(it))?;
    let near = sentence(content.start()) - sentence(of(earlier) as usize) <= REACH;
    // The last count of several things told together may be meant, or the first.
    let several = told.iter().filter(|(other, _)| other.evidence == record.evidence).count() > 1;
    let unit = what_is_counted(reading, verb)?;
    if !near
        || several && unit.is_none()
        || !tells_of_forces(reading, of(earlier) as usize, number)
        || record.attribution.iter().any(|link| same(link.party.as_ref(), figure.speaker.as_ref()))
    {
        return None;
    }
    let force = earlier.force.as_ref()?;
    let force = Party { words: None, actor: force.actor.clone(), resolved: Some(force.name().to_owned()) };
    let body = Body::Deployment(Deployment {
        force: Some(force),
        action: Action::Present,
        unit: unit.map(|unit| unit_words(reading, unit)),
        quantity: reading.bare_quantity(number),
        origin: None,
        destination: None,
    });
    let around = reading.circumstances(number, said);
    Some(reading.record(
        "deployments",
        "deployment.rival",
        reading.clause(verb),
        around,
        None,
        0.45,
        plover(),
        body,
    ))
}

/// What the verb puts a figure to: nothing in `Some(None)` where it is only taken up ("it", "the number"); `None` where it
/// is no force: "puts the toll at 12".
fn what_is_counted(reading: &Reading<'_>, verb: WordId) -> Option<Option<WordId>> {
    let Some(object) = reading.child(verb, "obj") else { return Some(None) };
    let taken_up = reading.word(object).upos == Upos::Pron
        || matches!(
            reading.lemma(object),
            "number" | "figure" | "total" | "count" | "strength" | "size" | "estimate"
        )
        || reading.is_numeric(object);
    if taken_up {
        return Some(None);
    }
    let body = matches!(
        reading.lemma(object),
        "force" | "contingent" | "garrison" | "presence" | "army" | "mission" | "deployment" | "detachment"
    );
    (body || class(reading, object).is_some()).then_some(Some(object))
}

/// True if nothing else is counted between a strength and a figure: no people who fled, nobody who was killed.
fn tells_of_forces(reading: &Reading<'_>, from: usize, number: WordId) -> bool {
    let first = reading.analysis.words.partition_point(|word| word.span.start() < from) as u32;
    !(first..number.0).map(WordId).any(|word| {
        let counted = reading.child(word, "nummod").is_some() && !reading.is_time(word);
        let lost = reading.pack.units.lists(UnitWords::Loss, reading.lemma(word));
        counted && class(reading, word).is_none() || lost
    })
}

fn same(one: Option<&Party>, two: Option<&Party>) -> bool {
    let key = |party: &Party| party.actor.as_ref().map(|it| it.0.clone()).or_else(|| party.resolved.clone());
    one.zip(two).is_some_and(|(one, two)| key(one).is_some() && key(one) == key(two))
}
