//! Finds the best tree: the maximum spanning arborescence with one child of the root (Chu-Liu/Edmonds).

/// Larger than any difference of scores: makes a second child of the root too dear.
const SECOND_ROOT: f64 = 1e9;

/// Head of each word, 0 for the root, words counted from 1. `scores` has a row for each word and in it a score for
/// each head (0 for the root, then the words).
pub fn best_tree(words: usize, scores: &[f32]) -> Vec<usize> {
    let width = words + 1;
    let score = |word: usize, head: usize| {
        let score = f64::from(scores[(word - 1) * width + head]);
        if score.is_finite() { score } else { -SECOND_ROOT / 1e3 }
    };
    let greedy: Vec<usize> = (1..=words)
        .map(|word| {
            let heads = (0..=words).filter(|head| *head != word);
            heads.fold((0, f64::NEG_INFINITY), |best, head| {
                let here = score(word, head);
                if here > best.1 { (head, here) } else { best }
            })
        })
        .map(|best| best.0)
        .collect();
    if is_tree(&greedy) {
        return greedy;
    }
    // matrix[head][word]
    let mut matrix = vec![vec![f64::NEG_INFINITY; width]; width];
    for (head, row) in matrix.iter_mut().enumerate() {
        for word in (1..=words).filter(|word| *word != head) {
            row[word] = score(word, head) - if head == 0 { SECOND_ROOT } else { 0.0 };
        }
    }
    let heads = arborescence(&matrix);
    (1..=words).map(|word| heads[word]).collect()
}

/// One child of the root and no cycle?
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|head| **head == 0).count() != 1 {
        return false;
    }
    // 0 unseen, 1 on the present path, 2 leads to the root.
    let mut state = vec![0u8; heads.len() + 1];
    state[0] = 2;
    for word in 1..=heads.len() {
        let mut at = word;
        while state[at] == 0 {
            state[at] = 1;
            at = heads[at - 1];
        }
        if state[at] == 1 {
            return false;
        }
        let mut at = word;
        while state[at] == 1 {
            state[at] = 2;
            at = heads[at - 1];
        }
    }
    true
}

/// A cycle among best heads, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut found = vec![at];
            let mut next = heads[at];
            while next != at {
                found.push(next);
                next = heads[next];
            }
            return Some(found);
        }
    }
    None
}

/// One contraction of a cycle, to be undone in the end.
struct Contraction {
    cycle: Vec<usize>,
    /// Best heads inside the cycle.
    inside: Vec<usize>,
    /// For each node outside: which node of the cycle an arc from the cycle to it leaves.
    leaves: Vec<usize>,
    /// For each node outside: which node of the cycle an arc from it enters.
    enters: Vec<usize>,
    /// Node that stands for the cycle.
    node: usize,
}

/// Heads of the maximum spanning arborescence from node 0 of a complete graph; `matrix[head][word]`.
fn arborescence(matrix: &[Vec<f64>]) -> Vec<usize> {
    let mut matrix = matrix.to_vec();
    let size = matrix.len();
    let mut alive = vec![true; size];
    let mut contractions: Vec<Contraction> = Vec::new();
    let best_heads = |matrix: &[Vec<f64>], alive: &[bool]| -> Vec<usize> {
        (0..size)
            .map(|word| {
                if word == 0 || !alive[word] {
                    return 0;
                }
                let heads = (0..size).filter(|head| alive[*head] && *head != word);
                heads
                    .fold((0, f64::NEG_INFINITY), |best, head| {
                        if matrix[head][word] > best.1 { (head, matrix[head][word]) } else { best }
                    })
                    .0
            })
            .collect()
    };
    let mut heads = best_heads(&matrix, &alive);
    while let Some(cycle) = cycle(&heads) {
        let node = cycle[0];
        let mut inside = vec![0; size];
        cycle.iter().for_each(|it| inside[*it] = heads[*it]);
        let (mut leaves, mut enters) = (vec![node; size], vec![node; size]);
        for outside in (0..size).filter(|it| alive[*it] && !cycle.contains(it)) {
            let mut out = (node, f64::NEG_INFINITY);
            let mut into = (node, f64::NEG_INFINITY);
            for member in &cycle {
                if outside != 0 && matrix[*member][outside] > out.1 {
                    out = (*member, matrix[*member][outside]);
                }
                let gain = matrix[outside][*member] - matrix[inside[*member]][*member];
                if gain > into.1 {
                    into = (*member, gain);
                }
            }
            matrix[node][outside] = out.1;
            matrix[outside][node] = into.1;
            leaves[outside] = out.0;
            enters[outside] = into.0;
        }
        cycle[1..].iter().for_each(|it| alive[*it] = false);
        contractions.push(Contraction { cycle, inside, leaves, enters, node });
        heads = best_heads(&matrix, &alive);
    }
    for contraction in contractions.into_iter().rev() {
        let Contraction { cycle, inside, leaves, enters, node } = contraction;
        let from = heads[node];
        for outside in 1..size {
            if alive[outside] && outside != node && heads[outside] == node {
                heads[outside] = leaves[outside];
            }
        }
        for member in &cycle {
            heads[*member] = inside[*member];
            alive[*member] = true;
        }
        heads[enters[from]] = from;
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All trees of a few words, tried one by one.
    fn exhaustive(words: usize, scores: &[f32]) -> (f64, Vec<usize>) {
        let width = words + 1;
        let mut best = (f64::NEG_INFINITY, Vec::new());
        let mut heads = vec![0usize; words];
        loop {
            let own = heads.iter().enumerate().any(|(at, head)| *head == at + 1);
            if !own && is_tree(&heads) {
                let sum =
                    heads.iter().enumerate().map(|(at, head)| f64::from(scores[at * width + head])).sum();
                if sum > best.0 {
                    best = (sum, heads.clone());
                }
            }
            let Some(at) = heads.iter().position(|head| *head < words) else { return best };
            heads[at] += 1;
            heads[..at].fill(0);
        }
    }

    #[test]
    fn finds_what_trying_all_trees_finds() {
        let mut state = 7u32;
        for round in 0..400 {
            let words = 1 + round % 5;
            let scores: Vec<f32> = (0..words * (words + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) as f32 / 6_553.6
                })
                .collect();
            assert_eq!(best_tree(words, &scores), exhaustive(words, &scores).1, "{words} words, {scores:?}");
        }
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        let heads = best_tree(40, &vec![f32::NAN; 40 * 41]);
        assert!(is_tree(&heads));
    }
}
