"""A written number in, its value out: ``13``, ``1,200``, ``thirteen``."""

from __future__ import annotations

import functools

from dateline.knowledge.files import path, rows


def number_of(form: str) -> int | None:
    """The whole number that a word writes, None for any other word."""
    plain = form.replace(",", "")
    if plain.isascii() and plain.isdigit() and len(plain) <= 12:
        return int(plain)
    return _words().get(form.lower())


@functools.cache
def _words() -> dict[str, int]:
    table = rows(path("rules", "times", "words.csv"), ("class", "word", "value"))
    return {row["word"]: int(row["value"]) for row in table if row["class"] == "number" and row["value"].isdigit()}
