"""Decoding as the Rust side does it: one-root maximum spanning tree, constrained BIO Viterbi."""

import numpy as np


def _cycle(heads):
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if state[at] == 1:
            return path[path.index(at) :]
        for i in path:
            state[i] = 2
    return None


def _spanning(scores):
    """Chu-Liu/Edmonds; scores[d, h], node 0 is the root."""
    n = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    index = {node: i for i, node in enumerate(rest)}
    new = len(rest)
    small = np.full((new + 1, new + 1), -np.inf)
    held = {i: scores[i, heads[i]] for i in cycle}
    enter, leave = {}, {}
    for d in rest:
        for h in rest:
            if d != h:
                small[index[d], index[h]] = scores[d, h]
    for d in rest:
        if d != 0:
            best = max(cycle, key=lambda h: scores[d, h])
            small[index[d], new] = scores[d, best]
            leave[d] = best
    for h in rest:
        best = max(cycle, key=lambda d: scores[d, h] - held[d])
        small[new, index[h]] = scores[best, h] - held[best]
        enter[h] = best
    found = _spanning(small)
    result = heads.copy()
    for d in rest:
        if d != 0:
            h = found[index[d]]
            result[d] = leave[d] if h == new else rest[h]
    h = rest[found[new]]
    result[enter[h]] = h
    return result


def tree(arcs):
    """Heads (0 = root) of one sentence; arcs[W, 1 + W] are scores of word -> head."""
    n = arcs.shape[0]
    scores = np.full((n + 1, n + 1), -np.inf)
    scores[1:] = arcs
    np.fill_diagonal(scores, -np.inf)
    heads = scores.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and _cycle(heads) is None:
        return heads[1:].tolist()
    # One root: the root's arcs lose so much that a second one never pays.
    lowered = scores.copy()
    finite = scores[np.isfinite(scores)]
    lowered[1:, 0] -= (finite.max() - finite.min() + 1) * (n + 1)
    return _spanning(lowered)[1:].tolist()


def bio(scores, tables, tags):
    """Best tag sequence under the chain's start and follow scores."""
    start, follow = tables
    best = scores[0] + start
    back = []
    for row in scores[1:]:
        through = best[:, None] + follow
        back.append(through.argmax(0))
        best = through.max(0) + row
    at = int(best.argmax())
    path = [at]
    for row in reversed(back):
        at = int(row[at])
        path.append(at)
    return [tags[i] for i in reversed(path)]
