//! Words by which a name is read as a place and by which a text tells where it lies.
//!
//! Read from `<language>/places.toml`. Another language has the same lists with its own words.

use crate::{PackError, PackFile, line_of, parse_toml};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// A sentence with what is found in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceExample {
    /// The sentence.
    pub text: String,
    /// The place as it stands there.
    pub name: String,
    /// ISO 3166-1 alpha-3 of the state that the text puts it in.
    pub country: Option<String>,
}

macro_rules! lists {
    ($($(#[$about:meta])* $field:ident = $id:literal,)+) => {
        /// Everything of `<language>/places.toml`; lemmas in lower case.
        #[derive(Clone, Debug, Default)]
        pub struct Placing {
            $($(#[$about])* pub $field: BTreeSet<String>,)+
            examples: Vec<PlaceExample>,
        }

        impl Placing {
            fn of(lists: &mut BTreeMap<String, BTreeSet<String>>, missing: &mut Vec<&'static str>) -> Self {
                let mut take = |id: &'static str| {
                    lists.remove(id).unwrap_or_else(|| {
                        missing.push(id);
                        BTreeSet::new()
                    })
                };
                Self { $($field: take($id),)+ examples: Vec::new() }
            }
        }
    };
}

lists! {
    /// Verbs whose object is a place where it bears the name of one.
    taking = "taking",
    /// Verbs whose object is no person, whatever it may be taken for.
    overrunning = "overrunning",
    /// Verbs of motion.
    going = "going",
    /// Nouns of a way.
    routes = "routes",
    /// Nouns for what a town has or undergoes: "the elders of X", "the fall of X".
    holdings = "holdings",
    /// Nouns for where two places meet.
    borders = "borders",
    /// Nouns for what is seen or heard of a place.
    pictures = "pictures",
    /// Nouns of a place where people live.
    settlements = "settlements",
    /// Nouns of a part of a state.
    divisions = "divisions",
    /// Nouns of a site that lies where the name in front of it says.
    sites = "sites",
    /// Nouns in the name of a site.
    landmarks = "landmarks",
    /// Nouns of a water.
    waters = "waters",
    /// Nouns of what is built across or at a river or a sea.
    waterworks = "waterworks",
    /// Prepositions behind which a name is a place.
    strict = "strict",
    /// Words of direction in front of the name of a state.
    quarters = "quarters",
    /// Units of a distance.
    lengths = "lengths",
}

impl Placing {
    /// Reads `<language>/places.toml`; a pack without the file has no such words.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let path = format!("{language}/places.toml");
        let Some(file) = files.iter().find(|file| file.path == path) else { return Ok(Self::default()) };
        let raw: RawPlacing = parse_toml(&file.path, &file.text).map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        let mut fault = |at: usize, message: String| {
            faults.push(PackError { file: path.clone(), line: line_of(&file.text, at), message });
        };
        let (mut lists, mut examples) = (BTreeMap::new(), Vec::new());
        for raw in raw.list {
            let at = raw.span().start;
            let raw = raw.into_inner();
            if raw.about.is_empty() {
                fault(at, format!("`{}` does not say what it is for", raw.id));
            }
            if raw.examples.is_empty() {
                fault(at, format!("`{}` has no example", raw.id));
            }
            for example in raw.examples.iter().filter(|it| !it.text.contains(&it.name)) {
                fault(at, format!("{:?} does not stand in {:?}", example.name, example.text));
            }
            examples.extend(raw.examples);
            if lists.insert(raw.id.clone(), raw.words.into_iter().collect()).is_some() {
                fault(at, format!("the list `{}` stands twice", raw.id));
            }
        }
        let mut missing = Vec::new();
        let placing = Self { examples, ..Self::of(&mut lists, &mut missing) };
        for id in missing {
            fault(0, format!("the list `{id}` is missing"));
        }
        for id in lists.keys() {
            fault(0, format!("nothing asks for a list `{id}`"));
        }
        if faults.is_empty() { Ok(placing) } else { Err(faults) }
    }

    /// Sentences that show the lists at work.
    pub fn examples(&self) -> &[PlaceExample] {
        &self.examples
    }

    /// True for a noun that stands beside the name of a place and says what it is.
    pub fn is_kind(&self, lemma: &str) -> bool {
        self.settlements.contains(lemma) || self.divisions.contains(lemma) || self.sites.contains(lemma)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlacing {
    list: Vec<Spanned<RawList>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    id: String,
    about: String,
    words: Vec<String>,
    examples: Vec<PlaceExample>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_use_and_an_example_without_its_name_are_named() {
        let text = r#"
            [[list]]
            id = "taking"
            about = "Verbs."
            words = ["take"]
            examples = [{ text = "Rebels took Goma.", name = "Bukavu" }]

            [[list]]
            id = "giving"
            about = "Verbs."
            words = ["give"]
            examples = []
        "#;
        let file = PackFile { path: "en/places.toml".to_owned(), text: text.to_owned() };
        let faults: Vec<String> =
            Placing::parse(&[file], "en").unwrap_err().iter().map(ToString::to_string).collect();
        for message in [
            "en/places.toml:2: \"Bukavu\" does not stand in",
            "en/places.toml:8: `giving` has no example",
            "the list `going` is missing",
            "nothing asks for a list `giving`",
        ] {
            assert!(faults.iter().any(|fault| fault.contains(message)), "{message}: {faults:?}");
        }
    }
}
