//! Records of a dictionary coder (PETRARCH's validation file): country and PLOVER type of every coded event, and no
//! event where the record says so. The file is no well-formed XML and is read by its tags.

use super::{Counts, Options, Report, engine_kit};
use anyhow::{Context, Result};
use demarche_extract::extract;
use demarche_language::{Analysis, Kit, analyse, codes_at};
use demarche_record::{Body, EventType, Party, Status};
use std::collections::BTreeSet;

/// Country of the source, country of the target, PLOVER type.
type Event = (String, String, EventType);

struct Case {
    id: String,
    text: String,
    gold: BTreeSet<Event>,
}

/// Scores the file, or the one in a folder.
pub fn run(options: &Options) -> Result<Report> {
    let path = if options.path.is_dir() {
        options.path.join("PETR2_GSR_validation.xml")
    } else {
        options.path.clone()
    };
    let file = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let kit = engine_kit(options)?;
    let mut right = Counts::default();
    let mut remarks = Vec::new();
    for case in cases(&file) {
        let analysis = analyse(demarche_testkit::document(&case.text), &kit);
        let found = found(&analysis, &kit);
        let all = if case.gold.is_empty() { found.is_empty() } else { case.gold.is_subset(&found) };
        right.add(Counts { gold: 1, system: 1, right: usize::from(all) });
        if !all && remarks.len() < options.errors {
            remarks.push(format!("{}: {found:?} for {:?}", case.id, case.gold));
        }
    }
    Ok(Report {
        title: "Records with country and type right".to_owned(),
        columns: vec!["right", "records"],
        rows: vec![("all".to_owned(), vec![right.right.into(), right.gold.into()])],
        remarks,
    })
}

fn cases(file: &str) -> Vec<Case> {
    let attribute = |tag: &str, name: &str| -> Option<String> {
        let from = tag.split_once(&format!("{name}=\""))?.1;
        from.split_once('"').map(|it| it.0.to_owned())
    };
    file.split("<Sentence ")
        .skip(1)
        .filter_map(|part| {
            let id = attribute(part, "id")?;
            let text = part.split_once("<Text>")?.1.split_once("</Text>")?.0;
            let events = part.split("<EventCoding ").skip(1).filter_map(|tag| {
                let tag = tag.split_once('>')?.0;
                let code = attribute(tag, "eventcode")?;
                let country =
                    |name: &str| attribute(tag, name).map(|code| code.chars().take(3).collect::<String>());
                let (source, target) = (country("sourcecode")?, country("targetcode")?);
                (source != target).then_some((source, target, of_cameo(&code)?))
            });
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Case { id, text, gold: events.collect() })
        })
        .collect()
}

/// The PLOVER type of a CAMEO root; none for the statements and appeals that PLOVER leaves out.
fn of_cameo(code: &str) -> Option<EventType> {
    use EventType::*;
    Some(match code.get(..2)? {
        "03" => Agree,
        "04" => Consult,
        "05" => Support,
        "06" => Cooperate,
        "07" => Aid,
        "08" => Retreat,
        "09" | "11" => Accuse,
        "10" => Request,
        "12" => Reject,
        "13" => Threaten,
        "14" => Protest,
        "15" => Mobilize,
        "16" => Sanction,
        "17" => Coerce,
        "18" | "19" | "20" => Assault,
        _ => return None,
    })
}

/// Events that took place between parties of two countries.
fn found(analysis: &Analysis, kit: &Kit) -> BTreeSet<Event> {
    let mut all = BTreeSet::new();
    for record in extract(analysis, &kit.pack, "score") {
        let Some(plover) = &record.plover else { continue };
        if !matches!(record.status, Status::Occurred | Status::Ongoing | Status::Planned) {
            continue;
        }
        let (from, to) = match &record.body {
            Body::Event(event) => (event.actor.clone(), event.recipient.clone()),
            Body::Contact(contact) => (contact.participants.clone(), contact.participants.clone()),
            _ => continue,
        };
        for (one, two) in from.iter().flat_map(|one| to.iter().map(move |two| (one, two))) {
            if let (Some(source), Some(target)) = (country(analysis, kit, one), country(analysis, kit, two))
                && source != target
            {
                all.insert((source, target, plover.kind));
            }
        }
    }
    all
}

fn country(analysis: &Analysis, kit: &Kit, party: &Party) -> Option<String> {
    let span = party.words.as_ref()?.span(&analysis.document.text)?;
    let words = analysis.words_in(span);
    let mut heads =
        analysis.ids(&words).filter(|word| analysis.word(*word).head.is_none_or(|it| !words.contains(&it.0)));
    heads.find_map(|head| codes_at(analysis, &kit.pack, head).country)
}
