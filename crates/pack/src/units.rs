//! Units of forces and number words (`<language>/units.toml`, `<language>/numbers.toml`).

use crate::words::{Lists, Table, lower};
use crate::{PackError, PackFile, line_of, parse_toml};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitFile {
    #[serde(default)]
    class: Vec<ClassRow>,
    #[serde(default)]
    words: BTreeMap<UnitWords, BTreeSet<String>>,
}

/// Lists of words that decide whether a counted noun is a force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitWords {
    /// Units that are something else in everyday language ("officer", "vehicle"): they need a number or an owner.
    Everyday,
    /// Everyday units that are a force where a state or body sends or posts them: "police", "patrol".
    Commanded,
    /// Bodies that bear arms and can be told of without a unit: "the army entered the town".
    Armed,
    /// Verbs and nouns of loss, capture and release: who is counted there is no force.
    Loss,
    /// Verbs that launch a weapon: what is fired is not deployed.
    Fired,
    /// Verbs and nouns that hand over equipment: aid and trade, no deployment.
    Supply,
    /// Words that make drills, patrols and everyday units military.
    Military,
    /// Common nouns for places where a force may go or be.
    Place,
    /// Nouns that only measure what follows "of": "a number of", "the rest of", "members of".
    Partitive,
    /// Prefixes of the names of warships.
    Prefix,
    /// People in arms who are of no state, whatever nationality stands before them.
    Irregular,
    /// Words before an everyday unit that make it no force: "thermal units", "a housing unit".
    Civil,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassRow {
    name: String,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberFile {
    /// Word → value: "seven" = 7.
    value: BTreeMap<String, f64>,
    /// Word → factor: "thousand" = 1000, "lakh" = 100000.
    factor: BTreeMap<String, f64>,
    /// Word → (lowest, highest) of a vague number: "dozens".
    vague: BTreeMap<String, Spanned<Vec<f64>>>,
    /// Words in front of (or behind) a number → what it bounds.
    modifier: BTreeMap<String, Spanned<String>>,
}

/// What a modifier makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// "about": both bounds, marked.
    About,
    /// "at least", "more than": lowest only.
    Low,
    /// "up to", "nearly": highest only.
    High,
    /// "another", "further": exact, on top of others.
    Additional,
}

/// Units of forces.
#[derive(Clone, Debug, Default)]
pub struct Units {
    classes: Table<String>,
    words: Lists<UnitWords>,
}

impl Units {
    /// Reads `<language>/units.toml`.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let path = format!("{language}/units.toml");
        let mut units = Self::default();
        for file in files.iter().filter(|file| file.path == path) {
            let rows: UnitFile = parse_toml(&file.path, &file.text).map_err(|fault| vec![fault])?;
            for class in rows.class {
                for noun in class.nouns {
                    units.classes.entry(noun).or_insert_with(|| class.name.clone());
                }
            }
            for (list, words) in rows.words {
                units.words.add(list, words);
            }
        }
        Ok(units)
    }

    /// The class of a unit noun (lemma): "soldier" is `personnel`.
    pub fn class(&self, lemma: &str) -> Option<&str> {
        self.classes.get(&*lower(lemma)).map(String::as_str)
    }

    /// True if a list holds this lemma.
    pub fn lists(&self, list: UnitWords, lemma: &str) -> bool {
        self.words.has(list, &lower(lemma))
    }
}

/// Number words and modifiers.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    value: Table<f64>,
    factor: Table<f64>,
    vague: Table<(f64, f64)>,
    modifier: Vec<(Vec<String>, Bound)>,
}

impl Numbers {
    /// Reads `<language>/numbers.toml`.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let path = format!("{language}/numbers.toml");
        let mut numbers = Self::default();
        let mut faults = Vec::new();
        for file in files.iter().filter(|file| file.path == path) {
            let rows: NumberFile = parse_toml(&file.path, &file.text).map_err(|fault| vec![fault])?;
            numbers.value.extend(rows.value);
            numbers.factor.extend(rows.factor);
            for (word, bounds) in rows.vague {
                match bounds.get_ref()[..] {
                    [low, high] => drop(numbers.vague.insert(word, (low, high))),
                    _ => faults.push(PackError {
                        file: file.path.clone(),
                        line: line_of(&file.text, bounds.span().start),
                        message: format!("`{word}` needs two numbers: [lowest, highest]"),
                    }),
                }
            }
            for (words, bound) in rows.modifier {
                let bound = match bound.get_ref().as_str() {
                    "about" => Bound::About,
                    "low" => Bound::Low,
                    "high" => Bound::High,
                    "additional" => Bound::Additional,
                    other => {
                        faults.push(PackError {
                            file: file.path.clone(),
                            line: line_of(&file.text, bound.span().start),
                            message: format!("`{other}` is not one of about, low, high, additional"),
                        });
                        continue;
                    }
                };
                numbers.modifier.push((words.split(' ').map(str::to_owned).collect(), bound));
            }
        }
        // Longest first, so that "no more than" wins over "more than".
        numbers.modifier.sort_by_key(|(words, _)| (std::cmp::Reverse(words.len()), words.clone()));
        if faults.is_empty() { Ok(numbers) } else { Err(faults) }
    }

    /// The value of one number word or figure: "seven", "2,000", "1.5", "350".
    pub fn value(&self, word: &str) -> Option<f64> {
        let plain = lower(word);
        if let Some(value) = self.value.get(&*plain) {
            return Some(*value);
        }
        if !plain.starts_with(|letter: char| letter.is_ascii_digit()) {
            return plain
                .split_once('-')
                .and_then(|(tens, ones)| Some(self.value.get(tens)? + self.value.get(ones)?));
        }
        figure(&plain)
    }

    /// The factor of a word: "million".
    pub fn factor(&self, word: &str) -> Option<f64> {
        self.factor.get(&*lower(word)).copied()
    }

    /// Bounds of a vague number: "dozens", "thousands".
    pub fn vague(&self, word: &str) -> Option<(f64, f64)> {
        self.vague.get(&*lower(word)).copied()
    }

    /// Modifiers, longest first.
    pub fn modifiers(&self) -> &[(Vec<String>, Bound)] {
        &self.modifier
    }
}

/// "2,000", "1.200", "3.5", "12 000": groups of three digits are thousands, anything else a decimal.
fn figure(figure: &str) -> Option<f64> {
    let clean: String =
        figure.chars().filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let parts: Vec<&str> = clean.split([',', '.']).collect();
    let grouped = parts.len() > 1 && parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3);
    // "0.125" is a decimal; "12,34,000" groups as in South Asia.
    let south_asian =
        parts.len() > 2 && parts.last().is_some_and(|last| last.len() == 3) && !clean.contains('.');
    if (grouped && parts[0] != "0") || south_asian {
        return parts.concat().parse().ok();
    }
    clean.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn figures_of_several_styles() {
        let cases =
            [("2,000", 2000.0), ("1.200", 1200.0), ("3.5", 3.5), ("12,00,000", 1_200_000.0), ("350", 350.0)];
        for (text, value) in cases {
            assert_eq!(figure(text), Some(value), "{text}");
        }
        assert_eq!(figure("20mm"), None);
    }
}
