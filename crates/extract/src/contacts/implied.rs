//! Who takes part in a contact although only the clause around it shows it.

use super::parties::{entity_kind, is_definite, is_party, is_person, parties_of};
use super::words::{BYSTANDERS, CARRIERS, DURING, OWN, RECALLING, RESIDENCES};
use crate::Reading;
use demarche_language::WordId;
use demarche_record::Party;

/// Somebody who takes part although only the clause around the noun shows it: "Vucic said after the meeting with
/// Kurti", "rejected a meeting with the envoy", "agreed to 12 hours of talks".
pub(super) fn implied(reading: &Reading<'_>, trigger: WordId) -> Vec<Party> {
    let acts = implied_head(reading, trigger);
    let mut all = acts.map(|head| parties_of(reading, head)).unwrap_or_default();
    // "handed his colleague a list at the meeting": whom something is given there is there too.
    let there = reading.preposition(trigger).is_some_and(|it| matches!(it, "at" | "during" | "in"));
    let verb = acts.and_then(|head| reading.word(head).head).filter(|verb| there && reading.is_verb(*verb));
    // "At the meeting it was Doe who asked, an aide told the paper": who is told that was not there.
    let verb = verb.filter(|_| acts.is_none_or(|acts| reading.child(acts, "cop").is_none()));
    // "At the talks he made it plain to the minister that …".
    let told = |verb: WordId| {
        let plain = reading.child(verb, "xcomp").into_iter().filter(|it| !reading.is_verb(*it));
        let clause = reading.child(verb, "ccomp").is_some()
            || plain.clone().any(|it| reading.child(it, "ccomp").is_some());
        let mut to = plain.chain([verb]).flat_map(|head| reading.behind(head, &["to"]));
        to.find(|head| clause && is_person(reading, *head))
    };
    let whom = verb.and_then(|verb| reading.child(verb, "iobj").or_else(|| told(verb)));
    if let Some(whom) = whom.filter(|whom| is_person(reading, *whom) && is_party(reading, *whom)) {
        super::parties::add(parties_of(reading, whom), &mut all);
    }
    all
}

/// Who acts in the clause in which a contact is the occasion.
pub(super) fn acting(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    implied_head(reading, trigger)
}

fn implied_head(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    let mut top = trigger;
    let mut carried = false;
    let mut lifted = false;
    for _ in 0..4 {
        let above = reading.word(top).head?;
        match reading.word(top).relation() {
            "conj" => top = above,
            // "agreed to a truce at talks in Ankara": the tree hangs the occasion on what was agreed there.
            "nmod" if (top == trigger || carried) && is_occasion_of_verb(reading, top, above) => {
                top = above;
                lifted = true;
            }
            // "Back from his talks with Doe, Roe said …".
            "obl" if matches!(reading.lemma(above), "back" | "fresh" | "home") && !reading.is_verb(above) => {
                top = above;
                carried = true;
            }
            "nmod" if CARRIERS.contains(&reading.lemma(above)) || reading.is_time(above) => {
                top = above;
                carried = true;
            }
            _ => break,
        }
    }
    let acts = |word: &WordId| reading.is_verb(*word) || reading.child(*word, "nsubj").is_some();
    let verb = reading.word(top).head.filter(acts)?;
    // "At the dinner with Doe it was the president who asked": who is set apart acts.
    if let Some(cleft) = cleft(reading, verb) {
        return Some(cleft).filter(|head| is_person(reading, *head) && !is_bystander(reading, *head));
    }
    let lemma = reading.lemma(verb);
    let person = |head: WordId| is_person(reading, head);
    let passive = reading.is_passive(verb);
    let subject = match reading.word(top).relation() {
        _ if lifted => reading.subject(verb).filter(|head| person(*head) && !passive),
        "obj" if OWN.contains(&lemma) => reading.subject(verb),
        "obj" if RECALLING.contains(&lemma) && is_definite(reading, trigger) => {
            reading.subject(verb).filter(|head| person(*head))
        }
        // "ruled out any negotiations": the object of a verb with a particle.
        "obl" if OWN.contains(&lemma) && reading.preposition(top).is_none() && !reading.is_time(top) => {
            reading.subject(verb)
        }
        "nsubj" if passive && OWN.contains(&lemma) => reading.agent(verb),
        "advmod" | "advcl" if matches!(reading.lemma(top), "back" | "fresh" | "home") => {
            reading.subject(verb).filter(|head| person(*head) && !passive)
        }
        "obl" => {
            // "a day after talks with …": the preposition stands with the noun itself.
            let preposition = reading.preposition(top).or_else(|| reading.preposition(trigger))?;
            let moves =
                matches!(lemma, "arrive" | "travel" | "fly" | "leave" | "return" | "come" | "go" | "head");
            let speaks = crate::cue_of(reading, verb)
                .is_some_and(|cue| cue.speech != demarche_pack::cues::Speech::None);
            DURING
                .contains(&preposition)
                .then(|| reported(reading, verb, top).or_else(|| reading.subject(verb)))
                .flatten()
                .filter(|head| person(*head) || (speaks || moves || carried) && !passive)
        }
        _ => None,
    }?;
    let takes_part =
        is_party(reading, subject) && !is_bystander(reading, subject) && !is_meeting_thing(reading, subject);
    takes_part.then_some(subject)
}

/// Sentences behind a contact in which a communique says who led the delegations.
const LED: u32 = 2;

/// "The meeting was held on Monday. The delegation of A was led by Doe, that of B by Roe": two or more who led delegations.
pub(super) fn led(reading: &Reading<'_>, trigger: WordId) -> Vec<Party> {
    let at = reading.analysis.sentence_of[trigger.0 as usize].0 as usize;
    let last = (at + LED as usize).min(reading.analysis.sentences.len().saturating_sub(1));
    let words = reading.analysis.sentences[at].words.start..reading.analysis.sentences[last].words.end;
    let delegations = words.map(WordId).filter(|word| reading.lemma(*word) == "delegation");
    let mut found: Vec<WordId> = Vec::new();
    for delegation in delegations {
        let above = reading.word(delegation).head.filter(|verb| leads(reading, *verb));
        let clauses = reading.analysis.children_in(delegation, "acl").filter(|verb| leads(reading, *verb));
        let mut leaders: Vec<WordId> = clauses.filter_map(|verb| reading.agent(verb)).collect();
        leaders.extend(above.and_then(|verb| match reading.word(delegation).relation() {
            "nsubj" => reading.agent(verb),
            "obj" => reading.subject(verb),
            _ => None,
        }));
        // "the delegation of A was led by Doe, the delegation of B by Roe": the second verb is left out.
        leaders.extend(reading.behind(delegation, &["by"]));
        found.extend(leaders.into_iter().filter(|leader| is_person(reading, *leader)));
    }
    found.sort_unstable();
    found.dedup();
    let parties: Vec<Party> = found.into_iter().flat_map(|leader| parties_of(reading, leader)).collect();
    if parties.len() >= 2 { parties } else { Vec::new() }
}

pub(super) fn leads(reading: &Reading<'_>, verb: WordId) -> bool {
    matches!(reading.lemma(verb), "lead" | "head") && reading.is_verb(verb)
}

/// The noun of "it was the president who …".
fn cleft(reading: &Reading<'_>, noun: WordId) -> Option<WordId> {
    let it = reading.child(noun, "nsubj").filter(|it| reading.lemma(*it) == "it")?;
    let relative = reading
        .analysis
        .children_in(noun, "acl")
        .any(|clause| reading.word(clause).deprel == "acl:relcl" && clause > noun);
    (it < noun && reading.child(noun, "cop").is_some() && relative && !reading.is_verb(noun)).then_some(noun)
}

/// "the talk at the president's home": the owner of the house is there.
pub(super) fn at_home(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    reading.behind(trigger, &["at", "in"]).into_iter().find_map(|place| at_home_of(reading, place))
}

/// The person whose home or office a place is.
pub(super) fn at_home_of(reading: &Reading<'_>, place: WordId) -> Option<WordId> {
    let behind = || reading.behind(place, &["of"]).into_iter().next();
    let owner = reading.child_exactly(place, "nmod:poss").or_else(behind)?;
    (RESIDENCES.contains(&reading.lemma(place)) && is_person(reading, owner)).then_some(owner)
}

/// True for a contact behind "at" or "during" that hangs on the object of a verb instead of on the verb.
pub(super) fn is_occasion_of_verb(reading: &Reading<'_>, contact: WordId, noun: WordId) -> bool {
    matches!(reading.word(noun).relation(), "obj" | "obl")
        && !reading.is_time(noun)
        && reading.preposition(contact).is_some_and(|it| matches!(it, "at" | "during"))
}

/// "In the talks with X on Monday Y refused, Z said": who takes part is the subject of what is reported, where the contact
/// stands before it and the words of saying behind.
fn reported(reading: &Reading<'_>, saying: WordId, contact: WordId) -> Option<WordId> {
    let clause = reading.child(saying, "ccomp").filter(|clause| contact < *clause && *clause < saying)?;
    cleft(reading, clause).or_else(|| reading.subject(clause)).filter(|subject| contact < *subject)
}

/// A subject that is a contact noun itself ("the call came after the visit").
fn is_meeting_thing(reading: &Reading<'_>, head: WordId) -> bool {
    entity_kind(reading, head).is_none() && !is_person(reading, head)
}

/// Spokespeople and observers speak of a contact without being in it.
fn is_bystander(reading: &Reading<'_>, head: WordId) -> bool {
    let lemma = reading.lemma(head).to_lowercase();
    let description = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .and_then(|id| reading.analysis.entity(id).description.as_deref())
        .unwrap_or_default()
        .to_lowercase();
    let titled = reading.analysis.text(reading.phrase(head)).to_lowercase();
    let known =
        |text: &str| text.split_whitespace().any(|it| BYSTANDERS.iter().any(|word| it.starts_with(word)));
    known(&lemma) || known(&description) || known(&titled)
}
