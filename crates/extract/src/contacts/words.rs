//! Closed lists of words that the contact rules ask for. What triggers a contact stands in the pack
//! (`frames/contacts.toml`); these are the small classes around a trigger.

use demarche_record::Medium;

/// People that one speaks to without meeting them as a party.
pub(super) const AUDIENCE: &[&str] = &[
    "reporter",
    "journalist",
    "press",
    "media",
    "medium",
    "audience",
    "crowd",
    "parliament",
    "lawmaker",
    "correspondent",
    "agency",
    "newspaper",
    "television",
    "radio",
    "viewer",
    "supporter",
    "rally",
    "nation",
    "public",
];

/// What makes a meeting noun no contact between parties.
pub(super) const NO_CONTACT: &[&str] = &["news", "press", "editorial", "annual", "panel", "court"];

/// Words that show the medium wherever they stand in the clause.
pub(super) const MEDIA: &[(&str, Medium)] = &[
    ("phone", Medium::Call),
    ("telephone", Medium::Call),
    ("hotline", Medium::Call),
    ("phonecall", Medium::Call),
    ("video", Medium::Video),
    ("videoconference", Medium::Video),
    ("videolink", Medium::Video),
    ("videocall", Medium::Video),
    ("courtesy", Medium::Meeting),
];

/// What takes somebody to whom he sees: "flew to Doha to meet the emir".
pub(super) const JOURNEYS: &[&str] =
    &["come", "cross", "drive", "fly", "go", "head", "journey", "land", "sail", "travel", "arrive", "visit"];

/// Determiners of a reference to something told already.
pub(super) const DEFINITE: &[&str] = &["the", "this", "that", "these", "both"];

/// People by their role, where no entity was made for them.
pub(super) const PEOPLE: &[&str] = &[
    "leader",
    "envoy",
    "minister",
    "president",
    "premier",
    "delegation",
    "mediator",
    "negotiator",
    "diplomat",
    "ambassador",
    "official",
    "chancellor",
    "team",
    "general",
    "commander",
    "officer",
    "counterpart",
    "colleague",
    "representative",
    "emissary",
    "adviser",
    "advisor",
    "chief",
    "head",
    "man",
    "woman",
];

/// Further nouns for those who can be a party.
pub(super) const BODIES: &[&str] = &[
    "side",
    "party",
    "rebel",
    "army",
    "government",
    "ally",
    "neighbour",
    "neighbor",
    "country",
    "state",
    "nation",
    "power",
    "group",
    "faction",
    "militia",
    "movement",
];

/// Nouns that only measure or carry a contact: "hours of talks", "its participation in the talks".
pub(super) const CARRIERS: &[&str] = &[
    "hour",
    "day",
    "week",
    "round",
    "series",
    "string",
    "participation",
    "part",
    "plan",
    "proposal",
    "invitation",
    "request",
    "offer",
    "number",
    "couple",
    "set",
    "start",
    "beginning",
    "opening",
    "course",
    "end",
    "close",
    "conclusion",
    "all",
    "most",
    "half",
    "much",
    "rest",
];

/// Where somebody receives guests: "talks at the president's home".
pub(super) const RESIDENCES: &[&str] = &[
    "home",
    "house",
    "residence",
    "palace",
    "villa",
    "mansion",
    "office",
    "ranch",
    "farm",
    "estate",
    "dacha",
    "chalet",
    "castle",
    "tent",
    "headquarters",
    "lodge",
    "cabin",
    "bungalow",
    "suite",
];

/// Verbs of one who takes part in what they do: "rejected a meeting with …", "sought a call with …".
pub(super) const OWN: &[&str] = &[
    "reject", "refuse", "decline", "cancel", "postpone", "suspend", "break", "deny", "seek", "want",
    "request", "plan", "schedule", "arrange", "accept", "prepare", "skip", "leave", "end", "begin", "start",
    "wrap", "conclude", "finish", "complete", "avoid", "shun", "freeze", "send", "write", "deliver",
    "exchange", "hand", "place", "agree", "resume", "boycott", "demand", "rule", "have", "make", "hold",
    "conduct", "continue", "open", "enter", "quit", "abandon", "enjoy", "pursue", "close", "use", "spend",
    "devote", "put",
];

/// Verbs by which a person who took part speaks of it: "praised the call with …".
pub(super) const RECALLING: &[&str] = &[
    "praise",
    "describe",
    "call",
    "hail",
    "characterise",
    "characterize",
    "recall",
    "remember",
    "term",
    "dub",
];

/// Prepositions of a clause whose subject took part: "said after the meeting with …".
pub(super) const DURING: &[&str] = &[
    "after",
    "before",
    "during",
    "following",
    "follow",
    "in",
    "at",
    "on",
    "for",
    "through",
    "via",
    "from",
    "ahead of",
    "out of",
    "until",
];

/// What marks somebody as speaking for others or about them.
pub(super) const BYSTANDERS: &[&str] = &[
    "spokes",
    "aide",
    "analyst",
    "expert",
    "source",
    "reporter",
    "journalist",
    "columnist",
    "editor",
    "observer",
    "historian",
    "researcher",
    "lawmaker",
    "critic",
];

/// Predicates that say of a contact whether it takes place.
pub(super) const HAPPENING: &[&str] = &[
    "take",
    "happen",
    "occur",
    "proceed",
    "materialise",
    "materialize",
    "resume",
    "begin",
    "start",
    "follow",
    "open",
    "continue",
    "last",
    "run",
    "go",
    "end",
    "conclude",
    "restart",
    "reopen",
    "come",
];

/// Predicates that say that it is over: what stands before them after "after" or "in" is its length.
pub(super) const ENDING: &[&str] =
    &["over", "end", "finish", "conclude", "adjourn", "close", "wrap", "break"];

/// Heads behind "on" or "about" that are no matter of a contact.
pub(super) const NO_TOPIC: &[&str] = &[
    "sideline",
    "sidelines",
    "margin",
    "margins",
    "phone",
    "telephone",
    "line",
    "eve",
    "condition",
    "invitation",
    "initiative",
    "request",
    "occasion",
    "arrival",
    "track",
    "behalf",
    "hotline",
    "part",
    "side",
];

/// Behind somebody's name these say that he only led, watched or carried messages.
pub(super) const PRESIDING: &[&str] = &[
    "in the chair",
    "presiding",
    "chairing",
    "moderating",
    "mediating",
    "looking on",
    "at their side",
    "at his side",
    "at her side",
    "by their side",
    "beside them",
    "beside him",
    "beside her",
    "in attendance",
    "as mediator",
    "as the mediator",
    "as host",
    "as go-between",
    "as witness",
    "as interpreter",
];
/// Infinitives whose object is the matter: "met to discuss the truce".
pub(super) const DISCUSSING: &[&str] = &[
    "discuss",
    "review",
    "address",
    "tackle",
    "resolve",
    "debate",
    "negotiate",
    "examine",
    "prepare",
    "raise",
    "cover",
    "assess",
];

/// Verbs whose infinitive tells of what is to come: "agreed to pursue dialogue".
pub(super) const AGREEING: &[&str] =
    &["agree", "decide", "plan", "pledge", "promise", "vow", "undertake", "commit", "intend", "resolve"];

/// Nouns for an act of starting: "at the initiative of …".
pub(super) const INITIATIVES: &[&str] = &["initiative", "request", "behest", "instigation"];

/// Verbs of starting: "requested by Paris", "Biden initiated the call".
pub(super) const INITIATING: &[&str] = &["initiate", "request", "propose", "place", "instigate"];

/// Verbs of those who bring others together.
pub(super) const HOSTING: &[&str] = &["host", "chair"];

/// Verbs of those who stand between the parties: a contact known by its mediator is one of its own.
pub(super) const MEDIATING: &[&str] =
    &["mediate", "broker", "sponsor", "facilitate", "host", "moderate", "convene"];

/// What somebody is to the one beside him, where a name in apposition says who it is.
pub(super) const COMPANIONS: &[&str] = &[
    "host",
    "guest",
    "rival",
    "colleague",
    "interlocutor",
    "visitor",
    "opponent",
    "ally",
    "neighbour",
    "neighbor",
    "partner",
];
