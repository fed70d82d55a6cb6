from __future__ import annotations

from datetime import date

from dateline.merge import merge
from dateline.merge.sketches import sketch_of
from dateline.merge.stories import components_of, stories_of
from dateline.merge.words import counts_of, vector_of
from tests.merge.reports import report

SHIP = [
    "Tanker Merope left port of Varsk with crude under escort of Korvian navy",
    "Korvian navy escort joins tanker Merope after crude port Varsk is left",
    "Escort and tanker Merope, carrying crude from Varsk, cross strait past Korvian navy base",
]
CHESS = [
    "Teenager Ana Lirov wins chess title in Dorn after queen sacrifice in final",
    "Queen sacrifice gives Ana Lirov, teenager from Dorn, chess title in final",
]


def test_reports_of_one_story_share_it_and_others_do_not() -> None:
    records = [report(f"r{n}", text) for n, text in enumerate(SHIP + CHESS)]
    stories = stories_of([sketch_of(r) for r in records], {})
    assert stories == {"r0": "story:r0", "r1": "story:r0", "r2": "story:r0", "r3": "story:r3", "r4": "story:r3"}


def test_a_story_is_named_by_its_earliest_report() -> None:
    records = [report("a", SHIP[0], published=date(2023, 9, 15)), report("b", SHIP[1], published=date(2023, 9, 14))]
    assert set(merge(records).stories.values()) == {"story:b"}


def test_reports_years_apart_are_no_story() -> None:
    early = report("a", "Tanker Merope left port of Varsk with crude", published=date(2003, 1, 1))
    text = "Tanker Merope sold for scrap with crude in port of Varsk after owner fails to pay"
    near, late = report("b", text, published=date(2003, 1, 2)), report("b", text, published=date(2023, 9, 14))
    assert len(set(merge([early, near]).stories.values())) == 1
    assert len(set(merge([early, late]).stories.values())) == 2


def test_a_copy_goes_with_its_origin() -> None:
    records = [report("a", SHIP[0]), report("b", "words that share nothing")]
    assert stories_of([sketch_of(r) for r in records], {"b": "a"}) == {"a": "story:a", "b": "story:a"}


def test_a_report_without_tokens_is_still_placed_by_its_words() -> None:
    from msgspec.structs import replace

    bare = replace(report("b", SHIP[0]), tokens=(), sentences=(), layers=())
    assert stories_of([sketch_of(report("a", SHIP[0])), sketch_of(bare)], {})["b"] == "story:a"


def test_an_empty_report_is_a_story_of_its_own() -> None:
    assert stories_of([sketch_of(report("a", SHIP[0])), sketch_of(report("b", ""))], {})["b"] == "story:b"


def test_common_words_weigh_less_than_names() -> None:
    weights = vector_of(counts_of(report("a", "Merope year said")))
    assert weights["merope"] > 2 * weights["year"]


def test_a_judgement_ties_reports_of_different_components() -> None:
    sketches = [sketch_of(report("a", SHIP[0])), sketch_of(report("b", CHESS[0])), sketch_of(report("c", SHIP[1]))]
    assert components_of(sketches) == {"a": "a", "b": "b", "c": "a"}
    assert set(components_of(sketches, [("b", "c")]).values()) == {"a"}
