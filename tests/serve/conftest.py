"""An explorer over a small archive made by hand, and one over the example archive, read once a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.archive.keeping import Archive
from dateline.settings import Settings
from dateline.store import open_store
from tests.archive.reports import SHELF, put
from tests.serve.houses import client_of, house_of

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "archive"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The shelf, in an archive that may be written to."""
    with open_store(tmp_path / "archive.db") as store:
        put(store, *SHELF)
    with Archive(tmp_path / "archive.db", Settings()) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> TestClient:
    """A browser of this machine."""
    return client_of(house_of(archive))


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive, read by the rules and the learned reader."""
    file = tmp_path_factory.mktemp("explorer") / "example.db"
    with Archive(file, Settings(), create=True) as opened:
        assert opened.add([str(EXAMPLES)]).records == 23
    return file


@pytest.fixture(scope="session")
def example(example_file: Path) -> Iterator[TestClient]:
    """A browser over the example archive."""
    with Archive(example_file, Settings()) as opened:
        yield client_of(house_of(opened))
