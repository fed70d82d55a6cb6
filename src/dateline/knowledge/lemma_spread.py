"""In what share of reports each common English lemma stands: ``lexicons/lemma_spread.csv`` in, shares out."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dateline.knowledge.files import path, rows


@functools.cache
def load_lemma_spread() -> Mapping[str, float]:
    """Lemma -> share of reports with it (0 to 1). A lemma that is not there is rare."""
    table = rows(path("lexicons", "lemma_spread.csv"), ("lemma", "reports_per_thousand"))
    return {row["lemma"]: int(row["reports_per_thousand"]) / 1000 for row in table}
