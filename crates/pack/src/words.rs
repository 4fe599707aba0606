//! Words that are looked up many times in every sentence: lists of them, and their lower case without a copy.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;

/// Word → what the pack says of it; in the order of the pack.
pub(crate) type Table<T> = IndexMap<String, T, FxBuildHasher>;
/// Words; in the order of the pack.
pub(crate) type Words = IndexSet<String, FxBuildHasher>;

/// A word in lower case; a copy only where it has capitals or letters beyond ASCII.
pub fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// Several lists of words: which of them hold a word is one look.
#[derive(Clone, Debug)]
pub(crate) struct Lists<K> {
    lists_of: Table<Vec<K>>,
}

impl<K> Default for Lists<K> {
    fn default() -> Self {
        Self { lists_of: Table::default() }
    }
}

impl<K: Copy + PartialEq> Lists<K> {
    pub(crate) fn add(&mut self, list: K, words: impl IntoIterator<Item = String>) {
        for word in words {
            self.lists_of.entry(word).or_default().push(list);
        }
    }

    pub(crate) fn has(&self, list: K, word: &str) -> bool {
        self.lists_of.get(word).is_some_and(|lists| lists.contains(&list))
    }
}
