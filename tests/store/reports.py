"""Small records made by hand for the archive's tests; persons, countries and towns are invented."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateline.model import (
    Argument,
    Article,
    Attribution,
    Candidate,
    Entity,
    Event,
    Factuality,
    Link,
    MadeBy,
    Place,
    Record,
    Sentence,
    Span,
    Token,
)
from dateline.wire import from_json

DAY = date(2031, 5, 4)
TEXT = (
    "PORTVALE, May 4 - The coast guard of Norland seized the trawler Ælfwyn off Portvale, "
    "the ministry of Sudmark said. Envoy Mira Dösch will meet her counterpart on Friday. Report number {n}."
)
GOLDEN = sorted(Path(__file__).parent.parent.glob("golden/*/record.json"))
EVENTS = 2
"""Events of each record made here."""


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(n: int = 0, **changed: Any) -> Article:
    fields = {
        "id": f"a{n}",
        "title": f"Trawler seized off Portvale, {n}",
        "text": TEXT.format(n=n),
        "publisher": "Portvale Courier",
        "published": DAY + timedelta(days=n % 10),
        "url": f"https://courier.example/{n}",
        "language": "en",
        "origin": "shelf/courier.jsonl",
    }
    return Article(**{**fields, **changed})


def record(n: int = 0, **changed: Any) -> Record:
    """A record of two events: a seizure told by a ministry, and a meeting planned."""
    told = article(n, **changed)
    text = told.text
    if "seized" not in text or "meet" not in text:
        return Record(article=told, layers=("events",), made_by=MadeBy(dateline="0.1.0"))
    day = (told.published or DAY) - timedelta(days=1)
    guard = Entity(
        id="e0",
        type="ORG",
        name="Norland Coast Guard",
        mentions=(),
        links=(Link(id="body:norland-guard", name="Norland Coast Guard", score=0.9),),
    )
    place = Place(
        id="p0",
        span=span(text, "Portvale"),
        name="Portvale",
        candidates=(Candidate(id="777", name="Port Vale", kind="city", lat=10.5, lon=179.5, country="NRL"),),
        resolved=True,
        radius_km=12.0,
    )
    said = Attribution(
        id="s0", span=span(text, "the ministry of Sudmark said"), source=(span(text, "the ministry of Sudmark"),)
    )
    tokens, sentences = _sentences(text)
    return Record(
        article=told,
        layers=("tokens", "sentences", "entities", "places", "attributions", "events"),
        tokens=tokens,
        sentences=sentences,
        entities=(guard,),
        places=(place,),
        attributions=(said,),
        factualities=(
            Factuality(predicate="q0", holder="AUTHOR", value="Uu", number=0.0),
            Factuality(predicate="q0", holder="s0", value="CT+", number=3.0),
        ),
        events=(_seizure(text, day), _meeting(text, day)),
        made_by=MadeBy(dateline="0.1.0", model="test", knowledge="test"),
    )


def _sentences(text: str) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
    """The words of a text, and its sentences: each ends with a full stop."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    first = 0
    for match in re.finditer(r"[^\s.]+|\.", text):
        word = match.group()
        tokens.append(Token(match.start(), match.end(), word, word, "X", "", "", -1, "root", len(sentences)))
        if word == ".":
            sentences.append(Sentence(first, len(tokens)))
            first = len(tokens)
    if first < len(tokens):
        sentences.append(Sentence(first, len(tokens)))
    return tuple(tokens), tuple(sentences)


def _seizure(text: str, day: date) -> Event:
    return Event(
        id="v0",
        span=span(text, "seized"),
        type="COERCE",
        mode="seize",
        predicate="q0",
        arguments=(
            Argument(role="actor", span=span(text, "coast guard of Norland"), ref="e0", code="NRLMIL"),
            Argument(role="recipient", span=span(text, "trawler Ælfwyn"), code="SUDCVL"),
        ),
        actor_code="NRLMIL",
        recipient_code="SUDCVL",
        earliest=day,
        latest=day,
        place="p0",
        status="happened",
        attributions=("s0",),
    )


def _meeting(text: str, day: date) -> Event:
    return Event(
        id="v1",
        span=span(text, "meet"),
        type="CONSULT",
        predicate="q1",
        arguments=(Argument(role="actor", span=span(text, "Mira Dösch"), name="Mira Dösch"),),
        earliest=day + timedelta(days=4),
        latest=day + timedelta(days=6),
        status="planned",
    )


def golden() -> list[Record]:
    """The golden records of the project, whole, with all their layers."""
    return [from_json(file.read_bytes()) for file in GOLDEN]
