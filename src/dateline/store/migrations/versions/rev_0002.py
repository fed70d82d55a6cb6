"""An archive whose reports were laid out all at once in, the same archive out with every report to be placed day by
day: what stands in it is shown until then."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Every report finds its place anew."""
    op.execute("UPDATE reports SET merged = false, component = NULL")
