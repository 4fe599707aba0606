//! One line for what copies of one text say in the same words: five outlets with one agency report are one voice.

use crate::{Held, Reference};
use demarche_record::{DocumentId, Record};
use std::collections::BTreeMap;

/// A record and the same words in copies of its text.
pub(crate) struct Told<'a> {
    /// The one that is shown.
    pub record: &'a Record,
    /// The others.
    pub copies: Vec<&'a Record>,
}

impl Told<'_> {
    /// References to the words, those in copies last.
    pub fn references(&self, held: &Held<'_>) -> Vec<Reference> {
        std::iter::once(self.record)
            .chain(self.copies.iter().copied())
            .filter_map(|it| held.reference(it))
            .collect()
    }
}

/// Puts records together that say the same in the same words in documents of one copy group; keeps the order.
pub(crate) fn fold<'a>(held: &Held<'_>, records: &[&'a Record]) -> Vec<Told<'a>> {
    let mut group: BTreeMap<DocumentId, usize> = BTreeMap::new();
    for (number, copies) in held.ledger.copies.iter().enumerate() {
        group.extend(copies.documents.iter().map(|document| (*document, number)));
    }
    let mut all: Vec<Told<'a>> = Vec::new();
    for record in records {
        let same = group.get(&record.document).and_then(|number| {
            all.iter().position(|told| {
                told.record.document != record.document
                    && group.get(&told.record.document) == Some(number)
                    && told.record.evidence.text == record.evidence.text
                    && said_alike(told.record, record)
            })
        });
        match same {
            Some(at) => all[at].copies.push(record),
            None => all.push(Told { record, copies: Vec::new() }),
        }
    }
    all
}

/// One sentence may hold several records: the kind and the words of the slots must agree as well.
fn said_alike(one: &Record, two: &Record) -> bool {
    let texts = |record: &Record| record.words().iter().map(|words| words.text.clone()).collect::<Vec<_>>();
    one.body.kind() == two.body.kind() && one.status == two.status && texts(one) == texts(two)
}
