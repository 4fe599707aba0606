//! The sentences in which a text tells of an encounter, and whose telling each is.

use super::Said;
use crate::held::Held;
use crate::portraits::is_described;
use crate::prose;
use crate::sides::{Match, Side, name_words, same_party, side_in, side_of_party};
use demarche_pack::telling::Telling;
use demarche_record::{Body, Contact, DocumentId, Encounter, Party, RecordId, Status};
use std::collections::BTreeSet;

/// Sentences after a mention that still tell of it.
const AFTER: usize = 3;
/// A text of so few sentences with one contact tells of nothing else.
const SHORT: usize = 8;

/// A sentence of a telling.
pub(super) struct Sentence {
    pub(super) document: DocumentId,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The record that stands nearest.
    pub(super) record: RecordId,
    /// Whose telling.
    pub(super) teller: Side,
    /// True if it holds the contact's own words.
    pub(super) is_mention: bool,
}

impl Sentence {
    /// A value that the telling gives in these bytes of its document.
    pub(super) fn said<T>(&self, held: &Held<'_>, value: T, start: usize, end: usize) -> Option<Said<T>> {
        held.words(self.document, start, end).map(|words| Said {
            value,
            words,
            record: self.record,
            document: self.document,
            teller: self.teller.clone(),
        })
    }
}

/// All sentences that tell of an encounter, in order of documents and text.
pub(super) fn tellings(held: &Held<'_>, encounters: &[Encounter], at: usize) -> Vec<Sentence> {
    let encounter = &encounters[at];
    let mut documents: Vec<DocumentId> =
        encounter.mentions.iter().filter_map(|id| held.record(*id)).map(|it| it.document).collect();
    documents.sort_by_key(|id| held.rank(*id));
    documents.dedup();
    let items: BTreeSet<RecordId> =
        encounter.accounts.iter().filter(|it| !it.opinion).flat_map(|it| it.items.iter().copied()).collect();
    let mut found = Vec::new();
    for document in documents {
        let sentences = held.sentences(document);
        let inside = |record: &demarche_record::Record, start: usize, end: usize| {
            (record.evidence.start_byte as usize) < end && start < record.evidence.end_byte as usize
        };
        let mut own = vec![false; sentences.len()];
        let mut others = vec![false; sentences.len()];
        let mut told = vec![false; sentences.len()];
        for record in held.records_of(document) {
            for (number, (start, end)) in sentences.iter().enumerate() {
                let also = matches!(&record.body, Body::Contact(contact) if contact.also.iter().any(|words| (words.start_byte as usize) < *end && *start < words.end_byte as usize));
                if !(inside(record, *start, *end) || also) {
                    continue;
                }
                if encounter.mentions.contains(&record.id) {
                    own[number] = true;
                } else if let Body::Contact(contact) = &record.body
                    && record.status != Status::Hypothetical
                {
                    // "The working group will hold its first meeting in May": what they agreed on.
                    let body = contact.participants.len() < 2
                        && contact.participants.iter().all(|party| party.actor.is_none());
                    let next = body || is_of(held, encounter, contact);
                    others[number] |= !(record.status == Status::Planned && next);
                } else if items.contains(&record.id) {
                    told[number] = true;
                }
            }
        }
        let alone = sentences.len() <= SHORT && !others.iter().zip(&own).any(|(other, own)| *other && !*own);
        let mut since = usize::MAX;
        for (number, (start, end)) in sentences.iter().copied().enumerate() {
            if own[number] {
                since = 0;
            } else if others[number] {
                since = usize::MAX;
            } else {
                since = since.saturating_add(1);
            }
            if !(own[number] || told[number] || since <= AFTER || alone)
                || !held.is_telling(document, start, end)
            {
                continue;
            }
            let near = held
                .records_of(document)
                .filter(|record| inside(record, start, end))
                .min_by_key(|record| (!items.contains(&record.id), record.evidence.start_byte, record.id))
                .map(|record| record.id)
                .or_else(|| {
                    encounter
                        .mentions
                        .iter()
                        .copied()
                        .find(|id| held.record(*id).is_some_and(|it| it.document == document))
                });
            let Some(record) = near else { continue };
            found.push(Sentence {
                document,
                start,
                end,
                record,
                teller: teller(held, document, start, end),
                is_mention: own[number],
            });
        }
    }
    found
}

/// True if a contact to come is one of the same people: where the two meet next is told with their meeting.
fn is_of(held: &Held<'_>, encounter: &Encounter, contact: &Contact) -> bool {
    let known = |party: &Party| {
        is_described(held, party)
            || encounter
                .participants
                .iter()
                .any(|other| same_party(party, other, held.relations, None) != Match::No)
    };
    contact.participants.len() >= 2
        && contact.participants.iter().all(known)
        && !contact.participants.iter().all(|party| is_described(held, party))
}

/// Whose words a sentence is: the claimant of its records, else a source that the sentence names, else the outlet.
pub(super) fn teller(held: &Held<'_>, document: DocumentId, start: usize, end: usize) -> Side {
    let inside = |record: &&demarche_record::Record| {
        (record.evidence.start_byte as usize) < end && start < record.evidence.end_byte as usize
    };
    let claimed = held
        .records_of(document)
        .filter(inside)
        .filter(|record| {
            !record.attribution.is_empty() || !matches!(record.body, Body::Position(_) | Body::Forecast(_))
        })
        .find_map(|record| held.claimant(record));
    claimed.or_else(|| source_named(held, document, start, end)).unwrap_or_else(|| held.outlet(document))
}

/// "…, Downing Street said": the part of the sentence with a verb of saying and a name the packs know.
fn source_named(held: &Held<'_>, document: DocumentId, start: usize, end: usize) -> Option<Side> {
    let text = &held.document(document).text.as_str()[start..end];
    text.rsplit([',', ';']).find_map(|part| {
        let says = part
            .split(|it: char| !it.is_alphanumeric())
            .any(|word| held.telling.saying.has(&word.to_lowercase()));
        let short = part.split_whitespace().count() <= 9;
        if says && short { side_in(part, held.relations, None) } else { None }
    })
}

/// Parts of a sentence between commas, semicolons, "but" and "that", as byte ranges of the document. A comma inside a
/// number, and "it was X that", do not cut.
pub(super) fn clauses(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let sentence = &text[start..end];
    let mut cuts = vec![0];
    let bytes = sentence.as_bytes();
    for (at, letter) in sentence.char_indices() {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if matches!(letter, ',' | ';' | ':') && !(at > 0 && digit(at - 1) && digit(at + 1)) {
            cuts.push(at + 1);
        }
    }
    for word in [" but ", " that ", " while ", " whereas "] {
        for (at, _) in sentence.match_indices(word) {
            let before = sentence[..at].to_lowercase();
            let cleft = word == " that "
                && before.rfind("it was ").is_some_and(|was| before[was..].split_whitespace().count() <= 7);
            if !cleft {
                cuts.push(at + 1);
            }
        }
    }
    cuts.sort_unstable();
    cuts.push(sentence.len());
    cuts.windows(2)
        .map(|two| (start + two[0], start + two[1]))
        .map(|(from, to)| {
            let part = &text[from..to];
            let lead = part.len() - part.trim_start().len();
            let tail = part.len()
                - part
                    .trim_end_matches(|it: char| it.is_whitespace() || matches!(it, ',' | ';' | ':' | '.'))
                    .len();
            (from + lead, (to - tail).max(from + lead))
        })
        .filter(|(from, to)| from < to)
        .collect()
}

/// Stems of the names of an encounter's participants: they say who, not what.
pub(super) fn names(held: &Held<'_>, encounter: &Encounter) -> BTreeSet<String> {
    encounter.participants.iter().flat_map(|party| prose::content(held.telling, party.name())).collect()
}

/// Parts of a sentence between commas, semicolons and colons that stand in no number.
fn parts(sentence: &str) -> Vec<&str> {
    let bytes = sentence.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let marks = sentence.match_indices([',', ';', ':']);
    let cuts = marks.map(|(at, _)| at).filter(|at| !(*at > 0 && digit(at - 1) && digit(at + 1)));
    let mut from = 0;
    let mut parts = Vec::new();
    for cut in cuts {
        parts.push(&sentence[from..cut]);
        from = cut + 1;
    }
    parts.push(&sentence[from..]);
    parts
}

/// Where the source behind "according to" ends: at the next article, number or name behind a noun, else with the part.
/// "According to the staff 104 soldiers", "according to these sources Ruritania's output".
fn source_ends(part: &str) -> usize {
    let mut noun = false;
    let mut at = 0;
    for (number, word) in part.split(' ').enumerate() {
        let small = word.chars().all(|it| it.is_lowercase() || it == '-');
        let opens = matches!(word, "the" | "a" | "an" | "at" | "some" | "about" | "more" | "there" | "in")
            || word.starts_with(|it: char| it.is_ascii_digit())
            || word.starts_with(char::is_uppercase);
        if number > 2 && noun && opens {
            return at;
        }
        noun |= number > 1
            && small
            && !matches!(word, "the" | "a" | "an" | "these" | "those" | "its" | "his" | "their" | "this");
        at += word.len() + 1;
    }
    part.len()
}

/// A sentence with the words that say whose words it is blotted out by blanks, byte for byte: "…, Downing Street
/// said", "according to …", "The army said (that) …". What is left is what was said.
pub(super) fn masked(telling: &Telling, sentence: &str) -> String {
    let mut hidden: Vec<(usize, usize)> = Vec::new();
    let says = |word: &str| telling.saying.has(&word.to_lowercase());
    let words = |part: &str| -> Vec<String> {
        part.split(|it: char| !it.is_alphanumeric() && it != '-').map(str::to_owned).collect::<Vec<_>>()
    };
    let mut from = 0;
    let mut fronts: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (number, part) in parts(sentence).into_iter().enumerate() {
        let to = from + part.len();
        let all: Vec<String> = words(part).into_iter().filter(|word| !word.is_empty()).collect();
        let at = all.iter().position(|word| says(word));
        let leads = number == 0 && at.is_some_and(|at| at <= 8 && at + 1 < all.len());
        if leads && at.is_some_and(|at| !all[at].eq_ignore_ascii_case("according")) {
            // "The army said on Monday that 31 …": up to the verb, and its "that".
            let verb = at.and_then(|at| all.get(at)).map_or("", String::as_str);
            if let Some(cut) = part.find(verb) {
                let mut end = cut + verb.len();
                if let Some(that) = part.find(" that ").filter(|that| *that >= cut && *that < end + 24) {
                    end = that + 6;
                }
                hidden.push((from, from + end));
            }
        } else if at.is_some() && all.len() <= 12 && (number > 0 || all[0].eq_ignore_ascii_case("according"))
        {
            hidden.push((from, to));
            // "…, the ministry's spokesman, Colonel Doe, said": whoever says it stands in the parts before the verb.
            if at == Some(0) {
                let short = fronts
                    .iter()
                    .rev()
                    .take(2)
                    .take_while(|(number, _, _, words)| *number > 0 && *words <= 6);
                hidden.extend(short.map(|(_, from, to, _)| (*from, *to)).collect::<Vec<_>>());
            }
        }
        fronts.push((number, from, to, all.len()));
        if let Some(cut) = part.to_lowercase().find("according to ").filter(|_| part.is_ascii()) {
            hidden.push((from + cut, from + cut + source_ends(&part[cut..])));
        }
        from = to + 1;
    }
    sentence
        .char_indices()
        .flat_map(|(at, letter)| {
            let blank = hidden.iter().any(|(start, end)| (*start..*end).contains(&at));
            let times = if blank { letter.len_utf8() } else { 1 };
            std::iter::repeat_n(if blank { ' ' } else { letter }, times)
        })
        .collect()
}

/// The side that some words name: a name the packs know, or a participant of this encounter.
pub(super) fn side_near(held: &Held<'_>, encounter: &Encounter, text: &str) -> Option<Side> {
    let words = name_words(text);
    // "Burhan" is al-Burhan. Of several the first in the text.
    let short = |name: &str| name.strip_prefix("al-").or(name.strip_prefix("el-")).unwrap_or(name).to_owned();
    let words: Vec<String> = words.iter().map(|word| short(word)).collect();
    let place = |party: &Party| {
        let surname = name_words(party.name()).last().map(|surname| short(surname))?;
        words.iter().position(|word| *word == surname).filter(|_| surname.len() > 2)
    };
    let participant = encounter
        .participants
        .iter()
        .filter_map(|party| place(party).map(|at| (at, party)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, party)| party);
    participant
        .and_then(|party| side_of_party(party, held.relations, None))
        .or_else(|| side_in(text, held.relations, None))
}
