"""Whatever the user names in, a record or a rejection a report out: opened, parsed and read behind the fence."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from dateline.batch.fence import BIRTHS, TRIES, Child, Died, Opening, Work, listen
from dateline.batch.reading import Result, read_found
from dateline.errors import InputError, PipelineError
from dateline.intake.found import About, Found, Outcome
from dateline.intake.inputs import Input, inputs_of, spooled
from dateline.intake.sources import outcome_of, pieces_of, unique
from dateline.model import Article, Fault, Rejection
from dateline.settings import Settings

GROUP = 64
"""Inputs handed to the process that opens them at once."""
BEAT = 1.0
"""Seconds between signs of life while an archive's other records are passed over."""


class Task(msgspec.Struct, frozen=True, array_like=True):
    """Inputs to open; the first ``skip`` reports of the first one are passed over, and from number ``stop`` on (from 0)
    no report of any is opened."""

    inputs: tuple[Input, ...]
    skip: int
    about: About
    stop: int | None = None


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What became of report number ``number`` (from 0) of input number ``at``; neither article nor rejection: it is
    about to be read. ``name`` and ``part`` are the id and the place that it has in its input."""

    at: int
    number: int
    name: str | None = None
    part: int | None = None
    article: Article | None = None
    faults: tuple[Fault, ...] = ()
    rejection: Rejection | None = None

    def place(self, skip: int) -> int:
        """How many reports of its input need not be opened again; ``skip`` of the first one never had to be."""
        if self.part is None:
            return skip if self.at == 0 else 0
        return self.number + (self.article is not None or self.rejection is not None)


def read_sources(
    sources: Sequence[str],
    configured: Settings,
    about: About = About(),  # noqa: B008 - immutable
) -> Iterator[Result]:
    """A record or a rejection for every report of the sources, in the order of the inputs, the same for any number of
    workers. What breaks a limit or ends its process is a rejection of stage ``fence``; the rest goes on after it."""
    yield from read_found(fenced_articles(sources, configured, about), configured)


def fenced_articles(
    sources: Sequence[str],
    configured: Settings,
    about: About = About(),  # noqa: B008 - immutable
    opening: Opening | None = None,
    *,
    several: bool = False,
) -> Iterator[Outcome]:
    """As :func:`dateline.intake.sources.articles_of`, but in a process that is killed at ``max_seconds`` a report and
    ``max_memory``, and begun again behind the culprit. An id that stood before is an error, unless ``several`` may have
    it (:func:`named`). Raises :class:`InputError` where the temporary folder fails."""
    with _spool() as spool:
        inputs = _held(inputs_of(sources, spool), spool)
        found = _outcomes(inputs, configured, about, opening)
        yield from named(found) if several else unique(found)


def named(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes, an article whose id stood before under an id of its own (``x#7~2``): rows that share an id are
    different reports, or the same one again."""
    seen: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome, Found):
            article = outcome.article
            name = article.id
            while name in seen:
                seen[article.id] += 1
                name = f"{article.id}~{seen[article.id]}"
            seen[name] = 1
            outcome = Found(msgspec.structs.replace(article, id=name), outcome.faults)
        yield outcome


@contextmanager
def _spool() -> Iterator[Path]:
    """A folder for what cannot be read twice. Raises :class:`InputError` where none can be made."""
    with ExitStack() as stack:
        try:
            place = stack.enter_context(spooled())
        except OSError as error:
            raise InputError(f"no temporary folder can be made ({error.strerror}); {_FREE}") from None
        yield place


def _held(inputs: Iterable[Input | Rejection], spool: Path) -> Iterator[Input | Rejection]:
    """The inputs. Raises :class:`InputError` where the temporary folder cannot take one in: that is no fault of the
    input, and must not stand as its end."""
    try:
        yield from inputs
    except OSError as error:
        raise InputError(f"{spool.parent}: the temporary folder failed ({error.strerror}); {_FREE}") from None


_FREE = "free space there, or name another folder in TMPDIR, and run it again"


def _outcomes(
    inputs: Iterable[Input | Rejection], configured: Settings, about: About, opening: Opening | None
) -> Iterator[Outcome]:
    opener = Opener(configured, about, opening)
    try:
        for refused, group in itertools.groupby(inputs, lambda found: isinstance(found, Rejection)):
            if refused:
                yield from group  # type: ignore[misc]
                continue
            while some := tuple(itertools.islice(group, GROUP)):
                yield from opener.open(some)  # type: ignore[arg-type]
    finally:
        opener.close()


class Opener:
    """The process that opens inputs, kept until closed, and the place that it has come to."""

    def __init__(self, configured: Settings, about: About, opening: Opening | None = None) -> None:
        self._settings, self._about, self._opening = configured, about, opening or open_intake
        self._child: Child | None = None

    def close(self) -> None:
        if self._child is not None:
            self._child.close()

    def open(self, inputs: tuple[Input, ...], skip: int = 0, stop: int | None = None) -> Iterator[Outcome]:
        """The outcomes of some inputs, of the first one from report number ``skip`` on, of each those before number
        ``stop``. After a death the input is opened again behind the report that was being read; where it died between
        two reports, the rest of the input is given up. Where somebody else killed the process, it is opened again at
        the same place, :data:`TRIES` times in all."""
        killed = 0
        while inputs:
            last = Told(0, skip)
            try:
                for last in self._told(Task(inputs, skip, self._about, stop)):
                    if last.rejection is not None:
                        yield last.rejection
                    elif last.article is not None:
                        yield Found(last.article, last.faults)
                    killed = killed if last.part is None else 0
                return
            except Died as died:
                unborn = self._child is not None and not self._child.ready
                self._child = None
                killed += 1
                if died.killed and killed < (BIRTHS if unborn else TRIES):
                    inputs, skip = inputs[last.at :], last.place(skip)
                    continue
                if unborn:
                    raise PipelineError(f"the process that opens files could not start: {died.reason}") from None
                yield _culprit(inputs[last.at], last, died)
                again = last.part is not None and last.article is None and last.rejection is None
                inputs, skip = inputs[last.at + (not again) :], last.number + 1 if again else 0

    def _told(self, task: Task) -> Iterator[Told]:
        if self._child is None:
            told = msgspec.msgpack.encode(self._settings)
            self._child = Child(self._opening, told, self._settings.max_memory)
        child = self._child
        while not child.idle:
            listen([child])
            for _ in child.hear():
                pass
        child.ask(msgspec.msgpack.encode(task), self._settings.max_seconds)
        while not child.idle:
            listen([child])
            for raw in child.hear():
                yield _told.decode(raw)


_told = msgspec.msgpack.Decoder(Told)


def _culprit(given: Input, last: Told, died: Died) -> Rejection:
    """The rejection of the report at which the process died: ``last`` is what it said last."""
    between = last.article is not None or last.rejection is not None
    part = last.number + 2 if between else last.part
    name = f"{given.id}#{part}" if between else last.name or given.id
    reason = f"{died.reason}; what stands behind it in this input was not read" if between else died.reason
    return Rejection(id=name, stage="fence", reason=reason, hint=died.hint, origin=given.origin, offset=part)


def open_intake(told: bytes) -> Work:
    """The opening of inputs in a child: a :class:`Task` in, a :class:`Told` a report out."""
    configured = msgspec.msgpack.decode(told, type=Settings)

    def work(raw: bytes) -> Iterator[bytes | None]:
        task = msgspec.msgpack.decode(raw, type=Task)
        for at, given in enumerate(task.inputs):
            yield msgspec.msgpack.encode(Told(at, 0))
            yield from _opened(at, given, task, configured)

    return work


def _opened(at: int, given: Input, task: Task, configured: Settings) -> Iterator[bytes | None]:
    spoke = time.monotonic()
    number, skip = 0, task.skip if at == 0 else 0
    for piece in pieces_of(given, configured, task.about):
        if number == task.stop:
            return
        if piece is None or number < skip:
            number += piece is not None
            if time.monotonic() - spoke > BEAT:
                spoke = time.monotonic()
                yield None
            continue
        told = Told(at, number, piece.id, piece.number)
        yield msgspec.msgpack.encode(told)
        yield msgspec.msgpack.encode(_became(told, outcome_of(piece, configured)))
        number, spoke = number + 1, time.monotonic()


def _became(told: Told, outcome: Outcome) -> Told:
    if isinstance(outcome, Found):
        return msgspec.structs.replace(told, article=outcome.article, faults=outcome.faults)
    return msgspec.structs.replace(told, rejection=outcome)
