"""Event rules (``data/rules/events``) in, typed rules by lemma out: which words are which act, on what evidence."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.documents import document

UNTYPED = frozenset({"frames.yaml", "classes.yaml"})
"""Files of the folder that hold no rules."""
MENTION_CLASSES = frozenset({"PER", "ORG", "GPE", "LOC", "FAC", "NORP", "VEH", "WEA", "EVT"})
ANY = "ANY"
"""In a filter: anything at all stands there."""
OWNED = "OWNED"
"""In a filter: a noun that names whose it is ("China's expansion")."""
OFFICIAL = "OFFICIAL"
"""In a filter: someone of a state's bodies stands there (government, army, court, police, parliament)."""
ANY_ACTOR = "ANY_ACTOR"
"""In a filter: a person, organisation, country or group stands there, by name or by an agent noun."""
_KEYS = frozenset(
    {
        "act",
        "adjectives",
        "any",
        "bare",
        "cameo",
        "clause_modal",
        "contexts",
        "counterexamples",
        "examples",
        "frame",
        "id",
        "light_only",
        "mode",
        "modifier",
        "needs",
        "note",
        "noun_free",
        "nouns",
        "object",
        "of",
        "prep",
        "roles",
        "subject",
        "verb_free",
        "verbs",
        "xcomp",
    }
)
_SETS = ("light_only", "verb_free", "clause_modal")
_LISTS = ("contexts", "nouns", "adjectives", "needs", "examples", "counterexamples")
_FILTERS = (
    "object",
    "subject",
    "any",
    "modifier",
    "of",
    "xcomp",
)


class Filter(Struct, frozen=True):
    """Lemmas and mention types of which one must stand in a position. ``anything`` accepts all,
    ``actors`` every party, ``owned`` every noun that names whose it is, ``official`` whoever serves a state."""

    lemmas: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    anything: bool = False
    actors: bool = False
    owned: bool = False
    official: bool = False


class Rule(Struct, frozen=True, kw_only=True):
    """One row of sense: words, what must stand around them, and the act they then tell.

    ``verbs`` are (lemma, particle or the rest of a fixed phrase); filters that are None ask for nothing. ``roles``
    maps a role to relation paths (``frames.yaml``), first for the verb, then for the noun.
    """

    id: str
    act: str
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[tuple[str, str], ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    object: Filter | None = None
    subject: Filter | None = None
    any: Filter | None = None
    modifier: Filter | None = None
    of: Filter | None = None
    xcomp: Filter | None = None
    prep: tuple[tuple[str, Filter], ...] = ()
    light_only: frozenset[str] = frozenset()
    noun_free: bool = False
    verb_free: frozenset[str] = frozenset()
    clause_modal: frozenset[str] = frozenset()
    bare: bool = False
    needs: tuple[str, ...] = ()
    mutual: bool = False
    verb_roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    noun_roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    file: str = ""

    @property
    def weight(self) -> int:
        """How much a rule asks for: of two that fit, the one that asks for more is right."""
        asked = [self.object, self.subject, self.any, self.modifier, self.of, self.xcomp]
        return (
            2 * sum(f is not None and not f.anything for f in asked)
            + (2 if any(not f.anything for _, f in self.prep) else bool(self.prep))
            + 2 * bool(self.clause_modal)
            + 5 * bool(self.light_only)
            + bool(self.needs)
        )


class Patterns(Struct, frozen=True, kw_only=True):
    """All rules, and the index from a trigger word to the rules that may read it, the most demanding first.

    ``words`` holds the noun classes and the word lists of ``frames.yaml`` by name; ``aliases``
    mends verb lemmas that the parser gets wrong, ``hyphenated`` are the words of rules that have a hyphen.
    """

    rules: tuple[Rule, ...]
    by_verb: Mapping[str, tuple[tuple[str, Rule], ...]]
    by_noun: Mapping[str, tuple[Rule, ...]]
    by_adjective: Mapping[str, tuple[Rule, ...]]
    light: frozenset[tuple[str, str]]
    light_oblique: Mapping[tuple[str, str], frozenset[str]]
    words: Mapping[str, frozenset[str]]
    aliases: Mapping[str, str]
    hyphenated: frozenset[str]
    oblique_control: Mapping[str, tuple[str, ...]]

    def trigger_lemmas(self) -> frozenset[tuple[str, str]]:
        """(lemma, upos) of every word that some rule reads as an event."""
        return frozenset(
            [(lemma, "VERB") for lemma in self.by_verb]
            + [(lemma, "NOUN") for lemma in self.by_noun]
            + [(lemma, "ADJ") for lemma in self.by_adjective]
        )


@functools.cache
def load_patterns(folder: Path | None = None) -> Patterns:
    """The rules of a folder (by default the shipped ones), read once."""
    where = folder or files.path("rules", "events")
    frames = document(where / "frames.yaml")
    classes = {name: frozenset(words) for name, words in document(where / "classes.yaml").items()}
    rules: list[Rule] = []
    for file in sorted(where.glob("*.yaml")):
        if file.name not in UNTYPED:
            rules.extend(_rules(file, frames["frames"], classes))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise KnowledgeError(f"{rule.file}: rule id {rule.id!r} stands twice")
        seen.add(rule.id)
    return _indexed(tuple(rules), frames, classes)


def _indexed(rules: tuple[Rule, ...], frames: Mapping[str, Any], classes: Mapping[str, frozenset[str]]) -> Patterns:
    verbs: dict[str, list[tuple[str, Rule]]] = {}
    nouns: dict[str, list[Rule]] = {}
    adjectives: dict[str, list[Rule]] = {}
    for rule in rules:
        for lemma, rest in rule.verbs:
            verbs.setdefault(lemma, []).append((rest, rule))
        for lemma in rule.nouns:
            nouns.setdefault(lemma, []).append(rule)
        for lemma in rule.adjectives:
            adjectives.setdefault(lemma, []).append(rule)
    oblique = {_verb(verb): frozenset(preps) for verb, preps in frames["light_oblique"].items()}
    return Patterns(
        rules=rules,
        by_verb={k: tuple(sorted(v, key=lambda p: (-bool(p[0]), -p[1].weight))) for k, v in verbs.items()},
        by_noun={k: tuple(sorted(v, key=lambda r: -r.weight)) for k, v in nouns.items()},
        by_adjective={k: tuple(sorted(v, key=lambda r: -r.weight)) for k, v in adjectives.items()},
        light=frozenset(_verb(v) for v in frames["light"]),
        light_oblique=oblique,
        aliases=frames["aliases"],
        hyphenated=frozenset(word for word in _words_of(rules, classes) if "-" in word),
        oblique_control={verb: tuple(preps) for verb, preps in frames["oblique_control"].items()},
        words={**classes, **{name: frozenset(words) for name, words in frames["words"].items()}},
    )


def _words_of(rules: Iterable[Rule], classes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Every noun that a rule or a class names."""
    for rule in rules:
        yield from rule.nouns
        for name in _FILTERS:
            asked: Filter | None = getattr(rule, name)
            yield from asked.lemmas if asked is not None else ()
    for words in classes.values():
        yield from words


def _rules(file: Path, frames: Mapping[str, Any], classes: Mapping[str, frozenset[str]]) -> Iterator[Rule]:
    content = document(file)
    for row in content["rules"]:
        try:
            yield _rule(row, content, frames, classes, files.name_of(file))
        except (KeyError, TypeError, ValueError) as error:
            raise KnowledgeError(f"{files.name_of(file)}: rule {row.get('id')!r}: {error}") from None


def _rule(
    row: Mapping[str, Any],
    content: Mapping[str, Any],
    frames: Mapping[str, Any],
    classes: Mapping[str, frozenset[str]],
    name: str,
) -> Rule:
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise ValueError(f"keys {unknown} are not known; allowed are {sorted(_KEYS)}")
    frame = frames[row["frame"]]
    parts: dict[str, Any] = {key: _filter(row[key], classes) for key in _FILTERS if key in row}
    parts |= {key: frozenset(row.get(key, ())) for key in _SETS}
    parts |= {key: tuple(row.get(key, ())) for key in _LISTS}
    parts["prep"] = tuple((p, _filter(f, classes)) for p, f in row.get("prep", {}).items())
    return Rule(
        id=row["id"],
        act=row.get("act", content["act"]),
        mode=row.get("mode"),
        cameo=row.get("cameo"),
        verbs=tuple(_verb(v) for v in row.get("verbs", ())),
        noun_free=row.get("noun_free") == "yes",
        bare=row.get("bare") == "yes",
        mutual=frame.get("mutual") == "yes",
        verb_roles=_roles(frame.get("verb", {}), row.get("roles", {})),
        noun_roles=_roles(frame.get("noun", {}), row.get("roles", {})),
        file=name,
        **parts,
    )


def _roles(frame: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    merged = {**frame, **own}
    return tuple((role, tuple(paths)) for role, paths in merged.items() if paths)


def _verb(words: str) -> tuple[str, str]:
    lemma, _, rest = words.partition(" ")
    return lemma, rest


def _filter(words: list[str], classes: Mapping[str, frozenset[str]]) -> Filter:
    lemmas: set[str] = set()
    for word in words:
        lemmas |= classes[word[1:]] if word.startswith("+") else {word}
    return Filter(
        lemmas=frozenset(lemmas - MENTION_CLASSES - {ANY, ANY_ACTOR, OFFICIAL, OWNED}),
        types=frozenset(lemmas & MENTION_CLASSES),
        anything=ANY in lemmas,
        actors=ANY_ACTOR in lemmas,
        owned=OWNED in lemmas,
        official=OFFICIAL in lemmas,
    )
