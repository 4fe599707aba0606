//! Links common nouns: "the French president", "his Russian counterpart", "the alliance", "Rwanda's government".

use super::Linker;
use super::chains::Role;
use super::phrases::Draft;
use super::senses::{fits_title, last_word};
use crate::{EntityKind, Gender, Upos, WordId};
use demarche_pack::titles::NounKind;
use demarche_pack::world::ActorKind;
use demarche_record::{ActorId, Genre};

impl Linker<'_> {
    pub(super) fn link_nominal(&mut self, at: usize) {
        if self.linked[at].is_some() {
            if !self.done[at] {
                self.note(at);
            }
            return;
        }
        let Some(entry) = self.drafts[at].entry.clone() else { return };
        let neighbour = matches!(last_word(&self.drafts[at].lemma).as_str(), "neighbour" | "neighbor")
            && self.drafts[at].owners.len() > 1;
        // "his colleagues" and "the colleague" hold no office elsewhere.
        // "his Gabonese brother" is a president's peer, "his brother" nobody's.
        let brother =
            self.pack.titles.fraternal.contains(&self.drafts[at].lemma) && self.drafts[at].owners.len() > 1;
        let peer = (brother || self.pack.titles.counterpart.contains(&self.drafts[at].lemma))
            && !self.drafts[at].plural
            && !self.drafts[at].owners.is_empty();
        let entity = if neighbour || peer {
            self.counterpart(at)
        } else if entry.kind == NounKind::Person && !self.drafts[at].plural {
            self.person(at)
        } else if entry.kind == NounKind::Body
            && (!self.drafts[at].plural || entry.fits.iter().any(|it| it == "armed-force"))
        {
            self.body(at)
        } else {
            self.people(at)
        };
        self.join(at, entity);
    }

    /// A new entity that only this noun describes.
    fn unnamed(&mut self, at: usize, kind: EntityKind) -> usize {
        let words = self.drafts[at].words.clone();
        let span = self
            .analysis
            .word(WordId(words.start))
            .span
            .cover(self.analysis.word(WordId(words.end - 1)).span);
        let text = self.analysis.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let lead = [
            "The ", "A ", "An ", "His ", "Her ", "Its ", "Their ", "Two ", "Some ", "Several ", "This ",
            "Our ",
        ];
        let name = match lead.iter().find(|lead| text.starts_with(**lead)) {
            Some(lead) => format!("{}{}", lead.to_lowercase(), &text[lead.len()..]),
            None => text,
        };
        let owner = self.owner(at);
        let draft = self.drafts[at].clone();
        let name = self.owned_name(at, owner.as_ref()).unwrap_or(name);
        let entity = self.chains.add(&name, kind);
        let held = &mut self.chains.entities[entity];
        held.plural = draft.plural;
        held.gender = draft.gender.or((kind == EntityKind::Body).then_some(Gender::Neuter));
        held.add_noun(&draft.lemma);
        let role = Role { title: draft.title, noun: last_word(&draft.lemma), owner, former: draft.former };
        self.chains.add_role(entity, role);
        entity
    }

    /// "its director" of a known owner is "director of the World Food Programme".
    fn owned_name(&self, at: usize, owner: Option<&ActorId>) -> Option<String> {
        let draft = &self.drafts[at];
        let head = draft.noun?;
        let first = WordId(draft.words.start);
        let held = self.analysis.word(first);
        let possessive = held.upos == Upos::Pron && held.deprel == "nmod:poss" && held.head == Some(head);
        // "his host" is of no state of his.
        let possessive = possessive && !matches!(draft.lemma.as_str(), "host" | "guest" | "visitor");
        let plain = possessive && draft.words.end == head.0 + 1 && draft.owners.len() == 1;
        let entry = draft.entry.as_ref().filter(|_| plain)?;
        // "his office" is that of the person, "his foreign minister" that of the state.
        let person = self.entity_at(first).map(|it| &self.chains.entities[it]);
        let person = person.filter(|it| it.kind == EntityKind::Person && entry.kind == NounKind::Body);
        // "his government" of one whose state is not known is nobody's by name.
        if person.is_some() && self.pack.titles.authorities.contains(&draft.lemma) {
            return owner
                .and_then(|owner| self.pack.world.name_of(owner))
                .map(|name| format!("{} of {name}", draft.lemma));
        }
        let owner = match person {
            Some(person) => person.name.as_str(),
            None => self.pack.world.name_of(owner?)?,
        };
        let words = self.analysis.word(WordId(first.0 + 1)).span.cover(self.analysis.word(head).span);
        Some(format!("{} of {owner}", self.analysis.text(words)))
    }

    /// "his Russian counterpart": the same office of the other state.
    fn counterpart(&mut self, at: usize) -> usize {
        let possessor = self
            .analysis
            .children(self.drafts[at].head)
            .iter()
            .copied()
            .find(|child| self.analysis.word(*child).deprel == "nmod:poss");
        let person = possessor.and_then(|word| {
            self.entity_at(word)
                .or_else(|| self.index.name_over(word).and_then(|number| self.name_entities[number]))
        });
        // The owner is the other state, not the possessor.
        let owner = self.drafts[at].owners.clone().into_iter().find_map(|owner| {
            let own = matches!(owner, super::phrases::Owner::Word(word) if Some(word) == possessor)
                || matches!(owner, super::phrases::Owner::Name(number) if possessor.is_some_and(|word| self.names[number].words.contains(&word.0)));
            if own { None } else { self.owner_of(&owner) }
        });
        let (Some(person), Some(owner)) = (person, owner) else {
            return self.unnamed(at, EntityKind::Person);
        };
        // "Director Doe … his Ruritanian counterpart": of several directors nobody says which.
        let telling = |title: &str| {
            !matches!(title, "director" | "head" | "chief" | "secretary" | "commander" | "representative")
        };
        for (title, noun) in self.titles_of(person).into_iter().filter(|(title, _)| telling(title)) {
            if let Some(found) = self.holder(&title, &noun, Some(&owner), false, Some(person)) {
                return found;
            }
        }
        let titles = self.titles_of(person);
        let entity = self.unnamed(at, EntityKind::Person);
        if let Some((title, noun)) = titles.into_iter().next() {
            let owner = Some(owner);
            self.chains.add_role(entity, Role { title, noun, owner, former: false });
        }
        entity
    }

    /// Titles of a person, those the text gives first.
    fn titles_of(&self, entity: usize) -> Vec<(String, String)> {
        let roles = self.chains.entities[entity].roles.iter().filter(|role| !role.former);
        let mut titles: Vec<(String, String)> =
            roles.map(|role| (role.title.clone(), role.noun.clone())).collect();
        for office in self.offices(entity) {
            titles.extend(office.titles.first().map(|title| (title.clone(), last_word(title))));
        }
        titles
    }

    /// Who holds a title: somebody of this text first, then the packs at the document's date.
    pub(super) fn holder(
        &mut self,
        title: &str,
        lemma: &str,
        owner: Option<&ActorId>,
        former: bool,
        except: Option<usize>,
    ) -> Option<usize> {
        let mut best: Option<((u8, bool, usize), usize)> = None;
        for entity in self.chains.actors().iter().copied() {
            let held = &self.chains.entities[entity];
            let idle = held.roles.is_empty() && (held.actor.is_none() || !held.named);
            if held.kind != EntityKind::Person || idle || Some(entity) == except {
                continue;
            }
            let strength = self.holds(entity, title, lemma, owner, former);
            if strength == 0 {
                continue;
            }
            let reached = self.last.get(&entity).map_or(0, |at| self.drafts[*at].head.0 as usize + 1);
            // Without an owner the latest counts; with one the clearest.
            let clear = if owner.is_some() { strength } else { u8::from(strength >= 2) };
            let key = (clear, reached > 0, reached);
            if best.is_none_or(|(held, _)| key > held) {
                best = Some((key, entity));
            }
        }
        if let Some(((strength, _, _), found)) = best
            && (owner.is_none() || strength >= 2)
        {
            return Some(found);
        }
        let owner = owner?;
        if former {
            return None;
        }
        let actor = self.office_holder(title, owner)?;
        Some(self.actor_entity(&actor))
    }

    /// 0: no; 1: the title may fit; 2: title and owner fit; 3: the text itself says so.
    fn holds(&self, entity: usize, title: &str, lemma: &str, owner: Option<&ActorId>, former: bool) -> u8 {
        let held = &self.chains.entities[entity];
        let titles = &self.pack.titles;
        let ruler = matches!(lemma, "leader" | "head of state" | "ruler" | "strongman")
            && (title == lemma || title.ends_with(lemma));
        let other = || titles.same_office(title).iter().chain(titles.same_office(lemma));
        let same = |own: &str, noun: &str| {
            if self.is_lesser(own, title) {
                return false;
            }
            own == title
                || title == lemma && (noun == lemma || own.ends_with(&format!(" {lemma}")))
                || own == lemma && title.ends_with(&format!(" {lemma}"))
                || ruler && (titles.rulers.contains(own) || titles.rulers.contains(noun))
                // "the head of state" behind "President Doe".
                || other().any(|it| it == own || it == noun)
        };
        let mut best = 0;
        for role in held.roles.iter().filter(|role| role.former == former) {
            if !same(&role.title, &role.noun) {
                continue;
            }
            let strength = match (owner, &role.owner) {
                (None, _) => 2,
                (Some(wanted), Some(own))
                    if self.same_side(wanted, own) || self.pack.world.is_part(own, wanted) =>
                {
                    3
                }
                (Some(_), Some(_)) => 0,
                (Some(wanted), None) => match self.side_actor(entity) {
                    Some(side) if self.same_side(&side, wanted) => 3,
                    Some(_) => 0,
                    None => 1,
                },
            };
            best = best.max(strength);
        }
        if best < 2 && held.named && !former {
            for office in self.offices(entity) {
                let fits = office.titles.iter().any(|own| fits_title(own, title, lemma));
                let fits = fits
                    || ruler && office.titles.iter().any(|own| titles.rulers.contains(own))
                    || office.titles.iter().any(|own| other().any(|it| it == own));
                let owned = owner.is_none_or(|owner| {
                    self.pack.world.is_part(&office.of, owner)
                        || self.same_side(&office.of, owner)
                            && self
                                .pack
                                .world
                                .actor(owner)
                                .is_some_and(|it| it.kind != ActorKind::Organ || ruler)
                });
                if fits && owned {
                    best = best.max(2);
                }
            }
        }
        best
    }

    /// "deputy prime minister" for "prime minister", "vice president" for "president": another office than the one asked for.
    fn is_lesser(&self, own: &str, title: &str) -> bool {
        // Nobody calls a prime minister "the minister".
        if title == "minister" && own == "prime minister" {
            return true;
        }
        let head = self.pack.titles.rulers.contains(title) || title.contains(' ');
        let lesser = &self.pack.telling.lesser;
        head && own.split([' ', '-']).any(|word| lesser.has(word) && !title.contains(word))
    }

    /// False where "the prime minister" would take up a deputy, another minister or one who is no longer in office.
    fn takes_up_office(&self, entity: usize, draft: &Draft) -> bool {
        let roles = &self.chains.entities[entity].roles;
        if !(self.pack.titles.rulers.contains(&draft.title) || draft.title.contains(' ')) || roles.is_empty()
        {
            return true;
        }
        roles.iter().any(|role| {
            let fits = role.title.ends_with(&draft.title) || draft.title.ends_with(&role.title);
            role.former == draft.former && fits && !self.is_lesser(&role.title, &draft.title)
        })
    }

    /// The one holder of an office at the document's date.
    pub(super) fn office_holder(&self, title: &str, owner: &ActorId) -> Option<ActorId> {
        let world = &self.pack.world;
        let period = self.context.dated()?;
        let rank = |of: &ActorId| {
            let kind = world.actor(of).map(|actor| actor.kind);
            let depth = world.chain(of).take_while(|at| *at != owner).count();
            let sort = match kind {
                Some(
                    ActorKind::State
                    | ActorKind::Organ
                    | ActorKind::InternationalOrganisation
                    | ActorKind::Alliance
                    | ActorKind::Bloc,
                ) => 0,
                Some(ActorKind::ArmedForce | ActorKind::Intelligence) => 1,
                _ => 2,
            };
            (sort, depth)
        };
        let mut offices: Vec<_> = world.offices_titled(title, owner).collect();
        if offices.is_empty() {
            let same = self.pack.titles.same_office(title).iter();
            offices = same.flat_map(|title| world.offices_titled(title, owner)).collect();
            // "the top diplomat" of a state with a foreign minister and a foreign secretary may be either.
            let secretary = world.offices_titled("foreign secretary", owner).next();
            if title.ends_with("diplomat")
                && secretary.is_some_and(|other| offices.iter().all(|office| office.id != other.id))
            {
                return None;
            }
        }
        // "Ruritania's military ruler", "the head of the commission": whoever leads it.
        if offices.is_empty() {
            let joint = world.chain(owner).filter_map(|at| world.actor(at)).any(|actor| {
                use ActorKind::{Alliance, Bloc, InternationalOrganisation};
                matches!(actor.kind, InternationalOrganisation | Alliance | Bloc)
            });
            let leads = self.pack.titles.rulers.contains(title) && !matches!(title, "chief" | "chairman")
                || matches!(title, "ruler" | "strongman")
                || joint && matches!(title, "head" | "chief" | "boss");
            let titles = [
                "leader",
                "president",
                "head",
                "secretary general",
                "secretary-general",
                "director general",
                "chairperson",
            ];
            let titles = titles.iter().filter(|_| leads);
            offices = titles
                .map(|title| world.offices_titled(title, owner).collect::<Vec<_>>())
                .find(|found| !found.is_empty())
                .unwrap_or_default();
        }
        // "the head of the CIA": whoever directs a service.
        if offices.is_empty() && matches!(title, "head" | "chief" | "boss") {
            let kind = world.actor(owner).map(|actor| actor.kind);
            let service = matches!(kind, Some(ActorKind::Intelligence | ActorKind::Organ));
            let titles = ["director", "director general", "director-general", "commissioner", "chairman"];
            let all = titles.iter().filter(|_| service).flat_map(|title| world.offices_titled(title, owner));
            offices = all.filter(|office| office.of == *owner).collect();
        }
        offices.sort_by_key(|office| rank(&office.of));
        let first = rank(&offices.first()?.of);
        // Of several offices of one rank the first in the file is the head ("leader" of a state).
        let office = offices.into_iter().find(|office| rank(&office.of) == first)?;
        let mut holders: Vec<&ActorId> = office.holders_in(period).map(|tenure| &tenure.person).collect();
        holders.dedup();
        match holders[..] {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// Who holds an office whose own body issues the text: known to the packs, or called after it ("Press Service of the
    /// President of …", "Prime Minister's Office, …").
    fn issuing_holder(&self, title: &str) -> Option<ActorId> {
        let world = &self.pack.world;
        if let Some(issuer) = self.context.issuer.as_ref() {
            let own = world.offices_titled(title, issuer).any(|office| office.of == *issuer);
            return own.then(|| self.office_holder(title, issuer)).flatten();
        }
        let document = &self.analysis.document;
        let name = document.issuer.as_deref().or(document.outlet.as_deref())?.to_lowercase();
        let stem = if title == "president" { "presiden" } else { title };
        let home = self.context.home.as_ref().filter(|_| name.contains(stem))?;
        self.office_holder(title, home)
    }

    fn person(&mut self, at: usize) -> usize {
        let draft = self.drafts[at].clone();
        let owner = self.owner(at);
        if draft.indefinite {
            return self.unnamed(at, EntityKind::Person);
        }
        let official =
            self.pack.world.is_title(&draft.title) || self.pack.titles.rulers.contains(&draft.lemma);
        let owned = !draft.owners.is_empty();
        // In the president's own text "the President" is he, whoever else in it is one.
        if draft.definite
            && !owned
            && !draft.former
            && self.analysis.document.genre == Genre::Readout
            && draft.noun.is_some_and(|noun| self.analysis.form(noun).starts_with(char::is_uppercase))
            && let Some(actor) = self.issuing_holder(&draft.title)
        {
            return self.actor_entity(&actor);
        }
        if (official || draft.definite)
            && let Some(found) = self
                .holder(&draft.title, &draft.lemma, owner.as_ref(), draft.former, None)
                .filter(|_| owner.is_some() || !owned)
        {
            // Called "the Russian president" once, he can be "the president" later.
            if owner.is_some() {
                let noun = last_word(&draft.lemma);
                self.chains.add_role(found, Role { title: draft.title, noun, owner, former: draft.former });
            }
            return found;
        }
        // Taken up again by the same noun.
        if draft.definite && !owned {
            let nouned = self.chains.actors().iter().copied().filter(|entity| {
                let held = &self.chains.entities[*entity];
                held.kind == EntityKind::Person
                    && held.reached > 0
                    && held
                        .nouns
                        .iter()
                        .any(|noun| *noun == draft.lemma || last_word(noun) == last_word(&draft.lemma))
                    && (held.gender.is_none() || draft.gender.is_none() || held.gender == draft.gender)
                    && self.takes_up_office(*entity, &draft)
            });
            if let Some(found) = nouned.max_by_key(|entity| self.latest(*entity)) {
                return found;
            }
        }
        // In one side's own text "the President" is its own.
        if draft.definite
            && !owned
            && official
            && self.analysis.document.genre == Genre::Readout
            && let Some(home) = self.context.home.clone()
            && let Some(actor) = self.office_holder(&draft.title, &home)
        {
            return self.actor_entity(&actor);
        }
        self.unnamed(at, EntityKind::Person)
    }

    /// Position of the latest mention of an entity, 0 if the text has not reached it.
    pub(super) fn latest(&self, entity: usize) -> u32 {
        self.chains.entities[entity].latest
    }

    fn body(&mut self, at: usize) -> usize {
        let draft = self.drafts[at].clone();
        let titles = &self.pack.titles;
        let state_noun = titles.states.contains(&draft.lemma);
        let authority = titles.authorities.contains(&draft.lemma);
        let owners = self.owners_of(at);
        if let Some(owner) = owners.first() {
            if let Some(actor) = self.organ(owner, at) {
                return self.actor_entity(&actor);
            }
            if (authority || state_noun)
                && let Some(entity) = self.chains.find_actor(owner)
            {
                return entity;
            }
            if (authority || state_noun)
                && self
                    .pack
                    .world
                    .actor(owner)
                    .is_some_and(|it| matches!(it.kind, ActorKind::State | ActorKind::Territory))
            {
                return self.actor_entity(owner);
            }
            let same = self.chains.actors().iter().copied().find(|entity| {
                let held = &self.chains.entities[*entity];
                held.kind == EntityKind::Body
                    && held
                        .roles
                        .iter()
                        .any(|role| role.title == draft.title && role.owner.as_ref() == Some(owner))
            });
            return same.unwrap_or_else(|| self.unnamed(at, EntityKind::Body));
        }
        // "the provincial government" is no government of the state.
        let mut kinds = self.analysis.children_in(draft.head, "amod");
        let local =
            authority && kinds.any(|kind| titles.local.contains(&self.analysis.form(kind).to_lowercase()));
        if draft.indefinite || local || !draft.owners.is_empty() {
            return self.unnamed(at, EntityKind::Body);
        }
        if draft.definite || draft.words.start == draft.head.0 {
            let found = self.taken_up(at);
            // "the country": of a state named sentences ago only the one that the text is about is meant for certain.
            let far = |entity: usize| {
                let latest = WordId(self.latest(entity).saturating_sub(1));
                state_noun && draft.lemma != "side" && self.sentences_between(latest, draft.head) > 1
            };
            // "the provincial government" is not "his government".
            let other = |entity: usize| {
                let called = self.chains.entities[entity].name.to_lowercase();
                let mut kinds = self.analysis.children_in(draft.head, "amod");
                authority && kinds.any(|kind| !called.contains(&self.analysis.form(kind).to_lowercase()))
            };
            if let Some(found) = found.filter(|entity| !far(*entity) && !other(*entity)) {
                return found;
            }
            // "The army" of the one country that the text is about.
            let main = self.context.main_country().map(|code| ActorId(code.to_lowercase()));
            if draft.definite
                && (state_noun && draft.lemma != "side" || draft.lemma == "government")
                && let Some(state) = main.as_ref().filter(|it| self.pack.world.actor(it).is_some())
            {
                let actor = self.organ(state, at).unwrap_or_else(|| state.clone());
                return self.actor_entity(&actor);
            }
            let home = self.context.home.clone().filter(|_| self.analysis.document.genre == Genre::Readout);
            if let Some(owner) = home.or(main)
                && let Some(actor) = self.organ(&owner, at)
            {
                return self.actor_entity(&actor);
            }
        }
        self.unnamed(at, EntityKind::Body)
    }

    /// The pack's organ of a state with the words of a phrase: "foreign ministry" of Egypt.
    fn organ(&self, owner: &ActorId, at: usize) -> Option<ActorId> {
        let world = &self.pack.world;
        let state = world.side_of(owner, None)?;
        let actor = world.actor(&state)?;
        let draft = &self.drafts[at];
        let head = draft.noun.unwrap_or(draft.head);
        let lemma_last = last_word(&draft.lemma);
        let plural = draft.plural || matches!(lemma_last.as_str(), "troop" | "force");
        for from in draft.words.start..=head.0 {
            let covered = self.index.name_over(WordId(from)).is_some();
            if covered
                || self.analysis.word(WordId(from)).upos == Upos::Det
                || matches!(self.analysis.form(WordId(from)), "'s" | "’s")
            {
                continue;
            }
            let span = self.analysis.word(WordId(from)).span.cover(self.analysis.word(head).span);
            let phrase = self.analysis.text(span).to_lowercase();
            let names = actor.demonyms.iter().map(|people| format!("{people} {phrase}"));
            let names = names.chain([format!("{} {phrase}", actor.name)]);
            for name in names {
                let found = world
                    .senses(&name)
                    .find(|sense| world.is_part(&sense.actor, &state))
                    .map(|it| it.actor.clone());
                if found.is_some() && (plural || !name.ends_with("troops")) {
                    return found;
                }
            }
        }
        None
    }

    /// The body that a bare noun takes up: one whose name has the noun, else the latest of a fitting kind.
    fn taken_up(&self, at: usize) -> Option<usize> {
        let draft = &self.drafts[at];
        let noun = last_word(&draft.lemma);
        let fits = draft.entry.as_ref().map(|entry| entry.fits.clone()).unwrap_or_default();
        let mut best: Option<((u8, u32), usize)> = None;
        for entity in self.chains.actors().iter().copied() {
            let held = &self.chains.entities[entity];
            if held.kind != EntityKind::Body || held.reached == 0 {
                continue;
            }
            let actor = held.actor.as_ref().and_then(|actor| self.pack.world.actor(actor));
            let worded = held.words.contains(&noun) || held.nouns.iter().any(|own| last_word(own) == noun);
            // The police are no ministry and no army, though both are organs with people in uniform.
            let police = draft.entry.as_ref().is_some_and(|entry| entry.sector.as_deref() == Some("COP"));
            let fitting =
                !police && actor.is_some_and(|actor| fits.iter().any(|kind| kind == actor.kind.as_str()));
            let strength = match (worded, fitting) {
                (true, true) => 3,
                (true, false) => 2,
                (false, true) => 1,
                _ => continue,
            };
            let key = (strength, self.latest(entity));
            if best.is_none_or(|(held, _)| key > held) {
                best = Some((key, entity));
            }
        }
        best.filter(|((strength, reached), _)| {
            // A body is not taken up by its kind alone over a long stretch, nor without an article.
            *strength >= 2
                || draft.definite
                    && self.sentences_between(WordId(reached.saturating_sub(1)), draft.head) <= 4
        })
        .map(|(_, entity)| entity)
    }

    pub(super) fn sentences_between(&self, one: WordId, two: WordId) -> u32 {
        self.analysis.sentence_of[one.0 as usize].0.abs_diff(self.analysis.sentence_of[two.0 as usize].0)
    }

    /// Several people: taken up by their noun, or by what sort of people they are.
    fn people(&mut self, at: usize) -> usize {
        let draft = self.drafts[at].clone();
        let owner = self.owner(at);
        if draft.definite && owner.is_none() && draft.owners.is_empty() {
            let nouned = self.chains.actors().iter().copied().filter(|entity| {
                let held = &self.chains.entities[*entity];
                held.reached > 0
                    && (held.plural || held.kind == EntityKind::Body)
                    && held.nouns.contains(&draft.lemma)
            });
            if let Some(found) = nouned.max_by_key(|entity| self.latest(*entity)) {
                return found;
            }
            let sector = draft.entry.as_ref().and_then(|entry| entry.sector.clone());
            if matches!(sector.as_deref(), Some("REB" | "UAF" | "PRM")) {
                let groups: Vec<usize> = self
                    .chains
                    .actors()
                    .iter()
                    .copied()
                    .filter(|entity| {
                        let held = &self.chains.entities[*entity];
                        let actor = held.actor.as_ref().and_then(|actor| self.pack.world.actor(actor));
                        held.reached > 0 && actor.is_some_and(|actor| actor.kind == ActorKind::ArmedGroup)
                    })
                    .collect();
                if let [only] = groups[..] {
                    return only;
                }
            }
        }
        if let Some(owner) = &owner
            && let Some(actor) = self.organ(owner, at)
        {
            return self.actor_entity(&actor);
        }
        let kind = match draft.entry.as_ref().map(|entry| entry.kind) {
            Some(NounKind::Person) => EntityKind::Several,
            _ => EntityKind::Body,
        };
        let entity = self.unnamed(at, kind);
        self.chains.entities[entity].plural = true;
        entity
    }
}
