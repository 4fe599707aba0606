//! Groups documents into episodes (days) inside crises (months), with one fixed configuration.
//!
//! Documents are placed one after the other in the order of publication; a document joins the episode whose sum
//! vector is nearest, if it is near enough in words and time. Words weigh by their rarity among the documents held,
//! names more than other words, words of the title more again.

use crate::held::{published, sorted};
use crate::id_of;
use crate::keyed::Keyed;
use demarche_pack::telling::Telling;
use demarche_record::{Document, DocumentId, Story};
use indexmap::IndexMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

/// Least likeness for joining an episode.
const EPISODE: f64 = 0.12;
/// Days over which the likeness to an episode fades.
const EPISODE_DAYS: f64 = 5.0;
/// Least likeness of an episode to its crisis.
const CRISIS: f64 = 0.15;
/// Days over which the likeness to a crisis fades.
const CRISIS_DAYS: f64 = 130.0;
/// Documents imagined beside those held, so that few documents do not make common words look rare.
const PRIOR: f64 = 200.0;
/// A name weighs so many times another word.
const NAME: f64 = 2.0;
/// Words of a document by which groups near it are looked up: its weightiest.
const KEYS: usize = 14;

/// Words by number with their weights, sorted.
type Vector = Vec<(u32, f64)>;

/// Groups compared for one document: those that share most of its weightiest words.
const NEAREST: usize = 32;

#[derive(Default)]
struct Group {
    /// Only asked for single words; its order is never looked at.
    sum: Keyed<u32, f64>,
    /// Square of its length.
    square: f64,
    last: Option<f64>,
    members: Vec<usize>,
}

/// Episodes and crises of some documents. The order in which they are given does not matter.
pub fn group(documents: &[Arc<Document>], telling: &Telling) -> Vec<Story> {
    let documents = sorted(documents);
    let (vectors, words) = vectors(&documents, telling);
    let days: Vec<Option<f64>> = documents.iter().map(|document| day(document)).collect();
    let episodes = cluster(&vectors, &days, EPISODE, EPISODE_DAYS);
    let sums: Vec<Vector> = episodes.iter().map(|group| unit(group.vector())).collect();
    let of_episode: Vec<Option<f64>> = episodes
        .iter()
        .map(|group| group.members.iter().filter_map(|at| days[*at]).reduce(f64::min))
        .collect();
    let crises = cluster(&sums, &of_episode, CRISIS, CRISIS_DAYS);
    let mut stories = Vec::new();
    for crisis in crises {
        let members: Vec<usize> =
            crisis.members.iter().flat_map(|at| episodes[*at].members.clone()).collect();
        let whole = story("crisis", &documents, &members, crisis.vector(), &words, None);
        let parts: Vec<Story> = crisis
            .members
            .iter()
            .map(|at| {
                story(
                    "episode",
                    &documents,
                    &episodes[*at].members,
                    episodes[*at].vector(),
                    &words,
                    Some(whole.id.clone()),
                )
            })
            .collect();
        stories.push(whole);
        stories.extend(parts);
    }
    stories
}

fn story(
    level: &str,
    documents: &[Arc<Document>],
    members: &[usize],
    mut sum: Vector,
    words: &[String],
    part_of: Option<String>,
) -> Story {
    let mut ids: Vec<DocumentId> = members.iter().map(|at| documents[*at].id).collect();
    ids.sort();
    let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
    sum.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
    let label: Vec<&str> = sum.iter().take(5).map(|(word, _)| words[*word as usize].as_str()).collect();
    Story {
        id: id_of(std::iter::once(level).chain(names.iter().map(String::as_str))),
        label: label.join(", "),
        documents: ids,
        part_of,
    }
}

fn day(document: &Document) -> Option<f64> {
    let epoch = demarche_record::Day::new(1970, 1, 1)?;
    let window = published(document)?;
    let first = window.first.or(window.last)?;
    Some(f64::from(epoch.days_to(first)))
}

/// One unit vector for each document, and the words by number.
fn vectors(documents: &[Arc<Document>], telling: &Telling) -> (Vec<Vector>, Vec<String>) {
    let mut lexicon = Lexicon { telling, stems: IndexMap::default(), known: IndexMap::default() };
    let mut counts: Vec<Vector> = Vec::with_capacity(documents.len());
    let mut df: Vec<f64> = Vec::new();
    for document in documents {
        let mut vector = Vector::new();
        let title = document.title.as_deref().unwrap_or("");
        for (text, factor) in [(title, 2.0), (document.text.as_str(), 1.0)] {
            terms(text, |word, name| {
                if let Some(number) = lexicon.number(word) {
                    vector.push((number, factor * if name { NAME } else { 1.0 }));
                }
            });
        }
        vector.sort_by_key(|(word, _)| *word);
        vector.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 += next.1;
            }
            same
        });
        df.resize(lexicon.stems.len(), 0.0);
        for (number, _) in &vector {
            df[*number as usize] += 1.0;
        }
        counts.push(vector);
    }
    let all = documents.len() as f64;
    let idf: Vec<f64> = df.iter().map(|df| ((all + PRIOR) / (df + 0.5)).ln()).collect();
    let vectors = counts
        .into_iter()
        .map(|vector| {
            unit(
                vector
                    .into_iter()
                    .map(|(word, count)| (word, (1.0 + count.ln().max(0.0)) * idf[word as usize]))
                    .collect(),
            )
        })
        .collect();
    (vectors, lexicon.stems.into_keys().collect())
}

/// Keys are found by their bytes, always in the same way.
type Text<K, T> = IndexMap<K, T, BuildHasherDefault<DefaultHasher>>;

/// Words by number. A word as written is taken apart once.
struct Lexicon<'a> {
    telling: &'a Telling,
    /// Stems in the order of their numbers.
    stems: Text<String, ()>,
    /// Word as written → number of its stem; `None` where it carries no matter.
    known: Text<&'a str, Option<u32>>,
}

impl<'a> Lexicon<'a> {
    fn number(&mut self, word: &'a str) -> Option<u32> {
        if let Some(number) = self.known.get(word) {
            return *number;
        }
        let low = word.to_lowercase();
        let counts = word.chars().count() > 2
            && !word.chars().all(|it| it.is_ascii_digit())
            && self.telling.is_content(&low);
        let number = counts.then(|| self.stems.insert_full(crate::prose::stem(&low), ()).0 as u32);
        self.known.insert(word, number);
        number
    }
}

/// The words of a text in order; a capital inside a sentence shows a name.
fn terms<'a>(text: &'a str, mut take: impl FnMut(&'a str, bool)) {
    let mut opens = true;
    let mut start = None;
    for (at, letter) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        if letter.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            let word = &text[from..at];
            take(word, word.starts_with(char::is_uppercase) && !opens);
            opens = false;
        }
        opens |= matches!(letter, '.' | '!' | '?' | '\n' | '“' | '"');
    }
}

fn unit(mut vector: Vector) -> Vector {
    let norm = vector.iter().map(|(_, it)| it * it).sum::<f64>().sqrt();
    if norm > 0.0 {
        vector.iter_mut().for_each(|(_, it)| *it /= norm);
    }
    vector
}

impl Group {
    fn vector(&self) -> Vector {
        let mut vector: Vector = self.sum.iter().map(|(word, value)| (*word, *value)).collect();
        vector.sort_by_key(|(word, _)| *word);
        vector
    }

    fn dot(&self, vector: &Vector) -> f64 {
        vector.iter().filter_map(|(word, value)| self.sum.get(word).map(|other| value * other)).sum()
    }
}

fn cluster(vectors: &[Vector], days: &[Option<f64>], least: f64, fade: f64) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut index: Keyed<u32, Vec<u32>> = Keyed::default();
    for (at, vector) in vectors.iter().enumerate() {
        let keys = keys(vector);
        let mut best: Option<(f64, u32)> = None;
        for number in nearest(&index, &keys) {
            let group = &groups[number as usize];
            let apart = match (days[at], group.last) {
                (Some(day), Some(last)) => (day - last).abs(),
                _ => 0.0,
            };
            // No likeness is above one: a group too far in time need not be looked at.
            let faded = (-(apart / fade).powi(2) / 2.0).exp();
            if faded < least || best.is_some_and(|(likeness, _)| faded < likeness) {
                continue;
            }
            let likeness = group.dot(vector) / group.square.sqrt().max(1e-9) * faded;
            let nearer =
                best.is_none_or(|(known, first)| likeness > known || likeness == known && number < first);
            if likeness >= least && nearer {
                best = Some((likeness, number));
            }
        }
        let number = match best {
            Some((_, number)) => number,
            None => {
                groups.push(Group::default());
                (groups.len() - 1) as u32
            }
        };
        let group = &mut groups[number as usize];
        group.square += 2.0 * group.dot(vector) + vector.iter().map(|(_, it)| it * it).sum::<f64>();
        for (word, value) in vector {
            *group.sum.entry(*word).or_default() += value;
        }
        group.last = match (group.last, days[at]) {
            (Some(last), Some(day)) => Some(last.max(day)),
            (last, day) => last.or(day),
        };
        group.members.push(at);
        for key in keys {
            let of = index.entry(key).or_default();
            // A group that is told of now stands at the end, where the next document looks first.
            match of.iter().rposition(|other| *other == number) {
                Some(last) if last + 1 == of.len() => {}
                Some(place) => {
                    of.remove(place);
                    of.push(number);
                }
                None => of.push(number),
            }
            if of.len() > 4 * POSTINGS {
                of.drain(..POSTINGS);
            }
        }
    }
    groups
}

/// The weightiest words of a vector.
fn keys(vector: &Vector) -> Vec<u32> {
    let mut heavy: Vec<(u32, f64)> = vector.clone();
    let order = |one: &(u32, f64), two: &(u32, f64)| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0));
    if heavy.len() > KEYS {
        heavy.select_nth_unstable_by(KEYS, order);
        heavy.truncate(KEYS);
    }
    heavy.sort_by(order);
    heavy.into_iter().map(|(word, _)| word).collect()
}

/// Groups of one word that are looked at: the latest.
const POSTINGS: usize = 64;

/// The groups that share most of some words, the latest first among equals.
fn nearest(index: &Keyed<u32, Vec<u32>>, keys: &[u32]) -> Vec<u32> {
    let mut near: Vec<u32> = keys
        .iter()
        .filter_map(|key| index.get(key))
        .flat_map(|of| of.iter().rev().take(POSTINGS))
        .copied()
        .collect();
    near.sort_unstable();
    let mut counts: Vec<(usize, u32)> =
        near.chunk_by(|one, two| one == two).map(|of| (of.len(), of[0])).collect();
    counts.sort_unstable_by(|one, two| two.cmp(one));
    counts.truncate(NEAREST);
    counts.into_iter().map(|(_, number)| number).collect()
}
