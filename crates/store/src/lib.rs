//! Owns the store: one SQLite file with documents, records, everything across documents and analysts' judgements.
//! The only room with SQL; knows no language engine and no rules.
//!
//! * Opening for reading never creates or changes a file; only [`Store::create`] and [`Store::open_or_create`] do.
//! * Each call of [`Store::add`] is one transaction on disk: what it has acknowledged survives a kill or a power cut.
//! * Derived tables can be rebuilt at any time; judgements are only ever added and are keyed by content.
//! * The views of the schema (`documents`, `records`, `quotations`, …) are public: any SQLite tool may read them.
//!
//! ```
//! use demarche_store::Store;
//! let folder = std::env::temp_dir().join(format!("demarche-doc-{}", std::process::id()));
//! std::fs::create_dir_all(&folder)?;
//! let path = folder.join("ledger.db");
//! assert!(Store::read(&path).is_err() && !path.exists());
//! let store = Store::create(&path)?;
//! assert_eq!(store.counts()?.documents, 0);
//! # drop(store);
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod add;
mod error;
mod judge;
mod ledger;
mod open;
mod query;
mod schema;

pub use add::{Added, Incoming};
pub use error::StoreError;
pub use judge::{Action, Judged, Judgement, Orphan, Pairs, Target, Verdict};
pub use open::{Mode, Store};
pub use query::{Counts, Found, Hit, RecordQuery, View};
pub use schema::{SCHEMA_VERSION, golden};
