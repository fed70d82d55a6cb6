"""Brings Universal Dependencies treebanks into rows for training: CoNLL-U in, JSON Lines of words with their trees,
tags and features out, a row a document; with ``--brief`` a row of one to three sentences, as headlines and standfirsts
are: what was only seen amid others is not known alone.

    python training/reader/prepare_ud.py [--brief] OUT.jsonl TREEBANK.conllu[.gz] ...
"""

from __future__ import annotations

import gzip
import itertools
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


SIZES = (1, 1, 2, 1, 3)
"""Sentences of brief rows, in turn."""


def brief(sentences: list[list[list[str]]]) -> Iterator[list[list[list[str]]]]:
    """The sentences of a document, few at a time."""
    sizes, first = itertools.cycle(SIZES), 0
    while first < len(sentences):
        size = next(sizes)
        yield sentences[first : first + size]
        first += size


def main() -> None:
    """Write one row a document, or brief ones."""
    short, (to, *files) = "--brief" in sys.argv, [name for name in sys.argv[1:] if name != "--brief"]
    with Path(to).open("w") as out:
        for file in files:
            bank = re.sub(r"[-.].*", "", Path(file).name)
            with gzip.open(file, "rt") if file.endswith(".gz") else Path(file).open() as lines:
                for name, sentences in documents(iter(lines)):
                    for number, part in enumerate(brief(sentences) if short else [sentences]):
                        out.write(json.dumps(row(name, part) | {"id": f"{bank}:{name}:{number}"}) + "\n")


if __name__ == "__main__":
    main()
