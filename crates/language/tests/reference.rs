//! The decoded output of the built-in model is what its training side wrote down for the same words.

use demarche_language::{Format, Kit, NameKind, analyse, analyse_cut, render};
use serde_json::Value;

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn trees_tags_and_names_are_those_of_the_training_side() {
    let kit = Kit::builtin().expect("the built-in model loads");
    let examples: Value =
        serde_json::from_str(include_str!("../../../models/en/reference.json")).expect("the file is JSON");
    let examples = examples.as_array().expect("a list of examples");
    assert!(!examples.is_empty());
    for example in examples {
        let words = strings(&example["words"]);
        let text = words.join(" ");
        let mut at = 0;
        let mut spans = Vec::new();
        for word in &words {
            spans.push((at as u32, (at + word.len()) as u32));
            at += word.len() + 1;
        }
        let rows = kit.model.rows(words.iter().copied());
        let numbers = |key: &str| -> Vec<i32> {
            example[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_i64)
                .map(|it| it as i32)
                .collect()
        };
        assert_eq!(rows[0].pieces, numbers("pieces"), "{text}");
        assert_eq!(rows[0].shapes, numbers("shapes"), "{text}");
        let analysis = analyse_cut(demarche_testkit::document(&text), &kit, vec![spans]);
        let upos: Vec<&str> = analysis.words.iter().map(|word| word.upos.as_str()).collect();
        assert_eq!(upos, strings(&example["upos"]), "{text}");
        let deprels: Vec<&str> = analysis.words.iter().map(|word| word.deprel.as_str()).collect();
        assert_eq!(deprels, strings(&example["deprels"]), "{text}");
        let heads: Vec<i32> =
            analysis.words.iter().map(|word| word.head.map_or(0, |head| head.0 as i32 + 1)).collect();
        assert_eq!(heads, numbers("heads"), "{text}");
        let begun = strings(&example["names"]).iter().filter(|tag| tag.starts_with("B-")).count();
        assert_eq!(analysis.names.len(), begun, "{text}");
    }
}

#[test]
fn the_model_reads_news() {
    let kit = Kit::builtin().expect("the built-in model loads");
    let text = "The Russian president, Vladimir Putin, did not meet Emmanuel Macron in Moscow.";
    let analysis = analyse(demarche_testkit::document(text), &kit);
    let form = |word: &demarche_language::Word| analysis.text(word.span).to_owned();
    let root = analysis.words.iter().find(|word| word.head.is_none()).expect("a tree has a root");
    assert_eq!((form(root).as_str(), root.lemma.as_str()), ("meet", "meet"));
    let subject = analysis.words.iter().find(|word| word.deprel == "nsubj").expect("a subject");
    assert_eq!(form(subject), "president");
    let names: Vec<(String, NameKind)> = analysis
        .names
        .iter()
        .map(|name| {
            (analysis.ids(&name.words).map(|id| analysis.form(id)).collect::<Vec<_>>().join(" "), name.kind)
        })
        .collect();
    assert!(names.contains(&("Vladimir Putin".to_owned(), NameKind::Person)), "{names:?}");
    assert!(names.contains(&("Moscow".to_owned(), NameKind::Polity)), "{names:?}");
    assert!(render(&analysis, Format::Tree).starts_with("The Russian president"));
}

#[test]
fn neighbours_and_threads_change_nothing() {
    let kit = Kit::builtin().expect("the built-in model loads");
    let texts =
        ["The talks failed.", "Ukraine's envoy met NATO ministers in Brussels on Jan. 12.", "“No,” he said."];
    let alone: Vec<String> = texts
        .iter()
        .map(|text| render(&analyse(demarche_testkit::document(text), &kit), Format::Conllu))
        .collect();
    let together = std::thread::scope(|scope| {
        let runs: Vec<_> = texts
            .iter()
            .map(|text| {
                scope.spawn(|| render(&analyse(demarche_testkit::document(text), &kit), Format::Conllu))
            })
            .collect();
        runs.into_iter().map(|run| run.join().expect("no panic")).collect::<Vec<_>>()
    });
    assert_eq!(alone, together);
    let joined = analyse(demarche_testkit::document(&texts.join("\n\n")), &kit);
    let deprels = |analysis: &demarche_language::Analysis| -> Vec<String> {
        analysis.words.iter().map(|word| word.deprel.to_string()).collect()
    };
    let separate: Vec<String> =
        texts.iter().flat_map(|text| deprels(&analyse(demarche_testkit::document(text), &kit))).collect();
    assert_eq!(deprels(&joined), separate);
}

#[test]
fn bad_input_is_read_or_refused_with_a_notice() {
    let kit = Kit::builtin().expect("the built-in model loads");
    let codes = |text: &str| -> Vec<String> {
        let analysis = analyse(demarche_testkit::document(text), &kit);
        for word in &analysis.words {
            assert!(!analysis.text(word.span).is_empty());
        }
        for sentence in &analysis.sentences {
            let roots = analysis.ids(&sentence.words).filter(|id| analysis.word(*id).head.is_none()).count();
            assert_eq!(roots, 1, "{}", analysis.text(sentence.span));
        }
        analysis.notices.iter().map(|notice| notice.code.clone()).collect()
    };
    assert_eq!(codes(&"the minister met the envoy and ".repeat(150)), ["endless-sentence"]);
    assert_eq!(codes(&"ПРЕЗИДЕНТ ВСТРЕТИЛСЯ с министром в Москве. ".repeat(20)), ["not-english"]);
    assert!(codes("").is_empty());
    assert!(codes("\u{0}\u{7}\u{202e}abc \u{feff}مرحبا بالعالم 👩\u{200d}🚒!!!").is_empty());
    assert!(codes(&"x".repeat(20_000)).is_empty());
    assert!(codes(&"!?".repeat(800)).len() < 2);
    assert!(
        codes("THE PRESIDENT OF FRANCE MET THE PRESIDENT OF RUSSIA IN MOSCOW ON MONDAY, OFFICIALS SAID.")
            .is_empty()
    );
}

#[test]
fn names_are_whole_and_alike() {
    let kit = Kit::builtin().expect("the built-in model loads");
    let text = "Ships of the navy left the Gulf of Mexico on Friday. The Gulf of Mexico was calm, and the Gulf of Mexico is wide.";
    let analysis = analyse(demarche_testkit::document(text), &kit);
    let found: Vec<String> = analysis
        .names
        .iter()
        .map(|name| analysis.ids(&name.words).map(|id| analysis.form(id)).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(found.iter().filter(|name| *name == "Gulf of Mexico").count(), 3, "{found:?}");
    let kinds: Vec<NameKind> = analysis.names.iter().map(|name| name.kind).collect();
    assert!(kinds.windows(2).all(|pair| pair[0] == pair[1]), "{kinds:?}");
}

#[test]
fn titles_addresses_and_regions_are_cut_off_a_name() {
    let kit = Kit::builtin().expect("the built-in model loads");
    let text = "The firm moved from Fresno California to Toulouse France, and its lawyer Ann Lee ann.lee@example.org wrote \
                to Aunt Margaret and to the PRESIDENT.";
    let analysis = analyse(demarche_testkit::document(text), &kit);
    let found: Vec<String> = analysis
        .names
        .iter()
        .map(|name| analysis.ids(&name.words).map(|id| analysis.form(id)).collect::<Vec<_>>().join(" "))
        .collect();
    for name in ["Fresno", "California", "Toulouse", "France", "Ann Lee"] {
        assert!(found.iter().any(|it| it == name), "{name} in {found:?}");
    }
    assert!(!found.iter().any(|it| it.contains('@') || it == "PRESIDENT"), "{found:?}");
}
