"""From what a report is dated: its expressions and trees in; its day, news or history, and the verb's direction out."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from datetime import date

from dateline.grammar import Tree, is_a
from dateline.knowledge import calendar
from dateline.model import Article, ReferenceDay, Span
from dateline.stages.times import days
from dateline.stages.times.expressions import Expression
from dateline.stages.times.standpoint import Direction

_NEAR = frozenset({"ago", "which-unit", "weekend", "from-now"})
_SOON = 3
"""Days after a full date within which a bare weekday is read as following it: more, and the one before is as near."""
_ENDS = (":until", ":till", ":through", ":thru")
_VERBS = frozenset({"VERB", "AUX"})
_AHEAD_AUXILIARIES = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "may", "might"})


class Verbs:
    """Which way the verb that governs an expression looks: the last Friday or the coming one."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.starts = tree.starts

    def token_at(self, offset: int) -> int:
        """The token at an offset, or the last one before it; -1 where the record has none."""
        return bisect.bisect_right(self.starts, offset) - 1

    def head(self, start: int, end: int) -> int:
        """The token of these words whose head stands outside them."""
        first, last = self.token_at(start), self.token_at(end - 1)
        tokens = self.tree.tokens
        for i in range(max(first, 0), last + 1):
            if not first <= tokens[i].head <= last and tokens[i].upos != "PUNCT":
                return i
        return first

    def governor(self, i: int) -> int:
        """The nearest verb above a token, or -1."""
        if i < 0:
            return -1
        for above in self.tree.ancestors(i):
            if self.tree.tokens[above].upos in _VERBS or self.tree.kid(above, "cop") is not None:
                return above
        return -1

    def direction(self, start: int, end: int) -> Direction:
        """``past``, ``future``, ``present`` ("the court meets Monday") or ``none`` for the words of an expression."""
        i = self.head(start, end) if self.starts else -1
        own = i
        for _ in range(5):
            verb = self.governor(i)
            if verb < 0:
                return "future" if own >= 0 and self.tree.tokens[own].deprel.endswith(_ENDS) else "none"
            found = self._of_verb(verb)
            if self._deadline(own, verb, found):
                return "future"
            if found == "present" and self._looser(own, verb):
                return "past"
            if found != "none" or self.tree.tokens[verb].head < 0:
                return found
            i = verb
        return "none"

    def _deadline(self, i: int, verb: int, found: Direction) -> bool:
        """ "has kept it shut until Friday", "put it off until Friday": an end still to come."""
        if i < 0 or not self.tree.tokens[i].deprel.endswith(_ENDS):
            return False
        chain = [verb, *self.tree.ancestors(verb)]
        if any("holding" in calendar.classes_of(self.tree.tokens[v].lemma.lower()) for v in chain[:2]):
            return True
        return found != "past" or any(self.tree.tense(v) == "perfect" for v in chain[:3])

    def _looser(self, i: int, verb: int) -> bool:
        """True where a present says nothing of a coming day: it belongs to a noun ("follows Tuesday's vote"), or the
        verb reads the same in the past ("hurt", "set")."""
        token = self.tree.tokens[verb]
        return is_a(self.tree.tokens[i].deprel, "nmod:poss") or "one-form" in calendar.classes_of(token.form.lower())

    def _of_modal(self, verb: int, modal: str) -> Direction | None:
        if modal in _AHEAD_AUXILIARIES:
            return "none" if self._perfect(verb) else "future"
        if modal == "could" and (self._perfect(verb) or self.tree.negated(verb) is not None):
            return "past"
        return None

    def _of_verb(self, verb: int) -> Direction:
        tree, token = self.tree, self.tree.tokens[verb]
        modal = tree.modal(verb)
        by_modal = self._of_modal(verb, tree.tokens[modal].form.lower()) if modal is not None else None
        if by_modal is not None:
            return by_modal
        if "ahead" in calendar.classes_of(token.lemma.lower()) and token.upos != "NOUN":
            return "past" if self.had(verb) else "future"
        tense = tree.tense(verb)
        if tense in {"past", "perfect"}:
            return "past"
        if tense == "present":
            if tree.progressive(verb):
                return "future"
            return "none" if "telling" in calendar.classes_of(token.lemma.lower()) else "present"
        if tense == "infinitive":
            return self._of_infinitive(verb)
        return "past" if token.xpos == "VBN" and tense == "participle" else "none"

    def _perfect(self, verb: int) -> bool:
        """ "would have met": no day to come."""
        return any(self.tree.tokens[k].lemma == "have" for k in self.tree.kids(verb, "aux"))

    def had(self, verb: int) -> bool:
        """ "had been due to expire on Friday": a plan that is over."""
        return any(self.tree.tokens[k].form.lower() == "had" for k in self.tree.kids(verb, "aux"))

    def _of_infinitive(self, verb: int) -> Direction:
        """ "plans to meet" looks ahead, "came to meet" and "had to leave" go with their own verb."""
        token = self.tree.tokens[verb]
        if token.head < 0:
            return "none"
        if is_a(token.deprel, "advcl"):
            return "none"
        if self.had(token.head) and "ahead" in calendar.classes_of(self.tree.tokens[token.head].lemma.lower()):
            return "past"
        if is_a(token.deprel, "ccomp") and "to" not in {self.tree.tokens[k].form.lower() for k in self.tree.kids(verb)}:
            return "none"  # "let it begin on Friday": a bare infinitive has the time of its own verb
        return "future" if any(is_a(token.deprel, relation) for relation in ("xcomp", "acl", "ccomp")) else "none"


def explicit_year(expression: Expression) -> int | None:
    """The year of four digits that the words themselves name, or None."""
    text = expression.fields.get("year", "")
    return int(text) if len(text) == 4 and text.isdigit() and expression.make in {"point", "year"} else None


def is_narrative(expressions: Sequence[Expression], reference: date | None) -> bool:
    """True for a text that tells history: its own dates name other years, and little is said of the days around it."""
    years = [(y, "month" in e.fields) for e in expressions if (y := explicit_year(e)) is not None]
    if reference is None:
        return len(years) >= 2 and not any(e.fields.keys() & {"weekday", "deictic"} for e in expressions)
    far = sum(2 if dated else 1 for y, dated in years if y < reference.year)
    near = sum(2 for e in expressions if e.make in _NEAR or "deictic" in e.fields or _bare_weekday(e))
    near += sum(1 for y, _ in years if y >= reference.year)
    return far >= 6 and far > 5 * near


def _bare_weekday(expression: Expression) -> bool:
    return "weekday" in expression.fields and not expression.fields.keys() & {"year", "month", "told"}


def find_reference(article: Article, expressions: Sequence[Expression], verbs: Verbs) -> ReferenceDay | None:
    """The day the report speaks from: as published; else a full date in its dateline; else derived from full dates that
    stand with their weekday. Never invented: None where the words give none.

    ``by`` says how: ``published``; ``dateline``; ``derived:date-with-weekday`` (the latest such date);
    ``derived:weekday-after-date`` (a bare past weekday that follows it by up to three days).
    """
    if article.published is not None:
        return ReferenceDay(day=article.published, by="published")
    dated = [(day, e) for e in expressions if (day := _full_day(e)) is not None]
    if article.dateline is not None:
        inside = [(day, e) for day, e in dated if article.dateline.covers(Span(e.start, e.end))]
        if inside:
            return ReferenceDay(day=inside[0][0], by="dateline", span=Span(inside[0][1].start, inside[0][1].end))
    with_weekday = [(day, e) for day, e in dated if e.fields.get("weekday") == str(day.isoweekday())]
    told = [(day, e) for day, e in [*with_weekday, *_pinned(expressions)] if not _background(e, verbs)]
    if not told:
        return None
    day, expression = max(told, key=lambda pair: (pair[0], -pair[1].start))
    return _moved(day, expression, expressions, verbs)


def _background(expression: Expression, verbs: Verbs) -> bool:
    """True for a date that says too little of the report's own day: one still to come, one before the past ("had been
    held on"), or one that only describes a noun ("who was held on")."""
    if verbs.direction(expression.start, expression.end) in {"future", "present"}:
        return True
    verb = verbs.governor(verbs.head(expression.start, expression.end)) if verbs.starts else -1
    return verb >= 0 and (verbs.had(verb) or is_a(verbs.tree.tokens[verb].deprel, "acl"))


def _moved(day: date, expression: Expression, expressions: Sequence[Expression], verbs: Verbs) -> ReferenceDay:
    """A full date is the earliest day the report can speak from; a bare past weekday up to three days on moves it.
    One farther on may as well lie before the date, and moves nothing."""
    best, span, by = day, Span(expression.start, expression.end), "derived:date-with-weekday"
    for e in expressions:
        if e.make != "point" or not _bare_weekday(e) or e.fields.keys() & {"which", "week", "deictic"}:
            continue
        later = days.shifted(day, "D", (int(e.fields["weekday"]) - day.isoweekday()) % 7)
        if best < later <= days.shifted(day, "D", _SOON) and verbs.direction(e.start, e.end) in {"past", "none"}:
            best, span, by = later, Span(e.start, e.end), "derived:weekday-after-date"
    return ReferenceDay(day=best, by=by, span=span)


def _full_day(expression: Expression) -> date | None:
    year = explicit_year(expression)
    f = expression.fields
    if year is None or "month" not in f or not f.get("day"):
        return None
    return days.make_day(year, int(f["month"]), int(f["day"]))


def _pinned(expressions: Sequence[Expression]) -> list[tuple[date, Expression]]:
    """Days without a year whose weekday fits the latest year that the text names, and no other that it names."""
    years = sorted({y for e in expressions if (y := explicit_year(e)) is not None})
    found = []
    for e in expressions:
        f = e.fields
        if not years or "year" in f or not {"weekday", "month", "day"} <= f.keys():
            continue
        dates = [days.make_day(y, int(f["month"]), int(f["day"])) for y in years]
        fits = [d for d in dates if d is not None and str(d.isoweekday()) == f["weekday"]]
        if len(fits) == 1 and fits[0].year == years[-1]:
            found.append((fits[0], e))
    return found
