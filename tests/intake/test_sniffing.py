"""The first bytes in, the kind out, whatever the name."""

from __future__ import annotations

import pytest

from dateline.errors import InputError
from dateline.intake.sniffing import kind_of
from tests.intake.samples import PAGE, SAMPLES, TEXT

KINDS = {"txt": "text", "html": "page", "xml": "feed", "warc": "warc", "csv": "table", "jsonl": "rows"}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_told(name: str) -> None:
    assert kind_of(SAMPLES[name]) == KINDS[name]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", "text"),
        (PAGE.encode("utf-16"), "page"),
        (b"\xef\xbb\xbf" + PAGE.encode(), "page"),
        (b"\n\n<div class=x><p>The ship left.", "page"),
        (b"<3 was all that the minister wrote.", "text"),
        (b"<Name withheld> said that the ship left.", "text"),
        (b'<?xml version="1.0"?><!-- x --><rdf:RDF xmlns="a"><item>', "feed"),
        (b"Ships, planes, content\n\nThe report begins here.", "table"),
        (b"The ship left, he said. Its content was not known.", "text"),
        (b"id\ttext\n1\tThe ship left.", "table"),
        (b"{The minister} left.", "text"),
        (b'{"a": 1}', "rows"),
        (TEXT.encode("cp1252"), "text"),
    ],
)
def test_look_alikes_are_told_apart(raw: bytes, kind: str) -> None:
    assert kind_of(raw) == kind


@pytest.mark.parametrize(("raw", "name"), [(b"%PDF-1", "PDF"), (b"PK\x03\x04", "ZIP"), (b"BZh9", "bzip2")])
def test_what_no_reader_reads_is_named(raw: bytes, name: str) -> None:
    with pytest.raises(InputError, match=name):
        kind_of(raw)


@pytest.mark.parametrize(
    "start",
    [
        b"filedesc://IA-001.arc 0.0.0.0 20010101000000 text/plain 77\n",
        b"http://harbour.example/1 192.0.2.7 20010101000000 text/html 310\nHTTP/1.0 200 OK\n",
    ],
)
def test_an_arc_file_is_refused_by_name(start: bytes) -> None:
    with pytest.raises(InputError, match="ARC file"):
        kind_of(start)
