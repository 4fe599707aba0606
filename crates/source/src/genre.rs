//! Decides the genre of a document and points at the words that show it.

use crate::metadata::Metadata;
use demarche_pack::Pack;
use demarche_pack::reading::{GenreRule, Scope};
use demarche_pack::world::{Actor, ActorKind};
use demarche_record::{BlockKind, Genre};
use std::ops::Range;

/// The genre and what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The genre.
    pub genre: Genre,
    /// The words of the text that show it.
    pub evidence: Option<Range<usize>>,
    /// Why, where the text itself has no words for it: "the address has /opinion/".
    pub outside: Option<String>,
    /// Who issues a statement.
    pub issuer: Option<String>,
}

impl Judged {
    fn of(genre: Genre) -> Self {
        Self { genre, evidence: None, outside: None, issuer: None }
    }
}

/// Judges a document by its blocks and its metadata.
pub fn judge(text: &str, blocks: &[(BlockKind, Range<usize>)], metadata: &Metadata, pack: &Pack) -> Judged {
    let by_official = official(metadata, pack);
    let mut judged = captions_only(blocks)
        .or_else(|| by_rules(text, blocks, metadata, pack))
        .or_else(|| by_official.as_ref().map(|(actor, why)| readout(actor, why)))
        .or_else(|| essay(text, blocks, pack))
        .unwrap_or(Judged::of(Genre::Report));
    if judged.genre == Genre::Readout && judged.issuer.is_none() {
        judged.issuer = by_official
            .map(|(actor, _)| actor.name.clone())
            .or_else(|| signed(text, blocks, pack))
            .or_else(|| metadata.outlet.clone());
    }
    judged
}

fn readout(actor: &Actor, why: &str) -> Judged {
    Judged { outside: Some(why.to_owned()), issuer: Some(actor.name.clone()), ..Judged::of(Genre::Readout) }
}

/// Sorts of actors that issue statements of their own.
fn issues_statements(kind: ActorKind) -> bool {
    matches!(
        kind,
        ActorKind::State
            | ActorKind::Organ
            | ActorKind::ArmedForce
            | ActorKind::Intelligence
            | ActorKind::InternationalOrganisation
            | ActorKind::Alliance
            | ActorKind::Territory
    )
}

/// The official body that publishes the document, by its address or as the outlet that the metadata name.
fn official<'a>(metadata: &Metadata, pack: &'a Pack) -> Option<(&'a Actor, String)> {
    let host = metadata.url.as_deref().and_then(crate::metadata::host);
    if let Some(host) = host
        && let Some(actor) = pack.world.by_domain(host).filter(|actor| issues_statements(actor.kind))
    {
        return Some((actor, format!("the address belongs to {}: {host}", actor.name)));
    }
    let outlet = metadata.outlet.as_deref()?;
    let actors = pack.world.senses(outlet).filter_map(|sense| pack.world.actor(&sense.actor));
    let mut actors: Vec<&Actor> = actors.collect();
    // A paper may be named like a seat of government; then it is the paper.
    if actors.iter().any(|actor| matches!(actor.kind, ActorKind::Outlet | ActorKind::Agency)) {
        return None;
    }
    actors.retain(|actor| issues_statements(actor.kind) && actor.kind != ActorKind::State);
    let actor = *actors.first()?;
    Some((actor, format!("it is published by {}", actor.name)))
}

fn captions_only(blocks: &[(BlockKind, Range<usize>)]) -> Option<Judged> {
    let mut captions = blocks.iter().filter(|(kind, _)| *kind == BlockKind::Caption);
    let text = blocks.iter().any(|(kind, _)| matches!(kind, BlockKind::Lede | BlockKind::Body));
    let first = captions.next().filter(|_| !text)?;
    Some(Judged { evidence: Some(first.1.clone()), ..Judged::of(Genre::CaptionOnly) })
}

fn by_rules(
    text: &str,
    blocks: &[(BlockKind, Range<usize>)],
    metadata: &Metadata,
    pack: &Pack,
) -> Option<Judged> {
    pack.reading.genre.iter().find_map(|rule| match rule.scope {
        Scope::Url => outside(rule, metadata.url.as_deref().map(path).into_iter(), "the address has"),
        Scope::Section => {
            outside(rule, metadata.sections.iter().map(String::as_str), "the page's section is")
        }
        Scope::Outlet => outside(rule, metadata.outlet.as_deref().into_iter(), "the outlet is"),
        Scope::Title => within(rule, text, blocks, title_scope)
            .or_else(|| outside(rule, metadata.title.as_deref().into_iter(), "the title has")),
        Scope::Opening => within(rule, text, blocks, opening_scope),
        Scope::Body => within(rule, text, blocks, body_scope),
        Scope::Disclaimer => within(rule, text, blocks, |blocks| of_kind(blocks, &[BlockKind::Disclaimer])),
        Scope::Biography => within(rule, text, blocks, |blocks| of_kind(blocks, &[BlockKind::Biography])),
    })
}

type Block = (BlockKind, Range<usize>);

fn of_kind(blocks: &[Block], kinds: &[BlockKind]) -> Vec<Range<usize>> {
    blocks.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, range)| range.clone()).collect()
}

fn title_scope(blocks: &[Block]) -> Vec<Range<usize>> {
    of_kind(blocks, &[BlockKind::Headline])
}

/// Everything up to the first paragraph of running text, that one included.
fn opening_scope(blocks: &[Block]) -> Vec<Range<usize>> {
    let text = blocks.iter().position(|(kind, _)| matches!(kind, BlockKind::Lede | BlockKind::Body));
    blocks[..text.map_or(blocks.len(), |at| at + 1)].iter().map(|(_, range)| range.clone()).collect()
}

fn body_scope(blocks: &[Block]) -> Vec<Range<usize>> {
    of_kind(blocks, &[BlockKind::Lede, BlockKind::Body, BlockKind::Subhead])
}

fn within(
    rule: &GenreRule,
    text: &str,
    blocks: &[Block],
    scope: fn(&[Block]) -> Vec<Range<usize>>,
) -> Option<Judged> {
    let mut first = None;
    let mut count = 0;
    for range in scope(blocks) {
        if let Some(groups) = rule.pattern.captures(&text[range.clone()]) {
            count += 1;
            if first.is_none() {
                let found = groups.get(0).map(|found| range.start + found.start()..range.start + found.end());
                let issuer = groups.name("issuer").map(|found| found.as_str().trim().to_owned());
                first = Some((found.filter(|found| !found.is_empty()).unwrap_or(range), issuer));
            }
        }
        if count >= rule.at_least {
            let (range, issuer) = first?;
            let trimmed = trim(text, range);
            return Some(Judged { evidence: Some(trimmed), issuer, ..Judged::of(rule.genre) });
        }
    }
    None
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

fn outside<'a>(rule: &GenreRule, values: impl Iterator<Item = &'a str>, said: &str) -> Option<Judged> {
    let found = values.filter_map(|value| rule.pattern.find(value)).next()?;
    let why = format!("{said} `{}`", found.as_str().trim());
    Some(Judged { outside: Some(why), ..Judged::of(rule.genre) })
}

/// The path of an address, so that a host such as opinion.example does not count twice.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..])
}

/// A short line at the beginning or the end that names the body which speaks: "The White House".
fn signed(text: &str, blocks: &[Block], pack: &Pack) -> Option<String> {
    let near = blocks.iter().take(4).chain(blocks.iter().rev().take(3));
    near.filter(|(_, range)| range.len() <= 80).find_map(|(_, range)| {
        let line = text[range.clone()].trim_end_matches(['.', ':', ',']);
        let mut actors = pack.world.senses(line).filter_map(|sense| pack.world.actor(&sense.actor));
        actors.any(|actor| issues_statements(actor.kind)).then(|| line.trim().to_owned())
    })
}

/// An essay: its writer says "I" or "we" outside quotation marks in several paragraphs.
fn essay(text: &str, blocks: &[Block], pack: &Pack) -> Option<Judged> {
    let essay = &pack.reading.essay;
    let mut first = None;
    let mut count = 0;
    let mut paragraphs = 0;
    for range in of_kind(blocks, &[BlockKind::Lede, BlockKind::Body]) {
        paragraphs += 1;
        if let Some(word) = unquoted_word(&text[range.clone()], &essay.first_person) {
            count += 1;
            first.get_or_insert(range.start + word.start..range.start + word.end);
        }
    }
    let has_author = blocks.iter().any(|(kind, _)| *kind == BlockKind::Biography);
    let enough = if has_author {
        essay.paragraphs_with_biography > 0 && count >= essay.paragraphs_with_biography
    } else {
        essay.paragraphs_alone > 0
            && count >= essay.paragraphs_alone
            && count * 100 >= paragraphs * essay.percent_alone
    };
    first.filter(|_| enough).map(|evidence| Judged { evidence: Some(evidence), ..Judged::of(Genre::Opinion) })
}

/// The first of some words that stands outside quotation marks. "US" in capitals is the country.
fn unquoted_word(paragraph: &str, words: &[String]) -> Option<Range<usize>> {
    let mut quoted = false;
    let mut start = None;
    for (at, letter) in paragraph.char_indices().chain(std::iter::once((paragraph.len(), ' '))) {
        if letter.is_alphanumeric() || letter == '.' && start.is_some() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            let word = paragraph[from..at].trim_end_matches('.');
            let capitals = word.len() > 1 && word.chars().all(char::is_uppercase);
            if !quoted && !capitals && words.contains(&word.to_lowercase()) {
                return Some(from..from + word.len());
            }
        }
        match letter {
            '“' | '«' | '„' => quoted = true,
            '”' | '»' => quoted = false,
            '"' => quoted = !quoted,
            // Old wire systems write quotation marks as two apostrophes or accents.
            '`' if paragraph[at..].starts_with("``") => quoted = true,
            '\'' if paragraph[at..].starts_with("''") => quoted = !quoted,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_person_counts_only_outside_quotation_marks() {
        let words = ["we".to_owned(), "us".to_owned(), "i".to_owned()];
        let found = |text: &str| unquoted_word(text, &words).map(|range| text[range].to_owned());
        assert_eq!(found("First, we must act."), Some("we".to_owned()));
        assert_eq!(found("“We must act,” she said of the US plan."), None);
        assert_eq!(found("Talks with the U.S. and \"I agree\" notes"), None);
        assert_eq!(found("''We will not,'' she said."), None);
        assert_eq!(found("It is listening to us."), Some("us".to_owned()));
    }
}
