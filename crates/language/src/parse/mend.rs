//! Mends what no sentence can have: a verb of saying with two subjects, a person with a town for a first name.
//!
//! The network decides word by word; these are the slips that cost a whole record and that the rest of the sentence shows.

use crate::{Name, NameKind, Upos, Word, WordId};
use demarche_pack::Pack;
use demarche_pack::cues::{CueClass, Speech};
use demarche_text::Text;

/// Mends the words of one row, whose first word is number `first`. Returns the numbers of words at which a name begins,
/// although the network may have joined it to the one before.
pub fn mend(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) -> Vec<u32> {
    super::titles::first_name_said(text, first, words);
    super::company::hyphen_in_name(text, first, words);
    super::company::hyphen_in_office(pack, text, first, words);
    super::pairs::name_with_small_word(pack, text, first, words);
    super::company::joined_subjects(first, words);
    super::acting::acting_office(pack, text, first, words);
    super::acting::called_at_an_hour(first, words);
    super::acting::prefix_of_verb(text, first, words);
    super::acting::office_beside_subject(pack, first, words);
    super::acting::name_behind_people(pack, first, words);
    super::acting::address_beside_name(pack, text, first, words);
    super::acting::name_of_who_leads(pack, text, first, words);
    super::acting::name_of_the_nearer(pack, text, first, words);
    super::acting::office_behind_name(pack, text, first, words);
    super::company::names_over_a_comma(text, first, words);
    super::company::name_of_two_words(pack, text, first, words);
    super::company::time_that_is_given(first, words);
    super::company::day_behind_company(first, words);
    super::company::person_beside_owned(pack, text, first, words);
    active_subject(first, words);
    two_subjects(first, words);
    subject_of_setting(first, words);
    said_of_relative(pack, first, words);
    let before = words.to_vec();
    object_behind(pack, first, words);
    participle_of_subject(first, words);
    super::saying::source_with_clause(pack, text, first, words);
    super::saying::source_in_what_is_said(pack, text, first, words);
    super::phrases::doer_behind_setting(first, words);
    super::phrases::object_behind_setting(pack, first, words);
    super::phrases::object_behind_place(pack, text, first, words);
    super::phrases::name_joined_to_state(pack, text, first, words);
    super::phrases::joined_appositions(first, words);
    super::phrases::name_of_office(pack, text, first, words);
    super::company::names_between_states(pack, text, first, words);
    super::phrases::shared_noun(text, first, words);
    super::titles::honorifics(pack, text, first, words);
    super::titles::office_beside_name(pack, text, first, words);
    super::titles::excellencies(text, first, words);
    super::titles::two_offices(pack, text, first, words);
    super::titles::office_before_subject(pack, text, first, words);
    super::pairs::office_joined_beside_name(pack, first, words);
    super::pairs::place_behind_day(pack, first, words);
    super::front::place_and_day(pack, first, words);
    super::front::subject_behind_occasion(pack, text, first, words);
    super::front::name_behind_occasion(first, words);
    super::front::two_named(pack, text, first, words);
    super::front::groups_side_by_side(pack, first, words);
    super::partners::partner_behind_partner(pack, first, words);
    super::partners::partner_before_verb(pack, first, words);
    super::partners::partner_read_as_subject(pack, first, words);
    super::partners::office_before_name(pack, first, words);
    super::partners::named_companion(text, first, words);
    super::partners::raised_with(pack, first, words);
    super::partners::office_read_as_adjective(pack, first, words);
    super::partners::first_of_two_objects(pack, first, words);
    super::partners::call_put_through(first, words);
    super::partners::offices_of_one(pack, first, words);
    super::pairs::who_confers_acts(pack, first, words);
    super::company::partner_behind_setting(pack, first, words);
    let mut cuts = super::titles::office_before_known(pack, text, first, words);
    cuts.extend(super::titles::state_before_person(pack, text, first, words));
    super::offices::two_with_offices(pack, text, first, words);
    super::pairs::offices_side_by_side(pack, first, words);
    // What no rule foresaw must not leave words in a ring.
    if !super::titles::is_tree(first, words) {
        words.clone_from_slice(&before);
        cuts.clear();
    }
    cuts.extend(town_before_person(pack, text, first, words));
    cuts.sort_unstable();
    cuts
}

/// Cuts names at these words: in front stands a town, behind a person.
pub fn cut(names: &mut Vec<Name>, at: &[u32]) {
    for cut in at {
        let Some(place) = names.iter().position(|name| name.words.start < *cut && *cut < name.words.end)
        else {
            continue;
        };
        let end = names[place].words.end;
        names[place].words.end = *cut;
        names[place].kind = NameKind::Polity;
        names.insert(place + 1, Name { words: *cut..end, kind: NameKind::Person });
    }
}

fn is_subject(word: &Word) -> bool {
    matches!(word.deprel.as_str(), "nsubj" | "nsubj:pass")
}

/// "The ambassador, Doe, called on the governor": without an auxiliary a finite verb is no passive.
fn active_subject(first: usize, words: &mut [Word]) {
    for subject in 0..words.len() {
        if words[subject].deprel != "nsubj:pass" {
            continue;
        }
        let Some(verb) = words[subject].head.and_then(|head| (head.0 as usize).checked_sub(first)) else {
            continue;
        };
        let Some(word) = words.get(verb) else { continue };
        let below = |it: &Word| it.head == Some(WordId((first + verb) as u32));
        // "called on the governor" has no passive.
        let visits = word.lemma == "call"
            && words.iter().enumerate().any(|(at, it)| {
                let on = |case: &Word| {
                    case.head == Some(WordId((first + at) as u32))
                        && case.deprel == "case"
                        && matches!(case.lemma.as_str(), "on" | "upon")
                };
                below(it) && it.deprel == "obl" && it.upos == Upos::Propn && words.iter().any(on)
            });
        let finite = word.upos == Upos::Verb && word.feature("VerbForm") == Some("Fin") || visits;
        let passive = words.iter().any(|it| {
            it.head == Some(WordId((first + verb) as u32))
                && (it.relation() == "aux" || it.deprel == "obl:agent")
        });
        if finite && !passive {
            words[subject].deprel = "nsubj".into();
        }
    }
}

/// "A spoke with B, C said": of two subjects of "said" the first is that of what was said, if that has none.
fn two_subjects(first: usize, words: &mut [Word]) {
    let of = |words: &[Word], verb: usize, wanted: &dyn Fn(&Word) -> bool| -> Vec<usize> {
        let head = Some(WordId((first + verb) as u32));
        (0..words.len()).filter(|at| words[*at].head == head && wanted(&words[*at])).collect()
    };
    for verb in 0..words.len() {
        let said = of(words, verb, &|word| word.deprel == "ccomp" && word.upos == Upos::Verb);
        let Some(said) = said.first().copied().filter(|said| *said < verb) else { continue };
        let subjects = of(words, verb, &is_subject);
        let [subject, other] = subjects[..] else { continue };
        if subject < said && said < other && of(words, said, &is_subject).is_empty() {
            words[subject].head = Some(WordId((first + said) as u32));
        }
    }
}

/// "M23, which the UN says is backed by Rwanda": what is said there belongs to the verb of saying, not to the noun beside it.
fn said_of_relative(pack: &Pack, first: usize, words: &mut [Word]) {
    let number = |at: usize| Some(WordId((first + at) as u32));
    for verb in 0..words.len() {
        let says = words[verb].deprel == "acl:relcl"
            && pack
                .cues
                .find(CueClass::Verb, &words[verb].lemma, [])
                .is_some_and(|cue| !matches!(cue.speech, Speech::None));
        if !says || words.iter().any(|word| word.head == number(verb) && word.deprel == "ccomp") {
            continue;
        }
        let speaker = (0..verb).find(|at| words[*at].head == number(verb) && is_subject(&words[*at]));
        let said = (verb + 1..words.len())
            .find(|at| words[*at].head == words[verb].head && words[*at].deprel == "acl:relcl");
        let (Some(speaker), Some(said)) = (speaker, said) else { continue };
        let relative = |word: &Word| matches!(word.lemma.as_str(), "which" | "who" | "that");
        let gap = (0..speaker)
            .any(|at| words[at].head == number(said) && is_subject(&words[at]) && relative(&words[at]));
        if gap && !relative(&words[speaker]) {
            words[said].head = number(verb);
            words[said].deprel = "ccomp".into();
        }
    }
}

/// "In Cairo on 18 March 2023 Sameh Shoukry met …": a subject right before its verb that hangs on the setting in front.
fn subject_of_setting(first: usize, words: &mut [Word]) {
    let number = |at: usize| WordId((first + at) as u32);
    for subject in 1..words.len().saturating_sub(1) {
        let verb = subject + 1;
        let Some(setting) = words[subject].head.and_then(|head| (head.0 as usize).checked_sub(first)) else {
            continue;
        };
        let hangs = setting < subject
            && is_subject(&words[subject])
            && words[setting].deprel.starts_with("obl")
            && words[setting].head == Some(number(verb));
        let taken = words.iter().any(|word| word.head == Some(number(verb)) && is_subject(word));
        if hangs && !taken && words[verb].upos == Upos::Verb {
            words[subject].head = Some(number(verb));
        }
    }
}

/// "Tokayev received today in Astana the prime minister of Georgia": what stands behind a verb that has its subject in
/// front is its object, unless the verb is one of saying.
fn object_behind(pack: &Pack, first: usize, words: &mut [Word]) {
    for verb in 1..words.len() {
        let number = Some(WordId((first + verb) as u32));
        let of = |wanted: &dyn Fn(&Word) -> bool| -> Vec<usize> {
            (0..words.len()).filter(|at| words[*at].head == number && wanted(&words[*at])).collect()
        };
        let subjects = of(&|word| word.deprel == "nsubj");
        let [subject, behind] = subjects[..] else { continue };
        let whole =
            of(&|word| matches!(word.relation(), "obj" | "cop" | "ccomp") || word.deprel == "aux:pass");
        let nominal = |at: usize| matches!(words[at].upos, Upos::Noun | Upos::Propn);
        let speaks = || {
            let cue = pack.cues.find(CueClass::Verb, &words[verb].lemma.to_lowercase(), []);
            cue.is_some_and(|cue| cue.speech != Speech::None)
        };
        let cut = (verb + 1..behind).any(|at| words[at].lemma == ",");
        if words[verb].upos == Upos::Verb
            && subject < verb
            && verb < behind
            && !cut
            && whole.is_empty()
            && nominal(subject)
            && nominal(behind)
            && !speaks()
        {
            words[behind].deprel = "obj".into();
        }
    }
}

/// "Doe and Roe, brought together by the emir, agreed …": a participle with its doer belongs to the subject before it.
fn participle_of_subject(first: usize, words: &mut [Word]) {
    for verb in 1..words.len() {
        let number = Some(WordId((first + verb) as u32));
        let by = (verb + 1..words.len()).find(|at| {
            let case = |word: &Word| word.deprel == "case" && word.lemma == "by";
            words[*at].head == number
                && words[*at].relation() == "obl"
                && words.iter().any(|word| word.head == Some(WordId((first + at) as u32)) && case(word))
        });
        let together = words[verb].lemma == "bring"
            && words.iter().any(|word| word.head == number && word.lemma == "together");
        // The verb whose subject stands in front; what is reported may hang on the verb of saying beside it.
        let above = words[verb].head;
        let main = (verb + 1..words.len()).find(|at| {
            words[*at].upos == Upos::Verb
                && (above == Some(WordId((first + at) as u32))
                    || words[verb].deprel == "ccomp"
                        && words[*at].deprel == "ccomp"
                        && words[*at].head == above)
        });
        let Some(main) = main else { continue };
        // The subject may hang on the participle, and the verb that it belongs to have none.
        let under = |verb: usize, words: &[Word]| {
            let number = Some(WordId((first + verb) as u32));
            words.iter().position(|word| word.head == number && word.deprel == "nsubj")
        };
        if let (Some(lead), None, true) = (under(verb, words), under(main, words), together)
            && lead < verb
        {
            words[lead].head = Some(WordId((first + main) as u32));
        }
        let of = |relation: &str| words.iter().any(|word| word.head == number && word.relation() == relation);
        let subject = words
            .iter()
            .position(|word| word.head == Some(WordId((first + main) as u32)) && word.deprel == "nsubj");
        let Some(subject) = subject.filter(|subject| *subject < verb) else { continue };
        if matches!(words[verb].deprel.as_str(), "advcl" | "ccomp")
            && words[verb].feature("Tense") == Some("Past")
            && words[verb - 1].upos == Upos::Punct
            && (by.is_some() || together)
            && !["obj", "nsubj", "mark", "aux"].iter().any(|relation| of(relation))
        {
            words[verb].head = Some(WordId((first + subject) as u32));
            words[verb].deprel = "acl".into();
            words[verb].feats = "Tense=Past|VerbForm=Part|Voice=Pass".to_owned();
        }
    }
}

/// "On Monday in Muscat Ebrahim Raisi was received": a town behind its preposition, and a person whom the packs know, who
/// is the subject of the verb that follows.
fn town_before_person(pack: &Pack, text: &Text, first: usize, words: &mut [Word]) -> Vec<u32> {
    let mut cuts = Vec::new();
    let number = |at: usize| WordId((first + at) as u32);
    for town in 1..words.len() {
        if words[town - 1].upos != Upos::Adp || words[town].upos != Upos::Propn {
            continue;
        }
        let names = words[town..].iter().take_while(|word| word.upos == Upos::Propn).count();
        let end = town + names;
        let slice = |from: usize, to: usize| text.slice(words[from].span.cover(words[to - 1].span));
        let is_person = |from: usize| {
            end - from >= 2
                && pack.world.senses(slice(from, end)).any(|sense| pack.world.person(&sense.actor).is_some())
        };
        let behind = |at: usize| words[at].head.is_some_and(|head| head.0 < number(at).0);
        let person = (town + 1..end).find(|from| {
            pack.places.is_town(slice(town, *from)) && behind(*from) && is_person(*from) && !is_person(town)
        });
        let Some(person) = person else { continue };
        let between = |word: &Word| matches!(word.upos, Upos::Aux | Upos::Adv | Upos::Part);
        let verb = end + words[end..].iter().take_while(|word| between(word)).count();
        let of_verb = |word: &Word| word.head == Some(number(verb));
        if words.get(verb).is_none_or(|word| word.upos != Upos::Verb)
            || words.iter().any(|word| of_verb(word) && is_subject(word))
        {
            continue;
        }
        let passive = words.iter().any(|word| of_verb(word) && word.deprel == "aux:pass");
        words[person].head = Some(number(verb));
        words[person].deprel = if passive { "nsubj:pass" } else { "nsubj" }.into();
        for word in &mut words[person + 1..end] {
            word.head = Some(number(person));
            word.deprel = "flat".into();
        }
        cuts.push((first + person) as u32);
    }
    cuts
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::parse) fn row(text: &Text, rows: &[(&str, Upos, usize, &str)]) -> Vec<Word> {
        let mut at = 0;
        rows.iter()
            .map(|(form, upos, head, deprel)| {
                let start = at + text.as_str()[at..].find(form).unwrap();
                at = start + form.len();
                Word {
                    span: text.span(start, at).unwrap(),
                    lemma: form.to_lowercase(),
                    upos: *upos,
                    feats: String::new(),
                    head: head.checked_sub(1).map(|head| WordId(head as u32)),
                    deprel: (*deprel).into(),
                    space_after: true,
                }
            })
            .collect()
    }

    #[test]
    fn the_first_of_two_subjects_belongs_to_what_was_said() {
        let text = Text::new("Sandu spoke Thursday Chisinau said");
        let mut words = row(
            &text,
            &[
                ("Sandu", Upos::Propn, 5, "nsubj"),
                ("spoke", Upos::Verb, 5, "ccomp"),
                ("Thursday", Upos::Propn, 2, "obl"),
                ("Chisinau", Upos::Propn, 5, "nsubj"),
                ("said", Upos::Verb, 0, "root"),
            ],
        );
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(words[0].head, Some(WordId(1)));
        assert_eq!(words[3].head, Some(WordId(4)));
    }

    #[test]
    fn a_subject_before_its_verb_does_not_hang_on_the_setting() {
        let text = Text::new("In March Shoukry spoke");
        let mut words = row(
            &text,
            &[
                ("In", Upos::Adp, 2, "case"),
                ("March", Upos::Propn, 4, "obl"),
                ("Shoukry", Upos::Propn, 2, "nsubj"),
                ("spoke", Upos::Verb, 0, "root"),
            ],
        );
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(words[2].head, Some(WordId(3)));
    }

    #[test]
    fn what_stands_behind_a_verb_with_a_subject_is_its_object() {
        let text = Text::new("Tokayev received today the minister");
        let rows = [
            ("Tokayev", Upos::Propn, 2, "nsubj"),
            ("received", Upos::Verb, 0, "root"),
            ("today", Upos::Noun, 2, "obl"),
            ("the", Upos::Det, 5, "det"),
            ("minister", Upos::Noun, 2, "nsubj"),
        ];
        let mut words = row(&text, &rows);
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(words[4].deprel, "obj");
    }

    #[test]
    fn a_participle_with_its_doer_belongs_to_the_subject() {
        let text = Text::new("Gbagbo , received by Jammeh , agreed");
        let rows = [
            ("Gbagbo", Upos::Propn, 7, "nsubj"),
            (",", Upos::Punct, 1, "punct"),
            ("received", Upos::Verb, 7, "advcl"),
            ("by", Upos::Adp, 5, "case"),
            ("Jammeh", Upos::Propn, 3, "obl"),
            (",", Upos::Punct, 1, "punct"),
            ("agreed", Upos::Verb, 0, "root"),
        ];
        let mut words = row(&text, &rows);
        words[2].feats = "Tense=Past|VerbForm=Fin".to_owned();
        mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!((words[2].head, words[2].deprel.as_str()), (Some(WordId(0)), "acl"));
    }

    #[test]
    fn a_town_is_no_first_name() {
        let text = Text::new("In Ankara Hakan Fidan was received");
        let mut words = row(
            &text,
            &[
                ("In", Upos::Adp, 2, "case"),
                ("Ankara", Upos::Propn, 6, "obl"),
                ("Hakan", Upos::Propn, 2, "flat"),
                ("Fidan", Upos::Propn, 2, "flat"),
                ("was", Upos::Aux, 6, "aux:pass"),
                ("received", Upos::Verb, 0, "root"),
            ],
        );
        let cuts = mend(&Pack::builtin(), &text, 0, &mut words);
        assert_eq!(cuts, [2]);
        assert_eq!((words[2].head, words[2].deprel.as_str()), (Some(WordId(5)), "nsubj:pass"));
        assert_eq!(words[3].head, Some(WordId(2)));
        let mut names = vec![Name { words: 1..4, kind: NameKind::Person }];
        cut(&mut names, &cuts);
        assert_eq!(names.iter().map(|name| name.words.clone()).collect::<Vec<_>>(), [1..2, 2..4]);
    }

    #[test]
    fn what_is_said_of_a_relative_belongs_to_the_verb_of_saying() {
        let text = Text::new("group which Kyiv said was armed");
        let mut words = row(
            &text,
            &[
                ("group", Upos::Noun, 0, "root"),
                ("which", Upos::Pron, 6, "nsubj:pass"),
                ("Kyiv", Upos::Propn, 4, "nsubj"),
                ("said", Upos::Verb, 1, "acl:relcl"),
                ("was", Upos::Aux, 6, "aux:pass"),
                ("armed", Upos::Verb, 1, "acl:relcl"),
            ],
        );
        words[3].lemma = "say".to_owned();
        said_of_relative(&Pack::builtin(), 0, &mut words);
        assert_eq!((words[5].head, &*words[5].deprel), (Some(WordId(3)), "ccomp"));
    }
}
