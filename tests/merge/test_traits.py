"""The quick weight of a pair (of dateline.merge.traits) is that of its judgement, whatever the tellings say."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.merge.judging import judge, weigh
from dateline.merge.saying import Said
from dateline.merge.tellings import Telling
from dateline.merge.traits import Traits
from tests.merge.test_judging import other, telling

ONE, TWO = telling(), other()


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(values)).map(lambda found: tuple(sorted(found)))


DAYS = st.tuples(st.integers(0, 6), st.integers(0, 2)).map(
    lambda given: (date(2031, 5, 1) + timedelta(given[0]), date(2031, 5, 1) + timedelta(sum(given)))
)
NUMBERS = st.dictionaries(st.sampled_from(("number of crew", "number of ship", "day")), st.sampled_from("12")).map(
    lambda told: tuple(Said(slot=slot, key=key, name=key, words=key, start=0) for slot, key in told.items())
)
CHANGES = st.fixed_dictionaries(
    {
        "triggers": some("die", "murder", "say", "kill"),
        "acts": some("statement", "other", "COERCE", "market"),
        "modes": some("arrest", "seize"),
        "actors": some("brandt", "sorel"),
        "recipients": some("brandt", "sorel"),
        "things": some("boat", "net"),
        "places": some("varsk", "oslo"),
        "words": some("say", "trawler", "skipper", "pier", "quay"),
        "standings": some("done", "open", "denied"),
        "days": st.none() | DAYS,
        "said": NUMBERS,
    }
)


@given(CHANGES, CHANGES, st.floats(0, 1))
def test_the_quick_weight_is_that_of_the_judgement(
    left: dict[str, object], right: dict[str, object], like: float
) -> None:
    one: Telling = replace(ONE, **left)
    two: Telling = replace(TWO, **right)
    assert weigh(Traits(one), Traits(two), like) == judge(one, two, like).weight
