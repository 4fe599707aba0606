"""Trains the joint model on the CPU (or a GPU when there is one) and keeps the averaged weights."""

import argparse
import json
import math
import time
from pathlib import Path

import torch

import corpora
import data
import evaluate
import model as network
import quantize
import text

WEIGHT = {"upos": 0.5, "feats": 0.4, "lemma": 0.4, "arcs": 1.0, "relations": 1.0, "names": 1.0, "defence": 1.0}
# Share of a corpus drawn in each epoch.
SHARE = {"wnut17": 0.25, "re3d": 1.5, "crossner": 2, "own": 1}


def epoch_sentences(sentences, draw):
    chosen = []
    for s in sentences:
        share = SHARE.get(s.corpus, 1)
        chosen += [s] * int(share) + ([s] if draw.random() < share % 1 else [])
    return chosen


def groups(model, rate_encoder, rate_heads, decay):
    """Parameter groups: lower layers of the encoder learn more slowly."""
    found = []
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        rate = rate_heads
        if name.startswith("encoder.layers."):
            rate = rate_encoder * decay ** (network.LAYERS - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.") and "shapes" not in name:
            rate = rate_encoder * decay**network.LAYERS
        found.append({"params": [p], "lr": rate, "peak": rate, "weight_decay": 0.01 if p.dim() > 1 else 0.0})
    return found


class Average:
    """Exponential moving average of the weights that learn."""

    def __init__(self, model):
        self.held = {k: v.detach().clone() for k, v in model.named_parameters() if v.requires_grad}
        self.steps = 0

    def update(self, model, limit=0.998):
        self.steps += 1
        keep = min(limit, self.steps / (self.steps + 9))
        ours, theirs = [], []
        for k, v in model.named_parameters():
            if v.requires_grad:
                ours.append(self.held[k])
                theirs.append(v.detach())
        torch._foreach_lerp_(ours, theirs, 1 - keep)

    def swap(self, model):
        with torch.no_grad():
            for k, v in model.named_parameters():
                if v.requires_grad:
                    held = v.detach().clone()
                    v.copy_(self.held[k])
                    self.held[k] = held


def save(path, model, labels, note):
    state = {k: v for k, v in model.state_dict().items()}
    torch.save({"labels": labels.state(), "state": state, "note": note}, path)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--data", required=True)
    a.add_argument("--encoder", required=True, help="folder with model.safetensors and vocab.txt")
    a.add_argument("--out", required=True)
    a.add_argument("--epochs", type=float, default=12)
    a.add_argument("--minutes", type=float, default=0, help="end the schedule by wall clock instead of by epochs")
    a.add_argument("--batch", type=int, default=2048, help="wordpieces a step")
    a.add_argument("--rate-encoder", type=float, default=2e-4)
    a.add_argument("--rate-heads", type=float, default=1.5e-3)
    a.add_argument("--layer-decay", type=float, default=0.85)
    a.add_argument("--warm", default=None, help="checkpoint to start from")
    a.add_argument("--integer-from", type=float, default=0.6, help="share of the schedule after which the integer form is trained")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--steps", type=int, default=0, help="stop early (smoke test)")
    a.add_argument("--save-minutes", type=float, default=10)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    draw = data.seeded(args.seed)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)

    corpora.check_manifest(args.data, args.encoder)
    sentences, dev = corpora.load(args.data, args.seed)
    held = torch.load(args.warm) if args.warm else None
    # A checkpoint brings its inventories: more sentences may have changed them.
    labels = data.Labels.of(held["labels"]) if held else data.Labels.collect(sentences)
    pieces = text.Wordpieces(Path(args.encoder) / "vocab.txt")
    model = network.Joint(labels)
    if held:
        model.load_state_dict(held["state"], strict=False)
    else:
        model.encoder.load(Path(args.encoder) / "model.safetensors")
    for s in sentences:
        data.encode(s, labels)
    print(f"{len(sentences)} sentences, {len(labels.feats)} feats, {len(labels.rules)} rules, {len(labels.relations)} relations", flush=True)

    settings = groups(model, args.rate_encoder, args.rate_heads, args.layer_decay)
    optimiser = torch.optim.AdamW(settings, betas=(0.9, 0.98), eps=1e-6, fused=True)
    average = Average(model)
    chosen = data.batches(epoch_sentences(sentences, draw), pieces, args.batch, draw)
    total = args.steps or math.ceil(len(chosen) * args.epochs)
    started = saved = time.time()
    step, seen, sums = 0, 0, {}
    finished = integer = False
    while not finished:
        for views in chosen:
            past = (time.time() - started) / (60 * args.minutes) if args.minutes else step / total
            if past >= 1:
                finished = True
                break
            if not integer and past >= args.integer_from:
                integer = True
                sample = draw.sample(sentences, 600)
                quantize.calibrate(model, lambda: evaluate.predict(model, labels, sample, pieces), model.shared_inputs())
                quantize.set_mode(model, "integer")
            factor = min(1.0, (step + 1) / 150) * (1 - past)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * factor
            batch = data.collate(views, 0.02, pieces.mask, draw)
            model.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = network.losses(model, batch, model(batch))
                loss = sum(WEIGHT[k] * v for k, v in found.items())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            average.update(model)
            step += 1
            seen += int(batch["word_mask"].sum())
            for k, v in found.items():
                sums.setdefault(k, []).append(v.item())
            if step % 50 == 0:
                took = time.time() - started
                means = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sums.items())
                sums = {}
                print(f"{step} ({100 * past:.0f} %) {took:.0f} s {seen / took:.0f} words/s  {means}", flush=True)
            if time.time() - saved > 60 * args.save_minutes:
                saved = time.time()
                average.swap(model)
                table = evaluate.score(model, labels, dev, pieces, limit=300)
                print(json.dumps(table), flush=True)
                save(out / "running.pt", model, labels, {"step": step, "dev": table})
                average.swap(model)
                started += time.time() - saved
                saved = time.time()
        if not finished:
            chosen = data.batches(epoch_sentences(sentences, draw), pieces, args.batch, draw)
    average.swap(model)
    note = {"step": step, "words": seen, "args": vars(args)}
    save(out / "final.pt", model, labels, note)
    print(json.dumps(evaluate.score(model, labels, dev, pieces)), flush=True)


if __name__ == "__main__":
    main()
