//! Words, sentences, tags, lemmas and trees against a CoNLL-U file, after the rules of the CoNLL 2018 shared task.

use super::align::{Place, align};
use super::{Counts, Options, Report};
use crate::conllu::{self, Row};
use anyhow::{Context, Result};
use demarche_language::segment::Splitter;
use demarche_language::{Analysis, Kit, analyse, analyse_cut};
use demarche_pack::abbreviations::Abbreviations;
use std::collections::BTreeMap;

/// One side, gold or system, of one document.
#[derive(Debug, Default)]
pub struct Side {
    /// Sentences as ranges of characters.
    pub sentences: Vec<(usize, usize)>,
    /// Surface tokens as ranges of characters.
    pub tokens: Vec<(usize, usize)>,
    /// Words.
    pub places: Vec<Place>,
    /// Annotation of words; heads are indices of words, `None` for roots. Empty if there is none.
    pub rows: Vec<(Row, Option<usize>)>,
}

/// Numbers the characters of a text that are not white space, by byte.
pub struct Characters(Vec<u32>);

impl Characters {
    /// Numbers the characters of a text.
    pub fn of(text: &str) -> Self {
        let mut numbers = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            numbers[at..at + c.len_utf8()].fill(count);
            count += u32::from(!c.is_whitespace());
        }
        numbers[text.len()] = count;
        Self(numbers)
    }
    /// The number of characters before byte `at`.
    pub fn before(&self, at: usize) -> usize {
        self.0[at] as usize
    }
}

/// The gold side of a document.
pub fn gold_side(document: &conllu::Document) -> Side {
    let characters = Characters::of(&document.text);
    let mut side = Side::default();
    for sentence in &document.sentences {
        let base = side.rows.len();
        for token in &sentence.tokens {
            let (start, end) =
                (characters.before(token.start), characters.before(token.start + token.form.len()));
            side.tokens.push((start, end));
            for word in token.words.clone() {
                let row = &sentence.rows[word];
                let shared = token.words.len() > 1;
                side.places.push(Place { start, end, shared, form: row.form.to_lowercase() });
                let head = row.head.checked_sub(1).map(|head| head + base);
                side.rows.push((row.clone(), head));
            }
        }
        let first = side.places[base].start;
        side.sentences.push((first, side.places[side.places.len() - 1].end));
    }
    side
}

/// The system's side from words as byte ranges. Words that touch and are clitics share a token.
pub fn system_side(text: &str, sentences: &[Vec<(usize, usize)>]) -> Side {
    let characters = Characters::of(text);
    let mut side = Side::default();
    for words in sentences {
        let base = side.places.len();
        let mut at = 0;
        while at < words.len() {
            let forms = |it: usize| words.get(it).map(|(start, end)| &text[*start..*end]);
            let mut end = at + 1;
            while end < words.len()
                && words[end].0 == words[end - 1].1
                && demarche_language::shares_token(
                    forms(end - 1).unwrap_or_default(),
                    forms(end).unwrap_or_default(),
                )
            {
                end += 1;
            }
            let (start, stop) = (characters.before(words[at].0), characters.before(words[end - 1].1));
            side.tokens.push((start, stop));
            for (start_byte, end_byte) in &words[at..end] {
                let form = text[*start_byte..*end_byte].to_lowercase();
                side.places.push(Place { start, end: stop, shared: end - at > 1, form });
            }
            at = end;
        }
        side.sentences.push((side.places[base].start, side.places[side.places.len() - 1].end));
    }
    side
}

fn same(gold: &[(usize, usize)], system: &[(usize, usize)]) -> Counts {
    let mut right = 0;
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        match gold[g].cmp(&system[s]) {
            std::cmp::Ordering::Equal => {
                right += 1;
                g += 1;
                s += 1;
            }
            std::cmp::Ordering::Less => g += 1,
            std::cmp::Ordering::Greater => s += 1,
        }
    }
    Counts { gold: gold.len(), system: system.len(), right }
}

/// Features the shared task compares.
const UNIVERSAL: &[&str] = &[
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case",
    "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person",
    "Polite",
];

fn universal(feats: &str) -> Vec<&str> {
    let mut kept: Vec<&str> = feats
        .split('|')
        .filter(|pair| UNIVERSAL.contains(&pair.split('=').next().unwrap_or_default()))
        .collect();
    kept.sort_unstable();
    kept
}

fn plain(deprel: &str) -> &str {
    deprel.split(':').next().unwrap_or_default()
}

/// Rows of the table, summed over documents.
#[derive(Default)]
pub struct Scores {
    names: Vec<&'static str>,
    counts: Vec<Counts>,
}

impl Scores {
    fn put(&mut self, name: &'static str, counts: Counts) {
        match self.names.iter().position(|it| *it == name) {
            Some(at) => self.counts[at].add(counts),
            None => {
                self.names.push(name);
                self.counts.push(counts);
            }
        }
    }

    /// Compares two sides of a document.
    pub fn compare(&mut self, gold: &Side, system: &Side) {
        self.put("Sentences", same(&gold.sentences, &system.sentences));
        self.put("Tokens", same(&gold.tokens, &system.tokens));
        let pairs = align(&gold.places, &system.places);
        let counts = |right| Counts { gold: gold.places.len(), system: system.places.len(), right };
        self.put("Words", counts(pairs.len()));
        if system.rows.is_empty() {
            return;
        }
        let mut partner = vec![None; system.places.len()];
        pairs.iter().for_each(|(g, s)| partner[*s] = Some(*g));
        let pairs: Vec<_> = pairs.iter().map(|(g, s)| (&gold.rows[*g], &system.rows[*s])).collect();
        let count = |test: &dyn Fn(&Row, &Row) -> bool| {
            counts(pairs.iter().filter(|(g, s)| test(&g.0, &s.0)).count())
        };
        self.put("UPOS", count(&|g, s| g.upos == s.upos));
        self.put("UFeats", count(&|g, s| universal(&g.feats) == universal(&s.feats)));
        self.put("Lemmas", count(&|g, s| g.lemma == "_" || g.lemma == s.lemma));
        let headed = |g: Option<usize>, s: Option<usize>| match s {
            None => g.is_none(),
            Some(head) => g.is_some() && partner[head] == g,
        };
        let tree = |test: &dyn Fn(&Row, &Row) -> bool| {
            counts(pairs.iter().filter(|(g, s)| headed(g.1, s.1) && test(&g.0, &s.0)).count())
        };
        self.put("UAS", tree(&|_, _| true));
        self.put("LAS", tree(&|g, s| plain(&g.deprel) == plain(&s.deprel)));
        self.put("LAS with subtypes", tree(&|g, s| g.deprel == s.deprel));
    }

    /// The table.
    pub fn report(self, title: String) -> Report {
        let rows =
            self.names.iter().map(|it| (*it).to_owned()).zip(self.counts.iter().map(Counts::cells)).collect();
        Report { title, columns: Counts::COLUMNS.to_vec(), rows, remarks: Vec::new() }
    }
}

/// Scores words and sentences alone.
pub fn segments(options: &Options) -> Result<Report> {
    let bytes = std::fs::read("models/en/segment.bin").context("run this in the root of the repository")?;
    let splitter = Splitter::read(&bytes)?;
    let abbreviations = Abbreviations::parse(&demarche_pack::builtin_files(), "en")
        .map_err(|faults| anyhow::anyhow!("{}", faults[0]))?;
    let mut scores = Scores::default();
    let mut errors = Vec::new();
    for document in conllu::read(&options.path)? {
        let text = &document.text;
        let cuts = splitter.split(text, 0, text.len(), &abbreviations);
        let sentences: Vec<Vec<(usize, usize)>> = cuts
            .iter()
            .map(|cut| cut.words.iter().map(|(a, b)| (*a as usize, *b as usize)).collect())
            .collect();
        let system = system_side(text, &sentences);
        let gold = gold_side(&document);
        if errors.len() < options.errors {
            let held: Vec<_> = gold.tokens.iter().filter(|it| !system.tokens.contains(it)).collect();
            let starts: Vec<usize> =
                text.char_indices().filter(|it| !it.1.is_whitespace()).map(|it| it.0).collect();
            let words = |(from, to): &(usize, usize)| {
                let end = starts.get(*to).copied().unwrap_or(text.len());
                text[starts[*from]..end].replace('\n', "¶")
            };
            errors.extend(held.iter().map(|it| format!("token  {}", words(it))));
            errors.extend(
                gold.sentences
                    .iter()
                    .filter(|it| !system.sentences.contains(it))
                    .map(|it| format!("sentence  {}", words(it))),
            );
        }
        scores.compare(&gold, &system);
    }
    let mut report = scores.report(format!("words and sentences from raw text: {}", options.path.display()));
    report.remarks = errors.into_iter().take(options.errors).collect();
    Ok(report)
}

/// Annotates the system's words of a document.
fn annotate(side: &mut Side, analysis: &Analysis) {
    side.rows = analysis
        .words
        .iter()
        .map(|word| {
            let row = Row {
                form: analysis.text(word.span).to_owned(),
                lemma: word.lemma.clone(),
                upos: word.upos.as_str().to_owned(),
                feats: if word.feats.is_empty() { "_".to_owned() } else { word.feats.clone() },
                head: 0,
                deprel: word.deprel.to_string(),
            };
            (row, word.head.map(|head| head.0 as usize))
        })
        .collect();
}

/// Counts errors by what was taken for what.
fn collect(gold: &Side, system: &Side, errors: &mut BTreeMap<String, usize>) {
    let mut add = |error: String| *errors.entry(error).or_default() += 1;
    for (g, s) in align(&gold.places, &system.places) {
        let (g, s) = (&gold.rows[g].0, &system.rows[s].0);
        if g.upos != s.upos {
            add(format!("upos {} for {}", s.upos, g.upos));
        }
        if g.lemma != s.lemma {
            add(format!("lemma {} ({} {}) instead of {}", s.lemma, g.form, g.upos, g.lemma));
        }
        if g.feats != s.feats {
            add(format!("feats of {}: {} for {}", g.upos, s.feats, g.feats));
        }
        if plain(&g.deprel) != plain(&s.deprel) {
            add(format!("relation {} for {}", s.deprel, g.deprel));
        }
    }
}

/// Scores trees, tags and lemmas.
pub fn trees(options: &Options) -> Result<Report> {
    let kit = Kit::with(demarche_pack::Pack::builtin(), options.model.as_deref())?;
    let mut scores = Scores::default();
    let mut errors = BTreeMap::new();
    for document in conllu::read(&options.path)? {
        let input = demarche_testkit::document(&document.text);
        let analysis = if options.gold_tokens {
            let cuts: Vec<_> = document
                .sentences
                .iter()
                .map(|it| it.spans().iter().map(|(start, end)| (*start as u32, *end as u32)).collect())
                .collect();
            analyse_cut(input, &kit, cuts)
        } else {
            analyse(input, &kit)
        };
        let gold = gold_side(&document);
        let mut system = if options.gold_tokens {
            gold_side(&document)
        } else {
            let spans = |range: &std::ops::Range<u32>| {
                analysis
                    .ids(range)
                    .map(|id| analysis.word(id).span)
                    .map(|it| (it.start(), it.end()))
                    .collect()
            };
            let sentences: Vec<Vec<_>> = analysis.sentences.iter().map(|it| spans(&it.words)).collect();
            system_side(&document.text, &sentences)
        };
        annotate(&mut system, &analysis);
        if options.errors > 0 {
            collect(&gold, &system, &mut errors);
        }
        scores.compare(&gold, &system);
    }
    let mut errors: Vec<(usize, String)> = errors.into_iter().map(|(error, times)| (times, error)).collect();
    errors.sort_by(|one, two| two.cmp(one));
    let remarks =
        errors.into_iter().take(options.errors).map(|(times, error)| format!("{times:5} {error}")).collect();
    let tokens = if options.gold_tokens { "gold words and sentences" } else { "raw text" };
    let report = scores.report(format!("trees from {tokens}: {}", options.path.display()));
    Ok(Report { remarks, ..report })
}
