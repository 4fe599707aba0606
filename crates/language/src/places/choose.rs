//! Tells which of the places of one name is meant, by the countries and places that the document speaks of.

use super::candidates::Candidate;
use super::span;
use crate::{Analysis, WordId};
use demarche_pack::Pack;
use demarche_pack::places::Site;
use demarche_pack::world::{ActorKind, SenseKind, fold};
use demarche_record::Precision;
use std::collections::BTreeMap;

/// A town may be this many degrees from the places around it to be preferred over a larger one far away.
const NEAR: f64 = 12.0;
/// Within this many degrees of the places around it a town is in the midst of what is told.
const BESIDE: f64 = 2.5;
/// A town of this many thousands is known beyond its country.
pub(super) const KNOWN: u32 = 15;

/// A town of this many thousands is known all over the world, beside namesakes of an eighth of its size.
const WORLD: u32 = 150;

/// One of this many thousands beside any place of its name.
const METROPOLIS: u32 = 2000;

/// So often a text names the state that it is about.
const MUCH: usize = 4;

/// What is known of the area a document is about.
#[derive(Default)]
pub(super) struct Context {
    /// Weight of each country.
    countries: BTreeMap<String, usize>,
    /// Places that have one meaning.
    fixed: Vec<(f64, f64)>,
    /// How often a folded name of one meaning weighs for its country.
    own: BTreeMap<String, usize>,
    /// How often each folded name stands as a place.
    named: BTreeMap<String, usize>,
}

impl Context {
    pub(super) fn of(analysis: &Analysis, pack: &Pack, candidates: &[Candidate]) -> Self {
        let mut context = Self::default();
        for mention in &analysis.mentions {
            let actor = mention.entity.and_then(|entity| analysis.entity(entity).actor.as_ref());
            let Some(actor) = actor else { continue };
            if let Some(country) = pack.world.country_of(actor) {
                *context.countries.entry(country.to_owned()).or_default() += 1;
            }
        }
        for candidate in candidates {
            *context.named.entry(fold(&candidate.text)).or_default() += 1;
            let Some(only) = sole(pack, &candidate.text) else { continue };
            if only.precision != Precision::Country {
                context.fixed.push(only.position);
                if let Some(country) = &only.country {
                    *context.countries.entry(country.clone()).or_default() += 1;
                }
                *context.own.entry(fold(&candidate.text)).or_default() += 1;
            }
        }
        context
    }

    fn weight(&self, country: Option<&String>) -> usize {
        country.and_then(|it| self.countries.get(it)).copied().unwrap_or(0)
    }

    /// False for a state that a text names in passing while it speaks much of another.
    pub(super) fn is_told_of(&self, state: &String) -> bool {
        let most = self.countries.values().max().copied().unwrap_or(0);
        most < MUCH || self.weight(Some(state)) * 3 >= most
    }

    /// True if a place of one meaning other than the site itself lies within so many degrees.
    fn is_near(&self, site: &Site, degrees: f64) -> bool {
        self.fixed.iter().any(|fixed| {
            *fixed != site.position && (fixed.0 - site.position.0).hypot(fixed.1 - site.position.1) < degrees
        })
    }

    /// The one of some states of which the text speaks more.
    pub(super) fn heavier<'a>(&self, states: &'a [String]) -> Option<&'a String> {
        let mut sides: Vec<_> = states.iter().map(|it| (self.weight(Some(it)), it)).collect();
        sides.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        match sides[..] {
            [(most, side), (next, _), ..] if most > next => Some(side),
            _ => None,
        }
    }
}

/// The place that a name means wherever it stands: it is the only one, or its namesakes are small beside it.
fn sole<'a>(pack: &'a Pack, name: &str) -> Option<&'a Site> {
    let mut sites = pack.places.named(name).filter(|site| !site.wide);
    let first = sites.next()?;
    let others = sites.map(|site| site.people).max();
    let alone =
        others.is_none_or(|others| !first.feature && first.people >= 100 && others * 20 <= first.people);
    alone.then_some(first)
}

/// The one place that a name means here; `told` is the state that the text puts it in.
pub(super) fn choose(
    analysis: &Analysis,
    pack: &Pack,
    candidate: &Candidate,
    context: &Context,
    told: Option<&String>,
) -> Option<Site> {
    if let Some(code) = &candidate.state {
        // Georgia between Alabama and Florida is no state of the packs, Trinidad in Bolivia is a town.
        let home = context.weight(Some(code));
        let most = context.countries.values().max().copied().unwrap_or(0);
        let mut others = pack.places.named(&candidate.text).filter(|site| {
            site.precision == Precision::Region && !site.feature
                || site.precision == Precision::City
                    && site.people >= KNOWN
                    && fold(&site.name) == fold(&candidate.text)
                    && context.weight(site.country.as_ref()) == most
        });
        let itself = context.named.get(&fold(&candidate.text)).copied().unwrap_or(0);
        let other = others.find(|site| context.weight(site.country.as_ref()) > 2 && home <= itself.max(1));
        // A state that is no more is on the map of today as a feature.
        let gone = || pack.places.named(&candidate.text).find(|site| site.feature);
        return other.or_else(|| pack.places.country(code)).or_else(gone).cloned();
    }
    let stated = told.cloned().or_else(|| stated_country(analysis, pack, candidate));
    if let Some(code) = candidate.seat.as_ref().filter(|code| stated.as_ref().is_none_or(|it| it == *code)) {
        let seat = pack.places.named(&candidate.text).filter(|site| site.country.as_ref() == Some(code));
        if let Some(seat) = seat.max_by_key(|site| site.people) {
            return Some(seat.clone());
        }
    }
    let total: usize = context.countries.values().sum();
    let mut sites: Vec<&Site> = pack.places.named(&candidate.text).collect();
    if sites.is_empty() {
        // Another spelling is taken only where the text speaks of its country.
        sites.extend(pack.places.likely(&candidate.text).filter(|site| {
            context.weight(site.country.as_ref()) > 0 || stated.is_some() && site.country == stated
        }));
    }
    // A division weighs by its people, where it is not called like its own town or a sea.
    let town = |site: &Site| {
        sites.iter().any(|it| it.feature || it.precision == Precision::City && it.country == site.country)
    };
    let people = |site: &Site| if town(site) { site.people } else { site.people.max(site.townspeople) };
    let mut scored: Vec<(i64, &Site)> = sites
        .iter()
        .copied()
        .filter(|site| {
            // "the San Juan river" is no town, "Cuyuni" may be one on the river of that name.
            if candidate.water && !site.water {
                return false;
            }
            if candidate.article && !site.feature && site.precision != Precision::Region {
                return false;
            }
            let itself = context.own.get(&fold(&candidate.text)).copied().unwrap_or(0);
            let spoken_of = context.weight(site.country.as_ref()) > itself || context.is_near(site, BESIDE);
            let told = stated.is_some() && site.country == stated;
            // What the network does not take for a name, a hamlet elsewhere may be called by chance.
            candidate.named || site.feature || site.people >= KNOWN || spoken_of || told
        })
        .map(|site| {
            let own = context.weight(site.country.as_ref());
            // Two countries of one story weigh nearly the same: then the larger town is meant.
            let mut score = (100 * own / total.max(1)).min(20) as i64 + if own > 0 { 40 } else { 0 };
            score += (f64::from(people(site).max(1)).ln() * 7.0) as i64;
            score += match (site.feature, site.precision) {
                (true, Precision::Feature) if site.water && candidate.placed => 60,
                (true, _) => 130,
                (_, Precision::Country) => 60,
                (_, Precision::Region) if candidate.region => 100,
                (_, Precision::Region) => 25,
                _ => 0,
            };
            if fold(&site.name) == fold(&candidate.text) {
                score += 20;
            }
            score += if context.is_near(site, NEAR) { 20 } else { 0 };
            score += if context.is_near(site, BESIDE) { 25 } else { 0 };
            if stated.is_some() && site.country == stated {
                score += 200;
            }
            (score, site)
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    // The text puts it in a state where the gazetteer has none of this name, and has one in the midst of what is told.
    let elsewhere = |site: &Site| {
        site.country.as_ref() != told
            && !site.feature
            && !(site.people >= KNOWN && context.is_near(site, BESIDE))
    };
    if told.is_some() && scored.iter().all(|(_, site)| elsewhere(site)) {
        return None;
    }
    let (best, first) = *scored.first()?;
    // Geneva is that of the lake in a text on the United States too, unless it is told of the country around its namesake.
    if stated != first.country && !context.is_near(first, BESIDE) {
        let world = scored.iter().map(|(_, site)| *site).filter(|site| {
            let most = if first.feature { METROPOLIS } else { WORLD };
            site.people >= most
                && site.people >= people(first).saturating_mul(8)
                && site.precision == Precision::City
                && fold(&site.name) == fold(&candidate.text)
        });
        if let Some(world) = world.max_by_key(|site| site.people) {
            return Some(world.clone());
        }
    }
    if stated != first.country && is_namesake(first, candidate, context) {
        return None;
    }
    // Small towns of countries the text does not speak of are mere namesakes.
    let only = candidate.named
        && first.people >= KNOWN
        && scored.iter().all(|(_, site)| site.country == first.country);
    if best < 40 && !only {
        return None;
    }
    let rival = scored.iter().skip(1).find(|(_, site)| site.country != first.country);
    (rival.is_none_or(|(score, _)| best - score >= 8)).then(|| first.clone())
}

/// True for a town far from everything the text speaks of that is small, or that is only spelt like the name.
fn is_namesake(site: &Site, candidate: &Candidate, context: &Context) -> bool {
    let itself = context.own.get(&fold(&candidate.text)).copied().unwrap_or(0);
    let own = context.weight(site.country.as_ref()).saturating_sub(itself);
    let others: usize = context
        .countries
        .iter()
        .filter(|(code, _)| Some(*code) != site.country.as_ref())
        .map(|it| it.1)
        .sum();
    let unlike = fold(&site.name) != fold(&candidate.text);
    !site.feature
        && !site.wide
        && site.precision != Precision::Country
        && own == 0
        && !context.is_near(site, NEAR)
        && others >= 2
        && site.people.max(site.townspeople) < if unlike { WORLD } else { 60 }
}

/// The state that stands about the name, where the text need not put the place in it: "the Lebanese army in Tripoli".
fn stated_country(analysis: &Analysis, pack: &Pack, candidate: &Candidate) -> Option<String> {
    let country = |text: &str| {
        pack.world.senses(text).find_map(|sense| {
            let actor = pack.world.actor(&sense.actor).filter(|actor| actor.kind == ActorKind::State)?;
            actor.country.clone().filter(|_| sense.kind != SenseKind::Metonym)
        })
    };
    let sentence = analysis.sentence(WordId(candidate.words.start)).words.end;
    let comma = candidate.words.end;
    if comma + 1 < sentence && analysis.form(WordId(comma)) == "," {
        for stop in (comma + 2..=(comma + 4).min(sentence)).rev() {
            if let Some(found) = country(analysis.text(span(analysis, &(comma + 1..stop)))) {
                return Some(found);
            }
        }
    }
    let head = analysis
        .ids(&candidate.words)
        .find(|word| analysis.word(*word).head.is_none_or(|head| !candidate.words.contains(&head.0)))?;
    let above = analysis
        .word(head)
        .head
        .filter(|_| matches!(analysis.word(head).relation(), "nmod" | "appos" | "compound"));
    above.into_iter().chain([head]).find_map(|word| {
        analysis
            .children(word)
            .iter()
            .filter(|child| **child != head && !candidate.words.contains(&child.0))
            .find_map(|child| {
                matches!(analysis.word(*child).relation(), "amod" | "compound" | "nmod")
                    .then(|| country(analysis.form(*child)))?
            })
    })
}
