//! What a person decided about contacts: which are one real contact and which are not. Decisions come last and win
//! over every rule.

use crate::encounters::Cluster;
use demarche_record::RecordId;
use std::collections::BTreeMap;

/// Pairs of contact records of which a person decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// One real contact.
    pub together: Vec<(RecordId, RecordId)>,
    /// Two.
    pub apart: Vec<(RecordId, RecordId)>,
}

/// Why two contacts stand in one encounter where a person said so.
const REASON: &str = "put together by a person";

impl Decided {
    /// Redraws groups of contacts; `records` are the ids of those that the members of the groups number.
    pub(crate) fn apply(&self, records: &[RecordId], groups: &mut Vec<Cluster>) {
        let at: BTreeMap<RecordId, usize> =
            records.iter().enumerate().map(|(number, id)| (*id, number)).collect();
        let known = |pairs: &[(RecordId, RecordId)]| -> Vec<(usize, usize)> {
            pairs.iter().filter_map(|(one, two)| Some((*at.get(one)?, *at.get(two)?))).collect()
        };
        // The first of a pair that does not belong goes out of the group alone.
        for (out, stays) in known(&self.apart) {
            let Some(group) =
                groups.iter_mut().find(|it| it.members.contains(&out) && it.members.contains(&stays))
            else {
                continue;
            };
            group.members.retain(|member| *member != out);
            groups.push(Cluster { members: vec![out], reasons: Vec::new() });
        }
        for (one, two) in known(&self.together) {
            let place = |wanted: usize| groups.iter().position(|it| it.members.contains(&wanted));
            let (Some(into), Some(from)) = (place(one), place(two)) else { continue };
            if into == from {
                continue;
            }
            let moved = groups.remove(from);
            let into = if from < into { into - 1 } else { into };
            groups[into].members.extend(moved.members);
            groups[into].reasons.extend(moved.reasons);
            groups[into].reasons.push(REASON.to_owned());
        }
    }
}
