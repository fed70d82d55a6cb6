"""Tells which country the places layer found for the words of a report: places in; countries by word out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dateline.grammar import tree_of
from dateline.knowledge.countries import Countries
from dateline.model import Place, Record, Span, Token


class Placed(NamedTuple):
    """A resolved place by its words: the end of its span, the country it lies in, whether it acts."""

    end: int
    country: str
    acts: bool


class PlacedWords:
    """The resolved places of one report by the character they begin at. Unresolved ones tell nothing."""

    def __init__(self, record: Record, countries: Countries) -> None:
        self._at: dict[int, Placed] = {}
        self.by_sentence: dict[int, list[str]] = {}
        """The countries of the places of each sentence; "Danish" is of somebody, and no place."""
        self.dateline = _dateline(record)
        self.home: str | None = None
        """The country of the dateline's place."""
        tree = tree_of(record)
        for place in record.places:
            country = _country(place, countries)
            if country is None:
                continue
            self._at[place.span.start] = Placed(place.span.end, country, place.acts)
            first = tree.starting_at(place.span.start)
            said = countries.find(place.span.of(record.article.text))
            if first is not None and (said is None or said.how not in {"adjective", "demonym"}):
                self.by_sentence.setdefault(record.tokens[first].sentence, []).append(country)
            if self.home is None and self.dateline is not None and self.dateline.covers(place.span):
                self.home = country

    def country_of(self, span: Span) -> Placed | None:
        """The place that the words of ``span`` are, or begin with ("the" left out), or that they stand in."""
        found = self._at.get(span.start)
        return found if found is not None and found.end <= span.end else None

    def opening(self, words: Sequence[Token]) -> tuple[int, str] | None:
        """How many of the words are a place, from the first one on, and its country."""
        found = self._at.get(words[0].start)
        if found is None:
            return None
        size = sum(word.end <= found.end for word in words)
        return (size, found.country) if size and words[size - 1].end == found.end else None


def _dateline(record: Record) -> Span | None:
    if record.article.dateline is not None:
        return record.article.dateline
    return next((block.span for block in record.article.blocks if block.role == "dateline"), None)


def _country(place: Place, countries: Countries) -> str | None:
    """The PLOVER country of a resolved place."""
    best = place.best
    if best is None or not best.country:
        return None
    known = countries.by_code.get(best.country)
    return known.code if known is not None else best.country
