"""An archive in, its pages out; what was read before it breaks off is kept."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from dateline.intake.found import Found, Outcome, Piece
from dateline.intake.sources import outcome_of
from dateline.intake.unpacking import unpacked
from dateline.intake.warc import records_of
from dateline.model import Rejection
from dateline.settings import Settings
from tests.intake.samples import PAGE, archive, record

WHOLE = Piece(id="a.warc", kind="warc", origin="a.warc")
PAGES = b"".join(record(PAGE.encode(), n=n) for n in (1, 2, 3))


def outcomes(raw: bytes, max_bytes: int = 1_000_000) -> list[Outcome]:
    settings = msgspec.structs.replace(Settings(), max_bytes=max_bytes)
    stream = unpacked(io.BytesIO(raw)) if raw.startswith(b"\x1f\x8b") else io.BytesIO(raw)
    return [outcome_of(piece, settings) for piece in records_of(stream, WHOLE, max_bytes) if piece is not None]


@pytest.mark.parametrize("raw", [PAGES, gzip.compress(PAGES), archive(3)], ids=["plain", "one gzip", "gzip a record"])
def test_pages_are_read_however_the_archive_is_packed(raw: bytes) -> None:
    found = [o.article for o in outcomes(raw) if isinstance(o, Found)]
    assert [a.id for a in found] == [f"a.warc#urn:uuid:{n}" for n in (1, 2, 3)]
    assert {a.retrieved for a in found} == {date(2024, 5, 19)}
    assert found[0].url == "http://harbour.example/1"
    assert found[0].text == found[2].text


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: gzip\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", lambda b: f"{len(b):x}\r\n".encode() + b + b"\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", bytes),
    ],
    ids=["gzip", "said to be gzip", "chunked", "said to be chunked"],
)
def test_a_body_is_unpacked_or_taken_as_it_stands(headers: str, pack: object) -> None:
    raw = record(pack(PAGE.encode()), headers=headers)  # type: ignore[operator]
    (found,) = outcomes(raw)
    assert isinstance(found, Found)
    assert "Two engines were tested" in found.article.text


def test_other_records_are_passed_over_and_an_error_page_is_a_rejection() -> None:
    raw = record(b"x", type="request") + record(b"gif", kind="image/gif", n=2)
    raw += record(PAGE.encode(), status="404 Not Found", n=3) + record(b"The ship left.", kind="text/plain", n=4)
    refused, text = outcomes(raw)
    assert isinstance(refused, Rejection)
    assert "404" in refused.reason
    assert isinstance(text, Found)
    assert text.article.text == "The ship left."


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_archive_keeps_what_stood_before_and_says_where(packed: bool) -> None:
    whole = archive(3) if packed else PAGES
    for cut in range(len(whole) * 2 // 3 + 20, len(whole) - 5, 97):
        found = outcomes(whole[:cut])
        assert [isinstance(o, Found) for o in found[:2]] == [True, True]
        last = found[-1]
        assert isinstance(last, Rejection) or len(found) == 3
        assert not isinstance(last, Rejection) or "cut off" in last.reason


def test_a_bomb_is_read_no_further_than_the_limit_and_the_next_record_is_read() -> None:
    inner = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    bomb = gzip.compress(record(inner, headers="Content-Encoding: gzip, gzip\r\n"))
    refused, found = outcomes(bomb + gzip.compress(record(PAGE.encode(), n=2)))
    assert isinstance(refused, Rejection)
    assert "max_bytes = 1,000,000" in refused.reason
    assert isinstance(found, Found)


def test_a_record_over_the_limit_names_it() -> None:
    refused, found = outcomes(record(b"<p>x" * 5000) + record(b"<p>The ship left.", n=2), max_bytes=10_000)
    assert isinstance(refused, Rejection)
    assert "max_bytes = 10,000" in refused.reason
    assert isinstance(found, Found)


def spoilt(where: str) -> list[bytes]:
    """Four records, the second damaged."""
    records = [record(PAGE.encode(), n=n) for n in (1, 2, 3, 4)]
    match where:
        case "too long":
            records[1] = re.sub(rb"Content-Length: \d+", b"Content-Length: 99999", records[1], count=1)
        case "too short":
            records[1] = re.sub(rb"Content-Length: \d+", b"Content-Length: 300", records[1], count=1)
        case "cut":
            records[1] = records[1][:700]
        case "head":
            records[1] = b"\x01\x02" + records[1][2:]
        case "noise":
            records[1] = b"\0\r\nnoise\n" * 50
    return records


@pytest.mark.parametrize("where", ["too long", "too short", "cut", "head", "noise"])
@pytest.mark.parametrize("pack", [bytes, lambda raw: gzip.compress(raw, mtime=0)], ids=["plain", "gzip"])
def test_what_stands_behind_a_damaged_record_is_read(where: str, pack: Callable[[bytes], bytes]) -> None:
    found = outcomes(b"".join(map(pack, spoilt(where))))
    read = [o.article.url for o in found if isinstance(o, Found)]
    assert [url for url in read if not str(url).endswith("/2")] == [f"http://harbour.example/{n}" for n in (1, 3, 4)]
    assert [o for o in found if isinstance(o, Rejection) and "damaged" in o.reason]


@pytest.mark.parametrize("at", [0, 3, 150, -8])
def test_what_stands_behind_a_damaged_member_is_read(at: int) -> None:
    members = [bytearray(gzip.compress(record(PAGE.encode(), n=n), mtime=0)) for n in (1, 2, 3, 4)]
    for n in range(4):
        members[1][at + n] ^= 0x5A
    stream = unpacked(io.BytesIO(b"".join(members)), resume=True)
    found = [outcome_of(piece, Settings()) for piece in records_of(stream, WHOLE, 1_000_000) if piece is not None]
    assert [o.article.url for o in found if isinstance(o, Found)][-2:] == [
        f"http://harbour.example/{n}" for n in (3, 4)
    ]
    assert any(isinstance(o, Rejection) and "damaged" in o.reason for o in found)


def test_a_crawlers_own_notes_are_no_reports() -> None:
    note = record(b"seed: harbour.example", kind="text/plain", type="resource", n=2)
    notes = [note.replace(b"http://harbour.example/2", to) for to in (b"metadata://x/y", b"dns:harbour.example")]
    about = record(b"software: crawler", kind="text/plain", type="warcinfo", n=3)
    assert outcomes(b"".join([*notes, about])) == []
    assert len(outcomes(b"".join([*notes, about, record(PAGE.encode())]))) == 1
