"""A page's name and what it shows in, the page out. Every word of a report goes through autoescaping, as text."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dateline.export import archive_text
from dateline.export.html import PAGE, safe_link
from dateline.export.moments import day_label
from dateline.export.visible import in_words, one_line, shortened
from dateline.knowledge.ontology import load_statuses
from dateline.knowledge.outlines import load_outlines
from dateline.knowledge.wording import words
from dateline.serve import showing
from dateline.version import __version__

FACET_TITLES = (
    ("actor", "Actor"),
    ("between", "Between"),
    ("type", "What"),
    ("status", "Status"),
    ("country", "Country"),
    ("place", "Place"),
    ("source", "Source"),
    ("outlet", "Outlet"),
    ("equipment", "Equipment"),
)
"""What a page calls each facet."""
HERE = Path(__file__).resolve().parent


def render(page: str, /, **shown: Any) -> str:
    """A page of ``pages/``."""
    return str(environment().get_template(page).render(**shown))


def ready() -> None:
    """Takes up every template, and the outlines of countries, so that no reader waits for them."""
    load_outlines()
    made = environment()
    for name in made.list_templates(extensions=["html"]):
        made.get_template(name)


@functools.cache
def environment() -> Any:
    """The templates: the explorer's own, and the parts that the page of one record is made of."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([HERE / "pages", PAGE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"line": one_line, "short": shortened, "day": _day, "path": _path, "many": _many}
    made.globals |= {
        "version": __version__,
        "in_words": in_words,
        "words": words,
        "signs": {name: status.page_sign for name, status in load_statuses().items()},
        "safe_link": safe_link,
        "show": showing,
        "told": archive_text,
        "facet_titles": FACET_TITLES,
        "facet_names": dict(FACET_TITLES),
    }
    return made


def _day(day: date | None) -> str:
    return day_label(day) if day else "no day"


def _path(part: str) -> str:
    return quote(part, safe="")


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
