"""Measures the syntax stage on Universal Dependencies: words, sentences, tags and trees from raw text.

    python -m evals.ud TREEBANK.conllu[.gz] ... [--model NAME]

Gold trees are brought into the records' scheme by the same departures; relations are compared without subtypes. Texts
are put together from the treebank's own sentences, paragraphs as it tells them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dateline.intake.text import article_from_text
from dateline.stages.syntax import OWN, Syntax
from dateline.stages.syntax.departures import depart, tag_of
from dateline.stages.syntax.universal import Arrays


class Word(NamedTuple):
    """A word's place in the text, its tag, the place of its head (-1 for a root), and its relation."""

    place: tuple[int, int]
    upos: str
    above: tuple[int, int] | int
    rel: str


class Document(NamedTuple):
    """A text with its gold words and the places where sentences begin."""

    text: str
    words: list[Word]
    starts: set[int]


def documents(file: Path) -> Iterator[Document]:
    """The documents of a treebank."""
    raw = file.read_bytes()
    blocks = (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode().split("\n\n")
    held: list[list[str]] = []
    for block in (b.splitlines() for b in blocks if b.strip()):
        if held and any(line.startswith("# newdoc") for line in block):
            yield document(held)
            held = []
        held.append(block)
    if held:
        yield document(held)


def document(sentences: list[list[str]]) -> Document:
    """One document of the lines of its sentences."""
    text, found, starts = "", list[Word](), set[int]()
    for lines in sentences:
        new = any(line.startswith("# newpar") for line in lines)
        text += ("\n\n" if new else " ") if text and not text.endswith(" ") else ""
        rows, spans = [], {}
        joined: dict[int, tuple[str, bool]] = {}
        for line in lines:
            columns = line.split("\t")
            if len(columns) < 10:
                continue
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                joined[last] = (columns[1], "SpaceAfter=No" in columns[9])
                joined |= dict.fromkeys(range(first, last), ("", True))
            elif columns[0].isdigit():
                rows.append(columns)
        for columns in rows:
            number = int(columns[0])
            spans[number] = (len(text), len(text) + len(columns[1]))
            text += columns[1]
            spaced = not (joined[number][1] if number in joined else "SpaceAfter=No" in columns[9])
            text += " " if spaced else ""
        starts.add(spans[int(rows[0][0])][0])
        found += _departed(rows, spans)
    return Document(text, found, starts)


def _departed(rows: list[list[str]], spans: dict[int, tuple[int, int]]) -> Iterator[Word]:
    heads = [k if row[6] == "0" else int(row[6]) - 1 for k, row in enumerate(rows)]
    rels = ["ROOT" if row[6] == "0" else row[7] for row in rows]
    tags = [tag_of(row[3], row[4]) for row in rows]
    arrays = Arrays(heads, rels, tags, [r[2].lower() for r in rows], [r[1].lower() for r in rows])
    depart(arrays)
    for k, above in enumerate(arrays.head):
        yield Word(spans[k + 1], arrays.upos[k], -1 if above == k else spans[above + 1], arrays.rel[k].split(":")[0])


def score(files: list[Path], model: str) -> dict[str, float]:
    """F1 of words and sentence starts; share of gold words with the right tag, head, and head with relation."""
    syntax, n = Syntax(model), Counter[str]()
    for file in files:
        for gold in documents(file):
            layers = syntax.read(article_from_text(gold.text))
            tokens = layers["tokens"]
            read = {(t.start, t.end): t for t in tokens}
            starts = {tokens[s.first].start for s in layers["sentences"]}
            n.update(gold=len(gold.words), read=len(tokens), starts=len(gold.starts), begun=len(starts))
            n["both"] += len(gold.starts & starts)
            for word in gold.words:
                token = read.get(word.place)
                if token is None:
                    continue
                head = -1 if token.head < 0 else (tokens[token.head].start, tokens[token.head].end)
                n["words"] += 1
                n["upos"] += token.upos == word.upos
                n["heads"] += head == word.above
                n["trees"] += head == word.above and token.deprel.split(":")[0] == word.rel
    return {
        "words F": 2 * n["words"] / (n["gold"] + n["read"]),
        "sentences F": 2 * n["both"] / (n["starts"] + n["begun"]),
        **{name: n[key] / n["gold"] for name, key in (("UPOS", "upos"), ("UAS", "heads"), ("LAS", "trees"))},
    }


def main() -> None:
    """Print the figures of each treebank."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--model", default=OWN)
    given = parser.parse_args()
    found: dict[str, Any] = {file.name: score([file], given.model) for file in given.files}
    print(json.dumps({name: {k: round(v, 4) for k, v in part.items()} for name, part in found.items()}, indent=1))


if __name__ == "__main__":
    main()
