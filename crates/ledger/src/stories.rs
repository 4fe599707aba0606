//! Groups documents into episodes (days) inside crises (months), with one fixed configuration.
//!
//! Documents are placed one after the other in the order of publication; a document joins the episode whose sum
//! vector is nearest, if it is near enough in words and time. Words weigh by their rarity among the documents held,
//! names more than other words, words of the title more again.

use crate::held::{published, sorted};
use crate::id_of;
use demarche_record::{Document, DocumentId, Story};
use std::collections::BTreeMap;
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
/// Episodes compared for one document: those that share its weightiest words.
const KEYS: usize = 14;

type Vector = BTreeMap<u32, f64>;

struct Group {
    sum: Vector,
    norm: f64,
    last: Option<f64>,
    members: Vec<usize>,
}

/// Episodes and crises of some documents. The order in which they are given does not matter.
pub fn group(documents: &[Arc<Document>]) -> Vec<Story> {
    let documents = sorted(documents);
    let (vectors, words) = vectors(&documents);
    let days: Vec<Option<f64>> = documents.iter().map(|document| day(document)).collect();
    let episodes = cluster(&vectors, &days, EPISODE, EPISODE_DAYS);
    let sums: Vec<Vector> = episodes.iter().map(|group| unit(group.sum.clone())).collect();
    let of_episode: Vec<Option<f64>> = episodes
        .iter()
        .map(|group| group.members.iter().filter_map(|at| days[*at]).reduce(f64::min))
        .collect();
    let crises = cluster(&sums, &of_episode, CRISIS, CRISIS_DAYS);
    let mut stories = Vec::new();
    for crisis in crises {
        let members: Vec<usize> =
            crisis.members.iter().flat_map(|at| episodes[*at].members.clone()).collect();
        let whole = story("crisis", &documents, &members, &crisis.sum, &words, None);
        let parts: Vec<Story> = crisis
            .members
            .iter()
            .map(|at| {
                story(
                    "episode",
                    &documents,
                    &episodes[*at].members,
                    &episodes[*at].sum,
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
    sum: &Vector,
    words: &[String],
    part_of: Option<String>,
) -> Story {
    let mut ids: Vec<DocumentId> = members.iter().map(|at| documents[*at].id).collect();
    ids.sort();
    let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut heavy: Vec<(&u32, &f64)> = sum.iter().collect();
    heavy.sort_by(|one, two| two.1.total_cmp(one.1).then(one.0.cmp(two.0)));
    let label: Vec<&str> = heavy.iter().take(5).map(|(word, _)| words[**word as usize].as_str()).collect();
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
fn vectors(documents: &[Arc<Document>]) -> (Vec<Vector>, Vec<String>) {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut words = Vec::new();
    let mut counts: Vec<Vector> = Vec::with_capacity(documents.len());
    let mut df: Vec<f64> = Vec::new();
    for document in documents {
        let mut vector = Vector::new();
        let title = document.title.as_deref().unwrap_or("");
        for (text, factor) in [(title, 2.0), (document.text.as_str(), 1.0)] {
            for (word, name) in terms(text) {
                let number = *numbers.entry(word).or_insert_with_key(|word| {
                    words.push(word.clone());
                    df.push(0.0);
                    (words.len() - 1) as u32
                });
                *vector.entry(number).or_default() += factor * if name { NAME } else { 1.0 };
            }
        }
        for number in vector.keys() {
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
    (vectors, words)
}

/// Stems of content words; a capital inside a sentence shows a name.
fn terms(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut opens = true;
    let mut start = None;
    for (at, letter) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        if letter.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            let word = &text[from..at];
            if word.chars().count() > 2 && !word.chars().all(|it| it.is_ascii_digit()) {
                let low = word.to_lowercase();
                if crate::prose::is_content(&low) {
                    found.push((crate::prose::stem(&low), word.starts_with(char::is_uppercase) && !opens));
                }
            }
            opens = false;
        }
        opens |= matches!(letter, '.' | '!' | '?' | '\n' | '“' | '"');
    }
    found
}

fn unit(mut vector: Vector) -> Vector {
    let norm = vector.values().map(|it| it * it).sum::<f64>().sqrt();
    if norm > 0.0 {
        vector.values_mut().for_each(|it| *it /= norm);
    }
    vector
}

fn cluster(vectors: &[Vector], days: &[Option<f64>], least: f64, fade: f64) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut index: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, vector) in vectors.iter().enumerate() {
        let mut heavy: Vec<(&u32, &f64)> = vector.iter().collect();
        heavy.sort_by(|one, two| two.1.total_cmp(one.1).then(one.0.cmp(two.0)));
        let keys: Vec<u32> = heavy.iter().take(KEYS).map(|(word, _)| **word).collect();
        let mut near: Vec<u32> = keys
            .iter()
            .filter_map(|key| index.get(key))
            .flat_map(|of| of.iter().rev().take(64))
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let best = near
            .into_iter()
            .map(|number| {
                let group = &groups[number as usize];
                let dot: f64 = vector
                    .iter()
                    .filter_map(|(word, value)| group.sum.get(word).map(|other| value * other))
                    .sum();
                let apart = match (days[at], group.last) {
                    (Some(day), Some(last)) => (day - last).abs(),
                    _ => 0.0,
                };
                (dot / group.norm.max(1e-9) * (-(apart / fade).powi(2) / 2.0).exp(), number)
            })
            .filter(|(likeness, _)| *likeness >= least)
            .max_by(|one, two| one.0.total_cmp(&two.0).then(two.1.cmp(&one.1)));
        let number = match best {
            Some((_, number)) => number,
            None => {
                groups.push(Group { sum: Vector::new(), norm: 0.0, last: None, members: Vec::new() });
                (groups.len() - 1) as u32
            }
        };
        let group = &mut groups[number as usize];
        for (word, value) in vector {
            *group.sum.entry(*word).or_default() += value;
        }
        group.norm = group.sum.values().map(|it| it * it).sum::<f64>().sqrt();
        group.last = match (group.last, days[at]) {
            (Some(last), Some(day)) => Some(last.max(day)),
            (last, day) => last.or(day),
        };
        group.members.push(at);
        for key in keys {
            let of = index.entry(key).or_default();
            if !of.contains(&number) {
                of.push(number);
            }
        }
    }
    groups
}
