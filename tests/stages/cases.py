"""Test sentences from a CoNLL-U file beside the tests: file name in, a record for each ``# case`` out."""

from __future__ import annotations

from pathlib import Path

from dateline.model import Record
from tests.conllu import record_from_conllu


def cases(name: str) -> dict[str, Record]:
    """The parsed sentences of ``tests/stages/<name>`` by case."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    chunks = (chunk.partition("\n") for chunk in text.split("# case = ")[1:])
    return {case.strip(): record_from_conllu(rest) for case, _, rest in chunks}
