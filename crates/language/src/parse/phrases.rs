//! Mends phrases that hang on a neighbour instead of on the word they belong to: doers behind a setting, objects behind one,
//! names beside the office they name.

use super::row::{child, head, number};
use crate::{Upos, Word};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_text::Text;

fn is_title(pack: &Pack, word: &Word) -> bool {
    pack.world.is_title(&word.lemma.to_lowercase())
}

/// "was received on Friday by the emir": the doer of a passive that hangs on the day or town before it.
pub(super) fn doer_behind_setting(first: usize, words: &mut [Word]) {
    for doer in 2..words.len() {
        let by = child(first, words, doer, |word| word.deprel == "case" && word.lemma == "by");
        let Some(setting) = head(first, words, doer).filter(|setting| *setting < doer) else { continue };
        if by.is_none() || words[doer].relation() != "nmod" || words[setting].relation() != "obl" {
            continue;
        }
        // Reports are by somebody; days and towns are not.
        if !matches!(words[setting].upos, Upos::Propn | Upos::Num) {
            continue;
        }
        let Some(verb) = head(first, words, setting) else { continue };
        let passive = child(first, words, verb, |word| word.deprel == "aux:pass").is_some();
        let taken = child(first, words, verb, |word| word.deprel == "obl:agent").is_some();
        if passive && !taken && words[doer].upos == Upos::Propn {
            words[doer].head = number(first, verb);
            words[doer].deprel = "obl:agent".into();
        }
    }
}

/// "received in audience on Wednesday the mediator": somebody in office behind a verb without an object, with no preposition.
pub(super) fn object_behind_setting(pack: &Pack, first: usize, words: &mut [Word]) {
    for object in 2..words.len() {
        let Some(verb) = head(first, words, object).filter(|verb| *verb < object) else { continue };
        let noun = pack.titles.noun(&words[object].lemma.to_lowercase());
        let person = noun.is_some_and(|noun| noun.kind == NounKind::Person);
        if words[object].deprel != "obl" || !person || words[verb].upos != Upos::Verb {
            continue;
        }
        let has = |wanted: &dyn Fn(&Word) -> bool| child(first, words, verb, wanted).is_some();
        let whole = has(&|word| {
            matches!(word.relation(), "obj" | "ccomp" | "xcomp")
                || matches!(word.deprel.as_str(), "aux:pass" | "nsubj:pass")
        });
        let bare = child(first, words, object, |word| word.deprel == "case").is_none();
        let opens = child(first, words, object, |word| word.deprel == "det").is_some();
        if bare && opens && !whole && has(&|word| word.deprel == "nsubj") {
            words[object].deprel = "obj".into();
        }
    }
}

/// "received today at the Grand Palace the British prime minister": somebody in office behind a place, with no comma before
/// the article, is received and explains no palace.
pub(super) fn object_behind_place(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for object in 3..words.len() {
        let person = pack
            .titles
            .noun(&words[object].lemma.to_lowercase())
            .is_some_and(|noun| noun.kind == NounKind::Person);
        if !matches!(words[object].deprel.as_str(), "appos" | "nmod") || !person {
            continue;
        }
        let the = child(first, words, object, |word| word.deprel == "det" && word.lemma == "the");
        let bare = child(first, words, object, |word| word.deprel == "case").is_none();
        let open = the.is_some_and(|the| the > 0 && text.slice(words[the - 1].span) != ",");
        if !bare || !open {
            continue;
        }
        let mut top = object;
        while words[top].relation() != "obl" {
            match head(first, words, top).filter(|above| *above != object) {
                Some(above) if matches!(words[top].relation(), "appos" | "nmod" | "compound" | "flat") => {
                    top = above;
                }
                _ => break,
            }
        }
        let verb = head(first, words, top)
            .filter(|verb| words[top].relation() == "obl" && *verb < top && words[*verb].upos == Upos::Verb);
        let Some(verb) = verb.filter(|_| top < object) else { continue };
        let whole = child(first, words, verb, |word| {
            matches!(word.relation(), "obj" | "ccomp" | "xcomp") || word.deprel == "aux:pass"
        });
        let acted = child(first, words, verb, |word| word.deprel == "nsubj").is_some();
        if whole.is_none() && acted {
            words[object].head = number(first, verb);
            words[object].deprel = "obj".into();
        }
    }
}

/// "the Heads of State A and B", "the mediator, Mr A", "the heads of the commissions, A and B": a name without a preposition
/// explains the office before it.
pub(super) fn name_of_office(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for name in 1..words.len() {
        let Some(above) = head(first, words, name).filter(|above| *above < name) else { continue };
        if words[name].upos != Upos::Propn || !text.slice(words[name].span).starts_with(char::is_uppercase) {
            continue;
        }
        let bare = child(first, words, name, |word| matches!(word.deprel.as_str(), "case" | "det")).is_none();
        let whole = child(first, words, name, |word| word.deprel == "flat").is_some();
        if !bare || !whole {
            continue;
        }
        let comma = (above + 1..name).any(|at| {
            words[at].deprel == "punct"
                && words[at].head == number(first, name)
                && text.slice(words[at].span) == ","
        });
        let of_person = |word: &Word| {
            pack.titles.noun(&word.lemma.to_lowercase()).is_some_and(|noun| noun.kind == NounKind::Person)
        };
        // "a spokesman for the navy, Commodore Jane Doe": a person with a rank, or with a given name, is no navy.
        let ranked = child(first, words, name, |word| word.deprel == "nmod:desc").is_some()
            || pack.titles.given_gender(text.slice(words[name].span)).is_some();
        let official = head(first, words, above).filter(|official| {
            words[above].deprel == "nmod" && *official < above && of_person(&words[*official])
        });
        if words[name].deprel == "appos"
            && comma
            && ranked
            && words[above].upos == Upos::Noun
            && !of_person(&words[above])
            && let Some(official) = official
        {
            words[name].head = number(first, official);
            continue;
        }
        if words[name].deprel == "nmod"
            && (is_title(pack, &words[above]) || comma && of_person(&words[above]))
        {
            words[name].deprel = "appos".into();
        } else if words[name].deprel == "appos" && !is_title(pack, &words[above]) {
            // Two names explain those who are several, not what they are the heads of.
            let office = head(first, words, above)
                .filter(|office| words[above].deprel == "nmod" && words[*office].upos != Upos::Propn);
            let Some(office) = office.filter(|office| is_title(pack, &words[*office])) else { continue };
            let several = |at: usize| words[at].feature("Number") == Some("Plur");
            let two = child(first, words, name, |word| word.deprel == "conj").is_some();
            let thing = words[above].upos == Upos::Noun;
            if two && several(office) && thing {
                words[name].head = number(first, office);
            }
        }
    }
}

/// "the minister, Jane Doe, and Ruritania's minister met": no apposition has "and" before it.
pub(super) fn joined_appositions(first: usize, words: &mut [Word]) {
    for at in 1..words.len() {
        let joins = words[at].deprel == "appos"
            && matches!(words[at].upos, Upos::Propn | Upos::Noun)
            && (0..at).any(|cc| {
                words[cc].head == number(first, at) && words[cc].deprel == "cc" && words[cc].lemma == "and"
            });
        if joins {
            words[at].deprel = "conj".into();
        }
    }
}

/// "the minister of the Republic of Ruritania, Jane Doe, and the minister of Freedonia met": a name between commas that was joined
/// with the state before it is whose office it is.
pub(super) fn name_joined_to_state(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for name in 2..words.len() {
        let Some(state) = head(first, words, name).filter(|state| *state < name) else { continue };
        let Some(office) = head(first, words, state).filter(|office| *office < state) else { continue };
        let comma = text.slice(words[name - 1].span) == ",";
        let joined = words[name].deprel == "conj"
            && words[name].upos == Upos::Propn
            && child(first, words, name, |word| word.deprel == "cc").is_none()
            && child(first, words, name, |word| word.deprel == "flat").is_some();
        let of = words[state].relation() == "nmod"
            && child(first, words, state, |word| word.deprel == "case").is_some();
        let alone = (name + 1..words.len())
            .all(|at| words[at].head != number(first, state) || words[at].deprel != "conj");
        if comma && joined && of && alone && is_title(pack, &words[office]) {
            words[name].head = number(first, office);
            words[name].deprel = "appos".into();
        }
    }
}

/// "the Rwandan and the Angolan presidents": of adjectives of nations that share a noun the noun is the head.
pub(super) fn shared_noun(text: &Text, first: usize, words: &mut [Word]) {
    for lead in 0..words.len() {
        let capital = |at: usize| text.slice(words[at].span).starts_with(char::is_uppercase);
        if words[lead].upos != Upos::Adj || !capital(lead) {
            continue;
        }
        let joined: Vec<usize> = (lead + 1..words.len())
            .filter(|at| words[*at].head == number(first, lead) && words[*at].deprel == "conj")
            .collect();
        let Some((&noun, others)) = joined.split_last() else { continue };
        let own = (lead + 1..noun)
            .find(|at| words[*at].head == number(first, noun) && words[*at].deprel == "amod" && capital(*at));
        let plural = words[noun].upos == Upos::Noun && words[noun].feature("Number") == Some("Plur");
        let (Some(own), true) = (own, plural && others.iter().all(|at| words[*at].upos == Upos::Adj)) else {
            continue;
        };
        let and = child(first, words, noun, |word| word.deprel == "cc");
        let case: Vec<usize> = (0..words.len())
            .filter(|at| words[*at].head == number(first, lead) && words[*at].deprel == "case")
            .collect();
        words[noun].head = words[lead].head;
        words[noun].deprel = words[lead].deprel.clone();
        words[lead].head = number(first, noun);
        words[lead].deprel = "amod".into();
        words[own].head = number(first, lead);
        words[own].deprel = "conj".into();
        case.into_iter().for_each(|at| words[at].head = number(first, noun));
        and.into_iter().for_each(|at| words[at].head = number(first, own));
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;
    use crate::WordId;

    #[test]
    fn a_person_with_a_rank_is_the_spokesman_and_not_the_navy() {
        let text = Text::new("a spokesman for the navy, Commodore Julius Doe, said");
        let rows = [
            ("a", Upos::Det, 2, "det"),
            ("spokesman", Upos::Noun, 11, "nsubj"),
            ("for", Upos::Adp, 5, "case"),
            ("the", Upos::Det, 5, "det"),
            ("navy", Upos::Noun, 2, "nmod"),
            (",", Upos::Punct, 8, "punct"),
            ("Commodore", Upos::Propn, 8, "nmod:desc"),
            ("Julius", Upos::Propn, 5, "appos"),
            ("Doe", Upos::Propn, 8, "flat"),
            (",", Upos::Punct, 2, "punct"),
            ("said", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        name_of_office(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(words[7].head, Some(WordId(1)));
    }

    #[test]
    fn who_is_received_at_a_palace_explains_no_palace() {
        let text = Text::new("Doe received today at Grand Palace the minister");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("received", Upos::Verb, 0, "root"),
            ("today", Upos::Noun, 2, "obl:unmarked"),
            ("at", Upos::Adp, 6, "case"),
            ("Grand", Upos::Propn, 6, "compound"),
            ("Palace", Upos::Propn, 2, "obl"),
            ("the", Upos::Det, 8, "det"),
            ("minister", Upos::Noun, 6, "appos"),
        ];
        let mut words = row(&text, &rows);
        object_behind_place(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[7].head, words[7].deprel.as_str()), (Some(WordId(1)), "obj"));
    }

    #[test]
    fn the_doer_stands_behind_the_day() {
        let text = Text::new("Doe was received on Friday by Roe");
        let rows = [
            ("Doe", Upos::Propn, 3, "nsubj:pass"),
            ("was", Upos::Aux, 3, "aux:pass"),
            ("received", Upos::Verb, 0, "root"),
            ("on", Upos::Adp, 5, "case"),
            ("Friday", Upos::Propn, 3, "obl"),
            ("by", Upos::Adp, 7, "case"),
            ("Roe", Upos::Propn, 5, "nmod"),
        ];
        let mut words = row(&text, &rows);
        doer_behind_setting(0, &mut words);
        assert_eq!((words[6].head, words[6].deprel.as_str()), (Some(WordId(2)), "obl:agent"));
    }

    #[test]
    fn the_object_stands_behind_the_day() {
        let text = Text::new("Doe received on Friday the minister");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("received", Upos::Verb, 0, "root"),
            ("on", Upos::Adp, 4, "case"),
            ("Friday", Upos::Propn, 2, "obl"),
            ("the", Upos::Det, 6, "det"),
            ("minister", Upos::Noun, 2, "obl"),
        ];
        let mut words = row(&text, &rows);
        object_behind_setting(&Pack::builtin(), 0, &mut words);
        assert_eq!(words[5].deprel, "obj");
    }

    #[test]
    fn names_explain_the_office_and_not_what_it_heads() {
        let text = Text::new("ministers of defence Jane Doe and John Roe");
        let rows = [
            ("ministers", Upos::Noun, 0, "root"),
            ("of", Upos::Adp, 3, "case"),
            ("defence", Upos::Noun, 1, "nmod"),
            ("Jane", Upos::Propn, 3, "appos"),
            ("Doe", Upos::Propn, 4, "flat"),
            ("and", Upos::Cconj, 7, "cc"),
            ("John", Upos::Propn, 4, "conj"),
            ("Roe", Upos::Propn, 7, "flat"),
        ];
        let mut words = row(&text, &rows);
        words[0].lemma = "minister".to_owned();
        words[0].feats = "Number=Plur".to_owned();
        name_of_office(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(words[3].head, Some(WordId(0)));
    }

    #[test]
    fn no_apposition_begins_with_and() {
        let text = Text::new("the minister , Doe , and Roe met");
        let rows = [
            ("the", Upos::Det, 2, "det"),
            ("minister", Upos::Noun, 8, "nsubj"),
            (",", Upos::Punct, 4, "punct"),
            ("Doe", Upos::Propn, 2, "appos"),
            (",", Upos::Punct, 7, "punct"),
            ("and", Upos::Cconj, 7, "cc"),
            ("Roe", Upos::Propn, 2, "appos"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        joined_appositions(0, &mut words);
        assert_eq!((words[3].deprel.as_str(), words[6].deprel.as_str()), ("appos", "conj"));
    }

    #[test]
    fn adjectives_of_nations_share_their_noun() {
        let text = Text::new("of the Rwandan and the Angolan presidents");
        let rows = [
            ("of", Upos::Adp, 3, "case"),
            ("the", Upos::Det, 3, "det"),
            ("Rwandan", Upos::Adj, 0, "root"),
            ("and", Upos::Cconj, 7, "cc"),
            ("the", Upos::Det, 7, "det"),
            ("Angolan", Upos::Adj, 7, "amod"),
            ("presidents", Upos::Noun, 3, "conj"),
        ];
        let mut words = row(&text, &rows);
        words[6].feats = "Number=Plur".to_owned();
        shared_noun(&text, 0, &mut words);
        let heads: Vec<Option<u32>> = words.iter().map(|word| word.head.map(|head| head.0)).collect();
        assert_eq!(heads, [Some(6), Some(2), Some(6), Some(5), Some(6), Some(2), None]);
    }
}
