//! Mends two persons in office that stand side by side, names that begin with a small word, and places that hang on a day.

use super::row::{children, head, number};
use crate::{Upos, Word};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_text::Text;

fn is_office(pack: &Pack, word: &Word) -> bool {
    pack.titles.noun(&word.lemma.to_lowercase()).is_some_and(|noun| noun.kind == NounKind::Person)
}

/// "Secretary of State Jane Doe and Foreign Minister John Roe spoke": each office is that of the name behind it, and both
/// names do what is told.
pub(super) fn offices_side_by_side(pack: &Pack, first: usize, words: &mut [Word]) {
    for last in 3..words.len() {
        if words[last].upos != Upos::Propn {
            continue;
        }
        let below: Vec<usize> = children(first, words, last).collect();
        let office = below.iter().copied().find(|it| {
            *it < last
                && matches!(words[*it].deprel.as_str(), "nmod:desc" | "compound")
                && is_office(pack, &words[*it])
        });
        let Some(office) = office else { continue };
        let name = children(first, words, office).find(|it| {
            *it > office
                && *it < last
                && words[*it].upos == Upos::Propn
                && matches!(words[*it].deprel.as_str(), "appos" | "flat")
        });
        let Some(name) = name else { continue };
        let other = [name, office].into_iter().flat_map(|of| children(first, words, of)).find(|it| {
            // "and" between them tells two offices from one with two words.
            let and = children(first, words, *it)
                .chain(children(first, words, office))
                .any(|cc| words[cc].deprel == "cc" && name < cc && cc < *it);
            let joined = match words[*it].deprel.as_str() {
                "conj" => true,
                "nmod:desc" | "compound" => and,
                _ => false,
            };
            *it > name && *it + 1 == last && joined && is_office(pack, &words[*it])
        });
        let Some(other) = other else { continue };
        words[name].head = words[last].head;
        words[name].deprel = words[last].deprel.clone();
        words[office].head = number(first, name);
        words[office].deprel = "nmod:desc".into();
        words[last].head = number(first, name);
        words[last].deprel = "conj".into();
        words[other].head = number(first, last);
        words[other].deprel = "nmod:desc".into();
        let joining = [other, office].into_iter().flat_map(|of| children(first, words, of));
        for it in joining.filter(|it| *it > name && words[*it].deprel == "cc").collect::<Vec<_>>() {
            words[it].head = number(first, last);
        }
        // What stood before both belongs to the first: "with", "by".
        let cases: Vec<usize> =
            below.into_iter().filter(|it| *it < office && words[*it].deprel == "case").collect();
        cases.into_iter().for_each(|it| words[it].head = number(first, name));
    }
}

/// "Doe and opposition leader John Roe sat": the office and the name behind it are one, not two more persons.
pub(super) fn office_joined_beside_name(pack: &Pack, first: usize, words: &mut [Word]) {
    for name in 2..words.len() {
        let office = name - 1;
        let joined = words[name].deprel == "conj"
            && words[office].deprel == "conj"
            && words[name].head == words[office].head;
        let named = words[name].upos == Upos::Propn
            && children(first, words, name).any(|it| words[it].deprel == "flat");
        if !joined || !named || !is_office(pack, &words[office]) {
            continue;
        }
        for it in children(first, words, office).collect::<Vec<_>>() {
            if words[it].deprel == "cc" {
                words[it].head = number(first, name);
            }
        }
        words[office].head = number(first, name);
        words[office].deprel = "nmod:desc".into();
    }
}

/// "with Senior General Than Shwe": a small word with a capital between an office and a name begins the name.
pub(super) fn name_with_small_word(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for small in 1..words.len().saturating_sub(1) {
        let (office, name) = (small - 1, small + 1);
        let form = text.slice(words[small].span);
        let capital = form.starts_with(char::is_uppercase)
            && form.len() <= 4
            && form.chars().skip(1).all(char::is_lowercase);
        let tagged = matches!(words[small].upos, Upos::Adp | Upos::Det | Upos::Aux | Upos::Sconj);
        if !capital || !tagged || words[name].upos != Upos::Propn || !is_office(pack, &words[office]) {
            continue;
        }
        if head(first, words, small) != Some(name) || head(first, words, name) == Some(small) {
            continue;
        }
        let (target, relation) = (words[office].head, words[office].deprel.clone());
        if target == number(first, small) || target == number(first, name) {
            continue;
        }
        let moved = [office, name].into_iter().flat_map(|of| children(first, words, of));
        let moved: Vec<usize> = moved
            .filter(|it| {
                *it != small
                    && *it != name
                    && *it != office
                    && !matches!(words[*it].deprel.as_str(), "amod" | "compound")
            })
            .collect();
        moved.into_iter().for_each(|it| words[it].head = number(first, small));
        words[small].upos = Upos::Propn;
        words[small].head = target;
        words[small].deprel = relation;
        words[office].head = number(first, small);
        words[office].deprel = "nmod:desc".into();
        words[name].head = number(first, small);
        words[name].deprel = "flat".into();
    }
}

/// "agreed on Thursday in Doha to open it", "spoke for two hours in Geneva": a place is where something happens, it is no
/// part of a day.
pub(super) fn place_behind_day(pack: &Pack, first: usize, words: &mut [Word]) {
    for place in 3..words.len() {
        if words[place].deprel != "nmod" || words[place].upos != Upos::Propn {
            continue;
        }
        let inside = children(first, words, place)
            .any(|it| words[it].deprel == "case" && matches!(words[it].lemma.as_str(), "in" | "at"));
        let Some(day) = head(first, words, place).filter(|day| *day < place && inside) else { continue };
        let low = words[day].lemma.to_lowercase();
        let timed = pack.telling.weekdays.has(&low)
            || pack.telling.months.has(&low)
            || matches!(
                low.as_str(),
                "hour" | "minute" | "evening" | "night" | "morning" | "afternoon" | "today" | "yesterday"
            );
        if !timed || words[day].relation() != "obl" {
            continue;
        }
        if let Some(verb) =
            head(first, words, day).filter(|verb| words[*verb].upos == Upos::Verb && *verb < place)
        {
            words[place].head = number(first, verb);
            words[place].deprel = "obl".into();
        }
    }
}

/// "Doe and Roe, his counterpart, talked by telephone": who talks is not talked to, as long as no auxiliary says so.
pub(super) fn who_confers_acts(pack: &Pack, first: usize, words: &mut [Word]) {
    for subject in 0..words.len() {
        if words[subject].deprel != "nsubj:pass" {
            continue;
        }
        let Some(verb) = head(first, words, subject) else { continue };
        let passive = children(first, words, verb).any(|it| {
            matches!(words[it].deprel.as_str(), "aux:pass" | "obl:agent") || words[it].relation() == "aux"
        });
        if !passive && pack.telling.conferring.has(&words[verb].lemma) {
            words[subject].deprel = "nsubj".into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;
    use crate::WordId;

    #[test]
    fn two_offices_have_a_name_each() {
        let text = Text::new("Secretary Doe and Minister Roe spoke");
        // The second office may hang on the first name or on the first office.
        for (and, second) in [(4, (2, "conj")), (1, (1, "nmod:desc"))] {
            let rows = [
                ("Secretary", Upos::Propn, 5, "nmod:desc"),
                ("Doe", Upos::Propn, 1, "appos"),
                ("and", Upos::Cconj, and, "cc"),
                ("Minister", Upos::Propn, second.0, second.1),
                ("Roe", Upos::Propn, 6, "nsubj"),
                ("spoke", Upos::Verb, 0, "root"),
            ];
            let mut words = row(&text, &rows);
            offices_side_by_side(&Pack::builtin(), 0, &mut words);
            let tree: Vec<_> =
                words.iter().map(|it| (it.head.map_or(0, |it| it.0 + 1), it.deprel.as_str())).collect();
            let wanted =
                [(2, "nmod:desc"), (6, "nsubj"), (5, "cc"), (5, "nmod:desc"), (2, "conj"), (0, "root")];
            assert_eq!(tree, wanted);
        }
    }

    #[test]
    fn a_small_word_begins_a_name_behind_an_office() {
        let text = Text::new("met with General Than Shwe there");
        let rows = [
            ("met", Upos::Verb, 0, "root"),
            ("with", Upos::Adp, 3, "case"),
            ("General", Upos::Propn, 1, "obl"),
            ("Than", Upos::Adp, 5, "case"),
            ("Shwe", Upos::Propn, 1, "obl"),
            ("there", Upos::Adv, 1, "advmod"),
        ];
        let mut words = row(&text, &rows);
        name_with_small_word(&Pack::builtin(), &text, 0, &mut words);
        let tree: Vec<_> =
            words.iter().map(|it| (it.head.map_or(0, |it| it.0 + 1), it.deprel.as_str())).collect();
        let wanted = [(0, "root"), (4, "case"), (4, "nmod:desc"), (1, "obl"), (4, "flat"), (1, "advmod")];
        assert_eq!(tree, wanted);
    }

    #[test]
    fn a_place_is_no_part_of_a_day() {
        let text = Text::new("Doe agreed on Thursday in Doha");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("agreed", Upos::Verb, 0, "root"),
            ("on", Upos::Adp, 4, "case"),
            ("Thursday", Upos::Propn, 2, "obl"),
            ("in", Upos::Adp, 6, "case"),
            ("Doha", Upos::Propn, 4, "nmod"),
        ];
        let mut words = row(&text, &rows);
        place_behind_day(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[5].head, words[5].deprel.as_str()), (Some(WordId(1)), "obl"));
    }

    #[test]
    fn who_talks_is_no_patient() {
        let text = Text::new("Doe talked there");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj:pass"),
            ("talked", Upos::Verb, 0, "root"),
            ("there", Upos::Adv, 2, "advmod"),
        ];
        let mut words = row(&text, &rows);
        words[1].lemma = "talk".into();
        who_confers_acts(&Pack::builtin(), 0, &mut words);
        assert_eq!(words[0].deprel, "nsubj");
    }

    #[test]
    fn an_office_beside_its_name_is_no_further_person() {
        let text = Text::new("Doe and leader John Roe sat");
        let rows = [
            ("Doe", Upos::Propn, 6, "nsubj"),
            ("and", Upos::Cconj, 3, "cc"),
            ("leader", Upos::Noun, 1, "conj"),
            ("John", Upos::Propn, 1, "conj"),
            ("Roe", Upos::Propn, 4, "flat"),
            ("sat", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        office_joined_beside_name(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[2].head, words[2].deprel.as_str()), (Some(WordId(3)), "nmod:desc"));
        assert_eq!(words[1].head, Some(WordId(3)));
    }
}
