//! Who led a delegation: "the American delegation was headed by the deputy director Jane Doe" beside "… by Richard Roe".

use super::telling::{Sentence, side_near};
use super::{Said, Verdict, pairs};
use crate::held::Held;
use crate::sides::name_words;
use demarche_pack::topics::WordList;
use demarche_record::{Comparison, Encounter, Relation};

/// Words of a name, with what of the office stands in front.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;

/// Those who led a side.
#[derive(Clone, Debug)]
struct Leader {
    side: String,
    names: Vec<Vec<String>>,
}

/// Compares by whom each telling has a side led.
pub(super) fn compare(
    held: &Held<'_>,
    encounter: &Encounter,
    tellings: &[Sentence],
    found: &mut Vec<Comparison>,
) {
    let mut said: Vec<Said<Leader>> = Vec::new();
    for sentence in tellings {
        let text = &held.document(sentence.document).text.as_str()[sentence.start..sentence.end];
        let list = WordList::new(text);
        let words: Vec<&str> = list.words().iter().map(|(word, ..)| word.as_str()).collect();
        for at in 1..words.len() {
            let Some(count) = held.telling.led_by.begins(&words[at..]) else { continue };
            let places = list.words();
            let (front, behind) = (&text[..places[at].1], places[at + count - 1].2);
            let Some((end, names)) = leaders(held, &text[behind..]) else { continue };
            let Some((from, team)) = team(held, front) else { continue };
            let Some(side) = side_near(held, encounter, team) else { continue };
            let value = Leader { side: side.key, names };
            said.extend(sentence.said(held, value, sentence.start + from, sentence.start + behind + end));
        }
    }
    pairs(held, &said, rule, found);
}

/// The words for those who are led, with which some words end: "the U.S. delegation".
fn team<'a>(held: &Held<'_>, front: &'a str) -> Option<(usize, &'a str)> {
    let last = front.split_whitespace().next_back()?.to_lowercase();
    let part = front.rsplit([',', ';', '“']).next()?.trim_start();
    let from = front.len() - part.len();
    held.telling.teams.has(&last).then_some((from, part))
}

/// The names with which some words tell who it is, behind their offices: "Deputy Director Jane Doe and Richard Roe", with
/// their end.
fn leaders(held: &Held<'_>, behind: &str) -> Option<(usize, Vec<Vec<String>>)> {
    let stop = behind.find([',', ';', '(', '“']).unwrap_or(behind.len());
    let mut names = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let mut end = None;
    let mut close = |words: &mut Vec<&str>| {
        let first = words.len().saturating_sub(*NAME.end());
        let name = name_words(&words[first..].join(" "));
        let is_name = NAME.contains(&name.len());
        if is_name {
            end = words.last().map(|last| last.as_ptr() as usize - behind.as_ptr() as usize + last.len());
            names.push(name);
        }
        words.clear();
        is_name
    };
    for word in behind[..stop].split_whitespace() {
        let part = word.split('-').next_back().is_some_and(|part| part.starts_with(char::is_uppercase));
        if part || held.particles.contains(word) && !words.is_empty() {
            words.push(word.trim_end_matches('.'));
        } else if close(&mut words) && word != "and" {
            break;
        }
    }
    close(&mut words);
    end.map(|end| (end, names))
}

fn rule(one: &Said<Leader>, two: &Said<Leader>) -> Option<Verdict> {
    if one.value.side != two.value.side {
        return None;
    }
    // Offices may stand in front of either name.
    let ends_in = |one: &[String], two: &[String]| one.last().is_some_and(|last| two.contains(last));
    let is_one = |one: &[String], two: &[String]| ends_in(one, two) || ends_in(two, one);
    let same = one.value.names.iter().any(|name| two.value.names.iter().any(|other| is_one(name, other)));
    let (relation, why) = if same {
        (Relation::Agrees, "Both texts name the same leader.".to_owned())
    } else {
        (Relation::Differs, format!("“{}” and “{}” are two people.", one.words.text, two.words.text))
    };
    Some(Verdict { relation, topic: "who led the delegation".to_owned(), why, rule: "leader" })
}
