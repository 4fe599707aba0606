//! Owns the entities while they grow: what is known of each and where the text last spoke of it.

use crate::{EntityKind, Gender};
use demarche_record::ActorId;
use std::collections::BTreeMap;

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
    /// Drafts that were reached so far, in reading order.
    pub reached: Vec<usize>,
}

/// All entities of a document.
#[derive(Debug, Default)]
pub(super) struct Chains {
    pub entities: Vec<Held>,
    by_actor: BTreeMap<ActorId, usize>,
}

impl Chains {
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
            reached: Vec::new(),
        });
        self.entities.len() - 1
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
        let same = self.entities.iter().position(|held| {
            let mut own = held.members.clone();
            own.sort_unstable();
            held.kind == EntityKind::Several && own == sorted
        });
        if let Some(found) = same {
            return found;
        }
        let names: Vec<&str> = members.iter().map(|member| self.entities[*member].name.as_str()).collect();
        let name = match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => names.concat(),
        };
        let made = self.add(&name, EntityKind::Several);
        self.entities[made].plural = true;
        self.entities[made].members = members;
        made
    }

    /// Notes that the text spoke of an entity at a draft.
    pub fn reach(&mut self, entity: usize, draft: usize) {
        self.entities[entity].reached.push(draft);
    }

    /// Adds a role once.
    pub fn add_role(&mut self, entity: usize, role: Role) {
        let roles = &mut self.entities[entity].roles;
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
}
