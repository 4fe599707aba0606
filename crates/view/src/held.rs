//! Documents, records and ledger of one view, with look-ups.

use crate::Reference;
use demarche_record::{Document, DocumentId, Ledger, Record, RecordId, Words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a view shows.
pub struct Held<'a> {
    /// Sources, in the order of their numbers.
    pub documents: &'a [Arc<Document>],
    /// All records.
    pub records: &'a [Record],
    /// Everything across documents.
    pub ledger: &'a Ledger,
    numbers: BTreeMap<DocumentId, usize>,
    by_id: BTreeMap<RecordId, usize>,
}

impl<'a> Held<'a> {
    /// Indexes what is shown.
    pub fn new(documents: &'a [Arc<Document>], records: &'a [Record], ledger: &'a Ledger) -> Self {
        let numbers = documents.iter().enumerate().map(|(number, document)| (document.id, number)).collect();
        let by_id = records.iter().enumerate().map(|(number, record)| (record.id, number)).collect();
        Self { documents, records, ledger, numbers, by_id }
    }

    /// The record with this id.
    pub fn record(&self, id: &RecordId) -> Option<&'a Record> {
        self.by_id.get(id).map(|number| &self.records[*number])
    }

    /// The document of a record.
    pub fn document(&self, record: &Record) -> Option<&'a Document> {
        self.numbers.get(&record.document).map(|number| self.documents[*number].as_ref())
    }

    /// Number of a document in the list of sources, from 1.
    pub fn number(&self, id: &DocumentId) -> Option<usize> {
        self.numbers.get(id).map(|number| number + 1)
    }

    /// Name of a source for people: outlet, else title, else file.
    pub fn source_name(&self, document: &Document) -> String {
        document.issuer.clone().or_else(|| document.outlet.clone()).unwrap_or_else(|| document.file.clone())
    }

    /// The reference to a record's evidence.
    pub fn reference(&self, record: &Record) -> Option<Reference> {
        self.reference_to(record, &record.evidence)
    }

    /// The reference to certain words of a record.
    pub fn reference_to(&self, record: &Record, words: &Words) -> Option<Reference> {
        let source = self.number(&record.document)?;
        let document = &self.documents[source - 1];
        let paragraph =
            document.blocks.partition_point(|block| block.span.start() <= words.start_byte as usize).max(1);
        Some(Reference { source, paragraph, record: record.id, words: words.clone() })
    }
}
