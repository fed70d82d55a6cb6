"""Bytes in, text or a reason out."""

from __future__ import annotations

import pytest

from dateline.errors import InputError
from dateline.intake.decoding import decode


def test_utf8_comes_as_it_is() -> None:
    assert decode("Kinžal — “test”".encode()) == ("Kinžal — “test”", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    assert decode("Ships left Tromsø.".encode(encoding)) == ("Ships left Tromsø.", ())


def test_another_encoding_is_guessed_and_marked() -> None:
    text = "Le président a été accueilli à l’aéroport de Tromsø, où il a déclaré que la visite était réussie. " * 5
    found, doubts = decode(text.encode("cp1252"))
    assert "président a été accueilli" in found
    assert doubts[0].kind == "warning"
    assert "not UTF-8" in doubts[0].reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x7fELF\x02\x01", "program"),
        (b"abc\0\0\0\0def\0\0" * 3, "binary"),
        (b"\xff\xfea", "utf-16"),
        (bytes((i * 73 + 41) % 256 for i in range(4000)), "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        decode(raw)
