//! Mends whom somebody meets or talks with: a partner that hangs on the day, place or means of the contact, and names whose
//! last syllable is read as a preposition.

use super::row::{children, head, number};
use crate::{Upos, Word};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_text::Text;

/// "spoke by telephone with the president", "met on Friday at his residence with Doe": the partner belongs to the verb, or
/// to the talks that it held, not to what stands between.
pub(super) fn partner_behind_setting(pack: &Pack, first: usize, words: &mut [Word]) {
    for partner in 3..words.len() {
        if words[partner].relation() != "nmod"
            || !is_partner(first, words, partner)
            || !is_party(pack, words, partner)
        {
            continue;
        }
        let Some(verb) = verb_of_setting(pack, first, words, partner) else { continue };
        if children(first, words, verb).any(|other| is_partner(first, words, other)) {
            continue;
        }
        let lists = &pack.telling;
        let (target, relation) = if lists.conferring.has(&words[verb].lemma) {
            (verb, "obl")
        } else if lists.holding.has(&words[verb].lemma)
            // "talks were held at the palace on Monday between Doe and Roe".
            && let Some(object) = children(first, words, verb)
                .find(|it| matches!(words[*it].deprel.as_str(), "obj" | "nsubj:pass"))
            && object < partner
            && !children(first, words, object).any(|other| is_partner(first, words, other))
        {
            (object, "nmod")
        } else {
            continue;
        };
        words[partner].head = number(first, target);
        words[partner].deprel = relation.into();
    }
}

/// Behind "with", or "between" where two are named.
fn is_partner(first: usize, words: &[Word], at: usize) -> bool {
    children(first, words, at)
        .any(|it| words[it].deprel == "case" && matches!(words[it].lemma.as_str(), "with" | "between"))
}

fn is_party(pack: &Pack, words: &[Word], at: usize) -> bool {
    let noun = pack.titles.noun(&words[at].lemma.to_lowercase());
    words[at].upos == Upos::Propn || noun.is_some_and(|noun| noun.kind == NounKind::Person)
}

/// The verb above the days, places and means behind which a phrase stands.
fn verb_of_setting(pack: &Pack, first: usize, words: &[Word], from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..6 {
        at = head(first, words, at).filter(|above| *above < from)?;
        let word = &words[at];
        let day = word.upos == Upos::Propn || word.upos == Upos::Num;
        if !day && !pack.telling.settings.has(&word.lemma.to_lowercase()) {
            return None;
        }
        match word.relation() {
            "obl" => {
                return head(first, words, at).filter(|verb| words[*verb].upos == Upos::Verb && *verb < from);
            }
            "nmod" | "appos" | "flat" | "compound" => {}
            _ => return None,
        }
    }
    None
}

/// "Moon Jae-in of Korea": a syllable behind a hyphen inside a name is part of it, whatever else it could be.
pub(super) fn hyphen_in_name(text: &Text, first: usize, words: &mut [Word]) {
    for hyphen in 1..words.len().saturating_sub(1) {
        let (before, after) = (hyphen - 1, hyphen + 1);
        let joined = words[before].span.end() == words[hyphen].span.start()
            && words[hyphen].span.end() == words[after].span.start();
        if text.slice(words[hyphen].span) != "-"
            || !joined
            || words[before].upos != Upos::Propn
            || words[after].upos != Upos::Adp
        {
            continue;
        }
        let mut name = before;
        while words[name].deprel == "flat" {
            let Some(above) = head(first, words, name) else { break };
            name = above;
        }
        // Whatever hung on the syllable hangs on the name.
        let moved: Vec<usize> =
            children(first, words, after).filter(|it| *it != hyphen && *it != name).collect();
        if head(first, words, name) == Some(after) {
            continue;
        }
        let joint = number(first, name);
        moved.into_iter().for_each(|it| words[it].head = joint);
        words[after].upos = Upos::Propn;
        words[after].head = joint;
        words[after].deprel = "flat".into();
        words[hyphen].head = joint;
        // "Moon Jae-in's visit": whose it is.
        let (mark, owned) = (after + 1, after + 2);
        if owned < words.len()
            && words[mark].lemma == "'s"
            && words[owned].upos == Upos::Noun
            && words[owned].head == words[name].head
        {
            words[name].head = number(first, owned);
            words[name].deprel = "nmod:poss".into();
        }
    }
}

/// "the Secretary-General, Jane Doe, was received": both parts of an office with a hyphen are one word of the sentence.
pub(super) fn hyphen_in_office(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for hyphen in 1..words.len().saturating_sub(1) {
        let (lead, rest) = (hyphen - 1, hyphen + 1);
        let joined = words[lead].span.end() == words[hyphen].span.start()
            && words[hyphen].span.end() == words[rest].span.start();
        if text.slice(words[hyphen].span) != "-" || !joined {
            continue;
        }
        let whole = words[lead].span.cover(words[rest].span);
        if !pack.world.is_title(&text.slice(whole).to_lowercase()) {
            continue;
        }
        let above = head(first, words, lead);
        let joint = number(first, lead);
        if above == Some(rest) {
            words[lead].head = words[rest].head;
            words[lead].deprel = words[rest].deprel.clone();
        } else if words[lead].deprel == "obl:agent" {
            words[lead].deprel = words[rest].deprel.clone();
        }
        let moved: Vec<usize> =
            children(first, words, rest).filter(|it| *it != lead && *it != hyphen).collect();
        moved.into_iter().for_each(|it| words[it].head = joint);
        words[rest].head = joint;
        words[rest].deprel = "flat".into();
        words[hyphen].head = number(first, rest);
    }
}

/// "Doe, in office for three days, and Roe talked": of two subjects with "and" between them the second is joined to the
/// first.
pub(super) fn joined_subjects(first: usize, words: &mut [Word]) {
    for second in 2..words.len() {
        if words[second].deprel != "nsubj" {
            continue;
        }
        let and = children(first, words, second)
            .any(|it| words[it].deprel == "cc" && words[it].lemma == "and" && it < second);
        let Some(verb) = head(first, words, second).filter(|_| and) else { continue };
        let lead = children(first, words, verb).find(|it| *it < second && words[*it].deprel == "nsubj");
        if let Some(lead) = lead {
            words[second].head = number(first, lead);
            words[second].deprel = "conj".into();
        }
    }
}

/// "the Heads of State of Ruritania, Jane Doe, and of Freedonia, John Roe, met": each name explains the office, not the state
/// before it.
pub(super) fn names_between_states(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for office in 0..words.len() {
        let plural = words[office].feature("Number") == Some("Plur");
        let noun = pack.titles.noun(&words[office].lemma.to_lowercase());
        if !plural || noun.is_none_or(|noun| noun.kind != NounKind::Person) {
            continue;
        }
        // Comma, name, comma, "and of", state, comma, name.
        let names: Vec<usize> = (office + 2..words.len())
            .take_while(|at| words[*at].upos != Upos::Verb)
            .filter(|at| {
                words[*at].upos == Upos::Propn
                    && matches!(words[*at].deprel.as_str(), "appos" | "conj")
                    && text.slice(words[*at - 1].span) == ","
                    && children(first, words, *at).any(|it| words[it].deprel == "flat")
                    && children(first, words, *at).all(|it| words[it].deprel != "case")
            })
            .collect();
        let [one, two] = names[..] else { continue };
        let again = (one..two).any(|at| words[at].lemma == "of" && at > 0 && words[at - 1].lemma == "and");
        let under = |from: usize| {
            let mut at = from;
            (0..8).any(|_| match head(first, words, at) {
                Some(above) if above == office => true,
                Some(above) => {
                    at = above;
                    false
                }
                None => false,
            })
        };
        if !again || !under(one) || !under(two) {
            continue;
        }
        words[one].head = number(first, office);
        words[one].deprel = "appos".into();
        words[two].head = number(first, one);
        words[two].deprel = "conj".into();
    }
}

/// "received the delegation accompanying him on Sunday": the day is that of the reception.
pub(super) fn day_behind_company(first: usize, words: &mut [Word]) {
    for company in 2..words.len() {
        if words[company].deprel != "acl" || words[company].lemma != "accompany" {
            continue;
        }
        let Some(noun) = head(first, words, company) else { continue };
        let verb = std::iter::successors(Some(noun), |at| {
            (words[*at].relation() == "conj").then(|| head(first, words, *at)).flatten()
        });
        let object = verb.last().filter(|it| words[*it].relation() == "obj");
        let Some(verb) = object.and_then(|object| head(first, words, object)) else { continue };
        let day = children(first, words, company)
            .find(|it| words[*it].relation() == "obl" && words[*it].upos == Upos::Propn);
        if let Some(day) = day.filter(|day| *day > company) {
            words[day].head = number(first, verb);
        }
    }
}

/// "Doe and Ruritania's Jane Roe met": a person owns nobody together with a state; both persons are the subject.
pub(super) fn person_beside_owned(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for person in 3..words.len() {
        let office = pack
            .titles
            .noun(&words[person].lemma.to_lowercase())
            .is_some_and(|noun| noun.kind == NounKind::Person);
        if words[person].upos != Upos::Propn && !office {
            continue;
        }
        // "Doe and Ruritania's Jane Roe": the owner right before the mark is joined to nobody.
        let mark = person - 1;
        if words[mark].deprel == "case"
            && words[mark].lemma == "'s"
            && let Some(owner) = head(first, words, mark)
            && words[owner].deprel == "conj"
            && words[person].deprel == "conj"
            && words[owner].head == words[person].head
        {
            words[owner].head = number(first, person);
            words[owner].deprel = "nmod:poss".into();
            continue;
        }
        let Some(lead) =
            children(first, words, person).find(|it| words[*it].deprel == "nmod:poss" && *it < person)
        else {
            continue;
        };
        let state = children(first, words, lead).find(|it| {
            words[*it].deprel == "conj"
                && *it < person
                && children(first, words, *it)
                    .any(|mark| words[mark].deprel == "case" && words[mark].lemma == "'s")
        });
        let Some(state) = state else { continue };
        let is_state = |at: usize| {
            pack.world
                .senses(text.slice(words[at].span))
                .next()
                .is_some_and(|it| pack.world.actor(&it.actor).is_some())
        };
        let whole = words[lead].upos == Upos::Propn
            && !children(first, words, lead).any(|it| words[it].deprel == "case");
        if !whole || !is_state(state) || is_state(lead) {
            continue;
        }
        let and = children(first, words, state).find(|it| words[*it].deprel == "cc");
        words[lead].head = words[person].head;
        words[lead].deprel = words[person].deprel.clone();
        words[person].head = number(first, lead);
        words[person].deprel = "conj".into();
        words[state].head = number(first, person);
        words[state].deprel = "nmod:poss".into();
        and.into_iter().for_each(|and| words[and].head = number(first, person));
    }
}

/// "Doe, Roe agree on a truce": over a comma nobody's name goes on, in a headline two names stand there.
pub(super) fn names_over_a_comma(text: &Text, first: usize, words: &mut [Word]) {
    for second in 2..words.len() {
        let comma = text.slice(words[second - 1].span) == ",";
        let flat = words[second].deprel == "flat" && words[second].upos == Upos::Propn;
        let title =
            matches!(text.slice(words[second].span), "Jr" | "Jr." | "Sr" | "Sr." | "III" | "PhD" | "MP");
        let lead = head(first, words, second).filter(|lead| *lead + 1 < second && comma && flat && !title);
        if let Some(lead) = lead.filter(|lead| words[*lead].upos == Upos::Propn) {
            let named = words[lead].deprel == "nsubj";
            if named {
                words[second].deprel = "conj".into();
            }
        }
    }
}

/// "Mali and Burkina Faso": the words of one known name hang on its first, not beside it.
pub(super) fn name_of_two_words(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) {
    for second in 1..words.len() {
        let lead = second - 1;
        let side = |at: usize| words[at].deprel == "conj" && words[at].upos == Upos::Propn;
        if !side(lead) || !side(second) || words[lead].head != words[second].head {
            continue;
        }
        let whole = words[lead].span.cover(words[second].span);
        if pack.world.senses(text.slice(whole)).next().is_some() {
            let joint = number(first, lead);
            let moved: Vec<usize> = children(first, words, second).collect();
            moved.into_iter().for_each(|it| words[it].head = joint);
            words[second].head = joint;
            words[second].deprel = "flat".into();
        }
    }
}

/// "gave the officers who seized power a week to release him": the time that is given is the object of giving.
pub(super) fn time_that_is_given(first: usize, words: &mut [Word]) {
    for time in 3..words.len() {
        let unit = matches!(words[time].lemma.as_str(), "hour" | "day" | "week" | "month");
        if !unit || words[time].deprel != "obl:unmarked" {
            continue;
        }
        let Some(clause) = head(first, words, time).filter(|clause| words[*clause].deprel == "acl:relcl")
        else {
            continue;
        };
        let Some(whom) = head(first, words, clause).filter(|whom| words[*whom].deprel == "obj") else {
            continue;
        };
        let Some(giving) =
            head(first, words, whom).filter(|it| matches!(words[*it].lemma.as_str(), "give" | "grant"))
        else {
            continue;
        };
        let purpose = children(first, words, clause).find(|it| {
            *it > time
                && words[*it].deprel == "advcl"
                && children(first, words, *it)
                    .any(|mark| words[mark].deprel == "mark" && words[mark].lemma == "to")
        });
        let Some(purpose) = purpose else { continue };
        words[whom].deprel = "iobj".into();
        words[time].head = number(first, giving);
        words[time].deprel = "obj".into();
        words[purpose].head = number(first, time);
        words[purpose].deprel = "acl".into();
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::row;
    use super::*;
    use crate::WordId;

    #[test]
    fn the_partner_stands_behind_day_place_and_means() {
        let text = Text::new("Doe spoke by telephone with President Roe");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("spoke", Upos::Verb, 0, "root"),
            ("by", Upos::Adp, 4, "case"),
            ("telephone", Upos::Noun, 2, "obl"),
            ("with", Upos::Adp, 7, "case"),
            ("President", Upos::Propn, 7, "nmod:desc"),
            ("Roe", Upos::Propn, 4, "nmod"),
        ];
        let mut words = row(&text, &rows);
        words[1].lemma = "speak".into();
        partner_behind_setting(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[6].head, words[6].deprel.as_str()), (Some(WordId(1)), "obl"));
        // A border with somebody is no company.
        let text = Text::new("Doe spoke at the border with President Roe");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("spoke", Upos::Verb, 0, "root"),
            ("at", Upos::Adp, 5, "case"),
            ("the", Upos::Det, 5, "det"),
            ("border", Upos::Noun, 2, "obl"),
            ("with", Upos::Adp, 8, "case"),
            ("President", Upos::Propn, 8, "nmod:desc"),
            ("Roe", Upos::Propn, 5, "nmod"),
        ];
        let mut words = row(&text, &rows);
        words[1].lemma = "speak".into();
        partner_behind_setting(&Pack::builtin(), 0, &mut words);
        assert_eq!(words[7].head, Some(WordId(4)));
    }

    #[test]
    fn a_syllable_of_a_name_is_no_preposition() {
        let text = Text::new("with Moon Jae-in of Korea");
        let rows = [
            ("with", Upos::Adp, 2, "case"),
            ("Moon", Upos::Propn, 0, "root"),
            ("Jae", Upos::Propn, 2, "flat"),
            ("-", Upos::Punct, 5, "punct"),
            ("in", Upos::Adp, 2, "case"),
            ("of", Upos::Adp, 7, "case"),
            ("Korea", Upos::Propn, 2, "nmod"),
        ];
        let mut words = row(&text, &rows);
        hyphen_in_name(&text, 0, &mut words);
        assert_eq!((words[4].upos, words[4].deprel.as_str()), (Upos::Propn, "flat"));
    }

    #[test]
    fn subjects_with_and_between_them_are_joined() {
        let text = Text::new("Doe , in office , and Roe talked");
        let rows = [
            ("Doe", Upos::Propn, 8, "nsubj"),
            (",", Upos::Punct, 1, "punct"),
            ("in", Upos::Adp, 4, "case"),
            ("office", Upos::Noun, 1, "nmod"),
            (",", Upos::Punct, 8, "punct"),
            ("and", Upos::Cconj, 7, "cc"),
            ("Roe", Upos::Propn, 8, "nsubj"),
            ("talked", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        joined_subjects(0, &mut words);
        assert_eq!((words[6].head, words[6].deprel.as_str()), (Some(WordId(0)), "conj"));
    }

    #[test]
    fn an_office_with_a_hyphen_is_one_party() {
        let text = Text::new("Doe received the Secretary-General on Monday");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("received", Upos::Verb, 0, "root"),
            ("the", Upos::Det, 6, "det"),
            ("Secretary", Upos::Propn, 2, "obj"),
            ("-", Upos::Punct, 6, "punct"),
            ("General", Upos::Propn, 2, "obj"),
            ("on", Upos::Adp, 8, "case"),
            ("Monday", Upos::Propn, 2, "obl"),
        ];
        let mut words = row(&text, &rows);
        hyphen_in_office(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[5].head, words[5].deprel.as_str()), (Some(WordId(3)), "flat"));
        assert_eq!(words[2].head, Some(WordId(3)));
    }

    #[test]
    fn names_between_states_explain_the_office() {
        let text = Text::new("presidents of Rwanda , Jane Doe , and of Uganda , John Roe , met");
        let rows = [
            ("presidents", Upos::Noun, 15, "nsubj"),
            ("of", Upos::Adp, 3, "case"),
            ("Rwanda", Upos::Propn, 1, "nmod"),
            (",", Upos::Punct, 5, "punct"),
            ("Jane", Upos::Propn, 3, "conj"),
            ("Doe", Upos::Propn, 5, "flat"),
            (",", Upos::Punct, 10, "punct"),
            ("and", Upos::Cconj, 10, "cc"),
            ("of", Upos::Adp, 10, "case"),
            ("Uganda", Upos::Propn, 3, "conj"),
            (",", Upos::Punct, 12, "punct"),
            ("John", Upos::Propn, 10, "appos"),
            ("Roe", Upos::Propn, 12, "flat"),
            (",", Upos::Punct, 15, "punct"),
            ("met", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        words[0].lemma = "president".into();
        words[0].feats = "Number=Plur".into();
        names_between_states(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[4].head, words[4].deprel.as_str()), (Some(WordId(0)), "appos"));
        assert_eq!((words[11].head, words[11].deprel.as_str()), (Some(WordId(4)), "conj"));
    }

    #[test]
    fn a_person_owns_nobody_together_with_a_state() {
        let text = Text::new("Obama and Cuba 's Raul sat");
        let rows = [
            ("Obama", Upos::Propn, 5, "nmod:poss"),
            ("and", Upos::Cconj, 3, "cc"),
            ("Cuba", Upos::Propn, 1, "conj"),
            ("'s", Upos::Part, 3, "case"),
            ("Raul", Upos::Propn, 6, "nsubj"),
            ("sat", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        person_beside_owned(&Pack::builtin(), &text, 0, &mut words);
        let tree: Vec<_> =
            words.iter().map(|it| (it.head.map_or(0, |it| it.0 + 1), it.deprel.as_str())).collect();
        let wanted = [(6, "nsubj"), (5, "cc"), (5, "nmod:poss"), (3, "case"), (1, "conj"), (0, "root")];
        assert_eq!(tree, wanted);
    }

    #[test]
    fn the_day_behind_those_who_accompany_is_that_of_the_reception() {
        let text = Text::new("Doe received the delegation accompanying him on Sunday");
        let rows = [
            ("Doe", Upos::Propn, 2, "nsubj"),
            ("received", Upos::Verb, 0, "root"),
            ("the", Upos::Det, 4, "det"),
            ("delegation", Upos::Noun, 2, "obj"),
            ("accompanying", Upos::Verb, 4, "acl"),
            ("him", Upos::Pron, 5, "obj"),
            ("on", Upos::Adp, 8, "case"),
            ("Sunday", Upos::Propn, 5, "obl"),
        ];
        let mut words = row(&text, &rows);
        words[4].lemma = "accompany".into();
        day_behind_company(0, &mut words);
        assert_eq!(words[7].head, Some(WordId(1)));
    }

    #[test]
    fn a_known_name_of_two_words_is_one() {
        let text = Text::new("Mali and Burkina Faso warned");
        let rows = [
            ("Mali", Upos::Propn, 5, "nsubj"),
            ("and", Upos::Cconj, 3, "cc"),
            ("Burkina", Upos::Propn, 1, "conj"),
            ("Faso", Upos::Propn, 1, "conj"),
            ("warned", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        name_of_two_words(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[3].head, words[3].deprel.as_str()), (Some(WordId(2)), "flat"));
    }

    #[test]
    fn names_over_a_comma_are_two() {
        let text = Text::new("Doe , Roe agree");
        let rows = [
            ("Doe", Upos::Propn, 4, "nsubj"),
            (",", Upos::Punct, 1, "punct"),
            ("Roe", Upos::Propn, 1, "flat"),
            ("agree", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        names_over_a_comma(&text, 0, &mut words);
        assert_eq!(words[2].deprel, "conj");
    }

    #[test]
    fn a_time_that_is_given_is_the_object_of_giving() {
        let text = Text::new("They gave officers who rule weeks to leave");
        let rows = [
            ("They", Upos::Pron, 2, "nsubj"),
            ("gave", Upos::Verb, 0, "root"),
            ("officers", Upos::Noun, 2, "obj"),
            ("who", Upos::Pron, 5, "nsubj"),
            ("rule", Upos::Verb, 3, "acl:relcl"),
            ("weeks", Upos::Noun, 5, "obl:unmarked"),
            ("to", Upos::Part, 8, "mark"),
            ("leave", Upos::Verb, 5, "advcl"),
        ];
        let mut words = row(&text, &rows);
        words[1].lemma = "give".into();
        words[5].lemma = "week".into();
        time_that_is_given(0, &mut words);
        assert_eq!((words[5].head, words[5].deprel.as_str()), (Some(WordId(1)), "obj"));
        assert_eq!((words[7].head, words[7].deprel.as_str()), (Some(WordId(5)), "acl"));
    }
}
