//! Weights of the ranking of pronouns, one row for each class, in the order of the features. Set by hand; `cargo xtask
//! train-pronouns` learns others and prints this file.

use super::rank::{CLASSES, FEATURES};

/// Weights; only their proportions count.
pub(super) const WEIGHTS: [[i16; FEATURES.len()]; CLASSES.len()] = [
    [
        60, -14, -28, -42, -56, 18, 14, 8, 5, 5, 4, -8, 2, 6, -1, -6, 16, 12, 0, 0, 0, 0, 6, 10, 8, -40, -16,
        -4, -8, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    [
        60, -14, -28, -42, -56, 18, 14, 8, 5, 5, 4, -8, 2, 6, -1, -6, 16, 12, 0, 0, 0, 0, 0, 0, 0, 2, -4, -4,
        -8, 0, -40, -20, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    [
        60, -14, -28, -42, -56, 18, 14, 8, 5, 5, 4, -8, 2, 6, -1, -6, 16, 12, 0, 0, 0, 0, 0, 10, 8, -40, -16,
        -4, -8, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
];
