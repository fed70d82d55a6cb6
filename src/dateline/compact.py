"""A record in, the same as JSON without a single key out, and back: for many records, where bytes are what costs.

Every noun is an array of its fields in the order of :mod:`dateline.model` (``docs/reference/python.md`` lists them);
nothing is left out and nothing is rounded. A line is ``["dateline-compact", 1, record]``.
"""

from __future__ import annotations

import functools
import types
from typing import Any, Union, get_args, get_origin

import msgspec

from dateline.errors import InputError
from dateline.model import Record

MARK, VERSION = "dateline-compact", 1
"""What a line begins with. The version grows where a field of a noun comes, goes or moves."""


def to_compact(record: Record) -> bytes:
    """One line of JSON, newline included; the same record gives the same bytes."""
    folded = msgspec.convert(record, _keyless(Record), from_attributes=True)
    return msgspec.json.encode((MARK, VERSION, folded)) + b"\n"


def from_compact(line: bytes | str) -> Record:
    """The record of a line. Raises :class:`InputError` where it is not one, or of another version."""
    try:
        mark, version, folded = _line().decode(line)
        if (mark, version) != (MARK, VERSION):
            raise InputError(f"not a record in compact form of version {VERSION}, but {mark!r} {version}")
        return msgspec.convert(folded, Record, from_attributes=True)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not a record in compact form: {error}") from None


@functools.cache
def _line() -> msgspec.json.Decoder[tuple[str, int, Any]]:
    return msgspec.json.Decoder(types.GenericAlias(tuple, (str, int, _keyless(Record))))


@functools.cache
def _keyless(noun: type[msgspec.Struct]) -> Any:
    """The type of a noun written as an array."""
    fields = [(field.name, _of_arrays(field.type)) for field in msgspec.structs.fields(noun)]
    return msgspec.defstruct(noun.__name__, fields, array_like=True, forbid_unknown_fields=True)


def _of_arrays(kind: Any) -> Any:
    """A type with every noun in it as an array."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _keyless(kind)
    inner = tuple(map(_of_arrays, get_args(kind)))
    if not inner or inner == get_args(kind):
        return kind
    if isinstance(kind, types.UnionType) or get_origin(kind) is Union:
        return functools.reduce(lambda one, other: one | other, inner)
    return get_origin(kind)[inner]
