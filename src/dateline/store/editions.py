"""Reports that are one report at different times in, the links between them and what changed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sqlalchemy import Connection, or_, select, update

from dateline.model import Article
from dateline.store.nouns import Change
from dateline.store.schema import edition_keys, reports

FIELDS = ("title", "publisher", "published", "url", "text")


def link(connection: Connection, report: str, keys: Sequence[str]) -> str | None:
    """Ties a report just filed to the others that share a key with it; returns the first seen one, None where it is
    that itself. Where it shows that two groups are one, they become one."""
    found = connection.execute(
        select(reports.c.id, reports.c.edition_of)
        .join(edition_keys, edition_keys.c.report == reports.c.number)
        .where(edition_keys.c.key.in_(keys), reports.c.id != report)
    ).all()
    roots = {row.edition_of or row.id for row in found}
    if not roots:
        return None
    first, *others = connection.execute(
        select(reports.c.id).where(reports.c.id.in_(roots)).order_by(reports.c.number)
    ).scalars()
    joined = or_(reports.c.id.in_([report, *others]), reports.c.edition_of.in_(others))
    connection.execute(update(reports).where(joined).values(edition_of=first))
    return str(first)


def unlink(connection: Connection, report: str) -> None:
    """Takes a report out of its group; the next seen one becomes the first where it was that."""
    rest = connection.execute(
        select(reports.c.id).where(reports.c.edition_of == report).order_by(reports.c.number)
    ).scalars()
    first, *others = [*rest] or [None]
    connection.execute(update(reports).where(reports.c.id == first).values(edition_of=None))
    connection.execute(update(reports).where(reports.c.id.in_(others)).values(edition_of=first))


def fields_changed(left: Article, right: Article) -> tuple[str, ...]:
    """The fields that differ."""
    return tuple(field for field in FIELDS if getattr(left, field) != getattr(right, field))


def changes(left: Article, right: Article) -> tuple[Change, ...]:
    """What differs, field by field, the text by stretches of words."""
    fields = [field for field in fields_changed(left, right) if field != "text"]
    told = [Change(field=field, was=_shown(left, field), now=_shown(right, field)) for field in fields]
    return (*told, *(Change(field="text", was=was, now=now) for was, now in _stretches(left.text, right.text)))


def _shown(article: Article, field: str) -> str:
    value = getattr(article, field)
    return "" if value is None else str(value)


def _stretches(left: str, right: str) -> Iterator[tuple[str, str]]:
    """Words that differ. Lines first, then words within lines that differ: comparing all words at once takes time that
    grows with the square of the text."""
    old, new = left.splitlines(), right.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _words(" ".join(old[a:b]).split(), " ".join(new[c:d]).split())


def _words(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            yield " ".join(old[a:b]), " ".join(new[c:d])
