//! The page: what all renderers show.

use demarche_record::{RecordId, Words};

/// Where a statement rests: exact words of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Number of the source in the list of sources, from 1.
    pub source: usize,
    /// Number of the paragraph in the source, from 1.
    pub paragraph: usize,
    /// The record.
    pub record: RecordId,
    /// The words.
    pub words: Words,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Run {
    /// Words of ours.
    Plain(String),
    /// Names and numbers that stand out.
    Strong(String),
    /// Exact words of a source.
    Quote(String),
    /// Remarks that step back: basis of a date, modality, reasons.
    Faint(String),
    /// A label such as "differs" or "planned".
    Badge(String),
    /// Words that lead to the text of the source with this number.
    Source(usize, String),
}

/// A statement with what it rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Date column, if the section is ordered by date.
    pub date: Option<String>,
    /// What it says.
    pub runs: Vec<Run>,
    /// What it rests on.
    pub references: Vec<Reference>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it says.
    pub runs: Vec<Run>,
    /// What it rests on.
    pub references: Vec<Reference>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A heading inside the section.
    Heading(String),
    /// A statement.
    Line(Line),
    /// A table.
    Table(Table),
    /// A remark for the reader.
    Note(String),
}

/// A section.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Anchor.
    pub id: &'static str,
    /// Title.
    pub title: String,
    /// Content; a section without any is not shown.
    pub items: Vec<Item>,
}

/// A page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Title.
    pub title: String,
    /// Facts of the header: name and value.
    pub facts: Vec<(String, String)>,
    /// Sections in reading order.
    pub sections: Vec<Section>,
}

impl Page {
    /// Everything that the page refers to.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.sections
            .iter()
            .flat_map(|section| &section.items)
            .flat_map(|item| match item {
                Item::Line(line) => vec![line.references.as_slice()],
                Item::Table(table) => {
                    table.rows.iter().flatten().map(|cell| cell.references.as_slice()).collect()
                }
                Item::Heading(_) | Item::Note(_) => Vec::new(),
            })
            .flatten()
    }
}

impl Line {
    /// A line of runs.
    pub fn new(runs: Vec<Run>, references: Vec<Reference>) -> Self {
        Self { date: None, runs, references }
    }
}

impl Cell {
    /// A cell of plain words without reference.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { runs: vec![Run::Plain(text.into())], references: Vec::new() }
    }
}
