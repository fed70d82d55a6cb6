"""A file of feeds, pages and watch rules in (TOML), a checked plan out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, cast, get_args

import msgspec
from msgspec import Struct

from dateline.archive.asking import Filters
from dateline.errors import DatelineError
from dateline.model import Status

SUFFIXES = {".txt": "text", ".html": "html", ".htm": "html", ".atom": "atom", ".xml": "atom"}
"""What a digest is written as, by the ending of its file."""
WHERE = "docs/how-to/follow-feeds.md"


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed or a page: an address of the web (``url``), or a file beside the plan (``file``). ``publisher`` is the
    name of the outlet, where it is to stand instead of the one that the source gives."""

    url: str | None = None
    file: str | None = None
    publisher: str | None = None

    @property
    def name(self) -> str:
        """The address, or the file as the plan names it."""
        return self.url or self.file or ""


class Watch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule: an event is watched where a telling of it is found by every filter that is given (those of ``dateline
    search``). With ``becomes`` only a change of certainty counts: the event has one of these statuses now, or a report
    newly says so; with ``was`` it had one of those before."""

    name: str
    words: str | None = None
    actor: str | None = None
    recipient: str | None = None
    between: tuple[str, str] | None = None
    code: str | None = None
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    box: tuple[float, float, float, float] | None = None
    source: str | None = None
    publisher: str | None = None
    was: tuple[str, ...] = ()
    becomes: tuple[str, ...] = ()

    @property
    def filters(self) -> Filters:
        """What is looked for."""
        names = Filters.__optional_keys__
        given = {name: value for name, value in msgspec.structs.asdict(self).items() if name in names}
        return cast("Filters", given)


class Plan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is followed. ``archive`` is where reports go (a file beside the plan, or ``postgresql://…``), None for the
    one of the settings; ``contact`` stands in every request; ``pause`` is in seconds, between two requests to a host;
    ``digests`` are files, written as their endings say; ``state`` is a folder for what is remembered between runs."""

    feed: tuple[Source, ...] = ()
    page: tuple[Source, ...] = ()
    watch: tuple[Watch, ...] = ()
    archive: str | None = None
    contact: str = ""
    pause: float = 5.0
    digests: tuple[str, ...] = ()
    state: str | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Feeds and pages; what a source holds is told by its content."""
        return (*self.feed, *self.page)


def plan_of(file: Path) -> Plan:
    """The plan of a file, its own files found from its folder. Raises :class:`DatelineError` with what is wrong in
    it."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        plan = _typed(values)
    except OSError as error:
        raise DatelineError(f"{file}: it cannot be opened: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatelineError(f"{file}: not valid TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise DatelineError(f"{file}: not understood: {error} (see {WHERE})") from None
    wrong = _wrong(plan)
    if wrong:
        raise DatelineError(f"{file}: {wrong} (see {WHERE})")
    return _beside(plan, file.parent)


def _typed(values: dict[str, Any]) -> Plan:
    """The plan; one word where several may stand is as good as a list of one."""
    for rule in values.get("watch", ()):
        for name in ("type", "mode", "was", "becomes"):
            if isinstance(rule, dict) and isinstance(rule.get(name), str):
                rule[name] = [rule[name]]
    return msgspec.convert(values, Plan)


def _wrong(plan: Plan) -> str:
    """What does not hold in a plan; nothing for a sound one."""
    if not plan.sources:
        return "it names no [[feed]] and no [[page]]"
    if plan.pause < 0:
        return f"pause = {plan.pause:g} is less than nothing"
    names = [source.name for source in plan.sources]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        return f"{twice!r} stands in it twice"
    unclear = next((s for s in plan.sources if bool(s.url) == bool(s.file)), None)
    if unclear is not None:
        return f"a source needs one of url and file: {unclear.name or 'one has neither'}"
    far = next((s.url for s in plan.sources if s.url and not s.url.lower().startswith(("http://", "https://"))), None)
    if far:
        return f"{far!r} is no address of the web; a file is named by file = "
    return _wrong_rule(plan) or _wrong_digest(plan)


def _wrong_rule(plan: Plan) -> str:
    known = get_args(Status)
    for rule in plan.watch:
        odd = next((status for status in (*rule.was, *rule.becomes) if status not in known), None)
        if odd:
            return f"watch {rule.name!r}: {odd!r} is no status; the statuses are {', '.join(known)}"
        if not (rule.becomes or any(rule.filters.values())):
            return f"watch {rule.name!r} watches nothing: give it an actor, a place, a type, or becomes"
        if rule.was and not rule.becomes:
            return f"watch {rule.name!r}: was needs becomes beside it"
    return ""


def _wrong_digest(plan: Plan) -> str:
    odd = next((name for name in plan.digests if Path(name).suffix.lower() not in SUFFIXES), None)
    return f"digest {odd!r}: the ending must be one of {', '.join(SUFFIXES)}" if odd else ""


def _beside(plan: Plan, folder: Path) -> Plan:
    """The plan with its files found from its own folder; addresses stay."""

    def found(name: str | None) -> str | None:
        return name if name is None or "://" in name else str(folder / Path(name).expanduser())

    return msgspec.structs.replace(
        plan,
        archive=found(plan.archive),
        state=found(plan.state),
        digests=tuple(found(name) or "" for name in plan.digests),
        feed=tuple(msgspec.structs.replace(s, file=found(s.file)) for s in plan.feed),
        page=tuple(msgspec.structs.replace(s, file=found(s.file)) for s in plan.page),
    )
