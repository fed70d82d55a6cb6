from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.merge import merge
from dateline.model import Record
from tests.merge.reports import report


def copies_of(records: Sequence[Record]) -> dict[str, str]:
    return merge(records).copies


AGENCY = (
    "The tanker Merope left the oil port of Varsk on Thursday with ninety thousand tonnes of crude aboard and four "
    "naval officers on her bridge, the harbour master of Varsk told reporters. He said the ship would sail to Port "
    "Amran under escort and unload there within ten days, weather in the strait permitting."
)
OWN = (
    "Four officers of the navy were on the bridge when Merope sailed, dock workers in Varsk recalled on Friday. Her "
    "cargo of crude is bound for Port Amran, where a pier has been cleared and two tugs stand by to bring her in."
)
FIRST, LATER = date(2023, 9, 14), date(2023, 9, 15)


def test_a_reprint_with_a_new_head_is_a_copy_of_the_earlier_report() -> None:
    reprint = report("b", "TANKER SAILS UNDER GUARD\n" + AGENCY, published=LATER)
    assert copies_of([reprint, report("a", AGENCY, published=FIRST)]) == {"b": "a"}


def test_a_shortened_reprint_of_the_same_day_is_a_copy_of_the_longer() -> None:
    short = report("a", AGENCY[: AGENCY.index(" He said")] + ".", published=FIRST)
    assert copies_of([short, report("b", AGENCY, published=FIRST)]) == {"a": "b"}


def test_copies_of_copies_name_the_origin() -> None:
    rows = [report(name, AGENCY, published=FIRST) for name in ("c", "a", "b")]
    assert copies_of(rows) == {"b": "a", "c": "a"}


def test_an_own_report_of_the_same_event_is_no_copy() -> None:
    assert copies_of([report("a", AGENCY), report("b", OWN)]) == {}


def test_a_long_report_that_quotes_a_short_one_is_no_copy() -> None:
    flash = AGENCY[: AGENCY.index(" He said")]
    longer = report("b", f"{flash} {OWN}", published=LATER)
    assert copies_of([report("a", flash, published=FIRST), longer]) == {}


def test_of_a_report_of_one_line_nothing_is_said() -> None:
    assert copies_of([report("a", "Tanker leaves Varsk."), report("b", "Tanker leaves Varsk.")]) == {}
