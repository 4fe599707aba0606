//! Finds forecasts and warnings: what may, could or will happen beyond the speaker's own acts, who expects it, of
//! whom, by when.

use crate::{Extractor, Reading, Said, cue_of};
use demarche_language::WordId;
use demarche_pack::cues::CueClass;
use demarche_record::{Body, Edtf, Forecast, Party, Record, Status, Voice, Words};
use demarche_text::Span;
use std::collections::BTreeSet;

/// The extractor of forecasts.
pub struct Forecasts;

/// Modal verbs of what may come.
const MODALS: &[&str] = &["could", "may", "might", "will", "would", "shall"];

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
                && let Some(record) = by_modal(reading, said, clause)
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
        path(&["clause", "of", "about", "against"])
            .or_else(|| path(&["object"]).filter(|_| entry.reading == "predict"))?
    } else {
        path(&["clause", "of", "about"])?
    };
    // A warning about what has happened already is no forecast.
    let clause = reading.is_verb(content) || reading.child(content, "cop").is_some();
    let modality = modality(reading, content);
    if clause && modality.is_none() && !is_future_like(reading, content) {
        return None;
    }
    let holder = path(&["subject", "modifier", "from", "by"])
        .filter(|head| reading.can_act(*head) || reading.is_verb(cue));
    let forecaster = holder.map(|head| reading.party(head));
    Some((content, make(reading, said, content, forecaster, modality, &format!("cue.{}", entry.id), 0.7)?))
}

/// "could", "may", "will" inside somebody's words, of somebody or something else than the speaker.
fn by_modal(reading: &Reading<'_>, said: &[Said], clause: WordId) -> Option<Record> {
    let modality = modality(reading, clause)?;
    let span = reading.word(clause).span;
    let near = said
        .iter()
        .filter(|it| it.covers(span))
        .min_by_key(|it| it.content.iter().map(|content| content.len()).sum::<usize>())?;
    // Own acts are promises, threats and plans.
    let subject = reading.subject(clause)?;
    if reading.word(subject).feature("Person") == Some("1") {
        return None;
    }
    let party = reading.party(subject);
    let own =
        near.speaker.as_ref().is_some_and(|speaker| speaker.actor.is_some() && speaker.actor == party.actor);
    if own
        || matches!(
            near.reading.as_str(),
            "demand" | "request" | "promise" | "offer" | "propose" | "agree" | "refuse" | "ask"
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
    make(reading, said, clause, near.speaker.clone(), Some(modality), "forecast.modal", 0.5)
}

fn make(
    reading: &Reading<'_>,
    said: &[Said],
    content: WordId,
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
    let span = reading.clause(content);
    let subject = if reading.is_verb(content) { reading.subject(content) } else { None };
    let horizon = horizon(reading, span);
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
    let inside = reading.analysis.times.iter().filter(|time| span.contains(time.span));
    inside
        .filter_map(|time| {
            Some((reading.words(time.span), time.horizon.clone().or_else(|| time.edtf.clone())?))
        })
        .next()
}
