from __future__ import annotations

from collections import Counter

from dateline.knowledge.files import path, rows
from dateline.knowledge.same_event import load_same_event


def test_words_of_one_event_share_a_group_and_words_of_others_do_not() -> None:
    groups = load_same_event()
    assert groups["kill"] & groups["die"]
    assert not groups["kill"] & groups["meet"]
    assert "zebra" not in groups


def test_every_group_has_two_words_and_no_word_stands_in_it_twice() -> None:
    found = [(row["group"], row["lemma"]) for row in rows(path("lexicons", "same_event.csv"), ("group", "lemma"))]
    assert [pair for pair, count in Counter(found).items() if count > 1] == []
    assert [group for group, count in Counter(group for group, _ in found).items() if count < 2] == []
    assert [lemma for _, lemma in found if lemma != lemma.strip().lower() or not lemma] == []
