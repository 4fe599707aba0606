//! The store against what happens to files: released schemas, foreign and newer files, full disks, rebuilds.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

use demarche_record::{
    Body, Contact, Document, DocumentId, Epoch, Genre, Ledger, MadeBy, Medium, Published, PublishedBasis,
    Record, RecordId, Status, Voice, Words,
};
use demarche_store::{
    Action, Incoming, Judgement, RecordQuery, SCHEMA_VERSION, Store, StoreError, Target, golden,
};
use demarche_text::{ContentHash, Text};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn place() -> Place {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("demarche-store-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    Place(folder)
}

fn document(file: &str, text: &str) -> Document {
    let text = Text::new(text.to_owned());
    Document {
        id: DocumentId(ContentHash::of([text.as_str().as_bytes()])),
        file: file.to_owned(),
        url: None,
        title: None,
        byline: None,
        author_role: None,
        outlet: None,
        outlet_actor: None,
        agencies: Vec::new(),
        published: Published { edtf: None, basis: PublishedBasis::Unknown, evidence: Vec::new() },
        language: Some("en".to_owned()),
        genre: Genre::Report,
        genre_evidence: None,
        issuer: None,
        blocks: Vec::new(),
        raw_hash: ContentHash::of([text.as_str().as_bytes()]),
        text,
        version_of: None,
        notices: Vec::new(),
    }
}

fn contact(document: &Document) -> Record {
    let at = document.text.as_str().find("met").unwrap();
    Record {
        id: RecordId(ContentHash::of([])),
        document: document.id,
        evidence: Words::at(&document.text, document.text.whole()),
        when: None,
        places: Vec::new(),
        attribution: Vec::new(),
        status: Status::Occurred,
        voice: Voice::Report,
        epoch: Epoch::Current,
        confidence: 0.75,
        made_by: MadeBy { extractor: "contacts".into(), rule: "contact.meet".into(), kit: "k".into() },
        plover: None,
        body: Body::Contact(Contact {
            trigger: Words::at(&document.text, document.text.span(at, at + 3).unwrap()),
            participants: Vec::new(),
            medium: Medium::Meeting,
            initiator: None,
            host: None,
            duration: None,
            topics: Vec::new(),
            outcome: Vec::new(),
            also: Vec::new(),
        }),
    }
    .seal()
}

fn put(store: &mut Store, file: &str, text: &str, kit: &str) -> Result<RecordId, StoreError> {
    let document = document(file, text);
    let record = contact(&document);
    let id = record.id;
    store.add(&[Incoming { document: &document, records: &[record], times: &[] }], &[], kit)?;
    Ok(id)
}

#[test]
fn the_released_schema_stands() {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/schema-{SCHEMA_VERSION}.golden.sql"));
    let found = golden().unwrap();
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == found,
        "{}: the schema differs from the released one; add a migration instead of changing one. Found:\n{found}",
        path.display()
    );
}

#[test]
fn what_was_put_in_comes_out() {
    let place = place();
    let path = place.0.join("ledger.db");
    let mut store = Store::create(&path).unwrap();
    let id = put(&mut store, "a.txt", "Envoys met in Genève.", "k").unwrap();
    assert!(store.is_stale().unwrap());
    store.replace_ledger(&Ledger::default()).unwrap();
    drop(store);
    let store = Store::read(&path).unwrap();
    assert!(!store.is_stale().unwrap());
    assert_eq!(store.documents().unwrap()[0].text.as_str(), "Envoys met in Genève.");
    assert_eq!(store.records().unwrap()[0].id, id);
    assert_eq!(
        store.select(&RecordQuery { about: Some("genève".into()), ..RecordQuery::default() }).unwrap().len(),
        1
    );
    assert_eq!(store.search("geneve", 5).unwrap()[0].passage, "Envoys met in [Genève].");
    assert_eq!(store.search("\"", 5).unwrap(), [], "operators have no meaning");
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn nothing_is_stored_twice() {
    let place = place();
    let mut store = Store::create(&place.0.join("ledger.db")).unwrap();
    put(&mut store, "a.txt", "Envoys met in Geneva.", "k").unwrap();
    put(&mut store, "a.txt", "Envoys met in Geneva.", "k").unwrap();
    let other = document("b.txt", "Envoys met in Geneva.");
    let added = store.add(&[Incoming { document: &other, records: &[], times: &[] }], &[], "k").unwrap();
    assert_eq!(added.duplicates, [("b.txt".to_owned(), "a.txt".to_owned())]);
    let counts = store.counts().unwrap();
    assert_eq!((counts.documents, counts.records), (1, 1));
}

#[test]
fn reading_creates_nothing_and_changes_nothing() {
    let place = place();
    let path = place.0.join("ledger.db");
    assert!(matches!(Store::read(&path), Err(StoreError::Missing(_))));
    assert!(!path.exists());
    let mut store = Store::create(&path).unwrap();
    put(&mut store, "a.txt", "Envoys met in Geneva.", "k").unwrap();
    drop(store);
    let before = std::fs::read(&path).unwrap();
    let mut store = Store::read(&path).unwrap();
    assert!(put(&mut store, "b.txt", "Others met in Bern.", "k").is_err());
    drop(store);
    assert_eq!(before, std::fs::read(&path).unwrap());
    assert_eq!(std::fs::read_dir(&place.0).unwrap().count(), 1, "no side files at rest");
}

#[test]
fn foreign_and_newer_files_are_refused() {
    let place = place();
    let path = place.0.join("ledger.db");
    std::fs::write(&path, "no database at all, but long enough").unwrap();
    assert!(matches!(Store::read(&path), Err(StoreError::NotSqlite(_))));
    assert!(matches!(Store::open(&path), Err(StoreError::NotSqlite(_))));
    std::fs::write(&path, "").unwrap();
    assert!(matches!(Store::read(&path), Err(StoreError::NotSqlite(_))));
    std::fs::remove_file(&path).unwrap();
    let foreign = rusqlite::Connection::open(&path).unwrap();
    foreign.execute_batch("CREATE TABLE other (x); PRAGMA user_version = 1").unwrap();
    assert!(matches!(Store::read(&path), Err(StoreError::NotStore(_))));
    assert!(matches!(Store::open(&path), Err(StoreError::NotStore(_))));
    drop(foreign);
    std::fs::remove_file(&path).unwrap();
    drop(Store::create(&path).unwrap());
    rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", SCHEMA_VERSION + 1)
        .unwrap();
    for found in [Store::read(&path), Store::open(&path)] {
        let error = found.unwrap_err();
        assert!(matches!(error, StoreError::Newer { .. }));
        assert!(error.to_string().contains("newer demarche"), "{error}");
    }
}

#[test]
fn a_store_is_there_whole_or_not_at_all() {
    let place = place();
    let path = place.0.join("ledger.db");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Err(error) = Store::read(&path) {
                    // Who opens it for writing keeps it for a moment.
                    assert!(matches!(error, StoreError::Missing(_) | StoreError::Busy(_)), "{error}");
                }
            });
            scope.spawn(|| {
                while let Err(error) = Store::open_or_create(&path) {
                    assert!(matches!(error, StoreError::Busy(_)), "{error}");
                }
            });
        }
    });
    drop(Store::open(&path).unwrap());
    let left: Vec<_> = std::fs::read_dir(&place.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["ledger.db"]);
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let place = place();
    let path = place.0.join("ledger.db");
    let mut store = Store::create(&path).unwrap();
    put(&mut store, "a.txt", "Envoys met in Geneva.", "k").unwrap();
    store.limit_pages(store.pages().unwrap() + 2).unwrap();
    let long = format!("Others met in Bern. {}", "They talked on and on. ".repeat(4000));
    let error = put(&mut store, "b.txt", &long, "k").unwrap_err();
    assert!(matches!(error, StoreError::Full(_)), "{error}");
    assert!(error.to_string().contains("make room"), "{error}");
    drop(store);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    assert_eq!(store.counts().unwrap().documents, 1);
    put(&mut store, "b.txt", &long, "k").unwrap();
    assert_eq!(store.counts().unwrap().documents, 2);
}

fn judgement(key: String, action: Action) -> Judgement {
    Judgement {
        target: Target::Record,
        key,
        action,
        value: None,
        why: Some("read the sentence".into()),
        who: "AB".into(),
        at: "2024-03-04T10:00:00Z".into(),
    }
}

#[test]
fn judgements_outlive_a_rebuild_and_orphans_are_listed() {
    let place = place();
    let path = place.0.join("ledger.db");
    let mut store = Store::create(&path).unwrap();
    let id = put(&mut store, "a.txt", "Envoys met in Geneva.", "k").unwrap();
    store.judge(&judgement(id.to_string(), Action::Reject)).unwrap();
    store.judge(&judgement(id.to_string(), Action::Reject)).unwrap();
    assert_eq!(store.counts().unwrap().judgements, 1, "the same judgement twice is one");
    assert!(
        store.judge(&judgement("00".into(), Action::Accept)).is_err(),
        "a target that is not held is refused"
    );

    // Another kit derives the same record anew.
    put(&mut store, "a.txt", "Envoys met in Geneva.", "k2").unwrap();
    assert_eq!(store.verdict(&id.to_string()).unwrap().action, Some(Action::Reject));
    assert_eq!(store.orphans().unwrap(), []);

    // Another kit finds no record at all.
    let document = document("a.txt", "Envoys met in Geneva.");
    store.add(&[Incoming { document: &document, records: &[], times: &[] }], &[], "k3").unwrap();
    assert_eq!(store.orphans().unwrap().len(), 1);
    drop(store);
    let direct = rusqlite::Connection::open(&path).unwrap();
    assert!(direct.execute("DELETE FROM judgement", []).is_err(), "judgements are only ever added");
    assert!(direct.execute("UPDATE judgement SET who = 'x'", []).is_err());
}

#[test]
fn a_judgement_follows_a_record_whose_other_slots_changed() {
    let place = place();
    let mut store = Store::create(&place.0.join("ledger.db")).unwrap();
    let id = put(&mut store, "a.txt", "Envoys met, met in Geneva.", "k").unwrap();
    store.judge(&judgement(id.to_string(), Action::Accept)).unwrap();
    let document = document("a.txt", "Envoys met, met in Geneva.");
    let mut record = contact(&document);
    if let Body::Contact(contact) = &mut record.body {
        contact.trigger = Words::at(&document.text, document.text.span(12, 15).unwrap());
    }
    let record = record.seal();
    assert_ne!(record.id, id);
    let now = record.id.to_string();
    store.add(&[Incoming { document: &document, records: &[record], times: &[] }], &[], "k2").unwrap();
    assert_eq!(store.verdict(&now).unwrap().action, Some(Action::Accept));
    assert_eq!(store.orphans().unwrap(), []);
}
