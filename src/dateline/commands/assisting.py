"""An archive served to an assistant."""

from __future__ import annotations

from dateline.commands.options import Where
from dateline.desk import Desk
from dateline.errors import ExtraError


def mcp(archive: Where = None) -> None:
    """Serve the archive to an assistant over standard input and output (Model Context Protocol), for looking only."""
    with Desk().archive(archive, read_only=True) as kept:
        try:
            from dateline.mcp import server_for
        except ModuleNotFoundError as error:
            if error.name not in {"mcp", "mcp_types", "pydantic"}:
                raise
            raise ExtraError("this needs mcp, which is not installed: pip install 'dateline[mcp]'") from None
        server_for(kept).run("stdio")
