"""Events of the world in, the parts of a line that a page shows out: words, links, signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from msgspec import Struct

from dateline.archive.facets import SIDES, is_somebody, is_thing, pair_of
from dateline.export.archive_text import day_of, leading, shown_values, slot_name, what_of
from dateline.export.html import safe_link
from dateline.export.visible import in_words, one_line, shortened
from dateline.knowledge.ontology import act_of
from dateline.merge.saying import PRONOUNS
from dateline.merge.slots import Slot, Value
from dateline.merge.worlds import Told, World

_PARTIES = 2
"""Parties of a side that a line names."""
_FRAGMENT = 90
"""Letters of a sentence by which a browser finds it on the page that it is from."""


class Name(Struct, frozen=True):
    """Something to call, and the address of its page; empty where it has none."""

    name: str
    href: str = ""


def what(world: World) -> str:
    """What it is: the act in words; of an act that no rule types, the word that tells it."""
    if act_of(world.act).untyped or world.act == "other":
        return one_line(leading(world).trigger).lower()
    return what_of(world)


def type_name(code: str) -> str:
    """A type in words."""
    return in_words("type", code, code.replace("_", " ").lower())


def status_name(code: str) -> str:
    """A status in words."""
    return in_words("status", code)


def quad(world: World) -> str:
    """Whether it is conflict or cooperation, in words or deeds: VC, MC, VX, MX or NN."""
    return in_words("quad", world.type, "NN")


def side(world: World, name: str) -> list[Name]:
    """The parties of a side that a line names, the best supported first."""
    slot = next((slot for slot in world.slots if slot.name == name), None)
    values = slot.values if slot else ()
    told = [value for value in values if value.name.lower() not in PRONOUNS] or values
    return [value_name(name, value) for value in told[:_PARTIES]]


def more(world: World, name: str) -> int:
    """How many parties of a side a line does not name."""
    return max(sum(len(slot.values) for slot in world.slots if slot.name == name) - _PARTIES, 0)


def place(world: World) -> Name | None:
    """Where it was."""
    slot = next((slot for slot in world.slots if slot.name == "place"), None)
    return value_name("place", slot.values[0]) if slot else None


def value_name(slot: str, value: Value) -> Name:
    """A value with the page that tells about it."""
    name = one_line(value.name)
    if slot in SIDES and is_somebody(value.key, value.name):
        return Name(name, link("/actor", key=value.key))
    if slot == "place":
        return Name(name, link("/place", key=value.key))
    if is_thing(slot, value.key):
        return Name(name, link("/thing", key=value.key))
    return Name(in_words("status", value.key) if slot == "status" else name)


def link(path: str, **named: str | int) -> str:
    """An address with a question; what is empty is left out."""
    return f"{path}?{urlencode({name: value for name, value in named.items() if value != ''})}"


def pair_link(one: str, other: str) -> str:
    """The address of the events between two."""
    return link("/chronicle", between=pair_of(one, other), every=1)


def anchor_link(anchor: str) -> str:
    """The address of the words of a telling, which is named ``report@start``."""
    report, _, start = anchor.rpartition("@")
    return words_link(report, start)


def words_link(report: str, start: int | str) -> str:
    """The address of words in a report's text."""
    return f"/report/{quote(report, safe='')}/at/{start}"


def told_link(told: Told) -> str:
    """The address of the words that tell an event in a report."""
    return words_link(told.report, told.anchor.rpartition("@")[2])


def original(url: str | None, sentence: str = "") -> str:
    """The address of the page that a report is from, at a sentence where the browser can find it; empty where it is no
    address of the web."""
    clean = safe_link(url)
    if not clean or "#" in clean or not sentence:
        return clean
    words = one_line(sentence).strip("… ")
    cut = words if len(words) <= _FRAGMENT else words[:_FRAGMENT].rpartition(" ")[0]
    return f"{clean}#:~:text={quote(cut, safe='')}" if cut else clean


def lead(world: World) -> Told:
    """The telling that is quoted."""
    return leading(world)


def weight(world: World) -> int:
    """How much stands behind an event, from 1 to 5."""
    return min(world.independent, 5)


def differing(world: World) -> str:
    """On what the reports differ, in words."""
    return ", ".join(slot_name(slot.name) for slot in world.differs)


def clashing(slot: Slot) -> Sequence[Value]:
    """The values that are laid side by side."""
    return shown_values(slot)


def days(worlds: Iterable[World]) -> list[tuple[str, list[World]]]:
    """Events under the headings of their days, in the order given."""
    found: list[tuple[str, list[World]]] = []
    for world in worlds:
        label = day_of(world)
        if not found or found[-1][0] != label:
            found.append((label, []))
        found[-1][1].append(world)
    return found


def short(words: str, most: int = 240) -> str:
    """One line, cut at a word."""
    return shortened(words, most)
