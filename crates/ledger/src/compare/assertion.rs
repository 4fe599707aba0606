//! Opposed assertions on one matter: agreed / did not agree, raised / was not mentioned, asked by A / by B.
//!
//! Two assertions are compared only if they belong to one class of acts (see `[[opposition]]` in the topics pack), are
//! about the same matter by their content words, and are tied to one encounter or to the same day and place.

use super::telling::{Sentence, clauses, names, side_near, teller};
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::id_of;
use crate::prose;
use crate::sides::{Side, is_minted, side_in, side_of_party};
use demarche_pack::topics::WordList;
use demarche_record::{
    Body, Comparison, DayRange, DocumentId, Encounter, Epoch, Party, Record, Relation, Status, Voice, Words,
};
use std::collections::{BTreeMap, BTreeSet};

/// One assertion of a clause.
#[derive(Clone, Debug)]
pub(super) struct Assertion {
    /// Id of the opposition.
    class: String,
    /// Asserted or denied.
    yes: bool,
    /// Stems of what it is about.
    matter: BTreeSet<String>,
    /// Who acts, if the clause names a side.
    subject: Option<Side>,
    /// Who is asked, if the clause names a side.
    whom: Option<Side>,
    /// "It was X that …", or "first": the clause is about who.
    who: bool,
    bare: bool,
    /// First word of the act.
    head: String,
    /// "Nothing was signed": it is about everything.
    all: bool,
    /// Heading where the matter gives none.
    name: String,
}

/// An assertion of an event that is no contact, with what ties it to the same event in another text.
#[derive(Clone, Debug)]
struct Told {
    assertion: Assertion,
    names: BTreeSet<String>,
    window: Option<DayRange>,
}

/// Reads the assertions of a clause at these bytes of a document; `opens` is where its sentence begins, `further` where a "that" clause after it ends.
fn read(
    held: &Held<'_>,
    encounter: Option<&Encounter>,
    document: DocumentId,
    opens: usize,
    (start, end): (usize, usize),
    further: usize,
) -> Vec<(Assertion, usize, usize)> {
    let text = held.document(document).text.as_str();
    let clause = &text[start..end];
    let list = WordList::new(clause);
    let words = list.words();
    // "asked that": the act's words may reach into the clause that hangs on it.
    let wide = if further > end { WordList::new(&text[start..further]) } else { list.clone() };
    let mut found = Vec::new();
    for opposition in &held.topics.oppositions {
        let begins = |hit: &demarche_pack::topics::Hit| hit.start < clause.len();
        let within = |hit: demarche_pack::topics::Hit| demarche_pack::topics::Hit {
            end: hit.end.min(clause.len()),
            ..hit
        };
        let hits = opposition.yes.find(&wide).into_iter().filter(begins).map(|hit| (within(hit), true));
        let denials = opposition.no.find(&wide).into_iter().filter(begins).map(|hit| (within(hit), false));
        let all: Vec<_> = hits.chain(denials).collect();
        for (hit, positive) in &all {
            // "did not agree", "no agreement": where a denial holds the asserting words, the denial counts.
            if *positive
                && all.iter().any(|(other, yes)| !yes && other.start <= hit.start && hit.end <= other.end)
            {
                continue;
            }
            let at = words.partition_point(|(_, from, _)| *from < hit.start);
            let before: Vec<&str> =
                words[..at].iter().rev().take(4).map(|(word, ..)| word.as_str()).collect();
            let unreal = before.iter().any(|word| held.telling.unreal.has(word));
            let infinitive = before.first() == Some(&"to") && opposition.id != "raised";
            if unreal || infinitive && !opposition.bare {
                continue;
            }
            let near =
                before.iter().take(3).any(|word| held.telling.negations.has(word) || word.ends_with("n't"));
            let after_hit = words.partition_point(|(_, from, _)| *from < hit.end);
            // "was still held" is passive, "were still at" is none.
            let first = words.get(at).map_or("", |(word, ..)| word.as_str());
            let verbal = first.ends_with("ed") || held.verbs.contains_key(first);
            let passive = verbal
                && before
                    .first()
                    .is_some_and(|word| ["was", "were", "been", "is", "are", "being", "not"].contains(word))
                && before.iter().any(|word| ["was", "were", "been", "is", "are", "being"].contains(word));
            // "that no corridor had been agreed on".
            let joined = words.first().is_some_and(|(word, ..)| held.telling.joining.has(word));
            let opening = words.get(usize::from(joined)).map_or("", |(word, ..)| word.as_str());
            let opens_with_no = opening == "no" && passive;
            let ends_in_nothing = words
                .get(after_hit)
                .is_some_and(|(word, ..)| ["nothing", "neither", "none"].contains(&word.as_str()));
            // "No document was signed" denies that anything was.
            let second = words.get(usize::from(joined) + 1).map_or("", |(word, ..)| word.as_str());
            let no_paper = opening == "no" && held.telling.any_paper.has(second);
            let opens_with_nothing = (opening == "nothing" || no_paper) && passive;
            let negated = near || opens_with_no || ends_in_nothing || opens_with_nothing;
            let all = ends_in_nothing || opens_with_nothing;
            let after = &clause[hit.end..];
            let after = object(held, after);
            let hanging = prose::content(held.telling, &text[end..further]);
            let mut matter = prose::content(held.telling, after);
            let mut reach = end;
            // "agreed at their meeting in Doha on Friday that …": where and when are no part of it.
            if !hanging.is_empty() && (matter.is_empty() || opposition.id == "agreed") {
                matter = hanging;
                reach = further;
            }
            matter.extend(also_called(held, &text[end..]));
            // ", X, was in the room": what it is about stands in the clauses before.
            // "an invitation, which Doe declined".
            let which = words.first().is_some_and(|(word, ..)| word == "which");
            if matter.is_empty() && hit.start == 0 || which {
                matter.extend(prose::content(held.telling, &text[opens..start]));
            }
            let intransitive = opposition.intransitive.find(&list).iter().any(|it| it.start == hit.start);
            let front = &clause[..hit.start];
            // "was not discussed at the summit": the verb "to be" opens the words of the act.
            let being =
                ["was", "were", "is", "are", "been"].contains(&first) && clause[..hit.end].ends_with("ed");
            if passive || intransitive || being || matter.is_empty() {
                // "the spokesman said human rights had not been discussed": who says so is no part of it.
                matter.extend(prose::content(held.telling, subject_of(front, false)));
            }
            let cleft = front.to_lowercase().contains("it was ");
            let first = words.iter().any(|(word, ..)| word == "first");
            let subject = if passive && !cleft {
                None
            } else {
                let acting = || actor_at(held, document, start + hit.start, start + hit.end);
                let named = || {
                    let named = subject_of(front, cleft);
                    match encounter {
                        Some(encounter) => side_near(held, encounter, named),
                        None => side_in(named, held.relations, None),
                    }
                };
                if cleft { named() } else { acting().or_else(named) }
            };
            found.push((
                Assertion {
                    class: opposition.id.clone(),
                    yes: *positive != negated,
                    matter,
                    subject,
                    whom: if opposition.id == "asked" {
                        // "asked President Doe to let them in": between the two words of the act.
                        let asked = &clause[hit.start..hit.end];
                        encounter.and_then(|encounter| side_near(held, encounter, asked))
                    } else {
                        None
                    },
                    who: cleft || first,
                    bare: opposition.bare,
                    head: held.stem(words.get(at).map_or("", |(word, ..)| word.as_str())),
                    all,
                    name: opposition.name.clone(),
                },
                if opposition.bare { start + hit.start } else { start },
                if opposition.bare { start + hit.end } else { reach },
            ));
        }
    }
    found
}

/// "raised Takeshima, the islets known as Dokdo": the other name of what was raised, in the part behind the comma.
fn also_called(held: &Held<'_>, behind: &str) -> BTreeSet<String> {
    let Some(part) = behind.strip_prefix(", ") else { return BTreeSet::new() };
    let part = &part[..part.find([',', ';', '.']).unwrap_or(part.len())];
    let named =
        ["known as ", "called ", "named "].iter().find_map(|mark| part.find(mark).map(|at| at + mark.len()));
    let Some(name) = named.filter(|_| part.starts_with("the ") || part.starts_with("a ")) else {
        return BTreeSet::new();
    };
    let words: Vec<&str> =
        part[name..].split_whitespace().take_while(|word| word.starts_with(char::is_uppercase)).collect();
    prose::content(held.telling, &words.join(" "))
}

/// The known side that acts at some words, by the records on them: their trees say more than the order of words.
fn actor_at(held: &Held<'_>, document: DocumentId, start: usize, end: usize) -> Option<Side> {
    let on = |words: &Words| (words.start_byte as usize) < end && start < words.end_byte as usize;
    let day = |record: &Record| held.day_of(record);
    held.records_of(document).find_map(|record| {
        let party = match &record.body {
            // What several did together is no side's own.
            Body::Event(event) if on(&event.trigger) && event.actor.len() > 1 => {
                let sides = event.actor.iter().map(|party| {
                    side_of_party(party, held.relations, day(record).as_deref()).map(|side| side.key)
                });
                let sides: BTreeSet<Option<String>> = sides.collect();
                event.actor.first().filter(|_| sides.len() == 1)
            }
            Body::Event(event) if on(&event.trigger) => event.actor.first(),
            Body::Quotation(it) if it.cue.as_ref().is_some_and(|cue| on(&cue.words)) => it.speaker.as_ref(),
            _ => None,
        }?;
        side_of_party(party, held.relations, day(record).as_deref()).filter(|side| side.actor.is_some())
    })
}

/// What a text counts: a number with the stems of the words behind it.
fn counted(held: &Held<'_>, text: &str) -> Vec<(prose::Range, BTreeSet<String>)> {
    let list = WordList::new(text);
    let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let number = super::counts::number_at(&words, at).filter(|(value, _)| *value > 1.0);
        let Some((value, used)) = number else {
            at += 1;
            continue;
        };
        let behind = words[at + used..].iter().take(3).take_while(|word| held.telling.is_content(word));
        let mut things: BTreeSet<String> = behind.map(|word| prose::stem(word)).collect();
        // "a mission of 150 was agreed".
        if things.is_empty() && at > 1 && words[at - 1] == "of" && held.telling.is_content(words[at - 2]) {
            things.insert(prose::stem(words[at - 2]));
        }
        if !things.is_empty() {
            found.push((prose::bounds(held.telling, &words[..at], &words[at + used..], value).0, things));
        }
        at += used;
    }
    found
}

/// True if two texts each count one thing, the same, and the numbers exclude each other.
fn counts_exclude(held: &Held<'_>, one: &str, two: &str) -> bool {
    let (first, second) = (counted(held, one), counted(held, two));
    let ([(first, things)], [(second, others)]) = (&first[..], &second[..]) else { return false };
    first.disjoint(*second) && prose::overlap(things, others) >= 0.5 && scopes(held, one) == scopes(held, two)
}

/// Words by which a number is of a time or a part: two numbers with other such words are of two things.
fn scopes(held: &Held<'_>, text: &str) -> BTreeSet<String> {
    let list = WordList::new(text);
    list.words().iter().map(|(word, ..)| word.clone()).filter(|word| held.telling.scopes.has(word)).collect()
}

/// True if both texts count the same thing and no two of the numbers are compatible: they do not assert the same.
fn counts_part(held: &Held<'_>, one: &str, two: &str) -> bool {
    let (first, second) = (counted(held, one), counted(held, two));
    let same: Vec<bool> = first
        .iter()
        .flat_map(|(range, things)| {
            second
                .iter()
                .filter(|(_, others)| !things.is_disjoint(others))
                .map(|(other, _)| range.disjoint(*other))
        })
        .collect();
    !same.is_empty() && same.iter().all(|disjoint| *disjoint)
}

/// Words after an act up to an "and" with which another act begins ("and had signed nothing"); "an immediate and
/// unconditional truce" goes on.
pub(super) fn object<'a>(held: &Held<'_>, after: &'a str) -> &'a str {
    let cut = after.match_indices(" and ").map(|(at, _)| at).find(|at| {
        let enough = !prose::content(held.telling, &after[..*at]).is_empty();
        let next = after[at + 5..].split_whitespace().next().unwrap_or("");
        enough && (held.telling.begins.has(next) || next.len() > 4 && next.ends_with("ed"))
    });
    let after = cut.map_or(after, |at| &after[..at]);
    // "raised human rights when she met the premier": the occasion is no part of what was raised.
    let occasion =
        [" when ", " during ", " after ", " while "].iter().filter_map(|mark| after.find(mark)).min();
    match occasion {
        Some(at) if !prose::content(held.telling, &after[..at]).is_empty() => &after[..at],
        _ => after,
    }
}

/// The part of a clause before an act in which its subject stands: after "it was", or after a verb of saying.
pub(super) fn subject_of(front: &str, cleft: bool) -> &str {
    let low = front.to_lowercase();
    let cut = |mark: &str| low.rfind(mark).map(|at| at + mark.len());
    let from = if cleft {
        cut("it was ")
    } else {
        [" said ", " says ", " stated ", " announced "].into_iter().filter_map(cut).max()
    };
    // Lower case may change the length of the bytes; then the whole front is read.
    from.and_then(|from| front.get(from..)).unwrap_or(front)
}

/// Clauses with the end of a "that" clause that hangs on each.
pub(super) fn clauses_and_objects(text: &str, start: usize, end: usize) -> Vec<((usize, usize), usize)> {
    let all = clauses(text, start, end);
    (0..all.len())
        .map(|at| {
            let hangs = all.get(at + 1).filter(|next| {
                text[next.0..].starts_with("that ") && text[all[at].1..next.0].trim().is_empty()
            });
            (all[at], hangs.map_or(all[at].1, |next| next.1))
        })
        .collect()
}

/// Assertions within the tellings of one encounter.
pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let names = names(held, encounter);
    let mut said: Vec<Said<Assertion>> = Vec::new();
    for sentence in tellings {
        let text = held.document(sentence.document).text.as_str();
        for (clause, further) in clauses_and_objects(text, sentence.start, sentence.end) {
            for (mut assertion, from, to) in
                read(held, Some(encounter), sentence.document, sentence.start, clause, further)
            {
                assertion.matter.retain(|stem| !names.contains(stem));
                if assertion.matter.is_empty() && !assertion.bare && !assertion.all {
                    continue;
                }
                said.extend(sentence.said(held, assertion, from, to));
            }
        }
    }
    name_officials(held, encounter, &mut said);
    let rule = |one: &Said<Assertion>, two: &Said<Assertion>| {
        rule(held, (&one.value, &one.words), (&two.value, &two.words))
    };
    pairs(held, &said, rule, found);
}

/// "Ruritania's prime minister asked for a delay" in one text, "Doe did not ask for one" in another: whom no pack knows acts for
/// the one side that acts in other tellings and is that of no other participant.
fn name_officials(held: &Held<'_>, encounter: &Encounter, said: &mut [Said<Assertion>]) {
    let unknown = |side: &Side| side.actor.as_ref().is_none_or(is_minted);
    let parties = || {
        encounter.mentions.iter().filter_map(|id| held.record(*id)).flat_map(|record| match &record.body {
            Body::Contact(contact) => contact.participants.as_slice(),
            _ => &[],
        })
    };
    let side_of = |party: &Party| {
        let words = party.words.as_ref().map_or("", |words| words.text.as_str());
        let side = side_of_party(party, held.relations, None).filter(|side| !unknown(side));
        side.or_else(|| side_in(words, held.relations, None))
    };
    let known: Vec<Side> =
        said.iter().filter_map(|it| it.value.subject.clone()).filter(|side| !unknown(side)).collect();
    for it in said {
        let Some(subject) = it.value.subject.as_ref().filter(|side| unknown(side)) else { continue };
        let is_own = |party: &&Party| {
            side_of_party(party, held.relations, None).is_some_and(|side| side.key == subject.key)
        };
        if !parties().any(|party| is_own(&party))
            || parties().filter(is_own).any(|party| side_of(party).is_some())
        {
            continue;
        }
        let others: BTreeSet<String> =
            parties().filter(|party| !is_own(party)).filter_map(side_of).map(|side| side.key).collect();
        let mut left = known.iter().filter(|side| !others.contains(&side.key));
        let Some(first) = left.next() else { continue };
        if left.all(|side| side.key == first.key) {
            it.value.subject = Some(first.clone());
        }
    }
}

fn rule(
    held: &Held<'_>,
    (first, left): (&Assertion, &Words),
    (second, right): (&Assertion, &Words),
) -> Option<Verdict> {
    if first.class != second.class {
        return None;
    }
    let shared: BTreeSet<String> = first.matter.intersection(&second.matter).cloned().collect();
    let key = |side: &Option<Side>| side.as_ref().map(|side| side.key.clone());
    let swapped = key(&first.subject).is_some()
        && key(&second.subject).is_some()
        && key(&first.subject) == key(&second.whom)
        && key(&second.subject) == key(&first.whom);
    if swapped && first.yes && second.yes && !shared.is_empty() {
        return Some(Verdict {
            relation: Relation::Differs,
            topic: super::labels::shared(held, &shared, &left.text, &right.text)
                .unwrap_or_else(|| first.name.clone()),
            why: "Each text has another of the two ask the other.".to_owned(),
            rule: "assertion-swapped",
        });
    }
    // "Nothing was signed" denies every "signed", and no "agreed".
    let all = (first.all || second.all) && first.head == second.head;
    if !first.bare && !all && prose::overlap(&first.matter, &second.matter) < 0.5 {
        return None;
    }
    let who = (first.who || second.who) && ["asked", "fired-first"].contains(&first.class.as_str());
    let topic = || {
        let label =
            (!first.bare && !who).then(|| super::labels::shared(held, &shared, &left.text, &right.text));
        label.flatten().unwrap_or_else(|| first.name.clone())
    };
    // Words that say all ("direct talks") are of the contact itself, whoever stands before them.
    let apart = !first.bare
        && matches!((&first.subject, &second.subject), (Some(one), Some(two)) if one.key != two.key);
    if first.yes != second.yes {
        // "A refused" and "B accepted" are two acts.
        if apart && first.class != "raised" {
            return None;
        }
        return Some(Verdict {
            relation: Relation::Differs,
            topic: topic(),
            why: format!("One asserts and the other denies the same: “{}” / “{}”.", left.text, right.text),
            rule: "assertion-opposed",
        });
    }
    if first.bare {
        return None;
    }
    if apart {
        if who {
            return Some(Verdict {
                relation: Relation::Differs,
                topic: topic(),
                why: "The same act is told of two sides, and a text says which one it was.".to_owned(),
                rule: "assertion-who",
            });
        }
        return None;
    }
    if first.yes && counts_exclude(held, &left.text, &right.text) {
        return Some(Verdict {
            relation: Relation::Differs,
            topic: topic(),
            why: format!("The same act is told with two numbers: “{}” / “{}”.", left.text, right.text),
            rule: "assertion-number",
        });
    }
    // "The defence ministers took part" and "only the two ministers took part" share a word and say two things.
    let one_word = first.class == "attended" && shared.len() < 2 && first.matter != second.matter;
    let told = first.yes || first.class == "accepted";
    (told && !one_word && !counts_part(held, &left.text, &right.text)).then(|| Verdict {
        relation: Relation::Agrees,
        topic: topic(),
        why: "Both assert the same.".to_owned(),
        rule: "assertion-same",
    })
}

/// Opposed assertions about one event outside of encounters: the same class, matter and place, told of the same days.
pub(crate) fn events(held: &Held<'_>, rows: &[Comparison]) -> Vec<Comparison> {
    let known: BTreeSet<&str> =
        held.topics.oppositions.iter().filter(|it| it.event).map(|it| it.id.as_str()).collect();
    // Class and name → assertions with it, so that only texts about one matter meet.
    let mut buckets: BTreeMap<(String, String), Vec<Said<Told>>> = BTreeMap::new();
    for document in &held.documents {
        let text = document.text.as_str();
        for (start, end) in held.sentences(document.id).iter().copied() {
            let records = || {
                held.records_of(document.id).filter(|record| {
                    let inside = (record.evidence.start_byte as usize) < end
                        && start < record.evidence.end_byte as usize;
                    inside
                        && record.voice == Voice::Report
                        && record.epoch == Epoch::Current
                        && matches!(record.status, Status::Occurred | Status::Ongoing | Status::Denied)
                })
            };
            let Some(record) = records().next().filter(|_| held.is_telling(document.id, start, end)) else {
                continue;
            };
            let window = records().find_map(|record| held.told_window(record));
            for (clause, further) in clauses_and_objects(text, start, end) {
                for (assertion, from, to) in read(held, None, document.id, start, clause, further) {
                    if !known.contains(assertion.class.as_str()) || assertion.matter.is_empty() {
                        continue;
                    }
                    let Some(words) = held.words(document.id, from, to) else { continue };
                    let names = capitals(held, &text[clause.0..clause.1], &assertion);
                    let said = Said {
                        value: Told { assertion, names: names.clone(), window },
                        words,
                        record: record.id,
                        document: document.id,
                        teller: teller(held, document.id, start, end),
                    };
                    for name in names {
                        buckets
                            .entry((said.value.assertion.class.clone(), name))
                            .or_default()
                            .push(said.clone());
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    for of_one in buckets.into_values().filter(|of_one| (2..=60).contains(&of_one.len())) {
        pairs(held, &of_one, |one, two| event_rule(held, one, two), &mut found);
    }
    for comparison in &mut found {
        comparison.id = id_of([
            "event",
            &comparison.rule,
            &comparison.left.to_string(),
            &comparison.right.map(|id| id.to_string()).unwrap_or_default(),
        ]);
    }
    found.sort_by(|one, two| one.id.cmp(&two.id));
    found.dedup_by(|one, two| one.id == two.id);
    found.retain(|row| !rows.iter().any(|other| super::is_told(held, other, row)));
    found
}

/// Names of a clause that can tie two tellings to one event: words with a capital that do not name the one who acts. What
/// was done has them in its matter; of an act without an object ("opened fire") the place stands anywhere.
fn capitals(held: &Held<'_>, clause: &str, assertion: &Assertion) -> BTreeSet<String> {
    let subject = assertion.subject.as_ref().map(|side| side.key.clone());
    let side = |word: &str| side_in(word, held.relations, None);
    clause
        .split(|it: char| !it.is_alphanumeric() && it != '-')
        .filter(|word| word.chars().count() > 2 && word.starts_with(char::is_uppercase))
        .filter(|word| side(word).is_none_or(|side| Some(side.key) != subject))
        .map(str::to_lowercase)
        .filter(|word| held.telling.is_content(word))
        .map(|word| prose::stem(&word))
        .filter(|stem| assertion.who || assertion.matter.contains(stem))
        .collect()
}

fn event_rule(held: &Held<'_>, one: &Said<Told>, two: &Said<Told>) -> Option<Verdict> {
    let (first, second) = (&one.value.assertion, &two.value.assertion);
    if !super::same_days(held, (one.document, one.value.window), (two.document, two.value.window))
        || one.value.names.is_disjoint(&two.value.names)
        || prose::overlap(&first.matter, &second.matter) < 0.6
    {
        return None;
    }
    let verdict = rule(held, (first, &one.words), (second, &two.words))?;
    // Without an encounter only the difference is worth a row, and silence about who acts is no sameness of actors.
    let same_subject = matches!((&first.subject, &second.subject), (Some(one), Some(two)) if one.key == two.key)
        || first.subject.is_none() && second.subject.is_none();
    let kept = verdict.relation == Relation::Differs && (same_subject || verdict.rule == "assertion-who");
    kept.then_some(verdict)
}
