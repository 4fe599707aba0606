//! Which side an actor, a name or a chain of attribution belongs to.

use demarche_pack::telling::Telling;
use demarche_pack::world::{ActorKind, Period, SenseKind, World, fold};
use demarche_record::{ActorId, Document, Party, Record};

/// What the comparison must know about actors. Implemented by the packs' world; tests bring a small one.
pub trait Relations {
    /// The state or outermost body that an actor speaks for, as of a day (`2022-01-28`) if one is known.
    fn side_of(&self, actor: &ActorId, day: Option<&str>) -> Option<ActorId>;
    /// True if the actor is a person.
    fn is_person(&self, actor: &ActorId) -> bool;
    /// True if the actor is a state.
    fn is_state(&self, actor: &ActorId) -> bool;
    /// Name for people.
    fn name_of(&self, actor: &ActorId) -> Option<String>;
    /// The actor that a name, adjective or seat stands for, if there is only one.
    fn named(&self, name: &str) -> Option<ActorId>;
    /// True if a person holds an office of a body on a day, whatever state the person is of.
    fn serves(&self, actor: &ActorId, body: &str, day: Option<&str>) -> bool {
        let _ = (actor, body, day);
        false
    }
    /// Titles of the offices that a person held on a day, in lower case; none where offices are not known.
    fn titles_of(&self, actor: &ActorId, day: Option<&str>) -> Vec<String> {
        let _ = (actor, day);
        Vec::new()
    }
}

impl Relations for World {
    fn side_of(&self, actor: &ActorId, day: Option<&str>) -> Option<ActorId> {
        let period = day.map(Period::day);
        World::side_of(self, actor, period.as_ref())
    }

    fn is_person(&self, actor: &ActorId) -> bool {
        self.person(actor).is_some()
    }

    fn is_state(&self, actor: &ActorId) -> bool {
        self.actor(actor).is_some_and(|it| it.kind == ActorKind::State)
    }

    fn name_of(&self, actor: &ActorId) -> Option<String> {
        World::name_of(self, actor).map(str::to_owned)
    }

    fn named(&self, name: &str) -> Option<ActorId> {
        let mut senses: Vec<_> = self.senses(name).collect();
        // "Moscow" is the seat of one state and may be the name of others' suburbs: names come first.
        senses.sort_by_key(|sense| match sense.kind {
            SenseKind::Name => 0,
            SenseKind::Demonym => 1,
            SenseKind::Metonym => 2,
        });
        let first = senses.first()?;
        let rivals =
            senses.iter().filter(|sense| sense.kind == first.kind && sense.actor != first.actor).count();
        (rivals == 0).then(|| first.actor.clone())
    }

    fn serves(&self, actor: &ActorId, body: &str, day: Option<&str>) -> bool {
        let period = day.map(Period::day);
        self.offices_of(actor, period.as_ref()).any(|office| self.chain(&office.of).any(|of| of.0 == body))
    }

    fn titles_of(&self, actor: &ActorId, day: Option<&str>) -> Vec<String> {
        let period = day.map(Period::day);
        self.offices_of(actor, period.as_ref()).flat_map(|office| office.titles.iter().cloned()).collect()
    }
}

/// Whose telling something is: the key that is compared, and the name for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Side {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) actor: Option<ActorId>,
}

/// What is known of actors, with the words by which parties are compared.
pub(crate) struct Known<'a> {
    pub(crate) actors: &'a dyn Relations,
    pub(crate) telling: &'a Telling,
}

impl<'a> std::ops::Deref for Known<'a> {
    type Target = dyn Relations + 'a;

    fn deref(&self) -> &Self::Target {
        self.actors
    }
}

/// Folded words of a name without what stands in brackets.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let plain = name.split('(').next().unwrap_or(name);
    fold(&without_stops(plain))
        .split(|it: char| !it.is_alphanumeric() && it != '-' && it != '\'')
        .filter(|word| !word.is_empty())
        .map(|word| word.trim_end_matches("'s").to_owned())
        .collect()
}

fn proper_words(telling: &Telling, name: &str) -> Vec<String> {
    let words = name_words(name);
    let kept: Vec<String> = words.iter().filter(|word| !telling.titles.has(word)).cloned().collect();
    if kept.is_empty() { words } else { kept }
}

/// How surely two parties are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// Different, or nothing is known.
    No,
    /// One stands for the other: a state and its president.
    Behind,
    /// The same.
    Same,
}

pub(crate) fn is_minted(actor: &ActorId) -> bool {
    actor.0.starts_with("x-")
}

/// Compares two parties by actor, side and name.
pub(crate) fn same_party<'p>(
    one: &'p Party,
    two: &'p Party,
    relations: &Known<'_>,
    day: Option<&str>,
) -> Match {
    let known = |party: &'p Party| party.actor.as_ref().filter(|actor| !is_minted(actor));
    if let (Some(first), Some(second)) = (known(one), known(two)) {
        if first == second {
            return Match::Same;
        }
        if relations.is_person(first) && relations.is_person(second) {
            return Match::No;
        }
        let sides = (relations.side_of(first, day), relations.side_of(second, day));
        return match sides {
            (Some(first), Some(second)) if first == second => Match::Behind,
            _ => Match::No,
        };
    }
    if let (Some(first), Some(second)) = (&one.actor, &two.actor)
        && first == second
    {
        return Match::Same;
    }
    let (first, second) =
        (proper_words(relations.telling, one.name()), proper_words(relations.telling, two.name()));
    if first.is_empty() || second.is_empty() || one.name() == "unknown" || two.name() == "unknown" {
        return Match::No;
    }
    let unnamed = |party: &Party| party.actor.is_none() && !is_named(party.name(), relations);
    let nameless = unnamed(one) && unnamed(two);
    // "Armenia's defence minister" and "Armenia's foreign minister" have all their proper words in common.
    if nameless && !roles_fit(relations.telling, one.name(), two.name()) {
        return Match::No;
    }
    if first == second {
        return Match::Same;
    }
    // "the head of the UN mission, Volker Perthes": a name with its office in front.
    if first.len().min(second.len()) >= 2 && (first.ends_with(&second) || second.ends_with(&first)) {
        return Match::Same;
    }
    // "Asaduzzaman Khan" and "Asaduzzaman Khan Kamal": a person's name without its last part.
    let persons = [one, two]
        .iter()
        .all(|party| party.actor.as_ref().is_some_and(is_minted) && is_named(party.name(), relations));
    if persons
        && first.len().min(second.len()) >= 2
        && (first.starts_with(&second) || second.starts_with(&first))
    {
        return Match::Same;
    }
    // "Hamas negotiators" and "a Hamas delegation": unnamed people of one side, as far as their offices agree.
    if nameless {
        let sides = (side_in(one.name(), relations, day), side_in(two.name(), relations, day));
        if let (Some(first), Some(second)) = sides
            && first.key == second.key
        {
            return Match::Behind;
        }
    }
    // "Armenia's defence minister" and the person who holds that office, or the state.
    for (person, role) in [(one, two), (two, one)] {
        if let Some(actor) = known(person).filter(|_| unnamed(role))
            && let Some(side) = side_in(role.name(), relations, day)
            && relations.side_of(actor, day) == side.actor
            && holds(actor, role.name(), relations, day)
        {
            return Match::Behind;
        }
    }
    // Surnames are equal, and the first names too as far as both are given.
    let capital = |party: &Party| party.name().chars().any(char::is_uppercase);
    if capital(one) && capital(two) && (first.len() == 1 || second.len() == 1) {
        let (short, long) = if first.len() == 1 { (&first, &second) } else { (&second, &first) };
        // "Humala" is Ollanta Humala Tasso, whose second surname texts leave out.
        let inner = long.len() == 3 && long[1] == short[0] && short[0].chars().count() > 3;
        if first.last() == second.last() || inner {
            return Match::Same;
        }
    }
    Match::No
}

/// The office or rank that a mention names: the first of the packs that fits.
fn role_of<'a>(telling: &'a Telling, name: &str) -> Option<&'a str> {
    // "army chiefs of India" are one of each.
    let one = |word: &str| match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').filter(|it| !it.ends_with('s')).unwrap_or(word).to_owned(),
    };
    let name = fold(name);
    let single = name.split(' ').map(one).collect::<Vec<_>>().join(" ");
    let name = format!("{name} / {single}");
    let role = telling.roles.iter().find(|role| role.words.iter().any(|words| name.contains(words.as_str())));
    role.map(|role| role.name.as_str())
}

/// Two unnamed mentions do not name different offices.
fn roles_fit(telling: &Telling, one: &str, two: &str) -> bool {
    match (role_of(telling, one), role_of(telling, two)) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    }
}

/// True if an actor may be meant by a mention of an office: a state always, a person who is known to hold it, or
/// anybody where the mention names no office ("his Iranian colleague").
fn holds(actor: &ActorId, name: &str, relations: &Known<'_>, day: Option<&str>) -> bool {
    if !relations.is_person(actor) {
        return true;
    }
    let counterpart = name.split_whitespace().any(|word| relations.telling.counterparts.has(word));
    match role_of(relations.telling, name) {
        Some(role) => relations
            .titles_of(actor, day)
            .iter()
            .any(|title| role_of(relations.telling, title).is_some_and(|own| own == role)),
        None => counterpart,
    }
}

/// True if a mention has a capital word beside those that name a side: perhaps a person.
fn is_named(name: &str, relations: &Known<'_>) -> bool {
    let name = without_stops(name);
    let front = name.split(" in ").next().unwrap_or(&name);
    let words: Vec<&str> = front
        .split(|it: char| !(it.is_alphanumeric() || matches!(it, '-' | '\'' | '’')))
        .filter(|word| !word.is_empty())
        .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
        .collect();
    // "the Russian Federation", "the United States": a side of several words.
    let of_side = |at: usize| {
        (at.saturating_sub(2)..=at)
            .flat_map(|from| (at..words.len().min(from + 4)).map(move |to| (from, to)))
            .any(|(from, to)| relations.named(&words[from..=to].join(" ")).is_some())
    };
    (1..words.len()).any(|at| {
        let title = relations.telling.titles.has(&words[at].to_lowercase());
        words[at].starts_with(char::is_uppercase) && !title && !of_side(at)
    })
}

/// The side that a party speaks for.
pub(crate) fn side_of_party(party: &Party, relations: &Known<'_>, day: Option<&str>) -> Option<Side> {
    let actor =
        party.actor.clone().filter(|actor| !is_minted(actor)).or_else(|| relations.named(party.name()));
    if let Some(side) = actor.as_ref().and_then(|actor| relations.side_of(actor, day)) {
        let name = relations.name_of(&side).unwrap_or_else(|| side.0.clone());
        return Some(Side { key: side.0.clone(), name, actor: Some(side) });
    }
    if party.words.is_none() && party.resolved.is_none() {
        return None;
    }
    side_in(party.name(), relations, day).or_else(|| {
        let words = proper_words(relations.telling, party.name());
        (!words.is_empty()).then(|| Side {
            key: words.join(" "),
            name: party.name().to_owned(),
            actor: party.actor.clone(),
        })
    })
}

/// "U.S. diplomats" as "US diplomats": the stops of an abbreviation end nothing.
fn without_stops(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("U.") {
        return std::borrow::Cow::Borrowed(text);
    }
    let plain = [("U.S.", "US"), ("U.N.", "UN"), ("U.K.", "UK"), ("E.U.", "EU")];
    std::borrow::Cow::Owned(
        plain.iter().fold(text.to_owned(), |text, (long, short)| text.replace(long, short)),
    )
}

/// The side that some words name ("the Sudanese news agency", "Downing Street"): the first name the packs know.
pub(crate) fn side_in(text: &str, relations: &Known<'_>, day: Option<&str>) -> Option<Side> {
    let text = without_stops(text);
    let words: Vec<&str> = text
        .split(|it: char| it.is_whitespace() || matches!(it, ',' | '.' | ';' | '“' | '”' | '"'))
        .filter(|it| !it.is_empty())
        .collect();
    for from in 0..words.len() {
        if !words[from].starts_with(char::is_uppercase) {
            continue;
        }
        for length in (1..=4.min(words.len() - from)).rev() {
            let name = words[from..from + length].join(" ");
            let plain = name.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
            let side = relations.named(plain).and_then(|actor| relations.side_of(&actor, day));
            if let Some(side) = side {
                let name = relations.name_of(&side).unwrap_or_else(|| side.0.clone());
                return Some(Side { key: side.0.clone(), name, actor: Some(side) });
            }
        }
    }
    None
}

/// Who vouches for a record: the outermost named link of its chain, else its own speaker or holder, else nobody (the
/// article's own voice); in a readout its issuer.
pub(crate) fn claimant(
    record: &Record,
    document: &Document,
    relations: &Known<'_>,
    day: Option<&str>,
) -> Option<Side> {
    use demarche_record::Body;
    let outer = record
        .attribution
        .iter()
        .find_map(|link| link.party.as_ref())
        .and_then(|party| side_of_party(party, relations, day));
    let own = || match &record.body {
        Body::Quotation(it) => it.speaker.as_ref(),
        Body::Position(it) => it.holder.as_ref(),
        Body::Forecast(it) => it.forecaster.as_ref(),
        _ => None,
    };
    // A readout is its issuer's telling from the first word to the last.
    issuer(document, relations, day)
        .or(outer)
        .or_else(|| own().and_then(|party| side_of_party(party, relations, day)))
}

/// The side that issues a readout.
pub(crate) fn issuer(document: &Document, relations: &Known<'_>, day: Option<&str>) -> Option<Side> {
    let issuer = document.issuer.as_ref()?;
    let party = Party { words: None, actor: None, resolved: Some(issuer.clone()) };
    side_of_party(&party, relations, day)
}
