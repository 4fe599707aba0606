//! What reading a document's language yields: sentences, words, trees, names, mentions, entities, times, places.
//! Plain indices everywhere; nothing borrows from the text.

use demarche_record::{ActorId, Basis, BlockKind, Document, Edtf, Epoch, Notice, Place};
use demarche_text::Span;
use std::ops::Range;
use std::sync::Arc;

/// Index of a word in [`Analysis::words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

/// Index of a sentence in [`Analysis::sentences`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub u32);

/// Index of a mention in [`Analysis::mentions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// Index of an entity in [`Analysis::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// From its first to its last word.
    pub span: Span,
    /// Its words.
    pub words: Range<u32>,
    /// Kind of the block it stands in.
    pub block: BlockKind,
    /// Number of its paragraph (block) in the document, from 0.
    pub paragraph: u32,
}

/// A syntactic word in the sense of Universal Dependencies (clitics are words of their own).
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands; words of one token touch.
    pub span: Span,
    /// Dictionary form, lower case except for proper names.
    pub lemma: String,
    /// Universal part of speech: `NOUN`, `VERB` …
    pub upos: Upos,
    /// Universal features as `Key=Value|Key=Value`, sorted; empty if none.
    pub feats: String,
    /// Its head; `None` for the root of the sentence.
    pub head: Option<WordId>,
    /// Universal relation to the head, with subtype: `nsubj`, `nsubj:pass`, `obl`; `root` for the root.
    pub deprel: Relation,
    /// True if white space, or the end of the text, follows.
    pub space_after: bool,
}

/// A relation of Universal Dependencies with its subtype; where the subtype begins is found once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    whole: Box<str>,
    universal: usize,
}

impl Relation {
    /// As UD writes it.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// Without its subtype.
    pub fn universal(&self) -> &str {
        &self.whole[..self.universal]
    }
}

impl From<&str> for Relation {
    fn from(whole: &str) -> Self {
        Self { whole: whole.into(), universal: whole.find(':').unwrap_or(whole.len()) }
    }
}

impl std::ops::Deref for Relation {
    type Target = str;
    fn deref(&self) -> &str {
        &self.whole
    }
}

impl PartialEq<str> for Relation {
    fn eq(&self, other: &str) -> bool {
        &*self.whole == other
    }
}

impl PartialEq<&str> for Relation {
    fn eq(&self, other: &&str) -> bool {
        &*self.whole == *other
    }
}

impl std::fmt::Display for Relation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(&self.whole)
    }
}

macro_rules! upos {
    ($($name:ident = $text:literal,)+) => {
        /// Universal part-of-speech tags.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the tags are defined by Universal Dependencies")]
        pub enum Upos { $($name,)+ }
        impl Upos {
            /// All tags in alphabetical order, the order of model outputs.
            pub const ALL: &[Upos] = &[$(Upos::$name,)+];
            /// The tag as UD writes it.
            pub fn as_str(self) -> &'static str { match self { $(Upos::$name => $text,)+ } }
            /// Reads a tag as UD writes it.
            pub fn parse(tag: &str) -> Option<Self> { match tag { $($text => Some(Upos::$name),)+ _ => None } }
        }
    };
}
upos! {
    Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
    Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
    Verb = "VERB", X = "X",
}

impl Word {
    /// The value of one feature: `word.feature("Tense") == Some("Past")`.
    pub fn feature(&self, key: &str) -> Option<&str> {
        // Asked for many times a word: by bytes, which is what the separators are.
        let mut rest = self.feats.as_str();
        while !rest.is_empty() {
            let end = rest.bytes().position(|byte| byte == b'|').unwrap_or(rest.len());
            if let Some(value) = rest[..end].strip_prefix(key).and_then(|it| it.strip_prefix('=')) {
                return Some(value);
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        None
    }

    /// The relation without its subtype.
    pub fn relation(&self) -> &str {
        self.deprel.universal()
    }
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation, organ, force, company, outlet.
    Organisation,
    /// A political party.
    Party,
    /// A place without a government: sea, mountain, region, border.
    Location,
    /// A state, city or province.
    Polity,
    /// A nationality, demonym or creed.
    Nationality,
    /// A building, base, airport.
    Facility,
    /// A war, summit, election.
    Event,
    /// A treaty, law, resolution, report.
    Document,
    /// A weapon, vehicle, vessel or its class.
    Weapon,
    /// Another name.
    Other,
}

/// A name in the text.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its words.
    pub words: Range<u32>,
    /// What it names.
    pub kind: NameKind,
}

/// What form a mention has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// A name, with or without title.
    Name,
    /// A common noun phrase: "the French president", "the alliance".
    Nominal,
    /// A pronoun.
    Pronoun,
    /// A name that stands for another actor: "the Kremlin", "Paris".
    Metonym,
    /// A nationality adjective that stands for a state: "Russian forces".
    Demonym,
}

/// A mention of somebody or something.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its words, from the first to the last word of the phrase without trailing clauses.
    pub words: Range<u32>,
    /// Where it stands: exactly from the first to the last of `words`.
    pub span: Span,
    /// The head word of the phrase.
    pub head: WordId,
    /// Its form.
    pub form: MentionForm,
    /// The entity it refers to; `None` where the text does not decide.
    pub entity: Option<EntityId>,
}

/// Grammatical gender as far as pronouns show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// One person.
    Person,
    /// A state, organ, force, organisation or group.
    Body,
    /// A place only.
    Place,
    /// Several persons or bodies: "the two leaders".
    Several,
    /// Something with a name that is not known to be a person, body or place: a law, a war, a ship.
    Named,
    /// A thing, statement, event or anything else.
    Thing,
}

/// Everybody and everything that is mentioned.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Best name for people: the pack's name, else the longest name in the text, else the description; empty for
    /// somebody who only says "I" or "we".
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// The actor in the packs or a minted one; `None` for things.
    pub actor: Option<ActorId>,
    /// Description the text gives ("foreign minister of …"), for minted actors.
    pub description: Option<String>,
    /// Gender, if known.
    pub gender: Option<Gender>,
    /// True for plural entities.
    pub plural: bool,
    /// Members of [`EntityKind::Several`], if known.
    pub members: Vec<EntityId>,
    /// Its mentions, in text order.
    pub mentions: Vec<MentionId>,
}

/// TIMEX3 type of a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A calendar date or a longer or vaguer time.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

/// A time expression.
#[derive(Clone, Debug)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value: `2022-01-28`, `PT1H`, `PRESENT_REF`, `2022-W05-WE` …
    pub value: String,
    /// TIMEX3 modifier: `START`, `APPROX`, `MORE_THAN` …
    pub modifier: Option<String>,
    /// The date it denotes, where it denotes one.
    pub edtf: Option<Edtf>,
    /// How the date was found.
    pub basis: Basis,
    /// Which age it belongs to.
    pub epoch: Epoch,
    /// For time spans that begin or end at the reference time ("within days"): the interval a forecast would cover.
    pub horizon: Option<Edtf>,
}

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Between the marks, without them.
    pub inner: Span,
    /// With the marks that are there.
    pub outer: Span,
    /// 0 for outermost, 1 for quotation within quotation.
    pub depth: u8,
    /// True if no closing mark was found and the end of the paragraph was taken.
    pub open: bool,
    /// True if this stretch carries on the quotation of the paragraph before (opening mark repeated).
    pub continues: bool,
}

/// The analysis of one document. Building it never fails; what could not be done is a notice.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The document.
    pub document: Arc<Document>,
    /// Sentences in text order.
    pub sentences: Vec<Sentence>,
    /// Words in text order.
    pub words: Vec<Word>,
    /// For each word its sentence.
    pub sentence_of: Vec<SentenceId>,
    /// Children of each word in text order.
    pub children: Vec<Vec<WordId>>,
    /// For each word the stretch that it and everything below it fill; empty where others stand in between.
    pub reach: Vec<Range<u32>>,
    /// Names in text order, not overlapping.
    pub names: Vec<Name>,
    /// Mentions, sorted by start, longer first; they may nest.
    pub mentions: Vec<Mention>,
    /// Entities in order of first mention.
    pub entities: Vec<Entity>,
    /// Time expressions in text order.
    pub times: Vec<TimeExpression>,
    /// Places on the map, in text order.
    pub places: Vec<Place>,
    /// Stretches between quotation marks, sorted by start.
    pub quoted: Vec<Quoted>,
    /// What was noticed.
    pub notices: Vec<Notice>,
}

impl Analysis {
    /// The word with this index.
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// The words of the text at a span.
    pub fn text(&self, span: Span) -> &str {
        self.document.text.slice(span)
    }

    /// The word as the text has it.
    pub fn form(&self, id: WordId) -> &str {
        self.text(self.word(id).span)
    }

    /// The sentence a word stands in.
    pub fn sentence(&self, id: WordId) -> &Sentence {
        &self.sentences[self.sentence_of[id.0 as usize].0 as usize]
    }

    /// The first name that shares a word with these.
    pub fn name_over(&self, words: &Range<u32>) -> Option<&Name> {
        let at = self.names.partition_point(|name| name.words.end <= words.start);
        self.names.get(at).filter(|name| name.words.start < words.end)
    }

    /// Children of a word.
    pub fn children(&self, id: WordId) -> &[WordId] {
        &self.children[id.0 as usize]
    }

    /// Children of a word that stand in this universal relation, subtypes included.
    pub fn children_in<'a>(&'a self, id: WordId, relation: &'a str) -> impl Iterator<Item = WordId> + 'a {
        self.children(id).iter().copied().filter(move |child| self.word(*child).relation() == relation)
    }

    /// All words below a word, itself included, in text order. Bounded by the sentence.
    pub fn subtree(&self, id: WordId) -> Vec<WordId> {
        // Most subtrees are unbroken stretches of the sentence.
        if let Some(reach) = self.reach.get(id.0 as usize).filter(|reach| !reach.is_empty()) {
            return reach.clone().map(WordId).collect();
        }
        let mut all = vec![id];
        let mut at = 0;
        while let Some(word) = all.get(at).copied() {
            all.extend(self.children(word));
            at += 1;
        }
        all.sort_unstable();
        all
    }

    /// The span from the first to the last word of a set.
    pub fn cover(&self, words: &[WordId]) -> Option<Span> {
        let first = words.iter().min()?;
        let last = words.iter().max()?;
        Some(self.word(*first).span.cover(self.word(*last).span))
    }

    /// The words of a range as ids.
    pub fn ids(&self, range: &Range<u32>) -> impl Iterator<Item = WordId> + use<> {
        range.clone().map(WordId)
    }

    /// Words that lie wholly inside a span.
    pub fn words_in(&self, span: Span) -> Range<u32> {
        let from = self.words.partition_point(|word| word.span.start() < span.start());
        let to = self.words.partition_point(|word| word.span.end() <= span.end());
        from as u32..(to.max(from)) as u32
    }

    /// The smallest mention whose head is this word, or the mention of which it is part of the name.
    pub fn mention_at(&self, head: WordId) -> Option<MentionId> {
        let held = self.mentions_from(&self.sentence(head).words);
        let exact = held.clone().filter(|(_, mention)| mention.head == head);
        let inside = held.filter(|(_, it)| it.form == MentionForm::Name && it.words.contains(&head.0));
        exact
            .max_by_key(|(_, mention)| mention.words.len())
            .or_else(|| inside.min_by_key(|(_, mention)| mention.words.len()))
            .map(|(at, _)| MentionId(at as u32))
    }

    /// Mentions that begin in a range of words, with their numbers.
    pub fn mentions_from(&self, words: &Range<u32>) -> impl Iterator<Item = (usize, &Mention)> + Clone {
        let from = self.mentions.partition_point(|mention| mention.words.start < words.start);
        let to = self.mentions.partition_point(|mention| mention.words.start < words.end);
        self.mentions[from..to.max(from)].iter().enumerate().map(move |(at, mention)| (from + at, mention))
    }

    /// True if a time expression covers part of a span.
    pub fn is_in_time(&self, span: Span) -> bool {
        let before = self.times.partition_point(|time| time.span.start() < span.end());
        self.times[..before].iter().rev().take(8).any(|time| time.span.overlaps(span))
    }

    /// The mention with this index.
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.0 as usize]
    }

    /// The entity with this index.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// Fills [`Analysis::children`], [`Analysis::reach`] and [`Analysis::sentence_of`] from heads and sentences.
    pub fn index(&mut self) {
        self.children = vec![Vec::new(); self.words.len()];
        for at in 0..self.words.len() {
            if let Some(head) = self.words[at].head {
                self.children[head.0 as usize].push(WordId(at as u32));
            }
        }
        self.reach = self.reaches();
        self.sentence_of = vec![SentenceId(0); self.words.len()];
        for (number, sentence) in self.sentences.iter().enumerate() {
            for at in sentence.words.clone() {
                self.sentence_of[at as usize] = SentenceId(number as u32);
            }
        }
    }

    fn reaches(&self) -> Vec<Range<u32>> {
        let mut size = vec![1u32; self.words.len()];
        let mut ends: Vec<Range<u32>> = (0..self.words.len() as u32).map(|at| at..at + 1).collect();
        for at in 0..self.words.len() {
            let mut below = at;
            // A tree is no deeper than it has words; a circle that a caller left in it ends there.
            for _ in 0..self.words.len() {
                let Some(head) = self.words[below].head.map(|head| head.0 as usize) else { break };
                size[head] += 1;
                let own = &mut ends[head];
                *own = own.start.min(at as u32)..own.end.max(at as u32 + 1);
                below = head;
            }
        }
        let whole = |(range, size): (Range<u32>, u32)| if range.len() as u32 == size { range } else { 0..0 };
        ends.into_iter().zip(size).map(whole).collect()
    }
}
