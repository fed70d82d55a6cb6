"""The sources of a plan in, what they have that is new in the archive out: each asked in its turn, the answers read,
and only then remembered as had."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.archive.adding import Added, input_of
from dateline.archive.keeping import Archive
from dateline.errors import InputError
from dateline.follow.manners import Manners, QuietError
from dateline.follow.memory import Known
from dateline.follow.plan import Source
from dateline.intake.found import About, Found, Outcome
from dateline.intake.inputs import Input
from dateline.intake.web import Answer, Marks
from dateline.model import Rejection
from dateline.store import input_key

Open = Callable[[Sequence[Input]], Iterator[Outcome]]
Say = Callable[[str, str], None]


class Had(Struct, kw_only=True):
    """A source whose answer is had: its input, the marks that came with it, and, once it is filed, an input that the
    archive knows."""

    source: Source
    input: Input
    marks: Marks = Marks()
    witness: str = ""


class Round(Struct, kw_only=True):
    """What came of one round: how many sources were asked, had nothing new, failed, or waited for their turn."""

    asked: int = 0
    unchanged: int = 0
    failed: int = 0
    waiting: int = 0
    added: Added = msgspec.field(default_factory=Added)

    @property
    def summary(self) -> str:
        """The counts in a line."""
        parts = [f"{self.asked} sources asked", f"{self.unchanged} unchanged", f"{self.failed} failed"]
        if self.waiting:
            parts.append(f"{self.waiting} left for later")
        return f"{', '.join(parts)}; {self.added.summary}"


def gone_round(
    sources: Sequence[Source],
    archive: Archive,
    manners: Manners,
    spool: Path,
    opened: Open,
    say: Say = lambda _name, _words: None,
) -> Round:
    """Asks every source whose turn it is and files what is new. ``spool`` is a folder for answers; ``opened`` gives
    the articles of inputs; ``say`` hears a source's name and what is to be known of it. Stopped at any moment it
    leaves a sound archive, and what was had but not filed is asked for again, in its turn."""
    found = Round()
    had = [one for source in _in_turn(sources, manners) if (one := _asked(source, archive, manners, spool, found, say))]
    by_input = {one.input.id: one for one in had}

    def told(_added: Added, error: Rejection | None) -> None:
        if error is not None:
            say(error.origin or error.id, f"{error.stage}: {error.reason}")

    if had:
        outcomes = _steady(opened([one.input for one in had]), by_input)
        found.added = archive.file(outcomes, told=told)
    for one in had:
        if one.source.url:
            known = manners.asked.sources.setdefault(one.source.url, Known())
            known.marks, known.witness = one.marks, one.witness
    return found


def _in_turn(sources: Sequence[Source], manners: Manners) -> Iterator[Source]:
    """The sources, always the one whose host has been left alone longest: pauses of one host pass while others are
    asked. Files come first."""
    waiting = [source for source in sources if source.url]
    yield from (source for source in sources if source.file)
    while waiting:
        first = min(waiting, key=lambda source: manners.ready(source.url or ""))
        waiting.remove(first)
        yield first


def _asked(source: Source, archive: Archive, manners: Manners, spool: Path, found: Round, say: Say) -> Had | None:
    """A source's answer on disk; None where it has none that is new."""
    about = About(publisher=source.publisher)
    if source.url is None:
        path = source.file or ""
        found.asked += 1
        return Had(source=source, input=Input(id=path, origin=path, path=path.encode(), about=about))
    known = manners.asked.sources.get(source.url, Known())
    trusted = known.witness and archive.store.finished([known.witness])
    try:
        answer = manners.get(
            source.url,
            archive.settings.max_bytes,
            archive.settings.max_seconds,
            known.marks if trusted else Marks(),
        )
    except QuietError as error:
        found.waiting += 1
        say(source.url, f"left alone until {time.strftime('%Y-%m-%d %H:%M', time.localtime(error.until))}: {error}")
        return None
    except InputError as error:
        found.asked += 1
        found.failed += 1
        say(source.url, str(error))
        return None
    found.asked += 1
    if answer.moved:
        say(source.url, f"it has moved for good to {answer.url}; put that address in the plan")
    if answer.status == 304:
        found.unchanged += 1
        return None
    return _kept(source, answer, about, spool)


def _kept(source: Source, answer: Answer, about: About, spool: Path) -> Had:
    path = spool / hashlib.sha256((source.url or "").encode("utf-8", "replace")).hexdigest()
    path.write_bytes(answer.body)
    about = msgspec.structs.replace(about, url=answer.url)
    given = Input(id=source.name, origin=source.name, path=str(path).encode(), about=about, charset=answer.charset)
    return Had(source=source, input=given, marks=answer.marks)


def _steady(outcomes: Iterator[Outcome], had: dict[str, Had]) -> Iterator[Outcome]:
    """The outcomes under names that stay when a feed moves on: an entry's number is another tomorrow, its address is
    not. The first article of every source is its witness."""
    for outcome in outcomes:
        if isinstance(outcome, Rejection):
            yield msgspec.structs.replace(outcome, id=outcome.origin or outcome.id, offset=None)
            continue
        article = outcome.article
        words = "\0".join((article.title or "", article.text))
        name = article.url or hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        article = msgspec.structs.replace(article, id=name)
        one = had.get(article.origin or "")
        if one is not None and not one.witness:
            one.witness = input_key(input_of(article))
        yield Found(article, outcome.faults)
