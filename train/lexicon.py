"""Owns the lemma lexicon beside the model: what the training trees say about a form and its tag.

An entry holds where one lemma makes up nine tenths of a pair's occurrences. Names whose lemma is the
form itself are left out: the rule does them.
"""

from collections import Counter, defaultdict

SURE = 0.9


def collect(sentences):
    """{(form, UPOS): lemma} of the training trees."""
    seen = defaultdict(Counter)
    for s in sentences:
        if s.lemmas is not None:
            for word, tag, lemma in zip(s.words, s.upos, s.lemmas):
                # Only names keep their capitals: any other word may stand at the head of a sentence.
                seen[word if tag == "PROPN" or word.isupper() else word.lower(), tag][lemma] += 1
    found = {}
    for (form, tag), counts in seen.items():
        lemma, count = max(counts.items(), key=lambda c: (c[1], c[0]))
        known = count / sum(counts.values()) >= SURE and lemma != "_"
        if known and not (tag == "PROPN" and lemma == form) and "\t" not in form + lemma:
            found[form, tag] = lemma
    return found


def look_up(lexicon, form, tag):
    """The lexicon's lemma of a form, or None; words other than names are also looked up in lower case."""
    found = lexicon.get((form, tag))
    return found or (lexicon.get((form.lower(), tag)) if tag != "PROPN" else None)


def write(lexicon, path):
    """One `form TAB UPOS TAB lemma` a line, sorted."""
    with open(path, "w", encoding="utf-8") as out:
        for (form, tag), lemma in sorted(lexicon.items()):
            out.write(f"{form}\t{tag}\t{lemma}\n")
