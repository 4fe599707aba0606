//! Gives names their actors: what the packs say, in the light of titles, countries and days; mints the unknown.

use super::Linker;
use super::chains::Role;
use super::phrases::{DraftKind, Owner, gender};
use super::seats;
use crate::places::grammar;
use crate::{EntityKind, MentionForm, NameKind, WordId};
use demarche_pack::titles::NounKind;
use demarche_pack::world::{ActorKind, Office, Sense, SenseKind, fold};
use demarche_record::ActorId;

/// What a name turned out to be.
enum Target {
    Actor(ActorId),
    Person,
    Body,
    Place,
    Thing,
}

impl Linker<'_> {
    /// Gives every name its entity: names of several words first, since they explain the short ones.
    pub(super) fn link_names(&mut self) {
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        // Demonyms last: they take up states that names have made.
        order.sort_by_key(|at| (self.names[*at].is_demonym(), self.names[*at].words.len() == 1, *at));
        for number in order {
            let entity = self.name_entity(number);
            self.name_entities[number] = entity;
            if let Some(entity) = entity {
                self.remember(number, entity);
            }
            let drafts = self.index.drafts_of(number).to_vec();
            for at in drafts {
                self.linked[at] = entity;
                if let Some(entity) = entity {
                    self.learn(at, entity);
                }
            }
        }
        self.link_nested_demonyms();
        self.link_appositions();
    }

    /// Notes what a name stands for, so that it explains others.
    fn remember(&mut self, number: usize, entity: usize) {
        let text = self.name_text(number);
        let held = &self.chains.entities[entity];
        match held.kind {
            EntityKind::Person => {
                let person = held.actor.as_ref().and_then(|actor| self.pack.world.person(actor));
                let surname = person.map(|person| person.surname.as_str());
                self.known.add_person(entity, &text, self.names[number].words.start, &held.name, surname);
            }
            EntityKind::Body => self.known.add_body(entity, &text),
            _ => {}
        }
    }

    /// The nationality in front of a longer name.
    fn link_nested_demonyms(&mut self) {
        for at in 0..self.drafts.len() {
            if self.drafts[at].kind == DraftKind::Name && self.drafts[at].name.is_none() {
                let text = self.analysis.form(self.drafts[at].head).to_owned();
                let sense = self.pack.world.senses(&text).find(|it| it.kind == SenseKind::Demonym).cloned();
                self.linked[at] = sense.map(|sense| self.actor_entity(&sense.actor));
            }
        }
    }

    /// Notes the title and gender that a phrase gives to its entity.
    fn learn(&mut self, at: usize, entity: usize) {
        let draft = self.drafts[at].clone();
        if self.chains.entities[entity].gender.is_none() {
            self.chains.entities[entity].gender = draft.gender;
        }
        if draft.noun.is_none() || self.pack.titles.counterpart.contains(&draft.lemma) {
            return;
        }
        let owner = self.owner(at);
        self.chains.entities[entity].add_noun(&draft.lemma);
        let role =
            Role { title: draft.title.clone(), noun: last_word(&draft.lemma), owner, former: draft.former };
        self.chains.add_role(entity, role);
        if self.chains.entities[entity].description.is_none()
            && let Some(name) = draft.name
        {
            let words = self.names[name].words.clone();
            let before = draft.words.start..words.start.max(draft.words.start);
            if !before.is_empty() {
                self.chains.entities[entity].description = self.described(before);
            }
        }
    }

    /// A description without article and surrounding marks.
    pub(super) fn described(&self, words: std::ops::Range<u32>) -> Option<String> {
        let first = self.analysis.word(WordId(words.start)).span;
        let last = self.analysis.word(WordId(words.end.checked_sub(1)?)).span;
        let text = self.analysis.text(first.cover(last)).trim_matches([',', ' ', '(', '“', '"']);
        let bare = ["The ", "the ", "A ", "a ", "An ", "an "]
            .iter()
            .find_map(|it| text.strip_prefix(it))
            .unwrap_or(text);
        (!bare.is_empty()).then(|| bare.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Joins nominals to the names they stand in apposition to, in either order.
    fn link_appositions(&mut self) {
        for at in 0..self.drafts.len() {
            if self.linked[at].is_some()
                || !matches!(self.drafts[at].kind, DraftKind::Nominal)
                || self.drafts[at].plural
            {
                continue;
            }
            let head = self.drafts[at].head;
            let above =
                self.analysis.word(head).head.filter(|_| self.analysis.word(head).relation() == "appos");
            let below = self.analysis.children_in(head, "appos");
            let copular = self.analysis.children_in(head, "cop").next().is_some();
            let subject = self
                .analysis
                .children_in(head, "nsubj")
                .next()
                .filter(|_| copular && !self.drafts[at].indefinite);
            let named = above.into_iter().chain(below).chain(subject).find_map(|word| {
                let draft = self.index.name_draft_at(word)?;
                let entity = self.linked[draft].filter(|_| self.drafts[draft].form == MentionForm::Name)?;
                let person =
                    self.drafts[at].entry.as_ref().is_some_and(|entry| entry.kind == NounKind::Person);
                let kind = self.chains.entities[entity].kind;
                (person == (kind == EntityKind::Person) && kind != EntityKind::Place).then_some(entity)
            });
            if let Some(entity) = named {
                self.linked[at] = Some(entity);
                self.learn(at, entity);
                if self.chains.entities[entity].description.is_none() {
                    let end = self.drafts[at].words.end;
                    let next = self.drafts[at]
                        .words
                        .clone()
                        .find(|word| matches!(self.analysis.form(WordId(*word)), "," | "("));
                    let words = self.drafts[at].words.start..next.unwrap_or(end);
                    self.chains.entities[entity].description = self.described(words);
                }
            }
        }
    }

    fn name_entity(&mut self, number: usize) -> Option<usize> {
        let text = self.name_text(number);
        let target = self.target(number, &text);
        match target {
            Target::Actor(actor) => {
                let entity = self.actor_entity(&actor);
                self.chains.entities[entity].named = true;
                Some(entity)
            }
            Target::Person => Some(self.person_entity(number, &text)),
            Target::Body => Some(self.body_entity(number, &text)),
            Target::Place => {
                let seat = self.names[number].senses.iter().find(|sense| sense.kind == SenseKind::Metonym);
                let text = seat.map_or(text.clone(), |sense| sense.name.clone());
                Some(self.chains.place(&text))
            }
            Target::Thing => {
                let key = fold(&text);
                if let Some(known) = self.known.titles.get(&key) {
                    return Some(*known);
                }
                let entity = self.chains.add(&text, EntityKind::Named);
                self.chains.entities[entity].named = true;
                self.known.titles.insert(key, entity);
                Some(entity)
            }
        }
    }

    /// The entity of a pack actor.
    pub(super) fn actor_entity(&mut self, actor: &ActorId) -> usize {
        let world = &self.pack.world;
        let person = world.person(actor);
        let kind = if person.is_some() { EntityKind::Person } else { EntityKind::Body };
        let name = world.name_of(actor).unwrap_or(&actor.0).to_owned();
        let fresh = self.chains.find_actor(actor).is_none();
        let entity = self.chains.of_actor(actor, &name, kind);
        let held = &mut self.chains.entities[entity];
        held.gender = held.gender.or(match (person, person.and_then(|person| person.gender)) {
            (_, Some('m')) => Some(crate::Gender::Masculine),
            (_, Some('f')) => Some(crate::Gender::Feminine),
            (None, _) => Some(crate::Gender::Neuter),
            _ => None,
        });
        if fresh
            && person.is_none()
            && let Some(actor) = world.actor(actor)
        {
            let names = actor.names.iter().map(|name| fold(name));
            held.words.extend(names.flat_map(|name| words_of(&name)));
        }
        entity
    }

    pub(super) fn name_text(&self, number: usize) -> String {
        let words = &self.names[number].words;
        let span = self
            .analysis
            .word(WordId(words.start))
            .span
            .cover(self.analysis.word(WordId(words.end - 1)).span);
        self.analysis.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The phrase of a name with its title, if it has one.
    fn titled(&self, number: usize) -> Option<usize> {
        self.index.drafts_of(number).iter().copied().find(|at| self.drafts[*at].noun.is_some())
    }

    fn has_honorific(&self, number: usize) -> bool {
        let start = self.names[number].words.start;
        start > 0 && self.pack.titles.is_honorific(self.analysis.form(WordId(start - 1)))
    }

    fn target(&mut self, number: usize, text: &str) -> Target {
        let kind = self.names[number].kind;
        let senses = self.names[number].senses.clone();
        let title = self.titled(number);
        let person_title = title.is_some_and(|at| {
            self.drafts[at].entry.as_ref().is_some_and(|entry| entry.kind != NounKind::Body)
        }) || self.has_honorific(number);
        // "Velásquez" behind "Transport Minister Ramón Velásquez" is he, whoever of that name the packs know.
        let surname = !text.contains(' ')
            && !person_title
            && kind == Some(NameKind::Person)
            && senses.iter().all(|sense| self.pack.world.person(&sense.actor).is_some());
        if surname && self.explained(number, text).is_some() {
            return Target::Person;
        }
        if let Some(sense) = self.pick(number, &senses, person_title) {
            if sense.kind == SenseKind::Metonym && !self.acts(number) {
                return Target::Place;
            }
            return Target::Actor(sense.actor);
        }
        if !person_title && kind == Some(NameKind::Person) && self.is_mistaken_town(number, text) {
            return Target::Place;
        }
        let other = matches!(kind, Some(NameKind::Organisation | NameKind::Nationality));
        if other && senses.is_empty() && self.is_town_by_its_place(number, text) {
            return Target::Place;
        }
        let personal = person_title || kind == Some(NameKind::Person);
        let leads = self.pack.world.with_surname(text).iter().any(|it| self.context.leaders.contains(it));
        if (personal || leads || kind.is_none() && self.pack.world.with_surname(text).len() == 1)
            && let Some(actor) = self.pack_person(number, text, title)
        {
            return Target::Actor(actor);
        }
        if personal
            && !(text.split(' ').count() == 1
                && !person_title
                && self.explained(number, text).is_none()
                && self.owns_office(number))
        {
            return Target::Person;
        }
        if personal {
            return Target::Body;
        }
        match kind {
            Some(NameKind::Organisation | NameKind::Party | NameKind::Nationality) => Target::Body,
            Some(NameKind::Polity) if self.is_place_name(text) => Target::Place,
            Some(NameKind::Polity) => Target::Body,
            Some(NameKind::Location | NameKind::Facility) => Target::Place,
            _ => Target::Thing,
        }
    }

    /// True for a town that the network takes for a person: known to the gazetteer, and either used as a place or a
    /// large one in a country of the story.
    fn is_mistaken_town(&self, number: usize, text: &str) -> bool {
        if self.explained(number, text).is_some() || self.has_honorific(number) {
            return false;
        }
        let local =
            seats::is_located(self.analysis, self.pack, &self.names[number].words, self.names[number].head);
        self.is_town_by_its_place(number, text)
            || self.pack.places.named(text).any(|site| {
                let country = site.country.as_ref().is_some_and(|it| self.context.countries.contains_key(it));
                let known = site.feature || site.people >= 15;
                local && (country || known)
                    || country && (site.feature || site.people >= 50) && fold(&site.name) == fold(text)
            })
    }

    /// True for a name that stands where only a place does, "took X", "the village of X", and is one of a country of the
    /// story.
    fn is_town_by_its_place(&self, number: usize, text: &str) -> bool {
        let name = &self.names[number];
        grammar::is_used_as_place(self.analysis, self.pack, &name.words, name.head)
            && self
                .pack
                .places
                .named(text)
                .any(|site| site.country.as_ref().is_some_and(|it| self.context.countries.contains_key(it)))
    }

    /// True for X in "the foreign minister of X": offices belong to states and bodies.
    fn owns_office(&self, number: usize) -> bool {
        let head = self.names[number].head;
        let of = self.analysis.children_in(head, "case").any(|case| self.analysis.form(case) == "of");
        let above =
            self.analysis.word(head).head.filter(|_| of && self.analysis.word(head).relation() == "nmod");
        above.is_some_and(|noun| {
            let sentence = self.analysis.sentence_of[noun.0 as usize].0;
            let mut held = self.index.near(sentence, 0).map(|at| &self.drafts[at]);
            held.find(|draft| draft.noun == Some(noun))
                .is_some_and(|draft| self.pack.world.is_title(&draft.title))
        })
    }

    fn is_place_name(&self, text: &str) -> bool {
        self.pack.places.is_town(text)
    }

    /// The one sense of a name that fits best; `None` if none fits or two fit as well.
    fn pick(&self, number: usize, senses: &[Sense], person_title: bool) -> Option<Sense> {
        let world = &self.pack.world;
        let kind = self.names[number].kind;
        let owner = self.possessor(number);
        let mut scored: Vec<(i32, &Sense)> = Vec::new();
        for sense in senses {
            let mut score = 0;
            if let Some(person) = world.person(&sense.actor) {
                score += 2;
                if kind == Some(NameKind::Person) || person_title {
                    score += 3;
                }
                if self.context.period.is_none()
                    || world.offices_of(&sense.actor, self.context.period.as_ref()).next().is_some()
                {
                    score += 1;
                }
                score += self.office_agreement(number, &sense.actor);
                score += i32::from(
                    person.country.as_ref().is_some_and(|it| self.context.countries.contains_key(it)),
                );
            } else if let Some(actor) = world.actor(&sense.actor) {
                // "Chile's Defense Department" is none of another state's.
                if owner.is_some()
                    && actor.kind == ActorKind::Organ
                    && !self.shares_side(owner.as_ref(), sense)
                {
                    continue;
                }
                if person_title && kind != Some(NameKind::Organisation) && actor.kind == ActorKind::State {
                    continue;
                }
                score += match sense.kind {
                    SenseKind::Name => 2,
                    SenseKind::Demonym => 1,
                    SenseKind::Metonym => 1,
                };
                score += match (kind, actor.kind) {
                    (Some(NameKind::Polity | NameKind::Nationality), ActorKind::State) => 2,
                    (Some(NameKind::Organisation), ActorKind::State | ActorKind::PersonGroup) => 0,
                    (Some(NameKind::Organisation | NameKind::Party), _) => 2,
                    (_, ActorKind::State) => 1,
                    _ => 0,
                };
                score += i32::from(self.context.sure.contains_key(&sense.actor));
                let country = world
                    .chain(&sense.actor)
                    .find_map(|at| world.actor(at).and_then(|it| it.country.clone()));
                score += i32::from(country.is_some_and(|it| self.context.countries.contains_key(&it)));
            }
            scored.push((score, sense));
        }
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let (best, first) = *scored.first()?;
        let rival = scored.iter().skip(1).find(|(score, sense)| *score == best && sense.actor != first.actor);
        match rival {
            None => Some(first.clone()),
            // A part and its whole, or an organ and its state: the narrower one.
            Some((_, other)) if world.is_part(&other.actor, &first.actor) => Some((*other).clone()),
            Some((_, other)) if world.is_part(&first.actor, &other.actor) => Some(first.clone()),
            Some(_) => None,
        }
    }

    /// The state whose name or nationality stands in front of a name as its possessor.
    fn possessor(&self, number: usize) -> Option<ActorId> {
        let name = &self.names[number];
        let before = self.analysis.children(name.head).iter().copied().filter(|it| it.0 < name.words.start);
        let owned =
            before.filter(|it| matches!(self.analysis.word(*it).deprel.as_str(), "nmod:poss" | "amod"));
        let mut owners = owned.filter_map(|it| self.index.name_over(it));
        let actor = self.early_owner(&Owner::Name(owners.next()?))?;
        let state = self.pack.world.actor(&actor).is_some_and(|it| it.kind == ActorKind::State);
        state.then_some(actor)
    }

    fn shares_side(&self, owner: Option<&ActorId>, sense: &Sense) -> bool {
        owner.is_none_or(|owner| self.same_side(owner, &sense.actor))
    }

    /// How well a title in front of a name fits the offices of a person: 0 without a title, 4 if it fits, -2 if not.
    pub(super) fn office_agreement(&self, number: usize, person: &ActorId) -> i32 {
        let Some(at) = self.titled(number) else { return 0 };
        let draft = &self.drafts[at];
        let owner = draft.owners.iter().find_map(|owner| self.early_owner(owner));
        let mut best = 0;
        for office in self.pack.world.offices_of(person, None) {
            let fits = office.titles.iter().any(|title| fits_title(title, &draft.title, &draft.lemma));
            let owned = owner.as_ref().is_none_or(|owner| {
                self.pack.world.is_part(&office.of, owner) || self.same_side(&office.of, owner)
            });
            best = best.max(if fits && owned { 4 } else { -1 });
        }
        best
    }

    /// The actor of an owner before names are linked: from its senses.
    fn early_owner(&self, owner: &Owner) -> Option<ActorId> {
        let Owner::Name(number) = owner else { return None };
        let senses = &self.names[*number].senses;
        let mut found: Vec<&ActorId> = senses.iter().map(|sense| &sense.actor).collect();
        found.sort();
        found.dedup();
        found.first().filter(|_| found.len() == 1).map(|actor| (*actor).clone())
    }

    pub(super) fn same_side(&self, one: &ActorId, two: &ActorId) -> bool {
        one == two || {
            let world = &self.pack.world;
            let sides = (
                world.side_of(one, self.context.period.as_ref()),
                world.side_of(two, self.context.period.as_ref()),
            );
            matches!(sides, (Some(one), Some(two)) if one == two)
        }
    }

    pub(super) fn honorific_gender(&self, number: usize) -> Option<crate::Gender> {
        let start = self.names[number].words.start;
        let word = WordId(start.checked_sub(1)?);
        self.pack.titles.honorific_gender(self.analysis.form(word)).map(gender)
    }

    /// The person whose fuller name in the document explains a short one.
    pub(super) fn explained(&self, number: usize, text: &str) -> Option<usize> {
        let start = self.names[number].words.start;
        self.known.person(text, start, self.honorific_gender(number), &self.chains.entities)
    }

    fn person_entity(&mut self, number: usize, text: &str) -> usize {
        if let Some(entity) = self.explained(number, text) {
            return entity;
        }
        let entity = self.chains.of_actor(&minted(text), text, EntityKind::Person);
        let given = text.split([' ', '-']).next().unwrap_or(text);
        let held = &mut self.chains.entities[entity];
        held.named = true;
        held.gender = held.gender.or_else(|| self.pack.titles.given_gender(given).map(gender));
        entity
    }

    fn body_entity(&mut self, number: usize, text: &str) -> usize {
        if let Some(entity) = self.known.body(text, self.names[number].is_demonym()) {
            return entity;
        }
        let entity = self.chains.of_actor(&minted(text), text, EntityKind::Body);
        self.chains.entities[entity].named = true;
        self.chains.entities[entity].gender = Some(crate::Gender::Neuter);
        entity
    }

    /// True if a seat of government acts or is addressed here; false if it is only a place.
    fn acts(&self, number: usize) -> bool {
        seats::acts(self.analysis, self.pack, &self.names[number].words, self.names[number].head)
    }

    /// The actor of the first owner of a draft that has one; a person's side for persons.
    pub(super) fn owner(&mut self, at: usize) -> Option<ActorId> {
        self.owners_of(at).into_iter().next()
    }

    /// Actors of all owners of a draft.
    pub(super) fn owners_of(&mut self, at: usize) -> Vec<ActorId> {
        let owners = self.drafts[at].owners.clone();
        owners.iter().filter_map(|owner| self.owner_of(owner)).collect()
    }

    pub(super) fn owner_of(&mut self, owner: &Owner) -> Option<ActorId> {
        let entity = match owner {
            Owner::Name(number) => {
                // "the President of the Republic": the state of whoever issues the text, not a town of that name.
                if matches!(
                    demarche_pack::world::fold(&self.name_text(*number)).as_str(),
                    "republic" | "federation" | "nation" | "state" | "union" | "kingdom"
                ) {
                    return self.context.home.clone();
                }
                let entity = self.name_entities[*number];
                let placed = entity.is_none_or(|it| self.chains.entities[it].actor.is_none());
                if placed && let Some(actor) = self.early_owner(owner) {
                    return Some(actor);
                }
                if placed && let Some(country) = self.pack.places.country_of(&self.name_text(*number)) {
                    let state = ActorId(country.to_lowercase());
                    return self.pack.world.actor(&state).map(|it| it.id.clone());
                }
                entity?
            }
            Owner::Word(word) => {
                let at = self.index.draft_at(*word)?;
                // "our President": whoever speaks does not depend on what is named before.
                if self.linked[at].is_none() && matches!(self.drafts[at].lemma.as_str(), "our" | "my") {
                    self.link_pronoun(at);
                }
                if self.linked[at].is_none() && self.drafts[at].kind == DraftKind::Nominal && !self.busy {
                    self.busy = true;
                    self.link_nominal(at);
                    self.busy = false;
                }
                self.linked[at]?
            }
        };
        self.side_actor(entity)
    }

    /// The body an entity stands for: itself, or the side of a person.
    pub(super) fn side_actor(&self, entity: usize) -> Option<ActorId> {
        let held = &self.chains.entities[entity];
        if held.kind != EntityKind::Person {
            return held.actor.clone();
        }
        let stated = held.roles.iter().filter(|role| !role.former).find_map(|role| role.owner.clone());
        let stated = stated.and_then(|owner| self.pack.world.side_of(&owner, None).or(Some(owner)));
        let known = held
            .actor
            .as_ref()
            .and_then(|actor| self.pack.world.side_of(actor, self.context.period.as_ref()));
        known.or(stated)
    }

    /// Offices of a person at the time of the document.
    pub(super) fn offices(&self, entity: usize) -> Vec<&Office> {
        let Some(actor) = &self.chains.entities[entity].actor else { return Vec::new() };
        self.pack.world.offices_of(actor, self.context.period.as_ref()).collect()
    }
}

/// True if a title of an office is the one that the text gives: the same, or the text's bare noun ends it.
pub(super) fn fits_title(office: &str, title: &str, lemma: &str) -> bool {
    office == title
        || title == lemma
            && (office == lemma
                || office.ends_with(&format!(" {lemma}"))
                || office.starts_with(&format!("{lemma} of ")))
        || title.ends_with(&format!(" {office}")) && office.contains(' ')
}

/// The last word of a noun of several words.
pub(super) fn last_word(noun: &str) -> String {
    noun.rsplit([' ']).next().unwrap_or(noun).to_owned()
}

/// Words of a folded name.
pub(super) fn words_of(folded: &str) -> Vec<String> {
    folded.split([' ', '-']).map(str::to_owned).collect()
}

/// The id of an actor that no pack knows.
pub(super) fn minted(name: &str) -> ActorId {
    let mut slug = String::from("x");
    for part in fold(name).split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()) {
        slug.push('-');
        slug.push_str(part);
    }
    ActorId(slug)
}

/// Folded words of a personal name without particles that texts leave out.
pub(super) fn name_tokens(name: &str) -> Vec<String> {
    let folded = fold(name).replace(',', " ");
    let words =
        folded.split([' ']).map(|word| word.trim_start_matches("al-").trim_start_matches("el-").to_owned());
    words
        .filter(|word| !word.is_empty() && !matches!(word.as_str(), "jr" | "jr." | "sr." | "al" | "el"))
        .collect()
}

pub(super) fn initials(name: &str) -> String {
    let words =
        name.split([' ', '-']).filter(|word| !matches!(*word, "of" | "the" | "for" | "and" | "on" | "in"));
    words.filter_map(|word| word.chars().next()).filter(|letter| letter.is_uppercase()).collect()
}

/// Number of letters to change, add or drop.
pub(super) fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (column, other) in two.iter().enumerate() {
            let change = before + usize::from(letter != *other);
            before = row[column + 1];
            row[column + 1] = change.min(before + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
