"""Turtle that two parsers read alike, with the terms of SEM and PROV-O."""

from __future__ import annotations

import pytest

from dateline.export.formats.rdf import OWN, SEM, turtle
from tests.export.rows import hostile, rows

rdflib = pytest.importorskip("rdflib")


def parsed(data: bytes) -> object:
    return rdflib.Graph().parse(data=data, format="turtle")


@pytest.mark.parametrize("some", [rows(), hostile()], ids=["plain", "hostile"])
def test_two_parsers_read_the_same_triples(some: object) -> None:
    oxigraph = pytest.importorskip("pyoxigraph")
    data = turtle(some).data  # type: ignore[arg-type]
    graph = parsed(data)
    others = list(oxigraph.parse(data, format=oxigraph.RdfFormat.TURTLE))
    assert len(graph) == len(others) > 20  # type: ignore[arg-type]
    assert {str(s) for s, _, _ in graph} == {triple.subject.value for triple in others}  # type: ignore[attr-defined]


def test_an_event_is_asked_for_in_sparql() -> None:
    asked = f"""PREFIX sem: <{SEM}> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?who ?role ?place ?first ?source WHERE {{
          <{OWN}event:e0000000001> a sem:Event ; sem:hasActor ?part ; sem:hasPlace ?place ;
            prov:wasDerivedFrom ?report ; sem:hasEarliestBeginTimeStamp ?first .
          ?part a sem:Role ; sem:roleType/rdfs:label ?role ; rdf:value/rdfs:label ?who .
          ?telling prov:wasQuotedFrom ?report ; sem:accordingTo/rdfs:label ?source . }}"""
    found = {tuple(map(str, line)) for line in parsed(turtle(rows()[:1]).data).query(asked)}  # type: ignore[attr-defined]
    place = "https://sws.geonames.org/2377450/"
    assert ("Norland", "actor", place, "2031-05-05", "the coast guard") in found
    assert ("Awa Sarr", "recipient", place, "2031-05-05", "the coast guard") in found


def test_there_are_no_blank_nodes_and_bytes_are_stable() -> None:
    data = turtle(rows()).data
    assert data == turtle(rows()).data
    assert not [n for triple in parsed(data) for n in triple if isinstance(n, rdflib.BNode)]  # type: ignore[attr-defined]
