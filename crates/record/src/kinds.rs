//! The six kinds of record and the record itself.

use crate::{
    ActorId, DocumentId, Edtf, Epoch, Link, MadeBy, Party, Place, Plover, RecordId, Status, Voice, When,
    Words, names,
};
use demarche_text::ContentHash;

/// One assertion of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Stable identity; set by [`Record::seal`].
    pub id: RecordId,
    /// The document it stands in.
    pub document: DocumentId,
    /// The clause or clauses that support it.
    pub evidence: Words,
    /// When it happened or was said; `None` when unknown.
    pub when: Option<When>,
    /// Places it names.
    pub places: Vec<Place>,
    /// Who vouches for it, outermost first; empty means the article's own voice. Holds only the layers above the
    /// record's own speaker, holder or forecaster.
    pub attribution: Vec<Link>,
    /// Whether it took place.
    pub status: Status,
    /// Whose words the sentence is.
    pub voice: Voice,
    /// Which age it belongs to.
    pub epoch: Epoch,
    /// 0..1, about the extraction only, never about the truth of the claim.
    pub confidence: f32,
    /// What made it.
    pub made_by: MadeBy,
    /// PLOVER coding of its trigger, if it has one.
    pub plover: Option<Plover>,
    /// What it says.
    pub body: Body,
}

/// The slots of each kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Who said what to whom.
    Quotation(Quotation),
    /// Who met or called whom.
    Contact(Contact),
    /// Who demands, offers, refuses what.
    Position(Position),
    /// Which force is where, how many.
    Deployment(Deployment),
    /// Who expects or warns of what.
    Forecast(Forecast),
    /// PLOVER coding of anything else with a trigger.
    Event(Event),
}

names! {
    /// Names of the kinds of record.
    Kind {
        /// [`Quotation`].
        Quotation = "quotation",
        /// [`Contact`].
        Contact = "contact",
        /// [`Position`].
        Position = "position",
        /// [`Deployment`].
        Deployment = "deployment",
        /// [`Forecast`].
        Forecast = "forecast",
        /// [`Event`].
        Event = "event",
    }
}

impl Body {
    /// Which kind this is.
    pub fn kind(&self) -> Kind {
        match self {
            Body::Quotation(_) => Kind::Quotation,
            Body::Contact(_) => Kind::Contact,
            Body::Position(_) => Kind::Position,
            Body::Deployment(_) => Kind::Deployment,
            Body::Forecast(_) => Kind::Forecast,
            Body::Event(_) => Kind::Event,
        }
    }
}

names! {
    /// How much of a quotation is verbatim.
    Form {
        /// All words between quotation marks.
        Direct = "direct",
        /// Partly between quotation marks.
        Mixed = "mixed",
        /// No quotation marks.
        Indirect = "indirect",
        /// A belief, hope or intention without speech.
        Attitude = "attitude",
    }
}

/// The words that introduce a quotation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cue {
    /// Where it stands.
    pub words: Words,
    /// Its dictionary form.
    pub lemma: String,
    /// How the pack reads it: `assert`, `deny`, `demand`, `promise`, `warn`, `concede`, `ask`, `believe`, …
    pub reading: String,
}

/// Who said what to whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Speaker; `None` when the text names none.
    pub speaker: Option<Party>,
    /// Cue; `None` for a quotation carried on from the one before.
    pub cue: Option<Cue>,
    /// The words said, in text order; a split quotation has several spans.
    pub content: Vec<Words>,
    /// To whom.
    pub addressee: Option<Party>,
    /// How much is verbatim.
    pub form: Form,
    /// Where or by which means it was said ("a news conference", "on Twitter"), as the text has it.
    pub medium: Option<Words>,
}

names! {
    /// Means of a contact.
    Medium {
        /// Telephone call.
        Call = "call",
        /// Video call.
        Video = "video",
        /// Meeting in person.
        Meeting = "meeting",
        /// Visit of one to the other.
        Visit = "visit",
        /// Letter.
        Letter = "letter",
        /// Talks, negotiations.
        Talks = "talks",
        /// Summit of several.
        Summit = "summit",
        /// Message, note, cable.
        Message = "message",
        /// The text does not say.
        Unspecified = "unspecified",
    }
}

/// Who met or called whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// The words that show the contact: "spoke to", "phone call".
    pub trigger: Words,
    /// Two or more where the text names them.
    pub participants: Vec<Party>,
    /// By which means.
    pub medium: Medium,
    /// Who asked for or started it.
    pub initiator: Option<Party>,
    /// Who received the others.
    pub host: Option<Party>,
    /// How long it lasted.
    pub duration: Option<Words>,
    /// What it was about.
    pub topics: Vec<Words>,
    /// What came of it.
    pub outcome: Vec<Words>,
    /// Further mentions of the same contact in the document.
    pub also: Vec<Words>,
}

names! {
    /// What a party does with a matter.
    Stance {
        /// Demands it.
        Demand = "demand",
        /// Asks for it.
        Request = "request",
        /// Offers it.
        Offer = "offer",
        /// Promises it.
        Promise = "promise",
        /// Accepts it.
        Acceptance = "acceptance",
        /// Refuses it.
        Refusal = "refusal",
        /// Makes it a condition.
        Condition = "condition",
        /// Is concerned about it.
        Concern = "concern",
        /// Supports it.
        Support = "support",
        /// Accuses somebody of it.
        Accusation = "accusation",
        /// Denies it.
        Denial = "denial",
        /// Threatens it.
        Threat = "threat",
    }
}

/// Who demands, offers, refuses what.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// Whose position; `None` when the text names nobody.
    pub holder: Option<Party>,
    /// What the holder does.
    pub stance: Stance,
    /// Towards whom; for accusations the accused.
    pub addressee: Option<Party>,
    /// The matter.
    pub content: Words,
    /// The record that this one answers.
    pub answers: Option<RecordId>,
}

names! {
    /// What is done with a force.
    Action {
        /// Deploy, station.
        Deploy = "deploy",
        /// Send.
        Send = "send",
        /// Move.
        Move = "move",
        /// Mass, concentrate.
        Mass = "mass",
        /// Withdraw.
        Withdraw = "withdraw",
        /// Exercise.
        Exercise = "exercise",
        /// Put on alert, mobilise.
        Alert = "alert",
        /// Be there.
        Present = "present",
    }
}

/// A number as an interval; at least one bound is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Lowest value; `None` for "up to", "nearly".
    pub low: Option<f64>,
    /// Highest value; `None` for "at least", "more than".
    pub high: Option<f64>,
    /// `about`, `at least`, `more than`, `up to`, `nearly`, `additional`, …
    pub modifier: Option<String>,
    /// The number with its modifier.
    pub words: Words,
}

/// Which force is where, how many.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// Whose force.
    pub force: Option<Party>,
    /// What is done with it.
    pub action: Action,
    /// Soldiers, aircraft …
    pub unit: Option<Words>,
    /// How many.
    pub quantity: Option<Quantity>,
    /// From where.
    pub origin: Option<Place>,
    /// To or at which place.
    pub destination: Option<Place>,
}

/// Who expects or warns of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Who expects it; `None` when the text names nobody.
    pub forecaster: Option<Party>,
    /// What is expected.
    pub content: Words,
    /// Who would do it.
    pub subject: Option<Party>,
    /// By when: the words and the interval.
    pub horizon: Option<(Words, Edtf)>,
    /// `could`, `will`, `may`, …
    pub modality: Option<String>,
}

/// PLOVER coding of a trigger that is none of the other kinds; the code itself is in [`Record::plover`].
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The words that show the event.
    pub trigger: Words,
    /// Who acts.
    pub actor: Vec<Party>,
    /// To whom it is done.
    pub recipient: Vec<Party>,
}

impl Record {
    /// Sets the id from document, kind, evidence and the slots that tell two records on the same words apart.
    /// Status, confidence and resolution do not enter, so that a better reading of the same words keeps its id.
    pub fn seal(mut self) -> Self {
        let kind = self.body.kind().as_str().to_owned();
        let mut parts: Vec<String> = vec![self.document.to_string(), kind, place_of(&self.evidence)];
        match &self.body {
            Body::Quotation(quotation) => {
                parts.extend(quotation.content.iter().map(place_of));
                parts.push(place_of_party(&quotation.speaker));
            }
            Body::Contact(contact) => {
                parts.push(place_of(&contact.trigger));
                parts.extend(contact.participants.iter().map(|party| place_of_party(&Some(party.clone()))));
            }
            Body::Position(position) => {
                parts.push(position.stance.to_string());
                parts.push(place_of(&position.content));
                parts.push(place_of_party(&position.holder));
            }
            Body::Deployment(deployment) => {
                parts.push(deployment.action.to_string());
                parts.push(deployment.unit.as_ref().map(place_of).unwrap_or_default());
                parts.push(deployment.quantity.as_ref().map(|it| place_of(&it.words)).unwrap_or_default());
                parts.push(deployment.destination.as_ref().map(|it| place_of(&it.words)).unwrap_or_default());
            }
            Body::Forecast(forecast) => parts.push(place_of(&forecast.content)),
            Body::Event(event) => {
                parts.push(place_of(&event.trigger));
                parts.push(self.plover.as_ref().map(|code| code.kind.to_string()).unwrap_or_default());
                parts.extend(event.actor.iter().map(|party| place_of_party(&Some(party.clone()))));
            }
        }
        self.id = RecordId(ContentHash::of(parts.iter().map(|part| part.as_bytes())));
        self
    }

    /// Every span that the record rests on, for `verify`.
    pub fn words(&self) -> Vec<&Words> {
        fn party(party: &Option<Party>) -> Option<&Words> {
            party.as_ref().and_then(|party| party.words.as_ref())
        }
        let mut all = vec![&self.evidence];
        all.extend(self.when.iter().filter_map(|when| when.words.as_ref()));
        all.extend(self.places.iter().map(|place| &place.words));
        all.extend(self.attribution.iter().filter_map(|link| party(&link.party)));
        match &self.body {
            Body::Quotation(it) => {
                all.extend(&it.content);
                all.extend(party(&it.speaker).into_iter().chain(party(&it.addressee)).chain(&it.medium));
                all.extend(it.cue.as_ref().map(|cue| &cue.words));
            }
            Body::Contact(it) => {
                all.push(&it.trigger);
                all.extend(it.participants.iter().filter_map(|party| party.words.as_ref()));
                all.extend(party(&it.initiator).into_iter().chain(party(&it.host)).chain(&it.duration));
                all.extend(it.topics.iter().chain(&it.outcome).chain(&it.also));
            }
            Body::Position(it) => {
                all.push(&it.content);
                all.extend(party(&it.holder).into_iter().chain(party(&it.addressee)));
            }
            Body::Deployment(it) => {
                all.extend(party(&it.force).into_iter().chain(&it.unit));
                all.extend(it.quantity.as_ref().map(|quantity| &quantity.words));
                all.extend(it.origin.iter().chain(&it.destination).map(|place| &place.words));
            }
            Body::Forecast(it) => {
                all.push(&it.content);
                all.extend(party(&it.forecaster).into_iter().chain(party(&it.subject)));
                all.extend(it.horizon.as_ref().map(|(words, _)| words));
            }
            Body::Event(it) => {
                all.push(&it.trigger);
                all.extend(it.actor.iter().chain(&it.recipient).filter_map(|party| party.words.as_ref()));
            }
        }
        all
    }

    /// The parties in its own slots (speaker, participants, holder …), without the chain of attribution.
    pub fn parties(&self) -> Vec<&Party> {
        match &self.body {
            Body::Quotation(it) => it.speaker.iter().chain(&it.addressee).collect(),
            Body::Contact(it) => it.participants.iter().chain(&it.initiator).chain(&it.host).collect(),
            Body::Position(it) => it.holder.iter().chain(&it.addressee).collect(),
            Body::Deployment(it) => it.force.iter().collect(),
            Body::Forecast(it) => it.forecaster.iter().chain(&it.subject).collect(),
            Body::Event(it) => it.actor.iter().chain(&it.recipient).collect(),
        }
    }

    /// The actors in its own slots.
    pub fn actors(&self) -> Vec<&ActorId> {
        self.parties().into_iter().filter_map(|party| party.actor.as_ref()).collect()
    }
}

fn place_of(words: &Words) -> String {
    format!("{}-{}", words.start_byte, words.end_byte)
}

fn place_of_party(party: &Option<Party>) -> String {
    match party {
        Some(Party { words: Some(words), .. }) => place_of(words),
        // A party that the text does not spell out is told apart by its name.
        Some(Party { resolved: Some(name), .. }) => name.clone(),
        _ => String::new(),
    }
}
