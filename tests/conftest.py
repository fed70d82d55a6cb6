"""Fixtures shared by all tests: one parser for the session, no cache outside the test folder, no network."""

from __future__ import annotations

import csv
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evals.listings import Example
from hypothesis import HealthCheck, settings

from dateline.model import Record

PATIENT: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow],
}  # a busy machine is no fault of a test
settings.register_profile("patient", **PATIENT)
settings.register_profile("repeatable", derandomize=True, **PATIENT)
settings.load_profile("repeatable" if os.environ.get("CI") else "patient")


KNOWN_WRONG = Path(__file__).with_name("known_wrong.csv")
"""Sentences that are read wrong today, by test: one that comes right turns its test red until it leaves the list."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the sentences that are known to be read wrong to fail."""
    rows = csv.DictReader(KNOWN_WRONG.read_text(encoding="utf-8").splitlines())
    known = {row["test"]: row["why"] for row in rows}
    for item in items:
        if item.name in known:
            item.add_marker(pytest.mark.xfail(strict=True, reason=f"known wrong: {known[item.name]}"))


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
