"""What the merge keeps (dateline.store.placing) and what a person decides (dateline.store.judging)."""

from __future__ import annotations

import time
from datetime import date

import pytest

from dateline.errors import StoreError
from dateline.store import Judgement, Key, Placement, Query, SketchRow, Status, Store, Story
from tests.store.reports import DAY, record


def fill(store: Store, count: int = 4) -> list[str]:
    """Ids in the order of adding; every report has the key ``all``, every other one ``even``."""
    ids = []
    for n in range(count):
        keys = (Key("day", "all"), *([Key("day", "even")] if n % 2 == 0 else []), Key("who", "all"))
        ids.append(str(store.add(record(n), sketch=SketchRow(data=bytes([n, 0, 255]), keys=keys)).report))
    return ids


def placed(report: str, component: str = "c1", story: str = "s1", **more: object) -> Placement:
    return Placement(report=report, component=component, story=story, **more)  # type: ignore[arg-type]


def by_day(store: Store, ids: list[str]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda name: (store.report(name).published or date.max, name)))


def test_the_state_differs_once_something_was_written(store: Store) -> None:
    ids = fill(store)
    for write in (
        lambda: store.renew(ids[:1]),
        lambda: store.judge("rename", "a", value="b", by="ana"),
        lambda: store.place([placed(ids[0])]),
        lambda: store.forget(ids[1], "asked"),
    ):
        before = settled(store)
        write()
        end = time.monotonic() + 15
        while store.state() == before and time.monotonic() < end:
            time.sleep(0.05)
        assert store.state() != before


def settled(store: Store) -> str:
    """The state, once it stands still: a server counts a moment late."""
    end, state = time.monotonic() + 15, ""
    while time.monotonic() < end and (now := store.state()) != state:
        state = now
        time.sleep(0.05 if "pg" not in repr(store) and "postgresql" not in repr(store) else 1.2)
    return state


def test_sketches_come_back_by_report(store: Store) -> None:
    ids = fill(store)
    bare = str(store.add(record(9)).report)
    assert store.sketches([ids[0], ids[3], bare, "r0"]) == {ids[0]: b"\0\0\xff", ids[3]: b"\3\0\xff"}
    assert store.sketches([]) == {}


def test_neighbours_come_in_order_of_id_and_stop_at_the_limit(store: Store) -> None:
    ids = fill(store)
    day, even, none = Key("day", "all"), Key("day", "even"), Key("who", "even")
    assert store.neighbours([day, even, none], 9) == {day: tuple(sorted(ids)), even: tuple(sorted(ids[::2]))}
    assert store.neighbours([day], 2) == {day: tuple(sorted(ids)[:2])}
    assert store.neighbours([], 2) == {}


def test_a_new_sketch_takes_the_place_of_the_old_one(store: Store) -> None:
    ids = fill(store, 2)
    store.place(placed(report) for report in ids)
    store.put_sketch(ids[0], SketchRow(data=b"new", keys=(Key("day", "new"), Key("day", "new"))))
    assert store.sketches(ids[:1]) == {ids[0]: b"new"}
    assert store.neighbours([Key("day", "new"), Key("day", "all")], 9) == {
        Key("day", "new"): (ids[0],),
        Key("day", "all"): (ids[1],),
    }
    assert store.stale() == (ids[0],)
    with pytest.raises(StoreError, match="no report r0"):
        store.put_sketch("r0", SketchRow(data=b""))


def test_a_report_is_stale_until_it_is_placed(store: Store) -> None:
    ids = fill(store)
    assert store.stale() == by_day(store, ids)
    assert store.place([placed(ids[0], events=(("v0", "w1"), ("v1", "w2"))), placed(ids[1], "c2", copy_of=ids[0])])
    assert store.stale() == by_day(store, ids[2:])
    assert store.placements(ids) == {
        ids[0]: placed(ids[0], events=(("v0", "w1"), ("v1", "w2"))),
        ids[1]: placed(ids[1], "c2", copy_of=ids[0]),
    }
    first = store.report(ids[1])
    assert (first.merged, first.component, first.story, first.copy_of) == (True, "c2", "s1", ids[0])


def test_placing_again_moves_events_and_drops_those_left_out(store: Store) -> None:
    (one,) = fill(store, 1)
    store.place([placed(one, events=(("v0", "w1"), ("v1", "w2")))])
    store.place([placed(one, "c9", "s9", events=(("v1", "w3"),))])
    assert store.placements([one]) == {one: placed(one, "c9", "s9", events=(("v1", "w3"),))}
    assert [w.id for w in store.worlds(Query())] == ["w3"]


def test_a_report_forgotten_meanwhile_is_passed_over(store: Store) -> None:
    ids = fill(store, 2)
    store.forget(ids[0], "asked")
    assert store.place([placed(ids[0]), placed(ids[1])])
    assert list(store.placements(ids)) == [ids[1]]


def test_forgetting_makes_its_neighbours_stale(store: Store) -> None:
    ids = fill(store)
    store.place([*(placed(report) for report in ids[:2]), placed(ids[2], "c2", copy_of=ids[0]), placed(ids[3], "c3")])
    store.forget(ids[0], "asked")
    assert store.stale() == by_day(store, [ids[1], ids[2]])
    assert store.report(ids[2]).copy_of is None


def test_members_and_stories_are_listed(store: Store) -> None:
    ids = fill(store)
    store.place([placed(ids[0]), placed(ids[1]), placed(ids[2], "c2", "s0"), placed(ids[3], "c1", "s1")])
    assert store.members(["c1", "c2", "c3"]) == {"c1": tuple(sorted([ids[0], ids[1], ids[3]])), "c2": (ids[2],)}
    days = [record(n).article.published for n in range(4)]
    assert list(store.stories()) == [
        Story(id="s1", reports=3, first=DAY, last=days[3]),
        Story(id="s0", reports=1, first=days[2], last=days[2]),
    ]
    status = store.status()
    assert isinstance(status, Status)
    assert (status.stories, status.worlds, status.stale) == (2, 0, 0)


def test_a_judgement_is_kept_and_makes_its_reports_stale(store: Store) -> None:
    ids = fill(store)
    store.place(placed(report) for report in ids)
    given = store.judge("same", "w1", "w2", by="ada", note="one seizure", reports=ids[:2])
    assert given == Judgement(
        id=given.id,
        kind="same",
        left="w1",
        right="w2",
        value=None,
        by="ada",
        at=given.at,
        note="one seizure",
        reports=tuple(sorted(ids[:2])),
    )
    other = store.judge("retype", "w3", value="ASSAULT", by="ada")
    assert store.stale() == by_day(store, ids[:2])
    assert store.judgements() == (given, other)
    assert store.status().judgements == 2


def test_a_judgement_withdrawn_stays_on_record(store: Store) -> None:
    ids = fill(store, 2)
    given = store.judge("different", "w1", "w2", by="ada", reports=ids)
    store.place(placed(report) for report in ids)
    withdrawn = store.withdraw(given.id)
    assert withdrawn.withdrawn_at is not None
    assert store.judgements() == ()
    assert store.judgements(withdrawn=True) == (withdrawn,)
    assert store.stale() == by_day(store, ids)
    assert store.withdraw(given.id) == withdrawn


def test_a_judgement_on_what_is_not_there_says_so_and_changes_nothing(store: Store) -> None:
    with pytest.raises(StoreError, match="no report r0"):
        store.judge("same", "w1", "w2", by="ada", reports=["r0"])
    with pytest.raises(StoreError, match="no judgement 7"):
        store.withdraw(7)
    assert (store.judgements(withdrawn=True), store.turn()) == ((), 0)


def test_a_merge_that_did_not_see_a_judgement_is_not_filed(store: Store) -> None:
    ids = fill(store, 2)
    turn = store.turn()
    given = store.judge("same", "w1", "w2", by="ada", reports=ids)
    assert not store.place([placed(report) for report in ids], as_of=turn)
    assert store.stale() == by_day(store, ids)
    turn = store.turn()
    store.withdraw(given.id)
    assert not store.place([placed(report) for report in ids], as_of=turn)
    assert store.place([placed(report) for report in ids], as_of=store.turn())
    assert store.stale() == ()


def test_nothing_is_filed_where_another_program_has_placed_meanwhile(store: Store) -> None:
    ids = fill(store)
    first = [placed(report) for report in ids[:2]]
    assert store.place(first, seen={})
    assert not store.place(first, seen={})
    assert store.components(ids) == {ids[0]: "c1", ids[1]: "c1"}
    assert not store.place([placed(ids[0]), placed(ids[2])], seen={"c1": ids[:1]})
    assert store.place([placed(report) for report in ids[:3]], seen={"c1": ids[:2]})
    store.forget(ids[2], "test")
    assert not store.place([placed(report) for report in ids[:3]], seen={"c1": ids[:3]})
    assert store.place([placed(report) for report in ids[:2]], seen={"c1": ids[:2]})


def test_all_neighbours_come_where_there_is_no_limit(store: Store) -> None:
    ids = fill(store)
    day, even, none = Key("day", "all"), Key("day", "even"), Key("who", "even")
    assert store.neighbours([day, even, none], None) == {day: tuple(sorted(ids)), even: tuple(sorted(ids[::2]))}
