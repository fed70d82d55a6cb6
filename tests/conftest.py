"""Fixtures shared by all tests: one parser for the session, no cache outside the test folder, no network."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import Any

import pytest
from evals.listings import Example
from hypothesis import settings

from dateline.model import Record

settings.register_profile("repeatable", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach out fails: reading needs no network."""

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a test tried to open a network connection")

    monkeypatch.setattr(socket.socket, "connect", refused)


@pytest.fixture(scope="session")
def reader() -> Callable[..., Record]:
    """``dateline.read``, the parser loaded once."""
    from dateline import read

    return read


@pytest.fixture(scope="session")
def commanded(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The archive of the example, filled by the command itself, once a session."""
    return Example(tmp_path_factory.mktemp("example"))
