//! What every record has: words, parties, time, place, attribution, status.

use crate::{Edtf, names};
use demarche_text::{ContentHash, Span, Text};

/// Identifies a document: the hash of its canonical content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub ContentHash);

/// Identifies a record: the hash of document, kind, spans and distinguishing slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub ContentHash);

/// Slug of an actor: from a pack (`fra`, `rus.president`, `vladimir-putin`) or minted (`x-…`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub String);

impl std::fmt::Display for DocumentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Display for RecordId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Display for ActorId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// Exact words of a document with both coordinates: bytes and Unicode code points, ends exclusive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words {
    /// First byte.
    pub start_byte: u32,
    /// One past the last byte.
    pub end_byte: u32,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words themselves.
    pub text: String,
}

impl Words {
    /// The words of `text` at `span`.
    pub fn at(text: &Text, span: Span) -> Self {
        Self {
            start_byte: span.start() as u32,
            end_byte: span.end() as u32,
            start: text.code_point(span.start()) as u32,
            end: text.code_point(span.end()) as u32,
            text: text.slice(span).to_owned(),
        }
    }

    /// Re-proves that `text` has exactly these words at both coordinates.
    pub fn holds(&self, text: &Text) -> bool {
        text.span(self.start_byte as usize, self.end_byte as usize).is_some_and(|span| {
            text.slice(span) == self.text
                && text.code_point(span.start()) == self.start as usize
                && text.code_point(span.end()) == self.end as usize
        })
    }

    /// The span in the document that these words were taken from, or `None` if it is another text.
    pub fn span(&self, text: &Text) -> Option<Span> {
        text.span(self.start_byte as usize, self.end_byte as usize)
    }

    /// True if the two share at least one byte (of the same document).
    pub fn overlaps(&self, other: &Words) -> bool {
        self.start_byte < other.end_byte && other.start_byte < self.end_byte
    }
}

/// A party as the text has it, with the actor behind it as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// The mention. `None` where the reading requires the party but the text does not spell it out.
    pub words: Option<Words>,
    /// The actor in the packs, or a minted one.
    pub actor: Option<ActorId>,
    /// The name of the actor, where the mention is a pronoun, a title, a metonym or a short form of it.
    pub resolved: Option<String>,
}

impl Party {
    /// The name for people: the resolved name, else the words, else "unknown".
    pub fn name(&self) -> &str {
        match (&self.resolved, &self.words) {
            (Some(name), _) => name,
            (None, Some(words)) => &words.text,
            (None, None) => "unknown",
        }
    }
}

names! {
    /// How a date was found.
    Basis {
        /// The text spells it out.
        Stated = "stated",
        /// Day and month are stated, the year follows from elsewhere.
        YearInferred = "year-inferred",
        /// Counted from the document date or another date of the text.
        Relative = "relative",
        /// The date of the document itself.
        Document = "document",
    }
}

/// When something happened, is to happen, or was said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// As precise as the text allows.
    pub edtf: Edtf,
    /// How it was found.
    pub basis: Basis,
    /// The words that say so; `None` for [`Basis::Document`].
    pub words: Option<Words>,
}

names! {
    /// What a position on the map stands for.
    Precision {
        /// An address, building or base.
        Site = "site",
        /// A populated place.
        City = "city",
        /// A first-order division, province or region.
        Region = "region",
        /// A whole country.
        Country = "country",
        /// A sea, river, border or other feature.
        Feature = "feature",
    }
}

/// A place that a record names.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The words.
    pub words: Words,
    /// Standard name, if resolved; the words themselves where the text tells in which state the place lies, but no
    /// gazetteer has it.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3: of a disputed place the state that the United Nations give it to, else the one that holds it.
    pub country: Option<String>,
    /// Degrees north and east (WGS 84); `None` where only the text tells of the place.
    pub position: Option<(f64, f64)>,
    /// What the position stands for.
    pub precision: Option<Precision>,
}

names! {
    /// How a link of an attribution chain vouches.
    How {
        /// A written statement, readout, communique.
        Statement = "statement",
        /// Spoken or otherwise said.
        Said = "said",
        /// A report by an agency, outlet or unnamed others ("reportedly").
        Report = "report",
        /// A document: letter, treaty, order.
        Document = "document",
        /// An estimate or assessment.
        Estimate = "estimate",
    }
}

/// One link of a chain of attribution.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Who vouches; `None` for "reportedly".
    pub party: Option<Party>,
    /// In which way.
    pub how: How,
}

names! {
    /// Whether what a record tells took place according to its text.
    Status {
        /// It took place.
        Occurred = "occurred",
        /// It is taking place.
        Ongoing = "ongoing",
        /// It is arranged or announced.
        Planned = "planned",
        /// Somebody proposed it.
        Proposed = "proposed",
        /// Somebody demanded or requested it.
        Requested = "requested",
        /// It is possible, feared, conditional or imagined.
        Hypothetical = "hypothetical",
        /// Somebody, or the article, says that it did not take place.
        Denied = "denied",
        /// Somebody refused it.
        Refused = "refused",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

names! {
    /// Whose words the article's sentence is.
    Voice {
        /// Reporting.
        Report = "report",
        /// The writer's own judgement.
        Opinion = "opinion",
        /// A picture caption.
        Caption = "caption",
        /// Disclaimer, credit line, navigation.
        Furniture = "furniture",
    }
}

names! {
    /// Which age the record belongs to.
    Epoch {
        /// The running affair.
        Current = "current",
        /// An earlier phase of the same affair.
        Background = "background",
        /// Another affair or age.
        Historical = "historical",
    }
}

/// What made a record: enough to find the rule again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MadeBy {
    /// Name of the extractor.
    pub extractor: String,
    /// Id of the rule, cue or frame in the packs.
    pub rule: String,
    /// Fingerprint of packs, models and engine version.
    pub kit: String,
}
