"""An archive in, the same archive in another place out: backup, restore, and the lines of the canonical export."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import BinaryIO

from msgspec import structs
from sqlalchemy import Connection, func, insert, select

from dateline.errors import DamageError, StoreError
from dateline.store.checking import complaints
from dateline.store.chunks import streamed, streamed_together
from dateline.store.embedded import Embedded, is_file, schema_in
from dateline.store.engines import Engine
from dateline.store.opening import open_engine
from dateline.store.rows import filed, unpacked
from dateline.store.schema import inputs, metadata, records, reports
from dateline.wire import json_line
from dateline.writing import whole_file

SHOWN = 3
"""Complaints that a refusal quotes."""


def backup(engine: Engine, to: Path, replace: bool = False) -> None:
    """See :meth:`dateline.store.Store.backup`."""
    _refuse_to_replace(engine, to, replace)
    with whole_file(to) as part:
        if isinstance(engine, Embedded):
            engine.copy_into(part)
        else:
            target = open_engine(part)
            try:
                _copy(engine, target)
            finally:
                target.dispose()
        _refuse_damaged(engine, to, part)


def _refuse_damaged(engine: Engine, to: Path, part: Path) -> None:
    """The copy is looked through before it takes its place: what is damaged in the archive is so in its copy."""
    copy = open_engine(part, create=False, read_only=True)
    try:
        found = list(islice(complaints(copy), SHOWN))
    finally:
        copy.dispose()
        for end in ("-wal", "-shm"):
            part.with_name(part.name + end).unlink(missing_ok=True)
    if found:
        told = "; ".join(found).replace(str(part), engine.shown)
        raise DamageError(f"{engine.shown}: damaged, no backup was written to {to}; run check, then restore: {told}")


def _refuse_to_replace(engine: Engine, to: Path, replace: bool) -> None:
    """Only an older backup may be replaced, and only where that is asked for."""
    if not is_file(to):
        return
    if isinstance(engine, Embedded) and to.samefile(engine.path):
        raise StoreError(f"{to}: this is the archive itself; name another file for the backup")
    if to.stat().st_size and schema_in(to) is None:
        raise StoreError(f"{to}: not a backup of an archive; name another file")
    if not replace:
        raise StoreError(f"{to}: there is a file already; name another one, or say --replace")


def restore(source: Path, where: str | Path) -> None:
    """See :func:`dateline.store.restore`."""
    engine = open_engine(source, create=False, read_only=True)
    try:
        if found := list(islice(complaints(engine), SHOWN)):
            raise StoreError(f"{source}: damaged, nothing was restored; take another backup: {'; '.join(found)}")
        if "://" in str(where):
            _fill(engine, str(where))
        elif is_file(Path(where)):
            raise StoreError(f"{where}: there is a file already; move it away, or name another path")
        else:
            backup(engine, Path(where))
    finally:
        engine.dispose()


def _fill(engine: Engine, address: str) -> None:
    target = open_engine(address)
    try:
        _copy(engine, target)
    finally:
        target.dispose()


def _copy(source: Engine, target: Engine) -> None:
    """Every row of every table, in one transaction; the words index is made anew from the records."""
    with source.read() as old, target.write() as new:
        if new.execute(select(func.count()).select_from(inputs)).scalar_one():
            raise StoreError(f"{target.shown}: there is an archive already; name an empty database")
        for table in metadata.sorted_tables:
            for some in streamed_together(old, select(table).order_by(*table.primary_key.columns)):
                new.execute(insert(table), [dict(row._mapping) for row in some])
        asked = select(reports.c.id, records).join(reports, reports.c.number == records.c.report)
        for row in streamed(old, asked):
            target.index(new, row.report, filed(unpacked(row.id, row.sha256, row.body)).words)
        target.settle(new)


def export(connection: Connection, out: BinaryIO) -> int:
    """See :meth:`dateline.store.Store.export`."""
    asked = select(reports.c.id, records.c.sha256, records.c.body).join(records, records.c.report == reports.c.number)
    lines = 0
    for row in streamed(connection, asked.order_by(reports.c.id)):
        record = unpacked(row.id, row.sha256, row.body)
        article = structs.replace(record.article, id=row.id, origin=None, retrieved=None)
        out.write(json_line({"report": row.id, "record": structs.replace(record, article=article)}))
        lines += 1
    return lines
