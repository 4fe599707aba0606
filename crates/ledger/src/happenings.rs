//! Links mentions of one event, in one text and across texts: the same kind of happening within one episode.
//!
//! Two mentions are one event if their documents stand in one episode and their head words are forms of one word, derived
//! from one ("negotiate", "negotiation"), or of one group of the packs ("quake", "earthquake"). A word that only points
//! ("it", "this") is linked to nothing. One fixed configuration.

use crate::prose;
use demarche_pack::Pack;
use std::collections::BTreeMap;

/// A mention of an event: its words, and the episode of its document.
#[derive(Clone, Debug)]
pub struct Happening {
    /// Number of the episode.
    pub story: usize,
    /// The words of the mention, in order.
    pub words: Vec<String>,
}

/// Endings that make a noun of a verb.
const DERIVED: &[&str] = &["ition", "sion", "tion", "ance", "ence", "ion", "er", "or"];

/// The number of the event of each mention; mentions of one event have one number.
pub fn link(pack: &Pack, mentions: &[Happening]) -> Vec<usize> {
    let kinds = Kinds::new(pack);
    let mut events: BTreeMap<(usize, Kind), usize> = BTreeMap::new();
    mentions
        .iter()
        .enumerate()
        .map(|(number, mention)| match kinds.of(mention) {
            Some(kind) => *events.entry((mention.story, kind)).or_insert(number),
            None => number,
        })
        .collect()
}

/// What kind of happening some words name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Number of a group of the packs.
    Group(usize),
    /// Stem of the head word.
    Stem(String),
}

struct Kinds<'a> {
    pack: &'a Pack,
    groups: BTreeMap<String, usize>,
}

impl<'a> Kinds<'a> {
    fn new(pack: &'a Pack) -> Self {
        let groups = &pack.topics.happenings;
        let stems = groups.iter().map(|(word, number)| (stem(pack, word), *number));
        // The words themselves come last: they count where two words share a stem.
        let groups = stems.chain(groups.iter().map(|(word, number)| (word.clone(), *number))).collect();
        Self { pack, groups }
    }

    fn group(&self, word: &str) -> Option<Kind> {
        let found = self.groups.get(word).or_else(|| self.groups.get(&stem(self.pack, word)));
        found.map(|number| Kind::Group(*number))
    }

    fn of(&self, mention: &Happening) -> Option<Kind> {
        let words: Vec<String> = mention.words.iter().map(|word| word.to_lowercase()).collect();
        let bearing: Vec<&String> = words
            .iter()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .filter(|word| self.pack.telling.is_content(word) && !self.pack.telling.particles.has(word))
            .collect();
        let (Some(first), Some(last)) = (bearing.first(), bearing.last()) else {
            let word = words.last().filter(|word| !self.pack.telling.pointers.has(word))?;
            return Some(self.group(word).unwrap_or_else(|| Kind::Stem(stem(self.pack, word))));
        };
        if self.pack.telling.pointers.has(last) {
            return None;
        }
        // "killed in a raid" is a killing, "drug raid" a raid.
        Some(
            self.group(first)
                .or_else(|| self.group(last))
                .unwrap_or_else(|| Kind::Stem(stem(self.pack, last))),
        )
    }
}

/// The stem of a word, without the endings that make nouns of verbs.
fn stem(pack: &Pack, word: &str) -> String {
    let base = pack.inflection.verbs.get(word).map_or(word, String::as_str);
    let mut stem = prose::stem(base);
    if let Some(begin) =
        DERIVED.iter().find_map(|ending| stem.strip_suffix(ending)).filter(|it| it.len() >= 5)
    {
        stem = begin.to_owned();
    }
    let mut letters = stem.chars().rev();
    // "robbed" and "rob".
    if let (Some(last), Some(before)) = (letters.next(), letters.next())
        && last == before
        && !matches!(last, 'l' | 's' | 'e' | 'o')
        && stem.len() > 3
    {
        stem.pop();
    }
    stem.trim_end_matches(['e', 'y', 'i']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(one: (usize, &str), two: (usize, &str)) -> bool {
        let mention = |(story, text): (usize, &str)| Happening {
            story,
            words: text.split(' ').map(str::to_owned).collect(),
        };
        static PACK: std::sync::LazyLock<Pack> = std::sync::LazyLock::new(Pack::builtin);
        let found = link(&PACK, &[mention(one), mention(two)]);
        found[0] == found[1]
    }

    #[test]
    fn forms_derivations_and_words_of_one_group_are_one_event() {
        assert!(linked((1, "met"), (1, "Meeting")));
        assert!(linked((1, "negotiated"), (1, "negotiations")));
        assert!(linked((1, "the quake"), (1, "earthquake")));
        assert!(linked((1, "slain"), (1, "killing")));
        assert!(linked((1, "robbed"), (1, "heist")));
    }

    #[test]
    fn other_stories_other_words_and_pointers_are_not() {
        assert!(!linked((1, "met"), (2, "met")));
        assert!(!linked((1, "withdrew"), (1, "attacked")));
        assert!(!linked((1, "it"), (1, "it")));
    }
}
