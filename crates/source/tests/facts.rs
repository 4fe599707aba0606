//! Document facts: title, outlet, author, agencies, genre with its evidence, date with its basis.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use demarche_pack::Pack;
use demarche_record::{BlockKind, Document, Genre, PublishedBasis};
use demarche_source::{Declared, Hints, read};
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(Pack::builtin);

const BODY: &str = "The defence ministers of the two states met on the island on Monday and spoke for three hours about the \
                    prisoners.\n\nNeither side would say whether the exchange begins this week, but both called the \
                    meeting useful.\n\nAn aide to one of the ministers said a list of names had been handed over.";

fn declared(text: &str, pairs: &[(&str, &str)]) -> Document {
    let mut declared = Declared::default();
    for (key, value) in pairs {
        assert!(declared.set(key, value), "{key}");
    }
    read(text.as_bytes(), &Hints { declared, ..Hints::named("input.txt") }, &PACK).expect("text is read")
}

fn plain(text: &str) -> Document {
    declared(text, &[])
}

fn kinds(document: &Document) -> Vec<BlockKind> {
    document.blocks.iter().map(|block| block.kind).collect()
}

fn check_genre(document: &Document, genre: Genre, evidence: Option<&str>) {
    assert_eq!(document.genre, genre);
    assert_eq!(document.genre_evidence.as_ref().map(|words| words.text.as_str()), evidence);
}

fn check_date(document: &Document, edtf: Option<&str>, basis: PublishedBasis) {
    assert_eq!(document.published.edtf.as_ref().map(|date| date.0.as_str()), edtf);
    assert_eq!(document.published.basis, basis);
}

#[test]
fn a_wire_report_has_dateline_agency_and_credit() {
    let document = plain(&format!(
        "Ministers meet on the island\n\nGENEVA, Jan. 12 (Reuters) - {BODY}\n\n(Reporting by Jane Doe; Editing by John Roe)"
    ));
    use BlockKind::*;
    assert_eq!(kinds(&document), [Headline, Byline, Lede, Body, Body, Credit]);
    assert_eq!(document.title.as_deref(), Some("Ministers meet on the island"));
    assert_eq!(document.agencies, ["Reuters"]);
    check_date(&document, Some("XXXX-01-12"), PublishedBasis::Dateline);
    assert_eq!(document.published.evidence[0].text, "Jan. 12");
    check_genre(&document, Genre::Report, None);
}

#[test]
fn a_correction_is_a_note_below_a_report_and_a_text_where_it_stands_alone() {
    let note = "Correction: The number of prisoners agreed by the two ministers at their meeting on the island on Monday is 40, \
                the ministry said, and not 50.";
    use BlockKind::*;
    assert_eq!(kinds(&plain(&format!("{BODY}\n\n{note}"))).last(), Some(&Credit));
    assert_ne!(kinds(&plain(note)), [Credit]);
    assert_eq!(kinds(&plain("(Adds quote, background)")), [Credit]);
}

#[test]
fn captions_credits_and_navigation_are_kept_apart() {
    let document = plain(&format!(
        "{BODY}\n\nSoldiers wait at the checkpoint in the hills on May 3, 2021. © Reuters/Jane Doe\n\nRead also: The long road \
         to the island\n\nThe road to the island\n\n{BODY}\n\nFILE - The old bridge in 2014.\n\nWith AP and dpa"
    ));
    use BlockKind::*;
    assert_eq!(
        kinds(&document),
        [Lede, Body, Body, Caption, Navigation, Subhead, Body, Body, Body, Caption, Credit]
    );
    assert_eq!(document.agencies, ["Associated Press", "Deutsche Presse-Agentur"]);
}

#[test]
fn an_op_ed_shows_its_disclaimer_author_and_outlet() {
    let document = plain(&format!(
        "{BODY}\n\nDr. Jane Doe, historian, author of three books on the straits\n\nOp-ed disclaimer: The Morning Herald is \
         not responsible or liable for any content in this article."
    ));
    check_genre(&document, Genre::Opinion, Some("Op-ed disclaimer"));
    assert_eq!(document.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(document.author_role.as_deref(), Some("historian"));
    assert_eq!(document.outlet.as_deref(), Some("Morning Herald"));
}

#[test]
fn an_essay_is_told_by_its_first_person_and_the_biography() {
    let essay = "I have crossed this strait for thirty years.\n\nWe must not look away now, whatever the admirals say about \
                 the cost of the patrols.\n\nThe islands are small.\n\nJane Doe is a writer.";
    check_genre(&plain(essay), Genre::Opinion, Some("I"));
    let report = "“I have crossed this strait for thirty years,” she said.\n\n“We must not look away,” he said, and the \
                  admirals agreed with him on the cost.\n\nThe islands are small.\n\nJane Doe is a writer.";
    check_genre(&plain(report), Genre::Report, None);
}

#[test]
fn genres_are_told_by_labels_and_addresses() {
    check_genre(
        &plain(&format!("Opinion | The island is not for sale\n\n{BODY}")),
        Genre::Opinion,
        Some("Opinion |"),
    );
    check_genre(
        &plain(&format!("Explainer: Why the island matters\n\n{BODY}")),
        Genre::Analysis,
        Some("Explainer:"),
    );
    check_genre(&plain(&format!("Island crisis live: talks begin\n\n{BODY}")), Genre::Live, Some("live:"));
    let by_address = declared(BODY, &[("url", "https://herald.example/opinion/the-island")]);
    check_genre(&by_address, Genre::Opinion, None);
    assert!(by_address.notices.iter().any(|notice| notice.message.contains("/opinion/")));
}

#[test]
fn times_of_a_live_blog_are_subheads() {
    let document = plain(&format!("Island live: talks begin\n\n18:40\n\n{BODY}\n\n9:05 a.m. GMT\n\n{BODY}"));
    use BlockKind::*;
    assert_eq!(kinds(&document), [Headline, Subhead, Lede, Body, Body, Subhead, Body, Body, Body]);
}

#[test]
fn readouts_are_told_by_form_and_by_issuer() {
    let document =
        plain(&format!("Readout of the minister's call with her counterpart\n\nWhite House\n\n{BODY}"));
    check_genre(&document, Genre::Readout, Some("Readout of"));
    assert_eq!(document.issuer.as_deref(), Some("White House"));
    let by_domain = declared(BODY, &[("url", "http://www.kremlin.ru/events/president/news/1")]);
    assert_eq!(by_domain.genre, Genre::Readout);
    assert!(by_domain.issuer.is_some());
    let by_outlet = declared(BODY, &[("outlet", "Ministry of Foreign Affairs of Ruritania")]);
    assert_eq!(by_outlet.issuer.as_deref(), Some("Ministry of Foreign Affairs of Ruritania"));
}

#[test]
fn captions_alone_are_their_own_genre() {
    let text = "A convoy leaves the port on Monday. © Reuters/Jane Doe\n\nThe old bridge at night. (AP Photo/John Roe)";
    assert_eq!(plain(text).genre, Genre::CaptionOnly);
}

#[test]
fn what_is_declared_beats_everything_and_contradictions_are_kept() {
    let text = format!("GENEVA, Jan. 12 (AP) — {BODY}");
    let agreeing = declared(&text, &[("published", "2022-01-13")]);
    check_date(&agreeing, Some("2022-01-13"), PublishedBasis::Declared);
    assert!(agreeing.notices.is_empty(), "{:?}", agreeing.notices);
    assert_eq!(agreeing.published.evidence[0].text, "Jan. 12");
    let conflicting = declared(&text, &[("published", "2022-03-01")]);
    check_date(&conflicting, Some("2022-03-01"), PublishedBasis::Declared);
    let notice = &conflicting.notices[0];
    assert_eq!(notice.code, "date-conflict");
    assert!(
        notice.message.contains("2022-03-01") && notice.message.contains("XXXX-01-12"),
        "{}",
        notice.message
    );
    assert_eq!(conflicting.text.slice(notice.span.unwrap()), "Jan. 12");
}

#[test]
fn an_address_dates_a_text_and_nothing_is_guessed_without() {
    let dated = declared(BODY, &[("url", "https://herald.example/2022/01/28/island")]);
    check_date(&dated, Some("2022-01-28"), PublishedBasis::Metadata);
    check_date(&plain(BODY), None, PublishedBasis::Unknown);
    let unreadable = declared(BODY, &[("published", "03/04/2022")]);
    check_date(&unreadable, None, PublishedBasis::Unknown);
    assert_eq!(unreadable.notices[0].code, "date-unreadable");
}

#[test]
fn front_matter_is_declared_and_no_text() {
    let document =
        plain(&format!("---\ntitle: The island\npublished: 2022-01-28\nauthor: Jane Doe\n---\n{BODY}"));
    check_date(&document, Some("2022-01-28"), PublishedBasis::Declared);
    assert!(document.text.as_str().starts_with("The defence ministers"));
    assert_eq!(document.byline.as_deref(), Some("Jane Doe"));
}

#[test]
fn the_same_text_is_the_same_document() {
    let one = plain(BODY);
    let two = declared(&BODY.replace('\n', "\r\n"), &[("published", "2022-01-28")]);
    assert_eq!(one.id, two.id);
    assert_ne!(one.raw_hash, two.raw_hash);
}

#[test]
fn a_page_gives_its_metadata() {
    let paragraphs: String = BODY.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let html = format!(
        "<!doctype html><html lang=en><head><title>Ministers meet on the island | Herald</title>\
         <link rel=canonical href=\"https://herald.example/world/island\"><meta property=\"og:site_name\" content=\"The Herald\">\
         <script type=\"application/ld+json\">{{\"@type\": \"OpinionNewsArticle\", \"headline\": \"Ministers meet on the island\",\
         \"datePublished\": \"2022-01-28T09:00:00+01:00\", \"author\": {{\"name\": \"Jane Doe\", \"jobTitle\": \"Columnist\"}}}}</script>\
         </head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Ministers meet on the island</h1>\
         <p class=byline>By Jane Doe</p><figure><img src=a.jpg><figcaption>The harbour.</figcaption></figure>{paragraphs}\
         </article><footer>© 2022 The Herald</footer></body></html>"
    );
    let document = plain(&html);
    assert_eq!(document.title.as_deref(), Some("Ministers meet on the island"));
    assert_eq!(document.outlet.as_deref(), Some("The Herald"));
    assert_eq!(document.url.as_deref(), Some("https://herald.example/world/island"));
    assert_eq!(
        (document.byline.as_deref(), document.author_role.as_deref()),
        (Some("Jane Doe"), Some("Columnist"))
    );
    check_date(&document, Some("2022-01-28"), PublishedBasis::Metadata);
    check_genre(&document, Genre::Opinion, None);
    use BlockKind::*;
    assert_eq!(kinds(&document), [Headline, Byline, Caption, Lede, Body, Body]);
}
