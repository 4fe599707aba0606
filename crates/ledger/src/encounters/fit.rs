//! Which participants of two tellings are the same, and what sets two contacts of the same people apart.

use super::{Cluster, Fact};
use crate::held::Held;
use crate::portraits::{Likeness, is_described, is_in, is_pair, likeness};
use crate::sides::{Match, is_minted, same_party, side_in};
use demarche_record::Party;

/// How many participants agree, if the smaller list fits into the larger one.
pub(super) struct Fit {
    pub(super) same: usize,
    pub(super) behind: usize,
    /// Not named and not contradicted.
    pub(super) open: usize,
    pub(super) equal: bool,
    /// The one whom only the longer list has is the host in either telling.
    pub(super) but_host: bool,
    /// The shorter list was brought together by one whom the longer does not have.
    pub(super) other_host: bool,
}

/// The participants of a telling. Where descriptions count, "the two leaders" are two.
pub(super) fn slots<'a>(held: &Held<'_>, fact: &Fact<'a>, deep: bool) -> Vec<&'a Party> {
    // Those of whom a text elsewhere says who they are stand there one by one.
    let alone = |party: &Party| {
        let words = |it: &&Party| it.words == party.words;
        fact.contact.participants.iter().filter(words).count() == 1
    };
    let twice = |party: &Party| 1 + usize::from(deep && is_pair(held, party) && alone(party));
    fact.contact.participants.iter().flat_map(|party| std::iter::repeat_n(party, twice(party))).collect()
}

/// Compares the participants of two tellings; `deep` lets descriptions stand for names.
pub(super) fn participants_fit(held: &Held<'_>, one: &Fact<'_>, two: &Fact<'_>, deep: bool) -> Option<Fit> {
    let day = one.day.as_deref();
    let (first, second) = (slots(held, one, deep), slots(held, two, deep));
    let equal = first.len() == second.len();
    let swapped = first.len() > second.len();
    let ((few, of_few), (many, of_many)) =
        if swapped { ((second, two), (first, one)) } else { ((first, one), (second, two)) };
    let mut used = vec![false; many.len()];
    let mut done = vec![false; few.len()];
    let (mut same, mut behind, mut open) = (0, 0, 0);
    // Surest matches first, so that "Russia" is not used up by Putin when Russia itself is listed.
    for wanted in [Match::Same, Match::Behind] {
        for (number, party) in few.iter().enumerate().filter(|(number, _)| !done[*number]).collect::<Vec<_>>()
        {
            if wanted == Match::Behind
                && (0..many.len())
                    .any(|at| used[at] && same_party(party, many[at], held.relations, day) == Match::Same)
            {
                continue;
            }
            let found = (0..many.len())
                .find(|at| !used[*at] && same_party(party, many[*at], held.relations, day) == wanted);
            if let Some(at) = found {
                (used[at], done[number]) = (true, true);
                if wanted == Match::Same { same += 1 } else { behind += 1 }
            }
        }
    }
    for wanted in [Likeness::Fits, Likeness::Open].into_iter().filter(|_| deep) {
        for number in 0..few.len() {
            let found = (0..many.len()).find(|at| {
                !done[number]
                    && !used[*at]
                    && alike(held, (of_few, few[number]), (of_many, many[*at])) == wanted
            });
            if let Some(at) = found {
                (used[at], done[number]) = (true, true);
                if wanted == Likeness::Fits { behind += 1 } else { open += 1 }
            }
        }
    }
    // Of many who agree, one may be called by his name here and by an office that nobody knows there.
    if few.len() >= 4 && same >= 3 && same + behind + open + 1 == few.len() {
        let known = |party: &Party| party.actor.as_ref().is_some_and(|actor| !is_minted(actor));
        let left = (0..few.len()).find(|at| !done[*at]).map(|at| few[at]);
        let other = (0..many.len()).filter(|at| !used[*at]).map(|at| many[at]);
        if left.is_some_and(|left| other.into_iter().any(|it| !(known(left) && known(it)))) {
            behind += 1;
        }
    }
    let extra: Vec<&Party> = (0..many.len()).filter(|at| !used[*at]).map(|at| many[at]).collect();
    let but_host = match extra[..] {
        [extra] => {
            let host = |fact: &Fact<'_>| fact.contact.host.clone();
            let is_extra = |host: &Party| same_party(host, extra, held.relations, day) != Match::No;
            host(of_many).as_ref().is_some_and(is_extra)
                || host(of_few).as_ref().is_some_and(|host| {
                    is_extra(host) || deep && alike(held, (of_few, host), (of_many, extra)) == Likeness::Fits
                })
        }
        _ => false,
    };
    let other_host = !but_host
        && !extra.is_empty()
        && of_few.contact.host.as_ref().is_some_and(|host| {
            many.iter().all(|party| same_party(host, party, held.relations, day) == Match::No)
        });
    (same + behind + open >= few.len()).then_some(Fit { same, behind, open, equal, but_host, other_host })
}

/// Compares two parties of which one is only described, in texts of their own.
fn alike(held: &Held<'_>, one: (&Fact<'_>, &Party), two: (&Fact<'_>, &Party)) -> Likeness {
    let document = |fact: &Fact<'_>| held.document(fact.record.document);
    let ((first, described), (second, named)) = match (is_described(held, one.1), is_described(held, two.1)) {
        (true, false) => (one, two),
        (false, true) => (two, one),
        _ => return Likeness::No,
    };
    if first.record.document == second.record.document {
        return Likeness::No;
    }
    let (of, by) = (document(first).as_ref(), document(second).as_ref());
    likeness(held, (described, of), (named, by), &first.contact.participants)
}

/// True if another telling names whom a party only describes.
pub(super) fn stands_for(held: &Held<'_>, (fact, party): (&Fact<'_>, &Party), other: &Fact<'_>) -> bool {
    let pair = is_pair(held, party);
    let named =
        |it: &Party| !is_described(held, it) && alike(held, (fact, party), (other, it)) != Likeness::No;
    let count = other.contact.participants.iter().filter(|it| named(it)).count();
    is_described(held, party) && count > usize::from(pair)
}

/// True if some telling of a cluster names two participants and describes none.
pub(super) fn is_named(held: &Held<'_>, facts: &[Fact<'_>], cluster: &Cluster) -> bool {
    cluster.members.iter().any(|at| {
        let parties = slots(held, &facts[*at], false);
        parties.len() >= 2 && !parties.iter().any(|party| is_described(held, party))
    })
}

/// True if the texts count two contacts of one day: "the first of the day", "this second call of the day"; or if one text
/// tells of a call and of another: "rang him again".
pub(super) fn clash(one: &Fact<'_>, two: &Fact<'_>) -> bool {
    let again = one.record.document == two.record.document && one.again != two.again;
    again || matches!((&one.ordinal, &two.ordinal), (Some(first), Some(second)) if first != second)
}

/// True if one text counts a contact as the second or a later one of its day, and the other counts nothing.
pub(super) fn counted_once(one: &Fact<'_>, two: &Fact<'_>) -> bool {
    let later = |fact: &Fact<'_>| fact.ordinal.as_deref().is_some_and(|it| it != "first");
    // "spoke again at ten in the evening" is not the call of nine in the morning.
    let hour = |fact: &Fact<'_>| {
        let edtf = &fact.record.when.as_ref()?.edtf.0;
        edtf.split_once('T')?.1.get(..2)?.parse::<i32>().ok()
    };
    let hours = hour(one).zip(hour(two)).is_some_and(|(one, two)| (one - two).abs() >= HOURS);
    later(one) && two.ordinal.is_none()
        || later(two) && one.ordinal.is_none()
        || hours && (one.again || two.again)
}

/// Hours that lie between two contacts of one day of which one is told as a further one.
const HOURS: i32 = 3;

/// True if one text has the place that the other gives the contact, as a place of the record or in its words.
pub(super) fn meet_in_place(held: &Held<'_>, one: &Fact<'_>, two: &Fact<'_>) -> bool {
    let has = |fact: &Fact<'_>, other: &Fact<'_>| {
        let text = held.document(other.record.document).text.as_str();
        let places = fact.record.places.iter().map(|place| place.words.text.as_str());
        let evidence = fact.record.evidence.text.as_str();
        let behind = [" in ", " at "].iter().flat_map(|mark| evidence.split(mark).skip(1));
        let mut names = places.chain(behind).map(name_at);
        let month = |name: &str| held.telling.months.has(&name.to_lowercase());
        names.any(|name| name.len() > 2 && !month(&name) && text.contains(&name))
            || fact.record.places.iter().any(|place| {
                place
                    .country
                    .as_deref()
                    .is_some_and(|country| names_capital(held, &other.record.evidence.text, country))
            })
    };
    has(one, two) || has(two, one)
}

/// The name at the beginning of some words: "State House" of "State House this Thursday".
fn name_at(words: &str) -> String {
    let plain = words.strip_prefix("the ").unwrap_or(words);
    let end =
        plain.find(|it: char| !(it.is_alphanumeric() || matches!(it, '-' | ' '))).unwrap_or(plain.len());
    let run = plain[..end].split(' ').take_while(|word| word.starts_with(char::is_uppercase));
    run.take(3).collect::<Vec<_>>().join(" ")
}

/// "in the Kyrgyz capital", "in Guyana's capital": the seat of a state by the name of the state.
fn names_capital(held: &Held<'_>, text: &str, country: &str) -> bool {
    text.match_indices(" capital").any(|(at, _)| {
        let word = text[..at].rsplit(' ').next().unwrap_or_default();
        side_in(word, held.relations, None).is_some_and(|side| side.key.eq_ignore_ascii_case(country))
    })
}

/// "At the meeting in Kigali on Thursday it was Doe who asked": the telling knows one participant only, its text names the
/// other, and day and place are those of the fuller telling.
pub(super) fn lone_fits(held: &Held<'_>, fact: &Fact<'_>, others: &[&Fact<'_>]) -> bool {
    let [lone] = fact.contact.participants.as_slice() else { return false };
    let day = fact.day.as_deref();
    let one_day = |fact: &Fact<'_>| fact.window.filter(|window| window.len() == Some(1));
    let Some(own) = one_day(fact) else { return false };
    let text = held.document(fact.record.document);
    others.iter().any(|other| {
        let parties = &other.contact.participants;
        let same = parties
            .iter()
            .filter(|party| same_party(lone, party, held.relations, day) == Match::Same)
            .count();
        let named = parties
            .iter()
            .filter(|party| same_party(lone, party, held.relations, day) != Match::Same)
            .all(|party| !is_described(held, party) && is_in(party, text));
        parties.len() == 2
            && same == 1
            && named
            && one_day(other).is_some_and(|window| window == own)
            && meet_in_place(held, fact, other)
    })
}
