from __future__ import annotations

import zlib
from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from dateline.errors import InputError
from dateline.merge.sketches import BUCKET_DAYS, VERSION, packed, sketch_of, unpacked
from tests.merge.made import sketch, telling
from tests.merge.reports import event, report, with_events

TEXT = "Korvia detained skipper Brandt at pier in Varsk after tanker Merope ran aground and detained mate too"


def test_a_sketch_keeps_what_the_report_tells_under_the_name_that_is_given() -> None:
    plain = report("a", TEXT)
    later = replace(event(plain, "e1", "too", "COERCE"), same_as="e0")
    found = sketch_of(with_events(plain, event(plain, "e0", "detained", "COERCE", actor="Korvia"), later), "r1")
    (told,) = found.tellings
    assert (found.id, told.anchor, told.mentions) == ("r1", f"r1@{TEXT.index('detained')}", ("e0", "e1"))
    assert told.anchors == (told.anchor, f"r1@{TEXT.index('too')}")


def test_the_agency_of_a_credit_line_is_kept_and_one_named_in_passing_is_not() -> None:
    assert len(sketch_of(report("a", f"OSLO (Reuters) - {TEXT}")).credits) == 1
    assert sketch_of(report("a", f"{TEXT} a Reuters reporter saw")).credits == ()


def test_the_stretch_of_time_is_that_of_publication_and_none_without_one() -> None:
    assert sketch("a", published=None).bucket is None
    assert sketch("a", published=date(2031, 5, 5)).bucket == date(2031, 5, 5).toordinal() // BUCKET_DAYS


def test_bytes_of_one_sketch_are_always_the_same() -> None:
    one, other = (
        sketch("a", telling("a"), words={"x": 0.1, "y": 0.2}),
        sketch("a", telling("a"), words={"y": 0.2, "x": 0.1}),
    )
    assert packed(one) == packed(other)
    assert unpacked(packed(one)) == one


def test_bytes_of_another_form_or_version_are_refused() -> None:
    newer = zlib.compress(msgspec.msgpack.encode((VERSION + 1, sketch("a"))))
    for raw in (b"", b"not bytes of a sketch", zlib.compress(b"\xc1"), newer):
        with pytest.raises(InputError):
            unpacked(raw)
