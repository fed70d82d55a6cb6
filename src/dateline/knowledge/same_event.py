"""Which words may tell one event: ``lexicons/same_event.csv`` in, the groups of each lemma out."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dateline.knowledge.files import path, rows


@functools.cache
def load_same_event() -> Mapping[str, frozenset[str]]:
    """Lemma -> the groups that it stands in ("die", "kill" and "murder" may tell one death)."""
    found: dict[str, set[str]] = {}
    for row in rows(path("lexicons", "same_event.csv"), ("group", "lemma")):
        found.setdefault(row["lemma"], set()).add(row["group"])
    return {lemma: frozenset(groups) for lemma, groups in found.items()}
