//! Matters of an encounter: what only one side tells, what a text itself calls a disagreement, tone side by side.

use super::telling::Sentence;
use super::{Verdict, comparison, matter};
use crate::held::Held;
use crate::prose;
use crate::sides::{name_words, side_in, side_of_party};
use demarche_pack::topics::WordList;
use demarche_record::{
    Account, Body, Comparison, DocumentId, Encounter, Record, RecordId, Relation, Status, Words,
};
use std::collections::BTreeSet;

pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    says_so(held, encounter, tellings, found);
    one_sided(held, encounter, tellings, found);
    topics(held, encounter, tellings, found);
    tone(held, encounter, tellings, found);
}

/// Accounts of sides, without those of outlets and without opinion.
fn sides(encounter: &Encounter) -> Vec<&Account> {
    encounter.accounts.iter().filter(|account| account.by.is_some() && !account.opinion).collect()
}

fn items<'a>(held: &Held<'a>, account: &Account) -> Vec<&'a Record> {
    let mut items: Vec<&Record> = account
        .items
        .iter()
        .filter_map(|id| held.record(*id))
        .filter(|record| matches!(record.body, Body::Quotation(_) | Body::Position(_) | Body::Forecast(_)))
        .collect();
    items.sort_by_key(|record| {
        (held.rank(record.document), record.evidence.start_byte, record.body.kind(), record.id)
    });
    items
}

/// "The French side viewed things more positively": the text reports that the tellings differ.
fn says_so(held: &Held<'_>, encounter: &Encounter, tellings: &[Sentence], found: &mut Vec<Comparison>) {
    let accounts = sides(encounter);
    let mut documents: Vec<DocumentId> =
        encounter.mentions.iter().filter_map(|id| held.record(*id)).map(|it| it.document).collect();
    documents.dedup();
    for document in documents {
        let text = held.document(document).text.as_str();
        for (start, end) in held.sentences(document).iter().copied() {
            let near = tellings
                .iter()
                .any(|it| it.document == document && it.start <= end + 400 && start <= it.end + 400);
            if !near {
                continue;
            }
            let sentence = &text[start..end];
            let list = WordList::new(sentence);
            let Some(hit) = held.topics.disagreement.find(&list).into_iter().next() else { continue };
            // "different accounts of the four days of fighting" is not about the contact.
            let of_else = sentence[hit.end..].trim_start().strip_prefix("of ").is_some_and(|of| {
                let of = of.split([',', '.', ';']).next().unwrap_or("");
                !held.topics.contacts.matches(&WordList::new(of))
            });
            if of_else && sentence[hit.start..hit.end].to_lowercase().contains("account") {
                continue;
            }
            let of = |account: &Account| -> Vec<&Record> {
                items(held, account).into_iter().filter(|record| record.document == document).collect()
            };
            // The side that the sentence names stands on the right, the other on the left.
            let named = side_in(sentence, held.relations, None);
            let right = accounts.iter().find(|account| {
                named.as_ref().is_some_and(|side| {
                    account.by.as_ref().is_some_and(|by| {
                        by.actor == side.actor && side.actor.is_some() || by.name() == side.name
                    })
                })
            });
            let right = right.or_else(|| {
                accounts.iter().find(|account| {
                    of(account).iter().any(|record| record.evidence.start_byte as usize >= start)
                })
            });
            let Some(right) = right else { continue };
            let left = accounts.iter().find(|account| {
                account.by != right.by
                    && of(account).iter().any(|record| (record.evidence.start_byte as usize) < end)
            });
            let right_record = of(right).into_iter().find(|record| record.evidence.end_byte as usize > start);
            // What is contrasted is the other side's own judgement, if it gave one; else its last words.
            let left_record = left.and_then(|left| {
                let before = |record: &&Record| (record.evidence.start_byte as usize) < start;
                let toned = |record: &&Record| {
                    let list = WordList::new(&record.evidence.text);
                    held.topics.tone.matches(&list) || held.topics.assessment.matches(&list)
                };
                let all = of(left);
                all.iter().copied().filter(before).find(toned).or_else(|| all.into_iter().rfind(before))
            });
            let Some(words) = held.words(document, start + hit.start, start + hit.end) else { continue };
            let verdict = Verdict {
                relation: Relation::SaysSoItself,
                topic: "the accounts".to_owned(),
                why: format!("The text itself says so: “{}”.", words.text),
                rule: "says-so",
            };
            if let (Some(left), Some(right)) = (left_record, right_record) {
                found.push(comparison(verdict, (left.id, &left.evidence), Some((right.id, &right.evidence))));
            }
        }
    }
}

/// What one side's account has and the other's has not, theme by theme. Only where both sides' accounts are held.
fn one_sided(held: &Held<'_>, encounter: &Encounter, tellings: &[Sentence], found: &mut Vec<Comparison>) {
    let accounts = sides(encounter);
    if accounts.len() < 2 {
        return;
    }
    let names = super::telling::names(held, encounter);
    let about = |record: &Record| -> (BTreeSet<String>, BTreeSet<String>) {
        let words: Vec<&str> = matter(record).iter().map(|words| words.text.as_str()).collect();
        let text = words.join(" ");
        let list = WordList::new(&text);
        let themes = held.topics.themes(&list).iter().map(|topic| topic.name.clone()).collect();
        let mut stems = prose::content(held.telling, &text);
        stems.retain(|stem| !names.contains(stem));
        (themes, stems)
    };
    for account in &accounts {
        let rest: Vec<(BTreeSet<String>, BTreeSet<String>)> = accounts
            .iter()
            .filter(|other| other.by != account.by)
            .flat_map(|other| items(held, other))
            .map(about)
            .collect();
        if rest.is_empty() {
            continue;
        }
        let others: BTreeSet<String> = accounts
            .iter()
            .filter(|other| other.by != account.by)
            .filter_map(|other| side_of_party(other.by.as_ref()?, held.relations, None))
            .map(|side| side.key)
            .collect();
        let mut told: Vec<(BTreeSet<String>, BTreeSet<String>)> = Vec::new();
        let own: Vec<&Record> =
            items(held, account).into_iter().filter(|record| is_near(held, encounter, record)).collect();
        // "did not mention a date": what is left unsaid is no matter of the account.
        let own: Vec<&Record> = own.into_iter().filter(|record| record.status != Status::Denied).collect();
        for record in &own {
            let (themes, stems) = about(record);
            // Of words inside words ("X said that Y had said …") the inner ones are the matter.
            let inner = own.iter().any(|other| holds(record, other) && about(other).0 == themes);
            if inner && !themes.is_empty() {
                continue;
            }
            // Of what no theme of the packs covers the silence of others says little, unless a whole readout is held.
            if stems.is_empty() || themes.is_empty() && (stems.len() < 2 || !account.full_text) {
                continue;
            }
            // That the contact took place is no matter of its own, and tone stands side by side.
            let toned = held.topics.is_toned(&WordList::new(&record.evidence.text)) && stems.len() <= 3;
            if themes.is_empty() && (toned || holds_contact(held, encounter, record)) {
                continue;
            }
            let meets = |other: &(BTreeSet<String>, BTreeSet<String>)| {
                themes.intersection(&other.0).next().is_some()
                    || prose::overlap(&stems, &other.1) >= 0.5 && stems.intersection(&other.1).count() >= 2
            };
            if rest.iter().any(meets) || told.iter().any(meets) {
                continue;
            }
            // What either account tells in passing, in words of the reporter or as left unsaid, is no silence.
            let theirs = tellings.iter().filter(|it| others.contains(&it.teller.key) && !is_own(&own, it));
            let elsewhere = theirs.into_iter().any(|sentence| {
                let text = &held.document(sentence.document).text.as_str()[sentence.start..sentence.end];
                let other = prose::content(held.telling, text);
                let shared = stems.intersection(&other).count();
                let mut of_themes = held.topics.themes(&WordList::new(text)).into_iter();
                of_themes.any(|theme| themes.contains(&theme.name))
                    || shared >= 2 && 3 * shared >= stems.len()
            });
            if elsewhere {
                continue;
            }
            let topic = themes.iter().next().cloned().unwrap_or_else(|| heading(held, record));
            let sources = encounter.independent_sources;
            let by = account.by.as_ref().map_or("one side", |party| party.name());
            let verdict = Verdict {
                relation: Relation::OneSided,
                topic,
                why: format!(
                    "Only {by} has it in the {sources} source{} held{}.",
                    if sources == 1 { "" } else { "s" },
                    if account.full_text { "" } else { ", as quoted there; the full account is not held" }
                ),
                rule: "matter-one-sided",
            };
            let words = matter(record).first().map_or(&record.evidence, |words| *words);
            found.push(comparison(verdict, (record.id, words), None));
            told.push((themes, stems));
        }
    }
}

/// True if a sentence holds words of one of these records.
fn is_own(own: &[&Record], sentence: &Sentence) -> bool {
    own.iter().any(|record| {
        record.document == sentence.document
            && (record.evidence.start_byte as usize) < sentence.end
            && sentence.start < record.evidence.end_byte as usize
    })
}

/// True if the matter of one record lies inside that of another and is shorter.
fn holds(outer: &Record, inner: &Record) -> bool {
    let reach = |record: &Record| -> Option<(u32, u32)> {
        let of = matter(record);
        Some((of.first()?.start_byte, of.last()?.end_byte))
    };
    let (Some(outer), Some(inner)) = (reach(outer), reach(inner)) else { return false };
    outer.0 <= inner.0 && inner.1 <= outer.1 && inner.1 - inner.0 < outer.1 - outer.0
}

/// True if the words of the contact itself stand in a record: "… that A met B".
fn holds_contact(held: &Held<'_>, encounter: &Encounter, record: &Record) -> bool {
    encounter.mentions.iter().filter_map(|id| held.record(*id)).any(|mention| {
        let Body::Contact(contact) = &mention.body else { return false };
        mention.document == record.document
            && record.evidence.start_byte <= contact.trigger.start_byte
            && contact.trigger.end_byte <= record.evidence.end_byte
    })
}

/// True if a record stands close to a mention of the encounter that does not put it before or outside of it; what one
/// said on another occasion is no telling of this one.
fn is_near(held: &Held<'_>, encounter: &Encounter, record: &Record) -> bool {
    let sentences = held.sentences(record.document);
    let text = held.document(record.document).text.as_str();
    let number =
        |byte: u32| sentences.partition_point(|(start, _)| *start <= byte as usize).saturating_sub(1);
    let outside = |number: usize| {
        sentences
            .get(number)
            .is_some_and(|(start, end)| held.topics.outside.matches(&WordList::new(&text[*start..*end])))
    };
    let own = number(record.evidence.start_byte);
    if outside(own) {
        return false;
    }
    let mentions = encounter
        .mentions
        .iter()
        .filter_map(|id| held.record(*id))
        .filter(|mention| mention.document == record.document);
    let mut places: Vec<usize> = Vec::new();
    for mention in mentions {
        places.push(number(mention.evidence.start_byte));
        if let Body::Contact(contact) = &mention.body {
            places.extend(contact.also.iter().map(|words| number(words.start_byte)));
        }
    }
    places.into_iter().filter(|at| !outside(*at)).any(|at| own.abs_diff(at) <= 3)
}

/// The first words of a record, as a heading where no theme of the pack fits.
pub(super) fn heading(held: &Held<'_>, record: &Record) -> String {
    let text = matter(record).first().map_or("", |words| words.text.as_str());
    // "X had told Y that …": what was told.
    let told = super::telling::masked(held.telling, text);
    let opening = super::labels::opening(held, &told).or_else(|| super::labels::opening(held, text));
    opening.unwrap_or_else(|| "statement".to_owned())
}

/// Topics that one text lists and the other, which lists topics too, does not mention anywhere in its telling.
fn topics(held: &Held<'_>, encounter: &Encounter, tellings: &[Sentence], found: &mut Vec<Comparison>) {
    let mut lists: Vec<(&Record, Vec<Words>)> = encounter
        .mentions
        .iter()
        .filter_map(|id| held.record(*id))
        .filter_map(|record| match &record.body {
            Body::Contact(contact) if !contact.topics.is_empty() => Some((record, contact.topics.clone())),
            _ => None,
        })
        .collect();
    for sentence in tellings {
        if lists.iter().any(|(record, _)| record.document == sentence.document) {
            continue;
        }
        let listed = super::lists::listed(held, sentence);
        if let Some(record) = held.record(sentence.record).filter(|_| !listed.is_empty()) {
            lists.push((record, listed));
        }
    }
    let mut seen: BTreeSet<(RecordId, u32)> = BTreeSet::new();
    for (one, listed) in &lists {
        for (two, _) in &lists {
            if held.group(one.document) == held.group(two.document) {
                continue;
            }
            let other: Vec<&str> = tellings
                .iter()
                .filter(|sentence| sentence.document == two.document)
                .map(|sentence| &held.document(two.document).text.as_str()[sentence.start..sentence.end])
                .collect();
            let other = other.join(" ");
            let (has, themes) = (prose::content(held.telling, &other), themes_of(held, &other));
            for words in listed {
                let stems = prose::content(held.telling, &words.text);
                let silent = !stems.is_empty()
                    && stems.intersection(&has).next().is_none()
                    && themes_of(held, &words.text).intersection(&themes).next().is_none();
                if silent && seen.insert((one.id, words.start_byte)) {
                    let verdict = Verdict {
                        relation: Relation::OneSided,
                        topic: words.text.clone(),
                        why: format!(
                            "Only one of the {} sources held lists it.",
                            encounter.independent_sources
                        ),
                        rule: "topic-one-sided",
                    };
                    found.push(comparison(verdict, (one.id, words), None));
                }
            }
        }
    }
}

fn themes_of(held: &Held<'_>, text: &str) -> BTreeSet<String> {
    held.topics.themes(&WordList::new(text)).iter().map(|topic| topic.id.clone()).collect()
}

/// Words of tone by two tellers, without a verdict.
fn tone(held: &Held<'_>, encounter: &Encounter, tellings: &[Sentence], found: &mut Vec<Comparison>) {
    let mut said: Vec<(&Sentence, Words)> = Vec::new();
    for sentence in tellings {
        let text = held.document(sentence.document).text.as_str();
        for (start, end) in super::telling::clauses(text, sentence.start, sentence.end) {
            let list = WordList::new(&text[start..end]);
            if held.topics.is_toned(&list)
                && let Some(words) = held.words(sentence.document, start, end)
            {
                said.push((sentence, words));
                break;
            }
        }
    }
    let surnames: BTreeSet<String> =
        encounter.participants.iter().filter_map(|party| name_words(party.name()).pop()).collect();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for (at, (one, left)) in said.iter().enumerate() {
        for (two, right) in &said[at + 1..] {
            if !super::are_two(held, (&one.teller, one.document), (&two.teller, two.document)) {
                continue;
            }
            // Within one text only two sides are two tellers; its own voice is none beside them.
            let sides = |it: &Sentence| !it.teller.key.starts_with("group ");
            if one.document == two.document && !(sides(one) && sides(two)) {
                continue;
            }
            if !seen.insert((one.teller.key.clone(), two.teller.key.clone())) || surnames.is_empty() {
                continue;
            }
            let verdict = Verdict {
                relation: Relation::SideBySide,
                topic: "tone".to_owned(),
                why: "Words of tone or assessment stand side by side; they are not compared.".to_owned(),
                rule: "tone",
            };
            found.push(comparison(verdict, (one.record, left), Some((two.record, right))));
        }
    }
}
