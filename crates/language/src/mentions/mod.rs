//! Finds who is mentioned and which mentions are the same: names, nominals, pronouns, entities.
//!
//! Names are found first, in the whole document ([`names`]), and given their actors ([`senses`]); then phrases in
//! text order are linked to what was named ([`nominals`], [`several`], [`pronouns`]). Where the text does not decide,
//! a mention stays without an entity or its entity without an actor.

mod chains;
mod context;
mod names;
mod nominals;
mod phrases;
mod pronouns;
pub(crate) mod seats;
mod senses;
mod several;
mod speakers;
#[cfg(test)]
mod tests;

use crate::{Analysis, Entity, EntityId, Mention, MentionForm, MentionId, WordId};
use chains::Chains;
use context::Context;
use demarche_pack::Pack;
use phrases::{Draft, DraftKind};
use std::collections::BTreeMap;

/// Fills the mentions and entities of an analysis.
pub fn find_mentions(analysis: &mut Analysis, pack: &Pack) {
    let (mentions, entities) = Linker::new(analysis, pack).link();
    analysis.mentions = mentions;
    analysis.entities = entities;
}

/// One document while its mentions are linked.
struct Linker<'a> {
    analysis: &'a Analysis,
    pack: &'a Pack,
    context: Context,
    names: Vec<names::Spotted>,
    drafts: Vec<Draft>,
    chains: Chains,
    /// Entity of each draft, by its index.
    linked: Vec<Option<usize>>,
    /// Entity of each name, by its index.
    name_entities: Vec<Option<usize>>,
    /// True while an owner is linked ahead of its turn: owners of owners wait.
    busy: bool,
}

impl<'a> Linker<'a> {
    fn new(analysis: &'a Analysis, pack: &'a Pack) -> Self {
        let names = names::spot(analysis, pack);
        let context = Context::of(analysis, pack, &names);
        let drafts = phrases::find(analysis, pack, &names);
        let linked = vec![None; drafts.len()];
        let name_entities = vec![None; names.len()];
        Self {
            analysis,
            pack,
            context,
            names,
            drafts,
            chains: Chains::default(),
            linked,
            name_entities,
            busy: false,
        }
    }

    fn link(mut self) -> (Vec<Mention>, Vec<Entity>) {
        self.link_names();
        let mut order: Vec<usize> = (0..self.drafts.len()).collect();
        order.sort_by_key(|at| (self.drafts[*at].order(), self.drafts[*at].head));
        // Who speaks is often named after the quotation: first persons wait.
        let (late, order): (Vec<usize>, Vec<usize>) =
            order.into_iter().partition(|at| self.drafts[*at].is_first_person());
        for at in order.into_iter().chain(late) {
            match self.drafts[at].kind {
                DraftKind::Name => self.note(at),
                DraftKind::Pronoun => self.link_pronoun(at),
                DraftKind::Several => self.link_several(at),
                DraftKind::Nominal => self.link_nominal(at),
                DraftKind::Thing => {
                    let entity =
                        self.chains.thing(self.analysis.form(self.drafts[at].head), self.drafts[at].plural);
                    self.join(at, entity);
                }
            }
        }
        self.finish()
    }

    /// Links a draft to an entity and notes it as the latest mention.
    fn join(&mut self, at: usize, entity: usize) {
        self.linked[at] = Some(entity);
        self.note(at);
    }

    /// Notes that the text has reached a linked draft: from here on it can be taken up again.
    fn note(&mut self, at: usize) {
        if let Some(entity) = self.linked[at] {
            self.chains.reach(entity, at);
        }
    }

    /// The entity of the draft whose head is this word.
    fn entity_at(&self, head: WordId) -> Option<usize> {
        let found = self.drafts.iter().position(|draft| draft.head == head && draft.kind != DraftKind::Thing);
        found.and_then(|at| self.linked[at])
    }

    fn finish(self) -> (Vec<Mention>, Vec<Entity>) {
        let Linker { analysis, drafts, chains, linked, .. } = self;
        let mut kept: Vec<(usize, &Draft)> =
            drafts.iter().enumerate().filter(|(_, draft)| draft.kind != DraftKind::Thing).collect();
        kept.sort_by_key(|(_, draft)| (draft.words.start, std::cmp::Reverse(draft.words.end), draft.head));
        kept.dedup_by(|two, one| one.1.words == two.1.words && one.1.head == two.1.head);
        let mut numbers: BTreeMap<usize, EntityId> = BTreeMap::new();
        let mut order = Vec::new();
        let mut mentions = Vec::new();
        for (at, draft) in kept {
            let entity = linked[at].map(|entity| {
                *numbers.entry(entity).or_insert_with(|| {
                    order.push(entity);
                    EntityId(order.len() as u32 - 1)
                })
            });
            let first = analysis.word(WordId(draft.words.start)).span;
            let span = first.cover(analysis.word(WordId(draft.words.end - 1)).span);
            let form = match (draft.form, entity) {
                // A seat that is only a place is no metonym.
                (MentionForm::Metonym, None) => MentionForm::Name,
                (form, _) => form,
            };
            mentions.push(Mention { words: draft.words.clone(), span, head: draft.head, form, entity });
        }
        // Members of groups may have no mention of their own.
        let mut at = 0;
        while let Some(entity) = order.get(at).copied() {
            for member in &chains.entities[entity].members {
                numbers.entry(*member).or_insert_with(|| {
                    order.push(*member);
                    EntityId(order.len() as u32 - 1)
                });
            }
            at += 1;
        }
        let entities = order
            .iter()
            .enumerate()
            .map(|(number, at)| {
                let held = &chains.entities[*at];
                let own = mentions.iter().enumerate();
                let own = own.filter(|(_, mention)| mention.entity == Some(EntityId(number as u32)));
                Entity {
                    name: held.name.clone(),
                    kind: held.kind,
                    actor: held.actor.clone(),
                    description: held.description.clone(),
                    gender: held.gender,
                    plural: held.plural,
                    members: held.members.iter().filter_map(|member| numbers.get(member).copied()).collect(),
                    mentions: own.map(|(at, _)| MentionId(at as u32)).collect(),
                }
            })
            .collect();
        (mentions, entities)
    }
}
