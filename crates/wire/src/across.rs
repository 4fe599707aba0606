//! What is built across documents, as lines of `encounters.jsonl`, `comparisons.jsonl`, `copies.jsonl`,
//! `stories.jsonl`, `figures.jsonl`, `threads.jsonl` and `doubts.jsonl`.

use crate::error::{hash, named};
use crate::span::{parties, party};
use crate::{PartyLine, SpanLine, WhenLine, WireError};
use demarche_record::{
    Account, ActorId, Comparison, CopyGroup, CopyKind, CopyLink, DocumentId, Doubt, Edtf, Encounter, Figure,
    FigureSeries, Medium, RecordId, Relation, Story, Thread, Words,
};
use serde::{Deserialize, Serialize};

fn ids(ids: &[RecordId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn documents(ids: &[DocumentId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn record_id(row: &str, field: &'static str, id: &str) -> Result<RecordId, WireError> {
    hash(row, field, id).map(RecordId)
}

fn record_ids(row: &str, field: &'static str, ids: &[String]) -> Result<Vec<RecordId>, WireError> {
    ids.iter().map(|id| record_id(row, field, id)).collect()
}

fn document_ids(row: &str, ids: &[String]) -> Result<Vec<DocumentId>, WireError> {
    ids.iter().map(|id| hash(row, "documents", id).map(DocumentId)).collect()
}

/// One real contact with all that is told of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EncounterLine {
    /// Stable id.
    pub id: String,
    /// Who took part; names without offsets, because the words stand in the mentions.
    pub participants: Vec<PartyLine>,
    /// By which means.
    pub medium: String,
    /// When.
    pub when: Option<WhenLine>,
    /// Contact records.
    pub mentions: Vec<String>,
    /// Copy groups that tell of it.
    pub independent_sources: u32,
    /// What each side tells.
    pub accounts: Vec<AccountLine>,
    /// Why the mentions were linked.
    pub reasons: Vec<String>,
}

/// One side's telling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// Whose; null for the articles' own voice.
    pub by: Option<PartyLine>,
    /// Through whom.
    pub through: String,
    /// True if the full text of a readout is held.
    pub full_text: bool,
    /// True for opinion.
    pub opinion: bool,
    /// Records.
    pub items: Vec<String>,
}

impl From<&Encounter> for EncounterLine {
    fn from(it: &Encounter) -> Self {
        Self {
            id: it.id.clone(),
            participants: it.participants.iter().map(PartyLine::from).collect(),
            medium: it.medium.to_string(),
            when: it.when.as_ref().map(WhenLine::from),
            mentions: ids(&it.mentions),
            independent_sources: it.independent_sources,
            accounts: it
                .accounts
                .iter()
                .map(|account| AccountLine {
                    by: account.by.as_ref().map(PartyLine::from),
                    through: account.through.clone(),
                    full_text: account.full_text,
                    opinion: account.opinion,
                    items: ids(&account.items),
                })
                .collect(),
            reasons: it.reasons.clone(),
        }
    }
}

impl EncounterLine {
    /// The encounter of this line.
    pub fn into_encounter(self) -> Result<Encounter, WireError> {
        let row = self.id;
        let accounts = self.accounts.into_iter().map(|account| {
            Ok(Account {
                by: party(account.by, &row)?,
                through: account.through,
                full_text: account.full_text,
                opinion: account.opinion,
                items: record_ids(&row, "items", &account.items)?,
            })
        });
        Ok(Encounter {
            participants: parties(self.participants, &row)?,
            medium: named(&row, "medium", &self.medium, Medium::parse, Medium::ALL)?,
            when: self.when.map(|when| when.into_when(&row)).transpose()?,
            mentions: record_ids(&row, "mentions", &self.mentions)?,
            independent_sources: self.independent_sources,
            accounts: accounts.collect::<Result<_, WireError>>()?,
            reasons: self.reasons,
            id: row,
        })
    }
}

/// Two tellings on one topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonLine {
    /// Stable id.
    pub id: String,
    /// The encounter, or null for a figure.
    pub encounter: Option<String>,
    /// The slot or matter.
    pub topic: String,
    /// `agrees`, `refines`, `one-sided`, `differs`, …
    pub relation: String,
    /// Record on the left.
    pub left: String,
    /// Record on the right; null when one-sided.
    pub right: Option<String>,
    /// The words compared on the left.
    pub left_span: Option<SpanLine>,
    /// The words compared on the right.
    pub right_span: Option<SpanLine>,
    /// Rule and reason.
    pub why: String,
    /// Id of the rule.
    pub rule: String,
}

impl From<&Comparison> for ComparisonLine {
    fn from(it: &Comparison) -> Self {
        Self {
            id: it.id.clone(),
            encounter: it.encounter.clone(),
            topic: it.topic.clone(),
            relation: it.relation.to_string(),
            left: it.left.to_string(),
            right: it.right.map(|id| id.to_string()),
            left_span: it.left_words.as_ref().map(SpanLine::from),
            right_span: it.right_words.as_ref().map(SpanLine::from),
            why: it.why.clone(),
            rule: it.rule.clone(),
        }
    }
}

impl ComparisonLine {
    /// The comparison of this line.
    pub fn into_comparison(self) -> Result<Comparison, WireError> {
        let row = self.id;
        Ok(Comparison {
            encounter: self.encounter,
            topic: self.topic,
            relation: named(&row, "relation", &self.relation, Relation::parse, Relation::ALL)?,
            left: record_id(&row, "left", &self.left)?,
            right: self.right.map(|id| record_id(&row, "right", &id)).transpose()?,
            left_words: self.left_span.map(Words::from),
            right_words: self.right_span.map(Words::from),
            why: self.why,
            rule: self.rule,
            id: row,
        })
    }
}

/// Two documents with common text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CopyLinkLine {
    /// The longer or earlier document.
    pub original: String,
    /// The other.
    pub copy: String,
    /// `copy`, `revision`, …
    pub kind: String,
    /// Share of the copy's shingles that the original has.
    pub containment: f32,
}

/// Documents that count as one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CopyGroupLine {
    /// Stable id.
    pub id: String,
    /// Members.
    pub documents: Vec<String>,
    /// The pairs that made the group.
    pub links: Vec<CopyLinkLine>,
}

impl From<&CopyLink> for CopyLinkLine {
    fn from(it: &CopyLink) -> Self {
        Self {
            original: it.original.to_string(),
            copy: it.copy.to_string(),
            kind: it.kind.to_string(),
            containment: it.containment,
        }
    }
}

impl CopyLinkLine {
    /// The link of this line.
    pub fn into_link(self) -> Result<CopyLink, WireError> {
        let row = &self.copy;
        Ok(CopyLink {
            original: DocumentId(hash(row, "original", &self.original)?),
            copy: DocumentId(hash(row, "copy", &self.copy)?),
            kind: named(row, "kind", &self.kind, CopyKind::parse, CopyKind::ALL)?,
            containment: self.containment,
        })
    }
}

impl From<&CopyGroup> for CopyGroupLine {
    fn from(it: &CopyGroup) -> Self {
        Self {
            id: it.id.clone(),
            documents: documents(&it.documents),
            links: it.links.iter().map(CopyLinkLine::from).collect(),
        }
    }
}

impl CopyGroupLine {
    /// The group of this line.
    pub fn into_group(self) -> Result<CopyGroup, WireError> {
        Ok(CopyGroup {
            documents: document_ids(&self.id, &self.documents)?,
            links: self.links.into_iter().map(CopyLinkLine::into_link).collect::<Result<_, _>>()?,
            id: self.id,
        })
    }
}

/// Documents about one affair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryLine {
    /// Stable id.
    pub id: String,
    /// Words that characterise it.
    pub label: String,
    /// Members.
    pub documents: Vec<String>,
    /// The crisis that this episode belongs to; null for a crisis.
    pub part_of: Option<String>,
}

impl From<&Story> for StoryLine {
    fn from(it: &Story) -> Self {
        Self {
            id: it.id.clone(),
            label: it.label.clone(),
            documents: documents(&it.documents),
            part_of: it.part_of.clone(),
        }
    }
}

impl StoryLine {
    /// The story of this line.
    pub fn into_story(self) -> Result<Story, WireError> {
        Ok(Story {
            documents: document_ids(&self.id, &self.documents)?,
            label: self.label,
            part_of: self.part_of,
            id: self.id,
        })
    }
}

/// Quantities for one thing at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureSeriesLine {
    /// Stable id.
    pub id: String,
    /// Whose.
    pub actor: Option<String>,
    /// Title.
    pub title: String,
    /// Values.
    pub figures: Vec<FigureLine>,
    /// What must not be done with them.
    pub remarks: Vec<String>,
}

/// One value of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureLine {
    /// The record that has it.
    pub record: String,
    /// Lowest value.
    pub low: Option<f64>,
    /// Highest value.
    pub high: Option<f64>,
    /// Modifier.
    pub modifier: Option<String>,
    /// Class of the unit.
    pub unit: String,
    /// Who claims it.
    pub claimant: String,
    /// As of when.
    pub as_of: Option<String>,
}

impl From<&FigureSeries> for FigureSeriesLine {
    fn from(it: &FigureSeries) -> Self {
        Self {
            id: it.id.clone(),
            actor: it.actor.as_ref().map(|actor| actor.0.clone()),
            title: it.title.clone(),
            figures: it
                .figures
                .iter()
                .map(|figure| FigureLine {
                    record: figure.record.to_string(),
                    low: figure.low,
                    high: figure.high,
                    modifier: figure.modifier.clone(),
                    unit: figure.unit.clone(),
                    claimant: figure.claimant.clone(),
                    as_of: figure.as_of.as_ref().map(|edtf| edtf.0.clone()),
                })
                .collect(),
            remarks: it.remarks.clone(),
        }
    }
}

impl FigureSeriesLine {
    /// The series of this line.
    pub fn into_series(self) -> Result<FigureSeries, WireError> {
        let row = self.id;
        let figures = self.figures.into_iter().map(|figure| {
            Ok(Figure {
                record: record_id(&row, "record", &figure.record)?,
                low: figure.low,
                high: figure.high,
                modifier: figure.modifier,
                unit: figure.unit,
                claimant: figure.claimant,
                as_of: figure.as_of.map(Edtf),
            })
        });
        Ok(FigureSeries {
            actor: self.actor.map(ActorId),
            title: self.title,
            figures: figures.collect::<Result<_, WireError>>()?,
            remarks: self.remarks,
            id: row,
        })
    }
}

/// A demand and every answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadLine {
    /// Stable id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// The demand's records.
    pub demand: Vec<String>,
    /// Answers in order.
    pub answers: Vec<String>,
}

impl From<&Thread> for ThreadLine {
    fn from(it: &Thread) -> Self {
        Self {
            id: it.id.clone(),
            topic: it.topic.clone(),
            demand: ids(&it.demand),
            answers: ids(&it.answers),
        }
    }
}

impl ThreadLine {
    /// The thread of this line.
    pub fn into_thread(self) -> Result<Thread, WireError> {
        Ok(Thread {
            demand: record_ids(&self.id, "demand", &self.demand)?,
            answers: record_ids(&self.id, "answers", &self.answers)?,
            topic: self.topic,
            id: self.id,
        })
    }
}

/// A link that the program did not dare to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtLine {
    /// The records that may belong together.
    pub records: Vec<String>,
    /// Why it may be, and why it was not done.
    pub why: String,
}

impl From<&Doubt> for DoubtLine {
    fn from(it: &Doubt) -> Self {
        Self { records: ids(&it.records), why: it.why.clone() }
    }
}

impl DoubtLine {
    /// The doubt of this line.
    pub fn into_doubt(self) -> Result<Doubt, WireError> {
        Ok(Doubt { records: record_ids("of doubts", "records", &self.records)?, why: self.why })
    }
}
