//! What a contact frame needs beside its words: two persons, a partner, a place and a day, a paper that is signed together.

use super::fits::{speaks_to_others, takes_up};
use super::parties::{explained_subject, is_definite, is_party, is_person, is_place, is_the_two, parties_of};
use super::slots::{self, Slots};
use super::words::RESIDENCES;
use crate::Reading;
use demarche_language::{NameKind, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{Kind, Medium};

/// What the frame's `needs` asks for: `several` who act on each other, a `partner`, a `person` there, a
/// `means`, a `meeting-place`.
pub(super) fn has_what_it_needs(
    reading: &Reading<'_>,
    trigger: WordId,
    frame: &Frame,
    slots: &Slots,
    medium: Medium,
) -> bool {
    match frame.set.get("needs").map(String::as_str) {
        None => true,
        Some("several") => {
            (super::pairs::office_and_name(reading, trigger).is_some()
                || subject(reading, trigger).is_some_and(|subject| is_several(reading, subject)))
                && !speaks_to_others(reading, trigger)
        }
        Some("each-other") => {
            let other = |word: WordId| matches!(reading.lemma(word), "each" | "other" | "another");
            let across = |word: WordId| {
                let below = reading.analysis.children(word).iter().chain(reading.analysis.children(trigger));
                below
                    .into_iter()
                    .any(|it| matches!(reading.lemma(*it), "across" | "opposite" | "facing" | "beside"))
            };
            let mut objects = reading
                .analysis
                .children(trigger)
                .iter()
                .copied()
                .filter(|it| matches!(reading.word(*it).relation(), "obl" | "obj" | "advmod" | "nmod"));
            subject(reading, trigger).is_some_and(|subject| is_several(reading, subject))
                && (objects.any(|word| other(word) && across(word) || is_one_table(reading, word))
                    || faces_the_other(reading, trigger))
        }
        Some("partner") => {
            slots.get("partner").is_some_and(|heads| heads.iter().any(|head| is_party(reading, *head)))
        }
        Some("person") => {
            slots.get("partner").is_some_and(|heads| heads.iter().any(|head| is_person(reading, *head)))
        }
        Some("together") => reading
            .analysis
            .children(trigger)
            .iter()
            .chain(
                reading.analysis.children(trigger).iter().flat_map(|child| reading.analysis.children(*child)),
            )
            .any(|word| reading.lemma(*word) == "together"),
        Some("on-the-line") => {
            let line = |noun: &WordId| matches!(reading.lemma(*noun), "line" | "phone" | "telephone");
            reading.behind(trigger, &["on"]).iter().any(line)
                && slots
                    .get("partner")
                    .is_some_and(|heads| heads.iter().any(|head| is_person(reading, *head)))
        }
        Some("office-there") => {
            let office = |head: WordId| holds_office(reading, head) || is_office(reading, head);
            let told = slots.get("partner").is_some_and(|heads| heads.iter().any(|head| office(*head)));
            let tells = reading.subject(trigger).is_some_and(office);
            let hearers = slots.get("partner").into_iter().flatten();
            let mut places = hearers.chain([&trigger]).flat_map(|head| reading.behind(*head, &["in", "at"]));
            let there = places.any(|head| is_where_one_meets(reading, head));
            // "On a visit to Beijing the chancellor urged the president on Friday to …".
            let journey = || {
                let visits = reading.behind(trigger, &["on", "during"]);
                visits.into_iter().any(|visit| {
                    matches!(reading.lemma(visit), "visit" | "trip" | "stopover")
                        && !reading.behind(visit, &["to", "in"]).is_empty()
                })
            };
            let beside = || {
                let occasions = reading.behind(trigger, &["on", "in", "at"]);
                occasions.iter().any(|head| {
                    matches!(reading.lemma(*head), "sideline" | "sidelines" | "margin" | "margins")
                })
            };
            // Under a dateline the first sentence tells of what happened there.
            let here = || is_under_dateline(reading, trigger);
            told && tells
                && (there || beside() || journey() || here())
                && slots::time(reading, trigger).is_some()
        }
        Some("person-there") => {
            let person = |slot: &str| {
                slots.get(slot).is_some_and(|heads| heads.iter().any(|head| is_person(reading, *head)))
            };
            // "saw him as a rival", "saw him leave" is no encounter.
            let judged = reading.analysis.children(trigger).iter().any(|child| {
                matches!(reading.word(*child).relation(), "xcomp" | "ccomp")
                    || reading.preposition(*child).is_some_and(|it| it == "as")
            });
            let there = !reading.behind(trigger, &["in", "at"]).is_empty()
                || slots::time(reading, trigger).is_some()
                || reading.word(trigger).relation() == "advcl"
                || reading.word(trigger).relation() == "xcomp"
                    && reading.word(trigger).head.is_some_and(|verb| reading.lemma(verb) == "go");
            person("partner") && person("participants") && !judged && there
        }
        Some("two-persons-there") => {
            let both = slots.get("participants").is_some_and(|heads| {
                let all: Vec<WordId> = heads.iter().flat_map(|head| reading.conjuncts(*head)).collect();
                all.len() >= 2 && all.iter().all(|head| is_person(reading, *head))
            });
            both && (slots::time(reading, trigger).is_some()
                || super::days::day_right_behind(reading, trigger).is_some()
                || !reading.behind(trigger, &["in", "at"]).is_empty())
        }
        Some("both-there") => {
            let governs = |head: &WordId| holds_office(reading, *head) && is_person(reading, *head);
            let both = subject(reading, trigger).is_some_and(|subject| {
                let all = reading.conjuncts(subject);
                all.len() == 2 && all.iter().all(governs) && are_of_two_states(reading, &all)
                    || all.len() == 1 && are_two_who_govern(reading, subject)
            });
            let places = reading.behind(trigger, &["in", "at"]);
            let there = places.into_iter().any(|head| is_where_one_meets(reading, head));
            both && there && slots::time(reading, trigger).is_some() && !reading.is_passive(trigger)
        }
        Some("named-several") => are_persons(reading, trigger, slots),
        // "Doe and his counterpart were connected": two people, and nothing that connects them.
        Some("put-through") => {
            let persons = subject(reading, trigger).is_some_and(|subject| {
                let all = reading.conjuncts(subject);
                all.len() == 2 && all.iter().all(|head| is_person(reading, *head) && is_party(reading, *head))
            });
            persons
                && reading.is_passive(trigger)
                && reading.agent(trigger).is_none()
                && reading.behind(trigger, &["to", "with", "by"]).is_empty()
        }
        Some("means") => matches!(medium, Medium::Call | Medium::Video),
        // Who "did not agree" in a place may have met there all the same.
        Some("meeting-place")
            if reading
                .analysis
                .children_in(trigger, "advmod")
                .any(|it| matches!(reading.lemma(it), "not" | "never")) =>
        {
            false
        }
        // "spoke by telephone and agreed to seek a truce": the outcome of that call.
        Some("meeting-place")
            if reading.lemma(trigger) == "agree"
                && reading.word(trigger).relation() == "conj"
                && reading
                    .word(trigger)
                    .head
                    .is_some_and(|first| !reading.frames_at(Kind::Contact, first).is_empty()) =>
        {
            false
        }
        Some("meeting-place") => {
            // "signed a declaration on the border in Asmara": the tree may hang the place on what was signed.
            // "put their names to a paper in Paris".
            let objects = reading.child(trigger, "obj").into_iter().chain(reading.behind(trigger, &["to"]));
            let object = objects.flat_map(|object| reading.analysis.subtree(object)).chain([trigger]);
            let place = object.flat_map(|head| reading.behind(head, &["in", "at"])).any(|head| {
                // "at Hyderabad House".
                let site = reading
                    .analysis
                    .names
                    .iter()
                    .any(|name| name.kind == NameKind::Facility && name.words.contains(&head.0));
                // Papers are signed in mansions too.
                let house = || {
                    let signs =
                        matches!(reading.lemma(trigger), "sign" | "initial" | "put" | "set" | "affix");
                    signs && is_where_one_meets(reading, head)
                };
                is_place(reading, head) || is_capital(reading, head) || site || house()
            });
            let time = || {
                slots::time(reading, trigger).is_some()
                    || super::days::time_around(reading, trigger).is_some()
            };
            // Who signs a paper in a place is there, whatever the day.
            let signs =
                matches!(reading.lemma(trigger), "sign" | "initial" | "put" | "set" | "affix" | "append");
            // Who opens a bridge together stands before it.
            let opens =
                matches!(reading.lemma(trigger), "inaugurate" | "unveil" | "preside" | "launch" | "open");
            // "agreed on 13 June to put it behind them": two who govern other states.
            let govern = || {
                let all = slots.get("participants").into_iter().flatten();
                let all: Vec<WordId> = all.flat_map(|head| reading.conjuncts(*head)).collect();
                all.len() >= 2 && all.iter().all(|head| holds_office(reading, *head))
            };
            let agreed = || {
                let arguments = reading.arguments(trigger);
                let what = arguments.get("infinitive").and_then(|all| all.first().copied());
                // "agreed to meet on 12 September" tells of no day on which they agreed.
                let before = |what: WordId| {
                    slots::time(reading, trigger)
                        .is_some_and(|time| time.span.end() <= reading.word(what).span.start())
                };
                reading.lemma(trigger) == "agree" && what.is_some_and(before)
            };
            let there = place && (signs || time())
                || opens && time()
                || agreed() && govern()
                || signs
                    && with_whom(reading, trigger, slots)
                    && super::days::told_behind(reading, trigger).is_some()
                || is_under_dateline(reading, trigger) && time()
                || signs && signs_a_treaty(reading, trigger) && (time() || has_dateline(reading))
                || signs && reading.word(trigger).relation() == "advcl" && time();
            are_persons(reading, trigger, slots) && there
        }
        Some(_) => false,
    }
}

/// "sat facing each other".
fn faces_the_other(reading: &Reading<'_>, trigger: WordId) -> bool {
    ["xcomp", "advcl", "acl"].iter().flat_map(|it| reading.analysis.children_in(trigger, it)).any(|verb| {
        reading.lemma(verb) == "face"
            && reading.child(verb, "obj").is_some_and(|it| matches!(reading.lemma(it), "each" | "one"))
    })
}

/// "signed an accord with the president": the other side is named.
fn with_whom(reading: &Reading<'_>, trigger: WordId, slots: &Slots) -> bool {
    let mut others = slots.get("participants").into_iter().flatten();
    reading.is_verb(trigger)
        && others.any(|head| reading.preposition(*head) == Some("with") && is_person(reading, *head))
}

/// "signed the protocols on Thursday", "put their signatures to a treaty": papers of state are signed together, letters and
/// appeals are not.
fn signs_a_treaty(reading: &Reading<'_>, trigger: WordId) -> bool {
    let objects =
        ["obj", "obl"].into_iter().flat_map(|relation| reading.analysis.children_in(trigger, relation));
    let mut papers = objects.flat_map(|head| {
        // "a revised version of the agreement", "a package of documents".
        let of =
            reading.behind(head, &["to", "under", "on"]).into_iter().chain(reading.behind(head, &["of"]));
        reading.conjuncts(head).into_iter().chain(of)
    });
    papers.any(|head| reading.pack.telling.papers.has(reading.lemma(head)))
}

/// True if the subject is two or more persons.
fn are_persons(reading: &Reading<'_>, trigger: WordId, slots: &Slots) -> bool {
    // "signed a treaty with his colleague".
    let with = slots.get("participants").into_iter().flatten();
    let with =
        with.filter(|head| reading.preposition(**head) == Some("with") && is_person(reading, **head)).count();
    subject(reading, trigger).is_some_and(|subject| {
        let all = reading.conjuncts(subject);
        // "The commanders of both armies, Jane Doe and John Roe, put their names to it".
        let named = || {
            let names =
                reading.analysis.children_in(subject, "appos").flat_map(|name| reading.conjuncts(name));
            names.filter(|name| is_person(reading, *name)).count() >= 2
        };
        (all.len() + with >= 2 || named()) && all.iter().all(|head| is_person(reading, *head))
    })
}

/// True in the first sentence behind "NAIROBI, Nov 12 —" or "Zurich, 10 October 2009.": what is told there happened there.
fn is_under_dateline(reading: &Reading<'_>, trigger: WordId) -> bool {
    reading.analysis.sentence_of[trigger.0 as usize].0 <= 1 && has_dateline(reading)
}

/// True if a text opens with the place, and perhaps the day, from which it reports.
fn has_dateline(reading: &Reading<'_>) -> bool {
    let text = reading.analysis.document.text.as_str();
    let opens = text.len() - text.trim_start().len();
    let first = &reading.analysis.sentences[0];
    let dated = first.words.len() <= DATELINE
        && reading.analysis.times.iter().any(|time| first.span.contains(time.span));
    reading.analysis.places.iter().any(|place| {
        let capitals = !place.words.text.contains(char::is_lowercase);
        place.words.start_byte as usize == opens && (capitals || dated)
    })
}

/// Most words of a place and a day that open a communique.
const DATELINE: usize = 9;

/// True for somebody whom the packs know to have held an office: no reporter to whom one speaks.
fn holds_office(reading: &Reading<'_>, head: WordId) -> bool {
    reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .and_then(|id| reading.analysis.entity(id).actor.as_ref())
        .is_some_and(|actor| reading.pack.world.offices_of(actor, None).next().is_some())
}

/// A place, a residence, "the Qatari capital".
fn is_where_one_meets(reading: &Reading<'_>, head: WordId) -> bool {
    is_place(reading, head)
        || is_capital(reading, head)
        || RESIDENCES.contains(&reading.lemma(head).to_lowercase().as_str())
}

/// "in Kenya's capital", "in the Qatari capital".
fn is_capital(reading: &Reading<'_>, head: WordId) -> bool {
    reading.lemma(head) == "capital"
        && ["nmod:poss", "amod"].iter().any(|it| reading.child_exactly(head, it).is_some())
}

/// "The Philippine and Vietnamese presidents": one word for two who are known, of two countries.
fn are_two_who_govern(reading: &Reading<'_>, subject: WordId) -> bool {
    let parties = parties_of(reading, subject);
    let country = |party: &demarche_record::Party| {
        let person = party.actor.as_ref().and_then(|actor| reading.pack.world.person(actor))?;
        reading.pack.world.offices_of(&person.id, reading.published.as_ref()).next()?;
        person.country.clone()
    };
    let countries: Vec<String> = parties.iter().filter_map(country).collect();
    parties.len() == 2 && countries.len() == 2 && countries[0] != countries[1]
}

/// True if each of two persons is known, and they are of two countries.
fn are_of_two_states(reading: &Reading<'_>, heads: &[WordId]) -> bool {
    let country = |head: &WordId| {
        let entity = reading.mention(*head).and_then(|id| reading.analysis.mention(id).entity)?;
        let actor = reading.analysis.entity(entity).actor.as_ref()?;
        reading.pack.world.person(actor).and_then(|person| person.country.clone())
    };
    let [one, two] = heads else { return false };
    country(one).zip(country(two)).is_some_and(|(one, two)| one != two)
}

/// "the American secretary of state", "the prime minister": an office that has one holder.
fn is_office(reading: &Reading<'_>, head: WordId) -> bool {
    let lemma = reading.lemma(head);
    is_definite(reading, head)
        && (reading.pack.titles.rulers.contains(lemma) || matches!(lemma, "minister" | "secretary"))
}

/// "at one table", "at the same table".
fn is_one_table(reading: &Reading<'_>, word: WordId) -> bool {
    let below = reading.analysis.children(word).iter();
    reading.lemma(word) == "table"
        && below.into_iter().any(|it| matches!(reading.lemma(*it), "one" | "same" | "single"))
}

fn subject(reading: &Reading<'_>, verb: WordId) -> Option<WordId> {
    // "was launched today by Doe and Roe".
    if reading.is_passive(verb) {
        return reading.agent(verb);
    }
    explained_subject(reading, verb).map(|(_, named)| named).or_else(|| reading.subject(verb))
}

/// Two or more parties in one subject.
fn is_several(reading: &Reading<'_>, subject: WordId) -> bool {
    let all = reading.conjuncts(subject);
    if all.len() >= 2 {
        return all.iter().all(|head| is_party(reading, *head));
    }
    is_the_two(reading, subject)
        || takes_up(reading, subject)
        || is_party(reading, subject) && parties_of(reading, subject).len() >= 2
}
