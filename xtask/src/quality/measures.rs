//! What is measured: data, scorer, and the figures that stand in the summary.

use super::Options;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One measurement.
pub struct Measure {
    /// Its name: the heading of its section, and what `--only` takes.
    pub name: &'static str,
    /// How it is taken.
    pub by: By,
    /// Rows for the summary, of a scorer's own table.
    pub heads: &'static [&'static str],
    /// What a reader must know to read the figures.
    pub note: &'static str,
}

/// How a measurement is taken.
pub enum By {
    /// A scorer of this program, a place under the data folder (or under the repository, with `./`), further options.
    Scorer(&'static str, &'static str, &'static [&'static str]),
    /// A bundle of documents of the corpus, scored by `score.py`.
    Bundle(&'static str),
    /// A file of sentences or of pairs of the corpus, and the script that scores it.
    Rows(&'static str, &'static str),
}

const TREES: &[&str] = &["Sentences", "UPOS", "Lemmas", "UAS", "LAS"];
const TIMES: &[&str] = &["strict", "relaxed", "value"];
const GOLD: &[&str] = &["--gold-tokens"];

const fn scorer(
    name: &'static str,
    (scorer, path, options): (&'static str, &'static str, &'static [&'static str]),
    heads: &'static [&'static str],
    note: &'static str,
) -> Measure {
    Measure { name, by: By::Scorer(scorer, path, options), heads, note }
}

/// All measurements, in the order of the page.
pub const MEASURES: &[Measure] = &[
    scorer(
        "words and sentences, EWT dev, splitter alone",
        ("segments", "ud-english-ewt/dev.conllu", &[]),
        &[],
        "Before the trees correct anything.",
    ),
    scorer(
        "trees, EWT dev, raw text",
        ("conllu", "ud-english-ewt/dev.conllu", &[]),
        TREES,
        "Rules of the CoNLL 2018 shared task: words and sentences are found by the program. LAS leaves subtypes out.",
    ),
    scorer(
        "trees, EWT dev, gold words",
        ("conllu", "ud-english-ewt/dev.conllu", GOLD),
        TREES,
        "Words and sentences are taken from gold.",
    ),
    scorer(
        "trees, GUM dev open, raw text",
        ("conllu", "ud-english-gum/dev-open.conllu", &[]),
        TREES,
        "The openly licensed documents of GUM dev.",
    ),
    scorer(
        "trees, GUM dev nc, raw text",
        ("conllu", "ud-english-gum/dev-nc.conllu", &[]),
        TREES,
        "The non-commercial documents of GUM dev: scored, never trained on.",
    ),
    scorer("trees, GUM dev open, gold words", ("conllu", "ud-english-gum/dev-open.conllu", GOLD), TREES, ""),
    scorer("trees, GUM dev nc, gold words", ("conllu", "ud-english-gum/dev-nc.conllu", GOLD), TREES, ""),
    scorer(
        "names, UNER EWT dev",
        ("ner", "uner-english-ewt/dev.iob2", &[]),
        &["all", "PER", "ORG", "LOC"],
        "Exact span and type; PARTY counts as ORG, GPE and FAC as LOC.",
    ),
    scorer(
        "names, CrossNER politics, held-out fifth",
        ("ner", "ner-crossner-politics", &[]),
        &["all"],
        "Exact span and type, the finer types merged into six.",
    ),
    scorer(
        "names, re3d, held-out fifth",
        ("ner", "re3d", &[]),
        &["all"],
        "Exact span and type, with the second reading of names.",
    ),
    scorer(
        "times, AQUAINT",
        ("timex", "timebank-aquaint/aquaint", &[]),
        TIMES,
        "Rules of TempEval-3; the document time is given and not counted. Read without trees.",
    ),
    scorer("times, TimeBank", ("timex", "timebank-aquaint/timebank", &[]), TIMES, "As AQUAINT."),
    scorer(
        "times, WikiWars 01-16",
        ("timex", "wikiwars/tml", &[]),
        TIMES,
        "Historical narrative. The set may train; nothing was fitted on it.",
    ),
    scorer(
        "document dates, PolNeAR",
        ("docdate", "polnear", &[]),
        &[
            "bounds contain the truth, all documents",
            "bounds contain the truth, where bounds are given",
            "year right when asserted",
            "neither",
        ],
        "All metadata removed. No bounds at all count as containing the truth in the first row: read it with the second and the last.",
    ),
    scorer(
        "quotations, PolNeAR dev",
        ("polnear", "polnear/dev", &[]),
        &["attribution: content", "attribution: + speaker", "attribution: + speaker + cue", "content exact"],
        "Develop data: scored, never trained on. PolNeAR counts beliefs and intentions as attributions, so both readings are given.",
    ),
    scorer(
        "coreference, GUM news dev",
        ("coref", "gum-documents/news-dev.jsonl", &[]),
        &["all"],
        "MUC, B³, CEAF-e and their mean.",
    ),
    scorer(
        "coreference, GUM other dev",
        ("coref", "gum-documents/other-dev.jsonl", &[]),
        &["all"],
        "As the news, on interviews, speeches and other texts.",
    ),
    scorer(
        "who is meant by a speaker, corpus dev",
        ("speakers", "./corpus/speakers/speakers-dev.jsonl", &[]),
        &["pronoun", "title", "metonym", "name"],
        "Speakers of quotations of our own articles: the share of those found that are resolved rightly, abstentions apart.",
    ),
    scorer(
        "PLOVER types, PLV train",
        ("plv", "plover-plv", &[]),
        &["spans given: root", "spans given: quad", "raw sentences"],
        "Develop data: read to learn what the types cover, never trained on; a third of it was not looked at while the frames were written. The set was coded from CAMEO: what it calls otherwise is set against its names (see the scorer).",
    ),
    scorer(
        "roles, CAMEO NER train",
        ("roles", "cameo-ner", &[]),
        &["all, exact", "all, head"],
        "The event nearest to the root of the tree is asked.",
    ),
    scorer(
        "records of PETRARCH-2's validation",
        ("petrarch", "petrarch-records", &[]),
        &[],
        "Twelve of the thirteen say that nothing is to be coded, three because the dictionary discards any sentence with a year in it.",
    ),
    scorer(
        "actors, NGEC",
        ("actors", "ngec-actors/even.tsv", &[]),
        &[],
        "Country and sector of a described actor at a date. This half of the table may be looked at; the other half is kept elsewhere.",
    ),
    scorer(
        "article bodies",
        ("bodies", "article-extraction", &[]),
        &[],
        "Runs of four words as a multiset, precision and recall averaged over pages.",
    ),
    scorer("stories, ClaimDiff fold 0", ("clusters", "claimdiff", &[]), &[], ""),
    scorer(
        "stories, AQUAINT among TimeBank",
        ("clusters", "timebank-aquaint/aquaint", &[]),
        &[],
        "Four crises among unrelated news.",
    ),
    scorer(
        "events across documents, ECB+",
        ("ecb", "ecbplus", &[]),
        &["all, stories found", "development topics, stories found"],
        "Coreference of events on gold mentions, singletons kept: MUC, B³, CEAF-e and their mean. “Stories found”: topics come from the ledger’s own episodes.",
    ),
    scorer("near-duplicates", ("copies", "polnear/dev", &[]), &[], "Synthetic edits with a fixed seed."),
    Measure {
        name: "ledger of crises-dev",
        by: By::Bundle("corpus/crises-dev"),
        heads: &[],
        note: "Eight articles of our own on six crises; these texts may be looked at and tuned on, so the figures flatter.",
    },
    Measure {
        name: "ledger of crises-dev2",
        by: By::Bundle("corpus/crises-dev2"),
        heads: &[],
        note: "Eight further crises, by an annotator who saw no rule. On first sight: F1 of all kinds but events .856, speakers resolved 88 of 109, seven of 133 told that must not be, ten of twelve rows \"one-sided\" wrong.",
    },
    Measure {
        name: "honesty, dev sentences",
        by: By::Rows("corpus/honesty/sentences-dev.jsonl", "score_sentences.py"),
        heads: &[],
        note: "DISHONEST counts sentences of which a record asserts more than they say.",
    },
    Measure {
        name: "honesty, dev2 sentences",
        by: By::Rows("corpus/honesty/sentences-dev2.jsonl", "score_sentences.py"),
        heads: &[],
        note: "By another annotator, a session later. Before any tuning: 34 of 246 dishonest, 162 of 196 found.",
    },
    Measure {
        name: "honesty, dev3 sentences",
        by: By::Rows("corpus/honesty/sentences-dev3.jsonl", "score_sentences.py"),
        heads: &[],
        note: "Harder on purpose: unreal events inside real frames. Before any tuning: 25 of 130 dishonest, 90 of 101 found.",
    },
    Measure {
        name: "honesty, dev4 sentences",
        by: By::Rows("corpus/honesty/sentences-dev4.jsonl", "score_sentences.py"),
        heads: &[],
        note: "By another annotator. Before any tuning: 14 of 160 dishonest, 130 of 137 found.",
    },
    Measure {
        name: "pairs, dev",
        by: By::Rows("corpus/pairs/pairs-dev.jsonl", "score_pairs.py"),
        heads: &[],
        note: "Two short accounts each: one encounter or two, and where do they differ.",
    },
    Measure {
        name: "pairs, dev2",
        by: By::Rows("corpus/pairs/pairs-dev2.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, a session later. Before any tuning: `differs` 8 of 20, none wrong; same encounter or not 18 of 22.",
    },
    Measure {
        name: "pairs, dev3",
        by: By::Rows("corpus/pairs/pairs-dev3.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator; people by office, counterpart and pronoun. Before any tuning: same encounter or not 12 of 43, `differs` 0 of 19, one wrong merge and one false difference.",
    },
    Measure {
        name: "pairs, dev4",
        by: By::Rows("corpus/pairs/pairs-dev4.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator; readouts in each government's own style beside reports. On first sight: same encounter or not 24 of 40, `differs` 5 of 14, no wrong merge, one false difference.",
    },
    Measure {
        name: "pairs, dev5",
        by: By::Rows("corpus/pairs/pairs-dev5.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator; contacts told in roundabout ways on some forty affairs since 1998. On first sight: same encounter or not 25 of 44, `differs` 2 of 14, one wrong merge, no false difference.",
    },
    Measure {
        name: "pairs, dev6",
        by: By::Rows("corpus/pairs/pairs-dev6.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator; a readout or communique beside a report, on fifty affairs of all continents. On first sight: same encounter or not 28 of 42, `differs` 1 of 18, no wrong merge, two false differences.",
    },
    Measure {
        name: "pairs, dev7",
        by: By::Rows("corpus/pairs/pairs-dev7.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, after the tuning on dev6; a communique beside a newspaper that names hardly anybody. On first sight: same encounter or not 15 of 36, `differs` 1 of 14, no wrong merge, no false difference.",
    },
    Measure {
        name: "pairs, dev8",
        by: By::Rows("corpus/pairs/pairs-dev8.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, in the mix and style of the first set, on sixty further affairs. On first sight: same encounter or not 27 of 36, `differs` 9 of 23, no wrong merge, no false difference.",
    },
    Measure {
        name: "pairs, dev9",
        by: By::Rows("corpus/pairs/pairs-dev9.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, in ordinary news English, half of it on figures. On first sight: same encounter or not 22 of 39, `differs` 8 of 32, no wrong merge, no false difference.",
    },
    Measure {
        name: "pairs, dev10",
        by: By::Rows("corpus/pairs/pairs-dev10.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, short wire items, after the tuning on dev9. On first sight: same encounter or not 31 of 45, `differs` 3 of 18 and one false, no wrong merge.",
    },
    Measure {
        name: "pairs, dev11",
        by: By::Rows("corpus/pairs/pairs-dev11.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, at the length and in the style of real readouts and reports. On first sight: same encounter or not 29 of 47, `differs` 5 of 27 and three false, no wrong merge.",
    },
    Measure {
        name: "pairs, dev12",
        by: By::Rows("corpus/pairs/pairs-dev12.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, in the same style, after the first tuning on dev11. On first sight: same encounter or not 19 of 40, `differs` 5 of 25 and two counted false, no wrong merge.",
    },
    Measure {
        name: "pairs, dev13",
        by: By::Rows("corpus/pairs/pairs-dev13.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, one text of each pair written as literary reportage. On first sight: same encounter or not 14 of 60, `differs` none of 32, no wrong merge.",
    },
    Measure {
        name: "pairs, dev14",
        by: By::Rows("corpus/pairs/pairs-dev14.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, official notices beside newspapers, after the first tuning on dev13. On first sight: same encounter or not 17 of 50, `differs` 1 of 28, one wrong merge.",
    },
    Measure {
        name: "pairs, dev15",
        by: By::Rows("corpus/pairs/pairs-dev15.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, plain agency prose. On first sight, before and after the tuning on dev13 and dev14 alike: same encounter or not 26 of 50, `differs` 6 of 26 and one false, one wrong merge.",
    },
    Measure {
        name: "pairs, dev16",
        by: By::Rows("corpus/pairs/pairs-dev16.jsonl", "score_pairs.py"),
        heads: &[],
        note: "By another annotator, plain agency prose, after the tuning on dev15. On first sight: same encounter or not 30 of 40, `differs` 4 of 22 and none false, two merges counted wrong (one of them a visit announced in one text and made in the other).",
    },
    scorer(
        "places, dev",
        ("places", "./corpus/places/places-dev.jsonl", &[]),
        &[],
        "Places named in crises-dev and the examples. Lacking ones are not asserted: precision is what is told, recall what is known.",
    ),
    scorer(
        "places, dev2",
        ("places", "./corpus/places/places-dev2.jsonl", &[]),
        &[],
        "Places named in the paragraphs of deployments-dev2. On first sight: place 79.4, country 78.3.",
    ),
    scorer(
        "places, dev3",
        ("places", "./corpus/places/places-dev3.jsonl", &[]),
        &[],
        "Places named in 44 paragraphs on further crises, many of them villages that no gazetteer has. On first sight: place 56.2, country 57.3 of all.",
    ),
    scorer(
        "places, dev4",
        ("places", "./corpus/places/places-dev4.jsonl", &[]),
        &[],
        "Places named in 16 articles on further crises, most of them about borders of two or three states. On first sight: place 79.8, country 74.3 of all.",
    ),
    scorer(
        "places, dev5",
        ("places", "./corpus/places/places-dev5.jsonl", &[]),
        &[],
        "Places named in 18 articles on further crises. On first sight: place 84.5, country 83.5 of all, 96.2 of those asserted.",
    ),
    scorer(
        "places, dev6",
        ("places", "./corpus/places/places-dev6.jsonl", &[]),
        &[],
        "Places named in 16 ordinary reports on further crises. On first sight: place 89.6, country 87.4 of all, 96.4 of those asserted.",
    ),
    scorer(
        "deployments, dev",
        ("deployments", "./corpus/deployments/deployments-dev.jsonl", &[]),
        &[],
        "Every deployment of thirty paragraphs on fifteen crises. Before any tuning: 54.5.",
    ),
    scorer(
        "deployments, dev2",
        ("deployments", "./corpus/deployments/deployments-dev2.jsonl", &[]),
        &[],
        "Fifty paragraphs by another annotator, dense on purpose. Before any tuning: 57.2.",
    ),
];

impl Measure {
    /// The commands to type.
    pub fn command(&self) -> String {
        match self.by {
            By::Scorer(scorer, path, options) => {
                let options: String = options.iter().map(|option| format!(" {option}")).collect();
                let path =
                    path.strip_prefix("./").map_or_else(|| format!("../shared/data/{path}"), str::to_owned);
                format!("cargo xtask score {scorer} {path}{options}")
            }
            By::Bundle(folder) => format!(
                "demarche analyze {folder} --out OUT\n\
                 python3 ../shared/score/score.py {folder}/gold.json OUT/records.jsonl --documents OUT/documents.jsonl \
                 --encounters OUT/encounters.jsonl --comparisons OUT/comparisons.jsonl --times OUT/times.jsonl"
            ),
            By::Rows(file, script) => {
                let records = if script == "score_pairs.py" {
                    "--records OUT/records.jsonl --encounters OUT/encounters.jsonl --comparisons OUT/comparisons.jsonl"
                } else {
                    "OUT/records.jsonl"
                };
                format!(
                    "python3 ../shared/score/{script} --write TEXTS {file}\n\
                     demarche analyze TEXTS --out OUT\n\
                     python3 ../shared/score/{script} {file} {records}"
                )
            }
        }
    }

    /// Takes the measurement: a scorer's own table, or the text a script prints.
    pub fn take(&self, options: &Options) -> Result<Value> {
        match self.by {
            By::Scorer(scorer, path, further) => {
                let path = path.strip_prefix("./").map_or_else(|| options.data.join(path), PathBuf::from);
                ensure!(
                    path.exists(),
                    "the data is absent: put the set there or name its folder with --data"
                );
                let program = match &options.scorer {
                    Some(program) => program.clone(),
                    None => std::env::current_exe()?,
                };
                let mut command = Command::new(program);
                let told = output(command.args(["score", scorer]).arg(path).args(further).arg("--json"))?;
                Ok(
                    json!({ "report": serde_json::from_str::<Value>(told.trim()).context("the scorer's answer")? }),
                )
            }
            By::Bundle(folder) => {
                let out = analyse(options, Path::new(folder))?;
                let gold = Path::new(folder).join("gold.json");
                let mut script = python(options, "score.py")?;
                script.arg(gold).arg(out.join("records.jsonl"));
                for part in ["documents", "encounters", "comparisons", "times"] {
                    script.arg(format!("--{part}")).arg(out.join(format!("{part}.jsonl")));
                }
                Ok(json!({ "text": output(&mut script)? }))
            }
            By::Rows(file, name) => {
                let texts = folder(&format!("{name}-texts"))?;
                output(python(options, name)?.arg("--write").arg(&texts).arg(file))?;
                let out = analyse(options, &texts)?;
                let mut script = python(options, name)?;
                script.arg(file);
                if name == "score_pairs.py" {
                    for part in ["records", "encounters", "comparisons"] {
                        script.arg(format!("--{part}")).arg(out.join(format!("{part}.jsonl")));
                    }
                } else {
                    script.arg(out.join("records.jsonl"));
                }
                Ok(json!({ "text": output(&mut script)? }))
            }
        }
    }
}

/// An empty folder for what a measurement writes.
fn folder(name: &str) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("demarche-quality-{}", std::process::id())).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

/// Runs the program on texts; returns the folder with the ledger.
fn analyse(options: &Options, texts: &Path) -> Result<PathBuf> {
    let program = match &options.program {
        Some(program) => program.clone(),
        None => std::env::current_exe()?.with_file_name(format!("demarche{}", std::env::consts::EXE_SUFFIX)),
    };
    ensure!(
        program.is_file(),
        "the program is not built: run cargo build --release, or name it with --program"
    );
    let out = folder("ledger")?;
    output(Command::new(program).arg("analyze").arg(texts).arg("--out").arg(&out))?;
    Ok(out)
}

fn python(options: &Options, script: &str) -> Result<Command> {
    let path = options.score.join(script);
    ensure!(path.is_file(), "the scorer {script} is absent: name its folder with --score");
    let mut command = Command::new("python3");
    command.arg(path);
    Ok(command)
}

/// What a command prints; an error with its last words if it fails. The scripts end with 1 when the evidence law is
/// broken, and their table says so: that is a result.
fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_owned();
    let done = command.output().with_context(|| format!("cannot run {}", name.display()))?;
    let broken_law =
        name == OsStr::new("python3") && done.status.code() == Some(1) && !done.stdout.is_empty();
    if !done.status.success() && !broken_law {
        let told = String::from_utf8_lossy(&done.stderr);
        let last = told.lines().rfind(|line| !line.trim().is_empty() && !line.starts_with("note:"));
        bail!("{}", last.unwrap_or("it failed without a word"));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
