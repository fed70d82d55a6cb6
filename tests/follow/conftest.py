"""A web, an archive and a follower a test. Nothing here reaches a network or a model: one server of the test's own on
this machine may be connected to, and no other address."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.archive.keeping import Archive
from dateline.follow.following import Came, Follower
from dateline.follow.memory import Memory
from dateline.follow.plan import plan_of
from dateline.settings import Settings
from tests.follow.newsroom import Clock, Web, opened, reading

Run = Callable[..., Came]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> set[Any]:
    """As everywhere, but for the addresses that a test permits here."""
    permitted: set[Any] = set()
    connect = socket.socket.connect

    def checked(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX or address in permitted, "a test tried to open a network connection"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)
    return permitted


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(clock: Clock, no_network: set[Any]) -> Iterator[Web]:
    found = Web(clock)
    no_network.add(("127.0.0.1", found.port))
    yield found
    found.close()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that were read."""
    articles: list[str] = []
    monkeypatch.setattr("dateline.archive.keeping.read_found", reading(articles))
    return articles


@pytest.fixture
def heard() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def run(tmp_path: Path, web: Web, clock: Clock, seen: list[str], heard: list[tuple[str, str]]) -> Run:
    """One round of a plan (TOML), as a program of its own would do it: all that it knows stands on disk."""

    def once(plan: str, **more: Any) -> Came:
        file = tmp_path / "feeds.toml"
        file.write_text(plan, encoding="utf-8")
        memory = Memory(tmp_path / "state", "feeds")
        with memory.held(), Archive(tmp_path / "news.db", Settings(), create=True) as archive:
            given: dict[str, Any] = {"ask": web.ask, "clock": clock, "sleep": clock.sleep, "opened": opened}
            follower = Follower(plan_of(file), archive, memory, lambda *words: heard.append(words), **given | more)
            return follower.once()

    return once
