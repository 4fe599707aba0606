//! Bad and hostile input: each is refused with reason and remedy, or read quickly and without a panic.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use demarche_pack::Pack;
use demarche_record::{BlockKind, Document};
use demarche_source::{Fault, Hints, Limits, ReadError, files, read};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static PACK: LazyLock<Pack> = LazyLock::new(Pack::builtin);

fn read_bytes(bytes: &[u8]) -> Result<Document, ReadError> {
    read(bytes, &Hints::named("input"), &PACK)
}

/// A folder of its own for one test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("demarche-source-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn walk_one(path: &Path) -> Result<files::Input, ReadError> {
    files::walk(&[path], Limits::default()).next().expect("one input")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_missing_path_is_named() {
    let error = walk_one(Path::new("nowhere/article.txt")).unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
    assert_eq!(error.to_string(), "nowhere/article.txt: no such file or folder; check the path");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_no_file_is_refused() {
    use std::os::unix::net::UnixListener;
    let folder = Folder::new("socket");
    let path = folder.0.join("socket");
    let _listener = UnixListener::bind(&path).unwrap();
    let error = walk_one(&path).unwrap_err();
    assert!(matches!(error.fault, Fault::Unreadable { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("unreadable");
    let path = folder.put("a.txt", b"secret");
    folder.put("b.txt", b"open");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let found: Vec<_> = files::walk(&[&folder.0], Limits::default()).collect();
    assert_eq!(found.len(), 2);
    // The superuser may read everything.
    if let Err(error) = &found[0] {
        assert!(error.to_string().contains("a.txt: cannot be read"), "{error}");
    }
    assert_eq!(found[1].as_ref().unwrap().bytes, b"open");
}

#[test]
fn folders_are_walked_in_order_without_sidecars_and_hidden_files() {
    let folder = Folder::new("walk");
    for name in
        ["b.txt", "a/z.html", "a/metadata.jsonl", ".hidden", "c/.git/x", "metadata.jsonl", "gold.json"]
    {
        folder.put(name, b"text");
    }
    let names: Vec<String> =
        files::walk(&[&folder.0], Limits::default()).map(|input| input.unwrap().file).collect();
    assert_eq!(names, ["a/z.html", "b.txt"]);
}

#[test]
fn empty_input_is_refused() {
    assert_eq!(read_bytes(b"").unwrap_err().fault, Fault::Empty);
    assert_eq!(read_bytes(b" \r\n\t\n").unwrap_err().fault, Fault::Empty);
    assert_eq!(read_bytes("\u{FEFF}\u{A0}".as_bytes()).unwrap_err().fault, Fault::Empty);
}

#[test]
fn binary_input_is_refused_by_name() {
    let error = read_bytes(b"%PDF-1.7\n%\xE2\xE3").unwrap_err();
    assert_eq!(
        error.to_string(),
        "input: is a PDF file, not text (byte 0); convert it to text or HTML first"
    );
    assert!(matches!(read_bytes(b"ab\0\x01\x02\0\0\xFF").unwrap_err().fault, Fault::Binary { at: 2, .. }));
}

#[test]
fn other_encodings_are_read_and_damage_is_reported() {
    let text =
        "Президент сообщил, что переговоры пройдут в феврале. Министр подтвердил это на встрече в Москве.";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    assert_eq!(read_bytes(&bytes).unwrap().text.as_str(), text);
    let document =
        read_bytes(b"The Elys\xC3\xA9e \xFF said so; the \xC3\x89lys\xC3\xA9e repeated it.").unwrap();
    assert!(document.text.as_str().contains("Élysée repeated"));
    assert_eq!(document.notices[0].code, "charset-replaced");
}

#[test]
fn over_large_input_is_refused_with_the_limit() {
    let hints = Hints { limits: Limits { bytes: 1000 }, ..Hints::named("big.txt") };
    let error = read(&[b'a'; 1001], &hints, &PACK).unwrap_err();
    assert_eq!(
        error.to_string(),
        "big.txt: has 1001 bytes or more, over the limit of 1000 bytes; split it or raise the limit with --max-bytes"
    );
    let folder = Folder::new("large");
    let path = folder.put("big.txt", &[b'a'; 1001]);
    let found = files::walk(&[&path], Limits { bytes: 1000 }).next().unwrap();
    assert!(matches!(found.unwrap_err().fault, Fault::TooLarge { bytes: 1001, limit: 1000 }));
}

#[test]
fn a_hundred_megabytes_are_over_the_default_limit_and_read_in_linear_time_within_a_higher_one() {
    let paragraph = "The two ministers met in Geneva on Monday and spoke for two hours about the border.\n\n";
    let text = paragraph.repeat(100_000_000 / paragraph.len());
    assert!(matches!(read_bytes(text.as_bytes()).unwrap_err().fault, Fault::TooLarge { .. }));
    // A twentieth of it, so that the test stays quick: the time grows in proportion.
    let hints = Hints { limits: Limits { bytes: 200 << 20 }, ..Hints::named("big.txt") };
    let start = Instant::now();
    let document =
        read(&text.as_bytes()[..5_000_000 / paragraph.len() * paragraph.len()], &hints, &PACK).unwrap();
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert!(document.blocks.len() > 50_000);
}

#[test]
fn truncated_gzip_is_refused_and_whole_gzip_is_read() {
    let folder = Folder::new("gzip");
    let packed = gzip("The text of the report, again and again. ".repeat(500).as_bytes());
    let whole = folder.put("whole.txt.gz", &packed);
    assert!(walk_one(&whole).unwrap().bytes.starts_with(b"The text"));
    let cut = folder.put("cut.txt.gz", &packed[..packed.len() - 20]);
    let error = walk_one(&cut).unwrap_err();
    assert!(error.to_string().contains("the file ends early; fetch it again"), "{error}");
}

#[test]
fn a_gzip_bomb_stops_at_the_limit() {
    let folder = Folder::new("bomb");
    let path = folder.put("bomb.gz", &gzip(&vec![b'a'; 4 << 20]));
    let found = files::walk(&[&path], Limits { bytes: 1 << 20 }).next().unwrap();
    assert!(matches!(found.unwrap_err().fault, Fault::TooLarge { .. }));
}

/// Reads a page on a thread with the small stack that worker threads have. The limit tells a loop that is quadratic or never ends
/// (minutes) from a machine that is busy with something else (seconds); it is no measure of speed.
fn read_quickly(html: String) -> Result<Document, ReadError> {
    let start = Instant::now();
    let worker =
        std::thread::Builder::new().stack_size(2 << 20).spawn(move || read_bytes(html.as_bytes())).unwrap();
    let read = worker.join().expect("no panic and no stack overflow");
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
    read
}

const WORDS: &str =
    "The two ministers met in Geneva on Monday and spoke for two hours about the border and the grain.";

#[test]
fn a_hundred_thousand_nested_tags_are_read_quickly() {
    LazyLock::force(&PACK);
    let html = format!("<html><body>{}<p>{WORDS}</p>{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let document = read_quickly(html).unwrap();
    assert_eq!(document.text.as_str(), WORDS);
    assert!(document.notices.iter().any(|notice| notice.code == "markup-cut"));
}

#[test]
fn other_nesting_bombs_are_read_quickly() {
    LazyLock::force(&PACK);
    for tag in [
        "<ul><li>",
        "<b>",
        "<b><i><u>",
        "<table><tr><td>",
        "<svg><g>",
        "<svg><title>",
        "<a href=x><p>",
        "<p><b>",
    ] {
        let html = format!("<html><body><p>{WORDS}</p>{}x", tag.repeat(30_000));
        // What matters is that it comes back.
        let _ = read_quickly(html);
    }
    let attributes: String = (0..50_000).map(|number| format!(" a{number}=1")).collect();
    let _ = read_quickly(format!("<html><body><p{attributes}>{WORDS}</p>"));
}

#[test]
fn a_page_without_text_says_so() {
    let error = read_bytes(b"<html><body><script>load()</script></body></html>").unwrap_err();
    assert_eq!(error.fault, Fault::NoText);
}

/// Blocks are in order, do not overlap, and cover everything but white space.
fn check_blocks(document: &Document) {
    let text = document.text.as_str();
    let mut at = 0;
    for block in &document.blocks {
        assert!(block.span.start() >= at && !block.span.is_empty(), "{block:?}");
        assert!(text[at..block.span.start()].trim().is_empty(), "{:?}", &text[at..block.span.start()]);
        at = block.span.end();
    }
    assert!(text[at..].trim().is_empty(), "{:?}", &text[at..]);
    for words in document.genre_evidence.iter().chain(&document.published.evidence) {
        assert!(words.holds(&document.text));
    }
}

#[test]
fn blocks_of_kinds_cover_a_page() {
    let html = format!(
        "<html><head><title>Talks end - Herald</title></head><body><h1>Talks end</h1><p class=byline>By Jane Doe</p>\
         <figure><img><figcaption>The hall. AP/John Roe</figcaption></figure><p>GENEVA (AP) — {WORDS}</p><p>{WORDS} \
         Again.</p><p>{WORDS} And again.</p><p>(Reporting by John Roe; editing by Jane Doe)</p></body></html>"
    );
    let document = read_bytes(html.as_bytes()).unwrap();
    check_blocks(&document);
    let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
    use BlockKind::*;
    assert_eq!(kinds, [Headline, Byline, Caption, Byline, Lede, Body, Body, Credit]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn blocks_cover_any_text(text in "([A-Za-z ,.“”é\u{A0}0-9:()—-]{0,60}\r?\n{0,3}){0,12}") {
        if let Ok(document) = read_bytes(text.as_bytes()) {
            check_blocks(&document);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(document) = read_bytes(&bytes) {
            check_blocks(&document);
        }
    }

    #[test]
    fn any_markup_is_read_or_refused(
        parts in proptest::collection::vec(
            prop_oneof![
                "</?(p|div|b|a|table|tr|td|ul|li|svg|title|script|style|h1|figure|figcaption|br|select|template)( [a-z]{1,5}(=\"?[a-z <>]{0,5}\"?)?)?/?>?",
                "[A-Za-z .,&;<é]{0,40}",
                "<!--.{0,10}(-->)?",
            ],
            0..60,
        )
    ) {
        let html = format!("<html>{}", parts.concat());
        if let Ok(document) = read_bytes(html.as_bytes()) {
            check_blocks(&document);
        }
    }
}
