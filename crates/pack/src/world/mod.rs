//! Actors of the world: states, organs, organisations, groups, outlets, persons, and offices with validity dates.
//!
//! Read from `world/actors/*.toml`, `world/organisations/*.toml`, `world/groups/*.toml`, `world/outlets/*.toml`, and the
//! spreadsheets `world/actors/*.csv` and `world/offices/*.csv`.
//! Where the text says "the French president", [`World::offices_titled`] and [`Office::holders_in`] say who that
//! was at the time of the text.

mod load;
mod lookup;
mod sheet;

pub use lookup::{Codes, Sense, SenseKind, fold};

use crate::words::Table;
use demarche_record::{ActorId, names_of_kinds};
use std::collections::BTreeMap;

names_of_kinds! {
    /// What sort of actor an entry is.
    ActorKind {
        /// A sovereign state.
        State = "state",
        /// An organ of a state: presidency, ministry, parliament.
        Organ = "organ",
        /// An armed force of a state or body.
        ArmedForce = "armed-force",
        /// An intelligence or security service.
        Intelligence = "intelligence",
        /// An international organisation or an organ of one.
        InternationalOrganisation = "international-organisation",
        /// A military alliance.
        Alliance = "alliance",
        /// A non-state armed group.
        ArmedGroup = "armed-group",
        /// A political party or movement.
        Party = "party",
        /// A company.
        Company = "company",
        /// A news agency.
        Agency = "agency",
        /// A newspaper, broadcaster or site.
        Outlet = "outlet",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// An informal group of states.
        Bloc = "bloc",
        /// A territory without general recognition, or a dependency.
        Territory = "territory",
        /// A people or other group of persons.
        PersonGroup = "person-group",
    }
}

/// A state, organ, organisation or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Slug.
    pub id: ActorId,
    /// Sort.
    pub kind: ActorKind,
    /// Name for people.
    pub name: String,
    /// Further names and acronyms.
    pub names: Vec<String>,
    /// Adjectives and names of its people.
    pub demonyms: Vec<String>,
    /// Seats and buildings whose name stands for it.
    pub metonyms: Vec<String>,
    /// Its web sites.
    pub domains: Vec<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER country or organisation code.
    pub code: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// The actor it belongs to.
    pub part_of: Option<ActorId>,
}

/// A time in office. Days, months or years as ISO strings; `until` is the first day on which it was over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Who.
    pub person: ActorId,
    /// Since when.
    pub from: Option<String>,
    /// Until when; `None`: still in office when the list was made.
    pub until: Option<String>,
}

/// An office and who held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Slug.
    pub id: String,
    /// The actor it belongs to.
    pub of: ActorId,
    /// Titles in lower case, without the country.
    pub titles: Vec<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Newest first.
    pub holders: Vec<Tenure>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Slug.
    pub id: ActorId,
    /// Name for people.
    pub name: String,
    /// Further spellings.
    pub names: Vec<String>,
    /// Name under which texts mention the person again.
    pub surname: String,
    /// `m` or `f`.
    pub gender: Option<char>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sector when no office says it.
    pub sector: Option<String>,
}

/// Days from `from` to `to`, both included, as ISO strings: the time for which an office is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day, `2022-01-28`.
    pub from: String,
    /// Last day.
    pub to: String,
}

impl Period {
    /// One day.
    pub fn day(day: &str) -> Self {
        Self { from: day.to_owned(), to: day.to_owned() }
    }
}

impl Tenure {
    /// True if it touches the period. A month or year counts whole, since the exact day is not known.
    pub fn overlaps(&self, period: &Period) -> bool {
        let begun = self.from.as_deref().is_none_or(|from| from <= period.to.as_str());
        let lasting = self.until.as_deref().is_none_or(|until| {
            let from = &period.from[..until.len().min(period.from.len())];
            if until.len() == 10 { from < until } else { from <= until }
        });
        begun && lasting
    }
}

impl Office {
    /// Who held it in the period, newest first.
    pub fn holders_in<'a>(&'a self, period: &'a Period) -> impl Iterator<Item = &'a Tenure> {
        self.holders.iter().filter(move |tenure| tenure.overlaps(period))
    }
}

/// All actors, offices and persons of the packs with their indexes.
#[derive(Clone, Debug, Default)]
pub struct World {
    actors: Table<Actor>,
    persons: Table<Person>,
    offices: Vec<Office>,
    /// Folded name → what it can mean.
    senses: Table<Vec<Sense>>,
    /// All folded names, sorted.
    names: Vec<String>,
    /// Folded surname → persons.
    surnames: Table<Vec<ActorId>>,
    /// Title → offices (indexes).
    titles: Table<Vec<usize>>,
    /// Person → offices (indexes).
    held: Table<Vec<usize>>,
    /// Web site → actor.
    domains: BTreeMap<String, ActorId>,
}
