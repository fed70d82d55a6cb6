"""Reads a fold of the gold with the reader that has not seen it: every line, and all that its scores are weighed from.

python training/reader/reading.py GOLD.jsonl FOLD OUT.jsonl          (DATELINE_READER names the reader)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
from folds import fold_of
from prepare_records import day_of, reader

from dateline.export.standoff import to_standoff
from dateline.intake.text import article_from_text
from dateline.learned.reader import sight_of
from dateline.stages.events.deciding import SAID
from dateline.stages.events.filling import PARTIES
from dateline.stages.events.stage import Reading
from dateline.stages.events.tellings import pairs


def seen(gold: Path, fold: int, out: Path) -> None:
    """A row a report: its lines, and the pairs of its tellings."""
    documents = [d for d in map(json.loads, gold.read_text().splitlines()) if fold_of(d["id"]) == fold]
    articles = [
        article_from_text(d["text"], id=d["id"], published=day_of(d), publisher=d.get("publisher")) for d in documents
    ]
    with out.open("w") as file:
        for document, record in zip(documents, reader().read_all(articles), strict=True):
            file.write(json.dumps({"id": document["id"]} | rows_of(record)) + "\n")


def rows_of(record: Any) -> dict[str, Any]:
    """Every line of a record as standoff, with the features of its score, its arguments and the candidates of its
    parties; and the pairs of tellings as the starts of their triggers and their features."""
    reading = Reading(record, sight_of(record))
    events = reading.events()
    told = msgspec.structs.replace(record, layers=(*record.layers, "events"), events=tuple(events))
    token = {t.start: i for i, t in enumerate(record.tokens)}
    lines = []
    for event, row in zip(events, to_standoff(told)["events"], strict=True):
        decision = reading.decisions[token[event.span.start]]
        if decision.act == SAID:
            continue
        cast = reading.cast(decision)
        lines.append(
            row
            | {
                "type": decision.act,
                "event_share": decision.event,
                "features": reading.features(decision, cast),
                "cast": [_word(reading, f.head) | {"role": f.role, "share": f.score} for f in (*cast.sure, *cast.open)],
                "parties": {role: _parties(reading, role, decision) for role in PARTIES},
            }
        )
    start = [t.start for t in record.tokens]
    compared = pairs(reading.roles.tellings.tellings) if reading.roles is not None else ()
    return {"lines": lines, "pairs": [[start[b.token], start[a.token], f] for b, a, f in compared]}


def _parties(reading: Reading, role: str, decision: Any) -> list[dict[str, Any]]:
    assert reading.roles is not None
    found = zip(*reading.roles.candidates(role, decision), strict=True)
    return [_word(reading, c.head) | {"features": f} for c, f in found]


def _word(reading: Reading, head: int) -> dict[str, Any]:
    token, entity = reading.record.tokens[head], reading.ground.entity(head)
    return {"start": token.start, "end": token.end, "name": entity.name if entity is not None else ""}


if __name__ == "__main__":
    seen(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
