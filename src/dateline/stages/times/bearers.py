"""Tells months, weekdays and seasons that are a person's name ("Ms May", "April Novak"): tokens in, a verdict out.

Who is once named with a title or a given name is meant wherever the surname stands alone, but where the words around
can only be of time ("in May", "late May", "May 2018").
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.grammar import is_a
from dateline.knowledge import calendar
from dateline.knowledge.nominals import load_nominals
from dateline.model import Token
from dateline.stages.times.expressions import Expression

NAMED = frozenset({"month", "weekday", "season", "season-bare", "season-sure"})
"""Forms of one word that may be a name."""
_TITLES = frozenset({"honorific", "noble", "office", "military", "religious", "kin"})
_TELLING = frozenset({"year", "mod", "which", "early"})
"""Fields that only a time has."""
_OF_TIME = frozenset(
    {"in", "since", "until", "till", "during", "through", "throughout", "last", "next", "this", "every"}
)
_OPEN = frozenset({"by", "before", "after", "from", "to", "around", "on"})
"""Prepositions of times and of persons: the grammar decides."""


class Bearers:
    """Which words of time of one report are persons."""

    __slots__ = ("_known", "_tokens")

    def __init__(self, tokens: Sequence[Token], at: Sequence[int]) -> None:
        """``at``: the tokens of the report that look like a word of time."""
        self._tokens = tokens
        self._known = {tokens[i].form for i in at if self._introduced(i)}

    def bears(self, expression: Expression, i: int) -> bool:
        """True where token ``i``, the word of an expression of one word, is a person's name."""
        if expression.form not in NAMED or expression.fields.keys() & _TELLING:
            return False
        if self._introduced(i):
            return True
        return self._tokens[i].form in self._known and not self._timed(i)

    def _introduced(self, i: int) -> bool:
        """A title or a given name stands before, or a surname behind."""
        tokens = self._tokens
        token, before = tokens[i], tokens[i - 1] if i else None
        if before is not None and before.sentence == token.sentence and before.form[0].isupper():
            title = load_nominals().titles.get(before.form.lower())
            if title is not None and title.kind in _TITLES and before.xpos != "PRP":
                return True
            if before.upos == "PROPN" and self._given(before, token):
                return True
        head = tokens[token.head] if token.head == i + 1 else None
        surname = head is not None and head.upos == "PROPN" and head.entity.endswith("PERSON")
        return surname and token.deprel.partition(":")[0] in {"compound", "flat"}

    def _given(self, before: Token, token: Token) -> bool:
        """ "Anna March"; a weekday behind a person's name ("said Smith Friday") is mostly a weekday."""
        if before.entity.endswith("DATE"):
            return False
        month = "month" in calendar.classes_of(token.form)
        return before.form in load_nominals().given or (month and before.entity.endswith("PERSON"))

    def _timed(self, i: int) -> bool:
        token = self._tokens[i]
        before = self._tokens[i - 1].form.lower() if i and self._tokens[i - 1].sentence == token.sentence else ""
        if before in _OF_TIME or is_a(token.deprel, "obl:npmod"):
            return True
        return before in _OPEN and is_a(token.deprel, "obl") and not is_a(token.deprel, "obl:agent")
