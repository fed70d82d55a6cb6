"""A web of small hosts on this machine, a reading without a model, and a clock that only sleeping moves."""

from __future__ import annotations

import functools
import socket
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dateline.batch.reading import Result
from dateline.intake.found import Outcome
from dateline.intake.inputs import Input
from dateline.intake.sources import articles_of
from dateline.intake.web import ask
from dateline.model import Rejection
from dateline.settings import Settings
from tests.merge.reports import event, report, with_events

PUBLIC = "93.184.215.14"
BOAT = "off Portvale with eleven crew and towed vessel to harbour where captain Brant was questioned by officers"


class Page(Struct, kw_only=True):
    """What a path answers."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = {}
    etag: str | None = None
    modified: str | None = None


class Request(Struct, frozen=True, kw_only=True):
    """What was asked, and when by the clock of the test."""

    host: str
    path: str
    headers: dict[str, str]
    at: float


class Clock:
    """Seconds since 1970, which stand still but for sleeping."""

    def __init__(self) -> None:
        self.now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds


class Web:
    """Hosts by name, served by one server on this machine. ``pages`` are by address without the scheme; ``asked`` what
    was asked; ``most`` how many requests were ever answered at the same time."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.pages: dict[str, Page] = {}
        self.asked: list[Request] = []
        self.most = self._now = 0
        self._guard = threading.Lock()
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def ask(self) -> Any:
        """Asks this web: every name is public, every connection comes here."""
        return functools.partial(ask, resolve=lambda _host, _port: [PUBLIC], connect=self._connect)

    def _connect(self, _address: str, _port: int) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 5)

    def paths(self, *, robots: bool = False) -> list[str]:
        """What was asked, in order, without robots.txt."""
        return [r.host + r.path for r in self.asked if robots or r.path != "/robots.txt"]

    def answer(self, handler: Any) -> None:
        with self._guard:
            self._now += 1
            self.most = max(self.most, self._now)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        host = headers.get("host", "")
        self.asked.append(Request(host=host, path=handler.path, headers=headers, at=self.clock()))
        page = self.pages.get(host + handler.path, Page(status=404))
        had = page.etag is not None and headers.get("if-none-match") == page.etag
        had |= page.modified is not None and headers.get("if-modified-since") == page.modified
        raw = b"" if had else page.body.encode()
        handler.send_response(304 if had else page.status)
        marks = {"ETag": page.etag, "Last-Modified": page.modified}
        for name, value in {**page.headers, **{n: v for n, v in marks.items() if v}}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)
        with self._guard:
            self._now -= 1


def feed(*entries: tuple[str, str], title: str = "Harbour Paper") -> str:
    """A feed of entries (name, words), the newest first."""
    items = "".join(
        f"<item><title>Report {name}</title><link>http://news.example/{name}</link>"
        f"<pubDate>Mon, 05 May 2031 08:00:00 GMT</pubDate><description>{words}</description></item>"
        for name, words in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def told(actor: str, how: str = "") -> str:
    """The words of a report that a boat was seized; ``how`` is ``suspected`` or ``denied`` where it is not sure."""
    return f"{actor} {how} seized trawler Aelfwyn {BOAT}".replace("  ", " ")


def opened(inputs: Sequence[Input]) -> Iterator[Outcome]:
    """The articles of inputs, in this process."""
    return articles_of(list(inputs), Settings())


def reading(seen: list[str]) -> Any:
    """A reading that finds who seized the boat and how sure it is; ``seen`` hears of every article that is read."""

    def read(outcomes: Iterable[Outcome], _settings: Settings) -> Iterator[Result]:
        for outcome in outcomes:
            if isinstance(outcome, Rejection):
                yield outcome
                continue
            article = outcome.article
            seen.append(article.id)
            made = report(article.id, article.text, published=article.published, title=article.title)
            if "seized" in article.text:
                actor = article.text[: article.text.index("seized")].split()[-1]
                status = actor if actor in {"suspected", "denied"} else "happened"
                actor = "Norland" if "Norland" in article.text else "Sudmark"
                one = event(made, "e0", "seized", "COERCE", actor=actor, recipient="Aelfwyn", day=date(2031, 5, 5))
                made = with_events(made, replace(one, status=status))
            yield replace(made, article=article)

    return read
