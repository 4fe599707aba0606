//! Renders a page as one self-contained HTML file: the page on the left, every source in full on the right. A click
//! on a reference shows its words, highlighted, in their source. Nothing is loaded from a network.

use crate::text::plain;
use crate::{Cell, Held, Item, Page, Reference, Run};
use demarche_record::{BlockKind, Body, Document, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Tables with more columns are set closer.
const MANY: usize = 6;

/// Letters of an id that name a record to the reader; enough for `judge` and `show`.
const SHORT: usize = 8;

/// The page with its sources as HTML.
pub fn html(page: &Page, held: &Held<'_>) -> String {
    let mut out = String::with_capacity(64 << 10);
    out.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"generator\" content=\"demarche\">\n");
    let _ =
        write!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n", escape(&page.title));
    out.push_str("<a class=\"skip\" href=\"#page\">Skip to the page</a>\n<a class=\"skip\" href=\"#texts\">Skip to the texts</a>\n");
    out.push_str("<div class=\"frame\">\n<main id=\"page\" tabindex=\"-1\">\n");
    let _ = write!(out, "<h1>{}</h1>\n<dl>\n", escape(&page.title));
    for (name, value) in &page.facts {
        let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escape(name), escape(value));
    }
    out.push_str("</dl>\n<nav aria-label=\"Sections\">\n");
    let sections: Vec<_> = page.sections.iter().filter(|section| !section.items.is_empty()).collect();
    for section in &sections {
        let _ = writeln!(out, "<a href=\"#{}\">{}</a>", section.id, escape(&section.title));
    }
    out.push_str("</nav>\n");
    for section in &sections {
        let _ = write!(out, "<section id=\"{}\">\n<h2>{}</h2>\n", section.id, escape(&section.title));
        items(&mut out, &section.items, held);
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n<aside id=\"texts\" tabindex=\"-1\" aria-label=\"Texts of the sources\">\n<div class=\"bar\">\n");
    out.push_str("<h2>Texts of the sources</h2>\n<button type=\"button\" hidden>Back to the page</button>\n");
    out.push_str("<p class=\"note\" aria-live=\"polite\"></p>\n</div>\n");
    let used = cited(page, held);
    for (number, document) in held.documents.iter().enumerate() {
        source(&mut out, number + 1, document, used.get(&(number + 1)), held);
    }
    let _ = write!(out, "</aside>\n</div>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn items(out: &mut String, items: &[Item], held: &Held<'_>) {
    let mut in_list = false;
    for item in items {
        let is_line = matches!(item, Item::Line(_));
        if in_list != is_line {
            out.push_str(if is_line { "<ul>\n" } else { "</ul>\n" });
            in_list = is_line;
        }
        match item {
            Item::Heading(heading) => {
                let _ = writeln!(out, "<h3>{}</h3>", escape(heading));
            }
            Item::Note(note) => {
                let _ = writeln!(out, "<p class=\"note\">{}</p>", escape(note));
            }
            Item::Line(line) => {
                match &line.date {
                    Some(date) => {
                        let _ = write!(out, "<li class=\"dated\"><time>{}</time><span>", escape(date));
                    }
                    None => out.push_str("<li><span>"),
                }
                runs(out, &line.runs);
                references(out, &line.references, held);
                out.push_str("</span></li>\n");
            }
            Item::Table(table) => {
                // Named roles, because on narrow screens the style shows rows as blocks, which takes their meaning away.
                let class = if table.columns.len() > MANY { " class=\"many\"" } else { "" };
                let _ = write!(
                    out,
                    "<div class=\"wide\"><table{class} role=\"table\">\n<thead><tr role=\"row\">"
                );
                for column in &table.columns {
                    let _ = write!(out, "<th scope=\"col\" role=\"columnheader\">{}</th>", escape(column));
                }
                out.push_str("</tr></thead>\n<tbody>\n");
                for row in &table.rows {
                    out.push_str("<tr role=\"row\">");
                    for (cell, column) in row.iter().zip(&table.columns) {
                        table_cell(out, cell, column, held);
                    }
                    out.push_str("</tr>\n");
                }
                out.push_str("</tbody>\n</table></div>\n");
            }
        }
    }
    if in_list {
        out.push_str("</ul>\n");
    }
}

fn table_cell(out: &mut String, cell: &Cell, column: &str, held: &Held<'_>) {
    let is_empty = cell.references.is_empty() && plain(&cell.runs).is_empty();
    let class = if is_empty { " class=\"none\"" } else { "" };
    let _ = write!(out, "<td role=\"cell\"{class} data-column=\"{}\">", escape(column));
    runs(out, &cell.runs);
    references(out, &cell.references, held);
    out.push_str("</td>");
}

fn runs(out: &mut String, runs: &[Run]) {
    for run in runs {
        let _ = match run {
            Run::Plain(text) => write!(out, "{}", escape(text)),
            Run::Source(number, text) => {
                write!(out, "<a class=\"source\" href=\"#source-{number}\">{}</a>", escape(text))
            }
            Run::Strong(text) => write!(out, "<strong>{}</strong>", escape(text)),
            Run::Quote(text) => write!(out, "<q>{}</q>", escape(text)),
            Run::Faint(text) => write!(out, "<span class=\"faint\">{}</span>", escape(text)),
            Run::Badge(text) => {
                let class = text.split([' ', ',']).next().unwrap_or_default();
                write!(out, "<span class=\"badge {class}\">{}</span>", escape(text))
            }
        };
    }
}

fn references(out: &mut String, all: &[Reference], held: &Held<'_>) {
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for reference in all {
        let key = key(reference);
        if shown.insert(key.clone()) {
            let label = format!("{}:{}", reference.source, reference.paragraph);
            let about = escape(&about(reference, held));
            let _ = write!(
                out,
                " <a class=\"ref\" href=\"#{key}\" data-r=\"{key}\" title=\"{about}\" aria-label=\"{label}, {about}\">[{label}]</a>"
            );
        }
    }
}

/// What a reference leads to: the record with the rule that found it, its status and how sure the reading is.
fn about(reference: &Reference, held: &Held<'_>) -> String {
    let id = &reference.record.to_string()[..SHORT];
    match held.record(&reference.record) {
        Some(record) => format!(
            "{} {id}, rule {}, {}, confidence {:.2}",
            record.body.kind(),
            record.made_by.rule,
            record.status,
            record.confidence
        ),
        None => format!("record {id}"),
    }
}

/// Anchor of a reference: record and first byte, as one record may be cited for several of its words.
fn key(reference: &Reference) -> String {
    format!("r{}-{}", &reference.record.to_string()[..12], reference.words.start_byte)
}

/// Words of a source that a click on a reference highlights.
struct Cited {
    key: String,
    words: Words,
    /// True for the words of the reference itself, which carry its anchor.
    main: bool,
}

/// What the page cites, by number of the source: the words of each reference, and beside the content of a quotation who
/// says so and how.
fn cited(page: &Page, held: &Held<'_>) -> BTreeMap<usize, Vec<Cited>> {
    let mut used: BTreeMap<usize, Vec<Cited>> = BTreeMap::new();
    for reference in page.references() {
        let all = used.entry(reference.source).or_default();
        let mut add =
            |words: &Words, main: bool| all.push(Cited { key: key(reference), words: words.clone(), main });
        add(&reference.words, true);
        if let Some(Body::Quotation(quotation)) = held.record(&reference.record).map(|record| &record.body) {
            let speaker = quotation.speaker.as_ref().and_then(|speaker| speaker.words.as_ref());
            let cue = quotation.cue.as_ref().map(|cue| &cue.words);
            [speaker, cue].into_iter().flatten().for_each(|words| add(words, false));
        }
    }
    used
}

fn source(out: &mut String, number: usize, document: &Document, used: Option<&Vec<Cited>>, held: &Held<'_>) {
    let name = held.source_name(document);
    let _ = write!(out, "<article id=\"source-{number}\">\n<h3>{number}. {}</h3>\n", escape(&name));
    let published =
        document.published.edtf.as_ref().map_or_else(|| "date unknown".to_owned(), |date| date.0.clone());
    let _ = writeln!(
        out,
        "<p class=\"note\">{} · {} · {}</p>",
        escape(&document.file),
        escape(&published),
        document.genre
    );
    let none = Vec::new();
    let used = used.unwrap_or(&none);
    for (paragraph, block) in document.blocks.iter().enumerate() {
        let class = match block.kind {
            BlockKind::Headline | BlockKind::Subhead => "headline",
            BlockKind::Caption => "caption",
            BlockKind::Lede | BlockKind::Body => "body",
            _ => "furniture",
        };
        let _ = write!(out, "<p class=\"{class}\"><span class=\"no\">{}</span>", paragraph + 1);
        marked(out, document, block.span.start(), block.span.end(), used);
        out.push_str("</p>\n");
    }
    out.push_str("</article>\n");
}

/// The text of a block, cut at every border of cited words, each piece naming the references that cover it.
fn marked(out: &mut String, document: &Document, from: usize, to: usize, used: &[Cited]) {
    let text = document.text.as_str();
    let inside: Vec<&Cited> = used
        .iter()
        .filter(|it| (it.words.start_byte as usize) < to && from < it.words.end_byte as usize)
        .collect();
    let mut borders: BTreeSet<usize> = [from, to].into();
    for it in &inside {
        borders.insert((it.words.start_byte as usize).clamp(from, to));
        borders.insert((it.words.end_byte as usize).clamp(from, to));
    }
    let borders: Vec<usize> = borders.into_iter().collect();
    for pair in borders.windows(2) {
        let piece = &text[pair[0]..pair[1]];
        let mut covering: Vec<&str> = inside
            .iter()
            .filter(|it| it.words.start_byte as usize <= pair[0] && pair[1] <= it.words.end_byte as usize)
            .map(|it| it.key.as_str())
            .collect();
        covering.sort_unstable();
        covering.dedup();
        if covering.is_empty() {
            let _ = write!(out, "{}", escape(piece));
            continue;
        }
        // The first piece of cited words carries the anchors, for readers without scripts.
        let starts = inside.iter().filter(|it| it.main && it.words.start_byte as usize == pair[0]);
        for anchor in starts.map(|it| it.key.as_str()).collect::<BTreeSet<_>>() {
            let _ = write!(out, "<a id=\"{anchor}\"></a>");
        }
        let _ = write!(out, "<span class=\"e\" data-r=\"{}\">{}</span>", covering.join(" "), escape(piece));
    }
}

/// Text for HTML content and attributes. Control characters other than line breaks and tabs are not shown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(letter),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}
