"""The archive's page of the manual names every call, field of a query, table and column; the room is light to
import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

from dateline.store import Query, Status, Store
from dateline.store.engines import Engine
from dateline.store.protocol import Store as Protocol
from dateline.store.schema import metadata
from dateline.store.sql import SqlStore

MANUAL = (Path(__file__).parents[2] / "docs" / "reference" / "archive.md").read_text(encoding="utf-8")


def test_the_manual_names_every_call() -> None:
    calls = [name for name in vars(Protocol) if not name.startswith("_")]
    assert {"add", "search", "check"} <= set(calls)
    for name in calls:
        assert f"`{name}(" in MANUAL, name
        assert hasattr(SqlStore, name)
    assert Engine.__doc__
    assert Store is Protocol


def test_the_manual_names_every_field_of_a_query_and_of_the_counts() -> None:
    for noun in (Query, Status):
        for field in msgspec.structs.fields(noun):
            assert f"`{field.name}`" in MANUAL, field.name


def test_the_manual_names_every_table_and_column() -> None:
    for table in metadata.tables.values():
        line = next((line for line in MANUAL.splitlines() if line.startswith(f"| `{table.name}` |")), "")
        for column in table.columns:
            assert f"`{column.name}`" in line, f"{table.name}.{column.name}"


def test_speaking_of_an_archive_loads_no_database_library() -> None:
    script = "import sys, dateline.store; print(*{'sqlalchemy', 'alembic', 'pysqlite3', 'psycopg'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout == "\n"
