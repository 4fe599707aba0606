//! Learns base forms and exceptions of inflection from CoNLL-U files.

use crate::conllu;
use anyhow::{Context, Result};
use clap::Args;
use demarche_language::Upos;
use demarche_language::lemma::{Lemmas, dictionary_form};
use demarche_pack::inflection::Inflection;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

/// Options of the chore.
#[derive(Args)]
pub struct Options {
    /// Folder with ud-english-ewt and ud-english-gum.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Where to write the dictionary.
    #[arg(long, default_value = "models/en/lemmas.txt")]
    out: PathBuf,
}

/// A form of a part of speech.
type Form = (Upos, String);

/// Writes the dictionary.
pub fn run(options: &Options) -> Result<()> {
    // Lemmas, and features, of every form with their number.
    let mut lemmas: BTreeMap<Form, BTreeMap<String, usize>> = BTreeMap::new();
    let mut feats: BTreeMap<Form, BTreeMap<String, usize>> = BTreeMap::new();
    let mut bases: BTreeMap<Form, usize> = BTreeMap::new();
    for part in ["ud-english-ewt/train.conllu", "ud-english-gum/train-open.conllu"] {
        for row in conllu::read(&options.data.join(part))?
            .iter()
            .flat_map(|it| &it.sentences)
            .flat_map(|it| &it.rows)
        {
            let Some(upos) = Upos::parse(&row.upos) else { continue };
            let form = (upos, dictionary_form(&row.form));
            if row.lemma == "_" || row.form.contains(' ') || row.lemma.contains(' ') {
                continue;
            }
            *lemmas.entry(form.clone()).or_default().entry(row.lemma.clone()).or_default() += 1;
            *feats.entry(form).or_default().entry(row.feats.clone()).or_default() += 1;
            if row.lemma.chars().all(|c| c.is_lowercase()) && row.lemma.len() > 1 {
                *bases.entry((upos, row.lemma.clone())).or_default() += 1;
            }
        }
    }
    let inflection = Inflection::parse(&demarche_pack::builtin_files(), "en")
        .map_err(|faults| anyhow::anyhow!("{}", faults[0]))?;
    let mut text = String::new();
    for upos in [Upos::Verb, Upos::Noun, Upos::Adj, Upos::Adv] {
        // A base that was seen once only may be a slip of the annotation, unless it was seen as a form too.
        let list: BTreeSet<&str> = bases
            .iter()
            .filter(|((tag, base), count)| {
                *tag == upos && (**count > 1 || lemmas.contains_key(&(upos, base.clone())))
            })
            .map(|((_, base), _)| base.as_str())
            .collect();
        writeln!(text, "= {} {}", upos.as_str(), list.into_iter().collect::<Vec<_>>().join(" "))?;
    }
    let known = Lemmas::parse(&text);
    for ((upos, form), seen) in &lemmas {
        let total: usize = seen.values().sum();
        let mut kept: Vec<(&String, usize)> = seen.iter().map(|(lemma, count)| (lemma, *count)).collect();
        kept.sort_by_key(|(lemma, count)| (std::cmp::Reverse(*count), *lemma));
        kept.retain(|(_, count)| count * 20 > total);
        let best = kept[0].0;
        let usual = feats[&(*upos, form.clone())].iter().max_by_key(|it| it.1).map_or("", |it| it.0.as_str());
        let by_rule = known.inflected(form, form, *upos, usual, &inflection);
        let needed = match (upos, by_rule) {
            (Upos::X | Upos::Punct | Upos::Sym | Upos::Num, _) => false,
            (Upos::Propn, _) => total > 2 && kept.len() == 1 && best.to_lowercase() != *form,
            (_, Some(lemma)) => lemma != *best || kept.len() > 1 && total > 1,
            (Upos::Adj | Upos::Adv, None) => total > 1 && best != form,
            (_, None) => total > 1,
        };
        if needed {
            let kept: Vec<&str> = kept.iter().map(|(lemma, _)| lemma.as_str()).collect();
            writeln!(text, "{} {form} {}", upos.as_str(), kept.join(" "))?;
        }
    }
    println!("{} bytes, {} exceptions", text.len(), text.lines().count());
    std::fs::write(&options.out, text).with_context(|| options.out.display().to_string())
}
