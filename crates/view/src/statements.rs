//! Statements as lines: who said what, demands and answers, forecasts, agreements, background, opinion.

use crate::brief::{medium, push_status, refs, with_chain};
use crate::fold::{Told, fold};
use crate::phrase::{cue, date, date_key, name, names, shortened};
use crate::{Held, Item, Line, Reference, Run, Section, forces};
use demarche_record::{
    Body, Comparison, DocumentId, Epoch, Form, Link, Party, Quotation, Record, Relation, Stance, Status,
    Thread, Voice, Words,
};
use std::collections::{BTreeMap, BTreeSet};

/// Longest quotation shown whole, in characters.
const LONG: usize = 280;

/// Who said what, by speaker with the most quotations first.
pub(crate) fn speakers(held: &Held<'_>, current: &[&Record]) -> Section {
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
        let mut beside: BTreeMap<(DocumentId, u32), Vec<&Record>> = BTreeMap::new();
        for record in records.iter().map(|told| told.record) {
            beside.entry((record.document, record.evidence.start_byte)).or_default().push(record);
        }
        for told in records {
            let record = told.record;
            let Body::Quotation(quotation) = &record.body else { continue };
            if says_who_says(record, quotation, &beside[&(record.document, record.evidence.start_byte)])
                || is_disagreement(record, quotation)
            {
                continue;
            }
            let mut runs = Vec::new();
            match (&quotation.cue, record.status) {
                // "Has not said how it will vote" is no denial by the speaker.
                (_, Status::Denied) => runs.push(Run::Badge(unsaid(quotation))),
                (Some(_), _) => runs.push(Run::Faint(cue(held, record, quotation))),
                (None, _) => {}
            }
            if !runs.is_empty() {
                runs.push(Run::Plain(" ".to_owned()));
            }
            let content: Vec<&str> = quotation.content.iter().map(|words| words.text.as_str()).collect();
            let content = shortened(&content.join(" … "), LONG);
            runs.push(if quotation.form == Form::Direct { Run::Quote(content) } else { Run::Plain(content) });
            if let Some(addressee) = &quotation.addressee {
                runs.push(Run::Plain(format!(" – to {}", addressee.name())));
            }
            if record.status != Status::Denied {
                push_status(&mut runs, record.status);
            }
            let others =
                record.attribution.iter().filter(|link| !is_by(link, quotation.speaker.as_ref())).cloned();
            with_chain(&mut runs, &others.collect::<Vec<_>>());
            items.push(Item::Line(Line::new(runs, told.references(held))));
        }
    }
    Section { id: "said", title: "Who said what".to_owned(), items }
}

/// "The Kremlin said in its own account that …": the account is the Kremlin's own words about who says so, which another
/// record of the same speaker has as speaker and cue.
fn says_who_says(record: &Record, quotation: &Quotation, others: &[&Record]) -> bool {
    others.iter().any(|other| {
        let Body::Quotation(inner) = &other.body else { return false };
        let cue = inner.cue.as_ref().map(|cue| &cue.words);
        other.id != record.id
            && other.evidence == record.evidence
            && cue.is_some_and(|cue| {
                let within = |it: &Words| it.start_byte <= cue.start_byte && cue.end_byte <= it.end_byte;
                quotation.content.iter().any(within)
            })
    })
}

/// "did not agree on a ceasefire": no agreement was reached; nobody kept silent.
fn is_disagreement(record: &Record, quotation: &Quotation) -> bool {
    record.status == Status::Denied && quotation.cue.as_ref().is_some_and(|cue| cue.reading == "agree")
}

/// True if a link of a chain names the same party.
fn is_by(link: &Link, party: Option<&Party>) -> bool {
    link.party.as_ref().zip(party).is_some_and(|(one, two)| one.name() == two.name())
}

/// "did not mention": what a quotation that was not made is told as.
fn unsaid(quotation: &Quotation) -> String {
    format!("did not {}", quotation.cue.as_ref().map_or("say", |cue| cue.lemma.as_str()))
}

fn position_line(held: &Held<'_>, told: &Told<'_>) -> Option<Line> {
    let record = told.record;
    let Body::Position(position) = &record.body else { return None };
    let mut runs = vec![
        holder(position.holder.as_ref()),
        Run::Plain(" ".to_owned()),
        Run::Badge(position.stance.to_string()),
    ];
    // "No state should …" asks something of every state; "to no state" would say the contrary.
    let addressee = position.addressee.as_ref().filter(|it| !it.name().to_lowercase().starts_with("no "));
    if let Some(addressee) = addressee {
        runs.push(Run::Plain(format!(" to {}", addressee.name())));
    }
    runs.push(Run::Plain(": ".to_owned()));
    runs.push(Run::Quote(shortened(&position.content.text, LONG)));
    push_status(&mut runs, record.status);
    with_chain(&mut runs, &record.attribution);
    Some(Line::new(runs, told.references(held)))
}

/// Whose position it is.
fn holder(party: Option<&Party>) -> Run {
    match party {
        Some(party) => Run::Strong(party.name().to_owned()),
        None => Run::Faint("holder not named".to_owned()),
    }
}

fn position_lines(held: &Held<'_>, records: &[&Record]) -> Vec<Item> {
    fold(held, records).iter().filter_map(|told| position_line(held, told)).map(Item::Line).collect()
}

/// Demands and offers with every answer to them, then the demands nobody is seen to answer, then refusals without a demand.
pub(crate) fn demands(held: &Held<'_>, current: &[&Record]) -> Section {
    let mut items = Vec::new();
    let mut told: BTreeSet<demarche_record::RecordId> = BTreeSet::new();
    for thread in held.ledger.threads.iter().filter(|thread| !thread.answers.is_empty()) {
        items.push(Item::Heading(thread_heading(held, thread)));
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

/// A topic by its name; without one the words of the demand, as words of a text.
fn thread_heading(held: &Held<'_>, thread: &Thread) -> String {
    let words =
        |record: &Record| matches!(&record.body, Body::Position(it) if it.content.text == thread.topic);
    if thread.demand.iter().filter_map(|id| held.record(id)).any(words) {
        format!("On “{}”", shortened(&thread.topic, 80))
    } else {
        format!("On {}", thread.topic)
    }
}

pub(crate) fn forecasts(held: &Held<'_>, current: &[&Record]) -> Section {
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
        with_chain(&mut runs, &record.attribution);
        items.push(Item::Line(Line::new(runs, told.references(held))));
    }
    Section { id: "forecasts", title: "Warnings and forecasts".to_owned(), items }
}

/// Cues of quotations that tell of an agreement or of a step towards one.
const AGREEING: &[&str] = &["agree", "offer", "promise", "concede", "allow"];

/// True if both accounts tell of something agreed, accepted or offered; that they agree on the length of a call or on a
/// figure is no agreement of the parties.
fn agrees_in_substance(held: &Held<'_>, comparison: &Comparison) -> bool {
    let of_agreement = |record: &Record| match &record.body {
        Body::Position(it) => matches!(it.stance, Stance::Acceptance | Stance::Promise | Stance::Offer),
        Body::Quotation(it) => it.cue.as_ref().is_some_and(|cue| AGREEING.contains(&cue.reading.as_str())),
        _ => false,
    };
    let records = std::iter::once(&comparison.left).chain(&comparison.right);
    comparison.relation == Relation::Agrees
        && comparison.right.is_some()
        && records.filter_map(|id| held.record(id)).all(of_agreement)
}

/// What was accepted or promised, and what two accounts say was agreed or offered.
pub(crate) fn agreement(held: &Held<'_>, current: &[&Record]) -> Section {
    let accepted: Vec<&Record> = current
        .iter()
        .filter(|record| {
            matches!(&record.body, Body::Position(it) if matches!(it.stance, Stance::Acceptance | Stance::Promise))
                && record.status != Status::Hypothetical
        })
        .copied()
        .collect();
    let mut items = position_lines(held, &accepted);
    for comparison in held.ledger.comparisons.iter().filter(|it| agrees_in_substance(held, it)) {
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
fn line(held: &Held<'_>, record: &Record) -> Line {
    let mut runs = match &record.body {
        Body::Position(_) => {
            return position_line(held, &Told { record, copies: Vec::new() }).unwrap_or_default();
        }
        Body::Quotation(it) => vec![
            Run::Strong(name(it.speaker.as_ref())),
            Run::Plain(match record.status {
                Status::Denied => format!(" {}: ", unsaid(it)),
                _ => ": ".to_owned(),
            }),
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
        Body::Deployment(it) => {
            vec![Run::Strong(name(it.force.as_ref())), Run::Plain(format!(" {}", forces::move_of(it)))]
        }
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
    if !(record.status == Status::Denied && matches!(record.body, Body::Quotation(_))) {
        push_status(&mut runs, record.status);
    }
    with_chain(&mut runs, &record.attribution);
    let date = record.when.as_ref().map(date);
    Line { date, runs, references: refs(held, record) }
}

pub(crate) fn background(held: &Held<'_>) -> Section {
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

pub(crate) fn opinion(held: &Held<'_>) -> Section {
    let items = held
        .records
        .iter()
        .filter(|record| record.voice == Voice::Opinion && record.epoch == Epoch::Current)
        .filter(|record| matches!(record.body, Body::Position(_) | Body::Forecast(_) | Body::Contact(_)))
        .map(|record| {
            let mut line = line(held, record);
            let writer = held.document(record).and_then(|document| document.byline.clone());
            let writer = writer.unwrap_or_else(|| "the writer".to_owned());
            match &record.body {
                // Nobody is named: the position is the writer's own.
                Body::Position(it) if it.holder.is_none() => line.runs[0] = Run::Strong(writer),
                _ => {
                    line.runs.insert(0, Run::Faint(writer));
                    line.runs.insert(1, Run::Plain(" ".to_owned()));
                }
            }
            Item::Line(line)
        })
        .collect();
    Section { id: "opinion", title: "Opinion (kept apart)".to_owned(), items }
}

pub(crate) fn unsure(held: &Held<'_>) -> Section {
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
