"""A shelf of small reports made by hand: a boat seized and told of by several, one reprinted soon and one late, talks
planned and held, a chess title, one without a day. Nothing is read by a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec.structs import replace

from dateline.archive.adding import Added, add
from dateline.batch.reading import Result
from dateline.intake.found import Found, Outcome
from dateline.merge.corrections import Correction
from dateline.merge.merging import Merged, merge_sketches
from dateline.merge.sketches import sketch_of
from dateline.model import Record, Rejection
from dateline.store import Store, open_store, report_id
from tests.merge.reports import event, report, with_events

DAY = date(2031, 5, 5)
BOAT = (
    "Norland seized trawler Aelfwyn off Portvale with eleven crew and towed vessel to harbour where captain Brant was"
    " questioned by officers about nets and licence while families waited outside gates for news of fishermen"
)
OWNER = (
    "Owner of trawler Aelfwyn says Norland seized vessel off Portvale with licence valid for captain Brant and"
    " fishermen in harbour"
)
UNDATED = "Trawler Aelfwyn seized by Norland off Portvale as captain Brant sailed with crew of fishermen"
CHESS = "Teenager Lirov wins chess title in Dorn after seven games against champion Okoro"
TALKS = (
    "Norland and Sudmark meet in Lakeside on fisheries border with envoy Dosch as chair of talks about trawler rules"
)


def _made(name: str, text: str, act: str, word: str, days: int | None, **more: Any) -> Record:
    published = None if days is None else DAY + timedelta(days=days)
    plain = report(name, text, published=published, title=f"{text.split()[0]} report {name}")
    plain = replace(plain, article=replace(plain.article, publisher=f"Paper {name}", origin=f"shelf/{name}"))
    day = more.pop("day", published)
    status = more.pop("status", "happened")
    told = replace(event(plain, "e0", word, act, day=day, **more), status=status)
    return with_events(plain, told)


def shelf() -> dict[str, Record]:
    """The reports by name."""
    sides = {"actor": "Norland", "recipient": "Aelfwyn"}
    meet = {"actor": "Norland", "recipient": "Sudmark", "day": DAY + timedelta(days=11)}
    made = [
        _made("first", BOAT, "COERCE", "seized", 0, **sides),
        _made("reprint", f"Breaking {BOAT}", "COERCE", "seized", 1, **sides),
        _made("late", BOAT, "COERCE", "seized", 70, **sides),
        _made("owner", OWNER, "COERCE", "seized", 2, **sides),
        _made("undated", UNDATED, "COERCE", "seized", None, **sides),
        _made("plan", TALKS, "CONSULT", "meet", 3, status="planned", **meet),
        _made("held", f"Envoy Dosch chair as {TALKS}", "CONSULT", "meet", 12, **meet),
        _made("chess", CHESS, "other", "wins", 1, actor="Lirov"),
    ]
    return {record.article.id: record for record in made}


SHELF = shelf()
IDS = {name: report_id(record.article) for name, record in SHELF.items()}


def put(store: Store, *names: str, again: bool = False, shelf: dict[str, Record] | None = None) -> Added:
    """Adds reports of the shelf, in that order, as one import."""
    records = shelf or SHELF
    return add(store, [Found(records[name].article) for name in names], reader(records), readmit=again)


@cache
def _shelved() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "shelf.db"
        with open_store(file) as store:
            put(store, *SHELF)
        return file.read_bytes()


def shelved(file: Path) -> Path:
    """An archive of the whole shelf at ``file``: filled once a session, copied since."""
    file.write_bytes(_shelved())
    return file


def reader(records: dict[str, Record], seen: list[str] | None = None) -> Any:
    """A reading that finds the record that was made; ``seen`` hears of every article that is read."""

    def reading(outcomes: Iterable[Outcome]) -> Iterator[Result]:
        for outcome in outcomes:
            if isinstance(outcome, Rejection):
                yield outcome
                continue
            if seen is not None:
                seen.append(outcome.article.id)
            yield replace(records[outcome.article.id], article=outcome.article)

    return reading


def at_once(names: Iterable[str], corrections: tuple[Correction, ...] = ()) -> Merged:
    """What laying these reports side by side at once gives."""
    return merge_sketches([sketch_of(SHELF[name], IDS[name]) for name in names], corrections)


def anchor(name: str) -> str:
    """The telling of a report of the shelf."""
    return f"{IDS[name]}@{SHELF[name].events[0].span.start}"
