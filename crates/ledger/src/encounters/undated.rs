//! Tellings of a contact without a day of their own.

use super::{Fact, LATE, Verdict, days_of, is_told};
use crate::held::{Held, published};
use demarche_record::{Body, DayRange, Status};

/// True if a text says that the same people had several contacts in that time.
pub(super) fn one_of_many(held: &Held<'_>, fact: &Fact<'_>) -> bool {
    let low = held.document(fact.record.document).text.as_str().to_lowercase();
    held.telling.one_of_many.any(&crate::prose::plain_words(&low))
}

/// A telling without a day: in the same text it refers back; in another text only the day of publication can help.
pub(super) fn undated(
    held: &Held<'_>,
    fact: &Fact<'_>,
    first: &Fact<'_>,
    near: bool,
    who: &str,
    anchor: Option<DayRange>,
) -> Verdict {
    if fact.apart
        || fact.record.status != first.record.status
            && !(fact.record.status == Status::Ongoing || first.record.status == Status::Ongoing)
    {
        return Verdict::No;
    }
    if near {
        return Verdict::Yes(format!("{who}, and the text gives no other day"));
    }
    if anchor.is_some_and(|anchor| tells_beside(held, fact, anchor)) {
        return Verdict::Yes(format!("{who}, and a sentence beside it tells of that day"));
    }
    let publication = published(held.document(fact.record.document))
        .and_then(|window| window.last.filter(|_| days_of(window).is_some_and(|days| days <= 2)));
    let day = anchor.and_then(|window| window.last);
    match (publication, day) {
        (Some(publication), Some(day)) if (0..=1).contains(&day.days_to(publication)) => {
            Verdict::Yes(format!("{who}, and the text without a day was published that day or the next"))
        }
        (Some(publication), Some(day)) if (0..=LATE).contains(&day.days_to(publication)) => {
            Verdict::Doubt(format!("Perhaps one contact: {who}; but the later text gives no day."))
        }
        _ => Verdict::No,
    }
}

/// Bytes between two records that stand in one or in neighbouring sentences.
const BESIDE: u32 = 200;

/// "asked the envoy on Wednesday for a delay. Doe had received him at his office": a record right beside a telling without a day
/// has the day of a contact, and somebody who takes part in it does what is told there.
fn tells_beside(held: &Held<'_>, fact: &Fact<'_>, anchor: DayRange) -> bool {
    let own = &fact.record.evidence;
    held.records_of(fact.record.document).any(|other| {
        let evidence = &other.evidence;
        let gap = own
            .start_byte
            .saturating_sub(evidence.end_byte)
            .max(evidence.start_byte.saturating_sub(own.end_byte));
        let one_day =
            |window: DayRange| days_of(window) == Some(1) && days_of(anchor).is_some_and(|days| days <= 3);
        // The day of saying is not the day of what is said, and another contact has its own.
        !matches!(other.body, Body::Contact(_) | Body::Quotation(_))
            && gap <= BESIDE
            && is_told(other)
            && other.status == Status::Occurred
            && held.window(other).is_some_and(|window| one_day(window) && window.overlaps(anchor))
    })
}
