//! Verbs of speech and thought: what they govern is what is said, their subject says it.

use super::draft::{Draft, Speaker, pieces};
use crate::{Reading, cue_of};
use demarche_language::{Upos, WordId};
use demarche_pack::cues::{Cue, Speech};
use demarche_text::Span;

/// Readings whose infinitives are said or meant: "promised to", "wants to", "asked him to".
const INFINITIVES: &[&str] = &[
    "demand", "request", "promise", "offer", "refuse", "threaten", "agree", "ask", "propose", "warn",
    "intend", "hope", "accuse", "assert", "announce", "predict",
];
/// Readings whose objects are said: "demanded a reply", "condemned the attack".
const OBJECTS: &[&str] = &[
    "demand",
    "offer",
    "refuse",
    "threaten",
    "propose",
    "warn",
    "criticise",
    "praise",
    "deny",
    "announce",
    "predict",
    "estimate",
    "describe",
    "mention",
    "agree",
];
/// Readings whose object goes with its reason: "condemned the army for …", "described him as …".
const REASONED: &[&str] = &["criticise", "praise", "accuse", "warn"];

/// What a verb governs, in the order of how surely it is what is said.
enum Governed {
    /// A clause of its own.
    Clause(Vec<WordId>),
    /// The clause into which the verb is inserted or to which it is appended.
    Host(Vec<WordId>),
    /// An infinitive, an object or a phrase behind a preposition.
    Weak(Vec<WordId>, &'static str),
}

/// The saying of which a word is the verb.
pub(super) fn draft(reading: &Reading<'_>, verb: WordId) -> Option<Draft> {
    if !reading.is_verb(verb) || !heads_clause(reading, verb) {
        return None;
    }
    let cue = cue_of(reading, verb).filter(|cue| cue.speech != Speech::None)?;
    let governed = governed(reading, verb, cue)?;
    let mut draft = Draft::of(reading, verb, cue);
    fill(reading, verb, &mut draft);
    let words = match governed {
        Governed::Clause(words) | Governed::Host(words) => words,
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

/// Speaker, addressee and medium of a verb.
pub(super) fn fill(reading: &Reading<'_>, verb: WordId, draft: &mut Draft) {
    draft.speaker = speaker(reading, verb).map_or(Speaker::Nobody, Speaker::Word);
    draft.cue_span = Some(with_particle(reading, verb));
    draft.addressee = addressee(reading, verb).filter(|head| draft.speaker != Speaker::Word(*head));
    draft.medium = medium(reading, verb);
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

/// Who speaks: the subject, the agent of a passive, the one who is quoted.
pub(super) fn speaker(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let found = if reading.is_passive(verb) {
        reading.agent(verb)
    } else {
        let inserted = reading.word(verb).relation() == "parataxis";
        let own = reading
            .analysis
            .children(verb)
            .iter()
            .copied()
            .find(|child| reading.word(*child).relation() == "nsubj");
        match own {
            Some(own) => Some(reading.antecedent(own).unwrap_or(own)),
            // "…, said the minister" is sometimes read with an object.
            None if inserted => inverted(reading, verb),
            None => quoted_as(reading, verb)
                .or_else(|| participle(reading, verb))
                .or_else(|| reading.subject(verb))
                .or_else(|| inverted(reading, verb)),
        }
    };
    found.filter(|head| is_someone(reading, *head))
}

/// The noun phrase right before or right behind the verb, where the tree gives no speaker outside the words said.
pub(super) fn beside(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let sentence = &reading.analysis.sentence(verb).words;
    let nominal = |word: WordId| matches!(reading.word(word).upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let before = (sentence.start..verb.0)
        .rev()
        .map(WordId)
        .find(|word| !matches!(reading.word(*word).upos, Upos::Adv | Upos::Aux | Upos::Punct));
    let behind = Some(WordId(verb.0 + 1)).filter(|word| word.0 < sentence.end);
    if let Some(before) = before.filter(|word| nominal(*word)) {
        return Some(top_of_phrase(reading, before));
    }
    let behind =
        behind.filter(|word| nominal(*word) || matches!(reading.word(*word).upos, Upos::Det | Upos::Adj))?;
    Some(top_of_phrase(reading, behind)).filter(|head| nominal(*head))
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

/// "…, telling reporters" behind a noun that cannot speak is said by the subject of the clause.
fn participle(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let noun = reading.word(verb).head.filter(|_| reading.word(verb).deprel == "acl")?;
    let speaks = reading.word(noun).upos == Upos::Propn
        || reading.can_act(noun)
        || is_venue(reading, noun)
        || cue_of(reading, noun).is_some()
        || reading.pack.cues.how_of_source(reading.lemma(noun)) != demarche_record::How::Said;
    if speaks {
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

/// "was quoted as saying": the one who is quoted.
fn quoted_as(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let above = reading.word(verb).head?;
    let marked = reading.child(verb, "mark").or_else(|| reading.child(verb, "case"));
    let quoted = marked.is_some_and(|mark| reading.lemma(mark) == "as")
        && matches!(reading.lemma(above), "quote" | "cite" | "report");
    if !quoted {
        return None;
    }
    if reading.is_passive(above) { reading.subject(above) } else { reading.child(above, "obj") }
}

fn inverted(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let object = reading.child(verb, "obj").or_else(|| reading.child(verb, "dep"))?;
    let between = reading.phrase(object).start().checked_sub(reading.word(verb).span.end());
    (between.is_some_and(|gap| gap <= 1) && !reading.is_verb(object)).then_some(object)
}

/// Expletives and negative pronouns say nothing.
fn is_someone(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    if word.relation() == "expl" || matches!(word.upos, Upos::Adv | Upos::Verb | Upos::Aux | Upos::Punct) {
        return false;
    }
    !matches!(reading.lemma(head).to_lowercase().as_str(), "what" | "there" | "nothing")
}

/// To whom: the object of "told", "to X", "with X".
fn addressee(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    if reading.is_passive(verb) {
        return reading.child_exactly(verb, "nsubj:pass").filter(|_| takes_hearer(reading, verb));
    }
    let hearer = reading.child(verb, "iobj").or_else(|| {
        reading.child(verb, "obj").filter(|object| takes_hearer(reading, verb) && !reading.is_verb(*object))
    });
    hearer.or_else(|| {
        let to = reading.behind(verb, &["to"]);
        to.into_iter().find(|head| {
            !reading.is_time(*head) && !is_venue(reading, *head) && reading.word(*head).upos != Upos::Verb
        })
    })
}

/// Verbs whose object hears what is said.
fn takes_hearer(reading: &Reading<'_>, verb: WordId) -> bool {
    reading.pack.cues.takes_hearer(reading.lemma(verb))
}

/// Where or by which means: "told a news conference", "wrote on Twitter", "said in a statement".
fn medium(reading: &Reading<'_>, verb: WordId) -> Option<Span> {
    let behind =
        reading.behind(verb, &["in", "on", "at", "during", "via", "through", "by", "over", "to", "from"]);
    let object = reading.child(verb, "obj").into_iter();
    let carrier = carrier(reading, verb);
    behind
        .into_iter()
        .chain(object)
        .chain(carrier)
        .find(|head| is_venue(reading, *head))
        .map(|head| reading.phrase(head))
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

fn is_venue(reading: &Reading<'_>, head: WordId) -> bool {
    let form = reading.analysis.form(head);
    reading.pack.cues.is_venue(reading.lemma(head), form)
}

fn governed(reading: &Reading<'_>, verb: WordId, cue: &Cue) -> Option<Governed> {
    let analysis = reading.analysis;
    let mut clauses: Vec<WordId> = analysis.children_in(verb, "ccomp").collect();
    if clauses.is_empty() && reading.is_passive(verb) {
        clauses.extend(analysis.children_in(verb, "csubj"));
    }
    if !clauses.is_empty() {
        let mut words: Vec<WordId> = clauses.iter().flat_map(|clause| analysis.subtree(*clause)).collect();
        words.sort_unstable();
        return Some(Governed::Clause(without_aside(reading, words)));
    }
    if let Some(words) = apposed(reading, verb) {
        return Some(Governed::Clause(words));
    }
    if let Some(words) = host(reading, verb, cue) {
        return Some(Governed::Host(words));
    }
    weak(reading, verb, cue)
}

/// A relative or participle clause behind a comma at the end of reported words is the writer's addition.
fn without_aside(reading: &Reading<'_>, mut words: Vec<WordId>) -> Vec<WordId> {
    let analysis = reading.analysis;
    let cut =
        words.iter().copied().filter(|word| reading.word(*word).deprel == "acl:relcl").find_map(|clause| {
            let subtree = analysis.subtree(clause);
            let first = *subtree.iter().find(|word| reading.word(**word).upos != Upos::Punct)?;
            let last = subtree.iter().rev().find(|word| reading.word(**word).upos != Upos::Punct)?;
            let solid = words.iter().rev().find(|word| reading.word(**word).upos != Upos::Punct)?;
            let comma = first.0.checked_sub(1).is_some_and(|at| analysis.form(WordId(at)) == ",");
            let marked = super::draft::top_quoted(reading, reading.word(first).span.start()).is_some();
            (comma && last == solid && !marked).then_some(first)
        });
    if let Some(cut) = cut {
        words.retain(|word| *word < cut);
    }
    words
}

/// A clause that stands beside the verb: "He said: we go", "We go, he said" read the other way round.
fn apposed(reading: &Reading<'_>, verb: WordId) -> Option<Vec<WordId>> {
    let clause = reading.analysis.children_in(verb, "parataxis").find(|clause| {
        let subtree = reading.analysis.subtree(*clause);
        let before = subtree.last().is_some_and(|last| *last < verb);
        let (Some(first), Some(last)) = (subtree.first(), subtree.last()) else { return false };
        let led = (verb.0 + 1..first.0 + 1)
            .any(|word| matches!(reading.analysis.form(WordId(word)), ":" | "“" | "\"" | "‘"));
        let speaks = cue_of(reading, *clause).is_some_and(|cue| cue.speech != Speech::None) && !before;
        (before || led) && !speaks && last.0 - first.0 >= 1
    })?;
    Some(reading.analysis.subtree(clause))
}

/// The clause around or before an inserted verb: "The road, he said, is closed", "as the ministry has said".
fn host(reading: &Reading<'_>, verb: WordId, cue: &Cue) -> Option<Vec<WordId>> {
    let head = reading.word(verb).head?;
    let relation = reading.word(verb).relation();
    let marked = reading.child(verb, "mark").or_else(|| reading.child(verb, "advmod"));
    let as_said = relation == "advcl"
        && marked.is_some_and(|mark| matches!(reading.lemma(mark), "as" | "like") && mark < verb);
    let agent = as_said.then(|| reading.agent(verb)).flatten();
    let subject = reading.child(verb, "nsubj").or(agent).or_else(|| inverted(reading, verb))?;
    if reading.child(verb, "xcomp").is_some()
        || reading.child(verb, "obj").is_some_and(|object| object != subject && !takes_hearer(reading, verb))
    {
        return None;
    }
    let (first, last) = (head.min(verb), head.max(verb));
    if (first.0..last.0).any(|word| analysis_form(reading, word) == ";") {
        return None;
    }
    let inserted = matches!(relation, "parataxis" | "discourse") && subject.0.abs_diff(verb.0) <= 40;
    if !as_said && !inserted || reading.word(subject).feature("Person") == Some("2") {
        return None;
    }
    if inserted && cue.speech == Speech::Attitude && reading.word(subject).feature("Person") == Some("1") {
        return None;
    }
    let own = reading.analysis.subtree(verb);
    let behind = tail(reading, &own);
    let words: Vec<WordId> = reading
        .analysis
        .subtree(head)
        .into_iter()
        .filter(|word| own.binary_search(word).is_err() && !behind.contains(&word.0))
        .collect();
    (words.len() >= 2).then_some(words)
}

fn analysis_form<'a>(reading: &Reading<'a>, word: u32) -> &'a str {
    reading.analysis.form(WordId(word))
}

/// What follows an inserted clause without a comma belongs to it: "…, he said in an interview".
fn tail(reading: &Reading<'_>, own: &[WordId]) -> std::ops::Range<u32> {
    let Some(last) = own.iter().rev().find(|word| reading.word(**word).upos != Upos::Punct) else {
        return 0..0;
    };
    let end = reading.analysis.sentence(*last).words.end;
    let stop = (last.0 + 1..end).find(|word| reading.word(WordId(*word)).upos == Upos::Punct).unwrap_or(end);
    last.0 + 1..stop
}

fn weak(reading: &Reading<'_>, verb: WordId, cue: &Cue) -> Option<Governed> {
    let analysis = reading.analysis;
    let kind = cue.reading.as_str();
    if INFINITIVES.contains(&kind)
        && let Some(clause) = analysis.children_in(verb, "xcomp").find(|it| reading.is_verb(*it) || reading.child(*it, "cop").is_some())
        // "wants to say" passes what is said on to the inner verb.
        && (reading.lemma(verb) != "call" || reading.behind(verb, &["on", "upon"]).is_empty())
        && (!matches!(kind, "intend" | "hope")
            || cue_of(reading, clause).is_none_or(|inner| matches!(inner.speech, Speech::None | Speech::Attitude)))
    {
        return Some(Governed::Weak(analysis.subtree(clause), "infinitive"));
    }
    if let Some(words) = described(reading, verb, kind) {
        return Some(Governed::Weak(words, "object"));
    }
    for child in analysis.children(verb) {
        if !matches!(reading.word(*child).relation(), "obl" | "advcl") || reading.is_time(*child) {
            continue;
        }
        let mark = reading
            .preposition(*child)
            .or_else(|| reading.child(*child, "mark").map(|it| reading.lemma(it).to_owned()));
        let Some(mark) = mark else { continue };
        let with = format!("{} {mark}", reading.lemma(verb));
        if reading.lemma(verb) != "go" && reading.pack.cues.lists(&with) && !is_venue(reading, *child) {
            let mut words = analysis.subtree(*child);
            // "called on both sides to stop": who is called on belongs to what is called for.
            let acts = analysis.children(verb).iter().filter(|act| {
                matches!(reading.word(**act).relation(), "xcomp" | "advcl")
                    && **act > *child
                    && reading.child(**act, "mark").is_some_and(|mark| reading.lemma(mark) == "to")
            });
            words.extend(acts.flat_map(|act| analysis.subtree(*act)));
            words.sort_unstable();
            words.dedup();
            // "called for", "insists on": the preposition belongs to the cue.
            if words.len() > 1 && matches!(reading.word(words[0]).upos, Upos::Adp | Upos::Sconj) {
                words.remove(0);
            }
            return Some(Governed::Weak(words, "about"));
        }
    }
    if OBJECTS.contains(&kind)
        && let Some(object) = reading.child(verb, "obj")
        && reading.word(object).upos != Upos::Pron
        && !takes_hearer(reading, verb)
    {
        let mut words = analysis.subtree(object);
        if REASONED.contains(&kind) {
            let reasons = reading
                .behind(verb, &["for", "as", "over", "on"])
                .into_iter()
                .filter(|it| !reading.is_time(*it));
            let gerunds = analysis.children_in(verb, "advcl").filter(|it| {
                reading
                    .child(*it, "mark")
                    .is_some_and(|mark| matches!(reading.lemma(mark), "for" | "as" | "over"))
            });
            words.extend(reasons.chain(gerunds).flat_map(|reason| analysis.subtree(reason)));
            words.sort_unstable();
        }
        return Some(Governed::Weak(words, "object"));
    }
    None
}

/// "called the plan a trap", "described him as weak": what is named and what it is called.
fn described(reading: &Reading<'_>, verb: WordId, kind: &str) -> Option<Vec<WordId>> {
    if kind != "describe" {
        return None;
    }
    let analysis = reading.analysis;
    let mut words: Vec<WordId> = Vec::new();
    let mut named = false;
    for child in analysis.children(verb) {
        let relation = reading.word(*child).relation();
        let fits = match relation {
            "obj" | "xcomp" => true,
            "obl" | "advcl" => {
                reading.preposition(*child).is_some_and(|it| it == "as" || it == "to")
                    || reading.child(*child, "mark").is_some_and(|mark| reading.lemma(mark) == "as")
            }
            _ => false,
        };
        if fits {
            named |= relation != "obj";
            words.extend(analysis.subtree(*child));
        }
    }
    words.sort_unstable();
    (named && words.len() > 1).then_some(words)
}
