//! Finds who speaks in a stretch between quotation marks: for "I", "we", "our" in it.

use super::Linker;
use super::phrases::DraftKind;
use crate::{EntityKind, Quoted, WordId};
use demarche_pack::cues::{CueClass, Speech};

impl Linker<'_> {
    /// The innermost stretch between quotation marks around a word.
    pub(super) fn quoted_at(&self, word: WordId) -> Option<&Quoted> {
        self.index.quote_of(word).map(|at| &self.analysis.quoted[at])
    }

    /// True if a verb reports speech.
    pub(super) fn is_speech(&self, verb: WordId) -> bool {
        let lemma = self.analysis.word(verb).lemma.to_lowercase();
        self.pack
            .cues
            .find(CueClass::Verb, &lemma, [])
            .is_some_and(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude))
    }

    /// Who speaks a quoted word: the subject of the speech verb of the same sentence outside the marks, else of a
    /// neighbouring sentence of the same paragraph.
    pub(super) fn speaker(&self, word: WordId) -> Option<usize> {
        let quoted = *self.quoted_at(word)?;
        let inside = |it: WordId| quoted.outer.contains(self.analysis.word(it).span);
        let own = self.analysis.sentence_of[word.0 as usize].0 as usize;
        let paragraph = self.analysis.sentences[own].paragraph;
        let first = self.sentence_at(quoted.outer.start());
        let last = self.sentence_at(quoted.outer.end().saturating_sub(1));
        let mut order: Vec<usize> = vec![own, last, first];
        order.extend(last + 1..=last + 1);
        order.extend(first.checked_sub(1));
        for sentence in order {
            let Some(held) = self.analysis.sentences.get(sentence).filter(|held| held.paragraph == paragraph)
            else {
                continue;
            };
            let verbs = self.analysis.ids(&held.words).filter(|verb| !inside(*verb) && self.is_speech(*verb));
            for verb in verbs {
                let subject = self
                    .analysis
                    .children(verb)
                    .iter()
                    .copied()
                    .find(|child| self.analysis.word(*child).deprel == "nsubj" && !inside(*child));
                let subject = subject.or_else(|| {
                    let above = self
                        .analysis
                        .word(verb)
                        .head
                        .filter(|_| self.analysis.word(verb).relation() == "conj")?;
                    self.analysis.children_in(above, "nsubj").next()
                });
                if let Some(entity) = subject.and_then(|subject| self.speaking_entity(subject)) {
                    return Some(entity);
                }
            }
        }
        None
    }

    fn sentence_at(&self, byte: usize) -> usize {
        self.analysis.sentences.partition_point(|sentence| sentence.span.end() <= byte)
    }

    fn speaking_entity(&self, subject: WordId) -> Option<usize> {
        let entity = self.entity_at(subject).or_else(|| {
            let sentence = self.analysis.sentence_of[subject.0 as usize].0;
            let inside = self.index.near(sentence, 0).find(|at| {
                self.drafts[*at].kind == DraftKind::Name && self.drafts[*at].words.contains(&subject.0)
            });
            inside.and_then(|at| self.linked[at])
        })?;
        (self.chains.entities[entity].kind != EntityKind::Thing).then_some(entity)
    }
}
