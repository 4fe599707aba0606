//! Scores time expressions against TimeML files after the rules of TempEval-3.
//!
//! The document time is not counted. Spans are compared on the text without white space; pairs are made greedily by
//! the longest overlap. *Type* and *value* count on overlapping pairs. The *interval* value turns both values into
//! days and is right if the shared days are at least half of all.

use super::{Counts, Options, Report};
use anyhow::{Context, Result, bail};
use demarche_language::times::{TimeInput, recognise};
use demarche_language::{Kit, TimeKind, analyse};
use demarche_pack::Pack;
use demarche_record::{Day, Edtf};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// One time expression, gold or found, at places that do not count white space.
struct Time {
    start: usize,
    end: usize,
    kind: String,
    value: String,
    words: String,
}

/// A TimeML file.
struct Sheet {
    name: String,
    text: String,
    written: Option<Edtf>,
    gold: Vec<Time>,
}

/// What is counted, in the order of the rows.
const MEASURES: [&str; 6] = ["strict", "relaxed", "type", "value", "strict+value", "interval value"];

/// Scores all `.tml` files of a folder.
pub fn run(options: &Options) -> Result<Report> {
    let pack = Pack::builtin();
    let kit = if options.trees { Some(Kit::with(Pack::builtin(), options.model.as_deref())?) } else { None };
    let sheets = sheets(&options.path)?;
    let mut documents = Vec::new();
    let mut errors = Vec::new();
    let mut reading = std::time::Duration::ZERO;
    for sheet in &sheets {
        let trees = kit.as_ref().map(|kit| analyse(demarche_testkit::document(&sheet.text), kit));
        let before = Instant::now();
        let input = TimeInput {
            text: &sheet.text,
            breaks: &[],
            published: sheet.written.as_ref(),
            trees: trees.as_ref(),
            day_first: Some(false),
        };
        let found = recognise(input, &pack.times);
        reading += before.elapsed();
        let places = places(&sheet.text);
        let system: Vec<Time> = found
            .into_iter()
            .map(|it| Time {
                start: places[it.start],
                end: places[it.end],
                kind: kind_name(it.kind).to_owned(),
                value: it.value,
                words: sheet.text[it.start..it.end].split_whitespace().collect::<Vec<_>>().join(" "),
            })
            .collect();
        documents.push(compare(sheet, &system, &mut errors));
    }
    let mut total = [Counts::default(); MEASURES.len()];
    for document in &documents {
        total.iter_mut().zip(document).for_each(|(sum, counts)| sum.add(*counts));
    }
    let rows = MEASURES.iter().enumerate().map(|(at, name)| {
        let mut cells = total[at].cells();
        let (low, high) = bootstrap(&documents, at);
        cells.extend([low, high].map(|share| Value::from((share * 100.0).round() / 100.0)));
        ((*name).to_owned(), cells)
    });
    let mut columns = Counts::COLUMNS.to_vec();
    columns.extend(["low95", "high95"]);
    let speed = sheets.len() as f64 / reading.as_secs_f64().max(1e-9);
    let mut remarks = vec![
        format!(
            "{} documents, read {} trees; {speed:.0} documents a second on one core (times alone)",
            sheets.len(),
            if kit.is_some() { "with" } else { "without" }
        ),
        "low95 and high95: bootstrap over documents, 1,000 samples".to_owned(),
    ];
    remarks.extend(errors.into_iter().take(options.errors));
    Ok(Report {
        title: format!("Time expressions, {}", options.path.display()),
        columns,
        rows: rows.collect(),
        remarks,
    })
}

fn kind_name(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Date => "DATE",
        TimeKind::Time => "TIME",
        TimeKind::Duration => "DURATION",
        TimeKind::Set => "SET",
    }
}

/// Counts of one document for each measure.
fn compare(sheet: &Sheet, system: &[Time], errors: &mut Vec<String>) -> [Counts; MEASURES.len()] {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (g, gold) in sheet.gold.iter().enumerate() {
        for (s, found) in system.iter().enumerate() {
            let shared = gold.end.min(found.end).saturating_sub(gold.start.max(found.start));
            if shared > 0 {
                pairs.push((shared, g, s));
            }
        }
    }
    pairs.sort_by(|one, two| two.0.cmp(&one.0).then(one.1.cmp(&two.1)).then(one.2.cmp(&two.2)));
    let mut gold_used = vec![false; sheet.gold.len()];
    let mut system_used = vec![false; system.len()];
    let mut right = [0; MEASURES.len()];
    for (_, g, s) in pairs {
        if gold_used[g] || system_used[s] {
            continue;
        }
        (gold_used[g], system_used[s]) = (true, true);
        let (gold, found) = (&sheet.gold[g], &system[s]);
        let strict = (gold.start, gold.end) == (found.start, found.end);
        let value = gold.value == found.value;
        let outcome = [
            strict,
            true,
            gold.kind == found.kind,
            value,
            strict && value,
            same_interval(&gold.value, &found.value),
        ];
        right.iter_mut().zip(outcome).for_each(|(sum, hit)| *sum += usize::from(hit));
        if !value {
            errors.push(format!(
                "value   {}: {} = {}, found {} = {}",
                sheet.name, gold.words, gold.value, found.words, found.value
            ));
        }
        if !strict {
            errors.push(format!("span    {}: {} , found {}", sheet.name, gold.words, found.words));
        }
    }
    for (_, gold) in gold_used.iter().zip(&sheet.gold).filter(|(used, _)| !**used) {
        errors.push(format!("missed  {}: {} = {}", sheet.name, gold.words, gold.value));
    }
    for (_, found) in system_used.iter().zip(system).filter(|(used, _)| !**used) {
        errors.push(format!("extra   {}: {} = {}", sheet.name, found.words, found.value));
    }
    right.map(|right| Counts { gold: sheet.gold.len(), system: system.len(), right })
}

fn same_interval(gold: &str, found: &str) -> bool {
    if gold == found {
        return true;
    }
    let (Some(one), Some(two)) = (days_of(gold), days_of(found)) else { return false };
    let shared = one.0.max(two.0).days_to(one.1.min(two.1)) + 1;
    let all = one.0.min(two.0).days_to(one.1.max(two.1)) + 1;
    shared * 2 >= all
}

/// First and last day of a TIMEX3 value, if it is a date.
fn days_of(value: &str) -> Option<(Day, Day)> {
    let value = value.split('T').next()?;
    if let Some(era) = value.strip_prefix("BC") {
        let year: i32 = era.get(..4)?.parse().ok()?;
        return Some((Day::year_start(1 - year)?, Day::year_end(1 - year)?));
    }
    let fields: Vec<&str> = value.split('-').collect();
    let known = fields[0].trim_end_matches('X');
    if known.is_empty() || known.len() > 4 || !known.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let span = 10i32.pow(4 - known.len() as u32);
    let year = known.parse::<i32>().ok()? * span;
    let whole = (Day::year_start(year)?, Day::year_end(year + span - 1)?);
    let Some(second) = fields.get(1) else { return Some(whole) };
    if let Some(week) = second.strip_prefix('W') {
        let monday = Day::week_start(year, week.parse().ok()?)?;
        return match fields.get(2) {
            Some(&"WE") => Some((monday.plus(5), monday.plus(6))),
            _ => Some((monday, monday.plus(6))),
        };
    }
    let months = |first: u32, count: i32| {
        let start = Day::new(year, first, 1)?;
        Some((start, start.plus_months(count).plus(-1)))
    };
    match *second {
        "SP" => return months(3, 3),
        "SU" => return months(6, 3),
        "FA" => return months(9, 3),
        "WI" => return months(12, 3),
        "H1" => return months(1, 6),
        "H2" => return months(7, 6),
        _ => {}
    }
    if let Some(quarter) = second.strip_prefix('Q') {
        return months(quarter.parse::<u32>().ok()?.checked_mul(3)?.checked_sub(2)?, 3);
    }
    let Ok(month) = second.parse::<u32>() else { return Some(whole) };
    match fields.get(2).and_then(|day| day.parse().ok()) {
        Some(day) => Day::new(year, month, day).map(|day| (day, day)),
        None => months(month, 1),
    }
}

/// 95 % interval of the F1 of one measure.
pub(super) fn bootstrap<const N: usize>(documents: &[[Counts; N]], measure: usize) -> (f64, f64) {
    const SAMPLES: usize = 1000;
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut pick = |below: usize| {
        // SplitMix64: the same samples on every machine.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % below.max(1) as u64) as usize
    };
    let mut shares: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let mut sum = Counts::default();
            (0..documents.len()).for_each(|_| sum.add(documents[pick(documents.len())][measure]));
            sum.f1()
        })
        .collect();
    shares.sort_by(f64::total_cmp);
    (shares[SAMPLES * 25 / 1000], shares[SAMPLES * 975 / 1000 - 1])
}

/// For each byte offset (and the end) the number of characters before it that are not white space.
fn places(text: &str) -> Vec<usize> {
    let mut places = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, letter) in text.char_indices() {
        places[at..at + letter.len_utf8()].fill(count);
        count += usize::from(!letter.is_whitespace());
    }
    places[text.len()] = count;
    places
}

fn sheets(folder: &Path) -> Result<Vec<Sheet>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("reading the folder {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|it| it == "tml"));
    paths.sort();
    if paths.is_empty() {
        bail!("{} holds no .tml file", folder.display());
    }
    paths.iter().map(|path| sheet(path).with_context(|| path.display().to_string())).collect()
}

fn sheet(path: &Path) -> Result<Sheet> {
    let bytes = std::fs::read(path)?;
    let xml = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let start = xml.find("<TEXT>").context("no <TEXT>")? + "<TEXT>".len();
    let end = xml.find("</TEXT>").context("no </TEXT>")?;
    let written = xml[..start]
        .split('<')
        .find(|tag| tag.starts_with("TIMEX3") && tag.contains("CREATION_TIME"))
        .and_then(|tag| attribute(tag, "value"))
        .and_then(|value| value.get(..10.min(value.len())).map(str::to_owned))
        .map(Edtf);
    let mut text = String::new();
    let mut open: Vec<(usize, String, String)> = Vec::new();
    let mut spans: Vec<(usize, usize, String, String)> = Vec::new();
    let mut rest = &xml[start..end];
    while let Some(at) = rest.find('<') {
        text.push_str(&plain(&rest[..at]));
        let close = rest[at..].find('>').context("a tag that does not end")? + at;
        let tag = &rest[at + 1..close];
        if tag.starts_with("TIMEX3") {
            let get = |name| attribute(tag, name).unwrap_or_default();
            open.push((text.len(), get("type"), get("value")));
        } else if tag.starts_with("/TIMEX3")
            && let Some((from, kind, value)) = open.pop()
        {
            spans.push((from, text.len(), kind, value));
        }
        rest = &rest[close + 1..];
    }
    text.push_str(&plain(rest));
    let places = places(&text);
    spans.sort();
    let gold = spans
        .into_iter()
        .map(|(from, to, kind, value)| Time {
            start: places[from],
            end: places[to],
            kind,
            value,
            words: text[from..to].split_whitespace().collect::<Vec<_>>().join(" "),
        })
        .collect();
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Sheet { name, text, written, gold })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(tag[from..].split('"').next()?.to_owned())
}

fn plain(xml: &str) -> String {
    xml.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_days() {
        let days =
            |value: &str| days_of(value).map(|(first, last)| format!("{first}/{last}")).unwrap_or_default();
        assert_eq!(days("1998-W02"), "1998-01-05/1998-01-11");
        assert_eq!(days("199"), "1990-01-01/1999-12-31");
        assert_eq!(days("1998-Q3"), "1998-07-01/1998-09-30");
        assert_eq!(days("P3D"), "");
        assert!(same_interval("1998-WI", "1998-WI") && !same_interval("1998", "1998-03"));
    }
}
