//! Two mentions of one figure in one text are one deployment.

use crate::Reading;
use demarche_record::{Action, Body, Deployment, Record, Status};

/// Drops a record that tells no more than another on the same unit words, and merges a second mention of the same
/// figure: with the same place, or taken up again as "the 350 soldiers".
pub(super) fn without_repetitions(reading: &Reading<'_>, records: Vec<Record>) -> Vec<Record> {
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
