from __future__ import annotations

import io

from dateline.intake.watching import RECORD, Watched

RAW = b"noise WARC/1.0\r\nnot one\r\n" + b"".join(
    b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <%d>\r\n\r\nbody" % n for n in range(3)
)


def test_a_record_begins_where_its_head_follows() -> None:
    assert len(RECORD.findall(RAW)) == 3


def test_the_way_back_leads_to_each_next_record_and_to_none_behind_the_last() -> None:
    watched = Watched(io.BytesIO(RAW), 1_000_000)
    watched.read(100_000)
    starts = []
    while watched.resume():
        starts.append(watched.tell())
        assert watched.read(8) == b"WARC/1.1"
    assert starts == [m.start() for m in RECORD.finditer(RAW)]


def test_no_more_is_kept_than_was_asked_for() -> None:
    watched = Watched(io.BytesIO(b"x" * 1_000_000 + RAW), 10_000)
    while watched.read(1000):
        pass
    assert len(watched._kept) <= 12_000
    assert watched.tell() == 1_000_000 + len(RAW)
