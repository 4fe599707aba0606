//! Two who are named with their offices in front and no article: "President of Ruritania Jane Doe and Minister of Freedonia
//! John Roe", the way of governments.

use super::row::{child, children, head, number};
use crate::{Upos, Word};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_text::Text;

/// Words of an office between "and" and the second name.
const OFFICE: usize = 14;

fn is_office(pack: &Pack, word: &Word) -> bool {
    let low = word.lemma.to_lowercase();
    pack.titles.noun(&low).is_some_and(|noun| noun.kind == NounKind::Person)
        || pack.titles.ranks.contains(&low)
}

/// Gives each of two names its office, and both the place that leads out of the pair.
pub(super) fn two_with_offices(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for and in 2..words.len().saturating_sub(3) {
        if words[and].deprel != "cc" || words[and].lemma != "and" {
            continue;
        }
        let Some(pair) = pair_around(pack, text, first, words, and) else { continue };
        let Pair { one, office, two, before } = pair;
        let (above, deprel) = (words[two].head, words[two].deprel.clone());
        // What stands before the first name and hung on the second is the first one's: its office, its preposition.
        let early: Vec<usize> = children(first, words, two).filter(|at| *at < one).collect();
        words[one].head = above;
        words[one].deprel = deprel;
        for at in early {
            words[at].head = number(first, one);
        }
        if let Some(before) = before {
            for at in children(first, words, before)
                .filter(|at| *at < before && words[*at].deprel == "case")
                .collect::<Vec<_>>()
            {
                words[at].head = number(first, one);
            }
            words[before].head = number(first, one);
            words[before].deprel = "nmod:desc".into();
        }
        words[two].head = number(first, one);
        words[two].deprel = "conj".into();
        words[office].head = number(first, two);
        words[office].deprel = "nmod:desc".into();
        words[and].head = number(first, two);
        // "Chairman of the Chiefs General John Roe": the rank right before a name.
        if two > office + 1 && is_office(pack, &words[two - 1]) {
            words[two - 1].head = number(first, two);
            words[two - 1].deprel = "nmod:desc".into();
        }
    }
}

struct Pair {
    one: usize,
    /// Head of the second office.
    office: usize,
    two: usize,
    /// Head of the first office, if it is not under the first name already.
    before: Option<usize>,
}

fn pair_around(pack: &Pack, text: &Text, first: usize, words: &[Word], and: usize) -> Option<Pair> {
    let capital = |at: usize| text.slice(words[at].span).starts_with(char::is_uppercase);
    let small =
        |at: usize| matches!(text.slice(words[at].span), "of" | "the" | "for" | "'s" | "’s" | "-" | ".");
    // The first name ends right before "and".
    let last = and - 1;
    let one = if words[last].deprel == "flat" { head(first, words, last)? } else { last };
    let named =
        words[one].upos == Upos::Propn && capital(one) && !is_office(pack, &words[one]) && one + 4 > last;
    // The second office follows without an article.
    let office = (and + 1..words.len().min(and + 4)).find(|at| is_office(pack, &words[*at]))?;
    let bare = (and + 1..=office).all(capital);
    if !named || !bare {
        return None;
    }
    // The second name: of two words, behind nothing but the office.
    let two = (office + 1..words.len().min(office + OFFICE)).find(|at| {
        let flat =
            words.get(at + 1).is_some_and(|next| next.deprel == "flat" && next.head == number(first, *at));
        words[*at].upos == Upos::Propn
            && flat
            && !is_office(pack, &words[*at])
            && led_to(first, words, one, *at)
    })?;
    let clean = (office + 1..two).all(|at| capital(at) || small(at));
    let before = (0..one).rev().find(|at| {
        let heads = head(first, words, one) == Some(*at) && words[one].deprel == "appos";
        heads && is_office(pack, &words[*at])
    });
    // A comma before the first name sets a list or an apposition apart.
    let apposed = before.is_none() && child(first, words, one, |word| word.deprel == "nmod:desc").is_none();
    (clean && !apposed).then_some(Pair { one, office, two, before })
}

/// True if the first name hangs on the second through offices and appositions only.
fn led_to(first: usize, words: &[Word], one: usize, two: usize) -> bool {
    let mut at = one;
    for _ in 0..4 {
        if !matches!(words[at].deprel.as_str(), "nmod:desc" | "appos" | "conj" | "compound") {
            return false;
        }
        match head(first, words, at) {
            Some(above) if above == two => return true,
            Some(above) => at = above,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;
    use crate::WordId;

    #[test]
    fn each_of_two_names_has_its_office() {
        let text = Text::new("met with Minister of Freedonia Jane Doe and President of Ruritania John Roe");
        let rows = [
            ("met", Upos::Verb, 0, "root"),
            ("with", Upos::Adp, 12, "case"),
            ("Minister", Upos::Propn, 6, "nmod:desc"),
            ("of", Upos::Adp, 5, "case"),
            ("Freedonia", Upos::Propn, 3, "nmod"),
            ("Jane", Upos::Propn, 12, "nmod:desc"),
            ("Doe", Upos::Propn, 6, "flat"),
            ("and", Upos::Cconj, 9, "cc"),
            ("President", Upos::Propn, 6, "conj"),
            ("of", Upos::Adp, 11, "case"),
            ("Ruritania", Upos::Propn, 9, "nmod"),
            ("John", Upos::Propn, 1, "obl"),
            ("Roe", Upos::Propn, 12, "flat"),
        ];
        let mut words = row(&text, &rows);
        two_with_offices(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[5].head, words[5].deprel.as_str()), (Some(WordId(0)), "obl"));
        assert_eq!((words[11].head, words[11].deprel.as_str()), (Some(WordId(5)), "conj"));
        assert_eq!((words[8].head, words[8].deprel.as_str()), (Some(WordId(11)), "nmod:desc"));
        assert_eq!(words[1].head, Some(WordId(5)));
    }

    #[test]
    fn an_office_in_apposition_goes_under_its_name() {
        let text = Text::new("Chief of Staff Valery Doe and Chairman of Chiefs Mark Roe met");
        let rows = [
            ("Chief", Upos::Noun, 10, "nmod:desc"),
            ("of", Upos::Adp, 3, "case"),
            ("Staff", Upos::Propn, 1, "nmod"),
            ("Valery", Upos::Propn, 1, "appos"),
            ("Doe", Upos::Propn, 4, "flat"),
            ("and", Upos::Cconj, 7, "cc"),
            ("Chairman", Upos::Propn, 4, "conj"),
            ("of", Upos::Adp, 9, "case"),
            ("Chiefs", Upos::Propn, 7, "nmod"),
            ("Mark", Upos::Propn, 12, "nsubj"),
            ("Roe", Upos::Propn, 10, "flat"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        two_with_offices(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[3].head, words[3].deprel.as_str()), (Some(WordId(11)), "nsubj"));
        assert_eq!((words[9].head, words[9].deprel.as_str()), (Some(WordId(3)), "conj"));
        assert_eq!((words[0].head, words[0].deprel.as_str()), (Some(WordId(3)), "nmod:desc"));
    }
}
