"""Owns what the Rust side must mirror on its input: wordpieces and word shapes."""

import unicodedata

SHAPES = [
    "none",  # special pieces ([CLS], [SEP], padding)
    "lower",  # all cased letters are lower case
    "title",  # first letter upper case, at least two letters, the rest lower case
    "upper",  # at least two letters, all upper case
    "initial",  # exactly one letter and it is upper case: "A", "J."
    "mixed_upper",  # starts with an upper-case letter, otherwise mixed: "McDonald", "NATO's"
    "mixed_lower",  # starts with a lower-case letter, has upper case: "iPhone"
    "number",  # digits and no letter: "12", "3,000", "9/11"
    "digit_lower",  # digits and letters, none upper case: "20th"
    "digit_upper",  # digits and letters, some upper case: "F-16", "G7"
    "mark",  # neither letter nor digit
    "other",  # letters without case
]
SHAPE_ID = {name: i for i, name in enumerate(SHAPES)}


def shape(word):
    """Shape class of a word's original form."""
    letters = [c for c in word if c.isalpha()]
    digit = any(c.isnumeric() for c in word)
    upper = [c for c in letters if c.isupper()]
    if digit:
        if not letters:
            return SHAPE_ID["number"]
        return SHAPE_ID["digit_upper" if upper else "digit_lower"]
    if not letters:
        return SHAPE_ID["mark"]
    lower = [c for c in letters if c.islower()]
    if not upper:
        return SHAPE_ID["lower" if lower else "other"]
    if len(letters) == 1:
        return SHAPE_ID["initial"]
    if len(upper) == len(letters):
        return SHAPE_ID["upper"]
    if letters[0].isupper():
        return SHAPE_ID["title" if len(upper) == 1 else "mixed_upper"]
    return SHAPE_ID["mixed_lower"]


def is_punctuation(c):
    code = ord(c)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def is_cjk(c):
    code = ord(c)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


class Wordpieces:
    """BERT's uncased wordpieces, applied to one word at a time."""

    MAX_PIECES_PER_WORD = 16

    def __init__(self, vocab_path):
        with open(vocab_path, encoding="utf-8") as lines:
            self.names = [line.rstrip("\n") for line in lines]
        self.ids = {name: i for i, name in enumerate(self.names)}
        self.pad = self.ids["[PAD]"]
        self.unknown = self.ids["[UNK]"]
        self.cls = self.ids["[CLS]"]
        self.sep = self.ids["[SEP]"]
        self.mask = self.ids["[MASK]"]
        self.cache = {}

    def word(self, word):
        """Piece ids of one word, never empty."""
        found = self.cache.get(word)
        if found is None:
            found = self._split(word)[: self.MAX_PIECES_PER_WORD] or [self.unknown]
            self.cache[word] = found
        return found

    def _split(self, word):
        text = unicodedata.normalize("NFD", word.lower())
        parts, run = [], ""
        for c in text:
            category = unicodedata.category(c)
            if category == "Mn" or c in "\ufffd\0" or (category in ("Cc", "Cf") and c not in "\t\n\r"):
                continue
            if c.isspace() or is_punctuation(c) or is_cjk(c):
                if run:
                    parts.append(run)
                    run = ""
                if not c.isspace():
                    parts.append(c)
            else:
                run += c
        if run:
            parts.append(run)
        pieces = []
        for part in parts:
            pieces += self._greedy(part)
        return pieces

    def _greedy(self, part):
        if len(part) > 100:
            return [self.unknown]
        pieces, start = [], 0
        while start < len(part):
            end = len(part)
            while end > start:
                name = part[start:end] if start == 0 else "##" + part[start:end]
                if name in self.ids:
                    break
                end -= 1
            if end == start:
                return [self.unknown]
            pieces.append(self.ids[name])
            start = end
        return pieces
