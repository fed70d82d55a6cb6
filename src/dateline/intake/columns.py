"""A Parquet file in, a piece a row out, in bounded memory; needs the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import msgspec

from dateline.errors import InputError
from dateline.intake.found import Piece
from dateline.intake.tables import row_of

_AT_ONCE = 64
"""Rows that are decoded at once."""


def rows_of_columns(stream: IO[bytes], whole: Piece, max_bytes: int) -> Iterator[Piece]:
    """The rows of a Parquet file as JSON rows, numbered from 1; its columns are named as those of a table (``text``,
    ``title``, ``published`` ...). A row over ``max_bytes`` is a refused piece. Raises :class:`InputError` where it has
    no column of texts, or ``pyarrow`` is not there."""
    file = _opened(stream)
    names = {name.lower(): name for name in file.schema_arrow.names}
    if not {"text", "body", "content"} & names.keys():
        raise InputError("the Parquet file has no column named text, body or content")
    number = 0
    for batch in file.iter_batches(batch_size=_AT_ONCE, use_threads=False):
        for row in batch.to_pylist():
            number += 1
            piece = msgspec.structs.replace(whole, id=f"{whole.id}#{number}", kind="row", number=number)
            cells = {name: _cell(row[given]) for name, given in names.items()}
            content = row_of(cells)
            if len(content) > max_bytes:
                yield msgspec.structs.replace(piece, refused=f"the row has more bytes than max_bytes = {max_bytes:,}")
            elif any(cell.strip() for cell in cells.values()):
                yield msgspec.structs.replace(piece, content=content)


def _opened(stream: IO[bytes]) -> Any:
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError('a Parquet file needs pyarrow: pip install "dateline[parquet]"') from None
    arrow.set_memory_pool(arrow.system_memory_pool())  # the others reserve more than the fence allows
    try:
        return ParquetFile(stream, pre_buffer=False)
    except arrow.ArrowInvalid as error:
        raise InputError(f"the Parquet file cannot be read: {str(error)[:200]}") from None


def _cell(value: object) -> str:
    """A value as a cell of a table holds it."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
