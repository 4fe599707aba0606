//! Aligns words of gold and system by characters, after the rules of the CoNLL 2018 shared task.

/// A word as the shared task sees it: where it stands among the characters that are not white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// First character.
    pub start: usize,
    /// One past the last character. Words of one multi-word token all have the token's characters.
    pub end: usize,
    /// True for words of a multi-word token.
    pub shared: bool,
    /// Lower-cased form, for multi-word tokens.
    pub form: String,
}

/// Pairs (gold, system) of words that are the same.
pub fn align(gold: &[Place], system: &[Place]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].shared || system[s].shared {
            let (g0, s0, g1, s1) = multiword(gold, system, g, s);
            if s1 > s0 && g1 > g0 {
                pairs.extend(
                    common(&gold[g0..g1], &system[s0..s1]).into_iter().map(|(a, b)| (a + g0, b + s0)),
                );
            }
            (g, s) = (g1.max(g0), s1.max(s0));
        } else if (gold[g].start, gold[g].end) == (system[s].start, system[s].end) {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if gold[g].start <= system[s].start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

fn beyond(words: &[Place], at: usize, end: usize) -> bool {
    at >= words.len() || words[at].start >= end
}

/// The stretch of words on both sides that a multi-word token and all it overlaps covers.
fn multiword(gold: &[Place], system: &[Place], mut g: usize, mut s: usize) -> (usize, usize, usize, usize) {
    let mut end = if gold[g].shared {
        let end = gold[g].end;
        if !system[s].shared && system[s].start < gold[g].start {
            s += 1;
        }
        end
    } else {
        let end = system[s].end;
        if !gold[g].shared && gold[g].start < system[s].start {
            g += 1;
        }
        end
    };
    let (g0, s0) = (g, s);
    while !beyond(gold, g, end) || !beyond(system, s, end) {
        if g < gold.len() && (s >= system.len() || gold[g].start <= system[s].start) {
            if gold[g].shared {
                end = end.max(gold[g].end);
            }
            g += 1;
        } else {
            if system[s].shared {
                end = end.max(system[s].end);
            }
            s += 1;
        }
    }
    (g0, s0, g, s)
}

/// Longest common subsequence of forms.
fn common(gold: &[Place], system: &[Place]) -> Vec<(usize, usize)> {
    let width = system.len() + 1;
    let mut best = vec![0usize; (gold.len() + 1) * width];
    for g in (0..gold.len()).rev() {
        for s in (0..system.len()).rev() {
            best[g * width + s] = if gold[g].form == system[s].form {
                1 + best[(g + 1) * width + s + 1]
            } else {
                best[(g + 1) * width + s].max(best[g * width + s + 1])
            };
        }
    }
    let (mut g, mut s, mut pairs) = (0, 0, Vec::new());
    while g < gold.len() && s < system.len() {
        if gold[g].form == system[s].form {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if best[(g + 1) * width + s] >= best[g * width + s + 1] {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(parts: &[(&str, usize, usize, bool)]) -> Vec<Place> {
        let place = |(form, start, end, shared): &(&str, usize, usize, bool)| Place {
            start: *start,
            end: *end,
            shared: *shared,
            form: (*form).to_owned(),
        };
        parts.iter().map(place).collect()
    }

    #[test]
    fn words_with_the_same_characters_align() {
        let gold = words(&[("the", 0, 3, false), ("ice", 3, 6, false), ("cream", 6, 11, false)]);
        let system = words(&[("the", 0, 3, false), ("icecream", 3, 11, false)]);
        assert_eq!(align(&gold, &system), [(0, 0)]);
    }

    #[test]
    fn multi_word_tokens_align_by_form() {
        let gold = words(&[("do", 0, 5, true), ("n't", 0, 5, true), ("go", 5, 7, false)]);
        let system = words(&[("do", 0, 5, true), ("n't", 0, 5, true), ("go", 5, 7, false)]);
        assert_eq!(align(&gold, &system), [(0, 0), (1, 1), (2, 2)]);
        let unsplit = words(&[("don't", 0, 5, false), ("go", 5, 7, false)]);
        assert_eq!(align(&gold, &unsplit), [(2, 1)]);
    }
}
