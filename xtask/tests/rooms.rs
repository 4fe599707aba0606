//! Checks the house: which room may depend on which, which crates may enter a room, that ARCHITECTURE.md names every
//! room, and that no file has grown into two rooms.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Room → rooms it may depend on. An arrow that is not here needs a paragraph of reasons in ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("record", &["text"]),
    ("pack", &["text", "record"]),
    ("model", &["text"]),
    ("source", &["text", "record", "pack"]),
    ("language", &["text", "record", "pack", "model"]),
    ("extract", &["text", "record", "pack", "language"]),
    ("ledger", &["text", "record", "pack"]),
    ("wire", &["text", "record"]),
    ("store", &["text", "record", "wire"]),
    ("view", &["text", "record", "wire"]),
    ("demarche", &["text", "record", "pack", "model", "source", "language", "extract", "ledger", "wire"]),
    ("cli", &["demarche", "store", "view", "wire"]),
    ("testkit", &["text", "record", "pack", "language"]),
];

/// Outside crates that belong to certain rooms only.
const TENANTS: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("rten", &["model"]),
    ("clap", &["cli", "xtask"]),
    ("anyhow", &["cli", "xtask"]),
    ("trafilatura", &["source"]),
    ("dom_smoothie", &["source"]),
    ("rayon", &["demarche", "cli", "xtask"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root").to_owned()
}

/// Room → names of its dependencies, without those for tests.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(root().join("crates")).expect("there are crates") {
        let folder = entry.expect("a folder").path();
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let mut names = Vec::new();
        let mut inside = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                inside = line.trim() == "[dependencies]";
            } else if inside
                && let Some(name) = line.split(['.', ' ', '=']).next().filter(|name| !name.is_empty())
            {
                names.push(name.to_owned());
            }
        }
        let room = folder.file_name().expect("has a name").to_string_lossy().into_owned();
        all.insert(room, names);
    }
    all
}

#[test]
fn rooms_depend_only_where_arrows_lead() {
    let mut wrong = Vec::new();
    for (room, names) in dependencies() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("room `{room}` is not in ARROWS"));
            continue;
        };
        for name in names {
            let other =
                if name == "demarche" { "demarche" } else { name.strip_prefix("demarche-").unwrap_or("") };
            if !other.is_empty() && !allowed.contains(&other) {
                wrong.push(format!("{room} → {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that do not exist: {wrong:#?}");
}

#[test]
fn outside_crates_live_in_their_rooms() {
    let mut wrong = Vec::new();
    for (room, names) in dependencies() {
        for (tenant, rooms) in TENANTS {
            if names.iter().any(|name| name == tenant) && !rooms.contains(&room.as_str()) {
                wrong.push(format!("{tenant} in {room}"));
            }
        }
    }
    assert!(wrong.is_empty(), "crates in the wrong room: {wrong:#?}");
}

#[test]
fn the_architecture_page_names_every_room() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md exists");
    let missing: Vec<String> =
        dependencies().into_keys().filter(|room| !page.contains(&format!("`{room}`"))).collect();
    assert!(missing.is_empty(), "rooms without a word in ARCHITECTURE.md: {missing:?}");
}

#[test]
fn source_files_stay_short() {
    fn walk(folder: &Path, long: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, long);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let lines = fs::read_to_string(&path).expect("readable").lines().count();
                if lines > 700 {
                    long.push(format!("{} has {lines} lines", path.display()));
                }
            }
        }
    }
    let mut long = Vec::new();
    walk(&root().join("crates"), &mut long);
    walk(&root().join("xtask"), &mut long);
    assert!(long.is_empty(), "files with two jobs: {long:#?}");
}
