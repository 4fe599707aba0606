//! Renders a page as Markdown.

use crate::text::references;
use crate::{Item, Page, Run};
use std::fmt::Write;

/// The page as Markdown (CommonMark with tables).
pub fn markdown(page: &Page) -> String {
    let mut out = format!("# {}\n\n", page.title);
    for (name, value) in &page.facts {
        let _ = writeln!(out, "- **{name}:** {}", escape(value));
    }
    for section in page.sections.iter().filter(|section| !section.items.is_empty()) {
        let _ = writeln!(out, "\n## {}\n", section.title);
        for item in &section.items {
            match item {
                Item::Heading(heading) => {
                    let _ = writeln!(out, "\n### {}\n", escape(heading));
                }
                Item::Note(note) => {
                    let _ = writeln!(out, "*{}*\n", escape(note));
                }
                Item::Line(line) => {
                    let date = line.date.as_ref().map(|date| format!("**{date}** – ")).unwrap_or_default();
                    let _ = writeln!(out, "- {date}{} {}", runs(&line.runs), references(&line.references));
                }
                Item::Table(table) => {
                    let _ = writeln!(out, "\n| {} |", table.columns.join(" | "));
                    let _ = writeln!(out, "|{}", "---|".repeat(table.columns.len()));
                    for row in &table.rows {
                        let cells: Vec<String> = row
                            .iter()
                            .map(|cell| {
                                format!("{} {}", runs(&cell.runs), references(&cell.references))
                                    .trim()
                                    .to_owned()
                            })
                            .collect();
                        let _ = writeln!(out, "| {} |", cells.join(" | "));
                    }
                    out.push('\n');
                }
            }
        }
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(letter, '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

fn runs(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let _ = match run {
            // The space at either end separates runs and must stay.
            Run::Plain(text) => write!(out, "{}{}{}", lead(text), escape(text), trail(text)),
            Run::Source(_, text) => write!(out, "{}", escape(text)),
            Run::Strong(text) => write!(out, "**{}**", escape(text)),
            Run::Quote(text) => write!(out, "“{}”", escape(text)),
            Run::Faint(text) => write!(out, "*({})*", escape(text)),
            Run::Badge(text) => write!(out, "`{text}`"),
        };
    }
    out
}

fn lead(text: &str) -> &str {
    if text.starts_with(' ') { " " } else { "" }
}

fn trail(text: &str) -> &str {
    if text.len() > 1 && text.ends_with(' ') { " " } else { "" }
}
