//! Article bodies from pages, after the rule of the article extraction benchmark: words in runs of four as a multiset,
//! precision and recall averaged over pages, F1 of the averages; a page is exact if all its words are right.

use super::{Options, Report};
use anyhow::{Context, Result, bail};
use demarche_pack::Pack;
use demarche_record::{BlockKind, Document};
use demarche_source::{Hints, read};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

#[derive(Deserialize)]
struct Gold {
    #[serde(rename = "articleBody")]
    body: String,
    #[serde(default)]
    url: String,
}

/// Scores of one page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Page {
    precision: f64,
    recall: f64,
    exact: bool,
}

/// Scores a folder with `ground-truth.json` and `html/<id>.html`.
pub fn score(options: &Options) -> Result<Report> {
    let truth = options.path.join("ground-truth.json");
    let text = fs::read_to_string(&truth)
        .with_context(|| format!("{}: give the benchmark's folder", truth.display()))?;
    let gold: BTreeMap<String, Gold> =
        serde_json::from_str(&text).with_context(|| truth.display().to_string())?;
    if gold.is_empty() {
        bail!("{}: has no pages", truth.display());
    }
    let pack = Pack::builtin();
    let mut pages = Vec::new();
    let mut unread = Vec::new();
    for (id, gold) in &gold {
        let path = options.path.join("html").join(format!("{id}.html"));
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        let found = match read(&bytes, &Hints::named(id), &pack) {
            Ok(document) => body(&document),
            Err(error) => {
                unread.push(error.to_string());
                String::new()
            }
        };
        pages.push((page(&gold.body, &found), id.as_str(), gold.url.as_str()));
    }
    let scores: Vec<Page> = pages.iter().map(|(page, _, _)| *page).collect();
    let (precision, recall, f1, exact) = means(&scores);
    let (low, high) = interval(&scores);
    let percent = |share: f64| Value::from((share * 10_000.0).round() / 100.0);
    let mut cells: Vec<Value> = [precision, recall, f1, low, high, exact].map(percent).to_vec();
    cells.extend([scores.iter().filter(|page| page.exact).count(), scores.len()].map(Value::from));
    let mut remarks = vec!["F1 with its 95 % interval, bootstrap over pages.".to_owned()];
    remarks.extend(unread.into_iter().map(|error| format!("not read: {error}")));
    pages.sort_by(|one, two| harmonic(one.0).total_cmp(&harmonic(two.0)));
    remarks.extend(pages.iter().take(options.errors).map(|(page, id, url)| {
        format!("F1 {:.3}  P {:.3}  R {:.3}  {id}  {url}", harmonic(*page), page.precision, page.recall)
    }));
    Ok(Report {
        title: "Article bodies".to_owned(),
        columns: vec!["P", "R", "F1", "low", "high", "exact %", "exact", "pages"],
        rows: vec![("all".to_owned(), cells)],
        remarks,
    })
}

/// The running text of a document: what the benchmark calls the body. A dateline belongs to its paragraph.
fn body(document: &Document) -> String {
    let mut body = String::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let words = document.text.slice(block.span);
        let is_text = matches!(block.kind, BlockKind::Lede | BlockKind::Body | BlockKind::Subhead);
        let opens = document.blocks.get(number + 1).is_some_and(|next| {
            let gap = document.text.as_str().get(block.span.end()..next.span.start());
            next.kind == BlockKind::Lede && gap.is_some_and(|gap| !gap.contains('\n'))
        });
        if is_text || (block.kind == BlockKind::Byline && opens) {
            body.push_str(words);
            body.push('\n');
        }
    }
    body
}

fn tokens(text: &str) -> Vec<&str> {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Runs of four words with their counts; a shorter text is one run.
fn shingles<'a>(words: &[&'a str]) -> BTreeMap<Vec<&'a str>, usize> {
    let mut counts = BTreeMap::new();
    for run in words.windows(words.len().clamp(1, 4)) {
        *counts.entry(run.to_vec()).or_insert(0) += 1;
    }
    counts
}

fn page(gold: &str, found: &str) -> Page {
    let (gold, found) = (tokens(gold), tokens(found));
    let (wanted, given) = (shingles(&gold), shingles(&found));
    let both: usize = wanted.iter().map(|(run, count)| count.min(given.get(run).unwrap_or(&0))).sum();
    let share = |all: &BTreeMap<Vec<&str>, usize>| {
        let all: usize = all.values().sum();
        if all == 0 { 0.0 } else { both as f64 / all as f64 }
    };
    let exact = gold == found;
    // Nothing wanted and nothing given is right.
    if wanted.is_empty() && given.is_empty() {
        return Page { precision: 1.0, recall: 1.0, exact };
    }
    Page { precision: share(&given), recall: share(&wanted), exact }
}

fn harmonic(page: Page) -> f64 {
    let sum = page.precision + page.recall;
    if sum == 0.0 { 0.0 } else { 2.0 * page.precision * page.recall / sum }
}

/// Mean precision, mean recall, F1 of the two, share of exact pages.
fn means(pages: &[Page]) -> (f64, f64, f64, f64) {
    let count = pages.len().max(1) as f64;
    let precision = pages.iter().map(|page| page.precision).sum::<f64>() / count;
    let recall = pages.iter().map(|page| page.recall).sum::<f64>() / count;
    let exact = pages.iter().filter(|page| page.exact).count() as f64 / count;
    (precision, recall, harmonic(Page { precision, recall, exact: false }), exact)
}

/// The 95 % interval of F1 from 1,000 draws with a fixed seed.
fn interval(pages: &[Page]) -> (f64, f64) {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % pages.len() as u64) as usize
    };
    let mut scores: Vec<f64> = (0..1000)
        .map(|_| {
            let sample: Vec<Page> = pages.iter().map(|_| pages[draw()]).collect();
            means(&sample).2
        })
        .collect();
    scores.sort_by(f64::total_cmp);
    (scores[25], scores[974])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_count_every_occurrence() {
        let score = page("a b c d a b c d", "a b c d");
        assert_eq!((score.precision, score.recall), (1.0, 0.2));
        assert!(page("One, two.", "one two").precision == 0.0);
        assert!(page("One, two.", "One two").exact);
        assert_eq!(page("", ""), Page { precision: 1.0, recall: 1.0, exact: true });
    }
}
