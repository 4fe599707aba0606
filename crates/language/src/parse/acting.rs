//! Offices that are held for a time, and who is called: words that the network takes for verbs and names of things.

use super::row::{child, children, head, number};
use crate::{Upos, Word};
use demarche_pack::Pack;
use demarche_text::Text;

fn is_office(pack: &Pack, word: &Word) -> bool {
    pack.titles.noun(&word.lemma.to_lowercase()).is_some()
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

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;
    use crate::WordId;

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
        called_at_an_hour(0, &mut words);
        assert_eq!(words[3].deprel, "obj");
        let mut named = row(&text, &rows);
        named[5].deprel = "obj".into();
        called_at_an_hour(0, &mut named);
        assert_eq!(named[3].deprel, "xcomp");
    }
}
