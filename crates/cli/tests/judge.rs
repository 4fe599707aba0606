//! What a person decides is shown everywhere, survives a rebuild and takes nothing away from the store.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod harness;

use harness::Place;
use serde_json::Value;

/// The id of the only quotation whose content has these words.
fn quotation(place: &Place, words: &str) -> String {
    let listed = place.run("ls quotations --format json --store ledger.db").ends(0).out;
    let rows: Vec<Value> = serde_json::from_str(&listed).unwrap();
    let found: Vec<&Value> =
        rows.iter().filter(|row| row["content"].as_str().is_some_and(|it| it.contains(words))).collect();
    assert_eq!(found.len(), 1, "{listed}");
    found[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_correction_counts_in_every_view_and_survives_a_rebuild() {
    let place = Place::with_store();
    let id = quotation(&place, "security guarantees that hold");
    place.run("who Macron --said --store ledger.db --format csv").ends(0);
    let edit = format!("judge {id} edit speaker=Macron --by AB --why checked --store ledger.db");
    place.run(&edit).ends(0).says("shown as corrected");
    for round in 0..2 {
        let macron = place.run("who Macron --said --store ledger.db").ends(0).out;
        assert!(macron.contains("guarantees that hold"), "round {round}: {macron}");
        let other = place.run("who Zelenskyy --said --store ledger.db").out;
        assert!(!other.contains("guarantees that hold"), "round {round}: {other}");
        place.run("brief --store ledger.db").ends(0).says("1 corrected, 0 rejected");
        place
            .run(&format!("show {id} --store ledger.db"))
            .ends(0)
            .says("edit by AB")
            .says("speaker = Emmanuel Macron");
        place.run("rebuild --all --store ledger.db").ends(0);
    }
    // The derived record stays what it was, and what is exported as judged is the corrected one.
    let derived = place.run("export records --store ledger.db").ends(0).out;
    let judged = place.run("export records --judged --store ledger.db").ends(0).out;
    let line = |all: &str| all.lines().find(|line| line.contains(&id)).unwrap().to_owned();
    let speaker = |line: &str| serde_json::from_str::<Value>(line).unwrap()["speaker"]["actor"].clone();
    assert_eq!(speaker(&line(&derived)), "volodymyr-zelensky");
    assert_eq!(speaker(&line(&judged)), "emmanuel-macron");
    place.run("verify --store ledger.db").ends(0);
}

#[test]
fn a_rejected_record_is_left_out_of_views_and_kept_in_the_store() {
    let place = Place::with_store();
    let id = quotation(&place, "security guarantees that hold");
    let records = |options: &str| {
        let out = place.run(&format!("export records {options} --store ledger.db")).ends(0).out;
        out.lines().count()
    };
    let all = records("");
    place.run(&format!("judge {id} reject --by AB --store ledger.db")).ends(0).says("left out of every view");
    assert_eq!((records(""), records("--judged")), (all, all - 1));
    place.run(&format!("judge {id} accept --by CD --store ledger.db")).ends(0);
    assert_eq!(records("--judged"), all, "the latest decision counts");
}

#[test]
fn encounters_are_merged_and_split_by_hand() {
    let place = Place::empty();
    place.write("articles/a.txt", "Emmanuel Macron met Vladimir Putin in Moscow on February 7, 2022.\n");
    place.write("articles/b.txt", "Emmanuel Macron met Vladimir Putin in Moscow on February 8, 2022.\n");
    place.run("ingest articles/ --store ledger.db").ends(0);
    let ids = || {
        let out = place.run("ls encounters --format json --store ledger.db").ends(0).out;
        let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let two = ids();
    assert_eq!(two.len(), 2);
    place.run(&format!("judge {} merge {} --by AB --store ledger.db", two[0], two[1])).ends(0);
    let one = ids();
    assert_eq!(one.len(), 1);
    for gone in &two {
        for command in ["show", "compare"] {
            let ran = place.run(&format!("{command} {} --store ledger.db", &gone[..8])).ends(0);
            ran.says("is no more since the merge by AB").says("meeting, ").says(&one[0]);
        }
    }
    place.run("show 00000000 --store ledger.db").ends(1);
    place.run("rebuild --all --store ledger.db").ends(0);
    assert_eq!(ids(), one, "a merge survives a rebuild");
    let out = place.run("export encounters --store ledger.db").ends(0).out;
    let row: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let mention = row["mentions"][1].as_str().unwrap().to_owned();
    place.run(&format!("judge {} split {mention} --by AB --store ledger.db", one[0])).ends(0);
    assert_eq!(ids().len(), 2, "a later split undoes it");
    place.run(&format!("show {} --store ledger.db", one[0])).ends(0).says("is no more since the split by AB");
}

#[test]
fn a_correction_gives_an_actor_its_own_name_and_is_shown_before_what_it_corrects() {
    let place = Place::with_store();
    let id = quotation(&place, "security guarantees that hold");
    let edit = |what: &str| {
        let mut command = place.command(&format!("judge {id} edit --by AB --store ledger.db"));
        command.arg(what).status().unwrap()
    };
    assert!(edit("speaker=Recep Tayyip Erdogan").success());
    place.run("brief --store ledger.db").ends(0).says("\nRecep Tayyip Erdoğan\n");
    let shown = place.run(&format!("show {id} --store ledger.db")).ends(0).out;
    let line = shown.lines().find(|line| line.trim_start().starts_with("speaker")).unwrap();
    let new = line.find("Recep Tayyip Erdoğan").unwrap();
    assert!(new < line.find("corrected; the program found: Volodymyr Zelensky").unwrap(), "{line}");
}

#[test]
fn who_decides_is_the_account_whatever_the_system_calls_it() {
    let place = Place::with_store();
    let id = quotation(&place, "security guarantees that hold");
    let judge = |variable: Option<&str>| {
        let mut command = place.command(&format!("judge {id} accept --store ledger.db"));
        for name in ["DEMARCHE_ANALYST", "USER", "LOGNAME", "USERNAME"] {
            command.env_remove(name);
        }
        command.envs(variable.map(|name| (name, "somebody"))).output().unwrap().status.code()
    };
    for variable in ["USER", "LOGNAME", "USERNAME"] {
        assert_eq!(judge(Some(variable)), Some(0), "{variable}");
    }
    assert_eq!(judge(None), Some(2));
}

#[test]
fn wrong_decisions_are_refused_and_say_what_is_right() {
    let place = Place::with_store();
    let id = quotation(&place, "security guarantees that hold");
    let judge = |rest: &str| place.run(&format!("judge {id} {rest} --by AB --store ledger.db"));
    judge("edit speker=x").ends(2).says("speaker, cue, content");
    judge("edit form=loud").ends(2).says("direct, mixed, indirect");
    judge("edit evidence=x").ends(2).says("stay as derived");
    judge("edit status").ends(2).says("slot=value");
    judge("grade G9").ends(2).says("A to F");
    judge("merge 00").ends(2).says("only encounters");
    place.run("judge zz accept --by AB --store ledger.db").ends(1).says("lists ids");
    place.run("judge wire.txt reject --by AB --store ledger.db").ends(2).says("a note or a grade");
    let judged = place.run("ls judgements --format json --store ledger.db").ends(0).out;
    assert_eq!(judged.trim(), "[]", "nothing refused is kept");
}
