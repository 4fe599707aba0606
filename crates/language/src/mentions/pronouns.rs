//! Links pronouns: first persons by who speaks, third persons by agreement, binding and the ranking; abstains where
//! nothing fits.

use super::Linker;
use super::phrases::DraftKind;
use super::rank::{self, Choice, Rival, Values};
use super::voices::Voice;
use crate::{EntityKind, Gender, MentionForm, Upos, WordId};
use demarche_pack::world::ActorKind;
use demarche_record::{BlockKind, Genre};
use std::collections::{BTreeMap, BTreeSet};

/// Sentences behind which a pronoun does not reach.
const REACH: u32 = 4;
/// Most words of the label of who speaks.
const LABEL: usize = 10;
/// Sentences behind which two no longer stand together.
const PAIR_REACH: u32 = 2;

/// Something a pronoun can mean, while it is ranked.
pub(super) struct Candidate {
    /// Its entity, or the members of a coordination.
    pub(super) entities: Vec<usize>,
    /// Its drafts in reach, in text order.
    pub(super) drafts: Vec<usize>,
    values: Values,
}

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

    /// "I": the speaker of the quotation or of the turn, else the writer.
    fn first_person(&mut self, at: usize) -> Option<usize> {
        let head = self.drafts[at].head;
        if let Some(quote) = self.index.quote_of(head) {
            return match self.speaker(head) {
                Some(entity) => (self.chains.entities[entity].kind == EntityKind::Person).then_some(entity),
                None => {
                    self.stated_by().or_else(|| Some(self.voice(Voice::Quote(self.opening(quote)), false)))
                }
            };
        }
        if let Some(turn) = self.voices.turn(self.paragraph(head)) {
            let named = turn.name.and_then(|name| self.name_entities[name]);
            let person = named.filter(|entity| self.chains.entities[*entity].kind == EntityKind::Person);
            let person = person.or_else(|| {
                let readout = self.analysis.document.genre == Genre::Readout;
                if readout { self.issuing_office() } else { None }
            });
            return Some(person.unwrap_or_else(|| self.voice(Voice::Turn(turn.label), false)));
        }
        self.author().or_else(|| Some(self.voice(Voice::Writer, false)))
    }

    /// The stretch that begins the quotation to which another one belongs.
    fn opening(&self, quote: usize) -> usize {
        let quoted = &self.analysis.quoted;
        (0..=quote).rev().find(|at| quoted[*at].depth == 0 && !quoted[*at].continues).unwrap_or(quote)
    }

    /// Somebody who only speaks: the text does not say who it is.
    fn voice(&mut self, voice: Voice, plural: bool) -> usize {
        if let Some(made) = self.voices.made.get(&(voice, plural)) {
            return *made;
        }
        let made = self.chains.add("", if plural { EntityKind::Several } else { EntityKind::Person });
        self.chains.entities[made].plural = plural;
        self.voices.made.insert((voice, plural), made);
        made
    }

    fn author(&mut self) -> Option<usize> {
        if self.analysis.document.genre == Genre::Readout {
            return self.stated_by().or_else(|| self.issuing_office());
        }
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

    /// Whoever a statement opens with: "Statement by High Representative Jane Doe on …".
    fn stated_by(&self) -> Option<usize> {
        // A dateline may stand in front.
        let words = self.analysis.sentences.iter().take(2).map(|it| it.words.clone()).find(|words| {
            let form = |at: u32| self.analysis.form(WordId(words.start + at)).to_lowercase();
            words.len() > 3
                && matches!(form(0).as_str(), "statement" | "remarks" | "speech" | "address" | "declaration")
                && matches!(form(1).as_str(), "by" | "of" | "from")
        })?;
        let names = self.names.iter().enumerate().filter(|(_, name)| words.contains(&name.words.start));
        let mut persons = names.filter_map(|(number, _)| self.name_entities[number]);
        persons.find(|entity| self.chains.entities[*entity].kind == EntityKind::Person)
    }

    /// The holder of the office that publishes under its own name: "Prime Minister of Ruritania".
    fn issuing_office(&mut self) -> Option<usize> {
        let document = &self.analysis.document;
        let name = document.issuer.as_deref().or(document.outlet.as_deref())?;
        let title = name.rsplit_once(" of ")?.0.to_lowercase();
        let home = self.context.home.clone()?;
        let holder = self.office_holder(&title, &home)?;
        Some(self.actor_entity(&holder))
    }

    /// "we": the side of the quoted speaker or of whoever issues the text, else those the writer speaks for.
    fn we(&mut self, at: usize) -> Option<usize> {
        let head = self.drafts[at].head;
        let Some(quote) = self.index.quote_of(head) else {
            if let Some(turn) = self.voices.turn(self.paragraph(head)) {
                return Some(self.voice(Voice::Turn(turn.label), true));
            }
            let home = self.context.home.clone().filter(|_| self.analysis.document.genre == Genre::Readout);
            return Some(match home {
                Some(home) => self.actor_entity(&home),
                None => self.voice(Voice::Writer, true),
            });
        };
        let Some(speaker) = self.speaker(head) else {
            return Some(self.voice(Voice::Quote(self.opening(quote)), true));
        };
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
        let draft = &self.drafts[at];
        let reflexive = draft.lemma.ends_with("self") || draft.lemma.ends_with("selves");
        if reflexive {
            return self.subject_entity(draft.head);
        }
        if let Some(sure) = self.partner(at).or_else(|| self.beside(at)) {
            return Some(sure);
        }
        if let Some(both) = self.both(at) {
            return Some(self.chains.several(both));
        }
        let (head, class) = (draft.head, class(draft.plural, draft.gender));
        let candidates = self.candidates(at);
        if let Some(pair) = self.own_pair(at, &candidates).or_else(|| self.met(at)) {
            return Some(self.chains.several(pair));
        }
        if let Some(choices) = &mut self.choices {
            let rivals = candidates.iter().map(|it| Rival {
                latest: self.drafts[it.drafts[it.drafts.len() - 1]].head,
                values: it.values,
            });
            choices.push(Choice { word: head, class, rivals: rivals.collect() });
        }
        let mut best: Option<(i32, usize)> = None;
        for (number, candidate) in candidates.iter().enumerate() {
            let score = rank::score(class, &candidate.values);
            if score > 0 && best.is_none_or(|(held, _)| score > held) {
                best = Some((score, number));
            }
        }
        let chosen = &candidates[self.teller_before(at, &candidates, best?.1)];
        match chosen.entities[..] {
            [only] => Some(only),
            _ => Some(self.chains.several(chosen.entities.clone())),
        }
    }

    /// "Doe said that Roe had assured her. “I got what I wanted,” she told reporters.": who goes on speaking in words of their
    /// own is who spoke before, not whom that one spoke of.
    fn teller_before(&self, at: usize, candidates: &[Candidate], best: usize) -> usize {
        let head = self.drafts[at].head;
        let sentence = self.analysis.sentence_of[head.0 as usize].0;
        let quotes = self
            .analysis
            .quoted
            .iter()
            .any(|quoted| self.analysis.sentences[sentence as usize].span.contains(quoted.outer));
        let latest =
            |it: &Candidate| self.drafts[*it.drafts.last().expect("a candidate has been told of")].head;
        let told = latest(&candidates[best]);
        if !quotes || !self.speaks(head) || self.analysis.sentence_of[told.0 as usize].0 + 1 != sentence {
            return best;
        }
        let mut word = told;
        let teller = loop {
            let Some(above) = self.analysis.word(word).head else { break None };
            if self.analysis.word(word).relation() == "ccomp" && self.is_speech(above) {
                break self.analysis.children_in(above, "nsubj").next();
            }
            word = above;
        };
        let teller = teller.and_then(|subject| self.entity_at(subject));
        teller.and_then(|entity| candidates.iter().position(|it| it.entities[..] == [entity])).unwrap_or(best)
    }

    /// Everything in reach that a pronoun can mean, with its features; nearest last.
    fn candidates(&self, at: usize) -> Vec<Candidate> {
        let head = self.drafts[at].head;
        let sentence = self.analysis.sentence_of[head.0 as usize].0;
        let mut held: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let own = self.own_words(head);
        let outside = |other: &usize| {
            !own.contains(&self.drafts[*other].head) && !self.is_label(self.drafts[*other].head, head)
        };
        let near = self.index.near(sentence, REACH).filter(|other| *other != at && self.done[*other]);
        for other in near.filter(outside) {
            if let Some(entity) = self.linked[other] {
                held.entry(entity).or_default().push(other);
            }
        }
        let speaker = self.index.quote_of(head).and_then(|_| self.speaker(head));
        let acting = self.acted_upon(head).and_then(|actor| self.entity_at(actor));
        let mut found: Vec<Candidate> = Vec::new();
        for (entity, drafts) in held {
            // A speaker does not call himself "he" inside his own quotation; who acts is not whom he acts upon.
            if Some(entity) == speaker || acting.is_some() && acting == Some(entity) {
                continue;
            }
            let Some(values) = self.values(at, entity, &drafts) else { continue };
            found.push(Candidate { entities: vec![entity], drafts, values });
        }
        if self.drafts[at].plural {
            found.extend(self.coordinations(at));
        }
        // "Doe came home with a list, a spokesman said. It was handed to him in Dhaka": who only tells of others is not told
        // of, as long as the pronoun does not speak itself.
        if !self.drafts[at].plural && !self.speaks(head) {
            let tells = |it: &Candidate| it.drafts.iter().all(|draft| self.only_tells(*draft, sentence));
            let told = |it: &Candidate| {
                let held = &self.chains.entities[it.entities[0]];
                held.kind == EntityKind::Person && held.named && !held.plural && !tells(it)
            };
            if found.iter().any(told) {
                found.retain(|it| !tells(it));
            }
        }
        found.sort_by_key(|it| (self.drafts[it.drafts[it.drafts.len() - 1]].head, it.entities.clone()));
        if let Some(nearest) = found.last_mut() {
            nearest.values[NEAREST] = 1;
        }
        found
    }

    /// "…, an official said": somebody without a name behind what he says, in a sentence before.
    fn only_tells(&self, draft: usize, sentence: u32) -> bool {
        let it = &self.drafts[draft];
        let behind = self.analysis.word(it.head).head.is_some_and(|verb| {
            let said = self.analysis.children(verb).iter().copied();
            said.filter(|clause| matches!(self.analysis.word(*clause).relation(), "ccomp" | "parataxis"))
                .any(|clause| clause < it.head)
        });
        it.form == MentionForm::Nominal
            && it.indefinite
            && behind
            && self.speaks(it.head)
            && self.analysis.sentence_of[it.head.0 as usize].0 < sentence
    }

    /// "JANE DOE, Spokesperson: The minister …": who reads out a paragraph is not told of in it.
    fn is_label(&self, head: WordId, pronoun: WordId) -> bool {
        let sentence = self.analysis.sentence(head);
        let label: Vec<WordId> = self
            .analysis
            .ids(&sentence.words)
            .take(LABEL)
            .take_while(|word| self.analysis.form(*word) != ":")
            .collect();
        let marks = |mark: &str| label.iter().any(|word| self.analysis.form(*word) == mark);
        let end = sentence.words.start + label.len() as u32;
        head.0 < end
            && pronoun.0 > end
            && label.len() < LABEL
            && end < sentence.words.end
            && marks(",")
            && self.paragraph(head) == self.paragraph(pronoun)
            && label.first().is_some_and(|first| self.analysis.word(*first).upos == Upos::Propn)
            && !label.iter().any(|word| matches!(self.analysis.word(*word).upos, Upos::Verb | Upos::Aux))
    }

    /// "“Nobody will come,” she said", "The port was shut, it warned": the words said before the pronoun that says them
    /// do not name who speaks.
    fn own_words(&self, pronoun: WordId) -> BTreeSet<WordId> {
        let mut own = BTreeSet::new();
        let Some(verb) = self.analysis.word(pronoun).head.filter(|_| self.speaks(pronoun)) else {
            return own;
        };
        let start = self.analysis.word(pronoun).span.start();
        let marked = self.analysis.quoted.iter().rfind(|it| {
            it.depth == 0
                && it.outer.end() <= start
                && self.analysis.document.text.as_str()[it.outer.end()..start]
                    .trim_matches([' ', ','])
                    .is_empty()
        });
        if let Some(quoted) = marked {
            let words = self.analysis.words_in(quoted.inner);
            own.extend(self.analysis.ids(&words));
        }
        own.extend(self.analysis.children_in(verb, "ccomp").flat_map(|clause| self.analysis.subtree(clause)));
        // "…, it warned" ends a sentence; behind a colon a new one begins.
        let comma = pronoun.0 > 0 && self.analysis.form(WordId(pronoun.0 - 1)) == ",";
        let inserted = comma && self.analysis.word(verb).relation() == "parataxis";
        if let Some(host) = self.analysis.word(verb).head.filter(|_| inserted) {
            own.extend(self.analysis.subtree(host));
            self.analysis.subtree(verb).iter().for_each(|word| {
                own.remove(word);
            });
        }
        own.retain(|word| *word < pronoun);
        own
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

    /// Features of an entity as what a pronoun means; `None` if it cannot be meant.
    fn values(&self, at: usize, entity: usize, drafts: &[usize]) -> Option<Values> {
        let pronoun = self.drafts[at].head;
        let latest = *drafts.last()?;
        let head = self.drafts[latest].head;
        let mut values = self.agreement(at, entity)?;
        if self.bound(head, pronoun) {
            return None;
        }
        let held = &self.chains.entities[entity];
        self.place_values(at, drafts, &mut values);
        values[12] = held.reached.clamp(1, 6) as i16 - 1;
        values[13] = i16::from(held.named);
        let owner = self.is_possessive(pronoun);
        let here = self.sentences_between(head, pronoun) == 0;
        values[16] = i16::from(owner && here && self.subject_entity(pronoun) == Some(entity));
        let spoke = self.last.get(&entity).is_some_and(|at| self.speaks(self.drafts[*at].head));
        values[17] = i16::from(spoke && self.speaks(pronoun));
        Some(values)
    }

    /// Features of where the drafts of a rival stand and in what roles.
    fn place_values(&self, at: usize, drafts: &[usize], values: &mut Values) {
        let draft = &self.drafts[at];
        let pronoun = draft.head;
        let Some(latest) = drafts.last().map(|at| &self.drafts[*at]) else { return };
        let distance = self.sentences_between(latest.head, pronoun).min(REACH);
        values[0] = 1;
        if distance > 0 {
            values[distance as usize] = 1;
        }
        // The best role that it had in its latest sentence.
        let sentence = self.analysis.sentence_of[latest.head.0 as usize];
        let recent = drafts.iter().map(|at| self.drafts[*at].head);
        let recent = recent.filter(|head| self.analysis.sentence_of[head.0 as usize] == sentence);
        let role = recent.filter_map(|head| self.role(head)).min();
        if let Some(role) = role {
            values[role] = 1;
        }
        values[14] = (pronoun.0.saturating_sub(latest.head.0) / 4).min(14) as i16;
        values[15] = i16::from(self.paragraph(latest.head) != self.paragraph(pronoun));
        let own = self.role(pronoun);
        let subject = |role: Option<usize>| matches!(role, Some(5 | 6));
        let object = |role: Option<usize>| matches!(role, Some(7 | 8));
        values[18] = i16::from(subject(role) && subject(own) || object(role) && object(own));
        values[19] = i16::from(latest.form == MentionForm::Pronoun);
        values[20] = i16::from(
            latest.form == MentionForm::Pronoun
                && latest.gender == draft.gender
                && latest.plural == draft.plural,
        );
        let starts = self.analysis.sentences[sentence.0 as usize].words.start;
        let leads = subject(role) && latest.head.0 < starts + 12;
        values[21] = i16::from(distance == 1 && leads);
        let quote = (self.index.quote_of(pronoun), self.index.quote_of(latest.head));
        values[33] = i16::from(quote.0.is_some() && quote.1.is_none());
        values[34] = i16::from(quote.0.is_none() && quote.1.is_some());
        values[35] = i16::from(distance == 0 && subject(role) && self.governs(latest.head, pronoun));
        let block = self.analysis.sentences[sentence.0 as usize].block;
        values[36] = i16::from(block != BlockKind::Body);
        values[37] = i16::from(latest.indefinite);
        let first = self.analysis.sentence(pronoun).words.start;
        values[39] = i16::from(distance == 1 && subject(role) && pronoun.0 <= first + 1);
        values[41] = i16::from(distance == 0 && object(role));
    }

    /// True if the clause of one word stands above another: "Macron said he …".
    fn governs(&self, subject: WordId, word: WordId) -> bool {
        let Some(verb) = self.analysis.word(subject).head else { return false };
        std::iter::successors(self.analysis.word(word).head, |at| self.analysis.word(*at).head)
            .take(20)
            .skip(1)
            .any(|at| at == verb)
    }

    fn paragraph(&self, word: WordId) -> u32 {
        self.analysis.sentence(word).paragraph
    }

    pub(super) fn is_possessive(&self, word: WordId) -> bool {
        self.analysis.word(word).deprel == "nmod:poss"
    }

    /// Number, gender and animacy: `None` if they exclude each other, else the features of the kind.
    pub(super) fn agreement(&self, at: usize, entity: usize) -> Option<Values> {
        let draft = &self.drafts[at];
        let held = &self.chains.entities[entity];
        let mut values: Values = [0; rank::FEATURES.len()];
        let plural = held.plural || held.kind == EntityKind::Several;
        let actor = held.actor.as_ref().and_then(|it| self.pack.world.actor(it));
        let state = actor.is_some_and(|it| it.kind == ActorKind::State);
        if draft.plural {
            let feature = match held.kind {
                EntityKind::Several => 23,
                EntityKind::Body if plural => 24,
                EntityKind::Body if state => 25,
                EntityKind::Body => 26,
                EntityKind::Thing if plural => 27,
                _ => return None,
            };
            values[feature] = 1;
            return Some(values);
        }
        // "he told him, a person briefed on it said": a source without a trait is not who acts.
        let anybody = !held.named && !held.nouns.is_empty() && held.nouns.iter().all(|noun| noun == "person");
        if plural || anybody {
            return None;
        }
        let speaks = self.speaks(draft.head);
        match (draft.gender?, held.kind) {
            (Gender::Neuter, EntityKind::Body) => {
                values[if state { 25 } else { 26 }] = 1;
                let word = self.analysis.word(draft.head);
                let copula =
                    word.head.is_some_and(|it| self.analysis.children_in(it, "cop").next().is_some());
                values[31] = i16::from(copula && word.relation() == "nsubj");
                values[32] = i16::from(speaks || self.is_possessive(draft.head));
            }
            (Gender::Neuter, EntityKind::Place | EntityKind::Thing | EntityKind::Named) => {
                values[if held.kind == EntityKind::Place { 28 } else { 27 }] = 1;
                values[30] = i16::from(speaks);
                values[40] = i16::from(held.kind != EntityKind::Place && self.is_possessive(draft.head));
            }
            (Gender::Neuter, _) => return None,
            (wanted, EntityKind::Person) if held.gender.is_none_or(|own| own == wanted) => {
                values[22] = i16::from(held.gender.is_some());
            }
            _ => return None,
        }
        Some(values)
    }

    /// The feature of a word's role; the most prominent have the lowest numbers.
    fn role(&self, head: WordId) -> Option<usize> {
        match self.analysis.word(head).deprel.as_str() {
            "nsubj" | "nsubj:pass" if self.depth(head) <= 2 => Some(5),
            "nsubj" | "nsubj:pass" | "nsubj:outer" => Some(6),
            "obj" | "iobj" => Some(7),
            "obl" | "obl:agent" | "appos" => Some(8),
            "nmod:poss" => Some(9),
            "conj" => Some(10),
            "amod" | "compound" | "nmod:desc" => Some(11),
            _ => None,
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
            return self.is_possessive(pronoun)
                && (self.analysis.word(pronoun).head == Some(antecedent)
                    || self.is_sent_by_another(pronoun, antecedent));
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
        // "Doe, who had received him": nor is the object of a relative clause its subject.
        let relative = clause(pronoun).filter(|verb| {
            let word = self.analysis.word(*verb);
            let subject = self.analysis.children_in(*verb, "nsubj").next();
            word.deprel == "acl:relcl"
                && word.head == Some(antecedent)
                && subject.is_some_and(|it| {
                    it != pronoun && matches!(self.analysis.word(it).lemma.as_str(), "who" | "which" | "that")
                })
        });
        relative.is_some()
            || matches!((clause(antecedent), clause(pronoun)), (Some(one), Some(two)) if one == two)
    }

    /// "broke off relations with Brussels after accusing it": who accuses is nobody whom he accuses.
    fn acted_upon(&self, pronoun: WordId) -> Option<WordId> {
        let word = self.analysis.word(pronoun);
        let verb = word.head.filter(|_| matches!(word.deprel.as_str(), "obj" | "iobj"))?;
        self.acting(verb).filter(|actor| *actor != pronoun && *actor < pronoun)
    }

    /// Who does what a verb tells: its subject, or that of the clause which lends it one.
    fn acting(&self, verb: WordId) -> Option<WordId> {
        let mut at = verb;
        for _ in 0..4 {
            if let Some(subject) = self.analysis.children_in(at, "nsubj").next() {
                return Some(subject);
            }
            let head = self.analysis.word(at).head?;
            match self.analysis.word(at).relation() {
                // "asked Doe to call him": Doe calls.
                "xcomp" => {
                    let object = self.analysis.children_in(head, "obj").next();
                    if let Some(object) = object.filter(|object| *object != at) {
                        return Some(object);
                    }
                }
                "advcl" | "conj" => {}
                _ => return None,
            }
            at = head;
        }
        None
    }

    /// "summoned its ambassador", "expelled his envoy": a state summons whom another has sent.
    fn is_sent_by_another(&self, pronoun: WordId, antecedent: WordId) -> bool {
        let titles = &self.pack.titles;
        let envoy = self.analysis.word(pronoun).head.filter(|head| {
            let word = self.analysis.word(*head);
            titles.envoys.contains(&word.lemma) && matches!(word.deprel.as_str(), "obj" | "nsubj:pass")
        });
        let verb = envoy.and_then(|envoy| self.analysis.word(envoy).head);
        verb.is_some_and(|verb| {
            titles.summoning.contains(&self.analysis.word(verb).lemma)
                && self.acting(verb) == Some(antecedent)
        })
    }

    /// True if the word is subject of a verb of speech.
    fn speaks(&self, word: WordId) -> bool {
        self.analysis.word(word).relation() == "nsubj"
            && self.analysis.word(word).head.is_some_and(|verb| self.is_speech(verb))
    }

    /// Those that stand coordinated in reach, for "they".
    fn coordinations(&self, at: usize) -> Vec<Candidate> {
        let pronoun = self.drafts[at].head;
        let sentence = self.analysis.sentence_of[pronoun.0 as usize].0;
        let mut found = Vec::new();
        for first in self.index.near(sentence, PAIR_REACH) {
            let draft = &self.drafts[first];
            if !matches!(draft.kind, DraftKind::Name | DraftKind::Nominal) || draft.head >= pronoun {
                continue;
            }
            let mut heads = vec![draft.head];
            heads.extend(self.analysis.children_in(draft.head, "conj").filter(|it| *it < pronoun));
            // "and his counterpart Jane Doe": the tree may coordinate office and name.
            let all = heads.clone();
            heads.retain(|head| !all.contains(&WordId(head.0 + 1)));
            let entities: Vec<usize> = heads.iter().filter_map(|head| self.entity_at(*head)).collect();
            let animate = entities
                .iter()
                .all(|it| matches!(self.chains.entities[*it].kind, EntityKind::Person | EntityKind::Body));
            let distinct = entities.windows(2).all(|it| it[0] != it[1]);
            if entities.len() < 2 || entities.len() != heads.len() || !animate || !distinct {
                continue;
            }
            let drafts = vec![first];
            let mut values: Values = [0; rank::FEATURES.len()];
            self.place_values(at, &drafts, &mut values);
            values[29] = 1;
            values[13] = i16::from(entities.iter().all(|it| self.chains.entities[*it].named));
            found.push(Candidate { entities, drafts, values });
        }
        found
    }
}

/// The feature of the rival that stands nearest.
const NEAREST: usize = 38;

/// The class of weights for a pronoun.
fn class(plural: bool, gender: Option<Gender>) -> usize {
    match (plural, gender) {
        (true, _) => 2,
        (false, Some(Gender::Neuter)) => 1,
        _ => 0,
    }
}
