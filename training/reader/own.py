"""Sentences of our own with their lines (``own.txt``) in; annotated reports as JSON Lines out.

python training/reader/own.py OUT.jsonl
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("own.txt")


def found(text: str, cell: str) -> list[list[int]]:
    """The spans of the words of a cell. Raises ValueError for words that do not stand in the sentence."""
    spans = []
    for words in [] if cell == "-" else [w.strip() for w in cell.split(";")]:
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
        if match is None:
            raise ValueError(f"{words!r} does not stand in {text!r}")
        spans.append([match.start(), match.end()])
    return spans


def line(text: str, row: str) -> dict[str, Any]:
    """One line of the guide as an event."""
    trigger, acts, actor, recipient, place, _, status, thing, weight = (cell.strip() for cell in row.split("|"))
    return {
        "sentence": 1, "trigger": found(text, trigger)[0], "acts": acts.split("/"), "actor": found(text, actor),
        "recipient": found(text, recipient), "place": found(text, place), "thing": found(text, thing), "source": [],
        "from": None, "to": None, "status": status, "weight": int(weight), "same": None,
    }  # fmt: skip


def main() -> None:
    """Write every sentence as a report."""
    blocks = re.sub(r"^#.*\n", "", FILE.read_text(encoding="utf-8"), flags=re.M).strip().split("\n\n")
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for number, block in enumerate(blocks):
            text, *rows = block.split("\n")
            report = {"id": f"own-{number}", "text": text, "sentences": [[0, len(text)]], "added": True}
            out.write(json.dumps(report | {"events": [line(text, row) for row in rows]}) + "\n")


if __name__ == "__main__":
    main()
