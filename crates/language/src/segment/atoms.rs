//! Cuts text into atoms: the smallest stretches that a word boundary could separate.
//!
//! An atom is a run of letters, a run of digits, or one mark. White space, control characters and direction marks lie
//! between atoms and belong to none.

/// What an atom or a word looks like. Marks are told apart by their role in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// Beyond the edge of the text, or of a run without white space.
    None,
    /// All letters lower case.
    Lower,
    /// One lower-case letter.
    LowerInitial,
    /// First letter upper case.
    Title,
    /// One upper-case letter.
    Initial,
    /// Two or more letters, all upper case.
    Upper,
    /// Other mixtures of cases.
    Mixed,
    /// Letters without case.
    Uncased,
    /// One or two digits.
    ShortNumber,
    /// Three digits.
    Thousands,
    /// Four digits.
    Year,
    /// More digits.
    LongNumber,
    /// Letters and digits, or digits with marks.
    Compound,
    /// Word with marks inside it: "U.S.".
    Dotted,
    /// Full stop.
    Stop,
    /// Question or exclamation mark, ellipsis.
    Terminal,
    /// Comma, semicolon.
    Comma,
    /// Colon.
    Colon,
    /// Opening bracket.
    Open,
    /// Closing bracket.
    Close,
    /// Mark that can only open a quotation, or stands like one.
    OpenQuote,
    /// Mark that can only close a quotation, or stands like one.
    CloseQuote,
    /// Quotation mark of unknown direction.
    Quote,
    /// Apostrophe or single quotation mark.
    Apostrophe,
    /// Hyphen and minus.
    Hyphen,
    /// Longer dash.
    Dash,
    /// Sign of a currency.
    Currency,
    /// Bullet.
    Bullet,
    /// Any other sign.
    Symbol,
}

/// One atom.
#[derive(Clone, Copy, Debug)]
pub struct Atom {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Hash of the lower-cased letters.
    pub lower: u32,
    /// Its shape.
    pub shape: Shape,
    /// True if it touches the atom before.
    pub glued: bool,
}

const SEED: u32 = 0x811c_9dc5;

/// Adds a byte to a hash (FNV-1a).
pub fn hash_byte(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// Hash of a word, lower-cased.
pub fn hash_lower(word: &str) -> u32 {
    let mut hash = SEED;
    for c in word.chars() {
        if c.is_ascii() {
            hash = hash_byte(hash, c.to_ascii_lowercase() as u8);
        } else {
            let mut buffer = [0; 4];
            for low in c.to_lowercase() {
                let low = if low == '’' { '\'' } else { low };
                hash = low.encode_utf8(&mut buffer).bytes().fold(hash, hash_byte);
            }
        }
    }
    hash
}

/// Characters that are neither seen nor part of a word: controls, direction marks, zero-width space, byte order mark.
pub fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Characters that stay with what stands before them: joiners, variation selectors, soft hyphens, combining marks.
fn continues(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{20d0}'..='\u{20ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
}

fn mark_shape(c: char, before: Option<char>, after: Option<char>) -> Shape {
    let open_before = before.is_none_or(|it| is_gap(it) || "([{—–-“‘".contains(it));
    let open_after = after.is_none_or(is_gap);
    match c {
        '.' | '。' => Shape::Stop,
        '?' | '!' | '…' | '‽' | '？' | '！' => Shape::Terminal,
        ',' | ';' | '、' => Shape::Comma,
        ':' => Shape::Colon,
        '(' | '[' | '{' | '<' => Shape::Open,
        ')' | ']' | '}' | '>' => Shape::Close,
        '“' | '„' | '«' | '‹' | '‟' => Shape::OpenQuote,
        '”' | '»' | '›' => Shape::CloseQuote,
        '"' | '″' | '＂' => match (open_before, open_after) {
            (true, false) => Shape::OpenQuote,
            (false, _) => Shape::CloseQuote,
            _ => Shape::Quote,
        },
        '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '‛' | '′' => Shape::Apostrophe,
        '-' | '‐' | '‑' | '−' => Shape::Hyphen,
        '—' | '–' | '―' | '‒' => Shape::Dash,
        '$' | '€' | '£' | '¥' | '₽' | '₴' | '₹' | '¢' | '₪' | '₺' => Shape::Currency,
        '•' | '·' | '‣' | '▪' | '●' | '◦' | '*' | '■' | '►' => Shape::Bullet,
        _ => Shape::Symbol,
    }
}

fn letters_shape(word: &str) -> Shape {
    let mut upper = 0u32;
    let mut lower = 0u32;
    let mut first_upper = false;
    for c in word.chars() {
        if c.is_uppercase() {
            first_upper |= upper + lower == 0;
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
    }
    match (upper, lower) {
        (0, 0) => Shape::Uncased,
        (0, 1) => Shape::LowerInitial,
        (0, _) => Shape::Lower,
        (1, 0) => Shape::Initial,
        (_, 0) => Shape::Upper,
        (1, _) if first_upper => Shape::Title,
        _ => Shape::Mixed,
    }
}

fn digits_shape(digits: usize) -> Shape {
    match digits {
        0..=2 => Shape::ShortNumber,
        3 => Shape::Thousands,
        4 => Shape::Year,
        _ => Shape::LongNumber,
    }
}

/// Shape of a whole word that may consist of several atoms.
pub fn word_shape(atoms: &[Atom], word: &str) -> Shape {
    match atoms {
        [one] => one.shape,
        [first, .., last]
            if last.shape == Shape::Stop && word.chars().next().is_some_and(char::is_alphabetic) =>
        {
            let _ = first;
            Shape::Dotted
        }
        _ => {
            let letters = word.chars().any(char::is_alphabetic);
            let digits = word.chars().any(char::is_numeric);
            match (letters, digits) {
                (_, true) => Shape::Compound,
                (true, false) => letters_shape(word),
                (false, false) if word.chars().all(|c| matches!(c, '.' | '?' | '!' | '…')) => {
                    Shape::Terminal
                }
                (false, false) if word.chars().all(|c| c == '-') => Shape::Dash,
                (false, false) if word == "''" => Shape::CloseQuote,
                (false, false) if word == "``" => Shape::OpenQuote,
                _ => Shape::Symbol,
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letters,
    Digits,
    Mark,
}

fn class(c: char) -> Class {
    if c.is_alphabetic() {
        Class::Letters
    } else if c.is_numeric() {
        Class::Digits
    } else {
        Class::Mark
    }
}

/// Cuts `text[start..end]` into atoms.
pub fn atoms(text: &str, start: usize, end: usize) -> Vec<Atom> {
    let mut found: Vec<Atom> = Vec::with_capacity((end - start) / 5);
    let mut chars = text[start..end].char_indices().map(|(at, c)| (at + start, c)).peekable();
    let mut before: Option<char> = None;
    let mut glued = false;
    while let Some((at, c)) = chars.next() {
        if is_gap(c) {
            glued = false;
            before = Some(c);
            continue;
        }
        let class_here = class(c);
        let mut stop = at + c.len_utf8();
        let mut last = c;
        let mut count = 1;
        while let Some((next_at, next)) = chars.peek().copied() {
            let joined = continues(next) || last == '\u{200d}';
            if !joined && (class_here == Class::Mark || class(next) != class_here || is_gap(next)) {
                break;
            }
            chars.next();
            last = next;
            count += 1;
            stop = next_at + next.len_utf8();
        }
        let after = chars.peek().map(|it| it.1);
        let word = &text[at..stop];
        let shape = match class_here {
            Class::Letters => letters_shape(word),
            Class::Digits => digits_shape(count),
            Class::Mark => mark_shape(c, before, after),
        };
        found.push(Atom { start: at as u32, end: stop as u32, lower: hash_lower(word), shape, glued });
        glued = true;
        before = Some(last);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        atoms(text, 0, text.len()).iter().map(|it| &text[it.start as usize..it.end as usize]).collect()
    }

    #[test]
    fn runs_and_marks() {
        assert_eq!(cut("Don't pay $1,000!"), ["Don", "'", "t", "pay", "$", "1", ",", "000", "!"]);
    }

    #[test]
    fn controls_and_direction_marks_lie_between_atoms() {
        assert_eq!(cut("a\u{0}b\u{202e}c\u{feff}d"), ["a", "b", "c", "d"]);
    }

    #[test]
    fn joined_emoji_and_accents_stay_whole() {
        assert_eq!(cut("👩\u{200d}🚒 e\u{301}te"), ["👩\u{200d}🚒", "e\u{301}te"]);
    }
}
