//! temporary
#![allow(clippy::print_stdout)]
use demarche_source::{Hints, Limits, files, read};
fn main() {
    let pack = demarche_pack::Pack::builtin();
    let paths: Vec<String> = std::env::args().skip(1).collect();
    for input in files::walk(&paths, Limits::default()) {
        let Ok(input) = input else { continue };
        match read(&input.bytes, &Hints::named(&input.file), &pack) {
            Err(error) => println!("{}", serde_json::json!({"file": input.file, "error": error.to_string(), "blocks": []})),
            Ok(d) => {
                let blocks: Vec<_> = d.blocks.iter().map(|b| serde_json::json!([b.kind.as_str(), d.text.slice(b.span)])).collect();
                println!("{}", serde_json::json!({"file": d.file, "title": d.title, "byline": d.byline, "outlet": d.outlet, "agencies": d.agencies, "published": d.published.edtf.map(|e| e.0), "basis": d.published.basis.as_str(), "genre": d.genre.as_str(), "evidence": d.genre_evidence.map(|w| w.text), "language": d.language, "notices": d.notices.iter().map(|n| format!("{}: {}", n.code, n.message)).collect::<Vec<_>>(), "url": d.url, "role": d.author_role, "issuer": d.issuer, "blocks": blocks}));
            }
        }
    }
}
