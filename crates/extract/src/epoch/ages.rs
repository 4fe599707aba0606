//! What is told of an age by its name, or of those who lived in it.

use crate::Reading;
use demarche_language::{EntityKind, Upos, WordId};
use demarche_pack::ages::AgeWords;
use demarche_pack::lower;

/// Prepositions that set a clause inside an age.
const INSIDE: &[&str] = &["in", "during", "throughout", "under", "of", "at", "amid", "within"];
/// Nouns in front of an age that stand inside it with "on": "on the eve of the Great War".
const EDGES: &[&str] = &["eve", "threshold", "outbreak", "day", "morning"];
/// Verbs whose subject is the time in which the rest takes place: "his grandfather's war saw columns march".
const WITNESSING: &[&str] = &["see", "witness"];

impl Reading<'_> {
    /// True if a list of the pack has the lemma of a word, or the word as written.
    pub(super) fn tells_of(&self, list: AgeWords, word: WordId) -> bool {
        self.pack.cues.ages().has(list, &lower(self.lemma(word)))
            || self.pack.cues.ages().has(list, self.analysis.form(word))
    }

    /// "During the Cold War", "in the days of Nasser", "under the shah": an age under the trigger or under a predicate
    /// that carries it.
    pub(super) fn is_set_in_an_age(&self, trigger: WordId) -> bool {
        *self.known(trigger).in_an_age.get_or_init(|| self.stands_in_an_age(trigger))
    }

    fn stands_in_an_age(&self, trigger: WordId) -> bool {
        if self.opens_with_an_age(trigger) {
            return true;
        }
        let mut at = trigger;
        for _ in 0..8 {
            let set = self.analysis.children(at).iter().any(|child| {
                matches!(self.word(*child).relation(), "obl" | "nmod")
                    && self.preposition(*child).is_some_and(|preposition| {
                        let inside = INSIDE.contains(&preposition)
                            || preposition == "on" && self.tells_of(AgeWords::Command, *child);
                        inside && self.is_an_age(*child, preposition)
                            || preposition == "on"
                                && EDGES.contains(&self.lemma(*child))
                                && self.names_an_age(*child)
                    })
            });
            // "before the wall fell".
            let fell = self.analysis.children_in(at, "advcl").any(|clause| {
                matches!(self.lemma(clause), "fall" | "collapse" | "crumble" | "end" | "perish")
                    && self.child(clause, "nsubj").is_some_and(|what| self.tells_of(AgeWords::Fallen, what))
                    && self.word(clause).feature("Tense") == Some("Past")
            });
            // "broke off relations under Sukarno": the tree may hang the age under the object.
            let below = self.analysis.children_in(at, "obj").any(|object| {
                self.behind(object, &["under", "during"])
                    .iter()
                    .any(|it| self.is_an_age(*it, self.preposition(*it).unwrap_or_default()))
            });
            if set || below || fell || self.has_epithet(at) {
                return true;
            }
            match self.word(at).head {
                Some(above)
                    if matches!(
                        self.word(at).relation(),
                        "obj" | "nsubj" | "nmod" | "xcomp" | "conj" | "obl" | "advcl" | "acl" | "ccomp"
                    ) =>
                {
                    let seen = WITNESSING.contains(&self.lemma(above))
                        && self.child(above, "nsubj").is_some_and(|age| age != at && self.is_an_age(age, ""));
                    if seen {
                        return true;
                    }
                    // What is said today of another age is said today.
                    if self.word(at).relation() == "ccomp" {
                        return false;
                    }
                    at = above
                }
                _ => return false,
            }
        }
        false
    }

    /// "During the Winter War ski troops …", "In what came to be known as the Football War, …": the words that open the
    /// sentence, wherever the tree hangs them.
    fn opens_with_an_age(&self, trigger: WordId) -> bool {
        let words = self.analysis.sentence(trigger).words.clone();
        let opening: Vec<WordId> = words
            .map(WordId)
            .take_while(|word| *word < trigger && self.analysis.form(*word) != ",")
            .collect();
        let Some(first) = opening.first() else { return false };
        let inside = INSIDE.contains(&self.analysis.form(*first).to_lowercase().as_str());
        inside
            && opening.iter().skip(1).any(|word| {
                let starts = self.word(*word).upos == Upos::Propn && {
                    let span = self.word(*word).span.cover(self.word(*opening.last().unwrap_or(word)).span);
                    self.pack.cues.ages().name_one(self.analysis.text(span))
                };
                starts || self.is_past_event(*word)
            })
    }

    /// "Siniora, then prime minister, pleaded with her": done in an office that the text says is over.
    pub(super) fn is_done_in_a_past_office(&self, trigger: WordId) -> bool {
        let verb = if self.is_verb(trigger) { Some(trigger) } else { self.word(trigger).head };
        let Some(subject) = verb.and_then(|verb| self.child(verb, "nsubj")) else { return false };
        let then = |word: WordId| {
            let children = self.analysis.children(word).iter().copied();
            children.chain([word]).any(|it| {
                let form = self.analysis.form(it);
                form.eq_ignore_ascii_case("then") || form.starts_with("then-")
            })
        };
        then(subject) || self.analysis.children_in(subject, "appos").any(then)
    }

    /// "a colonial massacre", "the wartime bombing".
    fn has_epithet(&self, noun: WordId) -> bool {
        self.word(noun).upos == Upos::Noun
            && self.analysis.children(noun).iter().any(|child| {
                matches!(self.word(*child).relation(), "amod" | "compound")
                    && self.tells_of(AgeWords::Epithet, *child)
            })
    }

    /// True if the phrase is an age that is over: by name, by whose time it was, or by a ruler "under" whom it was.
    fn is_an_age(&self, head: WordId, preposition: &str) -> bool {
        if self.names_an_age(head) || self.is_past_event(head) {
            return true;
        }
        if preposition == "under" && (self.is_of_the_past(head) || self.tells_of(AgeWords::Crown, head)) {
            return true;
        }
        let stretch = self.tells_of(AgeWords::Stretch, head);
        // "in his father's day".
        if stretch
            && matches!(self.lemma(head), "day" | "time" | "generation" | "youth")
            && self
                .child_exactly(head, "nmod:poss")
                .is_some_and(|owner| self.tells_of(AgeWords::Parent, owner))
        {
            return true;
        }
        let command = self.tells_of(AgeWords::Command, head) && matches!(preposition, "under" | "on" | "at");
        (stretch || command)
            && self.analysis.children(head).iter().any(|child| {
                let owned = self.word(*child).deprel == "nmod:poss"
                    || matches!(self.word(*child).relation(), "compound" | "amod")
                    || self.word(*child).relation() == "nmod"
                        && self.preposition(*child).is_some_and(|it| it == "of");
                owned && (self.is_of_the_past(*child) || self.tells_of(AgeWords::Crown, *child))
            })
    }

    /// True if the first words of a phrase name an age.
    fn names_an_age(&self, head: WordId) -> bool {
        let words = self.analysis.subtree(head);
        let Some(span) = self.analysis.cover(&words) else { return false };
        let text = self.analysis.text(span);
        self.pack.cues.ages().name_one(&text[..text.floor_char_boundary(60.min(text.len()))])
    }

    /// "the Cod Wars", "the Boxer Rebellion": a capitalised event that is not called by a place of today's news.
    fn is_past_event(&self, head: WordId) -> bool {
        // "during the Occupation".
        let parts = self.analysis.children(head);
        let bare = parts.iter().all(|it| matches!(self.word(*it).relation(), "det" | "case" | "punct"));
        if bare
            && self.child(head, "det").is_some_and(|det| self.lemma(det) == "the")
            && self.pack.cues.ages().has(AgeWords::Alone, self.analysis.form(head))
        {
            return true;
        }
        if self.word(head).upos != Upos::Propn
            || !self.pack.cues.ages().has(AgeWords::Event, self.analysis.form(head))
        {
            return false;
        }
        let names: Vec<WordId> = self
            .analysis
            .children(head)
            .iter()
            .copied()
            .filter(|child| matches!(self.word(*child).relation(), "compound" | "amod" | "flat"))
            .collect();
        let placed = |name: &WordId| {
            let span = self.word(*name).span;
            self.mention(*name).is_some_and(|id| {
                let entity = self.analysis.mention(id).entity.map(|id| self.analysis.entity(id));
                entity.is_some_and(|it| it.actor.is_some())
            }) || self.analysis.places.iter().any(|place| {
                place.words.start_byte as usize <= span.start() && span.end() <= place.words.end_byte as usize
            })
        };
        !names.is_empty() && (self.analysis.form(head).ends_with("Wars") || !names.iter().any(placed))
    }

    /// True if those who do what a trigger tells are long dead or a power that is no more.
    pub(super) fn is_done_by_the_past(&self, trigger: WordId) -> bool {
        *self.known(trigger).by_the_past.get_or_init(|| self.finds_past_doers(trigger))
    }

    fn finds_past_doers(&self, trigger: WordId) -> bool {
        let mut doers: Vec<WordId> = Vec::new();
        if self.is_verb(trigger) {
            doers.extend(if self.is_passive(trigger) { self.agent(trigger) } else { self.subject(trigger) });
            // "Stalin had his people deported".
            doers.extend(
                self.word(trigger)
                    .head
                    .filter(|above| self.lemma(*above) == "have" && self.word(trigger).relation() == "xcomp")
                    .and_then(|above| self.subject(above)),
            );
            if let Some(object) = self.child(trigger, "obj") {
                // "met Mao": both took part; "toppled Nkrumah": but what is said of the dead is said today.
                let spoken = crate::cue_of(self, trigger)
                    .is_some_and(|cue| cue.speech != demarche_pack::cues::Speech::None);
                let mutual = !self.frames_at(demarche_record::Kind::Contact, trigger).is_empty();
                doers.extend(Some(object).filter(|_| mutual || !spoken && !self.is_passive(trigger)));
            }
        } else {
            if self.names_an_age(trigger) || self.is_past_event(trigger) {
                return true;
            }
            doers.extend(self.light_verb(trigger).and_then(|verb| self.subject(verb)));
            doers.extend(self.analysis.children(trigger).iter().copied().filter(|child| {
                let word = self.word(*child);
                word.deprel == "nmod:poss"
                    || matches!(word.relation(), "amod" | "compound")
                    || word.relation() == "nmod"
                        && self.preposition(*child).is_some_and(|it| matches!(it, "by" | "of" | "between"))
            }));
            // A force that only stands there: "70,000 Soviet soldiers".
            doers.push(trigger);
            doers.extend(self.word(trigger).head.filter(|_| self.word(trigger).relation() == "nsubj"));
        }
        doers
            .iter()
            .flat_map(|head| self.conjuncts(*head))
            .any(|head| self.is_of_the_past(head) && !self.is_in_office(head))
    }

    /// True for somebody who holds an office when the text is published: an article of 2008 may tell of Chávez.
    fn is_in_office(&self, head: WordId) -> bool {
        let actor = self
            .mention(head)
            .and_then(|id| self.analysis.mention(id).entity)
            .and_then(|id| self.analysis.entity(id).actor.as_ref());
        actor.zip(self.published.as_ref()).is_some_and(|(actor, published)| {
            self.pack.world.offices_of(actor, Some(published)).next().is_some()
        })
    }

    /// True for a ruler long dead, a power that is no more, its men, and kin of an older time.
    fn is_of_the_past(&self, head: WordId) -> bool {
        let ages = self.pack.cues.ages();
        if self.word(head).upos == Upos::Pron {
            let entity = self.mention(head).and_then(|id| self.analysis.mention(id).entity);
            let name = entity.map(|id| self.analysis.entity(id).name.as_str()).unwrap_or_default();
            return ages.has(AgeWords::Ruler, name);
        }
        let name = self.own_name(head);
        if ages.has(AgeWords::Power, &name) || ages.has(AgeWords::Ruler, &name) {
            return self.is_called_only(head, &name) && !self.is_former(head);
        }
        let word = self.word(head);
        let owner = self.child_exactly(head, "nmod:poss");
        // "the U-boat", in one word or three.
        let (start, end) = (self.word(head).span.start(), self.word(head).span.end());
        let text = self.analysis.document.text.as_str();
        let blank = text[..start].char_indices().rev().find(|(_, letter)| letter.is_whitespace());
        let from = blank.map_or(0, |(at, letter)| at + letter.len_utf8());
        if ages.has(AgeWords::Arms, &text[from..end].to_lowercase())
            || ages.has(AgeWords::Arms, &lower(self.lemma(head)))
        {
            return !self.is_former(head);
        }
        // "Garibaldi's Thousand".
        let called = word.upos == Upos::Num || self.analysis.form(head).starts_with(char::is_uppercase);
        if called && owner.is_some_and(|owner| ages.has(AgeWords::Ruler, &self.own_name(owner))) {
            return true;
        }
        if word.upos != Upos::Noun {
            return false;
        }
        let owned = owner.is_some();
        // "her great-grandfather's regiment".
        if owner.is_some_and(|owner| self.tells_of(AgeWords::Forebear, owner)) {
            return true;
        }
        if owned && self.tells_of(AgeWords::Forebear, head) || self.has_epithet(head) {
            return true;
        }
        let armed = self.pack.units.class(self.lemma(head)).is_some()
            || matches!(self.lemma(head), "regime" | "government" | "envoy" | "army" | "general");
        let made = self.tells_of(AgeWords::Made, head);
        !self.is_former(head)
            && self.analysis.children(head).iter().any(|child| {
                let modifier = matches!(self.word(*child).relation(), "amod" | "compound");
                let owner = armed
                    && (self.word(*child).deprel == "nmod:poss"
                        || self.word(*child).relation() == "nmod"
                            && self.preposition(*child).is_some_and(|it| it == "of"));
                let name = self.own_name(*child);
                // "a Soviet tank" can be anybody's.
                modifier
                    && ages.has(AgeWords::Power, &name)
                    && !(made && matches!(name.as_str(), "Soviet" | "Yugoslav" | "Ottoman"))
                    && !self.is_former(*child)
                    || owner
                        && (ages.has(AgeWords::Power, &name)
                            || ages.has(AgeWords::Ruler, &name)
                            || self.tells_of(AgeWords::Crown, *child))
            })
    }

    /// "former Soviet states", "the former Yugoslavia" are of today.
    fn is_former(&self, head: WordId) -> bool {
        self.analysis.children(head).iter().any(|child| {
            matches!(self.lemma(*child).to_lowercase().as_str(), "former" | "ex" | "post" | "neo")
        })
    }

    /// The words of a name that a head carries in front of it and behind it, without titles.
    fn own_name(&self, head: WordId) -> String {
        let mut words: Vec<WordId> = self
            .analysis
            .children(head)
            .iter()
            .copied()
            .filter(|child| {
                let word = self.word(*child);
                let part = matches!(word.relation(), "flat" | "compound")
                    || word.relation() == "amod" && word.upos == Upos::Adj;
                let capital = self.analysis.form(*child).starts_with(char::is_uppercase);
                part && (capital || word.relation() == "flat")
                    && self.pack.titles.noun(&word.lemma.to_lowercase()).is_none()
            })
            .collect();
        words.push(head);
        words.sort_unstable();
        let forms: Vec<&str> = words.iter().map(|word| self.analysis.form(*word)).collect();
        forms.join(" ")
    }

    /// False for a ship or place that bears the name, and for a living person whose full name the text gives.
    fn is_called_only(&self, head: WordId, name: &str) -> bool {
        let entity = self
            .mention(head)
            .and_then(|id| self.analysis.mention(id).entity)
            .map(|id| self.analysis.entity(id));
        let ages = self.pack.cues.ages();
        let person = ages.has(AgeWords::Ruler, name);
        let other = entity.is_some_and(|entity| {
            matches!(entity.kind, EntityKind::Person)
                && !ages.has(AgeWords::Ruler, &entity.name)
                && !entity.name.is_empty()
                && entity.name.split(' ').count() > name.split(' ').count()
        });
        !(person && (other || self.child(head, "det").is_some()))
    }
}
