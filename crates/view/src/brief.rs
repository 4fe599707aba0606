//! The briefing: what an analyst would want to have written after reading everything.

use crate::fold::fold;
use crate::phrase::{basis, chain, date, date_key, edtf, names, shortened, status};
use crate::sources::{self, sources};
use crate::statements::{agreement, background, demands, forecasts, opinion, speakers, unsure};
use crate::{Held, Item, Line, Page, Reference, Run, Section, compare, forces};
use demarche_record::{Body, Epoch, Link, Medium, PublishedBasis, Record, Status, Voice};
use std::collections::{BTreeMap, BTreeSet};

/// The briefing over everything held.
pub fn brief(held: &Held<'_>) -> Page {
    let current: Vec<&Record> = held.records.iter().filter(|record| is_current(record)).collect();
    let mut sections = vec![
        timeline(held, &current),
        encounters(held),
        speakers(held, &current),
        demands(held, &current),
        forces::section(held, &current),
        forecasts(held, &current),
        agreement(held, &current),
        background(held),
        opinion(held),
        unsure(held),
        sources(held),
    ];
    sections.retain(|section| !section.items.is_empty());
    Page { title: title(held), facts: facts(held), sections }
}

/// One section of the briefing alone, with the names of the sources that it refers to.
pub fn part(held: &Held<'_>, id: &str, title: &str) -> Page {
    let mut page = brief(held);
    page.sections.retain(|section| section.id == id);
    let cited: BTreeSet<usize> = page.references().map(|reference| reference.source).collect();
    page.sections.extend(page.sections.is_empty().then(|| Section {
        id: "none",
        title: "None".to_owned(),
        items: vec![Item::Note("Nothing of this kind is held.".to_owned())],
    }));
    page.sections.extend(sources::named(held, &cited));
    Page { title: title.to_owned(), facts: Vec::new(), sections: page.sections }
}

fn is_current(record: &Record) -> bool {
    record.epoch == Epoch::Current && record.voice == Voice::Report
}

fn title(held: &Held<'_>) -> String {
    // Whom a contact of these days brought together comes before who may meet or met years ago.
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for encounter in &held.ledger.encounters {
        let records = encounter.mentions.iter().filter_map(|id| held.record(id));
        let took_place = |record: &Record| {
            is_current(record) && matches!(record.status, Status::Occurred | Status::Ongoing)
        };
        let real = records.filter(|record| took_place(record)).count();
        for party in &encounter.participants {
            let count = counts.entry(party.name().to_owned()).or_default();
            *count = (count.0 + real, count.1 + encounter.mentions.len());
        }
    }
    let mut names: Vec<_> = counts.into_iter().map(|(name, count)| (count, name)).collect();
    names.sort_by(|one, two| two.0.cmp(&one.0).then(one.1.cmp(&two.1)));
    let first: Vec<String> = names.into_iter().take(2).map(|(_, name)| name).collect();
    if first.is_empty() { "Briefing".to_owned() } else { format!("Briefing: {}", first.join(", ")) }
}

fn facts(held: &Held<'_>) -> Vec<(String, String)> {
    let outlets: BTreeSet<String> =
        held.documents.iter().filter_map(|document| document.outlet.clone()).collect();
    let groups = held.ledger.copies.len();
    let mut days: Vec<String> = held
        .documents
        .iter()
        .filter_map(|document| document.published.edtf.as_ref())
        .filter_map(|date| date.bounds())
        .flat_map(|bounds| [bounds.first, bounds.last])
        .flatten()
        .map(|day| day.to_string())
        .collect();
    days.sort();
    let period = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => edtf(first),
        (Some(first), Some(last)) => format!("{} – {}", edtf(first), edtf(last)),
        _ => "unknown".to_owned(),
    };
    let undated =
        held.documents.iter().filter(|document| document.published.basis == PublishedBasis::Unknown).count();
    let mut facts = vec![
        ("Documents".to_owned(), held.documents.len().to_string()),
        ("Independent sources".to_owned(), format!("{groups} (copies of one text count once)")),
        (
            "Outlets".to_owned(),
            if outlets.is_empty() {
                "not named".to_owned()
            } else {
                outlets.into_iter().collect::<Vec<_>>().join(", ")
            },
        ),
        ("Published".to_owned(), period),
    ];
    if undated > 0 {
        facts.push(("Without a date".to_owned(), format!("{undated} of the documents")));
    }
    facts.push(("Records".to_owned(), held.records.len().to_string()));
    facts
}

pub(crate) fn refs(held: &Held<'_>, record: &Record) -> Vec<Reference> {
    held.reference(record).into_iter().collect()
}

pub(crate) fn with_chain(runs: &mut Vec<Run>, links: &[Link]) {
    if let Some(chain) = chain(links) {
        runs.push(Run::Plain(" ".to_owned()));
        runs.push(Run::Faint(chain));
    }
}

/// Contacts and dated deployments by the date on which they took place, not on which they were reported.
fn timeline(held: &Held<'_>, current: &[&Record]) -> Section {
    let mut rows: Vec<((bool, String), Line)> = Vec::new();
    for encounter in &held.ledger.encounters {
        let records: Vec<&Record> = encounter.mentions.iter().filter_map(|id| held.record(id)).collect();
        let Some(first) = records.iter().find(|record| is_current(record)) else { continue };
        // Somebody's contact with nobody on no day places nothing in time; `ls contacts` has it.
        if encounter.when.is_none() && encounter.participants.len() < 2 {
            continue;
        }
        let mut runs = vec![
            Run::Strong(names(&encounter.participants)),
            Run::Plain(format!(" – {}", medium(encounter.medium.as_str()))),
        ];
        // Places beside a call or letter are its matter, not where it took place.
        let there =
            matches!(encounter.medium, Medium::Meeting | Medium::Visit | Medium::Talks | Medium::Summit);
        if let Some(place) = records.iter().flat_map(|record| &record.places).next().filter(|_| there) {
            runs.push(Run::Plain(format!(" in {}", place.name.as_ref().unwrap_or(&place.words.text))));
        }
        push_status(&mut runs, first.status);
        let when = encounter.when.as_ref();
        let mut references: Vec<Reference> =
            records.iter().filter_map(|record| held.reference(record)).collect();
        references.sort_by_key(|reference| (reference.source, reference.paragraph));
        let key = records.iter().map(|record| date_key(record)).min().unwrap_or((true, String::new()));
        rows.push((key, Line { date: Some(when_label(when)), runs, references }));
    }
    for told in fold(held, current) {
        let record = told.record;
        let Body::Deployment(deployment) = &record.body else { continue };
        if record.when.is_none() {
            continue;
        }
        let mut runs = match &deployment.force {
            Some(force) => vec![
                Run::Strong(force.name().to_owned()),
                Run::Plain(format!(" {}", forces::move_of(deployment))),
            ],
            // Nobody's forces move: the words of the text say more than "unknown".
            None => vec![Run::Quote(shortened(&record.evidence.text, 120))],
        };
        push_status(&mut runs, record.status);
        with_chain(&mut runs, &record.attribution);
        rows.push((
            date_key(record),
            Line { date: Some(when_label(record.when.as_ref())), runs, references: told.references(held) },
        ));
    }
    rows.sort_by(|one, two| one.0.cmp(&two.0));
    let mut items: Vec<Item> = rows.into_iter().map(|(_, line)| Item::Line(line)).collect();
    if !items.is_empty() {
        items.insert(0, Item::Note("By the day it happened, not the day it was reported.".to_owned()));
    }
    Section { id: "timeline", title: "Timeline".to_owned(), items }
}

pub(crate) fn push_status(runs: &mut Vec<Run>, value: Status) {
    if let Some(badge) = status(value) {
        runs.push(Run::Plain(" ".to_owned()));
        runs.push(badge);
    }
}

fn when_label(when: Option<&demarche_record::When>) -> String {
    match when {
        None => "date not stated".to_owned(),
        Some(when) => match basis(when) {
            Some("year inferred") if !when.edtf.0.contains("XXXX") => format!("{} (year inf.)", date(when)),
            _ => date(when),
        },
    }
}

pub(crate) fn medium(name: &str) -> String {
    match name {
        "unspecified" => "contact (medium not stated)".to_owned(),
        other => other.to_owned(),
    }
}

/// Encounters with what each side tells, differing rows first.
fn encounters(held: &Held<'_>) -> Section {
    let mut items = Vec::new();
    let mut shown: Vec<&demarche_record::Encounter> = held
        .ledger
        .encounters
        .iter()
        .filter(|encounter| {
            encounter.participants.len() >= 2
                && encounter.mentions.iter().filter_map(|id| held.record(id)).any(is_current)
        })
        .collect();
    shown.sort_by_key(|encounter| {
        std::cmp::Reverse((encounter.independent_sources, encounter.mentions.len()))
    });
    items.extend(left_out(held, shown.len()).map(Item::Note));
    for encounter in shown {
        items.push(Item::Heading(compare::headline(encounter)));
        items.extend(compare::body(held, encounter));
    }
    Section { id: "encounters", title: "Encounters and accounts".to_owned(), items }
}

/// Why fewer encounters are shown than are held.
fn left_out(held: &Held<'_>, shown: usize) -> Option<String> {
    let all = &held.ledger.encounters;
    if shown == 0 || shown == all.len() {
        return None;
    }
    let alone = all.iter().filter(|encounter| encounter.participants.len() < 2).count();
    let elsewhere = all.len() - shown - alone;
    let mut why = Vec::new();
    why.extend((alone > 0).then(|| format!("{alone} with fewer than two parties named")));
    why.extend((elsewhere > 0).then(|| format!("{elsewhere} told as background, history or opinion only")));
    Some(format!("{shown} of the {} encounters held; left out here: {}.", all.len(), why.join(", ")))
}
