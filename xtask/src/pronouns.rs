//! Learns the weights of the ranking of pronouns from documents with coreference: a log-linear model over what each
//! pronoun can mean, nothing among it, by gradient descent in fixed order.

use crate::score::coref;
use anyhow::{Context, Result};
use clap::Args;
use demarche_language::{CLASSES, Choice, FEATURES, Kit, pronoun_choices};
use std::path::PathBuf;

/// Options of the chore.
#[derive(Args)]
pub struct Options {
    /// Files of documents to learn from.
    #[arg(required = true)]
    train: Vec<PathBuf>,
    /// Files of documents on which the share of right choices is shown.
    #[arg(long)]
    dev: Vec<PathBuf>,
    /// Rounds over the data.
    #[arg(long, default_value_t = 60)]
    rounds: usize,
    /// How much a pronoun counts whose antecedent is out of reach.
    #[arg(long, default_value_t = 0.4)]
    nothing: f64,
    /// Pull of all weights towards nought.
    #[arg(long, default_value_t = 0.002)]
    pull: f64,
}

/// A pronoun with the rivals that gold says it means.
struct Example {
    choice: Choice,
    right: Vec<bool>,
}

type Weights = [[f64; FEATURES.len()]; CLASSES.len()];

/// Learns and prints.
pub fn run(options: &Options) -> Result<()> {
    let kit = Kit::builtin()?;
    let train = examples(&kit, &options.train)?;
    let dev = examples(&kit, &options.dev)?;
    let mut weights: Weights = [[0.0; FEATURES.len()]; CLASSES.len()];
    for round in 0..options.rounds {
        let rate = 0.05 / (1.0 + round as f64 / 10.0);
        for example in &train {
            learn(example, &mut weights, rate, options);
        }
    }
    for (name, set) in [("train", &train), ("dev", &dev)] {
        for (class, label) in CLASSES.iter().enumerate() {
            let own: Vec<&Example> = set.iter().filter(|it| it.choice.class == class).collect();
            let open = own.iter().filter(|it| it.right.contains(&true)).count();
            let chosen = own.iter().filter_map(|it| best(it, &weights).map(|at| it.right[at]));
            let (made, right) = chosen.fold((0, 0), |(made, right), it| (made + 1, right + usize::from(it)));
            eprintln!(
                "{name}, {label}: {} pronouns, {open} with an antecedent in reach; {right} of {made} choices right",
                own.len()
            );
        }
    }
    print_source(&weights);
    Ok(())
}

fn examples(kit: &Kit, paths: &[PathBuf]) -> Result<Vec<Example>> {
    let mut found = Vec::new();
    for path in paths {
        let lines = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let held = serde_json::from_str(line)?;
            let analysis = coref::read(kit, &held)?;
            let gold = coref::chains_of(&analysis, &held);
            for choice in pronoun_choices(&analysis, &kit.pack) {
                let Some(chain) = gold.get(&(choice.word.0 as usize)) else { continue };
                let same = choice.rivals.iter().map(|it| gold.get(&(it.latest.0 as usize)) == Some(chain));
                let right = same.collect();
                found.push(Example { choice, right });
            }
        }
    }
    Ok(found)
}

fn scores(example: &Example, weights: &Weights) -> Vec<f64> {
    let own = &weights[example.choice.class];
    let score =
        |values: &[i16]| -> f64 { own.iter().zip(values).map(|(weight, it)| weight * f64::from(*it)).sum() };
    example.choice.rivals.iter().map(|rival| score(&rival.values)).collect()
}

fn best(example: &Example, weights: &Weights) -> Option<usize> {
    let scores = scores(example, weights);
    (0..scores.len()).filter(|at| scores[*at] > 0.0).max_by(|one, two| scores[*one].total_cmp(&scores[*two]))
}

/// One step: what is right gains by how much it lacks, everything else loses by its share.
fn learn(example: &Example, weights: &mut Weights, rate: f64, options: &Options) {
    let scores = scores(example, weights);
    let top = scores.iter().copied().fold(0.0, f64::max);
    let powers: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
    let nothing = (-top).exp();
    let all = powers.iter().sum::<f64>() + nothing;
    let good: f64 = powers.iter().zip(&example.right).filter(|(_, right)| **right).map(|(it, _)| it).sum();
    let open = example.right.contains(&true);
    let rate = if open { rate } else { rate * options.nothing };
    let own = &mut weights[example.choice.class];
    for ((power, right), rival) in powers.iter().zip(&example.right).zip(&example.choice.rivals) {
        let wanted = if open && *right { power / good } else { 0.0 };
        let step = rate * (wanted - power / all);
        for (weight, value) in own.iter_mut().zip(rival.values) {
            *weight += step * f64::from(value);
        }
    }
    own.iter_mut().for_each(|weight| *weight -= rate * options.pull * *weight);
}

#[allow(clippy::print_stdout, reason = "the output of the chore")]
fn print_source(weights: &Weights) {
    println!(
        "//! Weights of the ranking of pronouns, one row for each class, in the order of the features; learnt by `cargo xtask\n//! train-pronouns`.\n"
    );
    println!("use super::rank::{{CLASSES, FEATURES}};\n");
    println!("/// Weights; only their proportions count.");
    println!("pub(super) const WEIGHTS: [[i16; FEATURES.len()]; CLASSES.len()] = [");
    for row in weights {
        let cells: Vec<String> = row.iter().map(|it| format!("{}", (it * 100.0).round())).collect();
        println!("    [{}],", cells.join(", "));
    }
    println!("];");
}
