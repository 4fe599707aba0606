//! Scores coreference of named and pronominal mentions on documents with stand-off entities (GUM): MUC, B³, CEAF-e.

use super::{Options, Report};
use anyhow::{Context, Result};
use demarche_language::{Analysis, Kit, MentionForm, Upos, analyse};
use demarche_text::Span;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A mention: the word that identifies it, and its chain.
pub(super) type Chains = Vec<BTreeSet<usize>>;

/// Scores every document of a file of JSON lines.
pub fn run(options: &Options) -> Result<Report> {
    let kit = Kit::with(demarche_pack::Pack::builtin(), options.model.as_deref())?;
    let lines = std::fs::read_to_string(&options.path)
        .with_context(|| format!("reading {}", options.path.display()))?;
    let mut total = Sums::default();
    let mut rows = Vec::new();
    let mut remarks = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let held: Value = serde_json::from_str(line)?;
        let mut own = Sums::default();
        score(&kit, &held, &mut own, &mut remarks, options.errors)?;
        rows.push((held["id"].as_str().unwrap_or_default().to_owned(), own.cells()));
        total.add(&own);
    }
    rows.push(("all".to_owned(), total.cells()));
    remarks.push(
        "Mentions are compared by their head words; only names and pronouns count, on both sides.".to_owned(),
    );
    Ok(Report {
        title: "Coreference of named and pronominal mentions".to_owned(),
        columns: vec!["MUC", "B3", "CEAFe", "CoNLL", "mention F", "gold", "system"],
        rows,
        remarks,
    })
}

/// Reads a document of GUM, every line as a paragraph.
pub(crate) fn read(kit: &Kit, held: &Value) -> Result<Analysis> {
    let text = held["text"].as_str().context("a document without text")?;
    let mut document = Arc::unwrap_or_clone(demarche_testkit::document(&text.replace('\n', "\n\n")));
    document.language = Some("en".to_owned());
    Ok(analyse(Arc::new(document), kit))
}

/// The chain of every word that may head a mention of gold; of nested mentions the shortest counts.
pub(crate) fn chains_of(analysis: &Analysis, held: &Value) -> BTreeMap<usize, String> {
    let text = held["text"].as_str().unwrap_or_default();
    let moved = |at: usize| at + text.chars().take(at).filter(|letter| *letter == '\n').count();
    let source = &analysis.document.text;
    let mut found: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    for entity in held["entities"].as_array().into_iter().flatten() {
        let at = |key: &str| source.byte_of_code_point(moved(entity[key].as_u64()? as usize));
        let Some(span) = at("start").zip(at("end")).and_then(|(start, end)| source.span(start, end)) else {
            continue;
        };
        let range = analysis.words_in(span);
        let parts =
            entity["min"].as_str().unwrap_or("1").split(',').filter_map(|it| it.parse::<usize>().ok());
        for word in parts.map(|it| range.start as usize + it.max(1) - 1).filter(|it| *it < range.end as usize)
        {
            let own = (range.len(), entity["group"].to_string());
            let known = found.entry(word).or_insert_with(|| own.clone());
            if own.0 < known.0 {
                *known = own;
            }
        }
    }
    found.into_iter().map(|(word, (_, group))| (word, group)).collect()
}

fn score(kit: &Kit, held: &Value, sums: &mut Sums, remarks: &mut Vec<String>, errors: usize) -> Result<()> {
    let analysis = read(kit, held)?;
    let text = held["text"].as_str().unwrap_or_default();
    // Blank lines make paragraphs; offsets of gold move by one for each line before them.
    let moved = |at: usize| at + text.chars().take(at).filter(|letter| *letter == '\n').count();
    let source = &analysis.document.text;
    let word_at = |start: usize, end: usize| -> Option<(usize, usize)> {
        let span = source.span(source.byte_of_code_point(start)?, source.byte_of_code_point(end)?)?;
        let range = analysis.words_in(span);
        (!range.is_empty()).then_some((range.start as usize, range.end as usize))
    };
    let kind_of = |word: usize| {
        let upos = analysis.words[word].upos;
        match upos {
            Upos::Propn => Some(true),
            Upos::Pron => Some(false),
            _ => None,
        }
    };
    // Gold names the words that may head a mention (`min`): several for a name whose parts stand side by side. The
    // first stands for the mention; a mention of the system counts as it if its head is any of them.
    let mut gold: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut heads: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for entity in held["entities"].as_array().into_iter().flatten() {
        let (Some(start), Some(end)) = (entity["start"].as_u64(), entity["end"].as_u64()) else { continue };
        let Some((first, last)) = word_at(moved(start as usize), moved(end as usize)) else { continue };
        let minimum = entity["min"].as_str().unwrap_or("1");
        let parts = minimum.split(',').filter_map(|it| it.parse::<usize>().ok());
        let words: Vec<usize> = parts.map(|it| (first + it.max(1) - 1).min(last - 1)).collect();
        let head = words.first().copied().unwrap_or(first);
        let form = source.slice(analysis.words[head].span);
        if is_pronoun(form) || kind_of(head) == Some(true) && form.starts_with(char::is_uppercase) {
            gold.entry(entity["group"].to_string()).or_default().insert(head);
            for word in words {
                let own = (last - first, head);
                let known = heads.entry(word).or_insert(own);
                *known = own.min(*known);
            }
        }
    }
    let mut system: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for mention in &analysis.mentions {
        let head = mention.head.0 as usize;
        // "the Secretary" is a name by its head on both sides.
        let form = source.slice(analysis.words[head].span);
        let counts = mention.form == MentionForm::Pronoun
            || kind_of(head) == Some(true) && form.starts_with(char::is_uppercase);
        let Some(entity) = mention.entity.filter(|_| counts) else { continue };
        let head = heads.get(&head).map_or(head, |known| known.1);
        if taken.insert(head) {
            system.entry(entity.0).or_default().insert(head);
        }
    }
    // Chains of one are no coreference: the measures are over chains of two or more.
    let keep = |chains: Vec<BTreeSet<usize>>| -> Chains {
        chains.into_iter().filter(|chain| chain.len() > 1).collect()
    };
    let gold = keep(gold.into_values().collect());
    let system = keep(system.into_values().collect());
    if remarks.len() < errors {
        let shown = |word: usize| {
            let span: Span = analysis.words[word].span;
            format!("{}@{word}", source.slice(span))
        };
        let all =
            |chain: &BTreeSet<usize>| chain.iter().map(|word| shown(*word)).collect::<Vec<_>>().join(" ");
        remarks.extend(
            gold.iter().filter(|chain| !system.contains(chain)).map(|chain| format!("gold   {}", all(chain))),
        );
        remarks.extend(
            system.iter().filter(|chain| !gold.contains(chain)).map(|chain| format!("system {}", all(chain))),
        );
    }
    sums.count(&gold, &system);
    Ok(())
}

/// Pronouns that gold annotates and that count: personal and possessive, not of the second person.
fn is_pronoun(form: &str) -> bool {
    const FORMS: &str = "he she it they him her them his its their i we me us my our himself herself itself \
                         themselves theirs hers mine ours myself ourselves";
    FORMS.split_whitespace().any(|it| form.eq_ignore_ascii_case(it))
}

/// Numerators and denominators of recall and precision.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    recall: (f64, f64),
    precision: (f64, f64),
}

impl Share {
    fn add(&mut self, other: &Share) {
        self.recall = (self.recall.0 + other.recall.0, self.recall.1 + other.recall.1);
        self.precision = (self.precision.0 + other.precision.0, self.precision.1 + other.precision.1);
    }
    fn f1(&self) -> f64 {
        let part = |(part, whole): (f64, f64)| if whole == 0.0 { 0.0 } else { part / whole };
        let (recall, precision) = (part(self.recall), part(self.precision));
        if recall + precision == 0.0 { 0.0 } else { 200.0 * recall * precision / (recall + precision) }
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    muc: Share,
    bcubed: Share,
    ceaf: Share,
    mentions: Share,
}

impl Sums {
    fn add(&mut self, other: &Sums) {
        self.muc.add(&other.muc);
        self.bcubed.add(&other.bcubed);
        self.ceaf.add(&other.ceaf);
        self.mentions.add(&other.mentions);
    }

    pub(super) fn cells(&self) -> Vec<Value> {
        let rounded = |share: f64| Value::from((share * 100.0).round() / 100.0);
        let mean = (self.muc.f1() + self.bcubed.f1() + self.ceaf.f1()) / 3.0;
        let shares = [self.muc.f1(), self.bcubed.f1(), self.ceaf.f1(), mean, self.mentions.f1()];
        let mut cells: Vec<Value> = shares.map(rounded).to_vec();
        cells.extend([self.mentions.recall.1, self.mentions.precision.1].map(|it| Value::from(it as u64)));
        cells
    }

    pub(super) fn count(&mut self, gold: &Chains, system: &Chains) {
        let all = |chains: &Chains| chains.iter().flatten().copied().collect::<BTreeSet<usize>>();
        let (mine, theirs) = (all(gold), all(system));
        let common = mine.intersection(&theirs).count() as f64;
        self.mentions.recall = (common, mine.len() as f64);
        self.mentions.precision = (common, theirs.len() as f64);
        self.muc = Share { recall: links(gold, system), precision: links(system, gold) };
        self.bcubed = Share { recall: overlap(gold, system), precision: overlap(system, gold) };
        let aligned = align(gold, system);
        self.ceaf = Share { recall: (aligned, gold.len() as f64), precision: (aligned, system.len() as f64) };
    }
}

/// MUC: links of `one` that `two` keeps.
fn links(one: &Chains, two: &Chains) -> (f64, f64) {
    let mut kept = (0.0, 0.0);
    for chain in one {
        let touched = two.iter().filter(|other| !chain.is_disjoint(other)).count();
        let alone = chain.iter().filter(|word| !two.iter().any(|other| other.contains(word))).count();
        kept.0 += (chain.len() - (touched + alone).max(1)) as f64;
        kept.1 += (chain.len() - 1) as f64;
    }
    kept
}

/// B³: for each mention the share of its chain that the other side has too.
fn overlap(one: &Chains, two: &Chains) -> (f64, f64) {
    let mut sum = (0.0, 0.0);
    for chain in one {
        for word in chain {
            let other = two.iter().find(|other| other.contains(word));
            sum.0 += other.map_or(0, |other| other.intersection(chain).count()) as f64 / chain.len() as f64;
            sum.1 += 1.0;
        }
    }
    sum
}

/// CEAF-e: the best one-to-one alignment of chains by their common share; chains that share no mention, even by way of
/// others, are aligned apart.
fn align(one: &Chains, two: &Chains) -> f64 {
    let mut parts: Vec<(Chains, Chains)> = Vec::new();
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    for (own, chain) in one.iter().map(|it| (true, it)).chain(two.iter().map(|it| (false, it))) {
        let mut met: Vec<usize> = chain.iter().filter_map(|word| home.get(word).copied()).collect();
        met.sort_unstable();
        met.dedup();
        let part = match met.split_first() {
            None => {
                parts.push(Default::default());
                parts.len() - 1
            }
            Some((first, others)) => {
                for other in others {
                    let (ones, twos) = std::mem::take(&mut parts[*other]);
                    home.extend(ones.iter().chain(&twos).flatten().map(|word| (*word, *first)));
                    parts[*first].0.extend(ones);
                    parts[*first].1.extend(twos);
                }
                *first
            }
        };
        home.extend(chain.iter().map(|word| (*word, part)));
        if own { parts[part].0.push(chain.clone()) } else { parts[part].1.push(chain.clone()) }
    }
    parts.iter().map(|(one, two)| assign(one, two)).sum()
}

/// The best assignment by the Hungarian method.
fn assign(one: &Chains, two: &Chains) -> f64 {
    let size = one.len().max(two.len());
    if size == 0 {
        return 0.0;
    }
    let alike = |row: usize, column: usize| match (one.get(row), two.get(column)) {
        (Some(one), Some(two)) => 2.0 * one.intersection(two).count() as f64 / (one.len() + two.len()) as f64,
        _ => 0.0,
    };
    // Potentials and augmenting paths over costs = -likeness (1-based, row 0 is a helper).
    let (mut rows, mut columns) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut matched = vec![0usize; size + 1];
    for row in 1..=size {
        matched[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; size + 1];
        let mut used = vec![false; size + 1];
        let mut way = vec![0usize; size + 1];
        loop {
            used[column] = true;
            let at = matched[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for other in 1..=size {
                if used[other] {
                    continue;
                }
                let cost = -alike(at - 1, other - 1) - rows[at] - columns[other];
                if cost < least[other] {
                    least[other] = cost;
                    way[other] = column;
                }
                if least[other] < delta {
                    delta = least[other];
                    next = other;
                }
            }
            for other in 0..=size {
                if used[other] {
                    rows[matched[other]] += delta;
                    columns[other] -= delta;
                } else {
                    least[other] -= delta;
                }
            }
            column = next;
            if matched[column] == 0 {
                break;
            }
        }
        while column != 0 {
            matched[column] = matched[way[column]];
            column = way[column];
        }
    }
    (1..=size).map(|column| alike(matched[column] - 1, column - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(chains: &[&[usize]]) -> Chains {
        chains.iter().map(|chain| chain.iter().copied().collect()).collect()
    }

    #[test]
    fn the_same_chains_score_full() {
        let gold = chains(&[&[1, 2, 3], &[4, 5]]);
        let mut sums = Sums::default();
        sums.count(&gold, &gold);
        assert!((sums.muc.f1() - 100.0).abs() < 1e-9 && (sums.bcubed.f1() - 100.0).abs() < 1e-9);
        assert!((sums.ceaf.f1() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn one_chain_for_two_loses_precision_only() {
        let gold = chains(&[&[1, 2], &[3, 4]]);
        let mut sums = Sums::default();
        sums.count(&gold, &chains(&[&[1, 2, 3, 4]]));
        assert_eq!(sums.muc.recall, (2.0, 2.0));
        assert_eq!(sums.muc.precision, (2.0, 3.0));
        assert_eq!(sums.bcubed.precision, (2.0, 4.0));
    }
}
