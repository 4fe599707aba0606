//! Runs the program in a folder of its own with a few small articles.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

const WIRE: &str = "Macron and Zelenskyy discuss security guarantees

PARIS, March 4 (Reuters) - French President Emmanuel Macron spoke by phone with Ukrainian President Volodymyr Zelenskyy on Monday, his office said.

\"We need security guarantees that hold,\" Zelenskyy said after the call.

Macron told Putin on Sunday that talks must resume. Russia has massed about 30,000 troops in Belarus, NATO said.
";

const COLUMN: &str = "Opinion: The call that changed little

Emmanuel Macron called Volodymyr Zelenskyy on Monday. The call lasted an hour, and Kyiv demanded that the West deliver air defence systems. Russia could attack within weeks, the minister warned.
";

const METADATA: &str = r#"{"file":"wire.txt","published":"2024-03-04","outlet":"Reuters"}
{"file":"column.txt","published":"2024-03-05","outlet":"The Lake Herald"}
"#;

static NUMBER: AtomicUsize = AtomicUsize::new(0);

/// A folder that is removed with the value.
pub struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a run came to.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        let all = format!("{}{}", self.out, self.err);
        assert!(all.contains(words), "expected {words:?} in\n{all}");
        self
    }
}

impl Place {
    /// An empty folder.
    pub fn empty() -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("demarche-cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// A folder with `articles/`.
    pub fn with_articles() -> Self {
        let place = Self::empty();
        place.write("articles/wire.txt", WIRE);
        place.write("articles/column.txt", COLUMN);
        place.write("articles/metadata.jsonl", METADATA);
        place
    }

    /// A folder with `articles/`, `ledger.db` and `results/`.
    pub fn with_store() -> Self {
        let place = Self::with_articles();
        place.run("ingest articles/ --store ledger.db").ends(0);
        place.run("analyze articles/ --out results").ends(0);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Names of everything in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(&self.0)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_demarche")));
        command.args(line.split_whitespace()).current_dir(&self.0).stdin(Stdio::null());
        command.env_remove("DEMARCHE_STORE").env_remove("DEMARCHE_PACK").env_remove("NO_COLOR");
        command
    }

    /// Runs a line of arguments, cut at spaces.
    pub fn run(&self, line: &str) -> Ran {
        Ran::new(self.command(line).output().unwrap())
    }
}
