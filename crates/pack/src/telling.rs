//! Words by which tellings are read and compared across documents.
//!
//! Read from `<language>/telling.toml`: small closed classes that are no theme, act or unit. Another language has the same
//! lists with its own words.

use crate::topics::WordList;
use crate::{PackError, PackFile, line_of, parse_toml};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// A list of words and phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    single: BTreeSet<String>,
    /// Beginnings of words: "spokes*".
    open: Vec<String>,
    phrases: Vec<Vec<String>>,
}

impl Words {
    fn new(all: &[String]) -> Self {
        let mut words = Self::default();
        for entry in all {
            match entry.strip_suffix('*') {
                Some(begin) => words.open.push(begin.to_owned()),
                None if entry.contains(' ') => {
                    words.phrases.push(entry.split(' ').map(str::to_owned).collect());
                }
                None => {
                    words.single.insert(entry.clone());
                }
            }
        }
        words
    }

    /// True if a word in lower case is in the list.
    pub fn has(&self, word: &str) -> bool {
        self.single.contains(word) || self.open.iter().any(|begin| word.starts_with(begin.as_str()))
    }

    /// The number of words of the longest entry with which some words end.
    pub fn ends(&self, words: &[&str]) -> Option<usize> {
        let single = words.last().filter(|word| self.has(word)).map(|_| 1);
        let phrase = self.phrases.iter().filter(|it| is_at(it, words, words.len().checked_sub(it.len())));
        phrase.map(Vec::len).max().or(single)
    }

    /// The number of words of the longest entry with which some words begin.
    pub fn begins(&self, words: &[&str]) -> Option<usize> {
        let single = words.first().filter(|word| self.has(word)).map(|_| 1);
        let phrase = self.phrases.iter().filter(|it| is_at(it, words, Some(0)));
        phrase.map(Vec::len).max().or(single)
    }

    /// True if an entry stands among some words.
    pub fn any(&self, words: &[&str]) -> bool {
        (0..words.len()).any(|at| self.begins(&words[at..]).is_some())
    }
}

fn is_at(phrase: &[String], words: &[&str], at: Option<usize>) -> bool {
    at.and_then(|at| words.get(at..at + phrase.len())).is_some_and(|words| words == phrase)
}

/// An office or rank with the words for it.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// The words for it, in lower case.
    pub words: Vec<String>,
}

/// General words for people, with the titles of those who are called so: "the envoy" may be an assistant secretary.
#[derive(Clone, Debug)]
pub struct Likeness {
    /// The general words, in lower case.
    pub words: Vec<String>,
    /// Ends of the titles.
    pub titles: Vec<String>,
}

/// What the clocks of a place are called, and how far they stand from UTC.
#[derive(Clone, Debug)]
pub struct ClockZone {
    /// The words between an hour and "time", and abbreviations, in lower case.
    pub words: Vec<String>,
    /// Minutes ahead of UTC; two values where the clocks are put forward in summer or the name stands for several.
    pub minutes: Vec<i32>,
}

macro_rules! lists {
    ($($(#[$about:meta])* $field:ident = $id:literal,)+) => {
        /// Everything of `<language>/telling.toml`.
        #[derive(Clone, Debug, Default)]
        pub struct Telling {
            $($(#[$about])* pub $field: Words,)+
            /// Offices and ranks that tell two people of one side apart, in order.
            pub roles: Vec<Role>,
            /// What people of some office are called in general.
            pub likenesses: Vec<Likeness>,
            /// The clocks that hours are told by.
            pub zones: Vec<ClockZone>,
        }

        impl Telling {
            fn of(lists: &mut BTreeMap<String, Words>, missing: &mut Vec<&'static str>) -> Self {
                let mut take = |id: &'static str| {
                    lists.remove(id).unwrap_or_else(|| {
                        missing.push(id);
                        Words::default()
                    })
                };
                Self { $($field: take($id),)+ roles: Vec::new(), likenesses: Vec::new(), zones: Vec::new() }
            }
        }
    };
}

lists! {
    /// Words that carry no matter of their own.
    small = "small",
    /// Abbreviations, without their last point, behind which no sentence ends.
    short = "short",
    /// Words that turn an assertion round.
    negations = "negations",
    /// Before the words of an act these show that it is wished for, foreseen or thought of.
    unreal = "unreal",
    /// After "and" these begin another act: "and had signed nothing".
    begins = "begins",
    /// Words by which a number is of a time or a part: two numbers with other such words are of two things.
    scopes = "scopes",
    /// Words by which a sentence names who says it.
    saying = "saying",
    /// Words that tie a length of time to the contact.
    lasting = "lasting",
    /// Stems of verbs too light to be compared, and of those of saying: what was said is no act of the contact.
    light = "light",
    /// Auxiliaries before a negation.
    auxiliaries = "auxiliaries",
    /// Words that may stand between a negation and its verb.
    between = "between",
    /// People who sit at a table: how many took part.
    people = "people",
    /// Words that show that they took part.
    came = "came",
    /// Words between a number and a unit that show that the number counts something else.
    barriers = "barriers",
    /// Before an act these show that nothing was counted.
    not_counted = "not-counted",
    /// Words of an increase: what is counted beside them comes on top.
    more = "more",
    /// Months.
    months = "months",
    /// Days of the week.
    weekdays = "weekdays",
    /// Words by which a denial points back at a claim.
    claims = "claims",
    /// Those of them that point at a number.
    counted_claims = "counted-claims",
    /// Words before a list of topics.
    listed_behind = "listed-behind",
    /// Words after a list of topics.
    listed_before = "listed-before",
    /// Words at which such a list ends.
    list_ends = "list-ends",
    /// Words before a noun that belong to it in a heading: "the two leaders".
    leads = "leads",
    /// Possessives of what was named before.
    owners = "owners",
    /// Words before a contact that set it apart from the one told of before.
    apart = "apart",
    /// Titles and other words before a name, left out when names are compared.
    titles = "titles",
    /// Words for one of the same office on the other side.
    counterparts = "counterparts",
    /// Words for a participant that say no office: "his host".
    anybody = "anybody",
    /// Openings of a phrase for two people or bodies that it does not name.
    pairs = "pairs",
    /// Words by which a text says that the contact is one of several of the same people.
    one_of_many = "one-of-many",
    /// Words by which an outlet takes back what it wrote.
    correcting = "correcting",
    /// Words for those who stand against a state.
    insurgents = "insurgents",
    /// Words for the next contact of the same people: "they will meet again".
    next_contact = "next-contact",
    /// Words by which talks go on: "their talks resume".
    resumed = "resumed",
    /// Words for a contact over a distance.
    remote = "remote",
    /// Words of agreeing and promising.
    commits = "commits",
    /// Words that lead into a clause: "that no corridor had been agreed on".
    joining = "joining",
    /// Words for what names and counts are handed over on.
    listing = "listing",
    /// Words for the telephone, which shows no pictures.
    telephone = "telephone",
    /// Words before a day by which something is to be done.
    terms = "terms",
    /// Words before what is to come.
    ahead = "ahead",
    /// Past forms of verbs of ringing somebody.
    rang = "rang",
    /// Words for the beginning of a contact.
    beginning = "beginning",
    /// Words for its end.
    over = "over",
    /// Words before the time in which something is to be done.
    within = "within",
    /// Words for any paper, whatever it is called.
    any_paper = "any-paper",
    /// Words between a team and who leads it.
    led_by = "led-by",
    /// Nouns for those who come for a side.
    teams = "teams",
    /// Words between an hour and the time that it is in.
    clock = "clock",
    /// Words that count contacts: "the second call of the day".
    ordinals = "ordinals",
    /// Stretches of time in which contacts are counted.
    counted_within = "counted-within",
    /// Words by which a title is that of somebody else's office, or of one no longer held.
    lesser = "lesser",
    /// Openings of a phrase for both participants together.
    joint = "joint",
    /// Beginnings of words for those who speak for others.
    spokesmen = "spokesmen",
    /// Words that point at an event without naming it.
    pointers = "pointers",
    /// Particles of verbs: "set off", "check into".
    particles = "particles",
    /// Words before a number that leave its upper end open.
    at_least = "at-least",
    /// Words before a number that leave its lower end open.
    at_most = "at-most",
    /// Words before a number that is not quite reached.
    nearly = "nearly",
    /// Words before a number that is not exact.
    about = "about",
    /// Words after a number that leave its upper end open.
    or_more = "or-more",
    /// Words after a number that is not exact.
    or_so = "or-so",
    /// Verbs behind whose "with" stands a partner.
    conferring = "conferring",
    /// Verbs with two objects.
    giving = "giving",
    /// Verbs whose object is the contact.
    holding = "holding",
    /// Nouns for when, where and by what means people meet.
    settings = "settings",
    /// What is signed together and called after its year.
    papers = "papers",
}

impl Telling {
    /// Reads `<language>/telling.toml`; a pack without the file has no such words.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let path = format!("{language}/telling.toml");
        let Some(file) = files.iter().find(|file| file.path == path) else { return Ok(Self::default()) };
        let raw: RawTelling = parse_toml(&file.path, &file.text).map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        let mut fault = |at: usize, message: String| {
            faults.push(PackError { file: path.clone(), line: line_of(&file.text, at), message });
        };
        let mut lists = BTreeMap::new();
        for raw in raw.list {
            let at = raw.span().start;
            let raw = raw.into_inner();
            let words = Words::new(&raw.words);
            let example = WordList::new(&raw.example);
            let shown: Vec<&str> = example.words().iter().map(|(word, ..)| word.as_str()).collect();
            if !words.any(&shown) {
                fault(at, format!("`{}` has no word of its example {:?}", raw.id, raw.example));
            }
            if raw.about.is_empty() {
                fault(at, format!("`{}` does not say what it is for", raw.id));
            }
            if lists.insert(raw.id.clone(), words).is_some() {
                fault(at, format!("the list `{}` stands twice", raw.id));
            }
        }
        let roles = raw.role.into_iter().map(|role| Role { name: role.name, words: role.words }).collect();
        let likenesses =
            raw.likeness.into_iter().map(|it| Likeness { words: it.words, titles: it.titles }).collect();
        let zones =
            raw.zone.into_iter().map(|it| ClockZone { words: it.words, minutes: it.minutes }).collect();
        let mut missing = Vec::new();
        let telling = Self { roles, likenesses, zones, ..Self::of(&mut lists, &mut missing) };
        for id in missing {
            fault(0, format!("the list `{id}` is missing"));
        }
        for id in lists.keys() {
            fault(0, format!("nothing asks for a list `{id}`"));
        }
        if faults.is_empty() { Ok(telling) } else { Err(faults) }
    }

    /// The distances from UTC that the name of a time stands for, in minutes.
    pub fn zone(&self, name: &str) -> Option<&[i32]> {
        self.zones
            .iter()
            .find(|zone| zone.words.iter().any(|word| word == name))
            .map(|zone| zone.minutes.as_slice())
    }

    /// True if a lower-case word carries matter of its own.
    pub fn is_content(&self, word: &str) -> bool {
        !self.small.has(word)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTelling {
    list: Vec<Spanned<RawList>>,
    role: Vec<RawRole>,
    #[serde(default)]
    likeness: Vec<RawLikeness>,
    #[serde(default)]
    zone: Vec<RawZone>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawZone {
    words: Vec<String>,
    minutes: Vec<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLikeness {
    words: Vec<String>,
    titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    id: String,
    about: String,
    words: Vec<String>,
    example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRole {
    name: String,
    words: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_counts() {
        let telling = Telling::parse(&crate::builtin_files(), "en").unwrap();
        assert_eq!(telling.at_most.ends(&["killed", "no", "more", "than"]), Some(3));
        assert_eq!(telling.at_least.ends(&["killed", "no", "more", "than"]), Some(2));
        assert_eq!(telling.spokesmen.begins(&["spokeswoman"]), Some(1));
        assert!(telling.is_content("prisoners") && !telling.is_content("the"));
    }

    #[test]
    fn a_missing_list_and_a_false_example_are_named() {
        let mut files = crate::builtin_files();
        let file = files.iter_mut().find(|file| file.path == "en/telling.toml").unwrap();
        file.text = file
            .text
            .replace("id = \"apart\"", "id = \"asunder\"")
            .replace("example = \"Nearly 30 men fell.\"", "example = \"30 men fell.\"");
        let faults: Vec<String> =
            Telling::parse(&files, "en").unwrap_err().iter().map(|fault| fault.message.clone()).collect();
        assert!(faults.iter().any(|fault| fault.contains("`apart` is missing")), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.contains("`asunder`")), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.contains("`nearly` has no word")), "{faults:?}");
    }
}
