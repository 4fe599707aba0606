//! Figure series: quantities of one thing by actor, unit, place and status, with their claimants, and how they relate.
//!
//! A figure is an interval: "at least 30,000" has no upper end, "about" and round numbers have their tolerance. Two
//! figures differ only if the intervals are disjoint and actor, unit class, place, status and time are the same and the
//! claimants are not. Everything else that people might compare is marked as not comparable, with the reason.

use crate::held::{Held, published};
use crate::id_of;
use crate::prose::{self, Range};
use crate::sides::{Side, name_words, side_of_party};
use demarche_record::{
    Action, Body, Comparison, DayRange, Deployment, Edtf, Epoch, Figure, FigureSeries, Place, Precision,
    Quantity, Record, Relation, Status, Voice, Words,
};
use std::collections::{BTreeMap, BTreeSet};

/// One figure with everything that decides whether it may be compared.
struct Known<'a> {
    record: &'a Record,
    quantity: &'a Quantity,
    /// Whose; where the text does not say it, the side of the claimant.
    force: Side,
    is_named: bool,
    units: Vec<String>,
    place: BTreeSet<String>,
    country: Option<String>,
    whole_country: bool,
    state: State,
    additional: bool,
    range: Range,
    day: Option<DayRange>,
    claimant: Side,
    /// Outermost words of the claim: number with its unit.
    words: Words,
}

/// Figures of other states of affairs are other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// Sent, deployed, massed, present.
    There,
    /// To be sent.
    Planned,
    /// Withdrawn.
    Withdrawn,
    /// Taking part in an exercise, alerted.
    Other,
}

/// All series and the comparisons of their figures.
pub(crate) fn series(held: &Held<'_>) -> (Vec<FigureSeries>, Vec<Comparison>) {
    let mut known: Vec<Known<'_>> = held.records.iter().filter_map(|record| known(held, record)).collect();
    take_up(&mut known);
    let (named, unnamed): (Vec<&Known<'_>>, Vec<&Known<'_>>) = known.iter().partition(|one| one.is_named);
    let mut by_force: BTreeMap<String, Vec<&Known<'_>>> = BTreeMap::new();
    for one in named {
        by_force.entry(one.force.key.clone()).or_default().push(one);
    }
    // "There are 300 soldiers on the island, the minister said": his own, where others count his there.
    for one in unnamed.into_iter().filter(|one| !one.place.is_empty()) {
        let of = by_force.get_mut(&one.force.key).filter(|of| {
            of.iter().any(|other| other.units == one.units && places_agree(one, other) && other.is_named)
        });
        if let Some(of) = of {
            of.push(one);
        }
    }
    let mut series = Vec::new();
    let mut comparisons = Vec::new();
    for figures in by_force.into_values() {
        series.push(one_series(held, &figures));
        // An actor with very many figures: each meets only those near in time, so that the work stays bounded.
        for (at, one) in figures.iter().enumerate() {
            for two in figures[at + 1..].iter().take(200) {
                if let Some((relation, why, rule)) = relate(held, one, two) {
                    comparisons.push(row(one, two, relation, why, rule));
                }
            }
        }
    }
    (series, comparisons)
}

fn known<'a>(held: &Held<'a>, record: &'a Record) -> Option<Known<'a>> {
    let Body::Deployment(deployment) = &record.body else { return None };
    let quantity = deployment.quantity.as_ref()?;
    if !matches!(record.voice, Voice::Report | Voice::Caption) || record.epoch == Epoch::Historical {
        return None;
    }
    let state = match (record.status, deployment.action) {
        (Status::Occurred | Status::Ongoing, Action::Withdraw) => State::Withdrawn,
        (Status::Occurred | Status::Ongoing, Action::Exercise | Action::Alert) => State::Other,
        (Status::Occurred | Status::Ongoing, _) => State::There,
        (Status::Planned, _) => State::Planned,
        _ => return None,
    };
    let day = held.day_of(record);
    let named =
        deployment.force.as_ref().and_then(|force| side_of_party(force, held.relations, day.as_deref()));
    let is_named = deployment.force.is_some();
    let force = if is_named { named? } else { held.claimant(record)? };
    let unit = deployment.unit.as_ref();
    let units: Vec<String> = unit
        .map(|words| held.topics.unit_classes(&words.text))
        .unwrap_or_default()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let units = match (units.is_empty(), unit) {
        (true, Some(words)) => {
            prose::content(held.telling, &words.text).into_iter().next_back().into_iter().collect()
        }
        _ => units,
    };
    let place = deployment.destination.as_ref().or_else(|| record.places.first());
    let window = record
        .when
        .as_ref()
        .and_then(|_| held.window(record))
        .or_else(|| published(held.document(record.document)));
    Some(Known {
        record,
        quantity,
        force,
        is_named,
        place: place.map(place_words).unwrap_or_default(),
        country: place.and_then(|place| place.country.clone()),
        whole_country: place.is_some_and(|place| place.precision == Some(Precision::Country)),
        state,
        additional: quantity.modifier.as_deref() == Some("additional") || is_more(deployment, quantity),
        range: range(quantity)?,
        day: window,
        claimant: held.teller(record),
        words: cover(held, record, &quantity.words, unit),
        units,
    })
}

/// "Officials spoke of 600": a figure without a noun counts what the text counted right before it, there and in that state.
fn take_up(known: &mut [Known<'_>]) {
    for at in 1..known.len() {
        let (before, rest) = known.split_at_mut(at);
        let rival = &mut rest[0];
        let open = rival.record.made_by.rule == RIVAL;
        let earlier = before.iter().rev().find(|it| {
            it.record.document == rival.record.document
                && it.force.key == rival.force.key
                && it.words.end_byte <= rival.words.start_byte
        });
        let Some(nearest) = earlier.filter(|_| open) else { continue };
        // Of "10,000 troops and 150 tanks" a contingent counts the troops.
        let people = |it: &&Known<'_>| {
            it.record.evidence == nearest.record.evidence && it.units.iter().any(|unit| unit == "soldiers")
        };
        let body = matches!(&rival.record.body, Body::Deployment(it) if it.unit.is_some());
        let earlier = before.iter().rev().find(people).filter(|_| body).unwrap_or(nearest);
        rival.units = earlier.units.clone();
        rival.state = earlier.state;
        if rival.place.is_empty() {
            rival.place = earlier.place.clone();
            rival.country = earlier.country.clone();
            rival.whole_country = earlier.whole_country;
        }
    }
}

/// Rule of records on figures whose noun was told before.
const RIVAL: &str = "deployment.rival";

/// "350 more soldiers": an increment, not a strength.
fn is_more(deployment: &Deployment, quantity: &Quantity) -> bool {
    let words = [Some(&quantity.words), deployment.unit.as_ref()];
    words.into_iter().flatten().any(|words| {
        let text = words.text.to_lowercase();
        text.split_whitespace()
            .any(|word| ["more", "additional", "further", "extra", "another"].contains(&word))
            && !text.contains("more than")
    })
}

/// Number and unit together, if they stand close.
fn cover(held: &Held<'_>, record: &Record, number: &Words, unit: Option<&Words>) -> Words {
    let near =
        unit.filter(|unit| unit.start_byte >= number.end_byte && unit.start_byte - number.end_byte < 30);
    near.and_then(|unit| held.words(record.document, number.start_byte as usize, unit.end_byte as usize))
        .unwrap_or_else(|| number.clone())
}

fn place_words(place: &Place) -> BTreeSet<String> {
    let words = name_words(&place.words.text);
    let named = place.name.iter().flat_map(|name| name_words(name));
    let small = [
        "the",
        "of",
        "in",
        "at",
        "along",
        "near",
        "border",
        "borders",
        "its",
        "with",
        "and",
        "to",
        "on",
        "ally",
        "region",
        "area",
        "around",
        "eastern",
        "western",
        "northern",
        "southern",
        "soil",
        "territory",
        "side",
        "island",
        "islands",
        "city",
        "town",
        "village",
        "province",
        "district",
        "valley",
        "base",
        "camp",
        "port",
        "airport",
        "river",
        "sea",
    ];
    words.into_iter().chain(named).filter(|word| !small.contains(&word.as_str())).collect()
}

/// The interval that the words allow.
fn range(quantity: &Quantity) -> Option<Range> {
    let modifier = quantity.modifier.as_deref().unwrap_or("");
    let about = [
        "about",
        "around",
        "some",
        "roughly",
        "approximately",
        "or so",
        "estimated",
        "nearly",
        "almost",
        "close to",
    ]
    .iter()
    .any(|it| modifier.contains(it));
    Some(match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low == high && about => Range { low: low * 0.9, high: high * 1.1 },
        (Some(low), Some(high)) if low == high => Range::rounded(low),
        (Some(low), Some(high)) => Range { low: Range::rounded(low).low, high: Range::rounded(high).high },
        (Some(low), None) => Range { low, high: f64::INFINITY },
        // "nearly 2,000" is not far below, "up to 2,000" may be.
        (None, Some(high)) if about => Range { low: high * 0.85, high },
        (None, Some(high)) => Range { low: 0.0, high },
        (None, None) => return None,
    })
}

/// How two figures of one actor's forces relate.
fn relate(held: &Held<'_>, one: &Known<'_>, two: &Known<'_>) -> Option<(Relation, String, &'static str)> {
    let not = |why: String| Some((Relation::NotComparable, why, "figure-not-comparable"));
    let same_claimant = one.claimant.key == two.claimant.key;
    // Copies of one text are one teller, unless the texts name two others.
    let copies = held.group(one.record.document) == held.group(two.record.document)
        && one.record.document != two.record.document;
    let named = |known: &Known<'_>| crate::compare::official(&known.claimant);
    if copies && (same_claimant || !named(one) || !named(two)) {
        return None;
    }
    let near = match (one.day, two.day) {
        (Some(one), Some(two)) => apart(one, two).is_none_or(|days| days <= 120),
        _ => true,
    };
    if !near && one.record.epoch == two.record.epoch {
        return None;
    }
    let same_units = one.units == two.units;
    let same_place = places_agree(one, two);
    // Only figures that readers might lay side by side get a row: the same unit, or the same place.
    let people = |known: &Known<'_>| known.units.iter().any(|unit| unit == "soldiers");
    if !same_units {
        let same_thing = people(one) && people(two);
        let side_by_side = same_place && one.record.document != two.record.document;
        if !same_thing && !side_by_side {
            return None;
        }
        return not(format!(
            "Other units: “{}” and “{}”; whether one includes the other is not said.",
            one.units.join(", "),
            two.units.join(", ")
        ));
    }
    if one.units.len() > 1 && !same_place {
        return not("A figure for several units together, and another place.".to_owned());
    }
    if !same_place {
        return not(match (one.place.is_empty(), two.place.is_empty()) {
            (false, false) => format!(
                "Another place: {} and {}. The figures are not additive either: inclusion is not said.",
                shown(one),
                shown(two)
            ),
            _ => "One figure has no place; its scope is open.".to_owned(),
        });
    }
    if one.record.epoch != two.record.epoch {
        return not("Figures of two phases of the affair.".to_owned());
    }
    if one.state != two.state {
        return not(format!("One is {}, the other {}.", state(one.state), state(two.state)));
    }
    if one.additional != two.additional {
        return not("One is an increase, the other a strength.".to_owned());
    }
    let disjoint = one.range.disjoint(two.range);
    let days = match (one.day, two.day) {
        (Some(one), Some(two)) => apart(one, two).unwrap_or(0),
        _ => 0,
    };
    if disjoint {
        if same_claimant {
            let later = days > 0 && one.record.document != two.record.document
                || corrected(held, one)
                || corrected(held, two);
            return later.then(|| {
                (
                    Relation::ChangedOverTime,
                    format!("{} gave another figure later.", one.claimant.name),
                    "figure-changed",
                )
            });
        }
        if days > 3 {
            return not(format!("As of other days, {days} days apart."));
        }
        let why = format!(
            "“{}” and “{}” for the same unit, place and time cannot both hold; {} / {}.",
            one.words.text, two.words.text, one.claimant.name, two.claimant.name
        );
        // A text that gives both claimants' figures reports the disagreement itself.
        let both = one.record.document == two.record.document && named(one) && named(two);
        return Some(if both {
            (Relation::SaysSoItself, why, "figure-says-so")
        } else {
            (Relation::Differs, why, "figure-disjoint")
        });
    }
    if days > 30 {
        return None;
    }
    let exact =
        |known: &Known<'_>| known.quantity.low == known.quantity.high && known.quantity.modifier.is_none();
    if exact(one) && exact(two) && one.quantity.low == two.quantity.low || one.range == two.range {
        let why = if same_claimant { "One claimant repeats the figure." } else { "The same figure." };
        return Some((Relation::Agrees, why.to_owned(), "figure-same"));
    }
    let why = "Both figures are compatible; one is more precise.".to_owned();
    let inside = one.range.within(two.range) || two.range.within(one.range);
    Some((if inside { Relation::Refines } else { Relation::Agrees }, why, "figure-compatible"))
}

fn corrected(held: &Held<'_>, known: &Known<'_>) -> bool {
    let (start, end) = (known.record.evidence.start_byte as usize, known.record.evidence.end_byte as usize);
    held.document(known.record.document)
        .text
        .as_str()
        .get(start..end)
        .is_some_and(|text| text.to_lowercase().contains("correct"))
}

fn apart(one: DayRange, two: DayRange) -> Option<i32> {
    if one.overlaps(two) {
        return Some(0);
    }
    let gap = |end: Option<demarche_record::Day>, start: Option<demarche_record::Day>| {
        Some(end?.days_to(start?)).filter(|days| *days > 0)
    };
    gap(one.last, two.first).or_else(|| gap(two.last, one.first))
}

fn places_agree(one: &Known<'_>, two: &Known<'_>) -> bool {
    if one.place.is_empty() && two.place.is_empty() {
        return true;
    }
    if one.place.intersection(&two.place).next().is_some() {
        // "Poland" and "the border of Poland": equal only if both or neither are the whole country.
        return one.whole_country == two.whole_country || one.country.is_none() || two.country.is_none();
    }
    false
}

fn shown(known: &Known<'_>) -> String {
    match &known.record.body {
        Body::Deployment(Deployment { destination: Some(place), .. }) => format!("“{}”", place.words.text),
        _ => "no place".to_owned(),
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::There => "sent or present",
        State::Planned => "planned",
        State::Withdrawn => "withdrawn",
        State::Other => "in an exercise or on alert",
    }
}

fn row(one: &Known<'_>, two: &Known<'_>, relation: Relation, why: String, rule: &str) -> Comparison {
    let topic = format!("{} of {}", one.units.first().map_or("forces", String::as_str), one.force.name);
    Comparison {
        id: id_of(["figure", rule, &one.record.id.to_string(), &two.record.id.to_string()]),
        encounter: None,
        topic,
        relation,
        left: one.record.id,
        right: Some(two.record.id),
        left_words: Some(one.words.clone()),
        right_words: Some(two.words.clone()),
        why,
        rule: rule.to_owned(),
    }
}

fn one_series(held: &Held<'_>, figures: &[&Known<'_>]) -> FigureSeries {
    let mut sorted: Vec<&&Known<'_>> = figures.iter().collect();
    sorted.sort_by_key(|known| {
        (
            known.day.and_then(|day| day.first).is_none(),
            known.day.and_then(|day| day.first),
            held.rank(known.record.document),
            known.record.evidence.start_byte,
            known.record.id,
        )
    });
    let force = &figures[0].force;
    let mut remarks = BTreeSet::new();
    let mixed: Vec<&&Known<'_>> = figures.iter().filter(|known| known.units.len() > 1).collect();
    for known in &mixed {
        remarks.insert(format!(
            "Mixed unit: “{}” counts {} together.",
            known.words.text,
            known.units.join(", ")
        ));
    }
    let scopes: BTreeSet<String> =
        figures.iter().filter(|known| !known.place.is_empty()).map(|known| shown(known)).collect();
    if scopes.len() > 1 {
        remarks.insert(format!(
            "Not additive: the figures are for {}, and no text says whether one includes the other.",
            scopes.into_iter().collect::<Vec<_>>().join(", ")
        ));
    }
    if figures.iter().any(|known| known.additional) {
        remarks.insert("Not additive: increases and strengths stand side by side.".to_owned());
    }
    FigureSeries {
        id: id_of(["figures", &force.key]),
        actor: force.actor.clone(),
        title: format!("Forces of {}", force.name),
        figures: sorted
            .into_iter()
            .map(|known| Figure {
                record: known.record.id,
                low: known.quantity.low,
                high: known.quantity.high,
                modifier: known.quantity.modifier.clone(),
                unit: if known.units.len() > 1 {
                    "mixed".to_owned()
                } else {
                    known.units.first().cloned().unwrap_or_default()
                },
                claimant: known.claimant.name.clone(),
                as_of: as_of(known),
            })
            .collect(),
        remarks: remarks.into_iter().collect(),
    }
}

fn as_of(known: &Known<'_>) -> Option<Edtf> {
    known.record.when.as_ref().map(|when| when.edtf.clone()).or_else(|| {
        known.day.and_then(|day| match (day.first, day.last) {
            (Some(first), Some(last)) => Some(Edtf::days(first, last)),
            _ => None,
        })
    })
}
