//! Runs the examples of the words by which a name is read as a place and put into a state.

use demarche_language::{Kit, analyse};
use demarche_testkit::document;
use std::sync::Arc;

#[test]
fn examples_of_words_of_place_are_found_where_the_text_puts_them() {
    let kit = Kit::builtin().expect("the model is built in");
    let examples = kit.pack.placing.examples();
    assert!(examples.len() >= 11, "the pack shows each list at work");
    let mut wrong = Vec::new();
    for example in examples {
        let mut document = Arc::unwrap_or_clone(document(&example.text));
        document.language = Some("en".to_owned());
        let analysis = analyse(Arc::new(document), &kit);
        let found: Vec<_> = analysis.places.iter().filter(|it| it.words.text == example.name).collect();
        if found.is_empty() || found.iter().any(|it| it.country != example.country) {
            wrong.push(format!("{}: {found:?}", example.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
