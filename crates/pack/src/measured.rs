//! What rules were measured to be worth (`<language>/measured.toml`, written by `cargo xtask calibrate`): how many of
//! the records that they made on annotated articles were right.

use crate::{PackError, PackFile, parse_toml};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How many records a rule's own estimate is worth against measured ones.
const PRIOR: f32 = 8.0;

/// Records of one rule on annotated articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that could be judged.
    pub found: u32,
    /// Those that gold has too.
    pub right: u32,
}

/// The tallies of all rules that were measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    rules: BTreeMap<String, Tally>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuredFile {
    #[serde(default)]
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    found: u32,
    right: u32,
}

impl Measured {
    /// Reads `<language>/measured.toml`; without it nothing was measured.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let path = format!("{language}/measured.toml");
        let Some(file) = files.iter().find(|file| file.path == path) else { return Ok(Self::default()) };
        let rows = parse_toml::<MeasuredFile>(&file.path, &file.text).map_err(|fault| vec![fault])?;
        let rules = rows.rule.into_iter().map(|row| (row.id, Tally { found: row.found, right: row.right }));
        Ok(Self { rules: rules.collect() })
    }

    /// From counts.
    pub fn from_tallies(rules: BTreeMap<String, Tally>) -> Self {
        Self { rules }
    }

    /// What was measured of a rule.
    pub fn of(&self, rule: &str) -> Option<Tally> {
        self.rules.get(rule).copied()
    }

    /// What was measured of a rule and of all its variants ("cue.say" and "cue.say.about").
    pub fn under(&self, rule: &str) -> Tally {
        let own =
            |id: &str| id.strip_prefix(rule).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let mut sum = Tally::default();
        for tally in self.rules.iter().filter(|(id, _)| own(id)).map(|(_, tally)| tally) {
            sum.found += tally.found;
            sum.right += tally.right;
        }
        sum
    }

    /// A confidence that a rule claims for a record, drawn towards what the rule was measured to be worth.
    pub fn calibrated(&self, rule: &str, claimed: f32) -> f32 {
        let tally = self.of(rule).unwrap_or_default();
        (PRIOR * claimed + tally.right as f32) / (PRIOR + tally.found as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measured_rules_draw_a_claim_towards_their_precision() {
        let text = "[[rule]]\nid = \"frame.good\"\nfound = 40\nright = 38\n\n[[rule]]\nid = \"frame.bad\"\nfound = 40\nright = 4\n";
        let file = PackFile { path: "en/measured.toml".to_owned(), text: text.to_owned() };
        let measured = Measured::parse(&[file], "en").expect("the file is well formed");
        assert!(measured.calibrated("frame.good", 0.6) > 0.85);
        assert!(measured.calibrated("frame.bad", 0.6) < 0.25);
        assert!((measured.calibrated("frame.new", 0.6) - 0.6).abs() < 1e-6);
    }

    #[test]
    fn a_fault_names_its_line() {
        let file = PackFile { path: "en/measured.toml".to_owned(), text: "[[rule]]\nid = 3\n".to_owned() };
        let faults = Measured::parse(&[file], "en").expect_err("an id is no number");
        assert_eq!(faults[0].line, 2);
    }
}
