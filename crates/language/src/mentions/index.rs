//! Where drafts, names and quotations stand: look-ups by word, so that linking takes time in proportion to the text.

use super::names::Spotted;
use super::phrases::{Draft, DraftKind};
use crate::{Analysis, WordId};

/// Look-ups by word, name and sentence.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The draft with this head, things left out.
    heads: Vec<Option<u32>>,
    /// The draft of a name with this head.
    names_at: Vec<Option<u32>>,
    /// Drafts of a name.
    of_name: Vec<Vec<usize>>,
    /// The name that covers a word.
    covered: Vec<Option<u32>>,
    /// Drafts whose head stands in a sentence, in text order.
    sentences: Vec<Vec<usize>>,
    /// The innermost stretch between quotation marks around a word.
    quotes: Vec<Option<u32>>,
}

impl Index {
    pub fn of(analysis: &Analysis, names: &[Spotted], drafts: &[Draft]) -> Self {
        let words = analysis.words.len();
        let mut index = Self {
            heads: vec![None; words],
            names_at: vec![None; words],
            of_name: vec![Vec::new(); names.len()],
            covered: vec![None; words],
            sentences: vec![Vec::new(); analysis.sentences.len()],
            quotes: vec![None; words],
        };
        for (number, name) in names.iter().enumerate() {
            index.covered[name.words.start as usize..name.words.end as usize].fill(Some(number as u32));
        }
        for (at, draft) in drafts.iter().enumerate() {
            let head = draft.head.0 as usize;
            if draft.kind != DraftKind::Thing {
                index.heads[head].get_or_insert(at as u32);
            }
            if draft.kind == DraftKind::Name {
                index.names_at[head].get_or_insert(at as u32);
            }
            if let Some(number) = draft.name {
                index.of_name[number].push(at);
            }
            index.sentences[analysis.sentence_of[head].0 as usize].push(at);
        }
        for held in &mut index.sentences {
            held.sort_by_key(|at| (drafts[*at].head, *at));
        }
        // Outer stretches first: inner ones overwrite them.
        let mut order: Vec<usize> = (0..analysis.quoted.len()).collect();
        order.sort_by_key(|at| (analysis.quoted[*at].depth, *at));
        for at in order {
            let range = analysis.words_in(analysis.quoted[at].inner);
            index.quotes[range.start as usize..range.end as usize].fill(Some(at as u32));
        }
        index
    }

    /// The draft with this head, things left out.
    pub fn draft_at(&self, head: WordId) -> Option<usize> {
        self.heads[head.0 as usize].map(|at| at as usize)
    }

    /// The draft of a name with this head.
    pub fn name_draft_at(&self, head: WordId) -> Option<usize> {
        self.names_at[head.0 as usize].map(|at| at as usize)
    }

    /// Drafts of a name.
    pub fn drafts_of(&self, name: usize) -> &[usize] {
        &self.of_name[name]
    }

    /// The name that covers a word.
    pub fn name_over(&self, word: WordId) -> Option<usize> {
        self.covered[word.0 as usize].map(|at| at as usize)
    }

    /// The innermost stretch between quotation marks around a word.
    pub fn quote_of(&self, word: WordId) -> Option<usize> {
        self.quotes[word.0 as usize].map(|at| at as usize)
    }

    /// Drafts of a sentence and of so many sentences before it, in text order.
    pub fn near(&self, sentence: u32, reach: u32) -> impl Iterator<Item = usize> + '_ {
        let last = (sentence as usize + 1).min(self.sentences.len());
        let first = (sentence.saturating_sub(reach) as usize).min(last);
        self.sentences[first..last].iter().flatten().copied()
    }
}
