//! The briefing: what an analyst would want to have written after reading everything.

use crate::fold::{Told, fold};
use crate::phrase::{basis, chain, date, date_key, edtf, name, names, shortened, status};
use crate::{Cell, Held, Item, Line, Page, Reference, Run, Section, Table, compare, forces};
use demarche_record::{
    Action, Body, Epoch, Form, Genre, Medium, PublishedBasis, Record, Relation, Stance, Status, Voice,
};
use std::collections::{BTreeMap, BTreeSet};

/// Longest quotation shown whole, in characters.
const LONG: usize = 280;

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

fn refs(held: &Held<'_>, record: &Record) -> Vec<Reference> {
    held.reference(record).into_iter().collect()
}

fn with_chain(runs: &mut Vec<Run>, record: &Record) {
    if let Some(chain) = chain(&record.attribution) {
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
                Run::Plain(format!(" {} {}", verb(deployment.action), forces::what(deployment))),
            ],
            // Nobody's forces move: the words of the text say more than "unknown".
            None => vec![Run::Quote(shortened(&record.evidence.text, 120))],
        };
        push_status(&mut runs, record.status);
        with_chain(&mut runs, record);
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

fn push_status(runs: &mut Vec<Run>, value: Status) {
    if let Some(badge) = status(value) {
        runs.push(Run::Plain(" ".to_owned()));
        runs.push(badge);
    }
}

/// Whether something was said at all: "has not said how it will vote" is no denial by the speaker.
fn push_saying(runs: &mut Vec<Run>, value: Status) {
    match value {
        Status::Denied => runs.extend([Run::Plain(" ".to_owned()), Run::Badge("not said".to_owned())]),
        other => push_status(runs, other),
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

fn verb(action: Action) -> &'static str {
    match action {
        Action::Deploy => "deploys",
        Action::Send => "sends",
        Action::Move => "moves",
        Action::Mass => "masses",
        Action::Withdraw => "withdraws",
        Action::Exercise => "exercises with",
        Action::Alert => "puts on alert",
        Action::Present => "has",
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
    for encounter in shown {
        items.push(Item::Heading(compare::headline(encounter)));
        items.extend(compare::body(held, encounter));
    }
    Section { id: "encounters", title: "Encounters and accounts".to_owned(), items }
}

/// Who said what, by speaker with the most quotations first.
fn speakers(held: &Held<'_>, current: &[&Record]) -> Section {
    let mut by: BTreeMap<String, Vec<Told<'_>>> = BTreeMap::new();
    for told in fold(held, current) {
        let Body::Quotation(quotation) = &told.record.body else { continue };
        if quotation.form == Form::Attitude {
            continue;
        }
        by.entry(name(quotation.speaker.as_ref())).or_default().push(told);
    }
    let mut order: Vec<(String, Vec<Told<'_>>)> = by.into_iter().collect();
    order.sort_by_key(|(name, records)| (name == "unknown", std::cmp::Reverse(records.len()), name.clone()));
    let mut items = Vec::new();
    for (speaker, mut records) in order {
        items.push(Item::Heading(if speaker == "unknown" {
            "Speaker not named".to_owned()
        } else {
            speaker
        }));
        records.sort_by_key(|told| date_key(told.record));
        for told in records {
            let record = told.record;
            let Body::Quotation(quotation) = &record.body else { continue };
            let mut runs = Vec::new();
            if let Some(cue) = &quotation.cue {
                runs.push(Run::Faint(cue.words.text.clone()));
                runs.push(Run::Plain(" ".to_owned()));
            }
            let content: Vec<&str> = quotation.content.iter().map(|words| words.text.as_str()).collect();
            let content = shortened(&content.join(" … "), LONG);
            runs.push(if quotation.form == Form::Direct { Run::Quote(content) } else { Run::Plain(content) });
            if let Some(addressee) = &quotation.addressee {
                runs.push(Run::Plain(format!(" – to {}", addressee.name())));
            }
            push_saying(&mut runs, record.status);
            with_chain(&mut runs, record);
            items.push(Item::Line(Line::new(runs, told.references(held))));
        }
    }
    Section { id: "said", title: "Who said what".to_owned(), items }
}

fn position_line(held: &Held<'_>, told: &Told<'_>) -> Option<Line> {
    let record = told.record;
    let Body::Position(position) = &record.body else { return None };
    let mut runs = vec![
        Run::Strong(name(position.holder.as_ref())),
        Run::Plain(" ".to_owned()),
        Run::Badge(position.stance.to_string()),
    ];
    if let Some(addressee) = &position.addressee {
        runs.push(Run::Plain(format!(" to {}", addressee.name())));
    }
    runs.push(Run::Plain(": ".to_owned()));
    runs.push(Run::Quote(shortened(&position.content.text, LONG)));
    push_status(&mut runs, record.status);
    with_chain(&mut runs, record);
    Some(Line::new(runs, told.references(held)))
}

fn position_lines(held: &Held<'_>, records: &[&Record]) -> Vec<Item> {
    fold(held, records).iter().filter_map(|told| position_line(held, told)).map(Item::Line).collect()
}

/// Demands with every answer to them, then the demands nobody is seen to answer, then refusals without a demand.
fn demands(held: &Held<'_>, current: &[&Record]) -> Section {
    let mut items = Vec::new();
    let mut told: BTreeSet<demarche_record::RecordId> = BTreeSet::new();
    for thread in held.ledger.threads.iter().filter(|thread| !thread.answers.is_empty()) {
        items.push(Item::Heading(format!("On {}", thread.topic)));
        let all: Vec<&Record> =
            thread.demand.iter().chain(&thread.answers).filter_map(|id| held.record(id)).collect();
        told.extend(all.iter().map(|record| record.id));
        items.extend(position_lines(held, &all));
    }
    let mut rest = |title: &str, stances: &[Stance]| {
        let records: Vec<&Record> = current
            .iter()
            .filter(|record| !told.contains(&record.id))
            .filter(|record| matches!(&record.body, Body::Position(it) if stances.contains(&it.stance)))
            .copied()
            .collect();
        if !records.is_empty() {
            items.push(Item::Heading(title.to_owned()));
            items.extend(position_lines(held, &records));
        }
    };
    rest(
        "No answer in the sources held",
        &[Stance::Demand, Stance::Request, Stance::Offer, Stance::Condition, Stance::Threat],
    );
    rest("Refused; the demand itself is not in the sources held", &[Stance::Refusal]);
    Section { id: "demands", title: "Demands and answers".to_owned(), items }
}

fn forecasts(held: &Held<'_>, current: &[&Record]) -> Section {
    let mut items = Vec::new();
    for told in fold(held, current) {
        let record = told.record;
        let Body::Forecast(forecast) = &record.body else { continue };
        let mut runs = vec![Run::Strong(name(forecast.forecaster.as_ref())), Run::Plain(": ".to_owned())];
        runs.push(Run::Quote(shortened(&forecast.content.text, LONG)));
        if let Some((words, _)) = &forecast.horizon {
            runs.push(Run::Plain(" ".to_owned()));
            runs.push(Run::Faint(format!("horizon: {}", words.text)));
        }
        with_chain(&mut runs, record);
        items.push(Item::Line(Line::new(runs, told.references(held))));
    }
    Section { id: "forecasts", title: "Warnings and forecasts".to_owned(), items }
}

/// What was accepted or offered, and rows on which accounts agree.
fn agreement(held: &Held<'_>, current: &[&Record]) -> Section {
    let accepted: Vec<&Record> = current
        .iter()
        .filter(|record| {
            matches!(&record.body, Body::Position(it) if matches!(it.stance, Stance::Acceptance | Stance::Promise))
                && record.status != Status::Hypothetical
        })
        .copied()
        .collect();
    let mut items = position_lines(held, &accepted);
    for comparison in held.ledger.comparisons.iter().filter(|it| it.relation == Relation::Agrees) {
        let left = held.record(&comparison.left);
        let right = comparison.right.as_ref().and_then(|id| held.record(id));
        let references: Vec<Reference> =
            [left, right].into_iter().flatten().filter_map(|record| held.reference(record)).collect();
        let words =
            comparison.left_words.as_ref().map(|words| shortened(&words.text, 120)).unwrap_or_default();
        let runs = vec![
            Run::Plain("Both accounts on ".to_owned()),
            Run::Strong(comparison.topic.clone()),
            Run::Plain(": ".to_owned()),
            Run::Quote(words),
        ];
        items.push(Item::Line(Line::new(runs, references)));
    }
    Section { id: "agreement", title: "Possible agreement".to_owned(), items }
}

/// One line for a record of any kind.
pub(crate) fn line(held: &Held<'_>, record: &Record) -> Line {
    let mut runs = match &record.body {
        Body::Position(_) => {
            return position_line(held, &Told { record, copies: Vec::new() }).unwrap_or_default();
        }
        Body::Quotation(it) => vec![
            Run::Strong(name(it.speaker.as_ref())),
            Run::Plain(": ".to_owned()),
            Run::Quote(shortened(
                &it.content.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" … "),
                LONG,
            )),
        ],
        Body::Contact(it) => {
            vec![
                Run::Strong(names(&it.participants)),
                Run::Plain(format!(" – {}", medium(it.medium.as_str()))),
            ]
        }
        Body::Deployment(it) => vec![
            Run::Strong(name(it.force.as_ref())),
            Run::Plain(format!(" {} {}", verb(it.action), forces::what(it))),
        ],
        Body::Forecast(it) => vec![
            Run::Strong(name(it.forecaster.as_ref())),
            Run::Plain(": ".to_owned()),
            Run::Quote(shortened(&it.content.text, LONG)),
        ],
        Body::Event(it) => {
            let code = record.plover.as_ref().map(|code| code.kind.as_str()).unwrap_or("event");
            let mut runs = vec![
                Run::Strong(names(&it.actor)),
                Run::Plain(" ".to_owned()),
                Run::Badge(code.to_owned()),
                Run::Plain(format!(" {}", it.trigger.text)),
            ];
            if !it.recipient.is_empty() {
                runs.push(Run::Plain(format!(" → {}", names(&it.recipient))));
            }
            runs
        }
    };
    match record.body {
        Body::Quotation(_) => push_saying(&mut runs, record.status),
        _ => push_status(&mut runs, record.status),
    }
    with_chain(&mut runs, record);
    let date = record.when.as_ref().map(date);
    Line { date, runs, references: refs(held, record) }
}

fn background(held: &Held<'_>) -> Section {
    let mut records: Vec<&Record> = held
        .records
        .iter()
        .filter(|record| record.epoch != Epoch::Current && record.voice != Voice::Furniture)
        .filter(|record| !matches!(record.body, Body::Event(_)))
        .collect();
    records.sort_by_key(|record| date_key(record));
    let items = records
        .into_iter()
        .map(|record| {
            let mut line = line(held, record);
            line.date.get_or_insert_with(|| record.epoch.to_string());
            Item::Line(line)
        })
        .collect();
    Section { id: "background", title: "Background and history".to_owned(), items }
}

fn opinion(held: &Held<'_>) -> Section {
    let items = held
        .records
        .iter()
        .filter(|record| record.voice == Voice::Opinion && record.epoch == Epoch::Current)
        .filter(|record| matches!(record.body, Body::Position(_) | Body::Forecast(_) | Body::Contact(_)))
        .map(|record| {
            let mut line = line(held, record);
            let writer = held.document(record).and_then(|document| document.byline.clone());
            line.runs.insert(0, Run::Faint(writer.unwrap_or_else(|| "the writer".to_owned())));
            line.runs.insert(1, Run::Plain(" ".to_owned()));
            Item::Line(line)
        })
        .collect();
    Section { id: "opinion", title: "Opinion (kept apart)".to_owned(), items }
}

fn unsure(held: &Held<'_>) -> Section {
    let items = held
        .ledger
        .doubts
        .iter()
        .map(|doubt| {
            let references = doubt
                .records
                .iter()
                .filter_map(|id| held.record(id))
                .filter_map(|record| held.reference(record))
                .collect();
            Item::Line(Line::new(vec![Run::Plain(doubt.why.clone())], references))
        })
        .collect();
    Section { id: "unsure", title: "Links not made: to be judged".to_owned(), items }
}

fn sources(held: &Held<'_>) -> Section {
    let mut group_of: BTreeMap<demarche_record::DocumentId, usize> = BTreeMap::new();
    for (number, group) in
        held.ledger.copies.iter().enumerate().filter(|(_, group)| group.documents.len() > 1)
    {
        for id in &group.documents {
            group_of.insert(*id, number);
        }
    }
    let mut table = Table {
        columns: ["No.", "Source", "Title", "Published", "Genre", "Agencies", "Copies"]
            .map(str::to_owned)
            .to_vec(),
        rows: Vec::new(),
    };
    for (number, document) in held.documents.iter().enumerate() {
        let published = match &document.published.edtf {
            None => "unknown".to_owned(),
            Some(date) => format!("{} ({})", edtf(&date.0), document.published.basis),
        };
        let copies: Vec<String> = group_of
            .get(&document.id)
            .map(|group| {
                held.ledger.copies[*group]
                    .documents
                    .iter()
                    .filter(|id| **id != document.id)
                    .filter_map(|id| held.number(id))
                    .map(|number| format!("= {number}"))
                    .collect()
            })
            .unwrap_or_default();
        let genre = match (&document.issuer, document.genre) {
            (Some(issuer), Genre::Readout) => format!("readout of {issuer}"),
            (_, genre) => genre.to_string(),
        };
        table.rows.push(vec![
            Cell::plain((number + 1).to_string()),
            Cell::plain(held.source_name(document)),
            Cell::plain(shortened(document.title.as_deref().unwrap_or("untitled"), 70)),
            Cell::plain(published),
            Cell::plain(genre),
            Cell::plain(document.agencies.join(", ")),
            Cell::plain(copies.join(" ")),
        ]);
    }
    let mut items = vec![Item::Table(table)];
    for document in held.documents {
        for notice in &document.notices {
            items.push(Item::Note(format!("{}: {}", document.file, notice.message)));
        }
    }
    Section { id: "sources", title: "Sources".to_owned(), items }
}
