//! `compare`: the accounts of an encounter side by side.

use super::show::successor;
use super::who::{day, slugs};
use super::{Whole, open, style};
use crate::args::{self, Format};
use crate::listing::Rows;
use crate::outcome::Outcome;
use crate::output;
use anyhow::Result;
use demarche::Pack;
use demarche::record::{Comparison, Edtf, Encounter, Relation};
use demarche_view as view;
use demarche_wire as wire;
use serde_json::json;

/// Shows the encounters that fit, each with its comparisons.
pub fn run(options: &args::Compare) -> Result<Outcome> {
    let store = open(&options.listing.store.store)?;
    let whole = Whole::of(&store)?;
    let on = options.on.as_deref().map(day).transpose()?.map(Edtf);
    let pack = Pack::builtin();
    let sought: Vec<(String, Vec<String>)> =
        options.actors.iter().map(|name| (name.to_lowercase(), slugs(name, &pack))).collect();
    let has_id = |id: &str| whole.ledger.encounters.iter().any(|it| it.id.starts_with(id));
    let asked = match &options.encounter {
        Some(id) if !has_id(id) => Some(successor(&store, id)?.unwrap_or_else(|| id.clone())),
        other => other.clone(),
    };
    let fits = |encounter: &&Encounter| match &asked {
        Some(prefix) => encounter.id.starts_with(prefix.as_str()),
        None => {
            let with = |(name, slugs): &(String, Vec<String>)| {
                encounter.participants.iter().any(|party| {
                    party.actor.as_ref().is_some_and(|actor| slugs.contains(&actor.0))
                        || party.name().to_lowercase().contains(name.as_str())
                })
            };
            let then = on
                .as_ref()
                .is_none_or(|on| encounter.when.as_ref().is_some_and(|when| when.edtf.overlaps(on)));
            sought.iter().all(with) && then
        }
    };
    let found: Vec<&Encounter> = whole.ledger.encounters.iter().filter(fits).collect();
    if found.is_empty() {
        output::note(&format!(
            "No encounter in {} fits; `demarche ls encounters` lists them.",
            store.path().display()
        ));
        return Ok(Outcome::Findings);
    }
    let for_people = matches!(options.listing.format, Format::Table | Format::Md);
    if options.encounter.is_none() && options.actors.is_empty() && found.len() > 1 && for_people {
        list(&found, options.listing.format)?;
        output::note("Name one of them to compare its accounts: `demarche compare ID`.");
        return Ok(Outcome::Done);
    }
    let of = |encounter: &Encounter| -> Vec<&Comparison> {
        let mine = |it: &&Comparison| it.encounter.as_deref() == Some(encounter.id.as_str());
        whole.ledger.comparisons.iter().filter(mine).collect()
    };
    let held = whole.held();
    let mut lines = Vec::new();
    for encounter in &found {
        match options.listing.format {
            Format::Table => output::print(&format!(
                "{}\n",
                view::text(&view::comparison_page(&held, encounter), style())
            ))?,
            Format::Md => {
                output::print(&format!("{}\n", view::markdown(&view::comparison_page(&held, encounter))))?
            }
            Format::Json => lines.push(json!({
                "encounter": wire::EncounterLine::from(*encounter),
                "comparisons": of(encounter).into_iter().map(wire::ComparisonLine::from).collect::<Vec<_>>(),
            })),
            Format::Jsonl => {
                output::print(&wire::write_lines(of(encounter).into_iter().map(wire::ComparisonLine::from)))?
            }
            Format::Csv => {}
        }
    }
    if options.listing.format == Format::Json {
        output::print(&format!("{}\n", serde_json::to_string_pretty(&lines)?))?;
    }
    if options.listing.format == Format::Csv {
        let rows = found.iter().flat_map(|encounter| of(encounter)).map(|it| {
            let words =
                |words: &Option<demarche::record::Words>| words.as_ref().map(|words| words.text.clone());
            vec![
                it.encounter.clone().into(),
                it.topic.clone().into(),
                it.relation.to_string().into(),
                words(&it.left_words).into(),
                words(&it.right_words).into(),
                it.why.clone().into(),
            ]
        });
        let columns = ["encounter", "topic", "relation", "left_words", "right_words", "why"];
        Rows::of(&columns, rows.collect()).print(Format::Csv)?;
    }
    let differs = found.iter().flat_map(|encounter| of(encounter)).any(|it| it.relation == Relation::Differs);
    Ok(if options.exit_code && differs { Outcome::Findings } else { Outcome::Done })
}

/// Encounters in one line each.
fn list(found: &[&Encounter], format: Format) -> Result<()> {
    let rows = found.iter().map(|encounter| {
        let names = encounter.participants.iter().map(|party| party.name()).collect::<Vec<_>>().join("; ");
        vec![
            encounter.id.clone().into(),
            encounter.when.as_ref().map(|when| when.edtf.0.clone()).into(),
            encounter.medium.to_string().into(),
            encounter.accounts.len().into(),
            names.into(),
        ]
    });
    Rows::of(&["id", "when", "medium", "accounts", "participants"], rows.collect()).print(format)
}
