//! Renders a page for the terminal.

use crate::{Item, Line, Page, Reference, Run, Table};
use std::fmt::Write;

/// How the terminal shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// ANSI colours.
    pub colour: bool,
}

impl Style {
    /// Plain text of 100 columns.
    pub const PLAIN: Style = Style { width: 100, colour: false };
}

/// The page as text.
pub fn text(page: &Page, style: Style) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n{}", paint(&page.title, "1", style), "=".repeat(page.title.chars().count()));
    for (name, value) in &page.facts {
        let _ = writeln!(out, "{name:<21}{value}");
    }
    for section in page.sections.iter().filter(|section| !section.items.is_empty()) {
        let _ = writeln!(
            out,
            "\n{}\n{}",
            paint(&section.title, "1;36", style),
            "-".repeat(section.title.chars().count())
        );
        for item in &section.items {
            match item {
                Item::Heading(heading) => {
                    let _ = writeln!(out, "\n{}", paint(heading, "1", style));
                }
                Item::Note(note) => wrap(&mut out, note, "  ", "  ", style.width),
                Item::Line(line) => line_of(&mut out, line, style),
                Item::Table(table) => table_of(&mut out, table, style),
            }
        }
    }
    out.push_str("\n[source:paragraph]; `demarche show ID` or the HTML page (`--html`) shows the sentence in its source.\n");
    out
}

fn paint(text: &str, code: &str, style: Style) -> String {
    if style.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Runs as one string without colour.
pub(crate) fn plain(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        match run {
            Run::Plain(text) | Run::Strong(text) | Run::Source(_, text) => out.push_str(text),
            Run::Faint(text) => {
                let _ = write!(out, "({text})");
            }
            Run::Quote(text) => {
                let _ = write!(out, "“{}”", text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            Run::Badge(text) => {
                let _ = write!(out, "[{text}]");
            }
        }
    }
    out
}

/// References as "[2:4]".
pub(crate) fn references(all: &[Reference]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for reference in all {
        let next = format!("[{}:{}]", reference.source, reference.paragraph);
        if !shown.contains(&next) {
            shown.push(next);
        }
    }
    shown.join("")
}

fn line_of(out: &mut String, line: &Line, style: Style) {
    let said = format!("{} {}", plain(&line.runs), references(&line.references));
    match &line.date {
        Some(date) => wrap(out, said.trim_end(), &format!("  {date:<23} "), &" ".repeat(26), style.width),
        None => wrap(out, said.trim_end(), "  - ", "    ", style.width),
    }
}

fn wrap(out: &mut String, text: &str, first: &str, rest: &str, width: usize) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            out.push_str(line.trim_end());
            out.push('\n');
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

fn table_of(out: &mut String, table: &Table, style: Style) {
    let count = table.columns.len();
    if count == 0 {
        return;
    }
    let cells: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| {
                    format!("{} {}", plain(&cell.runs), references(&cell.references)).trim().to_owned()
                })
                .collect()
        })
        .collect();
    let widest = |column: usize| {
        let head = table.columns[column].chars().count();
        cells
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
            .max(head)
    };
    let mut widths: Vec<usize> = (0..count).map(widest).collect();
    let room = style.width.saturating_sub(2 + 3 * (count - 1));
    // The widest columns give way until the table fits.
    while widths.iter().sum::<usize>() > room {
        let Some(most) = widths.iter_mut().max().filter(|most| **most > 12) else { break };
        *most -= 1;
    }
    let row = |out: &mut String, cells: &[String]| {
        let wrapped: Vec<Vec<String>> =
            cells.iter().zip(&widths).map(|(cell, width)| fold(cell, *width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let parts: Vec<String> = wrapped
                .iter()
                .zip(&widths)
                .map(|(cell, width)| {
                    let text = cell.get(line).map(String::as_str).unwrap_or_default();
                    format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
                })
                .collect();
            let _ = writeln!(out, "  {}", parts.join(" │ ").trim_end());
        }
    };
    row(out, &table.columns);
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let _ = writeln!(out, "  {}", rule.join("─┼─"));
    for cells in &cells {
        row(out, cells);
    }
}

fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}
