//! Whose words they were: one sentence in quotation marks that two texts give to two participants of a contact.

use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::sides::{Match, Side, name_words, same_party, side_of_party};
use demarche_record::{Body, Comparison, DocumentId, Encounter, Form, Party, Relation};
use std::collections::BTreeSet;

/// Fewer words are said by anybody.
const WORDS: usize = 5;

/// A saying with the participant to whom a text gives it.
#[derive(Clone, Debug)]
struct Saying {
    words: Vec<String>,
    by: usize,
    name: String,
}

pub(super) fn compare(held: &Held<'_>, encounter: &Encounter, found: &mut Vec<Comparison>) {
    let documents: BTreeSet<DocumentId> =
        encounter.mentions.iter().filter_map(|id| held.record(*id)).map(|record| record.document).collect();
    let participant = |party: &Party| {
        let same = |other: &&Party| same_party(party, other, held.relations, None) == Match::Same;
        let mut all = encounter.participants.iter().enumerate().filter(|(_, other)| same(other));
        all.next().map(|(at, _)| at).filter(|_| all.next().is_none())
    };
    let mut said: Vec<Said<Saying>> = Vec::new();
    for record in documents.iter().flat_map(|id| held.records_of(*id)) {
        let Body::Quotation(quotation) = &record.body else { continue };
        let Some(speaker) = quotation.speaker.as_ref().filter(|_| quotation.form == Form::Direct) else {
            continue;
        };
        let Some(by) = participant(speaker) else { continue };
        for content in &quotation.content {
            let words = name_words(&content.text);
            if words.len() >= WORDS {
                let name = speaker.name().to_owned();
                let teller = side_of_party(speaker, held.relations, None).map_or_else(
                    || Side { key: name.clone(), name: name.clone(), actor: None },
                    |side| Side { key: format!("{} {name}", side.key), ..side },
                );
                said.push(Said {
                    value: Saying { words, by, name },
                    words: record.evidence.clone(),
                    record: record.id,
                    document: record.document,
                    teller,
                });
            }
        }
    }
    pairs(held, &said, rule, found);
}

fn rule(one: &Said<Saying>, two: &Said<Saying>) -> Option<Verdict> {
    let (first, second) = (&one.value, &two.value);
    (one.document != two.document && first.words == second.words && first.by != second.by).then(|| Verdict {
        relation: Relation::Differs,
        topic: "who said it".to_owned(),
        why: format!(
            "The same words are those of {} in one text, of {} in the other.",
            first.name, second.name
        ),
        rule: "saying-other-speaker",
    })
}
