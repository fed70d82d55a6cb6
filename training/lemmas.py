"""Writes the tables of base forms: irregular forms and the words that are base forms, from WordNet's lists as spaCy's
English pipelines carry them (WordNet licence).

    python training/lemmas.py PIPELINE_FOLDER/lemmatizer/lookups
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

from spacy.lookups import Lookups

OUT = Path(__file__).resolve().parents[1] / "src" / "dateline" / "data" / "grammar"
KINDS = ("adj", "adv", "noun", "verb")


def main() -> None:
    """Write ``irregular.csv`` and ``base_forms.txt.gz`` (a line a kind and word)."""
    tables = Lookups().from_disk(sys.argv[1])
    irregular, index = tables.get_table("lemma_exc"), tables.get_table("lemma_index")
    with (OUT / "irregular.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("kind", "form", "lemma"))
        for kind in KINDS:
            out.writerows(
                (kind, form, lemmas[0]) for form, lemmas in sorted(irregular[kind].items()) if form != lemmas[0]
            )
    lines = [
        f"{kind} {word}\n" for kind in KINDS for word in sorted(set(index[kind])) if word.isalpha() and word.islower()
    ]
    with (OUT / "base_forms.txt.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("".join(lines).encode())


if __name__ == "__main__":
    main()
