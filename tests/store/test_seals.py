"""Seals (dateline.store.seals): the same values the same seal, any other value another one."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.errors import DamageError
from dateline.store import Key, seals
from dateline.store.rows import filed
from tests.store.reports import golden

ROWS = filed(golden()[0])
EVENT, PARTIES, HOLDERS = next(
    (e, p, h) for e, p, h in zip(ROWS.events, ROWS.parties, ROWS.holders, strict=True) if p and h
)


@pytest.mark.parametrize("name", [name for name in EVENT if name not in {"seal", "place_key"}])
def test_every_value_of_an_event_is_in_its_seal(name: str) -> None:
    altered: dict[str, Any] = {**EVENT, name: "?"}
    assert seals.of_event(EVENT, PARTIES, HOLDERS) == EVENT["seal"]
    assert seals.of_event(altered, PARTIES, HOLDERS) != EVENT["seal"]


@pytest.mark.parametrize("name", ["role", "name", "code", "link"])
def test_every_value_of_a_party_is_in_the_seal_of_its_event(name: str) -> None:
    altered = [{**PARTIES[0], name: "?"}, *PARTIES[1:]]
    assert seals.of_event(EVENT, altered, HOLDERS) != EVENT["seal"]


def test_who_vouches_and_in_which_order_is_in_the_seal_of_the_event() -> None:
    other = {**HOLDERS[0], "factuality": -3.0}
    assert seals.of_event(EVENT, PARTIES, [other, *HOLDERS[1:]]) != EVENT["seal"]
    assert seals.of_event(EVENT, PARTIES, [other, HOLDERS[0]]) != seals.of_event(EVENT, PARTIES, [HOLDERS[0], other])


def test_the_order_of_the_keys_of_a_sketch_tells_nothing() -> None:
    one, other = Key("word", "a"), Key("word", "b")
    assert seals.of_sketch(b"x", [one, other]) == seals.of_sketch(b"x", [other, one])
    assert seals.of_sketch(b"x", [one]) != seals.of_sketch(b"y", [one])


def test_what_was_altered_is_refused_by_its_name() -> None:
    seals.refuse_altered("report r1", "a", "a")
    with pytest.raises(DamageError, match="of report r1 is not what was written; run check"):
        seals.refuse_altered("report r1", "a", "b")


def test_a_whole_number_has_the_seal_of_what_the_database_gives_back() -> None:
    whole, real = (dict.fromkeys(seals._EVENT) | {"radius_km": value} for value in (10, 10.0))
    assert seals.of_event(whole, (), ()) == seals.of_event(real, (), ())
