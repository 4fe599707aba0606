//! The plain slots of an encounter: that it took place, means, duration, who started it, place.

use super::telling::{Sentence, clauses, side_near};
use super::{Said, Verdict, comparison, pairs};
use crate::encounters::is_exact;
use crate::held::Held;
use crate::prose::{self, Range};
use crate::sides::{Side, name_words, side_of_party};
use demarche_pack::topics::WordList;
use demarche_record::{
    Body, Comparison, Contact, DocumentId, Encounter, Medium, Precision, Record, Relation, Status, Words,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let mentions: Vec<(&Record, &Contact)> = encounter
        .mentions
        .iter()
        .filter_map(|id| held.record(*id))
        .filter_map(
            |record| if let Body::Contact(contact) = &record.body { Some((record, contact)) } else { None },
        )
        .collect();
    took_place(held, &mentions, found);
    medium(held, &mentions, found);
    let durations = durations(held, &mentions, tellings);
    pairs(held, &durations, duration_rule, found);
    let initiators = initiators(held, encounter, &mentions, tellings);
    pairs(held, &initiators, initiator_rule, found);
    let places = places(held, &mentions);
    pairs(held, &places, place_rule, found);
}

fn said<T>(held: &Held<'_>, record: &Record, words: &Words, value: T) -> Said<T> {
    let (start, end) = (record.evidence.start_byte as usize, record.evidence.end_byte as usize);
    let teller =
        held.claimant(record).unwrap_or_else(|| super::telling::teller(held, record.document, start, end));
    Said { value, words: words.clone(), record: record.id, document: record.document, teller }
}

/// One row for each pair of independent texts: they tell of the same contact, or one denies it.
fn took_place(held: &Held<'_>, mentions: &[(&Record, &Contact)], found: &mut Vec<Comparison>) {
    let denied = |status: Status| matches!(status, Status::Denied | Status::Cancelled);
    let happened = |status: Status| matches!(status, Status::Occurred | Status::Ongoing);
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (at, (one, _)) in mentions.iter().enumerate() {
        for (two, _) in &mentions[at + 1..] {
            let groups = (held.group(one.document), held.group(two.document));
            let opposed =
                denied(one.status) && happened(two.status) || denied(two.status) && happened(one.status);
            let verdict = if opposed {
                Verdict {
                    relation: Relation::Differs,
                    topic: "whether it took place".to_owned(),
                    why: "One text tells it as having taken place, the other says that it did not."
                        .to_owned(),
                    rule: "contact-denied",
                }
            } else if groups.0 != groups.1
                && happened(one.status)
                && happened(two.status)
                && one.when.is_some()
                && two.when.is_some()
            {
                Verdict {
                    relation: Relation::Agrees,
                    topic: "day and participants".to_owned(),
                    why: if held.window(one).zip(held.window(two)).is_none_or(|(one, two)| one.overlaps(two))
                    {
                        "Two independent texts name the same participants and the same day.".to_owned()
                    } else {
                        "Two independent texts name the same participants and the same moment, each by its own clock."
                            .to_owned()
                    },
                    rule: "contact-same",
                }
            } else {
                continue;
            };
            if seen.insert(groups) {
                found.push(comparison(verdict, (one.id, &one.evidence), Some((two.id, &two.evidence))));
            }
        }
    }
}

fn medium(held: &Held<'_>, mentions: &[(&Record, &Contact)], found: &mut Vec<Comparison>) {
    // One value for each text: its most definite one.
    let mut best: BTreeMap<usize, (&Record, &Contact)> = BTreeMap::new();
    let definite = |medium: Medium| match medium {
        Medium::Unspecified => 0,
        Medium::Talks => 1,
        _ => 2,
    };
    for (record, contact) in mentions {
        let entry = best.entry(held.rank(record.document)).or_insert((record, contact));
        if definite(contact.medium) > definite(entry.1.medium) {
            *entry = (record, contact);
        }
    }
    let outlet = |record: &Record| held.outlet(record.document);
    let said: Vec<Said<Medium>> = best
        .into_values()
        .map(|(record, contact)| Said {
            teller: outlet(record),
            ..said(held, record, &means(held, record, contact), contact.medium)
        })
        .collect();
    let rule = |one: &Said<Medium>, two: &Said<Medium>| {
        let vague = |medium: Medium| matches!(medium, Medium::Unspecified | Medium::Talks);
        let more = match (one.value, two.value) {
            (one, two) if one == two => return None,
            // A call may be one with pictures, but not one "by telephone".
            (Medium::Call, Medium::Video) | (Medium::Video, Medium::Call)
                if [one, two].iter().any(|it| it.value == Medium::Call && by_telephone(held, it)) =>
            {
                return Some(Verdict {
                    relation: Relation::Differs,
                    topic: "medium".to_owned(),
                    why: "One telling has them on the telephone, the other on video.".to_owned(),
                    rule: "medium-other",
                });
            }
            (Medium::Unspecified, other) | (other, Medium::Unspecified) => other,
            (Medium::Call, Medium::Video) | (Medium::Video, Medium::Call) => Medium::Video,
            (one, two) if vague(one) != vague(two) => {
                if vague(one) {
                    two
                } else {
                    one
                }
            }
            _ => return None,
        };
        Some(Verdict {
            relation: Relation::Refines,
            topic: "medium".to_owned(),
            why: format!("One telling says more exactly how: {more}."),
            rule: "medium-finer",
        })
    };
    pairs(held, &said, rule, found);
}

/// The clause with the words for the means, if it is not the trigger that has them: "was conducted over the telephone".
fn means(held: &Held<'_>, record: &Record, contact: &Contact) -> Words {
    let text = held.document(record.document).text.as_str();
    let spans = [&record.evidence].into_iter().chain(&contact.also);
    let told = |part: &str| {
        let list = WordList::new(part);
        list.words().iter().any(|(word, ..)| held.telling.telephone.has(word) || word == "video")
    };
    let remote = matches!(contact.medium, Medium::Call | Medium::Video) && !told(&contact.trigger.text);
    let clause = spans
        .flat_map(|words| clauses(text, words.start_byte as usize, words.end_byte as usize))
        .find(|(from, to)| remote && told(&text[*from..*to]));
    clause
        .and_then(|(from, to)| held.words(record.document, from, to))
        .unwrap_or_else(|| contact.trigger.clone())
}

/// True if the sentence of a call has the telephone: "was conducted over the telephone".
fn by_telephone(held: &Held<'_>, said: &Said<Medium>) -> bool {
    let Some(record) = held.record(said.record) else { return false };
    let Body::Contact(contact) = &record.body else { return false };
    let mut told = contact.also.iter().chain([&record.evidence]);
    told.any(|words| {
        WordList::new(&words.text).words().iter().any(|(word, ..)| held.telling.telephone.has(word))
    })
}

fn durations(held: &Held<'_>, mentions: &[(&Record, &Contact)], tellings: &[Sentence]) -> Vec<Said<Range>> {
    let mut found: Vec<Said<Range>> = Vec::new();
    let mut given: BTreeSet<DocumentId> = BTreeSet::new();
    for (record, contact) in mentions {
        // "are scheduled to talk for an hour" is no length of what took place.
        let ahead = matches!(record.status, Status::Planned | Status::Hypothetical);
        let Some(words) = contact.duration.as_ref().filter(|_| !ahead) else { continue };
        // The modifier may stand before the span that the record gives.
        let text = held.document(record.document).text.as_str();
        let before =
            text[..words.start_byte as usize].char_indices().rev().take(24).last().map_or(0, |(at, _)| at);
        // "one hour" may go on: "and 50 minutes".
        let rest = &text[words.end_byte as usize..];
        let more = rest.char_indices().take(28).last().map_or(0, |(at, letter)| at + letter.len_utf8());
        let whole = &text[before..words.end_byte as usize + more];
        let read =
            prose::duration(whole).map(|(range, start, end)| (range, before + start, before + end)).filter(
                |(_, start, end)| *start <= words.start_byte as usize + 2 && *end >= words.end_byte as usize,
            );
        let Some(range) = read.map(|it| it.0).or_else(|| prose::duration(&words.text).map(|it| it.0)) else {
            continue;
        };
        // "a one-day summit" is no length of the talks.
        if words.text.to_lowercase().contains("day") {
            continue;
        }
        let longer = read.and_then(|(_, start, end)| held.words(record.document, start, end));
        given.insert(record.document);
        found.push(said(held, record, longer.as_ref().unwrap_or(words), range));
    }
    for sentence in tellings {
        if given.contains(&sentence.document) {
            continue;
        }
        let text = held.document(sentence.document).text.as_str();
        for (start, end) in clauses(text, sentence.start, sentence.end) {
            let clause = &text[start..end];
            let list = WordList::new(clause);
            let tied = list.words().iter().any(|(word, ..)| {
                held.telling.lasting.has(word) || word.ends_with("-minute") || word.ends_with("-hour")
            }) || is_length_of_contact(held, clause);
            let scheduled = list.words().iter().any(|(word, ..)| {
                held.telling.ahead.has(word) || matches!(word.as_str(), "scheduled" | "planned")
            });
            if scheduled {
                continue;
            }
            let Some((range, from, to)) = prose::duration(clause).filter(|_| tied) else { continue };
            // A truce of sixty days is not the length of a meeting, nor are the two days between it and another one.
            let behind = clause[to..].trim_start();
            let apart = ["after ", "before ", "later", "earlier", "ago", "since "];
            if range.low >= 1440.0 * 2.0 || apart.iter().any(|word| behind.starts_with(word)) {
                continue;
            }
            found.extend(sentence.said(held, range, start + from, start + to));
        }
    }
    // Two durations by one teller in one text belong to two things, or to one contact and its parts.
    let count = |one: &Said<Range>| {
        found
            .iter()
            .filter(|other| {
                other.document == one.document
                    && other.teller.key == one.teller.key
                    && other.value.disjoint(one.value)
            })
            .count()
    };
    found.iter().filter(|one| count(one) == 0).cloned().collect()
}

/// "a meeting of three and a half hours".
fn is_length_of_contact(held: &Held<'_>, clause: &str) -> bool {
    prose::duration(clause).is_some_and(|(_, from, _)| {
        let before = clause[..from].trim_end();
        let noun = before.strip_suffix(" of").and_then(|front| front.rsplit(' ').next());
        noun.is_some_and(|noun| held.topics.contacts.matches(&WordList::new(noun)))
    })
}

fn duration_rule(one: &Said<Range>, two: &Said<Range>) -> Option<Verdict> {
    let topic = "duration".to_owned();
    if one.value.disjoint(two.value) {
        return Some(Verdict {
            relation: Relation::Differs,
            topic,
            why: format!("“{}” and “{}” cannot both be the duration.", one.words.text, two.words.text),
            rule: "duration-disjoint",
        });
    }
    let width = |range: Range| (range.high - range.low) / range.low.max(1.0);
    let ratio = width(one.value) / width(two.value);
    let (relation, why) = if (0.5..=2.0).contains(&ratio) {
        (Relation::Agrees, "Both durations are compatible.")
    } else {
        (Relation::Refines, "Both durations are compatible; one is more precise.")
    };
    Some(Verdict { relation, topic, why: why.to_owned(), rule: "duration-compatible" })
}

/// Who started a contact.
#[derive(Clone, Debug)]
struct Starter {
    side: Side,
    how: Start,
}

/// To ring is one thing and to ask for the call another: at B's request A rings B. Whoever initiated it can be set against either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Rang,
    Initiated,
    Asked,
}

/// What some words say of the start, beside a name.
fn start_of(words: &str) -> Start {
    if words.to_lowercase().contains("initiat") { Start::Initiated } else { Start::Asked }
}

fn initiators(
    held: &Held<'_>,
    encounter: &Encounter,
    mentions: &[(&Record, &Contact)],
    tellings: &[Sentence],
) -> Vec<Said<Starter>> {
    let sides: BTreeSet<String> = encounter
        .participants
        .iter()
        .filter_map(|party| side_of_party(party, held.relations, None))
        .map(|side| side.key)
        .collect();
    let mut found: Vec<Said<Starter>> = Vec::new();
    for sentence in tellings {
        let text = held.document(sentence.document).text.as_str();
        for (start, end) in clauses(text, sentence.start, sentence.end) {
            let clause = &text[start..end];
            let list = WordList::new(clause);
            let cues = &held.topics.initiative;
            let mut add = |named: &str, (from, to): (usize, usize), how: Start| {
                let Some(side) = side_near(held, encounter, named).filter(|side| sides.contains(&side.key))
                else {
                    return;
                };
                found.extend(sentence.said(held, Starter { side, how }, start + from, start + to));
            };
            for hit in cues.before.find(&list) {
                add(&clause[hit.end..], (hit.start, clause.len()), start_of(&clause[hit.start..hit.end]));
            }
            for hit in cues.from.find(&list) {
                add(&clause[hit.end..], (0, clause.len()), Start::Rang);
            }
            for hit in cues.after.find(&list) {
                let from = clause[..hit.start].rfind(' ').map_or(0, |at| at + 1);
                add(&clause[from..hit.start], (from, hit.end), start_of(&clause[hit.start..hit.end]));
            }
            for hit in cues.cleft.find(&list) {
                let from = clause[..hit.start]
                    .to_lowercase()
                    .rfind("it was ")
                    .map_or(0, |at| (at + 7).min(hit.start));
                let rang = cues.rang.matches(&WordList::new(&clause[hit.start..hit.end]));
                let how = if rang { Start::Rang } else { start_of(&clause[hit.start..hit.end]) };
                add(&clause[from..hit.start], (from, hit.end), how);
            }
            // "had asked for the conversation": a word for the contact follows.
            for hit in cues.asks.find(&list) {
                let words = list.words();
                let first = words.partition_point(|(_, from, _)| *from < hit.start);
                let next = words.partition_point(|(_, from, _)| *from < hit.end);
                let unreal = words[..first]
                    .iter()
                    .rev()
                    .take(3)
                    .any(|(word, ..)| held.telling.negations.has(word) || held.telling.unreal.has(word));
                let object = words.get(next..(next + 3).min(words.len())).unwrap_or_default();
                let reach = object.last().map_or(hit.end, |(_, _, to)| *to);
                let contact = held.topics.contacts.matches(&WordList::new(&clause[hit.end..reach]));
                let another = object
                    .iter()
                    .any(|(word, ..)| ["another", "a", "further", "new", "next"].contains(&word.as_str()));
                if contact && !unreal && !another {
                    add(&clause[..hit.start], (0, reach), start_of(&clause[hit.start..hit.end]));
                }
            }
            if sentence.is_mention {
                for hit in cues.verbs.find(&list) {
                    add(&clause[..hit.start], (0, hit.end), Start::Rang);
                }
            }
        }
    }
    for (record, contact) in mentions {
        let told = found.iter().any(|it| it.document == record.document);
        let Some(party) = contact.initiator.as_ref().filter(|_| !told) else { continue };
        let day = held.day_of(record);
        if let Some(side) = side_of_party(party, held.relations, day.as_deref()) {
            let words = party.words.as_ref().unwrap_or(&record.evidence);
            let request = around_pointer(held, record, words);
            let near = held.words(
                record.document,
                record.evidence.start_byte as usize,
                record.evidence.end_byte as usize,
            );
            let near = near.as_ref().map_or("", |words| words.text.as_str());
            // "took a call from Doe": who rang stands behind, and nobody asks for anything.
            let asks = || {
                let text = held.document(record.document).text.as_str();
                let mut from = (words.start_byte as usize).saturating_sub(REQUEST);
                while !text.is_char_boundary(from) {
                    from += 1;
                }
                let beside = &text[from..words.end_byte as usize];
                let (list, cues) = (WordList::new(beside), &held.topics.initiative);
                [&cues.before, &cues.after, &cues.asks].iter().any(|phrases| phrases.matches(&list))
            };
            let how = match request.is_some() || !is_subject_of(contact, words) && asks() {
                true => start_of(near),
                false => Start::Rang,
            };
            let value = Starter { side, how };
            let words = request.unwrap_or_else(|| with_act(held, record, contact, words));
            found.push(said(held, record, &words, value));
        }
    }
    // "A telephoned B" beside "at B's request" in one telling: the explicit words are about who asked.
    found
}

/// Bytes before whoever wanted a contact in which the words for a request stand.
const REQUEST: usize = 60;

/// Bytes of a clause that still shows at a glance who does what.
const GLANCE: usize = 120;

/// "Doe picked up the telephone to call", "a call on Saturday from Doe": who rings together with the words for it, where they
/// stand together.
fn with_act(held: &Held<'_>, record: &Record, contact: &Contact, words: &Words) -> Words {
    let start = words.start_byte.min(contact.trigger.start_byte) as usize;
    let end = words.end_byte.max(contact.trigger.end_byte) as usize;
    let text = held.document(record.document).text.as_str();
    let together = (start..start + GLANCE).contains(&end)
        && text.get(start..end).is_some_and(|clause| !clause.contains(['\n', ';', '“', '"']));
    let whole = if together { held.words(record.document, start, end) } else { None };
    whole.unwrap_or_else(|| words.clone())
}

/// "at his request", "at the latter's request": what only points says nothing without the words beside it.
fn around_pointer(held: &Held<'_>, record: &Record, words: &Words) -> Option<Words> {
    if words.text.contains(char::is_uppercase) {
        return None;
    }
    let text = held.document(record.document).text.as_str();
    let (start, end) = (words.start_byte as usize, words.end_byte as usize);
    let list = WordList::new(text.get(end..)?.lines().next()?);
    let mut behind = list.words().iter().skip_while(|(word, ..)| word == "'s");
    let (_, _, length) = behind.next()?;
    let front = text[..start].trim_end();
    let from = front.rfind(|it: char| !it.is_alphabetic()).map_or(0, |at| at + 1);
    held.words(record.document, from, end + length)
}

/// True if some words stand before the words of the contact: "A telephoned B".
fn is_subject_of(contact: &Contact, words: &Words) -> bool {
    words.end_byte <= contact.trigger.start_byte
}

fn initiator_rule(one: &Said<Starter>, two: &Said<Starter>) -> Option<Verdict> {
    let same = one.value.side.key == two.value.side.key;
    if matches!((one.value.how, two.value.how), (Start::Rang, Start::Asked) | (Start::Asked, Start::Rang)) {
        return None;
    }
    Some(Verdict {
        relation: if same { Relation::Agrees } else { Relation::Differs },
        topic: "who initiated it".to_owned(),
        why: if same {
            format!("Both name {}.", one.value.side.name)
        } else {
            format!("One names {}, the other {}.", one.value.side.name, two.value.side.name)
        },
        rule: "initiator-side",
    })
}

/// Bytes within which the places of one contact are one phrase.
const TOGETHER: u32 = 90;

/// A place with its words, country and exactness.
#[derive(Clone, Debug)]
struct Where {
    names: BTreeSet<String>,
    country: Option<String>,
    precision: Option<Precision>,
    /// Degrees north and east.
    position: Option<(f64, f64)>,
    /// Places that the telling names.
    count: usize,
}

/// Kilometres within which a town may be meant by the name of the larger one beside it.
const OUTSKIRTS: f64 = 40.0;

/// Kilometres for a degree of latitude.
const DEGREE: f64 = 111.2;

/// True if two places lie as near to each other as a town and its outskirts.
fn adjoin(one: &Where, two: &Where) -> bool {
    let (Some((north, east)), Some((other_north, other_east))) = (one.position, two.position) else {
        return false;
    };
    let shrink = ((north + other_north) / 2.0).to_radians().cos();
    let (up, across) = ((north - other_north) * DEGREE, (east - other_east) * DEGREE * shrink);
    up.hypot(across) <= OUTSKIRTS
}

fn places(held: &Held<'_>, mentions: &[(&Record, &Contact)]) -> Vec<Said<Where>> {
    let mut found = Vec::new();
    for (record, contact) in mentions {
        if matches!(contact.medium, Medium::Call | Medium::Video | Medium::Letter | Medium::Message) {
            continue;
        }
        // All places of one mention are one value: "in Alexandria, Virginia".
        let Some(first) = record.places.iter().find(|place| is_exact(place.precision)) else { continue };
        let names = record
            .places
            .iter()
            .flat_map(|place| {
                name_words(&place.words.text)
                    .into_iter()
                    .chain(place.name.iter().flat_map(|name| name_words(name)))
            })
            .collect();
        // The words of all of them, where they stand together.
        let last = record.places.last().map_or(first.words.end_byte, |place| place.words.end_byte);
        let whole = (first.words.start_byte..=first.words.start_byte + TOGETHER).contains(&last);
        let all = held.words(record.document, first.words.start_byte as usize, last as usize);
        found.push(said(
            held,
            record,
            all.as_ref().filter(|_| whole).unwrap_or(&first.words),
            Where {
                names,
                country: first.country.clone(),
                precision: first.precision,
                position: first.position,
                count: record.places.len(),
            },
        ));
    }
    found
}

fn place_rule(one: &Said<Where>, two: &Said<Where>) -> Option<Verdict> {
    let topic = "place".to_owned();
    if one.value.names.intersection(&two.value.names).next().is_some() {
        // "Bender" and "Bendery" are one town.
        let finer = one.value.count != two.value.count || one.value.precision != two.value.precision;
        return finer.then(|| Verdict {
            relation: Relation::Refines,
            topic,
            why: "The same place; one telling is more exact.".to_owned(),
            rule: "place-finer",
        });
    }
    // A building and the town around it may be one place, and so may a town and its suburb: only two towns apart, or two
    // countries, exclude each other.
    let towns = one.value.precision == Some(Precision::City) && two.value.precision == Some(Precision::City);
    let countries = matches!((&one.value.country, &two.value.country), (Some(one), Some(two)) if one != two);
    (towns && !adjoin(&one.value, &two.value) || countries).then(|| Verdict {
        relation: Relation::Differs,
        topic,
        why: format!("“{}” and “{}” are two places.", one.words.text, two.words.text),
        rule: "place-other",
    })
}
