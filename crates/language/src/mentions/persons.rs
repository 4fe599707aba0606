//! Which person of the packs a name means that they do not list in this form.

use super::Linker;
use super::senses::{distance, name_tokens};
use demarche_record::ActorId;

impl Linker<'_> {
    /// A pack person for a name that the packs do not list in this form: by surname, given name, office, country.
    pub(super) fn pack_person(&self, number: usize, text: &str, title: Option<usize>) -> Option<ActorId> {
        let tokens = name_tokens(text);
        let surname = tokens.last()?;
        let world = &self.pack.world;
        let mut scored: Vec<(i32, &ActorId)> = Vec::new();
        let mut candidates: Vec<&ActorId> = world.with_surname(surname).iter().collect();
        if tokens.len() > 1 {
            candidates.extend(world.with_surname(text));
        }
        // "Teodoro Obiang Nguema" leaves out the last of the names of one whose surname is Obiang.
        let inner = tokens.get(1..tokens.len() - 1).unwrap_or_default();
        let shorter = |person: &&ActorId| {
            world.person(person).is_some_and(|held| {
                let mut full = name_tokens(&held.name).into_iter();
                tokens.iter().all(|own| full.any(|theirs| theirs == *own))
            })
        };
        // "Fernando Lugo Méndez" has one name more than the packs.
        let longer = |person: &&ActorId| {
            world.person(person).is_some_and(|held| {
                let full = name_tokens(&held.name);
                full.len() > 1 && tokens.len() > full.len() && tokens.starts_with(&full)
            })
        };
        candidates.extend(
            inner.iter().flat_map(|name| world.with_surname(name)).filter(|it| shorter(it) || longer(it)),
        );
        // "Mohammed bin Salman bin Abdulaziz Al Saud": the surname of two words stands inside.
        let pairs: Vec<String> = inner.windows(2).map(|two| two.join(" ")).collect();
        candidates.extend(pairs.iter().flat_map(|pair| world.with_surname(pair)).filter(longer));
        for person in candidates {
            let held = world.person(person)?;
            // "Sabah Khaled Al-Sabah" is not Sabah al-Ahmad al-Sabah.
            let full = name_tokens(&held.name);
            let between = full.get(1..full.len().saturating_sub(1)).unwrap_or_default();
            let near = |own: &String| between.iter().any(|theirs| distance(own, theirs) <= 1);
            if !inner.is_empty()
                && !between.is_empty()
                && !inner.iter().any(near)
                && !shorter(&person)
                && !longer(&person)
            {
                continue;
            }
            let mut score = 0;
            if title.is_some() {
                score += self.office_agreement(number, person);
            }
            score += i32::from(world.offices_of(person, self.context.period.as_ref()).next().is_some());
            let count =
                held.country.as_ref().and_then(|country| self.context.countries.get(country)).copied();
            let vouched = tokens.len() == 1 && self.context.leaders.contains(person);
            score += i32::from(count.is_some_and(|count| count > 0) || vouched);
            let mut needed = 2;
            if tokens.len() > 1 {
                let given = name_tokens(&held.name);
                let (own, theirs) = (tokens.first()?, given.first()?);
                // "Muhammad Nawaz Sharif" is Nawaz Sharif.
                let whole = given.len() > 1 && tokens.len() > given.len() && tokens.ends_with(&given);
                let near = whole || distance(own, theirs) <= 1 + own.len() / 6;
                // "J. Doe", "Alex Doe": an initial or a short form. "Radha Doe" is no Rajnath.
                let short = own.chars().count() <= 2 || theirs.chars().count() <= 2;
                let stem = own.chars().zip(theirs.chars()).take_while(|(one, two)| one == two).count();
                let initial = short && stem > 0 || stem >= 3;
                if !near && !initial {
                    continue;
                }
                score += if near { 2 } else { 0 };
                needed = if near { 2 } else { 5 };
            }
            if let Some(own) = self.honorific_gender(number)
                && held.gender.is_some_and(|it| (it == 'm') != (own == crate::Gender::Masculine))
            {
                continue;
            }
            if score >= needed {
                scored.push((score, person));
            }
        }
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        match scored[..] {
            [] => None,
            [(_, only)] => Some(only.clone()),
            [(one, first), (two, second), ..] => (one > two || first == second).then(|| first.clone()),
        }
        // A surname that the document explains itself comes first.
        .filter(|actor| {
            let explained = self.explained(number, text);
            explained.is_none_or(|entity| self.chains.entities[entity].actor.as_ref() == Some(actor))
        })
    }
}
