"""What came of an archive since the last time in, plain text out: what is contradicted, changed, new, supported."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from dateline.export.archive_text import day_of, headline_of, leading, slot_name, support_of, who_tells
from dateline.export.visible import in_words, one_line, shortened
from dateline.merge.comparing import KINDS, Change, Digest, Kind, Shift
from dateline.merge.worlds import Told

_SENTENCE = 240
HEADINGS: dict[Kind, str] = {
    "contradicted": "Contradicted",
    "changed": "Changed",
    "new": "New",
    "supported": "Told by further sources",
}
_CODED = {"status": "status", "type": "type"}
_SLOTS = {"sources": "independent sources", "type": "what it is", "plan": "the plan"}
_OUTCOMES = {"planned": "planned", "moved": "moved", "cancelled": "called off"}


def to_digest_text(digest: Digest, since: str, width: int = 100) -> str:
    """The digest, with a line end. ``since`` says in words when the last one was; what a rule watches stands first."""
    lines = [*textwrap.wrap(counted(digest, since), width)]
    if digest.watched:
        lines += ["", "WATCHED"]
        for change in digest.watched:
            lines += _lines(change, width, f"{', '.join(one_line(name) for name in change.watches)}: ")
    for kind in KINDS:
        found = [change for change in digest.of(kind) if not change.watches]
        if found:
            lines += ["", HEADINGS[kind].upper()]
            lines += [line for change in found for line in _lines(change, width)]
    if digest.gone:
        lines += ["", "NO LONGER TOLD", *textwrap.wrap("  " + ", ".join(digest.gone), width)]
    return "\n".join(lines) + "\n"


def counted(digest: Digest, since: str) -> str:
    """How much came of it, in a sentence."""
    counts = {kind: len(digest.of(kind)) for kind in KINDS}
    told = ", ".join(f"{number} {HEADINGS[kind].lower()}" for kind, number in counts.items() if number)
    gone = f", {len(digest.gone)} no longer told" if digest.gone else ""
    return f"Events since {since}: {told or 'none new'}{gone}"


def _lines(change: Change, width: int, before: str = "") -> Iterator[str]:
    world, told = change.world, lead_of(change)
    line = f"[{world.id}] {before}{day_of(world)}: {headline_of(world)}"
    yield from textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="      ")
    for shift in change.shifts:
        yield from _wrapped(shift_in_words(shift), width)
    yield from _wrapped(f"“{shortened(told.sentence, _SENTENCE)}” ({cited(told)})", width)
    if world.reports > 1:
        yield from _wrapped(support_of(world), width)


def lead_of(change: Change) -> Told:
    """The telling that is quoted: a new one where there is one, that tells the event as it is said to be now."""
    fresh = [told for told in change.world.tellings if told.anchor in change.new]
    said = {shift.now for shift in change.shifts if shift.slot == "status"} or {change.world.status}
    fit = [told for told in fresh if told.status in said] or fresh
    return next((told for told in fit if not told.copy_of), fit[0]) if fit else leading(change.world)


def cited(told: Told) -> str:
    """Who tells it, and the day of the report."""
    return f"{who_tells(told)}, {told.published}" if told.published else who_tells(told)


def shift_in_words(shift: Shift) -> str:
    """What is otherwise, in words."""
    name = _SLOTS.get(shift.slot) or slot_name(shift.slot)
    was, now = _value(shift.slot, shift.was), _value(shift.slot, shift.now)
    if shift.contradicts:
        return f"They differ on {name}: {was}; now also {now}"
    return f"{name}: {was} → {now}" if was else f"{name}: now {now}"


def _value(slot: str, value: str) -> str:
    if slot == "plan":
        return _OUTCOMES.get(value, value)
    kind = _CODED.get(slot)
    return ", ".join(in_words(kind, one) if kind else one_line(one) for one in value.split(" | ")) if value else ""


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="      ", subsequent_indent="        ")
