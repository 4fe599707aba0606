//! A progress line on standard error, only where a person watches.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Shows how many documents are done; silent unless standard error is a terminal.
pub struct Progress {
    shown: bool,
    label: &'static str,
    per_cent: AtomicUsize,
}

impl Progress {
    /// A line that starts with `label`.
    pub fn new(label: &'static str, quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        Self { shown, label, per_cent: AtomicUsize::new(usize::MAX) }
    }

    /// Shows the number done of all.
    pub fn show(&self, done: usize, all: usize) {
        if !self.shown || all == 0 {
            return;
        }
        let per_cent = done * 100 / all;
        if self.per_cent.swap(per_cent, Ordering::Relaxed) != per_cent {
            let filled = per_cent / 5;
            let bar: String = (0..20).map(|at| if at < filled { '#' } else { '.' }).collect();
            let mut err = std::io::stderr().lock();
            let _ = write!(err, "\r{} [{bar}] {done}/{all} documents", self.label);
            let _ = err.flush();
        }
    }

    /// Wipes the line.
    pub fn finish(&self) {
        if self.shown {
            let mut err = std::io::stderr().lock();
            let _ = write!(err, "\r\u{1b}[2K");
            let _ = err.flush();
        }
    }
}
