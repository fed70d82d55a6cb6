"""Brings annotated names into rows for training: gold JSON Lines in, JSON Lines of words with the tags of names out.

python training/reader/prepare_names.py OUT.jsonl GOLD.jsonl ...
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from prepare import words

from dateline.learned.windows import stretches
from dateline.stages.syntax import prepared
from dateline.stages.syntax.tokens import tokens_of


def row(document: dict[str, Any]) -> dict[str, Any]:
    """The words of a text, the stretches that sentences do not go beyond, and the tag of each word (``B-Person``)."""
    text = document["text"]
    places = tokens_of(prepared(text))
    starts, ends = [a for a, _ in places], [b for _, b in places]
    forms = [text[a:b] for a, b in places]
    breaks = {words(starts, ends, m.end(), m.end() + 1).start for m in re.finditer(r"\n\s*", text)}
    names = [""] * len(forms)
    for entity in document["entities"]:
        for n, k in enumerate(words(starts, ends, entity["start"], entity["end"])):
            names[k] = f"{'I' if n else 'B'}-{entity['type']}"
    return {
        "id": document["id"],
        "corpus": "names",
        "words": forms,
        "heads": [-1] * len(forms),
        "rels": ["dep"] * len(forms),
        "sentences": [[a, b, 0] for a, b in stretches(forms, breaks)],
        "quoted": [0] * len(forms),
        "names": names,
    }


def main() -> None:
    """Write one row a text."""
    with Path(sys.argv[1]).open("w") as out:
        for file in sys.argv[2:]:
            for line in Path(file).read_text().splitlines():
                out.write(json.dumps(row(json.loads(line))) + "\n")


if __name__ == "__main__":
    main()
