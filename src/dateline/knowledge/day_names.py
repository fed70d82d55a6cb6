"""Names of months and weekdays in the languages of news feeds: ``data/rules/times/calendar_words.csv``, and a word in,
what it may stand for out."""

from __future__ import annotations

import functools
import unicodedata

from dateline.knowledge import files

_NONE: frozenset[int] = frozenset()


def months_of(word: str) -> frozenset[int]:
    """The months (1 to 12) that a word stands for in some language: ``listopad`` is October in Croatian and November in
    Polish. An English name stands for the
    English month or weekday alone."""
    return _found("month", word)


def weekdays_of(word: str) -> frozenset[int]:
    """The weekdays (1 Monday to 7 Sunday) that a word stands for in some language."""
    return _found("weekday", word)


def _found(kind: str, word: str) -> frozenset[int]:
    name = _plain(word)
    return _load()[kind].get(name) or _load()[kind].get(_bare(name), _NONE)


@functools.cache
def _load() -> dict[str, dict[str, frozenset[int]]]:
    """class -> name, and name without accents -> values."""
    values: dict[str, dict[str, set[int]]] = {"month": {}, "weekday": {}}
    english: set[tuple[str, str]] = set()
    for row in files.rows(files.path("rules", "times", "calendar_words.csv"), ("class", "word", "value", "languages")):
        kind, name, value = row["class"], row["word"], int(row["value"])
        if "en" in row["languages"].split("|"):
            english.add((kind, name))
            values[kind][name] = {value}
        for form in {name, _bare(name)}:
            if (kind, form) not in english:
                values[kind].setdefault(form, set()).add(value)
    for _, name in english & {("weekday", name) for name in values["month"]}:
        del values["month"][name]
    return {kind: {name: frozenset(found) for name, found in names.items()} for kind, names in values.items()}


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip(" .")


def _bare(name: str) -> str:
    """A name without accents, as keyboards without them write it."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not "\u0300" <= c <= "\u036f")
