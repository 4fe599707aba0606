//! PLOVER event types (Halterman et al., manual of 2024-02-04), with modes and contexts as named values.

use crate::names;

names! {
    /// The sixteen event types.
    EventType {
        /// Promise, offer, willingness; future cooperation.
        Agree = "AGREE",
        /// Meetings, visits, calls that took place.
        Consult = "CONSULT",
        /// Praise, recognition, ratification.
        Support = "SUPPORT",
        /// Verbal concession.
        Concede = "CONCEDE",
        /// Mutual material cooperation.
        Cooperate = "COOPERATE",
        /// One-sided material benefit.
        Aid = "AID",
        /// Concession with material effect.
        Retreat = "RETREAT",
        /// Requests, demands, orders.
        Request = "REQUEST",
        /// Criticism, accusation, investigation.
        Accuse = "ACCUSE",
        /// Refusals, cancelled meetings.
        Reject = "REJECT",
        /// Threats.
        Threaten = "THREATEN",
        /// Physical civil protest.
        Protest = "PROTEST",
        /// Reduction of relations.
        Sanction = "SANCTION",
        /// Force moves short of force.
        Mobilize = "MOBILIZE",
        /// Repression short of violence.
        Coerce = "COERCE",
        /// Force that can harm.
        Assault = "ASSAULT",
    }
}

impl EventType {
    /// PLOVER quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    /// SANCTION is 4, as its chapter of the manual has it (the summary table says 3).
    pub fn quad(self) -> u8 {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => 1,
            Self::Cooperate | Self::Aid | Self::Retreat => 2,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => 3,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => 4,
        }
    }
}

/// The coding of one trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plover {
    /// Type.
    pub kind: EventType,
    /// Mode of the type ("visit", "phone", "troops"), if any.
    pub mode: Option<String>,
    /// Contexts ("military", "diplomatic").
    pub contexts: Vec<String>,
}
