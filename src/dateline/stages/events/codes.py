"""Codes a participant: the head token of its phrase in, country + PLOVER sector (``RUSMIL``) out.

Who is an entity was coded with all its mentions (``stages.coreference``); here the words of the one phrase come first,
and what is no entity is coded by the same questions (``knowledge.whose``, ``knowledge.trades``).
"""

from __future__ import annotations

from dateline.grammar import is_a
from dateline.knowledge.nominals import word_set
from dateline.knowledge.placed import PlacedWords
from dateline.knowledge.sectors import NOBODY, load_sectors
from dateline.knowledge.trades import Trades
from dateline.knowledge.whose import Whose
from dateline.model import Entity
from dateline.stages.events.ground import Ground

_PEOPLE = frozenset({"NORP", "PER"})
_CODED = frozenset({"PER", "ORG"})
"""What coreference has given a sector already, where its words tell one."""
_DEEP = 3


class Codes:
    """Codes of one record's participants, each worked out once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        record, actors = ground.record, ground.actors
        day = record.reference.day if record.reference else None
        self.whose = Whose(ground.tree, actors, PlacedWords(record, actors.countries))
        self.trades = Trades(ground.tree, actors, day)
        self._known: dict[int, tuple[str | None, str | None]] = {}

    def of(self, i: int) -> str | None:
        """Country and sector together, None where neither is known."""
        country, sector = self.parts(i)
        return f"{country or ''}{sector or ''}" or None

    def parts(self, i: int, depth: int = 0) -> tuple[str | None, str | None]:
        """Country and sector of the phrase headed by ``i``."""
        if i not in self._known:
            self._known[i] = (None, None)
            self._known[i] = self._parts(i, depth)
        return self._known[i]

    def _parts(self, i: int, depth: int) -> tuple[str | None, str | None]:
        ground, sectors = self.ground, load_sectors()
        entity = ground.entity(i)
        sector = self._sector(i, entity)
        country = self._own(i) or (entity.country if entity is not None and not self._ethnic(i) else None)
        inner = ground.partitive(i)
        if inner is not None and depth < _DEEP:
            under = self.parts(inner, depth + 1)
            country, sector = country or under[0], under[1] or sector
        if country is None and not self._ethnic(i):
            country = self._told(i, depth)
        country, sector = sectors.slots(country, sector)
        if not sector and self._counted_people(i):
            return country, "CVL"
        own_name = ground.tokens[i].upos == "PROPN"
        dropped = country in sectors.bodies and (own_name or sector in {NOBODY, country})
        return country, None if dropped else sector

    # --- country --------------------------------------------------------------------------------------------------

    def _own(self, i: int) -> str | None:
        """ "Her Bulgarian counterpart", "Bosnian Serbs", "the Albanians of Serbia": what stands with a common noun or a
        people tells where they are from, whoever the word was taken for."""
        token = self.ground.tokens[i]
        people = token.xpos == "NNPS" and self.ground.type_of(i) in _PEOPLE
        if token.upos != "NOUN" and not people:
            return None
        return self.whose.adjective(i) or (self.whose.of(i) if people else None)

    def _told(self, i: int, depth: int) -> str | None:
        """Of what coreference has not coded: by the place it is, the words of the phrase, or what stands beside it
        ("parties to the conflict in Iraq", "Sok Dara, prime minister of Cambodia")."""
        ground = self.ground
        place = ground.place_at.get(i)
        if place is not None:
            best = place.best
            known = ground.actors.code(best.country) if best is not None and best.country else None
            return known.code if known is not None else None
        kind = ground.type_of(i)
        named = self._body(i) if kind not in _PEOPLE else None
        if named is not None:
            return named
        found = self.whose.of(i) if kind in _PEOPLE else self.whose.phrase(i)
        if found is None and kind not in {"PER", "ORG", "NORP"} and (aim := ground.tree.kid(i, "nmod:for")) is not None:
            found = self.whose.phrase(aim)
        beside = ground.tree.kid(i, "appos", *(("nmod:to",) if ground.lemma(i) in {"party", "side"} else ()))
        if found is None and beside is not None and beside not in ground.timex_at and depth < _DEEP:
            found = self.parts(beside, depth + 1)[0]
        return found

    def _body(self, i: int) -> str | None:
        """The country of the body that a thing stands with: "United Nations planes"."""
        found = (self.ground.entity(k) for k in self.ground.tree.kids(i, "compound", "amod", "nmod", "nmod:poss"))
        return next((body.country for body in found if body is not None and body.type == "ORG" and body.country), None)

    def _ethnic(self, i: int) -> bool:
        """ "Ethnic Albanians" are at home where they live, not in Albania."""
        return any(self.ground.lemma(k) == "ethnic" for k in self.ground.tree.kids(i, "amod"))

    # --- sector ---------------------------------------------------------------------------------------------------

    def _sector(self, i: int, entity: Entity | None) -> str | None:
        ground, token = self.ground, self.ground.tokens[i]
        if entity is not None and entity.sector:
            return None if entity.sector == "MIL" and self.trades.civil(i) else entity.sector
        kind = ground.type_of(i)
        if kind == "VEH":
            return self._crew(i)
        place = ground.place_at.get(i)
        if kind in {"GPE", "LOC"} or (place is not None and kind != "FAC"):
            return "GOV" if place is not None and place.acts else None
        if kind in _CODED:
            return self.trades.title(i) if kind == "PER" and token.upos == "PROPN" else None
        return None if token.upos == "PRON" or kind == "NORP" else self.trades.of(i)

    def _crew(self, i: int) -> str | None:
        """Of a ship or aircraft the body that runs it, else the forces where its kind is military."""
        sectors = load_sectors()
        owner, kind = self.trades.crew_of(i), self.trades.of(i)
        if owner in sectors.official:
            return owner
        return "MIL" if kind in sectors.parties else kind

    def _counted_people(self, i: int) -> bool:
        """ "More than 100 Palestinians", "ethnic Turks": people, where "Palestinians" alone may be their side."""
        ground, token = self.ground, self.ground.tokens[i]
        hit = ground.actors.country(token.form)
        people = ground.type_of(i) == "NORP" if hit is None else hit.how == "demonym"
        if token.xpos not in {"NNPS", "NNS"} or not people:
            return False
        above = ground.tokens[token.head] if token.head >= 0 and is_a(token.deprel, "nmod:of") else None
        counted = ground.tree.kid(i, "nummod") is not None or (above is not None and ground.partitive(token.head) == i)
        return (
            counted
            or self._ethnic(i)
            or any(ground.lemma(k) in {"many", "several"} for k in ground.tree.kids(i, "amod"))
        )

    # --- groups, home ---------------------------------------------------------------------------------------------

    def members(self, i: int) -> list[str | None]:
        """Codes of the members of a group entity ("the two leaders" = A and B); empty for no such group."""
        return [f"{e.country or ''}{e.sector or ''}" or None for e in self.group(i)]

    def group(self, i: int) -> list[Entity]:
        """The entities whose names a group's name joins ("A and B"), where all of them are known."""
        entity = self.ground.entity(i)
        if entity is None or " and " not in entity.name:
            return []
        named = [
            next((e for e in self.ground.record.entities if e.name == n), None)
            for n in entity.name.replace(", ", " and ").split(" and ")
        ]
        return [e for e in named if e is not None] if all(named) and len(named) > 1 else []

    def at_home(self, i: int) -> bool:
        """Whether a party without a country may be taken to belong where the event is: people and forces that are
        told by a common noun, never a named body."""
        ground, token = self.ground, self.ground.tokens[i]
        return (token.upos == "NOUN" or self._counted_people(i)) and not any(
            ground.lemma(k) in word_set("elsewhere") for k in ground.tree.kids(i, "amod")
        )
