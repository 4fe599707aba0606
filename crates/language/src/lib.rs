//! Owns `Document` → [`Analysis`]: sentences, words, trees, names, mentions, coreference, times, places.
//! Knows no kinds of records and no store.

mod analysis;
mod codes;
mod engine;
mod kit;
pub mod lemma;
mod mentions;
pub mod names;
mod parse;
mod places;
pub mod published;
pub mod quotes;
pub mod render;
pub mod segment;
pub mod times;

pub use analysis::*;
pub use codes::codes_at;
pub use engine::{MAX_BYTES, analyse, analyse_cut, unread};
pub use kit::Kit;
pub use mentions::{CLASSES, Choice, FEATURES, Rival, find_mentions, pronoun_choices};
pub use places::find_places;
pub use render::{Format, render};
pub use segment::shares_token;
