//! What is held: documents and records in one fixed order, with the answers that every step asks for again and again.

use crate::prose;
use crate::sides::{Known, Side, claimant, is_minted, issuer, side_of_party};
use demarche_pack::Pack;
use demarche_pack::telling::Telling;
use demarche_pack::topics::Topics;
use demarche_record::{
    Basis, Block, BlockKind, Body, CopyGroup, DayRange, Document, DocumentId, Edtf, Record, RecordId, Voice,
    Words,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Documents and records, sorted, with indexes.
pub(crate) struct Held<'a> {
    /// By publication day, then id; each id once.
    pub(crate) documents: Vec<Arc<Document>>,
    /// By document in that order, place and id; each id once.
    pub(crate) records: Vec<&'a Record>,
    pub(crate) topics: &'a Topics,
    /// Irregular forms of verbs with their base.
    pub(crate) verbs: &'a BTreeMap<String, String>,
    pub(crate) relations: &'a Known<'a>,
    /// Words by which tellings are read.
    pub(crate) telling: &'a Telling,
    /// Small words inside names of persons.
    pub(crate) particles: &'a BTreeSet<String>,
    by_document: BTreeMap<DocumentId, usize>,
    by_record: BTreeMap<RecordId, usize>,
    group: BTreeMap<DocumentId, usize>,
    sentences: Vec<Vec<(usize, usize)>>,
    /// The side whose readout a document is.
    issuers: Vec<Option<Side>>,
    /// Records of each document, as numbers into `records`.
    of_document: Vec<Vec<usize>>,
}

impl<'a> Held<'a> {
    pub(crate) fn new(
        documents: &[Arc<Document>],
        records: &'a [Record],
        pack: &'a Pack,
        relations: &'a Known<'a>,
        groups: &[CopyGroup],
    ) -> Self {
        let documents = sorted(documents);
        let by_document: BTreeMap<DocumentId, usize> =
            documents.iter().enumerate().map(|(at, document)| (document.id, at)).collect();
        let mut kept: Vec<&Record> =
            records.iter().filter(|record| by_document.contains_key(&record.document)).collect();
        kept.sort_by_key(|record| (by_document[&record.document], record.evidence.start_byte, record.id));
        kept.dedup_by_key(|record| record.id);
        let by_record = kept.iter().enumerate().map(|(at, record)| (record.id, at)).collect();
        let mut of_document = vec![Vec::new(); documents.len()];
        for (at, record) in kept.iter().enumerate() {
            of_document[by_document[&record.document]].push(at);
        }
        let group = groups
            .iter()
            .enumerate()
            .flat_map(|(at, group)| group.documents.iter().map(move |document| (*document, at)))
            .collect();
        // Only documents with records are read again.
        let sentences = documents
            .iter()
            .zip(&of_document)
            .map(
                |(document, of)| {
                    if of.is_empty() { Vec::new() } else { sentences_of(document, &pack.telling) }
                },
            )
            .collect();
        let issuers = documents
            .iter()
            .zip(&of_document)
            .map(|(document, of)| {
                let records: Vec<&Record> = of.iter().map(|at| kept[*at]).collect();
                issuing_side(document, &records, relations)
            })
            .collect();
        Self {
            documents,
            records: kept,
            topics: &pack.topics,
            verbs: &pack.inflection.verbs,
            relations,
            telling: &pack.telling,
            particles: &pack.titles.particles,
            by_document,
            by_record,
            group,
            sentences,
            issuers,
            of_document,
        }
    }

    pub(crate) fn document(&self, id: DocumentId) -> &Arc<Document> {
        &self.documents[self.by_document[&id]]
    }

    pub(crate) fn record(&self, id: RecordId) -> Option<&'a Record> {
        self.by_record.get(&id).map(|at| self.records[*at])
    }

    /// Place of a document in the order of publication.
    pub(crate) fn rank(&self, id: DocumentId) -> usize {
        self.by_document[&id]
    }

    /// Number of the copy group.
    pub(crate) fn group(&self, id: DocumentId) -> usize {
        self.group.get(&id).copied().unwrap_or(usize::MAX)
    }

    pub(crate) fn records_of(&self, id: DocumentId) -> impl Iterator<Item = &'a Record> + '_ {
        self.of_document[self.by_document[&id]].iter().map(|at| self.records[*at])
    }

    /// Sentences of a document as byte ranges.
    pub(crate) fn sentences(&self, id: DocumentId) -> &[(usize, usize)] {
        &self.sentences[self.by_document[&id]]
    }

    /// Words of a document at a byte range.
    pub(crate) fn words(&self, id: DocumentId, start: usize, end: usize) -> Option<Words> {
        let text = &self.document(id).text;
        text.span(start, end).filter(|span| !span.is_empty()).map(|span| Words::at(text, span))
    }

    /// The first day of a record's time, or of its document, as an ISO string: the day for which offices are asked.
    pub(crate) fn day_of(&self, record: &Record) -> Option<String> {
        let document = self.document(record.document);
        let of_record = self.window(record).and_then(|window| window.first);
        of_record.or_else(|| published(document).and_then(|window| window.first)).map(|day| day.to_string())
    }

    /// The days of a record's time; a day without a year gets the year of the document, if that is known.
    pub(crate) fn window(&self, record: &Record) -> Option<DayRange> {
        let when = record.when.as_ref()?;
        self.resolve(&when.edtf, record.document)
    }

    /// The days of a record's time if the text itself gives them, and closely enough to say that two acts are one.
    pub(crate) fn told_window(&self, record: &Record) -> Option<DayRange> {
        let told = record.when.as_ref().is_some_and(|when| when.basis != Basis::Document);
        self.window(record).filter(|window| told && window.len().is_some_and(|days| days <= 3))
    }

    pub(crate) fn resolve(&self, edtf: &Edtf, document: DocumentId) -> Option<DayRange> {
        if !edtf.lacks_year() {
            return edtf.bounds();
        }
        let published = published(self.document(document))?;
        let last = published.last.or(published.first)?;
        // The latest such day that is not far in the future of the text: a January text that names December means the last one.
        let this = edtf.bounds_in(last.year())?;
        let ahead = this.first.map_or(0, |first| last.days_to(first));
        if ahead > 180 {
            edtf.bounds_in(last.year() - 1)
        } else if ahead < -185 {
            edtf.bounds_in(last.year() + 1)
        } else {
            Some(this)
        }
    }

    pub(crate) fn claimant(&self, record: &Record) -> Option<Side> {
        let document = self.document(record.document);
        if document.issuer.is_some()
            && let Some(side) = &self.issuers[self.by_document[&record.document]]
        {
            return Some(side.clone());
        }
        claimant(record, document, self.relations, self.day_of(record).as_deref())
    }

    /// The stem of a word in lower case; irregular forms of verbs by their base.
    pub(crate) fn stem(&self, word: &str) -> String {
        prose::stem(self.verbs.get(word).map_or(word, String::as_str))
    }

    /// Who tells, as a key and a name: the claimant's side, else the outlet, else the document.
    pub(crate) fn teller(&self, record: &Record) -> Side {
        self.claimant(record).unwrap_or_else(|| self.outlet(record.document))
    }

    /// The outlet of a document as a side of its own; documents of one copy group are one.
    pub(crate) fn outlet(&self, id: DocumentId) -> Side {
        let document = self.document(id);
        let name = document.outlet.clone().unwrap_or_else(|| document.file.clone());
        Side { key: format!("group {}", self.group(id)), name, actor: None }
    }

    /// True if the sentence at these bytes may be compared: running text that no record marks as opinion or furniture.
    pub(crate) fn is_telling(&self, id: DocumentId, start: usize, end: usize) -> bool {
        let document = self.document(id);
        let block = document.block_at(start).map(|block: &Block| block.kind);
        let running = block.is_none_or(|kind| {
            matches!(kind, BlockKind::Headline | BlockKind::Lede | BlockKind::Subhead | BlockKind::Body)
        });
        running
            && !self.records_of(id).any(|record| {
                record.voice != Voice::Report
                    && (record.evidence.start_byte as usize) < end
                    && start < record.evidence.end_byte as usize
            })
    }
}

/// Sentences of a document. The first one of a report begins behind the dateline, which is no running text.
fn sentences_of(document: &Document, telling: &Telling) -> Vec<(usize, usize)> {
    let text = document.text.as_str();
    let behind = |start: usize, end: usize| {
        let line = document.block_at(start).filter(|block| block.kind == BlockKind::Byline)?;
        let rest = text.get(line.span.end()..end)?;
        Some(end - rest.trim_start().len()).filter(|from| *from < end)
    };
    let all = prose::sentences(telling, text);
    all.into_iter().map(|(start, end)| (behind(start, end).unwrap_or(start), end)).collect()
}

/// The side that issues a readout: the one its issuer speaks for; of an office that the packs do not know ("Office of the
/// Press Secretary") the side that the readout names first, since a readout begins with its own head.
fn issuing_side(document: &Document, records: &[&Record], relations: &Known<'_>) -> Option<Side> {
    let day = published(document).and_then(|window| window.first).map(|day| day.to_string());
    let side = issuer(document, relations, day.as_deref())?;
    if side.actor.as_ref().is_some_and(|actor| !is_minted(actor)) {
        return Some(side);
    }
    let first = records.iter().find_map(|record| match &record.body {
        Body::Contact(contact) if contact.participants.len() >= 2 => contact
            .participants
            .iter()
            .min_by_key(|party| party.words.as_ref().map_or(u32::MAX, |words| words.start_byte)),
        _ => None,
    });
    let of_first = first.and_then(|party| side_of_party(party, relations, day.as_deref()));
    Some(of_first.filter(|side| side.actor.is_some()).unwrap_or(side))
}

/// Documents by publication day, then id. Of two with one id the one whose metadata sort first stays.
pub(crate) fn sorted(documents: &[Arc<Document>]) -> Vec<Arc<Document>> {
    let key = |document: &Arc<Document>| {
        let first = published(document).and_then(|window| window.first);
        (
            document.id,
            first.is_none(),
            first,
            document.file.clone(),
            document.outlet.clone(),
            document.url.clone(),
        )
    };
    let mut all: Vec<Arc<Document>> = documents.to_vec();
    all.sort_by_cached_key(key);
    all.dedup_by_key(|document| document.id);
    all.sort_by_cached_key(|document| {
        let first = published(document).and_then(|window| window.first);
        (first.is_none(), first, document.id)
    });
    all
}

/// The days on which a document may have been published.
pub(crate) fn published(document: &Document) -> Option<DayRange> {
    document.published.edtf.as_ref().and_then(Edtf::bounds)
}
