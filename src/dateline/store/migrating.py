"""A connection in, the archive behind it brought to this release's schema out; an archive of a newer release is
refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from dateline.errors import StoreError

SCHEMAS = ("0001", "0002", "0003", "0004")
"""Every schema that a release wrote, the oldest first; the last one is this release's."""
FOLDER = Path(__file__).parent / "migrations"


def current() -> str:
    """The schema that this release writes."""
    return SCHEMAS[-1]


def schema_of(connection: Connection) -> str | None:
    """The schema that a database holds, None where it holds no archive."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def refuse_newer(shown: str, schema: str | None) -> None:
    """Raises :class:`StoreError` for a schema that this release does not know."""
    if schema is not None and schema not in SCHEMAS:
        raise StoreError(
            f"{shown}: written by a newer Dateline (schema {schema}, here up to {current()}); nothing was changed. "
            "Install the newer version"
        )


def migrate(connection: Connection) -> None:
    """Makes the tables, or brings them to this release's schema, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
