"""What a person says of events and names in, one judgement in the archive out, and every report laid where it
belongs for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from dateline.archive import viewing
from dateline.archive.placing import corrections_of, place, sketches_of
from dateline.errors import InputError, MissingEventError, StoreError
from dateline.merge.corrections import corrected
from dateline.merge.values import bears
from dateline.merge.worlds import World, base_of
from dateline.store import Judgement, Query, Store
from dateline.store.nouns import JudgementKind

AT_ONCE = 200
"""Reports looked through at once for a name."""


def called(store: Store, same: bool, left: str, right: str, by: str, note: str) -> Judgement:
    """Two events (ids of the world, or ``report@start``) are one, or are not."""
    one, other = _anchor(store, left), _anchor(store, right)
    if one == other:
        raise InputError(f"{left} and {right} are told by the same words; name two tellings as report@start")
    kind: JudgementKind = "same" if same else "different"
    reports = (_report(one), _report(other))
    return _noted(store, lambda: store.judge(kind, one, other, by=by, note=note, reports=reports))


def given(store: Store, kind: JudgementKind, event: str, value: str | None, by: str, note: str) -> Judgement:
    """A value for one telling, or for every telling of an event of the world: one judgement, in one transaction."""
    anchors = [_anchor(store, event)] if "@" in event else [told.anchor for told in world(store, event).tellings]
    reports = {_report(anchor) for anchor in anchors}
    return _noted(store, lambda: store.judge(kind, " ".join(anchors), value=value, by=by, note=note, reports=reports))


def renamed(store: Store, old: str, new: str, by: str, note: str) -> Judgement:
    """A name for somebody or something in place of the one that is shown, or of a knowledge id. Raises
    :class:`InputError` where nobody has it."""
    if not new.strip():
        raise InputError("the new name is empty; give the right one")
    if not any(_borne(store, reports, old) for reports in _likely(store, old)):
        raise InputError(
            f"nobody and nothing in the archive is called {old!r}; `dateline search` and `show` give the names as they "
            "are shown"
        )
    return store.judge("rename", old, value=new, by=by, note=note)


def withdrawn(store: Store, judgement: int) -> Judgement:
    """Takes a judgement back, all of it."""
    return _noted(store, lambda: store.withdraw(judgement))


def world(store: Store, name: str) -> World:
    """An event of the world by its id. Raises :class:`InputError` where there is none."""
    for found in viewing.worlds(store, Query(worlds=(base_of(name),), limit=None), every=True):
        if found.id == name:
            return found
    raise MissingEventError(f"no event {name!r} in the archive; `dateline chronicle` shows what there is")


def _noted(store: Store, note: Callable[[], Judgement]) -> Judgement:
    """The judgement is one transaction; what it moves is placed after it, and where that fails the judgement stands."""
    made = note()
    try:
        place(store)
    except StoreError as error:
        raise StoreError(
            f"correction {made.id} is {'withdrawn' if made.withdrawn_at else 'noted'}, but its reports have not found "
            f"their places yet: {error}; the next `dateline add` finds them"
        ) from None
    return made


def _anchor(store: Store, name: str) -> str:
    """The telling that stands for an event: itself, or the earliest one of an event of the world."""
    if "@" not in name:
        return world(store, name).tellings[0].anchor
    report, _, start = name.rpartition("@")
    report = store.report(report).id
    for telling in sketches_of(store, [report])[report].tellings:
        if f"{report}@{start}" in telling.anchors:
            return telling.anchor
    raise InputError(f"report {report} tells no event at {start}; `dateline search` and `show` name its tellings")


def _likely(store: Store, name: str) -> Iterator[Collection[str]]:
    """Reports, those first in which the search finds a party or source of this name: what is shown may be the name of
    the knowledge tables, or one that a person gave."""
    for role in ("actor", "recipient", "holder"):
        query = Query(**{role: name}, limit=AT_ONCE)  # type: ignore[arg-type]
        yield {hit.report for hit in store.search(query)}
    every = [report.id for report in store.reports()]
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def _borne(store: Store, reports: Collection[str], name: str) -> bool:
    corrections = corrections_of(store)
    found = (corrected(sketch, corrections) for sketch in sketches_of(store, reports).values())
    return any(bears(telling, name) for sketch in found for telling in sketch.tellings)


def _report(anchor: str) -> str:
    return anchor.rpartition("@")[0]
