"""Rows in, RDF out as Turtle, made with rdflib: the Simple Event Model for events, actors, places and days, PROV-O for
the reports that they are read from, WGS 84 for coordinates.

Every node has a name (``urn:dateline:…``): there are no blank nodes, and the same events give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dateline.export.event_rows import EventRow, Side, TellingRow, Where
from dateline.export.extras import extra
from dateline.export.formats.graphs import key_of
from dateline.export.formats.timelinejs import headline
from dateline.export.written import Written

CANNOT = (
    "The order of the links of a chain of sources stands in words (`dl:sourceChain`): SEM's views have one authority.",
    "Slots on which reports differ are named (`dl:differsOn`), their values are not in it.",
    "Likelihood of the machine (`score`) is not in it.",
)
SEM, GEO = "http://semanticweb.cs.vu.nl/2009/11/sem/", "http://www.w3.org/2003/01/geo/wgs84_pos#"
GEONAMES, OWN, TERMS = "https://sws.geonames.org/", "urn:dateline:", "urn:dateline:term:"

_IN_URL = ":/?#@!$&'()*+,;=%~"
"""What may stand in an address beside letters; brackets may not in an RDF name."""


def turtle(rows: Sequence[EventRow]) -> Written:
    """The graph."""
    return Written(_Graph().filled(rows).serialize(format="turtle").encode())


class _Graph:
    """A graph as it fills."""

    def __init__(self) -> None:
        self.rdf: Any = extra("rdflib", "rdf")
        self.graph = self.rdf.Graph()
        self.sem, self.geo, self.terms = (self.rdf.Namespace(name) for name in (SEM, GEO, TERMS))
        for prefix, name in (("sem", self.sem), ("wgs", self.geo), ("dl", self.terms), ("prov", self.rdf.PROV)):
            self.graph.bind(prefix, name)

    def filled(self, rows: Sequence[EventRow]) -> Any:
        for row in rows:
            self._event(row)
        return self.graph

    def _say(self, node: Any, *pairs: tuple[Any, Any]) -> None:
        """Statements of a node; what has no value is left out."""
        for predicate, value in pairs:
            if value is not None and value != "":
                known = isinstance(value, self.rdf.term.Identifier)
                self.graph.add((node, predicate, value if known else self.rdf.Literal(value)))

    def _named(self, kind: str, name: str) -> Any:
        return self.rdf.URIRef(f"{OWN}{kind}:{quote(name, safe='')}")

    def _event(self, row: EventRow) -> None:
        rdf, sem, node = self.rdf, self.sem, self._named("event", row.event)
        self._say(
            node,
            (rdf.RDF.type, sem.Event),
            (rdf.RDFS.label, headline(row)),
            (sem.eventType, self._term(sem.EventType, row.type)),
            (self.terms.mode, row.mode),
            (self.terms.status, row.status),
            (self.terms.certainty, row.certainty),
            (self.terms.independentSources, row.independent),
            (sem.hasEarliestBeginTimeStamp, row.earliest),
            (sem.hasLatestEndTimeStamp, row.latest),
            (sem.hasPlace, self._place(row.place)),
            *((self.terms.differsOn, slot) for slot in row.differs),
            *((self.terms[link.kind], self._named("event", link.event)) for link in row.related),
        )
        for role, sides in (("actor", row.actors), ("recipient", row.recipients), ("equipment", row.equipment)):
            for side in sides:
                self._role(node, row.event, role, side)
        for at, telling in enumerate(row.tellings):
            self._telling(node, row.event, at, telling)

    def _term(self, kind: Any, name: str) -> Any:
        node = self.terms[quote(name, safe="")]
        self._say(node, (self.rdf.RDF.type, kind), (self.rdf.RDFS.label, name))
        return node

    def _role(self, event: Any, name: str, role: str, side: Side) -> None:
        """A party in its role: SEM puts a node between the event and who it is."""
        who, node = self._named("party", key_of(side)), self._named("role", f"{name}/{role}/{key_of(side)}")
        self._say(
            who, (self.rdf.RDF.type, self.sem.Actor), (self.rdf.RDFS.label, side.name), (self.terms.code, side.code)
        )
        kind = self._term(self.sem.RoleType, role)
        self._say(node, (self.rdf.RDF.type, self.sem.Role), (self.sem.roleType, kind), (self.rdf.RDF.value, who))
        self._say(event, (self.sem.hasActor, node))

    def _place(self, place: Where | None) -> Any:
        if place is None:
            return None
        named = self.rdf.URIRef(f"{GEONAMES}{place.id}/") if place.id and place.id.isdigit() else None
        node = named or self._named("place", place.id or place.name)
        self._say(node, (self.rdf.RDF.type, self.sem.Place), (self.rdf.RDFS.label, place.name))
        self._say(node, (self.geo.lat, place.lat), (self.geo.long, place.lon), (self.terms.country, place.country))
        return node

    def _telling(self, event: Any, name: str, at: int, telling: TellingRow) -> None:
        """A telling is a SEM view according to its ultimate source, quoted from its report."""
        rdf, prov, node = self.rdf, self.rdf.PROV, self._named("telling", f"{name}/{at}")
        report, source = self._named("report", telling.report), self._named("source", telling.chain[-1].casefold())
        self._say(
            node,
            (rdf.RDF.type, self.sem.View),
            (rdf.RDF.type, prov.Entity),
            (self.sem.accordingTo, source),
            (self.terms.sourceChain, " > ".join(telling.chain)),
            (self.terms.certainty, telling.certainty),
            (self.terms.words, telling.words),
            (prov.value, telling.sentence),
            (prov.wasQuotedFrom, report),
        )
        self._say(source, (rdf.RDF.type, self.sem.Authority), (rdf.RDF.type, prov.Agent))
        self._say(source, (rdf.RDFS.label, telling.chain[-1]))
        self._say(report, (rdf.RDF.type, prov.Entity), (rdf.DCTERMS.title, telling.title))
        self._say(report, (rdf.DCTERMS.publisher, telling.outlet), (rdf.DCTERMS.issued, telling.published))
        self._say(
            report,
            (rdf.DCTERMS.source, rdf.URIRef(quote(telling.url, safe=_IN_URL)) if telling.url else None),
        )
        self._say(event, (self.terms.toldBy, node), (prov.wasDerivedFrom, report))
