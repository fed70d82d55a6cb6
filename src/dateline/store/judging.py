"""A person's judgements in, the same out in the order they were given; append-only, withdrawn but never erased."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, insert, select, update

from dateline.errors import MissingRowError, StoreError
from dateline.store import seals
from dateline.store.chunks import chunks
from dateline.store.folding import plain
from dateline.store.ledger import now
from dateline.store.nouns import Judgement, JudgementKind
from dateline.store.placing import mark_stale
from dateline.store.schema import judged, judgements, reports
from dateline.store.telling import told


def judge(
    connection: Connection,
    kind: JudgementKind,
    left: str,
    right: str | None,
    value: str | None,
    *,
    by: str,
    note: str,
    wanted: Collection[str],
) -> Judgement:
    """Adds a judgement; its reports become stale. Raises :class:`StoreError` where one of them is not here."""
    named = sorted(set(wanted))
    known: set[str] = set()
    for some in chunks(named):
        known.update(connection.execute(select(reports.c.id).where(reports.c.id.in_(some))).scalars())
    if missing := set(named) - known:
        raise StoreError(f"no report {min(missing)} here; `status` and `search` show what there is")
    words = {"left": left, "right": right, "value": value, "by": by, "note": note}
    values = {"kind": kind, "at": now(), **{name: plain(said) for name, said in words.items()}}
    seal = seals.of_judgement({**values, "withdrawn_at": None})
    number = connection.execute(insert(judgements).values(seal=seal, **values).returning(judgements.c.id)).scalar_one()
    if named:
        connection.execute(insert(judged), [{"judgement": number, "report": report} for report in named])
    mark_stale(connection, named)
    return _one(connection, number)


def listed(connection: Connection, *, withdrawn: bool, only: int | None = None) -> tuple[Judgement, ...]:
    """Judgements in order. Raises :class:`DamageError` for one that is not as it was written."""
    asked = select(judgements).order_by(judgements.c.id)
    about = select(judged).order_by(judged.c.judgement, judged.c.report)
    if not withdrawn:
        asked = asked.where(judgements.c.withdrawn_at.is_(None))
    if only is not None:
        asked, about = asked.where(judgements.c.id == only), about.where(judged.c.judgement == only)
    named: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(about):
        named[row.judgement].append(row.report)
    found = connection.execute(asked).all()
    for row in found:
        seals.refuse_altered(f"judgement {row.id}", row.seal, seals.of_judgement(row._mapping))
    return tuple(told(Judgement, reports=named[row.id], **row._mapping) for row in found)


def _one(connection: Connection, number: int) -> Judgement:
    found = listed(connection, withdrawn=True, only=number)
    if not found:
        raise MissingRowError(f"no judgement {number} here; list them to see their numbers")
    return found[0]


def withdraw(connection: Connection, number: int) -> Judgement:
    """Marks a judgement withdrawn and its reports stale."""
    one = _one(connection, number)
    if one.withdrawn_at is not None:
        return one
    which, moment = judgements.c.id == number, now()
    row = connection.execute(select(judgements).where(which)).mappings().one()
    seal = seals.of_judgement({**row, "withdrawn_at": moment})
    connection.execute(update(judgements).where(which).values(withdrawn_at=moment, seal=seal))
    mark_stale(connection, one.reports)
    return _one(connection, number)
