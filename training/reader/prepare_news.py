"""Tells the trees of news that nobody annotated, by vote: texts as JSON Lines in, rows of words with trees, tags and
names out.

    python training/reader/prepare_news.py OUT.jsonl TEXTS.jsonl[.gz][:SHARE] ... --readers FOLDER ... [--apart]

Several readers of our own, trained on treebanks that hold little news, score heads, relations and tags together;
spaCy's small pipeline, trained on newspapers, has a voice in what they find possible: it raises its own head and Penn
tag. The words' names are spaCy's. With ``--apart`` a headline and what stands under it are rows by themselves, as
feeds have them, headlines without names.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dateline.intake.text import article_from_text
from dateline.learned.heads import LEAST, Matrix, softmax
from dateline.learned.reader import LearnedReader
from dateline.learned.windows import cut
from dateline.stages.syntax import pieces_of
from dateline.stages.syntax.learned_parser import WORD_TAGS, Labels, begins_of, laid_out
from dateline.stages.syntax.parsing import Row
from dateline.stages.syntax.spacy_parser import load_spacy
from dateline.stages.syntax.trees import heads_of, single

POSSIBLE = np.log(0.03)
"""Share from which spaCy's head or tag is one that counts: below, the schemes differ."""
HEAD_VOICE, TAG_VOICE = 2.0, 1.5
"""What is added to the logarithm of the share of spaCy's head, and of its tag."""


class Voters:
    """Readers of our own beside spaCy's small pipeline."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.readers, self.spacy = [LearnedReader(folder) for folder in folders], load_spacy()
        self.labels = Labels(self.readers[0].labels)
        self.penn = {tag: number for number, tag in enumerate(self.readers[0].labels["xpos"])}

    def row(self, text: str) -> dict[str, Any]:
        """A text as a row of a treebank, with names."""
        pieces = list(pieces_of(article_from_text(text), len(text)))
        report = laid_out(pieces)
        said = _aligned(self.spacy.read(pieces), [place[:2] for place in report.places])
        made: dict[str, Any] = {name: [] for name in ("heads", "rels", *WORD_TAGS, "sentences")}
        for window in cut(report.words, report.apart, self.readers[0].vocabulary):
            states = [next(reader.encoder.both([window]))[1] for reader in self.readers]
            shares = np.mean([r.heads.starts(s) for r, s in zip(self.readers, states, strict=True)], axis=0)
            begins = begins_of(shares, window.first, report.least)
            self._window(states, begins, window.first, said, made)
        names = [row.entity if row else "" for row, _ in said]
        told = {"words": report.words, "names": names, "quoted": [0] * len(report.words)}
        return made | told | {"tree": True, "corpus": "news"}

    def _window(
        self, states: list[Matrix], begins: list[int], base: int, said: list[tuple[Row | None, int | None]], made: Any
    ) -> None:
        for k in self._classes(states, [row.xpos if row else "" for row, _ in said[base : base + len(states[0])]]):
            for name, tag in zip(WORD_TAGS, self.labels.classes[k], strict=True):
                made[name].append(tag)
        bonds = [reader.heads.bonds(s) for reader, s in zip(self.readers, states, strict=True)]
        for first, last in zip(begins, [*begins[1:], len(states[0])], strict=True):
            arcs = _mean([softmax(b.arcs(first, last)) for b in bonds])
            for k, (_, head) in enumerate(said[base + first : base + last]):
                column = 0 if head == -1 else -1 if head is None else head - base - first + 1
                if 0 <= column <= last - first and (head == -1 or column) and arcs[k, column] > POSSIBLE:
                    arcs[k, column] += HEAD_VOICE
            heads = heads_of(arcs)
            rels = single(_mean([softmax(b.relations(first, last, heads)) for b in bonds]), heads, self.labels.once)
            made["heads"] += [h - 1 + base + first if h else -1 for h in heads]
            made["rels"] += [self.labels.rels[rel] if h else "root" for h, rel in zip(heads, rels, strict=True)]
            made["sentences"].append([base + first, base + last, 0])

    def _classes(self, states: list[Matrix], penn: list[str]) -> Any:
        """For each word the number of its tags."""
        total: Any = 0.0
        for n, name in enumerate(WORD_TAGS):
            shares = _mean([r.heads.tags(s, name) for r, s in zip(self.readers, states, strict=True)])
            for k, tag in enumerate(penn if name == "xpos" else ()):
                at = self.penn.get(tag)
                if at is not None and shares[k, at] > POSSIBLE:
                    shares[k, at] += TAG_VOICE
            total = total + shares[:, self.labels.allowed[:, n]]
        return total.argmax(axis=1)


def _mean(shares: list[Matrix]) -> Matrix:
    """The logarithm of the mean of shares."""
    return np.asarray(np.log(np.mean(shares, axis=0) + LEAST))


def _aligned(rows: list[Row], places: list[Any]) -> list[tuple[Row | None, int | None]]:
    """For each word spaCy's row of the same place, and the number of the word that it hangs on (-1: a root)."""
    at, own = {(r.start, r.end): r for r in rows}, {place: k for k, place in enumerate(places)}
    found: list[tuple[Row | None, int | None]] = []
    for place in places:
        row = at.get(place)
        head = None if row is None or row.head < 0 else own.get((rows[row.head].start, rows[row.head].end))
        found.append((row, -1 if row is not None and row.head < 0 else head))
    return found


def texts_of(file: str, apart: bool) -> Iterator[tuple[str, str, bool]]:
    """(id, text, whether its names count) of a share of the reports of a file."""
    name, _, share = file.partition(":")
    with gzip.open(name, "rt") if name.endswith(".gz") else Path(name).open() as lines:
        reports = [json.loads(line) for line in lines]
    random.Random(3).shuffle(reports)
    for report in reports[: int(len(reports) * float(share or 1))]:
        headline, _, under = report["text"].partition("\n\n") if apart else ("", "", report["text"])
        if headline.strip():
            yield f"{report['id']}:headline", headline, False
        if under.strip():
            yield report["id"], under, True


def main() -> None:
    """Write a row a text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--readers", nargs="+", type=Path, required=True)
    parser.add_argument("--apart", action="store_true")
    given = parser.parse_args()
    voters = Voters(given.readers)
    with given.out.open("w") as out:
        for file in given.texts:
            for name, text, named in texts_of(file, given.apart):
                row = voters.row(text) | {"id": name}
                if row["words"]:
                    out.write(json.dumps(row if named else {k: v for k, v in row.items() if k != "names"}) + "\n")


if __name__ == "__main__":
    main()
