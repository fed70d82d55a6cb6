"""A path or an address in, the engine under an archive out, made or migrated where need be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import StoreError

if TYPE_CHECKING:
    from dateline.store.engines import Engine


def open_engine(where: str | Path, *, create: bool = True, read_only: bool = False) -> Engine:
    """The engine under an archive; see :func:`dateline.store.open_store`."""
    create = create and not read_only
    return _server(str(where), create, read_only) if "://" in str(where) else _file(Path(where), create, read_only)


def _file(path: Path, create: bool, read_only: bool) -> Engine:
    from dateline.store import embedded, migrating

    path = path.expanduser()
    there = embedded.is_file(path)
    schema = embedded.schema_in(path) if there else None
    _refuse(str(path), schema, create, read_only)
    if not there:
        embedded.create_file(path)
    if not read_only:
        embedded.log_ahead(path)
    engine = embedded.Embedded(path, read_only=read_only)
    return engine if schema == migrating.current() else _migrated(engine)


def _server(address: str, create: bool, read_only: bool) -> Engine:
    from dateline.store import migrating
    from dateline.store.server import Server

    engine = Server(address, read_only=read_only)
    try:
        with engine.read() as connection:
            schema = migrating.schema_of(connection)
        _refuse(engine.shown, schema, create, read_only)
        return engine if schema == migrating.current() else _migrated(engine)
    except BaseException:
        engine.dispose()
        raise


def _refuse(shown: str, schema: str | None, create: bool, read_only: bool) -> None:
    from dateline.store import migrating

    if schema is None and not create:
        raise StoreError(f"{shown}: no archive here; make one by adding reports to it")
    migrating.refuse_newer(shown, schema)
    if read_only and schema != migrating.current():
        raise StoreError(f"{shown}: written by an older Dateline; open it once for writing, which brings it up to date")


def _migrated(engine: Engine) -> Engine:
    """Whoever comes first makes or migrates the tables; the others wait and find them done."""
    from dateline.store import migrating

    try:
        with engine.write() as connection:
            schema = migrating.schema_of(connection)
            migrating.refuse_newer(engine.shown, schema)
            if schema != migrating.current():
                engine.mark(connection)
                migrating.migrate(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine
