//! The commands on small articles: what they answer and how they end.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod harness;

use harness::Place;

#[test]
fn analyze_writes_every_file_with_exact_words() {
    let place = Place::with_articles();
    place.run("analyze articles/ --out results").ends(0);
    for name in ["documents", "records", "encounters", "comparisons", "times"] {
        assert!(place.path(&format!("results/{name}.jsonl")).exists(), "{name}");
    }
    assert!(place.read("results/documents.jsonl").contains("\"2024-03-04\""), "the sidecar is used");
    assert!(place.read("results/records.jsonl").contains("\"file\":\"wire.txt\""));
    place.run("verify --from results articles/").ends(0).says("all hold");
}

#[test]
fn threads_and_order_change_nothing() {
    let place = Place::with_articles();
    place.run("analyze articles/ --threads 1 --out one").ends(0);
    place.run("analyze articles/wire.txt articles/column.txt --threads 2 --out two").ends(0);
    for name in ["documents", "records", "encounters", "comparisons", "times", "figures"] {
        assert_eq!(
            place.read(&format!("one/{name}.jsonl")),
            place.read(&format!("two/{name}.jsonl")),
            "{name}"
        );
    }
}

#[test]
fn the_store_exports_what_analyze_writes() {
    let place = Place::with_store();
    for name in ["documents", "records", "encounters", "comparisons", "times"] {
        let exported = place.run(&format!("export {name}")).ends(0).out;
        assert_eq!(exported, place.read(&format!("results/{name}.jsonl")), "{name}");
    }
}

#[test]
fn reading_again_changes_nothing() {
    let place = Place::with_store();
    let before = place.run("export").out;
    place.run("ingest articles/").ends(0).says("0 new documents").says("2 inputs known already");
    place.run("rebuild --all").ends(0);
    assert_eq!(before, place.run("export").out);
}

#[test]
fn at_rest_a_store_is_one_file_and_reading_makes_none() {
    let place = Place::with_store();
    let before = place.names();
    for line in
        ["ls", "ls records", "who Macron", "figures", "threads", "copies", "timeline", "verify", "export"]
    {
        place.run(line).ends(0);
    }
    assert_eq!(before, place.names());
    assert_eq!(before, ["articles", "ledger.db", "results"]);
}

#[test]
fn who_finds_by_name_role_day_and_form() {
    let place = Place::with_store();
    place.run("who Zelenskyy --said --form direct").ends(0).says("security guarantees that hold");
    place.run("who Zelenskyy --reading assert").ends(0).says("security guarantees that hold");
    place.run("who Zelenskyy --reading threaten").ends(1).says("Nothing about");
    place.run("who Zelenskyy --reading curse").ends(2).says("choose one of accuse, agree");
    place.run("who Macron --to Putin").ends(0).says("talks must resume");
    place.run("who Macron --since 2030-01-01").ends(1);
    place.run("who Macron --since soon").ends(2).says("YYYY-MM-DD");
    place.run("who Nobody").ends(1).says("Nothing about");
}

#[test]
fn a_name_of_nothing_is_refused() {
    let place = Place::with_store();
    for line in ["who", "who Macron --to", "compare --actors"] {
        let output = place.command(line).arg(" ").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("no name; give a name"), "{line}");
    }
}

#[test]
fn encounters_of_a_day_need_no_actors() {
    let place = Place::with_store();
    place.run("compare --on 2024-03-04").ends(0).says("Accounts side by side");
    place.run("compare --on 2034-03-04").ends(1).says("No encounter");
    place.write("more/a.txt", "Emmanuel Macron met Vladimir Putin in Moscow on March 4, 2024.\n");
    place.run("ingest more/").ends(0);
    let ran = place.run("compare --on 2024-03-04").ends(0).says("Name one of them");
    assert_eq!(ran.out.lines().filter(|line| line.contains("2024-03-04")).count(), 2, "{}", ran.out);
}

#[test]
fn what_fits_nothing_is_told_and_ends_with_1() {
    let place = Place::with_store();
    for format in ["table", "json", "csv"] {
        place.run(&format!("figures Zebra --format {format}")).ends(1).says("\"Zebra\"");
    }
    place.run("figures russia").ends(0);
}

#[test]
fn numbers_of_one_are_told_in_the_singular_and_quiet_is_quiet() {
    let place = Place::empty();
    place.write("a.txt", "Emmanuel Macron met Vladimir Putin in Moscow on February 7, 2022.\n");
    place.write("b.txt", place.read("a.txt"));
    place.run("brief a.txt --html b.html").ends(0).says("Read 1 document: ");
    place.run("analyze a.txt --out results").ends(0).says("1 document, ");
    place.run("verify --from results").ends(0).says("1 document, ");
    place.run("ingest a.txt").ends(0).says("1 new document, ");
    place.run("brief a.txt b.txt").ends(0).says("b.txt: has the same text as a.txt");
    for line in [
        "brief a.txt b.txt -q --html b.html",
        "analyze a.txt b.txt -q --out results",
        "ingest a.txt b.txt -q",
    ] {
        assert_eq!(place.run(line).ends(0).err, "", "{line}");
    }
}

#[test]
fn tables_of_records_have_who_takes_part_and_plain_numbers() {
    let place = Place::with_store();
    let table = place.run("export records --format csv").ends(0).out;
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    for name in ["speaker", "addressee", "participants", "holder", "confidence"] {
        assert!(head.contains(&name), "{name}: {head:?}");
    }
    assert!(table.contains("Emmanuel Macron; Volodymyr Zelensky"), "{table}");
    // Single precision has at most nine digits; more would be the dust of its conversion.
    let long = |cell: &str| cell.starts_with("0.") && cell.len() > 11;
    assert!(!table.split([',', '\n', '\r']).any(long), "{table}");
    place.run("export records --judged --format csv").ends(2).says("jsonl only");
    place.run("export documents --judged").ends(2).says("jsonl only");
}

#[test]
fn copies_are_listed_only_where_there_are_some() {
    let place = Place::with_store();
    place.run("copies").ends(0).says("each is a source of its own");
    assert_eq!(place.run("copies --format jsonl").ends(0).out, "");
    let text = place.read("articles/wire.txt");
    place.write("articles/copy.txt", format!("{text}\nThe courier has this from an agency.\n"));
    place.run("ingest articles/").ends(0);
    let copies = place.run("copies --format jsonl").ends(0).out;
    assert_eq!(copies.lines().count(), 2, "{copies}");
}

#[test]
fn threads_and_timeline_have_no_head_of_a_briefing() {
    let place = Place::with_store();
    for line in ["threads", "timeline", "timeline --format md"] {
        let ran = place.run(line).ends(0).says("Sources referred to").says("wire.txt");
        assert!(!ran.out.contains("Independent sources") && !ran.out.contains("Agencies"), "{}", ran.out);
    }
}

#[test]
fn show_points_at_the_words() {
    let place = Place::with_store();
    let rows = place.run("ls quotations --format jsonl").ends(0).out;
    let row = rows.lines().find(|row| row.contains("guarantees that hold")).unwrap();
    let id = &row[row.find("\"id\":\"").unwrap() + 6..][..32];
    let ran = place.run(&format!("show {}", &id[..10])).ends(0);
    let ran = ran.says("evidence").says("Zelensky").says("vouched by").says("--> wire.txt:5:");
    assert!(!ran.out.contains("LL") && !ran.out.contains(":::"), "{}", ran.out);
    let help = place.run("verify --help").ends(0).says("Not proved are").out;
    assert!(!help.contains("every hash"), "{help}");
    place.run("show wire.txt").ends(0).says("Reuters").says("headline");
    place.run("show nothing-like-this").ends(1);
}

#[test]
fn listings_have_every_format() {
    let place = Place::with_store();
    for format in ["table", "json", "jsonl", "csv", "md"] {
        for line in
            ["ls", "ls records", "figures", "threads", "copies", "timeline", "search security", "who Macron"]
        {
            place.run(&format!("{line} --format {format}")).ends(0);
        }
    }
    for format in ["jsonl", "csv", "md", "html"] {
        place.run(&format!("export records --format {format} --output out.{format}")).ends(0);
    }
    assert!(place.read("out.html").contains("</html>"));
}

#[test]
fn briefings_need_no_store() {
    let place = Place::with_articles();
    place.run("brief articles/").ends(0).says("Timeline").says("Sources");
    place.run("brief articles/ --html briefing.html").ends(0);
    let page = place.read("briefing.html");
    assert!(!page.contains("src=\"http") && !page.contains("url(http"), "the page loads nothing");
    assert_eq!(place.names(), ["articles", "briefing.html"]);
}

#[test]
fn rules_explain_themselves() {
    let place = Place::empty();
    place.run("explain contact.meet").ends(0).says("Does not find");
    place.run("explain contact.meat").ends(1).says("Did you mean contact.meet");
    place.run("extractors").ends(0).says("deployments");
}

#[test]
fn packs_are_made_checked_and_tried() {
    let place = Place::empty();
    place.run("pack new mine").ends(0);
    place.run("pack check mine").ends(0).says("no faults");
    place.run("pack try mine").says("sentences as they should be");
    place.write("mine/en/frames/own.toml", "[[frame]]\nid = \"own.x\"\ncolour = \"red\"\n");
    place.run("pack check mine").ends(1).says("en/frames/own.toml:").says("colour");
    place.run("pack new mine").ends(2).says("exists already");
}

#[test]
fn wrong_usage_says_what_is_right() {
    let place = Place::empty();
    place.run("lss").ends(2).says("similar subcommand exists: 'ls'");
    place.run("brief").ends(2).says("<PATH>");
    place.run("--version").ends(0).says("demarche");
}

#[test]
fn no_escape_codes_outside_a_terminal() {
    let place = Place::with_store();
    let ran = place.run("show wire.txt");
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'));
}
