"""Draws the held-out fifths of CrossNER politics and re3d once; their ids are kept in splits/."""

import json
import random
import sys
from pathlib import Path

import corpora

SEED = 20261124


def main(data):
    data = Path(data)
    count = sum(
        len(corpora.columns(data / "ner-crossner-politics" / f"{part}.txt", "crossner", "\t"))
        for part in ("train", "dev")
    )
    documents = sorted(
        json.loads(line)["_id"]
        for path in sorted((data / "re3d").glob("*/documents.jsonl"))
        for line in open(path, encoding="utf-8")
    )
    draw = random.Random(SEED)
    sentences = sorted(draw.sample(range(1, count + 1), count // 5))
    held = sorted(draw.sample(documents, len(documents) // 5))
    with open(corpora.HERE / "splits" / "held_out.toml", "w", encoding="utf-8") as out:
        out.write(f"# Never trained on. Drawn with seed {SEED} by make_splits.py.\n")
        out.write("# CrossNER politics: sentence numbers over train.txt then dev.txt. re3d: document ids.\n")
        out.write("crossner = [\n" + "".join(f'  "crossner-{i}",\n' for i in sentences) + "]\n")
        out.write("re3d = [\n" + "".join(f'  "{i}",\n' for i in held) + "]\n")


if __name__ == "__main__":
    main(sys.argv[1])
