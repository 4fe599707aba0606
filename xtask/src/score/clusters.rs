//! Scores stories: BCubed and pairwise F1 of episodes (ClaimDiff) or crises (AQUAINT among TimeBank as noise).
//!
//! Path: a folder with `articles.jsonl` (topic, date, title, claims), or a folder of TimeML files whose labels stand in
//! `corpus/clusters/aquaint.tsv`; the folder `timebank` beside it is noise. The configuration is the product's.

use super::{Options, Report};
use anyhow::{Context, Result, bail};
use demarche_ledger::stories;
use demarche_record::{Document, DocumentId, Edtf, Genre, Published, PublishedBasis};
use demarche_text::{ContentHash, Text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A document of a data set, without metadata but its date.
pub(crate) fn document(name: &str, title: Option<&str>, day: Option<&str>, text: &str) -> Arc<Document> {
    let text = Text::new(text);
    Arc::new(Document {
        id: DocumentId(ContentHash::of([name.as_bytes(), text.as_str().as_bytes()])),
        file: name.to_owned(),
        url: None,
        title: title.map(str::to_owned),
        byline: None,
        author_role: None,
        outlet: None,
        outlet_actor: None,
        agencies: Vec::new(),
        published: Published {
            edtf: day.map(|day| Edtf(day.to_owned())),
            basis: PublishedBasis::Metadata,
            evidence: Vec::new(),
        },
        language: Some("en".to_owned()),
        genre: Genre::Report,
        genre_evidence: None,
        issuer: None,
        blocks: Vec::new(),
        raw_hash: ContentHash::of([name.as_bytes()]),
        version_of: None,
        notices: Vec::new(),
        text,
    })
}

/// Scores the folder.
pub fn run(options: &Options) -> Result<Report> {
    let articles = options.path.join("articles.jsonl");
    let (set, level) = if articles.is_file() {
        (claimdiff(&articles)?, Level::Episode)
    } else {
        (aquaint(&options.path)?, Level::Crisis)
    };
    let documents: Vec<Arc<Document>> = set.iter().map(|it| it.0.clone()).collect();
    let mut cluster: BTreeMap<DocumentId, String> = BTreeMap::new();
    for story in stories::group(&documents, &demarche_pack::Pack::builtin().telling) {
        if story.part_of.is_some() == (level == Level::Episode) {
            cluster.extend(story.documents.iter().map(|id| (*id, story.id.clone())));
        }
    }
    let pairs: Vec<(Option<String>, String)> =
        set.iter().map(|(document, label)| (label.clone(), cluster[&document.id].clone())).collect();
    let labelled = pairs.iter().filter(|it| it.0.is_some()).count();
    let mut rows = Vec::new();
    for (name, [precision, recall, f1]) in [("BCubed", bcubed(&pairs)), ("pairwise", pairwise(&pairs))] {
        rows.push((
            name.to_owned(),
            [precision, recall, f1].map(|it| Value::from((it * 10_000.0).round() / 100.0)).to_vec(),
        ));
    }
    let found: std::collections::BTreeSet<&String> = pairs.iter().map(|it| &it.1).collect();
    let remarks = vec![format!(
        "{labelled} labelled documents and {} of noise in {} groups",
        set.len() - labelled,
        found.len()
    )];
    let what = if level == Level::Episode { "episodes" } else { "crises" };
    Ok(Report {
        title: format!("Stories ({what}) of {}", options.path.display()),
        columns: vec!["P", "R", "F1"],
        rows,
        remarks,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Level {
    Episode,
    Crisis,
}

/// Documents with their labels; noise has none.
type Set = Vec<(Arc<Document>, Option<String>)>;

fn claimdiff(path: &Path) -> Result<Set> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            let row: Value =
                serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), number + 1))?;
            let claims: Vec<&str> =
                row["claims"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let label = row["topic"].as_str().context("a row has no topic")?;
            let made = document(
                &format!("{number}"),
                row["title"].as_str(),
                row["date"].as_str(),
                &claims.join("\n"),
            );
            Ok((made, Some(label.to_owned())))
        })
        .collect()
}

fn aquaint(folder: &Path) -> Result<Set> {
    let table = Path::new("corpus/clusters/aquaint.tsv");
    let labels = std::fs::read_to_string(table)
        .with_context(|| format!("reading {}: run from the workspace root", table.display()))?;
    let labels: BTreeMap<&str, &str> =
        labels.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
    let mut set = Vec::new();
    let noise = folder.parent().map(|parent| parent.join("timebank")).filter(|noise| noise.is_dir());
    for (folder, labelled) in [(Some(folder.to_owned()), true), (noise, false)] {
        let Some(folder) = folder else { continue };
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .with_context(|| format!("reading {}", folder.display()))?
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .map(|it| it.path())
            .filter(|it| it.extension().is_some_and(|end| end == "tml"))
            .collect();
        files.sort();
        for file in files {
            let name = file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            let bytes = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            let xml = String::from_utf8_lossy(&bytes);
            let part = |tag: &str| {
                xml.split_once(&format!("<{tag}>"))
                    .and_then(|(_, rest)| rest.split_once(&format!("</{tag}>")))
                    .map(|(inside, _)| inside)
            };
            let (Some(text), Some(dct)) = (part("TEXT"), part("DCT")) else { continue };
            let day = dct.split_once("value=\"").and_then(|(_, rest)| rest.get(..10));
            let label = if labelled { labels.get(name.as_str()).map(|it| (*it).to_owned()) } else { None };
            set.push((document(&name, None, day, &plain(text)), label));
        }
    }
    if set.is_empty() {
        bail!("{} holds no TimeML files and no articles.jsonl", folder.display());
    }
    Ok(set)
}

fn plain(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut inside = false;
    for letter in xml.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => out.push(other),
            _ => {}
        }
    }
    out.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'")
}

/// BCubed precision, recall and F1 over the labelled documents; noise in their groups costs precision.
fn bcubed(pairs: &[(Option<String>, String)]) -> [f64; 3] {
    let (mut precision, mut recall, mut count) = (0.0, 0.0, 0.0);
    for (label, group) in pairs.iter().filter(|it| it.0.is_some()) {
        let same = |it: &&(Option<String>, String)| it.0 == *label && it.1 == *group;
        let both = pairs.iter().filter(same).count() as f64;
        precision += both / pairs.iter().filter(|it| it.1 == *group).count() as f64;
        recall += both / pairs.iter().filter(|it| it.0 == *label).count() as f64;
        count += 1.0;
    }
    mean(precision / count, recall / count)
}

fn pairwise(pairs: &[(Option<String>, String)]) -> [f64; 3] {
    let (mut right, mut system, mut gold) = (0.0, 0.0, 0.0);
    for (at, one) in pairs.iter().enumerate() {
        for two in &pairs[at + 1..] {
            if one.0.is_none() && two.0.is_none() {
                continue;
            }
            let (same_label, same_group) = (one.0 == two.0, one.1 == two.1);
            right += f64::from(u8::from(same_label && same_group));
            system += f64::from(u8::from(same_group));
            gold += f64::from(u8::from(same_label));
        }
    }
    mean(right / f64::max(system, 1.0), right / f64::max(gold, 1.0))
}

fn mean(precision: f64, recall: f64) -> [f64; 3] {
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    [precision, recall, f1]
}
