"""Expressions counted from an event ("three days after his meeting") in, its day where told, out."""

from __future__ import annotations

import re
from datetime import date

from msgspec import structs

from dateline.grammar import is_a
from dateline.knowledge import calendar
from dateline.knowledge.lexicons import load_event_nouns
from dateline.model import Record, Timex
from dateline.stages.times import days
from dateline.stages.times.anchors import Verbs

_BESIDE = 5
"""Characters between "three days after" and its day: a space and "the"."""
_IN_DAYS = re.compile(r"P\d+[DW]")
_NOT_OF_THE_CALENDAR = frozenset({"trading", "business", "working"})
_PARTNERS = ("nmod:with", "obl:with", "nmod:of", "nmod:in", "obl:in", "obj")
"""Relations whose names must not differ where two tellings are of one event."""

_Day = tuple[Timex, date]


def count_from_events(record: Record, timexes: list[Timex], verbs: Verbs, reference: date | None) -> tuple[Timex, ...]:
    """The timexes, each "three days after ..." a day where it can be counted; its anchor is the day counted from."""
    counter = _Counter(record, timexes, verbs, reference)
    return tuple(counter.resolved(n, t) if t.by == "times:after-event" else t for n, t in enumerate(timexes))


class _Counter:
    def __init__(self, record: Record, timexes: list[Timex], verbs: Verbs, reference: date | None) -> None:
        self.text, self.timexes, self.verbs, self.reference = record.article.text, timexes, verbs, reference
        self.tokens = record.tokens

    def resolved(self, n: int, timex: Timex) -> Timex:
        """Counted from the day behind it, or the day in front of it in apposition, or the day of its own verb, or the
        day that the text gives the event elsewhere; where none of these is told it stays a length."""
        if not _IN_DAYS.fullmatch(timex.value) or _NOT_OF_THE_CALENDAR & set(self._words(timex)):
            return timex
        found = self._from_next(n, timex) or self._beside(n, timex) or self._same_verb(n, timex)
        found = found or self._told_elsewhere(timex)
        if found is None:
            return timex
        other, day = found
        return structs.replace(
            timex, type="DATE", value=day.isoformat(), mod=None, anchor=other.id, earliest=day, latest=day
        )

    def _words(self, timex: Timex) -> list[str]:
        return timex.span.of(self.text).lower().split()

    def _counted(self, timex: Timex, day: date) -> date:
        sign = -1 if self._words(timex)[-1] == "before" else 1
        return days.shifted(day, timex.value[-1], sign * min(int(timex.value[1:-1]), 99_999))

    def _from_next(self, n: int, timex: Timex) -> _Day | None:
        """ "three days after 9 May": counted from the day right behind it."""
        after = self.timexes[n + 1] if n + 1 < len(self.timexes) else None
        if after is None or after.span.start - timex.span.end > _BESIDE or not _is_day(after):
            return None
        return (after, self._counted(timex, after.earliest)) if after.earliest else None

    def _beside(self, n: int, timex: Timex) -> _Day | None:
        """ "on Monday, three days after the raid": the day in front is the day meant."""
        before = self.timexes[n - 1] if n else None
        if before is None or self.text[before.span.end : timex.span.start].strip() not in {",", "-", "–", "—"}:
            return None
        return (before, before.earliest) if before.earliest and _is_day(before) else None

    def _same_verb(self, n: int, timex: Timex) -> _Day | None:
        """ "Three days after the raid they left on Saturday": the same verb's own day is the day counted to."""
        verb = self._verb(timex)
        if verb < 0:
            return None
        for other in self.timexes[max(n - 10, 0) : n + 10]:
            beside = abs(other.span.start - timex.span.end) <= _BESIDE
            if _is_day(other) and not beside and other.id != timex.id and self._verb(other) == verb:
                return (other, other.earliest) if other.earliest else None
        return None

    def _verb(self, timex: Timex) -> int:
        return self.verbs.governor(self.verbs.head(timex.span.start, timex.span.end))

    def _told_elsewhere(self, timex: Timex) -> _Day | None:
        """The one day that the text gives this event anywhere; None where it gives none, or two."""
        mark = self.verbs.token_at(timex.span.end - 1)
        event = self._event(mark) if mark >= 0 else -1
        if event < 0:
            return None
        names = _names(self.tokens[event].lemma)
        found = [t for t in self.timexes if _is_day(t) and self._tells(t, event, names)]
        told = {t.earliest for t in found}
        if len(told) != 1 or found[0].earliest is None:
            return None
        day = self._counted(timex, found[0].earliest)
        ahead = self.reference is not None and day > self.reference
        if ahead and self.verbs.direction(timex.span.start, timex.span.end) == "past":
            return None
        return found[0], day

    def _event(self, mark: int) -> int:
        """What stands behind "after": its head, or, where the parse hangs it below, its own object; -1 for neither."""
        head = self.tokens[mark].head
        below = [k for k in self.verbs.tree.kids(mark, "obl", "obj", "nmod") if k > mark]
        return head if head > mark else below[0] if below else -1

    def _tells(self, timex: Timex, event: int, names: frozenset[str]) -> bool:
        """The day stands with the event itself, with its verb, or with "was held" and the like said of it."""
        tree = self.verbs.tree
        at = self.tokens[self.verbs.head(timex.span.start, timex.span.end)].head
        if at < 0 or tree.negated(at) is not None:
            return False
        if not names & _names(self.tokens[at].lemma):
            if "holds-event" not in calendar.classes_of(self.tokens[at].lemma.lower()):
                return False
            subject = tree.kid(at, "nsubj", "nsubj:pass")
            if subject is None or not names & _names(self.tokens[subject].lemma):
                return False
            at = subject
        return at == event or not self._differ(at, event)

    def _differ(self, left: int, right: int) -> bool:
        """True where both name their partners or place and no name is the same."""
        names = [{self.tokens[k].lemma for k in self.verbs.tree.kids(i) if self._partner(k)} for i in (left, right)]
        return bool(names[0] and names[1] and not names[0] & names[1])

    def _partner(self, k: int) -> bool:
        token = self.tokens[k]
        return token.upos == "PROPN" and any(is_a(token.deprel, relation) for relation in _PARTNERS)


def _is_day(timex: Timex) -> bool:
    return days.unit_of(timex.value) == "D" and not timex.by.startswith("times:clock")


def _names(lemma: str) -> frozenset[str]:
    """The words one event goes by: ``meeting`` and ``meet``."""
    word = lemma.lower()
    noun = load_event_nouns().get(word)
    return frozenset({word, noun.verb or word} if noun else {word})
