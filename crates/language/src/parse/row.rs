//! The tree of one row of words, by places in the row: what the mends of trees walk along.

use crate::{Word, WordId};

/// The number that a place in the row has in the document.
pub(super) fn number(first: usize, at: usize) -> Option<WordId> {
    Some(WordId((first + at) as u32))
}

/// The place in the row of the word on which another hangs.
pub(super) fn head(first: usize, words: &[Word], at: usize) -> Option<usize> {
    words[at].head.and_then(|head| (head.0 as usize).checked_sub(first)).filter(|head| *head < words.len())
}

/// Places of the words that hang on one, in text order.
pub(super) fn children(first: usize, words: &[Word], at: usize) -> impl Iterator<Item = usize> + '_ {
    let number = number(first, at);
    (0..words.len()).filter(move |child| words[*child].head == number)
}

/// The first word that hangs on one and is as wanted.
pub(super) fn child(
    first: usize,
    words: &[Word],
    at: usize,
    wanted: impl Fn(&Word) -> bool,
) -> Option<usize> {
    children(first, words, at).find(|child| wanted(&words[*child]))
}
