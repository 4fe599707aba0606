//! How many took part: "seven officers from each side" against "twelve officers".

use super::telling::{Sentence, clauses, side_near};
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::prose::{self, Range};
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, Encounter, Relation};

/// A number of people of one side; `None` stands for each side.
#[derive(Clone, Debug)]
struct Party {
    side: Option<String>,
    noun: String,
    range: Range,
}

/// Compares how many people each telling gives.
pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let mut said: Vec<Said<Party>> = Vec::new();
    for sentence in tellings {
        let text = held.document(sentence.document).text.as_str();
        for (start, end) in clauses(text, sentence.start, sentence.end) {
            let clause = &text[start..end];
            let list = WordList::new(clause);
            let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
            if !words.iter().any(|word| held.telling.came.has(word)) {
                continue;
            }
            for (at, noun) in words.iter().enumerate().filter(|(_, word)| held.telling.people.has(word)) {
                let number = (at.saturating_sub(3)..at).find_map(|from| {
                    prose::number(&words[from..at]).map(|(value, used)| (value, from, used))
                });
                let Some((value, from, used)) = number.filter(|(_, from, used)| at - (from + used) <= 1)
                else {
                    continue;
                };
                let (range, modifiers) =
                    prose::bounds(held.telling, &words[..from], &words[from + used..], value);
                let after = &clause[list.words()[at].2..];
                let each = words[at + 1..].windows(2).any(|two| two == ["each", "side"])
                    || words[..from].contains(&"each");
                let of = after.trim_start();
                let named = ["from ", "of ", "for "]
                    .iter()
                    .find_map(|lead| of.strip_prefix(lead))
                    .and_then(|rest| side_near(held, encounter, rest))
                    .or_else(|| side_near(held, encounter, &clause[..list.words()[from].1]));
                if !each && named.is_none() {
                    continue;
                }
                let first = if each { list.words()[from - modifiers].1 } else { 0 };
                let value = Party {
                    side: if each { None } else { named.map(|side| side.key) },
                    noun: (*noun).to_owned(),
                    range,
                };
                said.extend(sentence.said(held, value, start + first, end));
            }
        }
    }
    pairs(held, &said, rule, found);
}

fn rule(one: &Said<Party>, two: &Said<Party>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    let sides = match (&first.side, &second.side) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    };
    if first.noun != second.noun || !sides {
        return None;
    }
    let disjoint = first.range.disjoint(second.range);
    Some(Verdict {
        relation: if disjoint { Relation::Differs } else { Relation::Agrees },
        topic: format!("number of {}", first.noun),
        why: if disjoint {
            format!("“{}” and “{}” cannot both hold.", one.words.text, two.words.text)
        } else {
            "The numbers are compatible.".to_owned()
        },
        rule: "people-number",
    })
}
