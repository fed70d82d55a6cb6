"""The tables of an archive as SQLAlchemy sees them; the migrations make them, a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    column,
    false,
    table,
)

WORDS = Text().with_variant(Text(collation="C"), "postgresql")
"""Text compared byte by byte on both engines; days and moments stand here in ISO form: their order is that of time."""
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
EVENT_BITS = 20
"""An event's number is its report's, shifted by this, plus its position: parties name their event without a
look-up."""

metadata = MetaData()
_report = "reports.number"


def _seal() -> Column[str]:
    """See :mod:`dateline.store.seals`."""
    return Column("seal", WORDS, nullable=False, server_default="")


def _owner() -> Column[int]:
    return Column("report", NUMBER, ForeignKey(_report, ondelete="CASCADE"), nullable=False)


reports = Table(
    "reports",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", WORDS, nullable=False, unique=True),
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
    Column("edition_of", WORDS, ForeignKey("reports.id")),
    Column("merged", Boolean, nullable=False, server_default=false()),
    Column("component", WORDS),
    Column("story", WORDS),
    Column("copy_of", WORDS),
    Column("faults", Integer, nullable=False, server_default="0"),
    _seal(),
    Index("reports_published", "published"),
    Index("reports_publisher", "publisher_key"),
    Index("reports_edition_of", "edition_of"),
    Index("reports_merged", "merged"),
    Index("reports_component", "component"),
    Index("reports_story", "story"),
    Index("reports_copy_of", "copy_of"),
    sqlite_autoincrement=True,
)

records = Table(
    "records",
    metadata,
    Column("report", NUMBER, ForeignKey(_report, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("sha256", WORDS, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

edition_keys = Table(
    "edition_keys",
    metadata,
    Column("key", WORDS, primary_key=True),
    Column("report", NUMBER, ForeignKey(_report, ondelete="CASCADE"), primary_key=True),
    Index("edition_keys_report", "report"),
)

events = Table(
    "events",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    _owner(),
    Column("id", WORDS, nullable=False),
    Column("type", WORDS, nullable=False),
    Column("ontology", WORDS, nullable=False),
    Column("mode", WORDS),
    Column("status", WORDS, nullable=False),
    Column("factuality", Float, nullable=False),
    Column("earliest", WORDS),
    Column("latest", WORDS),
    Column("place", WORDS),
    Column("place_key", WORDS, nullable=False),
    Column("country", WORDS),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("actor_code", WORDS),
    Column("recipient_code", WORDS),
    Column("words", WORDS, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("same_as", WORDS, nullable=False),
    Column("world", WORDS),
    _seal(),
    Index("events_report", "report"),
    Index("events_days", "earliest", "latest"),
    Index("events_type", "type", "earliest"),
    Index("events_country", "country"),
    Index("events_world", "world"),
)

_event = "events.number"

parties = Table(
    "parties",
    metadata,
    Column("event", NUMBER, ForeignKey(_event, ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", WORDS, nullable=False),
    Column("name", WORDS, nullable=False),
    Column("name_key", WORDS, nullable=False),
    Column("code", WORDS),
    Column("link", WORDS),
    Index("parties_code", "code"),
    Index("parties_link", "link"),
)

holders = Table(
    "holders",
    metadata,
    Column("event", NUMBER, ForeignKey(_event, ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", WORDS, nullable=False),
    Column("name_key", WORDS, nullable=False),
    Column("link", WORDS),
    Column("factuality", Float, nullable=False),
    Index("holders_link", "link"),
)

sentences = Table(
    "sentences",
    metadata,
    Column("event", NUMBER, ForeignKey(_event, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("sentence", WORDS, nullable=False),
    Column("words_key", WORDS, nullable=False),
    _seal(),
)
"""The sentence that tells each event, and the words by which its telling is found: those of the sentence, and of its
parties, place and sources by name."""

texts = table("texts", column("rowid"), column("report"), column("part"), column("words"))
"""Words to search: an FTS5 table (``rowid`` is the report) or a table of tsvectors (``report``, ``part``)."""

sketches = Table(
    "sketches",
    metadata,
    Column("report", NUMBER, ForeignKey(_report, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    _seal(),
)

keys = Table(
    "keys",
    metadata,
    Column("kind", WORDS, primary_key=True),
    Column("key", WORDS, primary_key=True),
    Column("report", WORDS, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Index("keys_report", "report"),
    sqlite_with_rowid=False,
)

inputs = Table(
    "inputs",
    metadata,
    Column("key", WORDS, primary_key=True),
    Column("kind", WORDS, nullable=False),
    Column("report", WORDS, ForeignKey("reports.id")),
    Column("origin", WORDS),
    Column("position", BigInteger),
    Column("article", WORDS),
    Column("stage", WORDS),
    Column("reason", WORDS),
    Column("hint", WORDS),
    Column("at", WORDS, nullable=False),
    Index("inputs_report", "report"),
    Index("inputs_kind", "kind"),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("report", WORDS, primary_key=True),
    Column("reason", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", WORDS, nullable=False),
    Column("left", WORDS, nullable=False),
    Column("right", WORDS),
    Column("value", WORDS),
    Column("by", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
    Column("note", WORDS, nullable=False),
    Column("withdrawn_at", WORDS),
    _seal(),
    sqlite_autoincrement=True,
)

judged = Table(
    "judged",
    metadata,
    Column("judgement", Integer, ForeignKey("judgements.id"), primary_key=True),
    Column("report", WORDS, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Index("judged_report", "report"),
)
