"""An article in, warnings out: what a reader of its record should know about the input."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.model import Article, Fault

_HIDDEN = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_OLDEST = date(1450, 1, 1)


def doubts_of(article: Article, today: date) -> tuple[Fault, ...]:
    """Warnings about an article: no date, an impossible date, control and bidirectional characters."""
    found = []
    if article.published_words is not None:
        words = article.published_words
        found.append(f"the publication date was given as {words!r}, which can be read in more than one way or in none")
    elif article.published is None:
        found.append("no publication date was given; weekdays are dated only where the text itself tells the day")
    elif article.published > today + timedelta(days=1):
        found.append(f"the publication date {article.published} lies in the future")
    elif article.published < _OLDEST:
        found.append(f"the publication date {article.published} lies before there were newspapers")
    hidden, control = len(_HIDDEN.findall(article.text)), len(_CONTROL.findall(article.text))
    if hidden:
        found.append(
            f"the text holds {hidden} invisible direction mark(s), which can make words look other than they are"
        )
    if control:
        found.append(f"the text holds {control} control character(s); they were read as spaces")
    return tuple(Fault(stage="intake", reason=reason, kind="warning") for reason in found)
