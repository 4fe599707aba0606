"""Fits parts for names on a finished checkpoint; all that gives the trees stays as it is, bit by bit.

`heads`: the layers behind the word vectors that give both kinds of name tags. `branch`: copies of the encoder's last layers
that give the names alone, with a head of their own.
"""

import argparse
import json
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import corpora
import data
import evaluate
import export
import model as network
import names
import quantize
import text
import train

# How each part is fitted: share of a corpus drawn in each epoch, epochs, rate of the heads, dropout, and the share of sentences
# shown with other names, letter cases and marks. The two fits of the heads start from the same weights and are averaged.
PLANS = {
    "heads": {"share": {"wnut17": 0.25, "re3d": 1, "crossner": 2}, "epochs": 3, "rate": 1e-3, "drop": 0.3, "changed": 0},
    "heads-defence": {"share": {"ewt": 0.3, "wnut17": 0.25, "re3d": 3, "crossner": 2}, "epochs": 4, "rate": 1e-3, "drop": 0.4, "changed": 0},
    "branch": {"share": {"wnut17": 0.25, "re3d": 1.5, "crossner": 2}, "epochs": 3, "rate": 8e-4, "drop": 0.25, "changed": 0.5},
}  # fmt: skip
RATE_LAYERS = 1e-4
LONGEST, INTEGER_FROM, WARM = 160, 0.7, 60


class Offsets(torch.nn.Module):
    """How much more or less often than others a corpus marks each kind of name: known in training, left out afterwards."""

    KEEP_SMALL = 0.001

    def __init__(self, sentences):
        super().__init__()
        self.place = {c: i for i, c in enumerate(sorted({s.corpus for s in sentences}))}
        self.table = torch.nn.Parameter(torch.zeros(len(self.place), len(names.TAGS)))

    def forward(self, views):
        return self.table[torch.tensor([self.place[v.s.corpus] for v in views])][:, None]

    def cost(self):
        return self.KEEP_SMALL * (self.table**2).sum()


class Heads(torch.nn.Module):
    """The network's own heads for names, over word vectors that stay as they are."""

    def __init__(self, joint, drop):
        super().__init__()
        self.name_hidden, self.names, self.defence = joint.name_hidden, joint.names, joint.defence
        self.name_tags, self.defence_tags = joint.name_tags, joint.defence_tags
        self.drop = network.Dropout(drop)

    def run(self, joint, batch):
        with torch.no_grad():
            words, _ = joint.words(batch)
        name = self.drop(F.relu(self.name_hidden(self.drop(words[:, 1:].float()))))
        return {"names": self.names(name), "defence": self.defence(name)}

    def calibrated(self):
        # The hidden layer shares its input with layers that stay; with a branch nothing else asks for these names.
        return torch.nn.ModuleList([self.defence])


class Branch(torch.nn.Module):
    """A branch put on the network."""

    def __init__(self, joint, drop):
        super().__init__()
        joint.branch = network.Branch(joint)
        joint.branch.drop = network.Dropout(drop)
        self.branch, self.name_tags, self.defence_tags = joint.branch, joint.branch.name_tags, None

    def run(self, joint, batch):
        with torch.no_grad():
            _, fork = joint.words(batch)
        return {"names": self.branch(fork.float(), batch)}

    def calibrated(self):
        return self.branch


def epoch(sentences, plan, exchange, pieces, size, draw):
    """Batches of views of the sentences drawn."""
    chosen = []
    for s in sentences:
        share = plan["share"].get(s.corpus, 1)
        for _ in range(int(share) + (draw.random() < share % 1)):
            changed = draw.random() < plan["changed"]
            chosen.append(data.View(exchange(s, draw), pieces, draw) if changed else data.View(s, pieces))
    chosen.sort(key=lambda v: len(v) + draw.uniform(-2, 2))
    groups, group = [], []
    for v in chosen:
        if group and len(v) * (len(group) + 1) > size:
            groups.append(group)
            group = []
        group.append(v)
    groups.append(group)
    draw.shuffle(groups)
    return groups


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("part", choices=PLANS)
    a.add_argument("--data", required=True)
    a.add_argument("--encoder", required=True)
    a.add_argument("--start", required=True, help="finished checkpoint with calibrated integer layers")
    a.add_argument("--out", required=True)
    a.add_argument("--batch", type=int, default=2048, help="wordpieces a step")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--steps", type=int, default=0, help="stop early (smoke test)")
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    draw = data.seeded(args.seed)
    corpora.check_manifest(args.data, args.encoder)
    sentences, dev = corpora.load(args.data)
    sentences = [s for s in sentences if len(s.words) < LONGEST and (s.allowed is not None or s.defence is not None)]
    pieces = text.Wordpieces(Path(args.encoder) / "vocab.txt")
    joint, labels = export.load(args.start)
    joint.requires_grad_(False)
    plan = PLANS[args.part]
    part = (Branch if args.part == "branch" else Heads)(joint, plan["drop"])
    part.requires_grad_(True)
    quantize.set_mode(joint, "integer")
    quantize.set_mode(part, "float")
    exchange, offsets = corpora.Exchange(sentences), Offsets(sentences)
    layers = [p for n, p in part.named_parameters() if n.startswith("branch.layers.")]
    heads = [p for n, p in part.named_parameters() if not n.startswith("branch.layers.")] + list(offsets.parameters())
    settings = [{"params": p, "lr": r, "peak": r} for p, r in ((layers, RATE_LAYERS), (heads, plan["rate"])) if p]
    optimiser = torch.optim.AdamW(settings, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01)
    average = train.Average(part)

    def calibrate():
        sample = draw.sample(sentences, 600)
        quantize.calibrate(part.calibrated(), lambda: evaluate.predict(joint, labels, sample, pieces))
        quantize.set_mode(part, "integer")

    batches = lambda: epoch(sentences, plan, exchange, pieces, args.batch, draw)
    groups = batches()
    total = args.steps or math.ceil(len(groups) * plan["epochs"])
    step, started, integer = 0, time.time(), False
    while step < total:
        for views in groups[: total - step]:
            if not integer and step >= INTEGER_FROM * total:
                integer = True
                calibrate()
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * min(1.0, (step + 1) / WARM) * (1 - step / total)
            batch = data.collate(views)
            joint.eval()
            part.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out = part.run(joint, batch)
            out["names"] = out["names"].float() + offsets(views)
            found = network.name_losses(part.name_tags, part.defence_tags, batch, out)
            (sum(found.values()) + offsets.cost()).backward()
            torch.nn.utils.clip_grad_norm_(layers + heads, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            average.update(part, 0.996)
            step += 1
            if step % 50 == 0:
                shown = " ".join(f"{k} {v.item():.3f}" for k, v in found.items())
                print(f"{step} of {total}, {time.time() - started:.0f} s  {shown}", flush=True)
        groups = batches()
    average.swap(part)
    joint.eval()
    train.save(args.out, joint, labels, {"start": args.start, "args": vars(args)})
    print(json.dumps(evaluate.score(joint, labels, dev, pieces)), flush=True)


if __name__ == "__main__":
    main()
