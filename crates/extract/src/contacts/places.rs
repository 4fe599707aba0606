//! Where a contact took place.

use super::slots::top_of;
use super::words::DISCUSSING;
use crate::Reading;
use demarche_language::WordId;
use demarche_record::{Kind, Party, Place};

/// True if a word hangs on a verb of leading or on who leads by it.
fn on_leader(reading: &Reading<'_>, word: WordId, verb: WordId) -> bool {
    let mut above = reading.word(word).head;
    while let Some(part) = above.filter(|it| reading.word(*it).relation() == "flat") {
        above = reading.word(part).head;
    }
    above == Some(verb)
        || above.is_some_and(|name| {
            reading.word(name).head == Some(verb) && super::parties::is_person(reading, name)
        })
}

/// The places of the contact itself: not those of its parties' names, of where somebody came from, or of another
/// contact in the same sentence ("met in Doha, a day after talks in Riyadh").
pub(super) fn places(reading: &Reading<'_>, trigger: WordId, participants: &[Party]) -> Vec<Place> {
    // "took place in Singapore": of a noun, what the verb that carries it names belongs to it too.
    let carried = matches!(reading.word(trigger).relation(), "nsubj" | "obj");
    let above = reading.word(trigger).head.filter(|_| carried && !reading.is_verb(trigger));
    let carrier = super::parties::carrier(reading, trigger);
    let tops = [Some(trigger), reading.light_verb(trigger), above, carrier];
    let sentence = reading.analysis.sentence(trigger).span;
    // "asked him to close the base at Manas": the place is that of what is asked for.
    let asks = reading.is_verb(trigger)
        && reading
            .frames_at(Kind::Contact, trigger)
            .iter()
            .any(|(frame, _)| frame.id == "contact.tell-there");
    let own = |place: &Place| {
        let text = &reading.analysis.document.text;
        let Some(span) = text.span(place.words.start_byte as usize, place.words.end_byte as usize) else {
            return false;
        };
        let before = text.as_str()[..span.start()].split_whitespace().next_back().unwrap_or_default();
        let located = matches!(before, "in" | "at" | "near");
        // "in Taipei's office in Washington": the owner of the place is not the place.
        let after = &text.as_str()[span.end()..];
        if after.starts_with("'s") || after.starts_with("’s") {
            return false;
        }
        let named = !located
            && participants.iter().filter_map(|party| party.words.as_ref()).any(|words| {
                words.start_byte <= place.words.start_byte && place.words.end_byte <= words.end_byte
            });
        let Some(mut at) = top_of(reading, span).filter(|_| sentence.contains(span)) else { return false };
        let first = at;
        for _ in 0..12 {
            if tops.contains(&Some(at)) {
                return !named;
            }
            let relation = reading.word(at).relation();
            let apart = reading.preposition(at).is_some_and(|it| {
                ["after", "before", "since", "until", "following", "from", "ahead"]
                    .iter()
                    .any(|start| it.starts_with(start))
            });
            let clause = matches!(relation, "advcl" | "acl" | "ccomp" | "parataxis" | "appos" | "csubj")
                || asks && relation == "xcomp"
                || relation == "conj" && reading.is_verb(at)
                // "as shelling mounts in X": a clause, whatever the tree takes its verb for.
                || reading.child(at, "mark").is_some_and(|mark| reading.lemma(mark) != "to")
                || at != first && reading.preposition(at) == Some("as");
            // "discussed the port at X": where the matter lies.
            let above = reading.word(at).head;
            let matter =
                relation == "obj" && above.is_some_and(|verb| DISCUSSING.contains(&reading.lemma(verb)));
            // "met a delegation led by Doe in X": the place hangs on who leads, and is where they met.
            let led =
                relation == "acl" && super::implied::leads(reading, at) && on_leader(reading, first, at);
            let clause = clause && !led;
            // "launched a programme for the counties of X": what it is for.
            let purpose = relation == "nmod" && reading.preposition(at) == Some("for");
            if apart && matches!(relation, "obl" | "nmod") || clause || purpose || matter {
                return false;
            }
            let Some(above) = above else { break };
            at = above;
        }
        false
    };
    reading.analysis.places.iter().filter(|place| own(place)).cloned().collect()
}
