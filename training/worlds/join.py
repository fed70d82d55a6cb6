"""Puts the texts under the labels of :data:`FILE`: feed items in, JSON Lines of items with the story, the events and
the background that an editor sees in them out, a file a set, in the form of the gold of worlds.

    python training/worlds/join.py GOLD/feeds/feeds-2023-h1.jsonl.gz OUT_FOLDER

The labels (2,520 items of six sets, three of a day and three of the running stories of eight to twelve days) were made
for this project by ``guide.md``; they hold ids and hashes, no text.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("labels.jsonl.gz")
LABELS = ("cluster", "events", "background")


def digest(text: str) -> str:
    """Sixteen hex digits of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def labels() -> list[dict[str, Any]]:
    """The labels: ``set``, ``id``, ``sha256`` (its beginning) of the text, ``cluster``, ``events``, ``background``."""
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    """Write a file a set; an item that is missing or reads otherwise is left out and counted."""
    feed, out = Path(sys.argv[1]), Path(sys.argv[2])
    wanted = {row["id"]: row for row in labels()}
    found: defaultdict[str, list[str]] = defaultdict(list)
    with gzip.open(feed, "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            row = wanted.get(item["id"])
            if row is not None and row["sha256"] == digest(item["text"]):
                del wanted[item["id"]]
                found[row["set"]].append(json.dumps(item | {name: row[name] for name in LABELS}))
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in sorted(found.items()):
        (out / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(f"{name}: {len(rows)} items")
    print(f"{len(wanted)} items missing or changed")


if __name__ == "__main__":
    main()
