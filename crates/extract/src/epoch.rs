//! Which age an event belongs to: the running affair, its earlier phases, or history.

use crate::{Reading, status};
use demarche_language::{EntityId, Sentence, TimeExpression, Upos, WordId};
use demarche_record::{Epoch, Status};
use demarche_text::Span;

/// Paragraphs after a historical one that can still belong to its story.
const CARRIED: u32 = 2;
/// Prepositions that set a clause inside an age.
const INSIDE: &[&str] = &["in", "during", "throughout", "under", "of", "at", "amid"];

impl Reading<'_> {
    /// Which age a trigger belongs to: that of its own time, else of an age that it is set in by name, else of the
    /// other times of its sentence, else of its paragraph if all times there agree on another age, else of the story
    /// from history that the paragraph goes on with, else the present.
    pub fn epoch(&self, trigger: WordId, time: Option<&TimeExpression>) -> Epoch {
        if self.is_set_in_an_age(trigger) {
            return Epoch::Historical;
        }
        if let Some(time) = time {
            return time.epoch;
        }
        if let Some(epoch) = self.shifted(trigger) {
            return epoch;
        }
        let sentence = self.analysis.sentence(trigger);
        if let Some(first) = self.epochs(sentence.span).first() {
            return *first;
        }
        let paragraph =
            self.analysis.document.block_at(self.word(trigger).span.start()).map(|block| block.span);
        if let Some(first) = paragraph.and_then(|span| self.epochs(span).first().copied()) {
            return first;
        }
        if self.goes_on_with_history(sentence) { Epoch::Historical } else { Epoch::Current }
    }

    /// The ages of the times inside a span, nearest to the present first.
    fn epochs(&self, span: Span) -> Vec<Epoch> {
        let inside = self.analysis.times.iter().filter(|time| span.contains(time.span));
        let mut epochs: Vec<Epoch> = inside.map(|time| time.epoch).collect();
        epochs.sort_unstable();
        epochs
    }

    /// "During the Cold War": a name of an age under the trigger or under a predicate that carries it.
    fn is_set_in_an_age(&self, trigger: WordId) -> bool {
        let mut at = trigger;
        for _ in 0..8 {
            let set = self.analysis.children(at).iter().any(|child| {
                matches!(self.word(*child).relation(), "obl" | "nmod")
                    && self.preposition(*child).is_some_and(|it| INSIDE.contains(&it.as_str()))
                    && self.names_an_age(*child)
            });
            if set {
                return true;
            }
            match self.word(at).head {
                Some(above)
                    if matches!(
                        self.word(at).relation(),
                        "obj" | "nsubj" | "nmod" | "xcomp" | "conj" | "obl" | "advcl" | "acl"
                    ) =>
                {
                    at = above
                }
                _ => return false,
            }
        }
        false
    }

    fn names_an_age(&self, head: WordId) -> bool {
        let words = self.analysis.subtree(head);
        let Some(span) = self.analysis.cover(&words) else { return false };
        let text = self.analysis.text(span);
        let near = &text[..text.floor_char_boundary(60.min(text.len()))];
        self.pack.cues.ages().iter().any(|age| near.contains(age.as_str()))
    }

    /// "two years earlier", "a decade ago", "centuries before" where no date is known to count from.
    fn shifted(&self, trigger: WordId) -> Option<Epoch> {
        let mut at = trigger;
        for _ in 0..6 {
            let found = self.analysis.children(at).iter().copied().find_map(|child| {
                // "last year", "in the previous century".
                let gone = matches!(self.word(child).relation(), "obl" | "nmod" | "advmod")
                    && self.analysis.children_in(child, "amod").any(|it| {
                        matches!(
                            self.lemma(it).to_lowercase().as_str(),
                            "last" | "previous" | "past" | "late"
                        )
                    });
                if gone && let Some(epoch) = age_of(self.lemma(child)) {
                    return Some(epoch);
                }
                if !matches!(self.analysis.form(child).to_lowercase().as_str(), "ago" | "earlier" | "before")
                {
                    return None;
                }
                let units = self.analysis.children(child).iter();
                units.copied().find_map(|unit| age_of(self.lemma(unit)))
            });
            if found.is_some() {
                return found;
            }
            match self.word(at).head {
                Some(above)
                    if matches!(
                        self.word(at).relation(),
                        "obj" | "nsubj" | "nmod" | "xcomp" | "conj" | "advcl" | "acl"
                    ) =>
                {
                    at = above
                }
                _ => return None,
            }
        }
        None
    }

    /// True if a sentence without a time goes on with what a paragraph before it told of another age: it tells the
    /// past of somebody whom the text knows only from there, and nothing in between comes back to the present.
    fn goes_on_with_history(&self, sentence: &Sentence) -> bool {
        let Some(head) = root(self, sentence) else { return false };
        if !self.tells_the_past(head) {
            return false;
        }
        let Some(start) = self.history_before(sentence) else { return false };
        let subject = self.subject(head).and_then(|subject| self.mention(subject));
        let Some(entity) = subject.and_then(|id| self.analysis.mention(id).entity) else { return false };
        self.known_only_from(entity, start)
    }

    /// The first byte of the historical paragraph whose story may still go on: no sentence between it and this one
    /// has a time of the present or a finite verb in it.
    fn history_before(&self, sentence: &Sentence) -> Option<usize> {
        let earlier =
            self.analysis.sentences.iter().rev().filter(|it| it.span.end() <= sentence.span.start());
        for before in earlier {
            if before.paragraph + CARRIED < sentence.paragraph {
                return None;
            }
            let epochs = self.epochs(before.span);
            match epochs.first() {
                Some(Epoch::Historical) => {
                    let block = self.analysis.document.block_at(before.span.start()).map(|block| block.span);
                    return Some(block.map_or(before.span.start(), |span| span.start()));
                }
                Some(_) => return None,
                None => {
                    let past = root(self, before).is_some_and(|head| self.tells_the_past(head));
                    if !past {
                        return None;
                    }
                }
            }
        }
        None
    }

    /// True if everything that the text tells of an entity before a place is no fact: "he would have laughed".
    fn known_only_from(&self, entity: EntityId, start: usize) -> bool {
        let mentions = self.analysis.entity(entity).mentions.iter().map(|id| self.analysis.mention(*id));
        mentions.filter(|mention| mention.span.start() < start).all(|mention| {
            let sentence = self.analysis.sentence(mention.head);
            let historical = self.epochs(sentence.span).first() == Some(&Epoch::Historical);
            let unreal =
                root(self, sentence).is_some_and(|head| status::status(self, head) == Status::Hypothetical);
            historical || unreal
        })
    }

    /// True if a predicate is in the simple past.
    fn tells_the_past(&self, head: WordId) -> bool {
        let past = |word: WordId| {
            self.word(word).feature("Tense") == Some("Past")
                && self.word(word).feature("VerbForm").is_none_or(|form| form == "Fin")
        };
        let helpers = self.analysis.children(head).iter().copied();
        let mut helpers =
            helpers.filter(|child| matches!(self.word(*child).relation(), "aux" | "cop")).peekable();
        if helpers.peek().is_some() {
            return helpers.any(past);
        }
        matches!(self.word(head).upos, Upos::Verb | Upos::Aux) && past(head)
    }
}

/// The age that so long ago is.
fn age_of(unit: &str) -> Option<Epoch> {
    match unit {
        "year" => Some(Epoch::Background),
        "decade" | "century" | "generation" => Some(Epoch::Historical),
        _ => None,
    }
}

fn root(reading: &Reading<'_>, sentence: &Sentence) -> Option<WordId> {
    reading.analysis.ids(&sentence.words).find(|word| reading.word(*word).head.is_none())
}
