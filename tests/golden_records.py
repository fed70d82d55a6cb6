"""Golden articles in, golden records out: ``make golden`` writes them again, to be reviewed as a diff.

Tokens are left out of the files: the parse is the parser's, and its own tests hold it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from dateline import read
from dateline.wire import to_json

GOLDEN = Path(__file__).parent / "golden"
UNSTABLE = ("tokens", "sentences", "made_by")


def slugs() -> list[str]:
    """Names of the golden articles."""
    return sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "article.json").is_file())


def golden_of(slug: str) -> bytes:
    """What the reader makes of a golden article today."""
    article: dict[str, Any] = json.loads((GOLDEN / slug / "article.json").read_bytes())
    article.pop("note")
    record = json.loads(to_json(read(**article)))
    kept = {key: value for key, value in record.items() if key not in UNSTABLE}
    return msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"


def main() -> None:
    """Write every golden record."""
    for slug in slugs():
        (GOLDEN / slug / "record.json").write_bytes(golden_of(slug))
        print(GOLDEN / slug / "record.json")


if __name__ == "__main__":
    main()
