"""Averages checkpoints that were trained from one and the same start with different seeds."""

import argparse

import torch


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--out", required=True)
    a.add_argument("checkpoints", nargs="+")
    args = a.parse_args()
    held = [torch.load(path) for path in args.checkpoints]
    first = held[0]
    if any(h["labels"] != first["labels"] for h in held):
        raise SystemExit("the checkpoints differ in their label inventories: train them from one start")
    for key in first["state"]:
        first["state"][key] = sum(h["state"][key].double() for h in held).div(len(held)).to(first["state"][key].dtype)
    first["note"] = {"average_of": [h["note"] for h in held]}
    torch.save(first, args.out)


if __name__ == "__main__":
    main()
