//! What the comparison of accounts looks for: themes, opposed assertions, who started a contact, tone, units.
//!
//! Read from `<language>/topics.toml`. A phrase is a run of words in lower case; `*` ends a word that may go on.

use crate::{PackError, PackFile, line_of, parse_toml};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Some words of a text, with the bytes where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// One word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    text: String,
    open: bool,
}

/// A run of words to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase(Vec<Part>);

/// A list of phrases to look for, by the first byte of each, so that most words of a text are passed over at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// Where those begin that begin with a byte; one more than there are bytes, none for an empty list.
    from: Vec<u16>,
}

/// A text cut into words once, to be searched for many phrases.
#[derive(Clone, Debug)]
pub struct WordList {
    words: Vec<(String, usize, usize)>,
}

impl WordList {
    /// Cuts a text into lower-case words; hyphens and apostrophes inside a word belong to it, a possessive ending is
    /// a word of its own.
    pub fn new(text: &str) -> Self {
        let mut words: Vec<(String, usize, usize)> = Vec::new();
        let mut start = None;
        let inside = |letter: char| letter.is_alphanumeric();
        let joins = |letter: char| matches!(letter, '-' | '\'' | '’' | '‑');
        let mut letters = text.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let next_inside = letters.peek().is_some_and(|(_, next)| inside(*next));
            let part = inside(letter) || (start.is_some() && joins(letter) && next_inside);
            match (part, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    push_word(&mut words, text, from, at);
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(from) = start {
            push_word(&mut words, text, from, text.len());
        }
        Self { words }
    }

    /// The words in lower case with their bytes.
    pub fn words(&self) -> &[(String, usize, usize)] {
        &self.words
    }
}

fn push_word(words: &mut Vec<(String, usize, usize)>, text: &str, start: usize, end: usize) {
    let word = &text[start..end];
    // "Juba's" → "juba" + "'s"; lower case may change the length of the bytes, so the cut is made in the original.
    let mut behind = word.char_indices().rev();
    let tail = match (behind.next(), behind.next()) {
        (Some((_, 's' | 'S')), Some((at, '\'' | '’' | '‑'))) if at > 0 => Some(start + at),
        _ => None,
    };
    words.push((lower(&text[start..tail.unwrap_or(end)]), start, tail.unwrap_or(end)));
    if let Some(at) = tail {
        words.push(("'s".to_owned(), at, end));
    }
}

/// A word in lower case with straight apostrophes.
fn lower(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase().replace('’', "'") }
}

impl Phrases {
    fn new(phrases: &[String]) -> Self {
        let mut phrases: Vec<Phrase> = phrases
            .iter()
            .map(|phrase| {
                let spaced = phrase.replace("'s", " 's");
                Phrase(
                    spaced
                        .split_whitespace()
                        .map(|word| Part {
                            text: word.trim_end_matches('*').to_owned(),
                            open: word.ends_with('*'),
                        })
                        .collect(),
                )
            })
            .filter(|phrase| phrase.first().is_some())
            .collect();
        phrases.sort_by_key(Phrase::first);
        let before = |byte: u16| {
            phrases.partition_point(|phrase| phrase.first().is_some_and(|it| u16::from(it) < byte)) as u16
        };
        let from = if phrases.is_empty() { Vec::new() } else { (0..=256).map(before).collect() };
        Self { phrases, from }
    }

    /// The lengths of the phrases that stand at a word of a text.
    fn at<'a>(&'a self, list: &'a WordList, at: usize) -> impl Iterator<Item = usize> {
        let byte = list.words[at].0.bytes().next().unwrap_or(0) as usize;
        let range = match (self.from.get(byte), self.from.get(byte + 1)) {
            (Some(from), Some(to)) => *from as usize..*to as usize,
            _ => 0..0,
        };
        self.phrases[range].iter().filter_map(move |phrase| phrase.length_at(list, at))
    }

    /// All places where one of the phrases stands, in text order; at one place the longest.
    pub fn find(&self, list: &WordList) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < list.words.len() {
            let longest = self.at(list, at).max();
            if let Some(length) = longest {
                hits.push(Hit { start: list.words[at].1, end: list.words[at + length - 1].2 });
                at += length;
            } else {
                at += 1;
            }
        }
        hits
    }

    /// True if one of the phrases stands in the text.
    pub fn matches(&self, list: &WordList) -> bool {
        (0..list.words.len()).any(|at| self.at(list, at).next().is_some())
    }
}

impl Phrase {
    /// The first byte; none of an empty phrase.
    fn first(&self) -> Option<u8> {
        self.0.first()?.text.bytes().next()
    }

    /// Words of a text from a word on that the phrase takes, if it stands there; "..." stands for some words or none.
    fn length_at(&self, list: &WordList, at: usize) -> Option<usize> {
        let is = |part: &Part, at: usize| {
            list.words.get(at).is_some_and(|(word, ..)| {
                if part.open { word.starts_with(&part.text) } else { *word == part.text }
            })
        };
        let mut next = at;
        let mut parts = self.0.iter();
        while let Some(part) = parts.next() {
            if part.text == GAP {
                let wanted = parts.next()?;
                next = (next..=next + WIDEST).find(|at| is(wanted, *at))? + 1;
            } else if is(part, next) {
                next += 1;
            } else {
                return None;
            }
        }
        Some(next - at)
    }
}

/// What stands in a phrase for words that are left open: "asked ... for".
const GAP: &str = "...";
/// So many words may stand there.
const WIDEST: usize = 5;

/// Words between an assessment and the contact that it is of.
const NEAR: usize = 4;

/// A recurring theme.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Id, never reused.
    pub id: String,
    /// Name of the row.
    pub name: String,
    /// Words that show it.
    pub phrases: Phrases,
}

/// Two assertions that cannot both be true of one matter.
#[derive(Clone, Debug)]
pub struct Opposition {
    /// Id, never reused.
    pub id: String,
    /// Name of the row, where the matter itself gives none.
    pub name: String,
    /// True if it can be told of an event that is no contact: by an act, its object and a place.
    pub event: bool,
    /// Words that assert.
    pub yes: Phrases,
    /// Words that deny by themselves.
    pub no: Phrases,
    /// Those of them behind which nothing stands that they are about: "came up".
    pub intransitive: Phrases,
    /// True if the words say all: no common object is needed ("alone" against "accompanied by").
    pub bare: bool,
}

/// A class with the words that show it.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its id: `soldiers`, `killed`.
    pub name: String,
    /// How a heading has it: "civilians killed".
    pub heading: String,
    /// The classes of things of which it is told; all if empty.
    pub things: Vec<String>,
    /// Words that show it.
    pub phrases: Phrases,
}

/// Words that tell who started a contact.
#[derive(Clone, Debug, Default)]
pub struct Initiative {
    /// The initiator follows: "at the request of".
    pub before: Phrases,
    /// The initiator stands before, as a possessive: "'s invitation".
    pub after: Phrases,
    /// The initiator stands before: "it was … who called".
    pub cleft: Phrases,
    /// Words behind which stands who rang.
    pub from: Phrases,
    /// Verbs whose subject starts the contact: "telephoned".
    pub verbs: Phrases,
    /// Verbs of starting before a word for the contact: "asked for".
    pub asks: Phrases,
    /// Those of all these words that say who rang, not who asked.
    pub rang: Phrases,
}

/// Words by which a telling says that a contact had one subject and no other.
#[derive(Clone, Debug, Default)]
pub struct Only {
    /// The subject follows: "spoke only about".
    pub before: Phrases,
    /// The subject stands before: "was the only subject".
    pub after: Phrases,
}

/// Everything of `<language>/topics.toml`.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    /// Themes.
    pub topics: Vec<Topic>,
    /// Opposed assertions.
    pub oppositions: Vec<Opposition>,
    /// Who started a contact.
    pub initiative: Initiative,
    /// Words for a contact: "call", "meeting".
    pub contacts: Phrases,
    /// One subject and no other.
    pub only: Only,
    /// Words by which a text itself reports a disagreement.
    pub disagreement: Phrases,
    /// Words that put a statement before or outside a contact.
    pub outside: Phrases,
    /// Words of tone.
    pub tone: Phrases,
    /// Words of assessment: tone only beside a word for the contact.
    pub assessment: Phrases,
    /// Classes of units.
    pub units: Vec<Class>,
    /// What was counted.
    pub acts: Vec<Class>,
    /// Word → number of its group of words for one kind of happening ("quake", "earthquake").
    pub happenings: BTreeMap<String, usize>,
    /// Word → kind of building ("hotel", "palace" → "seat"): none of one kind can be of another.
    pub sites: BTreeMap<String, String>,
}

impl Topics {
    /// The kind of building that a word names, if it excludes the other kinds.
    #[must_use]
    pub fn site_of(&self, word: &str) -> Option<&str> {
        self.sites.get(word).map(String::as_str)
    }

    /// Reads `<language>/topics.toml`; a pack without the file has no topics.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let path = format!("{language}/topics.toml");
        let Some(file) = files.iter().find(|file| file.path == path) else { return Ok(Self::default()) };
        let raw: RawTopics = parse_toml(&file.path, &file.text).map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        let mut fault = |at: usize, message: String| {
            faults.push(PackError { file: path.clone(), line: line_of(&file.text, at), message });
        };
        let mut topics = Self::default();
        let mut ids: Vec<String> = Vec::new();
        for raw in raw.topic {
            let at = raw.span().start;
            let raw = raw.into_inner();
            if ids.contains(&raw.id) {
                fault(at, format!("topic id `{}` is used twice; ids are never reused", raw.id));
            }
            let phrases = Phrases::new(&raw.words);
            prove(&raw.id, &phrases, &[&raw.example], raw.counterexample.as_ref(), at, &mut fault);
            ids.push(raw.id.clone());
            topics.topics.push(Topic { id: raw.id, name: raw.name, phrases });
        }
        for raw in raw.opposition {
            let at = raw.span().start;
            let raw = raw.into_inner();
            if ids.contains(&raw.id) {
                fault(at, format!("opposition id `{}` is used twice; ids are never reused", raw.id));
            }
            let both = Phrases::new(&[raw.yes.clone(), raw.no.clone()].concat());
            prove(&raw.id, &both, &[&raw.example], raw.counterexample.as_ref(), at, &mut fault);
            ids.push(raw.id.clone());
            // "was present" and "was not present".
            let negated = raw.yes.iter().filter_map(|phrase| {
                let (verb, rest) = phrase.split_once(' ')?;
                matches!(verb, "is" | "are" | "was" | "were").then(|| format!("{verb} not {rest}"))
            });
            let no: Vec<String> = raw.no.iter().cloned().chain(negated).collect();
            let (yes, no) = (Phrases::new(&raw.yes), Phrases::new(&no));
            let name = raw.name.unwrap_or_else(|| raw.id.replace('-', " "));
            let intransitive = Phrases::new(&raw.intransitive);
            topics.oppositions.push(Opposition {
                id: raw.id,
                name,
                event: raw.event,
                yes,
                no,
                intransitive,
                bare: raw.bare,
            });
        }
        topics.initiative = Initiative {
            before: Phrases::new(&raw.initiative.before),
            after: Phrases::new(&raw.initiative.after),
            cleft: Phrases::new(&raw.initiative.cleft),
            from: Phrases::new(&raw.initiative.from),
            verbs: Phrases::new(&raw.initiative.verbs),
            asks: Phrases::new(&raw.initiative.asks),
            rang: Phrases::new(&raw.initiative.rang),
        };
        for site in raw.site {
            let at = site.span().start;
            let site = site.into_inner();
            for word in site.words {
                if let Some(other) = topics.sites.insert(word.clone(), site.id.clone()) {
                    fault(at, format!("`{word}` is a word of the site `{other}` already; keep it in one"));
                }
            }
        }
        topics.contacts = Phrases::new(&raw.contacts.words);
        prove("contacts", &topics.contacts, &[&raw.contacts.example], None, 0, &mut fault);
        topics.only = Only { before: Phrases::new(&raw.only.before), after: Phrases::new(&raw.only.after) };
        let both = Phrases::new(&[raw.only.before, raw.only.after].concat());
        prove("only", &both, &[&raw.only.example], None, 0, &mut fault);
        topics.disagreement = Phrases::new(&raw.disagreement.words);
        prove("disagreement", &topics.disagreement, &[&raw.disagreement.example], None, 0, &mut fault);
        topics.outside = Phrases::new(&raw.outside.words);
        prove("outside", &topics.outside, &[&raw.outside.example], None, 0, &mut fault);
        topics.tone = Phrases::new(&raw.tone.words);
        prove("tone", &topics.tone, &[&raw.tone.example], None, 0, &mut fault);
        topics.assessment = Phrases::new(&raw.assessment.words);
        prove("assessment", &topics.assessment, &[&raw.assessment.example], None, 0, &mut fault);
        topics.units = raw
            .unit
            .into_iter()
            .map(|unit| Class {
                heading: unit.class.clone(),
                name: unit.class,
                things: Vec::new(),
                phrases: Phrases::new(&unit.words),
            })
            .collect();
        topics.acts = raw
            .act
            .into_iter()
            .map(|act| Class {
                heading: act.name.unwrap_or_else(|| act.id.clone()),
                name: act.id,
                things: act.things,
                phrases: Phrases::new(&act.words),
            })
            .collect();
        for (number, group) in raw.happening.into_iter().enumerate() {
            let at = group.span().start;
            for word in group.into_inner().words {
                if topics.happenings.insert(word.clone(), number).is_some() {
                    fault(at, format!("`{word}` stands in two groups of happenings; keep one"));
                }
            }
        }
        if faults.is_empty() { Ok(topics) } else { Err(faults) }
    }

    /// True if a text has words of tone, or words of assessment beside a word for the contact or its atmosphere.
    pub fn is_toned(&self, list: &WordList) -> bool {
        if self.tone.matches(list) {
            return true;
        }
        let contacts = self.contacts.find(list);
        let place = |byte: usize| list.words.partition_point(|(_, from, _)| *from < byte);
        self.assessment
            .find(list)
            .iter()
            .any(|hit| contacts.iter().any(|contact| place(contact.start).abs_diff(place(hit.start)) <= NEAR))
    }

    /// The themes of a text, in the order of the pack.
    pub fn themes(&self, list: &WordList) -> Vec<&Topic> {
        self.topics.iter().filter(|topic| topic.phrases.matches(list)).collect()
    }

    /// The classes of units that a text names, in text order, each once.
    pub fn unit_classes(&self, text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (_, name) in self.unit_hits(&WordList::new(text)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Where a text names units, with their classes, in text order; of overlapping words the longer one counts
    /// ("fighter jets" are no fighters).
    pub fn unit_hits(&self, list: &WordList) -> Vec<(Hit, &str)> {
        longest(&self.units, list).into_iter().map(|(hit, class)| (hit, class.name.as_str())).collect()
    }

    /// Where a text says what happened to those counted, in text order.
    pub fn act_hits(&self, list: &WordList) -> Vec<(Hit, &Class)> {
        longest(&self.acts, list)
    }
}

fn longest<'a>(classes: &'a [Class], list: &WordList) -> Vec<(Hit, &'a Class)> {
    let mut hits: Vec<(Hit, &Class)> = classes
        .iter()
        .flat_map(|class| class.phrases.find(list).into_iter().map(move |hit| (hit, class)))
        .collect();
    hits.sort_by_key(|(hit, _)| (hit.start, std::cmp::Reverse(hit.end)));
    let mut end = 0;
    hits.retain(|(hit, _)| {
        let kept = hit.start >= end;
        if kept {
            end = hit.end;
        }
        kept
    });
    hits
}

fn prove(
    id: &str,
    phrases: &Phrases,
    examples: &[&String],
    counterexample: Option<&String>,
    at: usize,
    fault: &mut impl FnMut(usize, String),
) {
    for example in examples {
        if !phrases.matches(&WordList::new(example)) {
            fault(
                at,
                format!("`{id}` does not match its example {example:?}; add the words or change the example"),
            );
        }
    }
    if let Some(counter) = counterexample.filter(|counter| phrases.matches(&WordList::new(counter))) {
        fault(at, format!("`{id}` matches its counterexample {counter:?}; narrow its words"));
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopics {
    topic: Vec<Spanned<RawTopic>>,
    opposition: Vec<Spanned<RawOpposition>>,
    initiative: RawInitiative,
    contacts: RawWords,
    only: RawOnly,
    disagreement: RawWords,
    outside: RawWords,
    tone: RawWords,
    assessment: RawWords,
    unit: Vec<RawUnit>,
    act: Vec<RawAct>,
    #[serde(default)]
    happening: Vec<Spanned<RawHappening>>,
    #[serde(default)]
    site: Vec<Spanned<RawSite>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSite {
    id: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHappening {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    id: String,
    name: String,
    words: Vec<String>,
    example: String,
    counterexample: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOpposition {
    id: String,
    name: Option<String>,
    #[serde(default)]
    event: bool,
    yes: Vec<String>,
    no: Vec<String>,
    #[serde(default)]
    intransitive: Vec<String>,
    #[serde(default)]
    bare: bool,
    example: String,
    counterexample: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInitiative {
    before: Vec<String>,
    after: Vec<String>,
    cleft: Vec<String>,
    #[serde(default)]
    from: Vec<String>,
    verbs: Vec<String>,
    asks: Vec<String>,
    rang: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOnly {
    before: Vec<String>,
    after: Vec<String>,
    example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    words: Vec<String>,
    example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUnit {
    class: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAct {
    id: String,
    name: Option<String>,
    #[serde(default)]
    things: Vec<String>,
    words: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builtin() -> Topics {
        Topics::parse(&crate::builtin_files(), "en").unwrap()
    }

    fn names(text: &str) -> Vec<String> {
        builtin().themes(&WordList::new(text)).iter().map(|topic| topic.name.clone()).collect()
    }

    #[test]
    fn themes_are_found_by_phrases_with_open_endings() {
        assert_eq!(names("He spoke of NATO’s expansion and a cease-fire."), ["enlargement", "ceasefire"]);
        assert_eq!(names("The expansion of the port."), Vec::<String>::new());
    }

    #[test]
    fn units_have_classes_and_the_longer_phrase_wins() {
        let topics = builtin();
        assert_eq!(
            topics.unit_classes("soldiers, vehicles and combat aircraft"),
            ["soldiers", "vehicles", "aircraft"]
        );
        assert_eq!(topics.unit_classes("fighter jets"), ["aircraft"]);
        assert_eq!(topics.unit_classes("British servicemen"), ["soldiers"]);
    }

    #[test]
    fn a_possessive_is_a_word_of_its_own() {
        let list = WordList::new("at Burhan’s invitation");
        assert_eq!(
            list.words().iter().map(|(word, ..)| word.as_str()).collect::<Vec<_>>(),
            ["at", "burhan", "'s", "invitation"]
        );
        assert_eq!(builtin().initiative.after.find(&list).len(), 1);
    }

    #[test]
    fn faults_are_reported_with_their_line() {
        let mut files = crate::builtin_files();
        let file = files.iter_mut().find(|file| file.path == "en/topics.toml").unwrap();
        file.text = file.text.replace("example = \"Both urged restraint.\"", "example = \"Nothing here.\"");
        let faults = Topics::parse(&files, "en").unwrap_err();
        assert!(
            faults[0].to_string().contains("`de-escalation` does not match its example"),
            "{}",
            faults[0]
        );
        assert!(faults[0].line > 10);
    }
}
