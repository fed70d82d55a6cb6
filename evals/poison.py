"""A stage that ends its process, or never ends, at the word of a report: to try what a batch makes of such reports.

It is put into the reading by an entry point that ``kills.py`` makes in a folder of its own.
"""

from __future__ import annotations

import os

from dateline.model import Record
from dateline.pipeline import Layers

ABORT, LOOP, MEMORY = "POISONED: ABORT.", "POISONED: LOOP.", "POISONED: MEMORY."
"""What a poisoned report says."""


class Poison:
    """Reads nothing, and does what a poisoned report says."""

    name = "poison"
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()

    def __call__(self, record: Record) -> Layers:
        if ABORT in record.article.text:
            os.abort()
        while LOOP in record.article.text:
            pass
        held = []
        while MEMORY in record.article.text:
            held.append(b"x" * 20_000_000)
        return {}
