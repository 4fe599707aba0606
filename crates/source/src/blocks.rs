//! Decides what each paragraph of a document is: headline, running text, caption, credit line, biography …
//!
//! Patterns come from the packs; what is decided here is where in a document they count. The running text lies
//! between a head (headline, byline, dates) and a tail (credits, biography, disclaimer), which is read backwards from
//! the end for as long as nothing but furniture is found.

use crate::dateline::{self, Dateline};
use crate::dates::{self, PrintedDate};
use crate::people::{self, Person};
use demarche_pack::Pack;
use demarche_pack::reading::{FurnitureRule, Zone};
use demarche_pack::world::ActorKind;
use demarche_record::BlockKind;
use std::ops::Range;

/// A paragraph of the canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes, without surrounding white space.
    pub range: Range<usize>,
    /// What the markup says it is.
    pub hint: Option<BlockKind>,
}

/// What paragraphs are, and what furniture says about the document.
#[derive(Clone, Debug, Default)]
pub struct Labelled {
    /// Blocks in text order. Every paragraph is one block, except that a dateline is split off its paragraph.
    pub blocks: Vec<(BlockKind, Range<usize>)>,
    /// The dateline, with ranges in the canonical text.
    pub dateline: Option<Dateline>,
    /// A date that stands in a line of its own in the head.
    pub head_date: Option<(PrintedDate, Range<usize>)>,
    /// Author from byline or biography.
    pub author: Option<Person>,
    /// Outlet that a disclaimer names.
    pub outlet: Option<String>,
    /// Who issues the statement.
    pub issuer: Option<String>,
    /// Names in a credit line "With Reuters and EFE", as printed.
    pub credited: Vec<String>,
}

/// Labels the paragraphs of a text. `title` and `byline` are what the metadata say.
pub fn label(
    text: &str,
    paragraphs: &[Paragraph],
    title: Option<&str>,
    byline: Option<&str>,
    pack: &Pack,
) -> Labelled {
    let mut labeller = Labeller {
        text,
        paragraphs,
        title: title.map(squash).filter(|title| !title.is_empty()),
        byline,
        pack,
        kinds: vec![None; paragraphs.len()],
        found: Labelled::default(),
    };
    labeller.anywhere();
    labeller.sole();
    labeller.head();
    labeller.tail();
    labeller.rest();
    labeller.found
}

/// A headline has no more words.
const HEADLINE_WORDS: usize = 25;
/// A standfirst has no more words.
const STANDFIRST_WORDS: usize = 45;
/// A note that is a text of its own has at least as many words.
const NOTE_WORDS: usize = 15;
/// A subhead has no more words.
const SUBHEAD_WORDS: usize = 14;
/// So many paragraphs of a page at most are its head.
const HEAD_PARAGRAPHS: usize = 12;

struct Labeller<'a> {
    text: &'a str,
    paragraphs: &'a [Paragraph],
    title: Option<String>,
    byline: Option<&'a str>,
    pack: &'a Pack,
    kinds: Vec<Option<BlockKind>>,
    found: Labelled,
}

impl<'a> Labeller<'a> {
    fn words(&self, at: usize) -> &'a str {
        &self.text[self.paragraphs[at].range.clone()]
    }

    /// The first rule of these zones that matches a paragraph.
    fn rule(&self, at: usize, zones: &[Zone]) -> Option<&'a FurnitureRule> {
        let words = self.words(at);
        let count = words.split_whitespace().take(200).count();
        let rules = self.pack.reading.furniture.iter();
        rules
            .filter(|rule| zones.contains(&rule.zone) && count <= rule.max_words)
            .find(|rule| rule.pattern.is_match(words))
    }

    /// Takes over what the named groups of a rule say.
    fn take(&mut self, at: usize, rule: &FurnitureRule) {
        self.kinds[at] = Some(rule.block);
        let words = self.words(at);
        let Some(groups) = rule.pattern.captures(words) else { return };
        let group = |name: &str| groups.name(name).map(|found| found.as_str().trim().to_owned());
        if self.found.outlet.is_none() {
            self.found.outlet = group("outlet");
        }
        if self.found.issuer.is_none() {
            self.found.issuer = group("issuer");
        }
        if self.found.author.is_none() {
            self.found.author =
                group("byline").and_then(|line| people::from_byline(&line, &self.pack.reading));
        }
        if let Some(names) = group("agencies") {
            self.found.credited.extend(people::split_names(&names, &self.pack.reading));
        }
    }

    /// Markup and rules that hold anywhere.
    fn anywhere(&mut self) {
        for at in 0..self.paragraphs.len() {
            let words = self.words(at);
            if !words.chars().any(char::is_alphanumeric) {
                self.kinds[at] = Some(BlockKind::Navigation);
                continue;
            }
            let hint = self.paragraphs[at].hint;
            match self.rule(at, &[Zone::Any]) {
                Some(rule) if hint.is_none_or(|hint| hint == BlockKind::Subhead || hint == rule.block) => {
                    self.take(at, rule);
                }
                _ => self.kinds[at] = hint,
            }
            if hint == Some(BlockKind::Byline) && self.found.author.is_none() {
                self.found.author = people::from_byline(words, &self.pack.reading);
            }
        }
    }

    /// A note is the text itself where nothing else is left: a correction that a ministry publishes alone.
    fn sole(&mut self) {
        let told = |kind: &Option<BlockKind>| {
            kind.is_none_or(|kind| matches!(kind, BlockKind::Lede | BlockKind::Subhead | BlockKind::Body))
        };
        if !self.kinds.iter().any(told) {
            for at in 0..self.kinds.len() {
                let long = self.words(at).split_whitespace().count() >= NOTE_WORDS;
                if self.kinds[at] == Some(BlockKind::Credit) && long {
                    self.kinds[at] = None;
                }
            }
        }
    }

    fn head(&mut self) {
        let mut headline = self.kinds.contains(&Some(BlockKind::Headline));
        for at in 0..self.paragraphs.len().min(HEAD_PARAGRAPHS) {
            if self.kinds[at].is_some() {
                continue;
            }
            let words = self.words(at);
            if let Some(rule) = self.rule(at, &[Zone::Head]) {
                self.take(at, rule);
                self.note_date(at);
            } else if self.is_date_line(at) || self.is_name_line(at) {
                self.kinds[at] = Some(BlockKind::Byline);
                self.note_date(at);
            } else if !headline && self.is_headline(at) {
                headline = true;
                self.kinds[at] = Some(BlockKind::Headline);
            } else if headline && self.is_standfirst(at, words) {
                self.kinds[at] = Some(BlockKind::Lede);
            } else {
                break;
            }
        }
    }

    fn note_date(&mut self, at: usize) {
        let start = self.paragraphs[at].range.start;
        let found = dates::find(self.words(at), &self.pack.reading.months);
        if let Some(found) = found.filter(|found| found.date.is_full() && self.found.head_date.is_none()) {
            self.found.head_date = Some((found.date, start + found.start..start + found.end));
        }
    }

    /// A line with a date and little else: "Friday, January 28, 2022, 14:30 GMT".
    fn is_date_line(&self, at: usize) -> bool {
        let words = self.words(at);
        let others = |found: dates::Found| {
            let rest = format!("{} {}", &words[..found.start], &words[found.end..]);
            rest.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() > 3).count()
        };
        words.len() <= 80
            && dates::find(words, &self.pack.reading.months)
                .is_some_and(|found| found.date.is_full() && others(found) <= 2)
    }

    /// A line that is the author's name as the metadata have it.
    fn is_name_line(&self, at: usize) -> bool {
        let line = squash(self.words(at));
        self.byline.is_some_and(|byline| {
            let byline = squash(byline);
            !byline.is_empty() && line.len() <= byline.len() + 40 && line.contains(&byline)
        })
    }

    fn is_headline(&self, at: usize) -> bool {
        let words = self.words(at);
        let line = squash(words);
        if let Some(title) = &self.title
            && (line == *title
                || (line.len() >= 20 && (title.starts_with(&line) || line.starts_with(title.as_str()))))
        {
            return true;
        }
        let count = words.split_whitespace().count();
        // A headline alone is a text of its own.
        let text_follows =
            self.paragraphs[at + 1..].iter().any(|next| next.range.len() > 2 * words.len().min(60));
        // Some archives put a stop behind every headline; capitals or the dateline that follows give it away.
        let stops = words.ends_with('.') && !is_title_case(words) && !self.dateline_follows(at);
        (2..=HEADLINE_WORDS).contains(&count)
            && text_follows
            && !stops
            && !words.contains('\n')
            && !words.ends_with([',', ';', ':'])
            && !words.starts_with(['“', '"'])
            && starts_like_a_sentence(words)
            && self.dateline(words).is_none()
    }

    fn dateline(&self, words: &str) -> Option<Dateline> {
        dateline::find(words, &self.pack.reading.months, &|name| self.pack.places.is_town(name))
    }

    fn dateline_follows(&self, at: usize) -> bool {
        at + 1 < self.paragraphs.len() && self.dateline(self.words(at + 1)).is_some()
    }

    /// A paragraph between headline and byline.
    fn is_standfirst(&self, at: usize, words: &str) -> bool {
        let byline_follows = (at + 1..self.paragraphs.len().min(at + 4)).any(|next| {
            self.kinds[next] == Some(BlockKind::Byline)
                || self.rule(next, &[Zone::Head]).is_some_and(|rule| rule.block == BlockKind::Byline)
                || self.is_date_line(next)
        });
        byline_follows && words.split_whitespace().count() <= STANDFIRST_WORDS
    }

    fn tail(&mut self) {
        for at in (0..self.paragraphs.len()).rev() {
            let words = self.words(at);
            if let Some(kind) = self.kinds[at] {
                // A disclaimer often begins with the biography.
                if matches!(kind, BlockKind::Biography | BlockKind::Disclaimer) {
                    self.note_biography(words);
                }
                if matches!(kind, BlockKind::Headline | BlockKind::Byline | BlockKind::Lede) {
                    break;
                }
                continue;
            }
            if let Some(rule) = self.rule(at, &[Zone::Tail]) {
                self.take(at, rule);
                if rule.block == BlockKind::Biography {
                    self.note_biography(words);
                }
            } else if self.is_agency_line(words) {
                self.kinds[at] = Some(BlockKind::Credit);
            } else if self.is_biography(at) {
                self.kinds[at] = Some(BlockKind::Biography);
                self.note_biography(words);
            } else {
                break;
            }
        }
    }

    /// The biography completes or replaces what the byline said: it has the name in full and the role.
    fn note_biography(&mut self, words: &str) {
        if let Some(person) = people::from_biography(words, &self.pack.reading) {
            match &mut self.found.author {
                None => self.found.author = Some(person),
                Some(author) => author.role = author.role.take().or(person.role),
            }
        }
    }

    /// A line that consists of names of agencies and outlets.
    fn is_agency_line(&self, words: &str) -> bool {
        let names = people::split_names(words, &self.pack.reading);
        let is_agency = |name: &String| {
            self.pack.world.senses(name).any(|sense| {
                let actor = self.pack.world.actor(&sense.actor);
                actor.is_some_and(|actor| matches!(actor.kind, ActorKind::Agency | ActorKind::Outlet))
            })
        };
        words.split_whitespace().count() <= 10 && !names.is_empty() && names.iter().all(is_agency)
    }

    /// A paragraph at the end about somebody who writes for a living and has not been spoken of.
    fn is_biography(&self, at: usize) -> bool {
        let words = self.words(at);
        let Some(person) = people::from_biography(words, &self.pack.reading) else { return false };
        let surname = person.name.split_whitespace().last().unwrap_or_default();
        let is_author = |known: &str| squash(known).contains(&squash(surname));
        let known = self.byline.is_some_and(is_author)
            || self.found.author.as_ref().is_some_and(|author| is_author(&author.name));
        known || (at > 0 && !self.text[..self.paragraphs[at - 1].range.end].contains(surname))
    }

    /// Running text with its dateline, lede and subheads.
    fn rest(&mut self) {
        let has_lede = self.kinds.contains(&Some(BlockKind::Lede));
        let mut first = true;
        for at in 0..self.paragraphs.len() {
            let range = self.paragraphs[at].range.clone();
            if let Some(kind) = self.kinds[at] {
                self.found.blocks.push((kind, range));
                continue;
            }
            if is_time(self.words(at)) || (!first && self.is_subhead(at)) {
                self.found.blocks.push((BlockKind::Subhead, range));
                continue;
            }
            let mut start = range.start;
            if first && let Some(mut line) = self.dateline(self.words(at)) {
                let shift = |inner: Range<usize>| start + inner.start..start + inner.end;
                line.range = shift(line.range);
                line.date = line.date.map(|(date, inner)| (date, shift(inner)));
                self.found.blocks.push((BlockKind::Byline, line.range.clone()));
                let after = &self.text[line.range.end..range.end];
                start = line.range.end + (after.len() - after.trim_start().len());
                self.found.dateline = Some(line);
            }
            let kind = if first && !has_lede { BlockKind::Lede } else { BlockKind::Body };
            self.found.blocks.push((kind, start..range.end));
            first = false;
        }
    }

    /// A short line without stop between paragraphs of running text.
    fn is_subhead(&self, at: usize) -> bool {
        let words = self.words(at);
        let is_text = |next: usize| {
            self.kinds.get(next).is_some_and(Option::is_none)
                && self.words(next).split_whitespace().count() > SUBHEAD_WORDS
        };
        let neighbour = |next: Option<usize>| next.is_some_and(is_text);
        let after = (at + 1..self.paragraphs.len())
            .find(|next| !matches!(self.kinds[*next], Some(BlockKind::Caption | BlockKind::Navigation)));
        words.split_whitespace().count() <= SUBHEAD_WORDS
            && !words.contains('\n')
            && !words.ends_with(['.', ',', ';', ':', '!', '”', '"', '…'])
            && !words.starts_with(['-', '•', '–', '—', '*', '“', '"'])
            && starts_like_a_sentence(words)
            && neighbour(after)
    }
}

/// A time of day alone, as live blogs put it above their entries: "18:40", "9:05 a.m. GMT".
fn is_time(words: &str) -> bool {
    let letters = words.chars().filter(|letter| letter.is_alphabetic()).count();
    words.split_whitespace().count() <= 4
        && letters <= 7
        && words.starts_with(|letter: char| letter.is_ascii_digit())
        && words.contains([':', '.', 'h', 'm'])
        && words.chars().filter(char::is_ascii_digit).count() <= 6
        && !words.contains([',', '%', '$', '€'])
}

fn starts_like_a_sentence(words: &str) -> bool {
    words.starts_with(|letter: char| {
        letter.is_uppercase() || letter.is_numeric() || "‘'“\"¿¡$€£".contains(letter)
    })
}

/// Most long words have capitals: "Old Hands Help Russia Navigate the Media".
fn is_title_case(words: &str) -> bool {
    let long: Vec<&str> = words.split_whitespace().filter(|word| word.chars().count() >= 4).collect();
    let capitals = long
        .iter()
        .filter(|word| word.trim_start_matches(['‘', '“', '\'', '"']).starts_with(char::is_uppercase));
    long.len() >= 3 && capitals.count() * 4 >= long.len() * 3
}

/// Letters and digits in lower case: for comparing what two places print.
pub fn squash(words: &str) -> String {
    words.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
