"""Adding that is stopped, shared or refused: the places of reports (dateline.archive.placing) are the same in the end,
whatever came first, and looking (dateline.archive.keeping) needs no leave to write."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline import cli
from dateline.archive import placing
from dateline.archive.keeping import Archive
from dateline.archive.placing import forget, place
from dateline.archive.sketches import WORD
from dateline.errors import StoreError
from dateline.merge.neighbours import keys_of
from dateline.merge.sketches import packed, sketch_of
from dateline.model import Record
from dateline.settings import Settings
from dateline.store import Key, Placement, SketchRow, Store, open_store, report_id
from tests.merge.reports import DAY, event, report, with_events


def told(n: int) -> Record:
    """Report ``n``: it shares names with the one before and others with the one after, in chains of six."""
    chain, place = divmod(n, 6)
    names = " ".join(f"{kind}{chain}x{place + k}" for k in (0, 1) for kind in ("Ostrel", "Morvik", "Tessin", "Kalden"))
    made = report(str(n), f"Korvia detained Brandt{chain} off {names}", published=DAY + timedelta(days=n // 2))
    return with_events(made, event(made, "e0", "detained", "COERCE", actor="Korvia", recipient=f"Brandt{chain}"))


def put(store: Store, record: Record) -> str:
    sketch = sketch_of(record, report_id(record.article))
    keys = tuple(Key(WORD, key) for key in keys_of(sketch))
    return str(store.add(record, sketch=SketchRow(data=packed(sketch), keys=keys)).report)


def standing(store: Store) -> dict[str, Placement]:
    assert store.stale() == ()
    return store.placements([r.id for r in store.reports()])


@pytest.fixture
def records() -> list[Record]:
    return [told(n) for n in range(24)]


@pytest.fixture
def expected(records: list[Record], tmp_path: Path) -> dict[str, Placement]:
    """Where the reports stand when all are placed at once."""
    with open_store(tmp_path / "whole.db") as store:
        for record in records:
            put(store, record)
        place(store)
        found = standing(store)
    assert 1 < len({p.component for p in found.values()}) < len(found)
    return found


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_places_do_not_depend_on_order_or_on_how_many_are_placed_at_once(
    at_once: int,
    records: list[Record],
    expected: dict[str, Placement],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(placing, "AT_ONCE", at_once)
    chance = random.Random(at_once)
    chance.shuffle(records)
    with open_store(tmp_path / "a.db") as store:
        for record in records:
            put(store, record)
            if chance.random() < 0.3:
                place(store)
        place(store)
        assert standing(store) == expected


def test_what_is_forgotten_leaves_the_others_as_if_it_had_never_been(
    records: list[Record], expected: dict[str, Placement], tmp_path: Path
) -> None:
    with open_store(tmp_path / "a.db") as store:
        extra = put(store, told(24))
        for record in records:
            put(store, record)
        place(store)
        forget(store, extra, "test")
        assert standing(store) == expected


def test_a_program_that_places_between_is_noticed(
    records: list[Record], expected: dict[str, Placement], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    with open_store(path) as store, open_store(path) as other:
        for record in records[::2]:
            put(store, record)
        rest = iter(records[1::2])
        file = store.place

        def late(placements: list[Placement], **seen: Any) -> bool:
            if (record := next(rest, None)) is not None:
                put(other, record)
                place(other)
            return file(placements, **seen)

        monkeypatch.setattr(store, "place", late)
        place(store)
        for record in rest:
            put(other, record)
        place(other)
        assert standing(store) == expected


def test_looking_writes_nothing_and_tells_what_waits(records: list[Record], tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_store(path) as store:
        for record in records:
            put(store, record)
    with Archive(path, Settings(), read_only=True) as kept:
        assert kept.waiting == len(records) == kept.status().stale
        with pytest.raises(StoreError, match="reading only"):
            kept.forget(next(kept.reports()).id, "test")


@pytest.fixture
def ends() -> Iterator[None]:
    """Puts back what ends a process."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def stopped_by(what: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> int:
    @cli.app.command("wait")
    def wait() -> None:
        what()

    monkeypatch.setattr("sys.argv", ["dateline", "wait"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    cli.app.registered_commands.pop()
    return int(str(ended.value.code))


@pytest.mark.usefixtures("ends")
def test_a_run_that_is_stopped_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert stopped_by(interrupted, monkeypatch) == 130
    assert capsys.readouterr().err == "dateline: stopped; run the same command again to go on\n"
    assert stopped_by(lambda: signal.raise_signal(signal.SIGTERM), monkeypatch) == 143
    assert capsys.readouterr().err == "dateline: stopped; run the same command again to go on\n"
