"""An archive laid out for looking: facets, choices, orders, differences, dossiers, and what a person corrected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dateline.archive.dossiers import dossier
from dateline.archive.facets import FACETS, Choice, Facets, country_name, is_somebody, is_thing, pair_of
from dateline.archive.keeping import Archive
from dateline.archive.prepared import ORDERS, Prepared
from dateline.archive.viewing import every_world, worlds
from dateline.settings import Settings
from dateline.store import Query, Store
from tests.archive.reports import DAY, IDS, SHELF, anchor, put


@pytest.fixture
def prepared(store: Store) -> Prepared:
    put(store, *SHELF)
    return Prepared(store)


def names(prepared: Prepared, choice: Choice) -> set[str]:
    """The types and days of what a choice finds."""
    return {f"{prepared.worlds[n].act} {prepared.worlds[n].status}" for n in prepared.chosen(choice)}


def test_it_holds_what_the_chronicle_holds(store: Store, prepared: Prepared) -> None:
    assert list(prepared.worlds) == worlds(store, Query(limit=None), every=True) == every_world(store)
    assert set(prepared.reports) == set(IDS.values())
    assert prepared.today == DAY + timedelta(days=70)


def test_a_choice_is_every_facet_and_any_key_of_one(prepared: Prepared) -> None:
    assert names(prepared, Choice()) == {"COERCE happened", "CONSULT planned", "CONSULT happened"}
    assert "other happened" in names(prepared, Choice(every=True))
    assert names(prepared, Choice(keys=(("status", "planned"),))) == {"CONSULT planned"}
    both = Choice(keys=(("type", "COERCE"), ("type", "CONSULT")))
    assert names(prepared, both) >= {"COERCE happened"}
    assert names(prepared, Choice(keys=(("type", "COERCE"), ("outlet", "Paper chess")))) == set()
    assert names(prepared, Choice(words="Breaking")) == {"COERCE happened"}
    assert names(prepared, Choice(words="zebra")) == set()
    assert names(prepared, Choice(since=DAY + timedelta(days=10), until=DAY + timedelta(days=12))) >= {
        "CONSULT happened"
    }
    assert names(prepared, Choice(keys=(("actor", "nobody"),))) == set()


def test_orders(prepared: Prepared) -> None:
    numbers = prepared.chosen(Choice(every=True))
    dated = [w.earliest for w in (prepared.worlds[n] for n in prepared.ordered(numbers, "newest")) if w.earliest]
    assert dated == sorted(dated, reverse=True)
    assert prepared.ordered(numbers, "oldest") == sorted(numbers)
    weights = [prepared.worlds[n].independent for n in prepared.ordered(numbers, "weight")]
    assert weights == sorted(weights, reverse=True)
    assert all(sorted(prepared.ordered(numbers, order)) == sorted(numbers) for order in ORDERS)


def test_facets_count_what_is_at_hand(prepared: Prepared) -> None:
    every = range(len(prepared.worlds))
    for facet in FACETS:
        for offer in prepared.facets.counted(facet, every):
            assert offer.count == len(prepared.facets.holders(facet, offer.key))
            assert offer.name
    assert {offer.key for offer in prepared.facets.counted("outlet", every)} == {f"Paper {name}" for name in SHELF}
    assert [o.key for o in prepared.facets.beginning("paper ch", 1)] == ["Paper chess"]
    assert prepared.facets.beginning("p", 5) == []
    assert Facets(()).counted("actor", []) == []


def test_what_was_first_told_on_a_day(prepared: Prepared) -> None:
    late = [prepared.worlds[n] for n in prepared.since(DAY + timedelta(days=60))]
    assert [t.report for w in late for t in w.tellings] == [IDS["late"]]


def test_who_is_somebody() -> None:
    assert is_somebody("country:NOR", "Norway")
    assert not is_somebody("words:officials", "officials")
    assert not is_somebody("office::GOV:government", "government")
    assert not is_somebody("name:x", "They")
    assert is_thing("equipment", "words:missile")
    assert is_thing("artifact", "equipment:f-16")
    assert not is_thing("artifact", "words:boat")
    assert pair_of("b", "a") == pair_of("a", "b") == "a|b"
    assert country_name("NOR") == "Norway"
    assert country_name("XXX") == "XXX"


def test_a_place_that_a_person_gave_is_on_the_map(store: Store) -> None:
    put(store, *SHELF)
    file = str(store)[len("Archive('") : -2]
    with Archive(file, Settings()) as archive:
        archive.give("place", anchor("chess"), "Dorn|47.5|9.5", "ana")
        prepared = archive.prepared()
        spots = [spot for spot in prepared.spots.values() if spot.given]
        assert [(s.name, s.lat, s.lon, s.whole) for s in spots] == [("Dorn", 47.5, 9.5, False)]
        assert archive.state() == prepared.state
        archive.withdraw(1)
        assert archive.state() != prepared.state
        assert [j.id for j in archive.corrections(withdrawn=True)] == [1]
        assert list(archive.corrections()) == []


def test_a_dossier_of_nobody_is_none(prepared: Prepared) -> None:
    assert dossier(prepared, "actor", "nobody") is None


def test_a_dossier_of_a_source_that_does_nothing(prepared: Prepared) -> None:
    key = prepared.worlds[0].sources[0].key
    found = dossier(prepared, "actor", key)
    assert found is not None
    assert found.roles == {}
    assert prepared.worlds[found.vouched[0]].sources
    assert found.numbers == []


def test_copies_and_stories(prepared: Prepared) -> None:
    assert [r.id for r in prepared.copies(IDS["first"])] == [IDS["reprint"]]
    (told,) = prepared.told_by(IDS["chess"])
    assert told in prepared.story(told)
    assert prepared.world(told.id) is told
    assert prepared.world("enothing") is None
    assert date(2031, 1, 1) < DAY
