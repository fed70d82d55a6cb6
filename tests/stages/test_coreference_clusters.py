"""Clusters (dateline.stages.coreference.clusters): what is kept beside a cluster is what its items say."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.stages.coreference.clusters import Clusters

ITEMS = st.lists(
    st.tuples(st.sampled_from(["", "", "m", "f", "n"]), st.sampled_from(["NAM", "NOM", "PRO"])), min_size=1, max_size=9
)


@settings(deadline=None)
@given(ITEMS, st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12))
def test_gender_is_that_of_the_first_item_that_has_one_and_two_genders_are_never_joined(
    given_items: list[tuple[str, str]], pairs: list[tuple[int, int]]
) -> None:
    items = [
        SimpleNamespace(land=False, hit=None, place=k, gender=g, kind=kind, type="PER")
        for k, (g, kind) in enumerate(given_items)
    ]
    clusters = Clusters(cast("Any", items))
    for left, right in pairs:
        if max(left, right) < len(items):
            clusters.copy().join(left, right, "a copy leaves no trace")
            clusters.join(left, right, "test")
    for place in range(len(items)):
        told = [item.gender for item in clusters.all(place) if item.gender]
        assert clusters.gender(place) == (told[0] if told else "")
        assert len(set(told)) <= 1


def test_two_countries_are_never_one_entity() -> None:
    def land(place: int, code: str) -> SimpleNamespace:
        hit = SimpleNamespace(country=SimpleNamespace(code=code))
        return SimpleNamespace(land=True, hit=hit, place=place, gender="", kind="NAM", type="GPE")

    plain = SimpleNamespace(land=False, hit=None, place=3, gender="", kind="NOM", type="GPE")
    clusters = Clusters(cast("Any", [land(0, "NOR"), land(1, "CHL"), land(2, "NOR"), plain]))
    assert not clusters.join(0, 1, "test")
    assert clusters.join(0, 2, "test")
    assert clusters.join(2, 3, "test")
    assert not clusters.join(1, 3, "through what was joined before")
    assert clusters.join(1, 1, "test")
