//! Finds places on the map: names used as places, told apart by the countries and places around them.
//!
//! A place that the gazetteer lacks keeps its own words as its name and the state that the text puts it in, without a
//! position; where the text does not tell that either, it keeps its words only.

mod candidates;
mod choose;
pub(crate) mod grammar;
mod told;

use crate::mentions::seats;
use crate::{Analysis, WordId};
use candidates::{Candidate, candidates};
use choose::{Context, choose};
use demarche_pack::Pack;
use demarche_pack::places::Site;
use demarche_pack::world::fold;
use demarche_record::{BlockKind, Place, Precision, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Places in one state from which a text may be about that state.
const HOME: usize = 4;
/// Sentences to each side in which other places tell where one lies that the gazetteer lacks.
const AROUND: u32 = 2;

/// All places that a document names as places, in text order. What is not decided keeps its words only.
pub fn find_places(analysis: &Analysis, pack: &Pack) -> Vec<Place> {
    let candidates = candidates(analysis, pack);
    let context = Context::of(analysis, pack, &candidates);
    let mut map = Map {
        analysis,
        pack,
        candidates: &candidates,
        sites: vec![None; candidates.len()],
        told: BTreeMap::new(),
    };
    map.choose_all(&context);
    // Places that are known by now tell where others lie: "X, 40 km north of Goma".
    let mut told = BTreeMap::new();
    for candidate in candidates.iter().filter(|it| it.state.is_none()) {
        if let Some(state) = told::state_told(analysis, pack, &candidate.words, &map) {
            told.entry(fold(&candidate.text)).or_insert(state);
        }
    }
    map.told = told;
    map.choose_all(&context);
    map.complete();
    let lying = map.lying(&context);
    let kept = candidates.iter().enumerate().filter(|(at, it)| !it.short || map.sites[*at].is_some());
    let places = kept.map(|(at, candidate)| {
        let words = Words::at(&analysis.document.text, span(analysis, &candidate.words));
        match (&map.sites[at], lying.get(&fold(&candidate.text))) {
            (Some(site), _) => Place {
                words,
                name: Some(name(pack, site, candidate)),
                country: site.country.clone().or_else(|| map.side(at, site, &context)),
                position: Some(site.position),
                precision: Some(precision(site, candidate)),
            },
            (None, Some(state)) => Place {
                words,
                name: Some(candidate.text.clone()),
                country: Some(state.clone()),
                position: None,
                precision: None,
            },
            (None, None) => Place { words, name: None, country: None, position: None, precision: None },
        }
    });
    places.collect()
}

fn span(analysis: &Analysis, words: &Range<u32>) -> demarche_text::Span {
    analysis.word(WordId(words.start)).span.cover(analysis.word(WordId(words.end - 1)).span)
}

/// "Sumy region" is another place than the town of Sumy.
fn name(pack: &Pack, site: &Site, candidate: &Candidate) -> String {
    let town = || {
        let mut sites = pack.places.named(&site.name);
        sites.any(|it| it.precision == Precision::City && it.country == site.country)
    };
    match &candidate.division {
        Some(noun) if !site.feature && !fold(&site.name).ends_with(&fold(noun)) && town() => {
            format!("{} {noun}", site.name)
        }
        _ => site.name.clone(),
    }
}

fn precision(site: &Site, candidate: &Candidate) -> Precision {
    match site.precision {
        Precision::City if candidate.division.is_some() => Precision::Region,
        other => other,
    }
}

/// What the names of a document mean so far.
struct Map<'a> {
    analysis: &'a Analysis,
    pack: &'a Pack,
    candidates: &'a [Candidate],
    sites: Vec<Option<Site>>,
    /// The states that the text itself puts names in, by folded name.
    told: BTreeMap<String, String>,
}

impl Map<'_> {
    /// One name means one place throughout a document; a part of a state is not the town it is called by.
    fn choose_all(&mut self, context: &Context) {
        let mut memory: BTreeMap<(String, bool), Option<Site>> = BTreeMap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            if candidate.short {
                continue;
            }
            let key = (fold(&candidate.text), candidate.region);
            let site = memory.entry(key).or_insert_with_key(|(name, _)| {
                choose(self.analysis, self.pack, candidate, context, self.told.get(name))
            });
            self.sites[at] = site.clone();
        }
    }

    /// "the Strait" is the strait that the text named in full.
    fn complete(&mut self) {
        for (at, candidate) in self.candidates.iter().enumerate().filter(|(_, it)| it.short) {
            let end = format!(" {}", fold(&candidate.text));
            let mut full = self.sites[..at].iter().rev().flatten();
            self.sites[at] = full.find(|site| site.feature && fold(&site.name).ends_with(&end)).cloned();
        }
    }

    /// The states of places that the gazetteer lacks, by folded name: told by the text, or by all other places around a
    /// name that the text uses as one.
    fn lying(&self, context: &Context) -> BTreeMap<String, String> {
        let mut lying = BTreeMap::new();
        let home = self.home();
        for (at, candidate) in self.candidates.iter().enumerate() {
            if self.sites[at].is_some() || !candidate.named || candidate.short || candidate.state.is_some() {
                continue;
            }
            let key = fold(&candidate.text);
            let state = match self.told.get(&key) {
                Some(state) => Some(state.clone()),
                None if candidate.water || candidate.article => None,
                None => self.state_listed(at).or_else(|| {
                    let around = || self.state_around(at, context).or_else(|| home.clone());
                    candidate.likely.then(around).flatten()
                }),
            };
            if let Some(state) = state {
                lying.entry(key).or_insert(state);
            }
        }
        lying
    }

    /// The side of a border that the text speaks of: the one that it puts the site on, the only one of the sentence, or
    /// the one that weighs more in the document.
    fn side(&self, at: usize, site: &Site, context: &Context) -> Option<String> {
        if site.between.is_empty() {
            return None;
        }
        let candidate = &self.candidates[at];
        let told = self.told.get(&fold(&candidate.text)).filter(|it| site.between.contains(it));
        let sentence = self.analysis.sentence_of[candidate.words.start as usize].0;
        let named = self.states_acting(sentence);
        let mut here = site.between.iter().filter(|it| {
            named.contains(*it) || self.around(at).any(|other| other.apart == 0 && other.state == *it)
        });
        let only = here.next().filter(|_| here.next().is_none());
        told.or(only).or_else(|| context.heavier(&site.between)).cloned()
    }

    /// The state in which all others of the list lie in which a name stands.
    fn state_listed(&self, at: usize) -> Option<String> {
        agreed(self.listed(at)).cloned()
    }

    /// The state in which nearly all places of a document lie that are known.
    fn home(&self) -> Option<String> {
        let mut names: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let exact = self.sites[at].as_ref().is_none_or(|site| site.precision != Precision::Country);
            if let Some(state) = self.state_of(at).filter(|_| exact) {
                names.entry(state).or_default().insert(fold(&candidate.text));
            }
        }
        let all: usize = names.values().map(BTreeSet::len).sum();
        let (state, own) = names.into_iter().max_by_key(|(_, own)| own.len())?;
        (own.len() >= HOME && own.len() * 5 >= all * 4).then(|| state.clone())
    }

    /// The state in which a place lies that the gazetteer lacks, if all others of the nearest sentences agree.
    fn state_around(&self, at: usize, context: &Context) -> Option<String> {
        let sentence = self.analysis.sentence_of[self.candidates[at].words.start as usize].0;
        for apart in 0..=AROUND {
            // A town where others met, or one of the same name elsewhere, says nothing of the places around it.
            let around = || self.around(at).filter(|it| it.apart <= apart && context.is_told_of(it.state));
            let witnesses = around().filter(|it| it.exact).count();
            if witnesses == 0 {
                continue;
            }
            let state = agreed(around().map(|it| it.state))?;
            // Where the sentence speaks of another state only, the place may be there: one witness is not enough.
            let acting = self.states_acting(sentence);
            let other = apart > 0 && !acting.is_empty() && !acting.contains(state);
            return (!other || witnesses > 1).then(|| state.clone());
        }
        None
    }

    /// The state of a place, by the gazetteer or by the text.
    fn state_of(&self, at: usize) -> Option<&String> {
        match &self.sites[at] {
            Some(site) => site.country.as_ref().filter(|_| !site.wide),
            None => self.told.get(&fold(&self.candidates[at].text)),
        }
    }

    /// The other places around a name that lie in one state.
    fn around(&self, at: usize) -> impl Iterator<Item = Around<'_>> {
        let own = &self.candidates[at];
        let sentence = self.analysis.sentence_of[own.words.start as usize].0;
        self.candidates.iter().enumerate().filter_map(move |(number, other)| {
            let its = self.analysis.sentence_of[other.words.start as usize].0;
            let told = &self.analysis.sentences[its as usize];
            let apart = its.abs_diff(sentence);
            let counts = apart <= AROUND
                && matches!(told.block, BlockKind::Lede | BlockKind::Body)
                && !seats::is_dateline(self.analysis, &other.words)
                && other.text != own.text;
            let state = self.state_of(number).filter(|_| counts)?;
            let country = |site: &Site| site.precision == Precision::Country;
            Some(Around { apart, state, exact: !self.sites[number].as_ref().is_some_and(country) })
        })
    }

    /// The states of the other names of the list in which a name stands: "X, Y and Z".
    fn listed(&self, at: usize) -> impl Iterator<Item = &String> {
        let joined = |one: usize, two: usize| {
            let between = self.candidates[one].words.end..self.candidates[two].words.start;
            let sentence = |it: usize| self.analysis.sentence_of[self.candidates[it].words.start as usize];
            let mut words = self.analysis.ids(&between).map(|word| self.analysis.form(word));
            sentence(one) == sentence(two)
                && !between.is_empty()
                && words.all(|word| matches!(word, "," | "and" | "or" | "the"))
        };
        let mut from = at;
        while from > 0 && joined(from - 1, from) {
            from -= 1;
        }
        let mut to = at + 1;
        while to < self.candidates.len() && joined(to - 1, to) {
            to += 1;
        }
        (from..to).filter_map(|number| self.state_of(number))
    }

    /// The states that a sentence names, or whose people, offices and bodies.
    fn states_acting(&self, sentence: u32) -> BTreeSet<String> {
        let words = &self.analysis.sentences[sentence as usize].words;
        let mentions = self.analysis.mentions_from(words).map(|(_, mention)| mention);
        let actors = mentions.filter_map(|mention| self.analysis.entity(mention.entity?).actor.as_ref());
        let world = &self.pack.world;
        actors
            .filter_map(|actor| match world.person(actor) {
                Some(person) => person.country.clone(),
                None => world.chain(actor).find_map(|it| world.actor(it).and_then(|it| it.country.clone())),
            })
            .collect()
    }
}

/// A place around a name.
struct Around<'a> {
    /// Sentences between the two.
    apart: u32,
    state: &'a String,
    /// False for the name of the state itself.
    exact: bool,
}

/// The one state, if all are the same.
fn agreed<'a>(mut states: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let first = states.next()?;
    states.all(|state| state == first).then_some(first)
}

impl told::Known for Map<'_> {
    fn state_at(&self, word: u32) -> Option<(String, u32)> {
        let at = self.candidates.partition_point(|it| it.words.start < word);
        let place = self.candidates.get(at).filter(|it| it.words.start == word);
        if let (Some(candidate), Some(site)) = (place, self.sites.get(at).and_then(Option::as_ref)) {
            return site.country.clone().filter(|_| !site.wide).map(|state| (state, candidate.words.end));
        }
        let end = self.analysis.sentence(WordId(word)).words.end;
        told::state_named(self.analysis, self.pack, word, end)
    }
}
