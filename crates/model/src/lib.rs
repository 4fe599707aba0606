//! Owns inference of the learned model: wordpieces, word shapes, the network, its label sets. Knows no trees.
//!
//! One network call analyses one sentence, on one thread: a sentence's result depends on nothing but its words.
//! Parallel work is over documents, above this crate.

mod error;
mod labels;
mod lemma;
mod network;
mod shape;
mod wordpiece;

pub use error::ModelError;
pub use labels::{Chain, Chains, Labels, RelationScores};
pub use lemma::LemmaRule;
pub use network::{Model, Row, Scores};
pub use shape::shape;
