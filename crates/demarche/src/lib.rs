//! The few calls a program needs to read articles into a ledger.
//!
//! ```
//! use demarche::{Engine, Hints};
//!
//! let engine = Engine::builtin()?;
//! let text = "TBILISI, 3 March 2023 (Agency) - President Salome Zourabichvili met Emmanuel Macron in Paris on Friday.";
//! let document = engine.read(text.as_bytes(), &Hints::named("note.txt"))?;
//! let told = engine.tell(document.into());
//! for record in &told.records {
//!     assert!(record.words().iter().all(|words| words.holds(&told.analysis.document.text)));
//! }
//! # Ok::<(), demarche::Error>(())
//! ```

mod batch;

pub use batch::{Batch, Progress};
pub use demarche_extract::{EXTRACTORS, Extractor};
pub use demarche_language::{Analysis, Format, Kit, render};
pub use demarche_ledger::{Decided, Relations};
pub use demarche_pack::{Pack, PackError, PackFile, builtin_files};
pub use demarche_record as record;
pub use demarche_source::{Declared, Hints, Limits, ReadError, files};
pub use demarche_text::{ContentHash, Span, Text};

use demarche_record::{Document, Ledger, Notice, Record};
use std::path::Path;
use std::sync::Arc;

/// Why an engine could not be made or an input not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The model does not load.
    Model(demarche_model::ModelError),
    /// A pack has faults.
    Pack(Vec<PackError>),
    /// An input cannot be read.
    Read(ReadError),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Model(error) => error.fmt(f),
            Error::Pack(faults) => {
                let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
                f.write_str(&all.join("\n"))
            }
            Error::Read(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<demarche_model::ModelError> for Error {
    fn from(error: demarche_model::ModelError) -> Self {
        Error::Model(error)
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::Read(error)
    }
}

/// What one document tells.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its language: sentences, trees, mentions, times.
    pub analysis: Analysis,
    /// Its records, in text order.
    pub records: Vec<Record>,
}

/// Packs and model, ready to read. Make it once; share it between threads by reference.
#[derive(Debug)]
pub struct Engine {
    kit: Kit,
    fingerprint: String,
}

impl Engine {
    /// The built-in packs and model.
    pub fn builtin() -> Result<Self, Error> {
        Ok(Self::with_kit(Kit::builtin()?))
    }

    /// The built-in packs and further pack files on top of them, with the model of a folder or the built-in one.
    pub fn with(more: Vec<PackFile>, model: Option<&Path>) -> Result<Self, Error> {
        let mut files = builtin_files();
        for file in more {
            // A file of the same path replaces the built-in one.
            files.retain(|other| other.path != file.path);
            files.push(file);
        }
        files.sort_by(|one, two| one.path.cmp(&two.path));
        let pack = Pack::load(&files).map_err(Error::Pack)?;
        Ok(Self::with_kit(Kit::with(pack, model)?))
    }

    fn with_kit(kit: Kit) -> Self {
        let fingerprint = kit.fingerprint();
        Self { kit, fingerprint }
    }

    /// Packs and model.
    pub fn kit(&self) -> &Kit {
        &self.kit
    }

    /// Hash over packs, model and engine version: the same fingerprint gives the same records for the same text.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Reads one document from bytes.
    pub fn read(&self, bytes: &[u8], hints: &Hints) -> Result<Document, ReadError> {
        demarche_source::read(bytes, hints, &self.kit.pack)
    }

    /// Reads everything in an input: one document, or each entry of a feed, web archive or JSON export.
    pub fn read_all(&self, bytes: &[u8], hints: &Hints) -> Vec<Result<Document, ReadError>> {
        demarche_source::read_all(bytes, hints, &self.kit.pack)
    }

    /// Reads the language of a document and finds its records. Never fails; what could not be done is a notice of the
    /// document. A fault of ours in one document does not end a batch: that document has no records and says so.
    pub fn tell(&self, document: Arc<Document>) -> Told {
        let read = guarded(|| demarche_language::analyse(document.clone(), &self.kit));
        let mut analysis = read.unwrap_or_else(|| {
            let mut analysis = demarche_language::unread(document);
            analysis.notices.push(fault());
            analysis
        });
        let found = guarded(|| demarche_extract::extract(&analysis, &self.kit.pack, &self.fingerprint));
        let records = found.unwrap_or_else(|| {
            analysis.notices.push(fault());
            Vec::new()
        });
        with_notices(&mut analysis);
        Told { analysis, records }
    }

    /// Builds everything across documents. The order of the input does not matter.
    pub fn ledger(&self, documents: &[Arc<Document>], records: &[Record]) -> Ledger {
        demarche_ledger::build(documents, records, &self.kit.pack)
    }

    /// Builds everything across documents, with what people decided about contacts.
    pub fn ledger_decided(
        &self,
        documents: &[Arc<Document>],
        records: &[Record],
        decided: &Decided,
    ) -> Ledger {
        demarche_ledger::build_decided(documents, records, &self.kit.pack, decided)
    }
}

/// Runs a stage; `None` if it panics.
fn guarded<T>(stage: impl FnOnce() -> T) -> Option<T> {
    // Stages are functions of what they are given: nothing shared is left half-written.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(stage)).ok()
}

fn fault() -> Notice {
    Notice {
        code: "engine-fault".to_owned(),
        message:
            "The program failed on this text and found no records in it; please report it with the text."
                .to_owned(),
        span: None,
    }
}

/// Puts what reading noticed on the document, where every view shows it; a document that was told before has it already.
fn with_notices(analysis: &mut Analysis) {
    let known =
        |held: &[Notice], new: &Notice| held.iter().any(|it| it.code == new.code && it.span == new.span);
    if analysis.notices.iter().all(|notice| known(&analysis.document.notices, notice)) {
        return;
    }
    let mut document = Document::clone(&analysis.document);
    for notice in &analysis.notices {
        if !known(&document.notices, notice) {
            document.notices.push(notice.clone());
        }
    }
    analysis.document = Arc::new(document);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_fails_ends_alone() {
        assert_eq!(guarded(|| 7), Some(7));
        assert_eq!(guarded(|| -> u8 { panic!("a fault of ours") }), None);
    }

    #[test]
    fn what_reading_notices_stands_on_the_document_once() {
        let engine = Engine::builtin().expect("built-in packs and model load");
        let text = "The envoys met on 31 February 2022 in Geneva, officials said after the talks ended.";
        let document = engine.read(text.as_bytes(), &Hints::named("note.txt")).expect("it is text");
        let codes = |told: &Told| {
            told.analysis.document.notices.iter().map(|notice| notice.code.clone()).collect::<Vec<_>>()
        };
        let told = engine.tell(document.into());
        assert_eq!(codes(&told).len(), 1, "{:?}", codes(&told));
        let again = engine.tell(told.analysis.document.clone());
        assert_eq!(codes(&again), codes(&told));
    }
}
