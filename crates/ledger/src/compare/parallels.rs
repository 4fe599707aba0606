//! Two texts that make one statement with two numbers: "Ruritania has 1,300 soldiers on the island" beside "Ruritania has 2,000
//! soldiers on the island", "won 51.2 per cent of the vote" beside "won only 30 per cent of the vote".
//!
//! No class of units and no list of acts is needed, because the two statements are the same but for the number: the same
//! names, the same thing counted, the same days and limits, and hardly another word. Whose statement each is stands in the
//! words of saying around it.

use super::counts::{clause_days, is_count, number_at, part_around, proper_names, record_of};
use super::telling::{masked, teller};
use super::{Said, Verdict, are_two, comparison};
use crate::clock::opens_with_hour;
use crate::held::{Held, published};
use crate::id_of;
use crate::prose::{self, Range};
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, DocumentId, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// Words of the counted thing behind the number.
const THING: usize = 3;
/// Stems that one statement may have beyond those of the other.
const LOOSE: usize = 2;
/// Stems that both must have, names and the counted thing included.
const COMMON: usize = 4;
/// Days between two texts whose statements name no day.
const APART: i32 = 2;
/// Statements of one thing and name that meet each other; more would be a flood of one wire text.
const MOST: usize = 40;

/// A number with the statement in which it stands.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// Stems of what is counted.
    pub(super) thing: BTreeSet<String>,
    pub(super) range: Range,
    pub(super) names: BTreeSet<String>,
    /// Days, months and years: what they set apart is another statement.
    pub(super) times: BTreeSet<String>,
    /// "including", "in total": limits of what is counted.
    pub(super) scopes: BTreeSet<String>,
    /// Stems of the other words.
    pub(super) rest: BTreeSet<String>,
    /// Wished for, foreseen or agreed on.
    pub(super) unreal: bool,
}

/// Differences and agreements of such statements, without those whose words stand in a row of another rule.
pub(crate) fn parallels(held: &Held<'_>, known: &[Comparison]) -> Vec<Comparison> {
    let mut by_thing: BTreeMap<(BTreeSet<String>, String), Vec<Said<Statement>>> = BTreeMap::new();
    for document in &held.documents {
        for (start, end) in held.sentences(document.id) {
            let sentence = &document.text.as_str()[*start..*end];
            let all = read(held, document.id, sentence, *start);
            for said in all.into_iter().filter(|said| !said.value.unreal) {
                // One name is enough to find those that may be of one thing.
                if let Some(name) = said.value.names.first() {
                    by_thing.entry((said.value.thing.clone(), name.clone())).or_default().push(said);
                }
            }
        }
    }
    let taken: BTreeSet<(DocumentId, u32)> = known
        .iter()
        .flat_map(|row| super::ends(held, row))
        .map(|(document, start, _)| (document, start))
        .collect();
    let mut found = Vec::new();
    for said in by_thing.into_values() {
        for (at, one) in said.iter().enumerate() {
            for two in said[at + 1..].iter().take(MOST) {
                let Some(verdict) = relate(held, one, two) else { continue };
                let is_taken = |said: &Said<Statement>| {
                    let words = &said.words;
                    taken
                        .range((said.document, words.start_byte)..(said.document, words.end_byte))
                        .next()
                        .is_some()
                };
                if is_taken(one) && is_taken(two) {
                    continue;
                }
                let mut row = comparison(verdict, (one.record, &one.words), Some((two.record, &two.words)));
                row.id = id_of([
                    "parallel",
                    &row.rule,
                    &one.record.to_string(),
                    &two.record.to_string(),
                    &one.words.start_byte.to_string(),
                    &two.words.start_byte.to_string(),
                ]);
                found.push(row);
            }
        }
    }
    found
}

/// The statements with a number in a sentence that begins at this byte of its document.
pub(super) fn read(
    held: &Held<'_>,
    document: DocumentId,
    sentence: &str,
    start: usize,
) -> Vec<Said<Statement>> {
    let told = masked(held.telling, sentence);
    let list = WordList::new(&told);
    let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (_, from, _) = list.words()[at];
        let Some((value, used)) = value_at(&told, &list, &words, at) else {
            at += 1;
            continue;
        };
        let behind = at + used;
        let (number, from_byte) = (at, from);
        at = behind;
        // Hours are compared as hours.
        if opens_with_hour(&told[from..]) {
            continue;
        }
        let part = part_around(&told, from_byte);
        let begins = part.as_ptr() as usize - told.as_ptr() as usize;
        let inside = |at: usize| {
            let (_, from, to) = list.words()[at];
            begins <= from && to <= begins + part.len()
        };
        let own: Vec<usize> = (0..words.len()).filter(|at| inside(*at)).collect();
        let thing: BTreeSet<String> = own
            .iter()
            .filter(|at| **at >= behind)
            .map(|at| words[*at])
            .enumerate()
            .take_while(|(number, word)| {
                *number < THING && held.telling.is_content(word) && prose::number(&[word]).is_none()
            })
            .map(|(_, word)| held.stem(word))
            .collect();
        let unreal = own.iter().any(|at| held.telling.unreal.has(words[*at]));
        if thing.is_empty() || own.iter().any(|at| held.telling.negations.has(words[*at])) {
            continue;
        }
        // A second number in the statement may be the one that differs for a reason.
        let others = own.iter().filter(|at| !(number..behind).contains(*at));
        let times = clause_days(held, &own.iter().map(|at| words[*at]).collect::<Vec<_>>());
        let free = |at: &usize| {
            let word = words[*at];
            let day =
                times.iter().any(|time| time.split(' ').any(|part| part == word.trim_end_matches("th")));
            // "The two governments" are who acts.
            let pair = word == "two" && *at > 0 && words[*at - 1] == "the";
            prose::number(&[word]).is_some_and(|(value, _)| value >= 2.0) && !day && !pair
        };
        let years: BTreeSet<String> = others
            .clone()
            .filter(|at| words[**at].len() == 4 && words[**at].bytes().all(|it| it.is_ascii_digit()))
            .map(|at| words[*at].to_owned())
            .collect();
        if others.clone().any(|at| free(at) && !years.contains(words[*at])) {
            continue;
        }
        let (names, _) = proper_names(held, part);
        let times: BTreeSet<String> = times
            .into_iter()
            .chain(years)
            .chain(
                own.iter().map(|at| words[*at]).filter(|it| held.telling.months.has(it)).map(str::to_owned),
            )
            .collect();
        let scopes =
            own.iter().map(|at| words[*at]).filter(|word| held.telling.scopes.has(word) && *word != "of");
        let scopes: BTreeSet<String> = scopes.map(str::to_owned).collect();
        let mut rest = prose::content(held.telling, part);
        rest.retain(|stem| !thing.contains(stem) && prose::number(&[stem]).is_none());
        let (range, modifiers) = prose::bounds(held.telling, &words[..number], &words[behind..], value);
        let first = own.iter().copied().find(|at| !held.telling.small.has(words[*at])).unwrap_or(number);
        let first = list.words()[first.min(number - modifiers)].1;
        let last = own.last().map_or(from_byte, |at| list.words()[*at].2);
        let Some(record) = record_of(held, document, start, start + sentence.len()) else { continue };
        let Some(said) = held.words(document, start + first, start + last) else { continue };
        found.push(Said {
            value: Statement { thing, range, names, times, scopes, rest, unreal },
            words: said,
            record,
            document,
            teller: teller(held, document, start, start + sentence.len()),
        });
    }
    found
}

/// A number and the words it takes; of "51.2" the list has two words.
fn value_at(text: &str, list: &WordList, words: &[&str], at: usize) -> Option<(f64, usize)> {
    let (_, from, to) = list.words()[at];
    let digits = |at: usize| words.get(at).is_some_and(|word| word.bytes().all(|it| it.is_ascii_digit()));
    let point = text.as_bytes().get(to) == Some(&b'.');
    let after = list.words().get(at + 1).is_some_and(|(_, start, _)| *start == to + 1);
    if digits(at) && point && after && digits(at + 1) {
        let value: f64 = text[from..list.words()[at + 1].2].parse().ok()?;
        let scale = match words.get(at + 2).copied() {
            Some("thousand") => 1e3,
            Some("million") => 1e6,
            Some("billion") => 1e9,
            _ => return Some((value, 2)),
        };
        return Some((value * scale, 3));
    }
    number_at(words, at).filter(|(value, _)| is_count(words[at], *value) && *value >= 2.0)
}

fn relate(held: &Held<'_>, one: &Said<Statement>, two: &Said<Statement>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    let same = first.names == second.names && first.times == second.times && first.scopes == second.scopes;
    if one.document == two.document || !same || first.thing != second.thing {
        return None;
    }
    if !are_two(held, (&one.teller, one.document), (&two.teller, two.document)) {
        return None;
    }
    // One may say more than the other; where each has a word of its own, "produces" and "exports", they are two statements.
    let (own, other) =
        (first.rest.difference(&second.rest).count(), second.rest.difference(&first.rest).count());
    let common = first.rest.intersection(&second.rest).count() + first.thing.len();
    if own.max(other) > LOOSE || own.min(other) > 0 || common < COMMON {
        return None;
    }
    let day = |id: DocumentId| published(held.document(id)).and_then(|window| window.first);
    let apart = day(one.document)?.days_to(day(two.document)?).abs();
    if apart > APART && first.times.is_empty() {
        return None;
    }
    let (left, right) = (&one.words.text, &two.words.text);
    let topic = first.thing.iter().cloned().collect::<Vec<_>>().join(" ");
    let topic = heading(&one.words.text, &topic);
    if first.range.disjoint(second.range) {
        return Some(Verdict {
            relation: Relation::Differs,
            topic,
            why: format!("One statement with two numbers: “{left}” and “{right}” cannot both hold."),
            rule: "parallel-disjoint",
        });
    }
    let exact = |range: Range| range.low == range.high;
    let equal = first.range == second.range || exact(first.range) == exact(second.range);
    let (relation, why) = if equal {
        (Relation::Agrees, "The numbers of one statement are compatible.")
    } else {
        (Relation::Refines, "The numbers of one statement are compatible; one is more precise.")
    };
    Some(Verdict { relation, topic, why: why.to_owned(), rule: "parallel-compatible" })
}

/// What is counted, in the words of the text: what stands behind the number.
fn heading(text: &str, stems: &str) -> String {
    let number = text.find(|it: char| it.is_ascii_digit()).unwrap_or(0);
    let behind = text[number..].find(|it: char| it.is_alphabetic()).map_or(text, |at| &text[number + at..]);
    let words: Vec<&str> = behind.split_whitespace().take(stems.split(' ').count()).collect();
    words.join(" ")
}
