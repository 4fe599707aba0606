//! The day of a contact where the clause of its verb does not tell it.

use super::slots;
use crate::Reading;
use demarche_language::{TimeExpression, Upos, WordId};
use demarche_record::{DateLevel, Edtf, Epoch, When};

/// "Doe and Roe, brought together in Doha by the emir, agreed on Sunday …": the day of what they did there.
pub(super) fn time_of_main<'a>(reading: &'a Reading<'_>, trigger: WordId) -> Option<&'a TimeExpression> {
    let bare = reading.is_verb(trigger) && reading.word(trigger).deprel == "acl";
    let subject = reading.word(trigger).head.filter(|_| bare)?;
    let main = reading.word(subject).head.filter(|_| reading.word(subject).relation() == "nsubj")?;
    slots::time(reading, main)
}

/// "It was on Wednesday morning that they talked": the time that is set apart from the clause.
pub(super) fn set_apart<'a>(reading: &'a Reading<'_>, trigger: WordId) -> Option<&'a TimeExpression> {
    let clause = matches!(reading.word(trigger).relation(), "acl" | "ccomp" | "csubj" | "advcl");
    let top = reading.word(trigger).head.filter(|top| clause && *top < trigger && reading.is_time(*top))?;
    let it = ["expl", "nsubj"].iter().find_map(|relation| reading.child(top, relation))?;
    reading.child(top, "cop").filter(|_| reading.lemma(it).eq_ignore_ascii_case("it"))?;
    let span = reading.word(top).span;
    reading.analysis.times.iter().find(|time| time.span.contains(span))
}

/// "flew to Doha on Tuesday to see the emir": the day of the journey; "met on Saturday in the capital, where they spoke about
/// the border": that of the clause.
pub(super) fn time_around<'a>(reading: &'a Reading<'_>, trigger: WordId) -> Option<&'a TimeExpression> {
    if !reading.is_verb(trigger) {
        return None;
    }
    let word = reading.word(trigger);
    let marked = |form: &str, relation: &str| {
        reading.analysis.children_in(trigger, relation).any(|child| reading.lemma(child) == form)
    };
    // "picked up the telephone yesterday to call his colleague".
    let dials = |verb: WordId| {
        let object = reading.child(verb, "obj");
        object.is_some_and(|it| matches!(reading.lemma(it), "phone" | "telephone" | "receiver"))
    };
    let verb = match word.relation() {
        "advcl" | "xcomp" | "acl" if marked("to", "mark") => {
            word.head.filter(|verb| super::words::JOURNEYS.contains(&reading.lemma(*verb)) || dials(*verb))
        }
        "acl" | "advcl"
            if word.deprel != "acl" && (marked("where", "advmod") || marked("when", "advmod")) =>
        {
            let mut above = word.head?;
            while !reading.is_verb(above) && above < trigger {
                above = reading.word(above).head?;
            }
            (above < trigger && reading.word(above).feature("Tense") == word.feature("Tense"))
                .then_some(above)
        }
        // "spent six hours on Thursday discussing the border".
        "advcl" | "xcomp"
            if word.feature("VerbForm") == Some("Ger") || reading.analysis.form(trigger).ends_with("ing") =>
        {
            word.head.filter(|verb| reading.lemma(*verb) == "spend" && *verb < trigger)
        }
        // "warned him on Thursday, as the two spoke by phone".
        "advcl" if marked("as", "mark") || marked("while", "mark") || marked("when", "mark") => {
            let tense = |verb: WordId| reading.word(verb).feature("Tense");
            let mut above = word.head?;
            while slots::time(reading, above).is_none() {
                above = reading.word(above).head.filter(|it| *it < trigger)?;
            }
            (above < trigger && reading.is_verb(above) && tense(above) == tense(trigger)).then_some(above)
        }
        _ => None,
    }?;
    slots::time(reading, verb)
}

/// "The parties to the conflict today concluded a meeting", "Doe and Roe on Monday signed": the day right before the verb, which
/// the tree may hang on the subject.
pub(super) fn day_right_before<'a>(reading: &'a Reading<'_>, trigger: WordId) -> Option<&'a TimeExpression> {
    let verb = match reading.is_verb(trigger) {
        true => trigger,
        false => reading.word(trigger).head.filter(|verb| {
            reading.word(trigger).relation() == "obj" && reading.is_verb(*verb) && *verb < trigger
        })?,
    };
    let subject = reading.subject(verb).filter(|subject| *subject < verb)?;
    let time =
        reading.analysis.times.iter().find(|time| reading.analysis.words_in(time.span).end == verb.0)?;
    let day = time.edtf.as_ref().is_some_and(|edtf| edtf.level() >= Some(DateLevel::Day));
    let first = reading.analysis.words_in(time.span).start;
    (day && subject.0 < first && is_told(reading, verb)).then_some(time)
}

/// "For nearly an hour yesterday Doe was closeted with Roe": the only day of the sentence, in front of who acts, with no verb
/// before.
pub(super) fn day_in_front<'a>(reading: &'a Reading<'_>, trigger: WordId) -> Option<&'a TimeExpression> {
    if !reading.is_verb(trigger) || !is_told(reading, trigger) {
        return None;
    }
    let subject = reading.subject(trigger).filter(|subject| *subject < trigger)?;
    let sentence = reading.analysis.sentence(trigger);
    let mut days = reading.analysis.times.iter().filter(|time| {
        sentence.span.contains(time.span)
            && time.edtf.as_ref().is_some_and(|edtf| edtf.level() >= Some(DateLevel::Day))
    });
    let only = days.next().filter(|_| days.next().is_none())?;
    let front = reading.analysis.words_in(only.span);
    let clear = (sentence.words.start..front.end).all(|at| {
        !reading.is_verb(WordId(at))
            && !matches!(
                reading.lemma(WordId(at)),
                "after" | "before" | "since" | "until" | "ago" | "from" | "of"
            )
    });
    (clear && front.end <= subject.0).then_some(only)
}

/// The verb of a sentence, or of what a sentence says that somebody said.
fn is_told(reading: &Reading<'_>, verb: WordId) -> bool {
    let word = reading.word(verb);
    word.relation() == "root"
        || word.relation() == "ccomp"
            && word.head.is_some_and(|said| {
                said > verb && reading.word(said).relation() == "root" && is_speech(reading, said)
            })
}

/// "reached a deal in Sochi on Tuesday after six hours of talks": the verb whose day and place are those of the talks.
pub(super) fn after_hours(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    let counts = |hours: &WordId| matches!(reading.lemma(*hours), "hour" | "minute" | "day");
    // "returned yesterday after three hours with the leader".
    let own = Some(trigger).filter(counts);
    let hours = super::parties::carrier(reading, trigger).filter(counts).or(own)?;
    let verb = reading.word(hours).head.filter(|verb| {
        let home = || matches!(reading.lemma(*verb), "return" | "leave" | "depart" | "fly" | "part");
        reading.preposition(hours) == Some("after")
            && reading.is_verb(*verb)
            && *verb < trigger
            && (own.is_none() || home())
    })?;
    // "agreed on Thursday to keep the truce after six days of talks": the day stands with what governs it.
    let governs = reading.word(verb).head.filter(|_| reading.word(verb).relation() == "xcomp");
    match governs {
        Some(above) if slots::time(reading, verb).is_none() => Some(above),
        _ => Some(verb),
    }
}

/// "told the agency on Tuesday after the president had talks with his counterpart": what is told of right after it happened.
pub(super) fn day_of_telling<'a>(reading: &'a Reading<'_>, trigger: WordId) -> Option<&'a TimeExpression> {
    let mut top = trigger;
    let clause = loop {
        let word = reading.word(top);
        let after = ["mark", "case"].iter().any(|relation| {
            reading.analysis.children_in(top, relation).any(|it| reading.lemma(it) == "after")
        });
        match word.relation() {
            "advcl" | "obl" if after => break top,
            "obj" | "nmod" if reading.word(top).head.is_some_and(|above| above < top) => top = word.head?,
            _ => return None,
        }
    };
    let verb = reading.word(clause).head.filter(|verb| is_speech(reading, *verb) && *verb < clause)?;
    // "two days after the talks" counts from it.
    let opens = reading.analysis.subtree(clause).first().map_or(clause, |first| *first);
    let counted = opens.0.checked_sub(1).map(WordId).is_some_and(|before| {
        matches!(reading.lemma(before), "minute" | "hour" | "day" | "week" | "month" | "year")
    });
    let between = reading.word(verb).span.end()..reading.word(clause).span.start();
    let mut said = reading.analysis.times.iter().filter(|time| {
        between.contains(&time.span.start())
            && time.edtf.as_ref().is_some_and(|edtf| edtf.level() >= Some(DateLevel::Day))
    });
    let only = said.next().filter(|_| said.next().is_none())?;
    // The day stands before what was told of: "told the agency on Tuesday after …".
    (!counted && only.span.end() <= reading.word(opens).span.start()).then_some(only)
}

/// "the outcome of his meeting with Doe, president of Ruritania, in Doha on Tuesday": the only day of the sentence, behind a
/// contact with its partner and with no verb between.
pub(super) fn day_right_behind<'a>(reading: &'a Reading<'_>, trigger: WordId) -> Option<&'a TimeExpression> {
    let sides: &[&str] = if reading.lemma(trigger) == "signature" { &["of"] } else { &["with", "between"] };
    if reading.is_verb(trigger) || reading.behind(trigger, sides).is_empty() {
        return None;
    }
    let sentence = reading.analysis.sentence(trigger);
    let mut all = reading.analysis.times.iter().filter(|time| {
        sentence.span.contains(time.span)
            && time.edtf.as_ref().is_some_and(|edtf| edtf.level() >= Some(DateLevel::Day))
    });
    let only = all.next().filter(|_| all.next().is_none())?;
    let first = reading.analysis.words_in(only.span).start;
    let between = trigger.0 + 1..first;
    let clear = first > trigger.0
        && between.clone().all(|at| {
            let word = WordId(at);
            !reading.is_verb(word)
                && reading.word(word).upos != Upos::Aux
                && !matches!(reading.lemma(word), "before" | "after" | "since" | "until" | "ahead")
        });
    clear.then_some(only)
}

/// Days of one round of talks.
const LONGEST: i32 = 31;

/// "on September 1 and 2", "from 4 to 9 January": two days that follow each other, or the ends of a time, are the time together.
pub(super) fn two_days(reading: &Reading<'_>, time: &TimeExpression, when: &mut When) {
    let text = reading.analysis.document.text.as_str();
    let between = |one: &TimeExpression, two: &TimeExpression| {
        text.get(one.span.end()..two.span.start()).map_or("", str::trim)
    };
    let joined = |one: &TimeExpression, two: &TimeExpression| {
        matches!(between(one, two), "and" | "to" | "until" | "till" | "through" | "-" | "–")
    };
    let day = |time: &TimeExpression| {
        let edtf =
            time.edtf.as_ref().filter(|edtf| edtf.level() == Some(DateLevel::Day) && !edtf.lacks_year())?;
        edtf.bounds()?.first
    };
    let beside = reading.analysis.times.iter().find(|other| joined(time, other) || joined(other, time));
    let Some((own, other, beside)) = beside.and_then(|other| Some((day(time)?, day(other)?, other))) else {
        return;
    };
    let (first, last) = if own < other { (own, other) } else { (other, own) };
    // "from 25 to 30 October", "between 3 and 5 May": the whole time.
    let opens = time.span.start().min(beside.span.start());
    let before = text[..opens].trim_end().rsplit(' ').next().unwrap_or_default();
    let whole = before == "from"
        || before == "between"
        || between(time, beside) != "and" && between(beside, time) != "and";
    let days = first.days_to(last);
    let together = days == 1 || whole && (1..=LONGEST).contains(&days);
    if together && let Ok(edtf) = Edtf::parse(&format!("{first}/{last}")) {
        when.edtf = edtf;
    }
}

/// "Doe kept his appointment on Monday. He spent half an hour with the general.": the day that the sentence before tells of
/// somebody who takes part, where the contact has no time of its own and goes on with the story.
pub(super) fn told_before(reading: &Reading<'_>, trigger: WordId, heads: &[WordId]) -> Option<When> {
    let past = |verb: WordId| {
        let word = reading.word(verb);
        let aux = |form: &str| {
            reading.analysis.children_in(verb, "aux").any(|it| reading.analysis.form(it) == form)
        };
        let active = reading.analysis.children(verb).iter().any(|it| reading.word(*it).deprel == "aux");
        // "were brought together", and "had been talking" up to what is told of before.
        let passive = !active && (aux("was") || aux("were"));
        let went_on = aux("had") && aux("been") && word.feature("VerbForm") == Some("Ger")
            || aux("had") && aux("been") && reading.analysis.form(verb).ends_with("ing");
        reading.is_verb(verb)
            && (passive
                || went_on
                || !active
                    && word.feature("Tense") == Some("Past")
                    && word.feature("VerbForm") == Some("Fin"))
    };
    let own = reading.analysis.sentence_of[trigger.0 as usize].0 as usize;
    let sentence = reading.analysis.sentence(trigger);
    // "opened at 1 p.m.": an hour is of the day that is told of.
    let hour = |time: &TimeExpression| {
        let words = reading.analysis.text(time.span).to_lowercase();
        words.contains("a.m.")
            || words.contains("p.m.")
            || words.contains("o'clock")
            || words.contains("local time")
    };
    let timeless = !reading
        .analysis
        .times
        .iter()
        .any(|time| sentence.span.contains(time.span) && time.edtf.is_some() && !hour(time));
    // "The conversation lasted an hour", "called his conversation with Doe frank": what the article or the owner takes up.
    let goes_on = if reading.is_verb(trigger) {
        past(trigger) && is_told(reading, trigger)
    } else {
        let of_root = reading.word(trigger).head.is_some_and(|verb| is_told(reading, verb));
        let taken_up = super::parties::is_definite(reading, trigger);
        // "The assurance came in a call placed by his counterpart": the subject takes up what was told before.
        let came = || {
            let verb = reading.word(trigger).head.filter(|verb| reading.lemma(*verb) == "come");
            let subject = verb.and_then(|verb| reading.subject(verb));
            reading.preposition(trigger).is_some_and(|it| matches!(it, "in" | "during" | "at"))
                && subject.is_some_and(|subject| super::parties::is_definite(reading, subject))
        };
        of_root
            && match reading.word(trigger).relation() {
                "nsubj" | "obj" => taken_up,
                "obl" => came(),
                _ => false,
            }
    };
    if !goes_on || !timeless {
        return None;
    }
    let before = reading.analysis.sentences.get(own.checked_sub(1)?)?;
    let block = |byte: usize| reading.analysis.document.block_at(byte).map(|block| block.span);
    if before.paragraph != sentence.paragraph && block(before.span.start()) != block(sentence.span.start()) {
        return None;
    }
    let root = reading.analysis.ids(&before.words).find(|word| reading.word(*word).head.is_none())?;
    // "will supply rice under a paper signed on Tuesday during the visit of Doe. Doe met Roe …": one day alone is told.
    let mut days = reading.analysis.times.iter().filter(|time| {
        before.span.contains(time.span)
            && time.edtf.as_ref().is_some_and(|edtf| edtf.level() >= Some(DateLevel::Day))
    });
    let alone = days.next().filter(|_| days.next().is_none() && !past(root) && !is_speech(reading, root));
    let told = past(root) && !is_speech(reading, root) || alone.is_some();
    let entity = |word: WordId| reading.mention(word).and_then(|id| reading.analysis.mention(id).entity);
    let known = heads.iter().filter_map(|head| entity(*head)).any(|wanted| {
        let members = &reading.analysis.entity(wanted).members;
        reading.analysis.ids(&before.words).any(|word| {
            matches!(reading.word(word).upos, Upos::Propn | Upos::Noun | Upos::Pron)
                && entity(word).is_some_and(|told| told == wanted || members.contains(&told))
        })
    });
    let time = slots::time(reading, root).or(alone).filter(|_| told && known)?;
    let come = reading.published.as_ref().map(|days| days.to.as_str());
    let ahead = |edtf: &Edtf| {
        let first = edtf.bounds().and_then(|it| it.first).map(|day| day.to_string());
        first.zip(come).is_some_and(|(first, come)| first.as_str() > come)
    };
    if alone.is_some() && time.edtf.as_ref().is_none_or(ahead) {
        return None;
    }
    let edtf = time.edtf.clone().filter(|edtf| edtf.level() >= Some(DateLevel::Day) && !edtf.lacks_year())?;
    (time.epoch == Epoch::Current).then(|| When {
        edtf,
        basis: time.basis,
        words: Some(reading.words(time.span)),
    })
}

/// What a ceremony, a signing or a meeting is called in the sentence that tells its place and day.
const OCCASIONS: &[&str] = &["ceremony", "signing", "meeting", "talk", "event", "encounter", "conversation"];

/// "Doe has signed an accord with Roe. The ceremony took place in Doha yesterday": the day that the next sentence tells of
/// what the article takes up.
pub(super) fn told_behind(reading: &Reading<'_>, trigger: WordId) -> Option<When> {
    let own = reading.analysis.sentence_of[trigger.0 as usize].0 as usize;
    let sentence = reading.analysis.sentence(trigger);
    let timeless = !reading.analysis.times.iter().any(|time| sentence.span.contains(time.span));
    if !timeless || !reading.is_verb(trigger) || reading.word(trigger).relation() != "root" {
        return None;
    }
    let behind = reading.analysis.sentences.get(own + 1)?;
    let root = reading.analysis.ids(&behind.words).find(|word| reading.word(*word).head.is_none())?;
    let takes_place = matches!(reading.lemma(root), "take" | "hold" | "happen" | "occur" | "last")
        && reading.word(root).feature("Tense") == Some("Past");
    let subject = reading.subject(root).filter(|_| takes_place)?;
    let taken_up = OCCASIONS.contains(&reading.lemma(subject))
        && reading.analysis.children_in(subject, "det").any(|it| reading.lemma(it) == "the");
    let time = slots::time(reading, root).filter(|_| taken_up)?;
    let edtf = time.edtf.clone().filter(|edtf| edtf.level() >= Some(DateLevel::Day) && !edtf.lacks_year())?;
    (time.epoch == Epoch::Current).then(|| When {
        edtf,
        basis: time.basis,
        words: Some(reading.words(time.span)),
    })
}

fn is_speech(reading: &Reading<'_>, verb: WordId) -> bool {
    crate::status::cue_of(reading, verb).is_some_and(|cue| cue.speech.how() == demarche_record::How::Said)
}
