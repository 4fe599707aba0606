//! Owns the entities while they grow: what is known of each and where the text last spoke of it.

use super::senses::words_of;
use crate::{EntityKind, Gender};
use demarche_pack::world::fold;
use demarche_record::ActorId;
use std::collections::{BTreeMap, BTreeSet};

/// A title that the text gives to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Role {
    /// Title in lower case without the owner: "foreign minister".
    pub title: String,
    /// The last word of the title as a lemma: "minister".
    pub noun: String,
    /// Whose office it is, if known.
    pub owner: Option<ActorId>,
    /// True if it is no longer held.
    pub former: bool,
}

/// Somebody or something while the text is read.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub name: String,
    pub kind: EntityKind,
    pub actor: Option<ActorId>,
    pub description: Option<String>,
    pub gender: Option<Gender>,
    pub plural: bool,
    pub members: Vec<usize>,
    pub roles: Vec<Role>,
    /// True if the text names it.
    pub named: bool,
    /// Lemmas of the nouns that were used for it.
    pub nouns: Vec<String>,
    /// How many of its drafts were reached so far.
    pub reached: usize,
    /// How many of these stand beside a noun: "Russian" in "Russian forces".
    pub aside: usize,
    /// One past the head of the latest of them in the text, 0 before the first.
    pub latest: u32,
    /// Folded words of the names that the packs or the text give a body.
    pub words: BTreeSet<String>,
}

impl Held {
    /// Notes a noun that was used for it.
    pub fn add_noun(&mut self, noun: &str) {
        if !self.nouns.iter().any(|own| own == noun) {
            self.nouns.push(noun.to_owned());
        }
    }
}

/// All entities of a document.
#[derive(Debug, Default)]
pub(super) struct Chains {
    pub entities: Vec<Held>,
    by_actor: BTreeMap<ActorId, usize>,
    /// Entities that can act, in order: things are many, and nothing but pronouns takes them up.
    actors: Vec<usize>,
    /// Places by name.
    places: BTreeMap<String, usize>,
    /// Groups by their members in order.
    groups: BTreeMap<Vec<usize>, usize>,
}

impl Chains {
    /// Entities that are no things, in order.
    pub fn actors(&self) -> &[usize] {
        &self.actors
    }

    /// A new entity.
    pub fn add(&mut self, name: &str, kind: EntityKind) -> usize {
        self.entities.push(Held {
            name: name.to_owned(),
            kind,
            actor: None,
            description: None,
            gender: None,
            plural: false,
            members: Vec::new(),
            roles: Vec::new(),
            named: false,
            nouns: Vec::new(),
            reached: 0,
            aside: 0,
            latest: 0,
            words: match kind {
                EntityKind::Body => words_of(&fold(name)).into_iter().collect(),
                _ => BTreeSet::new(),
            },
        });
        let made = self.entities.len() - 1;
        if !matches!(kind, EntityKind::Thing | EntityKind::Named) {
            self.actors.push(made);
        }
        made
    }

    /// The entity of an actor, made at need.
    pub fn of_actor(&mut self, actor: &ActorId, name: &str, kind: EntityKind) -> usize {
        if let Some(found) = self.by_actor.get(actor) {
            return *found;
        }
        let made = self.add(name, kind);
        self.entities[made].actor = Some(actor.clone());
        self.by_actor.insert(actor.clone(), made);
        made
    }

    /// The entity of an actor, if the document has one.
    pub fn find_actor(&self, actor: &ActorId) -> Option<usize> {
        self.by_actor.get(actor).copied()
    }

    /// A thing that only pronouns can take up.
    pub fn thing(&mut self, name: &str, plural: bool) -> usize {
        let made = self.add(name, EntityKind::Thing);
        self.entities[made].plural = plural;
        made
    }

    /// Several together; the same set is the same entity.
    pub fn several(&mut self, members: Vec<usize>) -> usize {
        let mut sorted = members.clone();
        sorted.sort_unstable();
        if let Some(found) = self.groups.get(&sorted) {
            return *found;
        }
        let names: Vec<&str> = members.iter().map(|member| self.entities[*member].name.as_str()).collect();
        let name = match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => names.concat(),
        };
        let made = self.add(&name, EntityKind::Several);
        self.entities[made].plural = true;
        self.entities[made].members = members;
        self.groups.insert(sorted, made);
        made
    }

    /// A place, by its name.
    pub fn place(&mut self, name: &str) -> usize {
        if let Some(found) = self.places.get(name) {
            return *found;
        }
        let made = self.add(name, EntityKind::Place);
        self.entities[made].gender = Some(Gender::Neuter);
        self.places.insert(name.to_owned(), made);
        made
    }

    /// Notes that the text spoke of an entity with a phrase that has this head.
    pub fn reach(&mut self, entity: usize, head: u32, aside: bool) {
        let held = &mut self.entities[entity];
        held.reached += 1;
        held.aside += usize::from(aside);
        held.latest = held.latest.max(head + 1);
    }

    /// Adds a role once.
    pub fn add_role(&mut self, entity: usize, role: Role) {
        let roles = &mut self.entities[entity].roles;
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
}
