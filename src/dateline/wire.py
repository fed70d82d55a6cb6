"""Nouns to JSON and back: canonical bytes, strict on the way in, and the JSON Schema of a record."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.errors import InputError
from dateline.model import Record

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Record)


def to_json(record: Record, indent: int = 0) -> bytes:
    """Canonical JSON of a record: the same record gives the same bytes."""
    raw = _encoder.encode(record)
    return msgspec.json.format(raw, indent=indent) if indent else raw


def from_json(raw: bytes | str) -> Record:
    """The record of its JSON. Raises :class:`InputError` where it is not one."""
    try:
        return _decoder.decode(raw)
    except msgspec.DecodeError as error:
        raise InputError(f"not a record: {error}") from None


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a record."""
    return msgspec.json.schema(Record)


def json_line(value: object) -> bytes:
    """One canonical line of JSON Lines, newline included."""
    return _encoder.encode(value) + b"\n"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``--jsonl`` input; other keys are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


_row = msgspec.json.Decoder(Row)


def row_from(line: bytes) -> Row:
    """The row of one line. Raises :class:`InputError` with the reason where the line is no such row."""
    try:
        return _row.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not a row with a text: {error}") from None
