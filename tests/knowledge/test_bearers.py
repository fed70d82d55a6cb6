"""Explaining a name (``dateline.knowledge.bearers``): who may bear it, what links it, and why."""

from __future__ import annotations

from datetime import date

from dateline.knowledge.bearers import bearers

DAY = date(2023, 9, 16)


def test_a_full_name_in_another_spelling_links() -> None:
    best = bearers("Sergueï Choïgou", DAY)[0]
    assert (best.id, best.linked, best.country, best.sector) == ("person:sergei-shoigu", True, "RUS", "GOV")
    assert best.post is not None
    assert "defence minister" in best.post


def test_a_family_name_alone_links_nobody() -> None:
    found = bearers("Choigou", DAY)
    assert [b.id for b in found] == ["person:sergei-shoigu"]
    assert not found[0].linked
    assert "another spelling" in found[0].why


def test_a_ship_needs_a_word_for_a_ship() -> None:
    found = bearers("Chapochnikov", DAY)
    assert [b.id for b in found] == ["equipment:marshal-shaposhnikov"]
    assert not found[0].linked


def test_a_designator_links_to_its_system() -> None:
    assert [(b.id, b.linked) for b in bearers("MiG31")] == [("equipment:mig-31", True)]


def test_a_town_of_many_is_told_by_the_report() -> None:
    found = bearers("Springfield")
    assert len(found) == 3
    assert not any(b.linked for b in found)


def test_an_unknown_name_has_no_bearer() -> None:
    assert bearers("Qwertzu Asdfgh") == ()


def test_every_bearer_says_why() -> None:
    for name in ("Kremlin", "Peru", "Angela Merkel", "Tu-160", "Park"):
        assert all(b.why and b.id for b in bearers(name, DAY))
        assert bearers(name, DAY), name
