//! Finds names: the longest names of the packs and the names the network tags, without overlaps.

use crate::{Analysis, NameKind, Upos, WordId};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_pack::world::{Sense, SenseKind, fold};
use std::ops::Range;

/// A name with what the packs say it can mean.
#[derive(Clone, Debug)]
pub(super) struct Spotted {
    /// Its words, without a leading article.
    pub words: Range<u32>,
    /// Its head.
    pub head: WordId,
    /// What the network takes it for.
    pub kind: Option<NameKind>,
    /// What the packs say it can mean; empty for names they lack.
    pub senses: Vec<Sense>,
}

/// Longest name of a pack, in words.
const LONGEST: usize = 10;

/// All names of a document in text order.
pub(super) fn spot(analysis: &Analysis, pack: &Pack) -> Vec<Spotted> {
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        let known = known(analysis, pack, &sentence.words);
        let tagged = tagged(analysis, pack, &sentence.words);
        found.extend(merge(analysis, pack, known, tagged));
    }
    found
}

/// Longest matches of pack names over the words of a sentence.
fn known(analysis: &Analysis, pack: &Pack, words: &Range<u32>) -> Vec<Spotted> {
    let mut found: Vec<Spotted> = Vec::new();
    let mut at = words.start;
    while at < words.end {
        let next = longest(analysis, pack, at, words.end);
        match next {
            Some(name) => {
                at = name.words.end;
                found.push(name);
            }
            None => at += 1,
        }
    }
    found
}

fn longest(analysis: &Analysis, pack: &Pack, start: u32, end: u32) -> Option<Spotted> {
    let first = WordId(start);
    let form = analysis.form(first);
    if matches!(form, "the" | "The" | "THE")
        || !form.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
    {
        return None;
    }
    let mut best = None;
    for stop in start + 1..=end.min(start + LONGEST as u32) {
        let span = analysis.word(first).span.cover(analysis.word(WordId(stop - 1)).span);
        let text = analysis.text(span);
        let folded = fold(text);
        if !pack.world.has_prefix(&folded) {
            break;
        }
        let senses = senses(pack, text);
        if !senses.is_empty() && stands_alone(analysis, start, stop) {
            best = Some((stop, senses));
        }
    }
    let feature = feature(analysis, pack, start, end);
    let (stop, senses, kind) = match (best, feature) {
        (Some((stop, _)), Some(longer)) if longer > stop => (longer, Vec::new(), Some(NameKind::Location)),
        (Some((stop, senses)), _) => (stop, senses, None),
        (None, Some(stop)) => (stop, Vec::new(), Some(NameKind::Location)),
        (None, None) => return None,
    };
    let words = start..stop;
    Some(Spotted { head: top(analysis, &words), words, kind, senses })
}

/// Where a feature of the gazetteer of several words ends: "Horn of Africa", "Line of Control".
fn feature(analysis: &Analysis, pack: &Pack, start: u32, end: u32) -> Option<u32> {
    let mut best = None;
    for stop in start + 1..=end.min(start + LONGEST as u32) {
        let span = analysis.word(WordId(start)).span.cover(analysis.word(WordId(stop - 1)).span);
        let text = analysis.text(span);
        if !pack.places.has_prefix(&fold(text)) {
            break;
        }
        if stop - start > 1 && pack.places.named(text).any(|site| site.feature) {
            best = Some(stop);
        }
    }
    best
}

/// What a text can mean in the packs; in capitals throughout also as an ordinary name.
fn senses(pack: &Pack, text: &str) -> Vec<Sense> {
    let mut found: Vec<Sense> = pack.world.senses(text).cloned().collect();
    let letters = text.chars().filter(|letter| letter.is_alphabetic());
    if found.is_empty() && text.len() > 4 && letters.clone().all(char::is_uppercase) {
        found = pack.world.senses(&text.to_lowercase()).cloned().collect();
    }
    if found.is_empty() {
        let other = plain_person(text).or_else(|| given_behind(text));
        found = other.map(|text| pack.world.senses(&text).cloned().collect()).unwrap_or_default();
        found.retain(|sense| pack.world.person(&sense.actor).is_some());
    }
    found
}

/// A name of protocol as the packs have it: "DOE Jane" and "Jane Q. Doe III" as "Jane Doe".
fn plain_person(text: &str) -> Option<String> {
    let capitals = |word: &str| word.chars().all(char::is_uppercase) && word.len() > 2;
    if let Some((surname, given)) = text.split_once(' ')
        && capitals(surname)
        && !given.split(' ').any(capitals)
    {
        return Some(format!("{given} {surname}"));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = words.last().is_some_and(|last| matches!(*last, "III" | "IV" | "Jr." | "Jr" | "Sr."));
    let words = &words[..words.len() - usize::from(ends)];
    let initial = |word: &str| word.len() == 2 && word.ends_with('.');
    let inner = words.len() == 3 && initial(words[1]);
    (words.len() >= 2 && (ends || inner)).then(|| {
        let kept = words.iter().enumerate().filter(|(at, word)| *at == 0 || !initial(word));
        kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    })
}

/// "Doe Jane" as "Jane Doe": in the order of East Asia and Hungary, which the packs may have the other way round.
fn given_behind(text: &str) -> Option<String> {
    let (first, second) = text.split_once(' ')?;
    let name = |word: &str| word.starts_with(char::is_uppercase) && word.chars().count() > 2;
    (!second.contains(' ') && name(first) && name(second)).then(|| format!("{second} {first}"))
}

/// A one-word name that is only a common word at the start of a sentence is none.
fn stands_alone(analysis: &Analysis, start: u32, stop: u32) -> bool {
    let first = WordId(start);
    stop - start > 1
        || matches!(analysis.word(first).upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Num)
        || !analysis.form(first).chars().any(char::is_lowercase)
}

fn tagged(analysis: &Analysis, pack: &Pack, words: &Range<u32>) -> Vec<Spotted> {
    let from = analysis.names.partition_point(|name| name.words.start < words.start);
    analysis.names[from..]
        .iter()
        .take_while(|name| name.words.start < words.end)
        .filter_map(|name| {
            let mut words = name.words.clone();
            // A name ends at a possessive mark: "Putin" in "Putin's demands".
            let mark = |it: &u32| matches!(analysis.form(WordId(*it)), "'s" | "’s");
            if name.kind == NameKind::Person
                && let Some(mark) = words.clone().skip(1).find(mark)
            {
                words.end = mark;
            }
            while words.len() > 1 && is_edge(analysis, words.start) {
                words.start += 1;
            }
            while words.len() > 1 && is_edge(analysis, words.end - 1) {
                words.end -= 1;
            }
            let first = analysis.form(WordId(words.start));
            let named = analysis.ids(&words).any(|word| analysis.form(word).chars().any(char::is_uppercase))
                || first.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_ascii());
            let noun = |form: &str| pack.titles.noun(form).is_some_and(|it| it.kind == NounKind::Person);
            let single = first.to_lowercase();
            let bare = words.len() == 1 && (noun(&single) || single.strip_suffix('s').is_some_and(noun));
            // "the Prime Minister" is an office, whatever the network takes it for.
            let span =
                analysis.word(WordId(words.start)).span.cover(analysis.word(WordId(words.end - 1)).span);
            let low = analysis.text(span).to_lowercase();
            // "the EU High Representative": an office of a body.
            let of_body = pack.world.senses(first).next().is_some()
                && low.split_once(' ').is_some_and(|(_, office)| pack.world.is_title(office));
            let office = name.kind == NameKind::Person && pack.world.is_title(&low) || of_body;
            let pronoun =
                office || bare || words.len() == 1 && analysis.word(WordId(words.start)).upos == Upos::Pron;
            (named && !pronoun).then(|| Spotted {
                head: top(analysis, &words),
                words,
                kind: Some(name.kind),
                senses: Vec::new(),
            })
        })
        .collect()
}

/// Articles, possessive marks and punctuation do not belong to a name at its edges.
fn is_edge(analysis: &Analysis, word: u32) -> bool {
    let form = analysis.form(WordId(word));
    matches!(form, "the" | "The" | "THE" | "a" | "A" | "'s" | "’s" | "'" | "’" | "and" | "of")
        || analysis.word(WordId(word)).upos == Upos::Punct && !form.ends_with('.')
}

/// Joins both lists: the longer of two names that overlap wins; at the same words the packs say what it means.
fn merge(analysis: &Analysis, pack: &Pack, known: Vec<Spotted>, tagged: Vec<Spotted>) -> Vec<Spotted> {
    let mut all: Vec<Spotted> = Vec::new();
    for mut name in tagged {
        let span = analysis
            .word(WordId(name.words.start))
            .span
            .cover(analysis.word(WordId(name.words.end - 1)).span);
        name.senses = senses(pack, analysis.text(span));
        // A title taken into a name does not belong to it.
        while name.words.len() > 1 && name.kind == Some(NameKind::Person) && name.senses.is_empty() {
            let first = analysis.form(WordId(name.words.start));
            if !(pack.titles.is_honorific(first) || pack.titles.noun(&first.to_lowercase()).is_some()) {
                break;
            }
            name.words.start += 1;
            name.head = top(analysis, &name.words);
        }
        all.push(name);
    }
    for name in known {
        let clashes: Vec<usize> = (0..all.len())
            .filter(|at| all[*at].words.start < name.words.end && name.words.start < all[*at].words.end)
            .collect();
        let same = clashes.iter().find(|at| all[**at].words == name.words).copied();
        if let Some(at) = same {
            all[at].senses = name.senses;
            continue;
        }
        // A longer tagged name keeps its words, unless the known one is a nationality or state in front of it and
        // the tag only took it along ("Russian Foreign Minister").
        let longer = clashes
            .iter()
            .any(|at| all[*at].words.len() > name.words.len() && (all[*at].words.start <= name.words.start));
        // "Sheikh Doe Roe Al-Moe" is not the "Sheikh Doe" of the packs, though another word could be left out.
        let titled = pack.titles.noun(&analysis.form(WordId(name.words.start)).to_lowercase()).is_some();
        let goes_on = clashes
            .iter()
            .any(|at| all[*at].kind == Some(NameKind::Person) && all[*at].words.end >= name.words.end + 2);
        if longer || titled && goes_on {
            continue;
        }
        all = all.into_iter().enumerate().filter(|(at, _)| !clashes.contains(at)).map(|(_, it)| it).collect();
        all.push(name);
    }
    all.sort_by_key(|name| name.words.start);
    all
}

/// The word of a range whose head lies outside it.
pub(super) fn top(analysis: &Analysis, words: &Range<u32>) -> WordId {
    analysis
        .ids(words)
        .find(|word| analysis.word(*word).head.is_none_or(|head| !words.contains(&head.0)))
        .unwrap_or(WordId(words.start))
}

impl Spotted {
    /// True if every meaning is a nationality.
    pub fn is_demonym(&self) -> bool {
        match self.senses.is_empty() {
            true => self.kind == Some(NameKind::Nationality),
            false => self.senses.iter().all(|sense| sense.kind == SenseKind::Demonym),
        }
    }
}
