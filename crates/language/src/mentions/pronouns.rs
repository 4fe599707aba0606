//! Links pronouns: number, gender, binding, recency, subjects first; abstains where nothing fits.

use super::Linker;
use super::phrases::DraftKind;
use crate::{EntityKind, Gender, WordId};
use demarche_pack::world::ActorKind;
use demarche_record::Genre;

/// Sentences behind which a pronoun does not reach.
const REACH: u32 = 4;

impl Linker<'_> {
    pub(super) fn link_pronoun(&mut self, at: usize) {
        let form = self.drafts[at].lemma.clone();
        let entity = match form.as_str() {
            "i" | "me" | "my" | "mine" | "myself" => self.first_person(at),
            "we" | "us" | "our" | "ours" | "ourselves" => self.we(at),
            _ => self.third_person(at),
        };
        if let Some(entity) = entity {
            let gender = self.drafts[at].gender;
            let held = &mut self.chains.entities[entity];
            if held.kind == EntityKind::Person && held.gender.is_none() {
                held.gender = gender;
            }
            self.join(at, entity);
        }
    }

    /// "I": the speaker of the quotation, else the author of an opinion.
    fn first_person(&mut self, at: usize) -> Option<usize> {
        let head = self.drafts[at].head;
        if self.quoted_at(head).is_some() {
            return self
                .speaker(head)
                .filter(|entity| self.chains.entities[*entity].kind == EntityKind::Person);
        }
        self.author()
    }

    fn author(&mut self) -> Option<usize> {
        let document = &self.analysis.document;
        let byline =
            document.byline.clone().filter(|_| matches!(document.genre, Genre::Opinion | Genre::Analysis))?;
        let actor = super::senses::minted(&byline);
        let known = self.pack.world.senses(&byline).next().map(|sense| sense.actor.clone());
        let known = known.filter(|actor| self.pack.world.person(actor).is_some());
        let entity = match known {
            Some(actor) => self.actor_entity(&actor),
            None => self.chains.of_actor(&actor, &byline, EntityKind::Person),
        };
        let role = document.author_role.clone();
        let held = &mut self.chains.entities[entity];
        held.named = true;
        held.description = held.description.take().or(role);
        Some(entity)
    }

    /// "we": the side of the quoted speaker.
    fn we(&mut self, at: usize) -> Option<usize> {
        let head = self.drafts[at].head;
        self.quoted_at(head)?;
        let speaker = self.speaker(head)?;
        if self.chains.entities[speaker].kind != EntityKind::Person {
            return Some(speaker);
        }
        let Some(side) = self.side_actor(speaker) else { return Some(speaker) };
        Some(match self.chains.find_actor(&side) {
            Some(entity) => entity,
            None => {
                if self.pack.world.actor(&side).is_none() {
                    return Some(speaker);
                }
                self.actor_entity(&side)
            }
        })
    }

    fn third_person(&mut self, at: usize) -> Option<usize> {
        let draft = self.drafts[at].clone();
        let reflexive = draft.lemma.ends_with("self") || draft.lemma.ends_with("selves");
        if reflexive {
            return self.subject_entity(draft.head);
        }
        let mut best: Option<(i32, usize)> = None;
        for entity in 0..self.chains.entities.len() {
            if let Some(score) = self.fitness(at, entity)
                && best.is_none_or(|(held, _)| score > held)
            {
                best = Some((score, entity));
            }
        }
        let pair = if draft.plural { self.coordination(at) } else { None };
        if let Some((members, score)) = pair
            && best.is_none_or(|(held, _)| score > held)
        {
            return Some(self.chains.several(members));
        }
        best.filter(|(score, _)| *score > 0).map(|(_, entity)| entity)
    }

    /// Subject of the clause a word stands in.
    fn subject_entity(&self, word: WordId) -> Option<usize> {
        let mut at = word;
        for _ in 0..12 {
            at = self.analysis.word(at).head?;
            if let Some(subject) = self.analysis.children_in(at, "nsubj").next() {
                return self.entity_at(subject);
            }
        }
        None
    }

    /// How well an entity fits a pronoun; `None` if it cannot be meant.
    fn fitness(&self, at: usize, entity: usize) -> Option<i32> {
        let draft = &self.drafts[at];
        let held = &self.chains.entities[entity];
        let last =
            held.reached.iter().copied().filter(|it| *it != at).max_by_key(|it| self.drafts[*it].head)?;
        let agreement = self.agreement(at, entity)?;
        let antecedent = &self.drafts[last];
        let distance = self.sentences_between(antecedent.head, draft.head);
        if distance > REACH {
            return None;
        }
        if self.bound(antecedent.head, draft.head) || self.quoted_self(draft.head, entity) {
            return None;
        }
        let mut score = 60 + agreement - 14 * distance as i32;
        // Salience: the best role that the entity had in its latest sentence.
        let sentence = self.analysis.sentence_of[antecedent.head.0 as usize];
        let recent = held
            .reached
            .iter()
            .filter(|it| self.analysis.sentence_of[self.drafts[**it].head.0 as usize] == sentence);
        score += recent.map(|it| self.prominence(*it)).max().unwrap_or(0);
        score += (held.reached.len().min(6) as i32) * 2;
        score += if held.named { 6 } else { 0 };
        let gap = (draft.head.0 - antecedent.head.0.min(draft.head.0)) as i32;
        score -= (gap / 4).min(14);
        if distance == 0 && self.subject_entity(draft.head) == Some(entity) && self.is_possessive(draft.head)
        {
            score += 16;
        }
        let same_paragraph = self.paragraph(antecedent.head) == self.paragraph(draft.head);
        score -= if same_paragraph { 0 } else { 6 };
        if self.speaks(draft.head) && self.has_spoken(entity) {
            score += 12;
        }
        Some(score)
    }

    fn paragraph(&self, word: WordId) -> u32 {
        self.analysis.sentence(word).paragraph
    }

    fn is_possessive(&self, word: WordId) -> bool {
        self.analysis.word(word).deprel == "nmod:poss"
    }

    /// Number, gender and animacy: `None` if they exclude each other.
    fn agreement(&self, at: usize, entity: usize) -> Option<i32> {
        let draft = &self.drafts[at];
        let held = &self.chains.entities[entity];
        let plural = held.plural || held.kind == EntityKind::Several;
        if draft.plural {
            return match held.kind {
                EntityKind::Several => Some(10),
                EntityKind::Body if plural => Some(8),
                EntityKind::Thing if plural => Some(-4),
                EntityKind::Body => {
                    let actor = held.actor.as_ref().and_then(|it| self.pack.world.actor(it));
                    let state = actor.is_some_and(|it| it.kind == ActorKind::State);
                    Some(if state { -40 } else { -16 })
                }
                _ => None,
            };
        }
        if plural {
            return None;
        }
        match draft.gender {
            Some(Gender::Neuter) => match held.kind {
                EntityKind::Body => {
                    let state = held.actor.as_ref().is_some_and(|it| self.pack.world.actor(it).is_some());
                    let acting = self.speaks(draft.head) || self.is_possessive(draft.head);
                    let copular = self
                        .analysis
                        .word(draft.head)
                        .head
                        .is_some_and(|it| self.analysis.children_in(it, "cop").next().is_some());
                    let copular = copular && self.analysis.word(draft.head).relation() == "nsubj";
                    Some(
                        if acting { 6 } else { -4 } + if state { 2 } else { 0 }
                            - if copular { 20 } else { 0 },
                    )
                }
                EntityKind::Place => Some(-8),
                EntityKind::Thing => Some(if self.speaks(draft.head) { -40 } else { -4 }),
                _ => None,
            },
            Some(wanted) => match held.kind {
                EntityKind::Person if held.gender.is_some_and(|own| own != wanted) => None,
                EntityKind::Person => Some(if held.gender.is_some() { 6 } else { 0 }),
                _ => None,
            },
            None => None,
        }
    }

    /// How prominent a mention is by its role.
    fn prominence(&self, at: usize) -> i32 {
        let word = self.analysis.word(self.drafts[at].head);
        let main = self.depth(self.drafts[at].head) <= 2;
        match word.deprel.as_str() {
            "nsubj" | "nsubj:pass" if main => 18,
            "nsubj" | "nsubj:pass" | "nsubj:outer" => 14,
            "obj" | "iobj" => 8,
            "obl" | "obl:agent" | "appos" => 5,
            "conj" => 4,
            "nmod:poss" => 5,
            "amod" | "compound" | "nmod:desc" => -8,
            _ => 0,
        }
    }

    fn depth(&self, word: WordId) -> usize {
        std::iter::successors(self.analysis.word(word).head, |at| self.analysis.word(*at).head)
            .take(20)
            .count()
    }

    /// Two arguments of one verb are two: "Macron told him".
    fn bound(&self, antecedent: WordId, pronoun: WordId) -> bool {
        if self.is_possessive(pronoun)
            || self.analysis.sentence_of[antecedent.0 as usize]
                != self.analysis.sentence_of[pronoun.0 as usize]
        {
            return self.is_possessive(pronoun) && self.analysis.word(pronoun).head == Some(antecedent);
        }
        let clause = |word: WordId| {
            let mut at = word;
            for _ in 0..6 {
                let head = self.analysis.word(at).head?;
                let relation = self.analysis.word(at).relation();
                at = head;
                if matches!(relation, "nsubj" | "obj" | "iobj" | "obl") {
                    return Some(at);
                }
                if !matches!(relation, "conj" | "flat" | "appos") {
                    return None;
                }
            }
            None
        };
        matches!((clause(antecedent), clause(pronoun)), (Some(one), Some(two)) if one == two)
    }

    /// A speaker does not call himself "he" inside his own quotation.
    fn quoted_self(&self, word: WordId, entity: usize) -> bool {
        self.quoted_at(word).is_some() && self.speaker(word) == Some(entity)
    }

    /// True if the word is subject of a verb of speech.
    fn speaks(&self, word: WordId) -> bool {
        self.analysis.word(word).relation() == "nsubj"
            && self.analysis.word(word).head.is_some_and(|verb| self.is_speech(verb))
    }

    /// True if the latest mention of an entity was as a speaker.
    fn has_spoken(&self, entity: usize) -> bool {
        let last = self.chains.entities[entity].reached.last();
        last.is_some_and(|at| self.speaks(self.drafts[*at].head))
    }

    /// The latest two that stand coordinated or meet in one clause, for "they".
    fn coordination(&self, at: usize) -> Option<(Vec<usize>, i32)> {
        let pronoun = self.drafts[at].head;
        let mut best: Option<(i32, Vec<usize>)> = None;
        for draft in self.drafts.iter().filter(|draft| {
            matches!(draft.kind, DraftKind::Name | DraftKind::Nominal) && draft.head < pronoun
        }) {
            let distance = self.sentences_between(draft.head, pronoun);
            if distance > 2 {
                continue;
            }
            let mut heads = vec![draft.head];
            heads.extend(self.analysis.children_in(draft.head, "conj").filter(|it| *it < pronoun));
            let members: Vec<usize> = heads.iter().filter_map(|head| self.entity_at(*head)).collect();
            let animate = members
                .iter()
                .all(|it| matches!(self.chains.entities[*it].kind, EntityKind::Person | EntityKind::Body));
            if members.len() < 2
                || members.len() != heads.len()
                || !animate
                || members.windows(2).any(|it| it[0] == it[1])
            {
                continue;
            }
            let subject = self.analysis.word(draft.head).relation() == "nsubj";
            let score = 66 - 14 * distance as i32 + if subject { 14 } else { 4 };
            if best.as_ref().is_none_or(|(held, _)| score >= *held) {
                best = Some((score, members));
            }
        }
        best.map(|(score, members)| (members, score))
    }
}
