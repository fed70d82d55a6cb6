"""What is laid out of an archive, kept beside it (dateline.archive.laid) and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dateline.archive import keeping, laid
from dateline.archive.keeping import Archive
from dateline.archive.prepared import Prepared
from dateline.serve.shelf import Shelf
from dateline.settings import Settings
from dateline.store import Query
from tests.archive.reports import DAY, IDS, SHELF, anchor, put


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An archive of the shelf without its last report, laid out and kept."""
    path = tmp_path / "news.db"
    with Archive(path, Settings(), create=True) as archive:
        put(archive.store, *list(SHELF)[:-1])
        archive.keep(archive.prepared())
    return path


def opened(path: Path) -> Archive:
    return Archive(path, Settings())


def same(one: Prepared, other: Prepared) -> bool:
    return (one.worlds, one.reports, one.spots, one.ahead, one.slight) == (
        other.worlds,
        other.reports,
        other.spots,
        other.ahead,
        other.slight,
    )


def test_what_was_kept_is_what_would_be_laid_out_and_is_known_to_hold(file: Path) -> None:
    with opened(file) as archive:
        before = archive.prepared_before()
        assert before is not None
        assert before.state == archive.state()
        now = archive.prepared()
        assert same(before, now)
        assert before.laid.held == now.laid.held
        assert before.differing() == now.differing()
    assert laid.place_of(file).stat().st_mode & 0o077 == 0


def test_what_was_written_since_is_seen_also_by_another_program(file: Path) -> None:
    with opened(file) as archive:
        put(archive.store, list(SHELF)[-1])
    with opened(file) as archive:
        before = archive.prepared_before()
        assert before is not None
        assert before.state != archive.state()
        assert len(before.reports) == len(SHELF) - 1


def test_a_judgement_is_a_write_too(file: Path) -> None:
    with opened(file) as archive:
        stamp = archive.store.stamp()
        archive.give("status", anchor("first"), "denied", "ana")
        assert archive.store.stamp() != stamp
        before = archive.prepared_before()
        assert before is not None
        assert before.state != archive.state()


def test_what_was_forgotten_stands_nowhere(file: Path) -> None:
    with opened(file) as archive:
        archive.forget(IDS["first"], "asked to")
        assert not laid.place_of(file).exists()
        assert archive.prepared_before() is None


def test_what_was_written_to_meanwhile_is_not_kept(file: Path) -> None:
    with opened(file) as archive:
        old = archive.prepared()
        archive.forget(IDS["first"], "asked to")
        archive.keep(old)
        assert not laid.place_of(file).exists()


def test_a_write_while_it_is_kept_takes_it_away_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(file) as archive:
        now, keep = archive.prepared(), laid.keep

        def late(*values: Any) -> None:
            archive.forget(IDS["first"], "asked to")
            keep(*values)

        monkeypatch.setattr(laid, "keep", late)
        archive.keep(now)
        assert not laid.place_of(file).exists()


@pytest.mark.parametrize("raw", [b"", b"x", b"0123456789abcdef 00000000\nxxxx"])
def test_a_damaged_file_is_as_good_as_none(raw: bytes, file: Path) -> None:
    laid.place_of(file).write_bytes(raw)
    assert laid.kept(file) is None
    whole = laid.place_of(file)
    with opened(file) as archive:
        archive.keep(archive.prepared())
    whole.write_bytes(whole.read_bytes()[:-7])
    assert laid.kept(file) is None


def test_what_other_code_or_knowledge_laid_out_is_not_taken_up(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert laid.kept(file) is not None
    monkeypatch.setattr(laid, "program", lambda: "0" * 16)
    assert laid.kept(file) is None


def test_an_archive_begun_anew_shows_nothing_of_the_one_before(file: Path) -> None:
    for path in file.parent.glob("news.db*"):
        if path != laid.place_of(file):
            path.unlink()
    with Archive(file, Settings(), create=True) as archive:
        put(archive.store, "chess")
        assert archive.prepared_before() is None


def test_a_shelf_takes_up_what_is_kept_and_lays_nothing_out(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Archive, __: Prepared | None = None) -> Prepared:
        raise AssertionError("it was laid out again")

    monkeypatch.setattr(Archive, "prepared", refused)
    with opened(file) as archive:
        shelf = Shelf(archive, patience=30)
        assert len(shelf.current().reports) == len(SHELF) - 1
        assert not shelf.behind


def test_a_shelf_shows_the_state_before_while_it_lays_out_the_one_after(file: Path) -> None:
    with opened(file) as archive:
        put(archive.store, list(SHELF)[-1])
        shelf = Shelf(archive)
        shelf.take_up()
        assert shelf.behind
        assert len(shelf.current().reports) == len(SHELF) - 1
        assert len(shelf.lay_out().reports) == len(SHELF)
        assert not shelf.behind


def test_laid_out_upon_what_was_it_is_what_it_would_be_laid_out_at_once(tmp_path: Path) -> None:
    """Whatever happens in between: a report comes, comes late or goes, a person judges, renames or takes back."""
    path = tmp_path / "news.db"
    with Archive(path, Settings(), create=True) as archive:
        steps: list[Callable[[], Any]] = [
            *(partial(put, archive.store, name) for name in reversed(list(SHELF))),
            lambda: archive.give("status", anchor("first"), "denied", "ana"),
            lambda: archive.same(anchor("first"), anchor("chess"), True, "ana"),
            lambda: archive.rename("Norland", "Kingdom of Norland", "ana"),
            lambda: archive.withdraw(2),
            lambda: archive.forget(IDS["plan"], "asked to"),
            lambda: archive.withdraw(3),
        ]
        before: laid.Laid | None = None
        for step in steps:
            step()
            before = laid.laid_out(archive.store, before)
            assert before == laid.laid_out(archive.store)


def test_a_chronicle_of_what_is_laid_out_is_that_of_the_archive(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (Query(), Query(types=("CONSULT",)), Query(since=DAY, until=DAY), Query(words="trawler"))
    with opened(file) as archive:
        archive.give("retype", anchor("owner"), "CONSULT", "ana")
        plain = [archive.chronicle(query, every=True) for query in asked]
        assert laid.kept(file).stamp != archive.store.stamp()  # type: ignore[union-attr]
        monkeypatch.setattr(keeping, "MANY", 0)
        assert [archive.chronicle(query, every=True) for query in asked] == plain
        assert laid.kept(file).stamp == archive.store.stamp()  # type: ignore[union-attr]
        monkeypatch.setattr(laid, "laid_out", None)
        assert [archive.chronicle(query, every=True) for query in asked] == plain
        monkeypatch.setattr(laid, "kept", None)  # held in memory too: the file is not read for every question
        assert [archive.chronicle(query, every=True) for query in asked] == plain
