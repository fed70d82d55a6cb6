"""An archive in, the same with the sentence that tells each event, the words by which its telling is found, and names
that are found in other spellings, out."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Connection, ForeignKey, Text, insert, select, update

from dateline.errors import DamageError
from dateline.store.adding import tables
from dateline.store.rows import filed, unpacked
from dateline.store.schema import NUMBER, events, holders, parties, records, reports, sentences

revision = "0004"
down_revision = "0003"
WORDS = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """A damaged record gives none; `check` tells it."""
    op.create_table(
        "sentences",
        Column("event", NUMBER, ForeignKey("events.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        Column("sentence", WORDS, nullable=False),
        Column("words_key", WORDS, nullable=False),
        Column("seal", WORDS, nullable=False, server_default=""),
    )
    connection = op.get_bind()
    for number, name in connection.execute(select(reports.c.number, reports.c.id)).all():
        _fill(connection, number, name)


def _fill(connection: Connection, number: int, name: str) -> None:
    row = connection.execute(select(records.c.sha256, records.c.body).where(records.c.report == number)).one_or_none()
    try:
        told = filed(unpacked(name, row.sha256, bytes(row.body))) if row else None
    except DamageError:
        return
    there = connection.execute(select(events.c.number).where(events.c.report == number)).scalars().all()
    if told is None or len(there) != len(told.events):
        return
    for table, rows in tables(told, number):
        if table is sentences and rows:
            connection.execute(insert(sentences), rows)
        if table in {parties, holders}:
            for one in rows:
                which = table.c.event == one["event"], table.c.position == one["position"]
                connection.execute(update(table).where(*which).values(name_key=one["name_key"]))
        if table is events:
            for one in rows:
                which = events.c.number == one["number"]
                connection.execute(update(events).where(which).values(place_key=one["place_key"]))
