//! Arguments of a trigger: what hangs where around a verb or an event noun, by the paths that frames name
//! (see `demarche_pack::frames`).

use crate::Reading;
use crate::status::{self, cue_of, is_subjunctive};
use demarche_language::{MentionForm, Upos, WordId};
use demarche_pack::cues::{Cue, CueClass};
use demarche_pack::frames::{Frame, TriggerClass};
use demarche_pack::lower;
use demarche_record::{EventType, Status};
use std::collections::BTreeMap;

/// Path → heads of the phrases that hang there, in text order.
pub type Arguments = BTreeMap<String, Vec<WordId>>;

/// The words that fill each slot of a frame.
pub(crate) type Slots = BTreeMap<String, Vec<WordId>>;

impl<'a> Reading<'a> {
    /// The arguments of a trigger.
    pub fn arguments(&self, trigger: WordId) -> &Arguments {
        self.known(trigger).arguments.get_or_init(|| self.find_arguments(trigger))
    }

    fn find_arguments(&self, trigger: WordId) -> Arguments {
        let mut found = Arguments::new();
        if self.is_verb(trigger) || self.word(trigger).upos == Upos::Adj {
            self.verb_arguments(trigger, &mut found);
        } else {
            self.noun_arguments(trigger, &mut found);
        }
        for heads in found.values_mut() {
            heads.sort_unstable();
            heads.dedup();
        }
        found
    }

    fn put(found: &mut Arguments, path: &str, head: WordId) {
        found.entry(path.to_owned()).or_default().push(head);
    }

    fn verb_arguments(&self, verb: WordId, found: &mut Arguments) {
        let passive = self.is_passive(verb);
        match (passive, self.agent(verb)) {
            (true, Some(agent)) => Self::put(found, "subject", agent),
            (false, _) => {
                if let Some(subject) = self.subject(verb) {
                    Self::put(found, "subject", subject);
                }
            }
            (true, None) => {}
        }
        if passive {
            let bare = self.word(verb).deprel == "acl";
            let object = if bare { self.word(verb).head } else { self.subject(verb) };
            object.into_iter().for_each(|object| Self::put(found, "object", object));
        }
        // Coordinated verbs share what stands after the last of them only where they have nothing of their own.
        let own_object = self.child(verb, "obj");
        let shared = self.analysis.children(verb).iter().find(|child| {
            self.word(**child).relation() == "conj"
                && self.is_verb(**child)
                && self.child(**child, "obj").is_some()
        });
        if let Some(object) = own_object {
            Self::put(found, "object", self.antecedent(object).unwrap_or(object));
        } else if let Some(next) =
            shared.filter(|_| self.analysis.children_in(verb, "obl").next().is_none() && !passive)
        {
            self.child(*next, "obj").into_iter().for_each(|object| Self::put(found, "object", object));
        }
        for child in self.analysis.children(verb) {
            let child = *child;
            match self.word(child).relation() {
                "iobj" => Self::put(found, "indirect", child),
                "ccomp" => Self::put(found, "clause", child),
                "xcomp" if self.is_verb(child) => Self::put(found, "infinitive", child),
                "xcomp" => Self::put(found, "predicative", child),
                "obl" if !self.is_time(child) || self.can_act(child) => {
                    let preposition = self.preposition(child).unwrap_or_default();
                    if !passive || preposition != "by" {
                        Self::put(found, preposition, self.antecedent(child).unwrap_or(child));
                    }
                }
                "advcl" => {
                    let mark = self.child(child, "mark").or_else(|| self.child(child, "case"));
                    if let Some(mark) = mark {
                        let word = self.lemma(mark);
                        Self::put(found, if word == "to" { "infinitive" } else { word }, child);
                    }
                }
                _ => {}
            }
        }
        // "X is ready to …", "were able to …": the adjective's subject is its own.
        if let Some(object) = own_object {
            // Prepositions attached to the object where they belong to the verb: "hold talks with Iran".
            for child in self.analysis.children_in(object, "nmod") {
                let Some(preposition) = self.preposition(child) else { continue };
                if !matches!(preposition, "of" | "'s") && !found.contains_key(preposition) {
                    Self::put(found, preposition, child);
                }
            }
        }
    }

    fn noun_arguments(&self, noun: WordId, found: &mut Arguments) {
        for child in self.analysis.children(noun) {
            let child = *child;
            let word = self.word(child);
            match word.relation() {
                "nmod" => {
                    let preposition = self.preposition(child).unwrap_or_default();
                    if word.deprel == "nmod:poss" || matches!(preposition, "'s" | "by") {
                        Self::put(found, "subject", child);
                    } else {
                        Self::put(found, preposition, child);
                    }
                }
                "amod" | "compound" => {
                    let form = self.mention(child).map(|id| self.analysis.mention(id).form);
                    if form.is_some() && form != Some(MentionForm::Nominal) || word.upos == Upos::Propn {
                        Self::put(found, "modifier", child);
                        // "Macron-Putin call": both names stand in one compound.
                        for part in self.analysis.children(child) {
                            if matches!(self.word(*part).relation(), "compound" | "conj" | "dep")
                                && self.can_act(*part)
                            {
                                Self::put(found, "modifier", *part);
                            }
                        }
                    }
                }
                "acl" if self.is_verb(child) => {
                    let mark = self.child(child, "mark").map(|mark| self.lemma(mark));
                    // "the demands, who demands …": a relative clause is not what is demanded.
                    if word.deprel != "acl:relcl" {
                        Self::put(found, if mark == Some("to") { "infinitive" } else { "clause" }, child);
                    }
                    // "the refusal by X to follow": the tree may give X to the infinitive.
                    let by = self.child(child, "nsubj").filter(|subject| {
                        mark == Some("to")
                            && self.preposition(*subject).is_some_and(|it| matches!(it, "by" | "from"))
                    });
                    by.into_iter().for_each(|subject| Self::put(found, "subject", subject));
                    // "the call, held with Tehran", "a meeting attended by both"; a clause with a subject of its own
                    // tells of something else.
                    // Nor does "a truce mediated by Doha" say between whom it is.
                    let own = self.child(child, "nsubj").is_some()
                        || self.pack.titles.mediating.contains(self.lemma(child));
                    for oblique in self.analysis.children_in(child, "obl").filter(|_| !own) {
                        if let Some(preposition) =
                            self.preposition(oblique).filter(|_| !self.is_time(oblique))
                        {
                            Self::put(found, preposition, oblique);
                        }
                    }
                }
                _ => {}
            }
        }
        // "In the meeting, the minister asked her counterpart …": those who speak there took part; "raised it with Doe at the
        // dinner": so did those with whom something was done there.
        let occasion = self.whole_occasion(noun);
        if self.word(occasion).relation() == "obl"
            && self
                .preposition(occasion)
                .is_some_and(|it| matches!(it, "in" | "during" | "at" | "on" | "over" | "until"))
            && let Some(verb) = self.word(occasion).head.filter(|verb| self.is_verb(*verb))
        {
            // "At the dinner X refused, the ministry said": what is reported took place there.
            let reported = self.child(verb, "ccomp").filter(|clause| occasion < *clause && *clause < verb);
            let verb = reported.filter(|clause| self.is_verb(*clause)).unwrap_or(verb);
            let mut lent = Arguments::new();
            if reported.is_none_or(|clause| self.is_verb(clause)) {
                self.verb_arguments(verb, &mut lent);
            }
            let raises = matches!(self.lemma(verb), "raise" | "discuss" | "broach" | "address" | "debate");
            // "discussed Libya at their meeting": what is raised is no hearer.
            if raises {
                lent.remove("object");
            }
            // "raised the case of Doe, a writer, with the minister": the tree may hang the hearer on the case.
            if !lent.contains_key("with") && raises {
                let below =
                    self.child(verb, "obj").map(|object| self.analysis.subtree(object)).unwrap_or_default();
                let hearer = below.into_iter().find(|head| {
                    self.word(*head).relation() == "nmod"
                        && self.preposition(*head) == Some("with")
                        && self.can_act(*head)
                });
                hearer.into_iter().for_each(|head| Self::put(&mut lent, "with", head));
            }
            let speaks =
                cue_of(self, verb).is_some_and(|cue| cue.speech == demarche_pack::cues::Speech::Said);
            let beside = lent.get("with").is_some_and(|heads| heads.iter().any(|head| self.can_act(*head)));
            // "stayed until the end of the session".
            let present = matches!(self.lemma(verb), "stay" | "remain" | "sit");
            let paths: &[&str] = match (speaks, beside || present) {
                // "the figure agreed by Doe and Roe at the meeting": the figure is no hearer.
                (true, _) if self.word(verb).relation() == "acl" => &["subject", "to", "with"],
                (true, _) => &["subject", "object", "indirect", "to", "with"],
                (false, true) => &["subject", "with"],
                (false, false) => &[],
            };
            for path in paths {
                for head in lent.remove(*path).unwrap_or_default() {
                    // "promised more troops at the talks": troops are no hearers.
                    let thing = self.pack.units.class(self.lemma(head)).is_some();
                    let paper = speaks && self.is_outlet(head);
                    if !thing && !paper && (self.can_act(head) || self.word(head).upos == Upos::Pron) {
                        Self::put(found, "setting", head);
                    }
                }
            }
        }
        // A light verb lends its subject and its prepositions: "Macron held a call with Putin".
        if let Some(verb) = self.light_verb(noun) {
            let mut lent = Arguments::new();
            self.verb_arguments(verb, &mut lent);
            for (path, heads) in lent {
                let fits = !matches!(path.as_str(), "object" | "clause" | "infinitive" | "predicative");
                for head in heads.into_iter().filter(|head| fits && *head != noun) {
                    found.entry(path.clone()).or_default().push(head);
                }
            }
        }
    }

    /// "told Reuters", in a text of the Herald "told the Herald": a paper that somebody talks to.
    fn is_outlet(&self, head: WordId) -> bool {
        use demarche_pack::world::ActorKind;
        let form = self.analysis.form(head);
        let own = self.analysis.document.outlet.as_ref().is_some_and(|outlet| {
            outlet.split_whitespace().any(|word| word == form && form.starts_with(char::is_uppercase))
        });
        let entity = self.mention(head).and_then(|id| self.analysis.mention(id).entity);
        let actor = entity.and_then(|id| self.analysis.entity(id).actor.as_ref());
        let known = actor.and_then(|actor| self.pack.world.actor(actor));
        known.is_some_and(|it| matches!(it.kind, ActorKind::Outlet | ActorKind::Agency))
            || own && known.is_none()
    }

    /// "the end of two days of talks": what a noun is a part of, as an occasion.
    fn whole_occasion(&self, noun: WordId) -> WordId {
        let part = |above: WordId| {
            self.is_time(above)
                || matches!(
                    self.lemma(above),
                    "end" | "start" | "close" | "beginning" | "opening" | "course" | "conclusion" | "round"
                )
        };
        let mut top = noun;
        while self.word(top).relation() == "nmod" && self.preposition(top) == Some("of") {
            match self.word(top).head {
                Some(above) if part(above) => top = above,
                _ => break,
            }
        }
        top
    }

    /// The verb that only carries an event noun as its object or passive subject.
    pub fn light_verb(&self, noun: WordId) -> Option<WordId> {
        // "the talks that the minister had with Doe": the verb stands in the noun's own clause.
        let relative = self.analysis.children_in(noun, "acl").find(|verb| {
            let gap = self.child(*verb, "obj").is_none_or(|it| matches!(self.lemma(it), "that" | "which"));
            let held = matches!(
                self.lemma(*verb),
                "have" | "hold" | "chair" | "conduct" | "lead" | "grant" | "give" | "accord"
            );
            held && gap && self.word(*verb).deprel == "acl:relcl" && self.child(*verb, "nsubj").is_some()
        });
        if relative.is_some() {
            return relative;
        }
        let mut top = noun;
        loop {
            let above = self.word(top).head?;
            // "closed three days of talks": what is closed is the talks.
            let measured = self.word(top).relation() == "nmod"
                && self.preposition(top) == Some("of")
                && self.is_time(above)
                && self.word(above).relation() == "obj";
            if self.word(top).relation() != "conj" && !measured {
                break;
            }
            top = above;
        }
        let verb = self.word(top).head.filter(|verb| self.is_verb(*verb))?;
        let object = self.word(top).relation() == "obj" || self.word(top).deprel == "nsubj:pass";
        // "will speak with Doe in the coming hours": a time is no occasion.
        let during = self.word(top).relation() == "obl"
            && !self.is_time(top)
            && self
                .preposition(top)
                .is_some_and(|it| matches!(it, "in" | "during" | "at" | "by" | "over" | "on"));
        let cue = cue_of(self, verb)
            .is_some_and(|cue| matches!(cue.reading.as_str(), "aspect" | "intend" | "cancel"));
        let carries = matches!(
            self.lemma(verb),
            "hold"
                | "have"
                | "make"
                | "pay"
                | "conduct"
                | "stage"
                | "launch"
                | "host"
                | "attend"
                | "join"
                | "lead"
                | "continue"
                | "resume"
                | "begin"
                | "start"
                | "open"
                | "conclude"
                | "end"
                | "finish"
                | "complete"
                | "schedule"
                | "arrange"
                | "cancel"
                | "postpone"
                | "plan"
                | "convene"
                | "chair"
                | "mediate"
                | "broker"
                | "carry"
                | "take"
                | "give"
                | "grant"
                | "issue"
                | "deliver"
                | "receive"
                | "undertake"
                | "do"
                | "wrap"
                | "close"
                | "suspend"
                | "put"
                | "place"
        );
        (object && (carries || cue) || during && self.lemma(verb) == "speak").then_some(verb)
    }

    /// "asks whether the drones are back", "insists that they have left": neither is a request.
    fn tells_or_wonders(&self, verb: WordId) -> bool {
        let asks = cue_of(self, verb).is_some_and(|cue| cue.id == "ask");
        self.analysis.children_in(verb, "ccomp").any(|clause| {
            let opens = self.analysis.subtree(clause).first().is_some_and(|first| {
                matches!(
                    self.lemma(*first).to_lowercase().as_str(),
                    "whether" | "if" | "who" | "what" | "why" | "how" | "when" | "where" | "which"
                )
            });
            let told =
                || !is_subjunctive(self, clause, verb) && status::status(self, clause) != Status::Requested;
            // "advises that 40 people were there" informs.
            let past = || {
                let form = self.child(clause, "cop").or_else(|| self.child(clause, "aux")).unwrap_or(clause);
                self.word(form).feature("Tense") == Some("Past")
                    || matches!(self.lemma(form), "be" | "have")
                        && self.word(form).feature("VerbForm") == Some("Fin")
            };
            let informs = self.lemma(verb) == "advise" && opens_with_that(self, clause) && past();
            asks && opens || self.lemma(verb) == "insist" && told() || informs
        })
    }

    /// "backed out of the sale", "struck the drill off the programme": the verb tells of that and of nothing else.
    fn calls_off(&self, verb: WordId) -> bool {
        let cues = &self.pack.cues;
        let off = |cue: &Cue| matches!(cue.id.as_str(), "cancel" | "not-happen");
        self.is_verb(verb)
            && cue_of(self, verb).is_some_and(off)
            && !cues.find(CueClass::Verb, self.lemma(verb), []).is_some_and(off)
    }

    /// The frames that a word triggers, most specific first, with their slots filled. Frames whose required slots
    /// stay empty do not apply.
    pub fn frames_at(&self, kind: demarche_record::Kind, trigger: WordId) -> Vec<(&'a Frame, Slots)> {
        let found = self.frames_and_triggers(kind, trigger).into_iter();
        found.map(|(frame, _, slots)| (frame, slots)).collect()
    }

    /// Like [`Reading::frames_at`], with the words beside the trigger that the frame asks for.
    pub(crate) fn frames_and_triggers(
        &self,
        kind: demarche_record::Kind,
        trigger: WordId,
    ) -> Vec<(&'a Frame, Option<&'a str>, Slots)> {
        let class = match self.word(trigger).upos {
            Upos::Verb | Upos::Aux => TriggerClass::Verb,
            Upos::Noun | Upos::Propn => TriggerClass::Noun,
            Upos::Adj => TriggerClass::Adjective,
            _ => return Vec::new(),
        };
        let lemma = || lower(self.lemma(trigger));
        let kinds = self.known(trigger).kinds.get_or_init(|| self.pack.frames.kinds(class, &lemma()));
        if !kinds.has(kind) {
            return Vec::new();
        }
        let lemma = lemma();
        let candidates = self.pack.frames.find(kind, class, &lemma, self.particles(trigger));
        if candidates.is_empty() {
            return Vec::new();
        }
        let arguments = self.arguments(trigger);
        let mut found = Vec::new();
        for (frame, others) in candidates {
            let asks = frame.plover == Some(EventType::Request);
            let acts =
                matches!(frame.plover, Some(EventType::Support | EventType::Assault | EventType::Agree));
            if asks && self.tells_or_wonders(trigger) || acts && others.is_none() && self.calls_off(trigger) {
                continue;
            }
            let mut slots: BTreeMap<String, Vec<WordId>> = BTreeMap::new();
            for (slot, paths) in &frame.slots {
                let all: Vec<WordId> =
                    paths.iter().filter_map(|path| arguments.get(path)).flatten().copied().collect();
                if !all.is_empty() {
                    slots.insert(slot.clone(), all);
                }
            }
            if frame.require.iter().all(|slot| slots.contains_key(slot)) {
                found.push((frame, others, slots));
            }
        }
        found
    }
}

fn opens_with_that(reading: &Reading<'_>, clause: WordId) -> bool {
    reading.child(clause, "mark").is_some_and(|mark| reading.lemma(mark) == "that")
}
