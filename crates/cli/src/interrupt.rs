//! Ctrl-C: commands that write a store finish the batch at hand; all others end at once and leave no half file.

use crate::outcome::Outcome;
use crate::output;
use std::sync::atomic::{AtomicBool, Ordering};

static GENTLE: AtomicBool = AtomicBool::new(false);
static ASKED: AtomicBool = AtomicBool::new(false);

/// Takes over Ctrl-C and termination. Without a handler (it cannot be set in some sandboxes) the system's own
/// applies, which stores survive as well.
pub fn handle() {
    let _ = ctrlc::set_handler(|| {
        if GENTLE.load(Ordering::SeqCst) && !ASKED.swap(true, Ordering::SeqCst) {
            output::note("Stopping after this batch; press Ctrl-C again to stop at once.");
        } else {
            output::remove_unfinished();
            std::process::exit(i32::from(Outcome::Stopped.code()));
        }
    });
}

/// From now on the first Ctrl-C only asks to stop.
pub fn ask_to_stop() {
    GENTLE.store(true, Ordering::SeqCst);
}

/// True if the user asked to stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
