//! Mends with whom a contact is where the partner hangs on a name, a measure or a verb behind it, and offices that hang on
//! somebody else's name.

use super::row::{child, children, head, number};
use crate::{Upos, Word};
use demarche_pack::Pack;
use demarche_pack::frames::TriggerClass;
use demarche_pack::titles::NounKind;
use demarche_record::Kind;
use demarche_text::Text;

fn is_office(pack: &Pack, word: &Word) -> bool {
    pack.titles.noun(&word.lemma.to_lowercase()).is_some_and(|noun| noun.kind == NounKind::Person)
}

fn is_contact(pack: &Pack, word: &Word) -> bool {
    word.upos == Upos::Noun
        && !pack.frames.find(Kind::Contact, TriggerClass::Noun, &word.lemma, &[]).is_empty()
}

/// "the meeting of the minister of Ruritania, Jane Doe, with the minister of Freedonia": who stands behind "with" is no
/// second office of the one named before, and "nearly all of a summit with Doe" is a summit with Doe.
pub(super) fn partner_behind_partner(pack: &Pack, first: usize, words: &mut [Word]) {
    for partner in 3..words.len() {
        let with = child(first, words, partner, |word| word.deprel == "case" && word.lemma == "with");
        let party = words[partner].upos == Upos::Propn || is_office(pack, &words[partner]);
        let loose = matches!(words[partner].deprel.as_str(), "nmod:desc" | "appos" | "conj" | "nmod");
        let (Some(with), true) = (with, party && loose) else { continue };
        let Some(lead) = head(first, words, partner).filter(|lead| *lead < with) else { continue };
        if is_contact(pack, &words[lead]) {
            continue;
        }
        let measured =
            matches!(words[lead].lemma.as_str(), "all" | "most" | "half" | "much" | "part" | "rest")
                && words[partner].deprel == "nmod";
        let contact = if measured {
            children(first, words, lead).find(|it| *it > lead && *it < with && is_contact(pack, &words[*it]))
        } else if words[partner].deprel == "nmod" && words[lead].upos != Upos::Propn {
            None
        } else {
            // The names and offices before it hang on the contact.
            let mut at = lead;
            loop {
                match head(first, words, at).filter(|above| *above < at) {
                    Some(above) if is_contact(pack, &words[above]) && words[at].deprel == "nmod" => {
                        break Some(above);
                    }
                    Some(above) if matches!(words[at].relation(), "appos" | "flat" | "nmod") => at = above,
                    _ => break None,
                }
            }
        };
        if let Some(contact) = contact {
            words[partner].head = number(first, contact);
            words[partner].deprel = "nmod".into();
        }
    }
}

/// "the meeting of Doe with Roe took place": who stands between a contact and its verb belongs to the contact.
pub(super) fn partner_before_verb(pack: &Pack, first: usize, words: &mut [Word]) {
    for partner in 3..words.len() {
        let with = child(first, words, partner, |word| word.deprel == "case" && word.lemma == "with");
        let party = words[partner].upos == Upos::Propn || is_office(pack, &words[partner]);
        if words[partner].deprel != "obl" || !party || with.is_none() {
            continue;
        }
        let Some(verb) = head(first, words, partner).filter(|verb| *verb > partner) else { continue };
        let contact = children(first, words, verb)
            .find(|it| *it < partner && words[*it].relation() == "nsubj" && is_contact(pack, &words[*it]));
        if let Some(contact) = contact {
            words[partner].head = number(first, contact);
            words[partner].deprel = "nmod".into();
        }
    }
}

/// "as two days of talks with Ruritania's Professor Doe came to an end": what ends are the talks; nobody acts behind "with".
pub(super) fn partner_read_as_subject(pack: &Pack, first: usize, words: &mut [Word]) {
    for partner in 3..words.len() {
        if words[partner].deprel != "nsubj" {
            continue;
        }
        let with = child(first, words, partner, |word| word.deprel == "case" && word.lemma == "with");
        let Some(with) = with else { continue };
        let Some(contact) = with.checked_sub(1).filter(|at| is_contact(pack, &words[*at])) else { continue };
        let Some(verb) = head(first, words, partner) else { continue };
        let carrier = head(first, words, contact).filter(|carrier| {
            *carrier < contact && words[contact].deprel == "nmod" && words[*carrier].upos == Upos::Noun
        });
        let top = carrier.unwrap_or(contact);
        if head(first, words, top) == Some(verb) {
            words[partner].head = number(first, contact);
            words[partner].deprel = "nmod".into();
            words[top].deprel = "nsubj".into();
        }
    }
}

/// "asked South Ruritanian President Jane Doe": an office belongs to the name right behind it.
pub(super) fn office_before_name(pack: &Pack, first: usize, words: &mut [Word]) {
    for office in 1..words.len().saturating_sub(1) {
        let name = office + 1;
        let Some(owner) = head(first, words, office) else { continue };
        let stray = words[office].deprel == "nmod:desc"
            && words[office].upos == Upos::Propn
            && owner + 1 < office
            && is_office(pack, &words[office]);
        let begins = words[name].upos == Upos::Propn
            && matches!(words[name].deprel.as_str(), "obj" | "iobj" | "obl" | "nsubj" | "nmod" | "conj")
            && child(first, words, name, |word| word.deprel == "case").is_none();
        let over_verb = (owner..office).any(|at| words[at].upos == Upos::Verb);
        if stray && begins && over_verb {
            words[office].head = number(first, name);
        }
    }
}

/// "Doe and his host, Roe, signed": a name between commas behind "his host" is that of the host, not one more.
pub(super) fn named_companion(text: &Text, first: usize, words: &mut [Word]) {
    for noun in 1..words.len().saturating_sub(2) {
        let name = noun + 2;
        let his = child(first, words, noun, |word| word.deprel == "nmod:poss" && word.upos == Upos::Pron);
        let fits = words[noun].upos == Upos::Noun
            && words[noun].deprel == "conj"
            && his.is_some()
            && text.slice(words[noun + 1].span) == ","
            && words[name].upos == Upos::Propn
            && words[name].deprel == "conj"
            && words[name].head == words[noun].head
            && child(first, words, name, |word| word.deprel == "cc").is_none();
        let last =
            children(first, words, name).filter(|it| words[*it].deprel == "flat").last().unwrap_or(name);
        let closed = last + 1 < words.len() && text.slice(words[last + 1].span) == ",";
        let goes_on = last + 2 < words.len() && words[last + 2].upos == Upos::Cconj;
        if fits && closed && !goes_on {
            words[name].head = number(first, noun);
            words[name].deprel = "appos".into();
        }
    }
}

/// "raised the case of the writer with Jane Doe": with whom a matter is raised is no part of the matter.
pub(super) fn raised_with(pack: &Pack, first: usize, words: &mut [Word]) {
    for partner in 3..words.len() {
        let with = child(first, words, partner, |word| word.deprel == "case" && word.lemma == "with");
        let whole = child(first, words, partner, |word| matches!(word.deprel.as_str(), "flat" | "nmod:desc"));
        let named = words[partner].upos == Upos::Propn && whole.is_some() || is_office(pack, &words[partner]);
        if words[partner].deprel != "nmod" || with.is_none() || !named {
            continue;
        }
        let mut top = partner;
        while matches!(words[top].relation(), "nmod" | "appos" | "flat" | "conj") {
            match head(first, words, top).filter(|above| *above < top) {
                Some(above) => top = above,
                None => break,
            }
        }
        let verb = head(first, words, top).filter(|verb| {
            words[top].deprel == "obj"
                && *verb < top
                && matches!(words[*verb].lemma.as_str(), "raise" | "broach")
        });
        let Some(verb) = verb else { continue };
        words[partner].head = number(first, verb);
        words[partner].deprel = "obl".into();
        // Where and when it was raised hangs on no person.
        let settings: Vec<usize> = children(first, words, partner)
            .filter(|it| {
                words[*it].deprel == "nmod"
                    && child(first, words, *it, |word| {
                        word.deprel == "case" && matches!(word.lemma.as_str(), "in" | "at" | "on")
                    })
                    .is_some()
            })
            .collect();
        for setting in settings {
            words[setting].head = number(first, verb);
            words[setting].deprel = "obl".into();
        }
    }
}

/// "Foreign Ministry Undersecretary Jane Doe was received": the person in office is who is received, not the ministry.
pub(super) fn office_read_as_adjective(pack: &Pack, first: usize, words: &mut [Word]) {
    for office in 1..words.len().saturating_sub(1) {
        let name = office + 1;
        let Some(body) = head(first, words, name).filter(|body| *body < office) else { continue };
        let hangs = head(first, words, office).is_some_and(|at| at == body || at == name);
        let shape = words[office].deprel == "amod"
            && words[name].upos == Upos::Propn
            && words[name].deprel == "appos"
            && is_office(pack, &words[office]);
        if !shape || !hangs {
            continue;
        }
        let moved: Vec<usize> = children(first, words, body).filter(|it| *it > name).collect();
        words[name].head = words[body].head;
        words[name].deprel = words[body].deprel.clone();
        moved.into_iter().for_each(|it| words[it].head = number(first, name));
        words[office].head = number(first, name);
        words[office].deprel = "nmod:desc".into();
        words[body].head = number(first, office);
        words[body].deprel = "compound".into();
    }
}

/// "handed his counterpart, Doe, a list": of two objects the first is whom it is given to.
pub(super) fn first_of_two_objects(pack: &Pack, first: usize, words: &mut [Word]) {
    for verb in 0..words.len() {
        if words[verb].upos != Upos::Verb || !pack.telling.giving.has(&words[verb].lemma) {
            continue;
        }
        // A thing without a preposition may be read as a time: "handed Doe a list".
        let bare = |at: usize| {
            words[at].deprel == "obl"
                && words[at].upos == Upos::Noun
                && child(first, words, at, |word| word.deprel == "case").is_none()
                && !pack.telling.settings.has(&words[at].lemma)
        };
        let objects: Vec<usize> = children(first, words, verb)
            .filter(|it| *it > verb && (words[*it].deprel == "obj" || bare(*it)))
            .collect();
        let [whom, what] = objects[..] else { continue };
        let party = words[whom].upos == Upos::Propn || is_office(pack, &words[whom]);
        if party && words[what].upos == Upos::Noun && !is_office(pack, &words[what]) {
            words[whom].deprel = "iobj".into();
            words[what].deprel = "obj".into();
        }
    }
}

/// "put through a call to the minister": the call is what is put through.
pub(super) fn call_put_through(first: usize, words: &mut [Word]) {
    for verb in 0..words.len().saturating_sub(3) {
        let through = verb + 1;
        if words[verb].lemma != "put" || words[through].lemma != "through" {
            continue;
        }
        let Some(call) = head(first, words, through).filter(|call| head(first, words, *call) == Some(verb))
        else {
            continue;
        };
        if words[through].deprel == "case" && words[call].lemma == "call" {
            words[call].deprel = "obj".into();
            words[through].head = number(first, verb);
            words[through].deprel = "compound:prt".into();
        }
    }
}

/// "Deputy Prime Minister and Minister for Trade Jane Doe and Minister John Roe met": two offices before one name are hers.
pub(super) fn offices_of_one(pack: &Pack, first: usize, words: &mut [Word]) {
    for office in 0..words.len() {
        if !is_office(pack, &words[office]) {
            continue;
        }
        let name = children(first, words, office)
            .find(|it| *it > office && words[*it].upos == Upos::Propn && words[*it].deprel == "appos");
        let Some(name) = name else { continue };
        // "Ruritania's Prime Minister and Minister of Defence, General Jane Doe": one name is told for both.
        let commas = (office + 1..name).filter(|at| words[*at].upos == Upos::Punct).count();
        let owned = child(first, words, office, |word| word.deprel == "nmod:poss").is_some();
        let bare = commas == 0 || owned && commas == 1;
        let second = children(first, words, name).chain(children(first, words, office)).find(|it| {
            office < *it
                && *it < name
                && words[*it].deprel == "conj"
                && is_office(pack, &words[*it])
                && child(first, words, *it, |word| matches!(word.deprel.as_str(), "det" | "appos")).is_none()
        });
        let Some(second) = second.filter(|_| bare) else { continue };
        let and = (office + 1..second).rev().find(|it| words[*it].deprel == "cc");
        let clean = (office + 1..name).all(|at| words[at].upos != Upos::Verb)
            && (office + 1..second).all(|at| words[at].upos != Upos::Punct);
        if !clean || and.is_none() {
            continue;
        }
        words[second].head = number(first, name);
        words[second].deprel = "nmod:desc".into();
        and.into_iter().for_each(|and| words[and].head = number(first, second));
        words[name].head = words[office].head;
        words[name].deprel = words[office].deprel.clone();
        words[office].head = number(first, name);
        words[office].deprel = "nmod:desc".into();
        for at in children(first, words, office).filter(|it| *it > name).collect::<Vec<_>>() {
            words[at].head = number(first, name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;
    use crate::WordId;

    #[test]
    fn who_stands_behind_with_is_the_partner_of_the_contact() {
        let text = Text::new("the meeting of the minister Doe with the minister Roe ended");
        let rows = [
            ("the", Upos::Det, 2, "det"),
            ("meeting", Upos::Noun, 11, "nsubj"),
            ("of", Upos::Adp, 5, "case"),
            ("the", Upos::Det, 5, "det"),
            ("minister", Upos::Noun, 2, "nmod"),
            ("Doe", Upos::Propn, 5, "appos"),
            ("with", Upos::Adp, 9, "case"),
            ("the", Upos::Det, 9, "det"),
            ("minister", Upos::Noun, 6, "nmod:desc"),
            ("Roe", Upos::Propn, 9, "appos"),
            ("ended", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        partner_behind_partner(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[8].head, words[8].deprel.as_str()), (Some(WordId(1)), "nmod"));
    }

    #[test]
    fn a_summit_of_which_most_was_used_has_its_partner() {
        let text = Text::new("used most of the summit with Doe");
        let rows = [
            ("used", Upos::Verb, 0, "root"),
            ("most", Upos::Det, 1, "obj"),
            ("of", Upos::Adp, 5, "case"),
            ("the", Upos::Det, 5, "det"),
            ("summit", Upos::Noun, 2, "nmod"),
            ("with", Upos::Adp, 7, "case"),
            ("Doe", Upos::Propn, 2, "nmod"),
        ];
        let mut words = row(&text, &rows);
        partner_behind_partner(&Pack::builtin(), 0, &mut words);
        assert_eq!(words[6].head, Some(WordId(4)));
    }

    #[test]
    fn between_a_contact_and_its_verb_stands_a_partner() {
        let text = Text::new("the meeting with Roe ended");
        let rows = [
            ("the", Upos::Det, 2, "det"),
            ("meeting", Upos::Noun, 5, "nsubj"),
            ("with", Upos::Adp, 4, "case"),
            ("Roe", Upos::Propn, 5, "obl"),
            ("ended", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        partner_before_verb(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[3].head, words[3].deprel.as_str()), (Some(WordId(1)), "nmod"));
    }

    #[test]
    fn nobody_acts_behind_with() {
        let text = Text::new("as talks with Doe ended");
        let rows = [
            ("as", Upos::Sconj, 5, "mark"),
            ("talks", Upos::Noun, 5, "obl"),
            ("with", Upos::Adp, 4, "case"),
            ("Doe", Upos::Propn, 5, "nsubj"),
            ("ended", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        words[1].lemma = "talk".into();
        partner_read_as_subject(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[3].head, words[3].deprel.as_str()), (Some(WordId(1)), "nmod"));
        assert_eq!(words[1].deprel, "nsubj");
    }

    #[test]
    fn an_office_hangs_on_the_name_behind_it() {
        let text = Text::new("Doe asked President Roe");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("asked", Upos::Verb, 0, "root"),
            ("President", Upos::Propn, 1, "nmod:desc"),
            ("Roe", Upos::Propn, 2, "iobj"),
        ];
        let mut words = row(&text, &rows);
        office_before_name(&Pack::builtin(), 0, &mut words);
        assert_eq!(words[2].head, Some(WordId(3)));
    }

    #[test]
    fn a_host_between_commas_is_named() {
        let text = Text::new("Doe and his host, Roe, signed");
        let rows = [
            ("Doe", Upos::Propn, 8, "nsubj"),
            ("and", Upos::Cconj, 4, "cc"),
            ("his", Upos::Pron, 4, "nmod:poss"),
            ("host", Upos::Noun, 1, "conj"),
            (",", Upos::Punct, 6, "punct"),
            ("Roe", Upos::Propn, 1, "conj"),
            (",", Upos::Punct, 1, "punct"),
            ("signed", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        named_companion(&text, 0, &mut words);
        assert_eq!((words[5].head, words[5].deprel.as_str()), (Some(WordId(3)), "appos"));
    }

    #[test]
    fn a_matter_is_raised_with_somebody() {
        let text = Text::new("raised the case of the writer with Jane Doe");
        let rows = [
            ("raised", Upos::Verb, 0, "root"),
            ("the", Upos::Det, 3, "det"),
            ("case", Upos::Noun, 1, "obj"),
            ("of", Upos::Adp, 6, "case"),
            ("the", Upos::Det, 6, "det"),
            ("writer", Upos::Noun, 3, "nmod"),
            ("with", Upos::Adp, 8, "case"),
            ("Jane", Upos::Propn, 6, "nmod"),
            ("Doe", Upos::Propn, 8, "flat"),
        ];
        let mut words = row(&text, &rows);
        words[0].lemma = "raise".into();
        raised_with(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[7].head, words[7].deprel.as_str()), (Some(WordId(0)), "obl"));
    }

    #[test]
    fn who_is_in_office_at_a_ministry_is_no_ministry() {
        let text = Text::new("Ministry Undersecretary Doe spoke");
        let rows = [
            ("Ministry", Upos::Propn, 4, "nsubj"),
            ("Undersecretary", Upos::Propn, 1, "amod"),
            ("Doe", Upos::Propn, 1, "appos"),
            ("spoke", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        office_read_as_adjective(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[2].head, words[2].deprel.as_str()), (Some(WordId(3)), "nsubj"));
        assert_eq!((words[1].head, words[0].head), (Some(WordId(2)), Some(WordId(1))));
    }

    #[test]
    fn a_list_is_given_to_somebody_and_a_call_put_through() {
        let text = Text::new("handed Doe a list");
        let rows = [
            ("handed", Upos::Verb, 0, "root"),
            ("Doe", Upos::Propn, 1, "obj"),
            ("a", Upos::Det, 4, "det"),
            ("list", Upos::Noun, 1, "obj"),
        ];
        let mut words = row(&text, &rows);
        words[0].lemma = "hand".into();
        first_of_two_objects(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[1].deprel.as_str(), words[3].deprel.as_str()), ("iobj", "obj"));
        let text = Text::new("Doe put through a call");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("put", Upos::Verb, 0, "root"),
            ("through", Upos::Adp, 5, "case"),
            ("a", Upos::Det, 5, "det"),
            ("call", Upos::Noun, 2, "obl"),
        ];
        let mut words = row(&text, &rows);
        call_put_through(0, &mut words);
        assert_eq!((words[4].deprel.as_str(), words[2].head), ("obj", Some(WordId(1))));
    }

    #[test]
    fn two_offices_before_one_name_are_of_one_person() {
        let text = Text::new("Secretary and Minister Doe met");
        let rows = [
            ("Secretary", Upos::Propn, 5, "nsubj"),
            ("and", Upos::Cconj, 3, "cc"),
            ("Minister", Upos::Propn, 4, "conj"),
            ("Doe", Upos::Propn, 1, "appos"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        offices_of_one(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[3].head, words[3].deprel.as_str()), (Some(WordId(4)), "nsubj"));
        assert_eq!((words[2].head, words[2].deprel.as_str()), (Some(WordId(3)), "nmod:desc"));
        assert_eq!(words[0].head, Some(WordId(3)));
    }
}
