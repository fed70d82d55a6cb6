"""Codes the phrases of a table and counts which are right: ``python evals/actors.py GOLD [--wrong]``.

GOLD is JSON Lines: ``text``, ``country``, ``sector`` (null: any; a list: either), ``as_of``, ``known_country``,
``needs_knowledge``. The phrases go through the function that the stages use (``knowledge.phrases``). Unions and the
United Nations count as IGO, and Kosovo's two codes as one, on both sides.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dateline.knowledge.actors import load_actors
from dateline.knowledge.phrases import Code, load_phrases

FOLDED = {"UNO": "IGO", "EUR": "IGO", "INT": "IGO", "XKX": "KOS"}
TODAY = date(2022, 6, 1)
"""The day of rows that give none: the table is of that summer."""


def day(words: str | None) -> date:
    """``2022-06-01`` or ``12 April 2022``."""
    if not words:
        return TODAY
    try:
        return date.fromisoformat(words)
    except ValueError:
        return datetime.strptime(words, "%d %B %Y").date()


def fits(got: str | None, wanted: Any) -> bool:
    """Whether a code is among the right ones."""
    allowed = wanted if isinstance(wanted, list) else [wanted]
    return wanted is None or FOLDED.get(got or "", got or "") in {FOLDED.get(w or "", w or "") for w in allowed}


def coded(row: dict[str, Any]) -> Code:
    """The row's phrase, in the country that the row says is in force."""
    hit = load_actors().country(row.get("known_country") or "")
    return load_phrases().code(row["text"], day(row.get("as_of")), hit.country.code if hit else None)


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print the phrases that are wrong")
    given = parser.parse_args()
    right: Counter[tuple[str, str]] = Counter()
    for row in map(json.loads, given.gold.read_text(encoding="utf-8").splitlines()):
        code = coded(row)
        country, sector = fits(code.country, row["country"]), fits(code.sector, row["sector"])
        for part in ("all", "needs world knowledge" if row.get("needs_knowledge") else "needs none"):
            right.update({(part, "of"): 1, (part, "country"): country, (part, "sector"): sector})
            right[part, "both"] += country and sector
        if given.wrong and not (country and sector):
            print(
                f"{row['text']!r}: {code.country} {code.sector} ({code.why}); right: {row['country']} {row['sector']}"
            )
    for part in ("all", "needs none", "needs world knowledge"):
        of = right[part, "of"] or 1
        shares = "   ".join(f"{what} {right[part, what] / of:6.1%}" for what in ("country", "sector", "both"))
        print(f"{part:24} {shares}   of {of}")


if __name__ == "__main__":
    main()
