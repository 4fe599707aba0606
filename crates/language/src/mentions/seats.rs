//! Tells whether the name of a seat or state acts, or is only a place: "Moscow said", "urged Moscow", "in Moscow".

use crate::{Analysis, Upos, WordId};
use demarche_pack::Pack;
use demarche_record::BlockKind;
use std::ops::Range;

/// True if the name acts or is addressed; false if something happens in it or it is only where somebody goes.
pub(crate) fn acts(analysis: &Analysis, pack: &Pack, words: &Range<u32>, head: WordId) -> bool {
    if is_dateline(analysis, words) {
        return false;
    }
    decide(analysis, pack, head, 0)
}

fn decide(analysis: &Analysis, pack: &Pack, head: WordId, depth: usize) -> bool {
    let seats = &pack.titles.seats;
    let word = analysis.word(head);
    // "drove into Iraq and to Erbil": a preposition of its own tells, with what the list hangs on.
    let own = word.relation() == "conj" && analysis.children_in(head, "case").any(|case| case < head);
    let first = if own { first_of_list(analysis, head) } else { head };
    // A verb at the head of the list is what the name goes with.
    let verbal = own && !matches!(analysis.word(first).upos, Upos::Propn | Upos::Noun | Upos::Pron);
    let parent = if verbal { Some(first) } else { analysis.word(first).head };
    let lemma = parent.map(|parent| analysis.word(parent).lemma.to_lowercase()).unwrap_or_default();
    if word.relation() == "conj" && depth < 6 && !own {
        return parent.is_none_or(|parent| {
            let noun = matches!(analysis.word(parent).upos, Upos::Propn | Upos::Noun | Upos::Pron);
            !noun || decide(analysis, pack, parent, depth + 1)
        });
    }
    if let Some(preposition) = preposition(analysis, pack, head) {
        if seats.place_prepositions.contains(&preposition) {
            return false;
        }
        // "the road between Amman and Damascus" runs from town to town, "its border with Kosovo" along it; talks do not.
        let placing = &pack.placing;
        let borders = placing.borders.contains(&lemma);
        let ways = placing.routes.contains(&lemma)
            || placing.going.contains(&lemma)
            || seats.located.contains(&lemma);
        if preposition == "between" && (borders || ways) || preposition == "with" && borders {
            return false;
        }
        // "300 km from Damascus", "the assault against Tripoli", "his stop after Riyadh".
        let measured = preposition == "from" && placing.lengths.contains(&lemma);
        let stormed = preposition == "against"
            && matches!(lemma.as_str(), "offensive" | "assault" | "advance" | "march");
        let after = preposition == "after" && matches!(lemma.as_str(), "stop" | "stopover" | "leg");
        if measured || stormed || after {
            return false;
        }
        if seats.actor_prepositions.contains(&preposition) {
            return true;
        }
        // "a trip by the minister to Ankara": the tree may hang the goal on a noun behind the one of motion.
        let behind = parent.filter(|it| analysis.word(*it).relation() == "nmod");
        let led =
            behind.and_then(|it| analysis.word(it).head).filter(|it| analysis.word(*it).upos == Upos::Noun);
        // "put him on a plane to Ankara", where the tree hangs the goal on the verb.
        let before =
            analysis.children_in(head, "case").next().and_then(|case| case.0.checked_sub(1)).map(WordId);
        let behind_motion = before.map(|it| analysis.word(it)).is_some_and(|it| {
            it.upos == Upos::Noun && seats.motion.contains(&it.lemma)
                || it.upos == Upos::Adv && matches!(it.lemma.as_str(), "there" | "here")
        });
        let been = analysis.children_in(first, "cop").next().is_some();
        let moves = seats.motion.contains(&lemma)
            || placing.routes.contains(&lemma)
            || behind_motion
            || led.is_some_and(|it| seats.motion.contains(&analysis.word(it).lemma));
        // "withdrew its last jets from N'Djamena": where they stood.
        let above = parent.filter(|it| analysis.word(*it).relation() == "obj");
        let carried = above.and_then(|it| analysis.word(it).head).is_some_and(|it| {
            let lemma = &analysis.word(it).lemma;
            seats.motion.contains(lemma)
                || matches!(lemma.as_str(), "withdraw" | "pull" | "remove" | "evacuate")
        });
        return match preposition.as_str() {
            // "had been to Lima".
            "to" => !moves && !been,
            // "a reply from Delhi", but "a barrister from Delhi", "withdrew its jets from N'Djamena".
            "from" => word.relation() == "nmod" && seats.sent.contains(&lemma) && !carried,
            "for" => !seats.bound.contains(&lemma) && !behind_motion,
            // "parts of Khartoum", but "on the part of Khartoum".
            "of" => {
                let parts = lemma == "part"
                    && parent.is_some_and(|it| analysis.word(it).feature("Number") == Some("Plur"));
                seats.belonging.contains(&lemma) && !parts
            }
            _ => true,
        };
    }
    match (word.relation(), word.deprel.as_str()) {
        (_, "nmod:poss") => !seats.parts.contains(&lemma),
        (_, "nsubj:pass") => seats.address.contains(&lemma),
        ("nsubj", _) => !seats.located.contains(&lemma) && !seats.conditions.contains(&lemma),
        ("obj" | "iobj", _) => seats.address.contains(&lemma),
        ("compound", _) if seats.beside.contains(&lemma) => false,
        ("compound" | "nmod", _) => !seats.parts.contains(&lemma) && !pack.placing.routes.contains(&lemma),
        ("root" | "appos" | "dep" | "list" | "parataxis", _) => false,
        _ => true,
    }
}

/// The word at the head of a list.
pub(crate) fn first_of_list(analysis: &Analysis, head: WordId) -> WordId {
    let mut first = head;
    while let Some(above) = analysis.word(first).head.filter(|_| analysis.word(first).relation() == "conj") {
        first = above;
    }
    first
}

/// The preposition in front of a phrase, fixed parts joined.
pub(crate) fn preposition(analysis: &Analysis, pack: &Pack, head: WordId) -> Option<String> {
    let cases = analysis.children_in(head, "case");
    let cases: Vec<WordId> = cases
        .filter(|case| *case < head && !matches!(analysis.form(*case), "'s" | "’s" | "'" | "’"))
        .collect();
    // "is due back in Doha": the tree may hang an adjective there too.
    let first = cases.iter().find(|case| analysis.word(**case).upos == Upos::Adp).or(cases.first());
    // Where the tree hangs the preposition elsewhere, the word right in front tells.
    let case = first.copied().or_else(|| {
        let mut before = head.0.checked_sub(1).map(WordId)?;
        // "in downtown Damascus shops were shut".
        if pack.placing.quarters.contains(&analysis.form(before).to_lowercase()) {
            before = before.0.checked_sub(1).map(WordId)?;
        }
        let same = analysis.sentence_of[before.0 as usize] == analysis.sentence_of[head.0 as usize];
        (same && analysis.word(before).upos == Upos::Adp).then_some(before)
    })?;
    let mut words = vec![analysis.form(case).to_lowercase()];
    // "out of", "north of", where the tree does not join them.
    let form = |at: u32| analysis.words.get(at as usize).map(|word| analysis.text(word.span).to_lowercase());
    let joined = match words[0].as_str() {
        "of" => case.0.checked_sub(1).and_then(form).map(|before| format!("{before} of")),
        first => form(case.0 + 1).filter(|next| next == "of").map(|_| format!("{first} of")),
    };
    if let Some(joined) = joined.filter(|it| pack.titles.seats.place_prepositions.contains(it)) {
        return Some(joined);
    }
    words.extend(analysis.children_in(case, "fixed").map(|it| analysis.form(it).to_lowercase()));
    Some(words.join(" "))
}

/// True if a preposition of place stands in front of the name, or it is the place of a dateline.
pub(crate) fn is_located(analysis: &Analysis, pack: &Pack, words: &Range<u32>, head: WordId) -> bool {
    let seats = &pack.titles.seats;
    is_dateline(analysis, words)
        || preposition(analysis, pack, head).is_some_and(|it| seats.place_prepositions.contains(&it))
}

/// True for the place of a dateline: "PARIS, Jan. 28 —", "KYIV (Agency) -".
pub(crate) fn is_dateline(analysis: &Analysis, words: &Range<u32>) -> bool {
    let sentence = analysis.sentence(WordId(words.start));
    let first = analysis.form(WordId(words.start));
    // "Algiers — The king …": what was split off as a dateline is one, capitals or not.
    let byte = analysis.word(WordId(words.start)).span.start();
    let line = analysis.document.block_at(byte).filter(|block| block.kind == BlockKind::Byline);
    if line.is_some() && words.start == sentence.words.start {
        let form = analysis.ids(&(words.end..sentence.words.end)).map(|word| analysis.form(word)).next();
        return form.is_some_and(|form| matches!(form, "—" | "–" | "-" | "--" | "(" | "," | ":"));
    }
    if words.start > sentence.words.start + 1 || first.chars().any(char::is_lowercase) {
        return false;
    }
    let next = analysis.ids(&(words.end..sentence.words.end.min(words.end + 8)));
    let mut marks =
        next.map(|word| analysis.form(word)).take_while(|form| !matches!(*form, "said" | "is" | "has"));
    marks.any(|form| matches!(form, "—" | "–" | "-" | "--" | "(" | ":"))
}
