"""Short reports of our own, parsed once (``entities.conllu``), for the tests of mentions and coreference."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from dateline.model import Entity, Mention, Record
from dateline.pipeline import run
from dateline.stages.coreference import Coreference
from dateline.stages.mentions import Mentions
from dateline.stages.places import Places
from tests.conllu import record_from_conllu

_FILE = Path(__file__).with_name("entities.conllu")


@functools.cache
def reports() -> dict[str, str]:
    """CoNLL-U by report id."""
    parts = re.split(r"(?m)^# newdoc id = (\S+)\n", _FILE.read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@functools.cache
def read_report(name: str, published: str | None = None) -> Record:
    """The report with its mentions and entities."""
    record = record_from_conllu(reports()[name], published, id=name)
    for stage in (Mentions(), Places(), Coreference()):
        record = run(stage, record)
    assert not record.faults
    return record


def mentions(name: str, kind: str = "NAM") -> dict[str, Mention]:
    """The mentions of one kind by their words; of equal words the last."""
    record = read_report(name)
    return {m.span.of(record.article.text): m for m in record.mentions if m.kind == kind}


def types(name: str, kind: str = "NAM") -> dict[str, str]:
    """Words and types of the mentions of one kind."""
    return {words: mention.type for words, mention in mentions(name, kind).items()}


def chains(name: str, published: str | None = None) -> dict[str, list[str]]:
    """For each entity's name the words of its mentions."""
    record = read_report(name, published)
    words = {m.id: m.span.of(record.article.text) for m in record.mentions}
    return {e.name: [words[i] for i in e.mentions] for e in record.entities}


def entity(name: str, called: str, published: str | None = None) -> Entity:
    """The entity of that name."""
    found = [e for e in read_report(name, published).entities if e.name == called]
    assert len(found) == 1, [e.name for e in read_report(name, published).entities]
    return found[0]
