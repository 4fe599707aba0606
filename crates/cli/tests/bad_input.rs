//! Bad input: each fault names the file and the remedy, the rest goes on, nothing stored is lost.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod harness;

use harness::Place;
use std::time::{Duration, Instant};

#[test]
fn unreadable_inputs_are_named_and_the_rest_goes_on() {
    let place = Place::with_articles();
    place.write("articles/empty.txt", "");
    place.write("articles/picture.txt", [0x89, b'P', b'N', b'G', 0, 0, 1, 2, 0, 0, 9, 9]);
    place.write("articles/cut.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]);
    let ran = place.run("analyze articles/ nosuch.txt --out results").ends(3);
    let ran = ran
        .says("empty.txt: has no text")
        .says("picture.txt: is")
        .says("not text")
        .says("cut.gz: compressed");
    ran.says("nosuch.txt: no such file or folder; check the path");
    assert!(place.read("results/records.jsonl").contains("wire.txt"));
}

#[test]
fn a_text_of_another_language_or_of_none_is_named() {
    let place = Place::with_articles();
    let french = "Le président de la République s'est entretenu vendredi avec son homologue russe de la situation à la frontière, \
                  a indiqué la présidence. Ils se reverront la semaine prochaine à Paris pour en discuter.";
    place.write("articles/french.txt", french);
    place.write("articles/noise.txt", [0xFF, 0xFE, 0, 1, 2, 0x67, 0x61, 0x72, 0x62]);
    for line in ["analyze articles/ --out results", "brief articles/ --html b.html", "ingest articles/"] {
        let ran = place.run(line).ends(3);
        ran.says("french.txt: was not read and has no records: it is not in English (language: fr)")
            .says("noise.txt: has no records: no language could be told in it");
    }
    assert!(place.read("results/records.jsonl").contains("wire.txt"), "the rest is read");
}

#[test]
fn a_date_that_is_none_is_told() {
    let place = Place::with_articles();
    for date in ["2022-02-31", "yesterday", "03/04/2022"] {
        let ran = place.run(&format!("brief articles/wire.txt --published {date}")).ends(2);
        ran.says("YYYY-MM-DD (as in 2022-01-28) or YYYY-MM");
    }
    place.write(
        "articles/metadata.jsonl",
        "{\"file\":\"wire.txt\"}\n{\"file\":\"column.txt\",\"published\":\"2022-02-31\"}\n",
    );
    let ran = place.run("analyze articles/ --out results").ends(0);
    ran.says("metadata.jsonl:2: The declared date `2022-02-31`");
    place.run("analyze articles/wire.txt --published 2022-03-01 --out results").ends(0);
    assert!(place.read("results/documents.jsonl").contains("\"2022-03-01\""));
}

#[test]
fn metadata_about_files_that_are_not_there_is_told() {
    let place = Place::with_articles();
    let rows = ["wire.txt", "colum.txt", "gone.txt"].map(|name| format!("{{\"file\":\"{name}\"}}\n"));
    place.write("articles/metadata.jsonl", rows.concat());
    let ran = place.run("analyze articles/ --out results").ends(0);
    ran.says("metadata.jsonl:2: there is no \"colum.txt\"").says("nor the files of the lines 3");
    place.write("articles/metadata.jsonl", "{\"file\":\"wire.txt\"}\n{\"file\":\"column.txt\"}\n");
    let ran = place.run("analyze articles/wire.txt --out results").ends(0);
    assert!(!ran.err.contains("there is no"), "a file that is not asked for is still there: {}", ran.err);
}

#[test]
fn an_empty_folder_is_named_with_what_can_be_read() {
    let place = Place::empty();
    std::fs::create_dir(place.path("bare")).unwrap();
    for line in ["brief bare/", "analyze bare/ --out results", "ingest bare/"] {
        place.run(line).ends(2).says("bare/: there is nothing to read in it").says(".html");
    }
    place.run("brief bare/ --threads abc").ends(2).says("not a number; give 0 for every core");
}

#[test]
fn a_store_that_is_cut_short_is_named_once_with_the_remedy() {
    let place = Place::with_store();
    let whole = std::fs::read(place.path("ledger.db")).unwrap();
    place.write("cut.db", &whole[..20_000]);
    let ran = place.run("ls --store cut.db").ends(2).says("cut.db: the store is damaged").says("new store");
    assert_eq!(ran.err.matches("cut.db").count(), 1, "{}", ran.err);
}

#[test]
fn a_text_that_is_not_utf8_is_read_and_reported() {
    let place = Place::empty();
    place.write(
        "latin.txt",
        b"The \xC9lys\xE9e said on Monday that the talks would resume in Geneva next week.",
    );
    place.run("analyze latin.txt --out results").ends(0);
    assert!(place.read("results/documents.jsonl").contains("Élysée"));
}

#[test]
fn too_large_inputs_are_refused_before_they_are_read() {
    let place = Place::empty();
    place.write("large.txt", "word ".repeat(1000));
    place.run("analyze large.txt --max-bytes 1000 --out results").ends(3).says("--max-bytes");
    assert!(!place.path("results").exists(), "nothing is written when nothing could be read");
}

#[test]
fn deeply_nested_pages_end_soon() {
    let place = Place::empty();
    let page = format!(
        "<html><body>{}The minister met the envoy.{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    place.write("deep.html", page);
    let started = Instant::now();
    let ran = place.run("analyze deep.html --out results");
    assert!(matches!(ran.code, Some(0 | 3)), "{}", ran.err);
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn metadata_faults_name_the_line() {
    let place = Place::with_articles();
    place.write("m.jsonl", "{\"file\":\"wire.txt\",\"publishd\":\"2024-03-04\"}\n");
    place
        .run("analyze articles/wire.txt --metadata m.jsonl --out results")
        .says("\"publishd\"")
        .says("known keys");
    place.write("m.jsonl", "{\"file\":\"wire.txt\"}\nnot json\n");
    place.run("analyze articles/wire.txt --metadata m.jsonl --out results").ends(2).says("m.jsonl:2");
    place.run("analyze articles/wire.txt --metadata none.jsonl --out results").ends(2).says("none.jsonl");
}

#[test]
fn what_is_no_store_is_refused_in_one_sentence() {
    let place = Place::with_articles();
    place.run("ls --store none.db").ends(2).says("no such store");
    assert!(!place.path("none.db").exists(), "reading creates nothing");
    place.write("text.db", "this is no database, but long enough to have a header");
    for line in ["ls --store text.db", "verify --store text.db", "ingest articles/ --store text.db"] {
        place.run(line).ends(2).says("is not an SQLite file");
    }
    assert!(place.read("text.db").starts_with("this is no database"));
}

#[test]
fn verify_finds_a_changed_text() {
    let place = Place::with_articles();
    place.run("analyze articles/ --out results").ends(0);
    let changed = place.read("results/documents.jsonl").replace("spoke by phone", "spoke by radio");
    place.write("results/documents.jsonl", changed);
    place.run("verify --from results").ends(1).says("the text was changed").says("expected");
}

#[cfg(unix)]
#[test]
fn a_killed_ingest_loses_and_doubles_nothing() {
    let place = Place::empty();
    for number in 0..80 {
        place.write(
            &format!("articles/{number:03}.txt"),
            format!("Envoy {number} met the minister in Geneva on Monday, the ministry said.\n\n\"We want talk number {number},\" the envoy said."),
        );
    }
    for wait in [300, 600, 900] {
        let mut child = place.command("ingest articles/ --quiet --store ledger.db").spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
    }
    place.run("ingest articles/ --store ledger.db").ends(0).says("80 documents");
    place.run("verify --store ledger.db").ends(0).says("all hold");
    place.run("ingest articles/ --store fresh.db").ends(0);
    assert_eq!(place.run("export --store ledger.db").out, place.run("export --store fresh.db").out);
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_a_sound_store() {
    let place = Place::empty();
    for number in 0..100 {
        place.write(
            &format!("articles/{number:03}.txt"),
            format!("Envoy {number} met the minister in Geneva on Monday."),
        );
    }
    let mut child = place.command("ingest articles/ --quiet --threads 1").spawn().unwrap();
    // Once there is a store the program is past its start, however slow the machine.
    while !place.path("ledger.db").exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let id = child.id().to_string();
    std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
    let code = child.wait().unwrap().code();
    assert!(matches!(code, Some(0 | 130)), "{code:?}");
    place.run("ingest articles/").ends(0).says("100 documents");
    place.run("verify").ends(0);
}
