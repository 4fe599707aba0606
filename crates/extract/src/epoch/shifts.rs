//! What the words around a trigger say of how long ago it was, where no date does: "two years before the present
//! violence", "eighteen months ago", "before the coup", "in his youth", "used to".

use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::ages::AgeWords;
use demarche_record::Epoch;

/// Words behind a length of time that count back from the present or from what follows.
const BACK: &[&str] = &["ago", "earlier", "before", "previously", "back", "beforehand"];
const SEASONS: &[&str] = &["spring", "summer", "autumn", "fall", "winter"];
/// Nouns for a phase of an affair: what took place in a previous one is background.
const PHASES: &[&str] = &[
    "round",
    "war",
    "crisis",
    "campaign",
    "incursion",
    "conflict",
    "flare-up",
    "episode",
    "stand-off",
    "standoff",
    "clash",
    "decade",
];
/// Years after which a time is another age.
const HISTORICAL: f64 = 25.0;
/// Months after which a time is no longer the running affair.
const OVER: f64 = 7.0;

impl Reading<'_> {
    /// "two years earlier", "a decade ago", "centuries before" where no date is known to count from; `dated` tells that
    /// one is, so that "last autumn" need not be long ago.
    pub(super) fn shifted(&self, trigger: WordId, dated: bool) -> Option<Epoch> {
        self.above(trigger, true).into_iter().find_map(|at| {
            self.analysis.children(at).iter().copied().find_map(|child| {
                // "last year", "in the previous century".
                let gone = matches!(self.word(child).relation(), "obl" | "nmod" | "advmod")
                    && self.analysis.children_in(child, "amod").any(|it| {
                        matches!(
                            self.lemma(it).to_lowercase().as_str(),
                            "last" | "previous" | "past" | "late"
                        )
                    });
                if gone && let Some(epoch) = self.age_of(child, None) {
                    return Some(epoch);
                }
                if gone && !dated && SEASONS.contains(&self.lemma(child)) {
                    return Some(Epoch::Background);
                }
                if BACK.contains(&self.analysis.form(child).to_lowercase().as_str()) {
                    let units = self.analysis.children(child).iter().copied();
                    let far = units.clone().find_map(|unit| self.age_of(unit, self.count(unit)));
                    return far.or_else(|| {
                        units
                            .into_iter()
                            .any(|it| matches!(self.lemma(it), "long" | "age"))
                            .then_some(Epoch::Historical)
                    });
                }
                self.measured_before(child)
            })
        })
    }

    /// "two years before the violence", "three decades prior to the vote": the length stands in front of the
    /// preposition or conjunction of what hangs under the predicate.
    fn measured_before(&self, hanging: WordId) -> Option<Epoch> {
        if !matches!(self.word(hanging).relation(), "obl" | "advcl" | "nmod") {
            return None;
        }
        self.measure_in_front(hanging, &["before", "prior"])
    }

    /// The age that a length of time in front of one of these markers of a phrase or clause makes.
    fn measure_in_front(&self, head: WordId, markers: &[&str]) -> Option<Epoch> {
        let marker = self.analysis.children(head).iter().copied().find(|child| {
            matches!(self.word(*child).relation(), "case" | "mark")
                && markers.contains(&self.lemma(*child).to_lowercase().as_str())
        })?;
        let unit = marker.0.checked_sub(1).map(WordId)?;
        (self.analysis.sentence(marker).words.start <= unit.0)
            .then(|| self.age_of(unit, self.count(unit)))
            .flatten()
    }

    /// What is told as over by what surrounds it: an upheaval after it, somebody's early life, a remembrance, an
    /// office of the time, a habit of the past.
    pub(super) fn told_as_over(&self, trigger: WordId) -> Option<Epoch> {
        let chain = self.above(trigger, false);
        for at in &chain {
            let head = self.word(*at).head;
            // "Thirty years after the army shelled the town, …": what comes after is of today.
            if let Some(epoch) = self.measure_in_front(*at, &["after", "since"]) {
                return Some(epoch);
            }
            // "remembers how the ship was sunk": the tree may hang the clause under "how".
            let head = head.and_then(|above| {
                let how = matches!(self.lemma(above), "how" | "when" | "where" | "why");
                if how { self.word(above).head } else { Some(above) }
            });
            if let Some(above) = head
                && matches!(self.word(*at).relation(), "nmod" | "obj" | "ccomp" | "advcl" | "obl")
                && (self.tells_of(AgeWords::Commemoration, above) || self.is_looked_back_on(*at, above))
            {
                return Some(self.anniversary(above).unwrap_or(Epoch::Background));
            }
            if self.is_an_example(*at) || head.is_some_and(|life| self.is_in_early_life(*at, life)) {
                return Some(Epoch::Background);
            }
        }
        let epoch = self.above(trigger, true).into_iter().find_map(|at| self.over_below(at));
        epoch.or_else(|| self.was_once(trigger).then_some(Epoch::Background))
    }

    /// "When the last brigade withdrew, he was four years old", "still a schoolboy", "not yet born".
    fn is_in_early_life(&self, clause: WordId, life: WordId) -> bool {
        let timed = self.analysis.children(clause).iter().any(|child| {
            matches!(self.word(*child).relation(), "mark" | "advmod")
                && matches!(
                    self.lemma(*child).to_lowercase().as_str(),
                    "when" | "while" | "as" | "after" | "before"
                )
        });
        let past = self.analysis.children(life).iter().any(|child| {
            matches!(self.word(*child).relation(), "cop" | "aux")
                && self.word(*child).feature("Tense") == Some("Past")
        });
        let old = matches!(self.lemma(life), "old" | "young" | "little")
            || self.tells_of(AgeWords::EarlyRole, life)
            || self.word(life).upos == Upos::Num
            || self.lemma(life) == "bear";
        self.word(clause).relation() == "advcl" && timed && past && old
    }

    /// "recall the day the fleet shelled the port", "tell how the town was emptied", "historians describe how".
    fn is_looked_back_on(&self, at: WordId, verb: WordId) -> bool {
        let how = || {
            self.analysis.children(at).iter().any(|child| {
                matches!(self.lemma(*child), "how" | "when")
                    && matches!(self.word(*child).relation(), "advmod" | "mark" | "obj")
            })
        };
        let day = matches!(self.lemma(at), "day" | "night" | "year" | "morning" | "time")
            && self.word(at).relation() == "obj";
        match self.lemma(verb) {
            "recall" | "relive" => day || self.word(at).relation() == "ccomp" && how(),
            _ => {
                self.is_verb(verb)
                    && matches!(self.word(at).relation(), "ccomp" | "obj" | "advcl")
                    && self.child(verb, "nsubj").is_some_and(|who| self.tells_of(AgeWords::Chronicler, who))
                    && self.word(at).feature("Tense") == Some("Past")
            }
        }
    }

    /// "rivals meet elsewhere, for example the arrival of mercenaries": a noun told of only as an example is not the
    /// news.
    fn is_an_example(&self, noun: WordId) -> bool {
        self.word(noun).upos == Upos::Noun
            && self.behind(noun, &["for"]).iter().any(|it| {
                *it < noun
                    && matches!(self.lemma(*it), "example" | "instance")
                    && self.analysis.children(*it).len() <= 3
            })
    }

    /// "on the fortieth anniversary of", "half a century's commemoration".
    fn anniversary(&self, noun: WordId) -> Option<Epoch> {
        let count = self
            .analysis
            .children(noun)
            .iter()
            .map(|child| self.analysis.form(*child))
            .find_map(|form| form.trim_end_matches(|it: char| it.is_alphabetic()).parse::<f64>().ok());
        let lemma = self.lemma(noun);
        let long = matches!(lemma, "centenary" | "bicentenary") || count.is_some_and(|it| it > HISTORICAL);
        long.then_some(Epoch::Historical)
    }

    /// What hangs under a predicate says that it is over.
    fn over_below(&self, at: WordId) -> Option<Epoch> {
        let over = self.analysis.children(at).iter().copied().any(|child| {
            let lemma = self.lemma(child).to_lowercase();
            match self.word(child).relation() {
                "advmod" => {
                    self.tells_of(AgeWords::Bygone, child)
                        || self.is_once(child, at)
                        || self.is_back_then(child)
                }
                "obl" | "nmod" => match self.preposition(child) {
                    Some("before" | "prior to" | "until") => {
                        self.tells_of(AgeWords::Upheaval, child) && self.is_given(child)
                    }
                    Some("in" | "at" | "on" | "during") => {
                        self.tells_of(AgeWords::Years, child)
                            || PHASES.contains(&lemma.as_str())
                                && self
                                    .analysis
                                    .children_in(child, "amod")
                                    .any(|it| matches!(self.lemma(it), "previous" | "early" | "past"))
                            || self.is_perfect_past(at) && self.begins_upheaval(child)
                            || matches!(lemma.as_str(), "day" | "time" | "year")
                                && self
                                    .analysis
                                    .children_in(child, "det")
                                    .any(|det| self.analysis.form(det).eq_ignore_ascii_case("those"))
                    }
                    Some("as") => {
                        self.tells_of(AgeWords::EarlyRole, child)
                            || self.analysis.children_in(child, "amod").any(|it| self.lemma(it) == "young")
                    }
                    Some("under") => lemma == "predecessor",
                    _ => false,
                },
                // The tree may take "as young men" for the subject.
                "nsubj" if self.preposition(child) == Some("as") => {
                    self.tells_of(AgeWords::EarlyRole, child)
                        || self.analysis.children_in(child, "amod").any(|it| self.lemma(it) == "young")
                }
                "nsubj" => self.is_of_the_time(child),
                _ => false,
            }
        });
        over.then_some(Epoch::Background)
    }

    /// "in the first weeks of the war", "at the outbreak of the conflict".
    fn begins_upheaval(&self, head: WordId) -> bool {
        let early =
            matches!(self.lemma(head), "start" | "beginning" | "outbreak" | "onset" | "eve" | "run-up")
                || self.analysis.children_in(head, "amod").any(|it| self.tells_of(AgeWords::First, it));
        early
            && self.tells_of(AgeWords::Beginning, head)
            && self.behind(head, &["of", "to"]).iter().any(|it| self.tells_of(AgeWords::Upheaval, *it))
    }

    /// "the late king", "the then minister", "his predecessor".
    fn is_of_the_time(&self, person: WordId) -> bool {
        let acts = self.can_act(person) || self.word(person).upos == Upos::Propn;
        let marked = self.analysis.children(person).iter().any(|child| {
            let form = self.analysis.form(*child).to_lowercase();
            let word = self.word(*child);
            *child < person
                && (matches!(word.relation(), "amod" | "advmod") && matches!(form.as_str(), "late" | "then")
                    || form.starts_with("then-"))
        });
        acts && marked || self.lemma(person) == "predecessor"
    }

    /// "used to patrol", "once razed the monastery".
    fn was_once(&self, trigger: WordId) -> bool {
        self.word(trigger).relation() == "xcomp"
            && self.word(trigger).head.is_some_and(|above| {
                self.lemma(above) == "use" && self.word(above).feature("Tense") == Some("Past")
            })
    }

    /// "once" between subject and verb: formerly. "Once a week", "once more", "at once" are not.
    fn is_once(&self, adverb: WordId, verb: WordId) -> bool {
        let next = WordId(adverb.0 + 1);
        self.lemma(adverb) == "once"
            && adverb.0 + 2 >= verb.0
            && adverb < verb
            && self.analysis.children(adverb).is_empty()
            && self.word(verb).feature("Tense") == Some("Past")
            && !matches!(self.lemma(next), "again" | "more")
            && self.child(verb, "nsubj").is_some_and(|subject| subject < adverb)
    }

    /// "back then".
    fn is_back_then(&self, adverb: WordId) -> bool {
        let pair = [adverb.0.checked_sub(1).map(WordId), Some(WordId(adverb.0 + 1))];
        let near = |word: &str| {
            pair.iter().flatten().any(|it| {
                (it.0 as usize) < self.analysis.words.len()
                    && self.analysis.form(*it).eq_ignore_ascii_case(word)
            })
        };
        self.lemma(adverb) == "then" && near("back") || self.lemma(adverb) == "back" && near("then")
    }

    /// "had met", outside reported words.
    fn is_perfect_past(&self, predicate: WordId) -> bool {
        self.analysis
            .children_in(predicate, "aux")
            .any(|aux| self.lemma(aux) == "have" && self.word(aux).feature("Tense") == Some("Past"))
    }

    fn is_given(&self, noun: WordId) -> bool {
        self.analysis.children(noun).iter().any(|child| {
            self.word(*child).deprel == "nmod:poss"
                || self.word(*child).relation() == "det" && self.lemma(*child) != "a"
        }) || self.lemma(noun) == "independence"
    }

    /// The trigger and the words that carry it, from the inside out; `clauses` lets it leave an adverbial clause.
    fn above(&self, trigger: WordId, clauses: bool) -> Vec<WordId> {
        let mut chain = vec![trigger];
        let mut at = trigger;
        for _ in 0..6 {
            let Some(above) = self.word(at).head else { break };
            let relation = self.word(at).relation();
            let carries = matches!(relation, "obj" | "nsubj" | "nmod" | "xcomp" | "conj" | "acl" | "obl")
                || clauses && relation == "advcl";
            let obl = relation == "obl" && clauses;
            if !carries || obl {
                break;
            }
            chain.push(above);
            at = above;
        }
        chain
    }

    fn count(&self, unit: WordId) -> Option<f64> {
        let quantity = self.quantity(unit)?;
        quantity.high.or(quantity.low)
    }

    /// The age that so much time ago is; `count` of the units, if it is told.
    fn age_of(&self, unit: WordId, count: Option<f64>) -> Option<Epoch> {
        match self.lemma(unit) {
            "long" => Some(Epoch::Background),
            "year" if count.is_some_and(|count| count > HISTORICAL) => Some(Epoch::Historical),
            "year" => Some(Epoch::Background),
            "month" if count.is_some_and(|count| count >= OVER) => Some(Epoch::Background),
            "decade" | "century" | "generation" | "lifetime" | "millennium" => Some(Epoch::Historical),
            _ => None,
        }
    }
}
