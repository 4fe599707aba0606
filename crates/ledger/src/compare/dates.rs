//! Times within the tellings of one encounter: when and where the two meet next, by when something is to be done, at what
//! hour they spoke.

use super::telling::{Sentence, clauses, names};
use super::{Said, Verdict, pairs};
use crate::clock::{Clock, LOCAL, apart, clock};
use crate::held::Held;
use crate::prose;
use crate::sides::name_words;
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, Encounter, Medium, Relation};
use std::collections::BTreeSet;

/// Common share of the words of two clauses with a term.
const SAME: f64 = 0.6;

/// A day of a month, as texts give it.
type Day = (String, u32);

/// What a clause says about a time.
#[derive(Clone, Debug)]
enum Told {
    /// The next contact.
    Next { remote: bool, day: Option<Day>, month: Option<String>, places: BTreeSet<String> },
    /// Something is to be done by a day, or on it; with the names beside.
    Term { matter: BTreeSet<String>, names: BTreeSet<String>, on: bool, day: Day },
    /// The hour of the contact itself.
    Hour(Clock),
}

pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let names = names(held, encounter);
    let mut said: Vec<Said<Told>> = Vec::new();
    for sentence in tellings {
        let text = held.document(sentence.document).text.as_str();
        let mut before = "";
        for (start, end) in clauses(text, sentence.start, sentence.end) {
            let clause = &text[start..end];
            // "a working group, whose first meeting will be on 4 February".
            let relative = ["whose ", "which "].iter().any(|word| clause.starts_with(word));
            let owner = tail(if relative { before } else { "" });
            before = clause;
            let told = next(held, clause).or_else(|| term(held, clause, owner, &names));
            let Some(value) = told.or_else(|| hour(held, sentence, clause)) else { continue };
            said.extend(sentence.said(held, value, start, end));
        }
    }
    // Who meets in one place has one clock.
    let local = matches!(encounter.medium, Medium::Meeting | Medium::Summit);
    let rule = |one: &Said<Told>, two: &Said<Told>| rule(held, one, two, local);
    pairs(held, &said, rule, found);
}

/// Words at the end of a clause that the next one goes on about.
const OWNER: usize = 3;

/// The last words of a clause.
fn tail(clause: &str) -> &str {
    let words = clause.split_whitespace().rev().take(OWNER).last();
    words.map_or("", |first| &clause[first.as_ptr() as usize - clause.as_ptr() as usize..])
}

/// "They will meet again on 31 October", "his next meeting with X would be in Geneva".
fn next(held: &Held<'_>, clause: &str) -> Option<Told> {
    let list = WordList::new(clause);
    let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let resumed = words.iter().any(|word| held.telling.resumed.has(word));
    let contact = || held.topics.contacts.matches(&list);
    // "The second meeting will take place in Doha".
    let counted = words.windows(2).any(|two| {
        held.telling.ordinals.has(two[0])
            && two[0] != "first"
            && held.topics.contacts.matches(&WordList::new(two[1]))
    }) && words.iter().any(|word| held.telling.ahead.has(word));
    if !(held.telling.next_contact.any(&words) || resumed && contact() || counted) {
        return None;
    }
    let places = clause
        .match_indices(" in ")
        .flat_map(|(at, _)| {
            let behind = clause[at + 4..].split_whitespace();
            behind
                .take_while(|word| word.starts_with(char::is_uppercase))
                .flat_map(name_words)
                .collect::<Vec<_>>()
        })
        .filter(|word| !held.telling.months.has(word))
        .collect::<BTreeSet<String>>();
    let day = day(held, &words);
    let remote = words.iter().any(|word| held.telling.remote.has(word));
    let month = words.iter().find(|word| held.telling.months.has(word)).map(|word| (*word).to_owned());
    (day.is_some() || month.is_some() || !places.is_empty()).then_some(Told::Next {
        remote,
        day,
        month,
        places,
    })
}

/// "to leave the province by 31 December", "due by the end of June", "the crossing is to open on 1 November".
fn term(held: &Held<'_>, clause: &str, owner: &str, names: &BTreeSet<String>) -> Option<Told> {
    let list = WordList::new(clause);
    let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let near = |at: usize| &words[at..words.len().min(at + 5)];
    // "310,000 people had crossed by 1 September": a count of what has been done.
    let done = |by: &usize| {
        let had = words[..*by].iter().rposition(|word| matches!(*word, "had" | "has" | "have"));
        had.is_some_and(|had| {
            !words[had..*by].iter().any(|word| *word == "to" || held.telling.ahead.has(word))
        })
    };
    let by = words.iter().position(|word| held.telling.terms.has(word)).filter(|by| !done(by));
    let within = by.and_then(|by| day(held, near(by)).or_else(|| part_of_month(held, near(by))));
    let ahead = || {
        let coming = words.iter().position(|word| held.telling.ahead.has(word)).or_else(|| {
            words.windows(2).position(|two| matches!(two, ["is" | "are" | "was" | "were", "to" | "due"]))
        })?;
        words[coming..].iter().position(|word| *word == "on").and_then(|on| day(held, near(coming + on)))
    };
    let on = within.is_none();
    let day = within.or_else(ahead)?;
    if words.iter().any(|word| held.telling.negations.has(word)) {
        return None;
    }
    let mut matter = prose::content(held.telling, clause);
    matter.extend(prose::content(held.telling, owner));
    matter.retain(|stem| !names.contains(stem) && !stem.chars().all(|it| it.is_ascii_digit()));
    // Who opens the border, and where.
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let named: Vec<&str> = clause.split_whitespace().filter(capital).collect();
    let mut named = prose::content(held.telling, &named.join(" "));
    named.retain(|stem| !names.contains(stem));
    Some(Told::Term { matter, names: named, on, day })
}

/// "the end of June": as a day of the month that no calendar has.
fn part_of_month(held: &Held<'_>, words: &[&str]) -> Option<Day> {
    words.windows(3).find_map(|three| match three {
        [part, "of", month] if held.telling.months.has(month) => {
            let number = match *part {
                "beginning" | "start" => 40,
                "middle" => 50,
                "end" => 60,
                _ => return None,
            };
            Some(((*month).to_owned(), number))
        }
        _ => None,
    })
}

/// The first day of a month that some words name.
fn day(held: &Held<'_>, words: &[&str]) -> Option<Day> {
    let number = |word: &&str| {
        let digits = word.trim_end_matches(|it: char| it.is_alphabetic());
        digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day))
    };
    words.windows(2).find_map(|two| match two {
        [first, month] if held.telling.months.has(month) => Some(((*month).to_owned(), number(first)?)),
        [month, second] if held.telling.months.has(month) => Some(((*month).to_owned(), number(second)?)),
        _ => None,
    })
}

/// Marks behind which a part of a clause tells of something else.
const PARTS: [&str; 4] = [" and ", " before ", " after ", " until "];

/// "called him at 8 a.m. Jakarta time", "the call began at 1535 hours IST": the hour at which the contact began.
fn hour(held: &Held<'_>, sentence: &Sentence, clause: &str) -> Option<Told> {
    // "between Doe and Roe" is one part, "met Roe and left" are two.
    let acts = |at: usize| {
        let next = clause[at + 1..].split_whitespace().nth(1).unwrap_or_default();
        held.telling.begins.has(next) || held.verbs.contains_key(next) || next.ends_with("ed")
    };
    let parts = PARTS.iter().flat_map(|mark| clause.match_indices(mark));
    let mut cuts: Vec<usize> =
        parts.filter(|(at, mark)| *mark != " and " || acts(*at)).map(|(at, _)| at).collect();
    cuts.extend([0, clause.len()]);
    cuts.sort_unstable();
    cuts.windows(2).find_map(|two| {
        let list = WordList::new(&clause[two[0]..two[1]]);
        let any = |of: &dyn Fn(&str) -> bool| list.words().iter().any(|(word, ..)| of(word));
        let confers =
            any(&|word| held.telling.conferring.has(&held.stem(word)) || held.telling.rang.has(word));
        let opens = list.words().first().is_some_and(|(word, ..)| held.telling.beginning.has(word));
        let begins =
            opens || held.topics.contacts.matches(&list) && any(&|word| held.telling.beginning.has(word));
        let other = any(&|word| held.telling.ahead.has(word) || held.telling.over.has(word));
        let own = sentence.is_mention && confers || begins;
        clock(held.telling, &clause[two[0]..two[1]]).filter(|_| own && !other).map(Told::Hour)
    })
}

/// A verdict on two times or places to come.
pub(super) fn of_times<T>(
    one: &Said<T>,
    two: &Said<T>,
    relation: Relation,
    topic: &str,
    rule: &'static str,
) -> Verdict {
    let why = if relation == Relation::Differs {
        format!("“{}” and “{}” cannot both hold.", one.words.text, two.words.text)
    } else {
        "Both texts say the same.".to_owned()
    };
    Verdict { relation, topic: topic.to_owned(), why, rule }
}

fn rule(held: &Held<'_>, one: &Said<Told>, two: &Said<Told>, local: bool) -> Option<Verdict> {
    let verdict = |relation, topic, rule| of_times(one, two, relation, topic, rule);
    let relation = |same: bool| if same { Relation::Agrees } else { Relation::Differs };
    match (&one.value, &two.value) {
        (
            Told::Next { remote, day, month, places },
            Told::Next { remote: other, day: other_day, month: other_month, places: other_places },
        ) if remote == other => {
            if let (Some(first), Some(second)) = (day, other_day) {
                return Some(verdict(relation(first == second), "next contact", "next-day"));
            }
            if let (Some(first), Some(second)) = (month, other_month)
                && (first != second || day.is_none() && other_day.is_none())
            {
                return Some(verdict(relation(first == second), "next contact", "next-month"));
            }
            let known = !places.is_empty() && !other_places.is_empty();
            let same = !places.is_disjoint(other_places);
            known.then(|| verdict(relation(same), "place of the next contact", "next-place"))
        }
        (
            Told::Term { matter, names, on, day },
            Told::Term { matter: other, names: others, on: other_on, day: other_day },
        ) => {
            let shared = matter.intersection(other).count();
            let alike = shared >= 2
                && prose::overlap(matter, other) >= SAME
                && on == other_on
                && (!on || names.is_subset(others) || others.is_subset(names));
            alike.then(|| verdict(relation(day == other_day), "term", "term-day"))
        }
        (Told::Hour(first), Told::Hour(second)) => {
            // "local time" is that of a town which its text names.
            let named = |said: &Said<Told>, clock: &Clock, other: &Clock| {
                let text = held.document(said.document).text.as_str().to_lowercase();
                let here = clock.zone == LOCAL && other.zone != LOCAL;
                let zone = if here && text.contains(&format!("in {}", other.zone)) { other } else { clock };
                Clock { minutes: clock.minutes, zone: zone.zone.clone() }
            };
            let (first, second) = (named(one, first, second), named(two, second, first));
            let least = if first.zone == second.zone {
                (first.zone != LOCAL || local).then(|| apart(first.minutes, second.minutes))
            } else {
                let (here, there) = (first.utc(held.telling), second.utc(held.telling));
                here.iter().flat_map(|one| there.iter().map(|two| apart(*one, *two))).min()
            };
            match least? {
                0 => Some(verdict(Relation::Agrees, "hour", "hour-same")),
                60.. => Some(verdict(Relation::Differs, "hour", "hour-other")),
                _ => None,
            }
        }
        _ => None,
    }
}
