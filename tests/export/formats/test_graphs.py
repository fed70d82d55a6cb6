"""Graphs come back from both formats: parties, ties, and how many independent sources stand behind them."""

from __future__ import annotations

import io

import pytest

from dateline.export.formats.graphs import gexf, graphml
from tests.export.rows import FLEET, NORLAND, hostile, row, rows

networkx = pytest.importorskip("networkx")


def test_graphml_comes_back() -> None:
    made = graphml(rows())
    graph = networkx.read_graphml(io.BytesIO(made.data))
    assert graph.nodes["country:NOR"] == {"label": "Norland", "code": "NORCOP", "kind": "GPE"}
    ties = {(a, b, data["type"], data["mode"]): data for a, b, data in graph.edges(data=True)}
    assert ties["country:NOR", "awa sarr", "COERCE", "arrest"]["weight"] == 2
    seized = ties["country:NOR", "awa sarr", "COERCE", "seize"]
    assert (seized["count"], seized["events"]) == (2, "e0000000001 e0000000006")
    assert ("country:NOR", "sudmark fisheries", "AGREE", "") in ties  # one side alone: tied to each other
    assert made.left_out == ("1 event without two parties is left out",)


def test_gexf_comes_back_and_has_no_day_of_writing() -> None:
    data = gexf(rows()).data
    graph = networkx.read_gexf(io.BytesIO(data), version="1.3")
    same = networkx.read_graphml(io.BytesIO(graphml(rows()).data))
    assert set(graph.nodes) == set(same.nodes)
    assert graph.number_of_edges() == same.number_of_edges()
    assert b"lastmodified" not in data


def test_hostile_names_are_names() -> None:
    for write, read in ((graphml, networkx.read_graphml), (gexf, networkx.read_gexf)):
        graph = read(io.BytesIO(write(hostile()).data), **({"version": "1.3"} if write is gexf else {}))
        assert hostile()[0].actors[0].name in {label for _, label in graph.nodes(data="label")}


def test_nobody_is_tied_to_himself() -> None:
    made = graphml([row(actors=(NORLAND,), recipients=(NORLAND,)), row(actors=(NORLAND, FLEET), recipients=())])
    assert networkx.read_graphml(io.BytesIO(made.data)).number_of_edges() == 1
