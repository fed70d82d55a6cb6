"""The archive: records of many reports in, kept, found again and never lost; one protocol over SQLite and PostgreSQL.

``open_store`` is the door; :class:`Store` says what can be asked.
"""

from dateline.store.doors import open_store, restore
from dateline.store.identity import input_key, report_id
from dateline.store.nouns import (
    Change,
    Edition,
    Hit,
    Holder,
    Judgement,
    Key,
    Party,
    Placement,
    Provenance,
    Query,
    Receipt,
    Report,
    SketchRow,
    Status,
    Story,
    WorldHits,
)
from dateline.store.protocol import Store

__all__ = [
    "Change",
    "Edition",
    "Hit",
    "Holder",
    "Judgement",
    "Key",
    "Party",
    "Placement",
    "Provenance",
    "Query",
    "Receipt",
    "Report",
    "SketchRow",
    "Status",
    "Store",
    "Story",
    "WorldHits",
    "input_key",
    "open_store",
    "report_id",
    "restore",
]
