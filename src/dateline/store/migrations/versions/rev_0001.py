"""An empty database in, the first schema of an archive out."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    false,
)

revision = "0001"
down_revision = None
WORDS = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Makes every table."""
    _forgotten()
    _judgements()
    _reports()
    _edition_keys()
    _events()
    _inputs()
    _judged()
    _keys()
    _records()
    _sketches()
    _holders()
    _parties()
    _texts()


def _forgotten() -> None:
    op.create_table(
        "forgotten",
        Column("report", WORDS, nullable=False),
        Column("reason", WORDS, nullable=False),
        Column("at", WORDS, nullable=False),
        PrimaryKeyConstraint("report"),
    )


def _judgements() -> None:
    op.create_table(
        "judgements",
        Column("id", Integer(), autoincrement=True, nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("left", WORDS, nullable=False),
        Column("right", WORDS),
        Column("value", WORDS),
        Column("by", WORDS, nullable=False),
        Column("at", WORDS, nullable=False),
        Column("note", WORDS, nullable=False),
        Column("withdrawn_at", WORDS),
        PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )


def _reports() -> None:
    op.create_table(
        "reports",
        Column("number", NUMBER, autoincrement=True, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("article", WORDS, nullable=False),
        Column("title", WORDS),
        Column("publisher", WORDS),
        Column("publisher_key", WORDS, nullable=False),
        Column("published", WORDS),
        Column("url", WORDS),
        Column("language", WORDS),
        Column("origin", WORDS),
        Column("added_at", WORDS, nullable=False),
        Column("made_by", WORDS, nullable=False),
        Column("edition_of", WORDS),
        Column("merged", Boolean(), server_default=false(), nullable=False),
        Column("component", WORDS),
        Column("story", WORDS),
        Column("copy_of", WORDS),
        ForeignKeyConstraint(["edition_of"], ["reports.id"]),
        PrimaryKeyConstraint("number"),
        UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("reports_component", "reports", ["component"])
    op.create_index("reports_copy_of", "reports", ["copy_of"])
    op.create_index("reports_edition_of", "reports", ["edition_of"])
    op.create_index("reports_merged", "reports", ["merged"])
    op.create_index("reports_published", "reports", ["published"])
    op.create_index("reports_publisher", "reports", ["publisher_key"])
    op.create_index("reports_story", "reports", ["story"])


def _edition_keys() -> None:
    op.create_table(
        "edition_keys",
        Column("key", WORDS, nullable=False),
        Column("report", NUMBER, nullable=False),
        ForeignKeyConstraint(["report"], ["reports.number"], ondelete="CASCADE"),
        PrimaryKeyConstraint("key", "report"),
    )
    op.create_index("edition_keys_report", "edition_keys", ["report"])


def _events() -> None:
    op.create_table(
        "events",
        Column("number", NUMBER, autoincrement=False, nullable=False),
        Column("report", NUMBER, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("type", WORDS, nullable=False),
        Column("ontology", WORDS, nullable=False),
        Column("mode", WORDS),
        Column("status", WORDS, nullable=False),
        Column("factuality", Float(), nullable=False),
        Column("earliest", WORDS),
        Column("latest", WORDS),
        Column("place", WORDS),
        Column("place_key", WORDS, nullable=False),
        Column("country", WORDS),
        Column("lat", Float()),
        Column("lon", Float()),
        Column("radius_km", Float()),
        Column("actor_code", WORDS),
        Column("recipient_code", WORDS),
        Column("words", WORDS, nullable=False),
        Column("start", Integer(), nullable=False),
        Column("end", Integer(), nullable=False),
        Column("same_as", WORDS, nullable=False),
        Column("world", WORDS),
        ForeignKeyConstraint(["report"], ["reports.number"], ondelete="CASCADE"),
        PrimaryKeyConstraint("number"),
    )
    op.create_index("events_country", "events", ["country"])
    op.create_index("events_days", "events", ["earliest", "latest"])
    op.create_index("events_report", "events", ["report"])
    op.create_index("events_type", "events", ["type", "earliest"])
    op.create_index("events_world", "events", ["world"])


def _inputs() -> None:
    op.create_table(
        "inputs",
        Column("key", WORDS, nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("report", WORDS),
        Column("origin", WORDS),
        Column("position", BigInteger()),
        Column("article", WORDS),
        Column("stage", WORDS),
        Column("reason", WORDS),
        Column("hint", WORDS),
        Column("at", WORDS, nullable=False),
        ForeignKeyConstraint(["report"], ["reports.id"]),
        PrimaryKeyConstraint("key"),
    )
    op.create_index("inputs_kind", "inputs", ["kind"])
    op.create_index("inputs_report", "inputs", ["report"])


def _judged() -> None:
    op.create_table(
        "judged",
        Column("judgement", Integer(), nullable=False),
        Column("report", WORDS, nullable=False),
        ForeignKeyConstraint(["judgement"], ["judgements.id"]),
        ForeignKeyConstraint(["report"], ["reports.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("judgement", "report"),
    )
    op.create_index("judged_report", "judged", ["report"])


def _keys() -> None:
    op.create_table(
        "keys",
        Column("kind", WORDS, nullable=False),
        Column("key", WORDS, nullable=False),
        Column("report", WORDS, nullable=False),
        ForeignKeyConstraint(["report"], ["reports.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("kind", "key", "report"),
        sqlite_with_rowid=False,
    )
    op.create_index("keys_report", "keys", ["report"])


def _records() -> None:
    op.create_table(
        "records",
        Column("report", NUMBER, autoincrement=False, nullable=False),
        Column("sha256", WORDS, nullable=False),
        Column("body", LargeBinary(), nullable=False),
        ForeignKeyConstraint(["report"], ["reports.number"], ondelete="CASCADE"),
        PrimaryKeyConstraint("report"),
    )


def _sketches() -> None:
    op.create_table(
        "sketches",
        Column("report", NUMBER, autoincrement=False, nullable=False),
        Column("data", LargeBinary(), nullable=False),
        ForeignKeyConstraint(["report"], ["reports.number"], ondelete="CASCADE"),
        PrimaryKeyConstraint("report"),
    )


def _holders() -> None:
    op.create_table(
        "holders",
        Column("event", NUMBER, nullable=False),
        Column("position", Integer(), nullable=False),
        Column("name", WORDS, nullable=False),
        Column("name_key", WORDS, nullable=False),
        Column("link", WORDS),
        Column("factuality", Float(), nullable=False),
        ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        PrimaryKeyConstraint("event", "position"),
    )
    op.create_index("holders_link", "holders", ["link"])


def _parties() -> None:
    op.create_table(
        "parties",
        Column("event", NUMBER, nullable=False),
        Column("position", Integer(), nullable=False),
        Column("role", WORDS, nullable=False),
        Column("name", WORDS, nullable=False),
        Column("name_key", WORDS, nullable=False),
        Column("code", WORDS),
        Column("link", WORDS),
        ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        PrimaryKeyConstraint("event", "position"),
    )
    op.create_index("parties_code", "parties", ["code"])
    op.create_index("parties_link", "parties", ["link"])


def _texts() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE texts USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')")
        op.execute("INSERT INTO texts(texts, rank) VALUES ('secure-delete', 1)")
        return
    op.execute(
        "CREATE TABLE texts (report bigint NOT NULL REFERENCES reports (number) ON DELETE CASCADE, "
        "part integer NOT NULL, words tsvector NOT NULL, PRIMARY KEY (report, part))"
    )
    op.execute("CREATE INDEX texts_words ON texts USING gin (words)")
