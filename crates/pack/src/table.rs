//! Reads the spreadsheets of a pack: CSV with a heading, lists within a cell parted by ";".

use crate::{PackError, PackFile};
use std::collections::BTreeMap;

/// One row of a spreadsheet.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its line, from 1.
    pub line: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// A cell that is not empty.
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The parts of a cell.
    pub fn list(&self, column: &str) -> Vec<String> {
        let parts = self.cell(column).unwrap_or_default().split(';').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }
}

/// The rows of a file that has these columns and no others; `required` ones are never empty. All faults at once.
pub(crate) fn rows(file: &PackFile, required: &[&str], further: &[&str]) -> Result<Vec<Row>, Vec<PackError>> {
    let fault = |line: usize, message: String| PackError { file: file.path.clone(), line, message };
    let known = || [required, further].concat().join(", ");
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let heading = match reader.headers() {
        Ok(heading) => heading.clone(),
        Err(error) => return Err(vec![fault(1, format!("the heading cannot be read: {error}"))]),
    };
    let mut faults = Vec::new();
    for column in &heading {
        if !required.contains(&column) && !further.contains(&column) {
            faults.push(fault(1, format!("column `{column}` is not one of {}", known())));
        }
    }
    for column in required.iter().filter(|column| !heading.iter().any(|it| it == **column)) {
        faults.push(fault(1, format!("column `{column}` is missing; the columns are {}", known())));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    // The reader counts a row from the blank lines before it.
    let lines: Vec<&str> = text.lines().collect();
    let line_of = |at: Option<&csv::Position>| {
        let mut line = at.map_or(1, |at| at.line() as usize);
        while lines.get(line - 1).is_some_and(|text| text.trim().is_empty()) {
            line += 1;
        }
        line
    };
    let mut found = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = line_of(error.position());
                let message = "the row has another number of cells than the heading; put cells with commas between double quotes";
                faults.push(fault(line, message.to_owned()));
                continue;
            }
        };
        let line = line_of(record.position());
        let cells = heading.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
        let row = Row { line, cells };
        match required.iter().find(|column| row.cell(column).is_none()) {
            Some(column) => faults.push(fault(line, format!("`{column}` is empty; every row needs it"))),
            None => found.push(row),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// A slug for a name that has none: "Joint Lake Commission" gives `x-joint-lake-commission`.
pub(crate) fn slug(name: &str) -> String {
    let plain = crate::world::fold(name);
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    format!("x-{}", words.join("-"))
}
