"""What stands in whose clause: a record's times and places in, those of each verb and event noun out."""

from __future__ import annotations

from dateline.grammar import is_a
from dateline.model import Place, Timex
from dateline.stages.events.ground import Ground


class Clauses:
    """Times and places by the verb or event noun whose clause they stand in; ``reporting`` are verbs of saying."""

    def __init__(self, ground: Ground, reporting: frozenset[int]) -> None:
        self.ground, self.reporting = ground, reporting
        self._words = ground.patterns.words
        self.times = self._times()
        self.places = self._places()

    def top(self, span_tokens: range) -> int | None:
        """The token of a phrase whose head lies outside it."""
        inside = set(span_tokens)
        return next((k for k in span_tokens if self.ground.tokens[k].head not in inside), None)

    def _times(self) -> dict[int, list[Timex]]:
        owned: dict[int, list[Timex]] = {}
        for timex in self.ground.record.timexes:
            if timex.earliest is None or timex.latest is None or timex.type in {"DURATION", "SET"}:
                continue
            top = self.top(self.ground.inside(timex.span))
            if top is not None and (owner := self.owner(top, start=timex.span.start)) is not None:
                owned.setdefault(owner, []).append(timex)
        return owned

    def _places(self) -> dict[int, list[Place]]:
        owned: dict[int, list[Place]] = {}
        for place in self.ground.record.places:
            if place.acts or place.claims:  # "50 km from Lviv" tells where it is not
                continue
            top = self.top(self.ground.inside(place.span))
            if top is None or not self._locates(top) or self.ground.type_of(top) in {"VEH", "PER", "WEA"}:
                continue
            owner = self.owner(top)
            if owner is not None:
                owned.setdefault(owner, []).append(place)
        return owned

    def _locates(self, top: int) -> bool:
        """Whether the phrase around a toponym tells where: a locative phrase, or what is visited or attacked."""
        ground, at = self.ground, top
        for _ in range(4):
            token = ground.tokens[at]
            relation, _, preposition = token.deprel.partition(":")
            if relation in {"obl", "nmod"} and preposition and preposition != "of":
                locates = preposition.partition("_")[0] in self._words["locative"]
                return locates and not (relation == "nmod" and self._speaker(token.head))
            if relation in {"obj", "nsubj"} and token.head >= 0:
                verb = token.head
                return ground.lemma(verb) in self._words["visited"] and ground.object(verb) == at
            if token.head < 0 or not self._names_on(at, relation, preposition):
                return False
            at = token.head
        return False

    def _names_on(self, at: int, relation: str, preposition: str) -> bool:
        """Whether the noun above makes one name with the toponym ("the port of Burgas", "Knevichi airport"); a
        country before another noun ("the U.S. embassy") locates nothing."""
        if relation in {"appos", "conj", "flat"}:
            return True
        place = self.ground.place_at.get(at)
        if place is not None and place.best is not None and place.best.kind == "country" and preposition != "of":
            return False
        fits = relation in {"compound", "nmod", "dep"} and preposition in {"", "of"}
        return fits and self.ground.lemma(self.ground.tokens[at].head) in self._words["place_heads"]

    def _speaker(self, head: int) -> bool:
        """ "A diplomat in Ankara said": where somebody speaks is not where the act takes place."""
        token = self.ground.tokens[head]
        if is_a(token.deprel, "appos"):
            token = self.ground.tokens[token.head]
        return is_a(token.deprel, "nsubj") and token.head in self.reporting

    def owner(self, top: int, start: int | None = None) -> int | None:
        """The nearest event noun or verb above; "three days after the talks" does not date the talks. ``start`` is
        where a timex begins, None for a place."""
        ground = self.ground
        if start is not None and self.of_person(top):
            return None
        for above in ground.tree.ancestors(top):
            token = ground.tokens[above]
            if start is not None and self.counted_from(above, start, top):
                continue
            if token.upos in {"VERB", "AUX"} or above in ground.predicate_at or (token.head < 0):
                return above
            if start is not None and ground.tree.kid(above, "cop") is not None:
                return above
        return None

    def of_person(self, top: int) -> bool:
        """Whether a time stands in front of somebody, whom it tells more of ("the 6 January rioter")."""
        token = self.ground.tokens[top]
        before = token.head > top and token.deprel.partition(":")[0] in {"compound", "nmod", "nummod", "amod"}
        return before and self.ground.type_of(token.head) == "PER"

    def counted_from(self, i: int, start: int, top: int) -> bool:
        """ "Three days after the talks", "the day before his arrest": a time before the mark of what it is counted from
        does not date that."""
        ground = self.ground
        if not ground.measured(i):
            return False
        mark = ground.tree.kid(i, "case", "mark")
        if mark is None:
            return False
        return start < ground.tokens[mark].start or (top > mark and ground.tokens[top].end <= ground.tokens[mark].end)
