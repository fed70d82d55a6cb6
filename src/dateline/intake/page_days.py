"""A page in, the day on which its outlet published it out: what the page says of itself to machines, then what it shows
its readers, then its address; nothing else of the page, and never the clock."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.intake.days import day_in, day_of_address, own_day, stamped_day

_HEADING = re.compile(r"(?i)<h1[\s>]")
_BEFORE, _BEHIND = 3_000, 8_000
"""Characters of the source before and behind the headline in which a page shows its day."""
_NOT_SHOWN = re.compile(r"(?is)<(script|style|noscript|template)\b.{0,20000}?</\1\s*>|<!--.{0,5000}?-->")
_TIME = re.compile(r"(?is)<time\b([^<>]{0,500})>(.{0,300}?)</time\s*>")
_STAMP = re.compile(r"""(?i)\bdatetime\s*=\s*["']([^"'<>]{4,80})["']""")
_TAG = re.compile(r"<[^<>]{0,4000}>")
_TIMES = 20
_LINE = 90
"""Characters of a line that shows a day and little else."""
_LATER = re.compile(r"(?i)updat|modif|edited|correct|revis|aktualis|modificad|mis à jour")
_WORDS = re.compile(r"[^\W\d_]+")
_BESIDE = 6
"""Words that may stand beside a day in its line: weekday, month, zone, "Published", "a.m."; a sentence has more."""


def day_of_page(
    page: str, stamps: Sequence[str], url: str | None, retrieved: date | None
) -> tuple[date | None, str | None]:
    """(day, None), (None, the words that could not be read), or (None, None) for a page that tells no day. ``stamps``
    are what its head says, best first."""
    shown = list(_shown(page))
    days = [day for words, _ in shown if (day := stamped_day(words, retrieved)[0])]
    in_address = day_of_address(url)
    unread: str | None = None
    for stamp in (*stamps, *itertools.chain.from_iterable(shown)):
        day, words = stamped_day(stamp, retrieved)
        if day is not None:
            same = [d for s, d in _pairs(shown) if s == stamp]
            return own_day(stamp, stamps, [*same, *days, *([in_address] if in_address else [])]), None
        unread = unread or words
    return in_address, None if in_address else unread


def _pairs(shown: Sequence[tuple[str, str]]) -> Iterator[tuple[str, date]]:
    """(stamp, day) of the elements whose words show the day of their stamp."""
    for words, stamp in shown:
        day = day_in(words)
        if stamp and day is not None:
            yield stamp, day


def _shown(page: str) -> Iterator[tuple[str, str]]:
    """(words, stamp) of what shows a day near the headline, either empty: ``<time>`` first, then short lines. What
    tells of a later version is left out."""
    heading = _HEADING.search(page)
    start = heading.start() if heading else 0
    part = _NOT_SHOWN.sub(" ", page[max(0, start - _BEFORE) : start + _BEHIND])
    for found in itertools.islice(_TIME.finditer(part), _TIMES):
        words, stamp = _plain(found[2]), _STAMP.search(found[1])
        before = _plain(_TAG.sub(" ", part[max(0, found.start() - 80) : found.start()]))[-40:]
        if _LATER.search(found[1]) or _LATER.search(before) or _LATER.search(words):
            continue
        yield (words if day_in(words) else "", stamp[1] if stamp else "")
    for line in map(_plain, _TAG.split(_TIME.sub(" ", part))):
        short = 6 <= len(line) <= _LINE and len(_WORDS.findall(line)) <= _BESIDE
        if short and not _LATER.search(line) and day_in(line) is not None:
            yield line, ""


def _plain(source: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", source)).split())
