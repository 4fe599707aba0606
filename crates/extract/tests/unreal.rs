//! Runs the examples of the words that say by their form or place that something did not take place.

use demarche_extract::{Reading, status};
use demarche_language::{Kit, WordId, analyse};
use demarche_testkit::document;

#[test]
fn examples_of_what_did_not_take_place_have_their_status() {
    let kit = Kit::builtin().expect("the model is built in");
    let mut wrong = Vec::new();
    let examples = kit.pack.cues.unreal().examples();
    assert!(examples.len() >= 20, "the pack shows each list at work");
    for example in examples {
        let analysis = analyse(document(&example.text), &kit);
        let reading = Reading::new(&analysis, &kit.pack, "test", None);
        let mut words = (0..analysis.words.len() as u32).map(WordId);
        let word = words.find(|word| analysis.form(*word) == example.word);
        let found = word.map(|word| status(&reading, word));
        if found != Some(example.status) {
            wrong.push(format!("{}: {found:?} for {}", example.text, example.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
