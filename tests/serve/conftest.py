"""An explorer over a small archive made by hand, and one over the example archive, read once a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from evals.listings import Example
from starlette.testclient import TestClient

from dateline.archive.keeping import Archive
from dateline.settings import Settings
from dateline.store import open_store
from tests.archive.reports import shelved
from tests.serve.houses import client_of, house_of


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The shelf, in an archive that may be written to."""
    with Archive(shelved(tmp_path / "archive.db"), Settings()) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> TestClient:
    """A browser of this machine."""
    return client_of(house_of(archive))


@pytest.fixture(scope="session")
def example_file(commanded: Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive, read by the rules and the learned reader: a copy of the session's."""
    file = tmp_path_factory.mktemp("explorer") / "example.db"
    with open_store(commanded.folder / "dateline.db", read_only=True) as store:
        store.backup(file)
    return file


@pytest.fixture(scope="session")
def example(example_file: Path) -> Iterator[TestClient]:
    """A browser over the example archive."""
    with Archive(example_file, Settings()) as opened:
        yield client_of(house_of(opened))
