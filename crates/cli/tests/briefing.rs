//! How the briefing tells what it tells: on the shipped example, as text and as page.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod harness;

use harness::Place;
use std::collections::BTreeSet;

fn example() -> String {
    format!("{}/../../examples/moscow-2022", env!("CARGO_MANIFEST_DIR"))
}

/// The lines between two headings.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(&format!("\n{from}\n")).unwrap_or_else(|| panic!("no {from:?} in\n{text}"));
    let rest = &text[start..];
    &rest[..rest.find(&format!("\n{to}\n")).unwrap_or(rest.len())]
}

#[test]
fn the_briefing_of_the_example_reads_well() {
    let place = Place::empty();
    let text = place.run(&format!("brief {}", example())).ends(0).out;
    let has = |words: &str| assert!(text.contains(words), "expected {words:?} in\n{text}");
    let lacks = |words: &str| assert!(!text.contains(words), "{words:?} in\n{text}");

    // Fewer encounters are shown than are held, and the briefing says so.
    has("encounters held; left out here:");
    // An exercise is held; "no state" is nobody to whom a demand goes; what a cue governs keeps its preposition.
    has("Russia holds joint exercises");
    lacks("exercises with joint exercises");
    lacks("to no state:");
    has("(called on) Russia to respect");
    lacks("unknown [demand]");
    has("Ines Marchetti [demand]");
    // What was not said is told as that, and nobody is said to say that he says.
    has("[did not mention] a meeting on a fixed date");
    lacks("[not said]");
    lacks("(in its own account) The Kremlin said");

    // An agreement is one of the parties, not of two accounts about the length of a call.
    lacks("Both accounts on duration");
    lacks("Both accounts on day and participants");

    // A demand, an offer and their answers stand together, and nowhere else in the section.
    let demands = between(&text, "Demands and answers", "Forces");
    let open = &demands[demands.find("No answer in the sources held").unwrap()..];
    for words in ["a summit proposed by Macron", "withdraw its forces from Bulgaria"] {
        assert!(demands.contains(words) && !open.contains(words), "{demands}");
    }

    // Verdicts on figures name both, and none is told twice.
    let forces = between(&text, "Forces of Russia", "Warnings and forecasts");
    let flat = forces.split_whitespace().collect::<Vec<_>>().join(" ");
    let verdicts: Vec<&str> = flat.split(" - [").skip(1).collect();
    assert!(verdicts.len() > 3, "{forces}");
    assert_eq!(verdicts.iter().collect::<BTreeSet<_>>().len(), verdicts.len(), "{forces}");
    assert!(verdicts.iter().all(|verdict| verdict.contains("” (") && verdict.contains(" and “")), "{forces}");

    // Beside a single account one line tells what it leaves out.
    let encounters = between(&text, "Encounters and accounts", "Who said what");
    for part in encounters.split("\n\n").filter(|part| part.contains("Told by one account only")) {
        assert_eq!(part.matches("Not compared").count(), 1, "{part}");
    }
    // Rows that differ come first, one-sided ones last; reporters who say nothing have no column.
    for part in encounters.split("\n\n").filter(|part| part.contains("[agrees")) {
        let one_sided = part.find("[one side only]").unwrap_or(part.len());
        assert!(part.rfind("[agrees").unwrap() < one_sided, "{part}");
    }
}

#[test]
fn references_of_the_page_name_their_records_and_lead_to_the_words() {
    let place = Place::empty();
    place.run(&format!("brief {} --html b.html", example())).ends(0);
    let page = place.read("b.html");
    let references: Vec<&str> = page.split("<a class=\"ref\"").skip(1).collect();
    assert!(references.len() > 50);
    for reference in &references {
        let tag = &reference[..reference.find('>').unwrap()];
        assert!(tag.contains(" title=\"") && tag.contains("rule ") && tag.contains("confidence "), "{tag}");
        assert!(tag.contains("aria-label=\""), "{tag}");
        let key = tag.split("data-r=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(page.matches(&format!(" id=\"{key}\"")).count(), 1, "{key} has one anchor");
    }
    // The headings of the page and of the texts differ; sources lead to their texts.
    assert_eq!(page.matches("<h2>Sources</h2>").count(), 1);
    assert!(page.contains("<h2>Texts of the sources</h2>"));
    assert!(page.contains("<a class=\"source\" href=\"#source-1\">"));
    // For keyboards, for narrow screens, and for the way back.
    assert!(page.contains("<a class=\"skip\" href=\"#page\">"));
    assert!(page.contains("data-column=\"Status\""));
    assert!(page.contains("history.pushState") && page.contains("popstate"));
}

#[test]
fn a_quotation_is_highlighted_with_its_speaker_and_cue() {
    let place = Place::empty();
    place.run(&format!("brief {} --html b.html", example())).ends(0);
    let page = place.read("b.html");
    // The cell of the comparison rests on the words quoted alone; who says so stands behind them.
    let cell = page.split("<q>We are not out of the crisis, but the channel is open,").nth(1).unwrap();
    let key = cell.split("data-r=\"").nth(1).unwrap().split('"').next().unwrap();
    let lit: String = page
        .split("<span class=\"e\"")
        .skip(1)
        .filter(|span| span.split('>').next().unwrap().contains(key))
        .map(|span| span.split('>').nth(1).unwrap().trim_end_matches("</span").to_owned() + " ")
        .collect();
    assert!(lit.contains("the official") && lit.contains("told"), "{lit}");
}
