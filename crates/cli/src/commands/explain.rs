//! `explain` and `extractors`: what the program looks for, told from the packs themselves.

use crate::args::{self, Format};
use crate::listing::Rows;
use crate::outcome::Outcome;
use crate::output;
use anyhow::Result;
use demarche::{EXTRACTORS, Pack};
use serde_json::{Value, json};
use std::fmt::Write;

/// Prefix that rule ids of cues have in records.
const CUE: &str = "cue.";

/// What a rule finds; a beginning of ids lists all rules that begin so.
pub fn run(options: &args::Explain) -> Result<Outcome> {
    let rules = rules(&Pack::builtin());
    let exact: Vec<&Rule> = rules.iter().filter(|rule| rule.id == options.rule).collect();
    let found = match exact.is_empty() {
        true => rules.iter().filter(|rule| rule.id.starts_with(&options.rule)).collect(),
        false => exact,
    };
    if found.is_empty() {
        output::note(&format!("No rule is called {:?}.{}", options.rule, nearest(&options.rule, &rules)));
        return Ok(Outcome::Findings);
    }
    if options.format == Format::Table && found.len() == 1 {
        output::print(&found[0].told())?;
        return Ok(Outcome::Done);
    }
    if matches!(options.format, Format::Json | Format::Jsonl) {
        let all: Vec<Value> = found.iter().map(|rule| rule.json()).collect();
        match options.format {
            Format::Json => output::print(&format!("{:#}\n", Value::from(all)))?,
            _ => output::print(&demarche_wire::write_lines(all))?,
        }
        return Ok(Outcome::Done);
    }
    let rows =
        found.iter().map(|rule| vec![rule.id.clone().into(), rule.sort.into(), rule.about.clone().into()]);
    Rows::of(&["rule", "sort", "about"], rows.collect()).print(options.format)?;
    Ok(Outcome::Done)
}

/// One rule of the packs, ready to be told.
struct Rule {
    id: String,
    sort: &'static str,
    about: String,
    details: Vec<(String, String)>,
    examples: Vec<(String, Vec<(String, String)>)>,
    counterexamples: Vec<String>,
    misfires: Vec<String>,
}

fn rules(pack: &Pack) -> Vec<Rule> {
    let mut rules = Vec::new();
    for frame in pack.frames.all() {
        let mut details = vec![("makes".to_owned(), frame.kind.to_string())];
        details.extend(frame.slots.iter().map(|(slot, paths)| (format!("slot {slot}"), paths.join(", "))));
        details.extend(frame.set.iter().map(|(slot, value)| (format!("sets {slot}"), value.clone())));
        if !frame.require.is_empty() {
            details.push(("needs".to_owned(), frame.require.join(", ")));
        }
        if !frame.objects.is_empty() {
            details.push(("objects".to_owned(), frame.objects.join(", ")));
        }
        details.extend(frame.status.map(|status| ("status".to_owned(), status.to_string())));
        details.extend(frame.plover.map(|code| ("PLOVER".to_owned(), code.to_string())));
        rules.push(Rule {
            id: frame.id.clone(),
            sort: "frame",
            about: frame.about.clone(),
            details,
            examples: frame
                .examples
                .iter()
                .map(|example| (example.text.clone(), example.find.clone().into_iter().collect()))
                .collect(),
            counterexamples: frame.counterexamples.clone(),
            misfires: frame.misfires.clone(),
        });
    }
    for cue in pack.cues.all() {
        rules.push(Rule {
            id: format!("{CUE}{}", cue.id),
            sort: "cue",
            about: format!("Words that put something under somebody's name, read as \"{}\".", cue.reading),
            details: vec![("makes".to_owned(), format!("quotation ({})", cue.speech))],
            examples: cue.examples.iter().map(|text| (text.clone(), Vec::new())).collect(),
            counterexamples: Vec::new(),
            misfires: Vec::new(),
        });
    }
    let mut pattern = |id: &str, sort: &'static str, about: String, pattern: String| {
        let details = vec![("pattern".to_owned(), pattern)];
        rules.push(Rule {
            id: id.to_owned(),
            sort,
            about,
            details,
            examples: Vec::new(),
            counterexamples: Vec::new(),
            misfires: Vec::new(),
        });
    };
    for rule in &pack.reading.furniture {
        pattern(
            &rule.id,
            "paragraph",
            format!("Shows that a paragraph is: {}.", rule.block),
            rule.pattern.to_string(),
        );
    }
    for rule in &pack.reading.genre {
        pattern(
            &rule.id,
            "genre",
            format!("Shows that a document is: {}.", rule.genre),
            rule.pattern.to_string(),
        );
    }
    for rule in &mut rules {
        rule.details.push(("precision".to_owned(), precision(pack, &rule.id)));
    }
    rules
}

/// What was measured of a rule on the annotated articles; records of a cue have a rule below it.
fn precision(pack: &Pack, id: &str) -> String {
    match Some(pack.measured.under(id)).filter(|tally| tally.found > 0) {
        Some(tally) => {
            let share = f64::from(tally.right) / f64::from(tally.found);
            format!("{share:.2} ({} of {} records on annotated articles)", tally.right, tally.found)
        }
        None => "not measured: no record of it on the annotated articles could be judged".to_owned(),
    }
}

impl Rule {
    fn told(&self) -> String {
        let mut out = format!("{} ({})\n\n{}\n\n", self.id, self.sort, self.about);
        for (name, value) in &self.details {
            let _ = writeln!(out, "  {name:<20}{value}");
        }
        if !self.examples.is_empty() {
            out.push_str("\nFinds\n");
        }
        for (text, find) in &self.examples {
            let _ = writeln!(out, "  {text}");
            for (slot, words) in find {
                let _ = writeln!(out, "      {slot}: {words}");
            }
        }
        if !self.counterexamples.is_empty() {
            out.push_str("\nDoes not find\n");
        }
        for text in &self.counterexamples {
            let _ = writeln!(out, "  {text}");
        }
        if !self.misfires.is_empty() {
            out.push_str("\nKnown to misfire on\n");
        }
        for text in &self.misfires {
            let _ = writeln!(out, "  {text}");
        }
        out
    }

    fn json(&self) -> Value {
        let examples = self.examples.iter().map(|(text, find)| {
            let find: serde_json::Map<String, Value> =
                find.iter().map(|(slot, words)| (slot.clone(), words.clone().into())).collect();
            json!({"text": text, "find": find})
        });
        let details: serde_json::Map<String, Value> =
            self.details.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
        json!({
            "rule": self.id, "sort": self.sort, "about": self.about, "details": details,
            "examples": examples.collect::<Vec<_>>(), "counterexamples": self.counterexamples,
            "misfires": self.misfires,
        })
    }
}

/// "Did you mean": rules that share the longest beginning with what was asked for.
fn nearest(asked: &str, rules: &[Rule]) -> String {
    let common = |id: &str| id.bytes().zip(asked.bytes()).take_while(|(one, two)| one == two).count();
    let longest = rules.iter().map(|rule| common(&rule.id)).max().unwrap_or_default();
    if longest < 3 {
        return " Rule ids stand in `made_by` of each record, for example contact.meet or cue.say."
            .to_owned();
    }
    let near: Vec<&str> = rules
        .iter()
        .filter(|rule| common(&rule.id) == longest)
        .map(|rule| rule.id.as_str())
        .take(5)
        .collect();
    format!(" Did you mean {}?", near.join(", "))
}

/// The kinds of record and what finds them.
pub fn extractors(format: Format) -> Result<Outcome> {
    let rows = EXTRACTORS.iter().map(|it| vec![it.name().into(), it.about().into()]).collect();
    Rows::of(&["extractor", "about"], rows).print(format)?;
    Ok(Outcome::Done)
}
