//! Writes rows as a table for people, JSON, JSON lines, CSV or Markdown.

use crate::args::Format;
use crate::output;
use anyhow::Result;
use serde_json::{Map, Value};

/// Rows with the columns in their order.
#[derive(Debug, Default)]
pub struct Rows {
    columns: Vec<String>,
    rows: Vec<Map<String, Value>>,
}

/// The widest a cell of the table for people gets; ids and file names are never cut.
const WIDEST: usize = 60;

/// The widest the last column gets.
const WIDEST_LAST: usize = 120;

impl Rows {
    /// Rows with these columns.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>, rows: Vec<Map<String, Value>>) -> Self {
        Self { columns: columns.into_iter().map(str::to_owned).collect(), rows }
    }

    /// Rows given as cells.
    pub fn of(columns: &[&str], rows: Vec<Vec<Value>>) -> Self {
        let rows = rows
            .into_iter()
            .map(|cells| columns.iter().map(|&name| name.to_owned()).zip(cells).collect())
            .collect();
        Self::new(columns.iter().copied(), rows)
    }

    /// Writes the rows to standard output.
    pub fn print(&self, format: Format) -> Result<()> {
        output::print(&self.write(format))
    }

    /// The rows as text.
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Table => self.table(),
            Format::Json => format!("{:#}\n", Value::from(self.rows.clone())),
            Format::Jsonl => demarche_wire::write_lines(&self.rows),
            Format::Csv => self.csv(),
            Format::Md => self.markdown(),
        }
    }

    fn table(&self) -> String {
        if self.rows.is_empty() {
            return "None.\n".to_owned();
        }
        let short = |column: &str, row: &Map<String, Value>| -> String {
            let text = cell(row, column).split_whitespace().collect::<Vec<_>>().join(" ");
            let last = self.columns.last().is_some_and(|last| last == column);
            let widest = if last { WIDEST_LAST } else { WIDEST };
            let keep = column.ends_with("id") || column == "file" || text.chars().count() <= widest;
            if keep { text } else { text.chars().take(widest - 1).chain(['…']).collect() }
        };
        let width = |column: &String| {
            let cells = self.rows.iter().map(|row| short(column, row).chars().count());
            cells.chain([column.chars().count()]).max().unwrap_or_default()
        };
        let widths: Vec<usize> = self.columns.iter().map(width).collect();
        let line = |cells: Vec<String>| -> String {
            let padded: Vec<String> = cells
                .iter()
                .zip(&widths)
                .map(|(text, width)| format!("{text}{}", " ".repeat(width - text.chars().count())))
                .collect();
            padded.join("  ").trim_end().to_owned() + "\n"
        };
        let mut out = line(self.columns.clone());
        out += &line(widths.iter().map(|width| "-".repeat(*width)).collect());
        for row in &self.rows {
            out += &line(self.columns.iter().map(|column| short(column, row)).collect());
        }
        out
    }

    fn csv(&self) -> String {
        let quote = |text: String| match text.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text,
        };
        let line = |cells: Vec<String>| cells.into_iter().map(quote).collect::<Vec<_>>().join(",") + "\r\n";
        let mut out = line(self.columns.clone());
        for row in &self.rows {
            out += &line(self.columns.iter().map(|column| cell(row, column)).collect());
        }
        out
    }

    fn markdown(&self) -> String {
        let escape = |text: String| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;")
        };
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut out = line(self.columns.clone());
        out += &line(self.columns.iter().map(|_| "---".to_owned()).collect());
        for row in &self.rows {
            out += &line(self.columns.iter().map(|column| escape(cell(row, column))).collect());
        }
        out
    }
}

fn cell(row: &Map<String, Value>, column: &str) -> String {
    match row.get(column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        // A count that SQLite or JSON gives as 30000.0 is 30000 for people.
        Some(Value::Number(number)) => match number.as_f64() {
            Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => format!("{value:.0}"),
            // What the ledger holds in single precision has the digits of that: 0.4, not 0.4000000059604645.
            Some(value) if f64::from(value as f32) == value => (value as f32).to_string(),
            _ => number.to_string(),
        },
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        Rows::of(
            &["file", "said"],
            vec![vec!["a,b.txt".into(), "He said \"no\" | twice".into()], vec!["c".into(), Value::Null]],
        )
    }

    #[test]
    fn csv_quotes_what_has_commas_and_quotes() {
        assert_eq!(
            rows().write(Format::Csv),
            "file,said\r\n\"a,b.txt\",\"He said \"\"no\"\" | twice\"\r\nc,\r\n"
        );
    }

    #[test]
    fn markdown_escapes_bars() {
        assert!(rows().write(Format::Md).contains("He said \"no\" \\| twice"));
    }

    #[test]
    fn tables_align_columns() {
        let table = rows().write(Format::Table);
        assert!(table.starts_with("file     said\n-------  "), "{table}");
    }
}
