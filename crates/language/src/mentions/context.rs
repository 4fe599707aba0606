//! What a document is about before its names are resolved: its days, its countries, its home country.

use super::names::Spotted;
use crate::{Analysis, NameKind, WordId};
use demarche_pack::Pack;
use demarche_pack::world::{ActorKind, Period, SenseKind};
use demarche_record::{ActorId, Genre};
use std::collections::{BTreeMap, BTreeSet};

/// Days, countries and home of a document.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The days on which the document may have been published.
    pub period: Option<Period>,
    /// How often the text speaks of each country, by ISO code, from names that have one meaning.
    pub countries: BTreeMap<String, usize>,
    /// The state whose body issues or publishes the document.
    pub home: Option<ActorId>,
    /// The body that issues the document, where the packs know it.
    pub issuer: Option<ActorId>,
    /// Actors that names with one meaning stand for.
    pub sure: BTreeMap<ActorId, usize>,
    /// Heads of states and governments of the day whom the text calls by nothing but their surname, beside another one.
    pub leaders: BTreeSet<ActorId>,
}

impl Context {
    pub fn of(analysis: &Analysis, pack: &Pack, names: &[Spotted]) -> Self {
        let mut context = Self { period: period(analysis), ..Self::default() };
        for name in names {
            let mut actors: Vec<&ActorId> = name.senses.iter().map(|sense| &sense.actor).collect();
            actors.sort();
            actors.dedup();
            let [actor] = actors[..] else { continue };
            *context.sure.entry(actor.clone()).or_default() += 1;
            if let Some(country) = pack.world.country_of(actor).map(str::to_owned) {
                let seat = name.senses.iter().any(|sense| sense.kind == SenseKind::Metonym);
                // The first sentences say what the text is about.
                let early = analysis.sentence_of[name.head.0 as usize].0 < 2;
                *context.countries.entry(country).or_default() +=
                    if seat { 1 } else { 2 } * if early { 3 } else { 1 };
            }
        }
        context.home = home(analysis, pack);
        context.issuer = issuer(analysis, pack);
        context.leaders = context.leaders_by_surname(analysis, pack, names);
        context
    }

    /// "Doe met Roe": each surname is that of one ruler or foreign minister of the day alone, nobody else in the text bears
    /// it, and one vouches for the other.
    fn leaders_by_surname(&self, analysis: &Analysis, pack: &Pack, names: &[Spotted]) -> BTreeSet<ActorId> {
        let Some(period) = self.dated() else { return BTreeSet::new() };
        let world = &pack.world;
        let holds = |person: &ActorId, fits: &dyn Fn(&String) -> bool| {
            world.offices_of(person, Some(period)).any(|office| {
                let side = world.side_of(&office.of, None).and_then(|side| world.actor(&side));
                side.is_some_and(|it| it.kind == ActorKind::State) && office.titles.iter().any(fits)
            })
        };
        let rules = |person: &ActorId| holds(person, &|title| pack.titles.rulers.contains(title));
        let speaks_abroad = |person: &ActorId| {
            holds(person, &|title| matches!(title.as_str(), "foreign minister" | "secretary of state"))
        };
        let persons = || names.iter().filter(|name| name.kind == Some(NameKind::Person));
        // The network may take a bare surname for a town; where none has that name it is none.
        let lone = names.iter().filter(|name| {
            let form = analysis.form(WordId(name.words.start));
            name.words.len() == 1
                && (name.kind == Some(NameKind::Person)
                    || matches!(name.kind, Some(NameKind::Location | NameKind::Polity))
                        && name.senses.is_empty()
                        && pack.places.named(form).next().is_none())
        });
        let found: BTreeSet<ActorId> = lone
            .filter_map(|name| {
                let surname = analysis.form(WordId(name.words.start));
                let held = |person: &&ActorId| world.offices_of(person, Some(period)).next().is_some();
                let mut in_office: Vec<&ActorId> = world.with_surname(surname).iter().filter(held).collect();
                in_office.dedup();
                let [only] = in_office[..] else { return None };
                let other = persons().any(|it| {
                    it.words.len() > 1
                        && analysis.form(WordId(it.words.end - 1)) == surname
                        && it.senses.iter().all(|sense| sense.actor != *only)
                });
                ((rules(only) || speaks_abroad(only)) && !other).then(|| only.clone())
            })
            .collect();
        let country = |person: &ActorId| world.person(person).and_then(|it| it.country.clone());
        let named = self
            .sure
            .keys()
            .filter(|actor| world.person(actor).is_some() && (rules(actor) || speaks_abroad(actor)));
        let countries: BTreeSet<_> = found.iter().chain(named).map(country).collect();
        if countries.len() > 1 { found } else { BTreeSet::new() }
    }

    /// The one country that the text is about, if one stands out.
    pub fn main_country(&self) -> Option<&str> {
        let mut counts: Vec<(&String, &usize)> = self.countries.iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        match counts[..] {
            [] => None,
            [(only, _)] => Some(only.as_str()),
            [(first, most), (_, next), ..] => (*most >= 2 * *next).then_some(first.as_str()),
        }
    }

    /// True if the document's days are known to within a year.
    pub fn dated(&self) -> Option<&Period> {
        self.period.as_ref().filter(|period| {
            let year = |day: &str| day.get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or(0);
            year(&period.to) - year(&period.from) <= 1
        })
    }
}

fn period(analysis: &Analysis) -> Option<Period> {
    let bounds = analysis.document.published.edtf.as_ref()?.bounds()?;
    let (from, to) = match (bounds.first, bounds.last) {
        (Some(first), Some(last)) => (first, last),
        (Some(day), None) | (None, Some(day)) => (day, day),
        (None, None) => return None,
    };
    Some(Period { from: from.to_string(), to: to.to_string() })
}

/// The body that a document names as its issuer, else its outlet.
fn issuer(analysis: &Analysis, pack: &Pack) -> Option<ActorId> {
    let document = &analysis.document;
    let named = [document.issuer.as_deref(), document.outlet.as_deref()].into_iter().flatten();
    named
        .filter_map(|name| pack.world.senses(name).next())
        .map(|sense| sense.actor.clone())
        .chain(document.outlet_actor.clone())
        .find(|actor| pack.world.actor(actor).is_some())
}

/// The state of the issuer of a readout, or of the body that publishes.
fn home(analysis: &Analysis, pack: &Pack) -> Option<ActorId> {
    let document = &analysis.document;
    if let Some(issuer) = issuer(analysis, pack) {
        return pack.world.side_of(&issuer, None);
    }
    // "Ministry of Foreign Affairs, Ruritania City", "Presidency of Ruritania": a body by its seat or its state.
    let readout = document.genre == Genre::Readout;
    let name = document.issuer.as_deref().or(document.outlet.as_deref()).filter(|_| readout)?;
    let words: Vec<&str> = name.split(", ").next().unwrap_or(name).split_whitespace().collect();
    let bodies = (0..words.len()).flat_map(|from| (from + 1..=words.len()).rev().map(move |to| (from, to)));
    let body = bodies.into_iter().find_map(|(from, to)| {
        let words = words[from..to].join(" ");
        let mut actors = pack.world.senses(&words).filter_map(|sense| pack.world.actor(&sense.actor));
        actors.find(|actor| {
            use ActorKind::{Alliance, Bloc, InternationalOrganisation};
            matches!(actor.kind, InternationalOrganisation | Alliance | Bloc)
        })
    });
    if let Some(body) = body {
        return pack.world.side_of(&body.id, None);
    }
    let parts = name.rsplit(", ").chain(name.rsplit(" of ").take(1));
    let part = |part: &str| {
        let place = part.trim_start_matches("the ");
        let sense = pack.world.senses(place).find(|sense| sense.kind != SenseKind::Demonym)?;
        pack.world.side_of(&sense.actor, None)
    };
    parts.into_iter().find_map(part)
}
