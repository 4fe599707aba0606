//! Which cue a word is: alone, with its particles, with the words of an idiom that the tree hangs elsewhere.

use super::mark;
use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::cues::{Cue, CueClass};
use std::borrow::Cow;

/// The cue that a word is, with its particles.
pub fn cue_of<'a>(reading: &Reading<'a>, word: WordId) -> Option<&'a Cue> {
    *reading.known(word).cue.get_or_init(|| find_cue(reading, word))
}

fn find_cue<'a>(reading: &Reading<'a>, word: WordId) -> Option<&'a Cue> {
    let class = match reading.word(word).upos {
        Upos::Verb | Upos::Aux => CueClass::Verb,
        Upos::Noun => CueClass::Noun,
        Upos::Adj => CueClass::Adjective,
        _ => return None,
    };
    let particles = reading.particles(word);
    let find = |lemma: &str| reading.pack.cues.find(class, lemma, particles.iter().map(String::as_str));
    // The lemma of a noun that opens a sentence may keep its ending: "Reports that …".
    let plural = || reading.lemma(word).strip_suffix('s').filter(|_| class == CueClass::Noun).and_then(find);
    find(reading.lemma(word)).or_else(plural)
}

/// Readings of cues that tell how something is, so that "is said to", "is believed to" do so as well.
pub(crate) fn tells(cue: &Cue) -> bool {
    matches!(cue.reading.as_str(), "assert" | "believe" | "estimate" | "concede")
}

/// "There is growing fear in the city about an attack": the noun of fear governs what the tree hangs under the verb.
pub(super) fn existential_cue<'a>(reading: &Reading<'a>, above: WordId, at: WordId) -> Option<&'a Cue> {
    if reading.word(at).relation() != "obl" || reading.child(above, "expl").is_none() {
        return None;
    }
    reading.child(above, "nsubj").and_then(|noun| cue_of(reading, noun))
}

/// The cue that a verb is for its object: "withdrew its troops from the talks" withdraws from the talks, not from the
/// troops.
pub(super) fn object_cue<'a>(reading: &Reading<'a>, verb: WordId) -> Option<&'a Cue> {
    let full = cue_of(reading, verb)?;
    let (cues, lemma) = (&reading.pack.cues, reading.lemma(verb));
    let obliques = reading.analysis.children(verb).iter().copied();
    let leads: Vec<String> = obliques
        .filter(|child| matches!(reading.word(*child).relation(), "obl" | "nmod"))
        .filter_map(|child| reading.preposition(child).map(str::to_owned))
        .collect();
    let particles = reading.particles(verb);
    // "put the visit on hold" is said of the object.
    if !reading.is_verb(verb) || leads.iter().any(|lead| cues.lists_idiom(lemma, particles, lead)) {
        return Some(full);
    }
    let own = particles.iter().filter(|particle| !leads.contains(*particle)).map(String::as_str);
    cues.find(CueClass::Verb, lemma, own)
}

/// "thought better of a meeting", "was nowhere near the sending of troops": the tree may hang the rest of an idiom under
/// its adverb.
pub(super) fn idiom_cue<'a>(reading: &Reading<'a>, above: WordId, at: WordId) -> Option<&'a Cue> {
    if !matches!(reading.word(above).relation(), "xcomp" | "advmod" | "obj")
        || !matches!(reading.word(at).relation(), "obl" | "nmod" | "advcl" | "acl")
    {
        return None;
    }
    let verb = reading.word(above).head.filter(|verb| reading.is_verb(*verb))?;
    let lead = mark(reading, at).or_else(|| reading.preposition(at).map(Cow::Borrowed))?;
    let mut particles = reading.particles(verb).to_vec();
    particles.push(lead.clone().into_owned());
    let cues = &reading.pack.cues;
    if !cues.lists_idiom(reading.lemma(verb), &particles, &lead) {
        return None;
    }
    cues.find(CueClass::Verb, reading.lemma(verb), particles.iter().map(String::as_str))
}
