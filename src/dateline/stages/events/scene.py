"""Dates and places events: a trigger and the record's timexes and places in; days, a place and the reasons out."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from dateline.grammar import is_a
from dateline.knowledge.ontology import status_of
from dateline.model import Place, Status, Timex
from dateline.stages.events.clauses import Clauses
from dateline.stages.events.ground import Ground
from dateline.stages.events.listed import days_of_list
from dateline.stages.events.moment import NOWHEN, WEEK, Moment

_SHARING = ("xcomp", "conj", "advcl", "acl:relcl", "nsubj", "obl:in", "obl:during", "obl:at", "obl:by", "nmod:in")
_FINITE = ("nsubj", "nsubj:pass", "aux", "aux:pass")
_WEEKDAYS = frozenset(name[:size].lower() for name in calendar.day_name for size in (3, 4, 5, len(name)))
_YEAR = 366
_MAX_DAYS = 40
"""A timex that covers more than about a month dates no single act."""


class Scene:
    """Days and places of one record, asked for in text order: the narrative's day and place move with the events."""

    def __init__(self, ground: Ground, reporting: frozenset[int], acts: frozenset[int]) -> None:
        self.ground, self.reporting, self.acts = ground, reporting, acts
        self._words = ground.patterns.words
        self.clauses = Clauses(ground, reporting)
        self._told_behind: dict[int, bool] = {}
        self._day: Moment | None = None
        self._place: tuple[int, Place, date | None] | None = None

    def may_date(self, timex: Timex, i: int) -> bool:
        """Whether a time may be the day of the act at ``i``: not where it is counted from it, not the day of what came
        before or after it, nor a length of time."""
        inside = self.ground.inside(timex.span)
        if timex.type in {"DURATION", "SET"} or not len(inside):
            return False
        if self.clauses.counted_from(i, timex.span.start, inside[-1]) or self._aside_of(inside[0], i):
            return False
        if (top := self.clauses.top(inside)) is not None and self.clauses.of_person(top):
            return False
        if not self._carries(timex, inside[0], i):
            return False
        return not self.ground.measured(i) or inside[0] in self.ground.tree.descendants(i)

    def _carries(self, timex: Timex, word: int, i: int) -> bool:
        """Whether a time may date an act of another sentence: none that is told as background, and no time of more than
        a year ago, as a birth is."""
        if self.ground.tokens[word].sentence == self.ground.tokens[i].sentence:
            return True
        reference = self.ground.record.reference
        old = (
            reference is not None and timex.latest is not None and timex.latest < reference.day - timedelta(days=_YEAR)
        )
        return not old and not self._background(i)

    # --- day --------------------------------------------------------------------------------------------------------

    def moment(self, i: int, status: Status, timex: Timex | None = None, moves: bool = True) -> Moment:
        """The day of the event at ``i``: the time found for it, its own clause, the sentence, the narrative; what a
        dated report tells without a day was by that day. Only an event that is shown ``moves`` the narrative's day."""
        found = Moment("clause", timex.earliest, timex.latest, timex) if timex is not None else None
        found = found or self._own(i) or (self._shared(i) if i not in self.reporting else None)
        if found is not None and status == "planned" and self._ago(found):
            found = NOWHEN
        if found is not None:
            found = self._not_after(self._with_list(found), status, i)
            told = status_of(status).took_place and i not in self.reporting and self._main_line(i)
            if moves and told and found.close and self.ground.lemma(i) not in self._words["before_story"]:
                self._day = found
            return found
        if not status_of(status).took_place:
            return NOWHEN
        day = self._day if i not in self.reporting and not self._background(i) else None
        if day is not None and self._plain_past(i) and not self._left(day, i):
            return Moment("narrative", day.earliest, day.latest)
        reference = self.ground.record.reference
        return Moment("by report", None, reference.day) if reference is not None else NOWHEN

    def _with_list(self, found: Moment) -> Moment:
        """The day with those listed beside it."""
        timexes, timex = self.ground.record.timexes, found.timex
        days = days_of_list(self.ground.text, timexes, timex) if timex is not None else None
        return Moment(found.by, *days, found.timex) if days is not None else found

    def _not_after(self, found: Moment, status: Status, i: int) -> Moment:
        """What has happened did not happen after the report: the weekday of a noun is the last one ("Friday's
        earthquake"), a longer time ends with the report, any other day is none of the event's."""
        reference = self.ground.record.reference
        if reference is None or not status_of(status).took_place or found.earliest is None or found.latest is None:
            return found
        if found.earliest <= reference.day:
            return Moment(found.by, found.earliest, min(found.latest, reference.day), found.timex)
        timex = found.timex
        named = timex is not None and timex.span.of(self.ground.text).lower().split()[-1].rstrip(".") in _WEEKDAYS
        if named and self._of_noun(timex, i) and (found.earliest - reference.day).days <= WEEK:
            week = timedelta(days=WEEK)
            return Moment(found.by, found.earliest - week, found.latest - week, timex)
        return Moment("by report", None, reference.day)

    def _aside_of(self, word: int, i: int) -> bool:
        """Whether a time stands with another act in a clause that the act is no part of: a relative clause ("arrived
        from the town where he spoke on Friday"), though one about the act itself tells its day ("the blast that killed
        two"), or one of what was over when the act began ("Arriving on Tuesday, he asked ...")."""
        for above in (word, *self.ground.tree.ancestors(word)):
            token = self.ground.tokens[above]
            before = self._before(above)
            if (token.deprel == "acl:relcl" or before) and token.upos == "VERB":
                about = {above} if before else {above, token.head}
                return i not in about and i not in self.ground.tree.descendants(above) and above in self.acts
        return False

    def _before(self, above: int) -> bool:
        """A participle without a subject whose act is over when that of its verb begins."""
        token = self.ground.tokens[above]
        if not is_a(token.deprel, "advcl") or self.ground.tree.kid(above, *_FINITE) is not None:
            return False
        return token.xpos == "VBN" or (token.xpos == "VBG" and self.ground.lemma(above) in self._words["over_before"])

    def _of_noun(self, timex: Timex | None, i: int) -> bool:
        """Whether a time stands in the phrase of a noun that tells the act."""
        inside = self.ground.inside(timex.span) if timex is not None else ()
        return self.ground.tokens[i].upos == "NOUN" and any(k in self.ground.tree.descendants(i) for k in inside)

    def _left(self, day: Moment, i: int) -> bool:
        """Whether the text tells of another year between a day that is no news and ``i``: a life is told in leaps."""
        reference = self.ground.record.reference
        if day.timex is None or day.earliest is None or day.latest is None:
            return False
        if reference is not None and abs((reference.day - day.latest).days) <= _YEAR:
            return False
        here = range(day.timex.span.end, self.ground.tokens[i].start)
        dated = [t for t in self.ground.record.timexes if t.type not in {"DURATION", "SET"} and t.span.start in here]
        years = range(day.earliest.year, day.latest.year + 1)
        return any(t.earliest and t.latest and not {t.earliest.year, t.latest.year}.intersection(years) for t in dated)

    def _ago(self, found: Moment) -> bool:
        """ "Would investigate the sinking of four years ago": what is to come was not some time ago, whatever the parse
        tied the words to."""
        return found.timex is not None and found.timex.span.of(self.ground.text).lower().endswith("ago")

    def _own(self, i: int) -> Moment | None:
        holders = [i]
        carrier = self.ground.carrier(i) if self.ground.tokens[i].upos != "VERB" else None
        if carrier is not None:
            holders.append(carrier)
        for holder in holders:
            found = self._best(self.clauses.times.get(holder, ()), "clause", i)
            if found is not None:
                return found
        return None

    def _best(self, timexes: list[Timex] | tuple[()], by: str, near: int) -> Moment | None:
        """The shortest stretch, of equals the one nearest to the trigger; a year only where nothing narrower stands."""
        covered = [((t.latest - t.earliest).days, t) for t in timexes if t.earliest and t.latest]
        narrow = [(days, t) for days, t in covered if days <= _MAX_DAYS]
        wide = [(days, t) for days, t in covered if days <= _YEAR]
        if not wide:
            return None
        at = self.ground.tokens[near].start
        best = min(narrow or wide, key=lambda d: (d[0], abs(d[1].span.start - at), d[1].span.start))[1]
        return Moment(by, best.earliest, best.latest, best)

    def _shared(self, i: int) -> Moment | None:
        """The day of the clause above that this one is part of; never across a reporting verb or a relative clause."""
        ground, at = self.ground, i
        if ground.tense(i) in {"perfect"} or self._background(i):
            return None
        for _ in range(4):
            token = ground.tokens[at]
            if token.upos not in {"VERB", "AUX"} and at != i:
                return None
            if (
                token.head < 0
                or ground.raised(at) is not None
                or (is_a(token.deprel, "conj") and ground.tree.kid(at, "nsubj") is not None and self._other_tense(at))
                or (token.deprel == "acl:relcl" and self._aside(at))
                or not any(is_a(token.deprel, r) for r in _SHARING)
            ):
                return None
            above = token.head
            if token.deprel == "acl:relcl" and ground.tokens[above].upos in {"NOUN", "PROPN"}:
                above = self.clauses.owner(above) or above
            if above in self.reporting:
                return None
            found = self._best(self.clauses.times.get(above, ()), "sentence", above)
            if found is not None:
                return found
            at = above
        return None

    def _other_tense(self, at: int) -> bool:
        """A coordinated clause of another tense has a day of its own, told or not."""
        return self.ground.tense(at) != self.ground.tense(self.ground.tokens[at].head)

    def _background(self, i: int) -> bool:
        """Told as background: a pluperfect, or below one; what the story only refers back to."""
        if i not in self._told_behind:
            at, behind = i, False
            for _ in range(3):
                behind = behind or self._behind(at)
                at = self.ground.tokens[at].head
                if at < 0:
                    break
            self._told_behind[i] = behind
        return self._told_behind[i]

    def _behind(self, at: int) -> bool:
        tree, tokens = self.ground.tree, self.ground.tokens
        if tokens[at].deprel.partition(":")[2] in self._words["behind"]:
            return True
        if tokens[at].upos not in {"VERB", "AUX"} or not any(
            tokens[k].lemma == "have" for k in tree.children[at] if tokens[k].upos == "AUX"
        ):
            return False
        return self.ground.tense(at) == "past"

    def _plain_past(self, i: int) -> bool:
        """A simple past in the main line of the story: no relative clause, no noun without a verb that carries it."""
        ground, at = self.ground, i
        if ground.tokens[i].upos not in {"VERB", "AUX"}:
            carrier = ground.carrier(i)
            if carrier is None:
                return False
            at = carrier
        while is_a(ground.tokens[at].deprel, "xcomp") and ground.tokens[at].head >= 0:
            at = ground.tokens[at].head
        if any(self._aside(k) for k in (at, *ground.tree.ancestors(at))):
            return False
        return ground.tense(at) == "past" and not ground.tree.progressive(at)

    def _main_line(self, i: int) -> bool:
        """A simple past outside every relative clause: what moves the story's day."""
        first = [] if self.ground.lemma(i) in self._words["no_passive"] else [i]
        above = [*first, *self.ground.tree.ancestors(i)]
        return self._plain_past(i) and not any(is_a(self.ground.tokens[k].deprel, "acl") for k in above)

    def _aside(self, k: int) -> bool:
        """A relative clause that leaves the story's line; one with ``where`` or a party taken up (``him``) does not."""
        ground = self.ground
        if not is_a(ground.tokens[k].deprel, "acl") or ground.lemma(k) in self._words["no_passive"]:
            return False
        below = [ground.tokens[c] for c in ground.tree.children[k]]
        carries_on = any(t.lemma.lower() == "where" or (t.xpos == "PRP" and not is_a(t.deprel, "nmod")) for t in below)
        return not (ground.tokens[k].deprel == "acl:relcl" and carries_on)

    # --- place ------------------------------------------------------------------------------------------------------

    def place(
        self,
        i: int,
        status: Status,
        moment: Moment,
        spoken: bool = False,
        named: Place | None = None,
        moves: bool = True,
    ) -> tuple[Place | None, str]:
        """The place of the event at ``i`` and the rule that found it: the place found for it, its own clause, the
        clause it is part of, then the scene of the paragraph. Only an event that is shown ``moves`` the scene."""
        ground = self.ground
        where = self._where(i)
        if where is not None:
            told = ground.place_at.get(where)
            return told if told is None or narrow(told) else self._narrowest(self.clauses.owner(where), told), "clause"
        block = ground.record.sentences[ground.tokens[i].sentence].block
        found = named or self._own_place(i)
        if found is not None:
            if moves and status_of(status).took_place and narrow(found) and not spoken and i not in self.reporting:
                self._place = (block, found, moment.earliest)
            return found, "clause"
        scene = self._place
        if spoken or scene is None or scene[0] != block or status != "happened" or i in self.reporting:
            return None, ""
        if moment.earliest is not None and moment.earliest != scene[2]:
            return None, ""  # another day, another scene
        return (scene[1], "scene") if self._plain_past(i) and not self._background(i) else (None, "")

    def _where(self, i: int) -> int | None:
        """The noun that a ``where`` clause tells of: it is the place, and where it names none there is none."""
        ground, token = self.ground, self.ground.tokens[i]
        if not is_a(token.deprel, "acl") or token.head < 0:
            return None
        return token.head if any(ground.lemma(k) == "where" for k in ground.tree.children[i]) else None

    def _own_place(self, i: int) -> Place | None:
        ground = self.ground
        holders, at = [i], i
        if ground.tokens[i].upos != "VERB":
            carrier = ground.carrier(i)
            holders += [carrier] if carrier is not None else []
        for _ in range(2):
            token = ground.tokens[at]
            if token.head < 0 or not any(is_a(token.deprel, r) for r in ("xcomp", "obj", "nsubj", "advcl", "conj")):
                break
            if ground.raised(at) is not None:
                break
            if token.head in self.reporting:
                break
            holders.append(token.head)
            at = token.head
        within = [k for k in ground.tree.kids(i, "obl:in", "obl:during") if k in ground.predicate_at]
        for holder in (*holders, *within):  # "was killed in an explosion in Beirut"
            place = self._narrowest(holder, None)
            if place is not None:
                return place
        return None

    def _narrowest(self, holder: int | None, otherwise: Place | None) -> Place | None:
        places = self.clauses.places.get(holder, []) if holder is not None else []
        return min(places, key=lambda p: (not narrow(p), p.span.start)) if places else otherwise


def narrow(place: Place) -> bool:
    """Whether a place is known more closely than a country or region."""
    best = place.best
    return best is not None and best.kind not in {"country", "continent", "region"}
