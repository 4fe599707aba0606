//! What the linking of mentions does with short texts.
