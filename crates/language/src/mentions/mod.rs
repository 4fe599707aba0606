//! Finds who is mentioned and which mentions are the same: names, nominals, pronouns, entities.
//!
//! Names are found first, in the whole document ([`names`]), and given their actors ([`senses`]); then phrases in
//! text order are linked to what was named ([`nominals`], [`several`], [`pronouns`]). Where the text does not decide,
//! a mention stays without an entity or its entity without an actor.

mod chains;
mod context;
mod index;
mod known;
mod names;
mod nominals;
mod persons;
mod phrases;
mod pronouns;
mod rank;
pub(crate) mod seats;
mod senses;
mod several;
mod speakers;
mod sure;
#[cfg(test)]
mod tests;
mod voices;
mod weights;

use crate::{Analysis, Entity, EntityId, EntityKind, Mention, MentionForm, MentionId, WordId};
use chains::Chains;
use context::Context;
use demarche_pack::Pack;
use index::Index;
use known::Known;
use phrases::{Draft, DraftKind};
pub use rank::{CLASSES, Choice, FEATURES, Rival};
use std::collections::BTreeMap;
use voices::Voices;

/// Sentences behind which a noun with an article no longer takes up the same noun.
const SAME_THING: u32 = 12;

/// Fills the mentions and entities of an analysis.
pub fn find_mentions(analysis: &mut Analysis, pack: &Pack) {
    let (mentions, entities) = Linker::new(analysis, pack).link();
    analysis.mentions = mentions;
    analysis.entities = entities;
}

/// What could be meant by each pronoun of the third person, in reading order, while the document is linked as usual:
/// the material from which the weights of the ranking are learnt.
pub fn pronoun_choices(analysis: &Analysis, pack: &Pack) -> Vec<Choice> {
    let mut linker = Linker::new(analysis, pack);
    linker.choices = Some(Vec::new());
    linker.run();
    linker.choices.unwrap_or_default()
}

/// One document while its mentions are linked.
struct Linker<'a> {
    analysis: &'a Analysis,
    pack: &'a Pack,
    context: Context,
    names: Vec<names::Spotted>,
    drafts: Vec<Draft>,
    index: Index,
    known: Known,
    voices: Voices,
    chains: Chains,
    /// Entity of each draft, by its index.
    linked: Vec<Option<usize>>,
    /// Entity of each name, by its index.
    name_entities: Vec<Option<usize>>,
    /// Drafts that the text has reached.
    done: Vec<bool>,
    /// The last draft through which the text spoke of each entity, in reading order.
    last: BTreeMap<usize, usize>,
    /// Where asked for: what could be meant by each pronoun.
    choices: Option<Vec<Choice>>,
    /// True while an owner is linked ahead of its turn: owners of owners wait.
    busy: bool,
}

impl<'a> Linker<'a> {
    fn new(analysis: &'a Analysis, pack: &'a Pack) -> Self {
        let names = names::spot(analysis, pack);
        let context = Context::of(analysis, pack, &names);
        let drafts = phrases::find(analysis, pack, &names);
        let index = Index::of(analysis, &names, &drafts);
        let voices = Voices::of(analysis, &names);
        let linked = vec![None; drafts.len()];
        let done = vec![false; drafts.len()];
        let name_entities = vec![None; names.len()];
        Self {
            analysis,
            pack,
            context,
            names,
            voices,
            drafts,
            index,
            known: Known::default(),
            chains: Chains::default(),
            linked,
            name_entities,
            done,
            last: BTreeMap::new(),
            choices: None,
            busy: false,
        }
    }

    fn link(mut self) -> (Vec<Mention>, Vec<Entity>) {
        self.run();
        self.finish()
    }

    fn run(&mut self) {
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
                DraftKind::Thing => self.link_thing(at),
            }
        }
    }

    /// A thing is taken up by the same noun with an article: "a survey … the survey".
    fn link_thing(&mut self, at: usize) {
        let (head, plural, definite) = {
            let draft = &self.drafts[at];
            (draft.head, draft.plural, draft.definite)
        };
        let lemma = self.analysis.word(head).lemma.to_lowercase();
        let sentence = self.analysis.sentence_of[head.0 as usize].0;
        let known = self.known.things.get(&(lemma.clone(), plural)).copied();
        let same = known.filter(|(_, last)| definite && sentence - last.min(&sentence) <= SAME_THING);
        let entity = match same {
            Some((entity, _)) => entity,
            None => self.chains.thing(self.analysis.form(head), plural),
        };
        self.known.things.insert((lemma, plural), (entity, sentence));
        self.join(at, entity);
    }

    /// Links a draft to an entity and notes it as the latest mention.
    fn join(&mut self, at: usize, entity: usize) {
        self.linked[at] = Some(entity);
        self.note(at);
    }

    /// Notes that the text has reached a linked draft: from here on it can be taken up again.
    fn note(&mut self, at: usize) {
        if let Some(entity) = self.linked[at] {
            let head = self.drafts[at].head;
            let aside = matches!(self.analysis.word(head).deprel.as_str(), "amod" | "compound" | "nmod:desc");
            self.chains.reach(entity, head.0, aside);
            self.last.insert(entity, at);
            self.done[at] = true;
        }
    }

    /// The entity of the draft whose head is this word.
    fn entity_at(&self, head: WordId) -> Option<usize> {
        self.index.draft_at(head).and_then(|at| self.linked[at])
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
            let undecided = linked[at].is_none_or(|it| chains.entities[it].kind == EntityKind::Named);
            let form = match (draft.form, undecided) {
                // A seat that could be one of two is no metonym.
                (MentionForm::Metonym, true) => MentionForm::Name,
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
        let mut own: Vec<Vec<MentionId>> = vec![Vec::new(); order.len()];
        for (at, mention) in mentions.iter().enumerate() {
            if let Some(EntityId(number)) = mention.entity {
                own[number as usize].push(MentionId(at as u32));
            }
        }
        let entities = order
            .iter()
            .zip(own)
            .map(|(at, own)| {
                let held = &chains.entities[*at];
                Entity {
                    name: held.name.clone(),
                    kind: held.kind,
                    actor: held.actor.clone(),
                    description: held.description.clone(),
                    gender: held.gender,
                    plural: held.plural,
                    members: held.members.iter().filter_map(|member| numbers.get(member).copied()).collect(),
                    mentions: own,
                }
            })
            .collect();
        (mentions, entities)
    }
}
