//! Makes a [`Document`] of canonical text, paragraphs and metadata: the same for every input format.

use crate::blocks::{self, Labelled, Paragraph};
use crate::dates::{self, PrintedDate};
use crate::metadata::{self, Metadata};
use crate::{genre, language};
use demarche_pack::Pack;
use demarche_pack::world::{Actor, ActorKind};
use demarche_record::{
    ActorId, Block, BlockKind, Document, DocumentId, Genre, Notice, Published, PublishedBasis, Words,
};
use demarche_text::{ContentHash, Span, Text};
use std::ops::Range;

/// What a reader of one format hands over.
pub(crate) struct Draft {
    /// Handle under which it was read.
    pub file: String,
    /// Canonical text.
    pub text: String,
    /// Its paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// What is known from outside the text.
    pub metadata: Metadata,
    /// Hash of the raw bytes.
    pub raw_hash: ContentHash,
    /// What reading noticed so far.
    pub notices: Vec<Notice>,
}

/// Code of the notice about bytes that could not be decoded.
pub(crate) const CHARSET_REPLACED: &str = "charset-replaced";

/// A teaser has fewer words of running text.
const TEASER_WORDS: usize = 250;

pub(crate) fn assemble(draft: Draft, pack: &Pack) -> Document {
    let Draft { file, text, paragraphs, mut metadata, raw_hash, mut notices } = draft;
    let labelled =
        blocks::label(&text, &paragraphs, metadata.title.as_deref(), metadata.byline.as_deref(), pack);
    let id = DocumentId(ContentHash::of([text.as_bytes()]));
    let text = Text::new(text);
    if let Some(at) = text.as_str().find('\u{FFFD}')
        && let Some(notice) = notices.iter_mut().find(|notice| notice.code == CHARSET_REPLACED)
    {
        notice.span = text.span(at, at + '\u{FFFD}'.len_utf8());
    }
    let outlet_actor = outlet(&mut metadata, &labelled, pack);
    let judged = genre::judge(text.as_str(), &labelled.blocks, &metadata, pack);
    let words = |range: &Range<usize>| span(&text, range).map(|span| Words::at(&text, span));
    if let Some(why) = judged.outside.clone().filter(|_| judged.genre != Genre::Report) {
        let message = format!("Read as {}: {why}.", judged.genre);
        notices.push(Notice { code: "genre-basis".to_owned(), message, span: None });
    }
    let published = publication(&text, &labelled, &metadata, pack, &mut notices);
    let language = language_of(&text, &labelled, &metadata, &mut notices);
    let blocks: Vec<Block> = labelled
        .blocks
        .iter()
        .filter_map(|(kind, range)| span(&text, range).map(|span| Block { kind: *kind, span }))
        .collect();
    let running = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Lede | BlockKind::Body));
    let count: usize = running.map(|block| text.slice(block.span).split_whitespace().count()).sum();
    if metadata.paywalled && count < TEASER_WORDS {
        let message = format!("The page keeps its text for subscribers; only {count} words of it were read.");
        notices.push(Notice { code: "teaser-only".to_owned(), message, span: None });
    }
    let headline = labelled.blocks.iter().find(|(kind, _)| *kind == BlockKind::Headline);
    let title =
        metadata.title.clone().or_else(|| headline.map(|(_, range)| text.as_str()[range.clone()].to_owned()));
    let (byline, author_role) = author(&metadata, &labelled, pack);
    Document {
        id,
        file,
        url: metadata.url,
        title,
        byline,
        author_role,
        agencies: agencies(text.as_str(), &labelled, pack),
        outlet: metadata.outlet,
        outlet_actor,
        published,
        language,
        genre: judged.genre,
        genre_evidence: judged.evidence.as_ref().and_then(words),
        issuer: judged.issuer,
        blocks,
        raw_hash,
        version_of: None,
        notices,
        text,
    }
}

fn span(text: &Text, range: &Range<usize>) -> Option<Span> {
    text.span(range.start, range.end).filter(|span| !span.is_empty())
}

/// Who wrote it: the metadata's byline, else the page's, else the biography's; the role from wherever it stands.
fn author(metadata: &Metadata, labelled: &Labelled, pack: &Pack) -> (Option<String>, Option<String>) {
    let printed = labelled.author.as_ref();
    let known = metadata
        .byline
        .as_deref()
        .and_then(|line| metadata::clean_byline(line, metadata.outlet.as_deref(), &pack.reading, pack));
    let byline = known.or_else(|| {
        let name = &printed?.name;
        metadata::clean_byline(name, metadata.outlet.as_deref(), &pack.reading, pack)
    });
    let role = metadata.author_role.clone().or_else(|| printed?.role.clone()).filter(|_| byline.is_some());
    (byline, role)
}

/// The outlet by metadata, address, or disclaimer, under the name of the packs where they know it.
fn outlet(metadata: &mut Metadata, labelled: &Labelled, pack: &Pack) -> Option<ActorId> {
    let publishes = |actor: &&Actor| matches!(actor.kind, ActorKind::Outlet | ActorKind::Agency);
    let named = |name: &str| {
        let actors: Vec<&Actor> =
            pack.world.senses(name).filter_map(|sense| pack.world.actor(&sense.actor)).collect();
        actors.iter().copied().find(publishes).or_else(|| actors.first().copied())
    };
    let said = metadata.outlet.as_deref();
    let host = metadata.url.as_deref().and_then(metadata::host);
    let by_host = host.and_then(|host| pack.world.by_domain(host));
    let actor = said.and_then(named).or(by_host).or_else(|| labelled.outlet.as_deref().and_then(named));
    if metadata.outlet.is_none() {
        metadata.outlet = actor
            .map(|actor| actor.name.clone())
            .or_else(|| labelled.outlet.clone())
            .or_else(|| host.map(str::to_owned));
    }
    actor.map(|actor| actor.id.clone())
}

/// Agencies credited in byline, dateline, credit lines and a last "(AP)": in order of mention, each once.
fn agencies(text: &str, labelled: &Labelled, pack: &Pack) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let kinds = [BlockKind::Byline, BlockKind::Credit];
    for (_, range) in labelled.blocks.iter().filter(|(kind, _)| kinds.contains(kind)) {
        found.extend(agencies_in(&text[range.clone()], range.start, pack));
    }
    let last = labelled.blocks.iter().rev().find(|(kind, _)| *kind == BlockKind::Body);
    if let Some((_, range)) = last
        && let Some(open) =
            text[range.clone()].trim_end_matches('.').strip_suffix(')').and_then(|words| words.rfind('('))
        && range.len() - open <= 60
    {
        found.extend(agencies_in(&text[range.start + open..range.end], range.start + open, pack));
    }
    let mut names: Vec<String> = Vec::new();
    found.sort();
    for name in found.into_iter().map(|(_, name)| name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // Names in "With Reuters and …" that no pack knows are credited as printed.
    for name in &labelled.credited {
        let known = pack.world.senses(name).filter_map(|sense| pack.world.actor(&sense.actor));
        let known: Vec<&Actor> = known.collect();
        let listed = names.contains(name) || known.iter().any(|actor| names.contains(&actor.name));
        if !listed && !is_common_word(name) {
            names.push(known.first().map_or_else(|| name.clone(), |actor| actor.name.clone()));
        }
    }
    names
}

/// "With agencies" and the like name nobody.
fn is_common_word(name: &str) -> bool {
    name.chars().all(|letter| letter.is_lowercase() || !letter.is_alphabetic()) && name.len() > 3
}

fn agencies_in(words: &str, offset: usize, pack: &Pack) -> Vec<(usize, String)> {
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for actor in pack.world.actors().filter(|actor| actor.kind == ActorKind::Agency) {
        for name in std::iter::once(&actor.name).chain(&actor.names) {
            let whole = |at: usize| {
                !words[..at].ends_with(char::is_alphanumeric)
                    && !words[at + name.len()..].starts_with(char::is_alphanumeric)
            };
            let at = words.match_indices(name.as_str()).map(|(at, _)| at).find(|at| whole(*at));
            found.extend(at.map(|at| (at..at + name.len(), actor.name.as_str())));
        }
    }
    // "Associated Press" inside a longer name of another agency does not count.
    let inside = |range: &Range<usize>| {
        found.iter().any(|(other, _)| {
            other.len() > range.len() && other.start <= range.start && range.end <= other.end
        })
    };
    let outermost = found.iter().filter(|(range, _)| !inside(range));
    outermost.map(|(range, name)| (offset + range.start, (*name).to_owned())).collect()
}

/// The date with its basis: declared, metadata, dateline, address. What contradicts it is a notice.
fn publication(
    text: &Text,
    labelled: &Labelled,
    metadata: &Metadata,
    pack: &Pack,
    notices: &mut Vec<Notice>,
) -> Published {
    let months = &pack.reading.months;
    let read = |value: &Option<String>, what: &str, notices: &mut Vec<Notice>| {
        let value = value.as_deref()?;
        let date = dates::from_metadata(value, months);
        if date.is_none() {
            let message =
                format!("The {what} `{value}` is not a date that can be read; write it as YYYY-MM-DD.");
            notices.push(Notice { code: "date-unreadable".to_owned(), message, span: None });
        }
        date
    };
    let declared = read(&metadata.declared, "declared date", notices);
    let given = read(&metadata.published, "date in the metadata", notices);
    let address = metadata.url.as_deref().and_then(|url| dates::from_url(url, months));
    let weak = metadata.weak_date.as_deref().and_then(dates::iso);
    let line = labelled.dateline.as_ref().and_then(|line| line.date.clone());
    let head = labelled.head_date.clone();

    let outside = [(declared, PublishedBasis::Declared), (given, PublishedBasis::Metadata)];
    let mut chosen = outside.into_iter().find_map(|(date, basis)| date.map(|date| (date, basis, None)));
    let printed = match (&line, &head) {
        (Some((date, range)), _) if date.is_full() => Some((*date, range.clone())),
        (_, Some((date, range))) => Some((*date, range.clone())),
        (Some((date, range)), None) => Some((*date, range.clone())),
        (None, None) => None,
    };
    if chosen.is_none() {
        // A dateline without year takes the year of the address, if the two agree.
        let year = address.or(weak);
        chosen = printed.clone().map(|(date, range)| {
            let dated = year.map_or(date, |year| date.nearest_to(year));
            let agrees = year.is_some_and(|year| close(dated, year));
            (if agrees { dated } else { date }, PublishedBasis::Dateline, Some(range))
        });
        // An address with a full date says more than a dateline without a year.
        if let Some(address) = address.filter(|_| chosen.as_ref().is_none_or(|(date, _, _)| !date.is_full()))
        {
            chosen = Some((address, PublishedBasis::Metadata, None));
        }
        if chosen.is_none() {
            chosen = weak.map(|date| (date, PublishedBasis::Metadata, None));
        }
    }
    let Some((date, basis, evidence)) = chosen else {
        return Published { edtf: None, basis: PublishedBasis::Unknown, evidence: Vec::new() };
    };
    let mut conflict = |other: PrintedDate, what: &str, range: Option<&Range<usize>>| {
        if other != date && !close(other.nearest_to(date), date) {
            let message = format!(
                "The document is dated {} ({basis}), but {what} says {}; both are kept, give --published to decide.",
                date.edtf(),
                other.edtf()
            );
            let span = range.and_then(|range| span(text, range));
            notices.push(Notice { code: "date-conflict".to_owned(), message, span });
        }
    };
    if basis == PublishedBasis::Declared
        && let Some(given) = given
    {
        conflict(given, "the page's metadata", None);
    }
    if let Some((printed, range)) = &printed {
        conflict(*printed, "the dateline", Some(range));
    }
    if let Some(address) = address {
        conflict(address, "the address", None);
    }
    let mut ranges: Vec<Range<usize>> = evidence.into_iter().collect();
    if let Some((printed, range)) = printed
        && ranges.is_empty()
        && close(printed.nearest_to(date), date)
    {
        ranges.push(range);
    }
    let evidence =
        ranges.iter().filter_map(|range| span(text, range)).map(|span| Words::at(text, span)).collect();
    Published { edtf: Some(date.edtf()), basis, evidence }
}

/// True if two dates can belong to one publication: a report may be printed some days after it was filed, and on the
/// other side of the date line. Dates without day agree if the rest does.
fn close(one: PrintedDate, two: PrintedDate) -> bool {
    match (one.day_number(), two.day_number()) {
        (Some(one), Some(two)) => (one - two).abs() <= 3,
        _ => {
            let same = |one: Option<u32>, two: Option<u32>| one.is_none() || two.is_none() || one == two;
            (one.year.is_none() || two.year.is_none() || one.year == two.year)
                && same(one.month, two.month)
                && same(one.day, two.day)
        }
    }
}

/// True if most letters of a text are Latin ones, which end at U+024F.
fn is_latin(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    2 * text.chars().filter(|letter| letter.is_alphabetic() && *letter <= '\u{24f}').count() >= letters
}

/// The language of the running text, else what the metadata say.
fn language_of(
    text: &Text,
    labelled: &Labelled,
    metadata: &Metadata,
    notices: &mut Vec<Notice>,
) -> Option<String> {
    let running =
        labelled.blocks.iter().filter(|(kind, _)| matches!(kind, BlockKind::Lede | BlockKind::Body));
    let mut sample = String::new();
    for (_, range) in running {
        sample.push_str(&text.as_str()[range.clone()]);
        sample.push('\n');
        if sample.len() > 8 * 1024 {
            break;
        }
    }
    let detected = language::detect(if sample.is_empty() { text.as_str() } else { &sample });
    let said =
        metadata.language.as_deref().map(|code| code.split(['-', '_']).next().unwrap_or(code).to_lowercase());
    let code = match (detected, said) {
        (Some((code, true)), _) => Some(code.to_owned()),
        (_, Some(said)) if said.len() == 2 => Some(said),
        // A guess on a few words would shut the text out: better none.
        (found, _) => {
            let short = sample.len() < language::SHORT;
            found.filter(|(code, _)| *code == "en" || !short || !is_latin(&sample)).map(|it| it.0.to_owned())
        }
    };
    if let Some(code) = code.as_deref().filter(|code| *code != "en") {
        let message = format!("The text seems to be in `{code}`; only English is read in full, expect gaps.");
        notices.push(Notice { code: "not-english".to_owned(), message, span: None });
    }
    code
}
