"""An address in, when and whether it may be asked out: robots.txt obeyed, a pause between two requests to a host, and
more and more of it after failures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from dateline.errors import InputError
from dateline.follow.memory import Asked, Host, Known
from dateline.intake.web import Answer, Marks
from dateline.version import __version__

ROBOT = "Dateline"
"""The name by which robots.txt may speak of us."""
DAY = 86_400.0
ROBOTS_BYTES = 2_000_000
"""A longer robots.txt is not read, and its host not asked (RFC 9309 asks for 500 KiB at least)."""
FIRST_QUIET = 300.0
"""Seconds for which a source is left alone after a failure; twice as long after each further one, a day at most."""
LONGEST_QUIET = 7 * DAY
"""So long is a Retry-After followed."""
LONGEST_WAIT = 60.0
"""A pause longer than this is not waited for: the source has its turn in the next round."""

Ask = Callable[..., Answer]


class QuietError(InputError):
    """The host or source wants to be left alone until later (``until``, seconds since 1970)."""

    def __init__(self, reason: str, until: float) -> None:
        super().__init__(reason)
        self.until = until


def agent_of(contact: str) -> str:
    """Who we say that we are."""
    who = f"; {' '.join(contact.split())}" if contact.strip() else ""
    return f"{ROBOT}/{__version__} (follows feeds that its user chose{who})"


def host_of(url: str) -> str:
    """Scheme, name and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


class Manners:
    """Asks politely. ``ask`` is :func:`dateline.intake.web.ask` (or what stands for it), ``clock`` gives seconds since
    1970, ``sleep`` waits; ``keep`` writes down what is remembered, before every request: whoever is killed and begins
    again still keeps the pause."""

    def __init__(
        self,
        asked: Asked,
        ask: Ask,
        *,
        pause: float,
        agent: str,
        keep: Callable[[Asked], None],
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self.asked = asked
        self._ask, self._pause, self._agent = ask, pause, agent
        self._keep, self._clock, self._sleep = keep, clock, sleep

    def ready(self, url: str) -> float:
        """When an address may be asked, in seconds since 1970."""
        host = self._host(url)
        source = self.asked.sources.get(url, Known())
        return max(host.asked + self._between(host), host.quiet, source.quiet)

    def get(self, url: str, max_bytes: int, max_seconds: float, marks: Marks) -> Answer:
        """The answer of an address, 200 or 304. Raises :class:`QuietError` where it is not its turn, and
        :class:`InputError` for everything that fails, the next turn put off."""
        until = self.ready(url)
        if until - self._clock() > LONGEST_WAIT:
            known = self.asked.sources.get(url, Known())
            raise QuietError(known.reason if known.quiet >= until else "the host wants a longer pause", until)
        try:
            answer = self._answer(url, max_bytes, max_seconds, marks)
        except QuietError:
            raise
        except InputError as error:
            self._failed(url, str(error))
            raise
        if answer.status not in {200, 304}:
            reason = f"the server answered {answer.status}"
            self._failed(url, reason, answer.retry_after if answer.status in {429, 503} else None)
            raise InputError(reason)
        known = self.asked.sources.setdefault(url, Known())
        known.failures, known.quiet, known.reason = 0, 0.0, ""
        return answer

    def _answer(self, url: str, max_bytes: int, max_seconds: float, marks: Marks) -> Answer:
        def may(address: str) -> None:
            self._allowed(address)
            self._turn(address)

        return self._ask(url, max_bytes, max_seconds, marks=marks, agent=self._agent, may=may)

    def _turn(self, url: str) -> None:
        """Waits until a host may be asked, and notes that it is. Raises :class:`QuietError` where that takes long."""
        host = self._host(url)
        until = max(host.asked + self._between(host), host.quiet)
        wait = until - self._clock()
        if wait > LONGEST_WAIT:
            raise QuietError("the host wants a longer pause", until)
        if wait > 0:
            self._sleep(wait)
        host.asked = self._clock()
        self._keep(self.asked)

    def _host(self, url: str) -> Host:
        return self.asked.hosts.setdefault(host_of(url), Host())

    def _between(self, host: Host) -> float:
        """Seconds between two requests to a host: ours, or its own where that is longer."""
        own = Protego.parse(host.robots).crawl_delay(ROBOT) if host.robots else None
        return max(self._pause, float(own or 0.0))

    def _allowed(self, url: str) -> None:
        """Raises :class:`InputError` for an address that robots.txt closes to us."""
        host = self._host(url)
        if self._clock() - host.robots_at > DAY:
            self._look_up(url, host)
        if host.robots is None:
            reason = f"{host_of(url)}/robots.txt could not be got, so that nothing may be asked"
            raise QuietError(reason, max(host.robots_at + DAY, host.quiet))
        if not Protego.parse(host.robots).can_fetch(url, ROBOT):
            raise InputError(f"{host_of(url)}/robots.txt does not let {ROBOT} read this address")

    def _look_up(self, url: str, host: Host) -> None:
        """Gets a robots.txt: none (4xx) allows everything; a failure forbids everything, until it is asked again."""
        at = f"{host_of(url)}/robots.txt"
        self._turn(at)
        try:
            answer = self._ask(at, ROBOTS_BYTES, 30.0, agent=self._agent)
        except InputError:
            answer = None
        if answer is not None and answer.status == 200:
            host.robots = answer.body.decode("utf-8", "replace")
        else:
            host.robots = "" if answer is not None and 400 <= answer.status < 500 and answer.status != 429 else None
        now = self._clock()
        host.robots_at = now if host.robots is not None else now - DAY + FIRST_QUIET
        if host.robots is None:
            host.quiet = max(host.quiet, now + (_seconds(answer.retry_after, now) if answer else FIRST_QUIET))
        self._keep(self.asked)

    def _failed(self, url: str, reason: str, retry_after: str | None = None) -> None:
        """Puts the next turn off; a Retry-After holds for the whole host."""
        now, known = self._clock(), self.asked.sources.setdefault(url, Known())
        known.failures, known.reason = known.failures + 1, reason
        known.quiet = now + min(FIRST_QUIET * 2 ** min(known.failures - 1, 20), DAY)
        if retry_after is not None:
            host = self._host(url)
            host.quiet = max(host.quiet, now + _seconds(retry_after, now))
            known.quiet = max(known.quiet, host.quiet)
        self._keep(self.asked)


def _seconds(retry_after: str | None, now: float) -> float:
    """The seconds that a Retry-After asks for: a number, or a date; FIRST_QUIET for what is neither."""
    words = (retry_after or "").strip()
    if words.isascii() and words.isdecimal() and len(words) < 12:
        wanted = float(words)
    else:
        try:
            day = parsedate_to_datetime(words)
            wanted = (day if day.tzinfo else day.replace(tzinfo=UTC)).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            wanted = FIRST_QUIET
    return min(max(wanted, 0.0), LONGEST_QUIET)


def forgotten(asked: Asked, sources: list[str], now: float) -> Asked:
    """What is still worth remembering: sources of the plan or in trouble, hosts asked within a month."""
    kept = {url: known for url, known in asked.sources.items() if url in sources or known.quiet > now}
    hosts = {name: host for name, host in asked.hosts.items() if now - host.asked < 30 * DAY}
    return msgspec.structs.replace(asked, sources=kept, hosts=hosts)
