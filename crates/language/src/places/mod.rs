//! Finds places on the map: names used as places, told apart by the countries and places around them.
//!
//! A place that the gazetteer lacks keeps its own words as its name and the state that the text puts it in, without a
//! position; where the text does not tell that either, it keeps its words only.

mod candidates;
mod choose;
pub(crate) mod grammar;
mod told;

use crate::{Analysis, WordId};
use candidates::{Candidate, candidates};
use choose::{Context, choose};
use demarche_pack::Pack;
use demarche_pack::places::Site;
use demarche_pack::world::fold;
use demarche_record::{BlockKind, Place, Precision, Words};
use std::collections::BTreeMap;
use std::ops::Range;

/// Sentences to each side in which other places tell where one lies that the gazetteer lacks.
const AROUND: u32 = 2;

/// All places that a document names as places, in text order. What is not decided keeps its words only.
pub fn find_places(analysis: &Analysis, pack: &Pack) -> Vec<Place> {
    let candidates = candidates(analysis, pack);
    let context = Context::of(analysis, pack, &candidates);
    let mut map = Map { analysis, pack, candidates: &candidates, sites: vec![None; candidates.len()] };
    map.choose_all(&context, &BTreeMap::new());
    // Places that are known by now tell where others lie: "X, 40 km north of Goma".
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for candidate in candidates.iter().filter(|it| it.state.is_none()) {
        if let Some(state) = told::state_told(analysis, pack, &candidate.words, &map) {
            told.entry(fold(&candidate.text)).or_insert(state);
        }
    }
    map.choose_all(&context, &told);
    map.complete();
    let lying = map.lying(&told);
    let kept = candidates.iter().enumerate().filter(|(at, it)| !it.short || map.sites[*at].is_some());
    let places = kept.map(|(at, candidate)| {
        let words = Words::at(&analysis.document.text, span(analysis, &candidate.words));
        match (&map.sites[at], lying.get(&fold(&candidate.text))) {
            (Some(site), _) => Place {
                words,
                name: Some(name(site, candidate)),
                country: site.country.clone().or_else(|| context.side(site).cloned()),
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

/// "Sumy region" is another place than Sumy.
fn name(site: &Site, candidate: &Candidate) -> String {
    match &candidate.division {
        Some(noun) if !site.feature && !fold(&site.name).ends_with(&fold(noun)) => {
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
}

impl Map<'_> {
    /// One name means one place throughout a document.
    fn choose_all(&mut self, context: &Context, told: &BTreeMap<String, String>) {
        let mut memory: BTreeMap<String, Option<Site>> = BTreeMap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            if candidate.short {
                continue;
            }
            let site = memory.entry(fold(&candidate.text)).or_insert_with_key(|key| {
                choose(self.analysis, self.pack, candidate, context, told.get(key))
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
    fn lying(&self, told: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut lying = BTreeMap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            if self.sites[at].is_some() || !candidate.named || candidate.short || candidate.state.is_some() {
                continue;
            }
            let key = fold(&candidate.text);
            let state = match told.get(&key) {
                Some(state) => Some(state.clone()),
                None if candidate.placed => self.state_around(at),
                None => None,
            };
            if let Some(state) = state {
                lying.entry(key).or_insert(state);
            }
        }
        lying
    }

    /// The state in which all other places of the sentences around lie, if it is one.
    fn state_around(&self, at: usize) -> Option<String> {
        let sentence = self.analysis.sentence_of[self.candidates[at].words.start as usize].0;
        let paragraph = self.analysis.sentences[sentence as usize].paragraph;
        let mut states: Vec<(&String, bool)> = Vec::new();
        for (other, site) in self.candidates.iter().zip(&self.sites) {
            let its = self.analysis.sentence_of[other.words.start as usize].0;
            let near = its.abs_diff(sentence) <= AROUND
                && matches!(self.analysis.sentences[its as usize].block, BlockKind::Lede | BlockKind::Body)
                && !crate::mentions::seats::is_dateline(self.analysis, &other.words);
            let Some(site) = site.as_ref().filter(|site| near && !site.wide) else { continue };
            if let Some(country) = &site.country {
                let own = self.analysis.sentences[its as usize].paragraph == paragraph;
                states.push((country, own && site.precision != Precision::Country));
            }
        }
        let (first, _) = states.first()?;
        let agree = states.iter().all(|(state, _)| state == first);
        (agree && states.iter().any(|(_, close)| *close)).then(|| (*first).clone())
    }
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
