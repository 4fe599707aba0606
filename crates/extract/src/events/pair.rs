//! The PLOVER type of what one given party does to another: for coders that bring their own actors.

use super::coding::{Coding, codings};
use super::recode::by_status;
use crate::{Reading, Said};
use demarche_language::WordId;
use demarche_record::{EventType, Kind, Status};
use demarche_text::Span;

/// What one party does to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// PLOVER type.
    pub kind: EventType,
    /// The rule that says so.
    pub rule: String,
    /// Whether it took place.
    pub status: Status,
}

/// Codes what the party at `source` does to the party at `target`, both in one sentence. `None` where the text shows
/// nothing between them.
pub fn between(reading: &Reading<'_>, said: &[Said], source: Span, target: Span) -> Option<Between> {
    let sides = [head_of(reading, source)?, head_of(reading, target)?];
    let here = reading.analysis.sentence(sides[0]).span;
    let all = codings(reading, said);
    let inside: Vec<&Coding<'_>> =
        all.iter().filter(|coding| here.contains(reading.word(coding.trigger).span)).collect();
    let spans = [source, target];
    let best = inside.iter().copied().max_by_key(|coding| {
        let fit = fit(reading, coding, sides, spans);
        (fit, std::cmp::Reverse(depth(reading, coding.trigger)), std::cmp::Reverse(coding.trigger))
    });
    let fits = best.map_or(0, |coding| fit(reading, coding, sides, spans));
    // What merely hangs in the same sentence is weaker than a word on the way from one to the other.
    if fits < 3
        && let Some(found) = on_the_way(reading, sides)
    {
        return Some(found);
    }
    let best = best.filter(|_| fits > 0)?;
    Some(Between { kind: best.kind, rule: best.frame.id.clone(), status: best.around.status })
}

/// How well the parties of a coding are the given ones.
fn fit(reading: &Reading<'_>, coding: &Coding<'_>, sides: [WordId; 2], spans: [Span; 2]) -> u8 {
    let is = |heads: &[WordId], side: usize| {
        heads.iter().flat_map(|head| reading.conjuncts(*head)).any(|head| {
            let word = reading.word(head).span;
            let entity =
                |head: WordId| reading.mention(head).and_then(|id| reading.analysis.mention(id).entity);
            head == sides[side]
                || spans[side].contains(word)
                || entity(head).is_some() && entity(head) == entity(sides[side])
        })
    };
    let below = |side: usize| {
        let top = coding.carrier.unwrap_or(coding.trigger);
        reading.analysis.subtree(top).binary_search(&sides[side]).is_ok()
    };
    let (actor, recipient) = (is(&coding.actors, 0), is(&coding.recipients, 1));
    let together = is(&coding.actors, 0) && is(&coding.actors, 1);
    match (actor, recipient) {
        _ if together => 5,
        (true, true) => 6,
        (true, false) if below(1) => 4,
        (false, true) if below(0) => 3,
        (false, true) => 2,
        (true, false) => 1,
        _ => u8::from(below(0) && below(1)),
    }
}

/// The trigger nearest to the source on the way through the tree from one party to the other.
fn on_the_way(reading: &Reading<'_>, sides: [WordId; 2]) -> Option<Between> {
    let up = |from: WordId| {
        let mut way = vec![from];
        while let Some(above) = reading.word(*way.last()?).head.filter(|_| way.len() < 64) {
            way.push(above);
        }
        Some(way)
    };
    let (from, to) = (up(sides[0])?, up(sides[1])?);
    let meet = from.iter().copied().find(|word| to.contains(word))?;
    let rising = from.iter().copied().take_while(|word| *word != meet);
    let falling = to.iter().copied().take_while(|word| *word != meet).collect::<Vec<_>>().into_iter().rev();
    let way = rising.chain([meet]).chain(falling).filter(|word| !sides.contains(word));
    way.into_iter().find_map(|word| {
        let frames = reading.frames_and_triggers(Kind::Event, word);
        let (frame, kind) =
            frames.into_iter().find_map(|(frame, _, _)| frame.plover.map(|kind| (frame, kind)))?;
        let status = crate::status::status(reading, word);
        let kind = by_status(reading, word, kind, status, true);
        Some(Between { kind, rule: frame.id.clone(), status })
    })
}

/// The word of a span whose head stands outside of it.
fn head_of(reading: &Reading<'_>, span: Span) -> Option<WordId> {
    let words: Vec<WordId> = reading.analysis.ids(&reading.analysis.words_in(span)).collect();
    let outside = |word: &&WordId| reading.word(**word).head.is_none_or(|head| !words.contains(&head));
    words.iter().find(outside).or(words.first()).copied()
}

fn depth(reading: &Reading<'_>, word: WordId) -> usize {
    let (mut depth, mut at) = (0, word);
    while let Some(above) = reading.word(at).head.filter(|_| depth < 64) {
        (depth, at) = (depth + 1, above);
    }
    depth
}
