//! `judge`: what a person decides about a record, an encounter or a document. Decisions are appended to the store and
//! survive every rebuild.

use super::ingest::across;
use crate::args::{self, Decision};
use crate::outcome::Outcome;
use crate::output;
use anyhow::{Context, Result, bail};
use demarche::Pack;
use demarche::record::{ActorId, Day, Encounter, Party, Record};
use demarche_store::{Action, Found, Judgement, Store, Target};
use demarche_wire::PartyLine;
use serde_json::{Map, Value, json};

/// Slots that hold one party.
const PARTY: &[&str] =
    &["speaker", "addressee", "holder", "force", "forecaster", "subject", "initiator", "host"];
/// Slots that hold several parties.
const PARTIES: &[&str] = &["participants", "actor", "recipient"];
/// Slots that hold a place.
const PLACE: &[&str] = &["origin", "destination"];

/// Appends a decision and brings what is built across documents up to date.
pub fn run(options: &args::Judge) -> Result<Outcome> {
    let mut store = Store::open(&options.store.store)?;
    let Some(found) = store.find(&options.id)? else {
        output::note(&format!(
            "Nothing in {} has the id or file name {:?}; `demarche ls records` lists ids.",
            store.path().display(),
            options.id
        ));
        return Ok(Outcome::Findings);
    };
    let engine = super::engine(options.pack.as_deref(), None)?;
    let mut why = options.why.clone();
    let (target, key, value) = match (&found, options.decision) {
        (Found::Encounter(id), Decision::Merge | Decision::Split) => {
            let (one, two, other) = pair(&store, id, options)?;
            // The ids of the encounters change with the decision; kept here, they are still found.
            let about =
                other.map_or_else(|| format!("encounter {id}"), |it| format!("encounters {id}, {it}"));
            why = Some(why.map_or_else(|| about.clone(), |why| format!("{why} ({about})")));
            (Target::Record, one, Some(two))
        }
        (Found::Record(record), Decision::Edit) => {
            let patch = patch(record, &options.value, &engine.kit().pack)?;
            (Target::Record, record.id.to_string(), Some(patch.to_string()))
        }
        (_, Decision::Merge | Decision::Split) => {
            bail!("only encounters can be merged or split; `demarche ls encounters` lists them")
        }
        (_, Decision::Edit) => {
            bail!(
                "only records can be edited; for a document use note or grade, for an encounter merge or split"
            )
        }
        (Found::Record(record), _) => (Target::Record, record.id.to_string(), text(options)?),
        (Found::Document(document), Decision::Note | Decision::Grade) => {
            (Target::Document, document.id.to_string(), text(options)?)
        }
        (Found::Encounter(id), Decision::Note) => (Target::Encounter, id.clone(), text(options)?),
        (Found::Document(_), _) => bail!("a document can be given a note or a grade; records can be judged"),
        (Found::Encounter(_), _) => bail!("an encounter can be given a note, merged or split"),
    };
    store.judge(&Judgement {
        target,
        key: key.clone(),
        action: action(options.decision),
        value,
        why,
        who: who(options)?,
        at: now()?,
    })?;
    across(&mut store, &engine)?;
    if let Found::Record(record) = &found {
        let judged = store.judged(vec![record.clone()])?.records;
        output::note(&match judged.first() {
            None => format!("Record {} is left out of every view; it stays in the store.", record.id),
            Some(judged) if judged != record => format!("Record {} is shown as corrected.", record.id),
            Some(_) => format!("Kept with record {}.", record.id),
        });
    } else {
        output::note(&format!("Kept with the {target} {key}."));
    }
    Ok(Outcome::Done)
}

fn action(decision: Decision) -> Action {
    match decision {
        Decision::Accept => Action::Accept,
        Decision::Reject => Action::Reject,
        Decision::Edit => Action::Edit,
        Decision::Merge => Action::Merge,
        Decision::Split => Action::Split,
        Decision::Note => Action::Note,
        Decision::Grade => Action::Grade,
    }
}

/// The words after `note` or `grade`; the other decisions take none.
fn text(options: &args::Judge) -> Result<Option<String>> {
    let words = options.value.join(" ");
    match options.decision {
        Decision::Note if words.is_empty() => bail!("a note needs its text: judge ID note \"…\""),
        Decision::Grade => {
            let grade = words.to_uppercase();
            let mut letters = grade.chars();
            let source = letters.next().is_some_and(|letter| ('A'..='F').contains(&letter));
            let item = letters.next().is_none_or(|digit| ('1'..='6').contains(&digit));
            if !source || !item || letters.next().is_some() {
                bail!("{words:?} is no grade; A to F for the source, with 1 to 6 for the item, as in B2");
            }
            Ok(Some(grade))
        }
        Decision::Accept | Decision::Reject if !words.is_empty() => {
            bail!("{words:?} has no place here; reasons go into --why")
        }
        _ => Ok(Some(words).filter(|words| !words.is_empty())),
    }
}

/// The two contact records of which it is said whether they are one: mentions of the encounters named; and the other
/// encounter.
fn pair(store: &Store, id: &str, options: &args::Judge) -> Result<(String, String, Option<String>)> {
    let [other] = options.value.as_slice() else {
        bail!(
            "name the other encounter (merge), or the record that does not belong (split), after the decision"
        )
    };
    let ledger = store.ledger()?;
    let mentions = |id: &str| -> Vec<String> {
        let of = |it: &&Encounter| it.id == id;
        ledger
            .encounters
            .iter()
            .find(of)
            .map_or_else(Vec::new, |it| it.mentions.iter().map(ToString::to_string).collect())
    };
    let own = mentions(id);
    let first = own.first().cloned().context("the encounter has no mention")?;
    if options.decision == Decision::Split {
        let out = own.iter().find(|mention| mention.starts_with(other.as_str()));
        let Some(out) = out else {
            bail!("{other} is no mention of this encounter; its mentions are {}", own.join(", "))
        };
        let stays = own.iter().find(|mention| *mention != out);
        let stays = stays.context("the encounter has only this mention; there is nothing to split")?;
        return Ok((out.clone(), stays.clone(), None));
    }
    match store.find(other)? {
        Some(Found::Encounter(two)) if two != id => {
            let second = mentions(&two).into_iter().next().context("the other encounter has no mention")?;
            Ok((first, second, Some(two)))
        }
        _ => bail!("{other} is no other encounter; `demarche ls encounters` lists them"),
    }
}

/// A merge patch from `slot=value` words.
fn patch(record: &Record, values: &[String], pack: &Pack) -> Result<Value> {
    if values.is_empty() {
        bail!("an edit needs slots: judge ID edit speaker=\"Emmanuel Macron\" status=denied");
    }
    let mut all = Map::new();
    for pair in values {
        let Some((slot, value)) = pair.split_once('=') else {
            bail!("{pair:?} is no slot=value; write for instance status=denied, or speaker= for unknown");
        };
        let (slot, value) = (slot.trim(), value.trim());
        let (head, inner) = slot.split_once('.').map_or((slot, None), |(head, inner)| (head, Some(inner)));
        let made = match inner {
            Some(inner) => {
                let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
                json!({ inner: value })
            }
            None if PARTY.contains(&head) && value.is_empty() => Value::Null,
            None if PARTY.contains(&head) => {
                let held = record.slot_party(head).map(PartyLine::from).unwrap_or_default();
                serde_json::to_value(named(held, value, pack))?
            }
            None if PARTIES.contains(&head) => {
                let names = value.split(';').map(str::trim).filter(|name| !name.is_empty());
                serde_json::to_value(
                    names.map(|name| named(PartyLine::default(), name, pack)).collect::<Vec<_>>(),
                )?
            }
            None if PLACE.contains(&head) => json!({ "place": value }),
            None if head == "when" && value.is_empty() => Value::Null,
            None if head == "when" => json!({ "edtf": value, "basis": "stated" }),
            None if value.is_empty() => Value::Null,
            None => Value::from(value),
        };
        match (all.get_mut(head), made) {
            (Some(Value::Object(held)), Value::Object(more)) => held.extend(more),
            (_, made) => {
                all.insert(head.to_owned(), made);
            }
        }
    }
    Ok(Value::Object(all))
}

/// A party with the name that a person gives it, and the actor of the packs if the name means one only.
fn named(held: PartyLine, name: &str, pack: &Pack) -> PartyLine {
    let world = &pack.world;
    let mut actors: Vec<_> = world.senses(name).map(|sense| sense.actor.0.clone()).collect();
    if actors.is_empty() {
        actors.extend(world.with_surname(name).iter().map(|actor| actor.0.clone()));
    }
    actors.sort();
    actors.dedup();
    let actor = if actors.len() == 1 { actors.pop() } else { None };
    // An actor of the packs has one name in every view, however a person spells it.
    let known = actor.as_ref().and_then(|slug| world.name_of(&ActorId(slug.clone())));
    PartyLine { resolved: Some(known.unwrap_or(name).to_owned()), actor, ..held }
}

/// Who decides.
fn who(options: &args::Judge) -> Result<String> {
    // Shells and systems differ in which of them they set.
    let accounts = ["USER", "LOGNAME", "USERNAME"];
    let login = || accounts.iter().find_map(|name| std::env::var(name).ok().filter(|name| !name.is_empty()));
    options
        .by
        .clone()
        .or_else(login)
        .context("say who decides: --by NAME, or set DEMARCHE_ANALYST (USER, LOGNAME and USERNAME are empty)")
}

/// The time as ISO 8601, in UTC to the second.
fn now() -> Result<String> {
    let past = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .context("the clock of this machine stands before 1970")?;
    let seconds = past.as_secs();
    let first = Day::new(1970, 1, 1).context("1970 is a year")?;
    let day = first.plus((seconds / 86_400) as i32);
    let rest = seconds % 86_400;
    Ok(format!("{day}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60))
}

/// The party that a slot of a record holds.
trait SlotParty {
    fn slot_party(&self, slot: &str) -> Option<&Party>;
}

impl SlotParty for Record {
    fn slot_party(&self, slot: &str) -> Option<&Party> {
        use demarche::record::Body;
        match (&self.body, slot) {
            (Body::Quotation(it), "speaker") => it.speaker.as_ref(),
            (Body::Quotation(it), "addressee") => it.addressee.as_ref(),
            (Body::Contact(it), "initiator") => it.initiator.as_ref(),
            (Body::Contact(it), "host") => it.host.as_ref(),
            (Body::Position(it), "holder") => it.holder.as_ref(),
            (Body::Position(it), "addressee") => it.addressee.as_ref(),
            (Body::Deployment(it), "force") => it.force.as_ref(),
            (Body::Forecast(it), "forecaster") => it.forecaster.as_ref(),
            (Body::Forecast(it), "subject") => it.subject.as_ref(),
            _ => None,
        }
    }
}
