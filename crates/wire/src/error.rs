//! What can be wrong with a line, where, and what to do.

use std::fmt;

/// Why a line cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireError {
    /// The line is not JSON of the expected shape.
    Json {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What the JSON reader says.
        message: String,
    },
    /// A field holds a value that is not in the vocabulary or does not fit the others.
    Value {
        /// Id of the row.
        row: String,
        /// Name of the field.
        field: &'static str,
        /// The value found.
        value: String,
        /// What would be right.
        expected: String,
    },
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { file, line, message } => write!(f, "{file}:{line}: {message}"),
            Self::Value { row, field, value, expected } => {
                write!(f, "row {row}: `{field}` is {value:?}; expected {expected}")
            }
        }
    }
}

impl std::error::Error for WireError {}

/// Reads a value of a closed vocabulary.
pub(crate) fn named<T>(
    row: &str,
    field: &'static str,
    value: &str,
    parse: fn(&str) -> Option<T>,
    all: &[T],
) -> Result<T, WireError>
where
    T: Copy + fmt::Display,
{
    parse(value).ok_or_else(|| {
        let names: Vec<String> = all.iter().map(ToString::to_string).collect();
        WireError::Value { row: row.to_owned(), field, value: value.to_owned(), expected: names.join(", ") }
    })
}

/// Reads a content hash.
pub(crate) fn hash(
    row: &str,
    field: &'static str,
    value: &str,
) -> Result<demarche_text::ContentHash, WireError> {
    demarche_text::ContentHash::parse(value).ok_or_else(|| WireError::Value {
        row: row.to_owned(),
        field,
        value: value.to_owned(),
        expected: "32 hexadecimal digits".to_owned(),
    })
}
