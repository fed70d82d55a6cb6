"""Counts in how many reports each word stands: reports in, ``lexicons/lemma_spread.csv`` out.

    python training/lemma_spread.py OUT.csv REPORTS.jsonl[:LIMIT]...

REPORTS.jsonl has a report a line: ``{"text"}``. A row is a lemma and the reports with it per thousand; lemmas in
fewer than ten of a thousand, and names, are left out: what is not in the table is rare. Same input, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from dateline.intake.text import article_from_text
from dateline.merge.words import CONTENT
from dateline.model import Record
from dateline.settings import settings
from dateline.stages.syntax import Syntax

RARE = 10
"""Per thousand: a lemma in fewer reports gets no row."""


def records_of(sources: list[str]) -> Iterator[Record]:
    for source in sources:
        file, _, limit = source.partition(":")
        with Path(file).open(encoding="utf-8") as lines:
            for number, line in enumerate(islice(lines, int(limit) if limit else None)):
                yield Record(article=article_from_text(json.loads(line)["text"], id=str(number)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("sources", nargs="+")
    given = parser.parse_args()
    syntax, spread, total = Syntax(settings().model), Counter[str](), 0
    for record in records_of(given.sources):
        tokens = syntax(record)["tokens"]
        spread.update(
            {t.lemma.lower() for t in tokens if t.upos in CONTENT and t.upos != "PROPN" and t.lemma.isalpha()}
        )
        total += 1
    with given.out.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["lemma", "reports_per_thousand"])
        shares = {lemma: round(1000 * count / total) for lemma, count in spread.items()}
        table.writerows((lemma, shares[lemma]) for lemma in sorted(shares) if shares[lemma] >= RARE and len(lemma) > 1)


if __name__ == "__main__":
    main()
