"""Rows of the tables in, nouns out, every value checked against its type."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from dateline.errors import DamageError

Noun = TypeVar("Noun")


def told(noun: type[Noun], /, **values: Any) -> Noun:
    """A noun of a row's values; days and moments stand in ISO form. Raises :class:`DamageError` for a value that its
    column cannot hold."""
    try:
        return msgspec.convert({str(name): value for name, value in values.items()}, noun)
    except msgspec.ValidationError as error:
        name = values.get("report") or values.get("id") or "?"
        raise DamageError(
            f"what the archive says of {name} is damaged ({error}); run check, restore a backup"
        ) from None
