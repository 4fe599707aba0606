//! What a verb of speech or thought governs: its clause, the clause it is inserted into, an infinitive, an object.

use super::asides::{Trimmed, without_asides, without_circumstances};
use super::verbs::{cites, inverted, is_venue, takes_hearer};
use crate::{Reading, cue_of};
use demarche_language::{Upos, WordId};
use demarche_pack::cues::{Cue, Speech};

/// Readings whose infinitives are said or meant: "promised to", "wants to", "asked him to".
const INFINITIVES: &[&str] = &[
    "demand", "request", "promise", "offer", "refuse", "threaten", "agree", "ask", "propose", "warn",
    "intend", "hope", "accuse", "announce", "predict",
];
/// Readings whose infinitives are said of the subject of the passive: "is expected to", "is said to".
const RAISED: &[&str] = &["predict", "assert", "believe", "estimate", "concede", "accuse"];
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
pub(super) enum Governed {
    /// A clause of its own, and the cues in it that are the writer's and go on with the same speaker.
    Clause(Vec<WordId>, Vec<WordId>),
    /// The clause into which the verb is inserted or to which it is appended.
    Host(Vec<WordId>),
    /// An infinitive, an object or a phrase behind a preposition.
    Weak(Vec<WordId>, &'static str),
}

/// Finds what a verb governs.
pub(super) fn governed(reading: &Reading<'_>, verb: WordId, cue: &Cue) -> Option<Governed> {
    if visits(reading, verb) {
        return None;
    }
    let analysis = reading.analysis;
    let mut clauses: Vec<WordId> = analysis.children_in(verb, "ccomp").collect();
    if clauses.is_empty() && reading.is_passive(verb) {
        clauses.extend(analysis.children_in(verb, "csubj"));
    }
    clauses.retain(|clause| !crate::status::stands_beside_demand(reading, *clause));
    // "…, which could not be verified" is the writer's, whatever it was read as.
    clauses.retain(|clause| {
        let first =
            analysis.subtree(*clause).into_iter().find(|word| reading.word(*word).upos != Upos::Punct);
        !first.is_some_and(|first| {
            first.0 > verb.0 + 1
                && matches!(reading.lemma(first), "which" | "who")
                && analysis.form(WordId(first.0 - 1)) == ","
        })
    });
    // "A fell, he said; according to the army, B did not": what stands behind a semicolon is said by others, if what he said
    // stands before it.
    if clauses.iter().any(|clause| *clause < verb) {
        clauses.retain(|clause| {
            !(verb.0..clause.0).any(|word| reading.analysis.form(WordId(word)) == ";")
                || super::draft::top_quoted(reading, reading.word(*clause).span.start()).is_some()
        });
    }
    // "Asked about the raid, the minister said that …": the participle is no part of what is said.
    if clauses.iter().any(|clause| *clause > verb) {
        clauses.retain(|clause| {
            let bare = reading.word(*clause).feature("VerbForm") != Some("Fin")
                && reading.child(*clause, "nsubj").is_none()
                && reading.child(*clause, "aux").is_none();
            *clause > verb
                || !bare
                || super::draft::top_quoted(reading, reading.word(*clause).span.start()).is_some()
        });
    }
    if clauses.is_empty() {
        clauses.extend(lodged(reading, verb));
    }
    if let Some(first) = clauses.first().copied() {
        let mut words: Vec<WordId> = clauses.iter().flat_map(|clause| analysis.subtree(*clause)).collect();
        words.extend(other_subjects(reading, verb, first));
        // An auxiliary behind the verb was read with the wrong one of the two.
        words.extend(analysis.children_in(verb, "aux").filter(|it| *it > verb && first > *it));
        words.sort_unstable();
        if first > verb {
            words = without_lead(reading, verb, words);
            words = behind_mark(reading, verb, first, words);
        } else {
            // "…, the guard said on Friday": what follows the verb without a comma tells of the saying.
            let behind = tail(reading, &[verb]);
            let led = words
                .iter()
                .any(|word| behind.contains(&word.0) && analysis.word(*word).relation() == "ccomp");
            words.retain(|word| led || !behind.contains(&word.0));
        }
        let Trimmed { words, handed } = without_asides(reading, verb, first, words);
        return Some(Governed::Clause(words, handed));
    }
    if let Some(words) = apposed(reading, verb) {
        return Some(Governed::Clause(words, Vec::new()));
    }
    if let Some(words) = host(reading, verb, cue) {
        return Some(Governed::Host(words));
    }
    if cites(reading, verb) {
        return None;
    }
    let (words, what) = weak(reading, verb, cue)?;
    // "backed Jane Doe", "on which they agree": a name or pronoun alone is nothing that is said.
    let telling = |word: &WordId| {
        let small = matches!(
            reading.word(*word).upos,
            Upos::Propn | Upos::Pron | Upos::Det | Upos::Punct | Upos::Part | Upos::Adp
        );
        !small || super::draft::top_quoted(reading, reading.word(*word).span.start()).is_some()
    };
    if what != "infinitive" && !words.iter().any(telling) {
        return None;
    }
    Some(Governed::Weak(without_circumstances(reading, words), what))
}

/// "called on the governor on Tuesday": nobody is asked for anything.
fn visits(reading: &Reading<'_>, verb: WordId) -> bool {
    let arguments = reading.arguments(verb);
    reading.lemma(verb) == "call"
        && ["on", "upon"].iter().any(|it| arguments.contains_key(*it))
        && !["infinitive", "clause", "for", "object"].iter().any(|it| arguments.contains_key(*it))
        && reading.child(verb, "ccomp").is_none()
        && reading.child(verb, "parataxis").is_none()
}

/// "Doe told parliament that …, the office said": a subject of the clause that was read as one of the verb behind it.
fn other_subjects(reading: &Reading<'_>, verb: WordId, clause: WordId) -> Vec<WordId> {
    let analysis = reading.analysis;
    let subjects: Vec<WordId> = analysis.children_in(verb, "nsubj").collect();
    let next = subjects.iter().copied().min_by_key(|it| it.0.abs_diff(verb.0));
    let bare = reading.child(clause, "nsubj").is_none() && clause < verb;
    let others = subjects.into_iter().filter(|it| bare && Some(*it) != next && *it < clause);
    others.flat_map(|it| analysis.subtree(it)).collect()
}

/// Of a clause behind its verb, what stands before the verb is said only if the verb is inserted between commas ("The
/// road, he added, was closed"), and never if it stands in marks of its own.
fn without_lead(reading: &Reading<'_>, verb: WordId, words: Vec<WordId>) -> Vec<WordId> {
    if words.first().is_none_or(|first| *first > verb) {
        return words;
    }
    let inserted = words
        .iter()
        .find(|word| **word > verb && reading.word(**word).upos != Upos::Punct)
        .is_some_and(|next| matches!(reading.analysis.form(WordId(next.0 - 1)), "," | "—" | "–"));
    let quoted = |word: WordId| {
        super::draft::top_quoted(reading, reading.word(word).span.start())
            .is_some_and(|it| !it.outer.contains(reading.word(verb).span))
    };
    words.into_iter().filter(|word| *word > verb || inserted && !quoted(*word)).collect()
}

/// "said on X that …", "told reporters in Oslo, with Doe at his side, that …": what stands before "that" tells of the saying,
/// unless it is of the clause that begins with it.
fn behind_mark(reading: &Reading<'_>, verb: WordId, clause: WordId, words: Vec<WordId>) -> Vec<WordId> {
    let mut marks = reading.analysis.children_in(clause, "mark");
    let Some(that) = marks.find(|mark| reading.lemma(*mark) == "that" && *mark > verb) else { return words };
    let early = |word: &&WordId| **word > verb && **word < that;
    let own = |word: &WordId| {
        matches!(reading.word(*word).relation(), "nsubj" | "csubj" | "cc" | "conj" | "advcl" | "ccomp")
            || super::draft::top_quoted(reading, reading.word(*word).span.start()).is_some()
    };
    if words.iter().filter(early).any(own) {
        return words;
    }
    words.into_iter().filter(|word| *word <= verb || *word >= that).collect()
}

/// A clause that was read as part of what stands between it and the verb: "said in a statement that …", "told
/// reporters that …", "made it clear that …".
fn lodged(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    let analysis = reading.analysis;
    analysis.children(verb).iter().filter(|child| **child > verb).find_map(|child| {
        let holds = match reading.word(*child).relation() {
            "obl" => is_venue(reading, *child) || reading.pack.cues.is_source(reading.lemma(*child)),
            "obj" => takes_hearer(reading, verb),
            "xcomp" => reading.word(*child).upos == Upos::Adj,
            _ => false,
        };
        let clause = |it: &WordId| {
            matches!(reading.word(*it).relation(), "acl" | "ccomp" | "advcl")
                && reading.child(*it, "mark").is_some_and(|mark| reading.lemma(mark) == "that")
        };
        holds.then(|| analysis.children(*child).iter().copied().find(clause)).flatten()
    })
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
    let mut head = reading.word(verb).head?;
    let relation = reading.word(verb).relation();
    let marked = reading.child(verb, "mark").or_else(|| reading.child(verb, "advmod"));
    let as_said = relation == "advcl"
        && marked.is_some_and(|mark| matches!(reading.lemma(mark), "as" | "like") && mark < verb);
    let agent = as_said.then(|| reading.agent(verb)).flatten();
    let subjects = reading.analysis.children_in(verb, "nsubj");
    let subject =
        subjects.min_by_key(|it| it.0.abs_diff(verb.0)).or(agent).or_else(|| inverted(reading, verb))?;
    let mut own = reading.analysis.subtree(verb);
    // "The rebels, she said, were gone": the subject of the clause was read as a second one of the verb.
    if reading.child(verb, "nsubj").is_some_and(|first| first < subject && subject < verb) {
        let others = reading.analysis.children_in(verb, "nsubj").filter(|it| *it < subject);
        let others: Vec<WordId> = others.flat_map(|it| reading.analysis.subtree(it)).collect();
        own.retain(|word| !others.contains(word));
    }
    // "as he put it", "as the ministry acknowledged: fishing rights …": neither is the object of the verb.
    let apart = |object: WordId| {
        as_said
            && (reading.lemma(object) == "it"
                || (verb.0 + 1..object.0).any(|word| reading.analysis.form(WordId(word)) == ":"))
    };
    if reading.child(verb, "xcomp").is_some()
        || reading
            .child(verb, "obj")
            .is_some_and(|object| object != subject && !takes_hearer(reading, verb) && !apart(object))
    {
        return None;
    }
    // "…, as the minister announced" at the end belongs to the whole sentence, whatever clause it was hung under.
    if as_said && ends_sentence(reading, &own) {
        head = topmost(reading, head);
    }
    let (first, last) = (head.min(verb), head.max(verb));
    if (first.0..last.0).any(|word| reading.analysis.form(WordId(word)) == ";") {
        return None;
    }
    // "The French, he added, had no base": read as a relative clause that has no pronoun.
    let lodged = reading.word(verb).deprel == "acl:relcl"
        && subject < verb
        && own.iter().all(|it| {
            !reading.word(*it).feature("PronType").is_some_and(|kind| kind.contains("Rel"))
                && !matches!(reading.lemma(*it), "who" | "which" | "whom" | "that")
        })
        && between_commas(reading, &own)
        && own.first().and_then(|first| first.0.checked_sub(1)).is_none_or(|before| {
            let pronoun =
                WordId(before.saturating_sub(u32::from(reading.analysis.form(WordId(before)) == ",")));
            !matches!(reading.lemma(pronoun), "who" | "which" | "that" | "whom")
        });
    let inserted =
        matches!(relation, "parataxis" | "discourse") && subject.0.abs_diff(verb.0) <= 40 || lodged;
    if lodged {
        head = topmost(reading, head);
    }
    // "… gave a figure: it spoke of a hundred": what stands behind a colon is no inserted clause.
    let colon = own
        .first()
        .and_then(|first| first.0.checked_sub(1))
        .is_some_and(|at| reading.analysis.form(WordId(at)) == ":" && subject.0 == at + 1);
    if colon && !as_said {
        return None;
    }
    if !as_said && !inserted || reading.word(subject).feature("Person") == Some("2") {
        return None;
    }
    if inserted && cue.speech == Speech::Attitude && reading.word(subject).feature("Person") == Some("1") {
        return None;
    }
    let behind = tail(reading, &own);
    let mut words: Vec<WordId> = reading
        .analysis
        .subtree(head)
        .into_iter()
        .filter(|word| own.binary_search(word).is_err() && !behind.contains(&word.0))
        .collect();
    // "…, the ministry estimated; Moscow puts it at ten": behind a semicolon others speak, unless the marks go on.
    let apart_from = |word: WordId| {
        let semicolon = (verb.0 + 1..word.0).any(|between| reading.analysis.form(WordId(between)) == ";");
        semicolon && super::draft::top_quoted(reading, reading.word(word).span.start()).is_none()
    };
    words.retain(|word| *word < verb || !apart_from(*word));
    // "…, as the ministry acknowledged: fishing rights, …" goes on with what it acknowledged.
    if let Some(list) =
        reading.child(verb, "obj").filter(|it| as_said && apart(*it) && reading.lemma(*it) != "it")
    {
        let list = reading.analysis.subtree(list);
        words.extend(without_circumstances(reading, list));
        words.sort_unstable();
    }
    (words.len() >= 2).then_some(words)
}

/// True if a clause stands between commas and is short, as an inserted "he said" is.
fn between_commas(reading: &Reading<'_>, own: &[WordId]) -> bool {
    let solid = |word: &&WordId| reading.word(**word).upos != Upos::Punct;
    let (Some(first), Some(last)) = (own.iter().find(solid), own.iter().rfind(solid)) else { return false };
    let comma =
        |at: u32| reading.analysis.words.len() as u32 > at && reading.analysis.form(WordId(at)) == ",";
    last.0 - first.0 <= 8 && first.0.checked_sub(1).is_some_and(comma) && comma(last.0 + 1)
}

/// True if a clause behind a comma is the end of its sentence.
pub(super) fn ends_sentence(reading: &Reading<'_>, own: &[WordId]) -> bool {
    let solid = |word: &&WordId| reading.word(**word).upos != Upos::Punct;
    let (Some(first), Some(last)) = (own.iter().find(solid), own.iter().rfind(solid)) else { return false };
    let end = reading.analysis.sentence(*last).words.end;
    first.0.checked_sub(1).is_some_and(|at| reading.analysis.form(WordId(at)) == ",")
        && (last.0 + 1..end).all(|word| reading.word(WordId(word)).upos == Upos::Punct)
}

/// The clause above a clause that only modifies something in it; clauses that are said or joined keep their own.
fn topmost(reading: &Reading<'_>, clause: WordId) -> WordId {
    let mut at = clause;
    for _ in 0..8 {
        let modifies = matches!(
            reading.word(at).relation(),
            "acl" | "advcl" | "nmod" | "obl" | "obj" | "nsubj" | "appos" | "xcomp"
        );
        let content = reading.child(at, "mark").is_some_and(|mark| reading.lemma(mark) == "that");
        match reading.word(at).head {
            Some(above) if modifies && !content => at = above,
            _ => break,
        }
    }
    at
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

fn weak(reading: &Reading<'_>, verb: WordId, cue: &Cue) -> Option<(Vec<WordId>, &'static str)> {
    let analysis = reading.analysis;
    let kind = cue.reading.as_str();
    if let Some(words) = infinitive(reading, verb, cue) {
        return Some((words, "infinitive"));
    }
    if let Some(words) = described(reading, verb, kind) {
        return Some((words, "object"));
    }
    if let Some(words) = charged(reading, verb, kind) {
        return Some((words, "about"));
    }
    for child in analysis.children(verb) {
        if !matches!(reading.word(*child).relation(), "obl" | "advcl") || reading.is_time(*child) {
            continue;
        }
        let mark =
            reading.preposition(*child).or_else(|| reading.child(*child, "mark").map(|it| reading.lemma(it)));
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
            return Some((words, "about"));
        }
    }
    if (OBJECTS.contains(&kind) || reading.pack.cues.takes_nominal(reading.lemma(verb)))
        && let Some(object) = reading.child(verb, "obj")
        && reading.word(object).upos != Upos::Pron
        && !reading.is_time(object)
        && (REASONED.contains(&kind) && kind != "warn"
            || !takes_hearer(reading, verb)
            || matches!(kind, "request" | "demand") && !reading.can_act(object))
    {
        let mut words = analysis.subtree(object);
        // "played down hopes of a deal if the others do not move": the condition is a part of what is said.
        let conditions = analysis.children_in(verb, "advcl").filter(|it| {
            *it > object
                && reading
                    .child(*it, "mark")
                    .is_some_and(|mark| matches!(reading.lemma(mark), "if" | "unless"))
        });
        words.extend(conditions.flat_map(|it| analysis.subtree(it)));
        words.sort_unstable();
        if REASONED.contains(&kind) {
            let reasons = reading
                .behind(verb, &["for", "as", "over", "on"])
                .into_iter()
                .filter(|it| !reading.is_time(*it));
            let gerunds = analysis.children_in(verb, "advcl").filter(|it| {
                reading
                    .child(*it, "mark")
                    .is_some_and(|mark| matches!(reading.lemma(mark), "for" | "as" | "over"))
                    && reading.word(*it).feature("VerbForm") != Some("Fin")
            });
            words.extend(reasons.chain(gerunds).flat_map(|reason| analysis.subtree(reason)));
            words.sort_unstable();
        }
        return Some((words, "object"));
    }
    None
}

/// "accused the army of shelling", "the army was accused of shelling": who is charged with what.
fn charged(reading: &Reading<'_>, verb: WordId, kind: &str) -> Option<Vec<WordId>> {
    if kind != "accuse" {
        return None;
    }
    let analysis = reading.analysis;
    let object = if reading.is_passive(verb) { "nsubj" } else { "obj" };
    let object = reading.child(verb, object)?;
    let charge = |parent: WordId| {
        analysis.children(parent).iter().copied().find(|it| {
            let mark = reading.child(*it, "mark").or_else(|| reading.child(*it, "case"));
            *it > object && mark.is_some_and(|mark| matches!(reading.lemma(mark), "of" | "for" | "with"))
        })
    };
    // The charge is read with the verb, or as a part of the object.
    let at_verb = charge(verb);
    at_verb.or_else(|| charge(object).filter(|it| reading.is_verb(*it)))?;
    let mut words = analysis.subtree(object);
    words.extend(at_verb.into_iter().flat_map(|it| analysis.subtree(it)));
    words.sort_unstable();
    words.dedup();
    Some(words)
}

/// "promised to go", "asked him to go"; of a passive that names nobody also its subject: "the road is expected to close".
fn infinitive(reading: &Reading<'_>, verb: WordId, cue: &Cue) -> Option<Vec<WordId>> {
    let analysis = reading.analysis;
    let kind = cue.reading.as_str();
    let raised = RAISED.contains(&kind) && reading.is_passive(verb);
    if let Some(gerund) = gerund(reading, verb, kind) {
        return Some(analysis.subtree(gerund));
    }
    // "claims to have": the other verbs of assertion take no infinitive of what is said ("continued to fire").
    if !INFINITIVES.contains(&kind) && !raised && cue.id != "claim" {
        return None;
    }
    let clause = analysis
        .children_in(verb, "xcomp")
        .find(|it| reading.is_verb(*it) || reading.child(*it, "cop").is_some())?;
    // "called on him to": what is called for stands behind the preposition.
    if reading.lemma(verb) == "call" && !reading.behind(verb, &["on", "upon"]).is_empty() {
        return None;
    }
    // "wants to say" passes what is said on to the inner verb.
    let passes = matches!(kind, "intend" | "hope")
        && cue_of(reading, clause)
            .is_some_and(|inner| !matches!(inner.speech, Speech::None | Speech::Attitude));
    if passes {
        return None;
    }
    // "declined to say", "asks not to be named" tell how the report came about.
    let formula = matches!(kind, "refuse" | "request" | "ask")
        && (cue_of(reading, clause).is_some_and(|inner| inner.reading == "assert")
            && analysis
                .children(clause)
                .iter()
                .all(|it| !matches!(reading.word(*it).relation(), "obj" | "ccomp" | "obl" | "xcomp"))
            || kind == "refuse" && reading.lemma(clause) == "comment"
            || matches!(reading.lemma(clause), "name" | "identify" | "quote") && reading.is_passive(clause));
    if formula {
        return None;
    }
    let mut words = analysis.subtree(clause);
    if raised
        && let Some(subject) = reading.child(verb, "nsubj")
        && reading.word(subject).upos != Upos::Pron
    {
        words.extend(analysis.subtree(subject));
        words.sort_unstable();
    }
    Some(words)
}

/// "denied shelling the town", "suggested meeting in June": the gerund is what is said.
fn gerund(reading: &Reading<'_>, verb: WordId, kind: &str) -> Option<WordId> {
    if !matches!(kind, "deny" | "concede" | "propose" | "assert" | "report" | "announce") {
        return None;
    }
    let form = |it: WordId| reading.analysis.form(it).ends_with("ing");
    reading.analysis.children(verb).iter().copied().find(|it| {
        matches!(reading.word(*it).relation(), "xcomp" | "ccomp")
            && reading.is_verb(*it)
            && *it > verb
            && reading.child(*it, "mark").is_none()
            && reading.child(*it, "nsubj").is_none()
            && (form(*it) || reading.child(*it, "aux").is_some_and(form))
    })
}

/// "called the plan a trap", "described him as weak", "the plan was called a trap": what is named and what it is called.
fn described(reading: &Reading<'_>, verb: WordId, kind: &str) -> Option<Vec<WordId>> {
    let analysis = reading.analysis;
    // "consider him a friend": of the verbs of thought only those that call something something.
    let judged = matches!(kind, "believe" | "estimate" | "deny")
        && analysis.children_in(verb, "xcomp").any(|it| !reading.is_verb(it))
        && (reading.child(verb, "obj").is_some() || reading.is_passive(verb));
    if kind != "describe" && !judged {
        return None;
    }
    let passive = reading.is_passive(verb);
    // "a group called …" gives a name and quotes nobody.
    if passive && reading.word(verb).deprel == "acl" && reading.agent(verb).is_none() {
        return None;
    }
    let mut words: Vec<WordId> = Vec::new();
    let mut named = false;
    let objects = analysis.children_in(verb, "obj").count();
    for child in analysis.children(verb) {
        let relation = reading.word(*child).relation();
        let fits = match relation {
            "obj" | "xcomp" => true,
            "nsubj" => passive && reading.word(*child).upos != Upos::Pron,
            "obl" | "advcl" => {
                reading.preposition(*child).is_some_and(|it| it == "as" || it == "to")
                    || reading.child(*child, "mark").is_some_and(|mark| reading.lemma(mark) == "as")
            }
            _ => false,
        };
        if fits {
            // A second object is what the first is called.
            named |= !matches!(relation, "obj" | "nsubj") || relation == "obj" && objects > 1;
            words.extend(analysis.subtree(*child));
        }
    }
    words.sort_unstable();
    // What follows the description without a comma is a part of it, but not when and where it was said.
    for child in analysis.children(verb) {
        let subtree = analysis.subtree(*child);
        let follows = subtree.first().zip(words.last()).is_some_and(|(first, last)| first.0 == last.0 + 1);
        if follows
            && matches!(reading.word(*child).relation(), "obl" | "advcl")
            && !reading.is_time(*child)
            && !is_venue(reading, *child)
        {
            words.extend(subtree);
        }
    }
    words.sort_unstable();
    (named && words.len() > 1).then_some(words)
}
