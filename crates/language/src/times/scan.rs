//! Finds the tokens a time grammar reads: words looked up in the pack, numbers, marks, paragraph breaks.
//!
//! This is lighter than the tokens of the analysis and works on bare text: "10-year-old", "1990s" and "5pm" fall
//! apart where a time expression may begin or end.

use demarche_pack::times::{Lexeme, Role, Times};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// Any other visible character; `-` stands for every dash that joins.
    Mark(u8),
    /// Blank line between paragraphs.
    Break,
}

/// What is glued to the end of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suffix {
    /// Nothing.
    None,
    /// "28th".
    Ordinal,
    /// "1990s".
    Plural,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: Kind,
    /// Number of the word in the pack.
    pub(super) lexeme: Option<u16>,
    /// Value of a number; saturates.
    pub(super) number: u32,
    /// Digits of a number; 0 if it has thousands separators.
    pub(super) digits: u8,
    pub(super) suffix: Suffix,
    /// True if the first letter is a capital.
    pub(super) capital: bool,
    /// True if nothing lies between it and the token before.
    pub(super) glued: bool,
}

/// The tokens of a text with the pack they were looked up in.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    pub(super) pack: &'a Times,
    pub(super) all: Vec<Token>,
}

const LONGEST: usize = 24;

impl<'a> Tokens<'a> {
    /// Scans a text. A blank line ends a paragraph, and so does each of `breaks` (bytes in ascending order).
    pub(super) fn of(text: &'a str, breaks: &[usize], pack: &'a Times) -> Self {
        let bytes = text.as_bytes();
        let mut all = Vec::with_capacity(text.len() / 5 + 1);
        let mut at = 0;
        let mut newlines = 0;
        let mut gap = true;
        let mut breaks = breaks.iter().copied().peekable();
        while at < bytes.len() {
            let byte = bytes[at];
            while breaks.next_if(|it| *it <= at).is_some() {
                if !matches!(all.last(), None | Some(Token { kind: Kind::Break, .. })) {
                    all.push(plain(at, at, Kind::Break, false));
                }
                gap = true;
            }
            if byte.is_ascii_whitespace() {
                newlines += usize::from(byte == b'\n');
                if newlines == 2
                    && byte == b'\n'
                    && !matches!(all.last(), None | Some(Token { kind: Kind::Break, .. }))
                {
                    all.push(plain(at, at, Kind::Break, false));
                }
                gap = true;
                at += 1;
                continue;
            }
            newlines = 0;
            let token = if byte.is_ascii_digit() {
                number(text, at, gap)
            } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
                match word(text, at, gap, pack) {
                    Ok(token) => token,
                    Err(white) => {
                        gap = true;
                        at = white;
                        continue;
                    }
                }
            } else {
                plain(at, at + 1, Kind::Mark(byte), !gap)
            };
            at = token.end as usize;
            gap = false;
            all.push(token);
        }
        Self { text, pack, all }
    }

    /// The token, if there is one.
    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.all.get(at)
    }

    /// What the pack knows of the word.
    pub(super) fn lexeme(&self, at: usize) -> Option<&'a Lexeme> {
        self.get(at)?.lexeme.map(|number| self.pack.lexeme(number))
    }

    /// True if the word can do this.
    pub(super) fn is(&self, at: usize, role: Role) -> bool {
        self.lexeme(at).is_some_and(|lexeme| lexeme.is(role))
    }

    /// True if the word can do this, for the token before `at`.
    pub(super) fn is_before(&self, at: usize, role: Role) -> bool {
        at > 0 && self.is(at - 1, role)
    }

    /// True if the token is this mark.
    pub(super) fn mark(&self, at: usize, mark: u8) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// True if the token is this mark and touches the token before.
    pub(super) fn glued_mark(&self, at: usize, mark: u8) -> bool {
        self.mark(at, mark) && self.all[at].glued
    }

    /// True if the token is a number.
    pub(super) fn is_number(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Number)
    }

    /// True if the token touches the one before.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.glued)
    }

    /// The words of a token.
    pub(super) fn form(&self, at: usize) -> &'a str {
        self.get(at).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// The token after an optional hyphen.
    pub(super) fn past_hyphen(&self, at: usize) -> usize {
        if self.glued_mark(at, b'-') && self.glued(at + 1) { at + 1 } else { at }
    }

    /// The token after an optional full stop of an abbreviation.
    pub(super) fn past_dot(&self, at: usize) -> usize {
        if self.glued_mark(at, b'.') { at + 1 } else { at }
    }
}

fn plain(start: usize, end: usize, kind: Kind, glued: bool) -> Token {
    Token {
        start: start as u32,
        end: end as u32,
        kind,
        lexeme: None,
        number: 0,
        digits: 0,
        suffix: Suffix::None,
        capital: false,
        glued,
    }
}

fn number(text: &str, start: usize, gap: bool) -> Token {
    let bytes = text.as_bytes();
    let digits_from = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = start + digits_from(start);
    let mut digits = (end - start).min(255) as u8;
    let mut value = bytes[start..end].iter().fold(0u32, |sum, byte| value_of(sum, *byte));
    // Thousands: a comma and exactly three digits.
    while digits <= 3 && bytes.get(end) == Some(&b',') && digits_from(end + 1) == 3 {
        value = bytes[end + 1..end + 4].iter().fold(value, |sum, byte| value_of(sum, *byte));
        end += 4;
        if bytes.get(end) != Some(&b',') {
            digits = 0;
            break;
        }
    }
    let letters: &str =
        &text[end..text[end..].find(|it: char| !it.is_alphabetic()).map_or(text.len(), |len| end + len)];
    let suffix = match letters {
        "st" | "nd" | "rd" | "th" => Suffix::Ordinal,
        "s" => Suffix::Plural,
        _ => Suffix::None,
    };
    // "1990's" is a plural too.
    let apostrophe = bytes.get(end) == Some(&b'\'') && bytes.get(end + 1) == Some(&b's') && digits == 4;
    let after = bytes.get(end + 2).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let (suffix, end) = match suffix {
        Suffix::None if apostrophe && after && value % 10 == 0 => (Suffix::Plural, end + 2),
        Suffix::None => (suffix, end),
        _ => (suffix, end + letters.len()),
    };
    Token { number: value, digits, suffix, ..plain(start, end, Kind::Number, !gap) }
}

fn value_of(sum: u32, byte: u8) -> u32 {
    sum.saturating_mul(10).saturating_add(u32::from(byte - b'0'))
}

/// A word or a mark outside ASCII; `Err` has the place after white space outside ASCII.
fn word(text: &str, start: usize, gap: bool, pack: &Times) -> Result<Token, usize> {
    let first = text[start..].chars().next().unwrap_or(' ');
    let after = start + first.len_utf8();
    if !first.is_alphabetic() {
        return match first {
            '–' | '‑' | '‐' | '−' => Ok(plain(start, after, Kind::Mark(b'-'), !gap)),
            '—' => Ok(plain(start, after, Kind::Mark(b'_'), !gap)),
            '’' | '‘' | 'ʼ' => Ok(plain(start, after, Kind::Mark(b'\''), !gap)),
            '“' | '”' | '„' | '«' | '»' => Ok(plain(start, after, Kind::Mark(b'"'), !gap)),
            _ if first.is_whitespace() => Err(after),
            _ => Ok(plain(start, after, Kind::Mark(0), !gap)),
        };
    }
    let end =
        text[start..].find(|letter: char| !letter.is_alphabetic()).map_or(text.len(), |len| start + len);
    let form = &text[start..end];
    let lexeme = if form.len() > LONGEST {
        None
    } else if form.is_ascii() {
        let mut lower = [0u8; LONGEST];
        lower[..form.len()].copy_from_slice(form.as_bytes());
        lower[..form.len()].make_ascii_lowercase();
        std::str::from_utf8(&lower[..form.len()]).ok().and_then(|word| pack.find(word))
    } else {
        pack.find(&form.to_lowercase())
    };
    Ok(Token { lexeme, capital: first.is_uppercase(), ..plain(start, end, Kind::Word, !gap) })
}
