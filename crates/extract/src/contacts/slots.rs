//! What a contact says beside who takes part: medium, time, length, initiator, host, topics, outcome, status.

use super::parties::{is_party, parties_of};
use super::words::{
    AGREEING, DISCUSSING, ENDING, HAPPENING, HOSTING, INITIATING, INITIATIVES, MEDIA, NO_TOPIC,
};
use crate::{Reading, status};
use demarche_language::{TimeExpression, TimeKind, WordId};
use demarche_pack::frames::Frame;
use demarche_record::{BlockKind, Contact, DateLevel, Epoch, Medium, Party, Status, Words};
use demarche_text::Span;
use std::collections::BTreeMap;

/// Slot → heads of its phrases.
pub(super) type Slots = BTreeMap<String, Vec<WordId>>;

/// The medium that the words around a trigger name, else that of its frame.
pub(super) fn medium(reading: &Reading<'_>, trigger: WordId, frame: &Frame) -> Medium {
    let fixed =
        frame.set.get("medium").and_then(|medium| Medium::parse(medium)).unwrap_or(Medium::Unspecified);
    if fixed == Medium::Visit {
        return fixed;
    }
    let mut near: Vec<WordId> = reading.analysis.children(trigger).to_vec();
    near.extend(
        reading.light_verb(trigger).map(|verb| reading.analysis.children(verb).to_vec()).unwrap_or_default(),
    );
    for child in near.into_iter().filter(|child| *child != trigger) {
        let relation = reading.word(child).relation();
        if !matches!(relation, "compound" | "amod" | "obl" | "nmod" | "advmod" | "appos") {
            continue;
        }
        // The compound goes first: a video teleconference is no telephone call.
        let mut words: Vec<WordId> = reading.analysis.children_in(child, "compound").collect();
        words.push(child);
        for word in words {
            let lemma = reading.lemma(word).to_lowercase();
            // "talked face to face", "face-to-face talks".
            let loose = matches!(fixed, Medium::Unspecified | Medium::Talks);
            let behind = reading.preposition(word).is_some_and(|it| it == "to");
            if loose && (lemma == "face-to-face" || lemma == "face" && behind) {
                return Medium::Meeting;
            }
            // "an hour on the line with Doe"; "on the front line" says more.
            let bare = reading
                .analysis
                .children(word)
                .iter()
                .all(|it| matches!(reading.word(*it).relation(), "case" | "det" | "punct"));
            if matches!(lemma.as_str(), "line" | "phone" | "telephone")
                && reading.preposition(word) == Some("on")
                && bare
            {
                return Medium::Call;
            }
            // "talks on video games" are held by no video.
            let matter = matches!(relation, "obl" | "nmod") && !is_means(reading, child)
                || relation == "nmod"
                    && reading.preposition(child).is_some_and(|it| matches!(it, "on" | "in"));
            if let Some((_, medium)) = MEDIA.iter().find(|(name, _)| lemma == *name && !matter) {
                return *medium;
            }
            if matches!(lemma.as_str(), "call" | "phone-call" | "teleconference") && is_means(reading, child)
            {
                return Medium::Call;
            }
        }
    }
    fixed
}

/// True if a noun stands as the means of what its head tells: "by phone", "through a phone call".
pub(super) fn is_means(reading: &Reading<'_>, noun: WordId) -> bool {
    matches!(reading.word(noun).relation(), "obl" | "nmod")
        && reading
            .preposition(noun)
            .is_some_and(|it| matches!(it, "by" | "through" | "via" | "over" | "in" | "on" | "during"))
}

/// The time of a contact. That of the clause around "after the meeting" is not its own, and "since March" dates no
/// single contact.
pub(super) fn time<'a>(reading: &'a Reading<'_>, trigger: WordId) -> Option<&'a TimeExpression> {
    let apart = |word: WordId| {
        let preposition = reading.preposition(word).unwrap_or_default();
        let adverbial = matches!(reading.word(word).relation(), "obl" | "nmod" | "advcl");
        adverbial
            && ["after", "before", "since", "until", "following", "ahead", "prior", "despite", "in advance"]
                .iter()
                .any(|start| preposition.starts_with(start))
    };
    let set_apart = super::days::set_apart(reading, trigger);
    if set_apart.is_some() {
        return set_apart;
    }
    let own = reading.time_of_if(trigger, &|word| !apart(word), &|time| !is_bound(reading, time));
    if own.is_some() {
        return own;
    }
    if reading.is_verb(trigger) {
        return behind_clause(reading, trigger);
    }
    // "the session that Doe chaired on Monday", "talks, which closed on Friday".
    let clauses = reading.analysis.children_in(trigger, "acl");
    let held = |verb: WordId| matches!(reading.lemma(verb), "hold" | "convene" | "stage");
    let in_clause = clauses.filter(|verb| reading.word(*verb).deprel == "acl:relcl" || held(*verb));
    let in_clause = in_clause.into_iter().find_map(|verb| {
        let carries =
            held(verb) || reading.light_verb(trigger) == Some(verb) || ENDING.contains(&reading.lemma(verb));
        carries.then(|| reading.time_of_if(verb, &|_| false, &|time| !is_bound(reading, time))).flatten()
    });
    if in_clause.is_some() {
        return in_clause;
    }
    // "The conversation went on for an hour on Saturday".
    let lasts = |verb: &WordId| {
        matches!(
            reading.lemma(*verb),
            "last" | "go" | "continue" | "run" | "drag" | "stretch" | "conclude" | "end"
        )
    };
    let subject = super::parties::carrier(reading, trigger).unwrap_or(trigger);
    let on = reading.word(subject).head.filter(|_| reading.word(subject).relation() == "nsubj").filter(lasts);
    if let Some(time) =
        on.and_then(|verb| reading.time_of_if(verb, &|_| false, &|time| !is_bound(reading, time)))
    {
        return Some(time);
    }
    // "In the meeting, the minister asked her counterpart on Friday …": the day of what is said there.
    let there = reading.preposition(trigger).is_some_and(|it| matches!(it, "in" | "during" | "at"));
    let above = reading.word(trigger).head;
    let verb = match reading.word(trigger).relation() {
        "obl" => above,
        // "agreed to a truce at talks in Ankara on Monday".
        "nmod" => above
            .filter(|noun| super::implied::is_occasion_of_verb(reading, trigger, *noun))
            .and_then(|noun| reading.word(noun).head),
        _ => None,
    };
    if let Some(verb) = verb.filter(|verb| there && reading.is_verb(*verb)) {
        let said = reading.time_of_if(verb, &|_| false, &|time| !is_bound(reading, time));
        if said.is_some() {
            return said;
        }
    }
    // "said after the meeting in Ohrid on 18 March that …": the date right behind the phrase is the phrase's own.
    let within = reading.analysis.subtree(trigger);
    let last = within.iter().rev().find(|word| reading.word(**word).relation() != "punct")?.0;
    let sentence = reading.analysis.sentence(trigger).words.clone();
    let next = (1..=2u32).filter(|more| sentence.contains(&(last + more))).map(|more| last + more).find_map(
        |word| {
            let span = reading.analysis.words.get(word as usize)?.span;
            reading.analysis.times.iter().find(|time| time.span.start() == span.start())
        },
    )?;
    let between = (last + 1..reading.analysis.words_in(next.span).start)
        .all(|word| reading.word(WordId(word)).relation() == "case");
    let day = next.edtf.as_ref().is_some_and(|edtf| edtf.level() >= Some(DateLevel::Day));
    let exact = reading.analysis.text(next.span).contains(|it: char| it.is_ascii_digit());
    // "Back from his talks in Doha on Thursday, the minister …": what stands before the comma that opens the main clause.
    let inside = reading.analysis.words_in(next.span);
    let closed = reading.analysis.words.get(inside.end as usize).is_some_and(|_| {
        reading.analysis.form(WordId(inside.end)) == ","
            && reading.analysis.subtree(trigger).first().is_some_and(|first| first.0 <= sentence.start + 2)
    });
    (between && day && (exact || apart(trigger) || closed) && next.kind != TimeKind::Set).then_some(next)
}

/// "received the envoy, who speaks for the bloc, on Saturday": a day behind the comma that closes a relative clause is
/// that of the main verb, wherever the tree hangs it.
fn behind_clause<'a>(reading: &'a Reading<'_>, verb: WordId) -> Option<&'a TimeExpression> {
    let sentence = reading.analysis.sentence(verb).span;
    reading.analysis.times.iter().filter(|time| sentence.contains(time.span)).find(|time| {
        let Some(head) = top_of(reading, time.span) else { return false };
        let first = reading.child(head, "case").unwrap_or(head);
        let closed = first.0 > 0 && reading.analysis.form(WordId(first.0 - 1)) == ",";
        let Some(clause) = reading.word(head).head.filter(|_| closed) else { return false };
        let day = time.edtf.as_ref().is_some_and(|edtf| edtf.level() >= Some(DateLevel::Day));
        let mut at = clause;
        let relative = reading.word(clause).deprel == "acl:relcl" && clause > verb && clause < first;
        let below = (0..6).any(|_| {
            let above = reading.word(at).head;
            above.inspect(|above| at = *above) == Some(verb)
        });
        day && relative && below && !is_bound(reading, time)
    })
}

/// "since March", "until 2019": the end of a stretch, not the time of a contact.
fn is_bound(reading: &Reading<'_>, time: &TimeExpression) -> bool {
    let before = &reading.analysis.document.text.as_str()[..time.span.start()];
    let last = before.split_whitespace().next_back().unwrap_or_default();
    ["since", "until", "till"].iter().any(|word| last.eq_ignore_ascii_case(word))
}

/// The epoch of a contact without a time of its own: "their first meeting since 2019" is none of 2019.
pub(super) fn epoch(
    reading: &Reading<'_>,
    trigger: WordId,
    time: Option<&TimeExpression>,
    found: Epoch,
) -> Epoch {
    let sentence = reading.analysis.sentence(trigger).span;
    let mut near = reading.analysis.times.iter().filter(|time| sentence.contains(time.span)).peekable();
    let bound = near.peek().is_some() && near.all(|time| is_bound(reading, time));
    if time.is_none() && bound { Epoch::Current } else { found }
}

/// "lasted over an hour", "an hour-long call", "talked for 90 minutes", "12 hours of talks".
pub(super) fn duration(reading: &Reading<'_>, trigger: WordId) -> Option<Words> {
    let sentence = reading.analysis.sentence(trigger);
    let lasting = |id: WordId| {
        matches!(reading.lemma(id), "last" | "hour-long" | "minute" | "span" | "run" | "go" | "take")
    };
    let around = reading.clause(trigger);
    let above = reading.word(trigger).head.map(|head| reading.clause(head));
    let carrier = reading.word(trigger).head.filter(|_| reading.word(trigger).relation() == "nmod");
    reading
        .analysis
        .times
        .iter()
        .filter(|time| time.kind == TimeKind::Duration && sentence.span.contains(time.span))
        .find(|time| {
            let Some(head) = top_of(reading, time.span) else { return false };
            let governor = reading.word(head).head;
            let hour = time.value.starts_with("PT");
            let near = around.contains(time.span) || above.is_some_and(|above| above.contains(time.span));
            let preposition = reading.preposition(head);
            let measured = carrier.is_some_and(|carrier| time.span.contains(reading.word(carrier).span))
                && reading.preposition(trigger) == Some("of");
            let compound = governor == Some(trigger)
                && matches!(reading.word(head).relation(), "compound" | "amod" | "nummod");
            let over = governor.is_some_and(|governor| {
                ENDING.contains(&reading.lemma(governor))
                    && reading.word(trigger).relation() == "nsubj"
                    && reading.word(trigger).head == Some(governor)
                    && preposition.is_some_and(|it| matches!(it, "after" | "in" | "within"))
            });
            // "could take place within two weeks" gives no length; "lasted over an hour" does.
            let plain = preposition
                .is_none_or(|it| !matches!(it, "in" | "within" | "after" | "before" | "since" | "until"));
            governor.is_some_and(lasting) && near && plain
                || measured
                || compound
                || over
                || hour && around.contains(time.span) && preposition.is_none_or(|it| it == "for")
        })
        .map(|time| reading.words(with_minutes(reading, time.span)))
}

/// "an hour and 45 minutes": two expressions that make one length.
fn with_minutes(reading: &Reading<'_>, span: Span) -> Span {
    let text = &reading.analysis.document.text;
    let follows = |time: &&TimeExpression| {
        time.kind == TimeKind::Duration
            && time.value.starts_with("PT")
            && text.as_str().get(span.end()..time.span.start()) == Some(" and ")
    };
    let more = reading.analysis.times.iter().find(follows);
    more.and_then(|more| text.span(span.start(), more.span.end())).unwrap_or(span)
}

/// The word of a span whose head lies outside.
pub(super) fn top_of(reading: &Reading<'_>, span: Span) -> Option<WordId> {
    let words = reading.analysis.words_in(span);
    reading.analysis.ids(&words).find(|word| {
        reading.word(*word).head.is_none_or(|head| !words.contains(&head.0))
            && reading.word(*word).relation() != "case"
    })
}

/// "It lasted three quarters of an hour": a length told of the contact before.
pub(super) fn told_length(reading: &Reading<'_>, verb: WordId) -> Option<Words> {
    if !matches!(reading.lemma(verb), "last" | "take" | "run") || !reading.is_verb(verb) {
        return None;
    }
    let subject = reading.child(verb, "nsubj")?;
    if !matches!(reading.lemma(subject), "it" | "this" | "which") {
        return None;
    }
    let clause = reading.clause(verb);
    let length = reading
        .analysis
        .times
        .iter()
        .find(|time| time.kind == TimeKind::Duration && clause.contains(time.span))?;
    Some(reading.words(length.span))
}

/// Who started a contact: "at the initiative of Paris", "at Juba's request", "a call requested by", "a call from"; of
/// a call, who rang.
pub(super) fn initiator(
    reading: &Reading<'_>,
    trigger: WordId,
    frame: &Frame,
    slots: &Slots,
    participants: &[Party],
) -> Option<Party> {
    let named = slots.get("initiator").and_then(|heads| heads.iter().find(|head| is_party(reading, **head)));
    if let Some(head) = named {
        return Some(reading.party(*head));
    }
    if let Some(head) = inviting(reading, trigger, INITIATIVES) {
        return Some(match reading.lemma(head) {
            "latter" => resolved_as(reading, head, participants.last()),
            "former" => resolved_as(reading, head, participants.first()),
            _ => reading.party(head),
        });
    }
    // "a call requested by Paris", "Biden initiated the call".
    let by = reading
        .analysis
        .children_in(trigger, "acl")
        .find_map(|verb| INITIATING.contains(&reading.lemma(verb)).then(|| reading.agent(verb)).flatten());
    let starter = || {
        let verb = reading.word(trigger).head.filter(|verb| INITIATING.contains(&reading.lemma(*verb)))?;
        match (reading.word(trigger).relation(), reading.is_passive(verb)) {
            ("obj", false) => reading.subject(verb),
            ("nsubj", true) => reading.agent(verb),
            _ => None,
        }
    };
    let rang = || {
        (frame.id == "contact.call-verb" && !reading.is_passive(trigger))
            .then(|| reading.subject(trigger))
            .flatten()
    };
    by.or_else(starter).or_else(rang).filter(|head| is_party(reading, *head)).map(|head| reading.party(head))
}

/// "at the latter's request": the words of the text with the party they stand for.
fn resolved_as(reading: &Reading<'_>, head: WordId, party: Option<&Party>) -> Party {
    let words = Some(reading.words(reading.word(head).span));
    let name =
        |party: &Party| party.resolved.clone().or_else(|| party.words.as_ref().map(|it| it.text.clone()));
    Party { words, actor: party.and_then(|it| it.actor.clone()), resolved: party.and_then(name) }
}

/// Whose initiative, request or invitation stands in the sentence clause of a contact.
pub(super) fn inviting(reading: &Reading<'_>, trigger: WordId, nouns: &[&str]) -> Option<WordId> {
    let mut top = trigger;
    for _ in 0..3 {
        match reading.word(top).head {
            Some(above)
                if matches!(reading.word(top).relation(), "obj" | "nsubj" | "obl" | "conj" | "nmod") =>
            {
                top = above
            }
            _ => break,
        }
    }
    let noun = reading.analysis.subtree(top).into_iter().find(|word| {
        nouns.contains(&reading.lemma(*word))
            && reading.preposition(*word).is_some_and(|it| matches!(it, "at" | "on" | "upon" | "by"))
    })?;
    // "at his request": the possessor is nearer than whoever acts in the clause.
    if let Some(owner) = reading.child_exactly(noun, "nmod:poss") {
        return Some(owner);
    }
    // "at the request of the European side": nobody else than those who are named with it.
    if let Some(of) = reading.behind(noun, &["of"]).first() {
        return Some(*of);
    }
    let arguments = reading.arguments(noun);
    let paths = ["subject", "from", "modifier"];
    paths.iter().filter_map(|path| arguments.get(*path)).flatten().copied().next()
}

/// Who received the others: "hosted by …", "at the invitation of …", the one who holds a meeting between others.
pub(super) fn host(reading: &Reading<'_>, trigger: WordId) -> Option<Party> {
    let by = reading
        .analysis
        .children_in(trigger, "acl")
        .find_map(|verb| HOSTING.contains(&reading.lemma(verb)).then(|| reading.agent(verb)).flatten());
    let holder = || {
        let verb = reading.word(trigger).head.filter(|verb| HOSTING.contains(&reading.lemma(*verb)))?;
        match (reading.word(trigger).relation(), reading.is_passive(verb)) {
            ("obj", false) => reading.subject(verb),
            ("nsubj", true) => reading.agent(verb),
            _ => None,
        }
    };
    by.or_else(holder)
        .or_else(|| inviting(reading, trigger, &["invitation"]))
        .filter(|head| is_party(reading, *head))
        .and_then(|head| parties_of(reading, head).into_iter().next())
}

pub(super) fn topics(reading: &Reading<'_>, slots: &Slots) -> Vec<Words> {
    let mut found: Vec<Words> = slots
        .get("topics")
        .into_iter()
        .flatten()
        .filter(|head| {
            let long = reading.word(**head).span.len() > 1;
            long && !reading.is_time(**head) && !NO_TOPIC.contains(&reading.lemma(**head))
        })
        .map(|head| reading.words(reading.clause(*head)))
        .collect();
    // "met to discuss the truce".
    for clause in slots.get("topic_clause").into_iter().flatten() {
        if DISCUSSING.contains(&reading.lemma(*clause)) {
            found.extend(reading.child(*clause, "obj").map(|object| reading.words(reading.clause(object))));
        }
    }
    found.iter_mut().for_each(|words| {
        // A topic's own preposition is not part of it.
        if let Some((_, rest)) =
            words.text.split_once(' ').filter(|(first, _)| matches!(*first, "about" | "on" | "over"))
        {
            let cut = (words.text.len() - rest.len()) as u32;
            words.start_byte += cut;
            words.start += cut;
            words.text = rest.to_owned();
        }
    });
    found
}

/// What came of it, as far as the sentence itself says so: "met in Ohrid and agreed on the annex".
pub(super) fn outcome(reading: &Reading<'_>, trigger: WordId) -> Vec<Words> {
    let verb = reading.light_verb(trigger).unwrap_or(trigger);
    reading
        .analysis
        .children_in(verb, "conj")
        .filter(|next| reading.lemma(*next) == "agree" && !status::is_negated(reading, *next))
        .map(|next| reading.words(reading.clause(next)))
        .collect()
}

/// "the first leader", "the only minister".
fn is_singled_out(reading: &Reading<'_>, noun: WordId) -> bool {
    reading
        .analysis
        .children_in(noun, "amod")
        .any(|it| matches!(reading.lemma(it), "first" | "second" | "third" | "last" | "latest" | "only"))
}

/// The status of a contact: what is said of its noun by "take place" and the like, arrangements, headlines.
pub(super) fn contact_status(reading: &Reading<'_>, trigger: WordId, found: Status) -> Status {
    let word = reading.word(trigger);
    let real = matches!(found, Status::Occurred | Status::Ongoing);
    // "a sixth round of talks was called off": told of the round.
    if let Some(carrier) = super::parties::carrier(reading, trigger).filter(|_| real) {
        return contact_status(reading, carrier, status::status(reading, carrier));
    }
    // "They were to have met last week": they did not.
    let was =
        |verb: WordId| reading.lemma(verb) == "be" && reading.word(verb).feature("Tense") == Some("Past");
    let helped =
        |lemma: &str| reading.analysis.children_in(trigger, "aux").any(|it| reading.lemma(it) == lemma);
    let missed = matches!(found, Status::Planned | Status::Hypothetical)
        && reading.analysis.children_in(trigger, "mark").any(|it| reading.lemma(it) == "to")
        && helped("have")
        && (word.head.is_some_and(was) || reading.analysis.children_in(trigger, "aux").any(was));
    if missed {
        return Status::Cancelled;
    }
    let Some(above) = word.head else {
        // "Erdogan to visit Athens": a headline's infinitive is a plan.
        let plan = reading.is_verb(trigger) && is_headline_infinitive(reading, trigger);
        return if plan { Status::Planned } else { found };
    };
    if reading.is_verb(trigger) {
        let expected = reading.lemma(above) == "expect" && reading.is_passive(above)
            || matches!(reading.lemma(above), "due" | "expected" | "scheduled" | "set");
        if found == Status::Hypothetical
            && expected
            && word.relation() == "xcomp"
            && !status::is_negated(reading, above)
        {
            return Status::Planned;
        }
        // "became the first leader to meet him": he met him.
        if word.relation() == "acl"
            && found == Status::Planned
            && let Some(main) = reading.word(above).head.filter(|_| is_singled_out(reading, above))
            && reading.lemma(main) == "become"
            && reading.word(main).feature("Tense") == Some("Past")
        {
            return status::status(reading, main);
        }
        // "went to see the general": who went saw him, as far as a reader can tell.
        let went = word.relation() == "xcomp"
            && reading.lemma(above) == "go"
            && reading.analysis.form(above) != "going";
        if went && found == Status::Planned {
            return status::status(reading, above);
        }
        let root = reading.word(above).head.is_none();
        if word.relation() == "acl" && root && is_headline_infinitive(reading, trigger) {
            return Status::Planned;
        }
        return found;
    }
    // "plans were announced for another meeting": the plans stand apart from what is planned.
    let planned = word.relation() == "obl"
        && reading.preposition(trigger) == Some("for")
        && reading.subject(above).is_some_and(|subject| {
            matches!(reading.lemma(subject), "plan" | "preparation" | "proposal" | "arrangement")
        });
    if planned && real {
        return Status::Planned;
    }
    let happens =
        word.relation() == "nsubj" && reading.is_verb(above) && HAPPENING.contains(&reading.lemma(above));
    if happens && real {
        return status::status(reading, above);
    }
    // "agreed to pursue dialogue": what was agreed has not taken place.
    let pursued = word.relation() == "obj" && reading.word(above).relation() == "xcomp";
    let agreed = reading.word(above).head.filter(|verb| pursued && AGREEING.contains(&reading.lemma(*verb)));
    if agreed.is_some() && real {
        return Status::Planned;
    }
    // "will hold talks": what carries the noun says whether it takes place.
    if let Some(verb) = reading.light_verb(trigger).filter(|_| real) {
        let carried = status::status(reading, verb);
        if matches!(carried, Status::Planned | Status::Hypothetical | Status::Denied) {
            return carried;
        }
    }
    // "called the session unfair": judged, not called for.
    if found == Status::Requested && word.relation() == "obj" && reading.lemma(above) == "call" {
        return status::status(reading, above);
    }
    let expected = word.deprel == "nsubj:pass" && reading.lemma(above) == "expect";
    if expected && found == Status::Hypothetical && !status::is_negated(reading, above) {
        return Status::Planned;
    }
    found
}

fn is_headline_infinitive(reading: &Reading<'_>, verb: WordId) -> bool {
    let to = reading.analysis.children_in(verb, "mark").any(|mark| reading.lemma(mark) == "to");
    to && reading.analysis.sentence(verb).block == BlockKind::Headline
}

/// A topic ends where a party begins: "discussed the border with Wang Yi".
pub(super) fn cut_topics(reading: &Reading<'_>, contact: &mut Contact) {
    let text = &reading.analysis.document.text;
    for topic in &mut contact.topics {
        let inside = contact
            .participants
            .iter()
            .filter_map(|party| party.words.as_ref())
            .find(|words| topic.start_byte < words.start_byte && words.end_byte <= topic.end_byte);
        let Some(party) = inside else { continue };
        let before = text.as_str()[topic.start_byte as usize..party.start_byte as usize].trim_end();
        let kept = before.strip_suffix("with").map_or(before, str::trim_end);
        let end = topic.start_byte as usize + kept.len();
        if let Some(span) = text.span(topic.start_byte as usize, end).filter(|span| !span.is_empty()) {
            *topic = reading.words(span);
        }
    }
}
