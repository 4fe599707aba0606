//! Owns the nouns that name persons, bodies and groups, and the words that decide gender and the use of capitals.
//!
//! Read from `<language>/titles.toml`.

use crate::{PackError, PackFile, parse_toml};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct TitleFile {
    #[serde(default)]
    fraternal: Vec<String>,
    #[serde(default)]
    local: Vec<String>,
    #[serde(default)]
    counterpart: Vec<String>,
    #[serde(default)]
    anybody: Vec<String>,
    #[serde(default)]
    envoys: Vec<String>,
    #[serde(default)]
    summoning: Vec<String>,
    #[serde(default)]
    mediating: Vec<String>,
    #[serde(default)]
    mutual: Vec<String>,
    #[serde(default)]
    excellencies: Vec<String>,
    #[serde(default)]
    post_nominals: Vec<String>,
    #[serde(default)]
    ranks: Vec<String>,
    #[serde(default)]
    particles: Vec<String>,
    #[serde(default)]
    former: Vec<String>,
    #[serde(default)]
    rulers: Vec<String>,
    #[serde(default)]
    states: Vec<String>,
    #[serde(default)]
    sides: Vec<String>,
    #[serde(default)]
    authorities: Vec<String>,
    #[serde(default)]
    person: Vec<NounRow>,
    #[serde(default)]
    body: Vec<NounRow>,
    #[serde(default)]
    group: Vec<NounRow>,
    #[serde(default)]
    honorific: Vec<NameRow>,
    #[serde(default)]
    modifier: Vec<NounRow>,
    #[serde(default)]
    given: Vec<NameRow>,
    #[serde(default)]
    same: Vec<SameRow>,
    #[serde(default)]
    seats: SeatRow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SameRow {
    called: Vec<String>,
    titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounRow {
    sector: Option<String>,
    gender: Option<Gender>,
    #[serde(default)]
    fits: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameRow {
    gender: Option<Gender>,
    words: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SeatRow {
    place_prepositions: Vec<String>,
    actor_prepositions: Vec<String>,
    motion: Vec<String>,
    address: Vec<String>,
    located: Vec<String>,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    beside: Vec<String>,
    bound: Vec<String>,
    belonging: Vec<String>,
    sent: Vec<String>,
    parts: Vec<String>,
}

/// Gender that a word decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Gender {
    /// Masculine.
    #[serde(rename = "m")]
    Masculine,
    /// Feminine.
    #[serde(rename = "f")]
    Feminine,
}

/// What sort of thing a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NounKind {
    /// One person.
    Person,
    /// A body.
    Body,
    /// Several people.
    Group,
}

/// A noun that names a person, body or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// What it names.
    pub kind: NounKind,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Gender, if the word decides it.
    pub gender: Option<Gender>,
    /// Kinds of actors that a body noun can take up again.
    pub fits: Vec<String>,
}

/// How a seat of government is used: words that tell the actor from the place.
#[derive(Clone, Debug, Default)]
pub struct Seats {
    /// Prepositions after which it is a place.
    pub place_prepositions: BTreeSet<String>,
    /// Prepositions after which it acts or is addressed.
    pub actor_prepositions: BTreeSet<String>,
    /// Words of motion.
    pub motion: BTreeSet<String>,
    /// Verbs whose object is addressed.
    pub address: BTreeSet<String>,
    /// Verbs whose subject may be the place.
    pub located: BTreeSet<String>,
    /// Adjectives and nouns that are said of a place only.
    pub conditions: BTreeSet<String>,
    /// Nouns behind the name of a place: "the Cairo office".
    pub beside: BTreeSet<String>,
    /// Words after which the name behind "for" is a place: "set for Doha".
    pub bound: BTreeSet<String>,
    /// Nouns whose "of" phrase is a government.
    pub belonging: BTreeSet<String>,
    /// Nouns whose "from" phrase is a government.
    pub sent: BTreeSet<String>,
    /// Nouns that it has as a place.
    pub parts: BTreeSet<String>,
}

/// Nouns of persons and bodies of one language.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    nouns: BTreeMap<String, Noun>,
    honorifics: BTreeMap<String, Option<Gender>>,
    given: BTreeMap<String, Gender>,
    modifiers: BTreeMap<String, String>,
    same: BTreeMap<String, Vec<String>>,
    /// Words for the same office elsewhere.
    pub counterpart: BTreeSet<String>,
    /// Words before an authority that is none of the state: "the provincial government".
    pub local: BTreeSet<String>,
    /// What heads of state call each other: with a nationality ("his Gabonese brother") a counterpart, else kin.
    pub fraternal: BTreeSet<String>,
    /// Nouns that say of nobody what office he holds: "the two men".
    pub anybody: BTreeSet<String>,
    /// Those whom a state sends to another ("ambassador").
    pub envoys: BTreeSet<String>,
    /// What a state does to the envoys of another ("summoned its ambassador").
    pub summoning: BTreeSet<String>,
    /// What those do who stand between two others ("mediated by Turkey and Qatar").
    pub mediating: BTreeSet<String>,
    /// What two do with each other ("told him when they spoke").
    pub mutual: BTreeSet<String>,
    /// Abbreviated forms of address before a title and a name ("H.E. Mr. Doe").
    pub excellencies: BTreeSet<String>,
    /// Letters behind a name that are no part of it ("Jane Doe MP").
    pub post_nominals: BTreeSet<String>,
    /// Offices before a name that are in no list of offices of states.
    pub ranks: BTreeSet<String>,
    /// Small words inside a name of a person ("bin").
    pub particles: BTreeSet<String>,
    /// Words that say that an office is no longer held.
    pub former: BTreeSet<String>,
    /// Titles that "leader" can take up.
    pub rulers: BTreeSet<String>,
    /// Nouns for a state.
    pub states: BTreeSet<String>,
    /// Plural nouns (as lemmas) that stand for two bodies.
    pub sides: BTreeSet<String>,
    /// Nouns that with a nationality stand for the state itself.
    pub authorities: BTreeSet<String>,
    /// The use of seats of government.
    pub seats: Seats,
}

impl Titles {
    /// Reads `<language>/titles.toml`; all faults at once.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let mut titles = Self::default();
        let mut faults = Vec::new();
        let path = format!("{language}/titles.toml");
        for file in files.iter().filter(|file| file.path == path) {
            match parse_toml::<TitleFile>(&file.path, &file.text) {
                Ok(rows) => titles.add(rows),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(titles) } else { Err(faults) }
    }

    fn add(&mut self, rows: TitleFile) {
        let nouns =
            [(NounKind::Person, rows.person), (NounKind::Body, rows.body), (NounKind::Group, rows.group)];
        for (kind, rows) in nouns {
            for row in rows {
                for word in row.words {
                    let noun =
                        Noun { kind, sector: row.sector.clone(), gender: row.gender, fits: row.fits.clone() };
                    self.nouns.entry(word).or_insert(noun);
                }
            }
        }
        for row in rows.modifier {
            let sector = row.sector.unwrap_or_default();
            self.modifiers.extend(row.words.into_iter().map(|word| (word, sector.clone())));
        }
        for row in rows.honorific {
            self.honorifics.extend(row.words.into_iter().map(|word| (word, row.gender)));
        }
        for row in rows.given {
            self.given.extend(
                row.gender.iter().flat_map(|gender| row.words.iter().map(|word| (word.clone(), *gender))),
            );
        }
        for row in rows.same {
            self.same.extend(row.called.into_iter().map(|title| (title, row.titles.clone())));
        }
        self.counterpart.extend(rows.counterpart);
        self.fraternal.extend(rows.fraternal);
        self.local.extend(rows.local);
        self.anybody.extend(rows.anybody);
        self.envoys.extend(rows.envoys);
        self.summoning.extend(rows.summoning);
        self.mediating.extend(rows.mediating);
        self.mutual.extend(rows.mutual);
        self.excellencies.extend(rows.excellencies);
        self.post_nominals.extend(rows.post_nominals);
        self.ranks.extend(rows.ranks);
        self.particles.extend(rows.particles);
        self.former.extend(rows.former);
        self.rulers.extend(rows.rulers);
        self.states.extend(rows.states);
        self.sides.extend(rows.sides);
        self.authorities.extend(rows.authorities);
        self.seats = Seats {
            place_prepositions: rows.seats.place_prepositions.into_iter().collect(),
            actor_prepositions: rows.seats.actor_prepositions.into_iter().collect(),
            motion: rows.seats.motion.into_iter().collect(),
            address: rows.seats.address.into_iter().collect(),
            located: rows.seats.located.into_iter().collect(),
            conditions: rows.seats.conditions.into_iter().collect(),
            beside: rows.seats.beside.into_iter().collect(),
            bound: rows.seats.bound.into_iter().collect(),
            belonging: rows.seats.belonging.into_iter().collect(),
            sent: rows.seats.sent.into_iter().collect(),
            parts: rows.seats.parts.into_iter().collect(),
        };
    }

    /// The noun with this lemma, lower case; several words are joined by spaces.
    pub fn noun(&self, lemma: &str) -> Option<&Noun> {
        self.nouns.get(lemma)
    }

    /// The titles that the packs may have for an office that a text calls so: "head of state".
    pub fn same_office(&self, title: &str) -> &[String] {
        self.same.get(title).map(Vec::as_slice).unwrap_or_default()
    }

    /// The sector that a word in front of a general noun gives it: "military" in "military spokesman".
    pub fn modifier(&self, word: &str) -> Option<&str> {
        self.modifiers.get(word).map(String::as_str)
    }

    /// True if the word stands before names without being an office: "Mr.".
    pub fn is_honorific(&self, word: &str) -> bool {
        self.honorifics.contains_key(word)
    }

    /// The gender that an honorific decides.
    pub fn honorific_gender(&self, word: &str) -> Option<Gender> {
        self.honorifics.get(word).copied().flatten()
    }

    /// The gender that a given name decides.
    pub fn given_gender(&self, name: &str) -> Option<Gender> {
        self.given.get(name).copied()
    }
}
