"""Parses annotated reports for training: gold JSON Lines in, JSON Lines of words, trees and gold word indices out.

    python training/reader/prepare.py attribution OUT.jsonl GOLD.jsonl ...

Runs in the project's own environment (it needs the parser); :mod:`train` then needs only torch and numpy. Words are
the reader's own tokens, so that what is learned fits what is read.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.intake.text import article_from_text
from dateline.learned.reader import quoted_tokens
from dateline.model import Record
from dateline.settings import settings
from dateline.stages.syntax import Syntax

PARTS = ("source", "cue", "content")


def records(texts: list[str]) -> Iterator[Record]:
    """The parsed reports, in order."""
    syntax = Syntax(settings().model, settings().max_paragraph)
    for text in texts:
        article = article_from_text(text)
        layers = syntax.read(article)
        yield Record(article=article, tokens=layers["tokens"], sentences=layers["sentences"])


def row(document: dict[str, Any], record: Record) -> dict[str, Any]:
    """Words with their trees, what stands in quotation marks, and the gold as word indices."""
    tokens = record.tokens
    starts, ends = [t.start for t in tokens], [t.end for t in tokens]
    return {
        "id": document["id"],
        "words": [t.form for t in tokens],
        "starts": starts,
        "ends": ends,
        "heads": [t.head for t in tokens],
        "rels": [t.deprel for t in tokens],
        "pos": [t.xpos for t in tokens],
        "names": [t.entity for t in tokens],
        "sentences": [[s.first, s.last, s.block] for s in record.sentences],
        "quoted": quoted_tokens(record),
    }


def words(starts: list[int], ends: list[int], start: int, end: int) -> range:
    """The tokens that share a character with a span."""
    return range(bisect_right(ends, start), bisect_left(starts, end))


def attributions(document: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Gold attributions as word indices; regions to be ignored too."""
    found = [
        {
            **{part: [k for s, e in a[part] for k in words(made["starts"], made["ends"], s, e)] for part in PARTS},
            "depth": a.get("depth", 0),
        }
        for a in document["attributions"]
    ]
    return {"attributions": found}


def events(document: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Gold events as word indices: trigger, and arguments with their coarse roles left as named."""
    starts, ends = made["starts"], made["ends"]
    found = []
    for event in document["argument_events"]:
        trigger = words(starts, ends, event["trigger"]["start"], event["trigger"]["end"])
        arguments = [[list(words(starts, ends, a["start"], a["end"])), a["role"]] for a in event["arguments"]]
        found.append({"type": event["type"], "trigger": list(trigger), "arguments": arguments})
    return {"events": found, "complete": document.get("complete", True)}


TASKS = {"attribution": attributions, "events": events}


def main() -> None:
    """Parse every gold file named and write one row a report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    given = parser.parse_args()
    with given.out.open("w") as out:
        for file in given.gold:
            documents = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
            for document, record in zip(documents, records([d["text"] for d in documents]), strict=True):
                made = row(document, record)
                made |= TASKS[given.task](document, made) | {"corpus": file.stem}
                out.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
