"""Writes the archive that is kept of this release's schema: ``python -m tests.store.schemas``, once for each new
schema."""

from __future__ import annotations

import gzip
import io
import tempfile
from pathlib import Path

from dateline.model import Rejection
from dateline.store import Key, Placement, SketchRow, migrating, open_store
from tests.store.reports import record

SHELF = Path(__file__).parent / "schemas"


def write() -> None:
    """A small archive with something in every table, and its export beside it."""
    SHELF.mkdir(exist_ok=True)
    name = migrating.current()
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder) / "a.db", Path(folder) / "copy.db"
        with open_store(path) as store:
            some = (record(1), record(1, title="Trawler held"), record(2))
            ids = [str(store.add(one, sketch=SketchRow(data=b"s", keys=(Key("k", "1"),))).report) for one in some]
            gone = str(store.add(record(3)).report)
            store.forget(gone, "asked")
            store.add(Rejection(id="x", stage="intake", reason="empty", origin="shelf", offset=1))
            store.place([Placement(report=ids[0], component="c", story="s", events=(("v0", "w"),))])
            store.judge("same", "w", "w2", by="ada", reports=ids[:1])
            store.backup(copy)
            out = io.BytesIO()
            store.export(out)
        (SHELF / f"{name}.db.gz").write_bytes(gzip.compress(copy.read_bytes(), mtime=0))
        (SHELF / f"{name}.jsonl.gz").write_bytes(gzip.compress(out.getvalue(), mtime=0))


if __name__ == "__main__":
    write()
