//! temporary
#[path = "../../../xtask/src/score/clusters.rs"]
mod clusters;
pub struct Options { pub path: std::path::PathBuf }
#[derive(Default)]
pub struct Report { pub title: String, pub columns: Vec<&'static str>, pub rows: Vec<(String, Vec<serde_json::Value>)>, pub remarks: Vec<String> }
fn main() {
    for path in std::env::args().skip(1) {
        let r = clusters::run(&Options { path: path.into() }).unwrap();
        println!("{}", r.title);
        for (n, c) in r.rows { println!("{n} {c:?}"); }
        println!("{:?}", r.remarks);
    }
}
