//! Finds forecasts and warnings: what may, could or will happen beyond the speaker's own acts, who expects it, of
//! whom, by when.

use crate::positions::{is_condition, is_own};
use crate::{Extractor, Reading, Said, cue_of, is_negated};
use demarche_language::{TimeExpression, Upos, WordId};
use demarche_pack::cues::CueClass;
use demarche_record::{Body, Edtf, Forecast, Party, Record, Status, Voice, Words};
use demarche_text::Span;
use std::collections::BTreeSet;

/// The extractor of forecasts.
pub struct Forecasts;

/// Modal verbs of what may come.
const MODALS: &[&str] = &["could", "may", "might", "will", "would", "shall"];
/// Adjectives of what may come: "is likely to last", "an attack is imminent".
const PROSPECTS: &[&str] = &["likely", "unlikely", "imminent", "poised", "inevitable", "certain", "bound"];
/// Verbs with which "could" tells an ability, and "will" nothing to come.
const ABILITIES: &[&str] = &[
    "see",
    "hear",
    "verify",
    "confirm",
    "afford",
    "imagine",
    "say",
    "help",
    "tell",
    "find",
    "understand",
    "know",
];
/// Nouns whose clause is a rule or a promise, no forecast.
const RULES: &[&str] = &[
    "principle",
    "agreement",
    "commitment",
    "demand",
    "promise",
    "condition",
    "assurance",
    "guarantee",
    "pledge",
    "rule",
];

impl Extractor for Forecasts {
    fn name(&self) -> &'static str {
        "forecasts"
    }

    fn about(&self) -> &'static str {
        "who warns of or expects what, of whom, by when, with which modality"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        let mut found = Vec::new();
        let mut taken: BTreeSet<WordId> = BTreeSet::new();
        let words = || (0..reading.analysis.words.len() as u32).map(WordId);
        for cue in words() {
            if let Some((content, record)) = by_cue(reading, said, cue)
                && taken.insert(content)
            {
                found.push(record);
            }
        }
        for clause in words() {
            if !taken.contains(&clause)
                && let Some(record) =
                    by_modal(reading, said, clause).or_else(|| by_prospect(reading, said, clause))
            {
                taken.insert(clause);
                found.push(record);
            }
        }
        found
    }
}

/// "warned that …", "predicted …", "fears of …", "the risk of …".
fn by_cue(reading: &Reading<'_>, said: &[Said], cue: WordId) -> Option<(WordId, Record)> {
    let entry = cue_of(reading, cue)?;
    if !matches!(entry.reading.as_str(), "warn" | "predict") {
        return None;
    }
    let arguments = reading.arguments(cue);
    let path =
        |names: &[&str]| names.iter().filter_map(|name| arguments.get(*name)).flatten().copied().next();
    let content = if reading.is_verb(cue) {
        path(&["clause", "of", "about"])
            .or_else(|| path(&["infinitive", "object"]).filter(|_| entry.reading == "predict"))?
    } else {
        path(&["clause", "of", "about"])?
    };
    // "warned of consequences" threatens; "expects Kigali to answer" is a wish where nobody else foresees it.
    if matches!(reading.lemma(content), "consequence" | "retaliation" | "repercussion" | "countermeasure") {
        return None;
    }
    if entry.reading == "predict" && reading.is_verb(cue) && !foresees(reading, cue) {
        return None;
    }
    // "Doe was expected in Juba": somebody, and nothing that may come about.
    let named = |name: &demarche_language::Name| {
        name.words.contains(&content.0) && name.kind == demarche_language::NameKind::Person
    };
    if entry.reading == "predict" && !reading.is_verb(content) && reading.analysis.names.iter().any(named) {
        return None;
    }
    // A warning about what has happened already is no forecast.
    let clause = reading.is_verb(content) || reading.child(content, "cop").is_some();
    let modality = modality(reading, content);
    if clause && modality.is_none() && !is_future_like(reading, content) {
        return None;
    }
    // "warned that Manila should not misjudge the matter": a demand.
    let demands = |aux: WordId| {
        matches!(reading.lemma(aux), "should" | "must" | "ought")
            // "Should the road stay shut" is a condition.
            && reading.child(content, "nsubj").is_some_and(|subject| subject < aux)
    };
    if entry.reading == "warn" && reading.analysis.children_in(content, "aux").any(demands) {
        return None;
    }
    let holder = path(&["subject", "modifier", "from", "by"])
        .filter(|head| reading.can_act(*head) || reading.is_verb(cue));
    let forecaster = holder.map(|head| reading.party(head));
    let span = match reading.word(content).relation() {
        // "the junta to cling to power", "the army is expected to enter the city": with who is to act.
        "xcomp" if reading.is_passive(cue) => content_span(reading, cue),
        "xcomp" => reading.child(cue, "obj").map_or_else(
            || content_span(reading, content),
            |object| reading.clause(object).cover(content_span(reading, content)),
        ),
        _ => content_span(reading, content),
    };
    // "another 16 vehicles are expected to arrive": a planned move or meeting.
    if entry.reading == "predict" && reading.is_passive(cue) && is_arranged(reading, cue, content) {
        return None;
    }
    let rule = format!("cue.{}", entry.id);
    Some((content, make(reading, said, cue, content, span, forecaster, modality, &rule, 0.7)?))
}

/// "expects that", "is expected to"; a present or past "expect" with a person as object and a speaker in power is a
/// demand in other words, and left out.
fn foresees(reading: &Reading<'_>, cue: WordId) -> bool {
    reading.lemma(cue) != "expect"
        || reading.is_passive(cue)
        || reading.child(cue, "ccomp").is_some()
        || reading.child(cue, "xcomp").is_some() && reading.child(cue, "obj").is_some()
        || reading.child(cue, "obj").is_some_and(|object| !reading.can_act(object))
}

/// "the conflict is likely to last for years", "an attack is imminent": told by an adjective.
fn by_prospect(reading: &Reading<'_>, said: &[Said], adjective: WordId) -> Option<Record> {
    let lemma = reading.lemma(adjective);
    if reading.word(adjective).upos != Upos::Adj
        || !PROSPECTS.contains(&lemma)
        || reading.child(adjective, "cop").is_none()
        || is_negated(reading, adjective)
    {
        return None;
    }
    let infinitive = reading.child(adjective, "xcomp").is_some();
    if !infinitive && !matches!(lemma, "imminent" | "inevitable" | "likely" | "unlikely") {
        return None;
    }
    if lemma == "certain" && !infinitive {
        return None;
    }
    let subject = reading.subject(adjective)?;
    if reading.word(subject).feature("Person") == Some("1") {
        return None;
    }
    let span = reading.word(adjective).span;
    let near = nearest(said, span);
    let forecaster = near.and_then(|it| it.speaker.clone());
    let modality = Some(lemma.to_owned());
    let content = content_span(reading, adjective);
    make(reading, said, adjective, adjective, content, forecaster, modality, "forecast.prospect", 0.5)
}

/// True if a clause tells a meeting or a move of forces.
fn is_arranged(reading: &Reading<'_>, top: WordId, clause: WordId) -> bool {
    use demarche_record::Kind;
    let force = reading
        .analysis
        .subtree(top)
        .iter()
        .any(|word| reading.pack.units.class(reading.lemma(*word)).is_some());
    !reading.frames_at(Kind::Contact, clause).is_empty()
        || force && !reading.frames_at(Kind::Deployment, clause).is_empty()
}

/// The innermost speech around a span.
fn nearest(said: &[Said], span: Span) -> Option<&Said> {
    said.iter()
        .filter(|it| it.covers(span))
        .min_by_key(|it| it.content.iter().map(|content| content.len()).sum::<usize>())
}

/// A clause without the verb of speech behind it: "The war could spread, the president warned".
fn content_span(reading: &Reading<'_>, content: WordId) -> Span {
    let whole = reading.clause(content);
    let speech = reading.analysis.children(content).iter().copied().find(|child| {
        *child > content
            && reading.word(*child).relation() == "parataxis"
            && reading.is_verb(*child)
            && cue_of(reading, *child).is_some()
    });
    let text = &reading.analysis.document.text;
    // A coordinated clause begins behind "and".
    let lead = reading.analysis.children_in(content, "cc").next().filter(|cc| *cc < content);
    let whole = lead
        .filter(|cc| reading.word(*cc).span.start() == whole.start())
        .and_then(|cc| text.span(reading.word(cc).span.end() + 1, whole.end()))
        .filter(|span| !span.is_empty())
        .unwrap_or(whole);
    let Some(speech) = speech else { return whole };
    let before = reading.clause(speech).start().max(whole.start());
    let inside = text.span(whole.start(), before).map_or("", |span| text.slice(span));
    let end = whole.start() + inside.trim_end_matches([' ', ',', '"', '”', '\n']).len();
    text.span(whole.start(), end).filter(|span| !span.is_empty()).unwrap_or(whole)
}

/// "could", "may", "will" inside somebody's words, of somebody or something else than the speaker.
fn by_modal(reading: &Reading<'_>, said: &[Said], clause: WordId) -> Option<Record> {
    let modality = modality(reading, clause)?;
    let span = reading.word(clause).span;
    let near = nearest(said, span)?;
    // Own acts are promises, threats and plans.
    let subject = reading.subject(clause)?;
    if matches!(reading.word(subject).feature("Person"), Some("1" | "2")) {
        return None;
    }
    let own = near.speaker.as_ref().is_some_and(|speaker| {
        is_own(reading, subject, speaker)
            || reading
                .analysis
                .children_in(subject, "amod")
                .any(|modifier| is_own(reading, modifier, speaker))
    });
    if own
        || is_no_prospect(reading, clause, &modality)
        || is_condition(reading, clause)
        || matches!(
            near.reading.as_str(),
            "demand"
                | "request"
                | "promise"
                | "offer"
                | "propose"
                | "agree"
                | "refuse"
                | "ask"
                | "hope"
                | "intend"
        )
    {
        return None;
    }
    // "said the troops will arrive": planned moves and meetings are other kinds.
    let planned = matches!(modality.as_str(), "will" | "would" | "shall");
    let arranged = [demarche_record::Kind::Contact, demarche_record::Kind::Deployment]
        .iter()
        .any(|kind| !reading.frames_at(*kind, clause).is_empty());
    if planned && (arranged || reading.is_passive(clause)) {
        return None;
    }
    if modality == "would" && reading.conditional_below(clause) {
        return None;
    }
    // What somebody forecasts lies inside what they said: "…, the bloc said" is no part of it.
    let whole = content_span(reading, clause);
    let words = near.content.iter().find(|words| words.contains(span));
    let content = words.and_then(|words| words.intersect(whole)).unwrap_or(whole);
    make(reading, said, clause, clause, content, near.speaker.clone(), Some(modality), "forecast.modal", 0.5)
}

/// What could have been, what one is able to do, rules and what hangs on a condition or describes a noun: no forecasts.
fn is_no_prospect(reading: &Reading<'_>, clause: WordId, modality: &str) -> bool {
    let have = reading.analysis.children_in(clause, "aux").any(|aux| reading.lemma(aux) == "have");
    let ability =
        modality == "could" && is_negated(reading, clause) || ABILITIES.contains(&reading.lemma(clause));
    let relative = reading.word(clause).deprel == "acl:relcl";
    let rule = reading.word(clause).relation() == "acl"
        && reading.word(clause).head.is_some_and(|noun| RULES.contains(&reading.lemma(noun)));
    let depends = reading.word(clause).relation() == "advcl"
        && reading.child(clause, "mark").is_some_and(|mark| {
            matches!(reading.lemma(mark), "if" | "so" | "unless" | "until" | "whether" | "that" | "in")
        });
    let whether =
        reading.child(clause, "mark").is_some_and(|mark| matches!(reading.lemma(mark), "whether" | "if"));
    let words = reading.analysis.subtree(clause);
    let threat = words
        .iter()
        .any(|word| matches!(reading.lemma(*word), "consequence" | "retaliation" | "repercussion"));
    have || ability || relative || rule || depends || whether || threat
}

#[allow(
    clippy::too_many_arguments,
    reason = "one call for every rule; each argument is a part of the record"
)]
fn make(
    reading: &Reading<'_>,
    said: &[Said],
    clause: WordId,
    content: WordId,
    span: Span,
    forecaster: Option<Party>,
    modality: Option<String>,
    rule: &str,
    confidence: f32,
) -> Option<Record> {
    let mut around = reading.circumstances(content, said);
    if around.voice == Voice::Furniture {
        return None;
    }
    around.attribution.retain(|link| {
        let same = |one: &Party, two: &Party| {
            one.words == two.words || one.actor.is_some() && one.actor == two.actor
        };
        !matches!((&link.party, &forecaster), (Some(one), Some(two)) if same(one, two))
    });
    let predicate = reading.is_verb(content) || reading.child(content, "cop").is_some();
    let subject = if predicate { reading.subject(content) } else { None };
    // "a wave of refugees" has no time of its own; "expected by the end of the year" stands beside it.
    // "warned in January that …" tells when it was foretold.
    let foretold = reading.is_verb(clause)
        && clause != content
        && !reading.is_passive(clause)
        && reading.word(clause).feature("Tense") == Some("Past");
    let horizon = horizon(reading, span)
        .or_else(|| horizon(reading, content_span(reading, clause)).filter(|_| !foretold));
    around.when = None;
    let body = Body::Forecast(Forecast {
        forecaster,
        content: reading.words(span),
        subject: subject.map(|head| reading.party(head)),
        horizon,
        modality,
    });
    Some(reading.record("forecasts", rule, span, around, Some(Status::Hypothetical), confidence, None, body))
}

fn modality(reading: &Reading<'_>, clause: WordId) -> Option<String> {
    let own = reading.analysis.children_in(clause, "aux").map(|aux| reading.lemma(aux).to_lowercase());
    own.into_iter().find(|lemma| MODALS.contains(&lemma.as_str()))
}

fn is_future_like(reading: &Reading<'_>, clause: WordId) -> bool {
    let infinitive =
        reading.word(clause).feature("VerbForm").is_some_and(|form| matches!(form, "Inf" | "Ger"));
    let bound = reading
        .pack
        .cues
        .find(CueClass::Adjective, reading.lemma(clause), [])
        .is_some_and(|cue| cue.clause == Some(Status::Planned));
    infinitive || bound
}

fn horizon(reading: &Reading<'_>, span: Span) -> Option<(Words, Edtf)> {
    // "the crossing, closed since October 12, would reopen": what began is over before the forecast begins.
    let since = |time: &TimeExpression| {
        let words = reading.analysis.words_in(time.span);
        let head = reading.analysis.ids(&words).find(|word| reading.child(*word, "case").is_some());
        head.is_some_and(|head| reading.preposition(head) == Some("since"))
    };
    let inside = reading.times_at(span).iter().filter(|time| span.contains(time.span) && !since(time));
    inside
        .filter_map(|time| {
            Some((reading.words(time.span), time.horizon.clone().or_else(|| time.edtf.clone())?))
        })
        .next()
}
