//! Finds word boundaries that need no learning: addresses, clitics, contractions.

use super::atoms::{Atom, Shape};
use demarche_pack::abbreviations::Abbreviations;

/// What rules say about the gap before an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// A word begins here.
    Split,
    /// No word begins here.
    Join,
    /// Rules do not say.
    Open,
}

/// Rules applied to the atoms of one run without white space.
pub struct Run {
    /// For each atom of the run what is known of the gap before it; the first is always a split.
    pub before: Vec<Fixed>,
    /// Bytes inside atoms where a word begins: "can|not".
    pub inside: Vec<u32>,
}

/// Top-level domains that make a dotted run an address without `http`.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "mil", "int", "info", "eu", "uk", "de", "fr", "ru", "ua", "us", "ca",
    "tv", "io", "co", "fm", "pl", "it", "es", "ch", "cn", "jp", "in", "au",
];

/// Applies the rules to one run of glued atoms.
pub fn fix(text: &str, atoms: &[Atom], abbreviations: &Abbreviations) -> Run {
    let mut run = Run { before: vec![Fixed::Open; atoms.len()], inside: Vec::new() };
    run.before[0] = Fixed::Split;
    if atoms.len() == 1 {
        contraction(text, &atoms[0], abbreviations, &mut run);
        return run;
    }
    address(text, atoms, &mut run);
    initials(atoms, &mut run);
    for at in 0..atoms.len() {
        clitic(text, atoms, at, &mut run);
        let free_left = run.before[at] != Fixed::Join;
        let free_right = run.before.get(at + 1) != Some(&Fixed::Join);
        if free_left && free_right {
            contraction(text, &atoms[at], abbreviations, &mut run);
        }
    }
    run
}

fn words<'a>(text: &'a str, atom: &Atom) -> &'a str {
    &text[atom.start as usize..atom.end as usize]
}

fn contraction(text: &str, atom: &Atom, abbreviations: &Abbreviations, run: &mut Run) {
    if !matches!(atom.shape, Shape::Lower | Shape::Title | Shape::Upper) || atom.end - atom.start > 12 {
        return;
    }
    for cut in abbreviations.contraction(words(text, atom)) {
        run.inside.push(atom.start + u32::from(*cut));
    }
}

/// Keeps letters with stops between them whole, with the last stop: "U.S.", "a.m.", "N.A.T.O.".
fn initials(atoms: &[Atom], run: &mut Run) {
    let single = |at: usize| {
        let letter = matches!(atoms[at].shape, Shape::Initial | Shape::LowerInitial);
        letter && atoms.get(at + 1).is_some_and(|next| next.shape == Shape::Stop)
    };
    let mut at = 0;
    while at < atoms.len() {
        let mut end = at;
        while end < atoms.len() && single(end) {
            end += 2;
        }
        if end - at >= 4 && run.before[at] != Fixed::Join {
            run.before[at + 1..end].fill(Fixed::Join);
            at = end;
        } else {
            at += 1;
        }
    }
}

/// Keeps web and mail addresses whole, without the punctuation that follows them.
fn address(text: &str, atoms: &[Atom], run: &mut Run) {
    let at_byte = |at: usize| atoms[at].start as usize;
    let whole = &text[at_byte(0)..atoms[atoms.len() - 1].end as usize];
    if whole.len() < 5 || !(whole.contains('.') || whole.contains("://")) {
        return;
    }
    let opening = atoms
        .iter()
        .take_while(|atom| matches!(atom.shape, Shape::Open | Shape::OpenQuote | Shape::Apostrophe));
    let first = opening.count();
    if first >= atoms.len() {
        return;
    }
    let rest = &text[at_byte(first)..atoms[atoms.len() - 1].end as usize];
    let scheme = ["http://", "https://", "ftp://", "www."]
        .iter()
        .any(|it| rest.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it)));
    let mut last = atoms.len();
    let closing = |atom: &Atom| {
        matches!(
            atom.shape,
            Shape::Stop
                | Shape::Terminal
                | Shape::Comma
                | Shape::Colon
                | Shape::Close
                | Shape::CloseQuote
                | Shape::Quote
                | Shape::Apostrophe
        )
    };
    while last > first + 1 && closing(&atoms[last - 1]) {
        last -= 1;
    }
    // A bracket or quotation mark inside ends the address too: <http://…>, "www…".
    if let Some(stop) = (first + 1..last).find(|at| {
        matches!(atoms[*at].shape, Shape::Close | Shape::CloseQuote | Shape::OpenQuote)
            && !words(text, &atoms[*at]).starts_with(')')
    }) {
        last = stop;
    }
    let body = &text[at_byte(first)..atoms[last - 1].end as usize];
    let mail = body
        .split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'));
    let domain = || {
        let host = body.split('/').next().unwrap_or(body);
        let mut labels = host.split('.');
        let plain = |label: &str| {
            !label.is_empty() && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        };
        host.contains('.')
            && labels.clone().all(plain)
            && labels.next_back().is_some_and(|last| DOMAINS.contains(&last))
            && host.bytes().any(|it| it.is_ascii_alphabetic())
            && host.split('.').next().is_some_and(|it| it.len() > 1)
    };
    if scheme || mail || domain() {
        for at in first + 1..last {
            run.before[at] = Fixed::Join;
        }
        if last < atoms.len() {
            run.before[last] = Fixed::Split;
        }
        run.before[first] = Fixed::Split;
    }
}

/// Cuts clitics: n't, 's, 'm, 'd, 're, 've, 'll.
fn clitic(text: &str, atoms: &[Atom], at: usize, run: &mut Run) {
    if at == 0
        || at + 1 >= atoms.len()
        || atoms[at].shape != Shape::Apostrophe
        || run.before[at] == Fixed::Join
    {
        return;
    }
    let (left, tail) = (&atoms[at - 1], &atoms[at + 1]);
    let tail_word = words(text, tail);
    let is = |it: &str| tail_word.eq_ignore_ascii_case(it);
    let left_word = words(text, left);
    let letters_left = left_word.chars().next_back().is_some_and(char::is_alphanumeric);
    if !letters_left {
        return;
    }
    if is("t") && left_word.len() > 1 && left_word.ends_with(['n', 'N']) {
        let cut = left.end - 1;
        run.inside.retain(|inside| *inside < left.start || *inside >= left.end);
        run.inside.push(cut);
        run.before[at] = Fixed::Join;
        run.before[at + 1] = Fixed::Join;
        return;
    }
    if ["s", "m", "d", "re", "ve", "ll"].iter().any(|it| is(it)) {
        run.before[at] = Fixed::Split;
        run.before[at + 1] = Fixed::Join;
    }
}
