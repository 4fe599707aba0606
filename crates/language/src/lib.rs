//! Owns `Document` → [`Analysis`]: sentences, words, trees, names, mentions, coreference, times, places.
//! Knows no kinds of records and no store.

mod analysis;

pub use analysis::*;
