"""Turns sentences into label ids and padded batches, with the augmentations of training."""

import random
from collections import Counter

import numpy as np
import torch

import lemma as lemmas
import names
import text

IGNORE = -100
CASES = ("same", "upper", "lower")
RARE_FEATS, RARE_RULE = 5, 3
QUOTES = {'"': "“”", "''": "”", "``": "“", "'": "’‘", "“": '"', "”": '"', "’": "'", "‘": "'"}


class Labels:
    """The inventories of UPOS, FEATS, lemma rules and relations, most frequent first."""

    def __init__(self, upos, feats, rules, relations):
        self.upos, self.feats, self.rules, self.relations = upos, feats, rules, relations
        self.upos_id = {u: i for i, u in enumerate(upos)}
        self.feats_id = {f: i for i, f in enumerate(feats)}
        self.rule_id = {r: i for i, r in enumerate(rules)}
        self.relation_id = {r: i for i, r in enumerate(relations)}

    @classmethod
    def collect(cls, sentences):
        upos, feats, rules, relations = Counter(), Counter(), Counter(), Counter()
        for s in sentences:
            if s.upos is None:
                continue
            upos.update(s.upos)
            feats.update(s.feats)
            relations.update(s.deprels)
            rules.update(lemmas.find(w, l) for w, l in zip(s.words, s.lemmas))
        order = lambda c, least: sorted((k for k in c if c[k] >= least), key=lambda k: (-c[k], str(k)))
        return cls(order(upos, 1), order(feats, RARE_FEATS), order(rules, RARE_RULE), order(relations, 2))

    def state(self):
        return {"upos": self.upos, "feats": self.feats, "rules": self.rules, "relations": self.relations}

    @classmethod
    def of(cls, state):
        return cls(state["upos"], state["feats"], [tuple(r) for r in state["rules"]], state["relations"])


def encode(s, labels):
    """Adds label ids to a sentence, lemma rules for each way its letters may be recased."""
    get = lambda table, keys: [table.get(k, IGNORE) for k in keys]
    if s.upos is not None:
        s.upos_ids = get(labels.upos_id, s.upos)
        s.feats_ids = get(labels.feats_id, s.feats)
        s.relation_ids = get(labels.relation_id, s.deprels)
        recase = {"same": lambda w: w, "upper": str.upper, "lower": str.lower}
        s.rule_ids = {
            case: get(labels.rule_id, (lemmas.find(recase[case](w), l) for w, l in zip(s.words, s.lemmas)))
            for case in CASES
        }
    return s


class View:
    """One sentence as one batch row sees it."""

    def __init__(self, s, pieces, draw=None):
        self.s = s
        words, case, keep = s.words, "same", len(s.words)
        if draw is not None:
            roll = draw.random()
            if roll < 0.03:
                words, case = [w.upper() for w in words], "upper"
            elif roll < 0.05:
                words, case = [w.lower() for w in words], "lower"
            elif roll < 0.08:
                words = [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
            if draw.random() < 0.15:
                words = [_quote(w, draw) for w in words]
            last = len(words) - 1
            ends = last > 2 and words[last] in ".!?" and (s.heads is None or last + 1 not in s.heads)
            if ends and draw.random() < 0.05:
                keep = last
        self.case, self.keep = case, keep
        self.ids, self.shapes, self.first = [pieces.cls], [0], []
        for w in words[:keep]:
            self.first.append(len(self.ids))
            found = pieces.word(w)
            self.ids += found
            self.shapes += [text.shape(w)] * len(found)
        self.ids.append(pieces.sep)
        self.shapes.append(0)

    def __len__(self):
        return len(self.ids)


def _quote(word, draw):
    if word in QUOTES:
        return draw.choice(QUOTES[word])
    return word.replace("'", "’") if "'" in word else word


def collate(views, piece_mask_rate=0.0, mask_id=0, draw=None):
    """Padded tensors of a list of views."""
    rows, width = len(views), max(map(len, views))
    words = max(len(v.first) for v in views)
    full = lambda shape, value: np.full(shape, value, dtype=np.int64)
    out = {
        "pieces": full((rows, width), 0),
        "piece_mask": full((rows, width), 0),
        "shapes": full((rows, width), 0),
        "first": full((rows, words), 0),
        "word_mask": full((rows, words), 0),
    }
    for key in ("upos", "feats", "rule", "relation", "head", "defence"):
        out[key] = full((rows, words), IGNORE)
    allowed = np.full((rows, words), names.ANY, dtype=np.int64)
    for b, v in enumerate(views):
        s, n = v.s, len(v.first)
        ids = v.ids
        if piece_mask_rate and draw is not None:
            ids = [i if i < 1000 or draw.random() >= piece_mask_rate else mask_id for i in ids]
        out["pieces"][b, : len(v)] = ids
        out["piece_mask"][b, : len(v)] = 1
        out["shapes"][b, : len(v)] = v.shapes
        out["first"][b, :n] = v.first
        out["word_mask"][b, :n] = 1
        if getattr(s, "upos_ids", None):
            out["upos"][b, :n] = s.upos_ids[:n]
            out["feats"][b, :n] = s.feats_ids[:n]
            out["rule"][b, :n] = s.rule_ids[v.case][:n]
            out["relation"][b, :n] = s.relation_ids[:n]
            out["head"][b, :n] = s.heads[:n]
        if s.allowed is not None:
            allowed[b, :n] = s.allowed[:n]
        if s.defence is not None:
            out["defence"][b, :n] = s.defence[:n]
    out = {k: torch.from_numpy(v) for k, v in out.items()}
    bits = np.arange(len(names.TAGS), dtype=np.int64)
    out["allowed"] = torch.from_numpy((allowed[..., None] >> bits) & 1).bool()
    return out


def batches(sentences, pieces, size, draw=None, longest=256):
    """Views grouped by length, at most `size` pieces a batch with padding; shuffled when drawing."""
    views = [View(s, pieces, draw) for s in sentences]
    views = [v for v in views if len(v) <= longest or draw is None]
    noise = (lambda: draw.uniform(-2, 2)) if draw else (lambda: 0)
    views.sort(key=lambda v: len(v) + noise())
    groups, group, width = [], [], 0
    for v in views:
        if group and max(width, len(v)) * (len(group) + 1) > size:
            groups.append(group)
            group, width = [], 0
        group.append(v)
        width = max(width, len(v))
    if group:
        groups.append(group)
    if draw is not None:
        draw.shuffle(groups)
    return groups


def seeded(seed):
    return random.Random(seed)
