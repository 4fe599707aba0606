//! Scorers: one file each, listed in [`SCORERS`].

mod actors;
mod align;
#[cfg(feature = "records")]
mod bodies;
#[cfg(feature = "records")]
pub(crate) mod clusters;
mod conllu;
#[cfg(feature = "records")]
pub(crate) mod copies;
pub(crate) mod coref;
#[cfg(feature = "records")]
mod deployments;
mod docdate;
#[cfg(feature = "records")]
mod ecb;
mod ner;
#[cfg(feature = "records")]
mod pairs;
#[cfg(feature = "records")]
mod petrarch;
#[cfg(feature = "records")]
mod places;
#[cfg(feature = "records")]
mod plv;
#[cfg(feature = "records")]
mod polnear;
#[cfg(feature = "records")]
mod roles;
#[cfg(feature = "records")]
mod speakers;
mod timegold;
mod timex;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Map, Value};
use std::path::PathBuf;

/// Options all scorers share.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Name of the scorer; `list` shows them.
    pub name: String,
    /// Gold file or folder.
    #[arg(default_value = "")]
    pub path: PathBuf,
    /// Take words and sentences from gold instead of finding them.
    #[arg(long)]
    pub gold_tokens: bool,
    /// Folder of another language model.
    #[arg(long)]
    pub model: Option<PathBuf>,
    /// Folder with a pack laid over the built-in ones, where records are scored.
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// Read trees too, where a scorer can do without.
    #[arg(long)]
    pub trees: bool,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    pub json: bool,
    /// Print errors too, at most this many.
    #[arg(long, default_value_t = 0)]
    pub errors: usize,
}

/// A scorer.
pub struct Scorer {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it scores, for people.
    pub about: &'static str,
    /// Scores.
    pub run: fn(&Options) -> Result<Report>,
}

/// What a scorer found.
#[derive(Debug, Default)]
pub struct Report {
    /// Title of the table.
    pub title: String,
    /// Names of the columns after the first.
    pub columns: Vec<&'static str>,
    /// Rows: name and cells.
    pub rows: Vec<(String, Vec<Value>)>,
    /// Sentences for people: what was counted, examples of errors.
    pub remarks: Vec<String>,
}

/// All scorers.
const SCORERS: &[Scorer] = &[
    #[cfg(feature = "records")]
    Scorer { name: "bodies", about: "article bodies from pages", run: bodies::score },
    #[cfg(feature = "records")]
    Scorer {
        name: "clusters",
        about: "stories: a folder with articles.jsonl or with TimeML files",
        run: clusters::run,
    },
    #[cfg(feature = "records")]
    Scorer {
        name: "copies",
        about: "near-duplicates by synthetic edits: a folder of texts",
        run: copies::run,
    },
    #[cfg(feature = "records")]
    Scorer {
        name: "deployments",
        about: "deployments of paragraphs: JSON lines with texts and rows",
        run: deployments::run,
    },
    #[cfg(feature = "records")]
    Scorer {
        name: "ecb",
        about: "coreference of events on gold mentions: the folder of ECB+",
        run: ecb::run,
    },
    #[cfg(feature = "records")]
    Scorer {
        name: "pairs",
        about: "two-text cases, read by the whole pipeline: a file of JSON lines",
        run: pairs::run,
    },
    #[cfg(feature = "records")]
    Scorer { name: "places", about: "places on the map: JSON lines of mentions", run: places::run },
    #[cfg(feature = "records")]
    Scorer {
        name: "petrarch",
        about: "country and type of the records of PETRARCH's validation file",
        run: petrarch::run,
    },
    #[cfg(feature = "records")]
    Scorer {
        name: "plv",
        about: "PLOVER types of marked pairs: the folder of plover-plv, or its table",
        run: plv::run,
    },
    #[cfg(feature = "records")]
    Scorer {
        name: "roles",
        about: "sources, targets and reciprocal actors: the folder of cameo-ner, or its file",
        run: roles::run,
    },
    #[cfg(feature = "records")]
    Scorer {
        name: "polnear",
        about: "quotations: the folder of PolNeAR, or one of its parts",
        run: polnear::run,
    },
    #[cfg(feature = "records")]
    Scorer {
        name: "speakers",
        about: "who is meant by the speakers of quotations: JSON lines beside their texts",
        run: speakers::run,
    },
    Scorer {
        name: "docdate",
        about: "document dates from the text alone: a folder with metadata.tsv",
        run: docdate::run,
    },
    Scorer {
        name: "timegold",
        about: "time expressions of a gold bundle: gold.json beside its texts",
        run: timegold::run,
    },
    Scorer { name: "timex", about: "time expressions: a folder of TimeML files", run: timex::run },
    Scorer {
        name: "actors",
        about: "country and sector of phrases: a table of ngec-actors",
        run: actors::run,
    },
    Scorer {
        name: "coref",
        about: "coreference: documents with stand-off entities, JSON lines",
        run: coref::run,
    },
    Scorer {
        name: "segments",
        about: "words and sentences of a CoNLL-U file, without the model",
        run: conllu::segments,
    },
    Scorer { name: "conllu", about: "words, tags, lemmas and trees of a CoNLL-U file", run: conllu::trees },
    Scorer {
        name: "ner",
        about: "names of a tagged file, or the folders of CrossNER politics and re3d",
        run: ner::run,
    },
];

/// Runs the scorer that was asked for and prints its report.
pub fn run(options: &Options) -> Result<()> {
    let Some(scorer) = SCORERS.iter().find(|scorer| scorer.name == options.name) else {
        for scorer in SCORERS {
            println!("{:12} {}", scorer.name, scorer.about);
        }
        if options.name == "list" {
            return Ok(());
        }
        bail!("no scorer is called {:?}: take one of those above", options.name);
    };
    let report = (scorer.run)(options)?;
    if options.json {
        println!("{}", report.json())
    } else {
        report.print()
    }
    Ok(())
}

/// The kit with the model and the pack that the options name.
#[cfg(feature = "records")]
fn engine_kit(options: &Options) -> Result<demarche_language::Kit> {
    fn collect(
        folder: &std::path::Path,
        inside: &str,
        files: &mut Vec<demarche_pack::PackFile>,
    ) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{inside}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{path}/"), files)?;
            } else if path.ends_with(".toml") {
                let text = std::fs::read_to_string(entry.path())?;
                files.push(demarche_pack::PackFile { path, text });
            }
        }
        Ok(())
    }
    let mut files = demarche_pack::builtin_files();
    if let Some(folder) = &options.pack {
        let mut more = Vec::new();
        collect(folder, "", &mut more)?;
        files.retain(|file| more.iter().all(|other| other.path != file.path));
        files.extend(more);
        files.sort_by(|one, two| one.path.cmp(&two.path));
    }
    let pack = match demarche_pack::Pack::load(&files) {
        Ok(pack) => pack,
        Err(faults) => bail!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    };
    Ok(demarche_language::Kit::with(pack, options.model.as_deref())?)
}

/// F1 and its parts from counts of gold, system and matching items.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Items in gold.
    pub gold: usize,
    /// Items of the system.
    pub system: usize,
    /// Items that match.
    pub right: usize,
}

impl Counts {
    /// Adds the counts of another part.
    pub fn add(&mut self, other: Counts) {
        self.gold += other.gold;
        self.system += other.system;
        self.right += other.right;
    }
    fn share(part: usize, whole: usize) -> f64 {
        if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
    }
    /// Precision in percent.
    pub fn precision(&self) -> f64 {
        Self::share(self.right, self.system)
    }
    /// Recall in percent.
    pub fn recall(&self) -> f64 {
        Self::share(self.right, self.gold)
    }
    /// F1 in percent.
    pub fn f1(&self) -> f64 {
        Self::share(2 * self.right, self.gold + self.system)
    }
    /// Names of the cells that [`Counts::cells`] gives.
    pub const COLUMNS: [&'static str; 6] = ["P", "R", "F1", "right", "system", "gold"];
    /// Precision, recall, F1 and counts as cells of a row.
    pub fn cells(&self) -> Vec<Value> {
        let rounded = |share: f64| Value::from((share * 100.0).round() / 100.0);
        let mut cells = vec![rounded(self.precision()), rounded(self.recall()), rounded(self.f1())];
        cells.extend([self.right, self.system, self.gold].map(Value::from));
        cells
    }
}

impl Report {
    /// One JSON object: row name → column → value.
    pub fn json(&self) -> Value {
        let rows = self.rows.iter().map(|(name, cells)| {
            let cells: Map<String, Value> =
                self.columns.iter().map(|it| (*it).to_owned()).zip(cells.iter().cloned()).collect();
            (name.clone(), Value::Object(cells))
        });
        let rows: Map<String, Value> = rows.collect();
        serde_json::json!({ "title": self.title, "rows": rows, "remarks": self.remarks })
    }

    fn print(&self) {
        let text = |cell: &Value| match cell {
            Value::Number(number) if number.is_f64() => format!("{:.2}", number.as_f64().unwrap_or_default()),
            Value::String(words) => words.clone(),
            other => other.to_string(),
        };
        println!("{}", self.title);
        let first = self.rows.iter().map(|row| row.0.chars().count()).max().unwrap_or(0);
        let heads: String = self.columns.iter().map(|column| format!("{column:>9}")).collect();
        println!("{:first$}{heads}", "");
        for (name, cells) in &self.rows {
            let cells: String = cells.iter().map(|cell| format!("{:>9}", text(cell))).collect();
            println!("{name:first$}{cells}");
        }
        self.remarks.iter().for_each(|remark| println!("{remark}"));
    }
}
