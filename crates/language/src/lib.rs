//! Owns `Document` → [`Analysis`]: sentences, words, trees, names, mentions, coreference, times, places.
//! Knows no kinds of records and no store.

mod analysis;
pub mod segment;

pub use analysis::*;
pub use segment::shares_token;
