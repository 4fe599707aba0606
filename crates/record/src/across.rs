//! What is built across documents: copies, stories, encounters, accounts, comparisons, figures, threads.

use crate::{ActorId, DocumentId, Edtf, Medium, Party, RecordId, When, Words, names};

names! {
    /// How two documents with common text relate.
    CopyKind {
        /// The same text.
        Copy = "copy",
        /// The same article, edited.
        Revision = "revision",
        /// A running file that grew.
        RollingUpdate = "rolling-update",
        /// A shortened version.
        Abridgement = "abridgement",
        /// A part of one stands in the other.
        Excerpt = "excerpt",
        /// Only a quoted statement is common: two sources, linked but not merged.
        SharedStatement = "shared-statement",
    }
}

/// One pair of documents with common text.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyLink {
    /// The longer or earlier document.
    pub original: DocumentId,
    /// The other one.
    pub copy: DocumentId,
    /// How they relate.
    pub kind: CopyKind,
    /// Share of the copy's shingles that the original has, 0..1.
    pub containment: f32,
}

/// Documents that count as one source.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyGroup {
    /// Stable id.
    pub id: String,
    /// Members, sorted by id; a document without copies is a group of its own.
    pub documents: Vec<DocumentId>,
    /// The pairs that made the group.
    pub links: Vec<CopyLink>,
}

/// Documents about one affair.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Stable id.
    pub id: String,
    /// Words that characterise it.
    pub label: String,
    /// Members, sorted by id.
    pub documents: Vec<DocumentId>,
    /// The crisis (months) that this episode (days) belongs to; `None` for a crisis.
    pub part_of: Option<String>,
}

/// One real contact with all that is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Encounter {
    /// Stable id: hash of the member records.
    pub id: String,
    /// Who took part.
    pub participants: Vec<Party>,
    /// By which means, as the most specific mention has it.
    pub medium: Medium,
    /// When, as the most precise mention has it.
    pub when: Option<When>,
    /// Contact records that tell of it.
    pub mentions: Vec<RecordId>,
    /// Copy groups that tell of it.
    pub independent_sources: u32,
    /// What each side tells.
    pub accounts: Vec<Account>,
    /// Why the mentions were linked, one sentence for each link.
    pub reasons: Vec<String>,
}

/// One side's telling of an encounter.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Whose telling; `None` for the article's own voice.
    pub by: Option<Party>,
    /// Statement, spokesman, agency, outlet: the words for people.
    pub through: String,
    /// True if the sources held include the full text (a readout), false if it is only quoted.
    pub full_text: bool,
    /// True for the lane of opinion.
    pub opinion: bool,
    /// Records that belong to it.
    pub items: Vec<RecordId>,
}

names! {
    /// How two tellings relate on one topic.
    Relation {
        /// The same.
        Agrees = "agrees",
        /// Compatible, one is more precise.
        Refines = "refines",
        /// Only one side mentions it in the sources held.
        OneSided = "one-sided",
        /// Incompatible values or assertions.
        Differs = "differs",
        /// The same source says something else later.
        ChangedOverTime = "changed-over-time",
        /// A text reports the disagreement.
        SaysSoItself = "says-so-itself",
        /// Tone, intent, assessment: no verdict.
        SideBySide = "side-by-side",
        /// Cannot be compared; the reason says why.
        NotComparable = "not-comparable",
    }
}

/// Two tellings on one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Stable id.
    pub id: String,
    /// The encounter, or `None` for a figure.
    pub encounter: Option<String>,
    /// The slot or matter: `medium`, `duration`, `initiator`, `security guarantees`, `troops in Belarus` …
    pub topic: String,
    /// How they relate.
    pub relation: Relation,
    /// Record on the left.
    pub left: RecordId,
    /// Record on the right; `None` when one-sided.
    pub right: Option<RecordId>,
    /// The very words compared on the left.
    pub left_words: Option<Words>,
    /// The very words compared on the right.
    pub right_words: Option<Words>,
    /// Rule and reason, one sentence.
    pub why: String,
    /// Id of the rule that made it.
    pub rule: String,
}

/// One value of a figure series.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The record that has it.
    pub record: RecordId,
    /// Lowest value.
    pub low: Option<f64>,
    /// Highest value.
    pub high: Option<f64>,
    /// Modifier as in the quantity.
    pub modifier: Option<String>,
    /// Class of the unit: `soldiers`, `tanks`, `mixed` …
    pub unit: String,
    /// Who claims it: outermost party for people, or the outlet.
    pub claimant: String,
    /// As of when.
    pub as_of: Option<Edtf>,
}

/// Quantities for one thing at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureSeries {
    /// Stable id.
    pub id: String,
    /// Whose force.
    pub actor: Option<ActorId>,
    /// Title for people: "Russian forces in Belarus".
    pub title: String,
    /// Values, by as-of date.
    pub figures: Vec<Figure>,
    /// Sentences such as "not additive: …", "not comparable: …".
    pub remarks: Vec<String>,
}

/// A demand and every answer to it, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// Stable id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// The demand's records.
    pub demand: Vec<RecordId>,
    /// Answers in order of date, then of text.
    pub answers: Vec<RecordId>,
}

/// A link that the program did not dare to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// The records that may belong together.
    pub records: Vec<RecordId>,
    /// Why it may be, and why it was not done.
    pub why: String,
}

/// Everything across documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Copy groups, every document in exactly one.
    pub copies: Vec<CopyGroup>,
    /// Pairs that share only a statement.
    pub shared: Vec<CopyLink>,
    /// Episodes and crises.
    pub stories: Vec<Story>,
    /// Encounters.
    pub encounters: Vec<Encounter>,
    /// Comparisons.
    pub comparisons: Vec<Comparison>,
    /// Figure series.
    pub figures: Vec<FigureSeries>,
    /// Threads of demand and answer.
    pub threads: Vec<Thread>,
    /// Offered for review.
    pub doubts: Vec<Doubt>,
}
