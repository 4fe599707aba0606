//! Whom "the two" and "the pair" take up where no contact of two was told before.

use super::parties::{add, is_party, is_person, parties_of};
use super::words::COMPANIONS;
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
    let clauses = std::iter::successors(reading.word(own).head, |verb| reading.word(*verb).head).take(ABOVE);
    let sentence = reading.analysis.sentence_of[head.0 as usize].0 as usize;
    let before = reading.analysis.sentences[sentence.saturating_sub(REACH)..sentence].iter().rev();
    // "Doe put to Roe that …. Over dinner the pair talked about wine."
    let earlier = before.flat_map(|it| reading.analysis.ids(&it.words)).filter(|verb| reading.is_verb(*verb));
    clauses.chain(earlier).find_map(|verb| acts_upon(reading, verb).filter(|(_, whom)| *whom < head)).map(
        |(subject, whom)| {
            let mut all = parties_of(reading, subject);
            add(parties_of(reading, whom), &mut all);
            all
        },
    )
}

/// Who does something to whom in the clause of a verb, both persons.
fn acts_upon(reading: &Reading<'_>, verb: WordId) -> Option<(WordId, WordId)> {
    let person = |head: &WordId| is_person(reading, *head) && is_party(reading, *head);
    let subject = reading.subject(verb).filter(|head| reading.is_verb(verb) && person(head))?;
    let direct = ["iobj", "obj"].iter().find_map(|relation| reading.child(verb, relation)).filter(person);
    let whom = direct.or_else(|| reading.behind(verb, &["to", "with"]).into_iter().find(person))?;
    (whom != subject).then_some((subject, whom))
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

/// The person whose counterpart, host or guest somebody is: "his Ruritanian counterpart".
pub(super) fn owner_of_companion(reading: &Reading<'_>, head: WordId) -> Option<WordId> {
    let lemma = reading.lemma(head);
    let companion = reading.pack.titles.counterpart.contains(lemma) || COMPANIONS.contains(&lemma);
    let owner = reading.child_exactly(head, "nmod:poss").filter(|_| companion)?;
    let pronoun = matches!(reading.lemma(owner), "his" | "her" | "he" | "she");
    (pronoun && is_person(reading, owner) && is_party(reading, owner)).then_some(owner)
}

/// "a phone call placed by his counterpart": who made it.
pub(super) fn placed_by(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    let clauses = reading.analysis.children_in(trigger, "acl");
    let mut placed = clauses.filter(|verb| {
        matches!(reading.lemma(*verb), "place" | "make" | "initiate" | "request") && !reading.is_verb(trigger)
    });
    placed.find_map(|verb| reading.agent(verb)).filter(|agent| is_person(reading, *agent))
}

/// "The Chairman and Prime Minister Doe, who conferred": an office before the name of another is a second person.
pub(super) fn office_and_name(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    let mutual = reading.pack.titles.mutual.contains(reading.lemma(trigger));
    let first =
        reading.word(trigger).head.filter(|_| mutual && reading.word(trigger).deprel == "acl:relcl")?;
    let name = reading.child(first, "appos").filter(|name| *name < trigger && is_person(reading, *name))?;
    let mut offices = reading.analysis.children_in(name, "nmod");
    offices.any(|office| reading.child(office, "cc").is_some()).then_some(name)
}

/// The noun of the phrase for several that "they" takes up, where it stands for nobody known.
pub(super) fn taken_up(reading: &Reading<'_>, pronoun: WordId) -> Option<WordId> {
    if !matches!(reading.lemma(pronoun), "they" | "them" | "their") {
        return None;
    }
    let entity = reading.mention(pronoun).and_then(|id| reading.analysis.mention(id).entity)?;
    if !reading.analysis.entity(entity).members.is_empty() || reading.analysis.entity(entity).actor.is_some()
    {
        return None;
    }
    let first = reading.analysis.sentence(pronoun).words.start.saturating_sub(FAR);
    (first..pronoun.0).rev().map(WordId).find(|word| {
        reading.word(*word).upos == demarche_language::Upos::Noun
            && reading.mention(*word).and_then(|id| reading.analysis.mention(id).entity) == Some(entity)
    })
}

/// Words before a sentence in which the phrase stands that its "they" takes up.
const FAR: u32 = 80;
