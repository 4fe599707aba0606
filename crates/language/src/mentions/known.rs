//! What the names of a document stand for so far, by the words in them: explains short and changed names of the same.

use super::chains::Held;
use super::senses::{initials, name_tokens};
use crate::Gender;
use demarche_pack::world::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Bearers of one word of a name that are looked at: the latest ones.
const BEARERS: usize = 64;
/// Shortest stem that a nationality shares with the name of its state.
const STEM: usize = 4;

/// How the text and the packs call a person.
#[derive(Debug, Default)]
struct Forms {
    /// Words of the names in the text.
    text: BTreeSet<Vec<String>>,
    /// Words of the names the packs know, the surname among them.
    pack: BTreeSet<Vec<String>>,
    /// First words of its names in the text.
    starts: BTreeSet<u32>,
}

/// Names of the document that have an entity.
#[derive(Debug, Default)]
pub(super) struct Known {
    persons: BTreeMap<usize, Forms>,
    by_word: BTreeMap<String, Vec<usize>>,
    bodies: BTreeMap<String, usize>,
    /// Beginnings and ends of names of bodies: "Revolutionary Guards" of a longer name.
    parts: BTreeMap<String, usize>,
    acronyms: BTreeMap<String, usize>,
    stems: BTreeMap<String, usize>,
    /// Names of what is no person, body or place.
    pub titles: BTreeMap<String, usize>,
    /// Latest thing and its sentence by noun and number.
    pub things: BTreeMap<(String, bool), (usize, u32)>,
}

impl Known {
    /// Notes a name of a person that begins at a word.
    pub fn add_person(&mut self, entity: usize, text: &str, start: u32, held: &str, surname: Option<&str>) {
        let forms = self.persons.entry(entity).or_default();
        forms.starts.insert(start);
        let mut fresh = Vec::new();
        let own = name_tokens(text);
        if forms.text.insert(own.clone()) {
            fresh.push(own);
        }
        let surname = surname.map(|it| vec![fold(it)]);
        for known in [Some(name_tokens(held)), surname].into_iter().flatten() {
            if forms.pack.insert(known.clone()) {
                fresh.push(known);
            }
        }
        for word in fresh.into_iter().flatten() {
            let bearers = self.by_word.entry(word).or_default();
            if !bearers.contains(&entity) {
                bearers.push(entity);
            }
        }
    }

    /// The person whose fuller name explains a short one; the nearest before it.
    pub fn person(&self, text: &str, start: u32, gender: Option<Gender>, entities: &[Held]) -> Option<usize> {
        let short = name_tokens(text);
        let joined = vec![short.join(" ")];
        let mut keys = vec![short.first()?.clone(), short.last()?.clone(), joined[0].clone()];
        keys.dedup();
        let mut found: Vec<(bool, u32, usize)> = Vec::new();
        let bearers = keys.iter().filter_map(|key| self.by_word.get(key));
        for entity in bearers.flat_map(|held| held.iter().rev().take(BEARERS)) {
            let (Some(forms), Some(held)) = (self.persons.get(entity), entities.get(*entity)) else {
                continue;
            };
            if matches!((gender, held.gender), (Some(wanted), Some(own)) if wanted != own) {
                continue;
            }
            let ends = |full: &Vec<String>| full.len() >= short.len() && full.ends_with(&short);
            let last = forms.text.iter().chain(&forms.pack).any(ends) || forms.pack.contains(&joined);
            let given = short.len() == 1
                && forms.text.iter().any(|full| full.len() > 1 && full.first() == short.first());
            if last || given {
                let before = forms.starts.range(..=start).next_back().map(|at| start - at);
                let distance =
                    before.or_else(|| forms.starts.range(start..).next().map(|at| at - start + 100_000));
                found.push((!last, distance.unwrap_or(u32::MAX), *entity));
            }
        }
        found.into_iter().min().map(|(_, _, entity)| entity)
    }

    /// Notes a name of a body.
    pub fn add_body(&mut self, entity: usize, text: &str) {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        for cut in 1..words.len() {
            self.parts.entry(words[..cut].join(" ")).or_insert(entity);
            self.parts.entry(words[cut..].join(" ")).or_insert(entity);
        }
        let acronym = initials(text);
        if acronym.len() > 1 {
            self.acronyms.entry(acronym).or_insert(entity);
        }
        if words.len() == 1 {
            let length = folded.chars().count().saturating_sub(2).max(STEM);
            self.stems.entry(folded.chars().take(length).collect()).or_insert(entity);
        }
        self.bodies.entry(folded).or_insert(entity);
    }

    /// The body that a name stands for: the same name, a part or the initials of it, or the nationality of its state.
    pub fn body(&self, text: &str, demonym: bool) -> Option<usize> {
        let folded = fold(text);
        if let Some(same) = self.bodies.get(&folded) {
            return Some(*same);
        }
        if !demonym {
            let part = self.parts.get(&folded).filter(|_| folded.len() >= 3);
            return part.or_else(|| self.acronyms.get(text)).copied();
        }
        let letters = folded.char_indices().skip(STEM).map(|(at, _)| at).chain([folded.len()]);
        letters.filter_map(|end| self.stems.get(&folded[..end])).last().copied()
    }
}
