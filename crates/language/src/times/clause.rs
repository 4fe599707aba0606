//! Tells from the tree whether the clause of a time looks ahead or back: the verb that governs the time decides, not
//! the nearest one.

use super::tense::Direction;
use crate::{Analysis, Upos, Word, WordId};
use demarche_pack::times::{Role, Times};

/// Steps from a time up to its verb.
const CLIMB: usize = 8;

/// The direction of the time at bytes `start..end`; `None` if the tree does not say.
pub(super) fn direction(analysis: &Analysis, pack: &Times, start: usize, end: usize) -> Option<Direction> {
    let from = analysis.words.partition_point(|word| word.span.end() <= start);
    let to = analysis.words.partition_point(|word| word.span.start() < end);
    let inside = |id: WordId| (from..to).contains(&(id.0 as usize));
    let mut at = (from..to)
        .map(|at| WordId(at as u32))
        .find(|id| analysis.word(*id).head.is_none_or(|head| !inside(head)))?;
    let mut clause = Clause { analysis, pack, time: start, occasion: false, after: false };
    for step in 0..CLIMB {
        at = analysis.word(at).head?;
        let found = clause.of_predicate(at, 0);
        clause.occasion |= is_occasion(analysis, at);
        clause.after |= is_after(analysis, at);
        if let Some(found) = found {
            // Beyond the first verb the time may belong to a noun: "attended a rally on Thursday".
            return Some(if step > 0 && found == Direction::ClearlyPast { Direction::Past } else { found });
        }
    }
    None
}

/// "agreed at their meeting on Sunday": the time is that of the meeting, not of what was agreed.
fn is_occasion(analysis: &Analysis, noun: WordId) -> bool {
    analysis.word(noun).upos == Upos::Noun
        && analysis.children(noun).iter().map(|child| analysis.word(*child)).any(|child| {
            child.relation() == "case"
                && matches!(child.lemma.as_str(), "at" | "after" | "during" | "following")
        })
}

struct Clause<'a> {
    analysis: &'a Analysis,
    pack: &'a Times,
    time: usize,
    /// The time belongs to an occasion below the verb.
    occasion: bool,
    /// The time belongs to something after which the verb takes place.
    after: bool,
}

/// "After a night in Ruritania on Tuesday": what comes after it was not ahead when the text was written.
fn is_after(analysis: &Analysis, noun: WordId) -> bool {
    let cases = analysis.children(noun).iter().map(|child| analysis.word(*child));
    cases.into_iter().any(|it| it.relation() == "case" && it.lemma == "after")
}

impl Clause<'_> {
    fn is(&self, id: WordId, role: Role) -> bool {
        let form = self.analysis.form(id).to_lowercase();
        self.pack.find(&form).is_some_and(|number| self.pack.lexeme(number).is(role))
    }

    /// What a verb, or a noun or adjective with a copula, says.
    fn of_predicate(&self, id: WordId, depth: usize) -> Option<Direction> {
        let word = self.analysis.word(id);
        let children = self.analysis.children(id).iter().map(|child| (*child, self.analysis.word(*child)));
        let auxiliaries: Vec<(WordId, &Word)> =
            children.filter(|(_, it)| matches!(it.relation(), "aux" | "cop")).collect();
        if !matches!(word.upos, Upos::Verb | Upos::Aux) && auxiliaries.is_empty() {
            // "a meeting, due on Saturday, has been put off".
            let ahead = word.upos == Upos::Adj
                && self.is(id, Role::ForwardVerb)
                && word.span.start() < self.time
                && !word.head.is_some_and(|noun| {
                    let main = self.analysis.word(noun).head;
                    main.is_some_and(|main| self.came_to_nothing(main))
                });
            return ahead.then_some(Direction::Future);
        }
        let has = |lemmas: &[&str]| auxiliaries.iter().any(|(_, it)| lemmas.contains(&it.lemma.as_str()));
        if has(&["will", "shall", "wo", "'ll"]) {
            return Some(Direction::Future);
        }
        if has(&["would", "may", "might", "must", "should", "could", "can"]) {
            // "After four hours in Ruritania on Tuesday, the minister could speak of a step forward."
            if self.after && self.time < word.span.start() && has(&["could"]) {
                return Some(Direction::Past);
            }
            // "could meet in October", but "may have met in October".
            return Some(if has(&["have"]) { Direction::Past } else { Direction::Future });
        }
        // "planned a rally on Saturday", "scheduled for Friday", "agreed to leave in May".
        // "the terms agreed at the meeting on Sunday".
        let there = self.analysis.children(id).iter().any(|child| {
            self.analysis.word(*child).span.start() < self.time
                && *child > id
                && is_occasion(self.analysis, *child)
                && self.analysis.word(*child).relation() == "obl"
        });
        // "talks scheduled for Sunday fell through": they were to be held before the text was written.
        if let Some(noun) = word.head.filter(|_| word.relation() == "acl")
            && self.analysis.word(noun).relation() == "nsubj"
            && self.analysis.word(noun).head.is_some_and(|main| self.came_to_nothing(main))
        {
            return Some(Direction::Past);
        }
        let forward =
            self.is(id, Role::ForwardVerb) && word.span.start() < self.time && !self.occasion && !there;
        let looks_ahead = self.is(id, Role::FutureVerb)
            && word.span.start() < self.time
            && !(self.occasion && word.feature("Tense") == Some("Past"));
        if looks_ahead && word.upos == Upos::Verb {
            return Some(Direction::Future);
        }
        if self.is_infinitive(id) {
            return self.of_infinitive(id, depth);
        }
        if auxiliaries.iter().any(|(_, it)| it.lemma == "have") {
            return Some(Direction::ClearlyPast);
        }
        let finite =
            auxiliaries.iter().find_map(|(_, it)| it.feature("Tense")).or_else(|| word.feature("Tense"));
        let participle = word.feature("VerbForm") == Some("Part");
        match (finite, participle) {
            (Some("Pres"), true) if !auxiliaries.is_empty() && word.feature("Tense") == Some("Pres") => {
                Some(Direction::Future)
            }
            (Some("Past"), _) if forward && participle && auxiliaries.is_empty() => Some(Direction::Future),
            (Some("Past"), _) => Some(Direction::ClearlyPast),
            (Some("Pres"), _) => Some(if forward { Direction::Future } else { Direction::Unknown }),
            _ => None,
        }
    }

    /// "fell through", "did not come about": said of something whose day has gone by.
    fn came_to_nothing(&self, verb: WordId) -> bool {
        let word = self.analysis.word(verb);
        let with = |form: &str| {
            self.analysis.children(verb).iter().any(|it| {
                let it = self.analysis.word(*it);
                it.lemma == form && matches!(it.relation(), "compound" | "advmod" | "obj" | "aux")
            })
        };
        let past = with("do") || word.feature("Tense") == Some("Past");
        past && (word.lemma == "fall" && with("through")
            || with("not")
                && (word.lemma == "come" && with("about") || word.lemma == "take" && with("place"))
            || with("not") && matches!(word.lemma.as_str(), "happen" | "materialise" | "materialize"))
    }

    fn is_infinitive(&self, id: WordId) -> bool {
        self.analysis.children(id).iter().any(|child| {
            let child = self.analysis.word(*child);
            child.upos == Upos::Part && child.lemma == "to"
        })
    }

    /// What is to be done lies ahead of what governs it, unless that says it was done: "managed to leave on Friday".
    fn of_infinitive(&self, id: WordId, depth: usize) -> Option<Direction> {
        // "is to meet in September".
        let arranged =
            self.analysis.children(id).iter().map(|child| self.analysis.word(*child)).any(|child| {
                child.lemma == "be"
                    && matches!(child.relation(), "aux" | "cop")
                    && child.feature("Tense") == Some("Pres")
            });
        if arranged {
            return Some(Direction::Future);
        }
        let head = self.analysis.word(id).head?;
        if depth > CLIMB {
            return None;
        }
        // "became the first leader to meet him": what made him so has taken place.
        let singled_out = self.analysis.children_in(head, "amod").any(|it| {
            matches!(
                self.analysis.word(it).lemma.as_str(),
                "first" | "second" | "third" | "last" | "latest" | "only"
            )
        });
        if let Some(main) = self.analysis.word(head).head.filter(|_| singled_out)
            && self.analysis.word(main).lemma == "become"
        {
            return match self.of_predicate(main, depth + 1) {
                Some(Direction::ClearlyPast) => Some(Direction::Past),
                other => other,
            };
        }
        if self.is(head, Role::ForwardVerb) || self.analysis.word(head).upos == Upos::Noun {
            return Some(Direction::Future);
        }
        match self.of_predicate(head, depth + 1) {
            Some(Direction::ClearlyPast) => Some(Direction::Past),
            other => other,
        }
    }
}
