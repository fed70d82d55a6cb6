"""When a capital or palace stands for its government: grammatical relation and governing word in, a verdict out."""

from __future__ import annotations

import functools

from dateline.errors import KnowledgeError
from dateline.knowledge import files

_READINGS = ("acts", "stays")


@functools.cache
def load_acting() -> dict[tuple[str, str], bool]:
    """(relation, lemma) -> True where the place acts; the lemma ``*`` is the relation's default."""
    found = {}
    for row in files.rows(files.path("places", "acting.csv"), ("relation", "word", "reading")):
        if row["reading"] not in _READINGS:
            raise KnowledgeError(f"places/acting.csv: reading {row['reading']!r}; allowed are {', '.join(_READINGS)}")
        found[row["relation"], row["word"]] = row["reading"] == "acts"
    return found


def acts(relation: str, word: str) -> bool:
    """True where a capital in this relation to this word speaks of its government: ("subject", "announce")."""
    readings = load_acting()
    found = readings.get((relation, word))
    return readings.get((relation, "*"), False) if found is None else found
