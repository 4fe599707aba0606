//! What all extractors share about one document: the analysis, the packs, and questions about trees and parties.

use crate::status::stands_beside_demand;
use crate::{Arguments, Circumstances, cue_of};
use demarche_language::{Analysis, EntityKind, MentionForm, MentionId, TimeExpression, Upos, Word, WordId};
use demarche_pack::Pack;
use demarche_pack::cues::Cue;
use demarche_pack::frames::Kinds;
use demarche_pack::unreal::UnrealWords;
use demarche_pack::world::Period;
use demarche_record::{Party, Status, Words};
use demarche_text::Span;
use std::cell::OnceCell;

/// One document as the extractors see it.
pub struct Reading<'a> {
    /// Trees, mentions, times.
    pub analysis: &'a Analysis,
    /// Lexicons and actors.
    pub pack: &'a Pack,
    /// Fingerprint of packs, models and engine for `made_by`.
    pub kit: &'a str,
    /// The days on which the document may have been published, if known.
    pub published: Option<Period>,
    /// What was found out about each word and is asked for again and again.
    known: Vec<Known<'a>>,
    /// For each word whether it stands in a time expression.
    timed: Vec<bool>,
}

/// Answers about one word, each found when first asked for.
#[derive(Default)]
pub(crate) struct Known<'a> {
    pub(crate) particles: OnceCell<Vec<String>>,
    preposition: OnceCell<Option<String>>,
    subject: OnceCell<Option<WordId>>,
    passive: OnceCell<bool>,
    pub(crate) arguments: OnceCell<Arguments>,
    pub(crate) status: OnceCell<Status>,
    pub(crate) own_status: OnceCell<Status>,
    pub(crate) by_the_past: OnceCell<bool>,
    pub(crate) unit_class: OnceCell<Option<&'a str>>,
    /// Kinds of records that some frame with the word's lemma makes.
    pub(crate) kinds: OnceCell<Kinds>,
    pub(crate) cue: OnceCell<Option<&'a Cue>>,
    pub(crate) in_an_age: OnceCell<bool>,
    /// Its circumstances with the time that was asked for first: several extractors ask about one trigger.
    pub(crate) circumstances: OnceCell<(Option<Span>, Circumstances)>,
}

impl<'a> Reading<'a> {
    /// A document to be read.
    pub fn new(analysis: &'a Analysis, pack: &'a Pack, kit: &'a str, published: Option<Period>) -> Self {
        let known = (0..analysis.words.len()).map(|_| Known::default()).collect();
        let mut timed = vec![false; analysis.words.len()];
        for time in &analysis.times {
            let from = analysis.words.partition_point(|word| word.span.end() <= time.span.start());
            let inside = analysis.words[from..].iter().take_while(|word| word.span.start() < time.span.end());
            timed[from..from + inside.count()].fill(true);
        }
        Self { analysis, pack, kit, published, known, timed }
    }

    /// What was found out about a word.
    pub(crate) fn known(&self, id: WordId) -> &Known<'a> {
        &self.known[id.0 as usize]
    }

    /// The word with this index.
    pub fn word(&self, id: WordId) -> &'a Word {
        self.analysis.word(id)
    }

    /// Lemma of a word.
    pub fn lemma(&self, id: WordId) -> &'a str {
        &self.analysis.word(id).lemma
    }

    /// True for verbs, and for auxiliaries that head a clause.
    pub fn is_verb(&self, id: WordId) -> bool {
        matches!(self.word(id).upos, Upos::Verb | Upos::Aux)
    }

    /// First child in a relation (subtypes included).
    pub fn child(&self, id: WordId, relation: &str) -> Option<WordId> {
        self.analysis.children(id).iter().copied().find(|child| self.word(*child).relation() == relation)
    }

    /// First child in exactly this relation with its subtype.
    pub fn child_exactly(&self, id: WordId, relation: &str) -> Option<WordId> {
        self.analysis.children(id).iter().copied().find(|child| self.word(*child).deprel == relation)
    }

    /// The prepositions of a phrase: lemmas of `case` children, fixed parts joined ("because of").
    pub fn preposition(&self, head: WordId) -> Option<&str> {
        self.known(head).preposition.get_or_init(|| self.find_preposition(head)).as_deref()
    }

    fn find_preposition(&self, head: WordId) -> Option<String> {
        let Some(first) = self.child(head, "case") else {
            // "with his counterpart Yvan Gil": the preposition may hang on the name behind.
            let name = self.child(head, "appos")?;
            let case = self.child(name, "case").filter(|case| *case < head)?;
            return Some(self.lemma(case).to_owned());
        };
        let mut words = vec![self.lemma(first).to_owned()];
        let fixed =
            self.analysis.children(first).iter().filter(|part| self.word(**part).relation() == "fixed");
        words.extend(fixed.map(|part| self.lemma(*part).to_owned()));
        if words.len() == 1 {
            // "prior to", "in front of" may come as several case children.
            let more = self.analysis.children(head).iter().filter(|child| {
                **child != first && self.word(**child).relation() == "case" && self.lemma(**child) != "'s"
            });
            words.extend(more.map(|child| self.lemma(*child).to_owned()));
        }
        Some(words.join(" "))
    }

    /// Children that stand behind one of these prepositions as `obl` or `nmod`.
    pub fn behind(&self, head: WordId, prepositions: &[&str]) -> Vec<WordId> {
        let oblique = |child: &WordId| matches!(self.word(*child).relation(), "obl" | "nmod");
        let children = self.analysis.children(head).iter().copied().filter(oblique);
        children
            .filter(|child| self.preposition(*child).is_some_and(|found| prepositions.contains(&found)))
            .collect()
    }

    /// Particles, prepositions and nouns that can make a cue or frame of several words of a word: "call" + "for",
    /// "rule" + "out", "put" + "on" + "hold", "take" + "place".
    pub fn particles(&self, head: WordId) -> &[String] {
        self.known(head).particles.get_or_init(|| self.find_particles(head))
    }

    fn find_particles(&self, head: WordId) -> Vec<String> {
        let mut found = Vec::new();
        let verb = self.is_verb(head);
        for child in self.analysis.children(head) {
            match self.word(*child).relation() {
                "compound" if self.word(*child).deprel == "compound:prt" => {
                    found.push(self.lemma(*child).to_owned())
                }
                // "called the emir on Friday" is no "call on".
                "obl" | "nmod" if self.is_time(*child) && !self.can_act(*child) => {}
                "obl" | "nmod" => {
                    found.extend(self.preposition(*child).map(str::to_owned));
                    found.extend(self.noun_of_idiom(*child).filter(|_| verb));
                }
                "compound" | "amod" if self.word(head).upos == Upos::Noun => {
                    found.push(self.lemma(*child).to_lowercase());
                }
                // "put it bluntly": the pronoun belongs to the idiom.
                "obj" if verb && self.lemma(*child) == "it" => found.push("it".to_owned()),
                "obj" => found.extend(self.noun_of_idiom(*child).filter(|_| verb)),
                "xcomp" if matches!(self.word(*child).upos, Upos::Noun | Upos::Adj) && verb => {
                    found.push(self.lemma(*child).to_owned());
                    // "think better of".
                    let compared = self.word(*child).feature("Degree") == Some("Cmp");
                    found.extend(compared.then(|| self.analysis.form(*child).to_lowercase()));
                }
                "nsubj" if self.word(*child).deprel == "nsubj:pass" => {
                    found.extend(self.noun_of_idiom(*child))
                }
                "advcl" | "acl" | "ccomp" | "xcomp" => {
                    let mark = self.child(*child, "mark").or_else(|| self.child(*child, "case"));
                    found.extend(mark.map(|mark| self.lemma(mark).to_owned()));
                }
                "advmod" => found.push(self.lemma(*child).to_owned()),
                _ => {}
            }
        }
        found
    }

    /// A common noun that can belong to an idiom, or "it" and "nothing" ("put it", "come to nothing"): its lemma.
    fn noun_of_idiom(&self, word: WordId) -> Option<String> {
        let fits =
            self.word(word).upos == Upos::Noun || matches!(self.lemma(word), "it" | "nothing" | "naught");
        fits.then(|| self.lemma(word).to_owned())
    }

    /// A phrase and everything coordinated with it, in text order.
    pub fn conjuncts(&self, head: WordId) -> Vec<WordId> {
        let mut all = vec![head];
        all.extend(self.analysis.children_in(head, "conj"));
        all
    }

    /// The grammatical subject of a predicate: its own, that of the clause it is coordinated with, or the one that
    /// controls it from above (object control first, then subject control), or the head of its relative clause.
    /// `passive` tells whether the found subject is a passive one of this very predicate.
    pub fn subject(&self, predicate: WordId) -> Option<WordId> {
        *self.known(predicate).subject.get_or_init(|| self.find_subject(predicate))
    }

    fn find_subject(&self, predicate: WordId) -> Option<WordId> {
        let mut at = predicate;
        for _ in 0..8 {
            let own = self.analysis.children(at).iter().copied().find(|child| {
                matches!(self.word(*child).deprel.as_str(), "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj")
            });
            if let Some(subject) = own {
                return Some(self.antecedent(subject).unwrap_or(subject));
            }
            let head = self.word(at).head?;
            match self.word(at).relation() {
                // "demands that Kabul act, and wants a say": who demands wants.
                "conj" if stands_beside_demand(self, at) => at = self.word(head).head?,
                "conj" | "parataxis" => at = head,
                "xcomp" => {
                    let object = self.child(head, "obj").or_else(|| self.child(head, "iobj"));
                    if let Some(object) = object.filter(|object| *object != at) {
                        return Some(object);
                    }
                    // "called on donors to pay", but "went on Friday to see".
                    let invited = self.behind(head, &["to", "on", "upon"]).into_iter();
                    let mut invited = invited.filter(|it| *it < at && !self.is_time(*it));
                    if let Some(invited) = invited.next().filter(|_| self.is_verb(at)) {
                        return Some(invited);
                    }
                    at = head;
                }
                // "had seen 60 vehicles leave": the tree may take what was seen for a circumstance of the seeing.
                "advcl" if self.is_seen(at, head) => return self.child(head, "obj"),
                // "called on donors to pay": those called on are to pay.
                "advcl" if self.is_asked_of(at, head) => {
                    return self.behind(head, &["on", "upon", "to"]).first().copied();
                }
                "advcl" if !self.has_finite_mark(at) => at = head,
                "acl" => return Some(head),
                _ => return None,
            }
        }
        None
    }

    /// True for what somebody is told to have seen with his eyes, where the tree takes it for a circumstance.
    pub(crate) fn is_seen(&self, clause: WordId, verb: WordId) -> bool {
        self.word(clause).relation() == "advcl"
            && self.pack.cues.unreal().has(UnrealWords::Perceiving, self.lemma(verb))
            && self.child(verb, "obj").is_some_and(|seen| seen < clause)
            && self.analysis.children_in(clause, "mark").next().is_none()
            && matches!(self.word(clause).feature("VerbForm"), Some("Inf" | "Ger" | "Part" | "Fin"))
            && self.analysis.children_in(clause, "aux").next().is_none()
    }

    /// True for an infinitive under a verb of asking whose hearer stands behind a preposition.
    fn is_asked_of(&self, clause: WordId, verb: WordId) -> bool {
        let to = self.analysis.children_in(clause, "mark").any(|mark| self.lemma(mark) == "to");
        let asks = || cue_of(self, verb).is_some_and(|cue| cue.infinitive == Some(Status::Requested));
        let hearer = || self.behind(verb, &["on", "upon", "to"]).first().is_some_and(|it| *it < clause);
        to && hearer() && asks()
    }

    fn has_finite_mark(&self, clause: WordId) -> bool {
        self.child(clause, "mark").is_some_and(|mark| {
            !matches!(
                self.lemma(mark),
                "to" | "by" | "in" | "for" | "without" | "after" | "before" | "while" | "when"
            )
        })
    }

    /// For a relative pronoun, the noun it stands for.
    pub fn antecedent(&self, pronoun: WordId) -> Option<WordId> {
        let relative = self.word(pronoun).feature("PronType").is_some_and(|kind| kind.contains("Rel"))
            || matches!(self.lemma(pronoun), "who" | "which" | "whom")
                && self.word(pronoun).upos == Upos::Pron;
        if !relative {
            return None;
        }
        let mut at = self.word(pronoun).head?;
        for _ in 0..8 {
            if self.word(at).deprel == "acl:relcl" {
                let head = self.word(at).head?;
                // "the envoy's demands, who …": "who" is a person, and the demands are none.
                let owner = self.child_exactly(head, "nmod:poss").filter(|owner| {
                    self.lemma(pronoun) == "who"
                        && !self.can_act(head)
                        && self.can_act(*owner)
                        && self.word(*owner).upos != Upos::Pron
                });
                return Some(owner.unwrap_or(head));
            }
            at = self.word(at).head?;
        }
        None
    }

    /// True if the predicate is passive: it has a passive subject or auxiliary, or is a bare past participle that
    /// modifies a noun.
    pub fn is_passive(&self, predicate: WordId) -> bool {
        *self.known(predicate).passive.get_or_init(|| self.finds_passive(predicate))
    }

    fn finds_passive(&self, predicate: WordId) -> bool {
        // "Asked whether …, he said": an adverbial past form that has neither a subject nor a conjunction.
        let adverbial = self.word(predicate).deprel == "advcl"
            && self.word(predicate).feature("Tense") == Some("Past")
            && ["nsubj", "mark", "aux", "advmod"].iter().all(|it| self.child(predicate, it).is_none());
        if adverbial {
            return true;
        }
        // "closed its border and deployed soldiers": with an object of its own and no auxiliary it is active.
        if self.word(predicate).relation() == "conj"
            && self.child(predicate, "obj").is_some()
            && self.child(predicate, "aux").is_none()
        {
            return false;
        }
        // "Doe and Roe, brought together in Doha, agreed": a past form behind a noun that has nothing of a clause is a participle.
        let participle = self.word(predicate).deprel == "acl"
            && self.word(predicate).feature("Tense") == Some("Past")
            && ["nsubj", "mark", "aux", "obj"].iter().all(|it| self.child(predicate, it).is_none());
        if participle {
            return true;
        }
        // A finite verb without an auxiliary is active, whatever its subject was taken for ("Doe, the chief, called").
        if self.word(predicate).feature("VerbForm") == Some("Fin") && self.child(predicate, "aux").is_none() {
            return false;
        }
        let marked = self.analysis.children(predicate).iter().any(|child| {
            matches!(self.word(*child).deprel.as_str(), "nsubj:pass" | "aux:pass" | "csubj:pass")
        });
        let participle = matches!(self.word(predicate).deprel.as_str(), "acl" | "advcl")
            && (self.word(predicate).deprel == "acl" || self.child(predicate, "nsubj").is_none())
            && self.word(predicate).feature("VerbForm") == Some("Part")
            && self.word(predicate).feature("Tense") == Some("Past");
        // A subject that is not marked as passive outweighs the form: "its minister demanded that …".
        let voice = self.word(predicate).feature("Voice") == Some("Pass")
            && self.child_exactly(predicate, "nsubj").is_none();
        marked || participle || voice
    }

    /// The agent of a passive: "by X".
    pub fn agent(&self, predicate: WordId) -> Option<WordId> {
        self.behind(predicate, &["by"]).into_iter().find(|agent| !self.is_time(*agent))
    }

    /// True if the word heads or stands in a time expression.
    pub fn is_time(&self, word: WordId) -> bool {
        self.timed[word.0 as usize]
    }

    /// The time expressions that touch a span.
    pub(crate) fn times_at(&self, span: Span) -> &'a [TimeExpression] {
        let times = &self.analysis.times;
        let from = times.partition_point(|time| time.span.end() <= span.start());
        let to = times.partition_point(|time| time.span.start() < span.end());
        &times[from..to.max(from)]
    }

    /// Exact words of the document.
    pub fn words(&self, span: Span) -> Words {
        Words::at(&self.analysis.document.text, self.analysis.document.text.trim(span))
    }

    /// The span of a noun phrase with its modifiers, but without relative and other trailing clauses, appositions in
    /// commas and coordinated phrases: what an analyst would underline as the party.
    pub fn phrase(&self, head: WordId) -> Span {
        if let Some(mention) = self.analysis.mention_at(head).map(|id| self.analysis.mention(id)) {
            return mention.span;
        }
        let mut words = vec![head];
        let mut at = 0;
        while let Some(word) = words.get(at).copied() {
            for child in self.analysis.children(word) {
                let relation = self.word(*child).relation();
                let keep = match relation {
                    "det" | "amod" | "compound" | "flat" | "nummod" | "fixed" | "case" | "advmod" => {
                        // The preposition of the head itself is not part of the party, nor is "the area, up from 29".
                        let lead = relation == "case" && word == head && *child < head;
                        let set_off = relation == "advmod"
                            && child.0 > word.0
                            && self.analysis.form(WordId(child.0 - 1)) == ",";
                        !lead && !set_off
                    }
                    "nmod" | "goeswith" => true,
                    "appos" => *child == WordId(word.0 + 1),
                    "conj" | "cc" => word != head,
                    _ => false,
                };
                if keep {
                    words.push(*child);
                }
            }
            at += 1;
        }
        self.analysis.cover(&words).expect("there is at least the head")
    }

    /// The span of everything below a word, without its own preposition, marker and surrounding punctuation.
    pub fn clause(&self, head: WordId) -> Span {
        let mut words = self.analysis.subtree(head);
        // "…, the ministry said; Moscow denied it": behind a semicolon stands another clause.
        let other = self.analysis.children(head).iter().copied().find(|child| {
            matches!(self.word(*child).relation(), "parataxis" | "conj")
                && self.child(*child, "nsubj").is_some()
                && (head.0 + 1..child.0).any(|at| self.analysis.form(WordId(at)) == ";")
        });
        if let Some(other) = other {
            let semicolon = (head.0 + 1..other.0).find(|at| self.analysis.form(WordId(*at)) == ";");
            words.retain(|word| semicolon.is_none_or(|at| word.0 < at));
        }
        while words
            .last()
            .is_some_and(|last| self.word(*last).upos == Upos::Punct && !self.closes_quote(*last))
        {
            words.pop();
        }
        let lead = words.iter().take_while(|word| self.word(**word).upos == Upos::Punct).count();
        self.analysis.cover(&words[lead.min(words.len().saturating_sub(1))..]).unwrap_or(self.word(head).span)
    }

    fn closes_quote(&self, word: WordId) -> bool {
        let span = self.word(word).span;
        self.analysis
            .quoted
            .iter()
            .any(|quoted| quoted.outer.end() == span.end() && quoted.outer != quoted.inner)
    }

    /// The mention that a word heads.
    pub fn mention(&self, head: WordId) -> Option<MentionId> {
        self.analysis.mention_at(head)
    }

    /// The party that a word heads: the exact mention, its actor and, where the mention is not the full name already,
    /// the resolved name. Unknown stays unknown.
    pub fn party(&self, head: WordId) -> Party {
        let span = self.phrase(head);
        let words = Some(self.words(span));
        let Some(mention) = self.mention(head).map(|id| self.analysis.mention(id)) else {
            return Party { words, actor: None, resolved: None };
        };
        let Some(entity) = mention.entity.map(|id| self.analysis.entity(id)) else {
            return Party { words, actor: None, resolved: None };
        };
        let same = self.analysis.text(span) == entity.name;
        // Things, and those who only say "I", have no name that would tell more than the words.
        let opaque = entity.name.is_empty()
            || entity.kind == EntityKind::Named
            || matches!(mention.form, MentionForm::Pronoun) && entity.kind == EntityKind::Thing;
        // Somebody known only by a description has no better name than that, wherever it stands.
        let described = mention.form == MentionForm::Nominal && entity.kind == EntityKind::Person;
        let resolved =
            ((!same || described || entity.actor.is_some()) && !opaque).then(|| entity.name.clone());
        Party { words, actor: entity.actor.clone(), resolved }
    }

    /// The parties of a coordination: "Macron and Putin" are two; "the two leaders" are its members if known.
    pub fn parties(&self, head: WordId) -> Vec<Party> {
        self.conjuncts(head).into_iter().flat_map(|head| self.parties_of_one(head)).collect()
    }

    /// The party of one head, or the members of several where they are known.
    pub fn parties_of_one(&self, head: WordId) -> Vec<Party> {
        let entity = self
            .mention(head)
            .and_then(|id| self.analysis.mention(id).entity)
            .map(|id| self.analysis.entity(id))
            .filter(|entity| entity.kind == EntityKind::Several && !entity.members.is_empty());
        let Some(several) = entity else { return vec![self.party(head)] };
        let words = self.words(self.phrase(head));
        let members = several.members.iter().map(|member| self.analysis.entity(*member));
        members
            .map(|member| Party {
                words: Some(words.clone()),
                actor: member.actor.clone(),
                resolved: Some(member.name.clone()),
            })
            .collect()
    }

    /// True if the word can act: a person, body or group, a pronoun for one, or a noun that the text uses as an actor.
    pub fn can_act(&self, head: WordId) -> bool {
        let entity = self
            .mention(head)
            .and_then(|id| self.analysis.mention(id).entity)
            .map(|id| self.analysis.entity(id));
        match entity {
            Some(entity) => !matches!(entity.kind, EntityKind::Thing) || entity.actor.is_some(),
            None => {
                let word = self.word(head);
                // "in January": a month is nobody.
                word.upos == Upos::Propn && !self.is_time(head)
                    || word.upos == Upos::Pron && word.feature("Person").is_some_and(|it| it != "3")
            }
        }
    }
}
