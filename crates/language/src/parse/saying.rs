//! Mends a source behind what it says, where a relative clause stands between the two: "…, a firm that runs the camp said."

use crate::{Upos, Word, WordId};
use demarche_pack::Pack;
use demarche_pack::cues::{CueClass, Speech};
use demarche_text::Text;

/// "The camp is full, a group that works there said this week": the last verb is that of the noun before the relative clause, and
/// what stands in front of the comma is said.
pub(super) fn source_with_clause(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    let number = |at: usize| Some(WordId((first + at) as u32));
    let place = |head: Option<WordId>| {
        head.and_then(|head| (head.0 as usize).checked_sub(first)).filter(|head| *head < words.len())
    };
    let finite = |at: usize| {
        words[at].upos == Upos::Verb && words[at].feature("VerbForm") == Some("Fin")
            || words[at].upos == Upos::Aux && words[at].deprel != "aux"
    };
    let Some(verb) = (2..words.len()).rev().find(|at| finite(*at)) else { return };
    let speaks =
        pack.cues.find(CueClass::Verb, &words[verb].lemma, []).is_some_and(|cue| cue.speech == Speech::Said);
    let child = |of: usize, wanted: &dyn Fn(&Word) -> bool| {
        words.iter().any(|word| word.head == number(of) && wanted(word))
    };
    let relative = |word: &Word| matches!(word.lemma.as_str(), "which" | "who" | "that" | "whom" | "whose");
    let own = child(verb, &|word| {
        matches!(word.relation(), "ccomp" | "obj" | "mark" | "cc")
            || relative(word)
            || word.relation() == "nsubj" && !matches!(word.lemma.as_str(), "there" | "here")
    });
    if !speaks || own || words[verb].deprel != "acl:relcl" {
        return;
    }
    // The noun before the relative clause, which the verb may hang on as well as on the clause.
    let Some(above) = place(words[verb].head) else { return };
    let source = if words[above].deprel == "acl:relcl" { place(words[above].head) } else { Some(above) };
    let Some(source) = source.filter(|source| *source < verb) else { return };
    let clause = (source + 1..verb).find(|at| {
        words[*at].head == number(source) && words[*at].deprel == "acl:relcl" && child(*at, &relative)
    });
    let start = (0..words.len())
        .filter(|at| {
            let mut top = *at;
            for _ in 0..words.len() {
                if top == source {
                    return words[*at].upos != Upos::Punct;
                }
                match place(words[top].head) {
                    Some(next) => top = next,
                    None => return false,
                }
            }
            false
        })
        .min();
    let comma =
        start.and_then(|start| start.checked_sub(1)).is_some_and(|at| text.slice(words[at].span) == ",");
    let Some(root) = (0..words.len()).find(|at| place(words[*at].head).is_none()) else { return };
    let behind = matches!(words[source].deprel.as_str(), "appos" | "parataxis" | "conj" | "dep");
    let told = words[root].upos == Upos::Verb || child(root, &|word| word.relation() == "cop");
    if clause.is_none() || !comma || !behind || !told || root >= source {
        return;
    }
    (words[verb].head, words[verb].deprel) = (words[root].head, words[root].deprel.clone());
    (words[root].head, words[root].deprel) = (number(verb), "ccomp".into());
    (words[source].head, words[source].deprel) = (number(verb), "nsubj".into());
    for word in &mut words[..verb] {
        if word.head == number(verb) && matches!(word.lemma.as_str(), "there" | "here") {
            (word.head, word.deprel) = (number(clause.unwrap_or(verb)), "advmod".into());
        }
    }
}

/// Commas between a source and its verb: one before it, and those around what explains it.
const COMMAS: usize = 4;

/// "He asked Doe on Monday to go, a member of the delegation told this paper": a verb of saying without a subject has the noun
/// between the last comma and itself, wherever the network hung it.
pub(super) fn source_in_what_is_said(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    let number = |at: usize| Some(WordId((first + at) as u32));
    for verb in 3..words.len() {
        let speaks = words[verb].upos == Upos::Verb
            && words[verb].feature("VerbForm") == Some("Fin")
            && pack
                .cues
                .find(CueClass::Verb, &words[verb].lemma, [])
                .is_some_and(|cue| cue.speech == Speech::Said);
        let child = |wanted: &dyn Fn(&Word) -> bool| {
            words.iter().position(|word| word.head == number(verb) && wanted(word))
        };
        let said = child(&|word| word.deprel == "ccomp").filter(|said| *said < verb);
        if !speaks || said.is_none() || child(&|word| word.relation() == "nsubj").is_some() {
            continue;
        }
        // The longest stretch between a comma and the verb whose words all hang together on one noun in it: "the army's
        // commander, General Doe, said".
        let top_of = |start: usize| {
            let inside = |head: Option<WordId>| {
                head.and_then(|head| (head.0 as usize).checked_sub(first))
                    .filter(|at| (start..verb).contains(at))
            };
            let mut tops = (start..verb)
                .filter(|at| words[*at].upos != Upos::Punct && inside(words[*at].head).is_none());
            let top = tops.next().filter(|_| tops.next().is_none())?;
            let noun = matches!(words[top].upos, Upos::Noun | Upos::Propn)
                && matches!(
                    words[top].relation(),
                    "appos" | "conj" | "nmod" | "obl" | "obj" | "parataxis" | "dep"
                )
                && !words
                    .iter()
                    .any(|word| word.head == number(top) && matches!(word.deprel.as_str(), "case" | "cc"));
            noun.then_some(top)
        };
        let commas = (0..verb).rev().filter(|at| text.slice(words[*at].span) == ",").take(COMMAS);
        let top = commas.filter_map(|at| top_of(at + 1)).last();
        if let Some(top) = top.filter(|top| words[*top].head != number(verb)) {
            (words[top].head, words[top].deprel) = (number(verb), "nsubj".into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;

    #[test]
    fn a_source_that_is_explained_says_it() {
        let text = Text::new("Men went by , the commander , Doe , said");
        let rows = [
            ("Men", Upos::Noun, 2, "nsubj"),
            ("went", Upos::Verb, 10, "ccomp"),
            ("by", Upos::Adv, 2, "advmod"),
            (",", Upos::Punct, 2, "punct"),
            ("the", Upos::Det, 6, "det"),
            ("commander", Upos::Noun, 2, "obl"),
            (",", Upos::Punct, 8, "punct"),
            ("Doe", Upos::Propn, 6, "appos"),
            (",", Upos::Punct, 2, "punct"),
            ("said", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        words[9].lemma = "say".into();
        words[9].feats = "VerbForm=Fin".into();
        source_in_what_is_said(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[5].head, words[5].deprel.as_str()), (Some(WordId(9)), "nsubj"));
    }

    #[test]
    fn the_source_behind_a_relative_clause_says_it() {
        let text = Text::new("Camps filled , a group that works there said .");
        let rows = [
            ("Camps", Upos::Noun, 2, "nsubj"),
            ("filled", Upos::Verb, 0, "root"),
            (",", Upos::Punct, 5, "punct"),
            ("a", Upos::Det, 5, "det"),
            ("group", Upos::Noun, 2, "appos"),
            ("that", Upos::Pron, 7, "nsubj"),
            ("works", Upos::Verb, 5, "acl:relcl"),
            ("there", Upos::Pron, 9, "nsubj"),
            ("said", Upos::Verb, 5, "acl:relcl"),
            (".", Upos::Punct, 2, "punct"),
        ];
        let mut words = row(&text, &rows);
        for (at, lemma) in [(5, "that"), (7, "there"), (8, "say")] {
            words[at].lemma = lemma.to_owned();
        }
        for at in [1, 6, 8] {
            words[at].feats = "VerbForm=Fin".to_owned();
        }
        source_with_clause(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[8].head, words[8].deprel.as_str()), (None, "root"));
        assert_eq!((words[1].head, words[1].deprel.as_str()), (Some(WordId(8)), "ccomp"));
        assert_eq!((words[4].head, words[4].deprel.as_str()), (Some(WordId(8)), "nsubj"));
        assert_eq!(words[7].head, Some(WordId(6)));
    }

    #[test]
    fn the_noun_before_a_verb_of_saying_says_it() {
        let text = Text::new("He asked Doe to go , a member told them .");
        let rows = [
            ("He", Upos::Pron, 2, "nsubj"),
            ("asked", Upos::Verb, 9, "ccomp"),
            ("Doe", Upos::Propn, 2, "obj"),
            ("to", Upos::Part, 5, "mark"),
            ("go", Upos::Verb, 2, "xcomp"),
            (",", Upos::Punct, 9, "punct"),
            ("a", Upos::Det, 8, "det"),
            ("member", Upos::Noun, 3, "appos"),
            ("told", Upos::Verb, 0, "root"),
            ("them", Upos::Pron, 9, "iobj"),
            (".", Upos::Punct, 9, "punct"),
        ];
        let mut words = row(&text, &rows);
        words[8].lemma = "tell".to_owned();
        words[8].feats = "VerbForm=Fin".to_owned();
        source_in_what_is_said(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[7].head, words[7].deprel.as_str()), (Some(WordId(8)), "nsubj"));
    }
}
