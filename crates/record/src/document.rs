//! A document as reading leaves it: canonical text, blocks and what is known of it.

use crate::{ActorId, DocumentId, Edtf, Words, names};
use demarche_text::{ContentHash, Span, Text};

names! {
    /// What a stretch of a document is.
    BlockKind {
        /// Title of the article.
        Headline = "headline",
        /// First paragraph or standfirst.
        Lede = "lede",
        /// Heading inside the text.
        Subhead = "subhead",
        /// Running text.
        Body = "body",
        /// Picture caption.
        Caption = "caption",
        /// Credit line of agencies or photographers.
        Credit = "credit",
        /// Disclaimer of the outlet.
        Disclaimer = "disclaimer",
        /// About the author.
        Biography = "biography",
        /// Byline with name and place.
        Byline = "byline",
        /// Read-also lines, share buttons, subscriptions.
        Navigation = "navigation",
    }
}

/// A stretch of a document, normally one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands. Blocks are in text order and do not overlap; only white space lies between them.
    pub span: Span,
}

names! {
    /// Genre of a document.
    Genre {
        /// News report.
        Report = "report",
        /// Analysis, explainer.
        Analysis = "analysis",
        /// Opinion, editorial, guest column.
        Opinion = "opinion",
        /// One side's own summary of a conversation, or another official statement.
        Readout = "readout",
        /// Live blog.
        Live = "live",
        /// Picture captions only.
        CaptionOnly = "caption-only",
    }
}

names! {
    /// How the publication date is known.
    PublishedBasis {
        /// Said by the user, a sidecar or front matter.
        Declared = "declared",
        /// In the page, feed, archive header or address.
        Metadata = "metadata",
        /// In the dateline of the text.
        Dateline = "dateline",
        /// Bounds that follow from the text.
        Inferred = "inferred",
        /// Nothing is known.
        Unknown = "unknown",
    }
}

/// Publication date with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// A day, an interval, or `None` when unknown.
    pub edtf: Option<Edtf>,
    /// How it is known.
    pub basis: PublishedBasis,
    /// The words of the text that show it, if it rests on the text.
    pub evidence: Vec<Words>,
}

/// What reading noticed and people should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Stable code: `charset-replaced`, `date-conflict`, `not-english`, `teaser-only`, …
    pub code: String,
    /// One sentence for people, with the remedy.
    pub message: String,
    /// Where, if it concerns a place in the text.
    pub span: Option<Span>,
}

/// One document. Canonical text is extracted once and never repaired afterwards.
#[derive(Clone, Debug)]
pub struct Document {
    /// Hash of the canonical content.
    pub id: DocumentId,
    /// File name or other handle under which it was read, as users and sidecars name it.
    pub file: String,
    /// Address it was published at.
    pub url: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Author as printed.
    pub byline: Option<String>,
    /// What the author is ("political scientist"), as printed.
    pub author_role: Option<String>,
    /// Outlet: name for people.
    pub outlet: Option<String>,
    /// Outlet in the packs.
    pub outlet_actor: Option<ActorId>,
    /// Agencies credited, by name.
    pub agencies: Vec<String>,
    /// Publication date.
    pub published: Published,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Genre.
    pub genre: Genre,
    /// The words that show the genre, if it is not the default.
    pub genre_evidence: Option<Words>,
    /// For readouts: the body that issues it ("Élysée").
    pub issuer: Option<String>,
    /// Blocks in text order.
    pub blocks: Vec<Block>,
    /// Canonical text.
    pub text: Text,
    /// BLAKE3 of the raw bytes.
    pub raw_hash: ContentHash,
    /// An earlier version of the same document.
    pub version_of: Option<DocumentId>,
    /// What was noticed while reading.
    pub notices: Vec<Notice>,
}

impl Document {
    /// The block that holds byte `at`, if any.
    pub fn block_at(&self, at: usize) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.start() <= at);
        self.blocks[..after].last().filter(|block| at < block.span.end())
    }
}
