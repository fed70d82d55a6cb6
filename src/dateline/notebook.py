"""Records that show themselves in notebooks: as their page, framed so that its style and script stay inside."""

from __future__ import annotations

import sys
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.model import Record

HEIGHT = 560
"""Pixels of the frame; what is longer scrolls in it."""


def record_in_frame(record: Record) -> str:
    """The page of a record in a frame without an origin of its own: what a stranger wrote cannot reach the notebook."""
    from dateline.desk import Desk

    page = escape(Desk().export(record, "html"))
    return f'<iframe sandbox="allow-scripts" width="100%" height="{HEIGHT}" srcdoc="{page}"></iframe>'


def shows_records() -> None:
    """Tells IPython, where this process is one, how records are shown; nothing anywhere else."""
    if "IPython" not in sys.modules:
        return
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        load_ipython_extension(shell)


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext dateline.notebook``: the same for records that were not read by :func:`dateline.read`."""
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type_by_name("dateline.model", "Record", record_in_frame)
