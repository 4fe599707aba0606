//! The command line: commands, options, help. The examples of the long help are run by a test.

mod options;
mod values;

pub use options::*;

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Exit codes, for the long help of the program.
const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    done, and the answer is no, or there are findings (verify, pack check, compare --exit-code, who, show, figures)
  2    wrong usage or configuration; nothing was done
  3    done, but part of the input could not be read (each file is named with the reason or remedy)
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
  demarche compare --on 2024-03-04 --store ledger.db
  demarche compare --actors Macron,Zelenskyy --format json --store ledger.db")]
    Compare(Compare),
    /// Figures for one thing, with who claims them
    #[command(after_long_help = "Examples:
  demarche figures --store ledger.db
  demarche figures Russia --store ledger.db
  demarche figures --format csv --store ledger.db")]
    Figures(Figures),
    /// Demands and every answer to them
    #[command(after_long_help = "Examples:
  demarche threads --store ledger.db
  demarche threads --format json --store ledger.db")]
    Threads(Listing),
    /// Documents that count as one source, where there are several
    #[command(after_long_help = "Examples:
  demarche copies --store ledger.db
  demarche copies --format csv --store ledger.db")]
    Copies(Listing),
    /// What happened when, apart from when it was reported
    #[command(after_long_help = "Examples:
  demarche timeline --store ledger.db
  demarche timeline --format json --store ledger.db")]
    Timeline(Listing),
    /// Prove every span of records and comparisons against the stored texts, the texts and record ids by their hashes
    #[command(after_long_help = "\
Proved are: the hash of every text, every span of documents, records and comparisons, the id of
every record, and that the records of encounters and comparisons are held; of a store also that its
file is sound. Not proved are the ids and the building of what stands across documents: `rebuild`
makes it anew.

Examples:
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a shell line: cut at spaces outside of quotation marks, up to a comment.
    fn words(line: &str) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut word: Option<String> = None;
        let mut quoted = false;
        for letter in line.chars() {
            match letter {
                '"' => {
                    quoted = !quoted;
                    word.get_or_insert_default();
                }
                '#' if word.is_none() => break,
                ' ' if !quoted => words.extend(word.take()),
                letter => word.get_or_insert_default().push(letter),
            }
        }
        words.extend(word);
        words
    }

    /// The command lines of the README: in blocks of shell lines, `cargo run` runs the program.
    #[test]
    fn every_command_line_of_the_readme_is_one() {
        let readme = include_str!("../../../README.md");
        let mut lines = Vec::new();
        let mut shell = false;
        for line in readme.lines() {
            match line.strip_prefix("```") {
                Some(language) => shell = language == "sh",
                None if shell => lines.extend(words(line).split(|word| word == "&&").map(<[String]>::to_vec)),
                None => {}
            }
        }
        let mut parsed = 0;
        for line in lines {
            let start = match line.first().map(String::as_str) {
                Some("demarche") => 0,
                Some("cargo") if line[1] == "run" => line.iter().position(|word| word == "--").expect("--"),
                _ => continue,
            };
            if let Err(error) = Cli::try_parse_from(&line[start..]) {
                panic!("{}\n{error}", line.join(" "));
            }
            parsed += 1;
        }
        assert!(parsed >= 9, "{parsed} command lines");
    }
}
