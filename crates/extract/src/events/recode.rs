//! The manual's rules on plain types: what is promised, refused or threatened has a type of its own; what is turned
//! round changes its type. docs/plover.md tells them for people.

use crate::Reading;
use crate::status::is_negated;
use demarche_language::WordId;
use demarche_record::{EventType, Status};

/// What an event turned round is: a lifted ban, suspended aid, a dropped case.
pub(super) fn reversed(inner: EventType) -> EventType {
    use EventType::*;
    match inner {
        Coerce | Sanction | Protest | Assault | Mobilize => Retreat,
        Accuse | Threaten | Request | Reject => Concede,
        Agree => Reject,
        Aid | Cooperate | Support | Consult => Sanction,
        // A withdrawn concession, a halted release.
        Concede | Retreat => Reject,
    }
}

/// What a promise, vow or agreement of something is: a promise of force is a threat.
pub(super) fn promised(promise: EventType, lemma: &str, inner: Option<EventType>) -> EventType {
    use EventType::*;
    let vow = matches!(lemma, "vow" | "promise" | "pledge" | "swear");
    match inner {
        Some(Assault | Coerce | Sanction | Threaten) if vow && promise == Agree => Threaten,
        _ => promise,
    }
}

/// The type of an event by its status: future consultation, cooperation, support and aid are AGREE; a future retreat is
/// a concession in words; a blow announced by the one who will strike is a threat; what somebody will not do, he rejects.
pub(super) fn by_status(
    reading: &Reading<'_>,
    trigger: WordId,
    kind: EventType,
    status: Status,
    told_by_itself: bool,
) -> EventType {
    use EventType::*;
    let ahead = reading.analysis.children(trigger).iter().any(|child| {
        reading.word(*child).relation() == "aux"
            && matches!(reading.lemma(*child), "will" | "would" | "shall" | "wo" | "'ll")
    });
    match (kind, status) {
        (Consult | Support | Cooperate | Aid, Status::Planned) => Agree,
        (Retreat, Status::Planned) => Concede,
        // "announced a suspension" does it already.
        (Assault | Coerce | Sanction | Protest, Status::Planned) if told_by_itself && ahead => Threaten,
        (Consult | Support | Cooperate | Aid | Agree | Retreat | Concede, Status::Refused) => Reject,
        (Consult | Support | Cooperate | Aid | Agree | Retreat | Concede, Status::Denied)
            // "will not lift", "failed to reach a deal"; but "has not lifted" tells only that it did not happen.
            if ahead || !is_negated(reading, trigger) =>
        {
            Reject
        }
        (kind, _) => kind,
    }
}
