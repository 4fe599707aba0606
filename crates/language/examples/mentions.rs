//! Shows the mentions and entities of a text file: `cargo run --example mentions -- FILE [DATE]`.
#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use demarche_record::{Edtf, Published, PublishedBasis};
use std::sync::Arc;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let text = std::fs::read_to_string(arguments.next().expect("a file")).expect("a text file");
    let kit = demarche_language::Kit::builtin().expect("the built-in kit");
    let mut document = Arc::unwrap_or_clone(demarche_testkit::document(&text));
    if let Some(date) = arguments.next() {
        document.published =
            Published { edtf: Some(Edtf(date)), basis: PublishedBasis::Declared, evidence: Vec::new() };
    }
    let analysis = demarche_language::analyse(Arc::new(document), &kit);
    let mut sentence = None;
    for mention in &analysis.mentions {
        let own = analysis.sentence(mention.head).span;
        if sentence != Some(own) {
            println!("\n{}", analysis.text(own));
            sentence = Some(own);
        }
        let entity = mention.entity.map(|entity| analysis.entity(entity));
        println!(
            "   [{}] {:?} head={} -> {}",
            analysis.text(mention.span),
            mention.form,
            analysis.form(mention.head),
            entity.map_or("-".to_owned(), |it| format!(
                "{} ({:?}, {}{})",
                it.name,
                it.kind,
                it.actor.as_ref().map_or("no actor", |actor| actor.0.as_str()),
                it.description.as_ref().map_or(String::new(), |it| format!(", {it}"))
            )),
        );
    }
    println!();
    for place in &analysis.places {
        println!("place [{}] {:?} {:?} {:?}", place.words.text, place.name, place.country, place.precision);
    }
}
