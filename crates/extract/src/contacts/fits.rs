//! Whether a word that triggers a contact frame tells of a contact, and whether it tells enough for a record.

use super::parties::{explained_subject, is_definite, is_party, is_person, is_the_two, parties_of};
use super::slots::{self, Slots};
use super::words::{AUDIENCE, MEDIATING, NO_CONTACT, RESIDENCES};
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
                && has_what_it_needs(reading, verb, frame, slots, slots::medium(reading, verb, frame))
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
                && has_what_it_needs(reading, verb, frame, slots, Medium::Meeting)
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
fn is_telephoning(reading: &Reading<'_>, verb: WordId) -> bool {
    if reading.lemma(verb) != "call" {
        return true;
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
            subject(reading, trigger).is_some_and(|subject| is_several(reading, subject))
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
                && objects.any(|word| other(word) && across(word) || is_one_table(reading, word))
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
            let there = places.any(|head| {
                let span = reading.word(head).span;
                reading.analysis.places.iter().any(|place| {
                    place.words.start_byte as usize <= span.start()
                        && span.end() <= place.words.end_byte as usize
                }) || RESIDENCES.contains(&reading.lemma(head).to_lowercase().as_str())
                    || is_capital(reading, head)
            });
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
            });
            let there = reading.behind(trigger, &["in", "at"]).iter().any(|head| {
                let span = reading.word(*head).span;
                reading.analysis.places.iter().any(|place| {
                    place.words.start_byte as usize <= span.start()
                        && span.end() <= place.words.end_byte as usize
                }) || RESIDENCES.contains(&reading.lemma(*head).to_lowercase().as_str())
            });
            both && there && slots::time(reading, trigger).is_some() && !reading.is_passive(trigger)
        }
        Some("named-several") => are_persons(reading, trigger, slots),
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
        Some("meeting-place") => {
            // "signed a declaration on the border in Asmara": the tree may hang the place on what was signed.
            // "put their names to a paper in Paris".
            let objects = reading.child(trigger, "obj").into_iter().chain(reading.behind(trigger, &["to"]));
            let object = objects.flat_map(|object| reading.analysis.subtree(object)).chain([trigger]);
            let place = object.flat_map(|head| reading.behind(head, &["in", "at"])).any(|head| {
                let span = reading.word(head).span;
                let listed = reading.analysis.places.iter().any(|place| {
                    place.words.start_byte as usize <= span.start()
                        && span.end() <= place.words.end_byte as usize
                });
                let capital = is_capital(reading, head);
                // "at Hyderabad House".
                let site = reading
                    .analysis
                    .names
                    .iter()
                    .any(|name| name.kind == NameKind::Facility && name.words.contains(&head.0));
                listed || capital || site
            });
            let time = || {
                slots::time(reading, trigger).is_some()
                    || super::days::time_around(reading, trigger).is_some()
            };
            // Who signs a paper in a place is there, whatever the day.
            let signs = matches!(reading.lemma(trigger), "sign" | "initial" | "put" | "set");
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

/// "in Kenya's capital", "in the Qatari capital".
fn is_capital(reading: &Reading<'_>, head: WordId) -> bool {
    reading.lemma(head) == "capital"
        && ["nmod:poss", "amod"].iter().any(|it| reading.child_exactly(head, it).is_some())
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
fn speaks_to_others(reading: &Reading<'_>, verb: WordId) -> bool {
    let outwards = ["to", "with", "before", "against", "of", "out", "into", "for"];
    // "talked face to face" addresses nobody else.
    let face = |head: WordId| reading.lemma(head) == "face";
    // "spoke for the first time since the war began".
    let time = |head: WordId| reading.is_time(head) || reading.lemma(head) == "time";
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
