"""Annotations without their texts: what was annotated by the guide of records, joined with the texts that stand beside
the project.

    python training/reader/annotations.py join OUT.jsonl GOLD_FOLDER     texts from GOLD_FOLDER, labels from the project
    python training/reader/annotations.py strip ANNOTATED.jsonl ...    the reverse: labels without text into the project

The texts are third-party and never part of the project; the labels (offsets, acts, days, sources) are ours. A text
whose hash is not the one that was annotated is left out and named.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "annotations.jsonl.gz"
TEXTS = (
    "feeds/feeds-2023-h1.jsonl.gz",
    "entities/worldwide_ner.jsonl",
    "entities/np4e.jsonl",
    "place/lgl.jsonl",
    "place/trnews.jsonl",
    "place/geovirus.jsonl",
    "attribution/polnear_train.jsonl",
    "factuality/uw_train.jsonl",
)
"""Where the annotated texts stand, below the folder of gold."""
LABELS = ("id", "set", "sentences", "events")
UNLEARNED = "unlearned"
"""Mark of a report that was annotated after the reader that ships was trained."""


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file, packed or not."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def strip(files: list[Path]) -> int:
    """Write the labels of annotated files into the project, sorted by id; how many."""
    found = {row["id"]: row for file in files for row in rows(file)}
    kept = [
        {k: row[k] for k in (*LABELS, UNLEARNED) if k in row} | {"sha256": hashed(row["text"])}
        for _, row in sorted(found.items())
    ]
    with gzip.GzipFile(FILE, "wb", mtime=0) as out:
        out.write("".join(json.dumps(row, separators=(",", ":")) + "\n" for row in kept).encode())
    return len(kept)


def join(out: Path, gold: Path) -> list[str]:
    """Write annotated reports with their texts; the ids of those whose text is missing or another."""
    labels = {row["id"]: row for row in rows(FILE)}
    with out.open("w", encoding="utf-8") as written:
        for name in TEXTS:
            for row in rows(gold / name):
                label = labels.get(row["id"])
                if label is None or label["sha256"] != hashed(row["text"]):
                    continue
                del labels[row["id"]]
                about = {k: row.get(k) for k in ("title", "published", "publisher", "text")}
                written.write(json.dumps(label | about | {"added": True}, ensure_ascii=False) + "\n")
    return sorted(labels)


def main() -> None:
    """Join or strip."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("join", "strip"))
    parser.add_argument("paths", type=Path, nargs="+")
    given = parser.parse_args()
    if given.what == "strip":
        print(strip(given.paths), "reports")
        return
    missing = join(given.paths[0], given.paths[1])
    print(f"{len(missing)} texts missing or changed: {' '.join(missing[:10])}", file=sys.stderr)


if __name__ == "__main__":
    main()
