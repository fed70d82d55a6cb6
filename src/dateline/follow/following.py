"""A plan, an archive and what is remembered of both in, one round of following out: what is new filed, the digest of
what came of it written, and only then remembered as told."""

from __future__ import annotations

import functools
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.archive.keeping import Archive
from dateline.batch.sources import fenced_articles
from dateline.export.digest_atom import entries_of, joined, to_atom
from dateline.export.digest_html import to_digest_html
from dateline.export.digest_text import to_digest_text
from dateline.export.html import safe_link
from dateline.follow.manners import Ask, Manners, agent_of, forgotten
from dateline.follow.memory import Memory, Told
from dateline.follow.plan import SUFFIXES, Plan
from dateline.follow.rounds import Open, Round, Say, gone_round
from dateline.follow.watching import watched
from dateline.intake.found import Outcome
from dateline.intake.inputs import Input
from dateline.intake.web import ask
from dateline.merge.comparing import Digest, compared, standing_of
from dateline.merge.worlds import World
from dateline.writing import refuse_existing, written


class Came(Struct, frozen=True, kw_only=True):
    """What came of one round: what was asked and filed, and the digest of it; ``since`` says when the last one was."""

    round: Round
    digest: Digest
    since: str

    def text(self, width: int = 100) -> str:
        """The digest as plain text."""
        return to_digest_text(self.digest, self.since, width)


class Follower:
    """Follows a plan into an open archive. ``ask`` asks a server, ``clock`` gives seconds since 1970, ``sleep`` waits,
    ``opened`` gives the articles of inputs (behind the fence, as it is)."""

    def __init__(
        self,
        plan: Plan,
        archive: Archive,
        memory: Memory,
        say: Say = lambda _name, _words: None,
        *,
        ask: Ask = ask,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        opened: Open | None = None,
    ) -> None:
        self.plan, self.archive, self.memory = plan, archive, memory
        self._say, self._ask, self._clock, self._sleep = say, ask, clock, sleep
        self._opened = opened or functools.partial(_fenced, archive)
        self._state = ""

    def once(self) -> Came:
        """One round. The digest tells what is otherwise than at the last digest, whatever made it so: this round, one
        that was killed, ``dateline add``, a person's correction. A kill before its end has it told (again) next
        time."""
        told = self._before()
        names = [source.url or "" for source in self.plan.sources]
        manners = Manners(
            forgotten(self.memory.asked(), names, self._clock()),
            self._ask,
            pause=self.plan.pause,
            agent=agent_of(self.plan.contact),
            keep=self.memory.keep_asked,
            clock=self._clock,
            sleep=self._sleep,
        )
        with tempfile.TemporaryDirectory(prefix="dateline-following-") as spool:
            found = gone_round(self.plan.sources, self.archive, manners, Path(spool), self._opened, self._say)
        self.memory.keep_asked(manners.asked)
        return Came(round=found, digest=self._digest(told), since=told.at.replace("T", " ")[:16])

    def _before(self) -> Told:
        """How the archive stood at the last digest; at the first round, how it stands."""
        told = self.memory.told()
        if told is None:
            told = Told(at=self._now().isoformat(timespec="seconds"), standing=standing_of(self._shown()))
            self.memory.keep_told(told)
        return told

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)

    def _shown(self) -> list[World]:
        worlds, left_out = self.archive.every()
        return [world for world in worlds if world.id not in left_out]

    def _digest(self, told: Told) -> Digest:
        """What is otherwise since then: written, then remembered."""
        state = self.archive.state()
        if state == self._state:
            return Digest()
        worlds, left_out = self.archive.every()
        digest = watched(self.archive, self.plan.watch, compared(told.standing, worlds, left_out))
        at = self._now()
        entries = told.entries
        if digest.changes or digest.gone:
            links = self._links(digest)
            entries = joined(entries_of(digest, at, links), entries)
            told = self._write(digest, msgspec.structs.replace(told, entries=entries), at, links)
            standing = standing_of([world for world in worlds if world.id not in left_out])
            self.memory.keep_told(msgspec.structs.replace(told, at=at.isoformat(timespec="seconds"), standing=standing))
        self._state = state
        return digest

    def _links(self, digest: Digest) -> dict[str, str]:
        """The addresses of the reports of a digest, by id."""
        names = {told.report for change in digest.changes for told in change.world.tellings}
        return {name: link for name in names if (link := safe_link(self.archive.report(name).url))}

    def _write(self, digest: Digest, told: Told, at: datetime, links: Mapping[str, str]) -> Told:
        """Writes the digest's files; one that stands there and is not ours is left alone, and that is an error."""
        since = told.at.replace("T", " ")[:16]
        for name in self.plan.digests:
            target = Path(name)
            refuse_existing(target, overwrite=name in told.files)
            kind = SUFFIXES[target.suffix.lower()]
            if kind == "atom":
                made = to_atom(told.entries, f"Dateline digest: {target.stem}", at)
            elif kind == "html":
                made = to_digest_html(digest, since, links).encode("utf-8", "replace")
            else:
                made = to_digest_text(digest, since).encode("utf-8", "replace")
            if name not in told.files:
                told = msgspec.structs.replace(told, files=(*told.files, name))
                self.memory.keep_told(msgspec.structs.replace(self._before(), files=told.files))
            with written(target, overwrite=True) as stream:
                stream.write(made)
        return told


def _fenced(archive: Archive, inputs: Sequence[Input]) -> Iterator[Outcome]:
    return fenced_articles(inputs, archive.settings, several=True)
