"""Rows of events made by hand, a plain one, one on which reports differ, a plan, equipment; and a hostile one."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateline.export.event_rows import EventRow, Related, Side, TellingRow, Where
from dateline.export.visible import one_line
from tests.export.hostile import NASTY

DAY, AHEAD = date(2031, 5, 5), date(2031, 5, 16)
NORLAND = Side(name="Norland", code="NORCOP", link="country:NOR", kind="GPE")
OWNER = Side(name="Awa Sarr", code="SENBUS", kind="PER")
FLEET = Side(name="Sudmark Fisheries", code="SEN", kind="ORG")
HARBOUR = Where(name="Portvale", id="2377450", country="NOR", lat=59.9127, lon=10.7461, radius_km=5.0)
MISSILES = Side(name="two Exocet missiles", link="equipment:exocet", kind="WEA")


def telling(report: str = "r1", start: int = 8, words: str = "seized", **more: Any) -> TellingRow:
    fields: dict[str, Any] = {
        "report": report,
        "words": words,
        "sentence": f"Norland {words} a trawler; its owner, “Awa”, says “no”.",
        "start": start,
        "end": start + len(words),
        "status": "happened",
        "certainty": 3.0,
        "chain": ("Tidewater News", "the coast guard"),
        "title": f"Trawler {words} {report}",
        "outlet": "Tidewater News",
        "published": DAY,
        "url": f"https://tidewater.example/{report}",
    }
    return TellingRow(**{**fields, **more})


def row(event: str = "e0000000001", **more: Any) -> EventRow:
    """A seizure that is plainly told."""
    fields: dict[str, Any] = {
        "event": event,
        "type": "COERCE",
        "ontology": "plover",
        "mode": "seize",
        "act": "COERCE",
        "what": "search or seizure",
        "status": "happened",
        "certainty": 3.0,
        "earliest": DAY,
        "latest": DAY,
        "actors": (NORLAND,),
        "recipients": (OWNER, FLEET),
        "place": HARBOUR,
        "sources": ("the coast guard",),
        "tellings": (telling(),),
        "contexts": ("economic",),
    }
    return EventRow(**{**fields, **more})


def rows() -> tuple[EventRow, ...]:
    """One of each kind."""
    differs = row(
        "e0000000002",
        mode="arrest",
        tellings=(telling(words="held"), telling("r2", 30, "held", url=None, outlet=None, published=None, title=None)),
        reports=2,
        outlets=2,
        independent=2,
        differs=("day", "number of crew"),
        latest=date(2031, 5, 7),
        related=(Related(kind="plan", event="e0000000003-plan"),),
    )
    plan = row(
        "e0000000003-plan", type="AGREE", act="CONSULT", mode=None, what="meeting", status="planned", earliest=AHEAD,
        latest=AHEAD, recipients=(), actors=(NORLAND, FLEET), certainty=0.0, place=Where(name="the harbour"),
    )  # fmt: skip
    gift = row(
        "e0000000004", type="AID", act="AID", mode=None, what="aid", equipment=(MISSILES,), recipients=(FLEET,),
        status="suspected", certainty=1.0,
    )  # fmt: skip
    undated = row(
        "e0000000005", type="accident", ontology="dateline", act="accident", mode=None, earliest=None, latest=None,
        actors=(), recipients=(), place=None,
    )  # fmt: skip
    denied = row("e0000000006", status="denied", certainty=-3.0)
    return row(), differs, plan, gift, undated, denied


def hostile(words: str = NASTY) -> tuple[EventRow, ...]:
    """Every word that a stranger wrote is hostile; as in every row, it has passed ``one_line``."""
    words = one_line(words)
    side = Side(name=words, code=words, link=words)
    told = telling(words, words=words, sentence=words, title=words, outlet=words, chain=(words, words))
    where = Where(name=words, id=words, lat=1.0, lon=2.0, country=words)
    sides: dict[str, Any] = {"actors": (side,), "recipients": (side, OWNER), "equipment": (side,), "place": where}
    return (row(words, **sides, tellings=(told,), sources=(words,), differs=(words,), what=words),)
