"""Explorers for tests, and what their pages hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from starlette.testclient import TestClient

from dateline.archive.keeping import Archive
from dateline.serve.app import explorer
from dateline.serve.house import House

HOST = "127.0.0.1:8321"
HOSTS = (HOST, "localhost:8321", "[::1]:8321")


def house_of(archive: Archive, *, writes: bool = True) -> House:
    """The house of an archive, laid out."""
    house = House(archive, "archive.db", "ana", writes=writes)
    house.shelf.lay_out()
    return house


def client_of(house: House, token: str | None = None) -> TestClient:
    """A client that follows no redirect, under the right name."""
    app = explorer(house, hosts=HOSTS, token=token)
    return TestClient(app, base_url=f"http://{HOST}", follow_redirects=False, raise_server_exceptions=False)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = ("href", "src", "action")
        self.found += [value for name, value in attrs if name in names and value is not None]


def links_of(page: str) -> list[str]:
    """Every address that a page names."""
    parser = _Links()
    parser.feed(page)
    return parser.found


def form_token(page: str) -> str:
    """The token in the forms of a page."""
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found, "no form here"
    return found[1]
