//! Whether one whom a text only describes ("the rebel chairman", "Moscow's security chief") is one whom another text names.
//!
//! A description fits a name by country or organisation and by office, as the packs or the words beside the name give
//! them, or because the text with the description has the very name elsewhere. What contradicts decides before what fits.

use crate::held::{Held, published};
use crate::sides::{is_minted, name_words, side_in};
use demarche_pack::topics::WordList;
use demarche_pack::world::fold;
use demarche_record::{ActorId, Document, Party};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Words that a description beside a name has at most.
const BESIDE: usize = 12;

/// How surely a described party is a named one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Contradicted, or nothing speaks for it.
    No,
    /// Nothing is said against it: "the two delegations".
    Open,
    /// Country or name and office fit.
    Fits,
}

/// True if a party is known by a description alone.
pub(crate) fn is_described(held: &Held<'_>, party: &Party) -> bool {
    let known = party.actor.as_ref().is_some_and(|actor| !is_minted(actor));
    !known && party.name() != "unknown" && {
        let name = small(held, party.name());
        let front = front(&name);
        // "al-Anbari" is a name.
        front.split_whitespace().last().is_some_and(|word| !word.contains(char::is_uppercase))
    }
}

/// A description with its offices in small letters: "the Chairman of the Council", as governments write it.
fn small<'a>(held: &Held<'_>, name: &'a str) -> Cow<'a, str> {
    let first = name.split(' ').next().unwrap_or("").to_lowercase();
    if !matches!(first.as_str(), "the" | "his" | "her" | "its" | "their" | "our") {
        return Cow::Borrowed(name);
    }
    Cow::Owned(lowered(held, name))
}

/// Some words with the offices in front in small letters: "Ruritania's Prime Minister" as "Ruritania's prime minister".
fn lowered(held: &Held<'_>, name: &str) -> String {
    let length = front(name).len();
    let word = |word: &str| {
        let low = word.to_lowercase();
        if held.telling.titles.has(&low) { low } else { word.to_owned() }
    };
    let words: Vec<String> = name[..length].split(' ').map(word).collect();
    words.join(" ") + &name[length..]
}

/// True if a description is of one certain person: "the envoy", "Iraq's ambassador", not "a US official", "Russian
/// negotiators". What stands for several may be told apart by country ("the top diplomats of X and Y").
fn is_definite(party: &Party) -> bool {
    let words = party.words.as_ref().map_or("", |words| words.text.as_str());
    let certain = |text: &str| {
        let first = text.split_whitespace().next().unwrap_or("").to_lowercase();
        matches!(first.as_str(), "the" | "his" | "her" | "their" | "its" | "this" | "both")
            || front(text).contains("'s ")
            || front(text).contains("’s ")
    };
    let last = front(party.name()).rsplit(' ').next().unwrap_or("");
    let plural = last.ends_with('s') && !last.ends_with("ss");
    let apart =
        party.resolved.as_ref().is_some_and(|name| !words.to_lowercase().ends_with(&name.to_lowercase()));
    let pair = words.to_lowercase().starts_with("the two ") || words.to_lowercase().starts_with("both ");
    (certain(words) || certain(party.name())) && (!plural || apart || pair || words.contains(" of "))
}

/// True if a party is two that the text does not name: "the two Cypriot leaders".
pub(crate) fn is_pair(held: &Held<'_>, party: &Party) -> bool {
    party.actor.is_none()
        && party.words.as_ref().is_some_and(|words| {
            let text = words.text.to_lowercase();
            let plain: Vec<&str> = text.split_whitespace().collect();
            // "the leaders of the island's two communities".
            let of_two = plain.first() == Some(&"the")
                && plain.iter().take(8).any(|word| *word == "two")
                && plain.get(1).is_some_and(|noun| noun.ends_with('s') && !noun.ends_with("'s"))
                && plain.get(2) == Some(&"of");
            of_two || held.telling.pairs.begins(&plain).is_some()
        })
}

/// A description without the place that follows it: "the head of the agency" of "the head of the agency in Vienna".
fn placeless(name: &str) -> &str {
    let ends = [" in ", " at ", " near ", " on ", " to "];
    let end = ends.iter().filter_map(|end| name.find(end)).min();
    &name[..end.unwrap_or(name.len())]
}

/// The description up to what it belongs to: "the leader" of "the leader of the opposition".
fn front(name: &str) -> &str {
    let ends = [" of ", " in ", " at ", " for ", " from ", " near ", " on ", " to ", ",", " (", " who "];
    // "head of state" is one office.
    let whole = name.to_lowercase();
    for office in ["head of state", "head of government", "secretary of state", "chief of staff"] {
        if let Some(at) = whole.find(office).filter(|_| whole.len() == name.len()) {
            return &name[..at + office.len()];
        }
    }
    let end = ends.iter().filter_map(|end| name.find(end)).min();
    name[..end.unwrap_or(name.len())].trim_end()
}

/// The office that a description names: its lower-case words at the end, without article.
fn title(name: &str) -> String {
    let words: Vec<&str> = front(name).split_whitespace().collect();
    let lower =
        |word: &&&str| word.starts_with(char::is_lowercase) && !word.ends_with("'s") && !word.ends_with("’s");
    let mut tail: Vec<&str> = words.iter().rev().take_while(lower).copied().collect();
    tail.reverse();
    let small = ["the", "a", "an", "his", "her", "their", "its", "this", "two", "both"];
    let title = tail.into_iter().filter(|word| !small.contains(word)).collect::<Vec<_>>().join(" ");
    // "top diplomats" of two countries are one of each.
    match title.strip_suffix('s') {
        Some(one) if !one.ends_with('s') && !one.is_empty() => one.to_owned(),
        _ => title,
    }
}

/// Compares a described party with a named one of another text.
pub(crate) fn likeness(
    held: &Held<'_>,
    (described, of): (&Party, &Document),
    (named, by): (&Party, &Document),
    others: &[Party],
) -> Likeness {
    if !is_definite(described) {
        return Likeness::No;
    }
    let relations = held.relations;
    let day = published(of).and_then(|window| window.first).map(|day| day.to_string());
    let day = day.as_deref();
    let words = described.words.as_ref().map_or("", |words| words.text.as_str());
    let known = named.actor.as_ref().filter(|actor| !is_minted(actor));
    let beside = beside(held, named, by);
    let own: Option<String> = known
        .and_then(|actor| relations.side_of(actor, day))
        .map(|side| side.0)
        .or_else(|| beside.iter().find_map(|text| side_in(text, relations, day)).map(|side| side.key));
    let theirs = side_in(placeless(described.name()), relations, day)
        .or_else(|| side_in(placeless(words), relations, day))
        .map(|side| side.key);
    // "the exiled leader of the movement": of a movement of his own, whatever his state.
    let serves = known.zip(theirs.as_ref()).is_some_and(|(actor, body)| relations.serves(actor, body, day));
    // "the leaders of the island's two communities": one of them may lead the part that calls itself a state.
    let part = || {
        let name = |key: &Option<String>| relations.name_of(&ActorId(key.clone()?));
        name(&own).zip(name(&theirs)).is_some_and(|(own, theirs)| own.contains(&theirs))
    };
    if own.is_some() && theirs.is_some() && own != theirs && is_pair(held, described) && part() {
        return Likeness::Fits;
    }
    if own.is_some() && theirs.is_some() && own != theirs && !serves {
        // "the two Cypriot leaders": the other of them may be the Turkish Cypriot one.
        let named_so = front(words).split_whitespace().any(|word| {
            let titles = titles(held, known, day);
            word.starts_with(char::is_uppercase) && titles.iter().any(|it| it.contains(&word.to_lowercase()))
        });
        return if named_so && is_pair(held, described) { Likeness::Fits } else { Likeness::No };
    }
    let same_side = own.is_some() && own == theirs || serves;
    let text = described.name().to_lowercase();
    let against = text.split_whitespace().any(|word| held.telling.insurgents.has(word));
    let official =
        known.and_then(|actor| relations.side_of(actor, day)).filter(|side| relations.is_state(side));
    if against && official.is_some() && !titles(held, known, day).is_empty() {
        return Likeness::No;
    }
    if is_pair(held, described) {
        return if same_side { Likeness::Fits } else { Likeness::Open };
    }
    // "A diplomat close to Mr Uribe": the text has the name, and nobody else in the contact bears it.
    if is_in(named, of) && !others.iter().any(|other| bears(other, named)) {
        return Likeness::Fits;
    }
    let title = title(&small(held, described.name()));
    let mut roles = titles(held, known, day);
    // "his Indian counterpart, General Doe" says nothing of the office.
    let told = beside.iter().map(|text| self::title(&lowered(held, text)));
    roles.extend(told.filter(|it| !it.is_empty() && !is_anybody(held, it)));
    let qualified = theirs.is_some() || placeless(described.name()).split_whitespace().count() > 2;
    match office(held, &title, &roles) {
        Some(false) => Likeness::No,
        Some(true) if same_side || (theirs.is_none() || own.is_none()) && qualified => Likeness::Fits,
        // "the President": of which country only the place of the contact can tell.
        Some(true) if theirs.is_none() && known.is_some() => Likeness::Open,
        // No office is known on one of the sides: the country alone carries what is no head of state or government.
        None if same_side && (roles.is_empty() || is_anybody(held, &title)) => Likeness::Fits,
        // "his host", "the visitor": whoever the other of the two is.
        None if theirs.is_none() && is_anybody(held, &title) && !has_names(described.name()) => {
            Likeness::Open
        }
        // Neither the packs nor the words beside the name say who it is, but its text has the country too.
        None if known.is_none()
            && beside.is_empty()
            && theirs.is_some_and(|side| names_side(held, by, &side, day)) =>
        {
            Likeness::Open
        }
        _ => Likeness::No,
    }
}

/// True if a capital letter stands behind the first word of a description.
fn has_names(name: &str) -> bool {
    name.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase))
}

fn titles(held: &Held<'_>, actor: Option<&ActorId>, day: Option<&str>) -> Vec<String> {
    actor.map(|actor| held.relations.titles_of(actor, day)).unwrap_or_default()
}

fn is_anybody(held: &Held<'_>, title: &str) -> bool {
    title.split_whitespace().last().is_none_or(|word| held.telling.anybody.has(word))
}

/// True if an office fits one of some titles, false if it fits none; nothing where either side names none.
fn office(held: &Held<'_>, title: &str, roles: &[String]) -> Option<bool> {
    if roles.is_empty() {
        return None;
    }
    let head = title.split_whitespace().last().unwrap_or(title);
    let fits = |role: &String| {
        // "deputy foreign minister" ends in another office.
        let longer = |long: &str, short: &str| {
            long.strip_suffix(short).is_some_and(|front| {
                front.ends_with(' ') && !front.split_whitespace().any(|word| held.telling.lesser.has(word))
            })
        };
        let alike = held.telling.likenesses.iter().any(|it| {
            it.words.iter().any(|word| word == title || word == head)
                && it.titles.iter().any(|end| role == end || role.ends_with(&format!(" {end}")))
        });
        // "prime minister" is no "minister".
        let prime = |it: &str| it.ends_with("prime minister");
        if prime(role) != prime(title) && head == "minister" {
            return false;
        }
        role == title || longer(role, title) || longer(title, role) || alike
    };
    // A "leader" may be a prime minister, and anybody else.
    let any = roles.iter().any(fits);
    (any || !is_anybody(held, title)).then_some(any)
}

/// What a text says right beside a name: "Indonesia's justice minister" before or behind it.
fn beside(held: &Held<'_>, named: &Party, document: &Document) -> Vec<String> {
    let Some(surname) = surname(named) else { return Vec::new() };
    let text = document.text.as_str();
    let mut found = Vec::new();
    let own = named.words.as_ref().map(|words| words.text.as_str()).into_iter();
    for part in own.flat_map(|it| it.split(',')).filter(|part| !holds(part, &surname)) {
        found.push(part.trim().to_owned());
    }
    for (start, end) in crate::prose::sentences(held.telling, text) {
        let sentence = &text[start..end];
        for (at, word) in capitals(sentence) {
            if fold(word) != surname {
                continue;
            }
            let behind = &sentence[at + word.len()..];
            if let Some(rest) = behind.strip_prefix(", ") {
                let end = rest.find([',', '.', ';', '”', '—', '(']).unwrap_or(rest.len());
                let part = &rest[..end];
                if part.split_whitespace().count() <= BESIDE && is_office(held, part) {
                    found.push(part.to_owned());
                }
            } else if let Some(rest) = behind.strip_prefix(" of ") {
                let body: Vec<&str> = rest
                    .split_whitespace()
                    .take_while(|word| *word == "the" || word.starts_with(char::is_uppercase))
                    .collect();
                found.push(body.join(" "));
            }
            let first = first_of_name(&sentence[..at]);
            let before = sentence[..first].trim_end().trim_end_matches(',');
            let from = before.rfind([',', '.', ';', '“', '—', '(', ':']).map_or(0, |at| at + 1);
            let mut part = before.get(from..).unwrap_or("").trim();
            for stop in [
                " and ",
                " with ",
                " to ",
                " by ",
                " between ",
                " that ",
                " when ",
                " from ",
                " told ",
                " met ",
            ] {
                part = part.rsplit(stop).next().unwrap_or(part);
            }
            if part.split_whitespace().count() <= BESIDE && is_office(held, part) {
                found.push(part.to_owned());
            }
        }
    }
    found
}

/// Where the capital words begin that stand right before a surname.
fn first_of_name(before: &str) -> usize {
    let mut at = before.len();
    while let Some(word) = before[..at].trim_end().rsplit(' ').next() {
        let start = before[..at].trim_end().len() - word.len();
        if !word.starts_with(char::is_uppercase)
            || word.ends_with(',')
            || word.ends_with("'s")
            || word.ends_with("’s")
        {
            break;
        }
        at = start;
        if start == 0 {
            break;
        }
    }
    at
}

/// True if some words end in an office: "Indonesia's justice minister", "the chairman of the front".
fn is_office(held: &Held<'_>, part: &str) -> bool {
    let title = title(&lowered(held, part));
    let head = title.split_whitespace().last().unwrap_or("");
    let role = |ends: &[String]| ends.iter().any(|end| title == *end || title.ends_with(&format!(" {end}")));
    !head.is_empty()
        && (held.telling.roles.iter().any(|it| role(&it.words))
            || held.telling.likenesses.iter().any(|it| role(&it.words) || role(&it.titles)))
}

fn capitals(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let edges = |it: char| !(it.is_alphanumeric() || matches!(it, '-' | '\'' | '’'));
    text.split(edges).filter(|word| word.contains(char::is_uppercase)).map(move |word| {
        let plain = word.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
        (word.as_ptr() as usize - text.as_ptr() as usize, plain)
    })
}

/// The last word of a name as texts repeat it.
fn surname(party: &Party) -> Option<String> {
    let words =
        party.words.as_ref().map(|words| words.text.as_str()).filter(|it| it.contains(char::is_uppercase));
    let written = words.map(|it| it.split(',').next().unwrap_or(it)).filter(|_| party.resolved.is_none());
    let name = name_words(written.unwrap_or(party.name()));
    name.into_iter().last().filter(|word| word.chars().count() > 2)
}

fn holds(text: &str, surname: &str) -> bool {
    capitals(text).any(|(_, word)| fold(word) == surname)
}

/// True if a text has the surname of a party.
pub(crate) fn is_in(named: &Party, document: &Document) -> bool {
    surname(named).is_some_and(|surname| holds(document.text.as_str(), &surname))
}

/// True if a text names a side anywhere.
fn names_side(held: &Held<'_>, document: &Document, side: &str, day: Option<&str>) -> bool {
    capitals(document.text.as_str()).any(|(_, word)| {
        let actor = held.relations.named(word);
        actor.and_then(|actor| held.relations.side_of(&actor, day)).is_some_and(|it| it.0 == side)
    })
}

/// True if another participant of the contact has the same name.
fn bears(other: &Party, named: &Party) -> bool {
    let same = matches!((&other.actor, &named.actor), (Some(one), Some(two)) if one == two);
    same || surname(named).is_some_and(|surname| name_words(other.name()).contains(&surname))
}

/// The number that a text gives a contact within a day: "the second call of the day". Read in the sentence of its trigger
/// and in the one behind.
pub(crate) fn ordinal(held: &Held<'_>, document: &Document, trigger: usize) -> Option<String> {
    let text = document.text.as_str();
    let sentences = held.sentences(document.id);
    let at = sentences.iter().position(|(start, end)| (*start..*end).contains(&trigger))?;
    let mut found = BTreeSet::new();
    for (start, end) in sentences.iter().skip(at).take(2) {
        let sentence = &text[*start..*end];
        let counts = |word: &str| {
            held.telling.ordinals.has(word)
                || word.starts_with(char::is_uppercase) && held.telling.ordinals.has(&word.to_lowercase())
        };
        if !sentence.split(|it: char| !it.is_alphanumeric()).any(counts) {
            continue;
        }
        let list = WordList::new(sentence);
        let words = list.words();
        for (from, (word, ..)) in words.iter().enumerate().filter(|(_, it)| held.telling.ordinals.has(&it.0))
        {
            let behind = &words[from + 1..words.len().min(from + 8)];
            let Some(within) = behind.iter().position(|it| held.telling.counted_within.has(&it.0)) else {
                continue;
            };
            let between = &behind[..within];
            // "the first of the day", "this second conversation of the day", not "the second week of the day's …".
            let small = between.iter().filter(|it| held.telling.is_content(&it.0)).count();
            let contact = match (between.first(), between.last()) {
                (Some(first), Some(last)) => {
                    held.topics.contacts.matches(&WordList::new(&sentence[first.1..last.2]))
                }
                _ => false,
            };
            // "for the second time that day".
            let time = between.first().is_some_and(|it| it.0 == "time") && small <= 1;
            // "the truce, now in its second day" counts days.
            if !between.is_empty() && (small == 0 || time || contact && small <= 2) {
                found.insert(word.clone());
            }
        }
    }
    // Two numbers in one place tell of two contacts.
    if found.len() == 1 { found.into_iter().next() } else { None }
}
