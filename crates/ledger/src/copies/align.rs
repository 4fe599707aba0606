//! How much of two texts is the same, in which runs, and how much of that is quotation.

use super::shingle::{Probe, Shingles};

/// The common part of two texts.
pub(super) struct Common {
    /// Share of the first text's words that stand in the common part.
    pub(super) one: f64,
    /// Share of the second's.
    pub(super) two: f64,
    /// Share of the common words of the second text that stand between quotation marks.
    pub(super) quoted: f64,
    /// Words in the longest run.
    pub(super) longest: usize,
    /// Words in runs of six or more.
    pub(super) in_runs: usize,
}

/// Marks the words of a text that stand in shingles which both texts have.
fn covered(of: &Shingles, both: &[bool]) -> Vec<bool> {
    let mut covered = vec![false; of.words.len()];
    for (at, number) in of.places.iter().enumerate() {
        if both[*number as usize] {
            covered[at..at + 3].fill(true);
        }
    }
    covered
}

/// Marks the bytes between quotation marks; a mark left open ends with its line.
pub(super) fn quoted(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, letter) in text.char_indices() {
        match (letter, open) {
            ('“' | '„' | '«', _) => open = Some(at),
            ('”' | '»', Some(start)) => {
                found.push((start, at));
                open = None;
            }
            ('"', None) => open = Some(at),
            ('"', Some(start)) => {
                found.push((start, at));
                open = None;
            }
            ('\n', Some(_)) => open = None,
            _ => {}
        }
    }
    found
}

/// Number of words that begin between marks.
pub(super) fn inside(of: &Shingles, marks: &[(usize, usize)]) -> usize {
    let before = |at: usize| of.words.partition_point(|word| (word.0 as usize) < at);
    marks.iter().map(|(start, end)| before(*end) - before(*start)).sum()
}

/// The common part of two texts, and how much of it lies in the quotations of the second, which is the one made ready.
pub(super) fn common(
    one: &Shingles,
    probe: &Probe<'_>,
    shared: &[(u32, u32)],
    marks: &[(usize, usize)],
) -> Common {
    let two = probe.of;
    let share =
        |covered: &[bool]| covered.iter().filter(|it| **it).count() as f64 / covered.len().max(1) as f64;
    let (second, first) = probe.marks(one, shared);
    let of_one = covered(one, &first);
    let of_two = covered(two, &second);
    let (mut longest, mut run, mut in_runs, mut inside, mut all) = (0, 0, 0, 0, 0);
    for (number, is) in of_two.iter().chain(std::iter::once(&false)).enumerate() {
        if *is {
            run += 1;
            all += 1;
            let at = two.words[number].0 as usize;
            let next = marks.partition_point(|(start, _)| *start <= at);
            inside += usize::from(next > 0 && at < marks[next - 1].1);
        } else {
            longest = longest.max(run);
            in_runs += if run >= 6 { run } else { 0 };
            run = 0;
        }
    }
    Common {
        one: share(&of_one),
        two: share(&of_two),
        quoted: inside as f64 / all.max(1) as f64,
        longest,
        in_runs,
    }
}
