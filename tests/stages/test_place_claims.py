"""Distance and direction phrases: what they claim, of which place, and whether the map agrees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.model import Candidate, Place, Record, Span, Token
from dateline.stages.places.claims import phrase_before, with_claims
from tests.conllu import record_from_conllu

POINTS = {
    "Moscow": ("RUS", 55.752, 37.616),
    "Vladivostok": ("RUS", 43.106, 131.874),
    "Tula": ("RUS", 54.193, 37.617),
    "Ankara": ("TUR", 39.92, 32.854),
}


def record_of(text: str) -> Record:
    lines = [f"{i}\t{w}\t{w}\tX\tX\t_\t{i - 1}\tdep\t_\t_" for i, w in enumerate(text.split(), 1)]
    return record_from_conllu("\n".join(lines).replace("\t0\tdep", "\t0\troot") + "\n")


def places_in(record: Record) -> list[Place]:
    named = [t for t in record.tokens if t.form in POINTS]
    return [_place(f"p{i}", token) for i, token in enumerate(named)]


def _place(id: str, token: Token) -> Place:
    country, lat, lon = POINTS[token.form]
    best = Candidate(id=id, name=token.form, kind="city", lat=lat, lon=lon, country=country)
    return Place(
        id=id, span=Span(token.start, token.end), name=token.form, candidates=(best,), resolved=True, radius_km=10
    )


@pytest.mark.parametrize(
    ("text", "km", "direction"),
    [
        ("a launch pad nearly 8,000 km east of Moscow", 8000, "east"),
        ("an airfield 50 km from Vladivostok", 50, None),
        ("a depot 50km from Vladivostok", 50, None),
        ("a plant 12.5 kilometres south - west of Tula", 12.5, "southwest"),
        ("a plant 10 miles away from Tula", 16.09, None),
        ("a camp 20 kilometers to the north of Ankara", 20, "north"),
        ("a wreck 5 nautical miles off Vladivostok", 9.26, None),
        ("a village north of the Moscow", None, "north"),
    ],
)
def test_the_phrase_is_kept_as_a_claim(text: str, km: float | None, direction: str | None) -> None:
    record = record_of(text)
    (claim,) = with_claims(places_in(record), record.tokens)[-1].claims
    assert (claim.km, claim.direction) == (km, direction)
    assert claim.span.of(record.article.text).split()[-1] in POINTS


@pytest.mark.parametrize(
    "text",
    [
        "a train from Moscow",
        "he flew 50 envoys from Moscow",
        "the east of Ankara and south from Tula",
        "the mayor of Moscow",
        "an office outside Moscow",
        "about 300 from Tula",
    ],
)
def test_other_words_before_a_place_claim_no_distance(text: str) -> None:
    record = record_of(text)
    claims = [c for p in with_claims(places_in(record), record.tokens) for c in p.claims if c.km is not None]
    assert claims == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("in Tula , some 180 km south of Moscow", True),
        ("in Tula , 180 km north of Moscow", False),
        ("in Tula , 1,800 km south of Moscow", False),
        ("Vladivostok is more than 6,000 km east of Moscow", True),
        ("Vladivostok lies west of Moscow", False),
    ],
)
def test_a_claim_of_a_named_neighbour_is_checked_on_the_map(text: str, holds: bool) -> None:
    record = record_of(text)
    subject, far = with_claims(places_in(record), record.tokens)
    assert far.claims[0].place == subject.id
    assert far.claims[0].holds is holds


def test_a_claim_without_a_neighbour_stays_unchecked() -> None:
    record = record_of("Vladivostok sent ships to a pier 180 km south of Moscow")
    assert with_claims(places_in(record), record.tokens)[-1].claims[0].holds is None


def test_a_phrase_does_not_reach_across_sentences() -> None:
    record = record_of("they marched 50 km")
    more = tuple(record.tokens)
    assert phrase_before(0, more) is None


def test_a_dateline_with_its_state_settles_the_name_for_the_whole_report(reader: Callable[..., Record]) -> None:
    text = "PARIS, Texas (AP) - A fire broke out in Paris on Monday, officials said."
    found = [p.best for p in reader(text, published="2024-05-01").places if p.name == "Paris"]
    assert [(b.country, b.admin1) for b in found if b] == [("USA", "US.TX")] * 2
