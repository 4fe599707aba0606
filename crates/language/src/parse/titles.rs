//! Mends offices before names, which the network reads as heads of their own: "H.E. Mr. Doe", "President of Ruritania Jane
//! Doe", "Deputy Prime Minister and Foreign Minister Doe".

use crate::{Upos, Word, WordId};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_pack::world::{ActorKind, SenseKind};
use demarche_text::Text;
use std::ops::Range;

/// Most words of the name of a state before a name of a person.
const STATE: usize = 5;

/// True if every word of a row hangs in the end on a word without a head in the row.
pub(super) fn is_tree(first: usize, words: &[Word]) -> bool {
    (0..words.len()).all(|start| {
        let mut at = Some(start);
        for _ in 0..=words.len() {
            let Some(here) = at else { return true };
            at = words[here]
                .head
                .and_then(|head| (head.0 as usize).checked_sub(first))
                .filter(|head| *head < words.len());
        }
        false
    })
}

/// True if a word hangs on one of a stretch.
fn among(first: usize, head: Option<WordId>, range: Range<usize>) -> bool {
    head.is_some_and(|head| (first + range.start..first + range.end).contains(&(head.0 as usize)))
}

/// True for a capitalised word that the packs have as an office, or for a rank.
fn is_office(pack: &Pack, form: &str) -> bool {
    let low = form.to_lowercase();
    form.starts_with(char::is_uppercase) && (pack.world.is_title(&low) || pack.titles.ranks.contains(&low))
}

/// True if a name is that of a person in the packs.
fn is_person(pack: &Pack, name: &str) -> bool {
    pack.world.senses(name).any(|sense| pack.world.person(&sense.actor).is_some())
}

/// True if a word has children by one of these relations.
fn has(first: usize, words: &[Word], at: usize, relations: &[&str]) -> bool {
    let own = |word: &Word| relations.contains(&word.relation()) || relations.contains(&word.deprel.as_str());
    words.iter().any(|word| word.head == Some(number(first, at)) && own(word))
}

fn number(first: usize, at: usize) -> WordId {
    WordId((first + at) as u32)
}

/// Gives a word's place in the tree to another, which becomes its head by a relation.
fn take_place(first: usize, words: &mut [Word], from: usize, to: usize) {
    let (head, deprel) = (words[from].head, words[from].deprel.clone());
    let cases: Vec<usize> = (0..words.len())
        .filter(|at| {
            words[*at].head == Some(number(first, from)) && words[*at].deprel == "case" && *at < from
        })
        .collect();
    for case in cases {
        words[case].head = Some(number(first, to));
    }
    words[to].head = head;
    words[to].deprel = deprel;
    words[from].head = Some(number(first, to));
    words[from].deprel = "nmod:desc".into();
}

/// "Doe and Said Roe agreed": in the middle of a clause a capital letter makes "Said" the first word of a name.
pub(super) fn first_name_said(text: &Text, first: usize, words: &mut [Word]) {
    for at in 1..words.len().saturating_sub(1) {
        let form = |at: usize| text.slice(words[at].span);
        let inside = words[at - 1].upos != Upos::Punct || form(at - 1) == ",";
        let verb = matches!(words[at].upos, Upos::Verb | Upos::Aux) && form(at) == "Said";
        let name = words[at + 1].upos == Upos::Propn && form(at + 1).starts_with(char::is_uppercase);
        // A headline has capitals everywhere.
        let small = words
            .iter()
            .any(|word| word.upos == Upos::Verb && text.slice(word.span).starts_with(char::is_lowercase));
        if !(verb && name && inside && small) {
            continue;
        }
        words[at].upos = Upos::Propn;
        words[at].feats = "Number=Sing".to_owned();
        words[at].lemma = "Said".to_owned();
        let hangs = |word: &Word, on: usize| word.head == Some(number(first, on));
        if !hangs(&words[at + 1], at) {
            words[at].head = words[at + 1].head;
            words[at].deprel = words[at + 1].deprel.clone();
            words[at + 1].head = Some(number(first, at));
        }
        words[at + 1].deprel = "flat".into();
        for other in (0..words.len()).filter(|other| *other != at) {
            if hangs(&words[other], at + 1) {
                words[other].head = Some(number(first, at));
            }
        }
    }
}

/// "talks with H.E. Mr. Doe": a form of address is no party of its own.
pub(super) fn honorifics(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for at in 0..words.len().saturating_sub(1) {
        let form = text.slice(words[at].span);
        // "Comrade Jane Doe": whatever is said before a name is not its first word.
        let first_of_name = words[at + 1].head == Some(number(first, at)) && words[at + 1].deprel == "flat";
        if !(pack.titles.excellencies.contains(form) || pack.titles.is_honorific(form) && first_of_name) {
            continue;
        }
        // "H.E. the President received": the office stands for the name.
        let office = words[at + 1].upos == Upos::Det
            && words.get(at + 2).is_some_and(|word| is_office(pack, text.slice(word.span)));
        let behind = words[at + 1..].iter().take_while(|word| word.deprel == "nmod:desc").count();
        let name = at + 1 + if office { 1 } else { behind };
        if words.get(name).is_none_or(|word| word.upos != Upos::Propn && !office) {
            continue;
        }
        // Whichever of the two the network made the head, the name takes the place that leads out of the pair.
        let inside = |word: &Word| among(first, word.head, at..name + 1);
        if inside(&words[name]) || !inside(&words[at]) && words[at].head == words[name].head {
            take_place(first, words, at, name);
        } else {
            words[at].head = Some(number(first, name));
            words[at].deprel = "nmod:desc".into();
        }
        // What the network hung on the form of address says of the name: "H.E. Jane Doe, President of the Republic".
        for word in words.iter_mut().skip(name + 1) {
            if word.head == Some(number(first, at)) {
                word.head = Some(number(first, name));
            }
        }
    }
}

/// "called on Malaysian Prime Minister Dr Doe": an office without a preposition beside a name that has it belongs to the name.
pub(super) fn office_beside_name(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for office in 0..words.len().saturating_sub(1) {
        let name = (office + 1..words.len())
            .find(|at| !pack.titles.is_honorific(text.slice(words[*at].span)))
            .filter(|at| words[*at].upos == Upos::Propn && *at <= office + 2);
        let Some(name) = name.filter(|_| is_office(pack, text.slice(words[office].span))) else { continue };
        let beside = words[office].head == words[name].head
            && words[office].deprel == words[name].deprel
            && matches!(words[name].deprel.as_str(), "obl" | "nmod")
            && !has(first, words, office, &["case", "det", "nmod:poss"]);
        let case =
            (0..office).any(|at| words[at].head == Some(number(first, name)) && words[at].deprel == "case");
        if beside && case {
            words[office].head = Some(number(first, name));
            words[office].deprel = "nmod:desc".into();
        }
    }
}

/// "Their Excellencies Jane Doe and John Roe met": the names are those who meet.
pub(super) fn excellencies(text: &Text, first: usize, words: &mut [Word]) {
    for at in 1..words.len().saturating_sub(1) {
        let address = matches!(
            text.slice(words[at].span),
            "Excellencies" | "Highnesses" | "Majesties" | "Excellency" | "Highness" | "Majesty"
        );
        let name = at + 1;
        let below = words[name].head == Some(number(first, at)) && words[name].upos == Upos::Propn;
        if !(address && below) {
            continue;
        }
        for word in words.iter_mut().skip(name + 1) {
            if word.head == Some(number(first, at)) {
                word.head = Some(number(first, name));
            }
        }
        take_place(first, words, at, name);
    }
}

/// "State Councilor and Foreign Minister Doe met", "Member of the Bureau and Foreign Minister Doe": two offices of one who
/// is named behind the second.
pub(super) fn two_offices(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    let form = |words: &[Word], at: usize| text.slice(words[at].span).to_owned();
    let is_office = |form: &str| is_office(pack, form);
    for office in 0..words.len() {
        if !is_office(&form(words, office)) {
            continue;
        }
        let hangs = |at: usize| words[at].head == Some(number(first, office));
        // The second office may be read as another of the two who are named.
        // "and Foreign Minister Sheikh Doe": a form of address may stand between.
        let address = |at: usize| {
            let form = text.slice(words[at].span);
            let person =
                pack.titles.noun(&form.to_lowercase()).is_some_and(|noun| noun.kind == NounKind::Person);
            pack.titles.is_honorific(form) || person && !is_office(form) && words[at].deprel == "nmod:desc"
        };
        let before = |at: usize| (0..at).rev().find(|it| !address(*it));
        let name = (office + 3..words.len()).find_map(|at| {
            let last = before(at)?;
            let title = &words[last];
            (hangs(at)
                && words[at].deprel == "conj"
                && words[at].upos == Upos::Propn
                && is_office(text.slice(title.span))
                && (title.head == Some(number(first, at)) || hangs(last) && title.deprel == "conj"))
                .then_some((at, last))
        });
        let Some((name, last)) = name else { continue };
        let Some(and) = (office + 1..name).rev().find(|at| form(words, *at) == "and") else { continue };
        let small = |at: usize| matches!(form(words, at).as_str(), "of" | "the" | "for" | "'s" | "’s" | "-");
        let capital = |at: usize| form(words, at).starts_with(char::is_uppercase);
        let whole = (office + 1..and).all(|at| capital(at) || small(at)) && (and + 1..name).all(capital);
        // What hangs on the office behind the name is a piece of the name.
        let bare = !has(first, &words[..name], office, &["det", "flat", "appos", "nmod:poss"]);
        if whole && bare && !is_office(&form(words, name)) {
            words[last].head = Some(number(first, name));
            words[last].deprel = "nmod:desc".into();
            words[and].head = Some(number(first, last));
            for word in words.iter_mut().skip(name + 1) {
                if word.head == Some(number(first, office)) {
                    word.head = Some(number(first, name));
                }
            }
            take_place(first, words, office, name);
        }
    }
}

/// "Director of the Office of the Commission Jane Doe met …": a name without a comma before it is who the office is.
pub(super) fn office_before_subject(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for office in 0..words.len() {
        let form = text.slice(words[office].span);
        let bare = !has(first, words, office, &["det", "flat", "appos", "nmod:poss"]);
        if words[office].deprel != "nsubj"
            || !is_office(pack, form)
            || words.get(office + 1).is_none_or(|next| text.slice(next.span) != "of")
            || !bare
        {
            continue;
        }
        let Some(verb) = words[office].head.and_then(|head| (head.0 as usize).checked_sub(first)) else {
            continue;
        };
        if verb <= office + 3 || verb >= words.len() {
            continue;
        }
        let name = (office + 2..verb).rev().find(|at| words[*at].deprel != "flat").filter(|name| {
            let named = text.slice(words[*name].span.cover(words[verb - 1].span));
            words[*name..verb].iter().all(|word| word.upos == Upos::Propn)
                && (is_person(pack, named) || words[*name].deprel == "appos")
        });
        let Some(name) = name else { continue };
        let within = among(first, words[name].head, office..name);
        let comma = (office + 1..name).any(|at| text.slice(words[at].span) == ",");
        if within && !comma {
            take_place(first, words, office, name);
        }
    }
}

/// "met with Minister of Foreign Affairs of Ruritania Jane Doe": where the packs know the name, it is the head, whatever
/// stands between. Returns the words at which such names begin.
pub(super) fn office_before_known(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) -> Vec<u32> {
    let mut cuts = Vec::new();
    // A second office inside the phrase is of the same person.
    let mut done = 0;
    for office in 0..words.len() {
        let form = |at: usize| text.slice(words[at].span);
        let bare = !has(first, words, office, &["det", "nmod:poss"]);
        if office < done
            || !is_office(pack, form(office))
            || office + 1 >= words.len()
            || form(office + 1) != "of"
            || !bare
        {
            continue;
        }
        let goes_on = |at: &usize| {
            form(*at).starts_with(char::is_uppercase)
                || matches!(form(*at), "of" | "the" | "for" | "and" | "-" | "'s" | "’s")
        };
        let end = (office + 1..words.len()).take_while(goes_on).last().map_or(office, |last| last + 1);
        let name = (office + 3..end.saturating_sub(1)).find(|at| {
            let span = words[*at].span.cover(words[end - 1].span);
            form(*at - 1) != "of" && is_person(pack, text.slice(span))
        });
        let Some(name) = name else { continue };
        let among = |head: Option<WordId>, range: Range<usize>| among(first, head, range);
        if among(words[office].head, name..end) {
            done = end;
            continue;
        }
        let leads = (office..end).find(|at| !among(words[*at].head, office..end));
        let Some((head, deprel)) = leads.map(|at| (words[at].head, words[at].deprel.clone())) else {
            continue;
        };
        for (at, word) in words.iter_mut().enumerate() {
            if !(office..end).contains(&at) && among(word.head, office..end) {
                let of_office = at < office && word.deprel != "case";
                word.head = Some(number(first, if of_office { office } else { name }));
            } else if (office + 1..name).contains(&at) && !among(word.head, office..name) {
                word.head = Some(number(first, office));
            }
        }
        for word in &mut words[name + 1..end] {
            word.head = Some(number(first, name));
            word.deprel = "flat".into();
        }
        words[office].head = Some(number(first, name));
        words[office].deprel = "nmod:desc".into();
        words[name].head = head;
        words[name].deprel = deprel;
        done = end;
        cuts.push((first + name) as u32);
    }
    cuts
}

/// "President of Ruritania Jane Doe": the state ends where the name begins. Returns the words at which names begin.
pub(super) fn state_before_person(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) -> Vec<u32> {
    let mut cuts = Vec::new();
    let slice = |words: &[Word], from: usize, to: usize| {
        text.slice(words[from].span.cover(words[to - 1].span)).to_owned()
    };
    for of in 1..words.len().saturating_sub(2) {
        let title = of - 1;
        let form = text.slice(words[title].span);
        if words[of].upos != Upos::Adp
            || text.slice(words[of].span) != "of"
            || !form.starts_with(char::is_uppercase)
            || !pack.world.is_title(&form.to_lowercase())
        {
            continue;
        }
        let start = of + 1 + usize::from(words[of + 1].upos == Upos::Det);
        let is_state = |from: usize, to: usize| {
            pack.world.senses(&slice(words, from, to)).any(|sense| {
                sense.kind == SenseKind::Name
                    && pack.world.actor(&sense.actor).is_some_and(|actor| actor.kind == ActorKind::State)
            })
        };
        let longest = (start + STATE).min(words.len().saturating_sub(1));
        let Some(person) = (start + 1..=longest).rev().find(|to| is_state(start, *to)) else { continue };
        let within = |at: &usize| {
            let form = text.slice(words[*at].span);
            words[*at].upos == Upos::Propn || form == "-" || pack.titles.particles.contains(form)
        };
        let end = (person..words.len()).take_while(within).last().map_or(person, |last| last + 1);
        let capital = text.slice(words[person].span).starts_with(char::is_uppercase);
        let among = |head: Option<WordId>, range: Range<usize>| among(first, head, range);
        if end < person + 2
            || !capital
            || words[person].deprel == "appos"
            || among(words[title].head, person..end)
        {
            continue;
        }
        // Whichever word leads out of the phrase gives its place to the name.
        let leads = (title..end).find(|at| *at != of && !among(words[*at].head, title..end));
        let Some((head, deprel)) = leads.map(|at| (words[at].head, words[at].deprel.clone())) else {
            continue;
        };
        for at in (0..words.len()).filter(|at| !(title..end).contains(at)) {
            if among(words[at].head, title..end) {
                let of_title = at < title && words[at].deprel != "case";
                words[at].head = Some(number(first, if of_title { title } else { person }));
            }
        }
        words[of].head = Some(number(first, start));
        words[of].deprel = "case".into();
        for (at, word) in words.iter_mut().enumerate().take(end).skip(of + 1) {
            let (head, deprel) = match at {
                _ if at < start => (start, "det"),
                _ if at == start => (title, "nmod"),
                _ if at < person => (start, "flat"),
                _ => (person, "flat"),
            };
            word.head = Some(number(first, head));
            word.deprel = deprel.into();
        }
        words[title].head = Some(number(first, person));
        words[title].deprel = "nmod:desc".into();
        words[person].head = head;
        words[person].deprel = deprel;
        cuts.push((first + person) as u32);
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::super::mend::{mend, tests::row};
    use super::*;

    #[test]
    fn the_name_behind_an_office_and_its_state_is_the_head() {
        let text = Text::new("met with President of Kazakhstan Kassym Tokayev");
        let rows = [
            ("met", Upos::Verb, 0, "root"),
            ("with", Upos::Adp, 3, "case"),
            ("President", Upos::Propn, 1, "obl"),
            ("of", Upos::Adp, 7, "case"),
            ("Kazakhstan", Upos::Propn, 7, "compound"),
            ("Kassym", Upos::Propn, 5, "flat"),
            ("Tokayev", Upos::Propn, 3, "nmod"),
        ];
        let mut words = row(&text, &rows);
        let cuts = mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(cuts, [5]);
        assert_eq!((words[5].head, words[5].deprel.as_str()), (Some(WordId(0)), "obl"));
        assert_eq!((words[2].head, words[1].head), (Some(WordId(5)), Some(WordId(5))));
        assert_eq!(words[4].head, Some(WordId(2)));
    }

    #[test]
    fn a_known_name_behind_an_office_is_the_head_whatever_stands_between() {
        let text = Text::new("met with Minister of Foreign Affairs of Iran Abbas Araghchi");
        let rows = [
            ("met", Upos::Verb, 0, "root"),
            ("with", Upos::Adp, 3, "case"),
            ("Minister", Upos::Propn, 1, "obl"),
            ("of", Upos::Adp, 6, "case"),
            ("Foreign", Upos::Adj, 6, "amod"),
            ("Affairs", Upos::Propn, 3, "nmod"),
            ("of", Upos::Adp, 10, "case"),
            ("Iran", Upos::Propn, 10, "compound"),
            ("Abbas", Upos::Propn, 10, "compound"),
            ("Araghchi", Upos::Propn, 6, "nmod"),
        ];
        let mut words = row(&text, &rows);
        let cuts = mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(cuts, [8]);
        assert_eq!((words[8].head, words[8].deprel.as_str()), (Some(WordId(0)), "obl"));
        assert_eq!((words[1].head, words[2].head), (Some(WordId(8)), Some(WordId(8))));
    }

    #[test]
    fn a_name_behind_an_office_without_a_comma_is_its_holder() {
        let text = Text::new("Member of Bureau Wang Yi met");
        let rows = [
            ("Member", Upos::Propn, 6, "nsubj"),
            ("of", Upos::Adp, 3, "case"),
            ("Bureau", Upos::Propn, 1, "nmod"),
            ("Wang", Upos::Propn, 3, "appos"),
            ("Yi", Upos::Propn, 4, "flat"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[3].head, words[3].deprel.as_str()), (Some(WordId(5)), "nsubj"));
        assert_eq!(words[0].head, Some(WordId(3)));
    }

    #[test]
    fn said_is_a_first_name_inside_a_clause() {
        let text = Text::new("Doe and Said Nuri agreed");
        let rows = [
            ("Doe", Upos::Propn, 5, "nsubj"),
            ("and", Upos::Cconj, 3, "cc"),
            ("Said", Upos::Verb, 1, "conj"),
            ("Nuri", Upos::Propn, 3, "obj"),
            ("agreed", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[2].upos, words[2].lemma.as_str()), (Upos::Propn, "Said"));
        assert_eq!((words[3].head, words[3].deprel.as_str()), (Some(WordId(2)), "flat"));
        // Behind a quotation and in a headline it is the verb.
        for (line, verb) in [("“ Yes ” Said Nuri agreed", "agreed"), ("Doe And Said Nuri Agreed", "Agreed")]
        {
            let forms: Vec<&str> = line.split(' ').collect();
            let at = forms.iter().position(|form| *form == "Said").unwrap();
            let rows: Vec<(&str, Upos, usize, &str)> = forms
                .iter()
                .map(|form| match *form {
                    "Said" => ("Said", Upos::Verb, 0, "root"),
                    "“" | "”" => (*form, Upos::Punct, at + 1, "punct"),
                    it if it == verb => (it, Upos::Verb, at + 1, "dep"),
                    it => (it, Upos::Propn, at + 1, "obj"),
                })
                .collect();
            let text = Text::new(line);
            let mut words = row(&text, &rows);
            mend(&Pack::builtin(), &text, 0, &mut words);
            assert_eq!(words[at].upos, Upos::Verb, "{line}");
        }
    }

    #[test]
    fn excellencies_are_those_who_are_named() {
        let text = Text::new("Their Excellencies Doe and Roe met");
        let rows = [
            ("Their", Upos::Pron, 2, "nmod:poss"),
            ("Excellencies", Upos::Noun, 6, "nsubj"),
            ("Doe", Upos::Propn, 2, "flat"),
            ("and", Upos::Cconj, 5, "cc"),
            ("Roe", Upos::Propn, 3, "conj"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[2].head, words[2].deprel.as_str()), (Some(WordId(5)), "nsubj"));
        assert_eq!(words[1].head, Some(WordId(2)));
    }

    #[test]
    fn mending_leaves_a_tree() {
        let text = Text::new("Member of Bureau and Director of Office Wang Yi met");
        let rows = [
            ("Member", Upos::Noun, 10, "nsubj"),
            ("of", Upos::Adp, 3, "case"),
            ("Bureau", Upos::Propn, 1, "nmod"),
            ("and", Upos::Cconj, 5, "cc"),
            ("Director", Upos::Noun, 3, "conj"),
            ("of", Upos::Adp, 7, "case"),
            ("Office", Upos::Propn, 5, "nmod"),
            ("Wang", Upos::Propn, 3, "appos"),
            ("Yi", Upos::Propn, 8, "flat"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert!(is_tree(0, &words));
        assert_eq!((words[7].head, words[7].deprel.as_str()), (Some(WordId(9)), "nsubj"));
    }

    #[test]
    fn a_form_of_address_is_no_party() {
        let text = Text::new("talk with H.E. Mr. Yoon");
        let rows = [
            ("talk", Upos::Noun, 0, "root"),
            ("with", Upos::Adp, 5, "case"),
            ("H.E.", Upos::Propn, 1, "nmod"),
            ("Mr.", Upos::Propn, 5, "nmod:desc"),
            ("Yoon", Upos::Propn, 1, "nmod"),
        ];
        let mut words = row(&text, &rows);
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[4].head, words[4].deprel.as_str()), (Some(WordId(0)), "nmod"));
        assert_eq!(words[2].head, Some(WordId(4)));
    }

    #[test]
    fn two_offices_of_one_person_are_one_party() {
        let text = Text::new("Councilor and Minister Qin met");
        let rows = [
            ("Councilor", Upos::Propn, 5, "nsubj"),
            ("and", Upos::Cconj, 4, "cc"),
            ("Minister", Upos::Propn, 4, "nmod:desc"),
            ("Qin", Upos::Propn, 1, "conj"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[3].head, words[3].deprel.as_str()), (Some(WordId(4)), "nsubj"));
        assert_eq!(words[0].head, Some(WordId(3)));
    }
}
