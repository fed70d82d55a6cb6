"""What an act means for the equipment in it: ``data/ontology/transfers.csv`` in, shown, wanted, promised or delivered
out, and which side gives."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files

Standing = Literal["shown", "wanted", "promised", "delivered"]
_STANDINGS = frozenset({"shown", "wanted", "promised", "delivered"})


class Transfer(Struct, frozen=True):
    """An act in which equipment changes hands or is looked at: who gives (``actor`` or ``recipient``), and how the
    equipment stands once the act is done and while it is ahead."""

    giver: str
    done: str
    ahead: str


@functools.cache
def load_transfers() -> Mapping[str, Transfer]:
    """The acts by name, read once. Raises :class:`KnowledgeError` for a word that says neither side nor standing."""
    found = {}
    for row in files.rows(files.path("ontology", "transfers.csv"), ("act", "giver", "done", "ahead")):
        if row["giver"] not in {"actor", "recipient"} or not {row["done"], row["ahead"]} <= _STANDINGS:
            raise KnowledgeError(f"ontology/transfers.csv: {row['act']}: giver is actor or recipient; {_STANDINGS}")
        found[row["act"]] = Transfer(row["giver"], row["done"], row["ahead"])
    return found
