"""What it costs to add reports to an archive and to lay them beside the others, as it grows; against reading, in one
run.

``make bench-archive``. 200 reports made of templates (``evals/made_reports.py``) are read; their records are then
varied (other names, other fortnights, 40 reports each) to fill archives of 1,000 to 10,000 reports, and 2,000 of one
story. Times are of this machine; what is promised is the ratio to reading, and that it does not grow.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec
from evals.made_reports import A_FORTNIGHT, COUNTRIES, FORTNIGHT, TELLINGS, Made, made, name

from dateline.archive.placing import place
from dateline.archive.sketches import WORD
from dateline.intake.text import article_from_text
from dateline.merge.neighbours import keys_of
from dateline.merge.sketches import packed, sketch_of
from dateline.model import Record
from dateline.pipeline import pipeline
from dateline.settings import settings
from dateline.store import Key, SketchRow, Store, open_store, report_id
from dateline.wire import from_json, to_json

GROUPS = 5
READ = GROUPS * A_FORTNIGHT
"""Reports that are really read."""
MEASURED = 200
"""Reports over which each figure is taken: the last ones of each size."""
SINGLES = 10
"""Reports added and placed one by one after them; of one large story a single one."""
SIZES = (1_000, 3_000, 10_000)
STORY = 2_000
_DAY = re.compile(rb"\d{4}-\d{2}-\d{2}")


class Taken(NamedTuple):
    """Milliseconds a report: CPU time, and time on the clock."""

    cpu: float
    wall: float


@contextmanager
def timed(times: list[float]) -> Iterator[None]:
    """Appends seconds of CPU and of the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    times += [time.process_time() - cpu, time.perf_counter() - wall]


def taken(times: list[float], count: int) -> Taken:
    """What ``count`` reports took."""
    return Taken(sum(times[::2]) / count * 1e3, sum(times[1::2]) / count * 1e3)


def read(reports: list[Made], *, learned: bool) -> tuple[list[Record], Taken]:
    """The records, and what reading took once everything is loaded."""
    reading = pipeline(msgspec.structs.replace(settings(), learned=learned))
    articles = [
        article_from_text(r.text, id=str(n), title=r.title, published=r.published, publisher=r.publisher)
        for n, r in enumerate(reports)
    ]
    list(reading.read_all(articles[:8]))
    times: list[float] = []
    with timed(times):
        records = list(reading.read_all(articles))
    return records, taken(times, len(records))


def varied(raw: bytes, names: dict[str, str], shift: timedelta, id: str) -> Record:
    """A record with other names of the same length, on other days."""
    both = {**names, **{old.lower(): new.lower() for old, new in names.items()}}
    told = re.sub(
        "|".join(both).encode(), lambda found: both[found[0].decode()].encode(), raw
    )  # the same length: spans hold
    record = from_json(_DAY.sub(lambda found: _shifted(found[0], shift), told))
    return msgspec.structs.replace(record, article=msgspec.structs.replace(record.article, id=id))


def _shifted(day: bytes, shift: timedelta) -> bytes:
    try:
        return (date.fromisoformat(day.decode()) + shift).isoformat().encode()
    except ValueError:
        return day


def years(raws: list[bytes], reports: list[Made]) -> Iterator[Record]:
    """Records without end, fortnight after fortnight, each happening with names of its own."""
    fortnight = 0
    while True:
        group = fortnight % GROUPS
        for n in range(group * A_FORTNIGHT, (group + 1) * A_FORTNIGHT):
            chance = random.Random(f"{fortnight} {n // TELLINGS}")
            names = {old: name(chance) for old in reports[n].names} | {reports[n].country: chance.choice(COUNTRIES)}
            yield varied(raws[n], names, (fortnight - group) * FORTNIGHT, f"{fortnight}-{n}")
        fortnight += 1


def one_story(raws: list[bytes], reports: list[Made]) -> Iterator[Record]:
    """Records without end of one happening: the names of the background differ, in one of four ways of telling it."""
    number = 0
    while True:
        n = number % TELLINGS
        chance = random.Random(number)
        names = {old: name(chance) for old in reports[n].names[-6:]}
        yield varied(raws[n], names, timedelta(), str(number))
        number += 1


def added(store: Store, records: Iterable[Record], clock: Callable[[str], list[float]]) -> None:
    """Adds records, each with its sketch, as ``dateline add`` does."""
    for record in records:
        with timed(clock("sketch")):
            sketch = sketch_of(record, report_id(record.article))
            kept = SketchRow(data=packed(sketch), keys=tuple(Key(WORD, key) for key in keys_of(sketch)))
        with timed(clock("store")):
            store.add(record, sketch=kept)


class Figures:
    """Times by what they were spent on."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    def clock(self, what: str) -> list[float]:
        return self.times.setdefault(what, [])

    def shown(self, reading: dict[str, Taken], placed: int) -> str:
        """A line: milliseconds a report, and the share that merging has of reading."""
        part = {what: taken(times, placed) for what, times in self.times.items()}
        merge = part["sketch"].cpu + part["place"].cpu
        shares = ", ".join(f"{merge / took.cpu:.1%} of reading {how}" for how, took in reading.items())
        store = part["store"]
        return (
            f"store {store.cpu:.1f} ms ({store.wall:.1f} on the clock), sketch {part['sketch'].cpu:.2f} ms, "
            f"place {part['place'].cpu:.2f} ms ({part['place'].wall:.1f}); merge {merge:.2f} ms = {shares}"
        )


def measure(
    store: Store, records: Iterator[Record], size: int, reading: dict[str, Taken], singles: int = SINGLES
) -> None:
    """Fills the archive up to a size and prints what the last ones took."""
    unmeasured = Figures()
    while (missing := size - MEASURED - singles - store.status().records) > 0:
        added(store, islice(records, min(missing, 1_000)), unmeasured.clock)
        place(store)
    figures, single = Figures(), Figures()
    added(store, islice(records, MEASURED), figures.clock)
    with timed(figures.clock("place")):
        place(store)
    for record in islice(records, singles):
        added(store, [record], single.clock)
        with timed(single.clock("place")):
            place(store)
    status = store.status()
    print(f"{status.records} reports, {status.events} events, {status.worlds} of the world, {status.stories} stories")
    print(f"  {MEASURED} together: {figures.shown(reading, MEASURED)}")
    print(f"  one by one:   {single.shown(reading, singles)}", flush=True)


def main() -> None:
    """Print the figures."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    reports = list(made(READ))
    rules, by_rules = read(reports, learned=False)
    _, with_learned = read(reports[:64], learned=True)
    reading = {"by rules": by_rules, "with the learned reader": with_learned}
    for how, took in reading.items():
        print(f"reading {how}: {took.cpu:.1f} ms a report (CPU of one core)")
    raws = [to_json(record) for record in rules]
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder) / "years.db") as store:
            records = years(raws, reports)
            for size in sizes:
                measure(store, records, size, reading)
        with open_store(Path(folder) / "story.db") as store:
            print("all of one story, in one fortnight:")
            measure(store, one_story(raws, reports), min(STORY, sizes[-1]), reading, 1)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
