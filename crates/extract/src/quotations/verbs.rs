//! Verbs of speech and thought: what they govern is what is said, their subject says it.

use super::draft::{Draft, Speaker, pieces};
use super::governed::{Governed, governed};
use crate::{Reading, cue_of};
use demarche_language::{NameKind, Upos, WordId};
use demarche_pack::cues::{Cue, Speech};
use demarche_record::EventType;
use demarche_text::Span;

/// The saying of which a word is the verb.
pub(super) fn draft(reading: &Reading<'_>, verb: WordId) -> Option<Draft> {
    if !reading.is_verb(verb) || !heads_clause(reading, verb) {
        return None;
    }
    let cue = cue_of(reading, verb).filter(|cue| cue.speech != Speech::None)?;
    let governed = governed(reading, verb, cue).filter(|_| !is_withheld(reading, verb, cue))?;
    let mut draft = Draft::of(reading, verb, cue);
    fill(reading, verb, &mut draft);
    let words = match governed {
        Governed::Clause(words, handed) => {
            draft.handed = handed;
            words
        }
        Governed::Host(words) => words,
        Governed::Weak(words, what) => {
            draft.weak = true;
            draft.confidence = 0.55;
            draft.rule = format!("{}.{what}", draft.rule);
            words
        }
    };
    draft.pieces = pieces(reading, &words);
    if draft.speaker == Speaker::Nobody {
        draft.confidence -= 0.2;
    }
    Some(draft)
}

/// "declined to comment on reports that …", "refused to say whether …": nothing is said.
fn is_withheld(reading: &Reading<'_>, verb: WordId, cue: &Cue) -> bool {
    reading.word(verb).relation() == "xcomp"
        && matches!(cue.reading.as_str(), "assert" | "mention")
        && reading
            .word(verb)
            .head
            .and_then(|above| cue_of(reading, above))
            .is_some_and(|above| above.reading == "refuse")
}

/// Speaker, addressee and medium of a verb.
pub(super) fn fill(reading: &Reading<'_>, verb: WordId, draft: &mut Draft) {
    draft.speaker = speaker(reading, verb).map_or(Speaker::Nobody, Speaker::Word);
    draft.cue_span = Some(with_particle(reading, verb));
    draft.addressee = addressee(reading, verb).filter(|head| draft.speaker != Speaker::Word(*head));
    draft.medium = medium(reading, verb);
    draft.cited = cited(reading, verb);
    draft.quoted_by = quoted_by(reading, verb).filter(|head| draft.speaker != Speaker::Word(*head));
}

/// True if the verb is a predicate and no modifier or name part.
fn heads_clause(reading: &Reading<'_>, verb: WordId) -> bool {
    !matches!(
        reading.word(verb).relation(),
        "amod" | "compound" | "aux" | "cop" | "case" | "mark" | "fixed" | "flat"
    )
}

/// The verb with its particle.
fn with_particle(reading: &Reading<'_>, verb: WordId) -> Span {
    let own = reading.word(verb).span;
    let particle = reading.child_exactly(verb, "compound:prt").filter(|it| it.0 == verb.0 + 1);
    particle.map_or(own, |particle| own.cover(reading.word(particle).span))
}

/// "President Doe, the host of the talks, called for calm": without an auxiliary a main verb of speech whose subject can
/// speak is active, though form and subject were read as passive.
fn only_seems_passive(reading: &Reading<'_>, verb: WordId) -> bool {
    let main = matches!(reading.word(verb).relation(), "root" | "ccomp" | "conj" | "parataxis");
    main && reading.child(verb, "aux").is_none()
        && reading.agent(verb).is_none()
        && !takes_hearer(reading, verb)
        && reading.child(verb, "nsubj").is_some_and(|subject| reading.can_act(subject))
}

/// Who speaks: the subject, the agent of a passive, the one who is quoted.
pub(super) fn speaker(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let known = quoted_as(reading, verb).or_else(|| unread_subject(reading, verb));
    let found = if known.is_some() {
        known
    } else if reading.is_passive(verb) && !only_seems_passive(reading, verb) {
        reading.agent(verb)
    } else {
        let inserted = reading.word(verb).relation() == "parataxis";
        match own_subject(reading, verb) {
            Some(own) => Some(reading.antecedent(own).unwrap_or(own)),
            // "…, said the minister" is sometimes read with an object.
            None if inserted => inverted(reading, verb),
            None => participle(reading, verb)
                .or_else(|| reading.subject(verb))
                .or_else(|| inverted(reading, verb)),
        }
    };
    found.map(|head| named_beside(reading, verb, head)).filter(|head| is_someone(reading, *head))
}

/// "In a call with the minister, Secretary Jane Doe said": where the subject is a thing and the verb follows the name of a
/// person, that person speaks.
fn named_beside(reading: &Reading<'_>, verb: WordId, subject: WordId) -> WordId {
    let thing = !reading.can_act(subject)
        && reading.word(subject).upos == Upos::Noun
        && !reading.pack.cues.is_source(reading.lemma(subject));
    let person = reading.analysis.names.iter().find(|name| {
        name.words.end == verb.0
            && name.kind == NameKind::Person
            && name.words.start > reading.analysis.sentence(verb).words.start
    });
    person.filter(|_| thing && subject < verb).map_or(subject, |name| WordId(name.words.start))
}

/// The subject of the verb itself: of several the one next to the verb, for the others belong to the words said
/// ("Doe told parliament that …, the office said").
fn own_subject(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let subjects = |verb: WordId| {
        let children = reading.analysis.children(verb).iter().copied();
        children.filter(|it| reading.word(*it).relation() == "nsubj")
    };
    let own = subjects(verb).min_by_key(|it| it.0.abs_diff(verb.0));
    let over = reading.word(verb).head.filter(|over| {
        reading.word(verb).relation() == "ccomp" && *over > verb && subjects(*over).count() > 1
    });
    let lent = over.and_then(|over| subjects(over).next()).filter(|it| *it < verb);
    own.or(lent).or_else(|| lent_subject(reading, verb))
}

/// "The official, who asked not to be named, said Cairo agreed": a subject before the verb that was read as one of the
/// clause behind it.
fn lent_subject(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let finite =
        reading.word(verb).feature("VerbForm") == Some("Fin") || reading.child(verb, "aux").is_some();
    let clause = reading.child(verb, "ccomp").filter(|clause| finite && *clause > verb)?;
    let subjects: Vec<WordId> = reading.analysis.children_in(clause, "nsubj").collect();
    let before = subjects.iter().copied().find(|it| *it < verb && reading.can_act(*it))?;
    let own = subjects.iter().any(|it| *it > verb);
    // "The road, he said, …" is inserted.
    let inserted = reading.analysis.form(WordId((verb.0 + 1).min(clause.0))) == ",";
    (own && !inserted).then_some(before)
}

/// "after the envoy, Jane Doe, warned that": the phrase before a finite verb of a clause of time or reason that was read
/// as a phrase of its own.
fn unread_subject(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let finite = reading.word(verb).feature("VerbForm") == Some("Fin");
    let clause = reading.word(verb).relation() == "advcl" && reading.child(verb, "mark").is_none();
    let head = top_of_phrase(reading, before(reading, verb).filter(|_| finite && clause)?);
    let led = reading
        .preposition(head)
        .is_some_and(|it| matches!(it, "after" | "before" | "since" | "as" | "until" | "because"));
    (led && reading.can_act(head)).then_some(head)
}

/// The noun phrase right before or right behind the verb, where the tree gives no speaker outside the words said.
pub(super) fn beside(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let sentence = &reading.analysis.sentence(verb).words;
    let nominal = |word: WordId| matches!(reading.word(word).upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let behind = Some(WordId(verb.0 + 1)).filter(|word| word.0 < sentence.end);
    if let Some(before) = before(reading, verb) {
        return Some(named_beside(reading, verb, top_of_phrase(reading, before)));
    }
    let behind =
        behind.filter(|word| nominal(*word) || matches!(reading.word(*word).upos, Upos::Det | Upos::Adj))?;
    Some(top_of_phrase(reading, behind)).filter(|head| nominal(*head))
}

/// The noun or pronoun right before the verb, outside of words in marks.
fn before(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let start = reading.analysis.sentence(verb).words.start;
    let place = |word: WordId| super::draft::top_quoted(reading, reading.word(word).span.start());
    (start..verb.0)
        .rev()
        .map(WordId)
        .find(|word| !matches!(reading.word(*word).upos, Upos::Adv | Upos::Aux | Upos::Punct))
        .filter(|word| matches!(reading.word(*word).upos, Upos::Noun | Upos::Propn | Upos::Pron))
        .filter(|word| place(*word).is_none_or(|quoted| quoted.inner.contains(reading.word(verb).span)))
}

/// The head of the noun phrase that a word stands in.
fn top_of_phrase(reading: &Reading<'_>, word: WordId) -> WordId {
    let mut at = word;
    for _ in 0..8 {
        let inner = matches!(
            reading.word(at).relation(),
            "flat" | "compound" | "det" | "amod" | "appos" | "nmod" | "nummod" | "case"
        );
        match reading.word(at).head {
            Some(above) if inner && !reading.is_verb(above) => at = above,
            _ => break,
        }
    }
    at
}

/// "…, telling reporters" behind a noun that cannot speak or behind a comma, and "issued a statement saying …", are
/// said by the subject of the clause.
fn participle(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let noun = reading.word(verb).head.filter(|_| reading.word(verb).deprel == "acl")?;
    let present = reading.word(verb).feature("VerbForm") == Some("Ger")
        || reading.word(verb).feature("Tense") == Some("Pres");
    let apart = present && verb.0 > 0 && reading.analysis.form(WordId(verb.0 - 1)) == ",";
    let issued = reading.word(noun).relation() == "obj"
        && reading.pack.cues.is_source(reading.lemma(noun))
        && reading.word(noun).head.is_some_and(|above| reading.pack.cues.issues(reading.lemma(above)));
    let speaks = reading.word(noun).upos == Upos::Propn
        || reading.can_act(noun)
        || is_venue(reading, noun)
        || cue_of(reading, noun).is_some()
        || reading.pack.cues.how_of_source(reading.lemma(noun)) != demarche_record::How::Said;
    if speaks && !apart && !issued {
        return None;
    }
    let mut at = noun;
    for _ in 0..8 {
        at = reading.word(at).head?;
        if reading.is_verb(at) {
            return reading.subject(at).filter(|subject| *subject != noun);
        }
    }
    None
}

/// The verb of quoting in "was quoted as saying", "quoted her as having said", and the one who is quoted.
fn quoting(reading: &Reading<'_>, verb: WordId) -> Option<(WordId, WordId)> {
    let marked = reading.child(verb, "mark").or_else(|| reading.child(verb, "case"));
    marked.filter(|mark| reading.lemma(*mark) == "as")?;
    let quotes =
        |word: WordId| matches!(reading.lemma(word), "quote" | "cite" | "report") && reading.is_verb(word);
    let above = reading.word(verb).head?;
    if quotes(above) {
        let quoted =
            if reading.is_passive(above) { reading.subject(above) } else { reading.child(above, "obj") };
        return quoted.map(|quoted| (above, quoted));
    }
    // The clause may hang on the one who is quoted.
    let over = reading.word(above).head.filter(|over| quotes(*over))?;
    (reading.word(above).relation() == "obj").then_some((over, above))
}

/// "was quoted as saying": the one who is quoted.
fn quoted_as(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    quoting(reading, verb).map(|(_, quoted)| quoted)
}

/// Who quotes: the subject of "quoted her as saying", the agent of "was quoted by the agency as saying".
fn quoted_by(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let (quote, quoted) = quoting(reading, verb)?;
    let by = if reading.is_passive(quote) {
        // "was quoted as saying by the agency": the agent may be read with the inner verb.
        reading.agent(quote).or_else(|| reading.agent(verb))
    } else {
        reading.subject(quote)
    };
    by.filter(|by| *by != quoted && is_someone(reading, *by))
}

pub(super) fn inverted(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let object = reading.child(verb, "obj").or_else(|| reading.child(verb, "dep"))?;
    // "…,” the governor, a former judge, told the channel": who is told does not tell.
    if takes_hearer(reading, verb) && before(reading, verb).is_some() {
        return None;
    }
    let between = reading.phrase(object).start().checked_sub(reading.word(verb).span.end());
    (between.is_some_and(|gap| gap <= 1) && !reading.is_verb(object)).then_some(object)
}

/// Expletives and negative pronouns say nothing.
fn is_someone(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    if word.relation() == "expl" || matches!(word.upos, Upos::Adv | Upos::Verb | Upos::Aux | Upos::Punct) {
        return false;
    }
    // "14:05 Cairo says": the hour of an entry says nothing.
    let hour = reading.is_time(head) && word.upos == Upos::Num
        || reading.analysis.form(head).starts_with(|c: char| c.is_ascii_digit())
            && reading.analysis.form(head).contains([':', '.']);
    !hour && !matches!(reading.lemma(head).to_lowercase().as_str(), "what" | "there" | "nothing")
}

/// To whom: the object of "told", "to X", "with X".
fn addressee(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    if reading.is_passive(verb) {
        return reading.child_exactly(verb, "nsubj:pass").filter(|_| takes_hearer(reading, verb));
    }
    let hearer = reading.child(verb, "iobj").or_else(|| {
        // "ordered the arrest": a deed hears nothing.
        let deed = |noun| reading.event_type(noun).is_some_and(|kind| kind != EventType::Consult);
        reading
            .child(verb, "obj")
            .filter(|object| takes_hearer(reading, verb) && !reading.is_verb(*object) && !deed(*object))
    });
    hearer.or_else(|| {
        let to = reading.behind(verb, &["to"]);
        to.into_iter().find(|head| {
            !reading.is_time(*head) && !is_venue(reading, *head) && reading.word(*head).upos != Upos::Verb
        })
    })
}

/// Verbs whose object hears what is said.
pub(super) fn takes_hearer(reading: &Reading<'_>, verb: WordId) -> bool {
    reading.pack.cues.takes_hearer(reading.lemma(verb))
}

/// Where or by which means: "told a news conference", "wrote on Twitter", "said in a statement".
fn medium(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let behind =
        reading.behind(verb, &["in", "on", "at", "during", "via", "through", "by", "over", "to", "from"]);
    let object = reading.child(verb, "obj").filter(|_| takes_hearer(reading, verb));
    let carrier = carrier(reading, verb);
    behind.into_iter().chain(object).chain(carrier).find(|head| is_venue(reading, *head))
}

/// The source in "reported, citing the agency, that".
fn cited(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let subject = own_subject(reading, verb);
    let participles = reading.analysis.children_in(verb, "advcl");
    let at_subject = subject.into_iter().flat_map(|it| reading.analysis.children_in(it, "acl"));
    let participle = participles.chain(at_subject).find(|it| cites(reading, *it))?;
    reading.child(participle, "obj")
}

/// True for a participle that names on whose report a verb of speech above it relies.
pub(super) fn cites(reading: &Reading<'_>, participle: WordId) -> bool {
    matches!(reading.lemma(participle), "cite" | "quote")
        && reading.analysis.form(participle).ends_with("ing")
        && reading.word(participle).head.is_some_and(|above| {
            let speaks = |word: WordId| {
                cue_of(reading, word)
                    .is_some_and(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude))
            };
            // "the agency, citing a diplomat, reported": the participle may hang on the subject.
            let over = reading.word(above).head.filter(|_| reading.word(above).relation() == "nsubj");
            reading.is_verb(above) && speaks(above) || over.is_some_and(speaks)
        })
        && reading.child(participle, "obj").is_some_and(|source| {
            reading.can_act(source) || reading.pack.cues.is_source(reading.lemma(source))
        })
}

/// "in an interview …, he said": the phrase may hang on the verb above.
fn carrier(reading: &Reading<'_>, verb: WordId) -> Vec<WordId> {
    match reading.word(verb).head {
        Some(above) if matches!(reading.word(verb).relation(), "conj" | "xcomp") => {
            reading.behind(above, &["in", "on", "at", "during", "via"])
        }
        _ => Vec::new(),
    }
}

pub(super) fn is_venue(reading: &Reading<'_>, head: WordId) -> bool {
    let form = reading.analysis.form(head);
    reading.pack.cues.is_venue(reading.lemma(head), form)
}
