"""What a place name stands for, when a capital acts, and what is no place at all."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dateline.model import Mention, MentionType, Place, Record, Span
from dateline.stages.places import KEPT, Places
from tests.conllu import record_from_conllu

_TEXTS = Path(__file__).with_name("places.conllu").read_text(encoding="utf-8")
CASES = {
    chunk.split("\n", 1)[0].strip(): chunk.split("\n", 1)[1]
    for chunk in _TEXTS.split("# newdoc id = ")
    if chunk.strip()
}
AMBIGUOUS = list(
    csv.DictReader(Path(__file__).with_name("places_ambiguity.csv").read_text(encoding="utf-8").splitlines())
)


def told(place: Place | None) -> str:
    """``FRA``, ``USA.TX`` for a place in a state, ``~RUS`` for a government, ``-`` without a country, ``no`` place."""
    if place is None or place.best is None:
        return "no" if place is None else "?"
    best = place.best
    if place.acts:
        return f"~{best.country}"
    in_state = best.country == "USA" and best.admin1 and best.kind != "country"
    return (best.admin1 or "").replace("US.", "USA.") if in_state else best.country or "-"


@pytest.mark.parametrize("case", AMBIGUOUS, ids=[case["text"][:60] for case in AMBIGUOUS])
def test_ambiguous_names_are_told_apart_as_a_reader_would(reader: Callable[..., Record], case: dict[str, str]) -> None:
    record = reader(case["text"], published="2024-05-18", publisher=case["publisher"] or None)
    by_words: dict[str, list[Place]] = {}
    for place in record.places:
        by_words.setdefault(place.span.of(case["text"]), []).append(place)
    for pair in case["expected"].split(";"):
        words, _, expected = pair.rpartition("=")
        found = by_words.get(words) or [None]  # type: ignore[list-item]
        assert told(found.pop(0)) == expected, f"{words}: {case['reason']}"


def test_there_are_enough_ambiguous_names_and_each_has_a_reason() -> None:
    assert len(AMBIGUOUS) >= 100
    assert all(case["reason"] for case in AMBIGUOUS)


def record_of(case: str) -> Record:
    return record_from_conllu(CASES[case])


def places_of(case: str) -> dict[str, Place]:
    record = record_of(case)
    return {p.span.of(record.article.text): p for p in Places()(record)["places"]}


def with_name(record: Record, words: str, type: MentionType) -> Record:
    """The record with one name mention over these words."""
    start = record.article.text.index(words)
    inside = [i for i, t in enumerate(record.tokens) if start <= t.start < start + len(words)]
    mention = Mention(
        id="m0", span=record.tokens[inside[0]].span, kind="NAM", type=type, head=inside[-1], first=inside[0],
        last=inside[-1] + 1,
    )  # fmt: skip
    return msgspec.structs.replace(record, mentions=(mention,))


def where(place: Place) -> tuple[str | None, str | None]:
    assert place.best is not None
    return place.best.country, place.best.admin1


def test_the_words_that_contain_a_place_decide() -> None:
    found = places_of("containment")
    assert where(found["Paris"]) == ("USA", "US.TX")
    assert where(found["Springfield"]) == ("USA", "US.IL")
    assert found["Paris"].candidates[0].why.startswith("named with the place it lies in")


def test_the_best_known_namesake_stays_a_candidate() -> None:
    paris = places_of("containment")["Paris"]
    assert "FRA" in {c.country for c in paris.candidates}
    assert [c.score for c in paris.candidates] == sorted((c.score for c in paris.candidates), reverse=True)
    assert len(paris.candidates) <= KEPT


def test_the_dateline_weighs_as_company() -> None:
    record = record_of("neighbours")
    start = record.article.text.index("Alachua")
    sent_from = msgspec.structs.replace(record.article, dateline=Span(start, start + len("Alachua")))
    plain = {p.name: p.score or 0 for p in Places()(record)["places"]}
    weighed = {p.name: p.score or 0 for p in Places()(msgspec.structs.replace(record, article=sent_from))["places"]}
    assert weighed["Gainesville"] > plain["Gainesville"]


def test_neighbours_decide_where_the_best_known_would_not() -> None:
    found = places_of("neighbours")
    assert where(found["Gainesville"]) == ("USA", "US.FL")
    assert where(found["Alachua"]) == ("USA", "US.FL")


@pytest.mark.parametrize("city", ["Moscow", "Beijing", "Washington"])
def test_a_capital_that_speaks_or_deals_acts(city: str) -> None:
    place = places_of("capital-acts")[city]
    assert place.acts
    assert place.best is not None
    assert place.best.kind == "city"


def test_acting_washington_is_the_capital_not_the_state() -> None:
    assert where(places_of("capital-acts")["Washington"]) == ("USA", "US.DC")


@pytest.mark.parametrize("city", ["Moscow", "Geneva", "Tehran"])
def test_a_capital_that_is_travelled_to_does_not_act(city: str) -> None:
    assert not places_of("capital-is-place")[city].acts


def test_the_target_of_sanctions_acts_and_the_venue_does_not() -> None:
    found = places_of("object-of-sanctions")
    assert found["Pyongyang"].acts
    assert not found["Brussels"].acts


@pytest.mark.parametrize("case", ["bought-from", "relative"])
def test_a_capital_that_sells_or_owns_acts(case: str) -> None:
    assert places_of(case)["Pyongyang"].acts


def test_a_seat_of_government_acts_and_a_cosmodrome_does_not() -> None:
    found = places_of("seat")
    assert found["Kremlin"].acts
    site = found["Vostochny Cosmodrome"]
    assert not site.acts
    assert site.best is not None
    assert (site.best.kind, round(site.best.lat or 0), round(site.best.lon or 0)) == ("facility", 52, 128)
    assert site.radius_km <= 5


def test_an_airfield_by_its_local_name() -> None:
    found = places_of("airfield")
    best = found["Knevichi airfield"].best
    assert best is not None
    assert best.lat == pytest.approx(43.40, abs=0.05)
    assert best.lon == pytest.approx(132.15, abs=0.05)
    assert found["Vladivostok"].best is not None


def test_the_word_beside_the_name_tells_region_from_city() -> None:
    record = record_of("region-and-city")
    kinds = [p.best.kind for p in Places()(record)["places"] if p.name.startswith("Kherson") and p.best]
    assert kinds == ["region", "city"]


def test_abbreviations_are_read_in_capitals_only() -> None:
    found = places_of("abbreviations")
    assert where(found["Louisville"]) == ("USA", "US.KY")
    assert "us" not in found
    assert {"US", "Ky."} <= set(found)


def test_an_adjective_is_its_country() -> None:
    place = places_of("adjective")["Egyptian"]
    assert (place.name, place.candidates[0].kind) == ("Egypt", "country")
    assert place.by == "places/adjective"


def test_common_words_and_months_are_no_places() -> None:
    assert places_of("words") == {}


def test_a_name_inside_a_persons_name_is_no_place() -> None:
    record = with_name(record_of("person"), "Paris Jackson", "PER")
    assert [p.name for p in Places()(record)["places"]] == ["Lagos"]


@pytest.mark.parametrize(("type", "kept"), [("VEH", False), ("GPE", True)])
def test_the_name_of_a_ship_is_no_place(type: MentionType, kept: bool) -> None:
    record = with_name(record_of("ship"), "Sevastopol", type)
    assert ("Sevastopol" in {p.name for p in Places()(record)["places"]}) is kept


def test_straits_and_islands_come_from_our_tables() -> None:
    found = places_of("strait")
    assert {p.candidates[0].kind for p in found.values()} == {"natural"}
    assert found["Strait of Hormuz"].radius_km > found["Qeshm Island"].radius_km


def test_typographic_dashes_and_quotes_are_plain_ones() -> None:
    found = places_of("hyphens")
    assert found["Komsomolsk\u2011on\u2011Amur"].name == "Komsomolsk-on-Amur"
    assert where(found["Xi\u2019an"])[0] == "CHN"


@pytest.mark.parametrize("case", sorted(CASES))
def test_spans_ids_and_order_hold(case: str) -> None:
    record = record_of(case)
    first, again = Places()(record)["places"], Places()(record)["places"]
    assert first == again
    assert [p.id for p in first] == [f"p{i}" for i in range(len(first))]
    ends = 0
    for place in first:
        assert place.span.start >= ends
        assert place.span.of(record.article.text).strip() == place.span.of(record.article.text) != ""
        ends = place.span.end


def test_a_mention_over_the_same_words_is_named() -> None:
    record = with_name(record_of("airfield"), "Vladivostok", "GPE")
    assert next(p for p in Places()(record)["places"] if p.name == "Vladivostok").mention == "m0"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Oklahoma wants a new test in its schools.", "Oklahoma"),
        ("A Maryland judge freed the driver.", "Maryland"),
        ("Kansas sued the mill on Monday.", "Kansas"),
        ("Nevada bans the sale of fireworks.", "Nevada"),
        ("Farmers in Iowa lost the harvest.", "Iowa"),
        ("Delaware has cut its taxes.", "Delaware"),
        ("Missouri executed a prisoner.", "Missouri"),
    ],
)
def test_a_state_is_no_city_of_a_longer_name(reader: Callable[..., Record], text: str, state: str) -> None:
    (place,) = [p for p in reader(text, published="2024-05-18").places if p.span.of(text) == state]
    assert place.best is not None
    assert (place.best.name, place.best.kind, place.best.country) == (state, "region", "USA")


def test_a_city_that_bears_the_very_name_of_its_region_is_meant_where_nothing_says_region(
    reader: Callable[..., Record],
) -> None:
    (place,) = reader("The shelling of Donetsk went on.", published="2024-05-18").places
    assert place.best is not None
    assert place.best.kind == "city"
