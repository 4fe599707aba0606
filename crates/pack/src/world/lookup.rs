//! Questions to the actor lists: what a name can mean, who held an office, which state stands behind an actor.

use super::{Actor, ActorKind, Office, Period, Person, World};
use demarche_record::ActorId;
use unicode_normalization::UnicodeNormalization;

/// How a name stands for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SenseKind {
    /// Its name, or a further one.
    Name,
    /// Adjective or name of its people.
    Demonym,
    /// A seat or building that stands for it.
    Metonym,
}

/// One meaning of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The actor or person.
    pub actor: ActorId,
    /// How the name stands for it.
    pub kind: SenseKind,
    /// The name as the pack writes it; acronyms count only in this case.
    pub name: String,
}

/// PLOVER codes of an actor at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// ISO 3166-1 alpha-3 or an organisation code (IGO, UNO, EUR, NGO …).
    pub country: Option<String>,
    /// Sector.
    pub sector: Option<String>,
}

/// Lower case without diacritics, with plain apostrophes and single spaces, without a leading "the".
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return spaced(&name.to_ascii_lowercase().replace('`', "'"));
    }
    let plain: String = name
        .nfd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .map(|letter| match letter {
            '’' | '‘' | 'ʼ' | 'ʻ' | '`' => '\'',
            '‐' | '‑' | '–' => '-',
            'ł' => 'l',
            'Ł' => 'L',
            'ø' => 'o',
            'đ' => 'd',
            'Đ' => 'D',
            'Ø' => 'O',
            'ı' => 'i',
            'ə' => 'a',
            'Ə' => 'A',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect();
    spaced(&plain)
}

/// Words with one blank between them, without an article in front.
fn spaced(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.strip_prefix("the ").map(str::to_owned).unwrap_or(joined)
}

/// True for names that count only in their own case: "US", "WHO", "IAEA".
fn is_acronym(name: &str) -> bool {
    name.len() <= 6 && name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase)
}

impl World {
    pub(super) fn index(&mut self) {
        // Whatever is listed is listed by slug.
        self.actors.sort_unstable_keys();
        self.persons.sort_unstable_keys();
        for actor in self.actors.values() {
            let named = std::iter::once(&actor.name).chain(&actor.names).map(|name| (name, SenseKind::Name));
            let people = actor.demonyms.iter().map(|name| (name, SenseKind::Demonym));
            let seats = actor.metonyms.iter().map(|name| (name, SenseKind::Metonym));
            for (name, kind) in named.chain(people).chain(seats) {
                let senses = self.senses.entry(fold(name)).or_default();
                senses.push(Sense { actor: actor.id.clone(), kind, name: name.clone() });
            }
            for domain in &actor.domains {
                self.domains.entry(domain.to_lowercase()).or_insert_with(|| actor.id.clone());
            }
        }
        for person in self.persons.values() {
            for name in std::iter::once(&person.name).chain(&person.names) {
                let senses = self.senses.entry(fold(name)).or_default();
                senses.push(Sense { actor: person.id.clone(), kind: SenseKind::Name, name: name.clone() });
            }
            let surname = fold(&person.surname);
            // "al-Sarraj" is "Sarraj" in many a paper.
            if let Some((article, bare)) = surname.split_once('-')
                && matches!(article, "al" | "el" | "as" | "ash" | "an" | "ar" | "ad" | "at" | "az")
            {
                self.surnames.entry(bare.to_owned()).or_default().push(person.id.clone());
            }
            self.surnames.entry(surname).or_default().push(person.id.clone());
        }
        self.names = self.senses.keys().cloned().collect();
        self.names.sort_unstable();
        for (number, office) in self.offices.iter().enumerate() {
            for title in &office.titles {
                self.titles.entry(fold(title)).or_default().push(number);
            }
            for tenure in &office.holders {
                let held = self.held.entry(tenure.person.0.clone()).or_default();
                if held.last() != Some(&number) {
                    held.push(number);
                }
            }
        }
    }

    /// The actor with this slug.
    pub fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.get(&id.0)
    }

    /// The person with this slug.
    pub fn person(&self, id: &ActorId) -> Option<&Person> {
        self.persons.get(&id.0)
    }

    /// All actors by slug.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// All persons by slug.
    pub fn persons(&self) -> impl Iterator<Item = &Person> {
        self.persons.values()
    }

    /// All offices.
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// The name for people of an actor or person.
    pub fn name_of(&self, id: &ActorId) -> Option<&str> {
        self.actor(id)
            .map(|actor| actor.name.as_str())
            .or_else(|| self.person(id).map(|person| person.name.as_str()))
    }

    /// What a name can mean. Acronyms are told from words by their case ("WHO" from "who").
    pub fn senses<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Sense> {
        let plain = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        self.senses
            .get(&fold(name))
            .into_iter()
            .flatten()
            .filter(move |sense| !is_acronym(&sense.name) || sense.name == plain)
    }

    /// True if some name of the packs, in words, begins with these folded words: for longest-match scans.
    pub fn has_prefix(&self, folded: &str) -> bool {
        let at = self.names.partition_point(|name| name.as_str() < folded);
        self.names.get(at).is_some_and(|name| name.starts_with(folded))
    }

    /// Persons with this surname.
    pub fn with_surname(&self, surname: &str) -> &[ActorId] {
        self.surnames.get(&fold(surname)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Offices with this title that belong to an actor or to a part of it.
    pub fn offices_titled<'a>(&'a self, title: &str, of: &'a ActorId) -> impl Iterator<Item = &'a Office> {
        let numbers = self.titles.get(&fold(title)).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().map(|number| &self.offices[*number]).filter(move |office| self.is_part(&office.of, of))
    }

    /// True if some office has this title.
    pub fn is_title(&self, title: &str) -> bool {
        self.titles.contains_key(&fold(title))
    }

    /// Offices that a person held in a period, or ever if no period is given.
    pub fn offices_of<'a>(
        &'a self,
        person: &'a ActorId,
        period: Option<&'a Period>,
    ) -> impl Iterator<Item = &'a Office> {
        let numbers = self.held.get(&person.0).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().map(|number| &self.offices[*number]).filter(move |office| {
            office
                .holders
                .iter()
                .any(|tenure| tenure.person == *person && period.is_none_or(|period| tenure.overlaps(period)))
        })
    }

    /// True if `part` is `whole` or belongs to it through `part_of`.
    pub fn is_part(&self, part: &ActorId, whole: &ActorId) -> bool {
        self.chain(part).any(|actor| actor == whole)
    }

    /// The actor and everything it is part of, innermost first.
    pub fn chain<'a>(&'a self, id: &'a ActorId) -> impl Iterator<Item = &'a ActorId> {
        std::iter::successors(Some(id), |at| self.actor(at).and_then(|actor| actor.part_of.as_ref()))
    }

    /// The state or outermost body that an actor speaks for: of an organ its state, of a person the body of the
    /// office held in the period, else the state of the person's country.
    pub fn side_of(&self, id: &ActorId, period: Option<&Period>) -> Option<ActorId> {
        if let Some(person) = self.person(id) {
            if let Some(office) = self.offices_of(id, period).next() {
                return self.side_of(&office.of, period);
            }
            let state = ActorId(person.country.as_ref()?.to_lowercase());
            return self.actor(&state).map(|actor| actor.id.clone());
        }
        self.actor(id)?;
        self.chain(id)
            .find(|at| self.actor(at).is_some_and(|actor| actor.kind == ActorKind::State))
            .or_else(|| self.chain(id).last())
            .cloned()
    }

    /// The state that an actor belongs to, as ISO 3166-1 alpha-3: of persons that of their description, of bodies the nearest
    /// in the chain of what they are part of.
    pub fn country_of(&self, id: &ActorId) -> Option<&str> {
        match self.person(id) {
            Some(person) => person.country.as_deref(),
            None => self.chain(id).find_map(|at| self.actor(at).and_then(|it| it.country.as_deref())),
        }
    }

    /// PLOVER codes of an actor; for persons those of the office held in the period.
    pub fn codes(&self, id: &ActorId, period: Option<&Period>) -> Codes {
        if let Some(person) = self.person(id) {
            if let Some(office) = self.offices_of(id, period).next() {
                let body = self.codes(&office.of, period);
                return Codes { country: body.country, sector: office.sector.clone().or(body.sector) };
            }
            // Somebody who held an office at another time is of the elite, not of the government.
            let elite = self.offices_of(id, None).next().map(|_| "ELI".to_owned());
            return Codes { country: person.country.clone(), sector: person.sector.clone().or(elite) };
        }
        let country = self.chain(id).find_map(|at| {
            self.actor(at).and_then(|actor| actor.code.clone().or_else(|| actor.country.clone()))
        });
        Codes { country, sector: self.actor(id).and_then(|actor| actor.sector.clone()) }
    }

    /// The actor that owns a web site: tries the host and every parent domain.
    pub fn by_domain(&self, host: &str) -> Option<&Actor> {
        let host = host.to_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(id) = self.domains.get(rest) {
                return self.actor(id);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}
