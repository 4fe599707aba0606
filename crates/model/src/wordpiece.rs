//! BERT's uncased wordpieces, one word at a time.

use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Parts longer than this are unknown.
const LONGEST: usize = 100;

/// The vocabulary.
#[derive(Debug)]
pub struct Wordpieces {
    /// Pieces that begin a part.
    first: BTreeMap<Box<str>, i32>,
    /// Pieces inside a part, without `##`.
    inner: BTreeMap<Box<str>, i32>,
    /// Most pieces of one word.
    most: usize,
    unknown: i32,
    /// Begins a row.
    pub begin: i32,
    /// Ends a row.
    pub end: i32,
}

impl Wordpieces {
    /// Reads `vocab.txt`; `None` if a special piece is missing.
    pub fn read(vocab: &str, most: usize) -> Option<Self> {
        let (mut first, mut inner) = (BTreeMap::new(), BTreeMap::new());
        for (id, piece) in vocab.lines().enumerate() {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => inner.insert(rest.into(), id as i32),
                _ => first.insert(piece.into(), id as i32),
            };
        }
        let special = |name: &str| first.get(name).copied();
        let (unknown, begin, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Some(Self { first, inner, most, unknown, begin, end })
    }

    /// Appends the pieces of one word; always at least one.
    pub fn word(&self, word: &str, into: &mut Vec<i32>) {
        let before = into.len();
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.part(word, into);
        } else {
            let mut part = String::new();
            for c in word.to_lowercase().nfd() {
                let category = c.general_category();
                let dropped = matches!(
                    category,
                    GeneralCategory::NonspacingMark | GeneralCategory::Control | GeneralCategory::Format
                );
                if (dropped && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\0' | '\u{fffd}') {
                    continue;
                }
                if c.is_whitespace() || is_punctuation(c) || is_ideograph(c) {
                    self.part(&part, into);
                    part.clear();
                    if !c.is_whitespace() {
                        self.part(c.encode_utf8(&mut [0; 4]), into);
                    }
                } else {
                    part.push(c);
                }
            }
            self.part(&part, into);
        }
        into.truncate(before + self.most);
        if into.len() == before {
            into.push(self.unknown);
        }
    }

    /// Greedy longest match from the left.
    fn part(&self, part: &str, into: &mut Vec<i32>) {
        if part.is_empty() {
            return;
        }
        if part.len() > LONGEST && part.chars().count() > LONGEST {
            into.push(self.unknown);
            return;
        }
        let before = into.len();
        let mut start = 0;
        while start < part.len() {
            let pieces = if start == 0 { &self.first } else { &self.inner };
            let mut end = part.len();
            loop {
                if let Some(id) = pieces.get(&part[start..end]) {
                    into.push(*id);
                    break;
                }
                let Some((last, _)) = part[start..end].char_indices().next_back().filter(|(at, _)| *at > 0)
                else {
                    into.truncate(before);
                    into.push(self.unknown);
                    return;
                };
                end = start + last;
            }
            start = end;
        }
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2cea1}' | '\u{2cea2}'..='\u{2ceaf}'
        | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(word: &str) -> String {
        let names = [
            "[PAD]",
            "[UNK]",
            "[CLS]",
            "[SEP]",
            "kremlin",
            "de",
            "##esc",
            "##alation",
            "-",
            "elysee",
            "’",
            "s",
        ];
        let pieces = Wordpieces::read(&names.join("\n"), 16).expect("has the special pieces");
        let mut ids = Vec::new();
        pieces.word(word, &mut ids);
        ids.iter().map(|id| names[*id as usize]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_fall_into_pieces() {
        assert_eq!(pieces("Kremlin"), "kremlin");
        assert_eq!(pieces("De-deescalation"), "de - de ##esc ##alation");
        assert_eq!(pieces("Élysée"), "elysee");
        assert_eq!(pieces("’s"), "’ s");
        assert_eq!(pieces("xyz"), "[UNK]");
        assert_eq!(pieces("\u{200d}"), "[UNK]");
    }
}
