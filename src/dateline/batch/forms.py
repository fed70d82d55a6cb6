"""Records in, the bytes of a shard out, and back: JSON Lines as an archive exports them, or Parquet (extra
``parquet``)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import msgspec
from msgspec import Struct

from dateline.batch.planning import Form
from dateline.errors import InputError
from dateline.model import Record
from dateline.wire import from_json, json_line, to_json

GROUP = 100
"""Rows that Parquet keeps together: bounds what is held in memory."""


class Row(Struct, frozen=True):
    """A report's id, and its record."""

    report: str
    record: Record


class _Named(Struct, frozen=True):
    report: str


Put = Callable[[Row], None]
_row, _named = msgspec.json.Decoder(Row), msgspec.json.Decoder(_Named)


@contextmanager
def rows_into(stream: IO[bytes], to: Form) -> Iterator[Put]:
    """Takes rows, one after the other, and has them all in the stream when the block ends."""
    if to == "jsonl":

        def put_line(row: Row) -> None:
            stream.write(json_line(row))

        yield put_line
        return
    with _columns_into(stream) as put:
        yield lambda row: put(_columns(row))


def rows_from(stream: IO[bytes], to: Form) -> Iterator[Row]:
    """The rows of a shard, in order."""
    if to == "jsonl":
        yield from map(_row.decode, stream)
        return
    for columns in _rows(stream):
        yield Row(columns["report"], from_json(columns["record"]))


def copy_without(source: IO[bytes], out: IO[bytes], to: Form, left_out: Collection[str]) -> None:
    """The shard again, without some reports."""
    if to == "jsonl":
        out.writelines(line for line in source if _named.decode(line).report not in left_out)
        return
    with _columns_into(out) as put:
        for columns in _rows(source):
            if columns["report"] not in left_out:
                put(columns)


def _columns(row: Row) -> dict[str, Any]:
    article = row.record.article
    return {
        "report": row.report,
        "id": article.id,
        "origin": article.origin,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "language": article.language,
        "events": len(row.record.events),
        "record": to_json(row.record).decode(),
    }


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise InputError('Parquet needs pyarrow: pip install "dateline[parquet]"') from None
    return pyarrow


def require(to: Form) -> None:
    """Raises :class:`InputError` where a form cannot be written here."""
    if to == "parquet":
        _arrow()


@contextmanager
def _columns_into(stream: IO[bytes]) -> Iterator[Callable[[dict[str, Any]], None]]:
    arrow = _arrow()
    from pyarrow.parquet import ParquetWriter

    texts = ("report", "id", "origin", "url", "title", "publisher", "language")
    types = {name: arrow.string() for name in texts} | {"published": arrow.date32(), "events": arrow.int32()}
    order = ("report", "id", "origin", "url", "title", "publisher", "published", "language", "events")
    schema = arrow.schema([(name, types[name]) for name in order] + [("record", arrow.large_string())])
    waiting: list[dict[str, Any]] = []
    with ParquetWriter(stream, schema, compression="zstd", use_dictionary=["publisher", "language"]) as writer:

        def put(columns: dict[str, Any]) -> None:
            waiting.append(columns)
            if len(waiting) == GROUP:
                writer.write_table(arrow.Table.from_pylist(waiting, schema))
                waiting.clear()

        yield put
        if waiting:
            writer.write_table(arrow.Table.from_pylist(waiting, schema))


def _rows(stream: IO[bytes]) -> Iterable[dict[str, Any]]:
    _arrow()
    from pyarrow.parquet import ParquetFile

    for some in ParquetFile(stream).iter_batches(batch_size=GROUP, use_threads=False):
        yield from some.to_pylist()
