//! "Gas was the only subject" against a telling that has gas and a second subject.
//!
//! The other telling must name the first subject too, so that the two mean one thing by it; and the second subject may
//! not be a part of the first by its theme.

use super::telling::{Sentence, clauses, names};
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::prose;
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, Encounter, Relation};
use std::collections::BTreeSet;

/// What a clause says of the subjects of a contact.
#[derive(Clone, Debug)]
struct Subjects {
    /// Stems of the subject that is said to be the only one, or of those that were discussed.
    of: BTreeSet<String>,
    /// Stems of the whole sentence.
    around: BTreeSet<String>,
    themes: BTreeSet<String>,
    only: bool,
}

/// Compares what each telling gives as the subjects of one encounter.
pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let names = names(held, encounter);
    let mut said: Vec<Said<Subjects>> = Vec::new();
    for sentence in tellings {
        let text = held.document(sentence.document).text.as_str();
        let around = prose::content(held.telling, &text[sentence.start..sentence.end]);
        for (start, end) in clauses(text, sentence.start, sentence.end) {
            for (part, only) in read(held, &text[start..end]) {
                let mut of = prose::content(held.telling, part);
                of.retain(|stem| !names.contains(stem));
                if of.is_empty() {
                    continue;
                }
                let themes =
                    held.topics.themes(&WordList::new(part)).iter().map(|topic| topic.id.clone()).collect();
                let value = Subjects { of, around: around.clone(), themes, only };
                said.extend(sentence.said(held, value, start, end));
            }
        }
    }
    if said.iter().any(|it| it.value.only) {
        pairs(held, &said, rule, found);
    }
}

/// The words for subjects in a clause, and whether they are said to be all.
fn read<'a>(held: &Held<'_>, clause: &'a str) -> Vec<(&'a str, bool)> {
    let list = WordList::new(clause);
    let words = list.words();
    let plain = |at: usize| {
        let place = words.partition_point(|(_, from, _)| *from < at);
        !words[..place].iter().rev().take(3).any(|(word, ..)| {
            held.telling.unreal.has(word) || held.telling.negations.has(word) || word.ends_with("n't")
        })
    };
    let only = &held.topics.only;
    let mut found: Vec<(&str, bool)> = Vec::new();
    found.extend(
        only.before
            .find(&list)
            .into_iter()
            .filter(|hit| plain(hit.start))
            .map(|hit| (&clause[hit.end..], true)),
    );
    found.extend(
        only.after
            .find(&list)
            .into_iter()
            .filter(|hit| plain(hit.start))
            .map(|hit| (&clause[..hit.start], true)),
    );
    if found.is_empty() {
        let raised = held.topics.oppositions.iter().filter(|it| it.id == "raised");
        let hits = raised.flat_map(|it| it.yes.find(&list)).filter(|hit| plain(hit.start));
        // "Libya and the dam were discussed": the subjects stand in front.
        let objects = hits.map(|hit| {
            let behind = super::assertion::object(held, &clause[hit.end..]);
            if prose::content(held.telling, behind).is_empty() { &clause[..hit.start] } else { behind }
        });
        found.extend(objects.flat_map(|object| items(held, object)).map(|item| (item, false)));
    }
    found
}

/// "a ceasefire as well as the minority": each by itself. What belongs to the one before ("and its schools") is no
/// subject of its own.
fn items<'a>(held: &Held<'_>, list: &'a str) -> impl Iterator<Item = &'a str> {
    list.split(" as well as ")
        .flat_map(|part| part.split(" and "))
        .filter(|item| !item.split_whitespace().next().is_some_and(|word| held.telling.owners.has(word)))
}

fn rule(one: &Said<Subjects>, two: &Said<Subjects>) -> Option<Verdict> {
    let (only, other) = match (one.value.only, two.value.only) {
        (true, false) => (&one.value, &two.value),
        (false, true) => (&two.value, &one.value),
        _ => return None,
    };
    let names_it = only.of.intersection(&other.around).next().is_some();
    let second = !other.of.is_empty() && other.of.is_disjoint(&only.of);
    let part = only.themes.intersection(&other.themes).next().is_some();
    (names_it && second && !part).then(|| Verdict {
        relation: Relation::Differs,
        topic: "what was discussed".to_owned(),
        why: format!(
            "One has it that there was no other subject, the other names one: “{}” / “{}”.",
            one.words.text, two.words.text
        ),
        rule: "subject-only",
    })
}
