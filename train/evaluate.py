"""Scores a model on the development sets with gold words."""

import numpy as np
import torch

import data
import decode
import lemma as lemmas
import names

UNER = {"PER": "PER", "ORG": "ORG", "PARTY": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
CROSSNER_GOLD = {"politician": "person", "election": "event", "country": "location"}
CROSSNER = {
    "PER": "person", "ORG": "organisation", "PARTY": "politicalparty", "LOC": "location", "GPE": "location",
    "FAC": "location", "EVENT": "event", "NORP": "misc", "DOC": "misc", "WEAPON": "misc", "MISC": "misc",
}  # fmt: skip


def predict(model, labels, sentences, pieces, size=4096, run=None):
    """Predictions of every sentence, in the order given; `run` replaces the torch model."""
    model.eval()
    found = {}
    chain = {
        key: [table.detach().numpy() for table in tagger.tables()]
        for key, tagger in (("names", model.name_source().name_tags), ("defence", model.defence_tags))
    }
    for views in data.batches(sentences, pieces, size):
        batch = data.collate(views)
        with torch.inference_mode():
            out = run(batch) if run else model(batch)
            out = {k: v.float() for k, v in out.items()}
            heads = torch.zeros_like(batch["first"])
            for b, v in enumerate(views):
                n = len(v.first)
                heads[b, :n] = torch.tensor(decode.tree(out["arcs"][b, :n, : n + 1].numpy().astype(np.float64)))
            relations = model.relations(out, heads)
            root, at_root = labels.relation_id["root"], heads == 0
            relations[..., root] = torch.where(at_root, 1e9, -1e9)
            relations = relations.argmax(-1)
            tags = {k: out[k].argmax(-1) for k in ("upos", "feats", "lemma")}
        for b, v in enumerate(views):
            n = len(v.first)
            found[id(v.s)] = {
                "upos": [labels.upos[i] for i in tags["upos"][b, :n]],
                "feats": [labels.feats[i] for i in tags["feats"][b, :n]],
                "lemma": [lemmas.apply(labels.rules[i], w) for i, w in zip(tags["lemma"][b, :n], v.s.words)],
                "heads": heads[b, :n].tolist(),
                "deprels": [labels.relations[i] for i in relations[b, :n]],
                "names": decode.bio(out["names"][b, :n].numpy(), chain["names"], names.TAGS),
                "defence": decode.bio(out["defence"][b, :n].numpy(), chain["defence"], names.DEFENCE_TAGS),
            }
    return [found[id(s)] for s in sentences]


def f1(pairs):
    """F1 in per cent of (gold spans, found spans) per sentence."""
    right = gold = got = 0
    for a, b in pairs:
        right += len(set(a) & set(b))
        gold += len(set(a))
        got += len(set(b))
    return 200 * right / max(gold + got, 1)


def trees(sentences, found):
    n = upos = feats = lemma = uas = las = 0
    for s, p in zip(sentences, found):
        n += len(s.words)
        upos += sum(a == b for a, b in zip(s.upos, p["upos"]))
        feats += sum(a == b for a, b in zip(s.feats, p["feats"]))
        lemma += sum(a == b for a, b in zip(s.lemmas, p["lemma"]))
        for a, b, c, d in zip(s.heads, p["heads"], s.deprels, p["deprels"]):
            uas += a == b
            las += a == b and c.split(":")[0] == d.split(":")[0]
    return {k: round(100 * v / n, 2) for k, v in dict(upos=upos, feats=feats, lemma=lemma, uas=uas, las=las).items()}


def score(model, labels, dev, pieces, run=None, limit=None):
    """The table of development scores. LAS compares universal relations, as the CoNLL-18 scorer does."""
    table = {}
    for name, sentences in dev.items():
        sentences = sentences[:limit]
        found = predict(model, labels, sentences, pieces, run=run)
        row = trees(sentences, found) if sentences[0].upos else {}
        if name == "ewt":
            row["names_f1"] = round(f1(_pairs(sentences, found, "names", UNER, {})), 2)
        if name == "crossner":
            row["names_f1"] = round(f1(_pairs(sentences, found, "names", CROSSNER, CROSSNER_GOLD)), 2)
        if name == "re3d":
            row["defence_f1"] = round(f1(_pairs(sentences, found, "defence", None, {})), 2)
        table[name] = row
    return table


def _pairs(sentences, found, key, merge, gold_merge):
    for s, p in zip(sentences, found):
        if s.gold is None:
            continue
        got = [(a, b, merge.get(k) if merge else k) for a, b, k in names.spans(p[key])]
        yield [(a, b, gold_merge.get(k, k)) for a, b, k in s.gold], [g for g in got if g[2]]
