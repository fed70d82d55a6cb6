"""The smaller parts: addresses there and back, bars, the shelf, what was made and kept, drawings, names of pages."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from starlette.datastructures import QueryParams

from dateline.archive.facets import FACETS, Choice
from dateline.archive.keeping import Archive
from dateline.errors import InputError
from dateline.serve import assets, describing, showing
from dateline.serve.asking import AskedTogether, asked_pairs
from dateline.serve.bars import MOST, bars_of
from dateline.serve.drawing import map_of, network_shown, places_of, points_of, timeline_of
from dateline.serve.rendering import FACET_TITLES, render
from dateline.serve.shelf import Kept, LayingOutError, Shelf
from dateline.serve.wanted import MOST_KEYS, Wanted, wanted
from tests.archive.reports import IDS, anchor

DAY = date(2031, 5, 5)


def asked(question: str) -> Wanted:
    return wanted(QueryParams(question))


@pytest.mark.parametrize(
    "question",
    ["", "q=boat", "actor=a&actor=b&type=AID", "since=2031-05-01&until=2031-05-02&every=1", "order=weight&page=3",
     "q=%22a+b%22&between=a%7Cb&place=%C3%85lesund%26x%3D1"],
)  # fmt: skip
def test_every_state_has_an_address_that_leads_back_to_it(question: str) -> None:
    found = asked(question)
    assert asked(found.link("/chronicle").partition("?")[2]) == found


def test_links_change_one_thing_and_go_to_the_first_page() -> None:
    here = asked("q=boat&actor=a&page=4&order=oldest")
    assert here.on("type", "AID").off("actor", "a").pairs() == [("q", "boat"), ("type", "AID"), ("order", "oldest")]
    assert here.on("actor", "a").choice.keys == (("actor", "a"),)
    assert here.between(DAY, None).choice.since == DAY
    assert here.by("weight").page == here.without_words().page == here.with_every(True).page == 1
    assert here.at(2).page == 2


@pytest.mark.parametrize(
    "question", ["since=then", "until=2031-02-30", "&".join(f"actor={n}" for n in range(MOST_KEYS + 1))]
)
def test_what_cannot_be_read_is_refused(question: str) -> None:
    with pytest.raises(InputError):
        asked(question)


def test_every_facet_has_a_title() -> None:
    assert tuple(facet for facet, _ in FACET_TITLES) == FACETS


@pytest.mark.parametrize("days", [2, 40, 92, 93, 800, 4000, 60_000])
def test_bars_count_every_day_once_and_lead_to_their_days(days: int) -> None:
    every = [DAY + timedelta(days=n) for n in range(0, days, max(days // 500, 1))]
    drawn = bars_of(every)
    assert drawn is not None
    assert len(drawn.bars) <= MOST
    assert sum(bar.count for bar in drawn.bars) == len(every)
    for bar in drawn.bars:
        assert bar.count == sum(bar.first <= day <= bar.last for day in every)
    assert bars_of([DAY, DAY]) is None


def test_the_shelf_lays_out_again_once_something_was_written(archive: Archive) -> None:
    shelf = Shelf(archive, patience=30)
    first = shelf.current()
    assert shelf.current() is first
    archive.give("retype", anchor("chess"), "AID", "ana")
    shelf.look_again()
    second = shelf.current()
    assert second is not first
    assert any(world.type == "AID" for world in second.worlds)
    assert not shelf.behind


def test_a_first_reader_is_told_to_wait_and_a_failure_is_his(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(archive, patience=0.01)
    gate = threading.Event()
    real = archive.prepared

    def slow(_: Any) -> Any:
        assert gate.wait(30)
        return real()

    monkeypatch.setattr(archive, "prepared", slow)
    with pytest.raises(LayingOutError):
        shelf.current()
    gate.set()
    shelf.patience = 30
    assert shelf.current().worlds

    def broken(_: Any) -> Any:
        raise InputError("no")

    monkeypatch.setattr(archive, "prepared", broken)
    with pytest.raises(InputError):
        Shelf(archive, patience=30).current()


def test_what_was_made_is_kept_up_to_a_limit() -> None:
    kept: Kept[bytes] = Kept(limit=100)
    made: list[str] = []

    def make(name: str, size: int) -> bytes:
        made.append(name)
        return b"x" * size

    for name in ("a", "b", "a", "c", "d", "e", "a"):
        kept.get("s", name, lambda name=name: make(name, 25))  # type: ignore[misc]
    assert made == ["a", "b", "c", "d", "e"]
    kept.get("s", "b", lambda: make("b again", 25))
    kept.get("other state", "a", lambda: make("a anew", 25))
    kept.get("s", "large", lambda: make("large", 60))
    kept.get("s", "large", lambda: make("large", 60))
    assert made[5:] == ["b again", "a anew", "large", "large"]


def test_drawings_hold_what_is_chosen(archive: Archive) -> None:
    archive.give("place", anchor("first"), "Portvale|44.1|28.5", "ana")
    archive.give("place", anchor("chess"), "Dorn|47.5|9.5", "ana")
    prepared = archive.prepared()
    every = Wanted(choice=Choice(every=True))
    places = places_of(prepared, range(len(prepared.worlds)))
    assert {spot.name for _, spot, _ in places} == {"Portvale", "Dorn"}
    points = msgspec.json.decode(points_of(prepared, every))
    assert points["left_out"] == 0
    assert {tuple(one["at"]) for one in points["events"]} == {(28.5, 44.1), (9.5, 47.5)}
    assert map_of(prepared, every)["placed"] == 2
    shown = timeline_of(prepared, every)
    assert shown["undated"] == sum(world.earliest is None for world in prepared.worlds)
    assert all(mark.item.href.startswith("/event/") for _, line in shown["timelines"] for mark in line.marks)
    assert network_shown(prepared, every)["tie_count"] == 0  # nobody on the shelf is known by name


def test_a_timeline_steps_earlier_later_closer_and_wider(archive: Archive) -> None:
    steps = timeline_of(archive.prepared(), asked("since=2031-05-01&until=2031-05-31&every=1"))["steps"]
    windows: dict[str, Any] = {name: asked(address.partition("?")[2]).choice for name, _, address in steps}
    assert windows["Earlier"].until < date(2031, 5, 31)
    assert windows["Earlier"].since < date(2031, 5, 1)
    assert windows["Later"].since > date(2031, 5, 1)
    assert windows["Closer"].since > date(2031, 5, 1)
    assert windows["Closer"].until < date(2031, 5, 31)
    assert windows["Wider"].since < date(2031, 5, 1)
    assert windows["Wider"].until > date(2031, 5, 31)


def test_the_way_to_the_original_is_of_the_web_and_names_the_sentence() -> None:
    assert showing.original("https://x.example/a", "He said so.") == "https://x.example/a#:~:text=He%20said%20so."
    assert showing.original("https://x.example/a#part", "He said so.") == "https://x.example/a#part"
    assert showing.original("javascript:alert(1)", "x") == ""
    assert showing.original(None) == ""
    assert showing.anchor_link(f"{IDS['chess']}@7") == f"/report/{IDS['chess']}/at/7"


def test_files_are_ours_and_small_and_the_vendored_ones_have_their_licence() -> None:
    files = assets.files()
    own = sum(len(body) for name, body in files.items() if name.endswith(".js"))
    assert own < 300_000
    assert b"Redistribution" in files["vendor/maplibre-gl.LICENSE.txt"]
    for name in ("explorer.js", "map.js", "record.js"):
        assert b"innerHTML" not in files[name]
        assert b"http://" not in files[name].replace(b"http://www.w3.org", b"")
    outlines = msgspec.json.decode(assets.outlines_as_json())
    assert {one["properties"]["kind"] for one in outlines["features"]} == {"land", "border", "disputed"}


def test_what_is_vendored_is_what_the_lock_names() -> None:
    from pathlib import Path

    lock = Path(__file__).parent.parent.parent / "requirements" / "vendor.lock"
    named = {name for row in msgspec.json.decode(lock.read_bytes()) for name in row["files"].values()}
    assert named == {path.name for path in (assets.STATIC / "vendor").iterdir()}


def test_parameters_go_back_into_an_address() -> None:
    given = AskedTogether.model_validate({"words": "a b", "type": ["AID", "COERCE"], "every": True, "limit": 5})
    assert asked_pairs(given) == [("limit", 5), ("words", "a b"), ("type", "AID"), ("type", "COERCE"), ("every", True)]


def test_every_answer_is_described() -> None:
    assert {200, 304, 400, 404, 422, 503} <= set(describing.ANSWERS["World"])


def test_a_page_escapes_what_it_shows() -> None:
    page = render("refused.html", title="<b>", detail="<script>", status=400, enter=False, again=False, bare=True)
    assert "&lt;b&gt;" in page
    assert "<script>" not in page


def test_what_several_ask_for_at_once_is_made_once() -> None:
    kept: Kept[bytes] = Kept()
    asked, gate, made = threading.Barrier(4), threading.Event(), list[str]()

    def make() -> bytes:
        made.append("page")
        assert gate.wait(30)
        return b"page"

    def ask() -> bytes:
        asked.wait(30)
        return kept.get("s", "page", make)

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(ask) for _ in range(4)]
        while not made:
            time.sleep(0.01)
        gate.set()
        assert [answer.result(30) for answer in answers] == [b"page"] * 4
    assert made == ["page"]


def test_who_waits_for_a_page_that_fails_makes_it_himself() -> None:
    kept: Kept[bytes] = Kept()

    def broken() -> bytes:
        raise InputError("no")

    with pytest.raises(InputError):
        kept.get("s", "page", broken)
    assert kept.get("s", "page", lambda: b"page") == b"page"
