"""Owns the integer form of the linear layers: 7-bit weights per column, fixed 8-bit activations.

Weights stay within -63..63 so that processors without VNNI do not saturate: the integer results are
the same on every machine. Each activation has one fixed scale and zero point, so a sentence's result
does not depend on the sentences beside it.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

WEIGHT_LIMIT, LEVELS = 63, 255
CLIPPED = 5e-5  # share of calibration values that may fall outside the range on either side


class Straight(torch.autograd.Function):
    """Rounding whose gradient passes through."""

    @staticmethod
    def forward(_, x):
        return x.round()

    @staticmethod
    def backward(_, g):
        return g


def weight_scale(weight):
    """One scale per output of a linear layer."""
    return weight.detach().abs().amax(1).clamp(min=1e-8) / WEIGHT_LIMIT


class Linear(nn.Linear):
    """A linear layer that may watch its input's range or compute as the integer one will."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.register_buffer("low", torch.zeros(()))
        self.register_buffer("high", torch.zeros(()))
        self.mode = "float"
        self.seen = []

    def input_scale(self):
        """(scale, zero point) of the input."""
        scale = (self.high - self.low) / LEVELS
        return scale, (-self.low / scale).round()

    def forward(self, x):
        if self.mode == "float":
            return super().forward(x)
        if self.mode == "watch":
            values = x.detach().float().flatten()
            step = max(1, values.numel() // 200_000)
            values = values[::step].sort().values
            cut = int(values.numel() * CLIPPED)
            self.seen.append((values[cut].item(), values[-1 - cut].item()))
            return super().forward(x)
        # Integers up to 255 are exact in bfloat16, so this is the integer product also under autocast.
        scale, zero = self.input_scale()
        held = weight_scale(self.weight)
        whole = Straight.apply(x.float() / scale + zero).clamp(0, LEVELS) - zero
        y = F.linear(whole, Straight.apply(self.weight / held[:, None]))
        out = y * (held * scale).to(y.dtype)
        return out if self.bias is None else out + self.bias.to(y.dtype)


def linears(model):
    return [(name, m) for name, m in model.named_modules() if isinstance(m, Linear)]


def set_mode(model, mode):
    for _, m in linears(model):
        m.mode = mode


def calibrate(model, run, shared=()):
    """Fixes the range of every input of `model` from what `run()` sends through it; layers of a group in `shared` have one input."""
    set_mode(model, "watch")
    run()
    for _, m in linears(model):
        low = min(0.0, sum(a for a, _ in m.seen) / len(m.seen))
        high = max(1e-3, sum(b for _, b in m.seen) / len(m.seen))
        m.low.fill_(low)
        m.high.fill_(high)
        m.seen = []
    for group in shared:
        for m in group:
            m.low.fill_(min(x.low.item() for x in group))
            m.high.fill_(max(x.high.item() for x in group))
    set_mode(model, "float")
