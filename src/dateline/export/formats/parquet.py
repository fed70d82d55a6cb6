"""Rows in, Apache Parquet out, written by PyArrow: the columns with their types, what each means in the schema."""

from __future__ import annotations

import io
from collections.abc import Sequence

from dateline.export.event_rows import EventRow
from dateline.export.extras import extra
from dateline.export.frames import to_arrow
from dateline.export.written import Written

CANNOT = ("Only the telling that was published first is in it: the words, report and address of the others are not.",)


def parquet(rows: Sequence[EventRow]) -> Written:
    """The table, compressed with zstd."""
    stream = io.BytesIO()
    extra("pyarrow.parquet", "arrow").write_table(to_arrow(rows), stream, compression="zstd")
    return Written(stream.getvalue())
