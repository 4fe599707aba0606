//! What is known of a saying while it is put together.

use crate::Reading;
use demarche_language::{Quoted, Upos, WordId};
use demarche_pack::cues::Cue;
use demarche_record::{Form, How};
use demarche_text::Span;

/// Who speaks, as far as it is found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Speaker {
    /// The party that this word heads.
    Word(WordId),
    /// The party of an earlier saying, not repeated here.
    Carried(WordId),
    /// The text names nobody.
    Nobody,
}

/// One saying in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub speaker: Speaker,
    pub cue: Option<WordId>,
    pub cue_span: Option<Span>,
    pub reading: String,
    pub how: How,
    pub attitude: bool,
    /// The words said, in text order, not overlapping.
    pub pieces: Vec<Span>,
    pub addressee: Option<WordId>,
    pub medium: Option<WordId>,
    /// On whose report the speaker relies: "reported, citing the agency, that".
    pub cited: Option<WordId>,
    /// Who passes the words on: "Z quoted X as saying", "X was quoted by Z as saying".
    pub quoted_by: Option<WordId>,
    pub rule: String,
    pub confidence: f32,
    /// Cues at the end of the clause that go on with the same speaker.
    pub handed: Vec<WordId>,
    /// True if the words are a nominal or infinitive complement, which quotation marks elsewhere may replace.
    pub weak: bool,
}

impl Draft {
    /// A draft of a cue without content yet.
    pub fn of(reading: &Reading<'_>, word: WordId, cue: &Cue) -> Self {
        Self {
            speaker: Speaker::Nobody,
            cue: Some(word),
            cue_span: Some(reading.word(word).span),
            reading: cue.reading.clone(),
            how: cue.speech.how(),
            attitude: cue.speech == demarche_pack::cues::Speech::Attitude,
            pieces: Vec::new(),
            addressee: None,
            medium: None,
            cited: None,
            quoted_by: None,
            rule: format!("cue.{}", cue.id),
            confidence: 0.8,
            handed: Vec::new(),
            weak: false,
        }
    }

    /// Bytes of content.
    pub fn length(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }

    /// Adds a piece and joins overlapping ones.
    pub fn add(&mut self, reading: &Reading<'_>, piece: Span) {
        let text = reading.analysis.document.text.as_str();
        let blank = |from: usize, to: usize| text.get(from..to).is_some_and(|gap| gap.trim().is_empty());
        self.pieces.push(piece);
        self.pieces.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            match joined.last_mut() {
                Some(last) if last.overlaps(*piece) || blank(last.end(), piece.start()) => {
                    *last = last.cover(*piece)
                }
                _ => joined.push(*piece),
            }
        }
        self.pieces = joined;
    }

    /// True if any piece overlaps the span.
    pub fn touches(&self, span: Span) -> bool {
        self.pieces.iter().any(|piece| piece.overlaps(span))
    }

    /// How much is verbatim.
    pub fn form(&self, reading: &Reading<'_>) -> Form {
        let (mut inside, mut outside) = (false, false);
        for piece in &self.pieces {
            let words = reading.analysis.words_in(*piece);
            for word in reading.analysis.ids(&words).filter(|word| reading.word(*word).upos != Upos::Punct) {
                match top_quoted(reading, reading.word(word).span.start()) {
                    // A quotation around the cue itself is that of an outer speaker.
                    Some(quoted)
                        if !self.cue.is_some_and(|cue| quoted.inner.contains(reading.word(cue).span)) =>
                    {
                        inside = true;
                    }
                    _ => outside = true,
                }
            }
        }
        match (inside, outside) {
            (true, false) => Form::Direct,
            (true, true) => Form::Mixed,
            _ => Form::Indirect,
        }
    }

    /// Cue, speaker and the words of the same paragraph.
    pub fn evidence(&self, reading: &Reading<'_>) -> Span {
        let paragraph_of =
            |span: Span| reading.analysis.document.block_at(span.start()).map(|block| block.span);
        let anchor = self.cue_span.unwrap_or(self.pieces[0]);
        let home = paragraph_of(anchor);
        let mut evidence = anchor;
        for piece in &self.pieces {
            if paragraph_of(*piece) == home || self.cue.is_none() {
                evidence = evidence.cover(*piece);
            }
        }
        if let (Speaker::Word(head), Some(cue)) = (&self.speaker, self.cue)
            && reading.analysis.sentence(*head).span == reading.analysis.sentence(cue).span
        {
            evidence = evidence.cover(reading.phrase(*head));
        }
        // Marks around a direct quotation belong to the evidence.
        for piece in &self.pieces {
            if let Some(quoted) = top_quoted(reading, piece.start())
                && quoted.inner == *piece
                && evidence.overlaps(*piece)
            {
                evidence = evidence.cover(quoted.outer);
            }
        }
        evidence
    }
}

/// The outermost stretch between quotation marks around a byte.
pub(super) fn top_quoted<'a>(reading: &Reading<'a>, at: usize) -> Option<&'a Quoted> {
    let all = &reading.analysis.quoted;
    let before = all.partition_point(|quoted| quoted.outer.start() <= at);
    all[..before]
        .iter()
        .rev()
        .take(DEPTH_WINDOW)
        .find(|quoted| quoted.depth == 0)
        .filter(|it| at < it.outer.end())
}

/// How many nested stretches are looked through for the outermost one.
const DEPTH_WINDOW: usize = 64;

/// Spans of the words of a set, cut where words outside the set stand between, edges without punctuation.
pub(super) fn pieces(reading: &Reading<'_>, words: &[WordId]) -> Vec<Span> {
    let mut runs: Vec<Vec<WordId>> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| only_marks(reading, last.0 + 1..word.0)) => {
                run.push(*word)
            }
            _ => runs.push(vec![*word]),
        }
    }
    runs.iter().filter_map(|run| trimmed(reading, run)).collect()
}

fn only_marks(reading: &Reading<'_>, mut between: std::ops::Range<u32>) -> bool {
    between.all(|word| reading.word(WordId(word)).upos == Upos::Punct)
}

/// The span of a run of words without punctuation at its edges; `None` if nothing else is there.
fn trimmed(reading: &Reading<'_>, run: &[WordId]) -> Option<Span> {
    let solid = |word: &&WordId| reading.word(**word).upos != Upos::Punct;
    let first = run.iter().find(solid)?;
    let last = run.iter().rev().find(solid)?;
    let span = reading.word(*first).span.cover(reading.word(*last).span);
    Some(closed(reading, span))
}

/// A span with the bracket that closes one opened in it.
fn closed(reading: &Reading<'_>, span: Span) -> Span {
    let text = &reading.analysis.document.text;
    let words = text.slice(span);
    let open = words.matches(['(', '[']).count() > words.matches([')', ']']).count();
    let after = text.as_str()[span.end()..].starts_with([')', ']']);
    if open && after { text.span(span.start(), span.end() + 1).unwrap_or(span) } else { span }
}
