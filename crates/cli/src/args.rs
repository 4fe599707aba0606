//! The command line: commands, options, help. The examples of the long help are run by a test.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Exit codes, for the long help of the program.
const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    done, and the answer is no, or there are findings (verify, pack check, compare --exit-code, who, show)
  2    wrong usage or configuration; nothing was done
  3    done, but part of the input could not be read (each file is named with the remedy)
  130  stopped by Ctrl-C; what had been acknowledged is stored

Start with:
  demarche brief articles/
  demarche ingest articles/ --store ledger.db
  demarche who Macron --said --store ledger.db";

/// Reads news reports and keeps a ledger of who met whom, who said what, who demands what and which forces move,
/// each line with the exact words that it rests on. Works offline and gives the same result for the same input.
#[derive(Debug, Parser)]
#[command(
    name = "demarche",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_long_help = EXIT_CODES
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// All commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles, or a store, and print the briefing; nothing is stored
    #[command(after_long_help = "Examples:
  demarche brief articles/
  demarche brief articles/wire.txt articles/column.txt --published 2024-03-04
  demarche brief articles/ --html briefing.html
  demarche brief --store ledger.db --html briefing.html")]
    Brief(Brief),
    /// Read articles and write documents, records and everything across documents as JSON lines
    #[command(after_long_help = "Examples:
  demarche analyze articles/ --out results
  demarche analyze articles/wire.txt --published 2024-03-04 --out results
  demarche analyze articles/ --metadata articles/metadata.jsonl --threads 2 --out results")]
    Analyze(Analyze),
    /// Make an empty store, or bring an old one up to date
    #[command(after_long_help = "Examples:
  demarche init --store new.db
  demarche init --upgrade --store ledger.db")]
    Init(Init),
    /// Read articles into a store; what is there already is left out
    #[command(after_long_help = "Examples:
  demarche ingest articles/ --store ledger.db
  demarche ingest articles/wire.txt --published 2024-03-04 --store ledger.db
  demarche ingest articles/ --metadata articles/metadata.jsonl --store ledger.db")]
    Ingest(Ingest),
    /// Make derived records anew from the stored texts; judgements are kept
    #[command(after_long_help = "Examples:
  demarche rebuild --store ledger.db
  demarche rebuild --all --store ledger.db")]
    Rebuild(Rebuild),
    /// Accept, reject or correct a record, merge or split encounters; kept through every rebuild
    #[command(after_long_help = "\
Records and encounters are named by their ids or the beginning of one (`demarche ls records`), documents also by file:
  judge 4f2a accept
  judge 4f2a reject --why \"it was Macron who said so\"
  judge 4f2a edit speaker=\"Emmanuel Macron\" status=denied quantity.low=350 addressee=
  judge 91cc merge 07de            two encounters are one
  judge 91cc split 4f2a            the mention 4f2a belongs to another contact

Examples:
  demarche judge wire.txt grade B2 --by AB --why agency --store ledger.db
  demarche judge wire.txt note checked --by AB --store ledger.db")]
    Judge(Judge),
    /// List documents, records, encounters … or how many of each there are
    #[command(after_long_help = "Examples:
  demarche ls --store ledger.db
  demarche ls contacts --store ledger.db
  demarche ls quotations --format csv --store ledger.db")]
    Ls(Ls),
    /// Find documents with certain words
    #[command(after_long_help = "Examples:
  demarche search security --store ledger.db
  demarche search security guarantees --limit 3 --store ledger.db
  demarche search talks --format json --store ledger.db")]
    Search(Search),
    /// Show a document, record or encounter with its exact words
    #[command(after_long_help = "Examples:
  demarche show wire.txt --store ledger.db
  demarche show wire.txt --format json --store ledger.db")]
    Show(Show),
    /// Who said, met, demanded what
    #[command(after_long_help = "Examples:
  demarche who Macron --store ledger.db
  demarche who Macron --said --since 2024-01-01 --store ledger.db
  demarche who Macron --to Putin --format json --store ledger.db")]
    Who(Who),
    /// Put the accounts of an encounter side by side
    #[command(after_long_help = "Examples:
  demarche compare --actors Macron,Zelenskyy --store ledger.db
  demarche compare --actors Macron,Zelenskyy --on 2024-03-04 --store ledger.db
  demarche compare --actors Macron,Zelenskyy --format json --store ledger.db")]
    Compare(Compare),
    /// Figures for one thing, with who claims them
    #[command(after_long_help = "Examples:
  demarche figures --store ledger.db
  demarche figures troops --store ledger.db
  demarche figures --format csv --store ledger.db")]
    Figures(Figures),
    /// Demands and every answer to them
    #[command(after_long_help = "Examples:
  demarche threads --store ledger.db
  demarche threads --format json --store ledger.db")]
    Threads(Listing),
    /// Documents that count as one source
    #[command(after_long_help = "Examples:
  demarche copies --store ledger.db
  demarche copies --format csv --store ledger.db")]
    Copies(Listing),
    /// What happened when, apart from when it was reported
    #[command(after_long_help = "Examples:
  demarche timeline --store ledger.db
  demarche timeline --format json --store ledger.db")]
    Timeline(Listing),
    /// Prove every span of every record against the stored text, and every hash
    #[command(after_long_help = "Examples:
  demarche verify --store ledger.db
  demarche verify --from results
  demarche verify --from results articles/")]
    Verify(Verify),
    /// Write records, encounters, comparisons or documents for other programs
    #[command(after_long_help = "Examples:
  demarche export --store ledger.db
  demarche export encounters --format md --store ledger.db
  demarche export documents --format csv --output documents.csv --store ledger.db")]
    Export(Export),
    /// What a rule finds, with examples
    #[command(after_long_help = "Examples:
  demarche explain contact.meet
  demarche explain contact
  demarche explain contact.meet --format json")]
    Explain(Explain),
    /// The kinds of record and what finds them
    #[command(after_long_help = "Examples:
  demarche extractors
  demarche extractors --format json")]
    Extractors(Plain),
    /// Show words, trees, names and mentions of a text
    #[command(after_long_help = "Examples:
  demarche parse articles/wire.txt
  demarche parse articles/wire.txt --format tree
  demarche parse articles/wire.txt --format json")]
    Parse(Parse),
    /// Check, try or begin a pack of your own actors and rules
    #[command(subcommand)]
    Pack(Pack),
    /// Print completions for a shell
    #[command(after_long_help = "Examples:
  demarche completions bash
  demarche completions fish")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write manual pages
    #[command(after_long_help = "Examples:
  demarche man
  demarche man --out man")]
    Man {
        /// Folder for one page per command; without it the main page goes to standard output.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

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
    /// Publication date of the inputs for which neither metadata nor a sidecar gives one
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Largest input in bytes, after unpacking
    #[arg(long, value_name = "N", default_value_t = 64 << 20)]
    pub max_bytes: u64,
    /// Threads; 0 uses every core; the result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
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
    #[arg(long, value_name = "N", default_value_t = 0)]
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
    /// Who decides; without it the name of the account
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
    #[arg(value_name = "ACTOR")]
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
    #[arg(long, value_name = "ACTOR")]
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
    /// Only quotations whose cue is read so: assert, deny, demand, promise, warn, concede, ask, believe …
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
    #[arg(value_name = "ENCOUNTER", required_unless_present = "actors")]
    pub encounter: Option<String>,
    /// Encounters in which all these actors took part
    #[arg(long, value_name = "A,B", value_delimiter = ',', conflicts_with = "encounter")]
    pub actors: Vec<String>,
    /// Only encounters that can have been on this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", requires = "actors")]
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
    /// A folder that `analyze --out` wrote, instead of a store
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
    /// Records as people judged them: corrected, without those rejected (jsonl only)
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

/// Commands about packs.
#[derive(Debug, Subcommand)]
pub enum Pack {
    /// Begin a pack with an example of each sort of file
    #[command(after_long_help = "Examples:
  demarche pack new mypack")]
    New {
        /// Folder of the pack; must not exist.
        dir: PathBuf,
    },
    /// Check a pack: every fault with file and line
    #[command(after_long_help = "Examples:
  demarche pack new other
  demarche pack check other")]
    Check {
        /// Folder of the pack; without it the built-in packs.
        dir: Option<PathBuf>,
    },
    /// Read the examples of a pack's rules and show what they find
    #[command(after_long_help = "Examples:
  demarche pack new third
  demarche pack try third")]
    Try {
        /// Folder of the pack.
        dir: PathBuf,
    },
}
