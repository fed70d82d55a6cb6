"""Lines of the chronology in, a who-with-whom picture out: actors down one side, events as arcs between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.export.labels import Box, Labels, text_width
from dateline.export.view import Line, Party
from dateline.export.visible import shortened
from dateline.knowledge.ontology import status_of

ROW, TOP = 34, 20
MOST = 16
"""Actors drawn; the table under the picture has all of them."""


class Node(Struct, frozen=True):
    """One actor: its label and its dot."""

    x: float
    y: float
    words: str
    full: str
    target: str


class Arc(Struct, frozen=True, kw_only=True):
    """Events of one colour between two actors. ``firm`` is false where none of them happened; ``weight`` sums their
    independent sources, where those are known."""

    path: str
    quad: str
    firm: bool
    directed: bool
    words: str
    tx: float
    ty: float
    target: str
    full: str
    weight: int = 0


class Tie(Struct, frozen=True, kw_only=True):
    """The same as a row to read: who, to whom, in which events."""

    one: Party
    other: Party
    directed: bool
    lines: tuple[Line, ...]


class Network(Struct, frozen=True, kw_only=True):
    """A drawn picture and the ties behind it; ``left_out`` counts actors that had no room."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    left_out: int


def key_of(party: Party) -> str:
    """What makes two parties the same actor."""
    return party.ref or party.name.lower()


def ties_of(lines: Iterable[Line]) -> tuple[Tie, ...]:
    """Every pair of actors with their events: who to whom, or side by side where there is nobody at the other end."""
    found: dict[tuple[str, str, bool], tuple[Party, Party, list[Line]]] = {}
    for line in (line for line in lines if not line.slight):
        for one, other, directed in _pairs(line):
            first, second = key_of(one), key_of(other)
            if first == second:
                continue
            if not directed and second < first:
                one, other, first, second = other, one, second, first
            found.setdefault((first, second, directed), (one, other, []))[2].append(line)
    return tuple(
        Tie(one=one, other=other, directed=directed, lines=tuple(there))
        for (_, _, directed), (one, other, there) in found.items()
    )


def _pairs(line: Line) -> list[tuple[Party, Party, bool]]:
    if line.whom:
        return [(one, other, not line.mutual) for one in line.who for other in line.whom]
    return [(one, other, False) for i, one in enumerate(line.who) for other in line.who[i + 1 :]]


def network_of(
    ties: Sequence[Tie], people: Iterable[str], width: int, most: int = MOST, to: Callable[[Tie], str] | None = None
) -> Network | None:
    """The picture of some ties, of the ``most`` tied actors; ``people`` are entity ids that have a row to lead to,
    ``to`` says where a tie leads if not to its first line. None where nobody is tied."""
    if not ties:
        return None
    order, left_out = _ordered(ties, most)
    rows, known = {key_of(party): number for number, party in enumerate(order)}, frozenset(people)
    side = min(max(text_width(party.name, 13) for party in order) + 14, width * 0.46)
    letters = int((side - 12) / text_width("n", 13))
    nodes = tuple(
        Node(side, TOP + ROW * number + ROW / 2, shortened(party.name, letters), party.name, _target(party, known))
        for number, party in enumerate(order)
    )
    height = TOP * 2 + ROW * len(nodes)
    return Network(
        width=width, height=height, nodes=nodes, arcs=_arcs(ties, rows, nodes, (width, height), to), left_out=left_out
    )


def _target(party: Party, known: frozenset[str]) -> str:
    return party.href or (f"#r-entities-{party.ref}" if party.ref in known else "")


def _ordered(ties: Sequence[Tie], most: int) -> tuple[list[Party], int]:
    """The most tied actors; each new one goes to the end of the row that is nearer to those it is tied to."""
    weight: dict[str, int] = {}
    parties: dict[str, Party] = {}
    near: dict[str, dict[str, int]] = {}
    for tie in ties:
        one, other, count = key_of(tie.one), key_of(tie.other), len(tie.lines)
        for key, party, to in ((one, tie.one, other), (other, tie.other, one)):
            parties.setdefault(key, party)
            weight[key] = weight.get(key, 0) + count
            near.setdefault(key, {})[to] = near.setdefault(key, {}).get(to, 0) + count
    strongest = sorted(weight, key=lambda key: -weight[key])[:most]
    order = strongest[:1]
    while len(order) < len(strongest):
        rest = [key for key in strongest if key not in order]
        new = max(rest, key=lambda key: (sum(near[key].get(to, 0) for to in order), weight[key]))
        front = sum(near[new].get(to, 0) * (place + 1) for place, to in enumerate(order))
        back = sum(near[new].get(to, 0) * (len(order) - place) for place, to in enumerate(order))
        order.insert(0 if front < back else len(order), new)
    return [parties[key] for key in order], len(weight) - len(order)


def _arcs(
    ties: Sequence[Tie],
    rows: dict[str, int],
    nodes: Sequence[Node],
    size: tuple[int, int],
    to: Callable[[Tie], str] | None,
) -> tuple[Arc, ...]:
    labels = Labels(*size)
    drawn = [tie for tie in ties if key_of(tie.one) in rows and key_of(tie.other) in rows]
    parts = [(tie, quad) for tie in drawn for quad in dict.fromkeys(line.quad for line in tie.lines)]
    parts.sort(key=lambda part: abs(rows[key_of(part[0].one)] - rows[key_of(part[0].other)]))
    used: dict[tuple[int, int], int] = {}
    found = []
    for tie, quad in parts:
        a, b = sorted((rows[key_of(tie.one)], rows[key_of(tie.other)]))
        number = used[a, b] = used.get((a, b), -1) + 1
        arc = _arc(tie, quad, nodes, rows, number, labels, size[0])
        found.append(replace(arc, target=to(tie)) if to else arc)
    return tuple(found)


def _arc(
    tie: Tie, quad: str, nodes: Sequence[Node], rows: dict[str, int], number: int, labels: Labels, width: int
) -> Arc:
    start, end = nodes[rows[key_of(tie.one)]], nodes[rows[key_of(tie.other)]]
    lines = [line for line in tie.lines if line.quad == quad]
    room = width - start.x - 20
    depth = min(20 + 26 * abs(rows[key_of(tie.one)] - rows[key_of(tie.other)]) + 26 * number, room * 0.6)
    x, far = start.x + 7, start.x + 7 + depth * 4 / 3
    words, full = _words(lines)
    tx, ty, fitting = _label_place(words, start.x + depth + 12, (start.y + end.y) / 2, labels, width)
    return Arc(
        path=f"M{x:.1f} {start.y:.1f}C{far:.1f} {start.y:.1f} {far:.1f} {end.y:.1f} {x:.1f} {end.y:.1f}",
        quad=quad,
        firm=any(status_of(line.status).took_place for line in lines),
        directed=tie.directed,
        words=fitting,
        tx=tx,
        ty=ty,
        target=f"#l-{lines[0].id}",
        weight=sum(line.weight for line in lines),
        full=f"{tie.one.name} {'to' if tie.directed else 'with'} {tie.other.name}: {full}",
    )


def _words(lines: Sequence[Line]) -> tuple[str, str]:
    """What the events are, those of one kind together, with status where they did not simply happen."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        status = "" if status_of(line.status).took_place else f" ({line.status})"
        kinds.setdefault((line.what, status), []).append(line.number)
    words = ", ".join(_numbered(kind + status, there) for (kind, status), there in kinds.items())
    return words, words


def _numbered(kind: str, numbers: Sequence[int]) -> str:
    """Lines of one kind by their numbers; how many there are where they have none."""
    if any(numbers):
        return f"{', '.join(map(str, numbers))} {kind}"
    return f"{len(numbers)} × {kind}" if len(numbers) > 1 else kind


def _label_place(words: str, x: float, y: float, labels: Labels, width: int) -> tuple[float, float, str]:
    """Room for an arc's words at its apex, or a little above or below it."""
    x = min(x, width - 70)
    fitting = shortened(words, max(int((width - x - 6) / text_width("n", 12)), 6))
    for shift in (0, 15, -15, 30, -30, 45, -45, 60, -60):
        box = Box(x, y + shift - 7, x + text_width(fitting, 12), y + shift + 7)
        if labels.free(box):
            labels.block(box)
            return round(x, 1), round(y + shift + 4, 1), fitting
    return round(x, 1), round(y + 4, 1), ""
