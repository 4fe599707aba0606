//! The label sets and constants of a model: `labels.json`.

use crate::{LemmaRule, ModelError};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The version of the contract between network and program.
const FORMAT: u32 = 1;

/// Scores of relations from two vectors.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationScores {
    /// Length of the vectors.
    pub width: usize,
    /// One row of `width` numbers for each relation.
    pub weight: Vec<Vec<f32>>,
    /// One number for each relation.
    pub bias: Vec<f32>,
}

/// Scores of tag sequences.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// Score of each tag at the first word.
    pub start: Vec<f32>,
    /// Score of each tag (inner) after each tag (outer).
    pub follow: Vec<Vec<f32>>,
}

/// The tag sequences of a model.
#[derive(Clone, Debug, Deserialize)]
pub struct Chains {
    /// Names.
    pub names: Chain,
    /// Groups and things of defence.
    pub defence: Chain,
}

/// The label sets and constants of a model.
#[derive(Clone, Debug, Deserialize)]
pub struct Labels {
    /// Version of the contract.
    pub format: u32,
    /// SHA-256 of the other files, hexadecimal.
    pub sha256: BTreeMap<String, String>,
    /// Longest row of the network, in pieces.
    pub max_pieces: usize,
    /// Pieces of a word beyond these are dropped.
    pub max_pieces_per_word: usize,
    /// Universal parts of speech.
    pub upos: Vec<String>,
    /// Whole feature strings, `_` for none.
    pub feats: Vec<String>,
    /// How lemmas follow from forms.
    pub lemma_rules: Vec<LemmaRule>,
    /// Relations.
    pub relations: Vec<String>,
    /// How relations are scored.
    pub relation_scores: RelationScores,
    /// Tags of names.
    pub names: Vec<String>,
    /// Tags of groups and things of defence.
    pub defence: Vec<String>,
    /// Scores of tag sequences.
    pub chains: Chains,
    /// Classes of word shapes.
    pub shapes: Vec<String>,
}

impl Labels {
    /// Reads `labels.json`.
    pub fn parse(json: &str) -> Result<Self, ModelError> {
        let form = |reason| ModelError::Form { file: "labels.json", reason };
        let labels: Self = serde_json::from_str(json).map_err(|fault| form(fault.to_string()))?;
        if labels.format != FORMAT {
            return Err(form(format!("format {} instead of {FORMAT}", labels.format)));
        }
        let scores = &labels.relation_scores;
        let rows =
            scores.weight.len() == labels.relations.len() && scores.bias.len() == labels.relations.len();
        if !rows || scores.weight.iter().any(|row| row.len() != scores.width) {
            return Err(form("relation_scores does not fit relations".to_owned()));
        }
        for (chain, tags) in
            [(&labels.chains.names, &labels.names), (&labels.chains.defence, &labels.defence)]
        {
            let square =
                chain.follow.len() == tags.len() && chain.follow.iter().all(|row| row.len() == tags.len());
            if chain.start.len() != tags.len() || !square || tags.first().is_none_or(|tag| tag != "O") {
                return Err(form("chains do not fit the tags, or tags do not begin with O".to_owned()));
            }
        }
        if labels.shapes != crate::shape::NAMES {
            return Err(form("the word shapes are others than this program knows".to_owned()));
        }
        if labels.max_pieces < 3 {
            return Err(form("rows must hold at least three pieces".to_owned()));
        }
        Ok(labels)
    }
}
