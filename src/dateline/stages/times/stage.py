"""A Record with tokens in; its time expressions, resolved in text order, and the day it speaks from, out."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dateline.grammar import is_a, tree_of
from dateline.knowledge.calendar import load_date_orders
from dateline.knowledge.timeforms import load_grammar
from dateline.model import Record, Span, Timex, Token
from dateline.stages.times import anchors, days
from dateline.stages.times.bearers import NAMED, Bearers
from dateline.stages.times.calendar_dates import near_day
from dateline.stages.times.expressions import Expression, find
from dateline.stages.times.numeric_dates import order_shown
from dateline.stages.times.standpoint import Direction, Reading, Standpoint
from dateline.stages.times.told_events import count_from_events
from dateline.stages.times.values import resolve

_DAY_NEEDED = frozenset({"clock", "day-here", "part"})
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_COUNTABLE = range(1000, 9000)
"""Years of a report from which decades may be counted back and on without leaving the calendar."""
_DATING = frozenset({"in", "of", "since", "during", "after", "before", "until"})
_ABBREVIATED = frozenset(["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"])
"""Also given names and words: alone they are months only with their full stop or behind a preposition."""
_BEFORE_MONTH = frozenset(["in", "since", "by", "until", "of", "last", "next", "this"])
_QUANTITIES = frozenset({"NOUN", "PROPN", "NUM", "SYM"})


class Times:
    """Fill ``timexes``: find time expressions and give each its TIMEX3 value; fill ``reference``."""

    name = "times"
    needs = frozenset({"tokens"})
    gives = frozenset({"timexes", "reference"})

    def __call__(self, record: Record) -> dict[str, Any]:
        """The layers of one record. Without a publication date nothing is taken from today's."""
        article = record.article
        edges = frozenset(block.span.start for block in article.blocks)
        expressions = find(article.text, load_grammar(), edges)
        verbs = anchors.Verbs(tree_of(record))
        reference = anchors.find_reference(article, expressions, verbs)
        if not expressions:
            return {"timexes": (), "reference": reference}
        day = reference.day if reference and reference.day.year in _COUNTABLE else None
        reader = _Reader(record, expressions, day, _anchor_name(reference), verbs)
        return {"timexes": reader.read(), "reference": reference}


def _anchor_name(reference: Any) -> str:
    return reference.by.partition(":")[0] if reference else ""


class _Reader:
    """Resolves the expressions of one record in text order; each may be counted from those before it."""

    def __init__(
        self, record: Record, expressions: list[Expression], reference: date | None, by: str, verbs: anchors.Verbs
    ) -> None:
        self.record, self.reference, self.verbs = record, reference, verbs
        self.sentence_starts = [record.tokens[s.first].start for s in record.sentences if s.first < len(record.tokens)]
        for expression in expressions:
            expression.sentence = bisect.bisect_right(self.sentence_starts, expression.start) - 1
        words = [self.verbs.token_at(e.start) for e in expressions if e.form in NAMED] if record.tokens else []
        self.bearers = Bearers(record.tokens, words)
        self.expressions = [e for e in map(self._settled, expressions) if self._is_time(e)]
        narrative = anchors.is_narrative(self.expressions, reference)
        self.here = Standpoint(reference=reference, by=by, narrative=narrative, direction=lambda: "none")
        self.here.date_order = self._date_order
        self.timexes: list[Timex] = []
        self.near: dict[int, date] = {}

    def read(self) -> tuple[Timex, ...]:
        for i, expression in enumerate(self.expressions):
            found = self._resolve(i, expression)
            if found is not None:
                self._file(i, expression, found)
        return count_from_events(self.record, self.timexes, self.verbs, self.reference)

    def _resolve(self, i: int, expression: Expression) -> Reading | None:
        here = self.here
        here.direction = lambda: self._direction(expression)
        here.owned = self.record.article.text[expression.end : expression.end + 2] in {"'s", "’s"}
        here.near = self._near(i, expression) if expression.make in _DAY_NEEDED else None
        return resolve(expression, here)

    def _date_order(self) -> str:
        publisher = self.record.article.publisher
        known = load_date_orders().get(publisher.strip().lower(), "") if publisher else ""
        return known or order_shown(self.expressions)

    def _direction(self, expression: Expression) -> Direction:
        return self.verbs.direction(expression.start, expression.end)

    def _near(self, i: int, expression: Expression) -> date | None:
        """The day told in the same sentence, before the clock or right after it."""
        if expression.sentence in self.near:
            return self.near[expression.sentence]
        for j in range(i + 1, min(i + 3, len(self.expressions))):
            after = self.expressions[j]
            if after.sentence == expression.sentence and after.make == "point":
                self.here.direction = lambda e=after: self._direction(e)  # type: ignore[misc]
                found = resolve(after, self.here)
                if found and days.unit_of(found.value) == "D":
                    return found.earliest
        return None

    def _aside(self, n: int, found: Reading) -> bool:
        """A year far from the narrative that the text leaves at once ("as in 1812") carries it nowhere."""
        told = self.here.told_day
        if not self.here.narrative or told is None or found.earliest is None:
            return False
        away = abs(found.earliest.year - told.year)
        if away <= 10:
            return False
        after = next((y for e in self.expressions[n + 1 : n + 50] if (y := anchors.explicit_year(e)) is not None), None)
        return after is None or abs(after - told.year) < abs(after - found.earliest.year)

    def _file(self, n: int, expression: Expression, found: Reading) -> None:
        timex = Timex(
            id=f"t{len(self.timexes)}",
            span=Span(expression.start, expression.end),
            by=f"times:{expression.form}",
            type=found.type,
            value=found.value,
            mod=found.mod,
            anchor=found.anchor,
            earliest=found.earliest,
            latest=found.latest,
        )
        self.timexes.append(timex)
        if found.type in {"DATE", "TIME"} and found.earliest is not None and not self._aside(n, found):
            self.here.told, self.here.told_id = found, timex.id
            if days.unit_of(found.value) == "D":
                self.near[expression.sentence] = found.earliest
            if "weekday" in expression.fields:
                self.here.weekdays[found.earliest.isoweekday()] = found.earliest
        over = found.latest is not None and self.reference is not None and found.latest < self.reference
        if over and _QUARTER.fullmatch(found.value):
            self.here.quarter = max(found.value, self.here.quarter or "")

    def _settled(self, expression: Expression) -> Expression:
        """ "On Friday 14 miners died": a number that counts what follows, or falls on another weekday in every month
        around, is no day; the weekday alone is left."""
        if expression.form != "weekday-day":
            return expression
        f, base = expression.fields, self.reference
        i = self.verbs.token_at(expression.end - 1) if self.record.tokens else -1
        counts = i >= 0 and (_counts(self.record.tokens, i) or _stands_for_many(self.record.tokens, i))
        if not counts and (base is None or near_day(int(f["day"]), int(f["weekday"]), base, "none")):
            return expression
        word = expression.words.split()[0]
        return replace(
            expression,
            end=expression.start + len(word),
            words=word,
            form="weekday",
            fields={"weekday": f["weekday"]},
        )

    def _is_time(self, expression: Expression) -> bool:
        """What words cannot tell but their parts of speech can: "may", "2,000 troops" without its comma, "$5 a day"."""
        tokens = self.record.tokens
        i = self.verbs.token_at(expression.start) if tokens else -1
        if i < 0:
            return True
        if self.bearers.bears(expression, i):
            return False
        if expression.make == "year" and expression.words.isdigit():
            return not _counts(tokens, i)
        if expression.form == "a-unit":
            return i > 0 and (tokens[i - 1].upos in _QUANTITIES or tokens[i - 1].form in {"%", "times"})
        if expression.form == "month" and expression.words in _ABBREVIATED and not self._dotted(expression):
            return expression.before in _BEFORE_MONTH
        if expression.form in {"month", "months"} and expression.words.isalpha():
            return tokens[i].upos not in {"AUX", "VERB"} and not tokens[i].entity.endswith("PERSON")
        return True

    def _dotted(self, expression: Expression) -> bool:
        return self.record.article.text[expression.end : expression.end + 1] == "."


def _counts(tokens: Sequence[Token], i: int) -> bool:
    """True for a number that counts things: "2011 soldiers", not "the 2011 elections"."""
    token = tokens[i]
    if token.deprel not in {"nummod", "compound"} or token.head <= i:
        return False
    before = tokens[i - 1] if i else token
    dated = before.upos in {"DET", "PRON", "ADJ", "PART"} or before.lemma.lower() in _DATING
    return tokens[token.head].xpos == "NNS" and not dated


def _stands_for_many(tokens: Sequence[Token], i: int) -> bool:
    """A number that is a subject, or has what it counts or does right behind it: "On Friday 14 had died"."""
    if is_a(tokens[i].deprel, "nsubj"):
        return True
    behind = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].sentence == tokens[i].sentence else None
    return behind is not None and (behind.xpos in {"NNS", "JJ"} or behind.upos in {"VERB", "AUX"})
