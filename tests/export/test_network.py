"""The who-with-whom picture: who is tied to whom, by which events, readable."""

from __future__ import annotations

import msgspec

from dateline.export.chronology import chronology_of
from dateline.export.labels import text_width
from dateline.export.network import MOST, network_of, ties_of
from dateline.export.view import Line, Party
from tests.export.sample import sample_record


def line(number: int, who: list[str], whom: list[str] | None = None, **more: object) -> Line:
    first = chronology_of(sample_record()).lines[0]
    fields = {"quad": "VX", "code": "ACCUSE", "what": "accusation", "status": "happened"} | more
    return msgspec.structs.replace(
        first,
        number=number,
        id=f"e{number}",
        who=tuple(Party(name) for name in who),
        whom=tuple(Party(name) for name in whom or []),
        **fields,
    )


def test_actor_and_recipient_are_tied_with_a_direction() -> None:
    (tie,) = ties_of([line(1, ["A"], ["B"])])
    assert (tie.one.name, tie.other.name, tie.directed) == ("A", "B", True)


def test_a_meeting_has_no_direction() -> None:
    ties = ties_of(
        [
            line(1, ["A", "B"], quad="VC", code="CONSULT", mutual=True),
            line(2, ["B"], ["A"], quad="VC", code="CONSULT", mutual=True),
        ]
    )
    assert [(tie.directed, [there.number for there in tie.lines]) for tie in ties] == [(False, [1, 2])]


def test_somebody_alone_is_tied_to_nobody() -> None:
    assert ties_of([line(1, ["A"]), line(2, ["A"], ["A"])]) == ()


def test_planned_and_denied_events_are_dashed_and_named_so() -> None:
    network = network_of(ties_of([line(1, ["A"], ["B"], status="denied")]), [], 600)
    assert network is not None
    (arc,) = network.arcs
    assert (arc.firm, arc.words) == (False, "1 accusation (denied)")


def test_events_of_different_colour_are_different_arcs() -> None:
    network = network_of(ties_of([line(1, ["A"], ["B"]), line(2, ["A"], ["B"], quad="MX", what="attack")]), [], 600)
    assert network is not None
    assert sorted((arc.quad, arc.words) for arc in network.arcs) == [("MX", "2 attack"), ("VX", "1 accusation")]
    assert len({arc.path for arc in network.arcs}) == 2


def test_too_many_actors_are_left_to_the_table_and_counted() -> None:
    ties = ties_of([line(n, ["hub"], [f"actor {n}"]) for n in range(1, 30)])
    network = network_of(ties, [], 600)
    assert network is not None
    assert (len(network.nodes), network.left_out) == (MOST, 30 - MOST)


def test_names_and_words_stay_inside_a_narrow_drawing() -> None:
    long = "Ministry of Extraordinarily Long Names and Other Affairs"
    network = network_of(ties_of([line(1, [long], ["B"]), line(2, ["B"], ["C"])]), [], 344)
    assert network is not None
    assert all(node.x - 11 - text_width(node.words, 13) >= -2 for node in network.nodes)
    assert all(arc.tx + text_width(arc.words, 12) <= 346 for arc in network.arcs)


def test_a_node_leads_to_who_is_who_only_where_there_is_a_row() -> None:
    first = line(1, ["A"], ["B"])
    known = msgspec.structs.replace(first, who=(Party("A", "n1"),))
    network = network_of(ties_of([known]), ["n1"], 600)
    assert network is not None
    assert {node.full: node.target for node in network.nodes} == {"A": "#r-entities-n1", "B": ""}


def test_nobody_tied_no_picture() -> None:
    assert network_of((), [], 600) is None
