//! The layer of speech: who says which stretch of the document. The quotation extractor finds it first; all other
//! extractors read from it who vouches for what they find.

use demarche_language::WordId;
use demarche_record::{Form, How, Link, Party, Words};
use demarche_text::Span;

/// One stretch of the document that somebody says, writes, reports, estimates or believes.
#[derive(Clone, Debug)]
pub struct Said {
    /// Speaker; `None` where the text names none.
    pub speaker: Option<Party>,
    /// The head word of the cue, if there is one ("said"; for "according to" the word "according").
    pub cue: Option<WordId>,
    /// Reading of the cue in the pack: `assert`, `deny`, `warn` …
    pub reading: String,
    /// How it is vouched for.
    pub how: How,
    /// True for beliefs and intentions without speech.
    pub attitude: bool,
    /// The words said, in text order.
    pub content: Vec<Span>,
    /// From the first to the last of cue, speaker and content in its sentence.
    pub evidence: Span,
    /// Who vouches for this saying itself, outermost first.
    pub attribution: Vec<Link>,
    /// How much is verbatim.
    pub form: Form,
    /// To whom.
    pub addressee: Option<Party>,
    /// Where or by which means.
    pub medium: Option<Words>,
    /// On whose report the speaker relies ("reported, citing the agency, that").
    pub cited: Option<Party>,
    /// The cue with its particle or preposition ("according to", "went on"); `None` if there is no cue.
    pub cue_span: Option<Span>,
    /// Rule that found it.
    pub rule: String,
    /// How sure the finding is, 0..1.
    pub confidence: f32,
}

impl Said {
    /// True if the whole span stands in its content.
    pub fn covers(&self, span: Span) -> bool {
        self.content.iter().any(|content| content.contains(span))
    }

    /// The chain that this saying lends to what is said in it.
    pub fn chain(&self) -> Vec<Link> {
        let mut chain = self.attribution.clone();
        chain.push(Link { party: self.speaker.clone(), how: self.how });
        chain.extend(self.cited.iter().map(|party| Link { party: Some(party.clone()), how: How::Report }));
        chain
    }
}
