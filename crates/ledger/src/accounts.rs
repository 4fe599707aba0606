//! What each side tells of an encounter: which quotations, positions and forecasts belong to it, and whose they are.

use crate::held::Held;
use crate::id_of;
use crate::sides::{Side, side_of_party};
use demarche_record::{
    Account, Body, DocumentId, Encounter, Epoch, Genre, How, Party, Record, RecordId, Status, Voice,
};
use std::collections::{BTreeMap, BTreeSet};

/// Fills the accounts of all encounters.
pub(crate) fn fill(held: &Held<'_>, encounters: &mut [Encounter]) {
    let places = Places::new(held, encounters);
    let mut items: Vec<Vec<&Record>> = vec![Vec::new(); encounters.len()];
    for record in &held.records {
        if let Some(at) = places.of(held, encounters, record) {
            items[at].push(record);
        }
    }
    for (encounter, items) in encounters.iter_mut().zip(items) {
        encounter.accounts = accounts(held, &items);
    }
}

/// Where the encounters are told in each document.
struct Places {
    /// Document → (byte, encounter), sorted.
    mentions: BTreeMap<DocumentId, Vec<(u32, usize)>>,
    /// Sides of the participants of each encounter.
    sides: Vec<BTreeSet<String>>,
    /// Contact record → encounter.
    of_mention: BTreeMap<RecordId, usize>,
}

impl Places {
    fn new(held: &Held<'_>, encounters: &[Encounter]) -> Self {
        let mut mentions: BTreeMap<DocumentId, Vec<(u32, usize)>> = BTreeMap::new();
        let mut sides = Vec::new();
        let mut of_mention = BTreeMap::new();
        for (at, encounter) in encounters.iter().enumerate() {
            let mut of = BTreeSet::new();
            for id in &encounter.mentions {
                of_mention.insert(*id, at);
                let Some(record) = held.record(*id) else { continue };
                let day = held.day_of(record);
                let Body::Contact(contact) = &record.body else { continue };
                of.extend(
                    contact
                        .participants
                        .iter()
                        .filter_map(|party| side_of_party(party, held.relations, day.as_deref()))
                        .map(|side| side.key),
                );
                let also = contact.also.iter().map(|words| words.start_byte);
                let all = std::iter::once(record.evidence.start_byte)
                    .chain(std::iter::once(contact.trigger.start_byte))
                    .chain(also);
                mentions.entry(record.document).or_default().extend(all.map(|byte| (byte, at)));
            }
            sides.push(of);
        }
        mentions.values_mut().for_each(|of| {
            of.sort_unstable();
            of.dedup();
        });
        Self { mentions, sides, of_mention }
    }

    /// The contact that a text is mainly about: the one told of most often, of equals the first.
    fn main(&self, held: &Held<'_>, document: DocumentId, mentions: &[(u32, usize)]) -> Option<usize> {
        let mut counts: BTreeMap<usize, (usize, std::cmp::Reverse<u32>)> = BTreeMap::new();
        for (byte, at) in mentions {
            let telling = held.is_telling(document, *byte as usize, *byte as usize + 1);
            if telling {
                let entry = counts.entry(*at).or_insert((0, std::cmp::Reverse(*byte)));
                entry.0 += 1;
            }
        }
        counts.into_iter().max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at))).map(|(at, _)| at)
    }

    /// The encounter whose words stand inside what somebody says: "X said that A and B met". A mediator tells of it too.
    fn covered(&self, held: &Held<'_>, encounters: &[Encounter], record: &Record) -> Option<usize> {
        if !matches!(record.body, Body::Quotation(_)) {
            return None;
        }
        let (from, to) = (record.evidence.start_byte, record.evidence.end_byte);
        let inside = |at: usize| {
            encounters[at].mentions.iter().filter_map(|id| held.record(*id)).any(|mention| {
                let Body::Contact(contact) = &mention.body else { return false };
                mention.document == record.document
                    && matches!(mention.status, Status::Occurred | Status::Ongoing | Status::Denied)
                    && !mention.attribution.is_empty()
                    && from <= contact.trigger.start_byte
                    && contact.trigger.end_byte <= to
            })
        };
        let mut places = self.mentions.get(&record.document)?.iter().map(|(_, at)| *at);
        places.find(|at| inside(*at))
    }

    /// The encounter that a record tells of.
    fn of(&self, held: &Held<'_>, encounters: &[Encounter], record: &Record) -> Option<usize> {
        if let Body::Contact(_) = record.body {
            return self.of_mention.get(&record.id).copied();
        }
        if !matches!(record.body, Body::Quotation(_) | Body::Position(_) | Body::Forecast(_)) {
            return None;
        }
        if record.epoch != Epoch::Current || matches!(record.voice, Voice::Furniture | Voice::Caption) {
            return None;
        }
        let mentions = self.mentions.get(&record.document)?;
        if let Some(at) = self.covered(held, encounters, record) {
            return Some(at);
        }
        if is_joint(held, record) {
            // "The two leaders agreed …": of the contact told of last.
            let last = mentions.iter().rev().find(|(byte, _)| *byte <= record.evidence.end_byte);
            if let Some((_, at)) =
                last.filter(|(byte, at)| self.sides[*at].len() >= 2 && near(held, record, *byte))
            {
                return Some(*at);
            }
        }
        let side = held.claimant(record)?;
        let fits = |at: usize| self.sides[at].contains(&side.key) && self.sides[at].len() >= 2;
        // A record with a day of its own belongs to the contact of that day only.
        let own = record.when.as_ref().filter(|when| when.words.is_some()).and_then(|_| held.window(record));
        let agrees = |at: usize| match (own, &encounters[at].when) {
            (Some(window), Some(when)) => {
                held.resolve(&when.edtf, record.document).is_none_or(|of| window.overlaps(of))
            }
            _ => true,
        };
        let real = |at: usize| {
            encounters[at].mentions.iter().filter_map(|id| held.record(*id)).any(|mention| {
                matches!(mention.status, Status::Occurred | Status::Ongoing | Status::Denied)
                    && mention.document == record.document
            })
        };
        // A statement two sentences after a mere back-reference tells of the text's main contact again.
        let main =
            self.main(held, record.document, mentions).filter(|at| fits(*at) && agrees(*at) && real(*at));
        let reach = |byte: u32| {
            let text = held.document(record.document).text.as_str();
            near(held, record, byte)
                && !text
                    .get(byte as usize..record.evidence.start_byte as usize)
                    .is_some_and(|between| between.contains('\n'))
        };
        let before = mentions
            .iter()
            .rev()
            .filter(|(byte, at)| main.is_none() || main == Some(*at) || reach(*byte))
            .find(|(byte, at)| *byte <= record.evidence.end_byte && fits(*at) && agrees(*at) && real(*at));
        let after = || mentions.iter().find(|(_, at)| fits(*at) && agrees(*at) && real(*at));
        before.or_else(after).map(|(_, at)| *at)
    }
}

/// True if a record is of both participants together, without a name: "the two leaders", "both sides".
fn is_joint(held: &Held<'_>, record: &Record) -> bool {
    let party = match &record.body {
        Body::Quotation(it) => it.speaker.as_ref(),
        Body::Position(it) => it.holder.as_ref(),
        _ => None,
    };
    party.is_some_and(|party| {
        let words = party.words.as_ref().map(|words| words.text.to_lowercase()).unwrap_or_default();
        let unnamed = party.words.as_ref().is_some_and(|words| {
            words.text.split_whitespace().skip(1).all(|word| word.starts_with(char::is_lowercase))
        });
        let plain: Vec<&str> = words.split_whitespace().collect();
        unnamed && held.telling.joint.begins(&plain).is_some()
    })
}

/// True if a record stands at most two sentences behind a byte.
fn near(held: &Held<'_>, record: &Record, byte: u32) -> bool {
    let text = held.document(record.document).text.as_str();
    let between = text.get(byte as usize..record.evidence.start_byte as usize).unwrap_or("");
    crate::prose::sentences(held.telling, between).len() <= 3
}

/// Bytes between two statements of which the second goes on with the first.
const LITTLE: usize = 120;

/// Whose telling a record is: the claimant; of what both did together the one who reports it, if the text names one.
fn teller(held: &Held<'_>, record: &Record) -> Option<Side> {
    if !is_joint(held, record) || held.document(record.document).issuer.is_some() {
        return held.claimant(record);
    }
    // Without such a one the telling before it in the paragraph goes on; else it is the text's own: the two are no third
    // side.
    if record.attribution.iter().any(|link| link.party.is_some()) {
        return held.claimant(record);
    }
    let text = held.document(record.document).text.as_str();
    let before = held
        .records_of(record.document)
        .filter(|other| matches!(other.body, Body::Quotation(_)) && !is_joint(held, other))
        .filter(|other| other.evidence.end_byte <= record.evidence.start_byte)
        .max_by_key(|other| (other.evidence.end_byte, other.id))?;
    let between = text.get(before.evidence.end_byte as usize..record.evidence.start_byte as usize)?;
    (between.len() < LITTLE && !between.contains('\n')).then(|| held.claimant(before)).flatten()
}

/// The side with its name for people: that of the body which speaks in all its items ("Indian Army"), else the side's.
fn party_of(held: &Held<'_>, side: &Side, items: &[RecordId]) -> Party {
    let body = |id: &RecordId| {
        let record = held.record(*id)?;
        let own = match &record.body {
            Body::Quotation(it) => it.speaker.as_ref(),
            Body::Position(it) => it.holder.as_ref(),
            _ => None,
        };
        let party = record.attribution.iter().find_map(|link| link.party.as_ref()).or(own)?;
        let actor = party.actor.as_ref().filter(|actor| !held.relations.is_person(actor))?;
        held.relations.name_of(actor)
    };
    let names: BTreeSet<Option<String>> = items.iter().map(body).collect();
    let name = if names.len() == 1 { names.into_iter().next().flatten() } else { None };
    Party {
        words: None,
        actor: side.actor.clone(),
        resolved: Some(name.unwrap_or_else(|| side.name.clone())),
    }
}

/// One telling while it is gathered.
#[derive(Default)]
struct Lane {
    through: BTreeSet<String>,
    full_text: bool,
    items: Vec<RecordId>,
}

fn accounts(held: &Held<'_>, items: &[&Record]) -> Vec<Account> {
    let mut lanes: BTreeMap<(bool, Option<Side>, String), Lane> = BTreeMap::new();
    for record in items {
        let document = held.document(record.document);
        let opinion = record.voice == Voice::Opinion;
        let side = if opinion { None } else { teller(held, record) };
        // Without a claimant it is the text's own telling, one lane for each outlet.
        let lane = if side.is_none() { held.outlet(record.document).key } else { String::new() };
        let entry = lanes.entry((opinion, side.clone(), lane)).or_default();
        entry.through.insert(through(held, record, side.is_some()));
        entry.full_text |= document.genre == Genre::Readout && side.is_some();
        entry.items.push(record.id);
    }
    let mut made: Vec<Account> = lanes
        .into_iter()
        .map(|((opinion, side, _), lane)| Account {
            by: side.as_ref().map(|side| party_of(held, side, &lane.items)),
            through: lane.through.into_iter().collect::<Vec<_>>().join("; "),
            full_text: lane.full_text,
            opinion,
            items: lane.items,
        })
        .collect();
    made.sort_by_cached_key(|account| {
        let key = id_of(
            account.items.iter().map(ToString::to_string).collect::<Vec<_>>().iter().map(String::as_str),
        );
        (account.opinion, account.by.is_none(), account.by.as_ref().map(|it| it.name().to_owned()), key)
    });
    made
}

/// Statement, spokesman, agency, outlet: the way by which the words came.
fn through(held: &Held<'_>, record: &Record, official: bool) -> String {
    let document = held.document(record.document);
    let how = record.attribution.first().map(|link| link.how);
    let outlet = document.outlet.clone().unwrap_or_else(|| document.file.clone());
    let spokesman = record
        .parties()
        .into_iter()
        .chain(record.attribution.iter().filter_map(|link| link.party.as_ref()))
        .any(|party| {
            party.words.as_ref().is_some_and(|words| {
                let words = words.text.to_lowercase();
                let plain: Vec<&str> = words.split(|it: char| !it.is_alphanumeric()).collect();
                held.telling.spokesmen.any(&plain)
            })
        });
    let way = match how {
        _ if official && spokesman => "spokesman",
        Some(How::Statement) => "statement",
        Some(How::Said) => "said",
        Some(How::Report) => "report",
        Some(How::Document) => "document",
        Some(How::Estimate) => "estimate",
        None if document.genre == Genre::Readout && official => "readout",
        None if official => "said",
        None => return outlet,
    };
    match document.agencies.first() {
        Some(agency) => format!("{way}, through {agency} in {outlet}"),
        None => format!("{way}, in {outlet}"),
    }
}
