//! Which demand, offer or accusation a refusal, acceptance or denial answers.

use demarche_record::{Body, Party, Position, Record, Stance};

/// Nouns for what was put to the one who answers, and the stances that they name.
const MATTERS: &[(&str, &[Stance])] = &[
    ("demand", &[Stance::Demand, Stance::Request]),
    ("ultimatum", &[Stance::Demand, Stance::Threat]),
    ("request", &[Stance::Request, Stance::Demand]),
    ("appeal", &[Stance::Request, Stance::Demand]),
    ("call", &[Stance::Request, Stance::Demand]),
    ("plea", &[Stance::Request]),
    ("deadline", &[Stance::Demand, Stance::Threat]),
    ("condition", &[Stance::Condition, Stance::Demand]),
    ("terms", &[Stance::Condition, Stance::Demand, Stance::Offer]),
    ("proposal", &[Stance::Offer]),
    ("offer", &[Stance::Offer]),
    ("plan", &[Stance::Offer]),
    ("accusation", &[Stance::Accusation]),
    ("allegation", &[Stance::Accusation]),
    ("charge", &[Stance::Accusation]),
    ("claim", &[Stance::Accusation]),
    ("blame", &[Stance::Accusation]),
];

/// True if a noun names something put to somebody: a demand, an offer, an accusation.
pub(super) fn is_matter(lemma: &str) -> bool {
    MATTERS.iter().any(|(noun, _)| *noun == lemma)
}

/// Sets what each answer answers: the nearest fitting record of another holder before it, or in the same sentence
/// behind it ("the refusal to follow the demands of X, who demands …").
pub(super) fn answer(records: &mut [Record]) {
    for at in 0..records.len() {
        let Body::Position(answer) = &records[at].body else { continue };
        if !matches!(answer.stance, Stance::Refusal | Stance::Acceptance | Stance::Denial) {
            continue;
        }
        let fits = |record: &&Record| {
            let Body::Position(asked) = &record.body else { return false };
            answers(answer, asked)
        };
        let before = records[..at].iter().rev().find(fits);
        let inside = |record: &&Record| {
            record.evidence.start_byte >= records[at].evidence.start_byte
                && record.evidence.end_byte <= records[at].evidence.end_byte
        };
        let within = records[at + 1..].iter().filter(inside).find(fits);
        let Some(asked) = within.or(before) else { continue };
        let id = asked.id;
        let holder = match &asked.body {
            Body::Position(it) => it.holder.clone(),
            _ => None,
        };
        if let Body::Position(answer) = &mut records[at].body {
            answer.answers = Some(id);
            // "rejected the ultimatum": it goes to who made it, where the words say that it is the very one.
            if answer.addressee.is_none() && names_matter(&answer.content.text) {
                answer.addressee = holder.map(|holder| Party {
                    words: None,
                    resolved: holder.resolved.or(holder.words.map(|it| it.text)),
                    ..holder
                });
            }
        }
    }
}

/// "the ultimatum", "both demands": nothing but the noun for what was put.
fn names_matter(content: &str) -> bool {
    let words: Vec<&str> = content.split_whitespace().collect();
    let last = words.last().map(|word| word.to_lowercase()).unwrap_or_default();
    words.len() <= 2 && MATTERS.iter().any(|(noun, _)| last == *noun || last.strip_suffix('s') == Some(noun))
}

fn answers(answer: &Position, asked: &Position) -> bool {
    let asks: &[Stance] = match answer.stance {
        Stance::Denial => &[Stance::Accusation],
        _ => &[Stance::Demand, Stance::Request, Stance::Offer, Stance::Condition],
    };
    if same(&answer.holder, &asked.holder) || !fits_addressee(answer, asked) {
        return false;
    }
    let words = words_of(&answer.content.text);
    let named: Vec<&[Stance]> = MATTERS
        .iter()
        .filter(|(noun, _)| words.iter().any(|word| word == noun || word.strip_suffix('s') == Some(noun)))
        .map(|(_, stances)| *stances)
        .collect();
    if !named.is_empty() {
        return named.iter().any(|stances| stances.contains(&asked.stance));
    }
    // The same matter in other words: at least two of its main words, or all it has.
    let matter = words_of(&asked.content.text);
    let shared = words.iter().filter(|word| matter.contains(word)).count();
    asks.contains(&asked.stance) && (shared >= 2 || shared > 0 && shared == words.len().min(matter.len()))
}

/// An answer to somebody answers what this one put; what was put to somebody else is not answered by a third.
fn fits_addressee(answer: &Position, asked: &Position) -> bool {
    let contradicts = |one: &Option<Party>, two: &Option<Party>| matches!((one, two), (Some(one), Some(two)) if one.actor.is_some() && two.actor.is_some() && one.actor != two.actor);
    !contradicts(&answer.addressee, &asked.holder)
}

fn same(one: &Option<Party>, two: &Option<Party>) -> bool {
    match (one, two) {
        (Some(one), Some(two)) => {
            one.actor.is_some() && one.actor == two.actor || one.words.is_some() && one.words == two.words
        }
        (None, None) => true,
        _ => false,
    }
}

/// Main words without inflection of number.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.len() > 3)
        .map(str::to_lowercase)
        .filter(|word| {
            !matches!(word.as_str(), "that" | "this" | "from" | "with" | "their" | "would" | "will")
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}
