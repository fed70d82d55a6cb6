"""Search (dateline.store.searching, counting, conditions, folding, telling, chunks): fields, order, hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from dateline.errors import DamageError, StoreError
from dateline.store import Hit, Holder, Party, Placement, Query, Report, Store, WorldHits, open_store
from dateline.store.chunks import AT_ONCE, chunks
from dateline.store.folding import MOST_PHRASES, folded, name_key, phrases, spelling_key
from dateline.store.telling import told
from tests.store.conftest import Places
from tests.store.reports import DAY, record

HOSTILE = [
    '"',
    "'",
    "AND",
    "trawler OR",
    "NOT",
    "NEAR(trawler, 2)",
    "trawler*",
    "^trawler",
    "words:trawler",
    "-trawler",
    "((((",
    "trawler)",
    "'; DROP TABLE reports; --",
    "a\0b",
    "\ud800",
    "%",
    "_",
    "\\",
    "&|!<->:*",
    "trawler <-> seized",
    "{}",
    "[1]",
    "🚢",
    "漁船",
    "x" * 100_000,
    '"' * 1001,
    "ß" * 300,
]


def fill(store: Store) -> Store:
    for n in (3, 0, 2, 1):
        store.add(record(n))
    dry = "GLENTOWN - Bakers of Glentown met no one. Nothing seized, they meet rarely."
    store.add(record(7, text=dry.replace("seized", "taken"), title="Bread", publisher=None, published=None))
    return store


@pytest.fixture(scope="module")
def filled(places: Places) -> Iterator[Store]:
    """Five reports that no test changes."""
    with open_store(places()) as opened:
        yield fill(opened)


def found(store: Store, **asked: object) -> list[tuple[str, str]]:
    """Article ids and event ids."""
    names = {r.id: r.article for r in store.reports()}
    return [(names[h.report], h.event) for h in store.search(Query(**asked))]  # type: ignore[arg-type]


def test_a_hit_says_all_that_the_tables_hold(filled: Store) -> None:
    hit = next(iter(filled.search(Query(types=("COERCE",)))))
    assert hit == Hit(
        report=hit.report,
        event="v0",
        type="COERCE",
        ontology="plover",
        mode="seize",
        status="happened",
        factuality=0.0,
        earliest=DAY - timedelta(days=1),
        latest=DAY - timedelta(days=1),
        place="Port Vale",
        country="NRL",
        lat=10.5,
        lon=179.5,
        radius_km=12.0,
        actor_code="NRLMIL",
        recipient_code="SUDCVL",
        words="seized",
        start=hit.start,
        end=hit.start + 6,
        same_as="v0",
        world=None,
        parties=(
            Party(role="actor", name="coast guard of Norland", code="NRLMIL", link="body:norland-guard"),
            Party(role="recipient", name="trawler Ælfwyn", code="SUDCVL"),
        ),
        holders=(Holder(name="the ministry of Sudmark", factuality=3.0),),
        title="Trawler seized off Portvale, 0",
        publisher="Portvale Courier",
        published=DAY,
        story=None,
        url="https://courier.example/0",
        sentence=(
            "PORTVALE, May 4 - The coast guard of Norland seized the trawler Ælfwyn off Portvale, "
            "the ministry of Sudmark said."
        ),
    )
    assert filled.record(hit.report).article.text[hit.start : hit.end] == "seized"


def test_hits_come_by_day_and_then_always_in_the_same_order(filled: Store) -> None:
    hits = found(filled)
    assert hits == [
        *[(f"a{n}", "v0") for n in range(4)],
        *[(f"a{n}", "v1") for n in range(4)],
    ]
    assert [hit for start in range(0, 8, 3) for hit in found(filled, limit=3, offset=start)] == hits
    assert found(filled, limit=0) == []
    assert found(filled, limit=None, offset=7) == hits[7:]


@pytest.mark.parametrize(
    ("asked", "events"),
    [
        ({"types": ("CONSULT",)}, {"v1"}),
        ({"types": ("CONSULT", "COERCE")}, {"v0", "v1"}),
        ({"modes": ("seize",)}, {"v0"}),
        ({"statuses": ("planned",)}, {"v1"}),
        ({"actor": "norland"}, {"v0"}),
        ({"actor": "Coast Guard"}, {"v0"}),
        ({"actor": "body:norland-guard"}, {"v0"}),
        ({"actor": "NRL"}, {"v0"}),
        ({"actor": "NRLMIL"}, {"v0"}),
        ({"actor": "SUD"}, set()),
        ({"actor": "oast guar"}, set()),
        ({"actor": "mira dosch"}, {"v1"}),
        ({"actor": "Mira Doshch"}, {"v1"}),
        ({"actor": "Norlandt"}, set()),
        ({"recipient": "Aelfwyn"}, {"v0"}),
        ({"recipient": "travler"}, {"v0"}),
        ({"actor": "%"}, set()),
        ({"recipient": "Ælfwyn"}, {"v0"}),
        ({"recipient": "norland"}, set()),
        ({"between": ("Norland", "SUD")}, {"v0"}),
        ({"between": ("SUD", "Norland")}, {"v0"}),
        ({"between": ("SUD", "Sudmark")}, set()),
        ({"code": "SUDCVL"}, {"v0"}),
        ({"code": "NRL"}, {"v0"}),
        ({"place": "port vale"}, {"v0"}),
        ({"place": "Portvale"}, {"v0"}),
        ({"place": "Port"}, {"v0"}),
        ({"place": "ort"}, set()),
        ({"country": "NRL"}, {"v0"}),
        ({"box": (10.0, 179.0, 11.0, 180.0)}, {"v0"}),
        ({"box": (10.0, 179.0, 11.0, -179.0)}, {"v0"}),
        ({"box": (10.0, -179.0, 11.0, 179.0)}, set()),
        ({"box": (-90.0, -180.0, 10.0, 180.0)}, set()),
        ({"holder": "sudmark"}, {"v0"}),
        ({"holder": "AUTHOR"}, {"v1"}),
        ({"publisher": "courier"}, {"v0", "v1"}),
        ({"publisher": "Gazette"}, set()),
        ({"words": "trawler"}, {"v0"}),
        ({"words": "TRÄWLER ælfwyn"}, {"v0"}),
        ({"words": "counterpart"}, {"v1"}),
        ({"words": "trawler counterpart"}, set()),
        ({"words": '"trawler Ælfwyn off Portvale"'}, {"v0"}),
        ({"words": "courier"}, set()),
        ({"words": "trawler counterpart", "whole": True}, {"v0", "v1"}),
        ({"words": '"trawler seized off portvale"', "whole": True}, {"v0", "v1"}),
        ({"words": '"seized the trawler"'}, {"v0"}),
        ({"words": '"trawler the seized"'}, set()),
        ({"words": "“coast guard” norland"}, {"v0"}),
        ({"words": "bread"}, set()),
        ({"words": "trawler", "types": ("CONSULT",), "whole": True}, {"v1"}),
        ({"words": ""}, set()),
        ({"words": "..."}, set()),
    ],
    ids=str,
)
def test_a_field_finds_what_it_says(filled: Store, asked: dict[str, object], events: set[str]) -> None:
    assert {event for _, event in found(filled, **asked)} == events


def test_days_find_what_overlaps_them(filled: Store) -> None:
    day = DAY - timedelta(days=1)
    assert found(filled, since=day, until=day) == [("a0", "v0")]
    assert found(filled, until=day + timedelta(days=1)) == [("a0", "v0"), ("a1", "v0")]
    meeting = [("a0", "v1"), ("a1", "v1")]
    assert found(filled, since=day + timedelta(days=5), until=day + timedelta(days=5)) == meeting
    assert found(filled, since=date(2040, 1, 1)) == []


def test_reports_come_by_day_undated_last(filled: Store) -> None:
    assert [r.article for r in filled.reports()] == ["a0", "a1", "a2", "a3", "a7"]
    assert [r.article for r in filled.reports(Query(limit=2, offset=1))] == ["a1", "a2"]
    assert [r.article for r in filled.reports(Query(words="bakers"))] == ["a7"]
    assert [r.article for r in filled.reports(Query(types=("COERCE",), words="2"))] == ["a2"]
    some = tuple(r.id for r in filled.reports(Query(limit=2)))
    assert [h.report for h in filled.search(Query(reports=some, types=("COERCE",)))] == list(some)


def test_worlds_and_stories_are_found_once_placed(store: Store) -> None:
    filled = fill(store)
    ids = [r.id for r in filled.reports()]
    filled.place(
        Placement(report=one, component="c", story=f"s{n % 2}", events=(("v0", f"w{n // 2}"),))
        for n, one in enumerate(ids[:4])
    )
    day = DAY - timedelta(days=1)
    worlds = [
        WorldHits(id="w0", earliest=day, latest=day + timedelta(days=1), reports=2, tellings=2),
        WorldHits(id="w1", earliest=day + timedelta(days=2), latest=day + timedelta(days=3), reports=2, tellings=2),
    ]
    assert list(filled.worlds(Query())) == worlds
    assert list(filled.worlds(Query(limit=1, offset=1))) == worlds[1:]
    assert list(filled.worlds(Query(types=("CONSULT",)))) == []
    assert found(filled, worlds=("w1",)) == [("a2", "v0"), ("a3", "v0")]
    assert found(filled, stories=("s0",), types=("COERCE",)) == [("a0", "v0"), ("a2", "v0")]
    assert {hit.story for hit in filled.search(Query(stories=("s1",)))} == {"s1"}


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:20]))
def test_no_words_are_syntax(filled: Store, words: str) -> None:
    for field in ("words", "actor", "recipient", "code", "place", "holder", "publisher", "country"):
        list(filled.search(Query(**{field: words})))  # type: ignore[arg-type]
    list(filled.reports(Query(words=words, reports=(words,), types=(words,), stories=(words,), worlds=(words,))))


def test_a_query_of_too_many_words_says_how_many_there_may_be(filled: Store) -> None:
    some = " ".join(f"w{n}" for n in range(MOST_PHRASES))
    assert list(filled.search(Query(words=some))) == []
    with pytest.raises(StoreError, match=f"more than {MOST_PHRASES}"):
        list(filled.search(Query(words=f"{some} more")))
    assert list(filled.search(Query(words=f'"{some} more"'))) == []


def test_words_far_into_a_long_text_are_found_and_phrases_across_every_edge(store: Store) -> None:
    text = " ".join(f"w{n}" for n in range(9_000)) + " needle" + " tail" * 40_000
    store.add(record(1, text=text))
    for words in (
        "needle",
        '"w8999 needle tail"',
        "w1 needle",
        '"w1999 w2000"',
        '"w1949 w1950 w1951"',
        '"w3899 w3900"',
    ):
        assert [r.article for r in store.reports(Query(words=words))] == ["a1"], words
    assert list(store.reports(Query(words='"w1 needle"'))) == []
    assert list(store.check()) == []


def test_a_report_is_called_by_a_beginning_of_its_id(filled: Store) -> None:
    ids = [r.id for r in filled.reports()]
    assert filled.report(ids[0]).id == ids[0]
    assert filled.report(ids[0][:9]).article == "a0"
    for called, why in ((ids[0][:1], "no report"), ("r%%%%", "no report"), ("", "no report")):
        with pytest.raises(StoreError, match=why):
            filled.report(called)


def test_a_report_says_where_it_is_from(filled: Store) -> None:
    first = next(filled.reports())
    assert isinstance(first, Report)
    assert (first.title, first.publisher, first.published) == (
        "Trawler seized off Portvale, 0",
        "Portvale Courier",
        DAY,
    )
    assert (first.origin, first.made_by, first.merged) == ("shelf/courier.jsonl", "0.1.0 test test", False)
    assert first.added_at.tzinfo is not None


def test_an_iterator_left_half_read_holds_nothing_up(store: Store) -> None:
    filled = fill(store)
    half = filled.search(Query())
    next(half)
    filled.add(record(5))
    assert len(list(half)) == 7, "it sees the state of its first step"
    assert len(list(filled.search(Query()))) == 10
    next(filled.reports())


def test_words_are_folded() -> None:
    assert folded("Étienne's Su-34, ÆGIS_2 ﬁnal") == "etienne s su 34 ægis 2 final"
    assert name_key("Kyïv", "Kiev", "KYIV", None, "-") == " kyiv  kiev "
    assert name_key(None) == ""
    assert spelling_key("Zelenskyy") == spelling_key("Zelensky") != ""
    assert spelling_key("Volodymyr Zelenskyy").endswith(spelling_key("Zelensky").lstrip())
    assert spelling_key("Iran", "2,000", None) == ""
    assert phrases('su-34 "of the  line" “x y” "open end') == [
        ("su", "34"),
        ("of", "the", "line"),
        ("x", "y"),
        ("open", "end"),
    ]


def test_values_come_in_order_a_few_at_a_time() -> None:
    some = list(chunks([*range(AT_ONCE + 2), 1]))
    assert [len(part) for part in some] == [AT_ONCE, 2]
    assert [value for part in some for value in part] == list(range(AT_ONCE + 2))


def test_a_value_that_its_noun_cannot_hold_is_damage() -> None:
    with pytest.raises(DamageError, match="of r7 is damaged"):
        told(WorldHits, id="r7", earliest="2031-13-44", latest=None, reports=1, tellings=1)
