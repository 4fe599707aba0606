//! Owns canonical text and positions in it: [`Text`], [`Span`], content hashes. Knows nothing of files or records.
//!
//! The one internal coordinate is the byte offset into the canonical UTF-8 text. Code points are counted only at
//! the doors, with [`Text::code_point`].

use std::fmt;
use std::sync::Arc;

/// The canonical text of one document. Cloning is cheap; the text is never altered after it was made.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    text: Arc<str>,
    /// Code points before each 256-byte block, so that conversion to code points does not rescan the text.
    blocks: Arc<[u32]>,
}

/// The longest text that can be addressed, in bytes.
pub const MAX_TEXT_BYTES: usize = u32::MAX as usize;

const BLOCK: usize = 256;

/// A half-open range of bytes of one [`Text`], on character boundaries. Only a `Text` makes one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }
    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }
    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }
    /// True for a span of no bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
    /// True if `other` lies wholly inside `self`.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// True if the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// The shared part, if any.
    pub fn intersect(self, other: Span) -> Option<Span> {
        let start = self.start.max(other.start);
        let end = self.end.min(other.end);
        (start < end).then_some(Span { start, end })
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl Text {
    /// Takes a text as canonical.
    ///
    /// # Panics
    /// If the text is longer than [`MAX_TEXT_BYTES`]; readers refuse such input before this point.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        assert!(text.len() <= MAX_TEXT_BYTES, "readers refuse texts of more than 4 GiB");
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0u32;
        for (at, byte) in text.bytes().enumerate() {
            if at % BLOCK == 0 {
                blocks.push(count);
            }
            // Continuation bytes do not start a code point.
            count += u32::from(byte & 0xC0 != 0x80);
        }
        if text.len().is_multiple_of(BLOCK) {
            blocks.push(count);
        }
        Self { text, blocks: blocks.into() }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The span of a byte range, or `None` if it is out of range or not on character boundaries.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        self.text.get(start..end).map(|_| Span { start: start as u32, end: end as u32 })
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        Span { start: 0, end: self.text.len() as u32 }
    }

    /// The words at a span.
    ///
    /// # Panics
    /// If the span was made by another, longer text.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start()..span.end()]
    }

    /// `span` without white space at either end; empty at its start if there is nothing else.
    pub fn trim(&self, span: Span) -> Span {
        let words = self.slice(span);
        let start = span.start() + (words.len() - words.trim_start().len());
        let end = (span.end() - (words.len() - words.trim_end().len())).max(start);
        Span { start: start as u32, end: end as u32 }
    }

    /// The number of Unicode code points before byte `at`.
    pub fn code_point(&self, at: usize) -> usize {
        let block = (at / BLOCK).min(self.blocks.len() - 1);
        let from = block * BLOCK;
        let more = self.text.as_bytes()[from..at].iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        self.blocks[block] as usize + more
    }

    /// The byte offset of the code point with this number, or `None` beyond the end of the text.
    pub fn byte_of_code_point(&self, number: usize) -> Option<usize> {
        let block = self.blocks.partition_point(|before| *before as usize <= number).saturating_sub(1);
        let mut at = block * BLOCK;
        let mut seen = self.blocks[block] as usize;
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        for (offset, _) in self.text[at..].char_indices() {
            if seen == number {
                return Some(at + offset);
            }
            seen += 1;
        }
        (seen == number).then_some(self.text.len())
    }

    /// The one-based line and column (in code points) of byte `at`, for messages to people.
    pub fn line_and_column(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.text.char_indices().nth(40).map_or(self.text.len(), |(at, _)| at);
        write!(f, "Text({:?}, {} bytes)", &self.text[..end], self.text.len())
    }
}

/// The first 128 bits of a BLAKE3 hash: identifies documents, records and everything else that leaves a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 16]);

impl ContentHash {
    /// Hashes a sequence of parts; each part's length goes in too, so that parts cannot run into each other.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut hash = [0; 16];
        hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(hash)
    }

    /// Reads the 32 hexadecimal digits that `Display` writes.
    pub fn parse(hex: &str) -> Option<Self> {
        if hex.len() != 32 || !hex.is_ascii() {
            return None;
        }
        let mut hash = [0; 16];
        for (at, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).ok()?;
        }
        Some(Self(hash))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_made_on_character_boundaries_only() {
        let text = Text::new("Élysée said");
        let span = text.span(0, 8).expect("on boundaries");
        assert_eq!(text.slice(span), "Élysée");
        assert!(text.span(1, 8).is_none());
        assert!(text.span(0, 99).is_none());
    }

    #[test]
    fn code_points_and_bytes_convert_both_ways() {
        let text = Text::new("é“ab”\n".repeat(400));
        for (number, (at, _)) in text.as_str().char_indices().enumerate() {
            assert_eq!(text.code_point(at), number);
            assert_eq!(text.byte_of_code_point(number), Some(at));
        }
        let points = text.as_str().chars().count();
        assert_eq!(text.byte_of_code_point(points), Some(text.as_str().len()));
        assert_eq!(text.byte_of_code_point(points + 1), None);
    }

    #[test]
    fn empty_text_has_offsets() {
        let text = Text::new("");
        assert_eq!(text.code_point(0), 0);
        assert_eq!(text.byte_of_code_point(0), Some(0));
    }

    #[test]
    fn trim_keeps_the_words() {
        let text = Text::new("  the Kremlin \n");
        assert_eq!(text.slice(text.trim(text.whole())), "the Kremlin");
    }

    #[test]
    fn hashes_separate_their_parts_and_read_back() {
        let one = ContentHash::of([b"ab".as_slice(), b"c"]);
        let two = ContentHash::of([b"a".as_slice(), b"bc"]);
        assert_ne!(one, two);
        assert_eq!(ContentHash::parse(&one.to_string()), Some(one));
        assert_eq!(ContentHash::parse("zz"), None);
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = Text::new("é a\nb c");
        assert_eq!(text.line_and_column(0), (1, 1));
        assert_eq!(text.line_and_column(text.as_str().find('c').unwrap()), (2, 3));
    }
}
