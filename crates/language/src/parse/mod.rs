//! Decodes what the network says of a sentence: tags, features, lemmas, the tree.

mod acting;
mod company;
mod front;
mod mend;
mod offices;
mod pairs;
mod partners;
mod phrases;
mod row;
mod saying;
mod titles;
mod tree;

pub use mend::{cut, mend};

use crate::kit::Kit;
use crate::{Upos, Word, WordId, names};
use demarche_model::{Model, Scores};
use demarche_text::Text;
use std::ops::Range;

/// Fills tags, lemmas, heads and relations of the words of one row, whose first word is number `first`.
pub fn decode(kit: &Kit, scores: &Scores, text: &Text, first: usize, words: &mut [Word]) {
    let model = &kit.model;
    let labels = model.labels();
    let heads = tree::best_tree(words.len(), &scores.arcs);
    for (at, word) in words.iter_mut().enumerate() {
        word.upos = Upos::parse(&labels.upos[scores.upos[at]]).unwrap_or(Upos::X);
        let feats = &labels.feats[scores.feats[at]];
        word.feats = if feats == "_" { String::new() } else { feats.clone() };
        let form = text.slice(word.span);
        let rule = &labels.lemma_rules[scores.lemma[at]];
        word.lemma = kit.lemmas.lemma(form, word.upos, &word.feats, rule, &kit.pack.inflection);
        let relation = model.relation(scores, at, heads[at]);
        word.deprel = labels.relations[relation].as_str().into();
        word.head = heads[at].checked_sub(1).map(|head| WordId((first + head) as u32));
    }
}

/// Names among the words of one row, whose first word is number `first`.
pub fn row_names(model: &Model, scores: &Scores, first: usize) -> Vec<(Range<u32>, usize)> {
    let labels = model.labels();
    names::best_spans(&labels.names, &labels.chains.names, &scores.names)
        .into_iter()
        .map(|(range, kind)| ((first + range.start) as u32..(first + range.end) as u32, kind))
        .collect()
}

/// A tree for words that are not parsed: everything hangs on the first.
pub fn flat(text: &Text, first: usize, words: &mut [Word]) {
    for (at, word) in words.iter_mut().enumerate() {
        word.lemma = text.slice(word.span).to_lowercase();
        word.head = (at > 0).then_some(WordId(first as u32));
        word.deprel = if at > 0 { "dep" } else { "root" }.into();
    }
}
