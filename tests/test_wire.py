"""Nouns to JSON and back."""

from __future__ import annotations

import pytest

from dateline.errors import InputError
from dateline.wire import from_json, json_schema, row_from, to_json
from tests.conllu import record_from_conllu

RECORD = record_from_conllu(
    "1 Ships ship NOUN NNS _ 2 nsubj _ _\n2 left leave VERB VBD _ 0 root _ _", published="2024-05-18"
)


def test_a_record_survives_the_round_trip() -> None:
    assert from_json(to_json(RECORD)) == RECORD
    assert to_json(from_json(to_json(RECORD))) == to_json(RECORD)


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(InputError, match="not a record"):
        from_json(b'{"article": 3}')


def test_the_schema_names_every_layer() -> None:
    assert {"Record", "Event", "Timex"} <= set(json_schema()["$defs"])


@pytest.mark.parametrize("line", [b"{}", b"[]", b'{"text": 3}', b'{"text": "a', b"\xff\xfe", b'{"text": "\xff"}'])
def test_a_row_without_a_readable_text_is_refused(line: bytes) -> None:
    with pytest.raises(InputError, match="not a row"):
        row_from(line)


def test_a_row_keeps_what_it_says_and_ignores_other_keys() -> None:
    row = row_from(b'{"id": 7, "text": "A.", "published": "2024-05-18", "places": []}')
    assert (row.id, row.text, row.published) == (7, "A.", "2024-05-18")
