"""Fills ``entities``."""
from dateline.model import Entity, Record


class Coreference:
    name = "coreference"
    needs = frozenset({"tokens", "mentions"})
    gives = frozenset({"entities"})

    def __call__(self, record: Record) -> dict[str, tuple[Entity, ...]]:
        return {"entities": ()}
