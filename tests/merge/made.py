"""Tellings and sketches made by hand: what a report is taken to say, without a reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dateline.knowledge.ontology import status_of
from dateline.merge.saying import Said, Voice
from dateline.merge.sketches import Sketch
from dateline.merge.tellings import Telling
from dateline.merge.worlds import World, worlds_of

DAY = date(2031, 5, 5)


def voice(name: str, key: str | None = None, **more: Any) -> Voice:
    return Voice(name=name, key=key, factuality=3.0, **more)


def said(slot: str, key: str, words: str = "", **more: Any) -> Said:
    return Said(**{"slot": slot, "key": key, "name": key, "words": words, "start": 0, **more})


def day(first: date, last: date | None = None, words: str = "on that day") -> Said:
    last = last or first
    return said("day", f"{first}/{last}", words, name=str(first), broad=first != last)


def telling(report: str, *values: Said, start: int = 0, status: Any = "happened", **more: Any) -> Telling:
    """A telling of a seizure at ``start``; its status, parties and days are among the values it gives."""
    values = (*values, said("status", status, "seized"))
    days = [tuple(date.fromisoformat(d) for d in v.key.split("/")) for v in values if v.slot == "day"]
    fields: dict[str, Any] = {
        "article": report,
        "event": f"e{start}",
        "mentions": (f"e{start}",),
        "start": start,
        "starts": (start,),
        "published": DAY,
        "type": "COERCE",
        "ontology": "plover",
        "status": status,
        "factuality": 3.0,
        "voices": (),
        "said": values,
        "trigger": "seized",
        "sentence": f"What {report} tells.",
        "acts": ("COERCE",),
        "modes": (),
        "triggers": ("seize",),
        "actors": tuple(sorted(v.key for v in values if v.slot == "actor")),
        "recipients": tuple(sorted(v.key for v in values if v.slot == "recipient")),
        "things": (),
        "words": (),
        "places": tuple(v.key for v in values if v.slot == "place"),
        "days": days[0] if days else None,
        "standings": (status_of(status).family,),
    }
    return Telling(**{**fields, **more})


def sketch(id: str, *tellings: Telling, **more: Any) -> Sketch:
    fields: dict[str, Any] = {
        "id": id,
        "title": f"Title of {id}",
        "publisher": f"Paper {id}",
        "url": None,
        "published": DAY,
        "day": DAY,
        "credits": (),
        "words": {},
        "top": (),
        "shingles": (),
        "tellings": tellings,
    }
    return Sketch(**{**fields, **more})


def sketches(*tellings: Telling) -> dict[str, Sketch]:
    """A sketch for every report that tells something."""
    names = dict.fromkeys(t.article for t in tellings)
    return {name: sketch(name, *(t for t in tellings if t.article == name)) for name in names}


def together(*groups: Sequence[Telling], copies: dict[str, str] | None = None) -> list[World]:
    """Events of the world of one story: each group is one event, named ``w0``, ``w1`` …"""
    all_of = sketches(*(t for group in groups for t in group))
    events = {(t.article, t.event): f"w{n}" for n, group in enumerate(groups) for t in group}
    return worlds_of(all_of, events, dict.fromkeys(all_of, "story:a"), copies or {})
