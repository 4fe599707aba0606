//! The shape of the files under `<language>/times/`; every section may stand in any of them.

use super::named::NamedEntry;
use super::{Condition, Modifier, PhraseSense, Vague, unknown};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct TimesFile {
    pub(super) months: BTreeMap<String, u8>,
    pub(super) weekdays: BTreeMap<String, u8>,
    pub(super) weekdays_repeated: BTreeMap<String, u8>,
    pub(super) seasons: BTreeMap<String, String>,
    pub(super) seasons_repeated: BTreeMap<String, String>,
    pub(super) parts_of_day: BTreeMap<String, String>,
    pub(super) parts_of_day_repeated: BTreeMap<String, String>,
    pub(super) points_of_day: BTreeMap<String, String>,
    pub(super) units: BTreeMap<String, String>,
    pub(super) units_plural: BTreeMap<String, String>,
    pub(super) decades: BTreeMap<String, u8>,
    pub(super) zones: BTreeMap<String, i16>,
    pub(super) careful: WordList,
    pub(super) numbers: BTreeMap<String, u32>,
    pub(super) scales: BTreeMap<String, u32>,
    pub(super) ordinals: BTreeMap<String, u8>,
    pub(super) vague: WordList,
    pub(super) days: BTreeMap<String, i8>,
    pub(super) roles: BTreeMap<String, Vec<String>>,
    pub(super) phrases: Vec<PhraseEntry>,
    pub(super) sets: BTreeMap<String, String>,
    pub(super) day: Vec<NamedEntry>,
    pub(super) figures: Figures,
}

#[derive(Clone, Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Figures {
    pub(super) month_first: Vec<String>,
    pub(super) both: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct WordList {
    pub(super) words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhraseEntry {
    pub(super) words: Vec<String>,
    pub(super) modifier: Option<String>,
    pub(super) reference: Option<String>,
    #[serde(default)]
    pub(super) adjective: bool,
    #[serde(default)]
    pub(super) narrative: bool,
    #[serde(default)]
    pub(super) after: Vec<String>,
}

impl PhraseEntry {
    pub(super) fn sense(&self, words: &str) -> Result<PhraseSense, String> {
        match (&self.modifier, &self.reference) {
            (Some(name), None) => {
                Modifier::parse(name).map(PhraseSense::Modifier).ok_or_else(|| unknown(name, Modifier::ALL))
            }
            (None, Some(name)) => {
                let vague = Vague::parse(name).ok_or_else(|| unknown(name, Vague::ALL))?;
                let condition = match (self.adjective, self.narrative) {
                    (true, _) => Condition::Adjective,
                    (_, true) => Condition::Narrative,
                    _ => Condition::None,
                };
                Ok(PhraseSense::Vague(vague, condition))
            }
            _ => Err(format!("{words:?}: a phrase has a modifier or a reference, and only one of them")),
        }
    }
}
