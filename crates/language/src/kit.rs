//! What reading needs besides the text: packs, the model, the splitter.

use crate::lemma::Lemmas;
use crate::segment::Splitter;
use demarche_model::{Model, ModelError};
use demarche_pack::Pack;
use demarche_text::ContentHash;
use std::path::Path;

/// Packs and models. Made once, shared by reference between threads.
#[derive(Debug)]
pub struct Kit {
    /// Lexicons and rules.
    pub pack: Pack,
    /// Tags, trees and names.
    pub model: Model,
    /// Words and sentences.
    pub splitter: Splitter,
    /// Base forms and exceptions of inflection.
    pub lemmas: Lemmas,
}

impl Kit {
    /// The built-in packs and model.
    pub fn builtin() -> Result<Self, ModelError> {
        Ok(Self::new(Pack::builtin(), Model::builtin()?))
    }

    /// Another pack, the model of a folder or the built-in one.
    pub fn with(pack: Pack, model: Option<&Path>) -> Result<Self, ModelError> {
        let model = model.map_or_else(Model::builtin, Model::load)?;
        Ok(Self::new(pack, model))
    }

    fn new(pack: Pack, model: Model) -> Self {
        Self { pack, model, splitter: Splitter::builtin(), lemmas: Lemmas::builtin() }
    }

    /// Hash over packs, model and engine version: two kits with the same fingerprint make the same records.
    pub fn fingerprint(&self) -> String {
        let parts = [&self.pack.fingerprint, self.model.fingerprint(), env!("CARGO_PKG_VERSION")];
        ContentHash::of(parts.map(str::as_bytes)).to_string()
    }
}
