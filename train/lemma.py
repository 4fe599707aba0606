"""Finds and applies lemma rules: edit scripts over the lower-cased or the original form.

A rule is a tuple. `("whole", lemma)` replaces the form. Otherwise
`(case, cut_prefix, add_prefix, cut_suffix, add_suffix)`: take the form (`keep`) or its lower-case
version (`lower`, `title`, `upper`), drop `cut_prefix` characters in front and `cut_suffix` behind,
put the two strings there; `title` then raises the first letter, `upper` all of them.
"""


def _longest_common(a, b):
    best = (0, 0, 0)
    row = [0] * (len(b) + 1)
    for i in range(1, len(a) + 1):
        previous = 0
        for j in range(1, len(b) + 1):
            held = row[j]
            row[j] = previous + 1 if a[i - 1] == b[j - 1] else 0
            previous = held
            if row[j] > best[0]:
                best = (row[j], i - row[j], j - row[j])
    return best


def apply(rule, form):
    """Lemma of `form` under `rule`; the lower-cased form where the rule cuts more than there is."""
    if rule[0] == "whole":
        return rule[1]
    case, cut_prefix, add_prefix, cut_suffix, add_suffix = rule
    base = form if case == "keep" else form.lower()
    if cut_prefix + cut_suffix > len(base):
        return form.lower()
    lemma = add_prefix + base[cut_prefix : len(base) - cut_suffix] + add_suffix
    if case == "title":
        return lemma[:1].upper() + lemma[1:]
    return lemma.upper() if case == "upper" else lemma


def find(form, lemma):
    """The rule that turns `form` into `lemma`."""
    low, target = form.lower(), lemma.lower()
    length, at_form, at_lemma = _longest_common(low, target)
    if length == 0:
        return ("whole", lemma)
    script = (
        at_form,
        target[:at_lemma],
        len(low) - at_form - length,
        target[at_lemma + length :],
    )
    for case in ("lower", "keep", "title", "upper"):
        rule = (case, *script)
        if apply(rule, form) == lemma:
            return rule
    return ("whole", lemma)
