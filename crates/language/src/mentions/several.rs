//! Links phrases for several: "the two leaders", "both sides", "the presidents of Russia and France".

use super::Linker;
use super::phrases::DraftKind;
use super::senses::{fits_title, last_word};
use crate::{EntityKind, MentionForm, WordId};
use demarche_pack::titles::NounKind;
use demarche_pack::world::ActorKind;
use std::collections::BTreeSet;

/// Mentions of somebody whom a text is about.
const OFTEN: usize = 3;

/// Sentences behind which nobody is counted as one of two.
const REACH: u32 = 6;

impl Linker<'_> {
    pub(super) fn link_several(&mut self, at: usize) {
        let draft = self.drafts[at].clone();
        let owners = self.owners_of(at);
        if owners.len() > 1 {
            let noun = last_word(&draft.lemma);
            let members: Vec<usize> = owners
                .iter()
                .filter_map(|owner| self.holder(&draft.title, &noun, Some(owner), draft.former, None))
                .collect();
            if members.len() == owners.len() {
                let entity = self.chains.several(members);
                return self.join(at, entity);
            }
        }
        let both = draft.form == MentionForm::Pronoun;
        if both || draft.definite && owners.is_empty() {
            let titles = &self.pack.titles;
            let sides = titles.sides.contains(&draft.lemma) || titles.states.contains(&draft.lemma);
            // "both men": the pack lists them as a crowd.
            let person = draft.entry.as_ref().is_some_and(|entry| entry.kind == NounKind::Person)
                || titles.anybody.contains(&draft.lemma);
            let count = self.count_of(at);
            let members = if count != 2 {
                // "the three leaders": only those whom the text put together.
                self.known_group(at, count, true, None).filter(|_| person)
            } else if both {
                self.latest_pair(at, true, None).or_else(|| self.latest_pair(at, false, None))
            } else if person && !sides {
                // "the two army chiefs" behind two presidents are others, whom the text does not name.
                let pair = self.latest_pair(at, true, Some((&draft.title, &draft.lemma)));
                pair.or_else(|| {
                    self.latest_pair(at, true, None).filter(|pair| self.could_be_any(&draft.lemma, pair))
                })
            } else if sides {
                self.latest_pair(at, false, None).or_else(|| self.sides_of_pair(at))
            } else {
                None
            };
            if let Some(members) = members.filter(|pair| !self.acts_on_them(at, pair)) {
                let entity = self.chains.several(members);
                return self.join(at, entity);
            }
        }
        // Taken up with the same noun.
        let same = self.chains.actors().iter().copied().rev().find(|entity| {
            let held = &self.chains.entities[*entity];
            draft.definite
                && held.kind == EntityKind::Several
                && held.nouns.contains(&draft.lemma)
                && held.reached > 0
        });
        let entity = same.unwrap_or_else(|| {
            let span = self.analysis.word(WordId(draft.words.start)).span;
            let span = span.cover(self.analysis.word(WordId(draft.words.end - 1)).span);
            let text = self.analysis.text(span).to_owned();
            let entity = self.chains.add(&text, EntityKind::Several);
            self.chains.entities[entity].plural = true;
            self.chains.entities[entity].nouns.push(draft.lemma.clone());
            entity
        });
        self.join(at, entity);
    }

    /// The two persons or bodies the text spoke of last.
    fn latest_pair(&self, at: usize, persons: bool, titled: Option<(&str, &str)>) -> Option<Vec<usize>> {
        let head = self.drafts[at].head;
        if let Some(pair) = self.known_group(at, 2, persons, titled) {
            return Some(pair);
        }
        let mut found: Vec<(u32, usize)> = Vec::new();
        for entity in self.chains.actors().iter().copied() {
            let held = &self.chains.entities[entity];
            let latest = self.latest(entity);
            if held.kind == EntityKind::Body && held.aside == held.reached {
                continue;
            }
            if latest == 0 || self.sentences_between(WordId(latest - 1), head) > REACH || held.plural {
                continue;
            }
            if self.stands_between(WordId(latest - 1)) {
                continue;
            }
            let fits = if persons {
                held.kind == EntityKind::Person
                    && (held.named || held.actor.is_some())
                    && titled.is_none_or(|(title, lemma)| self.could_hold(entity, title, lemma))
            } else {
                let actor = held.actor.as_ref().and_then(|actor| self.pack.world.actor(actor));
                held.kind == EntityKind::Body
                    && actor.is_none_or(|actor| {
                        matches!(
                            actor.kind,
                            ActorKind::State
                                | ActorKind::Territory
                                | ActorKind::ArmedForce
                                | ActorKind::ArmedGroup
                                | ActorKind::Alliance
                                | ActorKind::Party
                                | ActorKind::Organ
                                | ActorKind::InternationalOrganisation
                        )
                    })
                    && held.actor.is_some()
            };
            if fits {
                found.push((latest, entity));
            }
        }
        // A territory is a side only where no two states are there to be meant.
        let territory = |entity: usize| {
            let actor = self.chains.entities[entity].actor.as_ref().and_then(|it| self.pack.world.actor(it));
            actor.is_some_and(|it| it.kind == ActorKind::Territory)
        };
        if found.iter().filter(|(_, entity)| !territory(*entity)).count() > 1 {
            found.retain(|(_, entity)| !territory(*entity));
        }
        // Two whom the text is about all along are meant, and not one whom it names once in between.
        let reached = |entity: usize| self.chains.entities[entity].reached;
        if !persons && found.iter().filter(|(_, entity)| reached(*entity) >= OFTEN).count() > 1 {
            found.retain(|(_, entity)| reached(*entity) > 1);
        }
        found.sort_unstable_by(|one, two| two.cmp(one));
        let mut members: Vec<usize> = Vec::new();
        for (_, entity) in found.iter().copied() {
            let rival = members.iter().all(|member| {
                let (one, two) = (&self.chains.entities[*member], &self.chains.entities[entity]);
                match (&one.actor, &two.actor) {
                    // An organ and its own state are no two sides; an army and a group of one country may be.
                    (Some(one), Some(two)) if !persons => {
                        !self.pack.world.is_part(one, two)
                            && !self.pack.world.is_part(two, one)
                            && self.pack.world.side_of(one, None) != self.pack.world.side_of(two, None)
                    }
                    _ => true,
                }
            });
            if rival {
                members.push(entity);
            }
            if members.len() == 2 {
                members.reverse();
                return Some(self.as_states(members, &found));
            }
        }
        None
    }

    /// Beside a state the other of the two is a state as well, where the text names it, and not its army.
    fn as_states(&self, members: Vec<usize>, near: &[(u32, usize)]) -> Vec<usize> {
        let actor = |entity: usize| {
            self.chains.entities[entity].actor.as_ref().and_then(|actor| self.pack.world.actor(actor))
        };
        let state = |entity: usize| actor(entity).is_some_and(|it| it.kind == ActorKind::State);
        let whole = |entity: usize| {
            let part = self.chains.entities[entity].actor.as_ref()?;
            let states = near.iter().map(|(_, other)| *other).filter(|other| state(*other));
            states
                .into_iter()
                .find(|other| actor(*other).is_some_and(|it| self.pack.world.is_part(part, &it.id)))
        };
        if !members.iter().any(|member| state(*member)) {
            return members;
        }
        members.into_iter().map(|member| whole(member).filter(|_| !state(member)).unwrap_or(member)).collect()
    }

    /// How many a phrase says they are; two where it does not say.
    fn count_of(&self, at: usize) -> usize {
        let words = self.analysis.ids(&self.drafts[at].words);
        let count = |word| match self.analysis.form(word).to_lowercase().as_str() {
            "three" | "3" => Some(3),
            "four" | "4" => Some(4),
            _ => None,
        };
        words.into_iter().find_map(count).unwrap_or(2)
    }

    /// A pair or a group of so many that the text itself put together: taken up already, or coordinated.
    fn known_group(
        &self,
        at: usize,
        count: usize,
        persons: bool,
        titled: Option<(&str, &str)>,
    ) -> Option<Vec<usize>> {
        let head = self.drafts[at].head;
        let fits = |members: &[usize]| {
            members.len() == count
                && members.iter().all(|member| {
                    let held = &self.chains.entities[*member];
                    let kind = if persons { EntityKind::Person } else { EntityKind::Body };
                    held.kind == kind
                        && held.actor.is_some()
                        && titled.is_none_or(|(title, lemma)| self.could_hold(*member, title, lemma))
                })
        };
        let mut found: Vec<(u32, Vec<usize>)> = Vec::new();
        for entity in self.chains.actors().iter().copied() {
            let held = &self.chains.entities[entity];
            let latest = self.latest(entity);
            let near = latest > 0 && self.sentences_between(WordId(latest - 1), head) <= REACH;
            let aside = near && self.looks_on(WordId(latest - 1));
            if held.kind == EntityKind::Several && near && !aside && fits(&held.members) {
                found.push((latest, held.members.clone()));
            }
        }
        let sentence = self.analysis.sentence_of[head.0 as usize].0;
        let near = self.index.near(sentence, REACH).map(|at| &self.drafts[at]);
        for draft in near.filter(|draft| draft.kind == DraftKind::Name && draft.head < head) {
            if self.stands_between(draft.head) {
                continue;
            }
            // "and President Ilham Aliyev": the title may hang beside the name.
            let others =
                self.analysis.children_in(draft.head, "conj").filter_map(|word| self.entity_at(word));
            let others: BTreeSet<usize> = others.collect();
            let members = match (self.entity_at(draft.head), others.len()) {
                (Some(one), more) if more + 1 == count => {
                    Some([one].into_iter().chain(others).collect::<Vec<_>>())
                }
                _ => None,
            };
            if let Some(members) =
                members.filter(|members| !members[1..].contains(&members[0]) && fits(members))
            {
                found.push((draft.head.0, members));
            }
        }
        let (latest, members) = found.into_iter().max()?;
        (self.sentences_between(WordId(latest.saturating_sub(1)), head) <= REACH).then_some(members)
    }

    /// "talks mediated by Turkey and Qatar", "a truce that the two brokered", "China offered to mediate": who stands between
    /// others is neither of them.
    fn stands_between(&self, word: WordId) -> bool {
        let role = self.analysis.word(word);
        let verb = role.head.filter(|_| matches!(role.relation(), "obl" | "nsubj"));
        verb.is_some_and(|verb| {
            // "mediates for the Union".
            let doer = role.relation() == "nsubj" && role.deprel != "nsubj:pass"
                || self
                    .analysis
                    .children_in(word, "case")
                    .any(|case| matches!(self.analysis.word(case).lemma.as_str(), "by" | "for"));
            let mediates =
                |verb: WordId| self.pack.titles.mediating.contains(&self.analysis.word(verb).lemma);
            let mut offered = ["xcomp", "advcl"].iter().flat_map(|it| self.analysis.children_in(verb, it));
            doer && (mediates(verb) || offered.any(mediates))
        })
    }

    /// "in the presence of the ministers of A and B", "accompanied by their ministers": who is there is not who meets.
    fn looks_on(&self, word: WordId) -> bool {
        let role = self.analysis.word(word);
        let Some(above) = role.head else { return false };
        let above_lemma = self.analysis.word(above).lemma.as_str();
        match role.relation() {
            "nmod" => above_lemma == "presence",
            "obl" => {
                matches!(above_lemma, "accompany" | "attend" | "support" | "flank" | "assist" | "join")
                    && self
                        .analysis
                        .children_in(word, "case")
                        .any(|case| self.analysis.word(case).lemma == "by")
            }
            _ => false,
        }
    }

    /// True if somebody has or may have a title: two presidents, but also a president and a prime minister as leaders.
    fn could_hold(&self, entity: usize, title: &str, lemma: &str) -> bool {
        let held = &self.chains.entities[entity];
        let titles = &self.pack.titles;
        let ruler = matches!(lemma, "leader" | "head of state" | "head" | "ruler" | "statesman");
        let own = held.roles.iter().map(|role| (role.title.clone(), role.noun.clone()));
        let pack = self.offices(entity).into_iter().flat_map(|office| office.titles.clone());
        let pack: Vec<(String, String)> = pack.map(|it| (it.clone(), last_word(&it))).collect();
        let mut all = own.chain(pack);
        all.any(|(known, noun)| {
            fits_title(&known, title, lemma)
                || ruler && (titles.rulers.contains(&known) || titles.rulers.contains(&noun))
        })
    }

    /// True if a noun says of nobody what he is, or nothing is known of what the members are.
    fn could_be_any(&self, lemma: &str, members: &[usize]) -> bool {
        self.pack.titles.anybody.contains(lemma)
            || members.iter().all(|member| {
                let held = &self.chains.entities[*member];
                let office = |actor| self.pack.world.offices_of(actor, None).next().is_some();
                held.roles.is_empty() && !held.actor.as_ref().is_some_and(office)
            })
    }

    /// "The envoy of the United Nations urged both sides": who acts upon both, or whose envoy does, is neither of them.
    fn acts_on_them(&self, at: usize, pair: &[usize]) -> bool {
        let head = self.drafts[at].head;
        let word = self.analysis.word(head);
        if !matches!(word.relation(), "obj" | "iobj" | "obl") {
            return false;
        }
        let Some(mut verb) = word.head else { return false };
        // "welcomed the opening and urged both sides": the subject stands with the first verb.
        let subject = loop {
            if let Some(subject) = self.analysis.children_in(verb, "nsubj").next() {
                break subject;
            }
            match self.analysis.word(verb).head {
                Some(above) if matches!(self.analysis.word(verb).relation(), "conj" | "xcomp") => {
                    verb = above
                }
                _ => return false,
            }
        };
        let within = self.analysis.subtree(subject);
        within.into_iter().filter_map(|word| self.entity_at(word)).any(|entity| pair.contains(&entity))
    }

    /// The sides of the two persons the text spoke of last.
    fn sides_of_pair(&mut self, at: usize) -> Option<Vec<usize>> {
        let persons = self.latest_pair(at, true, None)?;
        let sides: Vec<_> = persons.iter().filter_map(|person| self.side_actor(*person)).collect();
        let [one, two] = &sides[..] else { return None };
        (one != two).then(|| vec![self.actor_entity(one), self.actor_entity(two)])
    }
}
