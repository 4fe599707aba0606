//! Tells by the words around a name whether it is used as a place: "took X", "near X", "the village of X", "X airport".

use crate::mentions::seats;
use crate::{Analysis, Upos, WordId};
use demarche_pack::Pack;
use std::ops::Range;

/// Longest chain of names in a list that is followed.
const LISTED: usize = 6;

/// True if the words around a name say that it is a place, not only that it might be one.
pub(crate) fn is_used_as_place(analysis: &Analysis, pack: &Pack, words: &Range<u32>, head: WordId) -> bool {
    seats::is_dateline(analysis, words) || is_placed(analysis, pack, words, head, 0)
}

/// True for a name that stands where persons hardly ever do: "the attack from X", "between X and Y", "X fell".
pub(crate) fn is_asked(analysis: &Analysis, pack: &Pack, head: WordId) -> bool {
    let word = analysis.word(head);
    let first = word.head.filter(|_| word.relation() == "conj").unwrap_or(head);
    is_strictly_located(analysis, pack, first)
        || is_taken(analysis, pack, first)
        || analysis.children_in(first, "case").any(|case| {
            // "the attack from X", "was surrounded between X and Y", but not "the talks between X and Y".
            let under = analysis.word(first).relation();
            match analysis.form(case).to_lowercase().as_str() {
                "from" => matches!(under, "nmod" | "obl"),
                "between" => under == "obl",
                "of" => {
                    let above = analysis.word(first).head.map(|above| &analysis.word(above).lemma);
                    under == "nmod" && above.is_some_and(|above| pack.placing.holdings.contains(above))
                }
                _ => false,
            }
        })
}

/// True for a name that stands where no person does, whatever it is taken for: "retook X", "the road to X", "as far as X".
pub(crate) fn is_surely_place(analysis: &Analysis, pack: &Pack, head: WordId) -> bool {
    let word = analysis.word(head);
    let Some(above) = word.head.map(|above| analysis.word(above)) else { return false };
    let mut cases = analysis.children_in(head, "case").map(|case| analysis.form(case).to_lowercase());
    let case = cases.next();
    let object = word.relation() == "obj" || word.deprel == "nsubj:pass";
    object && above.upos == Upos::Verb && pack.placing.overrunning.contains(&above.lemma)
        || case.as_deref() == Some("as") && above.lemma == "far"
        || word.relation() == "nmod"
            && matches!(case.as_deref(), Some("to" | "from"))
            && pack.placing.routes.contains(&above.lemma)
            && above.upos == Upos::Noun
}

fn is_placed(analysis: &Analysis, pack: &Pack, words: &Range<u32>, head: WordId, depth: usize) -> bool {
    if is_strictly_located(analysis, pack, head)
        || is_taken(analysis, pack, head)
        || kind_beside(analysis, pack, words).is_some()
    {
        return true;
    }
    // "at Orsha and Mahbes": what one name of a list is, the others are.
    let first = analysis.word(head).head.filter(|_| analysis.word(head).relation() == "conj");
    first.is_some_and(|first| {
        depth < LISTED
            && analysis.word(first).upos == Upos::Propn
            && is_placed(analysis, pack, &(first.0..first.0 + 1), first, depth + 1)
    })
}

/// True for a name of a place, as the network has it, that does not stand where somebody acts or is addressed.
pub(super) fn is_no_actor(analysis: &Analysis, pack: &Pack, head: WordId) -> bool {
    let mut first = head;
    for _ in 0..LISTED {
        let word = analysis.word(first);
        match word.head.filter(|_| word.relation() == "conj") {
            Some(above) if analysis.word(above).upos == Upos::Propn => first = above,
            _ => break,
        }
    }
    seats::preposition(analysis, pack, first)
        .is_some_and(|it| it == "between" || !pack.titles.seats.actor_prepositions.contains(&it))
}

/// The other names of the list in which a name stands, as the tree joins them: "X, Y and Z".
pub(super) fn others_of_list(analysis: &Analysis, head: WordId) -> Vec<WordId> {
    let mut found = vec![seats::first_of_list(analysis, head)];
    let mut at = 0;
    while let Some(word) = found.get(at).copied() {
        found.extend(analysis.children_in(word, "conj"));
        at += 1;
    }
    found.retain(|word| *word != head && analysis.word(*word).upos == Upos::Propn);
    found
}

/// True if a preposition that hardly ever stands before a person or a body stands before the name.
pub(crate) fn is_strictly_located(analysis: &Analysis, pack: &Pack, head: WordId) -> bool {
    seats::preposition(analysis, pack, head).is_some_and(|it| pack.placing.strict.contains(&it))
}

/// True for a name in which something is: "a hospital in Surin", but not "anger at Austin".
pub(crate) fn is_within(analysis: &Analysis, pack: &Pack, head: WordId) -> bool {
    is_strictly_located(analysis, pack, head)
        && seats::preposition(analysis, pack, head).is_some_and(|it| it != "at")
}

/// True for the object of a verb that takes, leaves or shells places, and for where somebody or a way goes or comes from.
pub(super) fn is_taken(analysis: &Analysis, pack: &Pack, head: WordId) -> bool {
    let word = analysis.word(head);
    let Some(above) = word.head else { return false };
    let mut cases = analysis.children_in(head, "case").map(|case| analysis.form(case));
    let case = cases.find(|form| matches!(*form, "from" | "to" | "for" | "of" | "From" | "To"));
    let case = case.map(str::to_lowercase);
    let object = word.relation() == "obj" || word.deprel == "nsubj:pass";
    // "X fell", "X changed hands".
    let fallen = word.deprel == "nsubj" && pack.titles.seats.located.contains(&analysis.word(above).lemma);
    let lemma = |at: WordId| analysis.word(at).lemma.as_str();
    match analysis.word(above).upos {
        Upos::Verb if object => pack.placing.taking.contains(lemma(above)),
        Upos::Verb if fallen => true,
        Upos::Verb => {
            word.relation() == "obl"
                && case.is_some_and(|case| case != "of")
                && pack.placing.going.contains(lemma(above))
        }
        // "sent tanks to X": the tree may hang the goal on what is sent.
        Upos::Noun => {
            let carried = || {
                let verb = analysis.word(above).head.filter(|_| analysis.word(above).relation() == "obj");
                verb.is_some_and(|verb| pack.placing.going.contains(lemma(verb)))
            };
            word.relation() == "nmod"
                && case.is_some_and(|case| {
                    pack.placing.routes.contains(lemma(above)) || case != "of" && carried()
                })
        }
        _ => false,
    }
}

/// The noun beside a name that says what sort of place it is: "the village of X", "the town X", "X district".
pub(super) fn kind_beside(analysis: &Analysis, pack: &Pack, words: &Range<u32>) -> Option<WordId> {
    kind_before(analysis, pack, words).or_else(|| kind_behind(analysis, pack, words))
}

/// The noun in front: "the village of X", "the border town X".
pub(super) fn kind_before(analysis: &Analysis, pack: &Pack, words: &Range<u32>) -> Option<WordId> {
    let first = analysis.sentence(WordId(words.start)).words.start;
    let mut at = words.start.checked_sub(1).filter(|at| *at >= first)?;
    let of = analysis.form(WordId(at)) == "of";
    if of {
        at = at.checked_sub(1).filter(|at| *at >= first)?;
    }
    let noun = analysis.word(WordId(at));
    let lemma = noun.lemma.to_lowercase();
    let kind = noun.upos == Upos::Noun
        && (pack.placing.settlements.contains(&lemma)
            || pack.placing.divisions.contains(&lemma)
            || of && pack.placing.sites.contains(&lemma));
    // "the capital of X" is another place than X, and "the Rueso district of X" is a part of it.
    let other = of && matches!(lemma.as_str(), "capital" | "port" | "seat" | "border" | "area" | "sector");
    let named = at > first && analysis.word(WordId(at - 1)).upos == Upos::Propn;
    (kind && !other && !(of && named)).then_some(WordId(at))
}

/// True for the name of a river, lake or sea by the noun beside it or in it: "the San Juan river", "Lake Peipus".
pub(super) fn is_water(analysis: &Analysis, pack: &Pack, words: &Range<u32>, known: bool) -> bool {
    let sentence = &analysis.sentence(WordId(words.start)).words;
    let noun = |at: Option<u32>| {
        at.filter(|at| sentence.contains(at)).is_some_and(|at| {
            let word = analysis.word(WordId(at));
            matches!(word.upos, Upos::Noun | Upos::Propn)
                && (words.contains(&at) || word.relation() != "compound")
                && pack.placing.waters.contains(&word.lemma.to_lowercase())
        })
    };
    // What the gazetteer has by its full name is what it says there: Guantanamo Bay is a base, Walvis Bay a town.
    let inside = !known && words.len() > 1 && (noun(Some(words.end - 1)) || noun(Some(words.start)));
    inside || noun(Some(words.end)) || noun(words.start.checked_sub(1))
}

/// The noun behind: "X district", "X airport".
pub(super) fn kind_behind(analysis: &Analysis, pack: &Pack, words: &Range<u32>) -> Option<WordId> {
    let last = analysis.sentence(WordId(words.start)).words.end;
    let mut behind = (words.end..last.min(words.end + 3)).map(WordId);
    behind.find(|at| {
        let word = analysis.word(*at);
        let lemma = word.lemma.to_lowercase();
        let kind = pack.placing.divisions.contains(&lemma) || pack.placing.sites.contains(&lemma);
        let between = analysis.ids(&(words.end..at.0)).all(|word| {
            matches!(analysis.word(word).upos, Upos::Noun | Upos::Adj) && analysis.word(word).space_after
        });
        kind && between && matches!(word.upos, Upos::Noun | Upos::Propn)
    })
}
