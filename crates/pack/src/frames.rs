//! Frames: predicates (verbs and nouns) of diplomacy and crisis, and where their slots hang in the tree
//! (`<language>/frames/*.toml`).
//!
//! A slot lists argument paths in order of preference:
//!
//! | path | what hangs there |
//! |---|---|
//! | `subject` | who acts: subject, agent of a passive, controller of an infinitive, subject of a light verb, possessor of a noun |
//! | `object` | to whom or what: object, subject of a passive |
//! | `indirect` | indirect object |
//! | `clause` | finite complement |
//! | `infinitive` | "to …" or "-ing" complement |
//! | `modifier` | nationality or name in front of a noun: "Russian troops", "Macron-Putin call" |
//! | `name` | the proper name inside a compound |
//! | `setting` | speaker and hearer of the clause that a noun sets: "in the meeting, she asked him" |
//! | any other word | what stands behind that preposition: `with`, `between`, `from` |

use crate::words::{Table, Words};
use crate::{PackError, PackFile, line_of, parse_toml};
use demarche_record::{EventType, Kind, Status};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A sentence with what the frame must find in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Slot → words that must be found in it; `status`, `stance`, `medium`, `action` name fixed values.
    #[serde(default)]
    pub find: BTreeMap<String, String>,
}

/// One frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Rule id, never reused.
    pub id: String,
    /// Kind of record it makes.
    pub kind: Kind,
    /// What it finds, for analysts.
    pub about: String,
    /// Slot → argument paths in order of preference.
    pub slots: BTreeMap<String, Vec<String>>,
    /// Slot → fixed value: `medium = "call"`, `stance = "demand"`, `action = "send"`.
    pub set: BTreeMap<String, String>,
    /// Slots without which the frame does not apply.
    pub require: Vec<String>,
    /// Lemmas or unit classes the object must have, if any.
    pub objects: Vec<String>,
    /// Status that the frame itself gives ("postpone a meeting"), if any.
    pub status: Option<Status>,
    /// PLOVER type.
    pub plover: Option<EventType>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Confidence of its records before context is known.
    pub confidence: f32,
    /// Sentences that it must find.
    pub examples: Vec<Example>,
    /// Sentences in which it must find nothing.
    pub counterexamples: Vec<String>,
    /// Sentences on which it is known to be wrong.
    pub misfires: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    #[serde(default)]
    frame: Vec<FrameRow>,
    #[serde(default)]
    people: PeopleRow,
}

/// Nouns that can or cannot take part in events.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleRow {
    #[serde(default)]
    actors: Vec<String>,
    #[serde(default)]
    things: Vec<String>,
    #[serde(default)]
    wrappers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameRow {
    id: Spanned<String>,
    kind: Spanned<String>,
    about: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    slots: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    set: BTreeMap<String, String>,
    #[serde(default)]
    require: Vec<String>,
    #[serde(default)]
    objects: Vec<String>,
    status: Option<Spanned<String>>,
    plover: Option<Spanned<String>>,
    mode: Option<String>,
    confidence: Option<f32>,
    examples: Vec<Example>,
    #[serde(default)]
    counterexamples: Vec<String>,
    #[serde(default)]
    misfires: Vec<String>,
}

/// Part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TriggerClass {
    /// Verb.
    Verb,
    /// Noun.
    Noun,
    /// Adjective.
    Adjective,
}

/// A set of kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// True if the kind is one of them.
    pub fn has(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
}

/// A particle or preposition that must be there, and the number of the frame.
type Trigger = (TriggerClass, Option<String>, usize);

/// All frames of one language.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    frames: Vec<Frame>,
    /// Lemma → (class, particle or preposition that must be there, frame), in the order of the pack.
    index: Table<Vec<Trigger>>,
    people: Words,
    things: Words,
    wrappers: Words,
}

impl Frames {
    /// Reads `<language>/frames/*.toml`; all faults at once.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let mut all = Self::default();
        let mut faults = Vec::new();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let prefix = format!("{language}/frames/");
        for file in files.iter().filter(|file| file.path.starts_with(&prefix) && file.path.ends_with(".toml"))
        {
            match parse_toml::<FrameFile>(&file.path, &file.text) {
                Ok(rows) => {
                    rows.frame.into_iter().for_each(|row| all.add(file, row, &mut seen, &mut faults));
                    all.people.extend(rows.people.actors);
                    all.things.extend(rows.people.things);
                    all.wrappers.extend(rows.people.wrappers);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(faults) }
    }

    fn add(
        &mut self,
        file: &PackFile,
        row: FrameRow,
        seen: &mut BTreeMap<String, String>,
        faults: &mut Vec<PackError>,
    ) {
        let line = |span: std::ops::Range<usize>| line_of(&file.text, span.start);
        let mut fault =
            |line: usize, message: String| faults.push(PackError { file: file.path.clone(), line, message });
        let id = row.id.get_ref().clone();
        let at = line(row.id.span());
        if let Some(first) = seen.insert(id.clone(), format!("{}:{at}", file.path)) {
            fault(at, format!("frame `{id}` is already defined at {first}; ids are never reused"));
            return;
        }
        if row.examples.is_empty() {
            fault(at, format!("frame `{id}` has no example; give at least one sentence"));
        }
        let Some(kind) = Kind::parse(row.kind.get_ref()) else {
            let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
            fault(
                line(row.kind.span()),
                format!("kind `{}` is not one of {}", row.kind.get_ref(), known.join(", ")),
            );
            return;
        };
        let status = row.status.as_ref().and_then(|status| {
            let known = Status::parse(status.get_ref());
            if known.is_none() {
                fault(
                    line(status.span()),
                    format!("status `{}` is not a status of the ledger", status.get_ref()),
                );
            }
            known
        });
        let plover = row.plover.as_ref().and_then(|code| {
            let known = EventType::parse(code.get_ref());
            if known.is_none() {
                fault(line(code.span()), format!("`{}` is none of the 16 PLOVER types", code.get_ref()));
            }
            known
        });
        let number = self.frames.len();
        let classes = [
            (TriggerClass::Verb, &row.verbs),
            (TriggerClass::Noun, &row.nouns),
            (TriggerClass::Adjective, &row.adjectives),
        ];
        for (class, words) in classes {
            for word in words {
                let (lemma, particle) = match word.split_once(' ') {
                    Some((lemma, particle)) => (lemma, Some(particle.to_owned())),
                    None => (word.as_str(), None),
                };
                self.index.entry(lemma.to_owned()).or_default().push((class, particle, number));
            }
        }
        self.frames.push(Frame {
            id,
            kind,
            about: row.about,
            slots: row.slots,
            set: row.set,
            require: row.require,
            objects: row.objects,
            status,
            plover,
            mode: row.mode,
            confidence: row.confidence.unwrap_or(0.75),
            examples: row.examples,
            counterexamples: row.counterexamples,
            misfires: row.misfires,
        });
    }

    /// The frames of a kind that a word with these particles and prepositions can trigger: two-word triggers first.
    pub fn find<'a>(
        &'a self,
        kind: Kind,
        class: TriggerClass,
        lemma: &str,
        particles: &[String],
    ) -> Vec<(&'a Frame, Option<&'a str>)> {
        let entries = self.index.get(lemma).map(Vec::as_slice).unwrap_or_default();
        let fits = |particle: &Option<String>| {
            particle.as_ref().is_none_or(|needed| {
                needed.split(' ').all(|word| particles.iter().any(|found| found == word))
                    || particles.contains(needed)
            })
        };
        let mut found: Vec<_> = entries
            .iter()
            .filter(|(of, particle, number)| {
                *of == class && self.frames[*number].kind == kind && fits(particle)
            })
            .map(|(_, particle, number)| (&self.frames[*number], particle.as_deref()))
            .collect();
        found.sort_by_key(|(_, particle)| {
            std::cmp::Reverse(particle.map_or(0, |it| 1 + it.matches(' ').count()))
        });
        found
    }

    /// The kinds of records that the frames of a word make, whatever stands beside it.
    pub fn kinds(&self, class: TriggerClass, lemma: &str) -> Kinds {
        let triggers = self.index.get(lemma).into_iter().flatten().filter(|(of, ..)| *of == class);
        Kinds(triggers.fold(0, |all, (.., number)| all | 1 << self.frames[*number].kind as u8))
    }

    /// True if the noun stands for people, a body or a force that can take part in an event.
    pub fn is_people(&self, lemma: &str) -> bool {
        self.people.contains(lemma)
    }

    /// True if the noun only wraps an event noun: "a round of talks".
    pub fn is_wrapper(&self, lemma: &str) -> bool {
        self.wrappers.contains(lemma)
    }

    /// True if the noun can be no party of an event.
    pub fn is_thing(&self, lemma: &str) -> bool {
        self.things.contains(lemma)
    }

    /// All frames in the order of the pack.
    pub fn all(&self) -> &[Frame] {
        &self.frames
    }

    /// The frame with this id.
    pub fn by_id(&self, id: &str) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.id == id)
    }
}
