//! Runs all extractors over one analysis.

use crate::{
    Contacts, Deployments, Events, Extractor, Forecasts, Positions, Quotations, Reading, Said, quotations,
};
use demarche_language::Analysis;
use demarche_pack::Pack;
use demarche_pack::world::Period;
use demarche_record::{Body, Record, Status};

/// All extractors. A new one is a module and a line here; help, docs and completeness tests derive from this list.
pub static EXTRACTORS: &[&dyn Extractor] =
    &[&Quotations, &Contacts, &Positions, &Deployments, &Forecasts, &Events];

/// Finds all records of a document, sealed, in text order.
pub fn extract(analysis: &Analysis, pack: &Pack, kit: &str) -> Vec<Record> {
    let reading = Reading::new(analysis, pack, kit, published(analysis));
    let said: Vec<Said> = quotations::find(&reading);
    let mut records: Vec<Record> =
        EXTRACTORS.iter().flat_map(|extractor| extractor.extract(&reading, &said)).collect();
    drop_told_events(&mut records);
    for record in &mut records {
        crate::plover::settle(record);
        // "Russia says": what is said in the present tense has been said.
        if matches!(record.body, Body::Quotation(_)) && record.status == Status::Ongoing {
            record.status = Status::Occurred;
        }
    }
    records.sort_by(|one, two| {
        let key = |record: &Record| {
            (record.evidence.start_byte, record.evidence.end_byte, record.body.kind(), record.id)
        };
        key(one).cmp(&key(two))
    });
    records.dedup_by(|one, two| one.id == two.id);
    debug_assert!(
        records.iter().all(|record| record.words().iter().all(|words| words.holds(&analysis.document.text))),
        "every record points at its exact words"
    );
    records
}

/// What one extractor finds, as it finds it, with the layer of speech that it needs; for measuring what it costs.
pub fn extract_one(extractor: &dyn Extractor, analysis: &Analysis, pack: &Pack, kit: &str) -> Vec<Record> {
    let reading = Reading::new(analysis, pack, kit, published(analysis));
    extractor.extract(&reading, &quotations::find(&reading))
}

/// The days on which the document may have been published.
fn published(analysis: &Analysis) -> Option<Period> {
    let bounds = analysis.document.published.edtf.as_ref()?.bounds()?;
    let (from, to) = match (bounds.first, bounds.last) {
        (Some(first), Some(last)) => (first, last),
        (Some(day), None) | (None, Some(day)) => (day, day),
        (None, None) => return None,
    };
    Some(Period { from: from.to_string(), to: to.to_string() })
}

/// An event on the trigger of another record repeats it: that record carries the PLOVER code already.
fn drop_told_events(records: &mut Vec<Record>) {
    let triggers: Vec<(u32, u32)> = records
        .iter()
        .filter_map(|record| match &record.body {
            Body::Contact(contact) => Some((contact.trigger.start_byte, contact.trigger.end_byte)),
            _ => None,
        })
        .collect();
    records.retain(|record| match &record.body {
        Body::Event(event) => !triggers
            .iter()
            .any(|(start, end)| *start <= event.trigger.start_byte && event.trigger.end_byte <= *end),
        _ => true,
    });
}
