//! Owns everything across documents: copies, stories, encounters, accounts, comparisons, figure series, threads.
//!
//! [`build`] is a plain function: the same documents and records in any order give the same [`Ledger`]. It compares
//! and never picks a winner; where it does not dare, it says so in [`Ledger::doubts`]. Knows no storage, no clock and
//! no file.

mod accounts;
mod clock;
mod compare;
pub mod copies;
mod decided;
mod encounters;
mod figures;
pub mod happenings;
mod held;
mod keyed;
mod portraits;
mod prose;
mod sides;
pub mod stories;
mod threads;

pub use decided::Decided;
pub use sides::Relations;

use demarche_pack::Pack;
use demarche_record::{Document, Ledger, Record};
use held::Held;
use std::sync::Arc;

/// Builds everything across documents. Records of documents that are not given are left out.
pub fn build(documents: &[Arc<Document>], records: &[Record], pack: &Pack) -> Ledger {
    build_decided(documents, records, pack, &Decided::default())
}

/// [`build`] with what people decided about contacts.
pub fn build_decided(
    documents: &[Arc<Document>],
    records: &[Record],
    pack: &Pack,
    decided: &Decided,
) -> Ledger {
    build_with(documents, records, pack, &pack.world, decided)
}

/// The first part of [`build`] alone: copies, stories, encounters with their accounts; nothing is compared.
pub fn link(documents: &[Arc<Document>], records: &[Record], pack: &Pack) -> Ledger {
    let known = sides::Known { actors: &pack.world, telling: &pack.telling };
    linked(documents, records, pack, &known, &Decided::default()).1
}

fn linked<'a>(
    documents: &[Arc<Document>],
    records: &'a [Record],
    pack: &'a Pack,
    known: &'a sides::Known<'a>,
    decided: &Decided,
) -> (Held<'a>, Ledger) {
    let found = copies::find(documents);
    let held = Held::new(documents, records, pack, known, &found.groups);
    let stories = stories::group(&held.documents, &pack.telling);
    let (mut encounters, doubts) = encounters::link(&held, decided);
    accounts::fill(&held, &mut encounters);
    let ledger = Ledger {
        copies: found.groups,
        shared: found.shared,
        stories,
        encounters,
        doubts,
        ..Ledger::default()
    };
    (held, ledger)
}

/// [`build_decided`] with another source of knowledge about actors; for tests.
pub fn build_with(
    documents: &[Arc<Document>],
    records: &[Record],
    pack: &Pack,
    relations: &dyn Relations,
    decided: &Decided,
) -> Ledger {
    let known = sides::Known { actors: relations, telling: &pack.telling };
    let (held, mut ledger) = linked(documents, records, pack, &known, decided);
    let mut comparisons = compare::encounters(&held, &ledger.encounters);
    let (series, of_figures) = figures::series(&held);
    comparisons.extend(of_figures);
    comparisons.extend(compare::counts(&held));
    comparisons.extend(compare::parallels(&held, &comparisons));
    comparisons.extend(compare::reported(&held));
    comparisons.extend(compare::acts(&held, &comparisons));
    comparisons.extend(compare::events(&held, &comparisons));
    comparisons.sort_by(|one, two| {
        (one.encounter.is_none(), &one.encounter, &one.id).cmp(&(
            two.encounter.is_none(),
            &two.encounter,
            &two.id,
        ))
    });
    comparisons.dedup_by(|one, two| one.id == two.id);
    ledger.comparisons = comparisons;
    ledger.figures = series;
    ledger.threads = threads::find(&held);
    ledger
}

/// A stable id: the hash of some parts.
pub(crate) fn id_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    demarche_text::ContentHash::of(parts.into_iter().map(str::as_bytes)).to_string()
}
