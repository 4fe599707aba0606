//! Owns `Analysis` → records: one module per kind, listed once in [`EXTRACTORS`].
//! Knows one document only; no clock, no randomness, no store.
//!
//! Quotations come first: they make the layer of speech ([`Said`]) from which every other extractor reads who
//! vouches for what it finds.

mod arguments;
mod circumstances;
mod contacts;
mod deployments;
mod epoch;
mod events;
mod forecasts;
mod plover;
mod positions;
mod quantity;
pub mod quotations;
mod reading;
mod record;
mod run;
mod said;
mod status;
mod withheld;

pub use arguments::Arguments;
pub use circumstances::Circumstances;
pub use contacts::Contacts;
pub use deployments::Deployments;
pub use events::{Between, Events, between};
pub use forecasts::Forecasts;
pub use positions::Positions;
pub use quotations::Quotations;
pub use reading::Reading;
pub use run::{EXTRACTORS, extract, extract_one};
pub use said::Said;
pub use status::{cue_of, is_negated, status};

use demarche_record::Record;

/// Finds records of one kind.
pub trait Extractor: Sync {
    /// Name, as `made_by` and `demarche extractors` show it.
    fn name(&self) -> &'static str;
    /// What it finds, for analysts.
    fn about(&self) -> &'static str;
    /// Finds the records of one document.
    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record>;
}
