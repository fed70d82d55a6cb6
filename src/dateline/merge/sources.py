"""Tellings of one event in, the ultimate sources that stand behind them out: each counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from dateline.knowledge.actors import load_actors
from dateline.knowledge.sectors import load_sectors
from dateline.merge.saying import Voice
from dateline.merge.sketches import Sketch
from dateline.merge.tellings import Telling


class Source(Struct, frozen=True, kw_only=True, gc=False):
    """One ultimate source: who first says so, as far as the reports tell. ``party`` is whether it, or its state, is a
    party to the event; ``reports`` rest on it."""

    key: str
    name: str
    party: bool
    reports: tuple[str, ...]


class Support(Struct, frozen=True, kw_only=True, gc=False):
    """The sources of one event, those with most reports first, and the source of each telling (by anchor)."""

    sources: tuple[Source, ...]
    of: dict[str, str]


def sources_of(tellings: Sequence[Telling], sketches: Mapping[str, Sketch], copies: Mapping[str, str]) -> Support:
    """The ultimate sources of some tellings of one event. A statement counts for whoever made it: the innermost holder
    that can be told; without one the agency of the credit line, or the outlet; of a copy, those of its origin. Those
    whom one report only describes ("an officer", "a commander") are one where they are of one state and trade."""
    of: dict[str, str] = {}
    names: dict[str, str] = {}
    voices: defaultdict[str, list[Voice]] = defaultdict(list)
    reports: defaultdict[str, list[str]] = defaultdict(list)
    offices = {voice.key for telling in tellings for voice in telling.voices if voice.key}
    for telling in tellings:
        key, name, voice = _ultimate(telling, sketches, copies)
        key = whose(key, offices)
        of[telling.anchor] = key
        names[key] = max(names.get(key, ""), name, key=len)
        if voice is not None:
            voices[key].append(voice)
        if telling.article not in reports[key]:
            reports[key].append(telling.article)
    parties = {s.key: s.country for t in tellings for s in t.said if s.slot in {"actor", "recipient"}}
    found = [
        Source(
            key=key, name=names[key], party=any(_party(voice, parties) for voice in voices[key]), reports=tuple(rest)
        )
        for key, rest in reports.items()
    ]
    return Support(sources=tuple(sorted(found, key=lambda s: (-len(s.reports), s.key))), of=of)


def _ultimate(
    telling: Telling, sketches: Mapping[str, Sketch], copies: Mapping[str, str]
) -> tuple[str, str, Voice | None]:
    origin = copies.get(telling.article, telling.article)
    for voice in reversed(telling.voices):
        if voice.key is not None:
            return voice.key, voice.name, voice
    if telling.voices:
        voice = telling.voices[-1]
        described = f"{voice.country} {voice.sector}" if voice.country and voice.sector else voice.name.lower()
        return f"{origin}:{described}", voice.name, voice
    sketch = sketches.get(origin) or sketches[telling.article]
    if sketch.credits:
        actor = load_actors().get(sketch.credits[0])
        return sketch.credits[0], actor.name if actor else sketch.credits[0], None
    name = sketch.publisher or sketch.title or sketch.id
    known = next((a for a in load_actors().find(name) if a.kind in {"outlet", "agency"}), None) if name else None
    return (known.id if known else f"outlet:{name.lower()}"), name, None


def whose(key: str, others: Collection[str]) -> str:
    """ "The coast guard" is Mauritania's where that is the only one that speaks of the event, "the ministry" the
    Ministry of Fisheries, "Mauritania's fisheries ministry" too where no other state's ministry speaks."""
    own = _described(key)
    if own is None:
        return key
    told = {other: described for other in (*others, key) if (described := _described(other))}
    wider = {words for words, state in told.values() if own[0] < words and _may_be(own[1], state)} or {own[0]}
    if len(wider) > 1:
        return key
    (words,) = wider
    same = {other: state for other, (these, state) in told.items() if these == words}
    if len({state for state in (*same.values(), own[1]) if state}) > 1:
        return key
    return min(same, key=lambda other: (not other.startswith("name:"), not same[other], other))


def _described(key: str) -> tuple[frozenset[str], str] | None:
    """The words of a name or an office, and whose office it is, where that is told."""
    kind, _, rest = key.partition(":")
    if kind not in {"name", "office"}:
        return None
    state = rest.partition(":")[0] if kind == "office" else ""
    return frozenset(rest.rpartition(":")[2].split()), state


def _may_be(one: str, other: str) -> bool:
    return not one or not other or one == other


def _party(voice: Voice, parties: Mapping[str, str | None]) -> bool:
    """The source is one of the parties, or speaks for a state that is one."""
    if voice.key in parties:
        return True
    return voice.country is not None and voice.sector in load_sectors().official and voice.country in parties.values()
