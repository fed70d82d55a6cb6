"""Reads annotated reports with everything but the events: records in, a row a report of words, trees, evidence and gold
word indices out.

    python training/reader/prepare_records.py OUT.jsonl REPORTS.jsonl[.gz] ... [--skip IDS.jsonl] [--every N]

Reports have ``text`` and what was annotated: ``sentences`` and ``events`` (lines by the guide, with offsets),
``argument_events`` (RAMS, WikiEvents, MEANTIME), or ``words`` and ``predicates`` (PropBank). Runs in the project's own
environment; :mod:`train` then needs only torch and numpy.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from prepare import row, words

from dateline.intake.text import article_from_text
from dateline.model import Record
from dateline.pipeline import Pipeline, pipeline
from dateline.settings import STAGES, settings
from dateline.stages.events.evidence import Evidence
from dateline.stages.events.ground import Ground

SIDES = ("actor", "recipient", "thing", "place")
ROLES = {
    "actor": "attacker killer injurer jailer agent communicator destroyer damager disabler dismantler "
    "investigator prosecutor judgecourt giver transporter participant arrester perpetrator extraditer "
    "deporter defender demonstrator protester inspector preventer impeder manufacturer blocker "
    "acquirer seller employer inspectorevaluator observer spy hider surrenderer voter controller "
    "perpetratororganization violator passenger driverpassenger candidate governmentleader fundraiser "
    "participant1 arg0",
    "recipient": "target victim detainee recipient defendant beneficiary prisoner patient person participant2 "
    "deceased extradited deportee injured damagerdestroyer inspectedentity observedentity spied retreater detained "
    "otherparty impeded prevented crime corporation employee placeofemployment arg1",
    "place": "place origin destination position territoryorfacility hidingplace prison fixer argmloc",
    "thing": "instrument explosivedevice weapon vehicle money bodypart medicalissue damagingweapon components artifact "
    "artifactmoney arg2",
    "time": "time timestart timeend duration argmtmp",
}
ROLE = {name: role for role, names in ROLES.items() for name in names.split()}
"""Role names of the corpora, letters only, by the role that the reader fills."""


def reader() -> Pipeline:
    """The stages up to the events."""
    return pipeline(msgspec.structs.replace(settings(), stages=STAGES[: STAGES.index("events")]))


def evidence_of(record: Record, ground: Ground) -> dict[str, Any]:
    """What the reader is told of each word besides its tree."""
    evidence = Evidence(ground)
    senses = {i: evidence.senses(i) for i in range(len(record.tokens))}
    entities = {e.id: number for number, e in enumerate(record.entities)}
    return {
        "upos": [t.upos for t in record.tokens],
        "kinds": evidence.kinds,
        "standings": evidence.standings,
        "fitting": {i: list(dict.fromkeys(r.act for r in s.fitting)) for i, s in senses.items() if s.fitting},
        "possible": {i: sorted(s.possible) for i, s in senses.items() if s.possible},
        "grammar": {
            i: evidence.grammar(i)
            for i, t in enumerate(record.tokens)
            if t.upos in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"}
        },
        "entity": {i: entities[e.id] for i in ground.mention_at if (e := ground.entity(i)) is not None},
    }


def head_in(record: Record, ground: Ground, group: range) -> int | None:
    """The word of a span that hangs on one outside it, one that heads a mention before others."""
    tops = [
        k for k in group if record.tokens[k].head not in group and record.tokens[k].upos not in {"PUNCT", "ADP", "DET"}
    ]
    return next((k for k in tops if k in ground.mention_at), tops[0] if tops else None)


def gold_of(document: dict[str, Any], record: Record, ground: Ground, made: dict[str, Any]) -> dict[str, Any]:
    """The lines of a report as word indices, and the words that were annotated at all."""

    def spans(s: list[int]) -> range:
        return words(made["starts"], made["ends"], s[0], s[1])

    covered = [[spans(s).start, spans(s).stop] for s in document["sentences"] if len(spans(s))]
    found = []
    for event in document["events"]:
        trigger = spans(event["trigger"])
        if not len(trigger):
            continue
        sides = {side: _heads(record, ground, [spans(s) for s in event[side]]) for side in SIDES}
        sides["source"] = _heads(record, ground, [spans(s) for level in event["source"] for s in level])
        found.append(
            {
                "trigger": trigger[-1],
                "acts": event["acts"],
                "status": event["status"],
                "weight": event["weight"],
                "same": event["same"],
                "day": [event["from"], event["to"]],
                "time": _times(record, ground, event, trigger[-1]),
                **sides,
            }
        )
    return {"covered": covered, "events": found}


def _heads(record: Record, ground: Ground, groups: list[range]) -> list[int]:
    heads = (head_in(record, ground, group) for group in groups if len(group))
    return list(dict.fromkeys(h for h in heads if h is not None))


def _times(record: Record, ground: Ground, event: dict[str, Any], trigger: int) -> list[int]:
    """The words of the times that cover just the line's days: of its sentence, else of those around."""
    if not event["from"]:
        return []
    told = (event["from"], event["to"])
    timexes = [t for t in record.timexes if len(ground.inside(t.span))]
    fitting = [t for t in timexes if t.earliest and t.latest and (t.earliest.isoformat(), t.latest.isoformat()) == told]
    fitting = fitting or [
        t
        for t in timexes
        if t.earliest
        and t.latest
        and told[0] <= t.latest.isoformat()
        and t.earliest.isoformat() <= told[1]
        and (t.latest - t.earliest).days < 370
    ]
    at = record.tokens[trigger].sentence
    near = [t for t in fitting if record.tokens[ground.inside(t.span)[0]].sentence == at]
    return [ground.inside(t.span)[-1] for t in near or fitting]


def arguments_of(document: dict[str, Any], record: Record, ground: Ground, made: dict[str, Any]) -> dict[str, Any]:
    """Events of the corpora of arguments: triggers and the heads of their arguments, no acts."""

    def spans(a: dict[str, Any]) -> range:
        return words(made["starts"], made["ends"], a["start"], a["end"])

    found = []
    for event in document["argument_events"]:
        trigger = spans(event["trigger"])
        if not len(trigger):
            continue
        line: dict[str, Any] = {"trigger": head_in(record, ground, trigger) or trigger[-1], "acts": []}
        for argument in event["arguments"]:
            role = ROLE.get(
                "".join(c for c in argument["role"].lower() if c.isalpha() or c.isdigit()).removeprefix("evt")
            )
            if role is not None:
                line.setdefault(role, []).extend(_heads(record, ground, [spans(argument)]))
        found.append(line)
    return {"covered": [], "events": found}


def joined(document: dict[str, Any]) -> dict[str, Any]:
    """A PropBank sentence as a report with events and arguments by offsets."""
    starts, at = [], 0
    for word in document["words"]:
        starts.append(at)
        at += len(word) + 1
    ends = [s + len(w) for s, w in zip(starts, document["words"], strict=True)]
    events = [
        {
            "trigger": {"start": starts[p["word"]], "end": ends[p["word"]]},
            "arguments": [{"start": starts[a], "end": ends[b - 1], "role": r} for a, b, r in p["arguments"]],
        }
        for p in document["predicates"]
    ]
    return {"id": document["id"], "text": " ".join(document["words"]), "argument_events": events, "corpus": "srl"}


def day_of(document: dict[str, Any]) -> str | None:
    """The day of publication where it is given in full."""
    return d if re.fullmatch(r"\d{4}-\d\d-\d\d", d := document.get("published") or "") else None


def rows(documents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row a report, in order."""
    articles = [
        article_from_text(d["text"], id=d["id"], published=day_of(d), publisher=d.get("publisher")) for d in documents
    ]
    for document, record in zip(documents, reader().read_all(articles), strict=True):
        if not record.tokens:
            continue
        ground = Ground(record)
        made = row(document, record)
        made |= evidence_of(record, ground) | {
            "published": document.get("published"),
            "added": document.get("added", False),
        }
        made["corpus"] = document.get("corpus", "records").split("_")[0].split("/")[0]
        made["timexes"] = [
            [
                ground.inside(t.span)[0],
                ground.inside(t.span)[-1] + 1,
                t.earliest and t.earliest.isoformat(),
                t.latest and t.latest.isoformat(),
            ]
            for t in record.timexes
            if len(ground.inside(t.span))
        ]
        if "argument_events" in document:
            made |= arguments_of(document, record, ground, made)
        elif "events" in document:
            made |= gold_of(document, record, ground, made)
        yield made


def main() -> None:
    """Read every file named and write one row a report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--skip", type=Path, nargs="*", default=[], help="reports whose ids are left out")
    parser.add_argument("--every", type=int, default=1, help="only each n-th report")
    given = parser.parse_args()
    left = {json.loads(line)["id"] for file in given.skip for line in file.read_text().splitlines()}
    with given.out.open("w") as out:
        for file in given.reports:
            opened = (gzip.open if file.suffix == ".gz" else open)(file, "rt")
            documents = [
                d for n, d in enumerate(map(json.loads, opened)) if n % given.every == 0 and d["id"] not in left
            ]
            for made in rows([joined(d) if "words" in d else d for d in documents]):
                out.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
