from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.merge.clustering import average_link


def test_near_items_join_and_far_ones_stay_apart() -> None:
    assert average_link(4, {(0, 1): 0.9, (2, 3): 0.8, (1, 2): 0.1}, 0.5) == [0, 0, 2, 2]


def test_one_strong_pair_does_not_chain_two_groups() -> None:
    pairs = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.8}
    assert average_link(4, pairs, 0.5) == [0, 0, 2, 2]


def test_a_group_joins_where_the_mean_reaches_the_threshold() -> None:
    assert average_link(3, {(0, 1): 0.9, (0, 2): 0.7, (1, 2): 0.3}, 0.5) == [0, 0, 0]
    assert average_link(3, {(0, 1): 0.9, (0, 2): 0.7, (1, 2): 0.2}, 0.5) == [0, 0, 2]


def test_no_pairs_leave_everything_alone() -> None:
    assert average_link(3, {}, 0.5) == [0, 1, 2]


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(5, 8)), st.sampled_from([0.2, 0.5, 0.6, 0.8, 1.0]), max_size=20
)


@given(PAIRS, st.randoms())
def test_the_order_of_the_pairs_changes_nothing(pairs: dict[tuple[int, int], float], chance: object) -> None:
    shuffled = list(pairs.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    groups = average_link(9, pairs, 0.5)
    assert groups == average_link(9, dict(shuffled), 0.5)
    assert all(groups[group] == group <= item for item, group in enumerate(groups))
