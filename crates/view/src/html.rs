//! Renders a page as one self-contained HTML file: the page on the left, every source in full on the right. A click
//! on a reference shows its words, highlighted, in their source. Nothing is loaded from a network.

use crate::{Cell, Held, Item, Page, Reference, Run};
use demarche_record::{BlockKind, Document, RecordId, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page with its sources as HTML.
pub fn html(page: &Page, held: &Held<'_>) -> String {
    let mut out = String::with_capacity(64 << 10);
    out.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"generator\" content=\"demarche\">\n");
    let _ =
        write!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n", escape(&page.title));
    let _ = write!(out, "<div class=\"frame\">\n<main>\n<h1>{}</h1>\n<dl>\n", escape(&page.title));
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
        items(&mut out, &section.items);
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n<aside aria-label=\"Sources\">\n<h2>Sources</h2>\n");
    let used = used_words(page);
    for (number, document) in held.documents.iter().enumerate() {
        source(&mut out, number + 1, document, used.get(&(number + 1)), held);
    }
    let _ = write!(out, "</aside>\n</div>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn items(out: &mut String, items: &[Item]) {
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
                references(out, &line.references);
                out.push_str("</span></li>\n");
            }
            Item::Table(table) => {
                out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
                for column in &table.columns {
                    let _ = write!(out, "<th scope=\"col\">{}</th>", escape(column));
                }
                out.push_str("</tr></thead>\n<tbody>\n");
                for row in &table.rows {
                    out.push_str("<tr>");
                    row.iter().for_each(|cell| table_cell(out, cell));
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

fn table_cell(out: &mut String, cell: &Cell) {
    out.push_str("<td>");
    runs(out, &cell.runs);
    references(out, &cell.references);
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

fn references(out: &mut String, all: &[Reference]) {
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for reference in all {
        let key = key(reference);
        if shown.insert(key.clone()) {
            let label = format!("{}:{}", reference.source, reference.paragraph);
            let _ = write!(out, " <a class=\"ref\" href=\"#{key}\" data-r=\"{key}\">[{label}]</a>");
        }
    }
}

/// Anchor of a reference: record and first byte, as one record may be cited for several of its words.
fn key(reference: &Reference) -> String {
    anchor(&reference.record, &reference.words)
}

fn anchor(record: &RecordId, words: &Words) -> String {
    format!("r{}-{}", &record.to_string()[..12], words.start_byte)
}

/// The words that the page cites, by number of their source.
fn used_words(page: &Page) -> BTreeMap<usize, Vec<(String, Words)>> {
    let mut used: BTreeMap<usize, Vec<(String, Words)>> = BTreeMap::new();
    let mut add = |references: &[Reference]| {
        for reference in references {
            used.entry(reference.source).or_default().push((key(reference), reference.words.clone()));
        }
    };
    for item in page.sections.iter().flat_map(|section| &section.items) {
        match item {
            Item::Line(line) => add(&line.references),
            Item::Table(table) => table.rows.iter().flatten().for_each(|cell| add(&cell.references)),
            Item::Heading(_) | Item::Note(_) => {}
        }
    }
    used
}

fn source(
    out: &mut String,
    number: usize,
    document: &Document,
    used: Option<&Vec<(String, Words)>>,
    held: &Held<'_>,
) {
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
fn marked(out: &mut String, document: &Document, from: usize, to: usize, used: &[(String, Words)]) {
    let text = document.text.as_str();
    let inside: Vec<&(String, Words)> = used
        .iter()
        .filter(|(_, words)| (words.start_byte as usize) < to && from < words.end_byte as usize)
        .collect();
    let mut borders: BTreeSet<usize> = [from, to].into();
    for (_, words) in &inside {
        borders.insert((words.start_byte as usize).clamp(from, to));
        borders.insert((words.end_byte as usize).clamp(from, to));
    }
    let borders: Vec<usize> = borders.into_iter().collect();
    for pair in borders.windows(2) {
        let piece = &text[pair[0]..pair[1]];
        let mut covering: Vec<&str> = inside
            .iter()
            .filter(|(_, words)| words.start_byte as usize <= pair[0] && pair[1] <= words.end_byte as usize)
            .map(|(key, _)| key.as_str())
            .collect();
        covering.sort_unstable();
        covering.dedup();
        if covering.is_empty() {
            let _ = write!(out, "{}", escape(piece));
            continue;
        }
        // The first piece of cited words carries the anchor, for readers without scripts.
        let start = inside
            .iter()
            .find(|(key, words)| words.start_byte as usize == pair[0] && covering.contains(&key.as_str()));
        let id = start.map(|(key, _)| format!(" id=\"{key}\"")).unwrap_or_default();
        let _ =
            write!(out, "<span class=\"e\"{id} data-r=\"{}\">{}</span>", covering.join(" "), escape(piece));
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
