"""The network: MiniLM encoder with word shapes, and one head per question."""

import copy

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

import names
import text
from quantize import Linear

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, LABEL = 256, 192
BRANCH = 2  # last layers of the encoder that the names have copies of


def row_int8(weight):
    """A table rounded to int8 with one scale a row: what the artefact will hold."""
    scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    return (weight / scale).round().clamp(-127, 127) * scale


class Dropout(nn.Module):
    """Dropout whose masks are slices of one random pool: drawing each afresh costs the CPU too much."""

    POOL = 1 << 22

    def __init__(self, rate):
        super().__init__()
        self.rate, self.pool = rate, None

    def forward(self, x):
        if not self.training:
            return x
        if self.pool is None:
            self.pool = (torch.rand(self.POOL) >= self.rate).to(torch.bfloat16) / (1 - self.rate)
        start = int(torch.randint(0, self.POOL - x.numel(), ()))
        return x * self.pool[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = Linear(WIDTH, 3 * WIDTH)
        self.out = Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = Linear(WIDTH, INNER)
        self.down = Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Dropout(0.1)

    def forward(self, x, mask):
        b, s, _ = x.shape
        q, k, v = self.qkv(x).view(b, s, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: torch's fused attention is many times slower on the CPU for heads this small.
        scores = (q @ k.transpose(-1, -2)).float() * (WIDTH // HEADS) ** -0.5 + mask
        mixed = torch.softmax(scores, -1).to(v.dtype) @ v
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, s, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


def closed(piece_mask, x):
    """What attention adds to its scores: padding is far below."""
    return ((1.0 - piece_mask.to(x.dtype)) * -10000.0)[:, None, None, :]


def at_words(x, shapes, first, table):
    """The pieces at `first`, each with its word's shape."""
    rows = torch.arange(x.shape[0])[:, None]
    return x[rows, first] + table(shapes[rows, first])


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(len(text.SHAPES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.normal_(self.shapes.weight, std=0.005)
        self.words.weight.requires_grad_(False)

    def load(self, path):
        """Takes the published weights; the word table is rounded to int8 and stays fixed."""
        w = load_file(path)
        w = {k.removeprefix("bert."): v.float() for k, v in w.items()}
        e = "embeddings."
        with torch.no_grad():
            self.words.weight.copy_(row_int8(w[e + "word_embeddings.weight"]))
            self.places.weight.copy_(w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0])
            for norm, name in [(self.norm, e + "LayerNorm.")]:
                norm.weight.copy_(w[name + "weight"])
                norm.bias.copy_(w[name + "bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    own = [w[f"{p}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(own))
                    getattr(layer.out, part).copy_(w[f"{p}attention.output.dense.{part}"])
                    getattr(layer.norm1, part).copy_(w[f"{p}attention.output.LayerNorm.{part}"])
                    getattr(layer.up, part).copy_(w[f"{p}intermediate.dense.{part}"])
                    getattr(layer.down, part).copy_(w[f"{p}output.dense.{part}"])
                    getattr(layer.norm2, part).copy_(w[f"{p}output.LayerNorm.{part}"])

    def forward(self, pieces, piece_mask, shapes):
        """The pieces after the last layer, and before the layers that a branch has copies of."""
        places = self.places.weight[: pieces.shape[1]]
        x = self.drop(self.norm(self.words(pieces) + places + self.shapes(shapes)))
        mask = closed(piece_mask, x)
        for i, layer in enumerate(self.layers):
            if i == LAYERS - BRANCH:
                fork = x
            x = layer(x, mask)
        return x, fork


class Tagger(nn.Module):
    """Scores of tag sequences: a linear-chain CRF that accepts sets of allowed tags."""

    FORBIDDEN = -1e4

    def __init__(self, tags):
        super().__init__()
        count = len(tags)
        self.start = nn.Parameter(torch.zeros(count))
        self.follow = nn.Parameter(torch.zeros(count, count))
        inner = torch.tensor([t.startswith("I-") for t in tags])
        same = torch.tensor([[a != "O" and a[2:] == b[2:] for b in tags] for a in tags])
        self.register_buffer("no_start", inner * self.FORBIDDEN, persistent=False)
        self.register_buffer("no_follow", (inner[None, :] & ~same) * self.FORBIDDEN, persistent=False)

    def tables(self):
        """(start scores, scores of tag j after tag i), forbidden ones far below."""
        return self.start + self.no_start, self.follow + self.no_follow

    @torch.autocast("cpu", enabled=False)
    def loss(self, scores, allowed, mask):
        """Sum over rows of -log p(the tags lie in the allowed sets)."""
        start, follow = self.tables()
        rows = scores.shape[0]
        emitted = torch.cat([scores, scores.masked_fill(~allowed, self.FORBIDDEN)])
        real = torch.cat([mask, mask])
        step = follow.exp()
        at = start + emitted[:, 0]
        for i in range(1, scores.shape[1]):
            # log-sum-exp over the tag before, as one small matrix product.
            top = at.detach().amax(1, keepdim=True)
            new = ((at - top).exp() @ step + 1e-30).log() + top + emitted[:, i]
            at = torch.where(real[:, i, None], new, at)
        total = torch.logsumexp(at, 1)
        return (total[:rows] - total[rows:]).sum()


class Branch(nn.Module):
    """Names from copies of the encoder's last layers, fitted for names alone while everything else stays as it is."""

    def __init__(self, joint):
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in joint.encoder.layers[LAYERS - BRANCH :])
        for part in ("word_shapes", "drop", "name_hidden", "names", "name_tags"):
            setattr(self, part, copy.deepcopy(getattr(joint, part)))

    def forward(self, fork, batch):
        """Scores of name tags from the encoder's pieces at the fork."""
        x, mask = fork, closed(batch["piece_mask"], fork)
        for layer in self.layers:
            x = layer(x, mask)
        x = self.drop(at_words(x, batch["shapes"], batch["first"], self.word_shapes))
        return self.names(self.drop(F.relu(self.name_hidden(x))))


class Joint(nn.Module):
    """Everything in one pass; `forward` gives the artefact's outputs. A `branch`, once fitted, gives the names."""

    def __init__(self, labels):
        super().__init__()
        self.branch = None
        self.encoder = Encoder()
        self.word_shapes = nn.Embedding(len(text.SHAPES), WIDTH)
        nn.init.normal_(self.word_shapes.weight, std=0.02)
        self.drop = Dropout(0.25)
        self.tag_hidden = Linear(WIDTH, WIDTH)
        self.upos = Linear(WIDTH, len(labels.upos))
        self.feats = Linear(WIDTH, len(labels.feats))
        self.rule = Linear(WIDTH, len(labels.rules))
        self.name_hidden = Linear(WIDTH, 256)
        self.names = Linear(256, len(names.TAGS))
        self.defence = Linear(256, len(names.DEFENCE_TAGS))
        self.name_tags = Tagger(names.TAGS)
        self.defence_tags = Tagger(names.DEFENCE_TAGS)
        self.arc_dep = Linear(WIDTH, ARC)
        self.arc_head = Linear(WIDTH, ARC)
        self.arc_mix = Linear(ARC, ARC, bias=False)
        self.arc_bias = nn.Linear(ARC, 1)
        self.label_dep = Linear(WIDTH, LABEL)
        self.label_head = Linear(WIDTH, LABEL)
        self.label_out = nn.Linear(LABEL, len(labels.relations))
        nn.init.eye_(self.arc_mix.weight)
        with torch.no_grad():
            self.arc_mix.weight.mul_(0.05)

    def shared_inputs(self):
        """Groups of integer layers that read one and the same quantised input."""
        return [[self.tag_hidden, self.name_hidden, self.arc_dep, self.arc_head, self.label_dep, self.label_head]]

    def name_source(self):
        """The module whose layers and chain give the names."""
        return self.branch or self

    def words(self, batch):
        """Root and words, [B, 1 + W, 384] with the [CLS] vector as the root, and the pieces at the fork."""
        x, fork = self.encoder(batch["pieces"], batch["piece_mask"], batch["shapes"])
        return at_words(x, batch["shapes"], F.pad(batch["first"], (1, 0)), self.word_shapes), fork

    def forward(self, batch):
        x, fork = self.words(batch)
        x = self.drop(x)
        w = x[:, 1:]
        tag = self.drop(F.relu(self.tag_hidden(w)))
        name = self.drop(F.relu(self.name_hidden(w)))
        dep = self.drop(F.relu(self.arc_dep(w)))
        head = self.drop(F.relu(self.arc_head(x)))
        arcs = self.arc_mix(dep) @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        return {
            "upos": self.upos(tag),
            "feats": self.feats(tag),
            "lemma": self.rule(tag),
            "arcs": arcs,
            "label_dep": self.label_dep(w),
            "label_head": self.label_head(x),
            "names": self.names(name) if self.branch is None else self.branch(fork, batch),
            "defence": self.defence(name),
            "vectors": w,
        }

    def relations(self, out, heads):
        """Relation scores of the arcs dependent -> heads[b, i] (0 = root)."""
        rows = torch.arange(heads.shape[0])[:, None]
        return self.label_out(self.drop(F.relu(out["label_dep"] + out["label_head"][rows, heads])))


def losses(model, batch, out):
    """Named losses, each a mean over the words it concerns."""
    flat = lambda x, y: F.cross_entropy(x.float().flatten(0, 1), y.flatten(), ignore_index=-100, reduction="sum")
    known = batch["head"] >= 0
    count = known.sum().clamp(min=1)
    found = {}
    if known.any():
        found["upos"] = flat(out["upos"], batch["upos"]) / count
        found["feats"] = flat(out["feats"], batch["feats"]) / count
        found["lemma"] = flat(out["lemma"], batch["rule"]) / count
        closed = F.pad(batch["word_mask"], (1, 0), value=1)[:, None, :] == 0
        arcs = out["arcs"].float().masked_fill(closed, -1e4)
        found["arcs"] = flat(arcs, batch["head"]) / count
        found["relations"] = flat(model.relations(out, batch["head"].clamp(min=0)), batch["relation"]) / count
    return found | name_losses(model.name_source().name_tags, model.defence_tags, batch, out)


def name_losses(name_tags, defence_tags, batch, out):
    """Losses of both kinds of name tags."""
    real = batch["word_mask"].bool()
    found = {"names": name_tags.loss(out["names"].float(), batch["allowed"], real) / real.sum()}
    marked = (batch["defence"] >= 0).any(1)
    if marked.any() and "defence" in out:
        one = F.one_hot(batch["defence"][marked].clamp(min=0), len(names.DEFENCE_TAGS)).bool()
        found["defence"] = defence_tags.loss(out["defence"][marked].float(), one, real[marked]) / real.sum()
    return found
