//! Quotations against PolNeAR: spans of source, cue and content, attributions, by form and by form of the speaker.
//!
//! Spans are trimmed of characters that are neither letters nor digits and of a leading "that". Of an article with
//! several annotators the first in order of name is taken.

mod errors;

use super::{Counts, Options, Report};
use anyhow::{Context, Result, bail};
use demarche_extract::{Reading, quotations};
use demarche_language::{Kit, Upos, WordId, analyse};
use demarche_pack::Pack;
use demarche_record::{Block, BlockKind, Document};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

type Range = (usize, usize);

/// One attribution, gold or found, in code points.
#[derive(Clone, Debug, Default)]
struct Attribution {
    source: Vec<Range>,
    cue: Vec<Range>,
    content: Vec<Range>,
    /// Name of a speaker that is carried on from an earlier saying.
    carried: Option<String>,
    attitude: bool,
    /// The rule that found it; empty in gold.
    rule: String,
}

/// One article.
struct Article {
    /// Name of its file.
    name: String,
    text: Vec<char>,
    gold: Vec<Attribution>,
    found: Vec<Attribution>,
    /// Words of the article that are pronouns and names, for the form of the speaker.
    pronouns: BTreeSet<usize>,
    names: BTreeSet<usize>,
}

/// Measures of one article, by row.
type Measures = BTreeMap<String, Counts>;

/// Scores the folder that holds `text` and `attributions`.
pub fn run(options: &Options) -> Result<Report> {
    let kit = Kit::with(Pack::builtin(), options.model.as_deref())?;
    let folder =
        if options.path.join("text").is_dir() { options.path.clone() } else { options.path.join("dev") };
    let mut spent = Duration::ZERO;
    let mut articles = Vec::new();
    for (text, annotations) in files(&folder)? {
        articles.push(article(&text, &annotations, &kit, &mut spent)?);
    }
    if articles.is_empty() {
        bail!("{} has no folders `text` and `attributions` with articles", folder.display());
    }
    let measured: Vec<Measures> = articles.iter().map(|it| measure(it, true)).collect();
    let apart: Vec<Measures> = articles.iter().map(|it| measure(it, false)).collect();
    let mut report = Report {
        title: format!("PolNeAR, {} articles, spans trimmed", articles.len()),
        columns: Counts::COLUMNS.into_iter().chain(["low", "high"]).collect(),
        ..Report::default()
    };
    report.rows.extend(rows(&measured, ""));
    report.rows.extend(rows(&apart, ", without beliefs and intentions"));
    let rate = articles.len() as f64 / spent.as_secs_f64().max(1e-9);
    report
        .remarks
        .push(format!("{rate:.0} articles a second for this extractor alone, trees given (one core)"));
    if options.errors > 0 {
        report.remarks.extend(errors::lines(&articles, options.errors));
    }
    report.remarks.push("low, high: 95 % of 1,000 resamples of the articles".to_owned());
    Ok(report)
}

/// Text and annotation files that belong together.
fn files(folder: &Path) -> Result<Vec<(std::path::PathBuf, std::path::PathBuf)>> {
    let read = |name: &str| -> Result<Vec<std::path::PathBuf>> {
        let path = folder.join(name);
        let entries = std::fs::read_dir(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut found = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        found.sort();
        Ok(found)
    };
    let annotations = read("attributions")?;
    let stem =
        |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let texts = read("text")?.into_iter().filter_map(|text| {
        let name = stem(&text);
        let gold = annotations
            .iter()
            .find(|it| stem(it).rsplit_once('_').is_some_and(|(article, _)| article == name))?;
        Some((text, gold.clone()))
    });
    Ok(texts.collect())
}

fn article(text: &Path, annotations: &Path, kit: &Kit, spent: &mut Duration) -> Result<Article> {
    let raw = std::fs::read_to_string(text).with_context(|| format!("cannot read {}", text.display()))?;
    let gold = std::fs::read_to_string(annotations)
        .with_context(|| format!("cannot read {}", annotations.display()))?;
    let chars: Vec<char> = raw.chars().collect();
    let gold = gold_of(&gold, &chars).with_context(|| annotations.display().to_string())?;
    let document = paragraphs(&raw);
    let analysis = analyse(document.clone(), kit);
    let fingerprint = kit.fingerprint();
    let reading = Reading::new(&analysis, &kit.pack, &fingerprint, None);
    let start = Instant::now();
    let said = quotations::find(&reading);
    *spent += start.elapsed();
    let range = |span: demarche_text::Span| {
        (document.text.code_point(span.start()), document.text.code_point(span.end()))
    };
    let found = said
        .iter()
        .map(|it| {
            let words = it.speaker.as_ref().and_then(|party| party.words.as_ref());
            Attribution {
                source: words
                    .map(|words| trimmed(&chars, (words.start as usize, words.end as usize)))
                    .into_iter()
                    .collect(),
                cue: it.cue_span.map(|span| trimmed(&chars, range(span))).into_iter().collect(),
                content: it.content.iter().map(|span| trimmed(&chars, range(*span))).collect(),
                carried: it
                    .speaker
                    .as_ref()
                    .filter(|_| words.is_none())
                    .and_then(|party| party.resolved.clone()),
                attitude: it.attitude,
                rule: it.rule.clone(),
            }
        })
        .collect();
    let starts = |test: &dyn Fn(WordId) -> bool| -> BTreeSet<usize> {
        (0..analysis.words.len() as u32)
            .map(WordId)
            .filter(|word| test(*word))
            .map(|word| document.text.code_point(analysis.word(word).span.start()))
            .collect()
    };
    let pronouns = starts(&|word| analysis.word(word).upos == Upos::Pron);
    let names = starts(&|word| analysis.names.iter().any(|name| name.words.contains(&word.0)));
    let name = text.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Article { name, text: chars, gold, found, pronouns, names })
}

/// A document whose lines are paragraphs, as the articles have them.
fn paragraphs(raw: &str) -> Arc<Document> {
    let mut document = Arc::unwrap_or_clone(demarche_testkit::document(raw));
    let mut at = 0;
    document.blocks.clear();
    for line in raw.split('\n') {
        if let Some(span) = document.text.span(at, at + line.len()) {
            let span = document.text.trim(span);
            if !span.is_empty() {
                document.blocks.push(Block { kind: BlockKind::Body, span });
            }
        }
        at += line.len() + 1;
    }
    Arc::new(document)
}

/// Reads brat stand-off.
fn gold_of(file: &str, text: &[char]) -> Result<Vec<Attribution>> {
    let mut spans: BTreeMap<&str, Vec<Range>> = BTreeMap::new();
    for line in file.lines().filter(|line| line.starts_with('T')) {
        let mut cells = line.split('\t');
        let (Some(id), Some(place)) = (cells.next(), cells.next()) else { continue };
        let Some((_, ranges)) = place.split_once(' ') else { bail!("{id} has no place") };
        for range in ranges.split(';') {
            let (from, to) = range.split_once(' ').with_context(|| format!("{id}: {range:?} is no range"))?;
            spans.entry(id).or_default().push(trimmed(text, (from.parse()?, to.parse()?)));
        }
    }
    let mut found = Vec::new();
    for line in file.lines().filter(|line| line.starts_with('E')) {
        let mut attribution = Attribution::default();
        for part in line.split('\t').nth(1).unwrap_or_default().split_whitespace() {
            let Some((role, id)) = part.split_once(':') else { continue };
            let ranges = spans.get(id).with_context(|| format!("{id} is not defined"))?;
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => attribution.source.extend(ranges),
                "Cue" => attribution.cue.extend(ranges),
                "Content" => attribution.content.extend(ranges),
                _ => {}
            }
        }
        attribution.content.sort_unstable();
        if !attribution.content.is_empty() {
            found.push(attribution);
        }
    }
    Ok(found)
}

/// A range without characters at its edges that are neither letters nor digits, and without a leading "that".
fn trimmed(text: &[char], (mut start, mut end): Range) -> Range {
    end = end.min(text.len());
    let lead = |mut start: usize, end: usize| {
        while start < end && !text[start].is_alphanumeric() {
            start += 1;
        }
        start
    };
    start = lead(start, end);
    while end > start && !text[end - 1].is_alphanumeric() {
        end -= 1;
    }
    let that: String = text[start..end].iter().take(5).collect();
    if that.eq_ignore_ascii_case("that ") { (lead(start + 5, end), end) } else { (start, end) }
}

/// First characters of the tokens in ranges.
fn tokens(text: &[char], ranges: &[Range]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (start, end) in ranges {
        for at in *start..*end {
            if text[at].is_alphanumeric() && (at == *start || !text[at - 1].is_alphanumeric()) {
                found.insert(at);
            }
        }
    }
    found
}

fn overlap(one: &[Range], two: &[Range]) -> bool {
    one.iter().any(|(a, b)| two.iter().any(|(c, d)| a < d && c < b))
}

/// True if both name the same speaker; two sides that name none agree.
fn same_speaker(article: &Article, gold: &Attribution, found: &Attribution) -> bool {
    if gold.source.is_empty() {
        return found.source.is_empty() && found.carried.is_none();
    }
    let carried = found.carried.as_ref().is_some_and(|name| {
        gold.source
            .iter()
            .any(|(start, end)| article.text[*start..*end].iter().collect::<String>().contains(name.as_str()))
    });
    carried || overlap(&gold.source, &found.source)
}

fn form(article: &Article, attribution: &Attribution) -> &'static str {
    let mark = |at: usize| article.text.get(at).is_some_and(|c| matches!(c, '“' | '”' | '"'));
    let opened = |range: &Range| (range.0.saturating_sub(2)..range.0).any(mark);
    let inside = attribution.content.iter().any(|(start, end)| (*start..*end).any(mark));
    if attribution.content.iter().all(opened) {
        return "direct";
    }
    let any =
        inside || attribution.content.iter().any(|range| opened(range) || mark(range.1) || mark(range.1 + 1));
    if any { "mixed" } else { "indirect" }
}

fn speaker_form(article: &Article, attribution: &Attribution) -> &'static str {
    let words = tokens(&article.text, &attribution.source);
    if words.is_empty() {
        "no speaker"
    } else if words.iter().any(|at| article.names.contains(at)) {
        "a name"
    } else if words.iter().all(|at| article.pronouns.contains(at)) {
        "a pronoun"
    } else {
        "a title or noun"
    }
}

/// Counts of one article.
fn measure(article: &Article, attitudes: bool) -> Measures {
    let found: Vec<&Attribution> = article.found.iter().filter(|it| attitudes || !it.attitude).collect();
    let gold: Vec<&Attribution> = article.gold.iter().collect();
    let mut measures = Measures::new();
    type Role = fn(&Attribution) -> &Vec<Range>;
    let roles: [(&str, Role); 3] =
        [("content", |it| &it.content), ("source", |it| &it.source), ("cue", |it| &it.cue)];
    for (name, ranges) in roles {
        spans(&mut measures, name, &gold, &found, ranges);
    }
    let token_sets = |list: &[&Attribution]| -> Vec<BTreeSet<usize>> {
        list.iter().map(|it| tokens(&article.text, &it.content)).collect()
    };
    let (gold_tokens, found_tokens) = (token_sets(&gold), token_sets(&found));
    let pairs = matched(article, &gold, &found, &gold_tokens, &found_tokens);
    let mut add = |row: String, counts: Counts| measures.entry(row).or_default().add(counts);
    let totals = |right| Counts { gold: gold.len(), system: found.len(), right };
    let spoken = |(g, f): &&(usize, usize)| same_speaker(article, gold[*g], found[*f]);
    let cued = |(g, f): &&(usize, usize)| overlap(&gold[*g].cue, &found[*f].cue);
    add("attribution: content".to_owned(), totals(pairs.len()));
    add("attribution: + speaker".to_owned(), totals(pairs.iter().filter(spoken).count()));
    add("attribution: + speaker + cue".to_owned(), totals(pairs.iter().filter(spoken).filter(cued).count()));
    for (at, it) in gold.iter().enumerate() {
        let pair = pairs.iter().find(|(g, _)| *g == at);
        let forms = [form(article, it).to_owned(), format!("speaker is {}", speaker_form(article, it))];
        for name in forms {
            let right = |right: bool| Counts { gold: 1, system: 0, right: usize::from(right) };
            add(format!("recall, {name}: content"), right(pair.is_some()));
            add(format!("recall, {name}: + speaker"), right(pair.as_ref().is_some_and(&spoken)));
        }
    }
    for (threshold, name) in [(0.3, "overlap > .3"), (0.8, "overlap > .8")] {
        let (mut used, mut right) = (BTreeSet::new(), 0);
        for (at, wanted) in gold_tokens.iter().enumerate() {
            let share =
                |f: usize| wanted.intersection(&found_tokens[f]).count() as f64 / wanted.len().max(1) as f64;
            let best =
                (0..found.len()).filter(|f| !used.contains(f)).max_by(|a, b| share(*a).total_cmp(&share(*b)));
            let hit = best.filter(|f| share(*f) > threshold);
            if threshold > 0.5 && form(article, gold[at]) == "direct" {
                let counts = |right: bool| Counts { gold: 1, system: 0, right: usize::from(right) };
                add("direct, overlap > .8: found".to_owned(), counts(hit.is_some()));
                if let Some(f) = hit {
                    add(
                        "direct, overlap > .8: speaker right of found".to_owned(),
                        counts(same_speaker(article, gold[at], found[f])),
                    );
                }
            }
            if let Some(f) = hit {
                used.insert(f);
                right += 1;
            }
        }
        add(name.to_owned(), totals(right));
    }
    measures
}

/// One-to-one pairs (gold, found) by content Jaccard of at least one half, closest first.
fn matched(
    article: &Article,
    gold: &[&Attribution],
    found: &[&Attribution],
    gold_tokens: &[BTreeSet<usize>],
    found_tokens: &[BTreeSet<usize>],
) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, wanted) in gold_tokens.iter().enumerate() {
        for (f, given) in found_tokens.iter().enumerate() {
            let both = wanted.intersection(given).count();
            let all = wanted.union(given).count();
            if both > 0 && 2 * both >= all {
                let speaker = same_speaker(article, gold[g], found[f]);
                candidates.push((both as f64 / all as f64, speaker, g, f));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let (mut of_gold, mut of_found, mut pairs) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, _, g, f) in candidates {
        if !of_gold.contains(&g) && !of_found.contains(&f) {
            of_gold.insert(g);
            of_found.insert(f);
            pairs.push((g, f));
        }
    }
    pairs
}

/// Span F1 of one role: exact, same beginning, characters.
fn spans(
    measures: &mut Measures,
    name: &str,
    gold: &[&Attribution],
    found: &[&Attribution],
    ranges: fn(&Attribution) -> &Vec<Range>,
) {
    let all = |list: &[&Attribution]| -> BTreeSet<Range> {
        list.iter().flat_map(|it| ranges(it).iter().copied()).filter(|range| range.0 < range.1).collect()
    };
    let (gold, found) = (all(gold), all(found));
    let begins = |set: &BTreeSet<Range>| -> BTreeSet<usize> { set.iter().map(|range| range.0).collect() };
    let characters = |set: &BTreeSet<Range>| -> BTreeSet<usize> {
        set.iter().flat_map(|range| range.0..range.1).collect()
    };
    let mut add = |kind: &str, gold: usize, system: usize, right: usize| {
        measures.entry(format!("{name} {kind}")).or_default().add(Counts { gold, system, right });
    };
    add("exact", gold.len(), found.len(), gold.intersection(&found).count());
    let (one, two) = (begins(&gold), begins(&found));
    add("begin", one.len(), two.len(), one.intersection(&two).count());
    let (one, two) = (characters(&gold), characters(&found));
    add("characters", one.len(), two.len(), one.intersection(&two).count());
}

/// Sums over articles with an interval from resampling them.
fn rows(articles: &[Measures], suffix: &str) -> Vec<(String, Vec<Value>)> {
    let names: BTreeSet<&String> = articles.iter().flat_map(Measures::keys).collect();
    let mut rows = Vec::new();
    for name in names {
        let counts: Vec<Counts> =
            articles.iter().map(|it| it.get(name).copied().unwrap_or_default()).collect();
        let sum = |order: &mut dyn Iterator<Item = usize>| {
            let mut sum = Counts::default();
            order.for_each(|at| sum.add(counts[at]));
            sum
        };
        let total = sum(&mut (0..counts.len()));
        let value = |counts: &Counts| if total.system == 0 { counts.recall() } else { counts.f1() };
        let mut seed = 20_161_108u64;
        let mut draws: Vec<f64> = (0..1_000)
            .map(|_| {
                value(&sum(&mut (0..counts.len()).map(|_| {
                    // A linear congruential generator: the interval is the same on every machine.
                    seed =
                        seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (seed >> 33) as usize % counts.len()
                })))
            })
            .collect();
        draws.sort_by(f64::total_cmp);
        let rounded = |value: f64| Value::from((value * 100.0).round() / 100.0);
        let mut cells = total.cells();
        if total.system == 0 {
            cells[0] = Value::Null;
            cells[2] = Value::Null;
        }
        cells.extend([rounded(draws[25]), rounded(draws[974])]);
        rows.push((format!("{name}{suffix}"), cells));
    }
    rows
}
