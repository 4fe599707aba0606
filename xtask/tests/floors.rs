//! Fails when a score falls below its floor in docs/quality/floors.toml.
//!
//! Scoring needs the public sets beside the repository and minutes of work: it runs only when `DEMARCHE_FLOORS=1` is set.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    score: Vec<Score>,
}

/// A scorer's run and the floors of its rows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Score {
    scorer: String,
    path: String,
    #[serde(default)]
    options: Vec<String>,
    column: String,
    floors: BTreeMap<String, f64>,
}

#[test]
fn no_score_is_below_its_floor() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root");
    let text = std::fs::read_to_string(root.join("docs/quality/floors.toml"))
        .expect("docs/quality/floors.toml exists");
    let floors: Floors = toml::from_str(&text).expect("docs/quality/floors.toml is well formed");
    let data = root.join("../shared/data");
    if std::env::var_os("DEMARCHE_FLOORS").is_none_or(|it| it != "1") || !data.is_dir() {
        println!(
            "SKIPPED: {} scores not checked against floors (set DEMARCHE_FLOORS=1, data in ../shared/data)",
            floors.score.len()
        );
        return;
    }
    let mut below = Vec::new();
    for score in &floors.score {
        let name = format!("{} {} {}", score.scorer, score.path, score.options.join(" "));
        // "./" leads to the repository itself.
        let path = score.path.strip_prefix("./").map_or_else(|| data.join(&score.path), |own| root.join(own));
        if !path.exists() {
            println!("SKIPPED: {name}: the data is absent");
            continue;
        }
        let told = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .current_dir(root)
            .args(["score", &score.scorer])
            .arg(path)
            .args(&score.options)
            .arg("--json")
            .output()
            .expect("the scorer starts");
        assert!(told.status.success(), "{name}: {}", String::from_utf8_lossy(&told.stderr));
        let report: Value = serde_json::from_slice(&told.stdout).expect("a scorer prints one JSON object");
        for (row, floor) in &score.floors {
            match report["rows"][row][&score.column].as_f64() {
                Some(found) if found >= *floor => println!("{name}: {row} {found} (floor {floor})"),
                found => below.push(format!("{name}: {row} {found:?}, floor {floor}")),
            }
        }
    }
    assert!(below.is_empty(), "below the floor: {below:#?}");
}
