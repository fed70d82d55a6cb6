"""A chronicle of many reports in, plain text for a terminal out: day by day, with sources and differences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dateline.export.archive_view import Chronicle
from dateline.export.moments import span_label
from dateline.export.visible import in_words, one_line, shortened
from dateline.merge.saying import PRONOUNS
from dateline.merge.slots import Slot, Value
from dateline.merge.worlds import Link, Told, World

UNDATED = "No day told"
_SENTENCE = 240
_SLOTS = {
    "actor": "who did it",
    "recipient": "to whom",
    "day": "the day",
    "place": "the place",
    "status": "whether it happened",
}
_WORDS = 60
"""Characters of a report's words for a value."""
CROWDED = 12
"""Events of a day from which on minor ones are folded."""
_SHOWN = 4
"""Reports named behind a value, before "and more"."""


def to_archive_text(chronicle: Chronicle, width: int = 100) -> str:
    """The whole chronicle, with a line end: the days, what lies ahead, what the reports look back on."""
    lines = [f"{_many(len(chronicle.every), 'event')} told by {_many(chronicle.reports, 'report')}"]
    lines += [line for note in chronicle.notes for line in textwrap.wrap(one_line(note), width)]
    lines += _block(chronicle.worlds, width, chronicle.since)
    if chronicle.ahead:
        lines += ["", "PLANNED AHEAD", *_block(chronicle.ahead, width, chronicle.since)]
    if chronicle.background:
        lines += ["", "BACKGROUND", *_block(chronicle.background, width, chronicle.since)]
    return "\n".join(lines) + "\n"


def to_world_text(world: World) -> str:
    """One event with every value of every slot, every telling with its words, and what it is to other events."""
    lines = [f"[{world.id}] {headline_of(world)}", day_of(world), support_of(world), ""]
    for slot in world.slots:
        lines.append(f"{slot_name(slot.name)}{' (they differ)' if slot.differs else ''}")
        lines += [f"    {_value(value, world)}" for value in slot.values]
    lines += ["", _many(len(world.tellings), "telling")]
    for told in world.tellings:
        lines.append(f"    {told.anchor}  {who_tells(told)}{_told_on(told)}: {told.status}, {told.factuality:+.1f}")
        lines.append(f"        “{one_line(told.sentence)}”")
    lines += [linked_words(link) for link in world.links]
    return "\n".join(lines) + "\n"


def _block(worlds: tuple[World, ...], width: int, since: date | None) -> Iterator[str]:
    for label, some in days_of(worlds):
        yield from ("", label)
        full, folded = folded_of(some)
        for world in full:
            yield from _event(world, width, since)
        if folded:
            yield from _wrapped(f"and {_many(len(folded), 'more event')} that one report tells:", width)
        for world in folded:
            yield from _wrapped(f"[{world.id}] {headline_of(world)}", width)


def days_of(worlds: Iterable[World]) -> list[tuple[str, list[World]]]:
    """Events under the headings of their days, in the order given."""
    found: dict[str, list[World]] = {}
    for world in worlds:
        found.setdefault(day_of(world), []).append(world)
    return list(found.items())


def folded_of(worlds: Sequence[World]) -> tuple[list[World], list[World]]:
    """The events of a day that are shown in full, and those of a crowded one that take a line each: what one report
    tells beside what several do."""
    if len(worlds) <= CROWDED:
        return list(worlds), []
    full = [world for n, world in enumerate(worlds) if n < CROWDED or world.reports > 1 or world.differs or world.links]
    return full, [world for world in worlds if world not in full]


def day_of(world: World) -> str:
    """The heading under which an event stands; of one without a day "by" the day on which it was first told."""
    if world.earliest or world.latest:
        return span_label(world.earliest, world.latest)[0]
    return span_label(None, world.first)[0] if world.first != date.max else UNDATED


def _event(world: World, width: int, since: date | None) -> Iterator[str]:
    yield from textwrap.wrap(
        f"[{world.id}] {headline_of(world)}", width, initial_indent="  ", subsequent_indent="      "
    )
    lead = leading(world, since)
    if not alone(world):
        yield from _wrapped(support_of(world), width)
    yield from _wrapped(f"“{shortened(lead.sentence, _SENTENCE)}” ({who_tells(lead)}{_told_on(lead)})", width)
    for slot in world.slots:
        if slot.grows:
            yield from _wrapped(grown_words(slot), width)
    for slot in world.differs:
        yield f"      They differ on {slot_name(slot.name)}:"
        for value in shown_values(slot):
            yield from textwrap.wrap(
                f"- {_value(value, world)}", width, initial_indent=" " * 8, subsequent_indent=" " * 10
            )
    for link in world.links:
        yield from _wrapped(linked_words(link), width)


def leading(world: World, since: date | None = None) -> Told:
    """The telling that is quoted: of those told from a day on, where one is given, the first that tells the event as it
    stands, and is no copy where one is not."""
    new = [told for told in world.tellings if since and told.published and told.published >= since] or world.tellings
    fit = [told for told in new if told.status == world.status] or list(new)
    return next((told for told in fit if not told.copy_of), fit[0])


def alone(world: World) -> bool:
    """Whether one outlet tells it in one report, and on nobody else's word."""
    return world.reports == 1 and [s.name for s in world.sources] == [world.tellings[0].publisher]


def shown_values(slot: Slot) -> list[Value]:
    """The values that are laid side by side where a slot differs: none that only holds a narrower one, no pronoun."""
    exact = [v for v in slot.values if not v.broad or len(slot.values) < 3]
    named = [v for v in exact if v.name.lower() not in PRONOUNS] or exact
    return named if len(named) > 1 else list(slot.values)


def grown_words(slot: Slot) -> str:
    """A number that later reports put higher, from the first to the last."""
    return f"{slot_name(slot.name)} rose: {' → '.join(one_line(value.name) for value in reversed(slot.values))}"


def _told_on(told: Told) -> str:
    return f", {told.published}" if told.published else ""


def what_of(world: World) -> str:
    """The act in words."""
    kind = in_words("type", world.act)
    return in_words("mode", f"{world.act}/{world.mode}", kind) if world.mode else kind


def headline_of(world: World) -> str:
    """What, by whom, to whom, where, how sure, in one line."""
    who = ", ".join(one_line(name) for name in world.actors)
    whom = ", ".join(one_line(name) for name in world.recipients)
    line = f"{what_of(world)}, {in_words('status', world.status)}"
    if who:
        line += f": {who}"
    if whom:
        line += f" → {whom}" if who else f": → {whom}"
    return f"{line} ({one_line(world.place)})" if world.place else line


def support_of(world: World) -> str:
    """How many reports, outlets and independent sources, and who they are."""
    names = [f"{one_line(s.name)} (a party)" if s.party else one_line(s.name) for s in world.sources[:_SHOWN]]
    more = len(world.sources) - len(names)
    counted = [(world.reports, "report"), (world.outlets, "outlet"), (world.independent, "independent source")]
    if world.reports == 1:
        counted = [(1, "report"), (world.independent, "source")]
    counts = ", ".join(_many(number, what) for number, what in counted)
    return f"{counts}: {'; '.join(names)}{f' and {more} more' if more > 0 else ''}"


def slot_name(name: str) -> str:
    """A slot in words."""
    return _SLOTS.get(name) or f"{'the ' if name.startswith('number of ') else ''}{one_line(name)}"


def _value(value: Value, world: World) -> str:
    heard = [f"“{words}” {'; '.join(by)}" if words else "; ".join(by) for words, by in heard_in(value, world)]
    return f"{one_line(value.name)} ({value.why}): {' | '.join(heard)}"


def heard_in(value: Value, world: World) -> list[tuple[str, list[str]]]:
    """The words in which a value is given (empty where they say no more than its name), each with who gives it so."""
    told = {t.report: t for t in world.tellings}
    found: dict[str, dict[str, None]] = {}
    for saying in value.sayings:
        words = shortened(saying.words, _WORDS)
        teller = _cited(told[saying.report], saying.voices)
        found.setdefault("" if words.lower() == value.name.lower() else words, {})[teller] = None
    return [(words, _few(list(by))) for words, by in found.items()]


def _few(names: list[str]) -> list[str]:
    return names if len(names) <= _SHOWN else [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]


def who_tells(told: Told) -> str:
    """A report in short: its outlet or title, and whom it cites."""
    return _cited(told, [voice.name for voice in told.voices])


def _cited(told: Told, voices: Sequence[str]) -> str:
    outlet = one_line(told.publisher or told.title or told.report)
    if told.copy_of:
        outlet += ", another edition" if told.edition else ", a copy"
    return f"{outlet}, citing {' citing '.join(one_line(name) for name in voices)}" if voices else outlet


def linked_words(link: Link) -> str:
    """A link in words."""
    words = {
        "happened": "it happened",
        "moved": "it was moved",
        "cancelled": "it was called off",
        "plan": "as planned in",
        "instead": "instead of",
    }
    return f"→ {words[link.kind]}: [{link.world}] ({one_line(link.why)})"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="      ", subsequent_indent="        ")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
