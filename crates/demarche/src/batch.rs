//! Reads many inputs on several threads; the result does not depend on their number or on the order of the input.

use crate::{Engine, Hints, Told};
use demarche_record::{Document, DocumentId, Ledger, Record};
use demarche_source::ReadError;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that a set of inputs tells.
#[derive(Debug)]
pub struct Batch {
    /// Documents, sorted by file name, duplicates left out.
    pub documents: Vec<Arc<Document>>,
    /// Records of all documents, in the order of the documents.
    pub records: Vec<Record>,
    /// Time expressions of all documents, ready to be written.
    pub times: Vec<(DocumentId, demarche_wire::TimeRow)>,
    /// Everything across documents.
    pub ledger: Ledger,
    /// Files with the same text as another one: (file, the one that was kept).
    pub duplicates: Vec<(String, String)>,
    /// Inputs that could not be read.
    pub faults: Vec<ReadError>,
}

/// Called after each document with the number done and the number of all.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

impl Engine {
    /// Reads inputs, finds their records and builds the ledger. `inputs` gives bytes with hints, or the error that
    /// opening them gave. `threads` 0 uses all cores.
    ///
    /// # Errors
    /// If the threads cannot be started.
    pub fn batch(
        &self,
        inputs: Vec<Result<(Vec<u8>, Hints), ReadError>>,
        threads: usize,
        progress: Progress<'_>,
    ) -> Result<Batch, rayon::ThreadPoolBuildError> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(16 << 20).build()?;
        let all = inputs.len();
        let done = std::sync::atomic::AtomicUsize::new(0);
        let read: Vec<Vec<Result<Document, ReadError>>> = pool.install(|| {
            inputs
                .into_par_iter()
                .map(|input| match input {
                    Ok((bytes, hints)) => self.read_all(&bytes, &hints),
                    Err(fault) => vec![Err(fault)],
                })
                .collect()
        });
        let mut faults = Vec::new();
        let mut documents: Vec<Document> = Vec::new();
        for read in read.into_iter().flatten() {
            match read {
                Ok(document) => documents.push(document),
                Err(fault) => faults.push(fault),
            }
        }
        documents.sort_by(|one, two| (&one.file, one.id).cmp(&(&two.file, two.id)));
        let mut first: BTreeMap<DocumentId, String> = BTreeMap::new();
        let mut duplicates = Vec::new();
        documents.retain(|document| match first.get(&document.id) {
            Some(kept) => {
                duplicates.push((document.file.clone(), kept.clone()));
                false
            }
            None => {
                first.insert(document.id, document.file.clone());
                true
            }
        });
        let told: Vec<Told> = pool.install(|| {
            documents
                .into_par_iter()
                .map(|document| {
                    let told = self.tell(Arc::new(document));
                    let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                    progress(done, all);
                    told
                })
                .collect()
        });
        let mut batch = Batch {
            documents: Vec::with_capacity(told.len()),
            records: Vec::new(),
            times: Vec::new(),
            ledger: Ledger::default(),
            duplicates,
            faults,
        };
        for told in told {
            let document = told.analysis.document.clone();
            batch.times.extend(crate::batch::times(&told));
            batch.documents.push(document);
            batch.records.extend(told.records);
        }
        batch.ledger = self.ledger(&batch.documents, &batch.records);
        Ok(batch)
    }
}

impl Told {
    /// Its time expressions, ready to be written.
    pub fn times(&self) -> Vec<demarche_wire::TimeRow> {
        times(self).into_iter().map(|(_, row)| row).collect()
    }
}

/// The time expressions of a document as rows.
pub(crate) fn times(told: &Told) -> Vec<(DocumentId, demarche_wire::TimeRow)> {
    let document = &told.analysis.document;
    told.analysis.times.iter().map(|time| (document.id, time_row(told, time))).collect()
}

fn time_row(told: &Told, time: &demarche_language::TimeExpression) -> demarche_wire::TimeRow {
    use demarche_language::TimeKind;
    let kind = match time.kind {
        TimeKind::Date => "DATE",
        TimeKind::Time => "TIME",
        TimeKind::Duration => "DURATION",
        TimeKind::Set => "SET",
    };
    demarche_wire::TimeRow {
        words: demarche_record::Words::at(&told.analysis.document.text, time.span),
        kind: kind.to_owned(),
        value: Some(time.value.clone()).filter(|value| !value.is_empty()),
        edtf: time.edtf.clone(),
        modifier: time.modifier.clone(),
        epoch: time.epoch,
    }
}
