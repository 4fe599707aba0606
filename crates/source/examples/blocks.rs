//! Prints the blocks and facts of files: a look at what reading makes of them.
#![allow(clippy::print_stdout, reason = "it is what the example is for")]

use demarche_source::{Hints, Limits, files, read};

fn main() {
    let pack = demarche_pack::Pack::builtin();
    let paths: Vec<String> = std::env::args().skip(1).collect();
    for input in files::walk(&paths, Limits::default()) {
        let input = match input {
            Ok(input) => input,
            Err(error) => {
                println!("{error}");
                continue;
            }
        };
        match read(&input.bytes, &Hints::named(&input.file), &pack) {
            Err(error) => println!("{error}"),
            Ok(document) => {
                println!(
                    "== {} {:?} {:?}",
                    document.file,
                    document.genre,
                    document.genre_evidence.map(|it| it.text)
                );
                println!(
                    "title {:?} byline {:?} role {:?}",
                    document.title, document.byline, document.author_role
                );
                println!(
                    "outlet {:?} agencies {:?} issuer {:?}",
                    document.outlet, document.agencies, document.issuer
                );
                println!("published {:?} url {:?}", document.published, document.url);
                for notice in &document.notices {
                    println!("notice {}: {}", notice.code, notice.message);
                }
                for block in &document.blocks {
                    let words: String = document.text.slice(block.span).chars().take(100).collect();
                    println!("  {:<11} {words:?}", block.kind);
                }
            }
        }
    }
}
