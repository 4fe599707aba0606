//! The PLOVER codes of records that are no events: a joint exercise is cooperation, a withdrawal still to come a
//! concession, peacekeepers are aid, a called-off meeting a rejection (docs/plover.md).

use demarche_record::{Action, Body, Deployment, EventType, Record, Status};

/// Words that show that several exercise together.
const TOGETHER: &[&str] =
    &["joint", "jointly", "together", "combined", "multinational", "trilateral", "bilateral"];
/// Units that are sent to keep a peace.
const PEACE: &[&str] = &["peacekeeper", "peacekeeping", "blue helmet", "observer"];

/// Gives a record the code that its slots and its status ask for.
pub fn settle(record: &mut Record) {
    let kind = match &record.body {
        Body::Deployment(deployment) => deployed(deployment, &record.evidence.text, record.status),
        Body::Contact(_) => match record.status {
            Status::Planned | Status::Proposed => Some((EventType::Agree, None)),
            Status::Cancelled | Status::Refused => Some((EventType::Reject, Some("meet"))),
            _ => None,
        },
        _ => None,
    };
    if let (Some((kind, mode)), Some(plover)) = (kind, record.plover.as_mut()) {
        plover.kind = kind;
        plover.mode = mode.map(str::to_owned);
    }
}

fn deployed(
    deployment: &Deployment,
    evidence: &str,
    status: Status,
) -> Option<(EventType, Option<&'static str>)> {
    let evidence = evidence.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| evidence.contains(word));
    let ahead = matches!(status, Status::Planned | Status::Proposed);
    let unit = deployment.unit.as_ref().map(|words| words.text.to_lowercase()).unwrap_or_default();
    match deployment.action {
        Action::Exercise if has(TOGETHER) => {
            Some((if ahead { EventType::Agree } else { EventType::Cooperate }, None))
        }
        Action::Withdraw => Some(match status {
            Status::Planned | Status::Proposed => (EventType::Concede, None),
            Status::Refused => (EventType::Reject, Some("yield")),
            _ => (EventType::Retreat, Some("withdraw")),
        }),
        Action::Deploy | Action::Send | Action::Move | Action::Present
            if PEACE.iter().any(|word| unit.contains(word)) =>
        {
            Some((if ahead { EventType::Agree } else { EventType::Aid }, None))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(action: Action, evidence: &str, status: Status) -> Option<EventType> {
        let nothing =
            Deployment { force: None, action, unit: None, quantity: None, origin: None, destination: None };
        deployed(&nothing, evidence, status).map(|(kind, _)| kind)
    }

    #[test]
    fn exercises_of_several_are_cooperation_and_of_one_are_not() {
        let joint = "Jordan and Egypt held a joint exercise";
        assert_eq!(code(Action::Exercise, joint, Status::Occurred), Some(EventType::Cooperate));
        assert_eq!(code(Action::Exercise, joint, Status::Planned), Some(EventType::Agree));
        assert_eq!(code(Action::Exercise, "Jordan held an exercise", Status::Occurred), None);
    }

    #[test]
    fn a_withdrawal_to_come_is_a_concession() {
        assert_eq!(code(Action::Withdraw, "", Status::Planned), Some(EventType::Concede));
        assert_eq!(code(Action::Withdraw, "", Status::Occurred), Some(EventType::Retreat));
        assert_eq!(code(Action::Withdraw, "", Status::Refused), Some(EventType::Reject));
    }
}
