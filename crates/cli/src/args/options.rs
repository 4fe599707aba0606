//! The options of each command.

use super::values;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What to read.
#[derive(Args, Debug)]
pub struct Inputs {
    /// Files, folders (with everything below them), or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Rest of what there is to know
    #[command(flatten)]
    pub reading: Reading,
}

/// How to read.
#[derive(Args, Debug)]
pub struct Reading {
    /// What is known of the files: one JSON object a line with file, published, outlet, url, title
    ///
    /// A metadata.jsonl beside the files is used without being named.
    #[arg(long, value_name = "FILE")]
    pub metadata: Option<PathBuf>,
    /// Publication date of the inputs for which neither metadata nor a sidecar gives one (YYYY-MM-DD or YYYY-MM)
    #[arg(long, value_name = "DATE", value_parser = values::published)]
    pub published: Option<String>,
    /// Largest input in bytes, after unpacking
    #[arg(long, value_name = "N", default_value_t = 64 << 20)]
    pub max_bytes: u64,
    /// Threads; 0 uses every core; the result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = values::threads)]
    pub threads: usize,
    /// Folder with a pack of your own, laid over the built-in ones
    #[arg(long, value_name = "DIR", env = "DEMARCHE_PACK")]
    pub pack: Option<PathBuf>,
    /// Folder with another language model instead of the built-in one
    #[arg(long, value_name = "DIR", env = "DEMARCHE_MODEL")]
    pub model: Option<PathBuf>,
    /// Say nothing but faults
    #[arg(long, short)]
    pub quiet: bool,
}

/// Which store.
#[derive(Args, Debug)]
pub struct StoreFile {
    /// The store: one SQLite file
    #[arg(long, value_name = "FILE", env = "DEMARCHE_STORE", default_value = "ledger.db")]
    pub store: PathBuf,
}

/// Format of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a head line.
    Csv,
    /// A Markdown table.
    Md,
}

/// Options of `brief`.
#[derive(Args, Debug)]
pub struct Brief {
    /// Files, folders (with everything below them), or - for standard input
    #[arg(value_name = "PATH", required_unless_present = "store")]
    pub paths: Vec<PathBuf>,
    /// Brief on what a store holds, as people judged it, instead of reading
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub store: Option<PathBuf>,
    /// Rest of what there is to know
    #[command(flatten)]
    pub reading: Reading,
    /// Write one self-contained page instead of printing
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print Markdown
    #[arg(long, conflicts_with = "html")]
    pub md: bool,
    /// Open the page when it is written
    #[arg(long, requires = "html")]
    pub open: bool,
}

/// Options of `analyze`.
#[derive(Args, Debug)]
pub struct Analyze {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Folder for the results; made if it does not exist
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// Options of `init`.
#[derive(Args, Debug)]
pub struct Init {
    /// Bring an existing store up to date instead of making one
    #[arg(long)]
    pub upgrade: bool,
    /// Which store.
    #[command(flatten)]
    pub store: StoreFile,
}

/// Options of `ingest`.
#[derive(Args, Debug)]
pub struct Ingest {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Which store.
    #[command(flatten)]
    pub store: StoreFile,
}

/// Options of `rebuild`.
#[derive(Args, Debug)]
pub struct Rebuild {
    /// Also documents whose records were made by the present packs and model
    #[arg(long)]
    pub all: bool,
    /// Folder with a pack of your own, laid over the built-in ones
    #[arg(long, value_name = "DIR", env = "DEMARCHE_PACK")]
    pub pack: Option<PathBuf>,
    /// Folder with another language model instead of the built-in one
    #[arg(long, value_name = "DIR", env = "DEMARCHE_MODEL")]
    pub model: Option<PathBuf>,
    /// Threads; 0 uses every core
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = values::threads)]
    pub threads: usize,
    /// Say nothing but faults
    #[arg(long, short)]
    pub quiet: bool,
    /// Which store.
    #[command(flatten)]
    pub store: StoreFile,
}

/// A listing without further options.
#[derive(Args, Debug)]
pub struct Listing {
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Which store.
    #[command(flatten)]
    pub store: StoreFile,
}

/// A listing that needs no store.
#[derive(Args, Debug)]
pub struct Plain {
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// Options of `ls`.
#[derive(Args, Debug)]
pub struct Ls {
    /// documents, records, quotations, contacts, positions, deployments, forecasts, events, times, encounters,
    /// accounts, comparisons, figures, threads, copies, judgements or orphans; without it, how many there are
    #[arg(value_name = "WHAT")]
    pub what: Option<String>,
    /// How to write it
    #[command(flatten)]
    pub listing: Listing,
}

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Decision {
    /// The record is right.
    Accept,
    /// The record is wrong; it is left out of every view.
    Reject,
    /// The record is right with other values in the slots named.
    Edit,
    /// Two encounters are one.
    Merge,
    /// A mention does not belong to the encounter.
    Split,
    /// A remark.
    Note,
    /// A grade: A to F for the source, with 1 to 6 for the item.
    Grade,
}

/// Options of `judge`.
#[derive(Args, Debug)]
pub struct Judge {
    /// Id of a record, encounter or document, or the beginning of one; or the file name of a document
    #[arg(value_name = "ID")]
    pub id: String,
    /// What is decided
    #[arg(value_enum, value_name = "DECISION")]
    pub decision: Decision,
    /// edit: slot=value, as often as needed; merge: the other encounter; split: the record; note, grade: the text
    #[arg(value_name = "VALUE")]
    pub value: Vec<String>,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
    /// Who decides; without it the name of the account (USER, LOGNAME or USERNAME)
    #[arg(long, value_name = "NAME", env = "DEMARCHE_ANALYST")]
    pub by: Option<String>,
    /// Folder with a pack of your own, laid over the built-in ones
    #[arg(long, value_name = "DIR", env = "DEMARCHE_PACK")]
    pub pack: Option<PathBuf>,
    /// Which store.
    #[command(flatten)]
    pub store: StoreFile,
}

/// Options of `search`.
#[derive(Args, Debug)]
pub struct Search {
    /// Words that must all stand in the document
    #[arg(value_name = "WORD", required = true)]
    pub words: Vec<String>,
    /// At most so many documents
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// How to write it
    #[command(flatten)]
    pub listing: Listing,
}

/// Options of `show`.
#[derive(Args, Debug)]
pub struct Show {
    /// Id of a document, record or encounter, or the beginning of one; or the file name of a document
    #[arg(value_name = "ID")]
    pub id: String,
    /// How to write it
    #[command(flatten)]
    pub listing: Listing,
}

/// Options of `who`.
#[derive(Args, Debug)]
pub struct Who {
    /// A name ("Macron", "the Kremlin") or a slug of the packs ("fra.president")
    #[arg(value_name = "ACTOR", value_parser = values::name)]
    pub actor: String,
    /// What the actor said or wrote, and its forecasts; beliefs and intentions only with --form attitude
    #[arg(long)]
    pub said: bool,
    /// Whom the actor met or called
    #[arg(long)]
    pub met: bool,
    /// What the actor demands, offers, refuses
    #[arg(long)]
    pub demanded: bool,
    /// Only records whose words contain this text
    #[arg(long, value_name = "TEXT")]
    pub about: Option<String>,
    /// Only records addressed to this actor or with it
    #[arg(long, value_name = "ACTOR", value_parser = values::name)]
    pub to: Option<String>,
    /// Only what can have happened on this day or later (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Only what can have happened on this day or earlier (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Only quotations of this form
    #[arg(long, value_name = "FORM", value_parser = ["direct", "mixed", "indirect", "attitude"])]
    pub form: Option<String>,
    /// Only quotations whose cue is read so: assert, deny, demand, promise, warn, concede, ask, believe …; another word lists
    /// all readings
    #[arg(long, value_name = "READING")]
    pub reading: Option<String>,
    /// How to write it
    #[command(flatten)]
    pub listing: Listing,
}

/// Options of `compare`.
#[derive(Args, Debug)]
pub struct Compare {
    /// Id of an encounter, or the beginning of one
    #[arg(value_name = "ENCOUNTER", required_unless_present_any = ["actors", "on"])]
    pub encounter: Option<String>,
    /// Encounters in which all these actors took part
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = values::name, conflicts_with = "encounter")]
    pub actors: Vec<String>,
    /// Only encounters that can have been on this day (YYYY-MM-DD); without actors, several are listed
    #[arg(long, value_name = "DATE", conflicts_with = "encounter")]
    pub on: Option<String>,
    /// End with 1 if the accounts differ somewhere
    #[arg(long)]
    pub exit_code: bool,
    /// How to write it
    #[command(flatten)]
    pub listing: Listing,
}

/// Options of `figures`.
#[derive(Args, Debug)]
pub struct Figures {
    /// Only series whose title contains this text
    #[arg(value_name = "TOPIC")]
    pub topic: Option<String>,
    /// How to write it
    #[command(flatten)]
    pub listing: Listing,
}

/// Options of `verify`.
#[derive(Args, Debug)]
pub struct Verify {
    /// With --from: the sources, to be read again and compared with the texts
    #[arg(value_name = "PATH", requires = "from")]
    pub paths: Vec<PathBuf>,
    /// A folder that `analyze --out` wrote, instead of a store: its documents, records, encounters and comparisons
    ///
    /// The other files of the folder (times, figures, threads, copies, stories, doubts) are not read.
    #[arg(long, value_name = "DIR", conflicts_with = "store")]
    pub from: Option<PathBuf>,
    /// The store: one SQLite file
    #[arg(long, value_name = "FILE", env = "DEMARCHE_STORE", default_value = "ledger.db")]
    pub store: PathBuf,
}

/// What `export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Records of all kinds.
    Records,
    /// Documents with their texts.
    Documents,
    /// Encounters with their accounts.
    Encounters,
    /// Comparisons of accounts and figures.
    Comparisons,
    /// Time expressions.
    Times,
}

/// Formats of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The ledger's own lines, as `analyze` writes them.
    Jsonl,
    /// Comma-separated values with a head line.
    Csv,
    /// A Markdown table.
    Md,
    /// One self-contained page.
    Html,
}

/// Options of `export`.
#[derive(Args, Debug)]
pub struct Export {
    /// What to write
    #[arg(value_enum, default_value_t = What::Records)]
    pub what: What,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub format: ExportFormat,
    /// Records as people judged them: corrected, without those rejected (records in jsonl only)
    #[arg(long)]
    pub judged: bool,
    /// File to write; standard output without it
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which store.
    #[command(flatten)]
    pub store: StoreFile,
}

/// Options of `explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// Id of a rule as `made_by` gives it, or the beginning of one
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// How `parse` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// CoNLL-U, with names and mentions in the last column.
    Conllu,
    /// One JSON object.
    Json,
    /// Trees drawn with indentation.
    Tree,
}

/// Options of `parse`.
#[derive(Args, Debug)]
pub struct Parse {
    /// A text or page, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ParseFormat::Conllu)]
    pub format: ParseFormat,
    /// Folder with another language model instead of the built-in one
    #[arg(long, value_name = "DIR", env = "DEMARCHE_MODEL")]
    pub model: Option<PathBuf>,
}
