"""A fresh archive a test, once in a file and once on a PostgreSQL server, where there is one."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from dateline.store import Store, open_store
from tests.store import server

Places = Callable[[], str]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere, but for the sockets by which the children of these tests are started: files, no network."""
    connect = socket.socket.connect

    def refused(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX, "a test tried to open a network connection"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refused)


@pytest.fixture(scope="session")
def pg() -> Iterator[Places]:
    """Gives the address of a fresh place at each call."""
    if reason := server.missing():
        pytest.skip(reason)
    count = itertools.count()
    with server.running() as address:
        engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)

        def fresh() -> str:
            name = f"archive{next(count)}"
            with engine.begin() as connection:
                connection.execute(text(f"CREATE SCHEMA {name}"))
            return f"{address}&options=-csearch_path%3D{name}"

        yield fresh
        engine.dispose()


@pytest.fixture(scope="module", params=["file", "server"])
def places(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Gives a place for a new archive at each call."""
    if request.param == "server":
        given: Places = request.getfixturevalue("pg")
        return given
    count = itertools.count()
    folder = tmp_path_factory.mktemp("archives")
    return lambda: str(folder / f"archive{next(count)}.db")


@pytest.fixture
def store(places: Places) -> Iterator[Store]:
    """An empty archive."""
    with open_store(places()) as opened:
        yield opened
