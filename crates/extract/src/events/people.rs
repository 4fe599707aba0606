//! Who acts in an event, and to whom it is done.

use crate::Reading;
use demarche_language::{EntityKind, MentionForm, Upos, WordId};
use demarche_record::{EventType, Kind};

/// How deep the party of a thing is looked for: "the decision of the government of Niger".
const DEPTH: usize = 3;
/// Prepositions that lead from a thing to the party it belongs to or goes against, best first.
const LEADS: &[&str] = &["by", "from", "against", "on", "of", "to", "with", "for", "towards", "toward", "in"];

impl Reading<'_> {
    /// True if a word can be the actor of an event: a person, body, force, or a noun that the pack lists as one.
    pub(super) fn acts(&self, head: WordId) -> bool {
        if self.is_time(head) {
            return false;
        }
        let word = self.word(head);
        let kind = self
            .mention(head)
            .and_then(|id| self.analysis.mention(id).entity)
            .map(|id| self.analysis.entity(id).kind);
        match kind {
            // "the Doha truce": a town beside a noun says where.
            Some(EntityKind::Place) if matches!(word.relation(), "compound" | "amod") => false,
            Some(EntityKind::Thing) => word.upos == Upos::Noun && self.is_people(head),
            Some(_) => true,
            None => {
                word.upos == Upos::Propn
                    || word.upos == Upos::Pron
                        && !matches!(
                            word.lemma.as_str(),
                            "it" | "this" | "that" | "which" | "what" | "there" | "these" | "those"
                        )
                    || self.is_people(head)
            }
        }
    }

    /// True if the pack lists the noun as people, a body or a force, or its form says so.
    pub(super) fn is_people(&self, head: WordId) -> bool {
        let lemma = self.lemma(head).to_lowercase();
        self.pack.frames.is_people(&lemma)
            || self.pack.world.is_title(&lemma)
            || self.pack.units.class(&lemma).is_some_and(|class| class != "missile")
            || ["ist", "man", "men"].iter().any(|ending| lemma.ends_with(ending) && lemma.len() > 5)
    }

    /// Actors of an event of a type among the heads that hang where its actor stands. Force can come from a thing.
    pub(super) fn actors(&self, heads: &[WordId], kind: EventType) -> Vec<WordId> {
        let weapon = |head: &WordId| {
            kind == EventType::Assault
                && (self.pack.units.class(&self.lemma(*head).to_lowercase()).is_some()
                    || self.event_type(*head) == Some(EventType::Assault))
        };
        heads.iter().copied().filter(|head| self.acts(*head) || weapon(head)).collect()
    }

    /// Recipients of an event: the heads themselves where they can act or nothing better is known, else the party
    /// that a thing belongs to or goes against ("rejected the proposal of the African Union").
    pub(super) fn recipients(&self, heads: &[WordId], actors: &[WordId]) -> Vec<WordId> {
        let mut found = Vec::new();
        for head in heads.iter().copied().filter(|head| self.is_recipient(*head) && !actors.contains(head)) {
            let party = if self.acts(head) { None } else { self.party_of(head, actors) };
            let party = party.unwrap_or(head);
            if !found.contains(&party) {
                found.push(party);
            }
        }
        found
    }

    /// True if a word can be named as the one to whom something is done.
    pub(super) fn is_recipient(&self, head: WordId) -> bool {
        let lemma = self.lemma(head);
        !self.is_time(head)
            && !self.is_verb(head)
            && !self.pack.frames.is_thing(lemma)
            && matches!(self.word(head).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj)
    }

    /// The party that a thing belongs to or goes against.
    fn party_of(&self, thing: WordId, actors: &[WordId]) -> Option<WordId> {
        // Whom a deed is done to is not whom its condemnation hits: "the killing of civilians".
        let deed = self.event_type(thing).is_some_and(|kind| {
            matches!(kind, EventType::Assault | EventType::Coerce | EventType::Retreat | EventType::Sanction)
        });
        // What is claimed is no party to the claim: "rejected allegations of a strike".
        let claim =
            crate::cue_of(self, thing).is_some_and(|cue| crate::status::CLAIMS.contains(&cue.id.as_str()));
        let deed = deed || claim;
        let mut level = vec![thing];
        for _ in 0..DEPTH {
            let mut best: Option<(usize, WordId)> = None;
            let mut next = Vec::new();
            for head in &level {
                for child in self.analysis.children(*head).iter().copied() {
                    let word = self.word(child);
                    let rank = match word.relation() {
                        "nmod" if word.deprel == "nmod:poss" => Some(0),
                        "nmod" => {
                            let preposition = self.preposition(child).unwrap_or_default();
                            let rank = LEADS.iter().position(|lead| *lead == preposition);
                            rank.filter(|_| !deed || matches!(preposition, "by" | "from")).map(|it| it + 1)
                        }
                        "amod" | "compound" if self.names_a_party(child) => Some(0),
                        "acl" if self.is_verb(child) => self.agent(child).map(|_| 1),
                        _ => None,
                    };
                    let Some(rank) = rank else { continue };
                    let party =
                        if word.relation() == "acl" { self.agent(child).unwrap_or(child) } else { child };
                    if (self.acts(party) || self.names_a_party(party)) && !actors.contains(&party) {
                        if best.is_none_or(|(held, _)| rank < held) {
                            best = Some((rank, party));
                        }
                    } else {
                        next.push(party);
                    }
                }
            }
            if let Some((_, party)) = best {
                return Some(party);
            }
            level = next;
        }
        None
    }

    /// True for a name or nationality in front of a noun: "Russian demands".
    pub(super) fn names_a_party(&self, word: WordId) -> bool {
        let Some(mention) = self.mention(word).map(|id| self.analysis.mention(id)) else { return false };
        let body =
            mention.entity.is_some_and(|id| !matches!(self.analysis.entity(id).kind, EntityKind::Thing));
        body && mention.form != MentionForm::Nominal
    }

    /// The PLOVER type that a noun has by itself.
    pub(crate) fn event_type(&self, noun: WordId) -> Option<EventType> {
        if !matches!(self.word(noun).upos, Upos::Noun) {
            return None;
        }
        let class = demarche_pack::frames::TriggerClass::Noun;
        let of = |noun: WordId| {
            let frames = self.pack.frames.find(Kind::Event, class, &self.lemma(noun).to_lowercase(), &[]);
            frames.into_iter().find_map(|(frame, _)| frame.plover)
        };
        of(noun).or_else(|| self.meant_by(noun).and_then(of))
    }

    /// The event noun that a noun of measure or effort only wraps: "a round of talks", "mediation efforts".
    pub(crate) fn meant_by(&self, noun: WordId) -> Option<WordId> {
        if !self.pack.frames.is_wrapper(&self.lemma(noun).to_lowercase()) {
            return None;
        }
        let inside = |child: &WordId| {
            self.word(*child).upos == Upos::Noun
                && match self.word(*child).relation() {
                    "compound" => true,
                    "nmod" => self.preposition(*child).is_some_and(|it| it == "of"),
                    _ => false,
                }
        };
        self.analysis.children(noun).iter().copied().find(inside)
    }
}
