"""What a page says of its headline and outlet in, both as a reader would name them out: no site name on a headline, no
host of other people's pages for a publisher."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from dateline.intake.page_facts import host_of
from dateline.knowledge.page_parts import names_of

_PART = re.compile(r"\s+[|–—•·»«:-]+\s+|\s+::\s+|\s*\|\s*")
_SUFFIXES = frozenset("com net org co uk info news www int gov edu io tv".split())  # noqa: SIM905


def headline(title: str | None, outlets: Iterable[str | None], url: str | None) -> str | None:
    """A headline, entities undone, without the names of the outlet before or after it."""
    if not title:
        return None
    title = " ".join(html.unescape(html.unescape(title)).split())
    names = {_plain(name) for name in outlets if name} | _names_of_host(url)
    names.discard("")
    while True:
        parts = list(_PART.finditer(title))
        if parts and _plain(title[parts[-1].end() :]) in names:
            title = title[: parts[-1].start()]
        elif parts and _plain(title[: parts[0].start()]) in names:
            title = title[parts[0].end() :]
        else:
            return title


def publisher(candidates: Iterable[str | None]) -> str | None:
    """The first name of an outlet that is none of a platform, entities undone."""
    for name in candidates:
        plain = " ".join(html.unescape(name or "").split())
        if plain and plain.casefold() not in names_of("platform"):
            return plain
    return None


def _plain(name: str) -> str:
    letters = "".join(c for c in html.unescape(name).casefold() if c.isalnum())
    return letters.removeprefix("the")


def _names_of_host(url: str | None) -> set[str]:
    host = host_of(url) or ""
    labels = [label for label in host.split(".") if label not in _SUFFIXES]
    return {_plain(host), *(_plain(label) for label in labels[:1] if len(label) > 3)}
