"""Inputs and how they ended in, the ledger's rows out: every input ends as exactly one of record, duplicate, error."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, literal, or_, select, update

from dateline.model import Record, Rejection
from dateline.store.chunks import chunks, streamed
from dateline.store.folding import plain
from dateline.store.identity import digest
from dateline.store.nouns import Provenance
from dateline.store.schema import inputs

TOMBSTONE = "forgotten"
"""The ending of an input whose report was forgotten: its key stays and nothing else."""


PART = "#"
"""Stands between the id of an input that holds several reports and that of one of them."""


def now() -> str:
    """This moment in UTC, ISO form."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def known_input(result: Record | Rejection, given: Provenance | None, report: str | None) -> Provenance:
    """The input that a result came of, with a fingerprint: of what came of it where the importer took none."""
    if given is None and isinstance(result, Record):
        given = Provenance(origin=result.article.origin or "", id=result.article.id)
    elif given is None:
        assert isinstance(result, Rejection)
        given = Provenance(origin=result.origin or "", offset=result.offset, id=result.id)
    if given.fingerprint:
        return given
    of = report or (digest(result.stage, result.reason) if isinstance(result, Rejection) else "")
    return Provenance(origin=given.origin, offset=given.offset, id=given.id, fingerprint=of)


def entry(connection: Connection, key: str) -> Row[Any] | None:
    """The ledger's row of an input, None where it was never handed in."""
    return connection.execute(select(inputs).where(inputs.c.key == key)).one_or_none()


def enter(
    connection: Connection,
    key: str,
    given: Provenance,
    kind: str,
    *,
    known: bool,
    article: str,
    report: str | None = None,
    error: Rejection | None = None,
) -> None:
    """Writes how an input ended, in the place of what stood there where it was ``known``."""
    values = {
        "kind": kind,
        "report": report,
        "origin": plain(given.origin),
        "position": given.offset,
        "article": plain(article),
        "stage": plain(error.stage) if error else None,
        "reason": plain(error.reason) if error else None,
        "hint": plain(error.hint) if error else None,
        "at": now(),
    }
    if known:
        connection.execute(update(inputs).where(inputs.c.key == key).values(values))
    else:
        connection.execute(insert(inputs).values(key=key, **values))


def ended(connection: Connection, origin: str, article: str) -> Row[Any] | None:
    """The row of what became a report under this origin and id, None where nothing did."""
    read = and_(inputs.c.kind.in_(["record", "duplicate"]), inputs.c.report.is_not(None))
    asked = select(inputs).where(inputs.c.origin == plain(origin), inputs.c.article == plain(article), read)
    return connection.execute(asked.limit(1)).one_or_none()


def replaced(connection: Connection, given: Provenance, article: str) -> bool:
    """Takes out the other error in which an input that cannot be read ended before; whether there was one."""
    here = inputs.c.position.is_(None) if given.offset is None else inputs.c.position == given.offset
    gone = delete(inputs).where(
        inputs.c.kind == "error", inputs.c.origin == plain(given.origin), inputs.c.article == plain(article), here
    )
    return connection.execute(gone).rowcount > 0


def settle(connection: Connection, origin: str, article: str, *, but: str) -> None:
    """Takes out the errors, other than ``but``, in which an input that is read now ended before, and those of the whole
    that it is a part of (``x.warc#3`` is a part of ``x.warc``): it ends as one thing alone."""
    name = plain(article) or ""
    begins = func.substr(literal(name), 1, func.length(inputs.c.article) + 1) == inputs.c.article + PART
    same = or_(inputs.c.article == name, and_(inputs.c.position.is_(None), begins))
    gone = delete(inputs).where(inputs.c.kind == "error", inputs.c.origin == plain(origin), same, inputs.c.key != but)
    connection.execute(gone)


def finished(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of the keys that stand in the ledger."""
    found: set[str] = set()
    for some in chunks(keys):
        found.update(connection.execute(select(inputs.c.key).where(inputs.c.key.in_(some))).scalars())
    return found


def errors(connection: Connection) -> Iterator[Rejection]:
    """Every input that ended as an error, by origin, offset and id."""
    asked = select(inputs).where(inputs.c.kind == "error")
    order = (inputs.c.origin, inputs.c.position.asc().nulls_first(), inputs.c.article, inputs.c.key)
    for row in streamed(connection, asked.order_by(*order)):
        yield Rejection(
            id=row.article,
            stage=row.stage,
            reason=row.reason,
            hint=row.hint,
            origin=row.origin or None,
            offset=row.position,
        )
