//! Records as lines of `records.jsonl`.

use crate::error::{hash, named};
use crate::span::{parties, party};
use crate::{PartyLine, PlaceLine, QuantityLine, SCHEMA, SpanLine, WhenLine, WireError};
use demarche_record::{
    Action, Body, Contact, Cue, Deployment, DocumentId, Edtf, Epoch, Event, EventType, Forecast, Form, How,
    Link, MadeBy, Medium, Plover, Position, Quotation, Record, RecordId, Stance, Status, Voice, Words,
};
use serde::{Deserialize, Serialize};

/// One record. The slots of its kind stand beside the common fields; `kind` tells which they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordLine {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Hash of document, kind, spans and distinguishing slots.
    pub id: String,
    /// File name of the document, for people and scorers.
    pub file: String,
    /// Id of the document.
    pub document: String,
    /// `kind` and its slots.
    #[serde(flatten)]
    pub body: BodyLine,
    /// The clause or clauses that support the record.
    pub evidence: SpanLine,
    /// When, or null if unknown.
    pub when: Option<WhenLine>,
    /// Places named.
    #[serde(rename = "where", default)]
    pub places: Vec<PlaceLine>,
    /// Who vouches, outermost first; empty is the article's own voice.
    #[serde(default)]
    pub attribution: Vec<LinkLine>,
    /// `occurred`, `planned`, `denied`, …
    pub status: String,
    /// `report`, `opinion`, `caption` or `furniture`.
    pub voice: String,
    /// `current`, `background` or `historical`.
    pub epoch: String,
    /// 0..1, about the extraction only.
    pub confidence: f32,
    /// Extractor, rule and kit.
    pub made_by: MadeByLine,
    /// PLOVER code of contacts, positions, deployments …; events carry theirs in `type`, `mode`, `contexts`.
    #[serde(default)]
    pub plover: Option<PloverLine>,
}

/// One link of a chain of attribution; `party` null is "reportedly".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkLine {
    /// Who vouches.
    pub party: Option<PartyLine>,
    /// `statement`, `said`, `report`, `document` or `estimate`.
    pub how: String,
}

/// What made a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeByLine {
    /// Name of the extractor.
    pub extractor: String,
    /// Id of the rule, cue or frame.
    pub rule: String,
    /// Fingerprint of packs, models and engine version.
    pub kit: String,
}

/// A PLOVER code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PloverLine {
    /// One of the sixteen types.
    #[serde(rename = "type")]
    pub kind: String,
    /// Mode of the type.
    pub mode: Option<String>,
    /// Contexts.
    #[serde(default)]
    pub contexts: Vec<String>,
}

/// A cue: span and lemma.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueLine {
    /// Where it stands.
    #[serde(flatten)]
    pub span: SpanLine,
    /// Its dictionary form.
    pub lemma: String,
    /// How the pack reads it.
    #[serde(default)]
    pub reading: String,
}

/// A horizon: span and EDTF interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HorizonLine {
    /// The words.
    #[serde(flatten)]
    pub span: SpanLine,
    /// The interval.
    pub edtf: String,
}

/// The slots of each kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum BodyLine {
    /// Who said what to whom.
    Quotation {
        /// Speaker.
        speaker: Option<PartyLine>,
        /// Cue.
        cue: Option<CueLine>,
        /// The words said; a split quotation has several spans.
        content: Vec<SpanLine>,
        /// To whom.
        addressee: Option<PartyLine>,
        /// `direct`, `mixed`, `indirect` or `attitude`.
        form: String,
        /// Where or by which means it was said.
        #[serde(default)]
        medium: Option<SpanLine>,
    },
    /// Who met or called whom.
    Contact {
        /// The words that show it.
        trigger: SpanLine,
        /// Who took part.
        participants: Vec<PartyLine>,
        /// `call`, `video`, `meeting`, …
        medium: String,
        /// Who started it.
        initiator: Option<PartyLine>,
        /// Who received the others.
        host: Option<PartyLine>,
        /// How long.
        duration: Option<SpanLine>,
        /// What about.
        #[serde(default)]
        topics: Vec<SpanLine>,
        /// What came of it.
        #[serde(default)]
        outcome: Vec<SpanLine>,
        /// Further mentions in the document.
        #[serde(default)]
        also: Vec<SpanLine>,
    },
    /// Who demands, offers, refuses what.
    Position {
        /// Whose.
        holder: Option<PartyLine>,
        /// `demand`, `offer`, `refusal`, …
        stance: String,
        /// Towards whom.
        addressee: Option<PartyLine>,
        /// The matter.
        content: SpanLine,
        /// Id of the record it answers.
        answers: Option<String>,
    },
    /// Which force is where.
    Deployment {
        /// Whose.
        force: Option<PartyLine>,
        /// `deploy`, `send`, …
        action: String,
        /// Soldiers, aircraft …
        unit: Option<SpanLine>,
        /// How many.
        quantity: Option<QuantityLine>,
        /// From where.
        origin: Option<PlaceLine>,
        /// To or at which place.
        destination: Option<PlaceLine>,
    },
    /// Who expects what.
    Forecast {
        /// Who.
        forecaster: Option<PartyLine>,
        /// What.
        content: SpanLine,
        /// Who would do it.
        subject: Option<PartyLine>,
        /// By when.
        horizon: Option<HorizonLine>,
        /// `could`, `will`, …
        modality: Option<String>,
    },
    /// PLOVER coding of a trigger.
    Event {
        /// One of the sixteen types.
        #[serde(rename = "type")]
        kind: Option<String>,
        /// Mode of the type.
        mode: Option<String>,
        /// Contexts.
        #[serde(default)]
        contexts: Vec<String>,
        /// Who acts.
        actor: Vec<PartyLine>,
        /// To whom.
        recipient: Vec<PartyLine>,
        /// The words that show it.
        trigger: SpanLine,
    },
}

fn spans(words: &[Words]) -> Vec<SpanLine> {
    words.iter().map(SpanLine::from).collect()
}

fn words(lines: Vec<SpanLine>) -> Vec<Words> {
    lines.into_iter().map(Words::from).collect()
}

fn party_lines(parties: &[demarche_record::Party]) -> Vec<PartyLine> {
    parties.iter().map(PartyLine::from).collect()
}

impl RecordLine {
    /// The line of a record of the document that was read as `file`.
    pub fn new(record: &Record, file: &str) -> Self {
        let plover = record.plover.as_ref().map(|code| PloverLine {
            kind: code.kind.to_string(),
            mode: code.mode.clone(),
            contexts: code.contexts.clone(),
        });
        let is_event = matches!(record.body, Body::Event(_));
        Self {
            schema: SCHEMA.to_owned(),
            id: record.id.to_string(),
            file: file.to_owned(),
            document: record.document.to_string(),
            body: BodyLine::new(&record.body, plover.as_ref()),
            evidence: SpanLine::from(&record.evidence),
            when: record.when.as_ref().map(WhenLine::from),
            places: record.places.iter().map(PlaceLine::from).collect(),
            attribution: record
                .attribution
                .iter()
                .map(|link| LinkLine {
                    party: link.party.as_ref().map(PartyLine::from),
                    how: link.how.to_string(),
                })
                .collect(),
            status: record.status.to_string(),
            voice: record.voice.to_string(),
            epoch: record.epoch.to_string(),
            confidence: record.confidence,
            made_by: MadeByLine {
                extractor: record.made_by.extractor.clone(),
                rule: record.made_by.rule.clone(),
                kit: record.made_by.kit.clone(),
            },
            plover: plover.filter(|_| !is_event),
        }
    }

    /// The record of this line and the name of its file.
    pub fn into_record(self) -> Result<(Record, String), WireError> {
        let row = self.id;
        if self.schema != SCHEMA {
            return Err(WireError::Value {
                row,
                field: "schema",
                value: self.schema,
                expected: format!("{SCHEMA}: this program reads no other version"),
            });
        }
        let (body, code) = self.body.into_body(&row)?;
        let plover = code.or(self.plover).map(|code| {
            Ok(Plover {
                kind: named(&row, "type", &code.kind, EventType::parse, EventType::ALL)?,
                mode: code.mode,
                contexts: code.contexts,
            })
        });
        let attribution = self.attribution.into_iter().map(|link| {
            Ok(Link {
                party: party(link.party, &row)?,
                how: named(&row, "how", &link.how, How::parse, How::ALL)?,
            })
        });
        let record = Record {
            id: RecordId(hash(&row, "id", &row)?),
            document: DocumentId(hash(&row, "document", &self.document)?),
            evidence: self.evidence.into(),
            when: self.when.map(|when| when.into_when(&row)).transpose()?,
            places: self.places.into_iter().map(|place| place.into_place(&row)).collect::<Result<_, _>>()?,
            attribution: attribution.collect::<Result<_, WireError>>()?,
            status: named(&row, "status", &self.status, Status::parse, Status::ALL)?,
            voice: named(&row, "voice", &self.voice, Voice::parse, Voice::ALL)?,
            epoch: named(&row, "epoch", &self.epoch, Epoch::parse, Epoch::ALL)?,
            confidence: self.confidence,
            made_by: MadeBy {
                extractor: self.made_by.extractor,
                rule: self.made_by.rule,
                kit: self.made_by.kit,
            },
            plover: plover.transpose()?,
            body,
        };
        Ok((record, self.file))
    }
}

impl BodyLine {
    fn new(body: &Body, plover: Option<&PloverLine>) -> Self {
        match body {
            Body::Quotation(it) => Self::Quotation {
                speaker: it.speaker.as_ref().map(PartyLine::from),
                cue: it.cue.as_ref().map(|cue| CueLine {
                    span: SpanLine::from(&cue.words),
                    lemma: cue.lemma.clone(),
                    reading: cue.reading.clone(),
                }),
                content: spans(&it.content),
                addressee: it.addressee.as_ref().map(PartyLine::from),
                form: it.form.to_string(),
                medium: it.medium.as_ref().map(SpanLine::from),
            },
            Body::Contact(it) => Self::Contact {
                trigger: SpanLine::from(&it.trigger),
                participants: party_lines(&it.participants),
                medium: it.medium.to_string(),
                initiator: it.initiator.as_ref().map(PartyLine::from),
                host: it.host.as_ref().map(PartyLine::from),
                duration: it.duration.as_ref().map(SpanLine::from),
                topics: spans(&it.topics),
                outcome: spans(&it.outcome),
                also: spans(&it.also),
            },
            Body::Position(it) => Self::Position {
                holder: it.holder.as_ref().map(PartyLine::from),
                stance: it.stance.to_string(),
                addressee: it.addressee.as_ref().map(PartyLine::from),
                content: SpanLine::from(&it.content),
                answers: it.answers.map(|id| id.to_string()),
            },
            Body::Deployment(it) => Self::Deployment {
                force: it.force.as_ref().map(PartyLine::from),
                action: it.action.to_string(),
                unit: it.unit.as_ref().map(SpanLine::from),
                quantity: it.quantity.as_ref().map(QuantityLine::from),
                origin: it.origin.as_ref().map(PlaceLine::from),
                destination: it.destination.as_ref().map(PlaceLine::from),
            },
            Body::Forecast(it) => Self::Forecast {
                forecaster: it.forecaster.as_ref().map(PartyLine::from),
                content: SpanLine::from(&it.content),
                subject: it.subject.as_ref().map(PartyLine::from),
                horizon: it
                    .horizon
                    .as_ref()
                    .map(|(words, edtf)| HorizonLine { span: SpanLine::from(words), edtf: edtf.0.clone() }),
                modality: it.modality.clone(),
            },
            Body::Event(it) => Self::Event {
                kind: plover.map(|code| code.kind.clone()),
                mode: plover.and_then(|code| code.mode.clone()),
                contexts: plover.map(|code| code.contexts.clone()).unwrap_or_default(),
                actor: party_lines(&it.actor),
                recipient: party_lines(&it.recipient),
                trigger: SpanLine::from(&it.trigger),
            },
        }
    }

    /// The body, and for events the code that stands among its slots.
    fn into_body(self, row: &str) -> Result<(Body, Option<PloverLine>), WireError> {
        let mut code = None;
        let body = match self {
            Self::Quotation { speaker, cue, content, addressee, form, medium } => {
                Body::Quotation(Quotation {
                    speaker: party(speaker, row)?,
                    cue: cue.map(|cue| Cue {
                        words: cue.span.into(),
                        lemma: cue.lemma,
                        reading: cue.reading,
                    }),
                    content: words(content),
                    addressee: party(addressee, row)?,
                    form: named(row, "form", &form, Form::parse, Form::ALL)?,
                    medium: medium.map(Words::from),
                })
            }
            Self::Contact {
                trigger,
                participants,
                medium,
                initiator,
                host,
                duration,
                topics,
                outcome,
                also,
            } => Body::Contact(Contact {
                trigger: trigger.into(),
                participants: parties(participants, row)?,
                medium: named(row, "medium", &medium, Medium::parse, Medium::ALL)?,
                initiator: party(initiator, row)?,
                host: party(host, row)?,
                duration: duration.map(Words::from),
                topics: words(topics),
                outcome: words(outcome),
                also: words(also),
            }),
            Self::Position { holder, stance, addressee, content, answers } => Body::Position(Position {
                holder: party(holder, row)?,
                stance: named(row, "stance", &stance, Stance::parse, Stance::ALL)?,
                addressee: party(addressee, row)?,
                content: content.into(),
                answers: answers.map(|id| hash(row, "answers", &id).map(RecordId)).transpose()?,
            }),
            Self::Deployment { force, action, unit, quantity, origin, destination } => {
                Body::Deployment(Deployment {
                    force: party(force, row)?,
                    action: named(row, "action", &action, Action::parse, Action::ALL)?,
                    unit: unit.map(Words::from),
                    quantity: quantity.map(demarche_record::Quantity::from),
                    origin: origin.map(|place| place.into_place(row)).transpose()?,
                    destination: destination.map(|place| place.into_place(row)).transpose()?,
                })
            }
            Self::Forecast { forecaster, content, subject, horizon, modality } => Body::Forecast(Forecast {
                forecaster: party(forecaster, row)?,
                content: content.into(),
                subject: party(subject, row)?,
                horizon: horizon.map(|line| (line.span.into(), Edtf(line.edtf))),
                modality,
            }),
            Self::Event { kind, mode, contexts, actor, recipient, trigger } => {
                code = kind.map(|kind| PloverLine { kind, mode, contexts });
                Body::Event(Event {
                    trigger: trigger.into(),
                    actor: parties(actor, row)?,
                    recipient: parties(recipient, row)?,
                })
            }
        };
        Ok((body, code))
    }
}
