"""Codes a participant: the head token of its phrase in, country + PLOVER sector (``RUSMIL``) out."""

from __future__ import annotations

from dateline.grammar import is_a
from dateline.knowledge.countries import only_said_of
from dateline.model import Entity
from dateline.stages.events.ground import Ground

_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
_PLACE_LINKS = ("nmod:of", "nmod:in", "nmod:from", "nmod:at", "nmod:for")
_GROUPS = frozenset({"NORP", "GPE"})


class Codes:
    """Codes of one record's participants, each worked out once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
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
        ground = self.ground
        entity = ground.entity(i)
        country = self._adjective_country(i) or (entity.country if entity and not self._ethnic(i) else None)
        sector = entity.sector if entity else None
        if sector == "MIL" and self._civil(i):
            sector = None
        if entity is not None and country is None:
            country, sector = self._listed(entity, sector)
        if entity is None or (entity.type != "GPE" and entity.country not in _BODIES):
            sector = sector or self._sector(i)
        inner = ground.partitive(i)
        if inner is not None and depth < 3:
            under = self.parts(inner, depth + 1)
            country, sector = country or under[0], under[1] or sector
        country = country or (None if self._ethnic(i) else self._country(i, depth))
        place = ground.place_at.get(i)
        if place is not None and place.acts and not sector:
            sector = "GOV"
        if sector in _BODIES:
            country, sector = (
                sector if sector != "NGO" or country is None else country,
                sector if sector == "NGO" and country else None,
            )
        own_name = ground.tokens[i].upos == "PROPN"
        if not sector and self._counted_people(i):
            return country, "CVL"
        return country, None if country in _BODIES and (own_name or sector in {"UNK", country}) else sector

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

    def _ethnic(self, i: int) -> bool:
        """ "Ethnic Albanians" are at home where they live, not in Albania."""
        return any(self.ground.lemma(k) == "ethnic" for k in self.ground.tree.kids(i, "amod"))

    def _adjective_country(self, i: int) -> str | None:
        """ "Her Bulgarian counterpart", "Bosnian Serbs", "the Albanians of Serbia": what stands with a common noun or a
        people tells where they are from, whoever the word was taken for."""
        ground = self.ground
        people = ground.tokens[i].xpos == "NNPS" and ground.type_of(i) in {"NORP", "PER"}
        if ground.tokens[i].upos != "NOUN" and not people:
            return None
        before = [k for k in ground.tree.kids(i, "amod", "compound" if people else "amod") if k < i]
        if people and (home := ground.tree.kid(i, "nmod:of", "nmod:in")) is not None:
            before.append(home)
        return next((word for k in before if (word := ground.country_word(k))), None)

    def _civil(self, i: int) -> bool:
        """A pilot or captain is of the forces only where the words say so."""
        ground = self.ground
        if ground.tokens[i].upos != "NOUN" or ground.lemma(i) not in ground.patterns.words["civil_crew"]:
            return False
        near = {ground.lemma(k) for k in ground.tree.kids(i, "amod", "compound", "nmod:of", "nmod:in")}
        return not near & {
            "army",
            "navy",
            "force",
            "air",
            "military",
            "fighter",
            "naval",
            "troop",
            "warship",
            "frigate",
        }

    def _of_a_firm(self, i: int, lemmas: list[str]) -> bool:
        """ "General manager", "vice chairman of the carrier": a firm's people, whatever the title means in a state."""
        ground = self.ground
        if lemmas and lemmas[-1] == "manager":
            return True
        if not lemmas or lemmas[-1] not in ground.patterns.words["company_titles"]:
            return False
        body = ground.tree.kid(i, "nmod:of")
        if body is None or ground.tokens[body].upos != "PROPN" or ground.type_of(body) != "ORG":
            return False
        entity = ground.entity(body)
        return entity is None or entity.sector in {None, "BUS", "MNC"}

    def _listed(self, entity: Entity, sector: str | None) -> tuple[str | None, str | None]:
        """A named party of our tables that coreference has not coded."""
        if entity.type not in {"PER", "ORG"}:
            return None, sector
        day = self.ground.record.reference.day if self.ground.record.reference else None
        known = self.ground.actors.find(entity.name, day)
        return (known[0].country, sector or known[0].sector) if known else (None, sector)

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
        elsewhere = ground.patterns.words["elsewhere"]
        return (token.upos == "NOUN" or self._counted_people(i)) and not any(
            ground.lemma(k) in elsewhere for k in ground.tree.kids(i, "amod")
        )

    def _sector(self, i: int) -> str | None:
        """From the words of the phrase: "riot police", "former foreign minister", a title before or after a name."""
        ground = self.ground
        tokens = ground.tokens
        words = [
            k
            for k in ground.tree.children[i]
            if k < i and (is_a(tokens[k].deprel, "compound") or is_a(tokens[k].deprel, "amod"))
        ]
        lemmas = [ground.lemma(k) for k in (*words, i)]
        if self._civil(i) or (lemmas[-1] == "force" and i > 1 and tokens[i - 2].lemma.lower() == "task"):
            return None
        if self._of_a_firm(i, lemmas):
            return "BUS"
        if tokens[i].upos == "PROPN" and ground.type_of(i) == "ORG":
            lemmas = lemmas[-1:]  # of a body's name the head alone tells ("General Motors" is no general)
        if tokens[i].upos != "PROPN" or ground.type_of(i) not in _GROUPS:
            found = ground.actors.sector(lemmas)
            if found:
                return found
        if ground.type_of(i) == "PER" and tokens[i].upos == "PROPN":
            found = ground.actors.post(" ".join(tokens[k].form for k in words)) if words else None
            if found:
                return found
            title = ground.tree.kid(i, "appos")
            if title is not None:
                told = [ground.lemma(k) for k in (*ground.tree.kids(title, "compound", "amod"), title)]
                if self._of_a_firm(title, told):
                    return "BUS"
                return ground.actors.sector(
                    [ground.lemma(k) for k in (*ground.tree.kids(title, "compound", "amod"), title)]
                )
        return None

    def _country(self, i: int, depth: int) -> str | None:
        ground = self.ground
        own = ground.country_word(i)
        if own:
            return own
        place = ground.place_at.get(i)
        if place is not None:
            best = place.best
            hit = ground.actors.countries.by_code.get(best.country) if best and best.country else None
            return hit.code if hit else None
        for k in ground.tree.children[i]:
            relation = ground.tokens[k].deprel
            if only_said_of(ground.tokens, k):
                continue
            if k < i and (is_a(relation, "amod") or is_a(relation, "compound") or is_a(relation, "nmod")):
                found = self._named_country(k, depth)
                if found:
                    return found
        return self._country_below(i, depth)

    def _named_country(self, k: int, depth: int) -> str | None:
        entity = self.ground.entity(k)
        if entity is not None and entity.country:
            return entity.country
        word = self.ground.country_word(k)
        if word or depth > 1:
            return word
        return self._country(k, depth + 1)

    def _country_below(self, i: int, depth: int) -> str | None:
        """ "President of Armenia", "police in Guinea", "Hun Sen, prime minister of Cambodia"."""
        if depth > 2:
            return None
        sides = ("nmod:to",) if self.ground.lemma(i) in {"party", "side"} else ()  # "parties to the conflict in Iraq"
        for relation in (*_PLACE_LINKS, *sides, "appos"):
            k = self.ground.tree.kid(i, relation)
            if k is not None and k not in self.ground.timex_at:
                found = self._named_country(k, depth + 1)
                if found:
                    return found
        return None
