//! Whether a word that triggers a contact frame tells of a contact, and whether it tells enough for a record.

use super::parties::{is_party, is_person, is_the_two, parties_of};
use super::slots::{self, Slots};
use super::words::{AUDIENCE, MEDIATING, NO_CONTACT};
use crate::Reading;
use demarche_language::{NameKind, Upos, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{BlockKind, Kind, Medium, Party, Status};

/// False where the words around show something else: a name, an audience, an act of naming.
pub(super) fn fits(reading: &Reading<'_>, trigger: WordId, frame: &Frame, slots: &Slots) -> bool {
    let noun = !reading.is_verb(trigger);
    let compound = |word: &&str| {
        reading.analysis.children(trigger).iter().any(|child| {
            matches!(reading.word(*child).relation(), "compound" | "amod")
                && reading.lemma(*child).eq_ignore_ascii_case(word)
        })
    };
    if noun && (NO_CONTACT.iter().any(compound) || is_in_name(reading, trigger)) {
        return false;
    }
    if noun && is_means_of_contact(reading, trigger, frame) {
        return false;
    }
    let object = reading.child(trigger, "obj");
    // "gave him an hour": the tree may take what is given for a time.
    let measure =
        || reading.analysis.children_in(trigger, "obl").find(|child| reading.child(*child, "case").is_none());
    let is_listed = |object: WordId| frame.objects.iter().any(|lemma| lemma == reading.lemma(object));
    // "the deal that Doe struck with Roe": what the clause hangs on is its object.
    let object = object.or_else(|| {
        let word = reading.word(trigger);
        let clause =
            word.deprel == "acl:relcl" || word.deprel == "acl" && reading.child(trigger, "nsubj").is_some();
        word.head.filter(|_| !noun && clause && !frame.objects.is_empty())
    });
    if !frame.objects.is_empty() && !object.is_some_and(is_listed) && !measure().is_some_and(is_listed) {
        return false;
    }
    if !noun
        && object.is_some_and(|object| {
            has_contact_frame(reading, object)
                && !is_listed(object)
                && !matches!(reading.lemma(object), "face" | "hour")
        })
    {
        // "hosted a summit", "received a call": the noun tells it. "Talked face to face" has no object, and what is
        // done with an hour the verb tells.
        return false;
    }
    // "will return their ambassadors to their posts", "flew 300 soldiers to Goma": somebody else goes.
    let moves = !matches!(reading.lemma(trigger), "visit" | "tour" | "pay");
    if frame.id == "contact.visit-verb" && moves && reading.child(trigger, "obj").is_some() {
        return false;
    }
    if frame.id == "contact.call-verb" && !is_telephoning(reading, trigger) {
        return false;
    }
    if reading.speaks_unnamed(trigger) {
        return false;
    }
    // "called on Russia to respect …" asks for something, wherever else an "in" stands; "called on the emir" is a visit.
    let asks = || reading.arguments(trigger).contains_key("infinitive");
    if !noun && reading.lemma(trigger) == "call" && reading.arguments(trigger).contains_key("on") && asks() {
        return false;
    }
    if frame.id == "contact.call-noun" && !is_telephone_call(reading, trigger) {
        return false;
    }
    let heads = slots.get("participants").map(Vec::as_slice).unwrap_or_default();
    // "scrambled jets to meet the bombers": machines meet nobody.
    let machine = |head: &WordId| {
        reading
            .pack
            .units
            .class(reading.lemma(*head))
            .is_some_and(|class| matches!(class, "aircraft" | "armour" | "vessel" | "missile"))
    };
    if heads.iter().any(machine) {
        return false;
    }
    !heads.iter().any(|head| AUDIENCE.contains(&reading.lemma(*head).to_lowercase().as_str()))
}

/// "the Munich Security Conference": a name of several words is no telling of a contact.
fn is_in_name(reading: &Reading<'_>, trigger: WordId) -> bool {
    reading.word(trigger).upos == Upos::Propn
        && reading.analysis.names.iter().any(|name| {
            name.words.contains(&trigger.0)
                && name.words.len() > 1
                && matches!(name.kind, NameKind::Event | NameKind::Organisation)
        })
}

/// "spoke by video link", "told him in a phone call": the verb is the trigger.
fn is_means_of_contact(reading: &Reading<'_>, noun: WordId, frame: &Frame) -> bool {
    let remote = matches!(slots::medium(reading, noun, frame), Medium::Call | Medium::Video);
    let verb = reading.word(noun).head.filter(|verb| reading.is_verb(*verb));
    let told = |verb: WordId| {
        reading.frames_at(Kind::Contact, verb).iter().any(|(frame, slots)| {
            frame.set.get("medium").is_some_and(|medium| medium == "unspecified")
                && super::needs::has_what_it_needs(
                    reading,
                    verb,
                    frame,
                    slots,
                    slots::medium(reading, verb, frame),
                )
                && slots.get("participants").is_some_and(|heads| {
                    heads.iter().filter(|head| is_party(reading, **head)).count() >= 2
                        || frame.set.contains_key("needs")
                            && heads.iter().any(|head| parties_of(reading, *head).len() >= 2)
                })
        })
    };
    // "welcomed both at a dinner": the verb tells it already.
    let occasion = reading.preposition(noun).is_some_and(|it| matches!(it, "at" | "over" | "during"))
        && reading.behind(noun, &["with", "between"]).is_empty();
    let hosted = |verb: WordId| {
        reading.frames_at(Kind::Contact, verb).iter().any(|(frame, slots)| {
            matches!(frame.id.as_str(), "contact.host" | "contact.meet")
                && super::needs::has_what_it_needs(reading, verb, frame, slots, Medium::Meeting)
        })
    };
    // "received him in audience".
    let kind = reading.preposition(noun) == Some("in") && reading.lemma(noun) == "audience";
    if (occasion || kind) && reading.word(noun).relation() == "obl" && verb.is_some_and(hosted) {
        return true;
    }
    remote
        && slots::is_means(reading, noun)
        && reading.word(noun).relation() == "obl"
        && verb.is_some_and(told)
}

fn has_contact_frame(reading: &Reading<'_>, noun: WordId) -> bool {
    let lemma = reading.lemma(noun).to_lowercase();
    let class = demarche_pack::frames::TriggerClass::Noun;
    !reading.is_verb(noun)
        && !is_person(reading, noun)
        && !reading.pack.frames.find(Kind::Contact, class, &lemma, &[]).is_empty()
}

/// "called it a mistake", "call themselves rebels", "called for calm": no telephone.
pub(crate) fn is_telephoning(reading: &Reading<'_>, verb: WordId) -> bool {
    if reading.lemma(verb) != "call" {
        // "ringed by guards": around somebody, not on the telephone.
        return !reading.analysis.form(verb).eq_ignore_ascii_case("ringed");
    }
    let children = reading.analysis.children(verb);
    let purpose =
        |clause: WordId| reading.analysis.children_in(clause, "mark").any(|mark| reading.lemma(mark) == "to");
    let named = named_at_the_other_end(reading, verb);
    if children.iter().any(|child| {
        matches!(reading.word(*child).relation(), "xcomp" | "ccomp")
            && !purpose(*child)
            && Some(*child) != named
    }) {
        return false;
    }
    let particle = || {
        children.iter().any(|child| {
            reading.word(*child).deprel == "compound:prt"
                || reading.word(*child).relation() == "obl"
                    && !reading.is_time(*child)
                    && reading.preposition(*child).is_some_and(|it| matches!(it, "for" | "on" | "upon"))
        })
    };
    let Some(object) = reading.child(verb, "obj") else { return !particle() };
    if reading.analysis.form(object).ends_with("self") || reading.analysis.form(object).ends_with("selves") {
        return false;
    }
    // "the islands they call the Malvinas": what stands before the clause is called so.
    let relative = |word: WordId| matches!(reading.lemma(word), "who" | "that" | "which" | "whom");
    if reading.word(verb).deprel == "acl:relcl"
        && reading.subject(verb).is_some_and(|it| it < verb && !relative(it))
    {
        return false;
    }
    // A second nominal without a preposition is what somebody is called.
    !children.iter().any(|child| {
        *child > object
            && matches!(reading.word(*child).relation(), "obj" | "iobj" | "obl" | "dep" | "nmod" | "advcl")
            && matches!(reading.word(*child).upos, Upos::Noun | Upos::Adj | Upos::Propn)
            && reading.child(*child, "case").is_none()
            && reading.child(*child, "mark").is_none()
            && !reading.is_time(*child)
    })
}

/// "Hun Manet called Anwar Ibrahim": the tree may take the one who was rung for what somebody was called.
pub(super) fn named_at_the_other_end(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    if reading.child(verb, "obj").is_some() {
        return None;
    }
    reading
        .child(verb, "xcomp")
        .filter(|name| reading.word(*name).upos == Upos::Propn && is_person(reading, *name))
}

/// "the call for a ceasefire", "a call about a fire" are none: there must be somebody at the other end, or a word
/// for the telephone, or a reference back.
fn is_telephone_call(reading: &Reading<'_>, noun: WordId) -> bool {
    let asks = !reading.behind(noun, &["for"]).is_empty()
        || reading.analysis.children_in(noun, "acl").any(|clause| {
            reading.analysis.children_in(clause, "mark").any(|mark| reading.lemma(mark) == "to")
        });
    // "paid a call on the emir": a visit.
    let paid = reading.word(noun).head.is_some_and(|verb| reading.lemma(verb) == "pay");
    !asks && !paid
}

/// "they", "the two leaders", "both sides": taken up from before.
pub(super) fn takes_up(reading: &Reading<'_>, head: WordId) -> bool {
    if is_the_two(reading, head) || matches!(reading.lemma(head), "they" | "their" | "both") {
        return true;
    }
    let plural = reading.word(head).feature("Number") == Some("Plur");
    plural
        && is_party(reading, head)
        && reading.analysis.children(head).iter().any(|child| {
            matches!(reading.lemma(*child), "two" | "both")
                && matches!(reading.word(*child).relation(), "nummod" | "det" | "amod")
        })
        && reading.behind(head, &["of", "from"]).is_empty()
        // "Libya's two governments" belong to somebody: they are told anew.
        && reading.child_exactly(head, "nmod:poss").is_none()
}

/// "Macron and Scholz spoke to the crowd", "talked at a rally", "spoke English".
pub(super) fn speaks_to_others(reading: &Reading<'_>, verb: WordId) -> bool {
    let outwards = ["to", "with", "before", "against", "of", "out", "into", "for"];
    // "talked face to face" addresses nobody else.
    let face = |head: WordId| reading.lemma(head) == "face";
    // "spoke for the first time since the war began".
    // "had been talking for most of Friday".
    let part = |head: WordId| {
        matches!(reading.lemma(head), "most" | "much" | "half" | "part" | "all")
            && reading.behind(head, &["of"]).iter().any(|of| reading.is_time(*of))
    };
    let time = |head: WordId| reading.is_time(head) || reading.lemma(head) == "time" || part(head);
    let others = reading.behind(verb, &outwards).into_iter().any(|head| !time(head) && !face(head));
    let stage = reading.behind(verb, &["at", "in", "on"]).into_iter().any(|head| {
        matches!(
            reading.lemma(head),
            "conference"
                | "rally"
                | "event"
                | "briefing"
                | "ceremony"
                | "forum"
                | "congress"
                | "assembly"
                | "parliament"
                | "senate"
                | "court"
                | "television"
                | "radio"
                | "show"
                | "interview"
        )
    });
    let tongue = matches!(reading.lemma(verb), "speak" | "talk")
        && reading.child(verb, "obj").is_some_and(|object| !face(object));
    others || stage || tongue
}

fn is_pronoun(reading: &Reading<'_>, head: WordId) -> bool {
    reading.word(head).upos == Upos::Pron
}

/// True for the title of a document or of a section.
pub(super) fn is_title(reading: &Reading<'_>, word: WordId) -> bool {
    matches!(reading.analysis.sentence(word).block, BlockKind::Headline | BlockKind::Subhead)
}

/// Nouns of contact need a named party at the other end; verbs need two sides. What is denied needs nobody: "no
/// meeting has been arranged".
pub(super) fn is_enough(
    reading: &Reading<'_>,
    trigger: WordId,
    frame: &Frame,
    heads: &[WordId],
    participants: &[Party],
    status: Status,
) -> bool {
    if frame.set.get("medium").is_some_and(|medium| medium == "visit") {
        return !participants.is_empty();
    }
    if participants.len() >= 2 {
        return true;
    }
    let several = heads.iter().any(|head| {
        is_party(reading, *head)
            && (reading.word(*head).feature("Number") == Some("Plur") || reading.conjuncts(*head).len() > 1)
            && (reading.word(*head).upos != Upos::Pron || takes_up(reading, *head))
    });
    if reading.is_verb(trigger) {
        // "both sides will see each other": two, though the text does not say who.
        let dual = heads.iter().any(|head| takes_up(reading, *head) && !is_pronoun(reading, *head));
        let needs = frame.set.contains_key("needs");
        return !participants.is_empty() && if needs { dual } else { several };
    }
    if frame.set.get("medium").is_some_and(|medium| medium == "letter") {
        return false;
    }
    let denied = status == Status::Denied && is_arranged(reading, trigger);
    let mediated = reading
        .analysis
        .children_in(trigger, "acl")
        .any(|verb| MEDIATING.contains(&reading.lemma(verb)) && reading.agent(verb).is_some());
    if denied || mediated {
        return true;
    }
    let definite = reading.analysis.children_in(trigger, "det").any(|det| reading.lemma(det) == "the");
    // "Chinese diplomats attended the meeting": of a contact that others hold.
    let attended = reading
        .light_verb(trigger)
        .is_some_and(|verb| matches!(reading.lemma(verb), "attend" | "join" | "host" | "chair" | "lead"));
    if attended && definite && participants.len() < 2 {
        return false;
    }
    let dated = slots::time(reading, trigger).is_some() && !definite;
    if participants.is_empty() {
        // "plans for another meeting in Berlin": nobody is named, yet it is a contact to come.
        let ahead = matches!(status, Status::Planned | Status::Cancelled)
            && (dated || !reading.behind(trigger, &["in", "at"]).is_empty())
            && !definite;
        return (dated || ahead) && frame.id != "contact.call-noun";
    }
    let across = heads.iter().any(|head| {
        let named = is_party(reading, *head);
        let means = reading.preposition(*head);
        named && means.is_some_and(|it| matches!(it, "with" | "between" | "among" | "to" | "from"))
    });
    let loose = frame.set.get("medium").is_some_and(|medium| medium == "unspecified");
    // "At the meeting in the capital on Thursday it was Doe who asked": a contact that the reader is taken to know.
    let known = definite
        && slots::time(reading, trigger).is_some()
        && reading
            .behind(trigger, &["in", "at"])
            .into_iter()
            .any(|head| super::parties::is_place(reading, head));
    if known && participants.iter().any(|party| party.actor.is_some()) {
        return true;
    }
    let body = frame.id != "contact.call-noun" && !loose;
    across && !(loose && !dated && !definite)
        || several && frame.id != "contact.call-noun"
        || dated
        || body && reading.behind(trigger, &["of"]).iter().any(|head| is_party(reading, *head))
}

/// A contact noun that is denied as such: "no meeting", "denied that a meeting had been arranged".
fn is_arranged(reading: &Reading<'_>, noun: WordId) -> bool {
    let no = reading.analysis.children(noun).iter().any(|child| {
        reading.word(*child).relation() == "det" && matches!(reading.lemma(*child), "no" | "any")
    });
    let predicate = reading.word(noun).head.is_some_and(|verb| {
        matches!(
            reading.lemma(verb),
            "arrange"
                | "plan"
                | "schedule"
                | "hold"
                | "take"
                | "happen"
                | "occur"
                | "agree"
                | "set"
                | "deny"
                | "have"
        )
    });
    no || predicate
}
