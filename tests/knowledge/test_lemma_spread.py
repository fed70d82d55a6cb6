from __future__ import annotations

from dateline.knowledge.files import path, rows
from dateline.knowledge.lemma_spread import load_lemma_spread


def test_common_words_stand_in_more_reports_than_telling_ones() -> None:
    spread = load_lemma_spread()
    assert spread["say"] > 0.5 > spread["year"] / 2 > spread.get("frigate", 0.0)


def test_shares_are_shares_and_rows_are_sorted_and_named_once() -> None:
    lemmas = [row["lemma"] for row in rows(path("lexicons", "lemma_spread.csv"))]
    assert lemmas == sorted(set(lemmas))
    assert all(0 < share <= 1 for share in load_lemma_spread().values())
