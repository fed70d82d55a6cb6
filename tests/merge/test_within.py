"""What two reports of one story have of their own."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from dateline.merge.within import SELF, Within
from tests.merge.made import DAY, sketch


def unit(*numbers: float) -> bytes:
    vector = np.array(numbers) / np.linalg.norm(numbers)
    return bytes(np.rint(vector * 127).astype(np.int8).tobytes())


def words(*names: str) -> dict[str, float]:
    return {name: 1 / len(names) ** 0.5 for name in names}


def of(*sketches: object) -> Within:
    return Within(sketches, {s.id: "story:a" for s in sketches})  # type: ignore[arg-type,attr-defined]


def test_words_that_the_whole_story_has_tell_less_than_those_of_two() -> None:
    shared = [sketch(name, words=words("war", "front", name)) for name in "abcd"]
    pair = [sketch("p", words=words("war", "bridge")), sketch("q", words=words("war", "bridge"))]
    within = of(*shared, *pair)
    near, far = within.compared("p", "q"), within.compared("a", "b")
    assert near["own words"] - far.get("own words", 0.0) > near["words"] - far["words"]
    assert within.compared("p", "q") == within.compared("q", "p")


def test_vectors_are_seen_from_the_middle_of_the_story() -> None:
    crowd = [sketch(name, vector=unit(1, 0.1 * n, 0)) for n, name in enumerate("abcdef")]
    pair = [sketch("p", vector=unit(1, 0, 0.6)), sketch("q", vector=unit(1, 0, 0.7))]
    within = of(*crowd, *pair)
    apart = within.compared("a", "p")
    assert apart["vector"] > 0.8
    assert apart["own vector"] < 0.3 < within.compared("p", "q")["own vector"]


def test_a_report_without_a_vector_is_compared_by_words_and_says_so() -> None:
    within = of(sketch("a", words=words("war"), vector=unit(1, 0)), sketch("b", words=words("war")))
    assert within.compared("a", "b").keys() >= {"words", "no vector"}
    assert "vector" not in within.compared("a", "b")


def test_days_of_publication_and_the_form_of_headlines_speak_too() -> None:
    later = sketch("b", published=DAY + timedelta(days=1), title="Live: the vote")
    last = sketch("c", published=date(2031, 5, 9), title="Why the harbour was closed")
    within = of(sketch("a"), later, last)
    assert within.compared("a", "b") == {"next day": 1.0, "one series": 1.0, "no vector": 1.0}
    assert within.compared("a", "c") == {"later": 1.0, "one asks": 1.0, "no vector": 1.0}


def test_a_report_beside_itself_is_neither_sure_nor_nothing() -> None:
    assert of(sketch("a", words=words("war"))).compared("a", "a") == SELF
