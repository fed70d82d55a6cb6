"""What the child processes of the archive's tests do: add, read, open, until they are done or killed."""

from __future__ import annotations

import multiprocessing
import random
import time
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import Event

from dateline.model import Rejection
from dateline.store import Provenance, Query, open_store
from tests.store.reports import EVENTS, record

LOAD = 24
"""Inputs of a run that may be killed: 18 reports, 3 of them twice, and 3 rejections."""


def processes() -> ForkServerContext:
    """Children that start at once: the libraries are loaded in one process, and the children forked from that."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.work", "dateline.store.sql", "alembic.command"])
    return context


def add_all(where: str, started: Event | None = None, *, shelf: str = "shelf", count: int = LOAD) -> None:
    """Adds every input, in order; any that is there already changes nothing."""
    with open_store(where) as store:
        if started is not None:
            started.set()
        for n in range(count):
            given = Provenance(origin=shelf, offset=n, fingerprint=str(n))
            if n % 8 == 7:
                store.add(Rejection(id=str(n), stage="intake", reason="empty"), given)
            else:
                store.add(record(n - 6 if n % 8 == 6 else n), given)


def open_only(where: str, started: Event) -> None:
    """Opens an archive, making it where it is not there."""
    started.set()
    open_store(where).close()


def write_on(where: str, seconds: float, first: int, failures: multiprocessing.Queue[str]) -> None:
    """Adds reports until time is up, every second one that the other writer adds too."""
    end = time.monotonic() + seconds
    n = 0
    try:
        with open_store(where) as store:
            while time.monotonic() < end:
                store.add(record(n if n % 2 else first + n), Provenance(origin=f"writer {first}", offset=n))
                n += 1
    except Exception as error:  # noqa: BLE001 — whatever it is, the test is to show it
        failures.put(f"writer: {error!r}")
    failures.put(f"wrote {n}")


def read_on(where: str, seconds: float, seed: int, failures: multiprocessing.Queue[str]) -> None:
    """Reads until time is up, and tells of every report that is not whole."""
    end = time.monotonic() + seconds
    chance = random.Random(seed)
    try:
        with open_store(where, read_only=True) as store:
            while time.monotonic() < end:
                for report in chance.sample([r.id for r in store.reports()], 1):
                    told = store.record(report)
                    hits = list(store.search(Query(reports=(report,))))
                    found = list(store.reports(Query(reports=(report,), words=f'"{told.article.title}"')))
                    if len(hits) != EVENTS or len(found) != 1 or any(not hit.parties for hit in hits):
                        failures.put(f"reader: half a report: {report}")
                status = store.status()
                if status.inputs != status.records + status.duplicates or status.events != status.records * EVENTS:
                    failures.put(f"reader: {status}")
    except Exception as error:  # noqa: BLE001 — whatever it is, the test is to show it
        failures.put(f"reader: {error!r}")
    failures.put("read")
