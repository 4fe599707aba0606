//! Counts in running text that are no strength of a force: the killed, the captured, missiles fired, people who fled.
//!
//! Two counts are compared only if the same act was done to the same sort of thing, the sentences name the same places
//! and parties, and the texts are of the same days. Whose count it is comes from the words of saying, which are no part
//! of what was said.

use super::telling::{masked, teller};
use super::{Said, Verdict, are_two, comparison, official};
use crate::held::{Held, published};
use crate::id_of;
use crate::prose::{self, Range};
use crate::sides::name_words;
use demarche_pack::topics::WordList;
use demarche_record::{Body, Comparison, DocumentId, Epoch, Record, RecordId, Relation, Voice, Words};
use std::collections::{BTreeMap, BTreeSet};

/// Words between a number and what it counts: "thirty-one Malian government soldiers".
const BETWEEN: usize = 3;
/// Bytes from a sentence without a record to the record under which its count stands.
const NEAREST: usize = 400;
/// Words between a count and its act.
const NEAR: usize = 9;
/// Sentences behind a count in which a bare figure may be another one of the same.
const TAKEN_UP: usize = 2;
/// End of the rules of quotations of a bare figure.
const FIGURE: &str = ".figure";
/// Counts of one act that meet each other; more would be a flood of one wire text.
const MOST: usize = 60;

/// One count of a sentence.
#[derive(Clone, Debug)]
struct Count {
    act: String,
    /// Classes of what is counted; of people the noun itself, since civilians are not people.
    things: BTreeSet<String>,
    range: Range,
    /// Sides and other names of the sentence.
    names: BTreeSet<String>,
    states: BTreeSet<String>,
    days: BTreeSet<String>,
    /// "31 more", "so far another 12": an increase.
    more: bool,
    /// Heading: what was counted, in words of the text.
    heading: String,
    /// The text itself says that it puts an earlier count right.
    corrected: bool,
}

/// All comparisons of counts.
pub(crate) fn counts(held: &Held<'_>) -> Vec<Comparison> {
    let mut by_act: BTreeMap<(String, BTreeSet<String>), Vec<Said<Count>>> = BTreeMap::new();
    for document in &held.documents {
        // Counts of the sentences before, for a figure that says nothing of what it counts.
        let mut recent: Vec<(usize, Said<Count>)> = Vec::new();
        let mut figured: Vec<(u32, u32)> = Vec::new();
        for (number, (start, end)) in held.sentences(document.id).iter().enumerate() {
            let mut said = read(held, document.id, *start, *end);
            recent.retain(|(at, _)| at + TAKEN_UP >= number);
            let given = figures(held, document.id, *start, *end);
            figured.extend(given.iter().map(|it| (it.words.start_byte, it.words.end_byte)));
            let rivals: Vec<Said<Count>> =
                given.iter().filter_map(|figure| rival(held, figure, &recent, &said, &figured)).collect();
            recent.extend(said.iter().map(|it| (number, it.clone())));
            said.extend(rivals);
            for said in said {
                let key = (said.value.act.clone(), said.value.things.clone());
                by_act.entry(key).or_default().push(said);
            }
        }
    }
    let mut found: BTreeMap<String, Comparison> = BTreeMap::new();
    for said in by_act.into_values() {
        // Only texts that share a name can be about one event.
        let mut by_name: BTreeMap<&String, Vec<&Said<Count>>> = BTreeMap::new();
        for one in &said {
            for name in &one.value.names {
                by_name.entry(name).or_default().push(one);
            }
        }
        for near in by_name.into_values() {
            let mut told: BTreeSet<(String, String, u8)> = BTreeSet::new();
            for (at, one) in near.iter().enumerate() {
                for two in near[at + 1..].iter().take(MOST) {
                    let Some(verdict) = relate(held, one, two) else { continue };
                    let kind = verdict.relation as u8;
                    if !told.insert((one.teller.key.clone(), two.teller.key.clone(), kind)) {
                        continue;
                    }
                    let mut row =
                        comparison(verdict, (one.record, &one.words), Some((two.record, &two.words)));
                    row.id = id_of([
                        "count",
                        &row.rule,
                        &one.record.to_string(),
                        &two.record.to_string(),
                        &one.words.start_byte.to_string(),
                        &two.words.start_byte.to_string(),
                    ]);
                    found.insert(row.id.clone(), row);
                }
            }
        }
    }
    found.into_values().collect()
}

fn read(held: &Held<'_>, document: DocumentId, start: usize, end: usize) -> Vec<Said<Count>> {
    let Some(record) = record_of(held, document, start, end) else { return Vec::new() };
    let sentence = &held.document(document).text.as_str()[start..end];
    let told = masked(held.telling, sentence);
    let list = WordList::new(&told);
    let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let units = held.topics.unit_hits(&list);
    let acts = held.topics.act_hits(&list);
    if units.is_empty() || acts.is_empty() {
        return Vec::new();
    }
    let place = |byte: usize| list.words().partition_point(|(_, from, _)| *from < byte);
    let mut found: Vec<Said<Count>> = Vec::new();
    let mut at = 0;
    let mut numbers: Vec<(usize, usize)> = Vec::new();
    while at < words.len() {
        let (_, from, to) = list.words()[at];
        let count = number_at(&words, at).filter(|(value, _)| is_count(words[at], *value));
        match count.filter(|_| !is_decimal(&told, from, to)) {
            Some((_, used)) => {
                numbers.push((at, at + used));
                at += used;
            }
            None => at += 1,
        }
    }
    let (names, states) = proper_names(held, &told);
    let days = clause_days(held, &words);
    for (number, (from, to)) in numbers.iter().copied().enumerate() {
        let unit = units.iter().find(|(hit, _)| (to..=to + BETWEEN).contains(&place(hit.start)));
        let Some((unit, class)) = unit else { continue };
        let unit_at = place(unit.start);
        // "31 of the 200 soldiers", "two attacks on soldiers": the number counts something else.
        let between = &words[to..unit_at];
        if between.iter().any(|word| held.telling.barriers.has(word))
            || numbers.iter().any(|(next, _)| (to..unit_at).contains(next))
        {
            continue;
        }
        let mut things =
            BTreeSet::from([thing(class, words.get(place(unit.end) - 1).copied().unwrap_or(""))]);
        let mut last = unit.end;
        let after = place(unit.end);
        if words.get(after) == Some(&"and")
            && let Some((next, class)) = units.iter().find(|(hit, _)| place(hit.start) == after + 1)
        {
            things.insert(thing(class, words.get(place(next.end) - 1).copied().unwrap_or("")));
            last = next.end;
        }
        let after = place(last);
        let next = numbers.get(number + 1).map_or(words.len(), |(next, _)| *next);
        let previous = if number == 0 { 0 } else { numbers[number - 1].1 };
        let later = acts.iter().find(|(hit, _)| {
            let at = place(hit.start);
            at >= unit_at && at < next.min(after + NEAR)
        });
        let earlier = acts.iter().rev().find(|(hit, _)| {
            let at = place(hit.end);
            at <= from && at >= previous.max(from.saturating_sub(NEAR))
        });
        let Some((act, of)) = later.or(earlier) else { continue };
        if !of.things.is_empty() && !of.things.iter().any(|thing| thing == class) {
            continue;
        }
        let act_at = place(act.start);
        let lead = &words[act_at.saturating_sub(3)..act_at];
        if lead.iter().any(|word| held.telling.not_counted.has(word) || word.ends_with("n't")) {
            continue;
        }
        let value = number_at(&words, from).map_or(0.0, |(value, _)| value);
        // "5,000 people had entered Ceuta, he said, most of them youngsters from Fnideq": the places beside the count.
        // What somebody is quoted with names nobody who says it.
        let quoted = held.records_of(document).find_map(|record| match &record.body {
            Body::Quotation(quotation) => quotation.content.iter().find(|words| {
                (words.start_byte as usize..words.end_byte as usize).contains(&(start + unit.start))
                    && words.start_byte as usize >= start
                    && words.end_byte as usize <= end
            }),
            _ => None,
        });
        let (from_byte, to_byte) = quoted.map_or((0, told.len()), |words| {
            (words.start_byte as usize - start, words.end_byte as usize - start)
        });
        let part = part_around(&told[from_byte..to_byte], unit.start - from_byte);
        let (own, own_states) = proper_names(held, part);
        let beside = own.iter().any(|name| !own_states.contains(name));
        let (names, states) = if beside { (own, own_states) } else { (names.clone(), states.clone()) };
        let (range, modifiers) = prose::bounds(held.telling, &words[..from], &words[to..], value);
        let start_word = from - modifiers;
        let end_word = place(last).max(place(act.end));
        let first = list.words()[start_word.min(act_at)].1;
        let stop = list.words()[end_word.min(words.len()) - 1].2;
        let Some(said) = held.words(document, start + first, start + stop) else { continue };
        found.push(Said {
            value: Count {
                act: of.name.clone(),
                heading: format!("number of {} {}", &told[unit.start..last], of.heading),
                things,
                range,
                names,
                states,
                days: days.clone(),
                more: words[start_word.saturating_sub(1)..unit_at]
                    .iter()
                    .any(|word| held.telling.more.has(word))
                    && !words[start_word..unit_at].contains(&"than"),
                corrected: sentence.to_lowercase().contains("correct"),
            },
            words: said,
            record,
            document,
            teller: teller(held, document, start, end),
        });
    }
    found
}

/// A quotation of nothing but a figure: its words, record and what the words allow.
struct Figure<'a> {
    record: &'a Record,
    words: &'a Words,
    range: Range,
}

/// The bare figures that somebody gives in a sentence: "put the toll at 12", "spoke of more than 70 dead".
fn figures<'a>(held: &Held<'a>, document: DocumentId, start: usize, end: usize) -> Vec<Figure<'a>> {
    let quotations = held.records_of(document).filter_map(|record| match &record.body {
        Body::Quotation(it) if record.made_by.rule.ends_with(FIGURE) => Some((record, it)),
        _ => None,
    });
    let within = |words: &Words| (start..end).contains(&(words.start_byte as usize));
    let told = |record: &Record| matches!(record.voice, Voice::Report) && record.epoch == Epoch::Current;
    quotations
        .filter(|(record, _)| told(record))
        .filter_map(|(record, it)| {
            let words = it.content.first().filter(|words| within(words))?;
            let list = WordList::new(&words.text);
            let plain: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
            let at = (0..plain.len()).find(|at| number_at(&plain, *at).is_some())?;
            let (value, used) = number_at(&plain, at)?;
            let (range, _) = prose::bounds(held.telling, &plain[..at], &plain[at + used..], value);
            is_count(plain[at], value).then_some(Figure { record, words, range })
        })
        .collect()
}

/// The count that a figure gives once more: of the same act and thing as the one told right before it, if only one was.
fn rival(
    held: &Held<'_>,
    figure: &Figure<'_>,
    recent: &[(usize, Said<Count>)],
    own: &[Said<Count>],
    figured: &[(u32, u32)],
) -> Option<Said<Count>> {
    let place = |said: &Said<Count>| said.words.end_byte <= figure.words.start_byte;
    let here: Vec<&Said<Count>> = own.iter().filter(|it| place(it)).collect();
    let last = recent.last().map(|(at, _)| *at);
    let before: Vec<&Said<Count>> =
        recent.iter().filter(|(at, _)| Some(*at) == last).map(|(_, it)| it).collect();
    let near = if here.is_empty() { before } else { here };
    let earlier = near.last()?;
    let one =
        |it: &&Said<Count>| it.value.act == earlier.value.act && it.value.things == earlier.value.things;
    let teller = held.claimant(figure.record)?;
    // Something else that is counted in between may be what the figure is of.
    let text = held.document(figure.record.document).text.as_str();
    let (from, to) = (earlier.words.end_byte, figure.words.start_byte);
    let list = WordList::new(&text[from as usize..to as usize]);
    let plain: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let other = (0..plain.len()).any(|at| {
        let place = from + list.words()[at].1 as u32;
        number_at(&plain, at).is_some_and(|(value, _)| is_count(plain[at], value))
            && !figured.iter().any(|(start, end)| (*start..*end).contains(&place))
    });
    if other || !near.iter().all(one) || near.iter().any(|it| it.teller.key == teller.key) {
        return None;
    }
    Some(Said {
        value: Count { range: figure.range, more: false, ..earlier.value.clone() },
        words: figure.words.clone(),
        record: figure.record.id,
        document: figure.record.document,
        teller,
    })
}

/// The part of a sentence between commas in which a byte stands.
pub(super) fn part_around(sentence: &str, at: usize) -> &str {
    let comma = |it: char| matches!(it, ',' | ';' | ':' | '—');
    // "1,200" has a comma of its own.
    let inside = |at: usize| {
        let digit =
            |at: Option<usize>| at.and_then(|at| sentence.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(Some(at + 1))
    };
    let start = sentence[..at]
        .rmatch_indices(comma)
        .find(|(at, _)| !inside(*at))
        .map_or(0, |(at, mark)| at + mark.len());
    let end = sentence[at..]
        .match_indices(comma)
        .find(|(it, _)| !inside(at + it))
        .map_or(sentence.len(), |(it, _)| at + it);
    &sentence[start..end]
}

/// The record that stands for a sentence: told now, in the voice of a report.
pub(super) fn record_of(held: &Held<'_>, document: DocumentId, start: usize, end: usize) -> Option<RecordId> {
    let inside = |record: &&demarche_record::Record| {
        (record.evidence.start_byte as usize) < end && start < record.evidence.end_byte as usize
    };
    let told = |record: &&demarche_record::Record| {
        matches!(record.voice, Voice::Report) && record.epoch == Epoch::Current
    };
    // A sentence that makes no record of its own stands under the nearest one.
    let gap = |record: &demarche_record::Record| {
        let (from, to) = (record.evidence.start_byte as usize, record.evidence.end_byte as usize);
        from.saturating_sub(end).max(start.saturating_sub(to))
    };
    let near = || held.records_of(document).filter(told).min_by_key(|record| (gap(record), record.id));
    held.records_of(document)
        .filter(inside)
        .find(told)
        .or_else(|| near().filter(|record| gap(record) <= NEAREST))
        .map(|record| record.id)
        .filter(|_| held.is_telling(document, start, end))
}

/// True for either part of "1.5": what it counts is left alone.
pub(super) fn is_decimal(text: &str, from: usize, to: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    let point = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)) == Some(&b'.');
    point(from.checked_sub(1)) && digit(from.checked_sub(2)) || point(Some(to)) && digit(Some(to + 1))
}

/// A number with the words it takes: "100,417" and "100 417" are two words of a list and one number.
pub(super) fn number_at(words: &[&str], at: usize) -> Option<(f64, usize)> {
    let digits = |word: &str| word.bytes().all(|it| it.is_ascii_digit());
    let groups = words[at + 1..].iter().take_while(|word| word.len() == 3 && digits(word)).count();
    if groups > 0 && words[at].len() <= 3 && digits(words[at]) {
        return words[at..=at + groups].concat().parse().ok().map(|value| (value, groups + 1));
    }
    prose::number(&words[at..])
}

/// Years and clock times are no counts.
pub(super) fn is_count(word: &str, value: f64) -> bool {
    let year =
        word.len() == 4 && (1900.0..2100.0).contains(&value) && word.bytes().all(|it| it.is_ascii_digit());
    !year && value >= 1.0
}

fn thing(class: &str, noun: &str) -> String {
    if class == "people" { prose::stem(noun) } else { class.to_owned() }
}

/// Names of a sentence: sides by their key, others by their words; and those of them that are states.
pub(super) fn proper_names(held: &Held<'_>, sentence: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut all, mut states) = (BTreeSet::new(), BTreeSet::new());
    let parts = sentence.split(|it: char| !(it.is_alphanumeric() || matches!(it, '-' | '\'' | '’')));
    for (number, word) in parts.filter(|word| !word.is_empty()).enumerate() {
        let plain = word.trim_end_matches("'s").trim_end_matches("’s");
        if !plain.starts_with(char::is_uppercase) || plain.chars().count() < 3 {
            continue;
        }
        let low = plain.to_lowercase();
        if !held.telling.is_content(&low) || prose::number(&[&low]).is_some() || held.telling.months.has(&low)
        {
            continue;
        }
        let side = held.relations.named(plain).and_then(|actor| held.relations.side_of(&actor, None));
        match side {
            Some(side) => {
                states.insert(side.0.clone());
                all.insert(side.0);
            }
            // The first word of a sentence has its capital from there.
            None if number > 0 => all.extend(name_words(plain)),
            None => {}
        }
    }
    (all, states)
}

/// Days that the sentence names: "4 august", "monday".
pub(super) fn clause_days(held: &Held<'_>, words: &[&str]) -> BTreeSet<String> {
    let number = |word: Option<&&str>| -> Option<u32> {
        word.and_then(|word| word.trim_end_matches(|it: char| it.is_alphabetic()).parse().ok())
            .filter(|day| (1..=31).contains(day))
    };
    let mut found = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        if held.telling.weekdays.has(word) {
            found.insert((*word).to_owned());
        } else if held.telling.months.has(word) {
            let before = at.checked_sub(1).and_then(|at| number(words.get(at)));
            if let Some(day) = before.or_else(|| number(words.get(at + 1))) {
                found.insert(format!("{day} {word}"));
            }
        }
    }
    found
}

fn relate(held: &Held<'_>, one: &Said<Count>, two: &Said<Count>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    if first.more || second.more || !same_event(first, second) {
        return None;
    }
    let same_teller = one.teller.key == two.teller.key;
    if !same_teller && !are_two(held, (&one.teller, one.document), (&two.teller, two.document)) {
        return None;
    }
    let day = |id: DocumentId| published(held.document(id)).and_then(|window| window.first);
    let apart = match (day(one.document), day(two.document)) {
        (Some(one), Some(two)) => one.days_to(two).abs(),
        _ if one.document == two.document => 0,
        _ => return None,
    };
    let dated = !first.days.is_empty() && first.days == second.days;
    // Weekdays come again after a week, and a count without a day is of the days of its text.
    if apart > 7 || !(dated || first.days.is_empty() || second.days.is_empty()) {
        return None;
    }
    // Of two wordings one for both, whichever text comes first.
    let topic = (&first.heading).min(&second.heading).clone();
    let (left, right) = (&one.words.text, &two.words.text);
    if first.range.disjoint(second.range) {
        if same_teller {
            // One teller with two counts in one text has two events, or a part and the whole.
            let later = official(&one.teller) && one.document != two.document && apart > 0;
            return later.then(|| Verdict {
                relation: Relation::ChangedOverTime,
                topic,
                why: format!("{} gave another count later: “{left}” / “{right}”.", one.teller.name),
                rule: "count-changed",
            });
        }
        if first.corrected || second.corrected {
            return None;
        }
        if apart > 1 && !(dated && apart <= 3) {
            return Some(Verdict {
                relation: Relation::NotComparable,
                topic,
                why: format!("As of other days, {apart} days apart; counts of one event grow."),
                rule: "count-other-day",
            });
        }
        let same_text = one.document == two.document;
        return Some(Verdict {
            relation: if same_text { Relation::SaysSoItself } else { Relation::Differs },
            topic,
            why: format!(
                "“{left}” and “{right}” for the same act, place and day cannot both hold; {} / {}.",
                one.teller.name, two.teller.name
            ),
            rule: if same_text { "count-says-so" } else { "count-disjoint" },
        });
    }
    if same_teller || apart > 1 && !dated {
        return None;
    }
    let exact = |range: Range| range.low == range.high;
    let relation = if first.range == second.range || exact(first.range) == exact(second.range) {
        Relation::Agrees
    } else {
        Relation::Refines
    };
    let why = if relation == Relation::Agrees {
        "The counts are compatible."
    } else {
        "The counts are compatible; one is more precise."
    };
    Some(Verdict { relation, topic, why: why.to_owned(), rule: "count-compatible" })
}

/// The same names; a state around the place that both name may stand in one text only.
fn same_event(one: &Count, two: &Count) -> bool {
    let common: Vec<&String> = one.names.intersection(&two.names).collect();
    if common.is_empty() {
        return false;
    }
    if one.names == two.names {
        return true;
    }
    let place = common.iter().any(|name| !one.states.contains(*name));
    let states =
        |own: &Count, other: &Count| own.names.difference(&other.names).all(|name| own.states.contains(name));
    place && states(one, two) && states(two, one)
}
