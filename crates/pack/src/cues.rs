//! Cues: words that put something under somebody's name, or change whether it took place (`<language>/cues.toml`).

use crate::ages::{Ages, AgesRow};
use crate::unreal::{Unreal, UnrealRow};
use crate::words::{Table, Words};
use crate::{PackError, PackFile, line_of, parse_toml};
use demarche_record::{How, Status, names_of_kinds};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

names_of_kinds! {
    /// What sort of quotation a cue makes.
    Speech {
        /// Speech.
        Said = "said",
        /// Writing.
        Statement = "statement",
        /// Reporting by others.
        Report = "report",
        /// A document or other evidence.
        Document = "document",
        /// An estimate.
        Estimate = "estimate",
        /// A belief or intention without speech.
        Attitude = "attitude",
        /// No quotation at all.
        None = "none",
    }
}

impl Speech {
    /// How a chain of attribution names it.
    pub fn how(self) -> How {
        match self {
            Speech::Statement => How::Statement,
            Speech::Report => How::Report,
            Speech::Document => How::Document,
            Speech::Estimate => How::Estimate,
            Speech::Said | Speech::Attitude | Speech::None => How::Said,
        }
    }
}

/// What a cue does to what it governs; `None` leaves it as it is.
pub type Effect = Option<Status>;

names_of_kinds! {
    /// Part of speech of a cue word.
    CueClass {
        /// Verb.
        Verb = "verb",
        /// Noun.
        Noun = "noun",
        /// Adjective.
        Adjective = "adjective",
    }
}

/// A group of words with one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Rule id without its prefix `cue.`.
    pub id: String,
    /// How it is to be read.
    pub reading: String,
    /// What sort of quotation it makes.
    pub speech: Speech,
    /// Effect on a finite complement.
    pub clause: Effect,
    /// Effect on an infinitive or gerund.
    pub infinitive: Effect,
    /// Effect on a nominal complement.
    pub noun: Effect,
    /// Sentences that show it.
    pub examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    #[serde(default)]
    cue: Vec<CueRow>,
    #[serde(default)]
    speaking: SpeakingRow,
    #[serde(default)]
    ages: AgesRow,
    #[serde(default)]
    unreal: UnrealRow,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeakingRow {
    #[serde(default)]
    hearer_verbs: Vec<String>,
    #[serde(default)]
    nominal_verbs: Vec<String>,
    #[serde(default)]
    issuing_verbs: Vec<String>,
    #[serde(default)]
    quoting_verbs: Vec<String>,
    #[serde(default)]
    credits: Vec<String>,
    #[serde(default)]
    views: Vec<String>,
    #[serde(default)]
    terms: Vec<String>,
    #[serde(default)]
    venues: Vec<String>,
    #[serde(default)]
    venue_names: Vec<String>,
    #[serde(default)]
    written: Vec<String>,
    #[serde(default)]
    reporting: Vec<String>,
    #[serde(default)]
    documents: Vec<String>,
    #[serde(default)]
    estimates: Vec<String>,
    #[serde(default)]
    own_voice: Vec<String>,
    #[serde(default)]
    withheld: Vec<String>,
    #[serde(default)]
    withheld_politely: Vec<String>,
    #[serde(default)]
    handing: Vec<String>,
    #[serde(default)]
    disclosed: Vec<String>,
    #[serde(default)]
    naming: Vec<String>,
    #[serde(default)]
    sourcing: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueRow {
    id: Spanned<String>,
    reading: String,
    speech: Spanned<String>,
    clause: Spanned<String>,
    infinitive: Option<Spanned<String>>,
    noun: Option<Spanned<String>>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    examples: Vec<String>,
}

/// The words that must stand beside a lemma, and the number of the cue that they make with it.
type Idiom = (Vec<String>, usize);

/// The cues that a lemma can be.
#[derive(Clone, Debug, Default)]
struct Entry {
    /// Alone.
    alone: Option<usize>,
    /// With what stands beside it, as the pack writes it. The first group that lists a word keeps it.
    with: Vec<(String, usize)>,
    /// With several words, wherever they stand: cues of three words and more.
    idioms: Vec<Idiom>,
}

/// All cues of one language.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    cues: Vec<Cue>,
    /// Lemma → what it can be in each class.
    index: Table<Vec<(CueClass, Entry)>>,
    hearer_verbs: Words,
    nominal_verbs: Words,
    issuing_verbs: Words,
    quoting_verbs: Words,
    credits: Words,
    views: Words,
    terms: Words,
    venues: Words,
    /// Head nouns of sources and what they vouch by.
    sources: Table<How>,
    own_voice: Words,
    withheld: Words,
    withheld_politely: Words,
    handing: Words,
    disclosed: Words,
    naming: Words,
    sourcing: Words,
    ages: Ages,
    unreal: Unreal,
}

impl Cues {
    /// Reads `<language>/cues*.toml`; all faults at once.
    pub fn parse(files: &[PackFile], language: &str) -> Result<Self, Vec<PackError>> {
        let mut cues = Self::default();
        let mut faults = Vec::new();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let prefix = format!("{language}/cues");
        for file in files.iter().filter(|file| file.path.starts_with(&prefix) && file.path.ends_with(".toml"))
        {
            let rows = match parse_toml::<CueFile>(&file.path, &file.text) {
                Ok(rows) => {
                    cues.speaking(rows.speaking);
                    faults.extend(cues.ages.add(rows.ages, &file.path, &file.text));
                    faults.extend(cues.unreal.add(rows.unreal, &file.path, &file.text));
                    rows.cue
                }
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            for row in rows {
                let line = line_of(&file.text, row.id.span().start);
                let mut fault = |line: usize, message: String| {
                    faults.push(PackError { file: file.path.clone(), line, message });
                };
                if let Some(first) = seen.insert(row.id.get_ref().clone(), format!("{}:{line}", file.path)) {
                    fault(line, format!("cue `{}` is already defined at {first}", row.id.get_ref()));
                    continue;
                }
                if row.examples.is_empty() {
                    fault(
                        line,
                        format!("cue `{}` has no example; give at least one sentence", row.id.get_ref()),
                    );
                }
                let Some(speech) = Speech::parse(row.speech.get_ref()) else {
                    let known: Vec<&str> = Speech::ALL.iter().map(|it| it.as_str()).collect();
                    let line = line_of(&file.text, row.speech.span().start);
                    fault(
                        line,
                        format!("speech `{}` is not one of {}", row.speech.get_ref(), known.join(", ")),
                    );
                    continue;
                };
                let mut effect = |value: &Spanned<String>| match value.get_ref().as_str() {
                    "same" => None,
                    status => Status::parse(status).or_else(|| {
                        let line = line_of(&file.text, value.span().start);
                        fault(
                            line,
                            format!("effect `{status}` is neither \"same\" nor a status of the ledger"),
                        );
                        None
                    }),
                };
                let clause = effect(&row.clause);
                let infinitive = row.infinitive.as_ref().map_or(clause, &mut effect);
                let noun = row.noun.as_ref().map_or(clause, &mut effect);
                let number = cues.cues.len();
                let classes = [
                    (CueClass::Verb, &row.verbs),
                    (CueClass::Noun, &row.nouns),
                    (CueClass::Adjective, &row.adjectives),
                ];
                for (class, words) in classes {
                    for word in words {
                        cues.list(class, word, number);
                    }
                }
                cues.cues.push(Cue {
                    id: row.id.into_inner(),
                    reading: row.reading,
                    speech,
                    clause,
                    infinitive,
                    noun,
                    examples: row.examples,
                });
            }
        }
        if faults.is_empty() { Ok(cues) } else { Err(faults) }
    }

    fn list(&mut self, class: CueClass, word: &str, number: usize) {
        let (lemma, beside) = match word.split_once(' ') {
            Some((lemma, beside)) => (lemma, Some(beside)),
            None => (word, None),
        };
        let classes = self.index.entry(lemma.to_owned()).or_default();
        let at = classes.iter().position(|(of, _)| *of == class).unwrap_or_else(|| {
            classes.push((class, Entry::default()));
            classes.len() - 1
        });
        let entry = &mut classes[at].1;
        let Some(beside) = beside else {
            entry.alone.get_or_insert(number);
            return;
        };
        if entry.with.iter().all(|(words, _)| words != beside) {
            entry.with.push((beside.to_owned(), number));
        }
        let others: Vec<String> = beside.split(' ').map(str::to_owned).collect();
        if others.len() > 1 {
            entry.idioms.push((others, number));
        }
    }

    fn entry(&self, class: CueClass, lemma: &str) -> Option<&Entry> {
        self.index.get(lemma)?.iter().find(|(of, _)| *of == class).map(|(_, entry)| entry)
    }

    fn speaking(&mut self, row: SpeakingRow) {
        self.hearer_verbs.extend(row.hearer_verbs);
        self.nominal_verbs.extend(row.nominal_verbs);
        self.issuing_verbs.extend(row.issuing_verbs);
        self.quoting_verbs.extend(row.quoting_verbs);
        self.credits.extend(row.credits);
        self.views.extend(row.views);
        self.terms.extend(row.terms);
        self.venues.extend(row.venues.into_iter().chain(row.venue_names));
        self.own_voice.extend(row.own_voice);
        self.withheld.extend(row.withheld);
        self.withheld_politely.extend(row.withheld_politely);
        self.handing.extend(row.handing);
        self.disclosed.extend(row.disclosed);
        self.naming.extend(row.naming);
        self.sourcing.extend(row.sourcing);
        let sources = [
            (How::Statement, row.written),
            (How::Report, row.reporting),
            (How::Document, row.documents),
            (How::Estimate, row.estimates),
        ];
        for (how, words) in sources {
            self.sources.extend(words.into_iter().map(|word| (word, how)));
        }
    }

    /// True if the object of the verb hears what is said ("told reporters").
    pub fn takes_hearer(&self, lemma: &str) -> bool {
        self.hearer_verbs.contains(lemma)
    }

    /// True if the plain object of the verb is what is said ("acknowledged the losses").
    pub fn takes_nominal(&self, lemma: &str) -> bool {
        self.nominal_verbs.contains(lemma)
    }

    /// True if the subject of the verb speaks through its object ("issued a statement").
    pub fn issues(&self, lemma: &str) -> bool {
        self.issuing_verbs.contains(lemma)
    }

    /// True if an object in marks is in the words of the verb's subject ("attacked “the contempt of the elites”").
    pub fn quotes_object(&self, lemma: &str) -> bool {
        self.quoting_verbs.contains(lemma)
    }

    /// True if "in somebody's …" with this noun attributes the clause around it ("in the envoy's view").
    pub fn is_view(&self, lemma: &str) -> bool {
        self.views.contains(lemma)
    }

    /// True if the noun names the words in marks behind it ("used the word “war”").
    pub fn is_term(&self, lemma: &str) -> bool {
        self.terms.contains(lemma)
    }

    /// True if the noun before a colon names where something comes from or what it is, and no speaker ("Source: …").
    pub fn is_credit(&self, lemma: &str) -> bool {
        self.credits.contains(&lemma.to_lowercase())
    }

    /// True if the noun, or the name as written, is a venue or medium of speech ("news conference", "Twitter").
    pub fn is_venue(&self, lemma: &str, form: &str) -> bool {
        self.venues.contains(lemma) || self.venues.contains(form)
    }

    /// By what a source vouches, from its head noun: a statement, a report, a document, an estimate, else speech.
    pub fn how_of_source(&self, lemma: &str) -> How {
        self.sources.get(lemma).copied().unwrap_or(How::Said)
    }

    /// True if the noun names a statement, report, document or estimate.
    pub fn is_source(&self, lemma: &str) -> bool {
        self.sources.contains_key(lemma)
    }

    /// True if the source speaks for itself and not for whom it belongs to: "a Paris daily", "a court in Berlin".
    pub fn has_own_voice(&self, lemma: &str) -> bool {
        self.own_voice.contains(lemma)
    }

    /// True for what a source declines or refuses to do ("refused to comment").
    pub fn is_withheld(&self, lemma: &str) -> bool {
        self.withheld.contains(lemma)
    }

    /// True for what a source only declines to do: who refuses to discuss or to speak takes a position.
    pub fn is_withheld_politely(&self, lemma: &str) -> bool {
        self.withheld_politely.contains(lemma)
    }

    /// True for verbs and objects of telling the press something ("give" with "detail").
    pub fn is_handing(&self, verb: &str, object: &str) -> bool {
        self.handing.contains(verb) && self.disclosed.contains(object)
    }

    /// True for what a source asks not to happen to him ("asked not to be named").
    pub fn is_naming(&self, lemma: &str) -> bool {
        self.naming.contains(lemma)
    }

    /// True for nouns that only a source asks for or turns down ("refused comment", "requested anonymity").
    pub fn is_sourcing(&self, lemma: &str) -> bool {
        self.sourcing.contains(lemma)
    }

    /// Words and names that tell of another age.
    pub fn ages(&self) -> &Ages {
        &self.ages
    }

    /// Words that take something out of what happened by their form or place.
    pub fn unreal(&self) -> &Unreal {
        &self.unreal
    }

    /// True if the verb with exactly this particle or preposition is a cue ("call for").
    pub fn lists(&self, verb: &str) -> bool {
        let (lemma, beside) = verb.split_once(' ').unwrap_or((verb, ""));
        self.entry(CueClass::Verb, lemma).is_some_and(|entry| match beside {
            "" => entry.alone.is_some(),
            beside => entry.with.iter().any(|(words, _)| words == beside),
        })
    }

    /// True if the verb with this mark and others of its particles is a cue ("hold off from").
    pub fn lists_idiom(&self, verb: &str, particles: &[String], mark: &str) -> bool {
        self.entry(CueClass::Verb, verb).is_some_and(|entry| {
            entry.idioms.iter().any(|(others, _)| {
                others.iter().any(|other| other == mark)
                    && others.iter().all(|other| particles.contains(other))
            })
        })
    }

    /// The cue for a lemma, where its particles, prepositions and nouns make a cue of several words if there is one
    /// ("call" with "for" is "call for", "put" with "on" and "hold" is "put on hold").
    pub fn find<'a>(
        &self,
        class: CueClass,
        lemma: &str,
        particles: impl IntoIterator<Item = &'a str>,
    ) -> Option<&Cue> {
        let entry = self.entry(class, lemma)?;
        let particles: Vec<&str> = particles.into_iter().collect();
        let beside = |particle: &&str| entry.with.iter().find(|(words, _)| words == particle);
        entry
            .idioms
            .iter()
            .find(|(others, _)| others.iter().all(|other| particles.contains(&other.as_str())))
            .map(|(_, number)| *number)
            .or_else(|| particles.iter().find_map(beside).map(|(_, number)| *number))
            .or(entry.alone)
            .map(|number| &self.cues[number])
    }

    /// All groups in the order of the pack.
    pub fn all(&self) -> &[Cue] {
        &self.cues
    }
}
