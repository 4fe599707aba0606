//! What was put to somebody and how an answer speaks of it: by its noun ("the demand"), by a pronoun ("it", "to do so"),
//! or in its own words.

use super::holders::may_hold;
use crate::Reading;
use demarche_language::{EntityId, MentionForm, Upos, WordId};
use demarche_record::Stance;
use demarche_text::Span;

/// Nouns for what was put to the one who answers, and the stances that they name.
const MATTERS: &[(&str, &[Stance])] = &[
    ("demand", &[Stance::Demand, Stance::Request]),
    ("ultimatum", &[Stance::Demand, Stance::Threat]),
    ("order", &[Stance::Demand]),
    ("request", &[Stance::Request, Stance::Demand]),
    ("appeal", &[Stance::Request, Stance::Demand]),
    ("call", &[Stance::Request, Stance::Demand]),
    ("plea", &[Stance::Request]),
    ("deadline", &[Stance::Demand, Stance::Threat]),
    ("condition", &[Stance::Condition, Stance::Demand]),
    ("term", &[Stance::Condition, Stance::Demand, Stance::Offer]),
    ("terms", &[Stance::Condition, Stance::Demand, Stance::Offer]),
    ("proposal", &[Stance::Offer]),
    ("offer", &[Stance::Offer]),
    ("plan", &[Stance::Offer]),
    ("invitation", &[Stance::Offer, Stance::Request]),
    ("suggestion", &[Stance::Offer, Stance::Request]),
    ("idea", &[Stance::Offer, Stance::Request, Stance::Demand]),
    ("accusation", &[Stance::Accusation]),
    ("allegation", &[Stance::Accusation]),
    ("charge", &[Stance::Accusation]),
    ("claim", &[Stance::Accusation]),
    ("blame", &[Stance::Accusation]),
];

/// Verbs of giving in that govern nothing but what was asked: "would not comply", "refused to budge".
const YIELDING: &[&str] =
    &["comply", "obey", "budge", "yield", "relent", "oblige", "acquiesce", "capitulate"];

/// Verbs whose object "it" is what was put, not a thing to be handled.
const TAKING: &[&str] = &[
    "accept", "grant", "reject", "refuse", "consider", "study", "meet", "fulfil", "fulfill", "heed", "follow",
];

/// Verbs too general to tell a matter.
const EMPTY: &[&str] = &[
    "have",
    "do",
    "be",
    "make",
    "take",
    "give",
    "get",
    "go",
    "come",
    "say",
    "put",
    "let",
    "keep",
    "want",
    "year",
    "month",
    "week",
    "day",
    "country",
    "side",
    "government",
    "people",
    "end",
    "part",
    "new",
];

fn stances_of(lemma: &str) -> Option<&'static [Stance]> {
    MATTERS.iter().find(|(noun, _)| *noun == lemma).map(|(_, stances)| *stances)
}

/// How an answer speaks of what it answers.
pub(super) enum Object {
    /// "to do so", "it", or nothing: what was put just before.
    Before,
    /// A person or thing that was named before: "to free him".
    Of(EntityId),
    /// "the demand", "its offer to mediate": its noun, whose noun phrase is definite, and the words that say more.
    Named { stances: &'static [Stance], definite: bool, more: Vec<String> },
    /// The matter itself: "to withdraw its troops".
    Matter(Vec<String>),
}

/// Reads the content of an answer, whose words begin at its trigger or behind it.
pub(super) fn object(reading: &Reading<'_>, content: Span) -> Object {
    let words = reading.analysis.words_in(content);
    let Some(head) = reading.analysis.ids(&words).find(|id| {
        let word = reading.word(*id);
        word.upos != Upos::Punct && word.head.is_none_or(|head| !words.contains(&head.0))
    }) else {
        return Object::Matter(Vec::new());
    };
    // "These claims are baseless": the subject is what is answered.
    let subject = reading.child(head, "cop").and_then(|_| reading.child(head, "nsubj"));
    let nouns = [subject, noun_of(reading, head)];
    let noun = nouns.into_iter().flatten().find(|noun| stances_of(reading.lemma(*noun)).is_some());
    if let Some(noun) = noun
        && let Some(stances) = stances_of(reading.lemma(noun))
    {
        return Object::Named {
            stances,
            definite: is_definite(reading, noun),
            more: more(reading, head, noun, content),
        };
    }
    let verb = reading.is_verb(head);
    let object = if verb { reading.child(head, "obj") } else { Some(head) };
    let pronoun = object.filter(|word| reading.word(*word).upos == Upos::Pron);
    let lemma = reading.lemma(head);
    let so = reading.analysis.children_in(head, "advmod").any(|adverb| reading.lemma(adverb) == "so");
    let pointing = |word: WordId| matches!(reading.lemma(word), "it" | "this" | "that");
    if verb && lemma == "do" && (so || pronoun.is_some_and(pointing))
        || verb && YIELDING.contains(&lemma) && object.is_none()
        || pronoun.is_some_and(|word| pointing(word) && (!verb || TAKING.contains(&lemma)))
    {
        return Object::Before;
    }
    if let Some(entity) = pronoun.and_then(|word| entity_of(reading, word)) {
        return Object::Of(entity);
    }
    Object::Matter(matter(reading, content))
}

fn entity_of(reading: &Reading<'_>, word: WordId) -> Option<EntityId> {
    let mention = reading.analysis.mention(reading.mention(word)?);
    mention.entity.filter(|_| mention.form == MentionForm::Pronoun)
}

/// The noun that an answer takes or leaves: its head, or what its verb governs ("to follow the demands").
fn noun_of(reading: &Reading<'_>, head: WordId) -> Option<WordId> {
    if !reading.is_verb(head) {
        return Some(head);
    }
    reading.child(head, "obj").or_else(|| reading.behind(head, &["to", "with"]).first().copied())
}

fn is_definite(reading: &Reading<'_>, noun: WordId) -> bool {
    let determined = reading.analysis.children_in(noun, "det").any(|det| {
        matches!(reading.lemma(det), "the" | "this" | "that" | "these" | "those" | "both" | "such" | "all")
    });
    determined || reading.child_exactly(noun, "nmod:poss").is_some()
}

/// What a noun for something put says beyond itself and whose it is: "the plan for a customs union".
fn more(reading: &Reading<'_>, head: WordId, noun: WordId, content: Span) -> Vec<String> {
    let owned = owner(reading, head).map(|owner| reading.analysis.subtree(owner)).unwrap_or_default();
    let words = reading.analysis.words_in(content);
    let tells = |id: &WordId| {
        let word = reading.word(*id);
        *id != noun
            && *id != head
            && !owned.contains(id)
            && matches!(word.upos, Upos::Noun | Upos::Verb)
            && !reading.is_time(*id)
            && !EMPTY.contains(&reading.lemma(*id))
    };
    reading.analysis.ids(&words).filter(tells).map(|id| reading.lemma(id).to_lowercase()).collect()
}

/// Words that say what something is about, without the names of states and bodies.
pub(super) fn matter(reading: &Reading<'_>, content: Span) -> Vec<String> {
    let words = reading.analysis.words_in(content);
    let tells = |id: &WordId| {
        let word = reading.word(*id);
        let named = reading.mention(*id).map(|mention| reading.analysis.mention(mention));
        let actor = named.is_some_and(|mention| {
            mention.form != MentionForm::Nominal
                && mention.entity.is_some_and(|entity| reading.analysis.entity(entity).actor.is_some())
        });
        matches!(word.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn)
            && !actor
            && !EMPTY.contains(&reading.lemma(*id))
    };
    let mut found: Vec<String> =
        reading.analysis.ids(&words).filter(tells).map(|id| reading.lemma(id).to_lowercase()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// How many words of one matter another has, in the same or a related form ("mediate", "mediation").
pub(super) fn shared(one: &[String], two: &[String]) -> usize {
    one.iter().filter(|word| two.iter().any(|other| akin(word, other))).count()
}

fn akin(one: &str, two: &str) -> bool {
    let common = one.chars().zip(two.chars()).take_while(|(left, right)| left == right).count();
    let least = one.chars().count().min(two.chars().count());
    one == two || common >= 5 && common + 2 >= least
}

/// Whose demand, offer or charge the content names: "Putin's demands", "the ultimatum of the bloc", "to follow its
/// demands".
pub(super) fn owner(reading: &Reading<'_>, content: WordId) -> Option<WordId> {
    let noun = noun_of(reading, content)?;
    stances_of(reading.lemma(noun))?;
    let owner = reading.child_exactly(noun, "nmod:poss").or_else(|| {
        let modifiers = reading.analysis.children(noun).iter().copied();
        let named = modifiers.filter(|child| matches!(reading.word(*child).relation(), "amod" | "compound"));
        named.into_iter().find(|child| reading.mention(*child).is_some() && reading.can_act(*child))
    });
    owner.or_else(|| {
        reading.behind(noun, &["of", "by", "from"]).into_iter().find(|head| may_hold(reading, *head))
    })
}
