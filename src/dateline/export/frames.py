"""Rows in, a data frame out: pandas, Arrow or Polars, each an extra, with the columns of ``event_columns``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dateline.export.event_columns import COLUMNS, cells
from dateline.export.event_rows import EventRow
from dateline.export.extras import extra

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


def to_pandas(rows: Sequence[EventRow]) -> pandas.DataFrame:
    """A data frame: texts ``string``, lists ``object`` (a list of str a cell), days ``datetime64[s]``, numbers
    ``float64``, counts ``Int64``. Needs the extra ``pandas``."""
    library = extra("pandas", "pandas")
    kinds = {"text": "string", "texts": "object", "number": "float64", "integer": "Int64", "day": "datetime64[s]"}
    found = cells(rows)
    frame: pandas.DataFrame = library.DataFrame(
        {c.name: library.Series(_plain(found[c.name]), dtype=kinds[c.kind]) for c in COLUMNS}
    )
    return frame


def to_arrow(rows: Sequence[EventRow]) -> pyarrow.Table:
    """An Arrow table: ``string``, ``list<string>``, ``date32``, ``double``, ``int32``; each column's meaning is in its
    field's metadata. Needs the extra ``arrow``."""
    arrow = extra("pyarrow", "arrow")
    kinds = {"text": arrow.string(), "texts": arrow.list_(arrow.string()), "number": arrow.float64()}
    kinds |= {"integer": arrow.int32(), "day": arrow.date32()}
    schema = arrow.schema([arrow.field(c.name, kinds[c.kind], metadata={"meaning": c.meaning}) for c in COLUMNS])
    table: pyarrow.Table = arrow.table({name: _plain(column) for name, column in cells(rows).items()}, schema=schema)
    return table


def to_polars(rows: Sequence[EventRow]) -> polars.DataFrame:
    """A Polars frame: ``String``, ``List(String)``, ``Date``, ``Float64``, ``Int32``. Needs the extra ``polars``."""
    library = extra("polars", "polars")
    kinds = {"text": library.String, "texts": library.List(library.String), "number": library.Float64}
    kinds |= {"integer": library.Int32, "day": library.Date}
    found = {name: _plain(column) for name, column in cells(rows).items()}
    frame: polars.DataFrame = library.DataFrame(found, schema={c.name: kinds[c.kind] for c in COLUMNS})
    return frame


def _plain(column: Sequence[Any]) -> list[Any]:
    """Lists as lists, numbers as they are."""
    return [list(cell) if isinstance(cell, tuple) else cell for cell in column]
