"""Rows in, a graph of who did what with whom out, made and written by NetworkX: GraphML or GEXF.

A node is a party; an edge goes from an actor to a recipient for each type and mode of event between them, and its
``weight`` is how many independent sources tell of them. Parties of one side of an act that has no other side ("two
ministers meet") are tied to each other.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

from dateline.export.event_rows import EventRow, Side
from dateline.export.extras import extra
from dateline.export.written import LeftOut, Written

CANNOT = (
    "Events with fewer than two parties are left out.",
    "Days, places, words and sources of single events are not in it: an edge names its events by id and counts them.",
    "GraphML and GEXF hold no lists: event ids stand in one attribute, with a space between.",
)


def graphml(rows: Sequence[EventRow]) -> Written:
    """The graph as GraphML."""
    library, left, stream = extra("networkx", "graph"), LeftOut(), io.BytesIO()
    library.write_graphml_xml(graph_of(rows, left), stream)
    return Written(stream.getvalue(), left.told())


def gexf(rows: Sequence[EventRow]) -> Written:
    """The graph as GEXF 1.3."""
    left, stream = LeftOut(), io.BytesIO()
    writer = extra("networkx.readwrite.gexf", "graph").GEXFWriter(version="1.3")
    writer.add_graph(graph_of(rows, left))
    for meta in writer.xml.findall("{*}meta"):
        writer.xml.remove(meta)  # it holds the day on which the file was written
    writer.write(stream)
    return Written(stream.getvalue(), left.told())


def graph_of(rows: Sequence[EventRow], left: LeftOut) -> Any:
    """A NetworkX MultiDiGraph."""
    graph = extra("networkx", "graph").MultiDiGraph()
    edges: defaultdict[tuple[str, str, str, str], list[EventRow]] = defaultdict(list)
    for row in rows:
        found = False
        for one, other in _pairs(row):
            found = True
            for side in (one, other):
                graph.add_node(key_of(side), label=side.name, code=side.code or "", kind=side.kind or "")
            edges[key_of(one), key_of(other), row.type, row.mode or ""].append(row)
        left.out("event", "without two parties", not found)
    for (actor, recipient, kind, mode), some in edges.items():
        label = f"{kind} {mode}".strip()
        graph.add_edge(
            actor, recipient, key=label, label=label, type=kind, mode=mode, weight=sum(row.independent for row in some),
            count=len(some), events=" ".join(row.event for row in some),
        )  # fmt: skip
    return graph


def key_of(side: Side) -> str:
    """What is one party in several events: the id in our tables, or the name."""
    return side.link or side.name.casefold()


def _pairs(row: EventRow) -> Iterator[tuple[Side, Side]]:
    pairs = product(row.actors, row.recipients) if row.recipients else combinations(row.actors, 2)
    yield from ((one, other) for one, other in pairs if key_of(one) != key_of(other))
