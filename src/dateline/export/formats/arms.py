"""Rows in, a table of equipment out (CSV for spreadsheets), laid out as registers of arms transfers are: who gives, who
gets, how many of what, and whether it was shown, wanted, promised or delivered. What is uncertain stands in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.export.event_rows import EventRow, Side
from dateline.export.formats.csv_file import table
from dateline.export.written import LeftOut, Written
from dateline.knowledge.equipment import load_equipment
from dateline.knowledge.numbers import number_of
from dateline.knowledge.ontology import CERTAIN, status_of
from dateline.knowledge.transfers import load_transfers

CANNOT = (
    "Only equipment that is shown, wanted, promised or handed over is in it, not what is used, moved, tested or lost.",
    "It is what reports tell, no register: one deal that several events tell of has several lines.",
    "Orders, licences, values and condition are not in it.",
    "A number is in it only where it stands with the name (“two helicopters”).",
)
COLUMNS = ("supplier", "recipient", "number", "designation", "description", "standing", "earliest", "latest", "status",
           "independent", "source", "event", "sentence", "report", "url")  # fmt: skip
_WORDS = re.compile(r"[\w,]+")


def arms(rows: Sequence[EventRow]) -> Written:
    """The table: a line for every piece of equipment in an event."""
    left, lines = LeftOut(), []
    for row in rows:
        transfer = load_transfers().get(row.act or row.type)
        if row.equipment and (transfer is None or status_of(row.status).family == "denied"):
            left.out("event", "with equipment that is neither shown, wanted, promised nor delivered")
        elif transfer is not None:
            lines += [_line(row, thing) for thing in row.equipment]
    return Written(b"\xef\xbb\xbf" + table(COLUMNS, lines, left), left.told())


def _line(row: EventRow, thing: Side) -> tuple[str | float | None, ...]:
    transfer = load_transfers()[row.act or row.type]
    sides = (row.actors, row.recipients) if transfer.giver == "actor" else (row.recipients, row.actors)
    supplier, recipient = (", ".join(side.name for side in some) for some in sides)
    known = load_equipment().get(thing.link or "")
    standing = transfer.done if status_of(row.status).took_place else transfer.ahead
    days = (str(day) if day else None for day in (row.earliest, row.latest))
    return (
        supplier, recipient, _bracketed(row, count_of(thing.name)), known.name if known else thing.name,
        (known.family or known.kind) if known else None, _bracketed(row, standing), *days, row.status, row.independent,
        "; ".join(row.sources), row.event, row.first.sentence, row.first.report, row.first.url,
    )  # fmt: skip


def count_of(name: str) -> str:
    """The number with which a name begins ("two anti-ship missiles"); empty where it begins with none."""
    words = _WORDS.findall(name)
    number = number_of(words[0]) if len(words) > 1 else None
    return "" if number is None else str(number)


def _bracketed(row: EventRow, words: str) -> str:
    """In brackets what its author is not certain of, or what reports differ on."""
    sure = row.certainty >= CERTAIN and row.status not in {"suspected", "possible", "hypothetical", "unknown"}
    return words if (sure and not row.differs) or not words else f"({words})"
