//! `parse`: words, trees, names and mentions of one text.

use crate::args::{Parse, ParseFormat};
use crate::outcome::Outcome;
use crate::{input, output};
use anyhow::Result;
use demarche::{Format, Hints, Limits, files, render};
use std::sync::Arc;

/// Parses every document of the file.
pub fn run(options: &Parse) -> Result<Outcome> {
    let mut faults = Vec::new();
    let format = match options.format {
        ParseFormat::Conllu => Format::Conllu,
        ParseFormat::Json => Format::Json,
        ParseFormat::Tree => Format::Tree,
    };
    let mut engine = None;
    for input in files::walk(&[&options.file], Limits::default()) {
        let input = match input {
            Ok(input) => input,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        let engine = match &engine {
            Some(engine) => engine,
            None => engine.insert(super::engine(None, options.model.as_deref())?),
        };
        for document in engine.read_all(&input.bytes, &Hints::named(input.file)) {
            match document {
                Ok(document) => output::print(&render(&engine.tell(Arc::new(document)).analysis, format))?,
                Err(fault) => faults.push(fault),
            }
        }
    }
    Ok(if input::report(&faults) { Outcome::PartlyRead } else { Outcome::Done })
}
