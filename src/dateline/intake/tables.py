"""JSON Lines, CSV or TSV in, a piece a row out; a row of either in, an article out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

import msgspec

from dateline.errors import InputError
from dateline.intake.days import readable_day
from dateline.intake.decoding import decode
from dateline.intake.found import Found, Piece
from dateline.intake.sniffing import header_of
from dateline.intake.text import article_from_text
from dateline.settings import Settings
from dateline.wire import json_line, row_from

_COLUMNS = {
    "text": ("text", "body", "content"),
    "id": ("id",),
    "title": ("title", "headline"),
    "published": ("published", "date"),
    "publisher": ("publisher", "outlet"),
    "url": ("url", "link"),
}
_STEP = 1_048_576


def rows_of(stream: IO[bytes], whole: Piece, max_bytes: int) -> Iterator[Piece]:
    """The rows of a JSON Lines stream, numbered by line; blank lines are no rows. A line over ``max_bytes`` is a
    refused piece, and is passed over without being held in memory."""
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        piece = msgspec.structs.replace(whole, id=f"{whole.id}#{number}", kind="row", number=number)
        if len(line) > max_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_STEP)
            yield msgspec.structs.replace(piece, refused=f"the row has more bytes than max_bytes = {max_bytes:,}")
        elif line.strip():
            yield msgspec.structs.replace(piece, content=line)


def records_of_table(stream: IO[bytes], whole: Piece, max_bytes: int) -> Iterator[Piece]:
    """The records of a table with a header, as JSON rows, numbered from 1 after the header. The whole table is decoded
    as one text, so that a quoted field may hold line ends; a table over 20 ``max_bytes`` is a refused piece."""
    limit = 20 * max_bytes
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        reason = f"the table has more bytes than 20 max_bytes = {limit:,}; split it, or write it as JSON Lines"
        yield msgspec.structs.replace(whole, refused=reason)
        return
    text, faults = decode(raw, whole.charset)
    header = header_of(text)
    if header is None:
        yield msgspec.structs.replace(whole, refused="the table has no column named text, body or content")
        return
    separator, names = header
    csv.field_size_limit(max_bytes)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator)
    next(reader, None)
    number = 0
    while True:
        number += 1
        piece = msgspec.structs.replace(whole, id=f"{whole.id}#{number}", kind="row", number=number, faults=faults)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield msgspec.structs.replace(piece, refused=f"the row is no row of a table: {error} (max_bytes)")
            continue
        if cells is None:
            stream.read(1)  # tells of a stream that is cut off
            return
        if any(cell.strip() for cell in cells):
            yield msgspec.structs.replace(piece, content=row_of(dict(zip(names, cells, strict=False))))


def row_of(cells: dict[str, str]) -> bytes:
    """The JSON row of a record's cells by the names of their columns, empty ones left out."""
    row = {key: next((cells[n] for n in names if cells.get(n, "").strip()), None) for key, names in _COLUMNS.items()}
    return json_line({key: value for key, value in row.items() if value is not None})


def found_in_row(piece: Piece, configured: Settings) -> Found:
    """The article of one JSON row. Raises :class:`InputError` for one that is no row with a text."""
    try:
        row = row_from(piece.content)
    except RecursionError:
        raise InputError("not a row with a text: it nests too deeply") from None
    about = piece.about
    published, unclear = readable_day(about.published or row.published)
    article = article_from_text(
        row.text,
        id=piece.id if row.id is None else f"{piece.id.rpartition('#')[0]}#{row.id}",
        title=about.title or row.title,
        published=published,
        published_words=unclear,
        publisher=about.publisher or row.publisher,
        url=row.url,
        origin=piece.origin,
        max_characters=configured.max_characters,
    )
    return Found(article)
