"""Web Annotations select, in the text that was read, the very words that they quote."""

from __future__ import annotations

import json

from dateline.export.event_rows import rows_of
from dateline.export.formats.web_annotation import web_annotation
from tests.export.rows import rows
from tests.export.sample import TEXT, sample_record


def items(data: bytes) -> list[dict[str, object]]:
    page = json.loads(data)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    return list(page["items"])


def test_positions_and_quotations_select_the_same_words() -> None:
    found = items(web_annotation(rows_of(sample_record())).data)
    assert len(found) > 2
    for item in found:
        position, quotation = item["target"]["selector"]  # type: ignore[index]
        assert TEXT[position["start"] : position["end"]] == quotation["exact"]
        around = quotation.get("prefix", "") + quotation["exact"] + quotation.get("suffix", "")
        assert around in " ".join(TEXT.split())


def test_ids_are_apart_and_every_annotation_has_what_the_model_asks_for() -> None:
    made = web_annotation(rows())
    found = items(made.data)
    assert len({item["id"] for item in found}) == len(found) == 7
    for item in found:
        assert item["type"] == "Annotation"
        assert item["body"]
        assert item["target"]["source"].startswith(("https://", "urn:dateline:report:"))  # type: ignore[index]
    tags = [body["value"] for body in found[0]["body"] if body["purpose"] == "tagging"]  # type: ignore[attr-defined]
    assert tags == ["COERCE", "seize", "happened"]
    assert made.left_out == ("1 annotation is of a report without an address",)
