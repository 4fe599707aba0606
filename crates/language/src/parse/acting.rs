//! Offices that are held for a time, and who is called: words that the network takes for verbs and names of things.

use super::row::{child, children, head, number};
use crate::{Upos, Word};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_text::Text;

fn is_office(pack: &Pack, word: &Word) -> bool {
    let low = word.lemma.to_lowercase();
    pack.titles.noun(&low).is_some() || pack.titles.ranks.contains(&low)
}

/// "Acting Secretary Jane Doe met the general", "talked with Acting Chancellor Jane Doe": the first word is a title, no participle.
pub(super) fn acting_office(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for acting in 0..words.len() {
        let verb = words[acting].upos == Upos::Verb && text.slice(words[acting].span) == "Acting";
        let Some(above) = head(first, words, acting).filter(|_| verb) else { continue };
        let below = |wanted: &[&str]| {
            children(first, words, acting)
                .find(|it| *it > acting && wanted.contains(&words[*it].deprel.as_str()))
        };
        let Some(name) = below(&["obj", "xcomp"]) else { continue };
        let titled = children(first, words, name)
            .any(|it| words[it].deprel == "nmod:desc" && it > acting && is_office(pack, &words[it]));
        if !(titled || is_office(pack, &words[name])) {
            continue;
        }
        let lone = words[acting].deprel == "advcl"
            && above > name
            && child(first, words, above, |word| word.relation() == "nsubj").is_none();
        let preposition = child(first, words, acting, |word| matches!(word.deprel.as_str(), "mark" | "case"))
            .filter(|it| *it < acting);
        if lone {
            words[name].deprel = "nsubj".into();
        } else if let Some(preposition) = preposition.filter(|_| above < acting) {
            words[name].deprel = "obl".into();
            words[preposition].head = number(first, name);
            words[preposition].deprel = "case".into();
            words[preposition].upos = Upos::Adp;
        } else {
            continue;
        }
        words[name].head = number(first, above);
        words[acting].head = number(first, name);
        words[acting].deprel = "amod".into();
        words[acting].upos = Upos::Adj;
    }
}

/// "called the Ruritanian commander at noon": who is called what is told with two nouns; one alone is telephoned.
pub(super) fn called_at_an_hour(first: usize, words: &mut [Word]) {
    for whom in 1..words.len() {
        let noun = matches!(words[whom].upos, Upos::Noun | Upos::Propn) && words[whom].deprel == "xcomp";
        let Some(verb) = head(first, words, whom).filter(|verb| noun && words[*verb].lemma == "call") else {
            continue;
        };
        let named = children(first, words, verb)
            .any(|it| matches!(words[it].deprel.as_str(), "obj" | "iobj" | "nsubj:pass" | "ccomp"));
        let definite = child(first, words, whom, |word| word.lemma == "the" || word.deprel == "nmod:poss");
        if !named && definite.is_some() && whom > verb {
            words[whom].deprel = "obj".into();
        }
    }
}

/// "co-chaired the meeting": the prefix that was cut off is no verb of its own.
pub(super) fn prefix_of_verb(text: &Text, first: usize, words: &mut [Word]) {
    for prefix in 0..words.len().saturating_sub(1) {
        let verb = prefix + 1;
        let cut = text.slice(words[prefix].span).eq_ignore_ascii_case("co-")
            && words[prefix].upos == Upos::Verb
            && head(first, words, verb) == Some(prefix);
        if !cut {
            continue;
        }
        words[verb].head = words[prefix].head;
        words[verb].deprel = words[prefix].deprel.clone();
        words[verb].upos = Upos::Verb;
        for other in children(first, words, prefix).filter(|it| *it != verb).collect::<Vec<_>>() {
            words[other].head = number(first, verb);
        }
        words[prefix].head = number(first, verb);
        words[prefix].deprel = "advmod".into();
        words[prefix].upos = Upos::Adv;
    }
}

/// "Ruritania's Vice Minister Jane Doe and John Roe ended the talks", "received State Councillor Jane Doe": an office right
/// before a name in the same place is hers.
pub(super) fn office_beside_subject(pack: &Pack, first: usize, words: &mut [Word]) {
    for name in 1..words.len() {
        let office = name - 1;
        let both = |relation: &str| [office, name].iter().all(|at| words[*at].deprel == relation);
        if !(both("nsubj") || both("obj"))
            || words[name].head != words[office].head
            || words[name].upos != Upos::Propn
        {
            continue;
        }
        let low = words[office].lemma.to_lowercase();
        let person = pack.titles.noun(&low).is_some_and(|noun| noun.kind == NounKind::Person);
        if person || pack.titles.ranks.contains(&low) {
            words[office].head = number(first, name);
            words[office].deprel = "nmod:desc".into();
        }
    }
}

/// "spoke with Abkhaz foreign minister Jane Doe": where the people before an office took the place of the name, the name
/// stands beside it without a preposition of its own.
pub(super) fn name_behind_people(pack: &Pack, first: usize, words: &mut [Word]) {
    for name in 2..words.len() {
        let office = name - 1;
        if words[name].upos != Upos::Propn
            || words[office].upos != Upos::Noun
            || words[office].deprel != "nmod:desc"
            || !is_office(pack, &words[office])
        {
            continue;
        }
        let Some(people) = head(first, words, office).filter(|at| *at < office) else { continue };
        let beside = words[name].head == words[people].head
            && words[name].deprel == words[people].deprel
            && child(first, words, name, |word| word.deprel == "case").is_none();
        let one = words[people].upos == Upos::Propn
            && (people + 1..office)
                .all(|at| words[at].upos == Upos::Adj && words[at].head == number(first, office));
        if !(beside && one) {
            continue;
        }
        for at in children(first, words, people).filter(|at| *at != office).collect::<Vec<_>>() {
            words[at].head = number(first, name);
        }
        words[office].head = number(first, name);
        words[people].head = number(first, name);
        words[people].deprel = "amod".into();
    }
}

/// "President Doe and Dr Roe met": a form of address right before a name beside it is no third.
pub(super) fn address_beside_name(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for address in 0..words.len().saturating_sub(1) {
        // "Hon. Doe": the stop may stand alone.
        let stop = text.slice(words[address + 1].span) == ".";
        let name = (address + 1 + usize::from(stop)).min(words.len() - 1);
        let beside = words[address].head == words[name].head
            && words[address].deprel == words[name].deprel
            && words[name].upos == Upos::Propn;
        if beside && pack.titles.is_honorific(text.slice(words[address].span)) {
            for moved in children(first, words, address).collect::<Vec<_>>() {
                words[moved].head = number(first, name);
            }
            words[address].head = number(first, name);
            words[address].deprel = "nmod:desc".into();
        }
    }
}

/// "the director of the Service (FIS), Jane Doe, and the head": a name behind a body and a comma is that of whoever leads it.
pub(super) fn name_of_who_leads(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for name in 4..words.len() {
        let apposed = words[name].deprel == "appos"
            && words[name].upos == Upos::Propn
            && text.slice(words[name - 1].span) == ",";
        let Some(body) = head(first, words, name).filter(|body| apposed && *body < name) else { continue };
        let Some(lead) = head(first, words, body).filter(|lead| *lead < body) else { continue };
        let person = |word: &Word| {
            let low = word.lemma.to_lowercase();
            pack.titles.noun(&low).is_some_and(|noun| noun.kind == NounKind::Person)
        };
        // "the Foreign Service (FIS), the agency" explains the body: only a known given name is a person's.
        let given = pack.titles.given_gender(text.slice(words[name].span)).is_some();
        let flat = child(first, words, name, |word| word.deprel == "flat").is_some();
        let of = words[body].deprel == "nmod" && !person(&words[body]);
        let alone = child(first, words, lead, |word| word.deprel == "appos").is_none();
        if of && alone && person(&words[lead]) && given && flat {
            words[name].head = number(first, lead);
        }
    }
}

/// "the minister and his Ruritanian colleague, Jane Doe, met": a name behind a comma is that of the nearer of two.
pub(super) fn name_of_the_nearer(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for name in 3..words.len() {
        let lone = words[name].deprel == "appos"
            && words[name].upos == Upos::Propn
            && text.slice(words[name - 1].span) == ","
            && child(first, words, name, |word| word.deprel == "conj").is_none();
        let Some(far) = head(first, words, name).filter(|far| lone && *far < name) else { continue };
        let near = children(first, words, far).filter(|it| words[*it].deprel == "conj" && *it < name).last();
        let Some(near) = near.filter(|near| *near + 2 == name) else { continue };
        // "the presidents A and B, Jane Doe and John Roe" explains both; two offices of one person stand without an article.
        let told =
            child(first, words, near, |word| matches!(word.deprel.as_str(), "det" | "nmod:poss")).is_some();
        let person = pack.titles.noun(&words[near].lemma.to_lowercase());
        let unnamed = words[far].upos != Upos::Propn;
        if told && unnamed && person.is_some_and(|noun| noun.kind == NounKind::Person) {
            words[name].head = number(first, near);
        }
    }
}

/// "Jane Doe, Deputy Prime Minister, and John Roe": an office behind the comma that has no name of its own is hers.
pub(super) fn office_behind_name(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for office in 2..words.len() {
        let capital = text.slice(words[office].span).starts_with(char::is_uppercase);
        if words[office].deprel != "conj" || !capital || !is_office(pack, &words[office]) {
            continue;
        }
        let Some(name) = head(first, words, office).filter(|name| words[*name].upos == Upos::Propn) else {
            continue;
        };
        // "Jane Doe, Member of the Bureau and Special Representative, held": two offices between commas.
        let and = child(first, words, office, |word| word.deprel == "cc");
        let second = and.is_some()
            && children(first, words, name).any(|it| {
                words[it].deprel == "appos" && (name..office).contains(&it) && is_office(pack, &words[it])
            });
        let own = child(first, words, office, |word| {
            matches!(word.deprel.as_str(), "det" | "nmod:poss" | "appos" | "flat" | "case")
                || word.deprel == "cc" && !second
        });
        let start =
            children(first, words, office).filter(|it| words[*it].upos != Upos::Punct).chain([office]).min();
        let comma =
            start.and_then(|start| start.checked_sub(1)).filter(|at| text.slice(words[*at].span) == ",");
        let behind = comma.is_some_and(|comma| {
            comma > name
                && (name + 1..comma).all(|at| words[at].deprel == "flat" || words[at].upos == Upos::Punct)
        });
        let person = words[name].lemma != words[office].lemma && !is_office(pack, &words[name]);
        // "Doe, Minister Roe and President Moe" has names behind the offices.
        let next =
            words.get(office + 1).is_some_and(|word| word.upos == Upos::Propn && word.deprel != "nmod");
        if own.is_none() && (behind || second) && person && !next {
            words[office].deprel = "appos".into();
            continue;
        }
        // "with Jane Doe and John Roe, Chairman of the Chiefs": of the last who is named.
        let last = comma.and_then(|comma| comma.checked_sub(1)).map(|at| match words[at].deprel.as_str() {
            "flat" => head(first, words, at).unwrap_or(at),
            _ => at,
        });
        let last = last.filter(|last| *last > name && head(first, words, *last) == Some(name));
        if let Some(last) = last.filter(|_| own.is_none() && !next) {
            let named = words[last].deprel == "conj"
                && words[last].upos == Upos::Propn
                && !is_office(pack, &words[last]);
            if named {
                words[office].head = number(first, last);
                words[office].deprel = "appos".into();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;
    use crate::WordId;

    #[test]
    fn a_name_behind_its_people_and_office_is_who_is_met() {
        let rows = [
            ("spoke", Upos::Verb, 0, "root"),
            ("with", Upos::Adp, 3, "case"),
            ("Abkhaz", Upos::Propn, 1, "obl"),
            ("foreign", Upos::Adj, 5, "amod"),
            ("minister", Upos::Noun, 3, "nmod:desc"),
            ("Doe", Upos::Propn, 1, "obl"),
        ];
        let text = Text::new("spoke with Abkhaz foreign minister Doe");
        let mut words = row(&text, &rows);
        name_behind_people(&Pack::builtin(), 0, &mut words);
        let heads: Vec<Option<WordId>> = words.iter().map(|word| word.head).collect();
        assert_eq!(heads[5], Some(WordId(0)));
        assert_eq!([heads[1], heads[2], heads[4]], [Some(WordId(5)); 3]);
    }

    #[test]
    fn acting_before_an_office_is_no_verb() {
        let text = Text::new("Acting Secretary Doe met him");
        let rows = [
            ("Acting", Upos::Verb, 4, "advcl"),
            ("Secretary", Upos::Propn, 1, "obj"),
            ("Doe", Upos::Propn, 2, "appos"),
            ("met", Upos::Verb, 0, "root"),
            ("him", Upos::Pron, 4, "obj"),
        ];
        let mut words = row(&text, &rows);
        acting_office(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[1].head, words[1].deprel.as_str()), (Some(WordId(3)), "nsubj"));
        assert_eq!(words[0].head, Some(WordId(1)));
    }

    #[test]
    fn whoever_acts_for_another_is_talked_with() {
        let text = Text::new("He talked with Acting Chancellor Jane Doe");
        let rows = [
            ("He", Upos::Pron, 2, "nsubj"),
            ("talked", Upos::Verb, 0, "root"),
            ("with", Upos::Sconj, 4, "mark"),
            ("Acting", Upos::Verb, 2, "obl"),
            ("Chancellor", Upos::Propn, 6, "nmod:desc"),
            ("Jane", Upos::Propn, 4, "xcomp"),
            ("Doe", Upos::Propn, 6, "flat"),
        ];
        let mut words = row(&text, &rows);
        acting_office(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[5].head, words[5].deprel.as_str()), (Some(WordId(1)), "obl"));
        assert_eq!((words[2].head, words[2].upos), (Some(WordId(5)), Upos::Adp));
    }

    #[test]
    fn a_prefix_that_was_cut_off_is_no_verb() {
        let text = Text::new("Doe co-chaired the meeting");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("co-", Upos::Verb, 0, "root"),
            ("chaired", Upos::Verb, 2, "xcomp"),
            ("the", Upos::Det, 5, "det"),
            ("meeting", Upos::Noun, 3, "obj"),
        ];
        let mut words = row(&text, &rows);
        prefix_of_verb(&text, 0, &mut words);
        assert_eq!((words[2].head, words[2].deprel.as_str()), (None, "root"));
        assert_eq!((words[0].head, words[1].head), (Some(WordId(2)), Some(WordId(2))));
    }

    #[test]
    fn an_office_right_before_the_subject_is_hers() {
        let text = Text::new("Minister Doe ended the talks");
        let rows = [
            ("Minister", Upos::Propn, 3, "nsubj"),
            ("Doe", Upos::Propn, 3, "nsubj"),
            ("ended", Upos::Verb, 0, "root"),
            ("the", Upos::Det, 5, "det"),
            ("talks", Upos::Noun, 3, "obj"),
        ];
        let mut words = row(&text, &rows);
        office_beside_subject(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[0].head, words[0].deprel.as_str()), (Some(WordId(1)), "nmod:desc"));
    }

    #[test]
    fn a_form_of_address_is_no_third() {
        let text = Text::new("Kiir and Dr Machar met");
        let rows = [
            ("Kiir", Upos::Propn, 5, "nsubj"),
            ("and", Upos::Cconj, 3, "cc"),
            ("Dr", Upos::Propn, 1, "conj"),
            ("Machar", Upos::Propn, 1, "conj"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        address_beside_name(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[2].head, words[2].deprel.as_str()), (Some(WordId(3)), "nmod:desc"));
        assert_eq!(words[1].head, Some(WordId(3)));
    }

    #[test]
    fn a_name_behind_a_body_is_that_of_its_head() {
        let text = Text::new("the director of the Service, Sergei Doe, met him");
        let rows = [
            ("the", Upos::Det, 2, "det"),
            ("director", Upos::Noun, 10, "nsubj"),
            ("of", Upos::Adp, 5, "case"),
            ("the", Upos::Det, 5, "det"),
            ("Service", Upos::Propn, 2, "nmod"),
            (",", Upos::Punct, 7, "punct"),
            ("Sergei", Upos::Propn, 5, "appos"),
            ("Doe", Upos::Propn, 7, "flat"),
            (",", Upos::Punct, 2, "punct"),
            ("met", Upos::Verb, 0, "root"),
            ("him", Upos::Pron, 10, "obj"),
        ];
        let mut words = row(&text, &rows);
        name_of_who_leads(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(words[6].head, Some(WordId(1)));
    }

    #[test]
    fn a_name_behind_a_comma_is_that_of_the_nearer_of_two() {
        let text = Text::new("the minister and his colleague, Doe, met");
        let rows = [
            ("the", Upos::Det, 2, "det"),
            ("minister", Upos::Noun, 9, "nsubj"),
            ("and", Upos::Cconj, 5, "cc"),
            ("his", Upos::Pron, 5, "nmod:poss"),
            ("colleague", Upos::Noun, 2, "conj"),
            (",", Upos::Punct, 7, "punct"),
            ("Doe", Upos::Propn, 2, "appos"),
            (",", Upos::Punct, 2, "punct"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        name_of_the_nearer(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(words[6].head, Some(WordId(4)));
    }

    #[test]
    fn an_office_behind_the_comma_is_that_of_the_name() {
        let text = Text::new("Doe, Prime Minister, and Roe met");
        let rows = [
            ("Doe", Upos::Propn, 8, "nsubj"),
            (",", Upos::Punct, 4, "punct"),
            ("Prime", Upos::Adj, 4, "amod"),
            ("Minister", Upos::Propn, 1, "conj"),
            (",", Upos::Punct, 7, "punct"),
            ("and", Upos::Cconj, 7, "cc"),
            ("Roe", Upos::Propn, 1, "conj"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        office_behind_name(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(words[3].deprel, "appos");
        assert_eq!(words[6].deprel, "conj");
    }

    #[test]
    fn one_noun_behind_called_is_telephoned_and_the_second_is_a_name() {
        let text = Text::new("Doe called the commander at noon");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("called", Upos::Verb, 0, "root"),
            ("the", Upos::Det, 4, "det"),
            ("commander", Upos::Noun, 2, "xcomp"),
            ("at", Upos::Adp, 6, "case"),
            ("noon", Upos::Noun, 2, "obl"),
        ];
        let mut words = row(&text, &rows);
        words[1].lemma = "call".into();
        let mut named = words.clone();
        called_at_an_hour(0, &mut words);
        assert_eq!(words[3].deprel, "obj");
        named[5].deprel = "obj".into();
        called_at_an_hour(0, &mut named);
        assert_eq!(named[3].deprel, "xcomp");
    }
}
