"""The values of a row in, a hash of them out that is kept beside them: what was altered since is told, never shown.

Whoever alters an archive on purpose can seal it again: a seal finds damage, it proves nothing about persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dateline.errors import DamageError
from dateline.store.identity import digest
from dateline.store.nouns import Key

DIGITS = 16
"""Hex digits of a seal, 64 bits."""
REPORT = ("id", "article", "title", "publisher", "published", "url", "language", "origin", "made_by", "faults")
"""Columns of a report that are sealed."""
_EVENT = (
    "id", "type", "ontology", "mode", "status", "factuality", "earliest", "latest", "place", "country", "lat", "lon",
    "radius_km", "actor_code", "recipient_code", "words", "start", "end", "same_as",
)  # fmt: skip
_REAL = frozenset({"factuality", "lat", "lon", "radius_km"})
_PARTY = ("role", "name", "code", "link")
_HOLDER = ("name", "factuality")
_JUDGEMENT = ("kind", "left", "right", "value", "by", "at", "note", "withdrawn_at")
Values = Mapping[Any, Any]
"""Values by column name: a row's mapping, or what is about to become one."""


def of_report(report: Values) -> str:
    """The seal of what a report says of itself; where the merge puts it is not in it."""
    return _seal(_picked(report, REPORT))


def of_event(event: Values, parties: Iterable[Values], holders: Iterable[Values]) -> str:
    """The seal of an event with its parties and holders, in their order; the event of the world is not in it."""
    sides = [_picked(party, _PARTY) for party in parties]
    return _seal(_picked(event, _EVENT), sides, [_picked(holder, _HOLDER) for holder in holders])


def of_sentence(sentence: str) -> str:
    """The seal of the sentence that tells an event."""
    return _seal(sentence)


def of_sketch(data: bytes, keys: Iterable[Key]) -> str:
    """The seal of a sketch and the keys that it is found by."""
    return _seal(data.hex(), sorted({(key.kind, key.key) for key in keys}))


def of_judgement(judgement: Values) -> str:
    """The seal of what a person decided, and of when it was taken back."""
    return _seal(_picked(judgement, _JUDGEMENT))


def refuse_altered(what: str, seal: str, found: str) -> None:
    """Raises :class:`DamageError` where a row is not the one that was sealed."""
    if seal != found:
        raise DamageError(f"{altered(what)}; run check, restore a backup")


def altered(what: str) -> str:
    """How a row is called that is not as it was written."""
    return f"what the archive says of {what} is not what was written"


def _picked(values: Values, names: Iterable[str]) -> list[Any]:
    return [_plain(values[name], name) for name in names]


def _plain(value: Any, name: str) -> Any:
    """A value as every database gives it back: 10 kilometres are 10.0."""
    return float(value) if name in _REAL and isinstance(value, int) else value


def _seal(*parts: object) -> str:
    return digest(*parts)[:DIGITS]
