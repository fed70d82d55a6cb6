"""A real browser over an explorer that listens on this machine; what it must never do is noted."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dateline.archive.keeping import Archive
from dateline.serve.app import explorer, names_of
from tests.serve.houses import house_of

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@contextmanager
def listening(archive: Archive, *, writes: bool = True) -> Iterator[str]:
    """The address of an explorer over an archive."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = explorer(house_of(archive, writes=writes), hosts=names_of("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


class Noted:
    """What a page did that it must not: dialogs, errors, requests to elsewhere."""

    def __init__(self, page: Any, base: str) -> None:
        self.wrong: list[str] = []
        page.on("dialog", self._said)
        page.on("pageerror", lambda error: self.wrong.append(f"error {error}"))
        page.on("console", lambda told: self.wrong.append(told.text) if told.type == "error" else None)
        page.on("request", lambda asked: self._asked(asked.url, base))

    def _said(self, dialog: Any) -> None:
        self.wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, address: str, base: str) -> None:
        if not address.startswith((base + "/", "data:", f"blob:{base}/")):
            self.wrong.append(f"asked {address}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window; tests that want it are skipped where it is not installed."""
    api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("no Chromium here")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()
