from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.archive.placing import forget, place, sketches_of
from dateline.archive.viewing import chronicle
from dateline.export.archive_view import Chronicle
from dateline.merge.corrections import Correction
from dateline.merge.sketches import sketch_of
from dateline.store import Placement, Query, SketchRow, Store, open_store
from tests.archive.reports import IDS, SHELF, anchor, at_once, put

EVERYTHING = Query(limit=None)


def placed(store: Store) -> dict[str, Placement]:
    return store.placements(list(IDS.values()))


def told(store: Store) -> Chronicle:
    return chronicle(store, EVERYTHING, every=True)


def as_at_once(store: Store, names: Any, *corrections: Correction) -> None:
    """Stories, copies and events in the archive are those of laying the reports side by side at once."""
    merged, here = at_once(names, corrections), placed(store)
    assert {p.report: p.story for p in here.values()} == merged.stories
    assert {p.report: p.copy_of for p in here.values() if p.copy_of} == merged.copies
    assert {(p.report, event): world for p in here.values() for event, world in p.events} == merged.events


def test_the_shelf_holds_what_the_tests_need(store: Store) -> None:
    put(store, *SHELF)
    here = {name: placed(store)[report] for name, report in IDS.items()}
    assert here["reprint"].copy_of == IDS["first"]
    assert here["first"].events == here["owner"].events == here["undated"].events
    assert len({here[name].story for name in ("first", "chess")}) == 2


BATCHES = st.permutations(list(SHELF)).flatmap(
    lambda names: st.tuples(
        st.just(names),
        st.lists(st.booleans(), min_size=len(names), max_size=len(names)),
        st.integers(2, len(names)),
    )
)


@settings(max_examples=15, deadline=None)
@given(BATCHES)
def test_any_order_and_any_batches_give_what_all_at_once_gives(drawn: tuple[list[str], list[bool], int]) -> None:
    names, cuts, count = drawn
    names = names[:count]
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder) / "a.db") as store:
            batch: list[str] = []
            for name, cut in zip(names, cuts, strict=False):
                batch.append(name)
                if cut:
                    put(store, *batch)
                    batch = []
            put(store, *batch)
            as_at_once(store, names)
            one = placed(store), told(store)
        with open_store(Path(folder) / "b.db") as store:
            put(store, *sorted(names))
            assert (placed(store), told(store)) == one


@settings(max_examples=15, deadline=None)
@given(st.permutations(list(SHELF)), st.integers(2, len(SHELF)))
def test_forgetting_one_is_as_never_having_added_it(names: list[str], count: int) -> None:
    gone, *kept = names[:count]
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder) / "a.db") as store:
            put(store, *names[:count])
            forget(store, IDS[gone], "by mistake")
            one = placed(store), told(store)
            as_at_once(store, kept)
        with open_store(Path(folder) / "b.db") as store:
            put(store, *kept)
            assert (placed(store), told(store)) == one


def test_what_a_person_decided_is_placed_and_taken_back(store: Store) -> None:
    put(store, *SHELF)
    tie = Correction(kind="same", left=anchor("first"), right=anchor("chess"))
    reports = (IDS["first"], IDS["chess"])
    made = store.judge("same", tie.left, tie.right, by="ana", reports=reports)
    place(store)
    as_at_once(store, SHELF, tie)
    store.withdraw(made.id)
    place(store)
    as_at_once(store, SHELF)


def test_a_decision_waits_for_a_report_that_comes_back_read_anew(store: Store) -> None:
    from msgspec.structs import replace

    put(store, "first", "owner")
    store.judge("different", anchor("first"), anchor("owner"), by="ana", reports=(IDS["first"], IDS["owner"]))
    place(store)
    forget(store, IDS["first"], "read anew")
    old = SHELF["first"]
    newer = replace(old, events=(replace(old.events[0], status="ongoing"),))
    put(store, "first", again=True, shelf={**SHELF, "first": newer})
    here = placed(store)
    assert here[IDS["first"]].events != here[IDS["owner"]].events


def test_a_decision_on_a_report_that_is_gone_does_no_harm(store: Store) -> None:
    put(store, "first", "chess", "owner")
    store.judge("same", anchor("first"), anchor("chess"), by="ana", reports=(IDS["first"], IDS["chess"]))
    place(store)
    forget(store, IDS["chess"], "not ours")
    as_at_once(store, ("first", "owner"))


def test_a_sketch_of_an_older_form_is_made_again_from_the_record(store: Store) -> None:
    put(store, "first", "owner")
    before = placed(store)
    store.put_sketch(IDS["first"], SketchRow(data=b"of an older form"))
    assert place(store) == 1
    assert placed(store) == before
    assert sketches_of(store, [IDS["first"]]) == {IDS["first"]: sketch_of(SHELF["first"], IDS["first"])}


def test_an_archive_with_sketches_of_an_older_form_is_looked_at_without_a_word_written(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_store(path) as store:
        put(store, "first", "owner")
        before = told(store)
        for name in ("first", "owner"):
            store.put_sketch(IDS[name], SketchRow(data=b"of an older form"))
    with open_store(path, read_only=True) as store:
        assert before.worlds
        assert told(store) == before
        assert set(store.sketches(list(IDS.values())).values()) == {b"of an older form"}


def test_a_report_that_was_forgotten_meanwhile_has_no_sketch(store: Store) -> None:
    put(store, "first", "owner")
    forget(store, IDS["owner"], "not ours")
    assert set(sketches_of(store, [IDS["first"], IDS["owner"]])) == {IDS["first"]}


def test_nothing_new_is_nothing_placed(store: Store) -> None:
    assert place(store) == 0
    put(store, "first")
    assert place(store) == 0
