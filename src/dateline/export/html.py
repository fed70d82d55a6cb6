"""A record in, one self-contained page out: chronology, marked text, map, timeline, who with whom, sources, readings.

Article text is a stranger's: it reaches the page through autoescaping only, never as markup, style, script or link.
The page asks no network for anything, and its content security policy allows nothing but its own style and script.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.export.chronicle import chronicle_of
from dateline.export.lines import Index, spot_of
from dateline.export.map import Drawn, drawn_map
from dateline.export.marks import LAYERS, SHOWN_FIRST, MarkedText, marked_text, marks_by_row
from dateline.export.moments import NO_WORDS
from dateline.export.network import Network, Tie, network_of, ties_of
from dateline.export.readings import readings_of
from dateline.export.timeline import Timeline, timeline_of
from dateline.export.view import Chronicle, Quote, Spot
from dateline.knowledge.ontology import load_statuses
from dateline.knowledge.outlines import load_outlines
from dateline.knowledge.wording import words
from dateline.model import Record

if TYPE_CHECKING:
    from jinja2 import Template

PAGE = Path(__file__).resolve().parent / "page"
WIDE, NARROW = 600, 344
"""Drawings are made twice, for a desk and for a phone: letters keep their size on both."""


def to_html(record: Record) -> str:
    """The whole page as text, with a line end."""
    style, script = _file("report.css"), _file("report.js")
    return template_of("report.html").render(
        **parts_of(record),
        link=safe_link(record.article.url),
        policy=policy(style, script),
        style=style,
        script=script,
    )


def parts_of(record: Record) -> dict[str, Any]:
    """All that ``page/record.html``, the record between head and foot of a page, shows of a record."""
    index, chronicle, text = Index(record), chronicle_of(record), marked_text(record)
    ties = ties_of(chronicle.lines)
    known = frozenset(person.id for person in chronicle.people)
    return {
        "chronicle": chronicle,
        "text": text,
        "to": _way_back(text),
        "marks": marks_by_row(record),
        "layers": LAYERS,
        "shown_first": SHOWN_FIRST,
        "maps": _maps(record, index, chronicle),
        "timelines": _timelines(record, chronicle),
        "networks": _networks(ties, known),
        "ties": ties,
        "readings": readings_of(record, index, known),
        "known": known,
        "signs": {name: status.page_sign for name, status in load_statuses().items()},
        "words": words,
        "no_words": NO_WORDS,
    }


def safe_link(url: str | None) -> str:
    """The address where it is one of the web, else nothing: no ``javascript:``, no ``data:``."""
    clean = (url or "").strip()
    web = clean.lower().startswith(("https://", "http://"))
    return clean if web and clean.isprintable() and " " not in clean else ""


def policy(style: str, script: str) -> str:
    """The content security policy: nothing is allowed but this very style and this very script."""
    own = f"style-src {_digest(style)}; script-src {_digest(script)}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _digest(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"


@functools.cache
def _file(name: str) -> str:
    return PAGE.joinpath(name).read_text(encoding="utf-8")


@functools.cache
def template_of(name: str) -> Template:
    """A page's template; style and script of ours go in as they are, everything else is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(PAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def _way_back(text: MarkedText) -> Callable[[Quote], str]:
    """From words of the record to the piece of the text where they begin."""
    return lambda quote: f"#{text.piece_at(quote.start)}"


def _maps(record: Record, index: Index, chronicle: Chronicle) -> list[tuple[str, Drawn]]:
    also: dict[str, Spot] = {}
    for place in record.places:
        if place.best is not None and not place.acts and place.best.kind not in {"country", "continent"}:
            spot = spot_of(place, index)
            also.setdefault(spot.name, spot)
    sizes = (("wide", WIDE, 400), ("narrow", NARROW, 320))
    drawn = ((name, drawn_map(chronicle.lines, list(also.values()), load_outlines(), w, h)) for name, w, h in sizes)
    return [(name, map_) for name, map_ in drawn if map_ is not None]


def _timelines(record: Record, chronicle: Chronicle) -> list[tuple[str, Timeline]]:
    published = record.article.published.isoformat() if record.article.published else ""
    drawn = ((name, timeline_of(chronicle.lines, published, w)) for name, w in (("wide", 1120), ("narrow", NARROW)))
    return [(name, timeline) for name, timeline in drawn if timeline is not None]


def _networks(ties: tuple[Tie, ...], known: frozenset[str]) -> list[tuple[str, Network]]:
    drawn: list[tuple[str, Any]] = [
        (name, network_of(ties, sorted(known), w)) for name, w in (("wide", WIDE), ("narrow", NARROW))
    ]
    return [(name, network) for name, network in drawn if network is not None]
