"""The table of words in, what a person reads instead of a code out ("CONSULT/visit" is "visit")."""

from __future__ import annotations

import functools

from dateline.knowledge.files import path, rows


@functools.cache
def load_wording() -> dict[tuple[str, str], str]:
    """Words by kind and code, from ``data/show/words.csv``."""
    return {
        (row["kind"], row["code"]): row["words"] for row in rows(path("show", "words.csv"), ("kind", "code", "words"))
    }


def words(kind: str, code: str | None, default: str | None = None) -> str:
    """The words for a code; the code itself, made readable, where the table has none."""
    if not code:
        return default or ""
    found = load_wording().get((kind, code))
    if found is not None:
        return found
    return default if default is not None else code.replace("_", " ").replace("-", " ")
