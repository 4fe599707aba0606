//! Finds names in the tags of the network: the best sequence of tags.

use crate::NameKind;
use demarche_model::Chain;
use std::ops::Range;

/// What a tag of the model says, without `B-` or `I-`.
pub fn kind_of_tag(tag: &str) -> NameKind {
    match tag {
        "PER" => NameKind::Person,
        "ORG" => NameKind::Organisation,
        "PARTY" => NameKind::Party,
        "LOC" => NameKind::Location,
        "GPE" => NameKind::Polity,
        "NORP" => NameKind::Nationality,
        "FAC" => NameKind::Facility,
        "EVENT" => NameKind::Event,
        "DOC" => NameKind::Document,
        "WEAPON" => NameKind::Weapon,
        _ => NameKind::Other,
    }
}

/// Spans of the best tag sequence (Viterbi): words and the number of the tag that begins the span.
pub fn best_spans(tags: &[String], chain: &Chain, scores: &[f32]) -> Vec<(Range<usize>, usize)> {
    let width = tags.len();
    let words = scores.len() / width.max(1);
    if words == 0 {
        return Vec::new();
    }
    let mut best: Vec<f32> = (0..width).map(|tag| chain.start[tag] + scores[tag]).collect();
    let mut back = vec![0usize; words * width];
    for word in 1..words {
        let mut next = vec![f32::NEG_INFINITY; width];
        for from in 0..width {
            for (tag, follow) in chain.follow[from].iter().enumerate() {
                let here = best[from] + follow;
                if here > next[tag] {
                    next[tag] = here;
                    back[word * width + tag] = from;
                }
            }
        }
        best = next.iter().zip(&scores[word * width..]).map(|(before, here)| before + here).collect();
    }
    let mut tag = (0..width).fold(0, |held, tag| if best[tag] > best[held] { tag } else { held });
    let mut path = vec![tag; words];
    for word in (1..words).rev() {
        tag = back[word * width + tag];
        path[word - 1] = tag;
    }
    spans(tags, &path)
}

/// Reads spans back from tags; an `I-` that continues nothing begins a span.
fn spans(tags: &[String], path: &[usize]) -> Vec<(Range<usize>, usize)> {
    let kind = |tag: usize| tags[tag].split_once('-').map_or("", |it| it.1);
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (word, tag) in path.iter().enumerate() {
        let inside = tags[*tag].starts_with("I-");
        match found.last_mut() {
            Some((range, first)) if inside && range.end == word && kind(*first) == kind(*tag) => range.end = word + 1,
            _ if *tag != 0 => found.push((word..word + 1, *tag)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags() -> Vec<String> {
        ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"].map(str::to_owned).to_vec()
    }

    /// Forbids an `I-` that continues nothing.
    fn chain() -> Chain {
        let never = -10_000.0;
        Chain {
            start: vec![0.0, 0.0, never, 0.0, never],
            follow: vec![
                vec![0.0, 0.0, never, 0.0, never],
                vec![0.0, 0.0, 0.0, 0.0, never],
                vec![0.0, 0.0, 0.0, 0.0, never],
                vec![0.0, 0.0, never, 0.0, 0.0],
                vec![0.0, 0.0, never, 0.0, 0.0],
            ],
        }
    }

    #[test]
    fn a_name_goes_on_only_after_it_began() {
        // Word by word the best tags would be O, I-PER, I-ORG.
        let scores = [3.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 2.5, 0.0, 2.6];
        assert_eq!(best_spans(&tags(), &chain(), &scores), [(0..3, 1)]);
    }

    #[test]
    fn neighbours_are_two_names() {
        let scores = [0.0, 5.0, 0.0, 0.0, 0.0, 0.0, 5.0, 1.0, 0.0, 0.0];
        assert_eq!(best_spans(&tags(), &chain(), &scores), [(0..1, 1), (1..2, 1)]);
    }
}
