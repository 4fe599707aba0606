//! Word shapes: what the uncased encoder cannot see.

/// Names of the classes in the order of their ids, as `labels.json` must have them.
pub const NAMES: [&str; 12] = [
    "none",
    "lower",
    "title",
    "upper",
    "initial",
    "mixed_upper",
    "mixed_lower",
    "number",
    "digit_lower",
    "digit_upper",
    "mark",
    "other",
];

/// Class of a word's form, as an index of [`NAMES`]; 0 is kept for pieces that are no words.
pub fn shape(word: &str) -> i32 {
    let (mut letters, mut upper, mut lower, mut digit, mut first_upper) = (0u32, 0u32, 0u32, false, false);
    for c in word.chars() {
        if c.is_alphabetic() {
            if c.is_uppercase() {
                first_upper |= letters == 0;
                upper += 1;
            } else if c.is_lowercase() {
                lower += 1;
            }
            letters += 1;
        }
        digit |= c.is_numeric();
    }
    match (digit, letters, upper) {
        (true, 0, _) => 7,
        (true, _, 0) => 8,
        (true, _, _) => 9,
        (false, 0, _) => 10,
        (false, _, 0) => {
            if lower > 0 {
                1
            } else {
                11
            }
        }
        (false, 1, _) => 4,
        (false, all, capital) if all == capital => 3,
        (false, _, _) if first_upper => {
            if upper == 1 {
                2
            } else {
                5
            }
        }
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_its_words() {
        for (word, class) in [
            ("talks", "lower"),
            ("'s", "lower"),
            ("Kremlin", "title"),
            ("NATO", "upper"),
            ("U.S.", "upper"),
            ("J.", "initial"),
            ("McDonald", "mixed_upper"),
            ("iPhone", "mixed_lower"),
            ("3,000", "number"),
            ("20th", "digit_lower"),
            ("F-16", "digit_upper"),
            ("—", "mark"),
            ("東京", "other"),
        ] {
            assert_eq!(NAMES[shape(word) as usize], class, "{word}");
        }
    }
}
