//! Pronouns whose place in the sentence decides whom they mean, before anything is weighed.

use super::Linker;
use super::pronouns::Candidate;
use crate::{EntityKind, WordId};

impl Linker<'_> {
    /// "Putin and his French counterpart": whose counterpart stands before the "and".
    pub(super) fn beside(&self, at: usize) -> Option<usize> {
        let draft = &self.drafts[at];
        let noun = self.analysis.word(draft.head).head.filter(|_| self.is_possessive(draft.head))?;
        let first = self.analysis.word(noun).head?;
        let person = self.entity_at(first).filter(|entity| {
            let held = &self.chains.entities[*entity];
            held.kind == EntityKind::Person && held.named && self.agreement(at, *entity).is_some()
        });
        person.filter(|_| {
            let conj = self.analysis.word(noun).relation() == "conj" && first < draft.head;
            conj && !draft.plural && self.pack.titles.counterpart.contains(&self.analysis.word(noun).lemma)
        })
    }

    /// "Putin and Macron during their talks": the two coordinated in the sentence, where nobody else there is several.
    pub(super) fn own_pair(&self, at: usize, candidates: &[Candidate]) -> Option<Vec<usize>> {
        let pronoun = self.drafts[at].head;
        if !self.drafts[at].plural || !self.is_possessive(pronoun) {
            return None;
        }
        let sentence = self.analysis.sentence_of[pronoun.0 as usize];
        let here = |candidate: &&Candidate| {
            let heads = candidate.drafts.iter().map(|draft| self.drafts[*draft].head);
            heads
                .into_iter()
                .any(|head| self.analysis.sentence_of[head.0 as usize] == sentence && head < pronoun)
        };
        let persons = |it: &&Candidate| {
            it.entities.iter().all(|entity| self.chains.entities[*entity].kind == EntityKind::Person)
        };
        let several = |it: &&Candidate| it.entities.len() > 1 || self.chains.entities[it.entities[0]].plural;
        let mut found = candidates.iter().filter(here).filter(several);
        let pair = found.next().filter(|it| it.entities.len() == 2 && persons(it))?;
        found.next().is_none().then(|| pair.entities.clone())
    }

    /// "spoke with the emir and thanked him": upon whom the subject acts a second time.
    pub(super) fn partner(&self, at: usize) -> Option<usize> {
        let draft = &self.drafts[at];
        let word = self.analysis.word(draft.head);
        if draft.plural || !matches!(word.deprel.as_str(), "obj" | "iobj") {
            return None;
        }
        let verb = word.head.filter(|verb| {
            self.analysis.word(*verb).relation() == "conj"
                && self.analysis.children_in(*verb, "nsubj").next().is_none()
        })?;
        let first = self.analysis.word(verb).head?;
        let mut others = self.analysis.children(first).iter().copied().filter(|other| {
            let with = || {
                let cases = self.analysis.children_in(*other, "case");
                cases.into_iter().any(|case| matches!(self.analysis.form(case), "with" | "to"))
            };
            let relation = self.analysis.word(*other).relation();
            *other < verb && (relation == "obj" || relation == "obl" && with())
        });
        let fits = |entity: &usize| {
            self.chains.entities[*entity].kind == EntityKind::Person && self.agreement(at, *entity).is_some()
        };
        let found: Vec<usize> =
            others.by_ref().filter_map(|other| self.entity_at(other)).filter(|it| fits(it)).collect();
        match found[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// "Macron told Putin when they spoke that …": those of whom one does something to the other, where they meet or speak.
    pub(super) fn both(&self, at: usize) -> Option<Vec<usize>> {
        let draft = &self.drafts[at];
        let word = self.analysis.word(draft.head);
        if !draft.plural || word.deprel != "nsubj" {
            return None;
        }
        let verb = word.head.filter(|verb| {
            let clause = self.analysis.word(*verb);
            clause.relation() == "advcl" && self.pack.titles.mutual.contains(&clause.lemma)
        })?;
        let opens = self.analysis.children(verb).iter().any(|child| {
            matches!(self.analysis.word(*child).lemma.as_str(), "when" | "as" | "while" | "after" | "before")
        });
        let mut main = self.analysis.word(verb).head.filter(|_| opens)?;
        // "asked Roe to pull back when they talked": the two stand with the verb above.
        while self.analysis.word(main).relation() == "xcomp" {
            main = self.analysis.word(main).head?;
        }
        self.two_of(main)
    }

    /// "handed it to him at their talks": those whose talks they are, where the clause has no others.
    pub(super) fn met(&self, at: usize) -> Option<Vec<usize>> {
        let pronoun = self.drafts[at].head;
        if !self.drafts[at].plural || !self.is_possessive(pronoun) {
            return None;
        }
        let noun = self.analysis.word(pronoun).head?;
        let word = self.analysis.word(noun);
        let there = self.analysis.children_in(noun, "case").any(|case| {
            let form = self.analysis.form(case).to_lowercase();
            matches!(form.as_str(), "at" | "in" | "during" | "after" | "before")
        });
        let met = matches!(
            word.lemma.as_str(),
            "talk"
                | "talks"
                | "meeting"
                | "conversation"
                | "call"
                | "encounter"
                | "session"
                | "dinner"
                | "lunch"
        );
        let verb = word.head.filter(|_| there && met && word.relation() == "obl")?;
        self.subjects_behind(verb, pronoun).or_else(|| self.two_of(verb))
    }

    /// "At their meeting in Astana, Karimov and Nazarbayev signed": the named subjects of the clause that the phrase opens.
    fn subjects_behind(&self, verb: WordId, pronoun: WordId) -> Option<Vec<usize>> {
        let subject = self.analysis.children_in(verb, "nsubj").find(|subject| *subject > pronoun)?;
        let all = std::iter::once(subject).chain(self.analysis.children_in(subject, "conj"));
        let people: Option<Vec<usize>> = all
            .map(|word| {
                let named = self.index.name_over(word).and_then(|number| self.name_entities[number]);
                named.filter(|entity| self.chains.entities[*entity].kind == EntityKind::Person)
            })
            .collect();
        people.filter(|people| people.len() > 1)
    }

    /// The person who does what a verb says and the one to, with or from whom it is done.
    fn two_of(&self, main: WordId) -> Option<Vec<usize>> {
        let person = |word: WordId| {
            self.entity_at(word).filter(|entity| {
                let held = &self.chains.entities[*entity];
                held.kind == EntityKind::Person && !held.plural
            })
        };
        let actor = self.analysis.children_in(main, "nsubj").next().and_then(person)?;
        let mut others = self.analysis.children(main).iter().copied().filter(|other| {
            let relation = self.analysis.word(*other).relation();
            let to = || {
                let mut cases = self.analysis.children_in(*other, "case");
                cases.any(|case| matches!(self.analysis.form(case), "with" | "to" | "from"))
            };
            matches!(relation, "obj" | "iobj") || relation == "obl" && to()
        });
        let other = others.find_map(person).filter(|other| *other != actor)?;
        Some(vec![actor, other])
    }
}
