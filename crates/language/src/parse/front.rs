//! Mends sentences that open with a place, a day or an occasion: the preposition, the day or the subject that stands right
//! behind them.

use super::row::{child, children, head, number};
use crate::{Upos, Word};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_text::Text;

fn is_person(pack: &Pack, word: &Word) -> bool {
    pack.titles.noun(&word.lemma.to_lowercase()).is_some_and(|noun| noun.kind == NounKind::Person)
}

/// "In Doha on Friday the minister told …": the first preposition belongs to the place, and the day to the verb.
pub(super) fn place_and_day(pack: &Pack, first: usize, words: &mut [Word]) {
    for day in 3..words.len() {
        let (opening, place, second) = (day - 3, day - 2, day - 1);
        let low = words[day].lemma.to_lowercase();
        if !pack.telling.weekdays.has(&low) || words[day].deprel != "nmod" {
            continue;
        }
        let fits = words[place].upos == Upos::Propn
            && words[place].relation() == "obl"
            && head(first, words, day) == Some(place)
            && words[second].deprel == "case"
            && words[second].head == number(first, day)
            && words[opening].deprel == "case";
        let verb = head(first, words, place).filter(|verb| words[*verb].upos == Upos::Verb);
        let Some(verb) = verb.filter(|_| fits) else { continue };
        words[opening].head = number(first, place);
        words[day].head = number(first, verb);
        words[day].deprel = "obl".into();
    }
}

/// "At the invitation of the chancellor, Jane Doe, the minister, John Roe, paid a visit": the office behind the name is no
/// second one of hers where the verb has no other subject.
pub(super) fn subject_behind_occasion(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for office in 3..words.len() {
        if words[office].deprel != "appos" || !is_person(pack, &words[office]) {
            continue;
        }
        let Some(name) = head(first, words, office).filter(|name| *name < office) else { continue };
        let opens = child(first, words, office, |word| word.deprel == "det" && word.lemma == "the");
        let comma = opens.is_some_and(|det| det > 0 && text.slice(words[det - 1].span) == ",");
        // Behind another person's name, or behind something that is no person: "on Monday, the day after the feast".
        let named =
            words[name].upos == Upos::Propn && matches!(words[name].deprel.as_str(), "appos" | "nmod");
        let other = words[name].upos != Upos::Propn && !is_person(pack, &words[name]);
        if !comma || !(named || other) {
            continue;
        }
        // The occasion above, and the verb that it belongs to.
        let mut top = name;
        while words[top].relation() != "obl" {
            match head(first, words, top).filter(|above| *above < top) {
                Some(above) if words[top].deprel == "appos" || words[top].deprel == "nmod" => top = above,
                _ => break,
            }
        }
        let verb = head(first, words, top).filter(|verb| *verb > office && words[*verb].upos == Upos::Verb);
        let Some(verb) = verb.filter(|_| words[top].relation() == "obl") else { continue };
        let finite = words[verb].feature("VerbForm") == Some("Fin")
            || child(first, words, verb, |word| word.relation() == "aux").is_some();
        let acted = child(first, words, verb, |word| {
            matches!(word.relation(), "nsubj" | "csubj" | "expl") || word.deprel == "aux:pass"
        });
        if finite && acted.is_none() {
            words[office].head = number(first, verb);
            words[office].deprel = "nsubj".into();
            // Who acts together with whom stands behind the comma too.
            let joined: Vec<usize> = children(first, words, name)
                .filter(|it| *it > office && *it < verb && words[*it].deprel == "conj")
                .collect();
            joined.into_iter().for_each(|it| words[it].head = number(first, office));
        }
    }
}

/// "In a brief ceremony on Wednesday President Jane Doe signed": a name without a preposition is no part of the occasion
/// where nobody else acts.
pub(super) fn name_behind_occasion(first: usize, words: &mut [Word]) {
    for name in 2..words.len() {
        if words[name].upos != Upos::Propn || words[name].deprel != "nmod" {
            continue;
        }
        let Some(top) = head(first, words, name).filter(|top| *top < name && words[*top].deprel == "obl")
        else {
            continue;
        };
        let Some(verb) = head(first, words, top).filter(|verb| *verb > name) else { continue };
        let titled = child(first, words, name, |word| word.deprel == "nmod:desc").is_some();
        let bare = child(first, words, name, |word| word.deprel == "case").is_none();
        let acted = child(first, words, verb, |word| {
            matches!(word.relation(), "nsubj" | "csubj" | "expl") || word.deprel == "aux:pass"
        });
        let finite = words[verb].upos == Upos::Verb && words[verb].feature("VerbForm") == Some("Fin");
        if titled && bare && finite && acted.is_none() {
            words[name].head = number(first, verb);
            words[name].deprel = "nsubj".into();
        }
    }
}

/// "the two presidents, Doe and Roe, said", "the presidents of Ruritania and Freedonia, Doe and Roe, signed": two names
/// between commas explain the office.
pub(super) fn two_named(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    let form = |words: &[Word], at: usize| text.slice(words[at].span).to_owned();
    for noun in 0..words.len() {
        let plural = words[noun].feature("Number") == Some("Plur") && is_person(pack, &words[noun]);
        let comma = (noun + 1..words.len()).find(|at| words[*at].upos == Upos::Punct);
        let Some(comma) = comma.filter(|at| plural && form(words, *at) == ",") else { continue };
        let two = child(first, words, noun, |word| word.deprel == "nummod" && word.lemma == "two").is_some();
        // Behind the office stand its two states, or nothing.
        let between = noun + 1..comma;
        let states = between.clone().filter(|at| words[*at].deprel == "cc").count() == 1
            && between.clone().all(|at| words[at].upos != Upos::Verb)
            && between.start < comma
            && words[between.start].lemma == "of";
        let lead = comma + 1;
        if !(states || two && between.is_empty()) || lead >= words.len() {
            continue;
        }
        let name = |at: usize| {
            words[at].upos == Upos::Propn
                && matches!(words[at].deprel.as_str(), "conj" | "appos" | "nmod")
                && head(first, words, at).is_some_and(|above| (noun..at).contains(&above))
        };
        let end = |at: usize| children(first, words, at).filter(|it| words[*it].deprel == "flat").last();
        let and = end(lead).unwrap_or(lead) + 1;
        let other = and + 1;
        if other >= words.len() || !name(lead) || !name(other) || form(words, and) != "and" {
            continue;
        }
        let behind = end(other).unwrap_or(other) + 1;
        if behind < words.len() && form(words, behind) == "," {
            words[lead].head = number(first, noun);
            words[lead].deprel = "appos".into();
            words[other].head = number(first, lead);
            words[other].deprel = "conj".into();
        }
    }
}

/// "the delegation led by Doe and the team under Roe agreed": two groups are joined, not a leader with a group.
pub(super) fn groups_side_by_side(pack: &Pack, first: usize, words: &mut [Word]) {
    for group in 4..words.len() {
        let is_group = |at: usize| {
            words[at].upos == Upos::Noun
                && matches!(
                    words[at].lemma.as_str(),
                    "delegation" | "team" | "mission" | "side" | "group" | "committee"
                )
        };
        let Some(leader) = head(first, words, group).filter(|leader| *leader < group) else { continue };
        let Some(led) = head(first, words, leader).filter(|led| *led < leader) else { continue };
        let Some(lead) = head(first, words, led).filter(|lead| *lead < led) else { continue };
        let joined = words[group].deprel == "conj"
            && words[leader].upos == Upos::Propn
            && words[led].deprel == "acl"
            && matches!(words[led].lemma.as_str(), "lead" | "head")
            && child(first, words, group, |word| word.deprel == "det").is_some();
        if joined && is_group(group) && (is_group(lead) || is_person(pack, &words[lead])) {
            words[group].head = number(first, lead);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;
    use crate::WordId;

    fn tree(words: &[Word]) -> Vec<(u32, &str)> {
        words.iter().map(|it| (it.head.map_or(0, |it| it.0 + 1), it.deprel.as_str())).collect()
    }

    #[test]
    fn a_place_in_front_has_its_preposition_and_the_verb_its_day() {
        let text = Text::new("In Doha on Friday Doe told Roe");
        let rows = [
            ("In", Upos::Adp, 4, "case"),
            ("Doha", Upos::Propn, 6, "obl"),
            ("on", Upos::Adp, 4, "case"),
            ("Friday", Upos::Propn, 2, "nmod"),
            ("Doe", Upos::Propn, 6, "nsubj"),
            ("told", Upos::Verb, 0, "root"),
            ("Roe", Upos::Propn, 6, "iobj"),
        ];
        let mut words = row(&text, &rows);
        place_and_day(&Pack::builtin(), 0, &mut words);
        assert_eq!(tree(&words)[..4], [(2, "case"), (6, "obl"), (4, "case"), (6, "obl")]);
    }

    #[test]
    fn an_office_behind_a_name_acts_where_nobody_else_does() {
        let text = Text::new("In talks with the chancellor , Doe , the minister promised aid");
        let rows = [
            ("In", Upos::Adp, 2, "case"),
            ("talks", Upos::Noun, 10, "obl"),
            ("with", Upos::Adp, 5, "case"),
            ("the", Upos::Det, 5, "det"),
            ("chancellor", Upos::Noun, 2, "nmod"),
            (",", Upos::Punct, 7, "punct"),
            ("Doe", Upos::Propn, 5, "appos"),
            (",", Upos::Punct, 10, "punct"),
            ("the", Upos::Det, 10, "det"),
            ("minister", Upos::Noun, 7, "appos"),
            ("promised", Upos::Verb, 0, "root"),
            ("aid", Upos::Noun, 11, "obj"),
        ];
        let mut words = row(&text, &rows);
        words[1].head = Some(WordId(10));
        words[7].head = Some(WordId(9));
        words[10].feats = "VerbForm=Fin".into();
        let pack = Pack::builtin();
        subject_behind_occasion(&pack, &text, 0, &mut words);
        assert_eq!(tree(&words)[9], (11, "nsubj"));
        // Where somebody acts already, nothing is taken from the apposition.
        words[9].head = Some(WordId(6));
        words[9].deprel = "appos".into();
        words[11].deprel = "nsubj".into();
        subject_behind_occasion(&pack, &text, 0, &mut words);
        assert_eq!(tree(&words)[9], (7, "appos"));
    }

    #[test]
    fn a_name_behind_an_occasion_acts() {
        let text = Text::new("In a ceremony President Doe signed");
        let rows = [
            ("In", Upos::Adp, 3, "case"),
            ("a", Upos::Det, 3, "det"),
            ("ceremony", Upos::Noun, 6, "obl"),
            ("President", Upos::Propn, 5, "nmod:desc"),
            ("Doe", Upos::Propn, 3, "nmod"),
            ("signed", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        words[5].feats = "VerbForm=Fin".into();
        name_behind_occasion(0, &mut words);
        assert_eq!(tree(&words)[4], (6, "nsubj"));
    }

    #[test]
    fn two_names_between_commas_are_the_two() {
        let text = Text::new("the two presidents, Doe and Roe, spoke");
        let rows = [
            ("the", Upos::Det, 3, "det"),
            ("two", Upos::Num, 3, "nummod"),
            ("presidents", Upos::Noun, 9, "nsubj"),
            (",", Upos::Punct, 5, "punct"),
            ("Doe", Upos::Propn, 3, "conj"),
            ("and", Upos::Cconj, 7, "cc"),
            ("Roe", Upos::Propn, 3, "conj"),
            (",", Upos::Punct, 3, "punct"),
            ("spoke", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        words[2].lemma = "president".into();
        words[2].feats = "Number=Plur".into();
        two_named(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((tree(&words)[4], tree(&words)[6]), ((3, "appos"), (5, "conj")));
    }

    #[test]
    fn a_team_is_joined_to_a_delegation_not_to_who_leads_it() {
        let text = Text::new("the delegation led by Doe and the team agreed");
        let rows = [
            ("the", Upos::Det, 2, "det"),
            ("delegation", Upos::Noun, 9, "nsubj"),
            ("led", Upos::Verb, 2, "acl"),
            ("by", Upos::Adp, 5, "case"),
            ("Doe", Upos::Propn, 3, "obl:agent"),
            ("and", Upos::Cconj, 8, "cc"),
            ("the", Upos::Det, 8, "det"),
            ("team", Upos::Noun, 5, "conj"),
            ("agreed", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        words[2].lemma = "lead".into();
        groups_side_by_side(&Pack::builtin(), 0, &mut words);
        assert_eq!(tree(&words)[7], (2, "conj"));
    }
}
