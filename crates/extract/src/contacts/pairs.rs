//! Whom "the two" and "the pair" take up where no contact of two was told before.

use super::parties::{add, is_party, is_person, parties_of};
use crate::Reading;
use demarche_language::WordId;
use demarche_record::Party;

/// Clauses above a word that are looked at.
const ABOVE: usize = 6;
/// Sentences before a word in which two may stand side by side.
const REACH: usize = 2;

/// "A warned his counterpart B, as the two spoke by phone", "an understanding between A and B. The pair were brought together":
/// whoever acts upon somebody in the clause above, else the two named together last.
pub(super) fn before(reading: &Reading<'_>, head: WordId) -> Vec<Party> {
    let two = |parties: Vec<Party>| (parties.len() == 2).then_some(parties);
    above(reading, head)
        .and_then(two)
        .or_else(|| side_by_side(reading, head).and_then(two))
        .unwrap_or_default()
}

fn above(reading: &Reading<'_>, head: WordId) -> Option<Vec<Party>> {
    let own = reading.word(head).head?;
    let mut verb = own;
    for _ in 0..ABOVE {
        verb = reading.word(verb).head?;
        let person = |head: &WordId| is_person(reading, *head) && is_party(reading, *head);
        let Some(subject) = reading.subject(verb).filter(|head| reading.is_verb(verb) && person(head)) else {
            continue;
        };
        let whom = ["iobj", "obj"].iter().find_map(|relation| reading.child(verb, relation)).filter(person);
        let Some(whom) = whom.filter(|whom| *whom < head) else { continue };
        let mut all = parties_of(reading, subject);
        add(parties_of(reading, whom), &mut all);
        return Some(all);
    }
    None
}

fn side_by_side(reading: &Reading<'_>, head: WordId) -> Option<Vec<Party>> {
    let sentence = reading.analysis.sentence_of[head.0 as usize].0 as usize;
    let first = reading.analysis.sentences[sentence.saturating_sub(REACH)].words.start;
    let joined = |word: &WordId| {
        let lead = reading.word(*word).head.filter(|_| reading.word(*word).relation() == "conj")?;
        let all = reading.conjuncts(lead);
        let persons = all.iter().all(|it| is_person(reading, *it) && is_party(reading, *it));
        let aside = matches!(reading.preposition(lead), Some("by" | "of" | "under"));
        (all.len() == 2 && persons && !aside).then_some(lead)
    };
    let lead = (first..head.0).rev().map(WordId).find_map(|word| joined(&word))?;
    Some(parties_of(reading, lead))
}
