"""Frames of three libraries hold the same cells under the same columns, in types that can be counted with."""

from __future__ import annotations

import builtins
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from dateline.errors import ExtraError
from dateline.export.event_columns import COLUMNS, cells
from dateline.export.event_table import EventTable
from dateline.export.extras import extra
from tests.export.rows import DAY, rows

TABLE = EventTable(rows())


def test_columns_have_names_of_their_own_and_say_what_they_mean() -> None:
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert all(column.meaning for column in COLUMNS)
    assert TABLE.columns == tuple(cells(rows()))


def test_pandas_counts_days_and_numbers() -> None:
    pandas = pytest.importorskip("pandas")
    frame = TABLE.to_pandas()
    assert list(frame.columns) == list(TABLE.columns)
    assert frame.shape == (6, len(COLUMNS))
    assert frame["earliest"].min() == pandas.Timestamp(DAY)
    assert frame["earliest"].isna().sum() == 1
    assert frame["independent"].sum() == 7
    assert frame["recipients"][0] == ["Awa Sarr", "Sudmark Fisheries"]
    assert frame.explode("recipients")["recipients"].value_counts()["Awa Sarr"] == 3
    assert frame["lat"].dtype == "float64"


def test_arrow_and_polars_hold_the_same() -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("polars")
    arrow, polars = TABLE.to_arrow().to_pydict(), TABLE.to_polars().to_dict(as_series=False)
    assert arrow == polars
    assert arrow["actor_codes"][0] == ["NORCOP"]
    assert arrow["earliest"][0] == DAY


@pytest.mark.parametrize("to", ["to_pandas", "to_arrow", "to_polars"])
def test_no_events_are_an_empty_frame_with_every_column(to: str) -> None:
    pytest.importorskip({"to_pandas": "pandas", "to_arrow": "pyarrow", "to_polars": "polars"}[to])
    found: Any = getattr(EventTable([]), to)()
    assert found.shape == (0, len(COLUMNS))
    whole: Any = getattr(TABLE, to)()
    assert str(getattr(found, "dtypes", found)) == str(getattr(whole, "dtypes", found))


@pytest.mark.parametrize(
    ("call", "module", "name"),
    [
        (TABLE.to_pandas, "pandas", "pandas"),
        (TABLE.to_arrow, "pyarrow", "arrow"),
        (TABLE.to_polars, "polars", "polars"),
        (lambda: TABLE.export("turtle"), "rdflib", "rdf"),
        (lambda: TABLE.export("xlsx"), "xlsxwriter", "xlsx"),
    ],
)
def test_a_missing_library_is_named_with_the_extra_that_brings_it(
    call: Callable[[], object], module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ExtraError, match=rf"{module}.*dateline\[{name}\]"):
        call()


def test_a_module_that_breaks_inside_is_not_called_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, *_: object) -> object:
        raise ModuleNotFoundError("no inner", name="inner")

    monkeypatch.setattr("dateline.export.extras.importlib.import_module", broken)
    with pytest.raises(ModuleNotFoundError, match="no inner"):
        extra("outer", "outer")
    assert builtins


def test_no_optional_library_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys, dateline, dateline.export.event_table, dateline.archive.keeping\n"
        "heavy = {'pandas', 'pyarrow', 'polars', 'rdflib', 'followthemoney', 'networkx', 'icalendar', 'mcp'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "[]\n"
