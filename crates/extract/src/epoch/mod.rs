//! Which age an event belongs to: the running affair, its earlier phases, or history.

mod ages;
mod shifts;

use crate::{Reading, status};
use demarche_language::{EntityId, Sentence, TimeExpression, Upos, WordId};
use demarche_record::{DateLevel, Epoch, Status};
use demarche_text::Span;

/// Words above one another in a tree that are looked at.
const DEEPEST: usize = 40;

/// Paragraphs after a historical one that can still belong to its story.
const CARRIED: u32 = 2;

impl Reading<'_> {
    /// Which age a trigger belongs to: that of its own time, else of an age that it is set in by name, else of the
    /// other times of its sentence, else of its paragraph if all times there agree on another age, else of the story
    /// from history that the paragraph goes on with, else the present.
    pub fn epoch(&self, trigger: WordId, time: Option<&TimeExpression>) -> Epoch {
        // A statesman of long ago who acts on a day of this week is no past.
        let now = time.is_some_and(|time| {
            let day = time
                .edtf
                .as_ref()
                .is_some_and(|edtf| edtf.level() >= Some(DateLevel::Day) && !edtf.lacks_year());
            day && time.epoch == Epoch::Current && self.published.is_some()
        });
        if self.is_set_in_an_age(trigger) || !now && self.is_done_by_the_past(trigger) {
            return Epoch::Historical;
        }
        if time.is_some_and(|time| self.reaches_the_present(trigger, time)) {
            return Epoch::Current;
        }
        if let Some(time) = time.filter(|time| time.epoch != Epoch::Current) {
            return time.epoch;
        }
        if let Some(epoch) =
            self.shifted(trigger, self.published.is_some()).or_else(|| self.told_as_over(trigger))
        {
            return epoch;
        }
        if self.is_done_in_a_past_office(trigger) {
            return Epoch::Background;
        }
        if let Some(time) = time {
            return time.epoch;
        }
        let sentence = self.analysis.sentence(trigger);
        // "The firm, which left in 2021, said": the year is that of the clause in which it stands.
        let beside = self.times_at(sentence.span).iter().filter(|time| {
            sentence.span.contains(time.span)
                && !self.is_of_another_clause(trigger, time.span)
                && !self.names_a_thing(trigger, time)
        });
        if let Some(first) = beside.map(|time| time.epoch).min() {
            return first;
        }
        let paragraph =
            self.analysis.document.block_at(self.word(trigger).span.start()).map(|block| block.span);
        // "400 soldiers have been sent there. A study counted 2,500 in 2019": what holds now is of no year told behind it.
        let holds = self.holds_now(trigger);
        let around = paragraph.and_then(|span| {
            let times = self.times_at(span).iter();
            times
                .filter(|time| span.contains(time.span) && !sentence.span.contains(time.span))
                .filter(|time| !holds || time.span.start() < sentence.span.start())
                .filter(|time| !self.names_a_thing(trigger, time))
                .map(|time| time.epoch)
                .min()
        });
        if let Some(first) = around {
            return first;
        }
        if self.goes_on_with_history(sentence) { Epoch::Historical } else { Epoch::Current }
    }

    /// "has kept a base there since the seventies", "will leave them there until 2026": the time is where it began or
    /// will end.
    fn reaches_the_present(&self, trigger: WordId, time: &TimeExpression) -> bool {
        let mut at = trigger;
        let predicate = loop {
            if self.is_verb(at) {
                break Some(at);
            }
            match self.word(at).head {
                Some(above) => at = above,
                None => break None,
            }
        };
        let Some(predicate) = predicate else { return false };
        let head = self
            .analysis
            .ids(&self.analysis.sentence(trigger).words)
            .find(|word| time.span.contains(self.word(*word).span) && self.child(*word, "case").is_some());
        let preposition = head.and_then(|head| self.preposition(head)).unwrap_or_default();
        let helper = |lemmas: &[&str]| {
            self.analysis.children_in(predicate, "aux").any(|aux| {
                lemmas.contains(&self.lemma(aux)) && self.word(aux).feature("Tense") != Some("Past")
            })
        };
        let planned = status::status(self, trigger) == Status::Planned;
        match preposition {
            "since" => helper(&["have"]) || self.word(predicate).feature("Tense") == Some("Pres"),
            "until" | "till" | "by" => planned,
            _ => false,
        }
    }

    /// True if a predicate, or what is said in its sentence, stands in the present or the present perfect.
    fn holds_now(&self, trigger: WordId) -> bool {
        let present = |word: WordId| {
            self.word(word).feature("Tense") == Some("Pres")
                && self.word(word).feature("VerbForm") == Some("Fin")
        };
        let stands = |verb: WordId| {
            present(verb)
                || self
                    .analysis
                    .children(verb)
                    .iter()
                    .any(|it| matches!(self.word(*it).relation(), "aux" | "cop") && present(*it))
        };
        let said = self.analysis.children_in(trigger, "ccomp").any(stands);
        let mut above = std::iter::successors(Some(trigger), |at| self.word(*at).head)
            .take(DEEPEST)
            .filter(|at| self.is_verb(*at));
        said || above.next().is_some_and(stands)
    }

    /// True for words in a relative clause, or in one of what went before, that a trigger does not stand in.
    fn is_of_another_clause(&self, trigger: WordId, words: Span) -> bool {
        let above = |from: WordId| std::iter::successors(Some(from), |at| self.word(*at).head).take(DEEPEST);
        let first = WordId(self.analysis.words_in(words).start);
        // "Five years after they parted in October 2019, the two sat down": what comes after is told of.
        let after = |at: WordId| {
            self.word(at).relation() == "advcl"
                && self
                    .analysis
                    .children_in(at, "mark")
                    .any(|mark| matches!(self.lemma(mark), "after" | "since"))
        };
        let clause = above(first).find(|at| self.word(*at).deprel == "acl:relcl" || after(*at));
        clause.is_some_and(|clause| above(trigger).all(|at| at != clause))
    }

    /// "the 1942 protocol", "the agreements of 2015": a year that only tells of which thing the text speaks dates nothing but
    /// that thing. Behind "since" or "after" it does: "since the 2008 war".
    pub(crate) fn names_a_thing(&self, trigger: WordId, time: &TimeExpression) -> bool {
        let year = time.edtf.as_ref().is_some_and(|edtf| edtf.level() == Some(DateLevel::Year));
        let first = WordId(self.analysis.words_in(time.span).start);
        let Some(thing) = self.word(first).head.filter(|thing| *thing != trigger) else { return false };
        if !year || !matches!(self.word(thing).upos, Upos::Noun | Upos::Propn) || self.is_time(thing) {
            return false;
        }
        let relation = self.word(first).deprel.as_str();
        let before =
            first < thing && matches!(relation, "nummod" | "compound" | "amod" | "nmod:unmarked" | "nmod");
        let of = self.preposition(first) == Some("of")
            && self.pack.telling.papers.has(&self.lemma(thing).to_lowercase());
        let mut around = std::iter::successors(Some(thing), |at| {
            self.word(*at).head.filter(|_| matches!(self.word(*at).relation(), "compound" | "conj" | "appos"))
        });
        let dates = around.any(|at| {
            self.preposition(at).is_some_and(|it| {
                matches!(it, "after" | "since" | "during" | "before" | "following" | "until" | "in" | "at")
            })
        });
        (before || of) && !dates
    }

    /// The ages of the times inside a span, nearest to the present first.
    fn epochs(&self, span: Span) -> Vec<Epoch> {
        let inside = self.times_at(span).iter().filter(|time| span.contains(time.span));
        let mut epochs: Vec<Epoch> = inside.map(|time| time.epoch).collect();
        epochs.sort_unstable();
        epochs
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

fn root(reading: &Reading<'_>, sentence: &Sentence) -> Option<WordId> {
    reading.analysis.ids(&sentence.words).find(|word| reading.word(*word).head.is_none())
}
