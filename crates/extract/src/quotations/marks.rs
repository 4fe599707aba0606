//! Quotation marks and drafts brought together: what is said in marks reaches from mark to mark, a quotation without
//! a cue of its own is carried on from the one before, scare quotes are left alone.

use super::draft::{Draft, Speaker, top_quoted};
use super::stretches::{
    coined, cried, is_nickname, is_tag, joined, leading_verb, predicate, quoting_verb, signer,
};
use super::verbs;
use crate::{Reading, cue_of};
use demarche_language::{Quoted, SentenceId, Upos, WordId};
use demarche_pack::cues::Speech;
use demarche_record::{Form, How};
use demarche_text::Span;

/// How far from the marks a cue may stand in its sentence, in words.
pub(super) const REACH: usize = 28;

/// How long the label of a turn inside marks may be, in bytes.
const TURN: usize = 48;

/// Aligns drafts with quotation marks and adds what stands between marks and has no draft yet.
pub(super) fn settle(reading: &Reading<'_>, drafts: &mut Vec<Draft>) {
    let tops: Vec<Quoted> =
        reading.analysis.quoted.iter().copied().filter(|quoted| quoted.depth == 0).collect();
    for draft in drafts.iter_mut() {
        align(reading, draft);
        drop_frame(reading, draft);
        outside(reading, draft);
    }
    drafts.sort_by_key(|draft| draft.cue);
    hand_on(drafts);
    lend_speakers(reading, drafts);
    drafts.retain(|draft| !is_own_talk(reading, draft));
    // For each stretch the drafts that hold it, kept up to date as drafts grow.
    let mut last: Option<usize> = None;
    let mut before: Option<Quoted> = None;
    for quoted in &tops {
        let holder = holder(reading, drafts, quoted);
        let owner = match holder {
            Some(at) => Some(at),
            None if coined(reading, drafts, quoted) => None,
            None if is_utterance(reading, quoted) || cried(reading, quoted).is_some() => {
                place(reading, drafts, quoted, last, before.as_ref())
            }
            // The rest of a list in marks belongs to who said its first part.
            None if before.as_ref().is_some_and(|before| joined(reading, before, quoted)) => {
                last.inspect(|last| drafts[*last].add(reading, quoted.inner))
            }
            None => quoting_verb(reading, quoted).map(|verb| give(reading, drafts, verb, quoted)),
        };
        if owner.is_some() {
            last = owner;
            before = Some(*quoted);
        }
    }
    set_off(reading, drafts);
}

/// "The minister added:" at the end of a paragraph: the next paragraph is what is said, with or without marks.
fn set_off(reading: &Reading<'_>, drafts: &mut Vec<Draft>) {
    for pair in reading.analysis.sentences.windows(2) {
        let [sentence, next] = pair else { continue };
        if sentence.paragraph == next.paragraph
            || !reading.analysis.text(sentence.span).trim_end().ends_with(':')
        {
            continue;
        }
        let words: Vec<WordId> = reading.analysis.ids(&sentence.words).collect();
        let speaks = |word: &&WordId| {
            reading.is_verb(**word)
                && cue_of(reading, **word)
                    .is_some_and(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude))
        };
        let Some(verb) = words.iter().rev().find(speaks) else { continue };
        let told =
            drafts.iter().any(|draft| draft.cue == Some(*verb) && !draft.weak && !draft.pieces.is_empty());
        let marked = top_quoted(reading, next.span.start()).is_some();
        let Some(block) = block(reading, next.span).filter(|_| !told && !marked) else { continue };
        drafts.retain(|draft| draft.cue != Some(*verb));
        let mut draft = match cue_of(reading, *verb) {
            Some(cue) => Draft::of(reading, *verb, cue),
            None => continue,
        };
        verbs::fill(reading, *verb, &mut draft);
        draft.pieces = vec![block];
        draft.rule = "cue.set-off".to_owned();
        drafts.push(draft);
    }
}

/// Brings the pieces of a draft to the marks that they touch.
fn align(reading: &Reading<'_>, draft: &mut Draft) {
    let cue = draft.cue_span;
    let pieces = std::mem::take(&mut draft.pieces);
    for piece in pieces {
        let piece = up_to_dash(reading, piece, cue);
        let mut whole = vec![piece];
        for quoted in touching(reading, piece) {
            if cue.is_some_and(|cue| quoted.inner.contains(cue)) {
                // Speech within speech stays in the words of the outer speaker.
                whole = whole.into_iter().filter_map(|part| part.intersect(quoted.inner)).collect();
            } else if only_inside(reading, piece, &quoted) {
                whole = vec![quoted.inner];
            } else {
                let cover = piece.cover(quoted.outer);
                let swallows = cue.is_some_and(|cue| cover.overlaps(cue) && !piece.overlaps(cue));
                whole.push(if swallows { quoted.inner } else { quoted.outer });
            }
        }
        for part in whole {
            draft.add(reading, reading.analysis.document.text.trim(part));
        }
    }
}

/// "likened it to “treason” – a charge that …": a dash behind the closing mark ends what is said.
fn up_to_dash(reading: &Reading<'_>, piece: Span, cue: Option<Span>) -> Span {
    let text = &reading.analysis.document.text;
    let cut = touching(reading, piece).into_iter().find(|quoted| {
        let behind = text.as_str()[quoted.outer.end()..].trim_start();
        cue.is_some_and(|cue| cue.end() <= quoted.outer.start())
            && quoted.outer.end() < piece.end()
            && ["- ", "– ", "— "].iter().any(|dash| behind.starts_with(dash))
    });
    cut.and_then(|quoted| {
        let lead = text.as_str().get(piece.start()..quoted.outer.start()).unwrap_or_default().trim();
        let start = if matches!(lead, "to" | "as") { quoted.outer.start() } else { piece.start() };
        text.span(start.min(quoted.outer.start()), quoted.outer.end())
    })
    .unwrap_or(piece)
}

/// "“…,” he said, walking away": beside words that are an utterance in marks, the rest of the clause is the writer's.
fn drop_frame(reading: &Reading<'_>, draft: &mut Draft) {
    let Some(cue) = draft.cue_span.filter(|_| !draft.weak) else { return };
    let uttered = |quoted: &Quoted| {
        !quoted.inner.contains(cue)
            && is_utterance(reading, quoted)
            && utterance_ends(reading.analysis.text(quoted.inner))
    };
    let leads = draft.pieces.first().is_some_and(|piece| {
        piece.start() < cue.start()
            && top_quoted(reading, piece.start()).is_some_and(|quoted| {
                quoted.outer.start() == piece.start() || quoted.inner.start() == piece.start()
            })
            && top_quoted(reading, piece.start()).is_some_and(uttered)
    });
    let closed = draft.pieces.iter().rfind(|piece| piece.end() <= cue.start()).is_some_and(|piece| {
        // A comma inside the closing mark right before the cue ends what is said.
        top_quoted(reading, piece.end() - 1).is_some_and(|quoted| {
            quoted.outer.end() == piece.end() && reading.analysis.text(quoted.inner).ends_with(',')
        })
    });
    // "The envoy scolded him: “…,” she said": what leads to the marks is the writer's.
    let led = draft.pieces.first().copied().and_then(|piece| {
        let quoted = touching(reading, piece).into_iter().find(uttered)?;
        let before = reading.analysis.document.text.as_str().get(piece.start()..quoted.outer.start())?;
        (quoted.outer.end() <= cue.start() && before.trim_end().ends_with(':')).then_some(quoted.outer)
    });
    if let Some(quoted) = led {
        for piece in std::mem::take(&mut draft.pieces) {
            let rest = reading.analysis.document.text.span(quoted.end().max(piece.start()), piece.end());
            let inner = touching(reading, piece).into_iter().find(|it| it.outer == quoted).map(|it| it.inner);
            let parts = inner.into_iter().chain(rest).filter(|part| !part.is_empty());
            parts.for_each(|part| draft.add(reading, part));
        }
        return;
    }
    if !leads && !closed {
        return;
    }
    let pieces = std::mem::take(&mut draft.pieces);
    for piece in pieces {
        let quoted = touching(reading, piece);
        if leads {
            let own = |quoted: &&Quoted| {
                let text = reading.analysis.document.text.as_str();
                let before = text[..quoted.outer.start()].trim_end().chars().next_back();
                let apart = quoted.outer.end() <= cue.start() || !before.is_some_and(char::is_alphanumeric);
                !quoted.inner.contains(cue) && apart
            };
            quoted.iter().filter(own).for_each(|quoted| draft.add(reading, quoted.inner));
        } else if piece.end() <= cue.start() || !quoted.is_empty() {
            draft.add(reading, piece);
        }
    }
}

/// "He said the line was quiet, adding that …": what the writer goes on with has the same speaker.
fn hand_on(drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let handed = std::mem::take(&mut drafts[at].handed);
        let speaker = drafts[at].speaker.clone();
        for draft in drafts.iter_mut().filter(|draft| draft.cue.is_some_and(|cue| handed.contains(&cue))) {
            draft.speaker = speaker.clone();
        }
    }
}

/// Where the tree gives a verb no subject: the noun phrase beside a finite verb, or for "…, adding that" the speaker of
/// the saying before it in the sentence.
fn lend_speakers(reading: &Reading<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let Some(cue) = drafts[at].cue.filter(|_| drafts[at].speaker == Speaker::Nobody) else { continue };
        if !reading.is_verb(cue) || reading.is_passive(cue) {
            continue;
        }
        let participle = matches!(reading.word(cue).feature("VerbForm"), Some("Ger" | "Part"))
            && reading.child(cue, "aux").is_none();
        let lent = if participle {
            let sentence = reading.analysis.sentence(cue).words.start;
            drafts[..at]
                .iter()
                .rev()
                .take_while(|before| before.cue.is_some_and(|before| before.0 >= sentence))
                .find(|before| before.speaker != Speaker::Nobody && !before.weak)
                .map(|before| before.speaker.clone())
        } else if reading.word(cue).feature("VerbForm") == Some("Fin") || reading.child(cue, "aux").is_some()
        {
            verbs::beside(reading, cue)
                .filter(|head| {
                    !drafts[at].touches(reading.word(*head).span) && reading.child(cue, "expl").is_none()
                })
                .map(Speaker::Word)
        } else {
            None
        };
        drafts[at].speaker = lent.unwrap_or(Speaker::Nobody);
    }
}

/// True if words in marks end like an utterance; marks inside them close with them.
fn utterance_ends(text: &str) -> bool {
    text.trim_end_matches(['’', '\'', '”', '"', '›', '»']).ends_with([',', '?', '!', '.', '…', '—'])
}

/// A speaker does not stand in the words said.
pub(super) fn outside(reading: &Reading<'_>, draft: &mut Draft) {
    let (Some(cue), Speaker::Word(head)) = (draft.cue, &draft.speaker) else { return };
    let quoted = top_quoted(reading, reading.word(*head).span.start());
    let elsewhere = quoted.is_some_and(|quoted| !quoted.outer.contains(reading.word(cue).span));
    if elsewhere && reading.word(cue).feature("VerbForm") != Some("Fin") {
        draft.speaker = Speaker::Nobody;
    } else if draft.touches(reading.word(*head).span) && reading.is_verb(cue) {
        let beside = verbs::beside(reading, cue).filter(|head| !draft.touches(reading.word(*head).span));
        draft.speaker = beside.map_or(Speaker::Nobody, Speaker::Word);
    }
}

/// Inside somebody's words, "I say", "you know", and what nobody says are manners of speaking.
fn is_own_talk(reading: &Reading<'_>, draft: &Draft) -> bool {
    let Some(cue) = draft.cue else { return false };
    let inside = top_quoted(reading, reading.word(cue).span.start())
        .is_some_and(|it| it.inner.contains(reading.word(cue).span));
    inside
        && match draft.speaker {
            Speaker::Word(head) => {
                matches!(reading.word(head).feature("Person"), Some("1" | "2"))
                    && reading.word(head).upos == Upos::Pron
            }
            _ => true,
        }
}

/// Outermost stretches between marks that overlap a span.
fn touching(reading: &Reading<'_>, span: Span) -> Vec<Quoted> {
    let all = &reading.analysis.quoted;
    let to = all.partition_point(|quoted| quoted.outer.start() < span.end());
    let mut found: Vec<Quoted> = top_quoted(reading, span.start()).copied().into_iter().collect();
    let from = all[..to].partition_point(|quoted| quoted.outer.start() <= span.start());
    found.extend(all[from..to].iter().filter(|quoted| quoted.depth == 0).copied());
    found
}

/// True if every word of the piece stands between the marks.
fn only_inside(reading: &Reading<'_>, piece: Span, quoted: &Quoted) -> bool {
    let words = reading.analysis.words_in(piece);
    reading.analysis.ids(&words).filter(|word| reading.word(*word).upos != Upos::Punct).all(|word| {
        // "argued that: “…”" leads to the marks.
        let lead = word.0 + 1 < reading.analysis.words.len() as u32
            && reading.analysis.form(WordId(word.0 + 1)) == ":"
            && reading.analysis.form(word).eq_ignore_ascii_case("that");
        lead || quoted.outer.contains(reading.word(word).span)
    })
}

/// The draft, with its cue outside the marks, whose words hold the stretch; the surest one.
fn holder(reading: &Reading<'_>, drafts: &[Draft], quoted: &Quoted) -> Option<usize> {
    // A turn of a transcript: its label stands inside the marks.
    let turn = |draft: &Draft, cue: WordId| {
        draft.rule == "cue.label" && reading.word(cue).span.end() <= quoted.inner.start() + TURN
    };
    let holds = |draft: &Draft| {
        draft.touches(quoted.inner)
            && draft.cue.is_none_or(|cue| !quoted.inner.contains(reading.word(cue).span) || turn(draft, cue))
            && (!draft.weak || !is_utterance(reading, quoted) || only_weak(draft))
    };
    let found = drafts.iter().enumerate().filter(|(_, draft)| holds(draft));
    found
        .max_by(|(_, one), (_, two)| {
            let key = |draft: &Draft| {
                (draft.pieces.contains(&quoted.inner), !draft.weak, std::cmp::Reverse(draft.length()))
            };
            key(one).cmp(&key(two))
        })
        .map(|(at, _)| at)
}

fn only_weak(draft: &Draft) -> bool {
    draft.rule.ends_with(".object") && draft.reading == "describe"
}

/// True for words in marks that somebody utters, false for scare quotes, titles and single terms.
fn is_utterance(reading: &Reading<'_>, quoted: &Quoted) -> bool {
    let text = reading.analysis.text(quoted.inner);
    let words = reading.analysis.words_in(quoted.inner);
    let ids: Vec<WordId> =
        reading.analysis.ids(&words).filter(|word| reading.word(*word).upos != Upos::Punct).collect();
    let finite = ids.iter().any(|word| {
        let word = reading.word(*word);
        matches!(word.upos, Upos::Verb | Upos::Aux) && word.feature("VerbForm") == Some("Fin")
    });
    // “Face the Nation,” is the title of something.
    let long = |word: &&WordId| reading.word(**word).span.len() > 3;
    let title = ids.len() >= 2
        && ids.len() <= 8
        && ids
            .iter()
            .filter(long)
            .all(|word| reading.analysis.form(*word).chars().next().is_some_and(char::is_uppercase))
        && ids.iter().filter(long).count() >= 2
        && !text.ends_with(['.', '?', '!']);
    if title {
        return false;
    }
    let before =
        reading.analysis.document.text.as_str()[..quoted.outer.start()].trim_end().chars().next_back();
    let ends = text.ends_with(['.', ',', '?', '!', '…', '—', '-']);
    let led = before == Some(':');
    finite && ids.len() >= 3
        || ends && ids.len() >= 2
        || led && ids.len() >= 2
        || quoted.open && ids.len() >= 3
}

/// Finds or makes the draft of a stretch that no verb governs.
fn place(
    reading: &Reading<'_>,
    drafts: &mut Vec<Draft>,
    quoted: &Quoted,
    last: Option<usize>,
    before: Option<&Quoted>,
) -> Option<usize> {
    if let Some(signer) = signer(reading, quoted) {
        let mut draft = bare(quoted, Speaker::Word(signer), How::Said);
        draft.rule = "cue.signed".to_owned();
        drafts.push(draft);
        return Some(drafts.len() - 1);
    }
    let near = cried(reading, quoted)
        .or_else(|| quoting_verb(reading, quoted))
        .or_else(|| cue_behind(reading, quoted))
        .or_else(|| cue_before(reading, quoted));
    if let Some(verb) = near {
        return Some(give(reading, drafts, verb, quoted));
    }
    let last = last?;
    let previous = before?;
    let speaker = match &drafts[last].speaker {
        Speaker::Word(head) | Speaker::Carried(head) => Speaker::Carried(*head),
        Speaker::Nobody => Speaker::Nobody,
    };
    let same_paragraph = block(reading, previous.outer) == block(reading, quoted.outer);
    let alone = stands_alone(reading, quoted);
    if (same_paragraph && alone || quoted.continues) && drafts[last].form(reading) == Form::Direct {
        drafts[last].add(reading, quoted.inner);
        return Some(last);
    }
    if let Some(clause) = predicate(reading, quoted).filter(|_| same_paragraph && speaker != Speaker::Nobody)
    {
        let how = drafts[last].how;
        let mut draft = bare(quoted, speaker, how);
        draft.pieces = vec![clause];
        drafts.push(draft);
        return Some(drafts.len() - 1);
    }
    let next_paragraph = follows(reading, previous.outer, quoted.outer);
    if !(alone && (same_paragraph || next_paragraph) || quoted.continues) {
        return None;
    }
    let how = drafts[last].how;
    drafts.push(bare(quoted, speaker, how));
    Some(drafts.len() - 1)
}

pub(super) fn bare(quoted: &Quoted, speaker: Speaker, how: How) -> Draft {
    Draft {
        speaker,
        cue: None,
        cue_span: None,
        reading: "assert".to_owned(),
        how,
        attitude: false,
        pieces: vec![quoted.inner],
        addressee: None,
        medium: None,
        cited: None,
        quoted_by: None,
        rule: "cue.carried-on".to_owned(),
        confidence: 0.7,
        handed: Vec::new(),
        weak: false,
    }
}

/// Gives a stretch to the draft of a cue, or makes the draft.
fn give(reading: &Reading<'_>, drafts: &mut Vec<Draft>, verb: WordId, quoted: &Quoted) -> usize {
    let known = drafts.iter().position(|draft| draft.cue == Some(verb));
    if let Some(at) = known {
        let draft = &mut drafts[at];
        // What a verb says in marks replaces an object or a host clause that is no speech.
        let speech = draft.pieces.iter().any(|piece| top_quoted(reading, piece.start()).is_some());
        let clause = !draft.weak
            && draft.pieces.iter().all(|it| draft.cue_span.is_some_and(|cue| it.start() > cue.end()));
        if draft.weak || !speech && !clause {
            draft.pieces.clear();
        }
        draft.weak = false;
        draft.confidence = draft.confidence.max(0.8);
        draft.add(reading, quoted.inner);
        return at;
    }
    let mut draft = match cue_of(reading, verb) {
        Some(cue) if cue.speech != Speech::None => Draft::of(reading, verb, cue),
        _ => {
            let mut draft = bare(quoted, Speaker::Nobody, How::Said);
            draft.cue = Some(verb);
            draft.rule = "cue.marks".to_owned();
            draft.confidence = 0.6;
            draft
        }
    };
    verbs::fill(reading, verb, &mut draft);
    draft.pieces = vec![quoted.inner];
    outside(reading, &mut draft);
    if draft.speaker == Speaker::Nobody && !reading.is_passive(verb) {
        draft.speaker = verbs::beside(reading, verb)
            .filter(|head| !draft.touches(reading.word(*head).span))
            .map_or(Speaker::Nobody, Speaker::Word);
    }
    drafts.push(draft);
    drafts.len() - 1
}

fn block(reading: &Reading<'_>, span: Span) -> Option<Span> {
    reading.analysis.document.block_at(span.start()).map(|block| block.span)
}

/// True if the second stretch stands in the paragraph after that of the first.
fn follows(reading: &Reading<'_>, first: Span, second: Span) -> bool {
    let (Some(one), Some(two)) = (block(reading, first), block(reading, second)) else { return false };
    let between = reading.analysis.document.text.as_str().get(one.end()..two.start());
    between.is_some_and(|between| between.trim().is_empty())
}

/// Sentences that a stretch lies in.
fn sentences(reading: &Reading<'_>, quoted: &Quoted) -> (usize, usize) {
    let all = &reading.analysis.sentences;
    let first = all.partition_point(|sentence| sentence.span.end() <= quoted.outer.start());
    let last = all.partition_point(|sentence| sentence.span.start() < quoted.outer.end()).saturating_sub(1);
    (first.min(all.len().saturating_sub(1)), last.max(first).min(all.len().saturating_sub(1)))
}

/// True if nothing but the stretch and its punctuation stands in its sentences.
fn stands_alone(reading: &Reading<'_>, quoted: &Quoted) -> bool {
    let (first, last) = sentences(reading, quoted);
    (first..=last).all(|at| {
        let sentence = &reading.analysis.sentences[SentenceId(at as u32).0 as usize];
        reading.analysis.ids(&sentence.words).all(|word| {
            let word_ = reading.word(word);
            matches!(word_.upos, Upos::Punct | Upos::Cconj)
                || top_quoted(reading, word_.span.start()).is_some()
        })
    })
}

/// A verb behind the marks in the same sentence: "…," said X; "…," X told Y.
fn cue_behind(reading: &Reading<'_>, quoted: &Quoted) -> Option<WordId> {
    let (_, last) = sentences(reading, quoted);
    let mut words = reading.analysis.sentences.get(last)?.words.clone();
    // A closing mark may have been taken for the end of a sentence: "… trust. “, Said the leader".
    let tail = reading
        .analysis
        .text(quoted.outer)
        .trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ',' | '!' | '?'));
    let comma = !tail.ends_with(['.', '!', '?']);
    let verbless = words
        .clone()
        .map(WordId)
        .filter(|word| reading.word(*word).span.start() >= quoted.outer.end())
        .all(|word| !reading.is_verb(word));
    let next = reading.analysis.sentences.get(last + 1).filter(|next| {
        let gap =
            reading.analysis.document.text.as_str().get(quoted.outer.end()..next.span.start()).unwrap_or("");
        let first = reading.analysis.form(WordId(next.words.start));
        let at_marks = reading.word(WordId(words.end.saturating_sub(1))).span.end() <= quoted.outer.end()
            && gap.trim().is_empty();
        next.span.start() >= quoted.outer.end()
            && (at_marks && (first == "," || first.chars().next().is_some_and(char::is_lowercase))
                || at_marks && tail.ends_with(['!', '?']) && is_tag(reading, next)
                // An abbreviated title was taken for the end of the sentence: "…,” said Rep. | Doe".
                || !at_marks
                    && verbless
                    && comma
                    && !gap.starts_with('.')
                    && gap.len() < 80
                    && !gap.contains('\n'))
    });
    if let Some(next) = next {
        words.end = next.words.end;
    }
    let behind: Vec<WordId> = words
        .map(WordId)
        .filter(|word| reading.word(*word).span.start() >= quoted.outer.end())
        .take(REACH)
        .collect();
    first_verb(reading, &behind)
}

/// The first verb of speech among words; a verb with its own subject that is none is taken only right at the marks.
fn first_verb(reading: &Reading<'_>, words: &[WordId]) -> Option<WordId> {
    for (at, word) in words.iter().enumerate() {
        if let Some(quoted) = top_quoted(reading, reading.word(*word).span.start()) {
            if is_nickname(reading, quoted) {
                continue;
            }
            return None;
        }
        if at > 0 && matches!(reading.analysis.form(*word), ";" | ":") {
            return None;
        }
        if !reading.is_verb(*word)
            || matches!(reading.word(*word).relation(), "aux" | "cop" | "amod" | "acl" | "xcomp")
        {
            continue;
        }
        if reading.word(*word).deprel == "acl:relcl" {
            continue;
        }
        let cue = cue_of(reading, *word).filter(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude));
        if cue.is_some() {
            return Some(*word);
        }
    }
    None
}

/// A verb before the marks in the same sentence, or in the one before if that ends with a colon.
fn cue_before(reading: &Reading<'_>, quoted: &Quoted) -> Option<WordId> {
    let (first, _) = sentences(reading, quoted);
    let sentence = reading.analysis.sentences.get(first)?;
    let before: Vec<WordId> = reading
        .analysis
        .ids(&sentence.words)
        .filter(|word| reading.word(*word).span.end() <= quoted.outer.start())
        .collect();
    let solid = before.iter().any(|word| reading.word(*word).upos != Upos::Punct);
    if solid {
        return last_verb(reading, &before, quoted).or_else(|| leading_verb(reading, &before));
    }
    let previous = reading.analysis.sentences.get(first.checked_sub(1)?)?;
    let colon = reading.analysis.text(previous.span).trim_end().ends_with(':');
    let words: Vec<WordId> = reading.analysis.ids(&previous.words).collect();
    colon.then(|| last_verb(reading, &words, quoted)).flatten()
}

/// The verb of speech nearest before the marks, with a comma, colon or nothing but its complements in between.
fn last_verb(reading: &Reading<'_>, words: &[WordId], quoted: &Quoted) -> Option<WordId> {
    let speaks = |word: &WordId| {
        reading.is_verb(*word)
            && !matches!(reading.word(*word).relation(), "aux" | "cop" | "amod")
            && cue_of(reading, *word)
                .is_some_and(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude))
    };
    let end = reading.analysis.document.text.as_str()[..quoted.outer.start()].trim_end().chars().next_back();
    let near = words
        .iter()
        .rev()
        .take(REACH)
        .copied()
        .find(|word| speaks(word) && top_quoted(reading, reading.word(*word).span.start()).is_none())?;
    let distance =
        words.iter().filter(|word| **word > near && reading.word(**word).upos != Upos::Punct).count();
    let led = matches!(end, Some(':' | ',' | '—' | '–' | '-' | '.'));
    (led || distance <= 3).then_some(near)
}
