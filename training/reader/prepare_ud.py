"""Brings Universal Dependencies treebanks into rows for training: CoNLL-U in, JSON Lines of words with their trees,
tags and features out, a row a document.

    python training/reader/prepare_ud.py OUT.jsonl TREEBANK.conllu[.gz] ...
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

QUOTES = {"``": "\u201c", "''": "\u201d"}


def documents(lines: Iterator[str]) -> Iterator[tuple[str, list[list[list[str]]]]]:
    """(name, sentences of columns) of every document."""
    name, sentences, words = "", list[list[list[str]]](), list[list[str]]()
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            if sentences:
                yield name, sentences
            name, sentences = line.split("=", 1)[1].strip(), []
        elif line[:1].isdigit():
            columns = line.split("\t")
            if columns[0].isdigit():
                words.append(columns)
        elif not line and words:
            sentences.append(words)
            words = []
    if sentences:
        yield name, sentences


def row(name: str, sentences: list[list[list[str]]]) -> dict[str, Any]:
    """A document as columns, heads as indices of words (-1 for a root)."""
    found: dict[str, Any] = {key: [] for key in ("words", "heads", "rels", "upos", "xpos", "feats", "lemmas")}
    places = []
    for words in sentences:
        base = len(found["words"])
        for columns in words:
            found["words"].append(QUOTES.get(columns[1], columns[1]))
            found["lemmas"].append(columns[2])
            found["upos"].append(columns[3])
            found["xpos"].append(columns[4])
            found["feats"].append(columns[5])
            found["heads"].append(int(columns[6]) - 1 + base if columns[6] != "0" else -1)
            found["rels"].append(columns[7])
        places.append([base, len(found["words"]), 0])
    return {"id": name, "corpus": "ud", "sentences": places, "quoted": [0] * len(found["words"]), "tree": True, **found}


def main() -> None:
    """Write one row a document."""
    with Path(sys.argv[1]).open("w") as out:
        for file in sys.argv[2:]:
            with gzip.open(file, "rt") if file.endswith(".gz") else Path(file).open() as lines:
                for name, sentences in documents(iter(lines)):
                    made = row(name, sentences)
                    made["id"] = f"{re.sub(r'[-.].*', '', Path(file).name)}:{name}"
                    out.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
