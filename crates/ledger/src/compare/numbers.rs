//! Two numbers that two tellings of one encounter give for one thing, in other words around it: "the Kordai checkpoint would
//! clear 150 lorries a day" beside "400 trucks would be let through every day at Kordai".
//!
//! Looser than `parallels`, because the encounter ties the texts together; still the thing counted, its limits, days
//! and names must be the same, another word must be shared, and each text may count that thing only once.

use super::parallels::{Statement, read};
use super::telling::Sentence;
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::prose;
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, Encounter, Relation};
use std::collections::BTreeSet;

pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let own = super::telling::names(held, encounter);
    let mut said: Vec<Said<Statement>> = Vec::new();
    let classed = |mut statement: Said<Statement>| {
        if let Some(class) = class_of(held, &statement) {
            statement.value.thing = BTreeSet::from([class]);
        }
        statement
    };
    for sentence in tellings {
        let text = &held.document(sentence.document).text.as_str()[sentence.start..sentence.end];
        for mut statement in read(held, sentence.document, text, sentence.start) {
            // How long something took is compared as a duration.
            let time = |stem: &String| held.telling.counted_within.has(stem) || stem.starts_with("minut");
            if statement.value.thing.iter().any(time) || prose::duration(&statement.words.text).is_some() {
                continue;
            }
            statement.value.rest.retain(|stem| !own.contains(stem));
            statement.teller = sentence.teller.clone();
            said.push(classed(statement));
        }
    }
    let alone = |one: &Said<Statement>| {
        let same = |other: &&Said<Statement>| {
            other.document == one.document && alike(&other.value.thing, &one.value.thing)
        };
        said.iter().filter(same).count() == 1
    };
    let said: Vec<Said<Statement>> = said.iter().filter(|one| alone(one)).cloned().collect();
    let rule = |one: &Said<Statement>, two: &Said<Statement>| {
        let (first, second) = (acts(held, one), acts(held, two));
        // What one asked for is not what the other says was agreed.
        let other_act = !first.is_empty() && !second.is_empty() && first.is_disjoint(&second);
        // "Agreed to free 13" and "would free 33" are both to come; "may free 33" is another thing.
        let open = |it: &Said<Statement>| is_open(held, &it.words.text);
        let coming = |it: &Said<Statement>, acts: &BTreeSet<&str>| it.value.unreal || acts.contains("agreed");
        let as_real = if open(one) || open(two) {
            one.value.unreal == two.value.unreal
        } else {
            coming(one, &first) == coming(two, &second)
        };
        if other_act || !as_real { None } else { rule(one, two) }
    };
    pairs(held, &said, rule, found);
}

/// Words of what will be.
const COMING: [&str; 2] = ["will", "would"];

/// True if words leave open whether something comes about: "may", "asked", "if".
fn is_open(held: &Held<'_>, text: &str) -> bool {
    let list = WordList::new(text);
    list.words().iter().any(|(word, ..)| held.telling.unreal.has(word) && !COMING.contains(&word.as_str()))
}

/// Whether the number is asked for, offered, promised or agreed on, by the words around it.
fn acts(held: &Held<'_>, said: &Said<Statement>) -> BTreeSet<&'static str> {
    let text = held.document(said.document).text.as_str();
    let list = held
        .sentences(said.document)
        .iter()
        .find(|(start, end)| (*start..*end).contains(&(said.words.start_byte as usize)))
        .map(|(start, end)| WordList::new(&text[*start..*end]));
    let classes = ["asked", "offered", "promised", "agreed"].into_iter();
    let of = |class: &&str| {
        let words = held.topics.oppositions.iter().find(|it| it.id == **class);
        list.as_ref().zip(words).is_some_and(|(list, words)| words.yes.matches(list))
    };
    // What is promised in a contact is agreed there.
    classes.filter(of).map(|class| if class == "promised" { "agreed" } else { class }).collect()
}

/// What is counted has half of the words of the shorter in common.
fn alike(one: &BTreeSet<String>, two: &BTreeSet<String>) -> bool {
    let shared = one.intersection(two).count();
    shared > 0 && shared * 2 >= one.len().min(two.len())
}

/// The class of what a statement counts, by the first words behind the number: lorries and trucks are vehicles. "People" is
/// no class: prisoners are not residents.
fn class_of(held: &Held<'_>, said: &Said<Statement>) -> Option<String> {
    let list = WordList::new(&said.words.text);
    let number = list.words().iter().position(|(word, ..)| prose::number(&[word.as_str()]).is_some())?;
    let behind: Vec<&str> = list.words()[number..].iter().take(4).map(|(word, ..)| word.as_str()).collect();
    let phrase = WordList::new(&behind.join(" "));
    held.topics
        .units
        .iter()
        .find(|unit| unit.name != "people" && unit.phrases.matches(&phrase))
        .map(|unit| unit.name.clone())
}

fn rule(one: &Said<Statement>, two: &Said<Statement>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    let names = first.names.is_subset(&second.names) || second.names.is_subset(&first.names);
    // "Indian fishermen" is the same thing whatever else is said of it.
    let tied = first.rest.intersection(&second.rest).count() >= 1
        || first.thing.intersection(&second.thing).count() >= 2;
    let compared = alike(&first.thing, &second.thing)
        && names
        && tied
        && first.scopes == second.scopes
        && (first.times == second.times || first.times.is_empty() || second.times.is_empty());
    (compared && first.range.disjoint(second.range)).then(|| Verdict {
        relation: Relation::Differs,
        topic: first.thing.intersection(&second.thing).cloned().collect::<Vec<_>>().join(" "),
        why: format!("“{}” and “{}” cannot both hold.", one.words.text, two.words.text),
        rule: "number-other",
    })
}
