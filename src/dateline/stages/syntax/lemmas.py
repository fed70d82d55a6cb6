"""A word with its tags in, its base form out: irregular forms from a table, endings by rule against a list of base
forms (``training/lemmas.py``)."""

from __future__ import annotations

import functools
import gzip

from dateline.knowledge.files import path, rows

ENDINGS = {
    "adj": (("er", ""), ("est", ""), ("er", "e"), ("est", "e")),
    "adv": (),
    "noun": (
        ("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
        ("men", "man"), ("ies", "y"),
    ),
    "verb": (
        ("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""),
        ("ied", "y"),
    ),
}  # fmt: skip
"""Endings with what stands in their place."""
_KINDS = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}
_BASE = frozenset({"VB", "VBP", "NN", "JJ", "RB"})
_DOUBLED = ("ed", "ing")


@functools.cache
def _irregular() -> dict[tuple[str, str], str]:
    return {
        (row["kind"], row["form"]): row["lemma"]
        for file in ("irregular.csv", "function_words.csv")
        for row in rows(path("grammar", file), ("kind", "form", "lemma"))
    }


@functools.cache
def _base_forms() -> frozenset[str]:
    return frozenset(gzip.decompress(path("grammar", "base_forms.txt.gz").read_bytes()).decode().splitlines())


def is_verb(form: str) -> bool:
    """Whether a word is the base form of a verb, whatever else it is."""
    return f"verb {form.lower()}" in _base_forms()


@functools.lru_cache(maxsize=10_000)
def lemma_of(form: str, upos: str, xpos: str) -> str:
    """The base form of a word with a universal and a Penn tag; a name stays as it is written."""
    low = form.lower().replace("’", "'")
    if xpos == "POS":
        return form.lower()
    special = _irregular().get((upos if xpos != "PRP$" else xpos, low))
    if special is not None:
        return special
    if upos in {"PROPN", "X", "SYM"}:
        return form
    kind = _KINDS.get(upos)
    if kind is None:
        return low
    if xpos in _BASE and f"{kind} {low}" in _base_forms():
        return low
    return _irregular().get((kind, low)) or _regular(low, kind, xpos)


def _regular(low: str, kind: str, xpos: str) -> str:
    """The form without its ending, a known base form before others; what a tag calls one and no list does is taken for
    another form only where that is known."""
    known = _base_forms()
    forms = [low[: -len(end)] + new for end, new in ENDINGS[kind] if low.endswith(end) and len(low) > len(end) + 1]
    forms += [
        low[: -len(end) - 1]
        for end in _DOUBLED
        if kind == "verb" and low.endswith(end) and low[-len(end) - 2 : -len(end) - 1] == low[-len(end) - 1 : -len(end)]
    ]
    found = [form for form in forms if f"{kind} {form}" in known]
    if found:
        return next((form for form in found if low.startswith(form + "ing") and _closed(form)), found[0])
    if f"{kind} {low}" in known or not forms or (xpos in _BASE and xpos != "VBP"):
        return low
    return _guessed(low, kind, xpos) or low


def _closed(stem: str) -> bool:
    """Whether a stem ends in two consonants, so that no silent e was lost ("swinging", not "hinging")."""
    return len(stem) > 2 and stem[-1] not in "aeiou" and stem[-2] not in "aeiou"


def _guessed(low: str, kind: str, xpos: str) -> str:
    """What a word that is in no list comes from, by its Penn tag."""
    if (kind == "noun" and xpos == "NNS") or (kind == "verb" and xpos == "VBZ"):
        if low.endswith("ies"):
            return low[:-3] + "y"
        if low.endswith(("ches", "shes", "xes", "sses", "zes")):
            return low[:-2]
        return low[:-1] if low.endswith("s") and not low.endswith("ss") else low
    for end in _DOUBLED if kind == "verb" else ():
        if low.endswith(end) and len(low) > len(end) + 2:
            stem = low[: -len(end)]
            if stem[-1] == stem[-2] and stem[-1] not in "lsz":
                return stem[:-1]
            return stem + ("e" if stem[-1] in "cgsuvz" and stem[-2] not in "s" else "")
    return ""
