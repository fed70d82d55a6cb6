"""A telling and a value that a person gave in, the telling with it out: type, place, day, status, parties, names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from dateline.knowledge.actors import load_actors
from dateline.knowledge.ontology import status_of
from dateline.merge.saying import Said
from dateline.merge.tellings import Telling

Give = Callable[[Telling, str], Telling]


def days_of(value: str) -> tuple[date, date] | None:
    """The days of ``2031-05-05`` or ``2031-05-05/2031-05-07``; None for no day. Raises :class:`ValueError` for what is
    neither, or ends before it begins."""
    if not value:
        return None
    first, _, last = value.partition("/")
    days = date.fromisoformat(first), date.fromisoformat(last or first)
    if days[1] < days[0]:
        raise ValueError(f"{value} ends before it begins")
    return days


def renamed(telling: Telling, old: str, new: str) -> Telling:
    """Parties and sources of that name or key under the new name."""
    if not bears(telling, old):
        return telling
    said = tuple(replace(s, name=new) if old in (s.key, s.name) else s for s in telling.said)
    voices = tuple(replace(v, name=new) if old in (v.key, v.name) else v for v in telling.voices)
    return replace(telling, said=said, voices=voices)


def bears(telling: Telling, name: str) -> bool:
    """Whether somebody or something in a telling has a name or key."""
    return any(name in {s.key, s.name} for s in telling.said) or any(name in {v.key, v.name} for v in telling.voices)


def _typed(telling: Telling, value: str) -> Telling:
    ontology = "plover" if value.isupper() else "dateline"
    return replace(telling, type=value, ontology=ontology, acts=(value,), modes=())


def _placed(telling: Telling, value: str) -> Telling:
    told = _said(telling, "place", f"person:{value}", value.split("|", maxsplit=1)[0])
    return replace(told, places=(f"person:{value}",))


def _dated(telling: Telling, value: str) -> Telling:
    days = days_of(value)
    if days is None:
        return replace(_without(telling, "day"), days=None)
    first, last = (day.isoformat() for day in days)
    name = first if first == last else f"{first} to {last}"
    return replace(_said(telling, "day", f"{first}/{last}", name), days=days)


def _stated(telling: Telling, value: str) -> Telling:
    status = status_of(value)
    told = _said(telling, "status", value, value)
    return replace(told, status=value, standings=(status.family,))


def _acting(telling: Telling, value: str) -> Telling:
    return replace(_party(telling, "actor", value), actors=_keys(value))


def _suffering(telling: Telling, value: str) -> Telling:
    return replace(_party(telling, "recipient", value), recipients=_keys(value))


def _party(telling: Telling, role: str, name: str) -> Telling:
    if not name:
        return _without(telling, role)
    known = load_actors().find(name)
    return _said(telling, role, known[0].id if known else f"person:{name.lower()}", name)


def _keys(name: str) -> tuple[str, ...]:
    """As what is read of a party compares: the knowledge id where there is one, and the name's last word."""
    known = [actor.id for actor in load_actors().find(name)[:1]] if name else []
    return tuple(sorted({*known, *name.lower().split()[-1:]}))


def _said(telling: Telling, slot: str, key: str, name: str) -> Telling:
    said = Said(slot=slot, key=key, name=name, words="", start=telling.start)
    return replace(telling, said=(*_without(telling, slot).said, said))


def _without(telling: Telling, slot: str) -> Telling:
    return replace(telling, said=tuple(s for s in telling.said if s.slot != slot))


GIVEN: dict[str, Give] = {
    "retype": _typed,
    "place": _placed,
    "day": _dated,
    "status": _stated,
    "actor": _acting,
    "recipient": _suffering,
}
"""What each kind of correction gives to a telling."""
