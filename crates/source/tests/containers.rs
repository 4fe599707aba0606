//! Inputs that hold several documents: feeds, web archives, JSON exports.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use demarche_pack::Pack;
use demarche_record::{Document, PublishedBasis};
use demarche_source::{Fault, Hints, ReadError, read_all};
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(Pack::builtin);

fn read(name: &str, bytes: &[u8]) -> Vec<Result<Document, ReadError>> {
    read_all(bytes, &Hints::named(name), &PACK)
}

const TEXT: &str =
    "The two ministers met in Geneva on Monday and spoke for two hours about the border and the grain.";

#[test]
fn entries_of_a_feed_are_documents() {
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Herald</title><item><title>Talks end</title>\
         <link>https://herald.example/talks</link><pubDate>Fri, 28 Jan 2022 10:00:00 GMT</pubDate>\
         <description>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;They will meet again.&lt;/p&gt;</description></item></channel></rss>"
    );
    let documents = read("feed.xml", feed.as_bytes());
    let document = documents[0].as_ref().unwrap();
    assert_eq!(document.file, "feed.xml#1");
    assert_eq!(document.text.as_str(), format!("{TEXT}\n\nThey will meet again."));
    assert_eq!(document.published.edtf.as_ref().unwrap().0, "2022-01-28");
    assert_eq!(document.published.basis, PublishedBasis::Metadata);
    assert_eq!(document.outlet.as_deref(), Some("The Herald"));
    assert_eq!(document.title.as_deref(), Some("Talks end"));
}

#[test]
fn a_broken_feed_is_named() {
    let documents = read("feed.xml", b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x");
    assert!(matches!(
        documents[0].as_ref().unwrap_err().fault,
        Fault::Malformed { format: "feed", .. } | Fault::Empty
    ));
}

#[test]
fn lines_of_an_export_are_documents_and_a_broken_line_is_named() {
    let export = format!(
        "{{\"title\": \"Talks end\", \"published\": \"2022-01-28\", \"url\": \"https://herald.example/a\", \"text\": \"{TEXT}\"}}\n\
         {{\"title\": broken}}\n{{\"file\": \"own-name\", \"text\": \"{TEXT} Again.\"}}\n{{\"title\": \"no text\"}}\n"
    );
    let documents = read("export.jsonl", export.as_bytes());
    assert_eq!(documents.len(), 4);
    assert_eq!(documents[0].as_ref().unwrap().published.edtf.as_ref().unwrap().0, "2022-01-28");
    assert!(
        documents[1].as_ref().unwrap_err().to_string().starts_with("export.jsonl:2: not a valid JSON export")
    );
    assert_eq!(documents[2].as_ref().unwrap().file, "own-name");
    assert!(documents[3].as_ref().unwrap_err().to_string().contains("export.jsonl:4"));
}

#[test]
fn text_that_only_begins_like_an_export_is_text() {
    let documents = read("note.txt", b"{sic} The ministers met in Geneva on Monday.");
    assert!(documents[0].as_ref().unwrap().text.as_str().starts_with("{sic}"));
}

fn archive_record(kind: &str, address: &str, content: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype={kind}\r\n\
         Content-Length: {}\r\n\r\n{content}\r\n\r\n",
        content.len()
    )
}

fn page(text: &str) -> String {
    let body =
        format!("<html><body><h1>Talks end in Geneva</h1><p>{text}</p><p>{text} Twice.</p></body></html>");
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}")
}

#[test]
fn pages_of_an_archive_are_documents_and_damage_does_not_stop_the_rest() {
    let mut archive = archive_record("request", "https://herald.example/a", "GET / HTTP/1.1\r\n\r\n");
    archive += &archive_record("response", "https://herald.example/2022/01/28/a", &page(TEXT));
    archive += "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: what\r\n\r\nxx\r\n\r\n";
    archive += &archive_record("response", "https://herald.example/b", &page(&format!("{TEXT} Other.")));
    let documents = read("crawl.warc", archive.as_bytes());
    assert_eq!(documents.len(), 3);
    let first = documents[0].as_ref().unwrap();
    assert_eq!(first.published.edtf.as_ref().unwrap().0, "2022-01-28");
    assert_eq!(first.file, "crawl.warc#2");
    assert!(documents[1].as_ref().unwrap_err().to_string().contains("its length is no number"));
    assert!(documents[2].as_ref().unwrap().text.as_str().contains("Other."));
}

#[test]
fn chunked_bodies_are_joined() {
    let whole = page(TEXT);
    let (_, body) = whole.split_once("\r\n\r\n").unwrap();
    let (one, two) = body.split_at(50);
    let content = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n",
        one.len(),
        two.len()
    );
    let documents =
        read("crawl.warc", archive_record("response", "https://herald.example/a", &content).as_bytes());
    assert!(documents[0].as_ref().unwrap().text.as_str().contains(TEXT));
}
