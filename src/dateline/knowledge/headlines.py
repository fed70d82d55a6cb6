"""A headline in, what kind of report it stands over out: one that asks or explains, or one of a series (a live page, a
round-up, a market column). ``data/lexicons/headline_forms.csv``."""

from __future__ import annotations

import functools
import re

from dateline.knowledge import files

FORMS = ("series", "asks")
"""What a headline may be that tells no one happening; the first that fits."""
_PATTERNS = {"start": r"\A\W*{}(?!\w)", "end": r"(?<!\w){}\W*\Z", "anywhere": r"(?<!\w){}(?!\w)"}


@functools.cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = files.rows(files.path("lexicons", "headline_forms.csv"), ("form", "at", "words"))
    return tuple(
        (form, re.compile("|".join(_pattern(row["at"], row["words"]) for row in table if row["form"] == form), re.I))
        for form in FORMS
    )


def _pattern(at: str, words: str) -> str:
    return _PATTERNS[at].format(re.escape(words)) if words[-1].isalnum() else rf"{re.escape(words)}\W*\Z"


def form_of(headline: str | None) -> str:
    """``series``, ``asks``, or nothing for a headline that may tell a happening."""
    return next((form for form, pattern in _forms() if pattern.search(headline or "")), "")
