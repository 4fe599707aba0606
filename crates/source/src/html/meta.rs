//! Reads the metadata of a page: title, author, date, canonical address, outlet, section.

use crate::blocks::squash;
use crate::html::flow::Piece;
use crate::metadata::{Metadata, host, without_site};
use dom_query::{Document, NodeRef};
use dom_smoothie::Readability;
use serde_json::Value;

/// What a page says about itself outside its text, with the page's tree given back.
pub fn read(document: Document, address: Option<&str>) -> (Metadata, Document) {
    let linked = linked_data(&document);
    let tags = tags(&document);
    let tag = |names: &[&str]| {
        names.iter().find_map(|name| tags.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
    };
    let canonical = canonical(&document);
    let times = times(&document);
    let readability = match Readability::with_document(document, None, None) {
        Ok(readability) => readability,
        // Without an address there is nothing it could refuse; an empty page keeps the code simple.
        Err(_) => return (Metadata::default(), Document::default()),
    };
    let found = readability.get_article_metadata(readability.parse_json_ld());
    let document = readability.doc;

    let text = |value: &str| Some(clean(value)).filter(|value| !value.is_empty());
    let url = canonical
        .or_else(|| tag(&["og:url"]))
        .or_else(|| found.url.as_deref().and_then(text))
        .filter(|url| url.contains("://"))
        .or_else(|| address.map(str::to_owned));
    let outlet = tag(&["og:site_name", "application-name"])
        .or_else(|| linked.publisher.clone())
        .or_else(|| found.site_name.as_deref().and_then(text))
        .filter(|name| name.chars().any(char::is_alphabetic) && name.len() <= 80);
    let site_host = url.as_deref().and_then(host);
    let title = linked
        .headline
        .clone()
        .or_else(|| tag(&["og:title", "twitter:title", "dc.title"]))
        .or_else(|| text(&found.title))
        .map(|title| without_site(&title, outlet.as_deref(), site_host).to_owned());
    let byline = linked
        .author
        .clone()
        .or_else(|| {
            tag(&["author", "article:author_name", "parsely-author", "dc.creator", "byl", "sailthru.author"])
        })
        .or_else(|| found.byline.as_deref().and_then(text));
    let published = linked
        .published
        .clone()
        .or_else(|| tag(DATE_TAGS))
        .or_else(|| found.published_time.as_deref().and_then(text))
        .or(times);
    let mut sections = linked.sections;
    sections.extend(
        tags.iter().filter(|(key, _)| SECTION_TAGS.contains(&key.as_str())).map(|(_, value)| value.clone()),
    );
    sections.dedup();
    let language = document.html_root().attr("lang").and_then(|code| text(&code));
    let metadata = Metadata {
        title,
        byline,
        author_role: linked.author_role,
        outlet,
        url,
        published,
        sections,
        language,
        paywalled: linked.paywalled,
        ..Metadata::default()
    };
    (metadata, document)
}

const DATE_TAGS: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "originalpublicationdate",
    "date.created",
    "iso-8601-publish-date",
    "article_date_original",
    "citation_publication_date",
    "rnews:datepublished",
];
const SECTION_TAGS: &[&str] = &[
    "article:section",
    "section",
    "parsely-section",
    "og:section",
    "article.section",
    "dc.type",
    "content_type",
];

/// One line without white space at its ends.
fn clean(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All `<meta>` tags: name, property or item property in lower case, and content.
fn tags(document: &Document) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    for node in document.select("meta").nodes() {
        let Some(content) = node.attr("content") else { continue };
        let content = clean(&content);
        for key in ["property", "name", "itemprop"] {
            if let Some(key) = node.attr(key).filter(|_| !content.is_empty()) {
                tags.push((key.trim().to_lowercase(), content.clone()));
            }
        }
    }
    tags
}

fn canonical(document: &Document) -> Option<String> {
    let links = document.select("link");
    let nodes = links.nodes();
    let is_canonical =
        |node: &&NodeRef<'_>| node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
    nodes.iter().find(is_canonical)?.attr("href").map(|href| href.trim().to_owned())
}

/// The first `<time>` that is marked as the date of publication.
fn times(document: &Document) -> Option<String> {
    let times = document.select("time");
    let marked = times.nodes().iter().find(|node| {
        let says = |key: &str| node.attr(key).is_some_and(|value| value.to_lowercase().contains("publish"));
        node.has_attr("pubdate") || says("itemprop") || says("class")
    });
    let value = marked?.attr("datetime")?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// What JSON-LD says about the article.
#[derive(Default)]
struct LinkedData {
    headline: Option<String>,
    author: Option<String>,
    author_role: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    sections: Vec<String>,
    paywalled: bool,
}

fn linked_data(document: &Document) -> LinkedData {
    let mut data = LinkedData::default();
    for node in document.select("script").nodes() {
        let is_linked = node.attr("type").is_some_and(|kind| kind.to_lowercase().contains("ld+json"));
        if !is_linked {
            continue;
        }
        let text = node.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        // Line breaks inside strings are the commonest fault of such scripts.
        let Ok(value) = serde_json::from_str(text)
            .or_else(|_| serde_json::from_str::<Value>(&text.replace(['\n', '\r', '\t'], " ")))
        else {
            continue;
        };
        visit(&value, &mut data, 0);
    }
    data
}

fn visit(value: &Value, data: &mut LinkedData, depth: usize) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| visit(value, data, depth + 1)),
        Value::Object(object) => {
            let types = texts(object.get("@type"));
            let is_article = |kind: &String| {
                ["Article", "Posting", "Report", "Review"].iter().any(|ending| kind.ends_with(ending))
            };
            if types.iter().any(is_article) {
                article(object, types, data);
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                if let Some(inner) = object.get(key) {
                    visit(inner, data, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn article(object: &serde_json::Map<String, Value>, types: Vec<String>, data: &mut LinkedData) {
    let first = |key: &str| texts(object.get(key)).into_iter().next();
    let set = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    set(&mut data.headline, first("headline").or_else(|| first("name")));
    set(&mut data.published, first("datePublished").or_else(|| first("dateCreated")));
    set(&mut data.publisher, object.get("publisher").and_then(name_of));
    let authors: Vec<&Value> = match object.get("author") {
        Some(Value::Array(authors)) => authors.iter().collect(),
        Some(author) => vec![author],
        None => Vec::new(),
    };
    let names: Vec<String> = authors.iter().filter_map(|author| name_of(author)).collect();
    set(&mut data.author, (!names.is_empty()).then(|| names.join(", ")));
    let role = authors.iter().find_map(|author| texts(author.get("jobTitle")).into_iter().next());
    set(&mut data.author_role, role);
    data.sections.extend(texts(object.get("articleSection")));
    data.sections.extend(texts(object.get("genre")));
    data.sections.extend(types);
    let free = object.get("isAccessibleForFree");
    let paid = free.is_some_and(|free| {
        *free == Value::Bool(false) || free.as_str().is_some_and(|it| it.eq_ignore_ascii_case("false"))
    });
    data.paywalled |= paid;
}

/// The texts of a value: one string or several.
fn texts(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| value.as_str().map(unescape).filter(|text| !text.is_empty());
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Character references in JSON-LD are a common fault; a parser of fragments resolves them.
fn unescape(text: &str) -> String {
    if text.contains('&') && text.contains(';') {
        clean(&Document::fragment(text).text())
    } else {
        clean(text)
    }
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(unescape(name)).filter(|name| !name.is_empty()),
        Value::Object(object) => texts(object.get("name")).into_iter().next(),
        Value::Array(values) => values.first().and_then(name_of),
        _ => None,
    }
}

/// The piece that is the headline: the heading of the first level that shares most words with the title, before the
/// paragraph `before`.
pub fn headline(pieces: &[Piece], title: Option<&str>, before: usize) -> Option<usize> {
    let headings = || pieces.iter().enumerate().take(before).filter(|(_, piece)| piece.heading.is_some());
    // Where the name of the site is not known it still stands on the title.
    let parts: Vec<String> = title
        .map(|title| {
            [" | ", " – ", " — "].iter().fold(title.to_owned(), |title, mark| title.replace(mark, " - "))
        })
        .iter()
        .flat_map(|title| title.split(" - "))
        .map(squash)
        .collect();
    let title = title.map(squash).filter(|title| !title.is_empty());
    if let Some(title) = title {
        let is_part = |piece: &Piece| parts.first() == Some(&piece.key) || parts.last() == Some(&piece.key);
        let same = headings().rfind(|(_, piece)| piece.key == title || is_part(piece));
        let near = |piece: &Piece| {
            piece.key.len() >= 12 && (title.contains(&piece.key) || piece.key.contains(&title))
                || alike(&piece.key, &title)
        };
        if let Some((number, _)) = same.or_else(|| headings().rfind(|(_, piece)| near(piece))) {
            return Some(number);
        }
    }
    let mut first =
        headings().filter(|(_, piece)| piece.heading == Some(1) && !piece.outer && piece.key.len() >= 12);
    match (first.next(), first.next()) {
        (Some((number, _)), None) => Some(number),
        _ => None,
    }
}

/// True if two titles begin or end alike: an editor changed some words of one of them.
fn alike(one: &str, two: &str) -> bool {
    let prefix = one.bytes().zip(two.bytes()).take_while(|(one, two)| one == two).count();
    let suffix = one.bytes().rev().zip(two.bytes().rev()).take_while(|(one, two)| one == two).count();
    prefix.max(suffix) >= 20
}
