"""Rounds of following (dateline.follow.following, watching): what is told of them, and what a kill leaves."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import feedparser
import pytest

from dateline import writing
from dateline.archive.keeping import Archive
from dateline.errors import OutputError
from dateline.follow import following, memory
from dateline.intake.inputs import Input
from dateline.settings import Settings
from tests.follow.conftest import Run
from tests.follow.newsroom import Clock, Page, Web, feed, opened, told

PLAN = 'digests = ["d.txt", "d.html", "d.atom"]\n[[feed]]\nurl = "http://news.example/rss"\n'
WATCH = """
[[watch]]
name = "Norland seizes"
actor = "Norland"
type = "COERCE"

[[watch]]
name = "Settled"
between = ["Norland", "Aelfwyn"]
was = ["suspected"]
becomes = ["happened", "denied"]

[[watch]]
name = "Elsewhere"
actor = "Ostrel"
"""


def publish(web: Web, *entries: tuple[str, str]) -> None:
    web.pages["news.example/rss"] = Page(body=feed(*entries), etag=f'"{len(entries)}"')


def kinds(came: following.Came) -> list[tuple[str, tuple[str, ...]]]:
    return [(change.kind, change.watches) for change in came.digest.changes]


def test_what_is_new_is_told_once_and_then_what_becomes_of_it(run: Run, web: Web) -> None:
    suspected = ("a", told("Norland", "suspected"))
    publish(web, suspected)
    assert kinds(run(PLAN + WATCH)) == [("new", ("Norland seizes",))]
    assert kinds(run(PLAN + WATCH)) == []
    publish(web, ("b", told("Norland")), suspected)
    came = run(PLAN + WATCH)
    assert kinds(came) == [("changed", ("Norland seizes", "Settled"))]
    assert "whether it happened: suspected → happened" in " ".join(came.text().split())
    publish(web, ("c", told("Norland", "denied")), ("b", told("Norland")), suspected)
    came = run(PLAN + WATCH)
    assert kinds(came) == [("contradicted", ("Norland seizes",))]
    assert "They differ on whether it happened" in came.text()


def test_what_stood_in_the_archive_before_is_not_new(run: Run, web: Web, tmp_path: Path, seen: list[str]) -> None:
    publish(web, ("a", told("Norland")))
    with Archive(tmp_path / "news.db", Settings(), create=True) as archive:
        page = tmp_path / "old.xml"
        page.write_text(feed(("a", told("Norland"))), encoding="utf-8")
        archive.file(opened([Input(id="old", origin="old", path=str(page).encode())]))
    came = run(PLAN)
    assert (came.round.added.duplicates, kinds(came)) == (1, [])


def test_what_others_did_to_the_archive_is_told_too(run: Run, web: Web, tmp_path: Path) -> None:
    publish(web, ("a", told("Norland")))
    run(PLAN)
    with Archive(tmp_path / "news.db", Settings()) as archive:
        (report,) = archive.reports()
        archive.forget(report.id, "asked to")
    came = run(PLAN)
    assert len(came.digest.gone) == 1
    assert "NO LONGER TOLD" in came.text()


def test_digests_are_written_as_their_endings_say_and_the_feed_keeps_what_was_told(
    run: Run, web: Web, tmp_path: Path, clock: Clock
) -> None:
    publish(web, ("a", told("Norland", "suspected")))
    run(PLAN)
    assert (tmp_path / "d.txt").read_text(encoding="utf-8").startswith("Events since ")
    first = feedparser.parse((tmp_path / "d.atom").read_bytes())
    assert [e.link for e in first.entries] == ["http://news.example/a"]
    clock.now += 3600
    publish(web, ("b", told("Norland")), ("a", told("Norland", "suspected")))
    run(PLAN)
    second = feedparser.parse((tmp_path / "d.atom").read_bytes())
    assert [e.id for e in second.entries][1:] == [e.id for e in first.entries]
    assert "http://news.example/b" in (tmp_path / "d.html").read_text(encoding="utf-8")
    before = (tmp_path / "d.html").stat().st_mtime_ns
    run(PLAN)
    assert (tmp_path / "d.html").stat().st_mtime_ns == before


def test_a_file_that_is_not_ours_is_not_replaced(run: Run, web: Web, tmp_path: Path) -> None:
    (tmp_path / "d.html").write_text("my notes", encoding="utf-8")
    publish(web, ("a", told("Norland")))
    with pytest.raises(OutputError, match="exists already"):
        run(PLAN)
    assert (tmp_path / "d.html").read_text(encoding="utf-8") == "my notes"
    (tmp_path / "d.html").unlink()
    assert [kind for kind, _ in kinds(run(PLAN))] == ["new"]


class KilledError(BaseException):
    """Stands for a kill: nothing of ours catches it."""


class Fuse:
    """Kills at the n-th of some calls, before or after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.left = at
        for place, name in ((memory, "whole_file"), (following, "written"), (following, "standing_of")):
            monkeypatch.setattr(place, name, self.wired(getattr(place, name)))
        monkeypatch.setattr(Archive, "file", self.wired(Archive.file))
        monkeypatch.setattr(Archive, "every", self.wired(Archive.every))

    def wired(self, call: Any) -> Any:
        def called(*values: Any, **named: Any) -> Any:
            self.burn()
            found = call(*values, **named)
            if call is not writing.whole_file:
                self.burn()
            return found

        return called

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise KilledError


@pytest.mark.parametrize("at", range(1, 25))
def test_a_kill_at_any_point_loses_nothing_and_the_pause_is_kept(at: int, run: Run, web: Web, tmp_path: Path) -> None:
    publish(web, ("a", told("Norland", "suspected")))
    run(PLAN)
    publish(web, ("b", told("Norland")), ("a", told("Norland", "suspected")))
    told_of: list[str] = []
    killed = False
    with pytest.MonkeyPatch.context() as patch:
        Fuse(patch, at)
        try:
            told_of += [kind for kind, _ in kinds(run(PLAN))]
        except KilledError:
            killed = True
    for _ in range(2):
        told_of += [kind for kind, _ in kinds(run(PLAN))]
    assert told_of == ["changed"]
    assert killed or at > 15
    assert len(feedparser.parse((tmp_path / "d.atom").read_bytes()).entries) == 2
    with Archive(tmp_path / "news.db", Settings()) as archive:
        assert archive.status().records == 2
        assert list(archive.store.check()) == []
    times = [request.at for request in web.asked]
    assert all(later - earlier >= 5 for earlier, later in pairwise(times))
