//! What `--errors` prints: how often each rule is right, gold attributions without a pair, pairs with another speaker,
//! and what was found without a pair. One line each, cells parted by tabs, so that they can be sorted and counted.

use super::{Article, Attribution, Range, form, matched, same_speaker, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// Rules with their counts, then at most `limit` lines of every sort of error.
pub(super) fn lines(articles: &[Article], limit: usize) -> Vec<String> {
    // Rule → found, with a pair, with the right speaker.
    let mut rules: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let (mut missed, mut false_ones, mut speakers) = (Vec::new(), Vec::new(), Vec::new());
    for article in articles {
        let gold: Vec<&Attribution> = article.gold.iter().collect();
        let found: Vec<&Attribution> = article.found.iter().collect();
        let sets = |list: &[&Attribution]| -> Vec<BTreeSet<usize>> {
            list.iter().map(|it| tokens(&article.text, &it.content)).collect()
        };
        let (gold_tokens, found_tokens) = (sets(&gold), sets(&found));
        let pairs = matched(article, &gold, &found, &gold_tokens, &found_tokens);
        for (at, it) in found.iter().enumerate() {
            let counts = rules.entry(&it.rule).or_default();
            counts[0] += 1;
            match pairs.iter().find(|(_, f)| *f == at) {
                Some((g, _)) => {
                    counts[1] += 1;
                    let right = same_speaker(article, gold[*g], it);
                    counts[2] += usize::from(right);
                    if !right {
                        speakers.push(line(article, "speaker", gold[*g], Some(it)));
                    }
                }
                None => {
                    let near = nearest(&gold_tokens, &found_tokens[at]).map(|g| gold[g]);
                    false_ones.push(line(article, "false", it, near));
                }
            }
        }
        for (at, it) in gold.iter().enumerate().filter(|(at, _)| pairs.iter().all(|(g, _)| g != at)) {
            let near = nearest(&found_tokens, &gold_tokens[at]).map(|f| found[f]);
            missed.push(line(article, "missed", it, near));
        }
    }
    let mut told: Vec<String> = rules
        .iter()
        .map(|(rule, [found, right, spoken])| {
            format!("rule\t{rule}\tfound {found}\tright {right}\tspeaker {spoken}")
        })
        .collect();
    for list in [missed, speakers, false_ones] {
        told.extend(list.into_iter().take(limit));
    }
    told
}

/// The set that shares most with this one; `None` if none shares anything.
fn nearest(sets: &[BTreeSet<usize>], wanted: &BTreeSet<usize>) -> Option<usize> {
    let shared = |at: usize| sets[at].intersection(wanted).count();
    (0..sets.len()).max_by_key(|at| shared(*at)).filter(|at| shared(*at) > 0)
}

/// Sort, form, cue, source and content of one attribution, and the same of what stands against it.
fn line(article: &Article, sort: &str, one: &Attribution, other: Option<&Attribution>) -> String {
    let told = |it: &Attribution| {
        let words = |ranges: &[Range]| {
            let text = |(start, end): &Range| article.text[*start..*end].iter().collect::<String>();
            ranges.iter().map(text).collect::<Vec<_>>().join(" … ").replace(['\n', '\t'], " ")
        };
        let source = match &it.carried {
            Some(name) => format!("({name})"),
            None => words(&it.source),
        };
        format!("{}\t{}\t{source}\t{}", it.rule, words(&it.cue), words(&it.content))
    };
    let against = other.map_or_else(|| "-".to_owned(), &told);
    let at = one.content.first().map_or(0, |range| range.0);
    format!("{sort}\t{}\t{}\t|\t{against}\t|\t{}:{at}", form(article, one), told(one), article.name)
}
