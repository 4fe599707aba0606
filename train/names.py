"""Owns the name tags: the BIO inventory, label sets as bit masks, and reading spans back from tags."""

import tomllib
from pathlib import Path

LABELS = Path(__file__).parent / "labels"
with open(LABELS / "names.toml", "rb") as file:
    MAPS = tomllib.load(file)

TYPES = MAPS["types"]
TAGS = ["O"] + [f"{part}-{kind}" for kind in TYPES for part in "BI"]
TAG_ID = {tag: i for i, tag in enumerate(TAGS)}
ANY = (1 << len(TAGS)) - 1

# re3d marks nominal groups and quantities too: its own reading is learnt by a head of its own.
DEFENCE_TYPES = [
    "Organisation", "Location", "Person", "Nationality", "Weapon", "Vehicle", "MilitaryPlatform",
    "DocumentReference", "Temporal", "Quantity", "Money",
]  # fmt: skip
DEFENCE_TAGS = ["O"] + [f"{part}-{kind}" for kind in DEFENCE_TYPES for part in "BI"]
DEFENCE_ID = {tag: i for i, tag in enumerate(DEFENCE_TAGS)}


def inside(kinds, first):
    """Mask of the tags a word of a name may bear."""
    return sum(1 << TAG_ID[("B-" if first else "I-") + kind] for kind in kinds)


def outside(corpus):
    """Mask of the tags a word outside every name of `corpus` may bear."""
    mask = 1 << TAG_ID["O"]
    for kind in MAPS["corpus"][corpus]["outside"]:
        mask |= inside([kind], True) | inside([kind], False)
    return mask


def narrow(kinds, words):
    """A set of allowed types, narrowed by what the name itself says."""
    if len(kinds) == 1:
        return kinds
    low = [w.lower() for w in words]
    if "PARTY" in kinds and not any(w in MAPS["narrow"]["PARTY"]["words"] for w in low):
        kinds = [k for k in kinds if k != "PARTY"]
    found = kinds
    for kind in ("FAC", "LOC", "DOC", "EVENT"):
        if kind in kinds and any(w in MAPS["narrow"][kind]["words"] for w in low):
            found = [kind]
    if "GPE" in kinds and " ".join(low) in MAPS["narrow"]["GPE"]["names"]:
        found = ["GPE"]
    if "NORP" in kinds and len(low) == 1 and low[0].endswith(tuple(MAPS["narrow"]["NORP"]["endings"])):
        found = ["NORP"]
    return found


def is_people(word):
    """Whether one word names a people or a camp for certain: "Iraqis", "Democrat", not "Brian"."""
    low = word.lower()
    listed = [e for e in MAPS["narrow"]["NORP"]["endings"] if e not in ("ian", "ish", "ese")]
    return low in listed or low.endswith("ians")


def masks(words, spans, corpus):
    """Allowed-tag mask of every word; `spans` are (first, end, label) of the corpus's own labels."""
    allowed = [outside(corpus)] * len(words)
    table = MAPS["corpus"][corpus]
    for first, end, label in spans:
        kinds = narrow(table[label], words[first:end])
        for i in range(first, end):
            allowed[i] = inside(kinds, i == first)
    return allowed


def spans(tags):
    """(first, end, type) of BIO tags; an I- that continues nothing opens a name (also reads IOB1)."""
    found, start, kind = [], None, None
    for i, tag in enumerate(list(tags) + ["O"]):
        part, _, this = tag.partition("-")
        if start is not None and (part != "I" or this != kind):
            found.append((start, i, kind))
            start = None
        if part != "O" and start is None:
            start, kind = i, this
    return found
