//! What shows that a paragraph is not running text, and what genre a document is: patterns and words per language.
//!
//! Read from `<language>/furniture.toml` and `<language>/genre.toml`. Rules are tried in the order of the file; the
//! first that matches decides. Every rule proves itself on its examples when the pack is loaded.

use crate::{PackError, PackFile, line_of, parse_toml};
use demarche_record::{BlockKind, Genre, names_of_kinds};
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

names_of_kinds! {
    /// Where in a document a furniture rule may match.
    Zone {
        /// Anywhere.
        Any = "any",
        /// Before the running text begins.
        Head = "head",
        /// Near the end, where nothing but furniture follows.
        Tail = "tail",
    }
}

names_of_kinds! {
    /// Which words a genre rule looks at.
    Scope {
        /// Headline, or the title where the text has no headline.
        Title = "title",
        /// Everything before the running text and its first paragraph.
        Opening = "opening",
        /// Any paragraph of running text.
        Body = "body",
        /// Disclaimers.
        Disclaimer = "disclaimer",
        /// Author biographies.
        Biography = "biography",
        /// Address of the page.
        Url = "url",
        /// Section, genre or type that the page's metadata give.
        Section = "section",
        /// Name of the outlet.
        Outlet = "outlet",
    }
}

/// A pattern that shows what a paragraph is. The named groups `byline`, `outlet`, `issuer`
/// and `agencies` say more about the document.
#[derive(Clone, Debug)]
pub struct FurnitureRule {
    /// Id, never reused.
    pub id: String,
    /// What the paragraph is.
    pub block: BlockKind,
    /// Where it may stand.
    pub zone: Zone,
    /// The longest paragraph, in words, that it may match.
    pub max_words: usize,
    /// The pattern.
    pub pattern: Regex,
}

/// A pattern that shows the genre.
#[derive(Clone, Debug)]
pub struct GenreRule {
    /// Id, never reused.
    pub id: String,
    /// The genre.
    pub genre: Genre,
    /// Which words it looks at.
    pub scope: Scope,
    /// How many matches in different paragraphs are needed.
    pub at_least: usize,
    /// The pattern.
    pub pattern: Regex,
}

/// How essays by their authors are told from reports: the writer's "I" and "we" outside quotation marks.
#[derive(Clone, Debug, Default)]
pub struct Essay {
    /// Pronouns of the first person, lower case.
    pub first_person: Vec<String>,
    /// Paragraphs that must have them, next to an author's biography.
    pub paragraphs_with_biography: usize,
    /// Paragraphs that must have them without a biography.
    pub paragraphs_alone: usize,
    /// Share of the paragraphs of running text, in percent, that must have them without a biography.
    pub percent_alone: usize,
}

/// Everything one language says about reading.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Rules for paragraphs, in order.
    pub furniture: Vec<FurnitureRule>,
    /// Rules for genres, in order.
    pub genre: Vec<GenreRule>,
    /// How essays are told.
    pub essay: Essay,
    /// What authors are: "journalist", "political scientist". Lower case.
    pub author_roles: Vec<String>,
    /// Verbs of biographies: "teaches", "covers". Lower case.
    pub author_verbs: Vec<String>,
    /// Titles before names: "Dr.", "Professor".
    pub honorifics: Vec<String>,
    /// Names of months and their abbreviations without stop, lower case → 1..12.
    pub months: BTreeMap<String, u32>,
    /// Words that begin a byline, lower case: "by".
    pub byline_words: Vec<String>,
    /// Words that join several authors or agencies, lower case: "and".
    pub joining_words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FurnitureFile {
    #[serde(default)]
    author_roles: Vec<String>,
    #[serde(default)]
    author_verbs: Vec<String>,
    #[serde(default)]
    honorifics: Vec<String>,
    #[serde(default)]
    byline_words: Vec<String>,
    #[serde(default)]
    joining_words: Vec<String>,
    /// Twelve lists, January first.
    #[serde(default)]
    months: Vec<Vec<String>>,
    #[serde(default)]
    rule: Vec<FurnitureRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FurnitureRow {
    id: Spanned<String>,
    block: Spanned<String>,
    zone: Option<Spanned<String>>,
    max_words: Option<usize>,
    pattern: Spanned<String>,
    /// Patterns ignore case unless this is set.
    #[serde(default)]
    case: bool,
    examples: Vec<String>,
    #[serde(default)]
    counterexamples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GenreFile {
    essay: Option<EssayRow>,
    #[serde(default)]
    rule: Vec<GenreRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EssayRow {
    first_person: Vec<String>,
    paragraphs_with_biography: usize,
    paragraphs_alone: usize,
    percent_alone: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GenreRow {
    id: Spanned<String>,
    genre: Spanned<String>,
    scope: Spanned<String>,
    at_least: Option<usize>,
    pattern: Spanned<String>,
    #[serde(default)]
    case: bool,
    examples: Vec<String>,
    #[serde(default)]
    counterexamples: Vec<String>,
}

/// A compiled pattern may not be larger: counted repetitions of wide classes are slow to build and to run.
const MAX_PATTERN_BYTES: usize = 2 << 20;

/// Words of the longest paragraph that a rule without `max_words` matches.
const DEFAULT_MAX_WORDS: usize = 40;

impl Reading {
    /// Reads the furniture and genre files of all languages among `files`; all faults at once.
    ///
    /// Rules of several languages are tried together: a French page may carry an English agency line.
    pub fn parse(files: &[PackFile]) -> Result<Self, Vec<PackError>> {
        let mut loader = Loader::default();
        for file in files {
            if file.path.starts_with("world/") {
                continue;
            }
            if file.path.ends_with("/furniture.toml") {
                match parse_toml::<FurnitureFile>(&file.path, &file.text) {
                    Ok(rows) => loader.furniture(file, rows),
                    Err(fault) => loader.faults.push(fault),
                }
            } else if file.path.ends_with("/genre.toml") {
                match parse_toml::<GenreFile>(&file.path, &file.text) {
                    Ok(rows) => loader.genre(file, rows),
                    Err(fault) => loader.faults.push(fault),
                }
            }
        }
        loader.faults.sort();
        if loader.faults.is_empty() { Ok(loader.reading) } else { Err(loader.faults) }
    }
}

#[derive(Default)]
struct Loader {
    reading: Reading,
    ids: BTreeMap<String, String>,
    faults: Vec<PackError>,
}

impl Loader {
    fn fault(&mut self, file: &PackFile, at: usize, message: String) {
        self.faults.push(PackError { file: file.path.clone(), line: line_of(&file.text, at), message });
    }

    fn id(&mut self, file: &PackFile, id: &Spanned<String>) {
        let line = line_of(&file.text, id.span().start);
        if let Some(first) = self.ids.insert(id.get_ref().clone(), format!("{}:{line}", file.path)) {
            self.fault(
                file,
                id.span().start,
                format!("rule `{}` is already defined at {first}", id.get_ref()),
            );
        }
    }

    /// Looks a name up among the values of an enum; a fault if it is not one of them.
    fn name<T: Copy>(
        &mut self,
        file: &PackFile,
        name: &Spanned<String>,
        parse: fn(&str) -> Option<T>,
        known: impl Iterator<Item = &'static str>,
    ) -> Option<T> {
        let found = parse(name.get_ref());
        if found.is_none() {
            let known: Vec<&str> = known.collect();
            let message = format!("`{}` is not one of {}", name.get_ref(), known.join(", "));
            self.fault(file, name.span().start, message);
        }
        found
    }

    fn pattern(
        &mut self,
        file: &PackFile,
        pattern: &Spanned<String>,
        case: bool,
        examples: &[String],
        counterexamples: &[String],
    ) -> Option<Regex> {
        let at = pattern.span().start;
        let built = RegexBuilder::new(pattern.get_ref())
            .case_insensitive(!case)
            .size_limit(MAX_PATTERN_BYTES)
            .build();
        let pattern = match built {
            Ok(pattern) => pattern,
            Err(error) => {
                self.fault(file, at, format!("the pattern cannot be read: {error}"));
                return None;
            }
        };
        if examples.is_empty() {
            self.fault(file, at, "the rule has no example; add at least one to `examples`".to_owned());
        }
        for example in examples.iter().filter(|example| !pattern.is_match(example)) {
            self.fault(file, at, format!("the pattern does not match its example {example:?}"));
        }
        for example in counterexamples.iter().filter(|example| pattern.is_match(example)) {
            self.fault(file, at, format!("the pattern matches its counterexample {example:?}"));
        }
        Some(pattern)
    }

    fn furniture(&mut self, file: &PackFile, rows: FurnitureFile) {
        let lower = |words: Vec<String>| words.into_iter().map(|word| word.to_lowercase());
        self.reading.author_roles.extend(lower(rows.author_roles));
        self.reading.author_verbs.extend(lower(rows.author_verbs));
        self.reading.honorifics.extend(rows.honorifics);
        self.reading.byline_words.extend(lower(rows.byline_words));
        self.reading.joining_words.extend(lower(rows.joining_words));
        if !rows.months.is_empty() && rows.months.len() != 12 {
            self.fault(
                file,
                0,
                format!("`months` has {} lists; give twelve, January first", rows.months.len()),
            );
        }
        for (number, names) in (1u32..).zip(rows.months) {
            self.reading.months.extend(lower(names).map(|name| (name, number)));
        }
        for row in rows.rule {
            self.id(file, &row.id);
            let kinds = BlockKind::ALL.iter().map(|kind| kind.as_str());
            let block = self.name(file, &row.block, BlockKind::parse, kinds);
            let zone = match &row.zone {
                None => Some(Zone::Any),
                Some(zone) => self.name(file, zone, Zone::parse, Zone::ALL.iter().map(|zone| zone.as_str())),
            };
            let pattern = self.pattern(file, &row.pattern, row.case, &row.examples, &row.counterexamples);
            if let (Some(block), Some(zone), Some(pattern)) = (block, zone, pattern) {
                self.reading.furniture.push(FurnitureRule {
                    id: row.id.into_inner(),
                    block,
                    zone,
                    max_words: row.max_words.unwrap_or(DEFAULT_MAX_WORDS),
                    pattern,
                });
            }
        }
    }

    fn genre(&mut self, file: &PackFile, rows: GenreFile) {
        if let Some(essay) = rows.essay {
            self.reading.essay = Essay {
                first_person: essay.first_person.into_iter().map(|word| word.to_lowercase()).collect(),
                paragraphs_with_biography: essay.paragraphs_with_biography,
                paragraphs_alone: essay.paragraphs_alone,
                percent_alone: essay.percent_alone,
            };
        }
        for row in rows.rule {
            self.id(file, &row.id);
            let genre =
                self.name(file, &row.genre, Genre::parse, Genre::ALL.iter().map(|genre| genre.as_str()));
            let scope =
                self.name(file, &row.scope, Scope::parse, Scope::ALL.iter().map(|scope| scope.as_str()));
            let pattern = self.pattern(file, &row.pattern, row.case, &row.examples, &row.counterexamples);
            if let (Some(genre), Some(scope), Some(pattern)) = (genre, scope, pattern) {
                let at_least = row.at_least.unwrap_or(1).max(1);
                self.reading.genre.push(GenreRule {
                    id: row.id.into_inner(),
                    genre,
                    scope,
                    at_least,
                    pattern,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let file = PackFile { path: "en/furniture.toml".to_owned(), text: text.to_owned() };
        Reading::parse(&[file])
            .map(|_| Vec::new())
            .unwrap_or_else(|faults| faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn built_in_rules_prove_themselves() {
        let reading = Reading::parse(&crate::builtin_files()).unwrap_or_else(|faults| panic!("{faults:#?}"));
        assert!(!reading.furniture.is_empty() && !reading.genre.is_empty());
        assert_eq!(reading.months.get("jan"), Some(&1));
    }

    #[test]
    fn a_rule_that_misses_its_example_is_named_with_its_line() {
        let text = "[[rule]]\nid = \"a\"\nblock = \"credit\"\npattern = '^with'\nexamples = [\"By her\"]\n";
        assert_eq!(faults(text), ["en/furniture.toml:4: the pattern does not match its example \"By her\""]);
    }

    #[test]
    fn unknown_kinds_and_doubled_ids_are_faults() {
        let rule = "[[rule]]\nid = \"a\"\nblock = \"credits\"\npattern = 'x'\nexamples = [\"x\"]\n";
        let found = faults(&format!("{rule}{rule}"));
        assert!(
            found[0].starts_with("en/furniture.toml:3: `credits` is not one of headline, lede"),
            "{found:?}"
        );
        assert!(
            found.contains(
                &"en/furniture.toml:7: rule `a` is already defined at en/furniture.toml:2".to_owned()
            )
        );
    }

    #[test]
    fn a_pattern_that_cannot_be_read_is_a_fault() {
        let found = faults("[[rule]]\nid = \"a\"\nblock = \"credit\"\npattern = '('\nexamples = [\"x\"]\n");
        assert!(found[0].contains("the pattern cannot be read"), "{found:?}");
    }
}
